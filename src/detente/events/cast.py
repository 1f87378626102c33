"""Who acts and who is acted on: from token to actors, by way of `Who` and of the phrase around the token."""

from __future__ import annotations

from dataclasses import replace

from ..actors import Who
from ..claims import ActorRef
from ..language import Parse
from ..places import Where
from .clauses import View, word_set
from .mood import REPORTING
from .owners import FLYING, Owners, is_known
from .words import Words

PRONOUNS = word_set("he she it they we i you who him her them us")
_INSIDE = ("poss", "nmod", "compound", "amod")
_TREATIES = word_set("statute statutes convention conventions protocol protocols agreements accords consensus formula")
_ACTOR_PREPOSITIONS = (
    "of",
    "by",
    "in",
    "from",
    "between",
    "with",
    "against",
    "on",
    "to",
    "for",
    "at",
    "among",
    "over",
    "near",
    "toward",
    "towards",
    "into",
    "inside",
    "within",
    "involving",
)


_BROKERING = frozenset(
    {"broker", "mediate", "facilitate", "sponsor", "host", "guarantee", "negotiate", "oversee", "monitor", "chair"}
)
"""Who does this to a truce or to talks is no party to them."""
_ATTACKS = ("18", "190", "193", "194", "195", "20")
_WATERS = frozenset({"sea", "ocean", "gulf", "strait", "straits", "bay", "channel", "peninsula"})
"""'the South China Sea' is nobody of China."""


class Cast(Owners):
    """The actors of one document, asked by token."""

    def __init__(self, parse: Parse, view: View, words: Words, who: Who, where: Where | None = None) -> None:
        super().__init__(parse, view, who, where)
        self.words = words
        self._heads: dict[int, tuple[int, ...]] = {}
        self._meant: dict[int, tuple[ActorRef, ...]] = {}

    def is_actor(self, i: int) -> bool:
        """Whether the phrase headed by `i` can be an actor: resolved, a name, or a word such as 'rebels'."""
        view = self.view
        if self._is_water(i):
            return False
        if view.pos[i] in {"VERB", "ADP", "PUNCT", "DET"} and not self._named_at(i):
            return view.tag[i] == "DT" and view.lower[i] in {"both", "each"}
        if view.ent[i] in {"GPE", "NORP", "ORG", "PERSON", "LOC"} or self._named_at(i):
            return True
        if (
            view.pos[i] == "PROPN"
            and view.dep[i] in {"nsubj", "nsubjpass"}
            and view.lower[i] not in self.words.lexicon.members.get("@time", ())
        ):
            return True  # a name that the tagger knows and the names' model does not: 'the Maoists'
        if view.pos[i] == "PROPN" and self.where is not None and self.where.at(view.doc[i]) is not None:
            return True  # a town that the gazetteer knows and the names' model does not
        if view.ent[i] in {"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "QUANTITY"}:
            return False
        head = self.words.of_head(i)
        return not head.isdisjoint(_ACTOR_CLASSES)

    def is_pronoun(self, i: int) -> bool:
        return self.view.lower[i] in PRONOUNS

    def heads(self, i: int, depth: int = 3) -> tuple[int, ...]:
        """The actor tokens of the phrase headed by `i`: itself, else whose it is, else who stands inside it."""
        key = i if depth else -i - 1
        known = self._heads.get(key)
        if known is None:
            known = self._heads[key] = self._find(i, depth)
        return known

    def _find(self, i: int, depth: int) -> tuple[int, ...]:
        view = self.view
        if self._is_water(i):
            return ()
        counted = self._counted(i, depth)
        if counted:
            return counted
        if self.is_actor(i):
            return (i,)
        for k in view.kids[i]:
            if view.dep[k] in _INSIDE and self._names(k) and not self._is_title_of_treaty(k, i):
                return tuple(j for j in view.with_conjuncts(k) if self._names(j))
            if view.lower[k] in FLYING and view.dep[k] == "amod":  # 'a Panama-flagged tanker'
                flags = [j for j in view.children(k, "npadvmod", "compound", "advmod") if self._names(j)]
                if flags:
                    return tuple(flags)
        if depth:
            for preposition in _ACTOR_PREPOSITIONS:
                for k in view.kids[i]:
                    if view.dep[k] in {"prep", "agent"} and view.lower[k] == preposition:
                        found: list[int] = []
                        for p in view.children(k, "pobj"):
                            for j in view.with_conjuncts(p):
                                found.extend(self.heads(j, depth - 1))
                        if found:
                            return tuple(found)
            for k in view.children(i, "acl", "relcl"):
                if view.lemma[k] in _BROKERING or self._attacks(k):
                    continue
                for j in view.kids[k]:
                    if view.dep[j] == "agent":
                        found = [h for p in view.children(j, "pobj") for h in self.heads(p, depth - 1)]
                        if found:
                            return tuple(found)
        return ()

    def _is_water(self, i: int) -> bool:
        """'the South China Sea', and the Hormuz of its strait."""
        view = self.view
        above = view.head[i]
        of_a_water = view.dep[i] == "pobj" and view.lower[above] == "of" and view.lower[view.head[above]] in _WATERS
        return view.pos[i] == "PROPN" and (of_a_water or view.lower[i] in _WATERS)

    def _attacks(self, verb: int) -> bool:
        """Whether who does this to a thing is no owner of it: 'a village shelled by the army'."""
        rows = self.words.lexicon.verbs.get(self.view.lemma[verb], ())
        return any(row.code.startswith(_ATTACKS) for row in rows[:4])

    def _is_title_of_treaty(self, place: int, head: int) -> bool:
        """Whether the town only names a treaty: 'the Rome Statute' is none of Italy's."""
        words, view = self.words, self.view
        if view.pos[head] != "PROPN" or not (place in words.towns or "(capital)" in self._reason(place)):
            return False
        return view.lower[head] in _TREATIES or words.lexicon.is_in(view.lower[head], "@agreement")

    def _reason(self, i: int) -> str:
        refs = self.who.by_token.get(i)
        return refs[0].reason if refs else ""

    def _counted(self, i: int, depth: int) -> tuple[int, ...]:
        """'tens of thousands of students', 'a group of diplomats': those who are counted."""
        view = self.view
        if not depth or self._named_at(i):
            return ()
        if view.pos[i] != "NUM" and not self.words.lexicon.is_in(view.lemma[i], "@container"):
            return ()
        for k in view.kids[i]:
            if view.dep[k] == "prep" and view.lower[k] == "of":
                return tuple(
                    h
                    for p in view.children(k, "pobj")
                    for j in view.with_conjuncts(p)
                    for h in self.heads(j, depth - 1)
                )
        return ()

    def _names(self, k: int) -> bool:
        view = self.view
        if self.is_named(k):
            return True
        return view.dep[k] == "poss" and self.is_actor(k)

    def antecedents(self, i: int) -> list[int]:
        """Whom a pronoun means, as far as its own sentence shows: the subjects of 'X and Y said that they will'."""
        view = self.view
        if not self.is_pronoun(i) or view.lower[i] in {"who", "we", "i", "you"}:
            return [i]
        if self._named_at(i) and view.lower[i] != "they":
            return [i]
        clause = view.clause_root(i)
        for _ in range(4):
            if view.dep[clause] in {"ccomp", "advcl", "xcomp", "conj", "relcl", "parataxis"}:
                clause = view.clause_root(view.head[clause])
            else:
                break
            named = [s for s in view.subjects(clause) if s != i and not self.is_pronoun(s) and self.heads(s)]
            if named:
                return named if view.lower[i] == "they" else named[:1]
        return [i]

    def _of_who_says_it(self, i: int) -> tuple[ActorRef, ...]:
        """'"We shall strike," the minister said': 'we' are those for whom the subject of the verb of saying speaks."""
        view = self.view
        clause = view.clause_root(i)
        said = view.head[clause]
        if view.dep[clause] not in {"ccomp", "parataxis"} or view.lemma[said] not in REPORTING or said == clause:
            return ()
        span = self.span(i)
        return tuple(
            replace(ref, text=view.doc[i].text, span=span, reason=f"'{view.doc[i].text}' in the words of {ref.text}")
            for s in view.subjects(said)
            if s != i
            for ref in self._ref(s)
            if is_known(ref)
        )

    def refs(self, i: int) -> tuple[ActorRef, ...]:
        """The actors that the phrase headed by `i` means."""
        known = self._meant.get(i)
        if known is not None:
            return known
        found: list[ActorRef] = list(self._of_who_says_it(i)) if self.view.lower[i] in {"we", "i"} else []
        if found:
            self._meant[i] = tuple(found)
            return self._meant[i]
        for head in [h for each in self.antecedents(i) for h in self.heads(each) or (each,)]:
            for ref in self._ref(head):
                if all(ref.key != other.key or ref.role != other.role for other in found):
                    found.append(ref)
        self._meant[i] = tuple(found)
        return self._meant[i]

    def _ref(self, i: int) -> tuple[ActorRef, ...]:
        resolved = self._named_at(i)
        if resolved and any(is_known(ref) for ref in resolved) and not self._is_anothers(i, resolved[0]):
            return resolved
        span = self.span(i)
        text = self.parse.document.text[span.start : span.end]
        owners = self._owners(i)
        if owners:
            role = resolved[0].role if resolved else None
            return tuple(
                replace(
                    self._with_role(owner, role),
                    text=text,
                    span=span,
                    reason=_why(owner),
                    confidence=owner.confidence * 0.8,
                )
                for owner in owners
            )
        if resolved:
            return resolved
        lying = self._country_of_place(i)
        if lying is not None:
            return (lying,)
        return (ActorRef(text=text, span=span, reason="not resolved", confidence=0.3),)

    @staticmethod
    def _with_role(owner: ActorRef, role: str | None) -> ActorRef:
        """The owner's office or body: 'government' of 'Norwegian media and government'."""
        if role is None or not owner.country or owner.role not in {None, "GOV"}:
            return owner
        return replace(owner, role=role, code=owner.country + role)

    def known(self, i: int) -> bool:
        """Whether a state or an international body is known behind the phrase headed by `i`."""
        return any(is_known(ref) for ref in self.refs(i))

    def is_party(self, i: int) -> bool:
        """Whether somebody is known: a state, an international body, or a group of the tables that has no one home."""
        return any(is_known(ref) or (ref.id or "").startswith("group:") for ref in self.refs(i))

    def is_foreign(self, i: int, others: set[int]) -> bool:
        """Whether the phrase headed by `i` is of a named state, and none of `others` is of it."""
        named = {r.country for r in self.refs(i) if r.country and "pronoun" not in r.reason}
        named -= {r.country for o in others for r in self.refs(o)}
        return bool(named)


def _why(owner: ActorRef) -> str:
    return owner.reason if owner.reason.startswith("lies in ") else f"named by {owner.text!r} in the phrase"


_ACTOR_CLASSES = frozenset({"@actor", "@armed", "@person", "@police", "@troops"})
