"""How far a table or a text is, known from what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from hscb_report.new_year.carrying import begun
from hscb_report.new_year.states import Before, Item, file_item, table_item, text_item
from hscb_report.schema import Place, Row, TableSchema
from hscb_report.schema.assurance import NumberExemption
from hscb_report.schema.board import Group
from hscb_report.schema.cases import CdopLesson, ChildDeath
from hscb_report.schema.finance import Contribution, HelpInKind
from hscb_report.schema.line import Line
from hscb_report.schema.plan import ActionStatus
from hscb_report.schema.upkeep import Confirmation
from hscb_report.years import ReportingYear

YEAR = ReportingYear(2025)
LAST = YEAR.previous
Cells = dict[str, str]


def lines(*rows: Cells) -> list[Line]:
    return [Line(n, row) for n, row in enumerate(rows, 2)]


def asked(
    row: type[Row],
    now: list[Cells] | None,
    then: Sequence[Cells] = (),
    said: str = "",
    older: Sequence[Cells] = (),
) -> Item | None:
    """Return how far a table is; `said` is the hash that somebody has confirmed."""
    schema = TableSchema(row)
    years = {LAST: lines(*then)} if then else {}
    years |= {LAST.previous: lines(*older)} if older else {}
    before = Before(years, begun(schema, lines(*then)), LAST)
    confirmed = [confirmation(schema.name, said)] if said else []
    return table_item(schema, YEAR, None if now is None else lines(*now), before, confirmed)


def confirmation(content: str, hash_: str) -> Confirmation:
    place = Place("2025-26/confirmed.csv", 2)
    said = {"content": content, "role": "Clerk", "confirmed": date(2026, 7, 1), "hash": hash_}
    return Confirmation.model_validate({"place": place, **said})


def item(*args: Any, **options: Any) -> Item:
    found = asked(*args, **options)
    assert found
    return found


def state(*args: Any, **options: Any) -> str:
    return item(*args, **options).state


EXECUTIVE, NEGLECT = ({"group": n, "name": n.title()} for n in ("executive", "neglect"))
COUNCIL = {"agency": "council", "organisation": "Council", "amount": "100", "next_year": "110"}
POLICE = {"agency": "police", "organisation": "Police", "amount": "50"}
DEATHS = [{"counted": "deaths", "dimension": "total", "category": "all", "children": "4"}]


def test_what_last_year_had_and_this_year_lacks_is_missing() -> None:
    assert state(ChildDeath, None, DEATHS) == "missing"
    assert asked(ChildDeath, None, []) is None
    assert asked(ChildDeath, None, [], older=DEATHS) is None  # nor did last year have it


def test_a_table_without_a_row_is_empty_until_somebody_confirms_that_there_is_none() -> None:
    found = item(CdopLesson, [])
    assert (found.state, found.told, found.may_be_confirmed) == (
        "empty",
        "no row yet",
        True,
    )
    assert state(CdopLesson, [], said=found.content) == "done"


def test_a_cell_that_must_be_filled_keeps_a_table_from_being_confirmed() -> None:
    rows = [COUNCIL, {"agency": "police", "organisation": "Police"}]
    found = item(Contribution, rows)
    assert (found.state, found.rows, found.may_be_confirmed) == ("empty", (3,), False)
    assert state(Contribution, rows, said=found.content) == "empty"


def test_a_row_that_is_still_as_it_was_created_is_to_be_filled_or_confirmed() -> None:
    then = [{"agency": "a", "organisation": "A", "help": "a room", "value": "500"}]
    now = [{"agency": "a", "organisation": "A", "help": "a room"}]
    found = item(HelpInKind, now, then)
    assert (found.state, found.rows, found.may_be_confirmed) == ("empty", (2,), True)
    assert state(HelpInKind, now, then, said=found.content) == "done"
    assert state(HelpInKind, [now[0] | {"value": "600"}], then) == "done"


@pytest.mark.parametrize("turned", [False, True])
def test_a_copied_table_of_figures_is_unchanged_however_it_was_saved(turned: bool) -> None:
    then = [COUNCIL, POLICE]
    now = [dict(reversed(row.items())) for row in reversed(then)] if turned else then
    assert state(Contribution, now, then) == "unchanged"
    assert state(Contribution, [{**COUNCIL, "source": "x"}, POLICE], then) == "unchanged"


def test_a_copy_of_an_older_year_is_known_too() -> None:
    found = item(ChildDeath, DEATHS, [{**DEATHS[0], "children": "7"}], older=DEATHS)
    assert (found.state, found.told) == ("unchanged", "every row as in 2023-24")


def test_one_changed_cell_does_not_hide_that_the_rest_is_last_years() -> None:
    now = [COUNCIL | {"amount": "120"}, POLICE]
    found = item(Contribution, now, [COUNCIL, POLICE])
    assert (found.state, found.rows) == ("to_confirm", (3,))
    assert found.told == "1 of 2 rows as in 2024-25"


def test_what_is_kept_from_year_to_year_is_to_be_confirmed() -> None:
    assert state(Group, [EXECUTIVE, NEGLECT], [EXECUTIVE, NEGLECT]) == "to_confirm"
    assert state(Group, [EXECUTIVE], [EXECUTIVE, NEGLECT]) == "to_confirm"
    assert state(Group, [NEGLECT], [EXECUTIVE]) == "done"


def test_what_was_confirmed_and_then_changed_is_asked_again() -> None:
    before = item(Group, [EXECUTIVE], [NEGLECT])
    assert state(Group, [EXECUTIVE], [NEGLECT], said=before.content) == "done"
    found = item(
        Group, [EXECUTIVE, {"group": "new", "name": "New"}], [NEGLECT], said=before.content
    )
    assert found.state == "to_confirm"
    assert found.told == "changed since it was confirmed on 1 July 2026"


def test_a_confirmation_of_last_year_is_none_of_this_one() -> None:
    then = table_item(TableSchema(Group), LAST, lines(EXECUTIVE), Before())
    assert then
    assert state(Group, [EXECUTIVE], [EXECUTIVE], said=then.content) == "to_confirm"


def test_what_is_left_out_on_purpose_may_be_confirmed_and_is_asked_again_when_it_comes() -> None:
    found = item(ChildDeath, None, DEATHS)
    assert state(ChildDeath, None, DEATHS, said=found.content) == "done"
    assert (
        state(ChildDeath, [{**DEATHS[0], "children": "9"}], DEATHS, said=found.content)
        == "to_confirm"
    )


def test_what_stands_apart_is_asked_for_only_where_it_is_wholly_an_earlier_years() -> None:
    first = {"record": "1", "action": "1.1a", "as_at": "2024-M10-01", "reported_in": "Board"}
    assert asked(ActionStatus, None, [first]) is None
    assert asked(ActionStatus, [], [first]) is None
    assert state(ActionStatus, [first], [first]) == "unchanged"
    assert state(ActionStatus, [first, {**first, "record": "2"}], [first]) == "done"
    exempt = [{"pattern": "x", "reason": "y"}]
    assert asked(NumberExemption, exempt, exempt) is None


# Texts -------------------------------------------------------------------------------------------

THEN = {LAST: ["# A\n\nIn 2024-25 the Board met.\n\nIt talked."], LAST.previous: ["It sang."]}


@pytest.mark.parametrize(
    ("text", "expected", "told"),
    [
        ("# A\n\nTODO: write", "empty", "to be written"),
        ("# A\n", "empty", "no words yet"),
        ("# B\n\nIn 2025-26 the  Board met.\n\nIt talked.", "unchanged", "the same as in 2024-25"),
        ("It talked.", "unchanged", "the same as in 2024-25"),
        ("It talked.\n\nAnd more.", "to_confirm", "1 of 2 sentences as in 2024-25"),
        ("It sang.", "unchanged", "the same as in 2023-24"),
        ("The Board did not meet.", "done", ""),
    ],
)
def test_a_text_is_known_by_its_paragraphs(text: str, expected: str, told: str) -> None:
    found = text_item("text/a.md", YEAR, text, THEN)
    assert (found.state, found.told) == (expected, told)
    if expected != "empty" or told == "no words yet":
        said = [confirmation("text/a.md", found.content)]
        assert text_item("text/a.md", YEAR, text, THEN, said).state == "done"
        changed = text_item("text/a.md", YEAR, text + "\n\nNew.", {}, said)
        assert (changed.state, changed.told[:13]) == ("to_confirm", "changed since")


def test_a_prompt_cannot_be_confirmed() -> None:
    found = text_item("text/a.md", YEAR, "TODO: write", THEN)
    assert not found.may_be_confirmed
    said = [confirmation("text/a.md", found.content)]
    assert text_item("text/a.md", YEAR, "TODO: write", THEN, said).state == "empty"


def test_a_text_that_last_year_had_is_missing_unless_it_is_left_out_on_purpose() -> None:
    found = text_item("text/a.md", YEAR, None, THEN)
    assert (found.state, found.file) == ("missing", "2025-26/text/a.md")
    said = [confirmation("text/a.md", found.content)]
    assert text_item("text/a.md", YEAR, None, THEN, said).state == "done"


# Tables and pictures of the year's own ------------------------------------------------------

ROWS = {LAST: ["North, 3 visits", "South, 4 visits"]}


@pytest.mark.parametrize(
    ("rows", "expected", "told"),
    [
        (["North, 3 visits", "South, 4  visits"], "unchanged", "the same as in 2024-25"),
        (["North, 3 visits", "South, 9 visits"], "to_confirm", "1 of 2 rows as in 2024-25"),
        (["North, 8 visits"], "done", ""),
    ],
)
def test_a_table_of_the_years_own_is_known_by_its_rows(
    rows: list[str], expected: str, told: str
) -> None:
    found = file_item("tables/visits.csv", YEAR, rows, ROWS)
    assert (found.state, found.told) == (expected, told)
    said = [confirmation("tables/visits.csv", found.content)]
    assert file_item("tables/visits.csv", YEAR, rows, ROWS, said).state == "done"
    changed = file_item("tables/visits.csv", YEAR, [*rows, "East, 1 visit"], ROWS, said)
    assert changed.state == "to_confirm"
