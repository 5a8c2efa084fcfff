"""Without scripts everything but search works, and search says that it needs them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from hscb_report.results.published import Published
from tests.browser.chromium import Look, Reader

pytestmark = pytest.mark.slow

LOOKS = (Look(320), Look(1440, "dark"))


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_menu_opens_and_leads_to_every_page(
    look: Look, scriptless: Reader, folder: Path, report: Published
) -> None:
    page = scriptless.open(folder / "html/index.html", look)
    page.locator("summary", has_text="Contents").click()
    menu = page.get_by_role("navigation", name="Contents")
    expect(menu).to_be_visible()
    links = [link.get_attribute("href") for link in menu.get_by_role("link").all()]
    assert {f"{of.path}.html" for of in report.contents} <= set(links)
    menu.locator("a[href='chapters/budget.html']").click()
    page.wait_for_url(re.compile(r"chapters/budget\.html"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("main").get_by_role("table").first).to_be_attached()


@pytest.mark.parametrize("name", ["html/chapters/budget.html", "working-papers/07-budget.html"])
def test_a_page_is_whole_and_asks_nobody(name: str, scriptless: Reader, folder: Path) -> None:
    page = scriptless.open(folder / name)
    expect(page.get_by_role("main").get_by_role("img").first).to_be_visible()
    for summary in page.get_by_role("main").locator("details > summary").all():
        summary.click()
    assert page.get_by_role("main").get_by_role("table").first.is_visible()
    assert scriptless.errors == []
    root = folder.resolve().as_uri()
    assert [address for address in scriptless.requests if not address.startswith(root)] == []


def test_search_says_that_it_needs_scripts(scriptless: Reader, folder: Path) -> None:
    page = scriptless.open(folder / "html/search.html", query="?q=CDOP")
    said = page.get_by_role("main").inner_text()
    assert re.search("javascript|scripts", said, re.IGNORECASE), said[:200]
