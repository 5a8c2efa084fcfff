"""What a rule is, and how rules are run: each over the tables it names, none hidden by another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from hscb_report.figures import Figure
from hscb_report.findings import Finding, Severity
from hscb_report.schema import Place, Row, Tables
from hscb_report.years import ReportingYear

Outcome = Literal["passed", "failed", "not_run", "accepted"]


@dataclass(frozen=True)
class Breach:
    """One way in which the data breaks a rule, and the cell at which to look first."""

    message: str
    hint: str
    place: Place | None = None
    column: str | None = None
    found: str | None = None
    severity: Severity | None = None  # where it is not the rule's own


Breaches = Iterator[Breach]


class NothingToCheck(Exception):  # noqa: N818 (not an error)
    """Raised by a rule whose tables are there but lack the row that it compares with."""


@dataclass(frozen=True)
class Rule:
    """A promise about the data: what it says, how grave a breach is, what it reads.

    `check` yields a Breach for each way in which the tables break the rule. A rule runs when all
    of its tables are there and hold rows, and the row that it compares with among them; otherwise
    it is not run, which is not the same as passed. A rule `over_all` reads whatever table there is.
    """

    code: str
    title: str
    severity: Severity
    tables: tuple[str, ...]
    check: Callable[[Tables], Breaches]
    over_all: bool = False


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


def run_rules(
    rules: Iterable[Rule], tables: Tables, damaged: Collection[str] = ()
) -> tuple[RuleResult, ...]:
    """Run every rule over the tables; a rule that crashes fails under its own name.

    A rule that reads a table named in `damaged` is not run: its answer would mean nothing.
    """
    return tuple(_run(rule, tables, damaged) for rule in rules)


def _run(rule: Rule, tables: Tables, damaged: Collection[str]) -> RuleResult:
    if rule.over_all and damaged:
        return RuleResult(rule, "not_run")
    if any(name in damaged or not getattr(tables, name) for name in rule.tables):
        return RuleResult(rule, "not_run")
    try:
        breaches = tuple(rule.check(tables))
    except NothingToCheck:
        return RuleResult(rule, "not_run")
    except Exception as error:  # a defect of any kind must not hide the other findings
        message = f"the rule itself is defective ({type(error).__name__}: {error})."
        hint = "Report it to whoever keeps the package; the data may be sound."
        finding = Finding(rule.code, "error", _first_file(rule, tables), message, hint)
        return RuleResult(rule, "failed", (finding,))
    findings = tuple(_finding(rule, breach, tables) for breach in breaches)
    return RuleResult(rule, "failed" if findings else "passed", findings)


def _finding(rule: Rule, breach: Breach, tables: Tables) -> Finding:
    place = breach.place
    file = place.file if place else _first_file(rule, tables)
    row = place.row if place else None
    return Finding(
        rule.code,
        breach.severity or rule.severity,
        file,
        breach.message,
        breach.hint,
        row,
        breach.column,
        breach.found,
    )


def _first_file(rule: Rule, tables: Tables) -> str:
    rows: Sequence[Row] = getattr(tables, rule.tables[0]) if rule.tables else ()
    return rows[0].place.file if rows else ""


def year_of(rows: Sequence[Row]) -> ReportingYear:
    """Return the year that a table is of: the name of its folder."""
    return ReportingYear.parse(rows[0].place.file.split("/")[0])


def compared(*figures: Figure) -> None:
    """Raise NothingToCheck if any of the figures to compare is missing."""
    if any(figure.value is None for figure in figures):
        raise NothingToCheck


def addends(figure: Figure) -> str:
    """Return the rows of a sum for a message: `contributions.csv rows 2 to 7`."""
    files: dict[str, list[int]] = {}
    for place in figure.rows:
        files.setdefault(place.file.rsplit("/", 1)[-1], []).append(place.row)
    return "; ".join(f"{file} {_rows(rows)}" for file, rows in files.items())


def _rows(rows: Iterable[int]) -> str:
    numbers = sorted(set(rows))
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"rows {numbers[0]} to {numbers[-1]}"
    word = "row" if len(numbers) == 1 else "rows"
    return f"{word} {', '.join(str(number) for number in numbers)}"
