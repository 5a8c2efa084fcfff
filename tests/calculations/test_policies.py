"""Policies and procedures."""

from hscb_report.calculations.policies import policies_with_status
from hscb_report.schema.journey import Policy


def test_four_policies_were_developed_and_six_scheduled(tables):
    developed = policies_with_status(tables[Policy], "developed")
    scheduled = policies_with_status(tables[Policy], "scheduled")
    assert (developed.value, scheduled.value) == (4, 6)
    assert {*developed.rows, *scheduled.rows} == {row.place for row in tables[Policy]}


def test_a_year_in_which_none_was_developed_names_the_file_that_lists_none(tables):
    scheduled = [row for row in tables[Policy] if row.status == "scheduled"]
    found = policies_with_status(scheduled, "developed")
    assert (found.value, found.searched) == (0, ("2013-14/policies.csv",))
