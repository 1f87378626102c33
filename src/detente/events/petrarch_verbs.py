"""PETRARCH and PETRARCH2 verb dictionaries read as they are: CAMEO.2.0, the verb patterns of 2014 and 2015, TABARI's.

The format, as the dictionaries of the Open Event Data Alliance have it:

    &CURRENCY                        a set of words, one a line below; '_' at the end of a word: it has no plural
    +DOLLAR
    +SWISS_FRANC
    --- GRANT [070] ---              a block of verbs that mean the same, with their code
    GRANT                            a verb; regular forms are made
    GIVE {GIVES GAVE GIVEN GIVING}   irregular forms in braces
    +HAND_OVER                       several words: '+' stands before the one that is the verb
    PROMISE [033]                    a verb with a code of its own
    - * &CURRENCY [071]              a pattern: '*' is the verb, the words stand in this order, others may stand between
    - * {HUMANITARIAN AID} [073]     braces: a phrase of nouns          (PETRARCH2)
    - * (TO COURT) [173]             parentheses: a preposition with its phrase, or 'to' with a verb
    - + * FROM $ [071]               '$' who acts, '+' who is acted on, '^' any phrase, '%' several who act
    # ; <!-- -->                     comments

`[042:043]` codes two events: 042 from who acts, 043 back; `[:173]` one, by the other side. `[---]` codes nothing,
`[###]` and `[+++]` are no events either. `~` lines say what a verb makes of the event below it (`transformations.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import CodebookError
from .transformations import NotReadable, Transformation, parse_transformation

MARKS = frozenset("+$^%")
NO_EVENT = frozenset({"", "---", "###", "+++"})
_CODE = re.compile(r"\[([^\]]*)\]")
_FORMS = re.compile(r"\{([^}]*)\}")
_BLOCK = re.compile(r"^---+\s*(.*?)\s*(?:\[([^\]]*)\]\s*)*---+\s*$")
_PIECES = re.compile(r"\{[^}]*\}|\((?:[^()]|\([^()]*\))*\)|[^\s(){}]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a pattern: words in their order, each as the forms that it may have; a mark has no words."""

    words: tuple[frozenset[str], ...]
    kind: str = "word"
    """'word', 'phrase' (braces), 'prep' (parentheses, the preposition first), 'close' (joined by '_') or a mark."""
    mark: str = ""
    """'+' or '$' inside parentheses or right after the word: who it is that stands there."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What must stand before and after a verb, and what that codes."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    code: str
    back: str
    line: int
    text: str = ""
    """As it stands in the file."""

    @property
    def size(self) -> int:
        """How many words and marks it asks for: the longest pattern that fits wins."""
        return sum(len(p.words) or 1 for p in (*self.before, *self.after))


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb of a block: its main form, all its forms, the words that belong to it, and what it codes alone."""

    lemma: str
    forms: frozenset[str]
    before: tuple[str, ...]
    after: tuple[str, ...]
    code: str
    back: str
    line: int


@dataclass
class Block:
    """Verbs that mean the same, with the patterns that hold for each of them."""

    name: str
    verbs: list[Verb] = field(default_factory=list)
    patterns: list[Pattern] = field(default_factory=list)


@dataclass
class Dictionary:
    """A whole file."""

    path: str
    blocks: list[Block] = field(default_factory=list)
    transformations: list[Transformation] = field(default_factory=list)
    structured: bool = False
    """Whether its patterns have braces or parentheses, so that a bare word is the head of a phrase (PETRARCH2)."""
    skipped: list[tuple[int, str]] = field(default_factory=list)
    """(line, why) of what was read and cannot be used."""


def read_verbs(path: Path) -> Dictionary:
    """A verb dictionary. Raises CodebookError where the file cannot be read or holds no verbs."""
    found = parse_verbs(text_of(path, "a verb dictionary"), str(path))
    if not found.blocks and not found.transformations:
        raise CodebookError(f"{path}: no block of verbs; a block begins with --- NAME [CODE] ---")
    return found


def text_of(path: Path, what: str) -> str:
    """The text of a PETRARCH file, as well as it can be read. Raises CodebookError where it cannot."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise CodebookError(f"{path}: cannot be read ({error.strerror}); give the path of {what}") from error


def uncommented(line: str) -> str:
    """The line without what stands after '#' or ';'."""
    return re.split(r"[#;]", line, maxsplit=1)[0].strip()


def parse_verbs(text: str, name: str = "dictionary") -> Dictionary:
    """The dictionary in `text`; what cannot be used stands in `skipped` with its line."""
    found = Dictionary(name)
    lines = list(_lines(text))
    synsets = _synsets(lines)
    codes = ("", "")
    block: Block | None = None
    in_synset = False
    for number, line in lines:
        if line.startswith("&"):
            in_synset = True
        elif line.startswith("---"):
            in_synset = False
            opened = _BLOCK.match(line)
            listed = _CODE.findall(line)
            codes = _codes(listed[0] if listed else "---")
            block = Block(opened.group(1) if opened else line.strip("- "))
            found.blocks.append(block)
        elif line.startswith("~"):
            _add_transformation(found, number, line)
        elif in_synset and line.startswith("+"):
            continue
        elif block is None:
            found.skipped.append((number, "stands outside any block of verbs"))
        elif line.startswith("-") or line.startswith("*"):
            _add_pattern(found, block, number, line, synsets)
        else:
            in_synset = False
            block.verbs.append(_verb(number, line, codes))
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """(number, line) without comments and empty lines."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        kept = ""
        while line:
            if inside:
                _, closed, line = line.partition("-->")
                inside = not closed
            else:
                before, opened, line = line.partition("<!--")
                kept += before
                inside = bool(opened)
        kept = uncommented(kept.replace("[###]", "[+++]"))
        if kept and kept != "-->":
            yield number, kept


def _synsets(lines: list[tuple[int, str]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The sets by name, each word or phrase as its words, with plurals; a set may name other sets."""
    raw: dict[str, list[str]] = {}
    plurals: dict[str, bool] = {}
    name = ""
    for _, line in lines:
        if line.startswith("&"):
            name = line.split()[0].strip("&_").lower()
            raw.setdefault(name, [])
            plurals[name] = not line.split()[0].endswith("_")
        elif line.startswith("+") and name:
            raw[name].append(line[1:].strip().strip("()").lower())
        else:
            name = ""

    def spelled(key: str, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for each in raw.get(key, ()):
            if each.startswith("&"):
                inner = each.strip("&_")
                if inner not in above:
                    yield from spelled(inner, (*above, inner))
                continue
            words = tuple(_split(each))
            if not words:
                continue
            yield words
            if plurals.get(key, True) and not each.endswith("_"):
                yield (*words[:-1], plural(words[-1]))

    return {key: tuple(dict.fromkeys(spelled(key, (key,)))) for key in raw}


def plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in set("aeiou"):
        return word[:-1] + "ies"
    return word + "es" if word.endswith("ss") else word + "s"


def _codes(text: str) -> tuple[str, str]:
    """'042:043' as ('042', '043'), ':173' as ('', '173'); codes of no event are ''."""
    first, _, second = text.strip().partition(":")
    first, second = first.strip(), second.strip()
    return ("" if first in NO_EVENT else first), ("" if second in NO_EVENT else second)


def _verb(number: int, line: str, codes: tuple[str, str]) -> Verb:
    own = _CODE.findall(line)
    given = [w for part in _FORMS.findall(line) for w in re.split(r"[\s,]+", part.lower()) if w]
    text = _FORMS.sub("", _CODE.sub("", line)).strip().lower()
    words = _split(text)
    at = next((i for i, w in enumerate(words) if w.startswith("+")), 0)
    words = [w.lstrip("+") for w in words] or [""]
    lemma = words[at]
    irregular = {_marked(form) for form in given}
    code, back = _codes(own[0]) if own else codes
    forms = frozenset({lemma, *regular_forms(lemma), *irregular} - {""})
    return Verb(lemma, forms, tuple(words[:at]), tuple(words[at + 1 :]), code, back, number)


def _marked(form: str) -> str:
    """The verb itself in '+TAKING_NOTE', 'WIRE_+TAPPED' or 'GAVE'."""
    words = [w for w in form.split("_") if w]
    return next((w.lstrip("+") for w in words if w.startswith("+")), words[0] if words else "")


def regular_forms(verb: str) -> Iterator[str]:
    """The regular forms of an English verb."""
    if verb.endswith(("ee", "oe", "ye")):
        yield from (verb + "s", verb + "d", verb + "ing")
    elif verb.endswith("e"):
        yield from (verb + "s", verb + "d", verb[:-1] + "ing")
    elif verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    elif verb:
        sibilant = verb.endswith(("s", "x", "z", "ch", "sh"))
        yield from (verb + ("es" if sibilant else "s"), verb + "ed", verb + "ing")


def _add_transformation(found: Dictionary, number: int, line: str) -> None:
    try:
        found.transformations.append(parse_transformation(line, number))
    except NotReadable as reason:
        found.skipped.append((number, str(reason)))


def _add_pattern(
    found: Dictionary, block: Block, number: int, line: str, synsets: dict[str, tuple[tuple[str, ...], ...]]
) -> None:
    listed = _CODE.findall(line)
    text = _CODE.sub("", line).lstrip("-").strip().lower()
    if not listed or "*" not in text:
        found.skipped.append((number, "a pattern needs * for the verb and a code in brackets"))
        return
    unknown = next((s for s in re.findall(r"&([\w'-]+)", text) if s.strip("_") not in synsets), None)
    if unknown is not None:
        found.skipped.append((number, f"no set &{unknown.upper()}"))
        return
    found.structured = found.structured or any(c in text for c in "{}()")
    before, _, after = text.partition("*")
    code, back = _codes(listed[0])
    block.patterns.append(
        Pattern(tuple(_pieces(before, synsets)), tuple(_pieces(after, synsets)), code, back, number, text)
    )


def _pieces(text: str, synsets: dict[str, tuple[tuple[str, ...], ...]]) -> Iterator[Piece]:
    parts = _PIECES.findall(text.replace("_ ", " ").strip("_ "))
    for part, following in zip(parts, [*parts[1:], ""], strict=False):
        if part in MARKS:
            yield Piece((), part)
        elif part.startswith("("):
            inside = part.strip("()").replace("{", " ").replace("}", " ").replace("(", " ").replace(")", " ")
            mark = next((m for m in "+$" if m in inside.split()), "")
            words = tuple(_word(w, synsets) for w in _split(inside) if w not in MARKS)
            if words:
                yield Piece(words, "prep", mark)
        elif part.startswith("{"):
            words = tuple(_word(w, synsets) for w in _split(part.strip("{}")) if w not in MARKS)
            if words:
                yield Piece(words, "phrase")
        else:
            words = tuple(_word(w, synsets) for w in _split(part) if w not in MARKS)
            if words:
                yield Piece(words, "close" if len(words) > 1 else "word", following if following in "+$" else "")


def _split(text: str) -> list[str]:
    return [w for w in re.split(r"[_\s]+", text) if w]


def _word(text: str, synsets: dict[str, tuple[tuple[str, ...], ...]]) -> frozenset[str]:
    """The forms that a word of a pattern may have; phrases of a set are joined by '_'."""
    forms: set[str] = set()
    for each in text.split("/"):
        if each.startswith("&"):
            forms |= {"_".join(words) for words in synsets.get(each.strip("&_"), ())}
        else:
            forms.add(each)
    return frozenset(forms)
