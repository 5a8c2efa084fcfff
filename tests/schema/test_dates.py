"""Days and months as people and programs write them: what is sure, and what could be two."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from hscb_report.schema.cells import Month
from hscb_report.schema.columns import DAY, MONTH, PERIOD
from hscb_report.schema.dates import day_reading

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2060, 12, 31))


@given(DAYS)
def test_a_day_in_words_is_read_in_every_british_form(day):
    for form in (
        *(f"{day:%d-%b-%Y}", f"{day.day} {day:%B %Y}", f"{day.day} {day:%b} {day:%Y}"),
        *(f"{day.day}th {day:%B, %Y}", f"{day:%d/%b/%Y}", f"{day:%d.%b.%Y}"),
    ):
        assert DAY.read(form) == day
        assert PERIOD.read(form).first == day


@given(DAYS, st.sampled_from("/.-"))
def test_a_day_in_numbers_is_read_where_it_can_be_one_day_only(day, mark):
    form = f"{day:%d}{mark}{day:%m}{mark}{day:%Y}"
    if day.day > 12 or day.day == day.month:
        assert DAY.read(form) == day
        return
    with pytest.raises(PydanticCustomError):
        DAY.read(form)
    assert day_reading(form).days == (day, date(day.year, day.day, day.month))


@given(DAYS)
def test_a_month_in_words_or_numbers_is_read(day):
    for form in (f"{day:%B %Y}", f"{day:%b-%Y}", f"{day:%m/%Y}"):
        assert MONTH.read(form) == Month(day.year, day.month)


@given(st.dates(min_value=date(1960, 1, 1), max_value=date(2060, 1, 1)))
def test_a_serial_number_is_the_day_that_a_spreadsheet_shows_for_it(day):
    number = (day - date(1899, 12, 30)).days
    reading = day_reading(str(number))
    assert (reading.days, reading.is_serial, reading.is_sure) == ((day,), True, False)


@pytest.mark.parametrize("text", ["31/02/2013", "32 June 2013", "7 Juin 2013", "0/0/2013", "x", ""])
def test_what_is_no_day_is_none(text):
    assert day_reading(text).days == ()


@given(st.text(st.sampled_from("0123456789-/. JunetFb:T,sh"), max_size=14))
def test_any_text_gives_a_reading(text):
    reading = day_reading(text)
    assert len(reading.days) <= 2
    assert not (reading.is_sure and len(reading.days) > 1)
