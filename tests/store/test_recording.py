"""Recording where an action stands: what is added, what is refused, and what is never lost."""

from __future__ import annotations

import csv
import errno
import io
import multiprocessing
import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.cli import main
from hscb_report.report import DEFAULT_DATA, PROJECT, check_year, open_report
from hscb_report.schema import TableSchema
from hscb_report.schema.damage import damage_in
from hscb_report.schema.plan import ActionStatus
from hscb_report.store import adding, recording
from hscb_report.store.recording import plan_years, record_status
from hscb_report.store.table_file import TableFile
from hscb_report.store.turns import turn
from hscb_report.years import ReportingYear
from tests.conftest import YEAR
from tests.strategies import hostile, letters

FILE = "2013-14/action_status.csv"
HEADER = (
    "record,action,as_at,process,completion,progress,further_work,impact,reported_in,as_printed,"
    "note"
)
ENOUGH = ("--as-at", "2014-10-01", "--completion", "at_risk")
STATUSES = (DEFAULT_DATA / FILE).read_bytes()
BEFORE = len(STATUSES.splitlines()) - 1


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a data root with nothing but a plan and the statuses of its actions."""
    folder = tmp_path / "root"
    (folder / "2013-14").mkdir(parents=True)
    for name in ("actions.csv", "action_status.csv"):
        shutil.copy(DEFAULT_DATA / "2013-14" / name, folder / "2013-14")
    return folder


@pytest.fixture
def file(root: Path) -> Path:
    """Return the file of statuses."""
    return root / FILE


@pytest.fixture
def record(root: Path) -> Callable[..., int]:
    """Return a function that records a status of 3.2b from the command line."""

    def run(*options: str, action: str = "3.2b") -> int:
        return main(["action", "record", action, *options, "--data", str(root)])

    return run


def loaded(root: Path) -> tuple[Any, ...]:
    """Return the statuses as the loader reads them; there is nothing wrong with them."""
    found = TableFile.read(TableSchema(ActionStatus), YEAR, root)
    assert found.findings == []
    return found.rows


def hidden(file: Path) -> set[str]:
    """Return what stands in the folder beside the tables."""
    return {path.name for path in file.parent.iterdir() if path.name.startswith(".")}


# What is added ----------------------------------------------------------------------------------


def test_a_record_with_every_option_is_loaded_back_exactly(
    root: Path, record: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    said = {
        "process": "agreed",
        "completion": "at_risk",
        "progress": 'Said "no", then "yes"; 3 of 4, and so on',
        "further_work": "Żółw – 100 % — naïve ✓ \u00a0£",
        "impact": "First line\nsecond, line",
        "note": "'",
        "reported_in": "Steering Group, 1 October 2014",
    }
    options = [
        part for name, text in said.items() for part in (f"--{name.replace('_', '-')}", text)
    ]
    assert record("--as-at", "2014-10-01", *options) == 0
    row = loaded(root)[-1]
    assert {name: getattr(row, name) for name in said} == said
    assert (row.record, row.action, row.as_at) == (BEFORE + 1, "3.2b", date(2014, 10, 1))
    assert row.as_printed is None
    assert f"({FILE}, row {row.place.row})" in capsys.readouterr().out


def test_what_is_not_said_stays_empty_and_who_said_it_has_a_default(
    root: Path, record: Callable[..., int]
) -> None:
    assert record(*ENOUGH) == 0
    row = loaded(root)[-1]
    assert row.reported_in == "Recorded from the command line"
    unsaid = ("process", "progress", "further_work", "impact", "as_printed", "note")
    assert [getattr(row, name) for name in unsaid] == [None] * 6


def test_a_day_is_written_as_no_spreadsheet_rewrites_it(
    record: Callable[..., int], file: Path
) -> None:
    for day in ("2014-10-01", "2014-M10-01", " 2014-10-01 "):
        assert record("--as-at", day, "--completion", "at_risk") == 0
        assert ",2014-M10-01," in file.read_text("utf-8").splitlines()[-1]


@pytest.fixture(scope="module")
def small_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data root with nothing but a plan, for many records."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "2013-14").mkdir()
    shutil.copy(DEFAULT_DATA / "2013-14" / "actions.csv", folder / "2013-14")
    return folder


_MISSING = {"n/a", "#n/a", "na", "nan", "null", "-", "–", "—", "--"}
_texts = (st.text(letters | st.sampled_from("\n\r\"',; =")) | hostile).filter(
    lambda text: text.strip().lower() not in _MISSING and damage_in(text.strip()) is None
)


@given(_texts, _texts, st.sampled_from(("\n", "\r\n")))
def test_any_text_comes_back_as_it_went_in_but_for_space_around_it(
    small_root: Path, progress: str, note: str, ends: str
) -> None:
    """Twice: the second record must find nothing odd in what the first has left."""
    (small_root / FILE).write_bytes(f"{HEADER}{ends}".encode())
    said = {"completion": "at_risk", "progress": progress, "note": note}
    said |= {"as_at": "2014-10-01", "reported_in": "A meeting"}
    recorded = [record_status("3.2b", said, YEAR.next, small_root).status for _ in range(2)]
    assert loaded(small_root) == tuple(recorded)
    for row in recorded:
        assert (row.progress or "", row.note or "") == (progress.strip(), note.strip())


def test_text_that_looks_like_something_else_changes_nothing_that_is_checked(data: Path) -> None:
    before = check_year("2013-14", data).findings
    text = "=1+1 <script>alert(1)</script> {{ budget.total_income }} [x](y) | *a* #strong[x]"
    said = ["--data", str(data), f"--progress={text}", f"--note={text}"]
    assert main(["action", "record", "3.2b", *ENOUGH, *said]) == 0
    after = check_year("2013-14", data).findings
    assert tuple(finding for finding in after if finding.rule != "L12") == before
    # But that a spreadsheet program would work it out is told.
    assert [f.column for f in after if f.rule == "L12"] == ["progress", "note"]


def test_a_record_of_an_earlier_day_says_that_a_later_one_still_holds(
    record: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    """A later one of the same action, that is."""
    assert record("--as-at", "2014-12-01", "--completion", "on_target", action="1.1a") == 0
    capsys.readouterr()
    said = []
    for day in ("2014-09-30", "2014-10-01", "2014-09-30"):
        assert record("--as-at", day, "--completion", "on_target") == 0
        said.append("A record of a later day still holds after that." in capsys.readouterr().out)
    assert said == [True, False, True]


# What was there before --------------------------------------------------------------------------


def reversed_columns(raw: bytes) -> bytes:
    records = list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(row[::-1] for row in records)
    return text.getvalue().encode("utf-8")


A_ROW = b"50,1.1a,2014-M10-01,agreed,,,,,A meeting,,"
FORMS: dict[str, Callable[[bytes], bytes]] = {
    "as committed": lambda raw: raw,
    "with CRLF": lambda raw: raw.replace(b"\n", b"\r\n"),
    "with a BOM": lambda raw: b"\xef\xbb\xbf" + raw,
    "with a BOM and CRLF": lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"),
    "without final newline": lambda raw: raw.rstrip(b"\n"),
    "with CRLF, without the final one": lambda raw: raw.rstrip(b"\n").replace(b"\n", b"\r\n"),
    "with columns in another order": reversed_columns,
    "with the header alone": lambda raw: raw.split(b"\n")[0] + b"\n",
    "with the header alone, unended": lambda raw: raw.split(b"\n")[0],
    "with CRLF inside a text alone": lambda raw: raw + A_ROW + b'"a\r\nb"\n',
    "with records that are not in order": lambda raw: raw.replace(b"\n49,", b"\n4900,").replace(
        b"\n48,", b"\n4800,"
    ),
    "with a last cell that is quoted and ends in blank lines": lambda raw: (
        raw + A_ROW + b'"x\n\n,\n"\n'
    ),
    "with a line separator before empty cells": lambda raw: (
        raw + A_ROW.removesuffix(b",") + "\u2028".encode() + b",\n"
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_earlier_byte_of_the_file_is_kept(
    root: Path, record: Callable[..., int], file: Path, form: str
) -> None:
    """Twice: the second record must find nothing odd in what the first has left."""
    earlier = FORMS[form](file.read_bytes())
    file.write_bytes(earlier)
    rows = loaded(root)
    assert record(*ENOUGH, "--note", "first") == 0
    once = file.read_bytes()
    assert record(*ENOUGH, "--note", "second", action="1.1a") == 0
    assert once.startswith(earlier)
    assert file.read_bytes().startswith(once)
    assert hidden(file) == set()
    *before, first, second = loaded(root)
    assert tuple(before) == rows
    assert (first.action, first.note, second.action, second.note) == (
        *("3.2b", "first"),
        *("1.1a", "second"),
    )
    highest = max((row.record for row in rows), default=0)
    assert (first.record, second.record) == (highest + 1, highest + 2)
    ends = file.read_bytes().removeprefix(earlier).lstrip(b"\r\n")
    assert ends.count(b"\n") == 2
    assert ends.count(b"\r\n") == (2 if b"\r\n" in earlier.split(b"\n")[0] + b"\n" else 0)


BLANK = {
    "commas": b",,,,,,,,,,\n" * 3,
    "commas and CRLF": b",,,,,,,,,,\r\n" * 3,
    "line ends": b"\n\n\n",
    "spaces": b"\n, ,\t,,,,,,,,",
    "quoted": b'"","","","","","","","","","",""\n' * 2,
}


@pytest.mark.parametrize("blank", BLANK)
def test_blank_last_rows_of_a_spreadsheet_neither_stop_a_record_nor_hide_it(
    root: Path, record: Callable[..., int], file: Path, blank: str
) -> None:
    """A file that loads takes a record: what is dropped holds nothing, the rest keeps its bytes."""
    file.write_bytes(STATUSES + BLANK[blank])
    rows = loaded(root)
    assert record(*ENOUGH) == 0
    assert file.read_bytes().startswith(STATUSES.rstrip(b"\n"))
    assert loaded(root)[:-1] == rows
    assert loaded(root)[-1].action == "3.2b"


def test_a_file_with_the_line_ends_of_old_macs_keeps_its_rows(
    root: Path, record: Callable[..., int], file: Path
) -> None:
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r"))
    rows = loaded(root)
    assert record(*ENOUGH) == record(*ENOUGH) == 0
    assert loaded(root)[:-2] == rows


def forked(target: Callable[..., None], *given: Any) -> multiprocessing.Process:
    """Start a function in a process of its own."""
    process = multiprocessing.get_context("fork").Process(target=target, args=given, daemon=True)
    process.start()
    return process


def test_line_breaks_in_an_earlier_text_do_not_stop_the_next_record(
    root: Path, record: Callable[..., int]
) -> None:
    """A text pasted with many blank lines in it: the next record is not left to run for hours."""
    notes = ("one" + "\n" * 40 + "two", "next")
    for note in notes:
        process = forked(lambda note=note: os._exit(record(*ENOUGH, "--note", note)))
        process.join(30)  # what hangs would never end; what works takes no second
        process.kill()
        assert process.exitcode == 0
    assert tuple(row.note for row in loaded(root)[-2:]) == notes


def test_a_file_of_before_there_was_a_column_takes_a_record_that_does_not_need_it(
    root: Path, record: Callable[..., int], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it has no place for is refused, not lost."""
    columns = [name for name in HEADER.split(",") if name not in ("impact", "note")]
    earlier = (",".join(columns) + "\n").encode()
    file.write_bytes(earlier)
    assert record(*ENOUGH, "--note", "x", "--impact", "y") == 2
    told = capsys.readouterr().err
    assert f'--impact: {FILE} has no column "impact". Add it to the header first.' in told
    assert f'--note: {FILE} has no column "note".' in told
    assert file.read_bytes() == earlier
    assert record(*ENOUGH, "--progress", "z") == 0
    assert [(row.progress, row.note) for row in loaded(root)] == [("z", None)]


def test_a_missing_file_is_made(root: Path, record: Callable[..., int], file: Path) -> None:
    file.unlink()
    assert record(*ENOUGH, "--note", "ä, b") == 0
    header, row = file.read_text(encoding="utf-8").splitlines()
    assert header == HEADER
    assert row == '1,3.2b,2014-M10-01,,at_risk,,,,Recorded from the command line,,"ä, b"'
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert len(loaded(root)) == 1


def test_the_rights_of_the_file_stay_and_a_link_to_it_stays_a_link(
    root: Path, record: Callable[..., int], file: Path
) -> None:
    """Within the data root."""
    target = root / "kept elsewhere.csv"
    file.chmod(0o640)
    file.rename(target)
    file.symlink_to(target)
    assert record(*ENOUGH) == 0
    assert file.is_symlink()
    assert target.read_bytes().startswith(STATUSES)
    assert len(target.read_bytes()) > len(STATUSES)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


# What is refused --------------------------------------------------------------------------------


@pytest.fixture
def refused(
    record: Callable[..., int], file: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Return a function that records, expects an exit code and no change, and returns stderr."""

    def run(code: int, *options: str, **named: str) -> str:
        before = file.read_bytes() if file.exists() else None
        assert record(*options, **named) == code
        assert (file.read_bytes() if file.exists() else None) == before
        assert {path.name for path in file.parent.iterdir()} <= {
            *("actions.csv", "action_status.csv")
        }
        told = capsys.readouterr()
        assert told.out == ""
        assert "Traceback" not in told.err
        return told.err

    return run


@pytest.mark.parametrize(
    ("action", "hint"),
    [("3.2B", '"3.2b"'), ("3.2bb", '"3.2b"'), ("32b", '"3.2b"'), ("<b>", "Known: 1.1a, 1.1b")],
)
def test_an_unknown_action_is_refused_with_the_near_ones(
    refused: Callable[..., str], action: str, hint: str
) -> None:
    told = refused(1, *ENOUGH, action=action)
    assert f'Unknown action "{action}". ' in told
    assert hint in told


def test_what_is_refused_leaves_no_file_where_there_was_none(
    refused: Callable[..., str], file: Path
) -> None:
    file.unlink()
    refused(1, *ENOUGH, action="9.9z")
    refused(2, "--as-at", "2014-10-01", "--completion", "at_rsk")
    assert not file.exists()


@pytest.mark.parametrize("year", ["2013-14", "2015-16", "2041-42"])
def test_a_plan_that_does_not_exist_is_refused_with_those_there_are(
    refused: Callable[..., str], root: Path, year: str
) -> None:
    told = refused(1, *ENOUGH, "--year", year)
    assert f'Unknown plan "{year}".' in told
    assert "2014-15" in told
    with pytest.raises(recording.UnknownNameError, match="2014-15"):
        record_status("3.2b", {"as_at": "2014-10-01"}, ReportingYear.parse(year), root)


def test_a_root_without_a_plan_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for root in (tmp_path, tmp_path / "nowhere"):
        assert main(["action", "record", "3.2b", *ENOUGH, "--data", str(root)]) == 1
        assert "There is no plan in" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--completion", "at_rsk"], ['--completion: found "at_rsk"', 'Did you mean "at_risk"?']),
        (["--completion", "At risk"], ["--completion", 'Did you mean "at_risk"?']),
        (["--completion", "red"], ["complete, on_target, at_risk, outside_timescale"]),
        (["--process", "agree"], ['--process: found "agree"', 'Did you mean "agreed"?']),
        (["--completion", "complete", "--note", "n/a"], ["--note", "an empty cell"]),
        (["--completion", "complete", "--reported-in", ""], ["--reported-in", "empty"]),
        (["--progress", "a\x1b[2Jb"], ["--progress", "nobody can see"]),
        (["--completion", "complete", "--note", "x" * 200_000], ["too long"]),
        (["--completion", "complete", "--note", "caf\udce9"], ["--note", "is not in UTF-8."]),
        *(
            (["--completion", "at_risk", option, "Waiting, TBC"], [f'{option}: found "TBC"'])
            for option in ("--progress", "--note", "--reported-in")
        ),
    ],
)
def test_a_value_that_its_column_does_not_allow_is_refused(
    refused: Callable[..., str], options: list[str], words: list[str]
) -> None:
    """Nor one that would stop a final report, one in another encoding, one a terminal obeys."""
    told = refused(2, "--as-at", "2014-10-01", *options)
    assert all(word in told for word in words)
    assert "\x1b" not in told


@pytest.mark.parametrize(
    "day", ["01/10/2014", "2014-10", "2014-02-30", "2014-13-01", "41426", "", "2014-W10-1"]
)
def test_what_is_no_day_is_refused(refused: Callable[..., str], day: str) -> None:
    assert "--as-at" in refused(2, "--as-at", day, "--completion", "at_risk")


@pytest.mark.parametrize("day", ["2013-03-31", "2016-04-01", "2024-10-01", "0014-10-01"])
def test_a_day_more_than_a_year_from_the_plan_s_is_refused(
    refused: Callable[..., str], day: str
) -> None:
    told = refused(2, "--as-at", day, "--completion", "at_risk")
    assert f'--as-at: found "{day}"' in told
    assert "from 1 April 2013 to 31 March 2016" in told


def test_a_day_of_the_year_before_or_after_the_plan_s_is_recorded(
    root: Path, record: Callable[..., int]
) -> None:
    for day in ("2013-04-01", "2016-03-31"):
        assert record("--as-at", day, "--completion", "at_risk") == 0
    assert [row.as_at for row in loaded(root)[-2:]] == [date(2013, 4, 1), date(2016, 3, 31)]


@pytest.mark.parametrize(
    "options",
    [(), ("--note", "Only a note"), ("--completion", ""), ("--progress", "  ", "--impact", "\n")],
)
def test_a_record_that_says_nothing_is_refused(
    refused: Callable[..., str], options: tuple[str, ...]
) -> None:
    told = refused(2, "--as-at", "2014-10-01", *options)
    assert "Nothing is said of the action." in told
    for option in ("--process", "--completion", "--progress", "--further-work", "--impact"):
        assert option in told


def test_everything_that_is_wrong_is_told_at_once(refused: Callable[..., str]) -> None:
    """Who mends a code is not told only then that the day is mistyped as well."""
    told = refused(
        *(2, "--as-at", "1/10/14", "--completion", "at_rsk", "--process", "agree", "--note", "-"),
        action="3.2bb",
    )
    for words in ('action "3.2bb"', '"3.2b"', "--as-at", "--completion", "--process", "--note"):
        assert words in told
    told = refused(2, "--as-at", "2041-10-01", "--note", "TBC", action="9.9z")
    for words in ('action "9.9z"', '--as-at: found "2041-10-01"', "Nothing is said", "--note"):
        assert words in told


@pytest.mark.parametrize(
    "arguments",
    [
        ["record", "3.2b", "--completion", "at_risk"],
        ["record", *ENOUGH],
        ["record", "3.2b", *ENOUGH, "--year", "2014"],
        ["record", "3.2b", *ENOUGH, "--rating", "x"],
        ["list", "--as-at", "1 October"],
        ["list", "--year", "../2014-15"],
        ["remove", "3.2b"],
        [],
    ],
)
def test_a_command_line_of_another_form_is_refused(root: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["action", *arguments, *(["--data", str(root)] if arguments else [])])
    assert stopped.value.code == 2
    assert (root / FILE).read_bytes() == STATUSES


# Tables that are at fault themselves --------------------------------------------------------------

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "a code that is none": lambda raw: raw.replace(b",code_unknown,", b",unknown,", 1),
    "a cell too many": lambda raw: raw.replace(b"\n2,", b"\n2,2,", 1),
    "a record twice": lambda raw: raw.replace(b"\n2,", b"\n1,", 1),
    "another header": lambda raw: raw.replace(b"record,", b"number,", 1),
    "a blank row": lambda raw: raw.replace(b"\n2,", b"\n\n2,", 1),
    "an open quotation mark": lambda raw: raw + b'50,1.1a,2014-M10-01,,at_risk,,,,"A meeting,,\n',
    "semicolons": lambda raw: raw.replace(b",", b";"),
    "another encoding": lambda raw: raw + b"50,1.1a,2014-M10-01,,at_risk,,,,caf\xe9,,\n",
    "UTF-16": lambda raw: raw.decode().encode("utf-16"),
    "nothing": lambda raw: b"",
    "blank lines alone": lambda raw: b"\n\n",
    "marks of a merge": lambda raw: raw + b"<<<<<<< HEAD\n",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_of_statuses_is_told_and_not_touched(
    refused: Callable[..., str], file: Path, damage: str
) -> None:
    file.write_bytes(DAMAGES[damage](file.read_bytes()))
    told = refused(1, *ENOUGH)
    assert FILE in told
    assert "[L" in told


def test_a_folder_in_the_file_s_place_is_told(record: Callable[..., int], file: Path) -> None:
    file.unlink()
    file.mkdir()
    assert record(*ENOUGH) == 1
    assert list(file.iterdir()) == []


@pytest.mark.parametrize(
    "damage",
    [lambda raw: raw.replace(b"\n1.1b,", b"\n1.1a,", 1), lambda raw: raw[:-3] + b"\xff\n"],
    ids=["an action twice", "another encoding"],
)
def test_a_damaged_file_of_actions_is_told_and_nothing_is_recorded(
    root: Path, refused: Callable[..., str], damage: Callable[[bytes], bytes]
) -> None:
    actions = root / "2013-14" / "actions.csv"
    damaged = damage(actions.read_bytes())
    actions.write_bytes(damaged)
    assert "2013-14/actions.csv" in refused(1, *ENOUGH)
    assert actions.read_bytes() == damaged


# What goes wrong on the way -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "name"), [(os, "replace"), (os, "fsync"), (shutil, "copymode"), (tempfile, "mkstemp")]
)
def test_what_cannot_be_written_leaves_the_old_file_and_a_plain_message(
    refused: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
    file: Path,
    where: Any,
    name: str,
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(file))

    monkeypatch.setattr(where, name, fails)
    told = refused(2, *ENOUGH)
    assert "Cannot read or write" in told
    assert "No space left on device" in told


@pytest.mark.parametrize("missing", [False, True])
def test_an_interrupted_replacement_leaves_the_old_file(
    record: Callable[..., int], file: Path, monkeypatch: pytest.MonkeyPatch, missing: bool
) -> None:
    if missing:
        file.unlink()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        record(*ENOUGH)
    assert (file.read_bytes() if file.exists() else None) == (None if missing else STATUSES)
    assert hidden(file) == set()
    monkeypatch.undo()
    assert record(*ENOUGH) == 0  # and the turn was given back


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes to every folder")
def test_a_folder_that_may_not_be_written_is_told_plainly(
    record: Callable[..., int], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.parent.chmod(0o555)
    try:
        assert record(*ENOUGH) == 2
    finally:
        file.parent.chmod(0o755)
    told = capsys.readouterr().err
    assert "Permission denied" in told
    assert "Traceback" not in told
    assert file.read_bytes() == STATUSES


# Several writers --------------------------------------------------------------------------------


def test_a_writer_that_keeps_the_file_to_itself_is_told_of(
    refused: Callable[..., str], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "_TURN_SECONDS", 0.05)
    with turn(file.parent, 0):
        assert "Nothing was recorded; try again." in refused(1, *ENOUGH)


def test_writers_at_once_lose_nothing_and_each_is_told_its_own_row(
    root: Path, tmp_path: Path
) -> None:
    """All start at the same moment, so that they meet: without turns, records would be lost."""
    writers, each = ("a", "b", "c"), 8
    start = multiprocessing.get_context("fork").Barrier(len(writers))

    def write(writer: str) -> None:
        said = {"as_at": "2014-10-01", "completion": "at_risk", "reported_in": "A writer"}
        start.wait()
        with (tmp_path / writer).open("w") as told:
            for number in range(each):
                named = {**said, "note": f"{writer}-{number}"}
                status = record_status("3.2b", named, YEAR.next, root).status
                print(status.note, status.record, status.place.row, file=told)
        os._exit(0)

    processes = [forked(write, writer) for writer in writers]
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0] * len(writers)
    assert (root / FILE).read_bytes().startswith(STATUSES)
    new = loaded(root)[BEFORE:]
    count = len(writers) * each
    assert [row.record for row in new] == list(range(BEFORE + 1, BEFORE + count + 1))
    assert {row.note for row in new} == {f"{w}-{n}" for w in writers for n in range(each)}
    told = {line for writer in writers for line in (tmp_path / writer).read_text().splitlines()}
    assert told == {f"{row.note} {row.record} {row.place.row}" for row in new}


# What comes of a record -------------------------------------------------------------------------


def rating(data: Path, day: str, action: str = "3.2b") -> str:
    table = open_report("2013-14", "board", data, day).exhibit("actions")
    column = [found.heading for found in table.columns].index("Completion")
    return next(row[column] for row in table.texts() if row[0] == action)


def test_a_record_counts_from_its_day_on_and_of_two_the_one_made_later(data: Path) -> None:
    before = rating(data, "2014-11-14")
    command = ["action", "record", "3.2b", "--data", str(data), "--as-at", "2014-11-15"]
    for code in ("complete", "outside_timescale"):
        assert main([*command, "--completion", code]) == 0
    assert rating(data, "2014-11-14") == before
    assert rating(data, "2014-11-15") == "■ Outside timescale"


def test_the_list_shows_what_was_recorded_in_words_and_shapes(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = ["action", "record", "3.2b", "--data", str(data), "--as-at", "2014-11-15"]
    assert main([*record, "--completion", "at_risk"]) == 0
    for day, count in (("2014-11-14", "0"), ("2014-11-15", "1")):
        capsys.readouterr()
        assert main(["action", "list", "--data", str(data), "--as-at", day]) == 0
        lines = [line.split(" | ") for line in capsys.readouterr().out.splitlines()]
        assert {cells[1] for cells in lines if cells[0] == "▲ At risk"} == {count}


def test_the_list_of_damaged_data_or_of_another_plan_is_refused(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["action", "list", "--data", str(data), "--year", "2013-14"]) == 1
    assert 'Unknown plan "2013-14"' in capsys.readouterr().err
    (data / FILE).write_bytes(DAMAGES["a cell too many"](STATUSES))
    assert main(["action", "list", "--data", str(data)]) == 1
    assert FILE in capsys.readouterr().err


def test_changes_are_asked_for_since_an_earlier_day(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = ["action", "list", "--data", str(data), "--as-at", "2014-11-30", "--since"]
    assert main([*listed, "2014-11-30"]) == 2
    assert "--since must be before 30 November 2014" in capsys.readouterr().err
    assert main([*listed, "2014-10-01"]) == 0
    told = capsys.readouterr().out
    assert "Ratings that changed from 1 October 2014 to 30 November 2014" in told


# Plans ------------------------------------------------------------------------------------------


def test_the_plan_is_the_latest_unless_another_is_asked_for(
    root: Path, record: Callable[..., int], file: Path
) -> None:
    """A year that has no plan yet does not count."""
    assert plan_years(root) == [ReportingYear(2014)]
    (root / "2014-15").mkdir()
    (root / "2015-16").mkdir()
    shutil.copy(root / "2013-14" / "actions.csv", root / "2014-15")
    assert plan_years(root) == [ReportingYear(2014), ReportingYear(2015)]
    assert record("--as-at", "2015-10-01", "--completion", "at_risk") == 0
    assert ",2015-M10-01," in (root / "2014-15/action_status.csv").read_text("utf-8")
    assert file.read_bytes() == STATUSES
    assert record(*ENOUGH, "--year", "2014-15") == 0
    assert file.read_bytes() != STATUSES
    assert not (root / "2015-16" / "action_status.csv").exists()


def test_a_status_is_recorded_where_nobody_says_in_each_row_what_it_rests_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the settings, or the table of sources, say of a whole table holds here too."""
    root = tmp_path / "board"
    shutil.copytree(PROJECT / "examples" / "northshire", root)
    assert "basis" not in (root / "2024-25" / "actions.csv").read_text("utf-8").splitlines()[0]
    said = ["--completion", "at_risk", "--as-at", "2026-01-31", "--progress", "Waiting"]
    given = ["action", "record", "1.1b", "--year", "2025-26", "--data", str(root), *said]
    assert main(given) == 0, capsys.readouterr().err
    assert "1.1b as at 31 January 2026" in capsys.readouterr().out
    assert [f for f in check_year("2024-25", root).findings if f.severity == "error"] == []
