"""Contributions beside those of the year before."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations import contributions
from hscb_report.calculations.contributions import beside
from hscb_report.schema.finance import Contribution
from hscb_report.schema.reference import Agency
from tests.made_up import only_own, placed

CODES = "abcdef"
SUCCESSORS = {"a": "E", "b": "E", "e": "F"}
AGENCIES = only_own(
    "reference/agencies.csv",
    [{"agency": c, "name": c.upper(), "successor": SUCCESSORS.get(c)} for c in CODES],
    Agency,
)


def paid(year, **amounts):
    rows = [
        {"agency": agency, "organisation": f"{agency.upper()} of {year}", "amount": Decimal(amount)}
        for agency, amount in amounts.items()
    ]
    return placed(f"{year}/contributions.csv", rows, Contribution)


def now(**amounts):
    return paid("2013-14", **amounts)


def before(**amounts):
    return paid("2012-13", **amounts)


def told(then, this):
    """Return each agency with its amounts of both years, the difference and the change."""
    return [
        (
            p.organisation,
            [int(row.amount) for row in p.before],
            [int(row.amount) for row in p.now],
            int(p.difference.value),
            p.change,
        )
        for p in beside(AGENCIES, this, then)
    ]


def test_an_agency_pays_more_less_the_same_anew_or_no_longer():
    then, this = before(a=10, b=10, c=10, d=10), now(f=5, a=12, b=9, c=10)
    assert told(then, this) == [
        ("F of 2013-14", [], [5], 5, "new"),
        ("A of 2013-14", [10], [12], 2, "up"),
        ("B of 2013-14", [10], [9], -1, "down"),
        ("C of 2013-14", [10], [10], 0, "same"),
        ("D of 2012-13", [10], [], -10, "ended"),
    ]


def test_who_is_listed_with_nothing_does_not_contribute():
    then, this = before(a=0, b=3, c=0, d=0), now(a=4, b=0, c=0)
    changes = {told_of[0][0]: told_of[-1] for told_of in told(then, this)}
    assert changes == {"A": "new", "B": "ended", "C": "same", "D": "same"}


def test_what_was_paid_before_a_takeover_stands_beside_the_successor():
    assert told(before(a=10, b=20), now(e=35)) == [("E of 2013-14", [10, 20], [35], 5, "up")]
    (found,) = beside(AGENCIES, now(e=35), before(a=10, b=20))
    assert {place.file for place in found.difference.rows} == {
        *("2012-13/contributions.csv", "2013-14/contributions.csv"),
    }


def test_who_still_pays_is_not_taken_over():
    found = told(before(a=10, b=20), now(a=10, e=35))
    assert [line[1:3] for line in found] == [([10], [10]), ([20], [35])]


def test_a_year_without_any_contribution_compares_with_none():
    for then, this in (((), now(a=1)), (before(a=1), ())):
        assert beside(AGENCIES, this, then) == ()
        for count in COUNTS.values():
            figure = count(AGENCIES, this, then)
            assert (figure.value, figure.files) == (None, ())


COUNTS = {
    "up": contributions.contributors_up,
    "down": contributions.contributors_down,
    "new": contributions.contributors_new,
    "ended": contributions.contributors_ended,
}
amounts = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3), min_size=1)


@given(amounts, amounts)
def test_counts_are_those_of_the_amounts_and_differences_add_up(then, this):
    """Of agencies that nobody took over from, recounted by their codes."""
    both = [(then.get(code, 0), this.get(code, 0)) for code in "abcd"]
    agencies = only_own("r.csv", [{"agency": c, "name": c} for c in "abcd"], Agency)
    given = agencies, now(**this), before(**then)
    assert {name: count(*given).value for name, count in COUNTS.items()} == {
        "up": sum(0 < old < new for old, new in both),
        "down": sum(old > new > 0 for old, new in both),
        "new": sum(not old and bool(new) for old, new in both),
        "ended": sum(bool(old) and not new for old, new in both),
    }
    differences = [p.difference.value for p in beside(*given)]
    assert sum(differences) == sum(this.values()) - sum(then.values())


@given(amounts, amounts)
def test_every_row_of_both_years_stands_beside_once(then, this):
    rows = [*now(**this), *before(**then)]
    found = [row for p in beside(AGENCIES, now(**this), before(**then)) for row in p.rows]
    assert sorted(found, key=lambda row: row.place) == sorted(rows, key=lambda row: row.place)
