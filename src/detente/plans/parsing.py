"""Text to conditions and days: a hand-written recursive descent parser with errors that point at the place.

Grammar (lower-case words are fixed; names are everything else)::

    condition = conj {"or" conj}
    conj      = part {"and" part}
    part      = "not" part | timed
    timed     = primary {"by" when | "before" when | "after" when | "within" length "of" when
                         | ["kept"] "for" length | "until" when | "as long as" primary}
    primary   = "(" condition ")" | "always" | "never"
              | ("all of" | "any of" | "none of" | ["at least" | "at most" | "exactly"] number "of") list [state]
              | ("at least" | "at most" | "exactly") quantity "of" name
              | ("from" | "on" | "after") when | ("before" | "until") when
              | name "says" name | name ("at least" | "at most" | "exactly" | ">=" | "<=" | "=") quantity
              | name [state]
    list      = "[" item {"," item} "]" | item {"," item}
    item      = name ".." name | condition
    when      = base {("+" | "-") length}
    base      = ("earlier" | "later") "of" when {"," when} | length ("after" | "before") when
              | ["start of" | "end of"] (date | name) | "(" when ")"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .conditions import (
    STATES,
    And,
    AsLongAs,
    Compare,
    Condition,
    Constant,
    Count,
    Fixed,
    Is,
    Kept,
    Measures,
    Moment,
    Not,
    Or,
    Pick,
    Reached,
    Ref,
    Says,
    Shift,
    Through,
    Tree,
    When,
)
from .days import Duration, parse_duration
from .quantities import Quantity, parse_quantity

KEYWORDS = frozenset(
    (
        "all any none at least most exactly of not and or before after by within for until as long kept from on "
        "says always never"
    ).split()
)
_TOKEN = re.compile(
    r"\s*(?:(?P<date>\d{4}-\d{2}-\d{2})(?![\w-])|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?)"
    r"|(?P<name>\w+(?:[.:-]\w+)*)|(?P<mark>\.\.|>=|<=|[()\[\],+\-=%$€]))"
)
_STATE_WORDS = sorted((tuple(state.split()) for state in STATES), key=len, reverse=True)
MAX_DEPTH = 50


class ConditionError(ValueError):
    """A condition or a day cannot be read; the message quotes it, points at the place and says what may stand there."""


@dataclass(frozen=True, slots=True)
class Token:
    kind: Literal["date", "number", "name", "mark", "end"]
    text: str
    at: int


def parse_condition(text: str) -> Condition:
    """Raises ConditionError."""
    _own_days(text)
    parser = _Parser(text)
    tree = parser.condition()
    parser.finish()
    return Condition(text, tree)


_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_OTHER_DAY = re.compile(
    r"(?<![\w.-])(?:\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}[/.]\d{1,2}[/.]\d{1,2}|\d{4}-\d{1,2}-\d{1,2}|\d{2}-\d{2}-\d{2,4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})(?![\w-])"
)
_WHOLE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
"""Days as people write them elsewhere; which number is the month only their writer knows."""


def _own_days(text: str) -> None:
    """Raises ConditionError for a day that is not written year, month, day in digits."""
    found = next((m for m in _OTHER_DAY.finditer(text) if not _WHOLE_DAY.fullmatch(m[0])), None)
    if found:
        raise _error(text, found.start(), f"days are written year, month, day: 2015-10-18, not '{found[0]}'")


def parse_moment(text: str) -> Moment:
    """Raises ConditionError."""
    _own_days(text)
    parser = _Parser(text)
    when = parser.when()
    parser.finish()
    return Moment(text, when)


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if not match:
            raise _error(text, at + len(text[at:]) - len(text[at:].lstrip()), "this sign has no meaning here")
        kind = match.lastgroup or "mark"
        tokens.append(Token(kind, match[kind], match.start(kind)))  # type: ignore[arg-type]
        at = match.end()
    tokens.append(Token("end", "", end))
    return tokens


def _error(text: str, at: int, message: str) -> ConditionError:
    return ConditionError(f"in '{text}' at character {at + 1} ('{text[at : at + 12]}'): {message}")


class _Parser:
    """One pass over the tokens of one text; each method reads what its name says and moves on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.i = 0
        self.depth = 0

    # -- looking and moving

    def words(self, *expected: str) -> bool:
        """Whether the next tokens are these words; if so they are consumed."""
        ahead = self.tokens[self.i : self.i + len(expected)]
        if len(ahead) == len(expected) and all(t.text == e for t, e in zip(ahead, expected, strict=True)):
            self.i += len(expected)
            return True
        return False

    def peek(self, ahead: int = 0) -> Token:
        return self.tokens[min(self.i + ahead, len(self.tokens) - 1)]

    def fail(self, message: str) -> ConditionError:
        return _error(self.text, self.peek().at, message)

    def expect(self, word: str) -> None:
        if not self.words(word):
            raise self.fail(f"expected '{word}'")

    def finish(self) -> None:
        if self.peek().kind != "end":
            raise self.fail("expected the end, 'and', 'or' or a time such as 'by 2015-10-18'")

    def name(self) -> str:
        token = self.peek()
        if token.kind != "name" or token.text in KEYWORDS:
            raise self.fail("expected the name of a step, measure, day or actor")
        self.i += 1
        return token.text

    # -- conditions

    def condition(self) -> Tree:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fail(f"brackets nested deeper than {MAX_DEPTH}")
        parts = [self.conj()]
        while self.words("or"):
            parts.append(self.conj())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def conj(self) -> Tree:
        parts = [self.part()]
        while self.words("and"):
            parts.append(self.part())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def part(self) -> Tree:
        negations = 0
        while self.words("not"):
            negations += 1
        tree = self.timed()
        return Not(tree) if negations % 2 else tree

    def timed(self) -> Tree:
        tree = self.primary()
        while True:
            if self.words("by"):
                tree = Compare(tree, "by", self.when())
            elif self.words("before"):
                tree = Compare(tree, "before", self.when())
            elif self.words("after"):
                tree = Compare(tree, "after", self.when())
            elif self.words("within"):
                length = self.length()
                self.expect("of")
                tree = Compare(tree, "within", self.when(), length)
            elif self.words("kept", "for") or self.words("for"):
                tree = Kept(tree, self.length())
            elif self.words("kept", "until") or self.words("until"):
                tree = Kept(tree, None, self.when())
            elif self.words("as", "long", "as"):
                tree = AsLongAs(tree, self.primary())
            else:
                return tree

    def primary(self) -> Tree:
        if self.words("("):
            tree = self.condition()
            self.expect(")")
            return tree
        if self.words("always"):
            return Constant(True)
        if self.words("never"):
            return Constant(False)
        if self.words("from") or self.words("on") or self.words("after"):
            return Reached(self.when())
        if self.words("before") or self.words("until"):
            return Not(Reached(self.when()))
        return self.counted() or self.named()

    def counted(self) -> Tree | None:
        if self.words("all", "of"):
            parts = self.listed()
            return Count("at least", len(parts), parts, all=True)
        if self.words("any", "of"):
            return Count("at least", 1, self.listed())
        if self.words("none", "of"):
            return Count("at most", 0, self.listed())
        bound = self.bound()
        digits = self.peek().text
        if digits.isdecimal() and self.peek(1).text == "of":
            self.i += 2
            return Count(bound or "at least", int(digits), self.listed())
        if bound is None:
            return None
        quantity = self.quantity(bound)
        self.expect("of")
        return Measures(self.name(), quantity)

    def bound(self) -> Literal["at least", "at most", "exactly"] | None:
        if self.words("at", "least") or self.words(">="):
            return "at least"
        if self.words("at", "most") or self.words("<="):
            return "at most"
        if self.words("exactly") or self.words("="):
            return "exactly"
        return None

    def quantity(self, bound: str) -> Quantity:
        start = self.peek().at
        while self.peek().kind != "end" and self.peek().text not in KEYWORDS and self.peek().text not in "()[],":
            self.i += 1
        try:
            return parse_quantity(f"{bound} {self.text[start : self.peek().at].strip()}")
        except ValueError as error:
            raise _error(self.text, start, str(error)) from error

    def listed(self) -> tuple[Tree, ...]:
        bracketed = self.words("[")
        items = [self.item(bracketed)]
        while self.words(","):
            items.append(self.item(bracketed))
        if bracketed:
            self.expect("]")
        state = self.state()
        if state is None:
            return tuple(items)
        return tuple(_with_state(item, state) for item in items)

    def item(self, bracketed: bool) -> Tree:
        if self.peek(1).text == "..":
            first = self.name()
            self.i += 1
            return Through(first, self.name(), self.state())
        return self.condition() if bracketed else Is(self.name())

    def named(self) -> Tree:
        name = self.name()
        if self.words("says"):
            return Says(name, self.name())
        bound = self.bound()
        if bound:
            return Measures(name, self.quantity(bound))
        self.words("is")
        if self.words("not"):
            state = self.state()
            if state is None:
                raise self.fail("expected a state, such as 'verified' or 'in force'")
            return Not(Is(name, state))
        return Is(name, self.state())

    def state(self) -> str | None:
        for words in _STATE_WORDS:
            if words == ("kept",) and self.peek(1).text in ("for", "until"):
                continue
            if self.words(*words):
                return " ".join(words)
        return None

    # -- days

    def when(self) -> When:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fail(f"brackets nested deeper than {MAX_DEPTH}")
        when = self.base()
        while self.peek().text in ("+", "-"):
            sign = 1 if self.peek().text == "+" else -1
            self.i += 1
            when = Shift(when, self.length(), sign)
        self.depth -= 1
        return when

    def base(self) -> When:
        options: list[When]
        which: Literal["earlier", "later"]
        for which in ("earlier", "later"):
            if self.words(which, "of"):
                options = [self.when()]
                while self.words(","):
                    options.append(self.when())
                return Pick(which, tuple(options))
        if self.words("("):
            when = self.when()
            self.expect(")")
            return when
        if self.words("start", "of"):
            return Ref(self.name(), "start")
        if self.words("end", "of"):
            return Ref(self.name())
        token = self.peek()
        if token.kind == "date":
            self.i += 1
            try:
                return Fixed(date.fromisoformat(token.text))
            except ValueError as error:
                raise _error(self.text, token.at, "this is not a day of the calendar") from error
        return self.counted_days() or Ref(self.name())

    def counted_days(self) -> When | None:
        mark = self.i
        try:
            length = self.length()
        except ConditionError:
            self.i = mark
            return None
        if self.words("after"):
            return Shift(self.when(), length)
        if self.words("before"):
            return Shift(self.when(), length, -1)
        self.i = mark
        return None

    def length(self) -> Duration:
        number = self.peek()
        compact = re.fullmatch(r"\d+[a-z]+", number.text)
        count = 1 if compact else 3 if self.peek(1).text in ("working", "business", "calendar") else 2
        text = " ".join(t.text for t in self.tokens[self.i : self.i + count])
        try:
            duration = parse_duration(text)
        except ValueError as error:
            raise _error(
                self.text, number.at, "expected a length of time, such as 90 days or 5 working days"
            ) from error
        self.i += count
        return duration


def _with_state(item: Tree, state: str) -> Tree:
    if isinstance(item, Is) and item.state is None:
        return Is(item.ref, state)
    if isinstance(item, Through) and item.state is None:
        return Through(item.first, item.last, state)
    return item
