"""A figure that is other than its records give stops a report; both numbers are told, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from hscb_report.errors import DataError
from hscb_report.report import check_year, open_report, status_and_errors
from hscb_report.report.reconciling import (
    findings_of_records,
    refuse_contradicted,
    without_numbers,
)
from hscb_report.store.records import records_folder
from hscb_report.telling import as_json
from hscb_report.years import ReportingYear
from tests.made_up_records import CHILDREN, with_records, write_table
from tests.small_board import LAST, copied_board, records, write_records


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return with_records(copied_board(tmp_path / "board"))


def set_cell(board: Path, table: str, row: int, column: str, cell: str) -> None:
    rows = records(table, board=board)
    rows[row - 1][rows[0].index(column)] = cell
    write_records(board / LAST / f"{table}.csv", rows)


def test_where_there_are_no_records_nothing_is_found_and_no_rule_is_listed(tmp_path):
    bare = copied_board(tmp_path / "bare")
    assert findings_of_records(None, bare) == ()
    assert "B1" not in as_json(check_year(None, bare).as_json())


def test_records_that_agree_leave_the_checks_as_they_are(board, tmp_path):
    bare = copied_board(tmp_path / "bare")
    assert findings_of_records(LAST, board) == ()
    assert as_json(check_year(None, board).as_json()) == as_json(check_year(None, bare).as_json())
    assert open_report(None, "board", board).checks == open_report(None, "board", bare).checks


def test_a_cell_that_differs_is_an_error_with_both_numbers_and_what_to_do(board):
    set_cell(board, "child_deaths", 3, "children", "4")
    (found,) = findings_of_records(None, board)
    assert (found.rule, found.severity) == ("B1", "error")
    assert (found.file, found.row, found.column) == (f"{LAST}/child_deaths.csv", 3, "children")
    assert (found.found, found.message) == ("4", "the records give 2 for reviews, total, all.")
    assert f"`hscb-report records {LAST} --data {board} --write`" in found.hint
    assert f"private/records/{LAST}/child_death_records.csv" in found.hint
    checks = check_year(None, board)
    assert found in checks.findings
    outcomes = {result.rule.code: result.outcome for result in checks.results}
    assert outcomes["B1"] == "failed"
    with pytest.raises(DataError) as refused:
        refuse_contradicted(None, board)
    assert refused.value.findings == (found,)


def test_whoever_opens_a_report_is_told_no_number_of_a_record(board):
    """A notebook that shows the error may be stored."""
    set_cell(board, "child_deaths", 3, "children", "47")
    write_table(board, "child_death_records", CHILDREN[1:])
    with pytest.raises(DataError) as refused:
        open_report(None, "board", board)
    told = [f for f in refused.value.findings if f.rule == "B1"]
    assert told
    assert {(f.found, f.message) for f in told} == {(None, "the records give another number.")}
    other = check_year(None, board).findings
    assert without_numbers(other) != other
    assert [f for f in other if f.rule != "B1"] == [
        f for f in without_numbers(other) if f.rule != "B1"
    ]


def test_status_counts_it_among_the_errors(board):
    before = len(status_and_errors(None, board)[1])
    set_cell(board, "training_deliveries", 3, "attended", "75")
    assert len(status_and_errors(None, board)[1]) == before + 1


def test_records_that_cannot_be_read_are_told_and_nothing_is_compared(board):
    write_table(board, "child_death_records", [{**CHILDREN[0], "died": ""}])
    set_cell(board, "training_deliveries", 3, "attended", "75")
    (found,) = findings_of_records(None, board)
    assert (found.rule, found.row, found.column) == ("L4", 2, "died")
    checks = check_year(None, board)
    codes = [result.rule.code for result in checks.results]
    assert len(codes) == len(set(codes))
    assert {r.rule.code: r.outcome for r in checks.results}["L4"] == "failed"


def test_a_damaged_summary_table_is_told_as_such_and_not_compared(board):
    set_cell(board, "child_deaths", 3, "children", "some")
    assert findings_of_records(None, board) == ()
    assert "L4" in {f.rule for f in check_year(None, board).findings if f.severity == "error"}


def test_an_empty_cell_and_a_lacking_row_are_no_contradiction(board):
    rows = records("child_deaths", board=board)
    write_records(board / LAST / "child_deaths.csv", rows[:2])
    (board / LAST / "training_deliveries.csv").unlink()
    assert findings_of_records(None, board) == ()


def test_the_folder_of_another_year_is_not_read(board):
    folder = records_folder(ReportingYear.parse(LAST), board)
    folder.rename(folder.with_name("2015-16"))
    set_cell(board, "child_deaths", 3, "children", "4")
    assert findings_of_records(None, board) == ()
