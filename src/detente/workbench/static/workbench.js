/* Keys and highlights on pages that work without them. Nothing here counts characters: the server has placed every mark. */
"use strict";
(() => {
  const cards = () => Array.from(document.querySelectorAll("[data-claim]"));
  let here = null;

  const marksOf = (id) => Array.from(document.querySelectorAll("a.m")).filter((m) => (m.dataset.c || "").split(" ").includes(id));
  const light = (id, on) => marksOf(id).forEach((m) => m.classList.toggle("lit", on));

  function choose(card) {
    if (!card) return;
    if (here) { here.classList.remove("here"); light(here.dataset.claim, false); }
    here = card;
    here.classList.add("here");
    light(here.dataset.claim, true);
    here.setAttribute("tabindex", "-1");
    here.focus({ preventScroll: true });
    here.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = cards();
    if (!all.length) return;
    const at = all.indexOf(here);
    choose(all[Math.min(Math.max(at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by, 0), all.length - 1)]);
  }

  const scope = () => here || document;
  function press(what) {
    const form = scope().querySelector("form.decide");
    const button = form && form.querySelector(`button[value="${what}"]`);
    if (!form || !button) {
      const page = here && here.querySelector('a[href^="/claim/"]');
      if (page) page.click();
      return;
    }
    const details = form.closest("details");
    if (details) details.open = true;
    const name = form.elements.by, reason = form.elements.reason;
    if (!name.value.trim()) { name.focus(); return; }
    if (what === "reject" && !reason.value.trim()) { reason.focus(); return; }
    form.requestSubmit(button);
  }

  function follow(selector) {
    const link = scope().querySelector(selector);
    if (link) link.click();
  }

  /* A part of time: dragged over the chart, or from the bar where [ was pressed to the one where ] is. */
  const brush = document.getElementById("brush-form");
  function between(a, b) {
    const [from, to] = a.dataset.first <= b.dataset.first ? [a, b] : [b, a];
    brush.elements.since.value = from.dataset.first;
    brush.elements.until.value = to.dataset.last;
    brush.elements.by.value = "";
    brush.requestSubmit();
  }
  let begun = null;
  function mark(which) {
    const bar = document.activeElement && document.activeElement.closest("svg.bars a[data-first]");
    if (!brush || !bar) return;
    if (which === "first") {
      if (begun) begun.classList.remove("begun");
      begun = bar;
      begun.classList.add("begun");
    } else between(begun || bar, bar);
  }
  const chart = brush && document.querySelector("svg.bars");
  if (chart) {
    const bars = Array.from(chart.querySelectorAll("a[data-first]"));
    const nearest = (x) => bars.reduce((best, bar) => {
      const box = bar.querySelector(".hit").getBoundingClientRect();
      const far = Math.max(box.left - x, x - box.right, 0);
      return far < best.far ? { bar, far } : best;
    }, { bar: null, far: Infinity }).bar;
    let start = null, moved = false, shade = null;
    chart.addEventListener("dragstart", (event) => event.preventDefault());
    chart.addEventListener("pointerdown", (event) => { if (event.button === 0 && bars.length) { start = event.clientX; moved = false; } });
    addEventListener("pointermove", (event) => {
      if (start === null || (!moved && Math.abs(event.clientX - start) < 6)) return;
      moved = true;
      chart.classList.add("brushing");
      const box = chart.getBoundingClientRect(), unit = chart.viewBox.baseVal.width / box.width;
      if (!shade) { shade = document.createElementNS("http://www.w3.org/2000/svg", "rect"); shade.setAttribute("class", "brushed"); shade.setAttribute("y", 0); shade.setAttribute("height", chart.viewBox.baseVal.height); chart.append(shade); }
      shade.setAttribute("x", (Math.min(start, event.clientX) - box.left) * unit);
      shade.setAttribute("width", Math.abs(event.clientX - start) * unit);
    });
    addEventListener("pointerup", (event) => {
      if (start !== null && moved) between(nearest(start), nearest(event.clientX));
      start = null;
    });
    chart.addEventListener("click", (event) => { if (moved) { event.preventDefault(); moved = false; } }, true);
  }

  const keys = {
    j: () => step(1), k: () => step(-1),
    a: () => press("accept"), r: () => press("reject"), u: () => press("undo"),
    e: () => { const form = document.querySelector("form.correct"); if (form) form.querySelector("select, input:not([type=hidden])").focus(); else follow('.decide a.button'); },
    t: () => follow("a.totext"),
    "[": () => mark("first"), "]": () => mark("last"),
    "/": () => { const box = document.querySelector(".find input"); if (box) box.focus(); },
    "?": () => { const list = document.getElementById("keys"); if (list && !list.open) list.showModal(); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  for (const card of cards()) {
    card.addEventListener("mouseenter", () => light(card.dataset.claim, true));
    card.addEventListener("mouseleave", () => { if (card !== here) light(card.dataset.claim, false); });
    card.addEventListener("focusin", () => light(card.dataset.claim, true));
    card.addEventListener("focusout", () => { if (card !== here) light(card.dataset.claim, false); });
  }
  const wanted = /^#c-/.test(location.hash) && document.getElementById(location.hash.slice(1));
  if (wanted) choose(wanted);

  /* A reading may be adding to the record: say so, and leave it to the reader when to load the page again. */
  const news = document.getElementById("news");
  const state = document.body.dataset.state;
  async function look() {
    try {
      const answer = await fetch("/now.json", { headers: { accept: "application/json" } });
      const now = await answer.json();
      if (now.state !== state && news.hidden) {
        const link = document.createElement("a");
        link.href = location.href.split("#")[0];
        link.textContent = document.body.dataset.show;
        news.textContent = document.body.dataset.changed + " ";
        news.append(link);
        news.hidden = false;
      }
    } catch { /* the server is being restarted: look again next time */ }
  }
  setInterval(() => { if (!document.hidden) look(); }, 8000);
})();
