"""Case reviews: referrals, outcomes and reviews that agree; told without their numbers."""

from dataclasses import replace

import pytest

from hscb_report.chapters import case_reviews
from hscb_report.chapters.case_reviews import CHAPTER
from hscb_report.checks.rule import run_rules
from hscb_report.schema.cases import Referral, ReferralOutcome, ReferralTotal, ReviewCarriedOver
from hscb_report.schema.learning import AuditActivity
from tests import in_force
from tests.made_up import YEAR, placed, result_of, tables_of, with_tables, with_words, year_of
from tests.made_up_reviews import recommendations, reviews, statuses

R7, R8, R9, R30, R31, R44, R45, R46 = CHAPTER.rules
CARRIED = "2013-14/reviews_carried_over.csv"


def places(findings):
    return [(found.severity, found.file, found.row, found.column) for found in findings]


def test_the_committed_reviews_keep_every_rule(given):
    """Of reviews and recommendations one by one the year has no table."""
    outcomes = {result.rule.code: result.outcome for result in run_rules(CHAPTER.rules, given)}
    assert outcomes == {
        **dict.fromkeys(("R7", "R8", "R9", "R30", "R31"), "passed"),
        **dict.fromkeys(("R44", "R45", "R46"), "not_run"),
    }


def test_outcomes_that_do_not_come_to_the_referrals_are_an_error_at_the_referrals(after):
    for change, row, says in (
        ((ReferralOutcome, 3, "referrals", "3"), 2, ("children", "rows 2 to 6")),
        ((Referral, 4, "received", "2"), 4, ("dhr", "referral_outcomes.csv rows 12 to 16")),
    ):
        (found,) = after(R7, change)
        assert places([found]) == [("error", "2013-14/referrals.csv", row, "received")]
        assert all(part in found.message for part in says), found.message
    changes = (Referral, 2, "received", "8"), (Referral, 3, "received", "4")
    assert [found.row for found in after(R7, *changes)] == [2, 3]


def test_a_referral_still_open_at_the_year_s_end_is_an_outcome(given, after):
    """It is neither missing nor reviewed."""
    one = given.tables[ReferralOutcome][0]
    waiting = one.model_copy(update={"outcome": "open", "referrals": 1, "method": None})
    received = (Referral, 2, "received", "8")
    assert len(after(R7, received)) == 1
    referrals = [
        row.model_copy(update={"received": 8}) if row.stream == "children" else row
        for row in given.tables[Referral]
    ]
    outcomes = (*given.tables[ReferralOutcome], waiting)
    tables = with_tables(given.tables, referrals=referrals, referral_outcomes=outcomes)
    assert result_of(R7, tables).outcome == "passed"
    funnel = next(t for t in case_reviews.exhibits(year_of(tables)) if t.label == "referral-funnel")
    assert [row[1] for row in funnel.texts()] == ["8", "4", "3", "1"]


def test_outcomes_of_a_stream_that_received_nothing_are_told_at_the_outcomes(given):
    tables = with_tables(given.tables, referrals=given.tables[Referral][:-1])
    (found,) = result_of(R7, tables).findings
    assert places([found]) == [("error", "2013-14/referral_outcomes.csv", 12, "referrals")]


def test_the_streams_make_the_total_that_the_text_states(given, after):
    (found,) = after(R8, (ReferralTotal, 2, "referrals", "12"))
    assert places([found]) == [("error", "2013-14/referral_totals.csv", 2, "referrals")]
    assert "referrals.csv rows 2 to 4" in found.message
    assert after(R8, (ReferralTotal, 3, "referrals", "12")) == []
    without = with_tables(given.tables, referral_totals=given.tables[ReferralTotal][1:])
    assert result_of(R8, without).outcome == "not_run"


def test_learning_processes_are_the_reviews_with_an_independent_chair(after):
    """Of a review carried over nobody knows who chaired it: it may be one of them or not."""
    for stated in ("3", "4"):
        assert after(R9, (AuditActivity, 4, "number", stated)) == []
    for stated in ("2", "5"):
        (found,) = after(R9, (AuditActivity, 4, "number", stated))
        assert places([found]) == [("error", "2013-14/audit_programme.csv", 4, "number")]
        named = "referral_outcomes.csv rows 2, 3; reviews_carried_over.csv row 2"
        assert named in found.message


def test_serious_case_reviews_are_the_same_number_in_both_tables(given, after):
    """Three in one and one in the other; a review carried over may be another."""
    for stated in ("1", "2"):
        assert after(R30, (AuditActivity, 4, "serious_case_reviews", stated)) == []
    for stated in ("0", "3"):
        (found,) = after(R30, (AuditActivity, 4, "serious_case_reviews", stated))
        place = "2013-14/audit_programme.csv", 4, "serious_case_reviews"
        assert places([found]) == [("error", *place)]
    (found,) = after(R30, (ReferralOutcome, 2, "referrals", "3"))
    assert found.file == "2013-14/audit_programme.csv"
    adults = after(R30, (ReferralOutcome, 7, "referrals", "3"))
    assert adults == []
    unstated = [
        row.model_copy(update={"serious_case_reviews": None}) for row in given.tables[AuditActivity]
    ]
    tables = with_tables(given.tables, audit_programme=unstated)
    assert result_of(R30, tables).outcome == "not_run"


def test_a_review_is_carried_over_from_an_earlier_year():
    for year, outcome in (("2012-13", "passed"), ("2013-14", "failed"), ("2014-15", "failed")):
        rows = [{"stream": "children", "referred_in": year, "completed": 1}]
        tables = tables_of(reviews_carried_over=placed(CARRIED, rows, ReviewCarriedOver))
        result = result_of(R31, tables)
        assert result.outcome == outcome
        told = [("error", CARRIED, 2, "referred_in")] if outcome == "failed" else []
        assert places(result.findings) == told


# The tables -----------------------------------------------------------------------------------


def test_the_outcomes_table_is_that_of_the_source_and_zero_is_shown(report):
    """The review carried over stands apart: it is no outcome of the year's referrals."""
    assert report.exhibit("referral-outcomes").texts() == (
        ("Referrals Received", "7", "3", "1", "none named"),
        ("Serious Case Reviews", "1", "0", "0", "Children: SILP"),
        (
            "Independently chaired multi-agency review",
            *("2", "2", "0", "Children: SILP; Adults: HELP"),
        ),
        ("Internally chaired multi-agency review", "0", "0", "0", "none named"),
        ("Single Agency Review", "1", "0", "0", "none named"),
        ("Did not meet criteria for review", "3", "1", "1", "none named"),
    )
    assert report.exhibit("reviews-carried-over").texts() == (
        ("Children", "2012-13", "1"),
        ("Adults", "2012-13", "0"),
        ("DHR", "2012-13", "0"),
    )


def test_the_outcomes_of_the_table_come_to_what_was_received_in_every_stream(report):
    received, *outcomes = report.exhibit("referral-outcomes").rows
    for stream in (1, 2, 3):
        assert sum(row[stream].value for row in outcomes) == received[stream].value
    assert {row[3] for row in report.exhibit("referral-reconciliation").texts()} == {"0"}


def test_the_steps_from_referral_to_review_are_shown_by_stream(report):
    assert [row[1:] for row in report.exhibit("referral-funnel").texts()] == [
        ("7", "3", "1", "11"),
        ("4", "2", "0", "6"),
        ("3", "2", "0", "5"),
        ("1", "0", "0", "1"),
    ]
    assert [row[1] for row in report.exhibit("referrals-by-year").texts()] == ["7", "11", "4"]


# A board's own words ----------------------------------------------------------------------------


def test_where_no_word_says_which_cases_or_reviews_they_are_nothing_is_held_against_them(given):
    """Nought would be wrong, and an error in somebody's sound data."""
    for name in ("stream", "referral_outcome", "audit_kind"):
        data = with_words(given, name, **given.vocabularies[name])
        outcomes = [result.outcome for result in run_rules((R9, R30), data)]
        assert outcomes == ["not_run", "not_run"]


def test_without_a_word_for_reviews_chaired_independently_their_number_is_not_stated(given):
    data = with_words(given, "referral_outcome", **given.vocabularies["referral_outcome"])
    found = {fact.id: fact.text for fact in case_reviews.facts(data)}
    assert found["case_reviews.independent_children"] == "not stated"
    assert found["case_reviews.outcome_serious_case_review"] == "1"
    funnel = next(t for t in case_reviews.exhibits(data) if t.label == "referral-funnel")
    assert [row[1] for row in funnel.texts()] == ["7", "not stated", "not stated"]


def test_of_a_stream_that_has_no_row_nothing_is_told(given):
    """Not nought: the column, the facts and the line of reconciliation are not there."""
    tables = with_tables(
        given.tables,
        referrals=given.tables[Referral][:2],
        referral_outcomes=[r for r in given.tables[ReferralOutcome] if r.stream != "dhr"],
    )
    data = replace(given, tables=tables)
    assert not [fact.id for fact in case_reviews.facts(data) if fact.id.endswith("_dhr")]
    made = {table.label: table for table in case_reviews.exhibits(data)}
    headings = [column.heading for column in made["referral-outcomes"].columns]
    assert headings == ["Outcome of referral", "Children", "Adults", "Method"]
    assert [row[0] for row in made["referral-reconciliation"].texts()] == ["Children", "Adults"]
    assert run_rules([R7], data)[0].outcome == "passed"


def test_every_outcome_is_a_fact_by_its_code(given, report):
    found = {fact.id for fact in report.facts}
    for outcome in in_force.REFERRAL_OUTCOME:
        assert f"case_reviews.outcome_{outcome}" in found


# The year before --------------------------------------------------------------------------------


def years_told(data):
    table = next(t for t in case_reviews.exhibits(data) if t.label == "referrals-by-year")
    return [row[1] for row in table.texts()]


def test_the_year_before_is_as_this_year_states_it_else_as_its_own_data_has_it(given):
    """Without either there is no table: nothing is compared with nothing."""
    unstated = with_tables(given.tables, referral_totals=())
    before = year_of(given.tables, year=given.year.previous)
    for tables, earlier, told in (
        (given.tables, (), ["7", "11", "4"]),
        (given.tables, (before,), ["7", "11", "4"]),
        (unstated, (before,), ["11", "11", "0"]),
        (unstated, (), []),
    ):
        assert years_told(replace(given, tables=tables, earlier=earlier)) == told


def test_totals_of_earlier_years_are_the_history_of_the_referrals_and_this_year_s_is_not(given):
    totals = given.tables[ReferralTotal]
    noted = [row.model_copy(update={"revision": "Counted again"}) for row in totals]
    data = replace(given, tables=with_tables(given.tables, referral_totals=noted))
    fact = next(fact for fact in case_reviews.facts(data) if fact.id == "case_reviews.referrals")
    assert [(str(e.period), e.figure.value, e.revision) for e in fact.stated] == [
        ("2012-13", 7, "Counted again")
    ]


# Several methods --------------------------------------------------------------------------------


def test_several_methods_of_one_outcome_are_named_in_it_and_counted_apart(given):
    """The counts are figures, so that disclosure control can decide on them."""
    rows = given.tables[ReferralOutcome]
    (other,) = placed(
        "2013-14/referral_outcomes.csv",
        [{"stream": "children", "outcome": rows[0].outcome, "referrals": 2, "method": "help"}],
        ReferralOutcome,
    )
    tables = with_tables(given.tables, referral_outcomes=(*rows, other))
    made = {t.label: t for t in case_reviews.exhibits(replace(given, tables=tables))}
    assert made["referral-outcomes"].texts()[1] == (
        *("Serious Case Reviews", "3", "0", "0", "Children: SILP, HELP"),
    )
    assert made["referral-methods"].texts() == (
        ("Children", "Serious Case Reviews", "SILP", "1"),
        ("Children", "Serious Case Reviews", "HELP", "2"),
    )
    (found,) = result_of(R7, tables).findings
    assert "referral_outcomes.csv rows 2 to 6" in found.message


def test_the_hint_at_outcomes_that_do_not_add_up_names_no_code_that_the_board_lacks(given):
    wrong = [row.model_copy(update={"received": 9}) for row in given.tables[Referral]]
    data = replace(given, tables=with_tables(given.tables, referrals=wrong))
    told = run_rules([R7], data)[0].findings[0].hint
    assert told.endswith('has the outcome "open".')
    own = with_words(data, "referral_outcome", **given.vocabularies["referral_outcome"])
    told = run_rules([R7], own)[0].findings[0].hint
    assert "open" not in told
    assert "outcome" not in told


# Reviews and recommendations --------------------------------------------------------------------


def of_reviews(**rows):
    """Return the data of a year, its tables by their labels and its facts as they are printed."""
    data = year_of(tables_of(**rows))
    exhibits = {table.label: table for table in case_reviews.exhibits(data)}
    return exhibits, {fact.id: fact for fact in case_reviews.facts(data)}


def test_reviews_are_listed_as_far_as_they_are(given):
    made, facts = of_reviews(
        reviews=reviews(
            {"method": "silp", "began": "2012-M05", "ended": "2013-M06", "published": "2013-M09"},
            {"review": "b", "title": "Family B", "began": "2014-M01"},
            {"review": "c", "title": "Child C", "ended": "2014-M05"},
        )
    )
    assert made["reviews"].texts() == (
        ("Child A", "Children", "SILP", "May 2012", "June 2013", "September 2013"),
        ("Family B", "Children", "none named", "January 2014", "under way", "not published"),
        ("Child C", "Children", "none named", "not stated", "May 2014", "not published"),
    )
    assert facts["case_reviews.reviews_under_way"].text == "2"
    assert facts["case_reviews.reviews_ended"].text == "1"
    assert facts["case_reviews.reviews_published"].text == "1"
    assert not [f for f in case_reviews.facts(given) if ".reviews_" in f.id and f.figure.files]


FOLLOWED = recommendations(
    {"due": "2013-M12", "agency": "hscb"},
    {"due": "2014-M02"},
    {"review": None, "national_review": "Hidden in plain sight"},
    {"due": "2014-M01"},
)


def test_recommendations_are_followed_as_actions_are_at_the_year_s_end(given):
    records = statuses(
        {"as_at": "2013-M11-01", "completion": "on_target", "progress": "Begun"},
        {"as_at": "2014-M04-01", "completion": "complete"},
        {"recommendation": "r2", "as_at": "2014-M03-31", "completion": "complete"},
    )
    made, facts = of_reviews(
        agencies=given.tables.named("agencies"),
        reviews=reviews({}),
        recommendations=FOLLOWED,
        recommendation_status=records,
    )
    (each, counted) = made["recommendations"], made["recommendations-by-status"]
    assert each.caption.endswith("2013-14, and where each stood as at 31 March 2014")
    board = given.tables.named("agencies")[0].name
    begun = "Progress: Begun (1 November 2013, A meeting)"
    none = "nothing recorded"
    assert each.texts() == (
        ("Do 1", "Child A", board, "December 2013", "◆ Overdue", "▶ On target", begun),
        (
            "Do 2",
            "Child A",
            "none named",
            "February 2014",
            "complete, recorded after its date",
            "✓ Complete",
            none,
        ),
        *(
            (
                "Do 3",
                "Hidden in plain sight",
                "none named",
                "no date",
                "no date",
                "– Not rated",
                none,
            ),
        ),
        (
            *("Do 4", "Child A", "none named", "January 2014"),
            *("? Date passed, status unknown", "– Not rated", none),
        ),
    )
    assert counted.texts() == (
        ("✓ Complete", "1"),
        ("▶ On target", "1"),
        ("▲ At risk", "0"),
        ("■ Outside timescale", "0"),
        ("– Not rated", "2"),
        ("Of these: overdue", "1"),
        ("Of these: date passed, status unknown", "1"),
    )
    texts = {id_.partition(".recommendations")[2]: f.text for id_, f in facts.items()}
    assert {name: texts[name] for name in ("", "_complete", "_open", "_overdue", "_unknown")} == {
        "": "4", "_complete": "1", "_open": "1", "_overdue": "1", "_unknown": "2",
    }  # fmt: skip
    assert all(fact.period is None for fact in facts.values())


def test_where_statuses_are_all_later_than_the_year_the_day_is_told_with_the_numbers():
    records = statuses({"as_at": "2014-M06-30", "completion": "complete"})
    asked = recommendations({}, {})
    made, facts = of_reviews(recommendations=asked, recommendation_status=records)
    assert "as at 30 June 2014" in made["recommendations"].caption
    assert "as at 30 June 2014" in made["recommendations-by-status"].caption
    assert str(facts["case_reviews.recommendations_complete"].period) == "30 June 2014"
    assert str(facts["case_reviews.recommendations"].period) == "30 June 2014"


def test_without_recommendations_nothing_is_told_of_them():
    made, facts = of_reviews(reviews=reviews({}))
    assert made["recommendations"].rows == made["recommendations-by-status"].rows == ()
    assert not facts["case_reviews.recommendations"].figure.files


@pytest.mark.parametrize(
    ("cells", "is_sound"),
    [
        ({"review": "a"}, True),
        ({"review": None, "national_review": "Of all"}, True),
        ({"review": None}, False),
        ({"review": "a", "national_review": "Of all"}, False),
    ],
)
def test_a_recommendation_is_of_one_review(cells, is_sound):
    tables = tables_of(recommendations=recommendations({}, cells))
    expected = [] if is_sound else [("error", "2013-14/recommendations.csv", 3, "review")]
    assert places(result_of(R44, tables).findings) == expected


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"began": "2013-M04", "ended": "2013-M04", "published": "2013-M04"}, None),
        ({"began": "2013-M04"}, None),
        ({"ended": "2013-M04", "published": "2013-M05"}, None),
        # that it ended before it began is told by rule R54
        ({"began": "2013-M05", "ended": "2013-M04"}, None),
        ({"ended": "2013-M05", "published": "2013-M04"}, "published"),
        ({"began": "2013-M05", "published": "2013-M06"}, "published"),
    ],
)
def test_a_review_ends_before_it_is_published(cells, column):
    tables = tables_of(reviews=reviews({}, {"review": "b", **cells}))
    found = result_of(R45, tables).findings
    assert places(found) == ([("error", "2013-14/reviews.csv", 3, column)] if column else [])
    assert all(f.found is None and "2013-" not in f.message for f in found)


def test_what_a_review_recommends_is_neither_due_nor_rated_before_it_began():
    """Of a national review, or one of which nobody knows when it began, nothing can be said."""
    begun = reviews({"began": "2013-M06"}, {"review": "b"})
    for due, day, expected in (
        ("2013-M06", "2013-M06-01", []),
        ("2013-M05", "2013-M06-01", [("error", "2013-14/recommendations.csv", 2, "due")]),
        ("2013-M06", "2013-M05-31", [("error", "2013-14/recommendation_status.csv", 2, "as_at")]),
    ):
        for cells, told in (
            ({}, expected),
            ({"review": "b"}, []),
            ({"review": None, "national_review": "Of all"}, []),
        ):
            tables = tables_of(
                reviews=begun,
                recommendations=recommendations({"due": due, **cells}),
                recommendation_status=statuses({"as_at": day}),
            )
            assert places(result_of(R45, tables).findings) == told


def test_what_was_not_complete_a_year_ago_is_told_if_it_is_silently_gone():
    """Also where the whole table is gone. What was complete may go, and what is kept is."""
    before = year_of(
        tables_of(
            recommendations=recommendations({}, {}, {}, year="2012-13"),
            recommendation_status=statuses(
                {"recommendation": "r1", "as_at": "2013-M03-01", "completion": "complete"},
                {"recommendation": "r2", "as_at": "2013-M03-01", "completion": "at_risk"},
            ),
        ),
        year=YEAR.previous,
    )
    second, third = (
        ("warning", "2012-13/recommendations.csv", row, "recommendation") for row in (3, 4)
    )
    for kept, expected in (
        (recommendations({}, {}, {}), []),
        (recommendations({}, {}), [third]),
        (recommendations({}), [second, third]),
        ((), [second, third]),
    ):
        result = result_of(R46, tables_of(recommendations=kept), earlier=(before,))
        assert places(result.findings) == expected
    assert result_of(R46, tables_of(recommendations=recommendations({}))).outcome == "not_run"
    nothing = year_of(tables_of(), year=YEAR.previous)
    assert result_of(R46, tables_of(), earlier=(nothing,)).outcome == "not_run"
