"""How a value is printed: pounds, counts, percentages and the rest, in the report's one style."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from hscb_report.figures import Figure, Value
from hscb_report.schema.measurements import PERCENT_NAMES, POUNDS_NAME

NOT_STATED = "not stated"
NOT_SHOWN = "not shown"
TO_COME = "to come"
MINUS = "−"


@dataclass(frozen=True)
class Unit:
    """A unit: its name in the ledger, decimals shown, and what stands before and after.

    Without `decimals`, a value is shown with as many as it has.

    `factor` scales a value for showing: a share of 0.61 is shown, and told, as 61 percent. One
    `with_pence` shows two decimals where a value is no whole number. A word that is `said_before`,
    such as "over", stands before the sign.
    """

    name: str
    decimals: int | None = 0
    before: str = ""
    after: str = ""
    factor: int = 1
    with_pence: bool = False
    said_before: str = ""

    def shown(self, value: Value | None) -> Value | None:
        """Return the value in this unit, unrounded."""
        return None if value is None else value * self.factor

    def said(self, before: str, after: str) -> Unit:
        """Return the unit with words round each value: "over 200", "41.2 (provisional)"."""
        before, after = f"{before}{self.said_before}", f"{self.after}{after}"
        return replace(self, said_before=before, after=after)

    def text(self, figure: Figure) -> str:
        """Return a figure as the report prints it; halves are rounded away from zero.

        What is missing is "not stated"; what this edition does not tell is "not shown"; what a
        draft still waits for is "to come".
        """
        scaled = self.shown(figure.value)
        if scaled is None:
            return NOT_SHOWN if figure.withheld else TO_COME if figure.to_come else NOT_STATED
        step = Decimal(1).scaleb(-self.decimals_of(scaled))
        rounded = Decimal(scaled).quantize(step, ROUND_HALF_UP)
        sign = MINUS if rounded < 0 else ""
        return f"{self.said_before}{sign}{self.before}{abs(rounded):,}{self.after}"

    def decimals_of(self, scaled: Value) -> int:
        """Return with how many decimals a value is shown, given as it is shown in this unit."""
        if self.with_pence and scaled != int(scaled):
            return 2
        if self.decimals is None:
            return max(-int(Decimal(scaled).normalize().as_tuple().exponent), 0)
        return self.decimals


POUNDS = Unit("pounds", before="£", with_pence=True)
WHOLE_POUNDS = Unit("pounds", before="£")
PERCENT = Unit("percent", decimals=1, after="%", factor=100)
WHOLE_PERCENT = Unit("percent", after="%", factor=100)
MONTHS = Unit("months")


def measured_in(unit: str, per: int | None) -> Unit:
    """Return the unit of a measure's values: percent, pounds, or what is counted and per how many.

    They are shown with as many decimals as they have.
    """
    if unit.lower() in PERCENT_NAMES:
        return Unit("percent", None, after="%")
    if unit.lower() == POUNDS_NAME:
        return POUNDS
    return count_of(unit if per is None else f"{unit} per {per:,}")


def count_of(what: str) -> Unit:
    """Return the unit of a count of something: children, reviews, practitioners."""
    return Unit(what, decimals=None)


def count_out_of(what: str, whole: Figure) -> Unit:
    """Return the unit of a count that is told beside its whole: "8 of 10"."""
    return Unit(what, decimals=None, after=f" of {count_of(what).text(whole)}")
