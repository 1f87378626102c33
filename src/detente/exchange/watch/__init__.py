"""Watching feeds: polled politely, read into the record, and told of when a saved search matches."""

from .loop import Tick, Watch, Watching
from .searches import Search, load_searches

__all__ = ["Search", "Tick", "Watch", "Watching", "load_searches"]
