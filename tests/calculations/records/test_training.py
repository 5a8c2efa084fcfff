"""Records of training become deliveries: attendances as often as somebody came, people once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations.records.training import (
    CAME,
    TrainingRecords,
    people,
    training_told,
    training_worked_out,
)
from hscb_report.schema import vocabularies as words
from hscb_report.schema.cells import Month
from hscb_report.schema.learning import (
    EstablishmentCoverage,
    TrainingDelivery,
    TrainingEvaluation,
    TrainingTotal,
)
from hscb_report.schema.records import TrainingAnswer, TrainingBooking, TrainingSession
from hscb_report.years import ReportingYear
from tests.made_up_records import row_of

YEAR = ReportingYear(2016)
FIRST, LAST = Month(2016, 4), Month(2017, 3)


def session(number, offer="neglect", day=date(2016, 6, 1), in_total="yes", places=None):
    about = {"counted_as": "attendees", "in_total": in_total, "places": places}
    return row_of(TrainingSession, session=str(number), offer=offer, day=day, **about)


def booking(number, of, came="attended", **more):
    return row_of(TrainingBooking, booking=str(number), session=str(of), came=came, **more)


def delivery(offer="neglect", first=FIRST, last=LAST, **more):
    return row_of(TrainingDelivery, offer=offer, first_month=first, last_month=last, **more)


sessions = st.lists(
    st.builds(
        session,
        st.integers(1, 6),
        st.sampled_from(("neglect", "basics")),
        st.dates(YEAR.start, YEAR.end),
        places=st.none() | st.integers(0, 30),
    ),
    unique_by=lambda row: row.session,
    min_size=1,
)
bookings = st.lists(
    st.builds(
        booking,
        st.integers(1, 99),
        st.integers(1, 6),
        st.sampled_from(list(words.BOOKING)),
        person=st.sampled_from(("1", "2", "3")),
        agency=st.sampled_from((None, "nhs", "police")),
    ),
    unique_by=lambda row: row.booking,
)
answers = st.lists(
    st.builds(
        lambda number, offer, asked, positive: row_of(
            TrainingAnswer, answer=str(number), offer=offer, asked=asked, positive=positive
        ),
        st.integers(1, 99),
        st.sampled_from(("neglect", "basics")),
        st.sampled_from(list(words.EVALUATED)),
        st.sampled_from(("yes", "no")),
    ),
    unique_by=lambda row: row.answer,
)


@st.composite
def all_records(draw):
    held = draw(sessions)
    known = {row.session for row in held}
    booked = [row for row in draw(bookings) if row.session in known]
    return TrainingRecords(held, booked, draw(answers))


def given_by(records, there=()):
    return {w.row: w for w in training_worked_out(records, YEAR, there)}


def test_of_no_records_nothing_is_given():
    nothing = TrainingRecords([], [], [])
    assert training_worked_out(nothing, YEAR, [delivery()]) == ()
    assert [*training_told(nothing)] == []


@given(all_records())
def test_deliveries_count_every_session_and_booking_once(records):
    rows = given_by(records)[TrainingDelivery].rows
    offers = {r.offer for r in records.sessions}
    numbers = {s.session: s.offer for s in records.sessions}
    with_bookings = {numbers[row.session] for row in records.bookings}
    assert {row["offer"] for row in rows} == with_bookings <= offers
    for row in rows:
        held = [s for s in records.sessions if s.offer == row["offer"]]
        own = records.booked_at(held)
        assert int(row["sessions"]) == len(held)
        assert int(row["attended"]) == sum(b.came in CAME for b in own)
        assert int(row["booked"]) + int(row["walk_in"]) == len(own)
        undecided = sum(b.came == "booked" for b in own)
        came = (
            int(row["booked"]) - int(row["cancelled"]) - int(row["no_show"]) + int(row["walk_in"])
        )
        assert came - undecided == int(row["attended"])
        assert (row["first_month"], row["last_month"]) == ("2016-M04", "2017-M03")


@given(all_records(), st.data())
def test_months_that_are_counted_together_and_the_rest_add_up_to_the_year(records, data):
    """However a year's rows cut it, each session is in one of them; what is written stays so."""
    months = [Month(2016 + (n < 4), n) for n in (*range(4, 13), 1, 2, 3)]
    cuts = sorted(data.draw(st.sets(st.sampled_from(range(12)), max_size=4)))
    spans = [*zip(cuts[::2], cuts[1::2], strict=False)]
    there = [delivery(first=months[a], last=months[b]) for a, b in spans]
    rows = [
        row
        for row in given_by(records, there).get(TrainingDelivery).rows
        if row["offer"] == "neglect"
    ]
    if records.booked_at(records.of_offer("neglect")):
        held = len(records.of_offer("neglect"))
        assert sum(int(row["sessions"]) for row in rows) == held
        again = [
            delivery(
                first=Month(*_parts(row["first_month"])), last=Month(*_parts(row["last_month"]))
            )
            for row in rows
        ]
        found = given_by(records, again)[TrainingDelivery].rows
        assert [row for row in found if row["offer"] == "neglect"] == rows


def _parts(month):
    year, number = month.split("-M")
    return int(year), int(number)


def test_without_bookings_sessions_are_compared_and_no_row_is_added():
    """A delivery needs the number of those who came, which nobody recorded."""
    records = TrainingRecords([session(1), session(2)], [], [])
    assert given_by(records)[TrainingDelivery].rows == ()
    (row,) = given_by(records, [delivery()])[TrainingDelivery].rows
    assert row["sessions"] == "2"
    assert "attended" not in row


@given(all_records())
def test_answers_are_counted_by_offer_and_time(records):
    found = given_by(records)
    rows = found[TrainingEvaluation].rows if records.answers else ()
    assert sum(int(row["answered"]) for row in rows) == len(records.answers)
    good = [row for row in records.answers if row.positive == "yes"]
    assert sum(int(row["positive"]) for row in rows) == len(good)


@given(st.data())
def test_the_order_of_rows_does_not_matter(data):
    records = data.draw(all_records())
    shuffled = TrainingRecords(
        *(
            data.draw(st.permutations(rows))
            for rows in (records.sessions, records.bookings, records.answers)
        )
    )
    assert [w.rows for w in given_by(records).values()] == [
        w.rows for w in given_by(shuffled).values()
    ]
    assert [*training_told(records)] == [*training_told(shuffled)]


@given(all_records())
def test_a_person_counts_once_however_often_they_came(records):
    came = [row.person for row in records.bookings if row.came in CAME]
    assert people(records.bookings) == len(set(came)) <= len(came)
    unnumbered = [*records.bookings, booking(100, 1, person=None)]
    assert people(unnumbered) is None


def test_practitioners_are_given_where_records_know_all_of_them():
    own = [booking(1, 1, person="1"), booking(2, 1, person="2"), booking(3, 1, person="1")]
    records = TrainingRecords([session(1)], own, [])
    (row,) = given_by(records)[TrainingTotal].rows
    assert row == {"total": "practitioners", "attended": "2"}
    other = delivery("basics", in_total="no")
    assert TrainingTotal in given_by(records, [other])


@pytest.mark.parametrize("in_total", ["yes", "unknown"])
def test_practitioners_of_an_offer_without_records_make_the_total_unknown(in_total):
    records = TrainingRecords([session(1)], [booking(1, 1, person="1")], [])
    assert TrainingTotal not in given_by(records, [delivery("basics", in_total=in_total)])
    unsaid = TrainingRecords([session(1, in_total="unknown")], [booking(1, 1, person="1")], [])
    assert TrainingTotal not in given_by(unsaid)
    unnumbered = TrainingRecords([session(1)], [booking(1, 1)], [])
    assert TrainingTotal not in given_by(unnumbered)


def test_an_establishment_counts_once_and_only_where_somebody_came():
    def at(number, establishment, came="attended"):
        kind = {"establishments": "schools", "establishment": establishment}
        return booking(number, 1, came, **kind)

    own = [at(1, "S1"), at(2, "S1"), at(3, "S2", "walk_in"), at(4, "S3", "no_show")]
    (row,) = given_by(TrainingRecords([session(1)], own, []))[EstablishmentCoverage].rows
    assert row == {"offer": "neglect", "establishments": "schools", "represented": "2"}


def test_places_people_and_agencies_are_told():
    own = [
        booking(1, 1, person="1", agency="nhs"),
        booking(2, 1, "walk_in", person="2", agency="nhs"),
        booking(3, 1, "no_show", person="3", agency="police"),
        booking(4, 2, person="1", agency="police"),
        booking(5, 2, "booked", person="4"),
    ]
    records = TrainingRecords([session(1, places=10), session(2)], own, [])
    assert [str(told) for told in training_told(records)] == [
        "neglect: places taken: 2 of 10",
        "neglect: came of those who had booked and not cancelled: 2 of 3",
        "People who came to any session, each counted once: 2",
        "Attendances from nhs: 2",
        "Attendances from police: 1",
        'Bookings that still read "Booked, and nothing else is known yet": 1',
    ]
