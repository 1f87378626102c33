"""Who is for what, who acts on whom, and what is known of one actor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ...record import Entry
from ..asked import Asked, rows_of
from ..charts import draw
from ..desk import Desk, address
from ..matrix import checked, dyad_matrix, heat_map, network, stance_matrix
from ..series import events_over_time
from .front import beginnings
from .person import dossier_of_one

A_SIDE = 30
"""Quotes on a page for each side."""


def stances_page(desk: Desk, request: Request) -> Response:
    """The matrix of actors by issues; with an issue or an actor, the quotes behind it, side by side."""
    asked = Asked.of("stances", request)
    words = request.query_params.get("q", "").strip()[:100]
    first = request.query_params.get("from", "")
    start = int(first) if first.isdigit() and len(first) < 7 else 0
    quotes = _quotes(desk, asked) if asked.filters else {}
    return desk.page(
        request,
        "stances.html",
        asked=asked,
        filters=asked.filters,
        matrix=desk.remember(("stances", words, start), lambda: stance_matrix(desk, words, start)),
        words=words,
        quotes=quotes,
    )


def _quotes(desk: Desk, asked: Asked) -> dict[str, Any]:
    """The stances by side, oldest first, so that a change of mind can be followed."""
    sides = [asked.filters["side"]] if "side" in asked.filters else ["favour", "oppose", "mixed", "neutral"]
    found = {}
    for side in sides:
        one = Asked("stances", {**asked.filters, "side": side}, asked.merged)
        found[side] = rows_of(one.table(desk.record, limit=A_SIDE, order="day"))
    return {side: _in_their_words(desk, rows) for side, rows in found.items() if rows}


def _in_their_words(desk: Desk, stances: list[Entry]) -> list[Entry]:
    """The same with the words of the statement or event in which the side is taken, where these hold those of the
    stance, which often name no more than the issue."""
    ids = list({e.basis for e in stances if e.basis})
    rows = desk.record.store.rows(
        "SELECT c.id, c.start, c.stop, substr(d.text, c.start + 1, c.stop - c.start) AS words "
        f"FROM claims c JOIN documents d ON d.n = c.document WHERE c.id IN ({','.join('?' * len(ids)) or 'NULL'})",
        ids,
    )
    around = {row["id"]: row for row in rows}
    quoted = []
    for e in stances:
        wide = around.get(e.basis)
        holds = wide is not None and wide["start"] <= e.claim.span.start and e.claim.span.end <= wide["stop"]
        quoted.append(replace(e, text=wide["words"]) if wide is not None and holds else e)
    return quoted


def dyads_page(desk: Desk, request: Request) -> Response:
    """The heat map of who acts on whom, and the same as a network."""
    asked = checked({k: request.query_params.get(k, "").strip() for k in ("type", "since", "until")})
    matrix = desk.remember(("dyads", tuple(asked.items())), lambda: dyad_matrix(desk, asked))
    drawn = network(desk, desk.words(request), matrix["keys"], matrix["cells"], asked)
    cells = heat_map(desk, desk.words(request), matrix["keys"], matrix["cells"], asked)
    return desk.page(request, "dyads.html", asked=asked, network=drawn, keys=matrix["keys"], cells_drawn=cells)


def actors_page(desk: Desk, request: Request) -> Response:
    """Who is on record, the most active first."""
    name = request.query_params.get("name", "").strip()[:100]
    rows = rows_of(desk.record.actors(name or None, limit=200))
    return desk.page(request, "actors.html", rows=rows, sought=name)


def actor_page(desk: Desk, request: Request) -> Response:
    """The dossier of an actor, a state or a person."""
    key = request.path_params["key"]
    t = desk.words(request)
    if desk.record.store.value("SELECT 1 FROM actors WHERE key = ? LIMIT 1", (key,)):
        found, title = _dossier(desk, key), desk.name(t, key)
    else:
        found = dossier_of_one(desk, key)
        title = found["person"]
    series = events_over_time(desk, {"party": key})

    def href(first: str, last: str) -> str:
        return address("/timeline", party=key, since=first, until=last)

    svg = draw(t, series, href, tall=False)
    return desk.page(request, "actor.html", title=title, key=key, series=series, svg=svg, **found, **_claims(desk, key))


def _dossier(desk: Desk, key: str) -> dict[str, Any]:
    parts = "SELECT kind, part, sum(n) AS n FROM count_parts WHERE key = ? GROUP BY kind, part"
    documents = _documents(desk, key)
    return {
        "counts": {(r["kind"], r["part"]): r["n"] for r in desk.record.store.rows(parts, (key,))},
        "people": _people(desk, key),
        "partners": _partners(desk, key),
        "documents": documents,
        "beginnings": beginnings(desk, [d["id"] for d in documents if not d["title"]]),
    }


def _claims(desk: Desk, key: str) -> dict[str, Any]:
    """The latest claims of each kind in which the actor plays a part."""
    record = desk.record
    return {
        "events": rows_of(record.events(party=key, limit=12, order="-day")),
        "statements": rows_of(record.statements(speaker=key, limit=10, order="-day")),
        "stances": rows_of(record.stances(actor=key, limit=14, order="-day")),
        "agreements": rows_of(record.agreements(party=key, limit=8, order="-day")),
    }


def _documents(desk: Desk, key: str) -> list[Any]:
    """The documents in which the actor acts and speaks most, of the latest."""
    latest = "SELECT claim FROM claim_actors WHERE key = ? AND kind = '{}' AND part = '{}' ORDER BY day DESC, claim DESC LIMIT 100"
    acts, speaks = latest.format("event", "actor"), latest.format("attribution", "speaker")
    return desk.record.store.rows(
        "SELECT d.id, d.title, d.source, d.outlet, d.day, count(*) AS n FROM claims c JOIN documents d ON d.n = c.document "
        f"WHERE c.n IN (SELECT claim FROM ({acts}) AS acts UNION ALL SELECT claim FROM ({speaks}) AS speaks) "
        "AND c.state IN ('unreviewed', 'accepted') GROUP BY d.n ORDER BY n DESC, d.day DESC, d.n LIMIT 8",
        (key, key),
    )


def _people(desk: Desk, key: str) -> list[dict[str, Any]]:
    """Persons and bodies of this actor, with the office named and the days between which they are on record."""
    rows = desk.record.store.rows(
        "SELECT a.person, a.office, a.body, min(a.id) AS id, sum(told.n) AS n, min(told.first) AS first, max(told.last) AS last FROM "
        "(SELECT actor, count(*) AS n, min(nullif(day, '')) AS first, max(day) AS last FROM claim_actors WHERE actor IN "
        "(SELECT n FROM actors WHERE key = ? AND (person IS NOT NULL OR body IS NOT NULL)) GROUP BY actor) AS told "
        "JOIN actors a ON a.n = told.actor GROUP BY a.person, a.office, a.body "
        "ORDER BY 5 DESC, coalesce(a.person, ''), coalesce(a.office, ''), coalesce(a.body, '') LIMIT 30",
        (key,),
    )
    return [dict(r) for r in rows]


def _partners(desk: Desk, key: str) -> list[dict[str, Any]]:
    """With whom this actor deals, both directions together."""
    rows = desk.record.store.rows(
        "SELECT other, sum(out) AS out, sum(back) AS back, round(sum(g) / sum(out + back), 2) AS goldstein FROM ("
        "SELECT target AS other, sum(n) AS out, 0 AS back, sum(goldstein) AS g FROM count_pairs "
        "WHERE source = ? AND target <> '' GROUP BY target UNION ALL SELECT source, 0, sum(n), sum(goldstein) "
        "FROM count_pairs WHERE target = ? AND source <> '' GROUP BY source) AS dealings "
        "GROUP BY other ORDER BY sum(out + back) DESC, other LIMIT 15",
        (key, key),
    )
    return [dict(r) for r in rows]
