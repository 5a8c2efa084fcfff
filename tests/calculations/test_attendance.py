"""Attendance ratings: the report's key, with the precedence that it lacks."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations.attendance import (
    all_attendance,
    attendance_counted,
    attendance_of,
    attendance_rating,
    attended,
    deputies,
    meetings,
    share_attended,
)
from hscb_report.schema import vocabularies as words
from hscb_report.schema.board import AttendanceCount
from tests.made_up import attendance_records, placed
from tests.strategies import attendance, attendance_counts


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"present": 71, "absent": 29}, "attended"),
        ({"present": 71, "deputy": 29}, "attended"),
        ({"present": 7, "deputy": 3}, "deputy"),
        ({"present": 7, "absent": 3}, "not_attended"),
        ({"present": 7, "apologies": 3}, "not_attended"),
        ({"present": 7, "apologies": 2, "absent": 1}, "not_attended"),
        ({"present": 7, "deputy": 2, "absent": 1}, "not_assessable"),
        ({"present": 7000, "absent": 2999, "deputy": 1}, "not_assessable"),
        ({"present": 700, "absent": 300}, "not_attended"),
        ({"present": 700, "absent": 299, "deputy": 1}, "not_assessable"),
        ({"present": 700, "deputy": 299, "absent": 1}, "not_assessable"),
        ({"present": 40, "deputy": 30, "absent": 30}, "not_attended"),
        ({"present": 401, "deputy": 300, "absent": 299}, "deputy"),
        ({"present": 402, "deputy": 299, "absent": 299}, "not_assessable"),
        ({"present": 702, "deputy": 0, "absent": 298}, "attended"),
        ({"deputy": 10}, "deputy"),
        ({"absent": 1}, "not_attended"),
        ({}, "not_assessable"),
        ({"not_expected": 12}, "not_assessable"),
    ],
)
def test_the_key_is_read_in_the_stated_order(counts, expected):
    """More than 70 % attended, then 30 % or more not attended, then a deputy at 30 % or more."""
    presences = [kind for kind, times in counts.items() for _ in range(times)]
    assert (
        attendance_rating(attendance_of(attendance_records("police", "board", presences)))
        == expected
    )


@given(attendance, st.integers(0, 10), st.randoms(use_true_random=False))
def test_neither_order_nor_meetings_without_expectation_change_a_rating(records, more, random):
    presences = [row.presence for row in records] + ["not_expected"] * more
    random.shuffle(presences)
    mixed = attendance_records("police", "board", presences)
    rating = attendance_rating(attendance_of(records))
    assert attendance_rating(attendance_of(iter(mixed))) == rating


@given(attendance)
def test_a_rating_says_what_its_share_says_and_records_never_that_an_agency_is_no_member(records):
    came = [row.presence for row in records if row.presence != "not_expected"]
    found = attendance_rating(attendance_of(records))
    assert found in set(words.ATTENDANCE_RATING) - {"not_a_member"}
    missed = came.count("apologies") + came.count("absent")
    attended = 10 * came.count("present") > 7 * len(came)
    not_attended = bool(came) and not attended and 10 * missed >= 3 * len(came)
    assert (found == "attended", found == "not_attended") == (attended, not_attended)
    if found == "deputy":
        assert 10 * came.count("deputy") >= 3 * len(came)


# Counts -----------------------------------------------------------------------------------------


@given(attendance)
def test_counts_of_the_same_meetings_give_the_same_rating_and_share(records):
    """Who holds counts, and no records, is rated alike."""
    recorded = attendance_of(records)
    came = [row.presence for row in records]
    expected = len(came) - came.count("not_expected")
    assert recorded.meetings.value == expected
    assert (recorded.attended.value, recorded.deputy.value) == (
        *(came.count("present"), came.count("deputy")),
    )
    row = {"agency": "police", "group": "board", "meetings": expected}
    row |= {"attended": came.count("present"), "deputy": came.count("deputy")}
    (counts,) = placed("attendance_counts.csv", [row], AttendanceCount)
    counted = attendance_counted(counts)
    assert attendance_rating(counted) == attendance_rating(recorded)
    assert counted.share.value == recorded.share.value
    assert counted.neither.value == came.count("apologies") + came.count("absent")
    assert counted.share.rows == (counts.place,)


@given(attendance_counts)
def test_several_attendances_add_up_and_none_at_all_is_missing(rows):
    """A share of them is that of the sums, and missing where no meeting was held."""
    held = [attendance_counted(row) for row in rows]
    for column, found in (
        ("meetings", meetings(iter(held))),
        ("attended", attended(iter(held))),
        ("deputy", deputies(iter(held))),
    ):
        assert found.value == (sum(getattr(row, column) for row in rows) if rows else None)
        assert found.rows == tuple(row.place for row in rows)
        assert found == getattr(all_attendance(held), column)
    whole = sum(row.meetings for row in rows)
    came = Decimal(sum(row.attended for row in rows))
    assert share_attended(iter(held)).value == (came / whole if whole else None)
