"""Policies and procedures: each with its status."""

from collections import Counter


def test_four_policies_were_developed_and_six_are_scheduled(report):
    status = Counter(row[1] for row in report.exhibit("policies").texts())
    assert status == {"Developed in the year": 4, "Scheduled for next year": 6}
