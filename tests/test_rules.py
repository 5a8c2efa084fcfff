"""The rules: what each promises, the cell it points at, and when it is not run."""

from dataclasses import dataclass, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.errors import DataError
from hscb_report.figures import Figure
from hscb_report.load.narrative import read_narrative
from hscb_report.report import DEFAULT_DATA, PROJECT, check_year, open_report
from hscb_report.rules import Context, Rule, all_rules, run_rules
from hscb_report.rules.rule import Breach, addends
from hscb_report.schema import Place, Tables, declared_tables
from tests.conftest import YEAR

PAGES = read_narrative(YEAR, DEFAULT_DATA, PROJECT).pages
RULES = all_rules(Context(True, PAGES, local_authority="herefordshire_council"))
CODES = [rule.code for rule in RULES]
BY_CODE = {rule.code: rule for rule in RULES}


# About disclosure control, which has no profile to run yet.
WAITING = ["R27"]
# The year's data lack the year before, bookings, numerators and meeting records.
NOTHING_TO_COMPARE = ["R4", "R14", "R16", "R24"]
NOT_RUN = {*WAITING, *NOTHING_TO_COMPARE}
KNOWN = {"R17": 2, "R23": 4, "R25": 4} | {
    "R18": 8,
    "R19": 12,
    "R20": 2,
    "R21": 9,
    "R22": 1,
    "R28": 3,
}
WARNINGS = {"R13", "R15", "R17", "R18", "R19", "R20", "R21", "R22", "R23", "R25"}
RUN = [code for code in CODES if code not in NOT_RUN]


def run(code: str, tables: Tables):
    return run_rules([BY_CODE[code]], tables)[0]


def new_findings(checks, code, tables):
    """Return a rule's findings but those that the committed data has."""
    known = run(code, tables).findings
    return [found for found in checks.findings if found.rule == code and found not in known]


@pytest.mark.parametrize("code", CODES)
def test_the_committed_data_keeps_every_rule_that_is_run_but_for_known_warnings(tables, code):
    result = run(code, tables)
    expected = "not_run" if code in NOT_RUN else "failed" if code in KNOWN else "passed"
    assert result.outcome == expected
    assert len(result.findings) == KNOWN.get(code, 0)
    assert {found.severity for found in result.findings} <= {"warning"}


def test_every_rule_of_the_specification_is_there_exactly_once_and_in_order():
    assert [f"R{number}" for number in range(1, 29)] == CODES


def test_every_rule_has_a_title_of_its_own():
    assert len({rule.title for rule in RULES}) == len(RULES)
    assert all(rule.title for rule in RULES)


@pytest.mark.parametrize("code", WAITING)
def test_a_rule_without_tables_is_reported_as_not_run_whatever_the_data(tables, code):
    """Never passed: what it would read is not declared."""
    assert BY_CODE[code].tables == ()
    for data in (tables, Tables()):
        assert (run(code, data).outcome, run(code, data).findings) == ("not_run", ())


def test_every_other_rule_names_the_tables_that_it_reads():
    assert {code for code in CODES if not BY_CODE[code].tables} == set(WAITING)


def test_rules_have_the_severity_of_the_specification():
    """Sums and reconciliations stop the report; lists, plans and claims only warn."""
    assert {rule.code for rule in RULES if rule.severity == "warning"} == WARNINGS
    assert {rule.severity for rule in RULES if rule.code not in WARNINGS} == {"error"}


@pytest.mark.parametrize("code", [code for code in RUN if code not in ("R15", "R28")])
def test_a_rule_names_every_table_that_it_reads(tables, code):
    """Otherwise it could pass on data that is not there.

    Rules 15 and 28 read any table: they have tests of their own.
    """
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


@pytest.mark.parametrize(("code", "damaged"), [("R15", "headline_measures"), ("R28", "audits")])
def test_a_rule_over_any_table_gives_no_answer_of_its_own_to_one_that_is_damaged(
    tables, code, damaged
):
    """Its rows are not all there: neither "passed" nor a finding about their number is true."""
    result = run_rules([BY_CODE[code]], replace(tables, **{damaged: ()}), {damaged})[0]
    assert (result.outcome, result.findings) == ("not_run", ())


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
    Change(
        "R14",
        ("training_deliveries", 3, "booked", "180"),
        ("training_deliveries", 3, "attended"),
        "177",
        ("180 booked", "0 cancelled", "make 180"),
    ),
    Change(
        "R15",
        ("stated_counts", 2, "stated", "9"),
        ("stated_counts", 2, "stated"),
        "9",
        ("9 are announced", "Child Protection Headlines", "headline_measures holds 10"),
    ),
    Change(
        "R15",
        ("headline_measures", 9, "measures", "1"),
        ("stated_counts", 2, "stated"),
        "10",
        ("10 are announced", "holds 9"),
    ),
    Change(
        "R17",
        ("measure_values", 6, "value", "4000.5"),
        ("measure_values", 6, "value"),
        "4000.5",
        ("above 4000",),
    ),
    Change(
        "R23",
        ("contributions", 7, "agency", "hoople"),
        ("contributions", 7, "agency"),
        "hoople",
        ("among the contributors", "not among the members"),
    ),
    Change(
        "R25",
        ("priority_statements", 8, "claim", "reduction"),
        ("priority_statements", 8, "measure"),
        None,
        ("claims a reduction", "no measure"),
    ),
    Change(
        "R26",
        ("requirement_coverage", 4, "page", "pages/no-such-page"),
        ("requirement_coverage", 4, "page"),
        "pages/no-such-page",
        ("the book has no such page",),
    ),
    Change(
        "R26",
        ("requirement_coverage", 4, "profile", "working_together_2018"),
        ("requirements", 4, "requirement"),
        "recipients",
        ("no row of requirement_coverage.csv",),
    ),
    Change(
        "R6",
        ("covering_report", 39, "amount", "127,061"),
        ("covering_report", 39, "amount"),
        "127061",
        ("£127,016", "contributions.csv row 2"),
    ),
    Change(
        "R18",
        ("actions", 3, "due", "2015-M09"),
        ("actions", 3, "due_printed"),
        "Sep 14",
        ("1.1b: the timescale does not name September 2015",),
    ),
    Change(
        "R19",
        ("actions", 5, "monitored", "2014-M10"),
        ("actions", 5, "monitoring"),
        "In agencies' quarterly reports to the QA Sub Group",
        ("1.2a: watched for the last time in October 2014", "due in December 2014"),
    ),
    Change(
        "R20",
        ("golden_thread", 45, "item", "neglect"),
        ("stated_priorities", 8, "stated"),
        "private_fostering",
        ("Private Fostering", "no action of the plan"),
    ),
    Change(
        "R21",
        ("objectives", 2, "ticked", "2013-14"),
        ("objectives", 2, "ticked"),
        "voice",
        ("action area 1.1", "no tick for that year"),
    ),
    Change(
        "R22",
        ("actions", 3, "lead_holder", "holder_09"),
        ("actions", 3, "lead_holder"),
        None,
        ("Chair of QA has 2 holders",),
    ),
    Change(
        "R28",
        ("cdop_lessons", 2, "action", "TBC by the panel"),
        ("cdop_lessons", 2, "action"),
        "TBC",
        ("unresolved placeholder",),
    ),
    Change(
        "R28",
        ("agencies", 3, "note", "Progress as at XXX 2014"),
        ("agencies", 3, "note"),
        "XXX",
        ("unresolved placeholder",),
    ),
]
PATHS = {table.name: table.path(YEAR) for table in declared_tables()}
STOPPING = [change for change in CHANGES if change.rule not in WARNINGS]


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: f"{c.rule}-{c.cell[0]}-{c.cell[2]}")
def test_one_wrong_figure_fails_its_rule_at_the_cell_to_look_at(table, data, tables, change):
    """The finding names the total and every addend: a wrong sum has no one guilty cell."""
    name, row, column, value = change.cell
    table(name).set(row, column, value)
    findings = new_findings(check_year("2013-14", data), change.rule, tables)
    assert len(findings) == 1
    found = findings[0]
    file, at, where = change.place
    assert (found.file, found.row, found.column) == (PATHS[file], at, where)
    assert found.found == change.found
    assert found.severity == BY_CODE[change.rule].severity
    for part in change.says:
        assert part in found.message
    assert found.hint


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: f"{c.rule}-{c.cell[0]}-{c.cell[2]}")
def test_a_failed_rule_leaves_rules_over_other_tables_as_they_were(table, data, report, change):
    name, row, column, value = change.cell
    before = {result.rule.code: result.outcome for result in report.checks.results}
    table(name).set(row, column, value)
    # Rule 15 reads whatever table its rows name.
    touched = {change.rule, "R15"}
    for result in check_year("2013-14", data).results:
        if name not in result.rule.tables and result.rule.code not in touched:
            assert result.outcome == before[result.rule.code]


def test_every_rule_that_the_data_can_break_is_failed_by_one_of_these_changes():
    """Bookings (14) need no more than one cell; the others lack tables or a second year."""
    assert {change.rule for change in CHANGES} == {*RUN, "R14"}


@pytest.mark.parametrize("change", STOPPING, ids=lambda c: f"{c.rule}-{c.cell[0]}-{c.cell[2]}")
def test_one_change_of_each_kind_stops_the_build_at_the_right_cell(table, data, change):
    """There is no report, and the refusal names the rule, the file, the row and the column."""
    name, row, column, value = change.cell
    table(name).set(row, column, value)
    with pytest.raises(DataError) as refused:
        open_report("2013-14", data=data)
    file, at, where = change.place
    told = {(f.rule, f.file, f.row, f.column) for f in refused.value.findings}
    assert (change.rule, PATHS[file], at, where) in told
    assert {found.severity for found in refused.value.findings} == {"error"}
    assert f"[{change.rule}] {PATHS[file]}, row {at}, column" in str(refused.value)


def test_every_error_rule_that_the_data_can_break_stops_the_build():
    assert {change.rule for change in STOPPING} == {*RUN, "R14"} - WARNINGS


WARNING = [change for change in CHANGES if change.rule in WARNINGS]


@pytest.mark.parametrize("change", WARNING, ids=lambda c: f"{c.rule}-{c.cell[0]}-{c.cell[2]}")
def test_a_warning_is_told_and_the_report_is_made(table, data, tables, change):
    name, row, column, value = change.cell
    table(name).set(row, column, value)
    assert new_findings(open_report("2013-14", data=data).checks, change.rule, tables)


def test_more_reviews_than_deaths_are_allowed(table, data, report):
    """A review may concern a death of an earlier year."""
    table("child_deaths").set(2, "children", "3")
    assert check_year("2013-14", data).findings == report.checks.findings


def test_training_flagged_outside_the_total_may_exceed_it(table, data, report):
    table("training_deliveries").set(3, "attended", "1600")
    table("training_deliveries").set(3, "in_total", "no")
    assert check_year("2013-14", data).findings == report.checks.findings


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
    results, expected = run_rules(RULES, before), run_rules(RULES, tables)
    for result, usual in zip(results, expected, strict=True):
        assert result.outcome == usual.outcome
        assert set(result.findings) == set(usual.findings)
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
