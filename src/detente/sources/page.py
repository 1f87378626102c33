"""Web pages: the main text by trafilatura; title, outlet, day and byline from what the page states of itself."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from .blocks import text_of_html, without_layout
from .documents import Draft, join_blocks
from .encodings import decode
from .jsonlines import urlsplit_host
from .limits import Limits
from .reasons import read_error
from .when import normal_date

MEDIA_TYPE = "text/html"
SHORTEST_MAIN = 80
"""Characters below which what was taken for the main text is compared with the whole page's."""

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.I)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w:.-]{2,40})""", re.I)
_TAG = re.compile(r"<[A-Za-z]")
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_DATE_META = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dcterms.created", "dc.date.issued",
    "dcterms.date", "pubdate", "publishdate", "publish-date", "publication_date", "sailthru.date", "parsely-pub-date",
    "article.published", "cxenseparse:recs:publishtime", "citation_publication_date", "release_date",
)  # fmt: skip
_ARTICLE_TYPES = ("article", "posting", "webpage", "report")


def read_page(
    data: bytes, source: str, limits: Limits, *, declared: str | None = None, url: str | None = None
) -> Draft:
    """The draft of a web page. Raises ReadError: too-large, too-deep, too-many-parts, no-text, damaged."""
    if len(data) > limits.html_bytes:
        raise read_error(source, "too-large", f"a web page of {len(data):,} bytes; the limit is {limits.html_bytes:,}")
    decoded = decode(data, declared or declared_encoding(data))
    tree = parse_html(decoded.text, source, limits)
    stated = stated_facts(tree)
    main = _extracted(tree, url)
    notes = decoded.notes
    text = main_text(main)
    if len(text) < SHORTEST_MAIN:
        whole = text_of_html(parse_html(decoded.text, source, limits))
        if len(whole) > 3 * len(text):
            text = whole
            notes += ("no main text found; the whole page was read",)
    address = url or main.url
    return Draft(
        text=text,
        media_type=MEDIA_TYPE,
        title=main.title,
        outlet=stated.get("outlet") or main.sitename or (urlsplit_host(address) if address else None),
        author=main.author,
        published=stated.get("published") or normal_date(main.date),
        url=address,
        notes=notes,
    )


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page's own head states."""
    head = data[:4096]
    match = _XML_ENCODING.search(head) or _CHARSET.search(head)
    return match[1].decode("ascii") if match else None


def parse_html(text: str, source: str, limits: Limits) -> Any:
    """The lxml tree of a page that is neither too deep nor too full."""
    from lxml import etree, html

    if text.count("<") > limits.elements and sum(1 for _ in _TAG.finditer(text)) > limits.elements:
        raise read_error(source, "too-many-parts", f"more than {limits.elements:,} elements")
    body = _XML_HEAD.sub("", text.replace("\0", "�"), count=1)
    try:
        tree = html.document_fromstring(body, parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise read_error(source, "no-text", f"no page in it ({error})"[:120]) from None
    depth = deepest = elements = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > deepest:
            deepest, elements = depth, elements + 1
            if deepest > limits.depth:
                raise read_error(source, "too-deep", f"elements nested deeper than {limits.depth}")
        elif event == "start":
            elements += 1
            if elements > limits.elements:
                raise read_error(source, "too-many-parts", f"more than {limits.elements:,} elements")
    return tree


@cache
def _parser() -> Any:
    from lxml import html

    # huge_tree: depth is limited by ourselves, with an error, where libxml2 would drop the rest in silence.
    return html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, encoding="utf-8")


def _extracted(tree: Any, url: str | None) -> Any:
    """trafilatura's finding: `text`, `title`, `sitename`, `author`, `date`, `url`. It changes the tree."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Extracted

    found = bare_extraction(
        tree,
        url=url,
        fast=True,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": True},
    )
    return found if found is not None else Extracted()


def main_text(found: Any) -> str:
    """The main text with a blank line between paragraphs; trafilatura puts one line end there."""
    return without_layout(join_blocks((found.text or "").split("\n")))


def stated_facts(tree: Any) -> dict[str, str]:
    """'published' with its time, and 'outlet', where meta tags or JSON-LD state them."""
    facts: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        value = element.get("content") or ""
        if key == "og:site_name" and value.strip():
            facts.setdefault("outlet", value)
        elif key in _DATE_META and (published := normal_date(value)):
            facts.setdefault("published", published)
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            facts = _linked_facts(script.text or "") | facts
    return facts


def _linked_facts(script: str) -> dict[str, str]:
    """The same from one JSON-LD script: of the first object that is an article."""
    try:
        value = json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return {}
    parts = value if isinstance(value, list) else [value]
    parts = [part for top in parts if isinstance(top, dict) for part in (top, *_listed(top.get("@graph")))]
    for part in parts:
        if isinstance(part, dict) and str(part.get("@type")).lower().rstrip("']").endswith(_ARTICLE_TYPES):
            publisher = part.get("publisher")
            name = publisher.get("name") if isinstance(publisher, dict) else None
            published = normal_date(part.get("datePublished"))
            facts = {"published": published, "outlet": name if isinstance(name, str) else None}
            return {key: fact for key, fact in facts.items() if fact}
    return {}


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
