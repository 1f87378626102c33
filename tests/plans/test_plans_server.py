"""Plans beside a record on PostgreSQL: drafted, tracked and searched as beside a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.cli import build_app
from detente.plans import asked, dumps
from detente.plans.draft import actors_in, dates_in, draft, proposals
from detente.record import Record

sys.path.insert(0, str(Path(__file__).parents[1] / "record"))
from postgres_server import Server, running

TEXT = (
    "Geneva, 3 May 2019\n\nSwitzerland put forward a step-by-step plan on Friday. Under the plan, Venezuela would free 80 "
    "prisoners. In return, the European Union would suspend its oil embargo within 30 days.\n\nCuba supports the plan.\n"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


def test_a_draft_from_a_server_is_the_draft_from_a_file(server: Server, tmp_path: Path) -> None:
    text = tmp_path / "plan.txt"
    text.write_text(TEXT, encoding="utf-8")
    places = [tmp_path / "t.detente", server.address(schema="plans")]
    drafts = []
    for place in places:
        with Record(place) as record:
            record.read([text])
        claims = asked.testimony(place)
        document, proposal = proposals(claims)[0]
        drafts.append(dumps(draft(document, proposal, actors_in(claims, document), dates_in(claims, document))))
    assert drafts[0] == drafts[1]
    assert "VEN" in drafts[0] and "suspend" in drafts[0]

    out = tmp_path / "first.plan.yaml"
    app = build_app()
    made = CliRunner().invoke(app, ["plan", "draft", str(places[1]), "-o", str(out)])
    assert made.exit_code == 0, made.output
    assert out.read_text(encoding="utf-8") == drafts[1]
    command = ["plan", "status", str(out), "--record", str(places[1]), "--as-of", "2019-05-04", "--json"]
    told = CliRunner().invoke(app, command)
    assert told.exit_code == 0, told.output
    assert json.loads(told.output)["stands"]["CUB"]["state"] == "supports"


def test_what_is_no_record_is_told_apart(tmp_path: Path) -> None:
    assert asked.is_record("postgresql://ana@nowhere.invalid/news")
    (tmp_path / "a.txt").write_text("A text.", encoding="utf-8")
    assert not asked.is_record(tmp_path / "a.txt")
