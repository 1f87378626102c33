"""What is known of one document while its actors are found: the hits of the tables, and questions about phrases."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from ..claims import ActorRef
from ..language import Parse
from ..places.contested import Contested, disputes
from .lookup import NATIONAL, Entry, in_force
from .phrases import Atoms, Hit
from .portfolios import whole_offices
from .qualified import qualified

if TYPE_CHECKING:
    from .registry import Registry

BODY_NOUNS = frozenset(
    (
        "ministry council department office agency organization organisation committee commission parliament "
        "party bank service treasury embassy front movement union army navy government house university institute "
        "authority board court assembly senate congress corps secretariat directorate"
    ).split()
)
NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
PAIRS = re.compile(
    r"^(?:the )?(?:two|both|three|four|five|six|seven|eight)(?: of the)? "
    r"(?:(?:foreign|defen[cs]e|prime|interior|finance|trade|warring|rival|neighbou?ring|opposing|feuding|hostile) )?"
    r"(?:sides|countries|states|nations|parties|governments|leaders|powers|neighbou?rs|ministers|presidents|delegations|"
    r"capitals|allies|men|women|diplomats|envoys|generals|negotiators|rivals|foes|teams|camps|premiers)$|"
    r"^the (?:(?:warring|rival|opposing|negotiating) )?(?:sides|delegations|parties)$"
)
"""Those named before, by their number; without one only where they can be nobody else."""


SIDED = frozenset(
    "backed allied supported sponsored funded financed armed trained aligned based bound occupied held controlled ruled "
    "administered annexed born made built designed produced manufactured supplied educated speaking".split()
)
"""'Iran-backed militia': not Iran's own."""
PARTISAN = frozenset({"PTY", "OPP", "GOV"})
COMMON = frozenset(
    """national democratic liberal conservative socialist social communist people's peoples' republican progressive labour
    labor green christian free new party union front movement alliance congress league for and of the workers' freedom
    justice development unity united reform patriotic popular revolutionary constitutional civic independence democrats
    democracy action coalition""".split()
)
"""Words of which names of parties are made in all lands."""
COUNTED = frozenset({"state", "demonym", "capital", "body"})
DIRECTIONS = frozenset({"North", "South", "East", "West"})
HALVES = {"north": "North Korea", "south": "South Korea"}
MADE = frozenset("make origin design manufacture production descent extraction ancestry birth".split())
"""'a drone of Turkish make': not Turkey's own."""
CONGRESSES = frozenset("ARG BOL BRA CHL COL DOM ECU GTM HND MEX PER PHL PRY VEN".split())
"""States whose parliaments are called a congress; in a text on others it is that of the United States."""
AGAINST = frozenset("anti pro non".split())
OTHER_COMMONWEALTHS = (["of"], ["bank"], ["games"], ["edison"])
"""What stands behind a Commonwealth that is not that of Nations: 'of Massachusetts'."""
DOCUMENTS = frozenset(
    "statute treaty accord accords agreement agreements protocol protocols pact charter declaration communique memorandum convention "
    "conventions covenant consensus".split()
)
"""What is called after the town where it was signed: 'the Rome Statute' is not Italy's."""


Described = tuple[str | None, str | None, str | None, str | None, str]
"""Office, body, country and role that the words beside a name give, and why."""


class Scene:
    """One document. `by_token` is the answer in the making: whom the phrase that a token heads means."""

    def __init__(self, parse: Parse, registry: Registry) -> None:
        tables = registry.lookup
        self.parse, self.registry, self.tables, self.doc = parse, registry, tables, parse.doc
        self.date = parse.document.reference_date
        self.by_token: dict[int, tuple[ActorRef, ...]] = {}
        self.grid = parse.grid
        self.texts = self.grid.words
        words = Atoms(self.texts)
        dash = next((i for i in range(min(16, len(self.texts))) if self.texts[i] in {"-", "--", "–", "—"}), 0)
        self.dateline_end = dash if self.parse.document.dateline_place else 0
        self.agents = {h.end - 1: h for h in tables.agents.find(words)}
        found = [h for h in longest(tables.names.find(words, overlapping=True)) if self.is_meant(h)]
        shared = [h for h in found if self.is_shared(h)]
        self.states = Counter(
            country
            for h in found
            if h not in shared and not self.of_make(h) and not self.in_a_name(h)
            for country in {e.country for e in h.values if e.kind in COUNTED}
            if country and not self.is_where(h)
        )
        """How often each state is named, by itself, its people, its capital or a body of its own."""
        found += self.halves_of_a_land(found)
        abroad = [h for h in shared if self.is_elsewhere(h, found)]
        self.states.update(h.values[0].country or "" for h in shared if h not in abroad)
        found = [h for h in found if h not in abroad and not self.of_another_land(h)]
        self.named = {h.start: self.as_of_today(h) for h in found}
        self.story = self.states.copy()
        self.story.update(
            e.country
            for h in self.named.values()
            for e in h.values[:1]
            if e.kind in {"group", "people", "area"} and e.country
        )
        """The same with its rebels, parties, peoples and regions: whom the document is about."""
        self.covering = {i: h for h in self.named.values() for i in range(h.start, h.end)}
        whole = whole_offices(tables.titles.find(words), self.texts, self.grid.lower)
        self.titles = qualified(whole, self.grid, self.covering)
        self.title_at = {i: h for h in self.titles for i in range(h.start, h.end)}
        self.title_starting = {h.start: h for h in self.titles}
        self.title_ending = {h.end: h for h in self.titles}
        self.entities = self.doc.ents
        self.cities: set[int] = set()
        """Tokens that the model takes for persons, and that are cities."""
        self.people: dict[str, ActorRef] = {}
        self.given: dict[str, str] = {}
        """The surnames of those who were named in full, by their first names."""
        self.ranks: dict[str, set[str]] = {}
        """All titles that stand before the name of a person, in small letters."""
        self.together: dict[int, Described] = {}
        """What a title in the plural tells of each of several persons, by the first token of the name."""
        self.leads: dict[int, list[int]] = {}
        """The first tokens of those persons' names, by the title's last."""
        self.local: dict[str, str | None] = {}
        """The states of the names of towns and regions that were asked for."""
        self.scenes_by_place: dict[int, set[str]] = {}
        """By sentence: the states of the places in which something is."""
        self.organisation: Entry | None = None
        """Whom the person that is being read acts for, where that is no state."""

    def is_where(self, hit: Hit[Entry]) -> bool:
        """The dateline, 'in the Finnish capital': where something is, which is nobody's part in it."""
        if hit.end < self.dateline_end:
            return True
        return self.grid.lower[hit.end : hit.end + 1] in (["capital"], ["city"], ["town"])

    def halves_of_a_land(self, found: list[Hit[Entry]]) -> list[Hit[Entry]]:
        """'North and South Korea' names both; 'the North' is North Korea in a text on Korea."""
        texts, more = self.texts, []
        for hit in found:
            at = hit.start
            if texts[at] in DIRECTIONS and at > 1 and texts[at - 1] == "and" and texts[at - 2] in DIRECTIONS:
                rest = " ".join(texts[at + 1 : hit.end])
                more.append(Hit(at - 2, at - 1, self.tables.names.get(f"{texts[at - 2]} {rest}")))
        if self.states["KOR"] or self.states["PRK"]:
            taken = {i for h in found for i in range(h.start, h.end)}
            for i, word in enumerate(self.grid.lower):
                if word not in HALVES or i in taken or not texts[i][0].isupper() or self.grid.lower[i - 1] != "the":
                    continue
                if i + 1 == len(texts) or not texts[i + 1][:1].isupper():
                    more.append(Hit(i, i + 1, self.tables.names.get(HALVES[word])))
        return [hit for hit in more if hit.values]

    def is_meant(self, hit: Hit[Entry]) -> bool:
        """Whether a name of the tables is not the name of a person, and no other body's."""
        label, kind = self.grid.ent[hit.start], hit.values[0].kind
        if hit.values[0].users:
            return True
        if label in {"PERSON", "ORG"} and hit.end == hit.start + 1:
            before, after = self.grid.ent[hit.start - 1 : hit.start], self.grid.ent[hit.end : hit.end + 1]
            if before == after == [label] and (label == "PERSON" or kind == "people"):
                return False  # 'Atal Bihari Vajpayee'
            if label == "PERSON" and before == [label] and kind in {"group", "party", "outlet", "people"}:
                return not self.texts[hit.start - 1][:1].isupper()  # 'Ernst Reuter', 'Ludvik Svoboda'
        if hit.values[0].id == "COMMONWEALTH" and self.grid.lower[hit.end : hit.end + 1] in OTHER_COMMONWEALTHS:
            return False
        return not self.of_a_nation(hit) and not self.in_a_document(hit)

    def in_a_document(self, hit: Hit[Entry]) -> bool:
        """'the Rome Statute', 'the Vienna Convention': a capital after which something signed there is called."""
        after = self.texts[hit.end : hit.end + 1]
        return hit.values[0].kind == "capital" and after != [] and after[0].istitle() and after[0].lower() in DOCUMENTS

    def of_a_nation(self, hit: Hit[Entry]) -> bool:
        """'the National Security Council' is not that of the United Nations."""
        before = self.grid.lower[hit.start - 1 : hit.start]
        return hit.values[0].id == "UNSC" and before in (["national"], ["supreme"])

    def is_shared(self, hit: Hit[Entry]) -> bool:
        """'Congress', 'the Joint Chiefs of Staff': the table has them for one state, and others call theirs the same."""
        agent = self.agents.get(hit.end - 1)
        return hit.values[0].kind == "body" and agent is not None and agent.start <= hit.start

    def is_elsewhere(self, hit: Hit[Entry], found: list[Hit[Entry]]) -> bool:
        """'Peru's Congress'; 'Congress' in a text that names other states and not that of the table."""
        country = hit.values[0].country
        marks = self.texts[hit.start - 1] in {"'s", "’s", "'", "’"} if hit.start else False
        owners = (h for h in found if h.end == hit.start - marks)
        lands = {e.country for h in owners for e in h.values if e.kind in NATIONAL}
        if lands:
            return country not in lands
        named = set(self.states)
        if self.grid.lower[hit.end - 1] == "congress":
            named &= CONGRESSES
        return bool(named) and country not in self.states

    def of_another_land(self, hit: Hit[Entry]) -> bool:
        """'the National Democratic Party' in a text on Georgia is not Egypt's: such a name many lands have."""
        entry = hit.values[0]
        if entry.kind != "group" or entry.role not in PARTISAN or entry.country in {*self.states, "USA"}:
            return False
        return bool(self.states) and COMMON.issuperset(word.lower() for word in entry.name.split())

    def as_of_today(self, hit: Hit[Entry]) -> Hit[Entry]:
        """The hit with what its name means on the day of the document, in the user's view."""
        values = in_force(hit.values, self.date)
        lands = [e for e in values if e.kind in NATIONAL] if len(values) > 1 else []
        if len(lands) > 1 and not any(e.dated for e in lands):
            land = max(lands, key=lambda e: self.states[e.country or ""])  # Congo: which is named oftener
            values = tuple(e for e in values if e is land or e not in lands)
        if any(e.kind in {"people", "area"} for e in values):
            values = tuple(self.at_home(e) for e in values)
        return hit if values is hit.values else replace(hit, values=values)

    def at_home(self, entry: Entry) -> Entry:
        """A people with the state where it lives, as far as the document says; an area with its state in the view."""
        if entry.kind == "people":
            homes = entry.members
            home = homes[0] if len(homes) == 1 else next((h for h in homes if h in self.states), None)
            return replace(entry, country=home)
        if entry.kind == "area":
            return replace(entry, country=_areas()[entry.id].of(self.registry.view, self.date))
        return entry

    def owning(self, hit: Hit[Entry]) -> bool:
        """Whether the name says whose a thing is: not in 'Iran-backed', 'anti-Syrian', 'ethnic Albanian'."""
        texts = self.texts
        inside = texts[hit.end - 1].lower().rpartition("-")[2]
        if inside in SIDED:
            return False
        if self.of_make(hit):
            return False
        after, before = texts[hit.end : hit.end + 2], texts[max(0, hit.start - 2) : hit.start]
        if len(after) == 2 and after[0] == "-" and after[1].lower() in SIDED:
            return False
        if len(before) == 2 and before[1] == "-" and before[0].lower() in AGAINST:
            return False
        return not self.ethnic(hit)

    def in_a_name(self, hit: Hit[Entry]) -> bool:
        """'Salvador' of Salvador Allende"""
        ents = self.grid.ent
        return ents[hit.start] == "PERSON" and ents[hit.end : hit.end + 1] == ["PERSON"]

    def of_make(self, hit: Hit[Entry]) -> bool:
        """'a drone of Turkish make'"""
        lower = self.grid.lower
        return (
            lower[hit.end : hit.end + 1] != []
            and lower[hit.end] in MADE
            and lower[hit.start - 1] in {"of", "and", "or"}
        )

    def ethnic(self, hit: Hit[Entry]) -> bool:
        """'ethnic Albanians', 'the Serb minority': a people that may live in another state."""
        before = self.texts[hit.start - 1].lower() if hit.start else ""
        after = self.texts[hit.end].lower() if hit.end < len(self.texts) else ""
        return before == "ethnic" or after in {"minority", "minorities"}

    def put(self, tokens: TokenSpan, *refs: ActorRef, over: bool = False) -> None:
        for token in tokens:
            if over or token.i not in self.by_token:
                self.by_token[token.i] = refs

    @staticmethod
    def known(hit: Hit[Entry]) -> bool:
        return any(e.kind != "capital" for e in hit.values)

    @staticmethod
    def is_org(hit: Hit[Entry]) -> bool:
        return any(e.kind in {"igo", "body", "group", "party", "ngo", "company"} for e in hit.values)

    def users_entry(self, span: TokenSpan) -> Entry | None:
        """What the user's own files say of a name that ends a longer one: 'Okafor' in 'Daniel Okafor'."""
        hit = self.covering.get(span.end - 1)
        return hit.values[0] if hit is not None and hit.end == span.end and hit.values[0].users else None

    def organisation_in(self, span: TokenSpan) -> Entry | None:
        for token in span:
            hit = self.covering.get(token.i)
            if hit is not None:
                for entry in hit.values:
                    if entry.kind not in NATIONAL and entry.kind not in {"capital", "outlet"}:
                        return entry
        return None

    def words_of(self, entry: Entry, *spans: TokenSpan | None) -> str:
        """The organisation as the text names it, there or before."""
        given = [s for s in spans if s is not None]
        inside = (t.i for s in given for t in s)
        for i in (*inside, *range(given[0].start - 1, -1, -1)):
            hit = self.covering.get(i)
            if hit is not None and entry in hit.values:
                start = hit.start - 2 * (self.grid.lower[hit.start - 2 : hit.start] == ["al", "-"])
                return self.doc[start : hit.end].text
        return entry.name

    def countries_in(self, span: TokenSpan) -> list[str]:
        """All states that the phrase names, in order."""
        found: list[str] = []
        for token in span:
            hit = self.covering.get(token.i)
            for entry in hit.values if hit is not None and self.owning(hit) else ():
                if entry.kind in NATIONAL and entry.country and entry.country not in found:
                    found.append(entry.country)
                    break
        return found

    def country_in(self, span: TokenSpan) -> str | None:
        for token in span:
            hit = self.covering.get(token.i)
            for entry in hit.values if hit is not None and self.owning(hit) else ():
                if entry.country and (entry.kind in NATIONAL or entry.kind in {"capital", "body"}):
                    return entry.country
        return None

    def ministry_of(self, office: str | None, country: str | None) -> str | None:
        """'Russian Foreign Ministry' of a foreign minister whose state only the table tells."""
        entry = next(iter(self.tables.titles.get(office)), None) if office and country else None
        if entry is None or not entry.body:
            return None
        return f"{self.tables.adjectives.get(country or '', country)} {entry.body}"

    def owners(self, head: Token) -> list[str]:
        """'of France', "France's", "Saddam's", 'of the two countries' (left to the pass over pairs)."""
        for child in head.children:
            if child.dep_ == "poss":
                found = self.countries_in(self.doc[child.left_edge.i : child.i + 1])
                found = found or [r.country for r in self.by_token.get(child.i, ()) if r.country]
                if found:
                    return found
            speaks_for = child.lower_ == "for" and head.lower_.startswith("spokes")
            if child.dep_ == "prep" and (speaks_for or child.lower_ in {"of", "from", "in"}):
                for noun in child.children:
                    found = self.countries_in(self.doc[noun.left_edge.i : noun.right_edge.i + 1])
                    if found:
                        return found
        return []

    def named_last(self, before: int, kinds: frozenset[str], *, subjects: bool) -> Entry | None:
        """The last of these kinds that is named before; with `subjects` only as a subject of this sentence or the last."""
        grid = self.grid
        for i in range(before - 1, -1, -1):
            if subjects and grid.sent[before] - grid.sent[i] > 1:
                return None
            hit = self.covering.get(i)
            if hit is None or hit.values[0].kind not in kinds:
                continue
            if not subjects or grid.dep[hit.end - 1] in {"nsubj", "nsubjpass"}:
                return hit.values[0]
        return None

    def means_both(self, noun: Token) -> bool:
        """'the two sides', 'the foreign ministers of both countries'."""
        if PAIRS.match(self.doc[noun.left_edge.i : noun.i + 1].text.lower()):
            return True
        of = [n for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for n in c.children]
        return any(PAIRS.match(self.doc[n.left_edge.i : n.i + 1].text.lower()) for n in of)


def longest(hits: list[Hit[Entry]]) -> list[Hit[Entry]]:
    """Non-overlapping hits from left to right; 'the E3' gives way to 'E3+3', which begins a word later and ends later."""
    kept: list[Hit[Entry]] = []
    for hit in hits:
        last = kept[-1] if kept else None
        if last is not None and hit.start < last.end:
            if hit.start == last.start + 1 and hit.end > last.end:
                kept[-1] = hit
            continue
        kept.append(hit)
    return kept


@cache
def _areas() -> dict[str, Contested]:
    """The contested areas by the ids of their entries."""
    return {"area:" + d.area.lower().replace(" ", "-"): d for d in disputes()}
