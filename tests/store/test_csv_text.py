"""From bytes to cells: forms that make no difference, and files that are refused in words."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hscb_report.store import csv_text
from hscb_report.store.csv_text import MAX_BYTES, MAX_ROWS, CsvError, read_records
from tests.strategies import raw_files

SAVE_AS = 'Save it again as "CSV UTF-8 (comma delimited)".'
RAW = b"agency,name,amount\na,Alpha,1\nb,Beta,2\nc,Gamma,3\n"
HEADER = ["agency", "name", "amount"]

cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
cells |= st.sampled_from(('a "quoted" word', "1,583", "two\nlines", "two\r\nlines", "=1+1", ";"))
tables = st.lists(st.tuples(cells, cells, cells), max_size=5)
BLANK_ENDS = (b"", b"\n\n\n", b",,\n,,\n", b",\n,,,,,,,\n,,", b"   \n , ,\n")


def refusal(raw):
    with pytest.raises(CsvError) as refused:
        read_records(raw)
    return refused.value.row, refused.value.message, refused.value.hint


# What is read -----------------------------------------------------------------------------------


@given(
    tables,
    st.sampled_from(("\n", "\r\n", "\r")),
    st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    st.sampled_from((b"", b"\xef\xbb\xbf")),
    st.sampled_from(BLANK_ENDS),
)
def test_the_form_in_which_a_table_is_saved_makes_no_difference(rows, ends, quoting, mark, blank):
    """Line ends, a byte order mark, quotation marks, spaces around a value, blank last rows."""
    text = io.StringIO(newline="")
    if ends != "\r\n" and any(set("\r\n") & set(cell) for row in rows for cell in row):
        quoting = csv.QUOTE_ALL  # Python's writer leaves out quotation marks that a cell needs
    csv.writer(text, lineterminator=ends, quoting=quoting).writerows([HEADER, *rows])
    records = read_records(mark + text.getvalue().encode("utf-8") + blank)
    wanted = [tuple(cell.strip() for cell in row) for row in (HEADER, *rows)]
    while not any(wanted[-1]):
        wanted.pop()
    assert [record.cells for record in records] == wanted
    assert [record.number for record in records] == list(range(1, len(wanted) + 1))


@given(tables)
def test_what_is_written_reads_back_cell_for_cell(rows):
    """Line breaks of every kind stay within their cells."""
    text = csv_text.csv_text(HEADER, rows)
    assert list(csv.reader(io.StringIO(text, newline=""))) == [HEADER, *map(list, rows)]


def test_what_is_not_there_is_written_as_an_empty_cell():
    assert csv_text.csv_text(("a", "b"), [(None, "1,5"), (2, "x\ry")]) == (
        'a,b\n,"1,5"\n2,"x\ry"\n'
    )


def test_a_last_row_may_do_without_its_line_end():
    assert read_records(RAW.rstrip(b"\n")) == read_records(RAW)


def test_a_heading_may_hold_a_semicolon():
    assert read_records(b"a;b,c\n1,2\n")[0].cells == ("a;b", "c")


def test_a_blank_row_between_others_is_kept_and_known_as_blank():
    """So that the rows below it keep the numbers that a spreadsheet shows."""
    records = read_records(RAW.replace(b"b,Beta", b"\n,,\nb,Beta"))
    assert [record.is_blank for record in records] == [False, False, True, True, False, False]
    assert records[4].number == 5


# What is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b"\n\n", b",,,\n", b"  \r\n"])
def test_an_empty_file_is_refused(raw):
    assert refusal(raw) == (None, "the file is empty.", "Give it a header row and its rows.")


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_separator_is_named(mark, name, quoting):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=mark, quoting=quoting).writerows([HEADER, ["a", "1,5", "c"]])
    says = f"the columns are separated by {name}, not commas."
    assert refusal(text.getvalue().encode()) == (1, says, SAVE_AS)


NOT_UTF8 = "the file is not in UTF-8; it looks like Excel's plain CSV (Windows cp1252)."
A_NUL = "the file holds a NUL byte, so it is damaged or no text."


@pytest.mark.parametrize(("byte", "says"), [(b"\xa3", NOT_UTF8), (b"\x00", A_NUL)])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("where", [b"Gamma", b"c,", b"3"])
def test_a_byte_that_is_no_text_is_told_with_its_row_as_a_spreadsheet_shows_it(
    byte, says, ends, mark, where
):
    """At the start, in the middle and at the end of a row, below a cell of two lines."""
    raw = RAW.replace(b"Beta", b'"Be\nta"').replace(where, byte + where)
    assert refusal(mark + raw.replace(b"\n", ends)) == (4, says, SAVE_AS)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_the_unicode_text_of_excel_is_refused(codec):
    row, says, hint = refusal(RAW.decode().encode(codec))
    assert hint == SAVE_AS
    if codec == "utf-16":
        assert (row, says) == (
            None,
            'the file is in UTF-16, the format of Excel\'s "Unicode text".',
        )


@pytest.mark.parametrize(
    "raw",
    [
        RAW.replace(b"Beta", b'"Beta'),
        RAW.replace(b"Beta", b'"Be"ta'),
        RAW.replace(b"2", b"2" * 200_000),
    ],
    ids=["does not close", "closes early", "too long"],
)
def test_a_quotation_mark_that_does_not_close_and_a_cell_too_long_are_told_where_they_begin(raw):
    row, says, hint = refusal(raw)
    assert row == 3
    assert says.startswith("the quotation marks do not close, or a cell is too long (")
    assert hint == 'Write a quotation mark inside a quoted cell twice: "".'


def test_a_table_holds_ten_megabytes_and_no_byte_more():
    row = b"x," + b"y" * 99_997 + b"\n"
    assert len(read_records(row * (MAX_BYTES // len(row)))) == 100
    says = "the file holds 10,000,001 bytes; a table may hold 10,000,000."
    too_long = RAW + b"\n" * (MAX_BYTES + 1 - len(RAW))
    assert refusal(too_long) == (None, says, "Keep only the year's rows.")


def test_a_table_holds_a_hundred_thousand_rows_and_no_more(monkeypatch):
    assert MAX_ROWS == 100_000
    monkeypatch.setattr(csv_text, "MAX_ROWS", 3)
    assert len(read_records(b"a,b\n" * 3)) == 3
    says = "the file has more than 3 rows."
    assert refusal(b"a,b\n" * 4) == (None, says, "Keep only the year's rows.")


@given(raw=raw_files)
@example(raw=b"\na,b\n")
@example(raw=b'"')
@example(raw=b"\xef\xbb\xbf")
def test_any_bytes_are_read_as_records_or_refused_in_words(raw):
    try:
        records = read_records(raw)
    except CsvError:
        row, says, hint = refusal(raw)
        assert row is None or row >= 1
        assert says
        assert hint
    else:
        assert [record.number for record in records] == list(range(1, len(records) + 1))
        assert not records[-1].is_blank
