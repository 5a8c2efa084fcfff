"""The browser of a test file, and the report that it reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from hscb_report.publish import Rendered
from tests.browser.chromium import (
    NoBrowserError,
    Reader,
    chromium,
    find_chromium,
    is_needed,
    reader,
)
from tests.conftest import NO_BROWSER


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser for the tests of one file; without any, skip them, or fail if need be."""
    needed = is_needed()
    program = missing = ""
    try:
        program = find_chromium()
    except NoBrowserError as error:
        missing = f"{NO_BROWSER}{error}"
    if missing and needed:
        pytest.fail(missing, pytrace=False)
    if missing:
        pytest.skip(missing)
    with chromium(program) as running:
        yield running


@pytest.fixture
def window(browser: Browser) -> Iterator[Reader]:
    """Return a window with nothing stored."""
    with reader(browser) as opened:
        yield opened


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Reader]:
    """Return a window in which scripts are off."""
    with reader(browser, scripts=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(browser: Browser, request: pytest.FixtureRequest) -> Path:
    """Return the folder of the report; it is not made for nothing where there is no browser."""
    rendered: Rendered = request.getfixturevalue("rendered")
    return rendered.folder
