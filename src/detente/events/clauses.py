"""The clause as the coder sees it: voice, negation, phrases, and who does what to whom in it."""

from __future__ import annotations

from collections.abc import Iterator

from .tree import Tree


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, for sets of words that are easier to read as a line."""
    return frozenset(text.split())


SUBJECTS = frozenset({"nsubj", "csubj"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
TEMPORAL = frozenset({"after", "before", "since", "during", "despite", "following", "until", "amid"})
"""What stands after these belongs to another event ('a truce after battles with X')."""
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
OBJECT_CONTROL = word_set(
    "urge ask tell order force compel persuade advise warn invite allow permit enable help call request "
    "instruct require want press push encourage convince oblige forbid authorize authorise send let "
    "get cause lead prompt drive expect pressure coerce command direct beg implore exhort"
)
"""Verbs whose object is the subject of their infinitive ('urged Iran to sign')."""


class View(Tree):
    """One document's clauses, asked by token."""

    __slots__ = ()

    def is_subjunctive(self, v: int) -> bool:
        """Whether a that-clause tells what ought to be: 'that the council call a session', 'that he be freed'."""
        if self.dep[v] != "ccomp" or self.tag[v] not in {"VB", "VBP", "VBN"}:
            return False
        subject = self.child(v, "nsubj", "nsubjpass")
        if subject is None or not any(self.lower[k] == "that" for k in self.children(v, "mark")):
            return False
        words = [self.lower[k] for k in self.kids[v] if self.dep[k] in {"aux", "auxpass"}]
        if self.tag[v] == "VBN":
            return words == ["be"]
        return not words and self.tag[subject] in {"NN", "NNP", "PRP"} and self.child(subject, "conj") is None

    def is_passive(self, v: int) -> bool:
        """Whether the verb is passive, reduced relatives ('the plan proposed by') included."""
        if self.tag[v] not in {"VBN", "VBD", "JJ"}:
            return False
        for k in self.kids[v]:
            d = self.dep[k]
            if d in {"auxpass", "nsubjpass"} or (d == "agent" and self.tag[v] == "VBN"):
                return True
        if self.dep[v] == "acl" and (self.tag[v] == "VBN" or self.child(v, "agent") is not None):
            return self.child(v, "nsubj") is None
        if self.dep[v] == "conj" and self.tag[v] == "VBN":
            first = self.head[v]
            has_own = self.child(v, "nsubj", "aux", "dobj") is not None
            return not has_own and self.pos[first] in {"VERB", "AUX"} and self.is_passive(first)
        return False

    def auxiliaries(self, v: int) -> list[str]:
        """The lemmas of the auxiliaries of `v`; a bare conjunct shares those of its first conjunct."""
        own = [self.lower[k] for k in self.kids[v] if self.dep[k] in {"aux", "auxpass"}]
        if own or self.dep[v] != "conj" or self.tag[v] not in {"VB", "VBN", "VBG"}:
            return own
        first = self.head[v]
        if self.pos[first] in {"VERB", "AUX"} and not self.children(v, "nsubj", "nsubjpass"):
            return self.auxiliaries(first)
        return own

    def is_negated(self, v: int) -> bool:
        """Whether 'not', 'never', 'no' or 'neither' stands on this word."""
        for k in self.kids[v]:
            word = self.lower[k]
            if self.dep[k] == "neg" or word in {"never", "n't"}:
                return True
            if self.dep[k] in {"det", "preconj", "cc"} and word in {"no", "neither", "nor"} and k < v:
                return True
        if self.dep[v] == "conj" and self.tag[v] == "VB" and self._is_alternative(v):
            return self.is_negated(self.head[v])  # 'not to attack or threaten'
        # 'offered no comment', 'consulted nobody', 'opened it to no one'; but 'by 14 votes to none'
        to_whom = [p for k in self.kids[v] if self.lower[k] in {"to", "for"} for p in self.children(k, "pobj")]
        for k in (*self.children(v, "dobj"), *to_whom):
            if any(self.lower[d] == "no" for d in self.children(k, "det")) or self.lower[k] == "nobody":
                return True
            if self.dep[k] == "dobj" and self.lower[k] in {"nothing", "none"}:
                return True
        subject = self.child(v, "nsubj", "nsubjpass")
        if subject is not None:
            if self.lower[subject] in {"none", "nobody", "neither"}:
                return True
            return any(self.lower[k] in {"no", "neither"} for k in self.kids[subject] if k < subject)
        return False

    def _is_alternative(self, v: int) -> bool:
        """Whether the bare verb follows its first conjunct after 'or'."""
        first = self.head[v]
        joined = any(self.lower[k] in {"or", "nor"} for k in self.kids[first] if first < k < v)
        return joined and self.tag[first] == "VB" and self.child(v, "nsubj", "nsubjpass") is None

    def prepositions(self, i: int, depth: int = 2) -> Iterator[tuple[str, int]]:
        """(preposition, head of its phrase) below `i`, nearest first; looks into objects since the parser
        often hangs the phrase of a verb on the verb's object, and the other way round."""
        level = [i]
        for _ in range(depth):
            following: list[int] = []
            for j in level:
                for k in self.kids[j]:
                    d = self.dep[k]
                    if d in {"prep", "agent", "dative"} and self.pos[k] in {"ADP", "SCONJ", "VERB", "ADV", "PART"}:
                        for p in self.kids[k]:
                            as_is = self.lower[k] == "as" and self.pos[p] == "ADJ"  # 'described it as illegal'
                            if self.dep[p] in {"pobj", "pcomp"} or as_is:
                                for each in self.with_conjuncts(p):
                                    yield self.lower[k], each
                                    if self.lower[k] not in TEMPORAL:
                                        following.append(each)
                            elif self.dep[p] == "prep":
                                for q in self.children(p, "pobj"):
                                    yield self.lower[k] + "_" + self.lower[p], q
                                    following.append(q)
                    elif d == "appos" and self.pos[k - 1] != "PUNCT" and j != i:
                        following.append(k)  # 'the banker X to Y'
                    elif d in {"dobj", "nsubjpass", "advmod", "acomp", "attr", "oprd", "npadvmod"}:
                        following.extend(self.with_conjuncts(k))
            level = following
            if not level:
                return

    # --- arguments of verbs ---------------------------------------------------------------------------

    def objects(self, v: int) -> list[int]:
        """What the verb is done to: direct objects, passive subjects, the head of a reduced relative."""
        if self.is_passive(v):
            subjects = [k for k in self.children(v, "nsubjpass") if k not in self.dateline]
            if subjects:
                return self._through_relative(v, subjects[0])
            if self.dep[v] == "acl":
                return [self.head[v]]
            if self.dep[v] == "conj":
                return self.objects(self.head[v])
            if self.dep[v] == "xcomp":  # 'police are to be sent', 'troops are expected to be sent'
                return self._inherited_subjects(v, 0)
            return self.children(v, "dobj")
        found = self.children(v, "dobj")
        if not found:
            found = [k for k in self.children(v, "dative") if self.pos[k] in NOMINAL]
        if not found and self.dep[v] == "relcl":
            gap = self.child(v, "nsubj", "nsubjpass")
            if gap is not None and self.lower[gap] not in RELATIVES:
                return [self.head[v]]
        if not found and self.child(v, "ccomp", "xcomp") is None:
            return self._shared_objects(v)
        if len(found) == 1 and self.lower[found[0]] in RELATIVES and self.dep[v] == "relcl":
            return [self.head[v]]
        return [each for k in found for each in self.with_conjuncts(k)]

    def _shared_objects(self, v: int) -> list[int]:
        """'opposes, condemns and fights the plan': the object stands with the last of coordinated verbs."""
        last = v
        for _ in range(3):
            following = [k for k in self.children(last, "conj") if self.pos[k] == "VERB" and self.tag[k] == self.tag[v]]
            if not following or following[0] - last > 4 or self.child(last, "prep", "npadvmod") is not None:
                return []
            last = following[0]
            objects = self.children(last, "dobj")
            if objects:
                return [each for k in objects for each in self.with_conjuncts(k)]
        return []

    def _through_relative(self, v: int, subject: int) -> list[int]:
        if self.lower[subject] in RELATIVES and self.dep[v] == "relcl":
            return self.with_conjuncts(self.head[v])
        return self.with_conjuncts(subject)

    def subjects(self, v: int, depth: int = 0) -> list[int]:
        """Who does it: the subject, the by-agent of a passive, or the subject of the governing verb."""
        if depth > 6:
            return []
        if self.is_passive(v):
            for k in self.kids[v]:
                if self.dep[k] == "agent" or (self.dep[k] == "prep" and self.lower[k] == "by"):
                    for p in self.children(k, "pobj"):
                        return self.with_conjuncts(p)
            return []
        own = self.child(v, "nsubj")
        if own is not None and own in self.dateline:
            own = self._after_dateline(v, own)
        if own is not None:
            if self.lower[own] in RELATIVES and self.dep[v] == "relcl":
                return [self.head[v]]
            return self.with_conjuncts(own)
        if self.dep[v] in {"ROOT", "ccomp"}:
            for k in self.kids[v]:  # 'Sweden suspended aid', with Sweden taken for a measure or a time
                if (
                    k < v
                    and self.dep[k] in {"npadvmod", "advmod", "intj"}
                    and self.ent[k] in {"GPE", "ORG", "PERSON", "NORP"}
                ):
                    return self.with_conjuncts(k)
        return self._inherited_subjects(v, depth)

    def _after_dateline(self, v: int, place: int) -> int | None:
        """The subject that the parser hid behind a dateline."""
        for k in (*self.kids[v], *self.kids[place]):
            if (
                k not in self.dateline
                and k < v
                and self.dep[k] in {"nsubj", "appos", "dep", "conj", "npadvmod", "nmod", "compound", "attr"}
            ):
                return k
        return None

    def _inherited_subjects(self, v: int, depth: int) -> list[int]:
        d, h = self.dep[v], self.head[v]
        if h == v:
            return []
        if d == "conj" and self.pos[h] in {"VERB", "AUX", "ADJ"}:
            if self.is_passive(h):
                return self.objects(h)
            return self.subjects(h, depth + 1)
        if d in {"xcomp", "ccomp"} and self.pos[h] in {"VERB", "AUX", "ADJ"}:
            if self.lemma[h] in OBJECT_CONTROL:
                controlled = self.objects(h)
                if controlled:
                    return controlled
            if self.is_passive(h):
                return self.objects(h)
            return self.subjects(h, depth + 1)
        if d in {"acl", "relcl"} and self.tag[v] == "VB" and self.dep[h] == "attr":
            return self.subjects(self.head[h], depth + 1)  # 'became the first state to ban it'
        if d == "acl":
            if self.tag[v] == "VBG":
                return self.with_conjuncts(h)
            return self.owner(h, depth)
        if d == "relcl":
            return [h]
        if d == "advcl" and self.tag[v] in {"VBG", "VBN", "VB"} and self.pos[h] in {"VERB", "AUX", "ADJ"}:
            if self.is_passive(h):
                return self.objects(h) if self.tag[v] == "VBG" else self.subjects(h, depth + 1)
            return self.subjects(h, depth + 1)
        if d == "pcomp":
            governor = self.head[h]
            if self.pos[governor] in {"VERB", "AUX", "ADJ"}:
                if self.is_passive(governor):
                    return self.objects(governor)
                objects = self.objects(governor)
                if objects and self.lower[h] in {"of", "for", "from", "into", "against"}:
                    return objects  # 'accused Iran of hiding', 'prevented students from marching'
                return self.subjects(governor, depth + 1)
            if self.pos[governor] == "NOUN":
                return self.owner(governor, depth)
        return []

    def presence(self, noun: int) -> int | None:
        """The 'be' of who 'is in Riga for talks', where the noun is what somebody is there for."""
        if self.dep[noun] != "pobj" or self.lower[self.head[noun]] != "for":
            return None
        i = self.head[self.head[noun]]
        for _ in range(3):
            if self.dep[i] not in {"pobj", "prep"}:
                break
            i = self.head[i]  # the phrase with 'for' hung on the town
        is_there = self.lemma[i] == "be" and any(self.lower[k] in {"in", "at"} for k in self.kids[i])
        return i if is_there else None

    def owner(self, noun: int, depth: int = 0) -> list[int]:
        """Whose plan, decision or threat it is: the possessor, or the subject of the verb it is the object of."""
        owner = self.child(noun, "poss")
        if owner is not None:
            return [owner]
        if self.dep[noun] in {"dobj", "attr", "pobj"}:
            governor = self.head[noun]
            if self.dep[noun] == "pobj":
                governor = self.head[governor]
            if self.pos[governor] in {"VERB", "AUX"}:
                return self.subjects(governor, depth + 1)
        by = [p for k in self.children(noun, "prep") if self.lower[k] == "by" for p in self.children(k, "pobj")]
        return by or [k for k in self.children(noun, "compound", "amod") if self.ent[k] in {"GPE", "NORP", "ORG"}]
