"""What format some bytes are in: by what they look like first, by their name second."""

from __future__ import annotations

import re
import zlib
from pathlib import PurePosixPath

from .encodings import decode, is_binary
from .spreadsheet import delimiter_of, is_table

HEAD = 64 * 1024
"""Bytes looked at."""

GUARDED = frozenset({"html", "pdf", "docx", "zip", "warc", "feed", "eml", "parquet", "table"})
"""Formats whose readers can hang, crash or blow up, and run in a child process."""

# What is recognised and not read, with what to do about it.
UNSUPPORTED = {
    "doc": "a Word 97 or other OLE file; save it as DOCX or PDF",
    "rtf": "a rich text file; save it as DOCX or plain text",
    "zip": "a ZIP archive that is no DOCX; unpack it and give the folder",
    "xml": "XML that is neither a feed nor a web page; convert it to JSON Lines with id, date, text, title, source",
    "image": "a picture; only text is read",
    "sqlite": "a database file; only documents are read",
    "archive": "a packed archive; unpack it and give the folder",
    "tar": "a tar archive; unpack it and give the folder",
}
_MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"WARC/", "warc"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\0", "sqlite"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"RIFF", "image"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"Rar!", "archive"),
    (b"PAR1", "parquet"),
)
_FEED = re.compile(r"<(?:rss|rdf:RDF|(?:\w+:)?feed)[\s>]")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.I)
_TAGS = re.compile(r"</?(?:p|div|br|span|a|h[1-6]|ul|li|table|title|meta|article|section|script|b|i|em|strong)\b[^<]{0,300}>", re.I)  # fmt: skip
_MAIL_HEADER = re.compile(r"([A-Za-z][A-Za-z-]{1,40}):[ \t]")
_MAIL_MARKS = frozenset(
    ["received", "message-id", "mime-version", "return-path", "delivered-to", "content-type", "dkim-signature"]
)
_MAIL_NAMES = frozenset(["from", "to", "date", "subject"])
_BY_TYPE = {
    "text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf", "message/rfc822": "eml",
    "application/rss+xml": "feed", "application/atom+xml": "feed", "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl", "application/warc": "warc", "application/json": "json", "text/plain": "text",
    "text/csv": "table", "text/tab-separated-values": "table",
}  # fmt: skip
_BY_NAME = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html", ".pdf": "pdf", ".docx": "docx", ".eml": "eml",
    ".rss": "feed", ".atom": "feed", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".warc": "warc",
    ".csv": "table", ".tsv": "table", ".tab": "table", ".txt": "text", ".md": "text", ".text": "text",
}  # fmt: skip


def sniff(head: bytes, name: str = "", media_type: str | None = None) -> str:
    """The format of a file by its first 64 KiB: a key of the readers, of UNSUPPORTED, or 'binary' or 'empty'."""
    head = head[:HEAD]
    hint = named_format(name, media_type)
    if not head.strip(b" \t\r\n\f\0"):
        return "empty"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if _is_pdf(head, hint):
        return "pdf"
    if head[257:262] == b"ustar":
        return "tar"
    if is_binary(head):
        return "binary"
    return _sniff_text(decode(head).text.lstrip("﻿ \t\r\n\f\0"), hint)


def named_format(name: str, media_type: str | None) -> str | None:
    """What a name or a Content-Type says, which may be wrong."""
    declared = (media_type or "").split(";")[0].strip().lower()
    suffix = PurePosixPath(name.split("?")[0].lower().removesuffix(".gz")).suffix
    return _BY_NAME.get(suffix) or _BY_TYPE.get(declared)


def unpacked_head(head: bytes) -> bytes:
    """The beginning of what a gzip file holds; empty when it is damaged."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, HEAD)
    except zlib.error:
        return b""


def _is_pdf(head: bytes, hint: str | None) -> bool:
    """PDF readers allow other bytes before the mark; a text that mentions the mark is still a text."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"%PDF-"):
        return True
    return b"%PDF-" in head[:1024] and (hint == "pdf" or is_binary(head))


def _sniff_text(text: str, hint: str | None) -> str:
    if text.startswith("{") or (text.startswith("[") and hint in {"json", "jsonl"}):
        return _sniff_json(text, hint)
    if text.startswith("<"):
        if _PAGE.search(text[:4096]):
            return "html"
        if _FEED.search(text[:4096]):
            return "feed"
        if _TAGS.search(text[:4096]) or hint == "html":
            return "html"
        if text.startswith(("<?xml", "<!DOCTYPE")) or hint == "feed":
            return "feed" if hint == "feed" else "xml"
    if hint == "jsonl":
        return "jsonl"
    if delimiter_of(text.split("\n", 1)[0]) if hint == "table" else is_table(text):
        return "table"
    if _is_mail(text, hint):
        return "eml"
    if hint == "html" and _TAGS.search(text):
        return "html"
    if len(_TAGS.findall(text[:4096])) >= 6:
        return "html"
    return "text"


def _sniff_json(text: str, hint: str | None) -> str:
    """JSON Lines when the first line is a whole object, or is meant to be; else one JSON value."""
    if hint == "jsonl":
        return "jsonl"
    first, _, rest = text.partition("\n")
    if first.rstrip().endswith("}") and (not rest.strip() or rest.lstrip().startswith("{")):
        return "jsonl"
    if first.startswith('{"') and rest.startswith('{"'):
        return "jsonl"
    looks_json = hint == "json" or re.match(r'[{\[]\s*(?:"|[{\[]|\}|\])', text)
    return "json" if looks_json else "text"


def _is_mail(text: str, hint: str | None) -> bool:
    """Header lines of mail at the very head; a briefing may begin 'Date: ... Subject: ...' and be no mail."""
    names = set()
    for line in text[:8192].splitlines():
        if not line.strip():
            break
        if match := _MAIL_HEADER.match(line):
            names.add(match[1].lower())
        elif line[0] not in " \t>" and not line.startswith("From "):
            break
    if hint == "eml":
        return bool(names & (_MAIL_MARKS | _MAIL_NAMES))
    return len(names & _MAIL_MARKS) >= 2 or (bool(names & _MAIL_MARKS) and len(names & _MAIL_NAMES) >= 2)
