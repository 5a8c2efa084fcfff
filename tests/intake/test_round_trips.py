"""Every table through a workbook, saved by other programs, and back to the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hscb_report.intake.asking import holding_of
from hscb_report.intake.drawing import drawn
from hscb_report.intake.ours import head_of, read_ours
from hscb_report.intake.taking import take
from hscb_report.intake.template import Holding, held_tables, template
from hscb_report.report import PROJECT
from hscb_report.schema import TableSchema
from hscb_report.schema.line import Line
from hscb_report.schema.row import SOURCED
from hscb_report.schema.slips import NUMBERS
from hscb_report.spreadsheets.opening import read_book
from hscb_report.store.csv_text import csv_text
from hscb_report.years import ReportingYear
from tests.libreoffice import converted, needs_office
from tests.strategies import cell_texts

LEFT = (*SOURCED, "as_printed")
"""What is said of a whole sheet, or of a document: a template has no columns for it."""
ROOTS = {
    "Herefordshire": (PROJECT / "data", ReportingYear(2013)),
    "Northshire": (PROJECT / "examples" / "northshire", ReportingYear(2024)),
}


@pytest.fixture(scope="module", params=ROOTS)
def holding(request: pytest.FixtureRequest) -> Holding:
    """Return what a year of a board holds."""
    root, year = ROOTS[request.param]
    return holding_of(year, root)


@pytest.fixture(scope="module")
def workbook(holding: Holding, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workbook with every table of the year."""
    file = tmp_path_factory.mktemp("sent") / "all.xlsx"
    file.write_bytes(drawn(template(holding, held_tables(holding))))
    return file


def as_it_is(file: Path, _: Path) -> Path:
    return file


def by_openpyxl(file: Path, folder: Path) -> Path:
    saved = folder / "openpyxl.xlsx"
    openpyxl.load_workbook(file).save(saved)
    return saved


def as_ods(file: Path, folder: Path) -> Path:
    return converted(file, "ods", folder)


def by_libreoffice(file: Path, folder: Path) -> Path:
    (again := folder / "again").mkdir()
    return converted(as_ods(file, folder), "xlsx", again)


WAYS: dict[str, Callable[[Path, Path], Path]] = {
    "as it is": as_it_is,
    "openpyxl": by_openpyxl,
    "LibreOffice, ods": as_ods,
    "LibreOffice, xlsx": by_libreoffice,
}


def as_csv(schema: TableSchema, rows: Sequence[Mapping[str, str]]) -> str:
    """Return rows as a file, numbers without noughts at their ends: no program keeps those."""
    columns = [column for column in schema.columns if column.name not in LEFT]
    names = [column.name for column in columns]
    numbers = {column.name for column in columns if column.kind.name in NUMBERS}

    def written(row: Mapping[str, str], name: str) -> str:
        cell = row.get(name, "")
        return _plain(Decimal(cell)) if cell and name in numbers else cell

    return csv_text(names, ([written(row, name) for name in names] for row in rows))


def read_back(file: Path, holding: Holding) -> dict[str, str]:
    """Return the tables that stand in a workbook, each as our file has it."""
    schemas = {schema.name: schema for schema in holding.schemas}
    tables = {}
    for sheet in read_book(file).sheets:
        if head := head_of(sheet):
            made = read_ours(sheet, head, file.name, schemas, str(holding.year))
            assert made.findings == [], [str(finding) for finding in made.findings]
            tables[made.table] = as_csv(schemas[made.table], [row.cells for row in made.rows])
    return tables


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_every_table_comes_back_as_it_was(
    holding: Holding, workbook: Path, tmp_path: Path, way: str
) -> None:
    """Whatever program has saved it meanwhile; taken over, no byte of the data changes."""
    file = WAYS[way](workbook, tmp_path)
    root = next(root for root, year in ROOTS.values() if year == holding.year)
    taken = take([file], holding.year, root, date(2026, 5, 1))
    assert (taken.findings, dict(taken.files)) == ((), {})
    back = read_back(file, holding)
    there = {
        schema.name: as_csv(schema, [line.cells for line in holding.lines.get(schema.name, ())])
        for schema in held_tables(holding)
    }
    assert back.keys() == there.keys()
    assert len(there) > 40
    for name, text in there.items():
        assert back[name] == text, name


@given(st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_declared_column_may_hold_comes_back(
    tmp_path: Path, data: st.DataObject
) -> None:
    """A table of the declarations, its cells of its kinds, in a workbook and out of it."""
    root, year = ROOTS["Northshire"]
    known = _KNOWN.setdefault("holding", holding_of(year, root))
    schema = data.draw(st.sampled_from(held_tables(known)))
    rows = data.draw(st.lists(st.builds(dict), min_size=1, max_size=3))
    for row in rows:
        for column in schema.columns:
            if column.name not in LEFT:
                row[column.name] = data.draw(_cells(schema, column.name, known))
    lines = [Line(n, {k: v for k, v in row.items() if v}) for n, row in enumerate(rows, 2)]
    held = Holding(
        known.year,
        known.settings,
        known.schemas,
        {**known.lines, schema.name: lines},
        usual=known.usual,
    )
    file = tmp_path / "drawn.xlsx"
    file.write_bytes(drawn(template(held, [schema])))
    filled = [line.cells for line in lines if line.cells]
    assert read_back(file, held)[schema.name] == as_csv(schema, filled)


_KNOWN: dict[str, Holding] = {}
_BETWEEN = date(2000, 1, 1), date(2050, 1, 1)


def _cells(schema: TableSchema, name: str, held: Holding) -> st.SearchStrategy[str]:
    """Return what may stand in a column, as our file has it; it may be empty."""
    kind = next(column.kind for column in schema.columns if column.name == name)
    of: st.SearchStrategy[str]
    if kind.several:
        return st.just("")
    if kind.vocabulary:
        of = st.sampled_from(sorted(kind.vocabulary) or [""])
    elif kind.name == "money":
        of = st.decimals(Decimal(0), Decimal(10**9), places=2).map(_plain)
    elif kind.name == "number":
        of = st.decimals(Decimal(-(10**6)), Decimal(10**6), places=3).map(_plain)
    elif kind.name == "count":
        of = st.integers(0, 10**9).map(str)
    elif kind.name == "day":
        of = st.dates(*_BETWEEN).map(lambda d: f"{d:%Y}-M{d:%m}-{d:%d}")
    elif kind.name == "month":
        of = st.dates(*_BETWEEN).map(lambda d: f"{d:%Y}-M{d:%m}")
    elif kind.name in ("text", "reference", "identifier"):
        of = cell_texts.map(str.strip)
    else:
        of = st.just("")
    return of | st.just("")


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
