"""The published report, read as a reader reads it: in the HTML and in the PDF alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pikepdf
import pypdf
import pytest
from bs4 import Tag
from frictionless import Package

from hscb_report.assurance.dictionary import GROUP as DICTIONARY
from hscb_report.look import PRINT
from hscb_report.outputs.pdf.blocks import LONGEST_ON_PAPER
from hscb_report.outputs.pdf.pdf import check_structure
from hscb_report.publish import Rendered
from hscb_report.results.history import BEHIND_A_FACT
from hscb_report.results.published import Published
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
from tests.outputs.layout import Layout

pytestmark = pytest.mark.slow
# The pack holds all that is on paper; the others are its parts.
PDF = "pack-2013-14.pdf"
SET = ("annual-report-2013-14.pdf", "business-plan-2013-14.pdf", "evidence-2013-14.pdf")
PDFS = [
    "annual-report-2013-14.pdf",
    "business-plan-2013-14.pdf",
    "covering-report-2013-14.pdf",
    "evidence-2013-14.pdf",
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
    "Priorities: said, did, difference",
    "Context",
    "Audits",
    "Finding, review and impact",
    "Case reviews",
    "Does every referral have an outcome?",
    "Training",
    "By level, theme and mode",
    "Child deaths",
    "Lessons",
    "Budget",
    "What is left",
    "Membership",
    "Structure and attendance",
    "The budget in full",
    "Legal requirements",
    "Errors in the published report",
    "Assurance",
    "Where the numbers come from",
    "How this report was made",
    "About this reconstruction",
    "Business Plan 2014-15",
    "Structure and objectives",
    "Action tables",
    "Development area 4: Improving the functioning of Herefordshire's Safeguarding Boards",
    "3.2 Sexual Exploitation and Trafficking",
    "Action tracker",
    "From finding to action",
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


@pytest.fixture(scope="module")
def pages(rendered: Rendered) -> dict[str, Tag]:
    """Return every page of the HTML, by its address."""
    return dict(html_pages(rendered.html.parent))


@pytest.fixture(scope="module")
def paper(rendered: Rendered) -> str:
    """Return all that stands in the PDF, without spaces."""
    return "".join(map(unbroken, pdf_pages(rendered.folder / PDF)))


# Both forms ---------------------------------------------------------------------------------


def test_every_figure_is_found_by_its_table_row_and_column(
    document: ReadDocument, html: ReadDocument, paper: str
) -> None:
    """In the PDF a chart stands in its table's place: read out, or printed in brackets."""
    drawn = html.on_demand if not document.is_html else ()
    found = [
        (caption, row, column, document.table(caption).cell(row, column))
        for caption, row, column, _ in FIGURES
        if caption not in drawn
    ]
    assert found == [figure for figure in FIGURES if figure[0] not in drawn]
    for _, row, column, value in (figure for figure in FIGURES if figure[0] in drawn):
        is_told = any(f"{row}: {value}" in told for told in document.alternatives)
        assert is_told or row == "Total" or unbroken(f"({value})") in paper, (row, column)


def test_every_published_table_is_there_with_all_its_cells(
    document: ReadDocument, html: ReadDocument, report: Published
) -> None:
    """But for those of charts, which the PDF has not, and for the list of all actions.

    That one is open data: the book has a table an area. Of one that is mostly missing a sentence
    stands there. On paper are neither the data dictionary, nor what pages of the screen alone
    show, nor long tables to look things up in; the key figures have no caption there.
    """
    on_screen = {page.path for page in report.contents if not page.on_paper}
    on_paper = {
        exhibit.label
        for exhibit in report.exhibits
        if exhibit.caption not in html.on_demand
        and exhibit.group != DICTIONARY
        and report.shown_on.get(exhibit.label) not in on_screen
        and not (exhibit.to_look_up and len(exhibit.rows) > LONGEST_ON_PAPER)
        and exhibit.label != "key-figures"
    }
    shown = {
        words(
            exhibit.caption
            if exhibit.caption in html.on_demand
            else f"{exhibit.title} {exhibit.caption}"
        ): exhibit
        for exhibit in report.exhibits
        if exhibit.label != "actions"
        and not exhibit.told_instead
        and (document.is_html or exhibit.label in on_paper)
    }
    assert len([caption for caption in document.tables if caption]) == len(shown)
    for caption, exhibit in shown.items():
        read = document.table(caption)
        assert read.columns == [column.heading for column in exhibit.columns]
        printed = [[unbroken(text) for text in row] for row in exhibit.texts()]
        assert [[unbroken(text) for text in row] for row in read.body] == printed


def test_lessons_stand_beside_what_was_done(document: ReadDocument) -> None:
    assert document.table(LESSONS).columns == [
        "Lesson about",
        "Lesson Learnt",
        "Action Taken by HSCB",
    ]
    assert len(document.table(LESSONS).rows) == 3


def test_every_heading_of_a_page_stands_in_the_pdf_in_the_same_order(
    pages: dict[str, Tag], pdf: ReadDocument, report: Published
) -> None:
    """But for those on screen alone; the first page lists the parts there, and the downloads."""
    on_screen = {f"{page.path}.html" for page in report.contents if not page.on_paper}
    for name, page in pages.items():
        if name in ("search.html", "index.html", "pages/data-dictionary.html", *on_screen):
            continue
        following = iter(pdf.headings)
        kicker = page.select_one(".kicker")
        for heading in page.select("article h1, article h2, article h3"):
            said = words(heading.get_text())
            if kicker and heading.name == "h1":
                said = f"{words(kicker.get_text())} {said}"
            if heading.find_parent(class_=["short", "callout"]) is None:
                assert said in following, f"{name}: {said}"


def test_the_chapters_that_readers_expect_are_there(
    document: ReadDocument, pages: dict[str, Tag], rendered: Rendered
) -> None:
    """By their short names, which stand above what each of them found, and in the bookmarks."""
    short = {
        words(kicker.get_text()) for page in pages.values() for kicker in page.select(".kicker")
    }
    if not document.is_html:
        short = {
            words(str(entry.title))
            for path in rendered.folder.glob("*.pdf")
            for entry in _flat(pypdf.PdfReader(path).outline)
        }
    on_screen = set() if document.is_html else {"Voice of the Child", "Annual Report 2013-14"}
    assert set(HEADINGS) - on_screen <= {*document.headings, *short}


@pytest.mark.parametrize("name", [PDF, *SET, "covering-report-2013-14.pdf", "summary-2013-14.pdf"])
def test_every_pdf_keeps_all_rules_of_pdf_ua(name: str, rendered: Rendered) -> None:
    """A run asks the longest of them of each volume alone; the pack that binds all keeps them."""
    assert check_structure(rendered.folder / name) == []


def _flat(outline: list[Any]) -> Iterator[Any]:
    for entry in outline:
        yield from _flat(entry) if isinstance(entry, list) else (entry,)


def test_every_chart_has_a_text_alternative_with_its_values(
    html: ReadDocument, pdf: ReadDocument
) -> None:
    assert sorted(html.figure_captions) == sorted(pdf.figure_captions) != []
    assert len(html.alternatives) == len(html.figure_captions)
    assert sorted(html.alternatives) == sorted(pdf.alternatives)
    assert any("Herefordshire Council: £127,016" in alternative for alternative in pdf.alternatives)


def test_derived_figures_stand_in_the_prose_of_both(pages: dict[str, Tag], paper: str) -> None:
    book = " ".join(words(page.get_text()) for page in pages.values()).replace("’", "'")
    assert [passage for passage in IN_PROSE if passage not in book] == []
    on_paper = paper.replace("’", "'")
    assert [passage for passage in IN_PROSE if unbroken(passage) not in on_paper] == []


def test_a_commentary_is_read_as_prose_with_its_facts_as_links_and_its_remarks(
    pages: dict[str, Tag], paper: str, report: Published
) -> None:
    """On paper the facts are text."""
    linked = remarks = 0
    on_paper = _in_short(_as_typeset(paper), report)
    paths = {"index": "index", **{p.name: p.path for p in report.contents if p.takes_commentary}}
    for commentary in report.commentaries:
        page = pages[f"{paths[commentary.chapter]}.html"]
        article = page.select_one("article")
        assert article is not None
        links = {str(link["href"]).partition("#")[2] for link in article.select("a.fact")}
        for name in re.findall(r"\{\{ ([\w.]+) \}\}", commentary.text):
            if fact := report.facts.get(".".join(name.split(".")[:2])):
                linked += 1
                assert fact.anchor in links, name
        for callout in report.results.callouts:
            shown = [unbroken(div.get_text()) for div in article.select("div.callout")]
            is_here = any(unbroken(callout.text) in text for text in shown)
            assert is_here == (f"{{callout}} {callout.name}\n" in commentary.text), callout.name
            remarks += is_here
            assert not is_here or unbroken(callout.text) in paper
        told = _in_short(_as_typeset(article.get_text()), report)
        for paragraph in _paragraphs(commentary.plain):
            said = _in_short(paragraph, report)
            assert said in told, said
            assert _stands_in(said, on_paper), said
    assert linked > 40
    assert remarks == 5


def _in_short(typeset: str, report: Published) -> str:
    """Return a text without what its abbreviations are short for, where they come first."""
    for short, of in report.abbreviations.items():
        full = re.escape(_as_typeset(f"{of.full} ({short})"))
        typeset = re.sub(full, short, typeset, flags=re.IGNORECASE)
    return typeset


def _stands_in(paragraph: str, paper: str) -> bool:
    """Whether a paragraph is on paper, in one piece or in two, on a page and on the next."""
    parts = ((paragraph[:n], paragraph[n:]) for n in range(len(paragraph)))
    return any(first in paper and second in paper for first, second in parts)


def _as_typeset(text: str) -> str:
    """Return a text without spaces, and its quotation marks and dots as they were typed."""
    return unbroken(text).translate(str.maketrans("’‘“”", "''\"\"")).replace("…", "...")


def _paragraphs(markdown: str) -> list[str]:
    """Return the plain paragraphs of a commentary, without emphasis, addresses and spaces."""
    told = re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", markdown)
    blocks = (" ".join(block.split()) for block in told.split("\n\n"))
    plain = [block for block in blocks if re.match(r"[\w*]", block) and "`" not in block]
    return [_as_typeset(re.sub(r"[*_]", "", block)) for block in plain]


def test_no_substitution_is_left_unfilled(pages: dict[str, Tag], paper: str) -> None:
    """But in a cell of a table, which is data: one of the dictionary tells of them."""
    for name, page in pages.items():
        unfilled = page.find_all(string=re.compile(r"\{\{|\{name\}|\{commentary\}"))
        assert [text for text in unfilled if not text.find_parent("td")] == [], name
    assert "{{" not in paper


def test_the_sources_page_has_a_row_for_every_fact(
    document: ReadDocument, report: Published
) -> None:
    rows = {
        unbroken(row[0])
        for caption, table in document.tables.items()
        if caption.startswith("Where the numbers come from")
        for row in table.body
    }
    assert {unbroken(fact.label) for fact in report.facts} == rows


# The HTML -----------------------------------------------------------------------------------


def test_the_contents_list_has_every_page_once_in_its_order(
    pages: dict[str, Tag], report: Published
) -> None:
    listed = [
        str(link["href"]).partition("#")[0].removesuffix(".html")
        for link in pages["index.html"].select("nav.contents a")
    ]
    assert listed == ["", *(page.path for page in report.contents)]  # the first is this page
    for name, page in pages.items():
        here = [str(link["href"]) for link in page.select("nav.contents a[aria-current=page]")]
        assert len(here) == (name != "search.html"), name


def test_no_page_asks_the_network_for_anything(rendered: Rendered, pages: dict[str, Tag]) -> None:
    """Nothing that a browser loads by itself has an address on another server."""
    papers = html_pages(rendered.folder / "working-papers")
    for name, page in (*pages.items(), *papers.items()):
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
    for path in rendered.html.parent.rglob("*.css"):
        text = path.read_text("utf-8")
        assert not re.search(r"(url\(|@import )['\"]?(https?:)?//", text), path.name


def test_every_link_within_the_book_leads_somewhere(
    rendered: Rendered, pages: dict[str, Tag]
) -> None:
    folder = rendered.html.parent.resolve()
    ids = {name: {str(e["id"]) for e in page.find_all(id=True)} for name, page in pages.items()}
    for name, page in pages.items():
        for link in page.select("article a[href]"):
            address, fragment = urldefrag(str(link["href"]))
            if re.match(r"[a-z]+:", address):
                continue
            target = (folder / name).parent / unquote(address) if address else folder / name
            assert target.exists(), f"{name}: {address}"
            if fragment:
                there = ids[target.resolve().relative_to(folder).as_posix()]
                assert unquote(fragment) in there, f"{name}: {link['href']}"


def test_header_cells_say_what_they_head(pages: dict[str, Tag]) -> None:
    for name, page in pages.items():
        for cell in page.select("article th"):
            assert cell.get("scope") in ("row", "col"), name


def test_every_cell_carries_the_heading_that_a_phone_shows_above_it(
    pages: dict[str, Tag],
) -> None:
    for page in pages.values():
        for table in page.select("article .exhibit table"):
            headings = [words(th.get_text()) for th in table.select("thead th")]
            for row in table.select("tbody tr"):
                cells = row.find_all(["th", "td"])
                told = [words(str(td.get("data-heading"))) for td in cells if td.name == "td"]
                assert told == headings[len(headings) - len(told) :]


def test_every_page_says_its_language_and_title_and_no_id_twice(pages: dict[str, Tag]) -> None:
    for name, page in pages.items():
        assert page.select_one("html[lang=en-GB]"), name
        title = page.select_one("title")
        assert title is not None, name
        assert title.get_text().strip(), name
        ids = [str(element["id"]) for element in page.find_all(id=True)]
        assert len(ids) == len(set(ids)), (name, {i for i in ids if ids.count(i) > 1})


def test_every_number_in_prose_is_one_link_to_its_row_on_the_sources_page(
    pages: dict[str, Tag], report: Published
) -> None:
    """The number itself is the link, so it is read out once, and works without JavaScript.

    With the words that go with it, where a phrase about it is named.
    """
    texts = {
        fact.anchor: {
            fact.in_prose,
            *(report.names[f"{fact.id}.{phrase}"] for phrase in BEHIND_A_FACT),
        }
        for fact in report.facts
    }
    links = [link for page in pages.values() for link in page.select("article a.fact")]
    assert len(links) > 60
    for link in links:
        address, anchor = urldefrag(str(link["href"]))
        assert address.endswith("sources.html") or address == ""
        assert words(link.get_text()) in texts[anchor]


def test_every_chapter_links_to_its_working_paper_and_back(
    rendered: Rendered, pages: dict[str, Tag]
) -> None:
    chapters = [name for name in pages if name.startswith("chapters/")]
    papers = html_pages(rendered.folder / "working-papers")
    led_to = set()
    for name in chapters:
        (link,) = pages[name].select("article a[href*=working-papers]")
        address = str(link["href"]).removeprefix("../../working-papers/")
        back = papers[address].select_one("a[href$='.html']")
        assert back is not None
        assert back["href"] == f"../html/{name}"
        led_to.add(address)
    assert led_to == set(papers)
    assert "07-budget.html" in papers


def test_a_working_paper_shows_its_code_and_no_unfilled_text(rendered: Rendered) -> None:
    for page in html_pages(rendered.folder / "working-papers").values():
        assert "open_report(year, edition, data, as_at)" in page.get_text()
        for unfilled in ("{{", "{numref}", "{include}", "{callout}"):
            assert unfilled not in page.get_text()


def test_a_page_of_each_journey_area_gathers_what_carries_its_tag(
    pages: dict[str, Tag], report: Published
) -> None:
    for area in JOURNEY_AREA:
        page = pages[f"areas/{area}.html"]
        linked = {words(link.get_text()) for link in page.select("article a.reference")}
        assert {tag.section for tag in report.results.tags if area in tag.areas} <= linked
        told = words(page.get_text())
        for callout in report.results.callouts:
            assert (words(callout.text) in told) == (area in callout.areas)


def test_every_page_has_search_menu_and_imprint_and_says_what_it_is_about(
    pages: dict[str, Tag],
) -> None:
    """Neither the menu nor the search field needs a script to be there."""
    said = set()
    for name, page in pages.items():
        assert page.select_one("form[role=search] input[type=search][name=q]"), name
        assert page.select_one("details.menu summary"), name
        assert [dt.get_text() for dt in page.select(".imprint dt")] == [
            "First published by",
            "Published",
            "Contact",
            "Licence",
            "Edition",
        ]
        assert "0800 1111" in page.select_one(".help").get_text()  # type: ignore[union-attr]
        (meta,) = page.select("meta[name=description]")
        said.add(str(meta["content"]))
        assert 10 < len(str(meta["content"])) <= 350, name
    assert len(said) == len(pages)


def test_the_first_page_leads_to_everything_that_lies_beside_the_book(
    rendered: Rendered, pages: dict[str, Tag]
) -> None:
    """With the format and size of each, and the pages of a PDF."""
    listed = pages["index.html"].select_one("#downloads")
    assert listed is not None
    addresses = [str(link["href"]) for link in listed.select("a")]
    there = {(rendered.html.parent / address).resolve() for address in addresses}
    assert all(path.is_file() for path in there)
    beside = {
        path.resolve()
        for pattern in (
            "*.pdf",
            "*.xlsx",
            "*.zip",
            "data/*.csv",
            "data/datapackage.json",
            "facts.json",
        )
        for path in rendered.folder.glob(pattern)
    }
    assert there == beside
    rows = {row.th.get_text(): row("td") for row in listed.select("tbody tr")}  # type: ignore[union-attr]
    form, size = (cell.get_text() for cell in rows["Annual Report 2013-14"])
    count = len(pdf_pages(rendered.folder / "annual-report-2013-14.pdf"))
    assert form == f"PDF, {count} pages"
    assert re.fullmatch(r"\d+ kB|\d+\.\d MB", size)


def test_beside_every_table_its_data_is_to_be_had(pages: dict[str, Tag]) -> None:
    """Each link says of which table, and no two on a page say the same."""
    for name, page in pages.items():
        links = page.select("article .tools a")
        told = [words(link.get_text()) for link in links]
        assert len(told) == len(set(told)), name
        boxes = [b for b in page.select("article .exhibit") if not b.find_parent("details")]
        assert len(boxes) == len(page.select("article .exhibit > .tools a[href$='.csv']")), name


def test_the_book_is_small(rendered: Rendered) -> None:
    """What the first page loads, fonts and all, is under 400 kB; the folder under 5 MB."""
    folder = rendered.html.parent
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 5_000_000
    loaded = [rendered.html, *(path for path in files if "_static" in path.parts)]
    of_search = ("search.js", "search-index.js", "LICENSE.txt")
    assert sum(p.stat().st_size for p in loaded if p.name not in of_search) < 400_000


# Open tables --------------------------------------------------------------------------------


def test_open_tables_are_a_valid_data_package(rendered: Rendered) -> None:
    """The frictionless library reads every table by the package's description, without a fault."""
    folder = rendered.folder / "data"
    package = Package(str(folder / "datapackage.json"))
    result = package.validate()
    assert result.valid, result.flatten(["name", "type", "note"])
    named = {resource.path for resource in package.resources}
    assert named == {path.name for path in folder.glob("*.csv")}


# The PDF ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_names_itself_as_pdf_ua_and_numbers_its_pages(rendered: Rendered, name: str) -> None:
    """Its structure was checked when it was made: a problem there stops the render."""
    with pikepdf.open(rendered.folder / name) as document:
        assert document.open_metadata().get("pdfuaid:part") == "1"
        assert str(document.Root.Lang) == "en-GB"
        assert document.docinfo["/Title"]
    pages = pdf_pages(rendered.folder / name)
    for number, page in enumerate(pages[1:], 2):
        assert f"Page {number} of {len(pages)}" in page


def test_no_page_of_the_pdf_is_blank(rendered: Rendered) -> None:
    """The page before each part of the pack holds its title alone."""
    titles = {"Covering report", "Annual Report 2013-14", "Business Plan 2014-15"}
    for text in pdf_pages(rendered.folder / PDF):
        assert len(text) > 100 or any(title in text for title in titles)


def test_each_pdf_holds_its_own_part_of_the_book(rendered: Rendered) -> None:
    held = {name: set(pdf_bookmarks(rendered.folder / name)) for name in PDFS}
    annual, plan, covering, evidence, pack = (held[name] for name in PDFS)
    assert "Budget" in annual - plan - covering - evidence
    assert {"Assurance", "Where the numbers come from"} <= evidence - annual - plan - covering
    assert {"Action tracker", "Action tables"} <= plan - annual - covering
    assert "Recommendation(s)" in covering - annual - plan
    assert pack == annual | plan | covering | evidence


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


# How the pages of the PDFs look ---------------------------------------------------------------

TORN = ("thin", "headings parted", "leads parted", "orphan captions", "rows broken")


@pytest.mark.parametrize("name", SET)
def test_no_page_of_a_pdf_tears_apart_what_belongs_together(rendered: Rendered, name: str) -> None:
    """Tables of the same columns that follow one another have their columns in the same places."""
    counts = Layout(rendered.folder / name).counts()
    torn = {what: counts[what] for what in (*TORN, "uneven siblings")}
    assert set(torn.values()) == {"0"}, torn
    assert counts["contents"] == 1
    assert counts["least in tables"] == PRINT["table"]
    assert counts["least"] >= PRINT["note"] * 0.8  # the number of a footnote is raised
    assert counts["kB"] < 2000


def test_a_covering_report_needs_no_contents(rendered: Rendered) -> None:
    assert Layout(rendered.folder / "covering-report-2013-14.pdf").contents == []
