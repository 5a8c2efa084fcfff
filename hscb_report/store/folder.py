"""The files of a year and of the reference data: which of them nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from hscb_report.errors import ReportError
from hscb_report.findings import Finding
from hscb_report.schema import TableSchema
from hscb_report.store.files import LEADS_OUT
from hscb_report.wording import nearest, quoted
from hscb_report.years import ReportingYear

_LEFT_BY_EDITORS = ("~$*", ".*", "*~", "*.bak", "*.tmp", "Thumbs.db", "desktop.ini")
_YEARLIKE = re.compile(r"[12][0-9]{3}")
_FOLDERS = ("text", "pictures", "tables")


def is_passed_over(path: Path) -> bool:
    """Whether a file is hidden, or what an editor or a system leaves behind."""
    return any(path.match(pattern) for pattern in _LEFT_BY_EDITORS)


def strange_files(
    data: Path, year: ReportingYear, tables: Iterable[TableSchema]
) -> Iterator[Finding]:
    """Yield a finding for each file that is no table's: what stands in it would be passed over."""
    known = {table.path(year) for table in tables} | {f"{year}/year.toml"}
    for name in ("reference", str(year)):
        folder = data / name
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            file = f"{name}/{path.name}"
            is_ours = path.is_dir() and name == str(year) and path.name in _FOLDERS
            if file in known or is_ours or is_passed_over(path):
                continue
            yield _unknown(file, path, {k for k in known if not (data / k).exists()})


def strange_in_root(data: Path) -> Iterator[Finding]:
    """Yield a finding for each folder of a data root that is meant for a year and is none.

    A folder is, if its name begins with four digits or it holds a year.toml. The same for a
    settings file under another name. What else lies there is the board's own affair.
    """
    for path in sorted(data.iterdir()):
        if is_passed_over(path) or path.name == "board.toml":
            continue
        if path.is_dir() and (_YEARLIKE.match(path.name) or (path / "year.toml").exists()):
            with suppress(ReportError):
                ReportingYear.parse(path.name)
                continue
            what = "the name of this folder is no reporting year, so nothing in it is read."
            yield Finding("L1", "error", path.name, what, 'Name it as "2024-25", or move it away.')
        elif path.suffix == ".toml" and path.is_file():
            hint = 'Name it "board.toml" if it says who the Board is, or move it away.'
            yield Finding("L1", "error", path.name, "nothing reads this file.", hint)


def linked_folders(data: Path, year: ReportingYear) -> Iterator[Finding]:
    """Yield a finding for each folder that is a link out of the data: nothing in it is read."""
    for file in ("reference", f"{year}", *(f"{year}/{name}" for name in _FOLDERS)):
        if (data / file).is_dir() and not (data / file).resolve().is_relative_to(data.resolve()):
            yield Finding("L1", "error", file, LEADS_OUT, "Put the folder itself there.")
            if file == str(year):
                return


def strange_texts(data: Path, year: ReportingYear) -> Iterator[Finding]:
    """Yield a finding for each file among a year's texts that is no text: nothing would show it."""
    for path in sorted((data / str(year) / "text").rglob("*")):
        if path.is_symlink() and path.is_dir():
            file = path.relative_to(data).as_posix()
            what = "this is a link to a folder, and is not followed."
            yield Finding("L1", "error", file, what, "Put the folder itself there.")
        elif not path.is_dir() and path.suffix != ".md" and not is_passed_over(path):
            file = path.relative_to(data).as_posix()
            hint = "Save it as Markdown, a plain text whose name ends in .md, or move it away."
            yield Finding("L1", "error", file, "only texts whose name ends in .md are read.", hint)


CHANGED_FILES = {
    "reference/requirements.csv": "What guidance asks comes with the package: keep what the Board "
    "asks of itself in reference/own_requirements.csv, and remove this file.",
    "measure_values.csv": "Rename it measurements.csv. Its areas stand in reference/areas.csv, and "
    "each measure says in reference/measures.csv which chapter shows it.",
}
"""What to do with files that were written for an earlier version of the tables."""


def _unknown(file: str, path: Path, lacking: Iterable[str]) -> Finding:
    what = "a folder that the report does not know." if path.is_dir() else "no table has this name."
    hint = CHANGED_FILES.get(file) or CHANGED_FILES.get(path.name) or _hint(file, path, lacking)
    return Finding("L1", "error", file, what, hint)


def _hint(file: str, path: Path, lacking: Iterable[str]) -> str:
    """Return what may be meant: a table of the folder that has no file, and is called alike."""
    folder = file.rpartition("/")[0]
    beside = {Path(known).stem: known for known in lacking if known.rpartition("/")[0] == folder}
    near = nearest(path.stem, beside, count=1)
    if not near or path.is_dir():
        return "Move it out of the data, or rename it."
    to_do = "Rename it." if path.suffix.lower() == ".csv" else "Save it as CSV under that name."
    return f"Is it {quoted(beside[near[0]])}? {to_do}"
