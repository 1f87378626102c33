"""The record as an object: reading into it, asking it, deciding on its claims."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..claims import Claim
from ..document import Document, Span
from ..errors import RecordError
from . import counts, deciding
from .adding import add_claims, add_document, add_source, storable
from .asking import SIDES, STATUSES, Asking, Terms
from .contents import contents_hash
from .documents import DocumentLine, SourceLine, document_of, find_document, list_documents, list_sources
from .histories import Line, history_of
from .store import open_store
from .table import ENTRY_SELECT, ENTRY_SOURCE, Entry, Table, entry_of
from .taking import Progress, ReadReport, reader_version
from .tally import Tally
from .view import DocumentView
from .words import Hit

if TYPE_CHECKING:
    from ..reading import Reader

Sources = str | Path | Iterable[str | Path]
Day = tuple[str, int]
"""Where an entry stands in a list, to go on from: `entry.position`."""


class Record:
    """One file with what documents say: `Record("iran.detente")`.

    A record may be asked from any thread and any number of processes, also while one of them reads into it.
    Answers are lazy: nothing is read before it is asked for. Raises RecordError when the file cannot be opened,
    is no record, or was written by a newer detente; with `create=False` also when it is not there.
    """

    def __init__(self, path: str | Path, create: bool = True) -> None:
        self.store = open_store(path, create=create)

    @property
    def path(self) -> Path:
        return self.store.path

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        n = self.statistics()
        return f"<Record {self.path}: {n['documents']} documents, {n['kinds'].get('event', 0)} events>"

    # --- putting on record --------------------------------------------------------------------------------

    def read(
        self,
        sources: Sources,
        *,
        progress: Callable[[Progress], None] | None = None,
        workers: int | None = 1,
        reader: Reader | None = None,
    ) -> ReadReport:
        """Reads files, folders, globs, feeds, archives or URLs into the record.

        What is on record by the same reader is not read again; what an older reader read is, and its claims that are
        not found again are superseded. What cannot be read is noted and reported, and the run goes on. Every document
        is on record whole or not at all, and what `progress` was told about is on disk. `workers`: how many processes
        read and code; None for as many as there are cores. A process that dies is replaced, and what it was coding is
        coded again or reported.
        """
        from .arriving import read_into

        return read_into(self.store, sources, progress=progress, workers=workers, reader=reader)

    def add(self, document: Document, claims: Iterable[Claim], *, reader: str = "user") -> bool:
        """Puts one document and its claims on record. Returns False when it is there by this reader already."""
        document = storable(document)
        with self.store.writing() as con:
            tally = Tally(con)
            n, _ = add_document(con, document, None, tally)
            add_source(con, document.source, n, None)
            known = con.execute("SELECT reader FROM documents WHERE n = ?", (n,)).fetchone()[0]
            if known == reader:
                return False
            add_claims(con, n, document, claims, reader, None, tally)
            tally.flush()
        return True

    # --- asking: claims -----------------------------------------------------------------------------------

    def events(
        self,
        between: Sequence[Terms] | None = None,
        actor: Terms | None = None,
        recipient: Terms | None = None,
        type: Terms | None = None,
        cameo: Terms | None = None,
        since: str | None = None,
        until: str | None = None,
        status: str | None = None,
        place: str | None = None,
        min_confidence: float | None = None,
        text: str | None = None,
        limit: int | None = None,
        merged: bool = True,
        *,
        quad: int | None = None,
        party: Terms | None = None,
        document: str | None = None,
        state: str | None = None,
        order: str = "day",
        after: Day | None = None,
    ) -> Table[Entry]:
        """Events by day. Actors are codes or names ('RUS', 'Russia', 'Lavrov'); `party` is actor or recipient.

        Days are ISO dates cut as you like, both ends included. `merged` shows one row for an event that several
        documents tell, with how many and how independent they are. `state` asks for claims in that state, also for
        those that no longer count ('rejected', 'superseded'). Raises UsageError for what cannot be asked.
        """
        ask = Asking(self.store, "event", merged=merged, state=state)
        ask.between(between)
        ask.party(actor, "actor")
        ask.party(recipient, "recipient")
        ask.party(party, "actor", "recipient")
        ask.equal("type", type, upper=True)
        ask.cameo(cameo)
        ask.days(since, until)
        ask.one_of("status", status, STATUSES)
        ask.place(place)
        ask.confidence(min_confidence)
        ask.text(text)
        ask.equal("quad", None if quad is None else [str(quad)])
        ask.document(document)
        return ask.table(limit, order, after)

    def statements(
        self,
        speaker: Terms | None = None,
        via: Terms | None = None,
        about: str | None = None,
        kind: str | None = None,
        mind: Terms | None = None,
        since: str | None = None,
        until: str | None = None,
        min_confidence: float | None = None,
        limit: int | None = None,
        merged: bool = True,
        *,
        addressee: Terms | None = None,
        document: str | None = None,
        state: str | None = None,
        order: str = "day",
        after: Day | None = None,
    ) -> Table[Entry]:
        """Who said what through whom. `about`: words of the statement; `kind`: direct, indirect or mixed;
        `mind`: statement, belief, intention or document, or several of them. The rest as in `events`."""
        ask = Asking(self.store, "attribution", merged=merged, state=state)
        ask.party(speaker, "speaker")
        ask.party(via, "via")
        ask.party(addressee, "addressee")
        ask.text(about)
        ask.one_of("type", kind, ("direct", "indirect", "mixed"))
        ask.one_of("mode", mind, ("statement", "belief", "intention", "document"))
        ask.days(since, until)
        ask.confidence(min_confidence)
        ask.document(document)
        return ask.table(limit, order, after)

    def stances(
        self,
        issue: str | None = None,
        actor: Terms | None = None,
        side: str | None = None,
        since: str | None = None,
        until: str | None = None,
        min_confidence: float | None = None,
        limit: int | None = None,
        merged: bool = True,
        *,
        document: str | None = None,
        state: str | None = None,
        order: str = "day",
        after: Day | None = None,
    ) -> Table[Entry]:
        """Who is for or against what. `issue`: the name of an issue, or words of it or of its topics."""
        ask = Asking(self.store, "stance", merged=merged, state=state)
        ask.issue(issue)
        ask.party(actor, "holder")
        ask.one_of("side", side, SIDES)
        ask.days(since, until)
        ask.confidence(min_confidence)
        ask.document(document)
        return ask.table(limit, order, after)

    def agreements(
        self,
        party: Terms | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
        merged: bool = True,
        *,
        document: str | None = None,
        state: str | None = None,
        order: str = "day",
        after: Day | None = None,
    ) -> Table[Entry]:
        """What was agreed."""
        ask = Asking(self.store, "agreement", merged=merged, state=state)
        ask.party(party, "party", "signatory")
        ask.days(since, until)
        ask.document(document)
        return ask.table(limit, order, after)

    def plans(
        self,
        party: Terms | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
        merged: bool = True,
        *,
        document: str | None = None,
        state: str | None = None,
        order: str = "day",
        after: Day | None = None,
    ) -> Table[Entry]:
        """Step-by-step plans that somebody proposed."""
        ask = Asking(self.store, "plan", merged=merged, state=state)
        ask.party(party, "party", "proposed_by", "announced_by")
        ask.days(since, until)
        ask.document(document)
        return ask.table(limit, order, after)

    def mentions(
        self, kind: str = "actor", *, actor: Terms | None = None, document: str | None = None, limit: int | None = None
    ) -> Table[Entry]:
        """Where actors ('actor'), dates ('date') or places ('place') are named."""
        ask = Asking(self.store, kind, merged=False, state=None)
        ask.party(actor, "mention")
        ask.document(document)
        return ask.table(limit, "day", None)

    def timeline(
        self,
        between: Sequence[Terms] | None = None,
        party: Terms | None = None,
        since: str | None = None,
        until: str | None = None,
        kinds: Sequence[str] = ("event", "agreement", "plan"),
        limit: int | None = None,
        merged: bool = True,
        *,
        order: str = "day",
        after: Day | None = None,
    ) -> Table[Entry]:
        """Claims of several kinds by day; those with no date of their own stand at their document's day."""
        ask = Asking(self.store, *kinds, merged=merged, state=None)
        ask.between_any(between)
        ask.party(party, "actor", "recipient", "party", "proposed_by", "speaker", "holder")
        ask.days(since, until)
        return ask.table(limit, order, after)

    def claims_in(self, document: str, *, kinds: Sequence[str] | None = None, live: bool = True) -> list[Entry]:
        """All claims of one document, in the order of the text."""
        where = ["d.id = ?"]
        if live:
            where.append("c.state IN ('unreviewed', 'accepted')")
        parameters: list[Any] = [document]
        if kinds is not None:
            where.append(f"c.kind IN ({','.join('?' * len(kinds))})")
            parameters += kinds
        sql = (
            f"SELECT {ENTRY_SELECT} FROM {ENTRY_SOURCE} WHERE {' AND '.join(where)} ORDER BY c.start, c.stop DESC, c.n"
        )
        return [entry_of(row) for row in self.store.stream(sql, parameters)]

    # --- asking: what stands around them ------------------------------------------------------------------

    def actors(self, name: str | None = None, *, limit: int | None = None) -> Table[counts.ActorLine]:
        """Who is on record, the most active first, with what they do there."""
        return counts.list_actors(self.store, name, limit)

    def counts(
        self,
        by: Sequence[str] = ("month", "type"),
        *,
        since: str | None = None,
        until: str | None = None,
        type: Terms | None = None,
        source: Terms | None = None,
        target: Terms | None = None,
        limit: int | None = None,
    ) -> Table[dict[str, Any]]:
        """Numbers of merged events and their mean Goldstein value by any of month, year, type, status, or by any of
        source, target, month, year, type (answered from the summary tables)."""
        return counts.count_events(
            self.store, by, since=since, until=until, type=type, source=source, target=target, limit=limit
        )

    def issues(self, *, limit: int | None = None) -> Table[dict[str, Any]]:
        """Issues on which somebody takes a side, with numbers by side."""
        return counts.list_issues(self.store, limit)

    def documents(
        self,
        outlet: str | None = None,
        language: str | None = None,
        since: str | None = None,
        until: str | None = None,
        coded: bool | None = None,
        text: str | None = None,
        limit: int | None = None,
        *,
        order: str = "day",
        after: Day | None = None,
    ) -> Table[DocumentLine]:
        """What is on record, without the texts."""
        return list_documents(
            self.store,
            outlet=outlet,
            language=language,
            since=since,
            until=until,
            coded=coded,
            text=text,
            limit=limit,
            order=order,
            after=after,
        )

    def document(self, name: str) -> Document:
        """A document by its id (or the beginning of it), path, file name or title. Raises RecordError."""
        return find_document(self.store, name)

    def view(self, name: str) -> DocumentView:
        """A document with its claims marked: shows itself in a notebook."""
        document = self.document(name)
        return DocumentView(document, tuple(self.claims_in(document.id)))

    def same_dispatch(self, document: str) -> list[Document]:
        """The other documents that carry the same dispatch."""
        rows = self.store.rows(
            "SELECT o.* FROM documents d JOIN documents o ON o.story = d.story AND o.n <> d.n WHERE d.id = ? ORDER BY o.n",
            (document,),
        )
        return [document_of(row) for row in rows]

    def sources(
        self, status: str | None = None, *, limit: int | None = None, after: int | None = None
    ) -> Table[SourceLine]:
        """What was read and what failed, and why."""
        return list_sources(self.store, status=status, limit=limit, after=after)

    def search(self, query: str, limit: int | None = 20) -> Table[Hit]:
        """Documents that hold the words, best first. All words; "a phrase"; begin*; -without."""
        return self.store.search(query, limit)

    def statistics(self) -> dict[str, Any]:
        """What the record holds, in numbers."""
        return counts.statistics(self.store)

    # --- one claim ----------------------------------------------------------------------------------------

    def claim(self, id: str) -> Entry:
        """A claim by its id, in whatever state. Raises RecordError when it is not on record."""
        row = self.store.row(f"SELECT {ENTRY_SELECT} FROM {ENTRY_SOURCE} WHERE c.id = ?", (id,))
        if row is None:
            raise RecordError(
                f"there is no claim {id!r} on record; ids are 16 hex digits, as `detente events` shows them"
            )
        return entry_of(row)

    def corroboration(self, id: str) -> list[Entry]:
        """All live claims that tell the same as this one, itself included, the one that stands for them first."""
        sql = (
            f"SELECT {ENTRY_SELECT} FROM {ENTRY_SOURCE} WHERE c.lead = (SELECT lead FROM claims WHERE id = ?) "
            "AND c.state IN ('unreviewed', 'accepted') ORDER BY c.shown DESC, d.day, c.n"
        )
        return [entry_of(row) for row in self.store.stream(sql, (id,))]

    def text_of(self, claim: Claim | Entry, span: Span | None = None) -> str:
        """The words of a claim's evidence, or of one of its spans."""
        sought = span or claim.span
        row = self.store.row(
            "SELECT substr(text, ? + 1, ?) FROM documents WHERE id = ?", (sought.start, len(sought), claim.document)
        )
        if row is None:
            raise RecordError(f"the document {claim.document!r} of this claim is not on record")
        return str(row[0])

    def history(self, id: str) -> list[Line]:
        """What happened to a claim, oldest first: who decided what, when, why; what newer readers did."""
        return history_of(self.store, id)

    def accept(self, id: str, by: str, reason: str = "") -> Entry:
        """Somebody looked, and it stands. Returns the claim as it is now."""
        deciding.accept(self.store, id, by=by, reason=reason)
        return self.claim(id)

    def reject(self, id: str, by: str, reason: str) -> Entry:
        """The document does not say that. Returns the claim as it is now."""
        deciding.reject(self.store, id, by=by, reason=reason)
        return self.claim(id)

    def correct(self, id: str, by: str, reason: str, **changes: Any) -> Entry:
        """Puts the right claim beside the wrong one: `correct(id, by="Ana", reason="...", type="CONSULT",
        recipients=["IRN"], date="2011-11-10")`. Returns the new claim."""
        return self.claim(deciding.correct(self.store, id, by=by, reason=reason, changes=changes))

    def undo(self, id: str | None = None, *, by: str, last: int = 1, reason: str = "") -> list[Entry]:
        """Takes back the last decision on a claim, or the last so many decisions that `by` made."""
        return [self.claim(i) for i in deciding.undo(self.store, id, by=by, last=last, reason=reason)]

    # --- the whole ----------------------------------------------------------------------------------------

    def runs(self) -> list[dict[str, Any]]:
        """The readings, newest first: when, with which reader and settings, and what came of each."""
        rows = self.store.rows("SELECT * FROM runs ORDER BY n DESC")
        return [{**dict(row), "settings": json.loads(row["settings"])} for row in rows]

    def contents_hash(self) -> str:
        """64 hex digits over all that the record holds, but for when it was put there: to cite a state of it, or to
        see that two records hold the same."""
        return contents_hash(self.store)

    @staticmethod
    def reader_version() -> str:
        """The reader that `read` would use now."""
        return reader_version()
