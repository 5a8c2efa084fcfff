"""The command line: parse, call one function, print."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hscb_report.disclosure import EDITIONS
from hscb_report.errors import DataError, ReportError, UnknownNameError, UsageError
from hscb_report.faults import fault_of_system
from hscb_report.findings import Finding, errors
from hscb_report.new_year.status import status_lines
from hscb_report.progress import Progress, silent, telling
from hscb_report.report import (
    DEFAULT_DATA,
    PROJECT,
    Checks,
    check_year,
    open_names,
    open_report,
    table_schemas,
    year_status,
)
from hscb_report.schema import vocabularies as words
from hscb_report.schema.describe import schema_as_json, schema_as_text
from hscb_report.schema.plan import STATUS_COLUMNS
from hscb_report.store.year import schemas_in_force
from hscb_report.telling import as_json, lines
from hscb_report.wording import counted, plain, quoted
from hscb_report.years import ReportingYear, day_text, parse_day

DEFAULT_OUT = PROJECT / "_build"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 (done), 1 (the data is at fault) or 2 (the command line is)."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options.command, options)
    except BrokenPipeError:  # the reader of our output, such as `head`, has had enough
        sys.stderr.close()
        return 0
    except DataError as error:
        _print_findings(error.findings)
        return error.exit_code
    except Exception as error:
        told = fault_of_system(error) or error
        if not isinstance(told, ReportError):
            raise
        print(plain(str(told)), file=sys.stderr)
        return told.exit_code


class _Parser(argparse.ArgumentParser):
    """A parser whose messages hold nothing of an argument that a terminal might obey."""

    def _print_message(self, message: str, file: Any = None) -> None:
        super()._print_message(plain(message), file)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="hscb-report",
        description="A safeguarding children board's annual report, made from its data.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
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
    render.add_argument("--open", action="store_true", help="open it in a browser afterwards")
    schema = commands.add_parser("schema", help="print what each table and column may hold")
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
    refresh = commands.add_parser("refresh", help="run the notebooks and store their outputs")
    refresh.add_argument("notebooks", nargs="*", type=_path, help="which (default: all)")
    refresh.add_argument("--year", type=_year, help="of which year (default: the one stored)")
    return parser


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


def _page(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= 9999:
        return int(text)
    raise argparse.ArgumentTypeError(
        f"{quoted(text)} is not a page: expected a number from 1 to 9999."
    )


def _run(command: str, options: argparse.Namespace) -> int:
    run: dict[str, Callable[[Any], int]] = {
        "check": _check,
        "render": _render,
        "schema": _schema,
        "refresh": _refresh,
        "trace": _trace,
        "facts": _facts,
        "action": _action,
        "create": _create,
        "status": _status,
        "confirm": _confirm,
    }
    return run[command](options)


def _check(options: argparse.Namespace) -> int:
    checks = check_year(options.year, options.data, options.edition)
    if options.format == "json":
        print(as_json(checks.as_json()))
    else:
        _print_findings(checks.findings)
        if checks.passed_over:
            print(_passed_over(checks.passed_over))
        print(_summary(checks))
    return 1 if errors(checks.findings) else 0


def _render(options: argparse.Namespace) -> int:
    from hscb_report.publish import Options, render
    from hscb_report.workplace import have_own_temporary_files

    have_own_temporary_files()
    asked = Options(options.as_at, options.first_page)
    try:
        rendered = render(
            options.year, options.edition, options.data, options.out, _progress(), asked
        )
    except DataError as error:
        _print_findings(error.findings)
        print("No report was made: mend the errors above first.", file=sys.stderr)
        return 1
    _print_notes(rendered.told)
    print(plain(f"The report is in {rendered.folder}. Open {rendered.html}"))
    if options.open:
        import webbrowser

        webbrowser.open(rendered.html.resolve().as_uri())
    return 0


def _schema(options: argparse.Namespace) -> int:
    schemas = schemas_in_force(table_schemas(), options.data)
    if options.format == "json":
        print(as_json(schema_as_json(schemas)))
    else:
        print(plain(schema_as_text(schemas)), end="")
    return 0


def _trace(options: argparse.Namespace) -> int:
    from hscb_report.assurance.sources import trace_lines

    report = open_report(options.year, options.edition, options.data, options.as_at)
    fact = report.facts[options.fact]
    print(plain("\n".join(trace_lines(fact, report.printed_in[fact.id]))))
    return 0


def _facts(options: argparse.Namespace) -> int:
    from hscb_report.assurance.naming import chosen_facts, fact_lines, names_as_json

    names = open_names(options.year, options.data, options.edition)
    facts = chosen_facts(names.facts, options.words)
    if options.format == "json":
        print(as_json(names_as_json(facts, names.others)))
    else:
        print(plain("\n".join(fact_lines(facts, names.others))))
    return 0


def _action(options: argparse.Namespace) -> int:
    from hscb_report.store.recording import plan_years

    years = plan_years(options.data)
    if not years:
        raise ReportError(f'There is no plan in "{options.data}". Name another root with --data.')
    asked = ReportingYear.parse(options.year) if options.year else years[-1]
    if asked not in years:
        raise UnknownNameError("plan", str(asked), map(str, years))
    return {"record": _record, "list": _list}[options.verb](options, asked)


def _record(options: argparse.Namespace, plan_year: ReportingYear) -> int:
    from hscb_report.store.recording import record_status

    columns = ("as_at", *STATUS_COLUMNS, "note", "reported_in")
    said = {name: getattr(options, name) for name in columns}
    print(plain(record_status(options.action, said, plan_year, options.data).text))
    return 0


def _list(options: argparse.Namespace, plan_year: ReportingYear) -> int:
    from hscb_report.display.shown import table_text

    report = open_report(
        str(plan_year.previous), "board", options.data, options.as_at, options.since
    )
    if options.since and options.since >= report.as_at:
        raise UsageError(f"--since must be before {day_text(report.as_at)}, the day looked at.")
    names = ("summary", "completion", "actions", *(["changes"] if options.since else []))
    tables = (table_text(report.exhibit(f"tracker-{name}")) for name in names)
    print(plain("\n\n".join(tables)))
    return 0


def _create(options: argparse.Namespace) -> int:
    from hscb_report.report.beginning import create, created_lines

    created = create(options.year, options.data, options.board, options.chapters)
    print(plain("\n".join(created_lines(created))))
    return 0


def _status(options: argparse.Namespace) -> int:
    status = year_status(options.year, options.data)
    if options.format == "json":
        print(as_json(status.as_json()))
        return 0
    known = {chapter.name: chapter.title for chapter in status.chapters}
    for name in options.chapter:
        if name not in known:
            raise UnknownNameError("chapter", name, known)
    print(plain("\n".join(status_lines(status, options.chapter)).rstrip()))
    return 0


def _confirm(options: argparse.Namespace) -> int:
    from hscb_report.report.confirming import confirm

    today = date.today()
    day = options.on or today
    if day > today:
        raise UsageError(f"--on: {day_text(day)} has not come yet. Give the day of the looking.")
    done = confirm(options.year, options.names, options.role, day, options.data)
    print(plain("\n".join(done.lines())))
    return 0


def _refresh(options: argparse.Namespace) -> int:
    from hscb_report.notebooks import refresh_stored_outputs
    from hscb_report.workplace import have_own_temporary_files

    have_own_temporary_files()
    stored = refresh_stored_outputs(options.notebooks or None, options.year)
    _print_notes(stored.told)
    for path in stored.changed:
        print(f"renewed {path.name}")
    if not stored.changed:
        print("The stored outputs are up to date.")
    return 0


def _progress() -> Progress:
    return telling() if sys.stderr.isatty() else silent


def _print_notes(lines: Sequence[str]) -> None:
    for line in lines:
        print(plain(f"note: {line}"), file=sys.stderr)


def _print_findings(findings: Sequence[Finding]) -> None:
    for line in lines(findings):
        print(line, file=sys.stderr)


def _passed_over(files: Sequence[str]) -> str:
    """Return the line that names what programs left in the data: it is no fault of anybody's."""
    more = f" and {len(files) - 5} more" if len(files) > 5 else ""
    return f"Ignored, left by other programs: {', '.join(files[:5])}{more}."


def _summary(checks: Checks) -> str:
    outcomes = [result.outcome for result in checks.results]
    told = ", ".join(
        f"{outcomes.count(outcome)} {outcome.replace('_', ' ')}"
        for outcome in ("passed", "failed", "accepted", "not_run")
    )
    found = len(errors(checks.findings))
    warnings = len(checks.findings) - found
    gravity = f"{counted(found, 'error')}, {counted(warnings, 'warning')}"
    return f"{checks.year}: rules {told}; {gravity}."
