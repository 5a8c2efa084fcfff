"""Writing a root: tables as CSV, settings as TOML, texts as Markdown."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from examples.invent.world import Line
from hscb_report.report import table_schemas, year_status
from hscb_report.report.confirming import record
from hscb_report.schema.tables import TableSchema
from hscb_report.schema.vocabularies import CHOSEN
from hscb_report.store.csv_text import csv_text
from hscb_report.store.year import available_years

_LOOKED = "Business Manager"
_LOOKED_ON = (7, 14)
Root = Mapping[str, Sequence[Line] | str]
"""The files of a root by their paths: the rows of a table, or a text."""


def known_columns() -> dict[str, frozenset[str]]:
    """Return the columns of every table that the package has."""
    return {
        schema.name: frozenset(column.name for column in schema.columns)
        for schema in table_schemas()
    }


def write_root(root: Root, folder: Path) -> None:
    """Write the files of a root into a folder, in the place of the root that it held.

    What its years have in common with earlier ones is confirmed, as a board does it.

    Raises FileExistsError for a folder that holds anything else.
    """
    if folder.exists() and any(folder.iterdir()):
        if not (folder / "board.toml").exists():
            raise FileExistsError(f"{folder} holds no board; name another folder")
        shutil.rmtree(folder)
    for path, text in files_of(root).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    confirm_years(folder)


def confirm_years(folder: Path) -> None:
    """Record that somebody has looked at all that a root's years have kept from earlier ones."""
    for year in available_years(folder)[1:]:
        undone = year_status(str(year), folder).undone
        kept = [item for item in undone if item.state != "empty"]
        record(kept, _LOOKED, date(year.end.year, *_LOOKED_ON), year, folder)


def files_of(root: Root) -> dict[str, str]:
    """Return the text of each file of a root; a table that the package lacks has none."""
    schemas = {schema.name: schema for schema in table_schemas()}
    found = {}
    for path, content in root.items():
        if isinstance(content, str):
            found[path] = content
        elif (schema := schemas.get(Path(path).stem)) and content:
            found[path] = _csv(schema, content)
    return found


def _csv(schema: TableSchema, rows: Sequence[Line]) -> str:
    """Return rows as a file: the columns that the package has and that some row fills."""
    rows = [_with_known_meanings(row) for row in rows] if schema.name == "vocabularies" else rows
    filled = {name for row in rows for name, cell in row.items() if cell not in (None, "")}
    names = [column.name for column in schema.columns if column.name in filled or column.required]
    names = [name for name in names if name in filled or name != "basis"]
    return csv_text(names, ([row.get(name) for name in names] for row in rows))


def _with_known_meanings(row: Line) -> Line:
    """Return a word without what calculations do not know yet."""
    known = CHOSEN[str(row["vocabulary"])].meanings
    return {**row, "means": ";".join(_known(str(row.get("means") or "").split(";"), known))}


def _known(words: Iterable[str], known: Mapping[str, str]) -> list[str]:
    return [word for word in words if word in known]
