"""Parts: some inputs that are read together, and the Parquet files that come of them.

    OUT/documents/part-ID.parquet         one row a document, with its text and its MinHash signature
    OUT/claims/kind=KIND/part-ID.parquet  one row a claim: columns to filter by, and the whole claim as JSON
    OUT/failures/part-ID.parquet          what could not be read or coded, and why
    OUT/done/ID.json                      written last: a part that has it is not read again

A part's name comes from its inputs and the reader's version, its files from nothing else, so that they are the same
whoever reads them and however often. Files appear under their names only when they are complete.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..claims import Claims
from ..document import Document
from ..errors import ReadError, UsageError
from ..record.adding import is_compared, storable
from ..record.cores import Cores, fewer_collections
from ..record.merging import claims_of
from ..record.rows import row_of
from ..record.similar import shingles_of, signature_of
from ..record.store import Store
from ..record.taking import Arrival, ReadReport, coder_of, reader_version, take_in
from ..sources import enumerate_inputs, read_inputs
from ..sources.inputs import Input
from .folders import Folder
from .gdelt import is_article_list, listed_addresses

if TYPE_CHECKING:
    from ..reading import Reader

TOGETHER = 64
"""Files with one document each that make a part."""
CONTAINERS = (
    ".warc",
    ".warc.gz",
    ".jsonl",
    ".jsonl.gz",
    ".ndjson",
    ".ndjson.gz",
    ".json.gz",
    ".parquet",
    ".csv",
    ".tsv",
    ".gz",
)
"""Endings of files that hold many documents: each is a part of its own."""
BATCH = 64
KINDS = ("event", "attribution", "stance", "agreement", "plan", "actor", "date", "place")
CLAIM_COLUMNS = ("id", "document", "start", "stop", "confidence", "extractor", "day", "last_day", "date", "type", "mode", "cameo",
                 "quad", "goldstein", "status", "issue", "side", "place", "country", "lat", "lon", "payload")  # fmt: skip
DOCUMENT_COLUMNS = ("id", "sha256", "source", "media_type", "title", "outlet", "author", "published", "dateline_place",
                    "dateline_date", "language", "url", "notes", "text")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """Some inputs that are read together. `id`: 16 hex digits of what they are and who reads them."""

    id: str
    inputs: tuple[Input, ...]


def version_of(reader: Reader | None) -> str:
    """The version of a reader, with the fingerprint of the user's own tables."""
    return reader_version() + (reader.fingerprint if reader else "")


def plan_parts(sources: Iterable[str | Path], reader: Reader | None = None) -> list[Part]:
    """The parts of all that `sources` name: each file of many documents alone, the others by the dozen.

    Raises UsageError for standard input, which cannot be divided.
    """
    parts, together, version = [], [], version_of(reader)
    for item in enumerate_inputs(sources):
        if item.kind == "stdin":
            raise UsageError("standard input cannot be divided; save it as JSON Lines first")
        if item.kind in ("file", "object") and item.source.lower().endswith(CONTAINERS):
            parts.append(_part([item], version))
            continue
        together.append(item)
        if len(together) == TOGETHER:
            parts.append(_part(together, version))
            together = []
    return parts + ([_part(together, version)] if together else [])


def _part(inputs: list[Input], version: str) -> Part:
    """Names a part by its inputs, as they are now: a file that changed makes another part."""
    told = [version]
    for item in inputs:
        status = os.stat(item.source) if item.kind == "file" and os.path.exists(item.source) else None
        told.append(f"{item.source}|{f'{status.st_size}|{status.st_mtime_ns}' if status else item.version or '|'}")
    return Part(hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:16], tuple(inputs))


def read_part(part: Part, out: Folder, *, reader: Reader | None = None, careful: bool = False) -> dict[str, int]:
    """Reads a part and writes its files. Returns how many documents, claims and failures it has.

    `reader`: with the user's own tables, whose files the worker sees under the same names. With `careful`, documents
    are coded in processes of their own: for parts that somebody died of.
    """
    done = f"done/{part.id}.json"
    if (before := out.read(done)) is not None:
        told: dict[str, int] = json.loads(before)
        return told
    documents: list[dict[str, Any]] = []
    claims: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    failures: list[dict[str, str]] = []
    version = version_of(reader)
    for document, found in _coded(_arrivals(part), reader, careful):
        if document is not None:
            coder = None if isinstance(found, ReadError) else version
            documents.append(_document_row(document, coder, compare=is_compared(found, version)))
        if isinstance(found, ReadError):
            failures.append({"source": found.source, "reason": found.reason, "message": found.message})
        elif document is not None:
            for claim in found:
                columns = row_of(claim, document).columns
                columns["document"] = document.id
                claims[claim.kind].append({name: columns.get(name) for name in CLAIM_COLUMNS})
    name = f"part-{part.id}.parquet"
    for kind, rows in claims.items():
        if rows:
            write_rows(out, f"claims/kind={kind}/{name}", rows, claim_schema())
    write_rows(out, f"failures/{name}", failures, _texts("source", "reason", "message"))
    write_rows(out, f"documents/{name}", documents, document_schema())
    told = {"documents": len(documents), "claims": sum(map(len, claims.values())), "failures": len(failures)}
    out.put(done, json.dumps(told).encode())
    return told


def _arrivals(part: Part) -> Iterator[Arrival]:
    for item in part.inputs:
        addresses = listed_addresses(item.source) if is_article_list(item) else [item]
        for found in read_inputs(addresses):
            yield storable(found) if isinstance(found, Document) else found


def _coded(
    arrivals: Iterable[Arrival], reader: Reader | None, careful: bool
) -> Iterator[tuple[Document | None, Claims | ReadError]]:
    """Each document once, with its claims or the failure to code it, and each failure to read."""
    from ..reading import default_reader

    seen: set[str] = set()
    with Cores(reader, 2, alone=0) as cores, fewer_collections():
        code = cores.code if careful else coder_of(reader or default_reader())
        batch: list[Document] = []
        for found in arrivals:
            if isinstance(found, ReadError):
                yield None, found
            elif found.id not in seen:
                seen.add(found.id)
                batch.append(found)
            if len(batch) == BATCH:
                yield from zip(batch, code(batch), strict=True)
                batch = []
        if batch:
            yield from zip(batch, code(batch), strict=True)


def _document_row(document: Document, reader: str | None, *, compare: bool) -> dict[str, Any]:
    """`reader`: the version of who coded it; None where nobody could. `compare`: whether it is to be found like others."""
    row: dict[str, Any] = {name: getattr(document, name) for name in DOCUMENT_COLUMNS}
    row["notes"] = json.dumps(document.notes)
    row["coded"] = reader is not None
    row["reader"] = reader
    row["signature"] = signature_of(shingles_of(document.text)).tobytes() if compare else None
    return row


# --- Parquet ----------------------------------------------------------------------------------------------


def document_schema() -> Any:
    import pyarrow as pa

    return pa.schema(
        [*((name, pa.string()) for name in DOCUMENT_COLUMNS), ("coded", pa.bool_()), ("reader", pa.string()), ("signature", pa.binary())]
    )  # fmt: skip


def claim_schema() -> Any:
    import pyarrow as pa

    kinds = {"start": pa.int64(), "stop": pa.int64(), "quad": pa.int64()}
    kinds |= dict.fromkeys(("confidence", "goldstein", "lat", "lon"), pa.float64())
    return pa.schema([(name, kinds.get(name, pa.string())) for name in CLAIM_COLUMNS])


def _texts(*names: str) -> Any:
    import pyarrow as pa

    return pa.schema([(name, pa.string()) for name in names])


def write_rows(out: Folder, name: str, rows: list[dict[str, Any]], schema: Any) -> None:
    """Rows as a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows, schema), sink, compression="zstd")
    out.put(name, sink.getvalue().to_pybytes())


def part_names(out: Folder) -> list[str]:
    """The ids of the parts that are complete, in order. Raises UsageError when there are none."""
    names = [name.removesuffix(".json") for name in out.names("done", ".json")]
    if not names:
        raise UsageError(f"{out} holds no parts; write some with: detente read FILES --out {out}")
    return names


def rows_of(out: Folder, name: str, columns: list[str] | None = None) -> list[dict[str, Any]]:
    """The rows of a Parquet file; none where there is no file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    data = out.read(name)
    if data is None:
        return []
    # ParquetFile, not read_table: it takes no column from the name of the folder.
    with pq.ParquetFile(pa.BufferReader(data)) as file:
        rows: list[dict[str, Any]] = file.read(columns=columns).to_pylist()
    return rows


def contents_of(place: str | Path) -> str:
    """sha256 of all documents, claims, failures and links in sorted order: equal for equal contents, whatever the parts."""
    out, digest = Folder.at(place), hashlib.sha256()
    for folder in ("documents", *(f"claims/kind={kind}" for kind in KINDS), "failures", "links"):
        rows = (row for name in out.names(folder, ".parquet") for row in rows_of(out, f"{folder}/{name}"))
        lines = sorted(json.dumps(row, default=str, sort_keys=True) for row in rows)
        digest.update("\n".join([folder, *lines]).encode())
    return digest.hexdigest()


# --- into a record ----------------------------------------------------------------------------------------


def merge_parts(store: Store, place: str | Path) -> ReadReport:
    """Puts all complete parts of a folder into a record. Raises UsageError when there are none."""
    report, out = ReadReport(), Folder.at(place)
    for name in part_names(out):
        file = f"part-{name}.parquet"
        documents = rows_of(out, f"documents/{file}")
        by_document: dict[str, list[tuple[str, str]]] = {row["id"]: [] for row in documents}
        for kind in KINDS:
            for row in rows_of(out, f"claims/kind={kind}/{file}"):
                by_document[row["document"]].append((kind, row["payload"]))
        failed = {row["source"]: ReadError(**row) for row in rows_of(out, f"failures/{file}")}
        uncoded = {row["id"] for row in documents if not row["coded"]}
        version = next((row["reader"] for row in documents if row["reader"]), reader_version())
        arrivals: list[Arrival] = [_document_of(row) for row in documents]
        alone = [
            e for source, e in failed.items() if source not in {d.source for d in arrivals if isinstance(d, Document)}
        ]

        def code(asked: list[Document]) -> list[Claims | ReadError]:
            return [
                failed[d.source] if d.id in uncoded and d.source in failed else claims_of(d.id, by_document[d.id])  # noqa: B023
                for d in asked
            ]

        part = take_in(store, [*arrivals, *alone], code, reader=version, settings={"parquet": str(out)})
        for count in ("added", "known", "again", "uncoded", "claims", "superseded"):
            setattr(report, count, getattr(report, count) + getattr(part, count))
        report.failures += part.failures
        report.seconds += part.seconds
    return report


def _document_of(row: dict[str, Any]) -> Document:
    return Document(**{**{name: row[name] for name in DOCUMENT_COLUMNS}, "notes": tuple(json.loads(row["notes"]))})
