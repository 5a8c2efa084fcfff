"""The chapters of a report, each declared in a module of its own; the list here is their order.

A chapter is added by its module, or a folder of modules, and a line of this list. What it makes of
a year's data, and what follows from it, is gathered from the list by whoever needs it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from hscb_report.checks.contents import DEFECTIVE, MISSING
from hscb_report.checks.rule import Rule, error_told
from hscb_report.findings import Finding
from hscb_report.results.chapter import Chapter
from hscb_report.schema import Row
from hscb_report.wording import nearest, quoted

ORDER = (
    "about_the_board",
    "review_of_the_year",
    "effectiveness",
    "journey",
    "measures",
    "context",
    "performance",
    "audits",
    "self_assessments",
    "case_reviews",
    "training",
    "communication",
    "child_deaths",
    "policies",
    "priorities",
    "outturn",
    "membership",
    "attendance",
    "budget",
    "plan",
    "actions",
    "tracker",
    "golden_thread",
    "covering_report",
    "notice",
    "coverage",
    "discrepancies",
    "own",
)
LIST = "hscb_report/chapters/__init__.py"


@dataclass(frozen=True)
class Declared:
    """The chapters that could be read, in their order, and what is wrong with the others."""

    chapters: tuple[Chapter, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of every chapter, by their numbers."""
        found = (rule for chapter in self.chapters for rule in chapter.rules)
        return tuple(sorted(found, key=lambda rule: rule.number))


@cache
def declared_chapters() -> Declared:
    """Return every chapter of the list; raise nothing for one that is missing or defective."""
    read = [_declared(name) for name in dict.fromkeys(ORDER)]
    return Declared(
        tuple(found for found in read if isinstance(found, Chapter)),
        tuple(found for found in read if isinstance(found, Finding)),
    )


def module_file(name: str) -> str:
    """Return the file in which a chapter is declared, relative to the project.

    Of a large chapter it is that of a folder, in which its tables and rules have files of their own.
    """
    end = "/__init__.py" if name in _folders() else ".py"
    return f"hscb_report/chapters/{name}{end}"


@cache
def _folders() -> frozenset[str]:
    return frozenset(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)


def defect(error: Exception, file: str, what: str, reads: Iterable[type[Row]] = ()) -> Finding:
    """Return a finding that says what a chapter's code ran into, and at which of its lines.

    `reads` are the tables whose cells the error may hold.
    """
    import traceback  # of a defect alone

    room = file.removesuffix("__init__.py")
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if room in frame.filename]
    line = own[-1].lineno if own else getattr(error, "lineno", None)
    message = f"{what} ({error_told(error, reads)})."
    return Finding(DEFECTIVE.code, DEFECTIVE.severity, file, message, "Mend the module.", line)


def _declared(name: str) -> Chapter | Finding:
    file = module_file(name)
    try:
        module = importlib.import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"{__name__}.{name}":
            missing = (error.name or "").replace(".", "/")
            found = defect(error, file, "the module cannot be imported")
            return replace(found, hint=f"Add {missing}.py, or correct the import.")
        what = f"the list names a chapter {quoted(name)}, and there is no such module."
        modules = {module.name for module in pkgutil.iter_modules(__path__)} - set(ORDER)
        near = nearest(name, modules, count=1)
        hint = f'Is it "{near[0]}"? Correct its line.' if near else f"Add {file}, or drop its line."
        return Finding(MISSING.code, MISSING.severity, LIST, what, hint)
    except Exception as error:
        return defect(error, file, "the module cannot be imported")
    chapter = getattr(module, "CHAPTER", None)
    if not isinstance(chapter, Chapter):
        what = "the module declares no chapter."
        hint = f'Add CHAPTER = Chapter(name="{name}", …), as in the other modules.'
        return Finding(MISSING.code, MISSING.severity, file, what, hint)
    if chapter.name != name:
        what = f"the chapter is called {quoted(chapter.name)}."
        hint = f'Name it as its module is named: "{name}".'
        return Finding(MISSING.code, MISSING.severity, file, what, hint)
    return chapter
