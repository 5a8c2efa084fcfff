"""The rules by which no final report is made of last year's content."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hscb_report.findings import Finding
from hscb_report.new_year.rules import findings_of, settings_of_before, unknown_contents
from hscb_report.new_year.states import Item, State
from hscb_report.new_year.status import OfChapter, Status
from hscb_report.schema import Place
from hscb_report.schema.settings import CoveringSettings, PlanSettings, YearSettings
from hscb_report.schema.upkeep import Confirmation, Owed
from hscb_report.years import ReportingYear

YEAR = ReportingYear(2025)
STATES: tuple[State, ...] = ("missing", "empty", "to_confirm", "unchanged", "done")


def item(state: State, name: str = "groups", told: str = "as it was", **other: Any) -> Item:
    return Item(name, f"{YEAR}/{name}", state, told, **{"may_be_confirmed": True, **other})


def found(*items: Item, is_final: bool = True, told: tuple[str, ...] = ()) -> list[Finding]:
    chapter = OfChapter("a", "A", items)
    return list(findings_of(Status(YEAR, is_final, (chapter,)), told))


@pytest.mark.parametrize("is_final", [True, False])
def test_what_is_not_done_is_an_error_in_a_final_report_and_a_warning_in_a_draft(
    is_final: bool,
) -> None:
    findings = found(*(item(state) for state in STATES), is_final=is_final)
    assert [finding.rule for finding in findings] == ["Y2", "Y2", "Y1", "Y1"]
    assert {f.severity for f in findings} == {"error" if is_final else "warning"}
    assert {f.file for f in findings} == {"2025-26/groups"}


def test_what_a_rule_asks_for_can_be_done_as_it_says() -> None:
    for state in STATES[:-1]:
        hint = found(item(state))[0].hint
        assert '`hscb-report confirm 2025-26 groups --role "…"`' in hint


@pytest.mark.parametrize(("name", "hint"), [("groups", "Fill it in."), ("text/a.md", "Write it.")])
def test_what_has_to_be_filled_in_first_is_not_to_be_confirmed(name: str, hint: str) -> None:
    assert found(item("empty", name, may_be_confirmed=False))[0].hint == hint


def test_rows_are_named_one_as_the_place_and_several_in_words() -> None:
    one, several = found(item("to_confirm", rows=(4,)), item("to_confirm", rows=(4, 5, 6)))
    assert (one.row, several.row) == (4, None)
    assert "rows 4 to 6" in several.message
    assert "rows" not in one.message


def test_what_is_told_already_to_be_lacking_is_not_told_again_and_a_copy_always_is() -> None:
    items = [item("empty"), item("missing"), item("unchanged")]
    assert [f.rule for f in found(*items, told=("2025-26/groups",))] == ["Y1"]
    assert [f.rule for f in found(*items, told=("2025-26/other",))] == ["Y2", "Y2", "Y1"]


def test_of_what_no_report_shows_nothing_is_asked() -> None:
    status = Status(YEAR, True, (OfChapter("a", "A", tuple(map(item, STATES))),))
    assert not list(findings_of(status, (), ("2025-26/groups",)))


# Names --------------------------------------------------------------------------------------------


def confirmation(content: str) -> Confirmation:
    said = {"content": content, "role": "Clerk", "confirmed": date(2026, 7, 1), "hash": "abc"}
    return Confirmation.model_validate({"place": Place("2025-26/confirmed.csv", 7), **said})


def owed(content: str) -> Owed:
    said = {"content": content, "agency": "council", "role": None, "rows": None}
    return Owed.model_validate({"place": Place("reference/owed.csv", 3), **said})


def test_a_name_of_no_table_is_told_with_its_place_and_the_nearest() -> None:
    rows = [confirmation("membershp"), owed("groups"), owed("text/a.md"), confirmation("tables/x")]
    (finding,) = unknown_contents(rows, ["membership", "groups"])
    assert (finding.rule, finding.severity, finding.row) == ("Y3", "warning", 7)
    assert (finding.file, finding.found) == ("2025-26/confirmed.csv", "membershp")
    assert '"membership"' in finding.hint


# Days ---------------------------------------------------------------------------------------------

DAY = date(2025, 7, 14)


def settings(year: ReportingYear, **other: Any) -> YearSettings:
    return YearSettings(year=str(year), kind="publication", status="final", **other)


def meeting(day: date) -> CoveringSettings:
    told = dict.fromkeys(("title", "committee", "time", "place", "report_by"), "x")
    return CoveringSettings.model_validate({**told, "day": day})


PLACES = {
    "as_at": lambda day: {"as_at": day},
    "plan.as_at": lambda day: {"plan": PlanSettings(as_at=day)},
    "covering_report.day": lambda day: {"covering_report": meeting(day)},
}


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("is_final", [True, False])
def test_a_day_that_is_last_years_is_found_wherever_it_stands(name: str, is_final: bool) -> None:
    now, then = (settings(year, **PLACES[name](DAY)) for year in (YEAR, YEAR.previous))
    (finding,) = settings_of_before(now, then, is_final=is_final)
    assert (finding.rule, finding.file) == ("Y4", "2025-26/year.toml")
    assert finding.severity == ("error" if is_final else "warning")
    assert finding.message.startswith(f"{name} is 2025-07-14, as in the settings of 2024-25")


@pytest.mark.parametrize("name", PLACES)
def test_a_day_of_the_years_own_or_none_is_as_it_should_be(name: str) -> None:
    then = settings(YEAR.previous, **PLACES[name](DAY))
    own = settings(YEAR, **PLACES[name](date(2026, 7, 14)))
    for now in (settings(YEAR), own):
        assert not list(settings_of_before(now, then, is_final=True))


def test_a_title_that_names_last_years_year_is_told_and_one_without_a_year_is_kept() -> None:
    """So a copied folder has no cover of the year before; a plan of several years may keep its."""
    then = settings(YEAR.previous, title=f"Annual Report {YEAR.previous}")
    (finding,) = settings_of_before(settings(YEAR, title=then.title), then, is_final=True)
    assert (finding.rule, finding.severity) == ("Y4", "warning")
    assert "title is Annual Report 2024-25" in finding.message
    lasting = settings(YEAR.previous, title="How children were kept safe")
    assert not list(settings_of_before(settings(YEAR, title=lasting.title), lasting, is_final=True))
