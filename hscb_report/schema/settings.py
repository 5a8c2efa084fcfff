"""What is said once of the Board and of a year: board.toml and year.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from hscb_report.errors import ReportError
from hscb_report.look import BOARD_COLOUR, LEAST_FOR_BOARD, contrast, is_colour, on_white
from hscb_report.schema.cells import refuse
from hscb_report.years import ReportingYear

Kind = Literal["publication", "reconstruction", "example"]
NOTEBOOK_SECONDS = 120
"""How long a notebook may run, unless the Board's settings say otherwise."""
KINDS: tuple[str, ...] = get_args(Kind)


LONGEST = 300
"""Signs: what stands on covers and at the head of pages has no room for more."""
_LATER = 20
"""Years after a reporting year in which its report may still be spoken of."""
_LANGUAGE = re.compile("en(-[A-Z]{2})?")
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ]{1,18}[0-9]")
_LOGO = re.compile(r"[^/\\]+\.(?:png|jpg|jpeg)", re.IGNORECASE)
_WEBSITE = re.compile(r"(https?://)?[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?")


def _one_line(text: str) -> str:
    """Return a text that can stand on a line; refuse an empty, a long and a broken one."""
    if not text.strip():
        raise refuse("text", "it is empty.", "Write what it is, or leave the setting out.")
    if any(ord(sign) < ord(" ") or sign == "\x7f" for sign in text):
        raise refuse("text", "it holds a line break, a tab or a sign that cannot be seen.", _ANEW)
    if len(text) > LONGEST:
        raise refuse("text", f"it is longer than {LONGEST} signs.", "Shorten it.")
    return text


_ANEW = "Write it on one line, with spaces alone between the words."
Text = Annotated[str, AfterValidator(_one_line)]


class _Section(BaseModel):
    """A section of a settings file: nothing but what is declared, each value of its own type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class FormerBoard(_Section):
    """What a board was called, and its area, up to a year; what is not said here is as today."""

    until: str
    name: Text
    short_name: Text
    area: Text | None = None
    local_authority: Text | None = None
    website: Text | None = None

    @field_validator("until")
    @classmethod
    def _is_a_year(cls, until: str) -> str:
        try:
            ReportingYear.parse(until)
        except ReportError as error:
            raise refuse("year", str(error), "It is the last year with this name.") from None
        return until


class HelpLine(_Section):
    """Whom to call who worries about a child: for whom the number is, whose it is, the number."""

    who: Text
    telephone: Text
    name: Text | None = None

    @field_validator("telephone")
    @classmethod
    def _is_a_number(cls, telephone: str) -> str:
        if not _TELEPHONE.fullmatch(telephone):
            hint = 'Write its digits, with spaces alone between them: "0800 1111".'
            raise refuse("telephone", "this is no telephone number.", hint)
        return telephone

    @property
    def before(self) -> str:
        """What is printed before the number: "Children: Childline, "."""
        return f"{self.who}: {f'{self.name}, ' if self.name else ''}"


class BoardSettings(_Section):
    """Who the Board is.

    `agency` is the code, in the list of agencies, under which its own chair and lay members sit;
    `local_authority` that of the council, where a single one answers for the area. `former` are the
    names that it had before, each up to a year. `colour` is its own, on covers, links and charts.
    `logo` is a picture beside board.toml, which stands before its name at the head of every page;
    `logo_alternative` says what it shows, if that is more than the name. `contact`, `licence` and
    the lines of `help` stand at the foot of every page. A notebook that runs for longer than
    `notebook_seconds` is stopped.
    """

    name: Text
    short_name: Text
    area: Text
    local_authority: Text | None = None
    agency: Text | None = None
    website: Text | None = None
    contact: Text | None = None
    licence: Text | None = None
    colour: str = BOARD_COLOUR
    logo: Text | None = None
    logo_alternative: Text | None = None
    language: str = "en-GB"
    year_begins: str = "April"
    notebook_seconds: int = Field(NOTEBOOK_SECONDS, ge=1, le=86_400)
    help: list[HelpLine] = []
    former: list[FormerBoard] = []

    @field_validator("colour")
    @classmethod
    def _can_be_read(cls, colour: str) -> str:
        if not is_colour(colour):
            hint = 'Write # and six digits from 0 to f, such as colour = "#0f5261".'
            raise refuse("colour", "this is no colour.", hint)
        if contrast(colour, "#ffffff") < LEAST_FOR_BOARD:
            what = (
                f"on white it stands out by less than {LEAST_FOR_BOARD:g} to 1: too pale to read."
            )
            raise refuse("colour", what, f'The nearest that can be read is "{on_white(colour)}".')
        return colour.lower()

    @field_validator("logo")
    @classmethod
    def _is_a_file_beside(cls, logo: str | None) -> str | None:
        if logo is not None and (logo.startswith(".") or not _LOGO.fullmatch(logo)):
            hint = 'Put a PNG or JPEG beside board.toml, and write its name: logo = "logo.png".'
            raise refuse("logo", "expected the name of a PNG or JPEG file.", hint)
        return logo

    @field_validator("logo_alternative")
    @classmethod
    def _says_what_is_there(cls, told: str | None, info: ValidationInfo) -> str | None:
        if told is not None and "logo" in info.data and info.data["logo"] is None:
            hint = "Take this line out, or name the file of the logo above it."
            raise refuse("logo_alternative", "there is no logo that it could describe.", hint)
        return told

    @field_validator("language")
    @classmethod
    def _is_english(cls, language: str) -> str:
        if not _LANGUAGE.fullmatch(language):
            what = "the words of the report are English."
            raise refuse("language", what, 'Write language = "en-GB", or another English.')
        return language

    @field_validator("website")
    @classmethod
    def _is_an_address(cls, website: str | None) -> str | None:
        if website is not None and not _WEBSITE.fullmatch(website):
            hint = 'Write it as "www.example.org" or "https://www.example.org/children".'
            raise refuse("website", "this is no address of a website.", hint)
        return website

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
        """Return the settings as they were in a year: the earliest name that still held in it.

        Under a former name there is no logo: that of today says another one.
        """
        held = [f for f in self.former if ReportingYear.parse(f.until) >= year]
        if not held:
            return self
        then = min(held, key=lambda former: ReportingYear.parse(former.until))
        known = {name: value for name, value in then if value is not None and name != "until"}
        return self.model_copy(update={**known, "logo": None, "logo_alternative": None})


class PlanSettings(_Section):
    """What is said once of the Business Plan for the next year.

    `as_at` is the date at which the tracker looks at the actions, unless another is asked for.
    """

    title: Text | None = None
    version: Text | None = None
    as_at: date | None = None


class CoveringSettings(_Section):
    """The meeting that the covering report goes to."""

    title: Text
    committee: Text
    day: date
    time: Text
    place: Text
    report_by: Text


class ApprovalSettings(_Section):
    """The meeting that approved the report, and the day on which it did."""

    meeting: Text
    day: date

    @field_validator("day")
    @classmethod
    def _is_after_the_year(cls, day: date, info: ValidationInfo) -> date:
        year: ReportingYear | None = info.context
        if year and day < year.end:
            what = f"the report is approved on {day}, before its year is over ({year.end})."
            raise refuse("day", what, "Correct the day of the meeting.")
        return _near(day, info, "approval.day")


class YearSettings(_Section):
    """What is said once of a reporting year. `as_at` is the date the report speaks from.

    `kind` says what the report is: the Board's own publication, a reconstruction of one from what
    was published, or an example with invented content. `draft` is the number of a draft. `guidance`
    names the statutory regime where it is not the one that the year falls under. `published` says
    when the report was, as its readers are told it.
    """

    year: str
    kind: Kind
    status: Literal["draft", "final"]
    draft: int | None = Field(None, ge=1, le=999)
    approval: ApprovalSettings | None = None
    title: Text | None = None
    as_at: date | None = None
    guidance: Text | None = None
    published: Text | None = None
    plan: PlanSettings = PlanSettings()
    covering_report: CoveringSettings | None = None

    @field_validator("draft")
    @classmethod
    def _only_a_draft_has_a_number(cls, draft: int | None, info: ValidationInfo) -> int | None:
        if draft is not None and info.data.get("status") == "final":
            hint = 'Take this line out, or write status = "draft".'
            raise refuse("draft", "the report is final, and so no draft of any number.", hint)
        return draft

    @field_validator("approval")
    @classmethod
    def _no_draft_is_approved(
        cls, approval: ApprovalSettings | None, info: ValidationInfo
    ) -> ApprovalSettings | None:
        if approval and info.data.get("status") == "draft":
            hint = 'Write status = "final", or take the section [approval] out.'
            raise refuse("approval", "the report is a draft, and no draft is approved.", hint)
        return approval

    @field_validator("as_at")
    @classmethod
    def _is_of_the_year(cls, day: date | None, info: ValidationInfo) -> date | None:
        return day and _near(day, info, "as_at")

    @field_validator("plan")
    @classmethod
    def _plan_is_near(cls, plan: PlanSettings, info: ValidationInfo) -> PlanSettings:
        if plan.as_at:
            _near(plan.as_at, info, "plan.as_at")
        return plan

    @field_validator("covering_report")
    @classmethod
    def _meeting_is_near(
        cls, covering: CoveringSettings | None, info: ValidationInfo
    ) -> CoveringSettings | None:
        if covering:
            _near(covering.day, info, "covering_report.day")
        return covering


def _near(day: date, info: ValidationInfo, name: str) -> date:
    """Return a day of a report's life; refuse one before its year or long after it.

    The year is that of the folder, where it is known.
    """
    year: ReportingYear | None = info.context
    if year and not year.start <= day <= year.end.replace(year=year.end.year + _LATER):
        what = f"{name} is {day}, which is not in {year} or the {_LATER} years after it."
        raise refuse("day", what, "Correct the day.")
    return day


def allowed_names(of: type[BaseModel], place: Sequence[str]) -> tuple[str, ...]:
    """Return the settings that there may be in a file, or in a section of it."""
    sections: dict[str, type[BaseModel]] = {
        "former": FormerBoard,
        "help": HelpLine,
        "approval": ApprovalSettings,
        "plan": PlanSettings,
        "covering_report": CoveringSettings,
    }
    section = sections.get(place[0], of) if place else of
    return tuple(section.model_fields)


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
