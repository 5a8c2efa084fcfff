"""The narrative: every page and notebook of a year, as prose to be checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from hscb_report.findings import Finding
from hscb_report.prose import Passage, passages
from hscb_report.years import ReportingYear


@dataclass(frozen=True)
class Narrative:
    """The prose of a year, the pages that the book's contents list, and what cannot be read."""

    passages: tuple[Passage, ...]
    pages: frozenset[str]
    findings: tuple[Finding, ...] = ()


def read_narrative(year: ReportingYear, data: Path, project: Path) -> Narrative:
    """Return the year's own texts, the pages common to every year, and the notebooks' prose."""
    book, notebooks = project / "book", project / "notebooks"
    found = [
        *_read(sorted((data / str(year) / "text").rglob("*.md")), data),
        *_read(sorted(book.rglob("*.md")), project),
        *_read(sorted(notebooks.glob("[0-9][0-9]-*.ipynb")), project),
    ]
    return Narrative(
        tuple(item for item in found if isinstance(item, Passage)),
        frozenset(_pages(book / "_toc.yml")),
        tuple(item for item in found if isinstance(item, Finding)),
    )


def _read(paths: Iterable[Path], root: Path) -> Iterator[Passage | Finding]:
    for path in paths:
        file = path.relative_to(root).as_posix()
        try:
            yield from list(passages(path, file))
        except UnicodeDecodeError:
            yield _unreadable(file, "is not in UTF-8.", 'Save it again with the encoding "UTF-8".')
        except (json.JSONDecodeError, KeyError, TypeError):
            yield _unreadable(file, "is no notebook.", "Take back the last change to it.")
        except OSError as error:
            yield _unreadable(file, f"cannot be read ({error.strerror}).", "Close it elsewhere.")


def _unreadable(file: str, message: str, hint: str) -> Finding:
    return Finding("L1", "error", file, message, hint)


def _pages(contents: Path) -> list[str]:
    """Return every page that the contents list names."""
    listed = yaml.safe_load(contents.read_text("utf-8"))
    chapters = [chapter for part in listed["parts"] for chapter in part["chapters"]]
    sections = [section for chapter in chapters for section in chapter.get("sections", [])]
    return [listed["root"], *(page["file"] for page in (*chapters, *sections))]
