"""Phrases: parts of sentences that follow a figure and that of the year before."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from hscb_report.figures import MISSING, Figure, share, to_come, withheld
from hscb_report.results.phrases import (
    PHRASES,
    Compared,
    against,
    change,
    counted,
    is_count,
    previous,
    trend,
)
from hscb_report.units import (
    MINUS,
    MONTHS,
    PERCENT,
    POUNDS,
    WHOLE_PERCENT,
    WHOLE_POUNDS,
    Unit,
    count_of,
    measured_in,
)
from hscb_report.years import ReportingYear
from tests.strategies import figures, untold, values

YEAR_BEFORE = ReportingYear(2012)
REFERRALS = count_of("referrals")
RATE = count_of("deaths per 10,000")
HEADLINE = count_of("percent")
ALL = (POUNDS, WHOLE_POUNDS, PERCENT, WHOLE_PERCENT, MONTHS, REFERRALS, RATE, HEADLINE)
HIDDEN = withheld(Figure(3))

known = values.filter(lambda value: value is not None)
near = st.integers(-300, 300).map(lambda part: Decimal(part) / 1000)
pairs = st.tuples(known, known) | st.tuples(near, near) | known.map(lambda value: (value, value))
close = st.tuples(known, near).map(lambda found: (found[0], found[0] + found[1]))
units = st.sampled_from(ALL)
prefixes = st.sampled_from(("", "", "over", "approximately"))
any_figure = figures | untold | st.just(MISSING)
comparisons = st.builds(
    Compared,
    any_figure,
    any_figure | st.none(),
    units,
    st.just(YEAR_BEFORE),
    prefixes,
    prefixes,
)


def compared(now, before, unit=POUNDS, prefix="", prefix_before=""):
    """Return a comparison of values; a figure, or None for no figure, stands as it is."""
    now, before = (
        value if value is None or isinstance(value, Figure) else Figure(_number(value))
        for value in (now, before)
    )
    return Compared(now, before, unit, YEAR_BEFORE, prefix, prefix_before)


def _number(value):
    return Decimal(value) if isinstance(value, str) else value


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (7, "findings", "7 findings"),
        (1, "findings", "1 finding"),
        (0, "findings", "no findings"),
        (Decimal("0.0"), "findings", "no findings"),
        (Decimal("1.00"), "findings", "1 finding"),
        (Decimal("1.5"), "findings", "1.5 findings"),
        (1583, "people", "1,583 people"),
        (-1, "referrals", "−1 referrals"),
        (2, "deaths per 10,000", "2 deaths per 10,000"),
        (1, "deaths per 10,000", "1 deaths per 10,000"),
        (0, "deaths per 10,000", "0 deaths per 10,000"),
        (Decimal("58.9"), "percent", "58.9 percent"),
        (Decimal("58.9"), "as the measure says", "58.9"),
        (0, "as the headline says", "0"),
        (None, "findings", "not stated"),
    ],
)
def test_a_count_says_what_it_counts(value, unit, text):
    assert counted(Figure(value), count_of(unit)) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("212000", POUNDS, "£212,000"),
        ("0", POUNDS, "£0"),
        ("1", POUNDS, "£1"),
        ("0.312", PERCENT, "31.2%"),
        ("0", WHOLE_PERCENT, "0%"),
        ("0.4", MONTHS, "0 months"),
        ("1.4", MONTHS, "1 month"),
        ("5", MONTHS, "5 months"),
    ],
)
def test_money_and_percentages_stand_alone_and_other_units_follow_what_is_printed(
    value, unit, text
):
    assert counted(Figure(Decimal(value)), unit) == text


def test_a_qualifier_stands_before_a_count_but_not_where_there_is_none():
    assert counted(Figure(200), count_of("children"), "over") == "over 200 children"
    assert counted(Figure(1), count_of("children"), "about") == "about 1 child"
    assert counted(Figure(0), count_of("children"), "about") == "about 0 children"
    assert counted(Figure(200), WHOLE_POUNDS, "over") == "over £200"
    assert counted(MISSING, count_of("children"), "over") == "not stated"
    assert counted(HIDDEN, count_of("children"), "over") == "not shown"


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        # Those of the report and of its measures
        ("attendances", "attendance"),
        ("courses", "course"),
        ("measures", "measure"),
        ("practitioners", "practitioner"),
        ("agencies", "agency"),
        ("bodies", "body"),
        ("policies", "policy"),
        ("children", "child"),
        ("people", "person"),
        ("people under 18", "person under 18"),
        ("first-time entrants", "first-time entrant"),
        ("looked-after children", "looked-after child"),
        # Those that other boards may have
        ("women", "woman"),
        ("men", "man"),
        ("children looked after", "child looked after"),
        ("children in need", "child in need"),
        ("children placed by other authorities", "child placed by other authorities"),
        ("needs assessments", "needs assessment"),
        ("section 47 enquiries", "section 47 enquiry"),
        ("learning processes", "learning process"),
        ("pushes", "push"),
        ("searches", "search"),
        ("boxes", "box"),
        ("time series", "time series"),
        ("progress", "progress"),
        ("staff", "staff"),
    ],
)
def test_one_of_a_kind_is_named_in_the_singular(plural, singular):
    assert counted(Figure(1), count_of(plural)) == f"1 {singular}"
    assert counted(Figure(2), count_of(plural)) == f"2 {plural}"


@pytest.mark.parametrize(
    ("given_", "text"),
    [
        (compared(1, 212000), "£212,000"),
        (compared(1, 0), "£0"),
        (compared(1, 0, REFERRALS), "0"),
        (compared(1, 1500, REFERRALS), "1,500"),
        (compared(1, "0.312", PERCENT), "31.2%"),
        (compared(1, 200, REFERRALS, "about", "over"), "over 200"),
        (compared(MISSING, 200), "£200"),
        (compared(HIDDEN, 200), "£200"),
        (compared(1, None), "no figure for 2012-13"),
        (compared(1, MISSING, prefix_before="over"), "no figure for 2012-13"),
        (compared(1, HIDDEN, prefix_before="over"), "not shown"),
    ],
)
def test_previous_is_the_value_of_the_year_before(given_, text):
    assert previous(given_) == text


def test_without_a_comparable_figure_every_phrase_says_that_there_is_none_to_compare():
    """Where what is counted has changed; the year before may well have another figure."""
    anew = replace(compared(7, None), is_comparable=False)
    assert previous(anew) == trend(anew) == "no comparable figure for 2012-13"
    assert change(anew) == "no comparable figure for 2012-13 to compare with"
    assert PHRASES["counted"](anew) == "£7"
    for hidden in (replace(anew, now=HIDDEN), replace(anew, before=HIDDEN)):
        assert change(hidden) == trend(hidden) == "not shown"


def test_a_comparable_figure_is_told_as_it_is():
    assert previous(replace(compared(7, 5), is_comparable=True)) == "£5"


@pytest.mark.parametrize(
    ("unit", "is_one_by_one"),
    [
        (REFERRALS, True),
        (MONTHS, True),
        (count_of("people under 18"), True),
        (RATE, False),
        (POUNDS, False),
        (PERCENT, False),
        (measured_in("percent", None), False),
        (HEADLINE, False),
        (count_of("as the measure says"), False),
    ],
)
def test_money_percentages_and_rates_are_not_counted_one_by_one(unit, is_one_by_one):
    assert is_count(unit) == is_one_by_one


@pytest.mark.parametrize(
    ("given_", "text"),
    [
        # money, and other units that are no counts
        (compared(220500, 212000), "£8,500 more"),
        (compared(203500, 212000), "£8,500 less"),
        (compared("1.25", 2), "£0.75 less"),
        (compared(500, -1195), "£1,695 more"),
        (compared(-2000, -1195), "£805 less"),
        (compared(464, 589, RATE), "125 less"),
        (compared(7, 9, count_of("as the measure says")), "2 less"),
        # counts
        (compared(11, 7, REFERRALS), "4 more"),
        (compared(4, 7, REFERRALS), "3 fewer"),
        (compared(0, 7, REFERRALS), "7 fewer"),
        (compared(1007, 7, REFERRALS), "1,000 more"),
        (compared(5, 6, MONTHS), "1 fewer"),
        # percentages
        (compared("0.327", "0.312", PERCENT), "1.5 percentage points more"),
        (compared("0.312", "0.327", PERCENT), "1.5 percentage points less"),
        (compared("0.322", "0.312", PERCENT), "1 percentage point more"),
        (compared("0.512", "0.312", PERCENT), "20 percentage points more"),
        (compared("0.32", "0.31", WHOLE_PERCENT), "1 percentage point more"),
        (compared("58.9", "60", HEADLINE), "1.1 percentage points less"),
        # values alike, exactly and as printed
        (compared(212000, Decimal("212000.00")), "no change"),
        (compared(0, 0, REFERRALS), "no change"),
        (compared("2.6", "3.4", WHOLE_POUNDS), "almost no change"),
        (compared("6.001", 6), "almost no change"),
        (compared("0.31241", "0.3124", PERCENT), "almost no change"),
        # values that differ as printed, by what would be rounded to nothing
        (compared("3.6", "3.4", WHOLE_POUNDS), "slightly more"),
        (compared("3.4", "3.6", WHOLE_POUNDS), "slightly less"),
        (compared("3.4", "3.6", MONTHS), "slightly fewer"),
        (compared("0.31260", "0.31240", PERCENT), "slightly more"),
        # values that are not exact
        (compared(250, 200, REFERRALS, "", "over"), "more"),
        (compared(180, 200, REFERRALS, "approximately", ""), "fewer"),
        (compared(180, 200, POUNDS, "over", "over"), "less"),
        (compared(200, 200, REFERRALS, "over", "over"), "about the same"),
        (compared("2.6", "3.4", WHOLE_POUNDS, "over"), "about the same"),
        # no value
        (compared(1, None), "no figure for 2012-13 to compare with"),
        (compared(1, MISSING), "no figure for 2012-13 to compare with"),
        (compared(MISSING, None), "no figure for 2012-13 to compare with"),
        (compared(MISSING, 200), "not stated"),
        (compared(HIDDEN, 200), "not shown"),
        (compared(200, HIDDEN), "not shown"),
        (compared(HIDDEN, HIDDEN), "not shown"),
        (compared(HIDDEN, None), "not shown"),
        (compared(HIDDEN, MISSING), "not shown"),
        (compared(MISSING, HIDDEN), "not shown"),
    ],
)
def test_change_is_the_difference_in_words(given_, text):
    assert change(given_) == text


@pytest.mark.parametrize(
    ("given_", "text"),
    [
        # in percent
        (compared(220500, 212000), "up 4% from £212,000"),
        (compared(186560, 212000), "down 12% from £212,000"),
        (compared(209, 200, REFERRALS), "up 5% from 200"),
        (compared(191, 200, REFERRALS), "down 5% from 200"),
        (compared(464, 589, RATE), "down 21% from 589"),
        (compared("100.5", 100), "up 1% from £100"),
        (compared("100.49", 100), "up slightly from £100"),
        (compared("99.51", 100), "down slightly from £100"),
        (compared(212001, 212000), "up slightly from £212,000"),
        (compared(300, 100), "up 200% from £100"),
        (compared(1, 100), "down 99% from £100"),
        # where a percentage would mislead
        (compared(301, 100), "up from £100"),
        (compared(3001, 1000, REFERRALS), "up from 1,000"),
        (compared(5, 1000, REFERRALS), "down from 1,000"),
        (compared(11, 7, REFERRALS), "up from 7"),
        (compared(4, 7, REFERRALS), "down from 7"),
        (compared(21, 20, REFERRALS), "up 5% from 20"),
        (compared(21, 19, REFERRALS), "up from 19"),
        (compared(20, "19.99"), "up from £19.99"),
        (compared(0, 7, REFERRALS), "down from 7"),
        (compared(0, 212000), "down from £212,000"),
        (compared(7, 0, REFERRALS), "up from none"),
        (compared(5, 0, MONTHS), "up from none"),
        (compared(7, 0, RATE), "up from 0"),
        (compared(8500, 0), "up from £0"),
        (compared(500, -1195), "up from −£1,195"),
        (compared(-1000, -1195), "up from −£1,195"),
        (compared(-1195, 500), "down from £500"),
        (compared(-50, 500), "down from £500"),
        # percentages
        (compared("0.327", "0.312", PERCENT), "up 1.5 percentage points from 31.2%"),
        (compared("0.297", "0.312", PERCENT), "down 1.5 percentage points from 31.2%"),
        (compared("0.322", "0.312", PERCENT), "up 1 percentage point from 31.2%"),
        (compared("0.02", "0", PERCENT), "up 2 percentage points from 0.0%"),
        (compared("0", "0.02", WHOLE_PERCENT), "down 2 percentage points from 2%"),
        (compared("0.31260", "0.31240", PERCENT), "up slightly from 31.2%"),
        (compared("58.9", "60", HEADLINE), "down 1.1 percentage points from 60"),
        # values alike, exactly and as printed
        (compared(212000, Decimal("212000.00")), "unchanged at £212,000"),
        (compared(7, 7, REFERRALS), "unchanged at 7"),
        (compared("0.312", "0.312", PERCENT), "unchanged at 31.2%"),
        (compared(0, 0), "unchanged at £0"),
        (compared(0, 0, REFERRALS), "as in 2012-13"),
        (compared("2.6", "3.4", WHOLE_POUNDS), "almost unchanged at £3"),
        (compared("1000000.4", "1000000", WHOLE_POUNDS), "almost unchanged at £1,000,000"),
        # values that are not exact
        (compared(250, 200, REFERRALS, "", "over"), "up from over 200"),
        (compared(200, 250, REFERRALS, "over", ""), "down from 250"),
        (compared("0.3", "0.2", WHOLE_PERCENT, "", "about"), "up from about 20%"),
        (compared(7, 0, REFERRALS, "over", ""), "up from none"),
        (compared(7, 0, REFERRALS, "", "about"), "up from about 0"),
        (compared(200, 200, REFERRALS, "", "over"), "compared with over 200 in 2012-13"),
        (compared(200, 200, REFERRALS, "over", ""), "compared with 200 in 2012-13"),
        (compared("2.6", "3.4", WHOLE_POUNDS, "about"), "compared with £3 in 2012-13"),
        # no value
        (compared(1, None), "no figure for 2012-13"),
        (compared(1, MISSING), "no figure for 2012-13"),
        (compared(MISSING, MISSING), "no figure for 2012-13"),
        (compared(MISSING, 212000), "not stated; £212,000 in 2012-13"),
        (compared(MISSING, 0, REFERRALS), "not stated; none in 2012-13"),
        (compared(MISSING, 200, REFERRALS, "", "over"), "not stated; over 200 in 2012-13"),
        (compared(HIDDEN, 200), "not shown"),
        (compared(200, HIDDEN), "not shown"),
        (compared(HIDDEN, HIDDEN), "not shown"),
        (compared(HIDDEN, None), "not shown"),
        (compared(MISSING, HIDDEN), "not shown"),
    ],
)
def test_trend_says_where_a_figure_comes_from(given_, text):
    assert trend(given_) == text


@pytest.mark.parametrize(
    ("given_", "text"),
    [
        (compared(11, 7, REFERRALS), "up 4 from 7"),
        (compared(7, 11, REFERRALS), "down 4 from 11"),
        (compared(26979, 39306), "down 31% from £39,306"),
        (compared(1, None), "no earlier figure"),
        (replace(compared(1, 2), is_comparable=False, before=None), "not comparable"),
        (compared(7, 7, REFERRALS), "unchanged"),
        (compared(4, 0, REFERRALS), "up 4 from none"),
        (compared(HIDDEN, 7, REFERRALS), "not shown"),
        (compared(7, HIDDEN, REFERRALS), "not shown"),
        (compared(30, 20, REFERRALS, "over"), "up from 20"),
        (compared(to_come(MISSING), 20, REFERRALS), "to come"),
        (compared(MISSING, 20, REFERRALS), "not stated; 20 in 2012-13"),
    ],
)
def test_in_a_cell_a_figure_stands_against_that_of_the_year_before(given_, text):
    """Counts under 20 by their difference, and nothing that is not shown by one either."""
    assert against(given_) == text


def test_each_phrase_has_the_name_by_which_an_author_adds_it():
    assert set(PHRASES) == {
        *("previous", "change", "trend", "counted", "Counted", "of_all", "Of_all"),
        *("words", "more_or_less", "of_every_pound", "were", "are", "have"),
    }
    given_ = compared(1, 2, count_of("children"), "about", "over")
    assert PHRASES["counted"](given_) == "about 1 child"
    assert PHRASES["previous"](given_) == "over 2"
    assert PHRASES["change"](given_) == "fewer"
    assert PHRASES["trend"](given_) == "down from over 2"


@given(comparisons)
def test_every_phrase_reads_as_text_whatever_there_is(given_):
    for name, phrase in PHRASES.items():
        text = phrase(given_)
        assert text == " ".join(text.split()) != "", name
        assert not re.search(r"None|nan|NaN|Infinity|  ", text), name
        assert not re.search(r"(?:up|down) 0|\b0(?:\.0+)? (?:percentage|more|less|fewer)", text)
        assert not re.match(r"£0(?:\.0+)? (?:more|less)", text)


def _direction(text):
    return {
        "up": 1,
        "more": 1,
        "down": -1,
        "less": -1,
        "fewer": -1,
    }.get(text.split()[0 if text.startswith(("up", "down")) else -1], 0)


@given(pairs | close, units, prefixes)
def test_direction_follows_the_values_and_turns_round_with_them(pair, unit, prefix):
    given_ = compared(*pair, unit, prefix)
    turned = replace(given_, now=given_.before, before=given_.now)
    now, before = pair
    sign = (now > before) - (now < before)
    is_alike = _read(unit.text(given_.now)) == _read(unit.text(given_.before))
    for phrase in (change, trend):
        assert _direction(phrase(given_)) == (0 if is_alike else sign)
        assert _direction(phrase(turned)) == -_direction(phrase(given_))


def _read(text):
    return Decimal(re.sub(r"[£,%]", "", text).replace(MINUS, "-"))


@given(pairs | close, units)
def test_a_change_is_the_difference_within_half_of_the_last_digit_of_its_unit(pair, unit):
    now, before = pair
    text = change(compared(now, before, unit))
    assume(text[0] in "£0123456789")
    apart = unit.shown(abs(Decimal(now) - Decimal(before)))
    decimals = 2 if unit.with_pence else unit.decimals
    step = 0 if decimals is None else Decimal(1).scaleb(-decimals)
    assert abs(_read(text.split()[0]) - apart) <= step / 2


@given(
    st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)), st.sampled_from((POUNDS, REFERRALS))
)
@example((3, 20), REFERRALS)
def test_a_percentage_is_the_nearest_of_a_base_large_enough_and_of_no_extreme(pair, unit):
    now, before = pair
    found = re.match(r"(?:up|down) (\d+)%", trend(compared(now, before, unit)))
    exact = abs(Decimal(now - before)) * 100 / before
    if found:
        assert before >= 20
        assert 1 <= int(found[1]) <= (200 if now > before else 99)
        assert abs(int(found[1]) - exact) <= Decimal("0.5")
    elif before >= 20:
        assert exact < Decimal("0.5") or exact > 200 or (now < before and exact >= Decimal("99.5"))


@given(untold, any_figure, units, prefixes)
def test_what_is_withheld_says_nothing_of_its_neighbour_and_nothing_of_itself(
    hidden, neighbour, unit, prefix
):
    marked = replace(neighbour, withheld=True)
    now = Compared(hidden, neighbour, unit, YEAR_BEFORE, prefix, prefix)
    for given_ in (now, replace(now, before=None), replace(now, now=neighbour, before=hidden)):
        assert change(given_) == trend(given_) == "not shown"
    for untold_ in (hidden, marked):
        assert counted(untold_, unit, prefix) == "not shown"
        assert previous(replace(now, before=untold_)) == "not shown"


def test_a_unit_of_another_sign_or_scale_is_read_as_it_is_printed():
    minutes = Unit("minutes", decimals=1, after=" min")
    assert trend(compared("30.04", "30", minutes)) == "almost unchanged at 30.0 min"
    assert change(compared("30", "32", minutes)) == "2.0 min less"
    thousands = Unit("children", factor=1000)
    assert trend(compared("0.03", "0.02", thousands)) == "up 50% from 20"
    assert change(compared("0.02", "0.03", thousands)) == "10 fewer"


# To come ----------------------------------------------------------------------------------------


@given(figures | st.none(), units, prefixes)
def test_of_something_to_come_each_phrase_says_so_and_no_half_sentence(before, unit, prefix):
    given_ = Compared(to_come(MISSING), before, unit, YEAR_BEFORE, prefix)
    assert change(given_) == trend(given_) == "to come"
    assert counted(given_.now, unit, prefix) == "to come"
    assert previous(given_) == previous(replace(given_, now=Figure(1)))


@given(units)
def test_what_this_edition_withholds_is_not_told_to_be_to_come(unit):
    for given_ in (
        Compared(to_come(MISSING), HIDDEN, unit, YEAR_BEFORE),
        Compared(HIDDEN, MISSING, unit, YEAR_BEFORE),
    ):
        assert change(given_) == trend(given_) == "not shown"


# Numbers that sentences say -----------------------------------------------------------------------


def phrase(name, value, unit=REFERRALS, whole=None, prefix=""):
    figure = value if isinstance(value, Figure) else Figure(value)
    of = whole if whole is None or isinstance(whole, Figure) else Figure(whole)
    return PHRASES[name](Compared(figure, None, unit, YEAR_BEFORE, prefix, whole=of))


@pytest.mark.parametrize(
    ("value", "unit", "within", "first"),
    [
        (0, "children", "no children", "No children"),
        (1, "children", "one child", "One child"),
        (9, "looked-after children", "nine looked-after children", "Nine looked-after children"),
        (11, "children", "11 children", "Eleven children"),
        (21, "children", "21 children", "21 children"),
        (5, "deaths", "five deaths", "Five deaths"),
        (0, "findings", "no findings", "No findings"),
        (1, "findings", "1 finding", "One finding"),
        (2, "findings", "2 findings", "Two findings"),
        (49, "actions", "49 actions", "49 actions"),
        (5, "deaths per 10,000", "5 deaths per 10,000", "5 deaths per 10,000"),
        (None, "findings", "not stated", "Not stated"),
    ],
)
def test_children_are_counted_in_words_and_so_is_what_begins_a_sentence(value, unit, within, first):
    assert phrase("counted", value, count_of(unit)) == within
    assert phrase("Counted", value, count_of(unit)) == first


def test_what_is_not_exact_is_never_counted_in_words():
    assert phrase("counted", 5, count_of("children"), prefix="over") == "over 5 children"
    assert phrase("Counted", 5, count_of("children"), prefix="over") == "Over 5 children"
    assert phrase("Counted", Decimal("1.5"), count_of("children")) == "1.5 children"


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (4, 7, "4 of 7 referrals"),
        (1, 7, "1 of 7 referrals"),
        (0, 7, "none of the 7 referrals"),
        (7, 7, "all seven referrals"),
        (10, 10, "all 10 referrals"),
        (2, 2, "both referrals"),
        (0, 2, "neither of the 2 referrals"),
        (1, 1, "the one referral"),
        (0, 1, "no referrals"),
        (0, 0, "no referrals"),
        (3, None, "3 referrals"),
        (None, 7, "not stated"),
        (None, None, "not stated"),
        (1200, 1583, "1,200 of 1,583 referrals"),
    ],
)
def test_a_part_is_told_beside_its_whole_for_none_one_some_and_all(part, whole, text):
    assert phrase("of_all", part, whole=Figure(whole)) == text
    assert phrase("Of_all", part, whole=Figure(whole)) == text[0].upper() + text[1:]


def test_a_part_without_a_whole_that_holds_it_stands_alone():
    assert phrase("of_all", 4) == "4 referrals"
    assert phrase("of_all", 8, whole=7) == "8 referrals"
    assert phrase("of_all", 4, POUNDS, whole=7) == "£4"
    assert phrase("of_all", 4, whole=7, prefix="over") == "over 4 referrals"


@given(st.integers(0, 30), st.integers(0, 30), st.sampled_from((REFERRALS, count_of("children"))))
def test_a_part_beside_its_whole_says_both_numbers_or_a_word_that_means_them(part, whole, unit):
    text = phrase("of_all", part, unit, whole)
    if 0 < part < whole:
        assert text == f"{part} of {whole} {unit.name}"
    elif part == whole and whole > 1:
        assert text.startswith(("all ", "both "))
        assert str(whole) in text or whole <= 9
    elif not part:
        assert text.startswith("no")


@given(untold, st.sampled_from((REFERRALS, POUNDS, PERCENT)))
def test_of_what_has_no_value_no_phrase_says_a_number(figure, unit):
    for name in ("counted", "Counted", "of_all", "Of_all", "words", "more_or_less"):
        text = phrase(name, figure, unit, Figure(7))
        assert text.lower() == unit.text(figure), name
        if not figure.withheld and not figure.to_come:
            assert phrase("of_all", 3, REFERRALS, figure) == "3 referrals"


def test_a_withheld_whole_withholds_what_stands_beside_it():
    assert phrase("of_all", 3, whole=HIDDEN) == phrase("of_all", HIDDEN, whole=7) == "not shown"


def test_a_part_of_a_whole_to_come_is_to_come():
    assert phrase("of_all", 3, whole=to_come(MISSING)) == "to come"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (12327, POUNDS.in_prose, "£12,300 more"),
        (-500, POUNDS.in_prose, "£500 less"),
        (0, POUNDS.in_prose, "neither more nor less"),
        (2, REFERRALS, "2 more"),
        (-2, REFERRALS, "2 fewer"),
        (Decimal("-0.05"), PERCENT.in_prose, "5% less"),
        (None, POUNDS.in_prose, "not stated"),
    ],
)
def test_a_difference_says_its_direction_in_a_word(value, unit, text):
    assert phrase("more_or_less", value, unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Decimal("0.9721"), PERCENT, "97p of every £1"),
        (Decimal("0.003"), PERCENT, "under 1p of every £1"),
        (Decimal("0.996"), PERCENT.in_prose, "over 99p of every £1"),
        (1, PERCENT, "100p of every £1"),
        (None, PERCENT, "not stated"),
        (12, POUNDS, "£12"),
    ],
)
def test_a_share_of_money_is_told_in_pence(value, unit, text):
    assert phrase("of_every_pound", value, unit) == text


@given(st.integers(0, 30), st.sampled_from((REFERRALS, count_of("children"))))
def test_a_count_stands_alone_in_a_word_up_to_nine_and_in_digits_beyond(value, unit):
    text = phrase("words", value, unit)
    assert text == str(value) if value > 9 else text.isalpha()
    if value:
        assert phrase("Counted", value, unit).lower().startswith(text) or value > 9
    else:
        assert text == "none"


def test_what_is_no_exact_count_is_not_put_into_a_word():
    assert phrase("words", 5, prefix="over") == "over 5"
    assert phrase("words", 5, POUNDS) == "£5"
    assert phrase("words", Decimal("1.5")) == "1.5"
    assert phrase("words", Decimal("0.05"), PERCENT.in_prose) == "5%"


@given(st.integers(0, 99))
def test_a_verb_agrees_with_the_count_before_it(value):
    verbs = [phrase(name, value) for name in ("were", "are", "have")]
    assert verbs == (["was", "is", "has"] if value == 1 else ["were", "are", "have"])
    assert phrase("were", value, prefix="over") == "were"


# Rounded, as sentences tell them -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "before", "unit", "changed", "moved"),
    [
        (26979, 39306, POUNDS, "£12,300 less", "down 31% from £39,300"),
        (220_530, 220_480, POUNDS, "almost no change", "almost unchanged at £220,500"),
        (220_551, 220_549, POUNDS, "£100 more", "up slightly from £220,500"),
        (1_300_000, 1_160_000, POUNDS, "£140,000 more", "up 12% from £1.16 million"),
        (1_004_999, 999_900, POUNDS, "£5,100 more", "up 1% from £999,900"),
        ("0.616", "0.604", PERCENT, "2 percentage points more", "up 2 percentage points from 60%"),
        ("0.614", "0.606", PERCENT, "almost no change", "almost unchanged at 61%"),
        ("0.006", "0.003", PERCENT, "almost no change", "almost unchanged at under 1%"),
        ("0.012", "0.009", PERCENT, "slightly more", "up slightly from under 1%"),
        (
            "0.02",
            "0.003",
            PERCENT,
            "2 percentage points more",
            "up 2 percentage points from under 1%",
        ),
        (1, "0.995", PERCENT, "1 percentage point more", "up 1 percentage point from over 99%"),
    ],
)
def test_a_rounded_phrase_agrees_with_the_numbers_beside_it(now, before, unit, changed, moved):
    given_ = compared(now, before, unit.in_prose)
    assert (change(given_), trend(given_)) == (changed, moved)


@given(st.integers(100, 3_000_000), st.integers(100, 3_000_000))
def test_a_difference_in_a_sentence_is_that_of_the_two_sums_that_a_reader_sees(now, before):
    """Of sums that are rounded to multiples of something else it is the exact one, rounded."""
    unit = POUNDS.in_prose
    text = change(compared(now, before, unit))
    apart = abs(unit.read(now) - unit.read(before))
    if not unit.rounds_alike(now, before):
        apart = abs(now - before)
    assert text.startswith(unit.text(Figure(apart))) if apart else text.endswith("no change")


def few(part, whole):
    return share(Figure(part), Figure(whole))


def test_shares_of_few_are_set_beside_one_another_as_counts():
    assert trend(compared(few(4, 7), few(3, 9), PERCENT)) == "up from 3 of 9"
    assert change(compared(few(4, 7), few(3, 9), PERCENT)) == "more"
    assert trend(compared(Figure(Decimal("0.2")), few(3, 9), PERCENT)) == "down from 3 of 9"
    assert trend(compared(few(4, 7), few(4, 7), PERCENT)) == "unchanged at 4 of 7"
    assert trend(compared(few(3, 6), few(4, 8), PERCENT)) == "compared with 4 of 8 in 2012-13"
    assert trend(compared(few(4, 7), None, PERCENT)) == "no figure for 2012-13"
