"""The outturn's rules: each action of the plan before is told of, in one way, by its label."""

from __future__ import annotations

from hscb_report.calculations.outturn import Outturn
from hscb_report.chapters.outturn.before import as_at, labels, plan_outturn
from hscb_report.checks.rule import Breach, Breaches, NothingToCheck, Rule
from hscb_report.findings import Severity
from hscb_report.schema import Row, YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.plan import DroppedAction, PlannedAction
from hscb_report.wording import first_lower, suggestion
from hscb_report.years import day_text

READS: tuple[type[Row], ...] = (PlannedAction, DroppedAction)


def _known_labels(data: YearData) -> Breaches:
    """Hold what is continued and dropped to the labels of the plan before, as far as it is held."""
    rows: list[tuple[PlannedAction | DroppedAction, str, str]] = [
        (row, "continues", label)
        for row in data.tables[PlannedAction]
        for label in row.continues or ()
    ]
    dropped = data.tables[DroppedAction]
    rows += ((row, "action", row.action) for row in dropped)
    if not rows:
        raise NothingToCheck
    found = plan_outturn(data)
    if found is None:
        yield from _no_plan_before(data)
        return
    known = [each.action.action for each in found.actions]
    for row, column, label in rows:
        if label not in known:
            what = f"the plan for {data.year} has no action {label}."
            yield Breach(what, suggestion(label, known), row.place, column, label)


def _no_plan_before(data: YearData) -> Breaches:
    for row in data.tables[DroppedAction][:1]:
        before = data.year.previous
        yield Breach(
            f"the data holds no plan for {data.year}, so what was dropped of it is not shown.",
            f"Add the plan to the folder {before}, or remove the table.",
            row.place,
            "action",
            row.action,
            "warning",
        )


def _one_outcome(data: YearData) -> Breaches:
    """Hold each action to one outcome: what is dropped is neither complete nor carried on."""
    found = plan_outturn(data)
    if found is None:
        raise NothingToCheck
    for each in found.actions:
        label, goes_on = each.action.action, each.continued_by
        is_complete, day = each.state.is_complete, day_text(as_at(data))
        if each.dropped and is_complete:
            yield Breach(
                f"{label} of the plan for {data.year} is rated complete as at {day}, and dropped.",
                "Remove the row, or record another rating for the day.",
                *(each.dropped.place, "action", label),
            )
        if each.dropped and goes_on:
            yield Breach(
                f"{label} of the plan for {data.year} is dropped, and {labels(goes_on)} continues it.",
                "Remove the row, or take the label out of the column continues.",
                *(each.dropped.place, "action", label),
            )
        if goes_on and is_complete and not each.dropped:
            yield Breach(
                f"{label} of the plan for {data.year} is rated complete as at {day}, and "
                f"{labels(goes_on)} continues it. It counts as done.",
                "Correct one of the two, or accept it with a reason.",
                *(goes_on[0].place, "continues", label, "warning"),
            )


def _each_decided(data: YearData) -> Breaches:
    """Ask for a word on each action that is left open; nothing else asks for it a year later."""
    found = plan_outturn(data)
    if found is None:
        raise NothingToCheck
    says_more = any(data.tables[row] for row in READS)
    severity: Severity = "error" if data.is_final and says_more else "warning"
    for each in found.actions:
        label = each.action.action
        if each.outcome == "undecided":
            rating = first_lower(words.COMPLETION_RAG[each.state.completion])
            yield Breach(
                f"{label} of the plan for {data.year} is neither complete (it was last rated {rating}), "
                "carried on nor dropped.",
                _how_to_say(data, label),
                *(each.action.place, "action", label, severity),
            )
    yield from _not_known(data, found)


def _how_to_say(data: YearData, label: str) -> str:
    return (
        f"Name {label} in the column continues of {data.year}/actions.csv, say in "
        f"{data.year}/dropped_actions.csv why it was dropped, or record that it is complete."
    )


def _not_known(data: YearData, found: Outturn) -> Breaches:
    """Yield a warning for each action of which nothing is known; one for a plan of no ratings."""
    unknown = [each for each in found.actions if each.outcome == "not_known"]
    if unknown and all(each.state.is_unknown for each in found.actions):
        yield Breach(
            f"no rating says what came of any action of the plan for {data.year}.",
            "Record how its actions stood when the year ended, or accept it with a reason.",
            file=unknown[0].action.place.file,
        )
        return
    for each in unknown:
        label = each.action.action
        yield Breach(
            f"no rating says what came of {label} of the plan for {data.year}.",
            _how_to_say(data, label),
            *(each.action.place, "action", label, "warning"),
        )


RULES = (
    Rule(
        "R71",
        "What is continued or dropped is an action of the plan before",
        "error",
        check=_known_labels,
        may_be_empty=READS,
        over_years=True,
    ),
    Rule(
        "R72",
        "An action of the plan before is not dropped and complete or carried on as well",
        "error",
        check=_one_outcome,
        may_be_empty=READS,
        over_years=True,
    ),
    Rule(
        "R73",
        "Every action of the plan before is complete, carried on or dropped",
        "warning",
        check=_each_decided,
        may_be_empty=READS,
        over_years=True,
    ),
)
