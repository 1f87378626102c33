"""Events: the codebook and the lexicon as data, and the coder that applies them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .coder import code_events

__all__ = ["code_events"]


def __getattr__(name: str) -> Any:
    """Loads the coder (and spaCy with it) on first use, so that who wants the codebook alone does not wait for it."""
    if name == "code_events":
        from .coder import code_events

        return code_events
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
