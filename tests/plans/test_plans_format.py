"""Plan files: typed by the schema, read with line-exact problems, written back without loss."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import PlanError
from detente.plans import PlanFileError, dumps, from_dict, load, loads, to_dict, under
from detente.plans.conditions import Count, Is
from detente.plans.library import names, open_plan, path_of
from detente.plans.parsing import ConditionError, parse_condition, parse_moment
from detente.plans.quantities import parse_quantity
from detente.plans.schema import json_schema
from detente.plans.source import Problem, rewrite
from detente.plans.tables import from_rows, write_csv, write_xlsx

SMALL = """# a plan in a few lines
plan: small   # its name
parties:
  NO: Norway
  SE: Sweden
verifiers: {OBS: Observers}
measures:
  ban: {what: ban on herring, by: SE, against: NO}
days: {signed: 2020-01-31}
pairs:
  1:
    give: {who: NO, does: 'on: 12:30, count the herring', verify: OBS, due: signed + 1 month, note: "off"}
    get: {who: SE, does: suspend the ban, kind: lift, effect: suspend ban, due: 1.give + 10 days}
snapback: none stated
claims:
  - {date: 2020-02-10, by: OBS, about: 1.give, says: verified}
"""


def test_every_scalar_stays_text_until_the_schema_types_it() -> None:
    plan = loads(SMALL)
    assert list(plan.parties) == ["NO", "SE"]
    step = plan.step("1.give")
    assert step.does == "on: 12:30, count the herring"
    assert step.note == "off"
    assert plan.not_stated == ("snapback",)
    assert plan.pairs["1"].id == "1"


def problems_of(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(PlanFileError) as caught:
        loads(text)
    return [(p.line, p.key, p.remedy) for p in caught.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "remedy"),
    [
        ("does: 'on", "doos: 'on", 12, "pairs.1.give[0].doos", "did you mean 'does'?"),
        ("who: SE", "who: SEE", 13, "pairs.1.get[0].who", "did you mean 'SE'?"),
        ("suspend ban,", "suspend bann,", 13, "pairs.1.get[0].effect", "did you mean 'ban'?"),
        ("signed + 1 month", "signed + 1 moon", 12, "pairs.1.give[0].due", "write a date"),
        ("1.give + 10 days", "1.giv + 10 days", 13, "pairs.1.get[0].due", "did you mean '1.give'?"),
        ("2020-02-10", "2020-02-30", 16, "claims[0].date", ""),
        ("kind: lift", "kind: lif", 13, "pairs.1.get[0].kind", ""),
        ("says: verified", "says: checked", 16, "claims[0].says", ""),
        ("about: 1.give", "about: 2.give", 16, "claims[0].about", "did you mean"),
        (
            "{what: ban on herring,",
            "{what: herring, salted and dried,",
            8,
            "measures.ban.salted and dried",
            "put quotes around",
        ),
        ("plan: small", "plan: small\nplan: again", 3, "plan", "join it with line 2"),
    ],
)
def test_problems_name_line_key_and_remedy(old: str, new: str, line: int, key: str, remedy: str) -> None:
    found = problems_of(SMALL.replace(old, new, 1))
    assert any(p[0] == line and p[1] == key and remedy in p[2] for p in found), found


def test_all_problems_are_told_at_once() -> None:
    assert len(problems_of(SMALL.replace("who: SE", "who: SEE").replace("suspend ban", "suspend bann"))) == 2


@pytest.mark.parametrize(
    "text", ["", "- a\n- b\n", "plan: [", "plan: x\npairs: 3", "\t", "plan: a: b", "{" * 200, "&a [*a]"]
)
def test_what_is_no_plan_is_refused_with_a_remedy(text: str) -> None:
    assert problems_of(text)


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_odd_text_is_refused_and_never_breaks_the_reader(text: str) -> None:
    try:
        loads(text)
    except PlanFileError as error:
        assert error.problems


@given(st.text(alphabet="abk12.-+,[]() <>=%$andorofbywithin", max_size=60))
@settings(deadline=None)
def test_odd_conditions_are_refused_with_a_place(text: str) -> None:
    for parser in (parse_condition, parse_moment):
        try:
            parser(text)
        except ConditionError as error:
            assert "at character" in str(error)


def test_deeply_nested_brackets_are_refused() -> None:
    with pytest.raises(ConditionError, match="nested"):
        parse_condition("(" * 5000 + "a" + ")" * 5000)


@pytest.mark.parametrize(
    "text",
    [
        "all of 15.1..15.11 verified",
        "2 of [1.give, 2.give]",
        "at least 3 of [a, b, c, d] met",
        "none of [a, b] breached",
        "1.give kept for 90 days",
        "un_part suspended and not (a or b)",
        "IAEA says broader_conclusion before start + 8 years",
        "at least 60 percent of 5.give by D + 120 days",
        "uranium at most 300 kg",
        "a within 30 days of b",
        "a as long as b",
        "before 2015-01-01 or never",
        "on or_not",
    ],
)
def test_the_condition_language(text: str) -> None:
    assert parse_condition(text).text == text


@pytest.mark.parametrize(
    "text", ["all of", "a and", "a within of b", "2015-13-40", "a by 10 days", "(a", "a b", "[a]", "says a", "and"]
)
def test_conditions_that_mean_nothing(text: str) -> None:
    with pytest.raises(ConditionError):
        parse_condition(text)


def test_ranges_and_groups_are_spelled_out() -> None:
    plan = loads(SMALL.replace("due: 1.give + 10 days", "when: all of 1.give..1.get and 2 of 1, due: 1.give + 10 days"))
    condition = plan.step("1.get").when
    assert condition
    counts = [part for part in condition.tree.parts if isinstance(part, Count)]  # type: ignore[union-attr]
    assert [c.k for c in counts] == [2, 2]
    assert counts[0].parts == counts[1].parts == (Is("1.give"), Is("1.get"))


@pytest.mark.parametrize("name", names())
def test_round_trips_of_every_plan_of_the_library(name: str, tmp_path: Path) -> None:
    plan, text = open_plan(name), path_of(name).read_text()
    assert loads(dumps(plan)) == plan
    assert dumps(loads(dumps(plan))) == dumps(plan)
    assert rewrite(text) == text
    (tmp_path / "plan.csv").write_text(write_csv(plan))
    assert load(tmp_path / "plan.csv") == plan
    write_xlsx(plan, tmp_path / "plan.xlsx")
    assert load(tmp_path / "plan.xlsx") == plan
    assert from_dict(json.loads(json.dumps(to_dict(plan)))) == plan


@pytest.mark.parametrize("name", names())
def test_the_json_schema_holds_for_every_plan_of_the_library(name: str) -> None:
    jsonschema.validate(yaml.load(path_of(name).read_text(), yaml.BaseLoader), json_schema())


def test_the_json_schema_refuses_unknown_keys_and_a_plan_without_a_name() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    for bad in ({"plan": "a", "pears": {}}, {"title": "a"}, {"plan": "a", "pairs": {"1": {"give": {"does": "x"}}}}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, json_schema())


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("authority: [[OBS], [NOO, SE]]\n", "no actor 'NOO'"),
        ("views: {north: {of: NO, reads: {1.get: late}}}\n", "no reading 'late'"),
        ("disputes: {who: NO, rungs: [{forum: court}], opens: return}\n", "no power 'return'"),
    ],
)
def test_names_in_views_authority_and_ladders_have_to_mean_something(more: str, message: str) -> None:
    with pytest.raises(PlanFileError, match=message):
        loads(SMALL + more)


def test_aliases_that_unfold_without_end_are_refused() -> None:
    lines = ["plan: x", "a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    assert any("values" in p.message for p in _problems("\n".join(lines)))
    assert _problems("plan: x\npairs: &p [*p, *p, *p]")


def _problems(text: str) -> list[Problem]:
    with pytest.raises(PlanFileError) as caught:
        loads(text)
    return caught.value.problems


def test_comments_survive_an_edit() -> None:
    text = rewrite(
        SMALL, lambda tree: tree["claims"].append({"date": "2020-03-01", "by": "NO", "about": "1.give", "says": "done"})
    )
    assert text.startswith("# a plan in a few lines\nplan: small   # its name\n")
    assert len(loads(text).claims) == 2


def test_tables_refuse_what_they_do_not_know() -> None:
    with pytest.raises(PlanError, match="no section"):
        from_rows([{"section": "stpes", "id": "x"}])


def test_typed_cells_of_spreadsheet_programs_are_read_back_as_text(tmp_path: Path) -> None:
    import datetime

    import openpyxl

    write_xlsx(loads(SMALL), tmp_path / "p.xlsx")
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    sheet = book["claims"]
    assert sheet["A2"].value == "2020-02-10"
    sheet["A2"].value = datetime.datetime(2020, 2, 10)
    book.save(tmp_path / "p.xlsx")
    assert load(tmp_path / "p.xlsx") == loads(SMALL)


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("300 kg", 300, "kg", "exactly"),
        ("at most 3.67 percent", 3.67, "percent", "at most"),
        ("$4.2 billion", 4.2e9, "USD", "exactly"),
        ("500,000 tonnes a year", 500000, "tonnes a year", "exactly"),
        (">= 2 t", 2, "t", "at least"),
        ("22500 million EUR", 2.25e10, "EUR", "exactly"),
    ],
)
def test_quantities(text: str, value: float, unit: str, bound: str) -> None:
    found = parse_quantity(text)
    assert (found.value, found.unit, found.bound) == (pytest.approx(value), unit, bound)
    assert parse_quantity(str(found)) == found


def test_a_reading_replaces_what_it_changes_and_nothing_else() -> None:
    plan = loads(
        SMALL.replace(
            "due: 1.give + 10 days", "due: 1.give + 10 days, readings: [{id: late, by: SE, due: 1.give + 90 days}]"
        )
    )
    read = under(plan, {"1.get": "late"})
    assert str(read.step("1.get").due) == "1.give + 90 days"
    assert read.step("1.give") == plan.step("1.give")
    assert under(plan, {"1.get": "no such reading"}) == plan


@pytest.mark.parametrize("name", names())
def test_every_clause_of_the_library_has_its_source(name: str) -> None:
    plan = open_plan(name)
    bare = [s.id for s in plan.steps if not s.source and not plan.pairs[s.pair].source]
    for section in (plan.measures, plan.powers, plan.sunsets, plan.extensions):
        bare += [id for id, row in section.items() if not row.source]
    bare += [f"claim of {c.by} on {c.date}" for c in plan.claims if not c.source]
    assert bare == []
