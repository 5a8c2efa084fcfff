"""Policies and procedures: each with its status."""

from collections import Counter

from hscb_report.report import open_report
from tests.conftest import small_year


def test_four_policies_were_developed_and_six_are_scheduled(report):
    status = Counter(row[1] for row in report.exhibit("policies").texts())
    assert status == {"Developed in the year": 4, "Scheduled for next year": 6}


# Those that the year before scheduled ---------------------------------------------------------

THEN = ("policy,status", "Safer sleep,scheduled", "Self-harm,scheduled", "Online,scheduled")
NOW = ("policy,status", "safer  sleep,developed", "Online,scheduled", "New,scheduled")


def test_what_became_of_each_scheduled_policy_is_told(tmp_path):
    small_year(tmp_path, "2013-14", policies=THEN)
    report = open_report(data=small_year(tmp_path, "2014-15", policies=NOW))
    found = report.exhibit("policies-scheduled-before")
    assert "2013-14" in found.caption
    assert found.texts() == (
        ("Safer sleep", "Developed in the year"),
        ("Self-harm", "Not named again"),
        ("Online", "Still scheduled"),
    )
    told = {name: report.names[f"policies.{name}.counted"] for name in FACTS}
    assert told == dict(zip(FACTS, ("3 policies", "1 policy", "1 policy"), strict=True))


FACTS = ("scheduled_before", "developed_of_scheduled", "not_named_again")


def test_without_a_list_of_the_year_before_there_is_no_table_and_no_number(tmp_path, report):
    """In a first year, and after a year that listed none."""
    small_year(tmp_path, "2013-14", membership=MEMBERS, reference_agencies=AGENCIES)
    small_year(tmp_path, "2014-15", policies=NOW)
    for found in (report, open_report(data=tmp_path)):
        assert found.exhibit("policies-scheduled-before").rows == ()
        assert not any(f"policies.{name}" in found.facts for name in FACTS)
    assert "policies.scheduled" in report.facts


AGENCIES = ("agency,name", "council,The Council")
MEMBERS = ("agency,role,people,organisation", "council,Director,1,The Council")
