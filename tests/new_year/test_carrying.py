"""What becomes of a table when the next year begins."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hscb_report.new_year.carrying import begun
from hscb_report.new_year.contents import Normals
from hscb_report.report import table_schemas
from hscb_report.results.chapter import Taken
from hscb_report.schema import Row, TableSchema
from hscb_report.schema.board import Group, Membership
from hscb_report.schema.finance import Contribution, FundBalance
from hscb_report.schema.learning import Audit, TrainingDelivery
from hscb_report.schema.line import Line
from hscb_report.schema.measurements import Measurement
from hscb_report.schema.slips import NUMBERS

OF_A_YEAR = [schema for schema in table_schemas() if schema.info.folder == "year"]


def begins(row: type[Row], *cells: dict[str, str], taken: list[Taken] | None = None):
    lines = [Line(n, c) for n, c in enumerate(cells, 2)]
    return [(dict(b.line.cells), b.to_fill) for b in begun(TableSchema(row), lines, taken)]


def test_numbers_are_empty_and_what_was_agreed_for_the_year_is_its_budget() -> None:
    council = {"agency": "council", "organisation": "Council", "amount": "100", "budget": "90"}
    assert begins(Contribution, council | {"next_year": "110"}) == [
        ({"agency": "council", "organisation": "Council", "budget": "110"}, True)
    ]
    assert begins(Contribution, council) == [
        ({"agency": "council", "organisation": "Council"}, True)
    ]


def test_members_are_kept_with_their_number_and_note_and_without_where_it_stood() -> None:
    member = {"agency": "a", "role": "Chair", "people": "1", "organisation": "A", "note": "new"}
    kept = member | {"source": "report", "locator": "L1", "basis": "verbatim"}
    assert begins(Membership, kept) == [(member, False)]


def test_times_move_on_by_a_year() -> None:
    cells = {"offer": "x", "first_month": "2024-M04", "last_month": "2025-M03", "attended": "9"}
    found = begins(TrainingDelivery, cells | {"counted_as": "attendees", "in_total": "yes"})
    assert found[0][0] == {
        "offer": "x",
        "first_month": "2025-M04",
        "last_month": "2026-M03",
        "counted_as": "attendees",
        "in_total": "yes",
    }


def test_what_is_known_of_the_new_time_already_is_not_asked_again() -> None:
    rows = [{"measure": "m", "area": "A", "period": p, "value": "1"} for p in ("2022", "2023")]
    assert begins(Measurement, *rows) == [({"measure": "m", "area": "A", "period": "2024"}, True)]


def test_a_table_of_the_year_alone_begins_without_rows() -> None:
    assert begins(Audit, {"audit": "a", "programme": "p", "first_audit": "2024-M05"}) == []


def test_a_chapter_chooses_rows_and_says_what_they_hold() -> None:
    rows = [
        {"balance": "brought_forward", "amount": "1"},
        {"balance": "carried_forward", "amount": "2"},
    ]
    taken = [Taken(3, {"balance": "brought_forward", "amount": "2"}), Taken(3), Taken(99)]
    assert begins(FundBalance, *rows, taken=taken) == [
        ({"balance": "brought_forward", "amount": "2"}, False),
        ({"balance": "carried_forward"}, True),
    ]


def test_a_chapter_that_chooses_nothing_begins_a_table_without_rows() -> None:
    assert begins(Group, {"group": "a", "name": "A"}, taken=[]) == []


@pytest.mark.parametrize("schema", OF_A_YEAR, ids=lambda schema: schema.name)
@settings(max_examples=15)
@given(data=st.data())
def test_no_number_of_a_year_gets_into_the_next_but_where_its_column_says_so(
    schema: TableSchema, data: st.DataObject
) -> None:
    cells = {c.name: f"{n}7{n}" for n, c in enumerate(schema.columns)}
    filled = data.draw(st.sets(st.sampled_from(sorted(cells)), min_size=1))
    line = Line(2, {name: cells[name] for name in cells if name in filled})
    columns = {column.name: column for column in schema.columns}
    for row in begun(schema, [line]):
        assert not set(row.line.cells) & (schema.about_rows - {"note"})
        for name, cell in row.line.cells.items():
            if columns.get(name) and columns[name].kind.name in NUMBERS:
                source = columns[name].carried.begins_as
                is_kept = columns[name].carried.as_ == "kept"
                assert is_kept or (source and cell == line.get(source)), name
        if not row.to_fill:
            kept = {k: v for k, v in line.cells.items() if columns[k].carried.as_ != "empty"}
            assert Normals(schema).of(row.line) <= Normals(schema).of(Line(2, kept)) or any(
                c.carried.begins_as or c.carried.as_ == "later" for c in schema.columns
            )
