"""Recording where an action stands: what is added, what is refused, and what is never lost."""

from __future__ import annotations

import csv
import errno
import io
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from hscb_report import recording
from hscb_report.cli import main
from hscb_report.load import load_year
from hscb_report.recording import record_status
from hscb_report.report import DEFAULT_DATA, PROJECT, check_year, open_report
from hscb_report.years import ReportingYear
from tests.conftest import YEAR

FILE = "2013-14/action_status.csv"
LOCK = ".action_status.csv.lock"
HEADER = (
    "record,action,as_at,process,completion,progress,further_work,impact,reported_in,as_printed,"
    "note"
)
ENOUGH = ("--as-at", "2014-10-01", "--completion", "at_risk")
BEFORE = len((DEFAULT_DATA / FILE).read_bytes().splitlines()) - 1


@pytest.fixture
def file(data: Path) -> Path:
    """Return the file of statuses in the copied data."""
    return data / FILE


@pytest.fixture
def record(data: Path) -> Callable[..., int]:
    """Return a function that records a status of 3.2b in the copied data."""

    def run(*options: str, action: str = "3.2b") -> int:
        return main(["action", "record", action, *options, "--data", str(data)])

    return run


def last_row(file: Path) -> dict[str, str]:
    text = file.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))[-1]


def loaded(data: Path) -> Any:
    found = load_year(YEAR, data)
    assert found.findings == ()
    return found.tables.action_status


def hidden(file: Path) -> set[str]:
    """Return what stands in the folder beside the tables, the lock aside."""
    return {path.name for path in file.parent.iterdir() if path.name.startswith(".")} - {LOCK}


# What is added


def test_a_record_with_every_option_is_loaded_back_exactly(
    data: Path, record: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    said = {
        "process": "agreed",
        "completion": "at_risk",
        "progress": 'Said "no", then "yes"; 3 of 4, and so on',
        "further_work": "Żółw – 100 % — naïve \U0001f600 \u00a0£",
        "impact": "First line\nsecond, line",
        "note": "'",
        "reported_in": "Steering Group, 1 October 2014",
    }
    options = [
        part for name, text in said.items() for part in (f"--{name.replace('_', '-')}", text)
    ]
    assert record("--as-at", "2014-10-01", *options) == 0
    row = loaded(data)[-1]
    assert {name: getattr(row, name) for name in said} == said
    assert (row.record, row.action, row.as_at) == (BEFORE + 1, "3.2b", date(2014, 10, 1))
    assert row.as_printed is None
    assert f"({FILE}, row {row.place.row})" in capsys.readouterr().out


def test_what_is_not_said_stays_empty_and_who_said_it_has_a_default(
    data: Path, record: Callable[..., int]
) -> None:
    assert record(*ENOUGH) == 0
    row = loaded(data)[-1]
    assert row.reported_in == "Recorded from the command line"
    unsaid = ("process", "progress", "further_work", "impact", "as_printed", "note")
    assert [getattr(row, name) for name in unsaid] == [None] * 6


@pytest.mark.parametrize("day", ["2014-10-01", "2014-M10-01", " 2014-10-01 "])
def test_a_day_is_written_as_no_spreadsheet_rewrites_it(
    record: Callable[..., int], file: Path, day: str
) -> None:
    assert record("--as-at", day, "--completion", "at_risk") == 0
    assert last_row(file)["as_at"] == "2014-M10-01"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("end_of_file", ["\n", "\r\n"])
def test_a_line_break_inside_a_text_is_kept(
    data: Path, record: Callable[..., int], file: Path, line_end: str, end_of_file: str
) -> None:
    file.write_bytes(file.read_bytes().replace(b"\n", end_of_file.encode()))
    assert record(*ENOUGH, "--note", f"one{line_end}two") == 0
    assert loaded(data)[-1].note == f"one{line_end}two"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|'/C calc'!A0",
        "@SUM(A1)",
        "-5 places",
        "<script>alert(1)</script>",
        "{{ budget.total_income }} {fact}`budget.spend` [x](y) | *a* | #strong[x]",
        '","',
        '""',
        "1,1.1a,2014-M10-01",
        "# no comment",
    ],
)
def test_text_that_looks_like_something_else_is_kept_as_text(
    data: Path, record: Callable[..., int], text: str
) -> None:
    before = check_year("2013-14", data).findings
    assert record(*ENOUGH, f"--progress={text}", f"--note={text}") == 0
    row = loaded(data)[-1]
    assert (row.progress, row.note) == (text, text)
    assert check_year("2013-14", data).findings == before


@pytest.fixture(scope="module")
def small_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data root with nothing but a plan and an empty list of statuses."""
    root = tmp_path_factory.mktemp("small")
    (root / "2013-14").mkdir()
    shutil.copy(DEFAULT_DATA / "2013-14" / "actions.csv", root / "2013-14")
    return root


_MISSING = {"n/a", "#n/a", "na", "nan", "null", "-", "–", "—", "--"}
_letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
_texts = st.text(_letters | st.sampled_from("\n\"',; =")).filter(
    lambda text: text.strip().lower() not in _MISSING
)


@given(_texts, _texts)
def test_any_text_comes_back_as_it_went_in_but_for_space_around_it(
    small_root: Path, progress: str, note: str
) -> None:
    (small_root / FILE).write_text(f"{HEADER}\n", encoding="utf-8")
    said = {"completion": "at_risk", "progress": progress, "note": note}
    said |= {"as_at": "2014-10-01", "reported_in": "A meeting"}
    recorded = record_status("3.2b", said, YEAR.next, small_root)
    (row,) = load_year(YEAR, small_root).tables.action_status
    assert row == recorded.status
    assert (row.progress or "", row.note or "") == (progress.strip(), note.strip())


def test_a_record_of_an_earlier_day_says_that_a_later_one_still_holds(
    record: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert record("--as-at", "2014-09-30", "--completion", "on_target") == 0
    assert "A record of a later day still holds after that." in capsys.readouterr().out
    assert record("--as-at", "2014-10-01", "--completion", "on_target") == 0
    assert "later day" not in capsys.readouterr().out
    assert record("--as-at", "2014-09-30", "--completion", "complete") == 0
    assert "later day" in capsys.readouterr().out


# What was there before


def rows_first_to_last_reversed(raw: bytes) -> bytes:
    records = list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(row[::-1] for row in records)
    return text.getvalue().encode("utf-8")


FORMS: dict[str, Callable[[bytes], bytes]] = {
    "as committed": lambda raw: raw,
    "with CRLF": lambda raw: raw.replace(b"\n", b"\r\n"),
    "with a BOM": lambda raw: b"\xef\xbb\xbf" + raw,
    "with a BOM and CRLF": lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"),
    "without final newline": lambda raw: raw.rstrip(b"\n"),
    "with CRLF, without the final one": lambda raw: raw.rstrip(b"\n").replace(b"\n", b"\r\n"),
    "with columns in another order": rows_first_to_last_reversed,
    "with the header alone": lambda raw: raw.split(b"\n")[0] + b"\n",
    "with the header alone, unended": lambda raw: raw.split(b"\n")[0],
    "with CRLF inside a text alone": lambda raw: (
        raw + b'50,1.1a,2014-M10-01,agreed,,,,,A meeting,,"a\r\nb"\n'
    ),
    "with records that are not in order": lambda raw: raw.replace(b"\n49,", b"\n4900,").replace(
        b"\n48,", b"\n4800,"
    ),
    "with a last cell that is quoted and ends in blank lines": lambda raw: (
        raw + b'50,1.1a,2014-M10-01,agreed,,,,,A meeting,,"x\n\n,\n"\n'
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_earlier_byte_of_the_file_is_kept(
    data: Path, record: Callable[..., int], file: Path, form: str
) -> None:
    """Twice: the second record must find nothing odd in what the first has left."""
    earlier = FORMS[form](file.read_bytes())
    file.write_bytes(earlier)
    rows = loaded(data)
    assert record(*ENOUGH, "--note", "first") == 0
    once = file.read_bytes()
    assert record(*ENOUGH, "--note", "second", action="1.1a") == 0
    assert once.startswith(earlier)
    assert file.read_bytes().startswith(once)
    assert hidden(file) == set()
    *before, first, second = loaded(data)
    assert tuple(before) == rows
    assert (first.action, first.note, second.action, second.note) == (
        *("3.2b", "first"),
        *("1.1a", "second"),
    )
    highest = max((row.record for row in rows), default=0)
    assert (first.record, second.record) == (highest + 1, highest + 2)


def test_a_file_with_the_line_ends_of_old_macs_keeps_its_rows(
    data: Path, record: Callable[..., int], file: Path
) -> None:
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r"))
    rows = loaded(data)
    assert record(*ENOUGH) == record(*ENOUGH) == 0
    assert loaded(data)[:-2] == rows


def test_a_file_with_crlf_gets_rows_that_end_in_crlf(
    record: Callable[..., int], file: Path
) -> None:
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert record(*ENOUGH) == 0
    raw = file.read_bytes()
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")


@pytest.mark.parametrize(
    "blank",
    [
        b",,,,,,,,,,\n" * 3,
        b",,,,,,,,,,\r\n" * 3,
        b"\n\n\n",
        b"\n, ,\t,,,,,,,,",
        b'"","","","","","","","","","",""\n' * 2,
    ],
    ids=["commas", "commas and CRLF", "line ends", "spaces", "quoted"],
)
def test_blank_last_rows_of_a_spreadsheet_neither_stop_a_record_nor_hide_it(
    data: Path, record: Callable[..., int], file: Path, blank: bytes
) -> None:
    """A file that loads takes a record: what is dropped holds nothing, the rest keeps its bytes."""
    earlier = file.read_bytes()
    file.write_bytes(earlier + blank)
    rows = loaded(data)
    assert record(*ENOUGH) == 0
    assert file.read_bytes().startswith(earlier.rstrip(b"\n"))
    assert loaded(data)[:-1] == rows
    assert loaded(data)[-1].action == "3.2b"


def test_line_breaks_in_an_earlier_text_do_not_stop_the_next_record(data: Path) -> None:
    """A text pasted with many blank lines in it: the next record is not left to run for hours."""
    command = [sys.executable, "-m", "hscb_report", "action", "record", "3.2b", *ENOUGH]
    for note in ("one" + "\n" * 40 + "two", "next"):
        done = subprocess.run(
            [*command, "--note", note, "--data", str(data)],
            cwd=PROJECT,
            capture_output=True,
            timeout=30,  # what hangs would never end; what works takes a second
        )
        assert done.returncode == 0, done.stderr
    assert [row.note for row in loaded(data)[-2:]] == ["one" + "\n" * 40 + "two", "next"]


def test_a_missing_file_is_made(data: Path, record: Callable[..., int], file: Path) -> None:
    file.unlink()
    assert record(*ENOUGH, "--note", "ä, b") == 0
    header, row = file.read_text(encoding="utf-8").splitlines()
    assert header == HEADER
    assert row == '1,3.2b,2014-M10-01,,at_risk,,,,Recorded from the command line,,"ä, b"'
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert len(loaded(data)) == 1


def test_the_rights_of_the_file_stay(record: Callable[..., int], file: Path) -> None:
    file.chmod(0o640)
    assert record(*ENOUGH) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_link_to_the_file_stays_a_link(
    tmp_path: Path, record: Callable[..., int], file: Path
) -> None:
    target = tmp_path / "kept elsewhere.csv"
    file.rename(target)
    file.symlink_to(target)
    earlier = target.read_bytes()
    assert record(*ENOUGH) == 0
    assert file.is_symlink()
    assert target.read_bytes().startswith(earlier)
    assert len(target.read_bytes()) > len(earlier)


# What is refused


@pytest.fixture
def refused(
    record: Callable[..., int], file: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Return a function that records, expects an exit code and no change, and returns stderr."""

    def run(code: int, *options: str, **named: str) -> str:
        before = file.read_bytes() if file.exists() else None
        assert record(*options, **named) == code
        assert (file.read_bytes() if file.exists() else None) == before
        assert hidden(file) == set()
        told = capsys.readouterr()
        assert told.out == ""
        assert "Traceback" not in told.err
        return told.err

    return run


@pytest.mark.parametrize(("action", "near"), [("3.2B", "3.2b"), ("3.2bb", "3.2b"), ("32b", "3.2b")])
def test_an_unknown_action_is_refused_with_the_near_ones(
    refused: Callable[..., str], action: str, near: str
) -> None:
    told = refused(1, *ENOUGH, action=action)
    assert f'Unknown action "{action}". Did you mean ' in told
    assert f'"{near}"' in told


def test_an_unknown_action_that_is_like_no_other_is_refused_with_those_there_are(
    refused: Callable[..., str],
) -> None:
    assert "Known: 1.1a, 1.1b" in refused(1, *ENOUGH, action="<b>")


def test_an_unknown_action_leaves_no_file_where_there_was_none(
    refused: Callable[..., str], file: Path
) -> None:
    file.unlink()
    refused(1, *ENOUGH, action="9.9z")
    refused(2, "--as-at", "2014-10-01", "--completion", "at_rsk")
    assert not file.exists()


@pytest.mark.parametrize("year", ["2013-14", "2015-16", "2041-42"])
def test_a_plan_that_does_not_exist_is_refused_with_those_there_are(
    refused: Callable[..., str], year: str
) -> None:
    told = refused(1, *ENOUGH, "--year", year)
    assert f'Unknown plan "{year}".' in told
    assert "2014-15" in told


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
        (["--progress", "a\x07b"], ["--progress", "control character"]),
        (["--completion", "complete", "--note", "x" * 200_000], ["too long"]),
    ],
)
def test_a_value_that_its_column_does_not_allow_is_refused(
    refused: Callable[..., str], options: list[str], words: list[str]
) -> None:
    told = refused(2, "--as-at", "2014-10-01", *options)
    assert all(word in told for word in words)


@pytest.mark.parametrize(
    "day", ["01/10/2014", "2014-10", "2014-02-30", "2014-13-01", "1 October 2014", "", "2014-W10-1"]
)
def test_what_is_no_day_is_refused(refused: Callable[..., str], day: str) -> None:
    assert "--as-at" in refused(2, "--as-at", day, "--completion", "at_risk")


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2013-03-31", 2),
        ("2013-04-01", 0),
        ("2016-03-31", 0),
        ("2016-04-01", 2),
        ("2024-10-01", 2),
        ("0014-10-01", 2),
        ("9999-12-31", 2),
    ],
)
def test_a_day_more_than_a_year_from_the_plan_s_is_refused(
    record: Callable[..., int],
    file: Path,
    capsys: pytest.CaptureFixture[str],
    day: str,
    code: int,
) -> None:
    before = file.read_bytes()
    assert record("--as-at", day, "--completion", "at_risk") == code
    assert (file.read_bytes() == before) == (code == 2)
    if code:
        told = capsys.readouterr().err
        assert f'--as-at: found "{day}"' in told
        assert "from 1 April 2013 to 31 March 2016" in told


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
    told = refused(
        *(2, "--as-at", "1/10/14", "--completion", "at_rsk", "--process", "agree", "--note", "-"),
        action="3.2bb",
    )
    for words in ('action "3.2bb"', '"3.2b"', "--as-at", "--completion", "--process", "--note"):
        assert words in told
    told = refused(2, "--as-at", "1/10/14", "--note", "x", action="9.9z")
    for words in ('action "9.9z"', "--as-at", "Nothing is said"):
        assert words in told


def test_a_far_day_is_told_together_with_a_wrong_code(refused: Callable[..., str]) -> None:
    """Who mends the code is not told only then that the day is mistyped as well."""
    told = refused(2, "--as-at", "2041-10-01", "--completion", "at_rsk")
    assert '--completion: found "at_rsk"' in told
    assert '--as-at: found "2041-10-01"' in told


def test_what_is_echoed_holds_nothing_that_a_terminal_might_obey(
    refused: Callable[..., str],
) -> None:
    assert "\x1b" not in refused(2, *ENOUGH, "--note", "\x1b[2J\x1b[31m")


def test_an_option_in_another_encoding_is_refused_in_plain_words(data: Path, file: Path) -> None:
    """What a shell hands over in Latin-1 is no text here; a traceback would be a defect."""
    before = file.read_bytes()
    command = ["-m", "hscb_report", "action", "record", "3.2b", *ENOUGH, "--data", str(data)]
    done = subprocess.run(
        [os.fsencode(part) for part in (sys.executable, *command, "--note")] + [b"caf\xe9"],
        cwd=PROJECT,
        capture_output=True,
        timeout=60,
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 2
    assert file.read_bytes() == before


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
def test_a_command_line_of_another_form_is_refused(data: Path, arguments: list[str]) -> None:
    before = (data / FILE).read_bytes()
    with pytest.raises(SystemExit) as stopped:
        main(["action", *arguments, *(["--data", str(data)] if arguments else [])])
    assert stopped.value.code == 2
    assert (data / FILE).read_bytes() == before


# Tables that are at fault themselves

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
    data: Path, refused: Callable[..., str], damage: Callable[[bytes], bytes]
) -> None:
    actions = data / "2013-14" / "actions.csv"
    actions.write_bytes(damage(actions.read_bytes()))
    damaged = actions.read_bytes()
    assert "2013-14/actions.csv" in refused(1, *ENOUGH)
    assert actions.read_bytes() == damaged


# What goes wrong on the way


def test_nothing_but_the_lock_is_left_beside_the_file(
    record: Callable[..., int], file: Path
) -> None:
    before = {path.name for path in file.parent.iterdir()}
    assert record(*ENOUGH) == 0
    assert record("--as-at", "2014-10-01", "--completion", "red") == 2
    assert {path.name for path in file.parent.iterdir()} - before <= {LOCK}


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
    before = None if missing else file.read_bytes()
    if missing:
        file.unlink()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    assert record(*ENOUGH) == 130
    assert (file.read_bytes() if file.exists() else None) == before
    assert hidden(file) == set()
    monkeypatch.undo()
    assert record(*ENOUGH) == 0  # and the turn was given back


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes to every folder")
def test_a_folder_that_may_not_be_written_is_told_plainly(
    data: Path, record: Callable[..., int], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = file.read_bytes()
    file.parent.chmod(0o555)
    try:
        assert record(*ENOUGH) == 2
    finally:
        file.parent.chmod(0o755)
    told = capsys.readouterr().err
    assert "Permission denied" in told
    assert "Traceback" not in told
    assert file.read_bytes() == before


# Several writers


def test_a_writer_that_keeps_the_file_to_itself_is_told_of(
    refused: Callable[..., str], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "_TURN_SECONDS", 0.05)
    with FileLock(file.with_name(LOCK)):
        assert "Nothing was recorded; try again." in refused(1, *ENOUGH)


def test_writers_at_once_lose_nothing_and_number_their_records(data: Path, file: Path) -> None:
    earlier = file.read_bytes()
    actions = ("1.1a", "1.1b", "1.1c", "3.2a", "3.2b", "3.2b")
    command = [sys.executable, "-m", "hscb_report", "action", "record"]
    writers = [
        subprocess.Popen(
            [*command, action, *ENOUGH, "--note", f"writer {number}", "--data", str(data)],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number, action in enumerate(actions)
    ]
    told = [writer.communicate(timeout=120) for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * len(actions), told
    assert file.read_bytes().startswith(earlier)
    new = loaded(data)[BEFORE:]
    found = {(row.action, row.note) for row in new}
    assert found == {(action, f"writer {number}") for number, action in enumerate(actions)}
    assert [row.record for row in new] == [BEFORE + 1 + number for number in range(len(actions))]
    places = {f"({FILE}, row {row.place.row})" for row in new}
    assert {out[out.index("(") : out.index(")") + 1] for out, _ in told} == places


_MANY = """
import sys, time
from pathlib import Path
from hscb_report.recording import record_status
from hscb_report.years import ReportingYear
root, go, writer = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
go.with_name("ready-" + writer).touch()
while not go.exists():
    time.sleep(0.001)
for number in range(10):
    said = {"as_at": "2014-10-01", "completion": "at_risk", "note": f"{writer}-{number}"}
    record_status("3.2b", {**said, "reported_in": "A writer"}, ReportingYear(2014), root)
"""


def test_writers_that_go_on_and_on_lose_nothing(data: Path, tmp_path: Path) -> None:
    """All start at the same moment, so that they meet: without turns, records would be lost."""
    go, names = tmp_path / "go", ("a", "b", "c", "d")
    writers = [
        subprocess.Popen([sys.executable, "-c", _MANY, str(data), str(go), name], cwd=PROJECT)
        for name in names
    ]
    while not all((tmp_path / f"ready-{name}").exists() for name in names):
        assert all(writer.poll() is None for writer in writers)
    go.touch()
    assert [writer.wait(timeout=120) for writer in writers] == [0] * len(names)
    new = loaded(data)[BEFORE:]
    assert {row.note for row in new} == {f"{name}-{n}" for name in names for n in range(10)}
    assert [row.record for row in new] == list(range(BEFORE + 1, BEFORE + 41))


# What comes of a record


def rating(data: Path, day: str, action: str = "3.2b") -> str:
    table = open_report("2013-14", "board", data, day).table("plan-actions-3-2")
    column = [found.heading for found in table.columns].index("Completion")
    return next(row[column] for row in table.texts() if row[0] == action)


def test_a_record_counts_from_its_day_on(data: Path, record: Callable[..., int]) -> None:
    days = ("2014-10-01", "2014-11-14", "2014-11-15", "2015-03-31")
    before = [rating(data, day) for day in days]
    other = rating(data, "2015-03-31", "3.2a")
    assert record("--as-at", "2014-11-15", "--completion", "complete") == 0
    assert [rating(data, day) for day in days] == [*before[:2], "✓ Complete", "✓ Complete"]
    assert rating(data, "2015-03-31", "3.2a") == other


def test_of_two_records_for_a_day_the_one_made_later_holds(
    data: Path, record: Callable[..., int]
) -> None:
    for code in ("complete", "outside_timescale"):
        assert record("--as-at", "2014-11-15", "--completion", code) == 0
    assert rating(data, "2014-11-15") == "■ Outside timescale"


def counted(capsys: pytest.CaptureFixture[str], words: str) -> set[str]:
    lines = capsys.readouterr().out.splitlines()
    return {line.split(" | ")[1] for line in lines if line.split(" | ")[0] == words}


def test_the_list_shows_what_was_recorded_in_words_and_shapes(
    data: Path, record: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    listed = ["action", "list", "--data", str(data), "--as-at"]
    assert record("--as-at", "2014-11-15", "--completion", "at_risk") == 0
    capsys.readouterr()
    assert main([*listed, "2014-11-14"]) == 0
    assert counted(capsys, "▲ At risk") == {"0"}
    assert main([*listed, "2014-11-15"]) == 0
    assert counted(capsys, "▲ At risk") == {"1"}


def test_the_list_of_damaged_data_or_of_another_plan_is_refused(
    data: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["action", "list", "--data", str(data), "--year", "2013-14"]) == 1
    assert 'Unknown plan "2013-14"' in capsys.readouterr().err
    file.write_bytes(DAMAGES["a cell too many"](file.read_bytes()))
    assert main(["action", "list", "--data", str(data)]) == 1
    assert FILE in capsys.readouterr().err


def test_the_plan_is_the_latest_unless_another_is_asked_for(
    data: Path, record: Callable[..., int], file: Path
) -> None:
    """A year that has no plan yet does not count."""
    (data / "2014-15").mkdir()
    (data / "2015-16").mkdir()
    shutil.copy(data / "2013-14" / "actions.csv", data / "2014-15")
    before = file.read_bytes()
    assert record("--as-at", "2015-10-01", "--completion", "at_risk") == 0
    assert last_row(data / "2014-15" / "action_status.csv")["as_at"] == "2015-M10-01"
    assert file.read_bytes() == before
    assert record(*ENOUGH, "--year", "2014-15") == 0
    assert last_row(file)["action"] == "3.2b"
    assert not (data / "2015-16" / "action_status.csv").exists()


def test_plan_years_are_the_years_after_those_with_actions(data: Path) -> None:
    assert recording.plan_years(data) == [ReportingYear(2014)]
    (data / "2013-14" / "actions.csv").unlink()
    assert recording.plan_years(data) == []


@pytest.mark.parametrize("option", ["--progress", "--note", "--reported-in"])
def test_a_placeholder_that_would_stop_a_final_report_is_refused(
    file: Path, record: Callable[..., int], capsys: pytest.CaptureFixture[str], option: str
) -> None:
    before = file.read_bytes()
    said = ["--as-at", "2014-11-15", "--completion", "at_risk", option, "Waiting, TBC"]
    assert record(*said) == 2
    assert f'{option}: found "TBC", which stops a final report.' in capsys.readouterr().err
    assert file.read_bytes() == before


def test_changes_are_asked_for_since_an_earlier_day(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = ["action", "list", "--data", str(data), "--as-at", "2014-11-30", "--since"]
    assert main([*listed, "2014-11-30"]) == 2
    assert "--since must be before 30 November 2014" in capsys.readouterr().err
    assert main([*listed, "2014-10-01"]) == 0
    told = capsys.readouterr().out
    assert "Ratings that changed from 1 October 2014 to 30 November 2014" in told


def test_a_line_separator_inside_a_text_is_no_end_of_a_row(
    file: Path, record: Callable[..., int]
) -> None:
    """It may stand before empty cells, which then look like a blank row."""
    rows = file.read_text("utf-8").splitlines(keepends=True)
    last = next(csv.reader([rows[-1]]))
    changed = [*last[:-3], "A meeting\u2028", "", ""]
    file.write_text("".join(rows[:-1]) + ",".join(changed) + "\n", "utf-8", newline="")
    before = file.read_bytes()
    assert record("--as-at", "2014-11-15", "--completion", "at_risk") == 0
    assert file.read_bytes().startswith(before)
