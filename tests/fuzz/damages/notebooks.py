"""What happens to a notebook, by hand or by a program: JSON, cells, ids, outputs, metadata."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

from tests.fuzz.damages import pages, tables

Notebook = dict[str, Any]
VALUES: tuple[Any, ...] = (None, 1, -1, 1.5, True, "", "x", [], {}, [1], {"a": 1}, ["a", 1], [[]])
KERNELS = ("python3", "", "ir", "my env (conda)", "../x", "é", "python 3", "x" * 300, 7, None)
OUTPUTS: tuple[Any, ...] = (
    {"output_type": "stream", "name": "stdout", "text": ["\x1b[31mred\x1b[0m\n"]},
    {"output_type": "stream", "name": "stderr", "text": "/tmp/x.py:1: FutureWarning: y\n"},
    {"output_type": "error", "ename": "E", "evalue": "x", "traceback": ["\x1b[0m"]},
    {"output_type": "display_data", "data": {"image/png": "AAAA"}, "metadata": {}},
    {"output_type": "display_data", "data": {"application/x-no": {}}, "metadata": {}},
    {"output_type": "display_data", "data": {"text/html": "<script>1</script>"}, "metadata": {}},
    {
        "output_type": "display_data",
        "data": {"application/vnd.hscb.table+json": {}},
        "metadata": {},
    },
    {"output_type": "execute_result", "data": {}, "metadata": {}, "execution_count": None},
    {"output_type": "nonsense"},
    {},
    "x",
    None,
)


def _cell(rng: Random, notebook: Notebook) -> dict[str, Any]:
    cells: list[dict[str, Any]] = notebook["cells"]
    return rng.choice(cells)


def member_other(rng: Random, notebook: Notebook) -> None:
    """A member of the notebook, or of a cell, is gone, of another type, or unknown."""
    holder = rng.choice(
        (notebook, _cell(rng, notebook), _cell(rng, notebook), notebook["metadata"])
    )
    name = rng.choice((*holder, "cells", "metadata", "nbformat", "x"))
    if rng.random() < 0.4:
        holder.pop(name, None)
    else:
        holder[name] = rng.choice(VALUES)


def cell_type_other(rng: Random, notebook: Notebook) -> None:
    kinds = ("markdown", "code", "raw", "heading", "Markdown", "", None, 3, ["code"])
    _cell(rng, notebook)["cell_type"] = rng.choice(kinds)


def source_other(rng: Random, notebook: Notebook) -> None:
    sources = ("x", ["x", "y"], ["# t\n", 3], None, 7, {"a": 1}, "\x00", "\ud800", [[]], "")
    _cell(rng, notebook)["source"] = rng.choice(sources)


def ids_other(rng: Random, notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["id"] = rng.choice(("same", "", "x" * 100, "a b", None, 5, "é", f"{rng.random()}"))
        if rng.random() < 0.3:
            del cell["id"]


def outputs_other(rng: Random, notebook: Notebook) -> None:
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    rng.choice(code)["outputs"] = [rng.choice(OUTPUTS) for _ in range(rng.randint(0, 3))]


def kernel_other(rng: Random, notebook: Notebook) -> None:
    spec = {"name": rng.choice(KERNELS), "display_name": rng.choice(KERNELS), "language": "python"}
    notebook["metadata"]["kernelspec"] = rng.choice((spec, spec, {}, None, [], {"name": "ir"}))


def metadata_of_jupyterlab(rng: Random, notebook: Notebook) -> None:
    cell = _cell(rng, notebook)
    cell["metadata"] |= {"jupyter": {"source_hidden": True}, "editable": True, "slideshow": {}}
    cell["metadata"]["tags"] = rng.choice((["parameters"], [], "x", None, [1], ["hide-input", "é"]))
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {}}


def format_other(rng: Random, notebook: Notebook) -> None:
    notebook["nbformat"] = rng.choice((3, 2, 5, 99, "4", None, 4.0, -1))
    notebook["nbformat_minor"] = rng.choice((0, 2, 5, 99, "x", None))


def text_other(rng: Random, notebook: Notebook) -> None:
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    cell = rng.choice(cells)
    cell["source"] = rng.choice(pages.OF_TEXT)(rng, "".join(cell["source"]))


def attachment(rng: Random, notebook: Notebook) -> None:
    _cell(rng, notebook)["attachments"] = {"a.png": {"image/png": rng.choice(("AAAA", "", None))}}


def cell_gone(rng: Random, notebook: Notebook) -> None:
    cells = notebook["cells"]
    del cells[rng.randrange(len(cells))]


def cell_more(rng: Random, notebook: Notebook) -> None:
    more = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    sources = (
        "def f():\n    return 1",
        "import os",
        "%matplotlib inline",
        "!ls",
        "1 +",
        "",
        "x = 1;",
    )
    notebook["cells"].insert(
        rng.randint(0, len(notebook["cells"])), {**more, "source": rng.choice(sources)}
    )


OF_NOTEBOOK: tuple[Callable[[Random, Notebook], None], ...] = (
    *(member_other, member_other, cell_type_other, source_other, ids_other, outputs_other),
    *(kernel_other, metadata_of_jupyterlab, format_other, text_other, text_other, attachment),
    *(cell_gone, cell_more),
)


def deep_json(rng: Random, raw: bytes) -> bytes:
    depth = rng.choice((100, 990, 20_000))
    return b'{"cells": ' + b"[" * depth + b"]" * depth * rng.randint(0, 1) + b"}"


def json_of_another_kind(rng: Random, raw: bytes) -> bytes:
    whole = (b"[]", b"{}", b"null", b"3", b'"x"', b'{"cells": []}', b'{"cells": {}}', b"NaN", b"")
    return rng.choice((*whole, b'{"cells": [{}]}', b'{"cells": [3]}', b'{"cells": null}', b"\xff"))


def json_torn(rng: Random, raw: bytes) -> bytes:
    at = rng.randint(0, len(raw))
    put = (b",", b"}", b"]", b'"', b"\\u", b"\\ud800", b"<<<<<<< HEAD\n", b"NaN", b"\x00", b"//")
    return raw[:at] + rng.choice(put) + raw[at:]


OF_BYTES = (
    *(deep_json, json_of_another_kind, json_torn, tables.byte_order_marks, tables.in_utf_16),
    *(tables.cut_off, tables.a_byte_other, tables.another_file, tables.other_line_ends),
    tables.in_another_encoding,
)


def damaged_notebook(rng: Random, raw: bytes) -> tuple[str, bytes]:
    """Return a notebook to which one thing has happened, and the name of that."""
    try:
        notebook = json.loads(raw)
        of_notebook = rng.choice(OF_NOTEBOOK)
        if rng.random() < 0.7:
            of_notebook(rng, notebook)
            text = json.dumps(notebook, indent=1)
            return of_notebook.__name__.replace("_", " "), text.encode("utf-8")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        pass  # something has happened to it before, so that it is no notebook
    of_bytes = rng.choice(OF_BYTES)
    return of_bytes.__name__.replace("_", " "), of_bytes(rng, raw)
