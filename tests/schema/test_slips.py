"""What a refused cell was likely meant to be: nothing is offered that its column refuses too."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from hscb_report.report import DEFAULT_DATA, table_schemas
from hscb_report.schema.columns import (
    ACTION,
    COUNT,
    DAY,
    IDENTIFIER,
    MONEY,
    MONTH,
    NUMBER,
    PERIOD,
    SEVERAL_MONTHS,
    SIGNED_MONEY,
    YEAR,
)
from hscb_report.schema.slips import likely
from hscb_report.store.table_file import TableFile
from hscb_report.store.year import schemas_in_force
from hscb_report.years import ReportingYear
from tests.strategies import ALLOWED

REWRITTEN = "A spreadsheet program has probably rewritten it. "


@pytest.mark.parametrize(
    ("kind", "cell", "hint"),
    [
        (MONEY, "45203.5O", 'Did you mean "45203.50"?'),
        (MONEY, "45\u00a0203", 'Did you mean "45203"?'),
        (MONEY, "$45", "It is an amount of another currency: enter it in pounds."),
        (MONEY, "45k", "Enter it in full, with all of its noughts."),
        (SIGNED_MONEY, "5-", 'Did you mean "-5"?'),
        (COUNT, "12 people", 'Did you mean "12"?'),
        (COUNT, "1E+05", "A program has shortened it to a power of ten: enter all of its digits."),
        (COUNT, "01-Feb", "A spreadsheet program has probably made a date of it: enter what its "
         "source has."),
        (NUMBER, "58,9", 'Did you mean "58.9"?'),
        (DAY, "01/06/2013", REWRITTEN + 'Did you mean "2013-M06-01" or "2013-M01-06"?'),
        (DAY, "06/23/2013", REWRITTEN + 'Did you mean "2013-M06-23"?'),
        (DAY, "41426", "It is the number by which a spreadsheet program keeps a day. "
         'Did you mean "2013-M06-01"?'),
        (MONTH, "01/06/2013", REWRITTEN + 'Did you mean "2013-M06" or "2013-M01"?'),
        (MONTH, "Jun-13", REWRITTEN + 'Did you mean "2013-M06"?'),
        (MONTH, "07-Jun-2013", REWRITTEN + 'Did you mean "2013-M06"?'),
        (SEVERAL_MONTHS, "2014-M09;Oct-14", 'Did you mean "2014-M09;2014-M10"?'),
        (YEAR, "2013/14", 'Did you mean "2013-14"?'),
        (YEAR, "Dec-11", REWRITTEN + 'Did you mean "2011-12"?'),
        (PERIOD, "Q4 2013-14", 'Did you mean "2014-M01 to 2014-M03"?'),
        (PERIOD, "Apr-Jun 2013", 'Did you mean "2013-M04 to 2013-M06"?'),
        (IDENTIFIER, "Set Events", 'Did you mean "set_events"?'),
        (ACTION, "3,2B", 'Did you mean "3.2b"?'),
        (ACTION, "no action", ""),
    ],
)  # fmt: skip
def test_what_was_probably_meant_is_told(kind, cell, hint):
    assert likely(kind.name, cell, kind.read) == hint


# Every kind of cell and of damage ---------------------------------------------------------------

YEAR_AT_HAND = ReportingYear(2021)
COLUMNS = [
    (schema, column)
    for schema in schemas_in_force(table_schemas(), DEFAULT_DATA)
    for column in schema.columns
]
DAMAGES = {
    "an invisible character": lambda cell: f"{cell[:1]}\u200b{cell[1:]}",
    "a mark of direction": lambda cell: f"\u202e{cell}",
    "a soft hyphen": lambda cell: f"{cell}\u00ad",
    "a fixed space": lambda cell: f"{cell[:2]}\u00a0{cell[2:]}",
    "mojibake": lambda cell: f"{cell} â€“ x",
    "a lost character": lambda cell: f"{cell}\ufffd",
    "an error value": lambda _: "#VALUE!",
    "another error value": lambda _: "#N/A",
    "a mark of suppression": lambda _: "*",
    "a number kept back": lambda _: "<5",
    "another mark": lambda _: "[c]",
    "more than": lambda _: "300+",
    "a missing word": lambda _: "n/a",
    "an American or British day": lambda _: "01/06/2013",
    "a serial number": lambda _: "41426",
    "a short month": lambda _: "Jun-13",
    "a label rewritten": lambda _: "01-Feb",
    "other marks of years": lambda _: "2013/14",
    "an apostrophe": lambda cell: f"'{cell}",
    "a formula": lambda cell: f'="{cell}"',
    "capitals": str.upper,
    "a unit": lambda cell: f"{cell} people",
    "wide letters": lambda cell: cell.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)}),
    "an escape": lambda cell: f"\x1b[2J{cell}",
    "a point": lambda cell: f"{cell}.",
    "a tail": lambda cell: f"{cell} ???",
}  # fmt: skip


def allowed_cell(column, data):
    if column.kind.vocabulary:
        return data.draw(st.sampled_from(tuple(column.kind.vocabulary)))
    return data.draw(ALLOWED.get(column.kind.name, ALLOWED["text"]))


def offered(hint):
    """Return the values that a hint offers for the cell itself."""
    asked = re.search(r"Did you mean (.*)\?", hint)
    return re.findall(r'"([^"]+)"', asked[1]) if asked else []


@settings(max_examples=400)
@given(st.sampled_from(COLUMNS), st.sampled_from(sorted(DAMAGES)), st.data())
def test_a_message_names_what_was_found_and_what_it_offers_passes_the_column(place, what, data):
    """Of every column of every table; examples of times are those of the year at hand."""
    schema, column = place
    cell = DAMAGES[what](allowed_cell(column, data)).strip()
    header = [c.name for c in schema.columns]
    row = [cell if name == column.name else "" for name in header]
    raw = ",".join(header) + "\n" + ",".join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in row)
    file = TableFile.of(schema, YEAR_AT_HAND, raw.encode())
    told = [f for f in file.findings if f.column == column.name and f.found is not None]
    told = [f for f in told if f.rule != "L10"]  # told by its code alone: it cannot be printed
    if not told:
        return
    assert [f.found for f in told] == [cell]
    text = f"{told[0].message} {told[0].hint}"
    assert told[0].hint
    assert not re.search("2013-M|2024-", told[0].message)
    assert str(told[0]).isprintable()
    for value in offered(text):
        column.kind.read(value)
    for number in re.findall(r'Write "([^"]+)"', told[0].hint):
        column.kind.read(number)
    if "expected" in told[0].message and column.kind.vocabulary is None:
        example = re.search(r"(?:such as|written) ([^ ,]+?)\.?(?: |$)", told[0].message)
        if example and not column.kind.several:
            column.kind.read(example[1].rstrip(".:"))


def test_damage_is_told_by_its_own_name_in_any_column():
    """A text that it spoils is refused as a number is."""
    spoils = {
        "a\u200bb": "U+200B (zero width space)",
        "a\u202eb": "U+202E (right-to-left override)",
        "a\u00adb": "U+00AD (soft hyphen)",
        "#REF!": "error value of a formula",
        "it\u00e2\u20ac\u2122s": "what is left of a character",
        "caf\u00c3\u00a9": "what is left of a character",
        "a\ufffdb": "U+FFFD",
    }
    texts = [column for _, column in COLUMNS if column.kind.name == "text"]
    assert texts
    for column in texts:
        for cell, name in spoils.items():
            with pytest.raises(PydanticCustomError, match=re.escape(name)):
                column.kind.read(cell)
