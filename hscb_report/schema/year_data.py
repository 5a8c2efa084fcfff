"""The data of one reporting year, as chapters and rules are given it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hscb_report.schema.settings import Settings
from hscb_report.schema.tables import Tables
from hscb_report.schema.vocabularies import Vocabulary
from hscb_report.years import ReportingYear


@dataclass(frozen=True)
class YearData:
    """One year's tables and settings, the words in force, the earlier years, the report's pages.

    Of a draft, `begun` are the tables that have a file, `awaited` those of them that lack rows, or
    have none yet, and `gaps` those in which a cell is empty that a final report needs; of a final
    report there are none of these.
    Of one whose settings are damaged it is known whether it `may_be_draft`.
    `own_tables` are the cells of tables that no chapter reads, the heading first.
    `settings` are None where they are damaged; rules run all the same. `earlier` are the years
    before of which the data root holds sound data, the oldest first. `asked_day` is the day at
    which the plan's actions are to be looked at, where it is not that of the settings; `since` is
    the earlier day that they are compared with, where it is not the first one recorded.
    """

    year: ReportingYear
    tables: Tables = field(default_factory=Tables)
    settings: Settings | None = None
    vocabularies: Mapping[str, Vocabulary] = field(default_factory=dict)
    earlier: tuple[YearData, ...] = ()
    pages: frozenset[str] = frozenset()
    own_tables: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    may_be_draft: bool = False
    asked_day: date | None = None
    since: date | None = None
    begun: frozenset[str] = frozenset()
    awaited: frozenset[str] = frozenset()
    gaps: frozenset[str] = frozenset()

    def vocabulary(self, chosen: Vocabulary) -> Vocabulary:
        """Return the words in force of a vocabulary that a board chooses."""
        return self.vocabularies.get(chosen.name, chosen)

    @property
    def year_before(self) -> YearData | None:
        """The year before, if the data root holds sound data of it."""
        return next((data for data in self.earlier if data.year == self.year.previous), None)

    @property
    def is_final(self) -> bool:
        """Whether the report is marked final; of damaged settings, whether that much is said."""
        if self.settings is None:
            return not self.may_be_draft
        return self.settings.year.status == "final"

    @property
    def is_reconstruction(self) -> bool:
        """Whether the report remakes a published one, and so speaks of a source."""
        return self.settings is not None and self.settings.is_reconstruction

    def of_source(self, *said: str) -> tuple[str, ...]:
        """Return what a reconstruction says of its source; nothing for any other report."""
        return said if self.is_reconstruction else ()

    @property
    def sound_settings(self) -> Settings:
        """The settings, of a year that they are known of."""
        assert self.settings is not None, "the settings are damaged"
        return self.settings

    @property
    def plan_year(self) -> ReportingYear:
        """The year of the plan that follows from the report."""
        return self.year.next

    @property
    def area(self) -> str:
        """The area that the board is for, as the tables of measurements name it."""
        return self.sound_settings.board.area

    @property
    def local_authority(self) -> str:
        """The code of the board's council; "" if no single one answers for the area."""
        return (self.settings.board.local_authority if self.settings else None) or ""

    @property
    def board_agency(self) -> str:
        """The code under which the board's own members sit, "" if it has none."""
        return (self.settings.board.agency if self.settings else None) or ""

    @property
    def as_at(self) -> date:
        """The day at which the plan's actions are looked at."""
        return self.asked_day or self.sound_settings.plan_as_at

    @property
    def meeting(self) -> date | None:
        """The day on which the report and the plan are presented, if a meeting is named."""
        covering = self.sound_settings.year.covering_report
        return covering.day if covering else None
