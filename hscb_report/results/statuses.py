"""What a table tells of where something stands: its ratings, its date, what was said of it."""

from __future__ import annotations

from collections.abc import Mapping

from hscb_report.calculations.statuses import State
from hscb_report.calculations.tracker import Standing
from hscb_report.results.exhibit import Cell, Mark
from hscb_report.schema import vocabularies as words
from hscb_report.years import day_text

# The shape before each rating's word, and its tone.
_MARKS = {
    "agreed": ("✓", "good"),
    "planned": ("▲", "watch"),
    "no_progress": ("■", "alarm"),
    "complete": ("✓", "good"),
    "on_target": ("▶", "good"),
    "at_risk": ("▲", "watch"),
    "outside_timescale": ("■", "alarm"),
    "unrated": ("–", "plain"),
    "code_unknown": ("?", "plain"),
}
_OVERDUE = Mark("Overdue", "◆", "alarm")
_PASSED = Mark("Date passed, status unknown", "?")
STANDINGS: Mapping[Standing, Mark] = {
    "complete": Mark("Complete", "✓", "good"),
    "on_target": Mark("On target", "▶", "good"),
    "at_risk": Mark("At risk", "▲", "watch"),
    "overdue": _OVERDUE,
    "passed_unknown": _PASSED,
    "not_yet_due": Mark("Not yet due", "○"),
    "no_date": Mark("No date", "–"),
}
"""How an action stands, as a word with its shape."""
_SAID = {"progress": "Progress", "further_work": "Further work", "impact": "Impact so far"}


def process_mark(code: str) -> Mark:
    """Return the rating of an action's process as a word with its shape."""
    return Mark(words.PROCESS_RAG[code], *_MARKS[code])


def completion_mark(code: str) -> Mark:
    """Return the rating of a completion to timescale as a word with its shape."""
    return Mark(words.COMPLETION_RAG[code], *_MARKS[code])


def by_its_date(state: State) -> Cell:
    """Return how something stands by the date on which it was due."""
    if state.is_complete:
        return "complete, recorded after its date" if state.is_complete_late else "complete"
    if state.due_day is None:
        return "no date"
    if state.has_passed:
        return _OVERDUE if state.is_overdue else _PASSED
    return "not yet due"


def progress_text(state: State) -> str:
    """Return what was last said of progress, further work and impact, when and where."""
    said = ((label, state.said(column)) for column, label in _SAID.items())
    told = "; ".join(f"{label}: {text}" for label, text in said if text)
    return f"{told} ({last_said(state)})" if told else "nothing recorded"


def has_progress(state: State) -> bool:
    """Whether anything was said of progress, further work or impact."""
    return any(state.said(column) for column in _SAID)


def last_said(state: State) -> str:
    """Return when something was last said, and where."""
    if not state.records:
        return "no record"
    record = state.records[-1]
    return f"{day_text(record.as_at)}, {record.reported_in}"
