"""How a value is printed: pounds, counts, percentages and the rest, in the report's one style."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from hscb_report.figures import Figure, Value
from hscb_report.schema.measurements import PERCENT_NAMES, POUNDS_NAME

NOT_STATED = "not stated"
NOT_SHOWN = "not shown"
TO_COME = "to come"
NOT_KNOWN = "not known"
NO_VALUE = "no value"
LOST = "lost"
GAPS = (NOT_STATED, NOT_KNOWN, NO_VALUE, LOST)
"""What a cell begins with that tells nothing of what it was asked."""
MINUS = "−"


@dataclass(frozen=True)
class Unit:
    """A unit: its name in the ledger, decimals shown, and what stands before and after.

    Without `decimals`, a value is shown with as many as it has.

    `factor` scales a value for showing: a share of 0.61 is shown, and told, as 61 percent. One
    `with_pence` shows two decimals where a value is no whole number. A word that is `said_before`,
    such as "over", stands before the sign. One that `is_rounded` tells money and percentages as a
    reader of a sentence can use them.
    """

    name: str
    decimals: int | None = 0
    before: str = ""
    after: str = ""
    factor: int = 1
    with_pence: bool = False
    said_before: str = ""
    is_rounded: bool = False

    def shown(self, value: Value | None) -> Value | None:
        """Return the value in this unit, unrounded."""
        return None if value is None else value * self.factor

    def said(self, before: str, after: str) -> Unit:
        """Return the unit with words round each value: "over 200", "41.2 (provisional)"."""
        before, after = f"{before}{self.said_before}", f"{self.after}{after}"
        return replace(self, said_before=before, after=after)

    @property
    def in_prose(self) -> Unit:
        """The unit as sentences tell it: money to hundreds or ten thousands, whole percent.

        Money of a million and more is told in millions, to ten thousands; under £1,000 to the
        pound, under £100 as it is. More than nothing and less
        than a percent is "under 1%", the like below the whole "over 99%". Counts and rates stay
        exact, and so does what is said to be no exact value: it is rounded already.
        """
        is_rounded = (self.before or self._is_percentage) and not self.said_before
        return replace(self, is_rounded=True) if is_rounded else self

    def text(self, figure: Figure) -> str:
        """Return a figure as the report prints it; halves are rounded away from zero.

        What is missing is "not stated"; what this edition does not tell is "not shown"; what a
        draft still waits for is "to come". A share of few is told by its counts: "4 of 7".
        """
        scaled = self.shown(figure.value)
        if scaled is None:
            return NOT_SHOWN if figure.withheld else TO_COME if figure.to_come else NOT_STATED
        if figure.out_of is not None:
            part, whole = map(_plain, figure.out_of)
            return f"{self.said_before}{part} of {whole}{self.after.removeprefix('%')}"
        rounded = self.read(scaled)
        bound = self.bound(scaled)
        sign = MINUS if rounded < 0 else ""
        return (
            f"{bound}{self.said_before}{sign}{self.before}{_digits(abs(rounded), self)}{self.after}"
        )

    def read(self, scaled: Value) -> Decimal:
        """Return the number that a reader sees of a value in this unit."""
        if bound := self.bound(scaled):
            return Decimal(1 if bound == _UNDER else 99)
        step = self._step(Decimal(scaled))
        if step < 1:
            return Decimal(scaled).quantize(step, ROUND_HALF_UP)
        return (Decimal(scaled) / step).quantize(Decimal(1), ROUND_HALF_UP) * step

    @property
    def _is_percentage(self) -> bool:
        return self.name == "percent"

    def bound(self, scaled: Value) -> str:
        """Return the word before a percentage that must not read as nothing, or as all."""
        if not (self.is_rounded and self._is_percentage):
            return ""
        return _UNDER if 0 < scaled < 1 else _OVER if 99 < scaled < 100 else ""

    def rounds_alike(self, one: Value, other: Value) -> bool:
        """Whether two values, as they are held, are rounded to multiples of the same."""
        one, other = one * self.factor, other * self.factor
        return self._step(Decimal(one)) == self._step(Decimal(other))

    def _step(self, scaled: Decimal) -> Decimal:
        """Return what a value is rounded to a multiple of."""
        size, exact = abs(scaled), Decimal(1).scaleb(-self.decimals_of(scaled))
        if not self.is_rounded or (self._is_percentage and -1 < scaled < 0):
            return exact
        if self._is_percentage:
            return Decimal(1)
        steps = (steps for least, steps in _STEPS if size >= least)
        return next(steps, exact)

    def decimals_of(self, scaled: Value) -> int:
        """Return with how many decimals a value is shown, given as it is shown in this unit."""
        if self.with_pence and scaled != int(scaled):
            return 2
        if self.decimals is None:
            return max(-int(Decimal(scaled).normalize().as_tuple().exponent), 0)
        return self.decimals


_UNDER, _OVER = "under ", "over "
_MILLION = 1_000_000
_STEPS = (
    (Decimal(999_950), Decimal(10_000)),
    (Decimal(1_000), Decimal(100)),
    (Decimal(100), Decimal(1)),
)
"""From how much on money in a sentence is rounded to what."""


def _plain(number: Value) -> str:
    return f"{Decimal(number).normalize():f}"


def _digits(size: Decimal, unit: Unit) -> str:
    if unit.is_rounded and unit.before and size >= _MILLION:
        return f"{(size / _MILLION).normalize():,f} million"
    return f"{size:,f}"


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
