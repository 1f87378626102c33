"""Starting the server: on loopback without a token, elsewhere with one."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..errors import UsageError
from ..record import Record
from .app import make_app
from .safety import LOOPBACK, is_loopback


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
    welcome: bool = False,
    ready: Callable[[Served], None] | None = None,
) -> None:
    """Serves the record until it is stopped. `port` 0 takes any that is free; `ready` is told where.

    Raises RecordError when there is no record, and UsageError when the port cannot be had.
    """
    import uvicorn

    token = "" if is_loopback(host) else secrets.token_urlsafe(24)
    with Record(path, create=False) as record:
        listening = _listen(host, port)
        found = listening.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        if ready:
            ready(Served(f"http://{shown}:{found}/" + (f"?token={token}" if token else ""), token))
        app = make_app(record, token=token, hosts=(*LOOPBACK, host), welcome=welcome)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, lifespan="on", proxy_headers=False
        )
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)  # from here on a browser that is faster than the server waits instead of failing
    except OSError as error:
        listening.close()
        raise UsageError(
            f"cannot listen on {host} port {port} ({error.strerror}); choose another with --port"
        ) from error
    return listening
