"""How findings are told to a reader: each cause once, the first to mend first, in a short list.

The findings themselves, one for each place, stay as they are for programs (`--format json`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hscb_report.findings import Finding
from hscb_report.wording import counted, first_lower

MOST_LINES = 40
_FIRST = (
    "L8",
    "L1",
    "L2",
    "L9",
    "L3",
    "L4",
    "L5",
    "L7",
    "L6",
    "L10",
    "B",
    "C",
    "R",
    "H",
    "M",
    "P",
    "G",
    "Y",
    "L11",
    "L12",
    "A",
)
"""Rules in the order in which what they find is to be mended: a file before what rests on it."""


@dataclass(frozen=True)
class Cause:
    """The findings of one cause: the same of one column or file, in whatever rows."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The one that is shown."""
        return self.findings[0]

    def __str__(self) -> str:
        rows = [finding.row for finding in self.findings if finding.row is not None]
        others = len({finding.found for finding in self.findings}) - 1
        first = self.first
        if len({finding.hint for finding in self.findings}) > 1:
            first = replace(first, hint=f"In row {first.row}: {first_lower(first.hint)}")
        return f"{first.severity}: {first.told(rows, others)}"


def causes(findings: Iterable[Finding]) -> list[Cause]:
    """Return the findings by their causes: errors first, and what is to be mended first of them."""
    together: dict[tuple[object, ...], list[Finding]] = {}
    for finding in sorted(findings, key=_urgency):
        together.setdefault(_cause(finding), []).append(finding)
    return [Cause(tuple(found)) for found in together.values()]


def lines(findings: Sequence[Finding], most: int = MOST_LINES) -> list[str]:
    """Return the findings as lines to read: at most so many, and one that says what is left."""
    told = causes(findings)
    if len(told) <= most:
        return [str(cause) for cause in told]
    left = told[most - 1 :]
    errors = sum(cause.first.severity == "error" for cause in left)
    of_which = f" ({counted(errors, 'error')})" if errors else ""
    rest = f"… and {len(left)} more{of_which}: the option --format json of check gives them all."
    return [*(str(cause) for cause in told[: most - 1]), rest]


def as_json(what: Any) -> str:
    """Return data as JSON that a terminal may have: what it might obey stands as an escape."""
    written = json.dumps(what, indent=2, ensure_ascii=False)
    if written.isascii() and "\x7f" not in written:
        return written
    return "".join(c if c == "\n" or c.isprintable() else _escaped(c) for c in written)


def _escaped(character: str) -> str:
    return json.dumps(character)[1:-1] if not character.isascii() else f"\\u{ord(character):04x}"


def _urgency(finding: Finding) -> tuple[bool, int]:
    rule = finding.rule if finding.rule in _FIRST else finding.rule[:1]
    place = _FIRST.index(rule) if rule in _FIRST else len(_FIRST)
    return finding.severity != "error", place


def _cause(finding: Finding) -> tuple[object, ...]:
    """Return what the findings of one cause have in common; each cell may have its own hint."""
    where = (finding.rule, finding.severity, finding.file, finding.column, finding.message)
    return where if finding.row is not None else (*where, finding.found, finding.hint)
