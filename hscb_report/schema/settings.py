"""What is said once of the Board and of a year: board.toml and year.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator

from hscb_report.errors import ReportError
from hscb_report.schema.cells import refuse
from hscb_report.years import ReportingYear

Kind = Literal["publication", "reconstruction", "example"]
NOTEBOOK_SECONDS = 120
"""How long a notebook may run, unless the Board's settings say otherwise."""
KINDS: tuple[str, ...] = get_args(Kind)


class _Section(BaseModel):
    """A section of a settings file: nothing but what is declared, each value of its own type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class FormerBoard(_Section):
    """What a board was called, and its area, up to a year; what is not said here is as today."""

    until: str
    name: str
    short_name: str
    area: str | None = None
    local_authority: str | None = None
    website: str | None = None

    @field_validator("until")
    @classmethod
    def _is_a_year(cls, until: str) -> str:
        try:
            ReportingYear.parse(until)
        except ReportError as error:
            raise refuse("year", str(error), "It is the last year with this name.") from None
        return until


class BoardSettings(_Section):
    """Who the Board is.

    `agency` is the code, in the list of agencies, under which its own chair and lay members sit;
    `local_authority` that of the council, where a single one answers for the area. `former` are the
    names that it had before, each up to a year. A notebook that runs for longer than
    `notebook_seconds` is stopped.
    """

    name: str
    short_name: str
    area: str
    local_authority: str | None = None
    agency: str | None = None
    website: str | None = None
    language: str = "en-GB"
    year_begins: str = "April"
    notebook_seconds: int = Field(NOTEBOOK_SECONDS, ge=1, le=86_400)
    former: list[FormerBoard] = []

    @field_validator("year_begins")
    @classmethod
    def _begins_in_april(cls, month: str) -> str:
        if month != "April":
            what = f"a reporting year runs from April to March; one from {month} cannot be made."
            raise refuse("year_begins", what, "Report on April to March, and leave this out.")
        return month

    @field_validator("former")
    @classmethod
    def _each_until_another_year(cls, former: list[FormerBoard]) -> list[FormerBoard]:
        years = [board.until for board in former]
        if twice := [year for year in years if years.count(year) > 1]:
            what = f"two former names hold until {twice[0]}."
            raise refuse("former", what, "Give each the last year in which it held.")
        return former

    def in_year(self, year: ReportingYear) -> BoardSettings:
        """Return the settings as they were in a year: the earliest name that still held in it."""
        held = [f for f in self.former if ReportingYear.parse(f.until) >= year]
        if not held:
            return self
        then = min(held, key=lambda former: ReportingYear.parse(former.until))
        known = {name: value for name, value in then if value is not None and name != "until"}
        return self.model_copy(update=known)


class PlanSettings(_Section):
    """What is said once of the Business Plan for the next year.

    `as_at` is the date at which the tracker looks at the actions, unless another is asked for.
    """

    title: str | None = None
    version: str | None = None
    as_at: date | None = None


class CoveringSettings(_Section):
    """The meeting that the covering report goes to."""

    title: str
    committee: str
    day: date
    time: str
    place: str
    report_by: str


class YearSettings(_Section):
    """What is said once of a reporting year. `as_at` is the date the report speaks from.

    `kind` says what the report is: the Board's own publication, a reconstruction of one from what
    was published, or an example with invented content. `guidance` names the statutory regime where
    it is not the one that the year falls under.
    """

    year: str
    kind: Kind
    status: Literal["draft", "final"]
    title: str | None = None
    as_at: date | None = None
    guidance: str | None = None
    plan: PlanSettings = PlanSettings()
    covering_report: CoveringSettings | None = None


@dataclass(frozen=True)
class Settings:
    """The settings that hold for one report, whole: what a file leaves out has its usual value."""

    board: BoardSettings
    year: YearSettings
    title: str
    as_at: date
    plan_title: str
    plan_as_at: date

    @classmethod
    def of(cls, board: BoardSettings, year: YearSettings) -> Settings:
        """Return the settings of a year, with the board's names as they were in it."""
        reporting = ReportingYear.parse(year.year)
        as_at = year.as_at or reporting.end
        return cls(
            board=board.in_year(reporting),
            year=year,
            title=year.title or f"Annual Report {reporting}",
            as_at=as_at,
            plan_title=year.plan.title or f"Business Plan {reporting.next}",
            plan_as_at=year.plan.as_at or as_at,
        )

    @property
    def is_reconstruction(self) -> bool:
        """Whether the report remakes a published one."""
        return self.year.kind == "reconstruction"
