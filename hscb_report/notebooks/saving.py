"""What JupyterLab saves: notebooks in the form in which a run stores them.

`make lab` has it called before each save, so that a notebook which is opened and saved is the file
that it was, and a change is a small difference.
"""

from __future__ import annotations

from typing import Any

from hscb_report.display.mime import DRAWING
from hscb_report.display.svg import without_own_font
from hscb_report.notebooks.files import without_marks


def as_stored(model: dict[str, Any], **_: Any) -> None:
    """Put a notebook that is about to be saved into the form in which it is stored, in place."""
    import nbformat

    if model.get("type") == "notebook" and model.get("content"):
        notebook = without_marks(nbformat.from_dict(model["content"]))  # type: ignore[no-untyped-call]
        for cell in notebook.cells:
            for output in cell.get("outputs", ()):
                if DRAWING in output.get("data", {}):
                    output["data"][DRAWING] = without_own_font("".join(output["data"][DRAWING]))
        model["content"] = notebook
