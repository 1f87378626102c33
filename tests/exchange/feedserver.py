"""A real HTTP server on this machine with feeds, articles, robots.txt and moods, for the tests of the watch."""

from __future__ import annotations

import gzip
import json
import threading
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SENTENCES = (
    "Norway accused Egypt of breaking the fishing treaty.",
    "Japan and Brazil signed an agreement on trade in Tokyo.",
    "The foreign minister of Kenya met his counterpart from Peru in Nairobi.",
    "Chile imposed sanctions on Bolivia over the river dispute.",
)


class FeedServer(ThreadingHTTPServer):
    """`entries` are what /feed lists; `statuses` makes a path answer with something else; `seen` counts requests."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.entries: list[int] = []
        self.statuses: dict[str, int] = {}
        self.headers: dict[str, dict[str, str]] = {}
        self.robots: str | None = "User-agent: *\nDisallow: /private/\n"
        self.links: dict[int, str] = {}
        self.seen: Counter[str] = Counter()
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.hooked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def address(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def feed(self) -> bytes:
        items = "".join(
            f"<item><title>Dispatch {n}</title><guid>entry-{n}</guid><link>{self.links.get(n, self.address(f'/article/{n}'))}</link>"
            f"<pubDate>Mon, 0{1 + n % 9} Jun 2020 10:00:00 GMT</pubDate><description>In short: {sentence(n)}</description></item>"
            for n in reversed(self.entries)
        )
        head = '<?xml version="1.0"?><rss version="2.0"><channel><title>The Daily Wire</title>'
        return f"{head}{items}</channel></rss>".encode()


def sentence(n: int) -> str:
    return SENTENCES[n % len(SENTENCES)]


def page(n: int) -> bytes:
    body = f"<p>{sentence(n)} It was the news of the morning, and number {n} of the week.</p>" + (
        "<p>Officials on both sides said that talks would go on in the autumn, and that nobody wanted to lose face.</p>"
        * 3
    )
    return f"<html><head><title>Dispatch {n}</title></head><body><article>{body}</article></body></html>".encode()


class _Handler(BaseHTTPRequestHandler):
    server: FeedServer

    def do_GET(self) -> None:
        server, path = self.server, self.path
        server.seen[path] += 1
        server.requests.append((path, {k.lower(): v for k, v in self.headers.items()}))
        if path in server.statuses:
            self._answer(server.statuses[path], b"", "text/plain", server.headers.get(path, {}))
        elif path == "/robots.txt":
            body = server.robots
            self._answer(404 if body is None else 200, (body or "").encode(), "text/plain", {})
        elif path == "/feed?dated":
            since = self.headers.get("If-Modified-Since")
            headers = {"Last-Modified": "Mon, 01 Jun 2020 10:00:00 GMT"}
            if since == headers["Last-Modified"]:
                self._answer(304, b"", "application/rss+xml", headers)
            else:
                self._answer(200, gzip.compress(server.feed()), "application/rss+xml", headers)
        elif path.startswith("/feed"):
            tag = f'"{hash(tuple(server.entries)) & 0xFFFFFF:x}"'
            if self.headers.get("If-None-Match") == tag:
                self._answer(304, b"", "application/rss+xml", {"ETag": tag})
            else:
                self._answer(200, server.feed(), "application/rss+xml", {"ETag": tag})
        elif "/article/" in path:
            self._answer(200, page(int(path.rpartition("/")[2])), "text/html; charset=utf-8", {})
        else:
            self._answer(404, b"", "text/plain", {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.server.statuses.get(self.path, 200)
        if status == 200:
            self.server.hooked.append(json.loads(body))
            self.server.keys.append(self.headers["Idempotency-Key"])
        self._answer(status, b"", "text/plain", {"Location": "http://169.254.169.254/"} if status == 302 else {})

    def _answer(self, status: int, body: bytes, kind: str, headers: dict[str, str]) -> None:
        with suppress(OSError):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    def handle(self) -> None:
        with suppress(OSError):
            super().handle()

    def log_message(self, *_: object) -> None:
        pass
