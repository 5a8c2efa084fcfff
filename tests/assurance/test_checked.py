"""The assurance page: every rule with its outcome, every finding with its judgement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hscb_report.report import check_year, open_report
from hscb_report.results.published import Published
from tests.conftest import TableEditor, small_year


def test_every_check_stands_on_the_page_with_its_outcome(report: Published) -> None:
    rows = report.exhibit("assurance-rules").texts()
    results = check_year("2013-14").results
    listed = [(r.rule.code, r.rule.title) for r in results if not r.rule.code.startswith("L")]
    # The rules of reading tables stand as one: a year that breaks any of them has no report.
    assert rows[0][0] == "Loading"
    assert [(row[0], row[1]) for row in rows[1:]] == listed
    assert {row[3] for row in rows} <= {"passed", "findings", "not run", "accepted"}
    assert {"not run", "findings"} <= {row[3] for row in rows}


def test_a_part_that_the_year_has_no_data_for_is_listed_with_its_tables(
    tmp_path: Path, report: Published
) -> None:
    """Nothing is left out in silence; of the committed year what is not of it alone is."""
    left_out = report.exhibit("assurance-left-out").texts()
    assert left_out == (
        ("Self-assessments", "self_assessments"),
        ("What came of last year's plan", "actions of 2012-13"),
    )
    small = open_report(data=small_year(tmp_path, "2014-15"))
    left_out = dict(small.exhibit("assurance-left-out").texts())
    assert left_out["Child deaths"].startswith("child_deaths, cdop_lessons, measurements")


def test_every_finding_stands_there_and_an_accepted_one_says_by_whom(
    data: Path, table: Callable[[str], TableEditor]
) -> None:
    accepted = ["R22", "2013-14/actions.csv", "42", "A reason", "A role", "2026-M11-25"]
    table("accepted").rewrite(lambda records: [*records, accepted])
    report = open_report("2013-14", data=data)
    rows = report.exhibit("assurance-findings").texts()
    assert len(rows) == len(report.checks["findings"])
    judged = {(row[0], row[1]): row[3] for row in rows}
    assert judged["R22", "2013-14/actions.csv, row 42"] == (
        "yes: A reason (A role, 25 November 2026)"
    )
    assert set(judged.values()) == {
        "no, open",
        "yes: A reason (A role, 25 November 2026)",
    }
    assert ("R22", "accepted") in {
        (row[0], row[3]) for row in report.exhibit("assurance-rules").texts()
    }


def test_an_exempt_number_is_listed_with_how_often_it_stands(report: Published) -> None:
    rows = report.exhibit("assurance-exempt-numbers").texts()
    times = {row[0]: int(row[2]) for row in rows}
    assert times["half-day events"] >= 1
    assert min(times.values()) >= 1, "an exemption that nothing needs"
