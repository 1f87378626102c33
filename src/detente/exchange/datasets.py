"""A data set to be published: tables of the record in a folder, with descriptions that programs and people read.

`datapackage.json` is a Frictionless Data Package, `croissant.json` the same in Croissant 1.0 (schema.org JSON-LD), and
`README.md` the data dictionary. They give for each file its size and sha256, for each column its type and meaning, and
of the whole: which reader with which rules made it, of how many documents, and a hash by which the state of the record
can be told again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .. import __version__
from ..errors import UsageError
from ..record import Record, Table
from .formats import ALL, FORMATS
from .layouts import Column, layout
from .tables import write_table

MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet", "jsonl": "application/jsonl"}
_FRICTIONLESS = {"str": "string", "int": "integer", "float": "number", "date": "date"}
_CROISSANT = {"str": "sc:Text", "int": "sc:Integer", "float": "sc:Float", "date": "sc:Date", "list": "sc:Text"}
LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC0-1.0": ("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODC-By-1.0": ("Open Data Commons Attribution 1.0", "https://opendatacommons.org/licenses/by/1-0/"),
}


@dataclass(frozen=True, slots=True)
class File:
    """One file of the data set."""

    what: str
    path: str
    format: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the publisher says of it."""

    title: str
    description: str = ""
    licence: str = ""
    """An SPDX id; '' where none is given, which gives nobody a right."""
    creator: str = ""
    version: str = "1.0.0"
    url: str = ""


def write_dataset(
    record: Record,
    folder: str | Path,
    about: About,
    *,
    what: Sequence[str] = ("events", "statements", "stances", "agreements", "plans", "documents"),
    formats: Sequence[str] = ("parquet", "csv"),
    texts: bool = True,
) -> list[File]:
    """Writes tables and descriptions into `folder`, which is made. Without `texts` the evidence's words are left out,
    for outlets whose texts may not be passed on; the positions stay. Raises UsageError for what cannot be written."""
    for given, known in ((what, ALL), (formats, tuple(MEDIA))):
        strange = [g for g in given if g not in known]
        if strange or not given:
            raise UsageError(f"dataset: {', '.join(strange) or 'nothing'} is none of {', '.join(known)}")
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{target} cannot be made ({error.strerror}); name a folder that you may write") from error
    found = [_write(record, target, name, format, texts) for name in what for format in formats]
    facts = facts_of(record)
    _save(
        target / "datapackage.json", json.dumps(data_package(found, about, facts, texts), ensure_ascii=False, indent=1)
    )
    _save(target / "croissant.json", json.dumps(croissant(found, about, facts, texts), ensure_ascii=False, indent=1))
    _save(target / "README.md", readme(found, about, facts, texts))
    return found


def _write(record: Record, folder: Path, what: str, format: str, texts: bool) -> File:
    path = folder / f"{what}.{FORMATS[format].ending}"
    rows = write_table(_table(record, what, texts), path, format)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return File(what, path.name, format, rows, path.stat().st_size, digest)


def _table(record: Record, what: str, texts: bool) -> Table[Any]:
    table: Table[Any] = getattr(record, what)()
    return table if texts else WithoutWords(table)


class WithoutWords(Table[Any]):
    """A table without the columns that hold words of the documents."""

    def __init__(self, table: Table[Any]) -> None:
        self._table = table
        self.columns = {name: kind for name, kind in table.columns.items() if name not in WORDS}

    def rows(self) -> Iterator[dict[str, Any]]:
        for row in self._table.rows():
            yield {name: row[name] for name in self.columns}


WORDS = frozenset({"text", "content", "cue", "magnitude", "topic"})
"""Columns that hold words of the documents."""


def columns_of(file: File, texts: bool) -> list[Column]:
    """The columns of a file, with their meanings."""
    columns = layout(file.what).columns
    return [c for c in columns if texts or c.name not in WORDS]


def facts_of(record: Record) -> dict[str, Any]:
    """How the data came about, for those who want to make them again."""
    numbers = record.statistics()
    readers = record.store.rows("SELECT DISTINCT reader FROM documents WHERE reader IS NOT NULL ORDER BY 1")
    return {
        "detente": __version__,
        "readers": [r[0] for r in readers],
        "contents_hash": record.contents_hash(),
        "documents": numbers["documents"],
        "outlets": numbers["outlets"],
        "first_month": numbers["first_month"],
        "last_month": numbers["last_month"],
        "states": numbers["states"],
        "created": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    }


# --- Frictionless -----------------------------------------------------------------------------------------


def data_package(files: Iterable[File], about: About, facts: dict[str, Any], texts: bool) -> dict[str, Any]:
    """The Frictionless description (specs.frictionlessdata.io, Data Package 1.0 and Table Schema)."""
    licence = LICENCES.get(about.licence)
    package = {
        "profile": "data-package",
        "name": _name(about.title),
        "title": about.title,
        "description": about.description,
        "homepage": about.url,
        "version": about.version,
        "created": facts["created"],
        "licenses": [{"name": about.licence, **({"title": licence[0], "path": licence[1]} if licence else {})}]
        if about.licence
        else [],
        "contributors": [{"title": about.creator, "role": "author"}] if about.creator else [],
        "keywords": ["political events", "international relations", "PLOVER", "CAMEO"],
        "detente": facts,
        "resources": [_resource(file, texts) for file in files],
    }
    return {k: v for k, v in package.items() if v not in ("", [])}


def _resource(file: File, texts: bool) -> dict[str, Any]:
    csv = file.format == "csv"
    resource: dict[str, Any] = {
        "name": _name(f"{file.what}-{file.format}"),
        "path": file.path,
        "format": file.format,
        "mediatype": MEDIA[file.format],
        "hash": f"sha256:{file.sha256}",
        "rows": file.rows,
        "schema": {
            "fields": [
                {"name": c.name, "type": _frictionless(c, csv), "description": c.meaning}
                for c in columns_of(file, texts)
            ],
        },
    }
    if csv:
        resource |= {"profile": "tabular-data-resource", "encoding": "utf-8", "bytes": file.bytes}
        resource["schema"]["missingValues"] = [""]
    if file.what != "sources":
        resource["schema"]["primaryKey"] = ["id"]
    return resource


def _frictionless(column: Column, csv: bool) -> str:
    """In CSV lists are joined by '; '; in Parquet and JSON Lines days are texts, and lists are what Table Schema's own
    programs take for no array when they come from Parquet."""
    if column.type == "list":
        return "string" if csv else "any"
    return "string" if column.type == "date" and not csv else _FRICTIONLESS[column.type]


# --- Croissant --------------------------------------------------------------------------------------------


CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "samplingRate": "cr:samplingRate",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that the Croissant 1.0 specification prescribes."""


def croissant(files: Sequence[File], about: About, facts: dict[str, Any], texts: bool) -> dict[str, Any]:
    """The Croissant 1.0 description (docs.mlcommons.org/croissant): one record set for each table, on its Parquet file
    where there is one."""
    best = {f.what: f for f in sorted(files, key=lambda f: ("jsonl", "csv", "parquet").index(f.format))}
    licence = LICENCES.get(about.licence)
    whole = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": about.title,
        "description": about.description or about.title,
        "url": about.url,
        "license": licence[1] if licence else about.licence,
        "version": about.version,
        "creator": {"@type": "sc:Person", "name": about.creator} if about.creator else "",
        "datePublished": facts["created"][:10],
        "citeAs": f"{about.creator} ({facts['created'][:4]}): {about.title}, version {about.version}"
        if about.creator
        else "",
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": file.path,
                "name": file.path,
                "contentUrl": file.path,
                "contentSize": f"{file.bytes} B",
                "encodingFormat": "application/x-parquet" if file.format == "parquet" else MEDIA[file.format],
                "sha256": file.sha256,
            }
            for file in files
        ],
        "recordSet": [_record_set(file, texts) for file in best.values()],
    }
    return {k: v for k, v in whole.items() if v != ""}


def _record_set(file: File, texts: bool) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": file.what,
        "name": file.what,
        **({"key": {"@id": f"{file.what}/id"}} if file.what != "sources" else {}),
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{file.what}/{c.name}",
                "name": c.name,
                "description": c.meaning,
                "dataType": "sc:Text" if c.type == "date" and file.format != "csv" else _CROISSANT[c.type],
                **({"repeated": True} if c.type == "list" and file.format != "csv" else {}),
                "source": {"fileObject": {"@id": file.path}, "extract": {"column": c.name}},
            }
            for c in columns_of(file, texts)
        ],
    }


# --- for people -------------------------------------------------------------------------------------------


def readme(files: Sequence[File], about: About, facts: dict[str, Any], texts: bool) -> str:
    """The data dictionary."""
    lines = [f"# {about.title}", ""]
    lines += [about.description, ""] if about.description else []
    lines += [
        f"Claims found by detente {facts['detente']} in {facts['documents']} documents of {facts['outlets']} outlets, "
        f"{facts['first_month'] or '?'} to {facts['last_month'] or '?'}. They are claims of documents, found by rules: `confidence` "
        "says what share of such claims we expect to be right, and every row names its document and the place in it.",
        "",
        f"- Licence: {about.licence or 'none given'}",
        f"- Version: {about.version}, made {facts['created']}",
        f"- State of the record: `{facts['contents_hash']}`",
        f"- Rules: {', '.join(facts['readers']) or 'none'}",
        "",
        "| file | rows | bytes | sha256 |",
        "| --- | --- | --- | --- |",
        *(f"| `{f.path}` | {f.rows:,} | {f.bytes:,} | `{f.sha256}` |" for f in files),
        "",
        "`datapackage.json` (Frictionless) and `croissant.json` (Croissant 1.0) say the same to programs.",
        "",
    ]
    for file in {f.what: f for f in files}.values():
        lines += [f"## {file.what}", "", *column_table(columns_of(file, texts)), ""]
    return "\n".join(lines)


def column_table(columns: Iterable[Column]) -> list[str]:
    """A Markdown table of columns."""
    rows = [f"| `{c.name}` | {c.type} | {c.meaning.replace('|', chr(92) + '|')} |" for c in columns]
    return ["| column | type | meaning |", "| --- | --- | --- |", *rows]


def _name(text: str) -> str:
    """A name as Frictionless wants it: small letters, digits, '-', '_' and '.'."""
    return re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-") or "data"


def _save(path: Path, text: str) -> None:
    partial = path.with_name(path.name + ".part")
    try:
        partial.write_text(text + ("" if text.endswith("\n") else "\n"), "utf-8", errors="replace")
        partial.replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); name a folder that you may write") from error
