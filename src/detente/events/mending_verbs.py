"""Verbs that the parser coordinated with the wrong verb, or took for something else.

'said that talks had failed and accused Iran' puts the accusation into what was said. Tenses, moods and the lexicon
decide; each function changes the `View` in place.
"""

from __future__ import annotations

from ..actors import Who
from .clauses import View, word_set
from .lexicon import Lexicon
from .mood import REPORTING

_SPOKEN = frozenset({"02", "03", "05", "10", "11", "12", "13"})
_OPERATORS = frozenset({"appeal", "demand", "agree", "accuse", "refuse", "threaten"})
_UNREAL = word_set("had would will could might may should 'd")
_HAVE = frozenset({"has", "have", "had"})
_TENSED = frozenset({"was", "were", "has", "have", "had", "is", "are"})
_FORCES = frozenset({"@police", "@troops", "@armed", "@protesters"})
_BEFORE = frozenset({"nmod", "compound", "nsubj", "amod"})
_SAYING = REPORTING | {"deny", "tell"}
_DONE_TO = ("084", "173", "174", "18")
"""What is done to somebody, and never to a clause."""
_PERCEIVING = REPORTING | word_set(
    "watch catch spot film keep leave have get stop involve risk begin start like want picture oppose support avoid favor"
)
_CONJUNCTIONS = frozenset({"after", "before", "as", "since", "until"})
"""Words that begin a clause, and that the parser takes for prepositions."""
_CLIMBED = frozenset({"xcomp", "advcl", "acl", "pcomp", "prep", "pobj", "dobj"})


def hidden_verbs(view: View, lexicon: Lexicon) -> None:
    """'The emir dissolved parliament and suspended the law': the first verb was taken for an adjective."""
    for i in range(1, len(view)):
        if view.dep[i] == "acl" and view.dep[view.head[i]] == "ROOT" and view.head[i] < i and _is_finite(view, i):
            noun = view.head[i]  # 'Soldiers, who led the march, attacked the palace'
            view.detach(i)
            if view.child(i, "nsubj", "nsubjpass") is None:
                view.rehang(noun, i, "nsubj")
        if _own_subject(view, i) or view.dep[i] != "amod" or view.tag[i] != "VBN" or view.lemma[i] not in lexicon.verbs:
            continue
        noun, doer = view.head[i], i - 1
        if view.lower[doer] == "," and view.dep[noun] == "dobj" and view.kids[noun][0] == i:
            before = [k for k in view.children(view.head[noun], "dobj") if k < doer]
            if before and view.tag[view.head[noun]] == "VBD":  # 'toppled the king, dissolved parliament and fled'
                view.rehang(i, view.head[noun], "conj")
                view.rehang(noun, i, "dobj")
                continue
        verb = view.head[noun]
        if view.pos[doer] not in {"NOUN", "PROPN"} or view.head[doer] != noun or view.dep[doer] not in _BEFORE:
            continue
        joint = any(noun < k < verb for k in view.children(noun, "cc"))
        if noun < i or view.dep[noun] != "nsubj" or view.tag[verb] != "VBD" or not joint:
            continue
        owners = [k for k in view.kids[noun] if k < doer and view.dep[k] in {"poss", "det", "amod", "compound"}]
        head, dep = view.head[verb], view.dep[verb]
        if head == verb:
            view.detach(i)
        else:
            view.rehang(i, head, dep)
        view.rehang(verb, i, "conj")
        view.rehang(noun, i, "dobj")
        view.rehang(doer, i, "nsubj")
        for k in owners:
            view.rehang(k, doer, view.dep[k])


def between_names(view: View, lexicon: Lexicon) -> None:
    """'President X phoned Y and pledged support': the first verb was taken for an adjective of Y, and the sentence has
    no other."""
    for i in range(1, len(view) - 1):
        if view.dep[i] != "amod" or view.ent[i] or view.ent[i - 1] != "PERSON" or not view.lower[i].endswith("ed"):
            continue
        name, met = i - 1, view.head[i]
        if met < i or view.head[met] != met or view.ent[met] != "PERSON" or view.head[name] != met:
            continue
        lemma = next((w for w in (view.lower[i][:-2], view.lower[i][:-1], view.lemma[i]) if w in lexicon.verbs), None)
        if lemma is None:
            continue
        before = [k for k in view.kids[met] if k < i and k != name]
        view.detach(i)
        view.rehang(met, i, "dobj")
        view.rehang(name, i, "nsubj")
        for k in before:
            view.rehang(k, name, view.dep[k])
        view.pos[i], view.tag[i], view.lemma[i] = "VERB", "VBD", lemma
        _second_verb(view, i, met)


def _second_verb(view: View, first: int, met: int) -> None:
    """'... and pledged support': of 'phoned Y and pledged support' the support was coordinated with Y."""
    for thing in view.children(met, "conj"):
        verb = view.child(thing, "amod")
        joint = any(view.dep[k] == "cc" and view.lower[k] == "and" for k in view.kids[met])
        if verb is not None and joint and view.tag[verb] in {"VBD", "VBN"} and view.kids[thing][0] == verb:
            view.rehang(verb, first, "conj")
            view.rehang(thing, verb, "dobj")
            view.tag[verb] = "VBD"


def hyphenated(view: View, lexicon: Lexicon) -> None:
    """'test-fired', 'co-hosted': one verb, where the lexicon has it."""
    for i in range(2, len(view)):
        if view.pos[i] == "VERB" and view.lower[i - 1] == "-":
            whole = f"{view.lower[i - 2]}-{view.lemma[i]}"
            if whole in lexicon.verbs:
                view.lemma[i] = whole


def headed(view: View, who: Who, lexicon: Lexicon) -> None:
    """'Kenya police fire tear gas', 'Chad, Niger ink river pact': of such headlines the parser made one long name."""
    for first, end in view.sentences:
        root = next((k for k in range(first, end) if view.head[k] == k), first)
        if view.pos[root] == "NOUN" and view.lower[root] in lexicon.verbs and _governs(view, root):
            view.pos[root], view.tag[root], view.lemma[root] = "VERB", "VBP", view.lower[root]
            continue
        both = view.lower[first + 1 : first + 2] == [","]
        verb = first + (3 if both else 2)
        if verb + 1 >= end or not who.at(view.doc[first]) or view.ent[first] not in {"GPE", "PERSON", "ORG"}:
            continue
        acts = who.at(view.doc[first + 2]) if both else not _FORCES.isdisjoint(_classes(view, lexicon, first + 1))
        if not acts or view.pos[verb] in {"VERB", "AUX"} or view.lower[verb] not in lexicon.verbs:
            continue
        if view.pos[verb + 1] not in {"VERB", "AUX", "PUNCT", "ADP"}:
            _tell(view, first, verb, both)


def _classes(view: View, lexicon: Lexicon, i: int) -> frozenset[str]:
    return lexicon.classes_of(view.lower[i]) | lexicon.classes_of(view.lemma[i])


def _tell(view: View, first: int, verb: int, both: bool) -> None:
    """Makes `verb` the verb of the headline that begins at `first`, where a noun that it was hung on comes after it."""
    thing = view.head[verb]
    if thing == first:  # the land itself was taken for the verb
        thing = next((k for k in view.kids[first] if k > verb and view.pos[k] in {"NOUN", "PROPN"}), first)
    while view.dep[thing] == "compound" and view.head[thing] > thing:
        thing = view.head[thing]
    if thing < verb or view.pos[thing] not in {"NOUN", "PROPN"}:
        return
    above, dep = view.head[thing], view.dep[thing]
    if both or above in {thing, first}:
        view.detach(verb)
    else:
        view.rehang(verb, above, dep)
    for k in [k for k in view.kids[first] if k > verb]:
        view.rehang(k, verb, view.dep[k])
    view.rehang(thing, verb, "dobj")
    view.rehang(first if both else first + 1, verb, "nsubj")
    view.rehang(first + 2 if both else first, first if both else first + 1, "conj" if both else "compound")
    view.pos[first] = "PROPN"
    view.pos[verb], view.tag[verb], view.lemma[verb] = "VERB", "VBP", view.lower[verb]


def _governs(view: View, root: int) -> bool:
    """Whether what the tagger took for a noun has a subject before and an object after it."""
    subject, thing = view.child(root, "nsubj"), view.child(root, "dobj")
    where = next(
        (k for k in view.kids[root] if view.lower[k] in {"into", "on", "at", "through"} and k == root + 1), thing
    )
    return subject is not None and where is not None and subject < root < where


def reduced(view: View) -> None:
    """'A teacher detained in Chad was freed': the participle says which teacher, and the verb with 'was' is told."""
    for i in range(len(view)):
        first = view.head[i]
        if view.dep[i] != "conj" or i < first or view.tag[first] not in {"VBN", "VBD"}:
            continue
        finite = any(view.lower[k] in _TENSED and k > first for k in view.children(i, "aux", "auxpass"))
        subject = view.child(first, "nsubj")
        if not finite or subject is None or subject > first or view.child(i, "nsubj", "nsubjpass") is not None:
            continue
        if view.child(first, "aux", "auxpass", "dobj") is not None or any(
            first < k < i for k in view.children(first, "cc")
        ):
            continue
        head, dep = view.head[first], view.dep[first]
        if head == first:
            view.detach(i)
        else:
            view.rehang(i, head, dep)
        view.rehang(subject, i, "nsubjpass" if view.child(i, "auxpass") is not None else "nsubj")
        view.rehang(first, subject, "acl")
        view.tag[first] = "VBN"


def _own_subject(view: View, i: int) -> bool:
    """'Gunships strafed positions': the verb was taken for an adjective of the positions, and has its subject still."""
    noun, subject = view.head[i], view.child(i, "nsubj")
    if view.dep[i] != "amod" or view.tag[i] not in {"VBD", "VBN"} or subject is None or not subject < i < noun:
        return False
    head, dep = view.head[noun], view.dep[noun]
    if head == noun:
        view.detach(i)
    else:
        view.rehang(i, head, dep)
    view.rehang(noun, i, "dobj")
    return True


def _is_finite(view: View, i: int) -> bool:
    """Whether the verb has a tense of its own: 'attacked', 'has attacked'."""
    return view.tag[i] == "VBD" or (
        view.tag[i] == "VBN" and any(view.lower[k] in _HAVE for k in view.children(i, "aux"))
    )


def listed(view: View) -> None:
    """'seized power on Monday, detained the president and declared': the verb after a comma is coordinated; and the
    'Union' of 'expressed concern and the Union demanded' acts."""
    for i in range(len(view)):
        head = view.head[i]
        same = view.pos[i] == "VERB" and view.tag[i] in {"VBD", "VBN"} and view.tag[head] == "VBD"
        if view.dep[i] == "dep" and same and i > head and view.child(i, "nsubj", "nsubjpass") is None:
            view.rehang(i, head, "conj")
        elif view.dep[i] == "conj" and same and i > head and view.child(i, "nsubj", "nsubjpass") is None:
            subject = _swallowed(view, i, head)
            if subject is not None:
                view.rehang(subject, i, "nsubj")


def _swallowed(view: View, verb: int, before: int) -> int | None:
    """The name right before `verb` that the parser coordinated with the object of the verb before it."""
    for k in range(verb - 1, max(before, verb - 4), -1):
        if view.dep[k] != "conj" or view.ent[k] not in {"GPE", "ORG", "NORP", "PERSON"}:
            continue
        partner = view.head[k]
        apart = view.ent[partner] == "" and view.pos[partner] == "NOUN"
        following = all(j == verb or view.dep[j] in {"advmod", "aux"} for j in range(k + 1, verb))
        return k if apart and following and before < partner < k else None
    return None


def finite(view: View) -> None:
    """'vowed to retaliate and lodged a complaint': a finite verb is coordinated with the finite one."""
    for i in range(len(view)):
        if view.dep[i] != "conj" or view.tag[i] not in {"VBD", "VBZ"} or view.child(i, "nsubj", "aux") is not None:
            continue
        outer = _finite_above(view, view.head[i])
        if outer is not None and view.tag[outer] == view.tag[i]:
            view.rehang(i, outer, "conj")


def _finite_above(view: View, inner: int) -> int | None:
    """The finite verb over 'to retaliate', 'any attempt to divide them', 'of having sent troops'."""
    marks = {view.lower[k] for k in view.kids[inner]}
    having = view.tag[inner] == "VBN" and "having" in marks
    bare = view.tag[inner] == "VB" and "to" in marks
    if not (bare or having or (view.tag[inner] == "VBG" and view.dep[inner] == "pcomp")):
        return None
    for _ in range(4):
        if view.dep[inner] not in _CLIMBED:
            return None
        inner = view.head[inner]
        if view.tag[inner] in {"VBD", "VBZ"}:
            return inner
    return None


def participles(view: View) -> None:
    """'denied charges of spying and plotting to kill': a bare participle is coordinated with no finite verb, but with
    what stands after 'of'."""
    for i in range(len(view)):
        if view.tag[i] != "VBG" or view.dep[i] != "conj" or view.tag[view.head[i]] not in {"VBD", "VBZ", "VBN"}:
            continue
        if view.child(i, "aux", "nsubj") is not None:
            continue
        for charge in view.children(view.head[i], "dobj"):
            of = [p for k in view.children(charge, "prep") if view.lower[k] == "of" for p in view.kids[k]]
            named = [p for p in of if view.dep[p] in {"pobj", "pcomp"} and p < i]
            if named:
                view.rehang(i, named[0], "conj")


def followed(view: View) -> None:
    """'Chad scrambled jets after bombers entered its zone': the first clause was taken for the subject of the second."""
    for i in range(len(view)):
        later = view.head[i]
        if view.dep[i] != "nsubj" or view.tag[i] != "VBD" or view.child(i, "nsubj") is None or later < i:
            continue
        marks = [k for k in view.children(later, "mark", "advmod") if view.lower[k] in _CONJUNCTIONS | {"when"}]
        own = [k for k in view.children(later, "nsubj") if k != i]
        if marks and own and i < marks[0] < own[0] < later:
            if view.head[later] == later:
                view.detach(i)
            else:
                view.rehang(i, view.head[later], view.dep[later])
            view.rehang(later, i, "advcl")


def busy(view: View, lexicon: Lexicon) -> None:
    """'detained two colonels plotting a coup', 'freed a pilot held captive': they are detained or freed, whatever clause
    the parser made of them."""
    for i in range(len(view)):
        verb, subject = view.head[i], view.child(i, "nsubj")
        if view.dep[i] != "ccomp" or subject is None or not verb < subject < i:
            continue
        if view.lower[verb + 1] == "what":
            continue  # 'bombed what Chad called a camp'
        bare = view.tag[i] in {"VBD", "VBN"} and any(
            row.code.startswith(_DONE_TO) for row in lexicon.verbs.get(view.lemma[verb], ())
        )
        if view.tag[i] != "VBG" and not bare:
            continue
        if view.pos[verb] != "VERB" or view.lemma[verb] in _PERCEIVING or view.child(i, "aux", "mark") is not None:
            continue
        if view.child(verb, "dobj") is None and view.pos[subject] in {"NOUN", "PROPN"}:
            view.rehang(subject, verb, "dobj")
            view.rehang(i, subject, "acl")
            view.tag[i] = "VBN" if bare else view.tag[i]


def alleged(view: View) -> None:
    """'accused Chad of firing at a boat, hurting two': the hurting belongs to what somebody is accused of."""
    for i in range(len(view)):
        verb = view.head[i]
        if view.dep[i] != "advcl" or view.tag[i] != "VBG" or view.lemma[verb] not in {"accuse", "suspect", "convict"}:
            continue
        of = [p for k in view.children(verb, "prep") if view.lower[k] == "of" for p in view.children(k, "pcomp")]
        if of and verb < of[0] < i and view.child(i, "nsubj") is None:
            view.rehang(i, of[0], "advcl")


def subordinate(view: View) -> None:
    """'after nine women lost their lives': the women were hung on 'after', and the verb has lost its subject."""
    for i in range(len(view)):
        if (
            view.dep[i] != "advcl"
            or not _is_finite(view, i)
            or view.child(i, "nsubj", "nsubjpass", "csubj") is not None
        ):
            continue
        for k in view.children(view.head[i], "prep"):
            named = view.child(k, "pobj")
            if view.lower[k] not in _CONJUNCTIONS or named is None or not k < named < i:
                continue
            last = max(t.i for t in view.doc[named].subtree)
            if all(view.dep[j] in {"aux", "auxpass", "advmod", "neg"} for j in range(last + 1, i)):
                view.rehang(named, i, "nsubjpass" if view.child(i, "auxpass") is not None else "nsubj")
                view.rehang(k, i, "mark")


def told_after(view: View) -> None:
    """'Rebels attacked a town, the army said, killing ten': the killing belongs to what was said before."""
    for i in range(len(view)):
        head = view.head[i]
        if view.dep[i] != "advcl" or view.tag[i] != "VBG" or view.lemma[head] not in _SAYING or i < head:
            continue
        told = view.child(head, "ccomp")
        if told is not None and told < head and view.child(i, "nsubj") is None:
            view.rehang(i, told, "advcl")


def speech(view: View, who: Who, lexicon: Lexicon) -> None:
    """'said that talks had failed and accused Iran': who said it accused, too."""
    for i in range(len(view)):
        if view.dep[i] != "conj" or view.tag[i] != "VBD" or view.child(i, "nsubj", "nsubjpass", "aux") is not None:
            continue
        inner = view.head[i]
        if view.dep[inner] != "ccomp" or view.pos[inner] not in {"VERB", "AUX"}:
            continue
        saying = view.head[inner]
        if view.lemma[saying] not in _SAYING or view.tag[saying] != "VBD" or saying > inner:
            continue
        subject = view.child(inner, "nsubj", "nsubjpass")
        lifeless = subject is not None and not who.at(view.doc[subject]) and view.ent[subject] == ""
        moved = not _UNREAL.isdisjoint(view.auxiliaries(inner))
        if (moved or lifeless) and _is_spoken(lexicon, view.lemma[i]):
            view.rehang(i, saying, "conj")


def _is_spoken(lexicon: Lexicon, lemma: str) -> bool:
    """Whether the verb is done in words: accuse, urge, thank, promise."""
    rows = lexicon.verbs.get(lemma, ())
    return any(row.code[:2] in _SPOKEN or row.operator in _OPERATORS for row in rows[:6]) or lemma in _SAYING
