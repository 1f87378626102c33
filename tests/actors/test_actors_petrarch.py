"""PETRARCH dictionaries of our own making, read whole and used: by `Registry`, `detente code` and `detente read`."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.actors import Registry, find_actors
from detente.actors.petrarch import read_petrarch
from detente.cli import build_app
from detente.document import Document
from detente.language import parse

app = build_app()
FOLDER = Path(__file__).parent / "data" / "ruritania"
FILES = sorted(FOLDER.iterdir())


@pytest.fixture(scope="module")
def registry():
    return Registry.load([FOLDER])


def mentions(text, day, registry):
    return {r.text: r for r in find_actors(parse(Document.from_text(text, published=day)), registry).mentions}


def test_every_row_of_the_four_files_is_read():
    rows = [row for path in FILES for row in read_petrarch(path)]
    assert len(rows) == 5 + 3 + 2 + 5
    forms = {form for row in rows for form in row.forms}
    assert {"KINGDOM OF RURITANIA", "REALM OF RURITANIA", "STRELSAUER", "HALBERDIERS", "CHRONICLERS", "GLF"} <= forms
    assert sum(row.agent for row in rows) == 5
    assert {c for row in rows for c, _, _ in row.codes} >= {"RUR", "GRK", "IGOZEN", "MNCMINRUR", "NGOHLH", "MIL", "CRM"}


@pytest.mark.parametrize(
    ("text", "day", "phrase", "code"),
    [
        ("Ruritania recalled its envoy from Graustark.", "2011-05-05", "Ruritania", "RUR"),
        ("The Realm of Ruritania recalled its envoy.", "2011-05-05", "Realm of Ruritania", "RUR"),
        ("Strelsau warned Graustark.", "2011-05-05", "Strelsau", "RUR"),
        ("Black Michael warned Graustark.", "2011-05-05", "Black Michael", "RURGOV"),
        ("Black Michael warned Graustark.", "2014-05-05", "Black Michael", "RUROPP"),
        ("Black Michael warned Graustark.", "2001-05-05", "Black Michael", "RURELI"),
        ("Rupert Hentzau warned Graustark.", "2004-05-05", "Rupert Hentzau", "RURMIL"),
        ("Rupert Hentzau warned Graustark.", "2008-05-05", "Rupert Hentzau", "RURREB"),
        ("Rupert Hentzau warned Graustark.", "2020-05-05", "Rupert Hentzau", "RURELI"),
        ("Graustark asked the Zenda Compact for aid.", "2011-05-05", "Zenda Compact", "IGOZEN"),
        ("The ZC sent observers to Graustark.", "2011-05-05", "ZC", "IGOZEN"),
        ("The Blue Lancers shelled Strelsau.", "2011-05-05", "Blue Lancers", "RURREB"),
        ("The GLF signed a truce.", "2002-05-05", "GLF", "GRKREB"),
        ("The GLF signed a truce.", "2012-05-05", "GLF", "GRKOPP"),
        ("Graustark halberdiers crossed the border.", "2012-05-05", "Graustark halberdiers", "GRKMIL"),
    ],
)
def test_names_synsets_dates_and_agents_are_used(text, day, phrase, code, registry):
    assert mentions(text, day, registry)[phrase].code == code


def test_a_body_between_states_has_no_country(registry):
    found = mentions("Physicians of Zenda left Graustark. Tarlenheim Mining closed a pit.", "2011-05-05", registry)
    assert found["Physicians of Zenda"].country is None
    assert found["Tarlenheim Mining"].country is None


def test_code_uses_the_dictionaries_given_one_by_one():
    line = json.dumps({"id": "a", "date": "2011-05-05", "text": "Ruritania condemned Graustark over the raid."})
    options = [part for path in FILES for part in ("--actors", str(path))]
    result = CliRunner().invoke(app, ["code", "-", *options], input=line + "\n")
    assert result.exit_code == 0, result.output
    (event,) = json.loads(result.output)["events"]
    assert (event["source"], event["target"]) == ("RUR", "GRK")


def test_read_uses_the_folder_and_reads_again_when_it_changes(tmp_path):
    own = tmp_path / "actors"
    own.mkdir()
    (own / "mine.csv").write_text("name,country,role\nBorduria,BOR,GOV\nSyldavia,SYL,GOV\n")
    text = tmp_path / "news.txt"
    text.write_text("Borduria condemned Syldavia over the raid.\n")
    record = tmp_path / "r.detente"
    read = ["read", str(text), "-r", str(record), "--actors", str(own), "--json"]
    assert json.loads(CliRunner().invoke(app, read).output)["added"] == 1
    assert json.loads(CliRunner().invoke(app, read).output)["known"] == 1
    listed = CliRunner().invoke(app, ["actors", "-r", str(record), "--json"])
    assert {"BOR", "SYL"} <= {row["key"] for row in json.loads(listed.output)}
    (own / "mine.csv").write_text("name,country,role\nBorduria,BRD,GOV\nSyldavia,SYL,GOV\n")
    assert json.loads(CliRunner().invoke(app, read).output)["again"] == 1


def test_read_takes_the_view_of_a_contested_place(tmp_path):
    text = tmp_path / "news.txt"
    text.write_text("Ukraine condemned the arrests in Crimea.\n")
    countries = {}
    for view in ("code", "de-facto", "RUS"):
        record = tmp_path / f"{view}.detente"
        arguments = ["read", str(text), "-r", str(record), "--view", view]
        assert CliRunner().invoke(app, arguments).exit_code == 0
        from detente.record import Record

        with Record(record) as rec:
            places = [
                json.loads(r["payload"]) for r in rec.store.rows("SELECT payload FROM claims WHERE kind = 'place'")
            ]
        countries[view] = next(p["place"]["country"] for p in places if p["place"]["name"] == "Crimea")
        assert any("claimed by UKR and RUS" in p["place"]["reason"] for p in places)
    assert countries == {"code": "UKR", "de-facto": "RUS", "RUS": "RUS"}


def test_a_view_that_is_none_is_refused_before_reading(tmp_path):
    result = CliRunner().invoke(app, ["read", str(tmp_path), "-r", str(tmp_path / "r"), "--view", "everybody"])
    assert result.exit_code != 0
    assert "de-facto" in str(result.exception) + result.output


def test_a_name_of_the_users_is_meant_inside_a_longer_name(tmp_path):
    table = tmp_path / "own.txt"
    table.write_text("TARKANIDZE_ [KVAGOV]\nHALVORE_ [HLV]\n")
    found = mentions("Its head Nino Tarkanidze left for Halvore.", "2024-05-14", Registry.load([table]))
    assert found["Nino Tarkanidze"].code == "KVAGOV"


def test_a_missing_file_is_named(tmp_path):
    result = CliRunner().invoke(app, ["read", str(tmp_path), "-r", str(tmp_path / "r"), "--actors", "nowhere.csv"])
    assert result.exit_code != 0
    assert "nowhere.csv" in str(result.exception) + result.output
