"""A published data set describes itself rightly: sizes, hashes, columns, types, and nothing that may not be passed on."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from exchange_tales import TEXT, tale

from detente.errors import UsageError
from detente.exchange.datasets import CONTEXT, WORDS, About, write_dataset
from detente.exchange.layouts import layout
from detente.record.table import entry_columns

ROOT = Path(__file__).parents[2]
ABOUT = About(title="Two Treaties, 2020", description="A test.", licence="CC-BY-4.0", creator="A. Kovac")
PARSERS = {"string": str, "integer": int, "number": float, "date": str}
KINDS = {"str": str, "int": int, "float": float, "date": str, "list": list}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("set")
    with tale(place / "t.detente", texts=2) as record:
        write_dataset(record, place / "out", ABOUT, formats=("parquet", "csv", "jsonl"))
        write_dataset(record, place / "mute", ABOUT, texts=False)
    return place


def test_the_package_says_what_the_files_are(folder: Path) -> None:
    package = json.loads((folder / "out" / "datapackage.json").read_text("utf-8"))
    assert package["name"] == "two-treaties-2020" and package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["detente"]["documents"] == 2 and len(package["detente"]["contents_hash"]) == 64
    assert len(package["resources"]) == 18
    for resource in package["resources"]:
        data = (folder / "out" / resource["path"]).read_bytes()
        assert resource.get("bytes", len(data)) == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        names = [f["name"] for f in resource["schema"]["fields"]]
        assert all(f["description"] for f in resource["schema"]["fields"])
        if resource["format"] == "csv":
            rows = list(csv.DictReader(data.decode().splitlines(keepends=True)))
            assert list(rows[0] if rows else names) == names and len(rows) == resource["rows"]
            for row, field in ((r, f) for r in rows for f in resource["schema"]["fields"]):
                if row[field["name"]]:
                    PARSERS[field["type"]](row[field["name"]])
        elif resource["format"] == "jsonl":
            assert all(list(json.loads(line)) == names for line in data.splitlines())
        else:
            from pyarrow import parquet

            table = parquet.read_table(folder / "out" / resource["path"])
            assert table.column_names == names and table.num_rows == resource["rows"]


def test_croissant_names_every_column_of_every_file(folder: Path) -> None:
    whole = json.loads((folder / "out" / "croissant.json").read_text("utf-8"))
    assert whole["conformsTo"] == "http://mlcommons.org/croissant/1.0" and whole["@context"] == CONTEXT
    files = {f["@id"]: f for f in whole["distribution"]}
    for name, file in files.items():
        assert file["sha256"] == hashlib.sha256((folder / "out" / name).read_bytes()).hexdigest()
    assert len(whole["recordSet"]) == 6
    for records in whole["recordSet"]:
        assert [f["name"] for f in records["field"]] == list(layout(records["name"]).names)
        assert {f["source"]["fileObject"]["@id"] for f in records["field"]} == {f"{records['name']}.parquet"}
        assert all(f["source"]["extract"]["column"] == f["name"] for f in records["field"])


def test_without_texts_no_words_go_along(folder: Path) -> None:
    words = [w for w in TEXT.split() if len(w) > 5]
    for path in (folder / "mute").glob("*.csv"):
        text = path.read_text("utf-8")
        assert not any(f" {w} " in text for w in words), path
        assert not WORDS & set(text.splitlines()[0].split(","))
    package = json.loads((folder / "mute" / "datapackage.json").read_text("utf-8"))
    events = next(r for r in package["resources"] if r["path"] == "events.csv")
    assert {"start", "end", "document"} <= {f["name"] for f in events["schema"]["fields"]}
    assert not WORDS & {f["name"] for f in events["schema"]["fields"]}


def test_the_dictionary_has_every_column_of_the_record() -> None:
    """The tables of columns are those that the record gives, in its order, with its types."""
    kinds = {
        "events": "event",
        "statements": "attribution",
        "stances": "stance",
        "agreements": "agreement",
        "plans": "plan",
    }
    for what, kind in kinds.items():
        ours = entry_columns(kind)
        assert list(layout(what).names) == list(ours), what
        assert {c.name: KINDS[c.type] for c in layout(what).columns} == ours, what


def test_lists_of_documents_sources_and_actors_too(tmp_path: Path) -> None:
    with tale(tmp_path / "t.detente") as record:
        for what in ("documents", "sources", "actors"):
            ours = getattr(record, what)().columns
            assert {c.name: KINDS[c.type] for c in layout(what).columns} == ours, what


def test_the_page_of_the_dictionary_is_up_to_date() -> None:
    run = subprocess.run(
        [sys.executable, ROOT / "docs" / "make_data_dictionary.py", "--check"], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr


def test_what_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with tale(tmp_path / "t.detente") as record:
        with pytest.raises(UsageError, match="none of"):
            write_dataset(record, tmp_path / "x", ABOUT, what=["moods"])
        with pytest.raises(UsageError, match="none of"):
            write_dataset(record, tmp_path / "x", ABOUT, formats=["xlsx"])
        (tmp_path / "file").write_text("x")
        with pytest.raises(UsageError, match="cannot be made"):
            write_dataset(record, tmp_path / "file", ABOUT)


def test_python_reads_the_parquet(folder: Path) -> None:
    """What docs/how-to/use-in-r-and-python.md shows."""
    import pandas
    import polars

    frame = pandas.read_parquet(folder / "out" / "events.parquet")
    assert list(frame["actors"].iloc[0]) == ["JPN", "BRA"]
    assert frame.explode("actors")["actors"].value_counts()["JPN"] == 1
    lazy = polars.scan_parquet(folder / "out" / "events.parquet").filter(polars.col("recipients").list.contains("PER"))
    assert lazy.collect()["type"].to_list() == ["THREATEN"]
