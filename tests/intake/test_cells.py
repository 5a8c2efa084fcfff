"""What each cell of a spreadsheet becomes in each column, and what nobody guesses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from hscb_report.intake.cells import CellError, as_written
from hscb_report.schema import columns as kinds
from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import Carried, Kind, code, codes
from hscb_report.schema.tables import ColumnInfo
from hscb_report.schema.vocabularies import Vocabulary
from hscb_report.spreadsheets.grid import EMPTY, Cell

AS_TEXT = "Give the cell the format of text, and enter what its source has."
COLOURS = Vocabulary("colour", {"r": "Dark  red", "b": "blue", "x1": "Other", "x2": "other"})
KINDS = [kind for kind in vars(kinds).values() if isinstance(kind, Kind)]
KINDS += [code(words.YES_NO), codes(COLOURS)]


def column(kind, unit=None):
    return ColumnInfo("name", kind, unit, True, "What it means", Carried("kept"))


def written(cell, kind, unit=None):
    return as_written(cell, column(kind, unit))


def refusal(cell, kind, unit=None):
    with pytest.raises(CellError) as refused:
        written(cell, kind, unit)
    return refused.value.message, refused.value.hint


def number(text):
    return Cell("number", text)


def text(text):
    return Cell("text", text)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_cell_is_empty_in_every_column(kind):
    assert written(EMPTY, kind) == ""


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_and_a_formula_without_its_result_are_refused_in_every_column(kind):
    assert refusal(Cell("error", "#DIV/0!"), kind) == (
        "the cell holds the error #DIV/0!.",
        "Mend the formula that it comes from, or type the value.",
    )
    assert refusal(Cell(lacks_value=True), kind) == (
        "the cell has a formula whose result is not stored.",
        "Open the file in its program and save it again.",
    )


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.vocabulary is None])
def test_text_is_text_in_every_column_without_codes(kind):
    assert written(text("any; =1+1\nText"), kind) == "any; =1+1\nText"


# Numbers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "digits", "value"),
    [
        (kinds.MONEY, "45203.5", 45203.5),
        (kinds.SIGNED_MONEY, "-1200", -1200),
        (kinds.COUNT, "12", 12),
        (kinds.NUMBER, "61.25", 61.25),
        (kinds.TEXT, "3.2", "3.2"),
        (kinds.PRINTED, "3.2", "3.2"),
        (kinds.ACTION_AREA, "3.2", "3.2"),
        (kinds.reference("agencies.agency"), "7", "7"),
    ],
)
def test_a_number_is_its_digits(kind, digits, value):
    assert written(number(digits), kind) == digits
    assert kind.read(digits) == value


def test_what_a_column_refuses_it_refuses_in_its_own_words():
    assert written(number("-5"), kinds.COUNT) == "-5"
    with pytest.raises(PydanticCustomError, match="expected a whole number"):
        kinds.COUNT.read("-5")


@pytest.mark.parametrize("unit", ["percent", "per cent", "%", "Percent"])
@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("0.61", "61"),
        ("0.0725", "7.25"),
        ("1", "100"),
        ("0", "0"),
        ("12.5", "1250"),
        ("0.29", "29"),
    ],
)
def test_a_percentage_is_what_is_seen_where_percentages_belong(kept, shown, unit):
    assert written(Cell("percent", kept), kinds.NUMBER, unit) == shown


@given(st.integers(0, 10**7))
def test_a_percentage_is_exact(hundredths):
    kept = f"{hundredths / 10**6:.6f}"
    shown = written(Cell("percent", kept), kinds.NUMBER, "percent")
    assert float(shown) == hundredths / 10**4


def test_a_percentage_is_refused_elsewhere():
    cell = Cell("percent", "0.61")
    assert refusal(cell, kinds.MONEY, "pounds") == (
        "the cell is shown as a percentage: 61%; the unit of its column is: pounds.",
        "Give it the format of a number, and enter what is meant, 61 or 0.61.",
    )
    assert refusal(cell, kinds.NUMBER)[0] == "the cell is shown as a percentage: 61%."
    for kind in (kinds.TEXT, kinds.MONTH, code(COLOURS)):
        assert refusal(cell, kind) == ("the cell is shown as a percentage: 61%.", AS_TEXT)


# Days and times ---------------------------------------------------------------------------------

DAY = Cell("day", "2024-10-01")


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (kinds.DAY, "2024-M10-01"),
        (kinds.PERIOD, "2024-M10-01"),
        (kinds.MONTH, "2024-M10"),
        (kinds.MONTH_OF_YEAR, "2024-M10"),
        (kinds.SEVERAL_MONTHS, "2024-M10"),
    ],
)
def test_a_day_is_written_as_its_column_reads_it(kind, told):
    assert written(DAY, kind) == told
    kind.read(told)


def test_a_day_within_a_month_is_no_month():
    assert refusal(Cell("day", "2024-10-07"), kinds.MONTH) == (
        "the cell holds a day, 2024-M10-07, and not a month.",
        "If its month is meant, enter 2024-M10 as text.",
    )


@pytest.mark.parametrize(
    "kind",
    [
        *(kinds.TEXT, kinds.PRINTED, kinds.NUMBER, kinds.MONEY, kinds.COUNT, kinds.IDENTIFIER),
        *(kinds.ACTION, kinds.YEAR, kinds.SEVERAL_YEARS, code(COLOURS)),
        kinds.reference("agencies.agency"),
    ],
)
def test_a_day_elsewhere_is_what_a_program_has_made_of_something(kind):
    told = "a spreadsheet program has made a date of the cell: 2024-M10-01."
    assert refusal(DAY, kind) == (told, AS_TEXT)


@pytest.mark.parametrize("kind", KINDS)
def test_a_time_is_refused_in_every_column(kind):
    assert refusal(Cell("time", "10:30"), kind)[0] == "the cell holds a time of day, 10:30."
    message, hint = refusal(Cell("time", "2024-10-01T10:30"), kind)
    assert message == "the cell holds a day with a time of day: 2024-M10-01 10:30."
    is_a_day = kind.name in ("day", "period")
    assert hint == ("Enter the day alone: 2024-M10-01." if is_a_day else AS_TEXT)


@pytest.mark.parametrize(
    ("kind", "belongs", "meant"),
    [
        (kinds.DAY, "a day, 2024-M10-01", "2024-M10-01"),
        (kinds.MONTH, "a month, 2024-M06", "2024-M10"),
    ],
)
def test_a_number_that_is_a_day_to_a_program_is_refused_with_that_day(kind, belongs, meant):
    message, hint = refusal(number("45566"), kind)
    assert message == f"the cell holds the number 45566, where {belongs} belongs."
    number_kept = "It is the number by which a spreadsheet program keeps a day."
    assert hint == f'{number_kept} Did you mean "{meant}"?'


def test_a_number_that_is_a_day_far_off_is_refused_too():
    _, hint = refusal(number("75000"), kinds.PERIOD)
    assert hint == "Give it the format of a date, or enter it as text."


def test_a_number_that_is_no_day_goes_to_the_column():
    assert written(number("2024"), kinds.PERIOD) == "2024"
    assert written(number("19999"), kinds.DAY) == "19999"
    assert written(number("80001"), kinds.DAY) == "80001"
    assert written(number("45566"), kinds.MONEY) == "45566"
    assert written(text("45566"), kinds.DAY) == "45566"


# Codes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "told"),
    [("r", "r"), ("Dark red", "r"), ("DARK  RED", "r"), ("Blue", "b"), ("x1", "x1"), ("no", "no")],
)
def test_a_label_is_its_code(given, told):
    assert written(text(given), code(COLOURS)) == told


def test_several_labels_are_their_codes():
    assert written(text("Blue; dark red ;b"), codes(COLOURS)) == "b;r;b"
    assert written(text("blue"), codes(COLOURS)) == "b"
    assert written(text("blue;r"), code(COLOURS)) == "blue;r"


def test_a_label_with_a_semicolon_is_known_whole():
    vocabulary = Vocabulary("v", {"both": "one; two", "a": "one", "b": "two"})
    assert written(text("One; two"), code(vocabulary)) == "both"


def test_a_label_of_two_codes_is_refused_with_both():
    for kind in (code(COLOURS), codes(COLOURS)):
        assert refusal(text("OTHER"), kind) == (
            '"OTHER" is the label of 2 codes: x1 and x2.',
            "Enter the code that is meant.",
        )


def test_without_words_any_code_may_be_meant():
    assert written(text("Blue"), code(words.NEED)) == "Blue"


def test_a_number_may_be_a_code_or_its_label():
    vocabulary = Vocabulary("v", {"1": "one", "two": "2"})
    assert written(number("1"), code(vocabulary)) == "1"
    assert written(number("2"), code(vocabulary)) == "two"


# Yes and no -------------------------------------------------------------------------------------


@pytest.mark.parametrize("vocabulary", [words.YES_NO, words.YES_NO_UNKNOWN])
def test_true_and_false_are_yes_and_no(vocabulary):
    assert written(Cell("boolean", "TRUE"), code(vocabulary)) == "yes"
    assert written(Cell("boolean", "FALSE"), code(vocabulary)) == "no"


@pytest.mark.parametrize("kind", [kinds.TEXT, kinds.COUNT, kinds.DAY, code(COLOURS)])
def test_true_and_false_are_nothing_else(kind):
    assert refusal(Cell("boolean", "TRUE"), kind) == (
        "the cell holds the value TRUE, which a spreadsheet program makes of the word.",
        AS_TEXT,
    )
