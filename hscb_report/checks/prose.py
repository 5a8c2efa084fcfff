"""Prose and its numbers: facts by name, and numbers typed by hand that should be facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from hscb_report.checks.markdown import NAME, blanked
from hscb_report.checks.markup import markup_of
from hscb_report.checks.over_all import PLACEHOLDER
from hscb_report.checks.rule import Rule
from hscb_report.figures import Figure
from hscb_report.findings import Finding, Severity
from hscb_report.schema import Place
from hscb_report.schema.assurance import NumberExemption
from hscb_report.wording import suggestion

UNKNOWN_FACT, TYPED_NUMBER, UNRESOLVED = "P1", "P2", "P3"
RULES = (
    Rule(UNKNOWN_FACT, "Every fact that the prose names exists"),
    Rule(TYPED_NUMBER, "Every number in the prose is a fact or is exempt with a reason"),
    Rule(UNRESOLVED, "No unresolved placeholder (XXX, TBC, TODO) stands in the prose"),
)
VALUELESS = Rule("P5", "Every fact that the year's own texts name has a value")
UNKNOWN_SHOWN = Rule("P6", "Every table, remark and picture that a text of the year shows exists")
UNSHOWN = Rule("P8", "Every table and picture of the year's own is shown by a text", "warning")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|tens"
    "|(?:dozen|hundred|thousand|million|billion)s?|half|halves|halved|twice|thrice|doubled|trebled"
    r"|tripled|quadrupled|doubling|halving|trebling|tripling|quadrupling|couple(?= of)"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|hundred|many)fold"
    r"|(?:a|one)[ -](?:third|quarter|fifth|tenth)"
    r"|(?:a|one)[ -](?:sixth|seventh|eighth|ninth|hundredth|thousandth)(?= of)"
)
_SINGLE = r"\u00bc-\u00be\u2150-\u2189\u2460-\u249b\u24ea-\u24ff\u2776-\u2793"
"""Characters that are a number by themselves: fractions, Roman numerals, numbers in circles."""
_RAISED = "\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089"
"""Digits above or below the line: a number only where no word or number stands beside them."""
_BETWEEN = "[ \u00a0\u2009\u202f'\u2019]"
"""What stands between thousands where no comma does: "1 000"."""

# Numbers that are never figures: dates, years, and the numbering of laws, issues and lines. Four
# digits before what is counted ("2013 children") are a year only after a word that leads to one.
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?<![£\d.,])(?<!£\ )\b(?:19|20)\d\d"
_NO_AMOUNT = r"\b(?![.,]\d|\ ?%)"
_TO_A_YEAR = "after|before|by|during|for|from|in|of|since|the|to|until"
_WHICH = "young|older|vulnerable|disabled|new|more|other|looked-after"
_NO_NOUN = "across|as|has|is|its|less|plus|this|was"
_COUNTED = rf"\s(?:(?:{_WHICH})\s)?(?:children|people|(?!(?:{_NO_NOUN})\b)[a-z-]+s)\b"
NEVER_FIGURES = re.compile(
    rf"""\b(?:{_DAY}\ )?(?:{_MONTHS})\ (?:19|20)\d\d\b     # 1 October 2014, June 2013
    | \b{_DAY}\ (?:{_MONTHS})\b                             # 31 March
    | (?:\b(?i:{_TO_A_YEAR})\s)?{_YEAR}[-/]\d\d(?:\d\d)?{_NO_AMOUNT}  # 2013-14, in 2013-14
    | \b(?i:{_TO_A_YEAR})\s{_YEAR}{_NO_AMOUNT}              # in 2013
    | {_YEAR}{_NO_AMOUNT}(?!{_COUNTED})                     # 2013
    | \b(?i:sections?|chapters?|regulations?|paragraphs?|appendix|pages?)\ \d+[\d.()a-z]*
    | \bI-\d\d\b | \bL\d+(?:-\d+)?\b | \bR\d{{1,2}}\b | \bPDF/UA-1\b""",
    re.VERBOSE,
)
_NUMBER = re.compile(
    rf"(?<![^\W_])(?<!\d\.)£?(?:\d{{1,3}}(?:{_BETWEEN}\d{{3}})+(?!\d)|\d[\d,.]*\d|\.?\d)%?"
    rf"|[{_SINGLE}]|(?<![^\W_])[{_RAISED}]+(?![^\W_])"
    rf"|(?<![^\W_])(?:{_WORDS})(?:-\w+)?(?![^\W_])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Passage:
    """A piece of prose and where it stands: a page, a notebook's cell (from 1), a table's cell."""

    file: str
    text: str
    cell: int | None = None
    row: int | None = None
    column: str | None = None

    def line(self, position: int) -> int:
        """Return the line of a position, from 1; of a row of a table, its number."""
        if self.row is not None:
            return self.row
        return self.text.count("\n", 0, position) + 1

    def fact_ids(self) -> frozenset[str]:
        """Return the names in `{{ }}`."""
        return names_in(self.text)


def names_in(text: str) -> frozenset[str]:
    """Return the names in `{{ }}`."""
    return frozenset(" ".join(name.split()) for name in NAME.findall(text))


class HasFigure(Protocol):
    """What has a figure, as a fact has."""

    @property
    def figure(self) -> Figure:
        """The figure."""


@dataclass(frozen=True)
class TypedNumber:
    """A number typed by hand, and the exemption that allows it, if any."""

    passage: Passage
    line: int
    number: str
    exemption: NumberExemption | None


def unknown_facts(prose: Iterable[Passage], known: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each `{{ name }}` that no fact has, with the nearest that one has."""
    names = set(known)
    for passage in prose:
        for match in NAME.finditer(passage.text):
            name = " ".join(match[1].split())
            if name not in names:
                yield finding_in(
                    UNKNOWN_FACT,
                    "error",
                    passage,
                    passage.line(match.start()),
                    name,
                    "there is no such fact.",
                    suggestion(name, _alike(name, names)),
                )


def _alike(name: str, names: Collection[str]) -> list[str]:
    """Return the names that may be meant: those of as many parts, or phrases would crowd them."""
    return [known for known in names if known.count(".") == name.count(".")] or list(names)


def unknown_shown(
    prose: Iterable[Passage],
    known: Mapping[str, Collection[str]],
    may_get: Callable[[str], bool] = lambda _: False,
) -> Iterator[Finding]:
    """Yield a finding for each directive of a text that shows what is not there.

    `known` has, for each directive that shows something, the names of what it can show. What a
    draft `may_get` is missed with a warning.
    """
    for passage in prose:
        for shown in markup_of(passage.text).of(*known):
            if shown.name not in known[shown.kind]:
                what = f"this year has no {shown.kind} of that name."
                hint = suggestion(shown.name, known[shown.kind])
                severity: Severity = "warning" if may_get(shown.name) else UNKNOWN_SHOWN.severity
                yield finding_in(
                    UNKNOWN_SHOWN.code, severity, passage, shown.line, shown.name, what, hint
                )


def unshown(prose: Iterable[Passage], own: Mapping[tuple[str, str], Place]) -> Iterator[Finding]:
    """Yield a warning for each table or picture of the year's own that no text shows.

    `own` has the row of each, by the directive and the name that show it.
    """
    markups = (markup_of(passage.text) for passage in prose)
    shown = {(named.kind, named.name) for markup in markups for named in markup.named}
    for (directive, name), place in own.items():
        if (directive, name) not in shown:
            hint = f"Write ```{{{directive}}} {name} in a text, or remove the row and its file."
            what = "no text of the year shows it."
            yield Finding(UNSHOWN.code, UNSHOWN.severity, place.file, what, hint, place.row)


def without_value(
    prose: Iterable[Passage],
    facts: Mapping[str, HasFigure],
    phrases: Container[str] = (),
    severity: Severity = VALUELESS.severity,
) -> Iterator[Finding]:
    """Yield a finding for each name of a fact, or of a phrase about it, that nothing gives a value.

    What an edition does not tell has one; what a draft waits for is told at its cells. `phrases`
    are the names that stand for the fact's value.
    """
    for passage in prose:
        for match in NAME.finditer(passage.text):
            name = " ".join(match[1].split())
            fact = facts.get(name.rpartition(".")[0] if name in phrases else name)
            if fact is None or fact.figure.value is not None:
                continue
            if fact.figure.withheld or fact.figure.to_come:
                continue
            rows = " and ".join(fact.figure.lacks)
            what = f"it has no value: no row gives it{f' ({rows})' if rows else ''}."
            files = ", ".join(fact.figure.files)
            hint = (
                f"Add the row{f' to {files}' if files else ''}, or take the name out of the text."
            )
            line = passage.line(match.start())
            yield finding_in(VALUELESS.code, severity, passage, line, name, what, hint)


def without_earlier(prose: Iterable[Passage], phrases: Mapping[str, str]) -> Iterator[Finding]:
    """Yield a warning for each name of what a number was before, where no figure tells it.

    `phrases` are such names, each with what stands for it: words that fit few sentences.
    """
    for passage in prose:
        for match in NAME.finditer(passage.text):
            name = " ".join(match[1].split())
            if name in phrases:
                what = f'it says "{phrases[name]}" this year.'
                trend = name.rpartition(".")[0] + ".trend"
                hint = (
                    f"Write {{{{ {trend} }}}}, which reads well in any year, or another sentence."
                )
                line = passage.line(match.start())
                yield finding_in(VALUELESS.code, "warning", passage, line, name, what, hint)


def typed_numbers(
    prose: Iterable[Passage], exemptions: Sequence[NumberExemption]
) -> Iterator[TypedNumber]:
    """Yield every number in prose, in digits or in words from two upwards, that is no fact.

    Dates, years and the numbering of laws are left out, and what says an order or a numbering and
    no amount: "first", "the third sector", Part II; an exemption covers a number where its
    words stand around it.
    """
    for passage in prose:
        # A text in which no number stands, whatever is prose in it, need not be parsed.
        if not _NUMBER.search(_without_dates(NAME.sub(" ", passage.text))):
            continue
        for match in _NUMBER.finditer(_without_dates(blanked(passage.text))):
            exemption = exemption_of(passage.text, match.start(), match.end(), exemptions)
            yield TypedNumber(passage, passage.line(match.start()), match[0], exemption)


def _without_dates(text: str) -> str:
    """Return a text of the same length without the numbers that are never figures."""
    return NEVER_FIGURES.sub(lambda match: " " * len(match[0]), text)


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """Return a text with the value of each name in `{{ }}`; a name without one stays."""

    def value(match: re.Match[str]) -> str:
        return values.get(" ".join(match[1].split()), match[0])

    return NAME.sub(value, text)


def numbers_to_mend(numbers: Iterable[TypedNumber], severity: Severity) -> Iterator[Finding]:
    """Yield a finding for each typed number that nothing exempts."""
    for number in numbers:
        if number.exemption is None:
            yield finding_in(
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
            yield finding_in(UNRESOLVED, severity, passage, line, match[0], what, "Fill it in.")


def exemption_of(
    text: str, start: int, end: int, exemptions: Sequence[NumberExemption]
) -> NumberExemption | None:
    """Return the exemption whose words stand in the text around the number."""
    for exemption in exemptions:
        words = r"\s+".join(re.escape(word) for word in exemption.pattern.split())
        for match in re.finditer(words, text):
            if match.start() <= start and end <= match.end():
                return exemption
    return None


def finding_in(
    rule: str,
    severity: Severity,
    passage: Passage,
    line: int,
    found: str | None,
    what: str,
    hint: str,
) -> Finding:
    """Return a finding at a line of a passage; of a notebook or a table it says in which cell."""
    where, column = f"cell {passage.cell}: " if passage.cell else "", passage.column
    return Finding(rule, severity, passage.file, f"{where}{what}", hint, line, column, found)
