"""Running the notebooks for a year, each in a kernel of its own, several at a time.

papermill writes times, paths and random ids into what it runs; they are taken out again, so that
the same data gives the same notebook byte for byte.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from hscb_report.errors import NotebookError
from hscb_report.handed_over import handed_over
from hscb_report.notebooks.files import (
    OURS,
    code_cell,
    declared_parameters,
    is_injected,
    kernelspec,
    read_notebook,
    without_marks,
)
from hscb_report.notebooks.outputs import keep_what_is_shown, without_colours
from hscb_report.noting import Note, notes_in
from hscb_report.processes import LONGEST_FOLDER
from hscb_report.report import DEFAULT_DATA, NOTEBOOKS
from hscb_report.results.published import Published
from hscb_report.schema.settings import NOTEBOOK_SECONDS
from hscb_report.wording import counted, plain, suggestion

_KERNEL_START_SECONDS = 180  # a busy machine may need longer than papermill's minute
_DATA_ROOT = "data"
"""What stands for the data root in a run notebook: its path is of one machine alone."""


@dataclass(frozen=True)
class Executed:
    """A notebook that ran to its end, as notebook JSON text; what it wrote beside what it shows.

    `noted` is what it asked for while it ran.
    """

    name: str
    text: str
    told: tuple[str, ...] = ()
    noted: tuple[Note, ...] = field(default=(), compare=False)


class Keeper(Protocol):
    """Keeps notebooks that ran, and knows which of them need not run again."""

    def found(self, name: str, source: Any, parameters: Mapping[str, Any]) -> Executed | None:
        """Return what a notebook would show, or None for one that has to run."""

    def keep(self, source: Any, parameters: Mapping[str, Any], ran: Executed) -> None:
        """Keep what a notebook showed."""


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


def run_notebooks(
    paths: Sequence[Path],
    parameters: Mapping[str, Any],
    report: Published | None = None,
    keeper: Keeper | None = None,
) -> tuple[Executed, ...]:
    """Run every notebook with the parameters, several at a time, each in a kernel of its own.

    They open the `report` that is given, and without one work it out themselves. What a `keeper`
    has of them is not run.

    Raises NotebookError with every notebook that failed: which cell, and the error's last line.
    """
    import papermill.execute  # noqa: F401 (before the threads, which would import it at once)

    # A kernel waits for a good part of its life, so two for each processor keep it busy.
    at_once = min(len(paths), 2 * (os.cpu_count() or 1) + 1)
    keeping = handed_over(report, parameters.get("data")) if report else contextlib.nullcontext()
    year = str(report.year) if report else parameters.get("year")
    seconds = report.settings.board.notebook_seconds if report else NOTEBOOK_SECONDS
    with keeping, ThreadPoolExecutor(max_workers=at_once or 1) as pool:
        runs = [pool.submit(_attempt, path, parameters, year, seconds, keeper) for path in paths]
        results = [run.result() for run in runs]
    failures = [result for result in results if isinstance(result, NotebookError)]
    if failures:
        raise NotebookError("\n".join(str(failure) for failure in failures))
    return tuple(result for result in results if isinstance(result, Executed))


def _attempt(
    path: Path,
    parameters: Mapping[str, Any],
    year: str | None,
    seconds: int,
    keeper: Keeper | None,
) -> Executed | NotebookError:
    try:
        source = read_notebook(path)
        if keeper and (found := keeper.found(path.name, source, parameters)):
            return found
        ran = _run(path, source, parameters, year, seconds)
        if keeper:
            keeper.keep(source, parameters, ran)
        return ran
    except NotebookError as error:
        if sys.stderr.isatty():  # while the others still run; at the end all are told together
            print(plain(f"\n{error}"), file=sys.stderr, flush=True)
        return error
    finally:
        _close_event_loop()


def _close_event_loop() -> None:
    """Close the loop that running a notebook leaves in its thread, so that no one warns of it."""
    from jupyter_core.utils import ensure_event_loop

    ensure_event_loop().close()


@dataclass
class _Watch:
    """Which cell runs, and how long the notebook may still run."""

    seconds: int
    cell: int = 0
    ends: float = field(default=0.0)

    def started(self, cell: Any, cell_index: int) -> None:  # noqa: ARG002 (nbclient names them)
        self.cell = cell_index
        self.ends = self.ends or time.monotonic() + self.seconds

    def left(self, _cell: Any) -> float:
        """Return the seconds that are left, nbclient's limit for a cell."""
        return max(self.ends - time.monotonic(), 0.1)


def _run(
    path: Path, source: Any, parameters: Mapping[str, Any], year: str | None, seconds: int
) -> Executed:
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    _refuse_unknown_parameters(path.name, source, parameters)
    notebook = _given(source, parameters)
    watch = _Watch(seconds)
    try:
        executed, noted = _executed(notebook, watch)
    except PapermillExecutionError as error:
        raise NotebookError(_failure(path.name, notebook, error)) from None
    except CellTimeoutError:
        raise NotebookError(
            f"notebooks/{path.name}, {code_cell(notebook, watch.cell)}: the notebook has run for "
            f"{counted(seconds, 'second')}, which is the limit. Mend the cell, or allow more as "
            '"notebook_seconds" in board.toml.'
        ) from None
    except (DeadKernelError, RuntimeError) as error:
        last_line = (str(error).strip().splitlines() or [type(error).__name__])[-1]
        where = code_cell(notebook, watch.cell)
        raise NotebookError(
            f"notebooks/{path.name}, {where}: its kernel stopped ({last_line})."
        ) from None
    found = keep_what_is_shown(path.name, executed)
    if found.refused:
        raise NotebookError("\n".join(found.refused))
    text = _normalised(executed, source, parameters, year)
    return Executed(path.name, text, found.told, noted)


def _given(notebook: Any, parameters: Mapping[str, Any]) -> Any:
    """Return the notebook with the parameters in a cell put in below those that it declares."""
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    if not parameters:
        return notebook
    kernel, language = kernelspec()["name"], "python"
    copied = load_notebook_node(notebook)
    return parameterize_notebook(copied, dict(parameters), kernel_name=kernel, language=language)


def _executed(notebook: Any, watch: _Watch) -> tuple[Any, tuple[Note, ...]]:
    """Return the notebook as papermill and nbclient have run it, and what it asked for."""
    from papermill.execute import execute_notebook

    from hscb_report.notebooks.kernels import NOTES, Manager

    with tempfile.TemporaryDirectory(prefix="k") as private:
        ran = execute_notebook(
            notebook,
            None,
            kernel_name=kernelspec()["name"],
            language="python",
            progress_bar=False,
            log_output=False,
            config=_private(private),
            kernel_manager_class=Manager,
            # papermill's own `cwd` would move this whole process, whatever else it is doing.
            resources={"metadata": {"path": str(NOTEBOOKS)}},  # as JupyterLab has it
            start_timeout=_KERNEL_START_SECONDS,
            timeout_func=watch.left,
            on_cell_execute=watch.started,
        )
        return ran, notes_in(Path(private) / NOTES)


def _private(folder: str) -> Any:
    """Return settings that have the kernel talk through files of this user, not the network.

    Where the folder's name is too long for a socket, it is the network within this machine.
    """
    from traitlets.config import Config

    settings = {"connection_file": f"{folder}/kernel.json"}
    if len(folder) < LONGEST_FOLDER:
        settings |= {"transport": "ipc", "ip": f"{folder}/kernel"}
    return Config({"KernelManager": settings})


def _refuse_unknown_parameters(name: str, notebook: Any, parameters: Mapping[str, Any]) -> None:
    known = declared_parameters(notebook)
    unknown = [parameter for parameter in parameters if parameter not in known]
    if unknown:
        told = " ".join(
            f'{name} has no parameter "{parameter}". {suggestion(parameter, known)}'
            for parameter in unknown
        )
        raise NotebookError(told)


def _failure(name: str, notebook: Any, error: Any) -> str:
    """Say which notebook, which cell of it as JupyterLab counts, and the error's last line."""
    said = without_colours(f"{error.ename}: {error.evalue}").strip().splitlines()
    # A chart's error ends in the places of a script that nobody here has written.
    lines = [line for line in said if not line.startswith("    at ")]
    what = lines[-1] if lines else error.ename
    return f"notebooks/{name}, {code_cell(notebook, error.cell_index)}: {what}"


def _normalised(notebook: Any, source: Any, parameters: Mapping[str, Any], year: str | None) -> str:
    """Return the notebook as text without times, paths and random ids, with its outputs' year."""
    import nbformat

    if "data" in parameters:
        shown = _given(source, {**parameters, "data": _DATA_ROOT})
        for cell, same in zip(notebook.cells, shown.cells, strict=True):
            if is_injected(cell):
                cell.source = same.source
    if year:
        notebook.metadata[OURS] = {"year": year}
    text: str = nbformat.writes(without_marks(notebook))  # type: ignore[no-untyped-call]
    return text + "\n"
