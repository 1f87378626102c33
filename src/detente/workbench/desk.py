"""What every page works with: the record, the templates, names of actors, and what was computed before."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, unquote, urlencode

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from .. import __version__
from ..claims import ActorRef
from ..record import Record
from ..record.view import sentence_of
from . import labels
from .safety import Forms, cookies_of

T = TypeVar("T")
HERE = Path(__file__).parent
REMEMBERED = 400
"""Answers kept in memory; the least used go first."""


class Desk:
    """The record on a table, with everything that pages need at hand. Used by several threads at once.

    `fixed`: the pages are written to files, so that there are no forms and nothing to search with. `welcome`: the
    overview begins with what the product is for.
    """

    def __init__(self, record: Record, *, fixed: bool = False, welcome: bool = False) -> None:
        self.record = record
        self.fixed = fixed
        self.forms = Forms()
        self._memory: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=select_autoescape(default=True, default_for_string=True),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {
            "L": labels,
            "address": address,
            "sentence": sentence_of,
            "name": self.name,
            "who": self.who,
            "version": __version__,
            "fixed": fixed,
            "welcome": welcome,
            "assets": _assets_version(),
        }
        self._templates.filters |= {"n": thousands, "pairs": pairs_of}

    # --- the record ---------------------------------------------------------------------------------------

    def state(self) -> str:
        """Changes whenever anything is added to the record or decided on it."""
        row = self.record.store.row(
            "SELECT (SELECT max(n) FROM claims), (SELECT max(n) FROM history), (SELECT max(n) FROM documents), "
            "(SELECT max(n) FROM sources), (SELECT count(*) FROM sources WHERE status = 'mended')"
        )
        return "-".join(str(v or 0) for v in row or ())

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives for the record as it is now; made once."""
        full = (self.state(), key)
        with self._lock:
            if full in self._memory:
                self._memory.move_to_end(full)
                found: T = self._memory[full]
                return found
        made = make()
        with self._lock:
            self._memory[full] = made
            while len(self._memory) > REMEMBERED:
                self._memory.popitem(last=False)
        return made

    def name(self, key: str) -> str:
        """What an actor is called on screen: the country's name, else the name on record, else the key."""
        country = labels.country_names().get(key)
        return country or self.remember("names", self._names).get(key, key)

    def _names(self) -> dict[str, str]:
        rows = self.record.store.rows(
            "SELECT key, name FROM actors WHERE id IS key AND name IS NOT NULL ORDER BY n DESC"
        )
        return {row["key"]: row["name"] for row in rows}

    def who(self, ref: ActorRef) -> str:
        """One actor of a claim in words."""
        return ref.person or ref.name or ref.text or ref.key

    # --- answers ------------------------------------------------------------------------------------------

    def page(self, request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
        """A page. With the record and the reader as they were at the last asking, only the word that it is the same."""
        mark = self._mark(request)
        if status == 200 and request.headers.get("if-none-match") == mark:
            return Response(status_code=304, headers={"etag": mark})
        html = self._templates.get_template(template).render(
            **context,
            path=request.url.path,
            query=request.url.query,
            record_name=self.record.path.name,
            record_state=self.state(),
            reader=self.reader(request),
            csrf="" if self.fixed else self.forms.token(request.state.session),
        )
        return HTMLResponse(html, status, headers={"etag": mark} if status == 200 else None)

    def reader(self, request: Request) -> str:
        """The name under which this browser decided last."""
        return unquote(cookies_of(request.headers.get("cookie", "")).get("detente_name", ""))[:80]

    def _mark(self, request: Request) -> str:
        parts = (
            self.state(),
            str(request.url),
            request.headers.get("cookie", ""),
            self.forms.token("") if not self.fixed else "",
            __version__,
        )
        return '"' + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24] + '"'


def address(path: str, *parts: str, **query: Any) -> str:
    """The address of a page: `address("/actor", "RUS", since="2011")`. Empty values are left out."""
    where = path + "".join("/" + quote(part, safe="") for part in parts)
    asked = {k.rstrip("_"): v for k, v in query.items() if v not in (None, "")}
    return where + (f"?{urlencode(asked)}" if asked else "")


def thousands(number: float | None) -> str:
    """12345 as '12,345'."""
    return "" if number is None else f"{number:,}"


def _assets_version() -> str:
    """Changes with the style sheet and the script, so that browsers may keep both for good."""
    digest = hashlib.sha256()
    for path in sorted((HERE / "static").glob("*.*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def pairs_of(values: Iterable[str]) -> list[tuple[str, str]]:
    """Each value with itself as its label, for a list of choices."""
    return [(v, v) for v in values]
