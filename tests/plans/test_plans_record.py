"""Claims of a record attached to plans: by rule, by decision, by suggestion; and drafts from text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.claims import ActorRef, Attribution, Claim, DateRef, Event, PlanProposal, Position, Stance
from detente.cli import build_app
from detente.document import Document, Span
from detente.plans import dumps, loads
from detente.plans.attach import attach, suggest
from detente.plans.draft import draft, proposals
from detente.plans.evidence import evidence, from_record
from detente.plans.status import status
from detente.record import Record

TEXT = (
    "Inspectors of the Observer Mission said Arcadia withdrew its guns from the border on 3 May 2030. "
    "Lydia denied that any guns were gone. "
    "A ladder plan, put forward by Caria on 2 May, foresees that Arcadia withdraws its guns. In return the sanctions would be eased gradually. "
    "Arcadia welcomed the ladder plan. Lydia turned it down."
)
DOCUMENT = Document.from_text(TEXT, published="2030-05-04", outlet="Daily Courier", source="courier.txt")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def actor(text: str, key: str) -> ActorRef:
    return ActorRef(text=text, span=span(text), id=key, name=text, country=key if len(key) == 3 else None)


ARC, LYD, CAR = actor("Arcadia", "ARC"), actor("Lydia", "LYD"), actor("Caria", "CAR")
OBS = ActorRef(text="Observer Mission", id="OBS", name="Observer Mission", role="IGO")
WITHDREW = Event(
    document=DOCUMENT.id,
    span=span("Arcadia withdrew its guns from the border"),
    type="COOPERATE",
    cameo="087",
    actors=(ARC,),
    according_to=(OBS,),
    date=DateRef(value="2030-05-03"),
)
DENIED = Attribution(
    document=DOCUMENT.id,
    span=span("Lydia denied that any guns were gone"),
    content=(span("any guns were gone"),),
    speakers=(LYD,),
    colour="denies",
)
PROPOSAL = PlanProposal(
    document=DOCUMENT.id,
    span=span("A ladder plan, put forward by Caria on 2 May"),
    name="ladder plan",
    proposed_by=(CAR,),
    announced_on=DateRef(value="2030-05-02"),
    parties=(ARC, OBS),
    gives=(span("Arcadia withdraws its guns"),),
    gets=(span("the sanctions would be eased gradually"),),
    mechanism="Arcadia withdraws its guns; in return the sanctions would be eased gradually",
    positions=(
        Position(party=CAR, side="favour", evidence=span("put forward by Caria")),
        Position(party=ARC, side="favour", evidence=span("Arcadia welcomed the ladder plan")),
        Position(party=LYD, side="oppose", evidence=span("Lydia turned it down")),
    ),
)
CLAIMS: list[tuple[Document, Claim]] = [(DOCUMENT, WITHDREW), (DOCUMENT, DENIED), (DOCUMENT, PROPOSAL)]

PLAN = """
plan: ladder-plan
status_of_text: in force
parties: {ARC: Arcadia, LYD: Lydia, CAR: Caria}
verifiers: {OBS: Observer Mission}
pairs:
  1:
    give: {who: ARC, does: withdraw guns from the border, verify: OBS, match: [{by: OBS, actor: ARC, topic: withdraw guns}]}
    get: {who: LYD, does: open the road, kind: lift}
"""


def test_rules_attach_claims_with_their_words_and_spans() -> None:
    plan = loads(PLAN)
    found = attach(plan, list(evidence(CLAIMS)))
    by_rule = [a for a in found if a.because == "rule of 1.give"]
    assert [r.by for a in by_rule for r in a.reports] == ["OBS"]
    report = by_rule[0].reports[0]
    assert (report.says, report.date, report.since) == ("done", "2030-05-04", "2030-05-03")
    start, end = map(int, report.span.split("-"))
    assert TEXT[start:end] == report.words == "Arcadia withdrew its guns from the border"
    result = status(plan, report_list(found), as_of="2030-05-05")
    assert result.state("1.give") == "met"
    assert str(result.steps["1.give"].since) == "2030-05-03"
    assert {s: v.state for s, v in result.stands.items()} == {"CAR": "proposed", "ARC": "supports", "LYD": "rejected"}


def report_list(found: object) -> list[object]:
    return [r for a in found for r in a.reports]  # type: ignore[attr-defined]


def test_what_fits_no_rule_is_suggested_best_first() -> None:
    plan = loads(PLAN.replace(", match: [{by: OBS, actor: ARC, topic: withdraw guns}]", ""))
    suggestions = suggest(plan, list(evidence(CLAIMS)))
    assert suggestions[0].evidence.id == WITHDREW.id
    assert suggestions[0].clause == "1.give"
    assert "gun" in suggestions[0].because
    assert [s.score for s in suggestions] == sorted((s.score for s in suggestions), reverse=True)


def test_a_persons_decision_stands_whatever_the_rules_say() -> None:
    decision = f"decisions:\n  - {{date: 2030-05-06, person: A. Reader, claim: {WITHDREW.id}, about: 1.give, verdict: reject, reason: other guns}}\n"
    plan = loads(PLAN + decision)
    assert not [a for a in attach(plan, list(evidence(CLAIMS))) if a.evidence.id == WITHDREW.id]
    assert not [
        s for s in suggest(plan, list(evidence(CLAIMS))) if s.evidence.id == WITHDREW.id and s.clause == "1.give"
    ]
    decision = f"decisions:\n  - {{date: 2030-05-06, person: A. Reader, claim: {DENIED.id}, about: 1.give, says: not done, reason: Lydia speaks of the same guns}}\n"
    attached = [a for a in attach(loads(PLAN + decision), list(evidence(CLAIMS))) if a.evidence.id == DENIED.id]
    assert attached[0].because == "decision of A. Reader: Lydia speaks of the same guns"
    assert attached[0].reports[0].says == "not done"


def test_a_record_file_gives_the_same_and_what_was_rejected_there_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "r.detente"
    with Record(path) as record:
        record.add(DOCUMENT, [c for _, c in CLAIMS])
    plan = loads(PLAN)
    assert attach(plan, list(evidence(from_record(path)))) == attach(plan, list(evidence(CLAIMS)))
    with Record(path) as record:
        record.reject(WITHDREW.id, "A. Reader", "misread")
    assert not [a for a in attach(plan, list(evidence(from_record(path)))) if a.because == "rule of 1.give"]


def test_the_command_reads_the_record_and_keeps_a_decision(tmp_path: Path) -> None:
    record_file, plan_file = tmp_path / "r.detente", tmp_path / "p.yaml"
    with Record(record_file) as record:
        record.add(DOCUMENT, [c for _, c in CLAIMS])
    plan_file.write_text(PLAN)
    run = CliRunner()
    arguments = ["plan", "status", str(plan_file), "--record", str(record_file), "--as-of", "2030-05-05", "--json"]
    first = json.loads(run.invoke(build_app(), arguments).output)
    assert first["steps"]["1.give"]["state"] == "met"
    decide = [
        "plan",
        "decide",
        str(plan_file),
        "--claim",
        WITHDREW.id,
        "--clause",
        "1.give",
        "--reject",
        "--by",
        "A. Reader",
        "--reason",
        "other guns",
    ]
    assert run.invoke(build_app(), decide).exit_code == 0
    second = json.loads(run.invoke(build_app(), [*arguments, "--suggest", "3"]).output)
    assert second["steps"]["1.give"]["state"] == "due"
    assert all(s["evidence"]["id"] != WITHDREW.id for s in second["suggestions"])
    drafted = run.invoke(build_app(), ["plan", "draft", str(record_file)])
    assert loads(drafted.output).proposed == draft(DOCUMENT, PROPOSAL).proposed


def test_stances_count_as_positions_by_a_rule_of_the_person() -> None:
    stance = Stance(
        document=DOCUMENT.id, span=span("Lydia turned it down"), holders=(LYD,), topic="ladder plan", side="oppose"
    )
    (item,) = evidence([(DOCUMENT, stance)])
    assert (item.by, item.says) == (("LYD",), "rejected")


def test_a_draft_says_what_the_text_says_and_marks_what_it_does_not() -> None:
    ((document, proposal),) = proposals(CLAIMS)
    plan = draft(document, proposal)
    assert loads(dumps(plan)) == plan
    assert plan.proposed and plan.proposed.by == ("CAR",) and plan.proposed.date == "2030-05-02"
    row = plan.pairs["1"]
    assert row.give[0].who == ("ARC",)
    assert row.get[0].who == ("not_stated",)
    assert row.get[0].mode == "gradual"
    assert [str(e) for e in row.get[0].effect] == ["ease sanctions"]
    assert {"verifiers", "snapback", "disputes", "deadlines"} <= set(plan.not_stated)
    assert "OBS" in plan.others
    found = status(plan, as_of="2030-05-05")
    assert {s: v.state for s, v in found.stands.items()} == {"CAR": "proposed", "ARC": "supports", "LYD": "rejected"}
    for stand in found.stands.values():
        report = found.reports[stand.claims[0]]
        start, end = map(int, report.span.split("-"))
        assert TEXT[start:end] == report.words
    assert found.state("1.give") == "not yet due"


def test_a_proposal_with_nothing_in_it_still_makes_a_plan() -> None:
    bare = PlanProposal(document=DOCUMENT.id, span=Span(0, 5))
    plan = draft(DOCUMENT, bare)
    assert plan.pairs["1"].give[0].uncertain == "not stated"
    assert "what is given" in plan.not_stated


def test_an_undated_text_is_known_from_the_first() -> None:
    document = Document.from_text(TEXT)
    plan = draft(document, PROPOSAL)
    assert status(plan, as_of="2030-05-05").state("plan.LYD") == "rejected"


DISPATCH = Path(__file__).parents[3] / "shared" / "cases" / "moscow-2011" / "dispatch.txt"


@pytest.mark.skipif(not DISPATCH.exists(), reason="../shared/cases is not here")
def test_the_founding_dispatch_gives_a_plan_with_its_positions() -> None:
    from detente import read

    document = Document.from_text(DISPATCH.read_text(), published="2011-11-12")
    found = proposals((document, claim) for claim in read(document))
    assert found
    plan = draft(*found[0])
    assert plan.proposed and (plan.proposed.by, plan.proposed.date) == (("RUS",), "2011-07-13")
    result = status(plan, as_of="2011-11-12")
    assert {id: s.state for id, s in result.stands.items()} == {
        "RUS": "proposed",
        "IRN": "supports",
        "WEST": "rejected",
        "CHN": "neutral",
    }
    assert (plan.plan, plan.proposed.announced_by) == ("step-by-step-framework", "Sergei Lavrov")
    assert {r.key for r in found[0][1].parties} == {"IRN", "IAEA", "WEST"}
    for stand in result.stands.values():
        report = result.reports[stand.claims[0]]
        start, end = map(int, report.span.split("-"))
        assert " ".join(document.text[start:end].split()) == report.words
    assert result.reports[result.stands["WEST"].claims[0]].words == "The West rejected that plan"
    assert plan.pairs["1"].give[0].who == ("IRN",)
    assert plan.pairs["1"].get[0].mode == "gradual"
    assert {"deadlines", "verifiers", "snapback"} <= set(plan.not_stated)
