"""The narrative: every page and notebook of a year, as prose to be checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from hscb_report.prose import Passage, passages
from hscb_report.years import ReportingYear


@dataclass(frozen=True)
class Narrative:
    """The prose of a year, and the pages that the book's contents list."""

    passages: tuple[Passage, ...]
    pages: frozenset[str]


def read_narrative(year: ReportingYear, data: Path, project: Path) -> Narrative:
    """Return the year's own texts, the pages common to every year, and the notebooks' prose."""
    book, notebooks = project / "book", project / "notebooks"
    found = [
        *_read(sorted((data / str(year) / "text").rglob("*.md")), data),
        *_read(sorted(book.rglob("*.md")), project),
        *_read(sorted(notebooks.glob("[0-9][0-9]-*.ipynb")), project),
    ]
    return Narrative(tuple(found), frozenset(_pages(book / "_toc.yml")))


def _read(paths: Iterable[Path], root: Path) -> list[Passage]:
    return [p for path in paths for p in passages(path, path.relative_to(root).as_posix())]


def _pages(contents: Path) -> list[str]:
    """Return every page that the contents list names."""
    listed = yaml.safe_load(contents.read_text("utf-8"))
    chapters = [chapter for part in listed["parts"] for chapter in part["chapters"]]
    sections = [section for chapter in chapters for section in chapter.get("sections", [])]
    return [listed["root"], *(page["file"] for page in (*chapters, *sections))]
