"""Slips of the parser that the style of news provokes, mended before attributions are looked for.

Each function looks for one pattern and moves heads; none of them changes the words or where sentences end. They rest
on what a writer cannot mean: a bare infinitive coordinated with a past tense, a month that says something.
"""

from __future__ import annotations

from .cues import Cue, CueTable
from .phrases import MEDIA
from .tree import Tree

ADDRESSED = frozenset(["tell", "inform", "remind", "assure", "notify", "advise", "ask", "warn", "brief", "convince"])
PARENTHETIC = frozenset(
    "say report add announce state note write claim argue explain warn insist tell suggest confirm acknowledge".split()
)
CONDITIONS = frozenset("if unless because although though while whereas once until when".split())
FINITE = frozenset(["VBD", "VBZ", "VBP"])
QUOTES = '"“”„«»'
SPEAKING = frozenset(["nsubj", "nsubjpass", "expl", "csubj"])


def mended(tree: Tree, cues: CueTable) -> Tree:
    """The same tree, in an order in which a later pattern finds what an earlier one put right."""
    changed = [
        name_of_medium(tree),
        asks_behind_speech(tree),
        paper_that_speaks(tree, cues),
        named_like_a_month(tree),
        under_secretary(tree),
        accuser_before_charge(tree),
        verb_in_a_noun(tree, cues),
        parenthesis(tree, cues),
        lost_subject(tree, cues),
    ]
    if any(changed):
        tree.reconnect()
    if any(
        [
            past_behind_infinitive(tree),
            semicolon(tree, cues),
            condition_in_front(tree, cues),
            second_predicate(tree, cues),
        ]
    ):
        tree.reconnect()
    return tree


def move(tree: Tree, token: int, head: int, dep: str | None = None) -> None:
    """Hangs a token below another, or makes it a root (`head` is the token itself); never below its own subtree."""
    above = head
    while above != token and tree.head[above] != above:
        above = tree.head[above]
    if above == token and head != token:
        return
    tree.head[token] = head
    if dep is not None:
        tree.dep[token] = dep


def speech_row(tree: Tree, cues: CueTable, i: int) -> Cue | None:
    """The row of a verb that reports speech in a clause; None for other words."""
    if tree.pos[i] != "VERB":
        return None
    row = cues.get(tree.lemma[i], "verb")
    return row if row is not None and row.frames & {"q", "that"} else None


def name_of_medium(tree: Tree) -> bool:
    """'told the news agency IRNA that ...': the tagger may take a name in capitals for an adjective with a clause."""
    changed = False
    for i in (n for n, lemma in enumerate(tree.lemma[:-1], 1) if lemma in MEDIA):
        capitals = tree.words[i].isupper() and len(tree.words[i]) > 1
        beside = tree.pos[i - 1] == "NOUN" and tree.head[i - 1] != i
        if capitals and beside and tree.dep[i] not in {"appos", "compound", "nsubj"} and tree.head[i] != i:
            for k in tree.kids[i]:
                move(tree, k, tree.head[i])
            move(tree, i, i - 1, "appos")
            tree.pos[i], tree.tag[i] = "PROPN", "NNP"
            changed = True
        name = next((k for k in range(i, min(i + 4, len(tree))) if tree.left[k] == i and tree.pos[k] == "PROPN"), None)
        twice = name is not None and tree.dep[name] == tree.dep[i - 1] == "dobj" and tree.head[name] == tree.head[i - 1]
        if name is not None and twice:
            move(tree, name, i - 1, "appos")
            changed = True
    return changed


def asks_behind_speech(tree: Tree) -> bool:
    """'"Where is he?" asked the judge.': behind speech, who seems to be asked is who asks."""
    changed = False
    for i in range(1, len(tree) - 1):
        if tree.lower[i - 1] not in CLOSING or tree.tag[i] not in {"VBD", "VBZ"} or tree.lemma[i] not in ADDRESSED:
            continue
        asker = tree.child(i, "dobj")
        if asker is not None and asker > i and tree.child(i, "nsubj") is None and not asked(tree, i, asker):
            tree.dep[asker] = "nsubj"
            changed = True
    return changed


def asked(tree: Tree, verb: int, asker: int) -> bool:
    """Whether somebody else in the sentence could be the subject: 'X stood up, "..." told the court'."""
    return any(tree.dep[k] in SPEAKING for k in tree.kids[tree.head[verb]] if k != asker and tree.head[verb] != verb)


CLOSING = frozenset(['"', "”", "''", "»", "’", "“"])


def named_like_a_month(tree: Tree) -> bool:
    """'May said': no modal stands before a past tense."""
    changed = False
    for i in range(len(tree) - 1):
        if tree.words[i] not in {"May", "Will"} or tree.dep[i] != "aux":
            continue
        verb = tree.head[i]
        if verb == i + 1 and tree.tag[verb] in {"VBD", "VBZ"} and tree.child(verb, "nsubj") is None:
            tree.dep[i], tree.pos[i], tree.tag[i] = "nsubj", "PROPN", "NNP"
            changed = True
    return changed


def under_secretary(tree: Tree) -> bool:
    """'Treasury Under Secretary X said': the name is the subject, not the department."""
    changed = False
    for i in range(1, len(tree) - 1):
        if tree.words[i] != "Under" or tree.dep[i] != "prep" or not tree.words[i + 1].startswith("Secretary"):
            continue
        name, front = tree.child(i, "pobj"), tree.head[i]
        if name is None or front >= i:
            continue
        move(tree, name, tree.head[front] if tree.head[front] != front else name, tree.dep[front])
        for k in tree.kids[front]:
            if k != i:
                move(tree, k, name)
        move(tree, front, name, "compound")
        move(tree, i, name, "compound")
        changed = True
    return changed


def accuser_before_charge(tree: Tree) -> bool:
    """'accused by its neighbour of training rebels': the charge belongs to the verb."""
    changed = False
    for i in range(len(tree)):
        if tree.lower[i] != "of" or tree.dep[i] != "prep" or tree.child(i, "pcomp") is None:
            continue
        agent = tree.head[tree.head[i]]
        noun = tree.head[i]
        if tree.dep[agent] == "agent" and tree.dep[noun] == "pobj":
            for k in tree.kids[noun]:
                if k >= i:
                    move(tree, k, tree.head[agent])
            changed = True
    return changed


def verb_in_a_noun(tree: Tree, cues: CueTable) -> bool:
    """'found that Iran had enriched uranium': what has a subject of its own is no adjective."""
    changed = False
    for i in (n for n, dep in enumerate(tree.dep) if dep == "amod" and tree.pos[n] in {"VERB", "ADJ"}):
        noun, bearer = tree.head[i], tree.child(i, "aux")
        subject = tree.child(i if bearer is None else bearer, "nsubj")
        if subject is None or not subject < i < noun:
            continue
        teller = tree.head[noun]
        while tree.head[teller] != teller and speech_row(tree, cues, teller) is None:
            teller = tree.head[teller]
        that = tree.left[subject] - 1
        if speech_row(tree, cues, teller) is None or teller >= that or tree.lower[that] != "that":
            continue
        move(tree, i, teller, "ccomp")
        move(tree, noun, i, "dobj")
        move(tree, subject, i, "nsubj")
        for k in (that, *(k for k in range(subject + 1, i) if tree.lemma[k] in {"have", "be"})):
            move(tree, k, i, "mark" if k == that else "aux")
        tree.pos[i], tree.tag[i] = "VERB", "VBN" if tree.tag[i - 1].startswith("VB") else "VBD"
        changed = True
    return changed


def parenthesis(tree: Tree, cues: CueTable) -> bool:
    """'A will reopen B, the agency reported on Thursday': the parser takes 'reported' for a participle."""
    changed = False
    for v in range(2, len(tree)):
        if tree.dep[v] != "acl" or tree.tag[v] not in {"VBN", "VBD"} or tree.lemma[v] not in PARENTHETIC:
            continue
        noun = tree.head[v]
        first = tree.left[noun]
        root = tree.head[noun]
        if noun != v - 1 or root >= first or tree.dep[root] != "ROOT" or first == 0 or tree.lower[first - 1] != ",":
            continue
        if speech_row(tree, cues, v) is None or tree.child(v, "agent", "dobj", "ccomp", "xcomp") is not None:
            continue
        for k in tree.kids[root]:
            if k > v and tree.dep[k] in {"advcl", "prep", "npadvmod"}:
                move(tree, k, v)
        move(tree, v, v, "ROOT")
        tree.tag[v] = "VBD"
        move(tree, noun, v, "nsubj")
        move(tree, root, v, "ccomp")
        changed = True
    return changed


def lost_subject(tree: Tree, cues: CueTable) -> bool:
    """'While noting that A was useful, X said B': the parser takes X for the end of the clause in front."""
    changed = False
    for v in range(3, len(tree)):
        if tree.tag[v] != "VBD" or tree.pos[v - 1] != "PROPN" or tree.dep[v] in {"relcl", "acl", "xcomp"}:
            continue
        if speech_row(tree, cues, v) is None or tree.child(v, *SPEAKING) is not None:
            continue
        name = v - 1
        while tree.head[name] != name and tree.right[tree.head[name]] == v - 1 and tree.pos[tree.head[name]] == "PROPN":
            name = tree.head[name]
        comma = next((k for k in range(name - 1, max(0, tree.left[name] - 2), -1) if tree.lower[k] == ","), None)
        above = tree.head[name]
        if comma is None or tree.right[name] != v - 1 or above >= comma:
            continue
        for k in tree.kids[name]:
            if k <= comma:
                move(tree, k, above)
        move(tree, name, v, "nsubj")
        changed = True
    return changed


def semicolon(tree: Tree, cues: CueTable) -> bool:
    """'X said that A; B': what follows the semicolon does not report the saying."""
    changed = False
    for i in range(len(tree)):
        root = tree.head[i]
        if tree.dep[i] != "ccomp" or root <= i or speech_row(tree, cues, i) is None:
            continue
        content = tree.child(i, "ccomp")
        if content is None or content < i or tree.dep[root] != "ROOT":
            continue
        if ";" not in tree.lower[tree.right[i] : root] or tree.child(root, *SPEAKING) is None:
            continue
        move(tree, i, i, "ROOT")
        told = would_say(tree, root) and tree.tag[i] == "VBD"
        move(tree, root, content if told else i, "conj" if told else "parataxis")
        changed = True
    return changed


def would_say(tree: Tree, verb: int) -> bool:
    """Whether the clause is told in the tenses of reported speech: 'would', 'had', 'could'."""
    return any(tree.lower[k] in {"would", "had", "could", "might"} for k in tree.kids[verb] if tree.dep[k] == "aux")


def condition_in_front(tree: Tree, cues: CueTable) -> bool:
    """'If A, X said, B': the condition is part of what is said."""
    changed = False
    for i in range(len(tree)):
        if tree.dep[i] != "advcl" or tree.head[i] <= i or tree.lower[tree.left[i]] not in CONDITIONS:
            continue
        verb = tree.head[i]
        clause = tree.child(verb, "ccomp")
        subject = tree.child(verb, "nsubj")
        if clause is None or clause < verb or subject is None or speech_row(tree, cues, verb) is None:
            continue
        aside = tree.lower[tree.left[subject] - 1] == "," and tree.lower[max(verb, subject) + 1] == ","
        if i < subject and aside and tree.lower[tree.left[clause]] != "that":
            move(tree, i, clause)
            changed = True
    return changed


def second_predicate(tree: Tree, cues: CueTable) -> bool:
    """'denied that A had fired and asked B to leave', 'said A, adding that B': the speaker does the second thing too."""
    changed = False
    for k in range(len(tree)):
        if tree.pos[k] != "VERB" or tree.head[k] >= k or tree.dep[k] not in {"conj", "advcl"}:
            continue
        cue = reporting_verb(tree, cues, tree.head[k])
        if cue is None or quotes_between(tree, cue, k) % 2:
            continue
        own = tree.child(k, *SPEAKING)
        if tree.dep[k] == "advcl":
            goes_on = tree.tag[k] == "VBG" and own is None and tree.lower[k - 1] == "," and says(tree, cues, k)
        elif own is None:
            goes_on = tree.tag[k] == tree.tag[cue] and joined(tree, k) and is_stray(tree, cues, k)
        else:
            goes_on = (
                tree.tag[k] == tree.tag[cue]
                and (tree.pos[own] == "PROPN" or (tree.tag[own] != "PRP" and says(tree, cues, k)))
                and joined(tree, k)
                and tree.lower[tree.left[own] - 2] in {",", "”", '"', ";"}
                and speech_row(tree, cues, k) is not None
                and not is_bare(tree, tree.head[k])
            )
        if goes_on:
            for j in range(max(0, tree.left[k] - 2), tree.left[k]):
                if tree.dep[j] in {"cc", "punct"} and tree.text[tree.idx[j]] not in QUOTES:
                    move(tree, j, cue)
            move(tree, k, cue)
            changed = True
    return changed


def past_behind_infinitive(tree: Tree) -> bool:
    """'rejected any attempt to reopen the camp and called on ...': no past tense goes with an infinitive or a gerund."""
    changed = False
    for k in range(1, len(tree)):
        first = tree.head[k]
        if tree.tag[k] != "VBD" or tree.dep[k] != "conj" or tree.tag[first] not in {"VB", "VBG"} or first > k:
            continue
        if tree.child(k, *SPEAKING) is not None or not joined(tree, k) or tree.child(first, "aux") is None:
            continue
        above = next((h for h in tree.above(first) if tree.tag[h] == "VBD" and tree.pos[h] == "VERB"), None)
        if above is None or above > first or tree.child(above, "nsubj") is None or quotes_between(tree, above, k) % 2:
            continue
        if any(tree.tag[c] == "MD" for c in tree.kids[first]):
            continue
        move(tree, k, above)
        for j in range(max(0, tree.left[k] - 2), tree.left[k]):
            if tree.dep[j] == "cc":
                move(tree, j, above)
        changed = True
    return changed


def paper_that_speaks(tree: Tree, cues: CueTable) -> bool:
    """'A joint communique called for ...': a sentence without a verb, for want of telling 'called' from 'named'."""
    changed = False
    for i in range(len(tree) - 1):
        if tree.head[i] != i or tree.pos[i] != "NOUN":
            continue
        verb = next((k for k in tree.kids[i] if k > i and tree.dep[k] == "acl" and tree.tag[k] == "VBN"), None)
        if verb is None or tree.left[verb] != verb or verb != i + 1:
            continue
        row = cues.get(tree.lemma[verb], "verb")
        begin = tree.sentence(i)[0]
        if row is None or row.mind != "statement" or any(tree.tag[k] in FINITE | {"MD"} for k in range(begin, verb)):
            continue
        if any(tree.dep[k] == "agent" for k in tree.kids[verb]) or not any(k > verb for k in tree.kids[verb]):
            continue
        move(tree, verb, verb, "ROOT")
        for k in tree.kids[i]:
            if k > verb:
                move(tree, k, verb)
        tree.tag[verb] = "VBD"
        move(tree, i, verb, "nsubj")
        changed = True
    return changed


def reporting_verb(tree: Tree, cues: CueTable, i: int) -> int | None:
    """The finite verb of speech in whose clause verb i stands."""
    for _ in range(4):
        h = tree.head[i]
        if h == i:
            return None
        if tree.dep[i] == "ccomp" and h < i:
            return h if tree.tag[h] in FINITE and speech_row(tree, cues, h) is not None else None
        if tree.dep[i] not in {"xcomp", "conj", "advcl", "acomp"}:
            return None
        i = h
    return None


def is_stray(tree: Tree, cues: CueTable, k: int) -> bool:
    """Whether verb k cannot go with the verb that the parser joins it to: another tense, or a saying of its own."""
    first = tree.head[k]
    if tree.tag[k] not in FINITE or any(tree.dep[c] in {"aux", "auxpass"} for c in tree.kids[k]):
        return False
    return not is_bare(tree, first) or says(tree, cues, k)


def is_bare(tree: Tree, verb: int) -> bool:
    """A finite verb without auxiliary."""
    return tree.tag[verb] in FINITE and not any(tree.dep[c] == "aux" for c in tree.kids[verb])


def says(tree: Tree, cues: CueTable, k: int) -> bool:
    """Whether k is a verb of speech that holds something said."""
    row = cues.get(tree.lemma[k], "verb")
    if row is None or row.mind != "statement":
        return False
    follows = {tree.dep[c] for c in tree.kids[k] if c > k}
    return bool(follows & {"ccomp", "dobj", "xcomp", "oprd", "prep"}) and bool(
        row.frames & {"q", "that", "np-p:of", "small", "np-as"}
    )


def joined(tree: Tree, k: int) -> bool:
    """'and', 'but' or a comma right before the predicate or its subject."""
    return tree.lower[tree.left[k] - 1] in {"and", "but", ",", "while", "then", "or"} if tree.left[k] else False


def quotes_between(tree: Tree, first: int, last: int) -> int:
    return sum(tree.text[tree.idx[i]] in QUOTES for i in range(first, last))
