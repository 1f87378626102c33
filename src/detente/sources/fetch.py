"""Fetching a web address that the user gave: limited in size and time, and never from a private network.

Every name is resolved here, every address that it resolves to is looked at, and the connection is made
to the very address that was looked at, so that neither a redirect nor a name server with two answers
leads to this machine or its neighbours. No proxy is used.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import httpcore

from .limits import Limits
from .reasons import read_error

AGENT = "detente (reads one page on behalf of its user)"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_STALL = 15.0
"""Seconds without a byte after which a server is given up."""


class Fetched(NamedTuple):
    """What a server sent, from which address in the end."""

    data: bytes
    url: str
    media_type: str
    declared: str | None


class Answer(NamedTuple):
    """What a server answered, whatever its status."""

    status: int
    headers: dict[str, str]
    """Names in small letters."""
    data: bytes
    url: str


def fetch(url: str, limits: Limits) -> Fetched:
    """The page at `url`. Raises ReadError: address-refused, http-status, network, too-large, timed-out."""
    answer = request(url, limits)
    if answer.status != 200:
        raise read_error(url, "http-status", f"the server answered {answer.status}")
    media_type, _, parameters = answer.headers.get("content-type", "").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", parameters, re.I)
    return Fetched(answer.data, answer.url, media_type.strip().lower(), charset[1] if charset else None)


def request(
    url: str,
    limits: Limits,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> Answer:
    """The answer to one request, behind its redirects (those of GET alone are followed), with more headers than the
    usual ones. Raises ReadError: address-refused, network, too-large, timed-out."""
    deadline = time.monotonic() + limits.url_seconds
    current = url
    asked = _Asked(method, dict(headers or {}), body)
    with _pool(limits, deadline) as pool:
        for _ in range(limits.redirects + 1):
            _check_scheme(current, url)
            try:
                answer = _ask(pool, current, url, asked, limits, deadline)
            except (httpcore.TimeoutException, TimeoutError):
                raise read_error(url, "timed-out", f"no whole answer in {limits.url_seconds:g} s") from None
            except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError) as error:
                raise read_error(url, "network", f"not fetched: {error or type(error).__name__}"[:200]) from None
            if isinstance(answer, Answer):
                return answer
            current = urljoin(current, answer)
    raise read_error(url, "network", f"more than {limits.redirects} redirects")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also when it is wrapped in an IPv6 one."""
    ip: Any = ipaddress.ip_address(address.split("%")[0])
    if ip.version == 6:
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64 or int(ip) >> 32 == 0:  # NAT64, and the old IPv4-compatible form
            inner = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return bool(ip.is_global and not ip.is_multicast and not ip.is_reserved)


def _check_scheme(current: str, url: str) -> None:
    try:
        parts = urlsplit(current)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise read_error(url, "address-refused", f"only http and https addresses are fetched, not {current[:100]}")


class _Asked(NamedTuple):
    method: str
    headers: dict[str, str]
    body: bytes | None


def _ask(
    pool: httpcore.ConnectionPool, current: str, url: str, asked: _Asked, limits: Limits, deadline: float
) -> Answer | str:
    """The answer to one request, or the address that it redirects to."""
    address = _ascii(current.split("#")[0])
    headers = {
        "Host": urlsplit(address).netloc.rpartition("@")[2],
        "User-Agent": AGENT,
        "Accept": "text/html, */*;q=0.5",
        "Accept-Encoding": "identity",
        **asked.headers,
    }
    if asked.body is not None:
        headers["Content-Length"] = str(len(asked.body))
    with pool.stream(asked.method, address, headers=list(headers.items()), content=asked.body) as response:
        stated = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in response.headers}
        if response.status in _REDIRECTS and "location" in stated and asked.method == "GET":
            return stated["location"]
        body = response.iter_stream() if response.status == 200 else ()
        return Answer(response.status, stated, _body(body, url, limits, deadline), current)


def _ascii(url: str) -> str:
    """An address with letters beyond ASCII as servers expect it."""
    import httpx

    try:
        return str(httpx.URL(url))
    except httpx.InvalidURL as error:
        raise ValueError(str(error)) from None


def _body(pieces: Iterable[bytes], url: str, limits: Limits, deadline: float) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > limits.document_bytes:
            raise read_error(url, "too-large", f"more than {limits.document_bytes:,} bytes; save it to a file")
        if time.monotonic() > deadline:
            raise TimeoutError
    return bytes(body)


def _pool(limits: Limits, deadline: float) -> httpcore.ConnectionPool:
    import httpx

    return httpcore.ConnectionPool(
        ssl_context=httpx.create_ssl_context(trust_env=False),
        max_connections=1,
        network_backend=_Vetted(limits, deadline),
    )


class _Vetted(httpcore.NetworkBackend):
    """Connects to public addresses only, and to those that the user allowed."""

    def __init__(self, limits: Limits, deadline: float) -> None:
        self.limits = limits
        self.deadline = deadline
        self.backend = httpcore.SyncBackend()

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
                    socket_options: Iterable[Any] | None = None) -> httpcore.NetworkStream:  # fmt: skip
        allowed = f"{host}:{port}" in self.limits.allowed_private
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        refused = [address for address in addresses if not is_public(address)]
        if refused and not allowed:
            raise read_error(f"{host}:{port}", "address-refused", f"{host} is on a private network ({refused[0]})")
        stream = None
        for position, address in enumerate(addresses):
            try:
                stream = self.backend.connect_tcp(address, port, self._left(), local_address, socket_options)
                break
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if position == len(addresses) - 1:
                    raise
        if stream is None:
            raise httpcore.ConnectError(f"{host} has no address")
        return _Hurried(stream, self.deadline)

    def connect_unix_socket(self, path: str, timeout: float | None = None,
                            socket_options: Iterable[Any] | None = None) -> httpcore.NetworkStream:  # fmt: skip
        raise httpcore.ConnectError("no local sockets")

    def _left(self) -> float:
        return max(0.01, min(_STALL, self.deadline - time.monotonic()))


class _Hurried(httpcore.NetworkStream):
    """A connection that ends at the deadline, however slowly and steadily bytes drip in."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self._left())

    def close(self) -> None:
        self.stream.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None,
                  timeout: float | None = None) -> httpcore.NetworkStream:  # fmt: skip
        return _Hurried(self.stream.start_tls(ssl_context, server_hostname, self._left()), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)

    def _left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this address is up")
        return min(_STALL, left)
