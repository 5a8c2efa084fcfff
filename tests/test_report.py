"""The door: one reading of a year, every check in one list, and nothing let out but the report."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hscb_report.chapters import declared_chapters
from hscb_report.errors import DataError, ReportError, UnknownNameError, UsageError
from hscb_report.findings import errors
from hscb_report.report import (
    DEFAULT_DATA,
    Checks,
    check_year,
    open_report,
    table_schemas,
)
from tests.conftest import COMMITTED, TableEditor, copied_data
from tests.strategies import edits

DAY = "2026-M11-25"


def outcomes(checks: Checks) -> dict[str, str]:
    """Return the outcome of every rule, by its code and in its order."""
    return {result.rule.code: result.outcome for result in checks.results}


def found_by(rule: str, checks: Checks) -> list[tuple[str, str, int | None, str | None]]:
    """Return what a rule found: severity, file, row, what was there."""
    return [(f.severity, f.file, f.row, f.found) for f in checks.findings if f.rule == rule]


def write(page: Path, text: str) -> None:
    page.write_text(page.read_text("utf-8") + text, "utf-8")


def draft(data: Path) -> None:
    """Mark the copied year as a draft."""
    path = data / "2013-14/year.toml"
    path.write_text(path.read_text("utf-8").replace('"final"', '"draft"'), "utf-8")


def test_the_committed_data_has_the_warnings_that_are_known() -> None:
    """Two rates in the wrong unit, four bare claims, three placeholders of the source.

    In the plan: dates, monitoring, priorities, the grid of objectives, a post.
    """
    checks = check_year("2013-14")
    found = Counter((finding.rule, finding.severity) for finding in checks.findings)
    known = {"R17": 2, "R25": 4, "R28": 3}
    known |= {"R18": 8, "R19": 12, "R20": 2, "R21": 9, "R22": 1}
    assert found == {(rule, "warning"): number for rule, number in known.items()}
    not_run = {rule for rule, outcome in outcomes(checks).items() if outcome == "not_run"}
    numbers = (*range(40, 47), 48, *range(50, 54), *range(56, 60), 67, 68, 71, 72, 73)
    assert not_run == {
        # What 2013-14 has nothing of: from a year before to shares, flows and corrections.
        *("R4", "R14", "R16", "R24"),
        *(f"R{number}" for number in numbers),
    }


def test_every_rule_is_listed_once_those_of_the_chapters_by_number() -> None:
    """From loading to points and acceptances: one list of all that is checked."""
    listed = list(outcomes(check_year("2013-14")))
    assert len(listed) == len(set(listed))
    kinds = dict.fromkeys(code[0] for code in listed)
    assert "".join(kinds) == "LCRHMPGYA"
    ruled = [code for code in listed if code.startswith("R")]
    assert ruled == sorted(ruled, key=lambda code: int(code[1:]))
    assert {rule.code for rule in declared_chapters().rules} <= set(ruled)


def test_every_finding_names_a_rule_that_is_listed(table, data):
    """Who reads a finding can look its rule up, that of a needless acceptance too."""
    table("accepted").rewrite(lambda records: [*records, ["R17", "x.csv", "2", "x", "x", DAY]])
    checks = check_year("2013-14", data)
    assert "A1" in {finding.rule for finding in checks.findings}
    assert {finding.rule for finding in checks.findings} <= set(outcomes(checks))


def test_the_checks_have_the_promised_fields_in_json(table, data):
    table("contributions").set(3, "amount", "45204")
    told = json.loads(json.dumps(check_year("2013-14", data).as_json()))
    assert set(told) == {"year", "rules", "findings"}
    for rule in told["rules"]:
        assert set(rule) == {"rule", "title", "severity", "outcome"}
        assert rule["outcome"] in {"passed", "failed", "not_run", "accepted"}
    names = {"rule", "severity", "file", "row", "column", "found", "message", "hint"}
    assert all(set(found) == names for found in told["findings"])


def test_wrong_data_gives_no_report_but_every_finding(table, data):
    table("contributions").set(3, "amount", "45204")
    table("referrals").set(3, "received", "4")
    with pytest.raises(DataError) as refused:
        open_report("2013-14", data=data)
    assert {found.rule for found in refused.value.findings} == {"R1", "R5", "R7", "R8"}
    assert refused.value.exit_code == 1
    assert str(refused.value).count("\n") == len(refused.value.findings) - 1


def test_a_warning_stops_no_report(report, table, data):
    table("establishment_coverage").set(2, "eligible", "21")
    found = open_report("2013-14", data=data).checks["findings"]
    known = report.checks["findings"]
    assert [(f["rule"], f["severity"]) for f in found if f not in known] == [("R13", "warning")]


# What is typed in the narrative ----------------------------------------------------------------


def test_a_number_typed_into_a_page_stops_a_final_report(data):
    """It is told with its page and line."""
    page = data / "2013-14/text/policies.md"
    line = page.read_text("utf-8").count("\n") + 2
    write(page, "\nThere were 42 of them.\n")
    with pytest.raises(DataError) as refused:
        open_report("2013-14", data=data)
    assert [(f.rule, f.severity, f.file, f.row, f.found) for f in refused.value.findings] == [
        ("P2", "error", "2013-14/text/policies.md", line, "42")
    ]


def test_a_number_typed_into_a_page_of_a_draft_is_a_warning(data):
    draft(data)
    write(data / "2013-14/text/policies.md", "\nThere were 42 of them.\n")
    assert open_report("2013-14", data=data)
    found = check_year("2013-14", data)
    assert [(severity, number) for severity, _, _, number in found_by("P2", found)] == [
        ("warning", "42")
    ]


def test_a_number_that_is_exempt_with_a_reason_is_no_finding(table, data):
    write(data / "2013-14/text/policies.md", "\nThere were 42 of them.\n")
    table("exempt_numbers").rewrite(lambda records: [*records, ["42 of them", "A test of it"]])
    assert found_by("P2", check_year("2013-14", data)) == []


def test_an_unknown_fact_in_a_page_stops_a_draft_too(data):
    """There is nothing to print in its place."""
    draft(data)
    write(data / "2013-14/text/policies.md", "\n{{ budget.nothing }}\n")
    found = found_by("P1", check_year("2013-14", data))
    assert [(severity, name) for severity, _, _, name in found] == [("error", "budget.nothing")]


def test_a_placeholder_in_a_page_stops_a_final_report(data):
    """A report marked final holds no TODO, in its tables or in its text."""
    write(data / "2013-14/text/policies.md", "\nTODO: say what came of it.\n")
    assert [finding.file for finding in errors(check_year("2013-14", data).findings)] == [
        "2013-14/text/policies.md"
    ]


def test_prose_is_not_run_over_damaged_tables(table, data):
    """There is no ledger whose facts it could name; not run is not passed."""
    table("contributions").set(3, "amount", "lots")
    found = outcomes(check_year("2013-14", data))
    assert {found["P1"], found["P2"]} == {"not_run"}


@pytest.mark.parametrize("file", ["board.toml", "2013-14/year.toml"])
def test_damaged_settings_say_nothing_of_texts_that_stand_where_they_belong(data, file):
    """Which pages there are depends on the kind of report: nobody is told to rename one."""
    (data / file).write_text("name = \n", "utf-8")
    found = check_year("2013-14", data).findings
    errors = {finding.rule for finding in found if finding.severity == "error"}
    assert "L8" in errors
    assert "C3" not in errors


def test_every_rule_is_listed_even_when_a_table_cannot_be_read(table, data):
    """A rule whose table is damaged is not run: neither passed nor left out of the list."""
    table("contributions").set(3, "amount", "lots")
    found = outcomes(check_year("2013-14", data))
    assert list(found) == list(outcomes(check_year("2013-14")))
    assert found["L4"] == "failed"
    assert {found[rule] for rule in ("R1", "R5")} == {"not_run"}


def test_rules_over_sound_tables_run_beside_a_damaged_one(table, data):
    """All problems come at once: a wrong sum is told together with a broken cell elsewhere."""
    table("membership").set(3, "people", "several")
    table("contributions").set(3, "amount", "45204")
    assert {"L4", "R1"} <= {found.rule for found in check_year("2013-14", data).findings}


@pytest.mark.parametrize("year", ["2013-15", "", "../2013-14", "2013"])
def test_what_is_no_year_is_refused(year):
    with pytest.raises(UsageError):
        check_year(year)


def test_a_year_without_data_is_refused():
    with pytest.raises(ReportError, match="no data for 2044-45"):
        open_report("2044-45")


def test_an_unknown_edition_is_refused_and_the_known_ones_listed():
    with pytest.raises(UsageError, match=r'"secret"\. Editions: public, board\.'):
        open_report("2013-14", "secret")


def test_an_unknown_table_suggests_the_nearest(report):
    with pytest.raises(UnknownNameError, match='Did you mean "contribution-shares"'):
        report.exhibit("contribution-share")


def test_a_table_and_a_value_are_found_by_name(report):
    assert report.exhibit("spend-shares").label == "spend-shares"
    assert report.value("budget.total_income") == "£247,497"


def test_the_public_edition_tells_neither_rows_nor_hashes_of_protected_tables():
    """A small count can be guessed from either; its documents are in print as the count is."""
    protected = {t.path("2013-14") for t in table_schemas() if t.info.protected}
    protected = {file for file in protected if (DEFAULT_DATA / file).exists()}
    public, board = open_report("2013-14"), open_report("2013-14", "board")
    told = {source.path for source in public.results.inputs if source.sha256}
    assert not told & protected
    assert {source.path for source in board.results.inputs if source.sha256} >= protected
    (source,) = public.facts["child_deaths.deaths"].provenance
    assert (source.rows, source.sha256) == (None, None)
    assert source.documents == "HSCB Annual Report 2013-14 L720"
    (source,) = board.facts["child_deaths.deaths"].provenance
    assert source.rows == (2,)
    assert source.sha256


def test_every_number_has_a_source():
    """A count of nothing names the table that was looked through."""
    facts = open_report("2013-14", "board").facts
    assert [fact.id for fact in facts if not fact.provenance] == []
    (source,) = facts["audits.findings_not_reviewed"].provenance
    assert (source.file, source.rows) == ("2013-14/audit_findings.csv", ())


def test_a_finding_of_a_protected_table_tells_no_cell_of_it(table, data):
    """The rule says which rows do not agree; not what stands in them."""
    table("referrals").set(2, "received", "8713")
    table("child_deaths").set(4, "children", "8713")
    told = check_year("2013-14", data)
    assert {"R7", "R8", "R11"} <= {found.rule for found in errors(told.findings)}
    assert "8713" not in json.dumps(told.as_json())


def test_two_openings_give_the_same_report(report):
    again = open_report("2013-14")
    assert again == report


# Data that keeps every rule must give a report, or findings: never a traceback -----------------


def report_or_findings(data):
    """Return the report, or what is wrong with the data; a defect of a chapter is neither."""
    try:
        return open_report("2013-14", data=data)
    except DataError as refused:
        found = refused.findings
    assert "C4" not in {finding.rule for finding in found}, "\n".join(map(str, found))
    return found


def test_a_finding_of_a_programme_without_audits_is_told(table, data):
    """Not a traceback: audit_findings.csv names a programme that audits.csv does not have."""
    table("audit_findings").set(2, "programme", "front_office")
    assert report_or_findings(data)


def test_a_measure_may_have_values_of_several_periods(table, data):
    """The key of the table allows it: measure, area, period and category."""

    def add(records):
        earlier = list(records[1])
        earlier[2], earlier[4] = "2011", "183500"
        records.append(earlier)

    table("measurements").rewrite(add)
    assert report_or_findings(data)


def test_a_value_with_decimals_is_printed_with_them(table, data):
    """A figure of the source is reproduced exactly, never rounded away."""
    table("measurements").set(6, "value", "589.4")
    report = open_report("2013-14", data=data)
    assert "589.4" in report.value("context.first_time_entrant_rate")
    assert "589.4" in {cell for row in report.exhibit("context-measures").texts() for cell in row}


def test_the_name_of_another_area_makes_a_usable_fact_id(table, data):
    """Prose must be able to name the fact: `context.first_time_entrant_rate_west_midlands`."""

    def add(records):
        records.append(["first_time_entrant_rate", "West Midlands", *records[6][2:]])

    table("measurements").rewrite(add)
    areas = data / "reference" / "areas.csv"
    areas.write_text(areas.read_text("utf-8") + "West Midlands,region\n", "utf-8")
    facts = open_report("2013-14", data=data).facts
    assert "context.first_time_entrant_rate_west_midlands" in facts


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("edited") / "data"
    return copied_data(folder)


@settings(max_examples=20)
@given(edit=edits())
def test_any_allowed_value_in_any_cell_gives_a_report_or_findings(edit, copy):
    editor = TableEditor(copy / edit.path)
    original = editor.raw
    assume(len(editor.records) > 1)
    row = 2 + edit.row % (len(editor.records) - 1)
    editor.set(row, edit.column, edit.value)
    try:
        assert report_or_findings(copy)
    finally:
        editor.write(original)


@settings(max_examples=15)
@given(table=st.sampled_from(COMMITTED), place=st.integers(0, 60), length=st.integers(1, 3))
def test_a_table_with_some_rows_gone_gives_a_report_or_findings(table, place, length, copy):
    editor = TableEditor(copy / table.path("2013-14"))
    original = editor.raw
    first = 1 + place % max(len(editor.records) - 1, 1)
    editor.rewrite(lambda records: [*records[:first], *records[first + length :]])
    try:
        assert report_or_findings(copy)
    finally:
        editor.write(original)


def test_an_audit_without_a_review_gives_a_report(table, data):
    for row in (2, 3):
        table("audits").set(row, "review_audit", "")
    report = open_report("2013-14", data=data)
    assert report.value("audits.most_months_to_review_front_door") == "not stated"


def test_a_year_without_contributions_has_missing_shares(table, data):
    """A zero denominator is missing in every table and fact; a text that names it is told."""
    for row in range(2, 8):
        table("contributions").set(row, "amount", "0")
    table("covering_report").set(39, "amount", "0")
    table("budget_totals").set(2, "amount", "39306")
    table("budget_totals").set(3, "amount", "39306")
    for row in range(2, 9):
        table("expenditure").set(row, "amount", "0")
    table("fund_balances").set(3, "amount", "39306")
    commentary = data / "2013-14/text/commentary/budget.md"
    found = errors(check_year("2013-14", data).findings)
    texts = ("text/commentary/budget.md", "points.csv")
    assert {(f.rule, f.file) for f in found} == {("P5", f"2013-14/{text}") for text in texts}
    assert "budget.council_share_of_contributions" in {f.found for f in found}
    commentary.unlink()
    (data / "2013-14/points.csv").unlink()
    report = open_report("2013-14", data=data)
    assert report.value("budget.council_share_of_contributions") == "not stated"
    assert report.value("budget.share_of_spend_independent_chair") == "not stated"
    assert report.exhibit("contribution-shares").texts()[0][2] == "not stated"


def test_a_page_that_is_not_utf8_is_a_finding_beside_the_others(data):
    """As a word processor saves it: no traceback, and the other findings are still told."""
    (data / "2013-14/text/policies.md").write_bytes("# Policies\n\nCaf\xe9".encode("cp1252"))
    write(data / "2013-14/text/priorities.md", "\n{{ budget.nothing }}\n")
    found = errors(check_year("2013-14", data).findings)
    assert [(finding.rule, finding.file) for finding in found] == [
        ("L1", "2013-14/text/policies.md"),
        ("P1", "2013-14/text/priorities.md"),
    ]
    assert "UTF-8" in found[0].hint
