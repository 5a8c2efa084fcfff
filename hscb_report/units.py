"""How a value is printed: pounds, counts, percentages and the rest, in the report's one style."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hscb_report.figures import Value

NOT_STATED = "not stated"
MINUS = "−"


@dataclass(frozen=True)
class Unit:
    """A unit: its name in the ledger, decimals shown, and what stands before and after.

    Without `decimals`, a value is shown with as many as it has.

    `factor` scales a value for showing: a share of 0.61 is shown, and told, as 61 percent.
    """

    name: str
    decimals: int | None = 0
    before: str = ""
    after: str = ""
    factor: int = 1

    def shown(self, value: Value | None) -> Value | None:
        """Return the value in this unit, unrounded."""
        return None if value is None else value * self.factor

    def text(self, value: Value | None) -> str:
        """Return the value as the report prints it; halves are rounded away from zero."""
        scaled = self.shown(value)
        if scaled is None:
            return NOT_STATED
        decimals = self.decimals
        if self is POUNDS and scaled != int(scaled):
            decimals = 2
        if decimals is None:
            decimals = max(-int(Decimal(scaled).normalize().as_tuple().exponent), 0)
        step = Decimal(1).scaleb(-decimals)
        rounded = Decimal(scaled).quantize(step, ROUND_HALF_UP)
        sign = MINUS if rounded < 0 else ""
        return f"{sign}{self.before}{abs(rounded):,}{self.after}"


POUNDS = Unit("pounds", before="£")
POUNDS_AND_PENCE = Unit("pounds", decimals=2, before="£")
PERCENT = Unit("percent", decimals=2, after="%", factor=100)
WHOLE_PERCENT = Unit("percent", after="%", factor=100)
YEARS = Unit("years", decimals=2)
MONTHS = Unit("months")
RATIO = Unit("ratio", decimals=2)


def count_of(what: str) -> Unit:
    """Return the unit of a count of something: children, reviews, practitioners."""
    return Unit(what, decimals=None)
