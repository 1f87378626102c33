"""Events: the codebook and the lexicon as data, and the coder that applies them."""

from .coder import code_events

__all__ = ["code_events"]
