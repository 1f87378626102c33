"""Watching feeds on a real server: politeness, alerts, private networks, and nothing lost or told twice by a kill."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from feedserver import FeedServer, sentence
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import Record
from detente.errors import ReadError, UsageError
from detente.exchange.watch import Search, Watch, Watching, load_searches
from detente.exchange.watch.loop import entries_of, feed_list
from detente.exchange.watch.polite import LONGEST_WAIT, wait_after
from detente.exchange.watch.sinks import AtomSink, FileSink, WebhookSink
from detente.sources import Limits
from detente.sources.fetch import Answer

DETENTE = Path(sys.executable).parent / "detente"
TREATY = Search("treaty", "documents", {"text": "fishing treaty"})
SANCTIONS = Search("sanctions", "events", {"type": "SANCTION", "actor": "Chile"})


@pytest.fixture
def server() -> Iterator[FeedServer]:
    server = FeedServer()
    yield server
    server.shutdown()
    server.server_close()


def allowed(server: FeedServer) -> Limits:
    return Limits(allowed_private=frozenset({server.host}), url_seconds=5)


def plan(server: FeedServer, **more: Any) -> Watch:
    values: dict[str, Any] = {
        "feeds": [server.address("/feed")],
        "every": 60.0,
        "delay": 0.0,
        "limits": allowed(server),
    }
    return Watch(**{**values, **more})


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "r.detente") as record:
        yield record


def due_now(watching: Watching) -> None:
    """As if the time had passed."""
    with watching.state.writing() as con:
        con.execute("UPDATE feeds SET next = 0")
        con.execute("UPDATE items SET next = 0")
        con.execute("UPDATE sinks SET next = 0")


def urls(record: Record) -> list[str | None]:
    return sorted(record.document(d.id).url or "" for d in record.documents())


def test_new_entries_are_read_and_told_of_everywhere(server: FeedServer, record: Record, tmp_path: Path) -> None:
    server.entries = [3, 4, 5]
    sinks = (
        FileSink(tmp_path / "alerts.jsonl"),
        AtomSink(tmp_path / "alerts.xml", "Alerts"),
        WebhookSink(server.address("/hook"), allowed(server)),
    )
    with Watching(record, plan(server, searches=(TREATY, SANCTIONS), sinks=sinks)) as watching:
        first = watching.tick()
        assert (first.asked, first.entries, first.read, first.alerts, first.problems) == (1, 3, 3, 2, [])
        assert watching.tick().asked == 0, "not before its time"
        due_now(watching)
        assert (watching.tick().unchanged, server.seen["/feed"]) == (1, 2), "the ETag was sent"
        server.entries.append(7)
        due_now(watching)
        third = watching.tick()
        assert (third.entries, third.read, third.alerts) == (1, 1, 1)
    assert urls(record) == [server.address(f"/article/{n}") for n in (3, 4, 5, 7)]
    assert {server.seen[f"/article/{n}"] for n in (3, 4, 5, 7)} == {1}
    document = record.document(server.address("/article/4"))
    assert (document.outlet, document.published, document.title) == (
        "The Daily Wire",
        "2020-06-05T10:00:00Z",
        "Dispatch 4",
    )
    told = [json.loads(line) for line in (tmp_path / "alerts.jsonl").read_text("utf-8").splitlines()]
    assert [(t["search"], t["url"].rpartition("/")[2]) for t in told] == [
        ("sanctions", "3"),
        ("treaty", "4"),
        ("sanctions", "7"),
    ]
    assert record.claim(told[0]["claim"]).type == "SANCTION"
    assert server.hooked == told and server.keys == [t["id"] for t in told]
    feed = ElementTree.fromstring((tmp_path / "alerts.xml").read_text("utf-8"))
    atom = "{http://www.w3.org/2005/Atom}"
    assert [e.findtext(f"{atom}id") for e in feed.iter(f"{atom}entry")] == [
        f"urn:detente:alert:{t['id']}" for t in reversed(told)
    ]


def test_a_feed_with_a_date_and_packed_though_nobody_asked(server: FeedServer, record: Record) -> None:
    server.entries = [1]
    with Watching(record, plan(server, feeds=[server.address("/feed?dated")])) as watching:
        assert watching.tick().read == 1
        due_now(watching)
        assert watching.tick().unchanged == 1


def test_robots_are_kept_to(server: FeedServer, record: Record) -> None:
    server.entries = [1, 2]
    server.links = {1: server.address("/private/article/1")}
    with Watching(record, plan(server)) as watching:
        tick = watching.tick()
        assert tick.read == 2 and server.seen["/robots.txt"] == 1
    assert server.seen["/private/article/1"] == 0
    (own_words,) = (d for d in record.documents() if "private" in (d.url or ""))
    assert record.document(own_words.id).text == f"In short: {sentence(1)}"
    assert any("robots.txt" in note for note in own_words.notes)
    assert all("detente" in headers["user-agent"] for _, headers in server.requests)


def test_a_host_whose_robots_fail_is_left_alone_for_now(server: FeedServer, record: Record) -> None:
    server.entries, server.statuses = [1], {"/robots.txt": 503}
    with Watching(record, plan(server)) as watching:
        tick = watching.tick()
        assert tick.read == 0 and "robots.txt could not be had" in tick.problems[0] and server.seen["/feed"] == 0
        server.statuses, server.robots = {}, None
        due_now(watching)
        with watching.state.writing() as con:
            con.execute("UPDATE robots SET until = 0")
        assert watching.tick().read == 1, "a host without robots.txt allows all"


def test_feeds_that_fail_are_asked_less_and_less(server: FeedServer, record: Record) -> None:
    server.entries, server.statuses = [1], {"/feed": 500}
    with Watching(record, plan(server)) as watching:
        waits = []
        for _ in range(4):
            due_now(watching)
            assert "answered 500" in watching.tick().problems[0]
            waits.append(watching.state.rows("SELECT next FROM feeds")[0][0] - time.time())
        assert all(1.6 * a < b < 2.5 * a for a, b in pairwise(waits)), waits
        server.statuses, server.headers = {"/feed": 429}, {"/feed": {"Retry-After": "7200"}}
        due_now(watching)
        watching.tick()
        assert 7000 < watching.state.rows("SELECT next FROM feeds")[0][0] - time.time() < 7300
        server.statuses = {}
        due_now(watching)
        assert watching.tick().read == 1
        assert watching.state.rows("SELECT failures FROM feeds")[0][0] == 0
        server.statuses = {"/feed": 410}
        due_now(watching)
        assert "gone" in watching.tick().problems[0]
        due_now(watching)
        assert watching.tick().asked == 0


def test_waits_have_an_end() -> None:
    assert wait_after(500, 900) <= LONGEST_WAIT * 1.1
    answer = Answer(503, {"retry-after": "Wed, 21 Oct 2199 07:28:00 GMT"}, b"", "")
    assert wait_after(1, 900, answer) == LONGEST_WAIT
    assert wait_after(1, 900, Answer(503, {"retry-after": "soon"}, b"", "")) < 2000


def test_an_article_that_fails_is_tried_again_and_then_read_from_the_feed(server: FeedServer, record: Record) -> None:
    server.entries, server.statuses = [1, 2], {"/article/1": 503, "/article/2": 404}
    with Watching(record, plan(server)) as watching:
        assert watching.tick().read == 1, "404 will not mend"
        for _ in range(4):
            due_now(watching)
            watching.tick()
    assert server.seen["/article/1"] == 4 and server.seen["/article/2"] == 1
    assert sorted(record.document(d.id).text for d in record.documents()) == [
        f"In short: {sentence(n)}" for n in (1, 2)
    ]


def test_requests_to_a_host_keep_their_distance(server: FeedServer, record: Record) -> None:
    server.entries, server.robots = [1, 2], "User-agent: *\nCrawl-delay: 1\n"
    began = time.monotonic()
    with Watching(record, plan(server, delay=0.2)) as watching:
        watching.tick()
    assert sum(server.seen.values()) == 4 and time.monotonic() - began >= 3.0, "three waits of a second"


def test_one_article_in_two_feeds_is_read_once(server: FeedServer, record: Record) -> None:
    server.entries = [1]
    with Watching(record, plan(server, feeds=[server.address("/feed"), server.address("/feed?b")])) as watching:
        assert watching.tick().entries == 2
    assert server.seen["/article/1"] == 1 and len(record.documents()) == 1


def test_entries_that_share_an_address_are_read_from_the_feed(server: FeedServer, record: Record) -> None:
    server.entries, server.links = [1, 2, 3], dict.fromkeys((1, 2, 3), "")
    server.links = dict.fromkeys((1, 2, 3), server.address("/article/9"))
    with Watching(record, plan(server)) as watching:
        assert watching.tick().read == 3
    assert server.seen["/article/9"] == 1


# --- private networks -------------------------------------------------------------------------------------


def test_private_networks_are_refused_unless_named(server: FeedServer, record: Record, tmp_path: Path) -> None:
    server.entries = [4]
    with Watching(record, plan(server, limits=Limits())) as watching:
        assert "private network" in watching.tick().problems[0]
    assert not server.seen
    other = Limits(allowed_private=frozenset({"127.0.0.1:1"}))
    with Watching(record, plan(server, limits=other)) as watching:
        due_now(watching)
        assert "private network" in watching.tick().problems[0]
    assert not server.seen


@pytest.mark.parametrize(
    "link",
    ["http://169.254.169.254/latest/meta-data", "http://[::1]:1/x", "http://localhost:1/x", "file:///etc/passwd", "ftp://a.example/x",
     "gopher://127.0.0.1/x", "http://0x7f000001:1/", "//127.0.0.1/x", "javascript:alert(1)"],
)  # fmt: skip
def test_a_feed_leads_nowhere_private(server: FeedServer, record: Record, link: str) -> None:
    server.entries, server.links = [1], {1: link}
    with Watching(record, plan(server)) as watching:
        assert watching.tick().read == 1
    assert record.document(next(iter(record.documents())).id).text == f"In short: {sentence(1)}"


@pytest.mark.parametrize("path", ["/feed", "/article/1", "/robots.txt"])
def test_redirects_lead_nowhere_private(server: FeedServer, record: Record, path: str) -> None:
    server.entries, server.statuses = [1], {path: 302}
    server.headers = {path: {"Location": "http://169.254.169.254/latest/"}}
    with Watching(record, plan(server)) as watching:
        tick = watching.tick()
    assert any("private network" in problem for problem in tick.problems)
    assert tick.read == (1 if path == "/article/1" else 0)


def test_a_webhook_is_bound_by_the_same_rules(server: FeedServer, record: Record) -> None:
    server.entries, server.statuses = [4], {"/hook": 302}
    hook = server.address("/hook")
    with Watching(record, plan(server, searches=(TREATY,), sinks=(WebhookSink(hook, Limits()),))) as watching:
        assert "private network" in watching.tick().problems[0] and not server.hooked
    with Watching(record, plan(server, searches=(TREATY,), sinks=(WebhookSink(hook, allowed(server)),))) as watching:
        due_now(watching)
        assert "answered 302" in watching.tick().problems[0], "no redirect of a POST is followed"
        server.statuses = {}
        due_now(watching)
        assert watching.tick().problems == [] and len(server.hooked) == 1


# --- nothing lost -----------------------------------------------------------------------------------------


def test_kills_lose_nothing_and_tell_nothing_twice(server: FeedServer, tmp_path: Path) -> None:
    """The watch is killed at random moments until it has got through; then all is as if it had not been."""
    from detente import Document, read

    read(Document.from_text("Norway met Peru."))  # loaded here, so that the forked watches begin at once
    server.entries = list(range(12))
    path, alerts = tmp_path / "r.detente", tmp_path / "a.jsonl"
    sinks = (FileSink(alerts), AtomSink(tmp_path / "a.xml", "t"), WebhookSink(server.address("/hook"), allowed(server)))
    watch = plan(server, every=0.01, searches=(TREATY, SANCTIONS), sinks=sinks)
    kills, chance = 0, random.Random(7)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking beside the server's thread
        while not _runs_through(path, watch, chance.uniform(0.2, 0.4) * 1.5**kills):
            kills += 1
            assert kills < 16
    assert kills >= 3
    with Record(path) as record:
        assert len(record.documents()) == 12
        assert urls(record) == sorted(server.address(f"/article/{n}") for n in range(12))
    told = [json.loads(line)["id"] for line in alerts.read_text("utf-8").splitlines()]
    assert len(told) == len(set(told)) == 6
    assert set(server.keys) == set(told), "a webhook may hear an alert twice, with the same key"


def _runs_through(path: Path, watch: Watch, seconds: float) -> bool:
    child = os.fork()
    if child == 0:
        try:
            with Record(path) as record, Watching(record, watch) as watching:
                watching.tick()
            os._exit(0)
        except BaseException:
            os._exit(1)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            assert status == 0
            return True
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def test_a_line_that_was_cut_off_is_mended(server: FeedServer, record: Record, tmp_path: Path) -> None:
    alerts = tmp_path / "a.jsonl"
    alerts.write_text('{"id": "0123456789abcdef", "search": "older"}\n{"id": "cut o', "utf-8")
    server.entries = [4]
    with Watching(record, plan(server, searches=(TREATY,), sinks=(FileSink(alerts),))) as watching:
        watching.tick()
    lines = [json.loads(line) for line in alerts.read_text("utf-8").splitlines()]
    assert [line["search"] for line in lines] == ["older", "treaty"]


def test_a_sink_that_fails_gets_its_alerts_later(server: FeedServer, record: Record, tmp_path: Path) -> None:
    server.entries, server.statuses = [4, 8], {"/hook": 500}
    sinks = (WebhookSink(server.address("/hook"), allowed(server)), FileSink(tmp_path / "no" / "such" / "folder.jsonl"))
    with Watching(record, plan(server, searches=(TREATY,), sinks=sinks)) as watching:
        assert len(watching.tick().problems) == 2
        (tmp_path / "no" / "such").mkdir(parents=True)
        server.statuses = {}
        due_now(watching)
        assert watching.tick().problems == []
    assert len(server.hooked) == 2 == len((tmp_path / "no" / "such" / "folder.jsonl").read_text().splitlines())


def test_one_watch_at_a_time(server: FeedServer, record: Record) -> None:
    with Watching(record, plan(server)), pytest.raises(UsageError, match="another detente watch"):
        Watching(record, plan(server))


def test_a_clock_that_goes_back_does_not_stop_it(server: FeedServer, record: Record) -> None:
    server.entries = [1]
    with Watching(record, plan(server)) as watching:
        with watching.state.writing() as con:
            con.execute("UPDATE feeds SET next = ?", (time.time() + 40 * 86400,))
        assert watching.tick().asked == 1


def test_what_is_no_feed_is_said_so(server: FeedServer, record: Record) -> None:
    with Watching(record, plan(server, feeds=[server.address("/article/1"), server.address("/nothing")])) as watching:
        problems = watching.tick().problems
    assert "no RSS or Atom feed" in problems[0] and "answered 404" in problems[1]


@settings(max_examples=40, deadline=None)
@given(
    data=st.binary(max_size=200)
    | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))
    | st.lists(st.text(max_size=30), min_size=4, max_size=4).map(
        lambda t: (
            f"<rss version='2.0'><channel><title>{t[0]}</title><item><guid>{t[1]}</guid><link>{t[2]}</link>"
            f"<description>{t[3]}</description></item></channel></rss>"
        ).encode("utf-8", "replace")
    )
)
def test_a_hostile_feed_gives_entries_or_an_error(data: bytes) -> None:
    try:
        for member, entry in entries_of(
            Answer(200, {"content-type": "text/xml"}, data, "http://a.example/f"), "http://a.example/f", Limits()
        ):
            json.dumps([member, entry.url, entry.text]).encode()
            f"{member}{entry.url}".encode()  # what SQLite takes
    except ReadError as error:
        assert error.reason


def test_idle_time_is_that_of_what_is_next(server: FeedServer, record: Record, tmp_path: Path) -> None:
    """A sink that failed and is no longer named does not keep the watch awake."""
    server.entries, server.statuses = [4], {"/hook": 500}
    with Watching(
        record, plan(server, searches=(TREATY,), sinks=(WebhookSink(server.address("/hook"), allowed(server)),))
    ) as watching:
        watching.tick()
        assert 20 < watching.idle_seconds() < 70, "the webhook, tried again after a minute or less"
    with Watching(record, plan(server, searches=(TREATY,))) as watching:
        with watching.state.writing() as con:
            con.execute("UPDATE sinks SET next = 1")
        assert watching.idle_seconds() > 10


# --- saved searches and the command -----------------------------------------------------------------------


def test_searches_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(
        '[[search]]\nname = "gas"\ntext = "gas pipeline"\n\n[[search]]\nname = "US and Iran"\nbetween = ["USA", "IRN"]\n'
        'type = ["SANCTION", "THREATEN"]\nmin_confidence = 0.5\n\n[[search]]\nname = "Lavrov"\nwhat = "statements"\nspeaker = "Lavrov"\n',
        "utf-8",
    )
    assert [(s.name, s.what) for s in load_searches(path)] == [
        ("gas", "documents"),
        ("US and Iran", "events"),
        ("Lavrov", "statements"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "[[search]]"),
        ("[[search]]\ntext = 'x'", "needs a name"),
        ("[[search]]\nname = 'a'\nwhat = 'moods'", "none of"),
        ("[[search]]\nname = 'a'\ncolour = 'red'", "no filter 'colour'"),
        ("[[search]]\nname = 'a'\ntype = 3", "wrong kind"),
        ("[[search]]\nname = 'a'\nwhat = 'documents'", "words to look for"),
        ("[[search]]\nname = 'a'\ntext = 'x'\n[[search]]\nname = 'a'\ntext = 'y'", "two searches"),
        ("not toml", "no searches can be read"),
    ],
)
def test_searches_that_cannot_be_asked(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "s.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError) as error:
        load_searches(path)
    assert told in str(error.value)


def test_feeds_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "feeds.txt"
    path.write_text("# ours\nhttps://a.example/rss\n\nhttps://b.example/rss\nhttps://a.example/rss\n", "utf-8")
    assert feed_list([str(path)]) == ["https://a.example/rss", "https://b.example/rss"]
    with pytest.raises(UsageError):
        feed_list(["ftp://a.example/rss"])


def test_the_command_ends_at_once_when_told_to(server: FeedServer, tmp_path: Path) -> None:
    server.entries = [4]
    words = [str(DETENTE), "watch", server.address("/feed"), "-r", "w.detente", "--match", "treaty", "--alerts", "a.jsonl",
             "--allow-private", server.host, "--every", "1h", "--delay", "0", "--json"]  # fmt: skip
    with subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert json.loads(run.stdout.readline())["alerts"] == 1
        run.send_signal(signal.SIGTERM)
        assert run.wait(10) == 0
    assert json.loads((tmp_path / "a.jsonl").read_text("utf-8"))["search"] == "treaty"


def test_the_command_refuses_private_networks_and_haste(server: FeedServer, tmp_path: Path) -> None:
    words = [str(DETENTE), "watch", server.address("/feed"), "-r", "w.detente"]
    once = subprocess.run([*words, "--once"], cwd=tmp_path, capture_output=True, text=True)
    assert once.returncode == 1 and "private network" in once.stderr
    hasty = subprocess.run([*words, "--every", "5s"], cwd=tmp_path, capture_output=True, text=True)
    assert hasty.returncode == 2 and "less than a minute" in hasty.stderr
    assert not server.seen
