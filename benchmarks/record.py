"""Makes a record of many events, statements and documents, and measures how fast it answers.

    python benchmarks/record.py --documents 50000          # 100,000 events, 300,000 statements
    python benchmarks/record.py --record big.detente       # keep the file, to look at it in the workbench
    python benchmarks/record.py --record postgresql://me@/scratch?host=/run/postgresql

Texts are generated; what is measured is the record alone, not the reading.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from detente import ActorRef, Attribution, Claims, DateRef, Document, Event, PlaceRef, Record, Span, Stance
from detente.record.taking import take_in

COUNTRIES = [f"{a}{b}{c}" for a in "ABCDE" for b in "KLM" for c in "XYZ"]
TYPES = ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "ASSAULT")
WORDS = [
    "minister",
    "border",
    "talks",
    "treaty",
    "embassy",
    "pipeline",
    "river",
    "convoy",
    "summit",
    "parliament",
    "tariff",
    "envoy",
    "harbour",
    "observer",
    "grain",
]
CITIES = [f"City {i}" for i in range(200)]
ISSUES = [f"issue {i}" for i in range(60)]


def actor(dice: random.Random) -> ActorRef:
    country = COUNTRIES[min(int(dice.expovariate(0.12)), len(COUNTRIES) - 1)]
    person = f"Person {dice.randint(1, 40)} of {country}" if dice.random() < 0.5 else None
    return ActorRef(
        text=person or country,
        id=person or country,
        name=person or country,
        country=country,
        person=person,
        code=f"{country}GOV",
    )


def documents(count: int, seed: int) -> Iterator[tuple[Document, Claims]]:
    """Documents of about 200 words with two events, six statements and a stance each."""
    dice = random.Random(seed)
    for i in range(count):
        day = f"{dice.randint(2000, 2023)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        text = " ".join(dice.choice(WORDS) + (f"{dice.randint(1, 2000)}" if k % 4 == 0 else "") for k in range(200))
        outlet = f"Outlet {dice.randint(1, 80)}"
        doc = Document.from_text(text, source=f"d{i}.txt", outlet=outlet, published=day, title=f"Dispatch {i}")
        yield doc, claims_of(doc, day, dice)


def claims_of(doc: Document, day: str, dice: random.Random) -> Claims:
    events, said = [], []
    for k in range(2):
        place = PlaceRef(
            name=dice.choice(CITIES),
            country=dice.choice(COUNTRIES),
            lat=dice.uniform(-60, 70),
            lon=dice.uniform(-180, 180),
        )
        events.append(
            Event(
                document=doc.id,
                span=Span(k * 100, k * 100 + 90),
                type=dice.choice(TYPES),
                cameo=f"{dice.randint(1, 20):02}0",
                quad=dice.randint(1, 4),
                goldstein=round(dice.uniform(-10, 10), 1),
                actors=(actor(dice),),
                recipients=(actor(dice),),
                date=DateRef(value=day),
                place=place if dice.random() < 0.4 else None,
                confidence=dice.random(),
            )
        )
    for k in range(6):
        span = Span(k * 150, k * 150 + 140)
        said.append(
            Attribution(
                document=doc.id,
                span=span,
                content=(span,),
                speakers=(actor(dice),),
                date=DateRef(value=day),
                confidence=0.8,
            )
        )
    side = dice.choice(("favour", "oppose", "mixed"))
    stance = Stance(
        document=doc.id,
        span=Span(0, 80),
        holders=(actor(dice),),
        issue=dice.choice(ISSUES),
        side=side,
        date=DateRef(value=day),
    )  # type: ignore[arg-type]
    return Claims(doc.id, events=tuple(events), attributions=tuple(said), stances=(stance,))


def fill(record: Record, count: int, seed: int) -> float:
    made: dict[str, Claims] = {}

    def arriving() -> Iterator[Document]:
        for doc, claims in documents(count, seed):
            made[doc.id] = claims
            yield doc

    began = time.perf_counter()
    take_in(record.store, arriving(), lambda docs: [made.pop(d.id) for d in docs], reader="benchmark/1", width=8)
    return time.perf_counter() - began


def questions(record: Record) -> dict[str, Callable[[], object]]:
    """What the pages of a workbench ask."""
    some = record.events(limit=1).first()
    assert some is not None
    a, b = COUNTRIES[0], COUNTRIES[1]
    after = ("2012-06-01", 0)
    return {
        "latest 50 events": lambda: list(record.events(order="-day", limit=50)),
        "50 events from the middle": lambda: list(record.events(after=after, limit=50)),
        "50 events of a dyad": lambda: list(record.events(between=(a, b), limit=50)),
        "all events of a dyad, flat": lambda: record.events(between=(a, b)).to_dicts(),
        "number of events of a dyad": lambda: len(record.events(between=(a, b))),
        "50 events of a type in a year": lambda: list(
            record.events(type="AGREE", since="2010", until="2010", limit=50)
        ),
        "number of all events": lambda: len(record.events()),
        "50 events of an actor": lambda: list(record.events(party=a, order="-day", limit=50)),
        "50 events of a person": lambda: list(record.events(actor=f"Person 7 of {a}", limit=50)),
        "50 events with words": lambda: list(record.events(text="treaty", limit=50)),
        "50 statements of a speaker": lambda: list(record.statements(speaker=a, order="-day", limit=50)),
        "50 statements about": lambda: list(record.statements(about="convoy", limit=50)),
        "stances on an issue": lambda: record.stances(issue="issue 7").to_dicts(),
        "issues": lambda: record.issues().to_dicts(),
        "events by month and type": lambda: record.counts(by=("month", "type")).to_dicts(),
        "heat map of dyads": lambda: record.counts(by=("source", "target")).to_dicts(),
        "heat map of a type and ten years": lambda: record.counts(
            by=("source", "target"), type="ASSAULT", since="2010", until="2019"
        ).to_dicts(),
        "who is on record, first 50": lambda: record.actors(limit=50).to_dicts(),
        "search for two words": lambda: list(record.search("treaty convoy", limit=20)),
        "search for a rare word": lambda: list(record.search("treaty777", limit=20)),
        "50 documents": lambda: list(record.documents(order="-day", limit=50)),
        "a document with its claims": lambda: record.view(some.document).pieces(),
        "timeline of a dyad": lambda: list(record.timeline(between=(a, b), limit=100)),
        "statistics": record.statistics,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--record", help="a file or an address, which stays; else a file that is thrown away")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        path = asked.record or str(Path(place) / "big.detente")
        with Record(path) as record:
            if not len(record.documents()):
                seconds = fill(record, asked.documents, asked.seed)
                print(f"filled in {seconds:.0f} s: {asked.documents / seconds:.0f} documents a second")
            print(json.dumps(record.statistics()["kinds"]), f"{record.store.size / 1e6:.0f} MB")
            for name, ask in questions(record).items():
                took = []
                for _ in range(5):
                    began = time.perf_counter()
                    ask()
                    took.append(time.perf_counter() - began)
                print(f"{name:<36} {sorted(took)[2] * 1000:8.1f} ms   slowest {max(took) * 1000:8.1f} ms")


if __name__ == "__main__":
    main()
