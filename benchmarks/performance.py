"""The table of docs/performance.md and its cost sheet, from the results that are kept, with every goal, reached or not.

    python benchmarks/performance.py                     # print the table from what is kept
    python benchmarks/performance.py --only parse cores  # run these, keep what they measure, print the table
    python benchmarks/performance.py --all               # run everything (hours; those that add up go on)
    python benchmarks/performance.py --write             # put table and cost sheet into docs/performance.md
    python benchmarks/performance.py --check             # exit 1 where the page has other figures than the results

What is run, which figures it has and what they should be stands in `goals.toml`; results in `benchmarks/results`.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import kept

HERE = Path(__file__).parent
ROOT = HERE.parent
PAGE = ROOT / "docs" / "performance.md"
GOLD = ROOT.parent / "shared" / "gold"
GOALS = tomllib.loads((HERE / "goals.toml").read_text("utf-8"))
HEAD = "| what | figure | goal | reached | taken | command |\n| --- | --- | --- | --- | --- | --- |"


def table(results: Path = kept.RESULTS) -> str:
    """The table of all goals, a heading for each group."""
    lines: list[str] = []
    for goal in GOALS["goal"]:
        if "group" in goal:
            lines += ["", f"### {goal['group']}", "", HEAD]
        lines.append(row_of(goal, kept.kept(goal["run"], results)))
    return "\n".join(lines).strip()


def row_of(goal: dict[str, Any], result: dict[str, Any] | None) -> str:
    """One line of the table."""
    value = figure_of(goal, result)
    command = GOALS["run"][goal["run"]]["command"].replace("{gold}", "GOLD")
    command = command if command.startswith("pytest") else f"python {command}"
    taken = ""
    if result and value is not None:
        load = result["machine"]["load"]
        taken = f"{result['at'][:10]}, load {'not noted' if load is None else f'{load:g}'}"
    cells = (goal["what"], shown(goal, value), wanted(goal), reached(goal, value), taken, f"`{command}`")
    return f"| {' | '.join(cells)} |".replace("|  |", "| |")


def figure_of(goal: dict[str, Any], result: dict[str, Any] | None) -> Any:
    """The figure of a result; None where it was not measured."""
    value: Any = (result or {}).get("figures")
    for step in goal["figure"].split("/"):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def shown(goal: dict[str, Any], value: Any) -> str:
    if value is None:
        return "not measured"
    if "is" in goal:
        return "yes" if value == goal["is"] else "no"
    return str(goal["shown"].format(value))


def wanted(goal: dict[str, Any]) -> str:
    if "goal" in goal:
        return str(goal["goal"])
    if "is" in goal:
        return "yes"
    bounds = [f"{word} {goal[key]:,}" for key, word in (("least", "at least"), ("most", "at most")) if key in goal]
    return ", ".join(bounds)


def reached(goal: dict[str, Any], value: Any) -> str:
    """yes, **no**, or nothing where there is no goal."""
    if not {"least", "most", "is"} & goal.keys():
        return ""
    if value is None:
        return "**no**"
    good = goal.get("least", value) <= value <= goal.get("most", value) and value == goal.get("is", value)
    return "yes" if good else "**no**"


# --- the cost sheet ---------------------------------------------------------------------------------------


def cost_sheet(results: Path = kept.RESULTS) -> str:
    """What a day and ten years of CC-NEWS cost in machine hours and money, by measured rates and stated assumptions."""
    about = GOALS["cost"]
    lines = [
        "| | rate | core hours a day | two-core machines that keep up | ten years, core hours | a day, $ | ten years, $ |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, what in (("cores", "everything read"), ("cores-mixed", "`--triage`, three in ten on politics")):
        result = kept.kept(name, results)
        if not result:
            continue
        rate = result["figures"]["whole reading, documents a processor second"]
        day = about["pages_a_day"] / rate / 3600
        machines = f"{day / 48:.2f}"
        ten = day * about["days"]
        price = about["core_hour"]
        cells = (
            what,
            f"{rate} a core second",
            f"{day:,.0f}",
            machines,
            f"{ten:,.0f}",
            f"{day * price:,.2f}",
            f"{ten * price:,.0f}",
        )
        lines.append(f"| detente, {' | '.join(cells)} |")
    tokens = about["words"] * about["tokens_a_word"] + about["prompt_tokens"]
    for model in about["models"]:
        one = (tokens * model["input"] + about["answer_tokens"] * model["output"]) / 1e6
        day = one * about["pages_a_day"]
        lines.append(f"| {model['name']} | | | | | {day:,.0f} | {day * about['days']:,.0f} |")
    return "\n".join(lines)


def assumptions() -> str:
    about = GOALS["cost"]
    models = "; ".join(
        f"{m['name']} ${m['input']:g} and ${m['output']:g} a million tokens in and out" for m in about["models"]
    )
    return (
        f"Assumed: {about['pages_a_day']:,} pages a day, every one counted as English and of {about['words']} words; ten years are "
        f"{about['days']:,} days; a virtual core at ${about['core_hour']:g} an hour; for a model {about['tokens_a_word']:g} tokens a word, "
        f"{about['prompt_tokens']} tokens of instructions and {about['answer_tokens']} of answer for each page, {models} (list prices of 2024; "
        "prices change, the ratio is what to look at). Not counted: storage, fetching, people."
    )


# --- running ----------------------------------------------------------------------------------------------


def run(name: str) -> bool:
    """Runs a benchmark and keeps its figures. Returns whether it ended well."""
    about, load = GOALS["run"][name], os.getloadavg()[0]
    words = about["command"].format(gold=GOLD).split()
    module = ["-m", "pytest", "-o", "addopts=", "-q", *words[1:]] if words[0] == "pytest" else words
    print(f"== {name}: {about['command']}", flush=True)
    ended = subprocess.run([sys.executable, *module], cwd=ROOT, capture_output=True, text=True, check=False)
    said = ended.stdout + ended.stderr
    print(said[-1500:])
    by = about["command"] if words[0] == "pytest" else f"python {about['command']}"
    if about.get("passes"):
        passed = re.search(r"(\d+) passed", said)
        figures = {
            "passed": int(ended.returncode == 0 and passed is not None),
            "tests": int(passed[1]) if passed else 0,
        }
        kept.keep(name, figures, load=load, by=by)
    elif not about.get("keeps"):
        found = {figure: re.search(pattern, said) for figure, pattern in about["figures"].items()}
        measured = {figure: number(match[1]) for figure, match in found.items() if match}
        if measured:
            kept.keep(name, measured, load=load, by=by)
    return ended.returncode == 0


def number(text: str) -> int | float:
    """'1,024' or '0.95'."""
    plain = text.replace(",", "")
    return float(plain) if "." in plain else int(plain)


# --- the page ---------------------------------------------------------------------------------------------


def written(page: str) -> str:
    """The page with the table and the cost sheet that the results give."""
    for name, text in (("table", table()), ("cost", f"{cost_sheet()}\n\n{assumptions()}")):
        begin, end = f"<!-- {name}: made by benchmarks/performance.py -->", f"<!-- end of {name} -->"
        before, rest = page.split(begin)
        page = f"{before}{begin}\n\n{text}\n\n{end}{rest.split(end)[1]}"
    return page


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="run everything")
    parser.add_argument("--only", nargs="+", choices=sorted(GOALS["run"]), default=[], metavar="NAME")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--check", action="store_true", help="compare docs/performance.md")
    asked = parser.parse_args()
    failed = [name for name in (GOALS["run"] if asked.all else asked.only) if not run(name)]
    page = PAGE.read_text("utf-8")
    if asked.write:
        PAGE.write_text(written(page), "utf-8")
    elif asked.check:
        return int(written(page) != page)
    else:
        print(table(), cost_sheet(), assumptions(), sep="\n\n")
    for name in failed:
        print(f"{name} did not end well", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
