"""Plain text: decoded, line ends as LF, and otherwise kept as it is, white space and soft hyphens included."""

from __future__ import annotations

from .documents import Draft, lf
from .encodings import decode


def read_plain(data: bytes, *, declared: str | None = None, media_type: str = "text/plain") -> Draft:
    """The draft of a text file: what Python's `open(path, encoding=...)` would read, the byte order mark apart."""
    decoded = decode(data, declared)
    notes = decoded.notes
    text = lf(decoded.text)
    if len(text) != len(decoded.text):
        notes += ("line ends CRLF read as LF",)
    return Draft(text=text, media_type=media_type, notes=notes)
