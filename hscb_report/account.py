"""The report's account of itself: rules and findings, sources of every number, inputs, versions.

These are exhibits like any others, so that they stand in the HTML, the PDF and the open tables.
"""

from __future__ import annotations

import importlib.metadata
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from hscb_report.exhibits import Column, Exhibit, exhibit
from hscb_report.exhibits.exhibit import Cell
from hscb_report.facts import Fact
from hscb_report.figures import Figure
from hscb_report.findings import Finding
from hscb_report.report import Report
from hscb_report.rules.acceptance import acceptance_of
from hscb_report.schema import declared_tables
from hscb_report.schema import vocabularies as words
from hscb_report.trace import NOT_TOLD, Tracer, definition
from hscb_report.units import count_of
from hscb_report.years import day_text

# What decides the bytes of a report.
TOOLS = (
    "hscb-report",
    "altair",
    "jupyter-book",
    "myst-nb",
    "nbconvert",
    "papermill",
    "pikepdf",
    "pydantic",
    "sphinx",
    "typst",
    "vl-convert-python",
)
_OUTCOMES = {"passed": "passed", "failed": "findings", "not_run": "not run", "accepted": "accepted"}
CHAPTERS = {
    "context": "Context",
    "journey": "The improvement journey",
    "performance": "Performance monitoring",
    "audits": "Audits",
    "case_reviews": "Case reviews",
    "training": "Training",
    "child_deaths": "Child deaths",
    "policies": "Policies and procedures",
    "priorities": "Strategic priorities",
    "budget": "Budget",
    "membership": "Membership",
    "coverage": "Statutory coverage",
    "plan": "Business Plan",
    "golden_thread": "The golden thread",
    "covering": "The covering report",
}


def account(report: Report) -> Iterator[Exhibit]:
    """Yield the tables of the pages about the report itself."""
    yield _rules(report)
    yield _findings(report)
    yield _exempt_numbers(report)
    tracer = Tracer(report)
    by_chapter = sorted(report.facts, key=lambda fact: list(CHAPTERS).index(chapter_of(fact)))
    for chapter, facts in groupby(by_chapter, key=chapter_of):
        yield _facts(tracer, chapter, list(facts))
    yield _inputs(report)
    yield exhibit(
        "versions",
        "Versions of the tools that made this report",
        (Column("Tool"), Column("Version")),
        list(versions().items()),
    )
    yield _data_quality(report)


def versions() -> dict[str, str]:
    """Return the versions of the tools that decide the bytes of a report."""
    return {name: importlib.metadata.version(name) for name in TOOLS}


def chapter_of(fact: Fact) -> str:
    """Return the chapter that a fact belongs to: the first part of its name."""
    return fact.id.split(".", 1)[0]


def fact_anchor(id: str) -> str:  # noqa: A002
    """Return the address of a fact on the sources page."""
    return "fact-" + re.sub(r"[^a-z0-9]+", "-", id)


def _rules(report: Report) -> Exhibit:
    return exhibit(
        "assurance-rules",
        "Rules that the data and the prose were held against",
        (Column("Rule"), Column("What it promises"), Column("A breach"), Column("Outcome")),
        [
            (
                rule["rule"],
                rule["title"],
                "stops" if rule["severity"] == "error" else "is listed",
                _OUTCOMES[rule["outcome"]],
            )
            for rule in report.checks.rules()
        ],
        "A rule whose tables are not there is not run, which is not the same as passed.",
    )


def _findings(report: Report) -> Exhibit:
    rows = [(f.rule, _place(f), f.message, _judged(report, f)) for f in report.checks.findings]
    return exhibit(
        "assurance-findings",
        "Findings, each with its place",
        (Column("Rule"), Column("Place"), Column("What was found"), Column("Accepted")),
        rows or [("none", "none", "nothing was found", "none")],
        row_headers=2,
    )


def _place(finding: Finding) -> str:
    row = "" if finding.row is None else f", row {finding.row}"
    return f"{finding.file}{row}"


def _judged(report: Report, finding: Finding) -> str:
    found = acceptance_of(finding, report.checks.loaded.tables.accepted)
    if found is None:
        return "no, open"
    return f"yes: {found.reason} ({found.role}, {day_text(found.accepted)})"


def _exempt_numbers(report: Report) -> Exhibit:
    used = Counter(n.exemption.pattern for n in report.checks.numbers if n.exemption)
    rows = [
        (row.pattern, row.reason, Figure(used[row.pattern], (row.place,)))
        for row in report.checks.loaded.tables.exempt_numbers
    ]
    return exhibit(
        "assurance-exempt-numbers",
        "Numbers in the prose that are no figures of the data",
        (Column("Words"), Column("Why exempt"), Column("Times", count_of("times"))),
        rows or [("none", "no number is exempt", Figure(0))],
        "Dates, years and the numbering of laws and pages are not counted here.",
    )


def _facts(tracer: Tracer, chapter: str, facts: list[Fact]) -> Exhibit:
    return exhibit(
        f"sources-{chapter.replace('_', '-')}",
        f"Where the numbers come from: {CHAPTERS[chapter]}",
        (Column("Number"), Column("Value"), Column("What it is"), Column("Read from")),
        [
            (
                fact.label,
                fact.text,
                f"{definition(fact)} Its name is {fact.id}; its basis: {fact.figure.basis}.",
                _read_from(tracer, fact),
            )
            for fact in facts
        ],
        anchors=tuple(fact_anchor(fact.id) for fact in facts),
    )


def _read_from(tracer: Tracer, fact: Fact) -> str:
    parts = []
    for origin in tracer.origins(fact):
        documents = origin.documents(tracer.titles)
        parts.append(
            f"{origin.file}, {origin.numbers()}" + (f" ({documents})" if documents else "")
        )
    return "; ".join(parts) or "no row: nothing of the kind is in the data"


def _inputs(report: Report) -> Exhibit:
    return exhibit(
        "inputs",
        "Files that this report was made from",
        (Column("File"), Column("SHA-256 of its content")),
        [
            (source.path, NOT_TOLD if source.path in report.unshown_files else source.sha256)
            for source in report.checks.loaded.inputs
        ],
        "A hash would let a small count be guessed, so those of protected tables are not told.",
    )


def _data_quality(report: Report) -> Exhibit:
    rows_of = {t: getattr(report.checks.loaded.tables, t.name) for t in declared_tables()}
    unit = count_of("rows")
    rows: list[tuple[Cell, ...]] = []
    for table, listed in rows_of.items():
        bases = Counter(getattr(row, "basis", "") for row in listed)
        counts = (Figure(bases[basis]) for basis in words.BASIS)
        if listed:
            rows.append((table.info.title, Figure(len(listed)), *counts))
    return exhibit(
        "data-quality",
        "Rows of the data, by their basis",
        (
            Column("Table"),
            Column("Rows", unit),
            *(Column(b.capitalize(), unit) for b in words.BASIS),
        ),
        rows,
        "Tables that hold for every year, and lists of this project's own, name no basis.",
    )
