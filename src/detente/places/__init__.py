"""Where: the gazetteer, and what each toponym of a document means."""

from .where import Where, find_places

__all__ = ["Where", "find_places"]
