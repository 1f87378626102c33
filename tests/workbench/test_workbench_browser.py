"""The workbench in a browser: accessibility, keys, no JavaScript, and no request that leaves the machine.

Needs playwright (in the development group) and Debian's chromium; axe-core is fetched once, pinned by sha512.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from workbench_tales import XSS, peaceful, running

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
    "/", "/documents", "/events", "/events?by=day", "/statements", "/stances", "/stances?issue=quota", "/dyads", "/actors",
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


@pytest.fixture
def watched(browser, request) -> Iterator:
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_leaves_the_machine(server, watched, axe, scheme, record_path):
    page = watched(color_scheme=scheme, bypass_csp=True)
    with Record(record_path) as record:
        claim = record.claims_in(peaceful()[0].id)[0].id
    told: list[str] = []
    for path in (*PAGES, f"/document/{peaceful()[0].id}", f"/claim/{claim}"):
        page.goto(server.url.rstrip("/") + path)
        page.evaluate(axe)
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        told += [
            f"{path} {v['id']}: {v['help']} {[n['html'][:160] for n in v['nodes'][:3]]}" for v in found["violations"]
        ]
    assert not told, "\n".join(told)


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


@pytest.mark.parametrize("path", ["/", "/events", "/stances", "/dyads", "/map"])
def test_pages_fit_a_phone_and_a_doubled_size(server, watched, path):
    page = watched(viewport={"width": 360, "height": 740})
    page.goto(server.url.rstrip("/") + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.detente"
    with Record(path) as record:
        record.add(*peaceful())
    with running(path) as found:
        yield path, found


def test_read_find_check_correct_and_cite_by_keys_alone(own, watched):
    path, found = own
    page = watched()
    page.goto(found.url)
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
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#c-{claim} .state.s-accepted")
    page.keyboard.press("u")
    page.wait_for_selector(f"#c-{claim}:not(.s-accepted)")
    page.keyboard.press("r")
    page.keyboard.type("the text does not say so")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
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
    path, found = own
    page = watched(java_script_enabled=False)
    page.goto(found.url)
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
    path, found = own
    page = watched()
    page.clock.install()
    page.goto(found.url)
    with Record(path) as record:
        record.accept(record.claims_in(peaceful()[0].id)[0].id, "Ana")
    page.clock.run_for(9000)
    page.get_by_role("link", name="Show what came in").click()
    assert page.get_by_text("Decided last").is_visible()


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
