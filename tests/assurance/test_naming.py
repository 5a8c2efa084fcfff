"""The names that texts may give numbers by: found by words, told in lines that a screen has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.assurance import naming
from hscb_report.assurance.naming import (
    NOWHERE,
    WIDTH,
    NamedFact,
    chosen_facts,
    fact_lines,
    names_as_json,
    names_exhibit,
)
from hscb_report.errors import ReportError
from hscb_report.report.headings import NAMES
from hscb_report.results.history import BEHIND_A_FACT

SPEND = NamedFact("budget.spend", "£415,244", "Spend in the year", ("2013-14/text/a.md",))
SHARE = NamedFact("budget.council_share", "39.8%", "The Council's share of contributions")
PEOPLE = NamedFact("training.practitioners", "1,982", "Practitioners who were trained")
FACTS = (SPEND, SHARE, PEOPLE)
WORDS = st.text(st.sampled_from("abcdef_. é"), min_size=1, max_size=130).map(
    lambda text: " ".join(text.split()) or "x"
)
NAMED = st.builds(
    NamedFact,
    st.from_regex(r"[a-z]{1,20}\.[a-z_]{1,120}", fullmatch=True),
    WORDS,
    WORDS,
    st.lists(st.from_regex(r"2013-14/text/[a-z-]{1,60}\.md", fullmatch=True), max_size=3).map(
        tuple
    ),
)


# Which are told ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), FACTS),
        (("BUDGET",), (SPEND, SHARE)),
        (("budget", "contributions"), (SHARE,)),
        (("council's", "39.8"), (SHARE,)),
        (("£415,244",), (SPEND,)),
        (("spend in the",), (SPEND,)),
        (("train", "who"), (PEOPLE,)),
    ],
)
def test_all_of_the_words_stand_in_name_label_or_value_whatever_their_case(words, found):
    assert chosen_facts(FACTS, words) == found


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("budget.spand",), '"budget.spend"'),
        (("practitoners",), '"training.practitioners"'),
        (("shares",), '"budget.council_share"'),
        (("budget", "practitioners"), '"training.practitioners"'),
    ],
)
def test_words_that_stand_nowhere_are_told_with_the_nearest_names(words, near):
    with pytest.raises(ReportError) as told:
        chosen_facts(FACTS, words)
    assert told.value.exit_code == 1
    for said in (*(f'"{word}"' for word in words), "Did you mean", near):
        assert said in str(told.value)


def test_words_that_are_like_no_name_are_told_without_a_guess():
    with pytest.raises(ReportError, match=r"Without words all are listed\.$"):
        chosen_facts(FACTS, ("zzzz",))


def test_a_year_without_a_number_has_no_name_and_no_error():
    assert chosen_facts((), ()) == ()
    assert next(fact_lines((), {})) == ""
    assert names_exhibit((), {}).texts() == (("none", "none", "no number has a name yet", NOWHERE),)


# How they are told ------------------------------------------------------------------------------


@given(st.lists(NAMED, min_size=1, max_size=6))
def test_every_fact_has_one_line_that_a_screen_has_with_its_whole_name(facts):
    """Only a name that is longer than a screen makes a longer line; then it stands alone."""
    lines = list(fact_lines(facts, {}))[: len(facts)]
    for fact, line in zip(facts, lines, strict=True):
        assert line.startswith(fact.name)
        assert line[len(fact.name) :][:1] in ("", " ")
        assert len(line) <= max(WIDTH, len(fact.name))
        assert "\n" not in line


@pytest.mark.parametrize("length", range(60, 115))
def test_a_long_name_stays_whole_and_what_comes_with_it_gives_way(length):
    name = "a." + "b" * (length - 2)
    line = next(fact_lines([NamedFact(name, "£1,234", "A label", ("x/page.md",))], {}))
    assert line.startswith(name)
    assert len(line) <= max(WIDTH, length)
    assert ("£1,234" in line) >= (length <= WIDTH - len("  £1,234…"))
    assert ("[page]" in line) >= (length <= WIDTH - len("  £1,234 [page]"))


def test_the_label_alone_is_cut_and_value_and_place_stay():
    long = NamedFact("budget.spend", "£1", "word " * 40, ("notebooks/budget.ipynb",))
    (line,) = list(fact_lines([long], {}))[:1]
    assert line.startswith("budget.spend  £1  word word")
    assert line.endswith("… [budget]")
    assert WIDTH - 6 <= len(line) <= WIDTH


def test_a_line_says_the_first_page_that_names_the_fact_and_how_many_more():
    files = ("2013-14/text/commentary/budget.md", "notebooks/budget.ipynb", "book/index.md")
    for used, told in ((files, "[budget +1]"), (files[:2], "[budget]"), ((), f"[{NOWHERE}]")):
        line = next(fact_lines([NamedFact("a.b", "1", "L", used)], {}))
        assert line.endswith(told)


def test_after_the_facts_stand_once_every_phrase_and_every_other_name_with_what_it_is():
    lines = list(fact_lines(FACTS, dict.fromkeys(NAMES, "VALUE")))
    below = lines[lines.index("") :]
    assert "{{ budget.spend }}" in " ".join(below)
    for phrase in BEHIND_A_FACT:
        (line,) = [line for line in below if line.split()[:1] == [f".{phrase}"]]
        assert len(line.split()) > 2
    for name in NAMES:
        (line,) = [line for line in below if line.startswith(f"  {{{{ {name} }}}} ")]
        assert line.endswith(": VALUE")
    assert all(len(line) <= WIDTH for line in lines)


def test_every_phrase_and_every_other_name_has_its_meaning():
    assert set(naming._BEHIND) == set(BEHIND_A_FACT)
    assert set(naming._NAMES) == set(NAMES)


def test_the_json_has_whole_labels_and_all_files():
    told = names_as_json(FACTS, {"year": "2013-14"})
    assert told["facts"][0] == {
        "name": "budget.spend",
        "value": "£415,244",
        "label": "Spend in the year",
        "used_in": ["2013-14/text/a.md"],
    }
    assert [fact["name"] for fact in told["facts"]] == [fact.name for fact in FACTS]
    assert list(told["phrases"]) == list(BEHIND_A_FACT)
    assert told["names"] == {"year": "2013-14"}


def test_the_table_of_a_draft_names_the_pages_by_their_titles_each_once():
    used = NamedFact("a.b", "1", "L", ("x.md", "y.md", "z.md"))
    table = names_exhibit((used, SHARE), {"x.md": "One", "y.md": "Two", "z.md": "One"})
    assert table.texts() == (
        ("a.b", "1", "L", "One; Two"),
        ("budget.council_share", "39.8%", SHARE.label, NOWHERE),
    )
    assert "{{ a.b }}" in table.notes[0]
    assert all(f".{phrase} (" in table.notes[0] for phrase in BEHIND_A_FACT)
