"""Records are read with all that is wrong in them, and nothing of a child is repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from hscb_report.schema.cases import ChildDeath
from hscb_report.schema.records import ChildDeathRecord, TrainingBooking
from hscb_report.store.records import has_records, read_year_records, records_folder
from hscb_report.years import ReportingYear
from tests.made_up_records import CHILDREN, SESSIONS, with_records, write_table
from tests.small_board import LAST, copied_board

YEAR = ReportingYear.parse(LAST)


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return with_records(copied_board(tmp_path / "board"))


def told(board):
    found = read_year_records(YEAR, board).findings
    return [(f.rule, f.file.rpartition("/")[2], f.row, f.column) for f in found]


def test_sound_records_are_read_beside_the_tables_that_they_are_behind(board):
    read = read_year_records(YEAR, board)
    assert read.findings == ()
    assert len(read.records.tables[ChildDeathRecord]) == len(CHILDREN)
    assert len(read.records.tables[TrainingBooking]) == 86
    assert len(read.records.there[ChildDeath]) == 3
    assert read.summaries["child_deaths"].path == f"{LAST}/child_deaths.csv"


def test_a_year_has_records_where_anything_lies_in_their_folder(board, tmp_path):
    assert has_records(YEAR, board)
    bare = copied_board(tmp_path / "bare")
    assert not has_records(YEAR, bare)
    records_folder(YEAR, bare).mkdir(parents=True)
    assert not has_records(YEAR, bare)
    (records_folder(YEAR, bare) / ".DS_Store").touch()
    assert not has_records(YEAR, bare)
    (records_folder(YEAR, bare) / "meeting.csv").touch()
    assert has_records(YEAR, bare)


def test_a_file_that_is_no_table_of_records_is_told_with_the_nearest(board):
    (records_folder(YEAR, board) / "training_booking.csv").write_text("a,b\n", "utf-8")
    (found,) = read_year_records(YEAR, board).findings
    assert found.file == f"private/records/{LAST}/training_booking.csv"
    assert found.hint == 'Is it "training_bookings.csv"? Rename it.'


def test_everything_that_is_wrong_is_told_at_once_and_no_cell_of_it(board):
    write_table(
        board,
        "child_death_records",
        [
            {**CHILDREN[0], "child": "Amy Smith"},
            {**CHILDREN[1], "sex": "boy"},
            {**CHILDREN[2], "died": "3 Octember 2016"},
        ],
    )
    write_table(board, "training_sessions", [{**SESSIONS[0], "offer": "neglct"}, *SESSIONS[1:]])
    assert told(board) == [
        ("L4", "child_death_records.csv", 2, "child"),
        ("L4", "child_death_records.csv", 3, "sex"),
        ("L4", "child_death_records.csv", 4, "died"),
        ("L6", "training_sessions.csv", 2, "offer"),
    ]
    lines = " ".join(map(str, read_year_records(YEAR, board).findings))
    assert not [cell for cell in ("Amy", "Smith", "boy", "Octember") if cell in lines]
    assert lines.count(f"private/records/{LAST}/") == 4


def test_a_booking_of_no_session_is_told_without_its_number(board):
    write_table(board, "training_sessions", SESSIONS[1:])
    found = read_year_records(YEAR, board).findings
    assert {(f.rule, f.column, f.found) for f in found} == {("L6", "session", None)}
    assert "N-1" not in " ".join(map(str, found))


def test_a_session_that_cannot_be_read_is_told_and_not_every_booking_of_it(board):
    write_table(board, "training_sessions", [{**SESSIONS[0], "places": "many"}, *SESSIONS[1:]])
    assert told(board) == [("L4", "training_sessions.csv", 2, "places")]


def test_a_child_whom_no_count_of_the_year_has_is_told(board):
    of_another = {**CHILDREN[0], "child": "CD-9", "reviewed": "2016-M02-01"}
    later = {**CHILDREN[3], "child": "CD-10", "died": "2017-M04-01"}
    write_table(board, "child_death_records", [*CHILDREN, of_another, later])
    assert told(board) == [("L7", "child_death_records.csv", n, "died") for n in (6, 7)]


def test_a_child_counts_once(board):
    write_table(board, "child_death_records", [*CHILDREN, CHILDREN[0]])
    assert told(board) == [("L5", "child_death_records.csv", 6, "child")]


def test_records_of_child_deaths_of_earlier_years_are_read_for_counts_of_several_years(board):
    write_table(board, "child_death_records", CHILDREN[:1], "2015-16")
    assert [*read_year_records(YEAR, board).records.deaths] == [YEAR]  # no such year is reported
    (board / "2015-16").mkdir()
    assert [str(year) for year in read_year_records(YEAR, board).records.deaths] == [
        "2015-16",
        LAST,
    ]


def test_a_link_that_leads_out_of_the_data_is_not_followed(board, tmp_path):
    outside = tmp_path / "outside.csv"
    outside.write_text("meeting,group,day\n", "utf-8")
    (records_folder(YEAR, board) / "meetings.csv").symlink_to(outside)
    assert told(board) == [("L1", "meetings.csv", None, None)]
