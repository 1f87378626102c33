"""How the outcome of cases is printed: item by item, then the totals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PIPED_WIDTH = 160
"""Columns of the table when the output goes to a file or another program."""


def print_cases(report: Mapping[str, Any], *, misses_only: bool = False) -> None:
    """Prints each case's items with what was found, its totals, and the totals over all cases."""
    from rich.console import Console

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=PIPED_WIDTH)
    for case in report["cases"]:
        items = [i for i in case["items"] if not (misses_only and i["right"])]
        if items:
            console.print(_items_table(case["name"], items))
        _print_totals(console, case["name"], case["measures"])
        beyond = case["beyond"]
        console.print(f"  beyond the case's list: {beyond['events']} events, {beyond['statements']} statements\n")
    if len(report["cases"]) > 1:
        _print_totals(console, f"all {report['n']} cases", report["measures"])
    if report["share"] is not None:
        console.print(f"all expectations: {report['share']:.3f} right")


def _print_totals(console: Any, name: str, measures: list[dict[str, Any]]) -> None:
    from rich.markup import escape

    console.print(f"[bold]{escape(name)}[/bold]")
    for measure in measures:
        console.print(f"  {measure['name']}: {measure['right']} of {measure['n']}")


def _items_table(name: str, items: list[dict[str, Any]]) -> Any:
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=escape(name), title_justify="left")
    table.add_column("", width=4)
    table.add_column("kind")
    table.add_column("expected", overflow="fold", ratio=3)
    table.add_column("found", overflow="fold", ratio=3)
    table.add_column("wrong", overflow="fold")
    for item in items:
        wrong = ", ".join(part for part, right in item["parts"].items() if not right)
        table.add_row(
            _mark(item),
            item["kind"].replace("_", "-"),
            escape(_short(item["expected"])),
            escape(item["found"]),
            wrong,
        )
    return table


def _mark(item: Mapping[str, Any]) -> str:
    if item["right"]:
        return "[green]hit[/green]"
    return "[yellow]opt[/yellow]" if item["optional"] else "[red]miss[/red]"


def _short(text: str, limit: int = 160) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
