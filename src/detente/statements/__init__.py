"""Attributions and stances: who said what, through whom, for or against what."""

from .attributions import find_attributions
from .cues import CueTable, load_cues
from .explain import explain
from .issues import IssueList, load_issues
from .stances import find_stances

__all__ = ["CueTable", "IssueList", "explain", "find_attributions", "find_stances", "load_cues", "load_issues"]
