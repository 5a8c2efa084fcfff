"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import json

import pytest

from hscb_report.cli import main


def test_trace_tells_value_definition_function_rows_documents_hash_and_pages(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["trace", "budget.total_income"]) == 0
    told = capsys.readouterr().out
    assert "budget.total_income = £247,497" in told
    assert "Contributions and the balance brought forward, in pounds (L928)." in told
    assert "hscb_report/measures/budget.py:" in told
    assert "2013-14/contributions.csv, rows 2, 3, 4, 5, 6, 7" in told
    assert "HSCB Annual Report 2013-14 L921, L922, L923, L924, L925, L926" in told
    assert told.count("sha256 ") == 2
    assert "printed in  book/index.md" in told


def test_trace_of_an_unknown_fact_suggests_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "budget.total_incme"]) == 1
    assert 'Did you mean "budget.total_income"' in capsys.readouterr().err


def test_trace_of_a_protected_number_tells_rows_in_the_board_edition_only(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["trace", "child_deaths.reviews"]) == 0
    public = capsys.readouterr().out
    assert "2013-14/child_deaths.csv, not told in the public edition" in public
    assert "sha256 not told" in public
    assert main(["trace", "child_deaths.reviews", "--edition", "board"]) == 0
    assert "2013-14/child_deaths.csv, row 3" in capsys.readouterr().out


def test_check_prints_json_alone_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "2013-14", "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed) == {"year", "rules", "findings"}
    assert {frozenset(finding) for finding in printed["findings"]} == {
        frozenset({"rule", "severity", "file", "row", "column", "found", "message", "hint"})
    }
    outcomes = {rule["rule"]: rule["outcome"] for rule in printed["rules"]}
    assert {f"R{number}" for number in range(1, 29)} <= set(outcomes)
    assert set(outcomes.values()) <= {"passed", "failed", "not_run", "accepted"}


def test_check_of_the_committed_data_has_warnings_and_no_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "2013-14"]) == 0
    told = capsys.readouterr()
    assert "0 errors" in told.out
    assert "warning: [R17]" in told.err
    assert "error:" not in told.err


@pytest.mark.parametrize("year", ["2013", "2013-15", "13-14", "../2013-14", "2013-14/", ""])
def test_a_year_of_another_form_is_the_command_line_s_fault(year: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["check", year])
    assert stopped.value.code == 2


def test_a_year_without_data_is_told_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "2019-20"]) == 1
    assert "There is no data for 2019-20" in capsys.readouterr().err


def test_schema_as_json_lists_every_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--format", "json"]) == 0
    names = [table["table"] for table in json.loads(capsys.readouterr().out)]
    assert "contributions" in names
    assert len(names) == len(set(names))
