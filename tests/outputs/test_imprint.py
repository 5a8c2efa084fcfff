"""The head and foot of each page: whose report it is, of when, under which licence, how final."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from hscb_report.outputs.book.imprint import furniture, logo_file, pages_of_imprint, parts_of_menu
from hscb_report.results.chapter import ABOUT, EVIDENCE, FOR_KEEPERS, THE_DATA, THE_YEAR, Page
from hscb_report.results.published import Published, ShownCorrection
from hscb_report.schema.settings import ApprovalSettings, HelpLine


def of(report: Published, board: dict[str, Any], **year: Any) -> Published:
    """Return the report with other settings."""
    settings = replace(
        report.settings,
        board=report.settings.board.model_copy(update=board),
        year=report.settings.year.model_copy(update=year),
    )
    return replace(report, settings=settings)


def told(report: Published) -> dict[str, tuple[str, ...]]:
    return {entry["term"]: tuple(entry["texts"]) for entry in furniture(report)["imprint"]}


def test_an_imprint_says_what_is_known_and_names_what_is_not(report: Published) -> None:
    known = {"contact": "Write to <us>", "licence": "Open Government Licence v3.0", "name": "B"}
    full = told(of(report, known, kind="publication", published="September 2014"))
    assert full == {
        "Publisher": ("B",),
        "Published": ("September 2014", "Figures to 31 March 2014"),
        "Contact": ("Write to <us>",),
        "Licence": ("Open Government Licence v3.0",),
        "Edition": ("The Board's own publication", "Public edition. Final"),
    }
    bare = told(of(report, {"contact": None, "licence": None, "website": None}, published=None))
    assert bare["Published"][0] == bare["Contact"][0] == bare["Licence"][0] == "Not stated"
    site = {"contact": None, "website": "www.example.org"}
    assert told(of(report, site))["Contact"] == ("www.example.org",)


@pytest.mark.parametrize(
    ("kind", "term", "edition"),
    [
        ("publication", "Publisher", "The Board's own publication"),
        ("reconstruction", "First published by", "A reconstruction from published facts"),
        ("example", "Invented board", "An example, with invented content"),
    ],
)
def test_only_what_the_board_publishes_names_it_as_publisher(
    report: Published, kind: str, term: str, edition: str
) -> None:
    imprint = told(of(report, {}, kind=kind))
    assert imprint[term] == (report.settings.board.name,)
    assert imprint["Edition"][0] == edition


def test_an_imprint_says_how_final_the_report_is(report: Published) -> None:
    draft = told(of(report, {}, status="draft", draft=3))["Edition"]
    assert "Public edition. DRAFT 3: not final" in draft
    approval = ApprovalSettings(meeting="the Board", day=date(2014, 9, 17))
    correction = ShownCorrection(1, date(2015, 1, 3), "what", "why", "chapters/budget")
    final = replace(of(report, {}, approval=approval), corrections=(correction,), edition="board")
    assert told(final)["Edition"][1:] == (
        "Board edition: not for publication. Final",
        "Approved by the Board on 17 September 2014",
        "Last corrected on 3 January 2015",
    )


def test_there_is_a_line_of_help_where_the_board_has_one(report: Published) -> None:
    line = HelpLine(who="Anybody", telephone="0800 1111")
    assert furniture(of(report, {"help": [line]}))["help"] == [
        {"before": "Anybody: ", "telephone": "0800 1111"}
    ]
    assert furniture(of(report, {"help": []}))["help"] == []


PAGES = (
    Page("text/journey", THE_YEAR),
    Page("areas/audit", THE_YEAR, under="text/journey"),
    Page("chapters/budget", THE_DATA),
    Page("pages/about-this-example", ABOUT),
    Page("pages/assurance", EVIDENCE),
    Page("pages/data-dictionary", FOR_KEEPERS),
)


def test_the_menu_has_every_page_in_its_part_those_below_another_marked() -> None:
    menu = parts_of_menu(PAGES)
    assert [part["title"] for part in menu] == [
        part.title for part in (THE_YEAR, THE_DATA, ABOUT, EVIDENCE, FOR_KEEPERS)
    ]
    assert menu[0]["pages"] == [
        {"path": "text/journey", "under": False},
        {"path": "areas/audit", "under": True},
    ]
    assert [part["kind"] for part in menu] == [
        "chapter",
        "chapter",
        "other",
        "evidence",
        "evidence",
    ]


def test_the_foot_leads_to_what_the_report_is_and_to_its_evidence() -> None:
    assert pages_of_imprint(PAGES) == [
        ("pages/about-this-example", ""),
        ("pages/assurance", "Evidence and methods"),
    ]
    assert pages_of_imprint(PAGES[:3]) == []
    accessible = Page("pages/accessibility", ABOUT)
    assert pages_of_imprint((accessible,)) == [("pages/accessibility", "")]


def test_a_logo_stands_at_the_head_of_each_page_if_the_board_has_one(report: Published) -> None:
    """Beside the Board's name it need not say that again."""
    own = replace(of(report, {"logo": "Our logo.PNG"}), logo=b"picture")
    assert (logo_file(own), furniture(own)["logo"]) == ("logo.png", "logo.png")
    assert furniture(own)["logo_alternative"] == ""
    hands = replace(of(report, {"logo": "a.jpg", "logo_alternative": "Hands"}), logo=b"x")
    assert furniture(hands)["logo_alternative"] == "Hands"
    assert logo_file(of(report, {"logo": None})) == ""
