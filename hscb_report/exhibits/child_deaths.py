"""The tables of child deaths and the lessons from reviewing them."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.exhibits.exhibit import Column, Exhibit, exhibit
from hscb_report.figures import cell
from hscb_report.measures import child_deaths
from hscb_report.schema import Tables
from hscb_report.schema import vocabularies as words
from hscb_report.units import WHOLE_PERCENT, count_of
from hscb_report.years import ReportingYear


def exhibits(tables: Tables, year: ReportingYear) -> Iterator[Exhibit]:
    """Yield the tables of the child death chapter."""
    yield exhibit(
        "child-deaths-and-reviews",
        f"Deaths of children in {year} and reviews completed in {year}",
        (Column("What is counted"), Column("Children", count_of("children"))),
        [
            (_label(row.counted, row.dimension, row.category), cell(row, "children"))
            for row in tables.child_deaths
        ],
        "A review completed in the year may concern a death of an earlier year. The two counts "
        "are kept apart and are not subtracted from each other.",
    )
    yield exhibit(
        "modifiable-share",
        f"Reviews that found modifiable factors, as a share of reviews completed, {year}",
        (
            Column("Share of reviews"),
            Column("Value", WHOLE_PERCENT),
        ),
        [
            ("As counted", child_deaths.modifiable_share(tables.child_deaths)),
            ("Lowest compatible value", child_deaths.modifiable_share_low(tables.child_deaths)),
            ("Highest compatible value", child_deaths.modifiable_share_high(tables.child_deaths)),
        ],
        "Compatible values are the 95% Wilson score interval. So few reviews say almost nothing "
        "about the share in other years.",
    )
    yield exhibit(
        "child-death-lessons",
        f"Lessons from child death reviews and action taken, {year}",
        (Column("Lesson about"), Column("Lesson Learnt"), Column("Action Taken by HSCB")),
        [(row.theme, row.learnt, row.action) for row in tables.cdop_lessons],
        "Lessons and actions are retold briefly in this project's words.",
    )


def _label(counted: str, dimension: str, category: str) -> str:
    what = words.COUNTED[counted].capitalize()
    return what if dimension == "total" else f"{what}: {words.DEATH_CATEGORY[category].lower()}"
