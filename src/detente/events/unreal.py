"""What is named and not told: 'any attack would', 'accusations of plotting', 'no evidence that', 'offered to host talks'."""

from __future__ import annotations

from .candidate import TRANSPARENT, Candidate
from .clauses import View, word_set
from .lexicon import Lexicon
from .matching import Fit
from .mood import mood_of

_UNREAL = word_set(
    "any possible potential future further additional imminent feared hypothetical simulated mock fictional"
)
_ALLEGED = word_set(
    "accusation allegation charge suspicion plot conspiracy fear risk rumour rumor claim possibility danger"
)
_PROOFS = word_set("evidence proof sign indication suggestion confirmation hint question report")
_UPCOMING = word_set("planned upcoming scheduled proposed forthcoming threatened expected")
_TO_COME = frozenset({"agree", "intend", "want", "refuse", "appeal", "demand", "threaten", "order"})
_IF = frozenset({"would", "could", "might", "may", "will", "'d"})


class Unreal:
    """Marks candidates that are only imagined, alleged or still to come, in one document."""

    def __init__(self, view: View, lexicon: Lexicon, fits: dict[int, Fit]) -> None:
        self.view = view
        self.lexicon = lexicon
        self.fits = fits

    def mark(self, candidate: Candidate) -> None:
        """Marks what is named but not told: 'any attack would', 'imposing sanctions will not help', 'accusations of
        attempting to overthrow'."""
        view, base = self.view, candidate.base
        told = candidate.status == "done" and not candidate.dead
        if told and (self._is_alleged(candidate.top) or self._is_unproved(candidate.top)):
            candidate.status = "hypothetical"
            return
        if candidate.dead or candidate.status != "done" or any(s.operator not in TRANSPARENT for s in candidate.steps):
            return
        if view.dep[candidate.top] in {"csubj", "csubjpass"} and not _IF.isdisjoint(
            view.auxiliaries(view.head[candidate.top])
        ):
            candidate.status = "hypothetical"  # 'shooting it down would be war'
            return
        if view.pos[candidate.top] in {"NOUN", "PROPN"}:
            if any(view.lower[k] in _UNREAL for k in view.kids[base]):
                candidate.status = "hypothetical"
            elif any(view.lower[k] in _UPCOMING for k in view.kids[base]):
                candidate.status = "planned"
            elif self._clause_is_unreal(base):
                candidate.status = "hypothetical"
            else:
                there = view.presence(base)
                if there is not None and mood_of(view, there).operator is not None:
                    candidate.status = mood_of(view, there).status  # 'will be in Riga for talks'
        elif view.tag[candidate.top] == "VBG":
            dep, head = view.dep[candidate.top], view.head[candidate.top]
            if dep == "csubj" or (
                dep in {"pcomp"} and view.lower[head] in {"without", "about", "of", "for", "on", "to", "than"}
            ):
                governor = view.head[head] if dep == "pcomp" else head
                if self.lexicon.is_in(view.lemma[governor], "@blame"):
                    return
                fit = self.fits.get(governor)
                if fit is None or not fit.row.code.startswith(("11", "09", "05", "17")):
                    candidate.status = "hypothetical"

    def _is_alleged(self, i: int) -> bool:
        """Whether the verb stands under 'accusations of', 'charges of', 'a plot to', 'fears of'."""
        view = self.view
        if view.pos[i] not in {"VERB", "AUX"}:
            return False
        for _ in range(4):
            head, dep = view.head[i], view.dep[i]
            if head == i or dep not in {"pcomp", "xcomp", "prep", "acl", "conj", "pobj"}:
                return False
            if view.pos[head] == "NOUN" and dep in {"prep", "acl"}:
                clause = view.child(i, "nsubj", "nsubjpass") is not None  # 'an allegation that rebels had taken'
                return view.lemma[head] in _ALLEGED and (view.tag[i] != "VBN" or clause)
            i = head
        return False

    def _is_unproved(self, i: int) -> bool:
        """Whether the clause stands under 'no evidence that', 'no sign of'."""
        view = self.view
        for _ in range(5):
            head = view.head[i]
            if head == i:
                return False
            if view.pos[head] == "NOUN" and view.dep[i] in {"acl", "ccomp", "prep", "relcl"}:
                none = any(view.lower[k] in {"no", "little"} for k in view.kids[head])
                return none and view.lemma[head] in _PROOFS
            i = head
        return False

    def _clause_is_unreal(self, noun: int) -> bool:
        """Whether the clause that the noun is the subject or object of stands under will, would, could or if."""
        view = self.view
        i = noun
        for _ in range(6):
            if view.dep[i] in {"nsubj", "nsubjpass", "dobj", "attr", "acomp", "csubj"}:
                verb = view.head[i]
                if view.pos[verb] not in {"VERB", "AUX"}:
                    return False
                return self._is_offered(verb) or mood_of(view, verb).operator in {"intend", "refuse", "demand"}
            if (
                view.dep[i] == "prep"
                and view.lower[i] in {"to", "in"}
                and view.lemma[view.head[i]] in {"lead", "result"}
            ):
                return mood_of(view, view.head[i]).operator is not None  # 'could lead to a ban'
            if view.dep[i] not in {"pobj", "prep", "conj", "compound", "poss", "acomp", "attr"} or view.head[i] == i:
                return False
            i = view.head[i]
        return False

    def _is_offered(self, verb: int) -> bool:
        """'offered to host talks', 'agreed to end the fighting': what the infinitive's object names is still to come."""
        view = self.view
        fit = self.fits.get(view.head[verb])
        to = any(view.lower[k] == "to" for k in view.children(verb, "aux"))
        return to and view.dep[verb] == "xcomp" and fit is not None and fit.row.operator in _TO_COME


def is_nobodys(view: View, candidate: Candidate) -> bool:
    """Whether what nobody is named for was done by nobody: 'air strikes are rarely decisive' says it of all of them,
    'they were not invited' says that it was not done."""
    top, base = candidate.top, candidate.base
    if candidate.steps and candidate.steps[-1].operator == "negate" and view.is_passive(top):
        return True
    if view.tag[base] != "NNS" or candidate.steps or view.dep[base] != "nsubj":
        return False
    copula = view.head[base]
    bare = not any(view.dep[k] in {"det", "nummod", "poss", "prep", "acl", "relcl"} for k in view.kids[base])
    return bare and view.lower[copula] == "are" and view.lemma[copula] == "be" and view.pos[copula] == "AUX"
