"""The published tables as open data: a CSV file each, described by a data package."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

from hscb_report.account import account
from hscb_report.exhibits import Exhibit
from hscb_report.exhibits.dictionary import dictionary
from hscb_report.report import Report


def write_open_tables(report: Report, folder: Path) -> None:
    """Write every published table and `datapackage.json` (Frictionless Data Package 1)."""
    folder.mkdir()
    exhibits = (*report.exhibits, *account(report), *dictionary())
    for exhibit in exhibits:
        _write_csv(exhibit, folder / f"{exhibit.label}.csv")
    package = {
        "profile": "tabular-data-package",
        "name": f"hscb-report-{report.year}",
        "title": f"{report.settings.board.name}: tables of the annual report {report.year}",
        "resources": [_resource(exhibit) for exhibit in exhibits],
    }
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    (folder / "datapackage.json").write_text(text, "utf-8")


def field_names(exhibit: Exhibit) -> list[str]:
    """Return the columns' names in a file: lower case, unique, of letters, digits and _."""
    names: list[str] = []
    for column in exhibit.columns:
        name = re.sub(r"[^a-z0-9]+", "_", column.heading.lower()).strip("_") or "column"
        names.append(name if name not in names else f"{name}_{len(names) + 1}")
    return names


def _write_csv(exhibit: Exhibit, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field_names(exhibit))
        for texts, record in zip(exhibit.texts(), exhibit.records(), strict=True):
            writer.writerow(
                [_cell(text, value) for text, value in zip(texts, record.values(), strict=True)]
            )


def _cell(text: str, value: Any) -> str:
    """Return a number as a plain number, a missing one as nothing, and text as it is printed."""
    if value is None:
        return ""
    if isinstance(value, str):
        return text
    plain = f"{value:f}" if not isinstance(value, int) else str(value)
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


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
        "schema": {
            "fields": [
                {
                    "name": name,
                    "title": column.heading,
                    "type": "number" if _is_number(exhibit, position) else "string",
                    **({"unit": column.unit.name} if column.unit else {}),
                }
                for position, (name, column) in enumerate(
                    zip(field_names(exhibit), exhibit.columns, strict=True)
                )
            ]
        },
    }


def _is_number(exhibit: Exhibit, position: int) -> bool:
    """Whether a column holds figures only: one word among them makes it text."""
    return exhibit.columns[position].is_numeric and not any(
        isinstance(row[position], str) for row in exhibit.rows
    )
