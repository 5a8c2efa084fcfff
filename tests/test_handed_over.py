"""The report of a run is kept for its notebooks, and for nobody after it."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import hscb_report
from hscb_report.errors import ReportError
from hscb_report.handed_over import VARIABLE, handed_over, report_of_this_run
from hscb_report.results.published import Published


def test_the_notebooks_of_a_run_open_its_report_and_read_no_data(
    report: Published, tmp_path: Path
) -> None:
    nowhere = tmp_path / "no such folder"
    with handed_over(report, nowhere):
        assert vars(hscb_report.open_report("2013-14", data=nowhere)) == vars(report)
    with pytest.raises(ReportError):
        hscb_report.open_report("2013-14", data=nowhere)


def test_outside_a_run_nothing_is_kept(report: Published) -> None:
    """Neither the file nor the variable outlives the run, one that fails included."""
    found: list[Path] = []

    def fail() -> None:
        with handed_over(report):
            found.append(Path(os.environ[VARIABLE]))
            assert stat.S_IMODE(found[0].parent.stat().st_mode) == 0o700
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert report_of_this_run("2013-14", report.edition, None, None) is None
    assert not found[0].exists()


ASKED = {"year": "2013-14", "edition": "public", "data": None, "as_at": None}
OTHERS = [
    {"year": "2012-13"},
    {"edition": "board"},
    {"data": "elsewhere"},
    {"as_at": "2014-09-30"},
    {"as_at": date(2014, 9, 30)},
]


@pytest.mark.parametrize("other", OTHERS, ids=str)
def test_a_notebook_that_asks_for_another_report_is_not_given_that_of_the_run(
    report: Published, other: dict[str, Any]
) -> None:
    with handed_over(report):
        assert report_of_this_run(**ASKED) == report
        assert report_of_this_run(**ASKED | {"as_at": report.as_at}) == report
        assert report_of_this_run(**ASKED | {"as_at": str(report.as_at)}) == report
        assert report_of_this_run(**ASKED | other) is None
