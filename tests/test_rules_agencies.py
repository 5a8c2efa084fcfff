"""Rules 23 and 24: the same bodies in every list, and ratings that recompute."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hscb_report.report import check_year
from hscb_report.rules import run_rules
from hscb_report.rules.agencies import RULES
from hscb_report.schema import Tables
from hscb_report.schema.board import AttendanceAgency, AttendanceRating, Membership
from hscb_report.schema.finance import Contribution
from hscb_report.schema.reference import Agency
from tests.strategies import attendance_records, only_own, placed

R23, R24 = RULES


def lists(agencies, paying, members, rated):
    """Return tables with agencies ({code: part_of or None}) and three lists of their codes."""
    return Tables(
        agencies=only_own(
            "reference/agencies.csv",
            [
                {"agency": code, "name": f"Name {code}", "part_of": whole}
                for code, whole in agencies.items()
            ],
            Agency,
        ),
        contributions=placed(
            "2013-14/contributions.csv",
            [{"agency": a, "organisation": a, "amount": Decimal(1)} for a in paying],
            Contribution,
        ),
        membership=placed(
            "2013-14/membership.csv",
            [
                {"agency": a, "role": f"Role {n}", "people": 1, "organisation": a}
                for n, a in enumerate(members)
            ],
            Membership,
        ),
        attendance_agencies=placed(
            "2013-14/attendance_agencies.csv",
            [{"agency": a, "organisation": a} for a in rated],
            AttendanceAgency,
        ),
    )


def places(result):
    return [(found.file, found.row, found.column, found.found) for found in result.findings]


def test_the_same_bodies_in_every_list_pass():
    found = run_rules([R23], lists({"a": None, "b": None}, ["a"], ["a", "b"], ["b", "a"]))[0]
    assert (found.outcome, found.findings) == ("passed", ())


def test_a_member_that_pays_nothing_breaks_no_rule():
    """The budget chapter counts it."""
    assert (
        run_rules([R23], lists({"a": None, "b": None}, ["a"], ["b", "a"], ["a", "b"]))[0].outcome
        == "passed"
    )


@pytest.mark.parametrize(
    ("paying", "members", "rated", "place", "says"),
    [
        (["a", "b"], ["a"], ["a"], ("contributions", 3), ("the contributors", "the members")),
        (["a"], ["a", "b"], ["a"], ("membership", 3), ("the members", "rated for attendance")),
        (["a"], ["a"], ["b", "a"], ("attendance_agencies", 2), ("rated for", "the members")),
    ],
    ids=["contributor", "member", "rated"],
)
def test_a_body_missing_from_a_list_is_a_warning_at_the_list_that_has_it(
    paying, members, rated, place, says
):
    result = run_rules([R23], lists({"a": None, "b": None}, paying, members, rated))[0]
    assert places(result) == [(f"2013-14/{place[0]}.csv", place[1], "agency", "b")]
    assert result.findings[0].severity == "warning"
    assert all(part in result.findings[0].message for part in says)


def test_a_part_stands_for_its_whole():
    parts = {"council": None, "health": "council", "housing": "council"}
    result = run_rules([R23], lists(parts, ["council"], ["health"], ["housing"]))[0]
    assert result.outcome == "passed"


def test_a_body_with_several_seats_is_told_once():
    parts = {"a": None, "council": None, "health": "council"}
    result = run_rules([R23], lists(parts, ["a"], ["a", "council", "health"], ["a"]))[0]
    assert places(result) == [("2013-14/membership.csv", 3, "agency", "council")]


def test_the_board_s_own_seats_need_no_counterpart():
    """Its chair and lay members sit for no agency."""
    assert (
        run_rules([R23], lists({"a": None, "hscb": None}, ["a"], ["hscb", "a"], ["a"]))[0].outcome
        == "passed"
    )


def test_a_successor_that_is_an_agency_of_the_list_stands_for_what_it_took_over(tables):
    """NHS Herefordshire pays; Herefordshire CCG sits on the Board."""
    gone = [
        agency.model_copy(update={"successor": None})
        if agency.agency == "nhs_herefordshire"
        else agency
        for agency in tables.agencies
    ]
    before = run_rules([R23], tables)[0].findings
    after = run_rules([R23], replace(tables, agencies=tuple(gone)))[0].findings
    new = [(found.file, found.row, found.found) for found in after if found not in before]
    assert new == [("2013-14/contributions.csv", 3, "nhs_herefordshire")]


def test_an_agency_joined_to_its_counterpart_is_told_no_more(table, data):
    """What the hint offers works; and the acceptances that it makes needless are told."""
    agencies = table("agencies")
    row = next(n for n, r in enumerate(agencies.records, 1) if r[0] == "brookfield_school")
    agencies.set(row, "part_of", "education_establishments")
    findings = check_year("2013-14", data).findings
    assert [found.found for found in findings if found.rule == "R23"] == [
        "west_mercia_womens_aid",
        "third_sector",
    ]
    assert [found.row for found in findings if found.rule == "A1"] == [2, 4]


# Rule 24 --------------------------------------------------------------------------------------


def rated(rating, presences, group="board"):
    """Return tables in which the police have a rating, and records in a group."""
    row = {"agency": "police", "group": "board", "rating": rating}
    elsewhere = attendance_records("nhs", "board", ["present"])
    return Tables(
        attendance_ratings=placed("2013-14/attendance_ratings.csv", [row], AttendanceRating),
        attendance_records=(*elsewhere, *attendance_records("police", group, presences)),
    )


# A meeting each: present, deputy, apologies, absent.
BANDS = [
    ("green", 8, 2, 0, 0),
    ("green", 71, 0, 29, 0),
    ("amber", 70, 30, 0, 0),
    ("red", 70, 0, 30, 0),
    ("red", 70, 0, 0, 30),
    ("red", 70, 0, 15, 15),
    ("not_assessable", 70, 15, 15, 0),
    ("not_assessable", 65, 20, 15, 0),
    ("not_assessable", 65, 20, 0, 15),
    ("red", 40, 30, 30, 0),
    ("red", 40, 30, 15, 15),
    ("amber", 41, 30, 29, 0),
    ("red", 0, 0, 0, 1),
    ("amber", 0, 1, 0, 0),
]
RATINGS = ("green", "amber", "red", "not_a_member", "not_assessable")


def meetings(present, deputy, apologies, absent):
    return [
        *["present"] * present,
        *["deputy"] * deputy,
        *["apologies"] * apologies,
        *["absent"] * absent,
    ]


@pytest.mark.parametrize(("rating", "present", "deputy", "apologies", "absent"), BANDS)
def test_a_rating_passes_where_the_records_give_it_and_fails_where_they_do_not(
    rating, present, deputy, apologies, absent
):
    held = meetings(present, deputy, apologies, absent)
    for published in RATINGS:
        result = run_rules([R24], rated(published, held))[0]
        assert result.outcome == ("passed" if published == rating else "failed")


def test_a_wrong_rating_is_an_error_at_its_cell():
    (found,) = run_rules([R24], rated("green", meetings(7, 3, 0, 0)))[0].findings
    assert (found.rule, found.severity) == ("R24", "error")
    assert (found.file, found.row) == ("2013-14/attendance_ratings.csv", 2)
    assert (found.column, found.found) == ("rating", "green")
    assert "records give amber" in found.message


def test_who_was_expected_at_no_meeting_is_not_assessable():
    tables = rated("not_assessable", ["not_expected"] * 3)
    assert run_rules([R24], tables)[0].outcome == "passed"


def test_meetings_at_which_nobody_was_expected_do_not_count():
    """Three of four expected: 75 %, whatever else was held."""
    held = [*meetings(3, 0, 1, 0), *["not_expected"] * 6]
    assert run_rules([R24], rated("green", held))[0].outcome == "passed"


def test_not_a_member_has_no_records():
    assert run_rules([R24], rated("not_a_member", []))[0].outcome == "passed"
    (found,) = run_rules([R24], rated("not_a_member", ["present"]))[0].findings
    assert "records give green" in found.message


@pytest.mark.parametrize("rating", ["green", "amber", "red", "not_assessable"])
def test_a_rating_without_records_fails(rating):
    """Records of another group, or another agency, do not count."""
    (found,) = run_rules([R24], rated(rating, ["present"], group="training"))[0].findings
    assert "records give not_a_member" in found.message


@pytest.mark.parametrize("empty", ["attendance_ratings", "attendance_records"])
def test_without_ratings_or_records_the_rule_is_not_run(empty):
    tables = replace(rated("green", ["present"]), **{empty: ()})
    assert run_rules([R24], tables)[0].outcome == "not_run"


def test_ratings_and_records_of_files_are_compared(data):
    """Both tables are optional, and are read where they are there."""
    tail = "ar,L1,derived,,Made up for a test\n"
    sourced = "source,locator,basis,as_printed,note\n"
    (data / "2013-14/attendance_ratings.csv").write_text(
        f"agency,group,rating,{sourced}west_mercia_police,training,green,{tail}"
    )
    (data / "2013-14/attendance_records.csv").write_text(
        f"group,day,agency,presence,{sourced}training,2013-M06-03,west_mercia_police,absent,{tail}"
    )
    checks = check_year("2013-14", data)
    assert checks.loaded.findings == ()
    (found,) = [found for found in checks.findings if found.rule == "R24"]
    assert (found.file, found.row) == ("2013-14/attendance_ratings.csv", 2)
