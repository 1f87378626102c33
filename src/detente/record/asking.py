"""Questions about claims: filters as people think of them, turned into SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import UsageError
from .days import days_asked
from .linking import LIVE_SQL
from .rows import fold
from .store import Store
from .table import ENTRY_SELECT, ENTRY_SOURCE, Entry, Query, Table, entry_columns, entry_of, flat_entry

Terms = str | Sequence[str]
FEW, SOME, MANY = 250, 1000, 20_000
"""Claims that are looked up one by one sooner than all are gone through: to list the latest, to list all, to count."""
GROWN = 100
_OF_WORDS = "SELECT rowid FROM claims_words WHERE claims_words MATCH ?"
_HAS_WORDS = "EXISTS (SELECT 1 FROM claims_words WHERE claims_words MATCH ? AND rowid = c.n)"
MOST_YEARS = 30
STATUSES = ("done", "planned", "threatened", "denied", "hypothetical")
SIDES = ("favour", "oppose", "neutral", "mixed")
STATES = ("unreviewed", "accepted", "rejected", "corrected", "superseded", "withdrawn")


@dataclass
class Who:
    """What a name means on this record: keys ('RUS') or single actors (a person, a ministry)."""

    keys: list[str] = field(default_factory=list)
    actors: list[int] = field(default_factory=list)

    def sql(self, alias: str) -> tuple[str, list[Any]]:
        """A condition on a row of `claim_actors`, with its parameters."""
        if self.keys:
            return f"{alias}.key IN ({_marks(self.keys)})", list(self.keys)
        return f"{alias}.actor IN ({_marks(self.actors) or 'NULL'})", list(self.actors)


def find_who(store: Store, terms: Terms) -> Who:
    """Whom the user means: a key on record, a country by name or code, else whoever has the words in a name."""
    who = Who()
    for term in [terms] if isinstance(terms, str) else terms:
        keys = _keys_of(store, term)
        who.keys += keys
        if not keys:
            who.actors += _actors_named(store, term)
    if who.keys and who.actors:  # mixed: everything as single actors
        marks = _marks(who.keys)
        who = Who(
            actors=who.actors + [r[0] for r in store.rows(f"SELECT n FROM actors WHERE key IN ({marks})", who.keys)]
        )
    return who


def _keys_of(store: Store, term: str) -> list[str]:
    for key in (term, term.upper()):
        if store.value("SELECT 1 FROM actors WHERE key = ? LIMIT 1", (key,)):
            return [key]
    import countrynames

    code: str | None = countrynames.to_code_3(term)
    return [code] if code else []


def _actors_named(store: Store, term: str) -> list[int]:
    by_id = store.rows("SELECT n FROM actors WHERE id = ?", (term,))
    if by_id:
        return [r[0] for r in by_id]
    words = fold(term).split()
    if not words:
        return []
    like = " AND ".join("(' ' || replace(folded, '|', ' ') || ' ') LIKE ? ESCAPE '\\'" for _ in words)
    return [r[0] for r in store.rows(f"SELECT n FROM actors WHERE {like}", [f"% {_escape(w)} %" for w in words])]


class Asking:
    """Collects the conditions of one question."""

    def __init__(self, store: Store, *kinds: str, merged: bool, state: str | None) -> None:
        self.store = store
        self.kinds = kinds
        self.where: list[str] = []
        self.parameters: list[Any] = []
        self._sets: list[tuple[str, list[Any]]] = []
        self._index = ""
        self._typed = ""
        self._summed: int | None = None
        """Of how many shown claims the one set that is asked for consists, where a summary tells."""
        self._days: tuple[str, str] = ("", "")
        self._played: tuple[str, list[Any], tuple[str, ...], int] | None = None
        # Written out, not bound: SQLite uses partial indexes only for what it sees when it plans.
        self._add(f"c.kind IN ({', '.join(_quoted(k) for k in kinds)})")
        if state:
            _one_of("state", state, STATES)
            self._add("c.state = ?", state)
        else:
            self._add("c.shown = 1" if merged else f"c.state IN {LIVE_SQL}")

    def _add(self, condition: str, *parameters: Any) -> None:
        self.where.append(condition)
        self.parameters += parameters

    def _among(self, chosen: str, *parameters: Any) -> None:
        """Claims whose numbers the SELECT `chosen` gives."""
        self._sets.append((chosen, list(parameters)))
        self._add(f"c.n IN ({chosen})", *parameters)

    def _size(self) -> int:
        """Of how many claims the smallest set consists, as far as MANY; MANY where there is no set."""
        if self._summed is not None and len(self._sets) == 1:
            return min(MANY, self._summed)
        return min((self._size_of(sql, given) for sql, given in self._sets), default=MANY)

    def _size_of(self, chosen: str, given: list[Any]) -> int:
        """Only how to look depends on it, never what is found; so it may be as old as the last GROWN claims."""
        grown = int(self.store.value("SELECT max(n) FROM claims") or 0) // GROWN
        key = (grown, chosen, *given)
        sizes = self.store.sizes
        if key not in sizes:
            if len(sizes) >= SOME:
                sizes.clear()
            count = f"SELECT count(*) FROM (SELECT 1 FROM ({chosen}) AS chosen LIMIT {MANY}) AS counted"
            sizes[key] = (chosen == _OF_WORDS and self._size_by_share(given)) or self.store.value(count, given)
        return sizes.get(key, MANY)

    def _size_by_share(self, words: list[Any]) -> int:
        """About how many claims hold frequent words: as dense as among the first FEW that do. 0 where fewer do."""
        first, reached = (int(self.store.value(f"{_OF_WORDS} LIMIT 1 OFFSET {at}", words) or 0) for at in (0, FEW - 1))
        if reached <= first:
            return 0
        last = int(self.store.value("SELECT max(n) FROM claims"))
        return max(FEW, min(MANY, FEW * (last - first) // (reached - first)))

    def _by_day(self) -> bool:
        """Whether a set is looked for that is better found by going through the shown claims by day."""
        merged = "c.shown = 1" in self.where
        return bool(self._sets) and merged and not self._index and not any("c.type" in w for w in self.where)

    def _only_recent(self, limit: int, after: tuple[str, int] | None) -> None:
        """Where somebody plays a part in very many claims, asks for those since the day from which on there are enough:
        the answer is the same, and far fewer are looked at."""
        if self._played is None or self._size() < FEW:
            return
        condition, parameters, parts, at = self._played
        before, end = (" AND p.day <= ?", [after[0]]) if after else ("", [])
        day_of_part = (
            f"SELECT p.day FROM claim_actors p WHERE {condition} AND p.part = ?{before} "
            f"ORDER BY p.day DESC LIMIT 1 OFFSET {6 * limit}"
        )
        since = max((self.store.value(day_of_part, [*parameters, part, *end]) or "" for part in parts), default="")
        chosen, given = self._sets[0]
        recent = f"{chosen} AND p.day >= ?"
        where = [w.replace(chosen, recent) for w in self.where]
        asked = [*self.parameters[:at], since, *self.parameters[at:]]
        upto, place = (" AND (c.day, c.n) < (?, ?)", after) if after else ("", ())
        body = f"FROM claims c{self.store.by_index('claims_facts')} WHERE {' AND '.join(where)}{upto}"
        enough = f"SELECT count(*) FROM (SELECT 1 {body} LIMIT {limit}) AS counted"
        if since and self.store.value(enough, [*asked, *place]) >= limit:
            self.where, self.parameters, self._sets = where, asked, [(recent, [*given, since])]

    def equal(self, column: str, value: Terms | None, *, upper: bool = False) -> None:
        """The column has the value, or one of the values."""
        if value is None:
            return
        values = [value] if isinstance(value, str) else list(value)
        values = [v.upper() for v in values] if upper else values
        self._add(f"c.{column} IN ({_marks(values)})", *values)

    def cameo(self, code: Terms | None) -> None:
        """The CAMEO code or what is under it: '05' finds '057' too."""
        if code is None:
            return
        codes = [code] if isinstance(code, str) else list(code)
        self._add(
            "(" + " OR ".join("c.cameo LIKE ? ESCAPE '\\'" for _ in codes) + ")", *(_escape(c) + "%" for c in codes)
        )

    def one_of(self, column: str, value: str | Sequence[str] | None, allowed: Sequence[str]) -> None:
        """The column has the value, or one of several, which must be among those allowed. Raises UsageError."""
        if value is None:
            return
        values = [value] if isinstance(value, str) else list(value)
        for each in values:
            _one_of(column, each, allowed)
        self._add(f"c.{column} IN ({', '.join('?' * len(values))})", *values)

    def days(self, since: str | None, until: str | None) -> None:
        """Claims whose days touch [first day of `since`, last day of `until`]."""
        first = days_asked(since, "since")[0] if since else ""
        last = days_asked(until, "until")[1] if until else ""
        self._days = (first, last)
        if first:
            self._add("c.last_day >= ?", first)
            if "c.shown = 1" in self.where:  # the same once more, as an index by first days can be searched for it
                self._add("c.day >= ?", self._earliest(first))
        if last:
            self._add("c.day <= ? AND c.day <> ''", last)

    def _earliest(self, first: str) -> str:
        """The first day of the claims that begin before the day `first` and may reach beyond it; `first` for none."""
        kinds = ", ".join(_quoted(k) for k in self.kinds)
        index = self.store.by_index("claims_long")
        long = f"SELECT min(day) FROM claims{index} WHERE last_day > day AND kind IN ({kinds}) AND shown = 1 AND last_day >= ? AND day < ?"
        return str(self.store.value(long, (first, first)) or first)

    def party(self, terms: Terms | None, *parts: str) -> None:
        """Somebody plays one of the parts."""
        if terms is None:
            return
        who = find_who(self.store, terms)
        condition, parameters = who.sql("p")
        condition = f"{condition} AND p.kind IN ({_marks(self.kinds)})"
        parameters += self.kinds
        self._among(
            f"SELECT p.claim FROM claim_actors p WHERE {condition} AND p.part IN ({_marks(parts)})",
            *parameters,
            *parts,
        )
        if len(who.keys) == len(self.kinds) == 1:
            self._summed = self.store.value(
                f"SELECT coalesce(sum(n), 0) FROM count_parts WHERE key = ? AND kind = ? AND part IN ({_marks(parts)})",
                (who.keys[0], self.kinds[0], *parts),
            )
            self._played = (condition, parameters, parts, len(self.parameters))

    def between(self, two: Sequence[Terms] | None) -> None:
        """The first acts on the second or the second on the first. Raises UsageError unless there are two."""
        if two is None:
            return
        if isinstance(two, str) or len(two) != 2:
            raise UsageError(f"between takes two actors, such as RUS and IRN; got {two!r}")
        a, b = (find_who(self.store, terms) for terms in two)
        if a.keys and b.keys:
            one_way = f"SELECT claim FROM pairs WHERE source IN ({_marks(a.keys)}) AND target IN ({_marks(b.keys)})"
            back = f"SELECT claim FROM pairs WHERE source IN ({_marks(b.keys)}) AND target IN ({_marks(a.keys)})"
            self._among(f"{one_way} UNION {back}", *a.keys, *b.keys, *b.keys, *a.keys)
            return
        (one, one_parameters), (other, other_parameters) = a.sql("x"), b.sql("y")
        parts = "('actor', 'recipient')"
        self._among(
            "SELECT x.claim FROM claim_actors x JOIN claim_actors y ON y.claim = x.claim "
            f"WHERE {one} AND {other} AND x.part IN {parts} AND y.part IN {parts} "
            "AND (x.part <> y.part OR x.position <> y.position)",
            *one_parameters,
            *other_parameters,
        )

    def between_any(self, two: Sequence[Terms] | None) -> None:
        """Both have a part in it, whichever: for lists of several kinds of claim."""
        if two is None:
            return
        if isinstance(two, str) or len(two) != 2:
            raise UsageError(f"between takes two actors, such as RUS and IRN; got {two!r}")
        for terms in two:
            self.party(
                terms,
                "actor",
                "recipient",
                "party",
                "signatory",
                "proposed_by",
                "announced_by",
                "speaker",
                "addressee",
                "holder",
            )

    def issue(self, words: str | None) -> None:
        """The issue of this name, else issues and topics that hold all of the words."""
        if words is None:
            return
        if self.store.value("SELECT 1 FROM count_stances WHERE issue = ? LIMIT 1", (words,)):
            self._add("c.issue = ?", words)
            self._index = "claims_issue"
            return
        for word in fold(words).split():
            if len(word) > 2:
                self._add(
                    "(c.issue LIKE ? ESCAPE '\\' OR json_extract(c.payload, '$.topic') LIKE ? ESCAPE '\\')",
                    *[f"%{_escape(word)}%"] * 2,
                )

    def place(self, name: str | None) -> None:
        """In a place of this name, or in this country (name or ISO 3166 code)."""
        if name is None:
            return
        import countrynames

        country = countrynames.to_code_3(name) or (name.upper() if len(name) == 3 else None)
        named = "SELECT n FROM claims WHERE place IS NOT NULL AND lower(place) = lower(?)"
        if country is None:
            self._among(named, name)
        else:
            self._among(f"{named} UNION SELECT n FROM claims WHERE country = ?", name, country)

    def confidence(self, least: float | None) -> None:
        if least is not None:
            self._add("c.confidence >= ?", least)

    def text(self, words: str | None) -> None:
        """All of the words stand in the evidence (whole words, in any form that full text search finds)."""
        if words is None:
            return
        expression = self.store.words_asked(words)
        if expression is None:
            self._add("1 = 0")
            return
        self._typed = expression

    def _years(self) -> list[int]:
        """The years of the days asked for; none where these do not begin or end, or are too many to name each."""
        first, last = (day[:4] for day in self._days)
        years = list(range(int(first), int(last) + 1)) if first and last else []
        return years if len(years) <= MOST_YEARS else []

    def document(self, id: str | None) -> None:
        if id is not None:
            self._add("c.document = (SELECT n FROM documents WHERE id = ?)", id)

    def table(self, limit: int | None, order: str, after: tuple[str, int] | None) -> Table[Entry]:
        """The answer, oldest or newest day first, from `after` (an entry's `position`) on."""
        _one_of("order", order, ("day", "-day"))
        back = order.startswith("-")
        if self._typed:
            self._among(_OF_WORDS, self.store.words_within(self._typed, self.kinds, self._years()))
        if back and limit is not None and len(self._sets) == 1:
            self._only_recent(limit, after)
        if after is not None:
            self._add(f"(c.day, c.n) {'<' if back else '>'} (?, ?)", *after)
        direction = " DESC" if back else ""
        size, few = self._size(), limit is not None and limit < SOME
        index = "claims_shown" if self._by_day() else self._index
        looked_up = f"claims c{self.store.by_index('claims_facts')}"
        gone_through = f"claims c{self.store.by_index(index)}" if index else "claims c"
        query = Query(
            ENTRY_SELECT,
            ENTRY_SOURCE.replace("claims c", looked_up if size < (SOME if limit is None else FEW) else gone_through, 1),
            tuple(self.where),
            tuple(self.parameters),
            f"c.day{direction}, c.n{direction}",
            limit,
            looked_up if size < MANY else gone_through,
            # Words that stand nearly everywhere: it is faster to look whether a claim has them than to collect all.
            tuple(w.replace(f"c.n IN ({_OF_WORDS})", _HAS_WORDS) for w in self.where) if size >= MANY and few else None,
        )
        return Table(self.store, query, entry_of, flat_entry, entry_columns(*self.kinds))


def _one_of(name: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise UsageError(f"{name}: {value!r} is none of {', '.join(allowed)}")


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def _marks(values: Iterable[Any]) -> str:
    return ",".join("?" for _ in values)


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
