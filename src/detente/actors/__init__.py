"""Who: the registry, the dictionaries, offices in time, and what each mention means."""

from .registry import Registry, default_registry
from .who import Who, find_actors

__all__ = ["Registry", "Who", "default_registry", "find_actors"]
