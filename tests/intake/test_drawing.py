"""The workbook of a template, read back: accessible, checked, of text that stays text."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.utils import range_boundaries

from hscb_report.intake.asking import holding_of
from hscb_report.intake.drawing import ROWS_BELOW, drawn
from hscb_report.intake.entries import Lists
from hscb_report.intake.layout import EXAMPLE, LABELS, LISTS, READ_ME, ROW, column_of, is_looked_at
from hscb_report.intake.template import Holding, Template, held_tables, owed_tables, template
from hscb_report.report import PROJECT, table_schemas
from hscb_report.schema.line import Line
from hscb_report.years import ReportingYear
from tests.outputs.spreadsheet import read_workbook
from tests.strategies import cell_texts

NORTHSHIRE = PROJECT / "examples/northshire"
MARK = "Example: all content is invented."


def opened(raw: bytes):
    return openpyxl.load_workbook(BytesIO(raw))


@pytest.fixture(scope="module")
def holding() -> Holding:
    return holding_of(ReportingYear(2024), NORTHSHIRE)


@pytest.fixture(scope="module")
def asked(holding: Holding) -> Template:
    return template(holding, held_tables(holding))


@pytest.fixture(scope="module")
def raw(asked: Template) -> bytes:
    return drawn(asked)


@pytest.fixture(scope="module")
def book(raw: bytes):
    return opened(raw)


@pytest.fixture(scope="module")
def every(holding: Holding):
    """The workbook of every table that is declared, whether or not a board has it."""
    schemas = [schema for schema in holding.schemas if schema.info.folder == "year"]
    return opened(drawn(template(holding, schemas)))


def table_of(sheet):
    (found,) = sheet.tables.values()
    return range_boundaries(found.ref)


def records(sheet) -> list[dict[str, object]]:
    """The rows of a sheet's table by its headings, the example first."""
    first_column, first, last_column, last = table_of(sheet)
    names = [sheet.cell(first, n).value for n in range(first_column, last_column + 1)]
    return [
        {name: sheet.cell(row, n).value for n, name in enumerate(names, first_column)}
        for row in range(first + 1, last + 1)
    ]


def forms(book):
    return [sheet for sheet in book if sheet.title not in (READ_ME, LISTS)]


# What stands where -------------------------------------------------------------------------------


def test_every_declared_table_gives_a_sheet_that_opens(every):
    names = {s.name for s in table_schemas() if s.info.folder == "year"}
    assert [every.sheetnames[0], every.sheetnames[-1]] == [READ_ME, LISTS]
    assert {sheet.title for sheet in forms(every)} == names
    for sheet in forms(every):
        first_column, first, last_column, _ = table_of(sheet)
        headings = [sheet.cell(first, n).value for n in range(first_column, last_column + 1)]
        schema = next(s for s in table_schemas() if s.name == sheet.title)
        own = [c.name for c in schema.columns if c.name not in schema.about_rows]
        codes = [column_of(heading) for heading in headings]
        assert headings[0] == ROW
        assert [code for code in codes if code not in (None, "note")] == own
        assert len({heading.casefold() for heading in headings}) == len(headings)


def test_each_sheet_has_one_table_and_nothing_merged_hidden_frozen_or_blank(book):
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes is None
        assert sheet.sheet_state == "visible"
        assert not [d for d in sheet.row_dimensions.values() if d.hidden]
        assert not [d for d in sheet.column_dimensions.values() if d.hidden]
        first_column, first, _, last = table_of(sheet)
        assert first_column == 1
        assert all(sheet.cell(row, 1).value is not None for row in range(1, last + 1))
        assert sheet.max_row == last
        assert sheet.print_title_rows == f"${first}:${first}"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


def test_the_workbook_says_its_title_author_and_language(raw):
    properties = read_workbook(raw).properties
    assert (
        properties["title"] == "Northshire Safeguarding Children Partnership: figures for 2024-25"
    )
    assert properties["language"] == "en-GB"
    assert properties["description"] == MARK


def test_every_sheet_of_an_invented_board_says_so_and_no_other(book, holding, asked):
    for sheet in book:
        assert MARK in [sheet.cell(row, 1).value for row in range(1, 5)]
    year = holding.settings.year.model_copy(update={"kind": "publication"})
    settings = replace(holding.settings, year=year)
    for sheet in opened(drawn(replace(asked, settings=settings))):
        assert MARK not in [sheet.cell(row, 1).value for row in range(1, 5)]


def test_read_me_says_whom_it_is_for_what_to_do_and_leads_to_every_sheet(holding):
    book = opened(drawn(template(holding, owed_tables(holding, "council"), "council")))
    sheet = book[READ_ME]
    _, first, _, last = table_of(sheet)
    told = [sheet.cell(row, 1).value for row in range(1, first)]
    assert "For: Northshire County Council" in told
    assert "3. Leave empty what you do not know." in " ".join(told)
    assert "2024-M06" in " ".join(told)
    names = [sheet.cell(row, 1).value for row in range(first + 1, last + 1)]
    assert names == book.sheetnames[1:]
    links = [sheet.cell(row, 1).hyperlink.location for row in range(first + 1, last + 1)]
    assert links == [f"'{name}'!A1" for name in names]


def test_what_is_said_of_a_sheet_stands_beside_its_label(book):
    for sheet in forms(book):
        _, first, _, _ = table_of(sheet)
        said = {sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in range(1, first)}
        assert said[LABELS["table"]] == sheet.title
        assert said[LABELS["year"]] == "2024-25"
        assert LABELS["sender"] in said
    sourced = {book["contributions"].cell(r, 1).value for r in range(1, 12)}
    assert {*LABELS.values()} <= sourced
    assert LABELS["source"] not in {book["points"].cell(r, 1).value for r in range(1, 12)}


def test_rows_are_numbered_after_the_example_and_hold_what_the_file_has(book, asked):
    for form in asked.forms:
        found = records(book[form.table])
        assert [row[ROW] for row in found] == [
            EXAMPLE,
            *range(1, len(form.rows) + form.spare + 1),
        ]
        for own, row in zip(form.rows, found[1:], strict=False):
            shown = [*row.values()][1:]
            for cell, read in zip(own, shown, strict=True):
                if isinstance(cell, Decimal | int):
                    assert Decimal(str(read)) == cell
                elif isinstance(cell, str) or cell is None:
                    assert read == cell
                else:
                    assert read == datetime.combine(cell, datetime.min.time())
        assert all(
            value is None
            for row in found[1 + len(form.rows) :]
            for name, value in row.items()
            if name != ROW
        )


def code_of(cell: object, column: object, lists: Lists) -> object:
    """What a table's file would have for a cell that somebody sent back unchanged."""
    choices = lists.of(column.kind)
    if choices and not column.kind.several:
        return next((c.code for c in choices.choices if c.entry == cell), cell)
    return f"{cell:%Y-M%m-%d}" if isinstance(cell, datetime) else str(cell)


def test_what_is_sent_back_unchanged_says_what_the_file_says(book, asked, holding):
    """Cell by cell, of every table that the board has, by what each column reads."""
    lists = Lists(holding.year, holding.schemas, holding.lines)
    schemas, tried = {schema.name: schema for schema in holding.schemas}, 0
    for form in asked.forms:
        columns = {column.name: column for column in schemas[form.table].columns}
        lines = holding.lines.get(form.table, ())
        for line, row in zip(lines, records(book[form.table])[1:], strict=False):
            sent = {column_of(str(name)): cell for name, cell in row.items() if cell is not None}
            sent = {name: cell for name, cell in sent.items() if name}
            about = schemas[form.table].about_rows - {"note"}
            assert {*sent} == {name for name in line.cells if name not in about}
            for name, cell in sent.items():
                kind = columns[name].kind
                assert kind.read(code_of(cell, columns[name], lists)) == kind.read(line.get(name))
                tried += 1
    assert tried > 2000


# Formats and protection --------------------------------------------------------------------------


def test_what_is_asked_for_is_open_and_all_else_is_locked(book, asked):
    for form in asked.forms:
        sheet = book[form.table]
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        assert not sheet.protection.formatColumns
        _, first, last_column, last = table_of(sheet)
        for row in (first, first + 1):
            assert all(sheet.cell(row, n).protection.locked for n in range(1, last_column + 1))
        for row in (first + 2, last):
            is_open = [not sheet.cell(row, n).protection.locked for n in range(1, last_column + 1)]
            assert is_open == [False, *(c.asked is not None for c in form.columns)]
    for name in (READ_ME, LISTS):
        assert book[name].protection.sheet
        assert all(cell.protection.locked for row in book[name] for cell in row)


def test_a_cell_is_formatted_as_what_it_takes(book, asked):
    formats = {
        "text": "@",
        "count": "#,##0",
        "money": "£#,##0.00;-£#,##0.00",
        "number": "General",
        "day": "d mmmm yyyy",
    }
    seen = set()
    for form in asked.forms:
        sheet = book[form.table]
        *_, last = table_of(sheet)
        for n, column in enumerate(form.columns, 2):
            assert sheet.cell(last, n).number_format == formats[column.shows_as]
            seen.add(column.shows_as)
    assert seen == {*formats}


def test_the_example_is_known_by_its_word_and_its_slant(book):
    for sheet in forms(book):
        _, first, last_column, _ = table_of(sheet)
        assert sheet.cell(first + 1, 1).value == EXAMPLE
        assert all(sheet.cell(first + 1, n).font.italic for n in range(1, last_column + 1))


def test_what_is_only_looked_at_is_told_in_words_and_not_by_its_ground_alone(book, asked):
    for form in asked.forms:
        for column in form.columns:
            assert is_looked_at(column.heading) == (column.asked is None)


# Checks ------------------------------------------------------------------------------------------


def checks(sheet):
    return sheet.data_validations.dataValidation


def test_every_cell_to_be_filled_in_has_a_check_that_says_what_it_takes(book, asked):
    """Below the table too, where entries may go on."""
    for form in asked.forms:
        sheet = book[form.table]
        _, first, _, last = table_of(sheet)
        found = {}
        for check in checks(sheet):
            (area,) = check.sqref.ranges
            found[area.min_col, area.min_row] = (area, check)
            assert 0 < len(check.promptTitle) <= 32
            assert 0 < len(check.prompt) <= 255
            assert 0 < len(check.error) <= 255
            assert check.showInputMessage
            assert check.showErrorMessage
            assert check.allow_blank
        for n, column in enumerate(form.columns, 2):
            if column.asked:
                area, _ = found[n, first + 2]
                assert (area.max_col, area.max_row) == (n, last + ROWS_BELOW)
                (below,) = (c for c in sheet.column_dimensions.values() if c.min <= n <= c.max)
                assert not below.protection.locked
            else:
                assert (n, first + 2) not in found


def test_every_list_is_a_range_of_the_lists_that_has_its_entries_and_no_other(every, holding):
    sheet = every[LISTS]
    tried = 0
    schemas = [s for s in holding.schemas if s.info.folder == "year"]
    drawn_forms = {f.table: f for f in template(holding, schemas).forms}
    for form_sheet in forms(every):
        _, first, _, _ = table_of(form_sheet)
        columns = drawn_forms[form_sheet.title].columns
        for check in checks(form_sheet):
            if check.type != "list":
                continue
            (area,) = check.sqref.ranges
            name, _, cells = check.formula1.partition("!")
            assert name == LISTS
            column, top, same, bottom = range_boundaries(cells.replace("$", ""))
            assert column == same == 2
            names = {sheet.cell(row, 1).value for row in range(top, bottom + 1)}
            assert len(names) == 1
            entries = [sheet.cell(row, 2).value for row in range(top, bottom + 1)]
            assert all(entries)
            if area.min_row > first:
                choices = columns[area.min_col - 2].asked.check.choices
                assert entries == [c.entry for c in choices.choices]
                assert names == {choices.name}
                assert (check.errorStyle == "warning") == choices.may_grow
            tried += 1
    assert tried > 100


def test_what_stands_in_a_row_is_an_entry_of_its_list(book, asked):
    """The example too: nobody is shown what they could not choose."""
    tried = 0
    for form in asked.forms:
        for n, column in enumerate(form.columns):
            choices = column.asked and column.asked.check.choices
            if not choices:
                continue
            entries = {choice.entry for choice in choices.choices}
            shown = {column.example, *(row[n] for row in form.rows)} - {None}
            assert shown <= entries, (form.table, column.heading)
            tried += 1
    assert tried > 50


def test_numbers_and_days_have_bounds(book):
    found = {check.promptTitle: check for check in checks(book["contributions"])}
    check = found["What it paid in the year"]
    assert (check.type, check.formula1, check.formula2) == ("decimal", "0", "999999999")
    day = next(c for c in checks(book["attendance_records"]) if c.type == "date")
    assert (day.formula1, day.formula2) == ("32874", "49309")
    assert openpyxl.utils.datetime.from_excel(49309) == datetime(2034, 12, 31)


# The same, and text that stays text --------------------------------------------------------------


def test_the_same_data_gives_the_same_bytes(asked, raw):
    assert drawn(asked) == raw


@given(st.lists(cell_texts, min_size=1, max_size=4))
@example(["=1+1", "@x", "'quoted", "+44", "-1", "https://example.org", "4.", "0012", " \n", "TRUE"])
@example(["=HYPERLINK(1)", "mailto:x@example.org", "internal:groups!A1", "{=1}", "a\r\nb"])
def test_a_text_of_the_data_is_the_text_of_its_cell_and_never_a_formula_or_a_link(texts):
    holding = replace(
        holding_of(ReportingYear(2016), PROJECT / "examples/smallshire"),
        lines={"groups": [Line(n, {"group": f"g{n}", "name": t}) for n, t in enumerate(texts)]},
    )
    schema = next(s for s in holding.schemas if s.name == "groups")
    read = read_workbook(drawn(template(holding, [schema]))).sheets["groups"]
    assert "f" not in read.tags
    (table,) = read.tables
    cells = {place: cell for place, cell in read.cells.items() if place[1] == 3}
    found = [cells[table.first[0] + 2 + n, 3] for n in range(len(texts))]
    assert found == [text.replace("\r\n", "\n") for text in texts]
    assert {place for place in read.links if place[0] > table.first[0]} == set()
    quoted = [table.first[0] + 2 + n for n, t in enumerate(texts) if t[0] in "=+-@'"]
    assert all((row, 3) in read.quoted for row in quoted)


# LibreOffice -------------------------------------------------------------------------------------

OFFICE = shutil.which("soffice")


def through_office(source: Path, form: str, folder: Path) -> Path:
    """Return a file as LibreOffice saves it in another form."""
    folder.mkdir()
    profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
    command = [str(OFFICE), "--headless", profile, "--convert-to", form, "--outdir", str(folder)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    return folder / f"{source.stem}.{form}"


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not there")
def test_what_is_entered_is_there_after_libreoffice_has_saved_it(holding, tmp_path):
    """As an .ods, and as an .xlsx again: values, headings, checks and protection."""
    made = opened(drawn(template(holding, owed_tables(holding, "council"), "council")))
    sheet = made["contributions"]
    *_, last = table_of(sheet)
    entered = ["fire", "=not a formula", 1234.5, 0, None, "4."]
    for n, value in enumerate(entered, 2):
        sheet.cell(last, n).value = value
        if isinstance(value, str):
            sheet.cell(last, n).data_type = "s"
    before = [[cell.value for cell in row] for row in sheet.iter_rows()]
    path = tmp_path / "filled.xlsx"
    made.save(path)
    as_ods = through_office(path, "ods", tmp_path / "ods")
    back = openpyxl.load_workbook(through_office(as_ods, "xlsx", tmp_path / "xlsx"))
    after = back["contributions"]
    assert [[cell.value for cell in row] for row in after.iter_rows()] == before
    assert after.protection.sheet
    assert len(checks(after)) >= len(checks(sheet)) - 1
    assert back.sheetnames == made.sheetnames
