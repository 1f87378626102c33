"""Capitals and countries that stand for a government: 'Moscow rejected the plan', but 'talks in Moscow'."""

from __future__ import annotations

from spacy.tokens import Doc

from .gazetteer import Place
from .mentions import Found

SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})


def may_stand_for_government(doc: Doc, found: Found, place: Place | None) -> bool:
    """Whether a capital or country is used as somebody who acts: a subject, an agent, or a giver."""
    if place is None or found.kind == "demonym" or not (place.is_country or place.feature == "PPLC"):
        return False
    head = doc[found.end - 1]
    if head.dep_ in SUBJECTS:
        return True
    if head.dep_ == "pobj" and head.head.lower_ in ("by", "with", "between", "against"):
        return True
    return (
        head.dep_ == "dobj" and head.head.pos_ == "VERB" and place.feature == "PPLC" and not _motion(head.head.lemma_)
    )


def _motion(lemma: str) -> bool:
    return lemma in {"visit", "reach", "leave", "enter", "tour", "bomb", "shell", "storm", "take", "capture", "hit"}
