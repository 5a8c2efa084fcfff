"""Titles that tell one figure, or set it beside another: what `titles` has for parts of a whole.

As there, a title is "" where a figure has no value: it is missing, withheld or to come.
"""

from __future__ import annotations

from hscb_report.figures import Figure
from hscb_report.results.phrases import Compared, counted, trend
from hscb_report.results.titles import part
from hscb_report.units import MONTHS, Unit
from hscb_report.wording import first_upper


def told(figure: Figure, unit: Unit, said: str) -> str:
    """Return a count with what is said of it: "11 referrals were received".

    Of one it "was received", if `said` begins with "were"; of none, "No referrals were received".
    """
    if figure.value is None:
        return ""
    is_one = unit.text(figure) == "1" and said.startswith("were ")
    verb = f"was{said.removeprefix('were')}" if is_one else said
    return f"{first_upper(counted(figure, unit))} {verb}"


def lacking(lack: Figure, whole: Figure, of: str, said: str, otherwise: str) -> str:
    """Return of how many something is lacking: "6 of 21 objectives had no action area".

    Where it is of none, what all of them had `otherwise`: "All 21 objectives had an action area".
    """
    if lack.value == 0:
        return part(whole, whole, of, otherwise)
    return part(lack, whole, of, said)


def told_beside(figure: Figure, before: Figure, unit: Unit, said: str, year_before: object) -> str:
    """Return a count beside that of the year before: "11 referrals were received, up from 7".

    The count stands alone where the year before has none.
    """
    title = told(figure, unit, said)
    if not title or before.value is None:
        return title
    if unit.text(figure) == unit.text(before):
        return f"{title}, as{' many as' if figure.value else ''} in {year_before}"
    return f"{title}, {trend(Compared(figure, before, unit, year_before))}"


def moved(what: str, before: Figure, now: Figure, unit: Unit) -> str:
    """Return how something moved: "The balance fell from £39,306 to £26,979"."""
    if before.value is None or now.value is None:
        return ""
    if unit.text(before) == unit.text(now):
        return f"{what} stayed at {unit.text(now)}"
    verb = "rose" if now.value > before.value else "fell"
    return f"{what} {verb} from {unit.text(before)} to {unit.text(now)}"


def against(what: str, actual: Figure, agreed: Figure, unit: Unit) -> str:
    """Return how a sum stands to what was agreed: "Spend was £4,200 below the budget"."""
    if actual.value is None or agreed.value is None:
        return ""
    if unit.text(actual) == unit.text(agreed):
        return f"{what} was as budgeted"
    is_above = actual.value > agreed.value
    apart = actual - agreed if is_above else agreed - actual
    return f"{what} was {unit.text(apart)} {'above' if is_above else 'below'} the budget"


def months_between(fewest: Figure, most: Figure, said: str) -> str:
    """Return the months from one thing to another: "5 to 7 months lay between audit and review"."""
    if fewest.value is None or most.value is None:
        return ""
    if fewest.value == most.value:
        return told(most, MONTHS, said)
    return f"{MONTHS.text(fewest)} to {MONTHS.text(most)} months {said}"
