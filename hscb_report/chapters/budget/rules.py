"""What must hold of the budget."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from hscb_report.calculations import budget
from hscb_report.chapters.budget.lines import AGREED, LINES, is_agreed
from hscb_report.checks.rule import (
    COMPARE,
    Breach,
    Breaches,
    NothingToCheck,
    Rule,
    addends,
    compared,
    rows_named,
)
from hscb_report.figures import Figure, cell, one
from hscb_report.schema import YearData
from hscb_report.schema.finance import (
    BudgetTotal,
    Contribution,
    Expenditure,
    FundBalance,
    OtherIncome,
)
from hscb_report.units import POUNDS
from hscb_report.wording import slug

ACCOUNT = (Contribution, Expenditure, FundBalance, BudgetTotal)


def _income_adds_up(data: YearData) -> Breaches:
    paid, other = data.tables[Contribution], data.tables[OtherIncome]
    worked_out = budget.total_income(paid, data.tables[FundBalance], other)
    what = f"contributions{', other income' * bool(other)} and brought forward"
    yield from _against_printed(data, "income", worked_out, what)


def _expenditure_adds_up(data: YearData) -> Breaches:
    worked_out = budget.total_expenditure(data.tables[Expenditure], data.tables[FundBalance])
    yield from _against_printed(data, "expenditure", worked_out, "spend and carried forward")


def _against_printed(data: YearData, which: str, worked_out: Figure, what: str) -> Breaches:
    printed = one(data.tables[BudgetTotal], "amount", lambda row: row.total == which)
    compared(printed, worked_out)
    for row in data.tables[BudgetTotal]:
        if row.total == which and row.amount != worked_out.value:
            yield Breach(
                f"{what} come to {POUNDS.text(worked_out)} ({addends(worked_out)}), "
                f"the stated total is {POUNDS.text(cell(row, 'amount'))}.",
                COMPARE,
                row.place,
                "amount",
                str(row.amount),
            )


def _totals_agree(data: YearData) -> Breaches:
    printed = {row.total: row for row in data.tables[BudgetTotal]}
    if not {"income", "expenditure"} <= set(printed):
        raise NothingToCheck
    income, expenditure = printed["income"], printed["expenditure"]
    if income.amount != expenditure.amount:
        yield Breach(
            f"total income is {POUNDS.text(cell(income, 'amount'))} (row {income.place.row}), "
            f"total expenditure {POUNDS.text(cell(expenditure, 'amount'))}.",
            COMPARE,
            expenditure.place,
            "amount",
            str(expenditure.amount),
        )


def _balance_explains_deficit(data: YearData) -> Breaches:
    drawn = budget.balance(data.tables[FundBalance], "brought_forward") - budget.balance(
        data.tables[FundBalance], "carried_forward"
    )
    other = data.tables[OtherIncome]
    deficit = budget.in_year_deficit(data.tables[Contribution], data.tables[Expenditure], other)
    named = "contributions and other income" if other else "contributions"
    compared(drawn, deficit)
    if drawn.value != deficit.value:
        yield Breach(
            f"the balance {_moved(drawn, 'fell', 'rose')} ({addends(drawn)}), but spend is "
            f"{_moved(deficit, 'above', 'below')} what {named} come to ({addends(deficit)}).",
            COMPARE,
            data.tables[FundBalance][0].place,
            "amount",
        )


def _moved(figure: Figure, down: str, up: str) -> str:
    """Return a difference in words: "fell by £400", "rose by £4,000", "£20 above"."""
    amount = Decimal(figure.value or 0)
    size, word = POUNDS.text(Figure(abs(amount))), down if amount > 0 else up
    return f"{word} by {size}" if word in ("fell", "rose") else f"{size} {word}"


def _balance_continues(data: YearData) -> Breaches:
    before = data.year_before
    left = budget.balance(before.tables[FundBalance] if before else (), "carried_forward")
    found = budget.balance(data.tables[FundBalance], "brought_forward")
    compared(left, found)
    if left.value != found.value:
        yield Breach(
            f"the year before carried {POUNDS.text(left)} forward ({addends(left)}).",
            COMPARE,
            found.rows[0],
            "amount",
            str(found.value),
        )


def _lines_are_told_apart(data: YearData) -> Breaches:
    for name, lines in (
        ("spend", data.tables[Expenditure]),
        ("other_income", data.tables[OtherIncome]),
    ):
        yield from _told_alike(f"budget.{name}", lines)


def _told_alike(fact: str, lines: Sequence[Expenditure | OtherIncome]) -> Breaches:
    seen: dict[str, Expenditure | OtherIncome] = {}
    for row in lines:
        first = seen.setdefault(slug(row.line), row)
        if first is not row or not slug(row.line):
            like = f"reads like row {first.place.row}" if first is not row else "has no letter a-z"
            what = f"the line {like} in the names of facts ({fact}_{slug(row.line)})."
            hint = "Word the line otherwise, so that it differs in letters or digits."
            yield Breach(what, hint, row.place, "line", row.line)


def _agreed_columns_are_whole(data: YearData) -> Breaches:
    sides: tuple[tuple[budget.Line, ...], ...] = (
        data.tables[Expenditure],
        (*data.tables[Contribution], *data.tables[OtherIncome]),
    )
    if not any(is_agreed(data, column) for column in AGREED):
        raise NothingToCheck
    for column in AGREED:
        for rows in sides:
            yield from _gaps(column, rows)


def _gaps(column: str, rows: Sequence[budget.Line]) -> Breaches:
    """Yield a breach for each line that lacks an agreed amount which others have."""
    without = [row for row in rows if getattr(row, column) is None]
    for row in without if len(without) < len(rows) else ():
        what = "other lines of the account have an amount here, and so there is no total to state."
        yield Breach(what, "Give it; 0 where nothing was agreed.", row.place, column)


def _budget_is_as_agreed(data: YearData) -> Breaches:
    before = data.year_before
    then = {_line(row): row for table in LINES for row in before.tables[table]} if before else {}
    pairs = [
        (row, then[_line(row)])
        for table in LINES
        for row in data.tables[table]
        if row.budget is not None and _line(row) in then
    ]
    promised = [(row, earlier) for row, earlier in pairs if earlier.next_year is not None]
    if not promised:
        raise NothingToCheck
    for row, earlier in promised:
        if row.budget != earlier.next_year and not row.note:
            told = POUNDS.text(cell(earlier, "next_year"))
            yield Breach(
                f"last year's report had {told} for it ({rows_named([earlier.place])}).",
                "Compare the two; where the budget was changed since, say so in the note.",
                row.place,
                "budget",
                str(row.budget),
            )


def _line(row: budget.Line) -> tuple[str, str]:
    """Return what a line is known by from year to year."""
    return row.info.name, row.agency if isinstance(row, Contribution) else slug(row.line)


def _other_income_is_no_contribution(data: YearData) -> Breaches:
    other, contributions = data.tables[OtherIncome], data.tables[Contribution]
    for row in other:
        for paid in contributions:
            line, payer = slug(row.line), slug(paid.organisation)
            is_named = bool(payer) and f"_{payer}_" in f"_{line}_"
            if is_named and (line == payer or row.amount == paid.amount):
                yield Breach(
                    f"it may be the contribution of the same payer ({rows_named([paid.place])}).",
                    "Keep it in one of the two tables, or word the line so that it tells what else "
                    "was paid for.",
                    row.place,
                    "line",
                    row.line,
                )


RULES = (
    Rule(
        "R1",
        "Contributions, other income and brought forward make total income",
        "error",
        (Contribution, FundBalance, BudgetTotal),
        _income_adds_up,
        may_be_empty=(OtherIncome,),
    ),
    Rule(
        "R2",
        "Spend and carried forward make the stated total",
        "error",
        (Expenditure, FundBalance, BudgetTotal),
        _expenditure_adds_up,
    ),
    Rule("R3", "Total income and total expenditure agree", "error", (BudgetTotal,), _totals_agree),
    Rule(
        "R4",
        "What one year carries forward, the next brings forward",
        "error",
        (FundBalance,),
        _balance_continues,
    ),
    Rule(
        "R39",
        "The lines of the budget can be told apart by their letters and digits",
        "error",
        (Expenditure,),
        _lines_are_told_apart,
        may_be_empty=(OtherIncome,),
    ),
    Rule(
        "R5",
        "The balance falls by what spend exceeds contributions and other income",
        "error",
        ACCOUNT[:3],
        _balance_explains_deficit,
        may_be_empty=(OtherIncome,),
    ),
    Rule(
        "R40",
        "Where some lines have a budget, or an amount for the next year, all have one",
        "warning",
        (Expenditure,),
        _agreed_columns_are_whole,
        may_be_empty=(Contribution, OtherIncome),
    ),
    Rule(
        "R41",
        "The budget is what last year's report said of the next year, or a note says why not",
        "warning",
        (Expenditure,),
        _budget_is_as_agreed,
        may_be_empty=(Contribution, OtherIncome),
    ),
    Rule(
        "R42",
        "No other income is a contribution told twice",
        "warning",
        (OtherIncome, Contribution),
        _other_income_is_no_contribution,
    ),
)
