"""Limits: how large, how deep and how slow a source may be before it is given up."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document, and one file or page with many documents in it, may cost.

    The defaults let through anything that a person would call a document (a report of 400 pages
    has about a million characters) and keep the reader, its children included, under 1 GiB.
    """

    document_bytes: int = 32 * MIB
    """Of one document, after unpacking."""
    html_bytes: int = 8 * MIB
    """Of one web page: parsed, it takes ten times as much memory."""
    input_bytes: int = 64 * 1024 * MIB
    """Of one file with many documents in it (WARC, JSON Lines), after unpacking."""
    unpack_ratio: int = 250
    """How many bytes may come out of one packed byte, once more than 4 MiB came out."""
    characters: int = 1_000_000
    """Of one document's text, in code points."""
    elements: int = 100_000
    """Of one web page."""
    depth: int = 400
    """Of nested elements in a web page."""
    pages: int = 3_000
    """Of one PDF."""
    nesting: int = 3
    """Containers in containers: a gzip file in a gzip file in a gzip file."""
    seconds: float = 10.0
    """Processor seconds for one document."""
    wall_seconds: float = 120.0
    """Seconds by the clock for one document, should its reader wait rather than work."""
    memory: int = 256 * MIB
    """That reading one document may take in the child process, beyond what the child has at rest."""
    url_seconds: float = 30.0
    """For one web address, with its redirects."""
    redirects: int = 5
    allowed_private: frozenset[str] = frozenset()
    """'host:port' of servers on private or loopback addresses that may be fetched from all the same."""
