"""Charts as files: SVG with its colours written out, PNG and PDF of it, and a Vega-Lite specification of the numbers.

PNG and PDF are made by vl-convert (BSD-3-Clause) in this process: no browser, no request, no font but the system's
and its own.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from ..errors import UsageError
from .desk import HERE
from .series import Series
from .words import Words

PICTURES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
MARGIN = 16
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_VALUE = re.compile(r"--([\w-]+):\s*(?:light-dark\(([^,]+),[^)]*\)|([^;}]+))")


def standalone(svg: str, title: str = "", note: str = "") -> str:
    """The SVG of a page as a file of its own: light colours written out, a title above and its source below."""
    found = re.match(r'<svg class="(\w+)" viewBox="0 0 (\d+) (\d+)"', svg)
    if found is None:
        return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" width="1" height="1"></svg>'
    wide, high = int(found[2]) + 2 * MARGIN, int(found[3]) + 2 * MARGIN
    top = 30 if title else 0
    bottom = 18 if note else 0
    inner = re.sub(r"</?a\b[^>]*>|<title>[^<]*</title>", "", svg[svg.index(">") + 1 : svg.rindex("</svg>")])
    head = f'<text class="heading" x="{MARGIN}" y="{MARGIN + 14}">{escape(title)}</text>' if title else ""
    foot = f'<text class="axis" x="{MARGIN}" y="{high + top + bottom - 10}">{escape(note)}</text>' if note else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high + top + bottom}" width="{wide}" height="{high + top + bottom}">'
        f"<style>{escape(_style())}</style>"
        f'<rect width="{wide}" height="{high + top + bottom}" fill="{_colours()["card"]}"/>{head}'
        f'<svg class="{found[1]}" x="{MARGIN}" y="{MARGIN + top}" width="{found[2]}" height="{found[3]}">{inner}</svg>{foot}</svg>'
    )


def converted(svg: str, ending: str) -> bytes:
    """A standalone SVG as 'svg', 'png' (twice its size) or 'pdf'. Raises UsageError for another ending."""
    if ending not in PICTURES:
        raise UsageError(f"there is no picture as {ending!r}; there are {', '.join(PICTURES)}")
    if ending == "svg":
        return svg.encode()
    import vl_convert

    made: bytes = vl_convert.svg_to_png(svg, scale=2) if ending == "png" else vl_convert.svg_to_pdf(svg)
    return made


@cache
def _colours() -> dict[str, str]:
    """The variables of the style sheet in light colours."""
    css = (HERE / "static" / "workbench.css").read_text(encoding="utf-8")
    return {m[1]: (m[2] or m[3]).strip() for m in _VALUE.finditer(css)}


@cache
def _style() -> str:
    """The rules for pictures, with variables replaced: programs that draw SVG know none."""
    css = (HERE / "static" / "workbench.css").read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    rules = []
    for found in _RULE.finditer(css):
        chosen = [s.strip() for s in found[1].split(",") if s.strip().startswith("svg ") and ":" not in s]
        if chosen:
            body = re.sub(r"var\(--([\w-]+)\)", lambda v: _colours().get(v[1], "#000"), found[2].strip())
            rules.append(f"{','.join(s.removeprefix('svg ') for s in chosen)}{{{body}}}")
    heading = f".heading{{font:600 17px serif;fill:{_colours()['ink']}}}"
    return "".join(rules) + heading + "text{font-family:sans-serif}.hit{fill:none}"


# --- the same numbers as Vega-Lite ------------------------------------------------------------------------


def vega_lite(t: Words, series: Series) -> dict[str, Any]:
    """The picture over time as a Vega-Lite 5 specification with its data in it: for notebooks (Altair reads it), for
    articles, and for whoever wants other colours."""
    rows = [b.row() for b in series.bins if b.label]
    order = [r["period"] for r in rows]
    x = {"field": "period", "type": "ordinal", "sort": order, "title": None}
    stances = "stances" in series.holds
    up = ("stances_favour",) if stances else ("verbal_cooperation", "material_cooperation")
    down = ("stances_oppose",) if stances else ("verbal_conflict", "material_conflict")
    long = [
        {"period": r["period"], "class": name, "n": r[name] if name in up else -r[name]}
        for r in rows
        for name in (*up, *down)
    ]
    colours = _colours()
    scale = {
        "domain": [*up, *down],
        "range": [colours[q] for q in (("q2", "q4") if stances else ("q1", "q2", "q3", "q4"))],
    }
    bands: list[dict[str, Any]] = [
        {
            "height": 180,
            "data": {"values": long},
            "mark": "bar",
            "encoding": {"x": x, "y": {"field": "n", "type": "quantitative", "title": t.plain("chart.count")}, "color": {"field": "class", "type": "nominal", "scale": scale, "title": None}},
        }
    ]  # fmt: skip
    if "events" in series.holds:
        bands.append(_band(x, "goldstein_mean", t.plain("chart.goldstein"), 60, "line", {"domain": [-10, 10]}))
    if "statements" in series.holds:
        bands.append(_band(x, "statements", t.plain("chart.statements"), 40, "bar"))
    bands.append(_band(x, "documents", t.plain("chart.documents"), 40, "bar"))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": rows},
        "vconcat": bands,
        "config": {"view": {"continuousWidth": 760, "discreteWidth": 760}},
    }


def _band(
    x: dict[str, Any], name: str, title: str, height: int, mark: str, scale: dict[str, Any] | None = None
) -> dict[str, Any]:
    y: dict[str, Any] = {"field": name, "type": "quantitative", "title": title}
    if scale:
        y["scale"] = scale
    return {"height": height, "mark": mark, "encoding": {"x": x, "y": y}}
