"""Case reviews: referrals, outcomes and reviews that agree; told without their numbers."""

from dataclasses import replace

from hscb_report.chapters import case_reviews
from hscb_report.chapters.case_reviews import CHAPTER
from hscb_report.checks.rule import run_rules
from hscb_report.schema.cases import Referral, ReferralOutcome, ReferralTotal, ReviewCarriedOver
from hscb_report.schema.learning import AuditActivity
from tests import in_force
from tests.made_up import placed, result_of, tables_of, with_tables, with_words, year_of

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
