"""Chromium, driven by Playwright: pages are opened from files, as readers of a folder do.

`CHROMIUM` names the program; without it, the usual names are looked for. With `HSCB_BROWSER=needed`
a missing browser is a failure; else tests that need one are skipped, and the run says so.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Request, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
    # What a page asks of the network is seen, and goes nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # but for a preview here
)
USUAL_SIZE = 16
HEIGHT = 900
TIMEOUT = 15_000
"""Milliseconds: what has not come by then, on a machine with other work too, does not come."""


class NoBrowserError(Exception):
    """There is no browser; its text says what to do."""


def find_chromium() -> str:
    """Return the path of the browser, or raise `NoBrowserError`."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        found = shutil.which(named)
        if not found:
            raise NoBrowserError(f'CHROMIUM: "{named}" is no program. Give the path of a Chromium.')
        return found
    for program in PROGRAMS:
        if found := shutil.which(program):
            return found
    raise NoBrowserError(
        "no Chromium was found. Get it (sudo apt install chromium), or name one that is "
        "elsewhere (CHROMIUM=/path/to/chromium make test)."
    )


def is_needed() -> bool:
    """Whether a missing browser is a failure; a browser that was named and is not there is one."""
    wish = os.environ.get("HSCB_BROWSER", "")
    if wish not in ("", "needed"):
        raise ValueError(f'HSCB_BROWSER: found "{wish}"; allowed: needed, or nothing.')
    return bool(wish or os.environ.get("CHROMIUM"))


@contextmanager
def chromium(program: str) -> Iterator[Browser]:
    """Run the browser, and end it.

    Not for a whole session: as long as Playwright runs, nothing else in the process can use
    asyncio.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True)
class Look:
    """How a reader has the window: its width, light or dark, and the size of text in per cent."""

    width: int = 1440
    scheme: str = "light"
    text: int = 100

    def __str__(self) -> str:
        return f"{self.width} px, {self.scheme}, text {self.text} %"


USUAL = Look()


@dataclass
class Reader:
    """A window in which pages are opened, and what they asked for and complained of."""

    context: BrowserContext
    page: Page
    tools: CDPSession
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, file: Path, look: Look = USUAL, query: str = "") -> Page:
        """Open a file with nothing noted yet, and return the page."""
        self.requests.clear()
        self.errors.clear()
        self.be(look)
        self.page.goto(file.as_uri() + query)
        return self.page

    def be(self, look: Look) -> None:
        """Have the window, the colours and the reader's own size of text as they are asked for."""
        self.page.set_viewport_size({"width": look.width, "height": HEIGHT})
        self.page.emulate_media(color_scheme="dark" if look.scheme == "dark" else "light")
        size = USUAL_SIZE * look.text // 100
        self.tools.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size - 3}})

    def failed(self, request: Request) -> None:
        """Note a file that is not there; what the reader broke off by going on is no failure."""
        if request.failure != "net::ERR_ABORTED":
            self.errors.append(f"{request.url}: {request.failure}")


@contextmanager
def reader(browser: Browser, scripts: bool = True) -> Iterator[Reader]:
    """Open a window of its own storage, without motion; without scripts where so asked for."""
    context = browser.new_context(
        java_script_enabled=scripts, reduced_motion="reduce", accept_downloads=True
    )
    context.set_default_timeout(TIMEOUT)
    page = context.new_page()
    window = Reader(context, page, context.new_cdp_session(page))
    page.on("request", lambda request: window.requests.append(request.url))
    page.on("websocket", lambda socket: window.requests.append(socket.url))
    page.on("requestfailed", window.failed)
    page.on("pageerror", lambda error: window.errors.append(str(error)))
    page.on("console", lambda said: said.type == "error" and window.errors.append(said.text))
    try:
        yield window
    finally:
        context.close()
