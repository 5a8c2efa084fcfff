"""What chapters and rules are given of a year, damaged settings included."""

from dataclasses import replace
from datetime import date

import pytest

from hscb_report.report import DEFAULT_DATA, table_schemas
from hscb_report.schema.year_data import YearData
from hscb_report.store.year import load_year
from hscb_report.years import ReportingYear

YEAR = ReportingYear(2013)
WITHOUT = YearData(YEAR)


@pytest.fixture(scope="module")
def given() -> YearData:
    loaded = load_year(YEAR, DEFAULT_DATA, table_schemas())
    return YearData(YEAR, loaded.tables, loaded.settings)


def test_a_day_that_is_asked_for_goes_before_that_of_the_settings(given):
    assert given.as_at == given.sound_settings.year.plan.as_at
    assert replace(given, asked_day=date(2015, 1, 2)).as_at == date(2015, 1, 2)


def test_the_plan_that_follows_is_that_of_the_next_year(given):
    assert str(given.plan_year) == "2014-15"


def test_as_long_as_the_settings_are_damaged_rules_take_the_report_for_final(given):
    """Nothing that a final report must not have is let through by a slip in its settings."""
    assert given.is_final
    assert WITHOUT.is_final
    assert (WITHOUT.local_authority, WITHOUT.board_agency) == ("", "")


def test_nothing_is_made_up_for_settings_that_are_damaged():
    for name in ("sound_settings", "area", "as_at", "meeting"):
        with pytest.raises(AssertionError, match="the settings are damaged"):
            getattr(WITHOUT, name)
