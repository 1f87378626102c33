"""Mail (EML): the text part, else the HTML part; subject, sender and date from the headers."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

from .blocks import text_of_snippet
from .documents import Draft, lf
from .encodings import decode
from .limits import Limits
from .when import normal_date

MEDIA_TYPE = "message/rfc822"
MOST_PARTS = 200


def read_mail(data: bytes, source: str, limits: Limits) -> Draft:
    """The draft of a mail. Attachments are left out and counted in a note. Broken MIME is read as far as it goes."""
    message = message_from_bytes(data, policy=default)
    plain, pages, left_out = _parts(message)
    if not plain and not pages and message.is_multipart() is False:
        plain = [_content(message)]  # a multipart mail whose parts are not to be found
    notes = [f"{left_out} attachments left out"] if left_out else []
    if defects := sorted({type(d).__name__ for d in message.defects}):
        notes.append(f"broken mail: {', '.join(defects)}")
    text = "\n\n".join(plain) if any(part.strip() for part in plain) else "\n\n".join(map(text_of_snippet, pages))
    name, address = parseaddr(_header(message, "From"))
    list_name = parseaddr(_header(message, "List-Id"))[0]
    return Draft(
        text=lf(text),
        media_type=MEDIA_TYPE,
        title=_header(message, "Subject") or None,
        outlet=list_name or address.partition("@")[2] or None,
        author=name or None,
        published=normal_date(_header(message, "Date")),
        notes=tuple(notes),
    )


def _header(message: EmailMessage, name: str) -> str:
    """A header as text; the parser of the standard library raises on some malformed ones."""
    try:
        return str(message.get(name, "") or "")
    except (ValueError, LookupError, AttributeError, IndexError, TypeError):
        for key, value in message.raw_items():
            if key.lower() == name.lower():
                return " ".join(str(value).split())
        return ""


def _parts(message: EmailMessage) -> tuple[list[str], list[str], int]:
    """The text parts, the HTML parts, and how many attachments there are."""
    plain: list[str] = []
    pages: list[str] = []
    left_out = 0
    for part, _ in zip(message.walk(), range(MOST_PARTS), strict=False):
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if "attachment" in _header(part, "Content-Disposition").lower() or kind not in ("text/plain", "text/html"):
            left_out += 1
        else:
            (plain if kind == "text/plain" else pages).append(_content(part))
    return plain, pages, left_out


def _content(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return str(part.get_payload() or "")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", _header(part, "Content-Type"), re.I)
    return decode(payload, charset[1] if charset else None).text
