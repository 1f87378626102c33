"""Where: the gazetteer, and what each toponym of a document means."""

from .contested import Contested, View, check_view, contested, country_of
from .gazetteer import Gazetteer, Place, default_gazetteer
from .where import Where, find_places

__all__ = [
    "Contested",
    "Gazetteer",
    "Place",
    "View",
    "Where",
    "check_view",
    "contested",
    "country_of",
    "default_gazetteer",
    "find_places",
]
