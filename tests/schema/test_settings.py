"""The settings of a board and a year: of the right kinds, nothing else, and whole together."""

import re
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from hscb_report.schema.settings import (
    KINDS,
    ApprovalSettings,
    BoardSettings,
    CoveringSettings,
    FormerBoard,
    HelpLine,
    PlanSettings,
    Settings,
    YearSettings,
)
from hscb_report.years import ReportingYear
from tests.strategies import years

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
    "kind": "publication",
    "status": "draft",
    "title": "Annual Report",
    "as_at": date(2014, 3, 31),
    "guidance": "wt_2013",
    "published": "September 2014",
    "plan": PLAN,
    "covering_report": COVERING,
}
APPROVAL = {"meeting": "The Board", "day": date(2014, 9, 17)}
DRAFT = {**YEAR, "draft": 3}
APPROVED = {**YEAR, "status": "final", "approval": APPROVAL}
FORMER = {
    "until": "2008-09",
    "name": "A former board",
    "short_name": "F",
    "area": "A county",
    "local_authority": "county",
    "website": "example.com",
}
HELP = {"who": "Children", "telephone": "0800 1111", "name": "Childline"}
BOARD = {
    "name": "A board",
    "short_name": "B",
    "area": "An area",
    "local_authority": "council",
    "agency": "b",
    "website": "example.org",
    "contact": "board@example.org",
    "licence": "Open Government Licence v3.0",
    "colour": "#0f5261",
    "logo": "Our logo.PNG",
    "help": [HELP],
    "language": "en-GB",
    "year_begins": "April",
    "notebook_seconds": 120,
    "former": [FORMER],
}
SOUND = [
    (BoardSettings, BOARD),
    (FormerBoard, FORMER),
    (HelpLine, HELP),
    (PlanSettings, PLAN),
    (CoveringSettings, COVERING),
    (ApprovalSettings, APPROVAL),
    (YearSettings, YEAR),
    (YearSettings, DRAFT),
    (YearSettings, APPROVED),
]
NEEDED = {
    BoardSettings: {"name", "short_name", "area"},
    HelpLine: {"who", "telephone"},
    FormerBoard: {"until", "name", "short_name"},
    PlanSettings: set(),
    CoveringSettings: set(COVERING),
    ApprovalSettings: set(APPROVAL),
    YearSettings: {"year", "kind", "status"},
}
SETTINGS = [(of, sound, name) for of, sound in SOUND for name in sound]


def refused(of, settings):
    """Return the names of the settings that are refused."""
    with pytest.raises(ValidationError) as told:
        of.model_validate(settings)
    return {problem["loc"][0] for problem in told.value.errors()}


@pytest.mark.parametrize(("of", "sound"), SOUND)
def test_settings_are_read_as_they_stand_and_cannot_be_changed(of, sound):
    settings = of.model_validate(sound)
    assert settings.model_dump(exclude_none=True) == sound
    with pytest.raises(ValidationError, match="frozen"):
        setattr(settings, next(iter(sound)), "other")


@pytest.mark.parametrize(("of", "sound", "name"), SETTINGS)
def test_a_setting_that_is_missing_where_it_is_needed_is_refused_by_its_name(of, sound, name):
    without = {other: value for other, value in sound.items() if other != name}
    if name in NEEDED[of]:
        assert refused(of, without) == {name}
    else:
        of.model_validate(without)


@pytest.mark.parametrize(("of", "sound", "name"), SETTINGS)
def test_a_setting_of_another_kind_is_refused_by_its_name(of, sound, name):
    """A date in quotation marks or with a time is no date; a number no text."""
    others = {date: ("2014-03-31", datetime(2014, 3, 31, 12)), int: ("120", 1.5, 0)}
    for wrong in others.get(type(sound[name]), (1,)):
        assert refused(of, {**sound, name: wrong}) == {name}


@pytest.mark.parametrize(("of", "sound"), SOUND)
def test_a_setting_that_nobody_knows_is_refused_by_its_name(of, sound):
    assert refused(of, {**sound, "shortname": "B"}) == {"shortname"}


@pytest.mark.parametrize("status", ["finished", "Final", ""])
def test_a_report_is_a_draft_or_final_and_nothing_else(status):
    assert YearSettings.model_validate({**YEAR, "status": "final"}).status == "final"
    with pytest.raises(ValidationError, match="'draft' or 'final'"):
        YearSettings.model_validate({**YEAR, "status": status})


@given(st.one_of(st.integers(-5, 2_000), st.none()))
def test_a_draft_may_have_a_number_from_1_to_999_and_a_final_report_none(number):
    draft = {**YEAR, "draft": number}
    if number is None or 1 <= number <= 999:
        assert YearSettings.model_validate(draft).draft == number
    else:
        assert refused(YearSettings, draft) == {"draft"}
    final = {**draft, "status": "final"}
    if number is None:
        assert YearSettings.model_validate(final).draft is None
    else:
        assert refused(YearSettings, final) == {"draft"}


# Approval ---------------------------------------------------------------------------------------


def test_no_draft_is_approved():
    assert YearSettings.model_validate(APPROVED).approval == ApprovalSettings(**APPROVAL)
    assert refused(YearSettings, {**APPROVED, "status": "draft"}) == {"approval"}


@given(years, st.integers(-400, 8_000))
@example(ReportingYear(2013), 0)
@example(ReportingYear(2013), -1)
@example(ReportingYear(2013), 7_305)
@example(ReportingYear(2013), 7_306)
def test_a_report_is_approved_when_its_year_is_over_and_within_twenty_years(year, days):
    """The year is that of the folder; without one the day is taken as it stands."""
    day = year.end + timedelta(days)
    last = date(year.end.year + 20, 3, 31)
    bare = {"year": str(year), "kind": "publication", "status": "final"}
    given = {**bare, "approval": {**APPROVAL, "day": day}}
    assert YearSettings.model_validate(given).approval.day == day
    if year.end <= day <= last:
        assert YearSettings.model_validate(given, context=year).approval.day == day
    else:
        with pytest.raises(ValidationError) as told:
            YearSettings.model_validate(given, context=year)
        (problem,) = told.value.errors()
        assert problem["loc"] == ("approval", "day")
        assert str(day) in problem["msg"]
        assert ("before its year is over" in problem["msg"]) == (day < year.end)


@pytest.mark.parametrize("kind", ["Publication", "report", ""])
def test_a_report_is_of_one_of_three_kinds_and_must_say_of_which(kind):
    """Nobody publishes as its own what was remade or invented, for want of a word."""
    assert KINDS == ("publication", "reconstruction", "example")
    for known in KINDS:
        assert YearSettings.model_validate({**YEAR, "kind": known}).kind == known
    with pytest.raises(ValidationError, match="'publication', 'reconstruction' or 'example'"):
        YearSettings.model_validate({**YEAR, "kind": kind})


@pytest.mark.parametrize("month", ["January", "april", "September", ""])
def test_a_year_that_begins_in_another_month_than_april_is_refused_and_not_miscounted(month):
    with pytest.raises(ValidationError) as told:
        BoardSettings.model_validate({**BOARD, "year_begins": month})
    (problem,) = told.value.errors()
    assert problem["loc"] == ("year_begins",)
    assert problem["msg"].endswith(f"one from {month} cannot be made.")
    assert "April to March" in problem["ctx"]["hint"]


# Former names -----------------------------------------------------------------------------------


@pytest.mark.parametrize("until", ["2009", "2008-10", "2008/09", ""])
def test_a_former_name_holds_until_a_reporting_year(until):
    assert refused(FormerBoard, {**FORMER, "until": until}) == {"until"}
    assert refused(BoardSettings, {**BOARD, "former": [{**FORMER, "until": until}]}) == {"former"}


def named(*last_years):
    """Return a board with a former name for each of some last years."""
    former = [{"until": str(u), "name": f"To {u}", "short_name": str(u)} for u in last_years]
    return BoardSettings.model_validate({**BOARD, "former": former})


@given(st.lists(years, unique=True, max_size=4), years)
def test_a_year_has_the_earliest_name_that_still_held_in_it(last_years, year):
    """In whatever order the names stand; after the last of them, today's."""
    held = sorted(until for until in last_years if until >= year)
    board = named(*last_years).in_year(year)
    assert (board.name, board.short_name) == (
        (f"To {held[0]}", str(held[0])) if held else ("A board", "B")
    )


def test_a_name_changes_after_its_last_year_and_not_in_it():
    board = named(ReportingYear(2008), ReportingYear(2012))
    found = [board.in_year(ReportingYear(year)).name for year in (2008, 2009, 2012, 2013)]
    assert found == ["To 2008-09", "To 2012-13", "To 2012-13", "A board"]
    assert [name == after for name, after in pairwise(found)] == [False, True, False]


def test_a_logo_can_be_described_and_is_of_today_alone():
    """Under a former name it would say another one."""
    described = {**BOARD, "logo_alternative": "Three hands"}
    board = BoardSettings.model_validate(described)
    assert board.in_year(ReportingYear(2013)).logo_alternative == "Three hands"
    then = board.in_year(ReportingYear(2008))
    assert (then.name, then.logo, then.logo_alternative) == ("A former board", None, None)
    assert refused(BoardSettings, {**described, "logo": None}) == {"logo_alternative"}


def test_what_is_not_said_of_a_former_name_is_as_today():
    then = named(ReportingYear(2008)).in_year(ReportingYear(2008))
    kept = ("area", "local_authority", "agency", "website", "language")
    assert [getattr(then, name) for name in kept] == [BOARD[name] for name in kept]
    whole = BoardSettings.model_validate(BOARD).in_year(ReportingYear(2008))
    said = {name: value for name, value in FORMER.items() if name != "until"}
    assert {name: getattr(whole, name) for name in said} == said


# The settings of a report -----------------------------------------------------------------------

BARE = {"year": "2013-14", "kind": "publication", "status": "draft"}


def settings_of(**year):
    return Settings.of(
        BoardSettings.model_validate(BOARD), YearSettings.model_validate({**BARE, **year})
    )


@given(years)
def test_what_a_year_leaves_out_has_its_usual_value(year):
    """The title names the year, the plan the next one; both speak from the last day."""
    found = settings_of(year=str(year))
    assert (found.title, found.as_at) == (f"Annual Report {year}", year.end)
    assert (found.plan_title, found.plan_as_at) == (f"Business Plan {year.next}", year.end)
    assert found.year.covering_report is None


def test_what_a_year_says_stands_and_the_plan_takes_the_day_of_the_report_unless_it_has_its_own():
    said = settings_of(title="T", as_at=date(2014, 6, 30), plan=PLAN)
    assert (said.title, said.as_at) == ("T", date(2014, 6, 30))
    assert (said.plan_title, said.plan_as_at) == ("Business Plan", date(2014, 10, 1))
    assert settings_of(as_at=date(2014, 6, 30)).plan_as_at == date(2014, 6, 30)


def test_a_report_bears_the_name_that_the_board_had_in_its_year():
    for year, name in (("2008-09", "A former board"), ("2009-10", "A board")):
        assert settings_of(year=year).board.name == name


def test_only_a_reconstruction_remakes_a_published_report():
    assert [settings_of(kind=kind).is_reconstruction for kind in KINDS] == [False, True, False]


@pytest.mark.parametrize("colour", ["teal", "#0f526", "#0f5261 ", "0f5261", "#ff9900", "#ffffff"])
def test_a_colour_that_is_none_or_too_pale_is_refused_with_what_to_write(colour):
    with pytest.raises(ValidationError) as told:
        BoardSettings.model_validate({**BOARD, "colour": colour})
    [problem] = told.value.errors()
    [offered] = re.findall(r'"(#[0-9a-f]{6})"', str(problem))
    assert BoardSettings.model_validate({**BOARD, "colour": offered}).colour == offered


@pytest.mark.parametrize("telephone", ["", "call us", "0800-1111", "0800 1111 (free)", "<b>1</b>"])
def test_a_telephone_number_that_is_none_is_refused(telephone):
    assert refused(HelpLine, {**HELP, "telephone": telephone}) == {"telephone"}
