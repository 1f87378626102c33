"""Whose a phrase is: names in it, and the states that they stand for ('Iranian police', 'a Greek-owned tanker')."""

from __future__ import annotations

from ..actors import Who
from ..actors.scene import AGAINST
from ..claims import ActorRef
from ..document import Span
from ..language import Parse
from ..places import Where
from .clauses import View

FLYING = frozenset({"flagged", "owned", "registered", "operated", "led", "run"})
"""What joins a nationality to what sails under its flag or is led by its people."""
_LANDS = frozenset({"country", "nation", "government", "side", "army", "people"})
_OWN = frozenset({"his", "her", "its", "their"})
_BESIDE = frozenset({"neighbour", "neighbor", "rival", "ally", "partner", "foe", "enemy", "patron", "protector"})
"""What a state is to another one, whose name follows: 'its neighbour Chad'."""


def is_known(ref: ActorRef) -> bool:
    """Whether the actor is a state, of a state, or an international body."""
    return bool(ref.country) or ref.role in {"IGO", "NGO"} or (ref.code or "").startswith(("IGO", "NGO"))


class Owners:
    """The names of one document and whose its phrases are, asked by token."""

    def __init__(self, parse: Parse, view: View, who: Who, where: Where | None = None) -> None:
        self.parse = parse
        self.view = view
        self.who = who
        self.where = where

    def _named_at(self, i: int) -> tuple[ActorRef, ...]:
        return self.who.by_token.get(i, ())

    def is_place(self, i: int) -> bool:
        """Whether the name says where: a town or a country, and not a body that sits there."""
        if self.view.ent[i] in {"GPE", "LOC", "FAC"}:
            return True
        return self.view.pos[i] == "PROPN" and self.where is not None and self.where.at(self.view.doc[i]) is not None

    def is_named(self, k: int) -> bool:
        """Whether the word is a name, or one that the tables know."""
        return self.view.ent[k] in {"GPE", "NORP", "ORG", "PERSON"} or bool(self._named_at(k))

    def is_sided(self, i: int) -> bool:
        """Whether a name says whom somebody is for or against, or what people they are, and not whose they are: 'an
        anti-Syrian paper', 'ethnic Albanian villagers'."""
        return (i > 0 and self.view.lower[i - 1] == "ethnic") or self.is_against(i)

    def is_against(self, i: int) -> bool:
        """The one that an 'anti-Syrian paper' is against, or a 'pro-government rally' for."""
        lower = self.view.lower
        return i > 1 and lower[i - 1] == "-" and lower[i - 2] in AGAINST

    def _named(self, i: int) -> tuple[ActorRef, ...]:
        """Whom the word means, a nationality in 'the American contractor X' included."""
        resolved = self._named_at(i)[:1]
        if resolved or self.view.ent[i] != "NORP":
            return resolved
        lying = self._country_of_place(i)
        return (lying,) if lying is not None else ()

    def _is_rebel(self, i: int) -> bool:
        """Those who may be of another country than the soldiers beside them."""
        return any(r.role in {"REB", "OPP", "UAF", "CRM"} for r in self._named_at(i))

    def _country_of_place(self, i: int) -> ActorRef | None:
        """The state in which a town lies, where the town stands for who is met or hit there."""
        mention = self.where.at(self.view.doc[i]) if self.where is not None else None
        if mention is None or not mention.place.country:
            return None
        span = self.span(i)
        return ActorRef(
            text=self.parse.document.text[span.start : span.end],
            span=span,
            id=mention.place.country,
            country=mention.place.country,
            code=mention.place.country,
            reason=f"lies in {mention.place.country}",
            confidence=0.6 * mention.place.confidence,
        )

    def countries_near(self, i: int) -> set[str]:
        """The countries of all actors and places in the sentence of token `i`."""
        sentence = range(*self.view.bounds[i])
        found = {ref.country for k in sentence for ref in self.who.by_token.get(k, ()) if ref.country}
        if self.where is not None:
            for k in sentence:
                mention = self.where.by_token.get(k)
                if mention is not None and mention.place.country:
                    found.add(mention.place.country)
        return found

    def span(self, i: int) -> Span:
        first, last = self.view.phrase(i)
        doc = self.view.doc
        return Span(doc[first].idx, doc[last].idx + len(doc[last]))

    def _owners(self, i: int) -> list[ActorRef]:
        """Whose the phrase is: 'Iranian police', 'Israel's army', 'Greek and Turkish officials', 'rebels in Chad'."""
        view = self.view
        if view.lower[i] in _BESIDE:  # 'accused its neighbour Chad': not 'its'
            found = [r for k in view.children(i, "appos", "compound") for r in self._named(k) if is_known(r)]
            if found:
                return found
        for k in sorted(view.kids[i], key=lambda k: view.lower[k] in _OWN):  # 'her Spanish counterpart' is Spanish
            if view.dep[k] in {"poss", "nmod", "compound", "amod"} and not self.is_sided(k):
                inside = view.children(k, "amod", "compound") if view.dep[k] == "compound" else []
                found = [r for j in (*view.with_conjuncts(k), *inside) for r in self._named(j) if is_known(r)]
                if found:
                    return found
        if view.lemma[i] in _LANDS:
            found = [r for k in view.children(i, "poss") for r in self._speaker_of(k) if is_known(r)]
            if found:
                return found
        first = view.head[i]
        bare = not any(view.dep[k] in {"det", "poss", "amod", "nummod", "compound"} for k in view.kids[i])
        if view.dep[i] == "conj" and bare and view.pos[first] == "NOUN" and not self._is_rebel(i):
            return self._owners(first)  # 'American lawmakers and officials'
        for k in view.children(i, "amod"):
            if view.lower[k] in FLYING:  # 'a Greek-owned tanker'
                found = [
                    r for j in view.children(k, "npadvmod", "compound", "advmod") for r in self._named(j) if is_known(r)
                ]
                if found:
                    return found
        for k in view.kids[i]:
            if view.dep[k] == "prep" and view.lower[k] in {"of", "in", "from"}:
                for p in view.children(k, "pobj"):
                    beside = [j for j in view.with_conjuncts(p)[1:] if view.ent[j] == "GPE" and view.lower[k] != "in"]
                    found = [r for j in (p, *beside) for r in self._named_at(j)[:1] if is_known(r)]
                    if not found and view.lower[k] == "in" and view.pos[i] == "NOUN":
                        lying = self._country_of_place(p)  # 'nationalists in Lyon'
                        found = [lying] if lying is not None else []
                    if found:
                        return found
        return []

    def _speaker_of(self, i: int) -> tuple[ActorRef, ...]:
        """Whose 'his country' is where a minister speaks of it: the subject of the clause above."""
        view = self.view
        clause = view.clause_root(i)
        for _ in range(4):
            if view.lower[i] not in _OWN or view.dep[clause] not in {"ccomp", "advcl", "xcomp", "conj"}:
                return ()
            above = view.clause_root(view.head[clause])
            named = [r for s in view.subjects(above) if s != i for r in self._named_at(s)[:1] if r.country]
            if named and view.dep[clause] == "ccomp":
                return tuple(named)
            clause = above
        return ()

    def _is_anothers(self, i: int, ref: ActorRef) -> bool:
        """Whether the body is that of another state than the one known by the name: 'Peru's Congress'."""
        if ref.person or ref.country is None:
            return False
        owners = [r.country for k in self.view.children(i, "poss") for r in self._named_at(k)[:1]]
        return any(country is not None and country != ref.country for country in owners)
