"""A year's data: what is read of it, and that every problem of every file is told at once."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import re
import shutil
from datetime import date

import pytest
from hypothesis import given, settings

from hscb_report.errors import ReportError
from hscb_report.findings import Finding
from hscb_report.report import DEFAULT_DATA, table_schemas
from hscb_report.schema import vocabularies as words
from hscb_report.schema.assurance import Acceptance, NumberExemption
from hscb_report.schema.finance import FundBalance
from hscb_report.schema.reference import Source
from hscb_report.schema.row import SourcedRow
from hscb_report.schema.vocabularies import Vocabulary
from hscb_report.store.year import RULES, available_years, load_year
from hscb_report.years import ReportingYear
from tests.conftest import COMMITTED, YEAR, copied_data
from tests.strategies import committed_declarations, damage

SCHEMAS = table_schemas()
BY_NAME = {schema.name: schema for schema in SCHEMAS}
REQUIRED = [schema for schema in SCHEMAS if schema.info.required]
OPTIONAL = [schema for schema in SCHEMAS if not schema.info.required]
SETTINGS = ("board.toml", "2013-14/year.toml")


def told(loaded):
    return {(found.rule, found.file, found.row, found.column) for found in loaded.findings}


# What is read -----------------------------------------------------------------------------------


def test_the_committed_data_has_no_findings_and_every_row_knows_its_place(committed):
    """Rows count as a spreadsheet shows them: the first below the header is row 2."""
    assert committed.findings == ()
    assert committed.damaged == frozenset()
    for schema in COMMITTED:
        rows = committed.tables.named(schema.name)
        assert committed.tables[schema.row] == rows
        assert [row.place.row for row in rows] == list(range(2, len(rows) + 2))
        assert {row.place.file for row in rows} <= {schema.path(YEAR)}


def test_the_settings_are_those_of_the_files(committed):
    assert committed.settings.board.short_name == "HSCB"
    assert committed.settings.year.as_at == date(2014, 3, 31)
    assert committed.settings.year.plan.as_at == date(2014, 10, 1)


def test_every_input_is_listed_with_its_hash_and_whether_it_is_protected(committed):
    paths = {schema.path(YEAR): schema.info.protected for schema in COMMITTED}
    paths |= dict.fromkeys(SETTINGS, False)
    assert {found.path: found.is_protected for found in committed.inputs} == paths
    assert committed.protected == {path for path, protected in paths.items() if protected}
    for found in committed.inputs:
        raw = (DEFAULT_DATA / found.path).read_bytes()
        assert found.sha256 == hashlib.sha256(raw).hexdigest()


def test_loading_does_not_write(data):
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    load_year(YEAR, data, SCHEMAS)
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before


def test_the_order_of_the_tables_makes_no_difference(committed):
    loaded = load_year(YEAR, DEFAULT_DATA, SCHEMAS[::-1])
    assert loaded.findings == ()
    assert all(loaded.tables[s.row] == committed.tables[s.row] for s in SCHEMAS)


def test_the_balances_of_the_year_before_are_read_where_they_are_sound(data, committed):
    before = data / "2012-13"
    assert committed.balances_before == ()
    before.mkdir()
    assert load_year(YEAR, data, SCHEMAS).balances_before == ()
    shutil.copy(data / "2013-14/fund_balances.csv", before)
    balances = load_year(YEAR, data, SCHEMAS).balances_before
    assert [row.amount for row in balances] == [row.amount for row in committed.tables[FundBalance]]
    assert {row.place.file for row in balances} == {"2012-13/fund_balances.csv"}
    with (before / "fund_balances.csv").open("a") as file:
        file.write("other,12,ar,L1,verbatim,,\n")
    loaded = load_year(YEAR, data, SCHEMAS)
    assert (loaded.balances_before, loaded.findings) == ((), ())


def test_a_board_s_own_code_that_leads_to_no_table_is_no_traceback(table, data):
    own = {"target": Vocabulary("target", {**words.TARGET, "campaign": "Campaign"})}
    schemas = [dataclasses.replace(schema, vocabularies=own) for schema in SCHEMAS]
    table("golden_thread").set(2, "target", "campaign")
    assert load_year(YEAR, data, schemas).findings == ()


# Years ------------------------------------------------------------------------------------------


def test_years_are_the_folders_named_like_one(data, tmp_path):
    for name in ("2012-13", "2012-14", "drafts"):
        (data / name).mkdir()
    (data / "2015-16").touch()
    assert [str(year) for year in available_years(data)] == ["2012-13", "2013-14"]
    assert available_years(tmp_path / "nowhere") == []


def test_a_year_without_a_folder_is_refused_and_the_nearest_named(data, tmp_path):
    says = r'no data for 2014-15.*Did you mean "2013-14"'
    with pytest.raises(ReportError, match=says) as refused:
        load_year(ReportingYear(2014), data, SCHEMAS)
    assert refused.value.exit_code == 1
    with pytest.raises(ReportError, match="None are known"):
        load_year(YEAR, tmp_path / "nowhere", SCHEMAS)


# Files ------------------------------------------------------------------------------------------


def test_every_missing_required_table_is_named_at_once_and_no_optional_one(data):
    """The tables that there are stay valid when an optional one is added to the schema."""
    for path in data.rglob("*.csv"):
        path.unlink()
    loaded = load_year(YEAR, data, SCHEMAS)
    assert told(loaded) == {("L1", schema.path(YEAR), None, None) for schema in REQUIRED}
    assert loaded.damaged == {schema.name for schema in REQUIRED}
    assert list(loaded.tables) == []


@pytest.mark.parametrize("schema", OPTIONAL, ids=lambda schema: schema.name)
def test_an_optional_table_may_be_missing_or_hold_no_row(table, load, schema):
    table(schema.name).path.unlink(missing_ok=True)
    loaded = load()
    assert loaded.findings == ()
    assert loaded.tables[schema.row] == ()
    assert schema.path(YEAR) not in {found.path for found in loaded.inputs}
    table(schema.name).write(",".join(column.name for column in schema.columns).encode())
    loaded = load()
    assert loaded.findings == ()
    assert schema.path(YEAR) in {found.path for found in loaded.inputs}


# Codes of other tables --------------------------------------------------------------------------

REFERENCES = [
    (schema, column)
    for schema in COMMITTED
    for column in schema.columns
    # An area must be that of its row's label: another one is told as such.
    if (column.kind.references or column.kind.references_by)
    and (schema.name, column.name)
    not in (("actions", "action_area"), ("action_areas", "development_area"))
]


def test_a_code_that_stands_in_no_other_table_is_told_at_its_cell(table, load):
    """Every reference of every table, all at once; a number that names a row like a code."""
    wanted = set()
    for schema, column in REFERENCES:
        editor = table(schema.name)
        if len(editor.records) > 1:
            editor.set(2, column.name, "9999")
            wanted.add(("L6", schema.path(YEAR), 2, column.name))
    loaded = load()
    # One table's agencies are the codes of another's; what it has lost is told there.
    assert told(loaded) >= wanted
    assert {found.rule for found in loaded.findings} == {"L6"}
    assert {found[:3] for found in told(loaded) - wanted} <= {
        ("L6", "2013-14/attendance_ratings.csv", row) for row in range(2, 99)
    }
    for found in loaded.findings:
        assert re.fullmatch(r"expected a code that stands in \S+\.csv, column \w+\.", found.message)
        assert found.hint.startswith(("Known: ", "Did you mean ", "Look the code up there."))


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("west_mercia_polise", 'Did you mean "west_mercia_police"'),
        ("West Mercia Police", 'Write its code, "west_mercia_police".'),
        ("Noople", 'Write its code, "hoople".'),
        ("herefordshire ccg", 'Write its code, "herefordshire_ccg".'),
        ("²gether NHS Foundation Trust", 'Write its code, "two_gether_trust".'),
        ("zzzzzz", "Known: brookfield_school, cafcass, "),
    ],
)
def test_an_unknown_agency_is_told_with_the_nearest_or_the_code_of_its_name(
    table, finding, cell, hint
):
    table("contributions").set(4, "agency", cell)
    told = finding()
    what = "expected a code that stands in reference/agencies.csv, column agency."
    file = "2013-14/contributions.csv"
    assert told == Finding("L6", "error", file, what, told.hint, 4, "agency", cell)
    assert told.hint.startswith(hint)


@pytest.mark.parametrize(
    ("cells", "column", "where", "hint"),
    [
        (
            {"origin": "lesson"},
            "item",
            "cdop_lessons.csv, column lesson",
            "Look the code up there.",
        ),
        ({"origin": "priority"}, "item", "stated_priorities.csv, column stated", "Known: "),
        ({"item": "incomplete_form"}, "item", "audit_findings.csv, column finding", "Did you mean"),
        ({"target": "policy"}, "reached", "policies.csv, column policy", "Known: "),
        ({"reached": "1.3"}, "reached", "actions.csv, column action", 'Did you mean "1.3'),
    ],
)
def test_the_table_in_which_a_code_must_stand_is_the_one_that_another_code_of_the_row_says(
    table, finding, cells, column, where, hint
):
    """Of a table that counts or describes children no code is told."""
    thread = table("golden_thread")
    for name, cell in cells.items():
        thread.set(2, name, cell)
    told = finding()
    assert (told.rule, told.row, told.column) == ("L6", 2, column)
    assert told.found == thread.cell(2, column)
    assert told.message == f"expected a code that stands in 2013-14/{where}."
    assert told.hint.startswith(hint)


def test_a_code_is_known_as_soon_as_the_other_says_the_right_table(table, load):
    table("golden_thread").set(2, "origin", "lesson")
    table("golden_thread").set(2, "item", "safe_sleeping")
    assert load().findings == ()


@pytest.mark.parametrize(
    ("name", "row", "column"), [("agencies", 6, "valid_from"), ("actions", 2, "due")]
)
def test_codes_of_a_damaged_table_are_not_called_unknown(table, finding, name, row, column):
    """Mend that table first: half of its codes may be missing."""
    table(name).set(row, column, "soon")
    assert (finding().rule, finding().file) == ("L4", BY_NAME[name].path(YEAR))


# Settings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", SETTINGS)
def test_a_missing_settings_file_is_named(data, finding, load, file):
    (data / file).unlink()
    assert finding() == Finding("L8", "error", file, "this file is missing.", "Add it.")
    assert load().settings is None
    (data / file).mkdir()
    assert (finding().rule, finding().file) == ("L8", file)
    assert finding().message.startswith("cannot be read (")


NO_TOML = (
    *(b"name = ", b"= x", b"[[", b'a = "x', b"a = 1\na = 2\n", 'name = "£"'.encode("cp1252")),
    *(b"a = 2013-99-99", b"a = " + b"9" * 5000, b"a = " + b"[" * 5000, b"\x00"),
)


@pytest.mark.parametrize("file", SETTINGS)
def test_settings_that_are_no_toml_are_a_finding(data, finding, file):
    """Not a traceback, be they ever so long or deep."""
    for raw in NO_TOML:
        (data / file).write_bytes(raw)
        told = finding()
        assert (told.rule, told.file, told.hint) == ("L8", file, "Mend it.")
        assert told.message.startswith("is not valid TOML: ")


@pytest.mark.parametrize("file", SETTINGS)
def test_a_settings_file_may_have_a_byte_order_mark(data, load, file, committed):
    raw = (data / file).read_bytes()
    (data / file).write_bytes(b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    assert load().settings == committed.settings


@pytest.mark.parametrize(
    ("file", "before", "after", "wanted"),
    [
        (
            *("board.toml", "short_name", "shortname"),
            {("short_name", "Field required."), ("shortname", "Extra inputs are not permitted.")},
        ),
        (
            *("2013-14/year.toml", 'status = "final"', 'status = "finished"'),
            {("status", "Input should be 'draft' or 'final'.")},
        ),
        (
            *("2013-14/year.toml", "as_at = 2014-10-01", 'as_at = "2014-10-01"'),
            {("plan.as_at", "Input should be a valid date.")},
        ),
        (
            *("2013-14/year.toml", 'year = "2013-14"', 'year = "2014-15"'),
            {(None, "is of another year.")},
        ),
        (
            *("board.toml", '"herefordshire_council"', '"herefordshire"'),
            {("local_authority", "expected a code that stands in reference/agencies.csv.")},
        ),
        (
            *("board.toml", '"hscb"', '"hscp"'),
            {("agency", "expected a code that stands in reference/agencies.csv.")},
        ),
    ],
)
def test_a_setting_that_is_not_allowed_is_told_by_its_name(data, load, file, before, after, wanted):
    path = data / file
    assert before in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    found = load().findings
    assert {(f.rule, f.severity, f.file) for f in found} == {("L8", "error", file)}
    assert {(f.column, f.message) for f in found} == wanted
    assert all(f.hint for f in found)


@pytest.mark.parametrize("section", ["plan", "covering_report"])
def test_a_section_that_is_missing_is_told_with_what_it_holds(data, finding, section):
    path = data / "2013-14/year.toml"
    parts = re.split(r"(?m)^(?=\[)", path.read_text("utf-8"))
    path.write_text("".join(p for p in parts if not p.startswith(f"[{section}]")), "utf-8")
    assert (finding().column, finding().message) == (section, "Field required.")
    assert finding().hint.startswith(f"Add the section [{section}] with title, ")


# All at once ------------------------------------------------------------------------------------


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
    loaded = load()
    assert sorted((f.rule, f.file.split("/")[-1], f.row) for f in loaded.findings) == [
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
    assert {found.severity for found in loaded.findings} == {"error"}
    assert {found.rule for found in loaded.findings} == {rule.code for rule in RULES}
    assert loaded.damaged == {
        *("contributions", "expenditure", "referrals", "audits", "membership", "sources"),
        "training_totals",
    }


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("damaged") / "data"
    copied_data(folder, "text")
    return folder


@settings(max_examples=25)
@given(schema=committed_declarations, done=damage)
def test_any_damage_to_a_table_leaves_the_others_as_they_were(schema, done, copy, committed):
    path = copy / schema.path(YEAR)
    raw = path.read_bytes()
    path.write_bytes(done.done_to(raw))
    try:
        loaded = load_year(YEAR, copy, SCHEMAS)
    finally:
        path.write_bytes(raw)
    for other in COMMITTED:
        if other != schema:
            assert loaded.tables[other.row] == committed.tables[other.row]


# The committed data can pass a spreadsheet --------------------------------------------------------

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
FORMS = {what: re.compile(form, re.IGNORECASE | re.DOTALL) for what, form in REWRITTEN.items()}
AMOUNT = re.compile(r"-\d+(\.\d\d)?")  # a spreadsheet leaves an amount below zero as it is


def rewriting(cell):
    """Return what a spreadsheet program would take the cell for."""
    if AMOUNT.fullmatch(cell):
        return []
    return [what for what, form in FORMS.items() if form.fullmatch(cell.strip())]


def test_what_a_spreadsheet_rewrites_is_recognised_and_the_forms_of_the_data_are_safe():
    for cell in (
        *("Sep 14", "Sep-14", "SEPT14", "Jun 2013", "June 2013", "14 Sep", "1-4", "10-14", "1/4"),
        *("2013/14", "2013-06", "2013/6", "01/06", "01/06/2013", "1 October 2014", "1st Oct 2014"),
        *("October 1, 2014", "2014-10-01", "01.10.2014", "12:30", "1E5", "2e10", "=SUM(A1)"),
        *("-x", "+1", "@a", "007", "12345678901234567", "TRUE", "#N/A", "6/2013", "Mar-1"),
    ):
        assert rewriting(cell), cell
    for cell in ("2013-14", "2013-M06", "1 to 4 years", "L12-34", "May be", "2014-M10-01", "-5.00"):
        assert not rewriting(cell), cell


def test_no_committed_cell_and_no_code_is_rewritten_by_a_spreadsheet():
    for path in DEFAULT_DATA.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for number, record in enumerate(csv.reader(file), 1):
                for cell in record:
                    assert not rewriting(cell), f"{path.name}, row {number}: {cell}"
    kinds = [column.kind for schema in SCHEMAS for column in schema.columns]
    for code in {code for kind in kinds for code in kind.vocabulary or ()}:
        assert not rewriting(code)


# The committed data says where it comes from ------------------------------------------------------


def test_every_committed_row_has_a_source_a_locator_and_a_basis(tables):
    """What is corrected or inferred keeps the print, or says what is read into what is lost.

    What is derived says how, or has a note.
    """
    sources = {source.source for source in tables[Source]}
    sourced = [row for row in tables if isinstance(row, SourcedRow)]
    assert len(sourced) > 500
    for row in sourced:
        assert row.source in sources
        for part in row.locator.split(", "):
            lines = re.fullmatch(r"L(\d+)(?:-(\d+))?", part)
            assert lines, f"{row.place}: {row.locator}"
            assert 1 <= int(lines[1]) <= int(lines[2] or lines[1]) <= 1292, row.place
        if row.basis in ("corrected", "inferred"):
            assert row.as_printed or row.note, row.place
        if row.basis == "derived":
            assert row.note or getattr(row, "how", None), row.place


def test_an_accepted_warning_and_an_exempt_number_say_why(tables):
    for row in (*tables[Acceptance], *tables[NumberExemption]):
        assert len(row.reason) > 10, row.place
