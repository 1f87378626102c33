"""What keeps the pages safe: who may ask, what a page may load, and who may change the record.

Pages are served to this machine only, or with a token to others; a page loads nothing but its own files and runs no
inline script; a change is taken only from a form that this server made for this browser.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PICTURE_CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""For pictures that are files of their own: an SVG carries its own colours, and may run nothing."""
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "private, no-cache",
}
LARGEST_FORM = 64 * 1024
"""Bytes; a correction takes a few hundred."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that is bound to `host`."""
    return host in LOOPBACK or host.startswith("127.")


class Safety:
    """Wraps the application: refuses foreign hosts and strangers, and adds the headers to every answer.

    `hosts` are the names under which the server may be asked (a foreign name means that some page elsewhere has
    pointed its own name at this machine); with a `token`, any name will do, but the token must be shown once.
    """

    def __init__(self, app: ASGIApp, *, token: str = "", hosts: Sequence[str] = LOOPBACK) -> None:
        self.app = app
        self.token = token
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cookies = cookies_of(headers.get("cookie", ""))
        port = (scope.get("server") or ("", 0))[1]
        names = (f"detente_{port}", f"detente_token_{port}")
        session = cookies.get(names[0], "")
        fresh = len(session) != 43
        session = secrets.token_urlsafe(32) if fresh else session
        scope.setdefault("state", {})["session"] = session

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer.setdefault(name, value)
                if fresh:
                    answer.append("set-cookie", f"{names[0]}={session}; Path=/; HttpOnly; SameSite=Lax")
            await send(message)

        refused = self._refused(scope, headers, cookies.get(names[1], ""), names[1])
        await (refused or self.app)(scope, receive, send_safely)

    def _refused(self, scope: Scope, headers: Headers, shown: str, name: str) -> ASGIApp | None:
        """The answer to a request that goes no further, or None."""
        if not self.token and _host(headers.get("host", "")) not in self.hosts:
            return PlainTextResponse("This name is not one of the server's own. Ask for localhost.\n", 421)
        if scope["method"] not in {"GET", "HEAD", "POST"}:
            return PlainTextResponse("Only GET, HEAD and POST.\n", 405)
        if scope["method"] == "POST" and not 0 <= _length(headers) <= LARGEST_FORM:
            return PlainTextResponse("The form is too large.\n", 413)
        if not self.token or hmac.compare_digest(shown.encode(), self.token.encode()):
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(query).get("token", "")
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            return PlainTextResponse("Open the address with the token that `detente serve` printed.\n", 403)
        rest = urlencode([(k, v) for k, v in query if k != "token"])
        answer = RedirectResponse(own_path(scope["path"]) + (f"?{rest}" if rest else ""), 303)
        answer.set_cookie(name, self.token, httponly=True, samesite="lax")
        return answer


def own_path(path: str) -> str:
    """A path on this server: '//elsewhere' would be another one, and so would a backslash or a control character."""
    return "/" + "".join(c for c in path if c >= " ").lstrip("/\\")


def _host(header: str) -> str:
    """'localhost' of 'localhost:8181'."""
    if header.startswith("["):
        return header.partition("]")[0] + "]"
    return header.partition(":")[0].lower()


def _length(headers: Headers) -> int:
    text = headers.get("content-length", "")
    return int(text) if text.isdigit() else -1


def cookies_of(header: str) -> dict[str, str]:
    """The cookies of a request; none where the header is malformed."""
    try:
        return {k: m.value for k, m in SimpleCookie(header).items()}
    except CookieError:
        return {}


def from_elsewhere(request: Request) -> bool:
    """Whether the browser says that a page of another site sent this form."""
    origin = request.headers.get("origin")
    if origin and origin != "null" and origin.partition("://")[2] != request.headers.get("host"):
        return True
    return request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}


class Forms:
    """Makes and checks the token that ties a form to this server and this browser."""

    def __init__(self, secret: bytes = b"") -> None:
        self._secret = secret or secrets.token_bytes(32)

    def token(self, session: str) -> str:
        return hmac.new(self._secret, session.encode(), hashlib.sha256).hexdigest()

    def wrong(self, request: Request, token: str) -> str:
        """Why a change is refused, as a key of the words (`refused.…`), or '' when it is not."""
        if from_elsewhere(request):
            return "elsewhere"
        if not hmac.compare_digest(self.token(request.state.session).encode(), token.encode()):
            return "earlier"
        return ""
