"""One table: what comes to the same rows, and how everything else is told, each cause once."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hscb_report.findings import Finding
from hscb_report.report import DEFAULT_DATA, check_year
from hscb_report.schema import TableSchema
from hscb_report.schema import vocabularies as words
from hscb_report.schema.cells import in_year
from hscb_report.schema.finance import Contribution, Expenditure
from hscb_report.schema.measurements import Measurement
from hscb_report.schema.reference import Agency, Regime
from hscb_report.schema.row import SourcedRow
from hscb_report.schema.vocabularies import Vocabulary
from hscb_report.store.csv_text import read_records
from hscb_report.store.table_file import TableFile
from tests.conftest import COMMITTED, YEAR
from tests.strategies import committed_declarations, damage, raw_files, table_declarations

CONTRIBUTIONS = TableSchema(Contribution)
BY_NAME = {schema.name: schema for schema in COMMITTED}
RAW = {schema.name: (DEFAULT_DATA / schema.path(YEAR)).read_bytes() for schema in COMMITTED}
MISSING = "a missing value is written as an empty cell."
ONE_HEADER = "Keep one header row, the first."


def records_of(schema):
    text = RAW[schema.name].decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


def written(records, **form):
    text = io.StringIO(newline="")
    csv.writer(text, **{"lineterminator": "\n", **form}).writerows(records)
    return text.getvalue().encode("utf-8")


def read(records, schema=CONTRIBUTIONS):
    """Return the table that is read of records, or of bytes."""
    raw = records if isinstance(records, bytes) else written(records)
    return TableFile.of(schema, YEAR, raw)


FILLED = [schema for schema in COMMITTED if len(records_of(schema)) > 1]
tables = st.sampled_from(FILLED)


def rows_of(schema):
    return read(RAW[schema.name], schema).rows


def found(rule, message, hint, row=None, column=None, found=None):
    """Return a finding of contributions.csv."""
    file = "2013-14/contributions.csv"
    return Finding(rule, "error", file, message, hint, row, column, found)


def with_cell(row, column, cell, schema=CONTRIBUTIONS):
    records = records_of(schema)
    records[row - 1][records[0].index(column)] = cell
    return records


def only(file):
    assert len(file.findings) == 1, [str(finding) for finding in file.findings]
    return file.findings[0]


# What comes to the same rows --------------------------------------------------------------------


@st.composite
def saved(draw, schema):
    """Draw a table's file as a spreadsheet program, or a person, may save it."""
    records = records_of(schema)
    order = draw(st.permutations(range(len(records[0]))))
    spaces = draw(st.sampled_from(("", " ", "  ")))
    records = [[spaces + record[place] + spaces for place in order] for record in records]
    ends = draw(st.sampled_from(("\n", "\r\n")))
    quoting = draw(st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)))
    raw = written(records, lineterminator=ends, quoting=quoting)
    mark = draw(st.sampled_from((b"", b"\xef\xbb\xbf")))
    return mark + raw + draw(st.sampled_from((b"", b",,,,,\n,,,,,\n", b"\n\n")))


@pytest.mark.parametrize("schema", COMMITTED, ids=lambda schema: schema.name)
@settings(max_examples=3)
@given(data=st.data())
def test_order_of_columns_spaces_quotation_marks_and_line_ends_make_no_difference(schema, data):
    file = read(data.draw(saved(schema)), schema)
    assert file.findings == []
    assert file.rows == rows_of(schema)


@given(tables, st.data())
def test_a_file_may_lack_what_is_optional_and_every_other_column_is_missed_by_its_name(
    schema, data
):
    """The folder of an earlier year stays valid when a column is added that may be empty."""
    records = records_of(schema)
    kept = data.draw(st.lists(st.sampled_from(records[0]), min_size=1, unique=True))
    if "basis" in kept:  # what rests on a document names it
        named = [name for name in ("source", "locator") if name in records[0]]
        kept += [name for name in named if name not in kept]
    places = [records[0].index(name) for name in kept]
    file = read([[record[place] for place in places] for record in records], schema)
    missed = [c for c in schema.columns if c.required and c.name not in kept]
    assert [(f.rule, f.row, f.column, f.message) for f in file.findings] == [
        ("L2", 1, column.name, "this column is missing.") for column in missed
    ]
    for told, column in zip(file.findings, missed, strict=True):
        assert told.hint == f"Add it: {column.description.lower()}."
    if not missed:
        optional = {column.name: None for column in schema.columns if column.name not in kept}
        assert file.rows == tuple(row.model_copy(update=optional) for row in rows_of(schema))


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("note", "", None),
        ("organisation", 'The "old", or\nfirst, agency', 'The "old", or\nfirst, agency'),
        ("organisation", "=HYPERLINK(A1)", "=HYPERLINK(A1)"),
        ("organisation", "{{ x }} <b>|</b>", "{{ x }} <b>|</b>"),
        ("organisation", "amount", "amount"),  # a name of a column makes no header of a row
    ],
)
def test_a_cell_is_the_text_that_it_is_and_an_empty_one_a_missing_value(column, cell, value):
    file = read(with_cell(2, column, cell))
    assert file.findings == []
    assert getattr(file.rows[0], column) == value


def test_a_file_is_known_by_its_path_and_hash_and_whether_it_is_protected():
    for schema in (CONTRIBUTIONS, BY_NAME["child_deaths"]):
        raw = RAW[schema.name]
        told = read(raw, schema).input
        assert (told.path, told.sha256) == (schema.path(YEAR), hashlib.sha256(raw).hexdigest())
        assert told.is_protected == (schema is not CONTRIBUTIONS)


def test_a_board_s_own_vocabulary_replaces_the_declared_one():
    """Its codes are read; what stands outside it is refused with its codes."""
    own = {"statutory_heading": Vocabulary("statutory_heading", {"premises": "Premises"})}
    schema = TableSchema(Expenditure, own)
    records = records_of(schema)
    place = records[0].index("statutory_heading")
    for record in records[1:]:
        record[place] = "premises"
    file = read(records, schema)
    assert file.findings == []
    assert {row.statutory_heading for row in file.rows} == {"premises"}
    records[2][place] = "training"
    told = only(read(records, schema))
    assert (told.row, told.column, told.found) == (3, "statutory_heading", "training")
    own = "A board's own codes stand in reference/vocabularies.csv."
    assert (told.message, told.hint) == ("expected one of: premises.", own)


# Cells ------------------------------------------------------------------------------------------

WRONG = {
    "money": "45.203",
    "count": "1.5",
    "number": "58,9",
    "month": "Jun-13",
    "months": "2014-M10;",
    "years": "2013-14 2014-15",
    "year": "2013/14",
    "day": "01/10/2014",
    "period": "Q1 2013",
    "identifier": "Two Words",
    "code": "no_such_code",
    "codes": "no_such_code",
    "words": "one;;two",
    "action": "3.2B",
    "action area": "3",
    "text": "a\x07b",
    "reference": "a\x07b",
}
MISSING_WORDS = ("n/a", "N/A", "NaN", "nan", "-", "–", "—", "--", "NULL", "na")


@dataclass(frozen=True)
class WrongCell:
    """A cell that its column does not allow, and how it must be told."""

    row: int
    column: str
    cell: str
    message: str | None
    hint: str | None
    found: str | None


@st.composite
def wrong_cells(draw, schema):
    """Draw a cell of another form, an empty one, or one that says "missing" in words."""
    records = records_of(schema)
    row = draw(st.integers(2, len(records)))
    column = draw(st.sampled_from([c for c in schema.columns if c.name in records[0]]))
    which = draw(
        st.sampled_from(("wrong", "word", "empty") if column.required else ("wrong", "word"))
    )
    if which == "wrong":
        cell = WRONG[column.kind.name]
        return WrongCell(row, column.name, cell, None, None, cell)
    if which == "empty":
        hint = f"Enter {in_year(column.kind.to_enter, YEAR)}."
        if column.name in SourcedRow.model_fields:
            hint += " For a whole table it can be said once, in table_sources.csv."
        return WrongCell(row, column.name, "", "the cell is empty.", hint, None)
    cell = draw(st.sampled_from(MISSING_WORDS))
    return WrongCell(row, column.name, cell, MISSING, None, cell)


@settings(max_examples=150)
@given(tables, st.data())
def test_all_wrong_cells_are_told_at_once_each_once_and_no_other_row_is_lost(schema, data):
    """With row, column, what is found, what is allowed and what to do."""
    drawn = st.lists(
        wrong_cells(schema), min_size=1, max_size=4, unique_by=lambda w: (w.row, w.column)
    )
    wrong = {(w.row, w.column): w for w in data.draw(drawn)}
    records = records_of(schema)
    for w in wrong.values():
        records[w.row - 1][records[0].index(w.column)] = w.cell
    # A row of empty cells alone is told as one, and what stands alone in the last as a remark
    assume(all(any(record) for record in records) and sum(map(bool, records[-1])) > 1)
    file = read(records, schema)
    assert sorted((f.row, f.column) for f in file.findings) == sorted(wrong)
    for told in file.findings:
        w = wrong[told.row, told.column]
        assert (told.rule, told.severity, told.file) == ("L4", "error", schema.path(YEAR))
        assert told.found == w.found
        assert told.message == w.message or (w.message is None and len(told.message) > 10)
        assert told.hint == w.hint or (w.hint is None and told.hint)
    damaged = {w.row for w in wrong.values()}
    assert file.rows == tuple(row for row in rows_of(schema) if row.place.row not in damaged)


def test_what_is_allowed_and_what_probably_happened_are_those_of_the_column():
    told = only(read(with_cell(3, "amount", "45.203")))
    assert str(told) == (
        '[L4] 2013-14/contributions.csv, row 3, column "amount": found "45.203"; '
        "expected pounds such as 45203 or 45203.50. "
        "It is not clear what is thousands, what is pence: write thousands without a mark."
    )
    assert only(read(with_cell(3, "amount", "lots"))).hint == "Correct the cell."


def test_other_words_beside_what_is_verbatim_are_refused_at_their_cell():
    told = only(read(with_cell(4, "as_printed", "30,156")))
    assert (told.row, told.column, told.found) == (4, "as_printed", "30,156")
    assert told.message == "what is verbatim is printed as the row says it."


# The header -------------------------------------------------------------------------------------


@pytest.mark.parametrize("schema", FILLED, ids=lambda schema: schema.name)
def test_a_second_header_row_is_told_alone(schema):
    header, *rows = records_of(schema)
    told = only(read([header, header, *rows], schema))
    assert (told.rule, told.row, told.column) == ("L2", 2, None)
    assert (told.message, told.hint) == ("row 2 is a second header row.", ONE_HEADER)


@pytest.mark.parametrize(
    "above", [["Contributions 2013-14"], ["Contributions", *[""] * 7], [""] * 8]
)
@pytest.mark.parametrize("between", [0, 1, 3])
def test_a_title_above_the_header_is_told_alone(above, between):
    row = 2 + between
    what = f"the column names stand in row {row}, not row 1."
    file = read([above, *[[""]] * between, *records_of(CONTRIBUTIONS)])
    hint = "Keep one header row, the first, and take out what stands above it."
    assert only(file) == found("L2", what, hint, row=row)


@pytest.mark.parametrize(
    ("below", "what"),
    [
        (["Total", "", "194,162"], "the last row is a total."),
        (["", "Grand total:", "194162", "", "", "", "", ""], "the last row is a total."),
        (["Source: the finance team"], "the last row is a remark, no row of the table."),
    ],
)
def test_a_total_or_a_remark_below_the_last_row_is_told_as_such_and_once(below, what):
    file = read([*records_of(CONTRIBUTIONS), below])
    assert (only(file).rule, only(file).message) == ("L3", what)
    assert file.rows == rows_of(CONTRIBUTIONS)


def test_an_empty_line_above_the_header_is_told():
    told = read(b"\n" + RAW["contributions"]).findings
    assert {(f.rule, f.file) for f in told} == {("L2", "2013-14/contributions.csv")}


def test_a_blank_row_above_rows_without_a_header_is_told():
    records = records_of(CONTRIBUTIONS)
    file = read([[""] * 8, *records[1:]])
    assert only(file) == found("L2", "row 1 is blank.", "Put the column names there.", row=1)


@pytest.mark.parametrize(
    ("name", "column"), [("colour", "colour"), ("", None)], ids=["extra", "nameless"]
)
def test_a_column_of_no_table_is_told_by_its_name_and_position(name, column):
    header, *rows = records_of(CONTRIBUTIONS)
    file = read([[*header, name], *([*row, "red"] for row in rows)])
    what = "column 9 is not a column of this table."
    hint = "Remove it, or move it to a note."
    assert only(file) == found("L2", what, hint, row=1, column=column, found=name)


@given(tables, st.data())
def test_a_column_that_stands_twice_is_named(schema, data):
    records = records_of(schema)
    place = data.draw(st.integers(0, len(records[0]) - 1))
    told = only(read([[*record, record[place]] for record in records], schema))
    assert (told.rule, told.row, told.column) == ("L2", 1, records[0][place])
    assert (told.message, told.hint) == ("this column stands twice.", "Keep one.")


@pytest.mark.parametrize("misspelt", ["ammount", "Amount", "amount (£)", "amounts"])
def test_a_misspelt_column_is_suggested(misspelt):
    """And not told again as one that is missing."""
    records = records_of(CONTRIBUTIONS)
    records[0][2] = misspelt
    what = "column 3 is not a column of this table."
    assert read(records).findings == [
        found("L2", what, 'Is it "amount"? Rename it.', 1, misspelt, misspelt)
    ]


def test_a_header_in_capitals_or_in_words_is_told_once():
    records = records_of(CONTRIBUTIONS)
    records[0] = [name.upper().replace("_", " ") for name in records[0]]
    told = only(read(records))
    assert told.message == "8 columns have their names in another form."
    assert told.hint.startswith("Write them as agency, organisation, amount, ")


def test_blank_columns_and_cells_that_a_program_adds_or_leaves_out_make_no_difference():
    """As when a spreadsheet saves a used range that is wider, or narrower, than the table."""
    records = records_of(CONTRIBUTIONS)
    for spaced in (
        [[*record, "", ""] for record in records],
        [[*record, *[""] * n] for n, record in enumerate(records)],
        [[*record[:2], "", *record[2:]] for record in records],
        [["", *record] for record in records],
        [
            record if not n else "\t".join(record).rstrip("\t").split("\t")
            for n, record in enumerate(records)
        ],
    ):
        file = read(spaced)
        assert (file.findings, file.rows) == ([], rows_of(CONTRIBUTIONS))


def test_a_row_that_lacks_a_cell_which_it_needs_is_still_told():
    records = records_of(CONTRIBUTIONS)
    records[2] = records[2][:4]
    assert only(read(records)).message == "the row has 4 cells; the header has 8."


def test_a_misspelt_optional_column_is_suggested_and_not_called_missing():
    records = records_of(CONTRIBUTIONS)
    records[0][7] = "notes"
    assert only(read(records)).hint == 'Is it "note"? Rename it.'


# Rows -------------------------------------------------------------------------------------------


@given(tables, st.data())
def test_a_row_of_another_length_and_a_blank_one_are_told_and_the_others_read(schema, data):
    """As when `45,203` is typed without quotation marks."""
    records = records_of(schema)
    width, row = len(records[0]), data.draw(st.integers(2, len(records)))
    optional = [not column.required for column in schema.columns]
    named = dict(zip((column.name for column in schema.columns), optional, strict=True))
    needed = max(n for n, name in enumerate(records[0], 1) if not named[name])
    too_few = st.integers(1, needed - 1) if needed > 1 else st.nothing()
    cells = data.draw(too_few | st.integers(width + 1, width + 3))
    records[row - 1] = ["x"] * cells
    after = data.draw(st.integers(1, len(records) - 1))
    records.insert(after, data.draw(st.sampled_from(([], [""] * width))))
    row, blank = row + (after < row), after + 1
    file = read(records, schema)
    assert {(f.rule, f.row, f.message, f.hint) for f in file.findings} == {
        (
            *("L3", row, f"the row has {cells} cells; the header has {width}."),
            "A value that holds a comma must stand in quotation marks.",
        ),
        ("L3", blank, "the row is blank.", "Delete it."),
    }
    assert len(file.findings) == 2
    assert len(file.rows) == len(records) - 3


@pytest.mark.parametrize("end", [b"", b"\n", b"\n\n,,,,,,,\n"])
def test_a_header_without_rows_is_a_table_that_the_year_has_nothing_to_put_into(end):
    file = read(RAW["contributions"].splitlines()[0] + end)
    assert (file.rows, file.findings) == ((), [])


@given(tables, st.data())
def test_every_row_that_repeats_a_key_is_told_with_the_row_that_had_it_first(schema, data):
    records = records_of(schema)
    row = data.draw(st.integers(2, len(records)))
    times = data.draw(st.integers(1, 2))
    file = read([*records, *[records[row - 1]] * times], schema)
    keyed = [schema.info.keys, *((name,) for name in schema.info.distinct)]
    assert [(f.rule, f.row, f.column, f.message, f.hint) for f in file.findings] == [
        (
            *("L5", len(records) + n, keys[0], f"the same {' and '.join(keys)} as row {row}."),
            "Each may stand once: correct one of them, or add them up.",
        )
        for keys in keyed
        for n in range(1, times + 1)
    ]


def test_two_rows_that_would_head_two_columns_alike_are_told():
    schema = BY_NAME["groups"]
    records = records_of(schema)
    twin = [*records[1]]
    twin[records[0].index("group")] = "another_code"
    found = only(read([*records, twin], schema))
    assert (found.rule, found.column, found.message) == ("L5", "name", "the same name as row 2.")


def test_a_key_of_several_columns_is_told_with_all_of_them():
    schema = BY_NAME["referral_outcomes"]
    records = records_of(schema)
    found = only(read([*records, records[1]], schema)).found
    assert found == "children, serious_case_review, silp"


def test_a_part_of_a_key_that_is_empty_is_like_another_that_is_and_is_left_out_of_what_is_told():
    """Two methods of one outcome have a row each; two rows without a method are one too many."""
    schema = BY_NAME["referral_outcomes"]
    records = records_of(schema)
    place = records[0].index("method")
    for method, other, is_sound in (
        ("silp", "help", True),
        ("silp", "", True),
        ("", "", False),
        ("help", "help", False),
    ):
        first, second = [*records[1]], [*records[1]]
        first[place], second[place] = method, other
        file = read([records[0], first, second], schema)
        told = [(f.row, f.column, f.found) for f in file.findings]
        key = ", ".join(filter(None, ("children, serious_case_review", method)))
        assert told == ([] if is_sound else [(3, "stream", key)])


def test_one_period_in_two_forms_is_one_key():
    schema = TableSchema(Measurement)
    records = with_cell(2, "period", "2012", schema)
    again = [*records[1]]
    again[records[0].index("period")] = "year to December 2012"
    assert only(read([*records, again], schema)).rule == "L5"


@pytest.mark.parametrize("column", ["first_month", "last_month"])
@pytest.mark.parametrize("month", ["2013-M03", "2014-M04", "1999-M12"])
def test_a_month_outside_the_year_is_told_where_it_must_lie_within(column, month):
    schema = BY_NAME["training_deliveries"]
    told = only(read(with_cell(3, column, month, schema), schema))
    assert (told.rule, told.row, told.column, told.found) == ("L7", 3, column, month)
    assert told.message == "expected a month of 2013-14 (April to March)."
    assert told.hint == "Correct the month, or move the row to the year it belongs to."
    assert read(with_cell(2, "published", month, BY_NAME["sources"]), BY_NAME["sources"]).rows


# Where rows come from ---------------------------------------------------------------------------

USUAL = {"source": "ar", "locator": "L7", "basis": "derived"}
WHERE_FROM = ("source", "locator", "basis")


def read_with(tmp_path, records, usual):
    """Return what is read of a file of contributions, with usual cells."""
    path = tmp_path / "2013-14/contributions.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(written(records))
    return TableFile.read(CONTRIBUTIONS, YEAR, tmp_path, usual)


@pytest.mark.parametrize("name", ["source", "basis"])
def test_a_usual_cell_stands_where_a_row_or_the_whole_file_leaves_it_empty(tmp_path, name):
    """And only there: what a row says itself holds."""
    own = rows_of(CONTRIBUTIONS)
    records = with_cell(2, name, "")
    file = read_with(tmp_path, records, USUAL)
    assert file.findings == []
    assert file.rows == (own[0].model_copy(update={name: USUAL[name]}), *own[1:])
    place = records[0].index(name)
    file = read_with(tmp_path, [r[:place] + r[place + 1 :] for r in records], USUAL)
    assert file.findings == []
    assert {getattr(row, name) for row in file.rows} == {USUAL[name]}


def test_source_locator_and_basis_are_not_mixed_from_two_places(tmp_path):
    """A locator is of its source, and what rests on no document has neither."""
    records = records_of(CONTRIBUTIONS)
    source, locator, basis = (records[0].index(name) for name in WHERE_FROM)
    records[1][locator] = ""  # a source of its own: the usual locator is of another one
    for number, told in ((2, ""), (3, "own_record")):
        records[number][source], records[number][locator], records[number][basis] = "", "", told
    file = read_with(tmp_path, records, USUAL)
    assert [(f.row, f.column) for f in file.findings] == [(2, "locator")]
    first, second = file.rows[:2]
    assert (first.source, first.locator, first.basis) == ("ar", "L7", "derived")
    assert (second.source, second.locator, second.basis) == (None, None, "own_record")


@pytest.mark.parametrize("name", ["source", "locator"])
@pytest.mark.parametrize("basis", words.BASIS)
def test_a_row_that_rests_on_a_document_says_on_which_and_where(name, basis):
    """A record of the Board's own, or what is invented, need not."""
    records = with_cell(3, name, "")
    records[2][records[0].index("basis")] = basis
    file = read(records)
    if basis in ("own_record", "invented"):
        assert file.findings == []
        assert getattr(file.rows[1], name) is None
    else:
        what = f'the cell is empty, and the basis "{basis}" rests on a document.'
        hint = 'Say which, here or for the whole table in table_sources.csv; or "own_record".'
        assert only(file) == found("L4", what, hint, row=3, column=name)
        assert len(file.rows) == len(rows_of(CONTRIBUTIONS)) - 1


def test_a_column_that_there_was_once_is_told_with_what_became_of_it():
    """As in a file that was written for an earlier version of the tables."""
    schema = BY_NAME["requirement_coverage"]
    header, *rows = records_of(schema)
    told = only(read([[*header, "profile"], *([*row, "working_together"] for row in rows)], schema))
    assert (told.rule, told.column) == ("L2", "profile")
    assert told.hint == "Remove it: the guidance follows from the year."


# What a finding shows ---------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["amount", "basis"])
@pytest.mark.parametrize("cell", ["x" * 300, "1\x1b[2J\x07 2", "45203\nor so"])
def test_a_value_is_told_in_one_short_line_that_no_terminal_obeys(column, cell):
    told = str(only(read(with_cell(3, column, cell))))
    assert not re.search(r"[\x00-\x1f\x7f]", told)
    assert "x" * 80 not in told
    assert "45203" not in cell or "45203⏎or so" in told


@pytest.mark.parametrize("heading", ["x" * 300, "amount\nin pounds"])
def test_a_heading_is_told_in_one_short_line(heading):
    """A file that is no table has its first line as headings: it must not flood the terminal."""
    records = records_of(CONTRIBUTIONS)
    records[0][2] = heading
    for told in read(records).findings:
        assert "\n" not in str(told)
        assert "x" * 81 not in str(told)


# Damaged files that count or describe children ----------------------------------------------------

SECRET = "Jane, aged 4, of Hay"
PROTECTED = [schema for schema in COMMITTED if schema.info.protected]


def told_of_protected(data, change):
    """Return what is told of the protected tables, each of them damaged, by file."""
    for schema in PROTECTED:
        (data / schema.path(YEAR)).write_bytes(written(change(schema, records_of(schema))))
    checks = check_year(str(YEAR), data)
    assert SECRET not in str(checks.as_json())
    assert not any(SECRET in str(finding) for finding in checks.findings)
    told = {schema.path(YEAR): set() for schema in PROTECTED}
    for finding in checks.findings:
        told.get(finding.file, set()).add((finding.rule, finding.row, finding.column))
    return told


def set_all(wanted, cell):
    def change(schema, records):
        for column in schema.columns:
            if wanted(column):
                if column.name not in records[0]:  # one that the file lacks, as it may
                    for number, record in enumerate(records):
                        record.append("" if number else column.name)
                records[1][records[0].index(column.name)] = cell
        return records

    return change


def columns_of(wanted):
    return {
        schema.path(YEAR): {("L4", 2, column.name) for column in schema.columns if wanted(column)}
        for schema in PROTECTED
    }


@pytest.mark.parametrize(
    ("wanted", "cell"),
    [
        (lambda column: column.kind.name == "text", f"{SECRET}\x07"),
        (lambda column: column.kind.name not in ("text", "reference"), SECRET),
    ],
    ids=["in a text", "slipped into another column"],
)
def test_words_about_a_child_are_told_by_their_place_and_never_echoed(data, wanted, cell):
    """As when a cell is deleted and the rest of its row moves to the left."""
    assert told_of_protected(data, set_all(wanted, cell)) == columns_of(wanted)


def test_a_first_row_that_stands_in_the_place_of_the_header_is_not_echoed(data):
    def change(schema, records):
        return set_all(lambda column: column.kind.name == "text", SECRET)(schema, records)[1:]

    for told in told_of_protected(data, change).values():
        assert {rule for rule, _, _ in told} == {"L2"}


def test_a_code_that_stands_nowhere_is_not_echoed_of_a_protected_table(data):
    told = told_of_protected(data, set_all(lambda column: column.name == "source", SECRET))
    assert all(found == {("L6", 2, "source")} for found in told.values())


# Anything at all --------------------------------------------------------------------------------


def assert_is_told(file, raw):
    """Every problem names the file, what and what to do; without problems every row is there."""
    for told in file.findings:
        assert re.fullmatch("L[1-57]|L10", told.rule)
        assert told.file == file.path
        assert told.message
        assert told.hint
        assert told.row is None or told.row >= 1
        assert str(told)
    assert file.findings or len(file.rows) == len(read_records(raw)) - 1


@settings(max_examples=150)
@given(schema=table_declarations, raw=raw_files)
def test_any_bytes_as_a_table_give_findings_or_rows(schema, raw):
    assert_is_told(read(raw, schema), raw)


@settings(max_examples=250)
@given(schema=committed_declarations, done=damage)
def test_any_damage_to_a_table_gives_findings_or_rows(schema, done):
    raw = done.done_to(RAW[schema.name])
    assert_is_told(read(raw, schema), raw)


# The file ---------------------------------------------------------------------------------------


def test_a_table_without_a_file_has_no_row_and_is_no_input(tmp_path):
    """Every part of the report is optional: a year lacks what it says nothing of."""
    file = TableFile.read(CONTRIBUTIONS, YEAR, tmp_path)
    assert (file.rows, file.findings, file.sha256) == ((), [], None)


def test_a_table_common_to_all_boards_is_read_from_the_package(tmp_path):
    (tmp_path / "common").mkdir()
    (tmp_path / "common/regimes.csv").write_bytes(b"nonsense")
    file = TableFile.read(TableSchema(Regime), YEAR, tmp_path)
    assert (file.path, file.findings) == ("common/regimes.csv", [])
    assert len(file.rows) > 1


def test_a_folder_in_the_place_of_a_table_cannot_be_read(tmp_path):
    (tmp_path / "2013-14/contributions.csv").mkdir(parents=True)
    told = only(TableFile.read(CONTRIBUTIONS, YEAR, tmp_path))
    assert (told.rule, told.row) == ("L1", None)
    assert told.message == "this is a folder, not a file."
    assert told.hint == "Move it away, and put the file there if there is one."


def test_what_is_no_csv_is_told_with_its_row_and_has_no_rows():
    file = read(RAW["contributions"].replace(b"West Mercia Police", b"\xa3"))
    assert only(file).rule == "L1"
    assert only(file).row == 4
    assert file.rows == ()


# Characters -------------------------------------------------------------------------------------


def test_a_character_that_cannot_be_printed_is_told_with_its_cell_and_loses_no_row(finding, table):
    """It would stop the PDF, minutes later and without its place."""
    table("agencies").set(3, "name", "Rat\u2011haus \uf0b7 \u4e2d")
    told = finding()
    assert (told.rule, told.row, told.column) == ("L10", 3, "name")
    assert told.found == "U+F0B7, U+4E2D (cjk unified ideograph-4e2d)"
    assert "Word's bullets" in told.hint
    assert "European languages" in told.hint


def test_a_cell_with_another_problem_is_not_told_twice(finding, table):
    table("contributions").set(2, "amount", "4\u200b5")
    assert finding().rule == "L4"


# Gaps of a draft --------------------------------------------------------------------------------


def read_draft(records, schema=CONTRIBUTIONS):
    """Return the table that is read of the records of a draft."""
    file = TableFile(schema, YEAR, is_draft=True)
    file._read(written(records))
    return file


PAID = [
    ["agency", "organisation", "amount", "basis"],
    ["council", "The Council", "100", "own_record"],
    ["police", "The Police", "", "own_record"],
    ["fire", "", "7", "own_record"],
    ["", "A school", "", "own_record"],
]


def test_an_empty_number_of_a_draft_is_a_gap_and_its_row_is_taken():
    file = read_draft(PAID[:3])
    assert [(row.agency, row.amount) for row in file.rows] == [("council", 100), ("police", None)]
    assert file.gaps == {"amount": [3]}
    assert not file.lacks_rows
    (found,) = file.findings
    assert str(found) == (
        '[L11] 2013-14/contributions.csv, column "amount": 1 cell is still to be filled: row 3. '
        "Enter pounds, with pence or without: 45203, £45,203, 45203.50; a final report needs it."
    )
    assert found.severity == "warning"


def test_a_row_of_a_draft_without_another_cell_that_it_needs_is_left_out_and_told():
    file = read_draft(PAID[:4])
    assert [row.agency for row in file.rows] == ["council", "police"]
    assert [row.agency for row in file.named_rows] == ["council", "police", "fire"]
    assert file.gaps == {"amount": [3], "organisation": [4]}
    assert file.lacks_rows
    assert {found.severity for found in file.findings} == {"warning"}


def test_a_key_of_a_draft_may_not_be_empty_and_what_else_is_wrong_is_told():
    """Every cell of the row is told, what is empty and what is wrong."""
    file = read_draft([*PAID[:2], PAID[4], ["fire", "The Fire Service", "x", "no_basis"]])
    told = {(f.rule, f.severity, f.row, f.column) for f in file.findings}
    assert told == {
        ("L4", "error", 3, "agency"),
        ("L11", "warning", None, "amount"),
        ("L4", "error", 4, "amount"),
        ("L4", "error", 4, "basis"),
    }


def test_in_a_final_report_every_empty_cell_that_it_needs_is_an_error():
    found = read(PAID).findings
    assert {(f.rule, f.severity, f.row, f.column, f.message) for f in found} == {
        ("L4", "error", row, column, "the cell is empty.")
        for row, column in ((3, "amount"), (4, "organisation"), (5, "agency"), (5, "amount"))
    }


@pytest.mark.parametrize("schema", FILLED, ids=lambda schema: schema.name)
def test_a_table_with_its_header_alone_is_a_table_without_rows(schema):
    """Whatever the status: that a final report may not leave it so, nothing here knows."""
    head = records_of(schema)[:1]
    for file in (read(head, schema), read_draft(head, schema)):
        assert (file.findings, file.rows, file.gaps) == ([], (), {})
    assert read_draft(head, schema).lacks_rows
    assert not read(head, schema).lacks_rows


@pytest.mark.parametrize("folder", ["year", "reference"])
def test_what_is_common_to_all_years_has_no_gaps(tmp_path, folder):
    """The other years that rest on it may be final."""
    schema = CONTRIBUTIONS if folder == "year" else TableSchema(Agency)
    path = tmp_path / schema.path(YEAR)
    path.parent.mkdir()
    head = "agency,organisation,amount,basis\n" if folder == "year" else "agency,name\n"
    path.write_text(head + ("police,Police,,own_record\n" if folder == "year" else "police,\n"))
    file = TableFile.read(schema, YEAR, tmp_path, is_draft=True)
    assert [f.severity for f in file.findings] == ["warning" if folder == "year" else "error"]


def test_the_last_row_of_a_draft_that_has_only_its_key_is_no_remark():
    rows = [PAID[0], ["the lay members", "", "", ""]]
    assert [f.rule for f in read_draft(rows).findings] == ["L11"] * 3
    assert [f.rule for f in read(rows).findings] == ["L3"]
