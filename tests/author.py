"""A report author who fills in a year that was created, from what agencies sent: invented, too.

What agencies sent is what the generator of Northshire makes of one year more. The author types only
what the created files lack, and this module counts the cells.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path

from examples.invent import measures
from examples.invent.counts import counted
from examples.invent.root import _tables
from examples.invent.world import NORTHSHIRE, World, Year
from examples.invent.writing import known_columns
from hscb_report.report import table_schemas

Row = dict[str, str]
_PLAN = ("actions", "action_areas", "objectives", "development_areas", "plan_groups")
"""What is decided in the year itself, of which nobody sends anything."""
_KEPT = (*_PLAN, "plan_headings", "recommendations", "reviews", "golden_thread")
_SETTINGS = """
[covering_report]
title = "NSCP annual report and business plan"
committee = "Children and Families Scrutiny Committee"
day = 2026-09-16
time = "2.00 pm"
place = "County Hall"
report_by = "Executive Director for Children's Services"
"""


_WORDS = (
    "The partners looked at this in {{ year }} and told each other what they had seen.",
    "What was agreed for {{ year }} was begun, and it is too early to say what came of it.",
    "Children and families were asked in {{ year }}, and what they said is in the plan.",
)


def sent(first: int) -> dict[str, list[Row]]:
    """Return the tables that agencies send of a year of Northshire, by their names."""
    known = known_columns()
    world = World(NORTHSHIRE, tuple(Year(year) for year in range(2020, first + 1)), known)
    tables = _tables(world, world.latest, measures.told(world, counted(world))[world.latest])
    return {
        name: [_cells(row, known[name]) for row in rows]
        for name, rows in tables.items()
        if name in known
    }


def _cells(row: Mapping[str, object], known: Container[str]) -> Row:
    return {
        name: str(cell) for name, cell in row.items() if cell not in (None, "") and name in known
    }


class Author:
    """Somebody who types into the files of a year's folder, and counts what is typed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.typed = 0
        self._keys = {schema.name: schema.info.keys for schema in table_schemas()}

    def read(self, table: str) -> list[Row]:
        """Return the rows of a table."""
        text = (self.folder / f"{table}.csv").read_text("utf-8")
        return [dict(row) for row in csv.DictReader(io.StringIO(text))]

    def write(self, table: str, rows: Sequence[Mapping[str, str]]) -> None:
        """Write rows into a table; what was not there before is counted as typed."""
        path = self.folder / f"{table}.csv"
        before = self.read(table) if path.exists() else []
        header = path.read_text("utf-8").splitlines()[0].split(",") if path.exists() else []
        names = list(dict.fromkeys((*header, *(name for row in rows for name in row))))
        known = {self._key(table, row): row for row in before}
        for row in rows:
            then = known.get(self._key(table, row), {})
            self.typed += sum(
                bool(cell) and then.get(name, "") != cell for name, cell in row.items()
            )
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        path.write_text(out.getvalue(), "utf-8")

    def fill_in(self, table: str, sent_rows: Iterable[Row]) -> None:
        """Fill the empty cells of a table from what was sent; add rows, take out what has none."""
        there = {self._key(table, row): row for row in self.read(table)}
        rows = []
        for row in sent_rows:
            created = there.get(self._key(table, row), {})
            rows.append({**row, **{name: cell for name, cell in created.items() if cell}})
        self.write(table, rows)

    def _key(self, table: str, row: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(row.get(name, "") for name in self._keys[table])


def fill_in_year(folder: Path) -> int:
    """Fill in the tables and texts of Northshire's 2025-26; return how many cells were typed."""
    author, tables = Author(folder), sent(2025)
    for path in sorted(folder.glob("*.csv")):
        name = path.stem
        if name in tables and name not in _KEPT:
            author.fill_in(name, tables[name])
    due = {"due": "2026-M10", "monitored": "2026-M11"}
    author.write("actions", [{**row, **due} for row in author.read("actions")])
    labels = {row["action"] for row in author.read("actions")}
    thread = [
        row
        for row in tables["golden_thread"]
        if row["target"] != "action" or row["reached"] in labels
    ]
    author.write("golden_thread", thread)
    asked = [row["recommendation"] for row in author.read("recommendations")]
    author.write(
        "recommendation_status", [_looked_at(n, asked) for n, asked in enumerate(asked, 1)]
    )
    for path in sorted((folder / "text").rglob("*.md")):
        path.write_text(written(path.read_text("utf-8")), "utf-8")
    settings = folder / "year.toml"
    settings.write_text(settings.read_text("utf-8") + _SETTINGS, "utf-8")
    return author.typed


def _looked_at(record: int, recommendation: str) -> Row:
    said = {"as_at": "2026-M03-31", "completion": "on_target", "reported_in": "Case Review Group"}
    return {"record": str(record), "recommendation": recommendation, **said}


def written(text: str) -> str:
    """Return a text in which somebody has written what its prompts ask for."""
    text = re.sub(r"TODO \(facts that fit\): (.*)", r"The numbers of this are \1", text)
    parts = iter(range(1, 1000))
    return re.sub(r"TODO: .*", lambda _: _WORDS[next(parts) % len(_WORDS)], text)
