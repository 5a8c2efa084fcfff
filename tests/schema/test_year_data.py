"""What chapters and rules are given of a year, damaged settings included."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from hscb_report.report import DEFAULT_DATA, table_schemas
from hscb_report.schema import vocabularies as words
from hscb_report.schema.settings import KINDS
from hscb_report.schema.year_data import YearData
from hscb_report.store.year import load_year
from hscb_report.years import ReportingYear
from tests import in_force
from tests.strategies import years

YEAR = ReportingYear(2013)
WITHOUT = YearData(YEAR)


@pytest.fixture(scope="module")
def given() -> YearData:
    loaded = load_year(YEAR, DEFAULT_DATA, table_schemas())
    return YearData(YEAR, loaded.tables, loaded.settings)


def with_settings(given, **changed):
    """Return the data with other settings of the year."""
    year = given.settings.year.model_copy(update=changed)
    return replace(given, settings=replace(given.settings, year=year))


def with_board(given, **changed):
    """Return the data with other settings of the board."""
    board = given.settings.board.model_copy(update=changed)
    return replace(given, settings=replace(given.settings, board=board))


def test_a_day_that_is_asked_for_goes_before_that_of_the_settings(given):
    assert given.as_at == given.sound_settings.year.plan.as_at
    assert replace(given, asked_day=date(2015, 1, 2)).as_at == date(2015, 1, 2)


def test_the_plan_that_follows_is_that_of_the_next_year(given):
    assert str(given.plan_year) == "2014-15"


def test_as_long_as_the_settings_are_damaged_rules_take_the_report_for_final(given):
    """Nothing that a final report must not have is let through by a slip in its settings."""
    assert given.is_final
    assert WITHOUT.is_final
    assert not with_settings(given, status="draft").is_final
    assert (WITHOUT.local_authority, WITHOUT.board_agency) == ("", "")


def test_nothing_is_made_up_for_settings_that_are_damaged():
    for name in ("sound_settings", "area", "as_at", "meeting"):
        with pytest.raises(AssertionError, match="the settings are damaged"):
            getattr(WITHOUT, name)


def test_a_board_may_have_no_single_council_and_no_code_of_its_own(given):
    assert (given.local_authority, given.board_agency) == ("herefordshire_council", "hscb")
    other = with_board(given, local_authority=None, agency=None)
    assert (other.local_authority, other.board_agency) == ("", "")


def test_a_year_may_name_no_meeting(given):
    assert given.meeting == date(2014, 10, 1)
    assert with_settings(given, covering_report=None).meeting is None


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_reconstruction_has_words_about_its_source(given, kind):
    """Damaged settings say of no report that it is one."""
    data = with_settings(given, kind=kind)
    assert data.is_reconstruction == (kind == "reconstruction")
    assert data.of_source("a", "b") == (("a", "b") if data.is_reconstruction else ())
    assert WITHOUT.of_source("a") == ()


def test_the_words_in_force_stand_in_the_place_of_the_open_ones():
    assert WITHOUT.vocabulary(words.STREAM) is words.STREAM
    data = replace(WITHOUT, vocabularies=in_force.IN_FORCE)
    assert data.vocabulary(words.STREAM) == in_force.STREAM
    assert data.vocabulary(words.BASIS) is words.BASIS


@drawn(st.lists(years, unique=True).map(sorted), years)
def test_the_year_before_is_the_one_that_ends_as_the_year_begins_or_none(earlier, year):
    """Never the last that there happens to be: between them there may be a gap."""
    known = tuple(YearData(other) for other in earlier if other < year)
    found = YearData(year, earlier=known).year_before
    assert (found.year if found else None) == (year.previous if year.previous in earlier else None)
