"""Columns that a table can do without: what all rows have alike, and counts of nothing."""

from hscb_report.figures import MISSING, Figure
from hscb_report.results.columns import without_alike, without_zeros
from hscb_report.results.exhibit import Column, Mark, exhibit
from hscb_report.units import count_of

ACTIONS = count_of("actions")
COLUMNS = [Column("Action"), Column("Lead"), Column("Status")]
LATE, DONE = Mark("Overdue", "◆", "alarm"), Mark("Complete", "✓", "good")


def listed(*rows):
    return exhibit("late", "Late actions", COLUMNS, rows)


def test_what_all_rows_have_alike_is_told_in_the_caption_and_its_column_left_out():
    found = without_alike(listed(("1a", "Chair", LATE), ("1b", "Police", LATE)), "Status")
    assert [column.heading for column in found.columns] == ["Action", "Lead"]
    assert found.texts() == (("1a", "Chair"), ("1b", "Police"))
    assert found.caption == "Late actions; status of all 2: overdue"


def test_a_column_that_differs_or_was_not_asked_for_stays_and_so_does_that_of_one_row():
    for table in (
        listed(("1a", "Chair", LATE), ("1b", "Chair", DONE)),
        listed(("1a", "Chair", LATE)),
        listed(),
    ):
        assert without_alike(table, "Status") == table


def test_several_columns_are_told_in_their_order():
    table = listed(("1a", "Chair", LATE), ("1b", "Chair", LATE))
    found = without_alike(table, "Status", "Lead")
    assert found.caption == "Late actions; lead of all 2: chair; status of all 2: overdue"
    assert len(found.columns) == 1


def test_only_a_column_of_counts_in_which_every_row_has_none_is_left_out():
    columns = [Column("Area"), *(Column(name, ACTIONS) for name in ("Done", "Late", "Unknown"))]
    rows = [("A", Figure(0), Figure(1), MISSING), ("B", Figure(0), Figure(0), Figure(0))]
    found = without_zeros(exhibit("areas", "Areas", columns, rows))
    assert [column.heading for column in found.columns] == ["Area", "Late", "Unknown"]
    assert found.texts() == (("A", "1", "not stated"), ("B", "0", "0"))
    empty = exhibit("areas", "Areas", columns, [])
    assert without_zeros(empty) == empty
