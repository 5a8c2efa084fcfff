"""The committed year as chapters are given it, and what a rule says once cells of it change."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hscb_report.checks.rule import Rule, run_rules
from hscb_report.findings import Finding
from hscb_report.report.reading import Run
from hscb_report.schema import Row, YearData
from tests.made_up import YEAR, assert_says_what_to_do, row_of

Change = tuple[type[Row], int, str, object]


@pytest.fixture(scope="session")
def given() -> YearData:
    """Return the committed year as chapters and rules are given it."""
    return Run.of(str(YEAR), None).data


@pytest.fixture(scope="session")
def after(given: YearData) -> Callable[..., list[Finding]]:
    """Return a function from a rule and changes to the findings that come of the changes.

    A change is the class of a table's rows, the row as a spreadsheet counts it, the column, and
    the cell as it would stand in the file.
    """

    def findings(rule: Rule, *changes: Change) -> list[Finding]:
        tables = given.tables
        for table, number, column, cell in changes:
            rows = list(tables[table])
            cells = {name: getattr(rows[number - 2], name) for name in table.model_fields}
            rows[number - 2] = row_of(table, **{**cells, column: cell})
            tables = tables.with_rows(table, rows)
        changed = YearData(**{**vars(given), "tables": tables})
        before = run_rules([rule], given)[0].findings
        now = run_rules([rule], changed)[0].findings
        assert_says_what_to_do(now)
        return [found for found in now if found not in before]

    return findings
