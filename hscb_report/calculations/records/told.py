"""What records tell besides, which no summary table has: a figure in words, with its label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hscb_report.wording import counted


@dataclass(frozen=True)
class Told:
    """A further figure: what it is, and how it is said."""

    label: str
    value: str

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"


def median(numbers: Sequence[int]) -> Decimal:
    """Return the middle one of some numbers, or half-way between the two middle ones.

    Raises ValueError where there are none.
    """
    if not numbers:
        raise ValueError("nothing has no middle")
    ordered, middle = sorted(numbers), len(numbers) // 2
    both = ordered[middle] + ordered[middle - (len(ordered) % 2 == 0)]
    return Decimal(both) / 2


def days_told(days: Sequence[int]) -> str:
    """Return the median and the longest of some times, in days."""
    middle = median(days)
    is_whole = middle == int(middle)
    told = counted(int(middle), "day") if is_whole else f"{middle} days"
    return f"median {told}, longest {counted(max(days), 'day')}"


def share_told(part: int, whole: int) -> str:
    """Return a part of a whole, "12 of 15 (80%)"; of fewer than 20 the numbers alone.

    A whole of nothing is told as such.
    """
    if not whole:
        return "none of 0"
    percent = f" ({round(Fraction(100 * part, whole))}%)" if whole >= 20 else ""
    return f"{part} of {whole}{percent}"
