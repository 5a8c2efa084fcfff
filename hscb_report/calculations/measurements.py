"""Measurements: series over time, beside other areas, by category, and several years together.

Values stand beside each other as they were published, each of its own period. A rate is never
derived from a count of another period or counting rule; where numerator, denominator and per are
told and no value is, it is worked out from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from hscb_report.figures import Figure, cell, looked_through, share, sum_of, to_come
from hscb_report.schema.measurements import Measure, Measurement
from hscb_report.years import Period

_TENTH = Decimal("0.1")
_IN_A_YEAR = range(364, 368)


def value(rows: Iterable[Measurement], measure: Measure, row: Measurement | None) -> Figure:
    """Return a measurement in the unit of its measure, as it is told.

    Worked out from its numerator and denominator, to one decimal, where no value is told; missing
    where there is no such measurement. `rows` are all that there are. A share of few knows its
    counts.
    """
    if row is None:
        return looked_through(Figure(None), tuple(rows))
    worked_out = _of(measure, cell(row, "numerator"), cell(row, "denominator"))
    if row.value is not None or "value" in row.awaited:
        return replace(cell(row, "value"), out_of=worked_out.out_of)
    return worked_out


def factor(measure: Measure) -> int:
    """Return what a measure's share is multiplied by: per how many, else 100 for percent."""
    if measure.per is not None:
        return measure.per
    return 100 if measure.is_share else 1


def of_cell(
    rows: Iterable[Measurement],
    measure: str,
    area: str,
    dimension: str | None = None,
    category: str | None = None,
) -> tuple[Measurement, ...]:
    """Return what is told of a measure in an area, and in a category if one is named: by time."""
    wanted = measure, area, dimension, category
    found = (row for row in rows if row.cell == wanted)
    return tuple(sorted(found, key=lambda row: _by_time(row.period)))


def latest(rows: Iterable[Measurement], year: Period) -> Measurement | None:
    """Return the measurement of the report's own year, else the latest of them; None for none.

    Of two that end alike the one of the longer time is the later: the year, not its last quarter.
    """
    return max(rows, key=lambda row: (row.period == year, _by_time(row.period)), default=None)


def told(
    now: Iterable[Measurement], earlier: Iterable[Iterable[Measurement]]
) -> tuple[Measurement, ...]:
    """Return what is known of all years: what this year's tables tell, then each year before them.

    `earlier` has the latest year first. What a later year tells of a cell and a period stands in
    the place of what an earlier one told.
    """
    found = {(*row.cell, row.period): row for row in now}
    for rows in earlier:
        for row in rows:
            found.setdefault((*row.cell, row.period), row)
    return tuple(found.values())


def alike(periods: Iterable[Period], last: Period, most: int = 5) -> tuple[Period, ...]:
    """Return a period and the same time of each year before it, from the first that is among them.

    At most the latest `most`; a year of which nothing is known is one of them, where an earlier
    one is.
    """
    told = list(periods)
    known = {p: p for p in told if p == last or last.is_later_by_years(p)}
    found = [max(known)] if known else []
    while found and len(found) < most and min(known) < found[0]:
        before = found[0].before
        found.insert(0, known.get(before, before))
    while found and found[0] not in known:
        found.pop(0)
    return tuple(found)


def within_year(rows: Iterable[Measurement], year: Period) -> tuple[Measurement, ...]:
    """Return the measurements of parts of a year, or of days in it, where they are three or more.

    Those of one length alone, the most frequent: quarters or months, not both. February is as long
    as any month here.
    """
    parts = [row for row in rows if _holds(year, row.period) and not _is_a_year(row.period)]
    lengths = [(_length(row.period) + 5) // 10 for row in parts]
    usual = max(sorted(set(lengths)), key=lengths.count, default=0)
    found = [row for row, length in zip(parts, lengths, strict=True) if length == usual]
    return tuple(found) if len(found) > 2 else ()


def middle(figures: Sequence[Figure]) -> Figure:
    """Return the median of figures: the middle one by size, or the mean of the two in the middle.

    Missing where fewer than three are known, since the middle of two says nothing of either.
    """
    known = [figure for figure in figures if figure.value is not None]
    rows = sum_of(known)
    if any(figure.to_come for figure in figures):
        return to_come(replace(rows, value=None))
    if len(known) < 3:
        return replace(rows, value=None)
    return replace(rows, value=median(Decimal(figure.value or 0) for figure in known))


def together(rows: Sequence[Measurement], measure: Measure) -> Figure:
    """Return a measure over several periods as one: counts added, a rate from what was counted.

    Missing where a period has no value, or a rate lacks its numerator or denominator.
    """
    if not measure.is_rate:
        return sum_of(value(rows, measure, row) for row in rows)
    counted = sum_of(cell(row, "numerator") for row in rows)
    return _of(measure, counted, sum_of(cell(row, "denominator") for row in rows))


def _of(measure: Measure, part: Figure, whole: Figure) -> Figure:
    """Return a rate or a share to one decimal; a share of few knows its counts."""
    return _rounded(share(part, whole) if measure.is_share else part / whole, factor(measure))


def _rounded(found: Figure, times: int) -> Figure:
    if found.value is None:
        return found
    shown = (Decimal(found.value) * times).quantize(_TENTH, ROUND_HALF_UP)
    return replace(found, value=shown)


def _by_time(period: Period) -> tuple[int, int]:
    return period.last.toordinal(), _length(period)


def _length(period: Period) -> int:
    """Return how many days a period has."""
    return (period.last - period.first).days + 1


def _holds(whole: Period, part: Period) -> bool:
    return whole.first <= part.first and part.last <= whole.last


def _is_a_year(period: Period) -> bool:
    return _length(period) in _IN_A_YEAR
