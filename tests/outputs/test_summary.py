"""The public summary: two pages at most, accessible, of whatever a year has to say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdf
import pytest

from hscb_report.errors import BookError
from hscb_report.outputs.pdf.pdf import check_structure
from hscb_report.outputs.summary import MOST_PAGES, summary_name, write_summary
from hscb_report.report import PROJECT, open_report
from hscb_report.results.points import Points, ShownPoint, Verdict
from hscb_report.results.published import Published

NORTHSHIRE = PROJECT / "examples" / "northshire"


def words(file: Path) -> list[str]:
    """Return the text of each page, its lines joined."""
    pages = (page.extract_text() for page in pypdf.PdfReader(file).pages)
    return [" ".join(page.split()) for page in pages]


def saying(report: Published, **lists: list[str]) -> Published:
    points = {name: tuple(map(ShownPoint, said)) for name, said in lists.items()}
    return replace(report, points=Points({"index": points}))


@pytest.fixture(scope="module")
def pages(report: Published, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return words(write_summary(report, tmp_path_factory.mktemp("summary")))


def test_it_says_what_the_first_page_says(report: Published, pages: list[str]) -> None:
    first, second = pages
    assert "Public summary 2013-14" in first
    assert "4 of the 7 audit findings that the Board checked again" in first
    for row in report.exhibit("key-figures").texts():
        assert " ".join(row) in first
    for title in ("What went well", "What did not go well", "What must be done next"):
        assert title in second
    for text in ("Safe sleeping:", "97% of contributions", "Childline, 0800 1111", "www."):
        assert text in second
    assert "Requires Improvement" in first


def test_names_stand_as_their_values_and_nothing_else_does(pages: list[str]) -> None:
    text = " ".join(pages)
    assert not any(sign in text for sign in ("{{", "}}", "**", "budget."))


def test_every_page_says_what_every_page_of_the_report_says(tmp_path: Path) -> None:
    report = open_report("2024-25", "board", NORTHSHIRE)
    file = write_summary(report, tmp_path)
    assert file.name == "summary-2024-25-board.pdf" == summary_name(report)
    for page in words(file):
        assert "Board edition: not for publication." in page
        assert "Example: all content is invented." in page


def test_a_draft_says_so_on_every_page(report: Published, tmp_path: Path) -> None:
    year = report.settings.year.model_copy(update={"status": "draft", "draft": 3})
    draft = replace(report, settings=replace(report.settings, year=year))
    assert all("DRAFT 3: not final." in page for page in words(write_summary(draft, tmp_path)))


def test_its_structure_is_that_of_an_accessible_document(report: Published, tmp_path: Path) -> None:
    file = write_summary(report, tmp_path)
    rows = len(report.exhibit("key-figures").rows)
    assert check_structure(file, [(0, *[1] * rows)]) == []
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) == MOST_PAGES
        assert str(pdf.Root.Lang) == "en-GB"


def test_a_year_that_says_nothing_has_a_summary_too(report: Published, tmp_path: Path) -> None:
    """Its figures and help lines are there, on as few pages as they need."""
    bare = replace(report, points=Points(), results=replace(report.results, exhibits=()))
    (page,) = words(write_summary(bare, tmp_path))
    assert "Childline" in page
    assert "Main points" not in page


def test_as_much_as_the_rules_let_stand_fits(report: Published, tmp_path: Path) -> None:
    """Six points and three lists of five, each sentence as long as it may be."""
    long = " ".join(["words"] * 29) + " end."
    said = saying(
        report, main=[long] * 6, lead=[long], well=[long] * 5, not_well=[long] * 5, next=[long] * 5
    )
    verdicts = (Verdict("An inspection", "Good in parts"),) * 2
    full = replace(said, points=replace(said.points, verdicts=verdicts))
    assert len(words(write_summary(full, tmp_path))) == MOST_PAGES


def test_what_does_not_fit_is_told_with_what_to_shorten(report: Published, tmp_path: Path) -> None:
    endless = " ".join(["words"] * 400)
    with pytest.raises(BookError, match=r"points\.csv: the public summary has .* Shorten"):
        write_summary(saying(report, main=[endless] * 6), tmp_path)


def test_text_of_data_is_never_markup(report: Published, tmp_path: Path) -> None:
    said = 'A #box[b] $x$ *c* "q" \\ <l> [m] @n // end.'
    text = words(write_summary(saying(report, main=[said]), tmp_path))[0]
    assert said in text


def test_the_same_report_gives_the_same_bytes(report: Published, tmp_path: Path) -> None:
    once, twice = tmp_path / "1", tmp_path / "2"
    once.mkdir()
    twice.mkdir()
    assert write_summary(report, once).read_bytes() == write_summary(report, twice).read_bytes()


def test_a_short_summary_has_one_page_in_the_usual_size(tmp_path: Path) -> None:
    short = open_report("2016-17", data=PROJECT / "examples" / "smallshire")
    (page,) = words(write_summary(short, tmp_path))
    for said in ("Main points", "What must be done next", "The full report", "1 of 1"):
        assert said in page
