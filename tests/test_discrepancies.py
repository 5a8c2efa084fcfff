"""What is wrong in the source: which rule finds it, and that all of it is told."""

import re

import pytest

from hscb_report.report import check_year

ACTIONS = "2013-14/actions.csv"
# Found by a rule on the committed data: issue, rule, file, rows, column.
FOUND = [
    ("I-01", "R17", "2013-14/measurements.csv", [6, 7], "printed_per"),
    ("I-04", "R18", ACTIONS, [47, 50], "due_printed"),
    ("I-05", "R18", ACTIONS, [48, 49], "due_printed"),
    ("I-06", "R19", ACTIONS, [3, 4, 9, 19, 36, 37, 44, 45], "monitoring"),
    ("I-07", "R20", "2013-14/stated_priorities.csv", [5, 7], "stated"),
    ("I-08", "R28", "2013-14/plan_headings.csv", [9], "heading"),
    ("I-09", "R25", "2013-14/priority_statements.csv", [16, 28, 29, 38], "measure"),
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
    "I-27": {138, 437},
    "I-28": {875, 959, 1285},
    "I-29": {23, 55, 66},
    "I-30": {269, 526, 789},
}


def lines_of(locator):
    """Return every line that a locator such as "L498-508, L642" covers."""
    found = set()
    for first, last in re.findall(r"L(\d+)(?:-(\d+))?", locator):
        found |= set(range(int(first), int(last or first) + 1))
    return found


@pytest.fixture(scope="module")
def checks():
    return check_year("2013-14")


@pytest.fixture(scope="module")
def listed(tables):
    return {row.discrepancy: row for row in tables.named("discrepancies")}


def test_every_finding_on_the_committed_data_is_a_listed_discrepancy_at_its_rows(checks, listed):
    """No warning stands without an explanation, and each explanation that names a rule holds."""
    expected = {(rule, file, row) for _, rule, file, rows, _ in FOUND for row in rows}
    assert {(f.rule, f.file, f.row) for f in checks.findings} == expected | AGAIN
    for issue, rule, file, rows, column in FOUND:
        found = [f for f in checks.findings if (f.rule, f.file) == (rule, file) and f.row in rows]
        assert {(f.column, f.severity) for f in found} == {(column, "warning")}, issue
        assert listed[issue].rule == rule


def test_a_discrepancy_names_a_rule_only_where_that_rule_finds_something(checks, listed):
    """I-21 names none: the lists differ in names, and agree once these are joined."""
    named = {row.discrepancy: row.rule for row in listed.values() if row.rule}
    assert named == {issue: rule for issue, rule, *_ in FOUND}
    outcomes = {result.rule.code: result.outcome for result in checks.results}
    assert {outcomes[rule] for rule in named.values()} == {"failed"}
    assert outcomes["R23"] == "passed"


def test_the_four_claims_of_increase_are_those_of_the_source(tables):
    """L812, 839, 840 and 862; the plain "more reviews" of L785 is what was done."""
    claims = [row.locator for row in tables.named("priority_statements") if row.claim == "increase"]
    assert claims == ["L812", "L839", "L840", "L862"]


def test_every_discrepancy_is_told_with_its_lines_and_numbered_without_a_gap(listed):
    for issue, lines in LINES.items():
        assert lines_of(listed[issue].locator) >= lines, issue
    assert all(row.what and row.how for row in listed.values())
    numbers = [int(name.removeprefix("I-")) for name in listed]
    assert numbers == list(range(1, max(numbers) + 1))


def test_a_corrected_discrepancy_keeps_what_is_printed(tables, listed):
    rates = [row for row in tables.named("measurements") if row.printed_per]
    assert listed["I-01"].treatment == "corrected"
    assert [(row.basis, row.as_printed) for row in rates] == [
        ("corrected", "589 per 10,000"),
        ("corrected", "464 per 10,000"),
    ]
    (thematic,) = [row for row in tables.named("audit_programme") if row.activity == "thematic"]
    assert listed["I-03"].treatment == "inferred"
    assert (thematic.number, thematic.basis, thematic.as_printed) == (8, "inferred", "Light")
