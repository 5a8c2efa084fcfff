"""Membership: contributors, members and agencies rated for attendance are the same bodies."""

from decimal import Decimal

from hscb_report.chapters.membership import CHAPTER
from hscb_report.report import check_year, open_report
from hscb_report.schema.board import AttendanceAgency, Membership
from hscb_report.schema.finance import Contribution
from hscb_report.schema.reference import Agency
from tests.conftest import small_year
from tests.made_up import only_own, placed, result_of, tables_of, with_tables

(R23,) = CHAPTER.rules


def reconciled(agencies, paying, members, rated, settings=None):
    """Return what is said of three lists of agencies: {code: cells that join it to others}."""
    named = [{"agency": code, "name": f"Name {code}", **cells} for code, cells in agencies.items()]
    lists = {
        "contributions": ([{"agency": a, "amount": Decimal(1)} for a in paying], Contribution),
        "membership": (
            [{"agency": a, "role": f"Role {n}", "people": 1} for n, a in enumerate(members)],
            Membership,
        ),
        "attendance_agencies": ([{"agency": a} for a in rated], AttendanceAgency),
    }
    tables = tables_of(
        agencies=only_own("reference/agencies.csv", named, Agency),
        **{
            name: placed(f"2013-14/{name}.csv", [{"organisation": "X", **row} for row in rows], of)
            for name, (rows, of) in lists.items()
        },
    )
    found = result_of(R23, tables, settings=settings).findings
    return [(f.severity, f.file, f.row, f.column, f.found) for f in found]


A, B = {"a": {}, "b": {}}, ["a", "b"]


def told(name, row, code):
    return ("warning", f"2013-14/{name}.csv", row, "agency", code)


def test_the_same_bodies_in_every_list_pass_and_a_member_need_not_pay():
    """The budget chapter counts those that pay nothing."""
    assert reconciled(A, B, B, B[::-1]) == []
    assert reconciled(A, ["a"], B, B) == []


def test_a_body_missing_from_a_list_is_a_warning_at_the_list_that_has_it():
    assert reconciled(A, B, ["a"], ["a"]) == [told("contributions", 3, "b")]
    assert reconciled(A, ["a"], B, ["a"]) == [told("membership", 3, "b")]
    assert reconciled(A, ["a"], ["a"], ["b", "a"]) == [told("attendance_agencies", 2, "b")]


def test_whatever_joins_an_agency_to_another_lets_it_stand_for_it():
    """A part, a body that took over, a member that sits for a sector, and parts of parts."""
    for joined in (
        {"part_of": "b"},
        {"successor": "Name b"},
        {"represents": "b"},
    ):
        agencies = {"a": joined, "b": {}}
        assert reconciled(agencies, ["a"], ["b"], ["b"]) == []
        assert reconciled(agencies, ["b"], ["a"], ["b"]) == []
        assert reconciled(agencies, ["b"], ["b"], ["a"]) == []
    chain = {"a": {"part_of": "b"}, "b": {"represents": "c"}, "c": {}}
    assert reconciled(chain, ["a"], ["c"], ["b"]) == []
    assert len(reconciled({"a": {"successor": "Unlisted"}, "b": {}}, ["a"], ["b"], ["b"])) == 1


def test_sector_representatives_need_no_acceptance_year_after_year(given):
    """They sit for the sector whose attendance is rated: said once, in the list of agencies."""
    known = {"settings": given.settings}
    assert result_of(R23, given.tables, **known).outcome == "passed"
    apart = [row.model_copy(update={"represents": None}) for row in given.tables[Agency]]
    found = result_of(R23, with_tables(given.tables, agencies=apart), **known).findings
    assert {f.found for f in found} >= {
        *("brookfield_school", "west_mercia_womens_aid", "third_sector"),
    }
    assert "represents" in found[0].hint


def test_a_successor_stands_for_what_it_took_over(given):
    """NHS Herefordshire pays; Herefordshire CCG sits on the Board."""
    gone = [
        row.model_copy(update={"successor": None}) if row.agency == "nhs_herefordshire" else row
        for row in given.tables[Agency]
    ]
    tables = with_tables(given.tables, agencies=gone)
    (found,) = result_of(R23, tables, settings=given.settings).findings
    assert (found.file, found.row, found.found) == (
        *("2013-14/contributions.csv", 3, "nhs_herefordshire"),
    )


def test_a_body_with_several_seats_is_told_once():
    agencies = {"a": {}, "council": {}, "health": {"part_of": "council"}}
    found = reconciled(agencies, ["a"], ["a", "council", "health"], ["a"])
    assert found == [told("membership", 3, "council")]


def test_the_board_s_own_seats_need_no_counterpart(given):
    """Its chair and lay members sit for no agency; without settings nobody knows who they are."""
    agencies = {"a": {}, "hscb": {}}
    seats = ["a"], ["hscb", "a"], ["a"]
    assert reconciled(agencies, *seats, settings=given.settings) == []
    assert reconciled(agencies, *seats) == [told("membership", 2, "hscb")]


def test_what_the_hint_offers_works_through_the_files(table, data):
    """A contributor that is no member, joined to one that is, is told no more."""
    table("contributions").set(7, "agency", "hoople")
    agencies = table("agencies")
    row = next(n for n, r in enumerate(agencies.records, 1) if r[0] == "hoople")
    agencies.set(row, "part_of", "herefordshire_council")
    found = [f.found for f in check_year("2013-14", data).findings if f.rule == "R23"]
    assert "hoople" not in found


def test_the_members_are_twenty_three_people_in_twenty_one_rows(report):
    rows = report.exhibit("membership").texts()
    assert len(rows) == 21
    assert sum(int(row[3]) for row in rows) == 23
    assert [row[3] for row in rows if row[1] == "Lay Members"] == ["3"]


# Since the year before ------------------------------------------------------------------------

AGENCIES = (
    "agency,name,successor",
    "council,The Council,",
    "old,Old Trust,New Trust",
    "new,New Trust,",
)


def members(root, year, *seats):
    """Write a list of members, each an agency's code, a role and how many people have it."""
    rows = [f"{agency},{role},{people},{agency.title()}" for agency, role, people in seats]
    lines = ("agency,role,people,organisation", *rows)
    return small_year(root, year, membership=lines, reference_agencies=AGENCIES)


def test_what_changed_in_the_list_is_told_seat_by_seat(tmp_path):
    """The nurse's seat went with the trust's work, and is held by one more."""
    then = [("council", "Director", 1), ("council", "Lay member", 2), ("old", "Nurse", 1)]
    now = [("council", "Lay member", 1), ("council", "Chair", 1), ("new", "Nurse", 2)]
    members(tmp_path, "2013-14", *then)
    report = open_report(data=members(tmp_path, "2014-15", *now))
    assert report.exhibit("membership-changes").texts() == (
        ("Council", "Lay member", "1 person, were 2"),
        ("Council", "Chair", "joined"),
        ("New", "Nurse", "2 people, was 1"),
        ("Council", "Director", "left"),
    )
    told = [report.names[f"membership.{name}.counted"] for name in ("joined", "left")]
    assert told == ["1 seat", "1 seat"]


def test_where_nothing_changed_there_is_no_table_and_the_numbers_are_none(tmp_path):
    members(tmp_path, "2013-14", ("council", "Director", 1))
    report = open_report(data=members(tmp_path, "2014-15", ("council", "Director", 1)))
    assert report.exhibit("membership-changes").rows == ()
    assert report.facts["membership.left"].figure.value == 0
    assert report.names["membership.left.counted"] == "no seats"


def test_without_a_list_of_the_year_before_there_is_no_table_and_no_number(report):
    assert report.exhibit("membership-changes").rows == ()
    assert "membership.seats" in report.facts
    assert not {"membership.joined", "membership.left"} & {fact.id for fact in report.facts}
