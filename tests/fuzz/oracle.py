"""What must hold of every input, however it is damaged."""

from __future__ import annotations

import contextlib
import io
import json
import re
import traceback
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from hscb_report import cli
from hscb_report.errors import ReportError
from hscb_report.report import open_report, table_schemas
from hscb_report.schema import TableSchema
from hscb_report.store.table_file import TableFile
from hscb_report.store.year import load_year, schemas_in_force
from hscb_report.wording import one_line
from hscb_report.years import ReportingYear
from tests.fuzz.damages.folders import LEFTOVERS
from tests.fuzz.files import ABSENT, Change, Sandbox
from tests.fuzz.inputs import Input
from tests.fuzz.let_through import in_cells, in_text
from tests.fuzz.losses import losses
from tests.fuzz.watch import Hang, watched

SOURCE = {"basis": "own_record"}
"""Where the rows of a table that is read alone come from, where they do not say so."""
WORDS = "reference/vocabularies.csv"
LINES = 60
"""How long what is printed may be: a list of about forty problems, and what is said around it."""
FIELDS = ("rule", "severity", "file", "row", "column", "found", "message", "hint")
OUTCOMES = ("passed", "failed", "not_run", "accepted")
TEXT_EVERY, OPENED_EVERY, TWICE_EVERY = 4, 5, 50
"""One in how many inputs is also printed as text, opened as a report, checked a second time."""


@dataclass(frozen=True)
class Failure:
    """What must hold and did not: of which kind, from which cause, and how it shows."""

    what: str
    cause: str
    detail: str = ""


@dataclass(frozen=True)
class Told:
    """What the command came to: its exit code, and what it printed."""

    code: int
    out: str
    err: str


def failures(sandbox: Sandbox, given: Input) -> list[Failure]:
    """Return what does not hold of an input; nothing else is left of it afterwards."""
    look = _of_a_table if given.alone else _of_a_board
    with sandbox.changed(given.change):
        try:
            with watched():
                return list(look(sandbox, given))
        except Hang as hang:
            return [Failure("hang", _place(hang), str(hang))]
        except Exception as error:
            detail = "".join(traceback.format_exception_only(error))[-300:].strip()
            return [Failure("traceback", f"{type(error).__name__} in {_place(error)}", detail)]


def _place(error: BaseException) -> str:
    """Return the innermost line of the package that an error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    inner = [f for f in frames if "hscb_report" in f.filename.split("/")] or list(frames)
    name = inner[-1].filename.rpartition("hscb_report/")[2]
    return f"{name}:{inner[-1].lineno} ({inner[-1].name})"


# A table alone --------------------------------------------------------------------------------


def _of_a_table(sandbox: Sandbox, given: Input) -> Iterator[Failure]:
    root = sandbox.folder / given.board.root
    ((path, raw),) = given.change.items()
    year, inside = ReportingYear.parse(given.board.year), path.removeprefix(f"{given.board.root}/")
    for table in _schemas(root, inside):
        if table.path(year) == inside and isinstance(raw, bytes):
            file = TableFile.read(table, year, root, SOURCE)
            yield from _ill_told([finding.as_json() for finding in file.findings])
            if not file.findings:
                yield from _lost(inside, losses(table, file.rows, raw))
                yield from _let_through(inside, in_cells(file.rows))


def _schemas(root: Path, inside: str) -> list[TableSchema]:
    """Return the tables with a board's own words, read once where no damage touches those."""
    return _undamaged_schemas(root) if inside != WORDS else schemas_in_force(table_schemas(), root)


@cache
def _undamaged_schemas(root: Path) -> list[TableSchema]:
    return schemas_in_force(table_schemas(), root)


def _lost(path: str, found: Iterator[str]) -> Iterator[Failure]:
    for what in list(found)[:1]:
        yield Failure("silent loss", re.sub(r"\d+|'[^']*'", "…", what), f"{path}: {what}")


def _let_through(path: str, found: Iterator[str]) -> Iterator[Failure]:
    for what in list(found)[:1]:
        yield Failure("let through", what.partition(",")[0], f"{path}: {what}")


# A board --------------------------------------------------------------------------------------


def _of_a_board(sandbox: Sandbox, given: Input) -> Iterator[Failure]:
    root = sandbox.folder / given.board.root
    told = run_command("check", given.board.year, "--data", str(root), "--format", "json")
    yield from _ill_ended(told)
    document = _document(told.out)
    if document is None:
        if told.out or not told.err:
            yield Failure("interface", "what is printed is no JSON", (told.out + told.err)[:200])
        return
    yield from _unlike_interface(document, told.code)
    yield from _ill_told(document["findings"], str(sandbox.folder))
    yield from _silent(sandbox, given, document)
    if given.number % TEXT_EVERY == 0:
        plain = run_command("check", given.board.year, "--data", str(root))
        yield from _ill_printed(plain, told.code, str(sandbox.folder))
    if given.number % OPENED_EVERY == 0:
        yield from _disagreement(given.board.year, root, told.code)
    if given.number % TWICE_EVERY == 0:
        again = run_command("check", given.board.year, "--data", str(root), "--format", "json")
        if again != told:
            yield Failure("not the same twice", "a second check says otherwise")


def run_command(*arguments: str) -> Told:
    """Run a command of the package here; what it prints must be text that can be written."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = cli.main(arguments)
        except SystemExit as ended:
            code = int(ended.code or 0)
    for stream in (out, err):
        stream.seek(0)
    return Told(code, out.read(), err.read())


def _ill_ended(told: Told) -> Iterator[Failure]:
    if told.code not in (0, 1):
        said = re.sub(r'"[^"]*"', '"…"', told.err.strip())
        yield Failure("exit code", f"{told.code}: {said[:80]}", told.err[:200])


def _document(out: str) -> dict[str, Any] | None:
    try:
        found = json.loads(out)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _unlike_interface(document: dict[str, Any], code: int) -> Iterator[Failure]:
    """Yield where the JSON of a check is not as the interface says."""
    rules, findings = document["rules"], document["findings"]
    failed = {rule["rule"] for rule in rules if rule["outcome"] == "failed"}
    wrong = [f for f in findings if f["severity"] == "error"]
    tests: dict[str, Callable[[], bool]] = {
        "outcomes": lambda: all(rule["outcome"] in OUTCOMES for rule in rules),
        "each rule once": lambda: len({rule["rule"] for rule in rules}) == len(rules),
        "severities": lambda: all(f["severity"] in ("error", "warning") for f in findings),
        "errors and exit code": lambda: bool(wrong) == (code == 1),
        "errors and failed rules": lambda: {f["rule"] for f in wrong} <= failed,
    }
    for what, holds in tests.items():
        if not holds():
            yield Failure("interface", what)


def _ill_told(findings: list[dict[str, Any]], machine: str = "/nowhere") -> Iterator[Failure]:
    """Yield findings of another shape, without a hint, told twice, or that tell of the machine."""
    seen = set()
    for finding in findings:
        rule, text = finding["rule"], json.dumps(finding)
        path = PurePosixPath(finding["file"])
        if tuple(finding) != FIELDS or path.is_absolute() or ".." in path.parts:
            yield Failure("interface", f"a finding of {rule}", text[:200])
        if finding["row"] is not None and finding["row"] < 1:
            yield Failure("interface", f"a row of {rule}", text[:200])
        if not finding["hint"] or not finding["message"]:
            message = re.sub(r"[\d']+", "…", finding["message"])[:60]
            yield Failure("no hint", f"{rule} {message}", text[:200])
        if text in seen:
            yield Failure("told twice", f"{rule} {finding['message'][:60]}", text[:200])
        if machine in finding["message"] + finding["hint"]:
            yield Failure("path of the machine", f"{rule}", text[:300])
        seen.add(text)


def _ill_printed(told: Told, code: int, machine: str) -> Iterator[Failure]:
    """Yield what is wrong with what a person reads in the terminal."""
    text = told.out + told.err
    ruling = sorted(set(filter(_rules_a_terminal, text)))
    if ruling:
        line = next(line for line in text.split("\n") if ruling[0] in line)
        cause = unicodedata.bidirectional(ruling[0]) + " " + unicodedata.category(ruling[0])
        yield Failure("character in the terminal", cause, repr(line[:200]))
    if told.code != code:
        yield Failure("interface", "another exit code as text")
    told_back = re.sub(r" --data \S+(?= --role)", "", text)  # the root that was given, in a hint
    if machine in told_back:
        place = max(0, told_back.index(machine) - 80)
        yield Failure("path of the machine", "printed", told_back[place:][:200])
    if text.count("\n") > LINES:
        yield Failure("too long", f"more than {LINES} lines", f"{text.count(chr(10))} lines")


def _rules_a_terminal(character: str) -> bool:
    """Whether a terminal obeys a character: controls, and what turns the direction of writing."""
    if character == "\n":
        return False
    is_turning = unicodedata.bidirectional(character) in {"LRE", "RLE", "LRO", "RLO", "PDF"}
    is_turning |= unicodedata.bidirectional(character) in {"LRI", "RLI", "FSI", "PDI"}
    return is_turning or unicodedata.category(character) in {"Cc", "Zl", "Zp"}


def _disagreement(year: str, root: Path, code: int) -> Iterator[Failure]:
    """Yield where a report opens that check refuses, or the other way round."""
    try:
        open_report(year, "public", root)
    except ReportError as error:
        if code == 0:
            cause = re.sub(r'"[^"]*"|\d+', "…", str(error))[:80]
            yield Failure("check and render", f"passes, does not open: {cause}", str(error)[:300])
    else:
        if code != 0:
            yield Failure("check and render", "check refuses what opens")


# What is passed over --------------------------------------------------------------------------


def _silent(sandbox: Sandbox, given: Input, document: dict[str, Any]) -> Iterator[Failure]:
    """Yield the changed files of which rows, or everything, are gone without a word."""
    root = f"{given.board.root}/"
    named = {finding["file"] for finding in document["findings"]}
    unsaid = {
        path.removeprefix(root): raw
        for path, raw in given.change.items()
        if isinstance(raw, bytes) and raw.strip() and path.startswith(root)
    }
    unsaid = {path: raw for path, raw in unsaid.items() if not _is_told(one_line(path), named)}
    if not unsaid:
        return
    year = ReportingYear.parse(given.board.year)
    loaded = load_year(year, sandbox.folder / given.board.root, table_schemas())
    if loaded.is_empty:
        return  # said of the year as a whole
    tables = {table.path(year): table for table in loaded.schemas}
    read = {item.path for item in loaded.inputs}
    for path, raw in unsaid.items():
        if path in tables and path in read:
            name = tables[path].name
            yield from _lost(path, losses(tables[path], loaded.tables.named(name), raw))
            yield from _let_through(path, in_cells(loaded.tables.named(name)))
        elif path.startswith(f"{given.board.year}/text/") and path.endswith(".md"):
            if loaded.findings == ():  # of damaged tables the prose is not looked at
                yield from _let_through(path, in_text(raw.decode("utf-8", "replace")))
        elif path not in read and _should_be_told(path, raw, given, sandbox):
            yield Failure("passed over", _whereabouts(path, given.board.year), path)


def _whereabouts(path: str, year: str) -> str:
    """Return where a file stands and what it calls itself, without its name."""
    folder, suffix = (
        PurePosixPath(path).parent.as_posix(),
        PurePosixPath(path).suffix or "no ending",
    )
    place = folder if folder in (".", "reference") else folder.replace(year, "year", 1)
    return (
        f"{suffix} in {place if place.startswith(('year', 'reference', '.')) else 'another folder'}"
    )


def _is_told(path: str, named: set[str]) -> bool:
    return any(path == name or path.startswith(f"{name}/") for name in named)


def _should_be_told(path: str, raw: bytes, given: Input, sandbox: Sandbox) -> bool:
    """Whether a file that is not read is somebody's work: of the year's folders, or moved away."""
    name = PurePosixPath(path).name
    if name in LEFTOVERS or fnmatch(name, ".*"):
        return False
    if path.startswith(f"{given.board.year}/text/") and path.endswith(".md"):
        return False  # texts are read, as prose
    if path.startswith((f"{given.board.year}/", "reference/")):
        return True
    return raw in _moved_away(given.change, sandbox)


def _moved_away(change: Change, sandbox: Sandbox) -> set[bytes]:
    return {sandbox.files[p] for p, new in change.items() if new == ABSENT and p in sandbox.files}
