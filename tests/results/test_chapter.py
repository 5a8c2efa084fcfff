"""Chapters: what a page is made from, and declarations that hold together."""

import pytest

from hscb_report.chapters import ORDER, declared_chapters
from hscb_report.results.chapter import PARTS, THE_DATA, Chapter, Page, notebook_page
from hscb_report.schema import YearData
from hscb_report.schema.finance import Contribution, Expenditure
from hscb_report.schema.reference import Agency
from hscb_report.years import ReportingYear
from tests.made_up import placed, tables_of, year_of


def test_the_path_of_a_page_says_what_it_is_made_from():
    assert notebook_page("budget", THE_DATA) == Page("chapters/budget", THE_DATA)
    assert Page("chapters/budget", THE_DATA).notebook == "budget"
    for path in ("text/context", "pages/notice", "areas/audit"):
        assert Page(path, THE_DATA).notebook == ""


def test_a_chapter_makes_nothing_until_something_is_declared():
    chapter, data = Chapter("x", "X"), YearData(ReportingYear(2013))
    for make in ("facts", "exhibits", "outlines", "callouts", "tags"):
        assert list(getattr(chapter, make)(data)) == []


def test_a_chapter_is_part_of_a_year_if_a_table_that_it_is_about_holds_a_row():
    """One that is about none always is; what it reads beside makes none of it."""
    paid = {"agency": "a", "organisation": "A", "amount": 1}
    rows = placed("2013-14/contributions.csv", [paid], Contribution)
    with_row, without = year_of(tables_of(contributions=rows)), year_of(tables_of())
    chapter = Chapter("x", "X", about=(Expenditure, Contribution), reads=(Contribution, Agency))
    assert chapter.is_present(with_row)
    assert not chapter.is_present(without)
    assert chapter.tables == (Expenditure, Contribution, Agency)
    assert not Chapter("x", "X", about=(Expenditure,), reads=(Contribution,)).is_present(with_row)
    assert Chapter("x", "X", reads=(Contribution,)).is_present(without)


def test_the_numbers_of_a_chapter_are_of_the_year_or_of_the_plan_s():
    data = YearData(ReportingYear(2013))
    assert str(Chapter("x", "X").period(data)) == "2013-14"
    assert str(Chapter("x", "X", looks_ahead=True).period(data)) == "2014-15"


def test_the_pages_of_a_chapter_may_follow_its_data():
    page = Page("text/x", THE_DATA)
    data = YearData(ReportingYear(2013))
    assert Chapter("x", "X", pages=(page,)).pages_of(data) == (page,)
    assert Chapter("x", "X", pages=lambda _: iter((page,))).pages_of(data) == (page,)


@pytest.mark.parametrize(
    ("page", "takes_commentary", "is_text_of_year"),
    [
        (Page("chapters/budget", THE_DATA), True, False),
        (Page("pages/notice", THE_DATA), True, False),
        (Page("text/context", THE_DATA), False, True),
        (Page("text/context", THE_DATA, exhibits=("a-table",)), False, False),
        (Page("text/context", THE_DATA, heading="Context"), False, False),
        (Page("areas/audit", THE_DATA, outline="area-audit"), False, False),
        (Page("pages/names", THE_DATA, heading="Names", exhibits=("a-table",)), False, False),
    ],
)
def test_what_is_common_to_all_years_takes_a_commentary(page, takes_commentary, is_text_of_year):
    assert page.takes_commentary == takes_commentary
    assert page.is_text_of_year == is_text_of_year


def test_every_chapter_of_the_list_is_declared_as_its_module_is_named_and_in_a_known_part(
    committed,
):
    data = year_of(committed.tables, settings=committed.settings)
    declared = declared_chapters()
    assert declared.findings == ()
    assert [chapter.name for chapter in declared.chapters] == list(ORDER)
    assert {p.part for chapter in declared.chapters for p in chapter.pages_of(data)} <= set(PARTS)
    assert [rule.code for rule in declared.rules] == sorted(
        (rule.code for chapter in declared.chapters for rule in chapter.rules),
        key=lambda code: int(code[1:]),
    )


def test_what_a_chapter_makes_is_named_by_it_and_once_in_the_report(report):
    names = {chapter.name for chapter in declared_chapters().chapters}
    assert {fact.chapter for fact in report.facts} <= names
