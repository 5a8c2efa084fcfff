"""Policies and procedures: developed in the year, or scheduled for the next."""

from __future__ import annotations

from collections.abc import Iterable

from hscb_report.figures import Figure, count
from hscb_report.schema.journey import Policy


def policies_with_status(policies: Iterable[Policy], status: str) -> Figure:
    """Return the number of policies developed, or scheduled."""
    return count(policies, lambda row: row.status == status)
