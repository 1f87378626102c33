"""How each kind of expectation of a case is compared with what was found.

Every function takes the expectations of one kind and gives one `Item` for each, in their order. What a
case leaves out or sets to null is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from ..claims import ActorRef, Agreement, Attribution, Claims, Event, PlanProposal, Stance
from ..document import Document, Span
from .matching import (
    is_named,
    jaccard,
    keys_of,
    locate,
    same_actors,
    same_body,
    same_date,
    same_name,
    same_office,
    same_outlet,
    token_positions,
    words,
)

Expectation = dict[str, Any]
SAME_CONTENT = 0.5
"""Two contents are one statement when they share this much of their words (Jaccard), as in PolNeAR's scorer."""
_ACCEPTED_TYPE = re.compile(r"\b[A-Z]{3,}\b(?=[^.]*\baccepted\b)|\baccepted\b[^.]*?\b([A-Z]{3,})\b")


@dataclass(frozen=True, slots=True)
class Item:
    """One expectation and how it came out: `parts` says which of its parts were right."""

    kind: str
    expected: str
    found: str
    right: bool
    parts: dict[str, bool]
    matched: bool = False
    optional: bool = False


F = TypeVar("F")


def assign(expected: Sequence[Expectation], found: Sequence[F], closeness: Callable[[int, F], float]) -> list[F | None]:
    """Pairs expectations with findings one to one, closest first; closeness 0 means 'cannot be this one'."""
    pairs = [(closeness(e, f), e, i) for e in range(len(expected)) for i, f in enumerate(found)]
    partners: list[F | None] = [None] * len(expected)
    used: set[int] = set()
    for score, e, i in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if score > 0 and partners[e] is None and i not in used:
            partners[e] = found[i]
            used.add(i)
    return partners


# --- events -------------------------------------------------------------------------------------------------


def score_events(expected: Sequence[Expectation], document: Document, claims: Claims) -> list[Item]:
    """An event is the expected one when its trigger stands in the evidence; then each part is compared."""
    places = [locate(document.text, e["evidence"]) for e in expected]

    def closeness(index: int, event: Event) -> float:
        near = _nearness(event, places[index])
        return near and near + sum(event_parts(expected[index], event).values())

    partners = assign(expected, claims.events, closeness)
    return [_event_item(e, f, bool(p)) for e, f, p in zip(expected, partners, places, strict=True)]


def _nearness(event: Event, evidence: Sequence[Span]) -> float:
    """1 with the trigger inside the evidence, .5 when the event's words cover half of it, else 0."""
    if event.trigger and any(event.trigger.overlaps(span) for span in evidence):
        return 1.0
    shared = max((min(event.span.end, s.end) - max(event.span.start, s.start) for s in evidence), default=0)
    return 0.5 if evidence and shared * 2 >= len(evidence[0]) else 0.0


def event_parts(expected: Expectation, event: Event) -> dict[str, bool]:
    """Which parts of `event` are as expected."""
    parts = {"type": event.type in accepted_types(expected), "actors": _same_sides(expected, event)}
    if expected.get("date"):
        parts["date"] = same_date(expected["date"], event.date.value if event.date else None)
    if expected.get("place"):
        parts["place"] = event.place is not None and same_name(expected["place"], event.place.name)
    parts["status"] = event.status == expected.get("status", "done")
    return parts


def accepted_types(expected: Expectation) -> set[str]:
    """The PLOVER types that are right: `plover`, those of `also`, those that `note` says are accepted."""
    note = {m.group(1) or m.group(0) for m in _ACCEPTED_TYPE.finditer(expected.get("note", ""))}
    return {expected["plover"], *expected.get("also", ()), *note}


def _same_sides(expected: Expectation, event: Event) -> bool:
    actor, target = expected.get("actor") or [], expected.get("target") or []
    mutual = expected.get("reciprocal") or event.reciprocal
    if mutual and same_actors([*actor, *target], (*event.actors, *event.recipients)):
        return True
    for accepted in (actor, *expected.get("also_actor", ()), *_accepted_actors(expected)):
        if same_actors(accepted, event.actors) and (not target or same_actors(target, event.recipients)):
            return True
    return False


def _accepted_actors(expected: Expectation) -> list[list[str]]:
    """'Also accepted: actor IRN alone' in the note."""
    return [[m] for m in re.findall(r"accepted: actor (\w+) alone", expected.get("note", ""))]


def _event_item(expected: Expectation, event: Event | None, located: bool) -> Item:
    wanted = f"{_codes(expected.get('actor'))} {expected['plover']} {_codes(expected.get('target'))}"
    wanted += f" {expected.get('date') or ''}: {expected['evidence']}"
    if event is None:
        missing = "nothing" if located else "the evidence is not in the text"
        return Item("events", wanted, missing, False, {}, optional=bool(expected.get("optional")))
    parts = event_parts(expected, event)
    right = all(parts.get(p, True) for p in ("type", "actors", "date"))
    return Item("events", wanted, show_event(event), right, parts, True, bool(expected.get("optional")))


def show_event(event: Event) -> str:
    """'RUS AGREE IRN 2011-11-10 at Moscow, done'."""
    date = f" {event.date.value}" if event.date else ""
    place = f" at {event.place.name}" if event.place else ""
    sides = f"{_refs(event.actors)} {event.type} {_refs(event.recipients)}"
    return f"{sides}{date}{place}, {event.status}"


def score_not_events(expected: Sequence[str | Expectation], document: Document, claims: Claims) -> list[Item]:
    """Right when no event is recorded as done by words of that evidence."""
    items = []
    for entry in expected:
        evidence = entry if isinstance(entry, str) else entry["evidence"]
        spans = locate(document.text, evidence)
        done = [
            event
            for event in claims.events
            if event.status == "done" and any((event.trigger or event.span).overlaps(s) for s in spans)
        ]
        found = "; ".join(map(show_event, done)) if spans else "the evidence is not in the text"
        items.append(Item("not_events", evidence, found, bool(spans) and not done, {}))
    return items


# --- statements ---------------------------------------------------------------------------------------------


def score_statements(expected: Sequence[Expectation], document: Document, claims: Claims) -> list[Item]:
    """A statement is the expected one by its content; then speaker and via are compared, then stances."""
    text = document.text
    wanted = [token_positions(text, locate(text, e["content"])[:1]) for e in expected]
    have = {id(a): token_positions(text, a.content) for a in claims.attributions}

    def closeness(index: int, attribution: Attribution) -> float:
        overlap = jaccard(wanted[index], have[id(attribution)])
        right = statement_parts(expected[index], attribution)
        return overlap + sum(right.values()) if overlap >= SAME_CONTENT else 0.0

    items: list[Item] = []
    partners = assign(expected, claims.attributions, closeness)
    for entry, attribution, positions in zip(expected, partners, wanted, strict=True):
        items.append(_statement_item(entry, attribution, bool(positions)))
        items += _stance_items(entry, attribution, positions, document, claims.stances)
    return items


def statement_parts(expected: Expectation, attribution: Attribution) -> dict[str, bool]:
    """Which parts of `attribution` are as expected. A null speaker: nobody is named in the text."""
    parts = {"speaker": _same_speakers(expected.get("speaker"), attribution.speakers)}
    via = expected.get("via")
    if "via" in expected:
        parts["via"] = _same_via(via, attribution.via)
    if expected.get("date"):
        parts["date"] = same_date(expected["date"], attribution.date.value if attribution.date else None)
    if expected.get("kind"):
        parts["kind"] = expected["kind"] == attribution.quote
    return parts


def _same_speakers(expected: str | None, found: Sequence[ActorRef]) -> bool:
    if expected is None:
        return not any(ref.person for ref in found)
    names = [name.strip() for name in expected.split(";")]
    return all(any(is_named(n, ref) for ref in found) for n in names) and all(
        any(is_named(n, ref) for n in names) for ref in found
    )


def _same_via(expected: str | None, found: Sequence[ActorRef]) -> bool:
    if expected is None:
        return not found
    return any(same_outlet(expected, ref) for ref in found)


def _statement_item(expected: Expectation, attribution: Attribution | None, located: bool) -> Item:
    via = f" via {expected['via']}" if expected.get("via") else ""
    wanted = f"{expected.get('speaker') or '(nobody named)'}{via}: {expected['content']}"
    optional = bool(expected.get("optional"))
    if attribution is None:
        missing = "nothing" if located else "the content is not in the text"
        return Item("statements", wanted, missing, False, {}, optional=optional)
    parts = statement_parts(expected, attribution)
    found = ", ".join(ref.name or ref.text for ref in attribution.speakers) or "(nobody)"
    found += "".join(f" via {ref.name or ref.text}" for ref in attribution.via)
    right = parts["speaker"] and parts.get("via", True)
    return Item("statements", wanted, f"{found}, {attribution.quote}", right, parts, True, optional)


def _stance_items(
    expected: Expectation,
    attribution: Attribution | None,
    positions: frozenset[int],
    document: Document,
    stances: Sequence[Stance],
) -> list[Item]:
    items = []
    for wanted in expected.get("stances", ()):
        near = [
            s
            for s in stances
            if (attribution and s.basis == attribution.id) or positions & token_positions(document.text, (s.span,))
        ]
        about = [s for s in near if set(words(s.topic)) & set(words(wanted["topic"]))]
        right = any(s.side == wanted["stance"] for s in about)
        found = "; ".join(f"{s.side} {s.topic}" for s in about or near) or "nothing"
        name = f"{expected.get('speaker') or '(nobody named)'}: {wanted['stance']} {wanted['topic']}"
        optional = bool(expected.get("optional") or wanted.get("optional"))
        items.append(Item("stances", name, found, right, {}, optional=optional))
    return items


# --- actors, dates, agreements, plans -----------------------------------------------------------------------


def score_actors(expected: Sequence[Expectation], claims: Claims) -> list[Item]:
    """Persons (entries with an office) need one mention with all parts right; other actors a mention."""
    refs = [mention.actor for mention in claims.actors]
    nationality = frozenset(w for ref in refs if ref.country for w in _nationality(ref.country))
    return [_person_item(e, refs, nationality) if e.get("office") else _other_item(e, refs, claims) for e in expected]


def _nationality(country: str) -> tuple[str, ...]:
    from ..places import default_gazetteer

    names = default_gazetteer().names_of_country(country)
    return tuple(w for name in names for w in words(name))


def person_parts(expected: Expectation, ref: ActorRef, nationality: frozenset[str]) -> dict[str, bool]:
    """Which parts of a person's mention are as expected."""
    parts = {"office": same_office(expected["office"], ref.office)}
    if expected.get("body"):
        parts["body"] = same_body(expected["body"], ref.body, nationality=nationality)
    if "country" in expected:
        parts["country"] = ref.country == expected["country"]
    return parts


def _person_item(expected: Expectation, refs: Sequence[ActorRef], nationality: frozenset[str]) -> Item:
    wanted = ", ".join(str(expected[k]) for k in ("text", "office", "body", "country") if expected.get(k))
    named = [ref for ref in refs if is_named(expected["text"], ref)]
    optional = bool(expected.get("optional"))
    if not named:
        return Item("actors", wanted, "nothing", False, {}, optional=optional)
    best = max(named, key=lambda ref: sum(person_parts(expected, ref, nationality).values()))
    parts = person_parts(expected, best, nationality)
    found = ", ".join(p for p in (best.name or best.text, best.office, best.body, best.country) if p)
    return Item("actors", wanted, found, all(parts.values()), parts, True, optional)


def _other_item(expected: Expectation, refs: Sequence[ActorRef], claims: Claims) -> Item:
    canonical = expected.get("canonical") or expected["text"]
    known = [*refs, *(ref for a in claims.attributions for ref in (*a.via, *a.speakers))]
    named = [ref for ref in known if canonical in keys_of(ref) or same_outlet(canonical, ref)]
    country = expected.get("country")
    if country and expected.get("role") != "outlet":
        named = [ref for ref in named if ref.country == country]
    found = (named[0].name or named[0].text) if named else "nothing"
    optional = bool(expected.get("optional"))
    return Item("others", expected["text"], found, bool(named), {}, bool(named), optional)


def score_dates(expected: Sequence[Expectation], document: Document, claims: Claims) -> list[Item]:
    """A date is right when a mention that overlaps one of its places has the value."""
    items = []
    for entry in expected:
        spans = locate(document.text, entry["text"])
        near = [m for m in claims.dates if any(m.span.overlaps(s) for s in spans)]
        right = any(same_date(entry["value"], m.value) for m in near)
        found = ", ".join(dict.fromkeys(m.value for m in near)) or "nothing"
        items.append(Item("dates", f"{entry['text']} = {entry['value']}", found, right, {}))
    return items


def score_agreements(expected: Sequence[Expectation], claims: Claims) -> list[Item]:
    """Agreements are paired by their parties; then each part is compared."""

    def closeness(index: int, agreement: Agreement) -> float:
        shared = {k for ref in agreement.parties for k in keys_of(ref)} & set(expected[index]["parties"])
        return 1.0 + sum(agreement_parts(expected[index], agreement).values()) if shared else 0.0

    partners = assign(expected, claims.agreements, closeness)
    return [_agreement_item(e, f) for e, f in zip(expected, partners, strict=True)]


def agreement_parts(expected: Expectation, agreement: Agreement) -> dict[str, bool]:
    """Which parts of `agreement` are as expected."""
    parts = {"parties": same_actors(expected["parties"], agreement.parties)}
    if expected.get("sectors"):
        parts["sectors"] = set(map(words, expected["sectors"])) == set(map(words, agreement.sectors))
    if expected.get("signatories"):
        signed = agreement.signatories
        parts["signatories"] = all(any(is_named(n, ref) for ref in signed) for n in expected["signatories"])
    if expected.get("date"):
        parts["date"] = same_date(expected["date"], agreement.date.value if agreement.date else None)
    if expected.get("place"):
        parts["place"] = agreement.place is not None and same_name(expected["place"], agreement.place.name)
    return parts


def _agreement_item(expected: Expectation, agreement: Agreement | None) -> Item:
    wanted = f"{expected.get('name', 'agreement')} ({_codes(expected['parties'])})"
    optional = bool(expected.get("optional"))
    if agreement is None:
        return Item("agreements", wanted, "nothing", False, {}, optional=optional)
    parts = agreement_parts(expected, agreement)
    found = f"{agreement.name} ({_refs(agreement.parties)})"
    found += f"; sectors {', '.join(agreement.sectors) or 'none'}; signed by {_refs(agreement.signatories, names=True)}"
    found += f"; {agreement.date.value if agreement.date else 'no date'}"
    found += f"; {agreement.place.name if agreement.place else 'no place'}"
    return Item("agreements", wanted, found, all(parts.values()), parts, True, optional)


def score_plans(expected: Sequence[Expectation], claims: Claims) -> list[Item]:
    """Plans are paired by what is right of them, at least the proposer or a word of the name."""

    def closeness(index: int, plan: PlanProposal) -> float:
        parts = plan_parts(expected[index], plan)
        shared = set(words(expected[index].get("name", ""))) & set(words(plan.name))
        return float(sum(parts.values()) + len(shared)) if shared or parts.get("proposer") else 0.0

    partners = assign(expected, claims.plans, closeness)
    return [_plan_item(e, f) for e, f in zip(expected, partners, strict=True)]


def plan_parts(expected: Expectation, plan: PlanProposal) -> dict[str, bool]:
    """Which parts of `plan` are as expected, with one part for the position of each party."""
    parts = {}
    if expected.get("proposed_by"):
        proposed = expected["proposed_by"]
        parts["proposer"] = same_actors([proposed] if isinstance(proposed, str) else proposed, plan.proposed_by)
    if expected.get("announced_by"):
        parts["announced by"] = any(is_named(expected["announced_by"], ref) for ref in plan.announced_by)
    if expected.get("announced_on"):
        date = plan.announced_on.value if plan.announced_on else None
        parts["announced on"] = same_date(expected["announced_on"], date)
    for position in expected.get("positions", ()):
        sides = {p.side for p in plan.positions if position["party"] in keys_of(p.party)}
        # No position found says the same as a neutral one.
        neutral = position["stance"] == "neutral" and not sides
        parts[f"position of {position['party']}"] = neutral or sides == {position["stance"]}
    return parts


def _plan_item(expected: Expectation, plan: PlanProposal | None) -> Item:
    wanted = f"{expected.get('name', 'plan')} of {_codes(expected.get('proposed_by'))}"
    optional = bool(expected.get("optional"))
    if plan is None:
        return Item("plans", wanted, "nothing", False, {}, optional=optional)
    parts = plan_parts(expected, plan)
    positions = ", ".join(f"{p.party.key} {p.side}" for p in plan.positions) or "no positions"
    found = f"{plan.name} of {_refs(plan.proposed_by)}; announced by {_refs(plan.announced_by, names=True)}"
    found += f" on {plan.announced_on.value if plan.announced_on else '?'}; {positions}"
    return Item("plans", wanted, found, all(parts.values()), parts, True, optional)


def _codes(codes: str | Sequence[str] | None) -> str:
    return codes if isinstance(codes, str) else "+".join(codes or ()) or "-"


def _refs(refs: Sequence[ActorRef], *, names: bool = False) -> str:
    return "+".join(dict.fromkeys((r.name or r.text) if names else r.key for r in refs)) or "-"
