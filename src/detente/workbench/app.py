"""The application: which address leads to which page."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ..errors import DetenteError, UsageError
from ..record import Record
from .deciding import decide
from .desk import HERE, Desk
from .manners import set_manner
from .pages import PAGES, PERSONAL
from .safety import LOOPBACK, Safety

THREADS = 4
"""Each has a connection to the record of its own; more would cost memory, and one core does not serve more at once."""
CACHE_KB = 8_000
"""Of SQLite, for each connection; what it does not hold, the system's own cache does."""


class Hex(Convertor[str]):
    """An id in an address: hex digits, so that what follows a dot is the ending."""

    regex = "[0-9a-f]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("hex", Hex())

View = Callable[[Desk, Request], Response]


def make_app(
    record: Record,
    *,
    token: str = "",
    hosts: Sequence[str] = LOOPBACK,
    fixed: str = "",
    welcome: bool = False,
    secret: bytes = b"",
) -> Starlette:
    """The workbench on `record` as an ASGI application. See `Safety` for `token` and `hosts`, `Desk` for `fixed` (a
    language) and `welcome`; several processes that serve one record share a `secret`."""
    routes: list[Any] = [Route(path, _endpoint(view), name=view.__name__) for path, view in PAGES]
    if not fixed:
        routes.append(Route("/claim/{id}/decide", decide, methods=["POST"]))
        routes.append(Route("/manner", set_manner, methods=["POST"]))
    routes.append(Mount("/static", Kept(directory=HERE / "static"), name="static"))
    app = Starlette(
        routes=routes,
        lifespan=_few_threads,
        middleware=[Middleware(Safety, token=token, hosts=hosts)],
        exception_handlers={404: _not_there},
    )
    record.store.cache_kb = CACHE_KB
    app.state.desk = Desk(record, fixed=fixed, welcome=welcome, secret=secret)
    return app


class Kept(StaticFiles):
    """Files that browsers may keep: their addresses change when they do."""

    async def get_response(self, path: str, scope: Any) -> Response:
        answer = await super().get_response(path, scope)
        if answer.status_code == 200:
            answer.headers["cache-control"] = "public, max-age=31536000, immutable"
        return answer


def _endpoint(view: View) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        try:
            return desk.answer(request, view, personal=view in PERSONAL)
        except UsageError as error:
            return desk.problem(request, "asked", str(error), status=400)
        except DetenteError as error:
            return desk.problem(request, "missing", str(error), status=404)

    return endpoint


async def _not_there(request: Request, error: Exception) -> Response:
    desk: Desk = request.app.state.desk
    make: Callable[..., Awaitable[Response]] = anyio.to_thread.run_sync
    message = str(desk.words(request)("problem.no_page_what"))
    return await make(lambda: desk.problem(request, "no_page", message, status=404))


@asynccontextmanager
async def _few_threads(app: Starlette) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    desk: Desk = app.state.desk
    threading.Thread(target=desk.warm_up, daemon=True).start()  # who asks meanwhile does not wait for it
    yield
