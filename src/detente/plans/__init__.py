"""Plans: step-by-step agreements as objects that can be written, checked, tracked and simulated."""

from .files import dumps, from_dict, load, loads, to_dict, under
from .model import Pair, Plan, Power, Report, Scenario, Step
from .source import PlanFileError, Problem

__all__ = [
    "Pair",
    "Plan",
    "PlanFileError",
    "Power",
    "Problem",
    "Report",
    "Scenario",
    "Step",
    "dumps",
    "from_dict",
    "load",
    "loads",
    "to_dict",
    "under",
]
