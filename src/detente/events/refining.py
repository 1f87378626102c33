"""From a general code to the leaf that the words around the trigger point to (`refine.csv`)."""

from __future__ import annotations

from .candidate import Candidate
from .clauses import View, word_set
from .lexicon import Lexicon

_FAMILIES = {
    "L": {"100": "104", "020": "024", "030": "034", "080": "083"},
    "Y": {"100": "105", "020": "025", "030": "035", "120": "124", "080": "086"},
    "=": {"120": "121", "030": "031", "032": "031", "020": "021", "100": "101"},
}
"""The family that a general code belongs to before a leaf is chosen: political change, yielding, cooperation."""
_TOPICS = {
    "war": {"09": "094", "11": "1124"},
    "rights": {"09": "092", "11": "1122"},
    "crime": {"09": "091", "11": "1121"},
    "force": {"09": "093", "11": "1123"},
    "spy": {"09": "090", "11": "1125"},
}
_CROWDS = word_set("protester protestor demonstrator marcher")
_VOICED = frozenset({"02", "10", "11"})
"""Roots of what a crowd of protesters says: appeals, reproaches and demands."""
_CLOSED = frozenset({"relcl", "ccomp", "parataxis"})


def refine(view: View, lexicon: Lexicon, candidate: Candidate) -> str:
    """The leaf code of a candidate; its own code where no row fits."""
    code = candidate.code
    words: frozenset[str] | None = None
    for cues, becomes in lexicon.refinements_of(code):
        if words is None:
            words = _near(view, candidate)
        if not words.isdisjoint(cues):
            return _leaf(code, becomes)
    return code


def voiced_by_a_crowd(view: View, candidate: Candidate, agents: tuple[int, ...]) -> str:
    """'demonstrators demanded reforms', 'protesters accused the junta': a protest, with what it is for where the code
    of a demand tells (1042 for reforms is 1412)."""
    code = candidate.code
    blocked = code[:3] in {"171", "172"} and view.lemma[candidate.base] in {"block", "obstruct", "seal", "occupy"}
    if candidate.status != "done" or not (blocked or code[:2] in _VOICED) or not agents:
        return code
    if any(view.lemma[t] not in _CROWDS for t in agents):
        return code
    if blocked:
        return "144"
    return f"141{code[3]}" if code[:3] in {"024", "104"} and len(code) == 4 else "141"


def _leaf(code: str, becomes: str) -> str:
    family, digit = becomes[0], becomes[1:]
    if becomes in _TOPICS:
        return _TOPICS[becomes].get(code[:2], code)
    if family == "+":
        return code[:-1] + digit if code.endswith("0") else code + digit
    if family in _FAMILIES and digit.isdigit() and len(digit) == 1:
        general = _FAMILIES[family].get(code, code)
        if general == "086":
            return "086"
        return general + digit
    return becomes


def _near(view: View, candidate: Candidate) -> frozenset[str]:
    """Lemmas and forms below the trigger, without relative and reported clauses of others."""
    found: set[str] = set()
    todo = [candidate.base]
    seen = 0
    while todo and seen < 60:
        i = todo.pop()
        seen += 1
        found.add(view.lemma[i])
        found.add(view.lower[i])
        if i + 2 < len(view) and view.lower[i + 1] == "-":
            found.add(f"{view.lower[i]}-{view.lower[i + 2]}")
        for k in view.kids[i]:
            closed = view.dep[k] in _CLOSED and not (i == candidate.base and view.dep[k] == "ccomp")
            past = view.dep[k] == "advcl" and view.tag[k] in {"VBD", "VBN"}
            if (not closed and not past and view.dep[k] not in {"nsubj", "conj"}) or (
                view.dep[k] == "nsubj" and i == candidate.base
            ):
                todo.append(k)
    return frozenset(found)
