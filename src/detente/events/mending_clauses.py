"""Clauses and phrases that the parser took apart or ran together: who announced it at the end of the sentence, what
ought to be done, two lands after one preposition, a weekday before a name.

Each function changes the `View` in place.
"""

from __future__ import annotations

from .clauses import View, word_set
from .lexicon import Lexicon
from .mood import REPORTING

_REALMS = word_set("republic kingdom state states union federation emirates")
"""What begins the name of a land that goes on with 'of': 'the Republic of Moldova and Ukraine' are two lands."""
_DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday yesterday today")
_WISHING = word_set("insist demand require request ask propose recommend suggest urge order stipulate")


def trailing_reports(view: View) -> None:
    """'Chad has signed the pact, its envoy X announced on Friday': the last clause was hung on a noun of the first."""
    for i in range(len(view)):
        if view.dep[i] not in {"acl", "relcl"} or view.tag[i] not in {"VBD", "VBN"} or view.lemma[i] not in REPORTING:
            continue
        speaker = view.child(i, "nsubj")
        first = view.bounds[i][0]
        root = next((k for k in range(first, i) if view.head[k] == k), None)
        if speaker is None or speaker > i or root is None or view.pos[root] not in {"VERB", "AUX"}:
            continue
        if view.ent[speaker] not in {"PERSON", "ORG", "GPE"} or view.child(root, "nsubj", "nsubjpass") is None:
            continue
        begins = min(t.i for t in view.doc[speaker].subtree)
        objects = any(view.dep[k] in {"dobj", "ccomp", "xcomp"} for k in view.kids[i])
        if objects or begins <= view.head[i] or view.lower[begins - 1] != ",":
            continue
        view.detach(i)
        view.rehang(root, i, "ccomp")


def bare_infinitives(view: View, lexicon: Lexicon) -> None:
    """'insisted that the minister resign': what ought to be done was taken for a noun."""
    for i in range(2, len(view)):
        if view.dep[i] != "ccomp" or view.pos[i] not in {"NOUN", "PROPN"} or view.lower[i] not in lexicon.verbs:
            continue
        marked = any(view.lower[k] == "that" for k in view.children(i, "mark"))
        if not marked or view.lemma[view.head[i]] not in _WISHING or view.child(i, "cop", "nsubjpass") is not None:
            continue
        if view.child(i, "nsubj") is None and not _gives_subject(view, i):
            continue
        view.pos[i], view.tag[i], view.lemma[i] = "VERB", "VB", view.lower[i]


def _gives_subject(view: View, i: int) -> bool:
    """Makes the 'minister' of 'the minister resign', taken for one compound noun, the subject; False where there is none."""
    subject = i - 1
    if view.head[subject] != i or view.dep[subject] != "compound":
        return False
    for k in list(view.kids[i]):
        if k < subject and view.dep[k] in {"det", "amod", "compound", "poss", "nmod"}:
            view.rehang(k, subject, view.dep[k])
    if view.tag[subject] != "NN":
        view.tag[subject] = "NNP"
    view.rehang(subject, i, "nsubj")
    return True


def two_lands(view: View) -> None:
    """'the ministers of the Republic of X and Y': both hung from the preposition, and the second is joined to none."""
    for i in range(len(view)):
        if view.pos[i] != "ADP":
            continue
        named = [k for k in view.children(i, "pobj") if k > i]
        if len(named) != 2 or view.pos[named[1]] != "PROPN" or "and" not in view.lower[named[0] : named[1]]:
            continue
        whole = view.head[i]
        joined = whole if view.lower[whole] in _REALMS and view.pos[whole] == "PROPN" else named[0]
        view.rehang(named[1], joined, "conj")


def days_before_names(view: View) -> None:
    """'On Sunday Minsk barred lorries': the day was taken for a part of the name after it."""
    for i in range(1, len(view) - 1):
        before = i - 1
        if view.lower[i] not in _DAYS or view.dep[i] not in {"compound", "nmod"} or view.head[i] <= i:
            continue
        if view.lower[before] == "on" and view.pos[before] == "ADP" and view.child(before, "pobj") is None:
            view.rehang(i, before, "pobj")
