"""'I', 'we' and 'you': who speaks, in a speech, an interview or between quotation marks.

Outside quotation marks a text has one voice, unless it is an interview: there paragraphs that end with a question mark
are the interviewer's, and 'you' in them is the 'I' of the answers. 'I' between quotation marks is the subject of the
verb of saying beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from .state import State
from .words import FIRST, SAYING, WE

QUESTIONS = 3
"""Paragraphs with a question from which on a text in the first person is an interview."""
GAP = 40
"""Tokens at most between two quotations of one speaker who is named with the first only."""
LABEL = 6
"""Tokens at most of 'THE VICE PRESIDENT:' before a paragraph."""
TITLE = 3
"""What a name in the title counts, where one in the text counts 1."""
OPEN, CLOSE = frozenset("“«„"), frozenset("”»")


@dataclass(frozen=True, slots=True)
class Turn:
    """Tokens [start, end) of a paragraph, and whether it ends with a question mark."""

    start: int
    end: int
    asks: bool
    label: int
    """The token that ends the name of the speaker before a colon, -1 for none."""


class Voices:
    """Links the pronouns of the first and second person of one document."""

    def __init__(self, state: State) -> None:
        self.state, self.grid = state, state.grid
        self.speakers: dict[tuple[str, str], int] = {}

    def meet(self, n: int) -> None:
        """Links pronoun `n` to its voice: to the one who speaks, or to an earlier pronoun of the same voice."""
        word, head = self.grid.lower[self.state.mentions[n].head], self.state.mentions[n].head
        group = "i" if word in FIRST else "we" if word in WE else "you"
        quote = self.quoted[head]
        voice = ""
        if quote:
            speaker = self.spoken[quote]
            voice = f"quote of {self.state.mentions[speaker].chain}" if speaker is not None else f"quote {quote}"
            if group == "i" and speaker is not None:
                self.state.link(n, speaker, "speaker")
                return
        else:
            group, voice = self.turn_of(head, group)
        key = (group, voice)
        if key in self.speakers:
            self.state.link(n, self.speakers[key], "speaker")
        else:
            self.speakers[key] = n

    def turn_of(self, i: int, group: str) -> tuple[str, str]:
        """Whose word a pronoun outside quotation marks is: of the text, of a named speaker, of question or answer."""
        turn = self.turn_at[i]
        if turn is not None and turn.label >= 0:
            voice = self.grid.lower[turn.label]
            speaker = self.by_head.get(turn.label)
            if speaker is not None:
                self.speakers.setdefault(("i", voice), speaker)
            return group, voice
        if not self.is_interview:
            return group, ""
        if turn is None or not turn.asks:
            voice = "answer"
        elif group == "you":
            group, voice = "i", "answer"
        else:
            voice = "question"
        if (group, voice) == ("i", "answer") and self.guest is not None:
            self.speakers.setdefault((group, voice), self.guest)
        return group, voice

    # --- quotations ---

    @cached_property
    def quoted(self) -> list[int]:
        """By token: the number of the quotation that it stands in, 0 for none. A new paragraph closes a quotation."""
        found, number, inside = [], 0, False
        for word in self.grid.words:
            if "\n" in word and word.count("\n") > 1:
                inside = False
            elif word == '"':
                inside = not inside
                number += inside
            elif word in OPEN:
                inside, number = True, number + 1
            elif word in CLOSE:
                inside = False
            found.append(number if inside else 0)
        return found

    @cached_property
    def edges(self) -> dict[int, tuple[int, int]]:
        """The first and the last token of each quotation."""
        found: dict[int, tuple[int, int]] = {}
        for i, number in enumerate(self.quoted):
            if number:
                found[number] = (found.get(number, (i, i))[0], i)
        return found

    @cached_property
    def spoken(self) -> dict[int, int | None]:
        """By quotation: the mention whose words they are; those of the quotation right before where none is named."""
        found: dict[int, int | None] = {}
        for quote, (first, _) in self.edges.items():
            speaker = self._subject_beside(quote)
            if speaker is None and quote - 1 in found and self.edges[quote - 1][1] + GAP > first:
                speaker = found[quote - 1]
            found[quote] = speaker
        return found

    def _subject_beside(self, quote: int) -> int | None:
        """The mention that is the subject of a verb of saying in the sentences of the quotation, outside of it."""
        grid = self.grid
        first, last = self.edges[quote]
        start = grid.starts[grid.sent[first]]
        end = grid.sentence_end(min(last + 2, len(grid) - 1))
        for i in [*range(first - 1, start - 1, -1), *range(last + 1, end)]:
            if self.quoted[i] or grid.lemma[i] not in SAYING:
                continue
            subject = grid.child(i, "nsubj")
            known = self.by_head.get(subject) if subject is not None else None
            if known is not None:
                return known
        return None

    @cached_property
    def by_head(self) -> dict[int, int]:
        return {m.head: k for k, m in reversed(list(enumerate(self.state.mentions)))}

    # --- turns ---

    @cached_property
    def turns(self) -> list[Turn]:
        """The paragraphs of the text."""
        found, start = [], 0
        words = self.grid.words
        for i, word in enumerate(words):
            if "\n" in word or i == len(words) - 1:
                if i > start:
                    found.append(Turn(start, i + 1, "?" in words[max(start, i - 2) : i + 1], self._label(start, i)))
                start = i + 1
        return found

    def _label(self, start: int, end: int) -> int:
        """'MR. PRICE: I thank you': the token that ends the name of who speaks, -1 for none."""
        words = self.grid.words
        for k in range(start, min(start + LABEL, end)):
            if words[k] == ":":
                return k - 1 if k > start else -1
            if not (words[k][:1].isupper() or words[k] == "."):
                return -1
        return -1

    @cached_property
    def turn_at(self) -> list[Turn | None]:
        """By token: the paragraph that it stands in."""
        found: list[Turn | None] = [None] * len(self.grid)
        for turn in self.turns:
            found[turn.start : turn.end] = [turn] * (turn.end - turn.start)
        return found

    @cached_property
    def is_interview(self) -> bool:
        first = next((n for n, t in enumerate(self.turns) if t.asks), 0)
        asked = sum(t.asks for t in self.turns)
        return asked >= QUESTIONS and asked * 6 >= len(self.turns) - first

    @cached_property
    def guest(self) -> int | None:
        """The person whom an interview names most often before its first question, above all in its title."""
        first = next((t.start for t in self.turns if t.asks), 0) or self.turns[0].end
        title = self.turns[0].end
        counts: dict[int, int] = {}
        for mention in self.state.mentions:
            if mention.start >= first:
                break
            if mention.kind == "name" and self.grid.ent[mention.head] == "PERSON":
                counts[mention.chain] = counts.get(mention.chain, 0) + (TITLE if mention.start < title else 1)
        best = max(counts, key=lambda c: counts[c], default=None)
        return None if best is None else self.state.members[best][0]
