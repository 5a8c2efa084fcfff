"""What was corrected after the report had been approved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hscb_report.assurance import CORRECTIONS
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.published import ShownCorrection
from hscb_report.schema.assurance import Correction
from hscb_report.years import day_text


def shown_corrections(rows: Iterable[Correction]) -> tuple[ShownCorrection, ...]:
    """Return the corrections, the newest first; of one day, the one with the highest number."""
    newest = sorted(rows, key=lambda row: (row.corrected, row.correction), reverse=True)
    return tuple(
        ShownCorrection(row.correction, row.corrected, row.what, row.reason, row.page or "")
        for row in newest
    )


def corrections_exhibit(
    corrections: Iterable[ShownCorrection], titles: Mapping[str, str]
) -> Exhibit:
    """Return the table of corrections, which has no row where there are none.

    `titles` are those of the pages, by their paths.
    """
    return exhibit(
        CORRECTIONS,
        "What was corrected after the report had been approved",
        (
            *(Column("Correction"), Column("Day"), Column("What stands corrected")),
            *(Column("Reason"), Column("Page")),
        ),
        [
            (
                *(str(correction.number), day_text(correction.day)),
                *(correction.what, correction.reason),
                titles.get(correction.page, correction.page) or "no single page",
            )
            for correction in corrections
        ],
        row_headers=2,
    )
