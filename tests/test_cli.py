"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from hscb_report import arguments, cli
from hscb_report.cli import main
from hscb_report.report import DEFAULT_DATA, table_schemas
from hscb_report.results.published import Published
from hscb_report.schema.describe import schema_as_json, schema_as_text
from hscb_report.schema.records import record_schemas
from hscb_report.store.year import schemas_in_force
from tests.conftest import TableEditor

FINDING = ["rule", "severity", "file", "row", "column", "found", "message", "hint"]

OF_2013 = ("--year", "2013-14")


def test_trace_tells_value_definition_function_rows_documents_hash_and_pages(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["trace", "budget.total_income", *OF_2013]) == 0
    told = capsys.readouterr().out
    assert "budget.total_income = £247,497" in told
    assert "Contributions, any other income and the balance brought forward, in pounds." in told
    assert re.search(r"\(hscb_report/calculations/budget\.py:\d+\)", told)
    assert "2013-14/contributions.csv, rows 2 to 7" in told
    assert "HSCB Annual Report 2013-14 L921, L922, L923, L924, L925, L926" in told
    assert len(re.findall(r"sha256 [0-9a-f]{64}$", told, re.M)) == 2
    assert main(["trace", "budget.total_expenditure", *OF_2013]) == 0
    assert "printed in  2013-14/text/commentary/budget.md" in capsys.readouterr().out


def test_trace_of_an_unknown_fact_suggests_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "budget.total_incme", *OF_2013]) == 1
    assert 'Did you mean "budget.total_income"' in capsys.readouterr().err


def test_trace_of_a_protected_number_tells_rows_in_the_board_edition_only(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["trace", "child_deaths.reviews", *OF_2013]) == 0
    public = capsys.readouterr().out
    assert "2013-14/child_deaths.csv, rows not told in the public edition" in public
    assert "sha256 not told in the public edition" in public
    assert main(["trace", "child_deaths.reviews", "--edition", "board", *OF_2013]) == 0
    assert "2013-14/child_deaths.csv, row 3\n" in capsys.readouterr().out


def test_facts_lists_those_that_have_all_the_words_with_where_they_are_used(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["facts", "BUDGET", "total", *OF_2013]) == 0
    told = capsys.readouterr().out.splitlines()
    facts = told[: told.index("")]
    (line,) = [line for line in facts if line.startswith("budget.total_expenditure ")]
    assert "£247,497" in line
    assert line.endswith(" [budget]")
    assert all(re.search("(?i)budget", line) and re.search("(?i)total", line) for line in facts)
    assert len(facts) < 10
    assert max(map(len, told)) <= 100
    assert [line for line in told if line.startswith("  {{ year }}") and line.endswith("2013-14")]


def test_facts_in_json_are_those_of_the_report_each_with_its_files(
    capsys: pytest.CaptureFixture[str], report: Published
) -> None:
    assert main(["facts", "--format", "json", *OF_2013]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["facts"] == [
        {
            "name": fact.id,
            "value": fact.text,
            "label": fact.label,
            "used_in": list(report.printed_in[fact.id]),
        }
        for fact in report.facts
    ]
    assert any(fact["used_in"] for fact in told["facts"])
    assert told["names"]["plan_year"] == "2014-15"


@pytest.mark.parametrize("form", ["text", "json"])
def test_facts_without_a_match_name_the_nearest(
    capsys: pytest.CaptureFixture[str], form: str
) -> None:
    assert main(["facts", "budget.total_incme", "--format", form, *OF_2013]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith('No fact has "budget.total_incme" in its name, label or value.')
    assert '"budget.total_income"' in told.err
    assert told.err.count("\n") == 1


def test_facts_are_told_though_a_text_names_one_that_is_none(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are what it is mended with; what is wrong in a table is told instead."""
    (data / "2013-14/text/commentary/budget.md").write_text("{{ budget.total_incme }}", "utf-8")
    asked = ["facts", "total_income", "--data", str(data), *OF_2013]
    assert main(["check", "2013-14", "--data", str(data)]) == 1
    capsys.readouterr()
    assert main(asked) == 0
    assert capsys.readouterr().out.startswith("budget.total_income ")
    (data / "2013-14/contributions.csv").write_text("agency\n", "utf-8")
    assert main(asked) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "2013-14/contributions.csv" in told.err


def test_check_prints_json_alone_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "2013-14", "--format", "json"]) == 0
    told = capsys.readouterr()
    printed = json.loads(told.out)
    assert (list(printed), told.err) == (["year", "rules", "findings"], "")
    assert printed["findings"]
    assert all(list(finding) == FINDING for finding in printed["findings"])
    assert all(list(rule) == ["rule", "title", "severity", "outcome"] for rule in printed["rules"])
    outcomes = {rule["rule"]: rule["outcome"] for rule in printed["rules"]}
    assert {*(f"R{n}" for n in range(1, 29)), *(f"L{n}" for n in range(1, 9))} <= set(outcomes)
    assert set(outcomes.values()) <= {"passed", "failed", "not_run", "accepted"}


def test_check_of_the_committed_data_has_warnings_and_no_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "2013-14"]) == 0
    told = capsys.readouterr()
    assert "0 errors" in told.out
    assert "warning: [R17]" in told.err
    assert "error:" not in told.err


def test_check_of_damaged_data_tells_every_error_in_both_formats(
    table: Callable[[str], TableEditor], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1: the data is at fault."""
    table("contributions").set(3, "amount", "45203.5O")
    table("contributions").set(4, "basis", "hearsay")
    assert main(["check", "2013-14", "--data", str(data)]) == 1
    told = capsys.readouterr()
    line = (
        'error: [L4] 2013-14/contributions.csv, row 3, column "amount": found "45203.5O"; '
        'expected pounds such as 45203 or 45203.50. Did you mean "45203.50"?\n'
    )
    assert line in told.err
    assert "2 errors, " in told.out
    assert main(["check", "2013-14", "--data", str(data), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    cells = [(f["row"], f["column"]) for f in found if f["severity"] == "error"]
    assert cells == [(3, "amount"), (4, "basis")]


@pytest.mark.parametrize("year", ["2013", "2013-15", "13-14", "../2013-14", "2013-14/", ""])
def test_a_year_of_another_form_is_the_command_line_s_fault(year: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["check", year])
    assert stopped.value.code == 2


@pytest.mark.parametrize("page", ["0", "-1", "10000", "1.5", "１", ""])
def test_a_first_page_that_is_none_is_the_command_line_s_fault(page: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["render", "2013-14", "--first-page", page])
    assert stopped.value.code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "2019-20"], "There is no data for 2019-20"),
        (["trace", "budget.spend", "--data", "nowhere"], 'nowhere": a folder such as "'),
        (["trace", "budget.spend", "--year", "2019-20"], "There is no data for 2019-20"),
    ],
)
def test_a_year_without_data_is_told_plainly(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(arguments) == 1
    told = capsys.readouterr()
    assert words in told.err
    assert told.out == ""


def test_the_schema_is_printed_for_tools_and_for_people(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With the usual words, or with those of the board whose data is named."""
    every = (*table_schemas(), *record_schemas())
    for asked, root in (([], None), (["--data", str(DEFAULT_DATA)], DEFAULT_DATA)):
        schemas = schemas_in_force(every, root)
        assert main(["schema", "--format", "json", *asked]) == 0
        assert json.loads(capsys.readouterr().out) == schema_as_json(schemas)
        assert main(["schema", *asked]) == 0
        assert capsys.readouterr().out == schema_as_text(schemas)
    usual, own = (schema_as_text(schemas_in_force(every, r)) for r in (None, root))
    assert "silp" in own
    assert "silp" not in usual


def test_without_a_year_a_command_takes_the_latest(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "2012-13").mkdir()
    assert main(["check", "--data", str(data)]) == 0
    assert capsys.readouterr().out.startswith("2013-14: rules ")
    assert main(["trace", "budget.spend", "--data", str(data)]) == 0
    assert capsys.readouterr().out.startswith("budget.spend = £220,518")


def test_a_year_that_holds_nothing_yet_is_told_in_one_line(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "2014-15").mkdir()
    assert main(["check", "--data", str(data)]) == 1
    told = capsys.readouterr()
    (error,) = [line for line in told.err.splitlines() if line.startswith("error:")]
    assert error.startswith("error: [L8] 2014-15/year.toml: this year holds nothing yet. Begin")
    assert "1 error, " in told.out


def test_the_edition_that_is_checked_is_the_one_that_is_asked_for(
    data: Path, table: Callable[[str], TableEditor], capsys: pytest.CaptureFixture[str]
) -> None:
    """Small counts of a publication are for the Board as long as nothing protects them."""
    table("discrepancies").path.unlink()
    year = data / "2013-14/year.toml"
    year.write_text(year.read_text("utf-8").replace("reconstruction", "publication"), "utf-8")
    for edition, severity in (("public", "error"), ("board", "warning")):
        main(["check", "2013-14", "--data", str(data), "--edition", edition])
        assert f"{severity}: [R27]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("raised", "code", "words"),
    [
        (PermissionError(13, "Permission denied", "x.csv"), 2, '"x.csv": Permission denied.'),
        (OSError(28, "No space left on device"), 2, "The disk is full. Free some space"),
    ],
)
def test_what_stops_a_command_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    raised: BaseException,
    code: int,
    words: str,
) -> None:
    def stops(*_: object) -> None:
        raise raised

    monkeypatch.setattr(cli, "check_year", stops)
    assert main(["check", "2013-14"]) == code
    assert words in capsys.readouterr().err


def test_a_reader_that_has_had_enough_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `head` does it."""

    def stops(*_: object, **__: object) -> None:
        raise BrokenPipeError

    with open("/dev/null", "w") as stderr:  # noqa: PTH123
        monkeypatch.setattr(cli, "check_year", stops)
        monkeypatch.setattr(sys, "stderr", stderr)
        assert main(["check", "2013-14"]) == 0


def test_paths_are_of_the_folder_in_which_the_command_was_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whatever folder the process is in later."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    asked = arguments.parser().parse_args(["render", "--data", "../data", "--out", "out"])
    assert (asked.data, asked.out) == (tmp_path / "data", tmp_path / "here" / "out")
    (given,) = arguments.parser().parse_args(["refresh", "a.ipynb"]).notebooks
    assert given == tmp_path / "here" / "a.ipynb"


def test_a_folder_that_is_gone_is_the_command_line_s_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(SystemExit) as stopped:
        main(["check", "--data", "data"])
    assert stopped.value.code == 2
    assert '"data" cannot be found' in capsys.readouterr().err


ESCAPE = "\x1b]0;title\x07\x9b"


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", ESCAPE],
        ["check", "2013-14", ESCAPE],
        ["check", "--data", ESCAPE],
        ["check", f"--{ESCAPE}"],
        ["render", "--first-page", ESCAPE],
        ["render", "--as-at", ESCAPE],
        ["render", "--edition", ESCAPE],
        ["trace", ESCAPE],
        [ESCAPE],
    ],
)
def test_no_argument_reaches_the_terminal_as_a_command_to_it(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        sys.exit(main(arguments))
    told = capsys.readouterr()
    assert told.err
    assert not {"\x1b", "\x07", "\x9b"} & {*told.err, *told.out}


def test_what_programs_left_is_named_in_one_line_and_is_no_fault(data, capsys):
    for number in range(7):
        (data / f"2013-14/~$table{number}.xlsx").touch()
    assert main(["check", "2013-14", "--data", str(data)]) == 0
    told = capsys.readouterr().out
    assert "Ignored, left by other programs: 2013-14/~$table0.xlsx, " in told
    assert "~$table4.xlsx and 2 more." in told
    assert "~$table5" not in told


def test_a_path_that_is_no_text_is_the_command_line_s_fault(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["render", "--out", "o\udcfe"])
    assert stopped.value.code == 2
    assert '"o<U+DCFE>" is not in UTF-8: rename the folder.' in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "\x1b[2Jx"],
        ["check", "--data", "a\x1b]0;b\x07\u202e"],
        ["trace", "budget.\x1b[31mspend", *OF_2013],
        ["\x9b2J"],
        ["check", "--\x1b[2J"],
    ],
)
def test_nothing_of_an_argument_reaches_the_terminal_as_a_command(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with suppress(SystemExit):
        assert main(arguments) in (1, 2)
    told = "".join(capsys.readouterr())
    assert told.replace("\n", "").isprintable()


def test_the_same_problem_in_many_rows_is_one_line_and_many_problems_are_cut(
    table: Callable[[str], TableEditor], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def change(records: list[list[str]]) -> None:
        place = records[0].index("amount")
        for record in records[1:]:
            record[place] = "#REF!"

    table("contributions").rewrite(change)
    assert main(["check", "2013-14", "--data", str(data)]) == 1
    first, *others = capsys.readouterr().err.splitlines()
    assert first.startswith(
        'error: [L4] 2013-14/contributions.csv, rows 2 to 7, column "amount": found "#REF!"; '
        "it is the error value of a formula"
    )
    assert not any("contributions.csv" in line for line in others)
    assert len(others) < 40
