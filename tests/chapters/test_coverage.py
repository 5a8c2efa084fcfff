"""Statutory coverage: every requirement is met on a page that exists, or said not to be."""

from collections import Counter

from hscb_report.chapters.coverage import CHAPTER
from hscb_report.report import check_year
from hscb_report.schema.assurance import RequirementCoverage
from hscb_report.schema.reference import StatutoryRequirement
from tests.made_up import only_own, placed, result_of, tables_of

(R26,) = CHAPTER.rules
COVERAGE = "2013-14/requirement_coverage.csv"


def covered(*coverage):
    """Return what is said of one requirement, and coverage rows (profile, requirement, page)."""
    asked = {"profile": "wt", "requirement": "spend", "asks_for": "Spend", "authority": "Guidance"}
    rows = [
        {"profile": p, "requirement": r, "page": page, "coverage": "not_met", "how": "So"}
        for p, r, page in coverage
    ]
    tables = tables_of(
        requirements=only_own("reference/requirements.csv", [asked], StatutoryRequirement),
        requirement_coverage=placed(COVERAGE, rows, RequirementCoverage),
    )
    found = result_of(R26, tables, pages=frozenset({"text/context", "chapters/budget"})).findings
    return [(f.severity, f.file, f.row, f.column, f.found) for f in found]


def test_a_requirement_with_a_page_of_the_book_passes_even_where_it_is_not_met():
    assert covered(("wt", "spend", "chapters/budget")) == []


def test_a_page_that_the_book_does_not_have_is_an_error_at_its_cell():
    rows = ("wt", "spend", "text/context"), ("wt", "spend", "chapters/budgets")
    assert covered(*rows) == [("error", COVERAGE, 3, "page", "chapters/budgets")]


def test_a_requirement_that_no_row_meets_is_an_error_at_the_requirement():
    """Coverage under another profile does not count."""
    expected = [("error", "reference/requirements.csv", 2, "requirement", "spend")]
    assert covered(("wt_2018", "spend", "text/context")) == expected


def test_the_committed_requirements_are_held_against_the_book_s_own_pages(after, table, data):
    (found,) = after(R26, (RequirementCoverage, 4, "page", "pages/no-such-page"))
    assert (found.file, found.row) == (COVERAGE, 4)
    table("requirement_coverage").rewrite(lambda records: records[:-1])
    found = [found for found in check_year("2013-14", data).findings if found.rule == "R26"]
    assert [(f.file, f.found) for f in found] == [
        ("reference/requirements.csv", "use_unexpected_deaths")
    ]


def test_a_requirement_met_in_several_ways_is_listed_once(report):
    """The weakest of several counts; the pages stand beside each other."""
    rows = report.exhibit("statutory-coverage").texts()
    assert Counter(row[2] for row in rows) == {
        "By evidence": 4,
        "Partly": 8,
        "By narrative only": 5,
        "Not at all": 2,
    }
    assert rows[9][0::2][:2] == ("Spend on child death reviews", "Not at all")
    facts = ("by_evidence", "partly", "by_narrative", "not_met", "requirements")
    assert [report.value(f"coverage.{name}") for name in facts] == ["4", "8", "5", "2", "19"]
