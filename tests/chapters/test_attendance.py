"""Attendance: ratings that recompute from the records of meetings; what is lost is said to be."""

from hscb_report.chapters import attendance
from hscb_report.chapters.attendance import CHAPTER
from hscb_report.report import check_year
from hscb_report.schema import vocabularies as words
from hscb_report.schema.board import AttendanceAgency, AttendanceCount, AttendanceRating, Group
from hscb_report.units import NOT_STATED
from tests.made_up import (
    attendance_records,
    placed,
    result_of,
    tables_of,
    with_tables,
    year_of,
)

R24, R43 = CHAPTER.rules
FILE = "2013-14/attendance_ratings.csv"


def meetings(present, deputy, apologies, absent, not_expected=0):
    return [
        *["present"] * present,
        *["deputy"] * deputy,
        *["apologies"] * apologies,
        *["absent"] * absent,
        *["not_expected"] * not_expected,
    ]


def rated(rating, presences, group="board"):
    """Return tables in which the police have a rating, and records in a group."""
    row = {"agency": "police", "group": "board", "rating": rating}
    elsewhere = attendance_records("nhs", "board", ["present"])
    return tables_of(
        groups=placed("2013-14/groups.csv", [{"group": "board", "name": "The Board"}], Group),
        attendance_agencies=placed(
            "2013-14/attendance_agencies.csv",
            [{"agency": "police", "organisation": "Police"}],
            AttendanceAgency,
        ),
        attendance_ratings=placed(FILE, [row] if rating else [], AttendanceRating),
        attendance_records=(*elsewhere, *attendance_records("police", group, presences)),
    )


def test_the_one_rating_that_the_records_give_passes():
    """The bands themselves are promised where they are worked out."""
    for rating, held in (
        ("attended", meetings(71, 0, 29, 0)),
        ("deputy", meetings(70, 30, 0, 0)),
        ("not_attended", meetings(70, 0, 15, 15)),
        ("not_assessable", meetings(70, 15, 15, 0)),
        ("not_assessable", meetings(0, 0, 0, 0, not_expected=3)),
        ("attended", meetings(3, 0, 1, 0, not_expected=6)),
        ("not_a_member", []),
    ):
        passing = [
            given
            for given in words.ATTENDANCE_RATING
            if result_of(R24, rated(given, held)).outcome == "passed"
        ]
        assert passing == [rating]


def test_a_wrong_rating_is_an_error_at_its_cell():
    (found,) = result_of(R24, rated("attended", meetings(7, 3, 0, 0))).findings
    assert (found.rule, found.severity, found.file) == ("R24", "error", FILE)
    assert (found.row, found.column, found.found) == (2, "rating", "attended")
    assert "records give deputy" in found.message


def test_records_of_another_group_or_agency_do_not_count():
    (found,) = result_of(R24, rated("attended", ["present"], group="training")).findings
    assert "records give not_a_member" in found.message


def test_ratings_and_records_are_read_where_there_are_files_of_them(data):
    """Both tables are optional."""
    tail = "ar,L1,derived,,Made up for a test\n"
    sourced = "source,locator,basis,as_printed,note\n"
    (data / "2013-14/attendance_ratings.csv").write_text(
        f"agency,group,rating,{sourced}west_mercia_police,training,attended,{tail}"
    )
    (data / "2013-14/attendance_records.csv").write_text(
        f"group,day,agency,presence,{sourced}training,2013-M06-03,west_mercia_police,absent,{tail}"
    )
    found = [found for found in check_year("2013-14", data).findings if found.severity == "error"]
    assert [(f.rule, f.file, f.row) for f in found] == [("R24", FILE, 2)]


# Counts ---------------------------------------------------------------------------------------

COUNTS = "2013-14/attendance_counts.csv"


def counted(*rows):
    """Return rows of counts: agency, group, meetings, attended, deputy."""
    columns = ("agency", "group", "meetings", "attended", "deputy")
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    return placed(COUNTS, found, AttendanceCount)


def with_counts(rating, presences, *rows):
    return with_tables(rated(rating, presences), attendance_counts=counted(*rows))


def test_a_rating_recomputes_from_counts_where_there_are_no_records():
    only_counts = with_tables(
        with_counts("attended", [], ("police", "board", 10, 7, 3)), attendance_records=()
    )
    (found,) = result_of(R24, only_counts).findings
    assert (found.rule, found.file, found.row, found.column) == ("R24", FILE, 2, "rating")
    assert "counts give deputy" in found.message
    assert "the counts" in found.hint
    for rating, row, outcome in (
        ("deputy", ("police", "board", 10, 7, 3), "passed"),
        ("not_a_member", ("nhs", "board", 1, 1, 0), "passed"),
        ("not_assessable", ("police", "board", 0, 0, 0), "passed"),
        ("not_a_member", ("police", "board", 1, 1, 0), "failed"),
    ):
        tables = with_tables(with_counts(rating, [], row), attendance_records=())
        assert result_of(R24, tables).outcome == outcome


def test_records_go_before_counts():
    both = with_counts("attended", ["present"], ("police", "board", 10, 7, 3))
    assert result_of(R24, both).outcome == "passed"
    (found,) = result_of(R24, with_counts("deputy", ["present"])).findings
    assert "records give attended" in found.message


def test_without_records_and_counts_a_rating_is_not_looked_at():
    neither = with_tables(rated("attended", []), attendance_records=())
    assert result_of(R24, neither).outcome == "not_run"


def test_more_attended_than_there_were_meetings_is_an_error_at_its_cell():
    for row, outcome in (
        (("police", "board", 6, 5, 1), "passed"),
        (("police", "board", 6, 6, 0), "passed"),
        (("police", "board", 6, 0, 6), "passed"),
        (("police", "board", 6, 5, 2), "failed"),
        (("police", "board", 6, 7, 0), "failed"),
        (("police", "board", 6, 0, 7), "failed"),
    ):
        assert result_of(R43, with_counts(None, [], row)).outcome == outcome
    (found,) = result_of(R43, with_counts(None, [], ("police", "board", 6, 5, 2))).findings
    assert (found.rule, found.severity, found.file) == ("R43", "error", COUNTS)
    assert (found.row, found.column, found.found) == (2, "attended", "5")
    assert "5 attended and 2 with a deputy are more than the 6 meetings" in found.message


def test_counts_are_those_of_the_records_where_both_are_held():
    held = meetings(3, 1, 1, 1, not_expected=2)
    right = with_counts(None, held, ("police", "board", 6, 3, 1), ("nhs", "other", 9, 9, 0))
    assert result_of(R43, right).outcome == "passed"
    wrong = with_counts(None, held, ("police", "board", 8, 4, 2))
    found = result_of(R43, wrong).findings
    assert [(f.column, f.found) for f in found] == [
        *(("meetings", "8"), ("attended", "4"), ("deputy", "2"))
    ]
    assert {(f.rule, f.severity, f.file, f.row) for f in found} == {("R43", "error", COUNTS, 2)}
    assert "records of meetings give 3 (attendance_records.csv rows 2 to 4)" in found[1].message
    none = with_counts(None, ["absent"], ("police", "board", 1, 0, 1))
    (found,) = result_of(R43, none).findings
    assert found.message == "the records of meetings give 0."


def several():
    """Return the data of two agencies in two groups: by records, by counts, and by neither."""
    groups = [{"group": "board", "name": "The Board"}, {"group": "cases", "name": "Cases"}]
    agencies = [
        {"agency": agency, "organisation": name}
        for agency, name in (("police", "Police"), ("nhs", "NHS"), ("schools", "Schools"))
    ]
    return year_of(
        tables_of(
            groups=placed("2013-14/groups.csv", groups, Group),
            attendance_agencies=placed(
                "2013-14/attendance_agencies.csv", agencies, AttendanceAgency
            ),
            attendance_records=attendance_records("police", "board", meetings(5, 1, 0, 0, 2)),
            attendance_counts=counted(
                *(("police", "cases", 4, 1, 0), ("nhs", "cases", 0, 0, 0)),
                ("police", "board", 99, 1, 1),  # the records go before it
            ),
        )
    )


def exhibits_of(data):
    return {table.label: table for table in attendance.exhibits(data)}


def test_percentages_stand_beside_the_counts_that_they_are_of():
    tables = exhibits_of(several())
    assert tables["attendance-shares"].texts() == (
        ("Police", "The Board", "6", "5", "5 of 6", "1"),
        ("Police", "Cases", "4", "1", "1 of 4", "0"),
        ("NHS", "Cases", "0", "0", NOT_STATED, "0"),
    )
    assert tables["attendance-by-agency"].texts() == (
        ("Police", "10", "6", "6 of 10", "1"),
        ("NHS", "0", "0", NOT_STATED, "0"),
    )
    assert tables["attendance-by-group"].texts() == (
        ("The Board", "6", "5", "5 of 6", "1"),
        ("Cases", "4", "1", "1 of 4", "0"),
    )


def test_ratings_are_worked_out_from_counts_too_and_then_the_key_is_told():
    table = exhibits_of(several())["attendance"]
    assert table.texts() == (
        ("Police", "✓ 5 of 6", "■ 1 of 4"),
        ("NHS", "not known", "? not assessable"),
        ("Schools", "not known", "not known"),
    )
    assert table.title == ""  # whose attendance is not known may have come to all
    assert table.tones()[0] == ("", "good", "alarm")
    shapes, key = table.notes
    assert all(shape in shapes for shape in "✓▲■?–")
    marks = ("attended more than 70%", "neither the agency", "a deputy came", "not assessable")
    assert [key.index(mark) for mark in marks] == sorted(key.index(mark) for mark in marks)


def test_how_many_seats_were_filled_is_told_where_all_of_them_are_known():
    known = several()
    schools = ("schools", "board", 4, 3, 0), ("schools", "cases", 4, 0, 1)
    counts = counted(
        ("police", "cases", 4, 1, 0), ("nhs", "board", 4, 4, 0), ("nhs", "cases", 4, 3, 0), *schools
    )
    table = exhibits_of(year_of(with_tables(known.tables, attendance_counts=counts)))["attendance"]
    assert table.title == "4 of 6 seats were filled at more than 70% of meetings"


def test_attendance_is_told_over_all_by_agency_and_by_group():
    found = {fact.id.removeprefix("attendance."): fact for fact in attendance.facts(several())}
    texts = {name: fact.text for name, fact in found.items()}
    assert texts == {
        "meetings": "10",
        "attended": "6",
        "deputies": "1",
        "share": "6 of 10",
        "meetings_police": "10",
        "attended_police": "6",
        "deputies_police": "1",
        "share_police": "6 of 10",
        "meetings_nhs": "0",
        "attended_nhs": "0",
        "deputies_nhs": "0",
        "share_nhs": NOT_STATED,
        "group_meetings_board": "6",
        "group_attended_board": "5",
        "group_share_board": "5 of 6",
        "group_meetings_cases": "4",
        "group_attended_cases": "1",
        "group_share_cases": "1 of 4",
    }
    assert found["attended_police"].figure.files == (*(COUNTS, "2013-14/attendance_records.csv"),)


def test_a_year_without_meetings_has_no_number_of_them():
    """As the committed year, which has lost its attendance."""
    nothing = year_of(with_tables(rated("attended", []), attendance_records=()))
    assert not any(fact.figure.files for fact in attendance.facts(nothing))
    tables = exhibits_of(nothing)
    assert [label for label, table in tables.items() if table.rows] == ["attendance"]


# The table ------------------------------------------------------------------------------------


def test_all_162_ratings_of_the_source_are_said_to_be_lost(report):
    """Eighteen agencies by nine groups: nothing is invented, and nothing is blank."""
    table = report.exhibit("attendance")
    assert (len(table.rows), len(table.columns)) == (18, 10)
    assert [cell for row in table.texts() for cell in row[1:]] == ["lost"] * 162
    assert any('"lost": not recoverable from the published text' in note for note in table.notes)


def test_a_rating_is_shown_as_given_or_else_as_the_records_give_it():
    """Not as lost, where nothing is."""
    for rating, held, shown in (
        ("not_a_member", [], "– not a member"),
        ("attended", [], "✓ over 70%"),
        (None, ["present"], "✓ 1 of 1"),
        ("deputy", ["present"], "▲ 1 of 1"),
    ):
        table = next(iter(attendance.exhibits(year_of(rated(rating, held)))))
        assert table.texts() == (("Police", shown),)
        assert len(table.notes) == 1 + (rating is None)
