"""A preview from its beginning to its end: it watches, has pages made, and tells the browser."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
import webbrowser
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import partial
from multiprocessing import Pipe
from pathlib import Path

from watchfiles import Change, awatch

from hscb_report.errors import UsageError
from hscb_report.outputs.book.sources import BOOK
from hscb_report.preview import maker
from hscb_report.preview.server import Server
from hscb_report.preview.state import Asked, Fault, Pages, State
from hscb_report.processes import begun_anew
from hscb_report.report import NOTEBOOKS, PROJECT
from hscb_report.stopping import undoing
from hscb_report.wording import plain

IDLE_SECONDS = 4.0
"""After so long without an edit the whole report is made, PDFs and all."""
_GATHER = 80
"""Edits of so many milliseconds are seen together: a program may write a file in pieces."""
_CODE = PROJECT / "hscb_report"
_WATCHED = (_CODE, NOTEBOOKS, BOOK)
_NO_INPUT = (".", "~$", "__pycache__", "_build")
_LEFT_BY_EDITORS = ("~", ".pyc", ".swp", ".tmp", ".bak")


def preview(asked: Asked, port: int | None = None, *, opens: bool = True) -> None:
    """Show the report of a year in a browser, as it is edited, until the process is stopped.

    Raises UsageError if there is no such data root, or if the port is taken.
    """
    if not asked.data.is_dir():
        raise UsageError(f'There is no folder "{asked.data}". Name a data root with --data.')
    with tempfile.TemporaryDirectory(prefix="preview-") as folder:
        asyncio.run(_Preview(asked, Path(folder)).run(port, opens=opens))


class _Preview:
    """The maker of the pages, the server, and what is made when nothing is edited."""

    def __init__(self, asked: Asked, folder: Path) -> None:
        self._asked, self._folder = asked, folder
        self._state = State()
        self._server = Server(self._state, self._whole)
        self._maker: _Maker | None = None
        self._rendering: asyncio.Task[Path | None] | None = None
        self._edits: asyncio.Queue[set[Path]] = asyncio.Queue()

    async def run(self, port: int | None, *, opens: bool) -> None:
        """Go on until stopped."""
        address = self._server.listen(port)
        _say(f"The preview is at {address} (Ctrl-C ends it).")
        if opens:
            await asyncio.to_thread(webbrowser.open, address)
        watching = asyncio.create_task(self._watch())
        while not watching.done():
            await self._make()
            edited = await self._next_edits()
            self._end_rendering()
            if self._maker and any(path.is_relative_to(_CODE) for path in edited):
                self._maker.end()  # it has the old code
                self._maker = None
        await watching

    async def _watch(self) -> None:
        async for edited in _edits((self._asked.data, *_WATCHED)):
            self._edits.put_nowait(edited)

    async def _next_edits(self) -> set[Path]:
        """Wait for edits, and make the whole report if there is none for a while."""
        with suppress(TimeoutError):
            return self._all_edits(await asyncio.wait_for(self._edits.get(), IDLE_SECONDS))
        if self._state.fault is None:
            self._begin_rendering()
        return self._all_edits(await self._edits.get())

    def _all_edits(self, first: set[Path]) -> set[Path]:
        while not self._edits.empty():
            first |= self._edits.get_nowait()
        return first

    # Pages -----------------------------------------------------------------------------------

    async def _make(self) -> None:
        self._state.is_making = True
        self._server.tell()
        if self._maker is None:
            self._maker = _Maker(self._asked, self._folder)
        made = await asyncio.to_thread(self._maker.made)
        if made is None:
            self._maker.end()
            self._maker = None
            made = Fault(("What makes the pages has stopped; it begins anew with the next edit.",))
        self._show(made)
        if isinstance(made, Fault):
            _say("\n".join(made.lines))
        else:
            _say(f"The pages were made in {made.seconds:.1f} s.")

    def _show(self, made: Pages | Fault) -> None:
        self._state.take(made)
        self._server.tell()

    # The whole report ------------------------------------------------------------------------

    async def _whole(self) -> Path | None:
        """Return the folder of the whole report that the pages are of; None if there is none."""
        while self._state.is_making:
            await self._server.told()
        if self._state.fault:
            return None
        self._begin_rendering()
        assert self._rendering
        with suppress(asyncio.CancelledError):
            return await asyncio.shield(self._rendering)
        return None

    def _begin_rendering(self) -> None:
        if self._rendering is None:
            self._rendering = asyncio.create_task(self._render())

    def _end_rendering(self) -> None:
        if self._rendering:
            self._rendering.cancel()
        self._rendering = None

    async def _render(self) -> Path | None:
        began, asked, out = time.perf_counter(), self._asked, self._folder / "whole"
        command = ["render", *([asked.year] if asked.year else []), "--edition", asked.edition]
        command += ["--data", str(asked.data), "--out", str(out)]
        command += ["--as-at", asked.as_at] if asked.as_at else []
        rendering = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "hscb_report", *command),
            cwd=PROJECT,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        with undoing(partial(_terminate, rendering)):
            try:
                _, said = await rendering.communicate()
            except asyncio.CancelledError:
                _terminate(rendering)
                await rendering.wait()
                raise
        if rendering.returncode or self._state.pages is None:
            self._show(Fault(tuple(said.decode("utf-8", "replace").splitlines())))
            _say(said.decode("utf-8", "replace"))
            return None
        seconds, stem = time.perf_counter() - began, self._state.pages.stem
        _say(f"The whole report, PDFs and all, was made in {seconds:.1f} s.")
        self._show(Pages(out / stem / "html", stem, seconds))
        return out / stem


class _Maker:
    """The process that makes pages, seen from the one that asks it for them."""

    def __init__(self, asked: Asked, folder: Path) -> None:
        self._connection, other = Pipe()
        self._process = begun_anew(maker.serve, asked, folder / "pages", other)
        other.close()

    def made(self) -> Pages | Fault | None:
        """Return what it makes now, or None if it has stopped."""
        try:
            self._connection.send(None)
            made: Pages | Fault = self._connection.recv()
        except (EOFError, OSError):
            return None
        return made

    def end(self) -> None:
        """End it."""
        self._connection.close()
        self._process.kill()
        self._process.join()


async def _edits(watched: tuple[Path, ...]) -> AsyncIterator[set[Path]]:
    """Yield what is edited below folders, some paths at a time."""
    async for changes in awatch(*watched, watch_filter=partial(is_input, watched), step=_GATHER):
        yield {Path(path) for _, path in changes}


def is_input(watched: tuple[Path, ...], _change: Change, path: str) -> bool:
    """Whether a file below a watched folder may be read by a run: programs leave others there."""
    root = next((folder for folder in watched if Path(path).is_relative_to(folder)), None)
    parts = Path(path).relative_to(root).parts if root else ()
    return not path.endswith(_LEFT_BY_EDITORS) and not any(p.startswith(_NO_INPUT) for p in parts)


def _terminate(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()


def _say(text: str) -> None:
    print(plain(text), flush=True)
