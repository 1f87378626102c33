"""Who acts in a candidate event."""

from __future__ import annotations

from .candidate import TRANSPARENT, Candidate
from .cast import Cast
from .clauses import View
from .matching import Fit
from .mood import DONE, mood_of, reporter_of

_DEEDS = frozenset({"17", "18", "19", "20"})
_OF_THE_SUBJECT = frozenset({"intend", "through", "attempt", "imminent", "consider"})
_ON_OCCASION = frozenset({"on", "during", "after", "following", "at", "in"})
_SENT = frozenset({"15", "07"})
_HELPERS = frozenset({"team", "rescuer", "medic", "doctor", "firefighter", "crew", "unit"})
_PASSING = frozenset({"pass", "adopt", "approve", "sign", "enact"})
_CRAFT = frozenset(
    {"flight", "plane", "airplane", "aeroplane", "airliner", "jetliner", "train", "ferry", "bus", "helicopter"}
)
_CARRY = frozenset({"carry", "bring", "take", "bear", "fly"})
_FIRED = frozenset({"fire", "launch", "lob", "shoot"})
_FIRING = _FIRED | {"hit", "strike", "land", "fall", "explode", "pierce", "slam", "kill", "wound"}
_LAID_AT = {"blame": "on", "pin": "on", "attribute": "to", "ascribe": "to", "claim": "by"}
"""How a deed is laid at somebody's door."""
_BY_THE_STATE = frozenset({"173", "174", "116", "112", "115", "090", "172"})


class Agents:
    """Finds who acts, in one document."""

    def __init__(self, view: View, cast: Cast, fits: dict[int, Fit]) -> None:
        self.view = view
        self.cast = cast
        self.fits = fits

    def of(self, candidate: Candidate) -> list[int]:
        view, top = self.view, candidate.top
        if candidate.duty or "report" in candidate.fit.row.roles:
            reporter = reporter_of(view, top)
            return self.among(view.subjects(reporter)) if reporter is not None else []
        if view.pos[top] in {"NOUN", "PROPN"}:
            found = self.of_noun(top) or (self._there_for(top) if candidate.code[:2] == "04" else [])
            return found or (self._forces(top) if candidate.code[:2] == "15" else [])
        if view.pos[top] in {"ADJ", "ADP", "ADV"} and view.pos[view.head[top]] in {"AUX", "VERB"}:
            return self.among(view.subjects(view.head[top]))
        if view.is_passive(top) and self._is_of_the_subject(candidate):
            return self.among(view.objects(top))
        found = self.among(view.subjects(top))
        if candidate.code[:3] in {"042", "036"}:
            found = [t for k in found for t in self._aboard(k)]
        if not found and view.dep[top] == "acl" and not view.is_passive(top):
            found = self.among(view.owner(view.head[top]))  # 'issued a declaration demanding'
        if not found and view.dep[top] == "relcl" and self._is_written(view.head[top]):
            found = self.among(view.owner(view.head[top]))  # 'signed a law that declares'
        if not found and view.is_passive(top) and candidate.code[:3] in _BY_THE_STATE:
            found = self._place_as_agent(top)
        if not found and candidate.code[:2] in _SENT and view.is_passive(top):
            moved = self.among(view.objects(top))  # 'troops from Togo were sent to Mali'
            found = [k for k in moved if self._is_sent_out(k)]
        if not found and view.is_passive(top):
            found = self._by_further_on(top)
        if view.lemma[top] in _FIRING and all(self._is_projectile(t) for t in found):
            found = self._fired_from(top) or found
        if not found and self._is_told_of(candidate):
            found = self.of_noun(candidate.base)
        return found

    def _is_written(self, noun: int) -> bool:
        """A law or an accord: what it bans or ends is banned or ended by those who make it."""
        view, classes = self.view, self.cast.words.lexicon.classes_of(self.view.lemma[noun])
        if view.dep[noun] != "dobj" or mood_of(view, view.head[noun]) != DONE:
            return False
        passed = "@proposal" in classes and view.lemma[view.head[noun]] in _PASSING
        return passed or not classes.isdisjoint({"@decision", "@agreement"})

    def _aboard(self, k: int) -> list[int]:
        """Of 'a plane carrying the Chadian president landed' those aboard; of other craft nobody: a flight is no visit."""
        view = self.view
        if view.lemma[k] not in _CRAFT:
            return [k]
        carried = [o for c in view.children(k, "acl") if view.lemma[c] in _CARRY for o in view.children(c, "dobj")]
        return self.among([j for o in carried for j in view.with_conjuncts(o)])

    def _is_sent_out(self, k: int) -> bool:
        """Whether somebody is sent who acts there: troops, teams of rescuers."""
        lexicon = self.cast.words.lexicon
        return lexicon.is_in(self.view.lemma[k], "@troops") or self.view.lemma[k] in _HELPERS

    def _by_further_on(self, verb: int) -> list[int]:
        """'was placed under house arrest by police', 'was granted a loan by Japan': the parser hangs the doer lower."""
        for preposition, p in self.view.prepositions(verb, 3):
            if preposition == "by" and p > verb:
                found = self.among(self.view.with_conjuncts(p))
                if found:
                    return found
        return []

    def _is_projectile(self, t: int) -> bool:
        """A missile or a shell of which the phrase does not say whose it is."""
        return self.cast.words.lexicon.is_in(self.view.lemma[t], "@projectile") and not self.cast.known(t)

    def _fired_from(self, verb: int) -> list[int]:
        """'rockets fired from Gaza', 'a shell fired from the Syrian side hit a town': those there."""
        view = self.view
        fired = [verb, *(k for s in view.subjects(verb) for k in view.children(s, "acl") if view.lemma[k] in _FIRED)]
        if view.lemma[verb] not in _FIRED:
            fired = fired[1:]
        for k in fired:
            found = [
                p
                for preposition, p in view.prepositions(k, 1)
                if preposition in {"from", "by"} and p > k and self.cast.known(p)
            ]
            if found and (view.is_passive(k) or k != verb):
                return found
        return []

    def _is_told_of(self, candidate: Candidate) -> bool:
        """Whether a passive tells of a deed that names who did it: 'the release of two pilots by X was announced'."""
        view = self.view
        carried = view.pos[candidate.base] == "NOUN" and view.is_passive(candidate.top)
        return carried and all(step.operator in TRANSPARENT for step in candidate.steps)

    def _is_of_the_subject(self, candidate: Candidate) -> bool:
        """A passive whose subject acts: 'is expected to discuss', 'are engaged in fighting', 'is opposed to'."""
        fit = self.fits.get(candidate.top)
        if fit is not None and fit.row.source.startswith("adjectives"):
            return True
        last = next((s.operator for s in candidate.steps if s.token == candidate.top), "")
        if last == "light":
            return candidate.base not in self.view.objects(candidate.top)
        return last in _OF_THE_SUBJECT

    def among(self, tokens: list[int]) -> list[int]:
        """Those of `tokens` that hold an actor."""
        found = []
        for token in tokens:
            fit = self.fits.get(token)
            if fit is not None and fit.row.code[:2] in _DEEDS and self.view.pos[token] == "NOUN":
                found.extend(self.of_noun(token))  # 'a bombing near Samarra killed': no town kills
            elif self.cast.is_pronoun(token) or self.cast.heads(token):
                found.append(token)
        return found

    def _place_as_agent(self, verb: int) -> list[int]:
        """'was arrested in Niger': the state on whose ground it happened, for what only authorities do."""
        for k in self.view.children(verb, "prep"):
            if self.view.lower[k] == "in":
                for p in self.view.children(k, "pobj"):
                    if self.view.ent[p] == "GPE" and self.cast.known(p):
                        return [p]
        return []

    def _may_do(self, k: int) -> bool:
        """Whether the word before a deed can be who did it: not in 'military aid', 'prisoner swap', 'anti-Syrian rally'."""
        fit = self.fits.get(self.view.head[k])
        peaceful = fit is None or fit.row.code[:2] not in _DEEDS
        if self.cast.is_against(k) or (peaceful and self.view.dep[k] == "amod" and not self.cast.is_named(k)):
            return False
        return not self.cast.words.lexicon.is_in(self.view.lemma[k], "@prisoner")

    def _claims(self, noun: int) -> list[int]:
        """'claimed responsibility for a raid': who says that it was he."""
        view = self.view
        if view.dep[noun] != "pobj" or view.lower[view.head[noun]] != "for":
            return []
        claimed = view.head[view.head[noun]]
        verb = view.head[claimed] if view.lemma[claimed] in {"responsibility", "credit"} else claimed
        claims = view.lemma[verb] in {"claim", "take", "admit"} and view.pos[verb] == "VERB"
        return self.among(view.subjects(verb)) if claims else []

    def _blamed(self, noun: int) -> list[int]:
        """'an attack blamed on the rebels', 'a bombing attributed to them', 'a raid claimed by them'."""
        view = self.view
        fit = self.fits.get(noun)
        if fit is None or fit.row.code[:2] not in _DEEDS:
            return []
        things = [p for preposition, p in view.prepositions(noun, 1) if preposition in {"on", "at", "against"}]
        for k in (a for n in (noun, *things) for a in view.children(n, "acl")):  # 'an attack on a base blamed on X'
            after = _LAID_AT.get(view.lemma[k])
            found = [p for preposition, p in view.prepositions(k, 1) if preposition == after]
            if found:
                return self.among(found)
        return []

    def of_noun(self, noun: int) -> list[int]:
        view = self.view
        found = self._claims(noun) or self._blamed(noun)
        if found:
            return found
        found = self._after(noun, {"by"}, "prep", "agent")
        if found:
            return found
        for k in view.kids[noun]:
            if view.dep[k] in {"poss", "compound", "amod", "nmod"} and self.cast.heads(k, 0) and self._may_do(k):
                return self.among(view.with_conjuncts(k))
        return self._after(noun, {"between", "among"}, "prep") or self._after(noun, {"from"}, "prep")

    def _forces(self, noun: int) -> list[int]:
        """'a buildup of Chadian troops': those who are moved act."""
        found = self._after(noun, {"of"}, "prep")
        return [k for k in found if self.cast.words.lexicon.is_in(self.view.lemma[k], "@troops")]

    def _there_for(self, noun: int) -> list[int]:
        """Who 'is in Riga for talks', who said something 'on a visit to Riga'."""
        view = self.view
        there = view.presence(noun)
        if there is not None:
            return self.among(view.subjects(there))
        occasion = view.head[noun]
        if view.dep[noun] != "pobj" or view.lower[occasion] not in _ON_OCCASION:
            return []
        above = view.head[occasion]
        if view.pos[above] in {"VERB", "AUX"}:  # 'said during a visit to Chad'
            return self.among(view.subjects(above))
        return self.among([above]) if view.dep[above] in {"nsubj", "nsubjpass"} else []  # 'X, on a visit to Chad, said'

    def _after(self, noun: int, words: set[str], *deps: str) -> list[int]:
        """Those who act in the first phrase of the noun that begins with one of `words` and holds any."""
        view = self.view
        for k in view.children(noun, *deps):
            if view.lower[k] in words:
                found = [j for p in view.children(k, "pobj") for j in self.among(view.with_conjuncts(p))]
                if found:
                    return found
        return []
