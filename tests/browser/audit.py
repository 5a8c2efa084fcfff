"""`make audit`: every page of three boards at every width, colour scheme and size of text.

Prints what was seen, as counts and the first places of each fault, and ends with 1 if any was.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product
from multiprocessing import get_context
from pathlib import Path

from hscb_report.publish import render
from hscb_report.report import DEFAULT_DATA, PROJECT
from tests.browser.chromium import Look, NoBrowserError, chromium, find_chromium, reader
from tests.browser.seen import FAULTS, Seen, report_pages, visit

BOARDS = {
    "herefordshire": DEFAULT_DATA,
    "northshire": PROJECT / "examples/northshire",
    "smallshire": PROJECT / "examples/smallshire",
}
LOOKS = tuple(
    Look(width, scheme, text)
    for scheme, text, width in product(("light", "dark"), (100, 200), (320, 768, 1440))
)
BROWSERS, PARTS = 2, 8
"""How many browsers run at once, and into how many parts the pages are dealt out to them."""
PLACES = 5
"""How many places of one fault are listed."""
WIDTHS = range(320, 1440, 20)


@dataclass(frozen=True)
class Visits:
    """Pages of one rendered report that one browser looks at."""

    program: str
    folder: Path
    pages: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Look at the pages that are asked for; return 1 if anything is wrong with one."""
    asked = _asked(arguments)
    try:
        program = find_chromium()
    except NoBrowserError as missing:
        print(f"No browser: {missing}", file=sys.stderr)
        return 2
    faults = 0
    for board in asked.board or BOARDS:
        with tempfile.TemporaryDirectory() as out:
            folder = asked.report or _rendered(board, Path(out))
            pages = [page for page in report_pages(folder) if asked.page in page]
            if not pages:
                print(f'No page of {folder} has "{asked.page}" in its path.', file=sys.stderr)
                return 2
            began = time.monotonic()
            seen = _seen(program, folder, pages)
            print("\n".join(_told("report" if asked.report else board, seen)))
            print(f"  {time.monotonic() - began:.0f} seconds\n", flush=True)
            faults += sum(len(found) for each in seen for found in each.faults.values())
        if asked.report:
            break
    print(f"{faults} faults" if faults else "Nothing was found.")
    return 1 if faults else 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make audit", description=__doc__)
    parser.add_argument("--board", action="append", choices=BOARDS, help="one board alone")
    parser.add_argument("--page", default="", help="pages with this in their path alone")
    parser.add_argument("--report", type=Path, help="the folder of a report that is made already")
    asked = parser.parse_args(arguments)
    if asked.report and not (asked.report / "html/index.html").is_file():
        parser.error(f'"{asked.report}" is no report: it has no html/index.html')
    return asked


def _rendered(board: str, out: Path) -> Path:
    """Return the folder of a board's latest report, made anew."""
    return render(None, "public", BOARDS[board], out).folder


def _seen(program: str, folder: Path, pages: Sequence[str]) -> list[Seen]:
    """Return the pages as they are at every look, seen by several browsers at once.

    The largest pages are begun first, so that no browser ends long before another.
    """
    by_size = sorted(pages, key=lambda page: -(folder / page).stat().st_size)
    parts = [by_size[first::PARTS] for first in range(min(PARTS, len(pages)))]
    work = [Visits(program, folder, tuple(part)) for part in parts]
    with ProcessPoolExecutor(BROWSERS, mp_context=get_context("spawn")) as pool:
        return [seen for found in pool.map(_look, work) for seen in found]


def _look(visits: Visits) -> list[Seen]:
    with chromium(visits.program) as browser, reader(browser) as window:
        return [
            visit(window, visits.folder, page, look, None, WIDTHS)
            for page in visits.pages
            for look in LOOKS
        ]


def _told(name: str, seen: Sequence[Seen]) -> Iterator[str]:
    """Yield the lines that tell of one report."""
    pages = {each.page for each in seen}
    pages_told = "1 page" if len(pages) == 1 else f"{len(pages)} pages"
    yield f"{name}: {pages_told}, {len(seen)} views"
    for kind in FAULTS:
        found = [(each, fault) for each in seen for fault in each.faults[kind]]
        places = {each.page for each, _ in found}
        yield f"  {kind:<10}{len(found):>6}{f' on {len(places)} pages' if found else ''}"
        yield from _places(kind, found)
    unsure = Counter(rule for each in seen for rule in each.unsure)
    told = ", ".join(f"{rule} {often}" for rule, often in sorted(unsure.items()))
    yield f"  left by axe to be decided by a person: {told or 'nothing'}"


def _places(kind: str, found: Iterable[tuple[Seen, str]]) -> Iterator[str]:
    """Yield each fault once (of axe each rule), with how many views have it and the first ones."""
    by_fault: dict[str, list[Seen]] = {}
    for each, fault in found:
        by_fault.setdefault(fault.partition(":")[0] if kind == "axe" else fault, []).append(each)
    often = sorted(by_fault.items(), key=lambda item: -len(item[1]))
    for fault, views in often[: 3 * PLACES]:
        yield f"    {len(views):>4} {fault[:100]}"
        for each in views[: PLACES if kind == "axe" else 1]:
            yield f"           {each.page} ({each.look})"
    if len(often) > 3 * PLACES:
        yield f"         and {len(often) - 3 * PLACES} more"


if __name__ == "__main__":
    raise SystemExit(main())
