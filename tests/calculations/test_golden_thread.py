"""The golden thread: what asked for something, and what answers it."""

from collections import Counter

import pytest
from hypothesis import given

from hscb_report.calculations import golden_thread
from hscb_report.calculations.golden_thread import PLANNED
from hscb_report.schema import Tables
from hscb_report.schema import vocabularies as words
from hscb_report.schema.cases import CdopLesson
from hscb_report.schema.journey import InspectionStatement
from hscb_report.schema.learning import AuditFinding
from hscb_report.schema.plan import StatedPriority, Thread
from tests import in_force
from tests.made_up import placed, tables_of
from tests.strategies import PRIORITIES, thread_links


def origins(tables):
    return golden_thread.origins(tables, in_force.JOURNEY_AREA)


def made_up(*links):
    """Return tables of three stated priorities, and of threads: origin, item and target."""
    stated = [{"stated": code, "title": code, "called": "focus"} for code in PRIORITIES]
    threads = [
        {"origin": origin, "item": item, "target": target, "reached": f"r{n}", "how": "So"}
        for n, (origin, item, target) in enumerate(links)
    ]
    return tables_of(
        stated_priorities=placed("2013-14/stated_priorities.csv", stated, StatedPriority),
        golden_thread=placed("2013-14/golden_thread.csv", threads, Thread),
    )


# The committed data -----------------------------------------------------------------------------


def test_every_start_of_the_data_appears_exactly_once(tables):
    """Seven findings, three lessons, what the inspections state, and every stated priority."""
    statements = [row for row in tables[InspectionStatement] if row.said == "stated"]
    expected = {
        "finding": [row.finding for row in tables[AuditFinding]],
        "lesson": [row.lesson for row in tables[CdopLesson]],
        "inspection": [row.statement_code for row in statements],
        "priority": [row.stated for row in tables[StatedPriority]],
    }
    found = origins(tables)
    assert [(start.kind, start.code) for start in found] == [
        (kind, code) for kind in words.ORIGIN for code in expected[kind]
    ]
    for kind, codes in expected.items():
        figure = golden_thread.origins_total(found, kind)
        assert figure.value == len(codes) == len(set(figure.rows))
    assert (len(expected["finding"]), len(expected["lesson"])) == (7, 3)
    assert golden_thread.origins_total(found).value == len(found)
    titles = {start.code: start.title for start in found}
    assert titles["ofsted_2014_voice"] == f"Ofsted 2014: {in_force.JOURNEY_AREA['voice']}"
    assert all(titles.values())


def test_every_thread_of_the_data_hangs_on_exactly_one_start(tables):
    """Otherwise a link would be kept and never shown."""
    starts = origins(tables)
    hung = Counter(thread.place for start in starts for thread in start.threads)
    assert hung == Counter(thread.place for thread in tables[Thread])


def test_two_stated_priorities_have_no_action_and_one_of_them_nothing_at_all(tables):
    """Neglect has a policy."""
    stated, threads = tables[StatedPriority], tables[Thread]
    rows = golden_thread.stated_without_action(stated, threads)
    assert {row.stated for row in rows} == {"neglect", "disabled_deaf_diverse"}
    assert golden_thread.priorities_without_action(stated, threads).value == 2
    by_code = {start.code: start for start in origins(tables)}
    assert [thread.target for thread in by_code["neglect"].threads] == ["policy"]
    assert not by_code["neglect"].is_orphan
    assert by_code["disabled_deaf_diverse"].is_orphan


def test_orphans_are_the_starts_that_no_row_of_the_table_names(tables):
    found = origins(tables)
    named = {(row.origin, row.item) for row in tables[Thread]}
    for kind in (None, *words.ORIGIN):
        expected = {
            start.row.place
            for start in found
            if kind in (None, start.kind) and (start.kind, start.code) not in named
        }
        assert set(golden_thread.orphans(found, kind).rows) == expected


@pytest.mark.parametrize("said", [code for code in words.INSPECTION_SAID if code != "stated"])
def test_what_an_inspection_does_not_state_is_a_start_only_where_a_thread_starts(tables, said):
    """A merged statement, or an additional priority, starts elsewhere."""
    first, *others = tables[InspectionStatement]
    merged = first.model_copy(update={"said": said})
    changed = tables.with_rows(InspectionStatement, (merged, *others))
    assert len(origins(changed)) == len(origins(tables))
    without = [row for row in tables[Thread] if row.item != first.statement_code]
    changed = changed.with_rows(Thread, without)
    assert len(origins(changed)) == len(origins(tables)) - 1


# Made up ----------------------------------------------------------------------------------------


def test_a_start_that_several_things_answer_is_counted_once():
    found = origins(
        made_up(
            ("priority", "voice", "action"),
            ("priority", "voice", "action"),
            ("priority", "voice", "action_area"),
            ("priority", "neglect", "policy"),
        )
    )
    assert golden_thread.answered(found, *PLANNED).value == 1
    assert golden_thread.answered(found, "action", "policy").value == 2
    assert golden_thread.answered(found, "action", kind="finding").value == 0
    nothing = golden_thread.answered(found, "training")
    assert (nothing.value, nothing.searched) == (0, ("2013-14/stated_priorities.csv",))


def test_a_thread_of_another_kind_with_the_same_code_answers_nothing():
    tables = made_up(("finding", "neglect", "action"), ("lesson", "voice", "action"))
    assert golden_thread.orphans(origins(tables)).value == 3
    without = golden_thread.stated_without_action(tables[StatedPriority], tables[Thread])
    assert len(without) == 3


def test_without_any_start_there_are_no_orphans():
    assert origins(Tables()) == ()
    assert golden_thread.orphans(()).value == 0


@given(thread_links)
def test_a_start_is_an_orphan_or_something_answers_it_and_only_an_action_is_an_action(links):
    """A policy or training is an answer, and no action; threads keep the order of the table."""
    tables = made_up(*links)
    found = origins(tables)
    threads = [row for row in tables[Thread] if row.origin == "priority"]
    for start in found:
        assert start.threads == tuple(row for row in threads if row.item == start.code)
    answered = golden_thread.answered(iter(found), *words.TARGET)
    orphans = golden_thread.orphans(iter(found))
    assert set(answered.rows) == {start.row.place for start in found if start.threads}
    assert answered.value + orphans.value == len(found) == len(PRIORITIES)
    planned = {row.item for row in threads if row.target in ("action", "action_area")}
    without = golden_thread.priorities_without_action(
        iter(tables[StatedPriority]), iter(tables[Thread])
    )
    assert set(without.rows) == {start.row.place for start in found if start.code not in planned}
    assert golden_thread.answered(found, *PLANNED).value == len(planned)
