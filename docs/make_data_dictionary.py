"""Makes docs/reference/data-dictionary.md from the table of columns.

python docs/make_data_dictionary.py            # write it
python docs/make_data_dictionary.py --check    # exit 1 when it is not up to date
"""

from __future__ import annotations

import sys
from pathlib import Path

from detente.exchange.datasets import column_table
from detente.exchange.formats import FORMATS
from detente.exchange.layouts import layouts
from detente.exchange.others import SHAPES

PAGE = Path(__file__).parent / "reference" / "data-dictionary.md"
HEAD = """# Data dictionary

*Reference. Made from `src/detente/exchange/tables/columns.csv` by `python docs/make_data_dictionary.py`; do not edit.*

Every column of every table that goes out or comes in. Types: `str` text, `int` and `float` numbers, `date` a day as YYYY-MM-DD,
`list` several texts (joined by `; ` in CSV, lists in Parquet and JSON). An empty cell means that it is not known. How the formats
are used: [how-to](../how-to/exchange.md); from R and Python: [how-to](../how-to/use-in-r-and-python.md).

"""
ABOUT = {
    "events": "Our own tables", "gdelt": "GDELT 2.0 events", "gdelt-mentions": "GDELT 2.0 mentions", "icews": "ICEWS",
    "phoenix": "Phoenix", "polecat": "POLECAT", "petrarch": "PETRARCH-2", "acled": "ACLED",
}  # fmt: skip
OWN = ("events", "statements", "stances", "agreements", "plans", "documents", "sources", "actors")


def page() -> str:
    """The whole page."""
    lines = [HEAD + "## Formats", "", "| format | ending | holds | out | in |", "| --- | --- | --- | --- | --- |"]
    for name in dict.fromkeys([*FORMATS, *SHAPES]):
        out = FORMATS.get(name)
        told = f"`.{out.ending}` | {out.about}" if out else "`.csv` | ACLED, 31 columns with a heading"
        lines.append(f"| `{name}` | {told} | {'yes' if out else ''} | {'yes' if name in SHAPES else ''} |")
    lines += ["", "## Our own tables", ""]
    for name in OWN:
        lines += [f"### {name}", "", *column_table(layouts()[name].columns), ""]
    lines += ["## Other people's tables", "", "What we put into a column, where it is ours to fill.", ""]
    for name, found in layouts().items():
        if name not in OWN:
            lines += [f"### {ABOUT[name]}: {len(found.columns)} columns", "", *column_table(found.columns), ""]
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    text = page()
    if "--check" not in sys.argv:
        PAGE.write_text(text, "utf-8")
    elif not PAGE.exists() or PAGE.read_text("utf-8") != text:
        sys.exit(
            "docs/reference/data-dictionary.md is not what the table says; run: python docs/make_data_dictionary.py"
        )


if __name__ == "__main__":
    main()
