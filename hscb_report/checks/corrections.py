"""Later corrections: of a report that was approved, made after that, on pages that there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hscb_report.checks.rule import Breach, Breaches, NothingToCheck, Rule
from hscb_report.schema import YearData
from hscb_report.schema.assurance import Correction
from hscb_report.wording import suggestion
from hscb_report.years import day_text

FIRST_PAGE = "index"
"""The path of the book's first page, which is in no part of it."""


def _of_what_was_final_then(data: YearData) -> Breaches:
    if data.settings is None:
        raise NothingToCheck
    for row in data.tables[Correction]:
        for what, hint, column, found in _untimely(row, data):
            yield Breach(what, hint, row.place, column, found)


def _untimely(row: Correction, data: YearData) -> Iterator[tuple[str, str, str, str]]:
    """Yield what is wrong with the time of a correction, what to do, the column and its cell."""
    approval, end = data.sound_settings.year.approval, data.year.end
    if not data.is_final:
        what = "a draft has no corrections: nothing was final before."
        hint = f'Correct the draft and take the row out, or write status = "final" in {data.year}'
        yield what, f"{hint}/year.toml.", "correction", str(row.correction)
    elif approval and row.corrected < approval.day:
        what = f"the report was approved on {day_text(approval.day)}, after this correction."
        yield what, _hint(data, approval.day), "corrected", str(row.corrected)
    elif row.corrected < end:
        what = f"the reporting year ends on {day_text(end)}, after this correction."
        yield what, _hint(data, end), "corrected", str(row.corrected)


def _hint(data: YearData, first: date) -> str:
    is_of_approval = first != data.year.end
    other = f", or the day of the approval in {data.year}/year.toml" if is_of_approval else ""
    return f"Write a day from {first} on{other}; what was put right before needs no row."


def _on_pages_that_there_are(data: YearData) -> Breaches:
    pages = {FIRST_PAGE, *data.pages}
    for row in data.tables[Correction]:
        if row.page is not None and row.page not in pages:
            what, hint = "the book of this year has no such page.", suggestion(row.page, pages)
            yield Breach(what, f"{hint} Or leave it empty.", row.place, "page", row.page)


TIMELY = Rule(
    "R67",
    "A correction is of a final report, and made after it was approved and its year over",
    reads=(Correction,),
    check=_of_what_was_final_then,
)
PLACED = Rule(
    "R68",
    "A correction names a page that the book has, or none",
    reads=(Correction,),
    check=_on_pages_that_there_are,
)
RULES = (TIMELY, PLACED)
