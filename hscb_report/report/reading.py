"""One reading of a year: its data and prose, and what the chapters make of them."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from hscb_report.assurance.terms import abbreviations_in_force
from hscb_report.chapters import declared_chapters
from hscb_report.checks import corrections, points, prose
from hscb_report.checks.over_all import PLACEHOLDERS, SPANS, disclosure_rule, stated_counts_rule
from hscb_report.checks.pages import Document
from hscb_report.checks.redaction import redacted
from hscb_report.checks.rule import RuleResult, run_rules
from hscb_report.figures import cell
from hscb_report.findings import Finding, errors
from hscb_report.new_year.status import Status
from hscb_report.report.contents import Contents, contents_of, table_schemas
from hscb_report.report.documents import documents_of
from hscb_report.report.drafts import ToCome, to_come, without_gaps
from hscb_report.report.gathering import Gathered, gather
from hscb_report.report.headings import NAMES, with_own_headings
from hscb_report.report.upkeep import Held, status_of
from hscb_report.results import history
from hscb_report.results.beside import Before, with_year_before
from hscb_report.results.fact import Earlier
from hscb_report.results.history import PastYear
from hscb_report.schema import YearData
from hscb_report.schema.assurance import (
    Correction,
    NumberExemption,
    RequirementCoverage,
    UsualExemption,
)
from hscb_report.schema.own import EarlierFigure, Picture
from hscb_report.schema.points import FIRST_PAGE, Point
from hscb_report.schema.reference import Abbreviation, OwnHeading
from hscb_report.store.folder import texts_of
from hscb_report.store.narrative import (
    Narrative,
    commentary_file,
    read_narrative,
    read_texts,
)
from hscb_report.store.year import Loaded, available_years, latest_year, load_year
from hscb_report.units import NOT_STATED, TO_COME
from hscb_report.years import ReportingYear, day_text

PROJECT = Path(__file__).resolve().parents[2]
DEFAULT_DATA = PROJECT / "data"
NOTEBOOKS = PROJECT / "notebooks"


def data_option(data: Path | None) -> str:
    """Return what a command in a message has to say of the data root: nothing of the usual one."""
    return f" --data {shlex.quote(str(data))}" if data and data != DEFAULT_DATA else ""


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
        past: tuple[Run, ...] | None = None,
    ) -> Run:
        """Return the reading of a year, the latest if none is named.

        The readings of the years before are made, unless they are given. Raises ReportError if
        there is no such year.
        """
        root = Path(data) if data else DEFAULT_DATA
        reporting = latest_year(root) if year is None else ReportingYear.parse(year)
        loaded = load_year(reporting, root, table_schemas())
        past = cls.before(reporting, root) if past is None else past
        narrative = read_narrative(reporting, root, PROJECT)
        texts = narrative.texts_of(reporting)
        return cls(loaded, edition, past, narrative.files, narrative, day, since, texts)

    @classmethod
    def before(cls, year: ReportingYear, root: Path) -> tuple[Run, ...]:
        """Return the readings of the years before one, the oldest first.

        They rest on all that a data root holds but for that year and later ones.
        """
        past: tuple[Run, ...] = ()
        for earlier in available_years(root):
            if earlier < year:
                read = load_year(earlier, root, table_schemas())
                # What of it may be published is decided with the year that speaks of it.
                texts = read_texts(earlier, root)
                past = (*past, cls(read, "board", past, _texts(earlier, root), own_texts=texts))
        return past

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
            of_rules = (f for result in self.of_chapters for f in result.findings)
            found = (*self.gathered.findings, *errors(of_rules))
        return tuple(redacted(finding, self.loaded.protected) for finding in found)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong with the data itself."""
        return not self.faults

    @cached_property
    def alone(self) -> YearData:
        """The data as the chapters are given it, before it is known which pages there are."""
        loaded = self.loaded
        return YearData(
            year=loaded.year,
            tables=loaded.tables,
            settings=loaded.settings,
            may_be_draft=loaded.is_draft,
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
        return replace(self.alone, pages=frozenset(page.path for page in self.contents.pages))

    @cached_property
    def gathered(self) -> Gathered:
        """What the chapters make of the data, with the histories of its numbers."""
        if not self.is_readable:
            return Gathered()
        found = gather(self.alone)
        facts = history.stated_figures(found.results.facts, _stated(self.alone))
        facts = history.with_histories(facts, self.past_years)
        headings = self.alone.tables[OwnHeading]
        exhibits = with_own_headings(found.results.exhibits, headings, self.common_names)
        if before := self._before(found.comparable):
            exhibits = with_year_before(exhibits, before)
        exhibits = tuple(exhibit.without_repeated_shares() for exhibit in exhibits)
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
    def past_years(self) -> tuple[PastYear, ...]:
        """The numbers of each earlier year that is sound, the oldest first."""
        return tuple(
            PastYear(run.loaded.year, run.gathered.results.facts)
            for run in self.past
            if run.is_sound
        )

    @cached_property
    def contents(self) -> Contents:
        """The pages of the book, and what is left out of it."""
        return contents_of(self.alone, self.gathered.exhibits, self.texts)

    @cached_property
    def names(self) -> dict[str, str]:
        """What pages may name in `{{ }}` besides facts, and what stands for it."""
        return self.common_names | history.phrase_names(self.gathered.results.facts)

    @property
    def common_names(self) -> dict[str, str]:
        """What headings may name too: the year, the board, the titles."""
        data, settings = self.alone, self.alone.sound_settings
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
        return to_come(self.alone, self.gathered, past)

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
        texts = (passage for passage in self.narrative.passages if passage.file in shown)
        return (*texts, *(p for point in self.shown_points for p in points.passages_of(point)))

    @property
    def shown_points(self) -> tuple[Point, ...]:
        """The points of the first page, and of the pages that there are."""
        pages = {FIRST_PAGE, *(page.path for page in self.contents.pages)}
        return tuple(point for point in self.alone.tables[Point] if point.page in pages)

    @cached_property
    def numbers(self) -> tuple[prose.TypedNumber, ...]:
        """The numbers in the prose that are typed by hand."""
        return tuple(prose.typed_numbers(self.passages, self.exemptions))

    @cached_property
    def abbreviations(self) -> Mapping[str, Abbreviation]:
        """The abbreviations that are explained."""
        settings = self.data.settings
        return abbreviations_in_force(self.data.tables, settings.board if settings else None)

    @cached_property
    def claims(self) -> tuple[prose.TypedNumber, ...]:
        """The words of direction and size in the points of the year."""
        return tuple(points.claims(self.shown_points, self.exemptions))

    @property
    def exemptions(self) -> tuple[NumberExemption, ...]:
        """The numbers that are exempt from being facts, here and in the common texts."""
        return (*self.data.tables[NumberExemption], *self.data.tables[UsualExemption])

    @cached_property
    def of_chapters(self) -> tuple[RuleResult, ...]:
        """What came of the rules about the data, by their numbers."""
        own = (
            stated_counts_rule(self.loaded.schemas),
            PLACEHOLDERS,
            disclosure_rule(self.edition),
            SPANS,
            *corrections.RULES,
        )
        rules = (*declared_chapters().rules, *own)
        in_order = sorted(rules, key=lambda rule: rule.number)
        return run_rules(in_order, self.data, self._blind, lacks_years=self.lacks_years)

    @property
    def lacks_years(self) -> bool:
        """Whether an earlier year is damaged, or has gaps: not all that follows from it is told."""
        return not all(run.is_sound and not run.loaded.gaps for run in self.past)

    @cached_property
    def status(self) -> Status:
        """How far the year is: what is done, and what of it is still that of an earlier year."""
        before = [run.held for run in reversed(self.past)]
        pages, is_final = self.contents.pages, self.alone.is_final
        return status_of(self.held, before, self.loaded.schemas, pages, is_final=is_final)

    @property
    def held(self) -> Held:
        """What the year's folder holds."""
        loaded, texts = self.loaded, self.own_texts
        found = (*loaded.findings, *self.unread_texts)
        unread = frozenset(f.file for f in found if f.rule == "L1")
        own = {
            f"tables/{label}.csv": [", ".join(record.cells) for record in records[1:]]
            for label, records in loaded.own_tables.items()
        }
        for row in loaded.tables[Picture]:
            if picture := loaded.pictures.get(row.picture):
                own[f"pictures/{row.file}"] = [sha256(picture).hexdigest()]
        return Held(loaded.year, loaded.lines, texts, self.alone, self.is_readable, unread, own)

    @property
    def unread_texts(self) -> tuple[Finding, ...]:
        """The texts of the year itself that cannot be read."""
        folder = f"{self.loaded.year}/"
        found = (f for f in self.narrative.findings if f.rule == "L1")
        return tuple(f for f in found if f.file.startswith(folder))

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
