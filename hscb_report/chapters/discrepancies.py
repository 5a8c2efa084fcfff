"""What is wrong, or cannot be decided, in the source."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.results.chapter import EVIDENCE, Chapter, Page
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.assurance import Discrepancy


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the list of discrepancies."""
    yield exhibit(
        "discrepancies",
        "What is wrong, or cannot be decided, in the source",
        (
            Column("Number"),
            Column("What is wrong"),
            Column("Where"),
            Column("Found by"),
            Column("What is done"),
        ),
        [
            (
                row.discrepancy,
                row.what,
                row.locator or "not stated",
                f"rule {row.rule}" if row.rule else "reading",
                f"{words.DISCREPANCY[row.treatment]}. {row.how}",
            )
            for row in data.tables[Discrepancy]
        ],
    )


CHAPTER = Chapter(
    name="discrepancies",
    title="Errors in the published report",
    pages=(Page("pages/discrepancies", EVIDENCE),),
    about=(Discrepancy,),
    exhibits=exhibits,
)
