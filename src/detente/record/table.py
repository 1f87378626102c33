"""Answers: lazy tables of claims, documents or counts, that turn into objects, dictionaries or data frames."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..claims import KINDS, Claim, from_dict
from .connection import Row

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from .store import Store

T = TypeVar("T")
Columns = dict[str, type]
"""Name and type of each column of a flat row: str, int, float, or list (of str)."""


@dataclass(frozen=True, slots=True)
class Query:
    """An SQL question in parts, so that it can be counted, cut and paged before it is run."""

    select: str
    source: str
    where: tuple[str, ...] = ()
    parameters: tuple[Any, ...] = ()
    order: str = ""
    limit: int | None = None
    counted: str | None = None
    """The tables that are enough for counting, where that is fewer than `source`."""
    listed: tuple[str, ...] | None = None
    """The same conditions as `where`, with the same parameters, as they are faster for a few rows."""

    @property
    def sql(self) -> str:
        tail = f" ORDER BY {self.order}" if self.order else ""
        tail += f" LIMIT {int(self.limit)}" if self.limit is not None else ""
        return f"SELECT {self.select} {self._body(self.source, self.listed)}{tail}"

    @property
    def counting(self) -> str:
        body = self._body(self.counted or self.source)
        if self.limit is None and "GROUP BY" not in body:
            return f"SELECT count(*) {body}"
        limit = f" LIMIT {int(self.limit)}" if self.limit is not None else ""
        return f"SELECT count(*) FROM (SELECT 1 {body}{limit}) AS counted"

    def _body(self, source: str, where: tuple[str, ...] | None = None) -> str:
        where = where or self.where
        return f"FROM {source}" + (f" WHERE {' AND '.join(where)}" if where else "")


class Table(Generic[T]):
    """The answer to one question. Nothing is read before it is asked for, and each asking sees the record as it is
    then. Iterating gives objects; `to_dicts`, `to_arrow`, `to_pandas` and `to_polars` give flat rows."""

    def __init__(
        self,
        store: Store,
        query: Query,
        make: Callable[[Row], T],
        flat: Callable[[T], dict[str, Any]],
        columns: Columns,
    ) -> None:
        self.store = store
        self.query = query
        self._make = make
        self._flat = flat
        self.columns = columns

    def but(self, condition: str, *parameters: Any) -> Table[T]:
        """The same question with one condition more."""
        asked = self.query
        listed = (*asked.listed, condition) if asked.listed else None
        more = replace(
            asked, where=(*asked.where, condition), parameters=(*asked.parameters, *parameters), listed=listed
        )
        return Table(self.store, more, self._make, self._flat, self.columns)

    def __iter__(self) -> Iterator[T]:
        for row in self.store.stream(self.query.sql, self.query.parameters):
            yield self._make(row)

    def __len__(self) -> int:
        return int(self.store.value(self.query.counting, self.query.parameters))

    def __bool__(self) -> bool:
        return self.first() is not None

    def first(self) -> T | None:
        """The first row, or None."""
        return next(iter(self), None)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Flat rows, one at a time."""
        return map(self._flat, self)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Flat rows: strings, numbers, None and lists of strings."""
        return list(self.rows())

    def schema(self) -> pyarrow.Schema:
        """The Arrow schema of the flat rows: the same whether or not there are any."""
        import pyarrow

        kinds = {
            str: pyarrow.string(),
            int: pyarrow.int64(),
            float: pyarrow.float64(),
            list: pyarrow.list_(pyarrow.string()),
        }
        return pyarrow.schema([(name, kinds[kind]) for name, kind in self.columns.items()])

    def to_arrow(self) -> pyarrow.Table:
        """The flat rows as an Arrow table."""
        import pyarrow

        return pyarrow.Table.from_pylist(self.to_dicts(), schema=self.schema())

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas data frame. Raises ImportError without pandas: pip install 'detente[frames]'."""
        _need("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """A Polars data frame. Raises ImportError without Polars: pip install 'detente[frames]'."""
        _need("polars")
        import polars

        frame = polars.from_arrow(self.to_arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def __repr__(self) -> str:
        return f"<{len(self)} rows: {', '.join(self.columns)}>"


def _need(package: str) -> None:
    from importlib.util import find_spec

    if find_spec(package) is None:
        raise ImportError(f"{package} is not installed; run: pip install 'detente[frames]'")


# --- claims on record -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim on record: what is claimed, by which document, and what people decided on it.

    The fields of the claim can be asked of the entry as well: `entry.actors` is `entry.claim.actors`.
    """

    n: int
    """The row's number: with `day` the key that pages go by."""
    id: str
    claim: Claim
    state: str
    """unreviewed, accepted, rejected, corrected (a person's version replaced it), superseded, withdrawn."""
    day: str
    """The first day that the claim's date may mean, else the document's day; '' when neither is known."""
    text: str
    """The evidence: `document.text[start:end]`."""
    document: str
    source: str
    title: str | None
    outlet: str | None
    published: str | None
    claims: int = 1
    """How many live claims tell the same, this one included,"""
    documents: int = 1
    """in how many documents"""
    stories: int = 1
    """that carry how many different dispatches"""
    outlets: int = 1
    """from how many sources that do not depend on each other (one dispatch counts once, one outlet counts once)."""

    @property
    def kind(self) -> str:
        return self.claim.kind

    @property
    def position(self) -> tuple[str, int]:
        """Where the entry stands in a list: give it as `after=` to get the next page."""
        return self.day, self.n

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.claim, name)

    def to_dict(self) -> dict[str, Any]:
        """The flat row of the tables and exports: columns in docs/reference/record.md."""
        return flat_entry(self)


ENTRY_SELECT = (
    "c.n, c.id, c.kind, c.state, c.day, c.payload, substr(d.text, c.start + 1, c.stop - c.start) AS evidence, d.id AS document, "
    "d.source, d.title, d.outlet, d.published, coalesce(g.claims, 1) AS claims, coalesce(g.documents, 1) AS documents, "
    "coalesce(g.stories, 1) AS stories, coalesce(g.outlets, 1) AS outlets"
)
ENTRY_SOURCE = "claims c JOIN documents d ON d.n = c.document LEFT JOIN groups g ON g.lead = c.n"


def entry_of(row: Row) -> Entry:
    """The entry of a row of ENTRY_SELECT."""
    return Entry(
        n=row["n"],
        id=row["id"],
        claim=from_dict(KINDS[row["kind"]], json.loads(row["payload"])),
        state=row["state"],
        day=row["day"],
        text=row["evidence"],
        document=row["document"],
        source=row["source"],
        title=row["title"],
        outlet=row["outlet"],
        published=row["published"],
        claims=row["claims"],
        documents=row["documents"],
        stories=row["stories"],
        outlets=row["outlets"],
    )


_COMMON: Columns = {"id": str, "kind": str, "day": str, "date": str}
_PROVENANCE: Columns = {
    "text": str, "document": str, "start": int, "end": int, "title": str, "outlet": str, "published": str, "source": str,
    "confidence": float, "state": str, "documents": int, "outlets": int, "extractor": str, "why": str,
}  # fmt: skip
_PLACE: Columns = {"place": str, "place_country": str, "lat": float, "lon": float}
_OWN: dict[str, Columns] = {
    "event": {
        "type": str, "mode": str, "contexts": list, "cameo": str, "quad": int, "goldstein": float, "status": str,
        "actors": list, "actor_names": list, "actor_codes": list,
        "recipients": list, "recipient_names": list, "recipient_codes": list, "reciprocal": int,
        "according_to": list, "magnitude": str, **_PLACE,
    },
    "attribution": {
        "speakers": list, "speaker_names": list, "via": list, "via_names": list, "addressees": list, "quote": str,
        "mind": str, "colour": str, "cue": str, "content": str, "parent": str,
    },
    "stance": {
        "holders": list, "holder_names": list, "issue": str, "topic": str, "side": str, "strength": float,
        "conditional": int, "basis": str,
    },
    "agreement": {
        "name": str, "parties": list, "party_names": list, "bodies": list, "signatories": list, "signatory_names": list,
        "sectors": list, "status": str, **_PLACE,
    },
    "plan": {
        "name": str, "proposed_by": list, "announced_by": list, "announced_by_names": list, "parties": list,
        "mechanism": str, "positions": list,
    },
    "actor": {"actor": str, "name": str, "country": str, "code": str, "role": str, "person": str, "office": str, "body": str},
    "date": {"type": str, "value": str, "mod": str},
    "place": _PLACE,
}  # fmt: skip


def entry_columns(*kinds: str) -> Columns:
    """The columns of the flat rows of these kinds of claim, in order."""
    own: Columns = {}
    for kind in kinds:
        own |= _OWN[kind]
    return {**_COMMON, **own, **_PROVENANCE}


def flat_entry(entry: Entry) -> dict[str, Any]:
    """One flat row."""
    from .flat import own_columns

    date = getattr(entry.claim, "date", None) or getattr(entry.claim, "announced_on", None)
    return {
        "id": entry.id,
        "kind": entry.kind,
        "day": entry.day or None,
        "date": date.value if date else None,
        **own_columns(entry),
        "text": entry.text,
        "document": entry.document,
        "start": entry.claim.span.start,
        "end": entry.claim.span.end,
        "title": entry.title,
        "outlet": entry.outlet,
        "published": entry.published,
        "source": entry.source,
        "confidence": round(entry.claim.confidence, 3),
        "state": entry.state,
        "documents": entry.documents,
        "outlets": entry.outlets,
        "extractor": entry.claim.extractor,
        "why": entry.claim.why,
    }
