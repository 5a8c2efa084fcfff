"""The settings of a board and a year: complete, of the right kinds, and nothing else."""

from datetime import date, datetime

import pytest
from pydantic import ValidationError

from hscb_report.schema.settings import (
    BoardSettings,
    CoveringSettings,
    PlanSettings,
    YearSettings,
)

PLAN = {"title": "Business Plan", "version": "v1", "as_at": date(2014, 10, 1)}
COVERING = {
    "title": "A report",
    "committee": "Scrutiny",
    "day": date(2014, 10, 1),
    "time": "3 pm",
    "place": "Shire Hall",
    "report_by": "A director",
}
YEAR = {
    "year": "2013-14",
    "title": "Annual Report",
    "status": "draft",
    "as_at": date(2014, 3, 31),
    "plan": PLAN,
    "covering_report": COVERING,
}
BOARD = {
    "name": "A board",
    "short_name": "B",
    "area": "An area",
    "local_authority": "council",
    "website": "example.org",
    "language": "en-GB",
}
KINDS = [
    (BoardSettings, BOARD),
    (PlanSettings, PLAN),
    (CoveringSettings, COVERING),
    (YearSettings, YEAR),
]
SETTINGS = [(kind, sound, name) for kind, sound in KINDS for name in sound]


@pytest.mark.parametrize(("kind", "sound"), KINDS)
def test_settings_are_read_as_they_stand_and_cannot_be_changed(kind, sound):
    settings = kind.model_validate(sound)
    assert settings.model_dump(exclude_none=True) == sound
    with pytest.raises(ValidationError, match="frozen"):
        setattr(settings, next(iter(sound)), "other")


@pytest.mark.parametrize(("kind", "sound", "name"), SETTINGS)
def test_a_setting_that_is_missing_or_of_another_kind_is_refused_by_its_name(kind, sound, name):
    """A date in quotation marks or with a time is no date; a number is no text."""
    without = {other: value for other, value in sound.items() if other != name}
    wrong = ("2014-03-31", datetime(2014, 3, 31, 12)) if isinstance(sound[name], date) else (1, "")
    given = [without, {**sound, name: wrong[0]}]
    given += [{**sound, name: wrong[1]}] if isinstance(sound[name], date) else []
    for settings in given:
        with pytest.raises(ValidationError) as refused:
            kind.model_validate(settings)
        assert {problem["loc"][0] for problem in refused.value.errors()} == {name}


@pytest.mark.parametrize(("kind", "sound"), KINDS)
def test_a_setting_that_nobody_knows_is_refused_by_its_name(kind, sound):
    with pytest.raises(ValidationError) as refused:
        kind.model_validate({**sound, "shortname": "B"})
    assert [problem["loc"] for problem in refused.value.errors()] == [("shortname",)]


@pytest.mark.parametrize("status", ["finished", "Final", ""])
def test_a_report_is_a_draft_or_final_and_nothing_else(status):
    assert YearSettings.model_validate({**YEAR, "status": "final"}).status == "final"
    with pytest.raises(ValidationError, match="'draft' or 'final'"):
        YearSettings.model_validate({**YEAR, "status": status})


def test_a_board_may_do_without_a_code_of_its_own():
    assert BoardSettings.model_validate(BOARD).agency is None
