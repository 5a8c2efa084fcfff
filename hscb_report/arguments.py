"""The command line: its commands and their options, each read into a value of its own type."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from hscb_report.disclosure import EDITIONS
from hscb_report.errors import UsageError
from hscb_report.report import (
    DEFAULT_DATA,
    PROJECT,
)
from hscb_report.schema import vocabularies as words
from hscb_report.wording import plain, quoted
from hscb_report.years import ReportingYear, parse_day

DEFAULT_OUT = PROJECT / "_build"


class _Parser(argparse.ArgumentParser):
    """A parser whose messages hold nothing of an argument that a terminal might obey."""

    def _print_message(self, message: str, file: Any = None) -> None:
        super()._print_message(plain(message), file)


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line: every command with its options."""
    made = _Parser(
        prog="hscb-report",
        description="A safeguarding children board's annual report, made from its data.",
    )
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="find what is wrong in a year's data")
    _add_year(check)
    check.add_argument("--format", choices=("text", "json"), default="text")
    check.add_argument("--edition", choices=EDITIONS, default="public")
    render = commands.add_parser("render", help="make the report: HTML, PDF, facts, manifest")
    _add_year(render)
    render.add_argument("--out", type=_path, default=DEFAULT_OUT, help="where to (default _build/)")
    render.add_argument("--edition", choices=EDITIONS, default="public")
    render.add_argument(
        "--as-at", type=_day, metavar="DAY", help="look at the plan's actions at this day"
    )
    render.add_argument(
        "--first-page",
        type=_page,
        default=1,
        metavar="N",
        help="the number of the pack's first page",
    )
    render.add_argument(
        "--all",
        nargs="*",
        type=_path,
        metavar="ROOT",
        help="every year of these data roots (default: of --data), each by itself",
    )
    render.add_argument(
        "--jobs", type=_jobs, default=1, metavar="N", help="of --all, how many at a time"
    )
    render.add_argument("--fresh", action="store_true", help="take nothing that is kept")
    render.add_argument(
        "--explain", action="store_true", help="say of each step whether it was made, and why"
    )
    render.add_argument("--open", action="store_true", help="open it in a browser afterwards")
    preview = commands.add_parser("preview", help="show the pages in a browser as they are edited")
    _add_year(preview)
    preview.add_argument("--edition", choices=EDITIONS, default="public")
    preview.add_argument(
        "--as-at", type=_day, metavar="DAY", help="look at the plan's actions at this day"
    )
    preview.add_argument("--port", type=_port, metavar="N", help="where (default: a free one)")
    preview.add_argument("--no-open", action="store_true", help="open no browser")
    schema = commands.add_parser("schema", help="print what each table and column may hold")
    schema.add_argument("tables", nargs="*", metavar="TABLE", help="which (default: all)")
    schema.add_argument("--format", choices=("text", "json"), default="text")
    schema.add_argument(
        "--data", type=_path, default=None, help="with the words of this board (default: the usual)"
    )
    trace = commands.add_parser("trace", help="say where a number comes from")
    trace.add_argument("fact", metavar="FACT", help="its name, such as budget.total_income")
    trace.add_argument("--year", type=_year, help="such as 2013-14 (default: the latest)")
    trace.add_argument("--data", type=_path, default=DEFAULT_DATA, help="the data root")
    trace.add_argument("--edition", choices=EDITIONS, default="public")
    trace.add_argument(
        "--as-at", type=_day, metavar="DAY", help="look at the plan's actions at this day"
    )
    _add_facts(commands)
    _add_action(commands)
    _add_new_year(commands)
    _add_import(commands)
    _add_template(commands)
    _add_records(commands)
    refresh = commands.add_parser("refresh", help="run the notebooks and store their outputs")
    refresh.add_argument("notebooks", nargs="*", type=_path, help="which (default: all)")
    refresh.add_argument("--year", type=_year, help="of which year (default: the one stored)")
    return made


def _add_import(commands: Any) -> None:
    taken = commands.add_parser(
        "import", help="take over agencies' spreadsheets: show what would change, then write it"
    )
    taken.add_argument("files", nargs="*", metavar="FILE", type=_path, help="xlsx, ods or csv")
    taken.add_argument("--year", type=_year, help="such as 2013-14 (default: the latest)")
    taken.add_argument("--data", type=_path, default=DEFAULT_DATA, help="the data root")
    taken.add_argument("--write", action="store_true", help="write what is shown: all or nothing")
    taken.add_argument(
        "--from",
        dest="sender",
        metavar="SENDER",
        help="who sent files that do not say it: an agency, or whoever publishes them",
    )
    taken.add_argument("--on", type=_day, metavar="DAY", help="received when (default: today)")
    taken.add_argument("--undo", action="store_true", help="take the last import back")
    taken.add_argument(
        "--map",
        metavar="TABLE",
        help="propose in reference/mappings.csv how a sheet is to be read as this table",
    )
    taken.add_argument("--sheet", metavar="NAME", help="of --map: which sheet of the file")
    taken.add_argument("--as", dest="name", metavar="MAPPING", help="of --map: what to call it")


def _add_facts(commands: Any) -> None:
    facts = commands.add_parser("facts", help="list the names by which texts take numbers")
    facts.add_argument("words", metavar="WORDS", nargs="*", help="only those with all these words")
    facts.add_argument("--year", type=_year, help="such as 2013-14 (default: the latest)")
    facts.add_argument("--data", type=_path, default=DEFAULT_DATA, help="the data root")
    facts.add_argument("--edition", choices=EDITIONS, default="public")
    facts.add_argument("--format", choices=("text", "json"), default="text")


def _add_action(commands: Any) -> None:
    action = commands.add_parser("action", help="record, or list, where the plan's actions stand")
    verbs = action.add_subparsers(dest="verb", required=True, metavar="VERB")
    record = verbs.add_parser("record", help="add a status of an action; nothing is overwritten")
    record.add_argument("action", metavar="ACTION", help="its label, such as 3.2b")
    record.add_argument("--as-at", required=True, metavar="DAY", help="when it was so: 2014-10-01")
    record.add_argument("--completion", metavar="CODE", help=", ".join(words.COMPLETION_RAG))
    record.add_argument("--process", metavar="CODE", help=", ".join(words.PROCESS_RAG))
    record.add_argument("--progress", metavar="TEXT", help="progress made")
    record.add_argument("--further-work", metavar="TEXT", help="further work that is proposed")
    record.add_argument("--impact", metavar="TEXT", help="impact so far on children")
    record.add_argument("--note", metavar="TEXT", help="anything a reader must know")
    record.add_argument(
        "--reported-in",
        metavar="TEXT",
        default="Recorded from the command line",
        help="the meeting, document or role that it comes from",
    )
    listed = verbs.add_parser("list", help="say how the actions stand at a day")
    listed.add_argument("--as-at", type=_day, metavar="DAY", help="by default that of the year")
    listed.add_argument(
        "--since", type=_day, metavar="DAY", help="also say what changed since then"
    )
    for verb in (record, listed):
        verb.add_argument(
            "--year", type=_year, help="the plan's, such as 2014-15 (default: latest)"
        )
        verb.add_argument("--data", type=_path, default=DEFAULT_DATA, help="the data root")


def _add_new_year(commands: Any) -> None:
    create = commands.add_parser("create", help="begin a year from the year before, or a board")
    create.add_argument("year", metavar="YEAR", type=_year, help="such as 2014-15")
    create.add_argument("--data", type=_path, default=DEFAULT_DATA, help="the data root")
    create.add_argument("--board", metavar="NAME", help="a new board, in a new data root")
    create.add_argument(
        "--with",
        dest="chapters",
        metavar="CHAPTER,…",
        type=lambda text: [part.strip() for part in text.split(",") if part.strip()],
        default=[],
        help="with every table of these chapters, such as plan,attendance",
    )
    status = commands.add_parser("status", help="say what of a year is done and what is to do")
    _add_year(status)
    status.add_argument("--chapter", action="append", default=[], help="each table and text of it")
    status.add_argument("--format", choices=("text", "json"), default="text")
    confirm = commands.add_parser(
        "confirm", help="record that somebody has looked at tables, texts"
    )
    confirm.add_argument("year", metavar="YEAR", type=_year, help="such as 2014-15")
    confirm.add_argument(
        "names", nargs="*", metavar="TABLE", help="a table or text (default: all to be confirmed)"
    )
    confirm.add_argument("--role", required=True, help='who has looked, such as "Business Manager"')
    confirm.add_argument("--on", type=_day, metavar="DAY", help="when (default: today)")
    confirm.add_argument("--data", type=_path, default=DEFAULT_DATA, help="the data root")


def _add_template(commands: Any) -> None:
    template = commands.add_parser("template", help="write a workbook that agencies fill in")
    _add_year(template)
    whom = template.add_mutually_exclusive_group()
    whom.add_argument("--agency", metavar="CODE", help="the tables that this agency owes")
    whom.add_argument("--chapter", metavar="NAME", help="the tables of this chapter")
    template.add_argument("--out", type=_path, default=Path(), help="where to (default: here)")


def _add_records(commands: Any) -> None:
    records = commands.add_parser(
        "records", help="say what a year's records give of its summary tables, or write it there"
    )
    _add_year(records)
    records.add_argument("--write", action="store_true", help="write it into the summary tables")


def _add_year(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "year", metavar="YEAR", nargs="?", type=_year, help="such as 2013-14 (default: the latest)"
    )
    command.add_argument(
        "--data", type=_path, default=DEFAULT_DATA, help="the data root (default data/)"
    )


def _year(text: str) -> str:
    try:
        return str(ReportingYear.parse(text))
    except UsageError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except UsageError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _path(text: str) -> Path:
    """Return a path that stays the same whatever folder the process is in later."""
    try:
        path = Path(text).resolve()
        str(path).encode("utf-8")  # Typst takes no other path
        return path
    except UnicodeEncodeError:
        what = f"{quoted(text)} is not in UTF-8: rename the folder."
        raise argparse.ArgumentTypeError(what) from None
    except (OSError, RuntimeError) as error:  # a folder that is gone, links that go round
        raise argparse.ArgumentTypeError(f"{quoted(text)} cannot be found ({error}).") from None


def _jobs(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= 99:
        return int(text)
    raise argparse.ArgumentTypeError(f"{quoted(text)} is not a number of reports from 1 to 99.")


def _port(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1024 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{quoted(text)} is not a port from 1024 to 65535.")


def _page(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= 9999:
        return int(text)
    raise argparse.ArgumentTypeError(
        f"{quoted(text)} is not a page: expected a number from 1 to 9999."
    )
