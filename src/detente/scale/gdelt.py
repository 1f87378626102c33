"""GDELT's lists of articles: addresses without texts, of which each is fetched and read.

Three shapes: the Global Article List, JSON Lines named YYYYMMDDHHMMSS.gal.json.gz with `url`, `title`, `lang` and so on, one
file a minute; the DOC API's `mode=artlist&format=json`, one object with a list `articles`; and the mention and event
tables, *.mentions.CSV and *.export.CSV, as they are or zipped, of which the articles in English are taken (mentions of
type 1, without a translation).
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from ..errors import ReadError
from ..sources.inputs import Input
from ..sources.objects import is_object_address, open_object

ENGLISH = {"", "en", "eng", "english"}
TABLES = (".mentions.csv", ".mentions.csv.zip", ".export.csv", ".export.csv.zip")
MENTIONED, TYPE, TRANSLATED, WEB = 5, 3, 14, "1"
"""Columns of the mention table, from 0, and the type of a page of the web. The event table's address is its last."""
LARGEST = 256 * 1024 * 1024
"""Bytes of a list, unpacked: a minute's list has a few hundred kilobytes."""


def is_article_list(item: Input) -> bool:
    """Whether a file is named as GDELT's lists are: *.gal.json, *artlist*.json, *.mentions.CSV, *.export.CSV, packed or
    not."""
    name = PurePosixPath(item.source).name.lower()
    return item.kind in ("file", "object") and (
        name.endswith((".gal.json", ".gal.json.gz", *TABLES)) or ("artlist" in name and name.endswith(".json"))
    )


def listed_addresses(path: str) -> Iterator[Input]:
    """The addresses of a list's English articles, each once, in its order; a problem where the list cannot be read."""
    seen: set[str] = set()
    try:
        for entry in _entries(path):
            url = entry.get("url")
            language = str(entry.get("lang") or entry.get("language") or "").lower()
            if (
                isinstance(url, str)
                and url.startswith(("http://", "https://"))
                and language in ENGLISH
                and url not in seen
            ):
                seen.add(url)
                yield Input(url, "url")
    except (OSError, EOFError, ValueError, IndexError, RuntimeError, zipfile.BadZipFile) as error:
        yield Input(path, "problem", ReadError(path, "damaged", f"no list of articles ({error})"[:200]))


def _entries(path: str) -> Iterator[dict[str, Any]]:
    data = _unpacked(path)
    if path.lower().endswith(TABLES):
        yield from _rows(data.decode("utf-8", "replace"), ".mentions." in path.lower())
        return
    text = data.decode("utf-8", "replace")
    if text.lstrip().startswith("{") and '"articles"' in text[:2_000]:
        found = json.loads(text, strict=False).get("articles") or []
    else:
        found = [json.loads(line, strict=False) for line in text.splitlines() if line.strip()]
    yield from (entry for entry in found if isinstance(entry, dict))


def _unpacked(path: str) -> bytes:
    """What a list holds. Raises ValueError when it is too large, OSError and BadZipFile when it cannot be had."""
    opened = open_object(path) if is_object_address(path) else open(path, "rb")  # noqa: SIM115
    with opened as file:
        if path.lower().endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(file.read(LARGEST))) as packed, packed.open(packed.namelist()[0]) as stream:
                data = stream.read(LARGEST + 1)
        else:
            with gzip.open(file) if path.endswith(".gz") else file as stream:
                data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(f"more than {LARGEST:,} bytes")
    return data


def _rows(text: str, mentions: bool) -> Iterator[dict[str, Any]]:
    for line in text.split("\n"):
        cells = line.rstrip("\r").split("\t")
        if not mentions and len(cells) > 1:
            yield {"url": cells[-1]}
        elif len(cells) > TRANSLATED and cells[TYPE] == WEB and not cells[TRANSLATED].strip():
            yield {"url": cells[MENTIONED]}
