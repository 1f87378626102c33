"""Document to Parse: a spaCy analysis that knows which code points each token stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import tee

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from ..document import Document, Span
from .grid import Grid
from .pipeline import analyse


@dataclass(frozen=True)
class Parse:
    """One document with its dependency parse. `doc.text == document.text`, so spaCy's offsets are ours.

    (Where the text holds half a surrogate pair, the model saw U+FFFD in its place; offsets are the same.)
    """

    document: Document
    doc: Doc

    @cached_property
    def grid(self) -> Grid:
        """The parse as plain lists, made once: reading a list costs a tenth of reading a spaCy attribute."""
        return Grid(self.doc)

    @property
    def sentences(self) -> list[TokenSpan]:
        return list(self.doc.sents)

    def span(self, piece: TokenSpan | Token) -> Span:
        """The code points of a token or of a run of tokens."""
        if isinstance(piece, Token):
            return Span(piece.idx, piece.idx + len(piece))
        return Span(piece.start_char, piece.end_char)

    def tokens(self, span: Span) -> TokenSpan | None:
        """The tokens that `span` touches, or None when it touches none."""
        return self.doc.char_span(span.start, span.end, alignment_mode="expand")


def parse(document: Document, *, stems: frozenset[str] | None = None) -> Parse:
    """Parses one document of any length. The model is loaded once per process; raises DetenteError without one."""
    return next(parse_many([document], stems=stems))


def parse_many(
    documents: Iterable[Document], *, batch_size: int = 32, stems: frozenset[str] | None = None
) -> Iterator[Parse]:
    """Parses documents in batches of at most `batch_size`, in order.

    With `stems` (beginnings of words, in small letters) only sentences that hold one of them, or a quotation, or stand
    beside one, are parsed; the others keep their tokens and offsets and nothing is found in them.
    """
    texts, kept = tee(documents)
    for doc, document in zip(analyse((d.text for d in texts), batch_size, stems), kept, strict=True):
        yield Parse(document, doc)
