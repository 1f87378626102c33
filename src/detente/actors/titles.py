"""Office, body and country of a person by the titles before the name and the appositions beside it."""

from __future__ import annotations

import re

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from .belongings import COLLECTIVES, Belongings
from .lookup import Entry
from .phrases import Hit
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
ADDRESSES = frozenset("ambassador senator congressman congresswoman representative".split())
"""What somebody is called, alone before the name, who may hold another office beside it."""
FORMER = frozenset("former ex ousted deposed toppled overthrown".split())
"""Said before an office that somebody has lost."""
LEADING = {"head": "head", "chair": "chair", "lead": "leader", "command": "commander", "direct": "director"}
"""Verbs that say in a relative clause which office somebody holds."""
ANOTHER = frozenset({"by", "who", "whose", "whom", "which"})
"""Words behind which an office beside a name is somebody else's: 'X, who met the head of Y'."""
FARTHEST = 6
"""Words between 'former' and the office at most: 'former Papua New Guinean prime minister'."""
SERVING = (["to"], ["for"])
"""'an adviser to President X', 'a spokesman for Minister Y': they are of the state of whom they serve."""
LAND_WORDS = frozenset({"republic", "kingdom", "federation", "emirate"})
CAMPS = frozenset("opposition rebels insurgents resistance junta regime government".split())
"""Those for whom somebody holds an office, which is not called after them."""
WHOLE = frozenset({"head_of_state", "head_of_government"})
"""Offices to which no topic belongs: the 'prime minister of the interim administration' is the prime minister."""
HEADS = frozenset(
    """chief head director president chairman chairwoman chairperson chair speaker spokesman spokeswoman spokesperson
    commander leader deputy secretary member official secretary-general coordinator negotiator mediator politician
    director-general general""".split()
)
"""Last words of offices that are held at a body of any kind, and say nothing of its kind."""
NO_BODIES = frozenset(
    "staff delegation mission day meeting talk session state country nation moment time world".split()
)
"""What may be headed, chaired or led, and is no body."""
SENT_BODIES = frozenset({"delegation", "mission", "team"})
"""What somebody heads for a while: its head is called head, not head of it."""
KINDS_OF_BODIES = frozenset("MIL SPY LEG JUD COP OPP MED BUS NGO EDU PTY REB REL LAB CRM".split())
"""Roles that a body gives to whoever heads it or speaks for it."""
PEERS = frozenset({"counterpart", "colleague", "opposite number"})
"""Who has the same office as somebody else."""
ABROAD = frozenset("ambassador envoy consul emissary representative chargé charge attaché attache nuncio".split())
"""Who is sent by one state to another."""


class Titles(Belongings):
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
                and (self.doc[end].pos_ not in {"VERB", "AUX"} or self.texts[end - 1] == "-")
                and self.doc[end].tag_ not in {"WP", "WP$", "WDT", "WRB"}
            ):
                end += 1
            start = title.start
            while start > head.sent.start and self.goes_with(start - 1):
                start -= 1
            return self.described(self.doc[start : title.start], title, "apposition", self.doc[title.end : end])
        return self.by_relative_clause(span)

    def by_relative_clause(self, span: TokenSpan) -> Described:
        """'X, who heads the Colombian delegation', 'X, who chairs the alliance': what somebody leads, and for whom."""
        grid, after = self.grid, span.end
        if grid.lower[after : after + 2] != [",", "who"]:
            return NOTHING
        verb = next((i for i in range(after + 2, min(after + 5, len(self.texts))) if grid.pos[i] == "VERB"), 0)
        led = next((k for k in grid.kids[verb] if grid.dep[k] == "dobj"), None) if verb else None
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

    def goes_with(self, i: int) -> bool:
        """Whether the word before a title is read with it: 'Turkish', 'Coffee Board', 'a ministry' before 'spokesman'.

        'self-styled' and other words with a hyphen are, too, and what a negotiator negotiates.
        """
        if (
            self.grid.pos[i] in {"PROPN", "ADJ", "PART"}
            or self.grid.lower[i] in BODY_NOUNS
            or self.grid.lower[i] in FORMER
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

    def office_and_body(self, right: TokenSpan, *, heads: bool) -> tuple[str, str | None]:
        """'of West Asian Affairs of the Chinese Foreign Ministry': the office goes on, then comes the body.

        Whoever `heads` something does so at a body, whatever it is called: 'chairman of the Coffee Growers', 'director
        of Lebanon's oil installations'.
        """
        pieces: list[list[Token]] = [[]]
        for token in right:
            if token.lower_ in {"of", "for", "at", "in", "to", "on"} and token.dep_ in {"prep", "dative"}:
                pieces.append([token])
            else:
                pieces[-1].append(token)
        office, body, named = "", None, None
        for piece in pieces:
            words = [t for t in piece if t.lower_ not in {"of", "for", "at", "in", "to", "the", "a"}]
            if not words:
                continue
            if any(t.i in self.title_at for t in words) and any(t.ent_type_ == "PERSON" for t in words):
                break  # 'adviser of President X'
            if office == "" and words[-1].lower_ in LAND_WORDS:
                continue  # 'minister of the Republic of Togo'
            if office == "" and words[-1].i in self.agents and words[-1].lower_ in CAMPS:
                continue  # 'shadow minister of Kenya's opposition'
            if words[-1].lemma_.lower() in BODY_NOUNS or any(
                t.i in self.covering and self.is_org(self.covering[t.i]) for t in words
            ):
                body = self.doc[self.without_kind(words) : words[-1].i + 1].text
            elif body is not None and piece[0].lower_ in {"for", "of", "on"} and self.goes_on(words):
                body += " " + "".join(t.text_with_ws for t in piece).strip()
            elif body is None and heads and office == "" and words[-1].lower_ in SENT_BODIES:
                body = self.doc[words[0].i : words[-1].i + 1].text
            elif body is None and piece[0].lower_ == "of" and not all(t.i in self.covering for t in words):
                if heads and named is None and self.is_named(piece[1:]):
                    named = (office, self.doc[words[0].i : right.end].text.strip())
                office += " " + "".join(t.text_with_ws for t in piece).strip()
        if body is None and named is not None:
            return named
        return office, body

    def without_kind(self, words: list[Token]) -> int:
        """Where the name begins in 'the regional bloc IGAD', 'the militant group Hamas'."""
        hit = self.covering.get(words[-1].i)
        if hit is None or not self.is_org(hit) or hit.start <= words[0].i or not words[0].text.islower():
            return words[0].i
        return hit.start if all(self.texts[i].islower() for i in range(words[0].i, hit.start)) else words[0].i

    def is_named(self, words: list[Token]) -> bool:
        """A body by its name ('Coffee Growers') or as somebody's ('the presidential staff', 'Lebanon's railways')."""
        if words[0].lower_ == "the" or any(t.tag_ == "POS" for t in words):
            return words[-1].pos_ in {"NOUN", "PROPN"} and words[-1].lemma_.lower() not in NO_BODIES
        return len(words) > 1 and all(t.text[:1].isupper() or t.lower_ in {"and", "of"} for t in words)

    def goes_on(self, words: list[Token]) -> bool:
        """'the State Committee for National Security': capitalised words of no table go on with the name of the body."""
        return all(t.text[:1].isupper() and t.i not in self.covering for t in words)

    def body_in(self, left: TokenSpan) -> str | None:
        """'Russian Security Council' in 'Russian Security Council Deputy Secretary'; a demonym alone is no body."""
        for token in reversed(left):
            if token.lemma_.lower() in BODY_NOUNS:
                start = token.i
                while start > left.start and self.doc[start - 1].pos_ in {"PROPN", "ADJ", "NOUN"}:
                    start -= 1
                words = list(self.doc[start : token.i + 1])
                return "".join(t.text_with_ws for t in self.trimmed(words)).strip()
        return None

    def trimmed(self, words: list[Token]) -> list[Token]:
        """A body's own long name stands without its country: 'Supreme National Security Council'."""
        if len(words) > 3 and words[0].i in self.covering and self.covering[words[0].i].values[0].kind == "demonym":
            return words[1:]
        return words
