"""Numbers for overview pages, from the summary tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import UsageError
from .asking import Terms, find_who
from .connection import Row
from .days import days_asked
from .rows import fold
from .store import Store
from .table import Columns, Query, Table

_FROM_EVENTS, _FROM_PAIRS = {"month", "year", "type", "status"}, {"month", "year", "type", "source", "target"}


def count_events(
    store: Store,
    by: Sequence[str],
    *,
    since: str | None,
    until: str | None,
    type: Terms | None,
    source: Terms | None,
    target: Terms | None,
    limit: int | None,
) -> Table[dict[str, Any]]:
    """See `Record.counts`. Raises UsageError for what the summaries do not hold."""
    pairs = bool({"source", "target"} & set(by)) or source is not None or target is not None
    allowed = _FROM_PAIRS if pairs else _FROM_EVENTS
    if not by or not set(by) <= allowed:
        raise UsageError(
            f"counts: events are counted by {', '.join(sorted(allowed))}; got {', '.join(by) or 'nothing'}"
        )
    where = ["source <> '' AND target <> ''"] if pairs else []
    parameters: list[Any] = []
    for option, value in (("since", since), ("until", until)):
        if value:
            where.append(f"month {'>=' if option == 'since' else '<='} ?")
            parameters.append(days_asked(value, option)[option == "until"][:7])
    if type is not None:
        types = [type] if isinstance(type, str) else list(type)
        where.append(f"type IN ({','.join('?' * len(types))})")
        parameters += [t.upper() for t in types]
    for column, terms in (("source", source), ("target", target)):
        if terms is not None:
            keys = _keys(store, terms)
            where.append(f"{column} IN ({','.join('?' * len(keys)) or 'NULL'})")
            parameters += keys
    columns_of = {"year": "substr(month, 1, 4)"}
    query = Query(
        f"{', '.join(f'{columns_of.get(b, b)} AS {b}' for b in by)}, sum(n) AS n, round(sum(goldstein) / sum(n), 3) AS goldstein",
        "count_pairs" if pairs else "count_events",
        tuple(where) or ("1 = 1",),
        tuple(parameters),
    )
    grouped = Query(
        query.select,
        query.source,
        (*query.where[:-1], f"{query.where[-1]} GROUP BY {', '.join(columns_of.get(b, b) for b in by)}"),
        query.parameters,
        ", ".join(by),
        limit,
    )
    columns: Columns = {**dict.fromkeys(by, str), "n": int, "goldstein": float}
    return Table(store, grouped, dict, dict, columns)


def _keys(store: Store, terms: Terms) -> list[str]:
    who = find_who(store, terms)
    marks = ",".join("?" * len(who.actors)) or "NULL"
    return who.keys or [r[0] for r in store.rows(f"SELECT DISTINCT key FROM actors WHERE n IN ({marks})", who.actors)]


@dataclass(frozen=True, slots=True)
class ActorLine:
    """Somebody on record, with the number of merged claims in which they play each part."""

    key: str
    name: str
    country: str | None
    role: str | None
    events: int
    """as actor,"""
    received: int
    """as recipient;"""
    statements: int
    stances: int
    agreements: int
    mentions: int


_ACTOR_COLUMNS: Columns = {
    "key": str, "name": str, "country": str, "role": str, "events": int, "received": int, "statements": int,
    "stances": int, "agreements": int, "mentions": int,
}  # fmt: skip


def list_actors(store: Store, name: str | None, limit: int | None) -> Table[ActorLine]:
    """Who is on record, by what they are compared by, the most active first."""
    where: tuple[str, ...] = ()
    parameters: tuple[Any, ...] = ()
    if name is not None:
        where = ("key IN (SELECT key FROM actors WHERE folded LIKE ? OR key = ? OR id = ?)",)
        parameters = (f"%{fold(name)}%", name.upper(), name)
    sums = {
        column: f"sum(CASE WHEN kind = '{kind}' AND part = '{part}' THEN counted.n ELSE 0 END)"
        for column, kind, part in (
            ("events", "event", "actor"),
            ("received", "event", "recipient"),
            ("statements", "attribution", "speaker"),
            ("stances", "stance", "holder"),
            ("agreements", "agreement", "party"),
            ("mentions", "actor", "mention"),
        )
    }
    best = "(SELECT {} FROM actors a WHERE a.key = counted.key ORDER BY (coalesce(a.id, '') = a.key) DESC, (a.name IS NULL), a.n LIMIT 1) AS {}"
    select = ", ".join(
        [
            "key",
            *(
                best.format(*c)
                for c in (("coalesce(a.name, a.key)", "name"), ("a.country", "country"), ("a.role", "role"))
            ),
            *(f"{total} AS {column}" for column, total in sums.items()),
        ]
    )
    # First in the order of the summary, months together, so that few rows are left to be told apart by their parts.
    months = f"SELECT key, kind, part, sum(n) AS n FROM count_parts WHERE {where[0] if where else '1 = 1'} GROUP BY key, kind, part"
    query = Query(
        select,
        f"({months}) AS counted",
        ("1 = 1 GROUP BY key",),
        parameters,
        f"{sums['events']} + {sums['received']} + {sums['statements']} DESC, {sums['mentions']} DESC, key",
        limit,
    )
    return Table(
        store,
        query,
        lambda row: ActorLine(**dict(row)),
        lambda line: {c: getattr(line, c) for c in _ACTOR_COLUMNS},
        _ACTOR_COLUMNS,
    )


def list_issues(store: Store, limit: int | None) -> Table[dict[str, Any]]:
    """Issues on which somebody takes a side, the most disputed first."""
    names = ("favour", "oppose", "mixed", "neutral")
    # In steps, each in the order of the summary's key, so that few rows are left for the next.
    months = "SELECT issue, holder, side, sum(n) AS n FROM count_stances GROUP BY issue, holder, side"
    sides = ", ".join(f"sum(CASE WHEN side = '{s}' THEN sided.n ELSE 0 END) AS {s}" for s in names)
    holders = f"SELECT issue, {sides}, sum(sided.n) AS n FROM ({months}) AS sided GROUP BY issue, holder"
    query = Query(
        f"issue, count(*) AS holders, {', '.join(f'sum({s}) AS {s}' for s in names)}, sum(counted.n) AS n",
        f"({holders}) AS counted",
        ("1 = 1 GROUP BY issue",),
        (),
        "sum(counted.n) DESC, issue",
        limit,
    )
    columns: Columns = {
        "issue": str,
        "holders": int,
        "favour": int,
        "oppose": int,
        "mixed": int,
        "neutral": int,
        "n": int,
    }
    return Table(store, query, dict, dict, columns)


def statistics(store: Store) -> dict[str, Any]:
    """What the record holds. See docs/reference/python.md."""
    documents = store.rows("SELECT language, sum(n) AS n, outlet FROM count_documents GROUP BY outlet, language")
    languages: Counter[str] = Counter()
    for language, n, _ in documents:
        languages[language] += n
    shown = store.rows("SELECT kind, sum(n) AS n FROM count_kinds WHERE shown = 1 GROUP BY kind")
    states = store.rows("SELECT state, sum(n) AS n FROM count_kinds GROUP BY state")
    sources = store.rows("SELECT status, count(*) AS n FROM sources GROUP BY status")
    first, last = (
        store.value(f"SELECT month FROM count_documents WHERE month > '' ORDER BY month{way} LIMIT 1")
        for way in ("", " DESC")
    )
    return {
        "documents": languages.total(),
        "languages": dict(sorted(languages.items(), key=lambda counted: (-counted[1], counted[0]))),
        "uncoded": store.value("SELECT count(*) FROM documents WHERE coded = 0"),
        "outlets": len({r["outlet"] for r in documents} - {""}),
        "same_dispatch": store.value("SELECT count(*) FROM documents WHERE story <> n"),
        "kinds": _pairs(shown),
        "states": _pairs(states),
        "sources": _pairs(sources),
        "first_month": first,
        "last_month": last,
    }


def _pairs(rows: list[Row]) -> dict[str, int]:
    return {row[0]: row[1] for row in rows}
