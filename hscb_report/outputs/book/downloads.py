"""What is to be had beside the book, listed on its first page once all of it is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from hscb_report.outputs.pdf.pdf import page_count
from hscb_report.results.chapter import EVIDENCE
from hscb_report.results.published import Published
from hscb_report.wording import counted

PLACE = "<!-- downloads -->"
"""Where the template of the first page leaves room for the list."""
_DATA = "data"
_HEAD = '<tr role="row">{}</tr>'.format(
    "".join(
        f'<th scope="col" role="columnheader">{heading}</th>'
        for heading in ("Document", "Format", "Size")
    )
)


@dataclass(frozen=True)
class Download:
    """A file that is to be had: its address seen from the first page, name, format and size."""

    address: str
    name: str
    form: str
    size: str


def list_downloads(report: Published, made: Path) -> None:
    """Put the list of what lies beside the book into its first page."""
    page = made / "html" / "index.html"
    text = page.read_text("utf-8")
    page.write_text(text.replace(PLACE, _section(report, made)), "utf-8")


def downloads(report: Published, made: Path) -> Iterator[Download]:
    """Yield what there is: the PDFs, the workbook, the data."""
    for name, path in _pdfs(report, made):
        form = f"PDF, {counted(page_count(path), 'page')}"
        yield Download(f"../{path.name}", name, form, _size(path))
    for path in sorted(made.glob("tables-*.xlsx")):
        said = "All tables of the report in one workbook"
        yield Download(f"../{path.name}", said, "XLSX", _size(path))
    for path in sorted(made.glob("data-*.zip")):
        yield Download(
            f"../{path.name}", "All data, with its dictionary", "CSV in a ZIP", _size(path)
        )
    for name, said in (
        ("facts.json", "All figures, with where they come from"),
        (f"{_DATA}/datapackage.json", "What each table and column of the data is"),
    ):
        if (made / name).is_file():
            yield Download(f"../{name}", said, "JSON", _size(made / name))


def _pdfs(report: Published, made: Path) -> Iterator[tuple[str, Path]]:
    """Yield each PDF with what it is called, in the order in which they are read."""
    settings = report.settings
    names = {
        "summary-": "Public summary",
        "annual-report-": settings.title,
        "business-plan-": settings.plan_title,
        "covering-report-": "Covering report",
        "evidence-": EVIDENCE.title,
        "pack-": "All but the summary in one document",
    }
    for begin, name in names.items():
        yield from ((name, path) for path in sorted(made.glob(f"{begin}*.pdf")))


def _size(path: Path) -> str:
    """Return a size as readers know it: "36 kB", "1.2 MB"."""
    size = path.stat().st_size
    return f"{max(round(size / 1000), 1)} kB" if size < 999_500 else f"{size / 1_000_000:.1f} MB"


def _section(report: Published, made: Path) -> str:
    rows = "".join(map(_row, downloads(report, made)))
    files = [exhibit for exhibit in report.exhibits if _csv(made, exhibit.label).is_file()]
    listed = "".join(_item(e.label, e.title or e.caption) for e in files)
    each = counted(len(files), "table")
    more = f"<details><summary>{each} as CSV files</summary><ul>{listed}</ul></details>"
    return (
        '<div class="wrap page"><section class="downloads" id="downloads"><h2>Downloads</h2>'
        '<div class="table-box">'
        '<table role="table" class="stack-14"><caption class="vh">Downloads</caption>'
        f'<thead role="rowgroup">{_HEAD}</thead><tbody role="rowgroup">{rows}</tbody></table>'
        f"</div>{more if files else ''}</section></div>"
    )


def _csv(made: Path, label: str) -> Path:
    return made / _DATA / f"{label}.csv"


def _row(download: Download) -> str:
    link = f'<a href="{escape(download.address)}">{escape(download.name)}</a>'
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{link}</th>'
        f'<td role="cell" data-heading="Format">{escape(download.form)}</td>'
        f'<td role="cell" data-heading="Size">{escape(download.size)}</td></tr>'
    )


def _item(label: str, name: str) -> str:
    return f'<li><a href="../{_DATA}/{escape(label)}.csv">{escape(name)}</a></li>'
