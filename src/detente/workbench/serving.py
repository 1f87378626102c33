"""Starting the server: on loopback without a token, elsewhere with one; several processes where that serves faster."""

from __future__ import annotations

import mmap
import os
import secrets
import socket
import sys
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..errors import UsageError
from ..record import Record
from .app import make_app
from .safety import LOOPBACK, is_loopback

MOST_WORKERS = 2
"""Processes unless told otherwise: pages are made by one thread at a time in each, and each holds some 100 MB."""


@dataclass(frozen=True, slots=True)
class Served:
    """Where the workbench can be reached."""

    url: str
    token: str


def serve(
    path: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8181,
    workers: int | None = None,
    welcome: bool = False,
    ready: Callable[[Served], None] | None = None,
) -> None:
    """Serves the record until it is stopped. `port` 0 takes any that is free; `workers` is the number of processes (on
    Linux; elsewhere there is one); `ready` is told where.

    Raises RecordError when there is no record, and UsageError when the port cannot be had.
    """
    Record(path, create=False).close()  # says what is wrong with it before anything is opened
    token = "" if is_loopback(host) else secrets.token_urlsafe(24)
    sockets = _listen(host, port, _workers(workers))
    found = sockets[0].getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    if ready:
        ready(Served(f"http://{shown}:{found}/" + (f"?token={token}" if token else ""), token))
    options = {"token": token, "hosts": (*LOOPBACK, host), "welcome": welcome, "secret": secrets.token_bytes(32)}
    lifeline = os.pipe()
    shared = mmap.mmap(-1, len(sockets))
    for number, extra in enumerate(sockets[1:], 1):
        if os.fork() == 0:
            os.close(lifeline[1])
            _run(path, extra, options, lifeline[0], (shared, number))
            os._exit(0)
    _run(path, sockets[0], options, None, (shared, 0))


def _workers(asked: int | None) -> int:
    if not sys.platform.startswith("linux"):
        return 1
    return asked or min(MOST_WORKERS, len(os.sched_getaffinity(0)))


def _run(
    path: str | Path,
    listening: socket.socket,
    options: dict[str, Any],
    lifeline: int | None,
    slot: tuple[mmap.mmap, int],
) -> None:
    """One process. Another than the first ends when the first does: its end of the pipe `lifeline` closes then."""
    import uvicorn

    with Record(path, create=False) as record:
        even = Even(make_app(record, **options), *slot)
        config = uvicorn.Config(
            even,
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="on",
            proxy_headers=False,
        )
        server = uvicorn.Server(config)
        even.lines = server.server_state.connections
        if lifeline is not None:
            threading.Thread(target=_end_with_the_first, args=(server, lifeline), daemon=True).start()
        server.run(sockets=[listening])


class Even:
    """Deals browsers out evenly over the processes: the system does that by chance, so that one process may have all of
    them. The one that has two more than another closes a line after its answer; the browser opens a new one."""

    def __init__(self, app: ASGIApp, shared: mmap.mmap, number: int) -> None:
        self.app = app
        self.lines: Collection[Any] = ()
        self._shared = shared
        """How many lines each process has, a byte each."""
        self._number = number

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        mine = self._shared[self._number] = min(len(self.lines), 255)
        if scope["type"] != "http" or mine - min(self._shared[: len(self._shared)]) < 2:
            await self.app(scope, receive, send)
            return

        async def send_and_close(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["connection"] = "close"
            await send(message)

        await self.app(scope, receive, send_and_close)


def _end_with_the_first(server: Any, lifeline: int) -> None:
    os.read(lifeline, 1)
    server.should_exit = True


def _listen(host: str, port: int, count: int) -> list[socket.socket]:
    """So many sockets on one port, among which the system deals out who asks."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sockets: list[socket.socket] = []
    for _ in range(count):
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if sockets:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        try:
            listening.bind((host, sockets[0].getsockname()[1] if sockets else port))
            if not sockets and count > 1:
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            listening.listen(128)  # from here on a browser that is faster than the server waits instead of failing
        except OSError as error:
            for opened in (*sockets, listening):
                opened.close()
            raise UsageError(
                f"cannot listen on {host} port {port} ({error.strerror}); choose another with --port"
            ) from error
        sockets.append(listening)
    return sockets
