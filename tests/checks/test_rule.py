"""Rules: what each names as read, when one is not run, and what a finding may never tell."""

import re
from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from hscb_report.chapters import declared_chapters
from hscb_report.checks.redaction import redacted
from hscb_report.checks.rule import Breach, NothingToCheck, Rule, addends, compared, run_rules
from hscb_report.errors import DataError
from hscb_report.figures import MISSING, Figure
from hscb_report.findings import errors
from hscb_report.report import check_year, open_report
from hscb_report.schema import Place, Tables, YearData
from hscb_report.schema.cases import ReviewCarriedOver
from hscb_report.schema.finance import BudgetTotal, Contribution
from tests.conftest import COMMITTED
from tests.made_up import with_tables, year_of

RULES = declared_chapters().rules
CODES = [rule.code for rule in RULES]
# Lists, plans and claims only warn; sums and reconciliations stop the report.
WARNINGS = {
    *("R13", "R17", "R18", "R19", "R20", "R21", "R22", "R23", "R25", "R35"),
    *("R40", "R41", "R42", "R46", "R48", "R51", "R73"),
}
PROTECTED = [schema for schema in COMMITTED if schema.info.protected]
UNUSUAL = 8713


@pytest.fixture(scope="module")
def given(committed, report):
    """Return the committed year as chapters and rules are given it."""
    return replace(
        year_of(committed.tables, settings=committed.settings),
        pages=frozenset(page.path for page in report.contents),
    )


def with_(given, tables):
    return YearData(**{**vars(given), "tables": tables})


# What the rules are -----------------------------------------------------------------------------


def test_rules_have_titles_of_their_own_and_the_severity_of_what_they_are_about():
    assert len({rule.title for rule in RULES}) == len({rule.code for rule in RULES}) == len(RULES)
    assert {rule.code for rule in RULES if rule.severity == "warning"} == WARNINGS
    assert {rule.severity for rule in RULES if rule.code not in WARNINGS} == {"error"}


def test_a_rule_names_every_table_that_it_reads_and_its_chapter_does_too(given):
    """Otherwise it could pass on data that is not there, or judge what is damaged."""
    read = set()

    class Watched(Tables):
        def __getitem__(self, row):
            read.add(row)
            return super().__getitem__(row)

    watched = with_(given, Watched(given.tables.rows))
    for chapter in declared_chapters().chapters:
        for rule in chapter.rules:
            read.clear()
            is_whole = rule.code in run_whole(watched, rule)
            named = {*rule.reads, *rule.may_be_empty}
            assert named, rule.code
            assert named <= set(chapter.tables), rule.code
            assert read <= named, rule.code
            assert read == named or not is_whole, rule.code


def run_whole(data, rule):
    """Return the code of a rule that found enough to look at all of its tables."""
    try:
        tuple(rule.check(data))
    except NothingToCheck:
        return ()
    return (rule.code,)


def test_a_rule_of_which_a_table_is_empty_or_damaged_is_not_run(given):
    for rule in RULES:
        for row in rule.reads:
            lacking = with_(given, with_tables(given.tables, **{row.info.name: ()}))
            (result,) = run_rules([rule], lacking)
            assert (result.outcome, result.findings) == ("not_run", ())
        for row in (*rule.reads, *rule.may_be_empty):
            (result,) = run_rules([rule], given, {row.info.name})
            assert (result.outcome, result.findings) == ("not_run", ())
            for lacking in ("gaps", "awaited"):
                draft = replace(given, **{lacking: frozenset({row.info.name})})
                (result,) = run_rules([rule], draft)
                assert (result.outcome, result.findings) == ("not_run", ())
    assert {result.outcome for result in run_rules(RULES, year_of(Tables()))} == {"not_run"}


def test_a_table_that_may_be_empty_need_not_hold_rows(given):
    """A year in which no review was carried over is a year like others."""
    none = with_(given, with_tables(given.tables, reviews_carried_over=()))
    found = [rule for rule in RULES if ReviewCarriedOver in rule.may_be_empty]
    assert [result.outcome for result in run_rules(found, none)].count("not_run") == 0
    assert len(found) == 2


@settings(max_examples=10)
@drawn(random=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_and_the_tables_are_not_changed(given, random):
    mixed = {
        name: tuple(random.sample(rows, len(rows))) for name, rows in given.tables.rows.items()
    }
    tables = Tables(dict(mixed))
    mixed_up = run_rules(RULES, with_(given, tables))
    for result, usual in zip(mixed_up, run_rules(RULES, given), strict=True):
        assert result.outcome == usual.outcome
        assert set(result.findings) == set(usual.findings)
    assert tables == Tables(mixed)


# Running them -----------------------------------------------------------------------------------


def crash(_):
    yield Breach("before", "")
    raise KeyError("boom")


DEFECTIVE = Rule("R99", "A rule with a defect", "warning", (Contribution,), crash)


def test_a_rule_that_raises_is_told_by_its_code_and_hides_no_other_finding(given):
    printed = [r.model_copy(update={"amount": r.amount + 1}) for r in given.tables[BudgetTotal]]
    wrong = with_(given, with_tables(given.tables, budget_totals=printed))
    results = run_rules([DEFECTIVE, *RULES], wrong)
    assert [result.rule.code for result in results] == ["R99", *CODES]
    outcomes = {result.rule.code: result.outcome for result in results}
    assert [outcomes[code] for code in ("R99", "R1", "R2", "R3")] == ["failed"] * 3 + ["passed"]
    (found,) = results[0].findings
    assert (found.rule, found.severity) == ("R99", "error")
    assert found.file == "2013-14/contributions.csv"
    assert "the rule itself is defective (KeyError" in found.message


def test_a_breach_without_a_cell_is_told_at_the_first_table_of_its_rule(given):
    rule = Rule(
        "R98", "No cell", "warning", (Contribution,), lambda _: iter([Breach("No.", "Do.")])
    )
    (found,) = run_rules([rule], given)[0].findings
    assert (found.file, found.row, found.column) == ("2013-14/contributions.csv", None, None)
    assert found.severity == "warning"


def test_a_breach_may_be_graver_or_less_grave_than_its_rule(given):
    breaches = [Breach("No.", "Do.", severity=severity) for severity in ("error", None)]
    rule = Rule("R98", "Both", "warning", (Contribution,), lambda _: iter(breaches))
    assert [f.severity for f in run_rules([rule], given)[0].findings] == ["error", "warning"]


def test_a_missing_figure_is_nothing_to_compare_with():
    compared(Figure(0), Figure(1))
    with pytest.raises(NothingToCheck):
        compared(Figure(0), MISSING)


def test_a_result_has_the_promised_fields_in_json(given):
    assert run_rules(RULES, given)[0].as_json() == {
        "rule": "R1",
        "title": "Contributions, other income and brought forward make total income",
        "severity": "error",
        "outcome": "passed",
    }


def test_addends_are_told_as_rows_of_their_files():
    for rows, told in (
        ([("a", 2)], "a.csv row 2"),
        ([("a", 3), ("a", 2)], "a.csv rows 2, 3"),
        ([("a", 2), ("a", 3), ("a", 4)], "a.csv rows 2 to 4"),
        ([("a", 2), ("a", 4), ("a", 5)], "a.csv rows 2, 4, 5"),
        ([("a", 2), ("a", 2)], "a.csv row 2"),
        ([("a", 2), ("b", 3)], "a.csv row 2; b.csv row 3"),
    ):
        assert addends(Figure(1, tuple(Place(f"x/{file}.csv", row) for file, row in rows))) == told


# Through the door -------------------------------------------------------------------------------


def test_every_error_stops_the_report_at_once_and_names_its_cell(table, data):
    """Of several kinds; a rule over sound tables is told beside the others."""
    changes = (
        ("R2", "expenditure", 3, "amount", "142521", "budget_totals", 3, "amount"),
        ("R6", "covering_report", 39, "amount", "127,061", "covering_report", 39, "amount"),
        ("R7", "referral_outcomes", 3, "referrals", "3", "referrals", 2, "received"),
        ("R10", "audit_programme", 5, "number", "6", "audit_programme", 5, "number"),
        ("R14", "training_deliveries", 3, "booked", "180", "training_deliveries", 3, "attended"),
        ("R26", "requirement_coverage", 4, "page", "x", "requirement_coverage", 4, "page"),
        ("R29", "audits", 2, "first_audit", "2014-M03", "audits", 2, "review_audit"),
        ("R34", "action_status", 2, "as_at", "2019-M01-01", "action_status", 2, "as_at"),
    )
    for _rule, name, row, column, cell, *_ in changes:
        table(name).set(row, column, cell)
    with pytest.raises(DataError) as refused:
        open_report("2013-14", data=data)
    told = {(f.rule, f.file, f.row, f.column) for f in refused.value.findings}
    for rule, *_, file, row, column in changes:
        assert (rule, f"2013-14/{file}.csv", row, column) in told
        assert f'[{rule}] 2013-14/{file}.csv, row {row}, column "{column}"' in str(refused.value)
    assert {found.severity for found in refused.value.findings} == {"error"}


def test_a_warning_of_every_kind_leaves_the_report_to_be_made(table, data, report):
    changes = (
        ("R13", "training_deliveries", 3, "attended", "1600"),
        ("R17", "measurements", 6, "value", "4000.5"),
        ("R20", "golden_thread", 49, "item", "neglect"),
        ("R23", "contributions", 7, "agency", "hoople"),
        ("R35", "action_status", 2, "as_at", "2014-M09-30"),
    )
    for _rule, name, row, column, cell in changes:
        table(name).set(row, column, cell)
    told = open_report("2013-14", data=data).checks["findings"]
    new = [found for found in told if found not in report.checks["findings"]]
    assert {rule for rule, *_ in changes} <= {found["rule"] for found in new}


# What a finding may not tell --------------------------------------------------------------------


def numeric_cells(tables):
    """Yield each protected table with the place of each of its cells that may hold a number."""
    for schema in PROTECTED:
        for column in schema.columns:
            if column.kind.name in ("count", "number", "money"):
                yield from ((schema.row, at, column.name) for at in range(len(tables[schema.row])))


def told_with(given, committed, change, value):
    """Return the findings of every rule, as they are told, with one cell changed."""
    row, at, column = change
    rows = list(given.tables[row])
    rows[at] = rows[at].model_copy(update={column: value})
    results = run_rules(RULES, with_(given, given.tables.with_rows(row, rows)))
    return [redacted(f, committed.protected) for result in results for f in result.findings]


def test_no_finding_of_any_rule_tells_a_number_of_a_protected_table(given, committed):
    """Nor anything worked out from it: two numbers, both impossible, are told in the same words."""
    known = {redacted(f, committed.protected) for r in run_rules(RULES, given) for f in r.findings}
    cells = list(numeric_cells(given.tables))
    assert len(cells) > 35
    found_at = set()
    for change in cells:
        told = told_with(given, committed, change, UNUSUAL)
        assert told == told_with(given, committed, change, 9642), change
        new = [finding for finding in told if finding not in known]
        assert not any(str(UNUSUAL) in str(found.as_json()) for found in new), change
        assert {found.found for found in new if found.file in committed.protected} <= {None}
        found_at |= {found.rule for found in new}
    assert found_at >= {"R7", "R8", "R9", "R10", "R11", "R12", "R30"}


def test_no_check_of_the_door_tells_a_number_of_a_protected_table(table, data):
    """All of them changed at once, through the files."""
    numbers = []
    for schema in PROTECTED:
        editor = table(schema.name)
        records = editor.records
        for column in schema.columns:
            if column.kind.name == "count":
                for row in range(2, len(records) + 1):
                    numbers.append(str(UNUSUAL + len(numbers)))
                    editor.set(row, column.name, numbers[-1])
    checks = check_year("2013-14", data)
    assert {"R7", "R8", "R10", "R11"} <= {found.rule for found in errors(checks.findings)}
    said = str(checks.as_json())
    assert not [number for number in numbers if number in said]
    assert not re.search(r"8,?[78]\d\d\b", said)


def test_no_finding_tells_the_words_of_a_protected_table(given, committed):
    for schema in PROTECTED:
        texts = [c.name for c in schema.columns if c.kind.name == "text" and not c.kind.vocabulary]
        for column in texts:
            for told in told_with(given, committed, (schema.row, 0, column), "TBC Zanzibar"):
                assert "Zanzibar" not in str(told.as_json())
