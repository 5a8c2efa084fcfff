"""Summary tables worked out from records: what is told of each cell, and what is written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hscb_report.errors import DataError, ReportError
from hscb_report.report import PROJECT, check_year, table_schemas
from hscb_report.report.reconciling import findings_of_records
from hscb_report.report.records import Reconciled, written_line
from hscb_report.schema.board import AttendanceRecord
from hscb_report.schema.cases import ReferralOutcome, ReviewCarriedOver
from hscb_report.schema.learning import AuditGrade
from hscb_report.store.year import load_year
from hscb_report.years import ReportingYear
from tests.conftest import small_year
from tests.made_up_records import CHILDREN, with_records, write_table
from tests.small_board import LAST, content_of, copied_board, records, write_records

NORTHSHIRE = PROJECT / "examples" / "northshire"


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return with_records(copied_board(tmp_path / "board"))


def lines(board, **more):
    return [*Reconciled.of(None, board).lines(**more)]


def rows(board, table):
    heading, *body = records(table, board=board)
    return [dict(zip(heading, row, strict=False)) for row in body]


def test_each_cell_is_told_as_it_is_and_as_it_would_become(board):
    cells = records("training_deliveries", board=board)
    cells[2][cells[0].index("attended")] = "31"
    write_records(board / LAST / "training_deliveries.csv", cells)
    told = lines(board)
    assert "training_deliveries.csv row 3, attended: 31 would become 76" in told
    assert "training_deliveries.csv row 3, booked: 80 (not there yet)" in told
    assert "child_deaths.csv: waiting, total, all: 2 (not there yet)" in told
    assert not [line for line in told if "deaths, total" in line]  # it agrees
    assert "  Deaths waiting for a review at the year's end: 2" in told


def test_nothing_is_written_until_it_is_asked_for(board):
    before = content_of(board)
    lines(board)
    assert content_of(board) == before


def test_what_is_written_agrees_and_is_sound_and_the_rest_stays(board):
    before = {name: rows(board, name) for name in ("training_deliveries", "child_deaths")}
    written = Reconciled.of(None, board).write()
    assert written == (f"{LAST}/training_deliveries.csv", f"{LAST}/child_deaths.csv")
    assert findings_of_records(None, board) == ()
    assert not [f for f in check_year(None, board).findings if f.severity == "error"]
    basics, neglect = rows(board, "training_deliveries")
    assert {
        **before["training_deliveries"][0],
        **dict.fromkeys(("booked", "cancelled", "no_show", "walk_in"), ""),
    } == basics
    assert neglect | {"attended": "76", "booked": "80", "walk_in": "6"} == neglect
    assert rows(board, "child_deaths")[:3] == before["child_deaths"]
    again = Reconciled.of(None, board)
    assert again.differences == ()
    assert again.write() == ()
    assert "child_deaths.csv agrees with the records." in lines(board)


def test_a_table_that_is_not_there_is_made(board):
    (board / LAST / "child_deaths.csv").unlink()
    Reconciled.of(None, board).write()
    made = rows(board, "child_deaths")
    assert [row["counted"] for row in made if row["category"] == "all"] == [
        *("deaths", "reviews", "waiting"),
    ]
    assert {row["note"] for row in made} == {"Worked out from the records"}
    # That they are invented is usual in an example, and so is not said in each row.
    assert {(row["source"], row["basis"]) for row in made} == {("", "")}
    assert findings_of_records(None, board) == ()


def test_a_row_that_rested_on_a_document_says_that_it_now_rests_on_the_record(tmp_path):
    root = small_year(
        tmp_path / "root",
        "2016-17",
        child_deaths=[
            "counted,dimension,category,children,source,locator,basis",
            "deaths,total,all,9,plan,page 3,verbatim",
            "reviews,total,all,2,plan,page 3,verbatim",
        ],
        reference_sources=["source,title,where", "plan,The plan,Library"],
    )
    write_table(root, "child_death_records", CHILDREN)
    Reconciled.of(None, root).write()
    deaths, reviews, *new = rows(root, "child_deaths")
    own = {"source": "", "locator": "", "basis": "own_record"}
    assert deaths == {**deaths, **own, "children": "3"}
    assert reviews == {**reviews, "source": "plan", "locator": "page 3", "basis": "verbatim"}
    assert {row["basis"] for row in new} == {""}  # as is usual in a publication


def test_a_table_that_usually_rests_on_a_document_says_so_of_new_rows(tmp_path):
    root = small_year(
        tmp_path / "root",
        "2016-17",
        child_deaths=["counted,dimension,category,children", "deaths,total,all,3"],
        reference_sources=["source,title,where", "plan,The plan,Library"],
        table_sources=[
            "table,source,locator,basis",
            "child_deaths,plan,page 3,verbatim",
        ],
    )
    write_table(root, "child_death_records", CHILDREN)
    Reconciled.of(None, root).write()
    deaths, *new = rows(root, "child_deaths")
    assert deaths["basis"] == ""
    assert {row["basis"] for row in new} == {"own_record"}


def test_of_a_draft_an_empty_cell_is_filled(tmp_path):
    root = small_year(
        tmp_path / "root",
        "2016-17",
        child_deaths=["counted,dimension,category,children", "deaths,total,all,"],
    )
    write_table(root, "child_death_records", CHILDREN)
    assert "child_deaths.csv row 2, children: 3 (not there yet)" in lines(root)
    Reconciled.of(None, root).write()
    assert rows(root, "child_deaths")[0]["children"] == "3"


def test_attendance_is_counted_and_its_agencies_are_listed(tmp_path):
    root = small_year(
        tmp_path / "root",
        "2016-17",
        groups=["group,name", "board,The Board"],
        reference_agencies=["agency,name", "police,Police", "nhs,NHS"],
    )
    write_table(
        root,
        "meetings",
        [{"meeting": str(n), "group": "board", "day": f"2016-M0{n}-10"} for n in (5, 7)],
    )
    write_table(
        root,
        "meeting_attendance",
        [
            {"meeting": "5", "agency": "police", "presence": "present"},
            {"meeting": "7", "agency": "police", "presence": "deputy"},
            {"meeting": "5", "agency": "nhs", "presence": "absent"},
        ],
    )
    told = lines(root)
    assert told[:3] == [
        "attendance_agencies.csv: nhs (not there yet)",
        "attendance_agencies.csv: police (not there yet)",
        "attendance_counts.csv: nhs, board, meetings: 1 (not there yet)",
    ]
    assert lines(root, is_written=True)[0] == "attendance_agencies.csv: nhs (written)"
    Reconciled.of(None, root).write()
    names = [row["organisation"] for row in rows(root, "attendance_agencies")]
    assert names == ["NHS", "Police"]
    nhs, police = rows(root, "attendance_counts")
    assert (police["meetings"], police["attended"], police["deputy"]) == ("2", "1", "1")
    assert (nhs["meetings"], nhs["attended"], nhs["deputy"]) == ("1", "0", "0")
    loaded = load_year(ReportingYear.parse(LAST), root, table_schemas())
    assert not [f for f in loaded.findings if f.severity == "error"]


def test_if_one_table_is_not_sound_nothing_is_written(board):
    (board / LAST / "child_deaths.csv").write_text("counted,dimension\n", "utf-8")
    before = content_of(board)
    with pytest.raises(DataError) as refused:
        Reconciled.of(None, board)
    assert {f.file for f in refused.value.findings} == {f"{LAST}/child_deaths.csv"}
    assert content_of(board) == before


def test_what_another_program_has_changed_meanwhile_is_not_overwritten(board, monkeypatch):
    found = Reconciled.of(None, board)
    real = Reconciled._written

    def late(self, file, before, own):
        written = real(self, file, before, own)
        path = board / LAST / "training_deliveries.csv"
        path.write_bytes(path.read_bytes() + b"\n")
        return written

    monkeypatch.setattr(Reconciled, "_written", late)
    with pytest.raises(ReportError, match="Nothing was written"):
        found.write()
    assert len(rows(board, "child_deaths")) == 3


def test_without_records_or_year_it_is_said_where_they_would_lie(tmp_path):
    bare = copied_board(tmp_path / "bare")
    with pytest.raises(ReportError, match="There are no records of 2016-17"):
        Reconciled.of(None, bare)
    with pytest.raises(ReportError, match="There is no data for 2017-18"):
        Reconciled.of("2017-18", bare)


def test_without_words_nothing_is_counted(board):
    """If the words cannot be read, nobody knows which category is the whole."""
    words = board / "reference" / "vocabularies.csv"
    words.write_text("vocabulary,code\nstream,x\n", "utf-8")
    with pytest.raises(ReportError, match=r"Mend reference/vocabularies\.csv first"):
        Reconciled.of(None, board)


def test_what_was_written_is_told():
    assert written_line(()) == "Nothing had to be written."
    assert written_line(("a.csv", "b.csv")) == "Written: a.csv and b.csv."


# From the figures of a whole board to records, and back -------------------------------------------


def test_records_made_from_a_board_s_figures_give_these_figures_back(tmp_path):
    """Northshire's attendance, audits and referrals: nothing differs, nothing is lacking."""
    root = Path(shutil.copytree(NORTHSHIRE, tmp_path / "northshire"))
    tables = load_year(ReportingYear(2024), root, table_schemas()).tables
    attendance = tables[AttendanceRecord]
    days = sorted({(row.group, row.day) for row in attendance})
    write_table(root, "meetings", [_meeting(n, *key) for n, key in enumerate(days)], "2024-25")
    came = [
        {
            "meeting": str(days.index((row.group, row.day))),
            "agency": row.agency,
            "presence": row.presence,
        }
        for row in attendance
    ]
    write_table(root, "meeting_attendance", came, "2024-25")
    write_table(root, "audit_cases", [*_cases(tables[AuditGrade])], "2024-25")
    referred = [*_referrals(tables[ReferralOutcome]), *_carried_over(tables[ReviewCarriedOver])]
    write_table(root, "referral_records", referred, "2024-25")
    assert findings_of_records("2024-25", root) == ()
    found = Reconciled.of("2024-25", root).differences
    assert [(d.row.info.name, d.key) for d in found] == []


def _meeting(number, group, day):
    return {"meeting": str(number), "group": group, "day": f"{day:%Y-M%m-%d}"}


def _cases(grades) -> Iterator[dict[str, str]]:
    number = 0
    for row in grades:
        for _ in range(row.cases):
            number += 1
            yield {
                "audit": f"T-{['front_door', 'exploitation'].index(row.programme)}",
                "case": str(number),
                "activity": "thematic",
                "programme": row.programme,
                "grade": row.grade,
            }


def _referrals(outcomes) -> Iterator[dict[str, str]]:
    for row in outcomes:
        for n in range(row.referrals):
            decided = row.outcome != "undecided"
            yield {
                "referral": f"R{row.place.row}-{n}",
                "stream": row.stream,
                "received": "2024-M05-01",
                "decided": "2024-M06-01" if decided else "",
                "outcome": row.outcome if decided else "",
                "method": (row.method or "") if decided else "",
            }


def _carried_over(reviews) -> Iterator[dict[str, str]]:
    for row in reviews:
        for n in range(row.completed):
            yield {
                "referral": f"C{row.place.row}-{n}",
                "stream": row.stream,
                "received": f"{row.referred_in.first}-M05-01",
                "completed": "2024-M09-01",
            }
