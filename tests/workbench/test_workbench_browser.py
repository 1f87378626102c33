"""The workbench in a browser: accessibility, keys, no JavaScript, and no request that leaves the machine.

Needs playwright (in the development group) and Debian's chromium; axe-core is fetched once, pinned by sha512.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from workbench_tales import XSS, peaceful, running_demo, serving

from detente import Record

CHROMIUM = Path(os.environ.get("DETENTE_CHROMIUM", "/usr/bin/chromium"))
HERE = Path(__file__).parent
AXE = {
    "name": "axe-core",
    "version": "4.14.1",
    "integrity": "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
    "files": ["axe.min.js"],
}
PAGES = (
    "/", "/documents", "/timeline", "/timeline?issue=quota", "/events", "/events?by=day", "/statements", "/stances", "/stances?issue=quota", "/dyads", "/actors",
    "/actor/ARL", "/agreements", "/plan/jpoa-2013?as_of=2014-07-20", "/map", "/sources?status=read", "/method", "/method/codebook",
    "/search?q=treaty", "/nowhere",
)  # fmt: skip

pytestmark = [
    pytest.mark.skipif(importlib.util.find_spec("playwright") is None, reason="playwright is not installed"),
    pytest.mark.skipif(
        not CHROMIUM.is_file(), reason=f"there is no {CHROMIUM}; install chromium or set DETENTE_CHROMIUM"
    ),
]


@pytest.fixture(scope="session")
def browser() -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        found = player.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        )
        yield found
        found.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core. Skips where it cannot be fetched."""
    path = HERE.parents[1] / "hatch_build.py"
    spec = importlib.util.spec_from_file_location("hatch_build", path)
    assert spec and spec.loader
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    hook.bring(AXE, HERE / "vendor" / "axe-core")
    script = HERE / "vendor" / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.skip("axe-core is not here and cannot be fetched")
    return script.read_text(encoding="utf-8")


@contextmanager
def watching(browser) -> Iterator[Callable]:
    """Makes pages that fail the test on a foreign request, a dialog, an error or a breach of the policy."""
    wrong: list[str] = []
    contexts = []

    def make(**options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "request", lambda r: wrong.append(r.url) if not r.url.startswith(("http://127.0.0.1:", "file:")) else None
        )
        page.on("dialog", lambda d: (wrong.append(f"dialog {d.message}"), d.dismiss()))
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.on("console", lambda m: wrong.append(m.text) if "Content Security Policy" in m.text else None)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture
def watched(browser) -> Iterator[Callable]:
    with watching(browser) as make:
        yield make


FOCUSED = """() => {
  const wrong = [];
  const bare = (el) => { const s = getComputedStyle(el); return s.outlineStyle === 'none' && s.boxShadow === 'none'; };
  for (const el of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]')) {
    if (!el.getClientRects().length || el.closest('dialog:not([open])') || !el.checkVisibility()) continue;
    el.focus({focusVisible: true, preventScroll: true});
    const field = el.querySelector && el.querySelector('.hit');
    const shown = !bare(el) || (field && getComputedStyle(field).stroke !== 'none');
    if (document.activeElement !== el || el.tabIndex < 0 || !shown) wrong.push(el.outerHTML.slice(0, 160));
  }
  return wrong;
}"""


@dataclass
class Walked:
    """What a walk over all pages found, by page: violations, controls without a visible focus, too wide at 640 pixels
    (what a window of 1280 has left at 200 %) and at 360."""

    axe: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)
    pages: int = 0


@pytest.fixture(scope="module", params=[("light", "en"), ("dark", "fr")], ids=["light-en", "dark-fr"])
def walked(request, browser, server, axe, record_path) -> Walked:
    scheme, language = request.param
    with Record(record_path) as record:
        claim = record.claims_in(peaceful()[0].id)[0].id
    found = Walked()
    with watching(browser) as make:
        page = make(color_scheme=scheme, locale=language, bypass_csp=True)
        for path in (*PAGES, f"/document/{peaceful()[0].id}", f"/claim/{claim}"):
            page.goto(server.url.rstrip("/") + path)
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.className") != "skip":
                found.keys.append(f"{path}: the skip link is not first")
            found.keys += [f"{path}: {element}" for element in page.evaluate(FOCUSED)]
            page.evaluate(axe)
            violations = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
            found.axe += [
                f"{path} {v['id']}: {v['help']} {[n['html'][:160] for n in v['nodes'][:3]]}" for v in violations
            ]
            for width in (640, 360):
                page.set_viewport_size({"width": width, "height": 740})
                if (shown := page.evaluate("document.documentElement.scrollWidth")) > width:
                    found.wide.append(f"{path}: {shown} of {width}")
            page.set_viewport_size({"width": 1280, "height": 720})
            found.pages += 1
    return found


def test_axe_finds_nothing_and_nothing_leaves_the_machine(walked):
    assert walked.pages > 20 and not walked.axe, "\n".join(walked.axe)


def test_every_control_of_every_page_is_reached_by_keys_and_shows_it(walked):
    assert not walked.keys, "\n".join(walked.keys[:20])


def test_pages_fit_a_phone_and_a_doubled_size(walked):
    """Nothing scrolls sideways but tables in their frames."""
    assert not walked.wide, "\n".join(walked.wide)


def test_hostile_words_do_nothing_in_a_browser(server, watched, record_path):
    page = watched()
    with Record(record_path) as record:
        documents = [d.id for d in record.documents() if d.id != peaceful()[0].id]
    assert len(documents) == len(XSS)
    for path in [f"document/{d}" for d in documents] + [
        "",
        "events",
        "stances",
        "map",
        "dyads",
        "actors",
        "search?q=attacked",
    ]:
        page.goto(server.url + path)
        assert page.evaluate("document.images.length") == 0


def test_the_brush_chooses_a_part_of_time_by_mouse_by_keys_and_by_the_form(server, watched):
    page = watched(viewport={"width": 1280, "height": 900})
    page.goto(server.url + "timeline?by=day")
    bars = page.locator("svg.bars a[data-first]")
    first, last = bars.first.get_attribute("data-first"), bars.last.get_attribute("data-last")
    assert first < last
    a, b = bars.first.bounding_box(), bars.last.bounding_box()
    page.mouse.move(a["x"] + 3, a["y"] + 30)
    page.mouse.down()
    page.mouse.move(b["x"] + 3, b["y"] + 30, steps=6)
    assert page.locator("svg .brushed").count() == 1
    page.mouse.up()
    page.wait_for_url(f"**since={first}&until={last}**")
    page.goto(server.url + "timeline?by=day")
    page.locator("svg.bars a[data-first]").last.focus()
    page.keyboard.press("[")
    page.keyboard.press("]")
    page.wait_for_url(f"**since={last}&until={last}**")
    still = watched(java_script_enabled=False)
    still.goto(server.url + "timeline")
    still.get_by_label("Since").fill(first)
    still.get_by_role("button", name="Show").click()
    still.wait_for_url(f"**since={first}**")
    still.locator("svg.bars a[data-first]").first.click()
    still.wait_for_url("**until=20**")


def test_colours_are_chosen_without_javascript(server, watched):
    page = watched(java_script_enabled=False, color_scheme="light")
    page.goto(server.url + "stances")
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.locator("html").evaluate(f"() => {colour}")
    page.get_by_label("Colours").select_option("dark")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_load_state()
    assert page.url.endswith("/stances")
    assert page.locator("html").evaluate(f"() => {colour}") != light
    page.goto(server.url + "map")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_arabic_runs_from_right_to_left_in_its_own_paragraph(server, watched):
    page = watched()
    page.goto(server.url + f"document/{peaceful()[0].id}")
    box = page.evaluate(
        """() => {
          const text = document.querySelector('.text'), walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          const range = document.createRange();
          for (let node; (node = walk.nextNode());) {
            const at = node.data.indexOf('قال');
            if (at >= 0) { range.setStart(node, at); range.setEnd(node, at + 3); break; }
          }
          const word = range.getBoundingClientRect(), whole = text.getBoundingClientRect();
          return { fromLeft: word.left - whole.left, fromRight: whole.right - word.right };
        }"""
    )
    assert box["fromRight"] < 2 < box["fromLeft"]  # the first word of the paragraph stands at its right edge


def test_a_dossier_prints_without_what_only_a_screen_needs(server, watched):
    page = watched()
    page.goto(server.url + "actor/ARL")
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible() and page.locator("svg.bars").is_visible()
    for chrome in (".top", "body > footer", ".take"):
        assert not page.locator(chrome).first.is_visible()
    assert page.pdf()[:5] == b"%PDF-"


def test_contradicting_claims_stand_side_by_side(server, watched, record_path):
    with Record(record_path) as record:
        favour = record.stances("quota", side="favour").first()
        oppose = record.stances("quota", side="oppose").first()
    page = watched(viewport={"width": 1280, "height": 900})
    page.goto(server.url + f"claim/{favour.id}")
    mine, other = (
        page.locator(".sides .one .row").bounding_box(),
        page.locator(".sides .other .row").first.bounding_box(),
    )
    assert page.locator(f'.sides .other [data-claim="{oppose.id}"]').count() == 1
    assert other["x"] > mine["x"] + mine["width"] / 2 and abs(other["y"] - mine["y"]) < 5


def test_the_first_screen_of_the_demo_tells_what_the_product_is_for(watched, tmp_path):
    with running_demo(tmp_path / "demo.detente") as found:
        page = watched(viewport={"width": 1280, "height": 720})
        page.goto(found.url)
        heading = page.get_by_role("heading", level=1)
        assert "record that can be checked" in heading.inner_text()
        for words in ("who did what to whom", "who is for or against what", "the words that it comes from"):
            assert words in page.locator(".welcome").inner_text()
        assert page.locator(".welcome").bounding_box()["y"] + page.locator(".welcome").bounding_box()["height"] < 720
        page.get_by_role("link", name="Read a dispatch").click()
        page.locator(".card").first.wait_for(state="attached")  # `count` does not wait for the page to arrive
        assert page.locator(".card").count() > 0


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.detente"
    with Record(path) as record:
        record.add(*peaceful())
    with serving(path) as url:
        yield path, url


def test_read_find_check_correct_and_cite_by_keys_alone(own, watched):
    path, url = own
    page = watched()
    page.goto(url)
    page.keyboard.press("/")
    page.keyboard.type("treaty")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=treaty")
    page.get_by_role("link", name="A treaty").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/document/*")
    page.keyboard.press("j")
    claim = page.locator(".card.here").get_attribute("data-claim")
    assert page.locator("a.m.lit").count() > 0
    page.keyboard.press("a")  # nobody has said yet who decides: the field for the name is waiting
    page.keyboard.type("Ana")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():  # a key that is pressed before the next page has loaded is lost
        page.keyboard.press("Enter")
    page.wait_for_selector(f"#c-{claim} .state.s-accepted")
    with page.expect_navigation():
        page.keyboard.press("u")
    page.wait_for_selector(f"#c-{claim}:not(.s-accepted)")
    page.keyboard.press("r")
    page.keyboard.type("the text does not say so")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector(f"#c-{claim}", state="detached")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.wait_for_url("**/claim/*")
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.get_by_role("link", name="BibTeX").focus()
        page.keyboard.press("Enter")
    assert "@misc" in Path(download.value.path()).read_text()
    with Record(path) as record:
        assert record.claim(claim).state == "rejected"
        assert [line.action for line in record.history(claim)] == ["accept", "undo", "reject"]


def test_read_find_check_correct_and_cite_without_javascript(own, watched):
    path, url = own
    page = watched(java_script_enabled=False)
    page.goto(url)
    page.get_by_role("searchbox").fill("treaty")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="A treaty").click()
    page.locator(".text a.m-trigger").first.click()
    card = page.locator(".card:target")
    claim = card.get_attribute("data-claim")
    card.locator("summary").click()
    card.get_by_role("link", name="Correct").click()
    page.get_by_label("Type (PLOVER)").select_option("CONSULT")
    form = page.locator("form.correct")
    form.get_by_label("Your name").fill("Béla")
    form.get_by_label("Reason").fill("they only talked")
    form.get_by_role("button").click()
    page.wait_for_url(lambda url: "/claim/" in url and claim not in url)
    page.get_by_text("they only talked").first.wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="RIS").click()
    assert "TY  - NEWS" in Path(download.value.path()).read_text()
    with Record(path) as record:
        assert record.claim(claim).state == "corrected"


def test_the_page_says_what_came_in(own, watched):
    path, url = own
    page = watched()
    page.clock.install()
    page.goto(url)
    with Record(path) as record:
        record.accept(record.claims_in(peaceful()[0].id)[0].id, "Ana")
    page.clock.run_for(9000)
    page.get_by_role("link", name="Show what came in").click()
    page.get_by_text("Decided last").wait_for()


def test_the_published_site_opens_from_disk(record_path, tmp_path, watched):
    from detente.workbench.publish import publish

    with Record(record_path) as record:
        done = publish(record, tmp_path / "site", most=60)
    page = watched()
    page.goto(done.index.as_uri())
    page.get_by_role("link", name="Documents", exact=True).first.click()
    page.get_by_role("link", name="A treaty").click()
    assert page.locator(".text").inner_text().startswith("Arlonia")
    assert page.evaluate("getComputedStyle(document.querySelector('.card')).borderStyle") == "solid"
