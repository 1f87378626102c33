"""Which places a document names."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from ..claims import PlaceMention, PlaceRef
from ..language import Parse


@dataclass
class Where:
    """The places of one parse, found once and asked by token."""

    parse: Parse
    mentions: tuple[PlaceMention, ...] = ()
    by_token: dict[int, PlaceMention] = field(default_factory=dict)

    def at(self, token: Token) -> PlaceMention | None:
        """The place that `token` is part of, if any."""
        return self.by_token.get(token.i)

    def place_of(self, token: Token) -> PlaceRef | None:
        """Where what `token` (a verb or event noun) tells took place, as far as its clause says so."""
        return None


def find_places(parse: Parse) -> Where:
    """Finds and resolves the toponyms of `parse`."""
    return Where(parse)
