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
from hscb_report.wording import first_lower, slug


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    rows, children = data.tables[ChildDeath], count_of("children")
    categories = data.vocabulary(words.DEATH_CATEGORY)
    whole = categories.meaning("whole")
    yield fact("child_deaths.deaths", "Deaths of children in the year", children, child_deaths.deaths, rows, whole)
    yield fact("child_deaths.reviews", "Reviews completed in the year", count_of("reviews"), child_deaths.reviews, rows, whole)
    for row in rows:
        if row.category not in whole:
            label = _label(data, row)
            yield fact(f"child_deaths.{row.counted}_{slug(row.category)}", label, children, child_deaths.counted_by, rows, row.counted, row.category)
    yield fact("child_deaths.lessons", "Lessons learnt", count_of("lessons"), child_deaths.lessons, data.tables[CdopLesson])
# fmt: on


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the tables of the child death chapter."""
    yield exhibit(
        "child-deaths-and-reviews",
        f"Deaths of children in {data.year} and reviews completed in {data.year}",
        (Column("What is counted"), Column("Children", count_of("children"))),
        [(_label(data, row), cell(row, "children")) for row in data.tables[ChildDeath]],
        "A review completed in the year may concern a death of an earlier year. The two counts "
        "are kept apart and are not subtracted from each other.",
    )
    yield exhibit(
        "child-death-lessons",
        f"Lessons from child death reviews and action taken, {data.year}",
        (
            Column("Lesson about"),
            Column("Lesson Learnt"),
            Column(f"Action Taken by {data.sound_settings.board.short_name}", usual="Action Taken"),
        ),
        [(row.theme, row.learnt, row.action) for row in data.tables[CdopLesson]],
        *data.of_source("Lessons and actions are retold briefly in our words."),
    )


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


CHAPTER = Chapter(
    name="child_deaths",
    title="Child deaths",
    pages=(notebook_page("child_deaths", THE_DATA),),
    about=(ChildDeath, CdopLesson),
    reads=(AuditActivity,),
    measured=True,
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
