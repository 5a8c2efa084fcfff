"""One reading of a year: its data and prose, what the chapters make of it, every check of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from hscb_report.chapters import declared_chapters
from hscb_report.checks import acceptance, contents, prose
from hscb_report.checks.over_all import PLACEHOLDERS, stated_counts_rule
from hscb_report.checks.redaction import redacted
from hscb_report.checks.rule import Rule, RuleResult, results_of, run_rules
from hscb_report.findings import Finding, Severity
from hscb_report.report.completeness import incomplete
from hscb_report.report.contents import pages, table_schemas
from hscb_report.report.gathering import Gathered, gather
from hscb_report.schema import YearData
from hscb_report.schema.assurance import (
    Acceptance,
    Discrepancy,
    NumberExemption,
    RequirementCoverage,
)
from hscb_report.store.narrative import Narrative, chapter_modules, read_narrative
from hscb_report.store.year import RULES as LOADING
from hscb_report.store.year import Loaded, load_year
from hscb_report.years import ReportingYear, day_text

PROJECT = Path(__file__).resolve().parents[2]
DEFAULT_DATA = PROJECT / "data"
_DISCLOSURE = Rule(
    "R27", "Small counts of children are public already, or disclosure control has passed"
)


@dataclass(frozen=True)
class Checks:
    """What every check of a year's data came to: the one list of all that is checked."""

    year: ReportingYear
    results: tuple[RuleResult, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, in the order of the rules."""
        return tuple(finding for result in self.results for finding in result.findings)

    def as_json(self) -> dict[str, Any]:
        """Return the object of `check --format json`."""
        return {
            "year": str(self.year),
            "rules": [result.as_json() for result in self.results],
            "findings": [finding.as_json() for finding in self.findings],
        }


@dataclass(frozen=True)
class Run:
    """One reading of a year: its data and prose, what the chapters make of it, what is wrong."""

    loaded: Loaded
    narrative: Narrative
    data: YearData

    @classmethod
    def of(
        cls,
        year: str,
        data: Path | str | None,
        day: date | None = None,
        since: date | None = None,
    ) -> Run:
        """Return the reading of a year; raise ReportError if there is no such year."""
        root = Path(data) if data else DEFAULT_DATA
        loaded = load_year(ReportingYear.parse(year), root, table_schemas())
        narrative = read_narrative(loaded.year, root, PROJECT)
        given = YearData(
            year=loaded.year,
            tables=loaded.tables,
            settings=loaded.settings,
            balances_before=loaded.balances_before,
            pages=frozenset(page.path for page in pages()),
            asked_day=day,
            since=since,
        )
        return cls(loaded, narrative, given)

    @property
    def is_readable(self) -> bool:
        """Whether the tables could be read; of damaged ones nothing is worked out."""
        return not self.loaded.findings

    @cached_property
    def gathered(self) -> Gathered:
        """What the chapters make of the data."""
        return gather(self.data) if self.is_readable else Gathered()

    @cached_property
    def names(self) -> dict[str, str]:
        """What pages may name in `{{ }}` besides facts, and what stands for it."""
        settings = self.data.sound_settings
        return {
            "year": str(self.data.year),
            "plan_year": str(self.data.plan_year),
            "as_at": day_text(self.data.as_at),
            "board": settings.board.name,
        }

    @cached_property
    def numbers(self) -> tuple[prose.TypedNumber, ...]:
        """The numbers in the prose that are typed by hand."""
        exempt = self.data.tables[NumberExemption]
        return tuple(prose.typed_numbers(self.narrative.passages, exempt))

    @cached_property
    def checks(self) -> Checks:
        """Every check with its outcome and its findings, as they may be told."""
        tables = self.data.tables
        own = (stated_counts_rule(self.loaded.schemas), PLACEHOLDERS, _DISCLOSURE)
        rules = (*declared_chapters().rules, *own)
        found = (
            *results_of(LOADING, (*self.loaded.findings, *self.narrative.findings)),
            *results_of(contents.RULES, incomplete(self.gathered, self._present, self.data.year)),
            *run_rules(sorted(rules, key=lambda rule: rule.number), self.data, self._blind),
            *results_of(prose.RULES, _prose_findings(self), is_run=self.is_readable),
        )
        known = [result.rule.code for result in found]
        about = (
            *acceptance.unused_acceptances(found, tables[Acceptance]),
            *acceptance.unknown_rules((*tables[Acceptance], *tables[Discrepancy]), known),
        )
        found = (
            *acceptance.accepted_results(found, tables[Acceptance]),
            *results_of(acceptance.RULES, about),
        )
        return Checks(self.loaded.year, tuple(map(self._redacted, found)))

    @property
    def _present(self) -> frozenset[str]:
        return self.narrative.files | chapter_modules(PROJECT)

    @property
    def _blind(self) -> frozenset[str]:
        """The tables that no rule can judge; as long as chapters are missing, their pages are."""
        is_partial = bool(declared_chapters().findings)
        return self.loaded.damaged | ({RequirementCoverage.info.name} if is_partial else set())

    def _redacted(self, result: RuleResult) -> RuleResult:
        told = (redacted(finding, self.loaded.protected) for finding in result.findings)
        return replace(result, findings=tuple(told))


def _prose_findings(run: Run) -> Iterator[Finding]:
    """Yield what is wrong in the prose; of damaged tables there are no facts to name."""
    if not run.is_readable:
        return
    passages = run.narrative.passages
    known = {*(fact.id for fact in run.gathered.results.facts), *run.names}
    told = (*declared_chapters().findings, *run.gathered.findings)
    severity: Severity = "error" if run.data.is_final else "warning"
    for finding in prose.unknown_facts(passages, known):
        # A chapter that cannot be worked out is told once, and not by each of its facts.
        chapter = (finding.found or "").split(".")[0]
        is_told = told and chapter not in {fact.chapter for fact in run.gathered.results.facts}
        if not is_told:
            yield finding
    yield from prose.numbers_to_mend(run.numbers, severity)
    yield from prose.placeholders(passages, severity)
