"""What is wrong in the source: which rule finds it, and that all of it is told."""

import re

import pytest

ACTIONS = "2013-14/actions.csv"
# Found by a rule on the committed data: issue, rule, file, rows, column.
FOUND = [
    ("I-01", "R17", "2013-14/measure_values.csv", [6, 7], "printed_per"),
    ("I-04", "R18", ACTIONS, [47, 50], "due_printed"),
    ("I-05", "R18", ACTIONS, [48, 49], "due_printed"),
    ("I-06", "R19", ACTIONS, [3, 4, 9, 19, 36, 37, 44, 45], "monitoring"),
    ("I-07", "R20", "2013-14/stated_priorities.csv", [5, 7], "stated"),
    ("I-08", "R28", "2013-14/plan_headings.csv", [9], "heading"),
    ("I-09", "R25", "2013-14/priority_statements.csv", [16, 28, 29, 38], "measure"),
    ("I-21", "R23", "2013-14/attendance_agencies.csv", [4, 16], "agency"),
    ("I-21", "R23", "2013-14/membership.csv", [6, 20], "agency"),
    ("I-23", "R21", "2013-14/objectives.csv", [3, 5, 6, 7, 10, 11, 14, 18, 19], "ticked"),
    ("I-24", "R22", ACTIONS, [42], "lead_holder"),
    ("I-25", "R19", ACTIONS, [38, 40, 41], "monitoring"),
    ("I-26", "R18", ACTIONS, [2, 22, 23, 31], "due_printed"),
]
# Of I-26, the placeholders are found a second time, by their word.
AGAIN = {("R28", ACTIONS, 22), ("R28", ACTIONS, 23)}
# The lines of the source at which each issue stands, read from it by hand.
LINES = {
    "I-01": {423},
    "I-02": {423},
    "I-03": {252},
    "I-04": {1288, 1291},
    "I-05": {1289, 1290},
    "I-06": {1181, 1182, 1195, 1213, 1258, 1259, 1277, 1285},
    "I-07": {289, 605},
    "I-08": {1178, 1180},
    "I-09": {498, 508, 812, 839, 840, 862},
    "I-10": {930, 939},
    "I-11": {910},
    "I-12": {720},
    "I-13": {720},
    "I-14": {687},
    "I-15": {103},
    "I-16": {938, 939},
    "I-17": {498, 642},
}


def lines_of(locator):
    """Return every line that a locator such as "L498-508, L642" covers."""
    found = set()
    for first, last in re.findall(r"L(\d+)(?:-(\d+))?", locator):
        found |= set(range(int(first), int(last or first) + 1))
    return found


@pytest.fixture(scope="module")
def listed(tables):
    return {row.discrepancy: row for row in tables.discrepancies}


@pytest.mark.parametrize(("issue", "rule", "file", "rows", "column"), FOUND)
def test_a_known_discrepancy_is_found_by_its_rule_at_its_rows(
    report, listed, issue, rule, file, rows, column
):
    found = [f for f in report.checks.findings if (f.rule, f.file) == (rule, file)]
    assert {f.row for f in found} >= set(rows)
    assert {(f.column, f.severity) for f in found if f.row in rows} == {(column, "warning")}
    assert listed[issue].rule == rule


def test_the_rules_find_nothing_on_the_committed_data_but_these(report):
    expected = {(rule, file, row) for _, rule, file, rows, _ in FOUND for row in rows}
    assert {(f.rule, f.file, f.row) for f in report.checks.findings} == expected | AGAIN


def test_the_four_claims_of_increase_are_those_of_the_source(tables):
    """L812, 839, 840 and 862; the plain "more reviews" of L785 is what was done."""
    claims = [row.locator for row in tables.priority_statements if row.claim == "increase"]
    assert claims == ["L812", "L839", "L840", "L862"]


@pytest.mark.parametrize("issue", LINES)
def test_a_known_discrepancy_is_told_with_its_lines(listed, issue):
    row = listed[issue]
    assert lines_of(row.locator) >= LINES[issue]
    assert row.what
    assert row.how


def test_every_issue_of_the_specification_is_listed():
    assert set(LINES) == {f"I-{number:02}" for number in range(1, 18)}


def test_the_discrepancies_are_numbered_without_a_gap(listed):
    numbers = [int(name.removeprefix("I-")) for name in listed]
    assert numbers == list(range(1, max(numbers) + 1))


def test_a_discrepancy_names_a_rule_that_exists_and_found_something_if_it_was_run(report, listed):
    outcomes = {result.rule.code: result.outcome for result in report.checks.results}
    named = {row.rule for row in listed.values() if row.rule}
    assert named == {rule for _, rule, _, _, _ in FOUND}
    assert {outcomes[rule] for rule in named} == {"failed", "accepted"}


def test_a_rule_that_found_something_is_named_by_a_discrepancy(report, listed):
    """No warning stands without an explanation."""
    found = {finding.rule for finding in report.checks.findings}
    assert found <= {row.rule for row in listed.values()}


def test_a_corrected_discrepancy_keeps_what_is_printed(tables, listed):
    rates = [row for row in tables.measure_values if row.printed_per]
    assert listed["I-01"].treatment == "corrected"
    assert [(row.basis, row.as_printed) for row in rates] == [
        ("corrected", "589 per 10,000"),
        ("corrected", "464 per 10,000"),
    ]
    (thematic,) = [row for row in tables.audit_programme if row.activity == "thematic"]
    assert listed["I-03"].treatment == "inferred"
    assert (thematic.number, thematic.basis, thematic.as_printed) == (8, "inferred", "Light")
