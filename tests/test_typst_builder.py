"""From a Sphinx project to Typst and PDF: what a reader of the PDF gets."""

import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdf
import pytest
import typst
from docutils import nodes
from hypothesis import given, settings
from hypothesis import strategies as st
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from hscb_report.book.typst import tables
from hscb_report.book.typst.pdf import check_structure
from hscb_report.book.typst.text import breakable, inline, label, string_literal

CONF = """
extensions = ["myst_parser", "sphinx_multitoc_numbering", "hscb_report.book.typst"]
myst_enable_extensions = ["attrs_block", "colon_fence", "deflist", "fieldlist"]
numfig = True
numfig_format = {"table": "Table %s", "figure": "Figure %s", "section": "Section %s"}
smartquotes = False
html_theme = "basic"
typst_documents = [{
    "start": "index",
    "name": "annual-report",
    "title": "Annual report",
    "subtitle": "A Board",
    "author": "The Chair",
    "notice": "Public edition.",
    "running": "Annual report 2013-14",
    "language": "en-GB",
}]
"""

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
* - First
  - Did much
  - Changed more
```

After the wide table.
"""

CHART = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60">
<rect width="90" height="20" fill="#135"/>
<text x="5" y="45" font-family="Source Sans Pro" font-size="14">Agencies drawn</text></svg>"""


def escaped_markdown(text: str) -> str:
    return re.sub(r"([^\w\s]|_)", r"\\\1", text)


def write_project(folder: Path, pages: dict[str, str], conf: str = CONF) -> Path:
    folder.mkdir()
    for name, text in {"conf.py": conf, "chart.svg": CHART, **pages}.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def book_pages() -> dict[str, str]:
    hostile = "\n".join(f"* - {escaped_markdown(text)}\n  - {i}" for i, text in enumerate(HOSTILE))
    long = "\n".join(f"* - Payment {i}\n  - {i * 1000:,}" for i in range(1, 121))
    return {
        "index.md": INDEX,
        "context.md": CONTEXT.replace("HOSTILE_ROWS", hostile),
        "money/budget.md": BUDGET.replace("LONG_ROWS", long),
    }


def build(source: Path, out: Path, builder: str = "typst") -> str:
    """Build a project with warnings collected, and return the warnings."""
    warnings = io.StringIO()
    with patch_docutils(str(source)), docutils_namespace():
        app = Sphinx(
            *(source, source, out, out / ".doctrees", builder),
            status=None,
            warning=warnings,
            freshenv=True,
        )
        app.build()
    return re.sub(r"\x1b\[[\d;]*m", "", warnings.getvalue())


@dataclass(frozen=True)
class Book:
    """The project, its markup and PDF, and its HTML."""

    source: Path
    markup: str
    pdf: Path
    html: dict[str, str]

    @property
    def pages(self) -> list[str]:
        return [page.extract_text() for page in pypdf.PdfReader(self.pdf).pages]

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.pages))


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Book:
    folder = tmp_path_factory.mktemp("book")
    source = write_project(folder / "source", book_pages())
    assert build(source, folder / "typst") == ""
    assert build(source, folder / "html", "html") == ""
    html = {p.stem: p.read_text(encoding="utf-8") for p in (folder / "html").rglob("*.html")}
    markup = (folder / "typst" / "annual-report.typ").read_text(encoding="utf-8")
    return Book(source, markup, folder / "typst" / "annual-report.pdf", html)


def elements(node, role):
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if str(kid.S) == role:
                yield kid
            yield from elements(kid, role)


def row_scopes(table):
    return [
        [str(a.Scope) for cell in row.K for a in cell.A if "/Scope" in a]
        for row in elements(table, "/TR")
    ]


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).replace("&amp;", "&").strip(" ¶")


# What the reader sees


def test_the_pdf_passes_its_own_check(book):
    assert check_structure(book.pdf) == []


def test_the_cover_says_what_the_document_is(book):
    cover = book.pages[0]
    for words in ("Annual report", "A Board", "The Chair", "Public edition."):
        assert words in cover
    assert "Page 1 of" not in cover


def test_every_page_after_the_cover_says_its_number_and_how_many_there_are(book):
    for number, page in enumerate(book.pages[1:], 2):
        assert f"Page {number} of {len(book.pages)}" in page


def test_every_page_after_the_cover_carries_the_running_text_and_its_chapter(book):
    pages = book.pages
    assert all("Annual report 2013-14" in page for page in pages[1:])
    assert sum("2 Budget" in " ".join(page.split()) for page in pages) >= 4


def test_section_numbers_are_those_of_the_html(book):
    """Chapters in a second part go on counting as the HTML does."""
    assert 'number: "2.1")' in book.markup
    for page in ("context", "budget"):
        for heading in re.findall(r"<h[123]>(.*?)</h[123]>", book.html[page]):
            if found := re.match(r"([\d.]+)\.\s*(.*)", plain(heading)):
                assert f'number: "{found[1]}")[#"{found[2]}";]' in book.markup


def test_caption_numbers_are_those_of_the_html(book):
    numbers = re.findall(
        r'<span class="caption-number">(.*?) ?</span><span class="caption-text">(.*?)</span>',
        book.html["context"] + book.html["budget"],
    )
    assert len(numbers) == 5
    for number, caption in numbers:
        assert f"{number}. {plain(caption)}" in book.text


def test_references_show_the_numbers_of_what_they_lead_to(book):
    table = re.search(r'href="money/budget.html#money"><span.*?>(.*?)<', book.html["context"])[1]
    assert f"as the budget, {table}, Figure" in book.text


def test_table_captions_stand_above_and_figure_captions_below(book):
    page = next(page for page in book.pages if "Hostile text" in page)
    assert page.index("Hostile text") < page.index("Amount")
    page = next(page for page in book.pages if "Contributions drawn" in page)
    assert page.index("Agencies drawn") < page.index("Contributions drawn")


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_cell_is_text(book, text):
    """Whatever a cell says is shown as it is, not run and not typeset."""
    assert re.sub(r"\s+", "", text) in re.sub(r"[\s\u200b]+", "", book.text)


@pytest.mark.parametrize(
    "words",
    [
        *("one", "inner", "3. three", "4. four", "Term Its definition.", "Field Its body."),
        *("Note Read this.", "Titled Read that.", "A quotation.", 'print("code")'),
        *("A foreword.", "Source: the accounts.", "Verse"),
    ],
)
def test_every_kind_of_block_is_there(book, words):
    assert words in book.text


def test_a_footnote_with_two_references_is_one_note(book):
    assert book.text.count("The first note.") == 1
    assert "Known to all1," in book.text
    assert "Again1, and new2" in book.text


def test_header_rows_repeat_on_every_page_of_a_long_table(book):
    pages = [page for page in book.pages if re.search(r"Payment \d", page)]
    assert len(pages) >= 3
    assert all(re.search(r"Payment\s+Amount", page) for page in pages)
    assert "Payment 120" in pages[-1]


def test_a_landscape_table_has_a_page_of_its_own_and_text_goes_on_in_portrait(book):
    reader = pypdf.PdfReader(book.pdf)
    wide = [page.mediabox.width > page.mediabox.height for page in reader.pages]
    assert wide.count(True) == 1
    position = wide.index(True)
    assert "Changed more" in book.pages[position]
    assert "After the wide table." in book.pages[position + 1]
    assert not wide[position + 1]


def test_no_page_is_blank(book):
    furniture = r"Annual report 2013-14|Page \d+ of \d+|\d (Budget|Context & need)"
    assert all(re.sub(furniture, "", page).strip() for page in book.pages)


def test_the_contents_are_grouped_by_parts(book):
    contents = " ".join(book.pages[1].split())
    assert re.search(r"Part one 1 Context.*Part two 2 Budget", contents)


# What software reads


def test_title_language_and_no_date(book):
    with pikepdf.open(book.pdf) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.docinfo["/Title"]) == "Annual report"
        assert "/CreationDate" not in pdf.docinfo
        assert b"CreateDate" not in pdf.Root.Metadata.read_bytes()


def test_row_headers_are_those_of_stub_columns(book):
    with pikepdf.open(book.pdf) as pdf:
        hostile, money, long, wide = elements(pdf.Root.StructTreeRoot, "/Table")
        for table in (hostile, long, wide):
            header, *body = row_scopes(table)
            assert set(header) == {"/Column"}
            assert all(scopes == ["/Row"] for scopes in body)
        assert row_scopes(money) == [["/Column", "/Column"], []]
        assert len(row_scopes(long)) == 121


def test_headings_follow_the_sections(book):
    with pikepdf.open(book.pdf) as pdf:
        root = pdf.Root.StructTreeRoot
        titles = {
            level: [str(h["/T"]) for h in elements(root, f"/H{level}")] for level in (1, 2, 3)
        }
    assert titles == {
        1: ["Contents", "Context & need", "Budget"],
        2: ["Lists", "Long and wide"],
        3: ["Deeper"],
    }


def test_a_figure_keeps_its_alternative_and_its_text(book):
    with pikepdf.open(book.pdf) as pdf:
        figures = list(elements(pdf.Root.StructTreeRoot, "/Figure"))
    assert [str(figure.Alt) for figure in figures] == ["Bars by agency"]
    assert "Agencies drawn" in book.text


def test_only_bundled_fonts_are_used(book):
    fonts = {
        str(font["/BaseFont"]).split("+")[-1]
        for page in pypdf.PdfReader(book.pdf).pages
        for font in page["/Resources"].get("/Font", {}).values()
        for font in [font.get_object()]
    }
    assert all(name.startswith(("SourceSansPro", "DejaVuSansMono")) for name in fonts)


def test_bookmarks_lead_to_chapters_and_sections(book):
    reader = pypdf.PdfReader(book.pdf)
    first, inner, second, _ = reader.outline
    assert [first.title, second.title] == ["1 Context & need", "2 Budget"]
    assert [item.title for item in inner if not isinstance(item, list)] == ["1.1 Lists"]
    page = reader.pages[reader.get_destination_page_number(second)]
    assert "Back to Context & need" in page.extract_text()


def test_references_are_links_within_the_document_and_addresses_lead_out(book):
    reader = pypdf.PdfReader(book.pdf)
    page = next(page for page in reader.pages if "Known to all" in page.extract_text())
    links = [annotation.get_object() for annotation in page["/Annots"]]
    outward = [link["/A"]["/URI"] for link in links if "/URI" in link.get("/A", {})]
    assert outward == ["https://example.org/a?b=c"]
    assert len(links) - len(outward) >= 5


def test_two_builds_give_the_same_bytes(book, tmp_path):
    build(book.source, tmp_path / "again")
    assert (tmp_path / "again" / "annual-report.pdf").read_bytes() == book.pdf.read_bytes()
    markup = (tmp_path / "again" / "annual-report.typ").read_text(encoding="utf-8")
    assert markup == book.markup
    assert str(book.source) not in markup


# Tables in unusual places

ODD_TABLES = """# Annual report

- An item

  ```{list-table} Landscape in a list
  :class: landscape
  :header-rows: 1
  :stub-columns: 1

  * - A
    - B
  * - a
    - 1
  ```

```{list-table} Outer
:header-rows: 1
:stub-columns: 1

* - A
  - B
* - a
  - ```{list-table} Inner
    :header-rows: 1
    :stub-columns: 1

    * - C
      - D
    * - c
      - 2
    ```
* - tall
  - TALL
```
"""


@pytest.fixture(scope="module")
def odd_tables(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    words = " ".join(f"word{number}" for number in range(1500))
    pages = {"index.md": ODD_TABLES.replace("TALL", words)}
    assert build(write_project(folder / "source", pages), folder / "out") == ""
    return folder / "out" / "annual-report.pdf"


def test_tables_inside_tables_keep_their_own_row_headers(odd_tables):
    with pikepdf.open(odd_tables) as pdf:
        found = list(elements(pdf.Root.StructTreeRoot, "/Table"))
        assert len(found) == 3
        assert row_scopes(found[2]) == [["/Column", "/Column"], ["/Row"]]


def test_a_landscape_table_inside_a_list_stays_on_its_page(odd_tables):
    assert all(p.mediabox.width < p.mediabox.height for p in pypdf.PdfReader(odd_tables).pages)


def test_a_row_taller_than_a_page_is_not_cut(odd_tables):
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(odd_tables).pages)
    assert all(f"word{number}" in text for number in range(1500))


# What is refused


@pytest.mark.parametrize(
    ("content", "warning"),
    [
        ("```{image} chart.svg\n```", 'The image "chart.svg" has no text alternative.'),
        ("[x](ftp://example.org)", 'The PDF cannot link to "ftp://example.org"'),
        ("```{math}\na + b\n```", "The PDF has no form for formulas"),
        ("## Heading[^n]\n\nText[^n]\n\n[^n]: Note.", "cannot set a footnote to a heading"),
        ("See {doc}`aside`.", 'The PDF has no place "aside"'),
        ("```{list-table}\n* - a\n  - b\n```", "The table has no header row"),
        ("```{py:function} f(x)\n```", 'The PDF has no form for "desc_content"'),
    ],
)
def test_what_the_pdf_cannot_show_is_a_warning(tmp_path, content, warning):
    """Nothing is dropped in silence: `-W` stops the build."""
    pages = {
        "index.md": f"# Annual report\n\n{content}\n",
        "aside.md": "---\norphan:\n---\n# Aside",
    }
    source = write_project(tmp_path / "source", pages)
    assert warning in build(source, tmp_path / "out")


def test_content_of_an_unknown_node_still_shows(tmp_path):
    pages = {"index.md": "# Annual report\n\n```{py:function} spend(amount)\nWords inside.\n```\n"}
    source = write_project(tmp_path / "source", pages)
    build(source, tmp_path / "out")
    markup = (tmp_path / "out" / "annual-report.typ").read_text(encoding="utf-8")
    assert "Words inside." in markup


@pytest.mark.parametrize(
    ("documents", "message"),
    [
        ([{"start": "nowhere", "name": "a", "title": "A"}], 'there is no page "nowhere"'),
        ([{"start": "index", "name": "a"}], "title"),
        ([{"start": "index", "name": "a", "title": "A", "tilte": "B"}], "tilte"),
    ],
)
def test_a_wrong_setting_is_refused(tmp_path, documents, message):
    conf = CONF.split("typst_documents")[0] + f"typst_documents = {documents!r}"
    source = write_project(tmp_path / "source", {"index.md": "# Annual report"}, conf)
    with pytest.raises(Exception, match=message):
        build(source, tmp_path / "out")


# Text


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(deadline=None)
def test_typst_reads_any_text_back_from_its_literal(text):
    """A string literal evaluates to the text it was made from."""
    assert json.loads(typst.eval(b"", string_literal(text), ignore_system_fonts=True)) == text


@given(st.text())
def test_inline_markup_is_one_string_and_nothing_else(text):
    """Text cannot end its string: no bare quote or backslash, and no line end, is left in it."""
    inner = inline(text).removeprefix('#"').removesuffix('";')
    assert inline(text) == f'#"{inner}";'
    assert re.fullmatch(r'(?:[^"\\\n\r]|\\(?:["\\nrt]|u\{[0-9a-f]+\}))*', inner)


def test_white_space_is_one_space_but_non_breaking_spaces_stay():
    assert inline("a \n\t b\u00a0\u00a0c") == '#"a b\u00a0\u00a0c";'


def test_a_control_character_shows_as_replacement_character():
    assert inline("a\x07b\ud800") == '#"a\ufffdb\ufffd";'


@given(st.text(), st.integers(1, 30))
def test_break_opportunities_change_nothing_that_shows(text, longest):
    broken = breakable(text, longest)
    assert broken.replace("\u200b", "") == text.replace("\u200b", "")
    words = re.split(r"[\s\u200b]+", broken)
    assert all(len(word) <= longest for word in words)


def test_a_label_is_unique_over_pages():
    assert label("a", "x") != label("b", "x")


# Tables


def docutils_table(rows: list[list[nodes.entry]], *, header_rows: int = 1, stubs: int = 0):
    table = nodes.table()
    group = nodes.tgroup(cols=len(rows[0]))
    columns = sum(entry.get("morecols", 0) + 1 for entry in rows[0])
    for number in range(columns):
        group += nodes.colspec(colwidth=1, **({"stub": 1} if number < stubs else {}))
    for part, some in ((nodes.thead(), rows[:header_rows]), (nodes.tbody(), rows[header_rows:])):
        part.extend(nodes.row("", *row) for row in some)
        group += part
    table += group
    return table


def entry(text: str, **attributes) -> nodes.entry:
    return nodes.entry("", nodes.paragraph("", text), **attributes)


def test_row_headers_are_counted_where_cells_span_rows():
    """A row whose header began above has none of its own."""
    rows = [
        [entry("Agency"), entry("Year"), entry("Sum")],
        [entry("Health", morerows=1), entry("2012"), entry("1")],
        [entry("2013"), entry("2")],
    ]
    grid = tables.grid(docutils_table(rows, stubs=1))
    assert grid.row_headers() == (0, 1, 0)
    assert [(cell.row, cell.column) for cell in grid.cells][-2:] == [(2, 1), (2, 2)]


def test_a_column_of_figures_is_set_right_with_its_header():
    rows = [
        [entry("Agency"), entry("Sum")],
        [entry("Health"), entry("1", classes=["num"])],
        [entry("Council"), entry("unknown", classes=["left"])],
        [entry("Police"), entry("2", classes=["right"])],
    ]
    source = tables.table_source(tables.grid(docutils_table(rows)), nodes.Element.astext)
    assert "align: (left, right,)" in source
    assert "table.cell(align: left)[unknown]" in source


def test_spans_are_kept():
    rows = [[entry("Both", morecols=1)], [entry("a"), entry("b")]]
    source = tables.table_source(tables.grid(docutils_table(rows)), nodes.Element.astext)
    assert "table.cell(colspan: 2)" in source
    assert "columns: (" in source


def test_a_wide_table_takes_shares_of_the_page_and_a_narrow_one_less_than_the_page():
    words = "long prose about what was planned and done in the year, agency by agency"
    wide = tables.grid(docutils_table([[entry("H")] * 5, [entry(words) for _ in range(5)]]))
    assert all(track.endswith("fr") for track in tables.column_widths(wide).tracks)
    narrow = tables.grid(docutils_table([[entry("A"), entry("B")], [entry("a"), entry("1")]]))
    assert tables.column_widths(narrow).tracks == ("1fr", "auto")
    assert tables.column_widths(narrow).narrow


@given(st.lists(st.text(max_size=300), min_size=1, max_size=12))
def test_every_column_has_some_width(texts):
    grid = tables.grid(docutils_table([[entry("H") for _ in texts], [entry(t) for t in texts]]))
    widths = tables.column_widths(grid)
    assert len(widths.tracks) == len(texts)
    assert all(share > 0 for share in widths.shares)
