"""GDELT's lists of articles: addresses without texts, of which each is fetched and read.

Two shapes: the Global Article List, JSON Lines named YYYYMMDDHHMMSS.gal.json.gz with `url`, `title`, `lang` and so on, one
file a minute; and the DOC API's `mode=artlist&format=json`, one object with a list `articles`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from ..errors import ReadError
from ..sources.inputs import Input
from ..sources.objects import is_object_address, open_object

ENGLISH = {"", "en", "eng", "english"}
LARGEST = 256 * 1024 * 1024
"""Bytes of a list, unpacked: a minute's list has a few hundred kilobytes."""


def is_article_list(item: Input) -> bool:
    """Whether a file is named as GDELT's lists are: *.gal.json, *.gal.json.gz, *artlist*.json."""
    name = PurePosixPath(item.source).name.lower()
    return item.kind in ("file", "object") and (
        name.endswith((".gal.json", ".gal.json.gz")) or ("artlist" in name and name.endswith(".json"))
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
    except (OSError, EOFError, ValueError) as error:
        yield Input(path, "problem", ReadError(path, "damaged", f"no list of articles ({error})"[:200]))


def _entries(path: str) -> Iterator[dict[str, Any]]:
    opened = open_object(path) if is_object_address(path) else open(path, "rb")  # noqa: SIM115
    with opened as file, gzip.open(file) if path.endswith(".gz") else file as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(f"more than {LARGEST:,} bytes")
    text = data.decode("utf-8", "replace")
    if text.lstrip().startswith("{") and '"articles"' in text[:2_000]:
        found = json.loads(text, strict=False).get("articles") or []
    else:
        found = [json.loads(line, strict=False) for line in text.splitlines() if line.strip()]
    yield from (entry for entry in found if isinstance(entry, dict))
