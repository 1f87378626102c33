"""Whom one word may act on: its objects and phrases, in the order of likelihood."""

from __future__ import annotations

from collections.abc import Iterator

from .cast import Cast
from .clauses import OBJECT_CONTROL, View
from .matching import Fit

RECIPIENT_PREPOSITIONS = (
    "to", "with", "against", "on", "upon", "at", "for", "from", "between", "towards", "toward", "over", "into",
    "among", "of", "in", "about", "near", "around", "alongside", "off", "through", "under", "by", "onto", "inside",
    "out_of", "away_from", "along", "outside", "past", "behind", "opposite",
)  # fmt: skip
_TO_SOMEBODY = RECIPIENT_PREPOSITIONS[: RECIPIENT_PREPOSITIONS.index("in")]
"""'seized a Greek tanker off Togo': whose the thing is comes before where it was."""
_COMPLAINED_OF = ("against", "over", "about")
"""'complained to the UN over Syrian raids': whose raids they are comes before who was told."""
PARTNER_PREPOSITIONS = ("with", "between", "among", "alongside")
NOMINAL_RECIPIENTS = ("on", "against", "of", "to", "with", "for", "from", "in", "at", "between", "into", "near")
_ABOUT_THE_OBJECT = frozenset({"05", "11", "12", "09"})
_IN_PHRASE = frozenset({"with", "to", "from", "of", "on", "phrase"})
"""Roles of rows whose phrase names the other side."""
_LAID_ON = frozenset({"16", "17"})
OWN = frozenset({"its", "their", "his", "her", "our", "my"})


class Patients:
    """Finds whom words act on, in one document. `taken` are tokens of those who act."""

    def __init__(self, view: View, cast: Cast, fits: dict[int, Fit]) -> None:
        self.view = view
        self.cast = cast
        self.fits = fits

    def of(self, token: int, taken: set[int], agents: list[int]) -> Iterator[list[int]]:
        """Whom the word may act on, in the order of likelihood."""
        view, cast = self.view, self.cast
        fit = self.fits.get(token)
        topic = fit is not None and "topic" in fit.row.roles
        if view.pos[token] in {"VERB", "AUX"}:
            if fit is not None and fit.phrase is not None and fit.row.roles & _IN_PHRASE:
                yield from self._some(self.open([fit.phrase], taken))
            datives = [k for k in view.kids[token] if view.dep[k] == "dative" and view.pos[k] not in {"ADP"}]
            yield from self._some(self.open(datives, taken))
            if topic:
                yield from self._by_preposition(token, taken, PARTNER_PREPOSITIONS)
                return
            objects = [o for o in view.objects(token) if o not in agents] or self._controlled(token)
            objects = [o for o in objects if not self._is_fired(token, o)]
            yield from self._some([o for o in objects if cast.is_actor(o) and not self.is_own(o, taken)])
            if fit is not None and fit.row.code.startswith("115"):  # 'joined X's case against Chad'
                yield from self._by_preposition(token, taken, ("against",))
            if fit is not None and fit.row.code[:2] in _ABOUT_THE_OBJECT:  # 'dismissed the IAEA report on Iran'
                yield from self._some(self.open(self._doers([token, *objects]), taken))
                yield from self._some([h for o in objects for h in cast.heads(o, 0) if h not in taken])
            if fit is not None and fit.row.code.startswith("11"):
                things = [p for preposition, p in view.prepositions(token, 1) if preposition in _COMPLAINED_OF]
                owners = [k for p in things for k in view.children(p, "poss") if cast.known(k)]
                yield from self._some([k for k in owners if k not in taken])  # 'complained about X's suit against Y'
                if fit.phrase is not None and fit.preposition == "at":
                    yield from self._some(self.open([fit.phrase], taken))
                for found in self._by_preposition(
                    token, taken, _COMPLAINED_OF
                ):  # of what befell one's own nobody is to blame
                    yield [t for t in found if cast.is_foreign(t, set(agents)) or not cast.known(t)]
            if fit is not None and fit.row.code[:2] in _LAID_ON:  # 'imposed controls on Chadian firms with the union'
                upon = [p for preposition, p in view.prepositions(token, 2) if preposition in {"on", "against"}]
                yield from self._some([h for h in self.open(upon, taken) if cast.known(h)])
            yield from self._by_preposition(token, taken, _TO_SOMEBODY)
            yield from self._some([h for o in objects for h in cast.heads(o, 0) if h not in taken and cast.known(h)])
            yield from self._by_preposition(token, taken, RECIPIENT_PREPOSITIONS)
            yield from self._some(self.open(objects, taken))
            return
        if view.pos[token] in {"NOUN", "PROPN"}:
            yield from self._by_preposition(token, taken, PARTNER_PREPOSITIONS if topic else NOMINAL_RECIPIENTS)
            if not topic:
                inside = ("poss", "compound", "amod", "nmod")
                yield from self._some(
                    [k for k in view.kids[token] if view.dep[k] in inside and cast.heads(k, 0) and k not in taken]
                )
            return
        yield from self._by_preposition(token, taken, RECIPIENT_PREPOSITIONS)

    def _by_preposition(self, token: int, taken: set[int], order: tuple[str, ...]) -> Iterator[list[int]]:
        """Actors in the phrases below `token`: actors that head a phrase first, in the order of prepositions."""
        phrases = list(self.view.prepositions(token, 3))
        for strict in (True, False):
            for preposition in order:
                for found, p in phrases:
                    if found != preposition or p in taken or self.is_own(p, taken):
                        continue
                    if strict and not self.cast.is_actor(p):
                        continue
                    yield from self._some(self.open(self.view.with_conjuncts(p), taken))

    def _is_fired(self, verb: int, o: int) -> bool:
        """'a missile fired from Chad': the missile is what it is done with, and not to whom."""
        fired = self.view.lemma[verb] in {"fire", "launch", "lob"}
        return fired and self.cast.words.lexicon.is_in(self.view.lemma[o], "@projectile")

    def _controlled(self, verb: int) -> list[int]:
        """'let inspectors enter', 'allowed aircraft to land': whom the verb lets act, hung from what they do."""
        view = self.view
        if view.lemma[verb] not in OBJECT_CONTROL or view.is_passive(verb):
            return []
        return [
            j
            for k in view.children(verb, "ccomp", "xcomp")
            if view.tag[k] not in {"VBD", "VBZ"}
            for s in view.children(k, "nsubj", "nsubjpass")
            for j in view.with_conjuncts(s)
        ]

    def _doers(self, deeds: list[int]) -> list[int]:
        """Who did what the sentence praises or condemns: 'condemned an attack by X', 'a raid carried out by X'."""
        view = self.view
        found: list[int] = []
        for deed in deeds:
            if view.is_passive(deed):
                continue
            for k in view.kids[deed]:
                by = k if view.dep[k] in {"prep", "agent"} and view.lower[k] == "by" else None
                if by is None and view.dep[k] == "acl" and view.tag[k] == "VBN":
                    by = next((a for a in view.kids[k] if view.lower[a] == "by"), None)
                if by is not None:
                    found.extend(j for p in view.children(by, "pobj") for j in view.with_conjuncts(p))
        return found

    def is_same(self, token: int, agents: list[int]) -> bool:
        """Whether a pronoun means those who act: 'warned that it could freeze aid'."""
        if not self.cast.is_pronoun(token) and self.view.lower[token] not in OWN:
            return False
        keys = {r.key for a in agents for r in self.cast.refs(a)}
        return bool(keys) and all(r.key in keys for r in self.cast.refs(token))

    def is_own(self, i: int, taken: set[int]) -> bool:
        """The agent again, or what is the agent's: 'its troops'."""
        heads = self.cast.heads(i)
        if heads and heads[0] in taken:
            return True
        if heads and self.is_sent(heads[0]):
            return True
        if heads and self.cast.is_foreign(heads[0], taken):
            return False  # 'met her Spanish counterpart'
        return any(self.view.dep[k] == "poss" and self.view.lower[k] in OWN for k in self.view.kids[i])

    def is_sent(self, i: int) -> bool:
        """Whether the country of the envoys or troops is known only from who sends them."""
        return any("sent by that state" in ref.reason for ref in self.cast.refs(i))

    def open(self, tokens: list[int], taken: set[int]) -> list[int]:
        found: list[int] = []
        for token in tokens:
            heads = [h for h in self.cast.heads(token) if h not in taken]
            found.extend(h for h in heads if h not in found)
        return found

    @staticmethod
    def _some(tokens: list[int]) -> Iterator[list[int]]:
        if tokens:
            yield tokens
