"""The record of the tests, and the real server on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from workbench_tales import XSS, Running, hostile, peaceful, running

from detente import Record


@pytest.fixture(scope="session")
def record_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbench") / "tales.detente"
    with Record(path) as record:
        record.add(*peaceful())
        for n, payload in enumerate(XSS):
            record.add(*hostile(n, payload))
    return path


@pytest.fixture(scope="session")
def server(record_path: Path) -> Iterator[Running]:
    with running(record_path) as found:
        yield found
