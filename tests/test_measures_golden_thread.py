"""The measures of the golden thread: what was asked for, and what answers it."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.measures import golden_thread as measures
from hscb_report.schema import Tables
from hscb_report.schema import vocabularies as words
from hscb_report.schema.plan import StatedPriority, Thread
from tests.strategies import placed

CODES = ("neglect", "voice", "governance")


def stated(*codes):
    rows = [{"stated": code, "title": f"About {code}", "called": "focus"} for code in codes]
    return placed("2013-14/stated_priorities.csv", rows, StatedPriority)


def threads(*links):
    """Return threads, each given as origin, item and target."""
    rows = [
        {"origin": origin, "item": item, "target": target, "reached": f"r{n}", "how": "So"}
        for n, (origin, item, target) in enumerate(links)
    ]
    return placed("2013-14/golden_thread.csv", rows, Thread)


def origins(*links):
    """Return the origins of three stated priorities and some threads."""
    return measures.origins(Tables(stated_priorities=stated(*CODES), golden_thread=threads(*links)))


# The committed data -----------------------------------------------------------------------------


def test_every_start_of_the_data_appears_exactly_once(tables):
    """Seven findings, three lessons, what the inspections state, and every stated priority."""
    expected = {
        "finding": [row.finding for row in tables.audit_findings],
        "lesson": [row.lesson for row in tables.cdop_lessons],
        "inspection": [
            row.statement_code for row in tables.inspection_statements if row.said == "stated"
        ],
        "priority": [row.stated for row in tables.stated_priorities],
    }
    found = measures.origins(tables)
    assert list(expected) == list(words.ORIGIN)
    for kind, codes in expected.items():
        assert [origin.code for origin in found if origin.kind == kind] == codes
        figure = measures.origins_total(found, kind)
        assert figure.value == len(codes) == len(set(figure.rows))
    assert len(expected["finding"]) == 7
    assert len(expected["lesson"]) == 3
    assert measures.origins_total(found).value == len(found) == sum(map(len, expected.values()))


def test_every_thread_of_the_data_hangs_on_exactly_one_start(tables):
    """Otherwise a link would be kept and never shown."""
    hung = Counter(thread.place for o in measures.origins(tables) for thread in o.threads)
    assert hung == Counter(thread.place for thread in tables.golden_thread)


def test_neglect_and_disabled_deaf_and_diverse_children_have_no_action_and_no_other(tables):
    rows = measures.stated_without_action(tables.stated_priorities, tables.golden_thread)
    assert {row.stated for row in rows} == {"neglect", "disabled_deaf_diverse"}
    figure = measures.priorities_without_action(tables.stated_priorities, tables.golden_thread)
    assert figure.value == 2
    assert set(figure.rows) == {row.place for row in rows}


def test_neglect_has_a_policy_and_is_no_orphan(tables):
    by_code = {origin.code: origin for origin in measures.origins(tables)}
    assert [thread.target for thread in by_code["neglect"].threads] == ["policy"]
    assert not by_code["neglect"].is_orphan
    assert by_code["disabled_deaf_diverse"].is_orphan


def test_orphans_are_the_starts_that_no_row_of_the_table_names(tables):
    found = measures.origins(tables)
    named = {(row.origin, row.item) for row in tables.golden_thread}
    expected = {o.row.place for o in found if (o.kind, o.code) not in named}
    assert set(measures.orphans(found).rows) == expected
    assert measures.orphans(found).value == len(expected)
    by_kind = [measures.orphans(found, kind).value for kind in words.ORIGIN]
    assert sum(by_kind) == len(expected)


def test_every_start_has_a_title_to_be_shown_by(tables):
    assert all(origin.title.strip() for origin in measures.origins(tables))
    titles = {o.code: o.title for o in measures.origins(tables) if o.kind == "inspection"}
    assert titles["ofsted_2014_voice"] == f"Ofsted 2014: {words.JOURNEY_AREA['voice']}"


@pytest.mark.parametrize("said", [code for code in words.SAID if code != "stated"])
def test_what_an_inspection_does_not_state_of_its_own_is_no_start(tables, said):
    """A merged statement, or an additional priority, starts elsewhere."""
    mended = [row.model_copy(update={"said": said}) for row in tables.inspection_statements[:1]]
    changed = replace(tables, inspection_statements=(*mended, *tables.inspection_statements[1:]))
    assert tables.inspection_statements[0].said == "stated"
    code = mended[0].statement_code
    without = tuple(row for row in tables.golden_thread if row.item != code)
    assert len(measures.origins(changed)) == len(measures.origins(tables)), "threads start here"
    changed = replace(changed, golden_thread=without)
    assert len(measures.origins(changed)) == len(measures.origins(tables)) - 1


# Made up ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "has_action"),
    [("policy", False), ("training", False), ("action_area", True), ("action", True)],
)
def test_only_an_action_or_an_action_area_is_an_action(target, has_action):
    found = origins(("priority", "voice", target))
    assert {o.code: bool(o.reached(*measures.PLANNED)) for o in found} == {
        "neglect": False,
        "voice": has_action,
        "governance": False,
    }
    assert [o.code for o in found if o.is_orphan] == ["neglect", "governance"]
    without = measures.stated_without_action(stated(*CODES), threads(("priority", "voice", target)))
    assert len(without) == (2 if has_action else 3)


def test_a_start_that_several_things_answer_is_counted_once():
    found = origins(
        ("priority", "voice", "action"),
        ("priority", "voice", "action"),
        ("priority", "voice", "action_area"),
        ("priority", "neglect", "policy"),
    )
    assert measures.answered(found, "action", "action_area").value == 1
    assert measures.answered(found, "action").value == 1
    assert measures.answered(found, "policy").value == 1
    assert measures.answered(found, "training").value == 0
    assert measures.answered(found, "action", "policy").value == 2
    assert measures.answered(found, "action", kind="finding").value == 0


def test_a_thread_of_another_kind_with_the_same_code_answers_nothing():
    found = origins(("finding", "neglect", "action"), ("lesson", "voice", "action"))
    assert measures.orphans(found).value == 3


def test_without_any_start_there_are_no_orphans():
    assert measures.origins(Tables()) == ()
    assert measures.orphans(()).value == 0


links = st.lists(
    st.tuples(
        st.sampled_from(("priority", "finding")),
        st.sampled_from(CODES),
        st.sampled_from(tuple(words.TARGET)),
    ),
    max_size=10,
)


@given(links)
def test_a_start_is_an_orphan_or_something_answers_it(drawn):
    found = origins(*drawn)
    answered = measures.answered(found, *words.TARGET)
    orphans = measures.orphans(found)
    assert answered.value + orphans.value == len(found) == 3
    assert set(answered.rows) | set(orphans.rows) == {o.row.place for o in found}
    assert orphans.value <= len(measures.stated_without_action(stated(*CODES), threads(*drawn)))


@given(links)
def test_the_threads_of_a_start_keep_the_order_of_the_table(drawn):
    for origin in origins(*drawn):
        rows = [thread.place.row for thread in origin.threads]
        assert rows == sorted(rows)
        assert len(rows) == sum(link[:2] == ("priority", origin.code) for link in drawn)


@given(links)
def test_stated_without_action_are_those_counted(drawn):
    tables = Tables(stated_priorities=stated(*CODES), golden_thread=threads(*drawn))
    without = {o.row.place for o in measures.origins(tables) if not o.reached(*measures.PLANNED)}
    figure = measures.priorities_without_action(tables.stated_priorities, tables.golden_thread)
    assert set(figure.rows) == without
