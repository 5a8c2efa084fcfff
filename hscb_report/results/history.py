"""The history of a number: what it was in earlier periods, by whom told, and whether they agree.

A number's history is what its own function gives over the earlier years that the data root holds,
and what later tables state of earlier years. Where both have one and they differ, the later table
must say that the figure was revised.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hscb_report.checks.rule import Rule
from hscb_report.figures import Figure
from hscb_report.findings import Finding
from hscb_report.results.fact import Earlier, Fact, Ledger
from hscb_report.results.phrases import PHRASES, Compared
from hscb_report.schema.own import EarlierFigure
from hscb_report.wording import counted, suggestion
from hscb_report.years import Period, ReportingYear

REVISED = Rule("H1", "A figure of an earlier year is that year's own, or its revision is noted")
SOUND = Rule("H2", "Every earlier year is sound, so that histories have it", "warning")
KNOWN = Rule("H3", "Figures of earlier years are of numbers and periods that there are")
RULES = (REVISED, SOUND, KNOWN)
PERIOD = "period"
"""What may stand behind a fact's name for the time that it is of: `context.population.period`."""
BEHIND_A_FACT = (*PHRASES, PERIOD)
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
    told. What is of no earlier period than the fact itself is left out.
    """
    years = tuple(past)
    return Ledger(tuple(replace(fact, earlier=_earlier(fact, years)) for fact in facts))


def disagreements(facts: Iterable[Fact], past: Iterable[PastYear]) -> Iterator[Finding]:
    """Yield a finding for each stated figure that an earlier year has otherwise, unrevised.

    Also for one of the same period that an earlier report had otherwise.
    """
    years = tuple(past)
    for fact in facts:
        own = Earlier(fact.own_period, fact.figure, fact.prefix, fact.revision)
        for stated in (*fact.stated, own):
            for year in years:
                then = year.facts.get(fact.id)
                if then and _differ(fact, stated, then):
                    yield _disagreement(fact, stated, then, year.year)
                    break


def phrase_names(facts: Iterable[Fact]) -> dict[str, str]:
    """Return what stands for each name of a phrase in prose: `budget.spend.trend` and the like."""
    listed = tuple(facts)
    told = {
        f"{fact.id}.{name}": phrase(_compared(fact))
        for fact in listed
        for name, phrase in PHRASES.items()
    }
    return told | {f"{fact.id}.{PERIOD}": str(fact.own_period) for fact in listed}


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


def unknown_figures(facts: Ledger, rows: Iterable[EarlierFigure]) -> Iterator[Finding]:
    """Yield a finding for each row of the earlier figures that names no number of the report.

    Also for one that is of no earlier period than the number itself.
    """
    for row in rows:
        fact, place = facts.get(row.fact), row.place
        if fact is None:
            what, hint = "there is no such fact.", suggestion(row.fact, (f.id for f in facts))
            yield Finding(KNOWN.code, "error", place.file, what, hint, place.row, "fact", row.fact)
        elif not (row.period.is_dated and row.period < fact.own_period):
            what = f"no time before {fact.own_period}, which the number itself is of."
            hint, found = "Correct the period, or remove the row.", str(row.period)
            yield Finding(KNOWN.code, "error", place.file, what, hint, place.row, "period", found)


def unsound(year: ReportingYear, errors: Sequence[Finding]) -> Finding:
    """Return the finding that an earlier year is left out of the histories, and why."""
    first = f" The first: {errors[0].file}: {errors[0].message}" if errors else ""
    what = f"{year} has {counted(len(errors), 'error')} and is left out of every history.{first}"
    return Finding(SOUND.code, SOUND.severity, str(year), what, f"See `hscb-report check {year}`.")


def _earlier(fact: Fact, past: tuple[PastYear, ...]) -> tuple[Earlier, ...]:
    found: dict[Period, Earlier] = {}
    for year in past:
        then = year.facts.get(fact.id)
        found |= {stated.period: stated for stated in (then.stated if then else ())}
        if then and then.figure.value is not None:
            found[then.own_period] = Earlier(then.own_period, then.figure, then.prefix)
    for stated in fact.stated:
        found[stated.period] = stated
    before = (e for e in found.values() if e.period.is_dated and e.period < fact.own_period)
    return tuple(sorted(before, key=lambda earlier: earlier.period))


def _differ(fact: Fact, stated: Earlier, then: Fact) -> bool:
    """Whether a stated value reads otherwise than an earlier year has it; what is rounded may."""
    if stated.period != then.own_period or not stated.period.is_dated or stated.revision:
        return False
    is_known = None not in (stated.figure.value, then.figure.value)
    return is_known and fact.unit.text(stated.figure) != then.unit.text(then.figure)


def _disagreement(fact: Fact, stated: Earlier, then: Fact, year: ReportingYear) -> Finding:
    place = stated.figure.rows[0] if stated.figure.rows else None
    told = (
        ""
        if fact.is_protected or then.is_protected
        else f" ({fact.unit.text(stated.figure)} and {then.text})"
    )
    what = f"{fact.id} for {stated.period} is not what the report for {year} has{told}."
    return Finding(
        REVISED.code,
        REVISED.severity,
        place.file if place else next(iter(stated.figure.files), ""),
        what,
        _HINT,
        place.row if place else None,
    )


def _compared(fact: Fact) -> Compared:
    before = fact.before
    return Compared(
        fact.figure,
        before.figure if before else None,
        fact.unit,
        fact.own_period.before if fact.own_period.is_dated else "an earlier date",
        fact.prefix,
        before.prefix if before else "",
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
