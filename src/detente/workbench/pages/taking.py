"""What can be taken away as a file: the rows of every view, the sources of claims as citations, spans as annotations."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from ...document import Document
from ...errors import UsageError
from ...exchange.annotations import CONTEXT, annotation, write_annotations
from ...exchange.tables import write_csv, write_jsonl, write_parquet
from ...record import Entry
from ...record.documents import document_of
from ..asked import LISTS, Asked
from ..cite import CITATIONS, file_name
from ..desk import Desk, address
from .views import VIEWS

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/jsonl; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
ANNOTATION = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
ROWS: dict[str, Callable[[Any, IO[bytes]], int]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
}


def export_file(desk: Desk, request: Request) -> Response:
    """The rows of a view with its filters; of lists of claims also their documents as citations, and annotations."""
    what, _, ending = request.path_params["file"].partition(".")
    known = {*MEDIA, *CITATIONS, "jsonld"} if what in LISTS else set(MEDIA) if what in VIEWS else set()
    if ending not in known:
        raise UsageError(
            f"export: there are {', '.join((*LISTS, *VIEWS))} as {', '.join(MEDIA)}, and claims as {', '.join(CITATIONS)}, jsonld"
        )
    name = {"content-disposition": f'attachment; filename="{file_name(what)}.{ending}"'}
    if what in VIEWS:
        table: Any = VIEWS[what](desk, request)
    else:
        table = Asked.of(what, request).table(desk.record, order="day")
    if ending in CITATIONS:
        write, media = CITATIONS[ending]
        ids = dict.fromkeys(e.document for e in table)
        return Response(write(_documents(desk, ids)), media_type=media, headers=name)
    if ending == "json":
        return StreamingResponse(_json(table.rows()), media_type=MEDIA[ending], headers=name)
    out: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=8_000_000)  # noqa: SIM115  (closed by _chunks)
    if ending == "jsonld":
        write_annotations(desk.record, table, out)
    else:
        ROWS[ending](table, out)
    out.seek(0)
    return StreamingResponse(_chunks(out), media_type=MEDIA.get(ending, ANNOTATION), headers=name)


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
    """A claim as a row, its source as a citation, its span as a Web Annotation."""
    entry = desk.record.claim(request.path_params["id"])
    ending = request.path_params["ending"]
    if ending == "json":
        history = [line.to_dict() for line in desk.record.history(entry.id)]
        return _as_json({**entry.to_dict(), "history": history}, MEDIA["json"])
    if ending in ROWS:
        lists = {
            "event": "events",
            "attribution": "statements",
            "stance": "stances",
            "agreement": "agreements",
            "plan": "plans",
        }
        if entry.kind not in lists:
            raise UsageError(f"a {entry.kind} is exported as json")
        method = getattr(desk.record, lists[entry.kind])
        table = method(document=entry.document, merged=False, state=entry.state)
        out: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=8_000_000)  # noqa: SIM115  (closed by _chunks)
        ROWS[ending](_One(table, entry), out)
        out.seek(0)
        return StreamingResponse(_chunks(out), media_type=MEDIA[ending])
    return _cited(desk, request, desk.record.document(entry.document), [entry])


class _One:
    """A table of which one row is wanted."""

    def __init__(self, table: Any, entry: Entry) -> None:
        self.columns = table.columns
        self.schema = table.schema
        self._entry = entry

    def rows(self) -> Iterator[dict[str, Any]]:
        yield self._entry.to_dict()


def _cited(desk: Desk, request: Request, document: Document, entries: list[Entry]) -> Response:
    ending = request.path_params["ending"]
    if ending in CITATIONS:
        write, media = CITATIONS[ending]
        return Response(write([document]), media_type=media)
    base = str(request.base_url).rstrip("/")
    notes = [
        {**annotation(e, document.text, document.url or document.source), "canonical": base + address("/claim", e.id)}
        for e in entries
    ]
    if ending == "annotation.json":
        return _as_json({"@context": CONTEXT, **notes[0]} if notes else {}, ANNOTATION)
    if ending == "annotations.json":
        page = {"@context": CONTEXT, "id": base + address("/document", document.id) + ".annotations.json"}
        return _as_json({**page, "type": "AnnotationPage", "items": notes}, ANNOTATION)
    raise UsageError(
        f"there is no {ending!r} of this; there are json, {', '.join((*ROWS, *CITATIONS))} and annotations.json"
    )


def _as_json(value: Any, media: str) -> Response:
    return Response(json.dumps(value, ensure_ascii=False, indent=1), media_type=media)
