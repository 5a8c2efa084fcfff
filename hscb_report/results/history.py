"""The history of a number: what it was in earlier periods, by whom told, and whether they agree.

A number's history is what its own function gives over the earlier years that the data root holds,
and what later tables state of earlier years. Where both have one and they differ, the later table
must say that the figure was revised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from hscb_report.checks.rule import Rule
from hscb_report.figures import Figure
from hscb_report.findings import Finding
from hscb_report.results.fact import Earlier, Fact, Ledger
from hscb_report.results.phrases import PHRASES, Compared
from hscb_report.schema.measurements import Measure
from hscb_report.schema.own import EarlierFigure
from hscb_report.wording import counted, suggestion
from hscb_report.years import Period, ReportingYear

REVISED = Rule("H1", "A figure of an earlier year is that year's own, or its revision is noted")
SOUND = Rule("H2", "Every earlier year is sound, so that histories have it", "warning")
KNOWN = Rule("H3", "Figures of earlier years are of numbers and periods that there are")
REPEATED = Rule("H4", "A measure that repeats a number of another table agrees with it")
RULES = (REVISED, SOUND, KNOWN, REPEATED)
PERIOD = "period"
"""What may stand behind a fact's name for the time that it is of: `context.population.period`."""
EXACT = "exact"
"""What may stand there for the number as tables print it: `budget.spend.exact`."""
BEHIND_A_FACT = (*PHRASES, PERIOD, EXACT)
"""Everything that may stand behind the name of a fact."""
_HINT = "Correct it, or say in the column revision why it differs."


@dataclass(frozen=True)
class PastYear:
    """The numbers of an earlier year, as its own data has them."""

    year: ReportingYear
    facts: Ledger


def with_histories(facts: Ledger, past: Iterable[PastYear]) -> Ledger:
    """Return the facts, each with its earlier values, the oldest first; `past` is so too.

    Of a period that several tell, what this year's tables state holds, then what the latest year
    told. What is not of the same time of an earlier year is left out: a quarter of it, say.
    """
    years = tuple(past)
    return Ledger(tuple(replace(fact, earlier=_earlier(fact, years)) for fact in facts))


def disagreements(facts: Iterable[Fact], past: Iterable[PastYear]) -> Iterator[Finding]:
    """Yield a finding for each stated figure that is told otherwise elsewhere, and not as revised.

    Elsewhere is another row of this year, an earlier year's own data, or what an earlier year's
    tables state. A figure of this year's own counts too where an earlier report has that period.
    """
    years = tuple(past)
    for fact in facts:
        own = _Told(Earlier(fact.own_period, fact.figure, fact.prefix, fact.revision), "", False)
        stated = [_Told(earlier, "another row", fact.is_protected) for earlier in fact.stated]
        known = _told_by(fact.id, years)
        for number, told in enumerate((*stated, own)):
            others = stated[:number] if told is not own else []
            if told.earlier.period in known:
                others = [*others, known[told.earlier.period]]
            other = next((o for o in others if _differ(fact, told.earlier, o.earlier)), None)
            if other:
                yield _disagreement(fact, told.earlier, other)


def phrase_names(facts: Ledger) -> dict[str, str]:
    """Return what stands for each name of a phrase in prose: `budget.spend.trend` and the like.

    They tell numbers rounded, as sentences do; `budget.spend.exact` alone tells them as tables do.
    """
    told = {
        f"{fact.id}.{name}": phrase(found)
        for fact in facts
        for found in (compared(fact, facts.get(fact.whole)),)
        for name, phrase in PHRASES.items()
    }
    periods = {f"{fact.id}.{PERIOD}": str(fact.own_period) for fact in facts}
    return told | periods | {f"{fact.id}.{EXACT}": fact.text for fact in facts}


def told_in_prose(facts: Ledger, names: Mapping[str, str]) -> dict[str, str]:
    """Return what stands for every name in prose: the facts, and the other `names` there are."""
    return {fact.id: fact.in_prose for fact in facts} | dict(names)


def of_another_time(facts: Iterable[Fact], year: Period) -> dict[str, Period]:
    """Return the period of each number that is of a time of its own, and not the report's year."""
    return {
        fact.id: fact.own_period
        for fact in facts
        if fact.has_own_period and fact.own_period.is_dated and fact.own_period != year
    }


def periods_of(facts: Iterable[Fact]) -> dict[str, Period]:
    """Return the period that each number is of, and each phrase that tells another one's alone."""
    listed = [fact for fact in facts if fact.own_period.is_dated]
    now = {fact.id: fact.own_period for fact in listed}
    now |= {f"{id_}.{name}": when for id_, when in now.items() for name in BEHIND_A_FACT}
    return now | {f"{fact.id}.previous": fact.own_period.before for fact in listed}


def unknown_figures(
    facts: Ledger, rows: Iterable[EarlierFigure], absent: Callable[[str], bool] = lambda _: False
) -> Iterator[Finding]:
    """Yield a finding for each row of the earlier figures that names no number of the report.

    Also for one that is of no earlier period than the number itself. A number is `absent` where the
    year has no table of it; then its earlier figure is not shown, which is a warning.
    """
    for row in rows:
        fact, place = facts.get(row.fact), row.place
        if fact is None and absent(row.fact):
            what, hint = "this year has no data for it: not shown.", "Add it, or remove the row."
            code = KNOWN.code
            yield Finding(code, "warning", place.file, what, hint, place.row, "fact", row.fact)
        elif fact is None:
            what, hint = "there is no such fact.", suggestion(row.fact, (f.id for f in facts))
            yield Finding(KNOWN.code, "error", place.file, what, hint, place.row, "fact", row.fact)
        elif not (row.period.is_dated and fact.own_period.is_later_by_years(row.period)):
            what = f"not the time of an earlier year, as {fact.own_period} is the number's own."
            hint, found = (
                f"Write it as {fact.own_period.before}, or remove the row.",
                str(row.period),
            )
            yield Finding(KNOWN.code, "error", place.file, what, hint, place.row, "period", found)


def unlike_repeated(
    facts: Ledger, measures: Iterable[Measure], absent: Callable[[str], bool] = lambda _: False
) -> Iterator[Finding]:
    """Yield a finding for each measure that is said to repeat a number, and has another value.

    Where both are of one time. Also for one that names no number; `absent` are those that the year
    has no table of.
    """
    for row in (row for row in measures if row.same_as):
        own, other = facts.get(f"{row.chapter}.{row.measure}"), facts.get(row.same_as or "")
        if other is None and not absent(row.same_as or ""):
            place, hint = row.place, suggestion(row.same_as or "", (f.id for f in facts))
            what = "there is no such fact."
            yield Finding(
                *(REPEATED.code, "error", place.file, what, hint),
                *(place.row, "same_as", row.same_as),
            )
        if own and other and _is_unlike(own, other):
            at = own.figure.rows[0]
            told = f" ({own.text} and {other.text})"
            secret = own.is_protected or other.is_protected
            what = f"{own.id} is to be the same as {other.id}{'' if secret else told}."
            hint = f"Correct one of the two; {row.measure} says same_as in {row.place.file}."
            yield Finding(REPEATED.code, "error", at.file, what, hint, at.row, "value")


def _is_unlike(own: Fact, other: Fact) -> bool:
    is_one_time = own.own_period == other.own_period and own.own_period.is_dated
    known = None not in (own.figure.value, other.figure.value)
    return is_one_time and known and own.figure.value != other.figure.value


def unsound(year: ReportingYear, errors: Sequence[Finding]) -> Finding:
    """Return the finding that an earlier year is left out of the histories, and why."""
    first = f" The first: {errors[0]}" if errors else ""
    what = f"{year} has {counted(len(errors), 'error')} and is left out of every history.{first}"
    return Finding(SOUND.code, SOUND.severity, str(year), what, f"Check {year} and mend it.")


def _earlier(fact: Fact, past: tuple[PastYear, ...]) -> tuple[Earlier, ...]:
    found = {period: told.earlier for period, told in _told_by(fact.id, past).items()}
    found |= {stated.period: stated for stated in fact.stated}
    before = (e for e in found.values() if fact.own_period.is_later_by_years(e.period))
    return tuple(sorted(before, key=lambda earlier: earlier.period))


class _Told(NamedTuple):
    """A figure of an earlier period, who tells it, and whether it counts what is protected."""

    earlier: Earlier
    by: str
    is_protected: bool


def _told_by(fact: str, past: tuple[PastYear, ...]) -> dict[Period, _Told]:
    """Return what the latest of the earlier years that tells of a period tells of it."""
    found: dict[Period, _Told] = {}
    for year in past:
        then, report = year.facts.get(fact), f"the report for {year.year}"
        if then is None:
            continue
        for stated in then.stated:
            found[stated.period] = _Told(stated, report, then.is_protected)
        if then.figure.value is not None:
            own = Earlier(then.own_period, then.figure, then.prefix)
            found[then.own_period] = _Told(own, report, then.is_protected)
    return found


def _differ(fact: Fact, stated: Earlier, other: Earlier) -> bool:
    """Whether two figures of one dated period are printed otherwise, and no revision is noted."""
    is_one_time = stated.period == other.period and stated.period.is_dated
    has_both = stated.figure.value is not None and other.figure.value is not None
    if not (is_one_time and has_both) or stated.revision:
        return False
    return fact.unit.text(stated.figure) != fact.unit.text(other.figure)


def _disagreement(fact: Fact, stated: Earlier, other: _Told) -> Finding:
    place = stated.figure.rows[0] if stated.figure.rows else None
    file = place.file if place else next(iter(stated.figure.files), "")
    here, there = (fact.unit.text(told.figure) for told in (stated, other.earlier))
    what = f"{fact.id} for {stated.period} is {here} here, and {there} in {other.by}."
    if fact.is_protected or other.is_protected:
        what = f"{fact.id} for {stated.period} is not what {other.by} has."
    row = place.row if place else None
    return Finding(REVISED.code, REVISED.severity, file, what, _HINT, row)


def compared(fact: Fact, whole: Fact | None = None) -> Compared:
    """Return a fact beside what it was a year earlier, and the `whole` that it is a part of."""
    before = None if fact.counted_anew else fact.before
    prefixes = fact.prefix, before.prefix if before else ""
    return Compared(
        fact.figure,
        before.figure if before else None,
        fact.unit if any(prefixes) else fact.unit.in_prose,
        fact.own_period.before if fact.own_period.is_dated else "an earlier date",
        *prefixes,
        is_comparable=not fact.counted_anew,
        whole=whole.figure if whole else None,
    )


def stated_figures(facts: Ledger, stated: Mapping[str, tuple[Earlier, ...]]) -> Ledger:
    """Return the facts with what this year's table of earlier figures states of them."""
    return Ledger(
        tuple(
            replace(
                fact,
                stated=(
                    *fact.stated,
                    *(replace(e, figure=_in_unit(fact, e.figure)) for e in stated.get(fact.id, ())),
                ),
            )
            for fact in facts
        )
    )


def _in_unit(fact: Fact, figure: Figure) -> Figure:
    """Return a figure that was told in the unit of a fact, as the fact holds it."""
    if figure.value is None or fact.unit.factor == 1:
        return figure
    return replace(figure, value=Decimal(figure.value) / fact.unit.factor)
