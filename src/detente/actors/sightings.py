"""Where persons stand in a document: the spans of the model, mended, and those that only the words around them show."""

from __future__ import annotations

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from ..language.coreference.words import given_names
from ..places.gazetteer import default_gazetteer
from .belongings import LOCAL
from .colleagues import PARTICLES, SINGULARS
from .known_names import KnownNames
from .lookup import Entry
from .phrases import Hit, fold
from .scene import BODY_NOUNS

COMPANY_WORDS = frozenset("Inc Corp Group Holdings Ltd Co Company Party Times News Post Airlines Motors Bank".split())
FIRST_NAMES = frozenset("douglas hamilton kingston lima paris santiago sofia stanley victoria".split())
"""Capitals that people are called after."""
LARGE = 200_000
"""People of a city that may be taken for a person by the model."""
REACH = 9
"""Tokens at most between an office and the name behind a comma."""
HONORIFICS = frozenset("Mr Mrs Ms Miss Sir Dame Lady Herr Frau Monsieur Madame Mme Senor Señor Senhor".split())
"""What a person is called with, and what is no part of the name."""
TO_PERSONS = frozenset(
    "arrest detain jail imprison behead assassinate murder kill wound abduct kidnap appoint sentence extradite indict free "
    "acquit interrogate swear elect nominate".split()
)
"""Verbs whose object is a person, where it is a name."""
NAMES_TOO = frozenset("shah sultan emir amir imam khan major marshal".split())
"""Titles that after another title are part of the name: 'Foreign Minister Shah Mahmood Qureshi'."""
NAMES_AT_LAST = frozenset("sheikh sheik king prince judge bishop pope".split())
"""The same where one word only follows: 'Prime Minister Sheikh Hasina', not 'Defence Minister Prince Khalid bin Salman'."""


class Sightings(KnownNames):
    """Finds the spans of the persons of one document."""

    def persons(self) -> list[TokenSpan]:
        """The model's persons, without a title at their front and a possessive at their end."""
        found = []
        for given in self.entities:
            ent = given[:-1] if len(given) > 2 and given[-1].lower_ == "and" else given
            if given.label_ != "PERSON" and not self.is_person(ent):
                continue
            start, end = ent.start, ent.end
            while end > start and self.doc[end - 1].text in {"'s", "’s", "'", "’", ","}:
                end -= 1
            start, end = self.name_in(start, end)
            while (title := self.title_starting.get(start)) is not None and title.end < end:
                if (start in self.title_ending and self.in_the_name(start, end)) or self.is_given(start, end):
                    break
                start = title.end
            while end > start and self.doc[start].dep_ == "det":
                start += 1
            if end - start == 1 and title is not None and title.end == end and self.is_name_at(end):
                continue  # 'Sheikh' before a name
            start, end = self.stretched(start, end)
            while end - start > 1 and (
                self.texts[start].rstrip(".") in HONORIFICS or self.grid.lower[start] in SINGULARS
            ):
                start += 1
            if start >= end or any(t.lemma_.lower() in BODY_NOUNS for t in self.doc[start:end]):
                continue
            if end - start == 1 and given.label_ == "PERSON" and self.is_city(start):
                self.cities.add(start)
                continue
            whole = self.covering.get(start)
            if whole is None or whole.end < end or not (self.known(whole) or self.is_capital(start, whole)):
                found.append(self.doc[start:end])
        found = [s for s in found if s.start not in self.by_token]
        found += self.by_first_name(found)
        found += self.by_deed(found)
        found += self.by_office_behind(found)
        found += self.by_plural_title(found)
        longer = {t.text for s in found if len(s) > 1 for t in s}  # 'Kim' where the text has Kim Kye-gwan
        lone = self.lone_surnames({t.i for s in found for t in s})
        found += [self.doc[i : i + 1] for i in lone if self.texts[i] not in longer]
        found = [s for s in found if not any(o is not s and o.start <= s.start and s.end <= o.end for o in found)]
        taken = {t.i for s in found for t in s}
        for title in self.titles:
            i = self.name_after(title)
            if i < len(self.doc) and i not in taken and self.is_name(self.doc[i]) and title.start not in taken:
                end = i
                while end < len(self.doc) and self.is_name(self.doc[end]) and end not in taken and end - i < 5:
                    end += 1
                if end < len(self.doc) and self.doc[end].i in taken:
                    continue
                found.append(self.doc[i:end])
                taken.update(range(i, end))
        return sorted(found, key=lambda s: s.start)

    def name_in(self, start: int, end: int) -> tuple[int, int]:
        """The name in 'Crown Prince X' of 'Deputy Crown Prince X', in 'Bangladeshi Home Minister X', in 'X of Bahrain'."""
        for i in range(start + 1, end):
            if self.grid.lower[i] in {"of", "from"} and i + 1 in self.covering:
                end = i
                break
        inside = self.title_at.get(start)
        if inside is not None and inside.start < start and inside.end < end:
            return inside.end, end
        cut = self.title_at.get(end - 1)
        if cut is not None and start < cut.start and end < cut.end:
            return start, cut.start  # 'Bangladeshi Home' before 'Minister'
        behind = self.covering.get(start)
        title = self.title_starting.get(behind.end) if behind is not None else None
        if title is not None and title.end < end:
            return title.end, end
        return start, end

    def is_given(self, start: int, end: int) -> bool:
        """'Amir Khan Muttaqi': a given name that is a title elsewhere."""
        return end - start > 2 and self.texts[start] in {"Amir", "Khan"}

    def is_name_at(self, i: int) -> bool:
        return i < len(self.doc) and self.is_name(self.doc[i])

    def by_first_name(self, found: list[TokenSpan]) -> list[TokenSpan]:
        """'Ivory Coast's Guillaume Soro': two capital words without a label, of which the first is a given name."""
        grid, first_names = self.grid, given_names()
        taken = {t.i for span in found for t in span}
        more = []
        for i in range(len(self.texts) - 1):
            if grid.ent[i] or grid.ent[i + 1] or grid.lower[i] not in first_names or i in taken:
                continue
            if (i and grid.pos[i - 1] == "PROPN") or grid.lower[i + 1] in BODY_NOUNS:
                continue
            if grid.pos[i] == grid.pos[i + 1] == "PROPN" and self.is_name(self.doc[i]) and self.is_surname(i + 1):
                more.append(self.doc[i : i + 2])
        return more

    def by_deed(self, found: list[TokenSpan]) -> list[TokenSpan]:
        """'killed Abdi Warsame Guled': capital words without a label to which is done what is done to persons only."""
        grid = self.grid
        taken = {t.i for span in found for t in span}
        more = []
        for i, lemma in enumerate(grid.lemma):
            if lemma not in TO_PERSONS:
                continue
            for k in grid.kids[i]:
                if grid.dep[k] not in {"dobj", "nsubjpass"} or grid.ent[k] or k in taken or not self.is_surname(k):
                    continue
                start = k
                while start and grid.pos[start - 1] == "PROPN" and self.is_surname(start - 1):
                    start -= 1
                if 1 < k + 1 - start < 5 and BODY_NOUNS.isdisjoint(grid.lower[start : k + 1]):
                    more.append(self.doc[start : k + 1])
        return more

    def by_office_behind(self, found: list[TokenSpan]) -> list[TokenSpan]:
        """'Saimir Hoxhaj, chairman of ...': capital words without a label before a comma and an office in small letters."""
        grid = self.grid
        taken = {t.i for span in found for t in span}
        more = []
        for title in self.titles:
            end = self.apposition_from(title.start) - 1
            if end < 2 or self.texts[end] != "," or not self.texts[title.start].islower() or end - 1 in taken:
                continue
            start = end
            while start and end - start < 4 and grid.pos[start - 1] == "PROPN" and self.may_be_called(start - 1):
                start -= 1
            alone = start == 0 or grid.pos[start - 1] not in {"PROPN", "NOUN", "ADP", "ADJ"}
            if end - start > 1 and alone and BODY_NOUNS.isdisjoint(grid.lower[start:end]):
                more.append(self.doc[start:end])
        return more

    def apposition_from(self, start: int) -> int:
        """Where the phrase of the title at `start` begins: 'the new British governor'."""
        at = start
        while (
            at > 1
            and start - at < REACH
            and (self.grid.pos[at - 1] == "ADJ" or at - 1 in self.covering or self.grid.tag[at - 1] == "POS")
        ):
            at -= 2 if self.grid.tag[at - 1] == "POS" else 1  # "Okafor's security adviser"
        if self.grid.lower[at - 1] in {"the", "a", "an", "its", "his", "her", "their"}:
            return at - 1
        return at if self.texts[at - 1] == "," else start

    def may_be_called(self, i: int) -> bool:
        """A capital word that no table has, and that the model takes for no place and no date."""
        if i in self.covering or i in self.title_at or self.grid.ent[i] not in {"", "ORG", "PERSON"}:
            return False
        return self.texts[i].isalpha() and self.texts[i][0].isupper() and not self.texts[i].isupper()

    def is_city(self, i: int) -> bool:
        """'Kharkiv' where the model sees a person: a large city, with no title and nobody of that name."""
        word = self.texts[i]
        if i in self.title_ending or word.lower() in given_names() or fold(word) in self.registry.holdings.by_surname:
            return False
        if any(len(e) > 1 and e.label_ == "PERSON" and e[-1].text == word for e in self.entities):
            return False
        cities = default_gazetteer().candidates(word)
        office = self.title_starting.get(i + 1)
        local = office is not None and not LOCAL.isdisjoint(office.values[0].name.split())
        local = local or (i > 0 and self.grid.lower[i - 1] in {"from", "near", "in"})  # 'sent from Sevare'
        return bool(cities) and (local or cities[0].main) and (local or cities[0].place.population > LARGE)

    def name_after(self, title: Hit[Entry]) -> int:
        """Where a name may begin after a title: at once, or behind a comma ('the ambassador to Chad, Daniel Okafor')."""
        i = title.end
        if i >= len(self.doc) or self.grid.pos[i] != "ADP":
            return i
        stop = min(i + REACH, self.grid.sentence_end(i))
        for k in range(i, stop):
            if self.texts[k] == ",":
                following = self.doc[k + 1 : k + 3]
                named = len(following) == 2 and all(self.is_name(t) and t.is_alpha for t in following)
                return k + 1 if named and not any(t.i in self.title_at for t in following) else i
            if self.grid.pos[k] in {"VERB", "AUX", "PUNCT"} and self.texts[k] != "-":
                break
        return i

    def in_the_name(self, start: int, end: int) -> bool:
        """Whether a word that is a title elsewhere begins the name here."""
        word = self.texts[start].lower()
        return word in NAMES_TOO or (word in NAMES_AT_LAST and end - start == 2)

    def is_capital(self, start: int, whole: Hit[Entry]) -> bool:
        """'Kyiv supported it': a capital that the model takes for a person, without a title and no one's first name."""
        name = self.texts[start].lower()
        return whole.start == start and start not in self.title_ending and name not in FIRST_NAMES

    def is_person(self, ent: TokenSpan) -> bool:
        """A person whom the model takes for something else: with a title beside the name, or known by the table."""
        if not 2 <= sum(t.text != "-" for t in ent) <= 4:
            return False
        known = fold(ent.text) in self.registry.holdings.by_name
        if known or any(t.i in self.covering for t in ent):
            return known and not any(self.covering[t.i].end == ent.end for t in ent if t.i in self.covering)
        if any(t.text != "-" and not (t.text.isalpha() and t.text[0].isupper()) for t in ent):
            return False
        if any(t.lemma_.lower() in BODY_NOUNS or t.text in COMPANY_WORDS for t in ent):
            return False
        if self.texts[ent.start].lower() in given_names() or self.signs_for(ent.start):
            return True
        if self.grid.lower[ent.end : ent.end + 2] == [",", "who"]:
            return True
        if ent.root.dep_ == "appos" and self.title_before_comma(ent) is not None:
            return True  # 'a spokesman for the ruling party, Daniel Okafor,'
        before = self.title_ending.get(ent.start - 1)
        if (
            before is not None
            and self.texts[ent.start - 1] == ","
            and (self.texts[before.end - 1].islower() or before.end - before.start > 1)
        ):
            return ent.root.dep_ == "appos"  # 'the envoy, Daniel Okafor,'
        if ent.end + 1 >= len(self.doc) or self.texts[ent.end] != ",":
            return False
        at = next((self.title_starting[i] for i in range(ent.end + 1, ent.end + 4) if i in self.title_starting), None)
        return at is not None and self.doc[at.end - 1].dep_ == "appos" and self.texts[at.end - 1].islower()

    def signs_for(self, start: int) -> bool:
        """'for the Georgian side by X': who signs for one of two sides."""
        return start > 1 and self.grid.lower[start - 2 : start] == ["side", "by"]

    def stretched(self, start: int, end: int) -> tuple[int, int]:
        """Takes in what the model left out: a first name before, '-in' after a hyphen, 'de Villepin' after a particle."""
        while start > 0 and self.is_name(self.doc[start - 1]) and self.doc[start - 1].text.isalpha():
            if self.texts[start - 1] in HONORIFICS or self.grid.lower[start - 1] in SINGULARS:
                break
            if start - 1 in self.title_at and not (start - 1 in self.title_ending and self.in_the_name(start - 1, end)):
                break
            start -= 1
        if self.texts[start] in PARTICLES and start > 0 and self.is_name(self.doc[start - 1]):
            start -= 1
        while end < len(self.texts) and self.texts[end - 1] in PARTICLES and self.is_name_at(end):
            end += 1
        after = end
        while after < len(self.texts) and self.texts[after] in PARTICLES and after - end < 2:
            after += 1
        if end < after < len(self.texts) and self.texts[after][:1].isupper() and after not in self.covering:
            end = after + 1
            while end < len(self.texts) and self.grid.pos[end] == "PROPN" and self.is_name(self.doc[end]):
                end += 1
        if end - start == 2 and self.is_name_at(end) and not self.grid.ent[end] and self.is_surname(end):
            end += 1  # 'Denis Sassou Nguesso'
        while end < len(self.doc) and start in self.title_ending and self.is_surname(end):
            end += 1
        while end + 1 < len(self.doc) and self.doc[end].text == "-" and self.doc[end + 1].is_alpha:
            if self.doc[end - 1].whitespace_ or self.doc[end].whitespace_:
                break
            end += 2
        return start, end

    def is_surname(self, i: int) -> bool:
        """A capital word right after a titled name that the model takes for something else: 'Qureshi' for a place."""
        token = self.doc[i]
        if token.ent_type_ in {"DATE", "TIME", "PERSON"} or i in self.covering or i in self.title_at:
            return False
        return token.pos_ == "PROPN" and token.is_alpha and token.text[:1].isupper() and not token.is_sent_start

    def is_name(self, token: Token) -> bool:
        if token.pos_ != "PROPN" and token.text not in PARTICLES and token.text not in {"-", "Al"}:
            return False
        if token.i in self.covering and self.known(self.covering[token.i]):
            return False
        return token.text[:1].isupper() or token.text in PARTICLES or token.text == "-"
