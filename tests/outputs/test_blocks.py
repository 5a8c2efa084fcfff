"""Boxes, points, columns and lead-ins: what a class of the tree becomes on paper."""

from __future__ import annotations

import re

import pdfplumber
import pikepdf
import pytest

from hscb_report.look import BOARD_COLOUR, LIGHT
from tests.outputs.projects import MM, Pdf, build, elements, list_table, pdf_of, write_project

PAGE = f"""# The Board spent more than its partners paid in

{{.kicker}}
Budget

:::{{container}} short
**In short**

- Words in short.
:::

:::{{container}} lead
Words of the lead; more of them.
:::

{{.points}}
1. Point **one**.
2. Point two; and more.

::::{{container}} trio
:::{{container}} not-well
### Went well

- Left words.
:::
:::{{container}}
### Went badly

- Middle words.
:::
:::{{container}}
### Comes next

- Right words.
:::
::::

:::{{container}} callout missing
**What is missing**

Words of what is missing.
:::

## Below

Words that lead to the table.

{list_table("What was paid", [["Agency", "Sum"], ["Health", "1"]], ":stub-columns: 1")}

Words after all.
"""
BOOK = {
    "index.md": "# Book\n\n```{toctree}\none\ntwo\nthree\n```\n",
    "one.md": PAGE,
    "two.md": "# Second\n\nText.\n",
    "three.md": "# Third\n\nText.\n",
}


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    """Return a book with every kind of box; it was made, and checked, without a warning."""
    folder = tmp_path_factory.mktemp("blocks")
    source = write_project(folder / "source", BOOK)
    assert build(source, folder / "out", [pdf_of("book")]) == ""
    return Pdf(folder / "out" / "book.pdf")


def test_everything_is_read_in_its_order(pdf: Pdf) -> None:
    expected = ["Budget", "The Board spent", "Words in short.", "Words of the lead; more of them."]
    expected += ["Point one.", "Point two; and more.", "Left words.", "Middle words."]
    expected += ["Right words.", "What is missing", "Words that lead", "Health", "Words after all."]
    text = re.sub(r"\s+", " ", " ".join(pdf.pages[2:]))
    places = [text.index(words) for words in expected]
    assert places == sorted(places)


def test_contents_and_running_header_have_a_chapter_s_short_name(pdf: Pdf) -> None:
    assert re.search(r"Contents\nBudget .*\d\n", pdf.pages[1])
    assert "Running text Budget" in pdf.pages[2]


def test_points_are_a_list_with_their_numbers(pdf: Pdf) -> None:
    with pikepdf.open(pdf.path) as found:
        labels = list(elements(found.Root.StructTreeRoot, "/Lbl"))
    assert len(labels) == 6  # one in short, two points, one in each column
    assert re.search(r"1\s+Point one\.\s+2\s+Point two", " ".join(pdf.pages[2].split()))


def test_columns_stand_beside_each_other(pdf: Pdf) -> None:
    with pdfplumber.open(pdf.path) as read:
        words = {word["text"]: word for word in read.pages[2].extract_words()}
    left, middle, right = (words[word] for word in ("Left", "Middle", "Right"))
    assert left["top"] == middle["top"] == right["top"]
    assert left["x1"] < middle["x0"] < middle["x1"] < right["x0"]


def test_boxes_have_the_colours_of_the_look(pdf: Pdf) -> None:
    """The panel's ground, the callout's edge, and the Board's colour on the cover."""
    with pdfplumber.open(pdf.path) as read:
        cover, page = read.pages[0], read.pages[2]
        grounds = {_colour(rect["non_stroking_color"]) for rect in page.rects if rect["fill"]}
        edges = {_colour(o["stroking_color"]) for o in (*page.lines, *page.curves, *page.rects)}
        band = [rect for rect in cover.rects if rect["width"] > 200 * MM]
    assert LIGHT["panel"] in grounds
    assert {LIGHT["risk"], LIGHT["late"]} <= edges | grounds
    assert {_colour(rect["non_stroking_color"]) for rect in band} == {BOARD_COLOUR}


def test_text_is_set_in_the_sizes_of_print(pdf: Pdf) -> None:
    with pdfplumber.open(pdf.path) as read:
        sizes = {
            word["text"]: round(word["size"], 1)
            for word in read.pages[2].extract_words(extra_attrs=["size"])
        }
    assert (sizes["spent"], sizes["Below"], sizes["all."], sizes["Health"]) == (22, 15, 11, 9.5)


def _colour(parts: tuple[float, ...] | None) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts or ())
