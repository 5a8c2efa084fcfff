"""Notebooks that ran, kept by their cells, the code that they run with, and what they asked for."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from hscb_report.errors import ReportError
from hscb_report.keeping.content import signature_of
from hscb_report.keeping.signatures import ENVIRONMENT, key_of, makes_outputs, makes_results
from hscb_report.kept_files import KeptFiles
from hscb_report.notebooks import Executed
from hscb_report.notebooks.files import read_notebook
from hscb_report.noting import FILE, FOLDER, OUTSIDE, REPORT, Note, answer, answer_of_now
from hscb_report.results.published import Published

_PACKAGE, _CODE = "hscb_report", "code"
_OF_A_NOTEBOOK = {"open_report", "display"}
"""What a notebook imports of ours: of the rest of the package it sees what the report answers."""


class KeptNotebooks:
    """What notebooks showed when they asked for the same; says why one has to run."""

    def __init__(
        self,
        files: KeptFiles,
        report: Published,
        read: Mapping[str, str],
        *,
        is_fresh: bool = False,
    ) -> None:
        self._is_fresh = is_fresh
        self._files = files
        self._report = report
        self._read = read
        self._looked_for: dict[str, Executed | None] = {}
        self.why: dict[str, str] = {}
        """Why each notebook was run, or "" for one that was kept, by its name."""

    def all_found(
        self, paths: Iterable[Path], parameters: Mapping[str, Any]
    ) -> tuple[Executed, ...] | None:
        """Return what all notebooks showed, or None if one of them has to run."""
        ran = [self.found(path.name, read_notebook(path), parameters) for path in paths]
        kept = tuple(one for one in ran if one)
        return kept if len(kept) == len(ran) else None

    def found(self, name: str, source: Any, parameters: Mapping[str, Any]) -> Executed | None:
        """Return what a notebook showed when it ran with the same cells and was answered alike."""
        if self._is_fresh:
            self.why[name] = "as was asked for"
            return None
        key = self._key(name, source, parameters)
        if key not in self._looked_for:
            self._looked_for[key] = self._found(name, key)
        return self._looked_for[key]

    def _found(self, name: str, key: str) -> Executed | None:
        try:
            content = self._files.get(key)
            record = json.loads(content or b"")
            noted = [(of, name, word, told) for of, name, word, told in record["noted"]]
            other = [note[1:3] for note in noted if self._now(*note[:3]) != note[3]]
            before = tuple(
                (of, what, told if of in (FILE, FOLDER) else word) for of, what, word, told in noted
            )
            kept = Executed(name, record["text"], tuple(record["told"]), before)
        except (OSError, ValueError, KeyError, TypeError):
            self.why[name] = "it has not run with these cells and this code"
            return None
        if other:
            asked = "; ".join(" ".join(filter(None, note)) for note in other[:3])
            self.why[name] = f"what it asks for has changed: {asked}"
            return None
        self.why[name] = ""
        return kept

    def keep(self, source: Any, parameters: Mapping[str, Any], ran: Executed) -> None:
        """Keep what a notebook showed, unless it asked what nobody can ask again."""
        if any(of == OUTSIDE for of, _, _ in ran.noted):
            return
        with suppress(OSError, TypeError):  # an answer that nobody can compare with another
            noted = list(self._answered(ran.noted))
            record = {"text": ran.text, "told": ran.told, "noted": noted}
            key = self._key(ran.name, source, parameters)
            self._files.put(key, json.dumps(record).encode())

    def _answered(self, noted: Iterable[Note]) -> Iterator[tuple[str, str, str, str]]:
        """Yield what was noted, each with its answer: of a file, how it was when it was opened.

        A module that is none of ours may import whatever of ours it likes.
        """
        for of, name, word in noted:
            if of == REPORT:
                yield of, name, word, self._now(of, name, word)
            else:
                yield of, name, "", word
            if of == FILE and name.endswith(".py"):
                yield _CODE, _PACKAGE, "", self._now(_CODE, _PACKAGE, "")

    def _now(self, of: str, name: str, word: str) -> str:
        """Return the signature of what would be answered now."""
        if (told := answer_of_now(of, name)) is not None:
            return told
        if of == _CODE:
            return key_of(
                {part: told for part, told in self._read.items() if part.startswith(name)}
            )
        try:
            return signature_of(answer(self._report, name, word))
        except (ReportError, AttributeError):
            return "nothing"

    def _key(self, name: str, source: Any, parameters: Mapping[str, Any]) -> str:
        cells = [
            {k: v for k, v in cell.items() if k not in ("outputs", "execution_count")}
            for cell in source.cells
        ]
        given = {k: v for k, v in parameters.items() if k != "data"}
        told = json.dumps([name, cells, source.metadata, given, str(self._report.year)])
        code = hashlib.sha256(told.encode())
        for part in self._code(source):
            code.update(f"{part} {self._read.get(part, '')}\n".encode())
        return code.hexdigest()

    def _code(self, source: Any) -> Iterator[str]:
        """Yield the names of what a notebook runs with, as it stands in the signatures of a run."""
        yield ENVIRONMENT
        reaches_further = not _imports_no_more(source)
        for name in self._read:
            if name.startswith(_PACKAGE) and (
                reaches_further or not (makes_results(name) or makes_outputs(name))
            ):
                yield name


def _imports_no_more(source: Any) -> bool:
    """Whether the code cells import of ours what notebooks do, in words that can be read."""
    for cell in source.cells:
        if cell.cell_type != "code":
            continue
        try:
            tree = ast.parse(cell.source)
        except (SyntaxError, ValueError):
            return False
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Name) and node.id in (
                "__import__",
                "importlib",
                "exec",
                "eval",
            ):
                return False
            else:
                continue
            for name in names:
                first, *inside = name.split(".")
                if first == "importlib" or (
                    first == _PACKAGE and not (inside and inside[0] in _OF_A_NOTEBOOK)
                ):
                    return False
    return True
