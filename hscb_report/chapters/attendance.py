"""Attendance at the Board and its groups: as rated, or by the records or counts of meetings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from hscb_report.calculations import attendance
from hscb_report.calculations.attendance import (
    LEAST_ATTENDED,
    LEAST_OF_A_BAND,
    Attendance,
    all_attendance,
    attendance_counted,
    attendance_of,
    attendance_rating,
)
from hscb_report.checks.rule import COMPARE, Breach, Breaches, NothingToCheck, Rule, rows_named
from hscb_report.figures import Figure
from hscb_report.results.chapter import APPENDICES, Chapter, Page
from hscb_report.results.exhibit import Cell, Column, Exhibit, Mark, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.results.titles import part
from hscb_report.schema import YearData
from hscb_report.schema.board import (
    AttendanceAgency,
    AttendanceCount,
    AttendanceRating,
    AttendanceRecord,
    Group,
)
from hscb_report.units import LOST, NOT_KNOWN, TO_COME, WHOLE_PERCENT, count_of, count_out_of

_MOST, _SOME = (WHOLE_PERCENT.text(Figure(least)) for least in (LEAST_ATTENDED, LEAST_OF_A_BAND))
"""Of how many meetings a key speaks, as it is printed."""
_KEY = (
    f"A rating that is worked out from meetings is decided in this order: attended more than {_MOST};"
    f" else neither the agency nor a deputy came to {_SOME} or more; else a deputy came to {_SOME} or"
    " more; else not assessable."
)
_MARKS = {
    "attended": Mark(f"over {_MOST}", "✓", "good"),
    "deputy": Mark("deputy sent", "▲", "watch"),
    "not_attended": Mark(f"under {_SOME}", "■", "alarm"),
    "not_assessable": Mark("not assessable", "?"),
    "not_a_member": Mark("not a member", "–"),
}
"""How a rating looks: where meetings were counted, they stand in the place of its word."""
_SHAPES = (
    f"✓ attended more than {_MOST} of meetings; ▲ sent a deputy to {_SOME} or more; ■ came to less, "
    f"and sent nobody to {_SOME} or more; ? not assessable; – not a member of the group."
)
_MEETINGS, _TIMES = count_of("meetings"), count_of("attendances")
_OF = "Share is the part of the meetings at which the agency was expected that it came to itself."

Held = dict[tuple[str, str], Attendance]
"""The attendance of each agency in each group of which records or counts are held."""


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter: over all, by agency over all groups, and by group."""
    held = _held(data)
    every = tuple(held.values())
    yield fact("attendance.meetings", "Attendances expected at meetings", _TIMES, attendance.meetings, every)
    yield fact("attendance.attended", "Attendances of agencies themselves", _TIMES, attendance.attended, every, whole="meetings")
    yield fact("attendance.deputies", "Deputies sent to meetings", count_of("deputies"), attendance.deputies, every)
    yield fact("attendance.share", "Share of expected attendances", WHOLE_PERCENT, attendance.share_attended, every)
    for row in data.tables[AttendanceAgency]:
        if own := _of_agency(held, row.agency):
            yield fact(f"attendance.meetings_{row.agency}", f"Meetings expected at: {row.organisation}", _MEETINGS, attendance.meetings, own)
            yield fact(f"attendance.attended_{row.agency}", f"Meetings attended: {row.organisation}", _MEETINGS, attendance.attended, own, whole=f"meetings_{row.agency}")
            yield fact(f"attendance.deputies_{row.agency}", f"Meetings attended by a deputy: {row.organisation}", _MEETINGS, attendance.deputies, own)
            yield fact(f"attendance.share_{row.agency}", f"Share of meetings attended: {row.organisation}", WHOLE_PERCENT, attendance.share_attended, own)
    for group in data.tables[Group]:
        if own := _of_group(held, group.group):
            yield fact(f"attendance.group_meetings_{group.group}", f"Attendances expected: {group.name}", _TIMES, attendance.meetings, own)
            yield fact(f"attendance.group_attended_{group.group}", f"Attendances of agencies themselves: {group.name}", _TIMES, attendance.attended, own, whole=f"group_meetings_{group.group}")
            yield fact(f"attendance.group_share_{group.group}", f"Share of expected attendances: {group.name}", WHOLE_PERCENT, attendance.share_attended, own)
# fmt: on


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield how each agency attended each group: as rated, and as counted."""
    held, agencies = _held(data), data.tables[AttendanceAgency]
    yield _ratings_exhibit(data, held)
    yield exhibit(
        "attendance-by-agency",
        f"Meetings attended by agency, all groups together, number and share, {data.year}",
        (Column("Agency"), *_COUNTED),
        [
            (row.organisation, *_cells(all_attendance(own)))
            for row in agencies
            if (own := _of_agency(held, row.agency))
        ],
        _OF,
        title=_often([own for a in agencies if (own := _of_agency(held, a.agency))], "agencies"),
    )
    yield exhibit(
        "attendance-by-group",
        f"Meetings attended by group, all agencies together, number and share, {data.year}",
        (Column("Group"), *_COUNTED),
        [
            (group.name, *_cells(all_attendance(own)))
            for group in data.tables[Group]
            if (own := _of_group(held, group.group))
        ],
        "A meeting counts once for each agency that was expected at it.",
    )
    yield exhibit(
        "attendance-shares",
        f"Meetings attended by agency and group, number and share, {data.year}",
        (Column("Agency"), Column("Group"), *_COUNTED),
        [
            (row.organisation, group.name, *_cells(held[row.agency, group.group]))
            for row in data.tables[AttendanceAgency]
            for group in data.tables[Group]
            if (row.agency, group.group) in held
        ],
        _OF,
        row_headers=2,
        to_look_up=True,
    )


def _often(every: Sequence[tuple[Attendance, ...]], of: str) -> str:
    """Return how many of those expected at meetings attended, as attendance is rated."""
    found = [all_attendance(own) for own in every]
    if any(held.share.value is None for held in found):
        return ""
    attended = [held for held in found if attendance_rating(held) == "attended"]
    said = f"came to more than {_MOST} of their meetings"
    return part(Figure(len(attended)), Figure(len(found)), of, said)


_COUNTED = (
    *(Column("Meetings", _MEETINGS), Column("Attended", _MEETINGS)),
    *(Column("Share", WHOLE_PERCENT), Column("Deputy sent", _MEETINGS)),
)


def _cells(held: Attendance) -> tuple[Cell, ...]:
    return held.meetings, held.attended, held.share, held.deputy


def _ratings_exhibit(data: YearData, held: Held) -> Exhibit:
    """Return the ratings: as given, else worked out from what is held of meetings."""
    given = {(row.agency, row.group): row.rating for row in data.tables[AttendanceRating]}
    ratings = {key: attendance_rating(attendance) for key, attendance in held.items()} | given
    labels: dict[tuple[str, str], Cell] = {
        key: _mark(rating, held.get(key)) for key, rating in ratings.items()
    }
    labels |= {k: TO_COME for k, found in held.items() if found.is_to_come and k not in given}
    agencies, groups = data.tables[AttendanceAgency], data.tables[Group]
    listed = {(row.agency, group.group) for row in agencies for group in groups}
    is_worked_out = not (held.keys() & listed) <= given.keys()
    is_whole = listed <= labels.keys() and TO_COME not in labels.values()
    unknown = LOST if data.is_reconstruction and not ratings else NOT_KNOWN
    return exhibit(
        "attendance",
        f"Attendance of agencies at the Board and its groups, {data.year}",
        (Column("Agency"), *(Column(group.name) for group in groups)),
        [
            (
                row.organisation,
                *(labels.get((row.agency, group.group), unknown) for group in groups),
            )
            for row in agencies
        ],
        *([_SHAPES] if any(isinstance(label, Mark) for label in labels.values()) else []),
        *([_KEY] * is_worked_out),
        *([f'"{LOST}": not recoverable from the published text.'] * (unknown == LOST)),
        wide=True,
        instead=_unrated(len(agencies) * len(groups), len(labels), unknown),
        title=_filled(ratings[key] for key in listed) if is_whole else "",
    )


def _unrated(cells: int, known: int, unknown: str) -> str:
    """Return what stands in the place of the ratings where few of them are known."""
    if unknown == LOST:
        return f"The colours of all {cells} cells of the attendance table are lost."
    verb = "are" if known > 1 else "is"
    return f"{known or 'None'} of the {cells} ratings of attendance {verb} known."


def _filled(ratings: Iterable[str]) -> str:
    """Return how many of the seats that agencies have on groups they filled most of the time."""
    seats = Counter(rating for rating in ratings if rating != "not_a_member")
    attended, every = Figure(seats["attended"]), Figure(seats.total())
    return part(attended, every, "seats", f"were filled at more than {_MOST} of meetings")


def _mark(rating: str, held: Attendance | None) -> Mark:
    """Return a rating with its shape and, where meetings were counted, "5 of 6" as its words."""
    mark = _MARKS[rating]
    if held is None or held.attended.value is None or not held.meetings.value:
        return mark
    told = count_out_of("meetings", held.meetings).text(held.attended)
    return replace(mark, word=told)


def _held(data: YearData) -> Held:
    """Return what is held of meetings: records and, where there are none, counts."""
    counts = {
        (row.agency, row.group): attendance_counted(row) for row in data.tables[AttendanceCount]
    }
    return counts | _recorded(data)


def _recorded(data: YearData) -> Held:
    found: dict[tuple[str, str], list[AttendanceRecord]] = {}
    for record in data.tables[AttendanceRecord]:
        found.setdefault((record.agency, record.group), []).append(record)
    return {key: attendance_of(records) for key, records in found.items()}


def _of_agency(held: Held, agency: str) -> tuple[Attendance, ...]:
    return tuple(attendance for (name, _), attendance in held.items() if name == agency)


def _of_group(held: Held, group: str) -> tuple[Attendance, ...]:
    return tuple(attendance for (_, name), attendance in held.items() if name == group)


def _ratings_recompute(data: YearData) -> Breaches:
    held, recorded = _held(data), _recorded(data)
    if not held:
        raise NothingToCheck
    for row in data.tables[AttendanceRating]:
        key = row.agency, row.group
        expected = attendance_rating(held[key]) if key in held else "not_a_member"
        told_by = "counts" if key in held and key not in recorded else "records"
        if row.rating != expected:
            yield Breach(
                f"the meeting {told_by} give {expected}.",
                f"Correct the rating or the {told_by}; who is not a member has none.",
                row.place,
                "rating",
                row.rating,
            )


def _counts_hold(data: YearData) -> Breaches:
    recorded = _recorded(data)
    for row in data.tables[AttendanceCount]:
        if row.attended + row.deputy > row.meetings:
            yield Breach(
                f"{row.attended} attended and {row.deputy} with a deputy are more than the "
                f"{row.meetings} meetings.",
                "A meeting counts once: as attended, or as one with a deputy.",
                row.place,
                "attended",
                str(row.attended),
            )
        if (row.agency, row.group) in recorded:
            yield from _disagreements(row, recorded[row.agency, row.group])


def _disagreements(row: AttendanceCount, recorded: Attendance) -> Breaches:
    """Yield a breach for each count of a row that is not that of the records."""
    for column in ("meetings", "attended", "deputy"):
        counted, found = getattr(row, column), getattr(recorded, column)
        if counted != found.value:
            where = f" ({rows_named(found.rows)})" if found.rows else ""
            what = f"the records of meetings give {found.value}{where}."
            yield Breach(what, COMPARE, row.place, column, str(counted))


CHAPTER = Chapter(
    name="attendance",
    title="Structure and attendance",
    pages=(Page("pages/appendix-attendance", APPENDICES),),
    about=(AttendanceAgency,),
    reads=(Group, AttendanceRating, AttendanceRecord, AttendanceCount),
    facts=facts,
    exhibits=exhibits,
    rules=(
        Rule(
            "R24",
            "Attendance ratings recompute from the records or counts of meetings",
            "error",
            (AttendanceRating,),
            _ratings_recompute,
            may_be_empty=(AttendanceRecord, AttendanceCount),
        ),
        Rule(
            "R43",
            "Counts of attendance add up, and agree with the records of meetings",
            "error",
            (AttendanceCount,),
            _counts_hold,
            may_be_empty=(AttendanceRecord,),
        ),
    ),
)
