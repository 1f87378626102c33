"""PDF by pypdfium2 (PDFium): text page by page, set lines joined to paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .blocks import without_layout
from .documents import Draft, join_blocks
from .limits import Limits
from .reasons import read_error

MEDIA_TYPE = "application/pdf"
FULL_LINE = 0.75
"""A line of at least this share of the longest usual line goes on in the next one."""

_PASSWORD, _UNKNOWN_SECURITY = 4, 5
"""PDFium's FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY (public/fpdfview.h)."""
_HYPHENS = re.compile(r"(?<=\w)[\ufffe\u0002\u00ad]\s*\n?\s*(?=\w)")
_STARTS_ANEW = re.compile(r"(?:[•●▪◦–—-]\s|\(?[0-9ivx]{1,4}[.)]\s|[A-Z][A-Z ]{6,}$)")


def read_pdf(data: bytes, source: str, limits: Limits) -> Draft:
    """The draft of a PDF. Raises ReadError: encrypted, damaged, too-many-parts, too-long, no-text."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code in (_PASSWORD, _UNKNOWN_SECURITY) or "assword" in str(error):
            raise read_error(source, "encrypted", "the PDF needs a password; save a copy without one") from None
        raise read_error(source, "damaged", f"the PDF is cut off or broken ({error}); get it again") from None
    try:
        if len(pdf) > limits.pages:
            raise read_error(source, "too-many-parts", f"{len(pdf):,} pages; the limit is {limits.pages:,}; split it")
        pages = list(_pages(pdf, source, limits))
        facts = pdf.get_metadata_dict(skip_empty=True)
    finally:
        pdf.close()
    if not any(page.strip() for page in pages):
        raise read_error(source, "no-text", "the PDF holds no text, as scanned ones do; run it through OCR first")
    return Draft(
        text=join_blocks(_paragraphs(pages)),
        media_type=MEDIA_TYPE,
        title=_title(facts),
        author=facts.get("Author"),
        notes=(f"PDF made on {facts['CreationDate'][2:10]}",) if facts.get("CreationDate", "").startswith("D:") else (),
    )


def _pages(pdf: Any, source: str, limits: Limits) -> Iterator[str]:
    characters = 0
    for number in range(len(pdf)):
        page = pdf[number]
        words = page.get_textpage()
        text = words.get_text_bounded()
        words.close()
        page.close()
        characters += len(text)
        if characters > 2 * limits.characters:
            raise read_error(source, "too-long", f"more than {limits.characters:,} characters; split it")
        yield text.replace("\r\n", "\n").replace("\r", "\n")


def _title(facts: dict[str, str]) -> str | None:
    """The title of the PDF's own description, unless a word processor put a file name there."""
    title = facts.get("Title", "").strip()
    looks_like_file = re.search(r"\.(?:docx?|pdf|indd|qxd|rtf|html?)$|^microsoft word|^untitled", title, re.I)
    return None if looks_like_file or len(title) < 4 else title


def _paragraphs(pages: list[str]) -> Iterator[str]:
    """Paragraphs from set lines: a full line goes on in the next; a short one, or a blank, ends a paragraph."""
    lines = [line.strip() for page in pages for line in [*_HYPHENS.sub("", page).split("\n"), ""]]
    lengths = sorted(len(line) for line in lines if len(line) > 20)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 80
    current: list[str] = []
    for line in lines:
        ends_paragraph = not current or (len(current[-1]) < usual * FULL_LINE and current[-1][-1] not in ",-–—")
        if not line and current and (ends_paragraph or current[-1][-1] in '.!?:;”"'):
            yield without_layout(" ".join(current))
            current = []
        elif line and current and (ends_paragraph or _STARTS_ANEW.match(line)):
            yield without_layout(" ".join(current))
            current = [line]
        elif line:
            current.append(line)
    if current:
        yield without_layout(" ".join(current))
