"""How far a year is, told in one screen and as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.new_year.states import STATES, Item, State
from hscb_report.new_year.status import OfChapter, Status, status_lines, summary
from hscb_report.schema import Place
from hscb_report.schema.upkeep import Owed
from hscb_report.years import ReportingYear

YEAR = ReportingYear(2025)
WIDTH = 100


def item(name: str, state: State = "empty", told: str = "", **other: Any) -> Item:
    return Item(
        name, f"{YEAR}/{name}{'' if name.endswith('.md') else '.csv'}", state, told, **other
    )


def owed(content: str, agency: str) -> Owed:
    place = Place("reference/owed.csv", 2)
    told = {"content": content, "agency": agency, "role": None, "rows": None}
    return Owed.model_validate({"place": place, **told})


def status(*chapters: OfChapter, is_final: bool = False, **other: Any) -> Status:
    return Status(YEAR, is_final, chapters, **other)


BUDGET = OfChapter(
    "budget",
    "Budget",
    (
        item("contributions", "empty", "2 rows to fill in", rows=(2, 3)),
        item("expenditure", "unchanged", "every row as in 2024-25"),
        item("fund_balances", "done"),
        item("text/budget.md", "to_confirm", "1 of 2 sentences as in 2024-25"),
    ),
)
PLAN = OfChapter("plan", "Business Plan", (item("actions", "missing"), item("objectives", "done")))
NAMES = {"council": "The Council", "police": "The Police"}
OWED = (
    *(owed("contributions", "council"), owed("contributions", "police")),
    *(owed("fund_balances", "police"), owed("nothing_of_the_year", "police")),
)
ALL = status(BUDGET, PLAN, owed=OWED, agencies=NAMES)


def test_the_first_line_counts_what_is_done_and_each_state_that_there_is() -> None:
    told = "2 of 6 done; 1 missing; 1 to fill in; 1 as before; 1 to confirm"
    assert summary(ALL.items) == told
    assert next(status_lines(ALL)) == f"2025-26 (draft): {told}."
    assert next(status_lines(status(is_final=True))) == "2025-26 (final): 0 of 0 done."


def test_each_chapter_has_a_line_that_names_what_is_to_do_in_it() -> None:
    lines = list(status_lines(ALL))
    assert lines[1:4] == [
        "",
        "Budget          1/4   to fill in: contributions; as before: expenditure; "
        "to confirm: budget.md",
        "Business Plan   1/2   missing: actions",
    ]
    assert "fund_balances" not in "\n".join(lines[:4])


def test_each_agency_has_a_line_with_what_it_still_owes() -> None:
    assert list(status_lines(ALL))[4:] == [
        "",
        "Still owed by:",
        "  The Council: to fill in: contributions",
        "  The Police: to fill in: contributions",
    ]
    settled = status(PLAN, owed=(owed("objectives", "police"),), agencies=NAMES)
    assert list(status_lines(settled))[-1] == "  The Police: nothing"


def test_an_agency_that_the_board_does_not_know_is_told_by_its_code() -> None:
    assert list(status_lines(status(PLAN, owed=(owed("actions", "nhs"),))))[-1] == (
        "  nhs: missing: actions"
    )


def test_of_a_chapter_that_is_asked_for_each_table_and_text_has_a_line_with_the_reason() -> None:
    lines = list(status_lines(ALL, ["budget"]))
    assert lines[2] == "Budget: 1 of 4 done; 1 to fill in; 1 as before; 1 to confirm."
    told = [" ".join(line.split()) for line in lines[3:7]]
    assert told == [
        "2025-26/contributions.csv to fill in: 2 rows to fill in"
        " (owed by The Council and The Police)",
        "2025-26/expenditure.csv as before: every row as in 2024-25",
        "2025-26/fund_balances.csv done (owed by The Police)",
        "2025-26/text/budget.md to confirm: 1 of 2 sentences as in 2024-25",
    ]
    assert "Business Plan" not in "\n".join(lines)


def test_as_json_each_chapter_has_its_tables_and_texts_with_file_state_and_agency() -> None:
    told = json.loads(json.dumps(ALL.as_json()))
    assert told["year"] == "2025-26"
    budget = told["chapters"][0]
    assert [set(chapter) for chapter in told["chapters"]] == [{"chapter", "tables", "texts"}] * 2
    assert (budget["chapter"], len(budget["tables"]), len(budget["texts"])) == ("budget", 3, 1)
    first = budget["tables"][0]
    assert {name: first[name] for name in ("table", "file", "state", "agency", "rows")} == {
        "table": "contributions",
        "file": "2025-26/contributions.csv",
        "state": "empty",
        "agency": "council; police",
        "rows": [2, 3],
    }
    text = budget["texts"][0]
    assert (text["file"], text["state"]) == ("2025-26/text/budget.md", "to_confirm")
    assert budget["tables"][1]["agency"] is None


NAMED = st.text("abcdefghij_", min_size=1, max_size=60)
ITEMS = st.builds(item, NAMED, st.sampled_from(sorted(STATES)))
CHAPTERS = st.builds(
    OfChapter,
    NAMED,
    st.text("abc ", min_size=1, max_size=45),
    st.lists(ITEMS, min_size=1, max_size=9).map(tuple),
)


@given(st.lists(CHAPTERS, max_size=4), st.text(min_size=1, max_size=200))
def test_no_line_is_wider_than_a_screen(chapters: list[OfChapter], agency: str) -> None:
    agency = " ".join(agency.split()) or "x"
    every = tuple(owed(i.name, "a") for chapter in chapters for i in chapter.items)
    found = status(*chapters, owed=every, agencies={"a": agency})
    for line in status_lines(found):
        assert len(line) <= WIDTH, line


@given(st.lists(ITEMS, min_size=1, max_size=12))
def test_a_line_accounts_for_everything_that_is_not_done(found: list[Item]) -> None:
    """What it has no room to name it counts."""
    line = list(status_lines(status(OfChapter("a", "A", tuple(found)))))[2]
    told = line.split("  ", 2)[-1]
    if undone := [item for item in found if item.state != "done"]:
        more = told.rpartition(" and ")[2].removesuffix(" more") if told.endswith(" more") else "0"
        if ":" in told:
            groups = [part.partition(": ")[2] for part in told.partition(" and ")[0].split("; ")]
            assert len([n for g in groups for n in g.split(", ")]) + int(more) == len(undone)
        else:
            assert sum(int(part.split()[0]) for part in told.split("; ")) == len(undone)
    else:
        assert line == f"A  {len(found):>2}/{len(found)}"


def test_what_there_is_no_room_to_name_is_counted_by_its_state() -> None:
    long = OfChapter(
        "a", "A" * 60, (item("b" * 40), item("c" * 40, "to_confirm"), item("d" * 40, "to_confirm"))
    )
    assert list(status_lines(status(long)))[2].endswith("0/3   1 to fill in; 2 to confirm")


@pytest.mark.parametrize("chapters", [(), (PLAN,)])
def test_without_anybody_who_owes_nothing_is_said_of_it(chapters: tuple[OfChapter, ...]) -> None:
    assert "owed" not in "\n".join(status_lines(status(*chapters)))
