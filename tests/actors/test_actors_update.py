"""`detente actors update` against a real local server that answers as the query service does, with answers of ours."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlparse

import pytest
from typer.testing import CliRunner

from detente.actors import Registry, find_actors
from detente.actors.wikidata import FILE, Asked, NoAnswer, update
from detente.cli import build_app
from detente.document import Document
from detente.language import parse


def term(number, name, iso, office, start, end=None):
    cells = {
        "person": f"http://www.wikidata.org/entity/Q{number}",
        "name": name,
        "iso": iso,
        "office": office,
        "start": start,
    }
    if end:
        cells["end"] = end
    return {k: {"type": "literal", "value": v} for k, v in cells.items()}


STATE = [
    term(9001, "Rudolf Elphberg", "RUR", "King of Ruritania", "1994-06-01T00:00:00Z", "2003-02-11T00:00:00Z"),
    term(9002, "Flavia Elphberg", "RUR", "Queen of Ruritania", "2003-02-11T00:00:00Z"),
    term(9003, "Otto Graustark", "GRK", "President of Graustark", "2001-01-01T00:00:00Z"),
    term(9003, "Otto Graustark", "GRK", "President of Graustark", "2001-01-01T00:00:00Z"),
    term(9004, "Nobody Dated", "GRK", "President of Graustark", "t1234567"),
]
ANSWERS = {
    "Q48352": STATE,
    "Q2285706": [],
    "Q7330070": [term(9005, "Fritz Tarlenheim", "RUR", "Foreign Minister", "2000-05-05T00:00:00Z")],
}


class Service(BaseHTTPRequestHandler):
    asked: ClassVar[list[tuple[str, dict[str, str]]]] = []
    busy = 0
    broken = ""

    def do_GET(self):
        query = parse_qs(urlparse(self.path).query)["query"][0]
        type(self).asked.append((query, dict(self.headers)))
        if type(self).busy:
            type(self).busy -= 1
            return self.answer(429, b"", {"Retry-After": "0"})
        if type(self).broken:
            return self.answer(200, type(self).broken.encode())
        kind = re.search(r"wd:(Q\d+)", query)[1]
        limit, offset = (int(re.search(rf"{word} (\d+)", query)[1]) for word in ("LIMIT", "OFFSET"))
        rows = ANSWERS[kind][offset : offset + limit]
        self.answer(200, json.dumps({"head": {}, "results": {"bindings": rows}}).encode())

    def answer(self, status, body, headers=()):
        self.send_response(status)
        for name, value in {**dict(headers), "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def endpoint():
    Service.asked, Service.busy, Service.broken = [], 0, ""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()
    thread.join()


def test_all_pages_are_fetched_written_and_used(endpoint, tmp_path):
    path, rows = update(tmp_path / "own", Asked(), endpoint=endpoint, page=2, pause=0)
    assert (path.name, rows) == (FILE, 4)
    assert len(Service.asked) == 3 + 1 + 1
    lines = path.read_text().splitlines()
    assert "Rudolf Elphberg,,RUR,head_of_state,King of Ruritania,1994-06-01,2003-02-11,GOV,Wikidata Q9001" in lines
    registry = Registry.load([tmp_path / "own"])
    assert registry.holder("head_of_state", "RUR", "1999-01-01").person == "Rudolf Elphberg"
    assert registry.holder("head_of_state", "RUR", "2010-01-01").person == "Flavia Elphberg"
    assert registry.holder("head_of_state", "FRA", "2010-01-01").person == "Nicolas Sarkozy"
    text = parse(Document.from_text("Fritz Tarlenheim left the talks.", published="2004-01-01"))
    (ref,) = find_actors(text, registry).mentions
    assert (ref.country, ref.office) == ("RUR", "Foreign Minister")


def test_the_service_is_asked_politely(endpoint, tmp_path):
    Service.busy = 2
    update(tmp_path, Asked(countries=("RUR", "GRK"), since=1995), endpoint=endpoint, pause=0)
    query, headers = Service.asked[-1]
    assert headers["User-Agent"].startswith("detente/")
    assert 'VALUES ?iso { "RUR" "GRK" }' in query
    assert "YEAR(?start) >= 1995" in query
    for part in ("p:P39", "ps:P39", "pq:P580", "pq:P582", "ORDER BY"):
        assert part in query


@pytest.mark.parametrize("broken", ["<html>login</html>", "{}", '{"results": null}'])
def test_what_is_no_answer_is_refused_and_the_old_table_stays(endpoint, tmp_path, broken):
    (tmp_path / FILE).write_text("person,country,since\nOld,RUR,1990\n")
    Service.broken = broken
    with pytest.raises(NoAnswer, match="SPARQL"):
        update(tmp_path, Asked(), endpoint=endpoint, pause=0)
    assert "Old" in (tmp_path / FILE).read_text()


def test_without_a_network_the_message_says_so(tmp_path):
    with pytest.raises(NoAnswer, match="needs a network"):
        update(tmp_path, Asked(), endpoint="http://127.0.0.1:9/sparql")


def test_the_command(endpoint, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    result = CliRunner().invoke(build_app(), ["actors", "update", "--endpoint", endpoint, "--country", "RUR", "--json"])
    assert result.exit_code == 0, result.output
    told = json.loads(result.output)
    assert Path(told["file"]) == tmp_path / "detente" / "actors" / FILE
    assert told["rows"] == 4
    wrong = CliRunner().invoke(build_app(), ["actors", "update", "--endpoint", endpoint, "--country", "Ruritania"])
    assert "three letters" in str(wrong.exception)
