"""Coordination that the small parser hangs in the wrong place, put right in the coder's own view of the parse.

What is known of names (`mending_names`), of tenses and moods (`mending_verbs`), of clauses (`mending_clauses`) and of
single phrases (here) decides; spaCy's parse stays as it is. The order matters: names before verbs, verbs before what is
said.
"""

from __future__ import annotations

from ..actors import Who
from . import mending_clauses, mending_names, mending_verbs
from .clauses import View
from .lexicon import Lexicon

_NAMING = frozenset({"call", "describe", "term", "dub", "label", "say"})


def mend(view: View, who: Who, lexicon: Lexicon) -> None:
    """Rehangs what the rules below recognise; `view` is changed in place."""
    _semicolons(view)
    mending_names.behind_dateline(view)
    _phrases(view)
    _shifted(view)
    mending_clauses.days_before_names(view)
    mending_clauses.two_lands(view)
    mending_names.possessors(view)
    mending_names.names(view, who)
    mending_names.twins(view, who)
    mending_names.beside_land(view, who)
    mending_names.headline(view, who)
    mending_names.to_come(view, who)
    mending_verbs.headed(view, who, lexicon)
    mending_verbs.hyphenated(view, lexicon)
    mending_verbs.between_names(view, lexicon)
    mending_verbs.reduced(view)
    mending_verbs.hidden_verbs(view, lexicon)
    mending_names.arguments(view)
    mending_verbs.listed(view)
    mending_verbs.finite(view)
    mending_verbs.participles(view)
    mending_verbs.followed(view)
    mending_verbs.busy(view, lexicon)
    mending_verbs.alleged(view)
    mending_verbs.subordinate(view)
    mending_verbs.told_after(view)
    mending_clauses.trailing_reports(view)
    mending_clauses.bare_infinitives(view, lexicon)
    mending_verbs.speech(view, who, lexicon)
    _so_called(view)
    _unwelcome(view)
    _visiting(view)


def _unwelcome(view: View) -> None:
    """'declared two Russian diplomats persona non grata': the Latin was taken for a verb."""
    for i, word in enumerate(view.lower):
        if word not in {"persona", "personae"} or view.dep[i] not in {"ccomp", "xcomp", "oprd", "conj"}:
            continue
        verb = view.head[i]
        unwanted = view.child(i, "nsubj", "nsubjpass")
        if unwanted is not None and view.pos[verb] == "VERB":
            view.rehang(unwanted, verb, "dobj")
        for k in (*view.kids[i], *(j for n in view.kids[i] for j in view.kids[n])):
            if view.lower[k] == "by" and view.dep[k] in {"prep", "agent"}:
                view.rehang(k, verb, "agent")  # 'persona non grata by Moscow'
        view.pos[i], view.lemma[i] = "NOUN", word
        view.rehang(i, verb, "oprd")


def _so_called(view: View) -> None:
    """'bombed what Chad called a training camp': the camp is bombed, by whatever name."""
    for what in range(len(view)):
        named = view.head[what]
        if view.lower[what] != "what" or view.lemma[named] not in _NAMING or view.dep[named] not in {"ccomp", "pcomp"}:
            continue
        after = [k for k in view.children(named, "oprd", "attr", "dobj", "ccomp") if k > named]
        after += [p for k in view.children(named, "prep") if view.lower[k] == "as" for p in view.children(k, "pobj")]
        thing = after[0] if after else None
        verb = view.head[named]
        if thing is None or view.pos[thing] not in {"NOUN", "PROPN"} or verb > what:
            continue
        for k in view.children(named, "prep"):
            view.rehang(k, thing, "prep")  # 'a camp inside Niger'
        view.rehang(thing, verb, "dobj" if view.dep[named] == "ccomp" else "pobj")
        view.rehang(named, thing, "relcl")


def _visiting(view: View) -> None:
    """'met visiting Chadian President X': who is met is no object of 'visiting'."""
    for i in range(1, len(view)):
        if view.lower[i] != "visiting" or view.dep[i] not in {"advcl", "xcomp", "pcomp"} or view.head[i] != i - 1:
            continue
        guest = view.child(i, "dobj")
        if view.dep[i] == "pcomp":
            if guest is not None:  # 'talks with visiting Chadian President X'
                view.rehang(guest, i - 1, "pobj")
                view.rehang(i, guest, "amod")
                view.pos[i] = "ADJ"
            continue
        if guest is not None and view.ent[guest] == "PERSON" and view.child(i - 1, "dobj") is None:
            view.rehang(guest, i - 1, "dobj")
            view.rehang(i, guest, "amod")
            view.pos[i] = "ADJ"


def _semicolons(view: View) -> None:
    """'X visited Y and urged it to sign; the ministry rejected the appeal': two sentences, none inside the other."""
    for k in range(len(view)):
        if view.lower[k] != ";":
            continue
        head = view.head[k]
        for i in view.children(head, "ccomp", "advcl", "parataxis"):
            if i < k < head or head < k < i:
                subject, other = view.child(i, "nsubj", "nsubjpass"), view.child(head, "nsubj", "nsubjpass")
                if subject is not None and (other is None or (subject < k) != (other < k)):
                    view.detach(i)


def _shifted(view: View) -> None:
    """'dismissed as absurd a report': what is dismissed was hung on 'as', with the adjective before its article."""
    for i in range(len(view)):
        verb = view.head[i]
        if view.lower[i] != "as" or view.dep[i] != "prep" or view.pos[verb] != "VERB" or i < verb:
            continue
        thing = view.child(i, "pobj")
        article = view.child(thing, "det", "poss") if thing is not None else None
        if thing is None or article is None or view.child(verb, "dobj") is not None:
            continue
        said = [k for k in view.children(thing, "amod") if k < article]
        if said and said[0] == i + 1:
            view.rehang(thing, verb, "dobj")
            view.rehang(said[0], i, "pobj")


def _phrases(view: View) -> None:
    """'sanctions on X and on Y': the second phrase belongs where the first does."""
    for i in range(len(view)):
        if view.dep[i] != "conj" or view.pos[i] != "ADP":
            continue
        head = view.head[i]
        if view.pos[head] == "ADP" and view.dep[head] == "prep":
            view.rehang(i, view.head[head], "prep")
        elif view.pos[head] in {"VERB", "AUX", "NOUN"}:
            view.rehang(i, head, "prep")
