"""The context: the share of the population that is under 18."""

from __future__ import annotations

from dataclasses import replace

from hscb_report.chapters import context
from hscb_report.schema.measurements import Measurement


def test_a_share_of_the_population_is_told_only_where_both_are_of_one_time(given):
    """Children of one year and everybody of another make no share."""
    known = {row.measure: row for row in given.tables[Measurement] if row.area == given.area}
    young, everybody = known["under_18"], known["population"]
    later = everybody.model_copy(update={"period": everybody.period.parse("2013-14")})
    for rows, is_told in (
        ((young, everybody), True),
        ((young, later), False),
        ((young,), False),
        ((everybody,), False),
    ):
        data = replace(given, tables=given.tables.with_rows(Measurement, rows))
        told = {fact.id for fact in context.facts(data)}
        assert ("context.under_18_share" in told) == is_told


def test_the_share_is_about_a_fifth_of_the_committed_population(report):
    fact = report.facts["context.under_18_share"]
    assert (fact.text, str(fact.period)) == ("about 20%", "2012")
