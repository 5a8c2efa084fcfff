"""The points of a year: what only a name may say, where they stand, how many there are."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hscb_report.checks.points import (
    MOST_IN_LIST,
    MOST_MAIN,
    MOST_WORDS,
    chosen,
    claimed,
    claims,
    few,
    long,
    passages_of,
    placed,
    unsaid,
)
from hscb_report.report import check_year
from hscb_report.schema import Place
from hscb_report.schema.assurance import NumberExemption
from hscb_report.schema.points import KeyFigure, Point

FILE = "2013-14/points.csv"
PAGES = ("chapters/budget", "chapters/audits")


def point(sentence="So it was.", page="index", list_="main", row=2, **cells):
    place = Place(FILE, row)
    given = {"detail": None, "link": None, **cells}
    return Point(place=place, page=page, list=list_, sentence=sentence, **given)


def words(sentence, *exempt, list_="main", detail=None):
    """Return the words of direction or size that nothing exempts."""
    rows = [NumberExemption(place=Place("x", 2), pattern=p, reason="A reason") for p in exempt]
    found = claims([point(sentence, list_=list_, detail=detail)], rows)
    return [claim.number for claim in found if claim.exemption is None]


# Words of direction and size ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Referrals rose and spending fell.", ["rose", "fell"]),
        ("It went up, then down.", ["up", "down"]),
        ("More children came, fewer left, and less was spent.", ["More", "fewer", "less"]),
        ("Higher or lower, better or worse.", ["Higher", "lower", "better", "worse"]),
        ("Attendance increased; practice improved.", ["increased", "improved"]),
        ("Most agencies, a majority of them, many and few.", ["Most", "majority", "many", "few"]),
        ("All of them, every one, none and both.", ["All", "every", "none", "both"]),
        ("The balance is unchanged.", ["unchanged"]),
        ("MOST of it.", ["MOST"]),
        ("It remained so; demand surged, then slipped.", ["remained", "surged", "slipped"]),
        ("Spending doubled to a record high.", ["doubled", "record high"]),
        ("We overspent. Demand exceeds it.", ["overspent", "exceeds"]),
        ("A half of the record was doubtful.", []),
    ],
)
def test_a_word_that_only_figures_can_bear_out_is_found(sentence, found):
    assert words(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "Spending was {{ budget.spend }}, {{ budget.spend.trend }}.",
        "**{{ a.b.counted }}** died; the panel finished {{ a.c }}.",
        "The Board spent {{ budget.in_year_deficit.more_or_less }} than it was paid.",
        "A hub was set up to follow up what is to take up.",
        "The actions that fell due.",
        "Above all the Board listens, at least each month to one another, and no longer writes.",
        "Its upkeep, the allocation, and the downstairs room.",
        "A fallacy, a risk, an uprising.",
    ],
)
def test_names_and_turns_of_speech_claim_nothing(sentence):
    assert [w for w in words(sentence) if w != "each"] == []


def test_what_is_to_be_done_claims_nothing():
    assert words("Give more children better help.", list_="next") == []


def test_a_detail_is_held_to_it_too():
    assert words("The ages", detail="Most are lost.") == ["Most"]


def test_words_are_exempt_where_those_of_an_exemption_stand_around_them():
    said = "Inspectors say that more children get help, and more staff."
    assert words(said, "more children get help") == ["more"]
    assert words(said, "more children", "more staff") == []
    assert words(said, "other words") == ["more", "more"]


def test_a_claim_is_told_with_its_row_and_the_way_out():
    (found,) = claimed(claims([point("It rose.", row=7)], ()), "error")
    assert (found.rule, found.severity, found.file, found.row) == ("G1", "error", FILE, 7)
    assert found.column == "sentence"
    assert found.found == "rose"
    assert "trend" in found.hint
    assert "exempt_numbers.csv" in found.hint


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1))
def test_any_sentence_can_be_looked_through(sentence):
    assume(sentence.strip())
    for word in words(sentence):
        assert word in sentence


# Where a point stands -------------------------------------------------------------------------


def places(*points, severity="error"):
    found = placed(points, PAGES, lambda _: severity)
    return [(f.column, f.found, f.severity, f.row) for f in found]


def test_a_page_and_what_a_point_leads_to_are_pages_of_the_book():
    assert places(point(link="chapters/budget"), point(page="chapters/audits", list_="title")) == []
    assert places(point(page="chapters/budgte", list_="title")) == [
        ("page", "chapters/budgte", "error", 2)
    ]
    assert places(point(link="nix"), severity="warning") == [("link", "nix", "warning", 2)]


@pytest.mark.parametrize("list_", ["lead", "main", "well", "not_well", "next"])
def test_what_the_first_page_lists_no_other_page_does(list_):
    assert places(point(list_=list_)) == []
    assert places(point(page="chapters/budget", list_=list_)) == [("list", list_, "error", 2)]


@pytest.mark.parametrize("list_", ["title", "in_short", "missing"])
def test_what_chapters_say_the_first_page_does_not(list_):
    assert places(point(page="chapters/budget", list_=list_)) == []
    assert places(point(list_=list_)) == [("list", list_, "error", 2)]


def test_only_what_is_missing_has_a_detail():
    told = point(page="chapters/budget", list_="missing", detail="More of it.")
    assert places(told) == []
    assert places(point(detail="More of it.")) == [("detail", "More of it.", "error", 2)]


@pytest.mark.parametrize(
    "sentence",
    ["So *it* was.", "`code`", "[a](b)", "# A title", "<b>x</b>", "**Open only", "***x***"],
)
def test_markup_beside_names_and_bold_words_is_told(sentence):
    """It would be printed as it stands."""
    assert places(point(sentence)) == [("sentence", sentence, "error", 2)]


@pytest.mark.parametrize("sentence", ["**So** it was {{ a.b }}.", "2 < 3 [so]", "A # and 3 × 4?"])
def test_signs_that_are_no_markup_may_stand(sentence):
    assert places(point(sentence)) == []


# How many, how long ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("list_", "page", "most"),
    [
        ("main", "index", MOST_MAIN),
        ("well", "index", MOST_IN_LIST),
        ("next", "index", MOST_IN_LIST),
        ("lead", "index", 1),
        ("title", "chapters/budget", 1),
        ("in_short", "chapters/budget", MOST_IN_LIST),
    ],
)
def test_a_list_longer_than_there_is_room_is_told_once(list_, page, most):
    rows = [point(f"No. {n}", page, list_, row=n + 2) for n in range(most + 2)]
    assert not list(few(rows[:most], "error"))
    (found,) = few(rows, "error")
    assert (found.rule, found.severity, found.row) == ("G4", "error", most + 2)
    assert str(most) in found.message


def test_lists_of_two_pages_are_two():
    rows = [point("A", page, "title") for page in PAGES]
    assert not list(few(rows, "error"))


def test_a_sentence_is_measured_as_it_is_printed():
    said = " ".join(["word"] * (MOST_WORDS - 1)) + " {{ a.b }}"
    assert not list(long([point(said)], {"a.b": "seven"}))
    (found,) = long([point(said)], {"a.b": "seven of them"})
    assert (found.rule, found.severity) == ("G5", "warning")
    assert f"{MOST_WORDS + 2} words" in found.message


def test_signs_alone_are_no_words():
    assert not list(long([point(" – ".join(["word"] * MOST_WORDS))], {}))


def test_a_final_report_without_main_points_is_told():
    assert not list(unsaid([point()], FILE))
    for others in ([], [point(list_="well")], [point(page="chapters/budget", list_="title")]):
        (found,) = unsaid(others, FILE)
        assert (found.rule, found.severity, found.file) == ("G6", "warning", FILE)


# Key figures ----------------------------------------------------------------------------------


def test_a_key_figure_is_a_number_of_the_report():
    rows = [KeyFigure(place=Place("k", 2), fact="budget.spend", label=None)]
    assert not list(chosen(rows, ["budget.spend"], lambda _: False))
    (found,) = chosen(rows, ["budget.spent"], lambda _: False)
    assert (found.rule, found.severity, found.column) == ("G3", "error", "fact")
    assert "budget.spent" in found.hint
    (found,) = chosen(rows, [], lambda _: True)
    assert found.severity == "warning"


# The committed year ---------------------------------------------------------------------------


def test_a_point_is_prose_that_every_rule_about_prose_holds_for():
    first, second = passages_of(point("One", detail="Two", row=9))
    assert (first.file, first.text, first.line(0)) == (FILE, "One", 9)
    assert (second.text, second.line(2)) == ("Two", 9)


def rules_of(data):
    found = check_year("2013-14", data).findings
    return {(f.rule, f.severity, f.row) for f in found if f.file == FILE}


def test_the_committed_points_break_no_rule(data):
    assert rules_of(data) == set()


@pytest.mark.parametrize(
    ("column", "text", "rule"),
    [
        ("sentence", "Spending rose.", "G1"),
        ("sentence", "The Board trained 1,583 people.", "P2"),
        ("sentence", "The Board trained {{ training.nobody }}.", "P1"),
        ("sentence", "TODO", "P3"),
        ("page", "chapters/budgte", "G2"),
        ("link", "chapters/budgte", "G2"),
    ],
)
def test_a_wrong_point_stops_a_final_report(data, table, column, text, rule):
    table("points").set(3, column, text)
    assert (rule, "error", 3) in rules_of(data)


def test_in_a_draft_a_word_of_direction_is_a_warning(data, table):
    table("points").set(3, "sentence", "Spending rose.")
    settings = data / "2013-14/year.toml"
    text = settings.read_text("utf-8").replace('status = "final"', 'status = "draft"')
    settings.write_text(text, "utf-8")
    assert ("G1", "warning", 3) in rules_of(data)
