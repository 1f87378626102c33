"""The pictures as PNG or PDF, for those who cannot use SVG.

Drawn by vl-convert (BSD-3), which brings its own fonts and reads neither style variables nor the reader's setting, so
the light colours are put in first.
"""

from __future__ import annotations

import re

from .svg import STYLE

ZOOM = 2.0
"""Pixels of the PNG for one of the SVG: sharp on paper and on dense screens."""


def png(svg: str, *, zoom: float = ZOOM) -> bytes:
    """The bytes of a PNG file of the SVG text."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(plain(svg), scale=zoom))


def pdf(svg: str) -> bytes:
    """The bytes of a PDF file of one page of the SVG text, in which the words stay words."""
    import vl_convert

    return bytes(vl_convert.svg_to_pdf(plain(svg)))


def plain(svg: str) -> str:
    """The SVG with the light colours in place of the variables that name them, and without what only browsers read."""
    colours = dict(re.findall(r"(--[\w-]+):(#[0-9a-fA-F]+)", STYLE.split("@media")[0]))
    style = re.sub(r":root\{[^}]*\}|@media[^{]*\{.*?\}\}", "", STYLE, flags=re.S)
    style = re.sub(r"font-family:[^;]*", "font-family:Liberation Sans,DejaVu Sans,sans-serif", style)
    return re.sub(r"var\((--[\w-]+)\)", lambda m: colours[m[1]], svg.replace(STYLE, style))
