"""What leaves the door of a year's own texts: names filled in, and data never as markup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hscb_report.checks.markdown import book_parser
from hscb_report.errors import UnknownNameError
from hscb_report.report import open_report
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
