"""Nothing that is read leads out: no odd spelling of an address to a private network, no name in an archive to a file."""

from __future__ import annotations

import email.message
import gzip
import io
import json
import os
import socket
import threading
import zipfile
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from detente import Document
from detente.errors import ReadError
from detente.sources import Limits, read_bytes, read_source
from detente.sources.fetch import request

TEXT = "The ministers of Norland and Sudmark met on Tuesday and agreed to meet again in the autumn of the year. " * 3
SECRET = "the secret of the neighbours"


class Neighbour(BaseHTTPRequestHandler):
    """A server on this machine that nobody may reach by accident."""

    seen: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.seen.append(self.path)
        body = SECRET.encode()
        with suppress(OSError):
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def port():  # type: ignore[no-untyped-def]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Neighbour)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def nobody_came():  # type: ignore[no-untyped-def]
    Neighbour.seen.clear()
    yield
    assert Neighbour.seen == []


def test_the_neighbour_is_at_home(port: int) -> None:
    """Or the tests below would show nothing."""
    allowed = Limits(allowed_private=frozenset({f"127.0.0.1:{port}"}))
    assert request(f"http://127.0.0.1:{port}/", allowed).data.decode() == SECRET and Neighbour.seen == ["/"]
    Neighbour.seen.clear()


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:{}/", "http://127.1:{}/", "http://0177.0.0.1:{}/", "http://0x7f.0.0.1:{}/", "http://2130706433:{}/",
     "http://0:{}/", "http://0.0.0.0:{}/", "http://[::1]:{}/", "http://[::ffff:127.0.0.1]:{}/", "http://[0:0:0:0:0:ffff:7f00:1]:{}/",
     "http://localhost:{}/", "http://LOCALHOST.:{}/", "http://public.example@127.0.0.1:{}/", "http://public.example:80@127.0.0.1:{}/",
     "http://127.0.0.1:{}\\@public.example/", "http://①②⑦.⓪.⓪.①:{}/", "HTTP://127.0.0.1:{}/", "http://127.0.0.1:{}#@public.example/",
     "http://127。0。0。1:{}/", "http://127.0.0.1:{}/\r\nHost: public.example", "http://\t127.0.0.1:{}/"],
)  # fmt: skip
def test_no_spelling_leads_to_this_machine(address: str, port: int) -> None:
    found = list(read_source(address.format(port), limits=Limits(url_seconds=3)))
    assert all(isinstance(f, ReadError) for f in found) and found
    with pytest.raises(ReadError):
        request(address.format(port), Limits(url_seconds=3), method="POST", body=b"x")


def test_a_name_that_changes_its_mind_is_asked_once(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rebinding: the address that was looked at is the one that is connected to, so a second answer has no effect."""
    asked: list[str] = []

    def resolve(host: str, number: int, *_: object, **__: object) -> list[object]:
        asked.append(host)
        address = "127.0.0.1" if len(asked) > 1 else "192.0.2.1"  # a public-looking one first (TEST-NET)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, number))]

    connected: list[str] = []

    def connect(self: object, host: str, *_: object, **__: object) -> None:
        import httpcore

        connected.append(host)
        raise httpcore.ConnectError("stopped here")

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    monkeypatch.setattr("detente.sources.fetch.is_public", lambda address: not address.startswith("127."))
    monkeypatch.setattr("httpcore.SyncBackend.connect_tcp", connect)
    with pytest.raises(ReadError):
        request(f"http://changes.example:{port}/", Limits(url_seconds=3))
    assert asked == ["changes.example"] and connected == ["192.0.2.1"]


def test_no_proxy_of_the_environment_is_used(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
    (error,) = read_source("http://192.0.2.1/", limits=Limits(url_seconds=1))
    assert isinstance(error, ReadError)


def test_what_a_document_links_to_is_not_fetched(port: int) -> None:
    """Pages, feeds and mails are read as they are: no picture, style, frame, entity or schema of theirs is asked for."""
    here = f"http://127.0.0.1:{port}"
    page = (
        f'<html><head><link rel="stylesheet" href="{here}/css"><meta http-equiv="refresh" content="0; url={here}/meta">'
        f'<base href="{here}/"><script src="{here}/js"></script></head><body><article><p>{TEXT}</p><img src="{here}/img">'
        f'<iframe src="{here}/frame"></iframe><object data="{here}/object"></object></article></body></html>'
    )
    (found,) = read_bytes(page.encode(), name="page.html", media_type="text/html")
    assert isinstance(found, Document) and SECRET not in found.text
    feed = f'<?xml version="1.0"?><?xml-stylesheet href="{here}/xsl"?><rss version="2.0"><channel><item><guid>1</guid>'
    feed += f'<description>{TEXT}</description><enclosure url="{here}/audio"/></item></channel></rss>'
    (found,) = read_bytes(feed.encode(), name="feed.xml")
    assert isinstance(found, Document)
    for doctype in (
        f'<!DOCTYPE rss SYSTEM "{here}/dtd">',
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{here}/x">]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ):
        hostile = feed.replace("<rss", doctype + "<rss", 1).replace("<guid>", "<title>&x;</title><guid>", 1)
        for answer in read_bytes(hostile.encode(), name="feed.xml"):
            assert isinstance(answer, ReadError) or "root:" not in f"{answer.title}{answer.text}"


# --- names in archives ------------------------------------------------------------------------------------

NAMES = [
    "../../escaped.txt",
    "/etc/escaped.txt",
    "..\\..\\escaped.txt",
    "C:\\escaped.txt",
    "a/../../../escaped.txt",
    "\u202etxt.exe",
]


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """A folder in a folder to work in; nothing may appear above, beside or in it but what was there."""
    place = tmp_path / "deep" / "er"
    place.mkdir(parents=True)
    monkeypatch.chdir(place)
    yield place
    assert {p.name for p in tmp_path.rglob("*")} - {"deep", "er"} <= {
        p.name for p in place.iterdir() if p.name.startswith("given")
    }
    assert not any(Path("/etc").glob("escaped*"))


@pytest.mark.parametrize("name", NAMES)
def test_the_name_in_a_gzip_header_is_not_used(inside: Path, name: str) -> None:
    data = io.BytesIO()
    with gzip.GzipFile(filename=name, mode="wb", fileobj=data) as file:
        file.write(TEXT.encode())
    (inside / "given.txt.gz").write_bytes(data.getvalue())
    (found,) = read_source(inside / "given.txt.gz")
    assert isinstance(found, Document) and found.source == str(inside / "given.txt.gz")


@pytest.mark.parametrize("name", NAMES)
def test_the_names_in_a_word_file_are_not_used(inside: Path, name: str) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph(TEXT)
    document.save(str(inside / "given.docx"))
    with zipfile.ZipFile(inside / "given.docx", "a") as file:
        file.writestr(name, "x" * 100)
    (found,) = read_source(inside / "given.docx")
    assert isinstance(found, Document) and TEXT.strip() in found.text


@pytest.mark.parametrize("name", NAMES)
def test_the_names_of_attachments_are_not_used(inside: Path, name: str) -> None:
    mail = email.message.EmailMessage()
    mail["From"], mail["Subject"] = "a@wire.example", "Talks"
    mail.set_content(TEXT)
    mail.add_attachment(b"x" * 100, maintype="application", subtype="octet-stream", filename=name)
    (inside / "given.eml").write_bytes(bytes(mail))
    (found,) = read_source(inside / "given.eml")
    assert isinstance(found, Document)


@pytest.mark.parametrize(
    "uri", ["file:///etc/passwd", "../../escaped.txt", "http://127.0.0.1/x", "http://a.example/../../escaped.txt"]
)
def test_the_addresses_in_a_warc_are_names_alone(inside: Path, uri: str) -> None:
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{TEXT}".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2020-06-01T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    (inside / "given.warc").write_bytes(head.encode() + body + b"\r\n\r\n")
    for found in read_source(inside / "given.warc"):
        assert isinstance(found, ReadError) or ("root:" not in found.text and found.text.strip() == TEXT.strip())


def test_paths_in_json_lines_are_names_alone(inside: Path) -> None:
    line = {"id": "../../x", "text": TEXT, "source": "/etc/passwd", "path": "/etc/passwd", "url": "file:///etc/passwd"}
    (inside / "given.jsonl").write_text(json.dumps(line) + "\n")
    (found,) = read_source(inside / "given.jsonl")
    assert isinstance(found, Document) and "root:" not in found.text and found.text.strip() == TEXT.strip()


def test_links_out_of_a_folder_are_followed_to_files_alone(inside: Path) -> None:
    """A link that the user's own folder holds is followed, as the reference says; a pipe or a device is not read."""
    os.mkfifo(inside / "given.pipe")
    (inside / "given.dev").symlink_to("/dev/zero")
    found = list(read_source(inside))
    assert {f.reason for f in found if isinstance(f, ReadError)} == {"not-a-file"} and len(found) == 2
