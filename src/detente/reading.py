"""Document to claims: the whole chain, in the order in which a reader would do it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from .actors import Who, files_of, find_actors, registry_of
from .agreements import find_agreements, find_plans
from .claims import ActorMention, Claims
from .document import Document
from .events.coder import code_events
from .events.ontology import lexicon_of
from .events.sieve import is_political
from .language import Parse, find_dates, parse, parse_many
from .places import View, check_view, find_places
from .statements import find_attributions, find_stances, load_cues, load_issues

BLOCK = 64
"""Documents that are looked at together before they are parsed in batches."""


@dataclass(frozen=True)
class Reader:
    """Reads documents into claims. Holds what is loaded once: tables, dictionaries, codebook.

    `actors` are the user's own files or folders of actors, which win over ours; `view` says whose map counts for
    contested areas ('code', 'un', 'de-facto' or a claimant's code). `cues` are the user's own tables of cues, and
    `issues` a list of the issues under which stances are grouped first. `lexicons` are folders of the user's tables of
    events, `verbs` and `discards` PETRARCH dictionaries: they win over our lexicon. With `triage`, documents that are not
    political by their words alone are not parsed, have no claims, and are not compared with others.
    """

    actors: tuple[Path, ...] = ()
    view: View = "code"
    cues: tuple[Path, ...] = ()
    issues: Path | None = None
    triage: bool = False
    lexicons: tuple[Path, ...] = ()
    verbs: tuple[Path, ...] = ()
    discards: tuple[Path, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What tells this reader from detente's own: '' or '+view=CHN', '+actors=1f2e3d4c'."""
        own = hashlib.sha256(b"".join(p.read_bytes() for p in files_of(self.actors))).hexdigest()[:8]
        view = check_view(self.view)
        words = [*(p / "cues.csv" if p.is_dir() else p for p in self.cues), *([self.issues] if self.issues else [])]
        tables = hashlib.sha256(b"".join(p.read_bytes() for p in words)).hexdigest()[:8]
        return (
            (f"+actors={own}" if self.actors else "")
            + (f"+view={view}" if view != "code" else "")
            + (f"+statements={tables}" if words else "")
            + (f"+events={self._coding_tables()}" if self._codes_otherwise else "")
            + ("+triage" if self.triage else "")
        )

    @property
    def _codes_otherwise(self) -> bool:
        return bool(self.lexicons or self.verbs or self.discards)

    def _coding_tables(self) -> str:
        """What tells the user's tables of events from others."""
        folders = [p for folder in self.lexicons for p in sorted(folder.glob("*.*")) if p.is_file()]
        files = [*folders, *self.verbs, *self.discards]
        return hashlib.sha256(b"".join(p.read_bytes() for p in files)).hexdigest()[:8]

    def read(self, document: Document) -> Claims:
        """The claims of one document. What is not English is kept by the record, and not coded."""
        if document.language not in {"en", "und"} or not document.text.strip():
            return Claims(document.id)
        return self.claims_of(parse(document)) if self.wants(document) else Claims(document.id)

    def wants(self, document: Document) -> bool:
        """Whether the document is parsed: all are, unless triage leaves it out."""
        return not self.triage or is_political(document.text)

    def read_many(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Claims]]:
        """The same for many documents, in order, parsed in batches."""
        stream = iter(documents)
        while block := list(islice(stream, BLOCK)):
            wanted = [self.wants(document) for document in block]
            parses = parse_many(document for document, kept in zip(block, wanted, strict=True) if kept)
            for document, kept in zip(block, wanted, strict=True):
                yield document, self.claims_of(next(parses)) if kept else Claims(document.id)

    def claims_of(self, parsed: Parse) -> Claims:
        """The claims of a document that is parsed already."""
        registry = registry_of(self.actors, self.view)
        who = find_actors(parsed, registry)
        where = find_places(parsed, view=registry.view)
        clock = find_dates(parsed)
        attributions = find_attributions(parsed, who, clock, load_cues(*self.cues))
        lexicon = lexicon_of(self.lexicons, self.verbs, self.discards) if self._codes_otherwise else None
        events = code_events(parsed, who, where, clock, attributions, lexicon=lexicon)
        issues = load_issues(self.issues) if self.issues else None
        stances = find_stances(parsed, who, attributions, events, own=issues)
        agreements = find_agreements(parsed, who, where, clock, events, attributions)
        plans = find_plans(parsed, who, clock, events, stances, attributions)
        return Claims(
            document=parsed.document.id,
            events=events,
            attributions=attributions,
            stances=stances,
            agreements=agreements,
            plans=plans,
            actors=actor_mentions(parsed, who),
            dates=clock.mentions,
            places=where.mentions,
        )


def actor_mentions(parsed: Parse, who: Who) -> tuple[ActorMention, ...]:
    """Every resolved mention as a claim of its own."""
    return tuple(
        ActorMention(
            document=parsed.document.id,
            span=ref.span,
            actor=ref,
            confidence=ref.confidence,
            extractor="actors/1",
            why=ref.reason,
        )
        for ref in who.mentions
        if ref.span is not None
    )


@cache
def default_reader() -> Reader:
    """The reader with detente's own tables and nothing of the user's."""
    return Reader()


def read(document: Document) -> Claims:
    """Reads one document with detente's own tables: `detente.read(document) -> claims`."""
    return default_reader().read(document)
