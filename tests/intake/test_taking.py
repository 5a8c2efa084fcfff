"""From files to what the data would be: every problem at once, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from hscb_report.errors import DataError, UnknownNameError
from hscb_report.intake.taking import Taken, refuse_table
from hscb_report.store import journal
from tests.intake.books import of_template, workbook
from tests.intake.taken import police, rows_of, taken, told


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


def test_a_table_without_a_file_is_begun(data: Path, tmp_path: Path) -> None:
    (data / "2024-25" / "contributions.csv").unlink()
    made = taken(data, police(tmp_path))
    assert [row["agency"] for row in rows_of(made, "contributions")] == ["police"]


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
