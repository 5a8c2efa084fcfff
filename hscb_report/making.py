"""Making a report: notebooks, book, PDFs and all that stands beside them, into an empty folder."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hscb_report.assurance.inputs import versions
from hscb_report.kept_files import KeptIn
from hscb_report.notebooks import Executed, Keeper, notebook_paths, report_parameters, run_notebooks
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
from hscb_report.progress import Progress
from hscb_report.results.published import Published
from hscb_report.workplace import MANIFEST

if TYPE_CHECKING:
    from hscb_report.outputs.book.jupyter_book import Builder


@dataclass(frozen=True)
class Made:
    """What came of a report: its notebooks as they ran, which pages and PDFs were made anew."""

    notebooks: tuple[Executed, ...]
    anew: frozenset[str]


def begin(*, with_notebooks: bool = True) -> None:
    """Begin what making a report needs, while the data is still being read.

    What kernels need is imported as soon as notebooks are sure to run, else when the first one is.
    """
    allow_open_files()
    if with_notebooks:
        warm_up()


def notebooks_of(report: Published) -> list[Path]:
    """Return the notebooks that a report is made from."""
    return list(notebook_paths(report.contents))


def parameters_of(report: Published, data: Path, as_at: date | None) -> dict[str, Any]:
    """Return what the notebooks of a report are given; `as_at` is the day that was asked for."""
    return report_parameters(str(report.year), report.edition, data, as_at)


def make(
    report: Published,
    work: Path,
    progress: Progress,
    parameters: Mapping[str, Any],
    first_page: int = 1,
    keeper: Keeper | None = None,
    notebooks: Sequence[Executed] | None = None,
    kept: KeptIn | None = None,
) -> Made:
    """Write the whole report into `work/report`; return its notebooks as they were run.

    The pack's pages begin at `first_page`. Without `notebooks` those are run with the parameters
    that the `keeper` has not kept. What is `kept` of its pages and PDFs is taken.
    """
    from hscb_report.outputs.book import jupyter_book, sources

    made, staged = work / "report", work / "sources"
    made.mkdir()
    with jupyter_book.Builder() as builder:
        with progress("run the notebooks"):
            ran = tuple(
                notebooks or run_notebooks(notebooks_of(report), parameters, report, keeper)
            )
        sources.stage(report, ran, staged)
        when_compiled = builder.start(report, staged, work / "book", first_page, kept)
        with progress("write working papers, workbook, open tables and summary"):
            _write_side_products(report, ran, made)
        with progress("compile the HTML book and the PDFs"):
            compiled = when_compiled()
        compiled.html.replace(made / "html")
        for pdf in compiled.pdfs:
            shutil.copyfile(pdf, made / pdf.name)
    with progress("write facts, checks and manifest"):
        _write_json(made / "facts.json", report.facts.as_json())
        _write_json(made / "checks.json", report.checks)
        list_downloads(report, made)
        _write_json(made / MANIFEST, _manifest(report, made, first_page))
    return Made(ran, compiled.made)


def make_pages(
    builder: Builder,
    report: Published,
    work: Path,
    parameters: Mapping[str, Any],
    keeper: Keeper,
    notebooks: Sequence[Executed] | None,
    kept: Path,
) -> Path:
    """Write the pages alone into a folder in `work`, and return it.

    They are compiled by a builder that is there already. What is kept of those before, in the file
    `kept`, is taken.
    """
    from hscb_report.outputs.book import sources

    ran = notebooks or run_notebooks(notebooks_of(report), parameters, report, keeper)
    sources.stage(report, ran, work / "sources")
    return builder.pages(report, work / "sources", work / "book", kept)


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


def _manifest(report: Published, made: Path, first_page: int) -> dict[str, Any]:
    """Return what the report was made from and what it is made of."""
    files = sorted(path for path in made.rglob("*") if path.is_file())
    return {
        "year": str(report.year),
        "edition": report.edition,
        "as_at": report.as_at.isoformat(),
        "first_page": first_page,
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
