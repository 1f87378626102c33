"""Every number on every page leads to how it was made; what other rooms say in English is said in the reader's language."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import httpx
import pytest
from lxml import html
from workbench_tales import peaceful

from detente import Document, Record, read
from detente.workbench.labels import cameo, event_types
from detente.workbench.pages.method import modes
from detente.workbench.phrasebook import phrasebook, phrases
from detente.workbench.words import ORIGINAL, languages

PAGES = ("/", "/documents", "/timeline", "/events", "/statements", "/stances", "/stances?issue=quota", "/dyads", "/actors", "/actor/ARL", "/agreements", "/map", "/sources", "/sources?status=read", "/search?q=Arlonia", "/method/codebook", "/plan/jpoa-2013?as_of=2014-07-20")  # fmt: skip
NO_FIGURES = re.compile(r"\{\{|[\d.,\s]*[A-Za-z_:]|^\d{4}(-\d\d){0,2}$|^[\d-]+ [\d:]+$|^0\d+$")
"""Cells that hold words (also hostile ones), days or codes."""


@pytest.fixture
def client(server):
    with httpx.Client(base_url=server.url, timeout=60) as made:
        yield made


def anchors(client) -> set[str]:
    return set(html.fromstring(client.get("/method").text).xpath("//@id"))


@pytest.mark.parametrize("path", [*PAGES, "DOCUMENT", "CLAIM"])
def test_every_number_leads_to_how_it_is_made(client, record_path, path):
    with Record(record_path) as record:
        document = peaceful()[0].id
        claim = record.claims_in(document)[0].id
    answer = client.get({"DOCUMENT": f"/document/{document}", "CLAIM": f"/claim/{claim}"}.get(path, path))
    assert answer.status_code == 200
    main = html.fromstring(answer.text).get_element_by_id("main")
    there = anchors(client)
    how = [a.get("href").partition("#")[2] for a in main.xpath('.//a[starts-with(@href, "/method#")]')]
    assert how and set(how) <= there
    bare = [*_bare_cells(main), *_bare_figures(main)]
    assert not bare, bare


def _bare_cells(main) -> list[str]:
    """Cells of tables with a number whose column does not say how it is made, in its head or above the table."""
    bare = []
    for table in main.xpath(".//table[thead]"):
        heads = table.xpath("./thead/tr/*")
        around = (
            table.xpath('preceding::a[starts-with(@href, "/method#")]') if "matrix" in table.get("class", "") else []
        )
        for row in table.xpath("./tbody/tr"):
            for head, cell in zip(heads, row.xpath("./*"), strict=True):
                if cell.tag == "th":  # the name of the row
                    continue
                text = " ".join(cell.text_content().split())
                if re.search(r"\d", text) and not NO_FIGURES.search(text):
                    told = head.xpath('.//a[starts-with(@href, "/method#")]') or around
                    bare += [] if told else [f"{head.text_content()}: {text}"]
    return bare


def _bare_figures(main) -> list[str]:
    """Counts in headings, figures above a page, confidences, means: each with its link beside or around it."""
    bare = []
    for figure in main.xpath('.//ul[@class="figures"]/li'):
        bare += [] if figure.xpath('./a[contains(@class, "how")]') else [figure.text_content()]
    for count in main.xpath(".//h1//*[contains(@class, 'count')] | .//h2//*[contains(@class, 'count')]"):
        if re.fullmatch(r"[\d.,+\s]+", count.text_content()):
            bare += [] if count.get("href", "").startswith("/method#") else [count.text_content()]
    for meter in main.xpath(".//meter"):
        bare += [] if meter.getparent().get("href") == "/method#confidence" else ["confidence"]
    return bare


def test_a_number_without_its_link_would_be_found():
    page = html.fromstring(
        "<div><table><thead><tr><th>x</th></tr></thead><tbody><tr><td>1,234</td></tr></tbody></table></div>"
    )
    assert _bare_cells(page) == ["x: 1,234"]
    assert _bare_figures(html.fromstring("<div><h1>Events <span class='count'>7</span></h1></div>")) == ["7"]


TRANSLATED = [code for code in languages() if code != ORIGINAL]


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_codebook_is_in_every_language(language):
    book = phrasebook(language)
    texts = [*event_types().values(), *(meaning for rows in modes().values() for _, meaning in rows)]
    texts += [row["name"] for row in cameo().values()]
    assert [t for t in texts if book.found(t) is None] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_places_of_values(language):
    rows = list(phrases(language))
    assert len({english for english, _ in rows}) == len(rows)
    for english, translation in rows:
        assert sorted(re.findall(r"[{<]\w+[}>]", english)) == sorted(re.findall(r"[{<]\w+[}>]", translation)), english


EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("language", TRANSLATED)
def test_reasons_are_given_in_every_language(language):
    book, all_of, english = phrasebook(language), set(), set()

    def look(thing) -> None:
        if is_dataclass(thing):
            for field in fields(thing):
                value = getattr(thing, field.name)
                if field.name in {"why", "reason"} and isinstance(value, str) and value:
                    all_of.add(value)
                    english.update([value] if 'lang="en"' in book(value) else [])
                else:
                    look(value)
        elif type(thing) in (list, tuple):
            for one in thing:
                look(one)

    for path in sorted(EXAMPLES.glob("*/dispatch.txt")):
        for claim in read(Document.from_text(path.read_text(encoding="utf-8"), source=path.name)):
            look(claim)
    assert len(all_of) > 150
    assert len(english) <= 0.02 * len(all_of), sorted(english)


def test_what_the_table_lacks_stays_english_and_says_so():
    french = phrasebook("fr")
    assert french("told in the same sentence") == "dit dans la même phrase"
    assert (
        french("nobody <knows>; told in the same sentence")
        == '<span lang="en">nobody &lt;knows&gt;</span> ; dit dans la même phrase'
    )
    assert french.plain("'Iran's army' with its country") == "« Iran's army » avec son pays"
    assert phrasebook(ORIGINAL)("a; b") == "a; b"


def test_errors_are_said_in_the_reader_s_language(client):
    for path, words in (
        ("/timeline?since=2012&until=2011", "échangez-les"),
        ("/timeline?a=RUS", "deux acteurs"),
        ("/events?since=soon", "n’est pas une date"),
        ("/events?min_confidence=much", "n’est pas un nombre"),
        ("/actor/nobody-at-all", "ne s’appelle"),
        ("/claim/0123456789abcdef", "pas d’assertion"),
        ("/plan/none-of-this", "pas de plan"),
        ("/plan/jpoa-2013?as_of=soon", "n’est pas un jour"),
        ("/plan/jpoa-2013?according_to=Atlantis", "ne connaît pas"),
    ):
        answer = client.get(path, headers={"accept-language": "fr"})
        assert answer.status_code in {400, 404}
        assert words in html.fromstring(answer.text).get_element_by_id("main").text_content(), path
