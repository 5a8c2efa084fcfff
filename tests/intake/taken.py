"""Files that an agency sends for a year, and what they come to."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from hscb_report.intake.taking import Taken, take
from hscb_report.store.csv_text import read_records
from hscb_report.years import ReportingYear
from tests.intake.books import of_template, workbook

YEAR = ReportingYear.parse("2024-25")
DAY = date(2025, 5, 1)


def police(path: Path, name: str = "police.xlsx", amount: Any = 41999, **said: str) -> Path:
    rows = [{"agency": "police", "organisation": "Northshire Police", "amount": amount}]
    told = {"sender": "police", **said}
    return workbook(path / name, {"contributions": of_template("contributions", rows, **told)})


def taken(data: Path, *files: Path, sender: str | None = None) -> Taken:
    return take(files, YEAR, data, DAY, sender)


def rows_of(made: Taken, table: str) -> list[dict[str, str]]:
    head, *body = read_records(made.files[f"2024-25/{table}.csv"].after)
    return [dict(zip(head.cells, row.cells, strict=True)) for row in body]


def told(made: Taken) -> list[str]:
    return [str(finding) for finding in made.findings]
