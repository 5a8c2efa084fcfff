"""The schema: what it promises of itself, and that the committed data can pass a spreadsheet."""

import csv
import re
from itertools import pairwise

import pytest
from pydantic import ValidationError

from hscb_report.report import DEFAULT_DATA
from hscb_report.schema import Place, declared_tables
from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import (
    Month,
    parse_count,
    parse_money,
    parse_month,
    parse_number,
    parse_year,
)
from hscb_report.schema.describe import schema_as_json, schema_as_text
from hscb_report.schema.finance import Contribution
from hscb_report.schema.row import SourcedRow
from tests.conftest import COMMITTED

TABLES = declared_tables()
TABLE_FIELDS = {"table", "file", "title", "required", "columns", "keys", "protected"}
COLUMN_FIELDS = {"name", "type", "unit", "required", "vocabulary", "description"}
VOCABULARIES = {
    name: value
    for name, value in vars(words).items()
    if name.isupper() and name != "DEATH_CATEGORIES"
}
FILES = sorted(DEFAULT_DATA.rglob("*.csv"))


# The declarations -----------------------------------------------------------------------------


def test_a_table_is_described_by_exactly_the_promised_fields():
    """`schema --format json` holds the fields of the interface, no more and no fewer."""
    for table in schema_as_json():
        assert set(table) == TABLE_FIELDS, table["table"]


def test_a_column_is_described_by_exactly_the_promised_fields():
    for table in schema_as_json():
        for column in table["columns"]:
            assert set(column) == COLUMN_FIELDS, (table["table"], column["name"])


def test_the_promised_fields_are_there_with_the_promised_types():
    for table in schema_as_json("2013-14"):
        assert set(table) >= TABLE_FIELDS
        assert re.fullmatch(rf"(2013-14|reference)/{table['table']}\.csv", table["file"])
        assert isinstance(table["required"], bool)
        assert isinstance(table["protected"], bool)
        for column in table["columns"]:
            assert set(column) >= COLUMN_FIELDS
            assert isinstance(column["required"], bool)
            assert column["description"]
            assert column["vocabulary"] is None or all(column["vocabulary"])
            assert column["type"].startswith("code") == (column["vocabulary"] is not None)


def test_every_declared_table_is_described_once_and_has_a_committed_file():
    names = [table["table"] for table in schema_as_json()]
    assert len(names) == len(set(names)) == len(TABLES)
    required = {table["table"] for table in schema_as_json() if table["required"]}
    assert required <= {path.stem for path in FILES} <= set(names)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_key_columns_of_a_table_exist_and_must_be_filled(table):
    required = {column.name for column in table.columns if column.required}
    # An accepted warning may be about no single row.
    may_be_empty = {"row"} if table.name == "accepted" else set()
    assert table.info.keys
    assert set(table.info.keys) - required == may_be_empty


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_what_a_column_refers_to_is_a_column_of_a_declared_table(table):
    by_name = {other.name: other for other in TABLES}
    for column in table.columns:
        if column.kind.references:
            target, name = column.kind.references.split(".")
            assert name in {other.name for other in by_name[target].columns}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_columns_that_say_where_a_row_comes_from_stand_last(table):
    if issubclass(table.row, SourcedRow):
        names = [column.name for column in table.columns]
        assert names[-5:] == ["source", "locator", "basis", "as_printed", "note"]


def test_counts_of_children_and_cases_are_protected_and_money_is_not():
    """Disclosure control decides on tables that count or describe children or victims."""
    protected = {table.name for table in TABLES if table.info.protected}
    assert protected >= {
        *("referrals", "referral_outcomes", "reviews_carried_over", "referral_totals"),
        *("child_deaths", "cdop_lessons", "audit_programme"),
    }
    assert not protected & {
        *("contributions", "expenditure", "fund_balances", "budget_totals", "agencies"),
        *("training_totals", "training_deliveries", "membership"),
    }


def test_the_description_for_people_names_every_table_and_column():
    paragraphs = schema_as_text().strip().split("\n\n")
    for table, paragraph in zip(TABLES, paragraphs, strict=True):
        assert paragraph.startswith(table.name)
        for column in table.columns:
            assert re.search(rf"^  {column.name} ", paragraph, re.M)


def test_a_row_cannot_be_changed():
    row = Contribution(
        place=Place("f.csv", 2),
        agency="a",
        organisation="A",
        amount="1",
        source="ar",
        locator="L1",
        basis="verbatim",
        as_printed=None,
        note=None,
    )
    with pytest.raises(ValidationError):
        row.amount = 2


# The vocabularies -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_code_has_a_label_of_its_own(name):
    labels = list(VOCABULARIES[name].values())
    assert len(labels) == len(set(labels))
    assert all(label.strip() for label in labels)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_vocabulary_cannot_be_changed(name):
    with pytest.raises(TypeError):
        VOCABULARIES[name]["new"] = "New"


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("STREAM", ["Children", "Adults", "DHR"]),
        (
            "REFERRAL_OUTCOME",
            [
                "Serious Case Reviews",
                "Independently chaired multi-agency review",
                "Internally chaired multi-agency review",
                "Single Agency Review",
                "Did not meet criteria for review",
            ],
        ),
        (
            "REVIEW_METHOD",
            [
                "Significant Incident Learning Process (SILP)",
                "Herefordshire Evaluation and Learning Process (HELP)",
            ],
        ),
        (
            "JOURNEY_AREA",
            [
                "Safeguarding Training",
                "Governance",
                "Policy and Procedures",
                "Audit and Case Analysis",
                "Performance Monitoring",
                "Voice of the Child",
                "Children at higher risk",
            ],
        ),
        (
            "FINDING_STATUS",
            [
                "Resolved",
                "Improved",
                "Partly improved",
                "Process improved, outcome not",
                "Not improved",
                "Not reviewed",
            ],
        ),
        (
            "STATUTORY_HEADING",
            ["Child death reviews", "Case reviews", "Training and learning events", "Other"],
        ),
        ("TRAINING_LEVEL", ["Universal", "Targeted", "Specialist", "Level not stated"]),
        ("COUNTED", ["deaths in the year", "reviews completed in the year"]),
        ("BUDGET_TOTAL", ["Total income", "Total expenditure"]),
        ("VALUE_QUALIFIER", ["exact", "approximately", "over"]),
    ],
)
def test_labels_are_those_of_the_source_in_its_order(name, labels):
    assert list(VOCABULARIES[name].values()) == labels


def test_the_bases_are_the_four_of_the_specification():
    assert set(words.BASIS) == {"verbatim", "corrected", "inferred", "derived"}


def test_the_age_bands_cover_childhood_without_a_gap():
    bands = [
        re.fullmatch(r"(\d+) to (\d+) (days|years)", band).groups()
        for band in words.DEATH_CATEGORIES["age_band"]
    ]
    days = [(int(a), int(b)) for a, b, unit in bands if unit == "days"]
    years = [(int(a), int(b)) for a, b, unit in bands if unit == "years"]
    assert days == [(0, 27), (28, 364)]
    assert (years[0][0], years[-1][1]) == (1, 17)
    assert all(after[0] == before[1] + 1 for before, after in pairwise(years))


def test_every_dimension_of_child_deaths_has_its_categories():
    assert set(words.DEATH_CATEGORIES) == set(words.DEATH_DIMENSION)
    of_each = [code for group in words.DEATH_CATEGORIES.values() for code in group]
    assert sorted(of_each) == sorted(words.DEATH_CATEGORY)


# The cells ------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["45203", "45,203", "£45,203", "£ 45,203.00", "45203.00"])
def test_pounds_may_be_written_in_the_usual_ways(cell):
    assert parse_money(cell) == 45203


@pytest.mark.parametrize(("cell", "value"), [("0", 0), ("12", 12), ("1,583", 1583), ("1583", 1583)])
def test_a_count_may_have_thousands_separators(cell, value):
    assert parse_count(cell) == value


@pytest.mark.parametrize(("cell", "value"), [("61.25", 61.25), ("184,900", 184900), ("-3", -3)])
def test_a_number_may_have_decimals_and_a_sign(cell, value):
    assert float(parse_number(cell)) == value


@pytest.mark.parametrize("parse", [parse_money, parse_count, parse_number, parse_month, parse_year])
@pytest.mark.parametrize(
    "cell", ["", " ", "abc", "１２", "1e3", "0x10", "1_000", "inf", "1 000", "+1"]
)
def test_nothing_is_guessed_from_a_cell_of_another_form(parse, cell):
    with pytest.raises(ValueError, match="expected"):
        parse(cell)


@pytest.mark.parametrize("cell", ["2013-M06", "2013-06"])
def test_a_month_is_read_in_both_forms_and_written_in_the_one_that_survives(cell):
    assert str(parse_month(cell)) == "2013-M06"
    assert parse_month(cell).text == "June 2013"


def test_months_are_counted_from_month_to_month():
    assert Month(2013, 7).months_until(Month(2014, 2)) == 7
    assert Month(2014, 2).months_until(Month(2013, 7)) == -7
    assert Month(2013, 7).months_until(Month(2013, 7)) == 0


# The committed data ---------------------------------------------------------------------------

NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
NUMBER = r"\d{1,4}"
REWRITTEN = {
    "a month and a number": rf"(?:{NAMES})[-\s/.,]*{NUMBER}",
    "a number and a month": rf"{NUMBER}(?:st|nd|rd|th)?[-\s/.]*(?:{NAMES})",
    "a day, a month and a year": rf"{NUMBER}(?:st|nd|rd|th)?[-\s/.]*(?:{NAMES})[-\s/.,]*{NUMBER}",
    "a month, a day and a year": rf"(?:{NAMES})[-\s/.]*{NUMBER},?[-\s/]+{NUMBER}",
    "two small numbers": r"(?:0?[1-9]|[12]\d|3[01])[-/](?:0?[1-9]|[12]\d|3[01])",
    "a year and a month": r"(?:19|20)\d{2}[-/](?:0?[1-9]|1[0-2])",
    "a year with a slash": r"(?:19|20)\d{2}/\d{2}",
    "a month and a year in numbers": r"(?:0?[1-9]|1[0-2])[-/](?:19|20)?\d{2}",
    "three numbers": rf"{NUMBER}[-/.]\d{{1,2}}[-/.]{NUMBER}",
    "a time": r"\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?",
    "a number in E notation": r"\d+(?:\.\d+)?e[-+]?\d+",
    "a formula": r"[=+@-].*",
    "a number with leading zeros": r"0\d+",
    "more digits than a spreadsheet keeps": r"\d{16,}",
    "a truth value": r"true|false",
    "an error value": r"#.*",
}


def rewriting(cell: str) -> list[str]:
    """Return what a spreadsheet program would take the cell for."""
    return [
        what
        for what, form in REWRITTEN.items()
        if re.fullmatch(form, cell.strip(), re.IGNORECASE | re.DOTALL)
    ]


@pytest.mark.parametrize(
    "cell",
    [
        *("Sep 14", "Sep-14", "SEPT14", "Jun 2013", "June 2013", "14 Sep", "1-4", "10-14", "1/4"),
        *("2013/14", "2013-06", "2013/6", "01/06", "01/06/2013", "1 October 2014", "1st Oct 2014"),
        *("October 1, 2014", "2014-10-01", "01.10.2014", "12:30", "1E5", "2e10", "=SUM(A1)"),
        *("-x", "+1", "@a", "007", "12345678901234567", "TRUE", "#N/A", "6/2013", "Mar-1"),
    ],
)
def test_what_a_spreadsheet_rewrites_is_recognised(cell):
    """The regular expressions below know the forms that must not be used."""
    assert rewriting(cell)


@pytest.mark.parametrize(
    "cell", ["2013-14", "2013-M06", "1 to 4 years", "L12-34", "May be", "year to September 2013"]
)
def test_the_forms_that_the_data_uses_are_safe(cell):
    assert not rewriting(cell)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_committed_cell_is_rewritten_by_a_spreadsheet(path):
    with path.open(encoding="utf-8", newline="") as file:
        for number, record in enumerate(csv.reader(file), 1):
            for cell in record:
                assert not rewriting(cell), f"{path.name}, row {number}: {cell}"


def test_no_code_or_label_of_a_column_is_rewritten_by_a_spreadsheet():
    for table in TABLES:
        for column in table.columns:
            for code in column.kind.vocabulary or ():
                assert not rewriting(code)


SOURCED = [table.name for table in TABLES if issubclass(table.row, SourcedRow)]
COMMITTED_SOURCED = [table.name for table in COMMITTED if table.name in SOURCED]
# What this project says of its own report, and not of the source.
OURS = {"accepted", "exempt_numbers", "action_status"}


def test_every_table_of_the_year_that_is_not_our_own_says_where_its_rows_come_from():
    of_the_year = {table.name for table in TABLES if table.info.folder == "year"}
    assert set(SOURCED) == of_the_year - {"sources"} - OURS


def test_an_accepted_warning_and_an_exempt_number_say_why(tables):
    for row in (*tables.accepted, *tables.exempt_numbers):
        assert len(row.reason) > 10, row.place


@pytest.mark.parametrize("name", COMMITTED_SOURCED)
def test_every_committed_row_has_a_source_a_locator_and_a_basis(tables, name):
    rows = getattr(tables, name)
    assert rows
    for row in rows:
        assert row.source in {source.source for source in tables.sources}
        assert row.basis in words.BASIS
        for part in row.locator.split(", "):
            lines = re.fullmatch(r"L(\d+)(?:-(\d+))?", part)
            assert lines, f"{row.place}: {row.locator}"
            first, last = int(lines[1]), int(lines[2] or lines[1])
            assert 1 <= first <= last <= 1292, f"{row.place}: {row.locator}"


@pytest.mark.parametrize("name", COMMITTED_SOURCED)
def test_a_row_that_is_not_as_printed_says_what_is_printed_or_why(tables, name):
    """A corrected or inferred row keeps the print, or says what is read into what is lost.

    A derived one says how, or has a note.
    """
    for row in getattr(tables, name):
        if row.basis in ("corrected", "inferred"):
            assert row.as_printed or row.note, row.place
        if row.basis == "derived":
            assert row.note or getattr(row, "how", None), row.place
