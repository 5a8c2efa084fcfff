"""What a report says of itself: which kind it is, whose it is, and what nobody may overlook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from hscb_report.outputs.notices import (
    approved,
    corrected,
    draft,
    edition_line,
    marking,
    notice,
    standing,
)
from hscb_report.results.published import Published, ShownCorrection
from hscb_report.schema.settings import KINDS, ApprovalSettings


def of(report: Published, edition: str = "public", **said: Any) -> Published:
    """Return the report as another one of its kind, status or edition."""
    year = report.settings.year.model_copy(update=said)
    return replace(report, edition=edition, settings=replace(report.settings, year=year))


PUBLISHERS = {
    "publication": "Publisher",
    "reconstruction": "First published by",
    "example": "Invented board",
}


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_publication_is_the_board_s_own(report: Published, kind: str) -> None:
    """A reconstruction says who published first, and that it was remade."""
    told = notice(of(report, kind=kind))
    assert told.publisher == PUBLISHERS[kind]
    assert ("remade" in told.told) == (kind == "reconstruction")
    assert ("not the Board's own publication" in told.told) == (kind == "reconstruction")
    assert ("reconstruction" in told.subtitle) == (kind == "reconstruction")
    assert ("document" in told.told) == (kind == "reconstruction")
    assert told.told.endswith(".")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("publication", ""),
        ("reconstruction", " Remade from the Board's published report; not the Board's own public"),
        ("example", " All of it is invented."),
    ],
)
def test_a_line_says_the_time_of_a_report_and_how_it_came_to_be_if_it_is_no_publication(
    report: Published, kind: str, said: str
) -> None:
    line = edition_line(of(report, kind=kind))
    assert line.startswith(f"April 2013 to March 2014.{said}")
    assert line.endswith(".")
    assert bool(said) == (line != "April 2013 to March 2014.")


@pytest.mark.parametrize(
    ("kind", "status", "edition", "said"),
    [
        ("reconstruction", "final", "public", ""),
        ("publication", "final", "public", ""),
        ("publication", "draft", "public", "DRAFT: not final."),
        ("publication", "final", "board", "Board edition: not for publication."),
        (
            "publication",
            "draft",
            "board",
            "Board edition: not for publication. DRAFT: not final.",
        ),
        ("example", "final", "public", "Example: all content is invented."),
        ("example", "draft", "public", "DRAFT: not final. Example: all content is invented."),
    ],
)
def test_every_page_says_what_nobody_may_overlook(
    report: Published, kind: str, status: str, edition: str, said: str
) -> None:
    """That it is for the Board alone, that it is a draft, that it is invented; else nothing."""
    assert marking(of(report, edition, kind=kind, status=status)) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(None, "DRAFT: not final."), (1, "DRAFT 1: not final."), (999, "DRAFT 999: not final.")],
)
def test_a_draft_is_told_by_its_number_wherever_the_draft_is_told(
    report: Published, number: int | None, said: str
) -> None:
    made = of(report, kind="example", status="draft", draft=number)
    assert draft(made) == said
    assert marking(made) == f"{said} Example: all content is invented."
    assert standing(made) == (marking(made),)
    assert draft(of(report, status="final")) == ""


# Approval and corrections ---------------------------------------------------------------------

APPROVAL = ApprovalSettings(meeting="the Board's meeting", day=date(2026, 9, 17))


def correction(number: int, day: date) -> ShownCorrection:
    return ShownCorrection(number, day, "What stands now.", "Why.")


def test_what_a_meeting_approved_says_so_with_the_meeting_and_the_day(report: Published) -> None:
    said = "Approved by the Board's meeting on 17 September 2026"
    made = of(report, approval=APPROVAL)
    assert (approved(made), standing(made)) == (said, (said,))
    assert (approved(report), standing(report)) == ("", ())
    assert marking(made) == ""


def test_what_was_corrected_says_when_it_was_the_last_time(report: Published) -> None:
    days = (date(2027, 3, 1), date(2027, 5, 4), date(2026, 12, 24))
    told = tuple(correction(number, day) for number, day in enumerate(days))
    made = replace(of(report, approval=APPROVAL), corrections=told)
    assert corrected(made) == "Last corrected on 4 May 2027"
    assert standing(made) == (approved(made), corrected(made))
    assert corrected(report) == ""
