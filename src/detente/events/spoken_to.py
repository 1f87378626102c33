"""Whom demands, appeals and threats are addressed to: who is spoken to, who holds what is asked for, whose conduct it is."""

from __future__ import annotations

from .agents import Agents
from .candidate import Candidate
from .cast import Cast
from .clauses import View, word_set
from .patients import Patients

_ASKING = frozenset({"02", "10"})
_HOLDING = word_set(
    "hold capture detain seize arrest jail imprison take kidnap abduct intern keep occupy confiscate impound loot steal "
    "sentence convict shoot_down down incarcerate intercept control annex"
)
_HELD_BY = frozenset({"by", "in", "from"})
"""What joins 'held', 'jailed' or 'looted' to those who can give it back."""


class SpokenTo:
    """Finds who is spoken to, in one document."""

    def __init__(self, view: View, cast: Cast, agents: Agents, patients: Patients) -> None:
        self.view = view
        self.cast = cast
        self.agents = agents
        self.patients = patients

    def addressees(self, operator: int, taken: set[int]) -> list[int]:
        view = self.view
        if view.is_passive(operator):
            return [t for t in self.agents.among(view.objects(operator)) if t not in taken]
        for k in view.kids[operator]:
            if view.dep[k] in {"dative"} and view.pos[k] != "ADP":
                return self.agents.among([k])
        found = [t for t in self.agents.among(view.objects(operator)) if t not in taken]
        direct = [t for t in found if self.cast.is_actor(t)]
        if direct:
            return direct
        for preposition, p in view.prepositions(operator):
            if (
                preposition in {"on", "upon", "to", "from", "against", "of", "with"}
                and self.cast.is_actor(p)
                and p not in taken
            ):
                return [j for j in view.with_conjuncts(p) if self.cast.is_actor(j)]
        return found

    def asked(self, operator: int, taken: set[int]) -> list[int]:
        """'demanded that Iran forsake the bomb': whom the clause is about, where its verb is in no table."""
        view = self.view
        found = [t for t in self.addressees(operator, taken) if self.cast.known(t)]
        if found:
            return found
        for k in view.children(operator, "ccomp", "xcomp"):
            subject = view.child(k, "nsubj", "nsubjpass")
            if subject is not None:
                return [t for t in self.agents.among(view.with_conjuncts(subject)) if t not in taken]
            for patients in self.patients.of(k, taken, []):
                if any(self.cast.known(t) for t in patients):
                    return patients  # 'threatened to cut off electricity to Chad'
        return []

    def holders(self, candidate: Candidate, asked_for: list[int], taken: set[int]) -> list[int]:
        """'demanded the release of two sailors held by Chad', 'of a poet jailed in Chad': who has them is asked."""
        view = self.view
        if candidate.code[:2] not in _ASKING or any(self.cast.known(t) for t in asked_for if not self._is_held(t)):
            return []
        for thing in (*asked_for, *(p for _, p in view.prepositions(candidate.base, 1))):
            for k in (*view.children(thing, "acl"), *view.children(thing, "relcl")):
                if view.lemma[k] not in _HOLDING:
                    continue
                by = [p for preposition, p in view.prepositions(k, 1) if preposition in _HELD_BY]
                found = [t for t in self.patients.open(by, taken) if self.cast.known(t)]
                if found:
                    return found
        return []

    def _is_held(self, i: int) -> bool:
        return any(self.view.lemma[k] in _HOLDING for k in self.view.children(i, "acl", "relcl"))

    def conditioned(self, candidate: Candidate, taken: set[int]) -> list[int]:
        """'threatened to stop the talks if Chad attacks', 'set a deadline for Chad to reply': whose conduct it is about."""
        view = self.view
        if candidate.code[:2] != "13":
            return []
        chain = {candidate.base, *(s.token for s in candidate.steps)}
        for token in chain | {k for t in chain for k in view.children(t, "xcomp")}:
            for k in view.children(token, "advcl"):
                if any(view.lower[m] in {"if", "unless", "until", "for"} for m in view.children(k, "mark", "advmod")):
                    found = [t for s in view.children(k, "nsubj") for t in view.with_conjuncts(s) if t not in taken]
                    if any(self.cast.known(t) for t in found):
                        return found
        return []
