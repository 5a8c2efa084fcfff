"""Chapters: what a page is made from, and declarations that hold together."""

from hscb_report.chapters import ORDER, declared_chapters
from hscb_report.results.chapter import PARTS, THE_DATA, Chapter, Page, notebook_page
from hscb_report.schema import YearData
from hscb_report.years import ReportingYear


def test_the_path_of_a_page_says_what_it_is_made_from():
    assert notebook_page("budget", THE_DATA) == Page("chapters/budget", THE_DATA)
    assert Page("chapters/budget", THE_DATA).notebook == "budget"
    for path in ("text/context", "pages/notice", "areas/audit"):
        assert Page(path, THE_DATA).notebook == ""


def test_a_chapter_makes_nothing_until_something_is_declared():
    chapter, data = Chapter("x", "X"), YearData(ReportingYear(2013))
    for make in ("facts", "exhibits", "outlines", "callouts", "tags"):
        assert list(getattr(chapter, make)(data)) == []


def test_every_chapter_of_the_list_is_declared_as_its_module_is_named_and_in_a_known_part():
    declared = declared_chapters()
    assert declared.findings == ()
    assert [chapter.name for chapter in declared.chapters] == list(ORDER)
    assert {page.part for chapter in declared.chapters for page in chapter.pages} <= set(PARTS)
    assert [rule.code for rule in declared.rules] == sorted(
        (rule.code for chapter in declared.chapters for rule in chapter.rules),
        key=lambda code: int(code[1:]),
    )


def test_what_a_chapter_makes_is_named_by_it_and_once_in_the_report(report):
    names = {chapter.name for chapter in declared_chapters().chapters}
    assert {fact.chapter for fact in report.facts} <= names
