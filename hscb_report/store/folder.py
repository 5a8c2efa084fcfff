"""The files of a year and of the reference data: which of them nobody knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path

from hscb_report.checks.characters import characters_named, unprintable
from hscb_report.errors import ReportError
from hscb_report.findings import Finding
from hscb_report.schema import TableSchema
from hscb_report.schema.tables import PRIVATE
from hscb_report.store.files import LEADS_OUT
from hscb_report.wording import nearest, one_line, quoted
from hscb_report.years import ReportingYear

_LEFT_BY_PROGRAMS = (
    *("~$*", ".*", "*~", "~*.tmp", "*.tmp", "*.bak", "*.orig", "*.old", "*.rej", "*.swp", "*.swo"),
    *("#*#", "Thumbs.db", "ehthumbs.db", "desktop.ini", "__MACOSX", "Icon\r", "*.crdownload"),
)
_BESIDE = ("README*", "LICENSE*")
"""What may lie in a data root for those who keep it."""
_YEARLIKE = re.compile(r"[12][0-9]{3}")
_OF_ROOT = ("reference", PRIVATE)
_FOLDERS = ("text", "pictures", "tables")
_COPY = re.compile(
    r"(?i)^(copy of )?(.+?)( ?\(\d+\)| - copy( ?\(\d+\))?| copy( \d+)?|[ _-](old|new|backup))?$"
)


def is_passed_over(path: Path) -> bool:
    """Whether a file is hidden, or what an editor or a system leaves behind."""
    return any(fnmatch(path.name.lower(), pattern.lower()) for pattern in _LEFT_BY_PROGRAMS)


def passed_over(data: Path, year: ReportingYear) -> tuple[str, ...]:
    """Return what programs left in a data root and a year of it, relative to the root."""
    folders = (data, data / "reference")
    every = [path for folder in folders if folder.is_dir() for path in folder.iterdir()]
    every += (data / str(year)).rglob("*")
    return tuple(
        sorted(one_line(p.relative_to(data).as_posix()) for p in every if is_passed_over(p))
    )


def texts_of(folder: Path) -> list[Path]:
    """Return what a year has among its texts, but what programs left and what lies in it.

    A folder that is called as a text is among them: to be told, not passed over.
    """
    found = sorted((folder / "text").rglob("*"))
    every = (p for p in found if not p.is_dir() or p.is_symlink() or p.suffix == ".md")
    return [path for path in every if not _lies_in_what_is_left(path, folder)]


def _lies_in_what_is_left(path: Path, folder: Path) -> bool:
    return any(is_passed_over(Path(part)) for part in path.relative_to(folder).parts)


def strange_files(
    data: Path, year: ReportingYear, tables: Iterable[TableSchema]
) -> Iterator[Finding]:
    """Yield a finding for each file that is no table's: what stands in it would be passed over."""
    known = {table.path(year) for table in tables} | {f"{year}/year.toml"}
    for name in ("reference", str(year)):
        folder = data / name
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            is_ours = path.is_dir() and name == str(year) and path.name in _FOLDERS
            if f"{name}/{path.name}" in known or is_ours or is_passed_over(path):
                continue
            beside = [k.rpartition("/")[2] for k in known if k.startswith(f"{name}/")]
            folders = _FOLDERS if name == str(year) else ()
            what = "no table has this name."
            yield _unknown(data, path, folders if path.is_dir() else beside, what)


def strange_in_root(data: Path, logo: str = "") -> Iterator[Finding]:
    """Yield a finding for each file and folder of a data root that nothing reads.

    The Board's `logo` is read. What lies in the private folder goes into no report, and is not
    looked at here. A folder is meant for a year, if its name begins with four digits or it holds a
    year.toml.
    """
    for path in sorted(data.iterdir()):
        is_read = path.name in ("board.toml", logo)
        is_ours = is_read or (path.name in _OF_ROOT and path.is_dir())
        is_beside = path.is_file() and any(path.match(name) for name in _BESIDE)
        if is_passed_over(path) or is_ours or is_beside or _is_year(path):
            continue
        if path.is_dir() and (_YEARLIKE.match(path.name) or (path / "year.toml").exists()):
            what = "the name of this folder is no reporting year, so nothing in it is read."
            hint = 'Name it as "2024-25", or move it away.'
            yield Finding("L1", "error", one_line(path.relative_to(data).as_posix()), what, hint)
        else:
            known = _OF_ROOT if path.is_dir() else ("board.toml",)
            yield _unknown(data, path, known, "nothing reads this file.")


def _is_year(path: Path) -> bool:
    with suppress(ReportError):
        return path.is_dir() and str(ReportingYear.parse(path.name)) == path.name
    return False


def linked_folders(data: Path, year: ReportingYear) -> Iterator[Finding]:
    """Yield a finding for each folder that is a link out of the data: nothing in it is read."""
    for file in ("reference", f"{year}", *(f"{year}/{name}" for name in _FOLDERS)):
        if (data / file).is_dir() and not (data / file).resolve().is_relative_to(data.resolve()):
            yield Finding("L1", "error", file, LEADS_OUT, "Put the folder itself there.")
            if file == str(year):
                return


def strange_texts(data: Path, year: ReportingYear) -> Iterator[Finding]:
    """Yield a finding for each file among a year's texts that is no text: nothing would show it."""
    for path in texts_of(data / str(year)):
        if path.is_symlink() and path.is_dir():
            file = path.relative_to(data).as_posix()
            what = "this is a link to a folder, and is not followed."
            yield Finding("L1", "error", file, what, "Put the folder itself there.")
        elif path.suffix != ".md":
            hint = "Save it as Markdown, a plain text whose name ends in .md, or move it away."
            if path.suffix.lower() == ".md":
                hint = f"Rename it {quoted(path.stem + '.md')}."
            what = "only texts whose name ends in .md are read."
            yield Finding("L1", "error", one_line(path.relative_to(data).as_posix()), what, hint)


CHANGED_FILES = {
    "reference/requirements.csv": "What guidance asks comes with the package: keep what the Board "
    "asks of itself in reference/own_requirements.csv, and remove this file.",
    "measure_values.csv": "Rename it measurements.csv. Its areas stand in reference/areas.csv, and "
    "each measure says in reference/measures.csv which chapter shows it.",
}
"""What to do with files that were written for an earlier version of the tables."""


def _unknown(data: Path, path: Path, known: Sequence[str], what: str) -> Finding:
    """Return a finding for a file or folder, given the names that are known beside it."""
    file = one_line(path.relative_to(data).as_posix())
    what = "a folder that the report does not know." if path.is_dir() else what
    unseen = unprintable(path.name)
    what += f" Its name holds {characters_named(unseen)}." if unseen else ""
    hint = CHANGED_FILES.get(file) or CHANGED_FILES.get(path.name) or _hint(path, known)
    return Finding("L1", "error", file, what, hint)


def _hint(path: Path, known: Sequence[str]) -> str:
    """Return what may be meant by a name: another spelling, a copy, a name that is like it."""
    lacking = [name for name in known if not (path.parent / name).exists()]
    stem, ending = (path.name, "") if path.is_dir() else (path.stem, path.suffix.lower())
    copied = (_COPY.fullmatch(stem) or ["", "", stem])[2]
    meant = {_spelt(name): name for name in known}
    for spelt in (_spelt(stem + ending), _spelt(f"{copied}{ending}")):
        name = meant.get(spelt)
        if name and (path.parent / name).exists() and not _is_same(path, path.parent / name):
            return f"{quoted(name)} is read, which is there: move this one out of the data."
        if name:
            return f"Is it {quoted(_in_folder(path, name))}? Rename it."
    near = nearest(copied, {Path(name).stem: name for name in lacking}, count=1)
    if not near:
        return "Move it out of the data, or rename it."
    name = next(name for name in lacking if Path(name).stem == near[0])
    to_do = "Rename it." if ending == Path(name).suffix else "Save it as CSV under that name."
    return f"Is it {quoted(_in_folder(path, name))}? {to_do}"


def _spelt(name: str) -> str:
    """Return a name as the eye sees it: whatever its capitals, spaces and unseen characters."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    seen = (c for c in plain if unicodedata.category(c) not in {"Cc", "Cf", "Zs"})
    return "".join(seen).replace("-", "_")


def _is_same(path: Path, other: Path) -> bool:
    """Whether two names are of one file, where the file system takes no heed of capitals."""
    return other.exists() and path.samefile(other)


def _in_folder(path: Path, name: str) -> str:
    """Return a name with the folder of the data root that it is to stand in."""
    folder = path.parent.name
    return f"{folder}/{name}" if folder == "reference" or _is_year(path.parent) else name
