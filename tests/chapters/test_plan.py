"""The plan: objectives that fit its action areas; its tables."""

import pytest
from pydantic import ValidationError

from hscb_report.chapters import journey, plan
from hscb_report.chapters.plan import CHAPTER
from hscb_report.results.outline import Shown
from hscb_report.schema.plan import ActionArea, DevelopmentArea, Objective
from tests import in_force
from tests.made_up import placed, result_of, tables_of, with_tables, year_of
from tests.made_up_plan import actions

(R21,) = CHAPTER.rules

# Objectives -------------------------------------------------------------------------------------


def test_nine_objectives_of_the_damaged_grid_disagree_with_the_action_areas(given):
    found = result_of(R21, given.tables).findings
    assert [f.found for f in found if "no tick" in f.message] == [
        *("supervision", "workforce_changes", "learning", "domestic_abuse"),
    ]
    assert [f.found for f in found if "no action area" in f.message] == [
        *("case_decisions", "assessments_across_agencies", "placed_by_others"),
        *("review_model", "workforce_knowledge"),
    ]
    assert len(found) == 9
    rows = {row.objective: row.place for row in given.tables[Objective]}
    for finding in found:
        assert (finding.severity, finding.column) == ("warning", "ticked")
        assert (finding.file, finding.row) == (rows[finding.found].file, rows[finding.found].row)


def objectives(*grid, areas=("1.1",)):
    """Return tables with objectives, each given as its ticks and its action area."""
    cells = [
        {"objective": f"o_{n}", "development_area": 1, "title": "An objective"}
        | {"ticked": ticked, "action_area": area}
        for n, (ticked, area) in enumerate(grid)
    ]
    named_areas = [
        {"action_area": a, "development_area": 1, "title": a, "need_from": "audit"} for a in areas
    ]
    return tables_of(
        objectives=placed("2013-14/objectives.csv", cells, Objective),
        action_areas=placed("2013-14/action_areas.csv", named_areas, ActionArea),
        actions=actions(*({"action": f"{a}a", "action_area": a} for a in areas)),
        development_areas=placed(
            "2013-14/development_areas.csv",
            [{"area": 1, "title": "An area", "priority": 1}],
            DevelopmentArea,
        ),
    )


def test_an_objective_is_ticked_for_the_plan_year_where_an_action_area_takes_it_up():
    # A second objective takes the area up, so that only the first is in question.
    for ticked, area, says in (
        ("2014-15", "1.1", None),
        ("2013-14;2014-15;2015-16", "1.1", None),
        (None, None, None),
        ("2013-14;2015-16", None, None),
        ("2014-15", None, "ticked for 2014-15, but no action area"),
        ("2013-14", "1.1", "action area 1.1 takes it up in 2014-15, but no tick"),
        ("2015-16", "1.1", "action area 1.1 takes it up in 2014-15, but no tick"),
        (None, "1.1", "action area 1.1 takes it up in 2014-15, but no tick"),
    ):
        found = result_of(R21, objectives((ticked, area), ("2014-15", "1.1"))).findings
        assert [(f.row, says in f.message) for f in found] == ([(2, True)] if says else [])


def test_a_year_that_is_ticked_twice_is_refused():
    with pytest.raises(ValidationError, match="2014-15 stands twice"):
        objectives(("2014-15;2014-15;2015-16", "1.1"))


def test_what_nothing_belongs_to_is_told():
    """An action area without objective or actions, a development area without action areas."""

    def told(tables):
        return [(f.file, f.found, f.message) for f in result_of(R21, tables).findings]

    areas = "2013-14/action_areas.csv"
    unnamed = objectives(("2014-15", "1.1"), areas=("1.1", "1.2"))
    assert told(unnamed) == [(areas, "1.2", "no objective names this action area.")]
    tables = objectives(("2014-15", "1.1"))
    idle = with_tables(tables, actions=actions({"action": "1.2a"}))
    assert told(idle) == [(areas, "1.1", "this action area has no action.")]
    empty = tables[DevelopmentArea][0].model_copy(update={"area": 2})
    found = told(with_tables(tables, development_areas=(*tables[DevelopmentArea], empty)))
    assert [(file, code) for file, code, _ in found] == [("2013-14/development_areas.csv", "2")]


# The tables -------------------------------------------------------------------------------------


def test_the_table_of_due_dates_counts_every_action_as_printed_and_as_read(report):
    table = report.exhibit("due-dates")
    assert [sum(row[column].value for row in table.rows) for column in (1, 2)] == [49, 49]
    rows = {row[0]: row[1:] for row in table.texts()}
    assert rows["February 2014"] == ("1", "0")
    assert rows["February 2015"] == ("4", "5")
    assert rows["To be confirmed, or not legible"] == ("4", "4")
    assert table.notes == ("Misprinted years are corrected for 4.5b and 4.5e.",)


def test_the_action_areas_of_the_journey_are_those_that_carry_its_areas(given, report):
    for area in in_force.JOURNEY_AREA:
        rows = report.exhibit(f"plan-for-{area.replace('_', '-')}").texts()
        assert [row[0].split()[0] for row in rows] == [
            row.action_area for row in given.tables[ActionArea] if area in (row.journey_areas or ())
        ]


def test_an_area_of_the_journey_without_action_areas_has_no_table(given):
    """A table without rows is not published: it would have no headers in the PDF, and stop it."""
    apart = [row.model_copy(update={"journey_areas": None}) for row in given.tables[ActionArea]]
    data = year_of(with_tables(given.tables, action_areas=apart), settings=given.settings)
    tables = {table.label: table for table in plan.exhibits(data)}
    assert not tables["plan-for-audit"].rows
    ((page,),) = (found for name, found in journey.outlines(data) if name == "area-audit")
    blocks = [*page.blocks, *(block for section in page.sections for block in section.blocks)]
    assert [block.exhibit for block in blocks if isinstance(block, Shown)] == ["area-audit"]
