"""The record: one file with all that documents say, asked and decided on by people."""

from .documents import DocumentLine, SourceLine
from .histories import Line
from .record import Record
from .table import Entry, Table
from .taking import Progress, ReadReport
from .view import DocumentView
from .words import Hit

__all__ = [
    "DocumentLine",
    "DocumentView",
    "Entry",
    "Hit",
    "Line",
    "Progress",
    "ReadReport",
    "Record",
    "SourceLine",
    "Table",
]
