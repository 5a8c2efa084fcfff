"""What was corrected later: the newest first, and nothing where nothing was."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.assurance import CORRECTIONS
from hscb_report.assurance.corrections import corrections_exhibit, shown_corrections
from hscb_report.schema.assurance import Correction
from tests.made_up import only_own

NUMBERS = st.lists(st.integers(0, 99), unique=True, max_size=6)


def rows(*given):
    cells = [{"what": "W", "reason": "R", **row} for row in given]
    return only_own("2013-14/corrections.csv", cells, Correction)


@given(NUMBERS, st.data())
def test_corrections_are_listed_the_newest_first_whatever_the_order_of_rows(numbers, data):
    days = st.dates(date(2014, 4, 1), date(2014, 4, 3))
    given = rows(*({"correction": n, "corrected": data.draw(days)} for n in numbers))
    shown = shown_corrections(given)
    assert [(c.day, c.number) for c in shown] == sorted(
        ((row.corrected, row.correction) for row in given), reverse=True
    )
    table = corrections_exhibit(shown, {})
    assert [row[0] for row in table.texts()] == [str(c.number) for c in shown]


def test_the_table_has_day_words_reason_and_the_title_of_the_page():
    given = rows(
        {"correction": 1, "corrected": date(2014, 4, 1), "page": "chapters/budget"},
        {"correction": 2, "corrected": date(2014, 5, 2)},
    )
    table = corrections_exhibit(shown_corrections(given), {"chapters/budget": "The money"})
    assert (table.label, table.row_headers) == (CORRECTIONS, 2)
    assert table.texts() == (
        ("2", "2 May 2014", "W", "R", "no single page"),
        ("1", "1 April 2014", "W", "R", "The money"),
    )
    assert corrections_exhibit((), {}).rows == ()
