"""Where alerts go: a file of JSON Lines, a webhook, an Atom feed.

Every alert is in the watch's memory before any sink is told, and a sink's place in the list moves on only when it has
taken an alert: a kill loses none. A file and a feed get each alert once; a webhook may get one twice when the watch is
killed between its answer and our note of it, and can tell by the alert's id, which goes along as Idempotency-Key.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from xml.sax.saxutils import escape, quoteattr

from ...errors import ReadError
from ...sources.fetch import Answer, request
from ...sources.limits import Limits
from .polite import AGENT

TAIL = 1 << 20
"""Bytes at a file's end that are looked through for alerts that it has already."""
FEED = 100
"""Entries of the Atom feed."""


class NotTaken(Exception):
    """The sink did not take the alert; it is offered again later."""

    def __init__(self, message: str, answer: Answer | None = None) -> None:
        super().__init__(message)
        self.answer = answer


class Sink(Protocol):
    """Something that takes alerts, oldest first."""

    @property
    def name(self) -> str: ...

    def take(self, alerts: Sequence[sqlite3.Row], recent: Sequence[sqlite3.Row]) -> None:
        """Takes the new `alerts` (`recent`: the last of all). Raises NotTaken."""


def alert_id(alert: sqlite3.Row) -> str:
    """16 hex digits: the same search and claim give the same."""
    return hashlib.sha256(f"{alert['search']}\n{alert['what']}".encode()).hexdigest()[:16]


def told(alert: sqlite3.Row) -> dict[str, Any]:
    """An alert as it is sent: its id, when, and what the search told."""
    return {"id": alert_id(alert), "at": _iso(alert["at"]), **json.loads(alert["body"])}


@dataclass(frozen=True)
class FileSink:
    """One JSON object a line, on disk before the watch goes on."""

    path: Path

    @property
    def name(self) -> str:
        return f"file:{self.path.absolute()}"

    def take(self, alerts: Sequence[sqlite3.Row], recent: Sequence[sqlite3.Row]) -> None:
        try:
            with self.path.open("a+b") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - TAIL))
                tail = file.read()
                if tail and not tail.endswith(b"\n"):  # a line that a kill or a full disk cut off
                    file.truncate(size - len(tail) + tail.rfind(b"\n") + 1)
                    tail = tail[: tail.rfind(b"\n") + 1]
                for alert in alerts:
                    if f'"id": "{alert_id(alert)}"'.encode() not in tail:
                        file.write(json.dumps(told(alert), ensure_ascii=False).encode("utf-8", "replace") + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise NotTaken(f"{self.path}: {error.strerror or error}") from error


@dataclass(frozen=True)
class WebhookSink:
    """A POST of JSON for each alert; 2xx is taken, anything else is offered again."""

    address: str
    limits: Limits

    @property
    def name(self) -> str:
        return f"webhook:{self.address}"

    def take(self, alerts: Sequence[sqlite3.Row], recent: Sequence[sqlite3.Row]) -> None:
        for alert in alerts:
            headers = {
                "User-Agent": AGENT,
                "Content-Type": "application/json",
                "Idempotency-Key": alert_id(alert),
            }
            body = json.dumps(told(alert), ensure_ascii=False).encode("utf-8", "replace")
            try:
                answer = request(self.address, self.limits, method="POST", headers=headers, body=body)
            except ReadError as error:
                raise NotTaken(error.message) from error
            if not 200 <= answer.status < 300:
                raise NotTaken(f"the webhook answered {answer.status}", answer)


@dataclass(frozen=True)
class AtomSink:
    """A feed of the last hundred alerts, written anew each time."""

    path: Path
    title: str

    @property
    def name(self) -> str:
        return f"atom:{self.path.absolute()}"

    def take(self, alerts: Sequence[sqlite3.Row], recent: Sequence[sqlite3.Row]) -> None:
        partial = self.path.with_name(self.path.name + ".part")
        try:
            partial.write_text(self.feed(recent), "utf-8", errors="replace")
            partial.replace(self.path)
        except OSError as error:
            raise NotTaken(f"{self.path}: {error.strerror or error}") from error

    def feed(self, recent: Sequence[sqlite3.Row]) -> str:
        newest = _iso(max((a["at"] for a in recent), default=0))
        entries = "".join(self._entry(a) for a in sorted(recent, key=lambda a: -a["n"])[:FEED])
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
            f"<title>{_xml(self.title)}</title><id>urn:detente:alerts:{hashlib.sha256(self.title.encode()).hexdigest()[:16]}</id>"
            f"<updated>{newest}</updated><author><name>detente</name></author>\n{entries}</feed>\n"
        )

    def _entry(self, alert: sqlite3.Row) -> str:
        body = told(alert)
        link = (
            f"<link href={quoteattr(_xml_text(body['url']))}/>"
            if body["url"].startswith(("http://", "https://"))
            else ""
        )
        where = " · ".join(filter(None, (body["outlet"], body["published"])))
        return (
            f"<entry><id>urn:detente:alert:{body['id']}</id><title>{_xml(body['search'])}: {_xml(body['says'])}</title>{link}"
            f"<updated>{body['at']}</updated><category term={quoteattr(_xml_text(body['search']))}/>"
            f'<content type="text">{_xml(body["text"])}\n— {_xml(where or body["url"])}</content></entry>\n'
        )


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _xml_text(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return "".join(
        c for c in text if (c >= " " or c in "\n\t") and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff"
    )


def _xml(text: str) -> str:
    return escape(_xml_text(text))
