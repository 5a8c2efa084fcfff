"""Prose: which facts it names, and which numbers in it are typed by hand."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.checks.points import claims, passages_of
from hscb_report.checks.prose import (
    Passage,
    numbers_to_mend,
    placeholders,
    typed_numbers,
    unknown_facts,
    unknown_shown,
    without_earlier,
    without_value,
)
from hscb_report.figures import Figure
from hscb_report.report import DEFAULT_DATA, PROJECT, check_year
from hscb_report.schema.assurance import NumberExemption
from hscb_report.schema.points import Point
from hscb_report.store.narrative import read_narrative
from tests.made_up import YEAR, assert_says_what_to_do, only_own
from tests.strategies import markdown_pages, typed_figures


@dataclass(frozen=True)
class FactLike:
    """What has a figure, as a fact has."""

    figure: Figure


KNOWN = ["budget.total_income", "budget.spend", "year"]

# Facts by name --------------------------------------------------------------------------------


def unknown(text):
    found = unknown_facts([Passage("page.md", text)], KNOWN)
    return [(finding.found, finding.row) for finding in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ budget.total_income }}, {{budget.spend}}, {{   year   }}", []),
        ("{ braces } and {numref}`table`", []),
        ("{{ a }} and {{ b }}\n{{ budget.spend }}\n{{ a }}", [("a", 1), ("b", 1), ("a", 3)]),
        ("{{\nbudget.spent\n}}", [("budget.spent", 1)]),
        ("{{ a\n b }}", [("a b", 1)]),
        ("{{ }}", [("", 1)]),
        ("{{ year | upper }}", [("year | upper", 1)]),
        ("{{ year + 1 }}", [("year + 1", 1)]),
    ],
)
def test_what_is_no_known_fact_is_told(text, found):
    """Arithmetic and filters are no names: they belong in a measure, not in prose."""
    assert unknown(text) == found


def test_an_unknown_fact_is_told_with_its_place_and_the_nearest():
    text = "# Budget\n\nIncome: {{ budget.total_incom }}.\n"
    (found,) = unknown_facts([Passage("page.md", text, 4)], KNOWN)
    assert (found.rule, found.severity, found.file, found.row) == ("P1", "error", "page.md", 3)
    assert (found.column, found.found) == (None, "budget.total_incom")
    assert found.message == "cell 4: there is no such fact."
    assert '"budget.total_income"' in found.hint


def test_the_facts_of_a_passage_are_its_names():
    names = Passage("page.md", "{{ a }}, {{b.c}} {{ a }} {{ d\n e }} { f }").fact_ids()
    assert names == {"a", "b.c", "d e"}


@given(st.text(), st.lists(st.text(max_size=5), max_size=3))
def test_any_text_gives_findings_with_lines_and_nothing_else(text, known):
    for found in unknown_facts([Passage("p", text)], known):
        assert found.found not in known
        assert 1 <= found.row <= text.count("\n") + 1


# Numbers typed by hand ------------------------------------------------------------------------


def exempt(*patterns):
    rows = [{"pattern": pattern, "reason": "A reason"} for pattern in patterns]
    return only_own("exempt_numbers.csv", rows, NumberExemption)


def numbers(text, *patterns):
    """Return the numbers of a text that nothing exempts."""
    found = typed_numbers([Passage("page.md", text)], exempt(*patterns))
    return [number.number for number in found if number.exemption is None]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("There were 7, then 42.", ["7", "42"]),
        ("It trained 1,583 people (249 at events).", ["1,583", "249"]),
        ("A share of 61.01%, or 51.32 % of income; .5 of them", ["61.01%", "51.32", ".5"]),
        ("It cost £45,203.50 and £5.", ["£45,203.50", "£5"]),
        ("From 3–5 to 7/8, the 5th, _13_", ["3", "5", "7", "8", "5", "13"]),
        ("counts <5 are hidden, those >10 are shown", ["5", "10"]),
        ("Two of the four, TEN and Seven", ["Two", "four", "TEN", "Seven"]),
        ("twenty-five, Forty-One, two-thirds", ["twenty-five", "Forty-One", "two-thirds"]),
        ("a ten-year plan, three\nmillion", ["ten-year", "three", "million"]),
        ("99 May inspections, 12014 of them", ["99", "12014"]),
        ("2014 children, 1999 pounds, 2013\nyoung-adults", ["2014", "1999", "2013"]),
        ("½ of them, ①, 2⅔, Ⅳ and ❸", ["½", "①", "2", "⅔", "Ⅳ", "❸"]),
        (
            "a dozen, dozens, half, Twice, hundreds",
            ["dozen", "dozens", "half", "Twice", "hundreds"],
        ),
        ("tens of thousands; numbers doubled", ["tens", "thousands", "doubled"]),
        ("a third of them, one quarter", ["a third", "one quarter"]),
        ("a sixth of them, thrice, threefold", ["a sixth", "thrice", "threefold"]),
        ("a couple of visits, halving", ["couple", "halving"]),
        (
            "1 000, 20\u00a0000, 3\u202f000\u202f000",
            ["1 000", "20\u00a0000", "3\u202f000\u202f000"],
        ),
        ("１２ of ５, ² of them, ₃", ["１２", "５", "²", "₃"]),
        ("5 per cent, five percent, 5 %", ["5", "five", "5"]),
        ("2013 young people; one thousand two hundred", ["2013", "thousand", "two", "hundred"]),
        ("{{ a.b_2 }} of 12 are [in table 4](t-3.md) `x = 1`", ["12", "4"]),
        ("The number of children was\n40. It had been less.", ["40"]),
        ("1. There were 12.", ["12"]),
    ],
)
def test_a_number_typed_by_hand_is_found_in_digits_and_in_words(text, found):
    assert numbers(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "On 1 October 2014, on 31 March, in June 2013, on 09 May",
        "2013, 2013-14, 2013/14 and 2012-2013, in 2014.",
        "section 13, Section 14(4)(b) and sections 5.8",
        "chapter 3, Chapter 4, regulation 5, Regulations 6",
        "paragraph 8, page 30, Appendix 2, appendix 3",
        "issue I-09, line L423-425, rule R16, PDF/UA-1, v2.5",
        "one of them, some, often, weight, tension, fourth, forum",
        "the first and the second, Part II, Chapter IV, the newly-wed couple, m², a ninth member",
        "²gether NHS Foundation Trust, the third sector, each quarter, behalf, halfway, often",
        "In 2013 children came; the 2014 inspections; 2013 was, 2014 is and 2014 has",
        "since\n2013 boards, by 2014 numbers",
        "No numbers.",
        "",
    ],
)
def test_dates_years_and_the_numbering_of_laws_are_no_figures(text):
    assert numbers(text) == []


@pytest.mark.parametrize(
    "text", ["£2000", "£1950.50", "2013%", "1999.50", "2010,000", "£ 2000", "2013 %"]
)
def test_an_amount_is_found_even_where_its_digits_are_those_of_a_year(text):
    """Money and shares are no years."""
    assert numbers(f"It came to {text} in all.") != []


@given(markdown_pages(), typed_figures())
def test_a_number_is_found_wherever_it_stands_in_prose_and_nowhere_else(page, number):
    """Blocks within blocks; each is told with its line."""
    text = page.replace("kept", f"of {number}; it").replace("lost", "lost-9")
    found = [(each.number, each.line) for each in typed_numbers([Passage("p", text)], ())]
    lines = enumerate(page.split("\n"), 1)
    assert found == [(number, place) for place, line in lines for _ in range(line.count("kept"))]


@given(st.text())
def test_any_text_gives_numbers_with_lines_and_each_of_them_stands_there(text):
    lines = text.split("\n")
    for found in typed_numbers([Passage("p", text)], ()):
        assert found.number in lines[found.line - 1]


@pytest.mark.parametrize("severity", ["error", "warning"])
def test_a_number_is_told_with_its_place_unless_it_is_exempt(severity):
    prose = [Passage("a.md", "{{ a\n}} none"), Passage("n.ipynb", "# Title\n\nunder 18, 42", 2)]
    (found,) = numbers_to_mend(typed_numbers(prose, exempt("under 18")), severity)
    assert (found.rule, found.severity, found.file) == ("P2", severity, "n.ipynb")
    assert (found.row, found.column, found.found) == (3, None, "42")
    assert found.message == "cell 2: a number typed by hand."
    assert "exempt_numbers.csv" in found.hint


# Exempt with a reason -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("children under 18 here, and again under  \n  18", []),
        ("18 children, over 18, Under 18, 18 under", ["18", "18", "18", "18"]),
        ("under 180, under 18.5, under 18,000", ["180", "18.5", "18,000"]),
        ("under, say, 18", ["18"]),
        ("under 18, of whom 18 came; 18 under 18", ["18", "18"]),
        ("30 % or more (x); 30 % or more x", ["30"]),
    ],
)
def test_a_number_is_exempt_exactly_where_its_words_stand_around_it(text, left):
    """Across lines too; they are words and no pattern, and cover no number beside them."""
    assert numbers(text, "under 18", "30 % or more (x)", "30 . or more.*") == left


def test_an_exemption_is_told_with_its_number():
    rows = exempt("ten points", "under 18")
    (found,) = typed_numbers([Passage("p", "under 18")], rows)
    assert found.exemption is rows[1]


# Placeholders ---------------------------------------------------------------------------------


@pytest.mark.parametrize("severity", ["error", "warning"])
def test_a_placeholder_is_told_with_its_place(severity):
    """Wherever it stands, in a comment too."""
    prose = [Passage("a.md", "done"), Passage("n.ipynb", "TODOS\n<!-- TODO --> XXXX", 3)]
    found = list(placeholders(prose, severity))
    assert [(each.rule, each.severity, each.file) for each in found] == [
        ("P3", severity, "n.ipynb")
    ] * 2
    assert [(each.row, each.found) for each in found] == [(2, "TODO"), (2, "XXXX")]
    assert found[0].message == "cell 3: an unresolved placeholder."


# The committed text ---------------------------------------------------------------------------


def test_the_committed_prose_names_facts_that_exist_and_types_no_number_without_a_reason():
    outcomes = {result.rule.code: result.outcome for result in check_year("2013-14").results}
    assert {outcomes[code] for code in ("P1", "P2", "P3")} == {"passed"}


def test_every_exemption_is_used(tables):
    """One whose words are gone is to be removed."""
    passages = read_narrative(YEAR, DEFAULT_DATA, PROJECT).passages
    listed = tables[NumberExemption]
    points = [p for row in tables[Point] for p in passages_of(row)]
    found = (*typed_numbers([*passages, *points], listed), *claims(tables[Point], listed))
    used = {number.exemption for number in found}
    assert set(listed) == used - {None}


# What a text shows, and what has no value -------------------------------------------------------

SHOWN = {"exhibit": ["spend", "income"], "picture": ["poster"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```{exhibit} spend\n```\n```{picture} poster\n```", []),
        ("# T\n\n```{exhibit} spent\n```", [("spent", 3)]),
        ("````{picture} postr\n````", [("postr", 1)]),
        ("```{note} spent\n```", []),
    ],
)
def test_a_table_or_picture_that_the_year_lacks_is_told_before_the_book_is_made(text, found):
    told = list(unknown_shown([Passage("page.md", text)], SHOWN))
    assert [(finding.found, finding.row) for finding in told] == found
    assert_says_what_to_do(told)


def test_a_fact_without_a_value_is_told_with_the_row_that_would_give_it():
    facts = {
        "a.b": FactLike(Figure(None, searched=("2013-14/t.csv",), lacks=('agency "x"',))),
        "a.c": FactLike(Figure(0, searched=("2013-14/t.csv",))),
        "a.d": FactLike(Figure(None, withheld=True)),
    }
    passage = Passage("page.md", "{{ a.c }} {{ a.d }}\n{{ a.b }} {{ a.b.trend }}")
    (told,) = without_value([passage], facts)
    assert (told.rule, told.row, told.found) == ("P5", 2, "a.b")
    assert 'agency "x"' in told.message
    assert "2013-14/t.csv" in told.hint


def test_what_a_number_was_before_is_told_where_no_figure_says_it():
    """What stands for it, "no figure for 2012-13", fits few sentences; the report is made."""
    passage = Passage("page.md", "It was\n{{ a.previous }}; {{ a.trend }}; {{ b.previous }}.")
    (told,) = without_earlier([passage], {"a.previous": "no figure for 2012-13"})
    assert (told.rule, told.severity, told.row) == ("P5", "warning", 2)
    assert told.message == 'it says "no figure for 2012-13" this year.'
    assert "{{ a.trend }}" in told.hint
