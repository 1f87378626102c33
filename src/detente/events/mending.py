"""Coordination that the small parser hangs in the wrong place, put right in the coder's own view of the parse.

Long names and titles on both sides of an 'and' confuse the model: 'South Korean President X Y-z and North Korean
leader A B met' makes one name of two, and 'said that talks had failed and accused Iran' puts the accusation into
what was said. What is known of names, of moods and of the lexicon decides here; spaCy's parse stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..actors import Who
from .clauses import NOMINAL, View, word_set
from .lexicon import Lexicon
from .mood import REPORTING

_LOOSE = frozenset({"nsubj", "nmod", "compound", "appos", "npadvmod", "dep", "amod"})
_SPOKEN = frozenset({"02", "03", "05", "10", "11", "12", "13"})
_OPERATORS = frozenset({"appeal", "demand", "agree", "accuse", "refuse", "threaten"})
_UNREAL = word_set("had would will could might may should 'd")
_HAVE = frozenset({"has", "have", "had"})
_BEFORE = frozenset({"nmod", "compound", "nsubj", "amod"})
_SAYING = REPORTING | {"deny", "tell"}
_CLIMBED = frozenset({"xcomp", "advcl", "acl", "pcomp", "prep", "pobj", "dobj"})
_REACH = 14
"""How many tokens apart two coordinated names may stand."""


def mend(view: View, who: Who, lexicon: Lexicon) -> None:
    """Rehangs what the rules below recognise; `view` is changed in place."""
    _semicolons(view)
    _behind_dateline(view)
    _phrases(view)
    _possessors(view)
    _names(view, who)
    _twins(view, who)
    _beside_land(view, who)
    _hidden_verbs(view, lexicon)
    _arguments(view)
    _listed(view)
    _finite(view)
    _participles(view)
    _told_after(view)
    _speech(view, who, lexicon)
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


def _behind_dateline(view: View) -> None:
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


def _visiting(view: View) -> None:
    """'met visiting Chadian President X': who is met is no object of 'visiting'."""
    for i in range(1, len(view)):
        if view.lower[i] != "visiting" or view.dep[i] not in {"advcl", "xcomp"} or view.head[i] != i - 1:
            continue
        guest = view.child(i, "dobj")
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


def _listed(view: View) -> None:
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


def _participles(view: View) -> None:
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


def _told_after(view: View) -> None:
    """'Rebels attacked a town, the army said, killing ten': the killing belongs to what was said before."""
    for i in range(len(view)):
        head = view.head[i]
        if view.dep[i] != "advcl" or view.tag[i] != "VBG" or view.lemma[head] not in _SAYING or i < head:
            continue
        told = view.child(head, "ccomp")
        if told is not None and told < head and view.child(i, "nsubj") is None:
            view.rehang(i, told, "advcl")


def _finite(view: View) -> None:
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


def _names(view: View, who: Who) -> None:
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


def _beside_land(view: View, who: Who) -> None:
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


def _possessors(view: View) -> None:
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


def _is_finite(view: View, i: int) -> bool:
    """Whether the verb has a tense of its own: 'attacked', 'has attacked'."""
    return view.tag[i] == "VBD" or (
        view.tag[i] == "VBN" and any(view.lower[k] in _HAVE for k in view.children(i, "aux"))
    )


def _hidden_verbs(view: View, lexicon: Lexicon) -> None:
    """'The emir dissolved parliament and suspended the law': the first verb was taken for an adjective."""
    for i in range(1, len(view)):
        if view.dep[i] == "acl" and view.dep[view.head[i]] == "ROOT" and view.head[i] < i and _is_finite(view, i):
            noun = view.head[i]  # 'Soldiers, who led the march, attacked the palace'
            view.detach(i)
            if view.child(i, "nsubj", "nsubjpass") is None:
                view.rehang(noun, i, "nsubj")
        if view.dep[i] != "amod" or view.tag[i] != "VBN" or view.lemma[i] not in lexicon.verbs:
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


def _twins(view: View, who: Who) -> None:
    """'Kenya and mighty Uganda': of two states joined by 'and' the second says nothing about who the first is."""
    for i in who.by_token:
        if view.dep[i] != "appos" or view.head[i] > i:
            continue
        first = view.head[i]
        joined = any(view.dep[k] == "cc" and view.lower[k] == "and" and first < k < i for k in view.kids[first])
        one, two = who.at(view.doc[first]), who.at(view.doc[i])
        if joined and one and two and one[0].country and two[0].country and one[0].country != two[0].country:
            view.rehang(i, first, "conj")


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


def _arguments(view: View) -> None:
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


def _speech(view: View, who: Who, lexicon: Lexicon) -> None:
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
