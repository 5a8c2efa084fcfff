"""What the chapters make is gathered in their order; one that fails hides no other."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hscb_report.chapters import Declared
from hscb_report.figures import Figure
from hscb_report.report import gathering
from hscb_report.report.gathering import Gathered, gather
from hscb_report.results.chapter import Chapter
from hscb_report.results.exhibit import Column, exhibit
from hscb_report.results.fact import fact
from hscb_report.results.outline import Callout
from hscb_report.schema import YearData
from hscb_report.schema.cases import ChildDeath
from hscb_report.schema.finance import Contribution
from hscb_report.units import count_of
from hscb_report.years import Period, ReportingYear
from tests.made_up import measured

DATA = YearData(ReportingYear(2013))
THINGS = count_of("things")


def seven(rows: object) -> Figure:
    """Return seven."""
    return Figure(7, searched=("2013-14/things.csv",))


def one_fact(name: str):
    return lambda _: [fact(name, "Seven", THINGS, seven, ())]


def gathered(
    monkeypatch: pytest.MonkeyPatch, *chapters: Chapter, data: YearData = DATA
) -> Gathered:
    monkeypatch.setattr(gathering, "declared_chapters", lambda: Declared(chapters))
    return gather(data)


def fails(_: YearData):
    yield fact("b.first", "Seven", THINGS, seven, ())
    raise KeyError("West Mercia")


def test_every_result_is_there_in_the_order_of_the_chapters(monkeypatch):
    shown = exhibit("b-shown", "Shown", (Column("A"),), [("x",)])
    remark = Callout("remark", ("a",), ("A",), "Said.")
    second = Chapter("b", "B", facts=one_fact("b.x"), exhibits=lambda _: [shown])
    first = Chapter("a", "A", facts=one_fact("a.x"), callouts=lambda _: [remark])
    found = gathered(monkeypatch, second, first)
    assert [fact.id for fact in found.results.facts] == ["b.x", "a.x"]
    assert found.results.exhibits == (shown,)
    assert found.results.callouts == (remark,)
    assert found.findings == ()
    assert [(named.kind, named.name) for named in found.names] == [
        ("facts", "b.x"),
        ("published tables", "b-shown"),
        ("facts", "a.x"),
        ("callouts", "remark"),
    ]


def test_a_chapter_that_fails_is_told_once_and_the_others_are_gathered(monkeypatch):
    """Nothing is taken from a function that stopped half-way."""
    broken = Chapter("b", "B", facts=fails)
    found = gathered(monkeypatch, broken, Chapter("a", "A", facts=one_fact("a.x")))
    assert [fact.id for fact in found.results.facts] == ["a.x"]
    (told,) = found.findings
    assert (told.rule, told.severity, told.file) == ("C4", "error", "hscb_report/chapters/b.py")
    assert told.message == (
        "the chapter cannot be worked out: facts fails (KeyError: 'West Mercia')."
    )


def test_a_chapter_is_given_the_tables_that_it_reads_and_no_other(monkeypatch):
    def counted(rows):
        """Return the number of rows."""
        return Figure(len(rows), searched=("2013-14/contributions.csv",))

    def count(data: YearData):
        yield fact("a.x", "Rows", THINGS, counted, data.tables[Contribution])

    (told,) = gathered(monkeypatch, Chapter("a", "A", facts=count)).findings
    assert "add Contribution to reads" in told.message
    assert (
        gathered(monkeypatch, Chapter("a", "A", reads=(Contribution,), facts=count)).findings == ()
    )


@pytest.mark.parametrize("what", ["facts", "exhibits", "outlines", "callouts", "tags"])
@pytest.mark.parametrize("given", [lambda _: [object()], lambda _: None, lambda _: 1 / 0])
def test_what_is_no_result_of_its_kind_is_told_by_the_function(monkeypatch, what, given):
    (told,) = gathered(monkeypatch, Chapter("a", "A", **{what: given})).findings
    assert told.rule == "C4"
    assert f"{what} fails" in told.message


def test_a_number_of_which_the_year_has_no_table_is_absent_and_neither_0_nor_published(
    monkeypatch,
):
    """It is known by its name all the same; one that was looked for in a table is published."""

    def number(searched):
        return lambda: Figure(0, searched=searched)

    def both(_: YearData):
        yield fact("a.looked_for", "Found none", THINGS, number(("2013-14/things.csv",)))
        yield fact("a.absent", "No table", THINGS, number(()))

    found = gathered(monkeypatch, Chapter("a", "A", facts=both))
    assert [fact.id for fact in found.results.facts] == ["a.looked_for"]
    assert found.absent == {"a.absent"}
    assert [named.name for named in found.names] == ["a.looked_for", "a.absent"]


def test_a_chapter_that_the_year_says_nothing_of_makes_nothing(monkeypatch):
    chapter = Chapter("a", "A", about=(Contribution,), facts=one_fact("a.x"))
    assert gathered(monkeypatch, chapter) == Gathered()


def test_a_number_is_of_the_chapter_s_time_unless_it_says_of_which(monkeypatch):
    own = Period.parse("2012")

    def dated(_: YearData):
        yield fact("a.x", "Seven", THINGS, seven, ())
        yield fact("a.y", "Seven", THINGS, seven, (), period=own)

    for looks_ahead, period in ((False, "2013-14"), (True, "2014-15")):
        chapter = Chapter("a", "A", facts=dated, looks_ahead=looks_ahead)
        usual, other = gathered(monkeypatch, chapter).results.facts
        assert (str(usual.own_period), usual.has_own_period) == (period, False)
        assert (other.own_period, other.has_own_period) == (own, True)


def test_a_number_of_a_protected_table_is_known_to_be_one(monkeypatch):
    """Whichever year's folder its file stands in."""

    def of_children(rows):
        """Return seven."""
        return Figure(7, searched=("2012-13/child_deaths.csv",))

    def both(_: YearData):
        yield fact("a.x", "Seven", THINGS, seven, ())
        yield fact("a.y", "Seven", THINGS, of_children, ())

    found = gathered(monkeypatch, Chapter("a", "A", reads=(ChildDeath,), facts=both))
    assert [fact.is_protected for fact in found.results.facts] == [False, True]


def test_a_fact_is_called_after_its_chapter(monkeypatch):
    (told,) = gathered(monkeypatch, Chapter("a", "A", facts=one_fact("b.x"))).findings
    assert (told.rule, told.file) == ("C2", "hscb_report/chapters/a.py")
    assert told.hint == 'Call it "a.…".'


def test_tables_of_plans_and_of_measures_are_set_beside_no_other_year(monkeypatch):
    """A plan is another one; a measure has other times in its own table."""
    own = exhibit("own", "Own, 2013-14", (Column("Thing"), Column("Number", THINGS)), [])
    plan = exhibit("plan", "Plan, 2014-15", (Column("Thing"), Column("Number", THINGS)), [])
    found = gathered(
        monkeypatch,
        Chapter("context", "Context", measured=True, exhibits=lambda _: [own]),
        Chapter("plan", "Plan", looks_ahead=True, exhibits=lambda _: [plan]),
        data=replace(DATA, tables=measured({"value": Decimal(3)})),
    )
    labels = {exhibit.label for exhibit in found.results.exhibits}
    assert labels == {"own", "plan", "context-measures"}
    assert found.comparable == {"own"}
