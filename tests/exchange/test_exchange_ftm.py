"""Actors as FollowTheMoney entities: schemas and properties as the model has them, ties that hold."""

import json

import pytest
from typer.testing import CliRunner

from detente.cli import build_app

PROPERTIES = {
    "Person": {"name", "alias", "country", "topics", "position"},
    "Organization": {"name", "alias", "country", "topics"},
    "PublicBody": {"name", "alias", "country", "topics"},
    "Company": {"name", "alias", "country", "topics"},
    "Position": {"name", "country", "organization"},
    "Occupancy": {"holder", "post", "startDate", "endDate", "date", "status", "sourceUrl"},
    "Membership": {"member", "organization", "date"},
}
"""Of the properties that FollowTheMoney 4 gives these schemas, those that we write."""


@pytest.fixture(scope="module")
def entities(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ftm")
    news = folder / "news.txt"
    news.write_text(
        "French President Nicolas Sarkozy met Ayse Demir, spokeswoman for the Turkish Foreign Ministry, on 4 May 2009.\n\n"
        "The IAEA and Hezbollah were not invited. Sarkozy told Reuters that Turkey would sign.\n"
    )
    record, out = folder / "r.detente", folder / "actors.ftm.jsonl"
    for arguments in (["read", str(news), "-r", str(record)], ["export", "actors", str(out), "-r", str(record)]):
        result = CliRunner().invoke(build_app(), arguments)
        assert result.exit_code == 0, result.output
    return {e["id"]: e for e in map(json.loads, out.read_text().splitlines())}


def test_every_entity_has_a_schema_of_the_model_and_its_properties(entities):
    for entity in entities.values():
        assert set(entity["properties"]) <= PROPERTIES[entity["schema"]]
        assert all(isinstance(v, list) and all(isinstance(x, str) for x in v) for v in entity["properties"].values())


def test_persons_bodies_and_offices_are_there(entities):
    schemas = {e["properties"]["name"][0]: e["schema"] for e in entities.values() if "name" in e["properties"]}
    assert schemas["Nicolas Sarkozy"] == "Person"
    assert schemas["Turkish Foreign Ministry"] == "PublicBody"
    assert schemas["International Atomic Energy Agency"] == "PublicBody"
    assert schemas["Hezbollah"] == "Organization"
    assert schemas["Turkish Foreign Ministry spokeswoman"] == "Position"


def test_ties_point_at_entities_that_are_there(entities):
    ties = [e for e in entities.values() if e["schema"] == "Occupancy"]
    assert len(ties) == 2
    for tie in ties:
        assert entities[tie["properties"]["holder"][0]]["schema"] == "Person"
        assert entities[tie["properties"]["post"][0]]["schema"] == "Position"


def test_countries_are_the_models_codes(entities):
    assert entities["person:nicolas-sarkozy"]["properties"]["country"] == ["fr"]


def test_what_has_no_actors_is_refused(tmp_path):
    record = tmp_path / "r.detente"
    news = tmp_path / "n.txt"
    news.write_text("Iran attacked Iraq.")
    CliRunner().invoke(build_app(), ["read", str(news), "-r", str(record)])
    result = CliRunner().invoke(build_app(), ["export", "events", str(tmp_path / "x.ftm.jsonl"), "-r", str(record)])
    assert result.exit_code != 0
    assert "ftm holds actors" in str(result.exception)
