"""The controlled vocabularies: fixed ones with labels, and those whose words a board chooses."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.schema import vocabularies as words
from hscb_report.schema.vocabularies import CHOSEN, Vocabulary
from tests import in_force

DECLARED = [value for value in vars(words).values() if isinstance(value, Vocabulary)]
FIXED = [vocabulary for vocabulary in DECLARED if vocabulary.name not in CHOSEN]
WITH_WORDS = [*FIXED, *in_force.IN_FORCE.values()]
by_vocabulary = pytest.mark.parametrize("words_", WITH_WORDS, ids=lambda words_: words_.name)


@by_vocabulary
def test_every_code_has_a_label_of_its_own_in_what_it_belongs_to(words_):
    """The police are an employer, and may be who made contact: never in one table."""
    labels = list(words_.values())
    told_apart = {(words_.of.get(code), label) for code, label in words_.items()}
    assert words_
    assert not words_.is_open
    assert len(told_apart) == len(words_) == len(labels)
    assert words_.parent or len(set(labels)) == len(words_)
    assert all(label.strip() for label in labels)
    assert all(code == code.strip() and ";" not in code for code in words_)


@pytest.mark.parametrize("words_", [*WITH_WORDS, *CHOSEN.values()], ids=lambda words_: words_.name)
def test_a_vocabulary_cannot_be_changed(words_):
    with pytest.raises(TypeError):
        words_["new"] = "New"
    with pytest.raises(AttributeError):
        words_.labels = {}


def test_a_vocabulary_has_a_name_of_its_own_by_which_it_is_replaced():
    names = [vocabulary.name for vocabulary in DECLARED]
    assert len(names) == len(set(names))
    assert set(in_force.IN_FORCE) == set(CHOSEN)
    assert all(vocabulary.name == name for name, vocabulary in CHOSEN.items())


@pytest.mark.parametrize(
    ("vocabulary", "labels"),
    [
        (in_force.STREAM, "Children; Adults; DHR"),
        (
            in_force.REFERRAL_OUTCOME,
            "Serious Case Reviews; Independently chaired multi-agency review; "
            "Internally chaired multi-agency review; Single Agency Review; "
            "Did not meet criteria for review; Not yet decided",
        ),
        (
            in_force.REVIEW_METHOD,
            "SILP; HELP",
        ),
        (
            in_force.JOURNEY_AREA,
            "Safeguarding Training; Governance; Policy and Procedures; Audit and Case Analysis; "
            "Performance Monitoring; Voice of the Child; Children at higher risk",
        ),
        (
            in_force.FINDING_STATUS,
            "Resolved; Improved; Partly improved; Process improved, outcome not; Not improved; "
            "Not reviewed",
        ),
        (
            in_force.STATUTORY_HEADING,
            "Child death reviews; Case reviews; Training and learning events; Other",
        ),
        (in_force.TRAINING_LEVEL, "Universal; Targeted; Specialist; Level not stated"),
        (
            words.COUNTED,
            "deaths in the year; reviews completed in the year; "
            "deaths waiting for a review at the year's end",
        ),
        (words.BUDGET_TOTAL, "Total income; Total expenditure"),
        (words.VALUE_QUALIFIER, "exact; approximately; over"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_labels_are_those_of_the_source_in_its_order(vocabulary, labels):
    assert "; ".join(vocabulary.values()) == labels


def test_the_bases_are_the_four_of_the_specification_and_two_that_name_no_document():
    assert set(words.BASIS) == {
        *("verbatim", "corrected", "inferred", "derived"),
        *("own_record", "invented"),
    }


def test_the_age_bands_cover_childhood_without_a_gap():
    bands = [
        re.fullmatch(r"(\d+) to (\d+) (days|years)", band).groups()
        for band in in_force.death_categories()["age_band"]
        if band != "age_unknown"
    ]
    days = [(int(a), int(b)) for a, b, unit in bands if unit == "days"]
    years = [(int(a), int(b)) for a, b, unit in bands if unit == "years"]
    assert days == [(0, 27), (28, 364)]
    assert (years[0][0], years[-1][1]) == (1, 17)
    assert all(after[0] == before[1] + 1 for before, after in pairwise(years))


# What a board chooses ---------------------------------------------------------------------------


def test_of_what_a_board_chooses_the_code_has_no_words_and_any_may_be_meant():
    """A word in the code would hold for every board."""
    for vocabulary in CHOSEN.values():
        assert vocabulary.is_open
        assert not vocabulary
        assert not vocabulary.means
        assert not vocabulary.of
    assert all(vocabulary and not vocabulary.is_open for vocabulary in FIXED)


def test_every_meaning_is_explained_and_known_by_some_word_of_the_board():
    for name, vocabulary in CHOSEN.items():
        found = in_force.IN_FORCE[name]
        assert found.meanings == vocabulary.meanings
        assert all(told.strip() for told in found.meanings.values())
        assert {word for said in found.means.values() for word in said} == set(found.meanings)


def test_every_code_of_a_part_belongs_to_a_code_of_the_whole_and_to_one_alone():
    """No dimension, of child deaths or of measures, is without categories."""
    parts = [vocabulary for vocabulary in in_force.IN_FORCE.values() if vocabulary.parent]
    assert [vocabulary.name for vocabulary in parts] == ["death_category", "category"]
    for vocabulary in parts:
        found = [vocabulary.within(code) for code in in_force.IN_FORCE[vocabulary.parent]]
        assert all(found)
        assert sorted(code for codes in found for code in codes) == sorted(vocabulary)


codes = st.sampled_from("abcdef")
subsets = st.frozensets(st.sampled_from(("one", "other")))


def test_the_ten_categories_of_the_national_database_and_every_dimension_can_be_unknown():
    """Where a death or a review of it is told by what is known, so must be what is not."""
    categories = in_force.death_categories()
    assert len(categories["category"]) == 10 + 1
    for dimension in in_force.DEATH_DIMENSION.meaning("exhaustive"):
        assert [label for label in categories[dimension].values() if "not known" in label.lower()]
    assert "insufficient" in categories["modifiable"]


@given(
    st.lists(codes, unique=True),
    st.dictionaries(codes, subsets),
    st.dictionaries(codes, st.sampled_from("xy")),
)
def test_codes_are_found_by_what_they_mean_and_belong_to_in_the_order_shown(own, means, of):
    """What is said of a code that the vocabulary does not have makes it none of its codes."""
    vocabulary = Vocabulary("v", {code: code.upper() for code in own}, means=means, of=of)
    for word in ("one", "other", "unheard_of"):
        expected = [code for code in own if word in means.get(code, ())]
        assert list(vocabulary.meaning(word)) == expected
    for parent in "xyz":
        assert list(vocabulary.within(parent)) == [c for c in own if of.get(c) == parent]


def test_what_the_usual_words_mean_is_what_calculations_rest_on():
    assert in_force.REFERRAL_OUTCOME.meaning("independent") == (
        *("serious_case_review", "independent_multi_agency"),
    )
    assert in_force.REFERRAL_OUTCOME.meaning("no_review") == ("not_met", "open")
    assert in_force.FINDING_STATUS.meaning("closed") == ("resolved", "improved")
    assert in_force.REFERRAL_OUTCOME.meaning("undecided") == ("open",)
    assert in_force.DEATH_DIMENSION.meaning("exhaustive") == (
        *("sex", "age_band", "category", "ethnicity", "expected", "timeliness"),
    )
    assert in_force.DEATH_CATEGORY.meaning("whole") == ("all",)


def test_a_board_adds_to_dimensions_and_categories_and_to_nothing_else():
    """What every board counts by, such as sex and age, need not be listed by each of them."""
    added = [name for name, vocabulary in CHOSEN.items() if vocabulary.is_added_to]
    assert added == ["dimension", "category"]
    assert all(in_force.IN_FORCE[name].is_added_to for name in added)
    assert words.CATEGORY.parent == words.DIMENSION.name


def test_every_usual_dimension_makes_up_the_whole_and_says_who_is_not_known_or_other():
    """A category is missing, and not only small, where one that is not known cannot be told."""
    dimensions, categories = in_force.DIMENSION, in_force.CATEGORY
    assert dimensions.meaning("exhaustive") == tuple(dimensions)
    for dimension in ("sex", "age", "ethnicity"):
        assert categories.within(dimension)[-1] == f"{dimension}_not_known"


def test_the_usual_ages_of_measures_follow_each_other():
    """Unborn, under 1, 1 to 4 …, 16 and over: no age lies between two."""
    labels = [in_force.CATEGORY[code] for code in in_force.CATEGORY.within("age")]
    bands = [re.findall(r"[0-9]+", label) for label in labels]
    spans = [(0, 0), *((int(a), int(b)) for a, b in (band for band in bands if len(band) == 2))]
    assert all(after[0] == before[1] + 1 for before, after in pairwise(spans))
    assert labels[0] == "Unborn"
    assert labels[-2] == f"{spans[-1][1] + 1} years and over"


def test_an_area_is_in_the_order_of_tables_and_a_flow_in_the_order_of_its_sum():
    assert list(words.AREA_KIND) == ["own", "part", "neighbour", "region", "nation", "other"]
    assert list(words.FLOW_PART) == ["opening", "starts", "ends", "closing"]
    assert list(words.DIRECTION) == ["lower", "higher", "neither"]
    assert list(words.VALUE_STATUS) == ["final", "provisional", "estimated", "not_available"]
