"""One reading of a year: its data and prose, what the chapters make of it, every check of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from hscb_report.chapters import declared_chapters
from hscb_report.checks import acceptance, contents, corrections, pages, prose
from hscb_report.checks.over_all import PLACEHOLDERS, SPANS, disclosure_rule, stated_counts_rule
from hscb_report.checks.pages import Document
from hscb_report.checks.redaction import redacted
from hscb_report.checks.rule import Rule, RuleResult, results_of, run_rules
from hscb_report.figures import cell
from hscb_report.findings import Finding, errors
from hscb_report.new_year import rules
from hscb_report.new_year.status import Status
from hscb_report.report import said
from hscb_report.report.completeness import incomplete, notebooks_of
from hscb_report.report.contents import Contents, contents_of, table_schemas
from hscb_report.report.documents import documents_of, shown_by_data
from hscb_report.report.drafts import ToCome, to_come, without_gaps
from hscb_report.report.gathering import Gathered, gather
from hscb_report.report.headings import NAMES, with_own_headings
from hscb_report.report.said import Said
from hscb_report.report.upkeep import Held, status_of
from hscb_report.results import history
from hscb_report.results.beside import Before, with_year_before
from hscb_report.results.fact import Earlier
from hscb_report.results.history import PastYear
from hscb_report.schema import Place, YearData
from hscb_report.schema.assurance import (
    Acceptance,
    Correction,
    Discrepancy,
    NumberExemption,
    RequirementCoverage,
    UsualExemption,
)
from hscb_report.schema.journey import SectionTag
from hscb_report.schema.measurements import Measure
from hscb_report.schema.own import EarlierFigure, OwnTable, Picture, own_label
from hscb_report.schema.reference import OwnHeading
from hscb_report.schema.upkeep import Confirmation, Owed
from hscb_report.store.folder import texts_of
from hscb_report.store.gaps import GAPS
from hscb_report.store.narrative import (
    Narrative,
    chapter_modules,
    commentary_file,
    read_narrative,
    read_texts,
)
from hscb_report.store.year import RULES as LOADING
from hscb_report.store.year import Loaded, available_years, latest_year, load_year
from hscb_report.units import NOT_STATED, TO_COME
from hscb_report.years import ReportingYear, day_text

PROJECT = Path(__file__).resolve().parents[2]
DEFAULT_DATA = PROJECT / "data"


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

    def as_json(self) -> dict[str, Any]:
        """Return the object of `check --format json`."""
        return {
            "year": str(self.year),
            "rules": [result.as_json() for result in self.results],
            "findings": [finding.as_json() for finding in self.findings],
        }


@dataclass(frozen=True)
class Run:
    """One reading of a year: its data and prose, what the chapters make of it, what is wrong.

    `past` are the readings of the earlier years of the same data root, the oldest first, and
    `texts` the files of prose that there are; an earlier year's prose is not checked. `own_texts`
    are those of the year by their names within it.
    """

    loaded: Loaded
    edition: str
    past: tuple[Run, ...]
    texts: frozenset[str]
    narrative: Narrative = field(default_factory=lambda: Narrative((), frozenset()))
    asked_day: date | None = None
    since: date | None = None
    own_texts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        year: str | None,
        data: Path | str | None,
        edition: str = "public",
        day: date | None = None,
        since: date | None = None,
    ) -> Run:
        """Return the reading of a year, the latest if none is named.

        Raises ReportError if there is no such year.
        """
        root = Path(data) if data else DEFAULT_DATA
        reporting = latest_year(root) if year is None else ReportingYear.parse(year)
        loaded = load_year(reporting, root, table_schemas())
        past: tuple[Run, ...] = ()
        for earlier in available_years(root):
            if earlier < reporting:
                read = load_year(earlier, root, table_schemas())
                # What of it may be published is decided with the year that speaks of it.
                texts = read_texts(earlier, root)
                past = (*past, cls(read, "board", past, _texts(earlier, root), own_texts=texts))
        narrative = read_narrative(reporting, root, PROJECT)
        texts = narrative.texts_of(reporting)
        return cls(loaded, edition, past, narrative.files, narrative, day, since, texts)

    @property
    def is_readable(self) -> bool:
        """Whether the tables could be read; of damaged ones nothing is worked out."""
        return not errors(self.loaded.findings)

    @cached_property
    def faults(self) -> tuple[Finding, ...]:
        """What is wrong with the data itself, as it may be told, whatever the prose says."""
        if not self.is_readable:
            found = errors(self.loaded.findings)
        else:
            of_rules = (f for result in self._of_chapters for f in result.findings)
            found = (*self.gathered.findings, *errors(of_rules))
        return tuple(redacted(finding, self.loaded.protected) for finding in found)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong with the data itself."""
        return not self.faults

    @cached_property
    def _alone(self) -> YearData:
        """The data as the chapters are given it, before it is known which pages there are."""
        loaded = self.loaded
        return YearData(
            year=loaded.year,
            tables=loaded.tables,
            settings=loaded.settings,
            vocabularies=loaded.vocabularies,
            earlier=tuple(without_gaps(run.data) for run in self.past if run.is_sound),
            own_tables={
                label: tuple(record.cells for record in records)
                for label, records in loaded.own_tables.items()
            },
            asked_day=self.asked_day,
            since=self.since,
            begun=loaded.begun,
            awaited=loaded.awaited,
            gaps=loaded.gaps,
        )

    @cached_property
    def data(self) -> YearData:
        """The data as the rules are given it."""
        return replace(self._alone, pages=frozenset(page.path for page in self.contents.pages))

    @cached_property
    def gathered(self) -> Gathered:
        """What the chapters make of the data, with the histories of its numbers."""
        if not self.is_readable:
            return Gathered()
        found = gather(self._alone)
        facts = history.stated_figures(found.results.facts, _stated(self._alone))
        facts = history.with_histories(facts, self._past_years)
        headings = self._alone.tables[OwnHeading]
        exhibits = with_own_headings(found.results.exhibits, headings, self.common_names)
        if before := self._before(found.comparable):
            exhibits = with_year_before(exhibits, before)
        return replace(found, results=replace(found.results, facts=facts, exhibits=exhibits))

    def _before(self, comparable: frozenset[str]) -> Before | None:
        """Return what the report of the year before published, if its data is sound."""
        protected = {schema.name for schema in self.loaded.schemas if schema.info.protected}
        for run in self.past[-1:]:
            if run.loaded.year == self.loaded.year.previous and run.is_sound:
                exhibits = run.gathered.results.exhibits
                return Before(str(run.loaded.year), exhibits, comparable, protected)
        return None

    @cached_property
    def _past_years(self) -> tuple[PastYear, ...]:
        return tuple(
            PastYear(run.loaded.year, run.gathered.results.facts)
            for run in self.past
            if run.is_sound
        )

    @cached_property
    def contents(self) -> Contents:
        """The pages of the book, and what is left out of it."""
        return contents_of(self._alone, self.gathered.exhibits, self.texts)

    @cached_property
    def names(self) -> dict[str, str]:
        """What pages may name in `{{ }}` besides facts, and what stands for it."""
        return self.common_names | history.phrase_names(self.gathered.results.facts)

    @property
    def common_names(self) -> dict[str, str]:
        """What headings may name too: the year, the board, the titles."""
        data, settings = self._alone, self._alone.sound_settings
        return dict(
            zip(
                NAMES,
                (
                    *(str(data.year), str(data.year.previous), str(data.plan_year)),
                    day_text(data.as_at),
                    *(settings.board.name, settings.board.short_name, settings.board.area),
                    *(settings.title, settings.plan_title),
                ),
                strict=True,
            )
        )

    @cached_property
    def to_come(self) -> ToCome:
        """What the texts of a draft may name already."""
        past = (run.gathered for run in self.past if run.is_sound)
        return to_come(self._alone, self.gathered, past)

    @cached_property
    def names_to_come(self) -> dict[str, str]:
        """What the texts of a draft name of it, and what stands there."""
        known = {*self.names, *(fact.id for fact in self.gathered.results.facts)}
        named = {name for passage in self.passages for name in passage.fact_ids()} - known
        return {name: TO_COME for name in sorted(named) if self.to_come.has_number(name)}

    @cached_property
    def absent_names(self) -> dict[str, str]:
        """What texts common to all years may name that this year has no table of."""
        return {
            name: NOT_STATED
            for fact in self.gathered.absent
            for name in (fact, *(f"{fact}.{phrase}" for phrase in history.BEHIND_A_FACT))
        }

    @cached_property
    def passages(self) -> tuple[prose.Passage, ...]:
        """The prose that is shown: of the pages that there are, and of their notebooks."""
        year, pages = self.loaded.year, self.contents.pages
        shown = {"book/index.md", commentary_file("index", year)}
        for page in pages:
            shown |= {f"{year}/{page.path}.md", f"book/{page.path}.md"}
            shown |= {f"notebooks/{page.notebook}.ipynb", commentary_file(page.name, year)}
        return tuple(passage for passage in self.narrative.passages if passage.file in shown)

    @cached_property
    def numbers(self) -> tuple[prose.TypedNumber, ...]:
        """The numbers in the prose that are typed by hand."""
        return tuple(prose.typed_numbers(self.passages, self.exemptions))

    @property
    def exemptions(self) -> tuple[NumberExemption, ...]:
        """The numbers that are exempt from being facts, here and in the common texts."""
        return (*self.data.tables[NumberExemption], *self.data.tables[UsualExemption])

    @cached_property
    def _of_chapters(self) -> tuple[RuleResult, ...]:
        own = (
            stated_counts_rule(self.loaded.schemas),
            PLACEHOLDERS,
            disclosure_rule(self.edition),
            SPANS,
            *corrections.RULES,
        )
        rules = (*declared_chapters().rules, *own)
        in_order = sorted(rules, key=lambda rule: rule.number)
        return run_rules(in_order, self.data, self._blind, lacks_years=self._lacks_years)

    @property
    def _lacks_years(self) -> bool:
        """Whether an earlier year is damaged, or has gaps: not all that follows from it is told."""
        return not all(run.is_sound and not run.loaded.gaps for run in self.past)

    @cached_property
    def checks(self) -> Checks:
        """Every check with its outcome and its findings, as they may be told."""
        tables = self.data.tables
        found = (
            *results_of(self._of_loading, (*self.loaded.findings, *self._unreadable)),
            *results_of(contents.RULES, self._incomplete()),
            *self._of_chapters,
            *results_of(history.RULES, self._of_history(), is_run=self.is_readable),
            *results_of(said.RULES, self._of_prose(), is_run=self.is_readable),
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
        return Checks(self.loaded.year, told, self.loaded.passed_over)

    @property
    def _of_loading(self) -> tuple[Rule, ...]:
        """The rules of loading: of a final report, an empty cell breaks another one than this."""
        return tuple(rule for rule in LOADING if rule is not GAPS or not self.data.is_final)

    @property
    def _unreadable(self) -> Iterator[Finding]:
        """What of the prose cannot be read; a notebook that is not run is no matter."""
        known = notebooks_of(self._alone)
        for finding in self.narrative.findings:
            if finding.file in known or not finding.file.startswith("notebooks/"):
                yield finding

    def _incomplete(self) -> Iterator[Finding]:
        present = self.narrative.files | chapter_modules(PROJECT)
        if self.is_readable:
            yield from self.contents.findings
        earlier = {e.label for run in self.past for e in run.gathered.results.exhibits}
        yield from incomplete(self.gathered, self.contents, self._alone, present, earlier)

    def _of_history(self) -> Iterator[Finding]:
        """Yield what is wrong with earlier years, and with what is stated of them."""
        if not self.is_readable:
            return
        yield from history.disagreements(self.gathered.results.facts, self._past_years)
        yield from history.unknown_figures(
            self.gathered.results.facts, self._alone.tables[EarlierFigure], self._is_absent
        )
        yield from history.unlike_repeated(
            self.gathered.results.facts, self._alone.tables[Measure], self._is_absent
        )
        for run in self.past:
            if not run.is_sound:
                yield history.unsound(run.loaded.year, run.faults)

    @cached_property
    def status(self) -> Status:
        """How far the year is: what is done, and what of it is still that of an earlier year."""
        before = [run.held for run in reversed(self.past)]
        pages, is_final = self.contents.pages, self._alone.is_final
        return status_of(self.held, before, self.loaded.schemas, pages, is_final=is_final)

    @property
    def held(self) -> Held:
        """What the year's folder holds."""
        loaded, texts = self.loaded, self.own_texts
        found = (*loaded.findings, *self.unread_texts)
        unread = frozenset(f.file for f in found if f.rule == "L1")
        return Held(loaded.year, loaded.lines, texts, self._alone, self.is_readable, unread)

    @property
    def unread_texts(self) -> tuple[Finding, ...]:
        """The texts of the year itself that cannot be read."""
        folder = f"{self.loaded.year}/"
        found = (f for f in self.narrative.findings if f.rule == "L1")
        return tuple(f for f in found if f.file.startswith(folder))

    def _of_upkeep(self, found: Iterable[RuleResult]) -> Iterator[Finding]:
        """Yield what is not done in the year, but what other rules `found` to be missing.

        Nothing of a year that holds nothing yet, or of which nobody knows whether it is a draft.
        """
        if self.loaded.is_empty or self.loaded.settings is None:
            return
        lacks = {"L1", "L2", "L3", "L4", "L11", "P3"}
        told = {f.file for result in found for f in result.findings if f.rule in lacks}
        unlisted = contents.UNLISTED.code
        unshown = {f.file for result in found for f in result.findings if f.rule == unlisted}
        yield from rules.findings_of(self.status, told, unshown)
        tables, settings = self.loaded.tables, self.loaded.settings
        known = [schema.name for schema in self.loaded.schemas]
        yield from rules.unknown_contents((*tables[Confirmation], *tables[Owed]), known)
        before = self.past[-1].loaded.settings if self.past else None
        if settings and before:
            is_final = self._alone.is_final
            yield from rules.days_of_before(settings.year, before.year, is_final=is_final)

    @property
    def _own_things(self) -> dict[tuple[str, str], Place]:
        """The tables and pictures of the year's own, by the directive and name that show them."""
        tables, pictures = self.data.tables[OwnTable], self.data.tables[Picture]
        shown = {("exhibit", own_label(row.label)): row.place for row in tables}
        return shown | {("picture", row.picture): row.place for row in pictures}

    def _is_absent(self, fact: str) -> bool:
        """Whether the year has no table of a number, or nothing of its whole chapter."""
        return fact in self.gathered.absent or fact.split(".")[0] in self._left_out

    @property
    def _left_out(self) -> dict[str, str]:
        """The chapters that the year says nothing of, with their titles."""
        chapters = declared_chapters().chapters
        return {c.name: c.title for c in chapters if not c.is_present(self._alone)}

    def _of_prose(self) -> Iterator[Finding]:
        """Yield what is wrong in the prose; of damaged tables there are no facts to name."""
        if not self.is_readable:
            return
        folder, results = f"{self.loaded.year}/", self.gathered.results
        text = Said(
            year=self.loaded.year,
            own=tuple(p for p in self.passages if p.file.startswith(folder)),
            common=tuple(p for p in self.passages if not p.file.startswith(folder)),
            documents=self.documents,
            shown=shown_by_data(self.contents.pages, results, self.narrative.code),
            names=self.names,
            absent=frozenset(self.absent_names),
            to_come=self.to_come,
            results=results,
            things=self._own_things,
            numbers=self.numbers,
            exemptions=self.exemptions,
            measures=frozenset(f"{m.chapter}.{m.measure}" for m in self.data.tables[Measure]),
            is_final=self.data.is_final,
            lacks_years=self._lacks_years,
        )
        has_defects = bool(declared_chapters().findings or self.gathered.findings)
        for finding in said.findings_of(text, self._left_out, has_defects=has_defects):
            if not (self._lacks_years and said.is_about_earlier(finding)):
                yield finding
        tags = ((row.place, row.page, row.section) for row in self.data.tables[SectionTag])
        yield from pages.unknown_sections(tags, self._headings)

    @property
    def _headings(self) -> dict[str, list[str]]:
        """The headings of each page that is made from texts alone, with values for names."""
        values = {fact.id: fact.text for fact in self.gathered.results.facts} | self.names
        return {
            document.address.rpartition(".")[0]: [
                prose.filled_in(heading, values) for heading in document.headings()
            ]
            for document in self.documents
            if document.texts and not any(document.named("outline"))
        }

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The pages of the book, each with the prose that stands on it."""
        named: dict[str, list[prose.Passage]] = {}
        for passage in self.passages:
            named.setdefault(passage.file, []).append(passage)
        return tuple(documents_of(self.contents.pages, self.loaded.year, named))

    @property
    def _blind(self) -> frozenset[str]:
        """The tables that no rule can judge; as long as chapters are missing, their pages are."""
        is_partial = bool(declared_chapters().findings)
        of_pages = {RequirementCoverage.info.name, Correction.info.name}
        return self.loaded.damaged | (of_pages if is_partial else set())

    def _redacted(self, result: RuleResult) -> RuleResult:
        told = (redacted(finding, self.loaded.protected) for finding in result.findings)
        return replace(result, findings=tuple(dict.fromkeys(told)))  # each once in a line


def _texts(year: ReportingYear, data: Path) -> frozenset[str]:
    """Return the texts of a year, as files relative to the data root."""
    found = (path for path in texts_of(data / str(year)) if path.suffix == ".md")
    return frozenset(path.relative_to(data).as_posix() for path in found)


def _stated(data: YearData) -> Mapping[str, tuple[Earlier, ...]]:
    """Return the figures of earlier periods that a table of their own gives, by fact."""
    found: dict[str, tuple[Earlier, ...]] = {}
    for row in data.tables[EarlierFigure]:
        figure = cell(row, "value")
        if figure.to_come:
            continue
        earlier = Earlier(row.period, figure, revision=row.revision)
        found[row.fact] = (*found.get(row.fact, ()), earlier)
    return found
