"""How a reader wants the pages: in which language, light or dark. Kept in a cookie, set by a plain form."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from .safety import cookies_of, from_elsewhere, own_path
from .words import best_of, languages

COOKIE = "detente_manner"
THEMES = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class Manner:
    """`language`: a code; `chosen`: whether the reader chose it; `theme`: system, light or dark."""

    language: str
    theme: str
    chosen: bool = False


def manner_of(request: HTTPConnection) -> Manner:
    """What the cookie says; the language that the browser asks for where it says none."""
    language, _, theme = cookies_of(request.headers.get("cookie", "")).get(COOKIE, "").partition(".")
    theme = theme if theme in THEMES else "system"
    if language in languages():
        return Manner(language, theme, chosen=True)
    return Manner(best_of(request.headers.get("accept-language", ""), languages()), theme)


async def set_manner(request: Request) -> Response:
    """POST /manner: keeps the choice and goes back to the page that it was made on."""
    if from_elsewhere(request):
        return PlainTextResponse("The form was sent from another site.\n", 403)
    async with request.form(max_files=0, max_fields=10) as form:
        given = {k: v for k, v in form.items() if isinstance(v, str)}
    language = given.get("language", "")
    theme = given.get("theme", "")
    value = f"{language if language in languages() else 'auto'}.{theme if theme in THEMES else 'system'}"
    answer = RedirectResponse(own_path(given.get("next", "/")[:2000] or "/"), 303)
    answer.set_cookie(COOKIE, value, max_age=31_536_000, httponly=True, samesite="lax")
    return answer
