"""The business plan for the next year: areas, objectives, actions, and how these came to stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from examples.invent.board import agencies_of, groups_of, has_own
from examples.invent.stock import stock
from examples.invent.world import Line, World, Year

_AREAS = {
    1: "Neglect and early help",
    2: "Harm outside the home",
    3: "The front door and child protection",
    4: "Listening, learning and leading",
}
_DAYS = ((6, 30), (10, 31), (1, 31), (3, 31))
"""Month and day of the reports on the plan in its year."""
_LAST = len(_DAYS) - 1
_HEADINGS = {
    "Lead": "actions.lead_agency and actions.lead_role",
    "What success looks like": "actions.success_measure",
    "By when": "actions.due",
    "Rating": "action_status.completion, and action_status.process for how it is to be done",
}
AS_AT = (10, 31)
"""Of the latest plan: the day at which it is looked at, in the plan's own year."""


def has_plan(world: World, year: Year) -> bool:
    """Whether a year's folder holds the plan for the next: those of the last two years do."""
    return year in world.years[-2:] and world.has("plan", 0.8)


def plan_tables(world: World, year: Year) -> dict[str, list[Line]]:
    """Return the tables of the plan that follows from a year's report."""
    areas, actions = _action_areas(world), _actions(world, year)
    return {
        "development_areas": [
            {"area": number, "title": title, "priority": number} for number, title in _AREAS.items()
        ],
        "action_areas": areas,
        "objectives": _objectives(year),
        "actions": actions,
        "action_status": _statuses(world, year, actions),
        "dropped_actions": _dropped(world, year),
        "plan_groups": _plan_groups(world),
        "plan_headings": [{"heading": k, "meaning": v} for k, v in _HEADINGS.items()],
    }


def labels() -> dict[str, str]:
    """Return the label of each action area by its tag: 3.1."""
    found: dict[str, str] = {}
    for row in stock("action_areas"):
        area = row["development_area"]
        number = sum(label.startswith(f"{area}.") for label in found.values()) + 1
        found[row["tag"]] = f"{area}.{number}"
    return found


def first_action(world: World, year: Year, tag: str) -> str | None:
    """Return the label of the first action of an area in a year's plan."""
    return next((str(a["action"]) for a in _actions(world, year) if a["tag"] == tag), None)


def _group(world: World, group: str) -> str:
    """Return a group, or the executive in the place of one that the board lacks."""
    return group if group in {row["group"] for row in groups_of(world)} else "executive"


def _action_areas(world: World) -> list[Line]:
    journey = has_own(world, "journey_area")
    own_need = has_own(world, "need")
    return [
        {
            "action_area": labels()[row["tag"]],
            "development_area": row["development_area"],
            "title": row["title"],
            "need_from": row["need_from"] if own_need else _usual_need(row["need_from"]),
            "need": row["need"],
            "monitored_by": _group(world, row["monitored_by"]),
            "expected_impact": row["expected_impact"],
            "journey_areas": row["journey_areas"] if journey else "",
        }
        for row in stock("action_areas")
    ]


def _usual_need(need: str) -> str:
    return "not_stated" if need == "children_said" else need


def _objectives(year: Year) -> list[Line]:
    """Return an objective for each action area, and one that is left for the year after."""
    following = year.after(1)
    found: list[Line] = [
        {
            "objective": row["tag"],
            "development_area": row["development_area"],
            "title": row["objective"],
            "ticked": f"{following};{following.after(1)}",
            "action_area": labels()[row["tag"]],
        }
        for row in stock("action_areas")
    ]
    later = {"objective": "families_of_prisoners", "development_area": 1}
    later["title"] = "Families of prisoners are offered help"
    return [*found, {**later, "ticked": following.after(1)}]


def _actions(world: World, year: Year) -> list[Line]:
    """Return the actions of the plan, those of the later one with what they continue."""
    here = {row["agency"] for row in agencies_of(world, year)}
    before = _labelled(world, year.after(-1)) if _follows(world, year) else ()
    return [
        {
            **_action(world, row, year, label, here),
            "continues": next((old for old, was in before if _continues(row, was)), ""),
        }
        for label, row in _labelled(world, year)
    ]


def _labelled(world: World, year: Year) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Return the rows of the earlier or the later plan, each with the label of its action."""
    plan, number = "b" if year == world.latest else "a", Counter[str]()
    found = []
    for row in stock("actions"):
        if plan in row["plans"]:
            area = labels()[row["area"]]
            found.append((f"{area}{'abcdefgh'[number[area]]}", row))
            number[area] += 1
    return tuple(found)


def _follows(world: World, year: Year) -> bool:
    """Whether the plan follows one that the root holds too."""
    return year.after(-1) in world.years and has_plan(world, year.after(-1))


def _continues(row: Mapping[str, str], before: Mapping[str, str]) -> bool:
    """Whether an action goes on with one of the plan before: the same, or the one that it names."""
    return row is before or (bool(row["continues"]) and row["continues"] == before["name"])


def _is_carried(row: Mapping[str, str]) -> bool:
    """Whether an action of the earlier plan goes on in the later one."""
    return any("b" in other["plans"] and _continues(other, row) for other in stock("actions"))


def _dropped(world: World, year: Year) -> list[Line]:
    """Return the actions of the plan before that were given up, with the reasons."""
    if not _follows(world, year):
        return []
    before = _labelled(world, year.after(-1))
    return [{"action": label, "reason": row["dropped"]} for label, row in before if row["dropped"]]


def _action(world: World, row: Mapping[str, str], year: Year, label: str, here: set[str]) -> Line:
    following, due = year.after(1), int(row["due"])
    watched = following.after(1).month(4) if due == 3 else following.month(due % 12 + 1)
    group = _group(world, row["monitored_by"])
    is_here = not row["lead_agency"] or row["lead_agency"] in here
    names = {line["group"]: line["name"] for line in groups_of(world)}
    return {
        "action": label,
        "action_area": label[:-1],
        "lead_agency": row["lead_agency"] if is_here else "council",
        "lead_role": row["lead_role"],
        "success_measure": row["success_measure"],
        "due": following.month(due),
        "monitoring": f"Report to the {names[group]} in the month after",
        "monitored": watched,
        "reports_to": group,
        "ends": "carried" if year != world.latest and _is_carried(row) else row["ends"],
        "progress": row["progress"],
        "impact": row["impact"],
        "tag": row["area"],
    }


def _statuses(world: World, year: Year, actions: Sequence[Line]) -> list[Line]:
    """Return how each action stood at the reports on the plan that there were."""
    days = _DAYS[:2] if year == world.latest else _DAYS
    found = [
        {"action": action["action"], **_rated(world, year, action, number)}
        for number in range(len(days))
        for action in actions
    ]
    return [{"record": number, **line} for number, line in enumerate(found, start=1)]


def _rated(world: World, year: Year, action: Line, number: int) -> Line:
    following = year.after(1)
    month, day = _DAYS[number]
    now = following.month(month)
    has_passed = str(action["due"]) <= now
    rating = _rating(str(action["ends"]), number, has_passed=has_passed)
    planned = world.chance("process", action["action"], year).happens(0.3)
    return {
        "as_at": following.day(month, day),
        "process": "planned" if number == 0 and planned else "agreed",
        "completion": rating,
        "progress": action["progress"] if has_passed else "",
        "impact": action["impact"] if rating == "complete" and number == _LAST else "",
        "reported_in": "Executive Group",
    }


def _rating(ends: str, number: int, *, has_passed: bool) -> str:
    """Return how an action is rated at one of the reports, by how it ends."""
    if ends in ("carried", "dropped") or (ends == "late" and number < _LAST):
        return "outside_timescale" if has_passed else "at_risk" if number > 0 else "on_target"
    if has_passed and ends in ("complete", "outside_timescale"):
        return ends
    if ends == "outside_timescale" and number > 0:
        return "at_risk"
    if ends == "at_risk" and number > 0:
        return "outside_timescale" if has_passed else "at_risk"
    return "complete" if has_passed else "on_target"


def _plan_groups(world: World) -> list[Line]:
    return [dict(_described(row)) for row in groups_of(world)]


def _described(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in ("group", "name", "kind", "accountable_to", "purpose"):
        yield name, row[name]
