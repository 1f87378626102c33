"""Agreements and plan proposals found in text."""

from .agreements import find_agreements
from .proposals import find_plans

__all__ = ["find_agreements", "find_plans"]
