"""The points of a year: words that only a name may say, pages and lists that there are, how many.

A sentence that says "rose" or "most" rests on figures that change; said by a name or a phrase, it
follows them. Words that are no claim about figures are exempt in the list of exempt numbers, with
their reason, as numbers are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from hscb_report.checks.markdown import NAME
from hscb_report.checks.prose import Passage, TypedNumber, exemption_of, finding_in
from hscb_report.checks.rule import Rule
from hscb_report.findings import Finding, Severity
from hscb_report.schema.assurance import NumberExemption
from hscb_report.schema.points import FIRST_PAGE, KeyFigure, Point
from hscb_report.wording import suggestion

CLAIMED = Rule("G1", "No point of the year says more or less, most or all, but by a name")
PLACED = Rule("G2", "Every point of the year is in a list that its page has, and leads to a page")
CHOSEN = Rule("G3", "Every key figure is a number of the report")
FEW = Rule("G4", "No list of points is longer than a reader takes in")
SHORT = Rule("G5", "No point of the year is a longer sentence than a reader takes in", "warning")
SAID = Rule("G6", "A final report says its main points", "warning")
RULES = (CLAIMED, PLACED, CHOSEN, FEW, SHORT, SAID)

MOST_MAIN, MOST_IN_LIST, MOST_WORDS = 6, 5, 30
_MOST = {"main": MOST_MAIN, "title": 1, "lead": 1}
_OF_FIRST = ("lead", "main", "well", "not_well", "next")
_OF_PAGE = ("title", "in_short", "missing")
_SAID_IN = ("sentence", "detail")
"""The columns of a point that are prose."""
WISHES = "next"
"""The list of what is to be done: it claims nothing of what was."""

# Words by which a sentence says how a figure moved, how it compares, or of how many it is true.
_MOVED = (
    r"r[io]se[ns]?|rising|fall(?:s|en|ing)?|fell|gr[eo]w(?:s|n|th|ing)?|shr[aiu]nk(?:s|ing)?"
    r"|increas\w+|decreas\w+|declin\w+|drop(?:s|ped|ping)?|reduc(?:ed?|es|ing|tions?)"
    r"|improv\w+|worsen\w*|deteriorat\w+|climb\w*|soar\w*|plung\w+|jump(?:s|ed|ing)?"
    r"|up|down|unchanged|steady|stable|constant|remain(?:s|ed|ing)?|stayed|surg(?:ed|es|ing)"
    r"|peak(?:s|ed)?|dip(?:s|ped)?|slip(?:s|ped)?|(?:doubl|trebl|tripl|halv)(?:ed?|es|ing)"
    r"|exceed(?:s|ed|ing)?|record (?:number|high|low|level)s?|all-time|overspent|underspent"
)
_COMPARED = (
    "more|fewer|less|higher|lower|greater|larger|smaller|bigger|longer|shorter|better|worse"
    "|faster|slower|quicker|stronger|weaker|highest|lowest|greatest|largest|smallest|biggest"
    "|longest|shortest|best|worst|least|fewest|too many|too few"
)
_OF_HOW_MANY = (
    "most|mostly|majority|minority|many|few|several|lots?|all|every|each|none|both|nearly|almost"
    "|hardly any|scarcely any|always|never|everyone|everybody|nobody|no one"
)
_NO_CLAIM = (
    r"(?:at|above|after|over) all|not least|at (?:least|best|most)|best practice|best interests?"
    r"|(?:set|takes?|taken|took|taking|follow(?:s|ed|ing)?|ma[dk]e|making|look(?:ed|ing)?|bring"
    r"|brought|gives?|gave|given|draw|drew|drawn|pick(?:s|ed)?|sign(?:s|ed)?|open(?:s|ed)?) up"
    r"|up to|(?:set|lay|laid|write|wrote|written|break|broken) down|each other|no longer"
    r"|(?:falls?|fell) due"
)
"""Turns of speech in which such a word says nothing of a figure."""
CLAIM = re.compile(rf"(?i)(?<![\w'’-])(?:{_MOVED}|{_COMPARED}|{_OF_HOW_MANY})(?![\w'’-])")
_TURN = re.compile(rf"(?i)(?<![\w-])(?:{_NO_CLAIM})(?![\w-])")
_MARKUP = re.compile(r"\*(?!\*)(?<!\*\*)|`|\]\(|^\s*#|<[/a-zA-Z!]|(?<!\*)\*\*\*")


def passages_of(point: Point) -> Iterator[Passage]:
    """Yield the sentences of a point as prose, which every rule about prose holds for."""
    for column in _SAID_IN:
        if text := getattr(point, column):
            yield Passage(point.place.file, text, row=point.place.row, column=column)


def claims(points: Iterable[Point], exemptions: Sequence[NumberExemption]) -> Iterator[TypedNumber]:
    """Yield each word of direction or size that no name says, with what exempts it, if anything.

    What is to be done next claims nothing.
    """
    for passage in (p for point in points if point.list != WISHES for p in passages_of(point)):
        bare = NAME.sub(_blank, passage.text)
        bare = _TURN.sub(_blank, bare)
        for match in CLAIM.finditer(bare):
            exemption = exemption_of(passage.text, match.start(), match.end(), exemptions)
            yield TypedNumber(passage, passage.line(0), match[0], exemption)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def claimed(found: Iterable[TypedNumber], severity: Severity) -> Iterator[Finding]:
    """Yield a finding for each word of direction or size that nothing exempts."""
    for claim in found:
        if claim.exemption is None:
            what = "a word of direction or size that no figure stands behind."
            hint = (
                "Say it by a name, such as {{ budget.spend.trend }}; or list the words in "
                "exempt_numbers.csv, if they claim nothing of a figure."
            )
            yield finding_in(
                *(CLAIMED.code, severity, claim.passage, claim.line, claim.number, what, hint)
            )


def placed(
    points: Iterable[Point], pages: Collection[str], severity_of: Callable[[str], Severity]
) -> Iterator[Finding]:
    """Yield a finding for each point of an unknown page, of a list that it lacks, or of markup.

    `pages` are those of the year's book; `severity_of` says how grave it is to name another.
    """
    known = (FIRST_PAGE, *pages)
    for point in points:
        if point.page not in known:
            what = "this year's book has no such page."
            hint = suggestion(point.page, known)
            yield _finding(PLACED, point, "page", what, hint, severity_of(point.page))
            continue
        lists = _OF_FIRST if point.page == FIRST_PAGE else _OF_PAGE
        if point.list not in lists:
            which = "the first page" if point.page == FIRST_PAGE else "a page of the book"
            what = f"{which} has no such list."
            yield _finding(PLACED, point, "list", what, f"Its lists: {', '.join(lists)}.")
        if point.link and point.link not in pages:
            what, hint = "this year's book has no such page.", suggestion(point.link, pages)
            yield _finding(PLACED, point, "link", what, hint, severity_of(point.link))
        if point.detail and point.list != "missing":
            hint = "Write it into the sentence, or into the text of the page."
            what = "only what is missing has a detail."
            yield _finding(PLACED, point, "detail", what, hint)
        yield from _marked_up(point)


def _marked_up(point: Point) -> Iterator[Finding]:
    for name in _SAID_IN:
        text = getattr(point, name) or ""
        if _MARKUP.search(text) or text.count("**") % 2:
            what = "it holds markup, which would be printed as it stands."
            hint = "Only names in {{ }} and **bold** words are more than text here."
            yield _finding(PLACED, point, name, what, hint)


def chosen(
    rows: Iterable[KeyFigure], known: Collection[str], absent: Callable[[str], bool]
) -> Iterator[Finding]:
    """Yield a finding for each key figure that is no number of the report.

    A number is `absent` where the year has no table of it, or waits for it; it is not shown then.
    """
    for row in rows:
        if row.fact in known:
            continue
        severity: Severity = "warning" if absent(row.fact) else "error"
        what, hint = "there is no such fact.", suggestion(row.fact, known)
        if severity == "warning":
            what, hint = "this year has no data for it: not shown.", "Add it, or remove the row."
        yield Finding(
            CHOSEN.code, severity, row.place.file, what, hint, row.place.row, "fact", row.fact
        )


def few(points: Sequence[Point], severity: Severity) -> Iterator[Finding]:
    """Yield a finding for the first point of each list that is one too many."""
    seen: Counter[tuple[str, str]] = Counter()
    for point in points:
        seen[point.page, point.list] += 1
        most = _MOST.get(point.list, MOST_IN_LIST)
        if seen[point.page, point.list] == most + 1:
            what = f"the list {point.list} of {point.page} has room for {most}."
            hint = "Take the least of them out, or say two in one."
            yield _finding(FEW, point, "list", what, hint, severity)


def long(points: Iterable[Point], values: Mapping[str, str]) -> Iterator[Finding]:
    """Yield a warning for each sentence of too many words, as it is printed."""
    for point in points:
        text = NAME.sub(lambda m: values.get(" ".join(m[1].split()), "0"), point.sentence or "")
        words = sum(any(sign.isalnum() for sign in word) for word in text.split())
        if words > MOST_WORDS:
            what = f"a sentence of {words} words; one has at most {MOST_WORDS}."
            yield _finding(SHORT, point, "sentence", what, "Shorten it, or make it two points.")


def unsaid(points: Iterable[Point], file: str) -> Iterator[Finding]:
    """Yield a warning if there are no main points; `file` is where they would stand."""
    if not any(point.page == FIRST_PAGE and point.list == "main" for point in points):
        what = "a final report has no main points; its first page says key figures alone."
        hint = f"Add rows of the page {FIRST_PAGE} and the list main: about six sentences."
        yield Finding(SAID.code, SAID.severity, file, what, hint)


def _finding(
    rule: Rule, point: Point, column: str, what: str, hint: str, severity: Severity | None = None
) -> Finding:
    found = str(getattr(point, column) or "")
    return Finding(
        *(rule.code, severity or rule.severity, point.place.file, what, hint),
        *(point.place.row, column, found),
    )
