"""A reader without a mouse reaches everything, in the order of the page, and sees where."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from hscb_report.results.published import Published
from tests.browser.chromium import Look, Reader, reader
from tests.browser.walk import Walk, walk

pytestmark = pytest.mark.slow

PAGES = (
    "html/index.html",
    "html/chapters/budget.html",
    "html/pages/appendix-attendance.html",
    "html/search.html",
    "working-papers/07-budget.html",
)
LOOKS = (Look(1440), Look(320, "dark"))


@pytest.fixture(scope="module")
def walks(browser: Browser, folder: Path) -> dict[str, Walk]:
    """Return the walks through some pages, wide and light, narrow and dark."""
    with reader(browser) as window:
        return {
            f"{page} ({look})": walk(window.open(folder / page, look))
            for page in PAGES
            for look in LOOKS
        }


def test_tab_reaches_everything_that_can_be_clicked(walks: dict[str, Walk]) -> None:
    assert {page: found.stops for page, found in walks.items() if len(found.stops) < 2} == {}
    assert {page: found.missed for page, found in walks.items() if found.missed} == {}


def test_tab_goes_in_the_order_in_which_the_page_is_read(walks: dict[str, Walk]) -> None:
    assert {page: leaps for page, found in walks.items() if (leaps := found.leaps())} == {}


def test_what_has_the_focus_is_marked_and_nothing_covers_it(walks: dict[str, Walk]) -> None:
    """By an outline of three to one against its ground, or by a shadow that it had not before."""
    assert {page: unseen for page, found in walks.items() if (unseen := found.unseen())} == {}


@pytest.mark.parametrize("page", PAGES[:2])
def test_the_first_stop_leads_past_the_menu_to_the_text(
    page: str, window: Reader, folder: Path
) -> None:
    opened = window.open(folder / page)
    opened.keyboard.press("Tab")
    first = opened.locator(":focus")
    assert "skip to" in first.inner_text().lower()
    expect(first).to_be_in_viewport()
    opened.keyboard.press("Enter")
    opened.keyboard.press("Tab")
    expect(opened.get_by_role("main").locator(":focus")).to_have_count(1)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_contents_open_by_the_keyboard_and_each_of_their_links_is_reached(
    look: Look, window: Reader, folder: Path, report: Published
) -> None:
    page = window.open(folder / "html/index.html", look)
    page.locator("summary", has_text="Contents").focus()
    page.keyboard.press("Enter")
    menu = page.get_by_role("navigation", name="Contents")
    expect(menu).to_be_visible()
    assert menu.get_by_role("link").count() >= len(report.contents)
    page = window.open(folder / "html/index.html", look)
    page.locator("summary", has_text="Contents").evaluate("e => { e.parentElement.open = true }")
    found = walk(page)
    assert (found.missed, found.leaps(), found.unseen()) == ((), [], [])
