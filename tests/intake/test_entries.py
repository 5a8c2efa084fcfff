"""What may be entered in a column: lists that are clear, checks, examples that would be taken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hscb_report.intake.entries import (
    LONGEST_PROMPT,
    LONGEST_TITLE,
    Choice,
    Choices,
    Lists,
    asked,
    entry,
    example,
    said_once,
)
from hscb_report.report import DEFAULT_DATA, table_schemas
from hscb_report.schema import TableSchema
from hscb_report.schema.columns import code, codes, reference
from hscb_report.schema.finance import Contribution, FundBalance
from hscb_report.schema.learning import TrainingDelivery
from hscb_report.schema.line import Line
from hscb_report.schema.slips import NUMBERS
from hscb_report.schema.vocabularies import Vocabulary
from hscb_report.store.year import schemas_in_force
from hscb_report.years import ReportingYear

YEAR = ReportingYear(2024)
SCHEMAS = schemas_in_force(table_schemas(), DEFAULT_DATA)
COLUMNS = [(s, c) for s in SCHEMAS if s.info.folder == "year" for c in s.columns]
LINES = {
    "agencies": (Line(2, {"agency": "council", "name": "The County"}), Line(3, {"agency": "fire"})),
    "groups": (Line(2, {"group": "board"}), Line(3, {"group": "board", "name": "The Board"})),
}


def words(**labels: str) -> Vocabulary:
    return Vocabulary("kind_of_thing", labels)


def column(row: type, name: str):
    return next(c for c in TableSchema(row).columns if c.name == name)


@pytest.fixture
def lists() -> Lists:
    return Lists(YEAR, SCHEMAS, LINES)


def test_words_are_chosen_by_their_labels_where_these_are_clear(lists):
    found = lists.of(code(words(a="First", b="Second")))
    assert found == Choices(
        "Kind of thing", (Choice("First", "a", "First"), Choice("Second", "b", "Second"))
    )


@pytest.mark.parametrize(
    "labels",
    [{"a": "Same", "b": "same "}, {"a": "b", "b": "Other"}, {"a": "First", "b": "A"}],
    ids=["alike", "the code of another", "the code of the one before"],
)
def test_words_are_chosen_by_their_codes_where_a_label_could_mean_two(lists, labels):
    found = lists.of(code(words(**labels)))
    assert [choice.entry for choice in found.choices] == [*labels]


def test_of_several_codes_nobody_can_choose_so_the_codes_are_written(lists):
    found = lists.of(codes(words(a="First", b="Second")))
    assert [choice.entry for choice in found.choices] == ["a", "b"]
    assert found.name != lists.of(code(words(a="First", b="Second"))).name
    column_ = next(c for _, c in COLUMNS if c.kind.name == "codes")
    told = asked(column_, YEAR, found)
    assert told.check.kind == "length"
    assert "with semicolons between them" in told.prompt


def test_rows_of_another_table_are_chosen_by_their_codes_and_told_by_their_names(lists):
    found = lists.of(reference("agencies.agency"))
    named = [("council", "The County"), ("fire", "fire")]
    assert [(choice.code, choice.meaning) for choice in found.choices] == named
    assert all(choice.entry == choice.code for choice in found.choices)
    assert not found.may_grow


def test_a_table_of_the_year_may_get_rows_that_no_list_has_yet(lists):
    found = lists.of(reference("groups.group"))
    assert found.may_grow
    assert [choice.code for choice in found.choices] == ["board"]
    assert "or a code that you add" in asked(column(Contribution, "agency"), YEAR, found).prompt
    assert lists.of(reference("audits.programme")) is None


def test_months_of_the_year_are_a_list_from_april_to_march(lists):
    months = next(c for _, c in COLUMNS if c.kind.within_year).kind
    found = lists.of(months).choices
    assert [found[0].entry, found[8].entry, found[11].entry] == ["2024-M04", "2024-M12", "2025-M03"]
    assert found[11].meaning == "March 2025"
    assert len(found) == 12


def test_no_two_lists_have_one_name(lists):
    """A cell's check finds its list by the name."""
    lines = {s.name: (Line(2, {c.name: "x" for c in s.columns}),) for s in SCHEMAS}
    every = Lists(YEAR, SCHEMAS, lines)
    found: dict[str, set[Choices]] = {}
    for _, declared in COLUMNS:
        if (choices := every.of(declared.kind)) and choices.choices:
            found.setdefault(choices.name.casefold(), set()).add(choices)
    assert len(found) > 30
    assert not [name for name, choices in found.items() if len(choices) > 1]


@pytest.mark.parametrize(
    ("row", "name", "kind", "least", "shows"),
    [
        (Contribution, "amount", "decimal", 0, "money"),
        (FundBalance, "amount", "decimal", -999_999_999, "money"),
        (TrainingDelivery, "attended", "integer", 0, "count"),
        (Contribution, "organisation", "length", 0, "text"),
    ],
)
def test_a_number_is_checked_as_its_column_has_it(row, name, kind, least, shows):
    told = asked(column(row, name), YEAR, None)
    assert (told.check.kind, told.check.least, told.shows) == (kind, least, shows)


def test_every_column_says_what_it_is_what_it_takes_and_whether_it_is_required(lists):
    for _, declared in COLUMNS:
        told = asked(declared, YEAR, lists.of(declared.kind))
        assert 0 < len(told.title) <= LONGEST_TITLE
        assert 0 < len(told.prompt) <= LONGEST_PROMPT
        assert 0 < len(told.refusal) <= LONGEST_PROMPT
        assert ("Required." in told.prompt) == declared.required
        assert declared.description[:40] in told.prompt
    assert len(said_once("Source", "x" * 300, None).prompt) <= LONGEST_PROMPT


def test_every_example_is_one_that_its_column_would_take(lists):
    """But for what stands in a list or another table, which the example takes from there."""
    tried = 0
    for _, declared in COLUMNS:
        kind, shown = declared.kind, example(declared, YEAR, None)
        if kind.vocabulary or kind.references or kind.references_by:
            continue
        text = f"{shown:%Y-M%m-%d}" if isinstance(shown, date) else str(shown)
        assert kind.read(text) is not None, (declared.name, text)
        tried += 1
    assert tried > 100


def test_an_example_is_the_first_entry_of_a_list(lists):
    found = lists.of(code(words(a="First", b="Second")))
    assert example(column(Contribution, "agency"), YEAR, found) == "First"


@pytest.mark.parametrize(
    ("name", "cell", "found"),
    [
        ("amount", "45203", Decimal(45203)),
        ("amount", "£45,203.50", Decimal("45203.50")),
        ("amount", "n/a", "n/a"),
        ("organisation", "=1+1", "=1+1"),
        ("organisation", "0123", "0123"),
        ("amount", "", None),
    ],
)
def test_a_cell_is_a_number_where_its_column_has_numbers_else_the_text_that_it_is(
    name, cell, found
):
    assert entry(column(Contribution, name), cell, None) == found


def test_a_day_is_a_day_and_a_code_its_entry():
    day = next(c for _, c in COLUMNS if c.kind.name == "day")
    assert entry(day, "2024-M10-01", None) == date(2024, 10, 1)
    choices = Choices("Kinds", (Choice("First", "a", "First"),))
    agency = column(Contribution, "agency")
    assert entry(agency, "a", choices) == "First"
    assert entry(agency, "unknown", choices) == "unknown"


def test_numbers_are_checked_in_every_table():
    for _, declared in COLUMNS:
        if declared.kind.name in NUMBERS:
            assert asked(declared, YEAR, None).check.kind in ("integer", "decimal")
