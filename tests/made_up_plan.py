"""Made-up actions and statuses of a plan for 2014-15, and ways to draw them."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import Month
from hscb_report.schema.plan import ActionStatus, PlannedAction
from hscb_report.years import ReportingYear
from tests.strategies import only_own, placed

PLAN_YEAR = ReportingYear(2014)
LABELS = ("1.1a", "1.1b", "2.1a", "3.2c")
# Days at, just before and just after the ends of months, so that records meet boundaries.
DAYS = tuple(
    date(*day)
    for day in ((2014, 6, 30), (2014, 7, 1), (2014, 10, 1), (2014, 10, 31), (2014, 11, 1))
)


def actions(*rows: dict[str, object]) -> tuple[PlannedAction, ...]:
    """Return actions, each given by its label and the cells that matter."""
    filled = [
        {
            "action_area": str(row["action"])[:-1],
            "lead_agency": "hscb",
            "lead_role": "Business Manager",
            "success_measure": f"What shows that {row['action']} is done",
            **row,
        }
        for row in rows
    ]
    return placed("2013-14/actions.csv", filled, PlannedAction)


def action(**cells: object) -> PlannedAction:
    """Return one action, 1.1a unless another label is given."""
    return actions({"action": "1.1a", **cells})[0]


def statuses(*rows: dict[str, object]) -> tuple[ActionStatus, ...]:
    """Return records, numbered in their order unless they have numbers of their own."""
    filled = [
        {"record": number, "action": "1.1a", "reported_in": "A meeting", **row}
        for number, row in enumerate(rows, 1)
    ]
    return only_own("2013-14/action_status.csv", filled, ActionStatus)


_months = st.sampled_from([Month(2014, n) for n in range(5, 13)] + [Month(2015, 4)])
_timescales = st.none() | st.lists(_months, min_size=1, max_size=2).map(tuple)
_printed = st.sampled_from((None, "TBC", "1", "Oct 14"))


@st.composite
def drawn_actions(draw: st.DrawFn) -> tuple[PlannedAction, ...]:
    """Draw actions with no date, one or two, and with a correction or none."""
    return actions(
        *(
            {
                "action": label,
                "due": draw(_timescales),
                "due_corrected": draw(_timescales),
                "due_printed": draw(_printed),
                "lead_role": draw(st.sampled_from((None, "Chair", "Business Manager"))),
            }
            for label in draw(st.lists(st.sampled_from(LABELS), unique=True, min_size=1))
        )
    )


@st.composite
def drawn_statuses(draw: st.DrawFn) -> tuple[ActionStatus, ...]:
    """Draw records whose numbers follow neither their days nor their rows."""
    said = st.fixed_dictionaries(
        {
            "action": st.sampled_from(LABELS),
            "as_at": st.sampled_from(DAYS),
            "process": st.none() | st.sampled_from(tuple(words.PROCESS_RAG)),
            "completion": st.none() | st.sampled_from(tuple(words.COMPLETION_RAG)),
        }
    )
    rows = draw(st.lists(said, max_size=10))
    numbers = draw(st.permutations(range(1, len(rows) + 1)))
    return statuses(*({**row, "record": n} for row, n in zip(rows, numbers, strict=True)))


drawn_days = st.sampled_from((*DAYS, date(2014, 5, 31), date(2015, 4, 1), date(2015, 5, 1)))
