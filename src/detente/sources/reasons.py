"""Why a document was not read: a closed list of words, each with its meaning and its remedy."""

from __future__ import annotations

from ..errors import ReadError

REASONS: dict[str, str] = {
    "empty": "there is nothing in it, or nothing but white space",
    "no-text": "it is well formed but has no text: a scanned PDF, a page of pictures, a record without a text",
    "binary": "it is not text, and not a format that can be told",
    "unsupported-format": "the format is known but not read here; the message says what to convert it to",
    "too-large": "more bytes than `document_bytes`, `html_bytes` or `input_bytes` allow",
    "too-long": "more characters than `characters` allows",
    "too-deep": "elements, brackets or containers are nested deeper than `depth` or `nesting` allow",
    "too-many-parts": "more elements than `elements`, or more pages than `pages` allow",
    "bomb": "a small packed file that would unpack into more than `unpack_ratio` or the size limits allow",
    "entities": "XML that declares entities of its own, as documents never do and attacks do",
    "encrypted": "a password is needed; save a copy without one",
    "damaged": "it is cut off or broken, and what is left cannot be read",
    "bad-json": "a line is not a JSON object; the other lines are read",
    "timed-out": "reading took longer than `seconds` of processor time or `wall_seconds`",
    "out-of-memory": "reading took more than `memory`",
    "crashed": "the format's library crashed; the reader was restarted",
    "not-found": "there is no such file, the link points nowhere, or nothing matches the pattern",
    "not-permitted": "the file or folder may not be read by this user",
    "not-a-file": "a pipe, socket or device, from which reading might never end",
    "unreadable": "the system reported an error while reading",
    "address-refused": "the address, or one it redirects to, is private, loopback or link-local, or not http(s)",
    "http-status": "the server answered with an error",
    "network": "the server could not be reached or did not answer in time",
}


def read_error(source: str, reason: str, message: str) -> ReadError:
    """A ReadError whose reason is of the list, in characters that can be kept. Raises KeyError for another word."""
    _ = REASONS[reason]
    return ReadError(_kept(source), reason, _kept(message))


def _kept(text: str) -> str:
    """Without lone surrogates, which file names and JSON may hold and no file or database takes."""
    return text.encode("utf-8", "replace").decode()
