"""A year's data: what is read of it, and that every problem of every file is told at once."""

from __future__ import annotations

import csv
import hashlib
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

import hscb_report
from hscb_report.errors import ReportError
from hscb_report.findings import Finding
from hscb_report.report import DEFAULT_DATA, table_schemas
from hscb_report.schema.assurance import Acceptance, NumberExemption
from hscb_report.schema.reference import Source
from hscb_report.schema.row import SourcedRow
from hscb_report.store.year import RULES, available_years, load_year
from hscb_report.years import ReportingYear
from tests.conftest import COMMITTED, YEAR, copied_data
from tests.strategies import committed_declarations, damage

PACKAGE = Path(hscb_report.__file__).parent
SCHEMAS = table_schemas()
BY_NAME = {schema.name: schema for schema in SCHEMAS}
COMMON = [schema for schema in SCHEMAS if schema.info.folder == "common"]
OF_DATA = [schema for schema in SCHEMAS if schema.info.folder != "common"]
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
    paths = {schema.path(YEAR): schema.info.protected for schema in (*COMMITTED, *COMMON)}
    paths |= dict.fromkeys(SETTINGS, False)
    assert {found.path: found.is_protected for found in committed.inputs} == paths
    assert committed.protected == {s.path(YEAR) for s in SCHEMAS if s.info.protected}
    for found in committed.inputs:
        root = PACKAGE if found.path.startswith("common/") else DEFAULT_DATA
        raw = (root / found.path).read_bytes()
        assert found.sha256 == hashlib.sha256(raw).hexdigest()


def test_loading_does_not_write(data):
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    load_year(YEAR, data, SCHEMAS)
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before


def test_the_order_of_the_tables_makes_no_difference(committed):
    loaded = load_year(YEAR, DEFAULT_DATA, SCHEMAS[::-1])
    assert loaded.findings == ()
    assert all(loaded.tables[s.row] == committed.tables[s.row] for s in SCHEMAS)


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


def test_a_year_of_nothing_but_its_settings_has_no_findings(data):
    """Every part of a report is optional; a year's file stays valid when a table is added."""
    for path in (data / "2013-14").glob("*.csv"):
        path.unlink()
    loaded = load_year(YEAR, data, SCHEMAS)
    assert told(loaded) == set()
    assert {row.info.folder for row in loaded.tables} == {"reference", "common"}


@pytest.mark.parametrize("schema", OF_DATA, ids=lambda schema: schema.name)
def test_any_table_may_be_missing_or_hold_no_row(table, load, schema):
    """What is missed then is a code that another table names, and nothing of the table itself."""
    table(schema.name).path.unlink(missing_ok=True)
    loaded = load()
    assert loaded.tables[schema.row] == ()
    assert schema.path(YEAR) not in {found.path for found in loaded.inputs}
    table(schema.name).write(",".join(column.name for column in schema.columns).encode())
    empty = load()
    assert told(empty) == told(loaded)
    assert schema.name not in empty.damaged
    assert schema.path(YEAR) in {found.path for found in empty.inputs}
    if schema.name != "vocabularies":  # without a board's own words its tables hold strange ones
        assert {found.rule for found in empty.findings} <= {"L6", "L8"}
        assert all(f.rule == "L6" or f.file == "board.toml" for f in empty.findings)


def test_a_code_of_a_table_without_rows_is_told_with_that_table_s_lack(table, finding):
    table("measures").path.unlink()
    table("headline_measures").path.unlink()
    table("measurements").rewrite(lambda records: records[:2])
    told = finding()
    assert told.message == "expected a code that stands in reference/measures.csv, column measure."
    assert told.hint == f'That table has no row yet: add "{told.found}" to it.'


# An empty year ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "left", [(), ("text/",), (".hidden", "text/commentary/", "tables/~$own.csv", "Thumbs.db")]
)
def test_a_folder_that_holds_nothing_yet_is_one_message_that_says_how_to_begin(data, left):
    """Not a list of every file that there may be."""
    folder = data / "2014-15"
    folder.mkdir()
    for name in left:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir() if name.endswith("/") else path.touch()
    (told,) = load_year(ReportingYear(2014), data, SCHEMAS).findings
    assert (told.rule, told.severity) == ("L8", "error")
    assert (told.file, told.message) == ("2014-15/year.toml", "this year holds nothing yet.")
    assert 'year.toml (year = "2014-15", kind = "publication", status = "draft")' in told.hint


@pytest.mark.parametrize("name", ["text/context.md", "referrals.csv"])
def test_a_folder_with_a_first_file_is_told_what_it_lacks(data, name):
    path = data / "2014-15" / name
    path.parent.mkdir(parents=True)
    path.touch()
    found = load_year(ReportingYear(2014), data, SCHEMAS).findings
    assert ("L8", "2014-15/year.toml", "this file is missing.") in {
        (f.rule, f.file, f.message) for f in found
    }


def test_the_settings_that_the_message_of_an_empty_year_names_are_enough(data):
    settings = 'year = "2014-15"\nkind = "publication"\nstatus = "draft"\n'
    (data / "2014-15").mkdir()
    (data / "2014-15/year.toml").write_text(settings, "utf-8")
    loaded = load_year(ReportingYear(2014), data, SCHEMAS)
    assert loaded.findings == ()
    assert loaded.settings.title == "Annual Report 2014-15"
    assert (loaded.settings.as_at, loaded.settings.plan_as_at) == (date(2015, 3, 31),) * 2


# Where whole tables come from -------------------------------------------------------------------


def write_sources(data, *lines):
    text = "\n".join(("table,source,locator,basis", *lines))
    (data / "2013-14/table_sources.csv").write_text(text, "utf-8")


def without_sources(table, name):
    """Empty what the rows of a table say of where they come from."""

    def change(records):
        places = [records[0].index(column) for column in ("source", "locator", "basis")]
        for record in records[1:]:
            for place in places:
                record[place] = ""

    table(name).rewrite(change)


def test_a_source_said_once_holds_for_every_row_of_its_table_alone(table, load, data, committed):
    """A line for every table holds for those that have none of their own."""
    for name in ("contributions", "referrals"):
        without_sources(table, name)
    write_sources(data, "every_table,bp,L1,verbatim", "contributions,,L7,")
    loaded = load()
    assert loaded.findings == ()
    assert {(r.source, r.locator, r.basis) for r in loaded.tables.named("contributions")} == {
        ("bp", "L7", "verbatim")
    }
    assert {(r.source, r.locator, r.basis) for r in loaded.tables.named("referrals")} == {
        ("bp", "L1", "verbatim")
    }
    assert loaded.tables.named("expenditure") == committed.tables.named("expenditure")


@pytest.mark.parametrize(
    ("kind", "basis"), [("publication", "own_record"), ("example", "invented")]
)
def test_the_usual_basis_is_that_of_the_kind_of_report(table, load, data, kind, basis):
    without_sources(table, "contributions")
    table("discrepancies").path.unlink()
    set_kind(data, kind)
    loaded = load()
    assert loaded.findings == ()
    assert {row.basis for row in loaded.tables.named("contributions")} == {basis}
    write_sources(data, "contributions,ar,L7,derived")
    assert {row.basis for row in load().tables.named("contributions")} == {"derived"}


def test_a_reconstruction_says_of_every_row_where_it_comes_from(table, load):
    without_sources(table, "contributions")
    found = load().findings
    rows = len(table("contributions").records) - 1
    assert [(f.rule, f.column, f.message) for f in found] == [
        ("L4", "basis", "the cell is empty.")
    ] * rows
    assert all("table_sources.csv" in f.hint for f in found)


def test_a_source_of_a_table_that_there_is_not_is_told(data, finding):
    write_sources(data, "contribution,ar,L7,derived")
    told = finding()
    assert (told.rule, told.row, told.column, told.found) == ("L6", 2, "table", "contribution")
    assert told.message == "there is no such table."
    assert 'Did you mean "contributions"' in told.hint


def test_a_table_of_a_reconstruction_is_refused_in_another_report(data, load):
    set_kind(data, "publication")
    found = load().findings
    assert [(f.rule, f.file, f.message) for f in found] == [
        ("L8", "2013-14/discrepancies.csv", "this table belongs to a reconstruction.")
    ]


def set_kind(data, kind):
    path = data / "2013-14/year.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('kind = "reconstruction"', f'kind = "{kind}"'), "utf-8")


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
        if len(editor.records) > 1 and column.name in editor.records[0]:
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


# All at once ------------------------------------------------------------------------------------


def test_all_problems_of_several_files_come_at_once(table, load, data):
    table("contributions").set(2, "amount", "lots")
    table("contributions").set(3, "amount", "-1")
    table("contributions").set(3, "basis", "hearsay")
    table("expenditure").rewrite(lambda records: [*records, records[1]])
    table("referrals").write(b"\xff\xfe")
    table("audits").set(2, "first_audit", "2013-M03")
    table("membership").set(4, "agency", "nowhere")
    table("sources").rewrite(lambda records: [record[:-1] for record in records])
    table("training_totals").rewrite(lambda records: [*records[:1], [], *records[1:]])
    (data / "reference/old.csv").touch()
    (data / "2013-14/pictures.csv").write_text(
        "picture,file,caption,alternative,licence\nhall,hall.png,A hall,A hall,Ours\n", "utf-8"
    )
    (data / "board.toml").unlink()
    table("groups").set(2, "name", "\u4e2d")
    loaded = load()
    assert sorted((f.rule, f.file.split("/")[-1], f.row) for f in loaded.findings) == [
        ("L1", "old.csv", None),
        ("L1", "referrals.csv", None),
        ("L10", "groups.csv", 2),
        ("L2", "sources.csv", 1),
        ("L3", "training_totals.csv", 2),
        ("L4", "contributions.csv", 2),
        ("L4", "contributions.csv", 3),
        ("L4", "contributions.csv", 3),
        ("L5", "expenditure.csv", 9),
        ("L6", "membership.csv", 4),
        ("L7", "audits.csv", 2),
        ("L8", "board.toml", None),
        ("L9", "pictures.csv", 2),
    ]
    assert {found.severity for found in loaded.findings} == {"error"}
    no_errors = {"L11", "L12"}
    assert {found.rule for found in loaded.findings} | no_errors == {rule.code for rule in RULES}
    assert loaded.damaged == {
        *("contributions", "expenditure", "referrals", "audits", "membership", "sources"),
        *("training_totals", "pictures", "groups"),
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
        if other.name != schema.name:
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
