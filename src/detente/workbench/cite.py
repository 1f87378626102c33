"""Sources as BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from ..document import Document


def bibtex(documents: Iterable[Document]) -> str:
    """One @misc entry a document; braces and backslashes of titles cannot break out."""
    return "\n".join(_bibtex(d) for d in documents)


def _bibtex(document: Document) -> str:
    fields = {
        "title": document.title or document.source,
        "author": document.author or document.outlet,
        "publisher": document.outlet,
        "date": (document.published or document.dateline_date or "")[:10],
        "address": document.dateline_place,
        "url": document.url,
        "langid": document.language,
        "note": f"sha256 {document.sha256}",
    }
    lines = [f"  {name} = {{{_tex(value)}}}" for name, value in fields.items() if value]
    return f"@misc{{detente-{document.id},\n" + ",\n".join(lines) + "\n}\n"


_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def _tex(text: str) -> str:
    return "".join(_TEX.get(c, c) for c in " ".join(text.split()))


def ris(documents: Iterable[Document]) -> str:
    """One NEWS record a document, in the order that RIS wants."""
    return "".join(_ris(d) for d in documents)


def _ris(document: Document) -> str:
    day = (document.published or document.dateline_date or "")[:10]
    rows = [
        ("TY", "NEWS"),
        ("ID", document.id),
        ("TI", document.title or document.source),
        ("AU", document.author),
        ("PB", document.outlet),
        ("DA", day.replace("-", "/")),
        ("PY", day[:4]),
        ("CY", document.dateline_place),
        ("LA", document.language),
        ("UR", document.url),
        ("N1", f"sha256 {document.sha256}"),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in rows if value]
    return "".join(lines) + "ER  - \r\n"


def csl(documents: Iterable[Document]) -> str:
    """CSL-JSON: a list of items."""
    return json.dumps([_csl(d) for d in documents], ensure_ascii=False, indent=1)


def _csl(document: Document) -> dict[str, Any]:
    day = (document.published or document.dateline_date or "")[:10]
    parts = [int(p) for p in day.split("-") if p.isdigit()]
    item: dict[str, Any] = {
        "id": document.id,
        "type": "article-newspaper",
        "title": document.title or document.source,
        "language": document.language,
        "note": f"sha256 {document.sha256}",
    }
    if document.author:
        item["author"] = [{"literal": document.author}]
    if document.outlet:
        item["container-title"] = document.outlet
    if parts:
        item["issued"] = {"date-parts": [parts]}
    if document.url:
        item["URL"] = document.url
    return item


CITATIONS = {"bib": (bibtex, "application/x-bibtex"), "ris": (ris, "application/x-research-info-systems"), "csl.json": (csl, "application/vnd.citationstyles.csl+json")}  # fmt: skip


def file_name(words: str) -> str:
    """Words as the name of a file: letters, digits and hyphens."""
    return re.sub(r"[^\w]+", "-", words).strip("-")[:60] or "detente"
