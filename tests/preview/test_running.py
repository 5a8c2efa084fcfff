"""The preview as an author has it: a command that stays, and a browser that shows every edit."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from watchfiles import Change

from hscb_report.preview.running import is_input
from hscb_report.report import PROJECT
from tests.browser.chromium import Reader, reader
from tests.browser.conftest import browser  # noqa: F401 (a fixture)
from tests.copies import free_port

SMALLSHIRE = PROJECT / "examples/smallshire"
SECONDS = 60
"""What has not come by then, on a machine with other work too, does not come."""
TEXT = "2016-17/text/review-of-the-year.md"
SHOWN = "html/text/review-of-the-year.html"

# What is watched ---------------------------------------------------------------------------------

WATCHED = (Path("/board/data"), PROJECT / "notebooks")


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("/board/data/2016-17/audits.csv", True),
        ("/board/data/2016-17/text/review.md", True),
        ("/board/data/2016-17/.~lock.audits.csv#", False),
        ("/board/data/2016-17/~$audits.xlsx", False),
        ("/board/data/2016-17/text/review.md~", False),
        ("/board/data/.git/index", False),
        ("/board/data/_build/2016-17/manifest.json", False),
        (f"{PROJECT}/notebooks/budget.ipynb", True),
        (f"{PROJECT}/notebooks/.ipynb_checkpoints/budget-checkpoint.ipynb", False),
        (f"{PROJECT}/notebooks/__pycache__/mine.cpython-311.pyc", False),
    ],
)
def test_what_programs_leave_beside_an_input_is_no_edit(path: str, counts: bool) -> None:
    assert is_input(WATCHED, Change.modified, path) is counts


# The command -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Running:
    """A preview that runs, of a data root of its own."""

    process: subprocess.Popen[str]
    data: Path
    address: str
    log: Path

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace words in a file, which must be there."""
        file = self.data / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def wait_for(self, said: str, times: int = 1) -> None:
        """Wait until the command has said something so many times."""
        until = time.monotonic() + SECONDS
        while self.log.read_text("utf-8").count(said) < times:
            assert time.monotonic() < until, self.log.read_text("utf-8")
            time.sleep(0.1)


def started(folder: Path, *more: str) -> Running:
    data, port, log = folder / "data", free_port(), folder / "log"
    if not data.exists():
        shutil.copytree(SMALLSHIRE, data)
    (folder / "tmp").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "hscb_report", "preview", "--data", str(data), "--no-open"]
    process = subprocess.Popen(
        [*command, "--port", str(port), *more],
        stdout=log.open("w"),
        stderr=subprocess.STDOUT,
        env={**os.environ, "TMPDIR": str(folder / "tmp")},
        text=True,
    )
    return Running(process, data, f"http://127.0.0.1:{port}/", log)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Return a preview of the small board, for all tests of this file that do not end it."""
    made = started(tmp_path_factory.mktemp("preview"))
    try:
        made.wait_for("The preview is at")
        yield made
    finally:
        made.process.terminate()
        made.process.wait(SECONDS)


def got(address: str, host: str | None = None) -> tuple[int, str]:
    """Return the status and the text of an answer."""
    request = urllib.request.Request(address, headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture
def window(browser: Browser) -> Iterator[Reader]:  # noqa: F811
    with reader(browser) as opened:
        yield opened


@pytest.mark.slow
def test_an_edit_is_seen_in_the_browser_and_a_fault_until_it_is_mended(
    running: Running, window: Reader
) -> None:
    page: Page = window.page
    page.set_default_timeout(SECONDS * 1000)
    expect.set_options(timeout=SECONDS * 1000)
    page.goto(running.address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Annual Report")
    page.goto(running.address + SHOWN)
    strip = page.locator("#preview-strip")
    expect(strip).to_contain_text("up to date")

    text = running.data / TEXT
    text.write_text(f"{text.read_text('utf-8')}\nA line *more* was added.\n", "utf-8")
    expect(page.locator("main, [role=main]").first).to_contain_text("A line")
    expect(strip.get_by_role("link")).to_have_count(1)

    before = text.read_text("utf-8")
    text.write_text(f"{before}\nThey spent {{{{ no.number }}}} in all.\n", "utf-8")
    expect(page.get_by_role("heading", level=1)).to_have_text("The report cannot be made yet")
    expect(page.get_by_role("listitem")).to_contain_text(['found "no.number"'])
    text.write_text(before, "utf-8")
    expect(page.locator("main, [role=main]").first).to_contain_text("A line")
    assert window.errors == []


@pytest.mark.slow
def test_a_page_that_an_edit_leaves_as_it_was_stays_as_the_reader_has_it(
    running: Running, window: Reader
) -> None:
    page = window.page
    page.set_default_timeout(SECONDS * 1000)
    expect.set_options(timeout=SECONDS * 1000)
    running.wait_for("PDFs and all")
    page.goto(running.address + "html/index.html")
    page.evaluate("window.mine = 1")
    text = running.data / TEXT
    text.write_text(f"{text.read_text('utf-8')}\nA line more was added.\n", "utf-8")
    expect(page.locator("#preview-strip").get_by_role("link")).to_have_count(1)
    assert page.evaluate("window.mine") == 1


@pytest.mark.slow
def test_what_lies_beside_the_pages_is_there_when_it_is_asked_for(running: Running) -> None:
    running.wait_for("pages were made")
    status, pdf = got(f"{running.address}summary-2016-17.pdf")
    assert status == 200
    assert pdf.startswith("%PDF")
    status, table = got(f"{running.address}data/datapackage.json")
    assert status == 200
    assert '"resources"' in table
    assert "summary-2016-17.pdf" in got(f"{running.address}html/index.html")[1]


@pytest.mark.slow
def test_it_answers_this_machine_alone_and_no_file_but_its_own(running: Running) -> None:
    running.wait_for("pages were made")
    assert got(f"{running.address}html/index.html")[0] == 200
    assert got(f"{running.address}html/index.html", host="elsewhere.example")[0] == 403
    for name in ("html/no.html", "html/..%2F..%2Fkept.html", "html/%2Fetc%2Fpasswd"):
        assert got(running.address + name)[0] in (403, 404)
    assert got(f"{running.address}..%2F..%2Fetc%2Fpasswd")[0] in (403, 404)
    port = int(re.findall(r":(\d+)/", running.address)[0])
    others = {address[4][0] for address in socket.getaddrinfo(socket.gethostname(), port)}
    for address in others - {"127.0.0.1", "127.0.1.1"}:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((address, port), 1)


@pytest.mark.usefixtures("heeds_signals")
@pytest.mark.slow
def test_when_it_is_stopped_it_says_so_and_leaves_nothing_behind(tmp_path: Path) -> None:
    running = started(tmp_path)
    running.wait_for("pages were made")
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(SECONDS) == 130
    assert running.log.read_text("utf-8").endswith("Stopped; nothing was changed.\n")
    temporary = running.data.parent / "tmp"
    until = time.monotonic() + SECONDS
    while any(temporary.iterdir()) and time.monotonic() < until:
        time.sleep(0.1)
    assert [*temporary.iterdir()] == []


@pytest.mark.slow
def test_a_port_that_is_taken_is_named(running: Running) -> None:
    port = re.findall(r":(\d+)/", running.address)[0]
    command = [sys.executable, "-m", "hscb_report", "preview", "--no-open", "--port", port]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"Port {port} is taken by another program.")


def test_a_data_root_that_is_not_there_is_named(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hscb_report", "preview", "--no-open"]
    command += ["--data", str(tmp_path / "nowhere")]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    assert (ended.returncode, "There is no folder" in ended.stderr) == (2, True)
