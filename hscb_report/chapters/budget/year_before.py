"""The contributions beside those of the year before: their table and their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hscb_report.calculations import budget, contributions
from hscb_report.calculations.contributions import Paid
from hscb_report.figures import cell, sum_of
from hscb_report.results.exhibit import Cell, Column, Exhibit, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.results.told import moved
from hscb_report.schema import YearData
from hscb_report.schema.finance import Contribution
from hscb_report.schema.reference import Agency
from hscb_report.units import POUNDS, count_of

NOT_LISTED = "not listed"
_AGENCIES = count_of("agencies")


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield how many agencies pay more, less, anew, no longer."""
    years = data.tables[Agency], data.tables[Contribution], _before(data)
    yield fact("budget.contributors_up", "Agencies that contributed more than the year before", _AGENCIES, contributions.contributors_up, *years, whole="contributors")
    yield fact("budget.contributors_down", "Agencies that contributed less than the year before", _AGENCIES, contributions.contributors_down, *years, whole="contributors")
    yield fact("budget.contributors_new", "Agencies that began to contribute", _AGENCIES, contributions.contributors_new, *years, whole="contributors")
    yield fact("budget.contributors_ended", "Agencies that no longer contributed", _AGENCIES, contributions.contributors_ended, *years)
# fmt: on


def contributions_beside(data: YearData) -> Exhibit:
    """Return what each agency paid beside what it paid in the year before."""
    now, before, year = data.tables[Contribution], _before(data), data.year
    found = contributions.beside(data.tables[Agency], now, before)
    rows = [(p.organisation, _paid(p.before), _paid(p.now), p.difference) for p in found]
    totals = budget.contributions_total(before), budget.contributions_total(now)
    notes = [f"Difference is what was paid in {year} less what was paid in {year.previous}."]
    if any(_is_taken_over(paid) for paid in found):
        notes.append("An agency that took over from others stands beside what they paid.")
    return exhibit(
        "contributions-beside",
        f"Contributions by agency, £, {year.previous} and {year}",
        (
            Column("Agency"),
            Column(str(year.previous), POUNDS, usual="The year before"),
            Column(str(year), POUNDS, usual="The year"),
            Column("Difference", POUNDS),
        ),
        [*rows, ("Total", *totals, totals[1] - totals[0])] if rows else [],
        *notes,
        title=moved("Contributions", *totals, POUNDS) if before else "",
    )


def _before(data: YearData) -> tuple[Contribution, ...]:
    return data.year_before.tables[Contribution] if data.year_before else ()


def _paid(rows: Sequence[Contribution]) -> Cell:
    return sum_of(cell(row, "amount") for row in rows) if rows else NOT_LISTED


def _is_taken_over(paid: Paid) -> bool:
    """Whether what was paid before was, in part, another agency's."""
    return bool(paid.now) and any(row.agency != paid.now[0].agency for row in paid.before)
