"""PETRARCH and CAMEO actor dictionaries read as they are: Phoenix.Countries, International, MilNonState, agents.

The format, as the dictionaries of the Open Event Data Alliance have it:

    {ARMY: the soldiers of a place}         nothing: a line in braces of the style &NAME or {A=B} is a synset
    ARNOR_ [ARN]                            an actor with its code; '_' stands for a blank
    +KINGDOM_OF_ARNOR                       another form of the actor above
        [ARNGOV 110101-121231]              a code with dates for the actor above: yymmdd or yyyymmdd, '<' before, '>' after
    SOLDIER [~MIL]                          an agent: a role without a country
    PEACEKEEPER {PEACEKEEPERS} [~MIL]       with its plural in braces; without braces an S is added
    ; a comment                             to the end of the line, as '#' is
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import CodebookError

_CODE = re.compile(r"\[([^\]]*)\]")
_BRACES = re.compile(r"\{([^}]*)\}")
_SYNSET = re.compile(r"^&(\w+)")


@dataclass(frozen=True, slots=True)
class Row:
    """One actor (or agent, when a code begins with '~'): its forms, and its codes as (code, since, until)."""

    forms: tuple[str, ...]
    codes: tuple[tuple[str, str, str], ...]
    agent: bool
    line: int


def read_petrarch(path: Path) -> list[Row]:
    """All rows of a dictionary. Raises CodebookError with file and line where a row has no code or a bracket is open."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise CodebookError(f"{path}: cannot be read ({error.strerror}); give the path of a dictionary file") from error
    return list(parse_petrarch(text, str(path)))


def parse_petrarch(text: str, name: str = "dictionary") -> Iterator[Row]:
    """The rows of a dictionary's text, with synsets (&NAME followed by +form lines) put in their places."""
    synsets: dict[str, list[str]] = {}
    synset: str | None = None
    forms: list[str] = []
    codes: list[tuple[str, str, str]] = []
    start = 0

    def finished() -> Iterator[Row]:
        if not forms:
            return
        if not codes:
            raise CodebookError(f"{name}, line {start}: '{forms[0]}' has no code; write it as NAME [CODE]")
        every = [f for form in forms for f in _expanded(form, synsets)]
        agent = codes[0][0].startswith("~")
        yield Row(tuple(dict.fromkeys(every)), tuple((c.lstrip("~"), s, u) for c, s, u in codes), agent, start)

    for number, raw in enumerate(text.splitlines(), 1):
        line = re.split(r"[;#]", raw, maxsplit=1)[0].strip()
        if not line or line.startswith("<!"):
            continue
        if line.count("[") != line.count("]") or line.count("{") != line.count("}"):
            raise CodebookError(f"{name}, line {number}: a bracket is not closed: {line!r}")
        named = _SYNSET.match(line)
        if named:
            yield from finished()
            forms, codes, synset = [], [], named.group(1)
            synsets[synset] = []
            continue
        found = [_code(c) for c in _CODE.findall(line)]
        plural = [p.strip() for p in _BRACES.findall(line)]
        word = _BRACES.sub("", _CODE.sub("", line)).strip()
        if word.startswith("+"):
            form = _words(word[1:])
            if synset is not None:
                synsets[synset].append(form)
            else:
                forms.append(form)
                codes += found
            continue
        if not word:
            codes += found
            continue
        yield from finished()
        synset, start = None, number
        forms, codes = [_words(word)], found
        if any(code.startswith("~") for code, _, _ in found):
            forms += [_words(p) for p in plural] or [_words(word) + ("S" if word.isupper() else "s")]
    yield from finished()


def _words(form: str) -> str:
    return re.sub(r"\s+", " ", form.replace("_", " ")).strip()


def _expanded(form: str, synsets: dict[str, list[str]]) -> list[str]:
    used = re.search(r"&(\w+)", form)
    if used is None or used.group(1) not in synsets:
        return [form]
    return [form.replace(used.group(0), word) for word in synsets[used.group(1)]]


def _code(text: str) -> tuple[str, str, str]:
    """'ARNGOV 110101-121231', 'ARNGOV <920101', 'ARNGOV >040309' or 'ARNGOV' as (code, since, until)."""
    parts = text.split(None, 1)
    code = parts[0] if parts else ""
    when = parts[1].strip() if len(parts) > 1 else ""
    if when.startswith("<"):
        return code, "", _date(when[1:])
    if when.startswith(">"):
        return code, _date(when[1:]), ""
    since, _, until = when.partition("-")
    return code, _date(since), _date(until, last=True)


def _date(text: str, *, last: bool = False) -> str:
    """yymmdd, yyyymmdd or yyyy as ISO 8601; the last year of a range is given as the first day after it."""
    digits = re.sub(r"\D", "", text)
    if len(digits) == 4:
        return str(int(digits) + 1) if last else digits
    if len(digits) == 6:
        digits = ("19" if int(digits[:2]) > 40 else "20") + digits
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if len(digits) == 8 else ""
