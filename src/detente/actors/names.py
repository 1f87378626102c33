"""Names that the tables hold, and organisations that no table has."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from ..claims import ActorRef
from ..places.gazetteer import default_gazetteer
from .localities import Localities
from .lookup import Entry
from .phrases import Hit
from .scene import DOCUMENTS

JOURNEYS = frozenset(
    "visit trip travel go come return fly tour journey arrive invite summon welcome send dispatch".split()
)
"""Who goes to a capital goes to its government; who is in it is only there."""
VOICED = frozenset(
    "rebuke protest praise criticism condemnation assurance pressure response reaction reply answer support backing warning offer "
    "letter message pledge anger outcry note demand request complaint denial retort concession guarantee threat ultimatum "
    "appeal call apology objection invitation signal".split()
)
"""What comes from a government, or goes to one: 'a rebuke from Cairo', 'an ultimatum to Belgrade'."""
ACTING = frozenset(
    "say insist deny accuse reject call warn vow urge demand support oppose claim condemn welcome refuse threaten fear want see "
    "regard consider back blame agree maintain sign send impose recall expel recognise recognize ratify".split()
)
"""What no town does: 'Cairo, which insisted'."""
SHORT = frozenset(
    "council commission court agency ministry parliament committee assembly board senate congress duma union league "
    "alliance authority bank fund party front movement tribunal secretariat mission bureau cabinet".split()
)
"""First or last words of names that stand for the whole name later."""
AIMING = frozenset(
    "group movement committee front alliance coalition council campaign league organisation organization".split()
)
"""Last words of bodies that are called by their aim."""
STATE_OWNED = frozenset({"group", "party", "body", "company"})
"""Kinds whose country is where they belong; an international organisation's seat is not."""


class Names(Localities):
    """Finds the names of one document."""

    def names(self) -> None:
        for hit in self.named.values():
            span = self.doc[hit.start : hit.end]
            if any(t.i in self.by_token for t in span):
                continue
            entry = self.pick(hit, span)
            if entry is not None and self.grid.lower[hit.end - 1] == "bloc":
                entry = self.named_last(hit.start, frozenset({"igo"}), subjects=False) or entry
            if entry is not None:
                self.put(span, self.ref(span, entry, "name in the tables"))

        self.organisations()

    def organisations(self) -> None:
        """Organisations that no table has: the model's spans, without their article."""
        for ent in self.entities:
            if ent.label_ not in {"ORG", "PERSON"} or any(t.i in self.by_token or t.i in self.cities for t in ent):
                continue
            start = ent.start + (1 if ent[0].dep_ == "det" and len(ent) > 1 else 0)
            if start in self.covering and self.covering[start].end == ent.end:
                continue  # a capital in which something is, 'Kazakh' before a noun
            if start in self.title_starting and self.title_starting[start].end == ent.end:
                continue
            end = ent.end
            while end - start > 1 and self.grid.lower[end - 1] in {"of", "the", "for", "and"}:
                end -= 1
            end = self.with_its_aim(start, end)
            span = self.doc[start:end]
            if self.is_document(span):
                continue
            if end < ent.end and (owner := self.owner_of(end - 1)) is not None:
                self.put(span, replace(owner, text=span.text, span=self.parse.span(span)))
                continue  # 'the Ministerial Council of the' GCC
            if not span.text[:1].isupper() or (ent.end - 1 in self.agents and self.texts[ent.end - 1].islower()):
                continue
            if len(span) == 1 and (whole := self.whole_name(start)) is not None:
                self.put(span, replace(whole, text=span.text, span=self.parse.span(span), reason="body named before"))
                continue
            country = self.country_in(span) or next(iter(self.owners(ent.root)), None)
            agent = self.agents.get(ent.end - 1)
            if agent is not None and agent.start <= start and agent.end - agent.start > 1 and country is None:
                continue  # 'the Supreme Court': every state has one
            agent = agent if country else None
            role = agent.values[0].role if agent is not None and agent.start >= start else None
            self.put(
                span,
                ActorRef(
                    text=span.text,
                    span=self.parse.span(span),
                    id="org:" + "-".join(re.findall(r"\w+", span.text.lower())),
                    name=span.text,
                    country=country,
                    code=(country or "") + (role or "") or None,
                    role=role,
                    body=span.text,
                    reason="organisation that no table has",
                    confidence=0.5,
                ),
            )

    def with_its_aim(self, start: int, end: int) -> int:
        """'the Group to Support Refugees': the name of a body goes on with what it is to do, in capital words."""
        last = self.texts[end - 1]
        if self.texts[end : end + 1] != ["to"] or not last.istitle() or last.lower() not in AIMING:
            return end
        stop = end + 1
        while stop + 1 < len(self.texts) and (
            self.texts[stop].istitle() or (self.texts[stop] in {"and", "of"} and self.texts[stop + 1].istitle())
        ):
            stop += 1
        return stop if stop > end + 2 else end

    def is_document(self, span: TokenSpan) -> bool:
        """'the Chicago Convention', 'the Ottawa Treaty': what was signed somewhere is nobody; 'the National Convention' is."""
        return (
            len(span) == 2
            and span[1].text.istitle()
            and span[1].text.lower() in DOCUMENTS
            and bool(default_gazetteer().candidates(span[0].text))
        )

    def whole_name(self, i: int) -> ActorRef | None:
        """'the Council' after 'the Security Council of Russia', 'the Ministerial Council': the body named last with that word."""
        word = self.grid.lower[i]
        if word not in SHORT or self.grid.lower[i - 1 : i] != ["the"]:
            return None
        for k in range(i - 1, -1, -1):
            refs = self.by_token.get(k, ())
            if len(refs) == 1 and refs[0].body and not refs[0].person and word in refs[0].text.lower().split():
                return refs[0]
            if self.grid.lower[k] == word and self.grid.words[k][:1].isupper() and (of := self.owner_of(k)) is not None:
                return of
        return None

    def owner_of(self, i: int) -> ActorRef | None:
        """'the Ministerial Council of the Arab League': the organisation that a body is of."""
        for k in self.grid.kids[i]:
            if k > i and self.grid.dep[k] == "prep" and self.grid.lower[k] == "of":
                for noun in self.grid.kids[k]:
                    refs = self.by_token.get(noun, ())
                    if len(refs) == 1 and not refs[0].person:
                        return refs[0]
        return None

    def pick(self, hit: Hit[Entry], span: TokenSpan) -> Entry | None:
        """The entry that the sentence lets the name mean; None where it is only an adjective or a place."""
        entries = {e.kind: e for e in reversed(hit.values)}
        if "state" in entries:
            return entries["state"]
        for kind in ("demonym", "people"):
            if kind in entries:
                head = span[-1]
                modifies = head.dep_ in {"amod", "compound", "nmod"} and head.head.i > head.i
                return None if modifies else self.where_they_live(entries[kind], hit)
        for kind in ("capital", "area"):
            if kind in entries and len(entries) == 1:
                return entries[kind] if self.acts(span[-1]) else None
        return next((e for e in hit.values if e.kind not in {"capital", "area"}), None)

    def where_they_live(self, entry: Entry, hit: Hit[Entry]) -> Entry:
        """'ethnic Albanians in Serbia', 'the Serbs of Croatia': a people with the state that it lives in."""
        head = self.doc[hit.end - 1]
        abroad = [c for p in head.children if p.dep_ == "prep" and p.lower_ in {"in", "of", "from"} for c in p.children]
        of = any(c.head.lower_ == "of" for c in abroad)
        if not (self.ethnic(hit) or entry.kind == "people" or of):
            return entry
        lands = [c for noun in abroad for c in self.countries_in(self.doc[noun.left_edge.i : noun.right_edge.i + 1])]
        if not lands and self.ethnic(hit):
            near = [c for c in self.countries_in(head.sent) if c != entry.country]
            lands = near if len(near) == 1 else []
        if not lands and not self.ethnic(hit):
            return entry
        home = lands[0] if lands else None
        return replace(
            entry, kind="people", id=f"people:{hit.values[0].name.lower()}", country=home, code="", role="CVL"
        )

    @staticmethod
    def acts(token: Token) -> bool:
        """Whether a capital means its government: as subject, owner, object or partner, not after 'in' or 'to'."""
        if token.dep_ in {"nsubj", "nsubjpass", "poss", "dobj", "dative", "conj"}:
            return not (
                token.dep_ == "conj" and token.head.dep_ == "pobj" and token.head.head.lower_ in {"in", "at", "from"}
            )
        if token.dep_ == "pobj" and token.head.lower_ == "to" and token.head.head.lemma_ in JOURNEYS:
            return True
        if token.dep_ == "pobj" and token.head.lower_ in {"from", "to"} and token.head.head.lemma_.lower() in VOICED:
            return True
        if any(c.dep_ == "relcl" and c.lemma_ in ACTING and is_which_acting(c) for c in token.children):
            return True
        return token.dep_ == "pobj" and token.head.lower_ in {"with", "between", "against", "by", "on", "that"}

    def ref(self, span: TokenSpan, entry: Entry, why: str) -> ActorRef:
        is_state = entry.kind in {"state", "demonym", "capital"}
        is_people = entry.kind in {"people", "area"}
        return ActorRef(
            text=span.text,
            span=self.parse.span(span),
            id=entry.country if is_state else entry.id,
            name=self.tables.state_names.get(entry.country or "", entry.name) if is_state else entry.name,
            country=entry.country if is_state or is_people or entry.kind in STATE_OWNED else None,
            code=entry.code or (entry.country or "") + (entry.role or "") or None,
            role=entry.role,
            body=None if is_state or is_people or entry.kind == "outlet" else entry.name,
            reason=f"{why} ({entry.kind})",
            confidence=0.7 if is_people else 0.95,
        )


def is_which_acting(verb: Token) -> bool:
    return any(c.dep_ == "nsubj" and c.lower_ == "which" for c in verb.children)
