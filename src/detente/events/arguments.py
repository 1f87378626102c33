"""Who acts and who is acted on in a candidate event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..claims import ActorRef
from .cast import Cast, is_known
from .clauses import View
from .homes import Homes
from .lifting import ADDRESSING, Candidate
from .matching import Fit
from .mood import reporter_of

RECIPIENT_PREPOSITIONS = (
    "to", "with", "against", "on", "upon", "at", "for", "from", "between", "towards", "toward", "over", "into",
    "among", "of", "in", "about", "near", "around", "alongside", "off", "through", "under", "by", "onto", "inside",
)  # fmt: skip
PARTNER_PREPOSITIONS = ("with", "between", "among", "alongside")
NOMINAL_RECIPIENTS = ("on", "against", "of", "to", "with", "for", "from", "in", "at", "between", "into", "near")


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
        self.fits = fits
        self.homes = Homes(view, cast)

    def of(self, candidate: Candidate) -> Roles:
        agents = self._agents(candidate)
        recipients = self._recipients(candidate, agents)
        roles = candidate.fit.row.roles
        if "rev" in roles and not candidate.addressed:
            agents, recipients = [t for t in recipients if not self._is_scene(t)], agents
        mutual = "recip" in roles or candidate.code[:2] == "03"
        if mutual and self._several(agents) and not self._outsiders(agents, recipients):
            recipients = []  # 'agreed on a pact between the two countries': the agents themselves
        reciprocal = "recip" in roles and candidate.code[:2] in _RECIPROCAL
        together = "recip" in roles or (candidate.code[:2] == "03" and len(agents) > 1)
        if together and candidate.code[:2] in _RECIPROCAL_ALONE and not recipients:
            reciprocal = True  # 'the two sides refused to meet'
        if reciprocal and not recipients and len(agents) > 1:
            recipients = agents
        actor_refs = self._refs(agents)
        recipient_refs = self._refs(recipients)
        actor_refs = self.homes.fill(actor_refs, agents, recipient_refs)
        recipient_refs = self.homes.fill(recipient_refs, recipients, actor_refs)
        if reciprocal and not recipient_refs and len(actor_refs) > 1:
            recipient_refs = actor_refs
        elif recipients != agents:
            known = {_identity(a) for a in actor_refs}
            recipient_refs = tuple(r for r in recipient_refs if _identity(r) not in known) or recipient_refs
        return Roles(actor_refs, recipient_refs, reciprocal, tuple(agents), tuple(recipients))

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

    def _several(self, agents: list[int]) -> bool:
        """Whether more than one actor stands behind the agents: 'A and B', 'the leaders of A and B'."""
        return len(agents) > 1 or len({r.key for a in agents for r in self.cast.refs(a)}) > 1

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

    # --- who acts -------------------------------------------------------------------------------------

    def _agents(self, candidate: Candidate) -> list[int]:
        view = self.view
        if candidate.duty:
            reporter = reporter_of(view, candidate.top)
            return self._actors(view.subjects(reporter)) if reporter is not None else []
        top = candidate.top
        if "report" in candidate.fit.row.roles:
            reporter = reporter_of(view, top)
            return self._actors(view.subjects(reporter)) if reporter is not None else []
        if view.pos[top] in {"NOUN", "PROPN"}:
            return self._agents_of_noun(top)
        if view.pos[top] in {"ADJ", "ADP", "ADV"} and view.pos[view.head[top]] in {"AUX", "VERB"}:
            return self._actors(view.subjects(view.head[top]))
        if view.is_passive(top) and self._is_of_the_subject(candidate):
            return self._actors(view.objects(top))
        found = self._actors(view.subjects(top))
        if not found and view.dep[top] == "acl":
            found = self._actors(view.owner(view.head[top]))  # 'issued a declaration demanding'
        if not found and view.is_passive(top) and candidate.code[:3] in _BY_THE_STATE:
            found = self._place_as_agent(top)
        return found

    def _is_of_the_subject(self, candidate: Candidate) -> bool:
        """A passive whose subject acts: 'is expected to discuss', 'are engaged in fighting', 'is opposed to'."""
        fit = self.fits.get(candidate.top)
        if fit is not None and fit.row.source.startswith("adjectives"):
            return True
        last = next((s.operator for s in candidate.steps if s.token == candidate.top), "")
        if last == "light":
            return candidate.base not in self.view.objects(candidate.top)
        return last in _OF_THE_SUBJECT

    def _actors(self, tokens: list[int]) -> list[int]:
        """Those of `tokens` that hold an actor."""
        found = []
        for token in tokens:
            fit = self.fits.get(token)
            if fit is not None and fit.row.code[:2] in _DEEDS and self.view.pos[token] == "NOUN":
                found.extend(self._agents_of_noun(token))  # 'a bombing near Samarra killed': no town kills
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

    def _agents_of_noun(self, noun: int) -> list[int]:
        view = self.view
        for k in view.kids[noun]:
            if view.dep[k] in {"prep", "agent"} and view.lower[k] == "by":
                found = [j for p in view.children(k, "pobj") for j in self._actors(view.with_conjuncts(p))]
                if found:
                    return found
        for k in view.kids[noun]:
            if view.dep[k] in {"poss", "compound", "amod", "nmod"} and self.cast.heads(k, 0):
                return self._actors(view.with_conjuncts(k))
        for k in view.kids[noun]:
            if view.dep[k] == "prep" and view.lower[k] in {"between", "among"}:
                found = [j for p in view.children(k, "pobj") for j in self._actors(view.with_conjuncts(p))]
                if found:
                    return found
        for k in view.kids[noun]:
            if view.dep[k] == "prep" and view.lower[k] in {"from"}:
                found = [j for p in view.children(k, "pobj") for j in self._actors(view.with_conjuncts(p))]
                if found:
                    return found
        return []

    # --- who is acted on ------------------------------------------------------------------------------

    def _recipients(self, candidate: Candidate, agents: list[int]) -> list[int]:
        view = self.view
        taken = {h for a in agents for h in self.cast.heads(a)} | set(agents)
        if candidate.duty or "report" in candidate.fit.row.roles:
            top = candidate.top
            clause = view.head[top] if view.pos[top] in {"ADJ", "ADP", "ADV"} else top
            found = self._actors(view.subjects(clause))
            if found:
                return found
        if not candidate.steps and candidate.fit.row.operator in ADDRESSING:
            asked = self._asked(candidate.base, taken)
            if asked:
                return asked
        if candidate.addressed is not None:
            found = self._addressees(candidate.addressed, taken)
            if found:
                return found
            inner = [t for t in self._inner_agents(candidate) if t not in taken and not self._is_same(t, agents)]
            if inner:
                return inner
        chain = list(dict.fromkeys([candidate.base, *(s.token for s in candidate.steps)]))
        owners = self._owners_of_what_is_answered(candidate, chain, taken)
        if owners:
            return owners
        fallback: list[int] = []
        elsewhere = self._only_where(candidate, chain, agents)
        for token in chain:
            for patients in self._patients(token, taken | elsewhere, agents):
                found = [t for t in patients if not self._is_same(t, agents)]
                if any(self.cast.known(t) for t in found):
                    return found
                fallback = fallback or found
        return self._helped(candidate, taken) or self._conditioned(candidate, taken) or fallback

    def _helped(self, candidate: Candidate, taken: set[int]) -> list[int]:
        """'sent arms to help defend Chad', 'opened the bridge to let aid into Chad': those named in the purpose."""
        view = self.view
        if candidate.code[:2] not in _GIVING:
            return []
        level = [candidate.base]
        for _ in range(3):
            level = [
                k
                for i in level
                for k in view.children(i, "xcomp", "advcl", "ccomp")
                if view.tag[k] == "VB" and view.child(k, "nsubj") is None
            ]
            for k in level:
                named = [o for o in view.objects(k) if self.cast.is_actor(o)]
                named += [p for preposition, p in view.prepositions(k, 3) if preposition in _TO_WHOM]
                found = [t for t in self._open(named, taken) if self.cast.known(t) and not self._is_own(t, taken)]
                if found:
                    return found
        return []

    def _only_where(self, candidate: Candidate, chain: list[int], agents: list[int]) -> set[int]:
        """Places that say where it happened and not to whom: 'agreed in Geneva', 'met at Panmunjom'."""
        mutual = "recip" in candidate.fit.row.roles and self._several(agents)
        if candidate.code[:2] not in _SAID_SOMEWHERE and not mutual:
            return set()
        view = self.view
        found: set[int] = set()
        for token in chain:
            for preposition, p in view.prepositions(token, 5 if mutual else 1):
                if preposition in {"in", "at"} and self.cast.is_place(p):
                    found.add(p)
                elif mutual and preposition in {"in", "at", "near", "off", "along", "outside"}:
                    found.update(self.cast.heads(p))
        return found

    def _owners_of_what_is_answered(self, candidate: Candidate, chain: list[int], taken: set[int]) -> list[int]:
        """'rejected a French request', 'agreed to US mediation', 'vetoed a draft of Chad': who asked or offered."""
        answers = candidate.steps and candidate.steps[-1].operator in {"refuse", "agree", "negate"}
        plain = not candidate.steps and candidate.code[:2] == "12"
        if not answers and not plain:
            return []
        view = self.view
        for token in reversed([*chain, *candidate.fit.objects] if plain else chain):
            if view.pos[token] != "NOUN":
                continue
            for k in view.kids[token]:
                if view.dep[k] in {"poss", "compound", "amod", "nmod"} and self.cast.heads(k, 0) and self.cast.known(k):
                    found = [h for h in self._actors(view.with_conjuncts(k)) if h not in taken]
                    if found:
                        return found
            for k in view.children(token, "prep"):
                if view.lower[k] in {"from", "by"} or (view.lower[k] == "of" and self._is_proposal(token)):
                    named = [p for p in view.children(k, "pobj") if view.lower[k] != "of" or self.cast.known(p)]
                    found = [h for p in named for h in self._open(view.with_conjuncts(p), taken)]
                    if found:
                        return found
        return []

    def _is_proposal(self, token: int) -> bool:
        return self.cast.words.lexicon.is_in(self.view.lemma[token], "@proposal")

    def _addressees(self, operator: int, taken: set[int]) -> list[int]:
        view = self.view
        if view.is_passive(operator):
            return [t for t in self._actors(view.objects(operator)) if t not in taken]
        for k in view.kids[operator]:
            if view.dep[k] in {"dative"} and view.pos[k] != "ADP":
                return self._actors([k])
        found = [t for t in self._actors(view.objects(operator)) if t not in taken]
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

    def _asked(self, operator: int, taken: set[int]) -> list[int]:
        """'demanded that Iran forsake the bomb': whom the clause is about, where its verb is in no table."""
        view = self.view
        found = [t for t in self._addressees(operator, taken) if self.cast.known(t)]
        if found:
            return found
        for k in view.children(operator, "ccomp", "xcomp"):
            subject = view.child(k, "nsubj", "nsubjpass")
            if subject is not None:
                return [t for t in self._actors(view.with_conjuncts(subject)) if t not in taken]
            for patients in self._patients(k, taken, []):
                if any(self.cast.known(t) for t in patients):
                    return patients  # 'threatened to cut off electricity to Chad'
        return []

    def _conditioned(self, candidate: Candidate, taken: set[int]) -> list[int]:
        """'threatened to stop the talks if Chad attacks': whose conduct the threat is about."""
        view = self.view
        if candidate.code[:2] != "13":
            return []
        chain = {candidate.base, *(s.token for s in candidate.steps)}
        for token in chain | {k for t in chain for k in view.children(t, "xcomp")}:
            for k in view.children(token, "advcl"):
                if any(view.lower[m] in {"if", "unless", "until"} for m in view.children(k, "mark", "advmod")):
                    found = [t for s in view.children(k, "nsubj") for t in view.with_conjuncts(s) if t not in taken]
                    if any(self.cast.known(t) for t in found):
                        return found
        return []

    def _inner_agents(self, candidate: Candidate) -> list[int]:
        base = candidate.base
        if self.view.pos[base] in {"VERB", "AUX"}:
            return self._actors(self.view.subjects(base))
        return self._agents_of_noun(base)

    def _patients(self, token: int, taken: set[int], agents: list[int]) -> Iterator[list[int]]:
        """Whom the word may act on, in the order of likelihood."""
        view, cast = self.view, self.cast
        fit = self.fits.get(token)
        topic = fit is not None and "topic" in fit.row.roles
        if view.pos[token] in {"VERB", "AUX"}:
            if fit is not None and fit.phrase is not None and fit.row.roles & {"with", "to", "from", "of", "on"}:
                yield from self._some(self._open([fit.phrase], taken))
            datives = [k for k in view.kids[token] if view.dep[k] == "dative" and view.pos[k] not in {"ADP"}]
            yield from self._some(self._open(datives, taken))
            if topic:
                yield from self._by_preposition(token, taken, PARTNER_PREPOSITIONS)
                return
            objects = [o for o in view.objects(token) if o not in agents]
            yield from self._some([o for o in objects if cast.is_actor(o) and not self._is_own(o, taken)])
            if fit is not None and fit.row.code[:2] in _ABOUT_THE_OBJECT:  # 'dismissed the IAEA report on Iran'
                yield from self._some([h for o in objects for h in cast.heads(o, 0) if h not in taken])
            yield from self._by_preposition(token, taken, RECIPIENT_PREPOSITIONS)
            yield from self._some(self._open(objects, taken))
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

    def _is_same(self, token: int, agents: list[int]) -> bool:
        """Whether a pronoun means those who act: 'warned that it could freeze aid'."""
        if not self.cast.is_pronoun(token) and self.view.lower[token] not in _OWN:
            return False
        keys = {r.key for a in agents for r in self.cast.refs(a)}
        return bool(keys) and all(r.key in keys for r in self.cast.refs(token))

    def _is_own(self, i: int, taken: set[int]) -> bool:
        """The agent again, or what is the agent's: 'its troops'."""
        heads = self.cast.heads(i)
        if heads and heads[0] in taken:
            return True
        if heads and self.cast.is_foreign(heads[0], taken):
            return False  # 'met her Spanish counterpart'
        return any(self.view.dep[k] == "poss" and self.view.lower[k] in _OWN for k in self.view.kids[i])

    @staticmethod
    def _some(tokens: list[int]) -> Iterator[list[int]]:
        if tokens:
            yield tokens

    def _open(self, tokens: list[int], taken: set[int]) -> list[int]:
        found: list[int] = []
        for token in tokens:
            heads = [h for h in self.cast.heads(token) if h not in taken]
            found.extend(h for h in heads if h not in found)
        return found

    def _by_preposition(self, token: int, taken: set[int], order: tuple[str, ...]) -> Iterator[list[int]]:
        """Actors in the phrases below `token`: actors that head a phrase first, in the order of prepositions."""
        phrases = list(self.view.prepositions(token, 3))
        for strict in (True, False):
            for preposition in order:
                for found, p in phrases:
                    if found != preposition or p in taken or self._is_own(p, taken):
                        continue
                    if strict and not self.cast.is_actor(p):
                        continue
                    yield from self._some(self._open(self.view.with_conjuncts(p), taken))


_SAID_SOMEWHERE = frozenset({"01", "02", "03", "05", "10", "11", "12", "16"})
_SCENE = frozenset({"in", "at", "near", "on", "outside"})
_GIVING = frozenset({"03", "06", "07", "08", "14"})
_TO_WHOM = frozenset({"to", "into", "for", "against", "by", "from", "of", "at", "over"})
_DEEDS = frozenset({"17", "18", "19", "20"})
_OF_THE_SUBJECT = frozenset({"intend", "through", "attempt", "imminent", "consider"})
_ABOUT_THE_OBJECT = frozenset({"05", "11", "12", "09"})
_BY_THE_STATE = frozenset({"173", "174", "116", "112", "115", "090", "172"})
_OWN = frozenset({"its", "their", "his", "her", "our", "my"})


def _identity(ref: ActorRef) -> tuple[str, str]:
    """Two references are one actor when country and code agree: a government and its people are two."""
    return ref.key, ref.code or ref.role or ref.text


_RECIPROCAL = frozenset({"04", "05", "06", "08", "19"})
_RECIPROCAL_ALONE = frozenset({"03", "12", "16"})
