"""The narrative: every page and notebook of a year as prose to be checked, and their files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hscb_report.checks.characters import unprintable, unprintable_found
from hscb_report.checks.prose import Passage
from hscb_report.findings import Finding
from hscb_report.store.folder import texts_of
from hscb_report.wording import visible
from hscb_report.years import ReportingYear

COMMENTARY = "commentary"


@dataclass(frozen=True)
class Narrative:
    """The prose of a year, the files that it was read from, and what cannot be read."""

    passages: tuple[Passage, ...]
    files: frozenset[str]
    findings: tuple[Finding, ...] = ()

    def text(self, file: str) -> str:
        """Return the text of a page, "" if there is none."""
        return next((passage.text for passage in self.passages if passage.file == file), "")


def commentary_file(chapter: str, year: object) -> str:
    """Return the file with what is said of a chapter in a year, relative to the data root."""
    return f"{year}/text/{COMMENTARY}/{chapter}.md"


def read_narrative(year: ReportingYear, data: Path, project: Path) -> Narrative:
    """Return the year's own texts, the pages common to every year, and the notebooks' prose."""
    paths = [
        *((path, data) for path in texts_of(data / str(year)) if path.suffix == ".md"),
        *((path, project) for path in sorted((project / "book").rglob("*.md"))),
        *((path, project) for path in sorted((project / "notebooks").glob("*.ipynb"))),
    ]
    found = [item for path, root in paths for item in _read(path, root)]
    passages = tuple(item for item in found if isinstance(item, Passage))
    return Narrative(
        passages,
        frozenset(path.relative_to(root).as_posix() for path, root in paths),
        (*(item for item in found if isinstance(item, Finding)), *_unprintable(passages)),
    )


def chapter_modules(project: Path) -> frozenset[str]:
    """Return the modules that declare chapters, as files relative to the project."""
    folder = project / "hscb_report" / "chapters"
    single = (path for path in folder.glob("*.py") if path.stem != "__init__")
    modules = (*single, *folder.glob("*/__init__.py"))
    return frozenset(path.relative_to(project).as_posix() for path in modules)


def _read(path: Path, root: Path) -> Iterable[Passage | Finding]:
    file = path.relative_to(root).as_posix()
    try:
        return list(_passages(path, file))
    except UnicodeDecodeError:
        hint = 'Save it again with the encoding "UTF-8".'
        return [_unreadable(file, "is not in UTF-8.", hint)]
    except (ValueError, KeyError, TypeError, RecursionError):
        return [_unreadable(file, "is no notebook.", "Take back the last change to it.")]
    except OSError as error:
        what = f"cannot be read ({error.strerror})."
        return [_unreadable(file, what, "Close it elsewhere.")]


def _passages(path: Path, file: str) -> Iterator[Passage]:
    """Yield the prose of a Markdown file or of a notebook's Markdown cells."""
    if path.suffix != ".ipynb":
        yield Passage(file, path.read_text("utf-8-sig"))  # an editor may begin it with a mark
        return
    for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"], 1):
        if cell["cell_type"] == "markdown":
            yield Passage(file, "".join(cell["source"]), number)


def _unprintable(passages: Iterable[Passage]) -> Iterator[Finding]:
    """Yield a finding for each line with characters that cannot be printed."""
    for passage in passages:
        where = f"cell {passage.cell}: " if passage.cell else ""
        lines = passage.text.split("\n") if unprintable(passage.text) else ()
        for number, line in enumerate(lines, 1):
            if found := unprintable_found(passage.file, line, number, where=where):
                yield found


def _unreadable(file: str, message: str, hint: str) -> Finding:
    return Finding("L1", "error", visible(file), message, hint)
