"""One run, from tables to a replaced output folder with its manifest.

Everything is made in a folder beside the target, and takes its place whole at the end: a run that
fails leaves the earlier report as it was.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hscb_report.assurance.inputs import versions
from hscb_report.errors import UsageError
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
from hscb_report.report import open_report
from hscb_report.results.published import Published
from hscb_report.workplace import put_in_place, recover, workplace

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Rendered:
    """Where a report was written, and what its notebooks wrote beside what they show."""

    folder: Path
    told: tuple[str, ...] = ()

    @property
    def html(self) -> Path:
        """The book's first page."""
        return self.folder / "html" / "index.html"


@dataclass(frozen=True)
class Options:
    """What a run may be asked for beside year and edition.

    `as_at` is the day at which the plan's actions are looked at, by default the one in the year's
    settings; the pack's pages are numbered from `first_page`.
    """

    as_at: date | None = None
    first_page: int = 1


def render(
    year: str | None,
    edition: str,
    data: Path,
    out: Path,
    progress: Progress = silent,
    options: Options = Options(),
) -> Rendered:
    """Make the report of a year and edition from the data root, and put it into `out`.

    Without a year it is the latest that the data root holds.

    Raises ReportError in one of its forms; then nothing in `out` has changed.
    """
    allow_open_files()
    warm_up()
    out = out.resolve()
    recover(out)
    with progress("check the data"):
        report = open_report(year, edition, data, options.as_at)
    target = out / report.stem
    _refuse_foreign(target)
    with workplace(target) as work:
        told = _make(report, data, work, progress, options)
        with progress("put the report in place"):
            put_in_place(work / "report", target)
    return Rendered(target, told)


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
