"""Every view as rows and as a picture, and what the documentation takes from the same data."""

from __future__ import annotations

import csv
import importlib.util
import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import httpx
import pytest
from workbench_tales import TEXT, peaceful

from detente import Record
from detente.workbench.pages.picturing import CHARTS, OVER_TIME
from detente.workbench.pages.views import VIEWS

ROOT = Path(__file__).parents[2]
ASKED = {"plan": "name=jpoa-2013&as_of=2014-07-20", "search": "q=treaty", "timeline": "by=month"}


@pytest.fixture
def client(server):
    with httpx.Client(base_url=server.url, timeout=60) as client:
        yield client


@pytest.mark.parametrize("what", VIEWS)
def test_every_view_is_given_as_csv_json_and_parquet_with_the_same_rows(client, what):
    from pyarrow import parquet

    asked = f"?{ASKED.get(what, '')}"
    rows = client.get(f"/export/{what}.json{asked}").json()
    assert rows, what
    lines = list(csv.DictReader(io.StringIO(client.get(f"/export/{what}.csv{asked}").text)))
    table = parquet.read_table(io.BytesIO(client.get(f"/export/{what}.parquet{asked}").content))
    assert len(rows) == len(lines) == table.num_rows
    assert list(lines[0]) == table.column_names == list(rows[0])


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_given_as_svg_png_and_pdf(client, name):
    svg = client.get(f"/chart/{name}.svg")
    root = ET.fromstring(svg.content)
    assert root.get("width") and "var(" not in svg.text and "light-dark" not in svg.text and "<a" not in svg.text
    assert re.search(r"fill:\s*#[0-9a-f]{3,6}", svg.text)
    assert client.get(f"/chart/{name}.png").content[:8] == b"\x89PNG\r\n\x1a\n"
    assert client.get(f"/chart/{name}.pdf").content[:5] == b"%PDF-"
    assert "unsafe" not in client.get(f"/{name if name != 'network' else 'dyads'}").headers["content-security-policy"]


def test_plans_are_given_as_pictures_too(client):
    for ending, head in (("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")):
        assert client.get(f"/plan/jpoa-2013/graph.{ending}?as_of=2014-07-20").content.lstrip()[:4] == head
    assert client.get("/plan/jpoa-2013/graph.gif").status_code == 400


@pytest.mark.parametrize("name", OVER_TIME)
def test_charts_over_time_are_vega_lite_that_can_be_drawn(client, name):
    import vl_convert

    spec = client.get(f"/chart/{name}.vl.json").json()
    assert spec["data"]["values"][0]["period"] == "2020-03" or spec["data"]["values"][0]["period"].startswith("2020-03")
    drawn = vl_convert.vegalite_to_svg(spec)
    assert (drawn.startswith("<svg") and "mean Goldstein" in drawn) or "Goldstein" in drawn


def test_hostile_words_do_not_break_out_of_pictures(client):
    for name in CHARTS:
        ET.fromstring(client.get(f"/chart/{name}.svg?type=%3Cscript%3E&q=%22%3E%3Csvg+onload=alert(1)%3E").content)


def test_what_is_no_view_or_no_picture_is_said_so(client):
    for path in (
        "/export/nothing.csv",
        "/export/dyads.bib",
        "/chart/dyads.vl.json",
        "/chart/nothing.png",
        "/chart/map.gif",
    ):
        answer = client.get(path)
        assert answer.status_code == 400 and "there are" in answer.text, path


def test_a_claim_is_a_row_a_citation_and_an_annotation(client, record_path):
    with Record(record_path) as record:
        claims = record.claims_in(peaceful()[0].id)
    for claim in claims:
        if claim.kind != "place":
            (row,) = csv.DictReader(io.StringIO(client.get(f"/claim/{claim.id}.csv").text))
            assert row["id"] == claim.id
        note = client.get(f"/claim/{claim.id}.annotation.json").json()
        position, quote = note["target"]["selector"]
        assert note["@context"] == "http://www.w3.org/ns/anno.jsonld" and note["type"] == "Annotation"
        assert TEXT[position["start"] : position["end"]] == quote["exact"] == claim.text
    page = client.get(f"/document/{peaceful()[0].id}.annotations.json").json()
    assert page["type"] == "AnnotationPage" and len(page["items"]) == len(claims)
    assert len(client.get("/export/events.jsonld").json()["items"]) > 0


def test_the_timeline_counts_what_the_lists_hold(client):
    rows = client.get("/export/timeline.json?by=day").json()
    events = client.get("/export/events.json").json()
    statements = client.get("/export/statements.json").json()
    assert sum(r["events"] for r in rows) == sum(bool(e["day"]) for e in events)
    assert sum(r["statements"] for r in rows) == sum(bool(s["day"]) for s in statements)
    issue = client.get("/export/timeline.json?issue=quota&by=year").json()
    assert [(r["period"], r["stances_favour"], r["stances_oppose"]) for r in issue] == [("2020", 1, 1)]
    dyad = client.get("/export/timeline.json?a=ARL&b=BES&by=month").json()
    assert [(r["period"], r["events"], r["verbal_cooperation"], r["goldstein_mean"]) for r in dyad] == [
        ("2020-03", 1, 1, 8.0)
    ]
    assert client.get("/timeline?a=ARL").status_code == 400
    assert client.get("/timeline?since=2021&until=2020").status_code == 400


@pytest.mark.parametrize("width", ["day", "month", "year", "decade"])
def test_each_column_of_the_timeline_leads_to_its_period(client, width):
    page = client.get(f"/timeline?by={width}").text
    links = set(re.findall(r'<a href="(/timeline\?[^"]+)" data-first', page))
    assert links
    for link in links:
        answer = client.get(link.replace("&amp;", "&"))
        assert answer.status_code == 200 and "<svg" in answer.text


# --- figures ----------------------------------------------------------------------------------------------


def test_the_page_and_the_documentation_show_the_same_figures(client):
    spec = importlib.util.spec_from_file_location("make_figures", ROOT / "docs" / "make_figures.py")
    assert spec and spec.loader
    figures = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["make_figures"] = figures
    spec.loader.exec_module(figures)
    page = client.get("/method").text
    for table in figures.ALL:
        rows = figures.rows_of_data(table)
        assert rows == figures.rows_of_page(table), f"run: python docs/make_figures.py ({table.page.name})"
    for cell in ("0.9 – 1.0", "polnear_dev", "not reached"):
        assert cell in page
