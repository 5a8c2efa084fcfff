"""Rules 6 and 18 to 22: the plan can be carried out, watched, and followed back to its needs."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from hscb_report.report import check_year
from hscb_report.rules import run_rules
from hscb_report.rules.budget import covering_rule
from hscb_report.rules.plan import RULES
from hscb_report.rules.statements import placeholder_rule
from hscb_report.schema import Tables
from hscb_report.schema.plan import ActionArea, DevelopmentArea, Objective, StatedPriority, Thread
from tests.made_up_plan import actions
from tests.strategies import placed

R18, R19, R20, R21, R22 = RULES
R6 = covering_rule("herefordshire_council")


def result(rule, tables):
    return run_rules([rule], tables)[0]


def told(rule, tables):
    """Return the findings of a rule by the row that they are about."""
    return [(found.row, found.message) for found in result(rule, tables).findings]


def of_actions(rule, *rows):
    """Return what a rule says of made-up actions."""
    return [message for _, message in told(rule, Tables(actions=lettered(rows)))]


def lettered(rows):
    """Return rows as the actions 1.1a, 1.1b and so on."""
    return actions(
        *({"action": f"1.1{letter}", **row} for letter, row in zip("abc", rows, strict=False))
    )


def named(tables, found):
    """Return the labels of the actions at whose rows findings stand."""
    by_row = {row.place.row: row.action for row in tables.actions}
    return [by_row[finding.row] for finding in found]


# Rule 18: due dates -----------------------------------------------------------------------------


def test_due_dates_are_missing_or_out_of_place_exactly_where_the_source_has_them_so(tables):
    found = result(R18, tables).findings
    parts = {
        "still to be confirmed": ["3.1a", "3.1b"],
        "no date can be read": ["1.1a", "3.4b"],
        "is outside the plan year 2014-15": ["4.5b", "4.5c", "4.5e"],
        "2 dates stand in one timescale": ["4.5d"],
    }
    for says, labels in parts.items():
        assert named(tables, [f for f in found if says in f.message]) == labels
    assert len(found) == 8


def test_a_wrong_due_date_is_a_warning_at_the_timescale_as_printed_that_names_the_action(tables):
    found = result(R18, tables).findings
    by_row = {row.place.row: row for row in tables.actions}
    for finding in found:
        action = by_row[finding.row]
        assert (finding.severity, finding.file) == ("warning", "2013-14/actions.csv")
        assert (finding.column, finding.found) == ("due_printed", action.due_printed)
        assert finding.message.startswith(f"{action.action}: ")


def test_a_corrected_misprint_is_told_with_what_it_is_read_as(tables):
    says = {found.found: found.message for found in result(R18, tables).findings}
    assert says["Feb 14"].endswith(
        "February 2014 is outside the plan year 2014-15; it is read as February 2015."
    )
    assert says["Apr 15"].endswith("April 2015 is outside the plan year 2014-15.")


@pytest.mark.parametrize("due", ["2014-M04", "2014-M10", "2015-M03"])
def test_one_date_inside_the_plan_year_passes(due):
    tables = Tables(actions=actions({"action": "1.1a", "due_printed": "Then", "due": due}))
    assert (result(R18, tables).outcome, result(R18, tables).findings) == ("passed", ())


@pytest.mark.parametrize(
    ("due", "says"),
    [
        ("2014-M03", "March 2014 is outside"),
        ("2015-M04", "April 2015 is outside"),
    ],
)
def test_the_month_before_and_the_month_after_the_plan_year_are_outside(due, says):
    (message,) = of_actions(R18, {"due_printed": "Then", "due": due})
    assert says in message


def test_two_dates_of_which_one_is_outside_are_two_findings_that_name_that_month_only():
    several, outside = of_actions(R18, {"due_printed": "Then", "due": "2014-M10;2015-M04"})
    assert "2 dates" in several
    assert "April 2015 is outside" in outside
    assert "October" not in outside


@pytest.mark.parametrize(
    ("printed", "due", "is_told"),
    [
        ("Sep 14", "2014-M09", False),
        ("Juli 14", "2014-M07", False),
        ("Oct 14 for one, Mar 15 for another", "2014-M10;2015-M03", False),
        ("Sep 14", "2014-M10", True),
        ("Oct 14 for one, Mar 15 for another", "2014-M10", True),
        ("by the autumn", "2014-M10", False),
    ],
)
def test_the_months_of_a_timescale_are_those_that_it_names(printed, due, is_told):
    found = of_actions(R18, {"due_printed": printed, "due": due})
    assert any("does not name" in message for message in found) == is_told


# Rule 19: monitoring ----------------------------------------------------------------------------

BEFORE = ["1.3b", "2.2a", "4.1e", "4.1f", "4.3c", "4.4a"]
LATE = ["1.1b", "1.1c", "4.1g", "4.2a", "4.2b"]


def test_monitoring_that_cannot_do_its_work_is_found_and_no_other(tables):
    """The eight of the specification, and three watched months after they were due."""
    found = result(R19, tables).findings
    assert sorted(set(named(tables, found))) == sorted([*BEFORE, *LATE])
    before = [f for f in found if "for the last time" in f.message]
    late = [f for f in found if "for the first time" in f.message]
    wrong_year = [f for f in found if "before the plan year" in f.message]
    assert named(tables, before) == BEFORE
    assert named(tables, late) == LATE
    assert named(tables, wrong_year) == ["4.3c"]
    assert len(found) == len(before) + len(late) + len(wrong_year)


def test_wrong_monitoring_is_a_warning_at_its_cell_that_names_the_action(tables):
    by_row = {row.place.row: row for row in tables.actions}
    for found in result(R19, tables).findings:
        action = by_row[found.row]
        assert (found.severity, found.file) == ("warning", "2013-14/actions.csv")
        assert (found.column, found.found) == ("monitoring", action.monitoring)
        assert found.message.startswith(f"{action.action}: ")


def test_a_misprinted_month_of_monitoring_is_told_with_the_month(tables):
    says = [f.message for f in result(R19, tables).findings if "plan year" in f.message]
    assert says == ["4.3c: January 2014 is before the plan year 2014-15; read as January 2015."]


@pytest.mark.parametrize(
    ("due", "monitored", "says"),
    [
        ("2014-M10", "2014-M09", "last time in September 2014, before it is due in October 2014"),
        ("2014-M10", "2014-M10", None),
        ("2014-M10", "2014-M11", None),
        ("2014-M10", "2014-M12", "first time in December 2014, 2 months after it is due"),
        ("2014-M12", "2015-M02", "first time in February 2015, 2 months after it is due"),
        ("2014-M10", "2014-M07;2014-M11", None),
        ("2014-M10", "2014-M11;2014-M07", None),
        ("2014-M10", "2014-M07;2014-M09", "last time in September 2014"),
        ("2014-M10;2015-M03", "2014-M10", "before it is due in March 2015"),
        ("2014-M10;2015-M03", "2015-M04", None),
        (None, "2014-M10", None),
        ("2014-M10", None, None),
    ],
)
def test_monitoring_may_neither_end_before_the_due_month_nor_begin_two_months_after(
    due, monitored, says
):
    found = of_actions(R19, {"due": due, "monitored": monitored, "monitoring": "So"})
    assert [says in message for message in found] == ([True] if says else [])


def test_corrected_months_are_compared_and_not_the_misprinted_ones():
    row = {
        "due": "2014-M02",
        "due_corrected": "2015-M02",
        "monitored": "2014-M12;2014-M02",
        "monitored_corrected": "2014-M12;2015-M02",
    }
    (message,) = of_actions(R19, row)
    assert "February 2014 is before the plan year" in message
    assert "December" not in message


# Rule 20: priorities ----------------------------------------------------------------------------


def test_two_priorities_of_the_source_have_no_action(tables):
    found = result(R20, tables).findings
    assert Counter(f.found for f in found) == Counter(["neglect", "disabled_deaf_diverse"])
    rows = {row.stated: row for row in tables.stated_priorities}
    for finding in found:
        assert (finding.severity, finding.column) == ("warning", "stated")
        assert finding.file == "2013-14/stated_priorities.csv"
        assert finding.row == rows[finding.found].place.row
        assert rows[finding.found].title in finding.message


def priorities(target, item="one", origin="priority"):
    """Return tables with one stated priority and one thread."""
    thread = {"origin": origin, "item": item, "target": target, "reached": "1.1a", "how": "So"}
    return Tables(
        actions=actions({"action": "1.1a"}),
        stated_priorities=placed(
            "2013-14/stated_priorities.csv",
            [{"stated": "one", "title": "The one", "called": "focus"}],
            StatedPriority,
        ),
        golden_thread=placed("2013-14/golden_thread.csv", [thread], Thread),
    )


@pytest.mark.parametrize("target", ["action", "action_area"])
def test_a_priority_with_an_action_or_an_action_area_passes(target):
    assert result(R20, priorities(target)).outcome == "passed"


@pytest.mark.parametrize(
    "tables",
    [
        priorities("policy"),
        priorities("training"),
        priorities("action", item="other"),
        priorities("action", origin="finding"),
    ],
    ids=["policy", "training", "another priority", "a finding of that code"],
)
def test_a_priority_that_something_else_answers_fails(tables):
    (message,) = [message for _, message in told(R20, tables)]
    assert "The one" in message


def test_a_link_to_an_action_mends_the_rule(table, data):
    """What the hint offers works, through the files."""
    table("golden_thread").rewrite(
        lambda records: [
            *records,
            *(
                ["priority", code, "action", "1.1a", "Made up", "bp", "L1", "derived", "", ""]
                for code in ("neglect", "disabled_deaf_diverse")
            ),
        ]
    )
    found = next(r for r in check_year("2013-14", data).results if r.rule.code == "R20")
    assert found.outcome == "passed"


@pytest.mark.parametrize(
    "damaged", ["inspections", "inspection_statements", "audit_findings", "cdop_lessons"]
)
def test_damage_to_a_table_that_starts_threads_is_no_defect_of_the_rule(table, data, damaged):
    """Its own finding tells what is wrong; the rule is not run, or gives the same answer."""
    table(damaged).set(2, "locator", "")
    checks = check_year("2013-14", data)
    assert [found.rule for found in checks.loaded.findings] == ["L4"]
    found = next(r for r in checks.results if r.rule.code == "R20")
    assert not [f.message for f in found.findings if "defective" in f.message]
    assert {f.found for f in found.findings} <= {"neglect", "disabled_deaf_diverse"}


# Rule 21: objectives ----------------------------------------------------------------------------


def test_nine_objectives_of_the_damaged_grid_disagree_with_the_action_areas(tables):
    found = result(R21, tables).findings
    unticked = [f.found for f in found if "no tick" in f.message]
    untaken = [f.found for f in found if "no action area" in f.message]
    assert unticked == ["supervision", "workforce_changes", "learning", "domestic_abuse"]
    assert untaken == [
        *("case_decisions", "assessments_across_agencies", "placed_by_others"),
        *("review_model", "workforce_knowledge"),
    ]
    assert len(found) == 9
    rows = {row.objective: row.place for row in tables.objectives}
    for finding in found:
        assert (finding.severity, finding.column) == ("warning", "ticked")
        assert (finding.file, finding.row) == (
            rows[finding.found].file,
            rows[finding.found].row,
        )


def objectives(*grid, areas=("1.1",)):
    """Return tables with objectives, each given as its ticks and its action area."""
    return Tables(
        objectives=placed(
            "2013-14/objectives.csv",
            [
                {
                    "objective": f"objective_{n}",
                    "development_area": 1,
                    "title": "An objective",
                    "ticked": ticked,
                    "action_area": area,
                }
                for n, (ticked, area) in enumerate(grid)
            ],
            Objective,
        ),
        action_areas=placed(
            "2013-14/action_areas.csv",
            [
                {"action_area": a, "development_area": 1, "title": a, "need_from": "audit"}
                for a in areas
            ],
            ActionArea,
        ),
        actions=actions(*({"action": f"{a}a", "action_area": a} for a in areas)),
        development_areas=placed(
            "2013-14/development_areas.csv",
            [{"area": 1, "title": "An area", "priority": 1}],
            DevelopmentArea,
        ),
    )


@pytest.mark.parametrize(
    ("ticked", "area", "says"),
    [
        ("2014-15", "1.1", None),
        ("2013-14;2014-15;2015-16", "1.1", None),
        ("2014-15", None, "ticked for 2014-15, but no action area"),
        ("2013-14", "1.1", "action area 1.1 takes it up in 2014-15, but no tick"),
        ("2015-16", "1.1", "action area 1.1 takes it up in 2014-15, but no tick"),
        (None, "1.1", "action area 1.1 takes it up in 2014-15, but no tick"),
    ],
)
def test_an_objective_is_ticked_for_the_plan_year_where_an_action_area_takes_it_up(
    ticked, area, says
):
    # A second objective takes the area up, so that only the first is in question.
    found = told(R21, objectives((ticked, area), ("2014-15", "1.1")))
    assert [(row, says in message) for row, message in found] == ([(2, True)] if says else [])


@pytest.mark.parametrize("ticked", [None, "2013-14", "2013-14;2015-16"])
def test_an_objective_of_other_years_needs_no_action_area(ticked):
    assert result(R21, objectives((ticked, None), ("2014-15", "1.1"))).outcome == "passed"


def test_an_action_area_that_no_objective_names_is_told():
    """The other way round: what exists in the plan is ticked in the grid."""
    found = result(R21, objectives(("2014-15", "1.1"), areas=("1.1", "1.2"))).findings
    assert [(f.file, f.row) for f in found] == [("2013-14/action_areas.csv", 3)]
    assert found[0].found == "1.2"


def test_an_area_that_holds_nothing_is_told():
    """An action area without actions, and a development area without action areas."""
    tables = objectives(("2014-15", "1.1"))
    (found,) = result(R21, replace(tables, actions=actions({"action": "1.2a"}))).findings
    assert (found.file, found.found) == ("2013-14/action_areas.csv", "1.1")
    assert "no action" in found.message
    empty = tables.development_areas[0].model_copy(update={"area": 2})
    changed = replace(tables, development_areas=(*tables.development_areas, empty))
    (found,) = result(R21, changed).findings
    assert (found.file, found.found) == ("2013-14/development_areas.csv", "2")


# Rule 22: posts and holders ---------------------------------------------------------------------


def test_one_post_of_the_source_has_two_holders_and_none_is_named(tables):
    (found,) = result(R22, tables).findings
    assert named(tables, [found]) == ["4.3a"]
    assert (found.severity, found.file) == ("warning", "2013-14/actions.csv")
    assert "Head of Safeguarding and Review has 2 holders" in found.message
    assert all(label in found.message for label in ("2.1c", "3.3a", "4.3c", "4.3a"))


def test_no_finding_about_posts_tells_who_holds_them():
    """Not even the opaque code: with the plan beside it, that would tell who it is."""
    rows = [{"lead_role": "Chair", "lead_holder": f"holder_0{n}"} for n in (1, 2, 3)]
    (found,) = result(R22, Tables(actions=lettered(rows))).findings
    assert "3 holders" in found.message
    assert "holder_" not in str(found)
    assert "holder_0" not in str(found.as_json())


@pytest.mark.parametrize(
    ("first", "second", "passes"),
    [
        (("hscb", "Chair", "h1"), ("hscb", "Chair", "h1"), True),
        (("hscb", "Chair", "h1"), ("hscb", "Manager", "h1"), True),
        (("hscb", "Chair", "h1"), ("police", "Chair", "h2"), True),
        (("hscb", "Chair", "h1"), ("hscb", "Chair", None), True),
        ((None, None, "h1"), (None, None, "h2"), True),
        (("hscb", "Chair", "h1"), ("hscb", "Chair", "h2"), False),
    ],
    ids=[
        "the same holder twice",
        "two posts of one holder",
        "the same title elsewhere",
        "a holder who is not known",
        "no legible lead",
        "two holders",
    ],
)
def test_two_holders_of_one_post_break_the_rule_and_nothing_else_does(first, second, passes):
    cells = [
        dict(zip(("lead_agency", "lead_role", "lead_holder"), lead, strict=True))
        for lead in (first, second)
    ]
    found = of_actions(R22, *cells)
    assert len(found) == (0 if passes else 1)
    assert all("1.1a" in message and "1.1b" in message for message in found)


# Rule 6: the covering report --------------------------------------------------------------------


def with_amount(tables, amount):
    """Return the tables with another amount wherever the covering report names one."""
    return replace(
        tables,
        covering_report=tuple(
            row if row.amount is None else row.model_copy(update={"amount": amount})
            for row in tables.covering_report
        ),
    )


def test_the_covering_report_names_the_council_s_contribution(tables):
    assert result(R6, tables).outcome == "passed"


@pytest.mark.parametrize("amount", ["127015", "127017", "127016.01"])
def test_an_amount_that_differs_by_a_pound_or_a_penny_is_an_error_at_its_cell(tables, amount):
    (found,) = result(R6, with_amount(tables, Decimal(amount))).findings
    (row,) = [row for row in tables.covering_report if row.amount is not None]
    assert (found.rule, found.severity) == ("R6", "error")
    assert (found.file, found.row) == (row.place.file, row.place.row)
    assert (found.column, found.found) == ("amount", amount)
    assert "£127,016" in found.message
    assert "contributions.csv row 2" in found.message


def test_a_changed_budget_is_found_in_the_covering_report(tables):
    council, *others = tables.contributions
    changed = council.model_copy(update={"amount": Decimal(127017)})
    (found,) = result(R6, replace(tables, contributions=(changed, *others))).findings
    assert found.file == "2013-14/covering_report.csv"
    assert "£127,017" in found.message


def test_without_an_amount_named_the_rule_is_not_run(tables):
    assert result(R6, with_amount(tables, None)).outcome == "not_run"


def test_without_a_contribution_of_the_council_the_rule_is_not_run(tables):
    without = replace(tables, contributions=tables.contributions[1:])
    assert result(R6, without).outcome == "not_run"
    assert result(covering_rule(""), tables).outcome == "not_run"


# What rules need, and placeholders --------------------------------------------------------------


@pytest.mark.parametrize("rule", [*RULES, R6], ids=lambda rule: rule.code)
def test_a_rule_is_run_with_its_tables_and_not_without_any_one_of_them(tables, rule):
    assert result(rule, tables).outcome != "not_run"
    assert rule.tables
    for name in rule.tables:
        assert result(rule, replace(tables, **{name: ()})).outcome == "not_run"
        assert run_rules([rule], tables, {name})[0].outcome == "not_run"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rules_of_the_plan_only_warn(tables, rule):
    assert rule.severity == "warning"
    assert {found.severity for found in result(rule, tables).findings} == {"warning"}


@pytest.mark.parametrize(
    ("column", "severity"), [("due_printed", "warning"), ("success_measure", "error")]
)
def test_a_placeholder_stops_a_final_report_unless_the_column_holds_what_is_printed(
    tables, column, severity
):
    row = tables.actions[1].model_copy(update={column: "TBC", "basis": "derived"})
    rule = placeholder_rule(is_final=True)
    found = result(rule, Tables(actions=(row,), sources=tables.sources)).findings
    assert [(f.row, f.column, f.severity) for f in found] == [(row.place.row, column, severity)]
