"""What is wrong in the prose of a year, held against all that the year has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from hscb_report.assurance import LABELS
from hscb_report.assurance.sources import sources_label
from hscb_report.checks import abbreviations, pages, prose, readability, times
from hscb_report.checks.pages import Book, Document
from hscb_report.checks.prose import Passage, TypedNumber
from hscb_report.findings import Finding, Severity
from hscb_report.report.drafts import ToCome
from hscb_report.results import history
from hscb_report.results.published import Results
from hscb_report.schema import Place
from hscb_report.schema.assurance import NumberExemption
from hscb_report.schema.own import picture_label
from hscb_report.years import Period, ReportingYear

RULES = (
    *pages.RULES,
    *prose.RULES,
    *(
        times.TYPED_TIME,
        prose.VALUELESS,
        prose.UNKNOWN_SHOWN,
        times.UNTOLD,
        prose.UNSHOWN,
        times.UNSURE,
        abbreviations.EXPLAINED,
        *readability.RULES,
    ),
)

_FILL_IN = "Fill in its table, or take the name out: a final report needs one of the two."
_OF_ITS_VALUE = tuple(name for name in history.BEHIND_A_FACT if name not in ("previous", "period"))
"""The phrases about a number that say nothing where it has no value."""

_TELLING = (
    *("counted", "Counted", "of_all", "Of_all", "words"),
    *("more_or_less", "of_every_pound", history.EXACT),
)
"""The phrases that tell a number's value, as its name alone does."""


@dataclass(frozen=True)
class Said:
    """The prose of a year: its own, and what is common to all years; what it may name and show.

    `documents` are the pages of the book with all of it, `shown` the tables and charts that the
    data and the notebooks put on pages, each with its page.

    `names` are all that may stand in `{{ }}` besides the facts, with what stands for each; those
    that are `absent`, since the year has no table of them, only common texts may name: any text, as
    long as the year `lacks_years` that it could be compared with. `things` are
    the tables and pictures of the year's own, by the directive and the name that show them;
    `numbers` are typed by hand. `measures` are the numbers that the list of measures declares,
    measured in this year or not. What is `to_come` the texts of a draft may name too. The
    `abbreviations` are those that are explained, `codes` those of all rules; `evidence` are the
    addresses of the pages that tell how the report was made.
    """

    year: ReportingYear
    own: tuple[Passage, ...]
    common: tuple[Passage, ...]
    documents: tuple[Document, ...]
    shown: Mapping[str, str]
    names: Mapping[str, str]
    absent: frozenset[str]
    to_come: ToCome
    results: Results
    things: Mapping[tuple[str, str], Place]
    numbers: tuple[TypedNumber, ...]
    exemptions: tuple[NumberExemption, ...]
    codes: frozenset[str]
    measures: frozenset[str]
    is_final: bool
    lacks_years: bool = False
    abbreviations: Collection[str] = ()
    evidence: Collection[str] = ()


def findings_of(said: Said, left_out: Mapping[str, str], *, has_defects: bool) -> Iterator[Finding]:
    """Yield everything that is wrong in the prose.

    `left_out` are the chapters that the year says nothing of, with their titles. Of chapters that
    `has_defects` says cannot be worked out, each fact that is named is not told again.
    """
    facts = said.results.facts
    severity: Severity = "error" if said.is_final else "warning"
    told = {fact.chapter for fact in facts} if has_defects else None
    for finding in _unknown(said):
        chapter = (finding.found or "").split(".")[0]
        if said.to_come.has_number(finding.found or ""):
            what, hint = 'nothing gives it yet: it reads "to come".', _FILL_IN
            yield replace(finding, severity="warning", message=what, hint=hint)
        elif chapter in left_out:
            what = f'this year has no data for "{left_out[chapter]}", and so no such fact.'
            hint = "Add its tables, or take the name out of the text."
            yield replace(finding, message=what, hint=hint)
        elif finding.found in said.absent:
            hint = "Add the table that it is worked out from, or take the name out of the text."
            yield replace(finding, message="this year has no table that gives it.", hint=hint)
        elif _measure(finding.found or "") in said.measures and _is_phrase(finding.found or ""):
            what = "the measure has no value in the Board's area this year."
            hint = "Add its measurement, or take the name out of the text."
            yield replace(finding, message=what, hint=hint)
        elif told is None or chapter in told:
            yield finding
    phrases = {f"{fact.id}.{phrase}" for fact in facts for phrase in _OF_ITS_VALUE}
    by_name = {fact.id: fact for fact in facts}
    yield from prose.without_value(said.own, by_name, phrases, severity)
    before = {f"{fact.id}.previous" for fact in facts if fact.before is None}
    unknown = {name: text for name, text in said.names.items() if name in before}
    yield from prose.without_earlier(said.own, unknown)
    yield from pages.refused((*said.own, *said.common))
    yield from pages.disordered(said.documents)
    yield from pages.unreached(said.documents, _book(said))
    yield from pages.doubled(said.documents, _book(said))
    yield from prose.unknown_shown(said.own, _to_be_shown(said), said.to_come.has_thing)
    yield from prose.unshown(said.own, said.things)
    yield from prose.numbers_to_mend(said.numbers, severity)
    yield from prose.placeholders((*said.own, *said.common), severity)
    yield from abbreviations.unexplained((*said.own, *said.common), said.abbreviations)
    yield from _as_read(said)
    periods = history.periods_of(facts)
    yield from times.untimely(said.own, periods, said.exemptions)
    others = history.of_another_time(facts, Period.of_year(said.year))
    yield from times.untold(said.own, others, periods)
    unsure = {fact.id: fact.status for fact in facts if fact.status}
    unsure |= {f"{name}.{end}": status for name, status in unsure.items() for end in _TELLING}
    yield from times.untold_status(said.own, unsure)


def _as_read(said: Said) -> Iterator[Finding]:
    """Yield what makes the year's own texts hard to read; those common to all are tested."""
    values = history.told_in_prose(said.results.facts, said.names)
    own = {passage.file for passage in said.own}
    yield from readability.long_winded(said.documents, own, values)
    for document in said.documents:
        if document.address not in said.evidence:
            texts = [passage for passage in document.passages if passage.file in own]
            yield from readability.of_the_workshop(texts, said.codes)


def is_about_earlier(finding: Finding) -> bool:
    """Whether a finding says of a number that no figure tells what it was before."""
    return (finding.rule, finding.severity) == (prose.VALUELESS.code, "warning")


def _is_phrase(name: str) -> bool:
    """Whether what stands behind a number's name, if anything does, is what may stand there."""
    return name.count(".") == 1 or name.split(".", 2)[2] in history.BEHIND_A_FACT


def _measure(name: str) -> str:
    """Return the name of the number that a name, such as `performance.plans.trend`, is about."""
    return ".".join(name.split(".")[:2])


def _unknown(said: Said) -> Iterator[Finding]:
    known = {*said.names, *(fact.id for fact in said.results.facts)}
    yield from prose.unknown_facts(said.own, known | said.absent if said.lacks_years else known)
    yield from prose.unknown_facts(said.common, known | said.absent)


def _book(said: Said) -> Book:
    """Return what the pages of the year's book can refer to."""
    groups: dict[str, list[str]] = {}
    for exhibit in said.results.exhibits:
        if exhibit.group and exhibit.rows:
            groups.setdefault(exhibit.group, []).append(exhibit.label)
    return Book(
        addresses={document.address for document in said.documents},
        numbered=frozenset(_numbered(said)),
        empty={exhibit.label for exhibit in said.results.exhibits if not exhibit.rows},
        shown=said.shown,
        groups=groups,
        may_get=said.to_come.has_thing,
    )


def _numbered(said: Said) -> Iterator[str]:
    """Yield the names of what has a number in the book: tables, as charts or not, and pictures.

    What is the year's own is in the book where a text shows it.
    """
    own = {name for _, name in said.things}
    exhibits = [exhibit.label for exhibit in said.results.exhibits if exhibit.rows]
    yield from (label for label in exhibits if label not in own)
    yield from LABELS
    for chapter in {fact.chapter for fact in said.results.facts}:
        yield sources_label(chapter)
    for document in said.documents:
        for _, named in document.named("exhibit", "picture"):
            if (named.kind, named.name) in said.things:
                yield picture_label(named.name) if named.kind == "picture" else named.name


def _to_be_shown(said: Said) -> dict[str, Collection[str]]:
    """Return what each directive of a text can show: the names of tables, remarks, pictures."""
    results = said.results
    return {
        "exhibit": [exhibit.label for exhibit in results.exhibits if exhibit.rows],
        "exhibits": [exhibit.group for exhibit in results.exhibits if exhibit.group],
        "callout": [callout.name for callout in results.callouts],
        "outline": list(results.outlines),
        "picture": [name for directive, name in said.things if directive == "picture"],
    }
