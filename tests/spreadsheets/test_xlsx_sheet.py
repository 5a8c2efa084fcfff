"""A sheet's cells, each as it is stored; what is hidden, and what is merged."""

from __future__ import annotations

import pytest

from hscb_report.spreadsheets.grid import EMPTY, Cell, Span
from hscb_report.spreadsheets.refusal import RefusedError
from tests.spreadsheets.received import cells_of, of_workbook, rows

LACKS = Cell(lacks_value=True)


def one(cell):
    """Return what is read of a cell, an empty one if it is none at all."""
    sheet = of_workbook(rows(cell))[0]
    return sheet.cell(1, 1)


def refusal(sheet):
    with pytest.raises(RefusedError) as refused:
        of_workbook(sheet)
    return refused.value.message


@pytest.mark.parametrize(
    ("stored", "cell"),
    [
        ('<c t="n"><v>5</v></c>', Cell("number", "5")),
        ("<c><v> 5\n</v></c>", Cell("number", "5")),
        ('<c t="b"><v>1</v></c>', Cell("boolean", "TRUE")),
        ('<c t="b"><v>0</v></c>', Cell("boolean", "FALSE")),
        ('<c t="e"><v>#DIV/0!</v></c>', Cell("error", "#DIV/0!")),
        ('<c t="d"><v>2024-10-01T00:00:00</v></c>', Cell("day", "2024-10-01")),
        ('<c t="str"><v> a_x0020_b </v></c>', Cell("text", "a b")),
        ('<c t="inlineStr"><is><t>in</t><rPh><t>x</t></rPh></is></c>', Cell("text", "in")),
        ('<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', Cell("text", "ab")),
        ("<c><v>abc</v></c>", Cell("text", "abc")),
        ('<c s="0"/>', EMPTY),
        ("<c><v/></c>", EMPTY),
        ('<c t="s"/>', EMPTY),
    ],
)
def test_a_cell_is_what_is_stored(stored, cell):
    assert one(stored) == cell


@pytest.mark.parametrize(
    ("stored", "cell"),
    [
        ("<c><f>1+1</f><v>2</v></c>", Cell("number", "2")),
        ('<c t="str"><f>"a"</f><v>a</v></c>', Cell("text", "a")),
        ('<c t="str"><f>""</f><v></v></c>', EMPTY),
        ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', Cell("error", "#DIV/0!")),
        ('<c><f t="shared" si="0"/><v>3</v></c>', Cell("number", "3")),
        ("<c><f>1+1</f></c>", LACKS),
        ("<c><f>1+1</f><v/></c>", LACKS),
        ('<c t="str"><f>1+1</f></c>', LACKS),
        ('<c><f t="shared" si="0"/></c>', LACKS),
    ],
)
def test_of_a_formula_its_result_is_taken_if_there_is_one(stored, cell):
    assert one(stored) == cell


def test_text_that_looks_like_a_formula_or_markup_is_text():
    texts = "<si><t>=1+1</t></si><si><t>&lt;b&gt;{{ x }}</t></si>"
    read = cells_of('<c t="s"><v>0</v></c><c t="s"><v>1</v></c>', texts=texts)
    assert read == (Cell("text", "=1+1"), Cell("text", "<b>{{ x }}"))


def test_cells_stand_where_their_addresses_say_or_else_one_after_the_other():
    sheet = (
        '<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c r="AB4"><v>3</v></c>'
        "<c><v>4</v></c></row><row><c><v>5</v></c></row></sheetData>"
    )
    read = of_workbook(sheet)[0]
    places = {(1, 1): "1", (1, 2): "2", (4, 28): "3", (4, 29): "4", (5, 1): "5"}
    assert {place: read.cell(*place).text for place in places} == places


def test_rows_and_columns_that_are_not_seen():
    sheet = (
        '<cols><col min="2" max="3" hidden="1"/><col min="4" max="4" width="0" customWidth="1"/>'
        '<col min="5" max="16384" width="9"/></cols><sheetData><row r="1"><c r="F1"><v>1</v></c>'
        '</row><row r="2" hidden="1"/><row r="3" ht="0" customHeight="1"/><row r="4" hidden="true">'
        '<c r="A4"><v>1</v></c></row><row r="5" hidden="0" ht="15"><c><v>1</v></c></row>'
        "</sheetData>"
        '<autoFilter ref="A1:F5"/>'
    )
    read = of_workbook(sheet)[0]
    assert read.hidden_columns == {2, 3, 4}
    assert read.hidden_rows == {2, 3, 4}


def test_of_merged_cells_the_first_holds_what_there_is():
    data = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
        '<row r="2"><c r="A2"><v>3</v></c><c r="C2"><v>4</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="$C$3:XFD1048576"/></mergeCells>'
    )
    read = of_workbook(data)[0]
    assert read.merged == (Span(1, 1, 2, 2), Span(3, 3, 1_048_576, 16_384))
    assert read.rows == ((Cell("number", "1"),), (EMPTY, EMPTY, Cell("number", "4")))


def test_what_is_said_of_many_cells_is_not_spread_over_them():
    """Links, rules and formats of whole columns: a library would make each of these cells."""
    everywhere = "A1:XFD1048576"
    read = of_workbook(
        f'{rows("<c><v>1</v></c>")}<conditionalFormatting sqref="{everywhere}"><cfRule>'
        f"<formula>A1</formula></cfRule></conditionalFormatting><dataValidations><dataValidation "
        f'sqref="{everywhere}"><formula1>"a,b"</formula1></dataValidation></dataValidations>'
        f'<hyperlinks><hyperlink ref="{everywhere}"/></hyperlinks>'
    )[0]
    assert read.rows == ((Cell("number", "1"),),)


@pytest.mark.parametrize(
    "sheet",
    [
        rows('<c r="1A"><v>1</v></c>'),
        rows('<c r="XFE1"><v>1</v></c>'),
        rows('<c r="A1048577"><v>1</v></c>'),
        rows('<c t="s"><v>9</v></c>'),
        rows('<c t="s"><v>x</v></c>'),
        '<mergeCells><mergeCell ref="everything"/></mergeCells>',
        '<sheetData><row r="first"/></sheetData>',
    ],
)
def test_what_no_program_writes_is_damage(sheet):
    assert refusal(sheet).startswith("the file is damaged (")


def test_a_text_that_is_none_of_the_list_is_not_taken_from_its_end():
    with pytest.raises(RefusedError):
        cells_of('<c t="s"><v>-1</v></c>', texts="<si><t>last</t></si>")
