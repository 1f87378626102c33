"""'he', 'she', 'it', 'they': the phrase before that agrees, is near, and stands where such phrases stand.

The weights were set by hand in round numbers; moving any of them by a fifth changes little.
"""

from __future__ import annotations

from .chains import Mention
from .state import State
from .words import HE, IT, POINTING, REFLEXIVE, SHE, SPOKEN, SUBJECTS, THEY

WINDOW, SENTENCES = 60, 3
NEAR = 3.0
"""What a phrase in the pronoun's own sentence counts."""
BACK = 1.7
"""What each sentence between takes away."""
SUBJECT, OBJECT, NAMED, OFTEN = 1.2, 0.4, 0.2, 0.25
"""What subjects, objects and owners, names, and each earlier mention of the same (up to five) count more."""
PARALLEL = 0.8
"""What an object counts more for a pronoun that is an object."""
INSIDE = 0.4
"""What a phrase inside a longer one ('the Irving' of 'the mayor of Irving') counts less."""
TOGETHER = 0.5
"""What a whole coordination counts less for 'they' than one of its members that is plural itself."""
SAME = {True: 4.6, False: 3.4}
"""How strongly an earlier 'he' or 'she' (True), 'it' or 'they' (False) draws the next one."""
SAME_SUBJECT = {True: 0.4, False: 0.2}
BEST = 6.4
"""No mention in the pronoun's own sentence fits better; each sentence back costs 1 and more."""
OBJECTS = frozenset({"dobj", "pobj", "dative"})
EMPTY_VERBS = frozenset({"seems", "appears", "rains", "rained", "snowed", "seemed", "turns", "turned"})
WEIGHED = frozenset(
    """hard difficult easy possible impossible important necessary essential vital crucial critical clear unclear good
    better best bad worse nice great wrong right fair unfair safe dangerous risky useful useless time tough tempting
    reasonable natural normal common rare unusual imperative urgent premature early late sad painful interesting
    worth wise foolish illegal legal unacceptable acceptable advisable pointless futile helpful""".split()
)
"""What is said of a deed that follows: 'it is hard to know', 'it is time to act'."""
TAKING = frozenset({"takes", "took", "take", "taken", "costs", "cost", "pays", "helps", "matters"})
"""'it takes unity to fulfil them'"""
FOUND = frozenset(
    "decide agree say report believe think expect hope know announce understand estimate suggest argue".split()
)
"""'it was decided that': what follows is meant."""
GROUPS = (HE, SHE, IT, THEY, SPOKEN, POINTING)


class Pronouns:
    """Resolves the third person of one document."""

    def __init__(self, state: State) -> None:
        self.state, self.grid = state, state.grid
        self.nothing: set[int] = set()

    def meet(self, n: int) -> None:
        """Links pronoun `n` to the mention before it that suits it best, if any does."""
        grid, mentions = self.grid, self.state.mentions
        head = mentions[n].head
        word = grid.lower[head]
        if word in IT and self.empty(head):
            self.nothing.add(head)
            return
        best, mark = -1, 0.0
        sentence = grid.sent[head]
        for k in range(n - 1, max(-1, n - WINDOW), -1):
            distance = sentence - grid.sent[mentions[k].head]
            if distance > SENTENCES or (best >= 0 and mark >= BEST - distance):
                break  # nothing farther away can fit better
            score = self.fit(n, k, word, distance)
            if score > mark:
                best, mark = k, score
        if best >= 0:
            self.state.link(n, best, "pronoun")

    def empty(self, i: int) -> bool:
        """'it is clear that', 'it seems that': a subject that means nothing."""
        grid, verb = self.grid, self.grid.head[i]
        if grid.dep[i] not in SUBJECTS:
            return False
        if grid.lower[verb] in EMPTY_VERBS:
            return True
        said = grid.child(verb, "acomp", "attr")
        if said is not None and grid.lower[said] in WEIGHED and grid.child(said, "xcomp", "ccomp") is not None:
            return True
        complement = grid.child(verb, "ccomp", "xcomp", "advcl")
        if complement is None or complement < verb:
            return False
        if said is not None:
            return True
        return grid.lower[verb] in TAKING or (grid.dep[i] == "nsubjpass" and grid.lemma[verb] in FOUND)

    def fit(self, n: int, k: int, word: str, distance: int) -> float:
        """How well an earlier mention suits a pronoun: 0 where it cannot be, else more for nearer and more salient."""
        grid, pronoun, other = self.grid, self.state.mentions[n], self.state.mentions[k]
        if other.start <= pronoun.start < other.end:
            return 0.0
        function = grid.dep[other.head]
        if other.kind == "pronoun":
            if word not in next(g for g in GROUPS if grid.lower[other.head] in g):
                return 0.0
            return SAME[word in HE or word in SHE] - distance + SAME_SUBJECT[function in SUBJECTS]
        if not self.agrees(other, word) or self.bound(pronoun.head, other, distance, word):
            return 0.0
        score = NEAR - BACK * distance
        if function in SUBJECTS:
            score += SUBJECT
        elif function in {"dobj", "poss", "conj"}:
            score += OBJECT
        if other.kind == "name":
            score += NAMED
        if function in OBJECTS and grid.dep[pronoun.head] in OBJECTS:
            score += PARALLEL
        if self.inside(k):
            score -= INSIDE
        score += OFTEN * min(len(self.state.members[other.chain]), 5) + self.likely(other, word)
        return max(score - 0.01 * (n - k), 0.01)

    def bound(self, i: int, other: Mention, distance: int, word: str) -> bool:
        """Whether the two are arguments of one verb, which takes a reflexive pronoun ('saw him', 'saw himself')."""
        grid = self.grid
        if distance or word in REFLEXIVE or grid.dep[i] not in OBJECTS:
            return False
        return grid.head[other.head] == grid.head[i]

    def inside(self, k: int) -> bool:
        """Whether mention `k` stands inside a longer phrase, other than a coordination."""
        mentions = self.state.mentions
        other = mentions[k]
        return any(
            m.end >= other.end and m.kind != "both" and m.end - m.start > other.end - other.start
            for m in mentions[max(0, k - 6) : k]
        )

    def agrees(self, mention: Mention, word: str) -> bool:
        """Whether the pronoun can stand for the mention by number, gender and life."""
        traits = self.state.traits(mention.chain)
        if word in HE or word in SHE:
            if traits.plural or traits.person is False or (traits.person is None and mention.kind != "name"):
                return False
            return traits.gender != ("f" if word in HE else "m")
        if word in IT:
            return traits.plural is not True and traits.person is not True
        return traits.plural is not False or (traits.person is True and not traits.gender and mention.kind == "noun")

    def likely(self, mention: Mention, word: str) -> float:
        """What the kind of thing speaks for or against, where the pronoun may stand for it."""
        traits, label = self.state.traits(mention.chain), self.grid.ent[mention.head]
        if word in THEY:
            single = 0.0 if traits.plural else 0.4 if traits.plural is None else 1.4
            return (1.2 if traits.person else 0.0) - single - (TOGETHER if mention.kind == "both" else 0.0)
        if word in IT:
            return -0.4 if label == "GPE" else -0.8 if label == "PERSON" else 0.0
        return 0.0
