"""The book's sources for one year, staged in a folder: common pages, narrative, run notebooks."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from hscb_report.fonts import font_folder
from hscb_report.notebooks import Executed
from hscb_report.report import PROJECT
from hscb_report.results.chapter import PARTS, Page
from hscb_report.results.published import Published

BOOK = PROJECT / "book"
_WEB_FONTS = ("SourceSansPro-Regular.ttf", "SourceSansPro-It.ttf", "SourceSansPro-Semibold.ttf")
_NOT_SHOWN = {"parameters", "injected-parameters", "open"}


def stage(report: Published, notebooks: Sequence[Executed], folder: Path) -> None:
    """Write everything that Jupyter Book reads for this year into `folder`."""
    shutil.copytree(BOOK, folder, ignore=shutil.ignore_patterns("*.png"))
    for style in _WEB_FONTS:
        (folder / "_static" / "fonts").mkdir(exist_ok=True)
        shutil.copyfile(font_folder() / style, folder / "_static" / "fonts" / style)
    made = {f"chapters/{notebook.name}": _as_chapter(notebook.text) for notebook in notebooks}
    made |= {f"{path}.md": text for path, text in report.texts.items()}
    for page in report.contents:
        if page.outline:
            made[f"{page.path}.md"] = f"```{{outline}} {page.outline}\n```\n"
    for path, text in made.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    (folder / "_toc.yml").write_text(contents_list(report.contents), "utf-8")


def contents_list(pages: Sequence[Page]) -> str:
    """Return the contents list of the book, as Jupyter Book reads it."""
    parts = [
        {"caption": part.title, "chapters": [_entry(page, pages) for page in listed]}
        for part in PARTS
        if (listed := [page for page in pages if page.part == part and not page.under])
    ]
    return yaml.safe_dump({"format": "jb-book", "root": "index", "parts": parts}, sort_keys=False)


def _entry(page: Page, pages: Sequence[Page]) -> dict[str, Any]:
    below = [{"file": other.path} for other in pages if other.under == page.path]
    return {"file": page.path, **({"sections": below} if below else {})}


def _as_chapter(text: str) -> str:
    """Return a run notebook as a chapter: set-up cells are not shown."""
    notebook: dict[str, Any] = json.loads(text)
    for cell in notebook["cells"]:
        tags = cell["metadata"].get("tags", [])
        if _NOT_SHOWN & set(tags):
            cell["metadata"]["tags"] = [*tags, "remove-cell"]
    return json.dumps(notebook)
