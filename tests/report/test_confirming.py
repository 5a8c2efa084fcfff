"""Confirming: that somebody has looked at what stands there, and at nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from hscb_report.errors import DataError, ReportError, UsageError
from hscb_report.new_year.states import Item
from hscb_report.report import PROJECT, check_year
from hscb_report.report.beginning import create
from hscb_report.report.confirming import Confirmed, confirm
from tests.small_board import (
    LAST,
    NEXT,
    REVIEW,
    SMALLSHIRE,
    copied_board,
    items,
    records,
    states,
    with_last_year_again,
    with_year,
)

DAY = date(2018, 5, 1)
CLERK = "Board Manager"
HEADING = ["content", "role", "confirmed", "hash"]


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """Return the board with a year that was just created."""
    board = copied_board(tmp_path / "board")
    create(NEXT, board)
    return board


def say(board: Path, *names: str, role: str = CLERK, day: date = DAY) -> Confirmed:
    return confirm(NEXT, names, role, day, board)


def said(board: Path) -> list[list[str]]:
    """Return what is recorded: the rows, without their heading."""
    heading, *rows = records("confirmed", NEXT, board)
    assert heading == HEADING
    return rows


def is_recorded(board: Path) -> bool:
    return (board / NEXT / "confirmed.csv").exists()


def change(board: Path, table: str, old: str, new: str) -> None:
    file = board / NEXT / f"{table}.csv"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


# What is recorded ---------------------------------------------------------------------------------


def test_without_a_name_all_that_is_to_be_confirmed_is_and_nothing_else(board: Path) -> None:
    before = states(board)
    done = say(board)
    kept = {name for name, state in before.items() if state == "to_confirm"}
    assert kept == {"membership", "training_offers"}
    assert {item.name for item in done.items} == kept
    assert [row[:3] for row in said(board)] == [
        [name, CLERK, "2018-M05-01"] for name in ("training_offers", "membership")
    ]
    assert states(board) == before | dict.fromkeys(kept, "done")
    assert not say(board).items
    assert len(said(board)) == 2


def test_a_copied_folder_is_confirmed_name_by_name_alone(tmp_path: Path) -> None:
    """That each figure is as it was is hardly ever so: one command does not do it."""
    board = with_last_year_again(copied_board(tmp_path / "board"))
    done = say(board)
    assert {item.name for item in done.items} == {"membership", "training_offers"}
    unchanged = {name for name, state in states(board).items() if state == "unchanged"}
    assert {item.name for item in done.left} == unchanged
    assert REVIEW in unchanged
    assert any(line.startswith("Not confirmed, as it has to be named") for line in done.lines())
    say(board, *unchanged)
    assert set(states(board).values()) == {"done"}
    assert not [f for f in check_year(NEXT, board).findings if f.rule.startswith("Y")]


@pytest.mark.parametrize("name", ["membership", "membership.csv", f"{NEXT}/membership.csv"])
def test_a_table_may_be_named_as_people_name_it(name: str, board: Path) -> None:
    say(board, name, "membership")
    assert [row[0] for row in said(board)] == ["membership"]


@pytest.mark.parametrize(
    "name",
    [
        "review-of-the-year",
        "review-of-the-year.md",
        "text/review-of-the-year",
        REVIEW,
        f"{NEXT}/{REVIEW}",
    ],
)
def test_a_text_may_be_named_as_people_name_it(name: str, board: Path) -> None:
    shutil.copy(SMALLSHIRE / LAST / REVIEW, board / NEXT / REVIEW)
    say(board, name)
    assert [row[0] for row in said(board)] == [REVIEW]
    assert states(board)[REVIEW] == "done"


def test_a_change_is_asked_about_again_and_going_back_is_not(board: Path) -> None:
    say(board, "membership")
    first = said(board)
    change(board, "membership", ",2,", ",3,")
    found = items(board)["membership"]
    assert (found.state, found.told) == (
        "to_confirm",
        "changed since it was confirmed on 1 May 2018",
    )
    say(board, "membership")
    assert states(board)["membership"] == "done"
    assert said(board)[0] == first[0]
    assert len(said(board)) == 2
    change(board, "membership", ",3,", ",2,")
    assert states(board)["membership"] == "done"
    say(board, "membership")
    assert len(said(board)) == 2


def test_a_change_of_a_text_is_asked_about_again(board: Path) -> None:
    shutil.copy(SMALLSHIRE / LAST / REVIEW, board / NEXT / REVIEW)
    say(board, REVIEW)
    file = board / NEXT / REVIEW
    file.write_text(file.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert states(board)[REVIEW] == "to_confirm"


def test_the_same_is_recorded_once_by_each_role(board: Path) -> None:
    for role in (CLERK, f" {CLERK} ", "Independent Chair", CLERK):
        say(board, "membership", role=role)
    assert [row[1] for row in said(board)] == [CLERK, "Independent Chair"]


def test_what_is_left_out_on_purpose_is_confirmed_and_asked_for_when_it_is_back(
    board: Path,
) -> None:
    table = board / NEXT / "training_deliveries.csv"
    table.unlink()
    assert states(board)["training_deliveries"] == "missing"
    say(board, "training_deliveries")
    found = items(board)["training_deliveries"]
    assert (found.state, found.told) == ("done", "left out, as confirmed")
    shutil.copy(SMALLSHIRE / LAST / "training_deliveries.csv", table)
    assert states(board)["training_deliveries"] == "unchanged"


def test_that_a_table_has_no_row_is_confirmed(board: Path) -> None:
    heading = records("child_deaths", NEXT, board)[0]
    (board / NEXT / "child_deaths.csv").write_text(",".join(heading) + "\n", "utf-8")
    assert states(board)["child_deaths"] == "empty"
    say(board, "child_deaths")
    assert states(board)["child_deaths"] == "done"


def test_a_confirmation_of_another_year_counts_for_nothing(tmp_path: Path) -> None:
    board = copied_board(tmp_path / "board")
    confirm(LAST, ["membership"], CLERK, DAY, board)
    with_last_year_again(board)
    assert (board / NEXT / "confirmed.csv").exists()
    assert states(board)["membership"] == "to_confirm"


@pytest.mark.parametrize("role", ['Chair, "acting"', "=1+1", "{{ year }}", "<b>Chair</b>", "a | b"])
def test_a_role_is_text_whatever_it_looks_like(role: str, board: Path) -> None:
    say(board, "membership", role=role)
    assert said(board)[0][1] == role
    assert states(board)["membership"] == "done"


# What is refused ----------------------------------------------------------------------------------


def test_every_unknown_name_is_told_and_nothing_recorded(board: Path) -> None:
    with pytest.raises(ReportError) as refused:
        say(board, "membershp", "membership", "nothing_like_it")
    told = str(refused.value).splitlines()
    assert told[0] == 'Unknown table or text "membershp". Did you mean "membership"?'
    assert told[1].startswith('Unknown table or text "nothing_like_it". Known: ')
    assert len(told) == 2
    assert not is_recorded(board)


def test_everything_that_is_to_be_filled_in_first_is_told_and_nothing_recorded(
    board: Path,
) -> None:
    with pytest.raises(ReportError) as refused:
        say(board, "membership", "contributions", REVIEW)
    told = str(refused.value).splitlines()
    assert [line.partition(":")[0] for line in told] == [
        f"{NEXT}/contributions.csv",
        f"{NEXT}/{REVIEW}",
    ]
    assert "rows 2 to 4" in told[0]
    assert "TODO" in told[1]
    assert not is_recorded(board)


def test_one_word_todo_keeps_a_text_from_being_confirmed(board: Path) -> None:
    (board / NEXT / REVIEW).write_text("# The year\n\nAll is said. TODO\n", "utf-8")
    with pytest.raises(ReportError, match="TODO"):
        say(board, REVIEW)


def test_a_file_that_cannot_be_read_is_not_confirmed_as_left_out(board: Path) -> None:
    for name in ("membership.csv", REVIEW):
        (board / NEXT / name).write_bytes(b"\xff\xfe\x00")
        with pytest.raises(ReportError, match="cannot be read"):
            say(board, name)
    assert not is_recorded(board)


ROLES = [
    "",
    "  ",
    "\t",
    "a\nb",
    "a\rb",
    "a\x85b",
    "a\u2028b",
    "x" * 201,
    "😀",
    "\u202ex",
    "\x00",
    "\ud800",
]


@pytest.mark.parametrize("role", ROLES, ids=ascii)
def test_what_is_no_role_is_refused(role: str, board: Path) -> None:
    with pytest.raises(UsageError, match="--role: found"):
        say(board, "membership", role=role)
    assert not is_recorded(board)


def test_a_day_before_the_year_is_refused_and_its_first_is_not(board: Path) -> None:
    with pytest.raises(UsageError, match="31 March 2017 is before 2017-18 begins"):
        say(board, "membership", day=date(2017, 3, 31))
    assert not is_recorded(board)
    say(board, "membership", day=date(2017, 4, 1))
    assert said(board)[0][2] == "2017-M04-01"


def test_a_year_that_there_is_not_is_refused(board: Path) -> None:
    with pytest.raises(ReportError, match="2018-19"):
        confirm("2018-19", (), CLERK, DAY, board)


DAMAGES: Mapping[str, bytes] = {
    "empty": b"",
    "a column lacks": b"content,role\nmembership,Clerk\n",
    "no day": b"content,role,confirmed,hash\nmembership,Clerk,2018-M13-01,abc\n",
    "another program's": b"\xff\xfec\x00",
    "semicolons": b"content;role;confirmed;hash\n",
    "a row twice": b"content,role,confirmed,hash\n" + b"a,Clerk,2018-M05-01,abc\n" * 2,
    "no role": b"content,role,confirmed,hash\nmembership,,2018-M05-01,abc\n",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_confirmations_are_told_kept_and_believed_in_nothing(
    damage: str, board: Path
) -> None:
    file = board / NEXT / "confirmed.csv"
    file.write_bytes(DAMAGES[damage])
    with pytest.raises(DataError) as refused:
        say(board, "membership")
    assert {finding.file for finding in refused.value.findings} == {f"{NEXT}/confirmed.csv"}
    assert file.read_bytes() == DAMAGES[damage]
    assert states(board)["membership"] == "to_confirm"


def test_a_confirmation_typed_by_hand_confirms_nothing_and_of_no_table_is_told(
    board: Path,
) -> None:
    rows = "membershp,Clerk,2018-M05-01,abc\nmembership,Clerk,2018-M05-01,abc\n"
    (board / NEXT / "confirmed.csv").write_text(",".join(HEADING) + "\n" + rows, "utf-8")
    assert states(board)["membership"] == "to_confirm"
    (finding,) = (f for f in check_year(NEXT, board).findings if f.rule == "Y3")
    assert (finding.severity, finding.row, finding.found) == ("warning", 2, "membershp")
    say(board, "membership")
    assert states(board)["membership"] == "done"


# More than one at once ----------------------------------------------------------------------------


def test_of_many_who_confirm_at_once_each_is_recorded(tmp_path: Path) -> None:
    board = with_year(tmp_path / "board")
    shutil.copy(SMALLSHIRE / LAST / "membership.csv", board / NEXT)
    roles = [f"Role {number}" for number in range(4)]
    command = (sys.executable, "-m", "hscb_report", "confirm", NEXT, "membership", "--on")
    runs = [
        subprocess.Popen(
            [*command, "2018-05-01", "--data", str(board), "--role", role], cwd=PROJECT
        )
        for role in roles
    ]
    assert [run.wait(60) for run in runs] == [0] * len(roles)
    assert sorted(row[1] for row in said(board)) == roles
    assert states(board)["membership"] == "done"


def test_it_says_what_was_confirmed_and_that_there_was_nothing() -> None:
    item = Item("groups", "2017-18/groups.csv", "to_confirm", "every row as in 2016-17")
    assert list(Confirmed((item,), ()).lines()) == [
        "confirmed 2017-18/groups.csv (to confirm, every row as in 2016-17)"
    ]
    assert list(Confirmed((), (item,)).lines()) == [
        "There was nothing to confirm.",
        "Not confirmed, as it has to be named: groups.",
    ]
