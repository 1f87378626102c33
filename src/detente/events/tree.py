"""The parse as plain lists: words, labels, heads and children, with datelines known.

spaCy's `Token` objects are slow to ask again and again; a `Tree` copies what the coder needs of one parse into lists
once. Indices are token indices of the whole document. Relation labels are those of the small English model (ClearNLP
labels: nsubj, nsubjpass, dobj, dative, agent, prep, pobj, pcomp, xcomp, ccomp, advcl, acl, relcl, conj, appos, poss,
compound, amod, prt, neg, aux, auxpass).
"""

from __future__ import annotations

from spacy.attrs import DEP, ENT_TYPE, HEAD, LEMMA, LOWER, POS, TAG
from spacy.tokens import Doc

DASHES = frozenset({"--", "-", "–", "—", "---"})
_LABELS: dict[int, str] = {0: ""}
"""Names of parts of speech, relations and kinds of names by spaCy's number for them: a closed set, the same for all."""


class Tree:
    """One document's parse as lists. `kids[i]` are the children of token i in text order."""

    __slots__ = ("bounds", "dateline", "dep", "doc", "ent", "head", "kids", "lemma", "lower", "pos", "sentences", "tag")

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        strings = doc.vocab.strings
        table = doc.to_array([LOWER, LEMMA, POS, TAG, DEP, ENT_TYPE, HEAD])
        lower, lemma, pos, tag, dep, ent = (column.tolist() for column in table.T[:6])
        words = {key: strings[key] if key else "" for key in {*lower, *lemma}}
        self.lower = [words[key] for key in lower]
        lowered = {key: words[key].lower() for key in set(lemma)}
        self.lemma = [lowered[key] for key in lemma]
        for key in {*pos, *tag, *dep, *ent} - _LABELS.keys():
            _LABELS[key] = strings[key]
        self.pos = [_LABELS[key] for key in pos]
        self.tag = [_LABELS[key] for key in tag]
        self.dep = [_LABELS[key] for key in dep]
        self.ent = [_LABELS[key] for key in ent]
        self.head = [i + offset for i, offset in enumerate(table.T[6].astype("int64").tolist())]
        self.kids: list[list[int]] = [[] for _ in lower]
        for i, head in enumerate(self.head):
            if head != i:
                self.kids[head].append(i)
        self.sentences = [(sentence.start, sentence.end) for sentence in doc.sents]
        """First token of each sentence and the one after its last, and ..."""
        self.bounds = [pair for pair in self.sentences for _ in range(*pair)]
        """... the same by token: spaCy looks for them again each time it is asked."""
        self.dateline = self._datelines()

    def _datelines(self) -> set[int]:
        """Tokens of 'MOSCOW, Sept. 24 --' and 'NEW YORK (Reuters) -' at the head of a sentence: they are
        where the text was written, not who acts."""
        found: set[int] = set()
        for first, end in self.sentences:
            last = min(end, first + 14)
            for k in range(first + 1, last):
                dash = self.lower[k] in DASHES and (k + 1 >= last or bool(self.doc[k - 1].whitespace_))
                if not dash and self.lower[k] != ":":
                    continue
                names = all(self.pos[n] in {"PROPN", "PUNCT"} for n in range(first, k))
                shouted = self.doc[first].text.isupper() or self.lower[k - 1] == ")"
                if (dash and shouted) or (names and k - first <= (6 if dash else 4)):
                    found.update(range(first, k + 1))
                break
        return found

    def __len__(self) -> int:
        return len(self.lemma)

    def rehang(self, i: int, head: int, dep: str) -> None:
        """Makes `i` a child of `head` under `dep`; nothing is done where that would close a circle."""
        above = head
        while self.head[above] != above:
            if above == i:
                return
            above = self.head[above]
        if above == i or head == i:
            return
        if self.head[i] != i:
            self.kids[self.head[i]].remove(i)
        self.head[i], self.dep[i] = head, dep
        self.kids[head] = sorted({*self.kids[head], i})

    def detach(self, i: int) -> None:
        """Makes `i` the root of a sentence of its own."""
        if self.head[i] != i:
            self.kids[self.head[i]].remove(i)
        self.head[i], self.dep[i] = i, "ROOT"

    def children(self, i: int, *deps: str) -> list[int]:
        """The children of `i` under one of the relations `deps`."""
        dep = self.dep
        return [k for k in self.kids[i] if dep[k] in deps]

    def child(self, i: int, *deps: str) -> int | None:
        dep = self.dep
        for k in self.kids[i]:
            if dep[k] in deps:
                return k
        return None

    def with_conjuncts(self, i: int) -> list[int]:
        """`i` and all that is coordinated with it."""
        found = [i]
        for j in found:
            found.extend(k for k in self.kids[j] if self.dep[k] == "conj" and k not in found)
        return found

    def is_several(self, i: int) -> bool:
        """Whether the phrase headed by `i` names several: 'A and B', 'the navies of A and B', 'Thai and Lao troops'."""
        if self.child(i, "conj") is not None:
            return True
        for k in self.kids[i]:
            named = []
            if self.dep[k] in {"amod", "compound", "nmod", "poss"} and self.doc[k].text[0].isupper():
                named = [k]
            elif self.dep[k] == "prep" and self.lower[k] in {"of", "from", "between"}:
                named = self.children(k, "pobj")
            if any(self.child(n, "conj") is not None for n in named):
                return True
        return False

    def clause_root(self, i: int) -> int:
        """The verb of the clause that token `i` stands in."""
        while self.head[i] != i and self.pos[i] not in {"VERB", "AUX"}:
            i = self.head[i]
        return i

    def phrase(self, i: int) -> tuple[int, int]:
        """First and last token of the noun phrase headed by `i`, without relative clauses and appositions."""
        first = last = i
        for k in self.kids[i]:
            if self.dep[k] in {"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "advmod"} and k < i:
                first = min(first, self.phrase(k)[0])
            elif self.dep[k] == "prep" and self.lower[k] in {"of", "in", "for"} and k > i:
                for p in self.children(k, "pobj"):
                    last = max(last, self.phrase(p)[1])
        return first, last
