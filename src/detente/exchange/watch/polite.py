"""Asking servers politely: robots.txt, one request to a host at a time and not too soon, nothing twice that has not
changed, and longer and longer waits when something is wrong.

Robots.txt as in RFC 9309: a host that has none (any answer of 4xx) allows all, one that fails allows nothing for now.
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from threading import Event
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from ... import __version__
from ...errors import ReadError
from ...sources.fetch import Answer, request
from ...sources.limits import Limits
from .state import State

AGENT = f"detente/{__version__} (polls feeds on behalf of its user)"
TOKEN = "detente"
"""What robots.txt calls us."""
ROBOTS_SECONDS = 24 * 3600.0
ROBOTS_RETRY = 600.0
LONGEST_DELAY = 60.0
"""Seconds of `Crawl-delay` that are kept to; a host that asks for more is asked that seldom."""
LONGEST_WAIT = 24 * 3600.0
ROBOTS_BYTES = 512 * 1024


class NotAllowed(Exception):
    """Robots.txt forbids it, or could not be had."""

    def __init__(self, message: str, *, for_now: bool) -> None:
        super().__init__(message)
        self.for_now = for_now


@dataclass
class Manners:
    """How this watch asks servers. `stop` ends the waiting."""

    state: State
    limits: Limits
    delay: float = 2.0
    stop: Event = field(default_factory=Event)
    _last: dict[str, float] = field(default_factory=dict)
    _rules: dict[str, RobotFileParser] = field(default_factory=dict)

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer of a server that may be asked. Raises NotAllowed, and ReadError as `request` does."""
        rules = self._rules_of(url)
        if not rules.can_fetch(TOKEN, url):
            raise NotAllowed("robots.txt forbids it", for_now=False)
        asked = rules.crawl_delay(TOKEN)
        self._wait(url, min(LONGEST_DELAY, float(asked)) if asked else self.delay)
        return request(url, self.limits, headers={"User-Agent": AGENT, **(headers or {})})

    def _wait(self, url: str, delay: float) -> None:
        host = _host(url)
        due = self._last.get(host, 0.0) + delay
        if (left := due - time.monotonic()) > 0:
            self.stop.wait(left)
        self._last[host] = time.monotonic()

    def _rules_of(self, url: str) -> RobotFileParser:
        host = _host(url)
        row = self.state.row("SELECT rules, until FROM robots WHERE host = ?", host)
        now = time.time()
        if row is None or not now < row["until"] <= now + ROBOTS_SECONDS:
            rules, keep = self._ask_robots(host)
            with self.state.writing() as con:
                con.execute("INSERT OR REPLACE INTO robots VALUES (?, ?, ?)", (host, rules, now + keep))
            self._rules.pop(host, None)
        else:
            rules = row["rules"]
        if rules is None:
            raise NotAllowed("robots.txt could not be had, so nothing is fetched for now", for_now=True)
        if host not in self._rules:
            parser = RobotFileParser()
            parser.parse(rules.splitlines())
            parser.modified()  # an empty file allows all; without this nothing would be allowed
            self._rules[host] = parser
        return self._rules[host]

    def _ask_robots(self, host: str) -> tuple[str | None, float]:
        self._wait(host, self.delay)
        try:
            answer = request(f"{host}/robots.txt", self.limits, headers={"User-Agent": AGENT})
        except ReadError as error:
            if error.reason == "address-refused":
                raise
            return None, ROBOTS_RETRY
        if answer.status == 200:
            return answer.data[:ROBOTS_BYTES].decode("utf-8", "replace"), ROBOTS_SECONDS
        return ("", ROBOTS_SECONDS) if 400 <= answer.status < 500 and answer.status != 429 else (None, ROBOTS_RETRY)


def _host(url: str) -> str:
    """scheme://host:port of an address, without a user's name and password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def wait_after(failures: int, every: float, answer: Answer | None = None) -> float:
    """Seconds until the next attempt after so many failures in a row: doubled each time, up to a day, never sooner than
    a server asks for by Retry-After; a tenth more or less, so that many watches do not come at once."""
    base = min(LONGEST_WAIT, every * 2.0 ** min(failures, 20))
    told = _retry_after(answer.headers.get("retry-after", "")) if answer else 0.0
    return max(min(told, LONGEST_WAIT), base * random.uniform(0.9, 1.1))


def _retry_after(value: str) -> float:
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError):
        return 0.0
