"""Other people's events: brought in whole and once, with their file and line, compared with ours and counted."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from exchange_tales import tale
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from detente import Record
from detente.cli import build_app
from detente.errors import RecordError, UsageError
from detente.exchange.compare import REASONS, compare
from detente.exchange.countries import from_name
from detente.exchange.others import SHAPES, Others, beside, shape_of
from detente.exchange.sides import keyed
from detente.exchange.tables import write_table
from detente.sources import ReadError

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "examples" / "exchange"
FILES = {
    "gdelt": "sample.export.CSV",
    "icews": "icews.tab",
    "polecat": "polecat.txt",
    "acled": "acled.csv",
    "phoenix": "phoenix.txt",
    "petrarch": "petrarch.txt",
}


@pytest.fixture
def others(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Others(tmp_path / "o.others.detente") as others:
        yield others


def days(others: Others, provider: str) -> list[tuple[str, str, str, str]]:
    return [(r["day"], r["source"], r["type"], r["target"]) for r in others.events(provider)]


@pytest.mark.parametrize("format", FILES)
def test_the_samples_come_in_whole(others: Others, format: str) -> None:
    path = SAMPLES / FILES[format]
    ledger = others.bring_in(path, provider=format, format=format)
    assert ledger.refused == 0 and ledger.added == ledger.received > 3
    again = others.bring_in(path, provider=format, format=format)
    assert (again.added, again.had) == (0, ledger.received)
    row = next(others.events(format))
    assert row["place"] == str(path) and row["line"] > 0
    (file,) = others.rows("SELECT * FROM files")
    assert (file["provider"], file["received"], len(file["sha256"])) == (format, ledger.received, 64)


def test_the_samples_agree_with_each_other(others: Others) -> None:
    """One set of events in five shapes is one set of events."""
    told = {}
    for format in ("gdelt", "icews", "phoenix", "petrarch", "polecat"):
        others.bring_in(SAMPLES / FILES[format], provider=format, format=format)
        told[format] = [d for d in days(others, format) if d[2]]
    assert len(told["gdelt"]) == 15 and all(found == told["gdelt"] for found in told.values())
    assert ("2022-07-22", "TUR", "AGREE", "UN") in told["icews"]


def test_acled_by_sub_event_type_and_country(others: Others) -> None:
    others.bring_in(SAMPLES / FILES["acled"], provider="acled", format="acled")
    found = list(others.events("acled"))
    assert [(r["day"], r["source"], r["type"], r["target"]) for r in found] == [
        ("2018-04-07", "SYR", "ASSAULT", "SYR"),
        ("2020-06-16", "IND", "ASSAULT", "CHN"),
        ("2022-07-23", "RUS", "ASSAULT", ""),
        ("2022-12-20", "ARG", "PROTEST", ""),
    ]
    assert [r["source_code"] for r in found] == ["SYRMIL", "INDMIL", "RUSMIL", "ARGPRO"]
    assert "many\nhad trouble" in found[0]["text"] and found[1]["line"] == 2 and found[2]["line"] == 5


def test_acled_with_fewer_columns_and_semicolons(others: Others, tmp_path: Path) -> None:
    """As older files and the API have it."""
    (tmp_path / "a.csv").write_text(
        "data_id;event_date;sub_event_type;actor1;actor2;country;fatalities\n"
        '1;05 May 2015;Armed clash;"Military Forces of Kenya (2013-2022)";Raiders;Kenya;3\n'
        "2;05 May 2015;Dance;Military Forces of Kenya (2013-2022);;Kenya;0\n",
        "utf-8",
    )
    ledger = others.bring_in(tmp_path / "a.csv", provider="acled", format="acled")
    assert (ledger.added, ledger.refused) == (1, 1) and "sub-event type" in next(iter(ledger.reasons))
    (row,) = others.events("acled")
    assert (row["day"], row["source"], row["target"], row["source_code"]) == ("2015-05-05", "KEN", "Raiders", "KENMIL")


def test_polecat_with_other_headings(others: Others, tmp_path: Path) -> None:
    lines = (SAMPLES / FILES["polecat"]).read_text("utf-8").splitlines()
    heading = lines[0].replace("Intensity", "Event Intensity").split("\t")[:-1]
    quoted = ["\t".join(f'"{c}"' for c in line.split("\t")[:-1]) for line in lines[1:3]]
    (tmp_path / "p.tab").write_text("\n".join(["\t".join(f'"{h}"' for h in heading), *quoted]), "utf-8")
    assert others.bring_in(tmp_path / "p.tab", provider="p", format="polecat").added == 2
    assert next(others.events("p"))["goldstein"] == 8.0 and next(others.events("p"))["source_name"] == "Russia"


def test_bad_rows_are_refused_with_the_reason(others: Others, tmp_path: Path) -> None:
    good = (SAMPLES / FILES["gdelt"]).read_text("utf-8").splitlines()
    cells = good[0].split("\t")
    bad_day, bad_code = list(cells), list(cells)
    bad_day[1], bad_code[26] = "20220732", "99"
    path = tmp_path / "mixed.CSV"
    path.write_text(
        "\n".join([good[1], "\t".join(bad_day), "\t".join(bad_code), "too\tfew", "", good[2]]) + "\n", "utf-8"
    )
    ledger = others.bring_in(path, provider="gdelt", format="gdelt")
    assert (ledger.received, ledger.added, ledger.refused) == (5, 2, 3)
    kept = [(r["line"], r["reason"]) for r in others.rows("SELECT * FROM refusals ORDER BY line")]
    assert [line for line, _ in kept] == [2, 3, 4]
    assert "day" in kept[0][1] and "CAMEO" in kept[1][1] and "2 cells instead of 61" in kept[2][1]


def test_gdelt_1_is_read_too(others: Others, tmp_path: Path) -> None:
    """57 columns until March 2013, 58 since: no second-order divisions."""
    for row in (SAMPLES / FILES["gdelt"]).read_text("utf-8").splitlines()[:1]:
        cells = row.split("\t")
        older = [c for n, c in enumerate(cells) if n not in {39, 47, 55}]
    for width in (58, 57):
        path = tmp_path / f"{width}.CSV"
        path.write_text("\t".join(older[:width]) + "\n", "utf-8")
        others.bring_in(path, provider=f"v1-{width}", format="gdelt")
        (row,) = others.events(f"v1-{width}")
        assert (row["source"], row["type"], row["where_country"], row["lat"]) == ("RUS", "AGREE", "TUR", 41.0138)


@pytest.mark.parametrize("wrong", ["icews", "polecat", "acled", "phoenix"])
def test_a_file_of_another_shape_is_refused_whole(others: Others, wrong: str) -> None:
    with pytest.raises(UsageError, match="is no"):
        others.bring_in(SAMPLES / FILES["gdelt"], provider="x", format=wrong)
    assert others.providers() == {}


def test_what_cannot_be_asked_is_said_so(others: Others, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none of gdelt"):
        shape_of("tabari")
    with pytest.raises(UsageError, match="cannot be read"):
        others.bring_in(tmp_path / "nothing.CSV", provider="x", format="gdelt")
    with pytest.raises(UsageError, match="there are none yet"):
        others.need("gdelt")
    (tmp_path / "no.detente").write_bytes(b"not a database at all, and long enough to be looked at")
    with pytest.raises(RecordError):
        Others(tmp_path / "no.detente")
    with pytest.raises(RecordError, match="detente import"):
        Others(tmp_path / "none.detente", create=False)
    assert beside("a/iran.detente") == Path("a/iran.others.detente")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), format=st.sampled_from(list(SHAPES)), header=st.booleans())
def test_hostile_bytes_raise_nothing_else(data: bytes, format: str, header: bool, tmp_path: Path) -> None:
    shape = shape_of(format)
    path = tmp_path / "hostile"
    begin = shape.style.separator.join(shape.layout.names).encode() + b"\n" if header else b""
    path.write_bytes(begin + data + b"\n" + shape.style.separator.join("x" * len(shape.layout.columns)).encode())
    try:
        for row, coded, problem in shape.read(path):
            assert row.line > 0 and (coded is None) == bool(problem)
    except (UsageError, ReadError):
        pass


# --- archives ---------------------------------------------------------------------------------------------


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def test_packed_files_come_in_as_they_are(others: Others, tmp_path: Path) -> None:
    data = (SAMPLES / FILES["gdelt"]).read_bytes()
    (tmp_path / "a.CSV.gz").write_bytes(gzip.compress(data))
    archive(tmp_path / "a.CSV.zip", {"20220722.export.CSV": data, "README.md": b"not a table"})
    for name in ("a.CSV.gz", "a.CSV.zip"):
        assert others.bring_in(tmp_path / name, provider=name, format="gdelt").added == 16
    assert next(others.events("a.CSV.zip"))["place"].endswith("a.CSV.zip#20220722.export.CSV")


@pytest.mark.parametrize(
    "name",
    [
        "../../escaped.csv",
        "/etc/escaped.csv",
        "C:\\escaped.csv",
        "a/../../../escaped.csv",
        "..\\escaped.csv",
        "x\n\t../escaped.csv",
    ],
)
def test_names_in_an_archive_lead_nowhere(others: Others, tmp_path: Path, name: str) -> None:
    """Nothing is unpacked to disk, whatever a member calls itself."""
    inside = tmp_path / "deep" / "er"
    inside.mkdir(parents=True)
    archive(inside / "a.zip", {name: (SAMPLES / FILES["gdelt"]).read_bytes()})
    before = sorted(p for p in tmp_path.rglob("*") if "others" not in p.name)
    here = os.listdir(".")
    assert others.bring_in(inside / "a.zip", provider="g", format="gdelt").added == 16
    assert sorted(p for p in tmp_path.rglob("*") if "others" not in p.name) == before and os.listdir(".") == here
    assert not Path("/etc/escaped.csv").exists()
    place = next(others.events("g"))["place"]
    assert place.startswith(str(inside / "a.zip#")) and "\n" not in place


def test_bombs_never_go_off(others: Others, tmp_path: Path) -> None:
    zeros = b"0" * 64_000_000
    archive(tmp_path / "bomb.zip", {"a.csv": zeros})
    with pytest.raises(ReadError, match="unpacks"):
        others.bring_in(tmp_path / "bomb.zip", provider="g", format="gdelt")
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(zeros))
    with pytest.raises(ReadError, match="unpacks"):
        others.bring_in(tmp_path / "bomb.gz", provider="g", format="gdelt")


def test_a_file_that_is_cut_off_says_so_and_goes_on_later(others: Others, tmp_path: Path) -> None:
    data = (SAMPLES / FILES["gdelt"]).read_bytes()
    lines = data.splitlines(keepends=True)
    many = b"".join(line.replace(b"7700001", b"%07d" % n, 1) for n in range(400) for line in lines)
    whole = gzip.compress(many)
    path = tmp_path / "a.gz"
    path.write_bytes(whole[: len(whole) * 2 // 3])
    cut = others.bring_in(path, provider="g", format="gdelt")
    assert "cut off" in cut.stopped and 0 < cut.added < 6400
    path.write_bytes(whole)
    rest = others.bring_in(path, provider="g", format="gdelt")
    assert rest.added == 6400 - cut.added and others.providers() == {"g": 6400}


# --- beside ours ------------------------------------------------------------------------------------------


def test_our_own_export_agrees_with_us(tmp_path: Path) -> None:
    with tale(tmp_path / "t.detente", texts=3) as record, Others(beside(record.path)) as others:
        for format in ("gdelt", "icews", "phoenix", "petrarch", "polecat"):
            write_table(record.events(), tmp_path / format, format, record=record)
            others.bring_in(tmp_path / format, provider=format, format=format)
            found = compare(record, others, format)
            assert (found.total.theirs, found.total.theirs_in_ours, found.total.ours, found.total.ours_in_theirs) == (
                3,
                3,
                3,
                3,
            )
            assert not found.missed and set(found.by["type"]) == {"AGREE", "THREATEN"}


def test_why_a_row_is_not_in_ours(tmp_path: Path) -> None:
    """One row of a provider for every reason."""
    with tale(tmp_path / "t.detente") as record, Others(beside(record.path)) as others:
        document = record.document("wire-0.txt")
        _put_more_on_record(record, document)
        rows = {
            "": ("20200303", "JPN", "BRA", "057"),
            "no document of these days": ("20200401", "JPN", "BRA", "057"),
            "no type": ("20200303", "JPN", "BRA", "010"),
            "another type": ("20200304", "JPN", "BRA", "112"),
            "another day": ("20200301", "JPN", "BRA", "057"),
            "other way round": ("20200303", "PER", "CHL", "130"),
            "actor not found": ("20200303", "JPN", "FJI", "057"),
            "no event between them": ("20200303", "JPN", "PER", "057"),
            "status": ("20200303", "KEN", "NOR", "042"),
            "rejected": ("20200303", "KEN", "SWE", "120"),
            "superseded": ("20200303", "KEN", "FIN", "120"),
            "other side": ("20200303", "KEN", "JPN", "190"),
        }
        sample = (SAMPLES / FILES["gdelt"]).read_text("utf-8").splitlines()[0].split("\t")
        lines = []
        for day, a, b, code in rows.values():
            cells = list(sample)
            cells[1], cells[5:8], cells[15:18], cells[26], cells[60] = (
                day,
                [a, "", a],
                [b, "", b],
                code,
                "https://x.example/1",
            )
            lines.append("\t".join(cells))
        (tmp_path / "g.CSV").write_text("\n".join(lines), "utf-8")
        others.bring_in(tmp_path / "g.CSV", provider="gdelt", format="gdelt")
        found = compare(record, others, "gdelt")
    assert set(REASONS) == set(rows) - {""}
    assert {m.reason: (m.source, m.target) for m in found.missed} == {
        r: (a, b) for r, (_, a, b, _) in rows.items() if r
    }
    assert {m.line: m.reason for m in found.missed} == {n: r for n, r in enumerate(rows, 1) if r}
    by_reason = {m.reason: m for m in found.missed}
    assert by_reason["status"].detail == "planned" and by_reason["actor not found"].detail == "FJI"
    assert by_reason["another day"].detail == "2020-03-03" and by_reason["another type"].claim
    assert found.by["month"]["2020-03"].theirs == 11 and found.total.theirs_in_ours == 1


def _put_more_on_record(record: Record, document) -> None:  # type: ignore[no-untyped-def]
    """Claims that are planned, rejected, superseded, and with one side only."""
    import dataclasses

    from exchange_tales import actor, warning

    from detente import Document

    other = Document.from_text(document.text + " More.", source="more.txt", published="2020-03-03")

    def event(type: str, cameo: str, whom: str | None, **more: object):  # type: ignore[no-untyped-def]
        recipients = (actor(whom, whom),) if whom else ()
        return dataclasses.replace(
            warning(other), type=type, cameo=cameo, actors=(actor("Kenya", "KEN"),), recipients=recipients,
            **{"status": "done", **more},
        )  # fmt: skip

    rejected, old = event("REJECT", "120", "SWE"), event("REJECT", "120", "FIN")
    record.add(other, [rejected, old], reader="old")
    record.reject(rejected.id, by="Ana", reason="no such words")
    record.add(other, [event("CONSULT", "042", "NOR", status="planned"), event("ASSAULT", "190", None)], reader="new")


@pytest.mark.parametrize(
    ("name", "code", "key"),
    [("Russian Federation", "", "RUS"), ("RUSSIA", "RUSGOV", "RUS"), ("UNITED NATIONS", "IGOUNO", "UN"), ("", "UNO", "UN"),
     ("ROMANIA", "ROM", "ROU"), ("IAEA", "IGOUNOIAE", "IAEA"), ("Military", "MIL", "Military"), ("", "", ""),
     ("European Union", "IGOEUREEC", "EU")],
)  # fmt: skip
def test_sides_get_the_keys_of_ours(name: str, code: str, key: str) -> None:
    from detente.exchange.coded import Side

    assert keyed(Side(name=name, code=code)).key == key


# --- the commands -----------------------------------------------------------------------------------------


def test_import_compare_and_aggregate_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process; that they run as programs do, tests/cli shows for all commands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    tale(tmp_path / "record.detente", texts=2).close()

    def detente(*words: str) -> str:
        run = CliRunner().invoke(build_app(), list(words), catch_exceptions=False)
        assert run.exit_code == 0, run.output
        return run.stdout

    assert json.loads(detente("import", "gdelt", str(SAMPLES / FILES["gdelt"]), "--json"))["events"] == 16
    shown = detente("compare", "gdelt", "--rows", "3")
    assert "no document of these days" in shown and "sample.export.CSV:" in shown
    assert json.loads(detente("compare", "gdelt", "--json"))["total"]["theirs"] == 16
    told = json.loads(
        detente("aggregate", "--by", "dyad month", "--scale", "goldstein", "--out", "panel.parquet", "--json")
    )
    assert told["rows"] == 3 and told["scale"] == "goldstein"
    assert detente("aggregate", "--by", "type").startswith("type,n,coverage,rate")
    for words in (["compare", "icews"], ["aggregate", "--by", "colour"], ["import", "tabari", "x"]):
        with pytest.raises(UsageError):
            detente(*words)


def test_a_table_packed_in_memory_is_not_larger_than_it_says(tmp_path: Path) -> None:
    """A zip whose directory lies about the size of a member is stopped by the size that it gives."""
    data = (SAMPLES / FILES["gdelt"]).read_bytes() * 40
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.csv", data)
    lying = bytearray(buffer.getvalue())
    at = lying.rindex(b"PK\x01\x02")
    lying[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(bytes(lying))
    with Others(tmp_path / "o.detente") as others, pytest.raises(ReadError, match="corrupt"):
        others.bring_in(tmp_path / "a.zip", provider="g", format="gdelt")


@pytest.mark.parametrize(("name", "country"), [("UAE", "ARE"), ("United Kingdom", "GBR"), ("Y", ""), ("AC", "")])
def test_a_country_by_its_name(name: str, country: str) -> None:
    """The library of names takes a single letter for a country, and fails on codes that have no alpha-3."""
    assert from_name(name) == country
