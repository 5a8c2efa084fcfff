"""What makes the pages of a preview: readings of earlier years are kept while they are the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hscb_report.keeping.content import signature_of
from hscb_report.keeping.signatures import Signatures
from hscb_report.preview.maker import PastYears
from hscb_report.report import PROJECT, open_report
from hscb_report.years import ReportingYear

YEAR, BEFORE = ReportingYear(2024), "2023-24"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of a board with two years."""
    root = tmp_path_factory.mktemp("past") / "northshire"
    years = shutil.ignore_patterns("2020-21", "2021-22", "2022-23")
    return Path(shutil.copytree(PROJECT / "examples/northshire", root, ignore=years))


def read(data: Path) -> dict[str, str]:
    return Signatures(PROJECT, data.parent / "cache").of_run(data, data.parent / "out")


@pytest.mark.slow
def test_a_report_of_kept_readings_is_the_report(data: Path) -> None:
    past = PastYears(data).before(YEAR, read(data))
    assert [str(run.loaded.year) for run in past] == [BEFORE]
    for _ in range(2):  # what a report works out of them stays with them
        made = open_report(str(YEAR), data=data, past=past)
        assert signature_of(made) == signature_of(open_report(str(YEAR), data=data))


@pytest.mark.slow
def test_they_are_kept_while_nothing_but_the_year_itself_changes(data: Path) -> None:
    years = PastYears(data)
    past = years.before(YEAR, read(data))
    (data / str(YEAR) / "text/more.md").write_text("# More\n")
    assert years.before(YEAR, read(data)) is past
    (data / BEFORE / "text/more.md").write_text("# More\n")
    again = years.before(YEAR, read(data))
    assert again is not past
    board = data / "board.toml"
    board.write_text(f"{board.read_text('utf-8')}\n# A word\n", "utf-8")
    assert years.before(YEAR, read(data)) is not again
