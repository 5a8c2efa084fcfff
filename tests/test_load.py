"""Loading: what is accepted and comes to the same values, and how everything else is refused."""

import csv
import dataclasses
import hashlib
import re
import shutil
from datetime import date

import pytest
from hypothesis import example, given, settings

from hscb_report.errors import ReportError
from hscb_report.findings import Finding
from hscb_report.load import RULES, available_years, load_year
from hscb_report.load.csv_text import MAX_BYTES, CsvError, read_records
from hscb_report.load.table_file import TableFile
from hscb_report.report import DEFAULT_DATA
from hscb_report.schema import declared_tables
from hscb_report.years import ReportingYear
from tests.conftest import COMMITTED, YEAR
from tests.strategies import committed_declarations, damage, raw_files, table_declarations

TABLES = declared_tables()
NAMES = [table.name for table in COMMITTED]
REQUIRED = [table.name for table in TABLES if table.info.required]
OPTIONAL = [table.name for table in TABLES if not table.info.required]
SAVE_AS = 'Save it again as "CSV UTF-8 (comma delimited)".'
POUNDS = "expected pounds such as 45203 or 45203.50."
UNCLEAR = "It is not clear what is thousands and what is pence: write it without commas."
COUNT = "expected a whole number such as 12 or 1,583."
MISSING = "a missing value is written as an empty cell."


def contributions(rule, row=None, column=None, found=None, message="", hint=""):
    """Return the finding expected of contributions.csv."""
    file = "2013-14/contributions.csv"
    return Finding(rule, "error", file, message, hint, row, column, found)


def of(name, **fields):
    """Return the finding expected of a table by its name."""
    table = next(table for table in TABLES if table.name == name)
    return dataclasses.replace(contributions(**fields), file=table.path(YEAR))


# The committed data ---------------------------------------------------------------------------


def test_the_committed_data_has_no_findings(committed):
    assert committed.findings == ()
    assert committed.present == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_knows_its_place_in_its_file(committed, name):
    """Rows count as a spreadsheet shows them: the first below the header is row 2."""
    table = next(table for table in TABLES if table.name == name)
    rows = getattr(committed.tables, name)
    assert [row.place.row for row in rows] == list(range(2, len(rows) + 2))
    assert {row.place.file for row in rows} == {table.path(YEAR)}


def test_the_settings_are_those_of_the_files(committed):
    assert committed.settings.board.short_name == "HSCB"
    assert committed.settings.year.as_at == date(2014, 3, 31)


def test_every_input_is_listed_with_its_hash_and_whether_it_is_protected(committed):
    paths = {table.path(YEAR): table.info.protected for table in COMMITTED}
    paths |= {"board.toml": False, "2013-14/year.toml": False}
    assert {found.path: found.protected for found in committed.inputs} == paths
    for found in committed.inputs:
        raw = (DEFAULT_DATA / found.path).read_bytes()
        assert found.sha256 == hashlib.sha256(raw).hexdigest()


def test_loading_does_not_write(data):
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    load_year(YEAR, data)
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before


# Years ----------------------------------------------------------------------------------------


def test_a_year_without_a_folder_is_refused_and_the_nearest_named(data):
    with pytest.raises(
        ReportError, match=r'no data for 2014-15.*Did you mean "2013-14"'
    ) as refused:
        load_year(ReportingYear(2014), data)
    assert refused.value.exit_code == 1


def test_years_are_the_folders_named_like_one(data):
    (data / "2012-13").mkdir()
    (data / "2012-14").mkdir()
    (data / "drafts").mkdir()
    assert [str(year) for year in available_years(data)] == ["2012-13", "2013-14"]


def test_a_data_root_that_does_not_exist_has_no_years(tmp_path):
    assert available_years(tmp_path / "nowhere") == []
    with pytest.raises(ReportError, match="None are known"):
        load_year(YEAR, tmp_path / "nowhere")


# Accepted: the same values as the original ------------------------------------------------------


def pad_at_the_end(lines):
    return lambda raw: raw + lines


FORMS = {
    "a byte order mark": lambda raw: b"\xef\xbb\xbf" + raw,
    "line ends of Windows": lambda raw: raw.replace(b"\n", b"\r\n"),
    "line ends of old Macs": lambda raw: raw.replace(b"\n", b"\r"),
    "a byte order mark and line ends of Windows": (
        lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n")
    ),
    "no line end after the last row": lambda raw: raw.rstrip(b"\n"),
    "empty lines at the end": pad_at_the_end(b"\n\n\n"),
    "lines of commas at the end": pad_at_the_end(b",,,,,,\n,,,,,,\n"),
    "lines of commas of any number at the end": pad_at_the_end(b",\n,,,,,,,,,,,,,\n,,"),
    "lines of spaces at the end": pad_at_the_end(b"   \n , ,\n"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NAMES)
def test_a_table_may_be_saved_with(committed, scratch, form, name):
    """The form makes no difference to any value of any table."""
    table = next(table for table in TABLES if table.name == name)
    raw = (DEFAULT_DATA / table.path(YEAR)).read_bytes()
    (scratch / table.path(YEAR)).write_bytes(FORMS[form](raw))
    file = TableFile.read(table, YEAR, scratch)
    assert file.findings == []
    assert file.rows == getattr(committed.tables, name)


@pytest.mark.parametrize("name", NAMES)
def test_columns_may_stand_in_another_order(table, load, committed, name):
    table(name).rewrite(lambda records: [record[::-1] for record in records])
    assert load().findings == ()
    assert getattr(load().tables, name) == getattr(committed.tables, name)


@pytest.mark.parametrize("name", NAMES)
def test_spaces_around_a_value_or_a_heading_do_not_matter(table, load, committed, name):
    def spaced(records):
        return [[f"  {cell} " for cell in record] for record in records]

    table(name).rewrite(spaced)
    assert load().findings == ()
    assert getattr(load().tables, name) == getattr(committed.tables, name)


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_may_be_quoted(table, load, committed, name):
    table(name).rewrite(lambda records: records, quoting=csv.QUOTE_ALL)
    assert getattr(load().tables, name) == getattr(committed.tables, name)


@pytest.mark.parametrize(
    "cell", ["45203", "45,203", "£45,203", "£ 45,203.00", "45203.00", "£45203", " £ 45,203 "]
)
def test_an_amount_may_be_written_with_a_pound_sign_and_separators(table, load, committed, cell):
    table("contributions").set(3, "amount", cell)
    assert load().findings == ()
    assert load().tables == committed.tables


def test_the_amount_of_the_balance_may_be_written_with_pound_sign_space_and_pence(
    table, load, committed
):
    table("fund_balances").set(3, "amount", "£ 26,979.00")
    assert load().tables == committed.tables


@pytest.mark.parametrize("cell", ["1583", "1,583"])
def test_a_count_may_be_written_with_a_separator(table, load, committed, cell):
    table("training_totals").set(2, "attended", cell)
    assert load().tables == committed.tables


def test_a_month_may_be_written_without_its_letter(table, load, committed):
    table("audits").set(2, "first_audit", "2013-04")
    assert load().tables == committed.tables


@pytest.mark.parametrize(
    "text", ["=1+1", "=HYPERLINK(A1)", "+44", "@SUM", "<b>x</b>", "{{ x }}", "a | b", "é ² “x”"]
)
def test_a_cell_that_begins_like_a_formula_or_markup_is_the_text_that_it_is(table, load, text):
    table("contributions").set(2, "organisation", text)
    assert load().findings == ()
    assert load().tables.contributions[0].organisation == text


def test_a_cell_may_hold_quotation_marks_commas_and_line_ends(table, load):
    text = 'The "old", or\nfirst, agency'
    table("contributions").set(2, "organisation", text)
    assert load().findings == ()
    assert load().tables.contributions[0].organisation == text


def test_an_empty_optional_cell_is_a_missing_value(table, load):
    table("contributions").set(2, "note", "")
    assert load().findings == ()
    assert load().tables.contributions[0].note is None


@pytest.mark.parametrize(
    ("name", "row", "column", "value"),
    [
        ("agencies", 4, "part_of", "herefordshire"),
        ("attendance_agencies", 3, "agency", "two_gether"),
        ("inspection_statements", 2, "inspection", "ofsted_2011"),
        ("priority_statements", 2, "measure", "listening"),
        ("priority_statements", 2, "priority", "9"),
        ("requirement_coverage", 2, "requirement", "annual"),
    ],
)
def test_a_code_that_stands_in_no_other_table_is_told_at_its_cell(
    table, finding, name, row, column, value
):
    """A number that names a row is told like a code: no traceback."""
    table(name).set(row, column, value)
    path = next(t for t in TABLES if t.name == name).path(YEAR)
    found = finding()
    assert (found.rule, found.file, found.row, found.column) == ("L6", path, row, column)
    assert found.found == value


# Refused: the file ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_required_table_is_named(table, load, name):
    table(name).path.unlink()
    found = [found for found in load().findings if found.rule == "L1"]
    assert [(f.file, f.row, f.column) for f in found] == [
        (next(t for t in TABLES if t.name == name).path(YEAR), None, None)
    ]
    assert found[0].message == "this table is required, and its file is missing."
    assert name not in load().present


@pytest.mark.parametrize("name", OPTIONAL)
def test_a_missing_optional_table_is_no_finding_and_not_present(table, load, name):
    """It has no rows, and the year's data are sound without it."""
    table(name).path.unlink(missing_ok=True)
    assert load().findings == ()
    assert name not in load().present
    assert getattr(load().tables, name) == ()


@pytest.mark.parametrize("name", OPTIONAL)
def test_an_optional_table_may_be_a_header_without_rows(table, load, name):
    columns = next(t for t in TABLES if t.name == name).columns
    header = ",".join(column.name for column in columns)
    table(name).write(f"{header}\n".encode())
    assert load().findings == ()
    assert name in load().present


def test_the_optional_tables_are_those_that_a_year_may_do_without():
    """Every other table must be there: no chapter is left out unsaid."""
    assert set(OPTIONAL) == {
        *("attendance_ratings", "attendance_records", "accepted", "exempt_numbers"),
        "action_status",
    }


def test_a_missing_table_is_to_be_added(table, finding):
    table("establishment_coverage").path.unlink()
    assert finding() == of(
        "establishment_coverage",
        rule="L1",
        message="this table is required, and its file is missing.",
        hint="Add the file (`hscb-report schema`).",
    )


@pytest.mark.parametrize("misspelt", ["contribution.csv", "Contributions.csv", "contributons.csv"])
def test_a_misspelt_file_name_is_suggested(table, finding, misspelt):
    path = table("contributions").path
    path.rename(path.with_name(misspelt))
    assert finding() == contributions(
        "L1",
        message="this table is required, and its file is missing.",
        hint=f'Is it "{misspelt}"? Rename it.',
    )


@pytest.mark.parametrize("name", REQUIRED)
def test_no_file_that_is_another_table_is_suggested_for_a_missing_one(table, load, name):
    """To rename `referral_totals.csv` would lose that table instead."""
    table(name).path.unlink()
    found = next(found for found in load().findings if found.rule == "L1")
    assert not re.search(rf'"({"|".join(NAMES)})\.csv"', found.hint)


def test_a_folder_in_the_place_of_a_table_cannot_be_read(table, finding):
    path = table("contributions").path
    path.unlink()
    path.mkdir()
    found = finding()
    assert (found.rule, found.file, found.row) == ("L1", "2013-14/contributions.csv", None)
    assert re.fullmatch(r"cannot be read \(.+\)\.", found.message)


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b"\n\n", b",,,\n", b"  \r\n"])
def test_an_empty_file_is_refused(table, finding, raw):
    table("contributions").write(raw)
    assert finding() == contributions(
        "L1", message="the file is empty.", hint="Give it a header row and its rows."
    )


@pytest.mark.parametrize("raw", [b"\n", b"\r\n", b"\n\n"])
def test_an_empty_line_above_the_header_is_a_finding(table, load, raw):
    """Not a traceback: the reader is told that the header is not in the first row."""
    table("contributions").write(raw + table("contributions").raw)
    assert {found.file for found in load().findings} == {"2013-14/contributions.csv"}
    assert {found.rule for found in load().findings} <= {"L1", "L2"}


def test_a_line_of_commas_above_the_header_is_refused(table, finding):
    table("contributions").write(b",,,,,,,\n" + table("contributions").raw)
    assert finding() == contributions(
        "L2",
        row=2,
        message="the column names stand in row 2, not row 1.",
        hint="Keep one header row, the first.",
    )


@pytest.mark.parametrize("end", [b"", b"\n", b"\n\n,,,,,,,\n"])
def test_a_header_without_rows_is_refused(table, finding, end):
    table("contributions").write(table("contributions").raw.splitlines()[0] + end)
    assert finding() == contributions(
        "L3", row=2, message="there is a header but no row.", hint="Add the year's rows."
    )


def test_the_plain_csv_of_excel_is_named_with_the_row_of_its_first_letter(table, finding):
    """Windows cp1252: a pound sign is one byte, which UTF-8 does not have."""
    table("contributions").set(4, "amount", "£30,165")
    table("contributions").write(table("contributions").raw.decode("utf-8").encode("cp1252"))
    assert finding() == contributions(
        "L1",
        row=4,
        message="the file is not in UTF-8; it looks like Excel's plain CSV (Windows cp1252).",
        hint=SAVE_AS,
    )


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte order mark"])
def test_the_row_of_a_letter_that_is_not_utf8_is_right_at_the_start_of_a_row(table, finding, mark):
    records = table("contributions").raw.splitlines(keepends=True)
    table("contributions").write(mark + b"".join([*records[:3], b"\xa3" + records[3]]))
    assert (finding().rule, finding().row) == ("L1", 4)


@pytest.mark.parametrize("damaged", [b"\xa3", b"\x00"], ids=["cp1252", "NUL"])
@pytest.mark.parametrize("form", ["line ends of old Macs", "a cell of two lines"])
def test_the_row_of_a_damaged_byte_counts_as_a_spreadsheet_shows_it(table, finding, damaged, form):
    if form == "a cell of two lines":
        table("contributions").set(2, "note", "One line\nand another")
    raw = table("contributions").raw.replace(b"West Mercia Police", damaged)
    table("contributions").write(
        raw.replace(b"\n", b"\r") if form == "line ends of old Macs" else raw
    )
    assert (finding().rule, finding().row) == ("L1", 4)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_the_unicode_text_of_excel_is_refused(table, finding, codec):
    raw = table("contributions").raw.decode("utf-8").encode(codec)
    table("contributions").write(raw)
    found = finding()
    assert (found.rule, found.file, found.hint) == ("L1", "2013-14/contributions.csv", SAVE_AS)
    if codec == "utf-16":
        assert found.message == 'the file is in UTF-16, the format of Excel\'s "Unicode text".'
        assert found.row is None


QUOTING = {"as needed": csv.QUOTE_MINIMAL, "every cell": csv.QUOTE_ALL}


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs")])
@pytest.mark.parametrize("quoting", QUOTING)
@pytest.mark.parametrize("of_table", ["contributions", "expenditure", "audit_findings"])
def test_other_separators_are_named(table, finding, mark, name, quoting, of_table):
    table(of_table).rewrite(lambda records: records, delimiter=mark, quoting=QUOTING[quoting])
    assert finding() == of(
        of_table,
        rule="L1",
        row=1,
        message=f"the columns are separated by {name}, not commas.",
        hint=SAVE_AS,
    )


def test_a_nul_byte_is_refused_with_its_row(table, finding):
    raw = table("contributions").raw
    table("contributions").write(raw.replace(b"NHS Herefordshire,", b"NHS \x00,"))
    assert finding() == contributions(
        "L1",
        row=3,
        message="the file holds a NUL byte, so it is damaged or no text.",
        hint=SAVE_AS,
    )


def test_a_table_over_ten_megabytes_is_refused_unread(table, finding):
    raw = table("contributions").raw
    table("contributions").write(raw + b"\n" * (MAX_BYTES + 1 - len(raw)))
    assert finding() == contributions(
        "L1",
        message="the file holds 10,000,001 bytes; a table may hold 10,000,000.",
        hint="Keep only the year's rows.",
    )


def test_a_table_of_ten_megabytes_is_read():
    row = b"x," + b"y" * 99_997 + b"\n"
    assert len(read_records(row * (MAX_BYTES // len(row)))) == 100


def test_a_quotation_mark_that_does_not_close_is_refused_where_it_opens(table, finding):
    raw = table("contributions").raw
    table("contributions").write(raw.replace(b"West Mercia Police", b'"West Mercia Police'))
    found = finding()
    assert (found.rule, found.file, found.row) == ("L1", "2013-14/contributions.csv", 4)
    assert found.message.startswith("the quotation marks do not close, or a cell is too long (")
    assert found.hint == 'Write a quotation mark inside a quoted cell twice: "".'


def test_a_cell_longer_than_a_spreadsheet_can_hold_is_refused(table, finding):
    table("contributions").set(2, "note", "x" * 200_000)
    found = finding()
    assert (found.rule, found.row) == ("L1", 2)
    assert "too long" in found.message


# Refused: the header --------------------------------------------------------------------------


def test_a_missing_column_is_named(table, finding):
    table("contributions").rewrite(lambda records: [record[:-1] for record in records])
    assert finding() == contributions(
        "L2",
        row=1,
        column="note",
        message="this column is missing.",
        hint="Add it: anything a reader of the row must know.",
    )


def test_an_extra_column_is_named(table, finding):
    table("contributions").rewrite(
        lambda records: [[*records[0], "colour"], *([*record, "red"] for record in records[1:])]
    )
    assert finding() == contributions(
        "L2",
        row=1,
        column="colour",
        found="colour",
        message="column 9 is not a column of this table.",
        hint="Remove it, or move it to a note.",
    )


def test_a_column_without_a_name_is_told_by_its_position(table, finding):
    table("contributions").rewrite(lambda records: [[*record, ""] for record in records])
    assert finding() == contributions(
        "L2",
        row=1,
        found="",
        message="column 9 is not a column of this table.",
        hint="Remove it, or move it to a note.",
    )


def test_a_doubled_column_is_named(table, finding):
    table("contributions").rewrite(lambda records: [[*record, record[2]] for record in records])
    assert finding() == contributions(
        "L2", row=1, column="amount", message="this column stands twice.", hint="Keep one."
    )


@pytest.mark.parametrize("misspelt", ["ammount", "Amount", "amount (£)", "amounts"])
def test_a_misspelt_column_is_suggested(table, load, misspelt):
    """Both ends of the mistake are told: the name that is wrong and the one that is missing."""

    def rename(records):
        records[0][2] = misspelt

    table("contributions").rewrite(rename)
    assert load().findings == (
        contributions(
            "L2",
            row=1,
            column=misspelt,
            found=misspelt,
            message="column 3 is not a column of this table.",
            hint='Is it "amount"? Rename it.',
        ),
        contributions(
            "L2",
            row=1,
            column="amount",
            message="this column is missing.",
            hint="Add it: what it paid in the year.",
        ),
    )


@pytest.mark.parametrize("name", NAMES)
def test_two_header_rows_are_refused(table, finding, name):
    table(name).rewrite(lambda records: [records[0], *records])
    assert finding() == of(
        name,
        rule="L2",
        row=2,
        message="row 2 is a second header row.",
        hint="Keep one header row, the first.",
    )


@pytest.mark.parametrize("title", [["Contributions 2013-14"], ["Contributions", *[""] * 7]])
def test_a_title_above_the_header_is_refused(table, finding, title):
    table("contributions").rewrite(lambda records: [title, *records])
    assert finding() == contributions(
        "L2",
        row=2,
        message="the column names stand in row 2, not row 1.",
        hint="Keep one header row, the first.",
    )


def test_a_cell_that_is_named_like_a_column_is_no_header(table, load):
    """A first row whose organisation is called "amount" is a row."""
    table("contributions").set(2, "organisation", "amount")
    assert load().findings == ()


# Refused: rows --------------------------------------------------------------------------------


def test_a_row_that_is_too_short_is_refused(table, finding):
    def cut(records):
        del records[3][-2:]

    table("contributions").rewrite(cut)
    assert finding() == contributions(
        "L3",
        row=4,
        message="the row has 6 cells; the header has 8.",
        hint="A value that holds a comma must stand in quotation marks.",
    )


def test_a_row_that_is_too_long_is_refused(table, finding):
    """As when `45,203` is typed without quotation marks."""
    raw = table("contributions").raw
    table("contributions").write(raw.replace(b",45203,", b",45,203,"))
    assert finding() == contributions(
        "L3",
        row=3,
        message="the row has 9 cells; the header has 8.",
        hint="A value that holds a comma must stand in quotation marks.",
    )


@pytest.mark.parametrize("blank", [[], [""] * 8])
def test_a_blank_row_between_others_is_refused(table, finding, blank):
    table("contributions").rewrite(lambda records: [*records[:3], blank, *records[3:]])
    assert finding() == contributions("L3", row=4, message="the row is blank.", hint="Delete it.")


def test_two_rows_with_the_same_key_are_refused(table, finding):
    table("contributions").rewrite(lambda records: [*records, records[2]])
    assert finding() == contributions(
        "L5",
        row=8,
        column="agency",
        found="nhs_herefordshire",
        message="the same agency as row 3.",
        hint="Each may stand once: correct one of them, or add them up.",
    )


def test_a_key_of_several_columns_is_told_with_all_of_them(table, finding):
    table("referral_outcomes").rewrite(lambda records: [*records, records[1]])
    assert finding() == of(
        "referral_outcomes",
        rule="L5",
        row=17,
        column="stream",
        found="children, serious_case_review",
        message="the same stream and outcome as row 2.",
        hint="Each may stand once: correct one of them, or add them up.",
    )


def test_every_row_that_repeats_a_key_is_told(table, load):
    table("contributions").rewrite(lambda records: [*records, records[2], records[2]])
    assert [(found.rule, found.row) for found in load().findings] == [("L5", 8), ("L5", 9)]


# Refused: cells -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("45.203,00", UNCLEAR),
        ("45.203", UNCLEAR),
        ("45,20", UNCLEAR),
        ("1,23,456", UNCLEAR),
        ("45203.5", UNCLEAR),
        ("45203.500", UNCLEAR),
        ("45,203,00", UNCLEAR),
        ("45203.5O", "Correct the cell."),
        ("45 203", "Correct the cell."),
        ("$45203", "Correct the cell."),
        ("45k", "Correct the cell."),
        ("1e5", "Correct the cell."),
        ("-45203", "An amount is never negative here: put it on the other side of the account."),
        ("−45203", "An amount is never negative here: put it on the other side of the account."),
        ("(45203)", "An amount is never negative here: put it on the other side of the account."),
        ("=45203", "Correct the cell."),
        ("about 45203", "Correct the cell."),
    ],
)
def test_an_amount_that_could_mean_something_else_is_refused(table, finding, cell, hint):
    table("contributions").set(3, "amount", cell)
    assert finding() == contributions(
        "L4", row=3, column="amount", found=cell, message=POUNDS, hint=hint
    )


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("-1", "A count is never negative."),
        ("−1", "A count is never negative."),
        ("1.5", "A count has no fraction."),
        ("1,583.0", "A count has no fraction."),
        ("15,83", "Correct the cell."),
        ("twelve", "Correct the cell."),
        ("12 people", "Correct the cell."),
        ("1e3", "Correct the cell."),
    ],
)
def test_a_count_that_is_no_whole_number_is_refused(table, finding, cell, hint):
    table("training_totals").set(2, "attended", cell)
    assert finding() == of(
        "training_totals",
        rule="L4",
        row=2,
        column="attended",
        found=cell,
        message=COUNT,
        hint=hint,
    )


@pytest.mark.parametrize("cell", ["58,9", "5.8.9", "589 per 10,000", "589%"])
def test_a_number_of_another_form_is_refused(table, finding, cell):
    table("measure_values").set(6, "value", cell)
    assert finding() == of(
        "measure_values",
        rule="L4",
        row=6,
        column="value",
        found=cell,
        message="expected a number such as 589 or 61.25.",
        hint="Correct the cell.",
    )


HEADINGS = "expected one of: child_death_reviews, case_reviews, training, other."


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("trainings", 'Did you mean "training"?'),
        ("Training", 'Did you mean "training"?'),
        ("Training and learning events", 'Did you mean "training"?'),
        ("CASE REVIEWS", 'Did you mean "case_reviews"?'),
        ("xyz", "Known: case_reviews, child_death_reviews, other, training."),
    ],
)
def test_an_unknown_code_or_a_label_is_refused_and_the_code_suggested(table, finding, cell, hint):
    table("expenditure").set(2, "statutory_heading", cell)
    assert finding() == of(
        "expenditure",
        rule="L4",
        row=2,
        column="statutory_heading",
        found=cell,
        message=HEADINGS,
        hint=hint,
    )


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("west_mercia_polise", 'Did you mean "west_mercia_police"'),
        ("West Mercia Police", 'Write its code, "west_mercia_police"'),
        ("Noople", 'Write its code, "hoople".'),
        ("herefordshire ccg", 'Write its code, "herefordshire_ccg".'),
        ("²gether NHS Foundation Trust", 'Write its code, "two_gether_trust".'),
        ("zzzzzz", "Known: brookfield_school, cafcass, "),
    ],
)
def test_an_unknown_agency_is_refused_and_the_nearest_or_its_code_suggested(
    table, finding, cell, hint
):
    table("contributions").set(4, "agency", cell)
    found = finding()
    assert found == contributions(
        "L6",
        row=4,
        column="agency",
        found=cell,
        message="expected a code that stands in reference/agencies.csv, column agency.",
        hint=found.hint,
    )
    assert found.hint.startswith(hint)


@pytest.mark.parametrize(
    ("name", "row", "column", "target"),
    [
        ("contributions", 2, "source", "2013-14/sources.csv, column source"),
        ("training_deliveries", 2, "offer", "2013-14/training_offers.csv, column offer"),
        ("measure_values", 2, "measure", "reference/measures.csv, column measure"),
        ("agency_aliases", 2, "agency", "reference/agencies.csv, column agency"),
        ("membership", 2, "agency", "reference/agencies.csv, column agency"),
    ],
)
def test_a_code_that_stands_in_no_other_table_is_refused(table, finding, name, row, column, target):
    table(name).set(row, column, "nowhere")
    found = finding()
    assert (found.rule, found.row, found.column) == ("L6", row, column)
    assert found.message == f"expected a code that stands in {target}."
    assert found.found == "nowhere"
    assert found.hint.startswith("Known: ")


def test_codes_of_a_damaged_table_are_not_called_unknown(table, finding):
    """Mend that table first: half of its codes may be missing."""
    table("agencies").set(6, "valid_from", "soon")
    assert (finding().rule, finding().file) == ("L4", "reference/agencies.csv")


@pytest.mark.parametrize("column", ["first_month", "last_month"])
@pytest.mark.parametrize("month", ["2013-M03", "2014-M04", "1999-M12"])
def test_a_month_outside_the_year_is_refused_where_it_must_lie_within(
    table, finding, column, month
):
    table("training_deliveries").set(3, column, month)
    assert finding() == of(
        "training_deliveries",
        rule="L7",
        row=3,
        column=column,
        found=month,
        message="expected a month of 2013-14 (April to March).",
        hint="Correct the month, or move the row to the year it belongs to.",
    )


def test_a_month_may_lie_outside_the_year_where_nothing_else_is_said(table, load):
    table("sources").set(2, "published", "2015-M01")
    assert load().findings == ()


def test_a_month_of_the_year_0_is_a_finding(table, load):
    """Not a traceback: no calendar has that year."""
    table("training_deliveries").set(3, "first_month", "0000-M06")
    assert {(found.row, found.column) for found in load().findings} == {(3, "first_month")}


REWRITTEN = "A spreadsheet program has probably rewritten it."


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("Jun-13", REWRITTEN),
        ("Jun 13", REWRITTEN),
        ("June 2013", REWRITTEN),
        ("06/2013", REWRITTEN),
        ("Sept-2013", REWRITTEN),
        ("2013-M13", "Correct the cell."),
        ("2013-M6", "Correct the cell."),
        ("2013", "Correct the cell."),
    ],
)
def test_a_month_that_a_spreadsheet_rewrote_is_refused(table, finding, cell, hint):
    table("audits").set(2, "first_audit", cell)
    assert finding() == of(
        "audits",
        rule="L4",
        row=2,
        column="first_audit",
        found=cell,
        message="expected a month written 2013-M06.",
        hint=hint,
    )


@pytest.mark.parametrize("cell", ["2013", "2013/14", "2012-14", "12-13", "Dec-11"])
def test_a_year_of_another_form_is_refused(table, finding, cell):
    table("reviews_carried_over").set(2, "referred_in", cell)
    assert finding() == of(
        "reviews_carried_over",
        rule="L4",
        row=2,
        column="referred_in",
        found=cell,
        message="expected a reporting year written 2013-14.",
        hint="Correct the cell.",
    )


MISSING_WORDS = ["n/a", "N/A", "NaN", "nan", "-", "–", "NULL", "#N/A"]


@pytest.mark.parametrize("cell", MISSING_WORDS)
@pytest.mark.parametrize("column", ["amount", "organisation", "basis"])
def test_a_word_for_a_missing_value_is_refused_in_a_required_column(table, finding, cell, column):
    table("contributions").set(3, column, cell)
    assert finding() == contributions(
        "L4",
        row=3,
        column=column,
        found=cell,
        message=MISSING,
        hint="This column needs a value.",
    )


@pytest.mark.parametrize("cell", MISSING_WORDS)
@pytest.mark.parametrize(
    ("name", "column"),
    [("contributions", "note"), ("training_deliveries", "sessions"), ("audits", "review_audit")],
)
def test_a_word_for_a_missing_value_is_refused_in_an_optional_column(
    table, finding, cell, name, column
):
    table(name).set(2, column, cell)
    assert finding() == of(
        name,
        rule="L4",
        row=2,
        column=column,
        found=cell,
        message=MISSING,
        hint="Leave the cell empty.",
    )


@pytest.mark.parametrize(
    ("column", "allowed"),
    [
        ("amount", "pounds with no or two decimals: 45203, 45,203, £45,203.00"),
        ("organisation", "any text"),
        ("basis", "one of the listed codes"),
        ("agency", "a code that stands in agencies.agency"),
    ],
)
def test_an_empty_required_cell_is_refused(table, finding, column, allowed):
    table("contributions").set(3, column, "")
    assert finding() == contributions(
        "L4", row=3, column=column, message="the cell is empty.", hint=f"Enter {allowed}."
    )


@pytest.mark.parametrize("character", ["\x07", "\x1b", "\x7f", "\x08"])
def test_a_control_character_is_refused(table, finding, character):
    table("contributions").set(3, "organisation", f"NHS{character}Herefordshire")
    found = finding()
    assert (found.rule, found.row, found.column) == ("L4", 3, "organisation")
    assert found.message == "holds a control character that cannot be printed."
    assert found.hint == "Retype it."


@pytest.mark.parametrize("column", ["organisation", "amount", "basis"])
def test_a_control_character_never_reaches_the_terminal(table, finding, column):
    """An escape sequence in a cell could rewrite what the reader of the findings sees."""
    table("contributions").set(3, column, "1\x1b[2J\x07 2")
    assert not re.search(r"[\x00-\x1f\x7f]", str(finding()))


def test_a_category_of_another_dimension_is_refused(table, load):
    """`sex` has no category "1 to 4 years"."""
    table("child_deaths").set(4, "category", "1 to 4 years")
    assert [(f.file, f.row, f.column) for f in load().findings] == [
        ("2013-14/child_deaths.csv", 4, "category")
    ]


# What a finding shows -------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["amount", "basis", "agency"])
def test_a_long_value_is_shortened_to_eighty_characters(table, finding, column):
    table("contributions").set(3, column, "x" * 300)
    told = str(finding())
    assert f'found "{"x" * 79}…";' in told
    assert "x" * 80 not in told


def test_a_long_heading_is_shortened_too(table, load):
    """A file that is no table has its first line as headings: it must not flood the terminal."""

    def rename(records):
        records[0][2] = "x" * 300

    table("contributions").rewrite(rename)
    assert all("x" * 81 not in str(found) for found in load().findings)


def test_a_value_of_several_lines_is_told_in_one(table, finding):
    table("contributions").set(3, "amount", "45203\nor so")
    assert 'found "45203⏎or so";' in str(finding())


def test_a_heading_of_several_lines_is_told_in_one(table, load):
    def rename(records):
        records[0][2] = "amount\nin pounds"

    table("contributions").rewrite(rename)
    assert all("\n" not in str(found) for found in load().findings)


SECRET = "Jane, aged four, of Hay"
PROTECTED_TEXT = [
    (table.name, column.name)
    for table in TABLES
    if table.info.protected
    for column in table.columns
    if column.kind.name == "text"
]


def says(findings, secret):
    return [found for found in findings if secret in str(found) or secret in str(found.as_json())]


@pytest.mark.parametrize(("name", "column"), PROTECTED_TEXT)
def test_text_of_a_protected_table_is_never_echoed(table, load, name, column):
    table(name).set(2, column, f"{SECRET}\x07")
    assert [(found.rule, found.column) for found in load().findings] == [("L4", column)]
    assert not says(load().findings, SECRET)


def test_text_of_another_table_is_echoed_so_that_it_can_be_found(table, finding):
    table("contributions").set(3, "organisation", "NHS\x07")
    assert finding().found is not None


def test_a_repeated_text_key_of_a_protected_table_is_not_echoed(table, load):
    table("cdop_lessons").set(2, "lesson", SECRET)
    table("cdop_lessons").set(3, "lesson", SECRET)
    assert [(found.rule, found.row) for found in load().findings] == [("L4", 2), ("L4", 3)]
    assert not says(load().findings, SECRET)


def test_the_first_row_of_a_protected_table_without_a_header_is_not_echoed(table, load):
    """Its cells stand where the column names should, but they are about children."""
    table("cdop_lessons").set(2, "learnt", SECRET)
    table("cdop_lessons").rewrite(lambda records: records[1:])
    assert load().findings
    assert not says(load().findings, SECRET)


@pytest.mark.parametrize("name", ["cdop_lessons", "child_deaths"])
def test_text_that_slipped_into_another_column_of_a_protected_table_is_not_echoed(
    table, load, name
):
    """As when a cell is deleted and the rest of its row moves to the left."""
    for column in ("source", "basis"):
        original = table(name).raw
        table(name).set(2, column, SECRET)
        assert {found.column for found in load().findings} == {column}
        assert not says(load().findings, SECRET), column
        table(name).write(original)


# All at once ----------------------------------------------------------------------------------


def test_all_problems_of_several_files_come_at_once(table, load, data):
    table("contributions").set(2, "amount", "lots")
    table("contributions").set(3, "amount", "-1")
    table("contributions").set(3, "basis", "hearsay")
    table("expenditure").rewrite(lambda records: [*records, records[1]])
    table("referrals").path.unlink()
    table("audits").set(2, "first_audit", "2013-M03")
    table("membership").set(4, "agency", "nowhere")
    table("sources").rewrite(lambda records: [record[:-1] for record in records])
    table("training_totals").rewrite(lambda records: [*records[:1], [], *records[1:]])
    (data / "board.toml").unlink()
    told = [(found.rule, found.file.split("/")[-1], found.row) for found in load().findings]
    assert sorted(told, key=str) == [
        ("L1", "referrals.csv", None),
        ("L2", "sources.csv", 1),
        ("L3", "training_totals.csv", 2),
        ("L4", "contributions.csv", 2),
        ("L4", "contributions.csv", 3),
        ("L4", "contributions.csv", 3),
        ("L5", "expenditure.csv", 9),
        ("L6", "membership.csv", 4),
        ("L7", "audits.csv", 2),
        ("L8", "board.toml", None),
    ]


def test_two_problems_of_one_row_come_at_once(table, load):
    table("contributions").set(3, "amount", "n/a")
    table("contributions").set(3, "basis", "hearsay")
    assert {found.column for found in load().findings} == {"amount", "basis"}


def test_every_finding_of_loading_is_an_error_with_a_known_rule(table, load):
    table("contributions").set(2, "amount", "lots")
    table("referrals").path.unlink()
    for found in load().findings:
        assert found.severity == "error"
        assert found.rule in RULES


def test_a_finding_has_the_promised_fields_in_json(table, finding):
    table("contributions").set(3, "amount", "45203.5O")
    assert finding().as_json() == {
        "rule": "L4",
        "severity": "error",
        "file": "2013-14/contributions.csv",
        "row": 3,
        "column": "amount",
        "found": "45203.5O",
        "message": POUNDS,
        "hint": "Correct the cell.",
    }


def test_a_finding_is_told_as_place_value_and_what_is_expected(table, finding):
    table("contributions").set(3, "amount", "45.203")
    assert str(finding()) == (
        '[L4] 2013-14/contributions.csv, row 3, column "amount": found "45.203"; '
        f"{POUNDS} {UNCLEAR}"
    )


# Settings -------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", ["board.toml", "2013-14/year.toml"])
def test_a_missing_settings_file_is_named(data, finding, load, file):
    (data / file).unlink()
    assert finding() == Finding("L8", "error", file, "this file is missing.", "Add it.")
    assert load().settings is None


@pytest.mark.parametrize("file", ["board.toml", "2013-14/year.toml"])
@pytest.mark.parametrize("text", ["name = ", "= x", "[[", 'a = "x', "a = 1\na = 2\n"])
def test_a_broken_settings_file_is_refused(data, finding, file, text):
    (data / file).write_text(text)
    found = finding()
    assert (found.rule, found.file, found.hint) == ("L8", file, "Mend it.")
    assert found.message.startswith("is not valid TOML: ")


def test_a_settings_file_that_is_not_in_utf8_is_refused(data, finding):
    (data / "board.toml").write_bytes('name = "£"'.encode("cp1252"))
    assert (finding().rule, finding().file) == ("L8", "board.toml")


@pytest.mark.parametrize("file", ["board.toml", "2013-14/year.toml"])
def test_a_folder_in_the_place_of_a_settings_file_is_a_finding(data, load, file):
    (data / file).unlink()
    (data / file).mkdir()
    assert [(found.rule, found.file) for found in load().findings] == [("L8", file)]


@pytest.mark.parametrize("file", ["board.toml", "2013-14/year.toml"])
def test_a_settings_file_may_have_a_byte_order_mark(data, load, file, committed):
    raw = (data / file).read_bytes()
    (data / file).write_bytes(b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    assert load().settings == committed.settings


def test_a_wrong_key_is_named_with_the_one_that_is_missing(data, load):
    path = data / "board.toml"
    path.write_text(path.read_text().replace("short_name", "shortname"))
    assert {(found.rule, found.column, found.message) for found in load().findings} == {
        ("L8", "short_name", "Field required."),
        ("L8", "shortname", "Extra inputs are not permitted."),
    }


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ('status = "final"', 'status = "finished"', "status"),
        ("as_at = 2014-03-31", 'as_at = "2014-03-31"', "as_at"),
        ("as_at = 2014-03-31", "as_at = 2014", "as_at"),
        ('title = "Annual Report 2013-14"', "title = 1", "title"),
    ],
)
def test_a_setting_of_another_kind_is_refused(data, finding, before, after, key):
    path = data / "2013-14/year.toml"
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))
    assert (finding().rule, finding().file, finding().column) == ("L8", "2013-14/year.toml", key)


def test_the_settings_of_another_year_are_refused(data, finding):
    path = data / "2013-14/year.toml"
    path.write_text(path.read_text().replace('year = "2013-14"', 'year = "2014-15"'))
    assert finding() == Finding(
        "L8", "error", "2013-14/year.toml", "is of another year.", 'Write year = "2013-14".'
    )


def test_a_local_authority_that_is_no_agency_is_refused(data, load):
    """Its contribution and share would otherwise read "not stated"."""
    path = data / "board.toml"
    path.write_text(path.read_text().replace('"herefordshire_council"', '"herefordshire"'))
    assert [(found.file, found.column) for found in load().findings] == [
        ("board.toml", "local_authority")
    ]


# Anything at all ------------------------------------------------------------------------------


@given(raw=raw_files)
@example(raw=b"\na,b\n")
@example(raw=b'"')
@example(raw=b"\xef\xbb\xbf")
def test_any_bytes_are_read_as_records_or_refused_in_words(raw):
    records, refused = [], None
    try:
        records = read_records(raw)
    except CsvError as error:
        refused = error
    if refused:
        assert refused.message
        assert refused.hint
        assert refused.row is None or refused.row >= 1
    else:
        assert records
        assert [record.number for record in records] == list(range(1, len(records) + 1))
        assert not records[-1].is_blank


def read(declared, raw, root):
    (root / declared.path(YEAR)).write_bytes(raw)
    return TableFile.read(declared, YEAR, root)


def assert_is_told(file):
    """Every problem names the file and a known rule; a table without problems has its rows."""
    for found in file.findings:
        assert found.rule in RULES
        assert found.file == file.path
        assert found.message
        assert found.row is None or found.row >= 1
        assert str(found)
    assert file.rows or file.findings or not file.table.info.required


@settings(max_examples=200)
@given(declared=table_declarations, raw=raw_files)
def test_any_bytes_as_a_table_give_findings_or_rows(declared, raw, scratch):
    assert_is_told(read(declared, raw, scratch))


@settings(max_examples=300)
@given(declared=committed_declarations, done=damage)
def test_any_damage_to_a_table_gives_findings_or_rows(declared, done, scratch):
    raw = (DEFAULT_DATA / declared.path(YEAR)).read_bytes()
    assert_is_told(read(declared, done.done_to(raw), scratch))


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("damaged") / "data"
    shutil.copytree(DEFAULT_DATA, folder)
    return folder


@given(declared=committed_declarations, done=damage)
def test_any_damage_to_a_table_leaves_the_others_readable(declared, done, copy):
    path = copy / declared.path(YEAR)
    raw = path.read_bytes()
    path.write_bytes(done.done_to(raw))
    try:
        loaded = load_year(YEAR, copy)
    finally:
        path.write_bytes(raw)
    for table in COMMITTED:
        if table.name != declared.name:
            assert getattr(loaded.tables, table.name)
