"""Links, never deletes: the same dispatch in two documents, the same claim in two dispatches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np

from .connection import Connection, Row
from .days import neighbours
from .rows import fold
from .similar import BANDS, CROWD, DOUBT, TRIES, Signature, bands_of, closeness, likeness, shingles_of, signature_of
from .tally import Tally, chunks

LIVE = ("unreviewed", "accepted")
LIVE_SQL = "('unreviewed', 'accepted')"
WORDS_ONLY = {"ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"}
"""Types of pure words: two of one day between the same two are often about two matters, so the words must agree."""


# --- documents --------------------------------------------------------------------------------------------


def link_document(con: Connection, n: int, text: str, tally: Tally) -> None:
    """Finds documents that carry the same dispatch as the new document `n`, and links them."""
    shingles = shingles_of(text)
    signature = signature_of(shingles)
    bands = bands_of(signature)
    con.execute("UPDATE documents SET signature = ? WHERE n = ?", (signature.tobytes(), n))
    stories, failed = {n}, 0
    for other in _closest(signature, len(text), _near(con, bands)):
        if other["story"] in stories:
            continue  # the same dispatch as another that it was found to be like
        words = con.execute("SELECT text FROM documents WHERE n = ?", (other["n"],)).fetchone()[0]
        if score := likeness(shingles, shingles_of(words)):
            _link(con, "document", other["n"], n, "same words", score)
            stories.add(other["story"])
        elif (failed := failed + 1) == TRIES:
            break
    con.executemany("INSERT INTO bands VALUES (?, ?) ON CONFLICT DO NOTHING", [(band, n) for band in bands])
    if len(stories) > 1:
        _merge_stories(con, stories, tally)


_WITH_A_BAND = f"SELECT * FROM (SELECT document FROM bands WHERE band = ? ORDER BY document DESC LIMIT {CROWD}) AS one"
_NEAR = (
    "SELECT d.n, d.story, d.signature, length(d.text) AS length FROM (SELECT document, count(*) AS shared FROM "
    f"({' UNION ALL '.join([_WITH_A_BAND] * BANDS)}) AS found GROUP BY document ORDER BY shared DESC, document DESC "
    f"LIMIT {CROWD}) AS near JOIN documents d ON d.n = near.document"
)


def _near(con: Connection, bands: Sequence[int]) -> list[Row]:
    """The documents with most of these bands; of a crowd those that came last."""
    return con.execute(_NEAR, bands).fetchall()


def _closest(signature: Signature, length: int, others: Iterable[Row]) -> list[Row]:
    """Those that may be the same dispatch by their signatures, the closest first."""
    by = [(closeness(signature, np.frombuffer(o["signature"], np.uint32), length, o["length"]), o) for o in others]
    return [o for close, o in sorted(by, key=lambda pair: -pair[0]) if close >= -DOUBT]


def _merge_stories(con: Connection, stories: set[int], tally: Tally) -> None:
    # Not the one that was read first: the order of reading must not matter. A story's number is that of its first document.
    first = con.execute(
        f"SELECT n FROM documents WHERE n IN ({_marks(stories)}) ORDER BY day = '', day, id LIMIT 1", list(stories)
    ).fetchone()[0]
    others = sorted(stories - {first})
    leads = con.execute(
        "SELECT DISTINCT c.lead FROM documents d JOIN claims c ON c.document = d.n JOIN groups g ON g.lead = c.lead "
        f"WHERE d.story IN ({_marks(others)})",
        others,
    ).fetchall()
    con.execute(f"UPDATE documents SET story = ? WHERE story IN ({_marks(others)})", (first, *others))
    for (lead,) in leads:
        regroup(con, [lead], tally)


def _marks(values: Collection[Any]) -> str:
    return ",".join("?" * len(values))


# --- claims -----------------------------------------------------------------------------------------------


def link_claims(con: Connection, claims: Sequence[int], tally: Tally) -> None:
    """Finds, for each of `claims`, claims of other documents that tell the same, and links them. Mentions, the most of
    all claims, have no like elsewhere and are not looked for."""
    for some in chunks(claims):
        rows = con.execute(
            "SELECT n, kind, document, start, stop, lead, day, date, type, cameo, status, country, place, fingerprint "
            f"FROM claims WHERE n IN ({_marks(some)}) AND (kind = 'event' OR fingerprint IS NOT NULL) AND state IN {LIVE_SQL} ORDER BY n",
            some,
        ).fetchall()
        same = _same_words(con, [r for r in rows if r["kind"] != "event"])
        same |= _same_events(con, [r for r in rows if r["kind"] == "event" and r["day"]])
        for claim in rows:
            if found := _with_room(con, same.get(claim["n"], [])):
                for other, why, score in found:
                    _link(con, "claim", other, claim["n"], why, score)
                regroup(con, _leads(con, [claim["n"], *(other for other, _, _ in found)]), tally)


def _with_room(con: Connection, found: list[tuple[int, str, float]]) -> list[tuple[int, str, float]]:
    """Without those whose group is a crowd already: that hundreds tell it is known, and through one more that half
    fits, two crowds would become one."""
    if not found:
        return []
    rows = con.execute(
        "SELECT c.n FROM claims c JOIN groups g ON g.lead = c.lead "
        f"WHERE c.n IN ({_marks(found)}) AND g.claims >= {CROWD}",
        [other for other, _, _ in found],
    )
    full = {row[0] for row in rows.fetchall()}
    return [match for match in found if match[0] not in full]


def _leads(con: Connection, claims: Sequence[int]) -> list[int]:
    """By which claims the groups of these are known now."""
    rows = con.execute(f"SELECT DISTINCT lead FROM claims WHERE n IN ({_marks(claims)}) ORDER BY lead", claims)
    return [row[0] for row in rows.fetchall()]


def regroup(con: Connection, leads: Sequence[int], tally: Tally) -> None:
    """Makes one group of the groups of `leads`: says which claim stands for it and how well it is corroborated.

    The one that a person accepted stands for the group, else the one of the earliest document; ties are
    broken by ids, so that the order of reading does not matter.
    """
    members = con.execute(
        "SELECT c.n, c.id, c.state, c.shown, c.lead, c.start, c.document, d.id AS name, d.day, d.story, d.outlet "
        f"FROM claims c JOIN documents d ON d.n = c.document WHERE c.lead IN ({_marks(leads)})",
        leads,
    ).fetchall()
    live = [m for m in members if m["state"] in LIVE]
    lead = min(live or members, key=_precedence)["n"]
    for m in members:
        shown = int(m["n"] == lead and m["state"] in LIVE)
        if (m["lead"], m["shown"]) != (lead, shown):
            tally.touch(m["n"])
            con.execute("UPDATE claims SET lead = ?, shown = ? WHERE n = ?", (lead, shown, m["n"]))
    con.execute(f"DELETE FROM groups WHERE lead IN ({_marks(leads)})", leads)
    if len(live) > 1:
        counts = (len({m["document"] for m in live}), len({m["story"] for m in live}), independent(live))
        con.execute(
            "INSERT INTO groups VALUES (?, ?, ?, ?, ?) ON CONFLICT (lead) DO UPDATE SET claims = excluded.claims, "
            "documents = excluded.documents, stories = excluded.stories, outlets = excluded.outlets",
            (lead, len(live), *counts),
        )


def independent(members: Iterable[Any]) -> int:
    """How many of the sources do not depend on each other: one dispatch counts once, and so does one outlet."""
    groups: list[set[tuple[str, Any]]] = []
    for m in members:
        mine = {("story", m["story"])} | ({("outlet", fold(m["outlet"]))} if m["outlet"] else set())
        for group in [g for g in groups if g & mine]:
            groups.remove(group)
            mine |= group
        groups.append(mine)
    return len(groups)


def _precedence(m: Row) -> tuple[Any, ...]:
    return (m["state"] not in LIVE, m["state"] != "accepted", m["day"] or "9999", m["name"], m["start"], m["id"])


def _link(con: Connection, what: str, a: int, b: int, why: str, score: float) -> None:
    con.execute(
        "INSERT INTO links VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (what, min(a, b), max(a, b), why, round(score, 3)),
    )


Same = dict[int, list[tuple[int, str, float]]]
"""By claim: (another that tells the same, why, how sure that is)."""


_ONE_FINGERPRINT = (
    f"SELECT n, kind, document FROM claims WHERE fingerprint = ? AND state IN {LIVE_SQL} ORDER BY n LIMIT {CROWD + 1}"
)


def _same_words(con: Connection, claims: Sequence[Row]) -> Same:
    """Words that a crowd of claims has are a formula ('declined to comment') and tell of nothing in common."""
    same: Same = {}
    for claim in claims:
        rows = con.execute(_ONE_FINGERPRINT, (claim["fingerprint"],)).fetchall()
        alike = [
            (row["n"], "same words", 1.0)
            for row in rows
            if row["kind"] == claim["kind"] and row["document"] != claim["document"]
        ]
        if alike and len(rows) <= CROWD:
            same[claim["n"]] = alike
    return same


def _same_events(con: Connection, claims: Sequence[Row]) -> Same:
    """Same type and status, one pair of actor and recipient in common, places that agree, and days: the same
    day, or one day apart (time zones, 'on Thursday') when the words agree as well."""
    same: Same = {}
    for day in sorted({claim["day"] for claim in claims}):
        here = {claim["n"]: claim for claim in claims if claim["day"] == day}
        rows = con.execute(
            "SELECT DISTINCT m.n AS mine, c.n, c.document, c.start, c.stop, c.day, c.date, c.cameo, c.country, c.place "
            "FROM claims m JOIN pairs q ON q.claim = m.n JOIN pairs p ON p.source = q.source AND p.target = q.target "
            "AND p.day BETWEEN ? AND ? JOIN claims c ON c.n = p.claim "
            f"WHERE m.n IN ({','.join('?' * len(here))}) AND coalesce(c.type, '') = coalesce(m.type, '') "
            "AND coalesce(c.status, '') = coalesce(m.status, '') AND c.document <> m.document "
            f"AND c.state IN {LIVE_SQL} ORDER BY m.n, c.n",
            (*neighbours(day), *here),
        ).fetchall()
        for other in rows:
            claim = here[other["mine"]]
            if found := _same_event(con, claim, other):
                same.setdefault(claim["n"], []).append((other["n"], *found))
    return same


def _same_event(con: Connection, claim: Row, other: Row) -> tuple[str, float] | None:
    """Why the two are the same event and how sure that is, or None."""
    if not (_agree(claim["cameo"], other["cameo"], 2) and _agree(claim["country"], other["country"])):
        return None
    if claim["country"] and claim["country"] == other["country"] and not _agree(claim["place"], other["place"]):
        return None
    sure = claim["day"] == other["day"] and claim["date"] and other["date"] and claim["type"] not in WORDS_ONLY
    score = 1.0 if sure else _common_words(con, claim, other)
    if score < 0.5:
        return None
    return "same actors, type and day" if sure else "same actors and type, like words", score


def _agree(a: str | None, b: str | None, length: int | None = None) -> bool:
    return not a or not b or a[:length] == b[:length]


def _common_words(con: Connection, a: Row, b: Row) -> float:
    """The share of the shorter evidence's longer words that the other has too."""
    one, two = ({w for w in fold(_evidence(con, c)).split() if len(w) > 3} for c in (a, b))
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0


def _evidence(con: Connection, claim: Row) -> str:
    row = con.execute(
        "SELECT substr(text, ? + 1, ? - ?) FROM documents WHERE n = ?",
        (claim["start"], claim["stop"], claim["start"], claim["document"]),
    ).fetchone()
    return str(row[0])
