"""The command line: parse, call one function, print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from hscb_report.errors import DataError, ReportError, UsageError
from hscb_report.findings import Finding, errors
from hscb_report.load import available_years
from hscb_report.progress import Progress, silent, telling
from hscb_report.report import DEFAULT_DATA, EDITIONS, PROJECT, Checks, check_year, open_report
from hscb_report.schema.describe import schema_as_json, schema_as_text
from hscb_report.years import ReportingYear

DEFAULT_OUT = PROJECT / "_build"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 (done), 1 (the data is at fault) or 2 (the command line is)."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options.command, options)
    except ReportError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # the reader of our output, such as `head`, has had enough
        sys.stderr.close()
        return 0
    except OSError as error:
        place = f' "{error.filename}"' if error.filename else ""
        print(f"Cannot read or write{place}: {error.strerror}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped; nothing was changed.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hscb-report",
        description="A safeguarding children board's annual report, made from its data.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="find what is wrong in a year's data")
    _add_year(check)
    check.add_argument("--format", choices=("text", "json"), default="text")
    render = commands.add_parser("render", help="make the report: HTML, PDF, facts, manifest")
    _add_year(render)
    render.add_argument("--out", type=Path, default=DEFAULT_OUT, help="where to (default _build/)")
    render.add_argument("--edition", choices=EDITIONS, default="public")
    schema = commands.add_parser("schema", help="print what each table and column may hold")
    schema.add_argument("--format", choices=("text", "json"), default="text")
    trace = commands.add_parser("trace", help="say where a number comes from")
    trace.add_argument("fact", metavar="FACT", help="its name, such as budget.total_income")
    trace.add_argument("--year", type=_year, help="such as 2013-14 (default: the latest)")
    trace.add_argument("--data", type=Path, default=DEFAULT_DATA, help="the data root")
    trace.add_argument("--edition", choices=EDITIONS, default="public")
    refresh = commands.add_parser("refresh", help="run the notebooks and store their outputs")
    refresh.add_argument("notebooks", nargs="*", type=Path, help="which (default: all)")
    return parser


def _add_year(command: argparse.ArgumentParser) -> None:
    command.add_argument("year", metavar="YEAR", type=_year, help="such as 2013-14")
    command.add_argument(
        "--data", type=Path, default=DEFAULT_DATA, help="the data root (default data/)"
    )


def _year(text: str) -> str:
    try:
        return str(ReportingYear.parse(text))
    except UsageError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _run(command: str, options: argparse.Namespace) -> int:
    run: dict[str, Callable[[Any], int]] = {
        "check": _check,
        "render": _render,
        "schema": _schema,
        "refresh": _refresh,
        "trace": _trace,
    }
    return run[command](options)


def _check(options: argparse.Namespace) -> int:
    checks = check_year(options.year, options.data)
    if options.format == "json":
        print(json.dumps(checks.as_json(), indent=2, ensure_ascii=False))
    else:
        _print_findings(checks.findings)
        print(_summary(checks))
    return 1 if errors(checks.findings) else 0


def _render(options: argparse.Namespace) -> int:
    from hscb_report.publish import render

    try:
        rendered = render(options.year, options.edition, options.data, options.out, _progress())
    except DataError as error:
        _print_findings(error.findings)
        print("No report was made: mend the errors above first.", file=sys.stderr)
        return 1
    print(f"The report is in {rendered.folder}. Open {rendered.html}")
    return 0


def _schema(options: argparse.Namespace) -> int:
    if options.format == "json":
        print(json.dumps(schema_as_json(), indent=2, ensure_ascii=False))
    else:
        print(schema_as_text(), end="")
    return 0


def _trace(options: argparse.Namespace) -> int:
    from hscb_report.trace import Tracer

    year = options.year or _latest_year(options.data)
    report = open_report(year, options.edition, options.data)
    print("\n".join(Tracer(report).lines(options.fact)))
    return 0


def _latest_year(data: Path) -> str:
    years = available_years(data)
    if not years:
        raise ReportError(f'There is no year in "{data}". Name another data root with --data.')
    return str(years[-1])


def _refresh(options: argparse.Namespace) -> int:
    from hscb_report.notebooks import refresh_stored_outputs

    changed = refresh_stored_outputs(options.notebooks or None)
    for path in changed:
        print(f"renewed {path.name}")
    if not changed:
        print("The stored outputs are up to date.")
    return 0


def _progress() -> Progress:
    return telling() if sys.stderr.isatty() else silent


def _print_findings(findings: Sequence[Finding]) -> None:
    for finding in findings:
        print(f"{finding.severity}: {finding}", file=sys.stderr)


def _summary(checks: Checks) -> str:
    outcomes = [rule["outcome"] for rule in checks.rules()]
    counted = ", ".join(
        f"{outcomes.count(outcome)} {outcome.replace('_', ' ')}"
        for outcome in ("passed", "failed", "accepted", "not_run")
    )
    found = len(errors(checks.findings))
    warnings = len(checks.findings) - found
    told = f"{_counted(found, 'error')}, {_counted(warnings, 'warning')}"
    return f"{checks.loaded.year}: rules {counted}; {told}."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
