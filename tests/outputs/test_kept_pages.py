"""Pages are taken as they were only where a fresh book would have them so."""

from __future__ import annotations

import copy
import io
import pickle
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from hscb_report.keeping.shelf import hashes_of
from hscb_report.outputs.book.kept_pages import KeptBook, NotedSetting, Noting
from hscb_report.outputs.book.sections import with_roles
from hscb_report.results.exhibit import Column, exhibit
from hscb_report.results.outline import Callout, Paragraphs, Section, TaggedSection

CONF = """
extensions = ["myst_parser", "hscb_report.outputs.book.extension"]
numfig = True
numfig_format = {"table": "Table %s", "figure": "Figure %s"}
html_theme = "basic"
html_copy_source = False
myst_enable_extensions = ["colon_fence"]


def setup(app):
    app.connect("builder-inited", lambda app: setattr(app.builder, "search", False))
"""
ONE = exhibit("one", "The first", [Column("Agency"), Column("Sum")], [("Police", "1")])
TWO = replace(ONE, label="two", caption="The second", group="group")
PAGES = {
    "index.md": "# Start\n\n```{toctree}\nfirst\nsecond\nthird\nfourth\n```\n",
    "first.md": with_roles("# First\n\n```{exhibit} one\n```\n\nIt was {{ b.spend }} in all.\n"),
    "second.md": "# Second\n\n```{exhibits} group\n```\n\nSee {numref}`one` and [](/third.md).\n",
    "third.md": "# Third\n\n```{callout} neglect\n```\n\n```{outline} plan\n```\n",
    "fourth.md": with_roles("# Fourth\n\nOf {{ board }}.\n\n![Tree](_pictures/tree.png)\n"),
}
GIVEN: dict[str, Any] = {
    "hscb_exhibits": {"one": ONE.as_json(), "two": TWO.as_json()},
    "hscb_groups": {"group": ["two"]},
    "hscb_callouts": {"neglect": asdict(Callout("neglect", ("audit",), ("Audit",), "Remark"))},
    "hscb_outlines": {"plan": [asdict(Section("A part", (Paragraphs(("Words.",)),)))]},
    "hscb_sections": [asdict(TaggedSection("first", "A section", ("audit",)))],
    "hscb_facts": {
        "b.spend": {"text": "£5", "anchor": "fact-b-spend"},
        "b.other": {"text": "£6", "anchor": "fact-b-other"},
    },
    "hscb_names": {"board": "The Board"},
    "hscb_abbreviations": {},
}


@dataclass
class Book:
    """The sources and the settings of a book, to be changed."""

    folder: Path
    given: dict[str, Any] = field(default_factory=lambda: copy.deepcopy(GIVEN))
    pages: dict[str, str] = field(default_factory=lambda: dict(PAGES))
    colour: str = "red"

    @property
    def sources(self) -> Path:
        return self.folder / "sources"

    def write(self) -> None:
        """Write the sources anew, as a run stages them."""
        shutil.rmtree(self.sources, ignore_errors=True)
        (self.sources / "_pictures").mkdir(parents=True)
        (self.sources / "conf.py").write_text(CONF)
        Image.new("RGB", (2, 2), self.colour).save(self.sources / "_pictures/tree.png")
        for name, text in self.pages.items():
            (self.sources / name).write_text(text, "utf-8")

    def built(self, name: str, kept: Path | None = None) -> tuple[Path, set[str], set[str]]:
        """Build the HTML; return its folder, and the pages that were read and written."""
        self.write()
        out = self.folder / name
        shutil.rmtree(out, ignore_errors=True)
        given = {**self.given, "hscb_notes_pages": kept is not None}
        book = KeptBook(kept, given, self.sources) if kept else None
        if book:
            book.take(out)
        warnings, read = io.StringIO(), set[str]()
        with patch_docutils(str(self.sources)), docutils_namespace():
            app = Sphinx(
                *(self.sources, self.sources, out / "html", out / "read", "html"),
                confoverrides=given,
                status=None,
                warning=warnings,
            )
            app.connect("source-read", lambda _app, page, _text: read.add(page))
            app.build(force_all=True)
        assert warnings.getvalue() == ""
        if book:
            book.was_read(out)
            book.keep(out)
        written = set((out / "html.made").read_text().split())
        return out / "html", read, written


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return a book that was made, and is kept."""
    made = Book(tmp_path)
    made.built("kept", tmp_path / "cache/book")
    return made


def page(name: str, old: str, new: str) -> Callable[[Book], None]:
    def edit(book: Book) -> None:
        assert old in book.pages[name]
        book.pages[name] = book.pages[name].replace(old, new)

    return edit


def given(setting: str, name: str, value: object) -> Callable[[Book], None]:
    def edit(book: Book) -> None:
        book.given[setting][name] = value

    return edit


def _one_more_table(book: Book) -> None:
    more = replace(ONE, label="more", caption="One more")
    book.given["hscb_exhibits"]["more"] = more.as_json()
    book.pages["first.md"] = book.pages["first.md"].replace(
        "```{exhibit} one", "```{exhibit} more\n```\n\n```{exhibit} one"
    )


def _one_more_in_the_group(book: Book) -> None:
    more = replace(TWO, label="more", caption="One more")
    book.given["hscb_exhibits"]["more"] = more.as_json()
    book.given["hscb_groups"]["group"].append("more")


def _page_gone(book: Book) -> None:
    del book.pages["fourth.md"]
    book.pages["index.md"] = book.pages["index.md"].replace("fourth\n", "")


def _page_more(book: Book) -> None:
    book.pages["fifth.md"] = "# Fifth\n\nWords.\n"
    book.pages["index.md"] = book.pages["index.md"].replace("fourth\n", "fourth\nfifth\n")


def _other_picture(book: Book) -> None:
    book.colour = "blue"


def _abbreviation(book: Book) -> None:
    book.given["hscb_abbreviations"] = {"BRD": {"full": "Board", "is_expanded": True}}


def _nothing(_book: Book) -> None:
    pass


ALL = {"index", "first", "second", "third", "fourth"}
OTHER_ONE = replace(ONE, rows=((("Health"), "2"),)).as_json()
NEW_TITLE = replace(ONE, caption="The very first").as_json()
OTHER_NUMBER = {"text": "£7", "anchor": "fact-b-spend"}
OTHER_REMARK = {**GIVEN["hscb_callouts"]["neglect"], "text": "Other"}
EDITS: dict[str, tuple[Callable[[Book], None], set[str], set[str]]] = {
    "nothing": (_nothing, set(), set()),
    "words": (page("third.md", "# Third", "# Third\n\nMore."), {"third"}, {"third"}),
    "a cell": (given("hscb_exhibits", "one", OTHER_ONE), {"first"}, {"first"}),
    "a number": (given("hscb_facts", "b.spend", OTHER_NUMBER), {"first"}, {"first"}),
    "a number that nobody names": (given("hscb_facts", "b.other", OTHER_NUMBER), set(), set()),
    "a name": (given("hscb_names", "board", "Another"), {"fourth"}, {"fourth"}),
    "a name that nobody had": (given("hscb_names", "area", "An area"), set(), set()),
    "a fact for a name": (given("hscb_facts", "board", OTHER_NUMBER), {"fourth"}, {"fourth"}),
    "a remark": (given("hscb_callouts", "neglect", OTHER_REMARK), {"third"}, {"third"}),
    "a title": (page("third.md", "# Third", "# Third of all"), {"third"}, ALL),
    "a caption": (given("hscb_exhibits", "one", NEW_TITLE), {"first"}, ALL),
    "a table more, which shifts numbers": (_one_more_table, {"first"}, ALL),
    "a table more in a group": (_one_more_in_the_group, {"second"}, ALL),
    "a picture": (_other_picture, {"fourth"}, {"fourth"}),
    "a page less": (_page_gone, {"index"}, ALL - {"fourth"}),
    "a page more": (_page_more, {"index", "fifth"}, ALL | {"fifth"}),
    "a setting": (_abbreviation, ALL, ALL),
}
"""Each with the pages that it has read again, and those that it has written again."""


@pytest.mark.parametrize(("edit", "read", "written"), EDITS.values(), ids=EDITS)
def test_after_an_edit_a_book_is_what_a_fresh_one_is(
    edit: Callable[[Book], None], read: set[str], written: set[str], book: Book
) -> None:
    """No more pages are read and written than the edit reaches; the first one always is."""
    edit(book)
    html, were_read, were_written = book.built("kept", book.folder / "cache/book")
    fresh, *_ = book.built("fresh")
    assert hashes_of(html) == hashes_of(fresh)
    assert were_read == read
    assert were_written == written | {"index"}


def test_what_a_page_asks_for_while_it_is_written_counts_too(book: Book) -> None:
    """In the place of a number that there is none of stand words that only the table has."""
    kept = book.folder / "cache/book"
    instead = {**ONE.as_json(), "instead": "Most is missing."}
    given("hscb_exhibits", "one", instead)(book)
    book.built("kept", kept)
    given("hscb_exhibits", "one", {**instead, "caption": "Renamed"})(book)
    html, read, written = book.built("kept", kept)
    assert hashes_of(html) == hashes_of(book.built("fresh")[0])
    assert "Renamed" in (html / "second.html").read_text("utf-8")
    assert (read, written) == ({"first"}, {"index", "first", "second"})


def test_an_edit_that_is_taken_back_leaves_the_book_as_it_was(book: Book) -> None:
    first = hashes_of(book.folder / "kept/html")
    before, book.pages["third.md"] = book.pages["third.md"], "# Another\n"
    book.built("kept", book.folder / "cache/book")
    book.pages["third.md"] = before
    html, *_ = book.built("kept", book.folder / "cache/book")
    assert hashes_of(html) == first


def test_what_is_damaged_is_not_taken(book: Book) -> None:
    kept = book.folder / "cache/book"
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")
    html, read, _ = book.built("kept", kept)
    assert read == ALL
    assert hashes_of(html) == hashes_of(book.built("fresh")[0])


def test_who_asks_for_all_of_a_setting_is_answered_otherwise_when_any_of_it_changes() -> None:
    asked = NotedSetting({"a": 1}, "hscb_facts", Noting())
    other = NotedSetting({"a": 2}, "hscb_facts", Noting())
    assert asked.answer("") != other.answer("")
    assert asked.answer("b") == other.answer("b")


def test_what_sphinx_keeps_of_a_setting_is_nothing() -> None:
    assert pickle.loads(pickle.dumps(NotedSetting({"a": 1}, "hscb_facts", Noting()))) == {}
