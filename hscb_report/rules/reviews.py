"""Rules 7 to 12: referrals, case reviews and child death reviews agree with each other."""

from __future__ import annotations

from hscb_report.measures import audits, case_reviews, child_deaths
from hscb_report.rules.rule import Breach, Breaches, Rule, addends, compared, year_of
from hscb_report.schema import Tables
from hscb_report.schema import vocabularies as words

_COMPARE = "One of these cells is wrong: compare each with its source."


def _outcomes_sum_to_referrals(tables: Tables) -> Breaches:
    listed = {row.stream: row for row in tables.referrals}
    for stream in case_reviews.reconciliations(tables.referrals, tables.referral_outcomes):
        if stream.difference.value:
            row = listed.get(stream.stream)
            yield Breach(
                f"{stream.received.value} referrals received for {stream.stream}, but "
                f"{stream.decided.value} outcomes ({addends(stream.decided)}).",
                _COMPARE,
                row.place if row else stream.decided.rows[0],
                "received" if row else "referrals",
                str(row.received) if row else None,
            )


def _streams_sum_to_stated(tables: Tables) -> Breaches:
    received = case_reviews.referrals_received(tables.referrals)
    year = year_of(tables.referrals)
    compared(case_reviews.stated_referrals(tables.referral_totals, year))
    for row in tables.referral_totals:
        if row.year == year and row.referrals != received.value:
            yield Breach(
                f"the streams come to {received.value} ({addends(received)}), the text states "
                f"{row.referrals}.",
                _COMPARE,
                row.place,
                "referrals",
                str(row.referrals),
            )


def _learning_processes(tables: Tables) -> Breaches:
    stated = audits.programme_number(tables.audit_programme, "case_review")
    found = case_reviews.independently_led(
        tables.referral_outcomes, "children"
    ) + case_reviews.reviews_carried_over(tables.reviews_carried_over, "children")
    compared(stated, found)
    if stated.value != found.value:
        yield Breach(
            f"{stated.value} case learning processes stated, but Serious Case Reviews, "
            f"independently chaired reviews and reviews carried over for children come to "
            f"{found.value} ({addends(found)}).",
            _COMPARE,
            stated.rows[0],
            "number",
            str(stated.value),
        )


def _panel_reviews(tables: Tables) -> Breaches:
    stated = audits.programme_number(tables.audit_programme, "child_death_review")
    found = child_deaths.reviews(tables.child_deaths)
    compared(stated, found)
    if stated.value != found.value:
        yield Breach(
            f"the review of the year states {stated.value} child death reviews, the panel's "
            f"section {found.value} ({addends(found)}).",
            _COMPARE,
            stated.rows[0],
            "number",
            str(stated.value),
        )


def _breakdowns_sum(tables: Tables) -> Breaches:
    for counted in words.COUNTED:
        rows = [row for row in tables.child_deaths if row.counted == counted]
        whole = sum(row.children for row in rows if row.dimension == "total")
        for dimension in ("sex", "age_band"):
            parts = [row for row in rows if row.dimension == dimension]
            if parts and sum(row.children for row in parts) != whole:
                yield Breach(
                    f"{counted} by {words.DEATH_DIMENSION[dimension].lower()} come to "
                    f"{sum(row.children for row in parts)} "
                    f"(rows {', '.join(str(row.place.row) for row in parts)}), all {counted} "
                    f"to {whole}.",
                    "Add the missing category (not known counts too), or correct a count.",
                    parts[0].place,
                    "children",
                )


def _modifiable_within_reviews(tables: Tables) -> Breaches:
    reviews = child_deaths.reviews(tables.child_deaths)
    for row in tables.child_deaths:
        is_part = (row.counted, row.dimension) == ("reviews", "modifiable")
        if is_part and reviews.value is not None and row.children > reviews.value:
            yield Breach(
                f"more than the {reviews.value} reviews completed ({addends(reviews)}).",
                _COMPARE,
                row.place,
                "children",
                str(row.children),
            )


RULES = (
    Rule(
        "R7",
        "Outcomes sum to referrals in every stream",
        "error",
        ("referrals", "referral_outcomes"),
        _outcomes_sum_to_referrals,
    ),
    Rule(
        "R8",
        "The streams sum to the total stated in the text",
        "error",
        ("referrals", "referral_totals"),
        _streams_sum_to_stated,
    ),
    Rule(
        "R9",
        "Case learning processes stated are those that the tables hold",
        "error",
        ("audit_programme", "referral_outcomes", "reviews_carried_over"),
        _learning_processes,
    ),
    Rule(
        "R10",
        "Child death reviews in the review of the year are the panel's own number",
        "error",
        ("audit_programme", "child_deaths"),
        _panel_reviews,
    ),
    Rule(
        "R11",
        "Breakdowns of child deaths and reviews sum to their totals",
        "error",
        ("child_deaths",),
        _breakdowns_sum,
    ),
    Rule(
        "R12",
        "Reviews with modifiable factors are at most the reviews completed",
        "error",
        ("child_deaths",),
        _modifiable_within_reviews,
    ),
)
