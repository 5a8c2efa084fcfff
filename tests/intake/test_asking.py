"""The command that writes a template: its file, what it refuses, what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from hscb_report.cli import main
from hscb_report.errors import DataError, ReportError
from hscb_report.intake.asking import holding_of, write_template
from hscb_report.intake.layout import READ_ME
from hscb_report.report import PROJECT
from hscb_report.years import ReportingYear
from tests.conftest import small_year

NORTHSHIRE = PROJECT / "examples/northshire"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_year(
        tmp_path / "board",
        "2017-18",
        reference_agencies=["agency,name", "council,The County", "police,The Police"],
        reference_owed=["content,agency,role", "contributions,police,Finance officer"],
        contributions=["agency,organisation,amount", "police,Police,", "council,Council,200"],
    )


def sheets(path: Path) -> list[str]:
    return openpyxl.load_workbook(path).sheetnames


def test_the_template_of_an_agency_has_the_tables_that_it_owes(root, tmp_path, capsys):
    out = tmp_path / "out"
    code = main(
        ["template", "2017-18", "--data", str(root), "--agency", "police", "--out", f"{out}"]
    )
    assert code == 0
    path = out / "bscb-2017-18-police.xlsx"
    assert sheets(path) == [READ_ME, "contributions", "Lists"]
    told = capsys.readouterr().out
    assert f"The template is {path}." in told
    assert "1 table for The Police: contributions." in told
    assert [*out.iterdir()] == [path]


def test_the_template_of_a_chapter_has_the_tables_that_it_is_begun_with(root, tmp_path):
    made = write_template("2017-18", root, chapter="attendance", out=tmp_path)
    assert made.path == tmp_path / "bscb-2017-18-attendance.xlsx"
    assert [form.table for form in made.template.forms] == [
        *("attendance_agencies", "groups"),
        *("attendance_ratings", "attendance_records", "attendance_counts"),
    ]


def test_without_agency_and_chapter_it_has_all_that_the_year_holds(root, tmp_path, monkeypatch):
    """In the folder that somebody is in, and of the latest year."""
    monkeypatch.chdir(tmp_path)
    assert main(["template", "--data", str(root)]) == 0
    assert sheets(tmp_path / "bscb-2017-18.xlsx") == [READ_ME, "contributions", "Lists"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["2017-18", "--agency", "polise"], 'Unknown agency "polise". Did you mean "police"?'),
        (["2017-18", "--agency", ""], 'Unknown agency "". Known: council, police.'),
        (["2017-18", "--agency", "council"], 'The agency "council" owes no table'),
        (["2017-18", "--chapter", "attendanc"], 'Unknown chapter "attendanc". Did you mean'),
        (["2018-19"], "There is no data for 2018-19: the folder"),
    ],
)
def test_what_cannot_be_asked_for_is_told_and_nothing_is_written(
    root, tmp_path, capsys, asked, told
):
    out = tmp_path / "out"
    assert main(["template", *asked, "--data", str(root), "--out", str(out)]) == 1
    assert told in capsys.readouterr().err
    assert not out.exists()


def test_an_agency_and_a_chapter_together_are_refused(root, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["template", "--data", str(root), "--agency", "police", "--chapter", "plan"])
    assert ended.value.code == 2


@pytest.mark.parametrize("name", ["contributions.csv", "year.toml"])
def test_a_file_that_cannot_be_read_is_told_instead_of_asked_for_anew(root, tmp_path, name):
    """Else the template would say that the Board has nothing."""
    (root / "2017-18" / name).write_bytes(b"\xff\xfe\x00 damaged")
    with pytest.raises(DataError) as raised:
        write_template("2017-18", root, out=tmp_path / "out")
    assert {finding.file for finding in raised.value.findings} == {f"2017-18/{name}"}
    assert not (tmp_path / "out").exists()


def test_a_cell_that_is_wrong_is_shown_as_it_is(root, tmp_path):
    """Whoever gave it can put it right."""
    file = root / "2017-18/contributions.csv"
    file.write_text(file.read_text().replace("Police,", "Police,about 5"), "utf-8")
    (form,) = write_template("2017-18", root, out=tmp_path).template.forms
    assert form.rows[0][2] == "about 5"


def test_a_file_that_somebody_may_have_filled_in_is_not_overwritten(root, tmp_path):
    made = write_template("2017-18", root, out=tmp_path)
    again = write_template("2017-18", root, out=tmp_path)
    assert again.path == made.path
    made.path.write_bytes(b"filled in")
    with pytest.raises(ReportError, match="is there already, and is not touched"):
        write_template("2017-18", root, out=tmp_path)
    assert made.path.read_bytes() == b"filled in"
    assert [p for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_name_that_no_file_can_have_gives_a_file_all_the_same(root, tmp_path):
    board = root / "board.toml"
    board.write_text(board.read_text().replace('"BSCB"', '"Ψ/Ω"'), "utf-8")
    assert write_template("2017-18", root, out=tmp_path).path.name == "board-2017-18.xlsx"


def test_a_year_holds_what_its_files_have_and_the_one_before_theirs():
    found = holding_of(ReportingYear(2024), NORTHSHIRE)
    assert found.lines["groups"][0].get("group") == "partnership"
    assert found.before["contributions"] != found.lines["contributions"]
    assert found.usual["groups"] == {"basis": "invented"}
    first = holding_of(ReportingYear(2020), NORTHSHIRE)
    assert first.before == {}
