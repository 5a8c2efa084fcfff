"""The covering report: what it lists, and the sum of money that it names."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from hscb_report.figures import Figure, count, one
from hscb_report.schema.scrutiny import CoveringItem


def items(rows: Iterable[CoveringItem], sections: Collection[str]) -> Figure:
    """Return the number of items under some headings."""
    return count(rows, lambda row: row.section in sections)


def amount_named(rows: Iterable[CoveringItem], sections: Collection[str]) -> Figure:
    """Return the first sum that some sections name, in pounds; missing if they name none."""
    listed = tuple(rows)
    named = [row for row in listed if row.section in sections and row.amount is not None]
    return one(listed, "amount", lambda row: row in named[:1])
