"""Cells are changed in place: nothing else of a file, and of several files all or none."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.errors import ReportError
from hscb_report.store import changing
from hscb_report.store.changing import replace_files, with_cells, with_columns
from tests.strategies import hostile

COLUMNS = ("a", "b", "c")
cells = st.text('ab ,"\n;é=', max_size=6) | hostile
tables = st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=5)
forms = st.fixed_dictionaries(
    {
        "lineterminator": st.sampled_from(("\n", "\r\n")),
        "quoting": st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    }
)
marks = st.sampled_from(("", "\ufeff"))


def written(rows, mark="", **form):
    text = io.StringIO(newline="")
    csv.writer(text, **{"lineterminator": "\n", **form}).writerows([COLUMNS, *rows])
    return (mark + text.getvalue()).encode()


def records(raw):
    text = raw.decode("utf-8").removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline="")))


@given(tables, forms, marks, st.data())
def test_only_the_row_that_is_changed_is_another(rows, form, mark, data):
    number = data.draw(st.integers(2, len(rows) + 1))
    new = data.draw(cells)
    raw = written(rows, mark, **form)
    changed = with_cells(raw, number, {"b": new})
    expected = records(raw)
    expected[number - 1][1] = new
    assert records(changed) == expected
    head = written(rows[: number - 2], mark, **form)
    tail = raw[len(written(rows[: number - 1], mark, **form)) :]
    assert changed.startswith(head)
    assert changed.endswith(tail)


@given(tables, forms, marks)
def test_columns_are_added_at_the_end_of_every_row_once(rows, form, mark):
    raw = written(rows, mark, **form)
    more = with_columns(raw, ["b", "d", "e"])
    assert records(more) == [
        [*COLUMNS, "d", "e"],
        *([*row, "", ""] if any(row) else row for row in rows),
    ]
    assert with_columns(more, ["d"]) == more
    assert with_columns(raw, ["a"]) == raw


def test_a_row_that_ends_early_is_filled_up():
    raw = b"a,b,c\n1\n"
    assert with_cells(raw, 2, {"c": "3"}) == b"a,b,c\n1,,3\n"
    assert with_columns(raw, ["d"]) == b"a,b,c,d\n1,,,\n"


def test_a_column_that_is_not_there_is_refused():
    with pytest.raises(KeyError):
        with_cells(b"a,b\n1,2\n", 2, {"c": "3"})


# Several files ---------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_bytes(b"a,b\n1,2\n")
    return first, second


def test_files_are_replaced_and_made(files):
    first, second = files
    replace_files(first.parent, {first: (b"a,b\n1,2\n", b"a,b\n1,3\n"), second: (None, b"a,b\n")})
    assert (first.read_bytes(), second.read_bytes()) == (b"a,b\n1,3\n", b"a,b\n")


@pytest.mark.parametrize("before", [(b"a,b\n1,1\n", None), (b"a,b\n1,2\n", b"x")])
def test_a_file_that_was_changed_meanwhile_stops_all(files, before):
    first, second = files
    with pytest.raises(ReportError, match="has been changed meanwhile"):
        replace_files(first.parent, {first: (before[0], b"1"), second: (before[1], b"2")})
    assert first.read_bytes() == b"a,b\n1,2\n"
    assert not second.exists()


@pytest.mark.parametrize("fails_at", [1, 2])
def test_if_one_cannot_be_written_none_is(files, fails_at, monkeypatch):
    first, second = files
    real, calls = changing.replace_file, []

    def failing(path, content):
        calls.append(path)
        if len(calls) == fails_at:
            raise OSError("the disk is full")
        real(path, content)

    monkeypatch.setattr(changing, "replace_file", failing)
    with pytest.raises(OSError, match="full"):
        replace_files(first.parent, {second: (None, b"2"), first: (b"a,b\n1,2\n", b"1")})
    assert first.read_bytes() == b"a,b\n1,2\n"
    assert not second.exists()
