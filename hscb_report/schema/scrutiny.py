"""The covering report that takes the annual report and the plan to the scrutiny committee."""

from __future__ import annotations

from decimal import Decimal

from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import COUNT, MONEY, PRINTED, TEXT, code, column
from hscb_report.schema.row import SourcedRow, TableInfo


class CoveringItem(SourcedRow):
    """A paragraph or list item of the covering report, under one of its headings."""

    info = TableInfo(
        "covering_report", "The covering report", keys=("section", "position"), protected=False
    )
    section: str = column(code(words.COVERING_SECTION), "The heading that it stands under")
    position: int = column(COUNT, "Its place under the heading, from 1")
    label: str | None = column(PRINTED, "Its letter or number; by order where it has none")
    text: str = column(TEXT, "What it says: exact where short, else briefly", next_year="empty")
    amount: Decimal | None = column(MONEY, "A sum of money that it names", unit="pounds")
