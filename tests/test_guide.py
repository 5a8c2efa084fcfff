"""The guide for the report author, followed as it is written, to the final report and beyond."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from hscb_report.report import PROJECT
from tests.author import fill_in_year
from tests.book.readers import html_pages, pdf_pages, words

GUIDE = (PROJECT / "GUIDE.md").read_text("utf-8")
YEAR = "2025-26"


class Step(NamedTuple):
    """A block of the guide: of what language, below which heading."""

    heading: str
    language: str
    text: str


def steps() -> Iterator[Step]:
    heading = ""
    for match in re.finditer(r"(?m)^## (.*)$|^```(\w+)\n((?:.*\n)*?)```$", GUIDE):
        heading = match[1] or heading
        if match[2]:
            yield Step(heading, match[2], match[3])


class Follower:
    """Somebody who types what the guide says, in a folder where the project's are in reach."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "examples").symlink_to(PROJECT / "examples")
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        self.environment = {**os.environ, "PATH": path, "PYTHONPATH": str(PROJECT)}
        self.seen = ""

    def run(self, commands: str) -> None:
        self.seen = ""
        for command in commands.strip().splitlines():
            done = subprocess.run(
                command,
                shell=True,
                cwd=self.folder,
                env=self.environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, (command, done.stderr[-2000:])
            self.seen += done.stdout

    def sees(self, text: str) -> None:
        """Hold what was seen to what the guide shows; "…" stands for anything within a line."""
        seen = [words(line) for line in self.seen.splitlines()]
        for line in text.strip("\n").splitlines():
            wanted = ".*".join(re.escape(part) for part in words(line).split("…"))
            assert any(re.fullmatch(wanted, told) for told in seen), (line, self.seen[-3000:])

    def finish(self, settings: str) -> None:
        """Edit the settings as the guide says."""
        path = self.folder / "practice" / YEAR / "year.toml"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(("draft =", "status ="))]
        status, _, approval = settings.partition("\n")
        path.write_text(f"{status}\n{''.join(kept)}\n{approval}", "utf-8")
        assert tomllib.loads(path.read_text("utf-8"))["approval"]


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Follow the guide to its end; return the folder in which it was followed."""
    follower = Follower(tmp_path_factory.mktemp("guide"))
    has_filled_in = False
    for step in steps():
        if step.heading.startswith("4.") and not has_filled_in:
            fill_in_year(follower.folder / "practice" / YEAR)
            has_filled_in = True
        if step.language == "sh":
            follower.run(step.text)
            if step.heading.startswith("3."):
                report = follower.folder / "practice-report" / YEAR
                report.rename(follower.folder / "draft")
        elif step.language == "text":
            follower.sees(step.text)
        elif step.language == "toml":
            follower.finish(step.text)
        elif step.language == "csv":
            (follower.folder / "practice" / YEAR / "corrections.csv").write_text(step.text, "utf-8")
    assert has_filled_in
    return follower.folder


def read_words(report: Path) -> dict[str, str]:
    """Return the words of each HTML page of a report."""
    return {name: words(page.get_text()) for name, page in html_pages(report / "html").items()}


def pages(report: Path) -> dict[str, str]:
    """Return the text of every page of every PDF of a report, by its file and number."""
    return {
        f"{pdf.name} {number}": text
        for pdf in sorted(report.glob("*.pdf"))
        for number, text in enumerate(pdf_pages(pdf), 1)
    }


@pytest.mark.slow
def test_a_draft_says_so_on_every_page_of_html_and_pdf(followed: Path) -> None:
    printed, read = pages(followed / "draft"), html_pages(followed / "draft" / "html")
    assert len(printed) > 100
    assert [page for page, text in printed.items() if "DRAFT 1: not final." not in text] == []
    assert len(read) > 30
    lacking = [name for name, page in read.items() if "DRAFT 1: not final." not in page.get_text()]
    assert lacking == []


@pytest.mark.slow
def test_a_draft_shows_what_is_still_to_come(followed: Path) -> None:
    read = read_words(followed / "draft")
    lacks = "Agencies' contributions: 15 rows to fill in (owed by Northshire County Council)"
    assert lacks in read["chapters/budget.html"].replace("\u2019", "'")
    assert "to come" in read["chapters/budget.html"]
    assert "How far the report for 2025-26 is" in read["pages/still-to-do.html"]
    assert "budget.spend" in read["pages/names-for-texts.html"]


@pytest.mark.slow
def test_the_final_report_is_approved_corrected_and_says_nothing_of_a_draft(followed: Path) -> None:
    report = followed / "practice-report" / YEAR
    read = read_words(report)
    printed = pages(report)
    assert [name for name, text in {**read, **printed}.items() if "DRAFT" in text] == []
    of_a_rule = "No unresolved placeholder (XXX, TBC, TODO)"
    left = [
        name for name, text in {**read, **printed}.items() if "TODO" in text.replace(of_a_rule, "")
    ]
    assert left == []
    assert "pages/still-to-do.html" not in read
    assert "Approved by the Partnership Executive on 10 September 2026" in read["index.html"]
    for page in ("index.html", "pages/assurance.html"):
        assert "The police paid £42 500" in read[page]
        assert "Their invoice came late" in read[page]


@pytest.mark.slow
def test_the_next_report_says_what_came_of_the_plan_and_stands_beside_the_year_before(
    followed: Path,
) -> None:
    read = read_words(followed / "practice-report" / YEAR)
    assert "Carried on as" in read["chapters/outturn.html"]
    assert "Contribution, 2024-25" in read["chapters/budget.html"]


@pytest.mark.slow
def test_much_less_is_typed_than_the_year_has(followed: Path, tmp_path: Path) -> None:
    """What the author types is what the year has of its own: the rest is there from the start."""
    from hscb_report.report.beginning import create

    root = tmp_path / "practice"
    shutil.copytree(followed / "practice", root)
    shutil.rmtree(root / YEAR)
    create(YEAR, root)
    typed = fill_in_year(root / YEAR)
    assert typed < 0.6 * cells_in(root / YEAR)


def cells_in(folder: Path) -> int:
    texts = (path.read_text("utf-8").splitlines() for path in folder.glob("*.csv"))
    return sum(
        bool(cell) for text in texts for row in csv.DictReader(text) for cell in row.values()
    )
