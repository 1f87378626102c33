"""The text of a piece of HTML, block by block: for feeds, mails and pages without a main text."""

from __future__ import annotations

import re
from typing import Any

from .documents import join_blocks

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "iframe",
        "object",
        "svg",
        "math",
        "select",
        "option",
        "button",
        "textarea",
    ]
)
_LAYOUT = re.compile("[\u00ad\u200b\u2060\ufeff]")


def without_layout(text: str) -> str:
    """Text without soft hyphens and zero-width spaces, which tell a browser where to break a line."""
    return _LAYOUT.sub("", text)


def text_of_html(tree: Any) -> str:
    """The visible text of an lxml tree, a blank line between blocks. Walks without recursion."""
    from lxml import etree

    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            pieces.append(element.tail if element.tail and not hidden else "")
            continue
        name = element.tag
        if event == "start":
            hidden += name in _SILENT
            pieces.append("\n" if name in _BLOCKS else "")
            pieces.append(element.text if element.text and not hidden else "")
        else:
            hidden -= name in _SILENT
            pieces.append("\n" if name in _BLOCKS else "")
            pieces.append(element.tail if element.tail and not hidden and element is not tree else "")
    return _laid_out(pieces)


def _laid_out(pieces: list[str]) -> str:
    """Text pieces keep no line ends of their own: those in HTML source mean a space."""
    lines = "".join(piece if piece == "\n" else re.sub(r"\s", " ", piece) for piece in pieces).split("\n")
    return without_layout(join_blocks(" ".join(line.split()) for line in lines))


def text_of_snippet(html: str) -> str:
    """The text of a snippet such as a feed's description, which may be plain text."""
    if "<" not in html and "&" not in html:
        return without_layout(html.strip())
    from lxml import html as lxml_html

    try:
        tree = lxml_html.fromstring(f"<div>{html}</div>", parser=lxml_html.HTMLParser(remove_comments=True))
    except (ValueError, lxml_html.etree.ParserError):
        return ""
    return text_of_html(tree)
