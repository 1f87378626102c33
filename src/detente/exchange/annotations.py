"""Claims as W3C Web Annotations: JSON-LD that points at the words by position and by quotation.

Source: the Web Annotation Data Model (W3C Recommendation, 23 February 2017). Positions count code points, as the model
asks. The first body is for people, the second holds the whole claim, so that the file reads back as it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from ..claims import KINDS, Claim, from_dict, to_dict
from ..errors import UsageError
from ..record import Entry, Record, Table
from ..record.view import sentence_of
from .coded import Papers

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Code points before and after the quotation, by which it is found again in a changed text."""
URN = "urn:detente:"


def write_annotations(record: Record, table: Table[Any], out: IO[bytes]) -> int:
    """The claims of a table as one annotation page. Returns the number of annotations."""
    papers, n = Papers(record), 0
    head = {"@context": CONTEXT, "id": f"{URN}page", "type": "AnnotationPage"}
    out.write(json.dumps(head, indent=1).removesuffix("\n}").encode() + b',\n "items": [')
    for entry in table:
        paper = papers.of(entry.document)
        note = annotation(entry, paper.text, paper.url or entry.source)
        out.write((b",\n" if n else b"\n") + json.dumps(note, ensure_ascii=False).encode("utf-8", "replace"))
        n += 1
    out.write(b"\n]\n}\n")
    return n


def annotation(entry: Entry, text: str, address: str) -> dict[str, Any]:
    """One claim as an annotation of its document."""
    start, end = entry.claim.span.start, entry.claim.span.end
    return {
        "id": f"{URN}claim:{entry.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "creator": {"type": "Software", "name": entry.claim.extractor},
        "body": [
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": sentence_of(entry.claim)},
            {
                "type": "TextualBody",
                "purpose": "classifying",
                "format": "application/json",
                "value": json.dumps({"kind": entry.kind, **to_dict(entry.claim)}, ensure_ascii=False),
            },
        ],
        "target": {
            "source": address,
            "scope": f"{URN}document:{entry.document}",
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - AROUND) : start],
                    "suffix": text[end : end + AROUND],
                },
            ],
        },
    }


def read_annotations(path: str | Path) -> Iterator[Claim]:
    """The claims of a page that `write_annotations` wrote. Raises UsageError for anything else."""
    try:
        page = json.loads(Path(path).read_bytes())
        for note in page["items"]:
            yield claim_of(note)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} is no annotation page of detente ({error})") from error


def claim_of(note: dict[str, Any]) -> Claim:
    """The claim of one annotation. Raises ValueError where the selector points elsewhere than the claim."""
    (payload,) = (b["value"] for b in note["body"] if b.get("format") == "application/json")
    value = json.loads(payload)
    claim = from_dict(KINDS[value.pop("kind")], value)
    where = note["target"]["selector"][0]
    if (where["start"], where["end"]) != (claim.span.start, claim.span.end):
        raise ValueError(f"{note['id']}: the selector does not point at the claim's words")
    return claim
