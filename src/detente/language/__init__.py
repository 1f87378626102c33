"""Language without politics: the parse, sentences, quotation marks, dates, coreference."""

from .dates import Clock, find_dates
from .parse import Parse, parse, parse_many
from .quotes import Quote, find_quotes
from .sentences import paragraphs

__all__ = ["Clock", "Parse", "Quote", "find_dates", "find_quotes", "paragraphs", "parse", "parse_many"]
