"""The context: rates that recompute, are plausible and in their unit; parts within wholes."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given as drawn
from hypothesis import strategies as st

from hscb_report.chapters import context
from hscb_report.chapters.context import CHAPTER
from hscb_report.schema.journey import MeasureValue
from hscb_report.schema.reference import Measure
from hscb_report.schema.settings import KINDS
from tests.made_up import only_own, placed, result_of, tables_of, with_settings, year_of

R16, R17, R32, R36 = CHAPTER.rules
FILE = "2013-14/measure_values.csv"


def measures(**cells):
    row = {"name": "A Rate", "unit": "children", "better": "lower", "definition": "A rate"}
    rows = [
        {**row, "measure": "rate", **cells},
        {**row, "measure": "whole", "name": "A Whole"},
    ]
    return only_own("reference/measures.csv", rows, Measure)


def values(*rows):
    fixed = {"measure": "rate", "area": "Here", "qualifier": "exact"}
    years = [{**fixed, "period": str(2000 + n), **row} for n, row in enumerate(rows)]
    return placed(FILE, years, MeasureValue)


def run(rule, *rows, **measure):
    measure.setdefault("per", 1000)
    tables = tables_of(measures=measures(**measure), measure_values=values(*rows))
    return result_of(rule, tables)


def rate(value, numerator=None, denominator=None, printed_per=None):
    def number(given):
        return None if given is None else Decimal(given)

    return {
        "value": number(value),
        "numerator": number(numerator),
        "denominator": number(denominator),
        "printed_per": printed_per,
    }


def places(result):
    return [(f.severity, f.file, f.row, f.column, f.found) for f in result.findings]


# A rate is its numerator by its denominator ------------------------------------------------------


def test_half_of_the_last_printed_digit_is_rounding_and_more_is_an_error_at_the_value():
    for value, within, beyond in (
        ("589", ("589.5", "588.5", "589"), ("589.51", "588.49")),
        ("589.0", ("589.05", "588.95"), ("589.051", "588.949")),
        ("61.25", ("61.255", "61.245"), ("61.2551", "61.2449")),
        ("0", ("0", "0.5"), ("0.51",)),
    ):
        for numerator in within:
            assert run(R16, rate(value, numerator, 1000)).outcome == "passed"
        for numerator in beyond:
            result = run(R16, rate(value, numerator, 1000))
            assert places(result) == [("error", FILE, 2, "value", value)]
            assert f"{numerator} of 1000" in result.findings[0].message


@drawn(
    st.integers(0, 10**5), st.integers(1, 10**6), st.integers(0, 3), st.sampled_from((100, 10_000))
)
def test_a_rate_rounded_to_any_number_of_decimals_passes(numerator, denominator, decimals, per):
    exact = Decimal(numerator) / Decimal(denominator) * per
    rounded = exact.quantize(Decimal(1).scaleb(-decimals))
    assert run(R16, rate(str(rounded), numerator, denominator), per=per).outcome == "passed"
    wrong = rounded + Decimal(2).scaleb(-decimals)
    assert run(R16, rate(str(wrong), numerator, denominator), per=per).outcome == "failed"


def test_only_the_wrong_one_of_several_rates_is_told():
    result = run(R16, rate("5", 5, 1000), rate("50", 5, 1000), rate("7"))
    assert places(result) == [("error", FILE, 3, "value", "50")]


def test_a_rate_that_cannot_be_worked_out_again_is_an_error_at_what_is_missing():
    """A numerator without a denominator, or with 0; either without a rate to be part of."""
    for row, per, column, says in (
        (rate("589", numerator=589), 1000, "denominator", "its denominator is missing or 0"),
        (rate("589", 589, 0), 1000, "denominator", "its denominator is missing or 0"),
        (rate("589", denominator=1000), 1000, "numerator", "its numerator is missing or 0"),
        (rate("589", 7, 1000), None, "denominator", "its per of the measure is missing"),
        (rate("589", 7, 1000), 0, "denominator", "its per of the measure is missing"),
    ):
        result = run(R16, row, per=per)
        assert places(result) == [("error", FILE, 2, column, None)]
        assert says in result.findings[0].message


def test_without_numerators_there_is_nothing_to_work_out():
    """As in the source, which counts and rates apart."""
    assert run(R16, rate("589")).outcome == "not_run"


# A rate is plausible, and in its unit ------------------------------------------------------------


def test_a_rate_above_its_ceiling_is_a_warning_at_the_value():
    for value in ("0", "3999.99", "4000"):
        assert run(R17, rate(value), ceiling=Decimal(4000)).outcome == "passed"
    result = run(R17, rate("1"), rate("4000.01"), ceiling=Decimal(4000))
    assert places(result) == [("warning", FILE, 3, "value", "4000.01")]
    assert "above 4000, the highest plausible for a rate" in result.findings[0].message


def test_a_share_in_percent_is_never_above_the_whole():
    """149.3 percent; another unit has no ceiling but its own."""
    assert run(R17, rate("100"), unit="percent").outcome == "passed"
    assert places(run(R17, rate("149.3"), unit="percent")) == [
        ("warning", FILE, 2, "value", "149.3")
    ]
    assert run(R17, rate("149.3"), unit="percent", ceiling=Decimal(200)).outcome == "passed"
    assert run(R17, rate("999999"), unit="children").outcome == "passed"


def test_a_rate_printed_in_another_unit_is_a_warning_at_the_unit():
    assert run(R17, rate("589", printed_per=100_000), per=100_000).outcome == "passed"
    for per, says in ((100_000, "is per 100,000"), (None, "is per 1.")):
        result = run(R17, rate("589", printed_per=10_000), per=per)
        assert places(result) == [("warning", FILE, 2, "printed_per", "10000")]
        assert "the document has a rate per 10,000;" in result.findings[0].message
        assert says in result.findings[0].message


def test_a_rate_too_high_and_in_another_unit_is_told_twice():
    result = run(R17, rate("5000", printed_per=10), ceiling=Decimal(4000))
    assert [found.column for found in result.findings] == ["value", "printed_per"]


# A part is within its whole ----------------------------------------------------------------------


def parts(part, whole, part_of="whole", **where):
    here = {"period": "2012"}
    rows = {**here, "value": Decimal(part)}, {**here, "measure": "whole", "value": Decimal(whole)}
    return run(R32, {**rows[0], **where}, rows[1], part_of=part_of)


def test_a_part_above_its_whole_is_an_error_at_the_part():
    assert parts(184_900, 184_900).outcome == "passed"
    result = parts(184_901, 184_900)
    assert places(result) == [("error", FILE, 2, "value", "184901")]
    assert "a part of whole, which is 184900 (row 3)" in result.findings[0].message


def test_a_part_is_compared_with_nothing_but_its_whole_of_that_area_and_period():
    for changed in (
        {"part_of": None},
        {"area": "There"},
        {"period": "2013"},
    ):
        assert parts(2, 1, **changed).outcome == "not_run"


def test_more_children_than_people_are_found_in_the_committed_data(after):
    (found,) = after(R32, (MeasureValue, 3, "value", "184,901"))
    assert (found.file, found.row, found.found) == (FILE, 3, "184901")


# A value is of a time ---------------------------------------------------------------------------


def test_a_value_without_a_period_is_an_error_but_where_what_is_remade_lacks_one(given):
    rows = {"value": Decimal(1), "period": "undated"}, {"value": Decimal(1)}
    tables = tables_of(measures=measures(), measure_values=values(*rows))
    for kind, expected in (
        ("publication", [("error", FILE, 2, "period", "undated")]),
        ("example", [("error", FILE, 2, "period", "undated")]),
        ("reconstruction", []),
    ):
        settings = with_settings(given, kind=kind).settings
        assert places(result_of(R36, tables, settings=settings)) == expected
    assert result_of(R36, tables).outcome == "passed"


# The facts and the table --------------------------------------------------------------------------


def facts(*rows, settings):
    tables = tables_of(measures=measures(per=100_000), measure_values=values(*rows))
    found = context.facts(year_of(tables, settings=settings))
    return {fact.id: fact for fact in found}


def test_the_value_of_the_latest_period_is_the_fact_wherever_its_row_stands(committed):
    """A row of an earlier year, added below, changes nothing."""
    here = {"area": "Herefordshire", "value": Decimal(190), "period": "2013-14"}
    before = {**here, "value": Decimal(176), "period": "2012-13"}
    for rows in ((here, before), (before, here)):
        fact = facts(*rows, settings=committed.settings)["context.rate"]
        assert (fact.text, fact.figure.value) == ("190", 190)
        assert fact.label == "A Rate: Herefordshire, 2013-14"


def test_a_value_of_another_area_is_a_fact_of_its_own(committed):
    rows = [{"area": area, "value": Decimal(1)} for area in ("Herefordshire", "West Midlands")]
    found = facts(*rows, settings=committed.settings)
    assert set(found) == {"context.rate", "context.rate_west_midlands"}


def test_values_of_earlier_periods_are_the_history_of_the_latest(committed):
    """Each with its qualifier, and with why it was told otherwise; another area's are its own."""
    now = {"area": "Herefordshire", "value": Decimal(3), "period": "2013-14", "revision": "Late"}
    before = {**now, "value": Decimal(2), "period": "2012-13", "qualifier": "over", "revision": "B"}
    rows = before, now, {**before, "area": "England"}
    found = facts(*rows, settings=committed.settings)
    fact = found["context.rate"]
    assert (str(fact.period), fact.revision, fact.prefix) == ("2013-14", "Late", "")
    assert [(str(e.period), e.figure.value, e.prefix, e.revision) for e in fact.stated] == [
        ("2012-13", 2, "over", "B")
    ]
    assert found["context.rate_england"].stated == ()


def test_only_a_reconstruction_tells_what_its_source_prints(given):
    made = values({"value": Decimal(1), "as_printed": "One", "basis": "corrected"})
    tables = tables_of(measures=measures(), measure_values=made)
    for kind in KINDS:
        data = with_settings(year_of(tables, settings=given.settings), kind=kind)
        (table,) = context.exhibits(data)
        told = [*table.notes, table.caption]
        is_remade = kind == "reconstruction"
        assert any('the source prints "One"' in text for text in told) == is_remade
        assert any("as published" in text for text in told) == is_remade


def test_a_rate_is_told_per_how_many_and_a_qualifier_with_its_value(report):
    rate_here = report.facts["context.first_time_entrant_rate"].as_json()
    assert rate_here["unit"] == "first-time entrants per 100,000"
    assert report.value("context.placed_by_other_authorities") == "over 200"
    table = report.exhibit("context-measures")
    rows = {(row[0], row[1]): row for row in table.texts()}
    assert "over" in rows["Looked-after children placed here by other authorities", "Herefordshire"]
    england = rows["Rate of first-time entrants to youth justice", "England"]
    assert england[4:] == ("464", "first-time entrants per 100,000")
    assert any('prints "464 per 10,000"' in note for note in table.notes)


def test_a_share_of_the_population_is_told_only_where_both_are_of_one_time(given):
    """Children of one year and everybody of another make no share."""
    known = {row.measure: row for row in given.tables[MeasureValue] if row.area == given.area}
    young, everybody = known["under_18"], known["population"]
    later = everybody.model_copy(update={"period": everybody.period.parse("2013-14")})
    for rows, is_told in (
        ((young, everybody), True),
        ((young, later), False),
        ((young,), False),
        ((everybody,), False),
    ):
        data = replace(given, tables=given.tables.with_rows(MeasureValue, rows))
        told = {fact.id for fact in context.facts(data)}
        assert ("context.under_18_share" in told) == is_told
