"""Performance monitoring: headline measures with their units, and the reports received."""

from collections import Counter
from decimal import Decimal

from hscb_report.chapters import performance
from hscb_report.chapters.performance import CHAPTER
from hscb_report.schema.journey import HeadlineMeasure
from tests.made_up import placed, result_of, tables_of, year_of

(R33,) = CHAPTER.rules
FILE = "2013-14/headline_measures.csv"


def headlines(*values):
    """Return tables with a headline for each value and unit."""
    rows = [
        {
            "headline": f"Headline {n}",
            "measures": 1,
            "value": None if value is None else Decimal(value),
            "unit": unit,
        }
        for n, (value, unit) in enumerate(values)
    ]
    return tables_of(headline_measures=placed(FILE, rows, HeadlineMeasure))


def test_the_value_of_a_headline_is_in_a_unit_that_it_can_be_in():
    """340 of what? And no percentage is above a hundred."""
    for value, unit, says in (
        ("340", None, "the value has no unit."),
        ("100.01", "percent", "more than 100 percent."),
        ("149.3", "percent", "more than 100 percent."),
    ):
        (found,) = result_of(R33, headlines((None, None), (value, unit))).findings
        assert (found.rule, found.severity, found.message) == ("R33", "error", says)
        assert (found.file, found.row, found.column, found.found) == (FILE, 3, "value", value)
    for value, unit in (("340", "plans"), ("100", "percent"), ("0", "percent")):
        assert result_of(R33, headlines((None, None), (value, unit))).outcome == "passed"


def test_without_a_published_value_there_is_nothing_to_check(given):
    assert result_of(R33, given.tables).outcome == "not_run"


def test_ten_headlines_are_listed_and_none_has_a_value(report):
    table = report.exhibit("headline-measures")
    assert len(table.rows) == 9
    assert sum(int(row[1]) for row in table.texts()) == 10
    assert {row[2] for row in table.texts()} == {"no value published"}
    assert len(table.notes) == 1


def test_a_headline_with_a_value_is_printed_in_the_style_of_every_figure_with_its_unit():
    """Beside it, the others still say that none is given, and the note is gone."""
    tables = headlines(("1234.50", "plans"), (None, None))
    _, table = performance.exhibits(year_of(tables))
    assert [row[2] for row in table.texts()] == ["1,234.5", "no value given"]
    assert table.units(2) == ("plans", "")
    assert table.notes == ()


def test_nine_periodic_and_ten_annual_reports_are_listed(report):
    often = Counter(row[1] for row in report.exhibit("periodic-reports").texts())
    assert often == {"Quarterly": 8, "Termly": 1, "Annual": 10}
