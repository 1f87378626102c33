"""When: time expressions and their TIMEX3 values, found by rules over words, without the parse."""

from .clock import Clock, find_dates
from .finding import Timex, find_times

__all__ = ["Clock", "Timex", "find_dates", "find_times"]
