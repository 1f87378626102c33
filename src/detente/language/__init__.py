"""Language without politics: the parse, sentences, quotation marks, dates, coreference."""

from .dates import Clock, find_dates
from .parse import Parse, parse, parse_many

__all__ = ["Clock", "Parse", "find_dates", "parse", "parse_many"]
