"""A run that is killed at a random moment leaves the earlier report whole, and nothing behind.

A few kills here; more with a number, KILLS=30. The moments follow from the number of the kill.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hscb_report.keeping.shelf import hashes_of
from hscb_report.publish import Options, render
from hscb_report.report import PROJECT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("heeds_signals"),
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks at /proc"),
]

SMALLSHIRE = PROJECT / "examples" / "smallshire"
KILLS = int(os.environ.get("KILLS") or 3)
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
SECONDS = 12.0
"""About as long as a render of the small board takes; who is done earlier was not killed."""
EARLIER = {"manifest.json": "{}", "page.html": "An earlier report"}
CODES = {signal.SIGKILL: -9, signal.SIGTERM: 143, signal.SIGINT: 130}


@dataclass(frozen=True)
class Place:
    """Where commands run: with an earlier report, and a folder for temporary files."""

    folder: Path

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    def start(self, data: Path) -> subprocess.Popen[str]:
        """Begin to render; a terminal would have given the command a group of its own."""
        command = (sys.executable, "-m", "hscb_report", "render", "2016-17")
        environment = {**os.environ, "TMPDIR": str(self.temporary), "KILL_TEST": str(self.folder)}
        return subprocess.Popen(
            [*command, "--data", str(data), "--out", str(self.out)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def processes(self) -> dict[int, str]:
        """Return what still runs of the commands of this place."""
        found = {}
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if f"KILL_TEST={self.folder}".encode() in (process / "environ").read_bytes():
                    command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    found[int(process.name)] = command
            except OSError:  # ended meanwhile
                continue
        return found


@pytest.fixture
def place() -> Iterator[Place]:
    """Return a place of a short path, as temporary files have; nothing of it runs afterwards."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        found = Place(Path(folder))
        found.temporary.mkdir()
        (found.out / "2016-17").mkdir(parents=True)
        for name, text in EARLIER.items():
            (found.out / "2016-17" / name).write_text(text)
        yield found
        for number in found.processes():
            os.kill(number, signal.SIGKILL)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the files of a report that was made from nothing that is kept, as hashes."""
    out = tmp_path_factory.mktemp("fresh")
    return hashes_of(render(None, "public", SMALLSHIRE, out, options=Options(fresh=True)).folder)


def all_ended(place: Place, tries: int = 40) -> dict[int, str]:
    """Wait for what is to end by itself; return what did not. A free machine takes a second."""
    while (left := place.processes()) and tries:
        time.sleep(0.25)
        tries -= 1
    return left


def asserts_whole(report: Path, code: int) -> None:
    """The earlier report is there, or a new one with every file that it names."""
    if (report / "page.html").exists():
        assert {path.name: path.read_text() for path in report.iterdir()} == EARLIER
    else:
        assert code in (0, *CODES.values(), *(-number for number in SIGNALS))
        assert (report / "html" / "index.html").is_file()
        assert list(report.glob("*.pdf"))
        assert (report / "manifest.json").read_text("utf-8").endswith("}\n")


@pytest.mark.parametrize("kill", range(KILLS))
def test_after_a_kill_the_next_command_finds_a_report_whole_and_leaves_nothing(
    place: Place, kill: int, fresh: dict[str, str]
) -> None:
    number = SIGNALS[kill % len(SIGNALS)]
    running = place.start(SMALLSHIRE)
    try:
        running.wait(random.Random(kill).uniform(0.5, SECONDS))
    except subprocess.TimeoutExpired:
        # Ctrl-C goes to all processes of the terminal, as others do not.
        send = os.killpg if number == signal.SIGINT else os.kill
        send(running.pid, number)
    code = running.wait()
    left = all_ended(place)
    # Before it listens, and after its work, Python itself ends it.
    assert code in (0, CODES[number], -number)
    if code > 0:
        assert [path.name for path in place.out.iterdir()] == ["2016-17"]
    after = place.start(place.folder)  # there is no such data, but what is left is put right
    assert (after.wait(), after.communicate()[0]) == (1, "")
    asserts_whole(place.out / "2016-17", code)
    assert [path.name for path in place.out.iterdir()] == ["2016-17"]
    assert list(place.temporary.iterdir()) == []
    assert left == {}
    # And what it has kept, or begun to keep, gives the same as a run that takes nothing of it.
    assert place.start(SMALLSHIRE).wait() == 0
    assert hashes_of(place.out / "2016-17") == fresh


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_who_stops_a_run_is_told_in_one_line(place: Place, number: signal.Signals) -> None:
    """Once it works, a second signal changes nothing."""
    running = place.start(SMALLSHIRE)
    while not list(place.out.glob(".making-*/process")) and running.poll() is None:
        time.sleep(0.05)
    time.sleep(1)
    for _ in range(3):
        os.killpg(running.pid, number)
    assert running.communicate() == ("", "Stopped; nothing was changed.\n")
    assert running.returncode == 128 + number
