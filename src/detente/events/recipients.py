"""Who is acted on in a candidate event."""

from __future__ import annotations

from collections.abc import Iterator

from .agents import Agents
from .cast import Cast
from .clauses import OBJECT_CONTROL, View, word_set
from .lifting import ADDRESSING, Candidate
from .matching import Fit

RECIPIENT_PREPOSITIONS = (
    "to", "with", "against", "on", "upon", "at", "for", "from", "between", "towards", "toward", "over", "into",
    "among", "of", "in", "about", "near", "around", "alongside", "off", "through", "under", "by", "onto", "inside",
    "out_of", "away_from",
)  # fmt: skip
_TO_SOMEBODY = RECIPIENT_PREPOSITIONS[: RECIPIENT_PREPOSITIONS.index("in")]
"""'seized a Greek tanker off Togo': whose the thing is comes before where it was."""
_COMPLAINED_OF = ("against", "over", "about")
"""'complained to the UN over Syrian raids': whose raids they are comes before who was told."""
PARTNER_PREPOSITIONS = ("with", "between", "among", "alongside")
NOMINAL_RECIPIENTS = ("on", "against", "of", "to", "with", "for", "from", "in", "at", "between", "into", "near")
_SAID_SOMEWHERE = frozenset({"01", "02", "03", "05", "10", "11", "12", "16"})
_FORCE = frozenset({"17", "18", "19", "20"})
_BESIDE = frozenset({"near", "on", "along", "at", "off", "outside", "close_to"})
_LINES = word_set("border frontier boundary coast coastline shore line")
_CHARGES = word_set("charge suspicion allegation accusation count conviction offence offense link tie role part")
_GIVING = frozenset({"03", "06", "07", "08", "14"})
_TO_WHOM = frozenset({"to", "into", "for", "against", "by", "from", "of", "at", "over"})
_ABOUT_THE_OBJECT = frozenset({"05", "11", "12", "09"})
_IN_PHRASE = frozenset({"with", "to", "from", "of", "on", "phrase"})
"""Roles of rows whose phrase names the other side."""
_GOING = word_set("leading linking connecting bound headed heading running crossing destined belonging pertaining")
_MISSIONS = frozenset({"embassy", "consulate"})
_LAID_ON = frozenset({"16", "17"})
_ASKING = frozenset({"02", "10"})
_HOLDING = word_set(
    "hold capture detain seize arrest jail imprison take kidnap abduct intern keep occupy confiscate impound loot steal "
    "sentence convict shoot_down down incarcerate intercept control annex"
)
_HELD_BY = frozenset({"by", "in", "from"})
"""What joins 'held', 'jailed' or 'looted' to those who can give it back."""
_OWN = frozenset({"its", "their", "his", "her", "our", "my"})


class Recipients:
    """Finds who is acted on, in one document."""

    def __init__(self, view: View, cast: Cast, fits: dict[int, Fit], agents: Agents) -> None:
        self.view = view
        self.cast = cast
        self.fits = fits
        self.agents = agents

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
            asked = self._asked(candidate.base, taken)
            if asked:
                return asked
        if candidate.addressed is not None:
            found = self._addressees(candidate.addressed, taken)
            holders = self._holders(candidate, found, taken)
            if holders or found:
                return holders or found
            inner = [t for t in self._inner_agents(candidate) if t not in taken and not self._is_same(t, agents)]
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
        owners = self._owners_of_what_is_answered(candidate, chain, taken)
        if owners:
            return owners
        fallback: list[int] = []
        elsewhere = self._only_where(candidate, chain, agents) | self._charges(candidate) | self._borders(candidate)
        for token in chain:
            for patients in self._patients(token, taken | elsewhere, agents):
                found = [t for t in patients if not self._is_same(t, agents)]
                if any(self.cast.known(t) and not self._is_own(t, taken) for t in found):
                    return found
                fallback = fallback or found
        return (
            self._helped(candidate, taken)
            or self._conditioned(candidate, taken)
            or self._led_to(chain, taken)
            or fallback
        )

    def _outside(self, chain: list[int]) -> list[int]:
        """'rallied outside the Chadian embassy': whose embassy it is."""
        view = self.view
        for token in chain:
            for _, p in view.prepositions(token, 3):
                if view.lemma[p] in _MISSIONS and self.cast.known(p):
                    return [p]
        return []

    def _led_to(self, chain: list[int], taken: set[int]) -> list[int]:
        """'blocked the roads leading into Chad', 'seized a ship bound for Chad': where the thing goes."""
        view = self.view
        for token in chain:
            if view.pos[token] not in {"VERB", "AUX"}:
                continue
            things = view.objects(token) or [p for _, p in view.prepositions(token, 1)]  # 'cordoned off the roads'
            for thing in things:
                for k in view.children(thing, "acl", "amod"):
                    if view.lower[k] in _GOING:
                        found = [h for _, p in view.prepositions(k, 1) for h in self._open([p], taken)]
                        if any(self.cast.known(h) for h in found):
                            return found
        return []

    def _borders(self, candidate: Candidate) -> set[int]:
        """Those whose border only says where force was used: 'shot dead near the Thai border'."""
        view = self.view
        if candidate.code[:2] not in _FORCE:
            return set()
        return {
            k
            for preposition, p in view.prepositions(candidate.base, 3)
            if preposition in _BESIDE and view.lemma[p] in _LINES
            for k in (p, *(t.i for t in view.doc[p].subtree))
        }

    def _charges(self, candidate: Candidate) -> set[int]:
        """Those named in what somebody is punished for: 'jailed for spying for Chad'."""
        view = self.view
        found: set[int] = set()
        if candidate.code[:2] != "17":
            return found
        for k in view.children(candidate.base, "prep"):
            if view.lower[k] in {"for", "on", "over"}:
                for p in view.children(k, "pcomp", "pobj"):
                    if view.tag[p] == "VBG" or view.lemma[p] in _CHARGES:
                        found.update(t.i for t in view.doc[p].subtree)
        return found

    def _helped(self, candidate: Candidate, taken: set[int]) -> list[int]:
        """'sent arms to help defend Chad', 'signed an accord to supply Chad with rice': those named in the purpose."""
        view = self.view
        if candidate.code[:2] not in _GIVING and candidate.code != "057":
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
        many = several(self.cast, agents) or any(self.view.tag[a] == "NNS" for a in agents)
        mutual = "recip" in candidate.fit.row.roles and many
        if candidate.code[:2] not in _SAID_SOMEWHERE and not mutual and candidate.code != "043":
            return set()
        view = self.view
        found: set[int] = set()
        for token in chain:
            for preposition, p in view.prepositions(token, 5 if mutual else 1):
                if preposition in {"in", "at"} and self.cast.is_place(p) and not self._is_aimed_at(token, p):
                    found.add(p)
                elif mutual and preposition in {"in", "at", "near", "off", "along", "outside"}:
                    found.update(self.cast.heads(p))
        return found

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
                if view.lower[k] in _OWN and own & {r.key for r in self.cast.refs(k)}:
                    continue  # 'will not renew its treaty with Chad'
                if view.dep[k] in {"poss", "compound", "amod", "nmod"} and self.cast.heads(k, 0) and self.cast.known(k):
                    found = [h for h in self.agents.among(view.with_conjuncts(k)) if h not in taken]
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

    def _holders(self, candidate: Candidate, asked_for: list[int], taken: set[int]) -> list[int]:
        """'demanded the release of two sailors held by Chad', 'of a poet jailed in Chad': who has them is asked."""
        view = self.view
        if candidate.code[:2] not in _ASKING or any(self.cast.known(t) for t in asked_for if not self._is_held(t)):
            return []
        for thing in (*asked_for, *(p for _, p in view.prepositions(candidate.base, 1))):
            for k in (*view.children(thing, "acl"), *view.children(thing, "relcl")):
                if view.lemma[k] not in _HOLDING:
                    continue
                by = [p for preposition, p in view.prepositions(k, 1) if preposition in _HELD_BY]
                found = [t for t in self._open(by, taken) if self.cast.known(t)]
                if found:
                    return found
        return []

    def _is_held(self, i: int) -> bool:
        return any(self.view.lemma[k] in _HOLDING for k in self.view.children(i, "acl", "relcl"))

    def _asked(self, operator: int, taken: set[int]) -> list[int]:
        """'demanded that Iran forsake the bomb': whom the clause is about, where its verb is in no table."""
        view = self.view
        found = [t for t in self._addressees(operator, taken) if self.cast.known(t)]
        if found:
            return found
        for k in view.children(operator, "ccomp", "xcomp"):
            subject = view.child(k, "nsubj", "nsubjpass")
            if subject is not None:
                return [t for t in self.agents.among(view.with_conjuncts(subject)) if t not in taken]
            for patients in self._patients(k, taken, []):
                if any(self.cast.known(t) for t in patients):
                    return patients  # 'threatened to cut off electricity to Chad'
        return []

    def _conditioned(self, candidate: Candidate, taken: set[int]) -> list[int]:
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

    def _inner_agents(self, candidate: Candidate) -> list[int]:
        base = candidate.base
        if self.view.pos[base] in {"VERB", "AUX"}:
            return self.agents.among(self.view.subjects(base))
        return self.agents.of_noun(base)

    def _patients(self, token: int, taken: set[int], agents: list[int]) -> Iterator[list[int]]:
        """Whom the word may act on, in the order of likelihood."""
        view, cast = self.view, self.cast
        fit = self.fits.get(token)
        topic = fit is not None and "topic" in fit.row.roles
        if view.pos[token] in {"VERB", "AUX"}:
            if fit is not None and fit.phrase is not None and fit.row.roles & _IN_PHRASE:
                yield from self._some(self._open([fit.phrase], taken))
            datives = [k for k in view.kids[token] if view.dep[k] == "dative" and view.pos[k] not in {"ADP"}]
            yield from self._some(self._open(datives, taken))
            if topic:
                yield from self._by_preposition(token, taken, PARTNER_PREPOSITIONS)
                return
            objects = [o for o in view.objects(token) if o not in agents] or self._controlled(token)
            yield from self._some([o for o in objects if cast.is_actor(o) and not self._is_own(o, taken)])
            if fit is not None and fit.row.code[:2] in _ABOUT_THE_OBJECT:  # 'dismissed the IAEA report on Iran'
                yield from self._some(self._open(self._doers(objects), taken))
                yield from self._some([h for o in objects for h in cast.heads(o, 0) if h not in taken])
            if fit is not None and fit.row.code.startswith("11"):
                yield from self._by_preposition(token, taken, _COMPLAINED_OF)
            if fit is not None and fit.row.code[:2] in _LAID_ON:  # 'imposed controls on Chadian firms with the union'
                upon = [p for preposition, p in view.prepositions(token, 2) if preposition in {"on", "against"}]
                yield from self._some([h for h in self._open(upon, taken) if cast.known(h)])
            yield from self._by_preposition(token, taken, _TO_SOMEBODY)
            yield from self._some([h for o in objects for h in cast.heads(o, 0) if h not in taken and cast.known(h)])
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
            for k in view.kids[deed]:
                by = k if view.dep[k] in {"prep", "agent"} and view.lower[k] == "by" else None
                if by is None and view.dep[k] == "acl" and view.tag[k] == "VBN":
                    by = next((a for a in view.kids[k] if view.lower[a] == "by"), None)
                if by is not None:
                    found.extend(j for p in view.children(by, "pobj") for j in view.with_conjuncts(p))
        return found

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


def several(cast: Cast, agents: list[int]) -> bool:
    """Whether more than one actor stands behind the agents: 'A and B', 'the leaders of A and B'."""
    return len(agents) > 1 or len({r.key for a in agents for r in cast.refs(a)}) > 1
