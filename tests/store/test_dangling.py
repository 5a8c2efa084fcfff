"""Rows of a draft wait for the rows that they name; what may be empty is emptied meanwhile."""

from __future__ import annotations

from hscb_report.report import table_schemas
from hscb_report.store.dangling import leave_out_dangling
from hscb_report.store.table_file import TableFile
from tests.conftest import YEAR

SCHEMAS = {schema.name: schema for schema in table_schemas()}


def files(*, is_draft: bool = True, **tables: list[str]) -> list[TableFile]:
    """Return tables as they are read of their lines, columns that are left out being empty."""
    made = []
    for name, lines in tables.items():
        file = TableFile(SCHEMAS[name], YEAR, {"basis": "own_record"}, is_draft)
        file._read("\n".join(lines).encode())
        assert [f for f in file.findings if f.severity == "error"] == []
        made.append(file)
    return made


OFFERS = ["offer,title,theme,level,mode", "basics,Basics,All,universal,course"]
GIVEN = ["offer,first_month,last_month,attended,counted_as,in_total"]


def delivery(offer: str) -> str:
    return f"{offer},2013-M04,2013-M05,12,attendees,no"


def test_a_row_that_names_one_to_come_is_left_out_and_told_with_its_column() -> None:
    offers, given = files(
        training_offers=OFFERS[:1],
        training_deliveries=[*GIVEN, delivery("basics"), delivery("neglect")],
    )
    (found,) = leave_out_dangling([offers, given])
    assert str(found) == (
        '[L6] 2013-14/training_deliveries.csv, column "offer": rows 2 and 3: a row of '
        "2013-14/training_offers.csv is named that is still to be filled in. Add it there, or "
        "correct the code; until then it is left out."
    )
    assert (found.severity, given.rows, given.lacks_rows) == ("warning", (), True)


def test_a_row_whose_code_is_there_stays_and_beside_whole_tables_every_row_does() -> None:
    """A code that is wrong there is told as such, as in a final report."""
    lines = [*GIVEN, delivery("basics"), delivery("neglect")]
    with_gap = [*OFFERS, "neglect,,All,universal,course"]
    offers, given = files(training_offers=with_gap, training_deliveries=lines)
    assert len([*leave_out_dangling([offers, given])]) == 1
    assert [row.offer for row in given.rows] == ["basics"]
    for is_draft in (True, False):
        whole = files(is_draft=is_draft, training_offers=OFFERS, training_deliveries=lines)
        assert [*leave_out_dangling(whole)] == []
        assert [row.offer for row in whole[1].rows] == ["basics", "neglect"]


def test_a_final_report_leaves_nothing_out() -> None:
    final = files(
        is_draft=False,
        training_offers=OFFERS[:1],
        training_deliveries=[*GIVEN, delivery("basics")],
    )
    assert [*leave_out_dangling(final)] == []
    assert len(final[1].rows) == 1


def test_a_cell_that_may_be_empty_is_emptied_and_its_row_stays() -> None:
    """The table still lacks something, and no rule is to judge it."""
    reviews, asked = files(
        reviews=["review,title,stream,method"],
        recommendations=["recommendation,review,asks_for", "see,s1,See the child", "know,,Know"],
    )
    (found,) = leave_out_dangling([reviews, asked])
    assert (found.file, found.column) == ("2013-14/recommendations.csv", "review")
    assert [(row.recommendation, row.review) for row in asked.rows] == [
        ("see", None),
        ("know", None),
    ]
    assert asked.lacks_rows


def test_what_names_a_row_that_waits_waits_too() -> None:
    """However the tables are ordered; a key may not be emptied."""
    reviews, asked, status = files(
        reviews=["review,title,stream,method"],
        recommendations=["recommendation,review,asks_for", "see,s1,"],
        recommendation_status=[
            "recommendation,record,as_at,completion,reported_in",
            "see,1,2013-M10-01,complete,Board",
        ],
    )
    for order in ([reviews, asked, status], [status, asked, reviews]):
        leave_out = [f.file for f in leave_out_dangling(order)]
        assert leave_out in (["2013-14/recommendation_status.csv"], [])
    assert status.rows == ()
