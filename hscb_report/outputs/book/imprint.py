"""What the head and the foot of every page of the book say of the Board and of its report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hscb_report.outputs.notices import approved, corrected, draft, marking, notice
from hscb_report.outputs.style import favicon
from hscb_report.results.chapter import (
    ABOUT_THIS,
    EVIDENCE,
    FOR_KEEPERS,
    THE_DATA,
    THE_YEAR,
    Page,
    Part,
)
from hscb_report.results.published import Published
from hscb_report.years import day_text

_NOT_STATED = "Not stated"
_OWN = "The Board's own publication"


def furniture(report: Published) -> dict[str, Any]:
    """Return what the templates of every page are given, all of it text."""
    board = report.settings.board
    return {
        "lang": board.language,
        "board": board.name,
        "report_title": report.settings.title,
        "marking": marking(report),
        "favicon": favicon(board.colour, board.short_name),
        "logo": logo_file(report),
        "logo_alternative": board.logo_alternative or "",
        "help": [{"before": line.before, "telephone": line.telephone} for line in board.help],
        "imprint": [{"term": term, "texts": texts} for term, *texts in _imprint(report)],
    }


def logo_file(report: Published) -> str:
    """Return the name of the logo's file among what the pages load, "" where there is none."""
    return f"logo{Path(report.settings.board.logo or '').suffix.lower()}" if report.logo else ""


def parts_of_menu(pages: Sequence[Page]) -> list[dict[str, Any]]:
    """Return the parts of the report with the addresses of their pages, as the menu lists them."""
    parts = dict.fromkeys(page.part for page in pages if not page.under)
    parents = {page.path: page for page in pages}
    return [
        {
            "title": part.title,
            "kind": _kind(part),
            "pages": [
                {"path": page.path, "under": bool(page.under)}
                for page in pages
                if parents.get(page.under, page).part == part
            ],
        }
        for part in parts
    ]


def _kind(part: Part) -> str:
    """Return what the pages of a part are to somebody who searches."""
    if part in (THE_YEAR, THE_DATA):
        return "chapter"
    return "evidence" if part in (EVIDENCE, FOR_KEEPERS) else "other"


def pages_of_imprint(pages: Sequence[Page]) -> list[tuple[str, str]]:
    """Return the pages that the foot of each page leads to, as far as there are, with names.

    What the report is, its evidence, and how it can be read by everybody; "" is a page's own title.
    """
    found = {
        "about": [p.path for p in pages if p.path.startswith(ABOUT_THIS)],
        "evidence": [p.path for p in pages if p.part == EVIDENCE],
        "accessible": [p.path for p in pages if p.name == "accessibility"],
    }
    names = {"evidence": EVIDENCE.title}
    return [(paths[0], names.get(kind, "")) for kind, paths in found.items() if paths]


def _imprint(report: Published) -> Iterator[tuple[str, ...]]:
    """Yield each term of the imprint with what is said of it."""
    settings = report.settings
    board, year = settings.board, settings.year
    yield notice(report).publisher, board.name
    yield "Published", year.published or _NOT_STATED, f"Figures to {day_text(settings.as_at)}"
    yield "Contact", board.contact or board.website or _NOT_STATED
    yield "Licence", board.licence or _NOT_STATED
    yield "Edition", *filter(None, _edition(report))


def _edition(report: Published) -> Iterator[str]:
    yield notice(report).subtitle or _OWN
    for_board = "Board edition: not for publication" if report.is_for_board else "Public edition"
    yield f"{for_board}. {draft(report).removesuffix('.') or 'Final'}"
    yield approved(report)
    yield corrected(report)
