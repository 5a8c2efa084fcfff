"""The one door: a year's results, loaded, checked, measured and decided for an edition.

Notebooks, pages and exports ask here and nowhere else, so that they cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from hscb_report.errors import DataError, UnknownNameError, UsageError
from hscb_report.exhibits import Exhibit, all_exhibits
from hscb_report.facts import Ledger, ledger
from hscb_report.findings import Finding, errors
from hscb_report.load import RULES as LOADER_RULES
from hscb_report.load import Loaded, load_year
from hscb_report.load.settings import Settings
from hscb_report.rules import RULES, RuleResult, run_rules
from hscb_report.years import ReportingYear

Edition = Literal["public", "board"]
EDITIONS: tuple[str, ...] = get_args(Edition)
PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_DATA = PROJECT / "data"


@dataclass(frozen=True)
class Checks:
    """What loading and every rule found, in one year's data."""

    loaded: Loaded
    results: tuple[RuleResult, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, the loader's first."""
        ruled = (finding for result in self.results for finding in result.findings)
        return (*self.loaded.findings, *ruled)

    def as_json(self) -> dict[str, Any]:
        """Return the object of `check --format json`."""
        return {
            "year": str(self.loaded.year),
            "rules": [*self._loader_rules(), *(result.as_json() for result in self.results)],
            "findings": [finding.as_json() for finding in self.findings],
        }

    def _loader_rules(self) -> list[dict[str, Any]]:
        failed = {finding.rule for finding in self.loaded.findings}
        return [
            {
                "rule": rule,
                "title": title,
                "severity": "error",
                "outcome": "failed" if rule in failed else "passed",
            }
            for rule, title in LOADER_RULES.items()
        ]


@dataclass(frozen=True)
class Report:
    """A year's results for one edition."""

    year: ReportingYear
    edition: str
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
    """Load a year's data and run every rule over what could be read.

    Raises ReportError if there is no such year; problems in the data are findings.
    """
    reporting_year = ReportingYear.parse(year)
    loaded = load_year(reporting_year, Path(data) if data else DEFAULT_DATA)
    return Checks(loaded, run_rules(RULES, loaded.tables, loaded.damaged))


def open_report(year: str, edition: str = "public", data: Path | str | None = None) -> Report:
    """Return the report of a year and edition from the data root (the project's own by default).

    Raises DataError with every finding when the data is at fault: there is no report of wrong data.
    """
    if edition not in EDITIONS:
        raise UsageError(f'Unknown edition "{edition}". Editions: {", ".join(EDITIONS)}.')
    checks = check_year(year, data)
    stopping = errors(checks.findings)
    if stopping:
        raise DataError(stopping)
    loaded = checks.loaded
    assert loaded.settings is not None
    board = loaded.settings.board
    return Report(
        year=loaded.year,
        edition=edition,
        settings=loaded.settings,
        checks=checks,
        facts=ledger(loaded.tables, loaded.year, board.area, board.local_authority),
        exhibits=all_exhibits(loaded.tables, loaded.year),
    )
