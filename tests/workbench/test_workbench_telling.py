"""Claims in lists: what is said of them, that nothing of a document becomes HTML, and who acts with whom."""

from __future__ import annotations

from lxml import html

from detente import ActorRef, Attribution, Document, Event, Record, Span, Stance
from detente.record.table import Entry
from detente.workbench.asked import Asked
from detente.workbench.desk import Desk
from detente.workbench.pages.relations import _quotes
from detente.workbench.phrases import in_words
from detente.workbench.telling import LONGEST, Telling
from detente.workbench.words import words_of

EVIL = "<script>alert('1')</script>&\"x"
NOR, EGY = ActorRef(text="Norland", country="NOR"), ActorRef(text="Egypt", country="EGY")
TOLD = Telling(words_of("en"), {"NOR": "Norland", "EGY": "Egypt"}.get)  # type: ignore[arg-type]


def entry(claim: Event | Attribution, text: str = "They met.", **more: object) -> Entry:
    given = {
        "state": "unreviewed",
        "day": "2020-03-03",
        "source": "a.txt",
        "title": None,
        "outlet": None,
        "published": None,
    }
    return Entry(n=1, id="ab12", claim=claim, text=text, document="cd34", **{**given, **more})  # type: ignore[arg-type]


def event(**more: object) -> Event:
    fields = {"type": "CONSULT", "cameo": "040", "quad": 1, "goldstein": 1.0, "actors": (NOR,), "recipients": (EGY,)}
    return Event(document="cd34", span=Span(0, 9), **{**fields, **more})  # type: ignore[arg-type]


def words(markup: str) -> str:
    return " ".join(html.fragment_fromstring(markup, create_parent="div").text_content().split())


def test_an_event_says_who_does_what_to_whom():
    assert words(TOLD.said(entry(event()))) == "Norland consult → Egypt"
    assert words(TOLD.said(entry(event(reciprocal=True)))) == "Norland consult with Egypt"
    assert words(TOLD.said(entry(event(actors=(), status="denied")))) == "nobody named consult denied → Egypt"


def test_those_who_act_with_each_other_are_named_once():
    both = event(actors=(NOR, EGY), recipients=(EGY, NOR), reciprocal=True)
    assert words(TOLD.said(entry(both))) == "Norland, Egypt consult with each other"
    assert in_words(words_of("fr"), both).endswith("consult entre eux")
    one_way = event(actors=(NOR, EGY), recipients=(EGY, NOR))
    assert "→" in TOLD.said(entry(one_way))


def test_nothing_of_a_document_becomes_html():
    evil = ActorRef(text=EVIL, name=EVIL, person=EVIL, reason=EVIL)
    claims = (
        event(type=EVIL, mode=EVIL, status=EVIL, actors=(evil,), recipients=(evil,)),
        Attribution(document="cd34", span=Span(0, 9), content=(Span(0, 9),), speakers=(evil,), via=(evil,), mind=EVIL, colour=EVIL),
    )  # fmt: skip
    for claim in claims:
        row = TOLD.rows([entry(claim, EVIL, day=EVIL, title=EVIL, outlet=EVIL, published=EVIL)])
        assert "<script" not in row
        assert not html.fromstring(row).xpath("//script")
        assert words(row).count("<script>alert('1')</script>") >= 4


def test_long_words_are_cut_at_the_end_of_one():
    text = "word " * 200
    shown = html.fromstring(TOLD.rows([entry(event(), text)])).xpath("//blockquote/a")[0].text
    assert len(shown) <= LONGEST and shown.endswith("word...")


def test_a_stance_is_quoted_with_the_sentence_in_which_it_is_taken(tmp_path):
    doc = Document.from_text(
        "The envoy of Norland praised the ferry treaty. Egypt spoke of the ferry treaty.", source="a.txt"
    )
    said = Attribution(document=doc.id, span=Span(0, 45), content=(Span(29, 45),), speakers=(NOR,))
    issue = {"document": doc.id, "issue": "treaty", "topic": "ferry treaty"}
    told = Stance(span=Span(33, 45), holders=(NOR,), side="favour", basis=said.id, **issue)
    elsewhere = Stance(span=Span(66, 78), holders=(EGY,), side="favour", basis=said.id, **issue)
    with Record(tmp_path / "t.detente") as record:
        record.add(doc, [said, told, elsewhere])
        quotes = {e.id: e.text for e in _quotes(Desk(record), Asked("stances", {"issue": "treaty"}))["favour"]}
    assert quotes[told.id] == "The envoy of Norland praised the ferry treaty"
    assert quotes[elsewhere.id] == "ferry treaty"
