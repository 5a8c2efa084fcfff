"""The narrative: every page and notebook of a year as prose to be checked, and their files."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from hscb_report.checks.characters import unprintable, unprintable_found
from hscb_report.checks.prose import Passage
from hscb_report.findings import Finding
from hscb_report.store.csv_text import MAX_BYTES
from hscb_report.store.files import MAX_TEXT, UnreadableError, read_file
from hscb_report.store.folder import linked_folders, texts_of
from hscb_report.store.notebook_text import NoNotebookError, read_cells
from hscb_report.wording import one_line
from hscb_report.years import ReportingYear

COMMENTARY = "commentary"
# The time that the parser takes grows with the square of these.
_LONGEST, _LONGEST_PARAGRAPH, _MOST_BRACKETS = 100_000, 10_000, 200


@dataclass(frozen=True)
class Narrative:
    """The prose of a year, the files that it was read from, and what cannot be read.

    `code` is that of each notebook.
    """

    passages: tuple[Passage, ...]
    files: frozenset[str]
    findings: tuple[Finding, ...] = ()
    code: Mapping[str, str] = field(default_factory=dict)

    def texts_of(self, year: ReportingYear) -> dict[str, str]:
        """Return a year's own texts by their names within it: text/communication.md."""
        folder = f"{year}/"
        own = (passage for passage in self.passages if passage.file.startswith(folder))
        return {passage.file.removeprefix(folder): passage.text for passage in own}

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
    unread = tuple(f"{folder.file}/" for folder in linked_folders(data, year))  # told by loading
    passages = tuple(item for item in found if isinstance(item, Passage))
    return Narrative(
        passages,
        frozenset(path.relative_to(root).as_posix() for path, root in paths),
        (
            *(f for f in found if isinstance(f, Finding) and not f.file.startswith(unread)),
            *_unprintable(passages),
        ),
        dict(item for item in found if isinstance(item, tuple)),
    )


def read_texts(year: ReportingYear, data: Path) -> dict[str, str]:
    """Return the texts of an earlier year by their names within it: text/communication.md.

    What cannot be read is left out: it is told where that year itself is checked.
    """
    found = {}
    for path in texts_of(data / str(year)):
        with suppress(OSError, UnicodeDecodeError, UnreadableError):
            name = path.relative_to(data / str(year)).as_posix()
            found[name] = _text(data, f"{year}/{name}")
    return found


def chapter_modules(project: Path) -> frozenset[str]:
    """Return the modules that declare chapters, as files relative to the project."""
    folder = project / "hscb_report" / "chapters"
    single = (path for path in folder.glob("*.py") if path.stem != "__init__")
    modules = (*single, *folder.glob("*/__init__.py"))
    return frozenset(path.relative_to(project).as_posix() for path in modules)


def _read(path: Path, root: Path) -> Iterable[Passage | Finding | tuple[str, str]]:
    file = path.relative_to(root).as_posix()
    try:
        return list(_passages(path.suffix, file, _text(root, file)))
    except UnicodeDecodeError:
        hint = 'Save it again with the encoding "UTF-8".'
        return [_unreadable(file, "is not in UTF-8.", hint)]
    except NoNotebookError:
        return [_unreadable(file, "is no notebook.", "Take back the last change to it.")]
    except FileNotFoundError:  # gone since it was listed
        return []
    except UnreadableError as error:
        return [_unreadable(file, error.message, error.hint)]


def _text(root: Path, file: str) -> str:
    """Return the text of a file, its lines ended as Python does it."""
    raw = read_file(root, file, MAX_BYTES if file.endswith(".ipynb") else MAX_TEXT)
    return io.TextIOWrapper(io.BytesIO(raw), "utf-8-sig").read()


def _passages(kind: str, file: str, text: str) -> Iterator[Passage | Finding | tuple[str, str]]:
    """Yield the prose of a Markdown file, or of a notebook's Markdown cells and its code."""
    if kind != ".ipynb":
        yield _bounded(Passage(file, text))
        return
    cells = read_cells(text)
    for number, cell in enumerate(cells, 1):
        if cell.kind == "markdown":
            yield _bounded(Passage(file, cell.source, number))
    yield file, "\n".join(cell.source for cell in cells if cell.kind == "code")


def _bounded(passage: Passage) -> Passage | Finding:
    """Return a passage, or that it is too long or has too many signs to be read in a moment."""
    where = f"cell {passage.cell}: " if passage.cell else ""
    if len(passage.text) > _LONGEST:
        what, hint = f"has more than {_LONGEST:,} signs.", "Make several pages of it."
        return _unreadable(passage.file, where + what, hint)
    length = brackets = 0
    for line, words in enumerate(passage.text.split("\n"), 1):
        is_blank = not words.strip()
        length = 0 if is_blank else length + len(words)
        brackets = 0 if is_blank else brackets + words.count("[")
        if length > _LONGEST_PARAGRAPH or brackets > _MOST_BRACKETS:
            what = f"a paragraph has more than {_LONGEST_PARAGRAPH:,} signs, or {_MOST_BRACKETS} [."
            hint = "Part it by blank lines."
            return Finding("L1", "error", passage.file, where + what, hint, line)
    return passage


def _unprintable(passages: Iterable[Passage]) -> Iterator[Finding]:
    """Yield a finding for each line with characters that cannot be printed."""
    for passage in passages:
        where = f"cell {passage.cell}: " if passage.cell else ""
        lines = passage.text.split("\n") if unprintable(passage.text) else ()
        for number, line in enumerate(lines, 1):
            if found := unprintable_found(passage.file, line, number, where=where):
                yield found


def _unreadable(file: str, message: str, hint: str) -> Finding:
    return Finding("L1", "error", one_line(file), message, hint)
