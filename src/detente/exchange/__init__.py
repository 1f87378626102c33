"""Other people's formats, in and out."""

from .formats import FORMATS, Format
from .tables import write_table

__all__ = ["FORMATS", "Format", "write_table"]
