"""What came of last year's plan: its tables, its rules, and when there is such a chapter."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from examples.invent.writing import confirm_years
from hscb_report.chapters.outturn import CHAPTER, facts
from hscb_report.chapters.outturn.rules import RULES
from hscb_report.chapters.outturn.tables import exhibits
from hscb_report.checks.rule import run_rules
from hscb_report.findings import errors
from hscb_report.report import PROJECT, check_year, open_report
from hscb_report.schema import YearData
from hscb_report.schema.plan import ActionArea, Objective, PlannedAction
from hscb_report.years import ReportingYear
from tests.conftest import small_year
from tests.made_up import assert_says_what_to_do, placed, tables_of, year_of
from tests.made_up_outturn import YEAR, dropped, following, rated, year_after
from tests.made_up_plan import actions, statuses

NORTHSHIRE = PROJECT / "examples" / "northshire"
OF_EACH = {
    "records": rated(a1_1a="complete", a1_1b="at_risk", a2_1a="on_target"),
    "plan": following({"action": "2.1b", "continues": "1.1b", "due": "2015-M06"}),
    "given_up": dropped(a2_1a="Another board does it"),
}


@cache
def northshire():
    return open_report("2024-25", data=NORTHSHIRE)


def tables(data):
    return {table.label: table for table in exhibits(data)}


def cells(table):
    """Return the rows of a table by their first cells."""
    return {row[0]: row[1:] for row in table.texts()}


def found(code, data):
    """Return what a rule finds: severity, file, row, column, message; each says what to do."""
    (rule,) = [rule for rule in RULES if rule.code == code]
    (result,) = run_rules([rule], data)
    assert_says_what_to_do(result.findings)
    return [(f.severity, f.file, f.row, f.column, f.message) for f in result.findings]


def outcome(code, data):
    (rule,) = [rule for rule in RULES if rule.code == code]
    return run_rules([rule], data)[0].outcome


# When there is such a chapter -------------------------------------------------------------------


def test_it_is_there_when_the_year_before_has_a_plan_whatever_the_year_has():
    assert CHAPTER.is_present(year_after())
    bare = year_of(tables_of(), year=YEAR, earlier=(year_of(tables_of()),))
    assert not CHAPTER.is_present(bare)
    own = {"actions": actions({"action": "1.1a"}), "dropped_actions": dropped(a1_1a="No need")}
    alone = year_of(tables_of(**own), year=YEAR)
    assert not CHAPTER.is_present(alone)


def test_the_plan_of_two_years_ago_is_not_reported_on():
    old = year_of(tables_of(actions=actions({"action": "1.1a"})), year=ReportingYear(2012))
    data = year_of(tables_of(), year=YEAR, earlier=(old,))
    assert not CHAPTER.is_present(data)
    assert [*facts(data), *exhibits(data)] == []


def test_without_a_plan_before_nothing_is_made_of_it():
    data = year_of(tables_of(), year=YEAR)
    assert [*facts(data), *exhibits(data)] == []


# Tables and facts -------------------------------------------------------------------------------


def test_the_facts_are_of_the_year_reported_on_and_add_up():
    data = year_after(**OF_EACH)
    values = {fact.id.partition(".")[2]: fact.figure.value for fact in facts(data)}
    assert values == {
        "planned": 4,
        "done": 1,
        "carried": 1,
        "dropped": 1,
        "undecided": 0,
        "not_known": 1,
    }
    assert str(CHAPTER.period(data)) == "2014-15"


def test_what_came_of_each_action_is_said_in_words_with_a_shape():
    rows = cells(tables(year_after(**OF_EACH))["outturn-actions"])
    assert [rows[label][1] for label in ("1.1a", "1.1b", "2.1a", "3.2c")] == [
        "✓ Done",
        "▶ Carried on as 2.1b",
        "– Dropped: Another board does it",
        "? Not known",
    ]
    assert rows["1.1b"][3] == "2.1b, due June 2015: So that more is done"
    assert rows["1.1a"][3] == "nothing recorded"
    left_open = cells(tables(year_after(rated(a1_1a="at_risk")))["outturn-actions"])
    assert left_open["1.1a"][1:3] == ("▲ Undecided", "▲ At risk")


def test_an_action_that_is_done_and_continued_is_done_and_says_what_goes_on():
    plan = following({"action": "1.1a", "continues": "1.1a"})
    rows = cells(tables(year_after(rated(a1_1a="complete"), plan))["outturn-actions"])
    assert rows["1.1a"][1] == "✓ Done; continued by 1.1a"


def test_impact_and_progress_are_those_last_recorded_up_to_the_day():
    records = statuses(
        {"as_at": "2014-10-01", "completion": "at_risk", "impact": "None", "progress": "Begun"},
        {"as_at": "2015-03-01", "completion": "complete", "impact": "Calls came sooner."},
        {"as_at": "2015-06-01", "impact": "Too late to tell"},
    )
    made = tables(year_after(records))
    assert cells(made["outturn-actions"])["1.1a"][3] == (
        "Impact: Calls came sooner. Progress: Begun"
    )
    assert cells(made["outturn-impact"])["1.1 Area 1.1"] == (
        *("none named", "Better for 1.1"),
        *("2", "1", "1.1a: Calls came sooner."),
    )


def test_the_day_is_that_which_the_report_speaks_from():
    """One that speaks from a later day than the end of its year knows what was said by then."""
    records = statuses({"as_at": "2015-06-01", "completion": "complete"})
    data = year_after(records, status="final")
    assert cells(tables(data)["outturn-actions"])["1.1a"][1] == "? Not known"
    later = replace(data, settings=replace(data.settings, as_at=date(2015, 6, 30)))
    made = tables(later)
    assert cells(made["outturn-actions"])["1.1a"][1] == "✓ Done"
    assert made["outturn-by-area"].caption.endswith("as at 30 June 2015")


def test_an_action_that_goes_on_as_it_was_is_not_told_twice():
    plan = following(
        {"action": "1.1a", "continues": "1.1a", "success_measure": "What shows that 1.1a is done"}
    )
    rows = cells(tables(year_after(plan=plan))["outturn-actions"])
    assert rows["1.1a"][3] == "1.1a: the same"


def test_actions_stand_in_the_order_of_their_labels():
    labels = ("1.10a", "1.2b", "2.1a", "1.2a")
    made = tables(year_after(actions=actions(*({"action": label} for label in labels))))
    assert list(cells(made["outturn-actions"])) == ["1.2a", "1.2b", "1.10a", "2.1a"]


def test_areas_are_counted_alone_and_together():
    table = tables(year_after(**OF_EACH))["outturn-by-area"]
    assert cells(table) == {
        "1. Part 1": ("2", "1", "1", "0", "0", "0"),
        "2. Part 2": ("1", "0", "0", "1", "0", "0"),
        "3. Part 3": ("1", "0", "0", "0", "0", "1"),
        "All areas": ("4", "1", "1", "1", "0", "1"),
    }
    alone = tables(year_after(actions=actions({"action": "1.1a"})))["outturn-by-area"]
    assert list(cells(alone)) == ["1. Part 1"]


def test_an_objective_of_the_year_that_no_action_took_up_is_named():
    rows = [
        {"objective": "a", "development_area": 1, "title": "Families are heard"},
        {"objective": "b", "development_area": 1, "title": "Fathers are asked"},
        {"objective": "c", "development_area": 1, "title": "Later on"},
    ]
    rows[0] |= {"ticked": "2014-15", "action_area": "1.1"}
    rows[1] |= {"ticked": "2014-15;2015-16"}
    rows[2] |= {"ticked": "2015-16"}
    aims = placed("2013-14/objectives.csv", rows, Objective)
    table = tables(year_after(objectives=aims))["outturn-impact"]
    assert cells(table)["1.1 Area 1.1"][0] == "Families are heard"
    assert table.notes == ("No action took up an objective of the year: Fathers are asked.",)


def test_an_area_without_actions_has_no_row():
    more = [{"action_area": "1.9", "development_area": 1, "title": "None", "need_from": "audit"}]
    data = year_after()
    areas = (*data.year_before.tables[ActionArea], *placed("x", more, ActionArea))
    assert "1.9 None" not in cells(tables(year_after(action_areas=areas))["outturn-impact"])


# Rules ------------------------------------------------------------------------------------------


def test_a_label_that_the_plan_before_does_not_have_is_an_error_with_the_nearest():
    plan = following({"action": "1.1a", "continues": "1.1b;3.2d"})
    data = year_after(plan=plan, given_up=dropped(a9_9z="No need"))
    told = "the plan for 2014-15 has no action"
    assert found("R71", data) == [
        ("error", "2014-15/actions.csv", 2, "continues", f"{told} 3.2d."),
        ("error", "2014-15/dropped_actions.csv", 2, "action", f"{told} 9.9z."),
    ]
    (first, _) = run_rules(RULES[:1], data)[0].findings
    assert '"3.2c"' in first.hint


def test_labels_of_a_plan_that_the_data_does_not_hold_cannot_be_looked_up():
    """What continues something is shown all the same; of what was dropped nothing would be."""
    given_up = dropped(a1_1a="No need", a1_1b="No need")
    plan = following({"action": "1.1a", "continues": "1.1a"})
    alone = year_of(tables_of(actions=plan, dropped_actions=given_up), year=YEAR)
    (told,) = found("R71", alone)
    assert told[:4] == ("warning", "2014-15/dropped_actions.csv", 2, "action")
    assert "no plan for 2014-15" in told[4]
    assert found("R71", year_of(tables_of(actions=plan), year=YEAR)) == []
    assert outcome("R71", year_of(tables_of(), year=YEAR)) == "not_run"


@pytest.mark.parametrize(
    ("records", "plan", "given_up", "severity", "file", "says"),
    [
        ({"a1_1a": "complete"}, "", "a1_1a", "error", "dropped_actions", "complete as at 31 March"),
        ({}, "1.1a", "a1_1a", "error", "dropped_actions", "dropped, and 1.1a continues it."),
        ({"a1_1a": "complete"}, "1.1a", "", "warning", "actions", "It counts as done."),
        ({"a1_1a": "at_risk"}, "1.1a", "", None, "", ""),
        ({"a1_1a": "at_risk"}, "", "a1_1a", None, "", ""),
        ({"a1_1a": "complete"}, "", "", None, "", ""),
    ],
)
def test_an_action_has_one_outcome_and_what_contradicts_it_is_told(
    records, plan, given_up, severity, file, says
):
    goes_on = following({"action": "1.1a", "continues": plan}) if plan else ()
    gone = dropped(**{given_up: "No need"}) if given_up else ()
    told = found("R72", year_after(rated(**records), goes_on, gone))
    assert [(severity, f"2014-15/{file}.csv")] * bool(severity) == [t[:2] for t in told]
    assert all(says in message for *_, message in told)


def test_of_an_action_of_which_everything_is_said_each_contradiction_is_told_once():
    goes_on = following({"action": "1.1a", "continues": "1.1a"})
    told = found("R72", year_after(rated(a1_1a="complete"), goes_on, dropped(a1_1a="No need")))
    assert [severity for severity, *_ in told] == ["error", "error"]


ALL = {"a1_1a": "complete", "a2_1a": "complete", "a3_2c": "complete"}


@pytest.mark.parametrize(
    ("status", "plan", "given_up", "severity"),
    [
        ("final", True, False, "error"),
        ("final", False, True, "error"),
        ("final", False, False, "warning"),
        ("draft", True, True, "warning"),
        (None, True, False, "error"),
    ],
)
def test_what_is_left_open_is_an_error_in_a_final_report_that_says_what_follows(
    status, plan, given_up, severity
):
    """Without a plan and a table of what was dropped the plan has simply ended."""
    goes_on = following({"action": "1.1a", "continues": "1.1a"}) if plan else ()
    gone = dropped(a2_1a="No need") if given_up else ()
    data = year_after(rated(**ALL, a1_1b="at_risk"), goes_on, gone, status=status)
    assert found("R73", data) == [
        (
            *(severity, "2013-14/actions.csv", 3, "action"),
            "1.1b of the plan for 2014-15 is neither complete (it was last rated at risk), "
            "carried on nor dropped.",
        )
    ]


def test_what_is_not_known_is_a_warning_and_never_an_error():
    goes_on = following({"action": "1.1a"})
    data = year_after(rated(**ALL), goes_on, status="final")
    (told,) = found("R73", data)
    assert told[:3] == ("warning", "2013-14/actions.csv", 3)
    assert told[4] == "no rating says what came of 1.1b of the plan for 2014-15."


def test_a_plan_without_any_rating_is_told_once():
    (told,) = found("R73", year_after(rated(a1_1a="code_unknown"), following({"action": "1.1a"})))
    assert told[:3] == ("warning", "2013-14/actions.csv", None)
    assert "any action of the plan for 2014-15" in told[4]


def test_of_a_plan_that_is_wholly_told_nothing_is_said():
    goes_on = following({"action": "1.1a", "continues": "1.1b"})
    data = year_after(rated(**ALL), goes_on, status="final")
    assert [outcome(rule.code, data) for rule in RULES] == ["passed"] * 3


def test_without_a_plan_before_there_is_nothing_to_check():
    data = year_of(tables_of(actions=actions({"action": "1.1a"})), year=YEAR)
    assert [outcome(rule.code, data) for rule in RULES] == ["not_run"] * 3


# Northshire, recounted --------------------------------------------------------------------------


def read(path):
    with (NORTHSHIRE / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_northshire_s_outturn_is_what_its_files_say():
    """Recounted here with nothing of the package."""
    last = {row["action"]: row["completion"] for row in read("2023-24/action_status.csv")}
    days = [row["as_at"] for row in read("2023-24/action_status.csv")]
    assert days == sorted(days)
    assert days[-1] == "2025-M03-31"
    gone = {row["action"] for row in read("2024-25/dropped_actions.csv")}
    goes_on = {row["continues"] for row in read("2024-25/actions.csv")} - {""}
    count = Counter()
    for action in (row["action"] for row in read("2023-24/actions.csv")):
        count["planned"] += 1
        is_done = last[action] == "complete"
        kinds = [is_done, action in goes_on, action in gone]
        assert sum(kinds) == 1
        count[("done", "carried", "dropped")[kinds.index(True)]] += 1
    report = northshire()
    names = ("planned", "done", "carried", "dropped", "undecided", "not_known")
    values = {name: report.facts[f"outturn.{name}"].figure.value for name in names}
    assert values == {name: count[name] for name in names}
    assert min(values["done"], values["carried"], values["dropped"]) > 1


def test_its_numbers_are_traced_to_the_files_of_both_years_and_what_they_rest_on_is_named():
    report = northshire()
    sources = {source.file: source for source in report.facts["outturn.carried"].provenance}
    assert list(sources) == [
        "2023-24/action_status.csv",
        "2023-24/actions.csv",
        "2024-25/actions.csv",
    ]
    assert all(source.rows and source.sha256 for source in sources.values())
    assert sources["2023-24/actions.csv"].documents == sources["2024-25/actions.csv"].documents
    assert sources["2023-24/actions.csv"].documents
    named = {source.path for source in report.results.inputs}
    shown = ("actions", "action_areas", "development_areas", "objectives", "strategic_priorities")
    assert {f"2023-24/{name}.csv" for name in shown} <= named
    fact = report.facts["outturn.done"]
    assert (str(fact.own_period), fact.unit.name, fact.is_protected) == (
        "2024-25",
        "actions",
        False,
    )


def test_its_page_stands_in_the_annual_report_after_the_priorities():
    pages = [page.path for page in northshire().contents]
    assert pages[pages.index("text/priorities") + 1] == "chapters/outturn"
    (page,) = [page for page in northshire().contents if page.path == "chapters/outturn"]
    assert page.part.volume == "annual-report"
    before = open_report("2023-24", data=NORTHSHIRE)
    assert "chapters/outturn" not in [page.path for page in before.contents]
    left_out = dict(before.exhibit("assurance-left-out").texts())
    assert left_out[CHAPTER.title] == "actions of 2022-23"


@pytest.fixture
def two_years(tmp_path):
    """Return a copy of the last two years of Northshire."""
    for name in ("reference", "2023-24", "2024-25"):
        shutil.copytree(NORTHSHIRE / name, tmp_path / name)
    shutil.copy(NORTHSHIRE / "board.toml", tmp_path)
    return tmp_path


def of_outturn(root):
    checks = check_year("2024-25", root)
    ran = {r.rule.code: r.outcome for r in checks.results if r.rule.code in ("R71", "R72", "R73")}
    return ran, [f for f in checks.findings if f.rule in ran or f.rule == "H2"]


def test_a_plan_before_that_is_damaged_is_left_out_and_told_once(two_years):
    """Nothing is said of its actions, which nobody can read."""
    path = two_years / "2023-24" / "actions.csv"
    path.write_text(path.read_text("utf-8").replace("1.1a,1.1,", "one,1.1,"), "utf-8")
    ran, told = of_outturn(two_years)
    assert set(ran.values()) == {"not_run"}
    assert [f.rule for f in told] == ["H2"]
    assert "2023-24 has" in told[0].message
    assert not errors(check_year("2024-25", two_years).findings)
    assert "chapters/outturn" not in [p.path for p in open_report(data=two_years).contents]
    callouts = two_years / "2024-25" / "callouts.csv"  # what stands on its page is no fault either
    callouts.write_text(
        f'{callouts.read_text("utf-8")}carried,leadership,chapters/outturn,"Carried on"\n', "utf-8"
    )
    wrong = errors(check_year("2024-25", two_years).findings)
    assert {finding.rule for finding in wrong} == {"Y1"}  # the callout was not confirmed


def test_a_line_taken_out_of_either_table_is_asked_for(two_years):
    dropped_actions = two_years / "2024-25" / "dropped_actions.csv"
    lines = dropped_actions.read_text("utf-8").splitlines()
    dropped_actions.write_text("\n".join(lines[:-1]) + "\n", "utf-8")
    _ran, (told,) = of_outturn(two_years)
    assert (told.rule, told.severity, told.found) == ("R73", "error", lines[-1].split(",")[0])
    assert "2024-25/dropped_actions.csv" in told.hint


def write_plan(root, year, *, ratings, continues=()):
    """Write a year with a plan of actions 1.1a, 1.1b … for the next, each rated in that year."""
    labels = [f"1.1{letter}" for letter in "abcde"[: len(ratings)]]
    old = dict(zip(labels, continues, strict=False))
    day = f"{int(year[:4]) + 2}-M03-01"
    small_year(
        root,
        year,
        development_areas=("area,title", "1,Help"),
        action_areas=("action_area,development_area,title,need_from", "1.1,1,Early,audit"),
        actions=(
            "action,action_area,success_measure,continues",
            *(f"{label},1.1,It is so,{old.get(label, '')}" for label in labels),
        ),
        action_status=(
            "record,action,as_at,completion,reported_in",
            *(
                f"{n},{a},{day},{c},A meeting"
                for n, (a, c) in enumerate(zip(labels, ratings, strict=True), 1)
            ),
        ),
    )


def test_a_third_year_tells_how_many_were_done_the_year_before(tmp_path):
    """Each report speaks of one plan; a number's history is what each of them told."""
    write_plan(tmp_path, "2014-15", ratings=("complete", "at_risk", "complete"))
    write_plan(tmp_path, "2015-16", ratings=("complete", "at_risk"), continues=("1.1b",))
    write_plan(tmp_path, "2016-17", ratings=("on_target",), continues=("1.1b",))
    confirm_years(tmp_path)
    report = open_report("2016-17", data=tmp_path)
    done = report.facts["outturn.done"]
    assert (done.text, done.before.figure.value) == ("1", 2)
    assert report.names["outturn.done.previous"] == "2"
    assert report.names["outturn.carried.trend"] == "unchanged at 1"
    rows = cells(report.exhibit("outturn-actions"))
    assert [row[1] for row in rows.values()] == ["✓ Done", "▶ Carried on as 1.1a"]


# The plan of this year --------------------------------------------------------------------------


def test_this_year_s_plan_says_what_its_actions_continue():
    report = northshire()
    listed = {row["Action"]: row for row in report.exhibit("actions").records()}
    rows = {row["action"]: row["continues"] for row in read("2024-25/actions.csv")}
    expected = {label: old or "none: it is new" for label, old in rows.items()}
    assert {label: row["Continues"] for label, row in listed.items()} == expected
    column = report.exhibit("tracker-actions").columns[-1]
    assert column.heading == "Continues, of the plan for 2024-25"
    label, old = next((label, old) for label, old in rows.items() if old)
    notes = report.exhibit(f"plan-actions-{label[:-1].replace('.', '-')}").notes
    assert f"{label} continues {old} of the plan for 2024-25." in notes


def test_a_plan_that_continues_nothing_is_shown_as_before(given: YearData):
    assert not any(action.continues for action in given.tables[PlannedAction])
    before = open_report("2023-24", data=NORTHSHIRE)
    for label in ("actions", "tracker-actions"):
        headings = [column.name for column in before.exhibit(label).columns]
        assert "Continues" not in headings
