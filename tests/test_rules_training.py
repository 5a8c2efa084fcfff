"""Rule 14: bookings, cancellations, no-shows and walk-ins make the attendance."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.rules import run_rules
from hscb_report.rules.training import RULES
from hscb_report.schema import Tables
from hscb_report.schema.columns import Month
from hscb_report.schema.learning import TrainingDelivery
from tests.strategies import placed

R14 = next(rule for rule in RULES if rule.code == "R14")
counts = st.none() | st.integers(0, 50)


def deliveries(*rows):
    month = Month(2013, 6)
    fixed = {
        "first_month": month,
        "last_month": month,
        "counted_as": "attendees",
        "in_total": "yes",
    }
    named = [{**fixed, "offer": f"offer_{n}", **row} for n, row in enumerate(rows)]
    return placed("2013-14/training_deliveries.csv", named, TrainingDelivery)


def run(*rows):
    return run_rules([R14], Tables(training_deliveries=deliveries(*rows)))[0]


@pytest.mark.parametrize(
    "row",
    [
        {"attended": 10, "booked": 10},
        {"attended": 9, "booked": 12, "cancelled": 2, "no_show": 3, "walk_in": 2},
        {"attended": 2, "booked": 0, "walk_in": 2},
        {"attended": 0, "booked": 3, "cancelled": 3},
    ],
)
def test_bookings_that_make_the_attendance_pass(row):
    assert run(row).outcome == "passed"


def test_bookings_that_do_not_are_an_error_at_the_attendance():
    result = run(
        {"attended": 10, "booked": 10},
        {"attended": 9, "booked": 12, "cancelled": 2, "no_show": 3, "walk_in": 1},
    )
    (found,) = result.findings
    assert (found.rule, found.severity) == ("R14", "error")
    assert (found.file, found.row) == ("2013-14/training_deliveries.csv", 3)
    assert (found.column, found.found) == ("attended", "9")
    for part in ("12 booked", "2 cancelled", "3 who did not come", "1 without", "make 8"):
        assert part in found.message


def test_without_any_bookings_the_rule_is_not_run():
    """As in the source, which counts only who came."""
    assert run({"attended": 249}, {"attended": 177}).outcome == "not_run"


def test_a_delivery_without_bookings_beside_one_with_them_is_no_breach():
    assert run({"attended": 249}, {"attended": 5, "booked": 5}).outcome == "passed"


@given(booked=st.integers(0, 99), cancelled=counts, no_show=counts, walk_in=counts, off=counts)
def test_it_passes_exactly_where_the_sum_is_the_attendance(
    booked, cancelled, no_show, walk_in, off
):
    came = booked - (cancelled or 0) - (no_show or 0) + (walk_in or 0)
    attended = max(came, 0) + (off or 0)
    row = {"booked": booked, "cancelled": cancelled, "no_show": no_show, "walk_in": walk_in}
    result = run({**row, "attended": attended})
    assert result.outcome == ("passed" if attended == came else "failed")


def test_the_committed_deliveries_say_nothing_of_bookings(tables):
    assert (
        run_rules([R14], replace(Tables(), training_deliveries=tables.training_deliveries))[
            0
        ].outcome
        == "not_run"
    )
