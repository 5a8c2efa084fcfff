"""The rules: what each promises, the cell it points at, and when it is not run."""

from dataclasses import dataclass, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.figures import Figure
from hscb_report.report import check_year
from hscb_report.rules import RULES, Rule, run_rules
from hscb_report.rules.rule import Breach, addends
from hscb_report.schema import Place, Tables

CODES = [rule.code for rule in RULES]
BY_CODE = {rule.code: rule for rule in RULES}


def run(code: str, tables: Tables):
    return run_rules([BY_CODE[code]], tables)[0]


@pytest.mark.parametrize("code", CODES)
def test_the_committed_data_keeps_every_rule(tables, code):
    assert run(code, tables).outcome == "passed"
    assert run(code, tables).findings == ()


def test_every_rule_has_a_code_and_a_title_of_its_own():
    assert len(set(CODES)) == len(CODES)
    assert len({rule.title for rule in RULES}) == len(RULES)
    assert all(rule.title and rule.tables for rule in RULES)


def test_rules_have_the_severity_of_the_specification():
    """Sums and reconciliations stop the report; the parts of training only warn."""
    severities = {rule.code: rule.severity for rule in RULES}
    assert severities.pop("R13") == "warning"
    assert set(severities.values()) == {"error"}
    assert {f"R{n}" for n in (1, 2, 3, 5, 7, 8, 9, 10, 11, 12)} <= set(severities)


@pytest.mark.parametrize("code", CODES)
def test_a_rule_names_every_table_that_it_reads(tables, code):
    """Otherwise it could pass on data that is not there."""
    read = set()

    class Watched:
        def __getattr__(self, name):
            read.add(name)
            return getattr(tables, name)

    tuple(BY_CODE[code].check(Watched()))
    assert read
    assert read <= set(BY_CODE[code].tables)


@pytest.mark.parametrize(
    ("code", "missing"), [(rule.code, name) for rule in RULES for name in rule.tables]
)
def test_a_rule_whose_table_is_empty_is_not_run(tables, code, missing):
    result = run(code, replace(tables, **{missing: ()}))
    assert (result.outcome, result.findings) == ("not_run", ())


def test_without_any_table_no_rule_passes():
    assert {result.outcome for result in run_rules(RULES, Tables())} == {"not_run"}


# One figure changed ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """One cell changed, and the finding that must follow."""

    rule: str
    cell: tuple[str, int, str, str]
    place: tuple[str, int, str]
    found: str | None
    says: tuple[str, ...]


CHANGES = [
    Change(
        "R1",
        ("contributions", 3, "amount", "45204"),
        ("budget_totals", 2, "amount"),
        "247497",
        ("£247,498", "£247,497", "contributions.csv rows 2 to 7", "fund_balances.csv row 2"),
    ),
    Change(
        "R1",
        ("budget_totals", 2, "amount", "247,947"),
        ("budget_totals", 2, "amount"),
        "247947",
        ("£247,497", "£247,947", "contributions.csv rows 2 to 7", "fund_balances.csv row 2"),
    ),
    Change(
        "R1",
        ("contributions", 2, "amount", "127016.50"),
        ("budget_totals", 2, "amount"),
        "247497",
        ("£247,497.50", "£247,497."),
    ),
    Change(
        "R2",
        ("expenditure", 3, "amount", "142521"),
        ("budget_totals", 3, "amount"),
        "247497",
        ("£247,506", "£247,497", "expenditure.csv rows 2 to 8", "fund_balances.csv row 3"),
    ),
    Change(
        "R3",
        ("budget_totals", 3, "amount", "247479"),
        ("budget_totals", 3, "amount"),
        "247479",
        ("£247,497 (row 2)", "£247,479"),
    ),
    Change(
        "R5",
        ("fund_balances", 2, "amount", "39360"),
        ("fund_balances", 2, "amount"),
        None,
        ("£12,381", "£12,327", "fund_balances.csv row", "contributions.csv rows 2 to 7"),
    ),
    Change(
        "R5",
        ("expenditure", 2, "amount", "0"),
        ("fund_balances", 2, "amount"),
        None,
        ("£12,327", "−£9,673", "expenditure.csv rows 2 to 8"),
    ),
    Change(
        "R7",
        ("referral_outcomes", 3, "referrals", "3"),
        ("referrals", 2, "received"),
        "7",
        ("7 referrals received", "8 outcomes", "referral_outcomes.csv rows 2 to 6"),
    ),
    Change(
        "R7",
        ("referrals", 4, "received", "2"),
        ("referrals", 4, "received"),
        "2",
        ("2 referrals received", "1 outcomes", "referral_outcomes.csv rows 12 to 16"),
    ),
    Change(
        "R8",
        ("referral_totals", 2, "referrals", "12"),
        ("referral_totals", 2, "referrals"),
        "12",
        ("11", "12", "referrals.csv rows 2 to 4"),
    ),
    Change(
        "R9",
        ("audit_programme", 4, "number", "5"),
        ("audit_programme", 4, "number"),
        "5",
        (
            *("5 case learning processes", "come to 4", "referral_outcomes.csv row", "2, 3"),
            "reviews_carried_over.csv row 2",
        ),
    ),
    Change(
        "R10",
        ("audit_programme", 5, "number", "6"),
        ("audit_programme", 5, "number"),
        "6",
        ("states 6", "5 (child_deaths.csv row 3)"),
    ),
    Change(
        "R11",
        ("child_deaths", 4, "children", "4"),
        ("child_deaths", 4, "children"),
        None,
        ("by sex", "come to 6", "rows 4, 5", "to 5"),
    ),
    Change(
        "R12",
        ("child_deaths", 6, "children", "6"),
        ("child_deaths", 6, "children"),
        "6",
        ("more than the 5 reviews", "child_deaths.csv row 3"),
    ),
    Change(
        "R13",
        ("training_deliveries", 3, "attended", "1600"),
        ("training_deliveries", 3, "attended"),
        "1600",
        ("more than all 1583 practitioners",),
    ),
    Change(
        "R13",
        ("establishment_coverage", 2, "eligible", "21"),
        ("establishment_coverage", 2, "represented"),
        "22",
        ("more than the 21 establishments",),
    ),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: f"{c.rule}-{c.cell[0]}-{c.cell[2]}")
def test_one_wrong_figure_fails_its_rule_at_the_cell_to_look_at(table, data, change):
    """The finding names the total and every addend: a wrong sum has no one guilty cell."""
    name, row, column, value = change.cell
    table(name).set(row, column, value)
    checks = check_year("2013-14", data)
    findings = [found for found in checks.findings if found.rule == change.rule]
    assert len(findings) == 1
    found = findings[0]
    file, at, where = change.place
    assert (found.file, found.row, found.column) == (f"2013-14/{file}.csv", at, where)
    assert found.found == change.found
    assert found.severity == BY_CODE[change.rule].severity
    for part in change.says:
        assert part in found.message
    assert found.hint


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: f"{c.rule}-{c.cell[0]}-{c.cell[2]}")
def test_a_failed_rule_leaves_rules_over_other_tables_passed(table, data, change):
    name, row, column, value = change.cell
    table(name).set(row, column, value)
    for result in check_year("2013-14", data).results:
        if name not in result.rule.tables and result.rule.code != change.rule:
            assert result.outcome == "passed"


def test_every_rule_is_failed_by_one_of_these_changes():
    assert {change.rule for change in CHANGES} == set(CODES)


def test_more_reviews_than_deaths_are_allowed(table, data):
    """A review may concern a death of an earlier year."""
    table("child_deaths").set(2, "children", "3")
    assert check_year("2013-14", data).findings == ()


def test_training_flagged_outside_the_total_may_exceed_it(table, data):
    table("training_deliveries").set(3, "attended", "1600")
    table("training_deliveries").set(3, "in_total", "no")
    assert check_year("2013-14", data).findings == ()


def test_outcomes_of_a_stream_that_received_nothing_are_found(table, data):
    """A stream without a row of referrals, but with an outcome, does not reconcile."""
    table("referrals").rewrite(lambda records: records[:-1])
    failed = {found.rule for found in check_year("2013-14", data).findings}
    assert "R7" in failed


def test_several_breaches_of_a_rule_are_all_told(table, data):
    table("referrals").set(2, "received", "8")
    table("referrals").set(3, "received", "4")
    rows = [found.row for found in check_year("2013-14", data).findings if found.rule == "R7"]
    assert rows == [2, 3]


# Of running rules -----------------------------------------------------------------------------


def crash(tables):
    yield Breach("before", "")
    raise KeyError("boom")


DEFECTIVE = Rule("R99", "A rule with a defect", "warning", ("contributions",), crash)


def test_a_rule_that_raises_is_told_by_its_code_and_hides_no_other_finding(tables):
    printed = [row.model_copy(update={"amount": row.amount + 1}) for row in tables.budget_totals]
    wrong = replace(tables, budget_totals=tuple(printed))
    results = run_rules([DEFECTIVE, *RULES], wrong)
    assert [result.rule.code for result in results] == ["R99", *CODES]
    told = {result.rule.code: result for result in results}
    assert told["R99"].outcome == "failed"
    found = told["R99"].findings[0]
    assert (found.rule, found.severity) == ("R99", "error")
    assert found.file == "2013-14/contributions.csv"
    assert "the rule itself is defective (KeyError" in found.message
    assert told["R1"].outcome == told["R2"].outcome == "failed"
    assert told["R3"].outcome == "passed"


def test_a_breach_without_a_cell_is_told_at_the_first_table_of_its_rule(tables):
    rule = Rule("R98", "No cell", "warning", ("referrals",), lambda _: iter([Breach("no.", "Do.")]))
    found = run_rules([rule], tables)[0].findings[0]
    assert (found.file, found.row, found.column) == ("2013-14/referrals.csv", None, None)
    assert found.severity == "warning"


def test_a_result_has_the_promised_fields_in_json(tables):
    assert run("R1", tables).as_json() == {
        "rule": "R1",
        "title": "Contributions and brought forward make total income",
        "severity": "error",
        "outcome": "passed",
    }


@given(random=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_and_the_tables_are_not_changed(tables, random):
    mixed = {}
    for field in fields(Tables):
        rows = list(getattr(tables, field.name))
        random.shuffle(rows)
        mixed[field.name] = tuple(rows)
    before = Tables(**mixed)
    results = run_rules(RULES, before)
    assert {result.outcome for result in results} == {"passed"}
    assert before == Tables(**mixed)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([2], "f.csv row 2"),
        ([3, 2], "f.csv rows 2, 3"),
        ([2, 3, 4], "f.csv rows 2 to 4"),
        ([2, 4, 5], "f.csv rows 2, 4, 5"),
        ([2, 2], "f.csv row 2"),
    ],
)
def test_addends_are_told_as_rows_of_their_file(rows, text):
    figure = Figure(1, tuple(Place("2013-14/f.csv", row) for row in rows))
    assert addends(figure) == text


def test_addends_of_several_files_are_told_apart():
    figure = Figure(1, (Place("2013-14/a.csv", 2), Place("reference/b.csv", 3)))
    assert addends(figure) == "a.csv row 2; b.csv row 3"
