"""The process that makes the pages of a preview: it stays, so that nothing is begun anew.

What it makes is what a render makes, from the same steps; what needs no reader on screen is left to
that. When code of ours has changed, a new process takes its place.
"""

from __future__ import annotations

import gc
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from hscb_report import making
from hscb_report.errors import DataError, ReportError
from hscb_report.faults import fault_of_system
from hscb_report.keeping.notebooks import KeptNotebooks
from hscb_report.keeping.shelf import Shelf, cache_folder
from hscb_report.keeping.signatures import OF_DATA, Signatures, key_of
from hscb_report.outputs.book.downloads import PLACE
from hscb_report.outputs.book.jupyter_book import Builder
from hscb_report.preview.state import Asked, Fault, Pages
from hscb_report.processes import end_with_parent
from hscb_report.report import PROJECT, Run, open_report
from hscb_report.stopping import leave_to_parent
from hscb_report.store.year import latest_year
from hscb_report.telling import lines
from hscb_report.years import ReportingYear

_FOLDERS = 2
"""The pages that are shown stay while others are made."""
_LATER = (
    '<div class="wrap page"><section class="downloads" id="downloads"><h2>Downloads</h2>'
    "<p>The PDFs, the workbook and the data are made as soon as nothing is edited for a while.</p>"
    "</section></div>"
)


def serve(asked: Asked, folder: Path, connection: Connection) -> None:
    """Make pages below a folder whenever the connection asks for them, and answer with them."""
    end_with_parent()
    leave_to_parent()
    making.begin()
    with Maker(asked, folder) as maker:
        gc.collect()
        gc.freeze()
        while True:
            try:
                connection.recv()
            except EOFError:  # nobody asks any more
                return
            connection.send(maker.made())
            import papermill.execute  # noqa: F401 (while nobody waits: the next edit may need it)


class PastYears:
    """The readings of earlier years of a data root, made again only when they may be others."""

    def __init__(self, data: Path) -> None:
        self._data, self._key = data, ""
        self._runs: tuple[Run, ...] = ()

    def before(self, year: ReportingYear, read: Mapping[str, str]) -> tuple[Run, ...]:
        """Return the readings of the years before one; `read` has the signatures of a run.

        All of the data counts but for the year itself, whatever of it they really rest on.
        """
        own = f"{OF_DATA}{year}/"
        data = {name: told for name, told in read.items() if name.startswith(OF_DATA)}
        others = {name: told for name, told in data.items() if not name.startswith(own)}
        key = key_of(others, year)
        if key != self._key:
            self._key, self._runs = key, Run.before(year, self._data)
        return self._runs


class Maker:
    """Makes pages, again and again, with what is kept of those before."""

    def __init__(self, asked: Asked, folder: Path) -> None:
        self._asked, self._folder = asked, folder
        self._shelf = Shelf(asked.data, asked.edition)
        self._builder = Builder()
        self._times = 0
        self._past = PastYears(asked.data)

    def __enter__(self) -> Maker:
        self._builder.__enter__()
        return self

    def __exit__(self, *given: object) -> None:
        self._builder.__exit__(*given)

    def made(self) -> Pages | Fault:
        """Return pages as the data, notebooks and texts are now, or what is wrong in them."""
        began = time.perf_counter()
        try:
            with self._work() as work:
                html, stem = self._html(work)
        except DataError as error:
            return Fault(tuple(lines(error.findings)))
        except Exception as error:
            told = fault_of_system(error) or error
            if not isinstance(told, ReportError):
                raise
            return Fault(tuple(str(told).splitlines()))
        return Pages(html, stem, time.perf_counter() - began)

    @contextmanager
    def _work(self) -> Iterator[Path]:
        """Yield an empty folder, always the same: what is kept of pages knows where they were."""
        work = self._folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        yield work
        shutil.rmtree(work, ignore_errors=True)

    def _html(self, work: Path) -> tuple[Path, str]:
        """Make the pages; return their folder, and the name of the report."""
        asked = self._asked
        day = date.fromisoformat(asked.as_at) if asked.as_at else None
        read = Signatures(PROJECT, cache_folder()).of_run(asked.data, work)
        year = ReportingYear.parse(asked.year) if asked.year else latest_year(asked.data)
        past = self._past.before(year, read)
        report = open_report(str(year), asked.edition, asked.data, day, past=past)
        keeper = KeptNotebooks(self._shelf.files("notebooks"), report, read)
        parameters = making.parameters_of(report, asked.data, day)
        notebooks = keeper.all_found(making.notebooks_of(report), parameters)
        made = making.make_pages(
            self._builder, report, work, parameters, keeper, notebooks, self._folder / "kept"
        )
        first = made / "index.html"
        first.write_text(first.read_text("utf-8").replace(PLACE, _LATER), "utf-8")
        self._times += 1
        target = self._folder / f"html-{self._times % _FOLDERS}"
        shutil.rmtree(target, ignore_errors=True)
        made.replace(target)
        return target, report.stem
