"""Which sentences are worth a parse: finding out is some fifty times cheaper than parsing.

The words that make a sentence worth it are given by those who look for something in it (verbs and nouns of events,
cues of speech, names of plans), as stems. What stands in quotation marks is always kept, and so is every sentence
beside a quotation, since it may say whose words they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from spacy.tokens import Doc
from spacy.vocab import Vocab

from .sentences import NEVER_FINAL, paragraph_starts

_QUOTED = re.compile("[\"“”„«»‹›「」]|``|''|(?<!\\w)['‘]\\w|\\w[,.!?]['’](?!\\w)")
_WORD = re.compile(r"[^\W\d_]+")
_END = re.compile(r"(?<=[^\W\d_]{2})[.!?]+[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])")
_LAST_WORD = re.compile(r"\S+$")


def worth_parsing(sentence: str, stems: frozenset[str]) -> bool:
    """Whether `sentence` holds a quotation mark or a word that begins with one of `stems` (small letters)."""
    if _QUOTED.search(sentence):
        return True
    return any(begins_with(word, stems) for word in _WORD.findall(sentence.lower()))


def begins_with(word: str, stems: frozenset[str]) -> bool:
    """Whether some beginning of `word`, of two letters or more, is one of `stems`."""
    return any(word[:n] in stems for n in range(2, len(word) + 1))


def runs(text: str, stems: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """`text` in stretches that join to it again, each with whether it is to be parsed."""
    sentences = list(rough_sentences(text))
    quoted = [bool(_QUOTED.search(s)) for s in sentences]
    kept = [
        any(quoted[max(0, n - 1) : n + 2]) or worth_parsing(sentence, stems) for n, sentence in enumerate(sentences)
    ]
    for keep, group in groupby(zip(sentences, kept, strict=True), key=lambda pair: pair[1]):
        yield "".join(sentence for sentence, _ in group), keep


def rough_sentences(text: str) -> Iterator[str]:
    """`text` cut where a sentence surely ends: at paragraphs, and at a full stop that follows a whole word and stands
    before a capital letter. Doubtful places are not cut."""
    cuts = {m.end() for m in _END.finditer(text) if not abbreviated(text, m.start())}
    edges = sorted({*cuts, *paragraph_starts(text), len(text)} - {0})
    start = 0
    for end in edges:
        yield text[start:end]
        start = end


def abbreviated(text: str, stop: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation, an initial or a title."""
    word = _LAST_WORD.search(text, max(0, stop - 20), stop)
    if word is None:
        return True
    before = word[0].lower().lstrip("(\"'“‘[")
    return (
        f"{before}." in NEVER_FINAL
        or "." in before
        or len(before) < 3
        or (before in _MONTHS and text[stop : stop + 1] == ".")
    )


_MONTHS = frozenset(
    ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "inc", "corp", "ltd", "bros"]
)


def skeleton(vocab: Vocab, doc: Doc) -> Doc:
    """The tokens of a stretch that is not parsed, as one sentence in which nothing is found: part of speech X, every
    token hanging from the first."""
    n = len(doc)
    return Doc(
        vocab,
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        tags=["XX"] * n,
        pos=["X"] * n,
        lemmas=[t.lower_ for t in doc],
        heads=[0] * n,
        deps=["ROOT"] + ["dep"] * (n - 1) if n else [],
        ents=["O"] * n,
    )
