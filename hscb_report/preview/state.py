"""What a preview shows now: the pages as they were last made, or what is wrong, and since when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_FOR_ALL = "_static"
"""What lies in it is part of every page,"""
_OF_SEARCH = "search-index.js"
"""but for what the search alone reads."""


@dataclass(frozen=True)
class Asked:
    """What is previewed: a year (the latest, if none is named) and an edition of a data root."""

    year: str | None
    edition: str
    data: Path
    as_at: str | None = None


@dataclass(frozen=True)
class Pages:
    """Pages that were made: their folder, and the name of their report."""

    html: Path
    stem: str
    seconds: float


@dataclass(frozen=True)
class Fault:
    """Why no pages could be made, in lines for whoever can put it right."""

    lines: tuple[str, ...]


@dataclass
class State:
    """What the browser is shown, numbered: each change is a number more."""

    pages: Pages | None = None
    fault: Fault | None = None
    is_making: bool = True
    number: int = 1
    begun: int = 1
    """The number from which on the pages are those of this preview, and no fault."""
    changes: dict[str, int] = field(default_factory=dict)
    """The number of the last change of each page, by its path in the folder."""

    def take(self, made: Pages | Fault) -> None:
        """Show what was made."""
        self.number += 1
        self.is_making = False
        if isinstance(made, Fault):
            self.fault, self.begun = made, self.number
            return
        before = self.pages.html if self.pages else None
        if self.fault or before is None:
            self.fault, self.begun = None, self.number
        self.changes |= dict.fromkeys(changed_pages(before, made.html), self.number)
        self.pages = made

    def told(self, since: int) -> Mapping[str, object]:
        """Return what a page is to know that was shown at a number."""
        changed = sorted(page for page, number in self.changes.items() if number > since)
        return {
            "number": self.number,
            "isMaking": self.is_making,
            "isFault": self.fault is not None,
            "isOther": self.begun > since,
            "changed": changed,
        }


def changed_pages(before: Path | None, now: Path) -> Iterator[str]:
    """Yield the pages of a folder that are not what they were in another, by their paths."""
    is_other = before is not None and _for_all(before) != _for_all(now)
    for page in sorted(now.rglob("*.html")):
        name = page.relative_to(now).as_posix()
        was = before / name if before else None
        if was is not None and (
            is_other or not was.is_file() or was.read_bytes() != page.read_bytes()
        ):
            yield name


def _for_all(html: Path) -> dict[str, bytes]:
    return {
        file.relative_to(html).as_posix(): file.read_bytes()
        for file in (html / _FOR_ALL).rglob("*")
        if file.is_file() and file.name != _OF_SEARCH
    }
