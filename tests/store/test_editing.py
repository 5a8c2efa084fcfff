"""Cells are changed in place: whatever is not named stays as it is, byte for byte."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.schema import TableSchema
from hscb_report.schema.finance import Contribution
from hscb_report.store.csv_text import csv_text, read_records
from hscb_report.store.editing import edited

TABLE = TableSchema(Contribution)
NAMES = [column.name for column in TABLE.columns]
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=8).map(str.strip)


def rows_of(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_a_row_that_is_not_changed_keeps_its_quotation_marks_and_spaces() -> None:
    raw = b'\xef\xbb\xbfagency,amount,note\r\n"police", 12 ,"a ""b"""\r\ncouncil,3,"two\nlines"\r\n'
    made = edited(TABLE, raw, {3: {"amount": "4"}})
    assert made == raw.replace(b"council,3", b"council,4")


def test_a_column_that_is_needed_is_put_in_its_place_and_left_empty_elsewhere() -> None:
    raw = b"agency,note\npolice,a\ncouncil,b\n"
    made = edited(TABLE, raw, {2: {"basis": "verbatim"}})
    assert made == b"agency,basis,note\npolice,verbatim,a\ncouncil,,b\n"


def test_a_column_that_nothing_is_said_of_is_not_added() -> None:
    raw = b"agency,note\npolice,a\n"
    assert edited(TABLE, raw, {2: {"basis": "", "note": "b"}}) == b"agency,note\npolice,b\n"


def test_a_file_that_is_not_there_is_made_with_its_rows() -> None:
    made = edited(TABLE, None, {}, [{NAMES[0]: "police"}])
    assert made.decode().splitlines() == [",".join(NAMES), "police" + "," * (len(NAMES) - 1)]


def test_many_rows_are_added_at_once() -> None:
    """The file is read once: 5,000 rows took half a minute when it was read for each."""
    rows = [{"agency": f"a{number}"} for number in range(20_000)]
    made = edited(TABLE, b"agency,note\r\npolice,a\r\n,\r\n", {}, rows)
    assert made.count(b"\r\n") == 20_002
    assert made.startswith(b"agency,note\r\npolice,a\r\na0,\r\n")
    assert made.endswith(b"a19999,\r\n")


@given(
    st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5),
    st.data(),
)
def test_the_cells_that_are_named_change_and_no_other(
    cells: list[tuple[str, str]], data: st.DataObject
) -> None:
    body = [("x", *row) for row in cells]
    raw = csv_text(["agency", "note", "basis"], body).encode()
    number = data.draw(st.integers(2, len(body) + 1))
    new = data.draw(TEXT)
    made = rows_of(edited(TABLE, raw, {number: {"note": new}}, [{"agency": "added", "note": new}]))
    wanted = [{"agency": "x", "note": note, "basis": basis} for _, note, basis in body]
    wanted[number - 2]["note"] = new
    assert made == [*wanted, {"agency": "added", "note": new, "basis": ""}]
    assert read_records(raw)
