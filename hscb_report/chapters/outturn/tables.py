"""The outturn's tables: what came of the plan in numbers, action by action, and what it led to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hscb_report.calculations import outturn, plan
from hscb_report.calculations.outturn import ActionOutturn, Outturn
from hscb_report.chapters.outturn.before import OUTCOMES, as_at, labels, plan_outturn
from hscb_report.results.exhibit import Cell, Column, Exhibit, Mark, exhibit
from hscb_report.results.statuses import completion_mark
from hscb_report.results.titles import part
from hscb_report.schema import YearData
from hscb_report.schema.journey import StrategicPriority
from hscb_report.schema.plan import ActionArea, DevelopmentArea, Objective
from hscb_report.units import count_of
from hscb_report.years import day_text

ACTIONS = count_of("actions")
_MEANS = (
    "Done: last rated complete. Carried on: an action of the next plan continues it. Undecided: rated "
    "as not complete, and neither carried on nor dropped. Not known: no rating can be read."
)


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield what came of the plan: in numbers, action by action, and where its areas led to."""
    found, before = plan_outturn(data), data.year_before
    if found and before:
        yield _by_area(data, before, found)
        yield _each(data, found)
        yield _led_to(data, before, found)


def _counts(found: Outturn) -> Iterator[Cell]:
    yield outturn.planned(found)
    yield from (outturn.came_to(found, outcome) for outcome in OUTCOMES)


def _by_area(data: YearData, before: YearData, found: Outturn) -> Exhibit:
    """Return what came of the actions of each development area, and the priority that it serves."""
    titles = {row.priority: row.title for row in before.tables[StrategicPriority]}
    areas = before.tables[DevelopmentArea]
    serve = any(area.priority for area in areas)
    rows: list[tuple[Cell, ...]] = []
    for area in areas:
        own = found.only(lambda action: action.action.startswith(f"{area.area}."))  # noqa: B023
        served = titles[area.priority] if area.priority else "none named"
        if own.actions:
            rows.append((f"{area.area}. {area.title}", *([served] * serve), *_counts(own)))
    if len(rows) > 1:
        rows.append(("All areas", *(["all"] * serve), *_counts(found)))
    return exhibit(
        "outturn-by-area",
        f"Actions of the plan for {data.year} by what came of them, number, as at {day_text(as_at(data))}",
        (
            Column("Development area"),
            *([Column("Strategic priority")] * serve),
            Column("Planned", ACTIONS),
            *(Column(mark.word, ACTIONS) for mark in OUTCOMES.values()),
        ),
        rows,
        _MEANS,
        group="outturn-by-area",
        title=_done(found),
    )


def _done(found: Outturn) -> str:
    return part(outturn.came_to(found, "done"), outturn.planned(found), "actions", "were done")


def _each(data: YearData, found: Outturn) -> Exhibit:
    return exhibit(
        "outturn-actions",
        f"Each action of the plan for {data.year}, and what came of it by {day_text(as_at(data))}",
        (
            Column("Action"),
            Column("How it was to be known to be achieved"),
            Column("What came of it"),
            Column("Last rating"),
            Column("Where it led to"),
        ),
        [
            (
                each.action.action,
                each.action.success_measure,
                _told(each),
                completion_mark(each.state.completion),
                ". ".join(said.rstrip(".") for said in _led(each)) or "nothing recorded",
            )
            for each in sorted(found.actions, key=_by_label)
        ],
        *_goes_on(data, found),
        group="outturn-actions",
        title=part(
            outturn.came_to(found, "carried"),
            outturn.planned(found),
            "actions",
            "were carried on in the next plan",
        ),
    )


def _by_label(each: ActionOutturn) -> tuple[list[int], str]:
    """Return what puts labels in their order: 3.2b before 3.10a."""
    return [int(part) for part in each.action.action_area.split(".")], each.action.action


def _told(each: ActionOutturn) -> Mark:
    """Return what came of an action: where it goes on, or why it was dropped."""
    mark, goes_on = OUTCOMES[each.outcome], labels(each.continued_by)
    if each.dropped:
        return replace(mark, word=f"{mark.word}: {each.dropped.reason}")
    if each.outcome == "carried":
        return replace(mark, word=f"{mark.word} as {goes_on}")
    return replace(mark, word=f"{mark.word}; continued by {goes_on}") if goes_on else mark


def _led(each: ActionOutturn) -> Iterator[str]:
    """Yield what was last said of an action's impact and progress, and what is planned next."""
    for column, label in (("impact", "Impact"), ("progress", "Progress")):
        if said := each.state.said(column):
            yield f"{label}: {said}"
    for action in each.continued_by:
        due = plan.last_month(action)
        when = f", due {due.text}" if due else ""
        is_same = action.success_measure == each.action.success_measure
        yield f"{action.action}{when}: {'the same' if is_same else action.success_measure}"


def _goes_on(data: YearData, found: Outturn) -> Iterator[str]:
    if any(each.continued_by for each in found.actions):
        yield f"What an action is carried on as is its label in the plan for {data.plan_year}."


def _led_to(data: YearData, before: YearData, found: Outturn) -> Exhibit:
    """Return, for each action area, how many actions were done, and what their impact is said to be."""
    objectives = before.tables[Objective]
    rows: list[tuple[Cell, ...]] = []
    for area in before.tables[ActionArea]:
        own = found.only(lambda action: action.action_area == area.action_area)  # noqa: B023
        aims = [row.title for row in objectives if row.action_area == area.action_area]
        if own.actions:
            rows.append(
                (
                    f"{area.action_area} {area.title}",
                    "; ".join(aims) or "none named",
                    area.expected_impact or "not stated",
                    outturn.planned(own),
                    outturn.came_to(own, "done"),
                    "; ".join(_impacts(own)) or "nothing recorded",
                )
            )
    return exhibit(
        "outturn-impact",
        f"Where the plan for {data.year} led to: its objectives and their impact",
        (
            Column("Action area"),
            Column("Objective"),
            Column("Impact that was expected"),
            Column("Planned", ACTIONS),
            Column("Done", ACTIONS),
            Column("Impact as last recorded"),
        ),
        rows,
        *(
            f"No action took up an objective of the year: {row.title}."
            for row in objectives
            if row.action_area is None and plan.is_ticked(row, data.year)
        ),
        group="outturn-impact",
    )


def _impacts(found: Outturn) -> Iterator[str]:
    for each in found.actions:
        if said := each.state.said("impact"):
            yield f"{each.action.action}: {said}"
