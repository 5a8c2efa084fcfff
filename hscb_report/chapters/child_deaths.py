"""Child deaths: deaths of the year, reviews completed in it, and what was learnt from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hscb_report.calculations import audits, child_deaths
from hscb_report.checks.rule import COMPARE, Breach, Breaches, Rule, addends, compared, rows_named
from hscb_report.figures import cell
from hscb_report.results.chapter import THE_DATA, Chapter, notebook_page
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.cases import CdopLesson, ChildDeath
from hscb_report.schema.learning import AuditActivity
from hscb_report.units import count_of


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    rows, children = data.tables[ChildDeath], count_of("children")
    yield fact("child_deaths.deaths", "Deaths of children in the year", children, child_deaths.deaths, rows)
    yield fact("child_deaths.reviews", "Reviews completed in the year", count_of("reviews"), child_deaths.reviews, rows)
    yield fact("child_deaths.reviews_male", "Reviews completed: male", children, child_deaths.reviews_by, rows, "sex", "male")
    yield fact("child_deaths.reviews_female", "Reviews completed: female", children, child_deaths.reviews_by, rows, "sex", "female")
    yield fact("child_deaths.modifiable", "Reviews that found modifiable factors", children, child_deaths.reviews_by, rows, "modifiable", "modifiable")
    yield fact("child_deaths.lessons", "Lessons learnt", count_of("lessons"), child_deaths.lessons, data.tables[CdopLesson])
# fmt: on


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the tables of the child death chapter."""
    yield exhibit(
        "child-deaths-and-reviews",
        f"Deaths of children in {data.year} and reviews completed in {data.year}",
        (Column("What is counted"), Column("Children", count_of("children"))),
        [
            (_label(row.counted, row.dimension, row.category), cell(row, "children"))
            for row in data.tables[ChildDeath]
        ],
        "A review completed in the year may concern a death of an earlier year. The two counts "
        "are kept apart and are not subtracted from each other.",
    )
    yield exhibit(
        "child-death-lessons",
        f"Lessons from child death reviews and action taken, {data.year}",
        (
            Column("Lesson about"),
            Column("Lesson Learnt"),
            Column(f"Action Taken by {data.sound_settings.board.short_name}"),
        ),
        [(row.theme, row.learnt, row.action) for row in data.tables[CdopLesson]],
        "Lessons and actions are retold briefly in our words.",
    )


def _label(counted: str, dimension: str, category: str) -> str:
    what = words.COUNTED[counted].capitalize()
    return what if dimension == "total" else f"{what}: {words.DEATH_CATEGORY[category].lower()}"


_EXHAUSTIVE = ("sex", "age_band")
"""Dimensions whose categories make up the whole wherever one of them is counted."""


def _panel_reviews(data: YearData) -> Breaches:
    stated = audits.programme_number(data.tables[AuditActivity], "child_death_review")
    found = child_deaths.reviews(data.tables[ChildDeath])
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
    for counted in words.COUNTED:
        rows = [row for row in data.tables[ChildDeath] if row.counted == counted]
        whole = sum(row.children for row in rows if row.dimension == "total")
        for dimension, label in words.DEATH_DIMENSION.items():
            parts = [row for row in rows if row.dimension == dimension]
            found = sum(row.children for row in parts)
            is_wrong = found != whole if _is_whole(dimension, parts) else found > whole
            if parts and dimension != "total" and is_wrong:
                yield Breach(
                    f"{counted} by {label.lower()} ({rows_named(row.place for row in parts)}) do "
                    f"not come to all {counted}.",
                    "Add the missing category (not known counts too), or correct a count.",
                    parts[0].place,
                    "children",
                )


def _is_whole(dimension: str, parts: Sequence[ChildDeath]) -> bool:
    """Whether the categories that are counted must make up the whole.

    Where only those with modifiable factors are told, the others may lack them or be undecided.
    """
    return dimension in _EXHAUSTIVE or "not_modifiable" in {row.category for row in parts}


def _modifiable_within_reviews(data: YearData) -> Breaches:
    reviews = child_deaths.reviews(data.tables[ChildDeath])
    for row in data.tables[ChildDeath]:
        is_part = (row.counted, row.dimension) == ("reviews", "modifiable")
        if is_part and reviews.value is not None and row.children > reviews.value:
            yield Breach(
                f"more than the reviews completed ({addends(reviews)}).",
                COMPARE,
                row.place,
                "children",
            )


CHAPTER = Chapter(
    name="child_deaths",
    title="Child deaths",
    pages=(notebook_page("child_deaths", THE_DATA),),
    reads=(ChildDeath, CdopLesson, AuditActivity),
    facts=facts,
    exhibits=exhibits,
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
    ),
)
