"""What a report says of itself: which kind it is, whose it is, and what nobody may overlook."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hscb_report.outputs.notices import marking, notice
from hscb_report.results.published import Published
from hscb_report.schema.settings import KINDS


def of(report: Published, edition: str = "public", **said: str) -> Published:
    """Return the report as another one of its kind, status or edition."""
    year = report.settings.year.model_copy(update=said)
    return replace(report, edition=edition, settings=replace(report.settings, year=year))


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_publication_is_the_board_s_own(report: Published, kind: str) -> None:
    told = notice(of(report, kind=kind))
    assert (told.author == report.settings.board.name) == (kind == "publication")
    assert ("not the Board's own publication" in told.told) == (kind == "reconstruction")
    assert ("reconstruction" in told.subtitle) == (kind == "reconstruction")
    assert ("document" in told.told) == (kind == "reconstruction")
    assert told.told.endswith(".")


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
