"""Later mentions that have no name: 'the minister', 'the agency', 'the two sides', 'he', 'they', 'its'.

Who is meant is what `language.coreference` says of the words, where the phrase that it points back to is an actor.
What is political is decided here: 'the minister' is the person with such an office, 'the alliance' the body of that
name, 'both sides' the pair named before, 'they' the two ministers of the sentence before (a split antecedent). Every
such answer has less confidence than a name, and its reason says what it goes back to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property

from ..claims import ActorRef
from ..language.coreference import Chains, find_chains
from ..language.coreference.words import given_names
from .later_words import ARMED, BODIES, DEFINITE, LANDS, OFFICES, REBEL
from .scene import NUMBERS, Scene

HE = frozenset({"he", "she", "his", "her", "him", "hers"})
SHE = frozenset({"she", "her", "hers"})
FEMALE = ("woman", "queen", "princess", "empress", "duchess", "lady")
THEY = frozenset({"they", "their", "them"})
IT = frozenset({"it", "its"})
ACTS = frozenset({"nsubj", "nsubjpass", "poss"})
"""Where 'it' and 'they' are likely somebody who acts or owns, not a thing that is spoken of."""
PAIRED = frozenset(
    "sides countries states nations parties governments leaders powers neighbours neighbors ministers presidents "
    "delegations capitals allies men women diplomats envoys officials generals negotiators rivals foes teams camps premiers".split()
)
LANDLIKE = frozenset("sides countries states nations governments neighbours neighbors capitals".split())
OF_PERSONS = frozenset("ministers presidents men women diplomats envoys officials generals negotiators leaders".split())
"""Pairs of persons, whoever else was named meanwhile."""
LATER = HE | IT | THEY | PAIRED | {"pair"}
GROUPS = ("group", "movement", "militia")
LISTED = frozenset({",", "and", "the", "&"})
"""What stands between the members of a list."""
FEW = 6
"""Mentions of persons among whom 'she' looks for a woman."""
WITHIN = 4
"""Sentences back that 'the minister' may point over; a name is never so far that a reader forgets it, but we may err."""


class Echoes(Scene):
    """Resolves what only what was said before can resolve."""

    @cached_property
    def chains(self) -> Chains:
        """What the words go back to, with what is known of persons and bodies put before the model's labels."""
        labels = {}
        for i, refs in self.by_token.items():
            if self.grid.pos[i] == "PROPN" and len(refs) == 1:
                labels[i] = "PERSON" if refs[0].person else "GPE" if refs[0].id == refs[0].country else "ORG"
        return find_chains(self.doc, self.grid, labels, speech=False)

    def definites(self) -> None:
        """'the minister', 'the agency', 'the country': the one named before whom the word fits."""
        grid = self.grid
        people: list[tuple[int, ActorRef]] = []
        bodies: list[tuple[int, ActorRef]] = []
        lands: list[tuple[int, ActorRef]] = []
        for i in self.positions(DEFINITE):
            refs = self.by_token.get(i, ())
            named = [r for r in refs if not r.reason.endswith("country not said")]
            for ref in named:
                if ref.person:
                    people.append((i, ref))
                elif ref.body or (ref.id or "").startswith(("group:", "org:")):
                    bodies.append((i, ref))
                elif ref.reason.startswith("name in the tables") and ref.id == ref.country:
                    lands.append((i, ref))
            if grid.lower[i] not in DEFINITE or (grid.pos[i] not in {"NOUN", "PROPN"} and grid.dep[i] not in ACTS):
                continue
            if not named and self.is_bare(i):
                self.definite(i, people, bodies, lands)
            elif len(named) == 1 and not named[0].person and grid.lower[i] in OFFICES:
                self.holder_named(i, named[0], people)

    def positions(self, words: frozenset[str]) -> list[int]:
        """The tokens that are an actor already, or one of `words`, in order."""
        return sorted(self.by_token.keys() | {i for i, word in enumerate(self.grid.lower) if word in words})

    def is_bare(self, i: int) -> bool:
        """'the minister', 'the veteran diplomat': a definite phrase that says no more of whose it is."""
        grid = self.grid
        start = grid.left[i]
        many = grid.tag[i] == "NNS" and grid.lower[i] not in ARMED
        if grid.lower[start] not in {"the", "that", "this"} or i - start > 2 or many:
            return False
        said = any(k > i and grid.dep[k] in {"prep", "relcl", "acl", "appos"} for k in grid.kids[i])
        return not said or (grid.lower[i + 1 : i + 3] in ([",", "who"], [",", "whose"], [",", "which"]))

    def definite(
        self,
        i: int,
        people: list[tuple[int, ActorRef]],
        bodies: list[tuple[int, ActorRef]],
        lands: list[tuple[int, ActorRef]],
    ) -> None:
        word = self.grid.lower[i]
        if word in OFFICES:
            fitting = list(self.in_office(i, people))
        elif word in BODIES:
            fitting = list(self.fitting(i, bodies, BODIES[word], self.named_so if word in GROUPS else self.name_of))
        elif word in ARMED:
            fitting = list(self.fitting(i, bodies, ("",), lambda r: ("",) if r.role in REBEL else ()))
        elif word in LANDS:
            near = {r.key: r for k, r in lands if self.grid.sent[i] - self.grid.sent[k] <= 2}
            fitting = list(near.values()) if len(near) == 1 else []
        else:
            return
        if fitting:
            others = {r.id for r in fitting} - {fitting[0].id}
            why = f"'{word}': {fitting[0].name}, named before" + (", nearest of several" if others else "")
            self.echo(i, (fitting[0],), why, 0.5 if others or word in LANDS else 0.75)

    def holder_named(self, i: int, whose: ActorRef, people: list[tuple[int, ActorRef]]) -> None:
        """'the Peruvian minister', 'the ANC leader': the person named before who has such an office there."""
        grid = self.grid
        if grid.lower[grid.left[i]] != "the" or grid.tag[i] == "NNS":
            return
        for ref in self.in_office(i, people):
            if ref.country == whose.country and (whose.country or ref.id == whose.id):
                self.echo(i, (ref,), f"'{whose.text}': {ref.name}, named before", 0.75)
                return

    def in_office(self, i: int, people: list[tuple[int, ActorRef]]) -> Iterator[ActorRef]:
        """Those named before who are called what the word at `i` says, with all that stands before it in the title."""
        title = self.title_at.get(i)
        whole = set(self.grid.lower[title.start : i]) if title is not None and title.end == i + 1 else set()
        for ref in self.fitting(i, people, OFFICES[self.grid.lower[i]], self.called_so):
            if any(whole <= set(words.split()) for words in self.called_so(ref)):
                yield ref

    @staticmethod
    def name_of(ref: ActorRef) -> tuple[str, ...]:
        return ((ref.name or "").lower(),)

    @staticmethod
    def named_so(ref: ActorRef) -> tuple[str, ...]:
        """The name of a body; an armed group is a movement and a militia, whatever its name ends with."""
        return ((ref.name or "").lower(), *(GROUPS if ref.role in REBEL else ()))

    def called_so(self, ref: ActorRef) -> tuple[str, ...]:
        """The office of a person and the ranks that stand before the name, in small letters."""
        return ((ref.office or "").lower(), *self.ranks.get(ref.person or "", ()))

    def fitting(
        self,
        i: int,
        named: list[tuple[int, ActorRef]],
        ends: tuple[str, ...],
        called: Callable[[ActorRef], tuple[str, ...]],
    ) -> Iterator[ActorRef]:
        """Those named before, nearest first, whose office or name ends with one of `ends`."""
        for k, ref in reversed(named):
            if self.grid.sent[i] - self.grid.sent[k] > WITHIN:
                return
            if any(words.endswith(ends) for words in called(ref)):
                yield ref

    def rest(self) -> None:
        """'the two sides', 'both countries', 'he', 'they', 'its': whom the text named before."""
        grid = self.grid
        pair: tuple[ActorRef, ...] = ()
        persons: tuple[ActorRef, ...] = ()
        named: dict[str, ActorRef] = {}
        people: list[tuple[int, ActorRef]] = []
        land: ActorRef | None = None
        sentence, exact = 0, False
        for i in self.positions(LATER):
            word = grid.lower[i]
            if grid.sent[i] != sentence:
                sentence = grid.sent[i]
                pair = self.pair_of(named, pair)
                exact = len(named) == 2
                two = tuple(ref for ref in named.values() if ref.person)
                persons = two if len(two) == 2 else persons
                named = {}
            refs = self.by_token.get(i)
            if refs:
                for ref in refs:
                    if ref.person:
                        people.append((i, ref))
                    if ref.country or (ref.id and ref.role != "MED"):
                        named.setdefault(ref.key, ref)
                        land = land if ref.person else ref
                continue
            if word in HE or (word in IT and grid.dep[i] in ACTS):
                self.pronoun(i, people, land)
                for ref in self.by_token.get(i, ()) if word in HE else ():
                    named.setdefault(ref.key, ref)
            elif word in THEY and grid.dep[i] in ACTS:
                self.they(i, pair)
            elif word in PAIRED and self.means_both(self.doc[i]):
                first = grid.lower[grid.left[i] : grid.left[i] + 2]
                many = next((NUMBERS[w] for w in first if w in NUMBERS), 0)
                own = self.with_the_speaker(named, pair, i) if word in LANDLIKE else ()
                if many > 2 and (listed := self.listed_before(i, many)):
                    self.echo(i, listed, f"the {many} named before", 0.7)
                elif many != 2:
                    two = tuple(named.values()) if len(named) == 2 else pair
                    if not many and len({ref.country for ref in two} - {None}) == 2:
                        self.echo(i, two, "the two named before", 0.6)
                elif here := self.pair_here(i, back=0 if exact else 1):
                    self.echo(i, here, "the two named before", 0.7)
                elif own:
                    self.echo(i, own, "the speaker's and the one named before", 0.7)
                elif word in OF_PERSONS and len(persons) == 2:
                    self.echo(i, persons, "the two persons named before", 0.7)
                elif len(pair) == 2:
                    self.echo(i, pair, "the two named before", 0.7)
            elif word == "pair" and len(pair) == 2 and grid.lower[grid.left[i]] == "the":
                self.echo(i, pair, "the two named before", 0.5)

    def pair_here(self, i: int, *, back: int) -> tuple[ActorRef, ...]:
        """'A and B agreed on it; each of the two sides ...': two of two states whom the sentence joins, or one `back`."""
        two = self.listed_before(i, 2, back=back)
        return two if len({ref.country for ref in two} - {None}) == 2 else ()

    def listed_before(self, i: int, many: int, *, back: int = WITHIN) -> tuple[ActorRef, ...]:
        """'the four states' after 'A, B, C and D': the nearest list of so many actors; () where there is none."""
        grid = self.grid
        run: dict[str, ActorRef] = {}
        joined = False
        for k in range(i - 1, grid.starts[max(0, grid.sent[i] - back)] - 1, -1):
            refs = self.by_token.get(k, ())
            if not refs and (grid.lower[k] in LISTED or k in self.covering or k in self.title_at):
                joined = joined or (bool(run) and grid.lower[k] in {"and", "&"})
                continue
            if not refs and joined and len(run) == many:
                break
            run = {**run, **{ref.key: ref for ref in refs}} if refs else {}
            joined = joined and bool(run)
        return tuple(reversed(run.values())) if joined and len(run) == many else ()

    def with_the_speaker(self, named: dict[str, ActorRef], pair: tuple[ActorRef, ...], i: int) -> tuple[ActorRef, ...]:
        """'Chinese minister X said that the two countries ...': China and the state named last, whoever met before."""
        speakers = [r for r in named.values() if r.person and r.country]
        if len(named) != 1 or len(speakers) != 1:
            return ()
        own = speakers[0].country
        if own in {r.country for r in pair}:
            return pair
        for k in range(i - 1, -1, -1):
            for ref in self.by_token.get(k, ()):
                if ref.country and ref.country != own and not ref.person:
                    return speakers[0], ref
        return ()

    @staticmethod
    def pair_of(named: dict[str, ActorRef], before: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
        """The two whom a sentence names; of more the first two, where no pair is known yet."""
        if len(named) == 2 or (len(named) > 2 and not before):
            return tuple(named.values())[:2]
        return before

    def pronoun(self, i: int, people: list[tuple[int, ActorRef]], land: ActorRef | None) -> None:
        """'he', 'she', 'it' and their forms: the actor that the chain of the pronoun was last named as.

        Where the chain knows nobody, the person, or the state or body, named last.
        """
        word = self.grid.lower[i]
        if word in HE and (ref := self.speaker_behind(i)) is not None:
            self.echo(i, (ref,), f"'{word}' for {ref.name or ref.text}, who says it", 0.6)
            return
        for ref, phrase in self.chain_back(i):
            if bool(ref.person) == (word in HE) and not self.other_gender(word, ref):
                self.echo(i, (ref,), f"'{word}' for {phrase}", 0.6 if word in HE else 0.4)
                return
        if i in self.chains.empty:
            return
        last = self.person_before(i, people) if word in HE else land
        if last is not None and (word in HE or not self.points_back(i)):
            self.echo(i, (last,), f"'{word}' for {last.name or last.text}, named last", 0.5 if word in HE else 0.3)

    def speaker_behind(self, i: int) -> ActorRef | None:
        """'He would come "any day", the president told the paper': the subject of what is said is often who says it."""
        grid = self.grid
        clause = grid.head[i]
        if grid.dep[i] != "nsubj" or grid.dep[clause] != "ccomp" or i != grid.starts[grid.sent[i]]:
            return None
        speaker = next((k for k in grid.kids[grid.head[clause]] if grid.dep[k] == "nsubj" and k > clause), None)
        refs = self.by_token.get(speaker, ()) if speaker is not None else ()
        return next((r for r in refs if r.person and not self.other_gender(grid.lower[i], r)), None)

    def person_before(self, i: int, people: list[tuple[int, ActorRef]]) -> ActorRef | None:
        """The person whom the sentence before was about, where 'he' begins one; else the one named last."""
        grid, word = self.grid, self.grid.lower[i]
        fitting = [(k, ref) for k, ref in people[-FEW:] if not self.other_gender(word, ref)]
        if grid.dep[i] == "nsubj" and i == grid.starts[grid.sent[i]]:
            for k, ref in fitting:
                head = grid.head[k] if grid.dep[k] in {"appos", "compound", "flat"} else k
                main = grid.dep[head] in {"nsubj", "nsubjpass"} and grid.dep[grid.head[head]] == "ROOT"
                if main and grid.sent[k] == grid.sent[i] - 1:
                    return ref
        return fitting[-1][1] if fitting else None

    @staticmethod
    def other_gender(word: str, ref: ActorRef) -> bool:
        """'him' is not Angela Brandt and no spokeswoman, as far as offices and given names tell."""
        held = (ref.office or "").lower().rpartition(" ")[2]
        gender = "f" if held.endswith(FEMALE) else given_names().get((ref.person or "").partition(" ")[0].lower())
        return bool(gender) and word in HE and (gender == "f") != (word in SHE)

    def points_back(self, i: int) -> bool:
        """Whether the chain of the pronoun at `i` has a phrase before it, actor or not."""
        return next(self.chains.before(i), None) is not None

    def they(self, i: int, pair: tuple[ActorRef, ...]) -> None:
        """'they': the two of the sentence before, a body or people of the chain, else the pair named last."""
        grid = self.grid
        both = self.coordinated(i)
        if both:
            self.echo(i, both, "'they' for the two named together", 0.5)
            return
        for ref, phrase in self.chain_back(i):
            if not ref.person:
                self.echo(i, (ref,), f"'{grid.lower[i]}' for {phrase}", 0.4)
                return
        if pair and grid.dep[i] == "nsubj":
            self.echo(i, pair, "'they' for those named before", 0.4)

    def chain_back(self, i: int) -> Iterator[tuple[ActorRef, str]]:
        """The actors that the chain of the pronoun at `i` was called before, nearest first, with the words."""
        for mention in self.chains.before(i):
            for ref in self.by_token.get(mention.head, ()):
                yield ref, ref.name or ref.text

    def coordinated(self, i: int) -> tuple[ActorRef, ...]:
        """The two persons of the sentence before, where it has just two: a split antecedent."""
        grid = self.grid
        sentence = grid.sent[i] - 1
        if sentence < 0:
            return ()
        start, end = grid.starts[sentence], grid.starts[sentence + 1]
        seen = {r.person: r for k in range(start, end) for r in self.by_token.get(k, ()) if r.person}
        return tuple(seen.values()) if len(seen) == 2 else ()

    def echo(self, i: int, refs: tuple[ActorRef, ...], why: str, confidence: float) -> None:
        token = self.doc[i]
        span = self.parse.span(token)
        self.by_token[i] = tuple(
            replace(r, text=token.text, span=span, reason=why, confidence=round(confidence * r.confidence, 2))
            for r in refs
        )
