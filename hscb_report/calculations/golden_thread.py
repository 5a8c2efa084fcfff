"""The golden thread: from what was found, learnt, said or promised to what answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from hscb_report.figures import Figure, count
from hscb_report.schema import Row, Tables
from hscb_report.schema.cases import CdopLesson
from hscb_report.schema.journey import Inspection, InspectionStatement
from hscb_report.schema.learning import AuditFinding
from hscb_report.schema.plan import StatedPriority, Thread

PLANNED = ("action_area", "action")
"""The targets that are part of the plan."""


@dataclass(frozen=True)
class Origin:
    """A finding, lesson, inspection statement or stated priority, and what answers it."""

    kind: str
    code: str
    title: str
    row: Row
    threads: tuple[Thread, ...]

    def reached(self, *targets: str) -> tuple[Thread, ...]:
        """Return the threads that lead to some kinds of target."""
        return tuple(thread for thread in self.threads if thread.target in targets)

    @property
    def is_orphan(self) -> bool:
        """Whether nothing answers it: no policy, no training, no action."""
        return not self.threads


def origins(tables: Tables, areas: Mapping[str, str]) -> tuple[Origin, ...]:
    """Return everything that the thread may start from, in the order of the report.

    An inspection's statement counts where something was said, or where a thread starts from it.
    `areas` are the names of the areas that inspections speak of.
    """
    threads = _threads(tables)
    return tuple(
        Origin(kind, code, title, row, threads.get((kind, code), ()))
        for kind, code, title, row in _candidates(tables, threads, areas)
    )


def origins_total(found: Iterable[Origin], kind: str | None = None) -> Figure:
    """Return the number of things that the thread may start from, of one kind or of all."""
    return _count(_of_kind(found, kind), lambda _: True)


def answered(found: Iterable[Origin], *targets: str, kind: str | None = None) -> Figure:
    """Return the number of them that something of some kinds of target answers."""
    return _count(_of_kind(found, kind), lambda start: bool(start.reached(*targets)))


def orphans(found: Iterable[Origin], kind: str | None = None) -> Figure:
    """Return the number of them that no policy, training or action answers."""
    return _count(_of_kind(found, kind), lambda start: start.is_orphan)


def priorities_without_action(
    priorities: Iterable[StatedPriority], threads: Iterable[Thread]
) -> Figure:
    """Return the number of stated priorities for which the plan has no action."""
    listed = tuple(priorities)
    without = stated_without_action(listed, threads)
    return count(listed, lambda row: row in without)


def stated_without_action(
    priorities: Iterable[StatedPriority], threads: Iterable[Thread]
) -> tuple[StatedPriority, ...]:
    """Return the stated priorities for which the plan has no action."""
    answered = {t.item for t in threads if t.origin == "priority" and t.target in PLANNED}
    return tuple(row for row in priorities if row.stated not in answered)


_Threads = dict[tuple[str, str], tuple[Thread, ...]]


def _of_kind(found: Iterable[Origin], kind: str | None) -> list[Origin]:
    return [start for start in found if kind in (None, start.kind)]


def _count(found: Iterable[Origin], where: Callable[[Origin], bool]) -> Figure:
    listed = tuple(found)
    places = {start.row.place for start in listed if where(start)}
    return count((start.row for start in listed), lambda row: row.place in places)


def _threads(tables: Tables) -> _Threads:
    found: _Threads = {}
    for thread in tables[Thread]:
        start = (thread.origin, thread.item)
        found[start] = (*found.get(start, ()), thread)
    return found


def _candidates(
    tables: Tables, threads: _Threads, areas: Mapping[str, str]
) -> Iterator[tuple[str, str, str, Row]]:
    for finding in tables[AuditFinding]:
        yield "finding", finding.finding, finding.title, finding
    for lesson in tables[CdopLesson]:
        yield "lesson", lesson.lesson, lesson.theme, lesson
    titles = {row.inspection: row.title for row in tables[Inspection]}
    for said in tables[InspectionStatement]:
        if said.said == "stated" or ("inspection", said.statement_code) in threads:
            title = f"{titles[said.inspection]}: {areas[said.area]}"
            yield "inspection", said.statement_code, title, said
    for priority in tables[StatedPriority]:
        yield "priority", priority.stated, priority.title, priority
