"""The budget: its rules to the penny, and its tables as the Board prints them."""

from dataclasses import replace
from decimal import Decimal

from hscb_report.chapters import budget
from hscb_report.chapters.budget import CHAPTER
from hscb_report.checks.rule import run_rules
from hscb_report.report import check_year
from hscb_report.report.reading import Run
from hscb_report.schema import YearData
from hscb_report.schema.finance import BudgetTotal, Contribution, Expenditure, FundBalance
from hscb_report.units import NOT_STATED
from hscb_report.wording import slug
from tests.made_up import YEAR, placed, result_of, tables_of, with_tables

R1, R2, R3, R4, R39, R5 = CHAPTER.rules
TOTALS = "2013-14/budget_totals.csv"
INCOME = ("£247,497.", "contributions.csv rows 2 to 7", "fund_balances.csv row 2")


def test_the_committed_budget_adds_up(given):
    results = run_rules(CHAPTER.rules, given)
    assert [result.outcome for result in results] == ["passed"] * 3 + [
        "not_run",
        "passed",
        "passed",
    ]


def test_a_wrong_sum_is_an_error_at_the_printed_total_that_names_every_addend(after):
    """A wrong sum has no one guilty cell."""
    for rule, change, row, printed, says in (
        (R1, (Contribution, 3, "amount", "45204"), 2, "247497", ("£247,498", *INCOME)),
        (R1, (Contribution, 2, "amount", "127016.50"), 2, "247497", ("£247,497.50", *INCOME)),
        (R1, (BudgetTotal, 2, "amount", "247,947"), 2, "247947", ("£247,497 (", "£247,947.")),
        (R2, (Expenditure, 3, "amount", "142521"), 3, "247497", ("£247,506", "rows 2 to 8")),
        (R2, (FundBalance, 3, "amount", "26978.99"), 3, "247497", ("£247,496.99", "row 3")),
        (R3, (BudgetTotal, 3, "amount", "247479"), 3, "247479", ("£247,497 (row 2)", "£247,479")),
    ):
        (found,) = after(rule, change)
        assert (found.rule, found.severity) == (rule.code, "error")
        assert (found.file, found.row, found.column) == (TOTALS, row, "amount")
        assert found.found == printed
        assert all(part in found.message for part in says), found.message


def test_without_a_printed_total_its_rules_are_not_run(given):
    for which, rules in (("income", (R1, R3)), ("expenditure", (R2, R3))):
        kept = [row for row in given.tables[BudgetTotal] if row.total != which]
        tables = with_tables(given.tables, budget_totals=kept)
        assert [result_of(rule, tables).outcome for rule in rules] == ["not_run"] * 2


def test_the_balance_falls_by_what_spend_exceeds_contributions(after):
    for change, says in (
        ((FundBalance, 2, "amount", "39360"), ("£12,381 (fund_balances.csv rows 2, 3)", "£12,327")),
        ((Expenditure, 2, "amount", "0"), ("£12,327", "−£9,673", "expenditure.csv rows 2 to 8")),
    ):
        (found,) = after(R5, change)
        assert (found.severity, found.file) == ("error", "2013-14/fund_balances.csv")
        assert all(part in found.message for part in says), found.message


def test_amounts_below_zero_are_added_as_they_stand(after):
    """More came back than was spent; and a year may end in debt."""
    refund = (Expenditure, 2, "amount", "(1,000)"), (FundBalance, 3, "amount", "49979")
    debt = (Expenditure, 3, "amount", "169991"), (FundBalance, 3, "amount", "-500")
    for changes in (refund, debt):
        assert [found for rule in (R1, R2, R3, R5) for found in after(rule, *changes)] == []
        assert {found.rule for rule in (R2, R5) for found in after(rule, changes[0])} == {
            *("R2", "R5")
        }


# What the year before left --------------------------------------------------------------------

BEFORE = "2012-13/fund_balances.csv"


def balances(**amounts):
    rows = [{"balance": name, "amount": Decimal(pounds)} for name, pounds in amounts.items()]
    return placed(BEFORE, rows, FundBalance)


def continuity(tables, before, year=YEAR.previous):
    """Return the result of the rule beside an earlier year with these balances."""
    earlier = YearData(year, tables_of(fund_balances=before))
    return result_of(R4, tables, earlier=(earlier,))


def test_what_a_year_carries_forward_the_next_brings_forward(tables):
    same = continuity(tables, balances(brought_forward=1, carried_forward=39306))
    assert same.outcome == "passed"
    other = continuity(tables, balances(brought_forward=39306, carried_forward="39305.99"))
    (found,) = other.findings
    assert (found.rule, found.severity) == ("R4", "error")
    assert (found.file, found.row, found.column) == ("2013-14/fund_balances.csv", 2, "amount")
    assert found.found == "39306"
    assert "£39,305.99 forward (fund_balances.csv row 3)" in found.message


def test_without_both_balances_there_is_nothing_to_compare(tables):
    """A missing balance is no contradiction."""
    left = balances(carried_forward=39306)
    for before in ((), balances(brought_forward=39306)):
        assert continuity(tables, before).outcome == "not_run"
    without = with_tables(tables, fund_balances=tables[FundBalance][1:])
    assert continuity(without, left).outcome == "not_run"
    assert result_of(R4, tables).outcome == "not_run"


def test_a_gap_between_the_years_is_not_bridged(tables):
    """What was left two years ago is not what this year began with."""
    before = balances(carried_forward=1)
    assert continuity(tables, before, YEAR.previous.previous).outcome == "not_run"
    assert continuity(tables, before).outcome == "failed"


def test_the_year_before_is_read_from_its_own_folder_unless_it_is_damaged(data):
    """Its own check tells what is wrong there; here the rule is not run, and is not defective."""
    (data / "2012-13").mkdir()
    settings = (data / "2013-14" / "year.toml").read_text().replace("2013-14", "2012-13")
    (data / "2012-13" / "year.toml").write_text(settings)
    sources = data / "2013-14" / "sources.csv"
    (data / "2012-13" / "sources.csv").write_bytes(sources.read_bytes())

    def write(*rows):
        header = "balance,amount,source,locator,basis,as_printed,note\n"
        lines = "".join(f"{row},ar,L1,verbatim,,\n" for row in rows)
        (data / BEFORE).write_text(header + lines)

    twice = ("carried_forward,39306", "carried_forward,40000")
    for rows in (("carried_forward,lots",), twice, ()):
        write(*rows)
        before = Run.of("2013-14", data).data.year_before
        assert (before is None) == bool(rows)
        assert "R4" not in {found.rule for found in check_year("2013-14", data).findings}
    write("carried_forward,40000")
    before = Run.of("2013-14", data).data.year_before
    assert [row.amount for row in before.tables[FundBalance]] == [40000]
    assert "R4" in {found.rule for found in check_year("2013-14", data).findings}


# The tables -----------------------------------------------------------------------------------


def test_the_budget_is_printed_as_the_board_printed_it(report):
    assert report.exhibit("budget-income").texts() == (
        ("Herefordshire Council", "£127,016"),
        ("NHS Herefordshire", "£45,203"),
        ("West Mercia Police", "£30,165"),
        ("Youth Offending Service", "£645"),
        ("West Mercia Probation", "£4,612"),
        ("CAFCASS", "£550"),
        ("Funding carried forward", "£39,306"),
        ("Total income", "£247,497"),
    )
    assert [row[1] for row in report.exhibit("budget-expenditure").texts()] == [
        *("£22,000", "£142,512", "£7,478", "£20,192", "£20,928", "£778", "£6,630"),
        *("£26,979", "£247,497"),
    ]


def test_the_steps_of_the_balance_add_up(report):
    *steps, carried = [row[1].value for row in report.exhibit("budget-balance").rows]
    assert sum(steps) == carried == 26979


def test_shares_end_with_their_sum_and_are_those_of_the_ledger(report):
    for label, lines in (("contribution-shares", 6), ("spend-shares", 7)):
        table = report.exhibit(label)
        *rows, last = table.rows
        assert (len(rows), last[0]) == (lines, "Total")
        assert last[1].value == sum(row[1].value for row in rows)
        assert table.texts()[-1][2] == "100.0%"
    first, *_ = report.exhibit("contribution-shares").texts()
    council = ("council_contribution", "council_share_of_contributions")
    assert first[1:] == tuple(report.value(f"budget.{name}") for name in council)


def test_spend_by_heading_does_not_take_missing_for_nought(report):
    rows = {row[0]: row[1:] for row in report.exhibit("spend-by-heading").texts()}
    assert rows == {
        "Child death reviews": (NOT_STATED, NOT_STATED),
        "Case reviews": ("£20,928", "9.5%"),
        "Training and learning events": ("£20,192", "9.2%"),
        "Other": ("£179,398", "81.4%"),
        "Total": ("£220,518", "100.0%"),
    }


def test_the_burden_of_contributions_mixes_units_and_names_each(report):
    table = report.exhibit("contribution-burden")
    assert [row[1] for row in table.texts()] == ["61.0%", "97.2%", "6", "6", "£6", "£6"]
    assert table.units(1) == ("percent", "percent", "agencies", "bodies", "pounds", "pounds")


# The facts ------------------------------------------------------------------------------------


def told(data):
    return {fact.id: fact for fact in budget.facts(data)}


def test_every_contributor_line_and_heading_is_a_fact_by_its_code(given, report):
    found = told(given)
    for row in given.tables[Contribution]:
        assert found[f"budget.contribution_{row.agency}"].figure.value == row.amount
        assert f"budget.share_of_contributions_{row.agency}" in found
    for row in given.tables[Expenditure]:
        assert found[f"budget.spend_{slug(row.line)}"].figure.value == row.amount
        assert f"budget.share_of_spend_{slug(row.line)}" in found
    headings = {name for name in found if name.startswith("budget.spend_under_")}
    assert headings == {
        f"budget.spend_under_{row.statutory_heading}" for row in given.tables[Expenditure]
    }
    assert set(found) == {fact.id for fact in report.facts if fact.chapter == "budget"}


def test_without_a_single_council_there_are_no_facts_of_one(given):
    board = given.settings.board.model_copy(update={"local_authority": None})
    data = replace(given, settings=replace(given.settings, board=board))
    gone = set(told(given)) - set(told(data))
    assert gone == {
        "budget.council_contribution",
        "budget.council_share_of_contributions",
        "budget.council_share_of_income",
    }


def test_without_a_number_of_children_nothing_is_told_per_child(given):
    data = replace(given, tables=with_tables(given.tables, measurements=()))
    gone = set(told(given)) - set(told(data))
    assert gone == {"budget.contribution_per_child", "budget.cost_per_child"}
    (burden,) = (t for t in budget.exhibits(data) if t.label == "contribution-burden")
    assert not [row for row in burden.texts() if "child" in row[0]]


def test_a_side_of_the_account_that_nobody_listed_is_not_stated_and_not_nought(given):
    """Only what was spent is known, or only what was paid: the other is no 0 pounds."""
    for missing, facts_ in (
        ("contributions", ("contributions", "contributors", "total_income", "in_year_deficit")),
        ("expenditure", ("spend", "total_expenditure", "in_year_balance")),
    ):
        data = replace(given, tables=with_tables(given.tables, **{missing: ()}))
        assert CHAPTER.is_present(data)
        found = told(data)
        assert [found[f"budget.{name}"].text for name in facts_] == [NOT_STATED] * len(facts_)
        balance = next(t for t in budget.exhibits(data) if t.label == "budget-balance")
        assert [row[1] for row in balance.texts()].count(NOT_STATED) == 1
    neither = with_tables(given.tables, contributions=(), expenditure=())
    assert not CHAPTER.is_present(replace(given, tables=neither))


def test_two_lines_that_texts_could_not_tell_apart_are_told(given):
    first = given.tables[Expenditure][0]
    lines = ("Training (1)", "Training 1", "Связь")
    rows = [first.model_copy(update={"line": line}) for line in lines]
    result = run_rules([R39], replace(given, tables=given.tables.with_rows(Expenditure, rows)))[0]
    assert [finding.found for finding in result.findings] == ["Training 1", "Связь"]
