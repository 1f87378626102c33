"""Text to time expressions: every place where a rule fits, read in order so that the narrative's clock goes on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ...document import Span
from . import days, durations, occasions, quarters, relative, years
from .context import Context, is_narrative, opening_of, prefers_day_first, reference_of
from .grammar import EACH, PATTERN, RULES
from .numbers import ordinal_of
from .reading import Reading
from .tokens import Tokens, tokenize


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression: its place, and its type, value and mod as TIMEX3 has them."""

    span: Span
    type: str
    value: str
    mod: str | None = None
    rule: str = ""


FORGOTTEN = 80
"""Words after which news no longer counts 'a day earlier' from the date last told, but from its own."""

_NO_YEAR = re.compile(r"\d{5}|0000")
"""Years that TIMEX3 cannot write, or that never were."""

Reader = Callable[[Context, int, int], Reading | None]


def reader_of(rule: str) -> Reader:
    """The function that says what the shape `rule` means."""
    name = {"day_part": "deictic"}.get(rule, rule)
    return next(
        reader
        for module in (years, quarters, days, occasions, durations, relative)
        if (reader := vars(module).get(name))
    )


READERS: dict[str, Reader] = {rule: reader_of(rule) for rule in RULES}


def find_times(text: str, *, reference: str | None = None, outlet: str | None = None) -> list[Timex]:
    """The time expressions of `text`, in order, no two overlapping. Never raises; time grows with the length.

    `reference` is the ISO date of the dateline or of publication; where it is None, the first whole date in the
    text's head stands in for it.
    """
    tokens = tokenize(text)
    stamp = reference_of(reference, tokens)
    context = Context(tokens, stamp, is_narrative(tokens, stamp), prefers_day_first(tokens, outlet))
    if context.narrative:
        context.clock = opening_of(tokens, stamp)
    found: list[Timex] = []
    at = 0
    while (match := PATTERN.search(tokens.kinds, at)) is not None:
        i, j = match.span()
        rule = match.lastgroup or ""
        if not context.narrative and i - context.clock_at > FORGOTTEN:
            context.clock = None
        reading, i, j = read(context, rule, i, j)
        if reading is None:
            at = i + 1
            continue
        found.append(timex(tokens, reading, rule, i, j))
        at = max(reading.last if reading.last > i else j, i + 1)
        found += second_ends(context, reading, at)
        if len(found) > 1 and found[-1].rule == "second end":
            at = next_token(tokens, found[-1].span.end, at)
    return found


def read(context: Context, rule: str, i: int, j: int) -> tuple[Reading | None, int, int]:
    """What rule `rule` makes of tokens [i, j), and the tokens that it really took."""
    tokens = context.tokens
    if tokens.breaks(i, j - 1):
        # A heading runs into the next paragraph: take the part before it.
        j = next(k for k in range(i + 1, j) if tokens.breaks(k - 1, k))
        again = PATTERN.fullmatch(tokens.kinds, i, j)
        if again is None:
            return None, i, j
        rule = again.lastgroup or ""
    reading = READERS[rule](context, i, j)
    if reading is None:
        reading, rule, j = second_choice(context, i, j)
    if reading is not None and _NO_YEAR.match(reading.value):
        return None, i, j
    if reading is not None and reading.clock:
        context.set_clock(reading.value, i, j, reading.explicit)
    return reading, i, j


def second_choice(context: Context, i: int, j: int) -> tuple[Reading | None, str, int]:
    """A shorter reading at the same place when the longest did not make sense."""
    kinds = context.tokens.kinds
    for rule, shape in EACH.items():
        match = shape.match(kinds, i)
        if match is not None and match.end() != j and not context.tokens.breaks(i, match.end() - 1):
            reading = READERS[rule](context, i, match.end())
            if reading is not None:
                return reading, rule, match.end()
    for end in range(j - 1, i, -1):
        again = PATTERN.fullmatch(kinds, i, end)
        if again is not None:
            rule = again.lastgroup or ""
            reading = READERS[rule](context, i, end)
            if reading is not None:
                return reading, rule, end
    return None, "", j


def timex(tokens: Tokens, reading: Reading, rule: str, i: int, j: int) -> Timex:
    first = reading.first if reading.first >= 0 else i
    last = (reading.last if reading.last > i else j) - 1
    while last > first and tokens.kinds[last] in ",-'/":
        last -= 1
    return Timex(Span(tokens.starts[first], tokens.ends[last]), reading.type, reading.value, reading.mod, rule)


def second_ends(context: Context, reading: Reading, j: int) -> list[Timex]:
    """The '29' of 'January 25-29', the '16' of '1915-16', the '18' of 'between March 5 and 18'."""
    tokens = context.tokens
    kinds = tokens.kinds
    if j + 1 >= len(kinds) or kinds[j + 1] not in "d#o" or (kinds[j + 1] != "o" and len(tokens.lower[j + 1]) > 2):
        return []
    number = ordinal_of(tokens.lower[j + 1]) if kinds[j + 1] == "o" else int(tokens.lower[j + 1])
    value = reading.value
    joined = kinds[j] == "-" and kinds[j + 2 : j + 3] not in ("U", "M", "w")
    if (
        len(value) == 4
        and value.isdigit()
        and joined
        and not tokens.gap(j + 1)
        and len(tokens.lower[j + 1]) == 2
        and number > int(value[2:])
    ):
        return [Timex(token_span(tokens, j + 1), "DATE", f"{value[:2]}{number:02d}", rule="second end")]
    if len(value) == 10 and kinds[j - 1] in "do" and kinds[j + 2 : j + 3] not in ("M", "U", "m", "C", "w"):
        listed = kinds[j] in "&2" and (tokens.word(j + 2)[:1] in ",.;)" or tokens.low(j + 2) in {"in", "at", "the"})
        if (joined or listed) and int(value[8:]) < number <= 31:
            return [Timex(token_span(tokens, j + 1), "DATE", f"{value[:8]}{number:02d}", rule="second end")]
    return []


def token_span(tokens: Tokens, n: int) -> Span:
    return Span(tokens.starts[n], tokens.ends[n])


def next_token(tokens: Tokens, offset: int, at: int) -> int:
    """The first token, from `at` on, that begins at or after `offset`."""
    while at < len(tokens.starts) and tokens.starts[at] < offset:
        at += 1
    return at
