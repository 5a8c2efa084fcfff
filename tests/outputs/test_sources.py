"""The staged sources of a book: every page once, in the list of contents and as a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from hscb_report.chapters import declared_chapters
from hscb_report.notebooks import Executed, notebook_paths
from hscb_report.outputs.book.jupyter_book import typst_documents
from hscb_report.outputs.book.sources import contents_list, stage
from hscb_report.report import pages
from hscb_report.results.chapter import PARTS, THE_DATA, THE_YEAR, Page
from hscb_report.results.published import Published


def listed(entries: list[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        yield entry["file"]
        yield from listed(entry.get("sections", []))


def test_the_contents_list_has_every_page_of_every_chapter_once_in_the_order_of_the_list() -> None:
    read = yaml.safe_load(contents_list(pages()))
    assert (read["format"], read["root"]) == ("jb-book", "index")
    found = [path for part in read["parts"] for path in listed(part["chapters"])]
    assert found == [page.path for page in pages()]
    own = [page.path for chapter in declared_chapters().chapters for page in chapter.pages]
    assert [path for path in own if found.count(path) != 1] == []
    for part in PARTS:
        of_part = [
            page.path
            for chapter in declared_chapters().chapters
            for page in chapter.pages
            if page.part == part
        ]
        assert [path for path in found if path in of_part] == of_part


def test_parts_keep_their_order_and_a_page_stands_below_the_one_that_it_is_under() -> None:
    given = (
        Page("text/b", THE_DATA),
        Page("text/a", THE_YEAR),
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
    stored = [Executed(path.name, path.read_text("utf-8")) for path in notebook_paths()]
    stage(report, stored, folder)
    return folder


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
        assert (staged / f"{path}.md").read_text("utf-8") == text


def test_every_part_is_bound_into_one_pdf_and_all_of_them_into_the_pack(
    report: Published,
) -> None:
    """But for what stands in the HTML alone."""
    *volumes, pack = typst_documents(report, first_page=147)
    bound = [part for document in volumes for part in document["volumes"][0]["parts"]]
    assert sorted(bound) == sorted(part.title for part in PARTS if part.volume)
    assert sorted(part for volume in pack["volumes"] for part in volume["parts"]) == sorted(bound)
    assert pack["first_page"] == 147
    assert not any("first_page" in document for document in volumes)
