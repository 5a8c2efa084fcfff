"""One run, from tables to a replaced output folder with its manifest.

Everything is made in a folder beside the target, and takes its place whole at the end: a run that
fails leaves the earlier report as it was.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hscb_report.assurance.inputs import versions
from hscb_report.errors import UsageError
from hscb_report.keeping.shelf import KeptReport, Shelf, is_whole
from hscb_report.keeping.signatures import Signatures, changed, key_of
from hscb_report.notebooks import Executed, notebook_paths, report_parameters, run_notebooks
from hscb_report.notebooks.kernels import warm_up
from hscb_report.outputs.archive import write_archive
from hscb_report.outputs.book.downloads import list_downloads
from hscb_report.outputs.book.imprint import furniture
from hscb_report.outputs.notices import marking
from hscb_report.outputs.open_tables import write_open_tables
from hscb_report.outputs.summary import write_summary
from hscb_report.outputs.workbook import write_workbook
from hscb_report.outputs.working_papers import paper_names, write_working_papers
from hscb_report.processes import allow_open_files
from hscb_report.progress import Progress, silent
from hscb_report.report import PROJECT, open_report
from hscb_report.results.published import Published
from hscb_report.workplace import put_in_place, recover, workplace

MANIFEST = "manifest.json"
_MOST_NAMED = 5


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
    recover(out)
    shelf = Shelf(data, edition)
    asked = (year, edition, options.as_at, options.first_page)
    read = _signatures(shelf, data, out)
    key = key_of(read, *asked)
    why = _why_made(shelf, read, asked, is_fresh=options.fresh)
    if not options.fresh and (kept := shelf.report(key)):
        with progress("put the report in place"):
            _put_kept_in_place(kept, out / kept.name)
        step = Step("report", True, "nothing that it is made from has changed")
        return Rendered(out / kept.name, kept.told, (step,))
    allow_open_files()
    warm_up()
    with progress("check the data"):
        report = open_report(year, edition, data, options.as_at)
    target = out / report.stem
    _refuse_foreign(target)
    with workplace(target) as work:
        told = _make(report, data, work, progress, options)
        with progress("put the report in place"):
            if _signatures(shelf, data, out) == read:  # nobody has changed anything meanwhile
                shelf.keep(key, work / "report", report.stem, told)
                shelf.remember(_name_of(asked), read)
            put_in_place(work / "report", target)
    return Rendered(target, told, (Step("report", False, why),))


def _signatures(shelf: Shelf, data: Path, out: Path) -> dict[str, str]:
    return Signatures(PROJECT, shelf.folder).of_run(data.resolve(), out)


def _name_of(asked: Sequence[object]) -> str:
    return "-".join(str(one or "") for one in asked)


def _why_made(
    shelf: Shelf, read: Mapping[str, str], asked: Sequence[object], *, is_fresh: bool
) -> str:
    """Return why a report is made anew, in words: what has changed since it was last."""
    if is_fresh:
        return "as was asked for"
    last = shelf.last(_name_of(asked))
    if not last:
        return "for the first time"
    names = changed(read, last)
    if not names:
        return "what was kept of it is gone"
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"changed: {'; '.join(names[:_MOST_NAMED])}{more}"


def _put_kept_in_place(kept: KeptReport, target: Path) -> None:
    """Put a report that is kept where it is to be, unless it is there already, as it was made."""
    _refuse_foreign(target)
    with workplace(target) as work:
        if target.is_dir() and is_whole(target, kept.hashes):
            return
        shutil.copytree(kept.folder, work / "report")
        put_in_place(work / "report", target)


def _make(
    report: Published, data: Path, work: Path, progress: Progress, options: Options
) -> tuple[str, ...]:
    """Write the whole report into `work/report`; return what the notebooks wrote besides."""
    from hscb_report.outputs.book import jupyter_book, sources

    made, staged = work / "report", work / "sources"
    made.mkdir()
    with jupyter_book.Builder() as builder:
        with progress("run the notebooks"):
            parameters = report_parameters(str(report.year), report.edition, data, options.as_at)
            notebooks = run_notebooks(notebook_paths(report.contents), parameters, report)
        sources.stage(report, notebooks, staged)
        when_compiled = builder.start(report, staged, work / "book", options.first_page)
        with progress("write working papers, workbook, open tables and summary"):
            _write_side_products(report, notebooks, made)
        with progress("compile the HTML book and the PDFs"):
            compiled = when_compiled()
        compiled.html.replace(made / "html")
        for pdf in compiled.pdfs:
            shutil.copyfile(pdf, made / pdf.name)
    with progress("write facts, checks and manifest"):
        _write_json(made / "facts.json", report.facts.as_json())
        _write_json(made / "checks.json", report.checks)
        list_downloads(report, made)
        _write_json(made / MANIFEST, _manifest(report, made, options))
    return tuple(line for notebook in notebooks for line in notebook.told)


def _write_side_products(report: Published, notebooks: Sequence[Executed], made: Path) -> None:
    language = report.settings.board.language
    papers = paper_names(report.contents)
    folder, said, colour = made / "working-papers", marking(report), report.settings.board.colour
    told = furniture(report)
    foot = {"help": told["help"], "imprint": told["imprint"]}
    write_working_papers(notebooks, folder, language, report.values, papers, said, colour, foot)
    write_open_tables(report, made / "data")
    write_archive(made / "data", made / f"data-{report.stem}.zip")
    write_workbook(report, made / f"tables-{report.stem}.xlsx")
    write_summary(report, made)


def _manifest(report: Published, made: Path, options: Options) -> dict[str, Any]:
    """Return what the report was made from and what it is made of."""
    files = sorted(path for path in made.rglob("*") if path.is_file())
    return {
        "year": str(report.year),
        "edition": report.edition,
        "as_at": report.as_at.isoformat(),
        "first_page": options.first_page,
        "inputs": [
            {"path": source.path, "sha256": source.sha256}
            for source in report.results.inputs
            if source.sha256 is not None
        ],
        "outputs": [
            {
                "path": path.relative_to(made).as_posix(),
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
            for path in files
        ],
        "versions": versions(),
    }


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _refuse_foreign(target: Path) -> None:
    """Raise UsageError if the target is there and was not made by us."""
    if not target.exists():
        return
    empty = target.is_dir() and not any(target.iterdir())
    if not (empty or (target / MANIFEST).is_file()):
        raise UsageError(
            f'"{target}" is there and holds no {MANIFEST}, so it is not a report of ours and is '
            "not replaced. Move it away, or choose another folder with --out."
        )
