"""Claims in lists, as HTML. A page has fifty of them with a dozen links each, so they are put together by plain string
formatting; everything that comes from a document or a table of words is escaped on its way in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup

from ..claims import ActorRef, Claim
from ..record import Entry
from .labels import SIGNS, event_types
from .phrasebook import phrasebook
from .phrases import among_themselves, in_words
from .words import Words

if TYPE_CHECKING:
    from .series import Series

LONGEST = 320
"""Characters of a quote in a list."""


class Telling:
    """Claims in one language. `name` gives what an actor's key is called on screen."""

    def __init__(self, t: Words, name: Callable[[str], str]) -> None:
        self._t = t
        self._name = name
        self._phrase = phrasebook(t.language).plain
        self._known: dict[str, tuple[str, str]] = {}
        """Name on screen and address of the actors that were told of before, by key."""
        title, label = t("confidence.title"), t("confidence.label")
        self._sure = (
            f'<a class="confidence" href="/method#confidence" title="{title}"><meter min="0" max="1" '
            f'low="0.4" high="0.7" optimum="1" value="',
            f'" aria-label="{label}"></meter> ',
        )

    def rows(self, entries: Iterable[Entry]) -> Markup:
        """The rows of a list, one below the other."""
        return Markup("".join([self._row(e) for e in entries]))

    def said(self, e: Entry) -> Markup:
        """The claim as one sentence with links."""
        return Markup(_SAID.get(e.kind, Telling._other)(self, e.claim))

    def state(self, e: Entry) -> Markup:
        """What people or newer readers decided, '' where nobody did."""
        if e.state == "unreviewed":
            return Markup()
        return Markup(f'<span class="state s-{e.state}">{self._t("state." + e.state)}</span>')

    def confidence(self, value: float) -> Markup:
        """How sure the coder was, with a link to what that means."""
        shown = f"{value:.2f}"
        return Markup(shown.join(self._sure) + f"{shown}</a>")

    def numbers(self, series: Series) -> Markup:
        """The rows of the table under a picture over time; there may be hundreds of them."""
        t, rows = self._t, []
        for b in series.bins:
            if not b.anything:
                continue
            numbers: list[float | None] = []
            if "events" in series.holds:
                numbers += [*(b.quads[quad] or None for quad in (1, 2, 3, 4)), b.events, b.mean]
            if "statements" in series.holds:
                numbers.append(b.statements or None)
            if "stances" in series.holds:
                numbers += [b.sides[side] or None for side in SIGNS]
            cells = "".join([f"<td>{t.number(n)}</td>" for n in (*numbers, b.documents)])
            label = f"{b.label}0s" if series.width == "decade" else b.label
            rows.append(f'<tr><th scope="row">{escape(label)}</th>{cells}</tr>')
        return Markup("\n".join(rows))

    # --- parts of a row -----------------------------------------------------------------------------------

    def _row(self, e: Entry) -> str:
        t, link = self._t, quote(e.document, safe="")
        day = f'<time datetime="{escape(e.day)}">{escape(e.day)}</time>' if e.day else _soft(t("claim.no_day"))
        published = f", {escape(e.published[:10])}" if e.published else ""
        told = t("claim.told_in", documents=e.documents, outlets=e.outlets) if e.documents > 1 else ""
        told = told and f' · <a class="how" href="/method#told">{told}</a>'
        return (
            f'<li class="row k-{e.kind}" data-claim="{e.id}"><div class="when">{day}</div><div class="what">'
            f'<p class="said">{self.said(e)} {self.state(e)}</p>'
            f'<blockquote dir="auto"><a href="/document/{link}#c-{e.id}" title="{t("claim.read")}">{escape(_cut(e.text))}</a></blockquote>'
            f'<p class="from"><span dir="auto">{escape(e.outlet or e.title or e.source)}</span>{published}{told} · '
            f'<a href="/claim/{e.id}" aria-label="{t("claim.claim")} {e.id}">{t("claim.claim")}</a></p></div>'
            f'<div class="sure">{self.confidence(e.claim.confidence)}</div></li>'
        )

    def _actors(self, refs: Iterable[ActorRef]) -> str:
        return ", ".join([self._actor(ref) for ref in refs])

    def _actor(self, ref: ActorRef) -> str:
        """An actor with a link to the dossier; after a person or a body, whose it is, with a link to that."""
        key, shown = ref.key, who(ref)
        one = bool(ref.person or ref.body)
        named, href = self._known.get(key) or self._known.setdefault(key, (self._name(key), quote(key, safe="")))
        whose = ""
        if one and key != shown and named != shown:
            whose = escape(named)
            if ref.person and ref.id and ref.id != key:
                whose = f'<a href="/actor/{href}">{whose}</a>'
                href = quote(ref.id, safe="")
            whose = f" {_soft(f'({whose})')}"
        reason = f' title="{escape(self._phrase(ref.reason))}"' if ref.reason else ""
        text = named if not one and key == ref.country else shown
        return f'<a class="actor" href="/actor/{href}"{reason}>{escape(text)}</a>{whose}'

    def _whom(self, refs: Iterable[ActorRef]) -> str:
        return self._actors(refs) or _soft(self._t("phrase.nobody"))

    def _status(self, value: str) -> str:
        return (
            "" if value == "done" else f' <span class="status">{escape(self._t.maybe(f"status.{value}", value))}</span>'
        )

    # --- kinds of claim -----------------------------------------------------------------------------------

    def _event(self, c: Any) -> str:
        mode = f"/{escape(c.mode)}" if c.mode else ""
        definition = escape(self._phrase(event_types().get(c.type, "")))
        sign = self._t("claim.with") if c.reciprocal else "→"
        whom = f" {sign} {self._actors(c.recipients)}" if c.recipients else ""
        if among_themselves(c):
            whom = f" {self._t('claim.each_other')}"
        kind = escape(c.type)
        return (
            f'{self._whom(c.actors)} <a class="type q{c.quad or 0}" href="/method/codebook#{kind}" title="{definition}">'
            f"{escape(c.type.lower())}{mode}</a>{self._status(c.status)}{whom}"
        )

    def _attribution(self, c: Any) -> str:
        t = self._t
        parts = [self._whom(c.speakers), f'<span class="type">{escape(t.maybe("mind." + c.mind, c.mind))}</span>']
        if c.colour:
            parts.append(f'<span class="status">{escape(c.colour)}</span>')
        if c.addressees:
            parts.append(f"{t('claim.to')} {self._actors(c.addressees)}")
        if c.via:
            parts.append(f'<span class="via">{t("claim.via")} {self._actors(c.via)}</span>')
        return " ".join(parts)

    def _stance(self, c: Any) -> str:
        from .desk import address

        t = self._t
        side = f'<span class="side side-{c.side}">{SIGNS[c.side]} {t("side." + c.side)}</span>'
        href = escape(address("/stances", issue=c.issue or c.topic))
        condition = f' <span class="status">{t("claim.condition")}</span>' if c.conditional else ""
        return f'{self._whom(c.holders)} {side} <a href="{href}">{escape(c.topic or c.issue)}</a>{condition}'

    def _agreement(self, c: Any) -> str:
        t = self._t
        parties = f" {t('claim.of')} {self._actors(c.parties)}" if c.parties else ""
        signed = f", {t('claim.signed_by')} {self._actors(c.signatories)}" if c.signatories else ""
        return (
            f'<span class="type">{t("kind.agreement")}</span> {escape(c.name)}{parties}{signed}{self._status(c.status)}'
        )

    def _plan(self, c: Any) -> str:
        t = self._t
        proposed = f" {t('claim.proposed_by')} {self._actors(c.proposed_by)}" if c.proposed_by else ""
        return f'<span class="type">{t("kind.plan")}</span> {escape(c.name)}{proposed}'

    def _other(self, c: Claim) -> str:
        return escape(in_words(self._t, c))


_SAID: dict[str, Callable[[Telling, Any], str]] = {
    "event": Telling._event,
    "attribution": Telling._attribution,
    "stance": Telling._stance,
    "agreement": Telling._agreement,
    "plan": Telling._plan,
}


def who(ref: ActorRef) -> str:
    """One actor of a claim in words."""
    return ref.person or ref.name or ref.text or ref.key


def _soft(text: str) -> str:
    return f'<span class="soft">{text}</span>'


def _cut(text: str) -> str:
    """The beginning of a long quote, to the end of a word."""
    if len(text) <= LONGEST + 5:
        return text
    return text[: LONGEST - 3].rsplit(" ", 1)[0] + "..."
