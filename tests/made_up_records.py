"""Invented records, as a board keeps them behind its figures: of Smallshire's one year, and any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from hscb_report.schema import Place, Row
from hscb_report.schema.tables import PRIVATE
from tests.small_board import LAST, write_records

Cells = Mapping[str, str]


def write_table(board: Path, name: str, rows: Sequence[Cells], year: str = LAST) -> Path:
    """Write a table of records into a board's private folder; return its file."""
    file = board / PRIVATE / "records" / year / f"{name}.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    heading = list(dict.fromkeys(column for row in rows for column in row))
    write_records(file, [heading, *([row.get(c, "") for c in heading] for row in rows)])
    return file


def with_records(board: Path) -> Path:
    """Give a copy of Smallshire records that agree with every figure that it has."""
    write_table(board, "child_death_records", CHILDREN)
    write_table(board, "training_sessions", SESSIONS)
    write_table(board, "training_bookings", [*bookings()])
    return board


def _child(
    number: int, died: str, reviewed: str = "", modifiable: str = "", sex: str = "female"
) -> Cells:
    return {
        "child": f"CD-{number}",
        "died": died,
        "notified": "",
        "reviewed": reviewed,
        "sex": sex,
        "modifiable": modifiable,
    }


CHILDREN = (
    _child(1, "2015-M11-02", "2016-M06-01", "modifiable"),
    _child(2, "2016-M05-10", "2016-M12-10", "not_modifiable", "male"),
    _child(3, "2016-M08-03"),
    _child(4, "2017-M02-20", sex="male"),
)
"""Three deaths of the year, two reviews of which one found factors, two who wait at its end."""


SESSIONS = tuple(
    {
        "session": f"N-{number}",
        "offer": "neglect",
        "day": day,
        "places": "20",
        "counted_as": "attendees",
        "in_total": "unknown",
    }
    for number, day in enumerate(("2016-M05-04", "2016-M07-06", "2016-M09-07", "2016-M11-02"), 1)
)
"""Four sessions, in the months that Smallshire's deliveries are of."""


def bookings() -> Iterable[Cells]:
    """Yield the bookings of 76 people who came, and of ten who did not."""
    for number in range(1, 87):
        came = "cancelled" if number <= 6 else "no_show" if number <= 10 else "attended"
        came = "walk_in" if number > 80 else came
        yield {
            "booking": str(number),
            "session": f"N-{number % 4 + 1}",
            "came": came,
            "person": f"P{number // 2}",  # who comes to one comes to another
            "agency": ("police", "nhs", "council")[number % 3],
        }


def row_of(row: type[Row], number: int = 2, **cells: Any) -> Any:
    """Return a row of a table, with None in the place of each cell that is not given."""
    empty = dict.fromkeys(row.model_fields)
    empty.pop("place", None)
    return row.model_construct(place=Place("made_up.csv", number), **{**empty, **cells})
