"""Kinds of cell: what each reads, and that nothing is guessed from a cell of another form."""

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from hscb_report.schema.cells import Month
from hscb_report.schema.columns import (
    ACTION,
    ACTION_AREA,
    COUNT,
    DAY,
    IDENTIFIER,
    MONEY,
    MONTH,
    MONTH_OF_YEAR,
    NO_WORDS,
    NUMBER,
    PERIOD,
    PRINTED,
    SEVERAL_MONTHS,
    SEVERAL_YEARS,
    SIGNED_MONEY,
    TEXT,
    YEAR,
    code,
    codes,
    reference,
    several,
    with_vocabularies,
)
from hscb_report.schema.vocabularies import DEATH_CATEGORY, STATUTORY_HEADING, Vocabulary
from hscb_report.years import ReportingYear
from tests import in_force
from tests.strategies import counts, months, pounds, printable
from tests.strategies import years as drawn_years

UNCLEAR = "It is not clear what is thousands, what is pence: write thousands without a mark."
NEVER_NEGATIVE = "An amount is never negative here: put it on the other side of the account."
POUNDS = "expected pounds such as 45203 or 45203.50."
WHOLE = "expected a whole number such as 12 or 1,583."
A_NUMBER = "expected a number such as 589 or 61.25."
A_MONTH = "expected a month written 2024-M06."
A_YEAR = "expected a reporting year written 2024-25."
A_DAY = "expected a day written 2024-M10-01."
A_PERIOD = (
    "expected a period: 2024-25, 2024, year to September 2024, 2024-M04 to 2024-M09, "
    "2025-M03-31, or undated."
)
ACTION_LABEL = "expected the label of an action, such as 3.2b."
AREA_LABEL = "expected the label of an action area, such as 3.2."
SHORT_CODE = "expected a short code such as set_events: a-z, 0-9 and _."
SOME_MONTHS = "expected one or more months, 2024-M10, between semicolons."
SOME_YEARS = "expected one or more reporting years, 2024-25, between semicolons."
BETWEEN = "A semicolon stands only between two of them."
AREAS = codes(in_force.JOURNEY_AREA)
HEADING = code(in_force.STATUTORY_HEADING)


def refusal(kind, cell):
    """Return what is allowed, and the hint, of a cell that is refused."""
    with pytest.raises(PydanticCustomError) as refused:
        kind.read(cell)
    return refused.value.message(), refused.value.context["hint"]


# What is read -----------------------------------------------------------------------------------


def money_forms(amount):
    """Return the usual ways to write an amount that is not negative."""
    plain = [f"{amount:.2f}", f"{amount:,.2f}"]
    plain += [f"{amount:.1f}"] if amount * 10 == int(amount * 10) else []
    plain += [f"{amount:.0f}", f"{amount:,.0f}"] if amount == int(amount) else []
    return [sign + text for text in plain for sign in ("", "£", "£ ")]


@given(pounds)
def test_an_amount_may_be_written_with_a_pound_sign_separators_and_pence(amount):
    assert {MONEY.read(form) for form in money_forms(amount)} == {amount}
    assert {SIGNED_MONEY.read(form) for form in money_forms(amount)} == {amount}


@given(pounds)
def test_an_amount_below_zero_is_read_where_it_makes_sense_and_refused_elsewhere(amount):
    """With either minus sign, or in brackets as accounts print it."""
    for form in money_forms(amount):
        for negative in (f"-{form}", f"−{form}", f"- {form}", f"({form})", f"( {form} )"):
            assert SIGNED_MONEY.read(negative) == -amount
            assert refusal(MONEY, negative) == (POUNDS, NEVER_NEGATIVE)


@pytest.mark.parametrize(
    "cell", ["45.203,00", "45.203", "45,20", "1,23,456", "45203.500", "45,203,00"]
)
def test_an_amount_that_could_mean_two_is_refused_with_or_without_a_sign(cell):
    assert refusal(MONEY, cell) == (POUNDS, UNCLEAR)
    for signed in (cell, f"-{cell}", f"({cell})"):
        assert refusal(SIGNED_MONEY, signed) == (POUNDS, UNCLEAR)


@given(st.integers(0, 999_999_999))
def test_a_count_may_have_thousands_separators(count):
    assert COUNT.read(str(count)) == COUNT.read(f"{count:,}") == count


@given(st.decimals(-(10**8), 10**8, places=2), st.sampled_from("0123456"))
def test_a_number_may_have_decimals_separators_and_a_sign(number, places):
    assert NUMBER.read(f"{number:.2f}") == NUMBER.read(f"{number:,.2f}") == number
    assert NUMBER.read(f"{number:.0f}") == Decimal(f"{number:.0f}")


@given(months)
def test_a_month_is_read_in_both_forms_and_written_in_the_one_that_survives(month):
    written = f"{month.year}-{month.month:02d}"
    assert MONTH.read(str(month)) == MONTH.read(written) == MONTH_OF_YEAR.read(written) == month
    assert str(month) == f"{month.year}-M{month.month:02d}"


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_read_in_both_forms(day):
    assert DAY.read(day.isoformat()) == DAY.read(f"{day:%Y-M%m-%d}") == day


@given(drawn_years)
def test_a_year_is_read_as_it_is_written(year):
    assert YEAR.read(str(year)) == year


@pytest.mark.parametrize(
    ("cell", "first", "last", "text"),
    [
        ("2013-14", date(2013, 4, 1), date(2014, 3, 31), "2013-14"),
        ("2012", date(2012, 1, 1), date(2012, 12, 31), "2012"),
        ("year to September 2013", date(2012, 10, 1), date(2013, 9, 30), "year to September 2013"),
        ("year to December 2013", date(2013, 1, 1), date(2013, 12, 31), "year to December 2013"),
        ("2013-M04", date(2013, 4, 1), date(2013, 4, 30), "April 2013"),
        ("2013-M04 to 2014-02", date(2013, 4, 1), date(2014, 2, 28), "April 2013 to February 2014"),
        ("2014-M03-31", date(2014, 3, 31), date(2014, 3, 31), "31 March 2014"),
        ("2014-03-31", date(2014, 3, 31), date(2014, 3, 31), "31 March 2014"),
        ("undated", date.min, date.min, "undated"),
    ],
)
def test_a_period_has_its_first_and_last_day_and_is_printed_in_words(cell, first, last, text):
    period = PERIOD.read(cell)
    assert (period.first, period.last, str(period)) == (first, last, text)


def test_of_two_periods_the_one_that_ends_later_is_later_and_the_undated_comes_first():
    cells = ("undated", "2011", "year to September 2013", "2013", "2013-14", "2014-M06-30")
    read = [PERIOD.read(cell) for cell in cells]
    assert all(earlier < later for earlier, later in pairwise(read))
    assert PERIOD.read("year to March 2014") == PERIOD.read("2013-14")


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (IDENTIFIER, ("x", "set_events", "a2", "x" * 60)),
        (ACTION, ("3.2b", "12.10z", "99.99a")),
        (ACTION_AREA, ("3.2", "12.10")),
        (TEXT, ("x", "two\nlines\tand a tab", "=1+1", "<b>{{ x }}|", "é ² “x”", '"in marks"')),
    ],
)
def test_a_label_a_code_or_a_text_is_read_as_it_stands(kind, cells):
    assert [kind.read(cell) for cell in cells] == list(cells)


@pytest.mark.parametrize(
    ("cell", "value"), [('"Sep 14"', "Sep 14"), ("N", "N"), ('"', '"'), ('"x', '"x'), ('""', '""')]
)
def test_what_is_printed_stands_in_quotation_marks_where_a_spreadsheet_would_rewrite_it(
    cell, value
):
    assert PRINTED.read(cell) == value


# What is refused --------------------------------------------------------------------------------

NO_HINT = ""
REFUSED = [
    *((MONEY, cell, POUNDS, NO_HINT) for cell in ("45203.5O", "45 203", "$45203", "45k", "=45203")),
    (SIGNED_MONEY, "£-5", POUNDS, NO_HINT),
    *((COUNT, cell, WHOLE, "A count is never negative.") for cell in ("-1", "−1", "-1.5")),
    *((COUNT, cell, WHOLE, "A count has no fraction.") for cell in ("1.5", "1,583.2")),
    *((COUNT, cell, WHOLE, NO_HINT) for cell in ("15,83", "twelve", "12 people", "(12)")),
    *((NUMBER, cell, A_NUMBER, NO_HINT) for cell in ("58,9", "5.8.9", "589%", "589 per 10,000")),
    *(
        (MONTH, c, A_MONTH, NO_HINT)
        for c in (
            "Jun-13",
            "01/06/2013",
            "41426",
            "2013-M13",
            "2013-M6",
            "2013",
            "0000-M06",
            "2013-00",
        )
    ),
    *((YEAR, cell, A_YEAR, NO_HINT) for cell in ("2013", "2013/14", "2012-14", "12-13", "Dec-11")),
    (DAY, "01/10/2014", A_DAY, NO_HINT),
    *((DAY, cell, A_DAY, NO_HINT) for cell in ("2014-M02-29", "2014-M10-1", "2014-M10")),
    *((DAY, cell, A_DAY, NO_HINT) for cell in ("31/02/2014", "41426", "0000-01-01", "2014-W10-01")),
    *(
        (PERIOD, cell, A_PERIOD, NO_HINT)
        for cell in ("2013/14", "Undated", "2013-15", "year to Sept 2013")
    ),
    *(
        (PERIOD, cell, A_PERIOD, NO_HINT)
        for cell in ("2013-M09 to 2013-M04", "latest", "year to  May 2013")
    ),
    *((ACTION, cell, ACTION_LABEL, NO_HINT) for cell in ("3.2", "3.2B", "3.2bb", "0.1a", "3.02a")),
    *((ACTION, cell, ACTION_LABEL, NO_HINT) for cell in ("3.2 b", "3,2b", "١.٢a", "3.2b\n")),
    *((ACTION_AREA, cell, AREA_LABEL, NO_HINT) for cell in ("3", "3.2b", "3.0", "0.3", "3.2.1")),
    *((IDENTIFIER, cell, SHORT_CODE, NO_HINT) for cell in ("Set", "2x", "_x", "a-b", "x" * 61)),
    *((SEVERAL_MONTHS, c, SOME_MONTHS, BETWEEN) for c in ("2014-M10;", ";2014-M10", ";", "")),
    *((SEVERAL_MONTHS, c, SOME_MONTHS, BETWEEN) for c in ("2014-M10;;2015-M03", "2014-M10; ")),
    *((SEVERAL_MONTHS, c, A_MONTH, NO_HINT) for c in ("2014-M10,2015-M03", "2014-M10 2015-M03")),
    (SEVERAL_MONTHS, "2014-M09;Oct-14", A_MONTH, NO_HINT),
    *((SEVERAL_YEARS, cell, SOME_YEARS, BETWEEN) for cell in ("2013-14;", "")),
    *((SEVERAL_YEARS, cell, A_YEAR, NO_HINT) for cell in ("2013-15", "2013-14 2014-15", "2013")),
    (AREAS, "voice;", "expected one or more of the listed codes, between semicolons.", BETWEEN),
]


@pytest.mark.parametrize(("kind", "cell", "allowed", "hint"), REFUSED)
def test_another_form_is_refused_with_the_right_one_and_what_probably_happened(
    kind, cell, allowed, hint
):
    assert refusal(kind, cell) == (allowed, hint)


@pytest.mark.parametrize("cell", ["--5", "(-5)", "-(5)", "((5))"])
def test_an_amount_that_is_twice_below_zero_is_not_told_that_it_may_not_be(cell):
    message, hint = refusal(SIGNED_MONEY, cell)
    assert message == "expected pounds such as 45203 or -1200.50."
    assert hint == "One minus sign, or brackets, say that it is below zero."


NUMERIC = (MONEY, SIGNED_MONEY, COUNT, NUMBER)
DATED = (MONTH, DAY, YEAR, PERIOD, SEVERAL_MONTHS, SEVERAL_YEARS)


@pytest.mark.parametrize("kind", [*NUMERIC, *DATED], ids=lambda kind: kind.name)
@pytest.mark.parametrize("cell", ["", " ", "abc", "１２", "1e3", "0x10", "1_000", "inf", "+1"])
def test_nothing_is_guessed_from_a_cell_of_another_form(kind, cell):
    assert refusal(kind, cell)[0].startswith("expected ")


@given(st.sampled_from(NUMERIC), st.text(st.sampled_from("0123456789.,£-−() eE_+１\n"), max_size=9))
def test_a_number_that_is_read_has_the_digits_of_its_cell_and_no_others(kind, cell):
    try:
        value = kind.read(cell)
    except PydanticCustomError:
        return
    digits = re.sub(r"[£,\s()−-]", "", cell)
    assert abs(value) == Decimal(digits)
    assert (value < 0) <= bool(re.search(r"[-−(]", cell))
    assert kind.name != "count" or isinstance(value, int)


@given(
    st.sampled_from((MONTH, DAY, YEAR, PERIOD)),
    st.text(st.sampled_from("0123456789-M/ undate"), max_size=11),
)
def test_a_time_that_is_read_has_the_figures_of_its_cell(kind, cell):
    try:
        value = kind.read(cell)
    except PydanticCustomError:
        return
    figures = cell.replace("M", "").strip()
    texts = {str(value).replace("M", "")}
    if re.fullmatch(r"[0-9]+([/-])[0-9]+\1[0-9]{4}", cell):
        day, month, year = map(int, re.findall("[0-9]+", cell))
        assert day > 12 or day == month
        figures, texts = date(year, month, day), {getattr(value, "first", value)}
    elif match := re.fullmatch(r"([0-9]{1,2})[/-]([0-9]{4})", cell):
        figures, texts = (
            date(int(match[2]), int(match[1]), 1),
            {value.first_day if kind is MONTH else value.first},
        )
    if kind is PERIOD:
        texts |= {value.first.isoformat()}
    assert figures in texts


@given(st.text(st.characters(max_codepoint=0xA0)), st.sampled_from((TEXT, PRINTED)))
def test_a_character_that_no_output_can_show_is_refused_in_any_text(text, kind):
    unprintable = re.search(r"[^\t\n\r\x20-\x7e\xa0-\U0010ffff]|\xad", text)
    if unprintable:
        message, hint = refusal(kind, text)
        assert f"nobody can see, U+{ord(unprintable[0]):04X}" in message
        assert hint.startswith("Type it anew")
    else:
        assert kind.read(text) in (text, text[1:-1])


# Codes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("trainings", 'Did you mean "training"?'),
        ("Training", 'Did you mean "training"?'),
        ("Training and learning events", 'Did you mean "training"?'),
        ("CASE REVIEWS", 'Did you mean "case_reviews"?'),
        ("xyz", "A board's own codes stand in reference/vocabularies.csv."),
        ("", "A board's own codes stand in reference/vocabularies.csv."),
    ],
)
def test_an_unknown_code_or_a_label_is_refused_and_the_code_suggested(cell, hint):
    allowed = "expected one of: child_death_reviews, case_reviews, training, other."
    assert refusal(HEADING, cell) == (allowed, hint)


def test_a_board_s_own_vocabulary_stands_in_the_place_of_the_declared_one():
    """By its name; the codes of the declared one are then unknown."""
    own = Vocabulary("statutory_heading", {"premises": "Premises"})
    kind = with_vocabularies(HEADING, {"statutory_heading": own})
    assert kind.read("premises") == "premises"
    assert refusal(kind, "training") == (
        "expected one of: premises.",
        "A board's own codes stand in reference/vocabularies.csv.",
    )
    assert refusal(kind, "PREMISES")[1] == 'Did you mean "premises"?'
    assert HEADING.read("training") == "training"
    assert with_vocabularies(HEADING, {"stream": own}) is HEADING
    assert with_vocabularies(TEXT, {"statutory_heading": own}) is TEXT


@given(printable)
def test_as_long_as_no_words_are_in_force_any_text_may_be_a_code(text):
    """But nothing that no output can show; labels of other boards are no better than codes."""
    for kind in (code(STATUTORY_HEADING), code(DEATH_CATEGORY, within="dimension")):
        assert kind.read(text, {"dimension": "sex"}) == text
        assert refusal(kind, "\x00")[0] == "holds a character that nobody can see, U+0000."


def test_without_any_words_a_code_is_refused_with_where_to_list_them():
    """It is another kind of error than a wrong code: the cause is one, however many cells."""
    empty = code(Vocabulary("stream", {}))
    assert refusal(empty, "children") == (
        "no code of stream is listed yet.",
        "List the board's own codes in reference/vocabularies.csv.",
    )
    for kind, what in ((empty, NO_WORDS), (HEADING, "code")):
        with pytest.raises(PydanticCustomError) as refused:
            kind.read("children")
        assert refused.value.type == what


PARTS = Vocabulary(
    "part", {"a1": "A one", "a2": "A two", "b1": "B one"}, of={"a1": "a", "a2": "a", "b1": "b"}
)


@given(st.sampled_from("abc"), st.sampled_from(("a1", "a2", "b1", "A one", "zz")))
def test_a_code_is_one_that_belongs_to_that_in_another_column_of_its_row(whole, cell):
    """Which other column that is, the kind says; what else stands in the row does not matter."""
    kind = code(PARTS, within="whole")
    row = {"other": "b", "whole": whole}
    if cell in PARTS and PARTS.of[cell] == whole:
        assert kind.read(cell, row) == cell
        return
    with pytest.raises(PydanticCustomError) as refused:
        kind.read(cell, row)
    assert refused.value.type == "code"
    assert (
        refused.value.message()
        == {
            "a": "expected, for a, one of: a1, a2.",
            "b": "expected, for b, one of: b1.",
            "c": "no code of part belongs to c.",
        }[whole]
    )
    hints = {("a", "A one"): 'Did you mean "a1"?', ("c", "a1"): 'in the column "of"'}
    assert hints.get((whole, cell), "") in refused.value.context["hint"]


def test_beside_an_unknown_code_of_the_other_column_any_code_of_the_vocabulary_passes():
    """One cause is told once; but a code that is none at all is still told."""
    kind = code(PARTS, within="whole")
    assert [kind.read(cell) for cell in PARTS] == list(PARTS)
    assert refusal(kind, "zz")[0] == "expected one of: a1, a2, b1."
    without_words = code(Vocabulary("part", {}), within="whole")
    with pytest.raises(PydanticCustomError) as refused:
        without_words.read("a1", {"whole": "a"})
    assert refused.value.type == NO_WORDS


# Several values ---------------------------------------------------------------------------------

SEVERAL = [
    (SEVERAL_MONTHS, months, str),
    (SEVERAL_YEARS, drawn_years, str),
    (AREAS, st.sampled_from(tuple(in_force.JOURNEY_AREA)), str),
    (several(COUNT, "counts", "counts"), counts, "{:,}".format),
]
by_kind = pytest.mark.parametrize(("kind", "values", "written"), SEVERAL)


@by_kind
@given(data=st.data())
def test_several_values_keep_the_order_in_which_they_stand(kind, values, written, data):
    found = data.draw(st.lists(values, min_size=1, max_size=4, unique=True))
    between = data.draw(st.sampled_from((";", "; ", " ; ")))
    assert kind.read(between.join(map(written, found))) == tuple(found)


@by_kind
@given(data=st.data())
def test_a_value_that_is_named_twice_is_refused_by_its_name(kind, values, written, data):
    found = data.draw(st.lists(values, min_size=1, max_size=3, unique=True))
    again = data.draw(st.sampled_from(found))
    place = data.draw(st.integers(0, len(found)))
    cell = ";".join(map(written, [*found[:place], again, *found[place:]]))
    assert refusal(kind, cell) == (f"{written(again)} stands twice.", "Name each of them once.")


def test_a_value_that_is_named_twice_in_two_forms_is_named_twice():
    assert refusal(SEVERAL_MONTHS, "2014-M10;2014-10")[0] == "2014-10 stands twice."


@pytest.mark.parametrize("cell", ["voice, audit", "voices", "voice;audits"])
def test_an_unknown_code_among_several_is_refused_with_those_there_are(cell):
    assert refusal(AREAS, cell)[0].startswith("expected one of: training, governance, ")


# References and months --------------------------------------------------------------------------


def test_a_reference_says_of_which_tables_it_may_be_and_reads_as_its_kind():
    assert reference("actions.action").allowed == "a code that stands in actions.action"
    assert "target" in reference(by=("target", {})).allowed
    assert reference("strategic_priorities.priority", COUNT).read("1,583") == 1583


@given(months, months)
def test_months_are_counted_from_month_to_month(first, second):
    between = first.months_until(second)
    assert between == -second.months_until(first)
    assert (between > 0) == (first < second)
    assert (first.month + between - 1) % 12 + 1 == second.month


@given(months)
def test_a_month_has_its_days_and_its_name(month):
    assert (month.first_day.day, month.last_day.day) == (1, monthrange(month.year, month.month)[1])
    assert (month.last_day + timedelta(days=1)).day == 1
    assert month.text == f"{month.name} {month.year}"
    assert (Month(2013, 6).text, ReportingYear(2013).contains(Month(2013, 6).first_day)) == (
        "June 2013",
        True,
    )
