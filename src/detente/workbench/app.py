"""The application: which address leads to which page."""

from __future__ import annotations

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
from .pages import PAGES
from .safety import LOOPBACK, Safety

THREADS = 4
"""Each has a connection to the record of its own; more would cost memory, and one core does not serve more at once."""


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
    record: Record, *, token: str = "", hosts: Sequence[str] = LOOPBACK, fixed: bool = False, welcome: bool = False
) -> Starlette:
    """The workbench on `record` as an ASGI application. See `Safety` for `token` and `hosts`, `Desk` for `fixed` and `welcome`."""
    routes: list[Any] = [Route(path, _endpoint(view), name=view.__name__) for path, view in PAGES]
    if not fixed:
        routes.append(Route("/claim/{id}/decide", decide, methods=["POST"]))
    routes.append(Mount("/static", Kept(directory=HERE / "static"), name="static"))
    app = Starlette(
        routes=routes,
        lifespan=_few_threads,
        middleware=[Middleware(Safety, token=token, hosts=hosts)],
        exception_handlers={404: _not_there},
    )
    app.state.desk = Desk(record, fixed=fixed, welcome=welcome)
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
            return view(desk, request)
        except UsageError as error:
            return desk.page(request, "problem.html", status=400, title="That cannot be asked", message=str(error))
        except DetenteError as error:
            return desk.page(request, "problem.html", status=404, title="Not on record", message=str(error))

    return endpoint


async def _not_there(request: Request, error: Exception) -> Response:
    desk: Desk = request.app.state.desk
    make: Callable[..., Awaitable[Response]] = anyio.to_thread.run_sync
    return await make(
        lambda: desk.page(
            request,
            "problem.html",
            status=404,
            title="There is no such page",
            message="Look for it by words, or start at the overview.",
        )
    )


@asynccontextmanager
async def _few_threads(app: Starlette) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield
