"""Who is acted on in a candidate event."""

from __future__ import annotations

from .agents import Agents
from .candidate import ADDRESSING, Candidate
from .cast import Cast
from .clauses import View, word_set
from .matching import Fit
from .patients import OWN, Patients
from .spoken_to import SpokenTo

_SAID_SOMEWHERE = frozenset({"01", "02", "03", "05", "10", "11", "12", "16"})
_FORCE = frozenset({"17", "18", "19", "20"})
_BESIDE = frozenset({"near", "on", "along", "at", "off", "outside", "close_to"})
_LINES = word_set("border frontier boundary coast coastline shore line")
_CHARGES = word_set("charge suspicion allegation accusation count conviction offence offense link tie role part")
_GIVING = frozenset({"03", "06", "07", "08", "14"})
_TO_WHOM = frozenset({"to", "into", "for", "against", "by", "from", "of", "at", "over"})
_GOING = word_set("leading linking connecting bound headed heading running crossing destined belonging pertaining")
_CARRYING = frozenset({"carrying", "transporting", "ferrying"})
_FOES = frozenset({"REB", "OPP", "SEP", "INS", "UAF"})
"""An army and the rebels of its land are two."""
_ANSWERS = frozenset({"10", "11", "12", "02"})
_DRAWING = word_set("draw prompt provoke spark trigger elicit attract bring cause arouse face earn")
_FALLING = word_set("die kill wound injure hurt shoot maim")
_AWAITED = word_set("expect due await schedule set")
_MISSIONS = frozenset({"embassy", "consulate"})
_HALLS = word_set("house palace castle hall chateau residence villa hotel mansion lodge library cathedral")
"""Buildings in whose rooms something is signed or said: 'received the guests at the Blue House'."""


class Recipients:
    """Finds who is acted on, in one document."""

    def __init__(self, view: View, cast: Cast, fits: dict[int, Fit], agents: Agents) -> None:
        self.view = view
        self.cast = cast
        self.fits = fits
        self.agents = agents
        self.patients = Patients(view, cast, fits)
        self.spoken_to = SpokenTo(view, cast, agents, self.patients)

    def of(self, candidate: Candidate, agents: list[int]) -> list[int]:
        view = self.view
        taken = {h for a in agents for h in self.cast.heads(a)} | set(agents)
        if candidate.duty or "report" in candidate.fit.row.roles:
            top = candidate.top
            clause = view.head[top] if view.pos[top] in {"ADJ", "ADP", "ADV"} else top
            found = self.agents.among(view.subjects(clause))
            if found:
                return found
        if not candidate.steps and candidate.fit.row.operator in ADDRESSING:
            asked = self.spoken_to.asked(candidate.base, taken)
            if asked:
                return asked
        if candidate.addressed is not None and not self._ordered(candidate):
            found = self.spoken_to.addressees(candidate.addressed, taken)
            holders = self.spoken_to.holders(candidate, found, taken)
            if holders or found:
                return holders or found
            inner = [
                t for t in self._inner_agents(candidate) if t not in taken and not self.patients.is_same(t, agents)
            ]
            if inner:
                return inner
        allowed = next((step.token for step in candidate.steps if step.operator == "allow"), None)
        if allowed is not None:  # 'refused to let inspectors enter'
            found = [t for t in self._inner_agents(candidate) if t not in taken and self.cast.known(t)]
            if found:
                return found
        chain = list(dict.fromkeys([candidate.base, *(s.token for s in candidate.steps)]))
        if candidate.code[:2] == "14":  # 'an anti-American rally in Cairo'
            against = [k for t in (*chain, *candidate.fit.objects) for k in view.kids[t] if self.cast.is_against(k)]
            named = [k for k in against if view.lower[k - 2] == "anti" and self.cast.known(k)]
            named = named or self._outside(chain)
            named = named or self._helped(candidate, taken)  # 'marched in La Paz to demand reforms from the government'
            if named:
                return named
        drawn = self._drew(candidate, taken)
        if drawn:
            return drawn
        owners = self._owners_of_what_is_answered(candidate, chain, taken)
        if owners:
            return owners
        fallback: list[int] = []
        elsewhere = self._only_where(candidate, chain, agents) | self._charges(candidate) | self._borders(candidate)
        elsewhere |= self._seats(agents) | self._ordered(candidate)
        for token in chain:
            for patients in self.patients.of(token, taken | elsewhere, agents):
                found = [t for t in patients if not self.patients.is_same(t, agents)]
                if any(self.cast.is_party(t) and not self.patients.is_own(t, taken) for t in found):
                    return found
                fallback = fallback or [t for t in found if not self.patients.is_sent(t)]
        return (
            self._helped(candidate, taken)
            or self.spoken_to.conditioned(candidate, taken)
            or self._led_to(chain, taken)
            or self._imposed_on(chain, taken)
            or self._awaited(candidate, chain, taken)
            or self._reacted_to(candidate, taken)
            or self._fell(candidate, taken)
            or fallback
        )

    def _drew(self, candidate: Candidate, taken: set[int]) -> list[int]:
        """'tested a missile, prompting protests from Chad', 'the raid drew condemnation': whose deed is answered."""
        view, base = self.view, candidate.base
        noun = view.pos[base] == "NOUN" and view.dep[base] == "dobj"
        if candidate.code[:2] not in _ANSWERS or not (noun or view.dep[base] in {"xcomp", "ccomp"}):
            return []
        verb = view.head[base]
        if view.lemma[verb] not in _DRAWING or (not noun and self._named_outright(base, taken)):
            return []
        return [h for h in self.patients.open(view.subjects(verb), taken) if self.cast.known(h)]

    def _named_outright(self, verb: int, taken: set[int]) -> bool:
        """'prompting Chad to condemn Niger': whom it condemns is said."""
        objects = self.view.objects(verb)
        return any(self.cast.is_named(o) and self.cast.known(o) and o not in taken for o in objects)

    def _outside(self, chain: list[int]) -> list[int]:
        """'rallied outside the Chadian embassy': whose embassy it is."""
        view = self.view
        for token in chain:
            for _, p in view.prepositions(token, 3):
                if view.lemma[p] in _MISSIONS and self.cast.known(p):
                    return [p]
        return []

    def _reacted_to(self, candidate: Candidate, taken: set[int]) -> list[int]:
        """'protested after Chadian guards opened fire': who did what is protested against."""
        view = self.view
        if candidate.code[:2] != "11":
            return []
        for k in view.children(candidate.top, "advcl"):
            if any(view.lower[m] in {"after", "when"} for m in view.children(k, "mark", "advmod")) and k in self.fits:
                found = [t for t in self.agents.among(view.subjects(k)) if t not in taken and self.cast.known(t)]
                if found:
                    return found
        return []

    def _fell(self, candidate: Candidate, taken: set[int]) -> list[int]:
        """'two villagers died when Chadian guards opened fire': who fell was fired at."""
        view, base = self.view, candidate.base
        if candidate.code[:2] not in {"18", "19", "20"} or view.dep[base] != "advcl":
            return []
        main = view.head[base]
        when = any(view.lower[m] in {"when", "after", "as"} for m in view.children(base, "mark", "advmod"))
        if not when or view.lemma[main] not in _FALLING or (view.lemma[main] != "die" and not view.is_passive(main)):
            return []
        return self.patients.open(view.children(main, "nsubj", "nsubjpass"), taken)

    def _awaited(self, candidate: Candidate, chain: list[int], taken: set[int]) -> list[int]:
        """'was expected in Riga to discuss': those in whose capital somebody is awaited."""
        view = self.view
        if candidate.code[:3] not in {"036", "040", "042"}:
            return []
        for token in chain:
            if view.lower[token] in _AWAITED or view.lemma[token] in _AWAITED:
                there = [p for preposition, p in view.prepositions(token, 1) if preposition in {"in", "at"}]
                return [p for p in there if self.cast.is_place(p) and self.cast.is_foreign(p, taken)]
        return []

    def _led_to(self, chain: list[int], taken: set[int]) -> list[int]:
        """'blocked the roads leading into Chad', 'seized a ship bound for Chad', 'a boat carrying Chadians': where the
        thing goes, and whom it carries."""
        view = self.view
        for token in chain:
            if view.pos[token] not in {"VERB", "AUX"}:
                continue
            things = view.objects(token) or [p for _, p in view.prepositions(token, 1)]  # 'cordoned off the roads'
            for thing in things:
                for k in view.children(thing, "acl", "amod"):
                    if view.lower[k] in _CARRYING:
                        carried = self.patients.open(view.objects(k), taken)
                        if any(self.cast.known(h) for h in carried):
                            return carried
                    if view.lower[k] in _GOING:
                        found = [h for _, p in view.prepositions(k, 1) for h in self.patients.open([p], taken)]
                        if any(self.cast.known(h) for h in found):
                            return found
        return []

    def _imposed_on(self, chain: list[int], taken: set[int]) -> list[int]:
        """'lifted the embargo that it had imposed on Chad', 'called off the boycott they declared against Chad'."""
        view = self.view
        for token in chain:
            for thing in view.objects(token) if view.pos[token] in {"VERB", "AUX"} else []:
                for k in view.children(thing, "relcl", "acl"):
                    upon = [p for preposition, p in view.prepositions(k, 1) if preposition in {"on", "upon", "against"}]
                    found = [h for h in self.patients.open(upon, taken) if self.cast.known(h)]
                    if found:
                        return found
        return []

    def _ordered(self, candidate: Candidate) -> set[int]:
        """'directed the army to reopen the road': the army does it, and nothing is done to it."""
        view = self.view
        if view.pos[candidate.base] != "VERB":
            return set()
        verbs = [s.token for s in candidate.steps if s.operator == "order" and view.pos[s.token] == "VERB"]
        return {o for v in verbs if v != candidate.base and not view.is_passive(v) for o in view.objects(v)}

    def _seats(self, agents: list[int]) -> set[int]:
        """Where those are at home who act: 'frozen by a court in London' freezes nothing of London's."""
        view = self.view
        return {
            p
            for a in agents
            for k in view.children(a, "prep")
            if view.lower[k] in {"in", "at", "near"} and view.pos[a] in {"NOUN", "PROPN"}
            for p in view.children(k, "pobj")
            if self.cast.is_place(p)
        }

    def _borders(self, candidate: Candidate) -> set[int]:
        """Those whose border or palace only says where force was used: 'shot dead near the Thai border'."""
        view = self.view
        if candidate.code[:2] not in _FORCE:
            return set()
        return {
            k
            for preposition, p in view.prepositions(candidate.base, 3)
            if (preposition in _BESIDE and view.lemma[p] in _LINES)
            or (
                preposition == "near"
                and candidate.code == "175"
                and view.pos[p] == "NOUN"
                and not any(map(self.cast.is_named, view.kids[p]))
            )
            for k in (p, *(t.i for t in view.doc[p].subtree))
        }

    def _charges(self, candidate: Candidate) -> set[int]:
        """Those named in what somebody is punished for: 'jailed for spying for Chad'."""
        view = self.view
        found: set[int] = set()
        if not candidate.code.startswith(("17", "115", "116", "1121", "182")):
            return found
        for k in view.children(candidate.base, "prep"):
            if view.lower[k] in {"for", "on", "over", "of"}:
                for p in view.children(k, "pcomp", "pobj"):
                    if view.tag[p] == "VBG" or view.lemma[p] in _CHARGES:
                        found.update(t.i for t in view.doc[p].subtree)
        return found

    def _helped(self, candidate: Candidate, taken: set[int]) -> list[int]:
        """'sent arms to help defend Chad', 'signed an accord to supply Chad with rice': those named in the purpose."""
        view = self.view
        if candidate.code[:2] not in _GIVING and candidate.code not in {"057", "175"}:
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
                found = [
                    t
                    for t in self.patients.open(named, taken)
                    if self.cast.known(t) and not self.patients.is_own(t, taken)
                ]
                if found:
                    return found
        return []

    def _only_where(self, candidate: Candidate, chain: list[int], agents: list[int]) -> set[int]:
        """Places that say where it happened and not to whom: 'agreed in Geneva', 'met at Panmunjom'."""
        many = several(self.cast, agents) or any(self.view.tag[a] == "NNS" for a in agents)
        mutual = "recip" in candidate.fit.row.roles and many
        view = self.view
        if candidate.code[:2] not in _SAID_SOMEWHERE and not mutual and candidate.code != "043":
            return {
                p
                for token in chain
                for preposition, p in view.prepositions(token, 1)
                if preposition in {"in", "at"} and self._is_hall(p)
            }
        if candidate.code == "161" and any(view.lemma[o] in _MISSIONS for o in candidate.fit.objects):
            return set()  # 'closed its consulate in Basra'
        found: set[int] = set()
        for token in chain:
            for preposition, p in view.prepositions(token, 5 if mutual else 1):
                if preposition in {"in", "at"} and self._is_venue(p) and not self._is_aimed_at(token, p):
                    found.add(p)
                elif mutual and preposition in {"in", "at", "near", "off", "along", "outside"}:
                    found.update(self.cast.heads(p))
        return found

    def _is_venue(self, i: int) -> bool:
        """A town, or a building with a name: 'at the White House'."""
        return self.cast.is_place(i) or self._is_hall(i)

    def _is_hall(self, i: int) -> bool:
        return self.view.lower[i] in _HALLS and self.view.pos[i] == "PROPN"

    def _is_aimed_at(self, token: int, place: int) -> bool:
        """Whether the row of the word asked for that phrase: 'lashed out at Paris'."""
        fit = self.fits.get(token)
        return fit is not None and fit.phrase == place and fit.preposition == "at"

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
            own = {r.key for t in taken for r in self.cast.refs(t)}
            for k in view.kids[token]:
                if view.lower[k] in OWN and own & {r.key for r in self.cast.refs(k)}:
                    continue  # 'will not renew its treaty with Chad'
                if view.dep[k] in {"poss", "compound", "amod", "nmod"} and self.cast.heads(k, 0) and self.cast.known(k):
                    found = [h for h in self.agents.among(view.with_conjuncts(k)) if h not in taken]
                    if found:
                        return found
            for k in view.children(token, "prep"):
                if view.lower[k] in {"from", "by"} or (view.lower[k] == "of" and self._is_proposal(token)):
                    named = [p for p in view.children(k, "pobj") if view.lower[k] != "of" or self.cast.known(p)]
                    named = [p for p in named if not self.patients.is_own(p, taken)]
                    found = [h for p in named for h in self.patients.open(view.with_conjuncts(p), taken)]
                    if found:
                        return found
        return []

    def _is_proposal(self, token: int) -> bool:
        return self.cast.words.lexicon.is_in(self.view.lemma[token], "@proposal")

    def _inner_agents(self, candidate: Candidate) -> list[int]:
        base = candidate.base
        if self.view.pos[base] in {"VERB", "AUX"}:
            return self.agents.among(self.view.subjects(base))
        return self.agents.of_noun(base)


def several(cast: Cast, agents: list[int]) -> bool:
    """Whether more than one actor stands behind the agents: 'A and B', 'the leaders of A and B'."""
    return len(agents) > 1 or len({(r.key, r.role in _FOES) for a in agents for r in cast.refs(a)}) > 1
