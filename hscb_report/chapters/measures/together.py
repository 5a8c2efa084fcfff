"""What must hold of several measurements together."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hscb_report.chapters.measures.rows import (
    cell_told,
    measures_of,
    rows_of,
    rule_about,
    value_of,
)
from hscb_report.checks.rule import Breach, Breaches, NothingToCheck, rows_named
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.measurements import (
    Area,
    Measure,
    Measurement,
)
from hscb_report.schema.measurements import measurements as measurements_of
from hscb_report.years import Period

_MONTHS_OF_A_YEAR = 360
"""More days than these are a year, and no quarter or half of one."""


def _parts_within_wholes(data: YearData) -> Breaches:
    """Hold parts to their wholes: a measure of another, and a category of all."""
    wholes = {row.measure: row.part_of for row in data.tables[Measure] if row.part_of}
    measures, rows = measures_of(data), measurements_of(data.tables)
    by_cell = {(*row.cell, row.period): row for row in rows}
    pairs = [
        (row, by_cell[key])
        for row in rows
        if (key := (wholes.get(row.measure, ""), *row.cell[1:], row.period)) in by_cell
    ]
    pairs += [
        (row, by_cell[key])
        for row in rows
        if row.category
        and not measures[row.measure].is_rate
        and (key := (row.measure, row.area, None, None, row.period)) in by_cell
    ]
    if not pairs:
        raise NothingToCheck
    for part, whole in pairs:
        own, of_all = (value_of(measures[row.measure], row) for row in (part, whole))
        if own is not None and of_all is not None and own > of_all:
            is_told = cell_told(part, "") is not None and cell_told(whole, "") is not None
            what = (
                f", which is {of_all} ({rows_named([whole.place])})"
                if is_told
                else (f" ({rows_named([whole.place])})")
            )
            yield Breach(
                f"more than {whole.measure} of which it is a part{what}.",
                "Correct one of the two values.",
                part.place,
                "value" if part.value is not None else "numerator",
                cell_told(part, part.numerator if part.value is None else part.value),
            )


def _breakdowns_sum(data: YearData) -> Breaches:
    exhaustive = data.vocabulary(words.DIMENSION).meaning("exhaustive")
    measures, rows = measures_of(data), measurements_of(data.tables)
    whole = {(row.measure, row.area, row.period): row for row in rows if row.is_of_all}
    parts: dict[tuple[str, str, Period, str], list[Measurement]] = {}
    for row in rows:
        if row.dimension in exhaustive and not measures[row.measure].is_rate:
            parts.setdefault((row.measure, row.area, row.period, row.dimension or ""), []).append(
                row
            )
    if not parts:
        raise NothingToCheck
    for (measure, area, period, dimension), found in parts.items():
        all_of_them = whole.get((measure, area, period))
        if all_of_them is None or all_of_them.value is None:
            continue
        if not all(row.is_exact for row in (*found, all_of_them)):
            continue
        known = sum(row.value or 0 for row in found)
        is_whole = all(row.value is not None for row in found)
        # Where a category is not known, the others may come to less, and never to more.
        if known > all_of_them.value or (is_whole and known != all_of_them.value):
            yield Breach(
                f"{measure} by {dimension} ({rows_named(row.place for row in found)}) does not come "
                f"to all of them ({rows_named([all_of_them.place])}).",
                "Add the missing category (not known counts too), or correct a count.",
                found[0].place,
                "value",
            )


def _flows_add_up(data: YearData) -> Breaches:
    """Hold the number at a time's close to that at its opening, what was added and what left."""
    known = {row.measure: (row.flow, row.flow_part) for row in data.tables[Measure] if row.flow}
    found: dict[tuple[str, str, Period, str | None], dict[str, Measurement]] = {}
    for row in measurements_of(data.tables):
        flow, part = known.get(row.measure, (None, None))
        if flow and part and row.value is not None and row.is_exact:
            key = flow, row.area, row.period, row.category
            found.setdefault(key, {})[part] = row
    whole = [parts for parts in found.values() if set(parts) == set(words.FLOW_PART)]
    if not whole:
        raise NothingToCheck
    for of_time in whole:
        opening, starts, ends, closing = (of_time[part].value or 0 for part in words.FLOW_PART)
        if opening + starts - ends != closing:
            at = rows_named(of_time[part].place for part in ("opening", "starts", "ends"))
            yield Breach(
                f"the number at the opening with those added, less those that left ({at}), does "
                "not come to it.",
                "Correct one of the four numbers; they must be of one time and area.",
                of_time["closing"].place,
                "value",
                cell_told(of_time["closing"], of_time["closing"].value),
            )


def _openings_continue(data: YearData) -> Breaches:
    """Hold the number at this year's opening to the one at the close of the year before."""
    flows = {row.measure: row for row in data.tables[Measure] if row.flow}
    before = measurements_of(data.year_before.tables) if data.year_before else ()
    closed = {
        (flows[row.measure].flow, row.area, row.category): row
        for row in before
        if row.measure in flows
        and flows[row.measure].flow_part == "closing"
        and data.year_before
        and row.period == Period.of_year(data.year_before.year)
    }
    opened = [
        (row, closed[key])
        for row in measurements_of(data.tables)
        if row.measure in flows
        and flows[row.measure].flow_part == "opening"
        and row.period == Period.of_year(data.year)
        and (key := (flows[row.measure].flow, row.area, row.category)) in closed
    ]
    if not opened:
        raise NothingToCheck
    for row, last in opened:
        is_known = row.value is not None and last.value is not None
        if is_known and row.value != last.value and not row.revision:
            yield Breach(
                f"the year before closed with another number ({last.place.file} row "
                f"{last.place.row}).",
                "Correct it, or say in the column revision why it differs.",
                row.place,
                "value",
                cell_told(row, row.value),
            )


def _periods_are_apart(data: YearData) -> Breaches:
    """Hold the periods of a cell apart: none may share some days with another, and not all."""
    by_cell: dict[tuple[str, str, str | None, str | None], list[Measurement]] = {}
    for row, _ in rows_of(data):
        by_cell.setdefault(row.cell, []).append(row)
    for rows in by_cell.values():
        for number, row in enumerate(rows):
            other = next((o for o in rows[:number] if _crosses(row.period, o.period)), None)
            if stock := next((o for o in rows[:number] if _is_day_of(row.period, o.period)), None):
                yield Breach(
                    f"a day and a whole year ({stock.period}, row {stock.place.row}) in one measure.",
                    "What stood at a day and what happened in a year are two measures: declare one "
                    "for each.",
                    row.place,
                    "period",
                    str(row.period),
                )
            if other:
                yield Breach(
                    f"overlaps {other.period} (row {other.place.row}), and neither holds the other.",
                    "Give values of one kind of year: reporting years, or calendar years.",
                    row.place,
                    "period",
                    str(row.period),
                )


def _crosses(one: Period, other: Period) -> bool:
    if not one.overlaps(other) or (_is_rolling(one) and _is_rolling(other)):
        return False
    first, second = sorted((one, other), key=lambda period: period.last - period.first)
    return not (second.first <= first.first and first.last <= second.last)


def _is_day_of(one: Period, other: Period) -> bool:
    """Whether one is a day, and the other a year that holds it."""
    day, year = sorted((one, other), key=lambda period: period.last - period.first)
    is_within = year.first <= day.first and day.last <= year.last
    return day.is_a_day and (year.last - year.first).days > _MONTHS_OF_A_YEAR and is_within


def _is_rolling(period: Period) -> bool:
    """Whether it is a year up to some month, of which the next may be given a quarter later."""
    return str(period).startswith("year to ")


def _each_stands_once(data: YearData) -> Breaches:
    seen: dict[tuple[object, ...], Measurement] = {}
    for row, _ in rows_of(data):
        other = seen.setdefault((*row.cell, row.period), row)
        if other is not row:
            what = f"stands in {rows_named([other.place])} too."
            yield Breach(what, "Keep one of the two.", row.place, "measure", row.measure)


def _earlier_reports_agree(data: YearData) -> Breaches:
    """Hold what this year tells of an earlier time to what that year's own tables told.

    The Board's own area and the larger ones are facts, which rule H1 looks at; here are the others.
    """
    measures, kinds = measures_of(data), {row.area: row.kind for row in data.tables[Area]}
    known: dict[tuple[object, ...], Measurement] = {}
    for year in data.earlier:
        known |= {(*row.cell, row.period): row for row in measurements_of(year.tables)}
    for row, _ in rows_of(data):
        last = known.get((*row.cell, row.period))
        if last is None:
            continue
        is_fact = kinds.get(row.area) != "neighbour" and not row.category
        now, then = (value_of(measures[row.measure], told) for told in (row, last))
        if now is not None and then is not None and None in (row.value, last.value):
            now, then = _as_rounded(now, then)
        differs = now != then and None not in (now, then)
        if differs and not row.revision and not is_fact and not _is_own_category(row, kinds):
            yield Breach(
                f"{last.place.file} row {last.place.row} has another value.",
                "Correct it, or say in the column revision why it differs.",
                row.place,
                "value" if row.value is not None else "numerator",
                cell_told(row, row.numerator if row.value is None else row.value),
            )
        if last.is_final and not row.is_final and row.status != "not_available":
            yield Breach(
                f"said to be {row.status}, and {last.place.file} row {last.place.row} had it as "
                "final.",
                "Correct the status, or that of the earlier year.",
                row.place,
                "status",
                row.status,
                "warning",
            )


def _as_rounded(one: Decimal, other: Decimal) -> tuple[Decimal, Decimal]:
    """Return two values with as many decimals as the one of them that has fewer."""
    exponent = max(int(value.as_tuple().exponent) for value in (one, other))
    step = Decimal(1).scaleb(exponent)
    return one.quantize(step, ROUND_HALF_UP), other.quantize(step, ROUND_HALF_UP)


def _is_own_category(row: Measurement, kinds: dict[str, str]) -> bool:
    return bool(row.category) and kinds.get(row.area) == "own"


RULES = (
    rule_about("R32", "A part is never above the whole that it is a part of", _parts_within_wholes),
    rule_about("R57", "Categories of a measure sum to all of them", _breakdowns_sum),
    rule_about("R58", "Opening, starts and ends come to the closing number", _flows_add_up),
    rule_about("R59", "What one year closes with, the next opens with", _openings_continue),
    rule_about("R60", "Periods of one measurement do not overlap in part", _periods_are_apart),
    rule_about("R61", "A measurement stands in one table", _each_stands_once),
    rule_about(
        "R62",
        "What is told of an earlier year is what that year told, or is revised",
        _earlier_reports_agree,
        "error",
        Area,
    ),
)
