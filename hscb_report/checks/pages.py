"""Pages: only what the list allows, one title each, and nothing that leads nowhere."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hscb_report.checks.markup import COMMENTARY, Heading, Named, markup_of
from hscb_report.checks.prose import Passage, finding_in
from hscb_report.checks.rule import Rule
from hscb_report.findings import Finding, Severity
from hscb_report.schema import Place
from hscb_report.wording import suggestion

ALLOWED = Rule("M1", "Every page holds only the Markdown that pages may hold")
REACHED = Rule("M2", "Everything that a page refers to is there, once")
IN_ORDER = Rule("M3", "Every page has one title, headings that follow one another, whole footnotes")
RULES = (ALLOWED, REACHED, IN_ORDER)
_COMMON = ("book/", "notebooks/")
"""Where texts for every year are: what they say of an empty table is left out with it."""


@dataclass(frozen=True)
class Document:
    """A page of the book: its address in it, its own texts, and what the year says on it.

    The texts are one of Markdown or the cells of a notebook, in their order; `said` stands within.
    """

    address: str
    texts: tuple[Passage, ...]
    said: tuple[Passage, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Everything that is written on it."""
        return (*self.texts, *self.said)

    def named(self, *kinds: str) -> Iterator[tuple[Passage, Named]]:
        """Yield the names of some kinds, each with the passage that has it."""
        for passage in self.passages:
            for named in markup_of(passage.text).of(*kinds):
                yield passage, named

    def headings(self) -> Iterator[str]:
        """Yield the texts of its headings."""
        for passage in self.passages:
            yield from (heading.text for heading in markup_of(passage.text).headings)


@dataclass(frozen=True)
class Book:
    """What pages can refer to: addresses of pages, names of tables and pictures.

    `numbered` have a number in the year's book; `empty` are tables that hold nothing this year.
    `shown` are the tables that the data itself puts on a page, with the page; `groups` the tables
    of each group. What a draft `may_get` is missed with a warning.
    """

    addresses: Collection[str] = ()
    numbered: Collection[str] = ()
    empty: Collection[str] = ()
    shown: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    may_get: Callable[[str], bool] = lambda _: False

    def severity(self, name: str) -> Severity:
        """Return how grave it is that something is named and not there."""
        return "warning" if self.may_get(name) else REACHED.severity


def refused(passages: Iterable[Passage]) -> Iterator[Finding]:
    """Yield a finding for everything that no page may hold.

    Texts for every year alone may say where the year's commentary stands.
    """
    for passage in passages:
        markup = markup_of(passage.text)
        for problem in markup.problems:
            found, what, hint = problem.found, problem.what, problem.hint
            yield _finding(ALLOWED, passage, problem.line, found, what, hint)
        for named in markup.of(COMMENTARY):
            if not passage.file.startswith(_COMMON):
                what, hint = "a text of the year has no commentary.", "Remove it."
                yield _finding(ALLOWED, passage, named.line, named.kind, what, hint)


def disordered(documents: Iterable[Document]) -> Iterator[Finding]:
    """Yield what is wrong with titles, headings and footnotes of pages."""
    for document in documents:
        yield from _headings(document.texts, is_page=True)
        for passage in document.said:
            yield from _headings([passage], is_page=False)
        yield from _footnotes(document)


def _headings(passages: Sequence[Passage], *, is_page: bool) -> Iterator[Finding]:
    """Yield what is wrong with headings; those on a page that is made elsewhere begin with ##."""
    level = 0 if is_page else 1
    found = [(p, heading) for p in passages for heading in markup_of(p.text).headings]
    if is_page and passages and not _begins_with_title(passages[0]):
        what, hint = "a page begins with its title.", "Write # and the title in its first line."
        yield _finding(IN_ORDER, passages[0], 1, None, what, hint)
        level, found = 1, [(p, h) for p, h in found if h.level > 1]
    for passage, heading in found:
        if problem := _out_of_order(heading, level):
            yield _finding(IN_ORDER, passage, heading.line, heading.text, *problem)
        level = max(heading.level, 1)


def _begins_with_title(passage: Passage) -> bool:
    markup = markup_of(passage.text)
    headings = markup.headings
    is_first = bool(headings) and headings[0].line == markup.start and headings[0].level == 1
    return is_first or bool(markup.problems)


def _out_of_order(heading: Heading, level: int) -> tuple[str, str] | None:
    """Return what is wrong with a heading that follows one of a level, and what to do."""
    if heading.level == 1 and level:
        return "a page has one title.", "Write ## before this heading."
    if heading.level > level + 1 and level:
        return "a level of headings is left out.", f"Write {'#' * (level + 1)} before it."
    return None


def _footnotes(document: Document) -> Iterator[Finding]:
    """Yield footnotes without words, words without a mark, and words given twice."""
    marks = {named.name for _, named in document.named("noted")}
    words = Counter(named.name for _, named in document.named("note"))
    for passage, named in document.named("noted"):
        if named.name not in words:
            hint = f"Add a line [^{named.name}]: and its words."
            yield _finding(IN_ORDER, passage, named.line, named.name, "it has no words.", hint)
    seen: set[str] = set()
    for passage, named in document.named("note"):
        if named.name in seen:
            what, hint = "this page has two footnotes of that name.", "Rename one of them."
            yield _finding(IN_ORDER, passage, named.line, named.name, what, hint)
        elif named.name not in marks:
            what = "no sentence has this footnote."
            hint = f"Write [^{named.name}] in one, or remove its words."
            yield _finding(IN_ORDER, passage, named.line, named.name, what, hint)
        seen.add(named.name)


def unreached(documents: Sequence[Document], book: Book) -> Iterator[Finding]:
    """Yield a finding for each link, label or number that a page names and the book lacks."""
    own = {named.name for document in documents for _, named in document.named("label")}
    for document in documents:
        for passage, named in document.named("ref", "place"):
            places = {*own, *book.numbered} if named.kind == "ref" else own
            if named.name not in places:
                yield _lost(passage, named, "the book has no label of that name.", places, book)
        for passage, named in document.named("numref"):
            is_empty = named.name in book.empty
            if is_empty and not passage.file.startswith(_COMMON):
                what = "this table holds nothing this year."
                hint = "Add its rows, or take the sentence out of the text."
                severity = book.severity(named.name)
                yield _finding(REACHED, passage, named.line, named.name, what, hint, severity)
            elif not is_empty and named.name not in book.numbered:
                what = "this year's book has no table or picture of that name."
                yield _lost(passage, named, what, book.numbered, book)
        for passage, named in document.named("page", "doc"):
            yield from _lost_page(document, passage, named, book)


def _lost_page(document: Document, passage: Passage, named: Named, book: Book) -> Iterator[Finding]:
    """Yield a finding for a link to a page that the book does not have."""
    path, sign, _ = named.name.partition("#")
    known = set(book.addresses)
    if named.kind == "doc":
        known = {address.rpartition(".")[0] for address in known}
    folder = posixpath.dirname(document.address)
    target = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
    climbs = posixpath.normpath(posixpath.join(folder, path)).startswith("..")
    if target not in known or climbs or "\\" in path:
        what = "this year's book has no such page."
        near = {posixpath.relpath(address, folder or ".") for address in known}
        hint, severity = suggestion(path, near), book.severity(named.name)
        yield _finding(REACHED, passage, named.line, named.name, what, hint, severity)
    elif sign:
        hint = "Write (label)= in the line before the heading there, and (#label) here."
        what = "a link leads to a page or to a label."
        yield _finding(REACHED, passage, named.line, named.name, what, hint)


def doubled(documents: Sequence[Document], book: Book) -> Iterator[Finding]:
    """Yield a finding for each label that stands twice, and each table or picture shown twice."""
    places = dict(book.shown)
    labels = dict.fromkeys(book.numbered, "a table or picture")
    labels |= {posixpath.basename(a).rpartition(".")[0]: "a page" for a in book.addresses}
    for document in documents:
        for passage, named in document.named("label"):
            if named.name in labels:
                what = f"it is the label of {labels[named.name]} too."
                yield _finding(
                    REACHED, passage, named.line, named.name, what, "Rename one of them."
                )
            labels[named.name] = passage.file
        for passage, named in document.named("exhibit", "exhibits", "picture", "outline"):
            names = book.groups.get(named.name, ()) if named.kind == "exhibits" else (named.name,)
            for name in names:
                if name in places:
                    what = f"{places[name]} shows it too; a table or picture is shown once."
                    hint = f"Remove it here or there; {{numref}}`{name}` refers to it."
                    yield _finding(REACHED, passage, named.line, name, what, hint)
                places[name] = passage.file


def unknown_sections(
    rows: Iterable[tuple[Place, str, str]], headings: Mapping[str, Collection[str]]
) -> Iterator[Finding]:
    """Yield a warning for each row that names a heading which its page does not have.

    `rows` are places, pages and headings; `headings` those of each page that has some.
    """
    for place, page, section in rows:
        if section not in headings.get(page, (section,)):
            what, hint = (
                f"the page {page} has no such heading.",
                suggestion(section, headings[page]),
            )
            yield Finding(
                REACHED.code, "warning", place.file, what, hint, place.row, "section", section
            )


def _lost(passage: Passage, named: Named, what: str, known: Iterable[str], book: Book) -> Finding:
    hint, severity = suggestion(named.name, known), book.severity(named.name)
    return _finding(REACHED, passage, named.line, named.name, what, hint, severity)


def _finding(
    rule: Rule,
    passage: Passage,
    line: int,
    found: str | None,
    what: str,
    hint: str,
    severity: Severity | None = None,
) -> Finding:
    return finding_in(rule.code, severity or rule.severity, passage, line, found, what, hint)
