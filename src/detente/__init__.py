"""detente: documents come in, sourced claims come out, and plans are judged by those claims."""

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
from .reading import Reader, read

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
    "Span",
    "Stance",
    "read",
]
