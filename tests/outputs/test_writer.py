"""From a Sphinx project to Typst and PDF: what a reader of the PDF gets."""

import re
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from hscb_report.outputs.pdf.pdf import check_structure
from tests.outputs.projects import (
    Pdf,
    build,
    elements,
    list_table,
    pdf_of,
    row_scopes,
    write_project,
)

ANNUAL_REPORT = {
    "start": "index",
    "name": "annual-report",
    "title": "Annual report",
    "subtitle": "A Board",
    "author": "The Chair",
    "notice": "Public edition.",
    "marking": "DRAFT 3: not <final>.",
    "standing": ["DRAFT 3: not <final>.", "Approved by *nobody*"],
    "running": "Annual report 2013-14",
    "language": "en-GB",
}

INDEX = """# Annual report

A foreword.

```{toctree}
:numbered:
:caption: Part one

context
```

```{toctree}
:numbered:
:caption: Part two

money/budget
```
"""

HOSTILE = [
    "#strong[x] $x$ @ref <label> // comment",
    "[x](javascript:alert(1)) <script>alert(1)</script>",
    "{{ budget.total }} | *a* _b_ `c` ~ \\ /* d */",
    "= heading",
    "- item",
    "1. item",
    "\"quoted\" 'single' -- --- ...",
    "45\u00a0203",
]

CONTEXT = """(context)=
# Context & need

Known to all[^known], as {ref}`the budget <budget>`, {numref}`money`, {numref}`chart`,
{doc}`money/budget` and {numref}`budget` show; see <https://example.org/a?b=c>.
Again[^known], and new[^new].

[^known]: The **first** note.
[^new]: The second note.

## Lists

- one
- two
  - inner

3. three
4. four

Term
: Its definition.

:Field: Its body.

:::{note}
Read this.
:::

:::{admonition} Titled
Read that.
:::

> A quotation.

| Verse

---

```python
print("code")
```

### Deeper

```{figure} chart.svg
:name: chart
:alt: Bars by agency

Contributions drawn
```

:::{container} exhibit

```{list-table} Hostile text
:name: hostile
:header-rows: 1
:stub-columns: 1

* - Text
  - Amount
HOSTILE_ROWS
```

{.exhibit-note}
Source: the accounts.
:::
"""

BUDGET = """(budget)=
# Budget

Back to {ref}`context` and to {ref}`a list <long>`.

```{list-table} Contributions
:name: money
:header-rows: 1

* - Agency
  - Amount
* - Health
  - 45,203
```

## Long and wide

```{list-table} Every payment
:name: long
:header-rows: 1
:stub-columns: 1

* - Payment
  - Amount
LONG_ROWS
```

Before the wide table.

```{list-table} Everything planned
:name: wide
:class: landscape
:header-rows: 1
:stub-columns: 1

* - Priority
  - Work
  - Result
  - Responsibilities-in-common
  - Interdisciplinarity-of-all
* - First
  - Did-much-of-what-was-planned
  - Changed-more-than-before-it
  - Safeguarding-commissioners-of-old
  - Safeguarding-practitioners-of-old
```

After the wide table. In 2013-14 came e-learning, not the 12013-145.
"""

ODD_TABLES = f"""---
orphan: true
---
# Odd tables

- An item

  ```{{list-table}} Landscape in a list
  :class: landscape
  :header-rows: 1
  :stub-columns: 1

  * - A
    - B
  * - a
    - 1
  ```

```{{list-table}} Outer
:header-rows: 1
:stub-columns: 1

* - A
  - B
* - a
  - ```{{list-table}} Inner
    :header-rows: 1
    :stub-columns: 1

    * - C
      - D
    * - c
      - 2
    ```
* - tall
  - {" ".join(f"word{number}" for number in range(1500))}
```
"""

TABLE = list_table("Caption", [["A", "B"], ["a", "b"]])
EXHIBIT = f":::{{container}} exhibit\n\n{TABLE}\n:::\n"
TERMS = f"""---
orphan: true
---
# Terms

{{.about}}
Term
: Of the table that follows.

{EXHIBIT}

## Not of a table

{{.about}}
Term
: Its meaning.

Text.

## Not about anything

Term
: Its meaning.

{EXHIBIT}

## Last

{{.about}}
Term
: Its meaning.
"""


def escaped_markdown(text: str) -> str:
    return re.sub(r"([^\w\s]|_)", r"\\\1", text)


def book_pages() -> dict[str, str]:
    hostile = "\n".join(f"* - {escaped_markdown(text)}\n  - {i}" for i, text in enumerate(HOSTILE))
    long = "\n".join(f"* - Payment {i}\n  - {i * 1000:,}" for i in range(1, 121))
    return {
        "index.md": INDEX,
        "context.md": CONTEXT.replace("HOSTILE_ROWS", hostile),
        "money/budget.md": BUDGET.replace("LONG_ROWS", long),
        "odd.md": ODD_TABLES,
        "terms.md": TERMS,
    }


@dataclass(frozen=True)
class Book:
    """The project's PDFs, and its HTML."""

    report: Pdf
    odd: Pdf
    terms: Pdf
    html: dict[str, str]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Return what a project is built to, without a warning, in both forms."""
    folder = tmp_path_factory.mktemp("book")
    source = write_project(folder / "source", book_pages())
    documents = [ANNUAL_REPORT, pdf_of("odd", start="odd"), pdf_of("terms", start="terms")]
    assert build(source, folder / "typst", documents) == ""
    assert build(source, folder / "html", builder="html") == ""
    html = {p.stem: p.read_text(encoding="utf-8") for p in (folder / "html").rglob("*.html")}
    pdfs = (folder / "typst" / f"{d['name']}.pdf" for d in documents)
    return Book(*map(Pdf, pdfs), html)


@pytest.fixture(scope="module")
def report(book: Book) -> Pdf:
    return book.report


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).replace("&amp;", "&").strip(" ¶")


# What the reader sees


def test_the_cover_says_what_the_document_is(report: Pdf) -> None:
    cover = report.pages[0]
    for words in ("Annual report", "A Board", "The Chair", "Public edition."):
        assert words in cover
    assert "DRAFT 3: not <final>.\nApproved by *nobody*\n" in cover
    assert "Page 1 of" not in cover


def test_every_page_after_the_cover_carries_its_number_the_running_text_and_its_chapter(
    report: Pdf,
) -> None:
    for number, page in enumerate(report.pages[1:], 2):
        assert f"Page {number} of {len(report.pages)}" in page
        assert "Annual report 2013-14" in page
        assert page.startswith("DRAFT 3: not <final>.\n")
    assert sum("2 Budget" in " ".join(page.split()) for page in report.pages) >= 4


def test_the_properties_say_in_sentences_how_final_the_document_is(report: Pdf) -> None:
    found = report.reader.metadata
    assert found
    assert found.subject == "DRAFT 3: not <final>. Approved by *nobody*."


def test_section_and_caption_numbers_are_those_of_the_html(book: Book) -> None:
    """Chapters in a second part go on counting as the HTML does."""
    html = book.html["context"] + book.html["budget"]
    assert 'number: "2.1")' in book.report.markup
    for heading in re.findall(r"<h[123]>(.*?)</h[123]>", html):
        if found := re.match(r"([\d.]+)\.\s*(.*)", plain(heading)):
            assert f'number: "{found[1]}")[#"{found[2]}";]' in book.report.markup
    pattern = r'<span class="caption-number">(.*?) ?</span><span class="caption-text">(.*?)</span>'
    numbers = re.findall(pattern, html)
    assert len(numbers) == 5
    for number, caption in numbers:
        assert f"{number}. {plain(caption)}" in book.report.text


def test_references_show_the_numbers_of_what_they_lead_to(book: Book) -> None:
    table = re.search(r'href="money/budget.html#money"><span.*?>(.*?)<', book.html["context"])
    assert table
    assert f"as the budget, {table[1]}, Figure" in book.report.text


def test_captions_stand_above_tables_and_figures_alike(report: Pdf) -> None:
    page = next(page for page in report.pages if "Hostile text" in page)
    assert page.index("Hostile text") < page.index("Amount")
    page = next(page for page in report.pages if "Contributions drawn" in page)
    assert page.index("Contributions drawn") < page.index("Agencies drawn")


def test_markup_in_a_cell_is_text(report: Pdf) -> None:
    """Whatever a cell says is shown as it is, not run and not typeset."""
    shown = re.sub(r"[\s\u200b]+", "", report.text)
    assert [text for text in HOSTILE if re.sub(r"\s+", "", text) not in shown] == []


def test_every_kind_of_block_is_there(report: Pdf) -> None:
    expected = [
        *("one", "inner", "3. three", "4. four", "Term Its definition.", "Field Its body."),
        *("Note Read this.", "Titled Read that.", "A quotation.", 'print("code")'),
        *("A foreword.", "Source: the accounts.", "Verse"),
    ]
    assert [words for words in expected if words not in report.text] == []


def test_a_footnote_with_two_references_is_one_note(report: Pdf) -> None:
    assert report.text.count("The first note.") == 1
    assert "Known to all1," in report.text
    assert "Again1, and new2" in report.text


def test_header_rows_repeat_on_every_page_of_a_long_table(report: Pdf) -> None:
    pages = [page for page in report.pages if re.search(r"Payment \d", page)]
    assert len(pages) >= 3
    assert all(re.search(r"Payment\s+Amount", page) for page in pages)
    assert "Payment 120" in pages[-1]


def test_a_table_too_wide_for_a_page_has_a_turned_one_and_text_goes_on_in_portrait(
    report: Pdf,
) -> None:
    assert report.is_wide.count(True) == 1
    position = report.is_wide.index(True)
    assert "First" in report.pages[position]
    assert "After the wide table." in report.pages[position + 1]


def test_no_page_is_blank(report: Pdf) -> None:
    furniture = r"Annual report 2013-14|Page \d+ of \d+|\d (Budget|Context & need)"
    assert all(re.sub(furniture, "", page).strip() for page in report.pages)


def test_the_contents_are_grouped_by_parts(report: Pdf) -> None:
    contents = " ".join(report.pages[1].split())
    assert re.search(r"Part one 1 Context.*Part two 2 Budget", contents)


# What software reads


def test_the_pdf_passes_its_own_check(report: Pdf) -> None:
    assert check_structure(report.path) == []


def test_title_language_and_no_date(report: Pdf) -> None:
    with pikepdf.open(report.path) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.docinfo["/Title"]) == "Annual report"
        assert "/CreationDate" not in pdf.docinfo
        assert b"CreateDate" not in pdf.Root.Metadata.read_bytes()


def test_row_headers_are_those_of_stub_columns(report: Pdf) -> None:
    with pikepdf.open(report.path) as pdf:
        hostile, money, long, wide = elements(pdf.Root.StructTreeRoot, "/Table")
        for table in (hostile, long, wide):
            header, *body = row_scopes(table)
            assert set(header) == {"/Column"}
            assert all(scopes == ["/Row"] for scopes in body)
        assert row_scopes(money) == [["/Column", "/Column"], []]
        assert len(row_scopes(long)) == 121


def test_headings_follow_the_sections(report: Pdf) -> None:
    with pikepdf.open(report.path) as pdf:
        root = pdf.Root.StructTreeRoot
        titles = [[str(h["/T"]) for h in elements(root, f"/H{level}")] for level in (1, 2, 3)]
    assert titles == [
        ["Contents", "Context & need", "Budget"],
        ["Lists", "Long and wide"],
        ["Deeper"],
    ]


def test_a_figure_keeps_its_alternative_and_its_text(report: Pdf) -> None:
    with pikepdf.open(report.path) as pdf:
        figures = list(elements(pdf.Root.StructTreeRoot, "/Figure"))
        assert [str(figure.Alt) for figure in figures] == ["Bars by agency"]
    assert "Agencies drawn" in report.text


def test_only_bundled_fonts_are_used(report: Pdf) -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in report.reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts
    assert all(name.startswith(("SourceSansPro", "DejaVuSansMono")) for name in fonts)


def test_bookmarks_lead_to_chapters_and_sections(report: Pdf) -> None:
    first, inner, second, _ = report.reader.outline
    assert [first.title, second.title] == ["1 Context & need", "2 Budget"]
    assert [item.title for item in inner if not isinstance(item, list)] == ["1.1 Lists"]
    place = report.reader.get_destination_page_number(second)
    assert "Back to Context & need" in report.pages[place]


def test_references_are_links_within_the_document_and_addresses_lead_out(report: Pdf) -> None:
    page = report.reader.pages[report.page_with("Known to all")]
    links = [annotation.get_object() for annotation in page["/Annots"]]
    outward = [link["/A"]["/URI"] for link in links if "/URI" in link.get("/A", {})]
    assert outward == ["https://example.org/a?b=c"]
    assert len(links) - len(outward) >= 5


# Tables in unusual places


def test_tables_inside_tables_keep_their_own_row_headers(book: Book) -> None:
    with pikepdf.open(book.odd.path) as pdf:
        found = list(elements(pdf.Root.StructTreeRoot, "/Table"))
        assert len(found) == 3
        assert row_scopes(found[2]) == [["/Column", "/Column"], ["/Row"]]


def test_a_landscape_table_inside_a_list_stays_on_its_page(book: Book) -> None:
    assert not any(book.odd.is_wide)


def test_a_row_taller_than_a_page_is_not_cut(book: Book) -> None:
    """It goes on over several pages, none of its words below the edge."""
    with pdfplumber.open(book.odd.path) as pdf:
        shown = {
            word["text"]
            for page in pdf.pages
            for word in page.extract_words()
            if word["bottom"] <= page.height
        }
    assert [n for n in range(1500) if f"word{n}" not in shown] == []


def test_only_terms_about_a_table_right_after_them_are_set_so(book: Book) -> None:
    set_as = re.findall(r"#(terms|about)\(", book.terms.markup)
    assert set_as == ["about", "terms", "terms", "terms"]


# What cannot be shown

REFUSED = {
    "```{image} chart.svg\n```": 'The image "chart.svg" has no text alternative.',
    "[x](ftp://example.org)": 'The PDF cannot link to "ftp://example.org"',
    "```{math}\na + b\n```": "The PDF has no form for formulas",
    "## Heading[^n]\n\nText[^n]\n\n[^n]: Note.": "cannot set a footnote to a heading",
    "See {doc}`aside`.": 'The PDF has no place "aside"',
    "```{list-table}\n* - a\n  - b\n```": "The table has no header row",
    "```{py:function} spend(amount)\nWords inside.\n```": 'has no form for "desc_content"',
}


def test_what_the_pdf_cannot_show_is_a_warning(tmp_path: Path) -> None:
    """Nothing is dropped in silence: `-W` stops the build, and content still shows.

    What the finished PDF's check finds is a warning as well.
    """
    names = [f"page{number}" for number in range(len(REFUSED))]
    listed = "\n".join(names)
    pages = {
        "index.md": f"# Annual report\n\n```{{toctree}}\n{listed}\n```\n",
        "aside.md": "---\norphan:\n---\n# Aside",
        **{f"{n}.md": f"# {n}\n\n{text}\n" for n, text in zip(names, REFUSED, strict=True)},
    }
    source = write_project(tmp_path / "source", pages)
    told = build(source, tmp_path / "out", [ANNUAL_REPORT])
    for name, warning in zip(names, REFUSED.values(), strict=True):
        assert re.search(rf"{name}\.md.*{re.escape(warning)}", told), warning
    assert "annual-report.pdf: Table 1 in reading order has no column headers." in told
    assert "Words inside." in Pdf(tmp_path / "out" / "annual-report.pdf").text


def test_no_line_ends_within_a_year_or_after_a_single_letter(book: Book) -> None:
    markup = book.report.markup
    assert 'In ";#box[#"2013-14";]#" came ";#box[#"e-learning";]#", not the 12013-145."' in markup
