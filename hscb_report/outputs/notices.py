"""What a report says of itself on its cover and on every page: kind, edition, status."""

from __future__ import annotations

from dataclasses import dataclass

from hscb_report.results.published import Published
from hscb_report.years import day_text


@dataclass(frozen=True)
class Notice:
    """What a kind of report says of itself: below the title, and in a sentence or two.

    `publisher` is what the Board is to it: the author of what it published, whoever remade it from
    that. `made` says in few words how it came to be, if it is no publication.
    """

    subtitle: str
    publisher: str
    told: str
    made: str = ""
    marking: str = ""


def notice(report: Published) -> Notice:
    """Return what the report says of itself, as the kind of report that it is."""
    return notice_of(report.settings.year.kind)


def notice_of(kind: str) -> Notice:
    """Return what a kind of report says of itself."""
    return {
        "reconstruction": Notice(
            "A reconstruction from published facts",
            "First published by",
            "This is a reconstruction from published facts, not the Board's own publication. It "
            "was remade from the Board's published documents with hscb_report. Every figure can be "
            "traced to the document and line it was read from.",
            "Remade from the Board's published report; not the Board's own publication.",
        ),
        "publication": Notice(
            "",
            "Publisher",
            "Every figure can be traced to the record it was read from.",
        ),
        "example": Notice(
            "An example, with invented content",
            "Invented board",
            "Everything in this report is invented: it shows what a report can be, and is of no "
            "real board, agency or child.",
            "All of it is invented.",
            "Example: all content is invented.",
        ),
    }[kind]


def edition_line(report: Published) -> str:
    """Return the time that a report is of, and what it is: "April 2013 to March 2014. Remade …"."""
    return f"{report.year.months}. {notice(report).made}".strip()


def marking(report: Published) -> str:
    """Return what every page says of the report, "" if nothing has to be said."""
    for_board = "Board edition: not for publication." if report.is_for_board else ""
    said = (for_board, draft(report), notice(report).marking)
    return " ".join(part for part in said if part)


def draft(report: Published) -> str:
    """Return "DRAFT 3: not final.", without the number where it has none; "" of a final report."""
    year = report.settings.year
    if year.status == "final":
        return ""
    return f"DRAFT{'' if year.draft is None else f' {year.draft}'}: not final."


def approved(report: Published) -> str:
    """Return "Approved by the Board on 17 September 2026", "" of what no meeting has approved."""
    approval = report.settings.year.approval
    return f"Approved by {approval.meeting} on {day_text(approval.day)}" if approval else ""


def corrected(report: Published) -> str:
    """Return when the report was corrected last, "" if it never was."""
    days = [correction.day for correction in report.corrections]
    return f"Last corrected on {day_text(max(days))}" if days else ""


def standing(report: Published) -> tuple[str, ...]:
    """Return what cover and properties say: all that marks a draft, or approved, corrected when."""
    said = (marking(report),) if draft(report) else (approved(report), corrected(report))
    return tuple(part for part in said if part)
