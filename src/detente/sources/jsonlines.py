"""JSON Lines, and JSON with one object or a list of them: the texts that other event coders are fed with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ..document import Document
from ..errors import ReadError
from .documents import Draft, to_document
from .encodings import decode
from .limits import Limits
from .reasons import read_error
from .when import normal_date

MEDIA_TYPE = "application/x-ndjson"

ALIASES: dict[str, tuple[str, ...]] = {
    "id": ("id", "_id", "doc_id", "docid", "document_id", "story_id", "storyid", "article_id", "guid", "uuid"),
    "text": ("text", "content", "body", "event_text", "full_text", "fulltext", "maintext", "article", "story",
             "content_text", "plain_text", "raw_text", "articlebody", "sentence"),
    "title": ("title", "headline", "head"),
    "outlet": ("source", "outlet", "publisher", "publication", "source_name", "sitename", "site_name",
               "newspaper", "agency", "domain", "source_domain", "hostname"),
    "published": ("date", "published", "publication_date", "pub_date", "pubdate", "published_at", "date_published",
                  "datepublished", "date_publish", "publish_date", "published_date", "story_date", "timestamp",
                  "datetime", "reference_date"),
    "url": ("url", "link", "uri", "source_url", "canonical_url", "web_url"),
    "author": ("author", "authors", "byline", "creator"),
    "language": ("language", "lang"),
}  # fmt: skip
"""The keys under which each field is looked for, in this order, capitals and hyphens aside."""

LONG_LINE = 1024 * 1024
"""Bytes of a line beyond which its parts are counted before they are made: each takes up to a hundred bytes."""
PARTS = 5
"""So many parts may a line have for each element of `Limits.elements`; a long text has commas too."""


class Line(NamedTuple):
    """One line: its number from 1, its bytes, and whether it was cut because it is too long."""

    number: int
    data: bytes
    cut: bool = False


def read_json_lines(lines: Iterable[Line], source: str, limits: Limits) -> Iterator[Document | ReadError]:
    """A document or an error for every line that is not blank."""
    for line in lines:
        if not line.data.strip(b" \t\r\n\0") and not line.cut:
            continue
        where = f"{source}#line {line.number}"
        try:
            if line.cut:
                raise read_error(where, "too-large", f"a line of more than {limits.document_bytes:,} bytes")
            if len(line.data) > LONG_LINE and _parts(line.data) > PARTS * limits.elements:
                raise read_error(where, "too-many-parts", "a line of too many lists, objects and values")
            yield document_of(_parsed(line.data, where), line.data.strip(), source, f"line {line.number}", limits)
        except ReadError as error:
            yield error


def read_json(data: bytes, source: str, limits: Limits) -> Iterator[Document | ReadError]:
    """The same for a file that is one JSON object, or a list of objects."""
    value = _parsed(data, source, whole=True)
    for number, entry in enumerate(value if isinstance(value, list) else [value], 1):
        where = f"item {number}" if isinstance(value, list) else ""
        try:
            own = json.dumps(entry, ensure_ascii=True, sort_keys=True).encode() if where else data
            yield document_of(entry, own, source, where, limits)
        except ReadError as error:
            yield error


def _parts(data: bytes) -> int:
    return data.count(b"[") + data.count(b"{") + data.count(b",")


def _parsed(data: bytes, where: str, *, whole: bool = False) -> Any:
    text = decode(data).text
    try:
        return json.loads(text, parse_int=_whole_number)
    except RecursionError:
        raise read_error(where, "too-deep", "brackets nested deeper than JSON readers go") from None
    except ValueError as error:
        reason = "damaged" if whole else "bad-json"
        raise read_error(where, reason, f"not JSON: {error}"[:200]) from None


def _whole_number(digits: str) -> int | float:
    """Python refuses to make an int of thousands of digits; such a number is no date and no id."""
    return int(digits) if len(digits) < 400 else float("inf")


def document_of(
    entry: Any, data: bytes, source: str, place: str, limits: Limits, *, media_type: str = MEDIA_TYPE
) -> Document:
    """The document of one object, or row of a table. `place` names it where it has no id of its own.

    Raises ReadError when it is no object with a text.
    """
    if not isinstance(entry, dict):
        raise read_error(f"{source}#{place}" if place else source, "bad-json", "not a JSON object with a text")
    fields = _fields(entry)
    own_id = _words(fields.get("id"))[:200]
    member = own_id or place
    where = f"{source}#{member}" if member else source
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        raise read_error(where, "no-text", f"no text under any of: {', '.join(ALIASES['text'][:5])}")
    return to_document(_draft(text, fields, media_type), data, where, own_id, limits)


def _draft(text: str, fields: Mapping[str, Any], media_type: str) -> Draft:
    outlet, url = _words(fields.get("outlet")), _words(fields.get("url"))
    if outlet.startswith(("http://", "https://")):
        url, outlet = url or outlet, urlsplit_host(outlet)
    written = fields.get("published")
    published = normal_date(written)
    notes = () if published or not written else (f"date not understood: {str(written)[:60]}",)
    language = _words(fields.get("language")).lower()[:2]
    return Draft(
        text=text,
        media_type=media_type,
        title=_words(fields.get("title")),
        outlet=outlet,
        author=_words(fields.get("author")),
        published=published,
        language=language if len(language) == 2 and language.isascii() and language.isalpha() else None,
        url=url,
        notes=notes,
    )


def _fields(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry's values under our names: the first alias that holds something."""
    plain = {plain_key(key): value for key, value in entry.items()}
    return {
        name: next((plain[alias] for alias in aliases if plain.get(alias) not in (None, "", [], {})), None)
        for name, aliases in ALIASES.items()
    }


def plain_key(key: object) -> str:
    """A key as the aliases are written."""
    return str(key).lower().replace("-", "_")


def _words(value: Any) -> str:
    """A field as words: names in a list are joined, the name in an object is taken."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(filter(None, (_words(part) for part in value[:20] if not isinstance(part, list))))
    if isinstance(value, dict):
        name = value.get("name") or value.get("title") or value.get("$oid")
        return name if isinstance(name, str) else ""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def urlsplit_host(url: str) -> str:
    """'example.org' of 'https://www.example.org/a'; '' when there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
