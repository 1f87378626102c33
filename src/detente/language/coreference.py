"""Which phrases of a document mean the same thing: a sieve of rules from the surest to the least sure.

Names first (the same name, its acronym, a surname for a full name), then definite phrases with the head of an
earlier one ('the team'), then pronouns by agreement, distance and function. The order is that of the multi-pass sieve
of Raghunathan et al. (2010) and Lee et al. (2013). No politics here: who is meant is for the actors' room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc

from .grid import Grid

FIRST = frozenset("i me my mine myself".split())
WE = frozenset("we us our ours ourselves".split())
YOU = frozenset("you your yours yourself yourselves".split())
HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
IT = frozenset("it its itself".split())
THEY = frozenset("they them their theirs themselves".split())
THIRD = HE | SHE | IT | THEY
SPOKEN = FIRST | WE | YOU
PRONOUNS = THIRD | SPOKEN
DEFINITE = frozenset("the this that these those".split())
INDEFINITE = frozenset("a an some any no another every each many several few much more most all what which".split())
MALE = frozenset(
    """mr mr. sir king prince father brother son husband man boy lord gentleman uncle john james robert michael
    william david richard joseph thomas charles donald george barack vladimir joe tony nick ban kofi nelson ali
    muhammad mohammed ahmed peter paul mark andrew kevin brian steven edward jason jeffrey ryan gary eric larry
    frank scott raymond jack dennis jerry tyler aaron henry adam nathan walter kyle carl jeremy sean dean bill hugo
    fidel sergei dmitry mikhail boris yuri igor ivan hassan hussein ibrahim abdul recep xi shinzo emmanuel nicolas
    francois jacques helmut gerhard olaf silvio matteo jose carlos luis juan pedro""".split()
)
FEMALE = frozenset(
    """mrs mrs. ms ms. miss queen princess mother sister daughter wife woman girl lady madam aunt mary patricia
    jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa margaret betty sandra ashley kimberly emily
    donna michelle carol amanda melissa deborah stephanie rebecca laura helen sharon cynthia kathleen amy angela
    shirley anna ruth brenda pamela nicole katherine hillary theresa condoleezza madeleine catherine federica ursula
    maria aung benazir indira golda tzipi julia jacinda kamala nikki samantha susan marine christine""".split()
)
GENDERED = MALE | FEMALE
HE_OR_SHE = HE | SHE
HUMAN_NOUNS = frozenset(
    """president minister leader chief spokesman spokeswoman spokesperson director secretary ambassador envoy
    chairman head officer official man woman boy girl person king queen prince judge senator governor mayor general
    teacher student doctor author writer artist player coach actor singer scientist professor researcher journalist
    candidate member citizen victim suspect driver""".split()
)
NOT_REFERRING = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
SAME_PRONOUN = {True: 4.6, False: 3.4}
"""How strongly an earlier 'he' or 'she' (True), 'it' or 'they' (False) draws the next one."""
BEST = 5.4
"""No mention in the pronoun's own sentence fits better; each sentence back costs 1 and more."""
CONFIDENCE = {"name": 0.9, "acronym": 0.9, "surname": 0.85, "definite": 0.65, "speaker": 0.6, "pronoun": 0.5}


@dataclass(slots=True)
class Mention:
    """Tokens [start, end) with the head; `chain` is the number of its chain, `why` the sieve that put it there."""

    start: int
    end: int
    head: int
    kind: str
    """'name', 'noun' or 'pronoun'."""
    chain: int = -1
    why: str = ""
    confidence: float = 1.0
    antecedent: int = -1
    """The index of the mention that it was linked to, -1 for the first of its chain."""


@dataclass
class Chains:
    """The mentions of a document in the order of the text, and the chains that they make."""

    doc: Doc
    mentions: list[Mention] = field(default_factory=list)

    def chains(self) -> list[list[Mention]]:
        """Chains of at least two mentions."""
        return [chain for chain in self.members.values() if len(chain) > 1]

    def spans(self) -> list[list[tuple[int, int]]]:
        """The chains as code points [start, end)."""
        doc = self.doc
        found = []
        for chain in self.chains():
            spans = {(doc[m.start].idx, doc[m.end - 1].idx + len(doc[m.end - 1])) for m in chain}
            if len(spans) > 1:
                found.append(sorted(spans))
        return found

    def before(self, token: int) -> Iterator[Mention]:
        """The earlier mentions in the chain of the pronoun at `token` that are no pronouns, nearest first."""
        at = self.pronouns.get(token)
        if at is None:
            return
        for mention in reversed(self.members.get(at.chain, ())):
            if mention.start < at.start and mention.kind != "pronoun":
                yield mention

    @cached_property
    def pronouns(self) -> dict[int, Mention]:
        return {m.head: m for m in self.mentions if m.kind == "pronoun"}

    @cached_property
    def members(self) -> dict[int, list[Mention]]:
        """The mentions of each chain, in the order of the text."""
        found: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            found.setdefault(mention.chain, []).append(mention)
        return found


def find_chains(doc: Doc, grid: Grid | None = None, labels: Mapping[int, str] | None = None) -> Chains:
    """Coreference of one parsed document.

    `labels` are entity labels by token that are surer than the model's ('PERSON' for somebody with a title).
    """
    grid = grid or Grid(doc)
    if labels:
        grid = copy(grid)
        grid.ent = [labels.get(i, label) for i, label in enumerate(grid.ent)]
    sieve = _Sieve(grid, _mentions(grid))
    sieve.run()
    return Chains(doc, sieve.mentions)


# --- mentions -----------------------------------------------------------------------------------------------


def _mentions(grid: Grid) -> list[Mention]:
    """Noun phrases and pronouns, longest first where several begin at one token."""
    found: dict[tuple[int, int], Mention] = {}
    pos, dep, lower, ent = grid.pos, grid.dep, grid.lower, grid.ent
    for i in range(len(grid)):
        if lower[i] in PRONOUNS and pos[i] in {"PRON", "DET", "ADJ"}:
            found[(i, i + 1)] = Mention(i, i + 1, i, "pronoun")
            continue
        if pos[i] not in {"NOUN", "PROPN"} or (ent[i] in NOT_REFERRING and dep[i] != "nsubj"):
            continue
        if dep[i] == "compound" and not (ent[i] and pos[i] == "PROPN" and _ends_name(grid, i)):
            continue
        for start, end in _phrases(grid, i):
            if end > start and (start, end) not in found:
                kind = "name" if pos[i] == "PROPN" else "noun"
                found[(start, end)] = Mention(start, end, i, kind)
    return sorted(found.values(), key=lambda m: (m.start, -m.end))


def _ends_name(grid: Grid, i: int) -> bool:
    """Whether a modifying name is a name of its own ('Wikinews' in 'Wikinews reporter'), not part of a longer one."""
    return grid.pos[grid.head[i]] == "NOUN" and (i + 1 >= len(grid) or grid.ent[i + 1] != grid.ent[i])


def _phrases(grid: Grid, i: int) -> list[tuple[int, int]]:
    """The phrase headed by `i`: without its conjuncts, and with the possessive mark as annotators have it."""
    left, right = grid.left[i], grid.right[i]
    for k in grid.kids[i]:
        if k > i and grid.dep[k] in {"cc", "conj", "preconj", "punct"} and k <= right:
            right = min(right, k - 1)
            break
        if k > i and grid.dep[k] in {"advcl", "ccomp", "parataxis", "npadvmod"} and k <= right:
            right = min(right, grid.left[k] - 1)
            break
    right = max(right, i)
    if grid.dep[i] == "compound":
        left, right = min(left, i), i
    while left < i and (
        grid.pos[left] == "PUNCT"
        or (grid.dep[left] in {"advmod", "cc", "preconj", "mark"} and grid.pos[left] in {"ADV", "CCONJ"})
    ):
        left += 1
    while right > i and grid.pos[right] in {"PUNCT", "SPACE"}:
        right -= 1
    return [(left, right + 1)]


def _content(grid: Grid, start: int, end: int, head: int) -> frozenset[str]:
    """The words before and at the head that tell one such thing from another."""
    return frozenset(
        grid.lower[k]
        for k in range(start, min(end, head + 1))
        if grid.pos[k] in {"NOUN", "PROPN", "ADJ", "NUM"} and grid.dep[k] not in {"det", "case", "poss"}
    )


# --- the sieve ----------------------------------------------------------------------------------------------


class _Sieve:
    def __init__(self, grid: Grid, mentions: list[Mention]) -> None:
        self.grid = grid
        self.mentions = mentions
        self.content: dict[int, frozenset[str]] = {}
        self.members: dict[int, list[int]] = {}
        for number, mention in enumerate(mentions):
            mention.chain = number
            self.members[number] = [number]

    def run(self) -> None:
        names: dict[str, int] = {}
        surnames: dict[str, int] = {}
        acronyms: dict[str, int] = {}
        nouns: dict[str, list[int]] = {}
        speakers: dict[str, int] = {}
        for n, mention in enumerate(self.mentions):
            if mention.kind == "pronoun":
                self._pronoun(n, speakers)
            elif mention.kind == "name":
                self._name(n, names, surnames, acronyms)
                nouns.setdefault(self.grid.lower[mention.head], []).append(n)
            else:
                self._noun(n, nouns)

    def link(self, n: int, earlier: int, why: str) -> None:
        """Joins the chain of mention `n` to that of `earlier`."""
        mention, old = self.mentions[n], self.mentions[earlier]
        if mention.chain == old.chain:
            return
        mention.why, mention.antecedent, mention.confidence = why, earlier, CONFIDENCE[why]
        for k in self.members.pop(mention.chain):
            self.members[old.chain].append(k)
            self.mentions[k].chain = old.chain

    def _name(self, n: int, names: dict[str, int], surnames: dict[str, int], acronyms: dict[str, int]) -> None:
        grid, mention = self.grid, self.mentions[n]
        proper = self._proper(mention)
        key = " ".join(grid.lower[k] for k in proper).removeprefix("the ")
        flat = key.replace(".", "")
        known = names.get(flat)
        why = "name"
        if known is None and len(proper) == 1:
            known, why = surnames.get(flat), "surname"
            if known is None and grid.words[mention.head].isupper():
                known, why = acronyms.get(flat), "acronym"
        if known is None and len(proper) > 1 and grid.ent[mention.head] == "PERSON":
            earlier = surnames.get(grid.lower[proper[-1]])
            if earlier is not None and grid.lower[self._proper(self.mentions[earlier])[0]] in {
                grid.lower[proper[0]],
                grid.lower[proper[-1]],
            }:
                known, why = earlier, "surname"
        if known is not None and not self._nested(n, known):
            self.link(n, known, why)
        names.setdefault(flat, n)
        surnames[grid.lower[proper[-1]]] = n
        if len(proper) > 1:
            initials = "".join(grid.words[k][0] for k in proper if grid.words[k][0].isupper()).lower()
            if len(initials) > 1:
                acronyms.setdefault(initials, n)

    def _proper(self, mention: Mention) -> list[int]:
        """The capitalised words of the name itself: the run of proper nouns that ends at the head."""
        grid, k = self.grid, mention.head
        run = [k]
        while k - 1 >= mention.start and (grid.pos[k - 1] == "PROPN" or grid.words[k - 1] == "-"):
            k -= 1
            if grid.words[k] != "-":
                run.append(k)
        k = mention.head
        if k + 2 < mention.end and grid.lower[k + 1] == "of" and grid.pos[k + 2] in {"PROPN", "DET"} and len(run) <= 2:
            run = run[::-1]
            for j in range(k + 2, mention.end):
                if grid.pos[j] == "PROPN":
                    run.append(j)
                elif grid.pos[j] != "DET":
                    break
            return run
        person = [j for j in run if grid.ent[j] == "PERSON"]
        return (person if person and grid.ent[mention.head] == "PERSON" else run)[::-1]

    def _nested(self, n: int, earlier: int) -> bool:
        a, b = self.mentions[n], self.mentions[earlier]
        return b.start <= a.start and a.end <= b.end

    def _noun(self, n: int, nouns: dict[str, list[int]]) -> None:
        grid, mention = self.grid, self.mentions[n]
        head = grid.lower[mention.head]
        first = grid.lower[mention.start]
        earlier = nouns.setdefault(head, [])
        owner = grid.child(mention.head, "poss")
        if first in DEFINITE or owner is not None:
            for k in reversed(earlier):
                if self._nested(n, k) or not self._words(n) <= self._words(k) | {head}:
                    continue
                if owner is not None and not self._same_owner(owner, self.mentions[k]):
                    continue
                modified = mention.end - mention.head > 3 and grid.child(mention.head, "prep", "relcl", "acl")
                if modified and self._tail(mention) != self._tail(self.mentions[k]):
                    continue
                self.link(n, k, "definite")
                break
        elif first not in INDEFINITE and grid.tag[mention.head] == "NNS" and mention.end - mention.start <= 3:
            for k in reversed(earlier):
                if not self._nested(n, k) and self._words(n) == self._words(k):
                    self.link(n, k, "definite")
                    break
        earlier.append(n)

    def _words(self, n: int) -> frozenset[str]:
        """The content words of mention `n`, made when they are first asked for."""
        words = self.content.get(n)
        if words is None:
            mention = self.mentions[n]
            words = self.content[n] = _content(self.grid, mention.start, mention.end, mention.head)
        return words

    def _same_owner(self, owner: int, other: Mention) -> bool:
        theirs = self.grid.child(other.head, "poss")
        return theirs is not None and self.grid.lower[theirs] == self.grid.lower[owner]

    def _tail(self, mention: Mention) -> list[str]:
        return self.grid.lower[mention.head + 1 : mention.end]

    def _pronoun(self, n: int, speakers: dict[str, int]) -> None:
        word = self.grid.lower[self.mentions[n].head]
        if word in SPOKEN:
            group = "i" if word in FIRST else "we" if word in WE else "you"
            if group in speakers:
                self.link(n, speakers[group], "speaker")
            else:
                speakers[group] = n
            return
        if word in IT and self._empty(self.mentions[n].head):
            return
        best, mark = -1, 0.0
        sentence = self.grid.sent[self.mentions[n].head]
        for k in range(n - 1, max(-1, n - 60), -1):
            distance = sentence - self.grid.sent[self.mentions[k].head]
            if distance > 3 or (best >= 0 and mark >= BEST - distance):
                break  # nothing farther away can fit better
            score = self._fit(n, k, word, distance)
            if score > mark:
                best, mark = k, score
        if best >= 0:
            self.link(n, best, "pronoun")

    def _empty(self, i: int) -> bool:
        """'it is clear that', 'it seems that': a subject that means nothing."""
        grid, verb = self.grid, self.grid.head[i]
        if grid.dep[i] not in {"nsubj", "nsubjpass"}:
            return False
        if grid.dep[i] == "expl" or grid.lower[verb] in {"seems", "appears", "rains", "rained", "snowed", "seemed"}:
            return True
        complement = grid.child(verb, "ccomp", "xcomp", "advcl")
        return complement is not None and grid.child(verb, "acomp", "attr") is not None and complement > verb

    def _fit(self, n: int, k: int, word: str, distance: int) -> float:
        """How well an earlier mention suits a pronoun: 0 where it cannot be, else more for nearer and more salient."""
        grid, pronoun, other = self.grid, self.mentions[n], self.mentions[k]
        if other.start <= pronoun.start < other.end:
            return 0.0
        if other.kind == "pronoun":
            theirs = grid.lower[other.head]
            group = next(g for g in (HE, SHE, IT, THEY, SPOKEN) if theirs in g)
            if word not in group:
                return 0.0
            base = SAME_PRONOUN[word in HE or word in SHE]
            return base - distance + (0.8 if grid.dep[other.head] in {"nsubj", "nsubjpass"} else 0.2)
        if not self._agrees(other, word) or self._opposed(other, word):
            return 0.0
        score = 3.0 - 1.7 * distance
        function = grid.dep[other.head]
        if function in {"nsubj", "nsubjpass"}:
            score += 1.2
        elif function in {"dobj", "poss", "conj"}:
            score += 0.4
        if other.kind == "name":
            score += 0.2
        same_clause = distance == 0 and grid.head[other.head] == grid.head[pronoun.head]
        if (
            same_clause
            and grid.dep[pronoun.head] in {"dobj", "pobj", "dative"}
            and not word.endswith(("self", "selves"))
        ):
            return 0.0
        score += 0.15 * min(len(self.members[other.chain]), 5)
        return max(score - 0.01 * (n - k), 0.01)

    def _opposed(self, mention: Mention, word: str) -> bool:
        """Whether the chain is known, by an earlier pronoun, to be of the other gender or number."""
        against = SHE if word in HE else HE if word in SHE else HE_OR_SHE
        lower = self.grid.lower
        for k in self.members[mention.chain]:
            other = self.mentions[k]
            if other.kind == "pronoun" and lower[other.head] in against:
                return True
        return False

    def _agrees(self, mention: Mention, word: str) -> bool:
        grid, head = self.grid, mention.head
        low, label, tag = grid.lower[head], grid.ent[head], grid.tag[head]
        plural = tag in {"NNS", "NNPS"} or grid.child(head, "conj") is not None
        person = label == "PERSON" or (low in HUMAN_NOUNS and not plural)
        if word in HE or word in SHE:
            if plural or not (person or low in GENDERED):
                return False
            first = {grid.lower[k] for k in range(mention.start, head + 1)}
            return not first & (FEMALE if word in HE else MALE)
        if word in IT:
            return not plural and not person and label != "NORP" and low not in GENDERED
        return plural or label in {"NORP", "ORG"} or low in _GROUPS


_GROUPS = frozenset(
    """team group government police company party family committee staff public crew army band couple pair council
    audience community population crowd media press majority minority board union parliament congress""".split()
)
