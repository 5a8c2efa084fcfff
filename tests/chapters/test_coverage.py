"""Statutory coverage: every requirement is met on a page that exists, or said not to be."""

from collections import Counter
from decimal import Decimal

import pytest

from hscb_report.chapters import coverage
from hscb_report.chapters.coverage import CHAPTER
from hscb_report.report import check_year
from hscb_report.schema.assurance import RequirementCoverage
from hscb_report.schema.finance import Contribution, Expenditure
from hscb_report.schema.reference import OwnRequirement, Regime, StatutoryRequirement
from tests.made_up import (
    YEAR,
    only_own,
    placed,
    result_of,
    tables_of,
    with_settings,
    with_tables,
    year_of,
)

R26, R37 = CHAPTER.rules
COVERAGE = "2013-14/requirement_coverage.csv"
REGIMES, REQUIREMENTS = "common/regimes.csv", "common/requirements.csv"
OWN = "reference/own_requirements.csv"
PAGES = frozenset({"text/context", "chapters/budget"})
ASKED = {"asks_for": "A thing", "authority": "Guidance", "certainty": "high"}


def asked(*covered, own=(), **changed):
    """Return tables with guidance of this year and another, and with coverage (code, page).

    This year's asks for spend and for lessons, another year's for something else.
    """
    regimes = [
        {"regime": "now", "title": "Now", "first_year": YEAR, "last_year": YEAR},
        {"regime": "then", "title": "Then", "first_year": YEAR.next, "last_year": None},
    ]
    requirements = [
        {**ASKED, "profile": "now", "requirement": "spend", "given_by": "contributions"},
        {**ASKED, "profile": "now", "requirement": "lessons"},
        {**ASKED, "profile": "then", "requirement": "other"},
    ]
    rows = [
        {"requirement": code, "page": page, "coverage": "not_met", "how": "So"}
        for code, page in covered
    ]
    tables = tables_of(
        regimes=only_own(REGIMES, regimes, Regime),
        requirements=only_own(REQUIREMENTS, requirements, StatutoryRequirement),
        own_requirements=only_own(OWN, own, OwnRequirement),
        requirement_coverage=placed(COVERAGE, rows, RequirementCoverage),
    )
    return with_tables(tables, **changed)


def told(tables):
    found = result_of(R26, tables, pages=PAGES).findings
    return [(f.severity, f.file, f.row, f.column, f.found) for f in found]


WHOLE = ("spend", "chapters/budget"), ("lessons", "text/context")


def test_a_requirement_with_a_page_of_the_book_passes_even_where_it_is_not_met():
    assert told(asked(*WHOLE)) == []


def test_a_page_that_the_book_does_not_have_is_an_error_at_its_cell():
    rows = (*WHOLE, ("spend", "chapters/budgets"))
    assert told(asked(*rows)) == [("error", COVERAGE, 4, "page", "chapters/budgets")]


def test_a_requirement_that_no_row_meets_is_a_warning_at_the_table_that_lacks_it():
    """The report says that it is not met; what another year's guidance asks is not missed."""
    expected = [("warning", COVERAGE, None, "requirement", "lessons")]
    assert told(asked(WHOLE[0])) == expected


def test_what_nothing_asks_of_this_year_s_report_is_an_error_at_its_cell():
    """Such as a requirement of other guidance."""
    for code in ("other", "spends"):
        rows = (*WHOLE, (code, "text/context"))
        assert told(asked(*rows)) == [("error", COVERAGE, 4, "requirement", code)]


def test_of_a_year_that_says_nothing_of_coverage_one_warning_tells_how_much_there_is():
    (found,) = result_of(R26, asked(), pages=PAGES).findings
    assert (found.severity, found.file, found.row) == ("warning", COVERAGE, None)
    assert "(2 requirements)" in found.message


def test_a_requirement_whose_table_holds_rows_needs_no_line():
    paid = placed(
        "2013-14/contributions.csv",
        [{"agency": "a", "organisation": "A", "amount": Decimal(1)}],
        Contribution,
    )
    assert told(asked(WHOLE[1], contributions=paid)) == []
    (found,) = result_of(R26, asked(contributions=paid), pages=PAGES).findings
    assert "(1 requirement)" in found.message


@pytest.mark.parametrize(
    ("heading", "met"), [("training", "With figures or findings"), ("other", "Not at all")]
)
def test_spend_that_guidance_asks_for_apart_is_given_by_rows_under_its_heading(given, heading, met):
    """Whatever the board's own code for the heading is: it counts what it means."""
    spent = placed(
        "2013-14/expenditure.csv",
        [{"line": "Courses", "statutory_heading": heading, "amount": Decimal(1)}],
        Expenditure,
    )
    asks = [{**ASKED, "profile": "now", "requirement": "learning"}]
    asks[0] |= {"given_by": "expenditure/training", "shown_on": "chapters/budget"}
    rows = only_own(REQUIREMENTS, asks, StatutoryRequirement)
    tables = asked(expenditure=spent, requirements=rows)
    (table,) = coverage.exhibits(year_of(tables, settings=given.settings))
    assert [row[2] for row in table.texts()] == [met]


def test_what_a_board_asks_of_itself_is_held_to_pages_in_the_years_that_it_says():
    own = {"requirement": "lay_members", "asks_for": "What they did", "authority": "The Board"}
    for last, expected in (
        (None, [("warning", COVERAGE, None, "requirement", "lay_members")]),
        (YEAR, [("warning", COVERAGE, None, "requirement", "lay_members")]),
        (YEAR.previous, []),
    ):
        assert told(asked(*WHOLE, own=[{**own, "last_year": last}])) == expected
    assert told(asked(*WHOLE, ("lay_members", "text/context"), own=[own])) == []


def test_the_committed_requirements_are_held_against_the_book_s_own_pages(after, table, data):
    (found,) = after(R26, (RequirementCoverage, 4, "page", "pages/no-such-page"))
    assert (found.file, found.row) == (COVERAGE, 4)
    table("requirement_coverage").rewrite(lambda records: records[:-1])
    found = [found for found in check_year("2013-14", data).findings if found.rule == "R26"]
    assert [(f.file, f.found) for f in found] == [(COVERAGE, "use_unexpected_deaths")]


# Which guidance ---------------------------------------------------------------------------------


def guidance(given, named=None, year=YEAR):
    data = with_settings(year_of(asked(), settings=given.settings), guidance=named)
    return year_of(data.tables, settings=data.settings, year=year)


def test_the_guidance_is_that_of_the_year_unless_the_settings_name_another(given):
    for named, year, title in (
        (None, YEAR, "Now"),
        (None, YEAR.next, "Then"),
        ("then", YEAR, "Then"),
        ("now", YEAR.next, "Now"),
    ):
        data = guidance(given, named, year)
        assert coverage.regime(data).title == title
        (table,) = coverage.exhibits(data)
        assert table.notes == (f"Held against {title}.",)
        assert len(table.rows) == {"Now": 2, "Then": 1}[title]
    (table,) = coverage.exhibits(guidance(given, year=YEAR.previous))
    assert [row[1] for row in table.texts()] == ["no guidance for this year"]
    assert table.notes == ()


@pytest.mark.parametrize(
    ("named", "year", "severity", "says"),
    [
        (None, YEAR, None, ""),
        ("then", YEAR, None, ""),
        (None, YEAR.previous, "warning", "no guidance that is held here covers 2012-13."),
        ("nov", YEAR, "error", "there is no such guidance."),
    ],
)
def test_guidance_that_is_not_known_is_told_and_a_slip_in_its_name_is_an_error(
    given, named, year, severity, says
):
    data = guidance(given, named, year)
    found = result_of(R37, data.tables, settings=data.settings, year=year).findings
    assert [(f.severity, f.message) for f in found] == ([(severity, says)] if severity else [])
    if named == "nov":
        assert (found[0].file, found[0].found) == ("2013-14/year.toml", "nov")
        assert found[0].hint == 'Did you mean "now"?'
    assert result_of(R37, data.tables).outcome == "passed"


def test_a_requirement_tells_its_paragraph_and_how_sure_it_is_where_it_is_not(given):
    rows = [
        {**ASKED, "profile": "now", "requirement": code, **cells}
        for code, cells in (
            ("a", {}),
            ("b", {"paragraph": "16"}),
            ("c", {"paragraph": "17", "certainty": "low"}),
            ("d", {"certainty": "medium"}),
        )
    ]
    own = [{"requirement": "e", "asks_for": "A thing", "authority": "The Board"}]
    tables = asked(own=own, requirements=only_own(REQUIREMENTS, rows, StatutoryRequirement))
    (table,) = coverage.exhibits(year_of(tables, settings=given.settings))
    assert [row[1] for row in table.texts()] == [
        "Guidance",
        "Guidance, paragraph 16",
        "Guidance, paragraph 17 (low certainty)",
        "Guidance (medium certainty)",
        "The Board",
    ]
    assert {row[2:] for row in table.texts()} == {("Not at all", "nothing in this report")}


def test_a_requirement_met_in_several_ways_is_listed_once(report):
    """The weakest of several counts; the pages stand beside each other."""
    rows = report.exhibit("statutory-coverage").texts()
    assert Counter(row[2] for row in rows) == {
        "With figures or findings": 4,
        "In part": 8,
        "With a statement alone": 5,
        "Not at all": 2,
    }
    assert rows[9][0::2][:2] == ("Spend on child death reviews", "Not at all")
    facts = ("by_evidence", "partly", "by_narrative", "not_met", "requirements")
    assert [report.value(f"coverage.{name}") for name in facts] == ["4", "8", "5", "2", "19"]


def test_where_a_requirement_is_met_is_told_by_the_title_of_the_page(report):
    """Not by its path, which says nothing to a reader."""
    told = [row[3] for row in report.exhibit("statutory-coverage").texts()]
    assert told[0].startswith("About the Board: ")
    assert not [text for text in told if "text/" in text or "chapters/" in text]


def test_what_the_guidance_of_the_next_year_does_not_ask_for_is_not_carried_on():
    """It would be an error there; what both ask for, and the board itself, goes on."""
    own = [{"requirement": "voice", "asks_for": "Their voice", "authority": "The Board"}]
    rows = (*WHOLE, ("other", "text/context"), ("voice", "text/context"))
    (choose,) = CHAPTER.carries.values()
    assert [taken.row for taken in choose(year_of(asked(*rows, own=own)))] == [4, 5]
