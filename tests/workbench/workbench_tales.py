"""A record with hostile words in every field, and the real server on it in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn

from detente import (
    ActorRef,
    Agreement,
    Attribution,
    DateRef,
    Document,
    Event,
    PlaceMention,
    PlaceRef,
    Record,
    Span,
    Stance,
)
from detente.workbench.app import make_app
from detente.workbench.serving import _listen

XSS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "javascript:alert(1)",
    "</title><svg onload=alert(1)>",
    "{{7*7}}${7*7}",
    "</style><body onpageshow=alert(1)>",
    "<a href=//evil.example>x</a>",
)
TEXT = (
    "Arlonia and Besmark signed a fishing treaty in Port Vell on Monday. 🕊️ “We are content,” said the "
    "Arlonian envoy Mira Tan, Dovian News reported. Besmark rejected the quota.\n"
    "قال الوزير إن الاتفاق جيد. "
)
ARL = ActorRef(text="Arlonia", span=Span(0, 7), id="ARL", name="Arlonia", reason="named in the table")
BES = ActorRef(text="Besmark", span=Span(12, 19), id="BES", name="Besmark")


def span_of(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def peaceful() -> tuple[Document, list]:
    """A document with one claim of each kind, overlapping, beyond an emoji."""
    document = Document.from_text(TEXT, source="a.txt", published="2020-03-02", outlet="Dovian News", title="A treaty")
    common = {"document": document.id}
    signed = Event(
        **common, span=span_of("Arlonia and Besmark signed a fishing treaty in Port Vell on Monday"), confidence=0.8, type="AGREE",
        cameo="057", quad=1, goldstein=8.0, actors=(ARL,), recipients=(BES,), trigger=span_of("signed"), extractor="events/1",
        date=DateRef(value="2020-03-02"), place=PlaceRef(name="Port Vell", lat=10.0, lon=20.0, span=span_of("Port Vell")), why="a rule",
    )  # fmt: skip
    said = Attribution(
        **common, span=span_of("“We are content,” said the Arlonian envoy Mira Tan"), cue=span_of("said"), content=(span_of("We are content"),),
        speakers=(replace(ARL, person="Mira Tan", span=span_of("Mira Tan")),), quote="direct", extractor="statements/1",
    )  # fmt: skip
    return document, [
        signed,
        said,
        Stance(**common, span=span_of("Besmark rejected the quota"), holders=(BES,), topic="quota", issue="quota", side="oppose", topic_span=span_of("quota")),
        Stance(**common, span=span_of("We are content"), holders=(ARL,), topic="quota", issue="quota", side="favour", basis=said.id),
        Agreement(**common, span=span_of("a fishing treaty"), name="fishing treaty", parties=(ARL, BES), sectors=("fisheries",)),
        PlaceMention(**common, span=span_of("Port Vell"), place=PlaceRef(name="Port Vell")),
    ]  # fmt: skip


def hostile(n: int, payload: str) -> tuple[Document, list]:
    """A document all of whose fields, and a claim all of whose words, are `payload`."""
    text = f"{payload} attacked {payload} at noon, said {payload}."
    document = replace(
        Document.from_text(text, source=f"{payload}/{n}.txt", published="2020-03-05", outlet=payload, title=payload),
        author=payload, dateline_place=payload, url=payload, notes=(payload,),
    )  # fmt: skip
    evil = ActorRef(
        text=payload,
        span=Span(0, len(payload)),
        id=payload,
        name=payload,
        person=payload,
        office=payload,
        body=payload,
        reason=payload,
    )
    whole = Span(0, len(text))
    return document, [
        Event(document=document.id, span=whole, type=payload, mode=payload, cameo=payload, actors=(evil,), recipients=(evil,), why=payload,
              extractor=payload, magnitude=payload, place=PlaceRef(name=payload, lat=1.0, lon=1.0, country=payload)),
        Stance(document=document.id, span=whole, holders=(evil,), topic=payload, issue=payload, side="favour"),
        Attribution(document=document.id, span=whole, speakers=(evil,), via=(evil,), colour=payload, content=(whole,)),
        Agreement(document=document.id, span=whole, name=payload, parties=(evil,), sectors=(payload,)),
    ]  # fmt: skip


@dataclass
class Running:
    """A server, where it is, and its process."""

    url: str
    process: subprocess.Popen


@contextmanager
def running(path: Path, *options: str) -> Iterator[Running]:
    with started("serve", str(path), *options) as found:
        yield found


@contextmanager
def serving(path: Path) -> Iterator[str]:
    """The address of the same server in a thread of this process: it starts in a tenth of the time of a process."""
    (listening,) = _listen("127.0.0.1", 0, 1)
    with Record(path) as record:
        app = make_app(record)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="on"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        finally:
            server.should_exit = server.force_exit = True
            thread.join()


@contextmanager
def running_demo(path: Path) -> Iterator[Running]:
    with started("demo", "--record", str(path)) as found:
        yield found


@contextmanager
def started(*words: str) -> Iterator[Running]:
    command = [sys.executable, "-m", "detente", *words, "--port", "0", "--no-open"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout is not None
        found, said = None, ""
        while found is None:
            line = process.stdout.readline()
            said += line
            assert line, said
            found = re.search(r"http://\S+", line)
        yield Running(found[0], process)
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
