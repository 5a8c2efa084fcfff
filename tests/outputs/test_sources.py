"""The staged sources of a book: every page once, in the list of contents and as a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from hscb_report.display.mime import COMMENTARY, TABLE
from hscb_report.errors import BookError
from hscb_report.notebooks import NOTEBOOKS, Executed, notebook_paths
from hscb_report.outputs.book.jupyter_book import typst_documents
from hscb_report.outputs.book.sections import with_roles
from hscb_report.outputs.book.sources import BOOK, _as_chapter, contents_list, stage
from hscb_report.results.chapter import PARTS, THE_DATA, THE_PLAN, THE_YEAR, Page, Part
from hscb_report.results.exhibit import Column, exhibit
from hscb_report.results.published import Commentary, Published, ShownPicture
from hscb_report.schema.settings import ApprovalSettings


def listed(entries: list[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        yield entry["file"]
        yield from listed(entry.get("sections", []))


def test_the_contents_list_has_every_page_of_the_report_once_in_its_order(
    report: Published,
) -> None:
    read = yaml.safe_load(contents_list(report.contents))
    assert (read["format"], read["root"]) == ("jb-book", "index")
    found = [path for part in read["parts"] for path in listed(part["chapters"])]
    assert found == [page.path for page in report.contents]
    assert [part["caption"] for part in read["parts"]] == [part.title for part in PARTS]


def test_parts_stand_in_the_order_of_their_pages_and_a_page_below_the_one_it_is_under() -> None:
    given = (
        Page("text/a", THE_YEAR),
        Page("text/b", THE_DATA),
        Page("areas/x", THE_YEAR, outline="x", under="text/a"),
        Page("text/c", THE_YEAR),
    )
    assert yaml.safe_load(contents_list(given))["parts"] == [
        {
            "caption": THE_YEAR.title,
            "chapters": [
                {"file": "text/a", "sections": [{"file": "areas/x"}]},
                {"file": "text/c"},
            ],
        },
        {"caption": THE_DATA.title, "chapters": [{"file": "text/b"}]},
    ]


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory, report: Published) -> Path:
    """Return the staged sources of the committed year, its notebooks as they are stored."""
    folder = tmp_path_factory.mktemp("staged") / "sources"
    paths = notebook_paths(report.contents)
    stage(report, [Executed(path.name, path.read_text("utf-8")) for path in paths], folder)
    return folder


def staged_again(report: Published, folder: Path, *notebooks: Executed, **changed: Any) -> Path:
    """Return the staged sources of the report as it would be with something else in it."""
    stage(replace(report, **changed), notebooks, folder / "sources")
    return folder / "sources"


def test_every_page_that_is_listed_is_there_and_no_other(staged: Path, report: Published) -> None:
    """What is said of a chapter is in its notebook, not a page by itself."""
    found = {
        path.relative_to(staged).with_suffix("").as_posix()
        for suffix in ("md", "ipynb")
        for path in staged.rglob(f"*.{suffix}")
    }
    assert found == {"index", *(page.path for page in report.contents)}
    assert not list(staged.rglob("*.png"))


def test_a_page_that_is_an_outline_names_it_and_no_more(staged: Path, report: Published) -> None:
    made = {page.path: page.outline for page in report.contents if page.outline}
    assert made
    for path, outline in made.items():
        text = (staged / f"{path}.md").read_text("utf-8")
        assert text == f"```{{outline}} {outline}\n```\n"
        assert outline in report.results.outlines


def test_the_cells_that_set_a_notebook_up_are_not_shown(staged: Path) -> None:
    for path in (staged / "chapters").glob("*.ipynb"):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            tags = cell["metadata"].get("tags", [])
            source = "".join(cell["source"])
            sets_up = bool(re.search(r"^edition = |open_report\(", source, re.MULTILINE))
            assert ("remove-cell" in tags) == sets_up, source


def test_the_texts_of_the_year_are_those_that_were_checked(staged: Path, report: Published) -> None:
    """They come with the report, so no later change of a file gets past the checks."""
    assert {path for path in report.texts if path.startswith("text/")}
    for path, text in report.texts.items():
        assert (staged / f"{path}.md").read_text("utf-8") == with_roles(text)


# The first page --------------------------------------------------------------------------------


def test_the_first_page_has_its_parts_in_their_order(staged: Path) -> None:
    """Its lead, what the report is, the year at a glance, and last the way to every page."""
    text = (staged / "index.md").read_text("utf-8")
    title = with_roles((BOOK / "index.md").read_text("utf-8").strip())
    parts = (f"```{{glance}} {part}\n```" for part in ("lead", "edition", "points"))
    assert text.startswith("\n\n".join((title, *parts)))
    assert text.endswith("\n\n```{glance} contents\n```\n")


def test_the_first_page_says_what_the_year_has_to_say_before_the_parts(
    report: Published, tmp_path: Path
) -> None:
    said = Commentary("index", "Of {{ year }}.\n", "Of 2013-14.\n")
    others = [found for found in report.commentaries if found.chapter != "index"]
    folder = staged_again(report, tmp_path, commentaries=(said, *others), contents=())
    text = (folder / "index.md").read_text("utf-8")
    assert "\n\nOf {name}`year`.\n\n```{glance} contents" in text


# What a page is made from ----------------------------------------------------------------------

EMPTY = exhibit("membership", "Members", [Column("A")], [])


def page_of(report: Published, folder: Path, page: Page, **changed: Any) -> str:
    staged = staged_again(report, folder, contents=(page,), **changed)
    return (staged / f"{page.path}.md").read_text("utf-8")


def test_what_the_year_has_to_say_on_a_common_page_stands_where_the_page_has_it(
    report: Published, tmp_path: Path
) -> None:
    page = next(p for p in report.contents if p.path == "pages/appendix-membership")
    said = Commentary(page.name, "Said in {{ year }}.", "")
    told = page_of(report, tmp_path, page, commentaries=(said, Commentary("index", "", "")))
    assert "```{commentary}" not in told
    assert "Said in {name}`year`." in told


def test_a_page_for_which_the_year_has_no_text_is_its_tables_under_its_heading(
    report: Published, tmp_path: Path
) -> None:
    page = Page("text/policies", THE_YEAR, heading="Policies", exhibits=("policies", "membership"))
    assert page_of(report, tmp_path, page) == (
        "# Policies\n\n```{exhibit} policies\n```\n```{exhibit} membership\n```\n"
    )


def test_a_table_without_rows_is_asked_for_by_no_common_page(
    report: Published, tmp_path: Path
) -> None:
    page = next(p for p in report.contents if p.path == "pages/assurance")
    empty = replace(report.exhibit("assurance-exempt-numbers"), rows=())
    others = [e for e in report.assurance if e.label != empty.label]
    told = page_of(report, tmp_path, page, assurance=(*others, empty))
    assert "assurance-exempt-numbers" not in told
    assert "## Numbers in the prose" not in told
    assert "{exhibit} assurance-rules" in told


def test_a_section_of_a_notebook_that_shows_nothing_is_not_in_the_book(
    report: Published, tmp_path: Path
) -> None:
    notebook = json.loads((NOTEBOOKS / "audits.ipynb").read_text("utf-8"))
    (shown,) = (
        c for c in notebook["cells"] if "audit-loop" in "".join(c["source"]) and "outputs" in c
    )
    assert shown["outputs"]
    shown["outputs"] = []
    executed = Executed("audits.ipynb", json.dumps(notebook))
    folder = staged_again(report, tmp_path, executed, contents=())
    cells = json.loads((folder / "chapters" / "audits.ipynb").read_text("utf-8"))["cells"]
    told = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    assert "## Was the loop closed?" not in told
    assert "## Time to review" in told
    assert "{name}`year`" in told
    assert "{{" not in told


def test_a_cell_that_shows_tables_and_text_has_both_in_the_order_in_which_it_shows_them() -> None:
    table, said = {TABLE: {"label": "x"}}, {"text/markdown": ["# So ", "{{ year }}"]}
    outputs = [
        {"output_type": "display_data", "data": data, "metadata": {}}
        for data in (table, said, table, {COMMENTARY: {"text": "And so"}})
    ]
    cell = {"cell_type": "code", "id": "c", "metadata": {}, "source": "show(x)", "outputs": outputs}
    read = json.loads(_as_chapter(json.dumps({"cells": [cell], "metadata": {}})))["cells"]
    assert [c["cell_type"] for c in read] == ["code", "markdown", "code", "markdown"]
    assert [c["outputs"] for c in read if c["cell_type"] == "code"] == [[outputs[0]], [outputs[2]]]
    said_so = ["".join(c["source"]) for c in read if c["cell_type"] == "markdown"]
    assert said_so == ["# So {name}`year`", "And so"]
    assert len({c["id"] for c in read}) == 4


def test_a_table_that_is_shown_twice_is_told_with_both_places(
    report: Published, tmp_path: Path
) -> None:
    """In two notebooks, in one, or on a page of the year's own."""
    table = {TABLE: {"label": "spend-shares"}}
    shown = [{"output_type": "display_data", "data": table, "metadata": {}}]
    cell = {"cell_type": "code", "metadata": {}, "source": "show(x)", "outputs": shown}
    notebooks = [
        Executed(name, json.dumps({"cells": [cell] * times, "metadata": {}}))
        for name, times in (("budget.ipynb", 1), ("audits.ipynb", 2))
    ]
    page = "text/effectiveness"
    own = {**report.texts, page: "# E\n\n```{exhibit} spend-shares\n```\n"}
    with pytest.raises(BookError) as told:
        stage(replace(report, texts=own), notebooks, tmp_path / "sources")
    assert str(told.value) == (
        '"spend-shares" is shown 4 times: notebooks/budget.ipynb, notebooks/audits.ipynb twice, '
        f"2013-14/{page}.md. Show it once, and name it elsewhere as {{numref}}`spend-shares`."
    )


def test_the_pictures_of_the_year_stand_beside_the_pages(report: Published, tmp_path: Path) -> None:
    picture = ShownPicture("tree", "c", "a", "l", "tree.png", b"\x89PNG")
    results = replace(report.results, pictures=(picture,))
    folder = staged_again(report, tmp_path, results=results, contents=())
    assert (folder / "_pictures" / "tree.png").read_bytes() == b"\x89PNG"


# The PDFs --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lacks", "made"),
    [
        (set(), ["annual-report", "business-plan", "evidence", "covering-report", "pack"]),
        ({"business-plan"}, ["annual-report", "evidence", "covering-report", "pack"]),
        ({"covering-report"}, ["annual-report", "business-plan", "evidence", "pack"]),
        ({"business-plan", "covering-report"}, ["annual-report", "evidence"]),
    ],
)
def test_a_pdf_is_made_of_what_there_is_and_no_title_names_what_is_not(
    report: Published, lacks: set[str], made: list[str]
) -> None:
    """A report without a plan has no PDF for one; with its evidence alone it is no pack."""
    contents = tuple(page for page in report.contents if page.part.volume not in lacks)
    documents = typst_documents(replace(report, contents=contents))
    assert [document["name"] for document in documents] == [f"{name}-2013-14" for name in made]
    for document in documents:
        told = f"{document['title']} {document['running']}"
        assert ("Business Plan" in told) <= ("business-plan" not in lacks), told
        assert ("overing report" in told) <= ("covering-report" not in lacks), told
        assert "  " not in told
        assert not re.search(r"\band (?:$|·)|[:,] *$", told), told
        assert all(volume["parts"] for volume in document["volumes"])


def test_each_pdf_is_called_after_what_it_holds(report: Published) -> None:
    board = report.settings.board.name
    assert [(d["title"], d["running"]) for d in typst_documents(report)] == [
        (f"{board} Annual Report 2013-14", "Annual Report 2013-14"),
        (f"{board} Business Plan 2014-15", "Business Plan 2014-15"),
        (
            f"{board} Annual Report 2013-14: evidence and methods",
            "Annual Report 2013-14: evidence and methods",
        ),
        (
            f"Covering report: {board}, Annual Report 2013-14 and Business Plan 2014-15",
            "Covering report",
        ),
        (
            f"{board}: covering report, Annual Report 2013-14 and Business Plan 2014-15",
            "Annual Report 2013-14 and Business Plan 2014-15",
        ),
    ]


def test_a_part_of_the_board_s_own_is_bound_where_its_pages_say(report: Published) -> None:
    own = Page("text/policies", Part("Voices", THE_PLAN.volume))
    documents = typst_documents(replace(report, contents=(*report.contents, own)))
    plan = next(document for document in documents if document["name"].startswith("business-plan"))
    assert plan["volumes"][0]["parts"] == (THE_PLAN.title, "Voices")


def test_every_pdf_says_what_every_page_says(report: Published) -> None:
    for document in typst_documents(replace(report, edition="board")):
        assert document["name"].endswith("-2013-14-board")
        assert document["marking"] == "Board edition: not for publication."
        assert document["notice"].startswith("Board edition: not for publication. ")
    for document in typst_documents(report):
        assert (document["marking"], document["standing"]) == ("", [])
        assert document["subtitle"] == "A reconstruction from published facts"


def test_every_cover_has_the_logo_of_the_board_if_it_has_one(report: Published) -> None:
    """Its words are the Board's, or its name."""
    assert {document["logo"] for document in typst_documents(report)} == {""}
    board = report.settings.board.model_copy(update={"logo": "ours.PNG"})
    own = replace(report, settings=replace(report.settings, board=board), logo=b"x")
    found = {(document["logo"], document["alternative"]) for document in typst_documents(own)}
    assert found == {("logo.png", f"Logo of {board.name}")}


@pytest.mark.parametrize("number", [None, 3])
def test_every_pdf_of_a_draft_says_so_on_its_cover_once_and_on_every_page(
    report: Published, number: int | None
) -> None:
    said = f"DRAFT{f' {number}' if number else ''}: not final."
    documents = typst_documents(with_year(report, status="draft", draft=number))
    assert len(documents) == 5
    for document in documents:
        assert document["marking"] == said
        assert document["standing"] == [said]
        assert "DRAFT" not in document["notice"]


def test_the_annual_report_alone_says_who_approved_it_and_the_pack_of_which_part(
    report: Published,
) -> None:
    """The meeting approved neither the plan nor what is told to the committee."""
    approval = ApprovalSettings(meeting="the Board", day=date(2014, 9, 17))
    documents = typst_documents(with_year(report, approval=approval))
    said = "pproved by the Board on 17 September 2014"
    assert {d["name"].removesuffix("-2013-14"): d["standing"] for d in documents} == {
        "annual-report": [f"A{said}"],
        "business-plan": [],
        "evidence": [],
        "covering-report": [],
        "pack": [f"Annual Report 2013-14: a{said}"],
    }


def with_year(report: Published, **said: Any) -> Published:
    year = report.settings.year.model_copy(update=said)
    return replace(report, settings=replace(report.settings, year=year))


def test_every_part_is_bound_into_one_pdf_and_all_of_them_into_the_pack(
    report: Published,
) -> None:
    """But for what stands in the HTML alone."""
    *volumes, pack = typst_documents(report, first_page=147)
    assert {part for part in PARTS if part.volume} <= {page.part for page in report.contents}
    bound = [part for document in volumes for part in document["volumes"][0]["parts"]]
    assert sorted(bound) == sorted(part.title for part in PARTS if part.volume)
    assert sorted(part for volume in pack["volumes"] for part in volume["parts"]) == sorted(bound)
    assert pack["first_page"] == 147
    assert not any("first_page" in document for document in volumes)
