"""DOCX: its paragraphs and tables, read straight from the two parts that hold them.

Only `word/document.xml` and `docProps/core.xml` are unpacked, so that pictures and whatever else is
packed with them cost nothing; text inside links, content controls and tracked insertions is read
(python-docx leaves the latter two out), tracked deletions are not.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from .documents import Draft, join_blocks
from .limits import MIB, Limits
from .reasons import read_error
from .when import normal_date

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BODY, CORE = "word/document.xml", "docProps/core.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS = "{http://purl.org/dc/terms/}"


def read_docx(data: bytes, source: str, limits: Limits) -> Draft:
    """The draft of a DOCX file. Raises ReadError: unsupported-format (another ZIP), bomb, encrypted, damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if BODY not in names:
                raise read_error(source, "unsupported-format", "a ZIP archive that is no DOCX; unpack it and give the folder")  # fmt: skip
            body = _part(archive, BODY, source, limits)
            core = _part(archive, CORE, source, limits) if CORE in names else b""
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise read_error(source, "damaged", f"the DOCX is cut off or broken ({error}); get it again") from None
    except RuntimeError as error:  # zipfile's way to say that a password is needed
        raise read_error(source, "encrypted", f"{error}; save a copy without a password") from None
    facts = _facts(core, source)
    made = facts.get("created")
    return Draft(
        text=join_blocks(_paragraphs(_tree(body, source))),
        media_type=MEDIA_TYPE,
        title=facts.get("title"),
        author=facts.get("author"),
        notes=(f"DOCX made on {made[:10]}",) if made else (),
    )


def _part(archive: zipfile.ZipFile, name: str, source: str, limits: Limits) -> bytes:
    """One part unpacked; what the archive says of its size is not trusted."""
    packed = max(1, archive.getinfo(name).compress_size)
    most = min(limits.document_bytes, max(4 * MIB, packed * limits.unpack_ratio))
    with archive.open(name) as part:
        data = part.read(most + 1)
    if len(data) > most:
        raise read_error(source, "bomb", f"{name} unpacks into more than {most:,} bytes")
    return data


def _tree(part: bytes, source: str) -> Any:
    from lxml import etree

    if b"<!ENTITY" in part or b"<!DOCTYPE" in part:
        raise read_error(source, "entities", "the DOCX declares XML entities, as no word processor does")
    try:
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        reason = "too-deep" if "depth" in str(error) else "damaged"
        raise read_error(source, reason, f"the text of the DOCX is broken XML ({error})"[:200]) from None


def _facts(core: bytes, source: str) -> dict[str, str]:
    if not core:
        return {}
    tree = _tree(core, source)
    found = {
        "title": tree.findtext(f"{_DC}title"),
        "author": tree.findtext(f"{_DC}creator"),
        "created": normal_date(tree.findtext(f"{_DCTERMS}created")),
    }
    return {key: value for key, value in found.items() if value and value != "python-docx"}


def _paragraphs(tree: Any) -> Iterator[str]:
    """The text of each paragraph in reading order; the cells of a table row are paragraphs too."""
    pieces: list[str] = []
    for element in tree.iter(f"{_W}p", f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        kind = element.tag.removeprefix(_W)
        if kind == "p":
            yield "".join(pieces)
            pieces = []
        elif kind == "t":
            pieces.append(element.text or "")
        else:
            pieces.append({"tab": " ", "noBreakHyphen": "-"}.get(kind, "\n"))
    yield "".join(pieces)
