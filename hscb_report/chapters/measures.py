"""What must hold of every measurement, whichever chapter shows it. A chapter without a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from hscb_report.calculations import measurements
from hscb_report.chapters import declared_chapters
from hscb_report.checks.rule import Breach, Breaches, NothingToCheck, Rule, rows_named
from hscb_report.findings import Severity
from hscb_report.results.chapter import Chapter
from hscb_report.schema import Row, YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.measurements import (
    MEASURED,
    MEASURING,
    Area,
    Measure,
    Measurement,
    ProtectedMeasurement,
)
from hscb_report.schema.measurements import measurements as measurements_of
from hscb_report.units import PERCENT_NAMES
from hscb_report.wording import suggestion
from hscb_report.years import Period

_WHOLE = Decimal(100)


def _measures(data: YearData) -> dict[str, Measure]:
    return {row.measure: row for row in data.tables[Measure]}


def _rows(data: YearData) -> list[tuple[Measurement, Measure]]:
    """Return every measurement with its measure."""
    measures = _measures(data)
    return [(row, measures[row.measure]) for row in measurements_of(data.tables)]


def _is_percent(measure: Measure) -> bool:
    return measure.unit.lower() in PERCENT_NAMES


def _is_count(measure: Measure) -> bool:
    return measure.per is None and not _is_percent(measure)


def _is_exact(row: Measurement) -> bool:
    return row.qualifier in (None, "exact")


def _value(measure: Measure, row: Measurement) -> Decimal | None:
    """Return a measurement's value, worked out from its numerator and denominator if need be."""
    found = measurements.value((), measure, row).value
    return None if found is None else Decimal(found)


def _told(row: Measurement, text: object) -> str | None:
    """Return what a cell holds, nothing of a protected one."""
    return None if isinstance(row, ProtectedMeasurement) else str(text)


# Single measurements ------------------------------------------------------------------------


def _is_told_whole(data: YearData) -> Breaches:
    """Hold each to a value, or to what it is worked out from, or to saying that there is none."""
    for row, _ in _rows(data):
        is_worked_out = row.numerator is not None and row.denominator
        if row.status == "not_available" and (row.value is not None or is_worked_out):
            what, hint = "said to be not available, beside a value.", "Take out one of the two."
            yield Breach(what, hint, row.place, "status", row.status)
        elif row.status != "not_available" and row.value is None and not is_worked_out:
            hint = "Give it, or numerator and denominator, or the status not_available with a note."
            yield Breach("there is no value.", hint, row.place, "value")
        if (row.dimension is None) != (row.category is None):
            missing = "category" if row.category is None else "dimension"
            hint = "Give both, or leave both empty where it is of all."
            yield Breach(f"has no {missing} beside the other.", hint, row.place, missing)


def _rates_recompute(data: YearData) -> Breaches:
    counted = [(r, m) for r, m in _rows(data) if (r.numerator, r.denominator) != (None, None)]
    if not counted:
        raise NothingToCheck
    for row, measure in counted:
        yield from _rate_recomputes(row, measure)


def _rate_recomputes(row: Measurement, measure: Measure) -> Breaches:
    times = None if _is_count(measure) else measurements.factor(measure)
    if row.numerator is None or not row.denominator or not times:
        missing = "numerator" if row.numerator is None else "denominator"
        missing = missing if row.numerator is None or not row.denominator else "per of the measure"
        yield Breach(
            f"the rate cannot be worked out again: its {missing} is missing or 0.",
            "Give numerator, denominator and per, or neither numerator nor denominator.",
            row.place,
            "denominator" if row.numerator is not None else "numerator",
        )
        return
    for column in ("numerator", "denominator"):
        if getattr(row, column) < 0:
            found = _told(row, getattr(row, column))
            hint = "Correct it: nothing is counted below 0."
            yield Breach("a number of those counted is below 0.", hint, row.place, column, found)
            return
    if row.value is None:
        return
    expected = row.numerator / row.denominator * Decimal(times)
    # Half of the last printed digit is what rounding may take or add.
    tolerance = Decimal(1).scaleb(int(row.value.as_tuple().exponent)) / 2
    if abs(expected - row.value) > tolerance:
        of = (
            "numerator and denominator"
            if _told(row, "") is None
            else (f"{row.numerator} of {row.denominator}")
        )
        yield Breach(
            f"{of} give {'another value' if _told(row, '') is None else f'{expected:.2f}'}.",
            "Correct one of the three numbers; they must be of one period.",
            row.place,
            "value",
            _told(row, row.value),
        )


def _values_plausible(data: YearData) -> Breaches:
    for row, measure in _rows(data):
        if measure.ceiling is not None and row.value is not None and row.value > measure.ceiling:
            yield Breach(
                f"above {measure.ceiling}, the highest plausible for {measure.name.lower()}.",
                "Check the value and its unit.",
                row.place,
                "value",
                _told(row, row.value),
            )
        if row.printed_per is not None and row.printed_per != measure.per:
            yield Breach(
                f"the document has a rate per {row.printed_per:,}; the measure, and what it is "
                f"compared with, is per {measure.per or 1:,}.",
                "Show the printed unit beside the corrected one, or accept it with a reason.",
                row.place,
                "printed_per",
                str(row.printed_per),
            )


def _shares_within_all(data: YearData) -> Breaches:
    shares = [(row, measure) for row, measure in _rows(data) if _is_percent(measure)]
    if not shares:
        raise NothingToCheck
    for row, measure in shares:
        figure = measurements.value((), measure, row).value
        if figure is not None and not 0 <= figure <= _WHOLE:
            column = "value" if row.value is not None else "numerator"
            what = "no share of a whole: it lies outside 0 to 100 percent."
            hint = "Correct it; a change in percent is another measure, of another unit."
            yield Breach(what, hint, row.place, column, _told(row, getattr(row, column)))


def _values_are_dated(data: YearData) -> Breaches:
    """Hold every value to a period; a reconstruction may lack one, as what it remakes does."""
    may_lack_it = data.settings is None or data.is_reconstruction
    for row, _ in _rows(data):
        if not (may_lack_it or row.period.is_dated):
            hint = "Say what period, or which day, it is of: ask whoever gave it."
            yield Breach("a value without a period.", hint, row.place, "period", str(row.period))


# Several measurements -----------------------------------------------------------------------


def _parts_within_wholes(data: YearData) -> Breaches:
    """Hold parts to their wholes: a measure of another, and a category of all."""
    wholes = {row.measure: row.part_of for row in data.tables[Measure] if row.part_of}
    measures, rows = _measures(data), measurements_of(data.tables)
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
        and _is_count(measures[row.measure])
        and (key := (row.measure, row.area, None, None, row.period)) in by_cell
    ]
    if not pairs:
        raise NothingToCheck
    for part, whole in pairs:
        own, of_all = (_value(measures[row.measure], row) for row in (part, whole))
        if own is not None and of_all is not None and own > of_all:
            is_told = _told(part, "") is not None and _told(whole, "") is not None
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
                _told(part, part.numerator if part.value is None else part.value),
            )


def _breakdowns_sum(data: YearData) -> Breaches:
    exhaustive = data.vocabulary(words.DIMENSION).meaning("exhaustive")
    measures, rows = _measures(data), measurements_of(data.tables)
    whole = {(row.measure, row.area, row.period): row for row in rows if row.is_of_all}
    parts: dict[tuple[str, str, Period, str], list[Measurement]] = {}
    for row in rows:
        if row.dimension in exhaustive and _is_count(measures[row.measure]):
            parts.setdefault((row.measure, row.area, row.period, row.dimension or ""), []).append(
                row
            )
    if not parts:
        raise NothingToCheck
    for (measure, area, period, dimension), found in parts.items():
        all_of_them = whole.get((measure, area, period))
        if all_of_them is None or all_of_them.value is None:
            continue
        if not all(map(_is_exact, [*found, all_of_them])):
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
        if flow and part and row.value is not None and _is_exact(row):
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
                _told(of_time["closing"], of_time["closing"].value),
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
                _told(row, row.value),
            )


def _periods_are_apart(data: YearData) -> Breaches:
    """Hold the periods of a cell apart: none may share some days with another, and not all."""
    by_cell: dict[tuple[str, str, str | None, str | None], list[Measurement]] = {}
    for row, _ in _rows(data):
        by_cell.setdefault(row.cell, []).append(row)
    for rows in by_cell.values():
        for number, row in enumerate(rows):
            other = next((o for o in rows[:number] if _crosses(row.period, o.period)), None)
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


def _is_rolling(period: Period) -> bool:
    """Whether it is a year up to some month, of which the next may be given a quarter later."""
    return str(period).startswith("year to ")


def _each_stands_once(data: YearData) -> Breaches:
    seen: dict[tuple[object, ...], Measurement] = {}
    for row, _ in _rows(data):
        other = seen.setdefault((*row.cell, row.period), row)
        if other is not row:
            what = f"stands in {rows_named([other.place])} too."
            yield Breach(what, "Keep one of the two.", row.place, "measure", row.measure)


def _earlier_reports_agree(data: YearData) -> Breaches:
    """Hold what this year tells of an earlier time to what that year's own tables told.

    The Board's own area and the larger ones are facts, which rule H1 looks at; here are the others.
    """
    measures, kinds = _measures(data), {row.area: row.kind for row in data.tables[Area]}
    known: dict[tuple[object, ...], Measurement] = {}
    for year in data.earlier:
        known |= {(*row.cell, row.period): row for row in measurements_of(year.tables)}
    for row, _ in _rows(data):
        last = known.get((*row.cell, row.period))
        if last is None:
            continue
        is_fact = kinds.get(row.area) != "neighbour" and not row.category
        now, then = (_value(measures[row.measure], told) for told in (row, last))
        if now is not None and then is not None and None in (row.value, last.value):
            now, then = _as_rounded(now, then)
        differs = now != then and None not in (now, then)
        if differs and not row.revision and not is_fact and not _is_own_category(row, kinds):
            yield Breach(
                f"{last.place.file} row {last.place.row} has another value.",
                "Correct it, or say in the column revision why it differs.",
                row.place,
                "value" if row.value is not None else "numerator",
                _told(row, row.numerator if row.value is None else row.value),
            )
        if _is_final(last) and not _is_final(row) and row.status != "not_available":
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


def _is_final(row: Measurement) -> bool:
    return row.status in (None, "final")


def _is_own_category(row: Measurement, kinds: dict[str, str]) -> bool:
    return bool(row.category) and kinds.get(row.area) == "own"


# What is declared of measures and areas -----------------------------------------------------


def _measures_belong(data: YearData) -> Breaches:
    """Hold each measure to a chapter that shows measures, and a flow to one measure a part."""
    showing = {chapter.name for chapter in declared_chapters().chapters if chapter.measured}
    parts: dict[tuple[str, str], Measure] = {}
    for row in data.tables[Measure]:
        first = parts.setdefault((row.flow or "", row.flow_part or ""), row)
        if row.flow and row.flow_part and first is not row:
            what = f"{first.measure} is this part of {row.flow} already (row {first.place.row})."
            hint = "Give one of them another part or flow, or a single measure of both together."
            yield Breach(what, hint, row.place, "flow_part", row.flow_part)
        if row.chapter not in showing:
            hint = suggestion(row.chapter, showing)
            yield Breach("this chapter shows no measures.", hint, row.place, "chapter", row.chapter)
        if (row.flow is None) != (row.flow_part is None):
            missing = "flow" if row.flow is None else "flow_part"
            hint = "Give both: the name that the four measures share, and which of them it is."
            yield Breach(f"has no {missing} beside the other.", hint, row.place, missing)


def _names_differ(data: YearData) -> Breaches:
    """Hold measures to names that differ, since a reader tells their tables apart by them."""
    seen: dict[tuple[str, str], Measure] = {}
    for row in data.tables[Measure]:
        first = seen.setdefault((row.chapter, row.name), row)
        if first is not row:
            what = f"printed as {first.measure} is (row {first.place.row})."
            yield Breach(what, "Give one of them another name.", row.place, "name", row.name)


def _own_area_is_the_boards(data: YearData) -> Breaches:
    own = [row for row in data.tables[Area] if row.kind == "own"]
    if data.settings is None:
        raise NothingToCheck
    if [row.area for row in own] == [data.area]:
        return
    for row in (row for row in own if row.area != data.area):
        what = f'the Board\'s own area is "{data.area}" (board.toml).'
        yield Breach(what, "Correct the name, or the kind.", row.place, "area", row.area)
    if not own:
        hint = f'Say so in the row of "{data.area}", or add it.'
        what = "no area is of the kind own."
        yield Breach(what, hint, data.tables[Area][0].place, "kind")


def _protected_stand_apart(data: YearData) -> Breaches:
    measures = _measures(data)
    kinds = {row.area: row.kind for row in data.tables[Area]}
    for row in _misplaced(data.tables[Measurement], measures, "yes"):
        if kinds.get(row.area) in ("own", "part"):
            what = "counts of this measure are protected (reference/measures.csv)."
            hint = "Move the row to protected_measurements.csv."
            yield Breach(what, hint, row.place, "measure", row.measure)
    for row in _misplaced(data.tables[ProtectedMeasurement], measures, "no"):
        what = "counts of this measure are not protected (reference/measures.csv)."
        hint = "Move the row to measurements.csv, or say protected there."
        yield Breach(what, hint, row.place, "measure", row.measure)


def _misplaced(
    rows: Iterable[Measurement], measures: dict[str, Measure], protected: str
) -> Iterator[Measurement]:
    return (row for row in rows if measures[row.measure].protected == protected)


def _rule(
    code: str,
    title: str,
    check: Callable[[YearData], Breaches],
    severity: Severity = "error",
    *others: type[Row],
) -> Rule:
    """Return a rule about measurements, which either table may hold, and about `others`."""
    return Rule(code, title, severity, (Measure,), check, may_be_empty=(*others, *MEASURED))


CHAPTER = Chapter(
    name="measures",
    title="Measures",
    reads=MEASURING,
    rules=(
        _rule(
            "R16", "A rate is its numerator by its denominator, within rounding", _rates_recompute
        ),
        _rule(
            "R17",
            "A value is plausible, and in the unit that its measure and benchmark have",
            _values_plausible,
            "warning",
        ),
        _rule("R32", "A part is never above the whole that it is a part of", _parts_within_wholes),
        _rule("R36", "A value is of a period or a day", _values_are_dated),
        _rule("R55", "A measurement has a value, or says that there is none", _is_told_whole),
        _rule("R56", "A share lies between 0 and 100 percent", _shares_within_all),
        _rule("R57", "Categories of a measure sum to all of them", _breakdowns_sum),
        _rule("R58", "Opening, starts and ends come to the closing number", _flows_add_up),
        _rule("R59", "What one year closes with, the next opens with", _openings_continue),
        _rule("R60", "Periods of one measurement do not overlap in part", _periods_are_apart),
        _rule("R61", "A measurement stands in one table", _each_stands_once),
        _rule(
            "R62",
            "What is told of an earlier year is what that year told, or is revised",
            _earlier_reports_agree,
            "error",
            Area,
        ),
        Rule(
            "R63",
            "A measure names a chapter that shows measures",
            "error",
            (Measure,),
            _measures_belong,
        ),
        Rule(
            "R64",
            "Measures of a chapter have names that differ",
            "error",
            (Measure,),
            _names_differ,
        ),
        Rule(
            "R65",
            "The Board's own area is the one of its settings",
            "error",
            (Area,),
            _own_area_is_the_boards,
        ),
        _rule(
            "R66",
            "Protected counts stand in their own table",
            _protected_stand_apart,
            "error",
            Area,
        ),
    ),
)
