"""Thirty flaws planted into sound plans are found; the sound plans have none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.plans import Plan, loads
from detente.plans.checks import CODES, Reach, check, components
from detente.plans.checks.search import holds
from detente.plans.library import names, open_plan
from detente.plans.steps import requires

ARMS = """
plan: arms-for-relief
status_of_text: in force
parties:
  ARC: {name: Arcadia}
  LYD: {name: Lydia}
  CAR: {name: Caria}
  DUO: {name: Lydia and Caria, members: [LYD, CAR], acts: any}
verifiers:
  OBS: {name: Observers, reports: every 10 days}
others:
  COUNCIL: {name: Council of Five, members: [N1, N2, N3, N4, N5], acts: 3 of 5}
measures:
  oil: {what: oil embargo, by: LYD, against: ARC}
  banks: {what: banking sanctions, by: CAR, against: ARC}
  aid: {what: aid, by: DUO, kind: payment, state: not delivered, amount: 40 million USD}
days:
  signed: 2030-01-01
  stop_return: {what: the Council stops the return, by: COUNCIL}
order: sequential
pairs:
  1:
    give: {who: ARC, does: withdraw guns from the border, verify: OBS, amount: 30 guns, due: signed + 30 days, takes: 20 days, undo: 10 days}
    get: {who: LYD, does: suspend the oil embargo, kind: lift, effect: suspend oil, due: end of 1.give + 15 days, undo: 10 days}
  2:
    give: {who: ARC, does: keep rockets in their depots, kind: forbear, for: 90 days, verify: OBS, undo: 10 days}
    get: {who: CAR, does: suspend the banking sanctions, kind: lift, effect: suspend banks, due: end of 2.give + 30 days, undo: 10 days}
  3:
    give: {who: ARC, does: destroy rockets, verify: OBS, amount: 12 rockets, due: end of 2.give + 200 days, undo: never}
    get: {who: DUO, does: pay the aid, kind: pay, effect: pay aid, due: 3.give + 60 days, undo: never}
powers:
  return:
    kind: snapback
    who: [LYD, CAR]
    notice_to: COUNCIL
    after: 30 days
    unless: COUNCIL says stop_return
    effect: restore oil; restore banks
    until: signed + 5 years
disputes:
  who: [ARC, LYD, CAR]
  rungs:
    - {forum: joint commission, takes: 15 days}
    - {forum: arbiters, takes: 20 days, acts: majority, binding: yes}
  opens: return
sunsets:
  end: {ends: [return], date: signed + 5 years}
"""

TOWNS = """
plan: towns
status_of_text: agreed
parties:
  NOR: {name: Northern council}
  SOU: {name: Southern council}
verifiers:
  MON: {name: Monitors, reports: every 5 days}
measures:
  blockade: {what: road blockade, by: SOU, against: NOR}
days:
  truce: 2031-03-01
order: parallel
pairs:
  guns:
    when: from truce
    exchange: simultaneous
    give: {id: pull_north, who: NOR, does: pull back beyond the river, verify: MON, due: truce + 14 days, takes: 10 days}
    get: {id: pull_south, who: SOU, does: pull back beyond the hills, verify: MON, due: truce + 14 days, takes: 10 days}
  roads:
    when: all of guns
    give: {id: vote, who: NOR, does: hold a vote, verify: MON, due: truce + 120 days}
    get: {id: open, who: SOU, does: end the blockade, kind: lift, effect: terminate blockade, due: vote + 20 days}
  prisoners:
    when: 1 of [pull_north, pull_south]
    exchange: free
    give: {id: free_south, who: NOR, does: free prisoners, verify: MON, amount: 200 prisoners, due: truce + 60 days}
    get: {id: free_north, who: SOU, does: free detainees, verify: MON, amount: 150 detainees, due: truce + 60 days}
powers:
  pause: {kind: suspend, who: [NOR, SOU], does: suspend the own steps while the other is in breach, until: truce + 1 year}
disputes:
  who: [NOR, SOU]
  rungs: [{forum: monitors, takes: 10 days, binding: yes}]
  opens: pause
sunsets:
  end: {ends: [pause], date: truce + 1 year}
"""

LOAN = """
plan: loan
status_of_text: in force
parties:
  GOV: {name: Government}
  FUND: {name: Lender}
verifiers:
  STAFF: {name: Review mission, reports: every 90 days}
measures:
  credit: {what: credit, by: FUND, kind: payment, state: not delivered, amount: 300 million USD}
days:
  approval: 2032-06-30
pairs:
  first:
    when: from approval
    give: {id: budget, who: GOV, does: pass the budget, verify: STAFF, due: approval + 120 days}
    get: {id: tranche1, who: FUND, does: pay the first tranche, kind: pay, effect: pay credit 100 million USD, due: budget + 30 days}
  second:
    when: all of first
    give:
      - {id: reserves, who: GOV, does: hold reserves, kind: forbear, amount: at least 500 million USD, verify: STAFF, until: approval + 2 years}
      - {id: law, who: GOV, does: pass the bank law, verify: STAFF, due: approval + 300 days, grace: 30 days}
    get: {id: tranche2, who: FUND, does: pay the rest, kind: pay, effect: pay credit 200 million USD, due: law + 60 days}
disputes:
  who: [GOV, FUND]
  rungs: [{forum: board of the lender, takes: 30 days, binding: yes}]
sunsets:
  end: {ends: [plan], date: approval + 3 years}
"""

SOUND = {"arms": ARMS, "towns": TOWNS, "loan": LOAN}

# (plan, old text, new text, code of the finding, a clause that it names)
PLANTED = [
    (
        "arms",
        "verify: OBS, amount: 30 guns, due",
        "when: 1.get, verify: OBS, amount: 30 guns, due",
        "circular",
        "1.give",
    ),
    ("towns", "id: vote, who: NOR,", "id: vote, when: open, who: NOR,", "circular", "open"),
    ("loan", "    when: from approval\n", "    when: law\n", "circular", "law"),
    (
        "arms",
        "does: pay the aid, kind: pay,",
        "does: pay the aid, when: never, kind: pay,",
        "unreachable-relief",
        "3.get",
    ),
    ("loan", "id: tranche2, who", 'id: tranche2, when: "3 of [budget, law]", who', "unreachable-relief", "tranche2"),
    ("towns", "id: open, who: SOU,", "id: open, when: vote by 2031-02-01, who: SOU,", "unreachable-relief", "open"),
    (
        "arms",
        "due: end of 2.give + 200 days, undo: never",
        "when: 2.give by 2030-01-15, due: end of 2.give + 200 days, undo: never",
        "dead-clause",
        "3.give",
    ),
    (
        "towns",
        "until: truce + 1 year}\ndisputes",
        "when: vote by 2031-01-01, until: truce + 1 year}\ndisputes",
        "dead-clause",
        "pause",
    ),
    ("loan", "sunsets:\n", "sunsets:\n  early: {ends: [law], date: approval - 10 days}\n", "dead-clause", "law"),
    ("towns", "id: open, who: SOU,", "id: open, when: vote and not free_south, who: SOU,", "deadlock", "open"),
    (
        "arms",
        "kind: lift, effect: suspend banks,",
        "kind: lift, when: 2.give and oil in force, effect: suspend banks,",
        "deadlock",
        "2.get",
    ),
    ("towns", "when: all of guns\n", "when: all of guns and not pull_north\n", "contradiction", "vote"),
    (
        "loan",
        "      - {id: law,",
        "      - {id: low, who: GOV, does: hold reserves, kind: forbear, amount: at most 100 million USD, verify: STAFF, until: approval + 2 years}\n      - {id: law,",
        "contradiction",
        "low",
    ),
    (
        "towns",
        "  prisoners:\n",
        "  staying:\n    when: from truce\n    give: {id: stay, who: NOR, does: not pull back beyond the river, kind: forbear, verify: MON, until: truce + 30 days}\n  prisoners:\n",
        "contradiction",
        "stay",
    ),
    (
        "arms",
        "due: signed + 30 days, takes: 20 days",
        "due: signed + 30 days, takes: 40 days, starts: signed",
        "clock-conflict",
        "1.give",
    ),
    ("towns", "due: vote + 20 days", "due: truce + 5 days", "clock-conflict", "open"),
    (
        "loan",
        "due: approval + 300 days",
        "starts: approval + 400 days, due: approval + 300 days",
        "clock-conflict",
        "law",
    ),
    ("arms", "takes: 15 days}", "takes: 6 years}", "ladder-too-long", "disputes"),
    ("towns", "takes: 10 days, binding", "takes: 13 months, binding", "ladder-too-long", "disputes"),
    ("arms", "who: [LYD, CAR]\n    notice", "who: [ARC]\n    notice", "snapback-nobody-can-trigger", "return"),
    (
        "arms",
        "    until: signed + 5 years\ndisputes",
        "    until: signed + 2 days\ndisputes",
        "snapback-nobody-can-trigger",
        "return",
    ),
    ("arms", "    unless: COUNCIL says stop_return\n", "", "snapback-nobody-can-stop", "return"),
    ("arms", "acts: 3 of 5}", "acts: 3 of 5, veto: [LYD, N1]}", "snapback-nobody-can-stop", "return"),
    (
        "arms",
        "kind: lift, effect: suspend oil, due: end of 1.give + 15 days",
        "kind: lift, effect: suspend oil, due: end of 1.give + 15 days, readings: [{id: soon, by: ARC, due: end of 1.give + 15 days}, {id: late, by: LYD, due: end of 3.give + 15 days}]",
        "ambiguity-decides",
        "1.get",
    ),
    (
        "towns",
        "id: vote, who: NOR,",
        "id: vote, readings: [{id: before, by: NOR, when: pull_north}, {id: after, by: SOU, when: open}], who: NOR,",
        "ambiguity-decides",
        "vote",
    ),
    (
        "loan",
        "does: pass the budget, verify: STAFF",
        "does: pass the budget, verify: GOV",
        "verifier-is-party",
        "budget",
    ),
    ("arms", "oil: {what: oil embargo, by: LYD", "oil: {what: oil embargo, by: COUNCIL", "not-the-owner", "1.get"),
    ("arms", "acts: 3 of 5}", "acts: 7 of 5}", "impossible-quorum", "COUNCIL"),
    ("loan", "verify: STAFF, due: approval + 120 days", "verify: STAFF", "no-deadline", "budget"),
    ("towns", "does: free prisoners, verify: MON, amount", "does: free prisoners, amount", "no-verifier", "free_south"),
    (
        "arms",
        "withdraw guns from the border, verify: OBS, amount: 30 guns",
        "withdraw some guns from the border, verify: OBS",
        "vague-amount",
        "1.give",
    ),
    (
        "arms",
        "effect: pay aid, due: 3.give + 60 days, undo: never",
        "effect: pay aid, due: 3.give + 60 days, undo: 30 days",
        "irreversible-for-reversible",
        "3.give",
    ),
    ("towns", "due: vote + 20 days", "due: pull_north + 150 days", "start-or-end", "open"),
    ("loan", "due: approval + 120 days", "due: approval + 60 days", "verifier-too-slow", "budget"),
    ("towns", "id: vote, who: NOR,", "id: vote, confidential: yes, who: NOR,", "confidential-gate", "open"),
    (
        "loan",
        "does: pass the bank law,",
        "does: pass the bank law, best_efforts: yes,",
        "best-efforts-gate",
        "tranche2",
    ),
    (
        "arms",
        "amount: 30 guns, due: signed + 30 days,",
        "amount: 30 guns, parts: [{amount: 10 guns, due: signed + 10 days}, {amount: 25 guns, due: signed + 30 days}],",
        "instalments-do-not-add-up",
        "1.give",
    ),
    (
        "arms",
        "effect: suspend banks,",
        "effect: suspend banks 60 percent; ease banks 50 percent,",
        "shares-exceed-the-whole",
        "banks",
    ),
    (
        "towns",
        "    exchange: free\n    give: {id: free_south, who: NOR, does: free prisoners, verify: MON, amount: 200 prisoners, due: truce + 60 days}",
        "    exchange: simultaneous\n    give: {id: free_south, who: NOR, does: free prisoners, verify: MON, amount: 200 prisoners, due: truce + 40 days}",
        "simultaneous-apart",
        "free_south",
    ),
    ("loan", "date: approval + 3 years", "date: approval + 320 days", "due-after-the-end", "law"),
    (
        "towns",
        "takes: 10 days, binding: yes}]\n  opens: pause\n",
        "takes: 10 days}]\n",
        "ladder-leads-nowhere",
        "disputes",
    ),
    (
        "loan",
        "sunsets:\n",
        "excuses:\n  storm: {what: storms, covers: [budget], by: [GOV]}\nsunsets:\n",
        "judge-in-own-cause",
        "storm",
    ),
    ("loan", "sunsets:\n", "extensions:\n  later: {of: [law], by: [GOV]}\nsunsets:\n", "debtor-prolongs", "later"),
    (
        "loan",
        "sunsets:\n  end: {ends: [plan], date: approval + 3 years}\n",
        "extensions:\n  again: {of: [reserves], by: [GOV, FUND], automatic: yes, for: 1 year}\n",
        "renews-for-ever",
        "again",
    ),
    ("arms", "by: CAR, against: ARC", "by: CAR, against: N1", "relief-for-somebody-else", "2.get"),
    (
        "arms",
        "disputes:\n",
        "  leave: {kind: exit, who: [LYD], does: leave, ends: [plan]}\ndisputes:\n",
        "exit-without-notice",
        "leave",
    ),
]


@pytest.mark.parametrize("name", SOUND)
def test_sound_plans_have_no_findings_but_that_late_disputes_are_late(name: str) -> None:
    assert [f.code for f in check(loads(SOUND[name])) if f.code != "late-dispute"] == []


@pytest.mark.parametrize("planted", PLANTED, ids=lambda p: f"{p[0]}-{p[3]}-{p[4]}")
def test_each_planted_flaw_is_found_with_its_clause_and_a_scenario(planted: tuple[str, str, str, str, str]) -> None:
    name, old, new, code, clause = planted
    assert old in SOUND[name]
    findings = [f for f in check(loads(SOUND[name].replace(old, new, 1))) if f.code == code]
    assert any(clause in f.clauses for f in findings), f"{code} on {clause} not found"
    assert all(f.scenario and f.remedy for f in findings)


def test_at_least_thirty_flaws_are_planted_and_they_are_of_many_sorts() -> None:
    assert len(PLANTED) >= 46
    assert len({code for _, _, _, code, _ in PLANTED}) >= 31


def test_a_third_party_that_must_act_is_named() -> None:
    plan = loads(
        TOWNS.replace("SOU, does: end the blockade", "SOU, through: [MIL], does: end the blockade").replace(
            "measures:", "others: {MIL: {name: militia}}\nmeasures:", 1
        )
    )
    assert [f.clauses for f in check(plan) if f.code == "non-party"] == [("open", "MIL")]


def test_a_concern_that_no_step_allays_is_named_where_others_are_allayed() -> None:
    concerns = (
        "concerns:\n  guns: {what: guns at the border, by: LYD}\n  rockets: {what: rockets, by: LYD}\ndays:\n  signed"
    )
    plan = ARMS.replace("days:\n  signed", concerns, 1)
    assert [f for f in check(loads(plan)) if f.code == "concern-unmet"] == []
    (found,) = (
        f
        for f in check(loads(plan.replace("verify: OBS,", "concerns: guns, verify: OBS,", 1)))
        if f.code == "concern-unmet"
    )
    assert found.clauses == ("rockets",)


def test_terms_that_are_in_order_are_left_alone() -> None:
    plan = LOAN.replace(
        "sunsets:\n",
        "excuses:\n  storm: {what: storms, covers: [budget], by: [GOV, FUND]}\n"
        "extensions:\n  later: {of: [law], by: [GOV, FUND]}\n  once: {of: [budget], by: [GOV], for: 30 days, times: 1}\n"
        "  again: {of: [reserves], by: [GOV], automatic: yes, for: 1 year}\n"
        "powers:\n  leave: {kind: exit, who: [GOV], after: 3 months, ends: [plan]}\nsunsets:\n",
    )
    assert [f.code for f in check(loads(plan)) if f.code != "late-dispute"] == []


def test_two_hundred_independent_pairs_fall_into_components_and_are_checked_at_once() -> None:
    rows = "\n".join(
        f"  p{i}:\n    when: always\n    give: {{who: A, does: give {i}, verify: none, due: 2030-01-01}}\n"
        f"    get: {{who: B, does: get {i}, kind: decide, due: 2030-02-01, when: p{i}.give and not x{i}.give}}\n"
        f"  x{i}:\n    when: p{i}.give\n    give: {{who: A, does: other {i}, verify: none, due: 2030-03-01}}"
        for i in range(200)
    )
    plan = loads(f"plan: many\norder: parallel\nparties: {{A: a, B: b}}\npairs:\n{rows}\n")
    assert len(components(plan)) == 200
    stuck = [f for f in check(plan) if f.code == "deadlock"]
    assert len(stuck) == 200
    assert stuck[0].scenario[:2] == ("p0.give is done", "x0.give is done")


def by_doing_what_can_be_done(plan: Plan) -> set[str]:
    """The steps that come due when everybody does at once all that is due, without clocks."""
    done: frozenset[str] = frozenset()
    while True:
        following = done | {s.id for s in plan.steps if holds(plan, requires(plan, s), done)}
        if following == done:
            return set(done)
        done = following


@st.composite
def monotone_plans(draw: st.DrawFn) -> Plan:
    """Rows whose conditions ask only for other steps to be done, so that circles and dead ends abound."""
    count = draw(st.integers(1, 6))
    ids = [f"{i}.{side}" for i in range(count) for side in ("give", "get")]
    rows = []
    for i in range(count):
        sides = []
        for side in ("give", "get"):
            needed = draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))
            kind = draw(st.sampled_from(["all of", "any of", f"{min(2, len(needed))} of"]))
            when = f", when: '{kind} [{', '.join(needed)}]'" if needed else ""
            sides.append(f"    {side}: {{who: A, does: {side} {i}{when}}}")
        exchange = draw(st.sampled_from(["give first", "get first", "free"]))
        rows.append(f"  {i}:\n    exchange: {exchange}\n" + "\n".join(sides))
    order = draw(st.sampled_from(["sequential", "parallel"]))
    return loads(f"plan: p\norder: {order}\nparties: {{A: a}}\npairs:\n" + "\n".join(rows) + "\n")


@given(monotone_plans())
@settings(max_examples=200, deadline=None)
def test_the_fixpoint_is_exact_where_nothing_is_negated(plan: Plan) -> None:
    windows = Reach(plan).windows
    possible = by_doing_what_can_be_done(plan)
    assert {s.id for s in plan.steps if windows[s.id].possible} == possible
    codes = {f.code for f in check(plan)}
    assert bool(codes & {"circular", "unreachable-relief", "dead-clause"}) == (len(possible) < len(plan.steps))
    assert "deadlock" not in codes


def test_earliest_days_follow_the_fastest_course() -> None:
    windows = Reach(loads(ARMS)).windows
    assert date.fromordinal(int(windows["1.give"].lo)) == date(2030, 1, 21)
    assert windows["2.give"].lo >= windows["1.get"].lo >= windows["1.give"].lo


@pytest.mark.parametrize("name", names())
def test_every_plan_of_the_library_can_be_checked(name: str) -> None:
    for finding in check(open_plan(name)):
        assert finding.code in CODES
        assert finding.message


def test_the_circle_of_minsk_is_found_under_one_reading_only() -> None:
    (found,) = (f for f in check(open_plan("minsk-2-2015")) if f.code == "ambiguity-decides" and f.clauses == ("12",))
    told = "\n".join(found.scenario)
    assert "security_first" in told and "12 waits for 9; 9 waits for 12" in told
    assert told.index("circular") < told.index("politics_first")


def test_the_promiser_of_2011_did_not_own_two_of_the_reliefs() -> None:
    found = {
        f.clauses[0] for f in check(open_plan("step-by-step-2011")) if f.code == "not-the-owner" and "UNSC" in f.message
    }
    assert {"1.get", "3.get"} <= found


def test_the_reversed_veto_of_the_snapback_of_2015_is_found() -> None:
    found = [f for f in check(open_plan("jcpoa-2015")) if f.code == "snapback-nobody-can-stop"]
    assert found and found[0].clauses == ("snapback",)
    assert any("veto is reversed" in line for line in found[0].scenario)
