"""Who is who in dispatches of our own from Europe, Africa, Latin America, the Gulf and East Asia; codes of phrases."""

import csv
import dataclasses
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from detente.actors import find_actors
from detente.document import Document
from detente.language import parse, parse_many

DATA = Path(__file__).parent / "data"
PHRASES = 0.97
"""Share of phrases that must have their code; all had it when the table was written."""
PERSONS = 0.86
"""Share of persons of whom name, office, body, country and code must be right; .893 when the test was written."""


def rows(name):
    with (DATA / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def codes_of(parsed, text, start, end):
    who = find_actors(parsed)
    tokens = parsed.doc.char_span(start, end)
    return {r.code for r in who.at(tokens.root)} or {r.code for t in tokens for r in who.at(t)}


def test_phrases_have_their_codes():
    wanted = rows("phrases.csv")
    assert len(wanted) > 150
    texts = [r["sentence"].replace("[", "").replace("]", "") for r in wanted]
    parses = parse_many(Document.from_text(t, published="2024-05-01") for t in texts)
    wrong = []
    for row, text, parsed in zip(wanted, texts, parses, strict=True):
        start, end = row["sentence"].index("["), row["sentence"].index("]") - 1
        found = codes_of(parsed, text, start, end)
        if row["code"] not in found:
            wrong.append((row["sentence"], found))
    assert len(wrong) <= (1 - PHRASES) * len(wanted), wrong


@cache
def persons_of(article):
    text = (DATA / "articles" / f"{article}.txt").read_text(encoding="utf-8")
    document = Document.from_text(text, published="2025-06-01")
    document = dataclasses.replace(document, dateline_place=text.split(",")[0].title())
    found = defaultdict(list)
    for ref in find_actors(parse(document)).mentions:
        if ref.person:
            found[ref.person].append(ref)
    return found


def faults(row):
    """What is wrong with the best of the mentions of one person; empty where all is right."""
    best = ["name"]
    for ref in persons_of(row["article"]).get(row["person"], ()):
        wrong = [
            *(["office"] if row["office"].split(" ")[-1].lower() not in (ref.office or "").lower() else []),
            *(["body"] if row["body"].lower() not in (ref.body or "").lower() else []),
            *(["country"] if row["country"] != (ref.country or "") else []),
            *(["code"] if row["code"] and row["code"] != ref.code else []),
        ]
        best = min(best, wrong, key=lambda w: (len(w), w == ["name"])) if best != ["name"] else wrong
    return best


def test_persons_of_five_dispatches():
    wanted = rows("articles/persons.csv")
    assert len(wanted) > 100
    wrong = {r["person"]: faults(r) for r in wanted if faults(r)}
    assert len(wrong) <= (1 - PERSONS) * len(wanted), wrong


def test_every_person_is_found_by_name():
    wanted = rows("articles/persons.csv")
    assert [r["person"] for r in wanted if faults(r) == ["name"]] == []


def the(text, person, date="2024-05-01"):
    found = [r for r in find_actors(parse(Document.from_text(text, published=date))).mentions if r.person == person]
    assert found, text
    return found[0]


@pytest.mark.parametrize(
    ("text", "person", "office", "code"),
    [
        (
            "General Hossein Rastegar, commander of the Revolutionary Guards, spoke.",
            "Hossein Rastegar",
            "commander",
            "IRNMIL",
        ),
        ("Chadian Defence Minister General Idris Saleh resigned.", "Idris Saleh", "Defence Minister", "TCDGOV"),
        ("Mossad chief Eli Bar-Tal flew to Doha.", "Eli Bar-Tal", "chief", "ISRSPY"),
        ("NATO spokeswoman Clara Jensen said so.", "Clara Jensen", "spokeswoman", "IGOWSTNAT"),
        ("The president of Ghana's parliament, Kofi Adomako, spoke.", "Kofi Adomako", "president", "GHALEG"),
        ("Hungary's Peter Sandor asked for time.", "Peter Sandor", None, "HUN"),
        (
            "Canadian Foreign Minister Rose Tremblay met her Finnish counterpart, Aino Laine.",
            "Aino Laine",
            "Foreign Minister",
            "FINGOV",
        ),
        (
            "Former French foreign minister Dominique de Varenne spoke.",
            "Dominique de Varenne",
            "former foreign minister",
            "FRAELI",
        ),
        ("Brazilian Senator Rodrigo dos Santos Prado objected.", "Rodrigo dos Santos Prado", "Senator", "BRALEG"),
        (
            "The Chilean ambassador to the United Nations, Laura Fuentes, warned of war.",
            "Laura Fuentes",
            "ambassador",
            "CHLGOV",
        ),
    ],
)
def test_persons_by_construction(text, person, office, code):
    found = the(text, person)
    assert (found.office, found.code) == (office, code)


def test_a_capital_is_no_person():
    found = find_actors(parse(Document.from_text("Officials in Yerevan and Kiev denied it.", published="2012-01-01")))
    assert not any(r.person or r.text in {"Yerevan", "Kiev"} for r in found.mentions)


def test_the_head_of_a_body_is_not_the_head_of_state():
    text = "The president of Ecuador's National Assembly was robbed."
    found = find_actors(parse(Document.from_text(text, published="2025-06-01")))
    assert not any(r.person for r in found.mentions)


def test_each_outlet_party_and_body_has_a_row_of_its_own():
    from detente.actors.lookup import rows as table

    assert len({r["id"] for r in table("outlets.csv") if r["country"]}) > 400
    for name, key in (("outlets.csv", "id"), ("groups.csv", "id")):
        ids = [r[key] for r in table(name)]
        assert len(ids) == len(set(ids))
        assert all(r["source"] for r in table(name))
    assert all(len(r["country"]) == 3 for r in table("bodies.csv"))
