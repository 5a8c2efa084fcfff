"""Parts of sentences that say a figure, and read well in any case.

They count, agree with a number, and set a figure beside its whole or that of the year before. An
author writes `{{ budget.spend.trend }}` once; what it says follows the data of each year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from hscb_report.figures import MISSING, Figure, Value
from hscb_report.units import NOT_SHOWN, NOT_STATED, TO_COME, Unit, count_of
from hscb_report.wording import first_upper, number_word

# A percentage of a small base, or of more than a trebling, says less than the two values do.
_LEAST_BASE = 20
_LARGEST_RISE = 200
_POINTS = count_of("percentage points")
_OF_CHILDREN = {"children", "deaths", "boys", "girls"}
"""What is counted in words within a sentence: each of it is a child."""
_IN_WORDS = 9
"""Up to this a count is a word within a sentence."""
_WORDS_AT_A_START = 20
"""Up to this a count is a word where a sentence begins."""
NO_EARLIER = "no earlier figure"
"""What a cell says where the year before has no such figure."""
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
    `whole` is what the figure counts a part of, as far as that is known.
    """

    now: Figure
    before: Figure | None
    unit: Unit
    year_before: object
    prefix: str = ""
    prefix_before: str = ""
    is_comparable: bool = True
    whole: Figure | None = None


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
    return f"{text} {_named(unit, figure)}"


def counted_in_prose(figure: Figure, unit: Unit, prefix: str = "") -> str:
    """Return a figure with what it counts, within a sentence: children in words up to nine.

    "five children", "one child", "11 children", "7 findings"; else as `counted` says it.
    """
    if figure.value and is_count(unit) and not prefix and _noun(unit) in _OF_CHILDREN:
        return f"{_in_words(figure, unit.text(figure), _IN_WORDS)} {_named(unit, figure)}"
    return counted(figure, unit, prefix)


def counted_first(figure: Figure, unit: Unit, prefix: str = "") -> str:
    """Return a figure with what it counts, to begin a sentence: "Eleven children", "No findings".

    Up to twenty in words, except of what is not exact; then in digits, "49 actions".
    """
    told = counted(figure, unit, prefix)
    if figure.value and is_count(unit) and not prefix:
        number = _in_words(figure, unit.text(figure), _WORDS_AT_A_START)
        told = f"{number} {_named(unit, figure)}"
    return first_upper(told)


def of_all(compared: Compared) -> str:
    """Return a count beside its whole: "4 of 7 findings", "none of the 7 findings".

    Of all it is "all 10 findings", up to nine in a word, "all four findings"; of two "both
    findings", of one "the one finding". Nothing of one, and of nothing, is "no findings". Without a
    whole that is known, and of a whole that the part does not fit, it is what `counted` says.
    """
    part, whole, unit = compared.now, compared.whole, compared.unit
    told = counted_in_prose(part, unit, compared.prefix)
    if part.withheld or (whole and whole.withheld):
        return NOT_SHOWN
    if part.value is None or whole is None or not is_count(unit) or compared.prefix:
        return told
    if whole.value is None:
        return TO_COME if whole.to_come else told
    if part.value > whole.value or (not part.value and whole.value <= 1):
        return told
    if part.value == whole.value:
        return _all(whole, unit)
    none = "neither of the" if whole.value == 2 else "none of the"
    number = f"{unit.text(part)} of" if part.value else none
    return f"{number} {unit.text(whole)} {unit.name}"


def _all(whole: Figure, unit: Unit) -> str:
    """Return the whole of a count, which is not nothing, in words."""
    if whole.value == 1:
        return f"the one {_singular(unit.name)}"
    if whole.value == 2:
        return f"both {unit.name}"
    return f"all {_in_words(whole, unit.text(whole), _IN_WORDS)} {unit.name}"


def more_or_less(compared: Compared) -> str:
    """Return a difference in words, to go on with "than": "£12,300 more", "£500 less", "2 fewer".

    Of nothing, or what reads as nothing, it is "neither more nor less".
    """
    figure, unit = compared.now, compared.unit
    if figure.value is None:
        return _told(figure, unit, "")
    size = Figure(-figure.value if figure.value < 0 else figure.value)
    if not _read(size.value or 0, unit):
        return "neither more nor less"
    less = "fewer" if is_count(unit) else "less"
    return f"{unit.text(size)} {'more' if figure.value > 0 else less}"


def of_every_pound(compared: Compared) -> str:
    """Return a share of a sum of money in pence: "97p of every £1"; "under 1p" of next to nothing.

    What is no percentage is told as it is.
    """
    figure, unit = compared.now, replace(compared.unit, is_rounded=True)
    if figure.value is None or not _is_percentage(unit) or compared.prefix:
        return _told(figure, compared.unit, compared.prefix)
    told = unit.text(replace(figure, out_of=None)).removesuffix(unit.after)
    return f"{told}p of every £1"


def in_words(compared: Compared) -> str:
    """Return a count without its noun, in words up to nine: "five", "one", "none", "11".

    What is not exact, and what is no count, is told as it is.
    """
    figure, unit = compared.now, compared.unit
    text = _told(figure, unit, compared.prefix)
    if figure.value is None or not is_count(unit) or compared.prefix:
        return text
    return "none" if figure.value == 0 else _in_words(figure, text, _IN_WORDS)


def agreeing(one: str, many: str) -> Callable[[Compared], str]:
    """Return the phrase of a verb that agrees with a count: "was" of 1, "were" of all others."""

    def verb(compared: Compared) -> str:
        return one if compared.now.value == 1 and not compared.prefix else many

    return verb


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

    "£8,500 more" or "less", "4 more" or "fewer", "1.5 percentage points more": the difference of
    what a reader sees; "slightly more" when that is nothing. Of values that are not exact, and of
    shares of few, only "more", "fewer" or "less". Values alike are "no change"; alike only as
    printed, "almost no change"; alike and not exact, "about the same".

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
    if _reads_alike(compared):
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
    more than 200%; of a fall to nothing, or to next to nothing; of values that are not exact; of
    shares of few. A count of nothing is "none": "up from none".

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
    if _reads_alike(compared):
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
        return NO_EARLIER if compared.is_comparable else "not comparable"
    said = trend(compared)
    if now is None or before is None or _is_withheld(compared) or _is_inexact(compared):
        return said
    if _reads_alike(compared):
        return "unchanged" if now == before else "almost unchanged"
    direction, _, rest = said.partition(" ")
    if rest.startswith("from "):
        size = _difference(now, before, compared.unit)
        return " ".join(filter(None, (direction, size, rest)))
    return said


VERBS: Mapping[str, Callable[[Compared], str]] = {
    "were": agreeing("was", "were"),
    "are": agreeing("is", "are"),
    "have": agreeing("has", "have"),
}
"""The phrases that say no number."""
# What an author may add to the name of a fact: `{{ budget.spend.trend }}`. A capital letter begins
# a sentence.
PHRASES: Mapping[str, Callable[[Compared], str]] = {
    "previous": previous,
    "change": change,
    "trend": trend,
    "counted": lambda compared: counted_in_prose(compared.now, compared.unit, compared.prefix),
    "Counted": lambda compared: counted_first(compared.now, compared.unit, compared.prefix),
    "of_all": of_all,
    "Of_all": lambda compared: first_upper(of_all(compared)),
    "words": in_words,
    "more_or_less": more_or_less,
    "of_every_pound": of_every_pound,
    **VERBS,
}


def _values(compared: Compared) -> tuple[Value | None, Value | None]:
    return compared.now.value, (compared.before or MISSING).value


def _is_withheld(compared: Compared) -> bool:
    return compared.now.withheld or (compared.before or MISSING).withheld


def _is_inexact(compared: Compared) -> bool:
    now, before = compared.now, compared.before or MISSING
    is_of_few = now.out_of is not None or before.out_of is not None
    return bool(compared.prefix or compared.prefix_before) or is_of_few


def _told(figure: Figure, unit: Unit, prefix: str) -> str:
    if figure.withheld:
        return NOT_SHOWN
    text = unit.text(figure)
    return text if figure.value is None else f"{prefix} {text}".strip()


def _unchanged(compared: Compared, origin: str) -> str:
    now, before = _values(compared)
    if now == before and _is_told_alike(compared):
        return f"unchanged at {origin}"
    if _is_inexact(compared):
        return f"compared with {origin} in {compared.year_before}"
    if origin == "none":
        return f"as in {compared.year_before}"
    return f"{'' if now == before else 'almost '}unchanged at {origin}"


def _is_told_alike(compared: Compared) -> bool:
    """Whether two shares of few are the same counts."""
    before = compared.before or MISSING
    is_plain = not (compared.prefix or compared.prefix_before)
    return is_plain and compared.now.out_of is not None and compared.now.out_of == before.out_of


def _difference(now: Value, before: Value, unit: Unit) -> str:
    """Return how far apart two values are, nothing when that would be rounded to 0.

    Where sentences round both values alike, it is the difference of what a reader sees of them.
    """
    apart = Decimal(unit.shown(abs(Decimal(now) - Decimal(before))) or 0)
    if unit.is_rounded and (_bound(now, unit) or _bound(before, unit)):
        apart = apart.quantize(Decimal(1), ROUND_HALF_UP)
    elif unit.is_rounded and unit.rounds_alike(now, before):
        apart = abs(_read(now, unit) - _read(before, unit))
    rounded = apart if unit.is_rounded else unit.read(apart)
    if not rounded:
        return ""
    if _is_percentage(unit):
        return counted(Figure(rounded), _POINTS)
    return replace(unit, factor=1).text(Figure(apart))


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


def _read(value: Value, unit: Unit) -> Decimal:
    """Return the number that a reader sees of a value."""
    return unit.read(unit.shown(value) or 0)


def _bound(value: Value, unit: Unit) -> str:
    """Return the word that a reader sees before a value that is a bound, "under 1%"."""
    return unit.bound(unit.shown(value) or 0)


def _reads_alike(compared: Compared) -> bool:
    """Whether a reader sees the same value twice; of shares of few, whether they are the same."""
    now, before = _values(compared)
    if now is None or before is None:
        return False
    if compared.now.out_of is not None or (compared.before or MISSING).out_of is not None:
        return now == before
    unit = compared.unit
    return _read(now, unit) == _read(before, unit) and _bound(now, unit) == _bound(before, unit)


def _is_percentage(unit: Unit) -> bool:
    return unit.name == "percent"


def _names_nothing(unit: Unit) -> bool:
    return unit.name.startswith("as the ")  # measure, or headline, says


def is_count(unit: Unit) -> bool:
    """Whether a unit counts things one by one, and is no money, percentage or rate."""
    is_other = unit.before or unit.after or _is_percentage(unit) or _names_nothing(unit)
    return not is_other and " per " not in unit.name


def _in_words(figure: Figure, text: str, most: int) -> str:
    """Return a whole number in words, up to `most`; else as it is printed."""
    value = figure.value
    return number_word(int(value or 0)) if value in range(1, most + 1) else text


def _named(unit: Unit, figure: Figure) -> str:
    return _singular(unit.name) if unit.text(figure) == "1" else unit.name


def _noun(unit: Unit) -> str:
    found = _NOUN.search(unit.name)
    return found[0] if found else ""


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
