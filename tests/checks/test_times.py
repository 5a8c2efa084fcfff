"""Times typed in prose: told where they are those of no fact in their sentence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.checks.prose import Passage
from hscb_report.checks.times import TYPED_TIME, untimely, untold, untold_status
from hscb_report.schema.assurance import NumberExemption
from hscb_report.years import Period, ReportingYear
from tests.made_up import assert_says_what_to_do, only_own
from tests.strategies import markdown_pages

PERIODS = {
    "now": Period.parse("2013-14"),
    "before": Period.parse("2012-13"),
    "on_a_day": Period.parse("2014-03-31"),
    "rate": Period.parse("year to September 2013"),
}


def findings(text, periods=PERIODS, patterns=()):
    rows = [{"pattern": pattern, "reason": "A reason"} for pattern in patterns]
    exemptions = only_own("exempt_numbers.csv", rows, NumberExemption)
    return list(untimely([Passage("page.md", text)], periods, exemptions))


def told(text, *patterns):
    """Return the times of a text that are told."""
    return [finding.found for finding in findings(text, patterns=patterns)]


# The times that count -------------------------------------------------------------------------

WITHIN = (
    *("2013-14", "2013/14", "2013-2014", "2013/2014", "2012-14", "2010-2020", "2013", "2014"),
    *("April 2013", "Sept 2013", "Sept. 2013", "October, 2013", "May\n2013", "March 2014"),
    *("1 April 2013", "1st April 2013", "31st Mar 2014", "2nd\nMay 2013", "01 May 2013"),
)
OUTSIDE = (
    *("2014-15", "2014/15", "2014-2015", "2014/2015", "2012-13", "2010/2013", "2014-16"),
    *("2012", "2015", "1998", "2011-10", "1999-00", "2099-00", "2011-2011"),
    *("March 2013", "April 2014", "Jan 2013", "Feb 2013", "Feb. 2013", "Mar 2013", "Apr 2014"),
    *("May 2014", "Jun 2014", "Jul 2014", "Aug 2014", "Sep 2014", "Sept 2014", "Sept. 2014"),
    *("Oct 2014", "Nov 2014", "Dec 2014", "December, 2014", "November 2014"),
    *("31 March 2013", "1 April 2014", "1st October 2014", "3rd May 2014", "22nd Dec. 2014"),
    *("31 June 2014", "30 February 2013", "09 May 2014", "2nd Oct 2014"),
)


@pytest.mark.parametrize("time", WITHIN)
def test_a_time_that_overlaps_the_period_of_a_fact_is_not_told(time):
    assert told(f"In {time} it was {{{{ now }}}}.") == []


@pytest.mark.parametrize("time", OUTSIDE)
def test_a_time_outside_the_period_is_told_once_as_written(time):
    """A year within a longer time counts once; of a day that its month lacks the month does."""
    assert told(f"In {time} it was {{{{ now }}}}.") == [time]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2011 to 2014 and 2012", ["2011", "2012"]),
        ("from April and May 2014 to 1\nJune\n2014", ["May 2014", "1 June 2014"]),
        ("June 2014-15, 99 May 2014", ["June 2014", "May 2014"]),
        ("in 2012 children came", ["2012"]),
        ("(2012), *2011*, [in 2010](b.md)", ["2012", "2011", "2010"]),
    ],
)
def test_each_time_of_a_sentence_is_told(text, found):
    assert told(f"{{{{ now }}}}: {text}.") == found


@pytest.mark.parametrize(
    "text",
    [
        "2012 children, £2012, 2012.50, 12012 and 2012%",
        "in October, on 1 October and 31 March",
        "section 11 of the Children Act 2004, the Adoption Act\n2002",
        "the Local Safeguarding Children Boards Regulations 2006, the regulations 2006",
        "section 0000, paragraph 9999",
        "`2012`, [it](2012.md), <!-- 2012 --> {numref}`2012`",
    ],
)
def test_other_numbers_months_without_a_year_laws_and_what_is_no_prose_are_no_times(text):
    assert told(f"{{{{ now }}}} and {text}") == []


# The facts beside them ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ now }}, {{ before }} in 2012-13 and 2013-14, not in 2011-12", ["2011-12"]),
        ("{{now}} or {{\nbefore }} in 2012-13", []),
        ("{{ on_a_day }} in 2014, March 2014, 2013-14, on 31 March 2014", []),
        (
            "{{ on_a_day }} in 2013, April 2014, 30 March 2014",
            ["2013", "April 2014", "30 March 2014"],
        ),
        ("{{ rate }} in 2012, 2012-13, September 2013", []),
        ("{{ rate }} in September 2012, October 2013", ["September 2012", "October 2013"]),
        ("{{ year }}, {{ unknown }}, { now }, {{ now | x }} in 2012", []),
        ("{{ year }} and {{ now }} in 2012", ["2012"]),
    ],
)
def test_a_time_need_overlap_one_of_the_facts_that_have_a_period(text, found):
    assert told(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "In 2012: {{ now }}",
        "In 2012; then\n{{ now }}",
        "In 2012 (e.g. in May), i.e. early, cf. No. 5, Nos. 6, p. 7, pp. 8, s. 9, ss. 9, {{ now }}",
        "In 2012 St. Mary, Dr. May, Mr. and Mrs. J. R. Hill of the U.K. and Ms. Day, {{ now }}",
        "In 2012, Sept. and Oct., by paras. 1 vs. para. 2, {{ now }}",
        "In 2012, 5.8 or v2.5, {{ now }}",
        "2012 {{ year.\nx? }} `a. b` [c](d 'e. f') {{ now }}",
        "> In 2012\n> {{ now }}",
        "- In 2012\n  {{ now }}",
        "(In the year\n2012) {{ now }}",
        "| 2012 | {{ now }} |\n|---|---|",
        "| a | b |\n|---|---|\n| 2012 | {{ now }} |",
        "# 2012 {{ now }} #",
        "In 2012\n{{ now }}\n---",
        ":::{note}\n:class: tip\nIn 2012\n{{ now }}\n:::",
        "```{note}\n\n- a\n- In 2012\n  {{ now }}\n```",
        "a[^b]\n\n[^b]: In 2012\n    {{ now }}",
        "a\n: In 2012\n  {{ now }}",
        "Not so. In 2012 {{ now }}",
        "{{ now }} 2012",
    ],
)
def test_a_time_and_a_fact_stand_in_one_sentence(text):
    assert told(text) == ["2012"]


@pytest.mark.parametrize(
    "text",
    [
        "In 2012. {{ now }}",
        "In 2012!\n{{ now }}",
        "So in 2012? {{ now }}",
        "In 2012... {{ now }}",
        "**In 2012.** {{ now }}",
        '(_"In 2012."_) {{ now }}',
        "In 2012.[^a] {{ now }}\n\n[^a]: b",
        "It was in 2012, in the council's. {{ now }}",
        "It was in 2012, in May. {{ now }}",
        "It was in 2012, in the MASH. {{ now }}",
        "{{ now }}. In 2012",
        "`{{ now }}` or {{ now }}? 2012",
        "In 2012\n\n{{ now }}",
        "In 2012\n- {{ now }}",
        "- In 2012\n- {{ now }}",
        "1. In 2012\n2. {{ now }}",
        "> - In 2012\n> - {{ now }}",
        "# In 2012\n{{ now }}",
        "In 2012\n---\n{{ now }}",
        "{{ now }}\n# In 2012",
        "| a |\n|---|\n| 2012 |\n| {{ now }} |",
        "| 2012 |\n|---|\n| {{ now }} |",
        "In 2012\n```{note}\n{{ now }}\n```",
        ":::{note}\nIn 2012\n:::\n{{ now }}",
        ":::{note}\n- In 2012\n- {{ now }}\n:::",
        "```{note}\n- In 2012\n- {{ now }}\n```",
        "::::{note}\n:::{tip}\nIn 2012\n\n{{ now }}\n:::\n::::",
        "In 2012\n: {{ now }}",
        "a[^b] {{ now }}\n\n[^b]: In 2012",
        "In 2012\r\n\r\n{{ now }}",
        "In 2012\r\r{{ now }}",
    ],
)
def test_a_time_and_a_fact_stand_in_two_sentences_or_blocks(text):
    assert told(text) == []


# What is told ---------------------------------------------------------------------------------


def test_a_time_is_told_with_its_place_and_the_first_fact():
    text = "# Budget\n\nThe {{ year }}, {{ rate }},\nby {{ now }}, in October\n2014."
    passages = [Passage("a.md", "2012 {{ before }}"), Passage("n.ipynb", text, 4)]
    (found,) = untimely(passages, PERIODS, ())
    assert (found.rule, found.severity, found.file) == (TYPED_TIME.code, "error", "n.ipynb")
    assert (found.row, found.column, found.found) == (4, None, "October 2014")
    assert found.message == (
        "cell 4: a typed time beside {{ rate }}, which is of year to September 2013."
    )
    assert "{{ year }}" in found.hint
    assert "exempt_numbers.csv" in found.hint
    assert_says_what_to_do([found])


def test_without_a_cell_none_is_told():
    (found,) = findings("{{ now }} 2012")
    assert found.message == "a typed time beside {{ now }}, which is of 2013-14."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The inspection of\n2012 gave {{ now }}", []),
        ("{{ now }} since the inspection of 2012, not of 2012", ["2012"]),
        ("{{ now }} by 1 October 2014", ["1 October 2014"]),
        ("{{ now }} at the meeting of 1 October 2014", []),
    ],
)
def test_a_time_is_exempt_where_the_words_stand_around_all_of_it(text, left):
    assert told(text, "inspection of 2012", "October 2014", "meeting of 1 October 2014") == left


# Promises over many texts ---------------------------------------------------------------------

years = st.integers(2005, 2090).map(ReportingYear)


def period_of(year):
    return Period(year.end, year.start, str(year))


@st.composite
def times_in(draw, year):
    """Draw a time of a reporting year in one of its forms."""
    day = draw(st.dates(year.start, year.end))
    last = year.first + 1
    forms = (
        *(str(year), f"{year.first}/{last % 100:02}", f"{year.first}-{last}", f"{year.first}"),
        *(
            f"{last}",
            f"{day:%B %Y}",
            f"{day:%b %Y}",
            f"{day.day} {day:%B %Y}",
            f"{year.first}/{last}",
        ),
    )
    return draw(st.sampled_from(forms))


@given(st.data(), years, st.integers(-20, 20))
def test_a_time_is_told_unless_it_is_of_the_year_of_the_fact(data, year, shift):
    """A calendar year is of two reporting years: only two years apart is surely another time."""
    time = data.draw(times_in(year))
    other = ReportingYear(year.first + shift)
    found = findings(f"In {time} it was {{{{ a.b }}}}.", {"a.b": period_of(other)})
    if shift == 0:
        assert found == []
    elif abs(shift) > 1 or len(time) > 4:
        assert [each.found for each in found] == [time]


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)), st.integers(-40, 40))
def test_a_day_is_told_unless_it_is_the_day_of_the_fact(day, shift):
    other = day + timedelta(days=shift)
    text = f"On {day.day} {day:%B %Y} it was {{{{ a }}}}."
    assert bool(findings(text, {"a": Period(other, other, "a day")})) == (day != other)


@given(markdown_pages())
def test_a_time_is_told_wherever_it_stands_in_prose_and_nowhere_else(page):
    """Blocks within blocks; each is told with its line, and without a fact none is."""
    text = page.replace("kept", "in 2012 {{ now }}").replace("lost", "lost-2012")
    lines = enumerate(page.split("\n"), 1)
    places = [number for number, line in lines for _ in range(line.count("kept"))]
    assert [(each.found, each.row) for each in findings(text)] == [
        ("2012", place) for place in places
    ]
    assert told(page.replace("kept", "in 2012 {{ year }}")) == []


SIGNS = st.sampled_from(
    (
        "{{ now }}",
        "2012",
        "1 Oct 2014",
        "0000",
        "Act ",
        "\n",
        "\r",
        "\0",
        "- ",
        "# ",
        "|",
        ". ",
        ":::",
        "`",
    )
)


@given(st.lists(SIGNS | st.text(max_size=5)).map("".join))
def test_any_text_gives_findings_with_lines_and_each_of_them_stands_there(text):
    lines = text.split("\n")
    for found in findings(text):
        assert found.found.split()[0] in lines[found.row - 1]


# Facts of another time -------------------------------------------------------------------------

OTHERS = {name: Period.parse("2012") for name in ("population", "area")}
KNOWN = {
    "now",
    "area",
    "area.period",
    "population",
    "population.counted",
    "population.period",
    "population.trend",
}


def names_untold(text):
    found = list(untold([Passage("page.md", text)], OTHERS, KNOWN))
    assert_says_what_to_do(found)
    return [finding.found for finding in found]


@pytest.mark.parametrize(
    "text",
    [
        "In 2012 it had {{ population }} people.",
        "It has {{ population }} people (June 2012).",
        "It had {{ population }} people in {{ population.period }}.",
        "It had {{ population.counted }} in {{ population.period }}.",
        "On {{ population.period }} it had {{ population }} people on {{ area }} hectares.",
        "This year there were {{ now }}.",
        "It went {{ population.trend }}.",
    ],
)
def test_a_number_of_another_time_told_with_it_is_no_finding(text):
    assert names_untold(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "In {{ year }} it had {{ population }} people.",
        "In 2013 it had {{ population }} people.",
        "It was 2012. It had {{ population }} people.",
        "- in 2012\n- {{ population }} people",
    ],
)
def test_a_number_of_another_time_told_without_it_is_a_finding(text):
    assert names_untold(text) == ["population"]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("It was {{ rate }}.", True),
        ("It was {{ rate.counted }}.", True),
        ("It was {{ rate }} (provisional).", False),
        ("Provisional figures: {{ rate }}.", False),
        ("Provisionally it was {{ rate }}.", False),
        ("All this is provisional. It was {{ rate }}.", True),
        ("It was an estimated {{ rate }}.", True),
        ("It was {{ other }}.", False),
    ],
)
def test_a_number_that_may_change_is_told_as_such_in_its_sentence(text, is_told):
    statuses = dict.fromkeys(("rate", "rate.counted"), "provisional")
    found = list(untold_status([Passage("page.md", text)], statuses))
    assert_says_what_to_do(found)
    assert [(f.rule, f.severity) for f in found] == [("P9", "warning")] * is_told


def test_a_count_with_its_noun_needs_its_time_too():
    assert names_untold("It had {{ population.counted }}.") == ["population.counted"]
