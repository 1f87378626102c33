"""What the constructions hand on: an attribution in tokens and code points, before anybody is resolved."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..document import Span
from .cues import Cue


@dataclass(slots=True)
class Found:
    """One attribution as a construction found it. `key` is the token that carries the cue."""

    key: int
    cue: Span
    content: list[Span]
    source: Span | None = None
    source_head: int | None = None
    row: Cue | None = None
    frame: str = ""
    addressees: list[int] = field(default_factory=list)
    via: list[int] = field(default_factory=list)
    gone_on: bool = False
    """Whether quotations that nobody is given for were taken for more of the same speech."""

    @property
    def words(self) -> str:
        """The row's cue, or the construction where no row was needed."""
        return self.row.cue if self.row else self.frame
