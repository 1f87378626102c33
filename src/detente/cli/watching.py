"""`detente watch`: feeds polled, read and told of."""

from __future__ import annotations

import json as json_module
import re
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import EXIT_PARTLY
from ._shared import DEFAULT_RECORD, Json, RecordFile, examples, one_line

if TYPE_CHECKING:
    from ..exchange.watch import Search, Tick
    from ..exchange.watch.sinks import Sink
    from ..sources import Limits

HELP = (
    "Watch RSS and Atom feeds: read what is new into the record, and tell when a saved search matches.\n\nFEED is an address, or "
    "a file with one address a line. Servers are asked politely: robots.txt is kept to, nothing is fetched again that has not "
    "changed (ETag, Last-Modified), a host is asked one thing at a time, and one that fails is left alone for longer and longer "
    "(Retry-After is heeded). Alerts go to a file of JSON Lines, to a webhook or into an Atom feed. A watch that is killed goes "
    "on where it was when it is started again. Addresses on private networks are refused unless --allow-private names them."
    + examples(
        "detente watch https://news.example/world.rss --every 15m -r iran.detente",
        'detente watch feeds.txt --match "sanctions Iran" --alerts alerts.jsonl --atom alerts.xml',
        "detente watch feeds.txt --searches searches.toml --webhook https://hooks.example/detente --once",
    )
)
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def register(app: typer.Typer) -> None:
    """Adds `watch`."""
    app.command("watch", help=HELP)(watch)


def watch(
    feeds: Annotated[list[str], typer.Argument(metavar="FEED...", help="Addresses of feeds, or files that list them.")],
    record: RecordFile = DEFAULT_RECORD,
    every: Annotated[
        str, typer.Option(help="How often to look at a feed: 90s, 15m, 2h, 1d; a minute at least.")
    ] = "15m",
    searches: Annotated[Path | None, typer.Option(help="A TOML file of saved searches (docs/how-to/watch.md).")] = None,
    match: Annotated[
        list[str] | None, typer.Option(help="Tell of documents with these words; may be given again.")
    ] = None,
    alerts: Annotated[Path | None, typer.Option(help="Append alerts to this file, one JSON object a line.")] = None,
    webhook: Annotated[str | None, typer.Option(help="POST each alert to this address as JSON.")] = None,
    atom: Annotated[Path | None, typer.Option(help="Keep the last hundred alerts in this Atom feed.")] = None,
    entries_only: Annotated[
        bool, typer.Option("--entries-only", help="Read the feeds' own words; fetch no articles.")
    ] = False,
    delay: Annotated[float, typer.Option(min=0, help="Seconds between two requests to a host.")] = 2.0,
    allow_private: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST:PORT", help="Let this server be asked though it is on a private network."),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="One round, then end: for cron.")] = False,
    json: Json = False,
) -> None:
    from ..exchange.watch import Watch, Watching
    from ..exchange.watch.loop import feed_list
    from ..sources import Limits
    from ._shared import open_record

    limits = Limits(allowed_private=frozenset(allow_private or []))
    plan = Watch(
        feeds=feed_list(feeds),
        every=seconds(every),
        searches=_searches(searches, match or []),
        sinks=_sinks(alerts, webhook, atom, record, limits),
        articles=not entries_only,
        delay=delay,
        limits=limits,
    )
    stop = threading.Event()
    with _set_by_sigterm(stop), open_record(record, create=True) as rec, Watching(rec, plan, stop=stop) as watching:
        try:
            while True:
                tick = watching.tick()
                _tell(tick, json)
                if once or stop.is_set():
                    break
                stop.wait(max(0.2, watching.idle_seconds()))
                if stop.is_set():
                    break
        except KeyboardInterrupt:
            print("detente: stopped; start it again and it goes on where it was", file=sys.stderr)
            raise SystemExit(130) from None
    if once and tick.problems:
        raise typer.Exit(EXIT_PARTLY)


@contextmanager
def _set_by_sigterm(stop: threading.Event) -> Iterator[None]:
    """SIGTERM sets `stop`, at whatever moment it comes.

    Python runs a handler between two steps of the main thread: one that strikes just before a long wait would be heard
    after it. What the signal writes into a socket at once is read by a thread of our own.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    read, written = socket.socketpair()
    written.setblocking(False)

    def heed() -> None:
        while number := read.recv(1):
            if number[0] == signal.SIGTERM:
                stop.set()

    listener = threading.Thread(target=heed, daemon=True)
    listener.start()
    handler, wakeup = signal.signal(signal.SIGTERM, lambda *_: None), signal.set_wakeup_fd(written.fileno())
    try:
        yield
    finally:
        signal.set_wakeup_fd(wakeup)
        signal.signal(signal.SIGTERM, handler)
        written.close()
        listener.join()
        read.close()


def seconds(text: str) -> float:
    """'15m' as seconds. Raises UsageError."""
    from ..errors import UsageError

    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhd]?)\s*", text)
    if found is None:
        raise UsageError(f"every: {text!r} is no time; write 90s, 15m, 2h or 1d")
    value = float(found[1]) * _UNITS[found[2] or "s"]
    if value < 60:
        raise UsageError(f"every: {text!r} is less than a minute; feeds are not asked more often than that")
    return value


def _searches(path: Path | None, match: list[str]) -> list[Search]:
    from ..exchange.watch.searches import load_searches, search_of

    found = load_searches(path) if path else []
    return found + [search_of({"name": words, "text": words}, f"--match {words!r}") for words in match]


def _sinks(alerts: Path | None, webhook: str | None, atom: Path | None, record: str, limits: Limits) -> list[Sink]:
    from ..exchange.watch.sinks import AtomSink, FileSink, WebhookSink
    from ..record.store import path_of

    sinks: list[Any] = []
    if alerts:
        sinks.append(FileSink(alerts))
    if webhook:
        sinks.append(WebhookSink(webhook, limits))
    if atom:
        sinks.append(AtomSink(atom, f"Alerts of {path_of(record).name}"))
    return sinks


def _tell(tick: Tick, json: bool) -> None:
    if json:
        print(json_module.dumps(tick.to_dict(), ensure_ascii=False), flush=True)
        return
    if tick.asked or tick.read or tick.alerts:
        print(
            f"{tick.asked} feeds asked, {tick.unchanged} unchanged; {tick.entries} new entries, {tick.read} documents read, "
            f"{tick.alerts} alerts",
            flush=True,
        )
    for problem in tick.problems:
        print(one_line(f"  {problem}"), file=sys.stderr, flush=True)
