"""What can be taken home: documents and data on the first page, and beside each table its own."""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import Reader, reader
from tests.browser.seen import report_pages

pytestmark = pytest.mark.slow

DOCUMENTS = (".pdf", ".xlsx", ".ods", ".zip", ".csv", ".docx")
# Each published table in the main part, and the addresses of the tables of data beside it: within
# the smallest part of the page that has one, if that has no other published table.
_TABLES = """() => [...document.querySelectorAll("main table")]
  .filter((table) => table.querySelector("caption") && table.checkVisibility())
  .map((table) => {
    let around = table;
    const links = () => [...around.querySelectorAll("a[href$='.csv']")].map((a) => a.href);
    const others = () => [...around.querySelectorAll("table")].length - 1;
    while (!links().length && around.parentElement && !around.matches("main, section, article"))
      around = around.parentElement;
    return [table.caption.textContent.trim(), others() ? [] : links()];
  })"""


def files(addresses: list[str]) -> dict[str, Path]:
    """Return the files that addresses lead to."""
    return {address: Path(unquote(urlsplit(urldefrag(address)[0]).path)) for address in addresses}


def linked(page: Page, endings: tuple[str, ...]) -> list[str]:
    """Return where the visible links of the main part lead that lead to a file of some kind."""
    links = page.get_by_role("main").get_by_role("link").all()
    addresses = [link.evaluate("e => e.href") for link in links if link.is_visible()]
    return [address for address in addresses if urldefrag(address)[0].endswith(endings)]


def test_every_document_of_the_report_is_on_the_first_page(window: Reader, folder: Path) -> None:
    """All PDFs and workbooks, and the data; each link leads to a file that is not empty."""
    page = window.open(folder / "html/index.html")
    found = files(linked(page, (*DOCUMENTS, "datapackage.json", "data/README.md")))
    for address, file in found.items():
        assert file.is_file(), address
        assert file.stat().st_size > 0, address
    named = {file.resolve() for file in found.values()}
    documents = {
        file for file in folder.resolve().iterdir() if file.suffix in (".pdf", ".xlsx", ".ods")
    }
    assert len(documents) >= 5
    assert documents - named == set()
    assert any(
        (folder / "data").resolve() in file.parents or file.suffix == ".zip" for file in named
    )


def test_a_document_is_told_with_its_kind_and_size(window: Reader, folder: Path) -> None:
    """Before somebody on a telephone opens it."""
    page = window.open(folder / "html/index.html")
    for address in linked(page, (".pdf", ".xlsx")):
        name = urldefrag(address)[0].rpartition("/")[2]
        around = (
            page.get_by_role("main")
            .locator(f"a[href$='{name}']")
            .first.locator("xpath=ancestor::*[self::tr or self::li or self::p][1]")
        )
        told = around.inner_text()
        assert "PDF" in told or "XLSX" in told.upper() or "workbook" in told.lower(), told
        assert "kB" in told or "MB" in told, told


@pytest.fixture(scope="module")
def tables(browser: Browser, folder: Path) -> dict[str, list[tuple[str, list[str]]]]:
    """Return the captions of the tables of every page of the book, with the data beside each."""
    with reader(browser) as window:
        return {
            name: window.open(folder / name).evaluate(_TABLES)
            for name in report_pages(folder)
            if name.startswith(("html/chapters", "html/pages", "html/text", "html/areas"))
        }


def test_each_table_has_its_data_beside_it(
    tables: dict[str, list[tuple[str, list[str]]]], folder: Path
) -> None:
    """A link to a CSV file that is there, has a head and a row, and is of one width."""
    told = [(page, caption, links) for page, of in tables.items() for caption, links in of]
    assert len(told) > 40
    assert [(page, caption) for page, caption, links in told if not links] == []
    for page, caption, links in told:
        for address, file in files(links).items():
            assert file.is_file(), (page, caption, address)
            rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
            assert len(rows) > 1, (page, caption)


def test_no_two_tables_of_a_page_lead_to_one_file(
    tables: dict[str, list[tuple[str, list[str]]]],
) -> None:
    for page, of in tables.items():
        first = [links[0] for _, links in of if links]
        assert len(first) == len(set(first)), page
