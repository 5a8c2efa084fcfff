"""A board that nobody has seen gets a whole report, in which no other board shows through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from hscb_report.chapters import declared_chapters
from hscb_report.findings import errors
from hscb_report.outputs.notices import marking
from hscb_report.publish import render
from hscb_report.report import DEFAULT_DATA, check_year, open_report, table_schemas
from hscb_report.results.published import Published
from hscb_report.schema.reference import OwnHeading, UsualWord
from hscb_report.schema.vocabularies import CHOSEN
from hscb_report.store.year import Loaded, load_year
from tests.boards import PARTS, Board, some_parts, write_board
from tests.book.readers import html_pages, pdf_pages, unbroken, words
from tests.conftest import YEAR

_EDITIONS = {"publication": "board", "example": "public"}

# What stands in the issue: of 2013-14, of its reconstruction, of its board. L12 is a rule.
_FOREIGN = (
    r"2013[-/]14|2013-2014|\bL(?!12\b)\d+|\b[Tt]he source\b|\b[Rr]etold\b|\b[Aa]s printed\b"
    r"|\b[Nn]ot recoverable\b|Herefordshire|\bHSCB\b|[Rr]econstruct\w*"
)
# Usual words that the package's own sentences use too, whatever a board calls its things.
_OF_THE_PACKAGE: Mapping[str, str] = {
    "Case reviews": "the chapter",
    "Strategic priorities": "the chapter",
    "Appendices": "a part of the book",
    "Child death reviews": "rule R10 is about them",
    "Serious Case Reviews": "rule R30, and a column of the data, are about them",
    "Policies and procedures": "the chapter",
    "Sep 14": "an example of what a spreadsheet would rewrite",
    "under_18": "whom a population counts, which no board chooses",
    "under 18": "the same in words",
    "Child Death Overview Panel": "by law the panel is called so",
    "Panel": "a panel that guidance speaks of",
    "Children": "a law is called so, and a column that counts them",
    "Annual": "of the annual report",
    "All": "a row that adds up others",
    "Other income": "income that is no contribution, which the budget adds up",
    "Inspection": "a column, and what a golden thread may start from",
    "Not stated": "what is said of what is missing",
    "The Board itself": "how the dictionary tells what a group is",
    "practitioners": "what the total of training is said to count",
    "trainees": "a calculation tells that establishments are none",
    "not_met": "how a requirement may be met, which no board chooses",
    "additional_priority": "what came of an inspection, which no board chooses",
}
# What begins with a usual word, and is the package's own.
_BEGINS_ALIKE = r"Other income\b"
# A code that is no word of English, which the package's own sentences may hold.
_IS_A_NAME = re.compile(r"[_\d]")
# Columns that name what the book of every board has: its pages, their sections, its tables.
_OF_THE_BOOK = ("page", "section", "table", "exhibit", "usual", "link")
_OF_ANY_BOARD = ("key_figures",)
"""A table that names numbers, and words for them that any board may use."""
# What is not told of what a board has no choice but to say.
_NOT_PRINTED: Mapping[str, str] = {
    "death_dimension": "only its categories are told",
    "called": "told of priorities without an action alone",
}


@dataclass(frozen=True)
class Made:
    """A board, what was published of it, and everything that its report says, by file."""

    board: Board
    report: Published
    folder: Path

    @cached_property
    def texts(self) -> dict[str, str]:
        return dict(_texts(self.folder))

    @cached_property
    def pdfs(self) -> dict[str, tuple[str, ...]]:
        return {path.name: pdf_pages(path) for path in sorted(self.folder.glob("*.pdf"))}

    def found(self, pattern: str) -> list[str]:
        """Return where a pattern is found, each with what stands around it."""
        return [
            f"{name}: …{text[max(match.start() - 50, 0) : match.end() + 30]}…"
            for name, text in self.texts.items()
            for match in re.finditer(pattern, text)
        ]


# Loading and checking -----------------------------------------------------------------------


def _sound(board: Board) -> list[str]:
    """Return the errors of a board's year, under the name of what it lacks."""
    found = check_year(str(board.year), board.folder, _EDITIONS[board.kind]).findings
    named = f"{board.year} without {', '.join(sorted(board.without)) or 'nothing'}"
    return [f"{named}: {finding}" for finding in errors(found)]


def test_a_board_with_words_and_figures_of_its_own_is_sound(tmp_path: Path) -> None:
    found = []
    for seed, kind in enumerate([*_EDITIONS] * 4):
        for without in ((), some_parts(seed)):
            folder = tmp_path / f"{seed}-{len(without)}"
            found += _sound(write_board(folder, seed, kind, without))
    assert found == []


def test_any_part_may_be_left_out_and_any_may_stand_alone(tmp_path: Path) -> None:
    found = []
    for seed, part in enumerate(PARTS):
        for name, without in (("no", {part}), ("only", set(PARTS) - {part})):
            found += _sound(write_board(tmp_path / f"{name}-{part}", seed, without=without))
    assert found == []


@pytest.mark.parametrize(
    ("vocabulary", "sign"),
    [("journey_area", "/"), ("journey_area", " "), ("stream", "`"), ("audit_kind", "}")],
)
def test_a_code_that_no_page_or_number_can_be_named_by_is_refused(
    vocabulary: str, sign: str, tmp_path: Path
) -> None:
    """Else it would be the book that does not compile, and say nothing of the code."""
    board = write_board(tmp_path / "data", 0)
    code = next(iter(board.words[vocabulary]))
    _rewrite(board, code, f"{code}{sign}x")
    assert any(f'found "{code}{sign}x"; it is ' in found for found in _sound(board))


def test_two_words_that_a_reader_could_not_tell_apart_are_refused(tmp_path: Path) -> None:
    """Else two columns had one heading, and the chapter could not be worked out."""
    board = write_board(tmp_path / "data", 1)
    first, second, *_ = board.words["stream"].values()
    _rewrite(board, second, first, "vocabularies.csv")
    assert any("printed as" in found for found in _sound(board))


def test_reviews_are_headed_by_what_the_board_calls_a_serious_case_review(tmp_path: Path) -> None:
    board = write_board(tmp_path / "data", 0)
    programme = open_report(str(board.year), "board", board.folder).exhibit("audit-programme")
    called = next(iter(board.words["referral_outcome"].values()))  # the first means one
    assert [row[0] for row in programme.texts() if row[0].endswith(f": of them {called}")]


def test_a_tag_of_a_page_that_the_book_lacks_is_refused(tmp_path: Path) -> None:
    board = write_board(tmp_path / "data", 0)
    _rewrite(board, "pages/assurance", "pages/assured", "section_tags.csv")
    found = _sound(board)
    assert len(found) == 1
    assert 'no such page. Did you mean "pages/assurance"' in found[0]


def _rewrite(board: Board, old: str, new: str, files: str = "*.*") -> None:
    """Write other words in the place of some, in every table and text."""
    for path in board.folder.rglob(files):
        if path.suffix in (".csv", ".md"):
            path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_what_is_left_out_stands_in_no_contents_and_is_listed_as_such(tmp_path: Path) -> None:
    for seed in range(20, 24):
        board = write_board(tmp_path / str(seed), seed, without=some_parts(seed))
        report = open_report(str(board.year), "board", board.folder)
        _assert_left_out(board, report)


def _assert_left_out(board: Board, report: Published) -> None:
    pages = {page.path for page in report.contents}
    listed = {row[0] for row in report.exhibit("assurance-left-out").rows}
    for chapter in declared_chapters().chapters:
        if chapter.name in board.left_out:
            assert chapter.title in listed
            assert not pages & {f"chapters/{chapter.name}", f"text/{chapter.name}"}
            assert not any(fact.chapter == chapter.name for fact in report.facts)
        elif chapter.about and not chapter.about[0].info.of_reconstruction:
            assert chapter.title not in listed


# The published report -----------------------------------------------------------------------


def _made(board: Board, out: Path) -> Made:
    edition = _EDITIONS[board.kind]
    rendered = render(str(board.year), edition, board.folder, out)
    return Made(board, open_report(str(board.year), edition, board.folder), rendered.folder)


@pytest.fixture(scope="module", params=["whole", "half"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """An example with everything, and a publication with about half of it."""
    base = tmp_path_factory.mktemp(request.param)
    seed, kind = {"whole": (3, "example"), "half": (2, "publication")}[request.param]
    without = some_parts(seed) if request.param == "half" else ()
    return _made(write_board(base / "data", seed, kind, without), base / "out")


@pytest.mark.slow
def test_no_output_speaks_of_another_board_or_year(made: Made) -> None:
    assert made.found(_FOREIGN) == []


@pytest.mark.slow
def test_no_output_has_a_word_that_the_board_has_replaced(made: Made) -> None:
    assert made.found(_any_of(_usual_words())) == []


@pytest.mark.slow
def test_no_output_has_a_word_of_the_committed_board(made: Made) -> None:
    assert made.found(_any_of(_committed_words())) == []


@pytest.mark.slow
def test_every_word_that_the_data_uses_is_printed(made: Made) -> None:
    """But in the dictionary, which lists every word anyway."""
    said = " ".join(t for name, t in made.texts.items() if "dictionary" not in name).casefold()
    used = _used_words(made.board)
    missing = [(name, label) for name, label in used if words(label).casefold() not in said]
    assert [found for found in sorted(missing) if found[0] not in _NOT_PRINTED] == []


@pytest.mark.slow
def test_the_first_page_names_every_part_as_the_board_does(made: Made) -> None:
    """In prose quotation marks are made typographic."""
    first = made.texts["html/index.html"].translate(str.maketrans("‘’“”", "''\"\""))
    parts = dict.fromkeys(words(page.part.title) for page in made.report.contents)
    _, _, listed = first.rpartition("In this report")
    assert [part for part in parts if f" {part} " not in listed] == []


@pytest.mark.slow
def test_what_every_page_must_say_stands_on_every_page(made: Made) -> None:
    said = marking(made.report)
    assert said
    assert {name.split("-20")[0] for name in made.pdfs} >= {
        "annual-report",
        "business-plan",
        "pack",
    }
    for folder in ("html", "working-papers"):
        for name, page in html_pages(made.folder / folder).items():
            assert said in words(page.get_text()), f"{folder}/{name}"
    for pdf, pages in made.pdfs.items():
        for number, page in enumerate(pages, 1):
            assert unbroken(said) in unbroken(page), f"{pdf}, page {number}"


@pytest.mark.slow
def test_what_is_left_out_stands_nowhere_in_the_book(made: Made) -> None:
    _assert_left_out(made.board, made.report)


# Words --------------------------------------------------------------------------------------


@cache
def _committed() -> Loaded:
    return load_year(YEAR, DEFAULT_DATA, table_schemas())


def _any_of(found: Iterable[str]) -> str:
    """Return a pattern of any of these texts, as whole words."""
    listed = sorted(found, key=len, reverse=True)
    return rf"(?<!\w)(?!{_BEGINS_ALIKE})(?:{'|'.join(map(re.escape, listed))})(?!\w)"


def _usual_words() -> set[str]:
    """Return the labels that hold for a board without words of its own, and the telling codes.

    What a board's own words are added to stays in force beside them.
    """
    usual = _committed().tables[UsualWord]
    rows = [row for row in usual if not CHOSEN[row.vocabulary].is_added_to]
    kept = {word for row in usual if row not in rows for word in (row.code, row.label)}
    codes = {row.code for row in rows if _IS_A_NAME.search(row.code)}
    meanings = {word for vocabulary in CHOSEN.values() for word in vocabulary.meanings}
    return (codes | {row.label for row in rows}) - meanings - kept - set(_OF_THE_PACKAGE)


def _committed_words() -> set[str]:
    """Return the words of the committed board: its labels, its codes, whatever its tables name."""
    loaded = _committed()
    found = {row.own.split(", {{")[0] for row in loaded.tables[OwnHeading]}
    for schema in loaded.schemas:
        if schema.info.folder != "common" and schema.name not in _OF_ANY_BOARD:
            columns = (c for c in schema.columns if c.kind.name in ("identifier", "text"))
            texts = [c.name for c in columns if c.name not in _OF_THE_BOOK]
            rows = loaded.tables.named(schema.name)
            found |= {str(getattr(row, name)) for row in rows for name in texts}
    return {text for text in found if re.search("[ _]", text)} - set(_OF_THE_PACKAGE)


def _used_words(board: Board) -> set[tuple[str, str]]:
    """Return the labels of the codes that stand in the board's tables, with their vocabularies."""
    loaded = load_year(board.year, board.folder, table_schemas())
    columns = ((s, c.name, c.kind.vocabulary) for s in loaded.schemas for c in s.columns)
    return {
        (vocabulary.name, vocabulary[code])
        for schema, name, vocabulary in columns
        if vocabulary is not None and vocabulary.name in CHOSEN
        for row in loaded.tables.named(schema.name)
        for code in _codes(getattr(row, name))
        if code not in vocabulary.meaning("whole")
    }


def _codes(cell: object) -> tuple[str, ...]:
    return cell if isinstance(cell, tuple) else (str(cell),) if cell else ()


# Texts --------------------------------------------------------------------------------------


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield everything that a reader or a program reads in a report, by file."""
    for part in ("html", "working-papers"):
        for name, page in html_pages(folder / part).items():
            yield f"{part}/{name}", words(" ".join([page.get_text(" "), *_told_apart(page)]))
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".csv", ".json") and "html" not in path.relative_to(folder).parts:
            # A rule has a letter and a number, as a line of a document has.
            text = re.sub(r'"rule": "\w+"', "", path.read_text("utf-8"))
            yield path.relative_to(folder).as_posix(), text
    for path in sorted(folder.glob("*.pdf")):
        yield path.name, " ".join(pdf_pages(path))


def _told_apart(page: BeautifulSoup) -> Iterator[str]:
    """Yield what is told in attributes, to those who cannot see it."""
    for name in ("alt", "aria-label", "title", "content", "data-heading"):
        for element in page.find_all(attrs={name: True}):
            yield str(element[name])
