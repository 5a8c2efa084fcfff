"""Beginning a year, seeing how far it is and confirming what was carried over, as commands."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from hscb_report.cli import main
from hscb_report.report import PROJECT
from tests.commands import Command, Told, commands_of
from tests.small_board import (
    LAST,
    LATER,
    NEXT,
    REVIEW,
    SMALLSHIRE,
    TABLES,
    content_of,
    copied_board,
    with_last_year_again,
)

STATES = {"missing", "empty", "to_confirm", "unchanged", "done"}
WIDTH = 100
SAY = ("--role", "Board Manager", "--on", "2018-05-01")


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """Return a copy of the smallest board."""
    return copied_board(tmp_path / "board")


@pytest.fixture
def command(board: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs a command of that board."""
    return commands_of(board, capsys)


def of_year(command: Command, year: str = NEXT) -> dict[str, str]:
    """Return the state of each file of a year, as `status --format json` has it."""
    found = json.loads(command("status", year, "--format", "json").out)
    assert found["year"] == year
    listed = [item for c in found["chapters"] for item in (*c["tables"], *c["texts"])]
    assert all({"file", "state", "agency"} <= set(item) for item in listed)
    assert all("table" in table for c in found["chapters"] for table in c["tables"])
    states = {item["file"].removeprefix(f"{year}/"): item["state"] for item in listed}
    assert set(states.values()) <= STATES
    return states


def errors(told: Told) -> list[str]:
    return [line for line in told.err.splitlines() if line.startswith("error: [Y")]


# A year, from its beginning to its end ------------------------------------------------------------


def test_a_year_is_created_filled_in_confirmed_and_final(board: Path, command: Command) -> None:
    created = command("create", NEXT)
    assert (created.code, created.err) == (0, "")
    assert f"`hscb-report status {NEXT} --data {board}`" in created.out
    first = of_year(command)
    assert set(first.values()) == {"empty", "to_confirm"}
    assert set(first) == {*(f"{name}.csv" for name in TABLES), REVIEW}

    # Every empty cell of a number gets one; the text is written.
    figures = {
        "contributions": ("", ["11100", "5100", "4100"]),
        "expenditure": ("", ["12000", "3100", "2100"]),
        "child_deaths": ("", ["5", "4", "3"]),
        "fund_balances": ("carried_forward,", ["14150"]),
    }
    for name, (start, numbers) in figures.items():
        file = board / NEXT / f"{name}.csv"
        lines = file.read_text("utf-8").splitlines()
        numbers = list(numbers)
        filled = [
            f"{li}{numbers.pop(0)}" if li.endswith(",") and start in li else li for li in lines
        ]
        file.write_text("\n".join(filled) + "\n", "utf-8")
        assert not numbers, name
    deliveries = board / NEXT / "training_deliveries.csv"
    text = deliveries.read_text("utf-8").replace(",,,", ",9,77,")
    deliveries.write_text(text, "utf-8")
    points = "page,list,sentence,link\nindex,main,The year began.,chapters/budget\n"
    (board / NEXT / "points.csv").write_text(points, "utf-8")
    review = "# The year\n\nThe Board received {{ budget.contributions }}.\n"
    (board / NEXT / REVIEW).write_text(review, "utf-8")
    settings = board / NEXT / "year.toml"
    said = settings.read_text("utf-8").replace('"draft"', '"final"').replace("draft = 1\n", "")
    settings.write_text(said, "utf-8")

    kept = {"membership.csv", "training_offers.csv"}  # what is brought forward is of this year
    assert {file for file, state in of_year(command).items() if state != "done"} == kept
    refused = command("check", NEXT)
    assert refused.code == 1
    assert [line.split()[2] for line in errors(refused)] == [
        f"{NEXT}/training_offers.csv:",
        f"{NEXT}/membership.csv:",
    ]
    confirmed = command("confirm", NEXT, *SAY)
    assert confirmed.code == 0
    assert [line.split()[:2] for line in confirmed.out.splitlines()] == [
        ["confirmed", f"{NEXT}/training_offers.csv"],
        ["confirmed", f"{NEXT}/membership.csv"],
    ]
    assert set(of_year(command).values()) == {"done"}
    passed = command("check", NEXT)
    assert (passed.code, errors(passed)) == (0, [])


def test_a_copied_folder_makes_no_final_report(board: Path, command: Command) -> None:
    with_last_year_again(board)
    found = of_year(command)
    assert set(found) == {*(f"{name}.csv" for name in TABLES), REVIEW}
    assert set(found.values()) <= {"unchanged", "to_confirm"}
    told = command("check", NEXT)
    assert told.code == 1
    assert len(errors(told)) == len(found)
    out = board.parent / "out"
    rendered = command("render", NEXT, "--out", str(out))
    assert rendered.code == 1
    assert "No report was made" in rendered.err
    assert not list(out.glob(NEXT))


def test_the_same_is_a_warning_in_a_draft(board: Path, command: Command) -> None:
    with_last_year_again(board)
    settings = board / NEXT / "year.toml"
    settings.write_text(settings.read_text("utf-8").replace('"final"', '"draft"'), "utf-8")
    told = command("check", NEXT)
    assert not errors(told)
    warned = [line for line in told.err.splitlines() if line.startswith("warning: [Y1]")]
    assert len(warned) == len(TABLES) + 1


def test_a_day_of_last_years_settings_is_told(board: Path, command: Command) -> None:
    with_last_year_again(board)
    for year in (LAST, NEXT):
        settings = board / year / "year.toml"
        settings.write_text("as_at = 2018-03-31\n" + settings.read_text("utf-8"), "utf-8")
    (line,) = (line for line in errors(command("check", NEXT)) if "[Y4]" in line)
    assert f"{NEXT}/year.toml" in line
    assert "as_at is 2018-03-31" in line


# How far it is ------------------------------------------------------------------------------------


def test_the_status_is_one_screen_and_of_a_chapter_every_file(command: Command) -> None:
    command("create", NEXT)
    lines = command("status", NEXT).out.splitlines()
    assert lines[0] == f"{NEXT} (draft): 0 of 9 done; 7 to fill in; 2 to confirm."
    assert max(map(len, lines)) <= WIDTH
    told = command("status", NEXT, "--chapter", "budget", "--chapter", "membership").out
    for name in ("contributions", "expenditure", "fund_balances", "membership"):
        assert f"{NEXT}/{name}.csv" in told
    assert "training" not in told


def test_without_a_year_it_is_the_latest(command: Command) -> None:
    command("create", NEXT)
    assert command("status").out == command("status", NEXT).out
    assert command("status").out != command("status", LAST).out


def test_an_unknown_chapter_or_year_is_told_with_the_nearest(command: Command) -> None:
    told = command("status", LAST, "--chapter", "bugdet")
    assert (told.code, told.out) == (1, "")
    assert 'Did you mean "budget"?' in told.err
    told = command("status", NEXT)
    assert told.code == 1
    assert f'Did you mean "{LAST}"?' in told.err


def test_who_owes_what_is_told(board: Path, command: Command) -> None:
    owed = "content,agency\ncontributions,police\nmembership,council\nnix,council\n"
    (board / "reference" / "owed.csv").write_text(owed, "utf-8")
    command("create", NEXT)
    lines = command("status", NEXT).out.splitlines()
    assert lines[-2:] == [
        "  Smallshire Constabulary: to fill in: contributions",
        "  Smallshire Council: to confirm: membership",
    ]
    found = json.loads(command("status", NEXT, "--format", "json").out)
    tables = {t["table"]: t["agency"] for c in found["chapters"] for t in c["tables"]}
    assert (tables["contributions"], tables["membership"]) == ("police", "council")
    assert tables["expenditure"] is None
    warned = [line for line in command("check", NEXT).err.splitlines() if "[Y3]" in line]
    assert len(warned) == 1
    assert "reference/owed.csv, row 4" in warned[0]


@pytest.mark.parametrize(
    "damaged", [f"{LAST}/contributions.csv", f"{LAST}/year.toml", "board.toml"]
)
def test_the_status_of_damaged_data_is_still_told(
    damaged: str, board: Path, command: Command
) -> None:
    (board / damaged).write_bytes(b"\xff\x00")
    told = command("status")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(LAST)


# What cannot be created ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((LATER,), 1, f"Create {NEXT} first"),
        (("2015-16",), 1, "lies before"),
        ((LAST,), 1, "is there already, and is not touched"),
        (("2017",), 2, "Write it as 2013-14"),
        ((NEXT, "--board", "Another Board"), 1, "There is a board in"),
        ((NEXT, "--with", "plan,bugdet"), 1, 'Did you mean "budget"?'),
        ((), 2, "YEAR"),
    ],
)
def test_what_cannot_be_created_is_told_and_changes_nothing(
    arguments: Sequence[str], code: int, says: str, board: Path, command: Command
) -> None:
    before = content_of(board)
    told = command("create", *arguments)
    assert (told.code, told.out) == (code, "")
    assert says in told.err
    assert content_of(board) == before


@pytest.mark.parametrize(
    "name", ["", "A\nB", 'A "B"', "😀", "x" * 300, "\x1b[31mRed", "\ud800"], ids=ascii
)
def test_no_board_is_begun_with_what_is_no_name(
    name: str, tmp_path: Path, command: Command
) -> None:
    told = command("create", NEXT, "--board", name, data=tmp_path / "new")
    assert (told.code, told.out) == (2, "")
    assert "--board: found" in told.err
    assert "\x1b" not in told.err
    assert not (tmp_path / "new").exists()


def test_a_data_root_that_is_a_file_begins_nothing(board: Path, command: Command) -> None:
    before = content_of(board)
    for arguments in ((NEXT,), (NEXT, "--board", "A Board")):
        for data in (board / "board.toml", board / "board.toml" / "below"):
            told = command("create", *arguments, data=data)
            assert told.code in (1, 2)
            assert "board.toml" in told.err
    assert content_of(board) == before


def test_a_data_root_that_is_a_link_is_the_folder_that_it_leads_to(
    board: Path, tmp_path: Path, command: Command
) -> None:
    (tmp_path / "link").symlink_to(board)
    assert command("create", NEXT, data=tmp_path / "link").code == 0
    assert (board / NEXT / "year.toml").exists()
    assert (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_where_nobody_may_write_one_line_says_so(
    code: int, board: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content_of(board)

    def refuse(path: Path, data: bytes) -> int:
        raise OSError(code, os.strerror(code), str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    for arguments in ((NEXT,), (NEXT, "--board", "A Board")):
        data = board if len(arguments) == 1 else board.parent / "new"
        told = command("create", *arguments, data=data)
        assert (told.code, told.out) == (2, "")
        assert os.strerror(code) in told.err
        assert len(told.err.splitlines()) == 1
    assert content_of(board) == before
    assert not (board.parent / "new").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_without_the_right_to_write_nothing_is_created(board: Path, command: Command) -> None:
    board.chmod(0o555)
    try:
        told = command("create", NEXT)
    finally:
        board.chmod(0o755)
    assert told.code == 2
    assert "Permission denied" in told.err
    assert not (board / NEXT).exists()


# What cannot be confirmed -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("membershp", *SAY), 1, 'Did you mean "membership"?'),
        (("contributions", *SAY), 1, "rows 2 to 4"),
        ((REVIEW, *SAY), 1, "TODO"),
        (("membership", "--role", ""), 2, "--role: found"),
        (("membership", "--role", "a\rb"), 2, "--role: found"),
        (("membership",), 2, "--role"),
        (("membership", "--role", "Clerk", "--on", "2017-03-31"), 2, f"before {NEXT} begins"),
        (("membership", "--role", "Clerk", "--on", "31/03/2018"), 2, "is not a day"),
    ],
)
def test_what_cannot_be_confirmed_is_told_and_nothing_is_recorded(
    arguments: Sequence[str], code: int, says: str, board: Path, command: Command
) -> None:
    command("create", NEXT)
    before = content_of(board)
    told = command("confirm", NEXT, *arguments)
    assert (told.code, told.out) == (code, "")
    assert says in told.err
    assert content_of(board) == before


def test_nobody_has_looked_at_anything_on_a_day_to_come(board: Path, command: Command) -> None:
    command("create", NEXT)
    told = command(
        "confirm", NEXT, "--role", "Clerk", "--on", str(date.today() + timedelta(days=2))
    )
    assert (told.code, told.out) == (2, "")
    assert "has not come yet" in told.err
    assert not (board / NEXT / "confirmed.csv").exists()


def test_without_a_day_it_is_confirmed_today(board: Path, command: Command) -> None:
    command("create", NEXT)
    assert command("confirm", NEXT, "membership", "--role", "Clerk").code == 0
    day = date.today()
    written = f"{day.year}-M{day.month:02d}-{day.day:02d}"
    assert written in (board / NEXT / "confirmed.csv").read_text("utf-8")


def test_what_is_confirmed_and_changed_is_asked_again_and_may_be_confirmed_again(
    board: Path, command: Command
) -> None:
    command("create", NEXT)
    table = board / NEXT / "membership.csv"
    for number in (3, 4):
        assert of_year(command)["membership.csv"] == "to_confirm"
        assert command("confirm", NEXT, "membership", *SAY).code == 0
        assert of_year(command)["membership.csv"] == "done"
        text = table.read_text("utf-8")
        table.write_text(text.replace(f",{number - 1},", f",{number},"), "utf-8")
        assert table.read_text("utf-8") != text
    told = command("status", NEXT, "--chapter", "membership").out
    assert "changed since it was confirmed on 1 May 2018" in told


def test_to_confirm_twice_is_to_confirm_once(board: Path, command: Command) -> None:
    command("create", NEXT)
    command("confirm", NEXT, *SAY)
    before = content_of(board)
    again = command("confirm", NEXT, *SAY)
    assert (again.code, again.out) == (0, "There was nothing to confirm.\n")
    assert command("confirm", NEXT, "membership", *SAY).code == 0
    assert content_of(board) == before


# The large example --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def northshire(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the large example, with the year after its latest."""
    board = tmp_path_factory.mktemp("northshire") / "board"
    shutil.copytree(PROJECT / "examples" / "northshire", board)
    assert main(["create", "2025-26", "--data", str(board)]) == 0
    return board


def test_the_status_of_a_large_board_is_one_screen_that_names_something_in_each_line(
    northshire: Path, command: Command
) -> None:
    lines = command("status", "2025-26", data=northshire).out.splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert len(lines) <= 40
    assert not [line for line in lines if line.endswith(" items")]


def test_every_open_action_and_review_of_a_large_board_is_to_be_filled_in(
    northshire: Path, command: Command
) -> None:
    found = json.loads(command("status", "2025-26", "--format", "json", data=northshire).out)
    tables = {t["table"]: t for c in found["chapters"] for t in c["tables"]}
    assert "done" not in {table["state"] for table in tables.values()}
    assert tables["actions"]["state"] in ("empty", "to_confirm")
    assert (northshire / "2025-26" / "actions.csv").read_text("utf-8").count("\n") > 1


def test_the_smallest_example_itself_has_nothing_to_do(command: Command) -> None:
    assert set(of_year(lambda *a: command(*a, data=SMALLSHIRE), LAST).values()) == {"done"}


def test_a_hint_names_the_data_root_that_was_asked_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Following it mends what it was said of, and nothing elsewhere."""
    root = tmp_path / "the board"
    shutil.copytree(PROJECT / "examples" / "smallshire", root)
    shutil.copytree(root / "2016-17", root / "2017-18")
    settings = root / "2017-18" / "year.toml"
    settings.write_text(settings.read_text("utf-8").replace("2016-17", "2017-18"), "utf-8")
    assert main(["check", "2017-18", "--data", str(root)]) == 1
    told = [line for line in capsys.readouterr().err.splitlines() if "hscb-report confirm" in line]
    assert told
    assert all(f"--data '{root}' --role" in line for line in told)
