"""Collectives and pronouns: 'the two sides', 'both countries', 'he', 'they', 'its'."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from ..claims import ActorRef
from .scene import Scene

HE, THEY = frozenset({"he", "she", "his", "her", "him", "hers"}), frozenset({"they", "their", "them"})


class Pronouns(Scene):
    """Resolves what only what was said before can resolve."""

    def rest(self) -> None:
        """'the two sides', 'both countries', 'he', 'they', 'its': whom the text named before."""
        last_person: ActorRef | None = None
        last_state: ActorRef | None = None
        pair: tuple[ActorRef, ...] = ()
        for sentence in self.doc.sents:
            named: dict[str, ActorRef] = {}
            for token in sentence:
                refs = self.by_token.get(token.i, ())
                for ref in refs:
                    last_person = ref if ref.person else last_person
                    if ref.country or (ref.id and ref.role != "MED"):
                        named.setdefault(ref.key, ref)
                        last_state = last_state if ref.person else ref
                if not refs:
                    self.later(token, last_person, last_state, pair)
            if len(named) == 2:
                pair = tuple(named.values())
            elif len(named) > 2 and not pair:
                pair = tuple(named.values())[:2]

    def later(self, token: Token, person: ActorRef | None, state: ActorRef | None, pair: tuple[ActorRef, ...]) -> None:
        """One pronoun or collective, resolved where the text lets it."""
        low = token.lower_
        if low in HE and token.pos_ == "PRON" and person is not None:
            self.echo(token, (person,), "pronoun of the person named last", 0.6)
        elif low in THEY and token.pos_ == "PRON" and token.dep_ == "nsubj":
            self.echo(token, self.coordinated(token) or pair, "pronoun of those named before", 0.4)
        elif low in {"it", "its"} and token.dep_ in {"nsubj", "poss"} and state is not None:
            self.echo(token, (state,), "pronoun of the state or body named last", 0.35)
        elif token.pos_ == "NOUN" and len(pair) == 2 and self.means_both(token):
            self.echo(token, pair, "the two named before", 0.7)

    def coordinated(self, token: Token) -> tuple[ActorRef, ...]:
        """The two persons of the sentence before, where it has just two: a split antecedent."""
        start = token.sent.start
        if start == 0:
            return ()
        before = self.doc[start - 1].sent
        seen = {r.person: r for t in before for r in self.by_token.get(t.i, ()) if r.person}
        return tuple(seen.values()) if len(seen) == 2 else ()

    def echo(self, token: Token, refs: tuple[ActorRef, ...], why: str, confidence: float) -> None:
        if refs:
            span = self.parse.span(token)
            self.by_token[token.i] = tuple(
                replace(r, text=token.text, span=span, reason=why, confidence=round(confidence * r.confidence, 2))
                for r in refs
            )
