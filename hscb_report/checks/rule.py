"""What a rule is, and how rules are run: each over the tables it names, none hidden by another."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from hscb_report.figures import Figure
from hscb_report.findings import Finding, Severity
from hscb_report.schema import Place, Row, YearData
from hscb_report.schema.tables import UndeclaredTableError

Outcome = Literal["passed", "failed", "not_run", "accepted"]


@dataclass(frozen=True)
class Breach:
    """One way in which the data breaks a rule, and the cell at which to look first.

    The message of a rule that reads a protected table names rows, never their numbers.
    """

    message: str
    hint: str
    place: Place | None = None
    column: str | None = None
    found: str | None = None
    severity: Severity | None = None  # where it is not the rule's own
    file: str = ""  # where it has no place in a table


Breaches = Iterator[Breach]
COMPARE = "One of these cells is wrong: compare each with its source."
"""What to do where two tables disagree, and neither is known to be the wrong one."""


class NothingToCheck(Exception):  # noqa: N818 (not an error)
    """Raised by a rule whose tables are there but lack the row that it compares with."""


@dataclass(frozen=True)
class Rule:
    """A promise: what it says, and how grave a breach is.

    Of a rule about data, `check` yields a Breach for each way in which the data breaks it. It runs
    when all of the tables that it `reads` are there and hold rows, and the row that it compares
    with among them; otherwise it is not run, which is not the same as passed. What it reads that
    `may_be_empty` need only be undamaged. A rule `over_all` reads whatever table there is; one
    `over_years` compares with earlier years, and is not run where one of them is damaged. A rule
    without `check` is one that something else holds to: the loader, the reading of the prose.
    """

    code: str
    title: str
    severity: Severity = "error"
    reads: tuple[type[Row], ...] = ()
    check: Callable[[YearData], Breaches] | None = None
    over_all: bool = False
    may_be_empty: tuple[type[Row], ...] = ()
    over_years: bool = False

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Z][0-9]+", self.code):
            raise ValueError(f'"{self.code}" is no code of a rule: a letter and a number')

    @property
    def number(self) -> int:
        """The number in its code, by which rules are listed."""
        return int(self.code[1:])


@dataclass(frozen=True)
class RuleResult:
    """A rule and what came of it."""

    rule: Rule
    outcome: Outcome
    findings: tuple[Finding, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the rule with the field names of `check --format json`."""
        return {
            "rule": self.rule.code,
            "title": self.rule.title,
            "severity": self.rule.severity,
            "outcome": self.outcome,
        }


def results_of(
    rules: Iterable[Rule], findings: Iterable[Finding], *, is_run: bool = True
) -> tuple[RuleResult, ...]:
    """Return the results of rules that something else has held the data to, by its findings."""
    found = tuple(findings)
    return tuple(_result_of(rule, found, is_run) for rule in rules)


def run_rules(
    rules: Iterable[Rule],
    data: YearData,
    damaged: Collection[str] = (),
    *,
    lacks_years: bool = False,
) -> tuple[RuleResult, ...]:
    """Run every rule over the data; a rule that crashes fails under its own name.

    A rule that reads a table named in `damaged` is not run: its answer would mean nothing; nor is
    one over years, if the data `lacks_years` that are there and damaged. Of a draft, none is run
    that reads a table with gaps, or one that lacks rows: what is still to come breaks no promise.
    """
    return tuple(
        RuleResult(rule, "not_run")
        if lacks_years and rule.over_years
        else _run(rule, data, damaged)
        for rule in rules
    )


def _result_of(rule: Rule, findings: tuple[Finding, ...], is_run: bool) -> RuleResult:
    own = tuple(finding for finding in findings if finding.rule == rule.code)
    return RuleResult(rule, "failed" if own else "passed" if is_run else "not_run", own)


def _run(rule: Rule, data: YearData, damaged: Collection[str]) -> RuleResult:
    read = (*rule.reads, *rule.may_be_empty)
    unread = data.gaps.union(data.awaited, damaged)
    blind = any(row.info.name in unread for row in read) or (rule.over_all and damaged)
    if rule.check is None or blind or not all(data.tables[row] for row in rule.reads):
        return RuleResult(rule, "not_run")
    given = data if rule.over_all else replace(data, tables=data.tables.only(read))
    try:
        breaches = tuple(rule.check(given))
    except NothingToCheck:
        return RuleResult(rule, "not_run")
    except Exception as error:  # a defect of any kind must not hide the other findings
        message = f"the rule itself is defective ({error_told(error, read)})."
        hint = "Report it to whoever keeps the package; the data may be sound."
        finding = Finding(rule.code, "error", _first_file(rule, data), message, hint)
        return RuleResult(rule, "failed", (finding,))
    findings = tuple(_finding(rule, breach, data) for breach in breaches)
    return RuleResult(rule, "failed" if findings else "passed", findings)


def error_told(error: Exception, reads: Iterable[type[Row]]) -> str:
    """Return what may be told of an error in code that reads these tables.

    What the error says may hold a cell: of a protected table it is left out.
    """
    kind = type(error).__name__
    if any(row.info.protected for row in reads) and not isinstance(error, UndeclaredTableError):
        return kind
    return f"{kind}: {error}" if str(error) else kind


def _finding(rule: Rule, breach: Breach, data: YearData) -> Finding:
    place = breach.place
    return Finding(
        rule.code,
        breach.severity or rule.severity,
        place.file if place else breach.file or _first_file(rule, data),
        breach.message,
        breach.hint,
        place.row if place else None,
        breach.column,
        breach.found,
    )


def _first_file(rule: Rule, data: YearData) -> str:
    rows = data.tables[rule.reads[0]] if rule.reads else ()
    return rows[0].place.file if rows else ""


def compared(*figures: Figure) -> None:
    """Raise NothingToCheck if any of the figures to compare is missing."""
    if any(figure.value is None for figure in figures):
        raise NothingToCheck


def addends(figure: Figure) -> str:
    """Return the rows of a sum for a message: `contributions.csv rows 2 to 7`."""
    return rows_named(figure.rows)


def rows_named(places: Iterable[Place]) -> str:
    """Return rows for a message: `contributions.csv rows 2 to 7; fund_balances.csv row 2`."""
    files: dict[str, list[int]] = {}
    for place in places:
        files.setdefault(place.file.rsplit("/", 1)[-1], []).append(place.row)
    return "; ".join(f"{file} {_rows(rows)}" for file, rows in files.items())


def _rows(rows: Iterable[int]) -> str:
    numbers = sorted(set(rows))
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"rows {numbers[0]} to {numbers[-1]}"
    word = "row" if len(numbers) == 1 else "rows"
    return f"{word} {', '.join(str(number) for number in numbers)}"
