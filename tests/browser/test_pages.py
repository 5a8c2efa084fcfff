"""Every page of the report, opened in a browser: for everybody, at any width, asking nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from hscb_report.results.published import Published
from tests.browser.chromium import USUAL, Look, Reader, reader
from tests.browser.seen import FAULTS, Seen, report_pages, visit

pytestmark = pytest.mark.slow

SAMPLE = (
    "html/index.html",
    "html/search.html",
    "html/chapters/budget.html",
    "html/chapters/child_deaths.html",
    "html/pages/appendix-attendance.html",
    "working-papers/07-budget.html",
)
"""A first page, a search, prose with charts, a page of few numbers, a wide table, a notebook."""
LOOKS = (
    Look(320),
    Look(768, "dark"),
    Look(1440, "dark"),
    Look(320, "dark", 200),
    Look(1440, "light", 200),
)
HOME, FOLDER = 400_000, 5_000_000
"""How many bytes the first page may load, and the folder of the book hold."""


@pytest.fixture(scope="module")
def seen(browser: Browser, folder: Path) -> dict[str, Seen]:
    """Return every page of the report, working papers too, as it was seen at one width."""
    with reader(browser) as window:
        return {page: visit(window, folder, page) for page in report_pages(folder)}


@pytest.fixture(scope="module")
def looked_at(browser: Browser, folder: Path) -> dict[tuple[str, Look], Seen]:
    """Return some pages as they were seen by other readers."""
    with reader(browser) as window:
        return {
            (page, look): visit(window, folder, page, look) for page in SAMPLE for look in LOOKS
        }


def no(kind: str, pages: Iterable[Seen]) -> None:
    """Fail with the faults of a kind, if there are any: how many, then the first of each page."""
    found = [next(page.told(kind)) for page in pages if page.faults[kind]]
    assert not found, "\n".join([f"{len(found)} pages", *found])


@pytest.mark.parametrize("kind", FAULTS)
def test_no_page_of_the_report_has_a_fault(kind: str, seen: dict[str, Seen]) -> None:
    """Nothing that axe finds, nothing asked for elsewhere, nothing that cannot be read or named."""
    assert len(seen) > 40
    no(kind, seen.values())


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_page_of_a_sample_has_a_fault_at_other_widths_colours_and_sizes(
    kind: str, look: Look, looked_at: dict[tuple[str, Look], Seen]
) -> None:
    no(kind, [page for (_, at), page in looked_at.items() if at == look])


def test_text_grows_with_the_size_that_a_reader_sets(
    seen: dict[str, Seen], looked_at: dict[tuple[str, Look], Seen]
) -> None:
    """A reader who has text twice as large in all pages has it so in these.

    Nearly: in a window that is narrow for its text, text is a little smaller.
    """
    for page in SAMPLE:
        twice = looked_at[page, Look(1440, "light", 200)].size
        assert twice == pytest.approx(2 * seen[page].size, rel=0.1), page


def test_no_two_pages_have_one_title_or_one_description(seen: dict[str, Seen]) -> None:
    """In a list of tabs, bookmarks or results each page is known by its own."""
    for told in ("title", "description"):
        times = Counter(getattr(page, told) for page in seen.values())
        assert [text for text, often in times.items() if often > 1] == [], told


def test_every_page_names_its_publisher_and_what_else_the_board_says_of_itself(
    seen: dict[str, Seen], report: Published
) -> None:
    """When it was published, whom to ask, the licence, whom to call who worries about a child."""
    board, year = report.settings.board, report.settings.year
    said = [board.name, board.contact, board.licence, year.published]
    wanted = [text for text in said if text] + [line.telephone for line in board.help]
    assert len(wanted) > 3
    for page, told in seen.items():
        text = " ".join(told.footer.split())
        assert [words for words in wanted if words not in text] == [], page


def test_the_first_page_and_the_folder_are_small(window: Reader, folder: Path) -> None:
    window.open(folder / "html/index.html")
    window.page.wait_for_load_state("networkidle")
    assert window.requests
    loaded = {
        Path(address.removeprefix("file://").partition("?")[0]) for address in window.requests
    }
    assert sum(file.stat().st_size for file in loaded) < HOME
    sizes = {file: file.stat().st_size for file in (folder / "html").rglob("*") if file.is_file()}
    assert sum(sizes.values()) < FOLDER
    assert [file.name for file in sizes if file.suffix == ".map"] == []


@pytest.mark.parametrize(
    ("stored", "scheme"), [("dark", "light"), ("light", "dark"), ("nonsense", "dark")]
)
def test_what_another_book_has_stored_makes_no_page_unreadable(
    stored: str, scheme: str, window: Reader, folder: Path
) -> None:
    """Pages from files share one store: what the theme of another book left there is in it."""
    window.page.add_init_script(
        f"for (const key of ['mode', 'theme']) localStorage.setItem(key, '{stored}')"
    )
    seen = visit(window, folder, "html/chapters/child_deaths.html", Look(USUAL.width, scheme))
    no("axe", [seen])
