"""The commands: parse the command line, call one function, print."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hscb_report.arguments import parser
from hscb_report.errors import DataError, ReportError, UnknownNameError, UsageError
from hscb_report.faults import fault_of_system
from hscb_report.findings import Finding, errors
from hscb_report.fleet import render_all
from hscb_report.new_year.rules import CONFIRM_ROLE
from hscb_report.new_year.status import status_lines
from hscb_report.progress import Progress, silent, telling
from hscb_report.report import (
    Checks,
    check_year,
    data_option,
    open_names,
    open_report,
    status_and_errors,
    table_schemas,
)
from hscb_report.schema.describe import schema_as_json, schema_as_text
from hscb_report.schema.plan import STATUS_COLUMNS
from hscb_report.schema.records import record_schemas
from hscb_report.store.year import schemas_in_force
from hscb_report.telling import as_json, lines
from hscb_report.wording import counted, plain
from hscb_report.years import ReportingYear, day_text


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 (done), 1 (the data is at fault) or 2 (the command line is)."""
    options = parser().parse_args(arguments)
    try:
        return _run(options.command, options)
    except BrokenPipeError:  # the reader of our output, such as `head`, has had enough
        sys.stderr.close()
        return 0
    except DataError as error:
        _print_findings(error.findings, getattr(options, "data", None))
        return error.exit_code
    except Exception as error:
        told = fault_of_system(error) or error
        if not isinstance(told, ReportError):
            raise
        print(plain(str(told)), file=sys.stderr)
        return told.exit_code


def _run(command: str, options: argparse.Namespace) -> int:
    run: dict[str, Callable[[Any], int]] = {
        "check": _check,
        "render": _render,
        "preview": _preview,
        "schema": _schema,
        "refresh": _refresh,
        "trace": _trace,
        "facts": _facts,
        "action": _action,
        "create": _create,
        "status": _status,
        "confirm": _confirm,
        "import": _import,
        "template": _template,
        "records": _records,
    }
    return run[command](options)


def _check(options: argparse.Namespace) -> int:
    checks = check_year(options.year, options.data, options.edition)
    if options.format == "json":
        print(as_json(checks.as_json()))
    else:
        _print_findings(checks.findings, options.data)
        if checks.passed_over:
            print(_passed_over(checks.passed_over))
        print(_summary(checks))
    return 1 if errors(checks.findings) else 0


def _render_all(options: argparse.Namespace) -> int:
    """Make every report that there is; return 1 if one of them was not made."""
    if options.year or options.open or options.explain:
        raise UsageError("--all makes every year, and takes no YEAR, --open or --explain.")
    given = ["--edition", options.edition, "--first-page", str(options.first_page)]
    given += ["--as-at", str(options.as_at)] if options.as_at else []
    given += ["--fresh"] if options.fresh else []
    failed = number = 0
    for made in render_all(options.all or [options.data], options.out, given, options.jobs):
        print(plain(str(made)), flush=True)
        number, failed = number + 1, failed + (made.code != 0)
    told = f"; {failed} not made" if failed else ""
    print(f"{counted(number - failed, 'report')} made{told}.")
    return 1 if failed else 0


def _render(options: argparse.Namespace) -> int:
    if options.all is not None:
        return _render_all(options)
    from hscb_report.publish import Options, render
    from hscb_report.workplace import have_own_temporary_files

    have_own_temporary_files()
    asked = Options(options.as_at, options.first_page, options.fresh)
    try:
        rendered = render(
            options.year, options.edition, options.data, options.out, _progress(), asked
        )
    except DataError as error:
        _print_findings(error.findings, options.data)
        print("No report was made: mend the errors above first.", file=sys.stderr)
        return 1
    _print_notes(rendered.told)
    if options.explain:
        print(plain("\n".join(map(str, rendered.steps))))
    print(plain(f"The report is in {rendered.folder}. Open {rendered.html}"))
    if options.open:
        import webbrowser

        webbrowser.open(rendered.html.resolve().as_uri())
    return 0


def _preview(options: argparse.Namespace) -> int:
    from hscb_report.preview.running import preview
    from hscb_report.preview.state import Asked
    from hscb_report.workplace import have_own_temporary_files

    have_own_temporary_files()
    day = options.as_at.isoformat() if options.as_at else None
    asked = Asked(options.year, options.edition, options.data, day)
    preview(asked, options.port, opens=not options.no_open)
    return 0


def _schema(options: argparse.Namespace) -> int:
    schemas = schemas_in_force((*table_schemas(), *record_schemas()), options.data)
    known = {schema.name: schema for schema in schemas}
    for name in options.tables:
        if name not in known:
            raise UnknownNameError("table", name, known)
    schemas = [known[name] for name in options.tables] or schemas
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
    status, wrong = status_and_errors(options.year, options.data)
    if options.format == "json":
        print(as_json(status.as_json()))
        return 0
    known = {chapter.name: chapter.title for chapter in status.chapters}
    for name in options.chapter:
        if name not in known:
            raise UnknownNameError("chapter", name, known)
    print(plain("\n".join(status_lines(status, options.chapter)).rstrip()))
    if wrong:
        command = f"hscb-report check {status.year}{data_option(options.data)}"
        print(plain(f"\nBesides, `{command}` finds {counted(len(wrong), 'error')}."))
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


def _import(options: argparse.Namespace) -> int:
    from hscb_report.intake import running

    if options.undo and (options.files or options.write or options.map):
        raise UsageError("--undo takes back the last import, and takes no FILE, --write or --map.")
    if options.undo:
        told = running.undo(options.data)
    elif options.map:
        asked = running.Asked(options.map, options.sheet, options.name, options.sender)
        told = running.propose(options.files, asked, options.year, options.data)
    else:
        day = options.on or date.today()
        told = running.take_over(
            options.files, options.year, options.data, day, options.sender, writes=options.write
        )
    try:
        for line in told:
            print(plain(line))
    except DataError as error:
        _print_findings(error.findings, options.data)
        print("Nothing was taken over: mend the errors above first.", file=sys.stderr)
        return error.exit_code
    return 0


def _template(options: argparse.Namespace) -> int:
    from hscb_report.intake.asking import write_template

    asked = write_template(options.year, options.data, options.agency, options.chapter, options.out)
    print(plain("\n".join(asked.lines())))
    return 0


def _records(options: argparse.Namespace) -> int:
    from hscb_report.report.records import Reconciled, written_line

    found = Reconciled.of(options.year, options.data)
    written = found.write() if options.write else ()
    print(plain("\n".join(found.lines(is_written=options.write))))
    if options.write:
        print(plain(f"\n{written_line(written)}"))
    elif found.differences:
        command = f"hscb-report records {found.year}{data_option(options.data)} --write"
        print(plain(f"\nNothing was written; `{command}` writes it."))
    return 0


def _refresh(options: argparse.Namespace) -> int:
    from hscb_report.notebooks import refresh_stored_outputs
    from hscb_report.workplace import have_own_temporary_files

    have_own_temporary_files()
    stored = refresh_stored_outputs(options.notebooks or None, options.year)
    _print_notes(stored.told)
    for path in stored.changed:
        print(f"renewed {path.name}")
        shown = stored.lines.get(path, ())
        for line in shown or ("in its form; it shows what it did",):
            print(plain(f"  {line}"))
    if not stored.changed:
        print("The stored outputs are up to date.")
    return 0


def _progress() -> Progress:
    return telling() if sys.stderr.isatty() else silent


def _print_notes(lines: Sequence[str]) -> None:
    for line in lines:
        print(plain(f"note: {line}"), file=sys.stderr)


def _print_findings(findings: Sequence[Finding], data: Path | None = None) -> None:
    """Print findings; a command that a hint names is of the data root that was asked about."""
    at = data_option(data)
    for line in lines(findings):
        print(plain(line.replace(CONFIRM_ROLE, f"{at}{CONFIRM_ROLE}")), file=sys.stderr)


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
