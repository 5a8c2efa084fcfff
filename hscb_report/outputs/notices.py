"""What a report says of itself on its cover and on every page: kind, edition, status."""

from __future__ import annotations

from dataclasses import dataclass

from hscb_report.results.published import Published


@dataclass(frozen=True)
class Notice:
    """What a kind of report says of itself: below the title, as author, in a sentence or two."""

    subtitle: str
    author: str
    told: str
    marking: str = ""


def notice(report: Published) -> Notice:
    """Return what the report says of itself, as the kind of report that it is."""
    return {
        "reconstruction": Notice(
            "A reconstruction from published facts",
            "hscb_report, from the Board's published documents",
            "This is a reconstruction from published facts, not the Board's own publication. Every "
            "figure can be traced to the document and line it was read from.",
        ),
        "publication": Notice(
            "",
            report.settings.board.name,
            "Every figure can be traced to the record it was read from.",
        ),
        "example": Notice(
            "An example, with invented content",
            "hscb_report",
            "Everything in this report is invented: it shows what a report can be, and is of no "
            "real board, agency or child.",
            "Example: all content is invented.",
        ),
    }[report.settings.year.kind]


def marking(report: Published) -> str:
    """Return what every page says of the report, "" if nothing has to be said."""
    is_draft = report.settings.year.status == "draft"
    said = (
        "Board edition: not for publication." if report.is_for_board else "",
        "Draft: not final." if is_draft else "",
        notice(report).marking,
    )
    return " ".join(part for part in said if part)
