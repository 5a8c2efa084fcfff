"""The published report, read as a reader reads it: in the HTML and in the PDF alike."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pikepdf
import pypdf
import pytest
from frictionless import Package

from hscb_report.account import account, fact_anchor
from hscb_report.book.typst.pdf import check_structure
from hscb_report.exhibits.dictionary import dictionary
from hscb_report.publish import Rendered
from hscb_report.report import open_report
from hscb_report.schema.vocabularies import JOURNEY_AREA
from tests.book.figures import FIGURES, IN_PROSE, LESSONS
from tests.book.readers import (
    ReadDocument,
    html_pages,
    pdf_bookmarks,
    pdf_pages,
    read_html,
    read_pdf,
    unbroken,
    words,
)

pytestmark = pytest.mark.slow
# The pack holds all that is on paper; the other three are its parts.
PDF = "pack-2013-14.pdf"
PDFS = [
    "annual-report-2013-14.pdf",
    "business-plan-2013-14.pdf",
    "covering-report-2013-14.pdf",
    PDF,
]
HEADINGS = [
    "Annual Report 2013-14",
    "About the Board",
    "Review of the year",
    "How effective are safeguarding arrangements?",
    "The improvement journey",
    "Voice of the Child",
    "Performance monitoring",
    "Communication",
    "Policies and procedures",
    "Strategic priorities: said, did, difference",
    "Safeguarding in Herefordshire: the context",
    "Audits",
    "Finding, review and impact",
    "Case reviews",
    "Reconciliation",
    "Training",
    "By level, theme and mode",
    "Child deaths",
    "How much can be read from so few",
    "Budget",
    "What is left",
    "Appendix 1: Membership",
    "Appendix 2: Structure and attendance",
    "Appendix 3: Budget",
    "Statutory coverage",
    "What is wrong in the source",
    "Assurance",
    "Where the numbers come from",
    "How this report was made",
    "About this reconstruction",
    "Business Plan 2014-15",
    "Structure and objectives",
    "Action tables",
    "Development area 4: Improving the functioning of Herefordshire's Safeguarding Boards",
    "3.2 Sexual Exploitation and Trafficking",
    "Tracker",
    "Golden thread",
    "Covering report",
    "Recommendation(s)",
    "Financial Implications",
]


@pytest.fixture(scope="module")
def html(rendered: Rendered) -> ReadDocument:
    return read_html(rendered.folder / "html")


@pytest.fixture(scope="module")
def pdf(rendered: Rendered) -> ReadDocument:
    return read_pdf(rendered.folder / PDF)


@pytest.fixture(params=["html", "pdf"])
def document(request: pytest.FixtureRequest) -> ReadDocument:
    found: ReadDocument = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize(("caption", "row", "column", "value"), FIGURES)
def test_every_figure_is_found_by_its_table_row_and_column(
    document: ReadDocument, caption: str, row: str, column: str, value: str
) -> None:
    assert document.tables[caption].cell(row, column) == value


def test_every_published_table_is_there_with_all_its_cells(document: ReadDocument) -> None:
    report = open_report("2013-14")
    for exhibit in (*report.exhibits, *account(report)):
        if exhibit.label == "actions":  # one file for the open data; the book has a table an area
            continue
        read = document.tables[exhibit.caption]
        assert read.columns == [column.heading for column in exhibit.columns]
        printed = [[unbroken(text) for text in row] for row in exhibit.texts()]
        assert [[unbroken(text) for text in row] for row in read.body] == printed


def test_lessons_stand_beside_what_was_done(document: ReadDocument) -> None:
    assert document.tables[LESSONS].columns == [
        "Lesson about",
        "Lesson Learnt",
        "Action Taken by HSCB",
    ]
    assert len(document.tables[LESSONS].rows) == 3


def test_the_data_dictionary_is_in_the_html_alone(html: ReadDocument, pdf: ReadDocument) -> None:
    captions = {exhibit.caption for exhibit in dictionary()}
    assert captions <= set(html.tables)
    assert not captions & set(pdf.tables)


def test_every_heading_of_a_page_stands_in_the_pdf_in_the_same_order(
    rendered: Rendered, pdf: ReadDocument
) -> None:
    for name, page in html_pages(rendered.html.parent).items():
        if name in ("search.html", "genindex.html", "pages/data-dictionary.html"):
            continue
        following = iter(pdf.headings)
        for heading in page.select("article h1, article h2, article h3"):
            assert words(heading.get_text()) in following, f"{name}: {heading.get_text()}"


def test_the_chapters_that_readers_expect_are_there(document: ReadDocument) -> None:
    assert set(HEADINGS) <= set(document.headings)


def test_both_forms_have_the_same_captions(html: ReadDocument, pdf: ReadDocument) -> None:
    in_html_alone = {exhibit.caption for exhibit in dictionary()}
    assert set(html.tables) - in_html_alone == set(pdf.tables) != set()
    assert sorted(html.figure_captions) == sorted(pdf.figure_captions) != []


def test_every_chart_has_a_text_alternative_with_its_values(
    html: ReadDocument, pdf: ReadDocument
) -> None:
    assert len(html.alternatives) == len(html.figure_captions)
    assert sorted(html.alternatives) == sorted(pdf.alternatives)
    assert any("Herefordshire Council: £127,016" in alternative for alternative in pdf.alternatives)


@pytest.mark.parametrize("passage", IN_PROSE)
def test_derived_figures_stand_in_the_prose_of_both(rendered: Rendered, passage: str) -> None:
    pages = " ".join(words(page.get_text()) for page in html_pages(rendered.html.parent).values())
    assert passage in pages.replace("’", "'")
    assert passage in " ".join(pdf_pages(rendered.folder / PDF)).replace("’", "'")


def test_no_substitution_is_left_unfilled(rendered: Rendered) -> None:
    for page in html_pages(rendered.html.parent).values():
        assert "{{" not in page.get_text()
    assert not [page for page in pdf_pages(rendered.folder / PDF) if "{{" in page]


# The HTML -----------------------------------------------------------------------------------


def test_no_page_asks_the_network_for_anything(rendered: Rendered) -> None:
    """Nothing that a browser loads by itself has an address on another server."""
    for name, page in html_pages(rendered.folder).items():
        for tag, attribute in (
            ("script", "src"),
            ("link", "href"),
            ("img", "src"),
            ("iframe", "src"),
            ("source", "src"),
        ):
            for element in page.find_all(tag):
                address = str(element.get(attribute) or "")
                assert not re.match(r"(https?:)?//", address), f"{name}: {address}"
        for script in page("script"):
            assert not re.search(r"https?://(?!www\.w3\.org)", script.get_text()), name


def test_style_sheets_ask_the_network_for_nothing(rendered: Rendered) -> None:
    for path in rendered.html.parent.rglob("*.css"):
        text = path.read_text("utf-8")
        assert not re.search(r"(url\(|@import )['\"]?(https?:)?//", text), path.name


def test_every_link_within_the_book_leads_somewhere(rendered: Rendered) -> None:
    folder = rendered.html.parent
    pages = html_pages(folder)
    for name, page in pages.items():
        for link in page.select("article a[href]"):
            address, fragment = urldefrag(str(link["href"]))
            if re.match(r"[a-z]+:", address):
                continue
            target = (folder / name).parent / unquote(address) if address else folder / name
            assert target.exists(), f"{name}: {address}"
            if fragment:
                there = pages[target.resolve().relative_to(folder.resolve()).as_posix()]
                assert there.find(id=unquote(fragment)), f"{name}: {link['href']}"


def test_header_cells_say_what_they_head(rendered: Rendered) -> None:
    for name, page in html_pages(rendered.html.parent).items():
        for cell in page.select("article th"):
            assert cell.get("scope") in ("row", "col"), name


def test_every_cell_carries_the_heading_that_a_phone_shows_above_it(rendered: Rendered) -> None:
    for page in html_pages(rendered.html.parent).values():
        for table in page.select("article .exhibit table"):
            headings = [words(th.get_text()) for th in table.select("thead th")]
            for row in table.select("tbody tr"):
                cells = row.find_all(["th", "td"])
                told = [words(str(td.get("data-heading"))) for td in cells if td.name == "td"]
                assert told == headings[len(headings) - len(told) :]


def test_no_rating_is_told_by_colour_alone(rendered: Rendered) -> None:
    """A coloured cell begins with a shape and says its word."""
    page = html_pages(rendered.html.parent)["chapters/07-tracker.html"]
    coloured = page.select("article td.tone-good, td.tone-watch, td.tone-alarm")
    assert coloured
    for cell in coloured:
        assert re.fullmatch(r"[✓▶▲■◆] \w.+", words(cell.get_text()))


def test_ids_are_unique_on_every_page(rendered: Rendered) -> None:
    for name, page in html_pages(rendered.html.parent).items():
        ids = [str(element["id"]) for element in page.find_all(id=True)]
        assert len(ids) == len(set(ids)), (name, {i for i in ids if ids.count(i) > 1})


def test_every_page_says_its_language_and_title(rendered: Rendered) -> None:
    for name, page in html_pages(rendered.html.parent).items():
        assert page.select_one("html[lang=en]"), name
        title = page.select_one("title")
        assert title is not None, name
        assert title.get_text().strip(), name


def test_every_number_in_prose_is_one_link_to_its_row_on_the_sources_page(
    rendered: Rendered,
) -> None:
    """The number itself is the link, so it is read out once, and works without JavaScript."""
    pages = html_pages(rendered.html.parent)
    facts = open_report("2013-14").facts
    texts = {fact_anchor(fact.id): fact.text for fact in facts}
    links = [link for page in pages.values() for link in page.select("article a.fact")]
    assert len(links) > 60
    for link in links:
        address, anchor = urldefrag(str(link["href"]))
        assert address.endswith("sources.html") or address == ""
        assert link.get_text() == texts[anchor]
        assert pages["pages/sources.html"].find(id=anchor)


def test_the_sources_page_has_a_row_for_every_fact(document: ReadDocument) -> None:
    rows = {
        unbroken(row[0])
        for caption, table in document.tables.items()
        if caption.startswith("Where the numbers come from")
        for row in table.body
    }
    assert {unbroken(fact.label) for fact in open_report("2013-14").facts} == rows


def test_every_chapter_links_to_its_working_paper_and_back(rendered: Rendered) -> None:
    pages = html_pages(rendered.html.parent)
    chapters = [name for name in pages if name.startswith("chapters/")]
    papers = html_pages(rendered.folder / "working-papers")
    assert len(chapters) == len(papers) == 8
    for name in chapters:
        links = [str(a["href"]) for a in pages[name].select("article a[href*=working-papers]")]
        assert links == [f"../../working-papers/{Path(name).name}"]
        back = papers[Path(name).name].select_one("a[href$='.html']")
        assert back is not None
        assert back["href"] == f"../html/{name}"


def test_a_working_paper_shows_its_code_and_no_unfilled_text(rendered: Rendered) -> None:
    for page in html_pages(rendered.folder / "working-papers").values():
        assert "open_report(year, edition, data, as_at)" in page.get_text()
        for unfilled in ("{{", "{numref}", "{include}"):
            assert unfilled not in page.get_text()


def test_a_page_of_each_journey_area_gathers_what_carries_its_tag(rendered: Rendered) -> None:
    tables = open_report("2013-14").checks.loaded.tables
    pages = html_pages(rendered.html.parent)
    for area in JOURNEY_AREA:
        page = pages[f"areas/{area}.html"]
        linked = {words(link.get_text()) for link in page.select("article a.reference")}
        assert {row.section for row in tables.section_tags if area in row.areas} <= linked
        told = words(page.get_text())
        for callout in tables.callouts:
            assert (words(callout.text) in told) == (area in callout.areas)


def test_open_tables_are_a_valid_data_package(rendered: Rendered) -> None:
    """The frictionless library reads every table by the package's description, without a fault."""
    folder = rendered.folder / "data"
    package = Package(str(folder / "datapackage.json"))
    result = package.validate()
    assert result.valid, result.flatten(["name", "type", "note"])
    named = {resource.path for resource in package.resources}
    assert named == {path.name for path in folder.glob("*.csv")}


def test_an_open_table_has_the_unrounded_numbers(rendered: Rendered) -> None:
    text = (rendered.folder / "data" / "contribution-shares.csv").read_text("utf-8")
    assert text.splitlines()[0] == "agency,contribution,share"
    assert text.splitlines()[1].startswith("Herefordshire Council,127016,61.0093")


# The PDF ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_is_accessible(rendered: Rendered, name: str) -> None:
    """The library's and our own checks of the structure find nothing."""
    assert check_structure(rendered.folder / name) == []


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_names_itself_as_pdf_ua(rendered: Rendered, name: str) -> None:
    with pikepdf.open(rendered.folder / name) as document:
        assert document.open_metadata().get("pdfuaid:part") == "1"
        assert str(document.Root.Lang) == "en-GB"
        assert document.docinfo["/Title"]


@pytest.mark.parametrize("name", PDFS)
def test_every_page_of_a_pdf_after_the_cover_is_numbered(rendered: Rendered, name: str) -> None:
    pages = pdf_pages(rendered.folder / name)
    for number, page in enumerate(pages[1:], 2):
        assert f"Page {number} of {len(pages)}" in page


@pytest.mark.parametrize("name", PDFS)
def test_no_page_of_a_pdf_is_blank(rendered: Rendered, name: str) -> None:
    """The page before each part of the pack holds its title alone."""
    titles = {"Covering report", "Annual Report 2013-14", "Business Plan 2014-15"}
    for text in pdf_pages(rendered.folder / name):
        assert len(text) > 100 or any(title in text for title in titles)


def test_each_pdf_holds_its_own_part_of_the_book(rendered: Rendered) -> None:
    held = {name: set(pdf_bookmarks(rendered.folder / name)) for name in PDFS}
    annual, plan, covering, pack = (held[name] for name in PDFS)
    assert "Budget" in annual - plan - covering
    assert "Tracker" in plan - annual - covering
    assert "Recommendation(s)" in covering - annual - plan
    assert pack == annual | plan | covering


def test_bookmarks_name_the_chapters(rendered: Rendered) -> None:
    found = set(pdf_bookmarks(rendered.folder / PDF))
    assert {"Audits", "Budget", "Action tables", "Covering report"} <= found


def test_links_in_the_pdf_reach_pages_of_it(rendered: Rendered) -> None:
    reader = pypdf.PdfReader(rendered.folder / PDF)
    annotations = [a.get_object() for page in reader.pages for a in page.get("/Annots", [])]
    links = [a for a in annotations if a["/Subtype"] == "/Link"]
    assert len(links) > 50
    assert all("/Contents" in link for link in links)


def test_nothing_in_the_output_depends_on_this_machine(rendered: Rendered) -> None:
    """No path of the machine, no time, no user stands in any text of the report."""
    here = str(Path(__file__).resolve().parents[2])
    for path in rendered.folder.rglob("*"):
        if path.suffix in (".html", ".json", ".js", ".csv", ".txt"):
            assert here not in path.read_text("utf-8", errors="replace"), path.name
