"""Files that are no plans, as people make them: every message names the line, the key and what to do."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DetenteError, PlanError
from detente.plans import load, loads
from detente.plans.sense import circles
from detente.plans.source import PlanFileError

SOUND = """plan: canal
parties: {A: Arcadia, B: Lydia}
verifiers: {V: {name: Watch}}
measures: {ban: {what: ban on grain, by: B}}
days: {start: 2030-01-01}
pairs:
  1:
    give: {who: A, does: open the gates, verify: V, due: start + 30 days}
    get: {who: B, does: lift the ban, kind: lift, effect: suspend ban, due: 1.give + 10 days}
"""

# name, old text, new text, line, key in the message, words of message and remedy
CHANGED = [
    ("a typo in a key", "does: open", "deos: open", 8, "pairs.1.give[0].deos", "did you mean 'does'?"),
    ("a typo in a section", "parties:", "partys:", 2, "partys", "did you mean 'parties'?"),
    ("a month too many", "2030-01-01", "2030-13-01", 5, "days.start.date", "not a day of the calendar"),
    ("30 February", "2030-01-01", "2030-02-30", 5, "days.start.date", "not a day of the calendar"),
    ("a day with slashes", "2030-01-01", "01/02/2030", 5, "days.start.date", "year, month, day"),
    ("a day in words", "2030-01-01", "1 January 2030", 5, "days.start.date", "year, month, day"),
    ("a day without noughts", "2030-01-01", "2030-1-1", 5, "days.start.date", "year, month, day"),
    ("a day of two digits", "2030-01-01", "30-01-01", 5, "days.start.date", "year, month, day"),
    ("nobody of that name", "who: A,", "who: C,", 8, "pairs.1.give[0].who", "declare it under parties"),
    ("no such verifier", "verify: V", "verify: W", 8, "pairs.1.give[0].verify", "declare it under parties"),
    ("nobody at all", "who: A,", "who: ,", 8, "pairs.1.give[0].who", "has no value"),
    ("a tab", "  1:\n", "\t1:\n", 7, "1", "spaces"),
    ("a key twice", "verify: V,", "verify: V, verify: V,", 8, "pairs.1.give.verify", "written twice"),
    ("a bracket left open", "30 days}", "30 days", 9, "get", "opens on line 8"),
    ("a colon in a text", "open the gates", "open the gates: now", 8, "give", "quotes around the text"),
    ("a comma in a text", "open the gates", "open the gates, quickly", 8, "pairs.1.give[0].quickly", "quotes"),
    ("curly quotes", "open the gates", "“open the gates: now”", 8, "give", "straight"),
    ("a condition misspelt", "kind: lift,", "kind: lift, when: 1.give andd start,", 9, "pairs.1.get[0].when", "andd"),
    ("no such measure", "suspend ban", "suspend bann", 9, "pairs.1.get[0].effect", "did you mean 'ban'?"),
    ("no such verb", "suspend ban", "abolish ban", 9, "pairs.1.get[0].effect", "write a verb (suspend"),
    ("no such kind", "kind: lift", "kind: lifting", 9, "pairs.1.get[0].kind", "did you mean 'lift'?"),
    ("a unit misspelt", "30 days}", "30 dayz}", 8, "pairs.1.give[0].due", "such as 90 days"),
    ("a unit left out", "30 days}", "30}", 8, "pairs.1.give[0].due", "such as 90 days"),
    ("days in a circle", "start: 2030-01-01", "start: end + 1 day, end: start + 1 day", 5, "days.start.date", "give one"),
    ("a chance above one", "verify: V", "chance: 1.5, verify: V", 8, "pairs.1.give[0].chance", "from 0 to 1"),
    ("a comma for a point", "verify: V", "cost: '1,5', verify: V", 8, "pairs.1.give[0].cost", "with a point"),
    ("less than nothing", "verify: V", "amount: -5 tons, verify: V", 8, "pairs.1.give.amount", "positive"),
    ("a step as a sentence", "{who: B, does: lift the ban, kind: lift, effect: suspend ban, due: 1.give + 10 days}",
     "B lifts the ban", 9, "pairs.1.get[0]", "a table of keys"),
    ("a name with a space", "A: Arcadia", "New Land: Arcadia", 2, "parties.New Land", "letters, digits"),
    ("a group of itself", "A: Arcadia", "A: {name: a, members: [C]}, C: {name: c, members: [A]}", 2,
     "parties.A.members", "a member of itself"),
    ("a vote in words", "{name: Watch}", "{name: Watch, acts: two thirds}", 3, "verifiers.V.acts", "9 of 15"),
    ("another file", "parties: {", "parties: !include other.yaml\nothers: {", 2, "parties", "one file"),
    ("an alias of itself", "parties: {", "parties: &a\n  A: *a\nothers: {", 2, "parties.A.A....", "alias"),
]  # fmt: skip

# text put at the end, line, key, words
ADDED = [
    ("on: yes\n", 10, "on", "known here: plan, title"),
    ("---\nplan: other\n", 10, "file", "one plan a file"),
    ("include: more.yaml\n", 10, "include", "known here"),
    ("claims: [{date: 12:30, by: A, about: plan, says: signed}]\n", 10, "claims[0].date", "2015-10-18"),
    ("claims: [{date: 2030-01-05, by: A, about: 1.give, says: finished}]\n", 10, "claims[0].says", "done, verified"),
    ("claims: [{date: 2030-01-05, by: A, about: 2.give, says: done}]\n", 10, "claims[0].about", "did you mean '1.give'?"),
    ("scenarios: [{as_of: 2030-01-05, expect: {1.give: meet}}]\n", 10, "scenarios[0].expect.1.give", "'met'"),
    ("scenarios: [{as_of: 2030-01-05, expect: {9.give: met}}]\n", 10, "scenarios[0].expect", "did you mean '1.give'?"),
    ("scenarios: [{as_of: 2030-01-05, view: Z, expect: {1.give: due}}]\n", 10, "scenarios[0].view", "anyone or argued"),
    ("views: {x: {reads: {1.give: late}}}\n", 10, "views.x.reads", "its readings: none"),
    ("disputes: {who: [A], rungs: [{forum: court}], opens: snap}\n", 10, "disputes.opens", "declare it"),
]  # fmt: skip

WHOLE = [
    (b"", 1, "file", "begin with 'plan:"),
    (b"# later\n", 1, "file", "begin with 'plan:"),
    (b"- plan: p\n", 1, "file", "begin with 'plan:"),
    (b"Arcadia opens the gates.\n", 1, "file", "begin with 'plan:"),
    (bytes(range(256)) * 40, 2, "file", "no text file"),
    (b"PK\x03\x04rest of an archive", 1, "file", "no text file"),
    (SOUND.replace("Arcadia", "Arcádia").encode("latin-1"), 2, "parties", "save it as UTF-8"),
    (SOUND.encode("utf-16"), 1, "file", "save it as UTF-8"),
    (SOUND.encode() + b"\x00", 10, "file", "delete it"),
]


def problem_of(text: str) -> str:
    with pytest.raises(PlanFileError) as caught:
        loads(text)
    return str(caught.value)


def test_the_plan_that_is_spoilt_here_is_sound() -> None:
    assert len(loads(SOUND).steps) == 2


@pytest.mark.parametrize(("old", "new", "line", "key", "words"), [c[1:] for c in CHANGED], ids=[c[0] for c in CHANGED])
def test_a_spoilt_line_is_named_with_its_key_and_what_to_do(
    old: str, new: str, line: int, key: str, words: str
) -> None:
    assert old in SOUND
    told = problem_of(SOUND.replace(old, new, 1))
    assert f"line {line}, {key}: " in told
    assert words in told


@pytest.mark.parametrize(
    ("text", "line", "key", "words"), ADDED, ids=[a[0].split(":")[0] + str(i) for i, a in enumerate(ADDED)]
)
def test_a_line_too_many_is_named_with_its_key_and_what_to_do(text: str, line: int, key: str, words: str) -> None:
    told = problem_of(SOUND + text)
    assert f"line {line}, {key}: " in told
    assert words in told


@pytest.mark.parametrize(("data", "line", "key", "words"), WHOLE, ids=range(len(WHOLE)))
def test_files_that_are_something_else_are_told_so(
    data: bytes, line: int, key: str, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(data)
    with pytest.raises(PlanFileError) as caught:
        load(path)
    assert f"line {line}, {key}: " in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("name", "data", "words"), [("p.xlsx", b"no archive", "plan convert"), ("p.csv", b"a,b\n1,2\n", "row 2")]
)
def test_tables_that_are_none_are_told_so(name: str, data: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(PlanError, match=words) as caught:
        load(tmp_path / name)
    assert name in str(caught.value)


def test_words_that_yaml_takes_for_something_else_stay_words() -> None:
    plan = loads(SOUND.replace("A: Arcadia", "NO: Norway").replace("who: A", "who: NO").replace("open the gates", "on"))
    assert plan.steps[0].who == ("NO",)
    assert plan.steps[0].does == "on"


def test_ten_megabytes_are_read_or_refused_at_once() -> None:
    start = time.process_time()
    assert len(loads(SOUND + "note: |\n" + ("  " + "x" * 98 + "\n") * 100_000).note) > 9_000_000
    row = "  r{}: {{give: {{who: A, does: thing, verify: none, due: 2030-01-01}}}}\n"
    told = problem_of("plan: p\nparties: {A: a}\npairs:\n" + "".join(row.format(i) for i in range(130_000)))
    assert "more than 300000 values" in told and "split the file" in told
    assert time.process_time() - start < 5


@given(st.text(max_size=60), st.integers(0, len(SOUND)))
def test_whatever_is_typed_into_a_file_it_is_a_plan_or_every_problem_has_a_line_and_a_remedy(
    typed: str, at: int
) -> None:
    try:
        loads(SOUND[:at] + typed + SOUND[at:])
    except PlanFileError as error:
        assert all(p.line > 0 and p.message for p in error.problems)
        assert all(p.remedy for p in error.problems), error
    except DetenteError as error:
        pytest.fail(f"not an error of the file: {error}")


def test_circles_of_a_graph_are_found_once() -> None:
    assert circles({"a": ("b",), "b": ("a", "c"), "c": ()}) == [("a", "b")]
    assert circles({"a": ("a",)}) == [("a",)]
    assert circles({"a": ("b", "c"), "b": ("c",), "c": ()}) == []
