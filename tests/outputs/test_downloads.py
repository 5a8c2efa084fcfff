"""What is to be had beside the book: what there is and nothing else, by name, format and size."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup

from hscb_report.outputs.book.downloads import PLACE, downloads, list_downloads
from hscb_report.results.published import Published


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Return the folder of a report whose first page has room for the list."""
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "index.html").write_text(f"<main>{PLACE}</main>", "utf-8")
    (tmp_path / "data").mkdir()
    return tmp_path


def write_pdf(path: Path, pages: int) -> None:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(path)


def test_only_what_there_is_is_listed_in_the_order_of_reading(
    report: Published, made: Path
) -> None:
    for name, pages in (("pack", 3), ("annual-report", 1), ("summary", 2)):
        write_pdf(made / f"{name}-2013-14.pdf", pages)
    (made / "tables-2013-14.xlsx").write_bytes(bytes(1_250_000))
    (made / "facts.json").write_bytes(bytes(1500))
    assert [(d.address, d.name, d.form) for d in downloads(report, made)] == [
        ("../summary-2013-14.pdf", "Public summary", "PDF, 2 pages"),
        ("../annual-report-2013-14.pdf", report.settings.title, "PDF, 1 page"),
        ("../pack-2013-14.pdf", "All but the summary in one document", "PDF, 3 pages"),
        ("../tables-2013-14.xlsx", "All tables of the report in one workbook", "XLSX"),
        ("../facts.json", "All figures, with where they come from", "JSON"),
    ]
    assert [d.size for d in downloads(report, made)][-2:] == ["1.2 MB", "2 kB"]


@pytest.mark.parametrize(
    ("size", "told"),
    [(0, "1 kB"), (1499, "1 kB"), (999_499, "999 kB"), (999_500, "1.0 MB"), (2_440_000, "2.4 MB")],
)
def test_a_size_is_told_as_readers_know_it(
    report: Published, made: Path, size: int, told: str
) -> None:
    (made / "facts.json").write_bytes(bytes(size))
    (found,) = downloads(report, made)
    assert found.size == told


def test_the_first_page_lists_each_table_as_text_with_its_link(
    report: Published, made: Path
) -> None:
    table = replace(report.exhibits[0], title="<b>Who</b> pays")
    results = replace(report.results, exhibits=(table,))
    (made / "data" / f"{table.label}.csv").write_text("a", "utf-8")
    list_downloads(replace(report, results=results, assurance=()), made)
    page = BeautifulSoup((made / "html" / "index.html").read_text("utf-8"), "html.parser")
    (link,) = page.select("details a")
    assert (link.get_text(), link["href"]) == ("<b>Who</b> pays", f"../data/{table.label}.csv")
    assert page.select_one("summary").get_text() == "1 table as CSV files"  # type: ignore[union-attr]
    assert PLACE not in str(page)
