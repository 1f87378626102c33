"""Other people's formats, in and out."""

from .tables import FORMATS, write_table

__all__ = ["FORMATS", "write_table"]
