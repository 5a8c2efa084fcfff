"""The settings of a board and a year: from TOML files to what holds for the report."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hscb_report.findings import Finding
from hscb_report.results.published import Input
from hscb_report.schema.settings import BoardSettings, Settings, YearSettings
from hscb_report.store.files import MAX_TEXT, UnreadableError, read_file
from hscb_report.years import ReportingYear

_ADD = {
    "board": "Add it: name = …, short_name = … and area = …, each in quotation marks.",
    "year": 'Add it: year = "2024-25", kind = "publication", status = "draft", a line each.',
}
_MEANINGS = {
    "kind": 'Write kind = "publication" (the Board\'s own report), "reconstruction" (remade from '
    'what was published) or "example" (with invented content).',
    "status": 'Write status = "draft" or "final".',
}


def read_settings(
    year: ReportingYear, data: Path
) -> tuple[Settings | None, list[Input], list[Finding]]:
    """Return what board.toml and a year's year.toml say, None and findings if they are damaged."""
    inputs: list[Input] = []
    findings: list[Finding] = []
    read: dict[str, Any] = {}
    for name, path, kind in (
        ("board", "board.toml", BoardSettings),
        ("year", f"{year}/year.toml", YearSettings),
    ):
        try:
            raw = read_file(data, path, MAX_TEXT)
            inputs.append(Input(path, hashlib.sha256(raw).hexdigest()))
            read[name] = kind.model_validate(tomllib.loads(raw.decode("utf-8-sig")))
        except FileNotFoundError:
            findings.append(_settings_finding(path, "this file is missing.", _ADD[name]))
        except UnreadableError as error:
            findings.append(_settings_finding(path, error.message, error.hint))
        except ValidationError as error:
            findings += [
                _settings_finding(
                    path,
                    problem["msg"].removesuffix(".") + ".",
                    _settings_hint(problem),
                    problem["loc"],
                )
                for problem in error.errors(include_url=False)
            ]
        except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, or too deep or too long
            findings.append(_settings_finding(path, f"is not valid TOML: {error}.", "Mend it."))
    if not findings and str(read["year"].year) != str(year):
        hint = f'Write year = "{year}".'
        findings.append(_settings_finding(f"{year}/year.toml", "is of another year.", hint))
    return (None if findings else Settings.of(read["board"], read["year"])), inputs, findings


def _settings_hint(problem: Any) -> str:
    """Return what to do about a setting that is missing, unknown, or not what it must be."""
    name = ".".join(str(part) for part in problem["loc"])
    if own := problem.get("ctx", {}).get("hint"):
        return str(own)
    if name in _MEANINGS:
        return _MEANINGS[name]
    return f"Add it: {problem['loc'][-1]} = …." if problem["type"] == "missing" else "Correct it."


def _settings_finding(
    path: str, message: str, hint: str, place: Sequence[int | str] = ()
) -> Finding:
    column = ".".join(str(part) for part in place) or None
    return Finding("L8", "error", path, message, hint, column=column)
