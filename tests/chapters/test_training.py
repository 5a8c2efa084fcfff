"""Training: parts within their wholes, bookings that add up, and like added to like alone."""

from hypothesis import given as drawn
from hypothesis import strategies as st

from hscb_report.chapters import training
from hscb_report.chapters.training import CHAPTER
from hscb_report.schema.cells import Month
from hscb_report.schema.learning import (
    EstablishmentCoverage,
    TrainingDelivery,
    TrainingEvaluation,
    TrainingOffer,
    TrainingTotal,
)
from hscb_report.units import NOT_STATED
from tests.made_up import placed, result_of, tables_of, with_tables, year_of

R13, R14, R53 = CHAPTER.rules
FILE = "2013-14/training_deliveries.csv"
EVALUATED = "2013-14/training_evaluations.csv"
TOTALS = "2013-14/training_totals.csv"
counts = st.none() | st.integers(0, 50)


def deliveries(*rows):
    months = {"first_month": Month(2013, 6), "last_month": Month(2013, 6)}
    fixed = {**months, "counted_as": "attendees", "in_total": "yes"}
    named = [{**fixed, "offer": f"offer_{n}", **row} for n, row in enumerate(rows)]
    return placed(FILE, named, TrainingDelivery)


def within(whole, *rows):
    """Return what is said of attendances, each with its flag, beside all practitioners."""
    total = placed(TOTALS, [{"total": "practitioners", "attended": whole}], TrainingTotal)
    place = {"offer": "offer_0", "establishments": "schools", "represented": 1, "eligible": 1}
    coverage = placed("2013-14/establishment_coverage.csv", [place], EstablishmentCoverage)
    given = deliveries(*({"attended": number, "in_total": flag} for number, flag in rows))
    tables = tables_of(
        training_totals=total, training_deliveries=given, establishment_coverage=coverage
    )
    return [(f.severity, f.file, f.row, f.found) for f in result_of(R13, tables).findings]


def test_one_attendance_above_the_whole_is_a_warning_at_it_unless_it_lies_outside():
    for flag in ("yes", "unknown"):
        assert within(100, (100, flag)) == []
        assert within(100, (100, flag), (101, flag))[0] == ("warning", FILE, 3, "101")
    assert within(100, (101, "no")) == []


def test_attendances_said_to_be_within_the_whole_are_so_together():
    """Each is below it, their sum is not; where nobody knows what it includes, nothing is said."""
    assert within(100, (60, "yes"), (40, "yes")) == []
    assert within(100, (60, "yes"), (41, "yes")) == [("error", TOTALS, 2, "100")]
    for flag in ("no", "unknown"):
        assert within(100, (60, "yes"), (41, flag)) == []
    assert within(100, (101, "yes")) == [("warning", FILE, 2, "101")]


def test_a_sum_above_the_whole_is_told_with_its_rows_and_only_like_is_added(after):
    """Attendees, practitioners and trainees come to 715 of nothing; practitioners alone to 389."""
    changes = [(TrainingDelivery, row, "in_total", "yes") for row in (2, 3, 4, 5)]
    assert after(R13, *changes) == []
    for whole, told in (("714", 0), ("389", 0), ("388", 1)):
        assert len(after(R13, *changes, (TrainingTotal, 2, "attended", whole))) == told
    (found,) = after(R13, *changes, (TrainingTotal, 2, "attended", "388"))
    assert "the practitioners said to be within it come to 389" in found.message
    assert "(training_deliveries.csv rows 3, 4)" in found.message
    assert (found.severity, found.file, found.row) == ("error", TOTALS, 2)


def test_establishments_represented_are_at_most_those_that_there_are(after):
    assert after(R13, (EstablishmentCoverage, 2, "eligible", "22")) == []
    (found,) = after(R13, (EstablishmentCoverage, 2, "eligible", "21"))
    assert (found.file, found.row) == ("2013-14/establishment_coverage.csv", 2)
    assert (found.column, found.found) == ("represented", "22")
    assert "more than the 21 establishments" in found.message


# Bookings -------------------------------------------------------------------------------------


def booked(*rows):
    return result_of(R14, tables_of(training_deliveries=deliveries(*rows)))


@drawn(booked_=st.integers(0, 99), cancelled=counts, no_show=counts, walk_in=counts, off=counts)
def test_bookings_pass_exactly_where_they_make_the_attendance(
    booked_, cancelled, no_show, walk_in, off
):
    came = booked_ - (cancelled or 0) - (no_show or 0) + (walk_in or 0)
    attended = max(came, 0) + (off or 0)
    row = {"booked": booked_, "cancelled": cancelled, "no_show": no_show, "walk_in": walk_in}
    result = booked({**row, "attended": attended})
    assert result.outcome == ("passed" if attended == came else "failed")


def test_bookings_that_do_not_are_an_error_at_the_attendance_that_names_all_five():
    wrong = {"attended": 9, "booked": 12, "cancelled": 2, "no_show": 3, "walk_in": 1}
    (found,) = booked({"attended": 10, "booked": 10}, wrong).findings
    assert (found.rule, found.severity, found.file) == ("R14", "error", FILE)
    assert (found.row, found.column, found.found) == (3, "attended", "9")
    (found,) = booked({"attended": 9, "booked": 12}).findings
    assert "0 cancelled and 0 who did not come, and 0 without" in found.message
    (found,) = booked({"attended": 10, "booked": 10}, wrong).findings
    for part in ("12 booked", "2 cancelled", "3 who did not come", "1 without", "make 8"):
        assert part in found.message


def test_who_came_without_any_bookings_breaks_nothing(given):
    """As in the source, which counts only who came."""
    assert result_of(R14, given.tables).outcome == "not_run"
    assert booked({"attended": 249}, {"attended": 5, "booked": 5}).outcome == "passed"


# The tables -----------------------------------------------------------------------------------


def test_only_like_is_added_to_like(report):
    """Attendees, practitioners and trainees of one theme are three numbers, never 715."""
    rows = [
        row[1:]
        for row in report.exhibit("training-by-theme").texts()
        if row[2:] != ("1", NOT_STATED)
    ]
    assert rows == [
        ("attendees", "1", "249"),
        ("practitioners", "2", "389"),
        ("trainees", "1", "77"),
    ]
    for table in ("level", "mode", "theme"):
        cells = [text for row in report.exhibit(f"training-by-{table}").texts() for text in row]
        assert "715" not in cells


def test_a_title_says_of_which_group_most_training_was_where_attendances_do_not_add_up(report):
    """Attendances of several kinds are not added up; what is offered is, if each stands once."""
    said = "4 of 8 kinds of training were of the theme Sexual exploitation and trafficking"
    assert report.exhibit("training-by-theme").title == said
    assert report.exhibit("training-by-level").title == ""
    assert report.exhibit("training-by-mode").title == ""


def test_what_is_not_counted_is_not_stated_and_not_nought(report):
    offers = report.exhibit("training-offers")
    assert "Safeguarding in Leadership" not in {row[0] for row in offers.texts()}
    (others,) = (note for note in offers.notes if note.startswith("Also offered"))
    assert "no numbers published" in others
    assert "Safeguarding in Leadership (" in others
    assert report.exhibit("training-coverage").texts()[0][1:] == ("22", NOT_STATED)


def test_all_reasons_against_adding_people_stand_below_the_total(report):
    notes = report.exhibit("training-totals").notes
    assert len(notes) == 3
    assert all("must not be added up to people" in note for note in notes)


def test_every_offer_that_was_counted_is_a_fact_by_its_code_in_what_it_counts(given, report):
    """Attendees of one, trainees of another; sessions where they were counted."""
    found = {fact.id: fact.as_json()["unit"] for fact in report.facts if fact.chapter == "training"}
    deliveries_ = given.tables[TrainingDelivery]
    assert {name for name in found if "attended_" in name} == {
        f"training.attended_{row.offer}" for row in deliveries_
    }
    assert {name for name in found if "sessions_" in name} == {
        f"training.sessions_{row.offer}" for row in deliveries_ if row.sessions is not None
    }
    assert found["training.attended_set_events"] == "attendees"
    assert found["training.attended_set_specialist"] == "trainees"
    assert report.value("training.establishments_set_specialist") == "22"


def test_an_offer_counted_in_two_ways_is_told_in_each_of_them(given):
    """Never added up: attendees are no practitioners."""
    first = given.tables[TrainingDelivery][0]
    other = first.model_copy(update={"counted_as": "practitioners"})
    data = year_of(with_tables(given.tables, training_deliveries=(first, other)))
    told = {f.id: (f.unit.name, f.figure.value) for f in training.facts(data)}
    for way in ("attendees", "practitioners"):
        assert told[f"training.attended_{first.offer}_{way}"] == (way, first.attended)
    offers = next(t for t in training.exhibits(data) if t.label == "training-offers")
    rows = [row[4:] for row in offers.texts() if row[4] == str(first.attended)]
    assert rows == [(str(first.attended), way) for way in ("attendees", "practitioners")]


# Evaluation -----------------------------------------------------------------------------------


def evaluated(*rows):
    """Return what was answered: (offer, asked, answered, positive)."""
    names = ("offer", "asked", "answered", "positive")
    cells = [dict(zip(names, row, strict=True)) for row in rows]
    return placed(EVALUATED, cells, TrainingEvaluation)


def answers(given, *rows):
    return year_of(with_tables(given.tables, training_evaluations=evaluated(*rows)))


def evaluation_of(data):
    return next(t for t in training.exhibits(data) if t.label == "training-evaluation")


def test_answers_are_told_in_the_order_of_asking_with_how_far_they_differ(given):
    data = answers(
        given,
        ("set_module", "later", 40, 30),
        ("set_module", "before", 100, 45),
        ("set_module", "after", 100, 90),
    )
    title = next(r.title for r in given.tables[TrainingOffer] if r.offer == "set_module")
    assert evaluation_of(data).texts() == (
        (title, "Before the training", "100", "45", "45%", "asked first"),
        (title, "At its end", "100", "90", "90%", "45 percentage points more"),
        (title, "Three months on", "40", "30", "75%", "30 percentage points more"),
    )


def test_the_difference_of_two_shares_is_that_of_what_is_printed(given):
    """5.47 % and 75.76 % are 70.3 points apart; who reads 5% and 76% expects 71."""
    data = answers(given, ("set_module", "before", 128, 7), ("set_module", "after", 33, 25))
    assert [row[4:] for row in evaluation_of(data).texts()] == [
        ("5%", "asked first"),
        ("76%", "71 percentage points more"),
    ]


def test_of_fewer_than_twenty_answers_counts_are_told_and_no_share(given):
    data = answers(
        given,
        ("set_module", "before", 19, 5),
        ("set_module", "after", 20, 15),
        ("set_events", "after", 19, 15),
    )
    assert [row[2:] for row in evaluation_of(data).texts()] == [
        ("19", "15", "15 of 19", "not asked before"),
        ("19", "5", "5 of 19", "asked first"),
        ("20", "15", "75%", "5 of 19 before"),
    ]
    shares = {
        f.id[len("training.share_positive_") :]: f.text
        for f in training.facts(data)
        if "share" in f.id
    }
    assert shares == {
        "set_module_before": "5 of 19",
        "set_module_after": "75%",
        "set_events_after": "15 of 19",
        "before": "5 of 19",
        "after": "77%",
    }


def test_answers_are_facts_of_each_offer_and_of_all_together(given):
    data = answers(given, ("set_module", "after", 30, 20), ("set_events", "after", 10, 4))
    found = {f.id.removeprefix("training."): f for f in training.facts(data)}
    for name, answered, positive in (
        ("set_module_after", "30", "20"),
        ("set_events_after", "10", "4"),
        ("after", "40", "24"),
    ):
        assert found[f"evaluated_{name}"].text == answered
        assert found[f"positive_{name}"].text == positive
    assert found["share_positive_after"].text == "60%"
    assert "positive_before" not in found


def within_answers(*rows, came=((30, "attendees"), (20, "trainees"))):
    given = deliveries(*({"offer": "a", "attended": n, "counted_as": unit} for n, unit in came))
    tables = tables_of(training_evaluations=evaluated(*rows), training_deliveries=given)
    return [
        (f.rule, f.severity, f.file, f.row, f.column, f.found, f.message)
        for f in result_of(R53, tables).findings
    ]


def test_answers_within_those_who_answered_and_who_came_are_sound():
    assert within_answers(("a", "before", 50, 50), ("a", "after", 0, 0)) == []
    assert within_answers(("b", "before", 999, 9)) == []
    assert within_answers(("a", "before", 999, 9), came=()) == []


def test_more_good_answers_than_answers_are_an_error_and_more_answers_than_came_a_warning():
    """Who is asked later may have come in the year before."""
    (found,) = within_answers(("a", "before", 50, 50), ("a", "after", 10, 11))
    assert found[:6] == ("R53", "error", EVALUATED, 3, "positive", "11")
    assert "more than the 10 who answered" in found[6]
    (found,) = within_answers(("a", "later", 51, 50))
    assert found[:6] == ("R53", "warning", EVALUATED, 2, "answered", "51")
    assert "more than the 50 who came in the year (training_deliveries.csv rows 2, 3)" in found[6]
