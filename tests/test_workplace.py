"""Where a run works: after any end of it the earlier report or the new one is there, whole."""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hscb_report.errors import UsageError
from hscb_report.store.turns import turn
from hscb_report.workplace import put_in_place, recover, workplace

OLD, NEW = {"manifest.json": "old", "page": "old page"}, {"manifest.json": "new"}


def write(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text)


def read(folder: Path) -> dict[str, str] | None:
    return {p.name: p.read_text() for p in folder.iterdir()} if folder.exists() else None


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Return where the report of a year is to be; an earlier one is there."""
    folder = tmp_path / "out" / "2013-14"
    write(folder, OLD)
    return folder


def run(target: Path) -> None:
    """Make a report and put it in place."""
    with workplace(target) as work:
        write(work / "report", NEW)
        put_in_place(work / "report", target)


def in_a_copy(do: Callable[[], object]) -> int | None:
    """Do something in a copy of this process; return its exit code."""

    def alone() -> None:
        do()
        os._exit(0)

    process = multiprocessing.get_context("fork").Process(target=alone)
    process.start()
    process.join(60)
    return process.exitcode


def left(target: Path) -> list[str]:
    return [path.name for path in target.parent.iterdir() if path != target]


def test_the_new_report_takes_the_place_of_the_earlier_one_and_nothing_is_left(
    target: Path,
) -> None:
    run(target)
    assert (read(target), left(target)) == (NEW, [])


def test_a_run_that_fails_leaves_the_earlier_report_and_nothing_else(target: Path) -> None:
    def fails() -> None:
        with workplace(target) as work:
            write(work / "report", NEW)
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert (read(target), left(target)) == (OLD, [])


@pytest.mark.parametrize("existed", [True, False])
@pytest.mark.parametrize("name", ["rename", "replace", "sync", "rmdir", "unlink"])
@pytest.mark.parametrize("number", range(4))
def test_a_run_killed_at_any_step_leaves_old_or_new_whole_after_the_next_command(
    tmp_path: Path, name: str, number: int, existed: bool
) -> None:
    """Killed before the step of that number: a folder moved, a file removed."""
    target = tmp_path / "out" / "2013-14"
    if existed:
        write(target, OLD)

    def killed() -> None:
        real, steps = getattr(os, name), iter(range(number))

        def step(*given: object, **named: object) -> object:
            if next(steps, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **named)

        setattr(os, name, step)
        run(target)

    code = in_a_copy(killed)
    assert code in (0, -signal.SIGKILL)
    assert name != "replace" or number > existed or code == -signal.SIGKILL
    recover(target.parent)
    assert read(target) in ([NEW] if code == 0 else [OLD, NEW] if existed else [None, NEW])
    assert left(target) == []


def test_what_a_killed_run_left_is_put_right_by_a_run_of_the_same_year_too(target: Path) -> None:
    work = target.with_name(".making-2013-14")
    write(work / "sources", {"a": "b"})
    (work / "file").write_text("")
    target.replace(work / "before")
    with workplace(target) as place:
        assert place == work
        assert [path.name for path in work.iterdir()] == ["process"]
        assert read(target) == OLD


def test_an_earlier_report_that_cannot_be_put_back_is_not_removed(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = target.with_name(".making-2013-14")
    work.mkdir()
    target.replace(work / "before")

    def fails(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", fails)
    recover(target.parent)
    assert read(work / "before") == OLD


def test_a_report_that_cannot_take_its_place_is_told_and_the_earlier_one_stays(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def fails(path: Path, other: Path) -> Path:
        if path.name == "report":
            raise PermissionError(13, "Permission denied")
        return real(path, other)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(UsageError, match="cannot be replaced"):
        run(target)
    assert (read(target), left(target)) == (OLD, [])


def test_of_two_runs_of_one_report_the_second_is_told_who_makes_it(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hscb_report.workplace._WAIT_SECONDS", 0)
    other = target.with_name("2013-14-board")
    with workplace(target) as work:
        (work / "sources").write_text("")
        with pytest.raises(UsageError) as stopped, workplace(target):
            pass
        who = rf"Another run \(process {os.getpid()}, since \d\d:\d\d on .+\) is making "
        assert re.match(who, str(stopped.value))
        recover(target.parent)
        assert (work / "sources").exists()
        with workplace(other):
            pass
    with workplace(target):
        pass


def test_only_what_is_left_of_runs_is_removed(target: Path) -> None:
    own = target.with_name("thesis")
    write(own, {"a": "b"})
    target.with_name(".making-link").symlink_to(own)
    recover(target.parent)
    assert read(own) == {"a": "b"}


def test_while_it_is_made_nobody_else_may_look_at_a_report(target: Path) -> None:
    with workplace(target) as work:
        assert stat.S_IMODE(work.stat().st_mode) == 0o700


# Temporary files ----------------------------------------------------------------------------------

HAVE = """
import os, signal, sys, tempfile
from hscb_report.workplace import have_own_temporary_files as have
have()
have()
tempfile.mkdtemp()
print(tempfile.gettempdir(), os.environ["TMPDIR"] == tempfile.gettempdir(), flush=True)
if sys.argv[1:]:
    os.kill(os.getpid(), signal.SIGKILL)
"""


def have(folder: Path, *killed: str) -> Path:
    environment = {**os.environ, "TMPDIR": str(folder)}
    command = [sys.executable, "-c", HAVE, *killed]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    path, is_for_children = done.stdout.split()
    assert is_for_children == "True"
    return Path(path)


def test_short_lived_files_have_a_folder_that_goes_with_the_process() -> None:
    with tempfile.TemporaryDirectory() as folder:
        shared = Path(folder)
        assert have(shared).parent == shared
        assert list(shared.iterdir()) == []


def test_what_a_killed_process_left_is_removed_by_the_next_and_what_is_in_use_is_not() -> None:
    with tempfile.TemporaryDirectory() as folder:
        shared = Path(folder)
        (shared / "hscb-report-link").symlink_to(shared)
        (shared / "other").mkdir()
        dead = have(shared, "killed")
        assert dead.exists()
        with turn(shared / "hscb-report-in-use", 0):
            have(shared)
        assert not dead.exists()
        names = {path.name for path in shared.iterdir()}
        assert names == {"hscb-report-link", "hscb-report-in-use", "other"}


def test_a_folder_for_temporary_files_with_a_long_path_is_not_used(tmp_path: Path) -> None:
    """A socket's path may have about 100 characters."""
    long = tmp_path / ("x" * 100)
    long.mkdir()
    assert have(long).parent == Path("/tmp")


def test_a_workplace_that_is_still_written_to_is_gone_when_the_run_ends(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child of a child ends only after it is told: half a second, in which nothing helps."""
    ends, removing = time.monotonic() + 0.5, shutil.rmtree

    def remove(folder: Path, ignore_errors: bool) -> None:
        if time.monotonic() > ends:
            removing(folder, ignore_errors=ignore_errors)

    monkeypatch.setattr("hscb_report.workplace.shutil.rmtree", remove)
    with workplace(target) as work:
        (work / "html").mkdir()
    assert [path.name for path in target.parent.iterdir()] == ["2013-14"]
