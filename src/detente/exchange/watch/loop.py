"""The watch itself: ask the feeds that are due, read what is new, look it through, tell.

Each step ends with a transaction of the watch's memory or of the record, and begins where the last one ended; so a kill
at any moment is made good by starting again. An entry is written down before its feed's ETag is; its document before it
goes on record; and it is done only when its alerts are written down.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import Any

from ...document import Document
from ...errors import ReadError
from ...record import Record
from ...sources import Limits, read_bytes
from ...sources.feed import MEDIA_TYPE
from ...sources.fetch import Answer
from .polite import LONGEST_WAIT, Manners, NotAllowed, wait_after
from .searches import Search
from .sinks import FEED, NotTaken, Sink
from .state import State, beside

TRIES = 4
"""Attempts at an article before the feed's own words are taken."""
BATCH = 16
"""Entries that are put on record together."""


@dataclass(frozen=True, kw_only=True)
class Watch:
    """What is watched, and how."""

    feeds: Sequence[str]
    every: float = 900.0
    """Seconds between two looks at a feed."""
    searches: Sequence[Search] = ()
    sinks: Sequence[Sink] = ()
    articles: bool = True
    """Whether the page behind an entry is fetched; else the feed's own words are read."""
    delay: float = 2.0
    """Seconds between two requests to a host, where robots.txt asks for no more."""
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class Tick:
    """What one round came to."""

    asked: int = 0
    unchanged: int = 0
    entries: int = 0
    """That are new."""
    read: int = 0
    """Documents put on record."""
    alerts: int = 0
    problems: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


class Watching:
    """A watch at work on a record. Raises UsageError while another one is."""

    def __init__(self, record: Record, watch: Watch, *, stop: Event | None = None) -> None:
        self.record = record
        self.watch = watch
        self.stop = stop or Event()
        """Set it from another thread or a signal: the watch ends after what it is at."""
        self.state = State(beside(record.path))
        self.manners = Manners(self.state, watch.limits, watch.delay, self.stop)
        self._code: Any = None
        with self.state.writing() as con:
            con.executemany("INSERT OR IGNORE INTO feeds (url) VALUES (?)", [(url,) for url in watch.feeds])
            last = con.execute("SELECT ifnull(max(n), 0) FROM alerts").fetchone()[0]
            con.executemany(
                "INSERT OR IGNORE INTO sinks (name, told) VALUES (?, ?)", [(s.name, last) for s in watch.sinks]
            )

    def __enter__(self) -> Watching:
        return self

    def __exit__(self, *_: object) -> None:
        self.state.close()

    def tick(self) -> Tick:
        """One round: every feed that is due, every entry that waits, every alert that somebody was not told."""
        tick = Tick()
        self._put_on_record(tick)  # what an earlier watch had fetched
        for feed in self._due_feeds():
            if not self.stop.is_set():
                self._ask(feed, tick)
        self._fetch_articles(tick)
        self._tell(tick)
        return tick

    def idle_seconds(self) -> float:
        """Until something is due again."""
        feeds, sinks = ",".join("?" * len(self.watch.feeds)), ",".join("?" * len(self.watch.sinks)) or "NULL"
        row = self.state.row(
            f"SELECT min(next) FROM (SELECT next FROM feeds WHERE gone = 0 AND url IN ({feeds}) UNION ALL "
            "SELECT next FROM items WHERE state = 'waiting' UNION ALL "
            f"SELECT next FROM sinks WHERE failures > 0 AND name IN ({sinks}))",
            *self.watch.feeds,
            *(sink.name for sink in self.watch.sinks),
        )
        due = row[0] if row and row[0] is not None else time.time() + self.watch.every
        return float(min(max(0.0, due - time.time()), self.watch.every))

    # --- feeds --------------------------------------------------------------------------------------------

    def _due_feeds(self) -> list[Any]:
        """Those whose time has come. A time more than a day ahead was set by a clock that went back since."""
        now = time.time()
        marks = ",".join("?" * len(self.watch.feeds))
        return self.state.rows(
            f"SELECT * FROM feeds WHERE gone = 0 AND url IN ({marks}) AND (next <= ? OR next > ?) ORDER BY next, url",
            *self.watch.feeds,
            now,
            now + LONGEST_WAIT * 1.2,
        )

    def _ask(self, feed: Any, tick: Tick) -> None:
        tick.asked += 1
        headers = {"Accept": "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5"}
        if feed["etag"]:
            headers["If-None-Match"] = feed["etag"]
        if feed["modified"]:
            headers["If-Modified-Since"] = feed["modified"]
        try:
            answer = self.manners.get(feed["url"], headers)
        except (ReadError, NotAllowed) as error:
            self._feed_failed(feed, str(getattr(error, "message", error)), None, tick)
            return
        if answer.status == 304:
            tick.unchanged += 1
            self._feed_answered(feed, answer, [])
        elif answer.status == 200:
            try:
                entries = list(entries_of(answer, feed["url"], self.watch.limits))
            except ReadError as error:
                self._feed_failed(feed, error.message, answer, tick)
                return
            tick.entries += self._feed_answered(feed, answer, entries)
        else:
            self._feed_failed(feed, f"the server answered {answer.status}", answer, tick)

    def _feed_answered(self, feed: Any, answer: Answer, entries: list[tuple[str, Document]]) -> int:
        """Writes down what is new, and the ETag with it. Returns how many entries are new."""
        etag, modified = (answer.headers.get(h, feed[c]) for h, c in (("etag", "etag"), ("last-modified", "modified")))
        new = 0
        with self.state.writing() as con:
            for member, entry in entries:
                new += con.execute(
                    "INSERT OR IGNORE INTO items (feed, member, url, entry) VALUES (?, ?, ?, ?)",
                    (feed["url"], member, entry.url or "", json.dumps(asdict(entry))),
                ).rowcount
            con.execute(
                "UPDATE feeds SET etag = ?, modified = ?, next = ?, failures = 0, message = ?, asked = ? WHERE url = ?",
                (etag, modified, time.time() + self.watch.every, str(answer.status), time.time(), feed["url"]),
            )
        return new

    def _feed_failed(self, feed: Any, message: str, answer: Answer | None, tick: Tick) -> None:
        gone = answer is not None and answer.status == 410
        wait = wait_after(feed["failures"] + 1, self.watch.every, answer)
        with self.state.writing() as con:
            con.execute(
                "UPDATE feeds SET next = ?, failures = failures + 1, message = ?, asked = ?, gone = ? WHERE url = ?",
                (time.time() + wait, message, time.time(), gone, feed["url"]),
            )
        then = "it is gone and not asked again" if gone else f"asked again in {wait / 60:.0f} min"
        tick.problems.append(f"{feed['url']}: {message}; {then}")

    # --- articles -----------------------------------------------------------------------------------------

    def _fetch_articles(self, tick: Tick) -> None:
        waiting = self.state.rows("SELECT * FROM items WHERE state = 'waiting' AND next <= ? ORDER BY n", time.time())
        for batch in (waiting[i : i + BATCH] for i in range(0, len(waiting), BATCH)):
            for item in batch:
                if not self.stop.is_set():
                    self._fetch(item, tick)
            self._put_on_record(tick)

    def _fetch(self, item: Any, tick: Tick) -> None:
        entry = Document(**_lists_as_tuples(json.loads(item["entry"])))
        if not self.watch.articles or not item["url"].startswith(("http://", "https://")):
            self._fetched(item, [entry], "")
            return
        if (same := self._same_address(item)) is not None:
            self._fetched(item, [entry] if same == item["feed"] else [], f"the same address as an entry of {same}")
            return
        try:
            answer = self.manners.get(item["url"])
            documents = list(articles_of(answer, item["url"], entry, self.watch.limits))
        except NotAllowed as error:
            if error.for_now and item["tries"] + 1 < TRIES:
                self._later(item, str(error), None)
            else:
                self._fetched(item, [_noted(entry, f"article not fetched: {error}")], str(error))
        except Refused as error:
            if error.passing and item["tries"] + 1 < TRIES:
                self._later(item, str(error), error.answer)
                return
            tick.problems.append(f"{item['url']}: {error}; the feed's own words are read")
            self._fetched(item, [_noted(entry, f"article not fetched: {error}")], str(error))
        except ReadError as error:
            if error.reason in {"network", "timed-out"} and item["tries"] + 1 < TRIES:
                self._later(item, error.message, None)
                return
            tick.problems.append(f"{item['url']}: {error.message}; the feed's own words are read")
            self._fetched(item, [_noted(entry, f"article not fetched: {error.message}")], error.message)
        else:
            self._fetched(item, documents, "")

    def _same_address(self, item: Any) -> str | None:
        """The feed whose earlier entry has the same address: another feed tells the same article; where it is the same
        feed its addresses lead to no article each, and its own words are read."""
        row = self.state.row("SELECT feed FROM items WHERE url = ? AND n < ? ORDER BY n", item["url"], item["n"])
        return row[0] if row else None

    def _later(self, item: Any, message: str, answer: Answer | None) -> None:
        wait = wait_after(item["tries"] + 1, 60.0, answer)
        with self.state.writing() as con:
            con.execute(
                "UPDATE items SET tries = tries + 1, next = ?, message = ? WHERE n = ?",
                (time.time() + wait, message, item["n"]),
            )

    def _fetched(self, item: Any, documents: Iterable[Document], message: str) -> None:
        with self.state.writing() as con:
            con.execute(
                "UPDATE items SET state = 'fetched', documents = ?, message = ? WHERE n = ?",
                (json.dumps([asdict(d) for d in documents]), message, item["n"]),
            )

    # --- the record and the alerts ------------------------------------------------------------------------

    def _put_on_record(self, tick: Tick) -> None:
        while items := self.state.rows("SELECT * FROM items WHERE state = 'fetched' ORDER BY n LIMIT ?", BATCH):
            documents = {
                item["n"]: [Document(**_lists_as_tuples(d)) for d in json.loads(item["documents"])] for item in items
            }
            tick.read += self._take_in([d for found in documents.values() for d in found])
            for n, found in documents.items():
                tick.alerts += self._look_through(n, found)

    def _take_in(self, documents: list[Document]) -> int:
        from ...reading import default_reader
        from ...record.taking import coder_of, reader_version, take_in

        if self._code is None:
            self._code = coder_of(default_reader())
        report = take_in(
            self.record.store,
            documents,
            self._code,
            reader=reader_version(),
            settings={"watch": list(self.watch.feeds)},
        )
        return report.added

    def _look_through(self, item: int, documents: list[Document]) -> int:
        found = [
            (search.name, what, time.time(), json.dumps(body, ensure_ascii=False))
            for document in documents
            for search in self.watch.searches
            for what, body in search.matches(self.record, document)
        ]
        with self.state.writing() as con:
            made = sum(
                con.execute("INSERT OR IGNORE INTO alerts (search, what, at, body) VALUES (?, ?, ?, ?)", row).rowcount
                for row in found
            )
            con.execute("UPDATE items SET state = 'done', entry = NULL, documents = NULL WHERE n = ?", (item,))
        return made

    def _tell(self, tick: Tick) -> None:
        recent = self.state.rows(f"SELECT * FROM alerts ORDER BY n DESC LIMIT {FEED}")
        for sink in self.watch.sinks:
            row = self.state.row("SELECT * FROM sinks WHERE name = ?", sink.name)
            assert row is not None
            alerts = self.state.rows("SELECT * FROM alerts WHERE n > ? ORDER BY n", row["told"])
            if not alerts or row["next"] > time.time():
                continue
            try:
                for part in _parts(sink, alerts):
                    sink.take(part, recent)
                    self._taken(sink, part[-1]["n"])
            except NotTaken as error:
                wait = wait_after(row["failures"] + 1, 30.0, error.answer)
                with self.state.writing() as con:
                    con.execute(
                        "UPDATE sinks SET failures = failures + 1, next = ? WHERE name = ?",
                        (time.time() + wait, sink.name),
                    )
                tick.problems.append(f"{sink.name}: {error}; offered again in {wait:.0f} s")

    def _taken(self, sink: Sink, n: int) -> None:
        with self.state.writing() as con:
            con.execute("UPDATE sinks SET told = ?, failures = 0, next = 0 WHERE name = ?", (n, sink.name))


def _parts(sink: Sink, alerts: list[Any]) -> Iterator[list[Any]]:
    """A webhook's place moves on with each alert, a file's with all of them."""
    if sink.name.startswith("webhook:"):
        yield from ([alert] for alert in alerts)
    else:
        yield alerts


class Refused(Exception):
    """The server does not give the article."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"the server answered {answer.status}")
        self.answer = answer
        self.passing = answer.status in {408, 425, 429} or answer.status >= 500


def entries_of(answer: Answer, url: str, limits: Limits) -> Iterator[tuple[str, Document]]:
    """(the entry's own id, its document) of a feed, the oldest first. Raises ReadError where it is no feed."""
    media_type = answer.headers.get("content-type", "").partition(";")[0].strip()
    found = list(read_bytes(answer.data, name=url, media_type=media_type or None, url=answer.url, limits=limits))
    documents = [d for d in found if isinstance(d, Document)]
    errors = [e for e in found if isinstance(e, ReadError)]
    if any(d.media_type != MEDIA_TYPE for d in documents):
        raise ReadError(url, "unsupported-format", "it is no RSS or Atom feed")
    if not documents and errors and errors[0].reason != "no-text":
        raise errors[0]
    for document in reversed(documents):
        yield document.source.partition("#")[2] or document.id, document


def articles_of(answer: Answer, url: str, entry: Document, limits: Limits) -> Iterator[Document]:
    """The documents of an article's page, with what the feed knows better: when and where it was published. Raises
    Refused and ReadError."""
    if answer.status != 200:
        raise Refused(answer)
    media_type, _, parameters = answer.headers.get("content-type", "").partition(";")
    charset = parameters.partition("charset=")[2].strip(" \"'") or None
    error: ReadError | None = None
    for found in read_bytes(
        answer.data, name=url, media_type=media_type.strip() or None, encoding=charset, url=answer.url, limits=limits
    ):
        if isinstance(found, ReadError):
            error = found
            continue
        error = None
        yield replace(
            found,
            title=found.title or entry.title,
            outlet=entry.outlet or found.outlet,
            published=found.published or entry.published,
        )
    if error is not None:
        raise error


def _noted(document: Document, note: str) -> Document:
    return replace(document, notes=(*document.notes, note))


def _lists_as_tuples(value: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in value.items()}


def feed_list(named: Sequence[str]) -> list[str]:
    """The addresses of feeds: as given, and line by line from files. Raises UsageError."""
    from ...errors import UsageError

    found: list[str] = []
    for name in named:
        if name.startswith(("http://", "https://")):
            found.append(name)
            continue
        try:
            lines = Path(name).read_text("utf-8").splitlines()
        except (OSError, ValueError):
            raise UsageError(f"{name}: neither an http(s) address nor a file with one a line") from None
        found += feed_list([line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")])
    return list(dict.fromkeys(found))
