"""Status: states, viewpoints, supersession, ledger, powers, what is owed, and what never changes it."""

from __future__ import annotations

import dataclasses
import json
import random
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.plans import Plan, Report, dumps, loads
from detente.plans.argue import grounded
from detente.plans.checks import CODES, check
from detente.plans.comparing import compare_findings, compare_plans, compare_status
from detente.plans.ledger import Entry, balance
from detente.plans.library import names, open_plan
from detente.plans.model import Measure
from detente.plans.scenarios import run
from detente.plans.standing import standing, with_ids
from detente.plans.status import status

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "plans" / "snapback_2025_views.json"

PLAN = """
plan: swap
status_of_text: in force
parties: {ARC: Arcadia, LYD: Lydia}
verifiers: {OBS: Observers}
measures:
  oil: {what: oil embargo, by: LYD, against: ARC}
days: {signed: 2020-01-01}
pairs:
  1:
    give: {who: ARC, does: withdraw guns, verify: OBS, amount: 30 guns, due: signed + 30 days, grace: 5 days}
    get: {who: LYD, does: suspend the embargo, kind: lift, effect: suspend oil, due: 1.give + 20 days}
  2:
    give: {who: ARC, does: keep away from the border, kind: forbear, for: 90 days, verify: OBS}
    get: {who: LYD, does: end the embargo, kind: lift, effect: terminate oil}
powers:
  back: {kind: snapback, who: LYD, after: 10 days, unless: stay, effect: restore oil, until: signed + 1 year}
"""
PLAN = PLAN.replace(
    "days: {signed: 2020-01-01}", "days: {signed: 2020-01-01, stay: {what: observers stop it, by: OBS}}"
)


def said(day: str, by: str, about: str, says: str, **more: object) -> Report:
    return Report(date=day, by=by, about=(about,), says=says, **more)  # type: ignore[arg-type]


def state(claims: list[Report], as_of: str, what: str, view: str = "argued", text: str = PLAN) -> str:
    return status(loads(text), claims, as_of=as_of, according_to=view).state(what)


DONE = [said("2020-01-20", "ARC", "1.give", "done")]
VERIFIED = [*DONE, said("2020-01-25", "OBS", "1.give", "verified")]
LIFTED = [*VERIFIED, said("2020-02-05", "LYD", "1.get", "done")]
KEPT = [*LIFTED, said("2020-02-10", "ARC", "2.give", "begun"), said("2020-03-01", "OBS", "2.give", "kept")]


@pytest.mark.parametrize(
    ("claims", "as_of", "what", "expected"),
    [
        ([], "2020-01-10", "1.give", "due"),
        ([], "2020-01-10", "1.get", "not yet due"),
        ([], "2020-02-05", "1.give", "due"),
        ([], "2020-02-06", "1.give", "breached"),
        ([said("2020-01-20", "OBS", "1.give", "excused")], "2020-03-01", "1.give", "due"),
        ([said("2020-01-20", "LYD", "1.give", "waived")], "2020-03-01", "1.give", "lapsed"),
        ([said("2020-01-20", "LYD", "1.give", "extended", until="2020-04-01")], "2020-03-01", "1.give", "due"),
        (DONE, "2020-01-21", "1.give", "claimed"),
        (VERIFIED, "2020-01-26", "1.give", "met"),
        (VERIFIED, "2020-01-26", "1.get", "due"),
        (VERIFIED, "2020-01-24", "1.give", "claimed"),
        (VERIFIED, "2020-02-20", "1.get", "breached"),
        (LIFTED, "2020-02-06", "oil", "suspended"),
        (LIFTED, "2020-02-04", "oil", "in force"),
        ([*DONE, said("2020-01-24", "LYD", "1.give", "not done")], "2020-01-25", "1.give", "disputed"),
        ([*DONE, said("2020-01-24", "OBS", "1.give", "not done")], "2020-01-25", "1.give", "due"),
        ([*DONE, said("2020-01-24", "OBS", "1.give", "not done")], "2020-03-01", "1.give", "breached"),
        ([*VERIFIED, said("2020-03-01", "OBS", "1.give", "reversed")], "2020-03-02", "1.give", "reversed"),
        (KEPT, "2020-03-02", "2.give", "verified"),
        (KEPT, "2020-05-12", "2.give", "met"),
        ([*KEPT, said("2020-03-05", "OBS", "2.give", "breached")], "2020-03-06", "2.give", "breached"),
        (VERIFIED, "2020-01-26", "back", "not used"),
        ([*LIFTED, said("2020-03-01", "LYD", "back", "invoked")], "2020-03-05", "back", "pending"),
        ([*LIFTED, said("2020-03-01", "LYD", "back", "invoked")], "2020-03-11", "oil", "restored"),
        (
            [*LIFTED, said("2020-03-01", "LYD", "back", "invoked"), said("2020-03-04", "OBS", "stay", "done")],
            "2020-03-20",
            "back",
            "stopped",
        ),
        ([*LIFTED, said("2020-03-01", "ARC", "back", "invoked")], "2020-03-20", "back", "void"),
        (
            [*LIFTED, said("2020-03-01", "LYD", "back", "invoked"), said("2020-03-03", "LYD", "back", "withdrawn")],
            "2020-03-20",
            "oil",
            "suspended",
        ),
        ([*LIFTED, said("2021-03-01", "LYD", "back", "invoked")], "2021-04-01", "oil", "suspended"),
        ([], "2021-02-01", "back", "expired"),
    ],
)
def test_states(claims: list[Report], as_of: str, what: str, expected: str) -> None:
    assert state(claims, as_of, what) == expected


def test_a_claim_disputed_by_name_defeats_nothing_by_what_it_says() -> None:
    """The only claim that a step is done, disputed by who ranks above; then who says the contrary is not answered."""
    claims = [
        said("2020-01-20", "ARC", "1.give", "done", id="c1"),
        said("2020-01-21", "OBS", "c1", "disputed", id="c2"),
        said("2020-01-22", "LYD", "1.give", "not done", id="c3"),
    ]
    found = standing(loads(PLAN), with_ids(claims), date(2020, 1, 25), "argued")
    assert [(h.id, h.label) for h in found.on("1.give")] == [("c3", "in")]


def test_renewals_that_come_by_themselves_move_the_last_day() -> None:
    text = (
        PLAN.replace("for: 90 days", "until: signed + 60 days")
        + "extensions:\n  again: {of: 2.give, automatic: yes, for: 30 days, times: 2}\n"
    )
    kept = [said("2020-01-10", "OBS", "2.give", "kept")]
    assert state(kept, "2020-03-20", "2.give", text=text) == "verified"
    assert state(kept, "2020-05-01", "2.give", text=text) == "met"
    assert state(kept, "2020-03-20", "2.give", text=text.replace("automatic: yes", "automatic: no")) == "met"


def test_one_side_of_a_simultaneous_row_is_told_that_the_other_has_acted() -> None:
    text = PLAN.replace("  1:\n", "  1:\n    exchange: simultaneous\n", 1)
    row = status(loads(text), [said("2020-01-10", "LYD", "1.get", "done")], as_of="2020-01-12").steps["1.give"]
    assert row.state == "due" and "1.get, which is done" in row.note


def test_five_hundred_and_seventy_eight_stipulations_are_easy() -> None:
    rows = "".join(
        f"  s{i}:\n    exchange: free\n    give: {{who: ARC, does: stipulation {i}, verify: OBS, due: signed + {30 + i} days}}\n"
        + (f"    when: s{i - 1}\n" if i % 10 else "")
        for i in range(578)
    )
    plan = loads(
        PLAN[: PLAN.index("pairs:")].replace("status_of_text", "order: parallel\nstatus_of_text") + "pairs:\n" + rows
    )
    claims = [said("2020-02-01", by, f"s{i}.give", "done") for i in range(0, 578, 2) for by in ("ARC", "OBS")]
    start = time.perf_counter()
    found = status(plan, claims, as_of="2020-02-10")
    assert sum(row.state == "met" for row in found.steps.values()) == 289
    assert check(plan) is not None
    assert time.perf_counter() - start < 5


def test_clauses_that_hang_on_themselves_are_left_open() -> None:
    text = PLAN.replace("unless: stay,", "unless: stay by back, when: oil suspended,").replace(
        "days: {signed: 2020-01-01,", "days: {signed: 2020-01-01, a: {when: b}, b: {when: a},"
    )
    claims = [*LIFTED, said("2020-03-01", "LYD", "back", "invoked")]
    found = status(loads(text), claims, as_of="2020-03-20")
    assert found.truth("a") == "neither"
    assert found.state("back") in ("in effect", "void")


def test_done_in_part_is_told_and_enough_is_done() -> None:
    from detente.plans.quantities import parse_quantity

    part = [said("2020-01-20", "OBS", "1.give", "partly", amount=parse_quantity("12 guns"))]
    assert state(part, "2020-01-21", "1.give") == "due"
    whole = [*part, said("2020-01-25", "OBS", "1.give", "partly", amount=parse_quantity("30 guns"))]
    assert state(whole, "2020-01-26", "1.give") == "met"


def test_a_party_sees_its_own_word_and_the_verifier_its_own() -> None:
    claims = [*DONE, said("2020-01-24", "OBS", "1.give", "not done")]
    assert state(claims, "2020-03-01", "1.give", "ARC") == "claimed"
    assert state(claims, "2020-03-01", "1.give", "OBS") == "breached"
    assert state(claims, "2020-03-01", "1.give", "LYD") == "breached"
    assert state(claims, "2020-03-01", "1.give", "anyone") == "disputed"


def test_later_reports_supersede_earlier_ones_of_the_same_source_only() -> None:
    claims = [said("2020-01-10", "OBS", "1.give", "not done"), *VERIFIED]
    assert state(claims, "2020-01-15", "1.give") == "due"
    assert state(claims, "2020-01-26", "1.give") == "met"
    assert state([*claims, said("2020-01-27", "LYD", "1.give", "not done")], "2020-01-28", "1.give") == "met"


def test_the_last_day_of_a_late_step_is_told() -> None:
    late = [said("2020-02-20", "OBS", "1.give", "verified")]
    row = status(loads(PLAN), late, as_of="2020-03-01").steps["1.give"]
    assert row.state == "met" and row.final and "late" in row.note


def test_final_and_provisional_are_told_apart() -> None:
    found = status(loads(PLAN), KEPT, as_of="2020-03-02")
    assert found.steps["1.give"].final
    assert not found.steps["2.give"].final
    assert found.steps["2.give"].claims


def test_what_is_owed_by_whom_until_when_and_what_it_unlocks() -> None:
    owed = status(loads(PLAN), VERIFIED, as_of="2020-01-26").owed
    assert [(o.step, o.who, str(o.until), o.overdue, o.unlocks) for o in owed] == [
        ("1.get", ("LYD",), "2020-02-14", False, ("2.give",))
    ]
    owed = status(loads(PLAN), DONE, as_of="2020-01-26").owed
    assert [(o.step, o.who, o.unlocks) for o in owed] == [("1.give", ("OBS",), ("1.get",))]


def test_a_group_acts_by_its_members() -> None:
    text = PLAN.replace(
        "parties: {ARC: Arcadia, LYD: Lydia}",
        "parties: {ARC: Arcadia, LYD: Lydia, TRIO: {members: [A, B, C], acts: majority}}",
    )
    plan = loads(text)
    stands = status(plan, [said("2020-01-01", m, "plan", "supports") for m in "AB"], as_of="2020-01-02").stands
    assert stands["TRIO"].state == "supports"
    stands = status(
        plan,
        [said("2020-01-01", "A", "plan", "supports"), said("2020-01-01", "B", "plan", "rejected")],
        as_of="2020-01-02",
    ).stands
    assert stands["TRIO"].state == "divided"


def test_a_difference_names_the_claims_behind_it() -> None:
    plan = loads(PLAN)
    one, two = (status(plan, LIFTED, as_of=d, owed=False) for d in ("2020-01-21", "2020-02-06"))
    changes = {c.clause: c for c in compare_status(one, two)}
    assert (changes["1.give"].before, changes["1.give"].after) == ("claimed", "met")
    assert (changes["oil"].before, changes["oil"].after) == ("in force", "suspended")
    assert {two.reports[c].by for c in changes["oil"].claims} == {"LYD"}


def test_two_versions_of_a_plan_are_compared_key_by_key() -> None:
    changes = compare_plans(loads(PLAN), loads(PLAN.replace("+ 30 days", "+ 60 days")))
    assert [(c.clause, c.before, c.after) for c in changes] == [
        ("pairs.1.give.due", "signed + 30 days", "signed + 60 days")
    ]


def test_two_versions_of_a_plan_are_compared_by_what_the_checks_find() -> None:
    changes = compare_findings(
        loads(PLAN), loads(PLAN.replace("withdraw guns, verify: OBS", "withdraw guns, when: 1.get, verify: OBS"))
    )
    assert ("check circular [1.give, 1.get]", "none", "flaw") in {(c.clause, c.before, c.after) for c in changes}
    assert compare_findings(loads(PLAN), loads(PLAN)) == ()


# --- the library --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", names())
def test_the_history_of_every_plan_of_the_library_replays(name: str) -> None:
    plan = open_plan(name)
    outcomes = run(plan)
    assert [(o.scenario.as_of, m) for o in outcomes for m in o.mismatches] == []
    assert len({s.as_of for s in plan.scenarios}) >= 5
    assert all(step.source for step in plan.steps)
    assert all(claim.source for claim in plan.claims)


def test_there_are_at_least_fourteen_frameworks() -> None:
    assert len(names()) >= 14


EXPECTED = {"F": "no", "both": "both"}


@pytest.mark.skipif(not GOLD.exists(), reason="../shared/gold/plans is not here")
def test_the_dispute_of_2025_comes_out_as_its_parties_see_it() -> None:
    gold = json.loads(GOLD.read_text())
    plan = open_plan("jcpoa-2015")
    for view, rows in gold["views"].items():
        for day, words in rows.items():
            found = status(plan, as_of=day, according_to=view)
            assert found.truth("un_sanctions") == ("yes" if words.startswith("in force") else "no"), (view, day)
            if "pending" in words:
                assert found.state("snapback") == "pending"
                assert str(found.powers["snapback"].since) == words.split()[-1].rstrip(")")
            if "void" in words:
                assert found.state("snapback") == "void"
            if "resolution ended" in words:
                assert found.state("un_sanctions") == "terminated"
    for day, words in gold["four_valued"].items():
        assert status(plan, as_of=day, according_to="anyone").truth("un_sanctions") == EXPECTED[words.split()[0]]


# --- argumentation ------------------------------------------------------------------------------------------


def by_definition(nodes: range, attacks: set[tuple[int, int]]) -> dict[int, str]:
    """The grounded labelling by iterating the characteristic function."""
    inside: set[int] = set()
    while True:
        out = {b for a, b in attacks if a in inside}
        following = {n for n in nodes if all(a in out for a, b in attacks if b == n)}
        if following == inside:
            return {n: "in" if n in inside else "out" if n in out else "undecided" for n in nodes}
        inside = following


@given(
    st.integers(0, 9).flatmap(
        lambda n: st.tuples(
            st.just(n), st.sets(st.tuples(st.integers(0, max(n - 1, 0)), st.integers(0, max(n - 1, 0))), max_size=25)
        )
    )
)
def test_grounded_labelling_is_the_least_fixpoint(case: tuple[int, set[tuple[int, int]]]) -> None:
    n, attacks = case
    attacks = {(a, b) for a, b in attacks if a < n and b < n}
    assert grounded(range(n), attacks) == by_definition(range(n), attacks)


def test_a_hundred_thousand_claims_are_labelled_in_seconds() -> None:
    plan = loads(PLAN)
    rng = random.Random(1)
    reports = with_ids(
        Report(
            id=f"r{i}",
            date=f"2020-01-{1 + i % 28:02}",
            by=f"source{i % 50_000}",
            about=(rng.choice(("1.give", "1.get", "2.give")),),
            says=rng.choice(("done", "not done")),
        )
        for i in range(100_000)
    )
    start = time.process_time()
    standing(plan, reports, date(2020, 2, 1), "argued")
    assert time.process_time() - start < 3


# --- what never changes the answer --------------------------------------------------------------------------

CLAUSES = ("1.give", "1.get", "2.give", "2.get")
reports_of_steps = st.builds(
    lambda day, by, about, says: said((date(2020, 1, 1) + timedelta(days=day)).isoformat(), by, about, says),
    st.integers(0, 400),
    st.sampled_from(["ARC", "LYD", "OBS", "N1", "N2"]),
    st.sampled_from(CLAUSES),
    st.sampled_from(["done", "verified", "kept", "begun", "not done", "breached", "reversed"]),
)
reports_of_powers = st.builds(
    lambda day, by, about, says: said((date(2020, 1, 1) + timedelta(days=day)).isoformat(), by, about, says),
    st.integers(0, 400),
    st.sampled_from(["ARC", "LYD", "OBS"]),
    st.just("back"),
    st.sampled_from(["invoked", "withdrawn", "void"]),
)
histories = st.lists(st.one_of(reports_of_steps, reports_of_powers), max_size=12)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans of one to four rows with varied order, verifiers, clocks, conditions and effects."""
    count = draw(st.integers(1, 4))
    rows = []
    for i in range(1, count + 1):
        give = {"who": draw(st.sampled_from(["ARC", "LYD"])), "does": f"give {i}"}
        if draw(st.booleans()):
            give["verify"] = draw(st.sampled_from(["OBS", "mutual", "none"]))
        if draw(st.booleans()):
            give["kind"], give["for"] = "forbear", "60 days"
        if draw(st.booleans()):
            give["due"] = f"signed + {draw(st.integers(1, 300))} days"
        if i > 1 and draw(st.booleans()):
            give["when"] = draw(
                st.sampled_from(
                    [
                        f"{i - 1}.give",
                        f"any of [{i - 1}.give, {i - 1}.get]",
                        f"not {i - 1}.get",
                        f"{i - 1}.get by 2020-06-01",
                    ]
                )
            )
        verb = draw(st.sampled_from(["suspend", "terminate", "ease", "restore"]))
        get = {"who": "LYD", "does": f"get {i}", "kind": "lift", "effect": f"{verb} oil"}
        exchange = draw(st.sampled_from(["give first", "get first", "simultaneous", "free"]))
        rows.append(f"  {i}: {json.dumps({'exchange': exchange, 'give': give, 'get': get})}")
    order = draw(st.sampled_from(["sequential", "parallel"]))
    head = PLAN[: PLAN.index("pairs:")].replace("status_of_text", f"order: {order}\nstatus_of_text")
    return loads(head + "pairs:\n" + "\n".join(rows) + PLAN[PLAN.index("\npowers:") :])


def answer(plan: Plan, claims: list[Report], as_of: date, view: str) -> object:
    found = status(plan, claims, as_of=as_of, according_to=view)
    return dataclasses.replace(found, reports={})


@given(plans())
@settings(max_examples=40, deadline=None)
def test_generated_plans_round_trip_and_can_be_checked(plan: Plan) -> None:
    assert loads(dumps(plan)) == plan
    for finding in check(plan):
        assert finding.message and finding.code in CODES


@given(plans(), histories, st.integers(0, 450), st.sampled_from(["argued", "anyone", "ARC", "OBS"]), st.randoms())
@settings(max_examples=120, deadline=None)
def test_status_never_depends_on_the_order_in_which_claims_arrive(
    plan: Plan, claims: list[Report], day: int, view: str, rng: random.Random
) -> None:
    as_of = date(2020, 1, 1) + timedelta(days=day)
    shuffled = claims.copy()
    rng.shuffle(shuffled)
    assert answer(plan, claims, as_of, view) == answer(plan, shuffled, as_of, view)


@given(plans(), histories, reports_of_steps, st.integers(0, 450), st.sampled_from(["ARC", "LYD", "OBS"]))
@settings(max_examples=120, deadline=None)
def test_a_claim_of_no_authority_changes_nobody_elses_view(
    plan: Plan, claims: list[Report], extra: Report, day: int, view: str
) -> None:
    as_of = date(2020, 1, 1) + timedelta(days=day)
    nobody = dataclasses.replace(extra, by="passer-by")
    assert answer(plan, claims, as_of, view) == answer(plan, [*claims, nobody], as_of, view)


@given(plans(), histories, st.sampled_from(["argued", "ARC", "LYD", "OBS"]))
@settings(max_examples=120, deadline=None)
def test_a_terminated_measure_is_never_restored(plan: Plan, claims: list[Report], view: str) -> None:
    """Once the claims that are not taken back say that it is terminated, no later day says otherwise."""
    lasting = [c for c in claims if c.says in ("done", "verified", "invoked")]
    ended = False
    for day in range(0, 460, 20):
        found = status(plan, lasting, as_of=date(2020, 1, 1) + timedelta(days=day), according_to=view, owed=False)
        assert not (ended and found.state("oil") != "terminated")
        ended = found.state("oil") == "terminated"


entries = st.builds(
    lambda day, state, share: Entry(date(2020, 1, 1) + timedelta(days=day), state, share, False, frozenset()),
    st.integers(0, 60),
    st.sampled_from(["suspended", "terminated", "restored", "in force", "eased", "delivered"]),
    st.sampled_from([25.0, 50.0, 100.0]),
)


@given(st.lists(entries, max_size=8), st.randoms())
def test_the_ledger_ends_for_good_and_in_any_order(found: list[Entry], rng: random.Random) -> None:
    measure = Measure(id="m")
    shuffled = found.copy()
    rng.shuffle(shuffled)
    assert balance(measure, found, date.max) == balance(measure, shuffled, date.max)
    ends = [e.day for e in found if e.state == "terminated" and e.share == 100]
    if ends:
        assert balance(measure, found, date.max)[0] == "terminated"
        assert balance(measure, found, min(ends))[1].truth in ("yes", "no")
