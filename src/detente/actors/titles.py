"""Office, body and country of a person by the titles before the name and the appositions beside it."""

from __future__ import annotations

import re

from spacy.tokens import Span as TokenSpan

from .belongings import COLLECTIVES
from .bodies import OfficesAndBodies
from .lookup import Entry
from .phrases import Hit
from .qualified import PASSING
from .scene import BODY_NOUNS, Described

QUALIFIED = re.compile(
    r"^(?:republican|democratic|conservative|labour|tory|caretaker|regional|provincial|rebel|guerrilla|guerilla|insurgent|separatist) ",
    re.IGNORECASE,
)
"""Words that stand in the table with an office, for what they tell of it, and are no part of it."""
NOTHING: Described = (None, None, None, None, "")


RANKS = frozenset(
    """general gen. colonel col. lieutenant lt. major maj. captain capt. admiral adm. marshal commodore brigadier sergeant
    sgt. sheikh sheik prince princess sir lord lady archbishop bishop cardinal monsignor ayatollah hojatoleslam mullah
    professor doctor dr. prof. rabbi imam father""".split()
)
"""Last words of titles that say what somebody is called, not which office it is."""
ADDRESSES = frozenset("ambassador senator congressman congresswoman representative commander judge justice".split())
"""What somebody is called, alone before the name, who may hold another office beside it."""
FORMER = frozenset("former ex ousted deposed toppled overthrown".split())
"""Said before an office that somebody has lost."""
LEADING = {"head": "head", "chair": "chair", "lead": "leader", "command": "commander", "direct": "director"}
"""Verbs that say in a relative clause which office somebody holds."""
DEEDS = frozenset(
    "coup revolt uprising rebellion revolution mutiny talk negotiation charge fight campaign march protest strike war attack raid "
    "assault effort drive push inquiry investigation opposition way call operation invasion list poll".split()
)
"""What may be led without an office."""
ANOTHER = frozenset({"by", "who", "whose", "whom", "which"})
"""Words behind which an office beside a name is somebody else's: 'X, who met the head of Y'."""
FARTHEST = 6
"""Words between 'former' and the office at most: 'former Papua New Guinean prime minister'."""
SERVING = (["to"], ["for"])
"""'an adviser to President X', 'a spokesman for Minister Y': they are of the state of whom they serve."""
WHOLE = frozenset({"head_of_state", "head_of_government"})
"""Offices to which no topic belongs: the 'prime minister of the interim administration' is the prime minister."""
HEADS = frozenset(
    """chief head director president chairman chairwoman chairperson chair speaker spokesman spokeswoman spokesperson
    commander leader deputy secretary member official secretary-general coordinator negotiator mediator politician
    director-general general commander-in-chief staff""".split()
)
"""Last words of offices that are held at a body of any kind, and say nothing of its kind."""
BEING = (["is"], ["was"])
"""Verbs of a relative clause that gives an office: 'who is head of X'."""
MAKING = frozenset({"name", "appoint", "elect"})
"""Verbs that put somebody into an office: 'named X prime minister'."""
MADE = MAKING | {"be", "become", "remain"}
WHEN = frozenset({"until", "till", "since", "before", "after", "during", "under", "when", "from"})
"""What tells in such a clause when the office was held, and is no part of it."""
NOW = frozenset({"now", "also", "then", "currently", "still", "once", "briefly", "until"})
"""What may stand before the office in such a clause."""
KINDS_OF_BODIES = frozenset("MIL SPY LEG JUD COP OPP MED BUS NGO EDU PTY REB REL LAB CRM".split())
"""Roles that a body gives to whoever heads it or speaks for it."""
PEERS = frozenset({"counterpart", "colleague", "opposite number"})
"""Who has the same office as somebody else."""
ABROAD = frozenset("ambassador envoy consul emissary representative chargé charge attaché attache nuncio".split())
"""Who is sent by one state to another."""


class Titles(OfficesAndBodies):
    """Reads the words beside the names of one document."""

    def before(self, span: TokenSpan) -> Described:
        """Titles before the name: 'Russian Security Council Deputy Secretary X'."""
        title = self.title_ending.get(span.start)
        if title is None:
            return NOTHING
        if self.is_rank(title) or self.is_address(title, span.end):
            office = self.beyond_rank(span, title)
            if office is not NOTHING:
                return office
        left = title.start
        limit = self.doc[span.start].sent.start
        while left > limit and (
            self.doc[left - 1].pos_ in {"PROPN", "ADJ", "NOUN", "PART"}
            or self.doc[left - 1].text in {"and", "of", "&", "U.S.", "-", "'s"}
            or (left - 1 in self.covering and self.is_org(self.covering[left - 1]))
        ):
            if self.doc[left - 1].text in {"and", "of"} and not self.joins(left - 1):
                break
            if left - 1 in self.by_token and self.by_token[left - 1][0].person:
                break
            left -= 1
        return self.described(self.doc[left : title.start], title, "title before the name")

    def is_rank(self, title: Hit[Entry]) -> bool:
        """'General', 'Sheikh', 'Archbishop': what somebody is called beside the office that is held."""
        return self.texts[title.end - 1].lower() in RANKS

    def is_address(self, title: Hit[Entry], after: int) -> bool:
        """'Senator X, the party's vice president': a word of address, and behind the name the one holder of something."""
        if self.grid.lower[title.start : title.end][-1] not in ADDRESSES or title.end - title.start > 1:
            return False
        if title.start and (
            self.grid.pos[title.start - 1] in {"PROPN", "ADJ", "PART"} or title.start - 1 in self.covering
        ):
            return False
        behind = self.grid.lower[after : after + 3]
        return behind[:1] == [","] and behind[1:2] not in (["a"], ["an"]) and FORMER.isdisjoint(behind)

    def beyond_rank(self, span: TokenSpan, rank: Hit[Entry]) -> Described:
        """The office that stands with a rank: 'Defence Minister General X', 'General X, commander of Y'."""
        if rank.start in self.title_ending:
            return self.before(self.doc[rank.start : span.end])
        return self.beside(self.doc[rank.start : span.end])

    def joins(self, i: int) -> bool:
        """Whether 'and' or 'of' at `i` stands inside a body's name, not between two actors."""
        hit = self.covering.get(i - 1)
        if hit is not None and any(e.kind != "demonym" for e in hit.values):
            return False
        return i > 0 and self.doc[i - 1].pos_ == "PROPN"

    def beside(self, span: TokenSpan) -> Described:
        """Appositions: 'X, spokesman for the Russian Foreign Ministry', 'the Director of Y of Z, X'."""
        root = span.root
        heads = [c for c in root.children if c.dep_ == "appos"]
        if root.dep_ == "appos":
            heads.append(root.head)
        after = span.end
        if after < len(self.doc) - 1 and self.doc[after].text == ",":
            near = self.doc[after + 1 : min(after + 6, self.grid.sentence_end(after))]
            other = next((k for k, t in enumerate(near) if t.lower_ in ANOTHER), len(near))
            heads += [t for t in near[:other] if t.pos_ in {"NOUN", "PROPN"}]
        before = self.title_before_comma(span)
        if before is not None:
            start = before.start
            while start > span.sent.start and self.goes_with(start - 1):
                start -= 1
            right = self.doc[before.end : span.start - 1]
            return self.described(self.doc[start : before.start], before, "apposition", right)
        for head in heads:
            title = self.title_at.get(head.i)
            if title is None or title.start <= span.start < title.end:
                continue
            end = title.end
            stop = span.start if title.start < span.start else head.sent.end
            while (
                end < stop
                and self.doc[end].text not in {",", ";", ".", "(", ")"}
                and not self.begins_another(end)
                and (self.doc[end].pos_ not in {"VERB", "AUX"} or self.texts[end - 1] == "-")
                and self.doc[end].tag_ not in {"WP", "WP$", "WDT", "WRB"}
            ):
                end += 1
            start = title.start
            while start > head.sent.start and self.goes_with(start - 1):
                start -= 1
            return self.described(self.doc[start : title.start], title, "apposition", self.doc[title.end : end])
        found = self.by_relative_clause(span)
        return found if found is not NOTHING else self.by_predicate(span)

    def begins_another(self, i: int) -> bool:
        """'the prime minister of Fiji and chairman of the Forum', '... and now a senator': an 'and' with another title."""
        if self.grid.lower[i] != "and":
            return False
        if self.grid.lower[i + 1 : i + 2] in (["a"], ["an"]):
            return True  # 'speaker of its parliament and an ally of Hezbollah'
        at = i + 1 + (self.grid.lower[i + 1 : i + 2] in (["now"], ["later"], ["currently"]))
        return (
            at + (self.grid.lower[at : at + 1] in (["a"], ["an"], ["the"], ["its"], ["their"])) in self.title_starting
        )

    def by_relative_clause(self, span: TokenSpan) -> Described:
        """'X, who heads the Colombian delegation', 'X, who chairs the alliance': what somebody leads, and for whom."""
        grid, after = self.grid, span.end
        if grid.lower[after : after + 2] != [",", "who"]:
            return NOTHING
        if grid.lower[after + 2 : after + 3] in BEING:
            return self.by_being(span)
        verb = next((i for i in range(after + 2, min(after + 5, len(self.texts))) if grid.pos[i] == "VERB"), 0)
        led = next((k for k in grid.kids[verb] if grid.dep[k] == "dobj"), None) if verb else None
        if led is not None and grid.lemma[led] in DEEDS:
            return NOTHING  # 'who led the coup'
        if led is None or grid.lemma[verb] not in LEADING or led < verb or grid.tag[verb] not in {"VBZ", "VBD", "VBP"}:
            return NOTHING
        whose = self.doc[grid.left[led] : grid.right[led] + 1]
        comma = next((t.i for t in whose if t.text == ","), whose.end)
        whose = self.doc[whose.start : comma]
        _, body = self.office_and_body(whose, heads=True)
        country, organisation = self.belonging(whose)
        if organisation is not None:
            self.organisation = organisation if organisation.kind != "body" else None
            body, country = body or self.words_of(organisation, whose), organisation.country
        entry = next(iter(self.tables.titles.get(LEADING[grid.lemma[verb]])))
        role = organisation.role if organisation is not None else self.role_by_body(entry, whose[:0], whose)
        return LEADING[grid.lemma[verb]], body, country, role, "who leads something, by a relative clause"

    def by_being(self, span: TokenSpan) -> Described:
        """'X, who is deputy head of the agency', 'Y, who was defence minister': the office that the clause gives."""
        at = span.end + 3
        while at < len(self.texts) and (self.grid.lower[at] in NOW or self.grid.pos[at] in {"DET", "ADV"}):
            at += 1
        start = at
        while at < len(self.texts) and at not in self.title_starting and self.goes_with(at):
            at += 1
        title = self.title_starting.get(at)
        if title is None:
            return NOTHING
        end, stop = title.end, self.grid.sentence_end(span.start)
        while end < stop and self.texts[end] not in {",", ";", "."} and self.grid.pos[end] not in {"VERB", "AUX"}:
            if self.begins_another(end) or self.grid.tag[end] in {"WP", "WDT", "WRB"} or self.grid.lower[end] in WHEN:
                break
            end += 1
        return self.described(self.doc[start:at], title, "office by a relative clause", self.doc[title.end : end])

    def by_predicate(self, span: TokenSpan) -> Described:
        """'X is the new prime minister', 'Y was named envoy', 'they appointed Z defence minister'."""
        grid, end = self.grid, span.end
        root = span.root.i
        verb, at = grid.head[root], 0
        if grid.dep[root] in {"nsubj", "nsubjpass"} and root < verb and verb - end < 3:
            if grid.lemma[verb] not in MADE or any(
                grid.tag[k] == "MD" or grid.dep[k] == "neg" for k in grid.kids[verb]
            ):
                return NOTHING
            at = verb + 1
        elif grid.lemma[span.start - 1] in MAKING and span.start:
            at = end
        if not at:
            return NOTHING
        while at < len(self.texts) and grid.lower[at] in {"as", "the", "a", "an", "new", "its", "their"}:
            at += 1
        start = at
        while at < len(self.texts) and at not in self.title_starting and self.goes_with(at):
            at += 1
        title = self.title_starting.get(at)
        if title is None or (title.end < len(self.texts) and grid.pos[title.end] in {"NOUN", "PROPN"}):
            return NOTHING
        stop, right = self.grid.sentence_end(span.start), title.end
        while (
            right < stop and self.texts[right] not in {",", ";", ".", "and"} and grid.pos[right] not in {"VERB", "AUX"}
        ):
            if grid.lower[right] in WHEN or grid.tag[right] in {"WP", "WDT", "WRB"}:
                break
            right += 1
        return self.described(
            self.doc[start:at], title, "office by what is said of somebody", self.doc[title.end : right]
        )

    def goes_with(self, i: int) -> bool:
        """Whether the word before a title is read with it: 'Turkish', 'Coffee Board', 'a ministry' before 'spokesman'.

        'self-styled' and other words with a hyphen are, too, and what a negotiator negotiates.
        """
        if (
            self.grid.pos[i] in {"PROPN", "ADJ", "PART"}
            or self.grid.lower[i] in BODY_NOUNS
            or self.grid.lower[i] in FORMER
            or self.grid.lower[i] in PASSING
        ):
            return True
        if self.grid.pos[i] == "NOUN" and self.grid.dep[i] == "compound" and self.grid.head[i] > i:
            return True
        return self.texts[i] == "-" or "-" in self.texts[i + 1 : i + 2] or (i > 0 and self.texts[i - 1] == "-")

    def title_before_comma(self, span: TokenSpan) -> Hit[Entry] | None:
        """'the Director of X of Y, NAME': the nearest title from which only nouns and prepositions lead to the name."""
        if span.start < 2 or self.doc[span.start - 1].text != ",":
            return None
        at = span.start - 1
        while at >= span.sent.start and at not in self.title_ending:
            at -= 1
        title = self.title_ending.get(at)
        if title is None or title.start < span.sent.start:
            return None
        if at in self.by_token and self.by_token[at][0].person:
            title = self.title_of_servant(title)  # 'an adviser to President X, Y, said'
        between = self.doc[title.end : span.start - 1]
        if not len(between):
            put = span.start in self.title_starting or self.is_put_to(title, span)
            return title if put else None  # 'its spokesman, Colonel X'
        told = any(t.pos_ in {"VERB", "AUX", "PUNCT"} and t.text != "-" for t in between)
        return title if not told and any(t.dep_ == "prep" for t in between) else None

    def title_of_servant(self, title: Hit[Entry]) -> Hit[Entry]:
        """'an adviser to Togolese President': the title of whom the holder serves; the title itself where there is none."""
        at = title.start - 1
        while at > 0 and self.grid.pos[at] in {"ADJ", "PROPN", "DET"}:
            at -= 1
        return self.title_ending.get(at, title) if at > 0 and self.grid.lower[at] in {"to", "for", "of"} else title

    def is_put_to(self, title: Hit[Entry], span: TokenSpan) -> bool:
        """'his Kazakh counterpart, X, ...': a name between commas behind whose title it is."""
        first = self.grid.lower[self.grid.left[title.end - 1]]
        after = self.texts[span.end : span.end + 1]
        return first in {"his", "her", "its", "their"} and (not after or after[0] in {",", ".", ";", "and"})

    def described(self, left: TokenSpan, title: Hit[Entry], why: str, right: TokenSpan | None = None) -> Described:
        """Office, body, country and role from the words around a title."""
        entry = title.values[0]
        office = self.doc[title.start : title.end].text
        if entry.name in PEERS:
            why = "counterpart"
            office = next((ref.office for ref in self.persons_before(title.start) if ref.office), office)
        office = QUALIFIED.sub("", office)
        body = self.body_in(left)
        if right is not None and len(right):
            kept, body_right = self.office_and_body(right, heads=entry.name.rpartition(" ")[2] in HEADS)
            office = (office + ("" if entry.holder in WHOLE else kept)).strip()
            body = body or body_right
        country, organisation = self.belonging(left)
        if country is None and organisation is None and right is not None:
            country, organisation = self.belonging(self.without_host(entry, right))
        if country is None and organisation is None and entry.name not in PEERS:
            country, organisation = self.possessor(title)
        if country is None and organisation is None and right is not None:
            country, organisation = self.headed_before(right)
        if (
            country is None
            and organisation is None
            and right is not None
            and self.grid.lower[title.end : title.end + 1] in SERVING
        ):
            chiefs = [r for t in right for r in self.by_token.get(t.i, ()) if r.person]
            country = chiefs[0].country if chiefs else None
        role = self.role_by_body(entry, left, right)
        if organisation is not None and country is None:
            role = organisation.role
            country = organisation.country
            self.organisation = organisation if organisation.kind != "body" else None
            body = body or self.words_of(organisation, left, right)
        elif country is None:
            country = entry.country or self.locally(entry, left, right)
        elif body is None:
            body = self.seat_before(left)
        if organisation is not None and body in COLLECTIVES:
            body = organisation.name
        elif body is not None and body in BODY_NOUNS and (named := self.body_before(body, title.start)) is not None:
            body, its_country = named
            country = country or (its_country if organisation is None else None)
        lost = self.lost(left, title.start)
        if not lost and (held := self.for_a_while(left, title.start)):
            office = f"{held} {office}"
        if lost:
            office, role = f"{lost} {office}", "ELI" if role == "GOV" else role
        elif body is None and entry.body and country:
            body = f"{self.tables.adjectives.get(country, self.tables.state_names.get(country, country))} {entry.body}"
        return office, body, country, role, why

    def seat_before(self, left: TokenSpan) -> str | None:
        """'Kremlin spokesman': the body of the tables right before a title."""
        hit = self.covering.get(left.end - 1) if len(left) else None
        if hit is None or hit.start < left.start or hit.values[0].kind != "body":
            return None
        return self.doc[hit.start : hit.end].text

    def lost(self, left: TokenSpan, start: int) -> str:
        """'former', 'ousted' where the words before a title say that it is held no more; '' where it is held."""
        words = self.grid.lower[max(left.start, start - FARTHEST) : start]
        word = next((w for w in reversed(words) if w in FORMER), "")
        return "former" if word == "ex" else word

    def for_a_while(self, left: TokenSpan, start: int) -> str:
        """'the acting US deputy secretary': the word before the state that goes with the office; '' where none does."""
        words = self.grid.lower[max(left.start, start - 3) : start]
        return next((w for w in reversed(words[:-1]) if w in PASSING), "")

    def without_host(self, entry: Entry, right: TokenSpan) -> TokenSpan:
        """'the ambassador to Chad' is not Chad's: the words before the state to which somebody is sent."""
        if ABROAD.isdisjoint(entry.name.split()):
            return right
        stop = next((t.i for t in right if t.lower_ in {"to", "in"}), right.end)
        return self.doc[right.start : stop]

    def role_by_body(self, entry: Entry, left: TokenSpan, right: TokenSpan | None) -> str | None:
        """'the chief of Mossad', 'the president of the National Assembly': what the body is tells what its head is."""
        if entry.role != "GOV" or entry.name.rpartition(" ")[2] not in HEADS:
            return entry.role
        whole = self.agents.get(left.end - 1 + len(entry.name.split())) if len(left) else None
        if whole is not None and whole.start < left.end and whole.values[0].role in KINDS_OF_BODIES:
            return whole.values[0].role  # 'army spokesman' is a word of its own for an actor
        for words in (right, left):
            for token in words if words is not None else ():
                if token.i + 1 in self.agents and token.i in self.agents and token.i not in self.covering:
                    continue  # 'military intelligence': the last word tells
                hit = self.covering.get(token.i)
                body = next((e for e in hit.values if e.kind == "body"), None) if hit is not None else None
                if body is None and (agent := self.agents.get(token.i)) is not None and agent.start >= words[0].i:  # type: ignore[index]
                    body = agent.values[0]
                if body is not None and body.role in KINDS_OF_BODIES:
                    return body.role
        return entry.role
