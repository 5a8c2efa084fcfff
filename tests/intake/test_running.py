"""`hscb-report import`, from the command line: others' spreadsheets mapped, written, taken back."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hscb_report.keeping.shelf import hashes_of
from hscb_report.store import journal
from tests.commands import Command, commands_of
from tests.intake.books import of_template, workbook

YEAR = "2024-25"
AREA = "Northshire"


@pytest.fixture
def command(data: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that takes over files into that data root."""
    run = commands_of(data, capsys)
    return lambda *arguments: run("import", *arguments)


def published(path: Path, merged: bool = True) -> Path:
    """Write a workbook of a department: a title, two rows of headings, totals, notes."""
    rows: list[list[Any]] = [
        ["Table D2: children in need, by local authority"],
        ["Year: 2017-18"],
        [],
        ["Local authority", "Children in need at 31 March", None, "Percentage"],
        [None, "Number1", "Rate per 10,000", "of all"],
        ["England", 404710, 341, 100],
        [],
        ["North East", 24270, 460.2, "x"],
        [AREA, 1315, 366, 0.3],
        ["1. Rounded to the nearest ten."],
    ]
    file = workbook(path, {"INDEX": [["Tables"]], "D2": rows})
    if merged:
        book = load_workbook(file)
        book["D2"].merge_cells("B4:C4")
        book.save(file)
    return file


def mapping_of(data: Path) -> list[dict[str, str]]:
    with (data / "reference/mappings.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_mapping(data: Path, rows: list[dict[str, str]]) -> None:
    with (data / "reference/mappings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_a_departments_workbook_is_mapped_once_and_read_every_year(
    data: Path, command: Command, tmp_path: Path
) -> None:
    file = published(tmp_path / "tables-2018.xlsx")
    told = command(file)
    assert told.code == 1
    assert "no sheet of it is a template of ours" in told.err
    assert "--map TABLE --sheet NAME" in told.err

    told = command(file, "--map", "measurements", "--sheet", "d2", "--from", "The Department")
    assert (told.err, told.code) == ("", 0)
    assert '  word "England" below "Local authority": England' in told.out
    assert 'column "Local authority": area' in told.out
    rows = mapping_of(data)
    measures = {row["theirs"]: row for row in rows if row["part"] == "column"}
    number = measures["Children in need at 31 March / Number1"]
    number |= {"ours": "value", "also": "measure=children_in_need"}
    write_mapping(data, rows)

    # Nobody has looked at it: it is shown, and not written.
    before = hashes_of(data)
    told = command(file)
    assert told.code == 0
    assert told.out.count("  new: ") == 2
    assert 'value "1315" (tables-2018.xlsx, sheet D2, row 9)' in told.out
    assert '2 rows left out: "Local authority" is none of those named' in told.out
    assert "1 sheet passed over: INDEX" in told.out
    told = command(file, "--write")
    assert (told.code, hashes_of(data)) == (1, before)
    assert "Nobody has confirmed the mapping" in told.err

    # The next year's file, with the sheet renamed and a row more at its head, is read by it too.
    rows[0]["confirmed"] = "Business Manager"
    write_mapping(data, rows)
    told = command(file, "--write", "--on", "2025-05-01")
    assert told.code == 0
    assert "To take it back" in told.out
    book = load_workbook(file)
    book["D2"].insert_rows(1)
    book["D2"].unmerge_cells("B4:C4")
    book["D2"].merge_cells("B5:C5")
    book["D2"]["B10"], book["D2"]["A3"] = 1400, "Year: 2018-19"
    book["D2"].title = "Table 4"
    book.save(tmp_path / "tables-2019.xlsx")
    told = command(tmp_path / "tables-2019.xlsx", "--from", "The Department")
    assert (told.err, told.code) == ("", 0)
    assert told.out.count("  new: ") == 2
    assert (
        'period "2018-19", area "Northshire", measure "children_in_need", value "1400"' in told.out
    )
    assert command("--undo").code == 0
    assert {name for name in hashes_of(data) if not name.startswith("private")} == {*before}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "Name the FILE"),
        (("--undo", "--write"), 2, "--undo takes back the last import, and takes no FILE"),
        (("--undo",), 1, "nothing to take back"),
        (("FILE", "FILE"), 2, "two files have this name"),
        (("FILE", "--map", "measurement", "--sheet", "D2"), 1, '"measurements"'),
        (("FILE", "--map", "measurements"), 2, "has several sheets. Name one with --sheet: INDEX"),
        (("FILE", "--map", "measurements", "--sheet", "D3"), 1, "Known: D2, INDEX."),
        (("FILE", "--map", "measurements", "--sheet", "INDEX"), 1, "no row of headings"),
        (("--map", "measurements"), 2, "Name the FILE"),
        (("FILE", "--year", "2031-32"), 1, "There is no data for 2031-32"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    data: Path, command: Command, tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    file = published(tmp_path / "t.xlsx")
    before = hashes_of(data)
    told = command(*(file if argument == "FILE" else argument for argument in arguments))
    assert (told.code, hashes_of(data)) == (code, before)
    assert said in told.err


def test_a_mapping_of_a_name_that_is_taken_is_not_written_over(
    data: Path, command: Command, tmp_path: Path
) -> None:
    file = published(tmp_path / "t.xlsx")
    asked = (file, "--map", "measurements", "--sheet", "D2", "--as", "cin")
    assert command(*asked).code == 0
    before = hashes_of(data)
    told = command(*asked)
    assert (told.code, hashes_of(data)) == (1, before)
    assert "call this one otherwise with --as" in told.err


def test_hostile_names_and_texts_stay_what_they_are(
    data: Path, command: Command, tmp_path: Path
) -> None:
    """A file's name with signs that a terminal obeys, texts that a spreadsheet would work out."""
    rows = [{"agency": "police", "organisation": "", "amount": 5, "note": ""}]
    sheets = {"contributions": of_template("contributions", rows[:1], YEAR, sender="police")}
    sheets["contributions"][-1][2] = "@SUM(A1)"
    sheets["contributions"][-1][4] = "{{ budget.spend }} <b>"
    file = workbook(tmp_path / "po\x1b[31mlice.xlsx", sheets)
    told = command(file, "--write", "--on", "2025-05-01")
    assert (told.err, told.code) == ("", 0)
    assert "\x1b" not in told.out
    text = (data / YEAR / "contributions.csv").read_text("utf-8")
    assert "{{ budget.spend }} <b>" in text


def test_what_a_killed_import_has_left_is_taken_back_before_the_next_is_read(
    data: Path, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"agency": "police", "organisation": "Northshire Police", "amount": 41999}]
    sheets = {"contributions": of_template("contributions", rows, sender="police")}
    file = workbook(tmp_path / "police.xlsx", sheets)
    before, replacing = hashes_of(data), journal.replace_file

    def replace(path: Path, content: bytes) -> None:
        if path.name == "sources.csv" or (path.name == "note.json" and b'"undone"' in content):
            raise KeyboardInterrupt
        replacing(path, content)

    monkeypatch.setattr(journal, "replace_file", replace)
    with pytest.raises(KeyboardInterrupt):
        command(file, "--write")
    monkeypatch.undo()
    told = command(file, "--write")
    assert "An earlier import was broken off, and has been taken back: police.xlsx." in told.out
    assert '"41870" becomes "41999"' in told.out
    assert command("--undo").code == 0
    private = {name for name in hashes_of(data) if name.startswith("private")}
    assert {n: h for n, h in hashes_of(data).items() if n not in private} == before


def test_a_column_of_a_template_whose_heading_is_gone_is_told(
    command: Command, tmp_path: Path
) -> None:
    rows = [{"agency": "police", "organisation": "Northshire Police", "amount": 41999}]
    sheet = of_template("contributions", rows, sender="police")
    sheet[-2][-1] = "Paid"
    told = command(workbook(tmp_path / "police.xlsx", {"contributions": sheet}))
    assert (
        'police.xlsx, sheet contributions: column D is not read: its heading, "Paid", ends in no '
        "code.\n"
    ) in told.out


def test_that_a_year_is_final_is_told_before_anything_is_written(
    data: Path, command: Command, tmp_path: Path
) -> None:
    rows = [{"agency": "police", "organisation": "Northshire Police", "amount": 41999}]
    sheets = {"contributions": of_template("contributions", rows, sender="police")}
    file = workbook(tmp_path / "police.xlsx", sheets)
    assert "2024-25 is final." in command(file).out
    settings = data / YEAR / "year.toml"
    settings.write_text(settings.read_text("utf-8").replace('"final"', '"draft"'), "utf-8")
    assert "is final" not in command(file).out
