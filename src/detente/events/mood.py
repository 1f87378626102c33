"""Negation, modality and condition: what auxiliaries and the clause around a verb make of what it says."""

from __future__ import annotations

from dataclasses import dataclass

from .clauses import View, word_set

REPORTING = word_set(
    "say tell announce report state declare add claim warn confirm note believe think hope suggest insist argue "
    "explain reveal disclose indicate acknowledge admit reiterate maintain assert stress write predict expect "
    "conclude comment remark vow pledge promise emphasize emphasise affirm testify allege agree decide know hint "
    "fear estimate quote recall signal assure inform understand feel find see show mean hear accord"
)
CONDITIONS = frozenset({"if", "unless", "whether", "lest", "should", "provided", "once"})
AWAITING = frozenset({"until", "till", "when", "after", "before"})
FUTURE = frozenset({"will", "wo", "shall", "'ll", "’ll"})
DUTY = frozenset({"should", "must", "ought"})
CHANCE = frozenset({"may", "might", "could", "can", "ca"})
PENDING = frozenset({"yet", "still", "far"})
"""Words by which what was not done may still be: 'has not yet ratified', 'has not replied so far'."""

SHRINKING = frozenset({"hesitate", "shrink", "flinch"})
"""Who does not do so does what the infinitive says: 'will not hesitate to strike'."""


@dataclass(frozen=True, slots=True)
class Mood:
    """How the verb says it. `operator` is what the mood makes of the code ('intend', 'refuse', 'demand', ...)."""

    operator: str | None = None
    status: str = "done"
    word: str = ""
    """The auxiliary or negation that decided, for explain."""


_OVER = frozenset({"had", "has", "have", "was", "were"})
DONE = Mood()
NOT_YET = Mood("pending", "denied", "not yet")
"""Not done so far: nobody refused and nobody agreed."""


def mood_of(view: View, v: int, carrier: int | None = None) -> Mood:
    """The mood of verb `v`; `carrier` is the verb that bears auxiliaries and negation where `v` does not."""
    bearer = v if carrier is None else carrier
    auxiliaries = view.auxiliaries(bearer)
    negated = view.is_negated(bearer) or (carrier is not None and view.is_negated(v))
    if under_condition(view, bearer):
        return Mood("intend", "hypothetical", "if")
    if view.dep[bearer] == "conj" and any(view.lower[k] == "than" for k in view.kids[view.head[bearer]] if k < bearer):
        return Mood("negate", "denied", "not")  # 'walked out rather than sit down with them'
    if negated and view.lemma[bearer] in SHRINKING:
        ahead = not (FUTURE | {"would"}).isdisjoint(auxiliaries)
        return Mood("intend", "planned", "will not hesitate") if ahead else DONE
    for word in auxiliaries:
        if word in FUTURE:
            if any(view.lower[k] == "only" and k < bearer for k in view.children(bearer, "advmod")):
                return Mood("intend", "hypothetical", "will only")  # 'will only negotiate with the king'
            return Mood("refuse", "planned", "will not") if negated else Mood("intend", "planned", word)
        if word in {"would", "'d", "wouldn"}:
            return _would(view, bearer, negated)
        if word in DUTY:
            return Mood("forgo" if negated else "demand", "planned", word)
        if word in CHANCE:
            if negated:
                return Mood("refuse", "planned", "cannot")
            return Mood("intend", "hypothetical", word)
        if word in {"going", "gonna"}:
            return Mood("intend", "planned", word)
    if any(view.lower[k] == "to" for k in view.kids[bearer] if view.dep[k] == "aux"):
        if view.head[bearer] != bearer and view.lemma[view.head[bearer]] in {"be", "have", "need"}:
            if any(view.lower[k] == "yet" for k in view.kids[view.head[bearer]]):
                return NOT_YET  # 'has yet to reply'
            if view.lemma[view.head[bearer]] == "be" and view.dep[bearer] == "xcomp":
                return Mood("intend", "planned", "is to")
            if view.dep[bearer] == "xcomp":
                return Mood("demand", "planned", "has to")
        if view.dep[bearer] == "ROOT" and not negated:
            return Mood("intend", "planned", "to")  # a headline: 'Iran to resume talks'
    if negated:
        return NOT_YET if is_pending(view, bearer, auxiliaries) else Mood("negate", "denied", "not")
    return DONE


def is_pending(view: View, v: int, auxiliaries: list[str]) -> bool:
    """Whether what was not done is only not done so far: 'has not yet signed', 'never ratified it'."""
    if any(view.lower[k] == "never" for k in view.kids[v]):
        return True
    if any(view.lower[k] in PENDING for k in view.kids[v] if view.dep[k] in {"advmod", "npadvmod"}):
        return True
    return "has" in auxiliaries or "have" in auxiliaries


def _would(view: View, v: int, negated: bool) -> Mood:
    governor = view.head[v]
    reported = view.dep[v] in {"ccomp", "conj"} and view.lemma[governor] in REPORTING
    reported = reported or any(
        view.dep[k] in {"ccomp", "parataxis"} and view.lemma[k] in REPORTING for k in view.kids[v]
    )
    first = v
    while view.dep[first] == "conj":
        first = view.head[first]
    if reported or view.dep[first] == "ROOT":
        return Mood("refuse", "planned", "would not") if negated else Mood("intend", "planned", "would")
    return Mood("refuse" if negated else "intend", "hypothetical", "would")


def under_condition(view: View, v: int) -> bool:
    """Whether the verb stands in an if-clause."""
    while True:
        if any(view.dep[k] in {"mark", "advmod"} and view.lower[k] in CONDITIONS for k in view.kids[v]):
            return True
        if view.dep[v] == "advcl" and _is_awaited(view, v):
            return True
        head = view.head[v]
        if view.dep[v] not in {"xcomp", "conj", "ccomp"} or head == v:
            return False
        v = head


def _is_awaited(view: View, v: int) -> bool:
    """Whether the clause tells what is waited for: 'peace will not come until it withdraws', 'once he has signed'."""
    if not any(view.lower[k] in AWAITING for k in view.kids[v] if view.dep[k] in {"mark", "advmod", "prep"} and k < v):
        return False
    main = view.head[v]
    words = view.auxiliaries(main)
    own = view.auxiliaries(v)
    present = view.tag[v] in {"VBZ", "VBP"} or not {"has", "have", "is", "are"}.isdisjoint(own)
    if any(word in {"would", "'d"} or (word in FUTURE and present) for word in words):
        return True
    until = any(view.lower[k] in {"until", "till"} for k in view.kids[v])
    return until and (view.is_negated(main) or not DUTY.isdisjoint(words) or not CHANCE.isdisjoint(words))


def is_past(view: View, v: int) -> bool:
    """Whether the verb tells what is over: 'fired', 'had fired', 'was being fired on'."""
    words = view.auxiliaries(v)
    told = view.tag[v] == "VBD" and view.lower[v] != view.lemma[v]  # 'proposed that states cut' has not cut
    return told or (view.tag[v] in {"VBN", "VBG"} and bool(words) and words[0] in _OVER)


def is_purpose(view: View, v: int) -> bool:
    """An infinitive that says what something is for ('to prevent attacks'), not what was done."""
    return view.dep[v] in {"advcl", "acl", "relcl"} and any(
        view.dep[k] == "aux" and view.lower[k] == "to" for k in view.kids[v]
    )


def reporter_of(view: View, v: int) -> int | None:
    """The verb of saying in whose content `v` stands, or None."""
    seen = 0
    while view.head[v] != v and seen < 8:
        head = view.head[v]
        if view.dep[v] == "ccomp" and view.lemma[head] in REPORTING:
            return head
        if view.dep[v] in {
            "pobj",
            "dobj",
            "nsubj",
            "nsubjpass",
            "prep",
            "xcomp",
            "ccomp",
            "conj",
            "pcomp",
            "acl",
            "advcl",
            "relcl",
            "compound",
            "poss",
            "amod",
            "appos",
            "attr",
        }:
            v = head
            seen += 1
            continue
        break
    for k in view.kids[v]:
        if (
            view.dep[k] in {"ccomp", "parataxis"}
            and view.lemma[k] in REPORTING
            and not view.children(k, "dobj", "ccomp")
        ):
            return k  # 'Israel, officials said, attacked'
    return None
