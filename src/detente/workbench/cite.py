"""Sources as BibTeX, RIS and CSL-JSON, and spans as W3C Web Annotations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from ..claims import Claim
from ..document import Document
from ..record.view import sentence_of

CONTEXT = 32
"""Code points before and after a quoted span, by which it can be found again in a changed text."""


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


def annotation(document: Document, id: str, claim: Claim, address: str, *, source: str = "") -> dict[str, Any]:
    """The evidence of a claim as a W3C Web Annotation. Positions count code points, as the model asks; the quote with
    its surroundings finds the place again where the text was changed."""
    start, end = claim.span.start, claim.span.end
    text = document.text
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": address,
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "describing", "value": sentence_of(claim), "format": "text/plain"},
            {"type": "TextualBody", "purpose": "tagging", "value": claim.kind, "format": "text/plain"},
        ],
        "target": {
            "source": source or document.url or document.source,
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - CONTEXT) : start],
                    "suffix": text[end : end + CONTEXT],
                },
            ],
        },
    }


def file_name(words: str) -> str:
    """Words as the name of a file: letters, digits and hyphens."""
    return re.sub(r"[^\w]+", "-", words).strip("-")[:60] or "detente"
