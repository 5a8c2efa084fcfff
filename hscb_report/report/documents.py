"""The pages of a year's book: which texts stand on each, which tables and charts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from hscb_report.checks.pages import Document
from hscb_report.checks.prose import Passage, filled_in
from hscb_report.results.chapter import ABOUT, COMMON_PAGES, EVIDENCE, Page
from hscb_report.results.exhibit import Exhibit
from hscb_report.results.outline import Outline, Section, Shown
from hscb_report.results.published import Results
from hscb_report.store.narrative import commentary_file
from hscb_report.years import ReportingYear

_SHOWN = re.compile(r"""\b(\w+)\(\s*report\.(exhibit|group)\(\s*["']([^"']+)["']""")
_KINDS = ("exhibit", "exhibits", "outline")
_CHARTED = re.compile(r"""=\s*report\.exhibit\(\s*["']([^"']+)["']""")


def documents_of(
    pages: Iterable[Page], year: ReportingYear, passages: Mapping[str, Sequence[Passage]]
) -> Iterator[Document]:
    """Yield each page of the book with its texts; `passages` are all of them, by their files."""
    first, said = passages.get("book/index.md", ()), commentary_file("index", year)
    yield Document("index.md", tuple(first), tuple(passages.get(said, ())))
    for page in pages:
        said = commentary_file(page.name, year) if page.takes_commentary else ""
        texts, on_it = passages.get(_file(page, year), ()), passages.get(said, ())
        yield Document(f"{page.path}{_ending(page)}", tuple(texts), tuple(on_it))


def page_titles(
    pages: Iterable[Page],
    documents: Iterable[Document],
    outlines: Mapping[str, Outline],
    values: Mapping[str, str],
) -> dict[str, str]:
    """Return the title of each page by its path, that of the first one as well.

    It is the first heading of the page's texts, with `values` in the place of names, or that of
    what the page is made from without a text.
    """
    titles = {"index": "First page"}
    for page in pages:
        outline = outlines.get(page.outline, ())
        titles[page.path] = page.heading or (outline[0].title if outline else page.name)
    for document in documents:
        path = document.address.rpartition(".")[0]
        heading = next(document.headings(), None)
        if heading is not None and path != "index":
            titles[path] = filled_in(heading, values)
    return titles


def titles_of_files(documents: Iterable[Document], titles: Mapping[str, str]) -> dict[str, str]:
    """Return the title of the page that each file of prose is on."""
    return {
        passage.file: titles[document.address.rpartition(".")[0]]
        for document in documents
        for passage in document.passages
    }


def addresses_of_evidence(pages: Iterable[Page]) -> Iterator[str]:
    """Yield the addresses of the pages that tell how the report was made, and from what."""
    for page in pages:
        if page.part.volume in ("", EVIDENCE.volume) or page.part == ABOUT:
            yield f"{page.path}{_ending(page)}"


def _file(page: Page, year: ReportingYear) -> str:
    """Return the file that a page is made from, "" if none is."""
    if page.notebook:
        return f"notebooks/{page.notebook}.ipynb"
    if page.is_text_of_year:
        return f"{year}/{page.path}.md"
    is_common = page.path.startswith(COMMON_PAGES) and not (page.outline or page.exhibits)
    return f"book/{page.path}.md" if is_common else ""


def _ending(page: Page) -> str:
    return ".ipynb" if page.notebook else ".md"


def shown_by_data(
    pages: Iterable[Page], results: Results, code: Mapping[str, str]
) -> dict[str, str]:
    """Return the tables and charts that no text shows but the data or the `code` of a notebook.

    Each with the file, or the address of the page, that shows it.
    """
    found: dict[str, str] = {}
    for page in pages:
        file = f"notebooks/{page.notebook}.ipynb"
        found |= dict.fromkeys(_of_notebook(code.get(file, ""), results.exhibits), file)
        found |= dict.fromkeys(page.exhibits, page.path)
        outline = results.outlines.get(page.outline, ()) if page.outline else ()
        found |= dict.fromkeys(_of_sections(outline), page.path)
    return found


def pages_of_exhibits(
    pages: Iterable[Page],
    documents: Iterable[Document],
    outlines: Mapping[str, Outline],
    exhibits: Iterable[Exhibit],
    code: Mapping[str, str],
) -> dict[str, str]:
    """Return the path of the page that shows each table first; a table that none shows has none.

    `code` is that of the notebooks, by their files.
    """
    listed, on_page = tuple(exhibits), {d.address.rpartition(".")[0]: d for d in documents}
    found: dict[str, str] = {}
    for page in pages:
        document = on_page.get(page.path)
        named = [(n.kind, n.name) for _, n in document.named(*_KINDS)] if document else []
        drawn = (page.outline, *(name for kind, name in named if kind == "outline"))
        labels = {name for kind, name in named if kind == "exhibit"}
        labels |= {*page.exhibits, *page.ends_with}
        labels |= {*_of_notebook(code.get(f"notebooks/{page.notebook}.ipynb", ""), listed)}
        labels |= {label for name in drawn for label in _of_sections(outlines.get(name, ()))}
        groups = {name for kind, name in named if kind == "exhibits"}
        for exhibit in listed:
            if exhibit.label in labels or exhibit.group in groups:
                found.setdefault(exhibit.label, page.path)
    return found


def _of_notebook(code: str, exhibits: Iterable[Exhibit]) -> Iterator[str]:
    """Yield the tables that code shows, as they are or as charts; to open one is not to show it."""
    for function, kind, name in _SHOWN.findall(code):
        if kind == "exhibit" and function != "frame":
            yield name
        elif function != "frame":
            yield from (e.label for e in exhibits if e.group == name)
    if "show_chart(" in code:
        yield from _CHARTED.findall(code)


def _of_sections(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield from (block.exhibit for block in section.blocks if isinstance(block, Shown))
        yield from _of_sections(section.sections)
