"""Running the notebooks for a year, each in a fresh kernel, and storing their outputs.

papermill writes times, paths and random ids into what it runs; they are taken out again, so that
the same data gives the same notebook byte for byte.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hscb_report.errors import NotebookError
from hscb_report.kept import kept
from hscb_report.report import DEFAULT_DATA, PROJECT, open_report
from hscb_report.results.chapter import Page
from hscb_report.results.published import Published
from hscb_report.wording import suggestion

NOTEBOOKS = PROJECT / "notebooks"
_KERNEL_START_SECONDS = 180  # a busy machine may need longer than papermill's minute
_OURS = "hscb_report"  # the key of what we keep in a notebook's metadata
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Executed:
    """A notebook that ran to its end, as notebook JSON text."""

    name: str
    text: str


def notebook_paths(pages: Iterable[Page], folder: Path = NOTEBOOKS) -> list[Path]:
    """Return the notebooks of pages, in their order."""
    return [folder / f"{page.notebook}.ipynb" for page in pages if page.notebook]


def stored_year(path: Path) -> str | None:
    """Return the year that the outputs stored in a notebook are of, None if it does not say."""
    metadata = json.loads(path.read_text("utf-8")).get("metadata", {})
    year: str | None = metadata.get(_OURS, {}).get("year")
    return year


def run_notebooks(
    paths: Sequence[Path], parameters: Mapping[str, Any], report: Published | None = None
) -> tuple[Executed, ...]:
    """Run every notebook with the parameters, several at a time, each in a kernel of its own.

    They open the `report` that is given, and without one work it out themselves.

    Raises NotebookError with every notebook that failed: which cell, and the error's last line.
    """
    import papermill.execute  # noqa: F401 (before the threads, which would import it at once)

    # A kernel waits for a good part of its life, so two for each processor keep it busy.
    at_once = min(len(paths), 2 * (os.cpu_count() or 1) + 1)
    keeping = kept(report, parameters.get("data")) if report else contextlib.nullcontext()
    year = str(report.year) if report else parameters.get("year")
    with keeping, ThreadPoolExecutor(max_workers=at_once or 1) as pool:
        results = list(pool.map(lambda path: _attempt(path, parameters, year), paths))
    failures = [result for result in results if isinstance(result, NotebookError)]
    if failures:
        raise NotebookError("\n".join(str(failure) for failure in failures))
    return tuple(result for result in results if isinstance(result, Executed))


def report_parameters(
    year: str, edition: str, data: Path, as_at: date | None = None
) -> dict[str, Any]:
    """Return the parameters of a run; the project's own data root is the notebooks' default.

    So is the day in the year's settings, at which the plan's actions are looked at.
    """
    is_default = data.resolve() == DEFAULT_DATA.resolve()
    return {
        "year": year,
        "edition": edition,
        **({} if is_default else {"data": str(data.resolve())}),
        **({"as_at": as_at.isoformat()} if as_at else {}),
    }


def refresh_stored_outputs(
    paths: Sequence[Path] | None = None, year: str | None = None, folder: Path = NOTEBOOKS
) -> list[Path]:
    """Run the notebooks as they stand and store their outputs in place; return those changed.

    The outputs are of the year that is asked for, else of the latest that is stored. By default
    every notebook of the folder that the year has a chapter for is run.
    """
    stored = [stored_year(path) for path in paths or sorted(folder.glob("*.ipynb"))]
    report = open_report(year or max((found for found in stored if found), default=None))
    chosen = notebook_paths(report.contents, folder) if paths is None else list(paths)
    changed = []
    for path, executed in zip(chosen, run_notebooks(chosen, {}, report), strict=True):
        if path.read_text("utf-8") != executed.text:
            path.write_text(executed.text, "utf-8")
            changed.append(path)
    return changed


def _attempt(
    path: Path, parameters: Mapping[str, Any], year: str | None
) -> Executed | NotebookError:
    try:
        return Executed(path.name, _run(path, parameters, year))
    except NotebookError as error:
        return error
    finally:
        _close_event_loop()


def _close_event_loop() -> None:
    """Close the loop that running a notebook leaves in its thread, so that no one warns of it."""
    from jupyter_core.utils import ensure_event_loop

    ensure_event_loop().close()


def _run(path: Path, parameters: Mapping[str, Any], year: str | None) -> str:
    import nbformat
    from nbclient.exceptions import CellControlSignal, DeadKernelError
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import execute_notebook

    source = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    _refuse_unknown_parameters(path.name, source, parameters)
    try:
        with tempfile.TemporaryDirectory() as private:
            executed = execute_notebook(
                str(path),
                None,
                parameters=dict(parameters),
                progress_bar=False,
                log_output=False,
                config=_private_sockets(private),
                extra_arguments=["--log-level=CRITICAL"],
                cwd=str(PROJECT),
                start_timeout=_KERNEL_START_SECONDS,
            )
    except PapermillExecutionError as error:
        raise NotebookError(_failure(path.name, source, error, parameters)) from None
    except (CellControlSignal, DeadKernelError, RuntimeError) as error:
        last_line = (str(error).strip().splitlines() or [type(error).__name__])[-1]
        raise NotebookError(f"notebooks/{path.name}: its kernel stopped ({last_line}).") from None
    return _normalised(executed, parameters, year)


def _private_sockets(folder: str) -> Any:
    """Return settings that have the kernel talk through files of this user, not the network."""
    from traitlets.config import Config

    return Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})


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


def _refuse_unknown_parameters(name: str, notebook: Any, parameters: Mapping[str, Any]) -> None:
    known = declared_parameters(notebook)
    unknown = [parameter for parameter in parameters if parameter not in known]
    if unknown:
        told = " ".join(
            f'{name} has no parameter "{parameter}". {suggestion(parameter, known)}'
            for parameter in unknown
        )
        raise NotebookError(told)


def _failure(name: str, source: Any, error: Any, parameters: Mapping[str, Any]) -> str:
    """Say which notebook, which cell of it as JupyterLab counts, and the error's last line."""
    # Parameters are given in a cell put in above, which the notebook itself does not have.
    through = error.cell_index + (0 if parameters else 1)
    code_cells = sum(cell.cell_type == "code" for cell in source.cells[:through])
    said = _ANSI.sub("", f"{error.ename}: {error.evalue}").strip().splitlines()
    # A chart's error ends in the places of a script that nobody here has written.
    last_line = [line for line in said if not line.startswith("    at ")]
    first = error.source.strip().splitlines()[0] if error.source.strip() else ""
    return (
        f"notebooks/{name}, code cell {max(code_cells, 1)} ({first}): "
        f"{last_line[-1] if last_line else error.ename}"
    )


def _normalised(notebook: Any, parameters: Mapping[str, Any], year: str | None) -> str:
    """Return the notebook as text without times, paths and random ids, with its outputs' year."""
    import nbformat

    notebook.metadata.pop("papermill", None)
    notebook.metadata["language_info"] = {"name": "python"}
    notebook.metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    if year:
        notebook.metadata[_OURS] = {"year": year}
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:02d}"
        tags = cell.metadata.get("tags", [])
        cell["metadata"] = {"tags": tags} if tags else {}
        if "injected-parameters" in tags and "data" in parameters:
            data = Path(parameters["data"])
            cell["source"] = cell["source"].replace(str(data), data.name)
    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return text + "\n"
