"""What a table tells of a status: ratings in words, and how something stands by its date."""

from datetime import date

from hscb_report.calculations import tracker
from hscb_report.results.statuses import (
    by_its_date,
    completion_mark,
    has_progress,
    last_said,
    process_mark,
    progress_text,
)
from hscb_report.schema import vocabularies as words
from tests.made_up_plan import PLAN_YEAR, action, statuses

DAY = date(2014, 11, 1)


def state(*records, due="2014-M10"):
    """Return how an action stands on the day after it was due, unless another month is given."""
    (found,) = tracker.states_at(DAY, [action(due=due)], statuses(*records), PLAN_YEAR)
    return found


def test_every_rating_has_a_word_a_shape_and_a_tone_that_promises_no_more():
    """In print without colour, and to a listener, no two look or sound the same."""
    for mark, codes in (
        (process_mark, words.PROCESS_RAG),
        (completion_mark, words.COMPLETION_RAG),
    ):
        marks = [mark(code) for code in codes]
        assert [one.word for one in marks] == list(codes.values())
        assert len({one.shape for one in marks}) == len(codes)
        assert all(one.shape.strip() for one in marks)
        assert {one.tone for one in marks} <= {"good", "watch", "alarm", "plain"}
        assert mark("unrated").tone == mark("code_unknown").tone == "plain"
    assert completion_mark("outside_timescale").tone == "alarm"
    assert completion_mark("complete").tone == "good"


def test_by_its_date_it_is_complete_overdue_unknown_not_yet_due_or_without_a_date():
    done, at_risk = ({"as_at": DAY, "completion": code} for code in ("complete", "at_risk"))
    for found, told in (
        (state(done), "complete, recorded after its date"),
        (state({**done, "as_at": date(2014, 10, 31)}), "complete"),
        (state({**done, "as_at": date(2014, 10, 31)}, done), "complete"),
        (state(done, due=None), "complete"),
        (state(at_risk, due=None), "no date"),
        (state(at_risk, due="2014-M11"), "not yet due"),
        (state(at_risk), "Overdue"),
        (state(), "Date passed, status unknown"),
    ):
        shown = by_its_date(found)
        assert getattr(shown, "word", shown) == told


def test_what_was_said_is_told_with_when_and_where_and_its_absence_as_such():
    assert (last_said(state()), progress_text(state())) == ("no record", "nothing recorded")
    assert not has_progress(state())
    said = state(
        {"as_at": date(2014, 7, 1), "progress": "Begun", "impact": "None yet"},
        {"as_at": date(2014, 10, 1), "progress": "Half done"},
        {"as_at": date(2014, 12, 1), "progress": "Done"},
    )
    assert has_progress(said)
    told = "Progress: Half done; Impact so far: None yet (1 October 2014, A meeting)"
    assert progress_text(said) == told
