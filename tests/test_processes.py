"""A run's processes end with it, however it ends, and what they write for a while goes with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from hscb_report import processes

STARTS_CHILDREN = """
import multiprocessing, sys, time
from hscb_report.processes import beside, context
from hscb_report.workplace import have_own_temporary_files
import tests.test_processes as at

def main():
    have_own_temporary_files()
    child = context("json").Process(target=at.waits, args=(sys.argv[1], "warm"))
    child.start()
    with beside(at.waits, sys.argv[1], "copy"):
        time.sleep(60)

if __name__ == "__main__":
    main()
"""


def waits(folder: str, name: str) -> None:
    """Say which process this is, and wait to be ended."""
    processes.end_with_parent()
    (Path(folder) / f"{name}.new").write_text(f"{os.getpid()} {tempfile.gettempdir()}", "utf-8")
    (Path(folder) / f"{name}.new").rename(Path(folder) / name)
    time.sleep(60)


def until(condition: object, what: str) -> None:
    """Wait until something is so, at most for a time that no machine needs."""
    assert callable(condition)
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail(what)


def is_there(number: int) -> bool:
    """Whether a process is running, and not only waiting to be told as ended."""
    try:
        state = Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_processes_end_with_the_one_that_started_them_however_it_ends(
    tmp_path: Path, number: signal.Signals
) -> None:
    """What they have left behind is removed by the next one that begins."""
    (tmp_path / "told").mkdir()
    (tmp_path / "temporary").mkdir()
    script = tmp_path / "starts.py"
    script.write_text(STARTS_CHILDREN, "utf-8")
    environment = {
        **os.environ,
        "TMPDIR": str(tmp_path / "temporary"),
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    command = [sys.executable, str(script), str(tmp_path / "told")]
    started = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    until(lambda: len(list((tmp_path / "told").glob("[!.]*[!w]"))) == 2, "no children began")
    found = [path.read_text("utf-8").split(" ", 1) for path in (tmp_path / "told").iterdir()]
    children, folders = zip(*found, strict=True)
    assert all(is_there(int(child)) for child in children)
    (folder,) = set(folders)
    assert Path(folder).is_dir()
    started.send_signal(number)
    started.wait()
    until(lambda: not any(is_there(int(child)) for child in children), "a child goes on")
    code = "from hscb_report.workplace import have_own_temporary_files as k; k()"
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    assert not Path(folder).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
@pytest.mark.parametrize(
    ("now", "most", "then"), [(256, 4096, 512), (1024, 4096, 1024), (512, 512, 512), (-1, -1, -1)]
)
def test_as_many_files_may_be_open_as_a_run_needs(
    now: int, most: int, then: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"files": (now, most)}
    monkeypatch.setattr("resource.RLIM_INFINITY", -1)
    monkeypatch.setattr("resource.getrlimit", lambda _: given["files"])
    monkeypatch.setattr("resource.setrlimit", lambda _, limits: given.update(files=limits))
    processes.allow_open_files()
    assert given["files"] == (then, most)


def test_where_the_system_does_not_let_it_the_run_does_not_begin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda _: (30, 100))
    with pytest.raises(OSError, match="Too many open files"):
        processes.allow_open_files()


def test_what_fails_in_a_copy_is_raised_when_the_block_has_ended() -> None:
    done = []
    with pytest.raises(ValueError, match="so it is"), processes.beside(_fails, "so it is"):
        done.append("block")
    assert done == ["block"]


def test_without_copies_the_work_is_done_after_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "can_copy", lambda: False)
    done: list[str] = []
    with processes.beside(done.append, "work"):
        done.append("block")
    assert done == ["block", "work"]


def _fails(what: str) -> None:
    raise ValueError(what)
