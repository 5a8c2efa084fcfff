"""The smallest board of the README: eight short tables, a page of text, and a report of them."""

from __future__ import annotations

import csv
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from hscb_report.publish import render
from hscb_report.report import PROJECT, check_year, open_report
from tests.book.readers import html_pages, pdf_pages, words

ROOT = PROJECT / "examples" / "smallshire"
MARKING = "Example: all content is invented."
TABLES = sorted(ROOT.rglob("*.csv"))


ODD = 'dä\'tà "x" {{ year }} $HOME ž <b>'
"""A path with what a shell, a template, Python or HTML may take for its own."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of its report; without a year, the latest is made."""
    return render(None, "public", ROOT, tmp_path_factory.mktemp("smallshire")).folder


def test_it_is_as_small_as_the_readme_says() -> None:
    assert len(TABLES) == 10
    assert all(len(path.read_text("utf-8").splitlines()) <= 7 for path in TABLES)
    assert [path.name for path in ROOT.rglob("*.md")] == ["review-of-the-year.md"]
    said = (PROJECT / "README.md").read_text("utf-8")
    for path in TABLES:
        assert f"{path.name}`" in said


def test_its_rows_name_no_source_and_are_known_to_be_invented() -> None:
    columns = {name for path in TABLES for name in next(csv.reader(path.open(encoding="utf-8")))}
    assert not {"source", "locator", "basis"} & columns
    facts = open_report(data=ROOT).facts
    assert facts["budget.brought_forward"].figure.basis == "invented"


def test_nothing_is_wrong_with_it() -> None:
    found = check_year(data=ROOT).findings
    assert [(finding.rule, finding.severity) for finding in found] == [("R26", "warning")]


def test_any_of_its_tables_may_be_missing(tmp_path: Path) -> None:
    """What named the table's figures has to go with it."""
    for table in TABLES:
        root = shutil.copytree(ROOT, tmp_path / table.stem)
        year = next(root.glob("20*"))
        (year / "text" / "review-of-the-year.md").unlink()
        (year / "points.csv").unlink()
        (year / "key_figures.csv").unlink()
        (root / table.relative_to(ROOT)).unlink(missing_ok=True)
        told = [f for f in check_year(data=root).findings if f.severity == "error"]
        depend = {"agencies": "L", "training_offers": "L"}
        assert {finding.rule[0] for finding in told} == set(depend.get(table.stem, "")), table
        if not told:
            assert open_report(data=root).contents


@pytest.mark.slow
def test_every_page_says_that_it_is_invented(made: Path) -> None:
    assert made.name == "2016-17"
    pages = html_pages(made / "html")
    assert all(MARKING in page.get_text() for page in pages.values())
    papers = html_pages(made / "working-papers")
    assert papers
    assert all(MARKING in page.get_text() for page in papers.values())
    pdfs = list(made.glob("*.pdf"))
    assert sorted(pdf.name for pdf in pdfs) == [
        *("annual-report-2016-17.pdf", "evidence-2016-17.pdf", "summary-2016-17.pdf")
    ]
    assert all("invented" in words(page) for pdf in pdfs for page in pdf_pages(pdf))


@pytest.mark.slow
def test_the_same_data_at_another_path_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    """To whatever folder, and from whatever folder, in relative paths."""
    shutil.copytree(ROOT, tmp_path / ODD / ODD)
    command = [sys.executable, "-m", "hscb_report", "render", "--data", f"{ODD}/{ODD}"]
    subprocess.run([*command, "--out", f"out {ODD}"], check=True, cwd=tmp_path)
    other = tmp_path / f"out {ODD}" / "2016-17"
    differ = {name for name, raw in files(made).items() if files(other).get(name) != raw}
    assert (files(made).keys(), differ) == (files(other).keys(), set())


@pytest.mark.slow
def test_no_path_of_the_machine_is_in_any_file(made: Path) -> None:
    """Neither of the data and the project, nor of where it was made."""
    told = {str(path).encode() for path in (ROOT, PROJECT, made, made.parent, Path.home())}
    for name, raw in files(made).items():
        assert not [path for path in told if path in raw], name


@pytest.mark.slow
def test_its_files_are_readable_as_any_other_file_of_the_user(made: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    for path in (made, *made.rglob("*")):
        usual = 0o777 if path.is_dir() else 0o666
        assert stat.S_IMODE(path.stat().st_mode) == usual & ~mask, path


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of a report by their names."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
def test_what_it_lacks_is_left_out_and_said_to_be(made: Path) -> None:
    pages = html_pages(made / "html")
    assert not [name for name in pages if re.search("audits|case_reviews|plan|tracker|areas", name)]
    assurance = words(pages["pages/assurance.html"].get_text())
    for part in (
        "Business Plan",
        "From finding to action",
        "Covering report",
        "The improvement journey",
    ):
        assert f"{part} " in assurance
    said = words(pages["text/review-of-the-year.html"].get_text())
    assert "It held 4 sessions of a course on it, with 76 attendees" in said
    assert "The Board spent £69,600 (no figure for 2015-16)" in said
    coverage = words(pages["pages/statutory-coverage.html"].get_text())
    assert "Held against Working Together to Safeguard Children (2015)." in coverage
