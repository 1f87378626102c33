"""Starting the server: on loopback without a token, elsewhere with one; several processes where that serves faster."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    for extra in sockets[1:]:
        if os.fork() == 0:
            os.close(lifeline[1])
            _run(path, extra, options, lifeline[0])
            os._exit(0)
    _run(path, sockets[0], options, None)


def _workers(asked: int | None) -> int:
    if not sys.platform.startswith("linux"):
        return 1
    return asked or min(MOST_WORKERS, len(os.sched_getaffinity(0)))


def _run(path: str | Path, listening: socket.socket, options: dict[str, Any], lifeline: int | None) -> None:
    """One process. Another than the first ends when the first does: its end of the pipe `lifeline` closes then."""
    import uvicorn

    with Record(path, create=False) as record:
        config = uvicorn.Config(
            make_app(record, **options),
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="on",
            proxy_headers=False,
        )
        server = uvicorn.Server(config)
        if lifeline is not None:
            threading.Thread(target=_end_with_the_first, args=(server, lifeline), daemon=True).start()
        server.run(sockets=[listening])


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
