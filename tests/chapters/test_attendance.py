"""Attendance: ratings that recompute from the records of meetings; what is lost is said to be."""

from hscb_report.chapters import attendance
from hscb_report.chapters.attendance import CHAPTER
from hscb_report.report import check_year
from hscb_report.schema import vocabularies as words
from hscb_report.schema.board import AttendanceAgency, AttendanceRating, Group
from tests.made_up import attendance_records, placed, result_of, tables_of, year_of

(R24,) = CHAPTER.rules
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
        ("not_a_member", [], "Not on group membership"),
        (None, ["present"], "Attended more than 70 %"),
        ("deputy", ["present"], "Apologies with a deputy at 30 % or more"),
    ):
        (table,) = attendance.exhibits(year_of(rated(rating, held)))
        assert table.texts() == (("Police", shown),)
        assert table.notes == ()
