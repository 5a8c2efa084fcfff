"""Tables beside the year before: every number is that year's own, and nothing else moves."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.figures import MISSING, Figure
from hscb_report.results.beside import Before, compared_column, with_year_before
from hscb_report.results.exhibit import Column, Exhibit, Quantity, Trend, exhibit
from hscb_report.results.titles import year_before
from hscb_report.schema import Place
from hscb_report.units import NOT_STATED, PERCENT, POUNDS, count_of

CASES = count_of("cases")
COLUMNS = (Column("Kind"), Column("Cases", CASES))


def table(rows, columns=COLUMNS, **known) -> Exhibit:
    """Return a table of rows, whose numbers are figures of no file."""
    cells = [[Figure(cell) if isinstance(cell, int) else cell for cell in row] for row in rows]
    return exhibit("kinds", "Cases by kind, 2024-25", columns, cells, **known)


def beside(now: Exhibit, then: Exhibit, protected=(), comparable=("kinds",)) -> Exhibit:
    """Return a table beside that of 2023-24."""
    (found,) = with_year_before([now], Before("2023-24", (then,), comparable, protected))
    return found


def headings(found: Exhibit) -> list[str]:
    return [column.heading for column in found.columns]


NOW, THEN = table([("A", 1), ("B", 2)]), table([("B", 5), ("A", 4)])

# Whatever the rows ----------------------------------------------------------------------------

drawn_rows = st.dictionaries(
    st.sampled_from("ABCDEF"), st.none() | st.integers(-5, 5), max_size=6
).map(lambda cells: table([(k, MISSING if n is None else n) for k, n in cells.items()]))


@given(drawn_rows, drawn_rows)
def test_every_number_beside_is_that_of_the_year_before_and_the_others_stay(now, then):
    """Or there is no column: where no row has a number of both years, or all are alike."""
    known = dict(then.texts())
    found = beside(now, then)
    assert [row[:2] for row in found.rows] == list(now.rows)
    assert found.columns[:2] == now.columns
    assert replace(found, rows=now.rows, columns=now.columns, notes=now.notes) == now
    shared = [key for key, _ in now.texts() if known.get(key, NOT_STATED) != NOT_STATED]
    if not shared or known == dict(now.texts()):
        assert headings(found) == ["Kind", "Cases"]
    else:
        assert headings(found) == ["Kind", "Cases", "2023-24"]
        for key, _, before in found.texts():
            assert before == known.get(key, "no figure")


@given(drawn_rows, drawn_rows)
def test_what_the_year_lacks_is_told_below_the_table(now, then):
    """Each row of the year before is in the column or in the note, in none twice."""
    found, here = beside(now, then), {key for key, _ in now.texts()}
    gone = [f"{key}: {text}" for key, text in then.texts() if key not in here]
    if len(found.columns) == 2:
        assert found.notes in ((), ("No number differs from that of 2023-24.",))
    else:
        assert found.notes == ((f"In 2023-24 also: {'; '.join(gone)}.",) if gone else ())


def test_a_number_of_the_year_before_keeps_the_rows_that_it_comes_from():
    """What an edition tells of it is decided with all others, by these."""
    place = Place("2023-24/kinds.csv", 2)
    found = beside(table([("A", 1)]), table([("A", Figure(4, (place,)))]))
    assert found.rows[0][2] == Figure(4, (place,))


def test_the_tables_given_are_not_changed():
    now, then = table([("A", 1)]), table([("A", 2)])
    beside(now, then)
    assert (now, then) == (table([("A", 1)]), table([("A", 2)]))


# Which tables ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "columns",
    [
        (Column("Kind"), Column("Cases", CASES), Column("Reviews", CASES)),
        (Column("Kind"), Column("Cases", PERCENT), Column("Reviews", PERCENT)),
        (Column("Kind"), Column("Cases", CASES), Column("Met in 2023-24")),
        (Column("Kind"), Column("Said in 2023"), Column("Cases", CASES)),
        (Column("Kind"), Column("2024-25", CASES), Column("Share", PERCENT)),
    ],
    ids=["two numbers", "two shares", "a column of a year", "said in a year", "headed by its year"],
)
def test_a_table_of_several_numbers_or_times_is_left_as_it_is(columns):
    now, then = (
        table([("A", *("x" if not c.is_numeric else n for c in columns[1:]))], columns)
        for n in (1, 2)
    )
    assert compared_column(now) is None
    assert beside(now, then) == now


@pytest.mark.parametrize(
    "time",
    [
        *("2023-24", "2024", "31 March 2024", "April to June 2024", "Q1", "First quarter"),
        *("year to September 2023", "The year before", "This year", "March", "Quarter 1, 2024"),
    ],
)
def test_a_table_with_a_row_of_a_time_is_left_as_it_is(time):
    assert beside(table([(time, 1)]), table([(time, 2)])) == table([(time, 1)])


@pytest.mark.parametrize(
    "name",
    [
        *(
            "6 to 12 months",
            "1 to 4 years",
            "Within 6 months",
            "Of the year",
            "March Homes",
            "Total",
        ),
        *("Plan of 2019", "Reviews completed in the year", "3", "The year 10 pupils"),
    ],
)
def test_a_length_of_time_and_a_name_with_a_year_are_no_times(name):
    assert headings(beside(table([(name, 1)]), table([(name, 2)]))) == ["Kind", "Cases", "2023-24"]


def test_a_measure_over_time_is_left_as_it_is():
    trend = Trend(("own", "own"))
    assert beside(replace(NOW, trend=trend), replace(THEN, trend=trend)) == replace(
        NOW, trend=trend
    )


def test_only_tables_that_may_be_compared_are():
    """Those of plans and of measures are named by nobody, nor is one that is new."""
    assert beside(NOW, THEN, comparable=()) == NOW
    assert beside(NOW, replace(THEN, label="others")) == NOW
    assert beside(NOW, THEN) != NOW


@pytest.mark.parametrize(
    "then",
    [
        table([("A", 4)], (Column("Sort"), COLUMNS[1])),
        table([("A", 4)], (COLUMNS[0], Column("Reviews", CASES))),
        table([("A", 4)], (COLUMNS[0], Column("Cases", count_of("children")))),
        table([("C", 4), ("D", 5)]),
        table([("A", MISSING)]),
        table([("A", 4), ("A", 5)]),
        table([]),
    ],
    ids=[
        *("other rows", "another number", "another unit", "no row alike", "no number"),
        *("rows not told apart", "no rows"),
    ],
)
def test_tables_that_are_unlike_do_not_compare(then):
    assert beside(NOW, then) == NOW


def test_rows_that_their_headers_do_not_tell_apart_do_not_compare():
    doubled = table([("A", 1), ("A", 2)])
    assert beside(doubled, table([("A", 4)])) == doubled


def test_rows_are_matched_on_all_of_their_headers():
    columns = (Column("Agency"), Column("Role"), Column("People", CASES))
    now = table([("X", "Nurse", 1), ("Y", "Nurse", 2)], columns, row_headers=2)
    then = table([("Y", "Nurse", 7), ("X", "Doctor", 8)], columns, row_headers=2)
    found = beside(now, then)
    assert [row[3] for row in found.texts()] == ["no figure", "7"]
    assert found.notes == ("In 2023-24 also: X, Doctor: 8.",)


# Headings -------------------------------------------------------------------------------------


def test_the_column_is_headed_by_the_year_and_by_what_it_is_where_that_is_not_plain():
    columns = (COLUMNS[0], Column("Spend", POUNDS), Column("Share", PERCENT))
    found = beside(table([("A", 1, 1)], columns), table([("A", 2, 1)], columns))
    assert headings(found) == ["Kind", "Spend", "Spend, 2023-24", "Share"]
    assert found.texts() == (("A", "£1", "£2", "100.0%"),)
    columns = (*COLUMNS, Column("Method"))
    found = beside(table([("A", 1, "x")], columns), table([("A", 2, "y")], columns))
    assert headings(found) == ["Kind", "Cases", "Cases, 2023-24", "Method"]
    assert found.texts() == (("A", "1", "2", "x"),)


def test_a_heading_that_names_its_own_year_stands_beside_that_of_the_year_before():
    """And a column that the board calls otherwise is known by its usual name."""
    now = table([("A", 1)], (COLUMNS[0], Column("2024/25", CASES, usual="Amount")))
    then = table([("A", 2)], (COLUMNS[0], Column("2023/24", CASES, usual="Amount")))
    found = beside(now, then)
    assert headings(found) == ["Kind", "2024/25", "2023/24"]
    names = ["Kind", "Amount", year_before("Amount")]
    assert [column.name for column in found.columns] == names


def test_a_column_that_the_board_has_renamed_is_compared():
    own = (Column("Sort", usual="Kind"), Column("Brought in", CASES, usual="Cases"))
    assert headings(beside(table([("A", 1)], own), THEN)) == ["Sort", "Brought in", "2023-24"]


# Columns of several units, numbers that are alike --------------------------------------------


def test_a_number_of_another_unit_is_no_figure_to_set_beside():
    columns = (COLUMNS[0], Column("Value", mixed=True))

    def of(first, second):
        return table(
            [("A", Quantity(Figure(3), first)), ("B", Quantity(Figure(5), second))], columns
        )

    found = beside(of(CASES, POUNDS), of(PERCENT, POUNDS.said("over ", "")))
    assert found.texts() == (("A", "3", "no figure"), ("B", "£5", "over £5"))


def test_where_no_number_differs_a_note_says_so():
    found = beside(NOW, table([("B", 2), ("A", 1)]))
    assert found == replace(NOW, notes=("No number differs from that of 2023-24.",))
    assert headings(beside(NOW, table([("B", 2), ("A", 1), ("C", 3)])))[2] == "2023-24"


# Counts of children ---------------------------------------------------------------------------


def counted(*rows) -> Exhibit:
    """Return a table whose numbers were worked out from a protected table."""
    place = Place("2023-24/child_deaths.csv", 2)
    return table([(name, Figure(number, (place,))) for name, number in rows])


SECRET = {"protected": ["child_deaths"]}


def test_of_counts_of_children_no_note_tells_a_number():
    """With a row fewer what was withheld of it might follow: then nothing stands beside."""
    then, now = counted(("A", 4), ("B", 5), ("C", 2)), counted(("A", 1), ("B", 2))
    assert beside(now, then, **SECRET) == now
    assert beside(now, then).notes == ("In 2023-24 also: C: 2.",)


def test_counts_of_children_do_not_stand_in_a_table_that_counts_none():
    """No rule looks at a year that holds no protected table."""
    then = counted(("A", 4), ("B", 5))
    assert beside(NOW, then, **SECRET) == NOW
    assert headings(beside(NOW, then))[2] == "2023-24"


def test_counts_of_children_stand_beside_where_every_row_is_there():
    then = counted(("A", 4), ("B", 5))
    now = counted(("A", 1), ("B", 2), ("C", 3))
    found = beside(now, then, **SECRET)
    assert [row[2] for row in found.texts()] == ["4", "5", "no figure"]
    assert found.notes == ()


def test_that_counts_of_children_are_alike_is_told_by_no_note():
    """It would tell a number that is withheld by one that is not."""
    found = beside(counted(("A", 4)), counted(("A", 4)), **SECRET)
    assert (headings(found)[2], found.notes) == ("2023-24", ())


def test_a_count_of_no_child_is_of_the_file_that_was_looked_through():
    none = Figure(0, searched=("2024-25/child_deaths.csv",))
    now = table([("A", none)])
    assert beside(now, table([("A", 1), ("C", 3)]), **SECRET) == now
