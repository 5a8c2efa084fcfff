"""A board's own words: they stand for the whole of a vocabulary, and calculations know them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.report import DEFAULT_DATA
from hscb_report.schema.reference import UsualWord, Word
from hscb_report.schema.tables import TableSchema
from hscb_report.schema.vocabularies import CHOSEN
from hscb_report.store.table_file import TableFile
from hscb_report.store.words import strange_words, words_in_force
from tests.conftest import YEAR
from tests.made_up import only_own

FILE = "reference/vocabularies.csv"
USUAL = TableFile.read(TableSchema(UsualWord), YEAR, DEFAULT_DATA).rows
names = st.sampled_from(tuple(CHOSEN))
codes = st.text("abcxyz", min_size=1, max_size=4)


def own_words(*rows):
    """Return rows of a board's own, each (vocabulary, code) and what else it says."""
    return only_own(
        FILE,
        [
            {"vocabulary": name, "code": code, "label": code.title(), **dict(*said)}
            for name, code, *said in rows
        ],
        Word,
    )


def told(*rows):
    own = own_words(*rows)
    found = list(strange_words(own, words_in_force(USUAL, own)))
    assert all((f.rule, f.severity, f.file) == ("L9", "error", FILE) for f in found)
    assert all(f.message.endswith(".") and f.hint.endswith((".", "?")) for f in found)
    return [(f.row, f.column, f.found, f.message) for f in found]


# Which words are in force -----------------------------------------------------------------------


def test_the_usual_words_are_those_of_vocabularies_and_without_fault():
    """What each means, and the code that it belongs to, is known."""
    rows = [row.model_dump() | {"place": row.place} for row in USUAL]
    own = tuple(Word(**row) for row in rows)
    assert list(strange_words(own, words_in_force(USUAL, own))) == []


def test_without_own_words_the_usual_ones_hold_in_their_order():
    in_force = words_in_force(USUAL, ())
    assert list(in_force) == list(CHOSEN)
    for name, vocabulary in in_force.items():
        assert list(vocabulary.items()) == [
            (r.code, r.label) for r in USUAL if r.vocabulary == name
        ]
        assert not vocabulary.is_open
        assert vocabulary.meanings == CHOSEN[name].meanings


@given(st.dictionaries(names, st.lists(codes, min_size=1, unique=True), max_size=3))
def test_own_words_stand_in_the_place_of_all_of_a_vocabulary_and_of_no_other(chosen):
    """But of those that are added to: there they stand behind the usual ones."""
    own = own_words(*((name, code) for name, found in chosen.items() for code in found))
    in_force, usual = words_in_force(USUAL, own), words_in_force(USUAL, ())
    for name in CHOSEN:
        if name in chosen and not CHOSEN[name].is_added_to:
            assert list(in_force[name]) == chosen[name]
        elif name in chosen:
            kept = [code for code in usual[name] if code not in chosen[name]]
            assert list(in_force[name]) == [*kept, *chosen[name]]
        else:
            assert in_force[name] == usual[name]


ADDED = [name for name, vocabulary in CHOSEN.items() if vocabulary.is_added_to]


def test_a_word_of_the_board_s_own_replaces_the_usual_one_of_the_same_code_with_all_it_says():
    own = own_words(("dimension", "sex"), ("category", "male", {"of": "colour"}))
    in_force = words_in_force(USUAL, own)
    assert in_force["dimension"]["sex"] == "Sex"
    assert list(in_force["dimension"])[-1] == "sex"
    assert "sex" not in in_force["dimension"].meaning("exhaustive")
    assert in_force["category"].within("sex") == ("female", "sex_not_known")
    assert in_force["category"].within("colour") == ("male",)


@pytest.mark.parametrize("name", ADDED)
def test_a_word_added_to_one_vocabulary_changes_no_other_of_the_same_code(name):
    of = {"of": "sex"} if CHOSEN[name].parent else {}
    (other,) = (found for found in ADDED if found != name)
    code = next(iter(words_in_force(USUAL, ())[other]))
    in_force, usual = words_in_force(USUAL, own_words((name, code, of))), words_in_force(USUAL, ())
    assert in_force[other] == usual[other]
    assert list(in_force[name]) == [*usual[name], code]


def test_a_word_knows_its_meanings_and_the_code_that_it_belongs_to():
    own = own_words(
        ("referral_outcome", "review", {"means": ("independent", "serious_case_review")}),
        ("referral_outcome", "panel", {"means": ("independent",)}),
        ("referral_outcome", "none", {"means": ("no_review",)}),
        ("death_category", "every", {"of": "total", "means": ("whole",)}),
        ("death_category", "girls", {"of": "sex"}),
    )
    in_force = words_in_force(USUAL, own)
    assert in_force["referral_outcome"].meaning("independent") == ("review", "panel")
    assert in_force["referral_outcome"].meaning("serious_case_review") == ("review",)
    assert in_force["referral_outcome"].meaning("anything") == ()
    assert in_force["death_category"].within("sex") == ("girls",)
    assert in_force["death_category"].within("age_band") == ()


# What is wrong with them ------------------------------------------------------------------------


def test_sound_words_give_no_finding():
    assert told(("stream", "adults"), ("review_method", "silp")) == []


@pytest.mark.parametrize(
    ("row", "column", "found", "message"),
    [
        (("streams", "a"), "vocabulary", "streams", "there is no such vocabulary."),
        # A vocabulary on which calculations rest is nobody's choice.
        (("basis", "a"), "vocabulary", "basis", "there is no such vocabulary."),
        (("stream", "a;b"), "code", "a;b", "a semicolon stands between codes, and in none."),
        (
            ("stream", "a", {"means": ("children", "childrn")}),
            *("means", "childrn", "calculations know no such word in stream."),
        ),
        (
            ("review_method", "a", {"means": ("children",)}),
            *("means", "children", "calculations know no such word in review_method."),
        ),
        (("stream", "a", {"of": "sex"}), "of", "sex", "belongs to no other."),
    ],
)
def test_a_strange_word_is_told_at_its_cell(row, column, found, message):
    assert told(("review_method", "help"), row) == [(3, column, found, message)]


@pytest.mark.parametrize("of", [None, "colour"])
def test_a_category_belongs_to_a_code_of_the_wider_vocabulary(of):
    """Also to one of the board's own."""
    whole = ("death_category", "all", {"of": "total", "means": ("whole",)})
    strange = ("death_category", "a", {"of": of})
    assert told(whole, strange) == [(3, "of", of, "expected a code of death_dimension.")]
    dimensions = (
        ("death_dimension", "total", {"means": ("whole",)}),
        ("death_dimension", "colour", {"means": ("exhaustive",)}),
    )
    assert told(*dimensions, whole, ("death_category", "a", {"of": "colour"})) == []


def test_an_added_word_that_is_printed_as_a_usual_one_of_its_dimension_is_told():
    """Two rows of one table would be called alike. In another dimension, or in its place: sound."""
    girls = ("category", "girls", {"of": "sex", "label": "Female"})
    found = [(2, "label", "Female", 'printed as the usual "female" is.')]
    assert told(girls) == found
    assert told(("dimension", "gender", {"label": "Sex"})) == [
        (2, "label", "Sex", 'printed as the usual "sex" is.')
    ]
    for sound in (
        ("category", "girls", {"of": "age", "label": "Female"}),
        ("category", "female", {"of": "sex", "label": "Female"}),
        ("category", "girls", {"of": "sex"}),
        ("stream", "minors", {"label": "Children"}),
    ):
        assert told(sound) == []
    moved = ("category", "female", {"of": "sex", "label": "Girls and women"})
    assert told(girls, moved) == []


@pytest.mark.parametrize("of", ["colour", None])
def test_an_added_category_belongs_to_a_dimension_usual_or_the_board_s_own(of):
    strange = ("category", "red", {"of": of})
    assert told(strange) == [(2, "of", of, "expected a code of dimension.")]
    assert told(("dimension", "colour"), ("category", "red", {"of": "colour"})) == []
    assert told(("category", "red", {"of": "sex"})) == []


@pytest.mark.parametrize("name", [n for n, v in CHOSEN.items() if "whole" in v.meanings])
def test_without_a_word_for_the_whole_there_would_be_no_total(name):
    of = {"of": "sex"} if name == "death_category" else {}
    ((row, column, found, message),) = told((name, "a", of), (name, "b", of))
    assert (row, column, found) == (2, "means", None)
    assert message.startswith(f'no codes of {name} mean "whole" (')


def test_every_cause_is_told_once_and_all_of_them_at_once():
    rows = (("streams", "a"), ("stream", "b;c", {"means": ("x", "y"), "of": "z"}))
    assert [(row, column) for row, column, _, _ in told(*rows)] == [
        *((2, "vocabulary"), (3, "code"), (3, "means"), (3, "means"), (3, "of")),
    ]


def test_a_strange_word_of_a_board_is_told_when_its_year_is_read(table, finding):
    table("vocabularies").rewrite(lambda records: [*records, ["streams", "a", "A", "", ""]])
    told = finding()
    assert (told.rule, told.file, told.found) == ("L9", FILE, "streams")
    assert told.hint == 'Did you mean "stream"?'


def test_a_board_s_own_code_is_read_where_the_usual_one_then_is_none(table, load):
    """Every row that keeps the usual code is told, with the codes that there are."""
    new = [["training_mode", code, code.title(), "", ""] for code in ("event", "remote")]
    table("vocabularies").rewrite(lambda records: [*records, *new])
    table("training_offers").set(2, "mode", "remote")
    loaded = load()
    assert loaded.tables.named("training_offers")[0].mode == "remote"
    found = [f for f in loaded.findings if f.file.endswith("training_offers.csv")]
    assert found
    assert {(f.column, f.message) for f in found} == {("mode", "expected one of: event, remote.")}


def test_of_two_words_for_the_whole_nobody_could_say_which_is_the_total():
    whole = {"means": ("whole",)}
    ((row, column, _, message),) = told(
        ("death_dimension", "a", whole), ("death_dimension", "b", whole)
    )
    assert (row, column) == (2, "means")
    assert message.startswith('2 codes of death_dimension mean "whole" (')
