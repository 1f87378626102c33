"""A document with its claims marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente import ActorRef, Attribution, Document, Event, Span
from detente.record import DocumentView, Entry
from detente.record.view import Mark, pieces_of

EVIL = '<script>alert("x")</script> & "Norland" met <b>Egypt</b>'


def view_of(text: str, *claims: object) -> DocumentView:
    doc = Document.from_text(text, title="<img src=x onerror=1>", outlet="<i>")
    entries = tuple(
        Entry(i, c.id, c, "unreviewed", "", "", doc.id, "", None, None, None)  # type: ignore[attr-defined, arg-type]
        for i, c in enumerate(claims)
    )
    return DocumentView(doc, entries)


def test_nothing_of_the_document_becomes_html() -> None:
    who = ActorRef(text='"><script>', span=Span(30, 39))
    view = view_of(EVIL, Event(document="d", span=Span(0, 50), type="CONSULT", actors=(who,), trigger=Span(40, 43)))
    html = view._repr_html_()
    assert "<script" not in html and "<img" not in html and "<b>" not in html and "<i>" not in html
    assert "&lt;script&gt;" in html


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted), max_size=6),
)
def test_pieces_joined_are_the_text(text: str, spans: list[list[int]]) -> None:
    marks = [Mark("actor", Span(a, b), str(i)) for i, (a, b) in enumerate(spans) if a < b <= len(text)]
    pieces = list(pieces_of(text, marks))
    assert "".join(p.text for p in pieces) == text
    for piece in pieces:
        end = piece.start + len(piece.text)
        assert set(piece.marks) == {m for m in marks if m.span.start < end and piece.start < m.span.end}


def test_marks_lie_over_each_other() -> None:
    said = Attribution(document="d", span=Span(0, 20), content=(Span(0, 20),), cue=Span(5, 9))
    pieces = view_of("a" * 30, said).pieces()
    assert [(p.text, p.parts) for p in pieces] == [
        ("aaaaa", ("quote",)),
        ("aaaa", ("cue", "quote")),
        ("a" * 11, ("quote",)),
        ("a" * 10, ()),
    ]
