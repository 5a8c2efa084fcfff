"""Notebook files as they are stored: of any format, with a byte order mark or without."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from hscb_report.errors import NotebookError
from hscb_report.report import NOTEBOOKS
from hscb_report.results.chapter import Page
from hscb_report.store.notebook_text import read_cells

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
OURS = "hscb_report"
"""The key of what we keep in a notebook's metadata."""


def notebook_paths(pages: Iterable[Page], folder: Path = NOTEBOOKS) -> list[Path]:
    """Return the notebooks of pages, in their order."""
    return [folder / f"{page.notebook}.ipynb" for page in pages if page.notebook]


def stored_year(path: Path) -> str | None:
    """Return the year that the outputs stored in a notebook are of, None if it does not say."""
    year: str | None = _ours(path).get(OURS, {}).get("year")
    return year


def _ours(path: Path) -> dict[str, Any]:
    """Return what of ours stands in the metadata of a notebook."""
    try:
        year = json.loads(path.read_text("utf-8-sig"))["metadata"][OURS]["year"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return {}
    return {OURS: {"year": str(year)}}


def read_notebook(path: Path) -> Any:
    """Return a notebook in today's format, its cells alone, whatever format it is stored in.

    Raises NotebookError for a file that is no notebook.
    """
    from nbformat import v4

    try:
        cells = read_cells(path.read_text("utf-8-sig"))
    except OSError as error:
        what = f"notebooks/{path.name} cannot be read ({error.strerror})."
        raise NotebookError(what) from None
    except ValueError:
        what = f"notebooks/{path.name} is no notebook. Take back the last change to it."
        raise NotebookError(what) from None
    made = {"code": v4.new_code_cell, "markdown": v4.new_markdown_cell, "raw": v4.new_raw_cell}
    notebook = v4.new_notebook(  # type: ignore[no-untyped-call]
        cells=[made[c.kind](c.source, metadata={"tags": [*c.tags]}) for c in cells],  # type: ignore[no-untyped-call]
        metadata=_ours(path),
    )
    for cell, stored in zip(notebook.cells, cells, strict=True):
        cell["id"] = stored.id
    return without_marks(notebook)


def notebook_of(text: str) -> Any:
    """Return a notebook that stands in a text, in today's format."""
    import nbformat

    return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]


def without_marks(notebook: Any) -> Any:
    """Return a notebook without what programs note in it, which is no part of the calculation.

    These are the name of the kernel it was last run with, times, and the state of its cells in
    JupyterLab; runs are counted from the first cell on. Tags stay, the names of cells, and what is
    ours.
    """
    import nbformat

    ours = notebook.metadata.get(OURS)
    notebook.metadata.clear()
    notebook.metadata |= {"kernelspec": kernelspec(), "language_info": {"name": "python"}}
    if ours:
        notebook.metadata[OURS] = ours
    for cell, name in zip(notebook.cells, _names(notebook.cells), strict=True):
        tags = cell.metadata.get("tags", [])
        cell["id"], cell["metadata"] = name, {"tags": tags} if tags else {}
    _count_runs(notebook.cells)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return nbformat.from_dict(notebook)  # type: ignore[no-untyped-call]


def _names(cells: Sequence[Any]) -> Iterator[str]:
    """Yield the name of each cell: its own, if it is one and no other has it, else a new one.

    So a cell that is put between others, or taken out, leaves theirs as they are.
    """
    given = ["" if is_injected(cell) else cell.get("id", "") for cell in cells]
    taken: set[str] = set()
    for number, name in enumerate(given):
        if not _NAME.fullmatch(name) or name in taken:
            new = (f"cell-{n:02d}" for n in count(number))
            name = next(new for new in new if new not in {*given, *taken})
        taken.add(name)
        yield name


def _count_runs(cells: Sequence[Any]) -> None:
    """Number the cells that have run, and what they return, as if each had run once, in order."""
    code = [cell for cell in cells if cell.cell_type == "code"]
    has_run = any(cell.get("execution_count") or cell.get("outputs") for cell in code)
    for number, cell in enumerate(code, 1):
        cell["execution_count"] = number if has_run else None
        for output in cell.get("outputs", ()):
            if "execution_count" in output:
                output["execution_count"] = number


def kernelspec() -> dict[str, str]:
    """Return what a notebook says of its kernel, the same in every one."""
    return {"display_name": "Python 3", "language": "python", "name": "python3"}


def declared_parameters(notebook: Any) -> list[str]:
    """Return the names that the cell tagged "parameters" sets."""
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            tree = ast.parse(cell.source)
            return [
                target.id
                for node in tree.body
                if isinstance(node, ast.Assign)
                for target in node.targets
                if isinstance(target, ast.Name)
            ]
    return []


def code_cell(notebook: Any, index: int) -> str:
    """Name a cell as JupyterLab counts, which has no injected one: "code cell 3 (show(report))"."""
    before = notebook.cells[: index + 1]
    code = [c for c in before if c.cell_type == "code" and not is_injected(c)]
    first = (notebook.cells[index].source.strip().splitlines() or [""])[0]
    return f"code cell {max(len(code), 1)} ({first})"


def is_injected(cell: Any) -> bool:
    """Whether a cell is the one in which the parameters of a run are given."""
    return "injected-parameters" in cell.metadata.get("tags", [])
