"""Who: the registry, the dictionaries, offices in time, and what each mention means."""

from .who import Who, find_actors

__all__ = ["Who", "find_actors"]
