"""The phrases that may mean somebody or something: noun phrases with what belongs to them, pronouns, coordinations.

Borders are those of the annotated corpora: with determiners, appositions, relative clauses and the possessive mark,
without the other members of a coordination; a coordination as a whole is a mention of its own.
"""

from __future__ import annotations

from ..grid import Grid
from .chains import Mention
from .words import NOT_REFERRING, POINTING, PRONOUNS, SINGLE, SUBJECTS, given_names, kinds_of_words

BEFORE = frozenset(
    "det amod compound poss nmod nummod quantmod predet advmod npadvmod case punct neg appos cc preconj prep".split()
)
"""What stands before a noun and belongs to it; anything else there is a slip of the parser."""
AFTER = frozenset("prep relcl acl appos amod nummod nmod case punct poss advmod compound".split())
COUNTED = frozenset("one some many most few both all each half none another those others more several any".split())
"""Words that head a phrase of their own: 'one of the ships', 'those who stayed'."""
ALONE = frozenset("everyone everybody someone somebody something anyone".split())
OPENING = {")": "(", "]": "[", '"': '"', "”": "“", "'": "'", "’": "‘"}
RELATIVE = frozenset("who whom whose which where when that".split())
OF_PERSONS = frozenset({"of", "from"})
"""Prepositions that belong to the name of a person: 'Mary Odum of the Labour Party', not 'met Odum in Abuja'."""
NOT_APPOSED = frozenset(":([")
"""Signs before what is no apposition but a phrase of its own: 'the Treaty (NPT)'."""
GATHERED = frozenset("you we us they them".split())
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
"""Days that one story names again by the same word."""
CREDITS = frozenset("image photo photograph picture file source credit caption video graphic".split())
"""Words that stand before a colon for what is shown, not in what is told."""
LET_US = frozenset({"'s", "’s"})


def find_mentions(grid: Grid) -> list[Mention]:
    """Noun phrases and pronouns, longest first where several begin at one token."""
    found: dict[tuple[int, int], Mention] = {}
    pos, lower, words = grid.pos, grid.lower, grid.words
    named = _standing_names(grid)
    for i, kind in enumerate(pos):
        if (lower[i] in PRONOUNS and words[i] != "US") or (lower[i] in LET_US and grid.tag[i] == "PRP"):
            if kind in {"PRON", "DET", "ADJ"}:
                end = i + 2 if lower[i + 1 : i + 2] == ["all"] and lower[i] in GATHERED else i + 1
                found[(i, end)] = Mention(i, end, i, "pronoun")
            continue
        if kind == "NOUN" or kind == "PROPN":
            _noun_phrase(grid, i, named, found)
        elif words[i] != lower[i] and _is_brand(words[i]):
            found.setdefault((i, i + 1), Mention(i, i + 1, i, "name"))
        elif kind in {"PRON", "DET", "NUM", "ADV"}:
            _small_word(grid, i, found)
    return sorted(found.values(), key=lambda m: (m.start, -m.end))


def _is_brand(word: str) -> bool:
    """'eBay', 'iPhone': small at the front and with a capital inside, which taggers take for anything."""
    return word[:1].islower() and word.isalpha() and not word.islower()


def _standing_names(grid: Grid) -> frozenset[str]:
    """Single names that stand for themselves somewhere: 'NASA' counts as a mention in 'NASA scientists', too."""
    dep, left, lower = grid.dep, grid.left, grid.lower
    return frozenset(
        lower[i]
        for i, kind in enumerate(grid.pos)
        if kind == "PROPN" and dep[i] != "compound" and left[i] >= i - 1 and not _modifier(grid, i - 1, i)
    )


def _modifier(grid: Grid, k: int, head: int) -> bool:
    return k >= 0 and grid.head[k] == head and grid.dep[k] in {"compound", "amod", "nmod"}


def _noun_phrase(grid: Grid, i: int, named: frozenset[str], found: dict[tuple[int, int], Mention]) -> None:
    dep, ent = grid.dep[i], grid.ent[i]
    name = grid.pos[i] == "PROPN"
    if dep == "compound" or (dep == "nmod" and name):
        if not name or not _stands_alone(grid, i, named):
            return
        start, end = i, i + 1
        while start > 0 and ent and grid.ent[start - 1] == ent and grid.pos[start - 1] == "PROPN":
            if not start <= grid.head[start - 1] <= i and grid.lower[start - 1] in named:
                break
            start -= 1
        if grid.lower[grid.left[i]] == "the" and grid.left[i] == start - 1:
            start -= 1
        found.setdefault((start, end), Mention(start, end, i, "name"))
        return
    if dep == "appos" and _is_apposition(grid, i):
        return
    if grid.lower[i] in CREDITS and grid.words[i + 1 : i + 2] == [":"]:
        return
    if not grid.words[i][:1].isalnum() and len(grid.words[i]) < 3:
        return
    start, end = phrase(grid, i)
    if name and start == i == grid.starts[grid.sent[i]] and i and _is_cut_off(grid, i - 1):
        start -= 1
    kind = "name" if name or _is_brand(grid.words[i]) else "noun"
    if ent in NOT_REFERRING and dep not in SUBJECTS and grid.lower[i] not in WEEKDAYS:
        return
    found.setdefault((start, end), Mention(start, end, i, kind))
    last = grid.conjuncts(i) if dep != "conj" else []
    if last:
        right = phrase(grid, last[-1])[1]
        found.setdefault((start, right), Mention(start, right, i, "both"))


def _is_cut_off(grid: Grid, i: int) -> bool:
    """Whether the first name at `i` is a sentence of its own by a slip of the parser: 'Mary | Odum spoke.'"""
    alone = grid.left[i] == i == grid.right[i] and grid.head[i] == i
    return alone and grid.pos[i] == "PROPN" and grid.lower[i] in given_names()


def _stands_alone(grid: Grid, i: int, named: frozenset[str]) -> bool:
    """Whether a modifying name is a name of its own ('Wikinews' in 'Wikinews reporter'), not part of a longer one."""
    if grid.lower[i] in given_names() or kinds_of_words().get(grid.lower[i]) in SINGLE:
        return False  # 'Barack' and 'President' are parts of one name
    last = i + 1 >= len(grid) or grid.ent[i + 1] != grid.ent[i]
    if grid.ent[i] and last and grid.pos[grid.head[i]] == "NOUN":
        return True
    return grid.lower[i] in named and (not grid.ent[i] or last or grid.words[i].isupper())


def _is_apposition(grid: Grid, i: int) -> bool:
    """Whether the apposition stands behind a comma or a dash and so within the phrase of the noun that it is put to."""
    head = grid.head[i]
    if head >= i or grid.pos[head] not in {"NOUN", "PROPN"} or grid.left[i] <= head + 1:
        return False
    if not NOT_APPOSED.isdisjoint(grid.words[head + 1 : grid.left[i] + 1]):
        return False
    one, other = grid.ent[head], grid.ent[i]
    return not (
        one and other and grid.pos[i] == "PROPN" and grid.pos[head] == "PROPN" and (one != other or one == "GPE")
    )


def _small_word(grid: Grid, i: int, found: dict[tuple[int, int], Mention]) -> None:
    """'one of the ships', 'those who stayed', 'everyone'; 'this' and 'that' where they stand alone."""
    word, dep = grid.lower[i], grid.dep[i]
    if word in POINTING:
        if dep in {"nsubj", "nsubjpass", "dobj", "pobj", "attr"} and grid.tag[i] != "WDT":
            found[(i, i + 1)] = Mention(i, i + 1, i, "pronoun")
        return
    if dep in {"det", "advmod", "nummod", "quantmod", "amod", "compound", "mark", "poss", "predet", "expl", "punct"}:
        return
    if word in ALONE or (word in COUNTED and grid.child(i, "prep", "relcl", "acl") is not None):
        start, end = phrase(grid, i)
        found.setdefault((start, end), Mention(start, end, i, "noun"))


def phrase(grid: Grid, i: int) -> tuple[int, int]:
    """The phrase headed by `i`: without its conjuncts, with its appositions and clauses, and with the possessive mark."""
    left = right = i
    kids, dep = grid.kids[i], grid.dep
    for k in reversed(kids):
        if k < i:
            if dep[k] not in BEFORE or (dep[k] == "prep" and grid.lower[k] not in {"over", "about", "more", "up"}):
                break
            left = grid.left[k]
    for k in kids:
        if k > i:
            if dep[k] not in AFTER or not _belongs(grid, i, k):
                break
            if dep[k] != "punct":
                right = max(right, grid.right[k])
    return trimmed(grid, left, right, i)


def _belongs(grid: Grid, i: int, k: int) -> bool:
    """Whether what follows noun `i` is its own: not a city's state, not the sentence after a name."""
    dep = grid.dep[k]
    if dep == "appos":
        return _is_apposition(grid, k) or grid.left[k] == i + 1
    if dep == "relcl" and grid.pos[i] == "PROPN":
        return grid.lower[grid.left[k]] in RELATIVE or grid.tag[grid.left[k]] == "IN"
    if dep == "prep" and grid.ent[i] == "PERSON":
        return grid.lower[k] in OF_PERSONS
    return True


def trimmed(grid: Grid, left: int, right: int, head: int) -> tuple[int, int]:
    """The phrase without the signs and particles at its edges; a closing sign stays with the one that it closes."""
    pos, words = grid.pos, grid.words
    for k in range(head - 1, left - 1, -1):
        if pos[k] in {"SPACE", "PUNCT"} and (words[k] == ":" or "\n" in words[k]):
            left = k + 1
            break
    for k in range(head + 1, right + 1):
        if words[k] == ":" or (pos[k] == "SPACE" and "\n" in words[k]):
            right = k - 1
            break
    while left < head and (
        pos[left] in {"PUNCT", "SPACE"}
        or (grid.dep[left] in {"advmod", "cc", "preconj", "mark"} and pos[left] in {"ADV", "CCONJ"})
    ):
        if words[left] in OPENING.values() and any(OPENING.get(w) == words[left] for w in words[left + 1 : right + 2]):
            break
        left += 1
    while right > head and pos[right] in {"PUNCT", "SPACE"}:
        if OPENING.get(words[right]) in words[left:right] and words[right] != "'":
            break
        right -= 1
    if right + 1 < len(words) and words[right + 1] in {")", "”", '"'}:
        opening = OPENING[words[right + 1]]
        inside = words[left : right + 1]
        if inside.count(opening) % 2 == 1 and words[right + 1] not in (inside if opening != words[right + 1] else []):
            right += 1
    return left, right + 1
