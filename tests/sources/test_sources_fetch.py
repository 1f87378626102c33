"""Web addresses, against a real server on this machine: what is refused, limited and read."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from detente.errors import ReadError
from detente.sources import Limits, read_source
from detente.sources.fetch import is_public

PAGE = (
    "<html><head><title>Talks</title></head><body><article>"
    + "<p>The ministers of Norland and Sudmark met in Genève and agreed to meet again in the autumn.</p>" * 3
    + "</article></body></html>"
)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        to = {
            "/to-loopback": "http://127.0.0.1:1/x",
            "/to-file": "file:///etc/passwd",
            "/to-link-local": "http://169.254.169.254/latest/meta-data",
            "/to-mapped": "http://[::ffff:127.0.0.1]:1/",
            "/to-number": "http://2130706433:1/",
            "/round": "/round",
            "/to-page": "/page",
        }.get(self.path)
        if to:
            self.send_response(302)
            self.send_header("Location", to)
            self.end_headers()
        elif self.path == "/page":
            self.answer(PAGE.encode("latin-1"), "text/html; charset=iso-8859-1")
        elif self.path == "/endless":
            self.answer(b"x" * 2_000_000, "text/plain")
        elif self.path == "/drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(60):
                time.sleep(0.1)
                self.wfile.write(b"x")
                self.wfile.flush()
        elif self.path == "/drip-headers":
            for _ in range(60):
                time.sleep(0.1)
                self.wfile.write(b"H")
                self.wfile.flush()
        else:
            self.send_error(404)

    def answer(self, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self):
        with suppress(OSError):
            super().handle()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def read(server, path, **limits):
    limits = Limits(allowed_private=frozenset({server}), **limits)
    return list(read_source(f"http://{server}{path}", limits=limits))


def test_a_page_is_read_with_the_encoding_that_the_server_states(server):
    (document,) = read(server, "/to-page")
    assert "Genève" in document.text
    assert document.url == f"http://{server}/page" and document.source == f"http://{server}/to-page"
    assert document.title == "Talks"


def test_without_the_permission_the_same_server_is_refused(server):
    (error,) = read_source(f"http://{server}/page")
    assert isinstance(error, ReadError) and error.reason == "address-refused"


@pytest.mark.parametrize("path", ["/to-loopback", "/to-file", "/to-link-local", "/to-mapped", "/to-number"])
def test_redirects_to_private_places_are_refused(server, path):
    (error,) = read(server, path)
    assert error.reason == "address-refused"


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/missing", "http-status"), ("/round", "network"), ("/endless", "too-large"), ("/drip", "timed-out"),
     ("/drip-headers", "timed-out")],
)  # fmt: skip
def test_servers_that_misbehave_are_given_up(server, path, reason):
    began = time.monotonic()
    (error,) = read(server, path, url_seconds=1.0, document_bytes=1_000_000)
    assert error.reason == reason
    assert time.monotonic() - began < 4


def test_names_that_resolve_to_this_machine_are_refused(server):
    port = server.rpartition(":")[2]
    (error,) = read_source(f"http://localhost:{port}/page")
    assert error.reason == "address-refused"


def test_a_name_with_one_public_and_one_private_address_is_refused(server, monkeypatch):
    def resolve(host, port, *_, **__):
        return [(2, 1, 6, "", ("93.184.215.14", port)), (2, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    (error,) = read_source("http://two-faced.example/page")
    assert error.reason == "address-refused"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.8", "172.16.3.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
     "2002:7f00:1::", "::127.0.0.1", "ff02::1", "255.255.255.255"],
)  # fmt: skip
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"])
def test_addresses_that_are_public(address):
    assert is_public(address)
