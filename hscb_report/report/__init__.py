"""The one door: a year's results, loaded, checked, measured and decided for an edition.

Notebooks, pages and exports ask here and nowhere else, so that they cannot disagree; and what they
get is what may be published, with no way back to the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hscb_report.assurance.naming import NamedFact
from hscb_report.disclosure import EDITIONS
from hscb_report.errors import DataError, UsageError
from hscb_report.findings import Finding, errors
from hscb_report.new_year import rules
from hscb_report.new_year.status import Status
from hscb_report.report.checking import Checks, checks_of
from hscb_report.report.contents import table_schemas
from hscb_report.report.reading import DEFAULT_DATA, NOTEBOOKS, PROJECT, Run, data_option
from hscb_report.report.reconciling import AGREES, findings_of_records, without_numbers
from hscb_report.results.published import Published
from hscb_report.years import parse_day

__all__ = [
    "DEFAULT_DATA",
    "NOTEBOOKS",
    "PROJECT",
    "Checks",
    "Names",
    "Run",
    "check_year",
    "data_option",
    "open_names",
    "open_report",
    "status_and_errors",
    "table_schemas",
    "year_status",
]


def check_year(
    year: str | None = None, data: Path | str | None = None, edition: str = "public"
) -> Checks:
    """Load a year's data, run every rule over what could be read, and read the prose.

    Without a year it is the latest that the data root holds. Raises ReportError if there is no such
    year; problems in the data are findings.
    """
    checks = checks_of(Run.of(year, data, edition))
    return checks.with_others(findings_of_records(year, data), [AGREES])


def year_status(year: str | None = None, data: Path | str | None = None) -> Status:
    """Return how far a year is: what is done, missing, empty, or still last year's.

    Without a year it is the latest that the data root holds. Raises ReportError if there is no such
    year.
    """
    return Run.of(year, data).status


def status_and_errors(
    year: str | None = None, data: Path | str | None = None
) -> tuple[Status, tuple[Finding, ...]]:
    """Return how far a year is, and what else would stop its report, for the Board's edition."""
    run = Run.of(year, data, "board")
    of_status = [rule.code for rule in rules.RULES]
    found = errors((*checks_of(run).findings, *findings_of_records(year, data)))
    return run.status, tuple(finding for finding in found if finding.rule not in of_status)


@dataclass(frozen=True)
class Names:
    """What a year's texts may name: the numbers, and the names with what stands for each."""

    facts: tuple[NamedFact, ...]
    others: Mapping[str, str]


def open_names(
    year: str | None = None, data: Path | str | None = None, edition: str = "public"
) -> Names:
    """Return what the texts of a year may name in an edition, whatever is wrong in them.

    Raises DataError with every finding when the tables are at fault.
    """
    run = Run.of(year, data, edition)
    if not run.is_sound:
        raise DataError(run.faults)
    from hscb_report.report.publishing import named_facts

    return Names(named_facts(run, edition), run.common_names)


def open_report(
    year: str | None = None,
    edition: str = "public",
    data: Path | str | None = None,
    as_at: date | str | None = None,
    since: date | None = None,
    past: tuple[Run, ...] | None = None,
) -> Published:
    """Return the report of a year and edition from the data root (the project's own by default).

    Without a year it is the latest that the data root holds.

    `as_at` is the day at which the plan's actions are looked at, "2014-10-01"; by default the one
    in the year's settings. `since` is the earlier day that their ratings are compared with. `past`
    are the readings of the years before, for whoever opens a year again and again.

    Raises DataError with every finding when the data is at fault: there is no report of wrong data,
    nor of figures that are other than their records give, whose numbers it does not tell.
    Raises UsageError for an unknown edition or a day that is none.
    """
    day = parse_day(as_at) if isinstance(as_at, str) else as_at
    if edition not in EDITIONS:
        raise UsageError(f'Unknown edition "{edition}". Editions: {", ".join(EDITIONS)}.')
    run = Run.of(year, data, edition, day, since, past)
    checks = checks_of(run)
    of_records = without_numbers(findings_of_records(year, data))
    stopping = errors((*checks.findings, *of_records))
    if stopping:
        raise DataError(stopping)
    from hscb_report.report.publishing import published  # a check publishes nothing

    return published(run, edition, checks)
