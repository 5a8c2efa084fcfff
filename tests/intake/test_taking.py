"""From files to what the data would be: provenance, the loader's findings, nothing written."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hscb_report.errors import DataError, UnknownNameError
from hscb_report.intake.taking import Taken, refuse_table, take
from hscb_report.keeping.shelf import hashes_of
from hscb_report.report import PROJECT
from hscb_report.store import journal
from hscb_report.store.csv_text import read_records
from hscb_report.years import ReportingYear
from tests.intake.books import of_template, workbook

YEAR = ReportingYear.parse("2024-25")
DAY = date(2025, 5, 1)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data root with one year of an invented board."""
    root = tmp_path / "data"
    source = PROJECT / "examples" / "northshire"
    shutil.copytree(source / "reference", root / "reference")
    shutil.copytree(source / "2024-25", root / "2024-25")
    shutil.copy(source / "board.toml", root)
    return root


def police(path: Path, name: str = "police.xlsx", amount: Any = 41999, **said: str) -> Path:
    rows = [{"agency": "police", "organisation": "Northshire Police", "amount": amount}]
    told = {"sender": "police", **said}
    return workbook(path / name, {"contributions": of_template("contributions", rows, **told)})


def taken(data: Path, *files: Path, sender: str | None = None) -> Taken:
    return take(files, YEAR, data, DAY, sender)


def rows_of(made: Taken, table: str) -> list[dict[str, str]]:
    head, *body = read_records(made.files[f"2024-25/{table}.csv"].after)
    return [dict(zip(head.cells, row.cells, strict=True)) for row in body]


def told(made: Taken) -> list[str]:
    return [str(finding) for finding in made.findings]


def test_a_row_says_its_file_sheet_and_row_and_the_file_is_listed(
    data: Path, tmp_path: Path
) -> None:
    before = hashes_of(data)
    file = police(tmp_path, locator="page 3 of the accounts")
    made = taken(data, file)
    assert told(made) == []
    (row,) = (row for row in rows_of(made, "contributions") if row["agency"] == "police")
    assert (row["amount"], row["source"], row["basis"]) == ("41999", "police", "invented")
    assert row["locator"] == "sheet contributions, row 7 (page 3 of the accounts)"
    (source,) = rows_of(made, "sources")
    assert source["title"] == "police.xlsx (received 1 May 2025)"
    assert source["publisher"] == "Northshire Police"
    (received,) = rows_of(made, "received")
    assert (received["agency"], received["received"]) == ("police", "2025-M05-01")
    assert made.received == {"police": file}
    assert hashes_of(data) == before  # for nothing is written


def test_a_file_that_was_taken_over_says_nothing_new(data: Path, tmp_path: Path) -> None:
    file = police(tmp_path)
    made = taken(data, file)
    journal.write(made.files, data)
    again = taken(data, file)
    assert (again.is_nothing, dict(again.files), told(again)) == (True, {}, [])


def test_the_same_agency_may_correct_itself_and_another_may_not(data: Path, tmp_path: Path) -> None:
    made = taken(data, police(tmp_path))
    journal.write(made.files, data)
    corrected = taken(data, police(tmp_path, "police-2.xlsx", 42000))
    assert told(corrected) == []
    assert corrected.files
    (finding,) = taken(data, police(tmp_path, "council.xlsx", 42000, sender="council")).findings
    assert (finding.rule, finding.found) == ("I3", "42000")
    assert "as police sent it" in finding.message


def test_what_the_loader_finds_is_told_of_the_cell_that_was_sent(
    data: Path, tmp_path: Path
) -> None:
    rows = [{"agency": "fire_brigade", "organisation": "Fire", "amount": -5, "note": "n/a"}]
    sheets = {"contributions": of_template("contributions", rows, sender="police")}
    made = taken(data, workbook(tmp_path / "p.xlsx", sheets))
    where = {(finding.file, finding.row, finding.column) for finding in made.findings}
    assert where == {("p.xlsx, sheet contributions", 6, column) for column in ("B", "D", "E")}
    rows[0] |= {"amount": 5, "note": None}
    sheets = {"contributions": of_template("contributions", rows, sender="police")}
    (finding,) = taken(data, workbook(tmp_path / "p.xlsx", sheets)).findings
    assert (finding.rule, finding.column, finding.found) == ("L6", "B", "fire_brigade")


def test_every_problem_of_every_file_is_told_at_once(data: Path, tmp_path: Path) -> None:
    (tmp_path / "no.xlsx").write_bytes(b"%PDF-1.7 no workbook")
    (tmp_path / "none.xlsx").write_bytes(b"")
    with pytest.raises(DataError) as raised:
        taken(data, tmp_path / "no.xlsx", police(tmp_path), tmp_path / "none.xlsx")
    assert {finding.file for finding in raised.value.findings} == {"no.xlsx", "none.xlsx"}
    wrong_year = police(tmp_path, "old.xlsx", year="2023-24")
    unknown = workbook(tmp_path / "own.xlsx", {"Figures": [["Partner", "Paid"], ["Police", 5]]})
    made = taken(data, wrong_year, police(tmp_path, sender="polise"), unknown)
    assert [finding.file for finding in made.findings] == [
        "own.xlsx",
        "old.xlsx, sheet contributions",
        "police.xlsx, sheet contributions",
    ]
    assert "--map TABLE" in made.findings[0].hint


def test_a_table_that_is_damaged_is_mended_before_anything_is_put_into_it(
    data: Path, tmp_path: Path
) -> None:
    file = data / "2024-25" / "contributions.csv"
    file.write_text(file.read_text("utf-8").replace("agency,", "agent,"), "utf-8")
    with pytest.raises(DataError) as raised:
        taken(data, police(tmp_path))
    assert {finding.file for finding in raised.value.findings} == {"2024-25/contributions.csv"}


@pytest.mark.parametrize(
    "name",
    ["board.toml", "2024-25/year.toml", *(f"reference/{n}.csv" for n in ("agencies", "measures"))],
)
def test_what_files_are_read_by_is_mended_first(data: Path, tmp_path: Path, name: str) -> None:
    (data / name).write_text("garbage\n", "utf-8")
    with pytest.raises(DataError) as raised:
        taken(data, police(tmp_path))
    assert {finding.file for finding in raised.value.findings} == {name}


def test_a_mapping_that_is_damaged_is_told_where_a_mapping_is_needed(
    data: Path, tmp_path: Path
) -> None:
    """For the row that is not read may be the one by which others are left out."""
    head = "mapping,part,heading,theirs,ours,also,sender,confirmed\n"
    (data / "reference" / "mappings.csv").write_text(f"{head}x,words,,a,b,,,\n", "utf-8")
    assert told(taken(data, police(tmp_path))) == []
    with pytest.raises(DataError) as raised:
        taken(data, workbook(tmp_path / "own.xlsx", {"Figures": [["Partner"], ["Police"]]}))
    assert [(f.file, f.row) for f in raised.value.findings] == [("reference/mappings.csv", 2)]


def test_what_else_lies_in_the_data_keeps_no_file_from_being_taken(
    data: Path, tmp_path: Path
) -> None:
    (data / "2024-25" / "notes").symlink_to("nowhere")
    os.mkfifo(data / "pipe")
    assert told(taken(data, police(tmp_path))) == []


def test_a_table_without_a_file_is_begun(data: Path, tmp_path: Path) -> None:
    (data / "2024-25" / "contributions.csv").unlink()
    made = taken(data, police(tmp_path))
    assert [row["agency"] for row in rows_of(made, "contributions")] == ["police"]


def test_files_of_one_name_have_codes_of_their_own(data: Path, tmp_path: Path) -> None:
    made = taken(data, police(tmp_path))
    journal.write(made.files, data)
    again = taken(data, police(tmp_path, amount=7))
    assert again.received.keys() == {"police_2"}


def test_sheets_that_nothing_is_known_of_are_named_where_others_are_read(
    data: Path, tmp_path: Path
) -> None:
    rows = [{"agency": "police", "organisation": "Northshire Police", "amount": 5}]
    sheets = {
        "Read me": [["How to fill it in"]],
        "contributions": of_template("contributions", rows, sender="Northshire Police"),
        "Workings": [["own", "sums"], [1, 2]],
    }
    made = taken(data, workbook(tmp_path / "p.xlsx", sheets))
    assert made.told == ("p.xlsx: 1 sheet passed over: Workings.",)
    assert made.proposals[0].sender.agency == "police"


def test_records_are_taken_over_into_their_folder_and_held_to_their_own_rules(
    data: Path, tmp_path: Path
) -> None:
    """They rest on no document, so no row names the file; it is kept all the same."""
    offer = read_records((data / "2024-25/training_offers.csv").read_bytes())[1].cells[0]
    row = {"session": "S-1", "offer": offer, "day": "2024-M06-01", "counted_as": "attendees"}
    rows = [{**row, "in_total": "yes"}, {**row, "session": "S-2", "in_total": None}]

    def sent() -> Taken:
        sheets = {"training_sessions": of_template("training_sessions", rows, sender="council")}
        return taken(data, workbook(tmp_path / "sessions.xlsx", sheets))

    assert {(f.row, f.column) for f in sent().findings} == {(7, "F")}
    rows[1] |= {"in_total": "no", "offer": "none"}
    assert {(f.row, f.column) for f in sent().findings} == {(7, "C")}
    rows[1]["offer"] = offer
    made = sent()
    assert told(made) == []
    assert "2024-25/sources.csv" not in made.files  # which the report prints
    path = "private/records/2024-25/training_sessions.csv"
    assert b"S-1" in made.files[path].after
    assert made.received.keys() == {"sessions"}


MAPPED = """mapping,part,heading,theirs,ours,also,sender,confirmed
paid,sheet,,Paid,contributions,,council,Business Manager
paid,column,,Partner,agency,,,
paid,column,,Called,organisation,,,
paid,column,,Amount,amount,,,
"""
PAID = ["Partner", "Called", "Amount"]


def test_of_sheets_of_one_form_the_one_that_is_named_is_read_where_it_is(
    data: Path, tmp_path: Path
) -> None:
    """Another may be that of an earlier year. Where none has the name, each is read."""
    (data / "reference" / "mappings.csv").write_text(MAPPED, "utf-8")
    sheets = {
        "Paid 2023-24": [PAID, ["fire", "Northshire Fire and Rescue Service", 7]],
        "Paid": [PAID, ["police", "Northshire Police", 5]],
    }
    made = taken(data, workbook(tmp_path / "p.xlsx", sheets))
    assert [row.cells["agency"] for p in made.proposals for row in p.rows] == ["police"]
    assert made.told == ("p.xlsx: 1 sheet passed over: Paid 2023-24.",)
    sheets["Paid now"] = sheets.pop("Paid")
    made = taken(data, workbook(tmp_path / "p.xlsx", sheets))
    assert [row.cells["agency"] for p in made.proposals for row in p.rows] == ["fire", "police"]


@pytest.mark.parametrize("name", ["new\nline.xlsx", "日本.xlsx"])
def test_a_file_whose_name_cannot_be_printed_is_to_be_renamed(
    data: Path, tmp_path: Path, name: str
) -> None:
    with pytest.raises(DataError) as raised:
        taken(data, police(tmp_path, name))
    (finding,) = raised.value.findings
    assert (finding.rule, finding.hint) == ("I1", "Rename the file.")
    assert "\n" not in finding.file


def test_a_workbook_of_another_year_is_told_once(data: Path, tmp_path: Path) -> None:
    row = {"agency": "police", "organisation": "Northshire Police", "amount": 5}
    sheets = {
        "contributions": of_template("contributions", [row], year="2023-24"),
        "totals": of_template("fund_balances", [{"balance": "x", "amount": 1}], year="2023-24"),
    }
    (finding,) = taken(data, workbook(tmp_path / "p.xlsx", sheets)).findings
    assert (finding.file, finding.found) == ("p.xlsx", "2023-24")


def test_a_file_of_which_one_sheet_says_its_sender_is_of_that_sender(
    data: Path, tmp_path: Path
) -> None:
    row = {"agency": "police", "organisation": "Northshire Police", "amount": 5}
    balance = {"balance": "carried_forward", "amount": 1}
    sheets = {
        "contributions": of_template("contributions", [row]),
        "balances": of_template("fund_balances", [balance], sender="council"),
    }
    made = taken(data, workbook(tmp_path / "p.xlsx", sheets))
    assert told(made) == []
    assert [row["agency"] for row in rows_of(made, "received")] == ["council"]


def test_records_that_are_sent_twice_under_two_names_are_kept(data: Path, tmp_path: Path) -> None:
    offer = read_records((data / "2024-25/training_offers.csv").read_bytes())[1].cells[0]
    row = {"session": "S-1", "offer": offer, "day": "2024-M06-01", "counted_as": "attendees"}
    sheets = {"s": of_template("training_sessions", [{**row, "in_total": "no"}], sender="council")}
    file = workbook(tmp_path / "sessions.xlsx", sheets)
    other = Path(shutil.copy(file, tmp_path / "copy.xlsx"))
    made = taken(data, file, other)
    assert [row["file"] for row in rows_of(made, "received")] == ["sessions.xlsx"]
    assert len(made.received) == 1


@pytest.mark.parametrize("table", ["mappings", "received", "usual_glossary"])
def test_how_files_are_read_and_which_came_is_sent_by_nobody(
    data: Path, tmp_path: Path, table: str
) -> None:
    sheet = [["Table", table], ["Year", "2024-25"], ["Row", "Mapping (mapping)", "Part (part)"]]
    made = taken(data, workbook(tmp_path / "p.xlsx", {"Sheet": [*sheet, [1, "x", "sheet"]]}))
    assert [finding.message for finding in made.findings] == ["there is no table of this name."]
    with pytest.raises(UnknownNameError):
        refuse_table(table)


def test_a_template_of_another_board_is_told(data: Path, tmp_path: Path) -> None:
    row = {"agency": "police", "organisation": "Northshire Police", "amount": 5}
    sheet = of_template("contributions", [row], sender="police")

    def sent_by(board: str) -> Taken:
        first = [[f"{board}: figures for 2024-25"]]
        return taken(data, workbook(tmp_path / "p.xlsx", {"Read me": first, "S": sheet}))

    assert told(sent_by("Northshire Safeguarding Children Partnership")) == []
    (finding,) = sent_by("Southshire Safeguarding Children Partnership").findings
    assert finding.found == "Southshire Safeguarding Children Partnership"
    assert "--data" in finding.hint


def test_a_sender_who_is_none_of_the_agencies_is_told(data: Path, tmp_path: Path) -> None:
    """It may be a department, or an agency that is spelt wrong."""
    file = police(tmp_path)
    assert taken(data, file, sender="Northshire Police").told == ()
    (line,) = taken(data, file, sender="polce").told
    assert line == 'Taken as sent by "polce", none of the agencies.'
