"""Attributions and stances: who said what, through whom, for or against what."""

from .attributions import find_attributions
from .explain import explain
from .stances import find_stances

__all__ = ["explain", "find_attributions", "find_stances"]
