"""The public summary: two pages of a year for everybody, as a PDF of their own."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from hscb_report.errors import BookError
from hscb_report.outputs.pdf.pdf import check_structure, compile_pdf, page_count
from hscb_report.outputs.pdf.tokens import NAME, look_source
from hscb_report.outputs.summary.markup import SIZES, key_figure_rows, summary_source
from hscb_report.results.published import Published

__all__ = ["MOST_PAGES", "summary_name", "write_summary"]

MOST_PAGES = 2
_TEMPLATE = Path(__file__).with_name("summary.typ")
_TRIES: tuple[tuple[int, float, tuple[str, ...]], ...] = (
    (1, SIZES[0], ()),
    *((MOST_PAGES, size, ()) for size in SIZES),
    *((MOST_PAGES, size, ("money",)) for size in SIZES[2:]),
    (MOST_PAGES, SIZES[-1], ("money", "lessons")),
)
"""How many pages it may have, the size of its text, and what it goes without.

One so short that a page holds it has one; else each size is tried, and then without what is easiest
looked up in the full report.
"""


def summary_name(report: Published) -> str:
    """Return the file name of a report's public summary."""
    return f"summary-{report.stem}.pdf"


def write_summary(report: Published, folder: Path) -> Path:
    """Write the public summary into a folder and return its file: at most two pages, accessible.

    Raises BookError if it does not fit, which says what to shorten, or is not accessible.
    """
    target = folder / summary_name(report)
    rows = key_figure_rows(report)
    row_headers = [(0, *(1 for _ in rows))] if rows else []
    with TemporaryDirectory() as place:
        shutil.copyfile(_TEMPLATE, Path(place) / _TEMPLATE.name)
        (Path(place) / NAME).write_text(look_source(report.settings.board.colour), "utf-8")
        source = Path(place) / f"{target.stem}.typ"
        for most, size, without in _TRIES:
            said = summary_source(report, size, without, turns=most > 1)
            source.write_text(said, "utf-8", newline="\n")
            compile_pdf(source, target, row_headers)
            if page_count(target) <= most:
                break
        else:
            raise BookError(_too_long(report, page_count(target)))
    if problems := check_structure(target, row_headers):
        raise BookError("\n".join(f"{target.name}: {problem}" for problem in problems))
    return target


def _too_long(report: Published, pages: int) -> str:
    return (
        f"{report.year}/points.csv: the public summary has {pages} pages at its smallest size, "
        f"and room for {MOST_PAGES}. Shorten the longest sentences of the first page, or take some "
        "out; fewer rows of key_figures.csv give room on its first page."
    )
