"""A record as a folder of HTML files that opens from disk or from any web server, without detente."""

from __future__ import annotations

import asyncio
import hashlib
import html
import os
import re
import shutil
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import httpx

from ..errors import UsageError
from ..record import Record
from .app import make_app
from .desk import HERE
from .words import ORIGINAL, languages

STARTS = ("/", "/documents", "/timeline", "/events", "/statements", "/stances", "/dyads", "/actors", "/agreements", "/map", "/sources", "/method", "/method/codebook")  # fmt: skip
LEFT_OUT = ("/search", "/export", "/feed.atom", "/chart", "/now.json", "/manner")
MOST_ASKED = 3
"""Filters of a published timeline: every part of time with every type, pair and issue would be pages without end."""
_LINK = re.compile(r'\b(href|src)="(/[^"]*)"')


@dataclass(frozen=True, slots=True)
class Published:
    """What was written: the first page, how many pages, and how many addresses were left out for `most`."""

    index: Path
    pages: int
    left_out: int


def publish(record: Record, folder: str | Path, *, most: int = 20_000, language: str = ORIGINAL) -> Published:
    """Writes the pages of `record` that can be reached by links into `folder`, at most `most` of them; links to others
    become plain text. Pages hold no form and no script.

    Raises UsageError when the folder holds something else or cannot be written, or for a language without words.
    """
    if language not in languages():
        raise UsageError(f"publish: there are words in {', '.join(languages())}; got {language!r}")
    into = Path(folder)
    if into.exists() and (not into.is_dir() or (any(into.iterdir()) and not (into / _MARK).is_file())):
        raise UsageError(f"publish: {into} is there and was not made by publish; name a new folder")
    try:
        into.mkdir(parents=True, exist_ok=True)
        (into / _MARK).write_text(
            "Written by detente publish; publishing again replaces these files.\n", encoding="utf-8"
        )
        shutil.copytree(
            HERE / "static", into / "static", dirs_exist_ok=True, ignore=shutil.ignore_patterns("vendor", "*.js")
        )
        with ThreadPoolExecutor(1) as pool:  # a notebook has a loop of its own in this thread
            pages = pool.submit(asyncio.run, _collect(record, most, language)).result()
        known = {address: _file(address) for address in pages}
        for address, text in pages.items():
            path = into / known[address]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_linked(text, known, known[address]), encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"publish: {into} cannot be written ({error.strerror})") from error
    wanted = {_plain(link) for text in pages.values() for _, link in _LINK.findall(text)}
    missing = {w for w in wanted if not _left_out(w)} - set(pages)
    return Published(into / "index.html", len(pages), len(missing))


_MARK = "published-by-detente.txt"


async def _collect(record: Record, most: int, language: str) -> dict[str, str]:
    """Address to page, following links from the starting pages, nearest first."""
    app = make_app(record, fixed=language)
    pages: dict[str, str] = {}
    waiting, seen = deque(STARTS), set(STARTS)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        while waiting and len(pages) < most:
            address = waiting.popleft()
            answer = await client.get(address)
            if answer.status_code != 200 or not answer.headers["content-type"].startswith("text/html"):
                continue
            pages[address] = answer.text
            for _, link in _LINK.findall(answer.text):
                plain = _plain(link)
                if plain not in seen and not _left_out(plain):
                    seen.add(plain)
                    waiting.append(plain)
    return pages


def _left_out(address: str) -> bool:
    """Whether an address asks for what files cannot give, or for one combination too many."""
    asked = parse_qs(urlsplit(address).query)
    many = address.startswith("/timeline?") and (len(asked) > MOST_ASKED or ("since" in asked and "type" in asked))
    return many or address.startswith(("/static", *LEFT_OUT))


def _plain(link: str) -> str:
    """A link as it stands in the HTML, as the address without its fragment."""
    return html.unescape(link).partition("#")[0]


def _file(address: str) -> str:
    """The file of an address; what is asked of a page goes into its name."""
    if address == "/":
        return "index.html"
    parts = urlsplit(address)
    path = re.sub(r"[^\w./-]+", "-", unquote(parts.path)).strip("/").replace("..", "-")
    safe = path if path == unquote(parts.path).strip("/") and len(path) < 100 else f"{path[:80]}-{_short(parts.path)}"
    return f"{safe}-{_short(parts.query)}.html" if parts.query else f"{safe}.html"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _linked(text: str, known: dict[str, str], here: str) -> str:
    """The page with its links made relative; a link to what is not published loses its address."""

    def relative(found: re.Match[str]) -> str:
        attribute, link = found.group(1), found.group(2)
        plain, _, fragment = html.unescape(link).partition("#")
        file = plain.lstrip("/").partition("?")[0] if plain.startswith("/static/") else known.get(plain)
        if file is None:
            return ""
        way = os.path.relpath(file, Path(here).parent).replace(os.sep, "/")
        return f'{attribute}="{html.escape(way + (f"#{fragment}" if fragment else ""))}"'

    policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'; object-src 'none'; form-action 'none'; base-uri 'none'\">"
    return _LINK.sub(relative, text).replace("<meta charset", f"{policy}\n<meta charset", 1)
