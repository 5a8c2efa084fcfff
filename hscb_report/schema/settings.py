"""What is said once of the Board and of a year: board.toml and year.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict


class BoardSettings(BaseModel):
    """Who the Board is.

    `agency` is the code, in the list of agencies, under which its own chair and lay members sit.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str
    short_name: str
    area: str
    local_authority: str
    agency: str | None = None
    website: str
    language: str


class PlanSettings(BaseModel):
    """What is said once of the Business Plan for the next year.

    `as_at` is the date at which the tracker looks at the actions, unless another is asked for.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    title: str
    version: str
    as_at: date


class CoveringSettings(BaseModel):
    """The meeting that the covering report goes to."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    title: str
    committee: str
    day: date
    time: str
    place: str
    report_by: str


class YearSettings(BaseModel):
    """What is said once of a reporting year. `as_at` is the date the report speaks from."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    year: str
    title: str
    status: Literal["draft", "final"]
    as_at: date
    plan: PlanSettings
    covering_report: CoveringSettings


@dataclass(frozen=True)
class Settings:
    """The settings that hold for one report."""

    board: BoardSettings
    year: YearSettings
