"""Whether a sentence goes on telling a plan or an agreement that the sentences before brought in."""

from __future__ import annotations

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from ..actors import Who
from ..claims import ActorRef
from .clauses import binds
from .parties import actors_named, known
from .phrases import by_key, children, outer, prepositional
from .sealing import seal_of
from .telling import Draft
from .words import words

NAMING = frozenset({"it", "they"})


def partners_of(who: Who, noun: Token) -> list[ActorRef]:
    """Those who are told to have agreed it: 'A and B agreed to a ceasefire', 'a treaty between A and B'."""
    seal = seal_of(noun)
    if seal is None or seal.refused:
        return []
    heads = [*seal.by, *(o for h in (noun, seal.verb) for o in prepositional(h, "with", "between"))]
    refs = list(by_key(known(actors_named(who, heads))))
    return refs if len(refs) > 1 else []


def introduces(noun: Token) -> bool:
    """Whether the mention brings it in as new: 'announced an agreement', 'reached an arrangement', 'handed A a draft'."""
    verb = outer(noun).head
    article = any(c.lower_ in {"a", "an"} for c in noun.children)
    made = words("plan")["proposing"] | words("plan")["announcing"] | words("agreement")["sealing"]
    if any(v.lemma_ in made for v in children(noun, "acl")) or under_what_was_agreed(noun):
        return True
    return article and verb.pos_ == "VERB" and verb.lemma_ in made and not children(verb, "neg")


def under_what_was_agreed(noun: Token) -> bool:
    """'Under the roadmap agreed in Minsk': also where the parser hangs the phrase on 'agreed'."""
    verb = noun.head.head
    return noun.dep_ == "pobj" and noun.head.lower_ == "under" and verb.i == noun.i + 1 and verb.tag_ in {"VBN", "VBD"}


def goes_on(sentence: TokenSpan, draft: Draft) -> bool:
    """Whether what stands right behind the plan that was brought in, or behind what was told of it, binds somebody.

    'It foresees that A will leave' does, and so does 'A will leave the ports within two weeks'.
    """
    last = draft.told[-1] if draft.told else draft.mentions[-1].sent
    if not (draft.introduced or draft.makers.proposed_by) or last.end != sentence.start:
        return False
    root = sentence.root
    subject = next(iter(children(root, "nsubj", "nsubjpass")), None)
    if subject is not None and subject.lower_ in NAMING and root.lemma_ in words("plan")["foreseeing"]:
        return True
    return binds(root) or any(binds(t) for t in children(root, "xcomp", "conj"))
