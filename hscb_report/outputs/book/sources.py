"""The book's sources for one year, staged in a folder: common pages, narrative, run notebooks."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from hscb_report.display.mime import CHART, COMMENTARY, TABLE, VALUE, chart_of
from hscb_report.errors import BookError
from hscb_report.fonts import font_folder, web_font
from hscb_report.notebooks import Executed
from hscb_report.outputs.book.first_page import first_page
from hscb_report.outputs.book.gaps import cells_with_gaps, with_gaps
from hscb_report.outputs.book.imprint import logo_file
from hscb_report.outputs.book.sections import (
    NOTHING_YET,
    lacks_all,
    shown_tables,
    with_roles,
    without_empty_cells,
    without_empty_parts,
)
from hscb_report.outputs.style import colours_css
from hscb_report.report import PROJECT
from hscb_report.results.chapter import COMMON_PAGES, Page
from hscb_report.results.published import Published
from hscb_report.wording import quoted

BOOK = PROJECT / "book"
PICTURES = "_pictures"
_WEB_FONTS = ("Regular", "It", "Semibold")
_COMMENTARY = "```{commentary}\n```\n"
"""Where a common page has what the year has to say on it."""
_TYPED = {TABLE, CHART, VALUE}
_WIDE = "---\norientation: wide\n---\n\n"
_NOT_SHOWN = {"parameters", "injected-parameters", "open"}


def stage(report: Published, notebooks: Sequence[Executed], folder: Path) -> None:
    """Write everything that Jupyter Book reads for this year into `folder`."""
    _refuse_shown_twice(report, notebooks)
    shutil.copytree(BOOK, folder, ignore=shutil.ignore_patterns("*.png", "*.md"))
    _write_look(report, folder / "_static")
    gaps = report.still_to_come
    nothing = NOTHING_YET if report.is_draft else ""
    made = {}
    for notebook in notebooks:
        path = f"chapters/{notebook.name}"
        made[path] = _as_chapter(notebook.text, nothing, gaps.get(path.removesuffix(".ipynb"), ()))
    made["index.md"] = first_page(report, (BOOK / "index.md").read_text("utf-8-sig"))
    for page in report.contents:
        if not page.notebook:
            turned = _WIDE if page.is_wide else ""
            text = with_gaps(with_roles(_page_text(page, report)), gaps.get(page.path, ()))
            made[f"{page.path}.md"] = turned + text
    for path, text in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    for picture in report.results.pictures:
        (folder / PICTURES).mkdir(exist_ok=True)
        (folder / PICTURES / picture.file).write_bytes(picture.content)
    (folder / "_toc.yml").write_text(contents_list(report.contents), "utf-8")


def _write_look(report: Published, folder: Path) -> None:
    """Write what the pages look like: colours, the Board's among them, and the font."""
    (folder / "fonts").mkdir(parents=True)
    colours = colours_css(report.settings.board.colour)
    (folder / "tokens.css").write_text(colours, "utf-8")
    if logo := logo_file(report):
        (folder / logo).write_bytes(report.logo)
    for style in _WEB_FONTS:
        (folder / "fonts" / f"SourceSansPro-{style}.woff").write_bytes(web_font(style))
    shutil.copyfile(font_folder() / "LICENSE.txt", folder / "fonts" / "LICENSE.txt")


def _refuse_shown_twice(report: Published, notebooks: Sequence[Executed]) -> None:
    """Raise BookError if a table or chart stands in two places: a reference could mean either."""
    places: dict[str, list[str]] = {}
    for notebook in notebooks:
        for label in _labels(json.loads(notebook.text)):
            places.setdefault(label, []).append(f"notebooks/{notebook.name}")
    for path, text in report.texts.items():
        for label in shown_tables(text):
            places.setdefault(label, []).append(f"{report.year}/{path}.md")
    told = [_shown_twice(label, found) for label, found in places.items() if len(found) > 1]
    if told:
        raise BookError("\n".join(told))


def _labels(notebook: dict[str, Any]) -> Iterator[str]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            yield from (data[mime]["label"] for mime in (TABLE, CHART) if mime in data)


def _shown_twice(label: str, places: Sequence[str]) -> str:
    often = {1: "", 2: " twice"}
    named = ", ".join(
        f"{place}{often.get(times, f' {times} times')}" for place, times in Counter(places).items()
    )
    return (
        f"{quoted(label)} is shown {len(places)} times: {named}. "
        f"Show it once, and name it elsewhere as {{numref}}`{label}`."
    )


def _page_text(page: Page, report: Published) -> str:
    if page.outline:
        return f"```{{outline}} {page.outline}\n```\n"
    if page.heading:
        shown = "\n".join(f"```{{exhibit}} {label}\n```" for label in page.exhibits)
        return f"# {page.heading}\n\n{shown or NOTHING_YET}\n"
    if page.path.startswith(COMMON_PAGES):
        text = (BOOK / f"{page.path}.md").read_text("utf-8-sig")
        said = report.commentary(page.name).text
        text = text.replace(_COMMENTARY, said)
        labels = {exhibit.label for exhibit in report.exhibits}
        empty = {name for name, outline in report.results.outlines.items() if not outline}
        is_empty = not said.strip() and lacks_all(text, labels, empty)
        nothing = f"\n{NOTHING_YET}\n" if is_empty and report.is_draft else ""
        return without_empty_parts(text, labels) + nothing
    return report.texts[page.path]


def contents_list(pages: Sequence[Page]) -> str:
    """Return the contents list of the book, as Jupyter Book reads it."""
    parts = [
        {
            "caption": part.title,
            "chapters": [
                _entry(page, pages) for page in pages if page.part == part and not page.under
            ],
        }
        for part in dict.fromkeys(page.part for page in pages if not page.under)
    ]
    return yaml.safe_dump({"format": "jb-book", "root": "index", "parts": parts}, sort_keys=False)


def _entry(page: Page, pages: Sequence[Page]) -> dict[str, Any]:
    below = [{"file": other.path} for other in pages if other.under == page.path]
    return {"file": page.path, **({"sections": below} if below else {})}


def _cells_of(cell: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a cell that shows text, such as a commentary, as cells of Markdown.

    What it shows besides stays what it is, in the order in which it was shown.
    """
    outputs = cell.get("outputs", [])
    texts = [_text_of(output.get("data", {})) for output in outputs]
    if not any(texts):
        return [cell]
    named = {"id": cell["id"]} if "id" in cell else {}
    cells = []
    for number, (output, text) in enumerate(zip(outputs, texts, strict=True)):
        own = {"id": f"{named['id']}-{number}"} if named else {}
        if text:
            cells.append({**own, "cell_type": "markdown", "metadata": {}, "source": text})
        else:
            cells.append({**cell, **own, "outputs": [output]})
    return cells


def _text_of(data: dict[str, Any]) -> str:
    """Return the Markdown that an output is, "" for any other output."""
    if COMMENTARY in data:
        return str(data[COMMENTARY]["text"])
    return "".join(data.get("text/markdown", "")) if _TYPED.isdisjoint(data) else ""


def _as_chapter(text: str, nothing: str = "", gaps: Sequence[str] = ()) -> str:
    """Return a run notebook as a chapter: set-up cells and sections that show nothing left out.

    What the year has to say on it is Markdown of the page, so that its headings are the page's.
    Where none of its cells shows anything, `nothing` says so, if it has words.
    """
    notebook: dict[str, Any] = json.loads(text)
    kept = without_empty_cells(notebook["cells"])
    if nothing and not any(cell.get("outputs") for cell in kept):
        kept.append({"cell_type": "markdown", "metadata": {}, "source": nothing})
    parts = [part for cell in kept for part in _cells_of(cell)]
    notebook["cells"] = cells_with_gaps(parts, gaps)
    for cell in notebook["cells"]:
        tags = cell["metadata"].get("tags", [])
        if _NOT_SHOWN & set(tags):
            cell["metadata"]["tags"] = [*tags, "remove-cell"]
        for data in (output.get("data", {}) for output in cell.get("outputs", ())):
            if CHART in data:
                data[CHART] = chart_of(data)
        if cell["cell_type"] == "markdown":
            cell["source"] = with_roles("".join(cell["source"])).splitlines(keepends=True)
    return json.dumps(notebook)
