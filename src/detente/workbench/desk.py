"""What every page works with: the record, the templates, names of actors, and the answers that were given before."""

from __future__ import annotations

import gc
import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, quote_plus, unquote

from jinja2 import Environment, FileSystemLoader, pass_context, select_autoescape
from jinja2.runtime import Context
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from .. import __version__
from ..record import Record
from . import labels, phrases
from .manners import THEMES, Manner, manner_of
from .phrasebook import phrasebook
from .safety import Forms, cookies_of
from .telling import Telling, who
from .words import Words, languages, words_of

T = TypeVar("T")
HERE = Path(__file__).parent
SETTLED = 1.0
"""Seconds for which answers stay as they are while a `read` writes without pause, as each of its commits changes all
numbers. What comes after a rest is shown at once, and so is every decision."""
REMEMBERED = 100
"""Numbers and grids kept in memory; the least used go first."""
KEPT_BYTES = 24_000_000
"""Bytes of whole answers kept in memory."""
PACKED_FROM = 16_000
GZIP = b"\x1f\x8b"
KEPT_TYPES = ("text/html", "image/svg+xml", "application/atom+xml")


class Desk:
    """The record on a table, with everything that pages need at hand. Used by several threads at once.

    `fixed`: the pages are written to files in this language, so that there are no forms and nothing to search with.
    `welcome`: the overview begins with what the product is for.
    """

    def __init__(self, record: Record, *, fixed: str = "", welcome: bool = False, secret: bytes = b"") -> None:
        self.record = record
        self.fixed = fixed
        self.welcome = welcome
        self.forms = Forms(secret)
        self._memory: OrderedDict[Hashable, Any] = OrderedDict()
        self._kept: OrderedDict[Hashable, tuple[bytes, str]] = OrderedDict()
        self._kept_bytes = 0
        self._state = ""
        self._settled, self._settled_at = "", 0.0
        self._lock = threading.Lock()
        self._asked = threading.local()
        """`state`: of the record when this thread began to make a page, so that it is not asked for every name."""
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=select_autoescape(default=True, default_for_string=True),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {
            "L": labels,
            "address": address,
            "who": who,
            "version": __version__,
            "fixed": bool(fixed),
            "welcome": welcome,
            "assets": _assets_version(),
            "languages": languages(),
            "themes": THEMES,
        }
        self._templates.filters |= {"n": _number, "pairs": pairs_of}

    # --- the record ---------------------------------------------------------------------------------------

    def state(self) -> str:
        """Changes whenever anything is added to the record or decided on it."""
        row = self.record.store.row(
            "SELECT (SELECT max(n) FROM history), (SELECT max(n) FROM claims), (SELECT max(n) FROM documents), "
            "(SELECT max(n) FROM sources), (SELECT count(*) FROM sources WHERE status = 'mended')"
        )
        return "-".join(str(v or 0) for v in row or ())

    def state_shown(self) -> str:
        """The state by which answers are kept: the record's own, but for what came in within SETTLED of the last."""
        now, at = self.state(), time.monotonic()
        with self._lock:
            decided = now.partition("-")[0] != self._settled.partition("-")[0]
            if now != self._settled and (decided or at - self._settled_at > SETTLED):
                self._settled_at = at if self._settled else 0.0  # the first state is no change
                self._settled = now
            return self._settled

    def _state_asked(self) -> str:
        """The state for which this thread makes a page; that which is shown now where it makes none."""
        return getattr(self._asked, "state", None) or self.state_shown()

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives for the record as it is now; made once."""
        full = (self._state_asked(), key)
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

    def name(self, t: Words, key: str) -> str:
        """What an actor is called on screen: the country's name, else the name on record, else the key."""
        return t.country(key) or self.names().get(key, key)

    def names(self) -> dict[str, str]:
        """What actors other than countries are called on record, by key."""
        return self.remember("names", self._names)

    def issues(self) -> list[dict[str, Any]]:
        """The issues on which most take sides."""
        return self.remember("issues", lambda: list(iter(self.record.issues(limit=2000))))

    def _names(self) -> dict[str, str]:
        """A body is called by its own name, not by that of the person who speaks for it."""
        rows = self.record.store.rows(
            "SELECT key, name, person, body FROM actors WHERE id = key AND name IS NOT NULL "
            "ORDER BY CASE WHEN person IS NOT NULL AND key <> 'person:' || substr(key, 8) THEN 0 ELSE 1 END, n DESC"
        )
        return {r["key"]: (r["body"] or r["key"]) if _stands_for(r["key"], r["person"]) else r["name"] for r in rows}

    # --- answers ------------------------------------------------------------------------------------------

    def manner(self, request: Request) -> Manner:
        """In which language and colours this reader wants the pages."""
        return Manner(self.fixed, "system") if self.fixed else manner_of(request)

    def words(self, request: Request) -> Words:
        """The words of the reader's language."""
        return words_of(self.manner(request).language)

    def answer(
        self, request: Request, view: Callable[[Desk, Request], Response], *, personal: bool = False
    ) -> Response:
        """What `view` answers. With the record and the reader as they were at the last asking, only the word that it is
        the same; an answer that is no reader's own is kept for the others until the record changes."""
        state, manner = self.state_shown(), self.manner(request)
        packed = "gzip" in request.headers.get("accept-encoding", "")
        asked = (str(request.url), manner, request.headers.get("host", ""), date.today(), packed)
        owner = (request.headers.get("cookie", ""), self.forms.token("")) if personal else ()
        mark = f'"{hashlib.sha256(repr((state, asked, owner, __version__)).encode()).hexdigest()[:24]}"'
        headers = {"etag": mark, "vary": "Cookie, Accept-Language, Accept-Encoding"}
        if request.headers.get("if-none-match") == mark:
            return Response(status_code=304, headers=headers)
        kept = None if personal else self._find(state, asked)
        if kept is None:
            self._asked.state = state
            try:
                made = view(self, request)
            finally:
                self._asked.state = None
            whole = made.status_code == 200 and (made.media_type or "").startswith(KEPT_TYPES)
            if not whole or "content-security-policy" in made.headers:
                return made
            kept = _packed(bytes(made.body), packed), str(made.media_type)
            if not personal:
                self._keep(state, asked, *kept)
        if kept[0][:2] == GZIP:
            headers["content-encoding"] = "gzip"
        return Response(kept[0], media_type=kept[1], headers=headers)

    def _find(self, state: str, asked: Hashable) -> tuple[bytes, str] | None:
        with self._lock:
            if state != self._state or asked not in self._kept:
                return None
            self._kept.move_to_end(asked)
            return self._kept[asked]

    def _keep(self, state: str, asked: Hashable, body: bytes, media: str) -> None:
        with self._lock:
            if state != self._state:
                self._kept.clear()
                self._kept_bytes, self._state = 0, state
            if asked not in self._kept:
                self._kept[asked] = body, media
                self._kept_bytes += len(body)
            while self._kept_bytes > KEPT_BYTES:
                self._kept_bytes -= len(self._kept.popitem(last=False)[1][0])

    def page(
        self, request: Request, template: str, *, status: int = 200, own: bool = False, **context: Any
    ) -> Response:
        """A page. `own`: it holds the reader's name and a form for changes, and must not be kept for others."""
        manner = self.manner(request)
        t = words_of(manner.language)
        names = self.names()

        def name(key: str) -> str:
            return t.country(key) or names.get(key, key)

        html = self._templates.get_template(template).render(
            **context,
            t=t,
            manner=manner,
            name=name,
            tell=Telling(t, name),
            say=phrasebook(t.language),
            sentence=lambda claim: phrases.in_words(t, claim),
            path=request.url.path,
            query=request.url.query,
            record_name=self.record.path.name,
            record_state=self._state_asked(),
            reader=self.reader(request) if own else "",
            csrf=self.forms.token(request.state.session) if own and not self.fixed else "",
        )
        return HTMLResponse(html, status)

    def problem(self, request: Request, title: str, message: str, *, status: int, back: str = "") -> Response:
        """A page that says what went wrong. `title` is a key of the words; `message` comes as it is."""
        title_ = self.words(request)(f"problem.{title}")
        return self.page(request, "problem.html", status=status, title=title_, message=message, back=back)

    def reader(self, request: Request) -> str:
        """The name under which this browser decided last."""
        return unquote(cookies_of(request.headers.get("cookie", "")).get("detente_name", ""))[:80]

    def warm_up(self) -> None:
        """What the first reader would have to wait for: templates, and the tables by which countries are found. None of
        that ever goes away, so the collector need not look through it again, which takes as long as several pages."""
        import countrynames

        from .pages.planning import library

        for template in self._templates.list_templates():
            self._templates.get_template(template)
        countrynames.to_code_3("France")
        library()
        gc.collect()
        gc.freeze()


def _stands_for(key: str, person: str | None) -> bool:
    """Whether the name beside a key is that of a person who acts for it."""
    return bool(person) and not key.startswith("person:")


def _packed(body: bytes, wanted: bool) -> bytes:
    """Large answers packed, where the browser can read that: a millisecond that a slow line gives back many times."""
    return gzip.compress(body, compresslevel=1, mtime=0) if wanted and len(body) > PACKED_FROM else body


def address(path: str, *parts: str, **query: Any) -> str:
    """The address of a page: `address("/actor", "RUS", since="2011")`. Empty values are left out."""
    where = path + "".join(["/" + _quoted(part) for part in parts])
    asked = [f"{k.rstrip('_')}={_asked(str(v))}" for k, v in query.items() if v not in (None, "")]
    return f"{where}?{'&'.join(asked)}" if asked else where


@lru_cache(maxsize=10_000)
def _quoted(part: str) -> str:
    return quote(part, safe="")


@lru_cache(maxsize=10_000)
def _asked(value: str) -> str:
    return quote_plus(value)


@pass_context
def _number(context: Context, number: float | None) -> str:
    """A number as the reader's language writes it."""
    words: Words = context["t"]
    return words.number(number)


def _assets_version() -> str:
    """Changes with the style sheet and the script, so that browsers may keep both for good."""
    digest = hashlib.sha256()
    for path in sorted((HERE / "static").glob("*.*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def pairs_of(values: Iterable[str]) -> list[tuple[str, str]]:
    """Each value with itself as its label, for a list of choices."""
    return [(v, v) for v in values]
