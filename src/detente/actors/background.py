"""Actors whose state the phrase itself does not say: 'President Levy Mwanawasa', 'the electoral commission', 'rebels'.

A text about one state leaves its name away. The state is taken from the sentence, where it names one only and as an
owner or a scene ('the Zambian people', 'in Haiti'), else from a document that is about one state alone; always with
less confidence, and the reason says so. Where two states could be meant none is taken.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from spacy.tokens import Token

from ..claims import ActorRef
from .later_words import OFFICES
from .localities import IN, Localities
from .lookup import in_force
from .scene import BODY_NOUNS

AT_HOME = frozenset("GOV MIL COP OPP REB LEG JUD SPY CVL REF EDU LAB CRM ELI REL PTY AGR HLH BUS MED".split())
"""Roles that somebody has in a state."""
ABROAD = frozenset(
    "ambassador envoy emissary negotiator diplomat mediator consul delegate counterpart visitor inspector peacekeeper "
    "correspondent journalist reporter tourist foreigner expatriate mercenary coalition alliance refugee".split()
)
"""Those who are sent: the state that a sentence names is as likely the other side's."""
INTERNATIONAL = frozenset(
    "International Interparliamentary World Global Universal African Africa Arab Asian Asia-Pacific American Americas European Europe Islamic Nordic Pacific "
    "Caribbean Latin Ecumenical Commonwealth Nations Pan-African Inter-American Transatlantic Eurasian Regional".split()
)
"""Words in the names of bodies that belong to no one state: 'the All Africa Conference of Churches'."""
MEETINGS = frozenset(
    "visit meet travel fly arrive tour host receive welcome summon invite talk negotiate discuss confer phone call urge "
    "warn accuse condemn criticize criticise denounce thank praise congratulate recognize recognise accredit".split()
)
"""Verbs of dealings between states: the state that they name is the other side."""
AWAY = frozenset(
    "embassy consulate mission ambassador diplomat envoy delegation troop soldier force army navy fleet warship ship vessel boat "
    "submarine tank missile rocket shell jet warplane plane aircraft fighter bomber helicopter drone artillery strike airstrike "
    "shelling bombardment raid attack offensive incursion invasion invader aggression occupation occupier intervention blockade "
    "sanction embargo tariff dollar currency weapon arms company firm bank tourist journalist reporter hostage mercenary pilot "
    "agent spy flag portrait effigy influence pressure interference counterpart ally support aid assistance gas oil steel".split()
)
"""What a state sends or does abroad: 'Russian missiles', 'the U.S. embassy' say nothing of where the sentence is at home."""
SENDING = frozenset("send dispatch recall withdraw deploy appoint name field".split())
"""What a state does with its own envoys and soldiers."""
UNRULY = frozenset(
    "junta regime insurgent rebel mutineer putschist guerrilla protester demonstrator striker separatist".split()
)
"""Those of a state in turmoil: another state that the sentence names helps or fights them."""
UNIQUE = frozenset("parliament police congress cabinet government troops soldiers intelligence".split())
"""Said without an article of the only one that there is."""
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
SENTENCE, DOCUMENT = 0.45, 0.35
RULING = frozenset({"GOV", "COP", "MIL", "JUD"})
LED = frozenset({"lead", "head", "chair", "command"})
AT_HOME_TWICE = 2
"""How often a state must be named before the ministers of a dateline from its capital are its own."""
LEAD = 4
"""How many times oftener than any other a state must be named for a document to be about it alone."""


class Background(Localities):
    """Gives actors of one document the state that only the text around them tells."""

    def background(self) -> None:
        """One pass over what is found; every token of a phrase gets the same answer."""
        given: dict[int, ActorRef] = {}
        for i in sorted(self.by_token):
            refs = self.by_token[i]
            if len(refs) == 1 and not refs[0].country and (home := self.sender(refs[0], i)) is not None:
                self.by_token[i] = (self.of_land(refs[0], home, "sent by that state", SENTENCE),)
                continue
            if len(refs) != 1 or not self.stateless(refs[0], i):
                continue
            ref = refs[0]
            if id(ref) not in given:
                given[id(ref)] = self.placed(ref, self.doc[i])
            if given[id(ref)] is not ref:
                self.by_token[i] = (given[id(ref)],)
                surname = (ref.person or "").split()[-1:]
                if surname and self.people.get(surname[0].lower()) == ref:
                    self.people[surname[0].lower()] = given[id(ref)]
        self.follow({ref.person: ref for ref in given.values() if ref.person and ref.country})

    def follow(self, placed: dict[str | None, ActorRef]) -> None:
        """'the minister', which a person was called before anything told the state, has it, too."""
        for i, refs in self.by_token.items() if placed else ():
            if len(refs) == 1 and refs[0].person in placed and not refs[0].country and "named before" in refs[0].reason:
                known = placed[refs[0].person]
                self.by_token[i] = (replace(refs[0], id=known.id, country=known.country, code=known.code),)

    def stateless(self, ref: ActorRef, i: int) -> bool:
        """Whether somebody belongs to a state, but the text around does not say to which."""
        if ref.country or (ref.role and ref.role not in AT_HOME):
            return False
        if ref.person:
            guest = ref.reason == "counterpart" or (ref.body or "").lower() in {"mission", "delegation", "team"}
            return (
                bool(ref.office)
                and (ref.id or "").startswith("person:")
                and not guest
                and INTERNATIONAL.isdisjoint((ref.body or "").split())
                and not self.sent(ref.office or "")
            )
        if (ref.id or "").startswith("people:"):
            return True
        if ref.reason.endswith("country not said"):
            return not self.sent(ref.text)
        return ref.reason.startswith("organisation") and self.doc[i].lemma_.lower() in BODY_NOUNS | {"police", "party"}

    def sender(self, ref: ActorRef, i: int) -> str | None:
        """'Pakistan sent an envoy', 'Oslo recalled its ambassador': the state that does so."""
        grid = self.grid
        unsaid = ref.reason.endswith("country not said")
        if ref.person and ref.office and self.sent(ref.office):  # 'recalled its ambassador, Ana Ruiz'
            unsaid = True
            while grid.dep[i] in {"compound", "appos", "flat"} or (
                grid.dep[i] in {"pobj", "prep"} and i not in self.title_at  # 'the ambassador to Togo, Ana Ruiz'
            ):
                i = grid.head[i]
        verb = grid.head[i]
        if grid.dep[i] not in {"dobj", "npadvmod"} or grid.lemma[verb] not in SENDING or not unsaid:
            return None
        for k in grid.kids[verb]:
            if grid.dep[k] == "nsubj":
                lands = {r.country for r in self.by_token.get(k, ()) if r.country}
                return lands.pop() if len(lands) == 1 else None
        return None

    @staticmethod
    def sent(office: str) -> bool:
        words = office.lower().split()
        if "government" in words:
            return False  # 'the chief government negotiator'
        return any(w.rstrip("s") in ABROAD for w in words) or ("foreign" in words and "minister" not in words)

    def placed(self, ref: ActorRef, token: Token) -> ActorRef:
        if ref.person and (known := self.registry.only_holder(ref)) is not ref:
            return known
        land, why, confidence = self.land_around(token, ref)
        return ref if land is None else self.of_land(ref, land, why, confidence)

    def of_land(self, ref: ActorRef, land: str, why: str, confidence: float) -> ActorRef:
        return replace(
            ref,
            id=land if ref.id is None else ref.id,
            name=self.tables.state_names.get(land, ref.name) if ref.id is None else ref.name,
            country=land,
            code=land + (ref.role or ""),
            body=ref.body or self.ministry_of(ref.office, land),
            reason=f"{ref.reason}; {why}",
            confidence=round(min(ref.confidence, confidence), 2),
        )

    def land_around(self, token: Token, ref: ActorRef) -> tuple[str | None, str, float]:
        named, owned = self.states_in(token)
        opening = self.opening_scene(token)
        if opening is not None:
            return opening, "where the sentence says that it is", SENTENCE
        if self.is_institution(ref) and self.dateline_state is not None:
            return self.dateline_state, "a body of the state of the dateline", DOCUMENT
        other = self.other_side(token, named) if len(named) == 1 and owned and not ref.person else False
        if other and (home := self.home_without(named)) is not None:
            return home, "the state of the dateline, not the one that it deals with", DOCUMENT
        if len(named) == 1 and owned:
            return next(iter(named)), "the only state that the sentence names", SENTENCE
        scene = None if named else self.scene_of_sentence(token.i)
        if scene is not None:
            return scene, "the state of the place where it is", SENTENCE
        if not named and self.story:
            (first, often), *others = self.story.most_common(2)
            if not others or often >= LEAD * others[0][1]:
                return first, "the state that the document is about", DOCUMENT
        if not named and not ref.person and ref.role in RULING and (scene := self.scene_before(token)) is not None:
            return scene, "where the sentence before says that it is", DOCUMENT
        if ref.person:
            fellow = self.fellow_state(token)
            if fellow is not None:
                return fellow, "named together with somebody of that state", DOCUMENT
            sender = self.subject_state(token)
            if sender is not None:
                return sender, "the state that the sentence is about", DOCUMENT
            home = self.dateline_state
            at_home = home is not None and (self.states[home] >= AT_HOME_TWICE or len(self.states) == 1)
            if (not owned or home in named) and at_home:
                return home, "an office-holder of the state of the dateline", DOCUMENT
            before = self.state_told_of_before(token, named)
            if before is not None and not owned:
                return before, "the state whose doings the sentence before tells", DOCUMENT
        elif ref.role in RULING and self.is_definite(token):
            teller = self.teller_before(token)
            if teller is not None:
                return teller, "the state of whoever tells of it", DOCUMENT
            home = self.dateline_state
            several = token.tag_ == "NNS" and token.lemma_.lower() in OFFICES
            guest = several or token.lemma_.lower() in ABROAD | {"delegation", "side"}
            about = home in self.states and self.is_about(home or "")
            if home is not None and about and not guest and (not owned or home in named):
                return home, "a body of the state of the dateline", DOCUMENT
        return None, "", 0.0

    def other_side(self, token: Token, named: set[str]) -> bool:
        """'France froze its aid to the junta', 'the insurgents demanded that the Russians leave': the only state that the
        sentence names acts on whom we ask for, or is acted on."""
        grid = self.grid
        verb = grid.head[token.i]
        if grid.dep[token.i] == "dobj" and grid.lemma[verb] in MEETINGS and token.lemma_.lower() in OFFICES:
            doers = [k for k in grid.kids[verb] if grid.dep[k] in SUBJECTS]
            return any(k in self.covering for doer in doers for k in range(grid.left[doer], grid.right[doer] + 1))
        if token.lemma_.lower() not in UNRULY or not self.is_definite(token):
            return False
        if grid.dep[token.i] in SUBJECTS:
            verb = grid.head[token.i]
            return any(self.names_a_state(k) for k in range(verb + 1, grid.right[verb] + 1))
        verb = token.i
        while grid.head[verb] != verb and grid.pos[verb] != "VERB":
            verb = grid.head[verb]
        return any(grid.dep[k] in SUBJECTS and self.names_a_state(k) for k in grid.kids[verb])

    def names_a_state(self, i: int) -> bool:
        """Whether the token is a state or its people, and acts or is acted on as such."""
        hit = self.covering.get(i)
        if hit is None or hit.end != i + 1 or self.grid.dep[i] in {"amod", "compound", "poss"}:
            return False
        return any(e.kind in {"state", "demonym", "capital"} for e in hit.values)

    def home_without(self, named: set[str]) -> str | None:
        """The state of the dateline, where the text names it and the sentence names another."""
        home = self.dateline_state
        return (
            home if home is not None and home not in named and self.is_about(home) and self.states[home] > 1 else None
        )

    def is_about(self, home: str) -> bool:
        """Whether the state of the dateline is more than the host: named at least half as often as any other."""
        return 2 * self.states[home] >= max(self.states.values(), default=0)

    def is_definite(self, token: Token) -> bool:
        """'the navy', 'parliament', 'police': spoken of as the only one there is."""
        hit = self.agents.get(token.i)
        left = min(self.grid.left[token.i], hit.start if hit is not None else token.i)
        return "the" in self.grid.lower[max(left - 1, 0) : left + 1] or (left == token.i and token.lower_ in UNIQUE)

    def teller_before(self, token: Token) -> str | None:
        """'Galtieri told the nation that the navy would fight on': whose official speaks in the sentence before it."""
        grid = self.grid
        if token.lemma_.lower() in OFFICES:
            return None  # whom one sees, hosts or thanks is another's
        for k in range(token.i - 1, grid.starts[grid.sent[token.i]] - 1, -1):
            refs = self.by_token.get(k, ())
            if grid.dep[k] in SUBJECTS and len(refs) == 1 and refs[0].person:
                return refs[0].country if refs[0].role in {"GOV", "MIL", "LEG"} else None
        return None

    @staticmethod
    def is_institution(ref: ActorRef) -> bool:
        """'the Supreme Court', 'the National Security Council': a name that every state has for one of its own."""
        words = [w for w in ref.text.split() if w.lower() not in {"the", "of", "and", "for"}]
        return not ref.person and len(words) > 1 and all(w[:1].isupper() for w in words)

    def opening_scene(self, token: Token) -> str | None:
        """'In Moscow, Andrei Klimov told Interfax': who speaks there without a state is at home there."""
        start = self.grid.starts[self.grid.sent[token.i]]
        hit = self.named.get(start + 1)
        if self.grid.lower[start] != "in" or hit is None or hit.end >= len(self.texts) or self.texts[hit.end] != ",":
            return None
        return next((e.country for e in hit.values if e.kind in {"capital", "state"}), None)

    def scene_before(self, token: Token) -> str | None:
        """'In Kinshasa, protesters ... The authorities': the scene of the sentence before."""
        number = self.grid.sent[token.i] - 1
        if number < 0:
            return None
        start = self.grid.starts[number]
        return self.opening_scene(self.doc[start]) or self.scene_of_sentence(start) or self.land_in(start)

    def land_in(self, start: int) -> str | None:
        """'marched in Caracas', 'across Chad': the only state or capital in which something is in the sentence from `start`."""
        lower, found = self.grid.lower, set()
        for i in range(start + 1, self.grid.sentence_end(start)):
            hit = self.named.get(i)
            before = lower[i - 2] if lower[i - 1] == "the" else lower[i - 1]
            if hit is not None and before in IN:
                found |= {e.country for e in hit.values if e.kind in {"state", "capital"}}
        return found.pop() if len(found) == 1 else None

    def fellow_state(self, token: Token) -> str | None:
        """'the US envoy X and General Y', 'a Chadian delegation led by General Y': the state of those beside whom he stands."""
        if token.dep_ == "conj":
            beside = token.head
        elif token.dep_ == "pobj" and token.head.dep_ == "agent" and token.head.head.lemma_ in LED:
            beside = token.head.head.head
        else:
            return None
        refs = self.by_token.get(beside.i, ())
        return refs[0].country if len(refs) == 1 else None

    def subject_state(self, token: Token) -> str | None:
        """'The Taliban sent a delegation under Commerce Minister X to Islamabad': the state that does it."""
        head = token
        while head.head != head:
            if head.dep_ == "nsubj":
                return None
            head = head.head
        for child in head.children:
            if child.dep_ == "nsubj" and child.i < token.i:
                states = {r.country for r in self.by_token.get(child.i, ()) if r.country}
                return states.pop() if len(states) == 1 else None
        return None

    def state_told_of_before(self, token: Token, named: set[str]) -> str | None:
        """'Poland closed the crossing. Interior Minister X told TVN': the doer of the sentence before, if it is one
        state, and not one that the minister deals with."""
        grid, number = self.grid, self.grid.sent[token.i]
        if number == 0:
            return None
        first: list[str] = []
        doers: list[str] = []
        for i in range(grid.starts[number - 1], grid.starts[number]):
            if grid.dep[i] in {"nsubj", "nsubjpass"}:
                countries = [ref.country for ref in self.by_token.get(i, ()) if ref.country]
                doers += countries
                if grid.dep[grid.head[i]] == "ROOT":
                    first += countries
        told = set(first or doers)
        return told.pop() if len(told) == 1 and not told & named else None

    @cached_property
    def dateline_state(self) -> str | None:
        """The state of the dateline: a wire story names its ministers and its army without it.

        Of a town that is no capital only where the text names the state, too: reporters write of one from another.
        """
        place = self.parse.document.dateline_place
        values = in_force(self.tables.names.get(place), self.date) if place else ()
        capital = next((e.country for e in values if e.kind == "capital"), None)
        if capital is not None or not place:
            return capital
        state = self.state_of_place(place)
        return state if state in self.states else None

    def states_in(self, token: Token) -> tuple[set[str], bool]:
        """The states that the sentence of `token` names, and whether one of them is an owner or the scene."""
        number = self.grid.sent[token.i]
        if number not in self.scenes:
            self.scenes[number] = self.scene_of(self.grid.starts[number], self.grid.sentence_end(token.i))
        return self.scenes[number]

    @cached_property
    def scenes(self) -> dict[int, tuple[set[str], bool]]:
        """What is known of sentences already, by number."""
        return {}

    def scene_of(self, start: int, end: int) -> tuple[set[str], bool]:
        named: set[str] = set()
        owned = False
        dealings = not MEETINGS.isdisjoint(self.grid.lemma[start:end])
        for i in range(start, end):
            hit = self.named.get(i)
            if hit is None or not self.owning(hit):
                continue
            head = self.doc[hit.end - 1]
            for entry in hit.values:
                if not entry.country or entry.kind in {"outlet", "igo", "ngo"}:
                    continue
                named.add(entry.country)
                owned = owned or self.is_scene(head, entry.kind, dealings)
        return named, owned

    def is_scene(self, head: Token, kind: str, dealings: bool) -> bool:
        """'the Zambian people', "Chad's army", 'in Haiti', 'Nigerian students' as against 'visited Haiti', 'told Chad'."""
        thing = head.head if head.dep_ in {"amod", "compound", "nmod"} else head
        if thing.lemma_.lower() in AWAY or self.grid.lemma[min(head.i + 1, len(self.texts) - 1)] in AWAY:
            return False
        if dealings and thing is not head and any(r.person for r in self.by_token.get(thing.i, ())):
            return False  # 'thanked the Latvian president': the other side
        if kind in {"demonym", "people", "body", "group", "area"}:
            return not dealings or head.dep_ in {"amod", "compound", "poss"}
        if head.dep_ == "poss":
            return True
        if dealings:
            return False
        return head.dep_ in {"nsubj", "nsubjpass"} or (
            head.dep_ == "pobj" and head.head.lower_ in {"in", "of", "across", "throughout", "inside", "over"}
        )
