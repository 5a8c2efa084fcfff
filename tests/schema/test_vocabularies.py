"""The controlled vocabularies: whole, each code with a label, as the source prints them."""

import re
from itertools import pairwise

import pytest

from hscb_report.schema import vocabularies as words
from hscb_report.schema.vocabularies import Vocabulary

VOCABULARIES = [
    *(value for value in vars(words).values() if isinstance(value, Vocabulary)),
    *words.DEATH_CATEGORIES.values(),
]
by_vocabulary = pytest.mark.parametrize("words_", VOCABULARIES, ids=lambda words_: words_.name)


@by_vocabulary
def test_every_code_has_a_label_of_its_own(words_):
    labels = list(words_.values())
    assert len(labels) == len(set(labels)) == len(words_)
    assert all(label.strip() for label in labels)
    assert all(code == code.strip() and ";" not in code for code in words_)


@by_vocabulary
def test_a_vocabulary_cannot_be_changed(words_):
    with pytest.raises(TypeError):
        words_["new"] = "New"
    with pytest.raises(AttributeError):
        words_.labels = {}


def test_a_vocabulary_has_a_name_of_its_own_by_which_it_is_replaced():
    names = [vocabulary.name for vocabulary in VOCABULARIES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("vocabulary", "labels"),
    [
        (words.STREAM, "Children; Adults; DHR"),
        (
            words.REFERRAL_OUTCOME,
            "Serious Case Reviews; Independently chaired multi-agency review; "
            "Internally chaired multi-agency review; Single Agency Review; "
            "Did not meet criteria for review; Not yet decided",
        ),
        (
            words.REVIEW_METHOD,
            "Significant Incident Learning Process (SILP); "
            "Herefordshire Evaluation and Learning Process (HELP)",
        ),
        (
            words.JOURNEY_AREA,
            "Safeguarding Training; Governance; Policy and Procedures; Audit and Case Analysis; "
            "Performance Monitoring; Voice of the Child; Children at higher risk",
        ),
        (
            words.FINDING_STATUS,
            "Resolved; Improved; Partly improved; Process improved, outcome not; Not improved; "
            "Not reviewed",
        ),
        (
            words.STATUTORY_HEADING,
            "Child death reviews; Case reviews; Training and learning events; Other",
        ),
        (words.TRAINING_LEVEL, "Universal; Targeted; Specialist; Level not stated"),
        (words.COUNTED, "deaths in the year; reviews completed in the year"),
        (words.BUDGET_TOTAL, "Total income; Total expenditure"),
        (words.VALUE_QUALIFIER, "exact; approximately; over"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_labels_are_those_of_the_source_in_its_order(vocabulary, labels):
    assert "; ".join(vocabulary.values()) == labels


def test_the_bases_are_the_four_of_the_specification():
    assert set(words.BASIS) == {"verbatim", "corrected", "inferred", "derived"}


def test_the_age_bands_cover_childhood_without_a_gap():
    bands = [
        re.fullmatch(r"(\d+) to (\d+) (days|years)", band).groups()
        for band in words.DEATH_CATEGORIES["age_band"]
    ]
    days = [(int(a), int(b)) for a, b, unit in bands if unit == "days"]
    years = [(int(a), int(b)) for a, b, unit in bands if unit == "years"]
    assert days == [(0, 27), (28, 364)]
    assert (years[0][0], years[-1][1]) == (1, 17)
    assert all(after[0] == before[1] + 1 for before, after in pairwise(years))


def test_every_dimension_of_child_deaths_has_its_categories():
    assert set(words.DEATH_CATEGORIES) == set(words.DEATH_DIMENSION)
    of_each = [code for group in words.DEATH_CATEGORIES.values() for code in group]
    assert sorted(of_each) == sorted(words.DEATH_CATEGORY)
