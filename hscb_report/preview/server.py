"""What answers the browser: pages, what is wrong in their place, and word of every change.

It is there for this machine alone: it listens at 127.0.0.1, and answers whoever asked for that, so
that no page of another server can have it read out.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable
from html import escape, unescape
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler

from hscb_report.errors import UsageError
from hscb_report.preview.state import State

ADDRESS = "127.0.0.1"
FIRST_PORT = 8642
_PORTS = 20
"""So many are tried, if none is named: another preview may have the first."""
_SCRIPT = Path(__file__).with_name("preview.js")
_TITLE = re.compile(r"<title>(.*?)(?: \| .*?)?</title>", re.DOTALL)
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1.1rem/1.5 system-ui, sans-serif }}
main {{ max-width: 48rem; margin: 3rem auto; padding: 0 1rem }}
li {{ margin: .8rem 0; overflow-wrap: anywhere }}
</style></head>
<body><main><h1>{title}</h1>
{content}
</main></body></html>
"""


class Server:
    """Answers for a state; what lies beside the pages is had from `whole`, made if need be."""

    def __init__(self, state: State, whole: Callable[[], Awaitable[Path | None]]) -> None:
        self.state, self.whole = state, whole
        self.port = 0
        self._waiting: set[asyncio.Event] = set()

    def listen(self, port: int | None) -> str:
        """Begin to answer; return the address. Raises UsageError if the port is taken."""
        for number in (port,) if port else range(FIRST_PORT, FIRST_PORT + _PORTS):
            try:
                sockets = bind_sockets(number, ADDRESS)
            except OSError:
                continue
            self.port = number
            HTTPServer(self._application()).add_sockets(sockets)
            return f"http://{ADDRESS}:{number}/"
        named = f"Port {port} is" if port else f"Ports {FIRST_PORT} and those after it are"
        raise UsageError(f"{named} taken by another program. Name another one with --port.")

    def tell(self) -> None:
        """Tell every page that is open how things stand."""
        for event in self._waiting:
            event.set()

    async def told(self) -> None:
        """Wait until there is something to tell."""
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            await event.wait()
        finally:
            self._waiting.discard(event)

    def _application(self) -> Application:
        logging.getLogger("tornado").setLevel(logging.ERROR)  # who asks for what is nobody's matter
        given = {"server": self}
        return Application(
            [
                ("/", _First, given),
                ("/_preview/events", _Events, given),
                ("/_preview/preview.js", _Script, given),
                (r"/html/(.*\.html)", _Page, given),
                ("/html/(.*)", _OfPages, {**given, "path": "/"}),
                ("/(.+)", _Beside, {**given, "path": "/"}),
            ],
            log_function=lambda _: None,
        )


class _OfServer(RequestHandler):
    """A handler that knows the server, and answers this machine's own browsers alone."""

    def initialize(self, server: Server) -> None:
        self.server = server

    def prepare(self) -> Any:
        _refuse_others(self, self.server.port)

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")

    def show(self, title: str, content: str) -> None:
        """Show a page of the preview itself, which goes as soon as there is another."""
        page = _PAGE.format(title=escape(title), content=content)
        self.finish(_with_script(page, self.server.state))


class _First(_OfServer):
    def get(self) -> None:
        self.redirect("/html/index.html")


class _Script(_OfServer):
    def get(self) -> None:
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.finish(_SCRIPT.read_bytes())


class _Page(_OfServer):
    def get(self, name: str) -> None:
        """Answer with a page as it was last made, or with what is wrong."""
        state = self.server.state
        if state.fault:
            found = "".join(f"<li>{escape(line)}</li>" for line in state.fault.lines)
            gone = "<p>Mend it and save: the page that you asked for comes back by itself.</p>"
            self.show("The report cannot be made yet", f"<ul>{found}</ul>{gone}")
        elif state.pages is None:
            self.show("The report is being made", '<p role="status">It takes some seconds.</p>')
        else:
            file = (state.pages.html / name).resolve()
            if not (file.is_relative_to(state.pages.html.resolve()) and file.is_file()):
                self.set_status(404)
                back = '<p><a href="/html/index.html">To the first page</a></p>'
                self.show("There is no such page", back)
            else:
                self.finish(_with_script(file.read_text("utf-8"), state))


class _Events(_OfServer):
    async def get(self) -> None:
        """Tell how things stand since a number, now and whenever that changes."""
        since = self.get_query_argument("since", "")
        if not since.isascii() or not since.isdecimal():
            raise HTTPError(400)
        self.set_header("Content-Type", "text/event-stream")
        try:
            while True:
                told = {**self.server.state.told(int(since)), "last": _last(self.server.state)}
                self.write(f"data: {json.dumps(told)}\n\n")
                await self.flush()
                await self.server.told()
        except StreamClosedError:  # the page is closed
            return


class _OfFolder(StaticFileHandler):
    """Answers with a file of a folder as it is now, whatever it was before."""

    def initialize(self, server: Server, path: str) -> None:  # type: ignore[override]
        super().initialize(path)
        self.server = server

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002
        self.set_header("Cache-Control", "no-store")

    def compute_etag(self) -> None:
        return None


class _OfPages(_OfFolder):
    def prepare(self) -> Any:
        _refuse_others(self, self.server.port)
        if self.server.state.pages is None:
            raise HTTPError(404)
        self.root = str(self.server.state.pages.html)


class _Beside(_OfFolder):
    async def prepare(self) -> None:
        """Wait until what lies beside the pages is made."""
        _refuse_others(self, self.server.port)
        folder = await self.server.whole()
        if folder is None:
            raise HTTPError(503, reason="The report cannot be made yet")
        self.root = str(folder)


def _refuse_others(handler: RequestHandler, port: int) -> None:
    if handler.request.host not in (f"{ADDRESS}:{port}", f"localhost:{port}"):
        raise HTTPError(403)


def _with_script(page: str, state: State) -> str:
    script = f'<script src="/_preview/preview.js" data-number="{state.number}"></script>'
    before, end, after = page.rpartition("</body>")
    return f"{before}{script}{end}{after}"


def _last(state: State) -> list[dict[str, str]]:
    """Return the pages that the last change changed, with what each is called."""
    last = max(state.changes.values(), default=0)
    pages = [page for page, number in state.changes.items() if number == last]
    return [{"path": page, "title": _title(state, page)} for page in pages]


def _title(state: State, page: str) -> str:
    file = state.pages.html / page if state.pages else None
    text = file.read_text("utf-8") if file and file.is_file() else ""
    found = _TITLE.search(text)
    return unescape(found[1]) if found else page
