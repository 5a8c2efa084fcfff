"""Records of meetings become counts: an agency counts once a meeting, whoever came for it."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations.records.attendance import (
    attendance_worked_out,
    presence_of_agencies,
)
from hscb_report.schema import vocabularies as words
from hscb_report.schema.board import AttendanceCount, AttendanceRecord
from hscb_report.schema.records import Meeting, MeetingAttendance
from hscb_report.schema.reference import Agency
from tests.made_up_records import row_of

MEETINGS = [
    row_of(Meeting, meeting=str(n), group=group, day=date(2016, 4 + n, 1))
    for n, group in enumerate(("board", "board", "audit"), 1)
]
AGENCIES = [row_of(Agency, agency=a, name=a.upper()) for a in ("police", "nhs")]
records = st.lists(
    st.builds(
        lambda meeting, agency, member, presence: row_of(
            MeetingAttendance, meeting=meeting, agency=agency, member=member, presence=presence
        ),
        st.sampled_from(("1", "2", "3")),
        st.sampled_from(("police", "nhs")),
        st.sampled_from((None, "7", "8")),
        st.sampled_from(list(words.PRESENCE)),
    ),
    unique_by=lambda row: (row.meeting, row.agency, row.member),
)


def worked_out(rows, **has):
    return attendance_worked_out(
        MEETINGS, rows, AGENCIES, **{"has_records": False, "has_counts": False, **has}
    )


def test_of_no_records_nothing_is_given():
    assert worked_out([]) == ()


@given(records.filter(bool))
def test_an_agency_counts_once_a_meeting_and_its_counts_agree_with_the_records(rows):
    agencies, counts = worked_out(rows)
    assert counts.row is AttendanceCount
    assert {row["agency"] for row in agencies.rows} == {row.agency for row in rows}
    presences = presence_of_agencies(MEETINGS, rows)
    expected = Counter(p for p in presences.values() if p != "not_expected")
    for column, codes in (("meetings", list(expected)), ("attended", ["present"])):
        assert sum(int(row[column]) for row in counts.rows) == sum(expected[c] for c in codes)
    assert sum(int(row["deputy"]) for row in counts.rows) == expected["deputy"]
    assert len(presences) == len({(row.meeting, row.agency) for row in rows})
    for row in counts.rows:
        assert int(row["attended"]) + int(row["deputy"]) <= int(row["meetings"])


@given(st.data())
def test_the_order_of_rows_does_not_matter(data):
    rows = data.draw(records)
    shuffled = data.draw(st.permutations(rows))
    told = [
        [w.rows for w in worked_out(r, has_records=True, has_counts=True)] for r in (rows, shuffled)
    ]
    assert told[0] == told[1]


def test_the_member_counts_who_speaks_best_for_an_agency():
    rows = [
        row_of(MeetingAttendance, meeting="1", agency="nhs", member=member, presence=presence)
        for member, presence in (("7", "absent"), ("8", "present"), ("9", "deputy"))
    ]
    assert [*presence_of_agencies(MEETINGS, rows).values()] == ["present"]
    assert [*presence_of_agencies(MEETINGS, rows[::2]).values()] == ["deputy"]


def test_a_year_with_records_of_its_own_is_compared_meeting_by_meeting():
    rows = [row_of(MeetingAttendance, meeting="3", agency="nhs", presence="deputy")]
    agencies, by_meeting = worked_out(rows, has_records=True)
    assert by_meeting.row is AttendanceRecord
    assert by_meeting.rows == (
        {"group": "audit", "day": "2016-M07-01", "agency": "nhs", "presence": "deputy"},
    )
    assert agencies.rows == ({"agency": "nhs", "organisation": "NHS"},)
    assert len(worked_out(rows, has_records=True, has_counts=True)) == 3


def test_a_count_of_a_group_that_met_is_compared_although_no_record_names_the_agency():
    rows = [row_of(MeetingAttendance, meeting="3", agency="nhs", presence="deputy")]
    _, counts = worked_out(rows)
    named = [row_of(AttendanceCount, agency="police", group=g) for g in ("audit", "board")]
    assert [counts.counts_none(row) for row in named] == [True, False]
