"""Where an office ends and a body begins: 'head of West Asian Affairs of the Chinese Foreign Ministry'."""

from __future__ import annotations

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from .belongings import Belongings
from .scene import BODY_NOUNS

CHARGED = frozenset({"charge", "control", "command"})
"""What somebody is 'in' who has something to see to, which is no part of the office."""
LAND_WORDS = frozenset({"republic", "kingdom", "federation", "emirate"})
CAMPS = frozenset("opposition rebels insurgents resistance junta regime government".split())
"""Those for whom somebody holds an office, which is not called after them."""
NO_BODIES = frozenset(
    "staff delegation mission day meeting talk session state country nation moment time world".split()
)
"""What may be headed, chaired or led, and is no body."""
SENT_BODIES = frozenset({"delegation", "mission", "team"})
"""What somebody heads for a while: its head is called head, not head of it."""


class OfficesAndBodies(Belongings):
    """Cuts the words behind and before a title into what goes on with the office and the body that it is held at."""

    def office_and_body(self, right: TokenSpan, *, heads: bool) -> tuple[str, str | None]:
        """'of West Asian Affairs of the Chinese Foreign Ministry': the office goes on, then comes the body.

        Whoever `heads` something does so at a body, whatever it is called: 'chairman of the Coffee Growers', 'director
        of Lebanon's oil installations'.
        """
        pieces: list[list[Token]] = [[]]
        for token in right:
            if token.lower_ in {"of", "for", "at", "in", "to", "on"} and token.dep_ in {"prep", "dative"}:
                pieces.append([token])
            else:
                pieces[-1].append(token)
        office, body, named = "", None, None
        for piece in pieces:
            words = [t for t in piece if t.lower_ not in {"of", "for", "at", "in", "to", "the", "a"}]
            if not words:
                continue
            if any(t.i in self.title_at for t in words) and any(t.ent_type_ == "PERSON" for t in words):
                break  # 'adviser of President X'
            if piece[0].i and self.grid.lower[piece[0].i - 1] in CHARGED:
                continue  # 'the official in charge of the talks'
            if office == "" and words[-1].lower_ in LAND_WORDS:
                continue  # 'minister of the Republic of Togo'
            if office == "" and words[-1].i in self.agents and words[-1].lower_ in CAMPS:
                continue  # 'shadow minister of Kenya's opposition'
            if words[-1].lemma_.lower() in BODY_NOUNS or any(
                t.i in self.covering and self.is_org(self.covering[t.i]) for t in words
            ):
                body = self.doc[self.without_kind(words) : words[-1].i + 1].text
            elif body is not None and piece[0].lower_ in {"for", "of", "on"} and self.goes_on(words):
                body += " " + "".join(t.text_with_ws for t in piece).strip()
            elif body is None and heads and office == "" and words[-1].lower_ in SENT_BODIES:
                body = self.doc[words[0].i : words[-1].i + 1].text
            elif body is None and piece[0].lower_ == "of" and not all(t.i in self.covering for t in words):
                if heads and named is None and self.is_named(piece[1:]):
                    named = (office, self.doc[words[0].i : right.end].text.strip())
                office += " " + "".join(t.text_with_ws for t in piece).strip()
        if body is None and named is not None:
            return named
        return office, body

    def without_kind(self, words: list[Token]) -> int:
        """Where the name begins in 'the regional bloc IGAD', 'the militant group Hamas'."""
        hit = self.covering.get(words[-1].i)
        if hit is not None and hit.start < words[0].i and self.is_org(hit):
            return hit.start + (self.grid.lower[hit.start] == "the")  # the 'of' of 'Workers' Party of Korea'
        if hit is None or not self.is_org(hit) or hit.start <= words[0].i or not words[0].text.islower():
            return words[0].i
        return hit.start if all(self.texts[i].islower() for i in range(words[0].i, hit.start)) else words[0].i

    def is_named(self, words: list[Token]) -> bool:
        """A body by its name ('Coffee Growers') or as somebody's ('the presidential staff', 'Lebanon's railways')."""
        if [t.lower_ for t in words[-2:]] == ["general", "staff"]:
            return True
        if words[0].lower_ == "the" or any(t.tag_ == "POS" for t in words):
            return words[-1].pos_ in {"NOUN", "PROPN"} and words[-1].lemma_.lower() not in NO_BODIES
        return len(words) > 1 and all(t.text[:1].isupper() or t.lower_ in {"and", "of"} for t in words)

    def goes_on(self, words: list[Token]) -> bool:
        """'the State Committee for National Security': capitalised words of no table go on with the name of the body."""
        return all(t.text[:1].isupper() and t.i not in self.covering for t in words)

    def body_in(self, left: TokenSpan) -> str | None:
        """'Russian Security Council' in 'Russian Security Council Deputy Secretary'; a demonym alone is no body."""
        for token in reversed(left):
            if token.lemma_.lower() in BODY_NOUNS:
                start = token.i
                while start > left.start and self.doc[start - 1].pos_ in {"PROPN", "ADJ", "NOUN"}:
                    start -= 1
                words = list(self.doc[start : token.i + 1])
                return "".join(t.text_with_ws for t in self.trimmed(words)).strip()
        return None

    def trimmed(self, words: list[Token]) -> list[Token]:
        """A body's own long name stands without its country: 'Supreme National Security Council'."""
        if len(words) > 3 and words[0].i in self.covering and self.covering[words[0].i].values[0].kind == "demonym":
            return words[1:]
        return words
