"""What is made of a chapter's measures: their numbers, at a glance, over time, and broken down."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from hscb_report.figures import Figure
from hscb_report.results import measure_tables
from hscb_report.results import measured as of
from hscb_report.results.exhibit import Quantity
from hscb_report.schema import vocabularies as words
from hscb_report.schema.settings import KINDS
from tests.made_up import AREAS, earlier_year, measured, with_settings, year_of

BOTH = {"dimension": "sex"}
GIRLS = {**BOTH, "category": "female"}
BOYS = {**BOTH, "category": "male"}
LONG = {"definition": "Children with a plan."}


def number(value):
    return None if value is None else Decimal(str(value))


def told(value=None, **said):
    """Return the cells of a measurement; it is here, of the year, where nothing else is said."""
    return {"value": number(value), **said}


def series(values, area="Here", first=2013, **said):
    """Return measurements of an area, of the year that begins in `first` and those before it."""
    return [
        told(value, area=area, period=f"{year}-{(year + 1) % 100:02d}", **said)
        for year, value in zip(range(first, 0, -1), values, strict=False)
    ]


def year(*values, earlier=(), **known):
    return year_of(measured(*values, **known), earlier=tuple(earlier))


def facts(data, chapter="context"):
    return {fact.id: fact for fact in of.facts(data, chapter)}


def exhibits(data, chapter="context"):
    return {found.label: found for found in measure_tables.exhibits(data, chapter)}


def at_a_glance(data):
    """Return each row of the table of all measures, by the headings of its columns."""
    found = exhibits(data)["context-measures"]
    headings = [column.heading for column in found.columns]
    return [dict(zip(headings, row, strict=True)) for row in found.texts()]


# Whether there is anything ----------------------------------------------------------------------


def test_a_chapter_is_measured_where_a_measure_that_names_it_has_a_measurement():
    measures = {}, {"measure": "visits", "name": "Visits", "chapter": "performance"}
    data = year(told(1), measures=measures)
    assert of.is_measured(data, "context")
    assert not of.is_measured(data, "performance")
    assert not of.is_measured(year(), "context")
    hidden = year(protected=[told(1)])
    assert of.is_measured(hidden, "context")


def test_without_measures_there_is_a_table_without_rows_and_nothing_else():
    """A chapter's page may name it in any year."""
    data = year()
    assert facts(data) == {}
    (only,) = measure_tables.exhibits(data, "child_deaths")
    assert (only.label, only.rows) == ("child-deaths-measures", ())


def test_each_chapter_shows_its_own_measures_alone():
    measures = {}, {"measure": "visits", "name": "Visits", "chapter": "performance"}
    data = year(told(1), told(2, measure="visits"), measures=measures)
    assert set(facts(data)) == {"context.plans"}
    assert set(facts(data, "performance")) == {"performance.visits"}
    assert at_a_glance(data)[0]["Measure"] == "Plans"


# Facts ------------------------------------------------------------------------------------------


def test_the_value_of_the_latest_time_is_the_fact_wherever_its_row_stands():
    here, before = told(190), told(176, period="2012-13")
    for rows in ((here, before), (before, here)):
        fact = facts(year(*rows))["context.plans"]
        assert (fact.text, fact.label) == ("190", "Plans: Here, 2013-14")
        assert [str(earlier.period) for earlier in fact.stated] == ["2012-13"]


def test_values_of_earlier_periods_are_the_history_of_the_latest_of_their_own_area():
    """Each with its qualifier, and with why it was told otherwise."""
    now = told(3, revision="Late")
    before = told(2, period="2012-13", qualifier="over", revision="B")
    found = facts(year(before, now, {**before, "area": "England"}))
    fact = found["context.plans"]
    assert (str(fact.period), fact.revision, fact.prefix) == ("2013-14", "Late", "")
    assert [(str(e.period), e.figure.value, e.prefix, e.revision) for e in fact.stated] == [
        ("2012-13", 2, "over", "B")
    ]
    assert found["context.plans_england"].stated == ()


def test_areas_and_categories_are_facts_of_their_own_but_for_a_single_neighbour():
    """Also a part of the area, the region and any other; a category of the Board's area alone."""
    areas = {**AREAS, "The Hills": "part", "Next Door": "other"}
    values = [told(1, area=area, **of) for area in areas for of in ({}, GIRLS)]
    assert set(facts(year(*values, areas=areas))) == {
        "context.plans",
        "context.plans_female",
        *(f"context.plans_{area}" for area in ("the_hills", "next_door", "the_north", "england")),
    }


def test_a_fact_says_of_which_category_area_and_time_it_is_and_whether_it_is_final():
    values = told(1, **GIRLS), told(2, status="provisional"), told(3, area="England")
    labels = [fact.label for fact in facts(year(*values)).values()]
    assert labels == [
        "Plans, female: Here, 2013-14",
        "Plans: Here, 2013-14, provisional",
        "Plans: England, 2013-14",
    ]
    for status in ("final", None):
        assert facts(year(told(1, status=status)))["context.plans"].label == "Plans: Here, 2013-14"


def test_a_value_that_is_not_exact_says_so_and_one_of_another_definition_does_not_compare():
    fact = facts(year(told(200, qualifier="over", definition_changed="Also unborn children")))
    assert fact["context.plans"].text == "over 200"
    assert fact["context.plans"].counted_anew == "Also unborn children"
    assert facts(year(told(200, qualifier="exact")))["context.plans"].text == "200"


def test_a_value_is_worked_out_where_none_is_told_and_missing_where_there_is_none():
    rate = told(numerator=151, denominator=36_100)
    data = year(rate, told(status="not_available", area="England"), measures=[{"per": 10_000}])
    found = facts(data)
    assert found["context.plans"].text == "41.8"
    assert found["context.plans"].unit.name == "children per 10,000"
    assert found["context.plans_england"].text == "not stated"
    assert found["context.plans_england"].figure.files == ("2013-14/measurements.csv",)


def test_a_protected_count_rests_on_its_own_table():
    found = facts(year(told(9, area="England"), protected=[told(3)]))
    assert found["context.plans"].figure.files == ("2013-14/protected_measurements.csv",)
    assert found["context.plans_england"].figure.files == ("2013-14/measurements.csv",)


# At a glance ------------------------------------------------------------------------------------


def test_each_measure_is_told_with_the_year_before_the_change_and_the_larger_areas():
    values = (
        *series((42, 40)),
        *series((45, 44), "England"),
        *series((41, 39), "The North"),
        *series((11,), "Nearby"),
    )
    measures = [{"target": number(41), "per": 10_000}]
    assert at_a_glance(year(*values, measures=measures)) == [
        {
            "Measure": "Plans per 10,000",
            "Value": "42",
            "A year before": "40",
            "Change": "+2, worse",
            "Target": "at most 41: not met",
            "The North": "41",
            "England": "45",
        }
    ]


def test_what_no_measure_has_is_no_column():
    (row,) = at_a_glance(year(told(42)))
    assert set(row) == {"Measure", "Value"}


def test_the_year_before_may_be_told_by_the_earlier_report_alone():
    data = year(told(42), earlier=[earlier_year(2012, told(40))])
    (row,) = at_a_glance(data)
    assert (row["A year before"], row["Change"]) == ("40", "+2, worse")


@pytest.mark.parametrize(
    ("better", "now", "before", "change"),
    [
        ("lower", 3, 5, "−2, better"),
        ("lower", 5, 3, "+2, worse"),
        ("higher", 3, 5, "−2, worse"),
        ("higher", 5, 3, "+2, better"),
        ("neither", 5, 3, "+2"),
        ("lower", 3, 3, "no change"),
        ("higher", 0, -2, "+2, better"),
    ],
)
def test_a_change_is_better_or_worse_by_what_is_declared(better, now, before, change):
    data = year(*series((now, before)), measures=[{"better": better}])
    assert at_a_glance(data)[0]["Change"] == change


def test_what_is_not_dated_has_no_year_before():
    """Least of all itself."""
    (row,) = at_a_glance(year(told(9, period="undated")))
    assert set(row) == {"Measure", "Value"}


def test_what_is_counted_otherwise_is_no_change():
    values = told(9, definition_changed="Also unborn"), told(3, period="2012-13")
    assert at_a_glance(year(*values))[0]["Change"] == "counted otherwise"


@pytest.mark.parametrize("lacking", [0, 1])
def test_where_a_value_is_not_available_it_says_so_and_there_is_no_change_in_numbers(lacking):
    values = series((9, 3))
    values[lacking] |= {"value": None, "status": "not_available"}
    (row,) = at_a_glance(year(*values))
    assert row[("Value", "A year before")[lacking]] == "not available"
    assert row.get("Change", "no figure") == "no figure"


@pytest.mark.parametrize(
    ("better", "target", "value", "text"),
    [
        ("lower", 5, 4, "at most 5: met"),
        ("lower", 5, 5, "at most 5: met"),
        ("lower", 5, "5.1", "at most 5: not met"),
        ("higher", 95, 95, "at least 95%: met"),
        ("higher", 95, "94.9", "at least 95%: not met"),
        ("lower", 0, 0, "at most 0: met"),
    ],
)
def test_a_target_is_met_by_what_is_declared_to_be_better(better, target, value, text):
    unit = "percent" if "%" in text else "children"
    measures = [{"better": better, "target": number(target), "unit": unit}]
    assert at_a_glance(year(told(value), measures=measures))[0]["Target"] == text


@pytest.mark.parametrize(
    ("better", "qualifier", "value", "ends"),
    [
        ("lower", "over", 200, ": not met"),
        ("lower", "over", 300, ": not met"),
        ("lower", "over", 150, " 200"),
        ("higher", "over", 200, ": met"),
        ("higher", "over", 150, " 200"),
        ("lower", "approximately", 190, " 200"),
        ("higher", "approximately", 210, " 200"),
    ],
)
def test_of_a_value_that_is_not_exact_a_target_is_met_only_where_that_is_sure(
    better, qualifier, value, ends
):
    """Over 200 are not at most 200."""
    measures = [{"better": better, "target": number(200)}]
    (row,) = at_a_glance(year(told(value, qualifier=qualifier), measures=measures))
    assert row["Target"].endswith(ends)


def test_a_target_of_a_measure_of_which_neither_is_better_is_told_nowhere():
    measures = [{"better": "neither", "target": number(3)}]
    data = year(*series((5, 4, 3)), measures=measures)
    assert "Target" not in at_a_glance(data)[0]
    trend = exhibits(data)["trend-plans"]
    assert trend.trend.target is None
    assert not any("target" in note for note in trend.notes)


def test_a_value_says_what_it_is_in_its_unit():
    for said, unit, text in (
        ({}, {}, "1,234.5"),
        ({"qualifier": "over"}, {}, "over 1,234.5"),
        ({"status": "provisional"}, {}, "1,234.5 (provisional)"),
        ({"status": "estimated", "qualifier": "approximately"}, {"unit": "pounds"}, None),
        ({"status": "final", "qualifier": "exact"}, {"unit": "pounds"}, "£1,234.50"),
    ):
        (row,) = at_a_glance(year(told("1234.50", **said), measures=[unit]))
        assert row["Value"] == text or text is None
    assert row["Value"] == "£1,234.50"
    inexact = told("-1234.50", qualifier="approximately", status="estimated")
    (row,) = at_a_glance(year(inexact, measures=[{"unit": "pounds"}]))
    assert row["Value"] == "approximately −£1,234.50 (estimated)"


def test_a_part_of_the_area_has_a_row_of_its_own_and_comparators_have_none():
    areas = {**AREAS, "The Hills": "part"}
    values = told(3, area="The Hills"), told(9), told(2, area="Nearby"), told(1, area="England")
    rows = at_a_glance(year(*values, areas=areas))
    assert [(row["Measure"], row["Value"]) for row in rows] == [
        ("Plans", "9"),
        ("Plans: The Hills", "3"),
    ]


def test_a_measure_of_comparators_alone_is_not_at_a_glance_but_over_time():
    data = year(*series((5, 4), "England"))
    assert at_a_glance(data) == []
    assert [row[0] for row in exhibits(data)["trend-plans"].texts()] == ["England"]


def test_only_a_reconstruction_tells_what_its_source_prints(committed):
    tables = measured(told(1, as_printed="One", basis="corrected"), told(2, period="2012-13"))
    for kind in KINDS:
        data = with_settings(year_of(tables, settings=committed.settings), kind=kind)
        shown = exhibits(data)
        glance, trend = shown["context-measures"], shown["trend-plans"]
        is_remade = kind == "reconstruction"
        assert any('printed as "One"' in note for note in glance.notes) == is_remade
        assert any('printed as "One"' in note for note in trend.notes) == is_remade
        assert ("as published" in glance.caption) == is_remade
        assert ("2013-14" in glance.caption) or is_remade


def test_the_committed_measures_are_told_beside_the_country(report):
    table = report.exhibit("context-measures")
    headings = [column.heading for column in table.columns]
    rows = {row[0]: dict(zip(headings, row, strict=True)) for row in table.texts()}
    placed_here = rows["Looked-after children placed here by other authorities (undated)"]
    assert placed_here["Value"] == "over 200"
    named = "Rate of first-time entrants to youth justice per 100,000 (year to September 2013)"
    rate = rows[named]
    assert (rate["Value"], rate["England"]) == ("589", "464")
    assert any('England: printed as "464 per 10,000"' in note for note in table.notes)
    fact = report.facts["context.first_time_entrant_rate"].as_json()
    assert fact["unit"] == "first-time entrants per 100,000"


# Over time --------------------------------------------------------------------------------------


def trend(*values, measures=({},), **known):
    return exhibits(year(*values, measures=measures, **known)).get("trend-plans")


SEVERAL = ("plans", "referrals", "visits", "checks")


def several(*names):
    """Return the tables of measures of our area alone, three years of each: 30, 20, 10."""
    measures = [{"measure": name, "name": name.capitalize()} for name in names]
    values = [v for name in names for v in series((30, 20, 10), measure=name)]
    return exhibits(year(*values, measures=measures))


def test_three_measures_or_more_of_our_area_alone_are_one_table_instead_of_charts():
    for count, labels in (
        (2, {"trend-plans", "trend-referrals"}),
        (3, {"alone-context"}),
        (4, {"alone-context"}),
    ):
        found = several(*SEVERAL[:count])
        assert {*found} - {"context-measures"} == labels
    table = found["alone-context"]
    assert table.texts()[0] == ("Plans", "10", "20", "30")
    assert table.caption == "Measures of Here alone, 2011-12 to 2013-14"
    assert table.title == "All 4 measures were higher than in 2011-12"
    assert table.group == "trends-context"
    assert [note.partition(". ")[0] for note in table.notes] == [c.capitalize() for c in SEVERAL]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([*series((3, 2, 1)), told(1, area="England")], {}),
        (series((3, 2, 1)), {"target": number(5), "better": "lower"}),
        ([told(3, definition_changed="Anew"), *series((2, 1), first=2012)], {}),
    ],
)
def test_what_is_held_against_something_keeps_its_chart(values, said):
    """Another area, a target, or a time from which on it is counted otherwise."""
    rows = [v for name in SEVERAL[1:] for v in series((30, 20, 10), measure=name)]
    measures = [said, *({"measure": name, "name": name} for name in SEVERAL[1:])]
    found = exhibits(year(*values, *rows, measures=measures))
    assert {"trend-plans", "alone-context"} <= {*found}
    assert [row[0] for row in found["alone-context"].texts()] == [*SEVERAL[1:]]


def test_measures_of_other_times_have_tables_of_their_own():
    days = [
        told(value, measure=name, period=f"{first}-M03-31")
        for name in ("a", "b", "c")
        for first, value in ((2014, 5), (2013, 6))
    ]
    names = ("plans", "referrals", "visits", "a", "b", "c")
    years = [v for name in names[:3] for v in series((30, 20), measure=name)]
    measures = [{"measure": name, "name": name} for name in names]
    found = exhibits(year(*years, *days, measures=measures))
    assert [row[0] for row in found["alone-context"].texts()] == [*names[:3]]
    assert [row[0] for row in found["alone-context-2"].texts()] == ["a", "b", "c"]
    said = "None of the 3 measures was higher than on 31 March 2013"
    assert found["alone-context-2"].title == said


def test_what_is_not_exact_is_not_told_to_have_risen():
    values = [v for name in SEVERAL for v in series((30, 20), measure=name)]
    values[0] |= {"qualifier": "over"}
    values[3] |= {"value": None, "status": "not_available"}
    measures = [{"measure": name, "name": name} for name in SEVERAL]
    table = exhibits(year(*values, measures=measures))["alone-context"]
    assert table.title == "Both measures were higher than in 2012-13"
    assert table.texts()[0] == ("plans", "20", "over 30")


def test_a_trend_has_the_years_as_columns_and_the_areas_as_rows_ours_first():
    values = (
        *series((45, 44, 43), "England"),
        *series((41,), "The North"),
        *series((5, None, 7, 8), first=2013),
    )
    values = [v for v in values if v["value"] is not None]
    found = trend(*values)
    assert [column.heading for column in found.columns] == [
        *("Area", "2010-11", "2011-12", "2012-13", "2013-14"),
    ]
    assert found.texts() == (
        ("Here", "8", "7", "no figure", "5"),
        ("The North", "no figure", "no figure", "no figure", "41"),
        ("England", "no figure", "43", "44", "45"),
    )
    assert found.trend.kinds == ("own", "region", "nation")
    assert found.caption == "Plans, 2010-11 to 2013-14"
    assert found.group == "trends-context"


def test_where_counts_are_few_the_years_are_also_told_together():
    """A large area beside ours too; the median of sums would be no sum of medians."""
    beside = (*series((45, 44, 43), "England"), *series((9, 8, 7), "Nearby"))
    found = trend(*series((5, 0, 19)), *beside)
    assert found.columns[-1].heading == found.trend.together == "All of them together"
    assert {row[0]: row[-1] for row in found.texts()} == {
        "Here": "24",
        "Nearby": "24",
        "England": "132",
    }
    for values in ((5, 0, 20), (5, 0)):
        assert trend(*series(values), *beside).trend.together == ""


def test_a_rate_of_few_is_worked_out_of_all_years_together():
    """From what was counted in all of them, and not as a mean of rates."""
    rates = [{"numerator": number(n), "denominator": number(1000 * n)} for n in (1, 2, 3)]
    values = [v | rate for v, rate in zip(series(("10.0", "10.0", "10.0")), rates, strict=True)]
    values[0] |= {"value": number(50), "denominator": number(200)}
    found = trend(*values, measures=[{"per": 10_000}])
    assert found.texts()[0][-1] == "11.5"  # 6 of 5,200
    values[0] |= {"numerator": None, "denominator": None}
    assert trend(*values, measures=[{"per": 10_000}]).trend.together == ""


def test_a_trend_has_five_years_at_most_those_of_earlier_reports_among_them():
    """A year that both tell is as the later one has it."""
    first = earlier_year(2011, *series((8, 7, 6, 5), first=2011))
    second = earlier_year(2012, *series((9, 88), first=2012))
    found = trend(told(10), earlier=[first, second])
    assert found.texts() == (("Here", "6", "7", "88", "9", "10"),)
    assert [column.heading for column in found.columns][1:] == [
        *("2009-10", "2010-11", "2011-12", "2012-13", "2013-14"),
    ]


def test_a_single_value_is_no_trend_and_two_areas_of_one_time_are():
    assert trend(told(1)) is None
    assert trend(told(1), told(2, **GIRLS)) is None
    found = trend(told(1), told(2, area="England"))
    assert found.caption == "Plans, 2013-14"
    assert found.texts() == (("Here", "1"), ("England", "2"))


def test_a_trend_ends_with_the_time_of_our_own_value_and_is_of_times_alike():
    """What others are told of later, of quarters and of days, does not come between."""
    values = (
        *series((5, 4), first=2012),
        told(9, area="England"),
        told(8, area="England", period="2012-13"),
        told(1, period="2013-M03-31"),
        told(1, period="2012-M04 to 2012-M06"),
        told(1, period="2012"),
    )
    assert trend(*values).texts() == (("Here", "4", "5"), ("England", "no figure", "8"))


def test_neighbours_have_their_median_between_ours_and_theirs_where_three_are_known():
    neighbours = ("Nearby", "Elsewhere", "Yonder")
    values = [
        row
        for name, numbers in zip(neighbours, ((3, 1), (4, 2), (9, 5)), strict=True)
        for row in series(numbers, name)
    ]
    found = trend(*series((6, 6)), *values, *series((7,), "England"))
    assert [row[0] for row in found.texts()] == [
        *("Here", "Statistical neighbours (median of 3)", *neighbours, "England"),
    ]
    assert found.texts()[1][1:] == ("2", "4")
    assert found.trend.kinds == ("own", "middle", *["neighbour"] * 3, "nation")
    assert not any("median" in row[0] for row in trend(*series((6,)), *values[:4]).texts())


def test_the_median_says_of_how_many_only_where_that_is_one_number():
    """Of four this year and three last year; one that is not available is not counted."""
    areas = {**AREAS, "Further": "neighbour"}
    values = [told(n, area=area) for n, area in enumerate(areas) if areas[area] == "neighbour"]
    before = [{**row, "period": "2012-13"} for row in values]
    last = before[-1] | {"value": None, "status": "not_available"}
    for rows, name in (
        ((*values, *before), "Statistical neighbours (median of 4)"),
        ((*values, *before[:-1]), "Statistical neighbours (median)"),
        ((*values, *before[:-1], last), "Statistical neighbours (median)"),
    ):
        found = trend(told(1), *rows, areas=areas)
        assert found.texts()[1][0] == name


def test_values_that_are_not_exact_not_final_or_not_available_say_so_where_they_stand():
    values = series((5, 4, 3, 2))
    values[0] |= {"status": "provisional"}
    values[1] |= {"qualifier": "over"}
    values[2] |= {"value": None, "status": "not_available"}
    found = trend(*values, measures=[{"unit": "percent"}])
    assert found.texts() == (("Here", "2%", "not available", "over 4%", "5% (provisional)"),)
    assert [type(cell) for cell in found.rows[0][1:]] == [Figure, str, Quantity, Quantity]


def test_every_value_of_a_table_has_as_many_decimals_as_any_of_them():
    """41.0 beside 40.5, which one would else take for a rounder number."""
    found = trend(*series((41, "40.50", 7)), measures=[{"unit": "percent"}])
    assert found.texts() == (("Here", "7.00%", "40.50%", "41.00%"),)
    assert trend(*series((41, 40))).texts() == (("Here", "40", "41"),)
    found = trend(*series((41, "40.5")), measures=[{"unit": "pounds"}])
    assert found.texts() == (("Here", "£40.50", "£41"),)
    values = series((41, "40.5"), status="provisional")
    assert trend(*values).texts() == (("Here", "40.5 (provisional)", "41.0 (provisional)"),)


def test_the_notes_say_what_is_counted_the_better_direction_and_the_target():
    measures = [{**LONG, "better": "higher", "target": number(90), "unit": "percent"}]
    assert trend(*series((5, 4)), measures=measures).notes == (
        "Children with a plan.",
        "Higher is better. The target is at least 90%.",
    )
    measures = [{"better": "neither", "per": 10_000}]
    assert trend(*series((5, 4)), measures=measures).notes == (
        "Children with a plan. In children per 10,000.",
    )


def test_breaks_and_revisions_are_marked_and_told():
    values = series((5, 4, 3))
    values[1] |= {"definition_changed": "Also unborn children."}
    values[2] |= {"revision": "Recounted"}
    found = trend(*values)
    assert found.trend.breaks == ("2012-13",)
    assert found.notes[2:] == (
        "Here is counted otherwise from 2012-13 on, so earlier values do not compare: "
        "Also unborn children.",
        "Revised: Here, 2011-12. Recounted.",
    )


def test_a_break_is_at_its_column_in_whatever_words_its_time_is_told():
    """The year to March 2014 stands under 2013-14, as the others' values do."""
    values = (
        *series((9, 8), "England"),
        told(3, period="year to March 2014", definition_changed="Anew"),
        told(2, period="2012-13"),
    )
    found = trend(*values)
    assert found.trend.breaks == ("2013-14",)
    assert set(found.trend.breaks) <= {column.heading for column in found.columns}


def test_a_break_elsewhere_is_told_and_does_not_break_ours():
    values = [*series((5, 4)), *series((5, 4), "England")]
    values[2] |= {"definition_changed": "Anew"}
    found = trend(*values)
    assert found.trend.breaks == ()
    assert any("England is counted otherwise from 2013-14 on" in note for note in found.notes)


def test_an_area_that_an_earlier_year_alone_tells_of_stands_in_the_table():
    data = year(*series((5,)), earlier=[earlier_year(2012, told(3, area="England"))])
    assert exhibits(data)["trend-plans"].texts() == (
        ("Here", "no figure", "5"),
        ("England", "3", "no figure"),
    )


def test_a_measure_that_only_an_earlier_year_tells_of_is_not_shown():
    assert set(exhibits(year(earlier=[earlier_year(2012, *series((5, 4)))]))) == {
        "context-measures"
    }


# In the course of the year ----------------------------------------------------------------------


def test_quarters_of_the_year_stand_under_each_other_in_their_order():
    quarters = ("2013-M10 to 2013-M12", "2013-M04 to 2013-M06", "2013-M07 to 2013-M09")
    values = [told(n, period=text) for n, text in enumerate(quarters)]
    found = exhibits(year(told(12), *values))["in-year-plans"]
    assert found.caption == "Plans: Here, in the course of 2013-14"
    assert found.texts() == (
        ("April 2013 to June 2013", "1"),
        ("July 2013 to September 2013", "2"),
        ("October 2013 to December 2013", "0"),
    )
    assert "in-year-plans" not in exhibits(year(told(12), *values[:2]))
    elsewhere = [{**row, "area": "England"} for row in values]
    assert "in-year-plans" not in exhibits(year(told(12), *elsewhere))


# By category ------------------------------------------------------------------------------------


def breakdown(*values, measures=({},), **known):
    return exhibits(year(*values, measures=measures, **known)).get("breakdown-plans-sex")


def by_sex(*pairs, first=2013, **said):
    girls, boys = zip(*pairs, strict=True)
    return [*series(girls, first=first, **GIRLS, **said), *series(boys, first=first, **BOYS)]


def test_a_breakdown_has_the_categories_in_their_order_then_all_of_them():
    values = [*by_sex((30, 40), (31, 41)), *series((70, 72))]
    found = breakdown(*reversed(values))
    assert [column.heading for column in found.columns] == ["Sex", "2012-13", "2013-14"]
    assert found.texts() == (("Female", "31", "30"), ("Male", "41", "40"), ("All", "72", "70"))
    assert found.caption == "Plans by sex: Here, 2012-13 to 2013-14"


def test_a_measure_has_a_breakdown_for_each_dimension_of_the_board_s_area_alone():
    age = {"dimension": "age", "category": "under_1"}
    values = told(1, **GIRLS), told(2, **age), told(3, area="England", **BOYS)
    shown = exhibits(year(*values))
    assert {label for label in shown if label.startswith("breakdown")} == {
        *("breakdown-plans-sex", "breakdown-plans-age"),
    }
    assert shown["breakdown-plans-sex"].texts() == (("Female", "1"),)


def test_categories_that_are_printed_alike_are_both_there():
    """Also one that is called as all of them are."""
    data = year(told(1, **GIRLS), told(2, **BOYS), told(3))
    sexes = data.vocabularies["category"]
    labels = {**sexes.labels, "female": "All", "male": "All"}
    alike = {**data.vocabularies, "category": replace(sexes, labels=labels)}
    found = exhibits(replace(data, vocabularies=alike))["breakdown-plans-sex"]
    assert [row[1] for row in found.texts()] == ["1", "2", "3"]


def test_few_of_each_category_are_also_told_of_all_years_together():
    found = breakdown(*by_sex((1, 19), (2, 0), (3, 4)))
    assert found.columns[-1].heading == "All of them together"
    assert [row[-1] for row in found.texts()] == ["6", "23"]


def test_a_category_that_a_year_lacks_is_not_told_together():
    values = by_sex((1, 2), (2, 3), (3, 4))[:-1]
    assert [row[-1] for row in breakdown(*values).texts()] == ["6", "no figure"]
    values[0] |= {"value": None, "status": "not_available"}
    assert [row[-1] for row in breakdown(*values).texts()] == ["no figure", "no figure"]


DAYS = [{"period": f"{2012 + n}-M03-31"} for n in range(3)]


@pytest.mark.parametrize(
    ("values", "measure"),
    [
        (by_sex((1, 2), (2, 3)), {}),
        (by_sex((1, 20), (2, 3), (3, 4)), {}),
        ([*by_sex((10, 11), (2, 3), (3, 4)), told(21)], {}),
        (by_sex((1, 2), (2, 3), (3, 4)), {"per": 10_000}),
        (by_sex((1, 2), (2, 3), (3, 4)), {"unit": "percent"}),
        (by_sex((1, 2), (2, 3), (3, 4)), {"unit": "pounds"}),
        # what stood at a day does not add: the same child may stand there twice
        ([told(3, **GIRLS, **day) for day in DAYS], {}),
        (by_sex((1, 2), (2, 3), (3, 4)), {"flow": "plans", "flow_part": "closing"}),
        # nor what was counted otherwise, or is not exact
        (by_sex((1, 2), (2, 3), (3, 4), definition_changed="Anew"), {}),
        (by_sex((1, 2), (2, 3), (3, 4), qualifier="over"), {}),
    ],
)
def test_years_are_not_told_together_where_they_do_not_add(values, measure):
    found = breakdown(*values, measures=[measure])
    assert "All of them together" not in [column.heading for column in found.columns]


def test_starts_may_be_added_and_so_may_what_was_counted_anew_before_all_of_them():
    values = by_sex((1, 2), (2, 3), (3, 4))
    values[2] |= {"definition_changed": "Anew"}
    for measure in ({}, {"flow": "plans", "flow_part": "starts"}):
        found = breakdown(*values, measures=[measure])
        assert found.columns[-1].heading == "All of them together"


def test_notes_name_a_category_by_its_label_and_tell_nothing_twice():
    values = by_sex((30, 40), (31, 41), definition_changed="Anew")
    values[2] |= {"definition_changed": "Anew"}
    values[3] |= {"revision": "Recounted."}
    notes = breakdown(*values).notes
    assert len(notes) == len(set(notes))
    assert [note for note in notes if "counted otherwise from 2013-14" in note] == [
        "Here is counted otherwise from 2013-14 on, so earlier values do not compare: Anew."
    ]
    assert "Revised: Here (male), 2012-13. Recounted." in notes


# Whatever there is ------------------------------------------------------------------------------

cells = st.fixed_dictionaries(
    {
        "measure": st.sampled_from(("plans", "visits")),
        "area": st.sampled_from((*AREAS, "The Hills")),
        "period": st.sampled_from(
            (
                *("undated", "2012", "2013", "2011-12", "2012-13", "2013-14", "2014-15"),
                *("year to June 2013", "2013-M04 to 2013-M06", "2013-M07 to 2013-M09"),
                *("2013-M10 to 2013-M12", "2014-M01 to 2014-M03", "2014-M03-31", "2013-M03-31"),
            )
        ),
        "of": st.sampled_from(({}, {}, GIRLS, BOYS, {"dimension": "age", "category": "unborn"})),
    }
)
sayings = st.fixed_dictionaries(
    {},
    optional={
        "value": st.none() | st.integers(-5, 500).map(Decimal),
        "numerator": st.integers(0, 9).map(Decimal),
        "denominator": st.integers(0, 9).map(Decimal),
        "qualifier": st.sampled_from(tuple(words.VALUE_QUALIFIER)),
        "status": st.sampled_from(tuple(words.VALUE_STATUS)),
        "definition_changed": st.just("Anew"),
        "revision": st.just("Recounted"),
    },
)
kinds = st.dictionaries(
    st.sampled_from((*AREAS, "The Hills")), st.sampled_from(tuple(words.AREA_KIND))
)
declared = st.fixed_dictionaries(
    {},
    optional={
        "unit": st.sampled_from(("children", "percent", "pounds")),
        "per": st.sampled_from((0, 1, 10_000)),
        "better": st.sampled_from(tuple(words.DIRECTION)),
        "target": st.integers(0, 9).map(Decimal),
        "flow_part": st.sampled_from(tuple(words.FLOW_PART)),
    },
)


listed = st.lists(
    st.tuples(cells, sayings).map(
        lambda two: {**{k: v for k, v in two[0].items() if k != "of"}, **two[0]["of"], **two[1]}
    ),
    max_size=9,
)


@drawn(listed, listed, listed, listed, st.tuples(declared, declared), kinds)
def test_whatever_the_tables_hold_every_table_is_whole_and_nothing_missing_is_nought(
    now, protected, first, second, measures, areas
):
    """A year with errors is worked out too: nothing may fail, no cell may be blank."""
    known = {
        "measures": [measures[0], {**measures[1], "measure": "visits", "name": "Visits"}],
        "areas": {**AREAS, "The Hills": "part", **areas},
    }
    earlier = earlier_year(2011, *first, **known), earlier_year(2012, *second, **known)
    data = year(*now, protected=protected, earlier=earlier, **known)
    for found in measure_tables.exhibits(data, "context"):
        assert all(text.strip() for row in found.texts() for text in row)
        assert found.trend is None or len(found.trend.kinds) == len(found.rows)
        for row in found.rows:
            figures = [cell for cell in row if isinstance(cell, Figure)]
            figures += [cell.figure for cell in row if isinstance(cell, Quantity)]
            assert all(figure.rows for figure in figures)
            assert all(figure.to_come == (figure.value is None) for figure in figures)
    for fact in of.facts(data, "context"):
        assert fact.id.startswith("context.")
        assert fact.figure.files
    of.headline_values(data)


# In a line, and for other chapters --------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "measure", "text"),
    [
        ({"value": 41}, {}, "41 children (2013-14)"),
        ({"value": 1}, {}, "1 child (2013-14)"),
        ({"value": 0}, {}, "no children (2013-14)"),
        ({"value": "41.20"}, {"per": 10_000}, "41.2 children per 10,000 (2013-14)"),
        ({"value": 93}, {"unit": "percent"}, "93% (2013-14)"),
        ({"value": 1500}, {"unit": "pounds"}, "£1,500 (2013-14)"),
        ({"value": 200, "qualifier": "over"}, {}, "over 200 children (2013-14)"),
        ({"value": 9, "status": "provisional"}, {}, "9 children (provisional) (2013-14)"),
        ({"value": 9, "status": "final"}, {}, "9 children (2013-14)"),
        ({"numerator": 1, "denominator": 4}, {"unit": "percent"}, "1 of 4 (2013-14)"),
    ],
)
def test_a_headline_is_told_in_a_line_with_unit_and_time(said, measure, text):
    said = {name: number(v) if name == "value" else v for name, v in said.items()}
    data = year(said, told(9, area="England"), told(3, **GIRLS), measures=[measure])
    assert of.headline_values(data) == {"plans": text}


def test_a_headline_is_of_the_board_s_own_area_and_of_any_chapter():
    measures = {}, {"measure": "visits", "name": "Visits", "chapter": "performance"}
    values = told(1, area="England"), told(2, measure="visits"), told(status="not_available")
    assert of.headline_values(year(*values, measures=measures)) == {
        "visits": "2 children (2013-14)"
    }


def test_the_number_of_people_is_the_latest_of_all_of_them_in_the_board_s_area(committed):
    area = committed.settings.board.area
    values = [
        told(7, area=area, period="2012", qualifier="approximately"),
        told(9, area=area, period="2011"),
        told(8, area=area, **GIRLS),
        told(6, area="England", period="2013"),
    ]
    tables = measured(*values, measures=[{"population": "under_18"}])
    data = year_of(tables, settings=committed.settings)
    found = of.own_figure(data, "under_18")
    assert (found.figure.value, str(found.period), found.qualifier) == (7, "2012", "approximately")
    assert of.own_figure(data, "everybody") is None
    empty = year_of(measured(measures=[{"population": "under_18"}]), settings=committed.settings)
    assert of.own_figure(empty, "under_18") is None


def test_areas_are_in_the_order_of_what_they_are_to_the_board():
    assert [*sorted(words.AREA_KIND, key=of.area_order)] == [*words.AREA_KIND]
