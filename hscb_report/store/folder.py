"""The files of a year and of the reference data: which of them nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from hscb_report.findings import Finding
from hscb_report.schema import TableSchema
from hscb_report.wording import nearest, quoted
from hscb_report.years import ReportingYear

_LEFT_BY_EDITORS = ("~$*", ".*", "*~", "*.bak", "*.tmp", "Thumbs.db", "desktop.ini")
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


CHANGED_FILES = {
    "reference/requirements.csv": "What guidance asks comes with the package: keep what the Board "
    "asks of itself in reference/own_requirements.csv, and remove this file.",
}
"""What to do with files that were written for an earlier version of the tables."""


def _unknown(file: str, path: Path, lacking: Iterable[str]) -> Finding:
    what = "a folder that the report does not know." if path.is_dir() else "no table has this name."
    hint = CHANGED_FILES.get(file) or _hint(file, path, lacking)
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
