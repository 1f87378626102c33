"""Where records are put: in files, and on a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres_server import Server, running


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def database(server: Server) -> str:
    """An empty database."""
    return server.new_database()


@pytest.fixture
def address(server: Server) -> str:
    """Where a record can be made: a schema of its own."""
    return server.address(schema=f"test{next(server.numbers)}")


Place = Path | str


def place_of(request: pytest.FixtureRequest, folder: Path) -> Place:
    if request.param == "file":
        return folder / "t.detente"
    server: Server = request.getfixturevalue("server")
    return server.address(schema=f"test{next(server.numbers)}")


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a record can be made: what holds of one in a file holds of one on a server."""
    return place_of(request, tmp_path)


@pytest.fixture(params=["file", "server"], scope="module")
def one_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The same for all tests of a module."""
    return place_of(request, tmp_path_factory.mktemp("place"))
