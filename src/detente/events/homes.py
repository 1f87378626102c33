"""Whose police, whose rebels: the state of actors that the text names by their kind alone.

Newspapers name the state once and then write 'police', 'the junta', 'the unions'. Asked in this order: what was
said of the same noun before, where the sentence says it happened, the only country of the sentence, the country
that the document is about.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from ..claims import ActorRef
from .cast import Cast
from .clauses import View
from .owners import is_known

_OF_NO_STATE = frozenset({None, "IGO", "NGO", "IMG"})
"""Roles of those that are at home nowhere, and of words of which nothing is known."""
_LOCATIVE = frozenset({"in", "at", "near", "across", "outside", "inside", "throughout"})
_STREETS = frozenset({"street", "square", "capital", "centre", "center", "city", "suburb", "outskirt", "town", "port"})
"""'took to the streets of Lyon': what happens there happens in Lyon."""
_DWELLERS = frozenset({"resident", "villager", "local", "civilian", "inhabitant", "townspeople", "witness"})
_BELLIGERENTS = frozenset(
    {"rebel", "insurgent", "opposition", "militant", "guerrilla", "fighter", "separatist", "rebels"}
)
"""They are as often talked with, or of, in another state's capital."""
_GUESSES = ("the only state that the sentence names", "the state that the document is about")
"""Reasons of countries that the actors' room guessed: the event may know better."""
_LANDS = frozenset(
    {"country", "island", "islands", "emirate", "kingdom", "republic", "nation", "sultanate", "archipelago"}
)
_STATELY = frozenset({"government", "army", "military", "junta", "regime", "authority", "administration", "state"})
_ARMED_ROLES = frozenset({"REB", "OPP", "UAF", "SEP", "INS", "PTY"})
_ENVOYS = frozenset(
    {"ambassador", "envoy", "diplomat", "diplomats", "consul", "attache", "embassy", "consulate", "envoys"}
)
"""Those who are abroad where something is done to them."""
_GUESTS = frozenset({"visitor", "guest", "delegation", "delegate", "negotiator", "envoy", "emissary"})
_PEOPLE = frozenset({"@protesters", "@people", "@person", "@official", "@civil"})
_CROWD = frozenset(
    "protester protestor demonstrator marcher rioter looter striker lawmaker legislator deputy senator parliamentarian "
    "student worker farmer activist teacher".split()
)
"""Those who march and vote at home, however many they are."""
_DOMESTIC = _CROWD | frozenset(
    "government army military junta police policeman soldier troop force parliament authority gendarmerie regime court "
    "ministry prosecutor protester demonstrator union student general administration cabinet assembly coup".split()
)
"""Those who are at home where the report's events happen, unless the text says whose they are."""
_PARTS = frozenset({"member", "leader", "head", "chief", "spokesman", "supporter", "opponent", "officer"})
_SCENE = 2
_SHARE = 0.45
"""A country with this share of all mentions is what the document is about."""


def _is_scene(ref: ActorRef) -> bool:
    """Whether the 'actor' is a town where something happened, and no party to it."""
    return ref.reason.startswith("lies in ")


def is_border_crossing(ref: ActorRef) -> bool:
    """Whether it is a named group that the tables know in no one country: al-Qaeda is at home nowhere."""
    return ref.country is None and (ref.id or "").startswith("group:")


class Homes:
    """The countries of one document, asked by token."""

    def __init__(self, view: View, cast: Cast) -> None:
        self.view = view
        self.cast = cast
        self._main: str | None = None
        self._counted = False
        self._abroad = False
        self._met = False
        self._scene: str | None = None
        self._scene_counted = False

    def fill(
        self,
        refs: tuple[ActorRef, ...],
        tokens: list[int],
        others: tuple[ActorRef, ...],
        *,
        abroad: bool = False,
        met: bool = False,
    ) -> tuple[ActorRef, ...]:
        """`refs` with a country where one can be told; `others` stand on the other side of the event. `abroad` for talks
        and signings: where they were held says nothing of who took part. `met` are those whom `others` met or called."""
        self._abroad = abroad
        self._met = met
        return tuple(self._filled(r, tokens, others) for r in refs)

    def _filled(self, ref: ActorRef, tokens: list[int], others: tuple[ActorRef, ...]) -> ActorRef:
        token = self._token_of(ref, tokens)
        guessed = ref.country is not None and any(words in ref.reason for words in _GUESSES)
        if token is None or (is_known(ref) and not guessed) or is_border_crossing(ref):
            return ref
        if self.view.lemma[token] in {"pope", "pontiff"} and self.view.child(token, "amod", "compound") is None:
            return replace(ref, id="VAT", country="VAT", code="VATGOV", role="GOV", reason="the Pope is the Holy See's")
        land = self._land(token, others)
        if land is not None:
            return replace(ref, id=land, country=land, code=land, reason="the land named before", confidence=0.5)
        if ref.role in _OF_NO_STATE and not ref.person and not self._is_at_home(token, ref):
            named = self._same_noun_before(token)
            return replace(ref, country=named, code=named, reason="named so before") if named else ref
        found = self._of_person(ref, token) if ref.person else self._of_kind(token, others)
        away = self._met and (ref.person is not None or self.view.lemma[token] in _GUESTS)
        elsewhere = away or self._is_counterpart(token)  # 'telephoned King X', 'received the visitors'
        if found is None or (elsewhere and found[0] in {o.country for o in others}):
            return ref
        home, reason = found
        return replace(
            ref,
            country=home,
            id=home if ref.id == ref.country else ref.id,
            code=home + ((ref.role if guessed else ref.code or ref.role) or ""),
            reason=f"{ref.reason}; {reason}",
            confidence=round(ref.confidence * 0.6, 2),
        )

    def _is_at_home(self, token: int, ref: ActorRef) -> bool:
        """Whether the word is for people who act where they live: 'traders', 'villagers', 'the former president'."""
        words = self.cast.words.lexicon
        classes = words.classes_of(self.view.lemma[token]) | words.classes_of(self.view.lower[token])
        return ref.role is None and ref.id is None and not classes.isdisjoint(_PEOPLE)

    def _land(self, token: int, others: tuple[ActorRef, ...]) -> str | None:
        """'the island', 'the emirate', 'the country': the land named last that is not on the other side."""
        view = self.view
        if view.lemma[token] not in _LANDS or not any(view.lower[k] in {"the", "that"} for k in view.kids[token]):
            return None
        if any(view.dep[k] in {"amod", "compound", "poss", "nummod", "relcl"} for k in view.kids[token]):
            return None
        taken = {o.country for o in others}
        for i in range(token - 1, max(-1, token - 120), -1):
            refs = [r for r in self.cast.who.by_token.get(i, ()) if r.country and r.country not in taken]
            if refs and "pronoun" not in refs[0].reason:
                return refs[0].country
        return None

    def _token_of(self, ref: ActorRef, tokens: list[int]) -> int | None:
        doc = self.view.doc
        if ref.span is not None:
            inside = doc.char_span(ref.span.start, ref.span.end, alignment_mode="expand")
            if inside is not None and len(inside):
                return int(inside.root.i)
        return tokens[0] if tokens else None

    def _of_kind(self, token: int, others: tuple[ActorRef, ...]) -> tuple[str, str] | None:
        """The country of 'police', 'the junta', 'residents'."""
        view = self.view
        token = self._of_whom(token)
        foreign = {o.country for o in others if o.country}
        states = {o.country for o in others if o.country and o.role is None and not o.person and not _is_scene(o)}
        states |= {o.country for o in others if o.country and not _ENVOYS.isdisjoint(o.text.lower().split())}
        named = self._same_noun_before(token)
        if named is not None:
            return named, "named so before"
        beside = self._beside_rebels(token)
        if beside is not None:
            return beside, "of the land of those beside"
        policed = self._policed(token, others)
        if policed is not None:
            return policed, "of the land of the police"
        place = self._where(token)
        if self._abroad and place is not None:
            return None
        if place is not None and place not in states:
            return place, "where it happened"
        here = self.cast.countries_near(token)
        main = self.main()
        scene = self.scene()
        if (
            scene is not None
            and view.lemma[token] in _DOMESTIC
            and (view.child(token, "nummod") is None or view.lemma[token] in _CROWD)  # 'two armies' are not 'the army'
            and scene not in states
            and self._only_acts(here - foreign)
        ):
            return scene, "where the document says that things happen"
        if view.lemma[token] in _DWELLERS and main is not None:
            return main, "the country that the document is about"
        if len(here) == 1:
            (home,) = here
            definite = any(view.lower[k] == "the" for k in view.kids[token])
            if definite and main is not None and main != home and home not in foreign:
                return main, "the country that the document is about"
            if home not in states:
                return home, "the only country of the sentence"
            return self._written_at_home(token, states)
        if not here:
            before = self._sentence_before(token)
            if before is not None:
                return before, "the only country of a sentence before"
        if main is not None and (not here or main in here) and main not in states:
            return main, "the country that the document is about"
        dateline = self.cast.where.dateline if self.cast.where is not None else None
        at_war = view.lemma[token] in _BELLIGERENTS
        if main is None and not here and not at_war and dateline is not None and dateline.country:
            return dateline.country, "where the report was written"
        return None

    def _written_at_home(self, token: int, states: set[str]) -> tuple[str, str] | None:
        """'SEOUL - Lawmakers criticised the North': of those who act at home where nothing but the other side is named."""
        dateline = self.cast.where.dateline if self.cast.where is not None else None
        home = dateline.country if dateline is not None else None
        if not home or home in states or self.view.lemma[token] not in _DOMESTIC:
            return None
        return home, "where the report was written"

    def _of_whom(self, token: int) -> int:
        """'ten members of the junta': the junta, whose home is asked for."""
        view = self.view
        if view.lemma[token] not in _PARTS:
            return token
        of = [p for k in view.children(token, "prep") if view.lower[k] == "of" for p in view.children(k, "pobj")]
        return next((p for p in of if view.lemma[p] in _DOMESTIC), token)

    def _policed(self, token: int, others: tuple[ActorRef, ...]) -> str | None:
        """'Police broke up a student march': police act at home, on those who are at home there."""
        lands = {o.country for o in others if o.role == "COP"}
        classes = self.cast.words.lexicon.classes_of(self.view.lemma[token])
        return lands.pop() if len(lands) == 1 and "@protesters" in classes and len(others) == 1 else None

    def _beside_rebels(self, token: int) -> str | None:
        """'Chad's FACT rebels and the government met': the government that they fight."""
        view = self.view
        first = view.head[token] if view.dep[token] == "conj" else token
        if view.lemma[token] not in _STATELY:
            return None
        for k in view.with_conjuncts(first):
            refs = self.cast.refs(k) if k != token else ()
            if refs and refs[0].country and refs[0].role in _ARMED_ROLES:
                return refs[0].country
        return None

    def _of_person(self, ref: ActorRef, token: int) -> tuple[str, str] | None:
        """The country of a person: the only one of the sentence that first names him, or of one before."""
        first = next(
            (i for i, refs in sorted(self.cast.who.by_token.items()) if any(r.id == ref.id for r in refs)), token
        )
        near = self.cast.countries_near(first)
        if len(near) == 1:
            (home,) = near
            return (home, "the only country where first named") if first != token or self._is_titled(token) else None
        if not near and self._is_titled(first):
            before = self._sentence_before(first)
            if before is not None:
                return before, "the only country of a sentence before"
        return None

    def _is_counterpart(self, token: int) -> bool:
        """'met X, his counterpart from the territory': X is not of the land of whom he met."""
        near = (
            token,
            *self.view.children(token, "appos"),
            *([self.view.head[token]] if self.view.dep[token] == "appos" else []),
        )
        return any(self.view.lemma[k] == "counterpart" for k in near)

    def _is_titled(self, token: int) -> bool:
        view = self.view
        return any(
            self.cast.words.lexicon.is_in(view.lemma[k], "@official")
            for k in range(max(0, token - 5), token)
            if view.bounds[k] == view.bounds[token]
        )

    def _where(self, token: int) -> str | None:
        """The country of the only place that the sentence gives with 'in', 'at' or 'near'."""
        view, cast = self.view, self.cast
        if cast.where is None:
            return None
        found = set()
        for k in range(*view.bounds[token]):
            mention = cast.where.by_token.get(k)
            if mention is None or not mention.place.country or view.dep[k] != "pobj":
                continue
            street = view.lower[view.head[k]] == "of" and view.lemma[view.head[view.head[k]]] in _STREETS
            if view.lower[view.head[k]] in _LOCATIVE or street:
                found.add(mention.place.country)
        return found.pop() if len(found) == 1 else None

    def _same_noun_before(self, token: int) -> str | None:
        view = self.view
        if not any(view.lower[k] in {"the", "its", "their"} for k in view.kids[token]):
            return None
        for i in range(token - 1, -1, -1):
            if view.lemma[i] == view.lemma[token]:
                known = [r.country for r in self.cast.who.by_token.get(i, ()) if r.country]
                if known:
                    return known[0]
        return None

    def _only_acts(self, here: set[str]) -> bool:
        """Whether the sentence names no state but such as act in it: nothing is said to be 'in Chad' or 'Chad's'."""
        return self.scene() not in here

    def scene(self) -> str | None:
        """The country in whose towns the document's events happen, where there is one: towns and 'in Chad' count, and
        a capital in which the report was written when the text names its country, too."""
        if self._scene_counted:
            return self._scene
        self._scene_counted = True
        where = self.cast.where
        if where is None:
            return None
        view, seen = self.view, set()
        counts: Counter[str] = Counter()
        written = None
        for k, mention in where.by_token.items():
            country = mention.place.country
            if country and k in view.dateline:
                written = country
            if not country or mention.span in seen or k in view.dateline:
                continue
            seen.add(mention.span)
            if view.dep[k] == "pobj" and view.lemma[view.head[view.head[k]]] in _ENVOYS:
                continue  # 'closed its embassy in Riga' is told of another place
            if view.dep[k] == "pobj" and view.lower[view.head[k]] in _LOCATIVE:
                counts[country] += 2
            elif view.dep[k] == "poss" or view.dep[k] == "pobj":
                counts[country] += 1
        written = written or (where.dateline.country if where.dateline is not None else None)
        if written and (counts[written] or self._names(written)):
            counts[written] += 2
        best = counts.most_common(2)
        clear = bool(best) and best[0][1] >= _SCENE and (len(best) == 1 or best[0][1] > best[1][1])
        self._scene = best[0][0] if clear else None
        return self._scene

    def _names(self, country: str) -> bool:
        return any(r.country == country for refs in self.cast.who.by_token.values() for r in refs)

    def _sentence_before(self, token: int) -> str | None:
        """The only country of the nearest sentence before that names any, three sentences back at most."""
        bounds = self.view.bounds
        start = bounds[token][0]
        for _ in range(3):
            if start == 0:
                return None
            countries = self.cast.countries_near(start - 1)
            if len(countries) == 1:
                return next(iter(countries))
            if countries:
                main = self.main()
                return main if main in countries else None
            start = bounds[start - 1][0]
        return None

    def main(self) -> str | None:
        """The country that the document names most, where it stands out."""
        if not self._counted:
            self._counted = True
            counts: Counter[str] = Counter()
            last = None
            for i, refs in sorted(self.cast.who.by_token.items()):
                countries = {r.country for r in refs if r.country and r.reason.find("pronoun") < 0}
                if countries and (last is None or i != last + 1):
                    counts.update(countries)
                last = i
            best = counts.most_common(2)
            total = sum(counts.values())
            clear = bool(best) and (len(best) == 1 or best[0][1] > best[1][1]) and best[0][1] >= max(2, _SHARE * total)
            self._main = best[0][0] if clear else None
        return self._main
