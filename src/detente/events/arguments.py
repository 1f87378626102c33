"""Who acts and who is acted on in a candidate event."""

from __future__ import annotations

from dataclasses import dataclass

from ..claims import ActorRef
from .agents import Agents
from .candidate import Candidate
from .cast import Cast
from .clauses import View
from .homes import Homes
from .matching import Fit
from .owners import is_known
from .recipients import Recipients, several


@dataclass(frozen=True, slots=True)
class Roles:
    """The cast of one event."""

    actors: tuple[ActorRef, ...] = ()
    recipients: tuple[ActorRef, ...] = ()
    reciprocal: bool = False
    agent_tokens: tuple[int, ...] = ()
    recipient_tokens: tuple[int, ...] = ()


class Arguments:
    """Finds the roles of candidates in one document."""

    def __init__(self, view: View, cast: Cast, fits: dict[int, Fit]) -> None:
        self.view = view
        self.cast = cast
        self.agents = Agents(view, cast, fits)
        self.recipients = Recipients(view, cast, fits, self.agents)
        self.homes = Homes(view, cast)

    def of(self, candidate: Candidate) -> Roles:
        agents = self.agents.of(candidate)
        recipients = self.recipients.of(candidate, agents)
        roles = candidate.fit.row.roles
        if "rev" in roles and not candidate.addressed:
            agents, recipients = [t for t in recipients if not self._is_scene(t)], agents
        if not agents and len(recipients) > 1 and all(map(self._is_between, recipients)):
            agents = recipients  # 'a swap was agreed between X and Y'
        reciprocal, recipients = self._between_themselves(candidate, agents, recipients)
        actor_refs = self._refs(agents)
        recipient_refs = self._refs(recipients)
        abroad = "recip" in roles and candidate.code[:2] in _HELD_SOMEWHERE
        actor_refs = self.homes.fill(actor_refs, agents, recipient_refs, abroad=abroad)
        met = candidate.code[:2] == "04"
        recipient_refs = self.homes.fill(recipient_refs, recipients, actor_refs, abroad=abroad, met=met)
        if reciprocal and not recipient_refs and len(actor_refs) > 1:
            recipient_refs = actor_refs
        elif recipients != agents:
            recipient_refs = _others(recipient_refs, actor_refs)
        return Roles(actor_refs, recipient_refs, reciprocal, tuple(agents), tuple(recipients))

    def _between_themselves(
        self, candidate: Candidate, agents: list[int], recipients: list[int]
    ) -> tuple[bool, list[int]]:
        """(whether both sides act, who is acted on) where several do something together or to each other."""
        roles, root = candidate.fit.row.roles, candidate.code[:2]
        mutual = "recip" in roles or root == "03"
        if mutual and several(self.cast, agents) and not self._outsiders(agents, recipients):
            recipients = []  # 'agreed on a pact between the two countries': the agents themselves
        if candidate.code == "057" and several(self.cast, agents) and not any(map(self._is_partner, recipients)):
            recipients = []  # 'reached agreement on the status of X': X is what it is about
        reciprocal = "recip" in roles and (root in _RECIPROCAL or candidate.code == "057")
        together = "recip" in roles or (root == "03" and several(self.cast, agents))
        if together and root in _RECIPROCAL_ALONE and not recipients:
            reciprocal = True  # 'the two sides refused to meet'
        if len(agents) > 1 and root in _SHARED and self._is_theirs(candidate, recipients):
            reciprocal, recipients = True, agents  # 'A and B postponed their meeting'
        if len(agents) > 1 and (not recipients or self._acts_on_other(candidate)) and self._each_other(candidate):
            reciprocal, recipients = True, agents  # 'A and B accused each other of sheltering rebels'
        if reciprocal and not recipients and len(agents) > 1:
            recipients = agents
        return reciprocal, recipients

    def _each_other(self, candidate: Candidate) -> bool:
        """Whether 'each other' or 'one another' stands where the other side would."""
        view = self.view
        for token in {candidate.base, candidate.top, *(step.token for step in candidate.steps)}:
            for k in (*view.objects(token), *(p for _, p in view.prepositions(token, 1))):
                if view.lower[k] in {"other", "another"} and k and view.lower[k - 1] in {"each", "one"}:
                    return True
        return False

    def _acts_on_other(self, candidate: Candidate) -> bool:
        """Whether 'other' is what the verb acts on."""
        return any(self.view.lower[o] in {"other", "another"} for o in self.view.objects(candidate.top))

    def _is_partner(self, token: int) -> bool:
        """Whether the recipient stands after 'with': 'signed a treaty with Chad'."""
        view = self.view
        for _ in range(4):
            if view.dep[token] == "pobj":
                return view.lower[view.head[token]] in {"with", "between", "alongside"}
            token = view.head[token]
        return False

    def _is_theirs(self, candidate: Candidate, recipients: list[int]) -> bool:
        """Whether the other side is only 'their' or 'each other': those who act ('reopened their border')."""
        view = self.view
        if recipients:
            return all(view.lower[t] in {"their", "other", "another"} for t in recipients)
        if view.pos[candidate.base] != "VERB":
            return False
        return any(view.lower[k] == "their" for o in view.objects(candidate.base) for k in view.children(o, "poss"))

    def _is_scene(self, token: int) -> bool:
        """Whether the place only says where: 'died in a shooting in Kansas City'."""
        view = self.view
        if not self.cast.is_place(token):
            return False
        if view.dep[token] in {"compound", "nmod"} and not self.cast.words.lexicon.is_in(
            view.lemma[view.head[token]], "@attack"
        ):
            token = view.head[token]  # 'at a Kansas City home'
        return view.dep[token] == "pobj" and view.lower[view.head[token]] in _SCENE

    def _is_between(self, token: int) -> bool:
        """Whether the recipient stands after 'between' or is coordinated with one that does."""
        view = self.view
        while view.dep[token] == "conj":
            token = view.head[token]
        return view.dep[token] == "pobj" and view.lower[view.head[token]] == "between"

    def _outsiders(self, agents: list[int], recipients: list[int]) -> bool:
        """Whether some recipient is known and is none of those who act together."""
        keys = {r.key for a in agents for r in self.cast.refs(a)}
        return any(is_known(r) and r.key not in keys for t in recipients for r in self.cast.refs(t))

    def _refs(self, tokens: list[int]) -> tuple[ActorRef, ...]:
        found: list[ActorRef] = []
        for token in tokens:
            for ref in self.cast.refs(token):
                if all(ref.key != other.key or ref.text != other.text for other in found):
                    found.append(ref)
        return tuple(found)


def _others(recipients: tuple[ActorRef, ...], actors: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
    """The recipients that are not the actors again; where all are, those that the text at least names apart."""
    known = {_identity(a) for a in actors}
    spans = {a.span for a in actors}
    others = tuple(r for r in recipients if _identity(r) not in known)
    return others or tuple(r for r in recipients if r.span not in spans)


def _identity(ref: ActorRef) -> tuple[str, str]:
    """Two references are one actor when country and code agree: a government and its people are two."""
    return ref.key, ref.code or ref.role or ref.text


_HELD_SOMEWHERE = frozenset({"03", "04", "05"})
_SCENE = frozenset({"in", "at", "near", "on", "outside"})
_SHARED = frozenset({"03", "04", "05", "06", "08", "12", "16"})
"""What two do to something of theirs they do to each other: talks, ties, treaties."""
_RECIPROCAL = frozenset({"04", "06", "08", "19"})
_RECIPROCAL_ALONE = frozenset({"03", "05", "12", "16"})
