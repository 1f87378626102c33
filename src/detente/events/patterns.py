"""Where a pattern of a PETRARCH verb dictionary fits: its words in their order, in the clause of the verb.

A PETRARCH2 pattern says what is a phrase of nouns and what a phrase with a preposition; of a dictionary without
braces and parentheses (PETRARCH 1, TABARI) the words may stand anywhere in the clause. In a passive clause the subject
is looked at as the object, and the by-phrase as the subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .clauses import View
from .petrarch_verbs import Pattern, Piece

_APART = frozenset({"relcl", "parataxis", "punct"})
_PREPOSITIONS = frozenset({"prep", "agent", "dative", "prt", "advmod", "aux", "mark", "pcomp", "cc"})
_NEAR = 3
"""How many tokens on the next word of a phrase in braces may stand."""


@dataclass(slots=True)
class Place:
    """The tokens that fill a pattern."""

    tokens: list[int] = field(default_factory=list)
    phrase: int | None = None
    preposition: str = ""
    """The phrase in which the pattern says that the other side stands: '(WITH +)'."""


def place(view: View, verb: int, pattern: Pattern, *, structured: bool) -> Place | None:
    """The tokens that fill `pattern` around `verb`, or None where it does not fit."""
    if any(piece.kind == "%" for piece in pattern.before) and len(view.subjects(verb)) < 2:
        return None
    found = Place()
    for pieces, scope in (
        (pattern.before, _before(view, verb, structured) if pattern.before else []),
        (pattern.after, _after(view, verb, structured) if pattern.after else []),
    ):
        wanted = [piece for piece in pieces if piece.words]
        if wanted and not _fill(view, wanted, scope, 0, structured, found):
            return None
    return found


def _fill(view: View, pieces: list[Piece], scope: list[int], start: int, structured: bool, found: Place) -> bool:
    """Finds room for `pieces` one after the other from `start` on; what is found is added to `found`."""
    if not pieces:
        return True
    piece, rest = pieces[0], pieces[1:]
    for tokens, end in _rooms(view, piece, scope, start, structured):
        if _fill(view, rest, scope, end, structured, found):
            found.tokens.extend(tokens)
            if piece.mark == "+":
                _note_phrase(view, tokens, found)
            return True
    return False


def _note_phrase(view: View, tokens: list[int], found: Place) -> None:
    for token in tokens:
        governed = view.child(token, "pobj")
        if governed is not None:
            found.phrase, found.preposition = governed, view.lower[token]


def _rooms(view: View, piece: Piece, scope: list[int], start: int, structured: bool) -> Iterator[tuple[list[int], int]]:
    """(tokens, where to go on) for each place in `scope` where the piece stands."""
    for at in range(start, len(scope)):
        first = _shown(view, scope[at], piece.words[0])
        if not first:
            continue
        if piece.kind == "prep":
            token = scope[at]
            if view.dep[token] not in _PREPOSITIONS:
                continue
            inside = _subtree(view, view.head[token] if view.dep[token] in {"aux", "mark", "prt"} else token)
            tokens = _run(view, piece.words[1:], [k for k in inside if k > token], len(inside))
        else:
            if structured and _in_phrase(view, scope[at], scope):
                continue
            gap = 1 if piece.kind == "close" else _NEAR
            tokens = _run(view, piece.words[1:], scope[at + 1 :], gap, scope[at] + first - 1)
        if tokens is not None:
            last = tokens[-1] if tokens else scope[at]
            yield [scope[at], *tokens], scope.index(last) + 1 if last in scope else at + 1


def _run(
    view: View, words: tuple[frozenset[str], ...], scope: list[int], gap: int, last: int | None = None
) -> list[int] | None:
    """Tokens of `scope` that show `words` in order, each at most `gap` tokens after the one before."""
    found: list[int] = []
    position = 0
    for forms in words:
        while position < len(scope) and not _shown(view, scope[position], forms):
            position += 1
        if position == len(scope) or (last is not None and not 0 < scope[position] - last <= gap):
            return None
        last = scope[position] if last is not None else None
        found.append(scope[position])
        position += 1
    return found


def _shown(view: View, i: int, forms: frozenset[str]) -> int:
    """How many tokens from `i` on show one of `forms`; 0 where none is shown. 'swiss_franc' takes two."""
    if view.lower[i] in forms or view.lemma[i] in forms:
        return 1
    for form in forms:
        if "_" in form:
            parts = form.split("_")
            if i + len(parts) <= len(view) and all(
                part in (view.lower[i + n], view.lemma[i + n]) for n, part in enumerate(parts)
            ):
                return len(parts)
    return 0


def _subtree(view: View, i: int) -> list[int]:
    found = [i]
    for j in found:
        found.extend(view.kids[j])
    return sorted(found)


def _after(view: View, verb: int, structured: bool) -> list[int]:
    """The tokens of the verb's clause that stand after it, the objects of a passive first."""
    objects: list[int] = []
    if view.is_passive(verb):
        objects = sorted({k for o in view.objects(verb) for k in _clause(view, o, structured)})
    following = [k for k in _clause(view, verb, structured) if k > verb]
    return [*objects, *(k for k in following if k not in objects)]


def _before(view: View, verb: int, structured: bool) -> list[int]:
    """The tokens before the verb: of its clause, of its subjects, and of the verbs that govern it."""
    if not structured:
        return list(range(view.bounds[verb][0], verb))
    passive = view.is_passive(verb)
    found = {k for k in _clause(view, verb, structured) if k < verb}
    if passive:
        patients = {k for o in view.objects(verb) for k in _subtree(view, o)}
        return [*sorted(found - patients), *sorted({k for s in view.subjects(verb) for k in _subtree(view, s)})]
    for subject in view.subjects(verb):
        found.update(_clause(view, subject, structured))
    above = verb
    for _ in range(4):
        if view.dep[above] not in {"xcomp", "pcomp", "prep", "advcl", "acl"}:
            break
        above = view.head[above]
        found.update(k for k in (above, *view.kids[above]) if k < verb)
    return sorted(k for k in found if k < verb)


def _clause(view: View, top: int, structured: bool) -> list[int]:
    """The tokens below `top` that belong to its own clause, in order."""
    found = [top]
    for j in found:
        for k in view.kids[j]:
            if view.dep[k] in _APART:
                continue
            if view.dep[k] == "ccomp" and structured and view.children(k, "nsubj", "nsubjpass"):
                continue  # a clause of its own
            if view.dep[k] == "advcl" and structured and not any(view.lower[m] == "to" for m in view.kids[k]):
                continue
            if view.dep[k] == "conj" and j == top and view.pos[k] in {"VERB", "AUX"}:
                continue
            found.append(k)
    return sorted(found)


def _in_phrase(view: View, token: int, scope: list[int]) -> bool:
    """Whether the token stands in a phrase with a preposition other than 'of', which a bare word of a pattern is not."""
    inside = set(scope)
    for _ in range(12):
        head = view.head[token]
        if head == token or head not in inside:
            return False
        if view.dep[head] in {"prep", "agent"} and view.lower[head] != "of" and view.dep[token] in {"pobj", "pcomp"}:
            return True
        token = head
    return False
