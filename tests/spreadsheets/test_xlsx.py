"""A workbook's parts: texts, formats, the order and state of sheets, how days are counted."""

from __future__ import annotations

import pytest

from hscb_report.spreadsheets import xlsx
from hscb_report.spreadsheets.grid import EMPTY, Cell
from hscb_report.spreadsheets.package import Package
from hscb_report.spreadsheets.refusal import RefusedError
from tests.spreadsheets.received import cells_of, of_workbook, packed, rows, workbook_parts

A_DAY = '<c r="A1" s="1"><v>45566</v></c>'


def refusal(parts):
    with pytest.raises(RefusedError) as refused:
        xlsx.read_sheets(Package(packed(parts)))
    return refused.value.message


def test_sheets_come_in_their_order_with_those_that_are_hidden():
    sheets = of_workbook(rows(""), rows(""), rows(""), states=("visible", "hidden", "veryHidden"))
    assert [(sheet.name, sheet.is_hidden) for sheet in sheets] == [
        ("Sheet1", False),
        ("Sheet2", True),
        ("Sheet3", True),
    ]


def test_texts_are_joined_of_their_parts_without_how_they_are_read_aloud():
    texts = (
        "<si><t> plain </t></si>"
        "<si><r><rPr><b/></rPr><t>rich </t></r><r><t>text</t></r></si>"
        "<si><t>東京</t><rPh><t>トウキョウ</t></rPh><phoneticPr/></si>"
        "<si><t>two_x000D_\nlines</t></si><si><t>_x005F_x0041_</t></si><si/>"
    )
    cells = "".join(f'<c t="s"><v>{n}</v></c>' for n in range(6))
    read = cells_of(f"{cells}<c><v>1</v></c>", texts=texts)
    shown = ["plain", "rich text", "東京", "two\nlines", "_x0041_", "", "1"]
    assert [cell.text for cell in read] == shown


def test_formats_are_those_of_cells_and_not_of_named_styles():
    cells = "".join(f'<c s="{n}"><v>0.5</v></c>' for n in range(5))
    read = cells_of(cells, styles=(0, 9, 10, 164, 20), formats={164: "0.0%"})
    assert [cell.kind for cell in read] == ["number", "percent", "percent", "percent", "time"]


@pytest.mark.parametrize("number", [14, 15, 16, 17, 22, 30, 57])
def test_the_formats_of_days_that_have_no_code(number):
    assert cells_of(A_DAY, styles=(0, number)) == (Cell("day", "2024-10-01"),)


def test_days_are_counted_from_1904_where_the_workbook_says_so():
    own = {"styles": (0, 14), "properties": '<workbookPr date1904="1"/>'}
    assert cells_of(A_DAY.replace("45566", "44104"), **own) == (Cell("day", "2024-10-01"),)
    other = {"styles": (0, 14), "properties": '<workbookPr date1904="0"/>'}
    assert cells_of(A_DAY, **other) == (Cell("day", "2024-10-01"),)


def test_a_style_that_there_is_not_is_no_format():
    assert cells_of('<c s="7"><v>0.5</v></c>') == (Cell("number", "0.5"),)


def test_a_nought_beside_a_formula_nobody_has_worked_out_is_no_result():
    """Programs that write formulas put it there; their workbook asks to be worked out."""
    cells = "<c><f>A2</f><v>0</v></c><c><f>A2</f><v>7</v></c><c><v>0</v></c>"
    asks = '<calcPr fullCalcOnLoad="1"/>'
    assert cells_of(cells, properties=asks) == (
        Cell(lacks_value=True),
        Cell("number", "7"),
        Cell("number", "0"),
    )
    assert cells_of(cells)[0] == Cell("number", "0")


def test_a_sheet_of_a_chart_is_passed_over():
    parts = workbook_parts(rows(""), rows(""))
    links = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = links.replace("worksheet", "chartsheet", 1)
    assert [sheet.name for sheet in xlsx.read_sheets(Package(packed(parts)))] == ["Sheet2"]


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/sharedStrings.xml", "xl/_rels/workbook"])
def test_a_part_that_is_named_and_missing_is_damage(part):
    parts = {k: v for k, v in workbook_parts(rows("")).items() if not k.startswith(part)}
    assert "is missing" in refusal(parts)


def test_styles_and_texts_may_be_missing():
    parts = workbook_parts(rows("<c><v>1</v></c>"))
    links = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = links[: links.index('<Relationship Id="s"')] + (
        "</Relationships>"
    )
    assert xlsx.read_sheets(Package(packed(parts)))[0].rows == ((Cell("number", "1"),),)


def test_a_link_that_leads_out_finds_nothing():
    parts = workbook_parts(rows(""))
    links = parts["xl/_rels/workbook.xml.rels"]
    for target in ("../../../etc/passwd", "/etc/passwd", "file:///etc/passwd"):
        parts["xl/_rels/workbook.xml.rels"] = links.replace("worksheets/sheet1.xml", target)
        assert "is missing" in refusal(parts)


def test_a_link_to_another_file_is_not_followed():
    parts = workbook_parts(rows(""))
    links = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = links.replace(
        'Target="worksheets', 'TargetMode="External" Target="worksheets'
    )
    assert refusal(parts) == "the file is damaged (its sheet Sheet1 is missing)."


def test_macros_are_told():
    parts = workbook_parts(rows(""))
    assert xlsx.told_of(Package(packed(parts))) == ()
    with_macros = packed({**parts, "xl/vbaProject.bin": b"x"})
    assert xlsx.told_of(Package(with_macros)) == (xlsx.MACROS,)


def test_empty_cells_at_the_end_are_no_part_of_a_sheet():
    data = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="Z1" s="0"/></row>'
    sheet = of_workbook(f'{data}<row r="99"><c r="A99" t="s"/></row></sheetData>')[0]
    assert sheet.rows == ((Cell("number", "1"),),)
    assert sheet.cell(99, 26) == EMPTY
