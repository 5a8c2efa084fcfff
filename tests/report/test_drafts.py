"""What a draft is still to have: names that its texts may use already, and names that never are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hscb_report.chapters import declared_chapters
from hscb_report.figures import Figure
from hscb_report.report.drafts import ToCome, to_come
from hscb_report.report.gathering import Gathered
from hscb_report.results.exhibit import Column, exhibit
from hscb_report.results.fact import Ledger, fact
from hscb_report.results.published import Results
from hscb_report.schema import YearData
from hscb_report.units import POUNDS
from tests.made_up import with_settings


def _spend() -> Figure:
    """Return nothing."""
    return Figure(3)


EARLIER = Gathered(
    Results(
        Ledger.of([fact("budget.spend", "Spend", POUNDS, _spend)]),
        (exhibit("spend-shares", "Spend", (Column("Line"),), ()),),
    )
)


@pytest.fixture(scope="module")
def draft(committed) -> YearData:
    known = YearData(committed.year, committed.tables, committed.settings)
    return with_settings(known, status="draft")


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("budget.spend", True),
        ("budget.spend.trend", True),
        ("budget.spend.period", True),
        ("budget.spend.nonsense", False),
        ("budget.spend.trend.trend", False),
        ("budget.spent", False),
        ("budget", False),
        ("budget.", False),
        ("training.anything", True),
        ("training.anything.counted", True),
        ("training", False),
        ("", False),
    ],
)
def test_a_number_to_come_is_one_that_is_known_or_of_a_chapter_that_lacks_rows(name, is_one):
    known = ToCome(frozenset({"budget.spend"}), chapters=frozenset({"training"}))
    assert known.has_number(name) is is_one


def test_a_thing_to_come_is_a_known_table_or_anything_while_rows_are_missing():
    known = ToCome(tables=frozenset({"spend-shares"}))
    assert known.has_thing("spend-shares")
    assert not known.has_thing("priority-1")
    assert replace(known, lacks_rows=True).has_thing("priority-1")


def test_a_draft_is_to_have_what_the_years_before_it_had_and_what_is_declared(draft):
    found = to_come(draft, Gathered(absent=frozenset({"audits.closed"})), [EARLIER])
    assert {"audits.closed", "budget.spend"} <= found.facts
    measures = {f"{row.chapter}.{row.measure}" for row in draft.tables.named("measures")}
    assert found.facts == measures | {"audits.closed", "budget.spend"}
    assert (found.tables, found.chapters, found.lacks_rows) == ({"spend-shares"}, set(), False)


def test_of_each_chapter_that_reads_a_table_without_rows_more_is_to_come(draft):
    lacking = replace(draft, awaited=frozenset({"contributions"}))
    found = to_come(lacking, Gathered(), [])
    chapters = declared_chapters().chapters
    reads = {c.name for c in chapters if "contributions" in {r.info.name for r in c.tables}}
    assert (found.chapters, found.lacks_rows) == (reads, True)
    assert "budget" in reads


def test_a_final_report_is_to_have_nothing_more(draft):
    final = with_settings(draft, status="final")
    assert to_come(final, EARLIER, [EARLIER]) == ToCome()
