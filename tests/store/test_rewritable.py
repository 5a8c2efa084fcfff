"""A text that a spreadsheet program would rewrite is told by its cell, before it has happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from hscb_report.report import check_year, table_schemas
from hscb_report.schema.rewritten import is_rewritten
from hscb_report.store.rewritable import rewritable_found
from hscb_report.store.table_file import TableFile
from hscb_report.years import ReportingYear
from tests.conftest import small_year

YEAR = ReportingYear(2016)
SCHEMAS = {schema.name: schema for schema in table_schemas()}


def found(table: str, *rows: str) -> list[tuple[int | None, str | None, str | None, str]]:
    file = TableFile.of(SCHEMAS[table], YEAR, "\n".join(rows).encode())
    told = rewritable_found(file)
    return [(one.row, one.column, one.found, one.hint) for one in told]


def test_only_texts_are_told_for_other_cells_are_read_strictly() -> None:
    rows = ["agency,organisation,amount", "police,4.,4.50", "council,June 2013,1"]
    hint = "Write it so that it is none, with a word: No. 4."
    assert found("contributions", *rows) == [
        (2, "organisation", "4.", hint),
        (3, "organisation", "June 2013", hint),
    ]


@pytest.mark.parametrize("cell", ["4.", "Sep 14", "1/2"])
def test_following_the_hint_for_what_is_printed_mends_the_cell(cell: str) -> None:
    ((_, _, _, hint),) = found("contributions", "agency,as_printed", f"police,{cell}")
    mended = hint.partition(": ")[2].removesuffix(".")
    assert mended == f'"{cell}"'
    doubled = mended.replace('"', '""')
    assert found("contributions", "agency,as_printed", f'police,"{doubled}"') == []
    assert not is_rewritten(mended)


def test_it_is_a_warning_of_the_check(tmp_path: Path) -> None:
    rows = ["agency,organisation,amount", "police,0123,4"]
    small_year(
        tmp_path,
        "2016-17",
        reference_agencies=["agency,name", "police,The Police"],
        contributions=rows,
    )
    told = [f for f in check_year("2016-17", tmp_path).findings if f.rule == "L12"]
    assert [(f.severity, f.row, f.column) for f in told] == [("warning", 2, "organisation")]
