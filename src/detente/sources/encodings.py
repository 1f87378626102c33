"""Bytes to text: byte order marks, declared encodings, and guesses when there is neither."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import NamedTuple

SAMPLE = 64 * 1024
"""Bytes looked at to guess an encoding."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 27} | {127}
_UNPRINTABLE = bytes(sorted(CONTROLS))
_WESTERN = frozenset("‘’“”„‚«»‹›–—…•·€£§°®©™ ¡¿ª×½¼àáâãäåæçèéêëìíîïñòóôõöøùúûüßÀÁÂÄÅÆÇÈÉÊÑÖØÜ")
# Web pages that declare these mean the larger Windows sets (WHATWG encoding standard, section 4.2).
_WEB_NAMES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
              "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "ks_c_5601-1987": "cp949",
              "iso-8859-9": "cp1254", "tis-620": "cp874", "shift_jis": "cp932"}  # fmt: skip


class Decoded(NamedTuple):
    """The text of some bytes and what had to be guessed."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`: by its byte order mark, else UTF-8 if it is valid, else as declared, else guessed.

    UTF-8 goes before what is declared because bytes that are valid UTF-8 and not plain ASCII are
    UTF-8, whatever a page says; a declaration that does not fit the bytes is noted and passed over.
    Bytes that fit nothing become U+FFFD, with a note.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    name = _codec_name(declared)
    if name and name.startswith(("iso2022", "utf_7", "utf-7", "hz")):
        return _as_declared(data, name) or _guess(data)
    if (wide := wide_encoding(data)) is not None:
        decoded = _lenient(data, wide)
        return Decoded(decoded.text, wide, (f"encoding guessed: {wide}", *decoded.notes))
    if (text := _strict(data, "utf-8")) is not None:
        return Decoded(text, "utf-8", _mismatch(declared, "utf-8") if not data.isascii() else ())
    if name and (as_declared := _as_declared(data, name)):
        return as_declared
    guessed = _guess(data)
    return Decoded(guessed.text, guessed.encoding, (*_mismatch(declared, guessed.encoding), *guessed.notes))


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text in any encoding: control characters that no text holds so many of."""
    sample = data[:SAMPLE]
    if not sample or any(sample.startswith(mark) for mark, _ in BOMS) or wide_encoding(sample):
        return False
    controls = len(sample) - len(sample.translate(None, _UNPRINTABLE))
    return controls > max(8, len(sample) // 50)


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark, told by where the zero bytes stand."""
    sample = data[: SAMPLE // 4 * 4]
    if len(sample) < 8 or b"\0" not in sample:
        return None
    quarter = max(1, len(sample) // 4)
    zeros = [sample[i::4].count(0) / quarter for i in range(4)]
    if min(zeros[1:]) > 0.6 and zeros[0] < 0.1:
        candidates = ["utf-32-le"]
    elif min(zeros[:3]) > 0.6 and zeros[3] < 0.1:
        candidates = ["utf-32-be"]
    else:
        # Text in one alphabet has the same one or two high bytes all along, zero among them for spaces.
        sides = {"utf-16-be": sample[::2], "utf-16-le": sample[1::2]}
        candidates = [encoding for encoding, high in sides.items() if _is_uniform(high)]
        if len(candidates) != 1:
            return None
    return next((c for c in candidates if _reads_well(sample, c)), None)


def _is_uniform(high: bytes) -> bool:
    common = Counter(high).most_common(2)
    return 0 in dict(common) and sum(count for _, count in common) > 0.85 * len(high)


def _reads_well(sample: bytes, encoding: str) -> bool:
    text = sample[: len(sample) // 4 * 4].decode(encoding, "replace")
    good = sum(c.isalnum() or c.isspace() or c.isprintable() for c in text) - 3 * text.count("�")
    return good > 0.9 * len(text)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _lenient(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    damaged = text.count("�") - (data.decode(encoding, "ignore").count("�") if "�" in text else 0)
    return Decoded(text, encoding, (f"{damaged} characters not valid in {encoding}",) if damaged else ())


def _as_declared(data: bytes, name: str) -> Decoded | None:
    text = _strict(data, name)
    return None if text is None else Decoded(text, name)


def _codec_name(declared: str | None) -> str | None:
    """The Python codec for a declared name, or None when there is none that makes text of bytes."""
    label = (declared or "").strip().strip("\"'").lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9_:.()+-]{1,40}", label):
        return None
    try:
        info = codecs.lookup(_WEB_NAMES.get(label, label))
    except LookupError:
        return None
    return info.name if info._is_text_encoding else None


def _mismatch(declared: str | None, actual: str) -> tuple[str, ...]:
    name = _codec_name(declared)
    if name is None or name == "utf-8" == actual:
        return ()
    return (f"declared as {declared}, read as {actual}",)


def _guess(data: bytes) -> Decoded:
    """The likeliest encoding by charset-normalizer, else Windows-1252, in which every byte means something."""
    from charset_normalizer import from_bytes

    sample = data[:SAMPLE]
    best = from_bytes(sample, steps=5, chunk_size=512, threshold=0.4).best()
    encoding = best.encoding if best else "cp1252"
    nearly_utf8 = _lenient(data, "utf-8")
    if nearly_utf8.text.count("�") * 5 < len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]", data)):
        return nearly_utf8
    if _is_western(sample):
        encoding = "cp1252"
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, (f"encoding guessed: {encoding}",))


def _is_western(sample: bytes) -> bool:
    """Whether all but a few of the bytes beyond ASCII are quotation marks, dashes or accents of Western letters.

    Windows-1250 and its cousins differ from 1252 in a few letters, between which a guess from a short text is blind.
    """
    beyond = [char for char in sample.decode("cp1252", "replace") if not char.isascii()]
    if sum(char in _WESTERN for char in beyond) < 0.95 * len(beyond):
        return False
    letters = sum(char.isalpha() for char in beyond)
    return letters < len(sample) / 5  # mostly letters beyond ASCII: another alphabet
