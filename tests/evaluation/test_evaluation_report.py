"""Reports: counting, intervals, tables, files."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.evaluation.report import (
    Measure,
    Report,
    class_table,
    confusion_table,
    f1_of,
    measure_of,
    prf,
    print_report,
    read_jsonl,
    share_of,
    write_jsonl,
)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_f1_lies_between_precision_and_recall(tp, fp, fn):
    precision, recall, f1 = prf(tp, fp, fn)
    assert min(precision, recall) - 1e-12 <= f1 <= max(precision, recall) + 1e-12


def test_the_interval_holds_the_value_and_is_the_same_each_time():
    rows = [(1, 2), (2, 2), (0, 2), (2, 3), (1, 1), (0, 1)]
    measure = measure_of("share", rows, share_of)
    assert measure == measure_of("share", rows, share_of)
    assert measure.low < measure.value < measure.high
    assert measure.value == pytest.approx(6 / 11)


def test_one_document_has_no_interval_and_none_no_value():
    assert measure_of("f", [(1, 0, 0)], f1_of) == Measure("f", 1.0, None, None, 1)
    assert measure_of("f", [], f1_of).value is None


def test_more_documents_make_the_interval_narrower():
    few, many = measure_of("s", [(1, 2), (0, 1)] * 5, share_of), measure_of("s", [(1, 2), (0, 1)] * 200, share_of)
    assert many.high - many.low < few.high - few.low


def test_tables_count_classes_and_confusions():
    assert class_table({"A": (3, 1, 0), "B": (1, 0, 9)}).rows[0][:3] == ("B", 10, 1)
    table = confusion_table([("A", "A"), ("A", "B"), ("A", "B")])
    assert table.columns == ("gold", "A", "B")
    assert table.rows == (("A", 1, 2),)


def test_a_report_is_plain_and_prints_both_ways(capsys):
    report = Report("dates", "gold.jsonl", 2, (Measure("F1", 1 / 3, 0.2, 0.5, 7),), (confusion_table([("a", "b")]),))
    plain = report.to_dict()
    assert plain["measures"][0] == {"name": "F1", "value": 0.3333, "low": 0.2, "high": 0.5, "n": 7}
    print_report(plain, as_json=True)
    assert json.loads(capsys.readouterr().out) == plain
    print_report(plain)
    assert "0.333" in capsys.readouterr().out
    assert report.value("F1") == pytest.approx(1 / 3)
    with pytest.raises(KeyError):
        report.value("F2")


def test_gold_files_are_read_with_errors_that_name_the_line(tmp_path):
    path = tmp_path / "gold.jsonl"
    write_jsonl(path, [{"id": "1", "text": "é"}])
    assert read_jsonl(path) == [{"id": "1", "text": "é"}]
    path.write_text('{"id": "1"}\n\n{broken\n')
    with pytest.raises(UsageError, match="line 3"):
        read_jsonl(path)
    path.write_text('{"text": "1"}\n')
    with pytest.raises(UsageError, match='"id"'):
        read_jsonl(path)
    with pytest.raises(UsageError, match="no such file"):
        read_jsonl(tmp_path / "none.jsonl")
