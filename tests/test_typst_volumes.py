"""Volumes of a book as PDFs of their own and bound together; turned pages, tones, and terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pypdf
import pytest
from docutils import nodes
from sphinx.errors import ConfigError

from hscb_report.book.typst import tables
from tests.test_typst_builder import (
    CONF,
    build,
    docutils_table,
    elements,
    entry,
    row_scopes,
    write_project,
)

BASE = CONF.split("typst_documents")[0]
MM = 72 / 25.4
HOSTILE = "Second & <b>#x[y]</b>"

INDEX = """# Annual report

A foreword.

```{toctree}
:numbered:
:caption: Part one

one
more
```

```{toctree}
:numbered:
:caption: Part two

turned
flat
after
```

```{toctree}
:numbered:
:caption: Part three

three
```
"""

ONE = """(one)=
# Ones

Here {ref}`three`, {doc}`turned`, {ref}`a place <deep>` and {numref}`sums` are named,
as is {doc}`more`.
"""

TURNED = """---
orientation: landscape
---
(turned)=
# Turned

Back to {ref}`one`.

```{list-table} What is wide
:name: wide
:class: landscape
:header-rows: 1
:stub-columns: 1

* - A
  - B
* - wide-a
  - wide-b
```

## Below

Text on the turned page.
"""

THREE = """(three)=
# Threes

```{list-table} Sums
:name: sums
:header-rows: 1
:stub-columns: 1

* - Agency
  - Sum
* - Health
  - 1
* - Police
  - 2
```

(deep)=
## Deep

Back to {ref}`one`.
"""

PAGES = {
    "index.md": INDEX,
    "one.md": ONE,
    "more.md": "# More\n\nWords of more.\n",
    "turned.md": TURNED,
    "flat.md": "---\norientation: landscape\n---\n# Flat\n\nTurned as well.\n",
    "after.md": "# After\n\nUpright again.\n",
    "three.md": THREE,
}


def volume(title: str, *parts: str, **options: Any) -> dict[str, Any]:
    return {"title": title, "parts": parts, **options}


def pdf_of(name: str, *volumes: dict[str, Any], **options: Any) -> dict[str, Any]:
    document = {"start": "index", "name": name, "title": f"The {name}", "running": "Running text"}
    return {**document, **({"volumes": list(volumes)} if volumes else {}), **options}


VOLUMES = (
    volume("First <volume>", "Part three"),
    volume(HOSTILE, "Part one", has_start_page=True),
    volume("Third volume", "Part two"),
)
DOCUMENTS = (
    pdf_of("three", VOLUMES[0]),
    pdf_of("one", VOLUMES[1]),
    pdf_of("two", VOLUMES[2]),
    pdf_of("backwards", volume("Backwards", "Part three", "Part one")),
    pdf_of("pack", *VOLUMES, first_page=147),
    pdf_of("pack-from-1", *VOLUMES),
    pdf_of("whole"),
)


@dataclass(frozen=True)
class Pdf:
    """A PDF as software reads it."""

    path: Path

    @property
    def reader(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(self.path)

    @property
    def pages(self) -> list[str]:
        return [page.extract_text() for page in self.reader.pages]

    @property
    def content(self) -> list[str]:
        """The pages without running header and footer."""
        return [without_furniture(page) for page in self.pages]

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.pages))

    def page_with(self, words: str) -> int:
        """Return the only page, but for the contents, that has the words."""
        found = [number for number, page in enumerate(self.pages) if words in page and number > 1]
        assert len(found) == 1, f"{words}: on pages {found}"
        return found[0]

    def headings(self) -> list[str]:
        return [item.title for item in flat(self.reader.outline)]

    def links(self, page: int) -> list[int]:
        """Return for each link on a page the page that it leads to."""
        reader = self.reader
        return [
            target_page(reader, annotation.get_object())
            for annotation in reader.pages[page].get("/Annots", [])
        ]

    def labels(self) -> list[str]:
        with pikepdf.open(self.path) as pdf:
            assert "/PageLabels" in pdf.Root
            return [page.label for page in pdf.pages]

    def footers(self) -> list[str]:
        """Return what stands in the bottom margin of each page."""
        with pdfplumber.open(self.path) as pdf:
            return [
                " ".join(word["text"] for word in page.extract_words() if is_in_foot(word, page))
                for page in pdf.pages
            ]

    def is_wide(self) -> list[bool]:
        return [page.mediabox.width > page.mediabox.height for page in self.reader.pages]


def is_in_foot(word: dict[str, Any], page: Any) -> bool:
    return bool(word["top"] > page.height - 24 * MM)


def without_furniture(page: str) -> str:
    lines = page.splitlines()
    return "\n".join(
        line
        for line in lines
        if not line.startswith("Running text") and not re.fullmatch(r"Page \d+( of \d+)?", line)
    )


def flat(items: Any) -> Iterator[Any]:
    for item in items:
        if isinstance(item, list):
            yield from flat(item)
        else:
            yield item


def target_page(reader: pypdf.PdfReader, annotation: Any) -> int:
    goal = annotation.get("/Dest") or annotation["/A"]["/D"]
    if isinstance(goal, str):
        number = reader.get_destination_page_number(reader.named_destinations[goal])
        assert number is not None
        return number
    return next(
        number
        for number, page in enumerate(reader.pages)
        if page.indirect_reference == goal[0].indirect_reference
        or page.get_object() == goal[0].get_object()
    )


def built(folder: Path, documents: Any, pages: dict[str, str], more: str = "") -> dict[str, Pdf]:
    conf = f"{BASE}typst_documents = {list(documents)!r}\n{more}"
    assert build(write_project(folder / "source", pages, conf), folder / "out") == ""
    return {d["name"]: Pdf(folder / "out" / f"{d['name']}.pdf") for d in documents}


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pdf]:
    """Return every document of the small book; it was built without a warning."""
    return built(tmp_path_factory.mktemp("volumes"), DOCUMENTS, PAGES)


# What a volume holds


@pytest.mark.parametrize("name", ["three", "one", "two"])
def test_a_volume_has_the_chapters_of_its_part_and_no_other(
    pdfs: dict[str, Pdf], name: str
) -> None:
    own = {
        "three": {"Threes", "Deep"},
        "one": {"Ones", "More"},
        "two": {"Turned", "Below", "Flat", "After"},
    }
    found = " ".join(pdfs[name].headings())
    for volume_name, titles in own.items():
        assert all((title in found) == (volume_name == name) for title in titles)


def test_parts_stand_in_the_order_that_the_volume_gives(pdfs: dict[str, Pdf]) -> None:
    assert [re.sub(r"^[\d.]+ ", "", title) for title in pdfs["backwards"].headings()] == [
        *("Threes", "Deep", "Ones", "More")
    ]
    contents = " ".join(pdfs["backwards"].pages[1].split())
    assert re.search(r"Part three .*Threes .*Deep .*Part one .*Ones .*More ", contents)


def test_chapters_keep_the_numbers_that_they_have_in_the_whole_book(pdfs: dict[str, Pdf]) -> None:
    numbered = {title for title in pdfs["whole"].headings() if title[0].isdigit()}
    assert len(numbered) == 8
    for name in ("three", "one", "two", "backwards", "pack"):
        found = {title for title in pdfs[name].headings() if title[0].isdigit()}
        assert found
        assert found <= numbered


def test_a_document_without_volumes_is_the_whole_book(pdfs: dict[str, Pdf]) -> None:
    text = pdfs["whole"].text
    for words in ("A foreword.", "Words of more.", "Upright again.", "Health 1"):
        assert words in text


def test_the_start_page_is_only_in_the_volume_that_asks_for_it(pdfs: dict[str, Pdf]) -> None:
    told = {name: pdf.text.count("A foreword.") for name, pdf in pdfs.items()}
    assert told == {
        **dict.fromkeys(("three", "two", "backwards"), 0),
        **dict.fromkeys(("one", "pack", "pack-from-1", "whole"), 1),
    }


def test_the_start_page_stands_before_the_chapters_of_its_volume(pdfs: dict[str, Pdf]) -> None:
    pack = pdfs["pack"]
    places = [pack.page_with(words) for words in ("Agency", "A foreword.", "are named")]
    assert places == sorted(places)


@pytest.mark.parametrize("parts", [("Part nine",), ("Part one", "Part nine"), ("part one",)])
def test_a_part_that_the_book_does_not_have_is_an_error_that_names_it(
    tmp_path: Path, parts: tuple[str, ...]
) -> None:
    with pytest.raises(ConfigError, match=f'the book has no part "{parts[-1]}"'):
        built(tmp_path, [pdf_of("a", volume("A", *parts))], PAGES)


def test_an_unknown_setting_of_a_volume_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="has_startpage"):
        built(tmp_path, [pdf_of("a", volume("A", "Part one", has_startpage=True))], PAGES)


def test_two_builds_give_the_same_bytes(pdfs: dict[str, Pdf], tmp_path: Path) -> None:
    again = built(tmp_path, DOCUMENTS, PAGES)
    assert {n: p.path.read_bytes() for n, p in again.items()} == {
        n: p.path.read_bytes() for n, p in pdfs.items()
    }


# Volumes bound together


def test_each_bound_volume_begins_with_a_page_that_has_its_title_alone(
    pdfs: dict[str, Pdf],
) -> None:
    content = [page.strip() for page in pdfs["pack"].content]
    titles = [content.index(volume["title"]) for volume in VOLUMES]
    firsts = ("Threes", "A foreword.", "Turned")
    for place, first in zip(titles, firsts, strict=True):
        assert first in content[place + 1]
    assert titles == sorted(titles)


def test_bound_volumes_are_listed_in_the_contents_each_before_its_chapters(
    pdfs: dict[str, Pdf],
) -> None:
    contents = " ".join(pdfs["pack"].pages[1].split())
    expected = ["First <volume>", "Threes", "Deep", HOSTILE, "Ones", "More", "Third volume"]
    places = [contents.index(words) for words in [*expected, "Turned", "Below", "Flat", "After"]]
    assert places == sorted(places)


def test_a_volume_by_itself_has_no_page_for_its_title(pdfs: dict[str, Pdf]) -> None:
    for name, title in (("three", "First <volume>"), ("one", HOSTILE), ("two", "Third volume")):
        assert title not in pdfs[name].text


def test_row_headers_are_marked_in_the_tables_of_every_volume(pdfs: dict[str, Pdf]) -> None:
    with pikepdf.open(pdfs["pack"].path) as pdf:
        found = [row_scopes(table) for table in elements(pdf.Root.StructTreeRoot, "/Table")]
    sums, wide = [["/Column", "/Column"], ["/Row"], ["/Row"]], [["/Column", "/Column"], ["/Row"]]
    assert found == [sums, wide]


def test_the_page_of_a_volume_s_title_does_not_name_a_chapter_of_the_one_before(
    pdfs: dict[str, Pdf],
) -> None:
    """Nor does its start page: the running header would say that the reader is still there."""
    pack = pdfs["pack"]
    title = next(n for n, page in enumerate(pack.content) if page.strip() == HOSTILE)
    for number in (title, pack.page_with("A foreword.")):
        header = pack.pages[number].splitlines()[0]
        assert header.startswith("Running text")
        assert "Threes" not in header


# References between volumes


def test_a_reference_to_another_volume_is_a_link_when_they_are_bound_together(
    pdfs: dict[str, Pdf],
) -> None:
    pack = pdfs["pack"]
    page = pack.page_with("are named")
    threes, turned, more = map(pack.page_with, ("Agency", "Text on the turned", "Words of more"))
    assert pack.links(page) == [threes, turned, threes, threes, more]
    assert pack.links(turned) == pack.links(threes) == [page]


def test_a_reference_to_a_volume_that_is_not_there_is_plain_text(pdfs: dict[str, Pdf]) -> None:
    """Its words and numbers stay, and the build gave no warning (the fixture says so)."""
    one = pdfs["one"]
    page = one.page_with("are named")
    words = " ".join(one.pages[page].split())
    assert "Here Threes, Turned, a place and Table 6.1 are named, as is More." in words
    assert one.links(page) == [one.page_with("Words of more.")]
    assert pdfs["two"].links(pdfs["two"].page_with("Back to Ones.")) == []


def test_a_reference_to_another_volume_reads_the_same_bound_or_not(pdfs: dict[str, Pdf]) -> None:
    def words(name: str) -> str:
        pdf = pdfs[name]
        return " ".join(pdf.content[pdf.page_with("are named")].split())

    assert words("one") == words("pack") == words("whole")


def test_a_reference_to_the_start_page_works_when_volumes_are_bound(tmp_path: Path) -> None:
    """Every volume is assembled from the start page, yet its place is in the pack once."""
    pages = {**PAGES, "more.md": "# More\n\nSee {doc}`the beginning <index>`.\n"}
    documents = [pdf_of("pack", *VOLUMES, title="Annual report")]
    pack = built(tmp_path, documents, pages)["pack"]
    assert pack.links(pack.page_with("See the beginning")) == [pack.page_with("A foreword.")]


def test_what_one_document_has_on_its_cover_changes_no_other(tmp_path: Path) -> None:
    """The start page's heading is left out where the cover says the same, and only there."""
    own = volume("A", "Part one", has_start_page=True)
    documents = [pdf_of("a", own, title="Annual report"), pdf_of("b", own, title="Another")]
    for order in (documents, documents[::-1]):
        pdfs = built(tmp_path / order[0]["name"], order, PAGES)
        assert "Annual report" not in pdfs["a"].headings()
        assert "Annual report" in pdfs["b"].headings()


@pytest.fixture
def tmp_path(tmp_path: Path) -> Path:
    """Return a folder whose subfolders may be projects."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    return tmp_path


# Page numbers


def test_from_a_given_page_on_all_numbers_run_in_one_sequence(pdfs: dict[str, Pdf]) -> None:
    pack = pdfs["pack"]
    numbers = [str(147 + place) for place in range(len(pack.pages))]
    assert pack.labels() == numbers
    assert pack.footers() == [f"Page {number}" for number in numbers]
    assert not re.search(r"Page \d+ of", pack.text)


def test_from_page_1_the_footer_says_how_many_there_are(pdfs: dict[str, Pdf]) -> None:
    for name in ("pack-from-1", "one", "whole"):
        pdf = pdfs[name]
        total = len(pdf.pages)
        assert pdf.labels() == [str(number) for number in range(1, total + 1)]
        assert pdf.footers() == ["", *(f"Page {n} of {total}" for n in range(2, total + 1))]


@pytest.mark.parametrize("name", ["pack", "pack-from-1", "one"])
def test_the_contents_name_the_numbers_that_are_printed_on_the_pages(
    pdfs: dict[str, Pdf], name: str
) -> None:
    pdf = pdfs[name]
    listed = re.findall(r"^(.*?)(?: \.)+ (\d+)$", pdf.pages[1], re.MULTILINE)
    assert len(listed) >= 2
    labels = pdf.labels()
    destinations = {
        item.title: labels[pdf.reader.get_destination_page_number(item) or 0]
        for item in flat(pdf.reader.outline)
    }
    assert all(destinations[title] == number for title, number in listed)


def test_page_numbers_change_nothing_else(pdfs: dict[str, Pdf]) -> None:
    numbered, plain = pdfs["pack"], pdfs["pack-from-1"]
    assert numbered.content[2:] == plain.content[2:]
    assert numbered.is_wide() == plain.is_wide()


# Turned pages


@pytest.mark.parametrize("name", ["two", "pack", "whole"])
def test_a_turned_page_is_turned_as_a_whole_and_those_around_it_are_upright(
    pdfs: dict[str, Pdf], name: str
) -> None:
    pdf = pdfs[name]
    wide = pdf.is_wide()
    turned = {pdf.page_with(w) for w in ("Text on the turned page.", "Turned as well.")}
    assert {number for number, is_wide in enumerate(wide) if is_wide} == turned
    assert pdf.page_with("wide-a") == pdf.page_with("Text on the turned page.")
    assert pdf.page_with("Upright again.") == max(turned) + 1


@pytest.mark.parametrize("name", [document["name"] for document in DOCUMENTS])
def test_no_page_is_blank(pdfs: dict[str, Pdf], name: str) -> None:
    assert all(page.strip() for page in pdfs[name].content)


def test_a_turned_chapter_begins_on_its_own_page_with_its_heading(pdfs: dict[str, Pdf]) -> None:
    for name in ("two", "pack", "whole"):
        pdf = pdfs[name]
        page = pdf.content[pdf.page_with("Text on the turned page.")]
        assert re.match(r"\s*3 Turned\n", page)
        assert "Words of more." not in page


def test_a_turned_page_has_the_running_header_and_the_footer(pdfs: dict[str, Pdf]) -> None:
    pdf = pdfs["two"]
    for number in (n for n, is_wide in enumerate(pdf.is_wide()) if is_wide):
        assert "Running text" in pdf.pages[number]
        assert f"Page {number + 1} of {len(pdf.pages)}" in pdf.pages[number]


@pytest.mark.parametrize("orientation", ["portrait", "Landscape-ish"])
def test_another_orientation_does_not_turn_a_page(tmp_path: Path, orientation: str) -> None:
    pages = {
        "index.md": "# Annual report\n\n```{toctree}\none\n```\n",
        "one.md": f"---\norientation: {orientation}\n---\n# One\n\nText.\n",
    }
    assert not any(built(tmp_path, [pdf_of("a")], pages)["a"].is_wide())


def test_a_page_below_a_turned_page_is_turned_with_it(tmp_path: Path) -> None:
    front = "---\norientation: landscape\n---\n"
    pages = {
        "index.md": "# Annual report\n\n```{toctree}\nabove\nlast\n```\n",
        "above.md": f"{front}# Above\n\nText above.\n\n```{{toctree}}\ninner\n```\n",
        "inner.md": f"{front}# Inner\n\nText within.\n",
        "last.md": "# Last\n\nText after.\n",
    }
    pdf = built(tmp_path, [pdf_of("a")], pages)["a"]
    wide = pdf.is_wide()
    assert wide[pdf.page_with("Text above.")]
    assert wide[pdf.page_with("Text within.")]
    assert not wide[pdf.page_with("Text after.")]
    assert all(page.strip() for page in pdf.content)


# A long table on a turned page, as the plan's actions stand

_COLUMNS = 7
_ROWS = 40


def _long_table() -> str:
    head = "\n".join(f"{'* -' if n == 0 else '  -'} Head{n}" for n in range(_COLUMNS))
    rows = []
    for row in range(_ROWS):
        words = " ".join(f"r{row}w{n}" for n in range(5 + 37 * row % 60))
        cells = [f"first{row}", "Chair of the group", words, "2014-M10; 2015-M03"]
        cells += ["supercalifragilisticexpialidocious" * 2, "▲ At risk", f"last{row}"]
        rows += [f"{'* -' if n == 0 else '  -'} {cell}" for n, cell in enumerate(cells)]
    table = "\n".join([head, *rows])
    return f"```{{list-table}} Actions\n:header-rows: 1\n:stub-columns: 1\n\n{table}\n```\n"


@pytest.fixture(scope="module")
def actions(tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    pages = {
        "index.md": "# Annual report\n\n```{toctree}\nactions\n```\n",
        "actions.md": f"---\norientation: landscape\n---\n# Actions\n\n{_long_table()}",
    }
    return built(tmp_path_factory.mktemp("actions"), [pdf_of("a")], pages)["a"]


def test_the_header_row_is_repeated_on_every_turned_page(actions: Pdf) -> None:
    pages = [page for page in actions.pages if re.search(r"first\d", page)]
    assert len(pages) >= 3
    assert all(f"Head{n}" in page for page in pages for n in range(_COLUMNS))


def test_no_row_is_cut_in_two(actions: Pdf) -> None:
    for row in range(_ROWS):
        words = [f"first{row}", f"last{row}", *(f"r{row}w{n}" for n in range(5 + 37 * row % 60))]
        places = {
            number
            for number, page in enumerate(actions.pages)
            if set(words) & set(re.findall(r"\w+", page))
        }
        assert len(places) == 1, f"row {row} stands on pages {places}"
        assert set(words) <= set(re.findall(r"\w+", actions.pages[places.pop()]))


def test_no_cell_reaches_over_the_edge_or_into_another(actions: Pdf) -> None:
    with pdfplumber.open(actions.path) as pdf:
        for page in pdf.pages:
            for char in page.chars:
                assert 22 * MM - 1 <= char["x0"] <= char["x1"] <= page.width - 22 * MM + 1
            words = [w for w in page.extract_words() if not is_in_foot(w, page)]
            assert all(w["bottom"] <= page.height - 24 * MM + 1 for w in words)
    overlapping = [page for page in actions.pages if re.search(r"dociousAt|docious▲", page)]
    assert not overlapping


# Tones

_TONES = """
def _tones(app, doctree):
    from docutils import nodes
    for entry in doctree.findall(nodes.entry):
        if entry.astext().startswith("tone"):
            entry["classes"].append("-".join(entry.astext().split()))

def setup(app):
    app.connect("doctree-read", _tones)
"""
TONED = ("tone good", "tone watch", "tone alarm", "tone plain", "tone nonesuch", "nothing")
TONED_PAGE = "```{list-table} Tones\n:header-rows: 1\n\n* - Rating\n  - Other\n" + "".join(
    f"* - {text}\n  - beside\n" for text in TONED
)


@pytest.fixture(scope="module")
def fills(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[float, ...] | None]:
    """Return the colour behind each word of a table of tones, None where there is none."""
    pages = {"index.md": f"# Annual report\n\n{TONED_PAGE}```\n"}
    pdf = built(tmp_path_factory.mktemp("tones"), [pdf_of("a")], pages, _TONES)["a"]
    found: dict[str, tuple[float, ...] | None] = {}
    with pdfplumber.open(pdf.path) as read:
        for page in read.pages[1:]:
            filled = [rect for rect in page.rects if rect["fill"] and rect["height"] > 8]
            for word in page.extract_words():
                behind = [rect for rect in filled if _is_behind(rect, word)]
                found[word["text"]] = behind[-1]["non_stroking_color"] if behind else None
    return found


def _is_behind(rect: dict[str, Any], word: dict[str, Any]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(rect["x0"] <= x <= rect["x1"] and rect["top"] <= y <= rect["bottom"])


def _light(colour: tuple[float, ...]) -> float:
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_each_tone_has_a_fill_of_its_own_behind_its_cell_alone(
    fills: dict[str, tuple[float, ...] | None],
) -> None:
    colours = [fills["good"], fills["watch"], fills["alarm"]]
    assert None not in colours
    assert len(set(colours)) == 3


def test_other_cells_have_no_fill(tmp_path: Path) -> None:
    rows = [[entry("A"), entry("B")]]
    classes = ("tone-plain", "tone-nonesuch", "tone-", "tone-Good", "exhibit", "")
    rows += [[entry("a", classes=[name]), entry("b", classes=["right"])] for name in classes]
    source = tables.table_source(tables.grid(docutils_table(rows)), nodes.Element.astext)
    assert "fill" not in source
    assert "tone" not in source


def test_a_class_is_a_tone_only_if_it_says_so() -> None:
    rows = [[entry("A"), entry("B")], [entry("a", classes=["good"]), entry("b")]]
    source = tables.table_source(tables.grid(docutils_table(rows)), nodes.Element.astext)
    assert "fill" not in source


def test_an_unknown_tone_compiles_without_a_fill(
    fills: dict[str, tuple[float, ...] | None],
) -> None:
    for word in ("plain", "nonesuch", "nothing", "Rating", "Other", "beside"):
        assert fills[word] is None


def test_a_tone_stands_beside_the_cell_s_other_options() -> None:
    rows = [
        [entry("A"), entry("B")],
        [entry("a", morerows=1, classes=["right", "tone-alarm"]), entry("b")],
        [entry("c")],
    ]
    source = tables.table_source(tables.grid(docutils_table(rows)), nodes.Element.astext)
    cell = re.search(r"table\.cell\(([^\[]*)\)\[a\]", source)
    assert cell
    assert {"rowspan: 2", 'fill: tone("alarm")'} <= set(cell[1].split(", "))


@pytest.mark.parametrize("tone", ["good", "watch", "alarm"])
def test_text_on_a_tone_can_be_read(fills: dict[str, tuple[float, ...] | None], tone: str) -> None:
    """WCAG 2.2, 1.4.3: the text's colour (#1d2433) against the fill has at least 4.5 to 1."""
    colour = fills[tone]
    assert colour is not None
    assert (_light(colour) + 0.05) / (_light((0x1D / 255, 0x24 / 255, 0x33 / 255)) + 0.05) >= 4.5


# Terms about what comes next

_FILLERS = range(18, 36)


def exhibit_of(rows: str) -> str:
    table = f"```{{list-table}} Caption\n:header-rows: 1\n:stub-columns: 1\n\n{rows}\n```"
    return f":::{{container}} exhibit\n\n{table}\n:::\n"


def _about_page(fillers: int, rows: int) -> str:
    filler = "\n\n".join(f"Filler {number}." for number in range(fillers))
    body = "\n".join(f"* - row{number}\n  - {number}" for number in range(rows))
    terms = "\n\n".join(
        f"{name}{fillers}\n: {'An account. ' * 12}" for name in ("Need", "By", "Impact")
    )
    table = exhibit_of(f"* - Head{fillers}\n  - B\n{body}")
    return f"# Chapter {fillers}\n\n{filler}\n\nEnd{fillers}\n\n{{.about}}\n{terms}\n\n{table}"


@pytest.mark.parametrize("rows", [3, 70])
def test_terms_about_a_table_stay_on_the_page_on_which_it_begins(tmp_path: Path, rows: int) -> None:
    """Wherever the page ends: below the text, among the terms, or before the table."""
    names = [f"c{number}" for number in _FILLERS]
    listed = "\n".join(names)
    pages = {"index.md": f"# Annual report\n\n```{{toctree}}\n{listed}\n```\n"}
    pages |= {f"c{number}.md": _about_page(number, rows) for number in _FILLERS}
    texts = [set(page.split()) for page in built(tmp_path, [pdf_of("a")], pages)["a"].pages]

    def page_of(word: str) -> int:
        return next(number for number, words in enumerate(texts) if word in words)

    moved = 0
    for number in _FILLERS:
        need, impact, head = (page_of(f"{w}{number}") for w in ("Need", "Impact", "Head"))
        assert need == impact == head, f"after {number} paragraphs"
        moved += page_of(f"End{number}") < need
    assert 0 < moved < len(_FILLERS)


@pytest.mark.parametrize(
    ("kind", "after", "function"),
    [
        ("{.about}\n", exhibit_of("* - A\n  - B\n* - a\n  - b"), "about"),
        ("{.about}\n", "Text.\n", "terms"),
        ("{.about}\n", "", "terms"),
        ("", exhibit_of("* - A\n  - B\n* - a\n  - b"), "terms"),
    ],
)
def test_only_terms_about_a_table_right_after_them_are_set_so(
    tmp_path: Path, kind: str, after: str, function: str
) -> None:
    pages = {"index.md": f"# Annual report\n\nText.\n\n{kind}Term\n: Its meaning.\n\n{after}"}
    folder = built(tmp_path, [pdf_of("a")], pages)["a"].path.parent
    markup = (folder / "a.typ").read_text(encoding="utf-8")
    assert re.findall(r"#(terms|about)\(", markup) == [function]
