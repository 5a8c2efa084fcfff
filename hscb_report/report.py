"""The one door: a year's results, loaded, checked, measured and decided for an edition.

Notebooks, pages and exports ask here and nowhere else, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from hscb_report.errors import DataError, UnknownNameError, UsageError
from hscb_report.exhibits import Exhibit, all_exhibits
from hscb_report.facts import Ledger, ledger
from hscb_report.findings import Finding, Severity, errors
from hscb_report.load import RULES as LOADER_RULES
from hscb_report.load import Loaded, load_year
from hscb_report.load.narrative import Narrative, read_narrative
from hscb_report.load.settings import Settings
from hscb_report.prose import RULES as PROSE_RULES
from hscb_report.prose import (
    TypedNumber,
    numbers_to_mend,
    placeholders,
    typed_numbers,
    unknown_facts,
)
from hscb_report.rules import Context, RuleResult, accepted_results, all_rules, run_rules
from hscb_report.rules.acceptance import RULES as ACCEPTANCE_RULES
from hscb_report.rules.acceptance import unused_acceptances
from hscb_report.years import ReportingYear, day_text, parse_day

Edition = Literal["public", "board"]
EDITIONS: tuple[str, ...] = get_args(Edition)
PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_DATA = PROJECT / "data"


@dataclass(frozen=True)
class Checks:
    """What loading, every rule, and the reading of the prose found, in one year's data."""

    loaded: Loaded
    narrative: Narrative
    results: tuple[RuleResult, ...]
    numbers: tuple[TypedNumber, ...]
    prose_findings: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, the loader's first."""
        ruled = tuple(finding for result in self.results for finding in result.findings)
        ran = {result.rule.code for result in self.results if result.outcome != "not_run"}
        accepted = [row for row in self.loaded.tables.accepted if row.rule in ran]
        unused = unused_acceptances(ruled, accepted)
        read = (*self.loaded.findings, *self.narrative.findings)
        return (*read, *ruled, *self.prose_findings, *unused)

    def rules(self) -> list[dict[str, Any]]:
        """Return every rule with its outcome: of loading, of the data, of the prose."""
        read = (*self.loaded.findings, *self.narrative.findings)
        own = [*_outcomes(LOADER_RULES, read)]
        own += [result.as_json() for result in self.results]
        is_read = not self.loaded.findings
        own += _outcomes(PROSE_RULES, self.prose_findings, is_run=is_read)
        return [*own, *_outcomes(ACCEPTANCE_RULES, self.findings, severity="warning")]

    def as_json(self) -> dict[str, Any]:
        """Return the object of `check --format json`."""
        return {
            "year": str(self.loaded.year),
            "rules": self.rules(),
            "findings": [finding.as_json() for finding in self.findings],
        }


def _outcomes(
    rules: Mapping[str, str],
    findings: Iterable[Finding],
    *,
    severity: Severity = "error",
    is_run: bool = True,
) -> Iterator[dict[str, Any]]:
    failed = {finding.rule for finding in findings}
    for rule, title in rules.items():
        outcome = "failed" if rule in failed else "passed" if is_run else "not_run"
        yield {"rule": rule, "title": title, "severity": severity, "outcome": outcome}


@dataclass(frozen=True)
class Report:
    """A year's results for one edition; the plan's actions as they stand at the day `as_at`."""

    year: ReportingYear
    edition: str
    as_at: date
    settings: Settings
    checks: Checks
    facts: Ledger
    exhibits: tuple[Exhibit, ...]

    def table(self, label: str) -> Exhibit:
        """Return a published table; raise UnknownNameError, which suggests the nearest label."""
        by_label = {exhibit.label: exhibit for exhibit in self.exhibits}
        if label not in by_label:
            raise UnknownNameError("table", label, by_label)
        return by_label[label]

    @property
    def unshown_files(self) -> frozenset[str]:
        """The files whose rows and hashes this edition does not tell: a small count is in both."""
        inputs = self.checks.loaded.inputs if self.edition == "public" else ()
        return frozenset(source.path for source in inputs if source.protected)

    def value(self, fact: str) -> str:
        """Return a fact as the report prints it."""
        return self.facts[fact].text


def check_year(year: str, data: Path | str | None = None) -> Checks:
    """Load a year's data, run every rule over what could be read, and read the prose.

    Raises ReportError if there is no such year; problems in the data are findings.
    """
    root = Path(data) if data else DEFAULT_DATA
    loaded = load_year(ReportingYear.parse(year), root)
    narrative = read_narrative(loaded.year, root, PROJECT)
    is_final = loaded.settings is None or loaded.settings.year.status == "final"
    council = loaded.settings.board.local_authority if loaded.settings else ""
    context = Context(is_final, narrative.pages, loaded.balances_before, council)
    results = run_rules(all_rules(context), loaded.tables, loaded.damaged)
    numbers = tuple(typed_numbers(narrative.passages, loaded.tables.exempt_numbers))
    return Checks(
        loaded,
        narrative,
        accepted_results(results, loaded.tables.accepted),
        numbers,
        tuple(_prose_findings(loaded, narrative, numbers, is_final)),
    )


def _prose_findings(
    loaded: Loaded, narrative: Narrative, numbers: Iterable[TypedNumber], is_final: bool
) -> Iterator[Finding]:
    """Yield what is wrong in the prose; of damaged tables there are no facts to name."""
    if loaded.findings:
        return
    facts = _ledger(loaded)
    known = {fact.id for fact in facts} | set(common_names(loaded))
    yield from unknown_facts(narrative.passages, known)
    severity: Severity = "error" if is_final else "warning"
    yield from numbers_to_mend(numbers, severity)
    yield from placeholders(narrative.passages, severity)


def common_names(loaded: Loaded, as_at: date | None = None) -> dict[str, str]:
    """Return what pages may name in `{{ }}` besides facts, and what stands for it.

    `as_at` is the day at which the plan's actions are looked at, where it is not the year's own.
    """
    assert loaded.settings is not None
    return {
        "year": str(loaded.year),
        "plan_year": str(loaded.year.next),
        "as_at": day_text(as_at or loaded.settings.year.plan.as_at),
        "board": loaded.settings.board.name,
    }


def _ledger(loaded: Loaded, as_at: date | None = None) -> Ledger:
    assert loaded.settings is not None
    board, year = loaded.settings.board, loaded.settings.year
    return ledger(
        loaded.tables,
        loaded.year,
        board.area,
        board.local_authority,
        as_at or year.plan.as_at,
        year.covering_report.day,
    )


def open_report(
    year: str,
    edition: str = "public",
    data: Path | str | None = None,
    as_at: date | str | None = None,
) -> Report:
    """Return the report of a year and edition from the data root (the project's own by default).

    `as_at` is the day at which the plan's actions are looked at, "2014-10-01"; by default the one
    in the year's settings.

    Raises DataError with every finding when the data is at fault: there is no report of wrong data.
    Raises UsageError for an unknown edition or a day that is none.
    """
    day = parse_day(as_at) if isinstance(as_at, str) else as_at
    if edition not in EDITIONS:
        raise UsageError(f'Unknown edition "{edition}". Editions: {", ".join(EDITIONS)}.')
    checks = check_year(year, data)
    stopping = errors(checks.findings)
    if stopping:
        raise DataError(stopping)
    loaded = checks.loaded
    assert loaded.settings is not None
    day = day or loaded.settings.year.plan.as_at
    return Report(
        year=loaded.year,
        edition=edition,
        as_at=day,
        settings=loaded.settings,
        checks=checks,
        facts=_ledger(loaded, day),
        exhibits=all_exhibits(loaded.tables, loaded.year, loaded.settings.board.area, day),
    )
