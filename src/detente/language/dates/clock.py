"""The clock of a parse: what is dated, and when each verb's event took place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from ...claims import DateMention, DateRef
from .finding import Timex, find_times

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ..parse import Parse

EXTRACTOR = "dates/1"

ADJUNCTS = frozenset(
    [
        "npadvmod",
        "tmod",
        "advmod",
        "prep",
        "nmod",
        "pobj",
        "pcomp",
        "compound",
        "amod",
        "appos",
        "nummod",
        "det",
        "poss",
    ]
)
"""Dependency labels by which a time expression hangs, mostly over a preposition, from what it dates."""
NOT_WHEN = frozenset(["until", "till", "since", "before", "after", "for", "over", "despite"])
"""Prepositions that give a bound or a length, not the time of what they hang from."""


STARTERS = frozenset(["begin", "start", "open", "hold", "take", "occur", "erupt", "launch", "stage", "sign", "conclude", "convene",
                      "happen", "break", "end", "reach", "issue", "publish", "release", "schedule", "plan", "set"])  # fmt: skip
"""Verbs whose date is that of the noun they are said of: 'clashes that began on Tuesday', 'talks held in May'."""


@dataclass
class Clock:
    """The time expressions of one parse, found once and asked by token."""

    parse: Parse
    mentions: tuple[DateMention, ...] = ()
    _at: dict[int, DateMention] = field(default_factory=dict, repr=False)
    """The mention of each token that is part of one, by token index."""

    def date_of(self, verb: Token) -> DateRef | None:
        """When what `verb` (or the event noun) tells took place, as far as its own clause or one above says so."""
        found = self.own(verb)
        if found is not None:
            return dated(found, "in the clause")
        found = self.told_by_clause(verb)
        if found is not None:
            return dated(found, "in the clause that says when it was")
        found = self.shared(verb)
        if found is not None:
            return dated(found, "said once for two verbs")
        found = self.after(verb)
        if found is not None:
            return dated(found, "after what happened then")
        seen = verb
        for above in list(verb.ancestors)[:6]:
            if not shares_time(seen, above):
                break
            itself = self._at.get(above.i)
            if itself is not None and itself.type in {"DATE", "TIME"} and placed(itself):
                return dated(itself, "from the date that it explains")
            if above.pos_ in {"VERB", "AUX", "NOUN", "PROPN"} and (found := self.own(above)) is not None:
                return dated(found, f"from '{above.text}' above it")
            seen = above
        return None

    def own(self, head: Token) -> DateMention | None:
        """The date that hangs from `head` itself, from its particle or its objects, nearest first."""
        bound: DateMention | None = None
        for child in sorted(head.children, key=lambda c: abs(c.i - head.i)):
            mention = self.hanging(child)
            if mention is None and child.dep_ in {"dobj", "attr", "pobj", "oprd", "prt", "nsubjpass"}:
                mention = next((m for c in child.children if (m := self.hanging(c))), None)
            if mention is None and child.dep_ == "prep" and child.lower_ not in NOT_WHEN:
                # 'on a visit to Moscow on Nov. 10': the date hangs from the noun or from a deeper preposition.
                mention = next(
                    (m for o in child.children for c in o.children if c.dep_ == "prep" and (m := self.hanging(c))), None
                )
            if mention is None:
                continue
            if child.lower_ in NOT_WHEN:
                bound = bound or mention
                continue
            return mention
        return None

    def told_by_clause(self, noun: Token) -> DateMention | None:
        """For a noun: the date of 'that began on Tuesday', 'held in Geneva on 3 March'."""
        clauses = (c for c in noun.children if c.dep_ in {"relcl", "acl"} and c.lemma_ in STARTERS)
        return next((m for c in clauses if (m := self.own(c))), None)

    def shared(self, verb: Token) -> DateMention | None:
        """For a verb: the date that stands only with the last of 'met and signed a pact on Friday'."""
        others = (c for c in verb.children if c.dep_ == "conj" and c.tag_ == verb.tag_ and c.pos_ == "VERB")
        same_subject = (c for c in others if not any(x.dep_ in {"nsubj", "nsubjpass"} for x in c.children))
        return next((m for c in same_subject if (m := self.own(c))), None)

    def after(self, verb: Token) -> DateMention | None:
        """For a verb: the date of 'after the vote on Friday'."""
        events = (
            o for c in verb.children if c.dep_ == "prep" and c.lower_ in {"after", "following"} for o in c.children
        )
        return next((m for o in events if (m := self.own(o))), None)

    def hanging(self, child: Token) -> DateMention | None:
        """The date that `child` is, or that it brings as a preposition."""
        if child.dep_ not in ADJUNCTS:
            return None
        mention = self._at.get(child.i)
        if mention is None and child.dep_ == "prep" and child.lower_ not in NOT_WHEN:
            mention = next((self._at[c.i] for c in child.children if c.i in self._at), None)
        return mention if mention is not None and mention.type in {"DATE", "TIME"} and placed(mention) else None


def placed(mention: DateMention) -> bool:
    """Whether the value says when: not 'formerly' and not 'every'."""
    return not mention.value.startswith(("P", "F", "X"))


def shares_time(below: Token, above: Token) -> bool:
    """Whether what `below` tells happened when `above` did: its object, its complement without a finite verb of its
    own, its coordinate; not what somebody said on that day about another time."""
    if below.dep_ in {"relcl", "advcl"}:
        # 'on a visit on Nov. 10, where the two sides discussed ...'
        return any(c.lower_ in {"where", "whereupon", "when"} for c in below.children)
    return below.dep_ in {
        "conj",
        "pcomp",
        "pobj",
        "prep",
        "dobj",
        "nsubj",
        "nsubjpass",
        "acl",
        "attr",
        "compound",
        "agent",
        "dative",
        "poss",
    }


def dated(mention: DateMention, reason: str) -> DateRef:
    return DateRef(value=mention.value, span=mention.span, reason=reason)


def find_dates(parse: Parse) -> Clock:
    """Finds and normalises the time expressions of `parse`, against its document's reference date."""
    document = parse.document
    mentions = []
    at: dict[int, DateMention] = {}
    for timex in find_times(document.text, reference=document.reference_date, outlet=document.outlet):
        mention = DateMention(
            document=document.id,
            span=timex.span,
            type=cast(Any, timex.type),
            value=timex.value,
            mod=timex.mod,
            confidence=confidence_of(timex),
            extractor=EXTRACTOR,
            why=f"rule '{timex.rule}'",
        )
        mentions.append(mention)
        for token in parse.tokens(timex.span) or ():
            at[token.i] = mention
    return Clock(parse, tuple(mentions), at)


def confidence_of(timex: Timex) -> float:
    """The share of such values that were right on the 22 development texts (docs/explanation/dates.md), rounded."""
    value = timex.value
    if "X" in value:
        return 0.75
    if value.endswith("_REF"):
        return 0.9
    if timex.type != "DATE":
        return {"DURATION": 0.83, "TIME": 0.77}.get(timex.type, 0.7)
    if _DAY_OR_YEAR.fullmatch(value):
        return 0.95
    return 0.9 if _MONTH.fullmatch(value) else 0.8


_DAY_OR_YEAR = re.compile(r"\d{4}(?:-\d\d-\d\d)?")
_MONTH = re.compile(r"\d{4}-\d\d")
