"""The book's sources for one year, staged in a folder: common pages, narrative, run notebooks."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hscb_report.book.generated import generated_pages
from hscb_report.errors import BookError
from hscb_report.fonts import font_folder
from hscb_report.notebooks import Executed, notebook_paths
from hscb_report.report import PROJECT, Report

BOOK = PROJECT / "book"
_WEB_FONTS = ("SourceSansPro-Regular.ttf", "SourceSansPro-It.ttf", "SourceSansPro-Semibold.ttf")
_NOT_SHOWN = {"parameters", "injected-parameters", "open"}


def stage(report: Report, data: Path, notebooks: Sequence[Executed], folder: Path) -> None:
    """Write everything that Jupyter Book reads for this year into `folder`."""
    shutil.copytree(BOOK, folder, ignore=shutil.ignore_patterns("*.png"))
    for style in _WEB_FONTS:
        (folder / "_static" / "fonts").mkdir(exist_ok=True)
        shutil.copyfile(font_folder() / style, folder / "_static" / "fonts" / style)
    _stage_narrative(data / str(report.year) / "text", folder / "text")
    chapters = folder / "chapters"
    chapters.mkdir()
    for notebook in notebooks:
        (chapters / notebook.name).write_text(_as_chapter(notebook.text), "utf-8")
    for page, text in generated_pages(report).items():
        (folder / page).parent.mkdir(exist_ok=True)
        (folder / page).write_text(text, "utf-8")


def _stage_narrative(source: Path, target: Path) -> None:
    if not source.is_dir():
        raise BookError(f'The narrative folder "{source}" is missing. Add it with its pages.')
    shutil.copytree(source, target)
    (target / "commentary").mkdir(exist_ok=True)
    for path in notebook_paths():
        commentary = target / "commentary" / f"{path.stem.split('-', 1)[1]}.md"
        if not commentary.exists():
            commentary.write_text("There is no commentary for this year.\n", "utf-8")


def _as_chapter(text: str) -> str:
    """Return a run notebook as a chapter: set-up cells are not shown."""
    notebook: dict[str, Any] = json.loads(text)
    for cell in notebook["cells"]:
        tags = cell["metadata"].get("tags", [])
        if _NOT_SHOWN & set(tags):
            cell["metadata"]["tags"] = [*tags, "remove-cell"]
    return json.dumps(notebook)
