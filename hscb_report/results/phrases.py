"""Parts of sentences that set a figure beside that of the year before, and read well in any case.

An author writes `{{ budget.spend.trend }}` once; what it says follows the data of each year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hscb_report.figures import MISSING, Figure, Value
from hscb_report.units import MINUS, NOT_SHOWN, NOT_STATED, TO_COME, Unit, count_of

# A percentage of a small base, or of more than a trebling, says less than the two values do.
_LEAST_BASE = 20
_LARGEST_RISE = 200
_POINTS = count_of("percentage points")
_IRREGULAR = {
    "children": "child",
    "people": "person",
    "men": "man",
    "women": "woman",
    "series": "series",
}
# The noun of a unit's name stands last, or before what tells it apart: people under 18.
_NOUN = re.compile(
    r"[^\s-]+(?=$| (?:aged|at|by|for|from|in|looked|of|on|over|placed|to|under|who|with|without) )"
)


@dataclass(frozen=True)
class Compared:
    """A figure beside that of the year before, in one unit.

    `before` is None where that year, which `year_before` names, has no such figure, or none that
    `is_comparable`. A prefix such as "over" stands before a value and says that it is not exact.
    """

    now: Figure
    before: Figure | None
    unit: Unit
    year_before: object
    prefix: str = ""
    prefix_before: str = ""
    is_comparable: bool = True


def counted(figure: Figure, unit: Unit, prefix: str = "") -> str:
    """Return a figure with what it counts: "7 findings", "1 finding", "no findings".

    Sums of money and percentages stand alone, "£212,000", as does a value whose unit names nothing;
    a rate keeps its words, "1 deaths per 10,000". A prefix comes first: "over 200 children". What
    is missing is "not stated", what is withheld "not shown", what a draft waits for "to come".
    """
    text = _told(figure, unit, prefix)
    if (
        text in (NOT_SHOWN, NOT_STATED, TO_COME)
        or unit.before
        or unit.after
        or _names_nothing(unit)
    ):
        return text
    if not is_count(unit):
        return f"{text} {unit.name}"
    if figure.value == 0 and not prefix:
        return f"no {unit.name}"
    return f"{text} {_singular(unit.name) if unit.text(figure) == '1' else unit.name}"


def previous(compared: Compared) -> str:
    """Return the value of the year before, "£212,000" or "over 200", as it was printed.

    Where there is none it is "no figure for 2012-13"; where it is withheld, "not shown".
    """
    before = compared.before or MISSING
    if before.value is None and not before.withheld:
        kind = "figure" if compared.is_comparable else "comparable figure"
        return f"no {kind} for {compared.year_before}"
    return _told(before, compared.unit, compared.prefix_before)


def change(compared: Compared) -> str:
    """Return by how much a figure differs from that of the year before.

    "£8,500 more" or "less", "4 more" or "fewer", "1.5 percentage points more"; "slightly more" when
    the difference would be rounded to nothing. Of values that are not exact only "more", "fewer" or
    "less". Values alike are "no change"; alike only as printed, "almost no change"; alike and not
    exact, "about the same".

    Without a figure of the year before it is "no figure for 2012-13 to compare with", without one
    of this year "not stated"; where either is withheld, "not shown"; where this year's is still to
    come, "to come".
    """
    if _is_withheld(compared):
        return NOT_SHOWN
    if compared.now.to_come:
        return TO_COME
    now, before = _values(compared)
    if before is None:
        return f"{previous(compared)} to compare with"
    if now is None:
        return NOT_STATED
    if _reads_alike(now, before, compared.unit):
        same = "no change" if now == before else "almost no change"
        return "about the same" if _is_inexact(compared) else same
    direction = "more" if now > before else "fewer" if is_count(compared.unit) else "less"
    size = "" if _is_inexact(compared) else _difference(now, before, compared.unit) or "slightly"
    return f"{size} {direction}".strip()


def trend(compared: Compared) -> str:
    """Return where a figure comes from, to go on with after its value and a comma.

    "up 4% from £212,000", "down 12% from £212,000", "up slightly from £212,000" for less than half
    a percent; of a percentage, "up 1.5 percentage points from 31.2%". The percentage is left out,
    "up from 7", where it would mislead: of a base under 20, nothing or below nothing; of a rise of
    more than 200%; of a fall to nothing, or to next to nothing; of values that are not exact. A
    count of nothing is "none": "up from none".

    Values alike are "unchanged at £212,000"; both counts of nothing, "as in 2012-13"; alike only as
    printed, "almost unchanged at £3"; alike and not exact, "compared with over 200 in 2012-13".

    Without a figure of the year before it is "no figure for 2012-13", without one of this year "not
    stated; £212,000 in 2012-13"; where either is withheld, "not shown"; where this year's is still
    to come, "to come".
    """
    if _is_withheld(compared):
        return NOT_SHOWN
    if compared.now.to_come:
        return TO_COME
    now, before = _values(compared)
    if before is None:
        return previous(compared)
    is_none = before == 0 and is_count(compared.unit) and not compared.prefix_before
    origin = "none" if is_none else previous(compared)
    if now is None:
        return f"{NOT_STATED}; {origin} in {compared.year_before}"
    if _reads_alike(now, before, compared.unit):
        return _unchanged(compared, origin)
    size = "" if _is_inexact(compared) else _relative(now, before, compared.unit)
    return " ".join(filter(None, ("up" if now > before else "down", size, "from", origin)))


def against(compared: Compared) -> str:
    """Return where a figure comes from, for a cell of a table beside the figure itself.

    "down 31% from £39,306", or as a difference where a percentage would mislead: "up 4 from 7".
    Values alike are "unchanged"; without a figure of the year before it is "no earlier figure", or
    "not comparable". What is withheld, missing or to come is told as in `trend`.
    """
    now, before = _values(compared)
    if before is None and not _is_withheld(compared) and not compared.now.to_come:
        return "no earlier figure" if compared.is_comparable else "not comparable"
    said = trend(compared)
    if now is None or before is None or _is_withheld(compared) or _is_inexact(compared):
        return said
    if _reads_alike(now, before, compared.unit):
        return "unchanged" if now == before else "almost unchanged"
    direction, _, rest = said.partition(" ")
    if rest.startswith("from "):
        size = _difference(now, before, compared.unit)
        return " ".join(filter(None, (direction, size, rest)))
    return said


def than(compared: Compared) -> str:
    """Return a difference in words: "£12,300 more than", "4 fewer than", "as much as".

    Without a value it is "not stated", "not shown" or "to come".
    """
    figure, unit = compared.now, compared.unit
    if figure.value is None or figure.withheld:
        return _told(figure, unit, compared.prefix)
    if not _as_read(figure.value, unit):
        return "as many as" if is_count(unit) else "as much as"
    less = "fewer" if is_count(unit) else "less"
    size = unit.text(Figure(abs(Decimal(figure.value))))
    return f"{size} {'more' if figure.value > 0 else less} than"


# What an author may add to the name of a fact: `{{ budget.spend.trend }}`.
PHRASES: Mapping[str, Callable[[Compared], str]] = {
    "previous": previous,
    "change": change,
    "trend": trend,
    "than": than,
    "counted": lambda compared: counted(compared.now, compared.unit, compared.prefix),
}


def _values(compared: Compared) -> tuple[Value | None, Value | None]:
    return compared.now.value, (compared.before or MISSING).value


def _is_withheld(compared: Compared) -> bool:
    return compared.now.withheld or (compared.before or MISSING).withheld


def _is_inexact(compared: Compared) -> bool:
    return bool(compared.prefix or compared.prefix_before)


def _told(figure: Figure, unit: Unit, prefix: str) -> str:
    if figure.withheld:
        return NOT_SHOWN
    text = unit.text(figure)
    return text if figure.value is None else f"{prefix} {text}".strip()


def _unchanged(compared: Compared, origin: str) -> str:
    if _is_inexact(compared):
        return f"compared with {origin} in {compared.year_before}"
    if origin == "none":
        return f"as in {compared.year_before}"
    now, before = _values(compared)
    return f"{'' if now == before else 'almost '}unchanged at {origin}"


def _difference(now: Value, before: Value, unit: Unit) -> str:
    """Return how far apart two values are, nothing when that would be rounded to 0."""
    apart = abs(Decimal(now) - Decimal(before))
    rounded = _as_read(apart, unit)
    if not rounded:
        return ""
    if _is_percentage(unit):
        return counted(Figure(rounded), _POINTS)
    return unit.text(Figure(apart))


def _relative(now: Value, before: Value, unit: Unit) -> str:
    """Return a difference in percent, or in points; "slightly"; nothing where it would mislead."""
    if _is_percentage(unit):
        return _difference(now, before, unit) or "slightly"
    if before * unit.factor < _LEAST_BASE:
        return ""
    percent = abs(Decimal(now) - Decimal(before)) * 100 / Decimal(before)
    if percent > _LARGEST_RISE:
        return ""
    rounded = percent.quantize(Decimal(1), ROUND_HALF_UP)
    if now < before and rounded >= 100:
        return ""
    return f"{rounded}%" if rounded else "slightly"


def _as_read(value: Value, unit: Unit) -> Decimal:
    """Return the number that a reader sees of a value."""
    text = unit.text(Figure(value)).removesuffix(unit.after).replace(unit.before, "")
    return Decimal(text.replace(MINUS, "-").replace(",", ""))


def _reads_alike(now: Value, before: Value, unit: Unit) -> bool:
    return _as_read(now, unit) == _as_read(before, unit)


def _is_percentage(unit: Unit) -> bool:
    return unit.name == "percent"


def _names_nothing(unit: Unit) -> bool:
    return unit.name.startswith("as the ")  # measure, or headline, says


def is_count(unit: Unit) -> bool:
    """Whether a unit counts things one by one, and is no money, percentage or rate."""
    is_other = unit.before or unit.after or _is_percentage(unit) or _names_nothing(unit)
    return not is_other and " per " not in unit.name


def _singular(name: str) -> str:
    return _NOUN.sub(lambda noun: _singular_noun(noun[0]), name, count=1)


def _singular_noun(noun: str) -> str:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies"):
        return noun.removesuffix("ies") + "y"
    if noun.endswith(("sses", "shes", "ches", "xes")):
        return noun.removesuffix("es")
    return noun if noun.endswith("ss") else noun.removesuffix("s")
