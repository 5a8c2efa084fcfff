"""Child deaths: deaths of the year, reviews completed in it, and what was learnt from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from hscb_report.calculations import audits, child_deaths
from hscb_report.checks.rule import (
    COMPARE,
    Breach,
    Breaches,
    NothingToCheck,
    Rule,
    addends,
    compared,
    rows_named,
)
from hscb_report.figures import Figure, cell
from hscb_report.results.chapter import THE_DATA, Chapter, notebook_page
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.results.told import told
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.cases import CdopLesson, ChildDeath
from hscb_report.schema.learning import AuditActivity
from hscb_report.schema.vocabularies import Vocabulary
from hscb_report.units import count_of
from hscb_report.wording import address, first_lower, first_upper, listed, slug
from hscb_report.years import Period, ReportingYear

_FEW_ROWS = 8
"""As many counts are read at a glance; of more, each dimension has a table of its own."""
_EARLIER_YEARS = 4
"""How many earlier years may be told together with the reporting year."""
_POOLED: Mapping[str, str] = {"deaths": "Deaths", "reviews": "Reviews"}
"""What is told of several years together; of those waiting, each year's end has its own."""


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    rows, children = data.tables[ChildDeath], count_of("children")
    categories = data.vocabulary(words.DEATH_CATEGORY)
    whole = categories.meaning("whole")
    yield fact("child_deaths.deaths", "Deaths of children in the year", children, child_deaths.deaths, rows, whole)
    yield fact("child_deaths.reviews", "Reviews completed in the year", count_of("reviews"), child_deaths.reviews, rows, whole)
    if any(row.counted == "waiting" for row in rows):
        yield fact("child_deaths.waiting", "Deaths waiting for a review at the year's end", children, child_deaths.waiting, rows, whole)
    for row in rows:
        if row.category not in whole:
            label = _label(data, row)
            yield fact(f"child_deaths.{row.counted}_{slug(row.category)}", label, children, child_deaths.counted_by, rows, row.counted, row.category, whole=row.counted)
    yield fact("child_deaths.lessons", "Lessons learnt", count_of("lessons"), child_deaths.lessons, data.tables[CdopLesson])
    yield from _pooled_facts(data)
# fmt: on


def _pooled_facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of several years together, where no year between them is missing."""
    categories = data.vocabulary(words.DEATH_CATEGORY)
    whole, modifiable = _whole(data), categories.meaning("modifiable")
    told = [(counted, code, "") for counted in _POOLED for code in whole]
    told += [("reviews", code, f"{slug(code)}_") for code in modifiable]
    for counted, code, name in told:
        dimension = categories.of[code]
        pool = _Pool.of(data, counted, dimension)
        if pool.is_several and not pool.gaps:
            of = f": {first_lower(categories[code])}" if name else ""
            yield fact(
                f"child_deaths.{counted}_{name}pooled",
                f"{_POOLED[counted]}{of}, several years together",
                count_of("reviews" if counted == "reviews" else "children"),
                child_deaths.pooled,
                pool.rows,
                counted,
                dimension,
                code,
                whole,
                period=pool.period,
            )


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the tables of the child death chapter."""
    rows, whole = data.tables[ChildDeath], _whole(data)
    has_few = len(rows) <= _FEW_ROWS
    yield exhibit(
        "child-deaths-and-reviews",
        f"Deaths of children and reviews of deaths, number of children, {data.year}",
        (Column("What is counted"), Column("Children", count_of("children"))),
        [
            (_label(data, row), cell(row, "children"))
            for row in rows
            if has_few or row.category in whole
        ],
        "A review completed in the year may concern a death of an earlier year. The two counts "
        "are kept apart and are not subtracted from each other.",
        title=_died(child_deaths.deaths(rows, whole), child_deaths.reviews(rows, whole)),
    )
    if not has_few:
        yield from _by_dimension(data)
    yield from _pooled(data)
    yield exhibit(
        "child-death-lessons",
        f"Lessons of child death reviews, and what was done, {data.year}",
        (
            Column("Lesson about"),
            Column("Lesson Learnt"),
            Column(f"Action Taken by {data.sound_settings.board.short_name}", usual="Action Taken"),
        ),
        [(row.theme, row.learnt, row.action) for row in data.tables[CdopLesson]],
        *data.of_source("Lessons and actions are given in summary."),
        title=told(
            child_deaths.lessons(data.tables[CdopLesson]), count_of("lessons"), "were drawn"
        ),
    )


def _died(deaths: Figure, reviews: Figure) -> str:
    """Return how many children died and how many reviews were completed: two counts, kept apart."""
    both = (
        told(deaths, count_of("children"), "died"),
        told(reviews, count_of("reviews"), "were completed"),
    )
    return first_upper("; ".join(map(first_lower, both))) if all(both) else ""


def _words(data: YearData) -> tuple[Vocabulary, Vocabulary]:
    """Return the words for what deaths are broken down by, and for the categories of each."""
    return data.vocabulary(words.DEATH_DIMENSION), data.vocabulary(words.DEATH_CATEGORY)


def _by_dimension(data: YearData) -> Iterator[Exhibit]:
    """Yield a table for each dimension: of each category the deaths, reviews and those waiting.

    What is also told of several years together stands there alone, beside the count of the year.
    """
    dimensions, categories = _words(data)
    rows, whole, unit = data.tables[ChildDeath], _whole(data), count_of("children")
    for dimension, label in dimensions.items():
        counted = [
            c
            for c in words.COUNTED
            if child_deaths.is_broken_down(rows, c, dimension) and c not in _pools(data, dimension)
        ]
        if not counted or dimension in dimensions.meaning("whole"):
            continue
        yield exhibit(
            f"child-deaths-by-{address(dimension)}",
            f"Deaths of children and reviews of them, {data.year}: {first_lower(label)}",
            (Column(label), *(Column(words.COUNTED[c].capitalize(), unit) for c in counted)),
            [
                (
                    categories[code],
                    *(child_deaths.in_category(rows, c, dimension, code, whole) for c in counted),
                )
                for code in _told(data, dimension, [rows])
            ],
            group="child-deaths-by",
        )


@dataclass(frozen=True)
class _Pool:
    """The years of which a count by a dimension is told together, the oldest first."""

    years: tuple[YearData, ...]

    @classmethod
    def of(cls, data: YearData, counted: str, dimension: str) -> _Pool:
        """Return the year and those of the four before that have the count; none without itself."""
        first = ReportingYear(data.year.first - _EARLIER_YEARS)
        near = (*(year for year in data.earlier if year.year >= first), data)
        has = [
            year
            for year in near
            if child_deaths.is_broken_down(year.tables[ChildDeath], counted, dimension)
        ]
        return cls(tuple(has) if has and has[-1] is data else ())

    @property
    def is_several(self) -> bool:
        """Whether there is an earlier year to be told with the reporting year."""
        return len(self.years) > 1

    @property
    def rows(self) -> tuple[tuple[ChildDeath, ...], ...]:
        """The counts of each year."""
        return tuple(year.tables[ChildDeath] for year in self.years)

    @cached_property
    def gaps(self) -> tuple[ReportingYear, ...]:
        """The years between the first and the last that are missing."""
        has = {year.year for year in self.years}
        between = range(self.years[0].year.first, self.years[-1].year.first)
        return tuple(year for first in between if (year := ReportingYear(first)) not in has)

    @property
    def period(self) -> Period:
        """The time from the first year to the last."""
        first, last = self.years[0].year, self.years[-1].year
        return Period.parse(f"{first.first}-M04 to {last.first + 1}-M03")

    @property
    def span(self) -> str:
        """The first year and the last, in words."""
        return f"{self.years[0].year} to {self.years[-1].year}"

    @property
    def note(self) -> str:
        """Which years are told together, and which of those between are missing."""
        told = f"Told together: {listed([str(year.year) for year in self.years])}."
        return (
            f"{told} There is no count for {listed([str(year) for year in self.gaps])}."
            if self.gaps
            else told
        )


def _pooled(data: YearData) -> Iterator[Exhibit]:
    """Yield a table for each dimension that earlier years have too: this year, and all together."""
    for dimension in _words(data)[0]:
        if pools := _pools(data, dimension):
            yield _pooled_table(data, dimension, pools)


def _pools(data: YearData, dimension: str) -> dict[str, _Pool]:
    """Return what is told of several years together of a dimension, by what is counted."""
    pools = {counted: _Pool.of(data, counted, dimension) for counted in _POOLED}
    return {counted: pool for counted, pool in pools.items() if pool.is_several}


def _pooled_table(data: YearData, dimension: str, pools: Mapping[str, _Pool]) -> Exhibit:
    dimensions, categories = _words(data)
    whole, unit = _whole(data), count_of("children")
    columns: list[Column] = []
    for counted, pool in pools.items():
        columns.append(Column(f"{_POOLED[counted]}, {data.year}", unit))
        columns.append(Column(f"{_POOLED[counted]}, {pool.span} together", unit))
    is_whole = dimension in dimensions.meaning("whole")
    by = "" if is_whole else f": {first_lower(dimensions[dimension])}"
    return exhibit(
        f"child-deaths-pooled-{address(dimension)}",
        f"Deaths of children and reviews of them, several years together{by}",
        (Column("Children" if is_whole else dimensions[dimension]), *columns),
        [
            (
                categories[code],
                *(
                    child_deaths.pooled(years, counted, dimension, code, whole)
                    for counted, pool in pools.items()
                    for years in (pool.rows[-1:], pool.rows)
                ),
            )
            for code in _told(data, dimension, [r for pool in pools.values() for r in pool.rows])
        ],
        *_notes(pools),
        group="child-deaths-pooled",
    )


def _notes(pools: Mapping[str, _Pool]) -> tuple[str, ...]:
    """Return which years are told together: once where they are the same of all."""
    notes = {counted: pool.note for counted, pool in pools.items()}
    if len(set(notes.values())) == 1:
        return tuple(set(notes.values()))
    return tuple(f"{_POOLED[counted]}. {note}" for counted, note in notes.items())


def _told(data: YearData, dimension: str, years: Iterable[Iterable[ChildDeath]]) -> tuple[str, ...]:
    """Return the categories of a dimension that are counted in any of the years, as listed."""
    counted = {row.category for rows in years for row in rows if row.dimension == dimension}
    return tuple(code for code in _words(data)[1].within(dimension) if code in counted)


def _label(data: YearData, row: ChildDeath) -> str:
    what = words.COUNTED[row.counted].capitalize()
    categories = data.vocabulary(words.DEATH_CATEGORY)
    is_whole = row.category in categories.meaning("whole")
    return what if is_whole else f"{what}: {first_lower(categories[row.category])}"


def _whole(data: YearData) -> tuple[str, ...]:
    """Return the categories that stand for all deaths, or all reviews."""
    return data.vocabulary(words.DEATH_CATEGORY).meaning("whole")


def _panel_reviews(data: YearData) -> Breaches:
    kinds = data.vocabulary(words.AUDIT_KIND).meaning("child_death_reviews")
    stated = audits.programme_numbers(data.tables[AuditActivity], kinds)
    found = child_deaths.reviews(data.tables[ChildDeath], _whole(data))
    compared(stated, found)
    if stated.value != found.value:
        yield Breach(
            "the programme has another number of child death reviews than the panel's section "
            f"({addends(found)}).",
            COMPARE,
            stated.rows[0],
            "number",
        )


def _breakdowns_sum(data: YearData) -> Breaches:
    dimensions = data.vocabulary(words.DEATH_DIMENSION)
    for counted in words.COUNTED:
        rows = [row for row in data.tables[ChildDeath] if row.counted == counted]
        if rows and not any(row.category in _whole(data) for row in rows):
            hint = f'Add the row: counted "{counted}", category "{" or ".join(_whole(data))}".'
            yield Breach(f"no row counts all {counted}.", hint, rows[0].place, "category")
            continue
        whole = sum(row.children for row in rows if row.category in _whole(data))
        for dimension, label in dimensions.items():
            parts = [row for row in rows if row.dimension == dimension]
            found = sum(row.children for row in parts)
            is_wrong = found != whole if _is_whole(data, dimension, parts) else found > whole
            if parts and dimension not in dimensions.meaning("whole") and is_wrong:
                yield Breach(
                    f"{counted} by {first_lower(label)} ({rows_named(row.place for row in parts)}) do "
                    f"not come to all {counted}.",
                    "Add the missing category (not known counts too), or correct a count.",
                    parts[0].place,
                    "children",
                )


def _is_whole(data: YearData, dimension: str, parts: Sequence[ChildDeath]) -> bool:
    """Whether the categories that are counted must make up the whole.

    Where only those with modifiable factors are told, the others may lack them or be undecided.
    """
    exhaustive = data.vocabulary(words.DEATH_DIMENSION).meaning("exhaustive")
    others = data.vocabulary(words.DEATH_CATEGORY).meaning("not_modifiable")
    return dimension in exhaustive or any(row.category in others for row in parts)


def _modifiable_within_reviews(data: YearData) -> Breaches:
    reviews = child_deaths.reviews(data.tables[ChildDeath], _whole(data))
    modifiable = data.vocabulary(words.DEATH_CATEGORY).meaning("modifiable")
    for row in data.tables[ChildDeath]:
        is_part = row.counted == "reviews" and row.category in modifiable
        if is_part and reviews.value is not None and row.children > reviews.value:
            yield Breach(
                f"more than the reviews completed ({addends(reviews)}).",
                COMPARE,
                row.place,
                "children",
            )


def _waiting_follows(data: YearData) -> Breaches:
    if data.year_before is None:
        raise NothingToCheck
    whole, rows, before = _whole(data), data.tables[ChildDeath], data.year_before.tables[ChildDeath]
    waiting = child_deaths.waiting(rows, whole)
    expected = child_deaths.waiting_expected(before, rows, whole)
    compared(waiting, expected)
    if waiting.value != expected.value:
        own = child_deaths.deaths(rows, whole) + child_deaths.reviews(rows, whole)
        yield Breach(
            "not the deaths that waited a year before "
            f"({addends(child_deaths.waiting(before, whole))} of {data.year_before.year}) and those "
            f"of the year, less the reviews completed ({addends(own)}).",
            "Compare each with its source. Deaths of another area, or of earlier years that came "
            "to be known later, may account for it: then accept it with a reason.",
            waiting.rows[0],
            "children",
        )


CHAPTER = Chapter(
    name="child_deaths",
    title="Child deaths",
    pages=(notebook_page("child_deaths", THE_DATA),),
    about=(ChildDeath, CdopLesson),
    reads=(AuditActivity,),
    measured=True,
    facts=facts,
    exhibits=exhibits,
    key_figures=("child_deaths.reviews",),
    rules=(
        Rule(
            "R10",
            "Child death reviews in the review of the year are the panel's own number",
            "error",
            (AuditActivity, ChildDeath),
            _panel_reviews,
        ),
        Rule(
            "R11",
            "Breakdowns of child deaths and reviews sum to their totals",
            "error",
            (ChildDeath,),
            _breakdowns_sum,
        ),
        Rule(
            "R12",
            "Reviews with modifiable factors are at most the reviews completed",
            "error",
            (ChildDeath,),
            _modifiable_within_reviews,
        ),
        Rule(
            "R48",
            "Deaths waiting for a review follow from those of the year before",
            "warning",
            (ChildDeath,),
            _waiting_follows,
        ),
    ),
)
