"""Names that the parser joined, parted or hung in the wrong place.

Long names and titles on both sides of an 'and' confuse it: 'President X Y-z and leader A B met' makes one name of two.
What is known of names decides; each function changes the `View` in place.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..actors import Who
from .clauses import NOMINAL, View

_LOOSE = frozenset({"nsubj", "nmod", "compound", "appos", "npadvmod", "dep", "amod"})
_REACH = 14
"""How many tokens apart two coordinated names may stand."""


def behind_dateline(view: View) -> None:
    """'NAIROBI, May 4 - Kenya and Uganda signed': Kenya was hung on the dateline and only Uganda signs."""
    for k in sorted(view.dateline):
        if k + 1 in view.dateline or k + 1 >= len(view):
            continue
        for t in range(k + 1, min(k + 12, len(view))):
            if view.pos[t] in NOMINAL and (view.head[t] == t or view.head[t] in view.dateline):
                _join_to_subject(view, t)
                break


def _join_to_subject(view: View, name: int) -> None:
    """Hangs `name` before the subject with which an 'and' joins it."""
    within = range(name + 1, min(name + _REACH, len(view)))
    joint = next((k for k in within if view.lower[k] == "and" and view.dep[k] in {"cc", "ROOT"}), None)
    if joint is None or any(view.pos[k] in {"VERB", "AUX"} for k in range(name, joint)):
        return
    for subject in range(joint + 1, min(joint + _REACH, len(view))):
        if view.dep[subject] in {"nsubj", "nsubjpass"}:
            verb, dep = view.head[subject], view.dep[subject]
            view.rehang(name, verb, dep)
            view.rehang(subject, name, "conj")
            return


def possessors(view: View) -> None:
    """'Egypt's X and Turkey's Y met': X was taken for an owner of Y beside Turkey."""
    for i in range(len(view)):
        if view.dep[i] != "poss" or view.child(i, "case") is not None or view.pos[i] != "PROPN":
            continue
        owner = next((k for k in view.children(i, "conj") if view.child(k, "case") is not None), None)
        second = view.head[i]
        if owner is None or not i < owner < second or view.head[second] == second:
            continue
        head, dep = view.head[second], view.dep[second]
        view.rehang(i, head, dep)
        view.rehang(second, i, "conj")
        view.rehang(owner, second, "poss")


def names(view: View, who: Who) -> None:
    """'President X Y-z and leader A B met': the first name was taken for a part of the second."""
    mentions = list(_mentions(who))
    for position, (first, last) in enumerate(mentions):
        top = _top(view, first, last)
        if top is not None and view.dep[top] == "appos" and who.at(view.doc[view.head[top]]) == who.at(view.doc[top]):
            for k in view.children(top, "conj"):  # 'President X and President Y': Y was coordinated with the name alone
                view.rehang(k, view.head[top], "conj")
        if top is None or (view.dep[top] not in _LOOSE and view.head[top] not in view.dateline):
            continue
        other = view.head[top]
        if other in view.dateline and position + 1 < len(mentions):  # 'PARIS - X and Y met': X hangs from Paris
            following = _top(view, *mentions[position + 1])
            other = following if following is not None and view.dep[following] in {"nsubj", "nsubjpass"} else other
        if not last < other <= last + _REACH or not who.at(view.doc[other]):
            continue
        between = range(last + 1, other)
        joint = next((k for k in between if view.dep[k] == "cc" and view.lower[k] == "and"), None)
        if joint is None or any(view.pos[k] in {"VERB", "AUX"} for k in between):
            continue
        dep, head = view.dep[other], view.head[other]
        if head == other:
            continue
        for k in [k for k in view.kids[top] if k > joint]:
            view.rehang(k, other, "compound")
        view.rehang(top, head, dep)
        view.rehang(other, top, "conj")


def _mentions(who: Who) -> Iterator[tuple[int, int]]:
    """First and last token of each resolved name of several tokens."""
    seen: set[object] = set()
    doc = who.parse.doc
    for i in sorted(who.by_token):
        span = who.by_token[i][0].span
        if span is None or span in seen or not who.by_token[i][0].person:
            continue
        seen.add(span)
        tokens = doc.char_span(span.start, span.end)
        if tokens is not None and len(tokens) > 1:
            yield tokens.start, tokens.end - 1


def _top(view: View, first: int, last: int) -> int | None:
    outside = [k for k in range(first, last + 1) if not first <= view.head[k] <= last]
    return outside[0] if len(outside) == 1 else None


def twins(view: View, who: Who) -> None:
    """'Kenya and mighty Uganda': of two states joined by 'and' the second says nothing about who the first is."""
    for i in who.by_token:
        if view.dep[i] != "appos" or view.head[i] > i:
            continue
        first = view.head[i]
        joined = any(view.dep[k] == "cc" and view.lower[k] == "and" and first < k < i for k in view.kids[first])
        one, two = who.at(view.doc[first]), who.at(view.doc[i])
        if joined and one and two and one[0].country and two[0].country and one[0].country != two[0].country:
            view.rehang(i, first, "conj")


def beside_land(view: View, who: Who) -> None:
    """'President X of Chad and minister Y met': Y was coordinated with Chad; 'of the Republic of Chad and Mali': Mali
    hangs from the 'of' beside the republic."""
    for i in range(len(view)):
        if view.dep[i] in {"nsubj", "nsubjpass"} and view.pos[i] in {"NOUN", "PROPN"}:
            _join_subjects(view, i, who)
        if view.dep[i] == "conj" and view.ent[i] == "PERSON" and view.ent[view.head[i]] == "GPE":
            land = view.head[i]
            holder = view.head[view.head[land]] if view.dep[land] == "pobj" else land
            titled = view.pos[holder] in {"NOUN", "PROPN"} and who.at(view.doc[holder])
            if titled and view.dep[holder] in {"nsubj", "nsubjpass", "pobj", "dobj"}:
                view.rehang(i, holder, "conj")
        elif view.dep[i] == "pobj" and view.ent[i] == "GPE":
            first = view.child(view.head[i], "pobj")
            if first is not None and first < i:
                above = view.head[view.head[first]]
                for name in (first, above):
                    if any(first < k < i for k in view.children(name, "cc")):
                        view.rehang(i, name, "conj")
                        break


def _join_subjects(view: View, i: int, who: Who) -> None:
    """'President X and minister Y met', with X and Y each taken for a subject."""
    for first in view.children(view.head[i], view.dep[i]):
        joined = first < i and any(first < k < i for k in view.children(first, "cc"))
        if joined and who.at(view.doc[first]) and who.at(view.doc[i]):
            view.rehang(i, first, "conj")
            return


def to_come(view: View, who: Who) -> None:
    """'Denmark to close its embassy': a headline without a finite verb; the name was taken for its root."""
    for first, end in view.sentences:
        while first < end - 3 and view.lower[first + 1] != "to" and view.pos[first] in {"PROPN", "VERB"}:
            first += 1
        if view.lower[first + 1 : first + 2] != ["to"] or view.head[first] != first or not who.at(view.doc[first]):
            continue
        for verb in view.children(first, "xcomp", "acl", "relcl", "advcl"):
            if view.tag[verb] == "VB" and any(k == first + 1 for k in view.children(verb, "aux")):
                view.pos[first], view.tag[first] = "PROPN", "NNP"
                view.detach(verb)
                view.rehang(first, verb, "nsubj")
                break


def headline(view: View, who: Who) -> None:
    """'Turkey, Egypt restore ties': headlines join two names by a comma."""
    for first, end in view.sentences:
        while first < end - 3 and view.lower[first + 1] != "," and view.pos[first] == "PROPN":
            first += 1
        if view.lower[first + 1 : first + 2] != [","] or not who.at(view.doc[first]):
            continue
        for other in range(first + 2, min(first + 6, end)):
            verb = view.head[other]
            if view.dep[other] == "nsubj" and other < verb and who.at(view.doc[other]):
                apart = any(view.lower[k] == "," for k in range(other, verb))
                owned = other == first + 3 and view.dep[first + 2] == "compound"  # 'Chad, Niger leaders meet'
                told = view.tag[verb] in {"VBP", "VB", "VBD"} and (owned or view.pos[other] == "PROPN")
                if told and not apart and view.head[first] in {verb, other}:
                    view.rehang(first, verb, "nsubj")
                    view.rehang(other, first, "conj")
                break


def arguments(view: View) -> None:
    """'signed by X, secretary of A, and by-stander Y': a name that was coordinated with the verb joins the name
    before the 'and'."""
    for i in range(len(view)):
        if view.dep[i] != "conj" or view.pos[i] not in {"PROPN", "NOUN"} or view.head[i] == i:
            continue
        verb = view.head[i]
        if view.pos[verb] not in {"VERB", "AUX"} or i < verb:
            continue
        if any(view.dep[k] in {"nsubj", "nsubjpass", "dobj", "aux"} for k in view.kids[i]):
            continue
        partner = _argument_before(view, verb, i)
        if partner is not None:
            view.rehang(i, partner, "conj")


def _argument_before(view: View, verb: int, i: int) -> int | None:
    """The nearest object or agent of `verb` before `i` that is of the same kind."""
    found = None
    for k in view.kids[verb]:
        if not verb < k < i:
            continue
        if view.dep[k] in {"dobj", "attr"} and view.pos[k] in NOMINAL:
            found = k
        elif view.dep[k] in {"agent", "prep"}:
            for p in view.children(k, "pobj"):
                if view.pos[p] == view.pos[i]:
                    found = p
    return found
