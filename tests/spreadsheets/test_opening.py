"""Every file that may be received: taken by what it holds, or refused with what mends it."""

from __future__ import annotations

import datetime as times
import hashlib
import io
import os
import random
from contextlib import suppress
from decimal import Context

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from hscb_report.errors import DataError
from hscb_report.spreadsheets import opening, xlsx
from hscb_report.spreadsheets.grid import EMPTY, Cell, Span
from hscb_report.spreadsheets.opening import read_book
from tests.libreoffice import converted, needs_office
from tests.spreadsheets.received import MIMETYPE, book_of, packed, rows, table_parts, workbook_parts

SAVE_AS = "Open it in its program and save it as an Excel workbook (.xlsx)."
ASK = "Ask its sender for the spreadsheet that it was made from."
TAKE_OFF = "Open it in its program, take the password off, and save it again."
UNPACK = "Unpack it, and name the files in it."
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
WORKBOOK = packed(workbook_parts(rows('<c t="inlineStr"><is><t>x</t></is></c>')))
TABLE = packed(
    table_parts(
        '<table:table table:name="Sheet1"><table:table-row><table:table-cell>'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    )
)
CSV = b"x\n"


def refusal(path):
    with pytest.raises(DataError) as refused:
        read_book(path)
    (found,) = refused.value.findings
    assert (found.rule, found.severity, found.file) == ("I1", "error", path.name)
    return found.message, found.hint


def refused(folder, name, raw):
    (folder / name).write_bytes(raw)
    return refusal(folder / name)


def saved(book):
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


# What is taken ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "raw"),
    [("a.xlsx", WORKBOOK), ("a.XLSM", WORKBOOK), ("a.ods", TABLE), ("a.csv", CSV)],
)
def test_a_file_is_read_into_sheets(tmp_path, name, raw):
    book = book_of(tmp_path, name, raw)
    assert (book.name, book.sha256, book.told) == (name, hashlib.sha256(raw).hexdigest(), ())
    assert [sheet.rows for sheet in book.sheets] == [((Cell("text", "x"),),)]


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        (
            "a.xlsx",
            CSV,
            "The name of the file ends in .xlsx; it is a CSV file, and was read as one.",
        ),
        ("a.csv", WORKBOOK, "ends in .csv; it is an Excel workbook, and was read as one."),
        ("a.xlsx", TABLE, "ends in .xlsx; it is an OpenDocument table, and was read as one."),
        ("a", TABLE, "The name of the file has no ending; it is an OpenDocument table,"),
    ],
)
def test_a_name_of_another_kind_is_told_and_does_no_harm(tmp_path, name, raw, told):
    book = book_of(tmp_path, name, raw)
    assert book.sheets[0].cell(1, 1) == Cell("text", "x")
    assert told in book.told[0]


def test_macros_are_passed_over_and_told(tmp_path):
    parts = workbook_parts(rows("<c><v>1</v></c>"))
    book = book_of(tmp_path, "a.xlsm", packed({**parts, "xl/vbaProject.bin": b"Sub Auto_Open()"}))
    assert book.told == (xlsx.MACROS,)
    assert book.sheets[0].rows == ((Cell("number", "1"),),)


def test_a_link_to_a_file_is_fine(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    book_of(tmp_path / "elsewhere", "a.csv", CSV)
    (tmp_path / "b.csv").symlink_to(tmp_path / "elsewhere" / "a.csv")
    assert read_book(tmp_path / "b.csv").name == "b.csv"


def test_a_text_that_begins_as_packed_files_do_is_text(tmp_path):
    assert book_of(tmp_path, "a.csv", b"PK,b\n1,2\n").sheets[0].cell(1, 1).text == "PK"


# What is not taken ------------------------------------------------------------------------------


OTHERS = {
    "protected.xlsx": (
        OLD + "EncryptedPackage".encode("utf-16-le"),
        "the file is protected with a password.",
        TAKE_OFF,
    ),
    "protected.ods": (
        packed({"mimetype": MIMETYPE, "encrypted-package": b"?", "META-INF/manifest.xml": "<m/>"}),
        "the file is protected with a password.",
        TAKE_OFF,
    ),
    "old.xls": (
        OLD + "Workbook".encode("utf-16-le"),
        "the file is an Excel workbook of the old kind (.xls).",
        SAVE_AS,
    ),
    "old.doc": (
        OLD + "WordDocument".encode("utf-16-le"),
        "the file is an old Word document (.doc), not a spreadsheet.",
        ASK,
    ),
    "binary.xlsb": (
        packed({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\x01"}),
        "the file is an Excel workbook in binary form (.xlsb).",
        SAVE_AS,
    ),
    "table.numbers": (
        packed({"Index/Document.iwa": b"\x00", "Metadata/Properties.plist": b""}),
        "the file is a Numbers table (.numbers).",
        "Open it in Numbers and export it as an Excel workbook (.xlsx).",
    ),
    "report.pdf": (b"%PDF-1.7\n", "the file is a PDF, not a spreadsheet.", ASK),
    "letter.docx": (
        packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}),
        "the file is a Word document (.docx), not a spreadsheet.",
        ASK,
    ),
    "slides.pptx": (
        packed({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}),
        "the file is a PowerPoint presentation (.pptx), not a spreadsheet.",
        ASK,
    ),
    "letter.odt": (
        packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
        "the file is an OpenDocument file, not a spreadsheet.",
        ASK,
    ),
    "page.xls": (
        b"<html xmlns:x='u'><body><table><tr><td>1,2</td></tr></table>",
        "the file is a page in HTML, not a spreadsheet.",
        SAVE_AS,
    ),
    "2003.xls": (
        b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>",
        "the file is a file in XML, not a spreadsheet.",
        SAVE_AS,
    ),
    "files.zip": (packed({"a.csv": "a,b"}), "the file is a compressed file (.zip).", UNPACK),
    "files.7z": (
        b"7z\xbc\xaf\x27\x1c",
        "the file is a compressed file (.7z), not a spreadsheet.",
        UNPACK,
    ),
    "nothing.xlsx": (b"", "the file is empty: it holds 0 bytes.", "Ask its sender for it anew."),
    "half.xlsx": (
        WORKBOOK[: len(WORKBOOK) // 2],
        "the file is damaged (it cannot be unpacked).",
        "Open it in its program and save it again, or ask its sender for it anew.",
    ),
    "tricks.xlsx": (
        packed(
            {
                **workbook_parts(rows("")),
                "xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "lol">]><workbook>&b;</workbook>',
            }
        ),
        "the part xl/workbook.xml of the file declares entities or a document type.",
        "No spreadsheet program writes that: ask its sender where the file is from.",
    ),
    "tricks.ods": (
        packed({"mimetype": MIMETYPE, "content.xml": "<!DOCTYPE a SYSTEM 'x'><a/>"}),
        "the part content.xml of the file declares entities or a document type.",
        "No spreadsheet program writes that: ask its sender where the file is from.",
    ),
    "out.xlsx": (
        packed({**workbook_parts(rows("")), "../../evil.xml": "x"}),
        "a part of the file has a name that leads out of it, as no program writes it.",
        "Do not open it, and ask its sender where it is from.",
    ),
    "empty.xlsx": (
        packed(workbook_parts(rows(""), rows('<c s="0"/>'))),
        "no sheet of the file holds anything; it is an Excel workbook.",
        "See that it is the right file, and saved.",
    ),
    "empty.ods": (
        packed(table_parts('<table:table table:name="T"/>')),
        "no sheet of the file holds anything; it is an OpenDocument table.",
        "See that it is the right file, and saved.",
    ),
    "semicolons.csv": (
        b"a;b\n1;2\n",
        "the columns are separated by semicolons, not commas.",
        'Save it again as "CSV UTF-8 (comma delimited)".',
    ),
    "windows.csv": (
        b"a,b\n\xa35,2\n",
        "the file is not in UTF-8; it looks like Excel's plain CSV (Windows cp1252).",
        'Save it again as "CSV UTF-8 (comma delimited)".',
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_cannot_be_taken_is_told_with_what_mends_it(tmp_path, name):
    raw, message, hint = OTHERS[name]
    assert refused(tmp_path, name, raw) == (message, hint)
    assert refused(tmp_path, "renamed.xlsx", raw) == (message, hint)


def test_a_bomb_is_not_unpacked(tmp_path):
    bomb = packed({**workbook_parts(rows("")), "xl/media/image1.png": b"\x00" * 100_000_000})
    assert len(bomb) < 200_000
    message, _ = refused(tmp_path, "bomb.xlsx", bomb)
    assert "times its size, as no table does" in message


def test_a_file_over_the_limit_is_not_read(tmp_path):
    with (tmp_path / "large.xlsx").open("wb") as large:
        large.truncate(opening.MAX_BYTES + 1)
    message, _ = refusal(tmp_path / "large.xlsx")
    assert message == "the file holds 25,000,001 bytes; it may hold 25,000,000."


def test_what_is_no_file_is_told(tmp_path):
    assert refusal(tmp_path) == ("this is a folder, not a file.", "Name the files in it.")
    assert refusal(tmp_path / "none.xlsx") == (
        "there is no such file.",
        "See that its name and folder are right.",
    )
    (tmp_path / "round.xlsx").symlink_to(tmp_path / "round.xlsx")
    (tmp_path / "lost.xlsx").symlink_to(tmp_path / "nowhere.xlsx")
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert refusal(tmp_path / "round.xlsx")[0] == "there is no file of this name."
    assert refusal(tmp_path / "lost.xlsx")[0] == "there is no such file."
    assert refusal(tmp_path / "pipe.xlsx")[0] == "this is a pipe to another program, not a file."
    with pytest.raises(DataError, match="there is no file of this name"):
        read_book(tmp_path / "a\0b.xlsx")


# Nothing that is damaged goes further than to be told -------------------------------------------


@settings(max_examples=150)
@given(st.sampled_from((WORKBOOK, TABLE)), st.integers(0, 10**6), st.integers(1, 20))
def test_bytes_that_change_on_the_way_are_never_a_fault_of_ours(tmp_path_factory, raw, seed, many):
    chance, changed = random.Random(seed), bytearray(raw)
    for _ in range(many):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    path = tmp_path_factory.getbasetemp() / "changed.xlsx"
    path.write_bytes(changed)
    told_or_read(path)


@settings(max_examples=150)
@given(st.booleans(), st.integers(0, 10**6), st.data())
def test_parts_that_are_wrong_are_never_a_fault_of_ours(tmp_path_factory, is_workbook, seed, data):
    chance = random.Random(seed)
    sheet = (
        '<cols><col min="1" max="2" hidden="1"/></cols><sheetData><row r="1" ht="0"><c r="A1" '
        't="s" s="1"><f>x</f><v>0</v></c><c><v>45566.5</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    )
    parts = dict(
        workbook_parts(sheet, texts="<si><t>x</t></si>", styles=(0, 14))
        if is_workbook
        else table_parts(
            '<table:table table:name="T"><table:table-column table:visibility="collapse"/>'
            '<table:table-row table:number-rows-repeated="2"><table:table-cell '
            'table:number-columns-spanned="2" office:value-type="date" office:date-value='
            '"2024-10-01"><text:p>a<text:s text:c="2"/>b</text:p></table:table-cell>'
            "</table:table-row></table:table>"
        )
    )
    name = data.draw(st.sampled_from(sorted(parts)))
    part = list(parts[name])
    at = chance.randrange(len(part))
    part[at : at + chance.randrange(6)] = chance.choice(["", "-1", "x", "9" * 30, '"', "é", "0"])
    path = tmp_path_factory.getbasetemp() / "changed.ods"
    path.write_bytes(packed({**parts, name: "".join(part)}))
    told_or_read(path)


def told_or_read(path):
    """Read a file: the only error that there may be is one that tells its reader something."""
    with suppress(DataError):
        assert any(sheet.rows for sheet in read_book(path).sheets)
        return
    with pytest.raises(DataError) as refused:
        read_book(path)
    assert all(found.message and found.hint for found in refused.value.findings)


# What programs write ----------------------------------------------------------------------------

characters = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"
)
texts = st.text(characters | st.just("\n"), max_size=12).filter(
    lambda text: not text.startswith("=") and "_x" not in text
)
numbers = st.integers(-(10**14), 10**14) | st.floats(
    -1e12, 1e12, allow_nan=False, allow_infinity=False
)
tables = st.lists(st.lists(st.none() | texts | numbers | st.booleans(), max_size=5), max_size=6)


def cell_of(value):
    """Return the cell that a value should become."""
    if isinstance(value, bool):
        return Cell("boolean", str(value).upper())
    if isinstance(value, str):
        return Cell("text", value.strip()) if value.strip() else EMPTY
    if value is None:
        return EMPTY
    digits = f"{Context(prec=15).create_decimal(repr(value)).normalize():f}"
    return Cell("number", digits.removeprefix("-") if float(digits) == 0 else digits)


@given(tables)
def test_what_openpyxl_writes_is_read_as_it_was(tmp_path_factory, table):
    book = openpyxl.Workbook()
    for row, values in enumerate(table, 1):
        for column, value in enumerate(values, 1):
            cell = book.active.cell(row, column, value)
            if isinstance(value, str):  # one that looks like an error is none
                cell.data_type = "s"
    book.create_sheet("last")["A1"] = "x"
    path = tmp_path_factory.getbasetemp() / "written.xlsx"
    path.write_bytes(saved(book))
    sheet = read_book(path).sheets[0]
    for row, values in enumerate(table, 1):
        for column, value in enumerate(values, 1):
            assert sheet.cell(row, column) == cell_of(value)
    assert not sheet.rows or any(cell != EMPTY for cell in sheet.rows[-1])
    assert all(not row or row[-1] != EMPTY for row in sheet.rows)


def awkward_workbook():
    """Return a workbook of openpyxl with all that misleads a reader."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Seen"
    sheet["A1"] = CellRichText("rich ", TextBlock(InlineFont(b=True), "text"))
    sheet["B1"], sheet["C1"] = " spaced   out ", "two\nlines"
    for cell, value, shown in (
        ("A2", 0.1 + 0.2, "General"),
        ("B2", 0.61, "0%"),
        ("C2", times.date(2024, 10, 1), "dd/mm/yyyy"),
        ("D2", times.datetime(2024, 10, 1, 10, 30), "dd/mm/yyyy hh:mm"),
        ("E2", times.time(10, 30), "hh:mm"),
        ("F2", 45203.5, '"£"#,##0.00'),
        ("G2", "45203", "@"),
    ):
        sheet[cell] = value
        sheet[cell].number_format = shown
    sheet["A3"] = "noted"
    sheet["A3"].comment = Comment("said of it", "somebody")
    sheet["A4"] = "merged"
    sheet.merge_cells("A4:C5")
    sheet["A6"], sheet["B6"], sheet["C6"], sheet["D6"] = "=1/0", "=1+1", '="a"&"b"', '=""'
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    for name, state in (("Hidden", "hidden"), ("Very", "veryHidden")):
        other = book.create_sheet(name)
        other["B2"], other.sheet_state = "x", state
    return book


SEEN = {
    "A1": Cell("text", "rich text"),
    "B1": Cell("text", "spaced   out"),
    "C1": Cell("text", "two\nlines"),
    "A2": Cell("number", "0.3"),
    "B2": Cell("percent", "0.61"),
    "C2": Cell("day", "2024-10-01"),
    "D2": Cell("time", "2024-10-01T10:30"),
    "E2": Cell("time", "10:30"),
    "F2": Cell("number", "45203.5"),
    "G2": Cell("text", "45203"),
    "A3": Cell("text", "noted"),
    "A4": Cell("text", "merged"),
}
WORKED_OUT = {
    "A6": Cell("error", "#DIV/0!"),
    "B6": Cell("number", "2"),
    "C6": Cell("text", "ab"),
    "D6": EMPTY,
}


def check_awkward(book, formulas):
    seen, hidden, very = book.sheets
    for address, cell in {**SEEN, **formulas}.items():
        assert seen.cell(int(address[1]), "ABCDEFG".index(address[0]) + 1) == cell, address
    assert seen.merged == (Span(4, 1, 5, 3),)
    assert (seen.hidden_rows, seen.hidden_columns) == ({3}, {2})
    assert [sheet.is_hidden for sheet in book.sheets] == [False, True, True]
    assert hidden.rows == very.rows == ((), (EMPTY, Cell("text", "x")))


def test_all_that_misleads_is_known(tmp_path):
    book = book_of(tmp_path, "a.xlsx", saved(awkward_workbook()))
    check_awkward(book, dict.fromkeys(WORKED_OUT, Cell(lacks_value=True)))


@needs_office
def test_what_libreoffice_makes_of_it_is_the_same(tmp_path):
    """As a table of its own and back as a workbook; it works the formulas out."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(saved(awkward_workbook()))
    table = converted(path, "ods", tmp_path)
    check_awkward(read_book(table), WORKED_OUT)
    again = tmp_path / "again"
    check_awkward(read_book(converted(table, "xlsx", again)), WORKED_OUT)


@needs_office
def test_values_are_the_same_in_a_table_of_libreoffice(tmp_path):
    """Numbers at the ends of what is kept, and texts that a program could take for something."""
    book = openpyxl.Workbook()
    values = [0, -1, 0.1, 1 / 3, 12345678.9, 1e20, 1e-7, 999999999999999, 1583, 61.25, -0.5]
    values += [
        "007",
        "3/4",
        "=1",
        "+1",
        "1e5",
        "TRUE",
        "'x",
        "a  b",
        "é\n\nz",
        "<b>&amp;</b>",
        "#N/A",
    ]
    for row, value in enumerate(values, 1):
        book.active.cell(row, 1, value).data_type = "s" if isinstance(value, str) else "n"
    path = tmp_path / "a.xlsx"
    path.write_bytes(saved(book))
    wanted = [cell_of(value) for value in values]
    table = converted(path, "ods", tmp_path)
    assert [row[0] for row in read_book(path).sheets[0].rows] == wanted
    assert [row[0] for row in read_book(table).sheets[0].rows] == wanted
    again = converted(table, "xlsx", tmp_path / "again")
    assert [row[0] for row in read_book(again).sheets[0].rows] == wanted


@needs_office
def test_rows_that_a_filter_hides_are_hidden_in_a_table_too(tmp_path):
    book = openpyxl.Workbook()
    for row, value in enumerate(("kind", "a", "b", "a"), 1):
        book.active.cell(row, 1, value)
    book.active.auto_filter.ref = "A1:A4"
    book.active.auto_filter.add_filter_column(0, ["a"])
    book.active.row_dimensions[3].hidden = True
    path = tmp_path / "a.xlsx"
    path.write_bytes(saved(book))
    assert read_book(path).sheets[0].hidden_rows == {3}
    assert read_book(converted(path, "ods", tmp_path)).sheets[0].hidden_rows == {3}


def test_days_that_are_counted_from_1904(tmp_path):
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = times.date(2024, 10, 1)
    read = book_of(tmp_path, "a.xlsx", saved(book))
    assert read.sheets[0].cell(1, 1) == Cell("day", "2024-10-01")


def test_what_xlsxwriter_writes_is_read(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Sheet")
        sheet.write_string("A1", "=1+1")
        sheet.write_formula("B1", "=1+1")
        sheet.write_formula("C1", "=1+1", None, 2)
        sheet.write_datetime(
            "D1", times.date(2024, 10, 1), book.add_format({"num_format": "d/m/yy"})
        )
        sheet.write_boolean("E1", True)
        sheet.merge_range("A2:B3", "merged")
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.write("A4", 1)
    (read,) = read_book(tmp_path / "a.xlsx").sheets
    assert read.rows[0] == (
        Cell("text", "=1+1"),
        Cell(lacks_value=True),
        Cell("number", "2"),
        Cell("day", "2024-10-01"),
        Cell("boolean", "TRUE"),
    )
    assert (read.merged, read.hidden_rows) == ((Span(2, 1, 3, 2),), {4})
