"""An OpenDocument table: what its cells hold, and what is repeated, covered or not seen."""

from __future__ import annotations

import pytest

from hscb_report.spreadsheets import ods
from hscb_report.spreadsheets.grid import EMPTY, Cell, Span
from hscb_report.spreadsheets.package import Package
from hscb_report.spreadsheets.refusal import RefusedError
from tests.spreadsheets.received import of_table, packed, table_cells, table_parts

LACKS = Cell(lacks_value=True)
X = Cell("text", "x")


def typed(kind, attribute="", text=""):
    """Return a cell of a type with a value, as it is shown."""
    value = f" {attribute}" if attribute else ""
    return (
        f'<table:table-cell office:value-type="{kind}"{value}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def text(markup):
    return f'<table:table-cell office:value-type="string">{markup}</table:table-cell>'


def one(cell, program=""):
    table = f'<table:table table:name="T"><table:table-row>{cell}</table:table-row></table:table>'
    return of_table(table, program=program)[0].cell(1, 1)


def sheet(body, styles="", name="T"):
    return of_table(f'<table:table table:name="{name}">{body}</table:table>', styles)[0]


def row(cells, attributes=""):
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


@pytest.mark.parametrize(
    ("stored", "cell"),
    [
        (typed("float", 'office:value="45203"', "45,203"), Cell("number", "45203")),
        (typed("float", 'office:value="0.30000000000000004"', "0.30"), Cell("number", "0.3")),
        (typed("currency", 'office:value="45203.5"', "£45,203.50"), Cell("number", "45203.5")),
        (typed("percentage", 'office:value="0.61"', "61%"), Cell("percent", "0.61")),
        (typed("date", 'office:date-value="2024-10-01"', "01/10/24"), Cell("day", "2024-10-01")),
        (
            typed("date", 'office:date-value="2024-10-01T10:30:00"'),
            Cell("time", "2024-10-01T10:30"),
        ),
        (typed("time", 'office:time-value="PT10H30M00S"', "10:30"), Cell("time", "10:30")),
        (typed("boolean", 'office:boolean-value="true"', "TRUE"), Cell("boolean", "TRUE")),
        (typed("boolean", 'office:boolean-value="false"', "no"), Cell("boolean", "FALSE")),
        (typed("string", "", "45203"), Cell("text", "45203")),
        (typed("string", 'office:string-value="own"', "shown"), Cell("text", "own")),
        (typed("float", "", "12"), Cell("text", "12")),
        ("<table:table-cell/>", EMPTY),
    ],
)
def test_a_cell_is_what_is_stored_and_not_what_is_shown(stored, cell):
    assert one(stored) == cell


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<text:p>one</text:p><text:p>two</text:p>", "one\ntwo"),
        ("<text:p>one</text:p><text:p/><text:p>two</text:p>", "one\n\ntwo"),
        ('<text:p>a<text:s text:c="3"/>b<text:s/>c</text:p>', "a   b c"),
        ("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", "a\tb\nc"),
        ("<text:p>a <text:span>bold</text:span>\n  <text:a>link</text:a></text:p>", "a bold link"),
        ("<text:p>  space\n around </text:p>", "space around"),
        ("<text:p>a <text:s/>b</text:p>", "a  b"),
        (
            "<office:annotation><text:p>said</text:p></office:annotation><text:p>kept</text:p>",
            "kept",
        ),
        ("<text:p>kept</text:p><draw:frame><text:p>box</text:p></draw:frame>", "kept"),
        ("<text:p>&lt;b&gt; =1+1</text:p>", "<b> =1+1"),
    ],
)
def test_text_is_that_of_the_paragraphs(markup, shown):
    assert one(text(markup)) == Cell("text", shown)


def test_spaces_are_not_unfolded_without_end():
    assert len(one(text('<text:p>a<text:s text:c="999999999"/>b</text:p>')).text) == 1002


def formula(attributes, shown=""):
    return (
        f'<table:table-cell table:formula="of:=x" {attributes}><text:p>{shown}</text:p>'
        "</table:table-cell>"
    )


@pytest.mark.parametrize(
    ("stored", "cell"),
    [
        (formula('office:value-type="float" office:value="2"', "2"), Cell("number", "2")),
        (formula('office:value-type="string" office:string-value="ab"', "ab"), Cell("text", "ab")),
        (
            formula('office:value-type="string" office:string-value=""', "#DIV/0!"),
            Cell("error", "#DIV/0!"),
        ),
        (
            formula('office:value-type="string" office:string-value=""', "Err:508"),
            Cell("error", "Err:508"),
        ),
        (formula('office:value-type="float" office:value="0"', "#N/A"), Cell("error", "#N/A")),
        (formula("", "#NAME?"), Cell("error", "#NAME?")),
        (formula('office:value-type="float"'), LACKS),
        ('<table:table-cell table:formula="of:=1"/>', LACKS),
    ],
)
def test_of_a_formula_its_result_is_taken_if_there_is_one(stored, cell):
    assert one(stored) == cell


def test_libreoffice_says_nothing_of_an_empty_text_and_stores_every_result():
    stored = '<table:table-cell table:formula="of:=x"/>'
    assert one(stored, program="LibreOffice/7.4.7.2$Linux") == EMPTY
    assert one(stored, program="a script of its own") == LACKS


def test_what_only_looks_like_an_error_is_text():
    assert one(typed("string", "", "#N/A")) == Cell("text", "#N/A")


def test_cells_that_are_repeated():
    cells = (
        f"{typed('string', '', 'x')}"
        '<table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-repeated="2" office:value-type="float" '
        'office:value="1"/><table:table-cell table:number-columns-repeated="16379"/>'
    )
    one = Cell("number", "1")
    assert table_cells(cells) == (X, EMPTY, EMPTY, one, one)


def test_rows_that_are_repeated():
    body = (
        row(typed("string", "", "x"), 'table:number-rows-repeated="2"')
        + row("<table:table-cell/>", 'table:number-rows-repeated="3"')
        + row(typed("string", "", "x"))
        + row("<table:table-cell/>", 'table:number-rows-repeated="1048570"')
    )
    assert sheet(body).rows == ((X,), (X,), (), (), (), (X,))


def test_a_million_rows_that_hold_something_are_too_many():
    body = row(typed("string", "", "x") * 2, 'table:number-rows-repeated="1048576"')
    with pytest.raises(RefusedError, match="more than 1,000,000 cells"):
        sheet(body)


def test_rows_and_columns_that_are_not_seen():
    body = (
        '<table:table-column/><table:table-column table:visibility="collapse" '
        'table:number-columns-repeated="2"/><table:table-column-group><table:table-column '
        'table:visibility="visible"/></table:table-column-group>'
        f"<table:table-header-rows>{row(typed('string', '', 'x') * 4)}</table:table-header-rows>"
        + row(typed("string", "", "x"), 'table:visibility="filter"')
        + row("", 'table:visibility="collapse" table:number-rows-repeated="2"')
        + row(typed("string", "", "x"))
    )
    read = sheet(body)
    assert read.hidden_columns == {2, 3}
    assert read.hidden_rows == {2, 3, 4}


def test_of_merged_cells_the_first_holds_what_there_is():
    first = (
        '<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2" '
        'office:value-type="string"><text:p>x</text:p></table:table-cell>'
    )
    covered = (
        '<table:covered-table-cell office:value-type="string"><text:p>under</text:p>'
        "</table:covered-table-cell>"
    )
    last = typed("string", "", "x")
    read = sheet(row(first + covered + last) + row(covered * 2 + last))
    assert read.merged == (Span(1, 1, 2, 2),)
    assert read.rows == ((X, EMPTY, X), (EMPTY, EMPTY, X))


def test_sheets_whose_style_is_not_shown_are_hidden():
    styles = (
        '<style:style style:name="ta1" style:family="table"><style:table-properties '
        'table:display="true"/></style:style><style:style style:name="ta2"><style:table-properties '
        'table:display="false"/></style:style>'
    )
    tables = "".join(
        f'<table:table table:name="T{n}" table:style-name="ta{n}"/>' for n in (1, 2, 3)
    )
    read = of_table(tables, styles)
    assert [(one.name, one.is_hidden) for one in read] == [
        ("T1", False),
        ("T2", True),
        ("T3", False),
    ]


def test_copies_of_other_files_and_tables_in_a_picture_are_no_sheets():
    x = row(typed("string", "", "x"))
    inner = f'<table:table table:name="inner">{x}</table:table>'
    copy = f'<table:table table:name="copy"><table:table-source/>{x}</table:table>'
    outer = (
        f'<table:table table:name="T"><table:shapes><draw:frame>{inner}</draw:frame>'
        f"</table:shapes>{x}</table:table>"
    )
    read = of_table(f"<table:tracked-changes>{inner}</table:tracked-changes>{copy}{outer}")
    assert [(one.name, one.rows) for one in read] == [("T", ((X,),))]


def test_a_password_is_told():
    parts = table_parts("")
    parts["META-INF/manifest.xml"] = (
        '<m:manifest xmlns:m="u"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    )
    with pytest.raises(RefusedError, match="protected with a password"):
        ods.read_sheets(Package(packed(parts)))


def test_macros_are_told():
    parts = table_parts("")
    assert ods.told_of(Package(packed(parts))) == ()
    with_macros = packed({**parts, "Basic/Standard/Module1.xml": "<x/>"})
    assert ods.told_of(Package(with_macros)) == (ods.MACROS,)


@pytest.mark.parametrize("times", ["many", "99999999999"])
def test_what_no_program_writes_is_damage(times):
    cell = f'<table:table-cell table:number-columns-repeated="{times}" office:value-type="string">'
    with pytest.raises(RefusedError, match="the file is damaged"):
        one(f"{cell}<text:p>x</text:p></table:table-cell>")
