"""One step while it is being read, and the forms of words by which steps are told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..claims import PlanStep, Promise

FOR_EVERY = re.compile(
    r"^\W*(?P<give>(?:in return |in exchange )?for (?:every|each)\b[^,]*),\s*(?P<get>.+?)\W*$", re.I | re.S
)
EVERY_AFTER = re.compile(r"^(?P<get>.+?)\s+(?P<give>for (?:every|each)\b.+?)\W*$", re.I | re.S)


APART = re.compile(r";\s*|\bunder which\s+", re.I)
BOTH = re.compile(
    r"^\W*(?:[\w ]{0,30}, )?(?:(?:both|the two|all|each|the) (?:sides?|part(?:y|ies)|governments?|countries|neighbours|neighbors)\b"
    r"|(?:\w+ ){0,3}both (?:have|had|are|do|would|will|must|shall)\b)",
    re.I,
)


@dataclass
class Told:
    """One step while the document is being read."""

    give: list[Promise] = field(default_factory=list)
    get: list[Promise] = field(default_factory=list)
    stage: int | None = None
    tie: str = ""
    sentence: int = 0

    def done(self) -> PlanStep:
        return PlanStep(give=tuple(self.give), get=tuple(self.get), stage=self.stage, tie=self.tie)
