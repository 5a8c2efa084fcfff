"""The context in which the Board works: population, youth justice, homelessness, care."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.calculations import context
from hscb_report.results.chapter import THE_YEAR, Chapter, notebook_page
from hscb_report.results.fact import Fact, fact
from hscb_report.results.measured import own_figure
from hscb_report.schema import YearData
from hscb_report.units import WHOLE_PERCENT


def facts(data: YearData) -> Iterator[Fact]:
    """Yield the part of the population that is under 18, where both are of one time."""
    young, everybody = (own_figure(data, of) for of in ("under_18", "everybody"))
    if young and everybody and young.period == everybody.period:
        label = f"Share of the population under 18: {data.area}, {young.period}"
        yield fact(
            "context.under_18_share",
            label,
            WHOLE_PERCENT,
            context.share_under_18,
            young.figure,
            everybody.figure,
            prefix="about",
            period=young.period,
        )


CHAPTER = Chapter(
    name="context",
    title="Context",
    pages=(notebook_page("context", THE_YEAR),),
    measured=True,
    facts=facts,
)
