"""Performance monitoring: headline measures with their values, and the reports received."""

from collections import Counter
from decimal import Decimal

from hscb_report.chapters import performance
from hscb_report.schema.journey import HeadlineMeasure
from hscb_report.schema.measurements import Area, Measure, Measurement
from tests.made_up import only_own, placed, tables_of, year_of


def test_ten_headlines_are_listed_and_none_has_a_value(report):
    table = report.exhibit("headline-measures")
    assert len(table.rows) == 9
    assert sum(int(row[1]) for row in table.texts()) == 10
    assert {row[2] for row in table.texts()} == {"no value published"}
    assert table.notes == ("No value is published for any of them.",)
    assert table.title == "None of the 10 headline measures had a published value"


MEASURED = {
    "name": "Plans",
    "chapter": "performance",
    "unit": "children",
    "per": 10_000,
    "better": "neither",
    "counts": "children",
    "protected": "no",
    "definition": "Children with a plan",
}


def test_a_headline_tells_the_values_of_the_measures_that_show_it(given):
    """With unit and time; beside it, the others still say that none is given."""
    names = ("plans", "visits", "open")
    rows = [
        {"measure": "plans", "value": Decimal("41.20"), "period": "2013-14"},
        {"measure": "plans", "value": Decimal(40), "period": "2012-13"},
        {"measure": "visits", "value": Decimal(93), "period": "2013", "status": "provisional"},
        {"measure": "open", "status": "not_available", "period": "2013-14"},
    ]
    headlines = [
        {"headline": f"Headline {n}", "measures": 1, "shown_by": shown}
        for n, shown in enumerate(("plans;visits", "open", None))
    ]
    units = {"visits": {"unit": "percent", "per": None}}
    tables = tables_of(
        headline_measures=placed("2013-14/headline_measures.csv", headlines, HeadlineMeasure),
        measures=only_own(
            "reference/measures.csv",
            [{**MEASURED, "measure": name, **units.get(name, {})} for name in names],
            Measure,
        ),
        areas=only_own("reference/areas.csv", [{"area": "Here", "kind": "own"}], Area),
        measurements=placed(
            "2013-14/measurements.csv", [{**row, "area": "Here"} for row in rows], Measurement
        ),
    )
    data = year_of(tables)
    _, table = performance.exhibits(data)
    assert [row[2] for row in table.texts()] == [
        "41.2 children per 10,000 (2013-14); 93% (provisional) (2013)",
        "no value given",
        "no value given",
    ]
    assert table.notes == ()
    found = {fact.id: fact.figure.value for fact in performance.facts(data)}
    assert found["performance.headlines_with_value"] == 1


def test_nine_periodic_and_ten_annual_reports_are_listed(report):
    often = Counter(row[1] for row in report.exhibit("periodic-reports").texts())
    assert often == {"Quarterly": 8, "Termly": 1, "Annual": 10}
