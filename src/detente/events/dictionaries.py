"""The user's PETRARCH dictionaries put over a lexicon: verbs and their patterns, and what is not coded at all.

A verb that the dictionary holds is coded by the dictionary: its patterns and its own code take the place of our rows.
Two things stay ours. What a verb does to the deed that it governs ('agree to', 'refuse to', 'begin to', 'launch an
attack'), where the dictionary gives it no code or one of the same root; and everything about words that the
dictionary does not hold: other verbs, and nouns and adjectives, which PETRARCH does not code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from .lexicon import Lexicon, Row
from .petrarch_verbs import Block, Dictionary, Pattern, Piece, Verb, read_verbs, text_of, uncommented
from .transformations import Meaning, Transformation, resolved

_ROOM = 100
"""What a row of several verb words is worth more than the patterns of one."""
_PER_WORD = 10
_BOTH_ACT = frozenset({"04", "06", "08", "19"})
_FILES = {"verbs": ("*.verbs", "*verbs*.txt"), "discards": ("*discard*.txt", "*.discards"), "issues": ("*issue*.txt",)}


def files_in(folder: Path, kind: str) -> list[Path]:
    """The PETRARCH dictionaries of one kind ('verbs', 'discards', 'issues') in a codebook folder, by their names."""
    return sorted({p for pattern in _FILES[kind] for p in folder.glob(pattern) if p.is_file()})


def with_verbs(lexicon: Lexicon, files: Iterable[Path]) -> Lexicon:
    """`lexicon` with the verbs of PETRARCH dictionaries over its own; later files win.

    Raises CodebookError where a file cannot be read or holds no verbs.
    """
    verbs, forms = dict(lexicon.verbs), dict(lexicon.forms)
    transformations = lexicon.transformations
    for path in files:
        found = read_verbs(path)
        _add(lexicon, found, verbs, forms)
        if found.transformations:
            transformations = (*_transformations(found), *transformations)
    return replace(lexicon, verbs=verbs, forms=forms, transformations=transformations)


def with_discards(lexicon: Lexicon, files: Sequence[Path]) -> Lexicon:
    """`lexicon` with lists of words whose sentences ('BASKETBALL') or documents ('+OSCAR') are not coded."""
    if not files:
        return lexicon
    sentences, documents = list(lexicon.discards), list(lexicon.discards_all)
    for path in files:
        for line in text_of(path, "a discard list").splitlines():
            phrase = uncommented(re.sub(r"\[[^\]]*\]", "", line))
            if not phrase or phrase.startswith("<"):
                continue
            (documents if phrase.startswith("+") else sentences).append(_discard(phrase.lstrip("+")))
    return replace(lexicon, discards=tuple(sentences), discards_all=tuple(documents))


def _discard(phrase: str) -> str:
    """The pattern of one phrase: a stem, unless it ends in '_'."""
    words = [re.escape(word) for word in re.split(r"[_\s]+", phrase.strip("_ "))]
    return r"\b" + r"[\s_-]+".join(words) + (r"\b" if phrase.rstrip().endswith("_") else "")


def _add(lexicon: Lexicon, found: Dictionary, verbs: dict[str, list[Row]], forms: dict[str, list[Row]]) -> None:
    name = Path(found.path).name
    own: dict[str, list[Row]] = {}
    several: dict[str, list[Row]] = {}
    spelled: dict[str, set[str]] = {}
    for block in found.blocks:
        for verb in block.verbs:
            rows = _rows(verb, block, name, structured=found.structured)
            (several if verb.before or verb.after else own).setdefault(verb.lemma, []).extend(rows)
            spelled.setdefault(verb.lemma, set()).update(verb.forms)
    for lemma in spelled:
        ours = _kept(lexicon.verbs.get(lemma, []), own[lemma]) if lemma in own else verbs.get(lemma, [])
        rows = sorted([*several.get(lemma, []), *own.get(lemma, []), *ours], key=lambda row: -row.rank)
        verbs[lemma] = rows
        for form in spelled[lemma]:
            forms[form] = rows
    for lemma in own:  # the form 'left' of its own block is not that of 'leave'
        forms[lemma] = verbs[lemma]


def _transformations(found: Dictionary) -> Iterator[Transformation]:
    """The `~` lines of one dictionary, with what the names of their verbs stand for."""
    blocks: dict[str, Meaning] = {}
    for block in found.blocks:
        for verb in block.verbs:
            like = frozenset(v.lemma for v in block.verbs if v.code == verb.code and not v.before and not v.after)
            name = "_".join((*verb.before, verb.lemma, *verb.after))
            blocks.setdefault(name, Meaning(like | {verb.lemma}, verb.code))
    yield from resolved(found.transformations, Path(found.path).name, blocks)


def _kept(ours: list[Row], theirs: list[Row]) -> list[Row]:
    """Our rows of a verb that say what it makes of the deed below it, where the dictionary does not say otherwise."""
    alone = next((row for row in theirs if row.rank == 0), None)
    code = alone.code if alone is not None else ""
    if code[2:].strip("0"):
        return []  # '[027]': the dictionary says exactly what the verb codes
    kept = []
    for row in ours:
        if row.operator is None or (code and (row.code[:2] != code[:2] or row.objects is not None or row.preps)):
            continue
        kept.append(
            replace(row, code=code if alone is not None else "", rank=1 if code else min(row.rank, _PER_WORD - 1))
        )
    return kept


def _rows(verb: Verb, block: Block, name: str, *, structured: bool) -> list[Row]:
    """The rows of one verb: each pattern of its block, and the verb alone."""
    together = _words_of(verb)
    extra = _ROOM * len((*verb.before, *verb.after))
    rows = []
    for pattern in block.patterns:
        whole = replace(pattern, before=(*pattern.before, *together.before), after=(*together.after, *pattern.after))
        rows.append(
            _row(verb, whole, pattern.code, pattern.back, f"{name}:{pattern.line}", extra + _PER_WORD * pattern.size)
        )
    alone = together if extra else None
    if verb.code or verb.back or extra:
        rows.append(_row(verb, alone, verb.code, verb.back, f"{name}:{verb.line}", extra))
    return [replace(row, structured=structured) for row in rows]


def _words_of(verb: Verb) -> Pattern:
    """The other words of a verb of several, as a pattern."""

    def close(words: tuple[str, ...]) -> tuple[Piece, ...]:
        return (Piece(tuple(frozenset({w}) for w in words), "close"),) if words else ()

    return Pattern(close(verb.before), close(verb.after), verb.code, verb.back, verb.line)


def _row(verb: Verb, pattern: Pattern | None, code: str, back: str, source: str, rank: int) -> Row:
    roles = {"exact"}
    if not code and back:  # '[:173]': the other side does it
        code, back = back, ""
        roles.add("rev")
    if pattern is not None:
        roles |= _sides(pattern)
    if back:
        roles |= {"recip"} if back == code and code[:2] in _BOTH_ACT else {f"back={back}"}
    if code.startswith("01"):
        roles.add("say")
    return Row(
        lemma=verb.lemma,
        particle=None,
        objects=None,
        unless=frozenset(),
        preps=(),
        code=code or "-",
        operator=None,
        roles=frozenset(roles),
        rank=rank,
        source=source,
        pattern=pattern if pattern is not None and (pattern.before or pattern.after) else None,
    )


def _sides(pattern: Pattern) -> set[str]:
    """What the marks say of who acts: '+ * $' is turned round, '(WITH +)' names the other side."""
    before = {p.kind for p in pattern.before} | {p.mark for p in pattern.before}
    after = {p.kind for p in pattern.after} | {p.mark for p in pattern.after}
    roles = {"rev"} if "+" in before and "$" in after else set()
    if any(piece.mark == "+" for piece in pattern.after):
        roles.add("phrase")
    return roles
