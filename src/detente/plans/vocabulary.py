"""The words of claims, measures and effects: what a plan file may say and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Polarity = Literal[1, 0, -1]


@dataclass(frozen=True, slots=True)
class Saying:
    """One value of a claim's `says`. Later claims of one source replace its earlier ones of the same `topic`."""

    topic: Literal["doing", "deadline", "stance", "use", "state", "of a claim"]
    polarity: Polarity
    meaning: str


SAYINGS: Mapping[str, Saying] = {
    # of steps, days and milestones
    "done": Saying("doing", 1, "it was done, or it came about"),
    "verified": Saying("doing", 1, "it was looked at and found done"),
    "kept": Saying("doing", 1, "it is being kept so far"),
    "begun": Saying("doing", 0, "it was begun"),
    "partly": Saying("doing", 0, "it was done in part, see `amount`"),
    "not done": Saying("doing", -1, "it has not been done"),
    "breached": Saying("doing", -1, "it was broken"),
    "reversed": Saying("doing", -1, "it was done, and undone since"),
    "waived": Saying("doing", 1, "it is no longer asked for"),
    "excused": Saying("doing", 0, "not doing it is excused (force majeure)"),
    "extended": Saying("deadline", 0, "its deadline was moved, see `until`"),
    # of the plan: where a party stands
    "proposed": Saying("stance", 1, "puts the plan forward"),
    "supports": Saying("stance", 1, "is for it"),
    "agreed": Saying("stance", 1, "agreed to it"),
    "signed": Saying("stance", 1, "signed it"),
    "rejected": Saying("stance", -1, "is against it"),
    "withdrew": Saying("stance", -1, "left it"),
    "neutral": Saying("stance", 0, "takes no side"),
    # of powers
    "invoked": Saying("use", 1, "gives notice that it uses the power"),
    "withdrawn": Saying("use", -1, "takes its notice back"),
    # of measures
    "in force": Saying("state", 1, "the measure is in force"),
    "suspended": Saying("state", -1, "the measure is suspended"),
    "terminated": Saying("state", -1, "the measure is ended for good"),
    # of another claim, or of a power's use by another
    "void": Saying("of a claim", -1, "has no effect"),
    "true": Saying("of a claim", 1, "is so"),
    "disputed": Saying("of a claim", -1, "is contested"),
}

MEASURE_STATES: Mapping[str, bool] = {
    "in force": True,
    "restored": True,
    "eased": True,
    "suspended": False,
    "waived": False,
    "licensed": False,
    "terminated": False,
    "delivered": False,
    "not delivered": True,
}
"""State of a measure, and whether the measure binds in it. 'terminated' is for good."""

VERBS: Mapping[str, str] = {
    "suspend": "suspended",
    "waive": "waived",
    "license": "licensed",
    "ease": "eased",
    "lift": "suspended",
    "terminate": "terminated",
    "restore": "restored",
    "impose": "in force",
    "pay": "delivered",
    "deliver": "delivered",
    "release": "delivered",
    "withdraw": "delivered",
}
"""Verb of an effect, and the state that it puts the measure in."""

RELIEF = frozenset({"suspend", "waive", "license", "ease", "lift", "terminate", "pay", "deliver", "release"})
ANYBODY = ("anyone", "argued")
"""Viewpoints that every plan has: all claims with conflicts shown, and what stands after the argument."""
