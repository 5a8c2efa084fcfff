"""The covering report: what it lists, and the sum of money that it names."""

from __future__ import annotations

from collections.abc import Iterable

from hscb_report.figures import Figure, count, one
from hscb_report.schema.scrutiny import CoveringItem


def items(rows: Iterable[CoveringItem], section: str) -> Figure:
    """Return the number of items under a heading."""
    return count(rows, lambda row: row.section == section)


def amount_named(rows: Iterable[CoveringItem]) -> Figure:
    """Return the first sum that the financial implications name, in pounds; missing if none."""
    listed = tuple(rows)
    named = [row for row in listed if row.section == "financial" and row.amount is not None]
    return one(listed, "amount", lambda row: row in named[:1])
