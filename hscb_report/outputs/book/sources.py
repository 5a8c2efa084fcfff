"""The book's sources for one year, staged in a folder: common pages, narrative, run notebooks."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from hscb_report.checks.markdown import as_text
from hscb_report.display.mime import COMMENTARY
from hscb_report.fonts import font_folder
from hscb_report.notebooks import Executed
from hscb_report.outputs.book.sections import with_roles, without_empty_cells, without_empty_parts
from hscb_report.report import PROJECT
from hscb_report.results.chapter import COMMON_PAGES, Page
from hscb_report.results.published import Published

BOOK = PROJECT / "book"
PICTURES = "_pictures"
_WEB_FONTS = ("SourceSansPro-Regular.ttf", "SourceSansPro-It.ttf", "SourceSansPro-Semibold.ttf")
_COMMENTARY = "```{commentary}\n```\n"
"""Where a common page has what the year has to say on it."""
_LANDSCAPE = "---\norientation: landscape\n---\n\n"
_NOT_SHOWN = {"parameters", "injected-parameters", "open"}


def stage(report: Published, notebooks: Sequence[Executed], folder: Path) -> None:
    """Write everything that Jupyter Book reads for this year into `folder`."""
    shutil.copytree(BOOK, folder, ignore=shutil.ignore_patterns("*.png", "*.md"))
    for style in _WEB_FONTS:
        (folder / "_static" / "fonts").mkdir(exist_ok=True)
        shutil.copyfile(font_folder() / style, folder / "_static" / "fonts" / style)
    made = {f"chapters/{notebook.name}": _as_chapter(notebook.text) for notebook in notebooks}
    made["index.md"] = _first_page(report)
    for page in report.contents:
        if not page.notebook:
            turned = _LANDSCAPE if page.is_landscape else ""
            made[f"{page.path}.md"] = turned + with_roles(_page_text(page, report))
    for path, text in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    for picture in report.results.pictures:
        (folder / PICTURES).mkdir(exist_ok=True)
        (folder / PICTURES / picture.file).write_bytes(picture.content)
    (folder / "_toc.yml").write_text(contents_list(report.contents), "utf-8")


def _page_text(page: Page, report: Published) -> str:
    if page.outline:
        return f"```{{outline}} {page.outline}\n```\n"
    if page.exhibits:
        shown = "\n".join(f"```{{exhibit}} {label}\n```" for label in page.exhibits)
        return f"# {page.heading}\n\n{shown}\n"
    if page.path.startswith(COMMON_PAGES):
        text = (BOOK / f"{page.path}.md").read_text("utf-8")
        text = text.replace(_COMMENTARY, report.commentary(page.name).text)
        return without_empty_parts(text, {exhibit.label for exhibit in report.exhibits})
    return report.texts[page.path]


def _first_page(report: Published) -> str:
    """Return the first page: what is common to all, what the year has to say, and the parts."""
    common = (BOOK / "index.md").read_text("utf-8")
    said = report.commentary("index").text
    text = with_roles(f"{common.strip()}\n\n{said.strip()}")
    return f"{text}\n\n{_parts(report.contents)}"


def _parts(pages: Sequence[Page]) -> str:
    """Return the parts of the book, each with links to its pages, which give their own titles."""
    top = [page for page in pages if not page.under]
    parts = dict.fromkeys(page.part for page in top)
    return "\n".join(
        f"- {as_text(part.title)}: {_links(page for page in top if page.part == part)}"
        for part in parts
    )


def _links(pages: Iterable[Page]) -> str:
    return "; ".join(f"[](/{page.path}{'.ipynb' if page.notebook else '.md'})" for page in pages)


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


def _as_prose(cell: dict[str, Any]) -> dict[str, Any]:
    """Return a cell that shows a commentary as one of Markdown, any other as it is."""
    shown = [output.get("data", {}) for output in cell.get("outputs", ())]
    said = [data[COMMENTARY]["text"] for data in shown if COMMENTARY in data]
    if not said:
        return cell
    kept = {"id": cell["id"]} if "id" in cell else {}
    return {**kept, "cell_type": "markdown", "metadata": {}, "source": "\n\n".join(said)}


def _as_chapter(text: str) -> str:
    """Return a run notebook as a chapter: set-up cells and sections that show nothing left out.

    What the year has to say on it is Markdown of the page, so that its headings are the page's.
    """
    notebook: dict[str, Any] = json.loads(text)
    notebook["cells"] = [_as_prose(cell) for cell in without_empty_cells(notebook["cells"])]
    for cell in notebook["cells"]:
        tags = cell["metadata"].get("tags", [])
        if _NOT_SHOWN & set(tags):
            cell["metadata"]["tags"] = [*tags, "remove-cell"]
        if cell["cell_type"] == "markdown":
            cell["source"] = with_roles("".join(cell["source"])).splitlines(keepends=True)
    return json.dumps(notebook)
