"""Every check of a reading of a year: what each rule came to, in one list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hscb_report.chapters import declared_chapters
from hscb_report.checks import acceptance, contents, pages, points, prose
from hscb_report.checks.redaction import redacted
from hscb_report.checks.rule import Rule, RuleResult, results_of
from hscb_report.findings import Finding, Severity
from hscb_report.new_year import rules
from hscb_report.report import said
from hscb_report.report.completeness import incomplete, notebooks_of, rule_codes
from hscb_report.report.contents import declared_pages, severity_of_no_page
from hscb_report.report.documents import addresses_of_evidence, shown_by_data
from hscb_report.report.reading import PROJECT, Run
from hscb_report.report.said import Said
from hscb_report.results import history
from hscb_report.schema import Place, TableSchema
from hscb_report.schema.assurance import (
    Acceptance,
    Discrepancy,
)
from hscb_report.schema.journey import SectionTag
from hscb_report.schema.measurements import Measure
from hscb_report.schema.own import EarlierFigure, OwnTable, Picture, own_label
from hscb_report.schema.points import KeyFigure, Point
from hscb_report.schema.records import record_schemas
from hscb_report.schema.upkeep import Confirmation, Owed
from hscb_report.store.gaps import GAPS
from hscb_report.store.narrative import (
    chapter_modules,
)
from hscb_report.store.year import RULES as LOADING
from hscb_report.years import ReportingYear


@dataclass(frozen=True)
class Checks:
    """What every check of a year's data came to: the one list of all that is checked.

    `passed_over` are files in the data that programs left behind, which nothing reads.
    """

    year: ReportingYear
    results: tuple[RuleResult, ...]
    passed_over: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, in the order of the rules."""
        return tuple(finding for result in self.results for finding in result.findings)

    def with_others(self, findings: Sequence[Finding], rules_of: Sequence[Rule]) -> Checks:
        """Return the checks with what was found besides, by these rules or by those there are.

        A rule by which nothing was found is not listed.
        """
        codes = {finding.rule for finding in findings}
        found = results_of([rule for rule in rules_of if rule.code in codes], findings)
        there = (_with(result, findings) for result in self.results)
        return replace(self, results=(*there, *found))

    def as_json(self) -> dict[str, Any]:
        """Return the object of `check --format json`."""
        return {
            "year": str(self.year),
            "rules": [result.as_json() for result in self.results],
            "findings": [finding.as_json() for finding in self.findings],
        }


def _with(result: RuleResult, findings: Sequence[Finding]) -> RuleResult:
    own = tuple(finding for finding in findings if finding.rule == result.rule.code)
    if not own:
        return result
    return replace(result, outcome="failed", findings=(*result.findings, *own))


def checks_of(run: Run) -> Checks:
    """Return every check of a year with its outcome and its findings, as they may be told."""
    return _Checking(run).checks()


class _Checking:
    """A reading of a year, held against every rule that there is."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def checks(self) -> Checks:
        """Every check with its outcome and its findings, as they may be told."""
        tables = self._run.data.tables
        found = (
            *results_of(self._of_loading, (*self._run.loaded.findings, *self._unreadable)),
            *results_of(contents.RULES, self._of_this_year(self._incomplete())),
            *self._run.of_chapters,
            *results_of(history.RULES, self._of_history(), is_run=self._run.is_readable),
            *results_of(said.RULES, self._of_prose(), is_run=self._run.is_readable),
            *results_of(
                points.RULES, self._of_this_year(self._of_points()), is_run=self._run.is_readable
            ),
        )
        found = (*found, *results_of(rules.RULES, self._of_upkeep(found)))
        known = [*(result.rule.code for result in found), GAPS.code]
        about = (
            *acceptance.unused_acceptances(found, tables[Acceptance]),
            *acceptance.unknown_rules((*tables[Acceptance], *tables[Discrepancy]), known),
        )
        found = (
            *acceptance.accepted_results(found, tables[Acceptance]),
            *results_of(acceptance.RULES, about),
        )
        told = tuple(map(self._redacted, found))
        return Checks(self._run.loaded.year, told, self._run.loaded.passed_over)

    @property
    def _of_loading(self) -> tuple[Rule, ...]:
        """The rules of loading: of a final report, an empty cell breaks another one than this."""
        return tuple(rule for rule in LOADING if rule is not GAPS or not self._run.data.is_final)

    @property
    def _unreadable(self) -> Iterator[Finding]:
        """What of the prose cannot be read; a notebook that is not run is no matter."""
        known = notebooks_of(self._run.alone)
        for finding in self._run.narrative.findings:
            if finding.file in known or not finding.file.startswith("notebooks/"):
                yield finding

    def _incomplete(self) -> Iterator[Finding]:
        present = self._run.narrative.files | chapter_modules(PROJECT)
        if self._run.is_readable:
            yield from self._run.contents.findings
        earlier = {e.label for run in self._run.past for e in run.gathered.results.exhibits}
        yield from incomplete(
            self._run.gathered, self._run.contents, self._run.alone, present, earlier
        )

    def _of_this_year(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield findings without those of a page that is lost with an earlier year.

        That year is told to be damaged; mended, it brings the page back.
        """
        may_be = {page.path for page, _ in declared_pages(self._run.alone)}
        for finding in findings:
            is_of_page = finding.column in ("page", "link") and finding.found in may_be
            if not (self._run.lacks_years and is_of_page):
                yield finding

    def _of_history(self) -> Iterator[Finding]:
        """Yield what is wrong with earlier years, and with what is stated of them."""
        if not self._run.is_readable:
            return
        yield from history.disagreements(self._run.gathered.results.facts, self._run.past_years)
        yield from history.unknown_figures(
            self._run.gathered.results.facts, self._run.alone.tables[EarlierFigure], self._is_absent
        )
        yield from history.unlike_repeated(
            self._run.gathered.results.facts, self._run.alone.tables[Measure], self._is_absent
        )
        for run in self._run.past:
            if not run.is_sound:
                yield history.unsound(run.loaded.year, run.faults)

    def _of_points(self) -> Iterator[Finding]:
        """Yield what is wrong with the points of the year, and with its key figures."""
        run = self._run
        if not run.is_readable or run.loaded.settings is None:
            return
        listed, facts = run.data.tables[Point], run.gathered.results.facts
        severity: Severity = "error" if run.data.is_final else "warning"
        pages_there = [page.path for page in run.contents.pages]
        yield from points.claimed(run.claims, severity)
        yield from points.placed(listed, pages_there, lambda p: severity_of_no_page(p, run.data))
        yield from points.chosen(
            run.data.tables[KeyFigure], [fact.id for fact in facts], self._may_lack
        )
        yield from points.few(listed, severity)
        yield from points.long(listed, history.told_in_prose(facts, run.names))
        if run.data.is_final:
            yield from points.unsaid(listed, TableSchema(Point).path(run.loaded.year))

    def _may_lack(self, fact: str) -> bool:
        """Whether a key figure, which is chosen for years, may have no value in this one."""
        is_measure = any(f"{m.chapter}.{m.measure}" == fact for m in self._run.data.tables[Measure])
        was_told = any(fact in year.facts for year in self._run.past_years)
        to_come = self._run.to_come.has_number(fact)
        return is_measure or was_told or to_come or self._is_absent(fact)

    def _of_upkeep(self, found: Iterable[RuleResult]) -> Iterator[Finding]:
        """Yield what is not done in the year, but what other rules `found` to be missing.

        Nothing of a year that holds nothing yet, or of which nobody knows whether it is a draft.
        """
        if self._run.loaded.is_empty or self._run.loaded.settings is None:
            return
        lacks = {"L1", "L2", "L3", "L4", "L11", "P3"}
        told = {f.file for result in found for f in result.findings if f.rule in lacks}
        unlisted = contents.UNLISTED.code
        unshown = {f.file for result in found for f in result.findings if f.rule == unlisted}
        yield from rules.findings_of(self._run.status, told, unshown)
        tables, settings = self._run.loaded.tables, self._run.loaded.settings
        known = [schema.name for schema in (*self._run.loaded.schemas, *record_schemas())]
        yield from rules.unknown_contents((*tables[Confirmation], *tables[Owed]), known)
        before = self._run.past[-1].loaded.settings if self._run.past else None
        if settings and before:
            is_final = self._run.alone.is_final
            yield from rules.settings_of_before(settings.year, before.year, is_final=is_final)

    @property
    def _own_things(self) -> dict[tuple[str, str], Place]:
        """The tables and pictures of the year's own, by the directive and name that show them."""
        tables, pictures = self._run.data.tables[OwnTable], self._run.data.tables[Picture]
        shown = {("exhibit", own_label(row.label)): row.place for row in tables}
        return shown | {("picture", row.picture): row.place for row in pictures}

    def _is_absent(self, fact: str) -> bool:
        """Whether the year has no table of a number, or nothing of its whole chapter."""
        return fact in self._run.gathered.absent or fact.split(".")[0] in self._left_out

    @property
    def _left_out(self) -> dict[str, str]:
        """The chapters that the year says nothing of, with their titles."""
        chapters = declared_chapters().chapters
        return {c.name: c.title for c in chapters if not c.is_present(self._run.alone)}

    def _of_prose(self) -> Iterator[Finding]:
        """Yield what is wrong in the prose; of damaged tables there are no facts to name."""
        if not self._run.is_readable:
            return
        folder, results = f"{self._run.loaded.year}/", self._run.gathered.results
        text = Said(
            year=self._run.loaded.year,
            own=tuple(p for p in self._run.passages if p.file.startswith(folder)),
            common=tuple(p for p in self._run.passages if not p.file.startswith(folder)),
            documents=self._run.documents,
            shown=shown_by_data(self._run.contents.pages, results, self._run.narrative.code),
            names=self._run.names,
            absent=frozenset(self._run.absent_names),
            to_come=self._run.to_come,
            results=results,
            things=self._own_things,
            numbers=self._run.numbers,
            exemptions=self._run.exemptions,
            codes=rule_codes(),
            measures=frozenset(f"{m.chapter}.{m.measure}" for m in self._run.data.tables[Measure]),
            is_final=self._run.data.is_final,
            lacks_years=self._run.lacks_years,
            abbreviations=self._run.abbreviations.keys(),
            evidence=frozenset(addresses_of_evidence(self._run.contents.pages)),
        )
        has_defects = bool(declared_chapters().findings or self._run.gathered.findings)
        for finding in said.findings_of(text, self._left_out, has_defects=has_defects):
            if not (self._run.lacks_years and said.is_about_earlier(finding)):
                yield finding
        tags = ((row.place, row.page, row.section) for row in self._run.data.tables[SectionTag])
        yield from pages.unknown_sections(tags, self._headings)

    @property
    def _headings(self) -> dict[str, list[str]]:
        """The headings of each page that is made from texts alone, with values for names."""
        values = history.told_in_prose(self._run.gathered.results.facts, self._run.names)
        return {
            document.address.rpartition(".")[0]: [
                prose.filled_in(heading, values) for heading in document.headings()
            ]
            for document in self._run.documents
            if document.texts and not any(document.named("outline"))
        }

    def _redacted(self, result: RuleResult) -> RuleResult:
        told = (redacted(finding, self._run.loaded.protected) for finding in result.findings)
        return replace(result, findings=tuple(dict.fromkeys(told)))  # each once in a line
