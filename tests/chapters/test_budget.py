"""The budget: its rules to the penny, and its tables as the Board prints them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hscb_report.chapters import budget
from hscb_report.chapters.budget import CHAPTER
from hscb_report.checks.rule import run_rules
from hscb_report.display import waterfall_data
from hscb_report.report import check_year
from hscb_report.report.reading import Run
from hscb_report.schema import YearData
from hscb_report.schema.finance import (
    BudgetTotal,
    Contribution,
    Expenditure,
    FundBalance,
    HelpInKind,
    OtherIncome,
)
from hscb_report.units import NOT_STATED
from hscb_report.wording import slug
from tests.made_up import YEAR, placed, result_of, tables_of, with_tables

R1, R2, R3, R4, R39, R5, R40, R41, R42 = CHAPTER.rules
TOTALS = "2013-14/budget_totals.csv"
INCOME = ("£247,497.", "contributions.csv rows 2 to 7", "fund_balances.csv row 2")


def test_the_committed_budget_adds_up(given):
    results = run_rules(CHAPTER.rules, given)
    outcomes = {result.rule.code: result.outcome for result in results}
    assert {code for code, outcome in outcomes.items() if outcome == "passed"} == {
        *("R1", "R2", "R3", "R39", "R5")
    }
    assert set(outcomes.values()) == {"passed", "not_run"}


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
        (
            (Expenditure, 2, "amount", "0"),
            ("fell by £12,327", "£9,673 below", "rows 2 to 8"),
        ),
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
    title = "1 of 3 headings of the guidance had no spend stated"
    assert report.exhibit("spend-by-heading").title == title


def test_the_account_is_titled_by_its_largest_part_the_totals_left_out(report):
    titles = [report.exhibit(f"budget-{side}").title for side in ("income", "expenditure")]
    assert titles == [
        "51% of income came from Herefordshire Council",
        "65% of spend went on Business Unit Staff and Costs",
    ]


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
    shown = {name for name, fact in found.items() if fact.figure.files}
    assert shown == {fact.id for fact in report.facts if fact.chapter == "budget"}


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


# Other income -----------------------------------------------------------------------------------

OTHER = "2013-14/other_income.csv"
CHARGES = {"line": "Charges for courses", "kind": "training", "amount": Decimal(2000)}
PAID_BACK = {"line": "Grant (paid back)", "kind": "grant", "amount": Decimal(-500)}


def other_income(*rows):
    return placed(OTHER, list(rows), OtherIncome)


def with_(given, **tables):
    return replace(given, tables=with_tables(given.tables, **tables))


@pytest.fixture
def richer(given):
    """The committed year with other income, 1,500 pounds in all, that is left at its end."""
    carried = given.tables[FundBalance][1].model_copy(update={"amount": Decimal(28479)})
    totals = [row.model_copy(update={"amount": Decimal(248997)}) for row in totals_of(given)]
    return with_(
        given,
        other_income=other_income(CHARGES, PAID_BACK),
        fund_balances=(given.tables[FundBalance][0], carried),
        budget_totals=totals,
    )


def totals_of(given):
    return given.tables[BudgetTotal]


def shown(data):
    return {table.label: table for table in budget.exhibits(data)}


def test_an_account_with_other_income_adds_up(richer):
    """Without it, in the same account, the sums are wrong."""
    results = run_rules([R1, R2, R3, R5], richer)
    assert [result.outcome for result in results] == ["passed"] * 4
    without = run_rules([R1, R2, R3, R5], with_(richer, other_income=()))
    assert [r.outcome for r in without] == ["failed", "passed", "passed", "failed"]
    more = with_(richer, other_income=other_income(CHARGES))
    (income,), (fallen,) = (run_rules([rule], more)[0].findings for rule in (R1, R5))
    assert "contributions, other income and brought forward come to £249,497" in income.message
    assert "other_income.csv row 2" in income.message
    assert "spend is £10,327 above what contributions and other income come to" in fallen.message


def test_a_damaged_table_of_other_income_leaves_the_sums_unchecked(richer):
    for rule in (R1, R5, R39):
        (result,) = run_rules([rule], richer, {"other_income"})
        assert result.outcome == "not_run"


def test_other_income_is_told_in_facts_that_say_so(given, richer):
    before, now = told(given), told(richer)
    assert {name: now[f"budget.{name}"].text for name in OF_OTHER_INCOME} == OF_OTHER_INCOME
    assert before["budget.in_year_balance"].label == "Contributions less spend"
    assert before["budget.in_year_deficit"].label == "Spend less contributions"
    assert now["budget.in_year_balance"].label == "Contributions and other income less spend"
    assert now["budget.in_year_deficit"].label == "Spend less contributions and other income"
    assert not before["budget.other_income"].figure.files
    council = "budget.council_share_of_contributions"
    assert before[council].text == now[council].text


OF_OTHER_INCOME = {
    "other_income": "£1,500",
    "other_income_charges_for_courses": "£2,000",
    "other_income_grant_paid_back": "−£500",
    "in_year_income": "£209,691",
    "total_income": "£248,997",
    "in_year_balance": "−£10,827",
    "in_year_deficit": "£10,827",
    "council_share_of_income": "51.0%",
}


def test_a_surplus_is_told_with_its_own_sign(richer):
    grant = {"line": "Grant", "kind": "grant", "amount": Decimal(20000)}
    found = told(with_(richer, other_income=other_income(grant)))
    assert found["budget.in_year_balance"].text == "£7,673"
    assert found["budget.in_year_deficit"].text == "−£7,673"


def test_the_tables_list_other_income(richer):
    tables = shown(richer)
    assert tables["other-income"].texts() == (
        ("Charges for courses", "Charges for training", "£2,000"),
        ("Grant (paid back)", "Grants", "−£500"),
        ("Total", "All kinds", "£1,500"),
    )
    assert "more was paid back" in tables["other-income"].notes[0]
    income = tables["budget-income"]
    assert [row[0] for row in income.texts()][5:9] == [
        *("CAFCASS", "Charges for courses", "Grant (paid back)", "Funding carried forward")
    ]
    heading = income.columns[0]
    assert (heading.heading, heading.name) == ("Income", "Agency contributions")
    assert tables["contribution-shares"].notes[0].startswith("Other income and the balance")


def test_the_steps_from_balance_to_balance_have_other_income_where_there_is_some(given, richer):
    """And the chart of them goes from the one balance to the other, whichever way."""
    names = ["Brought forward", "Contributions", "Spend", "Carried forward"]
    assert [row[0] for row in shown(given)["budget-balance"].texts()] == names
    steps = shown(richer)["budget-balance"]
    assert [row[0] for row in steps.texts()] == [*names[:2], "Other income", *names[2:]]
    assert steps.notes == ("Spend is shown as a negative amount: the five add up.",)
    *changes, last = waterfall_data(steps, "Amount")
    assert (changes[-1]["to"], last["to"]) == (28479, 28479)
    assert [row["kind"] for row in (*changes, last)] == ["balance", *["change"] * 3, "balance"]


def test_lines_of_other_income_are_told_apart_too(given):
    rows = [{**CHARGES, "line": line} for line in ("Fees (1)", "Fees 1", "Связь")]
    found = run_rules([R39], with_(given, other_income=other_income(*rows)))[0].findings
    assert [(f.file, f.row, f.found) for f in found] == [(OTHER, 3, "Fees 1"), (OTHER, 4, "Связь")]
    assert "budget.other_income_fees_1" in found[0].message


def test_a_line_of_spend_may_be_called_as_one_of_income(given):
    line = given.tables[Expenditure][0].line
    data = with_(given, other_income=other_income({**CHARGES, "line": line}))
    assert run_rules([R39], data)[0].outcome == "passed"


def test_other_income_that_may_be_a_contribution_is_told_at_its_line(given):
    """By the payer's name alone, or by the name within the line and the same amount."""
    for line, amount, is_told in (
        ("CAFCASS", 1, True),
        ("Cafcass", 550, True),
        ("From CAFCASS, as agreed", 550, True),
        ("From CAFCASS, for a course", 200, False),
        ("Something of the same amount", 550, False),
        ("Cafcasses", 550, False),
    ):
        row = {"line": line, "kind": "other", "amount": Decimal(amount)}
        found = run_rules([R42], with_(given, other_income=other_income(row)))[0].findings
        assert [(f.rule, f.severity, f.file, f.row, f.column, f.found) for f in found] == [
            *[("R42", "warning", OTHER, 2, "line", line)] * is_told
        ]
        assert all("contributions.csv row 7" in f.message for f in found)


def test_names_without_a_letter_of_the_alphabet_are_not_taken_for_one_payer(given):
    paid = given.tables[Contribution][0].model_copy(update={"organisation": "Полиция"})
    row = {"line": "Связь", "kind": "other", "amount": paid.amount}
    data = with_(given, contributions=(paid,), other_income=other_income(row))
    assert run_rules([R42], data)[0].outcome == "passed"


# Help in kind -----------------------------------------------------------------------------------


def helped(*values):
    rows = [
        {"agency": "cafcass", "organisation": "CAFCASS", "help": f"Room {n}", "value": value}
        for n, value in enumerate(values, 1)
    ]
    return placed("2013-14/help_in_kind.csv", rows, HelpInKind)


def test_help_in_kind_is_listed_and_is_no_part_of_income(given):
    data = with_(given, help_in_kind=helped(Decimal(1200), None))
    table = shown(data)["help-in-kind"]
    assert table.texts() == (
        ("CAFCASS", "Room 1", "£1,200"),
        ("CAFCASS", "Room 2", NOT_STATED),
        ("Total", "What has a value", "£1,200"),
    )
    assert any("not stated is not zero" in note for note in table.notes)
    before, now = told(given), told(data)
    assert now["budget.help_in_kind"].text == "£1,200"
    assert {name for name in now if before[name].text != now[name].text} == {"budget.help_in_kind"}


def test_help_of_which_nobody_tells_a_value_has_no_column_of_them(given):
    data = with_(given, help_in_kind=helped(None))
    table = shown(data)["help-in-kind"]
    assert table.texts() == (("CAFCASS", "Room 1"),)
    assert len(table.notes) == 1
    assert told(data)["budget.help_in_kind"].text == NOT_STATED
    whole = shown(with_(given, help_in_kind=helped(Decimal(1))))["help-in-kind"]
    assert not any("not stated" in note for note in whole.notes)


def test_a_year_of_which_only_help_or_other_income_is_known_has_the_chapter(given):
    bare = with_(given, contributions=(), expenditure=(), fund_balances=(), budget_totals=())
    assert not CHAPTER.is_present(bare)
    for tables in ({"help_in_kind": helped(None)}, {"other_income": other_income(CHARGES)}):
        data = with_(bare, **tables)
        assert CHAPTER.is_present(data)
        assert {fact.text for fact in budget.facts(data) if "income" in fact.id} <= {
            *(NOT_STATED, "£2,000")
        }
        assert any(table.rows for table in budget.exhibits(data))


# Budget beside actual ---------------------------------------------------------------------------


def agreed(rows, column="budget", **amounts):
    """Return rows with agreed amounts: by their agency or line, else what they came to."""
    return tuple(
        row.model_copy(
            update={column: amounts.get(getattr(row, "agency", None) or row.line, row.amount)}
        )
        for row in rows
    )


@pytest.fixture
def planned(richer):
    """A year with a budget, and an agreed next year."""
    paid = agreed(richer.tables[Contribution], cafcass=Decimal(500))
    spent = agreed(richer.tables[Expenditure], **{"Independent Chair": Decimal(25000)})
    other = agreed(richer.tables[OtherIncome])
    return with_(
        richer,
        contributions=agreed(paid, "next_year", cafcass=Decimal(0)),
        other_income=agreed(other, "next_year", **{PAID_BACK["line"]: Decimal(0)}),
        expenditure=agreed(spent, "next_year", **{"Independent Chair": Decimal(30000)}),
    )


def test_without_an_agreed_amount_there_is_no_table_of_them_and_no_number(given, richer):
    for data in (given, richer):
        assert not shown(data)["budget-and-actual"].rows
        assert not [f for f in budget.facts(data) if "budgeted" in f.id and f.figure.files]
        assert not [f for f in budget.facts(data) if "against" in f.id and f.figure.files]
        assert not [f for f in budget.facts(data) if "next_year" in f.id and f.figure.files]


def test_the_budget_stands_beside_the_actual_amounts_and_the_next_year(planned):
    table = shown(planned)["budget-and-actual"]
    assert [column.heading for column in table.columns] == [
        *("Part of the account", "Line", "Budget", "Actual", "Difference", "Next year")
    ]
    assert (table.row_headers, table.caption[-7:]) == (2, "2014-15")
    rows = {row[:2]: row[2:] for row in table.texts()}
    assert len(rows) == len(table.rows) == 7 + 3 + 1 + 8 + 1
    assert rows["Contributions", "CAFCASS"] == ("£500", "£550", "£50", "£0")
    assert rows["Contributions", "Total"] == ("£208,141", "£208,191", "£50", "£207,641")
    assert rows["Other income", "Total"] == ("£1,500", "£1,500", "£0", "£2,000")
    assert rows["Income", "Total"] == ("£209,641", "£209,691", "£50", "£209,641")
    assert rows["Spend", "Independent Chair"] == ("£25,000", "£22,000", "−£3,000", "£30,000")
    assert rows["Spend", "Total"] == ("£223,518", "£220,518", "−£3,000", "£228,518")
    assert rows["Income less spend", "Total"] == (*("−£13,877", "−£10,827", "£3,050", "−£18,877"),)


def test_a_column_of_which_nothing_is_known_is_left_out(planned):
    for column, headings in (
        ("next_year", ["Budget", "Actual", "Difference"]),
        ("budget", ["Actual", "Next year"]),
    ):
        tables = {
            row.info.name: [r.model_copy(update={column: None}) for r in planned.tables[row]]
            for row in (Contribution, OtherIncome, Expenditure)
        }
        table = shown(with_(planned, **tables))["budget-and-actual"]
        assert [c.heading for c in table.columns][2:] == headings
        assert len(table.notes) == (column == "next_year")
        assert ("2014-15" in table.caption) == (column == "budget")


def test_what_was_agreed_is_told_and_the_next_year_is_of_its_own_time(planned):
    found = told(planned)
    assert {name: found[f"budget.{name}"].text for name in OF_WHAT_IS_AGREED} == OF_WHAT_IS_AGREED
    for name, fact in found.items():
        assert str(fact.period) == ("2014-15" if "next_year" in name else str(fact.period))


OF_WHAT_IS_AGREED = {
    "budgeted_income": "£209,641",
    "budgeted_spend": "£223,518",
    "income_against_budget": "£50",
    "spend_against_budget": "−£3,000",
    "next_year_income": "£209,641",
    "next_year_spend": "£228,518",
    "next_year_balance": "−£18,877",
    "next_year_carried_forward": "£9,602",
}


def test_a_line_without_an_agreed_amount_is_told_where_others_have_one(planned):
    assert run_rules([R40], planned)[0].outcome == "passed"
    for row_class, column, number in (
        (Expenditure, "budget", 3),
        (Expenditure, "next_year", 8),
        (Contribution, "budget", 2),
        (OtherIncome, "next_year", 3),
    ):
        rows = list(planned.tables[row_class])
        rows[number - 2] = rows[number - 2].model_copy(update={column: None})
        data = replace(planned, tables=planned.tables.with_rows(row_class, rows))
        (found,) = run_rules([R40], data)[0].findings
        assert (found.rule, found.severity) == ("R40", "warning")
        assert (found.file, found.row, found.column) == (rows[0].place.file, number, column)
        part = shown(data)["budget-and-actual"].texts()[-1]
        assert NOT_STATED in part


def test_a_side_of_the_account_without_any_agreed_amount_is_no_gap(planned):
    """Only spend has a budget; but other income belongs to the side of the contributions."""
    unplanned = {"budget": None, "next_year": None}
    paid = [row.model_copy(update=unplanned) for row in planned.tables[Contribution]]
    other = [row.model_copy(update=unplanned) for row in planned.tables[OtherIncome]]
    neither = with_(planned, contributions=paid, other_income=other)
    assert run_rules([R40], neither)[0].outcome == "passed"
    found = run_rules([R40], with_(planned, other_income=other))[0].findings
    assert {(f.file, f.column) for f in found} == {(OTHER, "budget"), (OTHER, "next_year")}
    assert len(found) == 4


def before(planned, *, year=YEAR.previous, **amounts):
    """Return a year before whose next year was agreed: as budgeted now, but for some lines."""
    tables = {
        row.info.name: [
            r.model_copy(
                update={
                    "next_year": amounts.get(getattr(r, "agency", None) or r.line, r.budget),
                    "place": replace(r.place, file=r.place.file.replace("2013-14", "2012-13")),
                }
            )
            for r in planned.tables[row]
        ]
        for row in (Contribution, OtherIncome, Expenditure)
    }
    return replace(planned, earlier=(YearData(year, tables_of(**tables)),))


def test_the_budget_is_what_the_year_before_had_agreed(planned):
    assert run_rules([R41], before(planned))[0].outcome == "passed"
    data = before(planned, **{"Independent Chair": Decimal(24000), "cafcass": Decimal(550)})
    paid, spent = run_rules([R41], data)[0].findings
    assert (paid.rule, paid.severity) == ("R41", "warning")
    assert (paid.file, paid.row, paid.column, paid.found) == (
        *("2013-14/contributions.csv", 7, "budget", "500"),
    )
    assert "last year's report had £550 for it (contributions.csv row 7)" in paid.message
    assert (spent.file, spent.row, spent.found) == ("2013-14/expenditure.csv", 2, "25000")


def test_a_budget_that_was_changed_with_a_note_is_as_good(planned):
    data = before(planned, **{PAID_BACK["line"]: Decimal(700)})
    (found,) = run_rules([R41], data)[0].findings
    assert (found.file, found.row) == (OTHER, 3)
    noted = [r.model_copy(update={"note": "Agreed anew"}) for r in data.tables[OtherIncome]]
    assert run_rules([R41], with_(data, other_income=noted))[0].outcome == "passed"


def test_without_both_amounts_of_a_line_there_is_no_budget_to_compare(planned):
    """Nor with what was agreed two years ago; a line that is new has nothing to be held to."""
    assert run_rules([R41], planned)[0].outcome == "not_run"
    gap = before(planned, year=YEAR.previous.previous)
    assert run_rules([R41], gap)[0].outcome == "not_run"
    for column in ("budget", "next_year"):
        data = before(planned, cafcass=Decimal(7))
        place = data if column == "budget" else data.earlier[0]
        tables = {
            row.info.name: [r.model_copy(update={column: None}) for r in place.tables[row]]
            for row in (Contribution, OtherIncome, Expenditure)
        }
        if column == "budget":
            data = with_(data, **tables)
        else:
            data = replace(data, earlier=(YearData(YEAR.previous, tables_of(**tables)),))
        assert run_rules([R41], data)[0].outcome == "not_run"
    renamed = [r.model_copy(update={"line": f"New {r.line}"}) for r in planned.tables[Expenditure]]
    data = with_(before(planned, **{"Independent Chair": Decimal(1)}), expenditure=renamed)
    assert run_rules([R41], data)[0].outcome == "passed"
