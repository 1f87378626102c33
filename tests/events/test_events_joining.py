"""What later sentences add."""

from __future__ import annotations

from detente import read
from detente.claims import Event
from detente.document import Document


def events_of(text: str) -> list[Event]:
    return list(read(Document.from_text(text, published="2019-05-10")).events)


def test_the_same_agreement_told_twice_is_one_event_with_the_later_place() -> None:
    text = "Ghana signed an agreement with Togo. The agreement was concluded in Lagos."
    signings = [e for e in events_of(text) if e.cameo == "057"]
    assert len(signings) == 1
    assert {a.key for a in (*signings[0].actors, *signings[0].recipients)} == {"GHA", "TGO"}


def test_the_two_sides_are_the_parties_of_the_event_before() -> None:
    text = "Norway held talks with Latvia. The two sides discussed fishing."
    second = events_of(text)[-1]
    assert {a.key for a in second.actors} == {"NOR", "LVA"}
    assert all("event before" in a.reason or a.reason for a in second.actors)


def test_that_plan_is_the_plan_of_who_proposed_it() -> None:
    text = "Kenya put forward a plan for the border. Somalia rejected that plan."
    rejection = next(e for e in events_of(text) if e.type == "REJECT")
    assert [a.key for a in rejection.actors] == ["SOM"]
    assert [r.key for r in rejection.recipients] == ["KEN"]
