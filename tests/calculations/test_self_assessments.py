"""Self-assessments: grades counted, standards met of those that apply, the weakest first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations import self_assessments
from hscb_report.calculations.self_assessments import Part
from hscb_report.figures import LEAST_OF_A_SHARE
from hscb_report.schema.self_assessments import Standard
from hscb_report.years import ReportingYear
from tests import in_force
from tests.made_up import only_own
from tests.strategies import few, self_assessed

GRADES = tuple(in_force.SELF_ASSESSMENT_GRADE)
MET = in_force.SELF_ASSESSMENT_GRADE.meaning("met")
NONE = in_force.SELF_ASSESSMENT_GRADE.meaning("not_applicable")
parts = st.builds(
    Part,
    st.sampled_from(tuple(in_force.EXERCISE)),
    st.none() | st.sampled_from(("a", "b")),
    st.none() | st.sampled_from(("one", "two")),
)


def own(rows, part):
    return [
        row
        for row in rows
        if row.exercise == part.exercise
        and part.agency in (None, row.agency)
        and part.standard in (None, row.standard)
    ]


@few
@given(self_assessed, parts)
def test_every_grade_of_a_part_is_counted_once_and_what_is_met_is_among_what_applies(rows, part):
    graded = own(rows, part)
    counts = {grade: self_assessments.grades_given(iter(rows), part, grade) for grade in GRADES}
    assert sorted(place for found in counts.values() for place in found.rows) == [
        row.place for row in graded
    ]
    assert {grade: found.value for grade, found in counts.items()} == {
        grade: sum(row.grade == grade for row in graded) for grade in GRADES
    }
    met = self_assessments.standards_met(iter(rows), part, MET)
    applies = self_assessments.standards_assessed(iter(rows), part, NONE)
    assert met.value == sum(counts[grade].value for grade in MET)
    assert applies.value == len(graded) - sum(counts[grade].value for grade in NONE)
    assert met.value <= applies.value
    assert set(met.rows) <= set(applies.rows)
    assert self_assessments.standards_met(iter(rows), part, ()).value is None


@few
@given(self_assessed, parts)
def test_an_agency_counts_once_however_many_standards_it_grades(rows, part):
    found = self_assessments.agencies(iter(rows), part)
    assert found.value == len({row.agency for row in own(rows, part)})
    assert found.rows == tuple(row.place for row in own(rows, part))


@few
@given(self_assessed, parts)
def test_a_share_of_fewer_than_twenty_standards_is_told_by_its_counts(rows, part):
    applies = self_assessments.standards_assessed(rows, part, NONE)
    met = self_assessments.standards_met(rows, part, MET)
    found = self_assessments.share_met(iter(rows), part, MET, NONE)
    assert (found.value is None) == (applies.value == 0)
    is_of_few = 0 < applies.value < LEAST_OF_A_SHARE
    assert found.out_of == ((met.value, applies.value) if is_of_few else None)
    assert found.value is None or round(found.value * applies.value, 9) == met.value
    assert set(found.rows) == set(applies.rows) | set(met.rows)


def standards(*rows):
    return only_own("reference/standards.csv", [*rows], Standard)


@pytest.mark.parametrize(
    ("year", "asked"),
    [(2012, "always until"), (2013, "always until since"), (2014, "always since")],
)
def test_a_standard_is_asked_from_its_first_year_to_its_last(year, asked):
    listed = standards(
        {"exercise": "section_11", "standard": "always", "title": "A"},
        {"exercise": "section_11", "standard": "until", "title": "B", "last_year": "2013-14"},
        {"exercise": "section_11", "standard": "since", "title": "C", "first_year": "2013-14"},
        {"exercise": "schools", "standard": "other", "title": "D"},
    )
    found = self_assessments.standards_of(iter(listed), "section_11", ReportingYear(year))
    assert [row.standard for row in found] == asked.split()


@few
@given(self_assessed)
def test_the_weakest_standards_come_first_and_those_that_apply_to_nobody_last(rows):
    listed = standards(
        *(
            {"exercise": "section_11", "standard": name, "title": name}
            for name in ("one", "two", "three")
        )
    )
    found = self_assessments.weakest_first(iter(rows), iter(listed), MET, NONE)
    assert sorted(row.standard for row in found) == sorted(row.standard for row in listed)
    shares = []
    for row in found:
        part = Part("section_11", standard=row.standard)
        applies = self_assessments.standards_assessed(rows, part, NONE).value
        met = self_assessments.standards_met(rows, part, MET).value
        shares.append(met / applies if applies else 2)
    assert shares == sorted(shares)
    places = [row.place for row in found]
    for share in set(shares):
        alike = [place for place, own_ in zip(places, shares, strict=True) if own_ == share]
        assert alike == sorted(alike)
