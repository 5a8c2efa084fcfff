"""The book is compiled from one reading: what a notebook shows stands in HTML and PDF."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import select
import signal
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
from bs4 import BeautifulSoup

from hscb_report.errors import BookError
from hscb_report.notebooks import run_notebooks
from hscb_report.outputs.book.first_page import first_page
from hscb_report.outputs.book.jupyter_book import (
    Builder,
    Compiled,
    _compile,
    _settings,
    typst_documents,
    write_settings,
)
from hscb_report.outputs.book.sources import stage
from hscb_report.results.points import Points
from hscb_report.results.published import Commentary, Published, ShownCorrection
from hscb_report.schema.settings import ApprovalSettings

HOSTILE = "<script>alert(1)</script> {{ year }} *so* `code` £5"
CELLS = (
    "import pandas",
    "from IPython.display import Markdown, display",
    "from hscb_report.display import show, show_frame",
    f"show({HOSTILE!r})",
    "print('a printed line')",
    "display(Markdown('Text *as such*'))\nshow_frame(pandas.DataFrame("
    f"{{'pounds': [1234.5, 2], 'of': [{HOSTILE!r}, 'b']}}, ['Row A', 'Row B']), 'A frame', "
    "unit='children', source='a count')",
)


@pytest.fixture(scope="module")
def few(report: Published) -> Published:
    """A report of one chapter."""
    page = next(page for page in report.contents if page.notebook == "budget")
    return replace(report, texts={}, contents=(page,))


def staged(few: Published, folder: Path, *cells: str) -> Path:
    """Stage the sources of a report whose one notebook has these cells."""
    code = [
        {"cell_type": "code", "source": c, "metadata": {}, "outputs": [], "execution_count": None}
        for c in cells
    ]
    title = {"cell_type": "markdown", "source": "# Budget", "metadata": {}}
    written = {"cells": [title, *code], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    (folder / "budget.ipynb").write_text(json.dumps(written), "utf-8")
    stage(few, run_notebooks([folder / "budget.ipynb"], {}, few), folder / "sources")
    (folder / "sources" / "index.md").write_text("# Report", "utf-8")
    return folder / "sources"


@pytest.fixture(scope="module")
def compiled(few: Published, tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """A book whose notebook shows a value, text and a data frame, and prints a line."""
    folder = tmp_path_factory.mktemp("book")
    sources = staged(few, folder, *CELLS)
    with Builder() as builder:
        return builder.start(few, sources, folder / "out")()


@pytest.mark.slow
def test_what_a_notebook_shows_stands_in_the_html_as_text(compiled: Compiled) -> None:
    text = (compiled.html / "chapters" / "budget.html").read_text("utf-8")
    page = BeautifulSoup(text, "html.parser").find("article")
    assert page is not None
    assert HOSTILE in [p.get_text() for p in page.find_all("p")]
    assert [em.get_text() for em in page.find_all("em")] == ["as such"]
    (table,) = page.find_all("table")
    assert "A frame" in table.caption.get_text()
    assert [th.get_text() for th in table.find_all("th", scope="row")] == ["Row A", "Row B"]
    assert [td.get_text() for td in table.find_all("td")] == ["1,234.5", HOSTILE, "2", "b"]
    assert page.find_all("script") == []
    assert "a printed line" not in text


@pytest.mark.slow
def test_the_pdf_says_the_same(compiled: Compiled) -> None:
    (pdf,) = (path for path in compiled.pdfs if path.name.startswith("annual-report"))
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)
    words = " ".join(text.split())
    for said in (HOSTILE, "Text as such", "A frame", "Row A", "1,234.5"):
        assert said in words
    assert "a printed line" not in words


@pytest.mark.slow
def test_an_approved_report_says_who_approved_it_and_what_was_corrected(
    few: Published, tmp_path: Path
) -> None:
    """On the first page and the cover, in the imprint of every page and the PDF's properties."""
    approval = ApprovalSettings(meeting="<b>The</b> Board", day=date(2014, 9, 17))
    year = few.settings.year.model_copy(update={"approval": approval})
    told = ShownCorrection(1, date(2015, 1, 3), HOSTILE, "Why so", "chapters/budget")
    settings = replace(few.settings, year=year)
    said_of = (*(c for c in few.commentaries if c.chapter != "index"), Commentary("index", "", ""))
    made = replace(
        few, settings=settings, corrections=(told,), commentaries=said_of, points=Points()
    )
    sources = staged(made, tmp_path, "1")
    (sources / "index.md").write_text(first_page(made, "# {{ title }}\n\nIt."), "utf-8")
    with Builder() as builder:
        compiled = builder.start(made, sources, tmp_path / "out")()
    said = "Approved by <b>The</b> Board on 17 September 2014"
    properties = f"{said}. Last corrected on 3 January 2015."
    for name in ("index", "search", "chapters/budget"):
        page = BeautifulSoup((compiled.html / f"{name}.html").read_text("utf-8"), "html.parser")
        told = [dd.get_text() for dd in page.select(".imprint dd")]
        assert {said, "Last corrected on 3 January 2015"} <= set(told)
    first = BeautifulSoup((compiled.html / "index.html").read_text("utf-8"), "html.parser")
    article = first.find("article")
    assert article is not None
    assert [h.get_text() for h in article.find_all(["h1", "h2"])][1:] == [
        "Key figures",
        "In this report",
        "Corrections",
    ]
    item = f"3 January 2015, Budget: {HOSTILE}. Reason: Why so."
    assert item in [" ".join(li.get_text().split()) for li in article.find_all("li")]
    (pdf,) = (path for path in compiled.pdfs if path.name.startswith("annual-report"))
    read = pypdf.PdfReader(pdf)
    assert read.metadata
    assert read.metadata.subject == properties
    pages = [" ".join(page.extract_text().split()) for page in read.pages]
    assert f"{said} Last corrected on 3 January 2015" in pages[0]
    assert any("Corrections" in page and item in page for page in pages[1:4])


@pytest.mark.slow
def test_without_copies_of_processes_the_book_is_the_same(
    few: Published, compiled: Compiled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = staged(few, tmp_path, *CELLS)
    monkeypatch.setattr("hscb_report.processes.can_copy", lambda: False)
    documents = typst_documents(few)
    settings = write_settings({**_settings(few), "typst_documents": documents}, tmp_path / "out")
    _compile(settings, sources, tmp_path / "out")
    pdfs = tuple(tmp_path / "out" / "typst" / f"{made['name']}.pdf" for made in documents)
    assert _bytes(Compiled(tmp_path / "out" / "html", pdfs)) == _bytes(compiled)


def _bytes(compiled: Compiled) -> dict[str, bytes]:
    files = [path for path in compiled.html.rglob("*") if path.is_file()]
    read = {path.relative_to(compiled.html).as_posix(): path.read_bytes() for path in files}
    return read | {path.name: path.read_bytes() for path in compiled.pdfs}


@pytest.mark.slow
def test_what_fails_is_told_with_its_page_whether_in_html_or_in_the_pdf(
    few: Published, tmp_path: Path
) -> None:
    sources = staged(few, tmp_path, "1")
    (sources / "index.md").write_text("# Report\n\n{ref}`nowhere`", "utf-8")
    with Builder() as builder, pytest.raises(BookError) as told:
        builder.start(few, sources, tmp_path / "out")()
    assert str(told.value).startswith("The book did not compile:\n")
    assert "index.md:3: WARNING: undefined label: 'nowhere'" in str(told.value)


def test_what_processes_are_given_never_waits_for_a_reader(
    report: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe holds so much at once, whoever reads it: one that was killed stops nobody."""
    given: list[int] = []

    class Submitted:
        def __init__(self, *_: object) -> None:
            pass

        def submit(self, *work: object) -> None:
            given.append(len(pickle.dumps(work)))

    monkeypatch.setattr("hscb_report.outputs.book.jupyter_book.ProcessPoolExecutor", Submitted)
    Builder().start(report, tmp_path, tmp_path / "out")
    assert len(given) == 2
    assert max(given) < select.PIPE_BUF


@pytest.mark.slow
def test_a_process_that_is_killed_is_told_in_one_line(few: Published, tmp_path: Path) -> None:
    sources = staged(few, tmp_path, "1")
    with Builder() as builder:
        finished = builder.start(few, sources, tmp_path / "out")
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)
        with pytest.raises(BookError, match=r"^The process that compiles the book was stopped\.$"):
            finished()
