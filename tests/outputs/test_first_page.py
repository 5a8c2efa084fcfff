"""The first page: how final the report is, what was corrected, and the way to every page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.checks.markdown import as_text, book_parser
from hscb_report.outputs.book.first_page import first_page
from hscb_report.results.published import Commentary, Published, ShownCorrection
from hscb_report.schema.settings import ApprovalSettings

COMMON = "# {{ title }}\n\nThis is it.\n"
MARKUP = "<b>x</b> {{ year }} *so* `code` [a](b) | $y$"


def of(report: Published, *corrections: ShownCorrection, **said: Any) -> str:
    """Return the first page of the report as it would be with other settings and corrections."""
    settings = replace(report.settings, year=report.settings.year.model_copy(update=said))
    return first_page(replace(report, settings=settings, corrections=corrections), COMMON)


def correction(number: int, day: int, what: str = "Now so", page: str = "") -> ShownCorrection:
    return ShownCorrection(number, date(2015, 1, day), what, "It was wrong", page)


def test_without_a_draft_an_approval_or_a_correction_nothing_is_said_of_them(
    report: Published,
) -> None:
    page = of(report)
    assert page.startswith(
        "# {name}`title`\n\n```{glance} lead\n```\n\n```{glance} edition\n```\n\nThis is it.\n\n"
    )
    assert not re.search(r"DRAFT|pproved|orrect", page)
    assert "## " not in page


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({"status": "draft"}, "**DRAFT: not final.** What it says may still change."),
        ({"status": "draft", "draft": 12}, "**DRAFT 12: not final.** What it says may"),
        (
            {"approval": ApprovalSettings(meeting="the *Board*", day=date(2014, 9, 17))},
            r"**Approved by the \*Board\* on 17 September 2014.**",
        ),
    ],
)
def test_how_final_it_is_stands_between_the_title_and_the_words(
    report: Published, said: dict[str, Any], line: str
) -> None:
    title, _lead, _edition, standing, words = of(report, **said).split("\n\n")[:5]
    assert (title, words) == ("# {name}`title`", "This is it.")
    assert standing.startswith(line)


def test_corrections_stand_under_a_heading_with_day_page_and_reason_in_the_order_given(
    report: Published,
) -> None:
    page = of(report, correction(2, 9, page="chapters/budget"), correction(1, 3, "So!"))
    above, _, listed = page.partition("\n\n## Corrections\n\n")
    assert above.endswith("```{glance} contents\n```")  # of the same order, not below it
    assert listed.splitlines() == [
        "- **9 January 2015**, [](/chapters/budget.ipynb): Now so. Reason: It was wrong.",
        "- **3 January 2015**: So! Reason: It was wrong.",
    ]
    assert "Last corrected on 9 January 2015. What was corrected is listed below." in page


def test_corrections_stand_after_what_the_year_has_to_say(report: Published) -> None:
    said = Commentary("index", "Of the year.", "Of the year.")
    others = tuple(found for found in report.commentaries if found.chapter != "index")
    given = replace(report, commentaries=(said, *others))
    page = of(given, correction(1, 3))
    assert page.index("This is it.") < page.index("Of the year.") < page.index("## Corrections")


def test_a_correction_of_the_first_page_itself_has_no_link(report: Published) -> None:
    assert "- **3 January 2015**: Now so." in of(report, correction(1, 3, page="index"))


@given(
    st.one_of(
        st.just(MARKUP), st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1)
    )
)
def test_the_cells_of_a_correction_are_text_and_no_markup(text: str) -> None:
    """Read as a page is read, an item is what the cells say, in one paragraph of a list."""
    from hscb_report.outputs.book.first_page import _correction

    told = ShownCorrection(1, date(2015, 1, 3), f"a {text} z", f"b {text} y")
    (item,) = _correction(told, {}).splitlines()
    tokens = [t for t in book_parser().parse(item) if t.type == "inline"]
    assert len(tokens) == 1
    kinds = {child.type for child in tokens[0].children or ()}
    assert kinds <= {"text", "text_special", "strong_open", "strong_close"}
    assert as_text(f"a {text} z.") in item
