"""A folder comes into being whole, or not at all, and never in the place of another."""

from __future__ import annotations

import errno
import os
import random
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hscb_report.errors import ReportError
from hscb_report.faults import fault_of_system
from hscb_report.report import PROJECT
from hscb_report.store import creating
from hscb_report.store.creating import create_folder, refuse_existing
from hscb_report.store.turns import turn
from tests.small_board import NEXT, content_of, copied_board

FILES = {"a.csv": "x,y\r\nä,😀\n", "text/b.md": "# B\n", "text/commentary/c.md": ""}
WHOLE = {
    "text/": b"",
    "text/commentary/": b"",
    **{name: text.encode("utf-8") for name, text in FILES.items()},
}


def test_every_file_is_written_as_it_is_given_and_nothing_else_is_left(tmp_path: Path) -> None:
    create_folder(tmp_path / "root" / "year", FILES)
    assert content_of(tmp_path / "root" / "year") == WHOLE
    assert [path.name for path in (tmp_path / "root").iterdir()] == ["year"]


def test_everybody_may_read_it_as_any_other_folder(tmp_path: Path) -> None:
    create_folder(tmp_path / "year", FILES)
    for path in (tmp_path / "year", tmp_path / "year" / "text"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o755 == 0o755


def a_folder(place: Path) -> None:
    place.mkdir()
    (place / "notes.txt").write_text("Mine", "utf-8")


def a_file(place: Path) -> None:
    place.write_text("Mine", "utf-8")


def a_link(place: Path) -> None:
    a_folder(place.parent / "elsewhere")
    place.symlink_to("elsewhere")


def a_link_to_an_empty_folder(place: Path) -> None:
    (place.parent / "elsewhere").mkdir()
    place.symlink_to("elsewhere")


def a_link_to_nothing(place: Path) -> None:
    place.symlink_to("nothing")


@pytest.mark.parametrize(
    "made",
    [a_folder, a_file, a_link, a_link_to_an_empty_folder, a_link_to_nothing],
    ids=lambda made: made.__name__,
)
def test_what_is_there_is_not_touched(made: Callable[[Path], None], tmp_path: Path) -> None:
    made(tmp_path / "year")
    before = content_of(tmp_path)
    for refused in (lambda f: create_folder(f, FILES), refuse_existing):
        with pytest.raises(ReportError, match="is there already, and is not touched"):
            refused(tmp_path / "year")
    assert content_of(tmp_path) == before


def test_an_empty_folder_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "year").mkdir()
    create_folder(tmp_path / "year", FILES)
    assert content_of(tmp_path / "year") == WHOLE


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EIO])
@pytest.mark.parametrize("after", range(len(FILES)))
def test_what_cannot_be_written_whole_is_not_there_at_all(
    code: int, after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    written: list[Path] = []
    really = Path.write_bytes

    def write(path: Path, data: bytes) -> int:
        if len(written) == after:
            raise OSError(code, os.strerror(code), str(path))
        written.append(path)
        return really(path, data)

    monkeypatch.setattr(Path, "write_bytes", write)
    with pytest.raises(OSError, match=os.strerror(code)) as failed:
        create_folder(tmp_path / "year", FILES)
    assert len(written) == after
    assert content_of(tmp_path) == {"other/": b""}
    assert fault_of_system(failed.value)
    monkeypatch.undo()
    create_folder(tmp_path / "year", FILES)
    assert content_of(tmp_path / "year") == WHOLE


def test_what_a_killed_run_left_is_cleared_away_and_nothing_else(tmp_path: Path) -> None:
    for name in (".creating-abc", ".creatings", "creating-abc"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").write_text("x", "utf-8")
    create_folder(tmp_path / "year", FILES)
    assert {path.name for path in tmp_path.iterdir()} == {".creatings", "creating-abc", "year"}


def test_who_comes_while_another_program_writes_waits_and_then_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(creating, "_TURN_SECONDS", 0.2)
    with (
        turn(tmp_path, 1),
        pytest.raises(ReportError, match="Another program is writing") as refused,
    ):
        create_folder(tmp_path / "year", FILES)
    assert "Nothing was created; try again." in str(refused.value)
    assert not list(tmp_path.iterdir())


def test_of_many_at_once_one_creates_and_the_others_are_refused(tmp_path: Path) -> None:
    told: list[str] = []
    refused: list[str] = []
    together = threading.Barrier(6)

    def run(name: str) -> None:
        together.wait()
        try:
            create_folder(tmp_path / "year", {**FILES, "who": name})
            told.append(name)
        except ReportError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=run, args=(str(n),)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1
    assert ["is there already" in why for why in refused] == [True] * 5
    assert content_of(tmp_path) == {
        "year/": b"",
        **{f"year/{name}": raw for name, raw in WHOLE.items()},
        "year/who": told[0].encode(),
    }


# Commands that are killed -------------------------------------------------------------------------

KILLS = int(os.environ.get("KILLS") or 10)
# The command, with each write slow enough to be met by a kill.
SLOWLY = """
import sys, time
from pathlib import Path
really = Path.write_bytes
def write(path, data):
    half = len(data) // 2
    really(path, data[:half])
    print("half", flush=True)
    time.sleep(0.01)
    return really(path, data)
Path.write_bytes = write
from hscb_report.stopping import listen
listen()
from hscb_report.cli import main
sys.exit(main(sys.argv[1:]))
"""


def started(board: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", SLOWLY, "create", NEXT, "--data", str(board)]
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.usefixtures("heeds_signals")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_command_killed_between_two_halves_of_a_file_leaves_no_year(
    number: signal.Signals, tmp_path: Path
) -> None:
    board = copied_board(tmp_path / "board")
    before = content_of(board)
    run = started(board)
    assert run.stdout
    assert run.stdout.readline() == b"half\n"
    run.send_signal(number)
    _, err = run.communicate(timeout=30)
    assert run.returncode != 0
    assert b"Traceback" not in err
    assert not (board / NEXT).exists()
    if number != signal.SIGKILL:  # then the command itself could clear away what it had begun
        assert content_of(board) == before


@pytest.mark.slow
def test_a_command_killed_at_any_moment_leaves_the_whole_year_or_none(tmp_path: Path) -> None:
    board = copied_board(tmp_path / "board")
    begun = time.monotonic()
    run = started(board)
    run.communicate(timeout=60)
    seconds = time.monotonic() - begun
    whole = content_of(board / NEXT)
    assert run.returncode == 0
    assert "year.toml" in whole
    chance = random.Random(1)
    for kill in range(KILLS):
        board = copied_board(tmp_path / f"board-{kill}")
        before = content_of(board)
        run = started(board)
        # Mostly late, where the writing is.
        time.sleep(seconds * (1 - chance.random() ** 2))
        run.kill()
        run.communicate(timeout=30)
        left = {n: raw for n, raw in content_of(board).items() if not n.startswith(".creating-")}
        there = {n.removeprefix(f"{NEXT}/"): raw for n, raw in left.items() if n[:7] == NEXT}
        there.pop("", None)
        assert there in ({}, whole)
        assert {n: raw for n, raw in left.items() if n[:7] != NEXT} == before
        command = [sys.executable, "-m", "hscb_report", "create", NEXT, "--data", str(board)]
        again = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
        assert again.returncode == bool(there), again.stderr
        assert content_of(board / NEXT) == whole
        assert not list(board.glob(".creating-*"))
