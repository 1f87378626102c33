"""A folder of documents in mixed formats, some of them broken, each in its own way.

    python benchmarks/hostile_corpus.py FOLDER              writes 200 documents, 20 of them broken
    python benchmarks/hostile_corpus.py FOLDER --good 1800  the same with more good ones

`write_corpus` does the same for tests and says what is to be expected of each file.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from html import escape
from pathlib import Path
from zlib import crc32

MIB = 1024 * 1024
PLACES = ("Geneva", "Vienna", "Muscat", "Ankara", "Doha", "Astana", "Oslo", "Cairo", "Minsk", "Tashkent")
STATES = ("Norland", "Sudmark", "Estavia", "Westria", "Morland", "Karelstan", "Osterby", "Zembla")
DEEDS = (
    "signed an agreement on border trade with",
    "recalled its ambassador from",
    "rejected the latest proposal of",
    "agreed to resume talks with",
    "imposed new duties on steel from",
    "offered to mediate between its neighbours and",
)


@dataclass
class Expected:
    """What reading the corpus must give."""

    good: dict[str, int] = field(default_factory=dict)
    """File name to the number of documents that must be read from it."""
    broken: dict[str, str] = field(default_factory=dict)
    """File name to the reason that must be reported."""


def write_corpus(folder: Path, *, good: int = 180, seed: int = 1) -> Expected:
    """Writes `good` documents and the twenty broken ones, and returns what is to be expected."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    expected = Expected()
    for name, data, documents in (*survivors(), *_good_files(good - len(survivors()), chance)):
        (folder / name).write_bytes(data)
        expected.good[name] = documents
    for name, (reason, write) in BROKEN.items():
        write(folder / name)
        expected.broken[name] = reason
    return expected


def story(chance: random.Random) -> tuple[str, str]:
    """A title and a text of some paragraphs, different every time."""
    first, second = chance.sample(STATES, 2)
    place = chance.choice(PLACES)
    title = f"{first} and {second}: the meeting in {place}, no. {chance.randrange(10**9)}"
    lines = [f"{place.upper()}, {chance.randrange(1, 28)} March 2021 - {first} {chance.choice(DEEDS)} {second}."]
    for _ in range(chance.randrange(4, 9)):
        one, other = chance.sample(STATES, 2)
        lines.append(
            f"The foreign minister of {one} told reporters in {chance.choice(PLACES)} that the government "
            f"{chance.choice(DEEDS)} {other}, and that “nothing has been decided” on the {chance.randrange(2, 90)} "
            "other matters which the two delegations had put on the agenda of the conference."
        )
    return title, "\n\n".join(lines)


def _good_files(count: int, chance: random.Random) -> list[tuple[str, bytes, int]]:
    """Files that hold `count` documents between them."""
    files = []
    left = count
    number = 0
    while left:
        name, make, most = GOOD[number % len(GOOD)]
        documents = min(most, left)
        data = make([story(chance) for _ in range(documents)])
        files.append((name.format(f"{number:04}"), data, documents))
        left -= documents
        number += 1
    return files


Stories = list[tuple[str, str]]


def plain(stories: Stories, encoding: str = "utf-8") -> bytes:
    title, text = stories[0]
    return f"{title}\n\n{text}\n".encode(encoding)


def page(stories: Stories, charset: str = "utf-8", declared: str | None = None) -> bytes:
    title, text = stories[0]
    body = "".join(f"<p>{escape(block)}</p>\n" for block in text.split("\n\n"))
    menu = "".join(f'<li><a href="/{place}">{place}</a></li>' for place in PLACES)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="{declared or charset}"><title>{escape(title)}</title>'
        '<meta property="og:site_name" content="The Norland Herald">'
        '<meta property="article:published_time" content="2021-03-28T06:30:00+02:00"></head>'
        f"<body><nav><ul>{menu}</ul></nav><article><h1>{escape(title)}</h1>{body}</article>"
        "<footer><p>All rights reserved. Contact. Imprint.</p></footer></body></html>"
    ).encode(charset)


def pdf(stories: Stories, *, lines: int | None = None, encrypted: bool = False) -> bytes:
    """A PDF of one page, written by hand."""
    words = " ".join(stories[0]).replace("“", '"').replace("”", '"').split()
    rows, row = [], ""
    for word in words:
        if len(row) + len(word) > 90:
            rows.append(row)
            row = ""
        row += f"{word} "
    rows = [*rows, row][:lines]
    shown = "".join(f"({r.strip().replace('(', '').replace(')', '')}) Tj T*\n" for r in rows)
    content = f"BT /F1 9 Tf 11 TL 40 800 Td\n{shown}ET".encode("latin-1", "replace")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/Standard/V 1/R 2/P -44/O<%s>/U<%s>>>" % (b"1f" * 32, b"2e" * 32),
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    lock = b"/Encrypt 6 0 R/ID[<00><00>]" if encrypted else b""
    return bytes(out + b"trailer<</Size 7/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (lock, start))


def docx(stories: Stories, *, body: bytes | None = None) -> bytes:
    title, text = stories[0]
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    shown = "".join(f"<w:p><w:r><w:t>{escape(b)}</w:t></w:r></w:p>" for b in (title, *text.split("\n\n")))
    xml = (
        body
        or f"<?xml version='1.0' encoding='UTF-8'?><w:document {space}><w:body>{shown}</w:body></w:document>".encode()
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", xml)
    return out.getvalue()


def mail(stories: Stories) -> bytes:
    title, text = stories[0]
    message = EmailMessage()
    message["From"] = "Press Office <press@mfa.example>"
    message["To"] = "desk@example.org"
    message["Subject"] = title
    message["Date"] = "Sun, 28 Mar 2021 08:30:00 +0200"
    message["Message-ID"] = "<1@mfa.example>"
    message.set_content(text)
    return bytes(message)


def rss(stories: Stories) -> bytes:
    items = "".join(
        f"<item><title>{escape(title)}</title><link>https://news.example/{n}</link><guid>https://news.example/{n}</guid>"
        f"<pubDate>Sun, 28 Mar 2021 06:30:00 GMT</pubDate><description>{escape(escape(text))}</description></item>"
        for n, (title, text) in enumerate(stories)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Norland Wire</title>{items}</channel></rss>'.encode()
    )


def json_lines(stories: Stories) -> bytes:
    return b"".join(
        json.dumps({"id": f"n{n}", "date": "20210328", "title": title, "text": text, "source": "NW"}).encode() + b"\n"
        for n, (title, text) in enumerate(stories)
    )


def warc_record(uri: str, payload: bytes, *, length: int | None = None) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + payload
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{crc32(uri.encode()):032x}>\r\n"
        f"WARC-Date: 2021-03-29T00:00:00Z\r\nWARC-Target-URI: {uri}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {length or len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def warc(stories: Stories) -> bytes:
    return b"".join(
        gzip.compress(warc_record(f"https://news.example/{n}.html", page([told]))) for n, told in enumerate(stories)
    )


GOOD: tuple[tuple[str, Callable[[Stories], bytes], int], ...] = (
    ("wire-{}.txt", plain, 1),
    ("page-{}.html", page, 1),
    ("page-{}.htm", lambda told: page(told, "windows-1252"), 1),
    ("report-{}.pdf", pdf, 1),
    ("note-{}.docx", docx, 1),
    ("mail-{}.eml", mail, 1),
    ("feed-{}.rss", rss, 5),
    ("lines-{}.jsonl", json_lines, 10),
    ("crawl-{}.warc.gz", warc, 5),
    ("packed-{}.txt.gz", lambda told: gzip.compress(plain(told)), 1),
    ("old-{}.txt", lambda told: plain(told, "cp1252"), 1),
    ("wide-{}.txt", lambda told: plain(told, "utf-16"), 1),
)


def survivors() -> list[tuple[str, bytes, int]]:
    """Files that look hopeless and can be read all the same, each with one document."""
    told = [story(random.Random(99))]
    quotes = b'"We agree," he said. "We do not," she said. ' * 5_000
    year_zero = json.dumps({"id": "z", "date": "0000-00-00", "text": told[0][1]}).encode()
    mime = mail(told).replace(b"Content-Type: text/plain", b'Content-Type: multipart/mixed; boundary="none"', 1)
    return [
        ("quotes-ten-thousand.txt", quotes, 1),
        ("year-zero.jsonl", year_zero, 1),
        ("declared-wrongly.html", page(told, "windows-1252", declared="utf-8"), 1),
        ("wide-without-mark.txt", plain(told, "utf-16-le"), 1),
        ("some-nuls.txt", plain(told) + b"\0\0\0", 1),
        ("broken-mime.eml", mime, 1),
    ]


def _bytes(data: Callable[[], bytes]) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(data()) and None


def _huge_page(path: Path) -> None:
    """100 MB, of which the disk holds only the beginning."""
    with path.open("wb") as file:
        file.write(b"<!doctype html><html><body>" + b"<p>Talks went on.</p>" * 4_000)
        file.truncate(100 * MIB)


def _gzip_bomb(path: Path) -> None:
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(100):
            file.write(b"a" * MIB)


def _told() -> Stories:
    return [story(random.Random(7))]


def _slow_page() -> bytes:
    """Few enough elements, and yet quadratic work for those who look for the main text."""
    return b"<html><body>" + b"<p>x y z " * 99_000


def _bomb_docx() -> bytes:
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return docx(_told(), body=b"<w:document %s><w:body>" % space + b"<w:p/>" * (8 * MIB))


_ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<rss version="2.0"><channel><title>x</title><item><title>&b;</title></item></channel></rss>"""

BROKEN: dict[str, tuple[str, Callable[[Path], None]]] = {
    "x-cut.pdf": ("damaged", _bytes(lambda: pdf(_told())[:300])),
    "x-locked.pdf": ("encrypted", _bytes(lambda: pdf(_told(), encrypted=True))),
    "x-scanned.pdf": ("no-text", _bytes(lambda: pdf(_told(), lines=0))),
    "x-huge.html": ("too-large", _huge_page),
    "x-deep.html": ("too-deep", _bytes(lambda: b"<html><body>" + b"<div>" * 10_000 + b"<p>So it is.</p>")),
    "x-million.html": ("too-many-parts", _bytes(lambda: b"<html><body>" + b"<p>x" * 1_000_000)),
    "x-slow.html": ("timed-out", _bytes(_slow_page)),
    "x-bomb.txt.gz": ("bomb", _gzip_bomb),
    "x-bomb.warc.gz": (
        "bomb",
        _bytes(lambda: gzip.compress(warc_record("https://news.example/b", b"a" * 40 * MIB), 1)),
    ),
    "x-bomb.docx": ("bomb", _bytes(_bomb_docx)),
    "x-cut.txt.gz": ("damaged", _bytes(lambda: gzip.compress(plain(_told()))[:-40])),
    "x-cut.docx": ("damaged", _bytes(lambda: docx(_told())[:400])),
    "x-cut.warc": ("damaged", _bytes(lambda: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Le")),
    "x-entities.rss": ("entities", _bytes(lambda: _ENTITIES)),
    "x-empty.txt": ("empty", _bytes(lambda: b"\r\n \n")),
    "x-binary.txt": ("binary", _bytes(lambda: random.Random(3).randbytes(5_000).replace(b"\0", b"\1"))),
    "x-picture.html": ("unsupported-format", _bytes(lambda: b"\x89PNG\r\n\x1a\n" + bytes(500))),
    "x-line.jsonl": ("bad-json", _bytes(lambda: b'{"id": "a", "text": "It is cut o\n')),
    "x-nowhere.txt": ("not-found", lambda path: path.symlink_to("nowhere-at-all")),
    "x-pipe.txt": ("not-a-file", lambda path: os.mkfifo(path)),
}
"""Twenty ways to be broken: file name, the reason to be reported, and how to write it."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--good", type=int, default=180, help="documents that can be read (default 180)")
    asked = parser.parse_args()
    expected = write_corpus(asked.folder, good=asked.good)
    print(f"{sum(expected.good.values())} good documents in {len(expected.good)} files, {len(expected.broken)} broken")
    for name, reason in expected.broken.items():
        print(f"  {name:20} {reason}")


if __name__ == "__main__":
    main()
