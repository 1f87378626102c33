"""'this' and 'that' standing alone: what was said just before, a clause as a rule."""

from __future__ import annotations

from .chains import Mention
from .state import State
from .words import SUBJECTS

REPORTING = frozenset("think believe mean hear decide estimate say know hope see find feel suppose guess".split())
NEUTRAL = frozenset({"it", "this", "that"})
OF_A_THING = frozenset({"the", "a", "an", "another"})
VERBS = frozenset({"VERB", "AUX"})


class Clauses:
    """Resolves 'this' and 'that' of one document. A clause is a mention of one word, its verb, once it is pointed to."""

    def __init__(self, state: State) -> None:
        self.state, self.grid = state, state.grid
        self.made: dict[int, int] = {}
        self.last = -1

    def meet(self, n: int) -> None:
        """Links mention `n` to the 'this' or 'that' of the sentence before, or to the clause before."""
        grid, mentions = self.grid, self.state.mentions
        i = mentions[n].head
        if self.last >= 0 and grid.sent[i] - grid.sent[mentions[self.last].head] <= 1 and grid.dep[i] in SUBJECTS:
            self.state.link(n, self.last, "clause")
        elif (grid.dep[i] not in SUBJECTS and (thing := self.thing_before(n)) is not None) or (
            thing := self.named_before(n)
        ) is not None:
            self.state.link(n, thing, "clause")
        else:
            verb = self.clause_before(i)
            if verb is None:
                return
            self.state.link(n, self.mention_of(verb), "clause")
        self.last = n

    def named_before(self, n: int) -> int | None:
        """'The probe landed. This is the first such mission': a noun for the thing that the sentence before is about."""
        grid, state = self.grid, self.state
        i = state.mentions[n].head
        noun = grid.child(grid.head[i], "attr") if grid.lemma[grid.head[i]] == "be" else None
        if noun is None or grid.pos[noun] != "NOUN" or grid.lower[grid.left[noun]] not in OF_A_THING:
            return None
        for k in range(n - 1, -1, -1):
            other = state.mentions[k]
            back = grid.sent[i] - grid.sent[other.head]
            if back > 1:
                return None
            about = grid.dep[other.head] in SUBJECTS and grid.dep[grid.head[other.head]] == "ROOT"
            if back == 1 and about and other.kind in {"name", "noun"}:
                traits = state.traits(other.chain)
                return k if traits.plural is not True and traits.person is not True else None
        return None

    def clause_before(self, i: int) -> int | None:
        """The main verb of the sentence before; of the same sentence where 'this' stands in a later clause of it."""
        grid = self.grid
        start = grid.starts[grid.sent[i]]
        verb = i
        while grid.head[verb] != verb and grid.pos[verb] not in VERBS:
            verb = grid.head[verb]
        if (
            grid.dep[verb] in {"conj", "advcl", "ccomp"}
            and start <= grid.head[verb] < i
            and grid.left[verb] > start + 1
        ):
            main = grid.head[verb]
            if grid.dep[verb] != "ccomp" and grid.pos[main] in VERBS:
                return main
        number = grid.sent[i] - 1
        if number < 0:
            return None
        root = next((k for k in range(grid.starts[number], start) if grid.head[k] == k and grid.pos[k] in VERBS), None)
        return None if root is None else self.said(root)

    def said(self, verb: int) -> int:
        """The last of coordinated clauses; what is thought or heard rather than the thinking ('I believe that ...')."""
        grid = self.grid
        following = [k for k in grid.kids[verb] if k > verb and grid.pos[k] in VERBS]
        last = next((k for k in reversed(following) if grid.dep[k] == "conj"), None)
        if last is not None and grid.child(last, "nsubj", "nsubjpass") is not None:
            return self.said(last)
        content = next((k for k in following if grid.dep[k] == "ccomp"), None)
        return self.said(content) if content is not None and grid.lemma[verb] in REPORTING else verb

    def thing_before(self, n: int) -> int | None:
        """For an object: the nearest 'it' or 'this', or the nearest object or predicate, of this sentence or the last."""
        grid, state = self.grid, self.state
        i = state.mentions[n].head
        for k in range(n - 1, max(-1, n - 20), -1):
            other = state.mentions[k]
            if grid.sent[i] - grid.sent[other.head] > 1:
                return None
            if other.start <= i < other.end or grid.head[other.head] == grid.head[i]:
                continue
            if other.kind == "pronoun":
                if grid.lower[other.head] in NEUTRAL:
                    return k
            elif grid.dep[other.head] in {"dobj", "attr"} and state.traits(other.chain).plural is not True:
                return k
        return None

    def mention_of(self, verb: int) -> int:
        """The clause as a mention: the first auxiliary 'be' of its verb, else the verb itself."""
        grid, state = self.grid, self.state
        at = next((k for k in grid.kids[verb] if k < verb and grid.lemma[k] == "be" and grid.pos[k] == "AUX"), verb)
        if at not in self.made:
            number = self.made[at] = len(state.mentions)
            state.mentions.append(Mention(at, at + 1, at, "clause", number))
            state.members[number] = [number]
        return self.made[at]
