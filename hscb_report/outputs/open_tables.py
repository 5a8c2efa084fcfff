"""The published tables as open data: a CSV file each, described by a data package.

They are safe to open in a spreadsheet program: no text in them is taken for a formula there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from hscb_report.outputs.notices import marking
from hscb_report.results.exhibit import Exhibit
from hscb_report.results.published import Published
from hscb_report.store.csv_text import csv_text
from hscb_report.units import NOT_SHOWN

_DECIMALS = 4
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
# A program that takes another mark for the separator sees the beginning of a cell after it.
_FORMULA = re.compile(r"""(\A|;|\t|\r\n?|\n)(?=[\s'"]*[=+\-@＝＋－＠]|[\t\r])""")
_README = """\
# Tables of the annual report {year}

{said}Every published table is a CSV file here: UTF-8, columns separated by commas, the names of the
columns in the first row. `datapackage.json` (a Frictionless data package) says what each file and
column is.

- A number is written plainly, without thousands separators, with at most {decimals} decimals. An
  empty cell is a number that is not known.
- So that a spreadsheet program takes no text for a formula, an apostrophe (') is put before text
  that begins with = + - @, a tab or a return, also after blanks or quotation marks. The same goes
  for what follows a semicolon, a tab or a line break. Plain numbers, negative ones too, are left
  as they are.
"""


def write_open_tables(report: Published, folder: Path) -> None:
    """Write every published table, `datapackage.json` (Frictionless Data Package 1), a README."""
    folder.mkdir()
    said = marking(report)
    for exhibit in report.exhibits:
        (folder / f"{exhibit.label}.csv").write_bytes(_csv(exhibit).encode("utf-8"))
    package = {
        "profile": "tabular-data-package",
        "name": f"hscb-report-{report.year}",
        "title": f"{report.settings.board.name}: tables of the annual report {report.year}",
        **({"description": said} if said else {}),
        "resources": [_resource(exhibit) for exhibit in report.exhibits],
    }
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    (folder / "datapackage.json").write_text(text, "utf-8")
    told = _README.format(year=report.year, said=f"{said}\n\n" if said else "", decimals=_DECIMALS)
    (folder / "README.md").write_text(told, "utf-8")


def field_names(exhibit: Exhibit) -> list[str]:
    """Return the columns' names in a file: lower case, unique, of letters, digits and _.

    After a column that mixes units stands one with the unit of each of its numbers.
    """
    names: list[str] = []
    for column in exhibit.columns:
        name = re.sub(r"[^a-z0-9]+", "_", column.heading.lower()).strip("_") or "column"
        names.append(_free(name, names))
        if column.mixed:
            names.append(_free(f"{names[-1]}_unit", names))
    return names


def _free(name: str, taken: Sequence[str]) -> str:
    """Return a name, with a number if it is taken."""
    if name not in taken:
        return name
    numbered = (f"{name}_{number}" for number in count(len(taken) + 1))
    return next(other for other in numbered if other not in taken)


def _csv(exhibit: Exhibit) -> str:
    return csv_text(field_names(exhibit), _rows(exhibit))


def _rows(exhibit: Exhibit) -> Iterator[list[str]]:
    units = {
        position: exhibit.units(position)
        for position, column in enumerate(exhibit.columns)
        if column.mixed
    }
    for number, (texts, record) in enumerate(zip(exhibit.texts(), exhibit.records(), strict=True)):
        cells = []
        for position, value in enumerate(record.values()):
            cells.append(_cell(texts[position], value))
            if position in units:
                cells.append(without_formula(units[position][number]))
        yield cells


def _cell(text: str, value: Any) -> str:
    """Return a number as a plain number, a missing one as nothing, and text as it is printed.

    A number has no more digits than a reader of it could use: shares are rounded.
    """
    if value is None:
        return text if text == NOT_SHOWN else ""
    if isinstance(value, str):
        return without_formula(text)
    # Adding 0 takes the sign from a nought.
    plain = str(value) if isinstance(value, int) else f"{round(value, _DECIMALS) + 0:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def without_formula(text: str) -> str:
    """Return text that no spreadsheet program takes for a formula; a plain number as it is."""
    return text if _NUMBER.fullmatch(text) else _FORMULA.sub(r"\1'", text)


def _resource(exhibit: Exhibit) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": exhibit.label,
        "path": f"{exhibit.label}.csv",
        "title": exhibit.caption,
        "description": " ".join(exhibit.notes),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": list(_fields(exhibit))},
    }


def _fields(exhibit: Exhibit) -> Iterator[dict[str, Any]]:
    names = iter(field_names(exhibit))
    for position, column in enumerate(exhibit.columns):
        kind = "number" if _is_number(exhibit, position) else "string"
        unit = {"unit": column.unit.name} if column.unit else {}
        yield {"name": next(names), "title": column.heading, "type": kind, **unit}
        if column.mixed:
            yield {"name": next(names), "title": f"{column.heading}: unit", "type": "string"}


def _is_number(exhibit: Exhibit, position: int) -> bool:
    """Whether a column holds figures only: one word among them makes it text."""
    return exhibit.columns[position].is_numeric and not any(
        isinstance(row[position], str) or exhibit.text(number, position) == NOT_SHOWN
        for number, row in enumerate(exhibit.rows)
    )
