"""Prose: which facts it names, and where it names one that does not exist."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.notebooks import notebook_paths
from hscb_report.prose import (
    Passage,
    numbers_to_mend,
    passages,
    typed_numbers,
    unknown_facts,
)
from hscb_report.report import DEFAULT_DATA, PROJECT, common_names
from hscb_report.schema.assurance import NumberExemption
from tests.strategies import only_own, typed_figures

KNOWN = ["budget.total_income", "budget.spend", "year"]
PAGES = sorted(
    [*(DEFAULT_DATA / "2013-14" / "text").rglob("*.md"), *(PROJECT / "book").rglob("*.md")]
)


def unknown(text, cell=None):
    return list(unknown_facts([Passage("page.md", text, cell)], KNOWN))


@pytest.mark.parametrize(
    "text",
    [
        "Income was {{ budget.total_income }} in {{ year }}.",
        "{{budget.spend}}",
        "{{   budget.spend   }}",
        "No facts, but { braces } and {numref}`table`.",
        "",
    ],
)
def test_prose_that_names_only_known_facts_has_no_findings(text):
    assert unknown(text) == []


def test_an_unknown_fact_is_told_with_its_line_and_the_nearest():
    (found,) = unknown("# Budget\n\nIncome: {{ budget.total_incom }}.\n")
    assert found.as_json() == {
        "rule": "P1",
        "severity": "error",
        "file": "page.md",
        "row": 3,
        "column": None,
        "found": "budget.total_incom",
        "message": "there is no such fact.",
        "hint": found.hint,
    }
    assert '"budget.total_income"' in found.hint


def test_an_unknown_fact_of_a_notebook_is_told_with_its_cell():
    (found,) = unknown("{{ nothing }}", cell=4)
    assert found.message == "cell 4: there is no such fact."
    assert found.row == 1


def test_every_unknown_fact_is_told():
    found = unknown("{{ a }} and {{ b }}\n{{ budget.spend }}\n{{ a }}")
    assert [(finding.found, finding.row) for finding in found] == [("a", 1), ("b", 1), ("a", 3)]


@pytest.mark.parametrize("text", ["{{ }}", "{{ budget.spend | upper }}", "{{ budget.spend + 1 }}"])
def test_what_is_more_than_a_name_is_told(text):
    """Arithmetic and filters belong in a measure, not in prose."""
    assert len(unknown(text)) == 1


def test_a_name_broken_over_two_lines_is_told():
    """Whatever the book would make of it, it is no known fact on its line."""
    assert len(unknown("{{\nbudget.spent\n}}")) == 1


def test_a_page_is_one_passage(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Ä {{ x }}\n", "utf-8")
    assert list(passages(page, "text/page.md")) == [Passage("text/page.md", "# Ä {{ x }}\n")]


def test_a_notebook_has_a_passage_for_each_markdown_cell_and_none_for_code(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": ["# One\n", "{{ x }}"]},
        {"cell_type": "code", "source": ["{{ not_prose }}"]},
        {"cell_type": "markdown", "source": "as one text"},
    ]
    path = tmp_path / "book.ipynb"
    path.write_text(json.dumps({"cells": cells}), "utf-8")
    assert list(passages(path, "n")) == [
        Passage("n", "# One\n{{ x }}", 1),
        Passage("n", "as one text", 3),
    ]


@pytest.mark.parametrize("path", [*PAGES, *notebook_paths()], ids=lambda path: path.name)
def test_the_committed_prose_names_only_facts_that_exist(report, path):
    known = [*(fact.id for fact in report.facts), *common_names(report.checks.loaded)]
    assert list(unknown_facts(passages(path, path.name), known)) == []


@given(st.text(), st.lists(st.text(max_size=5), max_size=3))
def test_any_text_gives_findings_with_lines_and_nothing_else(text, known):
    for found in unknown_facts([Passage("p", text)], known):
        assert found.found not in known
        assert 1 <= found.row <= len(text.splitlines())


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
        ("There were 7 of them.", ["7"]),
        ("There were 42.", ["42"]),
        ("It trained 1,583 people (249 at events).", ["1,583", "249"]),
        ("A share of 61.01%, or 51.32 % of income", ["61.01%", "51.32"]),
        ("It cost £45,203.50 and £5.", ["£45,203.50", "£5"]),
        ("From 3–5 to 7/8", ["3", "5", "7", "8"]),
        ("the 5th of its kind", ["5"]),
        ("# Heading 9", ["9"]),
        ("| cell | 12 |", ["12"]),
        ("- 12 people", ["12"]),
        ("> **12** people, _13_ more", ["12", "13"]),
        ("1. There were 12.", ["12"]),
        ("[Table of 12](table.md)", ["12"]),
        ("```{note}\nThere were 12.\n```", ["12"]),
        (":::{admonition} Title\n:class: note\nThere were 12.\n:::", ["12"]),
        ("{{ budget.spend }} in 12 lines", ["12"]),
        ("Two of the four", ["Two", "four"]),
        ("TEN and Seven", ["TEN", "Seven"]),
        ("twenty-five, Forty-One", ["twenty-five", "Forty-One"]),
        ("two-thirds of a hundred", ["two-thirds", "hundred"]),
        ("a ten-year plan", ["ten-year"]),
        ("three\nmillion", ["three", "million"]),
        ("[^note]: There were 12.", ["12"]),
    ],
)
def test_a_number_typed_by_hand_is_found(text, found):
    assert numbers(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "{{ budget.spend }}, {{ audits.months_to_review_2 }}",
        "On 1 October 2014, on 31 March, in June 2013",
        "2013, 2013-14, 2013/14 and 2012-2013",
        "in 2014.",
        "section 13, Section 14(4)(b) and sections 5.8",
        "chapter 3, Chapter 4, regulation 5, Regulations 6",
        "paragraph 8, page 30, Appendix 2, appendix 3",
        "`x = 12` and {numref}`table-12`",
        "```python\nx = 12\n```",
        "~~~\n12\n~~~",
        "``a `12` b``",
        "[here](http://example.org/12)",
        "<http://example.org/12>",
        "```{exhibit} table-12\n:width: 12\n```",
        ":name: table-12",
        "A claim.[^12]",
        "1. A list\n2. of points\n\n   10. and more",
        "1. A point that\n   goes on\n2. and another",
        "# Heading\n1. A list\n2. of points",
        "These points:\n1. one\n2. another",
        "- 1. A list in a list",
        "```{code-block} python\nx = 12\n```",
        "issue I-09, line L423-425, rule R16, PDF/UA-1",
        "one of them, some, often, weight, tension, fourth, forum",
        "No numbers.",
        "",
    ],
)
def test_what_is_no_figure_is_not_found(text):
    """Facts, dates, years, the numbering of laws and lists, code, links, directives, footnotes."""
    assert numbers(text) == []


@pytest.mark.parametrize(
    "text", ["£2000", "£1950.50", "2013%", "1999.50", "2010,000", "£ 2000", "2013 %"]
)
def test_an_amount_is_found_even_where_its_digits_are_those_of_a_year(text):
    """Money and shares are no years."""
    assert numbers(f"It came to {text} in all.") != []


def test_numbers_between_a_less_and_a_greater_sign_are_found():
    """They are no tag: "<5" is how a small count is told."""
    assert numbers("counts <5 are hidden, while those >10 are shown") == ["5", "10"]


def test_a_number_that_ends_a_sentence_at_the_start_of_a_line_is_found():
    """Within a paragraph it is no list: the book prints it as the number that it is."""
    assert numbers("The number of children was\n40. It had been less.") == ["40"]


def test_a_decimal_without_its_nought_is_found():
    assert numbers("a share of .5 of them") != []


def test_a_day_that_no_month_has_is_found():
    assert numbers("It was told of 99 May inspections") == ["99"]


@pytest.mark.parametrize(
    "opening",
    ["```x = 1``` is code.", "::: a-class\nA block.\n:::", "~~~\n```\n~~~", "```\n:::\n```"],
    ids=["code in a line", "a block with a class", "a fence in a fence", "a block's mark in code"],
)
def test_what_follows_code_or_a_block_is_read_again(opening):
    """Nothing makes the rest of a page escape the check."""
    assert numbers(f"{opening}\n\nThere were 42.") == ["42"]


def test_what_a_block_with_a_class_holds_is_prose():
    assert numbers("::: a-class\nThere were 42.\n:::") == ["42"]


def test_a_number_is_told_with_its_file_and_line():
    text = "# Title\n\nThere were 42.\nAnd\n{{ a\n}} seven."
    found = typed_numbers([Passage("a.md", "none"), Passage("b.md", text)], ())
    findings = list(numbers_to_mend(found, "error"))
    assert [(f.rule, f.severity, f.file, f.row, f.column, f.found) for f in findings] == [
        ("P2", "error", "b.md", 3, None, "42"),
        ("P2", "error", "b.md", 6, None, "seven"),
    ]
    assert all("exempt_numbers.csv" in finding.hint for finding in findings)


def test_a_number_of_a_notebook_is_told_with_its_cell_and_line_in_it(tmp_path):
    cells = [
        {"cell_type": "code", "source": "x = 12"},
        {"cell_type": "markdown", "source": ["# Title\n", "There were 42."]},
    ]
    path = tmp_path / "book.ipynb"
    path.write_text(json.dumps({"cells": cells}), "utf-8")
    found = list(numbers_to_mend(typed_numbers(passages(path, "n.ipynb"), ()), "warning"))
    assert [(f.severity, f.file, f.row, f.found) for f in found] == [
        ("warning", "n.ipynb", 2, "42")
    ]
    assert found[0].message.startswith("cell 2: ")


# Exempt with a reason -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "children under 18 here",
        "children under\n18 here",
        "children under  \n  18 here",
        "under 18, and again under 18",
    ],
)
def test_a_number_is_exempt_where_its_words_stand_around_it_across_lines_too(text):
    assert numbers(text, "under 18") == []


@pytest.mark.parametrize(
    "text",
    [
        "18 children",
        "over 18",
        "under 180",
        "under 18.5",
        "under 18,000",
        "under, say, 18",
        "Under 18",
        "18 under",
    ],
)
def test_a_number_without_exactly_those_words_is_not_exempt(text):
    assert len(numbers(text, "under 18")) == 1


def test_an_exemption_covers_no_other_number_beside_it():
    assert numbers("under 18, of whom 18 came; 18 under 18", "under 18") == ["18", "18"]


def test_an_exemption_s_words_are_words_and_no_pattern():
    assert numbers("30 % or more (x)", "30 % or more (x)") == []
    assert numbers("30 % or more x", "30 . or more.*") == ["30"]


def test_an_exemption_is_told_with_its_number():
    rows = exempt("ten points", "under 18")
    (found,) = typed_numbers([Passage("p", "under 18")], rows)
    assert found.exemption is rows[1]


# The committed text ---------------------------------------------------------------------------


def test_no_number_of_the_committed_text_is_typed_without_a_reason(report):
    left = [
        (number.passage.file, number.passage.cell, number.line, number.number)
        for number in report.checks.numbers
        if number.exemption is None
    ]
    assert left == []


def test_every_exemption_is_used(report):
    """One whose words are gone is to be removed."""
    used = {number.exemption for number in report.checks.numbers}
    assert set(report.checks.loaded.tables.exempt_numbers) == used


def test_every_page_and_notebook_is_read(report):
    """No text escapes the check."""
    read = {passage.file for passage in report.checks.narrative.passages}
    roots = {path: DEFAULT_DATA if DEFAULT_DATA in path.parents else PROJECT for path in PAGES}
    assert {path.relative_to(root).as_posix() for path, root in roots.items()} <= read
    assert {f"notebooks/{path.name}" for path in notebook_paths()} <= read


PARAGRAPH = (
    "The Board met in {{ year }} on 1 October 2014, under section 13 of the Act,\n"
    "and heard [a report](pages/a-12.md) on `x-9`; see {numref}`table-7`.[^3]\n\n"
    "- Its members, often the same, agreed."
)
GAPS = [place for place, sign in enumerate(PARAGRAPH) if sign == " "]
# Not within a fact, a date, a section's number, or the mark of a point in a list.
WHOLE = ("{{ year }}", "1 October 2014", "section 13", "- Its")
OPEN = [
    gap
    for gap in GAPS
    if not any((start := PARAGRAPH.index(words)) < gap < start + len(words) for words in WHOLE)
]


@given(typed_figures(), st.sampled_from(OPEN))
def test_a_number_inserted_anywhere_into_a_paragraph_is_found(number, gap):
    """With its line, and nothing else is found."""
    text = f"{PARAGRAPH[:gap]} {number} {PARAGRAPH[gap + 1 :]}"
    (found,) = typed_numbers([Passage("p", text)], ())
    assert found.number == number
    assert found.line == PARAGRAPH.count("\n", 0, gap) + 1


@given(typed_figures(), st.sampled_from(OPEN))
def test_a_number_inserted_at_the_start_of_a_line_is_found(number, gap):
    text = f"{PARAGRAPH[:gap]}\n{number}\n{PARAGRAPH[gap + 1 :]}"
    assert [found.number for found in typed_numbers([Passage("p", text)], ())] == [number]


@given(st.text())
def test_any_text_gives_numbers_with_lines_and_each_of_them_stands_there(text):
    lines = text.split("\n")
    for found in typed_numbers([Passage("p", text)], ()):
        assert found.number in lines[found.line - 1]
