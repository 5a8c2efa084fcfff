"""Search, as a reader uses it: from any page, at any width, from files, without the network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urldefrag

import pytest
from playwright.sync_api import Locator, Page, expect

from hscb_report.results.published import Published
from tests.browser.chromium import USUAL, Look, Reader
from tests.browser.seen import look_at

pytestmark = pytest.mark.slow

FIRST, SEARCH = "html/index.html", "html/search.html"
BUDGET, DEATHS = "chapters/budget", "chapters/child_deaths"
HOSTILE = """<img src=x onerror="alert(1)"> '"</script><script>alert(2)</script>"""


@dataclass(frozen=True)
class Result:
    """A page that was found: its path in the book, and what is said of it."""

    path: str
    text: str


def field(page: Page) -> Locator:
    """Return where a reader writes what is looked for: in the head of every page."""
    return page.get_by_role("search").first.get_by_role("searchbox")


def settled(page: Page) -> Page:
    """Return the page of results when no more of them come."""
    page.wait_for_function(
        """() => {
          const main = document.querySelector("main, [role=main]");
          const now = main ? main.innerText : "";
          const still = window.told === now && now ? (window.times || 0) + 1 : 0;
          Object.assign(window, { told: now, times: still });
          return still > 4;
        }""",
        polling=100,
    )
    return page


def searched(window: Reader, folder: Path, query: str, look: Look = USUAL) -> Page:
    """Search as a reader does, from the first page, and return the page of results."""
    page = window.open(folder / FIRST, look)
    field(page).fill(query)
    field(page).press("Enter")
    page.wait_for_url(re.compile(r"search\.html\?"))
    return settled(page)


def items(page: Page) -> Locator:
    """Return the pages that were found: items of a list, each with a heading that leads there."""
    heading = page.get_by_role("heading").filter(has=page.get_by_role("link"))
    return page.get_by_role("main").get_by_role("listitem").filter(has=heading)


def results(page: Page, folder: Path) -> list[Result]:
    """Return what was found, the best first."""
    root = (folder / "html").resolve().as_uri() + "/"
    found = []
    for item in items(page).all():
        link = item.get_by_role("heading").get_by_role("link")
        address = urldefrag(link.evaluate("e => e.href"))[0].partition("?")[0]
        assert address.startswith(root), address
        found.append(Result(address[len(root) :].removesuffix(".html"), item.inner_text()))
    return found


@pytest.mark.parametrize("look", [USUAL, Look(320), Look(768, "dark")], ids=str)
def test_an_abbreviation_finds_the_chapter_that_is_about_it_first(
    look: Look, window: Reader, folder: Path, report: Published
) -> None:
    """At every width, with some of its words beside it, also where it says it in full alone."""
    full = report.abbreviations["CDOP"].full
    page = searched(window, folder, "CDOP", look)
    found = results(page, folder)
    assert found[0].path == DEATHS
    assert "CDOP" in found[0].text or full in found[0].text
    assert len(found[0].text) > 60
    assert full in page.get_by_role("status").inner_text()


@pytest.mark.parametrize("name", ["budget.contributions", "budget.council_contribution"])
@pytest.mark.parametrize("form", ["{}", '"{}"'])
def test_a_whole_amount_finds_the_chapter_that_tells_it(
    name: str, form: str, window: Reader, folder: Path, report: Published
) -> None:
    amount = report.value(name)
    found = results(searched(window, folder, form.format(amount)), folder)
    assert found[0].path == BUDGET
    assert amount in found[0].text


@pytest.mark.parametrize("form", ["{}", "{:,}", "£{:,}"])
def test_an_amount_as_the_prose_rounds_it_is_found_too(
    form: str, window: Reader, folder: Path, report: Published
) -> None:
    told = report.values["budget.council_contribution"]
    assert told != report.value("budget.council_contribution")
    amount = int(re.sub(r"\D", "", told))
    found = results(searched(window, folder, form.format(amount)), folder)
    assert found[0].path == BUDGET
    assert told in found[0].text


@pytest.mark.parametrize("word", ["neglect", "contributions", "training", "attendance"])
def test_chapters_stand_before_the_evidence(
    word: str, window: Reader, folder: Path, report: Published
) -> None:
    told = {page.path for page in report.contents if page.part.volume not in ("evidence", "")}
    found = [result.path for result in results(searched(window, folder, word), folder)]
    is_told = [path in told or path == "index" for path in found]
    assert is_told[0]
    assert is_told == sorted(is_told, reverse=True), found


def test_a_word_finds_nothing_twice_and_says_how_much_it_found(
    window: Reader, folder: Path
) -> None:
    """Told to a screen reader too, as soon as it is known."""
    page = searched(window, folder, "training")
    found = [result.path for result in results(page, folder)]
    assert len(found) == len(set(found)) > 3
    assert str(len(found)) in page.get_by_role("status").inner_text()


@pytest.mark.parametrize("query", ["zygomorphic", "£999,999,999"])
def test_a_search_without_a_result_says_so(query: str, window: Reader, folder: Path) -> None:
    page = searched(window, folder, query)
    assert results(page, folder) == []
    said = page.get_by_role("status").inner_text()
    assert re.search(r"\b(no|not|nothing|none)\b", said, re.IGNORECASE), said


def test_what_is_looked_for_is_text_and_never_markup(window: Reader, folder: Path) -> None:
    asked: list[str] = []
    window.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page = searched(window, folder, HOSTILE)
    assert asked == []
    assert page.locator("img[src=x]").count() == 0
    expect(page.get_by_role("main").get_by_role("searchbox").or_(field(page)).first).to_have_value(
        HOSTILE
    )


def test_a_strange_search_breaks_nothing(window: Reader, folder: Path) -> None:
    for query in ("%", "%E0%A4%A", "constructor", "__proto__", "a" * 3000, "  "):
        page = window.open(folder / SEARCH, query=f"?q={quote(query)}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        settled(page)
        assert window.errors == [], query


@pytest.mark.parametrize("look", [Look(1440, "dark"), Look(320, "light", 200)], ids=str)
def test_the_page_of_results_has_no_fault_either(look: Look, window: Reader, folder: Path) -> None:
    """Nor does it ask for anything beyond the folder."""
    searched(window, folder, "training", look)
    seen = look_at(window, folder, SEARCH, look)
    assert list(seen.told(*seen.faults)) == []


def test_a_result_is_opened_by_the_keyboard(
    window: Reader, folder: Path, report: Published
) -> None:
    page = searched(window, folder, "CDOP")
    link = items(page).get_by_role("link").first
    address = link.evaluate("e => e.href")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    expect(page.get_by_role("main")).to_contain_text(report.abbreviations["CDOP"].full)
