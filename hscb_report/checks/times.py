"""Times typed in prose: each must be the time of a fact that its sentence names."""

from __future__ import annotations

import re
from bisect import bisect
from calendar import month_name, monthrange
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from hscb_report.checks.markdown import NAME, blanked, book_parser
from hscb_report.checks.prose import NEVER_FIGURES, Passage, exemption_of, finding_in
from hscb_report.checks.rule import Rule
from hscb_report.findings import Finding
from hscb_report.schema.assurance import NumberExemption
from hscb_report.years import Period

TYPED_TIME = Rule("P4", "A time typed in a sentence is that of a fact that the sentence names")

UNSURE = Rule("P9", "A number that may still change is told as provisional or estimated", "warning")
UNTOLD = Rule("P7", "A number of another time than the report's is told with its time")
_SHORT_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
# A day, a month, a calendar or a reporting year. The year of a law is part of its name.
_TIME = re.compile(
    rf"""(?:(?:\b(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s+)?
            \b(?P<month>{"|".join(month_name[1:])}|{_SHORT_MONTHS})[.,]?\s+)?
        (?<!\bAct\s)(?<!\b[Rr]egulations\s)\b(?P<year>(?:19|20)\d\d)
        (?(month)|(?:[-/](?P<end>\d\d(?:\d\d)?))?)""",
    re.VERBOSE,
)
_UNSURE = re.compile(r"(?i)\b(?:provisional|estimated)")
# The point of an abbreviation or of an initial ends no sentence.
_STOP = re.compile(
    rf"""(?<![\w'’])(?:e\.g|i\.e|cf|vs|Nos?|paras?|pp?|ss?|St|Dr|Mrs?|Ms|{_SHORT_MONTHS}|[A-Z])\.
    | (?P<end>[.!?]["'”’)\]*_]*)(?!\S)""",
    re.VERBOSE,
)
_HINT = (
    "Write {{ year }} or {{ previous_year }}, name a fact of that time, "
    "or list the words in exempt_numbers.csv."
)


class _Sentence(NamedTuple):
    """A sentence: the names in it with their places, and the times that are typed."""

    names: list[tuple[int, str]]
    times: list[re.Match[str]]
    unsure: set[str]


def untimely(
    prose: Iterable[Passage],
    periods: Mapping[str, Period],
    exemptions: Sequence[NumberExemption],
) -> Iterator[Finding]:
    """Yield a finding for each typed time that overlaps the period of no fact in its sentence.

    `periods` tells of what time the value of a name in `{{ }}` is. A name without one, such as
    that of the report's year or of an undated fact, does not count. An exemption covers a time
    where its words stand around it.
    """
    for passage in prose:
        for sentence in _sentences(passage, periods):
            names = [name for _, name in sentence.names]
            for match in sentence.times:
                time = _time(match)
                if any(time.overlaps(periods[name]) for name in names):
                    continue
                if not exemption_of(passage.text, *match.span(), exemptions):
                    line, other = passage.line(match.start()), periods[names[0]]
                    what = f"a typed time beside {{{{ {names[0]} }}}}, which is of {other}."
                    rule = TYPED_TIME
                    yield finding_in(
                        rule.code, rule.severity, passage, line, str(time), what, _HINT
                    )


def untold(
    prose: Iterable[Passage], others: Mapping[str, Period], known: Container[str]
) -> Iterator[Finding]:
    """Yield a finding for each fact of another time than the report's that is told without it.

    `others` tells of what time such facts are, `known` are all names of which a time is known. The
    time is told where it is typed in the sentence, or where its name, `fact.period`, stands there,
    or that of another number of the same time.
    """
    for passage in prose:
        for sentence in _sentences(passage, known):
            names = {name for _, name in sentence.names}
            for place, name in sentence.names:
                fact = name.removesuffix(".counted")
                period = others.get(fact)
                told = {
                    others.get(n.removesuffix(".period")) for n in names if n.endswith(".period")
                }
                if period is None or f"{fact}.period" in names or period in told:
                    continue
                if not any(_time(match).overlaps(period) for match in sentence.times):
                    what = f"the number is of {period}, and the sentence does not say so."
                    hint = f"Write {{{{ {fact}.period }}}} beside it, or its time."
                    line, rule = passage.line(place), UNTOLD
                    yield finding_in(rule.code, rule.severity, passage, line, name, what, hint)


def untold_status(prose: Iterable[Passage], statuses: Mapping[str, str]) -> Iterator[Finding]:
    """Yield a warning for each number that may still change, in a sentence that does not say so.

    `statuses` are "provisional" or "estimated", by the names of such numbers.
    """
    for passage in prose:
        for sentence in _sentences(passage, statuses):
            for place, name in sentence.names:
                if statuses[name] not in sentence.unsure:
                    what = f"the number is {statuses[name]}, and the sentence does not say so."
                    hint = f'Write "{statuses[name]}" in the sentence.'
                    line, rule = passage.line(place), UNSURE
                    yield finding_in(rule.code, rule.severity, passage, line, name, what, hint)


def _sentences(passage: Passage, known: Container[str]) -> Iterator[_Sentence]:
    """Yield the sentences that hold known names, with these."""
    # A text without a known name, whatever is prose in it, need not be parsed.
    if any(match[1].strip() in known for match in NAME.finditer(passage.text)):
        for sentence in _every_sentence(passage.text):
            named = [(place, name) for place, name in sentence.names if name in known]
            if named:
                yield _Sentence(named, sentence.times, sentence.unsure)


@lru_cache(maxsize=256)
def _every_sentence(text: str) -> tuple[_Sentence, ...]:
    """Return the sentences of a text that hold names; two rules ask for them."""
    prose = blanked(text)
    ends = _sentence_ends(text, prose)
    sentences: dict[int, _Sentence] = defaultdict(lambda: _Sentence([], [], set()))
    for match in NAME.finditer(text):
        sentences[bisect(ends, match.start())].names.append((match.start(), match[1].strip()))
    for match in _UNSURE.finditer(prose):
        sentences[bisect(ends, match.start())].unsure.add(match[0].lower())
    years = {match.end() for match in NEVER_FIGURES.finditer(prose)}
    for match in _TIME.finditer(prose):
        number = bisect(ends, match.start())
        if match.end() in years and number in sentences:
            sentences[number].times.append(match)
    return tuple(sentence for sentence in sentences.values() if sentence.names)


def _time(match: re.Match[str]) -> Period:
    """Return a typed time; years joined, such as 2013-14 or 2013-16, run from April to March."""
    year = int(match["year"])
    joined = (int(match["end"] or year) - year) % 100
    if match["month"]:
        month = [name[:3] for name in month_name].index(match["month"][:3])
        length = monthrange(year, month)[1]
        day = min(int(match["day"] or 0), length)
        first, last = date(year, month, day or 1), date(year, month, day or length)
    elif 0 < joined < 50:
        first, last = date(year, 4, 1), date(year + joined, 3, 31)
    else:
        first, last = date(year, 1, 1), date(year, 12, 31)
    return Period(last, first, " ".join(match[0].split()))


def _sentence_ends(text: str, prose: str) -> list[int]:
    """Return the places at which a sentence, or the block that it stands in, begins or ends."""
    lines = [0, *(match.end() for match in re.finditer("\n", prose))]
    blocks = {lines[line] for line in _block_lines(text) if line < len(lines)}
    stops = {match.end() for match in _STOP.finditer(prose) if match["end"]}
    return sorted(blocks | stops)


def _block_lines(text: str, first: int = 0) -> Iterator[int]:
    """Yield the lines at which a block begins or is over, those within directives too."""
    for token in book_parser().parse(text):
        if token.map:
            yield from (first + line for line in token.map)
            if token.type in ("fence", "colon_fence"):
                yield from _block_lines(token.content, first + token.map[0] + 1)
