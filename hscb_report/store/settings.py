"""The settings of a board and a year: from TOML files to what holds for the report."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hscb_report.checks.characters import unprintable_found
from hscb_report.findings import Finding
from hscb_report.results.published import Input
from hscb_report.schema.settings import BoardSettings, Settings, YearSettings, allowed_names
from hscb_report.store.files import UnreadableError, read_file
from hscb_report.wording import suggestion
from hscb_report.years import ReportingYear

MAX_BYTES = 100_000
_ADD = {
    "board": "Add it: name = …, short_name = … and area = …, each in quotation marks.",
    "year": 'Add it: year = "{year}", kind = "publication", status = "draft", a line each.',
}
_MEANINGS = {
    "kind": 'Write kind = "publication" (the Board\'s own report), "reconstruction" (remade from '
    'what was published) or "example" (with invented content).',
    "status": 'Write status = "draft" or "final".',
    "draft": "Write the number of the draft, from 1 to 999, as draft = 3, or leave it out.",
}
_TO_WRITE = {"day": "2014-10-01", "as_at": "2014-10-01", "draft": "3", "notebook_seconds": "120"}
"""Values of settings that are no text, as they are written."""
_A_NUMBER = "expected a whole number without quotation marks."
_IN_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
_LIKE_A_DAY = re.compile(r"=\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\s*(#.*)?$")
_WRITE_VALUE = 'Write text in straight quotation marks (name = "…"), a day without (2014-10-01).'
_NO_TOML = (
    ("Cannot overwrite a value", "this setting stands twice.", "Keep one of them."),
    ("Cannot declare", "this section stands twice.", "Put its settings under one heading."),
    ("Cannot mutate", "this section stands twice.", "Put its settings under one heading."),
    ("Invalid value", "the value is neither text nor a day.", _WRITE_VALUE),
    ("Expected '='", "expected a name, = and a value.", _WRITE_VALUE),
    ("Invalid initial character for a key part", "expected a name, = and a value.", _WRITE_VALUE),
    ("Invalid statement", "expected a name, = and a value.", _WRITE_VALUE),
    ("Unterminated string", "the quotation marks do not close.", "Close them on the same line."),
    ("Illegal character", "the quotation marks do not close.", "Close them on the same line."),
    ("Invalid character", "this cannot be part of a setting.", "Delete it and type the line anew."),
    ("Unescaped '\\'", "a backslash has a meaning of its own here.", r"Write \\ for one."),
    ("Expected newline", "something stands behind the value.", "Begin a new line for it."),
    ("Unclosed array", "a bracket does not close.", "Write ] where it ends."),
    ("Expected ']'", "a bracket does not close.", "Write a section as [plan], a line of its own."),
)
"""How the reader of TOML begins a complaint, what that means, and what to do."""


def read_settings(
    year: ReportingYear, data: Path
) -> tuple[Settings | None, list[Input], list[Finding]]:
    """Return what board.toml and a year's year.toml say, None and findings if they are damaged."""
    files = (
        _SettingsFile("board", "board.toml", BoardSettings),
        _SettingsFile("year", f"{year}/year.toml", YearSettings),
    )
    board, own = (file.read(data, year) for file in files)
    if own is not None and own.year != str(year):
        hint = f'Write year = "{year}", or rename the folder.'
        files[1].report("is of another year.", hint, ("year",), own.year)
    findings = [finding for file in files for finding in file.findings]
    settings = None if findings else Settings.of(board, own)
    return settings, [file.input for file in files if file.input], findings


def logo_named(data: Path) -> str:
    """Return the file that board.toml names as the logo, "" if none or it cannot be read."""
    try:
        said = tomllib.loads(read_file(data, "board.toml", MAX_BYTES).decode("utf-8"))
    except (OSError, ValueError, RecursionError, UnreadableError):
        return ""
    return str(said.get("logo", ""))


def may_be_draft(year: ReportingYear, data: Path) -> bool:
    """Whether a year whose settings are damaged may be a draft: unless it says that it is final."""
    try:
        said = tomllib.loads(read_file(data, f"{year}/year.toml", MAX_BYTES).decode("utf-8"))
    except (OSError, ValueError, RecursionError, UnreadableError):
        return True
    return said.get("status") != "final"


class _SettingsFile:
    """One settings file on its way to settings; gathers findings as it goes."""

    def __init__(self, name: str, path: str, kind: type[BoardSettings | YearSettings]) -> None:
        self.name, self.path, self.kind = name, path, kind
        self.input: Input | None = None
        self.findings: list[Finding] = []
        self._year: ReportingYear | None = None
        self._lines: list[str] = []

    def read(self, data: Path, year: ReportingYear) -> Any:
        """Return the settings, None if anything is wrong with them."""
        self._year = year
        raw = self._bytes(data)
        if raw is None:
            return None
        self.input = Input(self.path, hashlib.sha256(raw).hexdigest())
        said = self._said(raw)
        if said is None:
            return None
        settings = None
        try:
            settings = self.kind.model_validate(said, context=year)
        except ValidationError as error:
            for problem in error.errors(include_url=False):
                self._report_problem(problem)
        self._check_characters(said)
        return None if self.findings else settings

    def report(
        self, message: str, hint: str, place: Sequence[int | str] = (), found: str | None = None
    ) -> None:
        """Add a finding about a setting, by the sections and the name that lead to it."""
        column = ".".join(str(part) for part in place) or None
        row = self._line(place)
        self.findings.append(
            Finding("L8", "error", self.path, message, hint, row, column, found=found)
        )

    def _bytes(self, data: Path) -> bytes | None:
        try:
            return read_file(data, self.path, MAX_BYTES)
        except FileNotFoundError:
            self.report("this file is missing.", _ADD[self.name].format(year=self._year))
        except UnreadableError as error:
            self.report(error.message, error.hint)
        return None

    def _said(self, raw: bytes) -> dict[str, Any] | None:
        """Return what the file says, by name; report what is no TOML."""
        try:
            text = raw.decode("utf-8").lstrip("\ufeff")
            self._lines = text.splitlines()
            return tomllib.loads(text)
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            self._report_line("the file is not in UTF-8.", "Save it anew as UTF-8.", line)
        except tomllib.TOMLDecodeError as error:
            self._report_line(*_in_plain_words(str(error), self._lines))
        except RecursionError:
            self.report("brackets stand within each other, too deep.", "Take them out.")
        except ValueError:
            line = next((n for n, t in enumerate(self._lines, 1) if re.search(r"\d{4000}", t)), 1)
            self._report_line("a number is too long.", "Take it out.", line)
        return None

    def _report_line(self, message: str, hint: str, line: int | None) -> None:
        is_there = line is not None and 0 < line <= len(self._lines)
        found = self._lines[line - 1].strip() if line and is_there else None
        self.findings.append(
            Finding("L8", "error", self.path, message, hint, line, found=found or None)
        )

    def _report_problem(self, problem: Any) -> None:
        """Report a setting that is missing, unknown, or not what it must be."""
        place, kind = problem["loc"], problem["type"]
        message, hint = _told(self.kind, problem)
        is_scalar = isinstance(problem["input"], (str, int, float, bool)) or _is_day(problem)
        found = str(problem["input"]) if is_scalar and kind != "extra_forbidden" else None
        self.report(message, hint, place, found)

    def _check_characters(self, said: Any) -> None:
        """Report each text with characters that cannot be printed, unless it is told already."""
        told = {finding.column for finding in self.findings}
        for name, text in _texts(said):
            column = ".".join(map(str, name))
            found = unprintable_found(self.path, text, self._line(name), column)
            if found and column not in told:
                self.findings.append(found)

    def _line(self, place: Sequence[int | str]) -> int | None:
        """Return the line of a setting or a section, None where it cannot be told.

        Of a setting that is missing from a section it is the section's.
        """
        return self._own_line(place) or (self._own_line(place[:-1]) if place[1:] else None)

    def _own_line(self, place: Sequence[int | str]) -> int | None:
        names = [part for part in place if isinstance(part, str)]
        nth = next((part for part in place if isinstance(part, int)), 0)
        section, seen = "", -1
        for number, line in enumerate(self._lines, 1):
            if heading := re.match(r"\s*\[+\s*([\w.\"-]+)\s*\]", line):
                section = heading[1]
                seen += section == names[0] if names else False
                if names[:1] == [section] and len(names) == 1 and seen >= nth:
                    return number
            name = re.match(r"\s*[\"']?([\w-]+)[\"']?\s*=", line)
            held = [section, name[1]] if name and section else [name[1]] if name else []
            if held and held == names and (not section or seen >= nth):
                return number
        return None


def _texts(said: Any) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Yield each text of settings, with the way to it; however deep, without going down itself."""
    waiting: list[tuple[tuple[int | str, ...], Any]] = [((), said)]
    while waiting:
        place, value = waiting.pop(0)
        if isinstance(value, str):
            yield place, value
        elif isinstance(value, (Mapping, list)):
            inner = value.items() if isinstance(value, Mapping) else enumerate(value)
            waiting += (((*place, name), below) for name, below in inner)


def _in_plain_words(said: str, lines: Sequence[str]) -> tuple[str, str, int | None]:
    """Return what the reader of TOML says in plain words, what to do, and the line."""
    match = _IN_LINE.search(said)
    line = int(match[1]) if match else len(lines)
    words = lines[line - 1] if 0 < line <= len(lines) else ""
    if re.search("[“”„‘’]", words):
        return "typographer's quotation marks do not count.", 'Type straight ones: "…".', line
    if _LIKE_A_DAY.search(words):
        return "there is no such day.", "Write a day of the calendar as 2014-10-01.", line
    for beginning, what, hint in _NO_TOML:
        if said.startswith(beginning):
            return what, hint, line
    return "this line cannot be read.", _WRITE_VALUE, line


def _told(of: type[BoardSettings | YearSettings], problem: Any) -> tuple[str, str]:
    """Return what is wrong with a setting, and what to do about it."""
    kind, place = problem["type"], problem["loc"]
    name = str(place[-1])
    known = allowed_names(of, [part for part in place[:-1] if isinstance(part, str)])
    hint = str(problem.get("ctx", {}).get("hint") or _MEANINGS.get(name, ""))
    value = _TO_WRITE.get(name, '"…"')
    write = f"Write {name} = {value}."
    told = {
        "missing": ("this setting is missing.", f"Add it: {name} = {value}."),
        "extra_forbidden": ("there is no setting of this name.", suggestion(name, known)),
        "literal_error": ("it is none of the words that are allowed.", write),
        "string_type": ("expected text in quotation marks.", write),
        "int_type": (_A_NUMBER, write),
        "int_from_float": (_A_NUMBER, write),
        "greater_than_equal": ("the number is too small.", write),
        "less_than_equal": ("the number is too large.", write),
        "list_type": ("expected a section of its own for each.", f"Write [[{name}]] on a line."),
        "model_type": ("expected a section.", f"Write [{name}] on a line, its settings below."),
    }
    if _is_day(problem):
        return "expected a day without quotation marks and time.", write
    what, usual = told.get(kind, (problem["msg"].removesuffix(".") + ".", "Correct it."))
    return what, hint or usual


def _is_day(problem: Any) -> bool:
    return str(problem["type"]).startswith("date")
