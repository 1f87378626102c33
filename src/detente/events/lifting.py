"""From what a clause says to what is coded: climbing from a deed through the words that govern it.

'Iran will not agree to lift the ban' holds a deed (lift the ban, 081), an operator that governs it (agree:
0351) and a mood (will not: 1241). A `Candidate` starts at the deed and climbs; what it climbed through is
consumed and codes nothing of its own.
"""

from __future__ import annotations

from .candidate import ADDRESSING, TRANSPARENT, Candidate, Step
from .clauses import View
from .lexicon import Lexicon
from .matching import Fit
from .mood import DONE, Mood, is_past, is_purpose, mood_of
from .unreal import Unreal

_AHEAD = frozenset({"agree", "intend", "want"})
_ORDINALS = frozenset({"first", "second", "third", "fourth", "latest", "last", "only"})
_LENGTHS = frozenset({"month", "year", "decade", "century", "hour", "week", "day", "generation", "round"})


class Lifter:
    """Climbs from deeds through operators and moods."""

    def __init__(self, view: View, lexicon: Lexicon, fits: dict[int, Fit]) -> None:
        self.view = view
        self.lexicon = lexicon
        self.fits = fits
        self.unreal = Unreal(view, lexicon, fits)

    def lift(self, i: int, code: str) -> Candidate:
        """The candidate that begins with what the fit at `i` codes."""
        fit = self.fits[i]
        candidate = Candidate(i, fit, code, i)
        candidate.used.update(fit.objects)
        if fit.phrase is not None:
            candidate.used.add(fit.phrase)
        self._mood(candidate, i)
        child, link = i, self.view.dep[i]
        for _ in range(10):
            if candidate.dead:
                break
            up = self._governor(child)
            if up is None:
                break
            parent, link = up
            if not self._pass(candidate, child, parent, link):
                break
            child = parent
        self.unreal.mark(candidate)
        return candidate

    def only_reports(self, operator: int) -> bool:
        """Whether the word of agreeing or planning is about what is over: 'the evidence suggests that rebels fired'."""
        if self.fits[operator].row.operator not in _AHEAD:
            return False
        return any(is_past(self.view, k) for k in self.view.children(operator, "ccomp"))

    def _governor(self, i: int) -> tuple[int, str] | None:
        """(the word that governs `i`, by which relation): prepositions and conjuncts are seen through."""
        view = self.view
        for _ in range(4):
            head, dep = view.head[i], view.dep[i]
            if head == i:
                return None
            if dep in {"pobj", "pcomp"}:
                preposition = head
                length = view.head[preposition]
                if view.lower[preposition] == "of" and view.lemma[length] in _LENGTHS and view.dep[length] == "dobj":
                    i = length  # 'broke off seven years of talks'
                    continue
                if (
                    view.dep[preposition] in {"prep", "agent", "dative", "pcomp"}
                    and view.head[preposition] != preposition
                ):
                    return view.head[preposition], f"{dep}:{view.lower[preposition]}"
                return None
            if dep == "conj":
                if view.children(i, "nsubj", "nsubjpass"):
                    return None
                i = head
                continue
            return head, dep
        return None

    def _pass(self, candidate: Candidate, child: int, parent: int, link: str) -> bool:
        """Climbs from `child` to `parent` where the parent lets through; False where the climb ends."""
        view = self.view
        fit = self.fits.get(parent)
        nominal = view.pos[child] in {"NOUN", "PROPN"}
        if fit is None:
            return self._pass_plain(candidate, child, parent, link)
        operator = fit.row.operator
        if operator is None:
            return False
        if not self._complements(fit, child, link, nominal):
            return False
        if operator in _AHEAD and link == "ccomp" and is_past(self.view, child):
            return False  # 'agreed that it had attacked'
        if operator in TRANSPARENT:
            if operator == "light" and not nominal:
                return False
            candidate.used.add(parent)
            candidate.steps.append(Step(parent, operator, candidate.code, candidate.code, fit.row.source))
            candidate.top = parent
            if operator == "imminent" and candidate.status == "done":
                candidate.status = "planned"
            self._mood(candidate, parent)
            return True
        if operator == "want" and link == "ccomp" and view.children(child, "nsubj", "nsubjpass"):
            operator = "appeal"  # 'wants Germany to pay'
        if operator == "deny":  # the deed stays what it is, and somebody denies it
            candidate.status, candidate.denied_by = "denied", parent
            return False
        if operator == "agree" and candidate.steps and candidate.steps[-1].operator == "negate":
            candidate.code = "030"  # 'pledged not to attack'
            candidate.status = "done"
        self._apply(candidate, parent, operator, fit.row.source)
        if candidate.dead:
            return False
        candidate.top = parent
        candidate.duty = False
        if operator in ADDRESSING:
            candidate.addressed = parent
        self._mood(candidate, parent)
        return True

    def _complements(self, fit: Fit, child: int, link: str, nominal: bool) -> bool:
        """Whether `child` is what the operator is about, and not its subject or its circumstances."""
        view = self.view
        if view.pos[fit.token] in {"NOUN", "PROPN"}:
            return (
                link == "acl"
                or (link == "ccomp" and fit.row.operator == "deny")
                or (
                    link.startswith(("pobj", "pcomp"))
                    and link.split(":")[1] in {"to", "of", "for", "on", "over", "against"}
                )
            )
        if nominal:
            if link in {"dobj", "nsubjpass"}:
                return True
            if link == "nsubj":
                return "happens" in fit.row.roles  # 'a truce took effect'
            if link.startswith("pobj"):
                preposition = link.split(":")[1]
                if fit.phrase == child or preposition == fit.preposition:
                    return True
                if preposition == "in" and self.fits[child].row.code.startswith("04"):
                    return False  # 'agreed in a telephone call to do it'
                return preposition in {
                    "to",
                    "on",
                    "for",
                    "in",
                    "with",
                    "of",
                    "against",
                    "about",
                    "from",
                    "upon",
                } and not (preposition in {"in", "on", "with", "from"} and view.objects(fit.token))
            return False
        if link in {"xcomp", "ccomp"}:
            return True
        if link == "advcl":
            return (
                any(view.lower[k] == "to" for k in view.kids[child] if view.dep[k] == "aux")
                and fit.row.operator not in TRANSPARENT
            )
        if link.startswith("pcomp"):
            return link.split(":")[1] in {
                "of",
                "to",
                "from",
                "for",
                "on",
                "with",
                "against",
                "about",
                "in",
                "into",
                "at",
            }
        if link == "dobj":
            return True
        return link == "nsubjpass"

    def _pass_plain(self, candidate: Candidate, child: int, parent: int, link: str) -> bool:
        """Words that are in no table: 'be', 'have', nouns such as 'step' or 'right' with an infinitive."""
        view = self.view
        if view.pos[parent] in {"VERB", "AUX"} and link in {"xcomp", "acomp", "attr", "oprd"}:
            lemma = view.lemma[parent]
            if lemma in {"be", "have", "get", "become", "remain", "look", "seem", "appear", "stand", "prove"}:
                mood = mood_of(view, parent)
                if mood.operator is not None:
                    self._mood(candidate, parent)
                candidate.top = parent if view.child(parent, "nsubj", "nsubjpass") is not None else candidate.top
                return not candidate.dead
        return False

    def _apply(self, candidate: Candidate, token: int, operator: str, source: str) -> None:
        after = self.lexicon.transform(operator, candidate.code)
        if after is None:
            candidate.dead = f"{self.view.doc[token].text!r} ({operator}) makes nothing of {candidate.code}"
            return
        if after == "113" and any(step.operator == "halt" for step in candidate.steps):
            after = "020"  # 'called on Chad to end its support': nobody is rallied against it
        candidate.steps.append(Step(token, operator, candidate.code, after, source))
        candidate.code = after
        candidate.used.add(token)
        if operator in {"intend", "want"} and candidate.status == "done":
            candidate.status = "planned"
        elif operator == "threaten":
            candidate.status = "threatened"
        elif operator in {"agree", "negate", "fail", "refuse", "appeal", "demand", "halt", "accuse", "order", "allow"}:
            candidate.status = "done"

    def _mood(self, candidate: Candidate, token: int) -> None:
        view = self.view
        if view.pos[token] in {"NOUN", "PROPN"}:
            if view.is_negated(token):
                self._apply_mood(candidate, token, Mood("negate", "denied", "no"))
            return
        carrier = None
        if view.pos[token] in {"ADJ", "ADP", "ADV"} and view.pos[view.head[token]] in {"AUX", "VERB"}:
            carrier = view.head[token]
        mood = mood_of(view, token, carrier)
        if mood != DONE:
            self._apply_mood(candidate, token, mood)
        elif self._is_ordinal(token):
            return
        elif (
            is_purpose(view, token) and self._governor_is_plain(token) and not self._said_on_occasion(candidate, token)
        ):
            candidate.status = "hypothetical"

    def _is_ordinal(self, token: int) -> bool:
        """'became the first state to ban it': what the first, the latest or the only one did is done."""
        view, noun = self.view, self.view.head[token]
        if view.dep[token] == "advcl" and view.lemma[noun] in {"be", "become"}:
            noun = next(iter(view.children(noun, "attr")), noun)  # the infinitive hung on the verb
        elif view.dep[token] not in {"acl", "relcl"}:
            return False
        if view.dep[noun] != "attr":
            return False
        return (
            any(view.lower[k] in _ORDINALS or view.ent[k] == "ORDINAL" for k in view.kids[noun])
            and mood_of(view, view.head[noun]) == DONE
        )

    def _said_on_occasion(self, candidate: Candidate, token: int) -> bool:
        """'telephoned the king to thank him': what a meeting or call was for was said there."""
        carrier = self.view.head[token]
        if self.view.dep[token] == "relcl" and self.view.dep[carrier] == "dobj":
            carrier = self.view.head[carrier]  # 'sent a delegation to urge restraint'
        occasion = self.fits.get(carrier)
        if candidate.code[:2] not in {"05", "11", "02", "10", "01"} or occasion is None:
            return False
        took_place = mood_of(self.view, carrier) == DONE
        return took_place and occasion.row.code.startswith(("04", "07", "114"))

    def _governor_is_plain(self, token: int) -> bool:
        fit = self.fits.get(self.view.head[token])
        return fit is None or fit.row.operator is None

    def _apply_mood(self, candidate: Candidate, token: int, mood: Mood) -> None:
        operator = mood.operator or ""
        if operator == "intend" and "exact" in candidate.fit.row.roles:
            candidate.status = "hypothetical" if mood.status == "hypothetical" else "planned"
            return  # codes of the user's dictionaries stay what they are; the status tells the time
        if operator == "forgo":  # 'must not attack'
            operator = "demand"
        if operator == "intend" and candidate.code[:2] in {"03", "13", "12"} and candidate.steps:
            candidate.status = "hypothetical" if mood.status == "hypothetical" else candidate.status
            return
        if operator == "pending":
            candidate.dead = "not done so far"
            return
        if operator == "negate" and mood.word == "not" and candidate.code.startswith("04"):
            candidate.dead = "did not take place"  # 'did not attend': nobody refused
            return
        hardly = all(step.operator in TRANSPARENT or step.operator == "attempt" for step in candidate.steps)
        if operator == "refuse" and candidate.code[:2] in {"11", "13"} and hardly:
            operator = "negate"  # 'will not criticise': nothing is refused to anybody
        if operator == "demand":
            candidate.duty = True
        self._apply(candidate, token, operator, f"mood: {mood.word}")
        if not candidate.dead and (
            mood.status == "hypothetical" or (operator == "refuse" and mood.status == "planned")
        ):
            candidate.status = mood.status
