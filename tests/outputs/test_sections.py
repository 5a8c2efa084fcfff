"""A text of all years is made fit for one: sections and tables that have nothing are not there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.checks.prose import filled_in
from hscb_report.notebooks import NOTEBOOKS
from hscb_report.outputs.book.sections import (
    lacks_all,
    with_roles,
    without_empty_cells,
    without_empty_parts,
)
from hscb_report.outputs.book.sources import BOOK

NAMES = ("budget.spend", "year")


# Names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("{{ budget.spend }}", "{name}`budget.spend`"),
        ("{{year}}", "{name}`year`"),
        ("{{ budget.spend\n}} of {{ year }}", "{name}`budget.spend` of {name}`year`"),
        ("{{ of\n  two words }}", "{name}`of two words`"),
        ("{ year } {numref}`year`", "{ year } {numref}`year`"),
    ],
)
def test_a_name_becomes_the_role_that_looks_it_up(written: str, made: str) -> None:
    assert with_roles(written) == made


@given(
    st.lists(st.sampled_from(NAMES) | st.text("ab {}`\n#|", max_size=6)),
    st.dictionaries(st.sampled_from(NAMES), st.text("{}`<>*")),
)
def test_the_names_that_become_roles_are_those_that_are_filled_in_elsewhere(
    pieces: list[str], values: dict[str, str]
) -> None:
    """In working papers and in what JupyterLab shows the values stand at the same places."""
    text = "".join(f"{{{{ {piece} }}}}" if piece in NAMES else piece for piece in pieces)
    roles = with_roles(text)
    for name in NAMES:
        asked = f"{{name}}`{name}`"
        marked = filled_in(text, {name: "\0"})
        assert marked.count("\0") == roles.count(asked) - text.count(asked)
    assert with_roles(roles) == roles or "{{" in roles


# Sections of a common page ---------------------------------------------------------------------


def table(label: str) -> str:
    return f"```{{exhibit}} {label}\n```\n"


PAGE = f"""# Page

Begins.

{table("top")}
## One

Text of one.

{table("a")}{table("b")}
## Two

### Below two

{table("c")}
### Text alone

Said always.

## Heading alone

### Below a heading

{table("g")}
## Three

Text of three.

{table("d")}
### Below three

{table("e")}
# Last

{table("f")}"""
ALL = {"top", "a", "b", "c", "d", "e", "f", "g"}


def headings(text: str) -> list[str]:
    return [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]


def test_a_page_whose_tables_all_have_rows_stays_as_it_is() -> None:
    assert without_empty_parts(PAGE, ALL) == PAGE


@pytest.mark.parametrize(
    ("empty", "left_out"),
    [
        ("a", set()),
        ("ab", {"One"}),
        ("c", {"Below two"}),
        ("d", set()),
        ("e", {"Below three"}),
        ("de", {"Three", "Below three"}),
        ("f", {"Last"}),
        ("g", {"Heading alone", "Below a heading"}),
    ],
)
def test_a_section_without_a_row_in_its_tables_is_left_out_with_its_text(
    empty: str, left_out: set[str]
) -> None:
    """But for one with a section below it that has one; what says text alone stays.

    A heading below which nothing is left goes too.
    """
    found = without_empty_parts(PAGE, ALL - set(empty))
    assert headings(found) == [name for name in headings(PAGE) if name not in left_out]
    for label in ALL:
        assert (table(label) in found) == (label not in empty)
    assert ("Text of one." in found) == ("One" not in left_out)
    assert ("Text of three." in found) == ("Three" not in left_out)


@given(st.sets(st.sampled_from(sorted(ALL))))
def test_what_is_left_of_a_page_names_only_tables_with_rows_and_loses_none(rows: set[str]) -> None:
    found = without_empty_parts(PAGE, rows)
    assert {label for label in ALL if table(label) in found} == rows
    assert without_empty_parts(found, rows) == found
    kept = found.splitlines()
    assert [line for line in PAGE.splitlines() if line in kept] == [
        line for line in PAGE.splitlines() if line in set(kept)
    ]


# Sections of a notebook ------------------------------------------------------------------------


def said(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source.splitlines(keepends=True), "metadata": {}}


def shows(*outputs: str) -> dict[str, Any]:
    return {"cell_type": "code", "source": ["show()"], "metadata": {}, "outputs": list(outputs)}


TITLE, SET_UP = said("# Chapter"), shows()


def titles(cells: list[dict[str, Any]]) -> list[str]:
    told = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return [line.lstrip("# ") for text in told for line in text.splitlines()[:1]]


@pytest.mark.parametrize(
    ("cells", "left"),
    [
        ([said("## A"), shows("x")], ["A"]),
        ([said("## A"), shows(), said("## B"), shows("x")], ["B"]),
        ([said("## A"), shows(), shows("x")], ["A"]),
        ([said("## A"), shows("x"), said("More of A"), shows()], ["A", "More of A"]),
        ([said("## A"), shows(), said("More of A"), shows()], []),
        ([said("## A"), said("Words alone")], ["A", "Words alone"]),
        ([said("## A"), shows(), said("### A1"), shows("x")], ["A", "A1"]),
        ([said("## A"), said("### A1"), shows(), said("## B"), shows("x")], ["B"]),
        ([said("## A\n\nText"), said("### A1"), shows()], ["A"]),
        ([said("### A"), shows(), said("## B"), shows("x")], ["B"]),
    ],
)
def test_a_section_of_a_notebook_whose_cells_show_nothing_is_left_out(
    cells: list[dict[str, Any]], left: list[str]
) -> None:
    """The first section stays: it sets the notebook up."""
    found = without_empty_cells([TITLE, SET_UP, *cells])
    assert found[:2] == [TITLE, SET_UP]
    assert titles(found) == ["Chapter", *left]


def test_what_stays_of_a_notebook_is_as_it_was_and_nothing_is_changed_in_place() -> None:
    cells = [TITLE, SET_UP, said("## A"), shows(), said("## B"), shows("x"), shows()]
    before = list(cells)
    assert without_empty_cells(cells) == [TITLE, SET_UP, *cells[4:]]
    assert cells == before


def test_the_title_of_a_page_stays_when_all_below_it_is_left_out() -> None:
    assert headings(without_empty_parts(f"# Page\n\n## A\n\n{table('a')}", set())) == ["Page"]


def test_a_notebook_without_cells_has_none() -> None:
    assert without_empty_cells([]) == []


# The texts that hold for every year ------------------------------------------------------------

NUMBERED = re.compile(r"\{numref\}`([^`]+)`")
SHOWN = re.compile(r"\{exhibit\} (\S+)")
SHOWN_IN_CODE = re.compile(r'report\.exhibit\("([^"]+)"\)')
COMMON = sorted((BOOK / "pages").glob("*.md"))
CHAPTERS = sorted(NOTEBOOKS.glob("*.ipynb"))


def sections(pieces: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Return pieces of text and of code, parted where a text begins with a heading."""
    found: list[list[tuple[str, str]]] = [[]]
    for kind, piece in pieces:
        if kind == "markdown" and piece.startswith("#"):
            found.append([])
        found[-1].append((kind, piece))
    return found


def labels_shown(kind: str, piece: str) -> list[str]:
    """Return the labels of the tables and charts that a piece shows."""
    if kind == "markdown":
        return SHOWN.findall(piece)
    return SHOWN_IN_CODE.findall(piece)


def pieces_of(path: Path) -> list[tuple[str, str]]:
    if path.suffix == ".ipynb":
        cells = json.loads(path.read_text("utf-8"))["cells"]
        return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    return [("markdown", part) for part in re.split(r"(?m)^(?=#)", path.read_text("utf-8"))]


@pytest.mark.parametrize("path", [*COMMON, *CHAPTERS], ids=lambda path: path.name)
def test_a_section_names_by_number_only_what_it_shows_itself(path: Path) -> None:
    """So that no text is left that names a table which a year has left out."""
    for section in sections(pieces_of(path)):
        shown = {label for kind, piece in section for label in labels_shown(kind, piece)}
        named = [
            n for kind, piece in section if kind == "markdown" for n in NUMBERED.findall(piece)
        ]
        assert [name for name in named if name not in shown] == []


def test_the_texts_do_name_tables_by_number() -> None:
    """What the test above reads is there."""
    told = "".join(piece for path in (*COMMON, *CHAPTERS) for _, piece in pieces_of(path))
    assert len(NUMBERED.findall(told)) > 30


def test_the_title_of_a_page_stays_whatever_its_tables_are() -> None:
    """A page without a title cannot stand in the contents list."""
    text = "# Title\n\nWords.\n\n```{exhibit} gone\n```\n\n## Below\n\n```{exhibit} gone\n```\n"
    assert without_empty_parts(text, set()).strip() == "# Title\n\nWords."


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("# Title\n\nWords.\n", False),
        ("```{exhibit} there\n```\n", False),
        ("```{exhibit} gone\n```\n", True),
        ("```{exhibit} gone\n```\n\n```{exhibit} there\n```\n", False),
        ("```{outline} bare\n```\n", True),
        ("```{outline} full\n```\n", False),
        ("```{exhibit} gone\n```\n\n```{outline} full\n```\n", False),
        ("```{outline} unknown\n```\n", False),  # it says so itself
    ],
)
def test_a_page_lacks_all_that_it_is_about_when_nothing_that_it_names_is_there(text, lacks):
    assert lacks_all(text, {"there"}, {"bare"}) == lacks
