"""Volumes of a book as PDFs of their own and bound together; turned pages, tones, and terms."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest
from sphinx.errors import ConfigError

from hscb_report.look import LIGHT
from hscb_report.outputs.pdf.tokens import EDGE
from tests.outputs.projects import (
    FOOT,
    MM,
    Pdf,
    build,
    elements,
    flat,
    is_in_foot,
    list_table,
    pdf_of,
    row_scopes,
    write_project,
)

HOSTILE = "Second & <b>#x[y]</b>"

FILLER = "\n\n".join(["A line of words."] * 26)
"""So much that the next chapter begins on a page of its own."""
INDEX = f"""# Annual report

A foreword.

{FILLER}

```{{toctree}}
:numbered:
:caption: Part one

one
more
```

```{{toctree}}
:numbered:
:caption: Part two

turned
flat
after
```

```{{toctree}}
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
ONE += FILLER

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
    "more.md": "# More\n\nWords of more: see {doc}`the beginning <index>`.\n",
    "turned.md": TURNED,
    "flat.md": "---\norientation: landscape\n---\n# Flat\n\nTurned as well.\n",
    "after.md": "---\norientation: Landscape-ish\n---\n# After\n\nUpright again.\n",
    "three.md": THREE,
}


def volume(title: str, *parts: str, **options: Any) -> dict[str, Any]:
    return {"title": title, "parts": parts, **options}


VOLUMES = (
    volume("First <volume>", "Part three"),
    volume(HOSTILE, "Part one", has_start_page=True),
    volume("Third volume", "Part two"),
)
DOCUMENTS = (
    pdf_of("three", VOLUMES[0]),
    pdf_of("one", VOLUMES[1]),
    pdf_of("one-under-its-title", VOLUMES[1], title="Annual report"),
    pdf_of("one-again", VOLUMES[1]),
    pdf_of("two", VOLUMES[2]),
    pdf_of("backwards", volume("Backwards", "Part three", "Part one")),
    pdf_of("pack", *VOLUMES, first_page=147),
    pdf_of("pack-from-1", *VOLUMES, title="Annual report"),
    pdf_of("whole"),
)


def built(folder: Path, documents: Any, pages: dict[str, str], more: str = "") -> dict[str, Pdf]:
    source = write_project(folder / "source", pages, more)
    assert build(source, folder / "out", documents) == ""
    return {d["name"]: Pdf(folder / "out" / f"{d['name']}.pdf") for d in documents}


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pdf]:
    """Return every document of the small book; it was built without a warning."""
    return built(tmp_path_factory.mktemp("volumes"), DOCUMENTS, PAGES)


# What a volume holds


def test_a_volume_has_the_chapters_of_its_part_and_no_other(pdfs: dict[str, Pdf]) -> None:
    own = {
        "three": {"Threes", "Deep"},
        "one": {"Ones", "More"},
        "two": {"Turned", "Below", "Flat", "After"},
    }
    for name in own:
        found = " ".join(pdfs[name].headings)
        for volume_name, titles in own.items():
            assert all((title in found) == (volume_name == name) for title in titles)


def test_parts_stand_in_the_order_that_the_volume_gives(pdfs: dict[str, Pdf]) -> None:
    assert [re.sub(r"^[\d.]+ ", "", title) for title in pdfs["backwards"].headings] == [
        *("Threes", "Deep", "Ones", "More")
    ]
    contents = " ".join(pdfs["backwards"].pages[1].split())
    assert re.search(r"Part three .*Threes .*Deep .*Part one .*Ones .*More ", contents)


def test_chapters_keep_the_numbers_that_they_have_in_the_whole_book(pdfs: dict[str, Pdf]) -> None:
    numbered = {title for title in pdfs["whole"].headings if title[0].isdigit()}
    assert len(numbered) == 8
    for name in ("three", "one", "two", "backwards", "pack"):
        found = {title for title in pdfs[name].headings if title[0].isdigit()}
        assert found
        assert found <= numbered


def test_a_document_without_volumes_is_the_whole_book(pdfs: dict[str, Pdf]) -> None:
    text = pdfs["whole"].text
    for words in ("A foreword.", "Words of more", "Upright again.", "Health 1"):
        assert words in text


def test_the_start_page_is_only_in_the_volume_that_asks_for_it(pdfs: dict[str, Pdf]) -> None:
    told = {name for name, pdf in pdfs.items() if pdf.text.count("A foreword.") == 1}
    assert set(pdfs) - told == {"three", "two", "backwards"}
    assert not [name for name in set(pdfs) - told if "A foreword." in pdfs[name].text]


def test_the_start_page_stands_before_the_chapters_of_its_volume(pdfs: dict[str, Pdf]) -> None:
    pack = pdfs["pack"]
    places = [pack.page_with(words) for words in ("Agency", "A foreword.", "are named")]
    assert places == sorted(places)


def test_what_one_document_has_on_its_cover_changes_no_other(pdfs: dict[str, Pdf]) -> None:
    """The start page's heading is left out where the cover says the same, and only there."""
    under_it = {name for name, pdf in pdfs.items() if "Annual report" not in pdf.headings}
    assert under_it >= {"one-under-its-title", "pack-from-1"}
    assert not under_it & {"one", "one-again", "pack", "whole"}
    assert pdfs["one"].content[1:] == pdfs["one-again"].content[1:]


@pytest.mark.parametrize(
    ("document", "named"),
    [
        (pdf_of("a", volume("A", "Part one", "Part nine")), 'the book has no part "Part nine"'),
        (pdf_of("a", volume("A", "part one")), 'the book has no part "part one"'),
        (pdf_of("a", volume("A", "Part one", has_startpage=True)), "has_startpage"),
        (pdf_of("a", start="nowhere"), 'there is no page "nowhere"'),
        ({"start": "index", "name": "a"}, "title"),
        (pdf_of("a", tilte="B"), "tilte"),
    ],
)
def test_a_setting_that_means_nothing_is_an_error_that_names_it(
    pdfs: dict[str, Pdf], tmp_path: Path, document: dict[str, Any], named: str
) -> None:
    source = pdfs["pack"].path.parents[1] / "source"
    with pytest.raises(ConfigError, match=named):
        build(source, tmp_path / "out", [document])


def test_a_book_read_again_in_another_folder_gives_the_same_bytes(
    pdfs: dict[str, Pdf], tmp_path: Path
) -> None:
    again = built(tmp_path, DOCUMENTS, PAGES)
    for name in ("pack", "whole", "backwards"):
        assert again[name].path.read_bytes() == pdfs[name].path.read_bytes()
        assert str(tmp_path) not in again[name].markup


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
        assert "Threes" not in pack.pages[number]
    assert pack.pages[pack.page_with("A foreword.")].startswith("Running text Annual report\n")


# References between volumes


def test_a_reference_to_another_volume_is_a_link_when_they_are_bound_together(
    pdfs: dict[str, Pdf],
) -> None:
    """The start page too has one place, though every volume is assembled from it."""
    for name in ("pack", "pack-from-1"):
        pack = pdfs[name]
        page = pack.page_with("are named")
        threes, turned, more = map(pack.page_with, ("Agency", "Text on the turned", "Words of"))
        assert pack.links(page) == [threes, turned, threes, threes, more]
        assert pack.links(turned) == pack.links(threes) == [page]
        assert pack.links(more) == [pack.page_with("A foreword.")]


def test_a_reference_to_a_volume_that_is_not_there_is_plain_text(pdfs: dict[str, Pdf]) -> None:
    """Its words and numbers stay, and the build gave no warning (the fixture says so)."""
    one = pdfs["one"]
    page = one.page_with("are named")
    words = " ".join(one.pages[page].split())
    assert "Here Threes, Turned, a place and Table 6.1 are named, as is More." in words
    assert one.links(page) == [one.page_with("Words of more")]
    assert pdfs["two"].links(pdfs["two"].page_with("Back to Ones.")) == []
    assert pdfs["backwards"].links(pdfs["backwards"].page_with("see the beginning")) == []


def test_a_reference_to_another_volume_reads_the_same_bound_or_not(pdfs: dict[str, Pdf]) -> None:
    def words(name: str) -> str:
        pdf = pdfs[name]
        return " ".join(pdf.content[pdf.page_with("are named")].split())

    assert words("one") == words("pack") == words("whole")


FACTS = """
def setup(app):
    from docutils import nodes
    def fact(_role, _raw, text, *_more, **_options):
        return [nodes.inline("", text, classes=["fact"], fact="number-one")], []
    app.add_role("fact", fact)
"""
WITH_FACTS = {
    "index.md": INDEX.replace("\nthree\n", "\npages/sources\n"),
    "one.md": "# Ones\n\nOf these, {fact}`£12,300` was spent; the rest remains.\n\n## {fact}`7`\n",
    "more.md": "# More\n\nNothing.\n",
    "turned.md": "# Turned\n\nNothing.\n",
    "flat.md": "# Flat\n\nNothing.\n",
    "after.md": "# After\n\nNothing.\n",
    "pages/sources.md": "# Sources\n\n(number-one)=\n\nWhere the number comes from.\n",
}


@pytest.fixture(scope="module")
def with_facts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pdf]:
    """Return a report alone, and bound with the page that says where its numbers come from."""
    documents = [pdf_of("report", VOLUMES[1]), pdf_of("bound", VOLUMES[1], VOLUMES[0])]
    return built(tmp_path_factory.mktemp("facts"), documents, WITH_FACTS, FACTS)


def test_a_number_leads_to_its_source_where_that_is_bound_with_it(
    with_facts: dict[str, Pdf],
) -> None:
    """One of a heading does not; and what is said of the link begins with a word."""
    bound = with_facts["bound"]
    page = bound.page_with("was spent")
    assert bound.links(page) == [bound.page_with("Where the number comes from.")]
    said = [str(link.get_object()["/Contents"]) for link in bound.reader.pages[page]["/Annots"]]
    assert all(words[0].isalpha() for words in said)


def test_a_number_of_a_report_alone_is_text_and_reads_the_same(with_facts: dict[str, Pdf]) -> None:
    alone = with_facts["report"]
    page = alone.page_with("was spent")
    assert alone.links(page) == []
    assert "Of these, £12,300 was spent; the rest remains." in alone.text
    assert "Of these, £12,300 was spent; the rest remains." in with_facts["bound"].text


def test_a_page_for_the_screen_alone_is_in_no_volume_and_what_leads_to_it_is_plain_text(
    tmp_path: Path,
) -> None:
    left_out = '\ntypst_left_out = ["more"]\n'
    pages = {**WITH_FACTS, "one.md": "# Ones\n\nSee {doc}`more`, too.\n"}
    found = built(tmp_path, [pdf_of("report", VOLUMES[1])], pages, FACTS + left_out)["report"]
    assert "See More, too." in " ".join(found.text.split())
    assert found.links(found.page_with("See More, too.")) == []
    titles = [item.title for item in found.reader.outline if not isinstance(item, list)]
    assert titles == ["Annual report", "1 Ones"]


# Page numbers


def test_from_a_given_page_on_all_numbers_run_in_one_sequence(pdfs: dict[str, Pdf]) -> None:
    pack = pdfs["pack"]
    numbers = [str(147 + place) for place in range(len(pack.pages))]
    assert pack.labels() == numbers
    assert pack.footers() == [f"Page {number}" for number in numbers]
    assert not re.search(r"Page \d+ of", pack.text)


def test_from_page_1_the_footer_says_how_many_there_are(pdfs: dict[str, Pdf]) -> None:
    for name in ("pack-from-1", "one"):
        pdf = pdfs[name]
        total = len(pdf.pages)
        assert pdf.labels() == [str(number) for number in range(1, total + 1)]
        assert pdf.footers() == ["", *(f"Page {n} of {total}" for n in range(2, total + 1))]


def test_the_contents_name_the_numbers_that_are_printed_on_the_pages(
    pdfs: dict[str, Pdf],
) -> None:
    for name in ("pack", "pack-from-1", "one"):
        pdf = pdfs[name]
        listed = re.findall(r"^(.*?)(?: \.)+ (\d+)$", pdf.pages[1], re.MULTILINE)
        assert len(listed) >= 2
        labels = pdf.labels()
        destinations = {
            item.title: labels[pdf.reader.get_destination_page_number(item) or 0]
            for item in flat(pdf.reader.outline)
        }
        assert all(destinations[title] == number for title, number in listed)


# Turned pages


def test_a_turned_page_is_turned_as_a_whole_and_those_around_it_are_upright(
    pdfs: dict[str, Pdf],
) -> None:
    """It begins with its chapter's heading; "Landscape-ish" turns nothing."""
    for name in ("two", "pack", "whole"):
        pdf = pdfs[name]
        turned = [pdf.page_with(w) for w in ("Text on the turned page.", "Turned as well.")]
        assert {number for number, is_wide in enumerate(pdf.is_wide) if is_wide} == set(turned)
        assert pdf.page_with("wide-a") == turned[0]
        assert pdf.page_with("Upright again.") == max(turned) + 1
        assert re.match(r"\s*3 Turned\n", pdf.content[turned[0]])
        assert "Words of more" not in pdf.content[turned[0]]


def test_no_page_is_blank(pdfs: dict[str, Pdf], turned: dict[str, Pdf]) -> None:
    for pdf in (*pdfs.values(), turned["nested"]):
        assert all(page.strip() for page in pdf.content)


def test_a_turned_page_has_the_running_header_and_the_footer(pdfs: dict[str, Pdf]) -> None:
    pdf = pdfs["two"]
    for number in (n for n, is_wide in enumerate(pdf.is_wide) if is_wide):
        assert "Running text" in pdf.pages[number]
        assert f"Page {number + 1} of {len(pdf.pages)}" in pdf.pages[number]


# One more project, whose start pages each make a document: what may happen on a page

_TURNED = "---\norientation: landscape\n---\n"
_COLUMNS = 7
_ROWS = 40
_WORDS = {row: [f"r{row}w{n}" for n in range(5 + 37 * row % 60)] for row in range(_ROWS)}
_TONES = ("tone good", "tone watch", "tone alarm", "tone plain", "tone nonesuch", "nothing")
_FILLERS = range(18, 36, 2)
_ROWS_AFTER_TERMS = (3, 50)

TONES_BY_TEXT = """
def _tones(app, doctree):
    from docutils import nodes
    for entry in doctree.findall(nodes.entry):
        if entry.astext().startswith("tone"):
            entry["classes"].append("-".join(entry.astext().split()))

def setup(app):
    app.connect("doctree-read", _tones)
"""


def start_page(title: str, *names: str) -> str:
    listed = "\n".join(names)
    return f"---\norphan: true\n---\n# {title}\n\n```{{toctree}}\n{listed}\n```\n"


def actions_page() -> str:
    """Return a long table on a turned page, as the plan's actions stand."""
    rows = [[f"Head{n}" for n in range(_COLUMNS)]]
    for row, words in _WORDS.items():
        cells = [f"first{row}", "Chair of the group", " ".join(words), "2014-M10; 2015-M03"]
        rows.append([*cells, "supercalifragilisticexpialidocious" * 2, "▲ At risk", f"last{row}"])
    return f"{_TURNED}# Actions\n\n{list_table('Actions', rows, ':stub-columns: 1')}\n"


def about_page(fillers: int, rows: int) -> str:
    """Return a chapter in which terms and their table begin after some paragraphs."""
    filler = "\n\n".join(f"Filler {number}." for number in range(fillers))
    terms = "\n\n".join(
        f"{name}{fillers}\n: {'An account. ' * 12}" for name in ("Need", "By", "Impact")
    )
    body = [[f"Head{fillers}", "B"], *([f"row{number}", str(number)] for number in range(rows))]
    table = f":::{{container}} exhibit\n\n{list_table('Caption', body, ':stub-columns: 1')}\n:::\n"
    return f"# Chapter {fillers}\n\n{filler}\n\nEnd{fillers}\n\n{{.about}}\n{terms}\n\n{table}"


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pdf]:
    """Return several documents, each of a start page of its own."""
    tones = [["Rating", "Other"], *([text, "beside"] for text in _TONES)]
    pages = {
        "index.md": "# Start\n\nNothing.\n",
        "nested.md": start_page("Nested", "above", "last"),
        "above.md": f"{_TURNED}# Above\n\nText above.\n\n```{{toctree}}\ninner\n```\n",
        "inner.md": f"{_TURNED}# Inner\n\nText within.\n",
        "last.md": "---\norientation: portrait\n---\n# Last\n\nText after.\n",
        "long.md": start_page("Long", "actions"),
        "actions.md": actions_page(),
        "tones.md": f"---\norphan: true\n---\n# Tones\n\n{list_table('Tones', tones)}\n",
    }
    documents = [pdf_of(name, start=name) for name in ("nested", "long", "tones")]
    for rows in _ROWS_AFTER_TERMS:
        chapters = {f"about{rows}-{fillers}": about_page(fillers, rows) for fillers in _FILLERS}
        pages |= {f"{name}.md": text for name, text in chapters.items()}
        pages[f"about{rows}.md"] = start_page("About", *chapters)
        documents.append(pdf_of(f"about{rows}", start=f"about{rows}"))
    return built(tmp_path_factory.mktemp("turned"), documents, pages, TONES_BY_TEXT)


def test_a_page_below_a_turned_page_is_turned_with_it(turned: dict[str, Pdf]) -> None:
    pdf = turned["nested"]
    assert pdf.is_wide[pdf.page_with("Text above.")]
    assert pdf.is_wide[pdf.page_with("Text within.")]
    assert not pdf.is_wide[pdf.page_with("Text after.")]


def test_the_header_row_is_repeated_on_every_turned_page(turned: dict[str, Pdf]) -> None:
    pages = [page for page in turned["long"].pages if re.search(r"first\d", page)]
    assert len(pages) >= 3
    assert all(f"Head{n}" in page for page in pages for n in range(_COLUMNS))


def test_no_row_is_cut_in_two(turned: dict[str, Pdf]) -> None:
    pages = [set(re.findall(r"\w+", page)) for page in turned["long"].pages]
    for row, words in _WORDS.items():
        own = {f"first{row}", f"last{row}", *words}
        places = [page for page in pages if own & page]
        assert len(places) == 1, f"row {row} stands on {len(places)} pages"
        assert own <= places[0]


def test_no_cell_reaches_over_the_edge_or_into_another(turned: dict[str, Pdf]) -> None:
    with pdfplumber.open(turned["long"].path) as pdf:
        for page in pdf.pages:
            for char in page.chars:
                assert EDGE * MM - 1 <= char["x0"] <= char["x1"] <= page.width - EDGE * MM + 1
            words = [w for w in page.extract_words() if not is_in_foot(w, page)]
            assert all(w["bottom"] <= page.height - FOOT * MM + 1 for w in words)
    assert not re.search(r"dociousAt|docious▲", turned["long"].text)


# Tones


@pytest.fixture(scope="module")
def colours(turned: dict[str, Pdf]) -> dict[str, str]:
    """Return the colour of each word of a table of tones, as look.py writes it."""
    found: dict[str, str] = {}
    with pdfplumber.open(turned["tones"].path) as read:
        for page in read.pages[1:]:
            for word in page.extract_words(extra_attrs=["non_stroking_color"]):
                parts = [round(255 * part) for part in word["non_stroking_color"]]
                found[word["text"]] = "#" + "".join(f"{part:02x}" for part in parts)
    return found


def test_each_tone_has_a_colour_of_its_own_for_its_words_alone(colours: dict[str, str]) -> None:
    """An unknown tone compiles without one."""
    toned = {tone: colours[tone] for tone in ("good", "watch", "alarm")}
    assert toned == {"good": LIGHT["done"], "watch": LIGHT["risk"], "alarm": LIGHT["late"]}
    for word in ("plain", "nonesuch", "nothing", "Rating", "Other", "beside"):
        assert colours[word] == LIGHT["text"]


# Terms about what comes next


@pytest.mark.parametrize("rows", _ROWS_AFTER_TERMS)
def test_terms_about_a_table_stay_on_the_page_on_which_it_begins(
    turned: dict[str, Pdf], rows: int
) -> None:
    """Wherever the page ends: below the text, among the terms, or before the table."""
    pages = [set(page.split()) for page in turned[f"about{rows}"].pages]

    def page_of(word: str) -> int:
        return next(number for number, words in enumerate(pages) if word in words)

    moved = 0
    for number in _FILLERS:
        need, impact, head = (page_of(f"{w}{number}") for w in ("Need", "Impact", "Head"))
        assert need == impact == head, f"after {number} paragraphs"
        moved += page_of(f"End{number}") < need
    assert 0 < moved < len(_FILLERS)
