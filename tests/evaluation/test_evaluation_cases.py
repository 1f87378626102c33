"""Cases: what counts as right, what does not, and what the command prints."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from detente.claims import (
    ActorMention,
    ActorRef,
    Agreement,
    Attribution,
    Claims,
    DateMention,
    DateRef,
    Event,
    PlaceRef,
    PlanProposal,
    Position,
    Stance,
)
from detente.cli import build_app
from detente.document import Document, Span
from detente.errors import UsageError
from detente.evaluation import case_scores, cases
from detente.evaluation.matching import is_named, locate, same_body, same_date, same_name, same_office, same_outlet

TEXT = (
    "Norway's Foreign Minister Kari Berg signed a fisheries accord with Peru in Lima on May 3, 2016. "
    '"We will keep our word," Berg told the ABC News agency. Peru may leave the accord.'
)
DOCUMENT = Document.from_text(TEXT)
NOR, PER = ActorRef(text="Norway", country="NOR"), ActorRef(text="Peru", country="PER")
BERG = ActorRef(
    text="Kari Berg",
    person="Kari Berg",
    country="NOR",
    office="Foreign Minister",
    body="Norwegian Ministry of Foreign Affairs",
)
EVIDENCE = "Kari Berg signed a fisheries accord with Peru"


def span(words: str) -> Span:
    return locate(TEXT, words)[0]


def event(**changes) -> Event:
    parts = {
        "document": DOCUMENT.id,
        "span": span(EVIDENCE),
        "trigger": span("signed"),
        "type": "AGREE",
        "actors": (BERG,),
        "recipients": (PER,),
        "date": DateRef(value="2016-05-03"),
    }
    return Event(**{**parts, **changes})


def claims(**kinds) -> Claims:
    return Claims(DOCUMENT.id, **kinds)


EXPECTED_EVENT = {
    "evidence": EVIDENCE,
    "actor": ["NOR"],
    "target": ["PER"],
    "plover": "AGREE",
    "date": "2016-05-03",
    "status": "done",
}


def score_event(expected=EXPECTED_EVENT, **changes):
    (item,) = case_scores.score_events([expected], DOCUMENT, claims(events=(event(**changes),)))
    return item


def test_an_event_is_right_by_type_actors_and_date():
    assert score_event().right
    assert not score_event(type="CONSULT").right
    assert not score_event(actors=(PER,), recipients=(NOR,)).right
    assert not score_event(actors=(BERG, PER)).right
    assert not score_event(date=None).right
    assert not score_event(date=DateRef(value="2016-05-04")).right


def test_status_and_place_are_told_but_decide_nothing():
    item = score_event({**EXPECTED_EVENT, "place": "Lima"}, status="planned", place=PlaceRef(name="Oslo"))
    assert item.right
    assert item.parts["status"] is False
    assert item.parts["place"] is False


def test_a_mutual_event_may_have_its_sides_either_way():
    turned = {"actors": (PER,), "recipients": (NOR,)}
    assert score_event({**EXPECTED_EVENT, "reciprocal": True}, **turned).right


def test_other_accepted_types_are_named_by_also_or_by_the_note():
    assert score_event({**EXPECTED_EVENT, "also": ["SUPPORT"]}, type="SUPPORT").right
    note = "no type of its own, so COOPERATE and SUPPORT are accepted too"
    assert score_event({**EXPECTED_EVENT, "note": note}, type="COOPERATE").right
    assert not score_event({**EXPECTED_EVENT, "note": "not a case of SUPPORT"}, type="SUPPORT").right


def test_an_event_elsewhere_in_the_text_is_not_the_expected_one():
    assert score_event(trigger=span("leave"), span=span("Peru may leave the accord")).found == "nothing"


def test_one_event_serves_one_expectation():
    items = case_scores.score_events([EXPECTED_EVENT, EXPECTED_EVENT], DOCUMENT, claims(events=(event(),)))
    assert sorted(item.right for item in items) == [False, True]


def test_evidence_that_is_not_in_the_text_is_a_miss_that_says_so():
    item = score_event({**EXPECTED_EVENT, "evidence": "Berg refused"})
    assert not item.right
    assert "not in the text" in item.found


def test_a_not_event_is_wrong_when_recorded_as_done():
    leave = event(trigger=span("leave"), span=span("Peru may leave the accord"), type="RETREAT")
    planned = event(trigger=span("leave"), span=span("Peru may leave the accord"), status="hypothetical")
    for found, right in ((leave, False), (planned, True)):
        (item,) = case_scores.score_not_events(["Peru may leave the accord"], DOCUMENT, claims(events=(found,)))
        assert item.right is right


def attribution(**changes) -> Attribution:
    parts = {
        "document": DOCUMENT.id,
        "span": span("We will keep our word"),
        "content": (span("We will keep our word"),),
        "speakers": (BERG,),
        "quote": "direct",
        "via": (ActorRef(text="the ABC News agency", id="outlet:abc", name="ABC"),),
    }
    return Attribution(**{**parts, **changes})


EXPECTED_STATEMENT = {"speaker": "Kari Berg", "via": "ABC", "kind": "direct", "content": "We will keep our word,"}


def score_statement(expected=EXPECTED_STATEMENT, **changes):
    return case_scores.score_statements([expected], DOCUMENT, claims(attributions=(attribution(**changes),)))[0]


def test_a_statement_is_right_by_speaker_and_via():
    assert score_statement().right
    assert not score_statement(speakers=(PER,)).right
    assert not score_statement(speakers=()).right
    assert not score_statement(via=()).right
    assert score_statement({**EXPECTED_STATEMENT, "via": None}, via=()).right
    assert not score_statement({**EXPECTED_STATEMENT, "via": None}).right
    assert not score_statement({**EXPECTED_STATEMENT, "speaker": None}).right
    assert score_statement({**EXPECTED_STATEMENT, "speaker": None}, speakers=()).right


def test_a_statement_with_other_words_is_not_the_expected_one():
    assert score_statement(content=(span("a fisheries accord with Peru in Lima"),)).found == "nothing"


def test_stances_of_a_statement():
    stance = Stance(document=DOCUMENT.id, span=span("keep our word"), topic="our word", side="favour")
    expected = {**EXPECTED_STATEMENT, "stances": [{"topic": "keeping one's word", "stance": "favour"}]}
    found = claims(attributions=(attribution(),), stances=(stance,))
    _statement, item = case_scores.score_statements([expected], DOCUMENT, found)
    assert item.kind == "stances"
    assert item.right


def test_a_person_needs_office_body_and_country_in_one_mention():
    expected = {
        "text": "Kari Berg",
        "office": "Minister of Foreign Affairs",
        "body": "Foreign Ministry",
        "country": "NOR",
    }
    mention = ActorMention(document=DOCUMENT.id, span=span("Kari Berg"), actor=BERG)
    bare = ActorMention(document=DOCUMENT.id, span=span("Berg"), actor=ActorRef(text="Berg", country="NOR"))
    assert case_scores.score_actors([expected], claims(actors=(mention, bare)))[0].right
    (item,) = case_scores.score_actors([expected], claims(actors=(bare,)))
    assert not item.right
    assert item.parts == {"office": False, "body": False, "country": True}


def test_dates_agreements_and_plans():
    found = claims(
        dates=(DateMention(document=DOCUMENT.id, span=span("May 3, 2016"), value="2016-05-03"),),
        agreements=(
            Agreement(
                document=DOCUMENT.id,
                span=span("accord"),
                parties=(NOR, PER),
                signatories=(BERG,),
                sectors=("fisheries",),
                date=DateRef(value="2016-05-03"),
                place=PlaceRef(name="Lima"),
            ),
        ),
        plans=(
            PlanProposal(
                document=DOCUMENT.id,
                span=span("accord"),
                name="fisheries plan",
                proposed_by=(NOR,),
                positions=(Position(party=PER, side="oppose", evidence=span("leave")),),
            ),
        ),
    )
    dates = case_scores.score_dates(
        [{"text": "May 3", "value": "2016-05-03"}, {"text": "May 3", "value": "2016-05-04"}], DOCUMENT, found
    )
    assert [item.right for item in dates] == [True, False]
    agreement = {
        "parties": ["PER", "NOR"],
        "signatories": ["Kari Berg"],
        "sectors": ["fisheries"],
        "date": "2016-05-03",
        "place": "Lima",
    }
    assert case_scores.score_agreements([agreement], found)[0].right
    assert not case_scores.score_agreements([{**agreement, "sectors": ["fisheries", "trade"]}], found)[0].right
    plan = {
        "name": "the fisheries plan",
        "proposed_by": "NOR",
        "positions": [{"party": "PER", "stance": "oppose"}, {"party": "CHL", "stance": "neutral"}],
    }
    assert case_scores.score_plans([plan], found)[0].right
    wrong = {**plan, "positions": [{"party": "PER", "stance": "favour"}]}
    assert not case_scores.score_plans([wrong], found)[0].right


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (lambda: same_name("Kari Berg", "Berg"), lambda: same_name("Kari Berg", "Kari Holm")),
        (lambda: same_office("Foreign Minister", "Minister of Foreign Affairs"), lambda: same_office("Minister", None)),
        (lambda: same_office("general", "former general"), lambda: same_office("former general", "general")),
        (lambda: same_body("State Department", "U.S. State Department"), lambda: same_body("US Senate", "US House")),
        (lambda: same_body("Defence Ministry", "Ministry of Defense"), lambda: same_body("Army", "Navy")),
        (lambda: same_date("2016-05-03", "2016-05-03T10:00"), lambda: same_date("2016-05-03", "2016-05")),
        (
            lambda: same_outlet("TASS", ActorRef(text="the Tass news agency")),
            lambda: same_outlet("TASS", ActorRef(text="IRNA")),
        ),
        (
            lambda: is_named("the Peruvian army", ActorRef(text="Peruvian army")),
            lambda: is_named("Peru", ActorRef(text="Chile")),
        ),
    ],
)
def test_what_counts_as_the_same(right, wrong):
    assert right()
    assert not wrong()


# --- files and the command ----------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    case = tmp_path / "lima"
    case.mkdir()
    (case / "dispatch.txt").write_text(TEXT)
    (case / "expected.json").write_text(
        json.dumps({"events": [EXPECTED_EVENT], "dates": [], "reference_date": "2016-05-04"})
    )
    (tmp_path / "oslo.txt").write_text("Nothing happened in Oslo.")
    (tmp_path / "oslo.expected.json").write_text(json.dumps({"not_events": ["Nothing happened"]}))
    return tmp_path


def test_both_layouts_of_cases_are_found(folder):
    assert [case.name for case in cases.load_cases(folder)] == ["lima", "oslo"]


def test_malformed_expectations_name_file_and_entry(folder):
    (folder / "oslo.expected.json").write_text(json.dumps({"events": [{"plover": "AGREE"}]}))
    with pytest.raises(UsageError, match=r"oslo\.expected\.json: entry 1 of 'events' lacks 'evidence'"):
        cases.load_cases(folder)
    (folder / "oslo.expected.json").write_text("{")
    with pytest.raises(UsageError, match="not JSON"):
        cases.load_cases(folder)
    (folder / "oslo.txt").unlink()
    with pytest.raises(UsageError, match="no dispatch beside it"):
        cases.load_cases(folder)


def test_no_cases_is_an_error(tmp_path):
    with pytest.raises(UsageError, match="no cases"):
        cases.load_cases(tmp_path)
    with pytest.raises(UsageError, match="no such folder"):
        cases.load_cases(tmp_path / "none")


def test_the_command_prints_totals_and_minds_the_floor(folder):
    runner = CliRunner()
    result = runner.invoke(build_app(), ["evaluate", "cases", str(folder)])
    assert result.exit_code == 0, result.output
    assert "not-events found as done: 0 of 1" in result.output
    result = runner.invoke(build_app(), ["evaluate", "cases", str(folder), "--json", "--floor", "0"])
    report = json.loads(result.output)
    assert report["n"] == 2
    assert {m["name"] for m in report["measures"]} == {cases.HEADLINES["events"], cases.HEADLINES["not_events"]}
    (folder / "oslo.expected.json").write_text(json.dumps({"dates": [{"text": "Oslo", "value": "1999"}]}))
    result = runner.invoke(build_app(), ["evaluate", "cases", str(folder), "--floor", "1"])
    assert result.exit_code == 1
