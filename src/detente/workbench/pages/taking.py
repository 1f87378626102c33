"""What can be taken away: rows, sources, annotations and feeds."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from ...document import Document
from ...errors import UsageError
from ...exchange.tables import write_csv, write_jsonl, write_parquet
from ...record import Entry, Hit
from ...record.documents import document_of
from ...record.view import sentence_of
from ..asked import LISTS, Asked
from ..charts import bars_by_period, period_of
from ..cite import CITATIONS, annotation, file_name
from ..desk import HERE, Desk, address
from ..safety import PICTURE_CSP

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}
FEED = 50
"""Entries of a feed."""


def export_file(desk: Desk, request: Request) -> Response:
    """The rows of a list with its filters, or the documents that they stand in as citations."""
    what, _, ending = request.path_params["file"].partition(".")
    if what not in LISTS or ending not in {*MEDIA, *CITATIONS}:
        raise UsageError(f"export: there are {', '.join(LISTS)} as {', '.join([*MEDIA, *CITATIONS])}")
    asked = Asked.of(what, request)
    name = {"content-disposition": f'attachment; filename="{file_name(what)}.{ending}"'}
    if ending in CITATIONS:
        write, media = CITATIONS[ending]
        ids = dict.fromkeys(e.document for e in asked.table(desk.record, order="day"))
        return Response(write(_documents(desk, ids)), media_type=media, headers=name)
    table = asked.table(desk.record, order="day")
    if ending == "json":
        return StreamingResponse(_json(table.rows()), media_type=MEDIA[ending], headers=name)
    out: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=8_000_000)  # noqa: SIM115  (closed by _chunks)
    {"csv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet}[ending](table, out)
    out.seek(0)
    return StreamingResponse(_chunks(out), media_type=MEDIA[ending], headers=name)


def _documents(desk: Desk, ids: Iterable[str]) -> Iterator[Document]:
    """Documents without their texts, which citations do not need."""
    for id in ids:
        row = desk.record.store.row(
            "SELECT id, '' AS text, sha256, source, media_type, title, outlet, author, published, dateline_place, "
            "dateline_date, language, url, notes FROM documents WHERE id = ?",
            (id,),
        )
        if row is not None:
            yield document_of(row)


def _json(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    before = "[\n"
    for row in rows:
        yield before + json.dumps(row, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(65536):
            yield chunk


def document_file(desk: Desk, request: Request) -> Response:
    """The citation of a document, or its claims as Web Annotations."""
    document = desk.record.document(request.path_params["id"])
    return _cited(desk, request, document, desk.record.claims_in(document.id))


def claim_file(desk: Desk, request: Request) -> Response:
    """A claim as JSON, its source as a citation, its span as a Web Annotation."""
    entry = desk.record.claim(request.path_params["id"])
    if request.path_params["ending"] == "json":
        history = [line.to_dict() for line in desk.record.history(entry.id)]
        return _as_json({**entry.to_dict(), "history": history}, MEDIA["json"])
    return _cited(desk, request, desk.record.document(entry.document), [entry])


def _cited(desk: Desk, request: Request, document: Document, entries: list[Entry]) -> Response:
    ending = request.path_params["ending"]
    if ending in CITATIONS:
        write, media = CITATIONS[ending]
        return Response(write([document]), media_type=media)
    base = str(request.base_url).rstrip("/")
    notes = [annotation(document, e.id, e.claim, base + address("/claim", e.id)) for e in entries]
    if ending == "annotation.json":
        return _as_json(notes[0] if notes else {}, _ANNOTATION)
    if ending == "annotations.json":
        return _as_json(notes, _ANNOTATION)
    raise UsageError(f"there is no {ending!r} of this; there are {', '.join(CITATIONS)} and annotations.json")


_ANNOTATION = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


def _as_json(value: Any, media: str) -> Response:
    return Response(json.dumps(value, ensure_ascii=False, indent=1), media_type=media)


def chart_file(desk: Desk, request: Request) -> Response:
    """The timeline of what is asked as an SVG file that carries its own style."""
    asked = Asked.of("events", request)
    width = request.query_params.get("by", "") or period_of(desk, asked)
    svg = bars_by_period(desk, asked.filters, width).svg or '<svg viewBox="0 0 1 1"></svg>'
    css = (HERE / "static" / "workbench.css").read_text(encoding="utf-8")
    open_tag, rest = svg.split(">", 1)
    own = open_tag.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg" width="900"', 1)
    return Response(
        f"{own}><style>{escape(css)}</style>{rest}",
        media_type="image/svg+xml",
        headers={"content-security-policy": PICTURE_CSP},
    )


# --- feeds ------------------------------------------------------------------------------------------------


def feed(desk: Desk, request: Request) -> Response:
    """A saved search as an Atom feed: documents that hold words (q), or events or statements with their filters."""
    base = str(request.base_url).rstrip("/")
    words = request.query_params.get("q", "").strip()[:300]
    what = request.query_params.get("what", "events")
    if words:
        title, entries = f"{words} · {desk.record.path.name}", [_hit(base, h) for h in desk.record.search(words, FEED)]
    elif what in {"events", "statements"}:
        asked = Asked.of(what, request)
        title = f"{what} {' '.join(asked.filters.values())} · {desk.record.path.name}"
        entries = [_claim(base, e) for e in asked.table(desk.record, limit=FEED)]
    else:
        raise UsageError("feed: what is events or statements")
    newest = desk.record.store.value("SELECT max(at) FROM sources") or "1970-01-01T00:00:00+00:00"
    own = base + request.url.path + (f"?{request.url.query}" if request.url.query else "")
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{_xml(title)}</title><id>{_xml(own)}</id><updated>{newest}</updated>"
        f'<link rel="self" href={quoteattr(own)}/><author><name>detente</name></author>{"".join(entries)}</feed>\n'
    )
    return Response(body, media_type="application/atom+xml")


def _claim(base: str, entry: Entry) -> str:
    return _entry(
        base + address("/claim", entry.id),
        sentence_of(entry.claim),
        f"{entry.text}\n— {entry.outlet or entry.source}",
        entry.day,
    )


def _hit(base: str, hit: Hit) -> str:
    words = hit.snippet.replace(Hit.OPEN, "").replace(Hit.CLOSE, "")
    return _entry(base + address("/document", hit.document), hit.title or hit.source, words, hit.published or "")


def _entry(link: str, title: str, words: str, day: str) -> str:
    updated = f"{day[:10]}T00:00:00Z" if len(day) >= 10 else "1970-01-01T00:00:00Z"
    return (
        f"<entry><id>{_xml(link)}</id><link href={quoteattr(link)}/><title>{_xml(title)}</title>"
        f'<updated>{updated}</updated><content type="text">{_xml(words)}</content></entry>'
    )


def _xml(text: str) -> str:
    """Text for XML, without the control characters that XML cannot hold."""
    return escape("".join(c for c in text if c >= " " or c in "\n\t"))
