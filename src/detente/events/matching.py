"""Which lexicon row fits a verb, noun or adjective where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .clauses import View, word_set
from .lexicon import ANY, Lexicon, Row
from .patterns import place
from .words import NOWHERE, Words, heads_of

_ABOUT_IT = word_set(
    "suspect case trial charge victim weapon scene squad helicopter dog rate statistic expert analyst survivor insurance"
)
"""A noun before these only says which kind of suspect, case or weapon it is."""
SEVERAL = frozenset({"@several"})
"""What a row asks of a subject that is more than one actor: 'A and B', 'the navies of A and B'."""
_ABOUT = frozenset({"of", "about", "on"})
_STORIES = word_set(
    "story tale history film movie novel book play opera documentary drama painting exhibition museum legend memoir "
    "anniversary commemoration centenary"
)
_LEAVING = word_set("leave depart quit")
_CITIZENS = word_set("citizen national tourist traveller traveler people student worker family resident subject")
_OWN = frozenset({"its", "their", "his", "her", "own"})
_LANDS = frozenset({"@state", "country", "territory", "island"})
_WRITTEN = word_set("letter note statement memorandum sign gesture word move act message form")
_PARTICLES = word_set("down off out up back over away aside")
_OF_THE_OBJECT = word_set("hold set find say leave")
"""Verbs that say what their object becomes: 'held it responsible', 'set free two pilots'."""
_PREDICATES = word_set("acomp oprd conj ROOT ccomp amod advcl relcl")
_ASIDE = frozenset({"ask", "press", "question", "quiz", "deny", "insist"})
_PRESS = frozenset({"@media", "reporter", "journalist", "interviewer", "correspondent", "lawmaker", "deputy"})
_NAMES = frozenset({"DATE", "TIME", "ORG", "PERSON", "FAC", "WORK_OF_ART", "EVENT", "PRODUCT", "GPE", "LOC"})
"""Kinds of names: a noun inside one ('the Observatory for Human Rights') names no event."""


@dataclass(slots=True)
class Fit:
    """A row that fits, and the tokens that made it fit."""

    token: int
    row: Row
    objects: list[int] = field(default_factory=list)
    phrase: int | None = None
    """The head of the prepositional phrase that the row asked for."""
    preposition: str = ""
    score: int = 0
    """How well the words of the row are shown; added to the row's rank."""


class Matcher:
    """Finds the best fitting row for the tokens of one document."""

    def __init__(
        self, view: View, lexicon: Lexicon, towns: frozenset[int] = NOWHERE, states: frozenset[int] = NOWHERE
    ) -> None:
        self.view = view
        self.lexicon = lexicon
        self.words = Words(view, lexicon, towns, states)
        self.tried: list[tuple[int, Row]] = []
        """(token, row) of rows whose word is there and whose constraints do not hold; for explain."""
        self.keep_tried = False

    def fit(self, i: int) -> Fit | None:
        """The best row for token `i`, or None."""
        view = self.view
        pos = view.pos[i]
        if pos in {"VERB", "AUX"}:
            stative = self._stative(i)
            if stative is not None:
                return stative
            rows = self._rows_of_form(i) if self.lexicon.forms else None
            rows = rows or self.lexicon.verbs.get(view.lemma[i]) or self._by_stem(i)
            if rows and view.lemma[i] in _ASIDE and self._says_nothing(i):
                return None
            return self._verb(i, rows) if rows else None
        if pos in {"NOUN", "PROPN"}:
            return self._noun(i)
        if pos in {"ADJ", "ADP", "ADV"} and view.lemma[view.head[i]] != "stand":  # troops that 'stood ready to move'
            rows = self.lexicon.adjectives.get(view.lower[i])
            beside = view.dep[i] == "prep" and view.lemma[view.head[i]] == "be"  # 'are behind the attack'
            if rows and (beside or view.dep[i] in _PREDICATES):
                return self._best(i, rows, view.children(i, "pobj"), [])
            if pos == "ADJ" and view.tag[i] in {"VBN", "JJ"} and view.dep[i] in {"ROOT", "acomp", "ccomp"}:
                return self._participle(i)
        return None

    def _says_nothing(self, i: int) -> bool:
        """'Asked by reporters whether it would, X said': the press asks; 'would neither confirm nor deny': a phrase for
        keeping silent; 'insisted it would not withdraw': that is how it is, and nothing is asked."""
        view, head = self.view, self.view.head[i]
        if view.lemma[i] == "deny":
            return view.dep[i] == "conj" and view.lemma[head] == "confirm"
        if view.lemma[i] == "insist":
            return not any(view.lower[k] in {"on", "upon"} for k in view.kids[i]) and not self._asks_for_it(i)
        if (
            view.dep[i] != "advcl"
            or view.tag[i] not in {"VBN", "VBD"}
            or view.child(i, "nsubj", "aux", "auxpass", "xcomp")
        ):
            return False
        askers = view.subjects(i) if view.child(i, "agent") is not None else []
        return all(self.words.shows(k, _PRESS) for k in askers)

    def _asks_for_it(self, i: int) -> bool:
        """'insisted that the rebels leave', 'insists that he be freed': the clause has neither tense nor future."""
        view = self.view
        bare = {"VB"} if view.tag[i] in {"VBP", "VBZ"} else {"VB", "VBP"}
        for k in view.children(i, "ccomp"):
            same = view.tag[k] == "VBD" and view.lower[k] == view.lemma[k]  # 'let'
            helped = view.auxiliaries(k)
            if helped == ["be"] or (not helped and (view.tag[k] in bare or same)):
                return True
        return False

    def _rows_of_form(self, i: int) -> list[Row] | None:
        """The rows that the user's dictionaries have for this form of a verb; auxiliaries are none."""
        if self.view.dep[i] in {"aux", "auxpass"}:
            return None
        return self.lexicon.forms.get(self.view.lower[i])

    def _stative(self, i: int) -> Fit | None:
        """'is opposed to', 'are prepared to' where the tagger took the adjective for a passive."""
        view = self.view
        rows = self.lexicon.adjectives.get(view.lower[i])
        if (
            rows is None
            or view.tag[i] != "VBN"
            or view.child(i, "auxpass") is None
            or view.child(i, "agent") is not None
        ):
            return None
        if any("passive" in row.roles for row in self.lexicon.verbs.get(view.lemma[i], ())):
            return None
        return self._best(i, rows, [], [])

    def _by_stem(self, i: int) -> list[Row] | None:
        """Rows of a verb whose lemma the lemmatiser got wrong ('cordoned' as 'cordone')."""
        word = self.view.lower[i]
        for ending in ("ed", "ing", "es", "s", "d"):
            if word.endswith(ending):
                stem = word[: -len(ending)]
                rows = self.lexicon.verbs.get(stem)
                if not rows and stem[-1:] == stem[-2:-1]:
                    rows = self.lexicon.verbs.get(stem[:-1])  # 'readmitted'
                if rows:
                    return rows
        return None

    def _participle(self, i: int) -> Fit | None:
        """'is detained', 'are banned' where the tagger took the participle for an adjective."""
        word = self.view.lower[i]
        for lemma in (word[:-1], word[:-2], word[:-3]):
            rows = self.lexicon.verbs.get(lemma)
            if word.endswith("ed") and rows:
                governor = self.view.head[i]
                subjects = self.view.children(governor, "nsubj", "nsubjpass") or self.view.children(i, "nsubj")
                return self._best(i, [r for r in rows if r.operator is None], subjects, [])
        return None

    def _verb(self, v: int, rows: list[Row]) -> Fit | None:
        view = self.view
        objects = view.objects(v)
        complements = [k for k in view.children(v, "acomp", "oprd", "attr", "advmod", "npadvmod") if k > v]
        complements += [k for k in view.children(v, "ccomp", "xcomp") if view.pos[k] == "ADJ"]
        if view.lemma[v] in _OF_THE_OBJECT:
            complements += self._of_the_object(v, objects)
        particles = {view.lower[k] for k in view.kids[v] if view.dep[k] in {"prt", "advmod", "prep"} and k > v}
        if v + 1 < len(view):
            particles.add(view.lower[v + 1])
            if not objects and view.dep[v + 1] == "prep" and view.lower[v + 1] in _PARTICLES:
                objects = view.children(
                    v + 1, "pobj"
                )  # 'voted down the bill' with the particle taken for a preposition
        passive = view.is_passive(v)
        if passive:
            complements += view.children(v, "dobj")  # 'was granted a loan'
        fitting = [
            row
            for row in rows
            if (row.particle is None or row.particle in particles)
            and not ((passive and "active" in row.roles) or (not passive and "passive" in row.roles))
        ]
        return self._best(v, fitting, objects, complements)

    def _of_the_object(self, v: int, objects: list[int]) -> list[int]:
        """'held it responsible', 'set free two pilots', 'said no': what the parser hung beside the object or on it."""
        view = self.view
        found = [k for k in view.children(v, "advcl", "intj") if k > v and view.pos[k] in {"ADJ", "INTJ"}]
        if view.lemma[v] == "set" and view.lower[v + 1 : v + 2] in (["free"], ["loose"]):
            found.append(v + 1)
        return found + [k for o in objects for k in view.children(o, "amod") if k > o]

    def _noun(self, i: int) -> Fit | None:
        view, nouns = self.view, self.lexicon.nouns
        if view.ent[i] in _NAMES or i in view.dateline:
            return None
        if view.dep[i] in {"compound", "nmod"} and view.pos[view.head[i]] in {"NOUN", "PROPN"}:
            return None
        if i + 1 < len(view) and view.lemma[i + 1] in _ABOUT_IT and not view.doc[i].text.endswith("s"):
            return None  # 'murder suspect', 'attack helicopter'
        if view.dep[i] == "pobj" and view.lemma[i] == "protest" and view.lemma[view.head[view.head[i]]] in _WRITTEN:
            return None  # 'a letter of protest'
        if view.dep[i] == "dobj" and view.lemma[i] == "rally" and view.lemma[view.head[i]] in {"tell", "address"}:
            return None  # those who listen
        if (
            view.dep[i] == "pobj"
            and view.lower[view.head[i]] in _ABOUT
            and view.lemma[view.head[view.head[i]]] in _STORIES
        ):
            return None  # 'the story of the siege', 'the anniversary of the coup'
        if any(view.lemma[k] == "pose" for k in view.children(i, "acl", "relcl")):
            return None  # 'the threat posed by the rebels': a danger, and nobody's words
        rows: list[Row] = []
        for word in (*self.words.joined(i), view.lower[i], view.lemma[i]):
            rows = rows + nouns.get(word, [])
        if not rows:
            return None
        seen: dict[str, Row] = {}
        for row in rows:
            seen.setdefault(row.source, row)
        return self._best(i, list(seen.values()), [], [])

    def _best(self, i: int, rows: list[Row], objects: list[int], complements: list[int]) -> Fit | None:
        best: Fit | None = None
        phrases: list[tuple[str, int]] | None = None
        shown: set[str] | None = None
        top = -1
        for row in rows:
            if best is not None and row.rank + 4 < top:
                break
            if row.objects:
                if shown is None:
                    shown = self.words.may_show([*objects, *complements])
                if heads_of(row.objects).isdisjoint(shown):
                    if self.keep_tried:
                        self.tried.append((i, row))
                    continue
            if row.preps and phrases is None:
                phrases = [*self.view.prepositions(i), *self._clauses(i)]
            fit = self._try(i, row, objects, complements, phrases or [])
            if fit is None:
                if self.keep_tried:
                    self.tried.append((i, row))
            elif row.rank + fit.score > top:
                best, top = fit, row.rank + fit.score
        return best

    def _clauses(self, i: int) -> Iterator[tuple[str, int]]:
        """What a verb governs beside phrases, as rows ask for it: 'infinitive' ('told them to stop'), 'exit' ('to leave
        the country'), 'clause' with its subject ('wants Iran to explain'), 'for' ('called for him to resign'), 'that'
        with the subject of what ought to be ('proposed that the North suspend')."""
        view = self.view
        for k in view.children(i, "advcl", "ccomp", "xcomp"):
            if view.is_subjunctive(k):
                yield from (("that", subject) for subject in view.children(k, "nsubj", "nsubjpass"))
            if view.tag[k] != "VB" or not any(view.lower[m] == "to" for m in view.children(k, "aux")):
                continue
            yield "infinitive", k
            leaving = view.lemma[k] in _LEAVING and all(self.words.shows(o, _LANDS) for o in view.objects(k))
            if leaving and not any(self._is_own_citizen(o) for o in view.objects(i)):
                yield "exit", k
            if any(view.lower[m] == "for" for m in view.children(k, "mark")):
                yield "for", k
            for subject in view.children(k, "nsubj", "nsubjpass"):
                yield "clause", subject

    def _is_own_citizen(self, i: int) -> bool:
        """'told its nationals to leave': a warning for their own sake, and nobody is thrown out."""
        view = self.view
        return view.lemma[i] in _CITIZENS and any(view.lower[k] in _OWN for k in view.children(i, "poss"))

    def _adpositions(self, i: int) -> list[int]:
        """The prepositions and particles that hang from `i`; the 'to' of an infinitive is none."""
        return [k for k in self.view.kids[i] if self.view.dep[k] != "aux"]

    def _given_to(self, i: int) -> list[int]:
        """To whom something is given: 'gave the envoy two days', 'the envoy was given two days'."""
        view = self.view
        found = view.children(i, "dative") or view.objects(i)
        return [k for k in found if view.ent[k] not in {"DATE", "TIME"}]

    def _try_pattern(self, i: int, row: Row, objects: list[int]) -> Fit | None:
        """A row of a PETRARCH dictionary: the words of its pattern stand around the verb. Its objects are part of what
        the verb codes, as nouns code nothing there."""
        if row.pattern is None:
            return Fit(i, row, objects)
        found = place(self.view, i, row.pattern, structured=row.structured)
        return Fit(i, row, objects, found.phrase, found.preposition) if found is not None else None

    def _try(
        self, i: int, row: Row, objects: list[int], complements: list[int], phrases: list[tuple[str, int]]
    ) -> Fit | None:
        if "exact" in row.roles:
            return self._try_pattern(i, row, objects)
        shows = self.words.shows
        fit = Fit(i, row)
        if row.objects is not None:
            if not row.objects:
                if objects:
                    return None
            elif row.objects == ANY:
                if not objects:
                    return None
                fit.objects = objects
            else:
                shown = {k: shows(k, row.objects) for k in (*objects, *complements)}
                fit.objects = [k for k, score in shown.items() if score]
                if not fit.objects:
                    return None
                fit.score = max(shown.values()) - 2
        if row.unless and any(shows(k, row.unless) > 1 for k in objects):
            return None
        if row.preps:
            for preposition, wanted in row.preps:
                if preposition in {"subj", "dative"}:
                    named = self.view.subjects(i) if preposition == "subj" else self._given_to(i)
                    if wanted == SEVERAL:
                        if len(named) > 1 or any(self.view.is_several(k) for k in named):
                            return fit
                    elif any(shows(k, wanted) > 1 for k in named):
                        return fit
                    continue
                for found, k in phrases:
                    if found == preposition and shows(k, wanted):
                        fit.phrase, fit.preposition = k, preposition
                        return fit
            if any(self.view.lower[k] == p and w == ANY for k in self._adpositions(i) for p, w in row.preps):
                return fit  # the preposition is there, and the parser lost what it governs
            return None
        return fit
