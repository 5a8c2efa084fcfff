"""Accepted warnings: looked at, told, and never an error; and rules that exist."""

from datetime import date

from hscb_report.checks.acceptance import (
    acceptance_of,
    accepted_results,
    unknown_rules,
    unused_acceptances,
)
from hscb_report.checks.rule import Rule, RuleResult
from hscb_report.findings import Finding, errors
from hscb_report.report import check_year
from hscb_report.schema.assurance import Acceptance, Discrepancy
from tests.made_up import only_own, placed

RULE = Rule("R23", "A rule", "warning")
FILE = "2013-14/membership.csv"
VALUES = "2013-14/measurements.csv"


def warning(row=2, severity="warning"):
    return Finding("R23", severity, FILE, "So.", "Do.", row)


def accepted(*places):
    said = {"reason": "Known", "role": "Chair", "accepted": date(2014, 4, 1)}
    rows = [{**said, "rule": rule, "file": file, "row": row} for rule, file, row in places]
    return only_own("2013-14/accepted.csv", rows, Acceptance)


def result(*findings):
    return RuleResult(RULE, "failed" if findings else "passed", findings)


def outcome(findings, acceptances):
    (after,) = accepted_results([result(*findings)], acceptances)
    assert after.findings == tuple(findings)
    return after.outcome


def test_a_rule_is_accepted_when_all_its_findings_are_and_they_stay_visible():
    rows = accepted(("R23", FILE, 2), ("R23", FILE, 3))
    assert outcome([warning(2), warning(3)], rows) == "accepted"
    assert outcome([warning(2), warning(4)], rows) == "failed"
    assert outcome([warning(None)], accepted(("R23", FILE, None))) == "accepted"


def test_an_acceptance_of_another_rule_file_or_row_accepts_nothing():
    for place in (
        ("R25", FILE, 2),
        ("R23", "2013-14/contributions.csv", 2),
        ("R23", FILE, 3),
        ("R23", FILE, None),
    ):
        assert outcome([warning(2)], accepted(place)) == "failed"


def test_a_rule_that_passed_or_was_not_run_is_not_made_accepted():
    rows = accepted(("R23", FILE, 2))
    assert outcome([], rows) == "passed"
    waiting = RuleResult(RULE, "not_run")
    assert accepted_results([waiting], rows) == (waiting,)


def test_an_error_cannot_be_accepted():
    error = warning(2, severity="error")
    rows = accepted(("R23", FILE, 2))
    assert acceptance_of(error, rows) is None
    assert acceptance_of(warning(2), rows).reason == "Known"
    assert outcome([error], rows) == outcome([warning(2), error], rows) == "failed"


def test_an_acceptance_that_nothing_needs_is_a_warning_at_its_row():
    """One of an error is needless, too; of a rule that was not run nothing can be said."""
    rows = accepted(("R23", FILE, 2), ("R23", FILE, 9))
    (found,) = unused_acceptances([result(warning(2))], rows)
    assert (found.rule, found.severity) == ("A1", "warning")
    assert (found.file, found.row, found.column) == ("2013-14/accepted.csv", 3, "rule")
    assert found.found == "R23"
    assert len(unused_acceptances([result(warning(2, severity="error"))], rows)) == 2
    assert unused_acceptances([RuleResult(RULE, "not_run")], rows) == ()


def test_an_acceptance_or_a_discrepancy_of_a_rule_that_there_is_not_is_an_error():
    cells = {"what": "W", "treatment": "shown", "how": "H"}
    listed = placed(
        "2013-14/discrepancies.csv",
        [{**cells, "discrepancy": f"I-{n}", "rule": r} for n, r in enumerate(("R23", None, "r23"))],
        Discrepancy,
    )
    found = unknown_rules((*accepted(("R99", FILE, 2), ("R23", FILE, 2)), *listed), ["R23", "R25"])
    assert [(f.rule, f.severity, f.file, f.row, f.column, f.found) for f in found] == [
        ("A2", "error", "2013-14/accepted.csv", 2, "rule", "R99"),
        ("A2", "error", "2013-14/discrepancies.csv", 4, "rule", "r23"),
    ]
    assert '"R23"' in found[1].hint


# On the year's data ---------------------------------------------------------------------------


def outcomes(checks):
    return {result.rule.code: result.outcome for result in checks.results}


def add(table, *places):
    last = ["Known", "Chair", "2014-M04-01"]
    table("accepted").rewrite(lambda records: [*records, *([*place, *last] for place in places)])


def told(checks, rule):
    return [(f.file, f.row, f.found) for f in checks.findings if f.rule == rule]


def test_accepting_every_finding_of_a_rule_accepts_it(table, data):
    add(table, ("R17", VALUES, "6"), ("R17", VALUES, "7"))
    checks = check_year("2013-14", data)
    assert outcomes(checks)["R17"] == "accepted"
    assert [row for _, row, _ in told(checks, "R17")] == [6, 7]
    assert told(checks, "A1") == []
    table("accepted").path.unlink()
    assert outcomes(check_year("2013-14", data))["R17"] == "failed"


def test_a_warning_that_is_gone_leaves_its_acceptance_to_be_removed(table, data):
    add(table, ("R13", "2013-14/establishment_coverage.csv", "2"))
    assert told(check_year("2013-14", data), "A1") == [("2013-14/accepted.csv", 2, "R13")]


def test_accepting_an_error_does_not_make_a_report(table, data):
    """A wrong sum stays an error, which stops a report; the acceptance is told as well."""
    table("budget_totals").set(2, "amount", "247947")
    add(table, ("R1", "2013-14/budget_totals.csv", "2"), ("R3", "2013-14/budget_totals.csv", "3"))
    checks = check_year("2013-14", data)
    assert (outcomes(checks)["R1"], outcomes(checks)["R3"]) == ("failed", "failed")
    assert [row for _, row, _ in told(checks, "A1")] == [2, 3]
    assert {"R1", "R3"} <= {found.rule for found in errors(checks.findings)}


def test_a_rule_that_there_is_not_is_told_through_the_files(table, data):
    add(table, ("R99", VALUES, "6"), ("any text", VALUES, "6"))
    table("discrepancies").set(2, "rule", "R170")
    assert told(check_year("2013-14", data), "A2") == [
        ("2013-14/accepted.csv", 2, "R99"),
        ("2013-14/accepted.csv", 3, "any text"),
        ("2013-14/discrepancies.csv", 2, "R170"),
    ]


def test_an_acceptance_of_a_rule_that_did_not_run_is_not_called_needless(table, data):
    """Its table cannot be read, so nobody knows yet whether the warning would come."""
    add(table, ("R17", VALUES, "6"))
    table("measurements").set(3, "value", "lots")
    checks = check_year("2013-14", data)
    assert told(checks, "A1") == []
    assert outcomes(checks)["R17"] == "not_run"
