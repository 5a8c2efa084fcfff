"""One run, from tables to a replaced output folder with its manifest.

Everything is made in a folder beside the target, and takes its place whole at the end: a run that
fails leaves the earlier report as it was.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hscb_report.keeping.content import signature_of
from hscb_report.keeping.shelf import KeptReport, Shelf, cache_folder, is_whole
from hscb_report.keeping.signatures import (
    ENVIRONMENT,
    OF_DATA,
    Signatures,
    changed,
    key_of,
    makes_results,
)
from hscb_report.kept_files import KeptIn
from hscb_report.noting import Note
from hscb_report.progress import Progress, silent
from hscb_report.report import PROJECT, open_report
from hscb_report.report.reconciling import refuse_contradicted
from hscb_report.results.published import Published
from hscb_report.wording import counted
from hscb_report.workplace import put_in_place, recover, refuse_foreign, workplace

if TYPE_CHECKING:
    from hscb_report.notebooks import Executed

_MOST_NAMED = 5


class _LostError(Exception):
    """What is kept of a report went while it was taken: it is made."""


@dataclass(frozen=True)
class Step:
    """A step of a run: whether it was taken from what is kept, and why or why not."""

    name: str
    is_kept: bool
    why: str

    def __str__(self) -> str:
        return f"{self.name}: {'kept' if self.is_kept else 'made'}, {self.why}"


@dataclass(frozen=True)
class Rendered:
    """Where a report was written, what its notebooks wrote beside what they show, and its steps."""

    folder: Path
    told: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def html(self) -> Path:
        """The book's first page."""
        return self.folder / "html" / "index.html"


@dataclass(frozen=True)
class Options:
    """What a run may be asked for beside year and edition.

    `as_at` is the day at which the plan's actions are looked at, by default the one in the year's
    settings; the pack's pages are numbered from `first_page`. A `fresh` run takes nothing that is
    kept.
    """

    as_at: date | None = None
    first_page: int = 1
    fresh: bool = False


def render(
    year: str | None,
    edition: str,
    data: Path,
    out: Path,
    progress: Progress = silent,
    options: Options = Options(),
) -> Rendered:
    """Make the report of a year and edition from the data root, and put it into `out`.

    Without a year it is the latest that the data root holds. What was made from the same, whenever
    that was, is not made again.

    Raises ReportError in one of its forms; then nothing in `out` has changed.
    """
    out = out.resolve()
    refuse_contradicted(year, data)  # what is kept knows nothing of records
    recover(out)
    shelf, asked = Shelf(data, edition), (year, edition, options.as_at, options.first_page)
    of, read = "-".join(str(one or "") for one in asked), _signatures(data, out)
    run = key_of(read, *asked)
    if not options.fresh and (kept := shelf.report_of_run(run)):
        with progress("put the report in place"), suppress(_LostError):
            return _kept(kept, out, "nothing that it is made from has changed")
    why = "as was asked for" if options.fresh else _what_changed(read, shelf.last(of))
    # What these need takes longer to import than all of the above.
    from hscb_report import making
    from hscb_report.keeping.notebooks import KeptNotebooks

    files = shelf.files("notebooks")
    making.begin(with_notebooks=options.fresh or not any(files.folder.glob("*")))
    with progress("check the data"):
        report = open_report(year, edition, data, options.as_at)
    keeper = KeptNotebooks(files, report, read, is_fresh=options.fresh)
    parameters = making.parameters_of(report, data, options.as_at)
    notebooks = keeper.all_found(making.notebooks_of(report), parameters)
    if notebooks and _signatures(data, out) == read:  # nobody has changed anything meanwhile
        key = key_of(_of_report(report, notebooks, read), *asked)
        if kept := shelf.report(key):
            with progress("put the report in place"), suppress(_LostError):
                shelf.remember(run, key, of, read, _noted(notebooks))
                return _kept(kept, out, f"what it holds has not changed; {why}")
    target = out / report.stem
    refuse_foreign(target)
    with workplace(target) as work:
        kept_in = KeptIn(
            shelf.files(f"volumes-{_of_volumes(read)}").folder,
            shelf.files("pages").folder / _of_pages(read, work),
        )
        if options.fresh:  # what it makes is kept in the place of what is there
            shutil.rmtree(kept_in.volumes, ignore_errors=True)
            kept_in.pages.unlink(missing_ok=True)
        made = making.make(
            report,
            work,
            progress,
            parameters,
            options.first_page,
            keeper,
            notebooks,
            kept_in,
        )
        notebooks = made.notebooks
        told = tuple(line for notebook in notebooks for line in notebook.told)
        with progress("put the report in place"):
            if _signatures(data, out) == read:  # nobody has changed anything meanwhile
                key = key_of(_of_report(report, notebooks, read), *asked)
                shelf.keep(key, work / "report", report.stem, told)
                shelf.remember(run, key, of, read, _noted(notebooks))
            put_in_place(work / "report", target)
    steps = (*_steps_of(keeper.why), *_steps_of_book(target, made.anew))
    if damaged := shelf.damaged():
        lost = counted(damaged, "part")
        told += (f"Damaged among what was kept of earlier runs, and made again: {lost}.",)
    return Rendered(target, told, (Step("report", False, why), *steps))


def _noted(notebooks: Sequence[Executed]) -> Iterator[Note]:
    """Yield what the notebooks of a run asked for."""
    for notebook in notebooks:
        yield from notebook.noted


def _signatures(data: Path, out: Path) -> dict[str, str]:
    return Signatures(PROJECT, cache_folder()).of_run(data.resolve(), out)


def _of_report(
    report: Published, notebooks: Sequence[Executed], read: Mapping[str, str]
) -> dict[str, str]:
    """Return the signatures of what outputs are made from: the report, what its notebooks show.

    Of what the run read, the data and the code that works out results are in these.
    """
    rest = {
        name: told
        for name, told in read.items()
        if not (name.startswith((OF_DATA, "notebooks/")) or makes_results(name))
    }
    shown = {notebook.name: signature_of((notebook.text, notebook.told)) for notebook in notebooks}
    return {**rest, **shown, "the report": signature_of(report)}


def _of_volumes(read: Mapping[str, str]) -> str:
    """Return what stands for the code, fonts and compiler that make a PDF from its markup."""
    code = ("hscb_report/outputs/pdf/", "hscb_report/fonts.py", ENVIRONMENT)
    return key_of({name: told for name, told in read.items() if name.startswith(code)})[:20]


def _of_pages(read: Mapping[str, str], work: Path) -> str:
    """Return what stands for the code that reads and writes pages, and for where they are."""
    code = {
        name: told
        for name, told in read.items()
        if name == ENVIRONMENT or (name.startswith("hscb_report/") and not makes_results(name))
    }
    return key_of(code, work)


def _what_changed(now: Mapping[str, str], last: Mapping[str, str]) -> str:
    """Return why a report is made anew, in words: what has changed since it was last."""
    if not last:
        return "for the first time"
    names = changed(now, last)
    if not names:
        return "what was kept of it is gone"
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"changed: {'; '.join(names[:_MOST_NAMED])}{more}"


def _steps_of(notebooks: Mapping[str, str]) -> Iterator[Step]:
    """Yield whether each notebook was run, and why."""
    for name, why in sorted(notebooks.items()):
        said = why or "what it asks for has not changed"
        yield Step(f"notebooks/{name}", not why, said)


def _steps_of_book(made: Path, anew: Collection[str]) -> Iterator[Step]:
    """Yield for the pages together, and for each PDF, whether they were made, and why."""
    pages = sorted(name for name in anew if not name.endswith(".pdf"))
    more = f" and {len(pages) - _MOST_NAMED} more" if len(pages) > _MOST_NAMED else ""
    written = f"written: {', '.join(pages[:_MOST_NAMED])}{more}"
    yield Step("pages", not pages, written if pages else "no page has changed")
    for pdf in sorted(made.glob("*.pdf")):
        is_kept = pdf.name not in anew
        if not pdf.name.startswith("summary"):  # which is always made
            said = "has not changed" if is_kept else "was not kept"
            yield Step(pdf.name, is_kept, f"what stands in it {said}")


def _kept(kept: KeptReport, out: Path, why: str) -> Rendered:
    """Put a report that is kept where it is to be, unless it is there already, as it was made."""
    target = out / kept.name
    refuse_foreign(target)
    with workplace(target) as work:
        if not (target.is_dir() and is_whole(target, kept.hashes)):
            try:
                shutil.copytree(kept.folder, work / "report")
            except (OSError, shutil.Error) as error:  # another run has made room meanwhile
                raise _LostError from error
            put_in_place(work / "report", target)
    return Rendered(target, kept.told, (Step("report", True, why),))
