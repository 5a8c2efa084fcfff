"""Fixtures that several test modules share: a copy of the data, and ways to damage it."""

from __future__ import annotations

import csv
import io
import shutil
import signal
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import settings

from hscb_report.findings import Finding
from hscb_report.keeping.shelf import VARIABLE
from hscb_report.report import DEFAULT_DATA, open_report, table_schemas
from hscb_report.results.published import Published
from hscb_report.schema import Tables
from hscb_report.store.year import Loaded, load_year, schemas_in_force
from hscb_report.years import ReportingYear
from tests.libreoffice import NoOfficeError, find_office, is_needed

if TYPE_CHECKING:
    from hscb_report.publish import Rendered

YEAR = ReportingYear(2013)

# The same examples on every run: a test that fails, fails for everybody. Explore with
# `pytest --hypothesis-profile=default`.
settings.register_profile("suite", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("suite")

Records = list[list[str]]

# The tables that the committed year has, with its board's words.
COMMITTED = tuple(
    t
    for t in schemas_in_force(table_schemas(), DEFAULT_DATA)
    if (DEFAULT_DATA / t.path(YEAR)).exists()
)


class TableEditor:
    """A table of the copied data, to be read and damaged; rows count from 1, the header."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def raw(self) -> bytes:
        return self.path.read_bytes()

    def write(self, raw: bytes) -> None:
        self.path.write_bytes(raw)

    @property
    def records(self) -> Records:
        return list(csv.reader(io.StringIO(self.raw.decode("utf-8"), newline="")))

    def rewrite(self, change: Callable[[Records], Records | None], **form: object) -> None:
        """Change the records in place (or return new ones) and write them as CSV of a form."""
        records = self.records
        changed = change(records)
        text = io.StringIO(newline="")
        csv.writer(text, **{"lineterminator": "\n", **form}).writerows(changed or records)
        self.write(text.getvalue().encode("utf-8"))

    def set(self, row: int, column: str, value: str) -> None:
        """Write one cell."""

        def change(records: Records) -> None:
            records[row - 1][records[0].index(column)] = value

        self.rewrite(change)

    def cell(self, row: int, column: str) -> str:
        records = self.records
        return records[row - 1][records[0].index(column)]


def copied_data(folder: Path, *without: str) -> Path:
    """Copy what the tests rest on into a folder: the board, the reference data and 2013-14.

    The project may hold other years by now.
    """
    (folder / str(YEAR)).parent.mkdir(parents=True, exist_ok=True)
    ignored = shutil.ignore_patterns(*without)
    for name in ("reference", str(YEAR)):
        shutil.copytree(DEFAULT_DATA / name, folder / name, ignore=ignored)
    shutil.copy(DEFAULT_DATA / "board.toml", folder)
    return folder


def small_year(
    root: Path,
    year: str,
    kind: str = "publication",
    status: str = "draft",
    **tables: Sequence[str],
) -> Path:
    """Write a year of few tables, each given as its lines, and its board where there is none.

    A table of a name that begins with `reference_` is one of the reference data.
    """
    folder = root / year
    folder.mkdir(parents=True, exist_ok=True)
    if not (root / "board.toml").exists():
        (root / "board.toml").write_text(SMALL_BOARD, "utf-8")
    settings = f'year = "{year}"\nkind = "{kind}"\nstatus = "{status}"\n'
    (folder / "year.toml").write_text(settings, "utf-8")
    for name, lines in tables.items():
        is_reference = name.startswith("reference_")
        place = root / "reference" if is_reference else folder
        place.mkdir(exist_ok=True)
        path = place / f"{name.removeprefix('reference_')}.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
    return root


SMALL_BOARD = """\
name = "Borsetshire Safeguarding Children Board"
short_name = "BSCB"
area = "Borsetshire"
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a writable copy of the project's data folder."""
    folder = tmp_path / "data"
    return copied_data(folder)


@pytest.fixture
def table(data: Path) -> Callable[[str], TableEditor]:
    """Return a function from a table's name to its editor in the copied data."""

    def editor(name: str) -> TableEditor:
        declared = next(found for found in table_schemas() if found.name == name)
        return TableEditor(data / declared.path(YEAR))

    return editor


@pytest.fixture
def load(data: Path) -> Callable[[], Loaded]:
    """Return a function that loads the copied data as it stands now."""
    return lambda: load_year(YEAR, data, table_schemas())


@pytest.fixture
def finding(load: Callable[[], Loaded]) -> Callable[[], Finding]:
    """Return a function that loads the copied data and returns its only finding."""

    def only() -> Finding:
        findings = load().findings
        assert len(findings) == 1, "\n".join(str(found) for found in findings)
        return findings[0]

    return only


@pytest.fixture(scope="session")
def committed() -> Loaded:
    """Return the committed data, loaded once."""
    return load_year(YEAR, DEFAULT_DATA, table_schemas())


@pytest.fixture(scope="session")
def tables(committed: Loaded) -> Tables:
    """Return the committed tables."""
    return committed.tables


@pytest.fixture(scope="session")
def report() -> Published:
    """Return the report of the committed data."""
    return open_report("2013-14")


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Rendered:
    """Return the rendered report of 2013-14, made once for all workers."""
    from hscb_report.publish import Rendered, render

    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    out = shared / "rendered"
    with FileLock(shared / "rendered.lock"):
        if not (out / str(YEAR) / "manifest.json").exists():
            render(str(YEAR), "public", DEFAULT_DATA, out)
    return Rendered(out / str(YEAR))


# What is kept ---------------------------------------------------------------------------------


@pytest.fixture
def heeds_signals() -> Iterator[None]:
    """Have what a test starts heed Ctrl-C and the end of a terminal, whatever started the tests.

    `nohup` and a shell in the background have a process ignore them, and so all that it starts.
    """
    numbers = [n for n in (signal.SIGINT, signal.SIGHUP) if signal.getsignal(n) is signal.SIG_IGN]
    for number in numbers:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number in numbers:
        signal.signal(number, signal.SIG_IGN)


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have no test take what a user has kept, or keep anything there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def _nothing_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Have a test find nothing kept that another one has made."""
    monkeypatch.setenv(VARIABLE, str(tmp_path_factory.getbasetemp() / f"cache-{uuid.uuid4().hex}"))


# Tests in a program that is not there --------------------------------------------------------

NO_BROWSER = "No browser: "
NO_OFFICE = "No LibreOffice: "
"""How the reasons begin for which a test that needs a program is skipped."""
_NOT_RUN = {
    NO_BROWSER: "Tests in a browser did not run",
    NO_OFFICE: "Tests with LibreOffice did not run",
}


@pytest.fixture(scope="session")
def office() -> None:
    """Skip what needs LibreOffice where there is none, or fail if need be."""
    needed = is_needed()
    missing = ""
    try:
        find_office()
    except NoOfficeError as error:
        missing = f"{NO_OFFICE}{error}"
    if missing and needed:
        pytest.fail(missing, pytrace=False)
    if missing:
        pytest.skip(missing)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly, at the end, which tests did not run for want of a program, and what to do."""
    for begins, title in _NOT_RUN.items():
        skipped = [
            r for r in terminalreporter.stats.get("skipped", ()) if begins in str(r.longrepr)
        ]
        if not skipped:
            continue
        files = sorted({report.nodeid.partition("::")[0] for report in skipped})
        reason = str(skipped[0].longrepr[2]).partition(begins)[2]
        terminalreporter.section(title, sep="=", yellow=True, bold=True)
        terminalreporter.line(f"{len(skipped)} tests did not run, those of {', '.join(files)}:")
        terminalreporter.line(reason)
