"""The covering report: its figure is the budget's, and every row stands once under its heading."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from hscb_report.chapters import covering_report
from hscb_report.chapters.covering_report import CHAPTER
from hscb_report.checks.rule import run_rules
from hscb_report.schema.finance import Contribution
from hscb_report.schema.scrutiny import CoveringItem
from tests import in_force
from tests.made_up import (
    placed,
    result_of,
    tables_of,
    with_settings,
    with_tables,
    with_words,
    year_of,
)

R6, R38 = CHAPTER.rules
FILE = "2013-14/covering_report.csv"
# These stand with the meeting: a word or two each.
WITH_MEETING = {"classification", "key_decision", "wards"}


def texts(section):
    """Return the texts of a section, in their order."""
    found = []
    for block in section.blocks:
        found += [*getattr(block, "paragraphs", ()), *getattr(block, "items", ())]
        found += [text for term in getattr(block, "terms", ()) for text in term.paragraphs]
    return found


def terms(section):
    return [term for block in section.blocks for term in getattr(block, "terms", ())]


def outline_of(given, rows):
    tables = with_tables(given.tables, covering_report=rows)
    data = year_of(tables, settings=given.settings)
    ((name, sections),) = covering_report.outlines(data)
    assert name == "covering-report"
    return sections


@pytest.fixture(scope="module")
def outline(given):
    return outline_of(given, given.tables[CoveringItem])


# The figure -------------------------------------------------------------------------------------


def test_another_sum_than_the_budget_s_is_an_error_at_its_cell(given, after):
    """To the penny, whichever of the two is changed."""
    assert result_of(R6, given.tables, settings=given.settings).outcome == "passed"
    for amount in ("127015", "127017", "127016.01"):
        (found,) = after(R6, (CoveringItem, 39, "amount", amount))
        assert (found.severity, found.file, found.row) == ("error", FILE, 39)
        assert (found.column, found.found) == ("amount", amount)
        assert "£127,016 (contributions.csv row 2)" in found.message
    (found,) = after(R6, (Contribution, 2, "amount", "127017"))
    assert (found.file, found.found) == (FILE, "127016")


def test_only_the_section_on_finance_is_held_against_the_budget(after):
    """A sum that another section names is another sum; a second one in this section is not."""
    assert after(R6, (CoveringItem, 2, "amount", "5")) == []
    (found,) = after(R6, (CoveringItem, 40, "amount", "5"))
    assert found.row == 40


def test_without_a_sum_a_contribution_or_a_council_there_is_nothing_to_compare(given):
    known = {"settings": given.settings}
    unnamed = [row.model_copy(update={"amount": None}) for row in given.tables[CoveringItem]]
    elsewhere = [
        row.model_copy(update={"section": "legal"}) if row.amount else row
        for row in given.tables[CoveringItem]
    ]
    for rows in (unnamed, elsewhere):
        tables = with_tables(given.tables, covering_report=rows)
        assert result_of(R6, tables, **known).outcome == "not_run"
    without = with_tables(given.tables, contributions=given.tables[Contribution][1:])
    assert result_of(R6, without, **known).outcome == "not_run"
    assert result_of(R6, given.tables).outcome == "not_run"


def test_the_sum_is_shown_as_two_facts_under_its_heading_alone(outline, report):
    named = {s.title: [t.fact for t in terms(s) if t.fact] for s in outline}
    facts = named.pop(in_force.COVERING_SECTION["financial"])
    exact = [f"{chapter}.council_contribution.exact" for chapter in ("covering_report", "budget")]
    assert facts == exact
    assert not any(named.values())
    assert [report.names[fact] for fact in facts] == ["£127,016", "£127,016"]


# The outline ------------------------------------------------------------------------------------


def test_every_row_stands_once_under_its_printed_heading(given, outline):
    rows = given.tables[CoveringItem]
    by_heading = {section.title: texts(section) for section in outline}
    assert len(by_heading) == len(outline)
    for code, heading in in_force.COVERING_SECTION.items():
        own = [row.text for row in rows if row.section == code]
        if code in WITH_MEETING:
            assert heading not in by_heading
            assert [t.paragraphs for t in terms(outline[0]) if t.term == heading] == [
                (text,) for text in own
            ]
        else:
            assert by_heading.get(heading, []) == own
    every = Counter(text for section in outline for text in texts(section))
    assert all(every[row.text] == 1 for row in rows)


def test_headings_stand_in_their_order_after_the_meeting(given, outline):
    used = {row.section for row in given.tables[CoveringItem]} - WITH_MEETING
    assert [section.title for section in outline] == [
        "Meeting",
        *(heading for code, heading in in_force.COVERING_SECTION.items() if code in used),
    ]


def test_the_meeting_says_when_and_where_it_is(outline):
    said = {term.term: term.paragraphs for term in terms(outline[0])}
    assert said["Date and time"] == ("1 October 2014, 3.30 pm",)
    assert said["Place"] == ("Shire Hall, Hereford",)
    assert said["Meeting"] == ("Health and Social Care Overview and Scrutiny Committee",)
    assert all(paragraphs[0].strip() for paragraphs in said.values())


codes = sorted(set(in_force.COVERING_SECTION) - WITH_MEETING)
labels = st.lists(st.sampled_from((None, "(a)", "(b)")), min_size=1, max_size=5)


@drawn(st.dictionaries(st.sampled_from(codes), labels, min_size=1, max_size=4), st.randoms())
def test_however_rows_are_labelled_none_is_lost_or_told_twice(given, labelled, random):
    """What has no label stands with what goes before it; the order is that of the positions."""
    cells = [
        {"section": code, "position": n, "label": label, "text": f"{code} {n}", "amount": None}
        for code, own in labelled.items()
        for n, label in enumerate(own)
    ]
    random.shuffle(cells)
    _meeting, *found = outline_of(given, placed(FILE, cells, CoveringItem))
    by_heading = {section.title: section for section in found}
    assert set(by_heading) == {in_force.COVERING_SECTION[code] for code in labelled}
    for code, own in labelled.items():
        section = by_heading[in_force.COVERING_SECTION[code]]
        assert texts(section) == [f"{code} {n}" for n in range(len(own))]
        assert [term.term for term in terms(section)] == [label for label in own if label]
        last = ""
        placed_under = {text: term.term for term in terms(section) for text in term.paragraphs}
        for n, label in enumerate(own):
            last = label or last
            assert placed_under.get(f"{code} {n}", "") == last


def test_a_covering_report_without_a_meeting_is_an_error_and_has_no_sections(given):
    data = with_settings(given, covering_report=None)
    (found,) = result_of(R38, data.tables, settings=data.settings).findings
    assert (found.severity, found.file, found.row) == ("error", FILE, 2)
    assert "2013-14/year.toml names no meeting" in found.message
    assert result_of(R38, given.tables, settings=given.settings).outcome == "passed"
    assert result_of(R38, tables_of(), settings=data.settings).outcome == "not_run"
    assert list(covering_report.outlines(data)) == []


def test_headings_are_those_that_the_board_has_chosen_and_only_their_meaning_counts(given):
    """Of words that mean nothing no sum is compared, and nothing stands with the meeting."""
    rows = [
        {"section": code, "position": 1, "text": code, "amount": Decimal(5)}
        for code in ("money", "why")
    ]
    table = tuple(
        CoveringItem.model_construct(**{**vars(given.tables[CoveringItem][0]), **row})
        for row in rows
    )
    data = with_words(given, "covering_section", why="Why", money="Money")
    data = replace(data, tables=with_tables(data.tables, covering_report=table))
    ((_, sections),) = covering_report.outlines(data)
    assert [section.title for section in sections] == ["Meeting", "Why", "Money"]
    assert not [term for section in sections for term in terms(section) if term.fact]
    told = {fact.id: fact.figure.value for fact in covering_report.facts(data)}
    assert told == {
        "covering_report.council_contribution": None,
        "covering_report.recommendations": 0,
    }
    run = run_rules([R6], data)[0]
    assert run.outcome == "not_run"


def test_the_facts_are_the_sum_and_the_recommendations(given, report):
    assert report.value("covering_report.recommendations") == "4"
    rows = [
        row.model_copy(update={"amount": Decimal("127016.50")}) if row.amount else row
        for row in given.tables[CoveringItem]
    ]
    tables = with_tables(given.tables, covering_report=rows)
    first, _ = covering_report.facts(year_of(tables))
    assert first.text == "£127,016.50"
