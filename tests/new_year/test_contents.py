"""What is known again by its content, whatever became of its file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.new_year.contents import (
    Normals,
    blocks,
    hash_of_nothing,
    hash_of_table,
    hash_of_text,
    paragraphs,
)
from hscb_report.schema import TableSchema
from hscb_report.schema.board import Group
from hscb_report.schema.finance import Contribution
from hscb_report.schema.line import Line
from hscb_report.schema.measurements import Measurement
from hscb_report.years import ReportingYear

YEAR = ReportingYear(2024)
CELLS = st.dictionaries(
    st.sampled_from(["agency", "organisation", "amount", "note"]), st.text(min_size=1), min_size=1
)


@given(st.lists(CELLS, max_size=4))
def test_a_hash_is_of_the_cells_and_not_of_the_order_of_columns(rows: list[dict[str, str]]) -> None:
    lines = [Line(n, row) for n, row in enumerate(rows, 2)]
    turned = [Line(n, dict(reversed(row.items()))) for n, row in enumerate(rows, 2)]
    assert hash_of_table(lines, YEAR, "groups") == hash_of_table(turned, YEAR, "groups")


@given(st.lists(CELLS, min_size=1, max_size=3), st.data())
def test_a_hash_changes_with_any_cell(rows: list[dict[str, str]], data: st.DataObject) -> None:
    lines = [Line(n, row) for n, row in enumerate(rows, 2)]
    row = data.draw(st.integers(0, len(rows) - 1))
    name = data.draw(st.sampled_from(sorted(rows[row])))
    changed = [*lines]
    changed[row] = Line(row + 2, {**rows[row], name: rows[row][name] + "x"})
    assert hash_of_table(lines, YEAR, "groups") != hash_of_table(changed, YEAR, "groups")


def test_a_hash_is_of_one_year_and_one_name_so_that_a_copied_confirmation_is_none() -> None:
    lines = [Line(2, {"group": "executive"})]
    hashes = {hash_of_table(lines, year, name) for year in (YEAR, YEAR.next) for name in "ab"}
    hashes |= {hash_of_nothing(YEAR, "a"), hash_of_table([], YEAR, "a")}
    assert len(hashes) == 6


def test_a_text_has_one_hash_whatever_an_editor_does_to_its_line_ends() -> None:
    text = "# Title\n\nSome words.\nMore."
    for other in (text + "\n\n", text.replace("\n", "\r\n"), text.replace("words.", "words.  ")):
        assert hash_of_text(other, YEAR, "text/a.md") == hash_of_text(text, YEAR, "text/a.md")
    assert hash_of_text(text + " x", YEAR, "text/a.md") != hash_of_text(text, YEAR, "text/a.md")


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ({"agency": "a", "amount": "1200"}, {"agency": "a", "amount": "£1,200.00"}, True),
        ({"agency": "a", "amount": "1200"}, {"agency": "a", "amount": "1200.5"}, False),
        ({"agency": "a", "amount": "2012"}, {"agency": "a", "amount": "2013"}, False),
        ({"organisation": "The  Council"}, {"organisation": "the council"}, True),
        ({"organisation": "Fund of 2023-24"}, {"organisation": "Fund of 2024-25"}, True),
        ({"agency": "a", "source": "x", "note": "y", "locator": "1"}, {"agency": "a"}, True),
    ],
)  # fmt: skip
def test_rows_are_the_same_whatever_their_form_and_years(
    one: dict[str, str], other: dict[str, str], is_same: bool
) -> None:
    normals = Normals(TableSchema(Contribution))
    assert (normals.of(Line(2, one)) == normals.of(Line(3, other))) is is_same


def test_a_row_moved_on_by_a_year_is_the_same_row_if_its_value_is() -> None:
    normals = Normals(TableSchema(Measurement))
    last = Line(2, {"measure": "plans", "period": "2024-M03-31", "value": "143"})
    moved = Line(9, {"measure": "plans", "period": "2025-M03-31", "value": "143"})
    filled = Line(9, {"measure": "plans", "period": "2025-M03-31", "value": "144"})
    assert normals.of(last) == normals.of(moved) != normals.of(filled)


def test_the_paragraphs_of_a_text_are_its_words_without_headings_and_years() -> None:
    text = (
        "(here)=\n# The year 2023-24\nIn 2023-24 it rained.\n\n## More\n\n"
        "```{callout} x\n\n```\n\nIt   stopped\nin 2024."
    )
    told = ["in # it rained.", "```{callout} x\n\n```".replace("\n\n", " "), "it stopped in #."]
    assert list(paragraphs(text)) == told
    moved = text.replace("2023-24", "2024-25").replace("in 2024.", "in 2025.")
    assert list(paragraphs(moved)) == told


def test_a_directive_is_one_block_with_all_that_it_holds() -> None:
    text = "One.\n\n```{note}\nTwo.\n\nThree.\n```\n\nFour."
    assert blocks(text) == ["One.", "```{note}\nTwo.\n\nThree.\n```", "Four."]


def test_a_table_of_codes_alone_is_compared_too() -> None:
    normals = Normals(TableSchema(Group))
    same = Line(2, {"group": "executive", "name": "Executive Group"})
    assert normals.of(same) == normals.of(Line(5, {**same.cells, "note": "as agreed"}))
