"""When each statement was made, where its own clause doesn't say so: the day told before, or the document's."""

from __future__ import annotations

from dataclasses import replace

from ..claims import Attribution, DateRef
from ..document import Document
from .found import Found
from .tree import Tree

DATELINE = "the day of the document's dateline"
PUBLISHED = "the day on which the document was published"
SAME_SPEAKER = "the day of what the same speaker said before"
BEFORE_NOW = frozenset(
    "earlier previously once formerly originally initially long repeatedly often always already consistently "
    "traditionally historically never since later recently".split()
)
"""Adverbs that take a statement away from the day of the report."""
PRONOUNS = frozenset(["he", "she", "they", "it"])
"""Whoever they are, they go on with what was said before."""
PERFECT = frozenset(["had", "’d", "'d", "has", "have"])


class Days:
    """Gives the statements of one document their days, in the order of the text."""

    def __init__(self, tree: Tree, document: Document) -> None:
        self.tree, self.text = tree, document.text
        self.own = day_of_document(document)
        self.said: Attribution | None = None
        """The last statement that told its day itself."""

    def given(self, claim: Attribution, found: Found) -> Attribution:
        """The claim with a day wherever one can be told; `reason` says where it comes from.

        What is told in a past perfect, by 'earlier' and the like or inside somebody else's words has only the day that
        its own clause gives.
        """
        if claim.date is None and claim.parent is None and not is_of_before(self.tree, found):
            claim = replace(claim, date=day_before(claim, self.said, self.text) or self.own)
        if claim.date is not None and claim.date.span is not None and claim.speakers:
            self.said = claim
        return claim


def is_of_before(tree: Tree, found: Found) -> bool:
    """'had said', 'has long called', 'earlier warned', 'who once promised': said on another day than the report's."""
    kids = tree.kids[found.key]
    return any(
        (tree.dep[k] == "aux" and tree.lower[k] in PERFECT) or (tree.dep[k] == "advmod" and tree.lower[k] in BEFORE_NOW)
        for k in kids
    )


def day_before(claim: Attribution, said: Attribution | None, text: str) -> DateRef | None:
    """The day that the paragraph gave for words of the same speaker: 'said on Tuesday ... He added'."""
    if said is None or said.date is None or "\n" in text[said.span.end : claim.span.start]:
        return None
    unresolved = any(s.key.lower() in PRONOUNS for s in claim.speakers)
    if not unresolved and {s.key for s in claim.speakers}.isdisjoint(s.key for s in said.speakers):
        return None
    return replace(said.date, reason=SAME_SPEAKER)


def day_of_document(document: Document) -> DateRef | None:
    """The day of the dateline or of publication; None where the document has neither."""
    day = document.reference_date
    return DateRef(value=day, reason=DATELINE if document.dateline_date else PUBLISHED) if day else None
