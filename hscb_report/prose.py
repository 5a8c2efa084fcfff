"""Prose and its numbers: facts by name, and numbers typed by hand that should be facts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hscb_report.errors import suggestion
from hscb_report.findings import Finding, Severity
from hscb_report.rules.statements import PLACEHOLDER
from hscb_report.schema.assurance import NumberExemption

UNKNOWN_FACT, TYPED_NUMBER, UNRESOLVED = "P1", "P2", "P3"
RULES = {
    UNKNOWN_FACT: "Every fact that the prose names exists",
    TYPED_NUMBER: "Every number in the prose is a fact or is exempt with a reason",
    UNRESOLVED: "No unresolved placeholder (XXX, TBC, TODO) stands in the prose",
}
_SUBSTITUTION = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
    "|thousand|million"
)
# What is no prose: options of directives, code, link targets, labels, tags.
_NOT_PROSE = re.compile(
    r"^:[\w-]+:.*?$|`[^`\n]*`|\]\([^)\n]*\)|\[\^[^\]\n]+\]|</?[a-zA-Z][^>\n]*>", re.MULTILINE
)
_FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,}|:{3,})[ \t]*(.*)")
_CODE = re.compile(r"\{(?:code|code-block|code-cell|literalinclude|math)\}")
_ITEM = re.compile(r"[ \t]*(?:[-*+][ \t]+)*(\d+)\.[ \t]")
# Numbers that are never figures: dates, years, and the numbering of laws, issues and lines.
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NEVER_FIGURES = re.compile(
    rf"""\b(?:{_DAY}\ )?(?:{_MONTHS})\ (?:19|20)\d\d\b     # 1 October 2014, June 2013
    | \b{_DAY}\ (?:{_MONTHS})\b                             # 31 March
    | (?<![£\d.,])(?<!£\ )\b(?:19|20)\d\d(?:[-/]\d\d(?:\d\d)?)?\b(?![.,]\d|\ ?%)  # 2013, 2013-14
    | \b(?i:sections?|chapters?|regulations?|paragraphs?|appendix|pages?)\ \d+[\d.()a-z]*
    | \bI-\d\d\b | \bL\d+(?:-\d+)?\b | \bR\d{{1,2}}\b | \bPDF/UA-1\b""",
    re.VERBOSE,
)
_NUMBER = re.compile(
    rf"(?<![^\W_])(?<!\d\.)£?(?:\d[\d,.]*\d|\.?\d)%?|(?<![^\W_])(?:{_WORDS})(?:-\w+)?(?![^\W_])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Passage:
    """A piece of prose and where it stands: a page, or a cell of a notebook (from 1)."""

    file: str
    text: str
    cell: int | None = None

    def line(self, position: int) -> int:
        """Return the line of a position, from 1."""
        return self.text.count("\n", 0, position) + 1

    def fact_ids(self) -> frozenset[str]:
        """Return the names in `{{ }}`."""
        return frozenset(" ".join(name.split()) for name in _SUBSTITUTION.findall(self.text))


@dataclass(frozen=True)
class TypedNumber:
    """A number typed by hand, and the exemption that allows it, if any."""

    passage: Passage
    line: int
    number: str
    exemption: NumberExemption | None


def passages(path: Path, file: str) -> Iterator[Passage]:
    """Yield the prose of a Markdown file or of a notebook's Markdown cells."""
    text = path.read_text("utf-8")
    if path.suffix != ".ipynb":
        yield Passage(file, text)
        return
    for number, cell in enumerate(json.loads(text)["cells"], 1):
        if cell["cell_type"] == "markdown":
            yield Passage(file, "".join(cell["source"]), number)


def unknown_facts(prose: Iterable[Passage], known: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each `{{ name }}` that no fact has, with the nearest that one has."""
    names = set(known)
    for passage in prose:
        for match in _SUBSTITUTION.finditer(passage.text):
            name = " ".join(match[1].split())
            if name not in names:
                yield _finding(
                    UNKNOWN_FACT,
                    "error",
                    passage,
                    passage.line(match.start()),
                    name,
                    "there is no such fact.",
                    suggestion(name, names),
                )


def typed_numbers(
    prose: Iterable[Passage], exemptions: Sequence[NumberExemption]
) -> Iterator[TypedNumber]:
    """Yield every number in prose, in digits or in words from two upwards, that is no fact.

    Dates, years and the numbering of laws are left out; an exemption covers a number where its
    words stand around it.
    """
    for passage in prose:
        blanked = _without_code(passage.text)
        for pattern in (_SUBSTITUTION, _NOT_PROSE, _NEVER_FIGURES):
            blanked = pattern.sub(lambda match: _blank(match[0]), blanked)
        blanked = _without_item_numbers(blanked)
        for match in _NUMBER.finditer(blanked):
            exemption = _exemption(passage.text, match.start(), match.end(), exemptions)
            yield TypedNumber(passage, passage.line(match.start()), match[0], exemption)


def numbers_to_mend(numbers: Iterable[TypedNumber], severity: Severity) -> Iterator[Finding]:
    """Yield a finding for each typed number that nothing exempts."""
    for number in numbers:
        if number.exemption is None:
            yield _finding(
                TYPED_NUMBER,
                severity,
                number.passage,
                number.line,
                number.number,
                "a number typed by hand.",
                "Name a fact, {{ chapter.name }}, or list its words in exempt_numbers.csv.",
            )


def placeholders(prose: Iterable[Passage], severity: Severity) -> Iterator[Finding]:
    """Yield a finding for each placeholder that somebody meant to fill in."""
    for passage in prose:
        for match in PLACEHOLDER.finditer(passage.text):
            line = passage.line(match.start())
            what = "an unresolved placeholder."
            yield _finding(UNRESOLVED, severity, passage, line, match[0], what, "Fill it in.")


def _exemption(
    text: str, start: int, end: int, exemptions: Sequence[NumberExemption]
) -> NumberExemption | None:
    """Return the exemption whose words stand in the text around the number."""
    for exemption in exemptions:
        words = r"\s+".join(re.escape(word) for word in exemption.pattern.split())
        for match in re.finditer(words, text):
            if match.start() <= start and end <= match.end():
                return exemption
    return None


def _without_code(text: str) -> str:
    """Blank fences and the code in them; what a directive holds is prose, its opening line not."""
    lines: list[str] = []
    is_open: list[tuple[str, bool]] = []  # the fences that are open, and whether they hold code
    for line in text.split("\n"):
        fence = _FENCE.fullmatch(line)
        in_code = bool(is_open) and is_open[-1][1]
        if fence and is_open and not fence[2] and fence[1].startswith(is_open[-1][0]):
            is_open.pop()
        elif fence and not in_code:
            is_open.append((fence[1], _holds_code(fence[1], fence[2])))
        lines.append(_blank(line) if fence or in_code else line)
    return "\n".join(lines)


def _holds_code(fence: str, opening: str) -> bool:
    """Whether a fence holds code: one that names no directive, or the directive of code."""
    is_directive = opening.startswith("{") or fence.startswith(":")
    return not is_directive or bool(_CODE.match(opening))


def _without_item_numbers(text: str) -> str:
    """Blank the numbers of list items.

    As in CommonMark, a list may start after a blank line or a heading, or anywhere with 1; it goes
    on until a blank line that no item follows.
    """
    lines, may_start, in_list = [], True, False
    for line in text.split("\n"):
        item = _ITEM.match(line)
        if item and not (may_start or in_list or item[1] == "1"):
            item = None
        lines.append(_blank(item[0]) + line[item.end() :] if item else line)
        is_break = not line.strip() or line.startswith("#")
        in_list = item is not None or (in_list and not may_start)
        may_start = is_break
    return "\n".join(lines)


def _blank(text: str) -> str:
    """Return as many blanks, lines kept, so that places stay what they are."""
    return re.sub(r"[^\n]", " ", text)


def _finding(
    rule: str, severity: Severity, passage: Passage, line: int, found: str, what: str, hint: str
) -> Finding:
    where = f"cell {passage.cell}: " if passage.cell else ""
    return Finding(rule, severity, passage.file, f"{where}{what}", hint, line, None, found)
