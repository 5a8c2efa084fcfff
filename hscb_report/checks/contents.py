"""Whether everything that the chapters name is there, and named once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hscb_report.checks.rule import Rule
from hscb_report.findings import Finding, Severity
from hscb_report.wording import nearest, one_line, quoted

MISSING = Rule("C1", "Every page, notebook, commentary and module that a chapter needs is there")
TWICE = Rule("C2", "Every chapter, page, table, fact, callout and rule has a name of its own")
UNLISTED = Rule("C3", "Every notebook, text and chapter module belongs to a chapter")
DEFECTIVE = Rule("C4", "Every chapter can be worked out from the data")
RULES = (MISSING, TWICE, UNLISTED, DEFECTIVE)


@dataclass(frozen=True)
class Named:
    """Something that is named: its kind in the plural, its name, and the file that names it."""

    kind: str
    name: str
    by: str


@dataclass(frozen=True)
class Needed:
    """A file that a chapter needs, and what to do where it is not there."""

    file: str
    hint: str


def missing_files(needed: Iterable[Needed], present: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each needed file that is not there, with the nearest that is."""
    there, listed = set(present), tuple(needed)
    wanted = {need.file for need in listed}
    for need in listed:
        if need.file not in there:
            folder = need.file.rpartition("/")[0]
            beside = {file for file in there - wanted if file.rpartition("/")[0] == folder}
            near = nearest(need.file, beside, count=1)
            hint = f"Is it {quoted(near[0])}? Rename it." if near else need.hint
            yield Finding(MISSING.code, MISSING.severity, need.file, "this file is missing.", hint)


def unlisted_files(
    needed: Iterable[Needed],
    present: Iterable[str],
    hint: str,
    severity: Severity = UNLISTED.severity,
) -> Iterator[Finding]:
    """Yield a finding for each file that is there and that no chapter needs."""
    wanted, there = {need.file for need in needed}, set(present)
    for file in sorted(there - wanted):
        folder = file.rpartition("/")[0]
        beside = {name for name in wanted if name.rpartition("/")[0] == folder}
        near = [name for name in nearest(file, beside, count=1) if name not in there]
        told = f"Is it {quoted(near[0])}? Rename it." if near else hint
        what = "no chapter of the list has this file."
        yield Finding(UNLISTED.code, severity, one_line(file), what, told)


def named_twice(names: Sequence[Named]) -> Iterator[Finding]:
    """Yield a finding for each name that two things of one kind have, at the file of the last."""
    times = Counter((named.kind, named.name) for named in names)
    for (kind, name), count in times.items():
        if count > 1:
            owners = [named.by for named in names if (named.kind, named.name) == (kind, name)]
            what = f"{count} {kind} are called {quoted(name)}"
            elsewhere = ", ".join(dict.fromkeys(owner for owner in owners if owner != owners[-1]))
            told = f"{what}, others in {elsewhere}." if elsewhere else f"{what}."
            yield Finding(
                TWICE.code, TWICE.severity, owners[-1], told, "Rename all but one of them."
            )
