"""What is no political event although the words are there: crimes between private people, accidents, sport."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .arguments import Roles
from .candidate import Candidate
from .domains import domain_of, is_blaze
from .owners import is_known

if TYPE_CHECKING:
    from .coder import Coding

_PUBLIC = frozenset({"@armed", "@police", "@troops", "@state", "@official", "@protesters", "@court", "@politician"})
_POLITICS = frozenset({"@official", "@conflict", "@armed", "@police", "@protesters", "@sanctions", "@court"})
_TRAVELS = frozenset({"return", "travel", "fly", "head", "arrive", "land", "come", "go", "leave", "depart", "journey"})
_TEXT, _SHOWN = 3, 6
"""Sentences that make a text, and the weight of words of a domain that makes it the text's."""
_PLAIN = ("07", "0841", "115", "116", "161", "162", "163", "173", "174")
"""Deeds that are what they say whoever is meant: asylum for a runner is asylum, a jailed player is jailed."""
_TRIED = ("115", "116", "1121", "173")
_FOR_THEMSELVES = frozenset({"@civil", "@private"})
_PRIVATE = _FOR_THEMSELVES | {"@anyone"}
_WINS = frozenset({"beat", "defeat", "thrash", "trounce", "edge", "outplay", "outclass", "upset"})
_FIRMS = frozenset({"BUS", "MNC"})
_BREAKS = frozenset(
    {
        "explode",
        "collapse",
        "burst",
        "ignite",
        "burn",
        "crash",
        "derail",
        "capsize",
        "overturn",
        "sink",
        "fall",
        "topple",
    }
)
_BUILT = frozenset({"@building", "@disaster"})
_TOPPLES = frozenset(
    {
        "crane",
        "tree",
        "scaffolding",
        "scaffold",
        "wall",
        "roof",
        "ceiling",
        "balcony",
        "beam",
        "billboard",
        "boulder",
        "rock",
    }
)
_WEAPONS = frozenset({"@armed", "@bombing", "@projectile", "@arms"})
_GOODS = frozenset({"aircraft", "plane", "jet", "helicopter", "drone", "vehicle", "ship", "boat", "engine"})
"""What firms sell and buy, and no army of anybody's."""
_CONFLICT = frozenset({"@conflict", "@protesters"})


def is_public(coding: Coding, i: int) -> bool:
    """Whether the phrase headed by `i` is a state, a body, an official, or under arms."""
    if "@anyone" in coding.matcher.words.of_head(i) and coding.view.ent[i] != "NORP":
        return False
    if coding.view.ent[i] in {"GPE", "NORP", "ORG"} or not coding.matcher.words.of_head(i).isdisjoint(_PUBLIC):
        return True
    return any(ref.country or ref.role for ref in coding.cast.refs(i)) or is_official(coding, i)


def is_official(coding: Coding, i: int) -> bool:
    """Whether title or apposition make the one meant an official ('President X', 'Y, a spokesman for')."""
    view, words = coding.view, coding.matcher.words
    first, _ = view.phrase(i)
    near = [*range(max(first, i - 8), i + 1), *(j for k in view.children(i, "appos") for j in view.with_conjuncts(k))]
    return any(words.lexicon.is_in(view.lemma[k], "@official") for k in near) or any(
        ref.office for ref in coding.who.at(view.doc[i])
    )


def private_matter(coding: Coding, candidate: Candidate, roles: Roles) -> str:
    """Why this is nobody's politics, or '' where it may be."""
    words = coding.matcher.words
    code = candidate.code
    agents, recipients = roles.agent_tokens, roles.recipient_tokens
    if any("@disaster" in words.of_head(i) for i in agents):
        return "a disaster acts, not an actor"
    if any(is_blaze(coding, i) for i in coding.view.subjects(candidate.base)):
        return "a fire that nobody opened"
    if any("@disaster" in words.of_head(i) for i in _doers(coding, candidate)):
        return "a disaster acts, not an actor"
    near = coding.context(candidate.base)
    if code[:2] in {"18", "19", "20"} and "@conflict" not in near and _is_thing(coding, candidate):
        return "a building or a vehicle acts, not an actor"
    if code[:2] in {"18", "19", "20"} and not agents and _when_something_broke(coding, candidate.base):
        return "an accident or a disaster"
    domain = domain_of(coding, candidate.base) or _of_the_document(coding, candidate.base)
    if domain and not code.startswith(_PLAIN):
        return f"told of {domain}"
    if _is_house_arrest(coding, candidate):
        return ""
    violent = code[:2] in {"17", "18", "19", "20"} or code in {"1121", "115", "116", "111"}
    acting = agents or tuple(_doers(coding, candidate))
    if not code.startswith("14") and "@protest" not in near and _is_private(coding, acting, recipients):
        return "a matter of private people or firms"
    if violent and coding.view.lemma[candidate.base] in _WINS and _are_unknown(coding, agents):
        return "a match between teams that no table has"
    tried = code.startswith(_TRIED) or coding.view.lemma[candidate.base] in {"acquit", "exonerate"}
    if tried and near.isdisjoint(_CONFLICT) and _is_small_crime(coding, candidate, agents):
        return "the trial or arrest of a private person"
    if code == "1711" and agents and not any(is_public(coding, i) for i in agents):
        return "found by people of no office"
    if code == "1711" and any("@arms" in words.of_head(k) for k in candidate.fit.objects):
        return ""
    if code.startswith("19") and coding.view.lemma[candidate.base] == "target" and "@sanctions" in near:
        return "sanctions that aim at somebody are no attack"
    emergency = code == "1724" and any(coding.view.lemma[k] in {"state", "emergency"} for k in candidate.fit.objects)
    if emergency and "@disaster" in near and near.isdisjoint(_CONFLICT):
        return "an accident or a disaster"
    if violent and "@disaster" in near and near.isdisjoint(_CONFLICT) and not any(_named(coding, i) for i in agents):
        return "an accident or a disaster"
    if violent and not any(is_public(coding, i) for i in (*agents, *recipients)) and near.isdisjoint(_CONFLICT):
        return "a matter between private people: no public or armed actor takes part"
    murder = coding.view.lemma[candidate.base] not in {"assassinate", "assassination"}
    if violent and murder and near.isdisjoint(_CONFLICT) and _is_private_violence(coding, candidate, agents):
        return "a crime between private people"
    if code == "042" and coding.view.lemma[candidate.base] in _TRAVELS and _stays_home(roles):
        return "a journey in one's own country"
    if code == "042" and _visits_nobody(coding, candidate, agents):
        return "a journey of nobody that the tables know, or to nobody"
    if code == "057" and not candidate.steps and _is_in_force(coding, candidate.base):
        return "an agreement that there is"
    if code == "0874" and coding.view.lemma[candidate.base] == "evacuate" and "@disaster" in near:
        return "an accident or a disaster"
    if code == "130" and not candidate.steps and _tells_of_a_danger(coding, candidate):
        return "told of a danger, and nobody is threatened"
    if code[:2] == "04" and not any(_speaks_for_many(coding, i) for i in (*agents, *recipients)):
        return "talks and visits of people who speak for no state or body"
    spoken = coding.view.lemma[candidate.base] in {"tell", "inform", "assure", "speak", "talk"}
    if spoken and roles.recipients and all(r.role == "MED" for r in roles.recipients):
        return "told to the press"
    warned = code in {"100", "020"} and recipients and all("@anyone" in words.of_head(i) for i in recipients)
    if warned and "@disaster" in near and "@conflict" not in near:
        return "what an accident asks of the people around"
    if code == "010" and "@disaster" in near and near.isdisjoint(_CONFLICT):
        return "said of an accident or a disaster"
    if code == "010" and not any(is_official(coding, i) for i in agents):
        return "a statement of somebody who speaks for no state or body"
    return ""


def _is_house_arrest(coding: Coding, candidate: Candidate) -> bool:
    """What states do to those they fear, whoever is named."""
    told = (candidate.base, candidate.fit.phrase)
    return any(k is not None and "house_arrest" in coding.matcher.words.of_head(k) for k in told)


def _is_in_force(coding: Coding, noun: int) -> bool:
    """'its defence treaty with Chad covers attacks': somebody has it, and nobody signs it."""
    view = coding.view
    owned = any(view.lower[k] in {"its", "their", "our"} for k in view.children(noun, "poss"))
    return view.pos[noun] == "NOUN" and owned and view.dep[noun] in {"nsubj", "nsubjpass", "pobj", "dobj"}


def _tells_of_a_danger(coding: Coding, candidate: Candidate) -> bool:
    """'warned that Chad faced a famine', 'warned of a cholera outbreak': no 'if' and no 'unless', and something that
    befalls people."""
    view, words = coding.view, coding.matcher.words
    if view.lemma[candidate.base] not in {"warn", "caution"}:
        return False
    told = [t.i for k in view.children(candidate.base, "ccomp", "prep") for t in view.doc[k].subtree]
    if any(view.lower[k] in {"if", "unless", "consequence", "consequences", "retaliation"} for k in told):
        return False
    return any(words.lexicon.is_in(view.lemma[k], "@danger") for k in told)


def _doers(coding: Coding, candidate: Candidate) -> set[int]:
    """Whatever the clause says does it, actor or not."""
    return {*coding.view.subjects(candidate.base), *coding.view.subjects(candidate.top)}


def _when_something_broke(coding: Coding, verb: int) -> bool:
    """Whether it happened when a plant blew up or a roof came down: 'were hurt when a boiler exploded'."""
    view, words = coding.view, coding.matcher.words
    for k in view.children(verb, "advcl"):
        if view.lemma[k] in _BREAKS and not view.objects(k):
            broken = [(words.of_head(i), view.lemma[i] in _TOPPLES) for i in view.subjects(k)]
            if broken and all((falls or not w.isdisjoint(_BUILT)) and w.isdisjoint(_WEAPONS) for w, falls in broken):
                return True
    return False


def _is_thing(coding: Coding, candidate: Candidate) -> bool:
    """Whether a building or a vehicle is said to kill: 'the factory exploded and killed four'."""
    heads = [coding.matcher.words.of_head(i) for i in _doers(coding, candidate)]
    return bool(heads) and all("@building" in words and "@armed" not in words for words in heads)


def _is_private(coding: Coding, agents: tuple[int, ...], recipients: tuple[int, ...]) -> bool:
    """Whether doctors, clubs or firms act, and on nobody who is more than that."""
    met = [i for i in recipients if not _is_scene(coding, i) and coding.view.lemma[i] not in _GOODS]
    firm = bool(met) and all(_is_unknown_body(coding, i) for i in agents)
    if not agents or not (firm or _are_private(coding, agents, _FOR_THEMSELVES)):
        return False
    if met and not _are_private(coding, met, _PRIVATE):
        return False
    return len({r.country for i in (*agents, *met) for r in coding.cast.refs(i) if r.country}) < 2


def _is_unknown_body(coding: Coding, i: int) -> bool:
    """Whether the name is that of a body that no table has: a firm, more often than not."""
    refs = coding.cast.refs(i)
    return coding.view.ent[i] == "ORG" and all(r.country is None and r.role is None for r in refs)


def _is_scene(coding: Coding, i: int) -> bool:
    """Whether the place only says where: 'cancelled her concerts in Warsaw'."""
    view = coding.view
    return coding.cast.is_place(i) and view.dep[i] == "pobj" and view.lower[view.head[i]] in {"in", "at", "near"}


def _are_private(coding: Coding, tokens: Sequence[int], classes: frozenset[str]) -> bool:
    """Whether all of `tokens` are people of no office, by `classes`, or firms."""
    words = coding.matcher.words
    return bool(tokens) and all(
        _is_of_a_private(coding, i)
        or (
            (not words.of_head(i).isdisjoint(classes) or any(r.role in _FIRMS and r.body for r in coding.cast.refs(i)))
            and words.of_head(i).isdisjoint(_PUBLIC)
            and not is_official(coding, i)
        )
        for i in tokens
    )


def _is_of_a_private(coding: Coding, i: int) -> bool:
    """'the bank's chief executive', 'the actor's lawyers': whose head or advocate somebody is."""
    words = coding.matcher.words
    owners = coding.view.children(i, "poss")
    return any(
        coding.view.pos[k] == "NOUN"
        and (coding.view.lemma[k] == "bank" or not words.of_head(k).isdisjoint(_FOR_THEMSELVES))
        for k in owners
    )


def _is_small_crime(coding: Coding, candidate: Candidate, agents: tuple[int, ...]) -> bool:
    """Whether somebody of no office and no named nation is arrested or tried by nobody in particular."""
    view, cast = coding.view, coding.cast
    tried = view.objects(candidate.base) if view.pos[candidate.base] == "VERB" else []
    if any(view.lemma[i] == "suspect" or _is_somebodys(coding, i) for i in tried) or any(cast.known(i) for i in agents):
        return False
    return _are_private(coding, tried, _PRIVATE)


def _is_somebodys(coding: Coding, i: int) -> bool:
    """Whether the text says of what state somebody is, and not only where it happened."""
    only_where = ("lies in", "the only state")
    return any(is_known(r) and not any(words in r.reason for words in only_where) for r in coding.cast.refs(i))


def _is_private_violence(coding: Coding, candidate: Candidate, agents: tuple[int, ...]) -> bool:
    """Whether people of no office are hurt by nobody public, wherever it was."""
    view = coding.view
    hurt = view.objects(candidate.base) if view.pos[candidate.base] == "VERB" else []
    return _are_private(coding, hurt, _PRIVATE) and not any(is_public(coding, i) for i in agents)


def _are_unknown(coding: Coding, tokens: tuple[int, ...]) -> bool:
    """Whether those who act are names that no table has, of no country and no role."""
    refs = [ref for i in tokens for ref in coding.cast.refs(i)]
    return bool(refs) and all(ref.country is None and ref.role is None for ref in refs)


def _visits_nobody(coding: Coding, candidate: Candidate, agents: tuple[int, ...]) -> bool:
    """'the climbers landed in Kathmandu', 'a priest visited the sick in Manila'."""
    view, cast = coding.view, coding.cast
    if view.pos[candidate.base] != "VERB":
        return False
    if not agents:
        return any(view.pos[i] == "NOUN" for i in view.subjects(candidate.top))
    met = view.objects(candidate.base)
    return bool(met) and not any(cast.heads(i) or cast.is_place(i) for i in met)


def _stays_home(roles: Roles) -> bool:
    """Whether who travels is of the state that he travels to."""
    there = {r.country for r in roles.recipients if r.country}
    return bool(there) and there <= {a.country for a in roles.actors}


def _of_the_document(coding: Coding, i: int) -> str:
    """The domain of a whole text that is a match report or a review, for its sentences without politics."""
    if not coding.context(i).isdisjoint(_POLITICS):
        return ""
    if coding.domain is None:
        coding.domain = _document_domain(coding)
    return coding.domain


def _document_domain(coding: Coding) -> str:
    """The domain that a text of several sentences shows in most of them, politics in few; '' for others."""
    view = coding.view
    starts = [first for first, _ in view.sentences]
    if len(starts) < _TEXT:
        return ""
    political = sum(not coding.context(s).isdisjoint(_POLITICS) for s in starts)
    weights: dict[str, int] = {}
    for word in {*view.lemma, *view.lower}:
        domain, weight = coding.lexicon.domains.get(word) or ("", 0)
        weights[domain] = weights.get(domain, 0) + weight
    best = max(weights, key=lambda name: weights[name])
    return best if weights[best] >= max(_SHOWN, len(starts)) and 3 * political <= len(starts) else ""


def _speaks_for_many(coding: Coding, i: int) -> bool:
    if coding.view.ent[i] in {"GPE", "NORP"} or is_official(coding, i):
        return True
    if not coding.matcher.words.of_head(i).isdisjoint(_PUBLIC):
        return True
    return any(ref.country or ref.role or ref.body for ref in coding.cast.refs(i))


def _named(coding: Coding, i: int) -> bool:
    return coding.view.ent[i] in {"GPE", "NORP", "ORG", "PERSON"} or bool(coding.cast.heads(i))
