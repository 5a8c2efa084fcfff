"""The golden thread: a priority has an action, and every start stands in one table."""

from hscb_report.chapters import golden_thread
from hscb_report.chapters.golden_thread import CHAPTER
from hscb_report.report import check_year
from hscb_report.schema import vocabularies as words
from hscb_report.schema.plan import StatedPriority, Thread
from tests.made_up import placed, result_of, tables_of, with_tables, year_of

(R20,) = CHAPTER.rules
PRIORITIES = "2013-14/stated_priorities.csv"


def answered(target, item="one", origin="priority"):
    """Return what is said of one stated priority beside one thread."""
    thread = {"origin": origin, "item": item, "target": target, "reached": "1.1a", "how": "So"}
    stated = [{"stated": "one", "title": "The one", "called": "focus"}]
    tables = tables_of(
        stated_priorities=placed(PRIORITIES, stated, StatedPriority),
        golden_thread=placed("2013-14/golden_thread.csv", [thread], Thread),
    )
    found = result_of(R20, tables).findings
    return [(f.severity, f.file, f.row, f.column, f.found) for f in found]


def test_a_priority_is_answered_by_an_action_or_an_action_area_and_by_nothing_else():
    for target in ("action", "action_area"):
        assert answered(target) == []
    expected = [("warning", PRIORITIES, 2, "stated", "one")]
    assert answered("policy") == answered("training") == expected
    assert answered("action", item="other") == answered("action", origin="finding") == expected


def test_two_priorities_of_the_source_have_no_action_and_a_third_is_found(given, after):
    found = result_of(R20, given.tables).findings
    assert {f.found for f in found} == {"neglect", "disabled_deaf_diverse"}
    assert any("called a priority (Neglect)" in f.message for f in found)
    row = next(r for r in given.tables[Thread] if r.item == "private_fostering").place.row
    (new,) = after(R20, (Thread, row, "item", "neglect"))
    assert new.found == "private_fostering"


def test_a_link_to_an_action_mends_it(given):
    """What the hint offers works."""
    link = given.tables[Thread][-1].model_copy(update={"target": "action", "reached": "1.1a"})
    links = [link.model_copy(update={"item": c}) for c in ("neglect", "disabled_deaf_diverse")]
    tables = with_tables(given.tables, golden_thread=(*given.tables[Thread], *links))
    assert result_of(R20, tables).outcome == "passed"


def test_damage_to_a_table_that_starts_threads_is_no_defect_of_the_rule(table, data):
    """Its own finding tells what is wrong; the rule gives the same answer."""
    damaged = ("inspections", "inspection_statements", "audit_findings", "cdop_lessons")
    for name in damaged:
        table(name).set(2, "locator", "")
    found = check_year("2013-14", data).findings
    assert [f.rule for f in found if f.severity == "error"] == ["L4"] * len(damaged)
    assert {f.found for f in found if f.rule == "R20"} == {"neglect", "disabled_deaf_diverse"}


# The tables -----------------------------------------------------------------------------------


def test_the_priorities_without_action_are_those_of_the_source(report):
    rows = report.exhibit("priorities-without-action").texts()
    assert [(row[0].split(",")[0], row[2]) for row in rows] == [
        ("The welfare of children who are disabled or deaf", "none"),
        ("Neglect", "Neglect Guidance"),
    ]


def test_the_tables_hold_every_start_once_and_sum_to_the_whole(report):
    *kinds, whole = report.exhibit("golden-thread").rows
    for kind, row in zip(words.ORIGIN, kinds, strict=True):
        assert len(report.exhibit(f"golden-thread-{kind}").rows) == row[1].value
    for column in range(1, len(whole)):
        assert whole[column].value == sum(row[column].value for row in kinds)
    assert len(report.exhibit("golden-thread-orphans").rows) == whole[-1].value == 5


def test_without_orphans_the_tables_say_none(given):
    kept = with_tables(
        given.tables,
        stated_priorities=given.tables[StatedPriority][:1],
        audit_findings=(),
        cdop_lessons=(),
        inspection_statements=(),
    )
    made = {table.label: table for table in golden_thread.exhibits(year_of(kept))}
    assert made["golden-thread-orphans"].texts() == (("none",) * 3,)
    assert made["priorities-without-action"].texts() == (("none",) * 3,)
