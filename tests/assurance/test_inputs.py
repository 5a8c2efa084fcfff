"""What went into a report: files, versions, bases of rows; and the data dictionary."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

import hscb_report
from hscb_report.assurance.inputs import TOOLS
from hscb_report.report import DEFAULT_DATA, open_report, table_schemas
from hscb_report.results.published import Published

PACKAGE = Path(hscb_report.__file__).parent


def test_every_file_that_was_read_is_listed_with_its_hash() -> None:
    rows = open_report("2013-14", "board").exhibit("inputs").texts()
    for file, told in rows:
        root = PACKAGE if file.startswith("common/") else DEFAULT_DATA
        assert told == hashlib.sha256((root / file).read_bytes()).hexdigest()
    read = {file for file, _ in rows}
    there = {
        path.relative_to(DEFAULT_DATA).as_posix()
        for folder in ("reference", "2013-14")
        for path in (DEFAULT_DATA / folder).glob("*.csv")
    }
    common = {path.relative_to(PACKAGE).as_posix() for path in (PACKAGE / "common").glob("*.csv")}
    assert there | common | {"board.toml", "2013-14/year.toml"} == read


def test_the_public_edition_tells_no_hash_of_a_protected_file(report: Published) -> None:
    told = dict(report.exhibit("inputs").texts())
    protected = [t.path("2013-14") for t in table_schemas() if t.info.protected]
    protected = [file for file in protected if (DEFAULT_DATA / file).exists()]
    assert {told[file] for file in protected} == {"not told in the public edition"}


def test_the_versions_are_those_that_are_installed(report: Published) -> None:
    assert dict(report.exhibit("versions").texts()) == {name: version(name) for name in TOOLS}


def test_the_rows_of_each_table_are_counted_by_their_basis(report: Published) -> None:
    rows = {
        row[0]: [int(cell) for cell in row[1:]] for row in report.exhibit("data-quality").texts()
    }
    assert rows["Agencies' contributions"] == [6, 6, 0, 0, 0]
    assert all(sum(bases) in (0, total) for total, *bases in rows.values())


def test_the_dictionary_has_a_table_for_each_table_and_a_row_for_each_column(
    report: Published,
) -> None:
    for schema in table_schemas():
        shown = report.exhibit(f"dictionary-{schema.name.replace('_', '-')}")
        assert [row[0] for row in shown.texts()] == [column.name for column in schema.columns]
        for row, column in zip(shown.texts(), schema.columns, strict=True):
            assert row[3].endswith("may be empty") != column.required
            assert all(code in row[3] for code in column.kind.vocabulary or ())
