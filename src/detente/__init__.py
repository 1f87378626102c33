"""detente: documents come in, sourced claims come out, and plans are judged by those claims."""

from typing import TYPE_CHECKING, Any

from .claims import (
    ActorMention,
    ActorRef,
    Agreement,
    Attribution,
    Claim,
    Claims,
    DateMention,
    DateRef,
    Event,
    PlaceMention,
    PlaceRef,
    PlanProposal,
    Stance,
)
from .document import Document, Span
from .errors import DetenteError

if TYPE_CHECKING:
    from .reading import Reader, read
    from .record import Record

__version__ = "0.1.0"

__all__ = [
    "ActorMention",
    "ActorRef",
    "Agreement",
    "Attribution",
    "Claim",
    "Claims",
    "DateMention",
    "DateRef",
    "DetenteError",
    "Document",
    "Event",
    "PlaceMention",
    "PlaceRef",
    "PlanProposal",
    "Reader",
    "Record",
    "Span",
    "Stance",
    "read",
]


def __getattr__(name: str) -> Any:
    """Loads the reading chain (and spaCy with it) on first use, so that `import detente` is cheap."""
    if name in {"Reader", "read"}:
        from . import reading

        return getattr(reading, name)
    if name == "Record":
        from .record import Record

        return Record
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
