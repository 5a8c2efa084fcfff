"""Attendance ratings: the report's key, with the precedence that it lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.measures.attendance import attendance_rating
from hscb_report.schema import vocabularies as words
from tests.strategies import attendance, attendance_records


def rating(present=0, deputy=0, apologies=0, absent=0, not_expected=0):
    counts = {
        "present": present,
        "deputy": deputy,
        "apologies": apologies,
        "absent": absent,
        "not_expected": not_expected,
    }
    presences = [kind for kind, times in counts.items() for _ in range(times)]
    return attendance_rating(attendance_records("police", "board", presences))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"present": 10}, "green"),
        ({"present": 71, "absent": 29}, "green"),
        ({"present": 71, "deputy": 29}, "green"),
        ({"present": 701, "absent": 299}, "green"),
        ({"present": 7, "deputy": 3}, "amber"),
        ({"present": 7, "absent": 3}, "red"),
        ({"present": 7, "apologies": 3}, "red"),
        ({"present": 7, "apologies": 2, "absent": 1}, "red"),
        ({"present": 7, "deputy": 2, "absent": 1}, "not_assessable"),
        ({"present": 700, "deputy": 299, "absent": 1}, "not_assessable"),
        ({"present": 65, "deputy": 20, "absent": 15}, "not_assessable"),
        ({"present": 40, "deputy": 30, "absent": 30}, "red"),
        ({"present": 401, "deputy": 300, "absent": 299}, "amber"),
        ({"present": 402, "deputy": 299, "absent": 299}, "not_assessable"),
        ({"deputy": 10}, "amber"),
        ({"absent": 1}, "red"),
    ],
)
def test_the_key_is_read_in_the_stated_order(counts, expected):
    """Green, then red, then amber; what is left is not assessable (I-11)."""
    assert rating(**counts) == expected


def test_exactly_seventy_percent_is_not_more_than_seventy():
    assert rating(present=7, deputy=3) != "green"
    assert rating(present=70, absent=30) == "red"
    assert rating(present=70, deputy=15, apologies=15) == "not_assessable"


@pytest.mark.parametrize("kind", ["deputy", "absent", "apologies"])
def test_exactly_thirty_percent_is_thirty_percent_or_more(kind):
    assert rating(present=70, **{kind: 30}) == ("amber" if kind == "deputy" else "red")


@pytest.mark.parametrize("meetings", [0, 1, 12])
def test_who_was_expected_at_no_meeting_is_not_assessable(meetings):
    assert rating(not_expected=meetings) == "not_assessable"


@given(attendance, st.integers(0, 10))
def test_meetings_without_expectation_never_change_a_rating(records, more):
    presences = [row.presence for row in records]
    padded = attendance_records("police", "board", [*presences, *["not_expected"] * more])
    assert attendance_rating(padded) == attendance_rating(records)


@given(attendance, st.randoms(use_true_random=False))
def test_a_rating_is_one_of_the_key_in_any_order(records, random):
    """Records alone never say that an agency is no member."""
    mixed = list(records)
    random.shuffle(mixed)
    found = attendance_rating(mixed)
    assert found == attendance_rating(records)
    assert found in set(words.ATTENDANCE_RATING) - {"not_a_member"}


@given(attendance)
def test_green_is_exactly_more_than_seventy_percent_present(records):
    expected = [row for row in records if row.presence != "not_expected"]
    present = [row for row in expected if row.presence == "present"]
    assert (attendance_rating(records) == "green") == (10 * len(present) > 7 * len(expected))
