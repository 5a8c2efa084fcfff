"""What a year has of its own: tables whose cells are text, remarks, tagged sections."""

from dataclasses import replace

from hypothesis import given as drawn
from hypothesis import strategies as st

from hscb_report.chapters import own
from hscb_report.chapters.own import CHAPTER
from hscb_report.schema import Tables
from hscb_report.schema.journey import Callout
from hscb_report.schema.own import OwnTable
from tests.made_up import only_own, placed, tables_of, with_words, year_of
from tests.strategies import cell_texts

LIST = "2013-14/own_tables.csv"


def tables_with(*rows):
    """Return the data of a year with tables of its own, each (label, note, records)."""
    listed = [{"label": label, "caption": f"On {label}", "note": note} for label, note, _ in rows]
    return year_of(
        tables_of(own_tables=only_own(LIST, listed, OwnTable)),
        own_tables={label: records for label, _, records in rows},
    )


@drawn(st.integers(1, 3).flatmap(lambda n: st.lists(st.tuples(*[cell_texts] * n), max_size=4)))
def test_a_table_of_the_year_s_own_is_shown_cell_by_cell_as_text(body):
    """Whatever stands in its cells: a number there is no figure, and is worked out from nothing."""
    heading = tuple(f"Column {n}" for n in range(len(body[0]) if body else 1))
    (table,) = own.exhibits(tables_with(("young_voices", "From a survey", (heading, *body))))
    assert (table.label, table.caption) == ("own-young-voices", "On young_voices")
    assert tuple(column.heading for column in table.columns) == heading
    assert all(column.unit is None for column in table.columns)
    assert table.rows == tuple(body)
    assert table.notes == ("From a survey",)


def test_tables_stand_in_the_order_of_their_list_and_one_without_a_note_has_none():
    made = list(own.exhibits(tables_with(("b", None, (("X",),)), ("a", "So", (("X",), ("y",))))))
    assert [(table.label, table.notes) for table in made] == [("own-b", ()), ("own-a", ("So",))]


def test_a_table_whose_file_is_missing_is_no_defect_of_the_chapter():
    """Its own finding tells that; here it has nothing to show."""
    data = tables_with(("a", None, (("X",), ("y",))))
    (table,) = own.exhibits(replace(data, own_tables={}))
    assert (table.columns, table.rows) == ((), ())


def test_remarks_may_belong_to_no_area_and_carry_the_titles_that_the_board_has_chosen(given):
    rows = [
        {"callout": "a", "page": "index", "areas": "early_help", "text": "Said"},
        {"callout": "b", "page": "index", "areas": None, "text": "Said too"},
    ]
    words = with_words(given, "journey_area", early_help="Early help")
    cells = ({**row, "areas": row["areas"] and (row["areas"],)} for row in rows)
    table = placed("2013-14/callouts.csv", list(cells), Callout)
    data = replace(words, tables=Tables().with_rows(Callout, table))
    assert [(c.name, c.areas, c.titles) for c in own.callouts(data)] == [
        ("a", ("early_help",), ("Early help",)),
        ("b", (), ()),
    ]


def test_the_chapter_is_in_every_report_and_has_no_page():
    """Its remarks and tables stand on the pages that name them."""
    assert CHAPTER.is_present(year_of(Tables()))
    assert CHAPTER.pages_of(year_of(Tables())) == ()
