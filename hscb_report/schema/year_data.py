"""The data of one reporting year, as chapters and rules are given it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from hscb_report.schema.finance import FundBalance
from hscb_report.schema.settings import Settings
from hscb_report.schema.tables import Tables
from hscb_report.years import ReportingYear


@dataclass(frozen=True)
class YearData:
    """One year's tables and settings, the balances of the year before, the pages of the report.

    `settings` are None where they are damaged; rules run all the same. `asked_day` is the day at
    which the plan's actions are to be looked at, where it is not that of the settings; `since` is
    the earlier day that they are compared with, where it is not the first one recorded.
    """

    year: ReportingYear
    tables: Tables = field(default_factory=Tables)
    settings: Settings | None = None
    balances_before: tuple[FundBalance, ...] = ()
    pages: frozenset[str] = frozenset()
    asked_day: date | None = None
    since: date | None = None

    @property
    def is_final(self) -> bool:
        """Whether the report is marked final; as long as nothing else is said, it is."""
        return self.settings is None or self.settings.year.status == "final"

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
        """The code of the board's council; "" as long as the settings are damaged."""
        return self.settings.board.local_authority if self.settings else ""

    @property
    def board_agency(self) -> str:
        """The code under which the board's own members sit, "" if it has none."""
        return (self.settings.board.agency if self.settings else None) or ""

    @property
    def as_at(self) -> date:
        """The day at which the plan's actions are looked at."""
        return self.asked_day or self.sound_settings.year.plan.as_at

    @property
    def meeting(self) -> date:
        """The day on which the report and the plan are presented."""
        return self.sound_settings.year.covering_report.day
