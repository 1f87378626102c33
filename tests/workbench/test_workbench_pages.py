"""Pages of the real server over HTTP: what they show, what they refuse, and that words stay words."""

from __future__ import annotations

import json
import os
import re
import sys
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from lxml import html
from workbench_tales import TEXT, XSS, hostile, peaceful, running, serving

from detente import ActorRef, Attribution, Document, Event, Record, Span
from detente.record.view import marks_of
from detente.workbench.cite import bibtex, ris
from detente.workbench.marking import parts_of
from detente.workbench.words import words_of
from detente.workbench.worldmap import unwrapped

PAGES = (
    "/", "/documents", "/events", "/events?a=ARL&b=BES", "/events?by=day", "/statements", "/stances", "/stances?issue=quota",
    "/dyads", "/actors", "/actor/ARL", "/agreements", "/plan/jpoa-2013?as_of=2014-07-20", "/map", "/sources", "/method",
    "/method/codebook", "/search?q=treaty", "/search?q=%3Cscript%3E",
)  # fmt: skip


@pytest.fixture
def client(server):
    with httpx.Client(base_url=server.url, follow_redirects=True, timeout=60) as client:
        yield client


def ids_of(record_path: Path, kind: str = "events") -> list[str]:
    with Record(record_path) as record:
        return [e.id for e in getattr(record, kind)(state=None)]


def first_claim(record_path: Path) -> str:
    """The treaty's event."""
    with Record(record_path) as record:
        return next(e.id for e in record.claims_in(peaceful()[0].id, live=False) if e.kind == "event")


def form_of(client: httpx.Client, claim: str) -> dict[str, str]:
    """The fields of the form to decide on a claim, as a browser would send them."""
    page = html.fromstring(client.get(f"/claim/{claim}").text)
    return dict(page.xpath("//form[@class='decide']")[0].form_values())


# --- what is shown ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_under_a_strict_policy(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


CHARTS = ("/map", "/timeline", "/events", "/dyads", "/actor/ARL", "/plan/jpoa-2013?as_of=2014-07-20")


@pytest.mark.parametrize("path", (*PAGES, "/timeline", "DOCUMENT"))
def test_a_first_load_is_small(client, path):
    """What a browser fetches that has been nowhere yet: the page, the style sheet, the script, pictures."""
    path = f"/document/{peaceful()[0].id}" if path == "DOCUMENT" else path
    answer = client.get(path)
    page = html.fromstring(answer.text)
    wanted = page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src")
    total = answer.num_bytes_downloaded
    for other in wanted:
        with client.stream("GET", other) as got:
            got.read()
            total += got.num_bytes_downloaded
    assert total < (450_000 if path.startswith(CHARTS) else 150_000), total


@pytest.mark.parametrize("path", PAGES)
def test_no_page_names_another_host_or_runs_anything_inline(client, record_path, path):
    page = html.fromstring(client.get(path).text)
    assert_harmless(page)


def assert_harmless(page) -> None:
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        assert not [a for a in element.attrib if a.lower().startswith("on") or a.lower() == "style"], element.attrib
        for attribute in ("href", "src", "action"):
            value = element.get(attribute, "/")
            assert value.startswith(("/", "#")) and not value.startswith("//"), value
    scripts = page.xpath("//script")
    assert all(s.get("src", "").startswith("/static/workbench.js") and not (s.text or "").strip() for s in scripts)
    assert not page.xpath("//img[not(starts-with(@src, '/plan/'))] | //iframe | //object | //style")
    assert len(page.xpath("//title[not(ancestor::*[local-name()='svg'])]")) == 1


def test_hostile_words_are_shown_and_do_nothing(client, record_path):
    with Record(record_path) as record:
        lines = [d for d in record.documents() if d.id != peaceful()[0].id]
        claims = [e.id for d in lines for e in record.claims_in(d.id)]
    assert len(lines) == len(XSS)
    for path in [f"/document/{d.id}" for d in lines] + [f"/claim/{c}" for c in claims]:
        page = html.fromstring(client.get(path).text)
        assert_harmless(page)
    shown = html.fromstring(client.get(f"/document/{lines[0].id}").text).text_content()
    assert lines[0].title in shown
    assert "{{7*7}}" in client.get(f"/document/{next(d.id for d in lines if '7*7' in d.title)}").text


def test_the_text_on_the_page_is_the_text_that_was_read(client):
    document, _ = peaceful()
    page = html.fromstring(client.get(f"/document/{document.id}").text)
    assert page.xpath("//div[@class='text']")[0].text_content() == TEXT


def test_parts_of_a_text_join_to_the_text_and_hold_every_mark(record_path):
    document, _ = peaceful()
    with Record(record_path) as record:
        entries = record.claims_in(document.id)
        parts = parts_of(words_of("en"), document, entries)
        assert "".join(p.text for p in parts) == TEXT
        anchors = [a for p in parts for a in p.anchors]
        assert sorted(anchors) == sorted({e.id for e in entries})
        for e in entries:
            for mark in marks_of(e.id, e.claim):
                covered = "".join(
                    p.text for p in parts if e.id in p.claims.split() and f"m-{mark.part}" in p.classes.split()
                )
                assert mark.span.of(TEXT) in covered


def test_from_claim_to_text_and_back(client, record_path):
    document, _ = peaceful()
    page = html.fromstring(client.get(f"/document/{document.id}").text)
    anchors = {e.get("id") for e in page.xpath("//*[@id]")}
    for link in page.xpath("//div[@class='text']//a | //a[@class='totext']"):
        assert link.get("href").lstrip("#") in anchors


def test_an_unknown_page_claim_and_filter_say_so(client):
    assert client.get("/nowhere").status_code == 404
    assert client.get("/claim/0123456789abcdef").status_code == 404
    assert client.get("/document/none-such").status_code == 404
    assert client.get("/actor/Nobody-at-all").status_code == 404
    assert client.get("/events?since=yesterday").status_code == 400
    assert client.get("/events?a=ARL").status_code == 400
    assert client.get("/dyads?since=2021&until=2020").status_code == 400
    assert client.get("/plan/..%2F..%2Fetc").status_code == 404
    assert client.get("/static/../app.py").status_code == 404


def test_a_page_that_has_not_changed_is_not_sent_again(client):
    first = client.get("/events")
    again = client.get("/events", headers={"if-none-match": first.headers["etag"]})
    # The first answer sets the cookie that the second is asked with, so the mark of the second counts.
    third = client.get("/events", headers={"if-none-match": client.get("/events").headers["etag"]})
    assert again.status_code in {200, 304} and third.status_code == 304


# --- who may ask and change -------------------------------------------------------------------------------


def test_another_name_for_this_machine_is_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421


def test_a_change_needs_the_form_of_this_server_and_browser(client, record_path):
    claim = first_claim(record_path)
    form = form_of(client, claim) | {"by": "Ana", "do": "accept"}
    at = f"/claim/{claim}/decide"
    assert client.post(at, data=form | {"csrf": "x" * 64}).status_code == 403
    assert client.post(at, data={k: v for k, v in form.items() if k != "csrf"}).status_code == 403
    assert client.post(at, data=form, headers={"origin": "http://evil.example"}).status_code == 403
    assert client.post(at, data=form, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    with httpx.Client(base_url=str(client.base_url)) as stranger:
        assert stranger.post(at, data=form).status_code == 403
    assert client.post(at, data={"csrf": "y" * 70_000}).status_code == 413
    assert client.put(at).status_code == 405
    with Record(record_path) as record:
        assert record.claim(claim).state == "unreviewed"


def test_a_stranger_needs_the_token(record_path):
    with running(record_path, "--host", "0.0.0.0") as found:
        url, token = re.fullmatch(r"(http://[^/]+/)\?token=(\S+)", found.url).groups()
        url = url.replace("0.0.0.0", "127.0.0.1")
        with httpx.Client(base_url=url, follow_redirects=True, timeout=60) as client:
            assert client.get("/").status_code == 403
            assert client.get("/?token=wrong").status_code == 403
            assert client.get("/static/workbench.css").status_code == 403
            answer = client.get(f"/events?token={token}&type=AGREE")
            assert answer.status_code == 200 and "token" not in str(answer.url) and "type=AGREE" in str(answer.url)
            assert client.get("/").status_code == 200
            assert client.get(f"//evil.example/?token={token}").url.host == "127.0.0.1"


# --- deciding without JavaScript --------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path):
    """A record of its own, and a server on it."""
    path = tmp_path / "own.detente"
    with Record(path) as record:
        record.add(*peaceful())
    with serving(path) as url, httpx.Client(base_url=url, follow_redirects=True, timeout=60) as client:
        yield path, client


@pytest.fixture
def apart(tmp_path):
    """The same, but the server is a process that can be killed."""
    path = tmp_path / "apart.detente"
    with Record(path) as record:
        record.add(*peaceful())
    with (
        running(path, "--workers", "1") as found,
        httpx.Client(base_url=found.url, follow_redirects=True, timeout=60) as client,
    ):
        yield path, client, found


def test_accept_reject_correct_and_undo_by_plain_forms_and_a_kill(apart):
    path, client, found = apart
    claim = first_claim(path)
    at = f"/claim/{claim}/decide"
    assert client.post(at, data=form_of(client, claim) | {"by": "", "do": "accept"}).status_code == 409
    assert client.post(at, data=form_of(client, claim) | {"by": "Ana", "reason": "", "do": "reject"}).status_code == 409
    page = client.post(at, data=form_of(client, claim) | {"by": "Ana Kovač", "do": "accept"})
    assert page.status_code == 200 and "accepted" in page.text
    assert html.fromstring(client.get(f"/claim/{claim}").text).xpath("//input[@name='by']/@value")[0] == "Ana Kovač"
    client.post(at, data=form_of(client, claim) | {"by": "Ana Kovač", "do": "undo"})
    with Record(path) as record:
        assert record.claim(claim).state == "unreviewed"
        assert [line.action for line in record.history(claim)] == ["accept", "undo"]
    page = html.fromstring(client.get(f"/claim/{claim}").text)
    fields = dict(page.xpath("//form[@class='correct']")[0].form_values())
    changed = fields | {"field-type": "CONSULT", "by": "Béla", "reason": "they only talked", "do": "correct"}
    new = client.post(at, data=changed).url.path.rpartition("/")[2]
    found.process.kill()  # what was answered is on disk
    with Record(path) as record:
        assert record.claim(claim).state == "corrected"
        right = record.claim(new)
        assert right.claim.type == "CONSULT" and right.claim.actors == record.claim(claim).claim.actors
        assert record.history(new)[-1].by == "Béla"


def test_a_decision_made_meanwhile_is_shown_and_not_overruled(own):
    path, client = own
    claim = first_claim(path)
    mine = form_of(client, claim) | {"by": "Ana", "do": "accept"}
    with Record(path) as record:
        record.reject(claim, "Béla", "not in the text")
    answer = client.post(f"/claim/{claim}/decide", data=mine)
    assert answer.status_code == 409 and "Béla" in answer.text
    with Record(path) as record:
        assert record.claim(claim).state == "rejected"


def test_two_who_decide_at_once_lose_nothing(own):
    path, client = own
    with Record(path) as record:
        claims = [e.id for e in record.claims_in(peaceful()[0].id)]
    url = str(client.base_url)

    def decide(by: str) -> int:
        done = 0
        with httpx.Client(base_url=url, follow_redirects=True) as mine:
            for claim in claims:
                form = form_of(mine, claim) | {"by": by, "do": "accept", "seen": ""}
                done += mine.post(f"/claim/{claim}/decide", data=form).status_code == 200
        return done

    with ThreadPoolExecutor(2) as people:
        done = sum(people.map(decide, ("Ana", "Béla")))
    with Record(path) as record:
        lines = [line for c in claims for line in record.history(c)]
    assert done == len(lines) == 2 * len(claims)


def test_answers_leave_at_once(server):
    """Small packets held back for the next (Nagle) cost every answer the 40 ms after which the other side says that it
    has the first."""
    with httpx.Client(base_url=server.url, timeout=60) as client:
        fastest = min(client.get("/now.json").elapsed.total_seconds() for _ in range(20))
    assert fastest < 0.03


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="several processes serve on Linux alone")
def test_browsers_are_dealt_out_evenly_over_the_processes(record_path):
    with running(record_path, "--workers", "2") as found, ExitStack() as stack:
        readers = [stack.enter_context(httpx.Client(base_url=found.url, timeout=60)) for _ in range(8)]
        deadline, closed = time.monotonic() + 30, True
        while closed and time.monotonic() < deadline:
            answers = [reader.get("/now.json") for reader in readers for _ in range(2)]
            closed = any(answer.headers.get("connection") == "close" for answer in answers)
        first = found.process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        assert sorted(lines_of(pid, int(found.url.rsplit(":")[-1].strip("/"))) for pid in (first, *children)) == [4, 4]


def lines_of(pid: object, port: int) -> int:
    """How many browsers are connected with a process by a port."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    open_ = {f"socket:[{row[9]}]" for row in rows if row[3] == "01" and int(row[1].split(":")[1], 16) == port}
    return sum(os.readlink(file) in open_ for file in Path(f"/proc/{pid}/fd").iterdir() if file.is_symlink())


def test_the_page_goes_on_while_a_reading_writes(own):
    path, client = own
    before = client.get("/now.json").json()["state"]
    with Record(path) as record, record.store.writing() as con:
        con.execute("UPDATE documents SET notes = notes")
        assert client.get("/").status_code == 200
    with Record(path) as record:
        record.add(*hostile(1, "plain words"))
    assert client.get("/now.json").json()["state"] != before
    assert "2 documents" in client.get("/").text


def test_while_a_reading_writes_numbers_lag_a_second_at_most_and_decisions_not_at_all(own):
    path, client = own
    claim = ""
    assert "1 document" in client.get("/").text
    with Record(path) as record:
        for n in range(1, 6):  # commits that follow each other closely, each with a page asked for after it
            record.add(*hostile(n, f"plain words {n}"))
            claim = record.claims_in(peaceful()[0].id)[0].id
            page = client.get("/").text
            assert any(f"{k} document" in page for k in range(1, n + 2))
        late = record.documents(limit=1, order="-day").first()
        assert client.get(f"/document/{late.id}").status_code == 200  # what is asked for by its own address is there
        record.accept(claim, "Ana")
        assert "6 documents" in client.get("/").text  # a decision is shown at once, and all that came before it
        record.add(*hostile(6, "plain words 6"))
        deadline = time.monotonic() + 5
        while "7 documents" not in client.get("/").text:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        # The page names the state that it shows, so that its script can tell that there is more.
        assert client.get("/now.json").json()["state"] in client.get("/").text


# --- taking away ------------------------------------------------------------------------------------------


def test_rows_and_sources_can_be_taken_away(client, record_path):
    claim = first_claim(record_path)
    rows = client.get("/export/events.json?a=ARL&b=BES").json()
    assert [r["id"] for r in rows] == [claim]
    assert client.get("/export/events.csv").text.splitlines()[0].startswith("id,kind,day")
    assert client.get("/export/stances.parquet").content[:4] == b"PAR1"
    assert client.get(f"/claim/{claim}.json").json()["id"] == claim
    note = client.get(f"/claim/{claim}.annotation.json").json()
    position, quote = note["target"]["selector"]
    assert TEXT[position["start"] : position["end"]] == quote["exact"]
    assert json.loads(client.get(f"/document/{peaceful()[0].id}.csl.json").text)[0]["title"] == "A treaty"
    assert client.get("/export/events.exe").status_code == 400


def test_feeds_and_charts_are_well_formed_whatever_the_words(client):
    for path in ("/feed.atom", "/feed.atom?what=statements", "/feed.atom?q=attacked", "/chart/events.svg"):
        answer = client.get(path)
        assert answer.status_code == 200
        ET.fromstring(answer.content)


def test_citations_cannot_be_broken_out_of():
    document, _ = peaceful()
    from dataclasses import replace

    evil = replace(document, title="}\n@evil{x\\", author="A\r\nER  - \r\nTY  - BOOK")
    text = bibtex([evil])
    assert text.count("@misc") == 1 and "\n@evil" not in text and r"\}" in text
    assert ris([evil]).count("\r\nER  - ") == 1


def test_the_published_site_links_only_to_its_own_files(record_path, tmp_path):
    from detente.workbench.publish import publish

    with Record(record_path) as record:
        done = publish(record, tmp_path / "site", most=150)
    pages = list((tmp_path / "site").rglob("*.html"))
    assert done.pages == len(pages) == 150
    for path in pages:
        page = html.fromstring(path.read_text(encoding="utf-8"))
        assert not page.xpath("//form | //script")
        for link in page.xpath("//a/@href | //link/@href | //img/@src"):
            target = link.partition("#")[0].partition("?")[0]
            assert not target or (path.parent / target).resolve().is_file(), (path, link)


def test_publishing_spares_a_folder_of_somebody_else(record_path, tmp_path):
    from detente.errors import UsageError
    from detente.workbench.publish import publish

    (tmp_path / "thesis.txt").write_text("mine")
    with Record(record_path) as record, pytest.raises(UsageError, match="not made by publish"):
        publish(record, tmp_path)


def test_a_ring_over_the_180th_meridian_goes_on():
    ring = unwrapped([(170.0, 60.0), (179.0, 61.0), (-179.0, 62.0), (-170.0, 60.0), (170.0, 60.0)])
    assert [lon for lon, _ in ring] == [170.0, 179.0, 181.0, 190.0, 170.0]


def page_of(url: str) -> html.HtmlElement:
    return html.fromstring(httpx.get(url, timeout=60).content)


def test_the_search_shows_claims_and_documents_that_hold_the_words(server):
    page = page_of(server.url + "search?q=treaty")
    quotes = page.xpath("//li[contains(@class, 'k-event')]//blockquote")
    assert [q.text_content()[:44] for q in quotes] == ["Arlonia and Besmark signed a fishing treaty "]
    assert not page.xpath("//li[contains(@class, 'k-attribution')]")  # nobody is quoted with that word
    assert [title.text_content() for title in page.xpath("//h3")] == ["A treaty"]
    assert page.xpath("//a[contains(@href, '/events?text=treaty')]")


def test_documents_without_titles_are_called_by_their_first_words_and_plans_name_their_participants(tmp_path):
    path = tmp_path / "untitled.detente"
    words = "PORT VELL, March 2 (Dovian News) -\n  Iran <b>received</b> the envoy of Besmark"
    document = Document.from_text(f"{words} {'and so on ' * 30}", source="notes/7.txt", published="2014-03-02")
    iran = ActorRef(text="Iran", span=Span(37, 41), id="IRN", name="Iran", country="IRN")
    with Record(path) as record:
        record.add(document, [Event(document=document.id, span=Span(37, 57), type="CONSULT", quad=1, actors=(iran,))])
    with serving(path) as url:
        for address in ("documents", "search?q=envoy", "actor/IRN"):
            page = page_of(url + address)
            link = next(a for a in page.xpath(f"//main//a[@href='/document/{document.id}']")).text_content()
            assert (
                link.startswith("PORT VELL, March 2 (Dovian News) - Iran <b>received</b> the envoy") and len(link) < 93
            )
        board = page_of(url + "plan/jpoa-2013?as_of=2014-07-20").xpath("//main")[0]
        assert "E3/EU+3" in board.text_content() and "P51" not in board.text_content()
        # Only who is on record has a dossier to go to.
        assert set(board.xpath(".//a[contains(@href, '/actor/')]/@href")) == {"/actor/IRN"}


def test_a_person_who_acts_for_a_state_has_a_dossier_of_their_own(tmp_path):
    path = tmp_path / "person.detente"
    offices = (("2011-05-03", "envoy", None), ("2014-06-07", "foreign minister", "Ministry of Arlonia"))
    with Record(path) as record:
        for day, office, body in offices:
            text = f"On {day} the {office} Mira Tan met the premier of Besmark."
            document = Document.from_text(text, source=f"{office}.txt", published=day, title=f"The {office}")
            tan = ActorRef(
                text="Mira Tan", id="person:mira-tan", name="Mira Tan", person="Mira Tan", country="ARL", office=office, body=body
            )  # fmt: skip
            other = ActorRef(text="Besmark", id="BES", name="Besmark", country="BES")
            span = Span(0, len(text))
            claim = {"document": document.id, "span": span}
            met = Event(**claim, type="CONSULT", quad=1, goldstein=1.0, actors=(tan,), recipients=(other,))
            record.add(document, [met, Attribution(**claim, speakers=(tan,), content=(span,))])
    with serving(path) as url:
        row = page_of(url + "events").xpath("//p[@class='said']")[0]
        assert row.xpath(".//a[contains(@href, '/actor/')]/@href") == [
            "/actor/person%3Amira-tan",
            "/actor/ARL",
            "/actor/BES",
        ]
        assert page_of(url + "search?q=tan").xpath("//main//a[@href='/actor/person%3Amira-tan']")
        page = page_of(url + "actor/person%3Amira-tan")
        assert page.xpath("//h1")[0].text_content().split() == ["Mira", "Tan", "ARL"]
        assert [b.text for b in page.xpath("//ul[@class='figures']//b")] == ["2", "0", "2", "0", "0"]
        held = [" ".join(li.text_content().split()) for li in page.xpath("//section[@aria-labelledby='h-pe']//li")]
        assert held == ["envoy 2011-05-03 · 2", "Ministry of Arlonia, foreign minister 2014-06-07 · 2"]
        assert [d.text for d in page.xpath("//section[@aria-labelledby='h-do']//a")] == [
            "The foreign minister",
            "The envoy",
        ]
        assert len(page.xpath("//section[@aria-labelledby='h-pa']//tbody/tr")) == 1
        assert page_of(url + "actor/ARL").xpath(
            "//section[@aria-labelledby='h-pe']//a[@href='/actor/person%3Amira-tan']"
        )
        assert httpx.get(url + "actor/person:nobody").status_code == 404
