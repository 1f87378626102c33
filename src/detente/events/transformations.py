"""The transformations of PETRARCH2's verb dictionaries: what a verb makes of the event told below it.

    ~ a (a b ATTACK) SAY = a b 015         who says that he attacked somebody admits it
    ~ a (b . ATTACK) SAY = a b 112         who says it of another accuses that other, whoever was attacked
    ~ a (a b WILL_ATTACK) SAY = a b 138    WILL_: told as something to come
    ~ a (_ b ATTACK) WANT = a b 138        the event below has no subject of its own
    ~ a (a b Q) SAY = a b Q                any event, which stays what it is

Before the sign of equality: who does the upper verb, in parentheses the event below it (source, target, verb), the
upper verb. Behind it the event that is coded instead. Letters are actors, the same letter the same actor and two letters
two; `.` is anybody or nobody; `_` nobody. A verb stands for all verbs of its block, and below for every event of its
code or of a finer one; a verb that the dictionary lacks, for itself. The first line that fits counts; what comes out may
stand below the next verb in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

_LINE = re.compile(
    r"~\s*(?P<upper>\S+)\s*\(\s*(?P<source>\S+)\s+(?P<target>\S+)\s+(?P<below>[^\s()]+)\s*\)\s*(?P<verb>\S+)"
    r"\s*=\s*(?P<actor>\S+)\s+(?P<recipient>\S+)\s+\[?(?P<code>[\w:-]+)\]?$"
)
_ACTOR = re.compile(r"[A-Za-z]|[._]")
ANY_EVENT = "q"


class NotReadable(ValueError):
    """Why a line is no transformation that can be applied."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the name of a verb stands for."""

    lemmas: frozenset[str] = frozenset()
    code: str = ""

    def holds(self, lemma: str, code: str) -> bool:
        """Whether an event of this trigger and code is one of the verb's."""
        family = self.code[:2] + self.code[2:].rstrip("0")
        return lemma in self.lemmas or bool(family and code.startswith(family))


@dataclass(frozen=True, slots=True)
class Transformation:
    """One `~` line."""

    upper: str
    source: str
    target: str
    below: str
    """The verb of the event below, in lower case and without WILL_; `q` is any event."""
    ahead: bool
    """Whether the event below must be one to come."""
    verb: str
    actor: str
    recipient: str
    code: str
    line: int
    text: str
    named: str = ""
    """The file, for explain."""
    below_is: Meaning = Meaning()
    verb_is: Meaning = Meaning()

    @property
    def place(self) -> str:
        return f"{self.named}:{self.line}"

    def bind(
        self, uppers: Iterable[str], sources: Iterable[str], targets: Iterable[str]
    ) -> Iterator[dict[str, str | None]]:
        """Whom the letters mean, once for each way in which the line fits, where the upper verb is done by `uppers` and
        the event below it is told of `sources` and `targets` (actors by their keys; nobody where there is none)."""
        nobody: tuple[str | None, ...] = (None,)
        for upper, source, target in product(uppers, tuple(sources) or nobody, tuple(targets) or nobody):
            bound: dict[str, str | None] = {}
            given = ((self.upper, upper), (self.source, source), (self.target, target))
            if all(_fits(letter, actor, bound) for letter, actor in given):
                yield bound


def _fits(letter: str, actor: str | None, bound: dict[str, str | None]) -> bool:
    if letter == ".":
        return True
    if letter == "_" or actor is None:
        return letter == "_" and actor is None
    if letter in bound:
        return bound[letter] == actor
    if actor in bound.values():
        return False
    bound[letter] = actor
    return True


def parse_transformation(line: str, number: int) -> Transformation:
    """The transformation of a `~` line. Raises NotReadable, with the reason, where it is none."""
    found = _LINE.match(line.strip())
    if found is None:
        raise NotReadable("a transformation is written ~ a (a b VERB) VERB = a b CODE")
    part = {name: text.strip() for name, text in found.groupdict().items()}
    wanted = (part["upper"], part["source"], part["target"])
    told = (part["actor"], part["recipient"])
    if not all(_ACTOR.fullmatch(letter) for letter in (*wanted, *told)):
        raise NotReadable("an actor of a transformation is a letter, . or _")
    if any(letter == "." or letter not in {"_", *wanted} for letter in told):
        raise NotReadable("what a transformation codes names an actor that it does not look for")
    below = part["below"].lower()
    return Transformation(
        upper=part["upper"],
        source=part["source"],
        target=part["target"],
        below=below.removeprefix("will_"),
        ahead=below.startswith("will_"),
        verb=part["verb"].lower(),
        actor=part["actor"],
        recipient=part["recipient"],
        code=part["code"],
        line=number,
        text=line.strip(),
    )


def resolved(found: Iterable[Transformation], name: str, blocks: dict[str, Meaning]) -> Iterator[Transformation]:
    """The transformations of the dictionary `name` with what their verbs mean, by the verbs of its blocks."""

    def meaning(verb: str) -> Meaning:
        return blocks.get(verb) or Meaning(frozenset({verb}))

    for each in found:
        yield replace(each, named=name, below_is=meaning(each.below), verb_is=meaning(each.verb))
