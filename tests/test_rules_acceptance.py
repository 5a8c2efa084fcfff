"""Accepted warnings: looked at, told, and never an error."""

from datetime import date

import pytest

from hscb_report.errors import DataError
from hscb_report.findings import Finding
from hscb_report.report import check_year, open_report
from hscb_report.rules import Rule, RuleResult, accepted_results
from hscb_report.rules.acceptance import acceptance_of, unused_acceptances
from hscb_report.schema.assurance import Acceptance
from tests.strategies import only_own

RULE = Rule("R23", "A rule", "warning", (), lambda tables: iter(()))
FILE = "2013-14/membership.csv"


def warning(row=2, rule="R23", file=FILE, severity="warning"):
    return Finding(rule, severity, file, "So.", "Do.", row)


def accepted(*places):
    rows = [
        {
            "rule": rule,
            "file": file,
            "row": row,
            "reason": "Known",
            "role": "Chair",
            "accepted": date(2014, 4, 1),
        }
        for rule, file, row in places
    ]
    return only_own("2013-14/accepted.csv", rows, Acceptance)


def outcome(findings, acceptances):
    result = RuleResult(RULE, "failed" if findings else "passed", tuple(findings))
    (after,) = accepted_results([result], acceptances)
    assert after.findings == result.findings
    return after.outcome


def test_a_rule_is_accepted_when_all_its_findings_are():
    """They stay visible: only the outcome changes."""
    rows = accepted(("R23", FILE, 2), ("R23", FILE, 3))
    assert outcome([warning(2), warning(3)], rows) == "accepted"


def test_one_finding_that_is_not_accepted_leaves_the_rule_failed():
    assert outcome([warning(2), warning(4)], accepted(("R23", FILE, 2))) == "failed"


@pytest.mark.parametrize(
    "place",
    [
        ("R25", FILE, 2),
        ("R23", "2013-14/contributions.csv", 2),
        ("R23", FILE, 3),
        ("R23", FILE, None),
    ],
    ids=["rule", "file", "row", "no row"],
)
def test_an_acceptance_of_another_rule_file_or_row_accepts_nothing(place):
    assert outcome([warning(2)], accepted(place)) == "failed"


def test_a_warning_without_a_row_is_accepted_by_an_empty_row():
    assert outcome([warning(None)], accepted(("R23", FILE, None))) == "accepted"


def test_a_rule_that_passed_or_was_not_run_is_not_made_accepted():
    assert outcome([], accepted(("R23", FILE, 2))) == "passed"
    waiting = RuleResult(RULE, "not_run")
    assert accepted_results([waiting], accepted(("R23", FILE, 2))) == (waiting,)


def test_an_error_cannot_be_accepted():
    error = warning(2, severity="error")
    rows = accepted(("R23", FILE, 2))
    assert acceptance_of(error, rows) is None
    assert outcome([error], rows) == "failed"
    assert outcome([warning(2), error], rows) == "failed"


def test_the_acceptance_of_a_finding_is_found_with_its_reason():
    assert acceptance_of(warning(2), accepted(("R23", FILE, 2))).reason == "Known"


def test_an_acceptance_that_nothing_needs_is_a_warning_at_its_row():
    rows = accepted(("R23", FILE, 2), ("R23", FILE, 9))
    (found,) = unused_acceptances([warning(2)], rows)
    assert (found.rule, found.severity) == ("A1", "warning")
    assert (found.file, found.row, found.column) == ("2013-14/accepted.csv", 3, "rule")
    assert found.found == "R23"


def test_an_acceptance_of_an_error_is_told_as_needless():
    assert unused_acceptances([warning(2, severity="error")], accepted(("R23", FILE, 2)))


# On the year's data ---------------------------------------------------------------------------


def rules(checks):
    return {result.rule.code: result.outcome for result in checks.results}


def add(table, *places):
    last = ["Known", "Chair", "2014-M04-01"]
    table("accepted").rewrite(lambda records: [*records, *([*place, *last] for place in places)])


def test_every_acceptance_of_the_committed_data_is_needed(report):
    assert [found for found in report.checks.findings if found.rule == "A1"] == []
    assert rules(report.checks)["R23"] == "accepted"


def test_one_acceptance_taken_away_leaves_its_rule_failed(table, data):
    table("accepted").rewrite(lambda records: records[:-1])
    checks = check_year("2013-14", data)
    assert rules(checks)["R23"] == "failed"
    assert len([found for found in checks.findings if found.rule == "R23"]) == 4


def test_without_the_table_nothing_is_accepted(table, data):
    table("accepted").path.unlink()
    assert rules(check_year("2013-14", data))["R23"] == "failed"


def test_accepting_every_finding_of_a_rule_accepts_it(table, data):
    values = "2013-14/measure_values.csv"
    add(table, ("R17", values, "6"))
    assert rules(check_year("2013-14", data))["R17"] == "failed"
    add(table, ("R17", values, "7"))
    checks = check_year("2013-14", data)
    assert rules(checks)["R17"] == "accepted"
    assert [found.row for found in checks.findings if found.rule == "R17"] == [6, 7]


def test_a_warning_that_is_gone_leaves_its_acceptance_to_be_removed(table, data):
    add(table, ("R13", "2013-14/establishment_coverage.csv", "2"))
    found = [found for found in check_year("2013-14", data).findings if found.rule == "A1"]
    assert [(f.file, f.row, f.found) for f in found] == [("2013-14/accepted.csv", 6, "R13")]


def test_accepting_an_error_does_not_make_a_report(table, data):
    """A wrong sum stays an error, and the acceptance is told as well."""
    table("budget_totals").set(2, "amount", "247947")
    add(table, ("R1", "2013-14/budget_totals.csv", "2"), ("R3", "2013-14/budget_totals.csv", "3"))
    checks = check_year("2013-14", data)
    assert (rules(checks)["R1"], rules(checks)["R3"]) == ("failed", "failed")
    assert [found.row for found in checks.findings if found.rule == "A1"] == [6, 7]
    with pytest.raises(DataError):
        open_report("2013-14", data=data)


def test_an_acceptance_of_a_rule_that_did_not_run_is_not_called_needless(table, data):
    """Its table cannot be read, so nobody knows yet whether the warning would come."""
    table("contributions").set(3, "amount", "lots")
    found = check_year("2013-14", data).findings
    assert [finding.rule for finding in found if finding.rule in ("L4", "A1")] == ["L4"]
