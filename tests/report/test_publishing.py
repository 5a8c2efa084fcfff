"""What leaves the door of a year's own texts: names filled in, and data never as markup."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hscb_report.assurance import CORRECTIONS, NAMES_FOR_TEXTS
from hscb_report.checks.markdown import book_parser
from hscb_report.errors import DataError, UnknownNameError
from hscb_report.report import check_year, open_names, open_report
from hscb_report.results.published import Published
from tests.conftest import TableEditor

HOSTILE = "<b>x</b> [z](javascript:alert(1)) `a` *b* {{ budget.spend }} $c$"


def test_in_a_commentary_as_jupyterlab_shows_it_data_is_the_text_that_it_is(
    data: Path, table: Callable[[str], TableEditor]
) -> None:
    """What a name stands for, and a highlighted remark, hold no markup."""
    board = data / "board.toml"
    name = "Herefordshire Safeguarding Children Board"
    board.write_text(board.read_text("utf-8").replace(f'"{name}"', f"'{HOSTILE}'"), "utf-8")
    callout = table("callouts").cell(2, "callout")
    table("callouts").set(2, "text", HOSTILE)
    path = data / "2013-14" / "text" / "commentary" / "budget.md"
    said = f"\n\n```{{callout}} {callout}\n```\n\nOf {{{{ board }}}}.\n"
    path.write_text(path.read_text("utf-8") + said, "utf-8")
    plain = open_report("2013-14", data=data).commentary("budget").plain
    shown = [token for token in book_parser().parse(plain) if token.type == "inline"]
    texts = ["".join(child.content for child in token.children or ()) for token in shown]
    assert texts[-1] == f"Of {HOSTILE}."
    assert HOSTILE in texts[-2]


def test_of_a_chapter_that_the_year_lacks_there_is_nothing_to_be_said() -> None:
    """So its notebook can be opened all the same; what is no chapter is told."""
    found = open_report("2013-14").commentary("self_assessments")
    assert (found.text, found.plain) == ("", "")
    with pytest.raises(UnknownNameError, match="self_assessments"):
        open_report("2013-14").commentary("self_assessment")


# Drafts and corrections -----------------------------------------------------------------------


def as_draft(data: Path) -> Path:
    path = data / "2013-14/year.toml"
    said = path.read_text("utf-8").replace('status = "final"', 'status = "draft"\ndraft = 2')
    path.write_text(said, "utf-8")
    return data


def test_a_draft_alone_lists_its_names_each_with_the_titles_of_the_pages_that_name_it(
    data: Path, report: Published
) -> None:
    assert NAMES_FOR_TEXTS not in {exhibit.label for exhibit in report.assurance}
    draft = open_report("2013-14", data=as_draft(data))
    table = draft.exhibit(NAMES_FOR_TEXTS)
    assert [row[:3] for row in table.texts()] == [(f.id, f.text, f.label) for f in draft.facts]
    pages = {row[0]: row[3] for row in table.texts()}
    assert pages["plan.actions"].startswith("First page")
    assert {page for told in pages.values() for page in told.split("; ")} <= {
        *("First page", "nowhere yet", "2013-14/points.csv"),
        *(title for title in _titles(draft)),
    }
    assert [name for name, told in pages.items() if told == "nowhere yet"] == [
        fact.id for fact in draft.facts if not draft.printed_in[fact.id]
    ]


def _titles(report: Published) -> list[str]:
    """Return the headings with which the texts of the year and the notebooks begin."""
    names = [page.notebook.replace("_", " ").capitalize() for page in report.contents]
    texts = [text.splitlines()[0].lstrip("# ") for text in report.texts.values()]
    root = Path(__file__).parents[2]
    for page in report.contents:
        path = root / "book" / f"{page.path}.md"
        texts += [path.read_text("utf-8").splitlines()[0].lstrip("# ")] if path.exists() else []
        path = root / "notebooks" / f"{page.notebook}.ipynb"
        if page.notebook:
            cells = json.loads(path.read_text("utf-8"))["cells"]
            texts.append("".join(cells[0]["source"]).splitlines()[0].lstrip("# "))
    return [*names, *texts]


CORRECTIONS_CSV = """correction,corrected,what,reason,page
1,2014-M12-01,First,Why,chapters/budget
2,2015-M02-01,Second,Why not,
"""


def test_corrections_leave_the_door_newest_first_with_the_title_of_their_page(
    data: Path, report: Published
) -> None:
    assert (report.corrections, report.exhibit(CORRECTIONS).rows) == ((), ())
    (data / "2013-14/corrections.csv").write_text(CORRECTIONS_CSV, "utf-8")
    made = open_report("2013-14", data=data)
    assert [(c.number, c.what, c.page) for c in made.corrections] == [
        (2, "Second", ""),
        (1, "First", "chapters/budget"),
    ]
    assert made.exhibit(CORRECTIONS).texts()[1][2:] == ("First", "Why", "Budget")


def test_a_draft_with_corrections_and_a_page_that_is_not_there_are_refused_at_once(
    data: Path,
) -> None:
    rows = CORRECTIONS_CSV.replace("chapters/budget", "chapters/nothing")
    (as_draft(data) / "2013-14/corrections.csv").write_text(rows, "utf-8")
    found = [f for f in check_year("2013-14", data).findings if "corrections" in f.file]
    assert [(f.rule, f.severity, f.row, f.column) for f in found] == [
        ("R67", "error", 2, "correction"),
        ("R67", "error", 3, "correction"),
        ("R68", "error", 2, "page"),
    ]


def test_a_text_cannot_refer_to_a_table_that_not_every_report_has(data: Path) -> None:
    """The text of a draft would not do for the final report."""
    path = as_draft(data) / "2013-14/text/commentary/budget.md"
    path.write_text(f"See {{numref}}`{NAMES_FOR_TEXTS}`.", "utf-8")
    found = [f for f in check_year("2013-14", data).findings if f.file.endswith("budget.md")]
    assert [(f.rule, f.found) for f in found] == [("M2", NAMES_FOR_TEXTS)]


def test_names_are_those_of_the_report_and_damaged_tables_have_none(
    data: Path, report: Published
) -> None:
    names = open_names("2013-14", data)
    assert [(f.name, f.used_in) for f in names.facts] == [
        (fact.id, report.printed_in[fact.id]) for fact in report.facts
    ]
    assert {name: report.names[name] for name in names.others} == names.others
    (data / "2013-14/contributions.csv").write_text("agency\n", "utf-8")
    with pytest.raises(DataError):
        open_names("2013-14", data)
