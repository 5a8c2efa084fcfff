"""How a page reads: the length of its sentences, and words that only its makers know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.checks.pages import Document
from hscb_report.checks.prose import Passage
from hscb_report.checks.readability import (
    MOST_WORDS,
    PLAIN,
    SHORT,
    long_winded,
    of_the_workshop,
    readings,
    sentences_of,
)
from hscb_report.report.completeness import rule_codes
from hscb_report.report.documents import addresses_of_evidence
from hscb_report.report.reading import PROJECT, Run
from hscb_report.results.history import told_in_prose


def page(text, file="2013-14/text/a.md"):
    return Document("text/a.md", (Passage(file, text),))


def read(text, **values):
    named = {name.replace("__", "."): value for name, value in values.items()}
    return [(s.line, s.text) for s in sentences_of(Passage("a.md", text), named)]


def test_a_sentence_ends_with_its_stop_its_paragraph_or_its_item():
    text = (
        "# A heading of no sentence\n\nOne. Two is\nlonger! “Three?” Four\n\n- Five\n- Six. Seven\n"
    )
    assert [text for _, text in read(text)] == [
        *("One.", "Two is longer!", "“Three?”", "Four", "Five", "Six.", "Seven"),
    ]
    assert [line for line, _ in read(text)] == [3, 3, 4, 4, 6, 7, 7]


def test_tables_code_and_what_directives_show_are_no_sentences_and_their_words_are():
    table = "| a | b |\n| --- | --- |\n| one two | three |\n\n"
    assert read(f"{table}```{{exhibit}} budget\n```\n\n```\ncode\n```\n") == []
    assert read("```{note}\nSay this.\n```") == [(2, "Say this.")]


def test_a_name_has_as_many_words_as_what_stands_for_it():
    text = "Spend was {{ a.b.trend }}; see {numref}`c` and [the plan](plan.md)."
    ((_, told),) = read(text, a__b__trend="up 4% from £212,000")
    assert told == "Spend was up 4% from £212,000; see Table 1 and the plan."


@pytest.mark.parametrize("words", [MOST_WORDS, MOST_WORDS + 1])
def test_a_page_is_told_with_its_longest_sentence_above_the_average_alone(words):
    sentence = " ".join(["word"] * (words - 1)) + " end."
    document = page(f"# Title\n\n{sentence.capitalize()} {sentence.capitalize()}\n")
    found = [*long_winded([document], {"2013-14/text/a.md"}, {})]
    assert [(f.rule, f.severity, f.file, f.row) for f in found] == [
        (SHORT.code, "warning", "2013-14/text/a.md", 3)
    ] * (words > MOST_WORDS)
    assert not [*long_winded([document], set(), {})]  # another's text is not the year's


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8))
def test_the_average_is_that_of_its_sentences(lengths):
    text = " ".join(" ".join(["Word"] * length) + "." for length in lengths)
    (reading,) = readings([page(text)], {})
    assert [s.words for s in reading.sentences] == lengths
    assert reading.average == pytest.approx(sum(lengths) / len(lengths))
    assert reading.worst.words == max(lengths)


def test_pages_come_with_the_worst_first_and_those_without_a_sentence_not_at_all():
    pages = [page("Short."), page("# Title"), page("A somewhat longer sentence.")]
    assert [r.sentences[0].words for r in readings(pages, {})] == [4, 1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sentences are retold here.", ["retold"]),
        ("See R18 and P5 in budget.csv.", ["R18", "P5", "budget.csv"]),
        ("The column lead_holder says so.", ["lead_holder"]),
        ("Named by `budget.csv` and {{ budget.total_income }}.", []),
        ("The plan was told in 2013, I-04 and A4 too.", []),
        ("The source says. The source is silent.", []),
        ("The source says. The source is silent. So the source knows.", ["the source"]),
    ],
)
def test_words_of_the_workshop_are_told(text, found):
    told = [*of_the_workshop([Passage("a.md", text)], {"P5", "R18"})]
    assert [finding.found for finding in told] == found
    assert {finding.rule for finding in told} <= {PLAIN.code}


BOARDS = (
    ("data", "2013-14"),
    ("examples/northshire", "2024-25"),
    ("examples/smallshire", "2016-17"),
)


@pytest.mark.parametrize(("data", "year"), BOARDS)
def test_no_page_of_any_board_is_long_winded_and_no_common_text_speaks_of_the_workshop(data, year):
    run = Run.of(year, PROJECT / data)
    values = told_in_prose(run.gathered.results.facts, run.names)
    found = readings(run.documents, values)
    assert len(found) > 10
    assert {r.address: r.average for r in found if r.average > MOST_WORDS} == {}
    evidence = {*addresses_of_evidence(run.contents.pages)}
    common = [
        passage
        for document in run.documents
        if document.address not in evidence
        for passage in document.passages
        if not passage.file.startswith(f"{year}/")
    ]
    assert [*of_the_workshop(common, rule_codes())] == []
