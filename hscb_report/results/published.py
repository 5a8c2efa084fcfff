"""What may be published of a year, in one edition: all that leaves the door, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hscb_report.errors import UnknownNameError
from hscb_report.results.chapter import Page
from hscb_report.results.exhibit import Exhibit
from hscb_report.results.fact import Ledger
from hscb_report.results.history import told_in_prose
from hscb_report.results.outline import Callout, Outline, TaggedSection
from hscb_report.results.points import Points
from hscb_report.schema.settings import Settings
from hscb_report.years import ReportingYear


@dataclass(frozen=True)
class Input:
    """A file that was read: its path relative to the data root, and its hash.

    `is_protected` says that it counts or describes children; an edition that does not tell its
    hash has None.
    """

    path: str
    sha256: str | None
    is_protected: bool = False


@dataclass(frozen=True)
class ShownPicture:
    """A picture of the year's own, with what it shows in words and by whose leave."""

    name: str
    caption: str
    alternative: str
    licence: str
    file: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class ShownCorrection:
    """What was corrected after the report had been approved: when, what, why, on which page."""

    number: int
    day: date
    what: str
    reason: str
    page: str = ""


@dataclass(frozen=True)
class Results:
    """What the chapters make of a year's data, and the files that it was read from."""

    facts: Ledger = field(default_factory=Ledger)
    exhibits: tuple[Exhibit, ...] = ()
    outlines: Mapping[str, Outline] = field(default_factory=dict)
    callouts: tuple[Callout, ...] = ()
    tags: tuple[TaggedSection, ...] = ()
    inputs: tuple[Input, ...] = ()
    pictures: tuple[ShownPicture, ...] = ()


@dataclass(frozen=True)
class Commentary:
    """What is to be said of a chapter in one year: Markdown, with facts by name in it.

    `text` is as it was written; in `plain` each name stands as the number that it means.
    """

    chapter: str
    text: str
    plain: str


@dataclass(frozen=True)
class ShortFor:
    """What an abbreviation is short for, and whether a page says so where it comes first."""

    full: str
    is_expanded: bool = True


@dataclass(frozen=True)
class Published:
    """A year's report for one edition, as every output is given it.

    `texts` has the year's own pages as they were checked, by their paths in the book, with the
    tables that they end with; `names` is what pages may name in `{{ }}` besides facts; `assurance`
    are the tables that say what the report was checked against and where it comes from; `checks` is
    the content of `checks.json`; `contents` are the pages in their order; `printed_in` has, for
    each fact, the pages and notebooks whose prose names it; `notebooks_left_out` are those of
    chapters that the year says nothing of; `still_to_come` says what each page of a draft lacks, by
    its path; `corrections` are what was corrected later, the newest first; `titles` are those of
    the pages, by their paths; `shown_on` has the path of the page that shows each table first, and
    `sources_of` the table of the sources page that says where the numbers of its chapter come from;
    `abbreviations` are those that the report may use; `points` what the year says first, on its
    first page and at the heads of others; `logo` is the Board's picture, empty without one.
    """

    year: ReportingYear
    edition: str
    as_at: date
    settings: Settings
    results: Results
    assurance: tuple[Exhibit, ...]
    texts: Mapping[str, str]
    commentaries: tuple[Commentary, ...]
    names: Mapping[str, str]
    checks: Mapping[str, Any]
    contents: tuple[Page, ...]
    printed_in: Mapping[str, tuple[str, ...]]
    notebooks_left_out: tuple[str, ...] = ()
    still_to_come: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    corrections: tuple[ShownCorrection, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    shown_on: Mapping[str, str] = field(default_factory=dict)
    sources_of: Mapping[str, str] = field(default_factory=dict)
    abbreviations: Mapping[str, ShortFor] = field(default_factory=dict)
    points: Points = field(default_factory=Points)
    logo: bytes = field(default=b"", repr=False)

    @property
    def values(self) -> dict[str, str]:
        """What stands for each name that a text may have in `{{ }}`, numbers among them."""
        return told_in_prose(self.facts, self.names)

    @property
    def is_for_board(self) -> bool:
        """Whether it is the edition that only the Board may see."""
        return self.edition == "board"

    @property
    def stem(self) -> str:
        """What the names of its files end with: the year, and "-board" for that edition."""
        return f"{self.year}{'-board' if self.is_for_board else ''}"

    @property
    def is_draft(self) -> bool:
        """Whether it is not final, so that things may still be missing from it."""
        return self.settings.year.status == "draft"

    @property
    def facts(self) -> Ledger:
        """Every number that has a name."""
        return self.results.facts

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """Every published table that holds a row, those about the report itself last."""
        every = (*self.results.exhibits, *self.assurance)
        return tuple(exhibit for exhibit in every if exhibit.rows)

    def exhibit(self, label: str) -> Exhibit:
        """Return a published table; it has no row where the year has nothing to put into it.

        Raises UnknownNameError, which suggests the nearest label.
        """
        by_label = {exhibit.label: exhibit for exhibit in (*self.results.exhibits, *self.assurance)}
        if label not in by_label:
            raise UnknownNameError("published table", label, by_label)
        return by_label[label]

    def group(self, name: str) -> tuple[Exhibit, ...]:
        """Return the published tables of a group, such as one for each programme of audits."""
        return tuple(exhibit for exhibit in self.exhibits if exhibit.group == name)

    def commentary(self, chapter: str) -> Commentary:
        """Return what is said of a chapter, nothing of one that the year lacks.

        Raises UnknownNameError if there is no such chapter.
        """
        by_chapter = {name: Commentary(name, "", "") for name in self.notebooks_left_out}
        by_chapter |= {commentary.chapter: commentary for commentary in self.commentaries}
        if chapter not in by_chapter:
            raise UnknownNameError("commentary", chapter, by_chapter)
        return by_chapter[chapter]

    def value(self, fact: str) -> str:
        """Return a fact as the report prints it."""
        return self.facts[fact].text
