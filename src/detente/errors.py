"""One tree of errors. Each message says what happened, where, and what to do about it."""

from __future__ import annotations


class DetenteError(Exception):
    """The root of all errors that detente raises on purpose."""


class ReadError(DetenteError):
    """A document could not be read. `source` names it, `reason` is a short machine-readable word.

    The run goes on: the error is recorded beside the documents that could be read.
    """

    def __init__(self, source: str, reason: str, message: str) -> None:
        super().__init__(f"{source}: {message}")
        self.source = source
        self.reason = reason
        self.message = message

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str, str]]:
        """Lets the error travel between processes: pickle would pass the joined message alone."""
        return ReadError, (self.source, self.reason, self.message)


class RecordError(DetenteError):
    """The record file cannot be opened, read or written as asked."""


class CodebookError(DetenteError):
    """A table of the codebook, the lexicon or the dictionaries is malformed. Names file, line and remedy."""


class PlanError(DetenteError):
    """A plan file is malformed. Names file, line, key and remedy."""


class UsageError(DetenteError):
    """The request cannot be carried out as put; the message says how to put it."""
