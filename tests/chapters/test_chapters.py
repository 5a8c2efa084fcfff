"""The list of chapters, and what holds of every one: whatever part of a year there is."""

import re
import sys
from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from hscb_report import chapters
from hscb_report.checks.rule import run_rules
from hscb_report.report import table_schemas
from hscb_report.results.chapter import Chapter
from hscb_report.results.outline import Paragraphs
from hscb_report.schema import Tables
from hscb_report.schema.learning import Audit, AuditFinding
from hscb_report.schema.settings import KINDS
from hscb_report.schema.vocabularies import CHOSEN
from tests.made_up import with_settings, year_of

CHAPTERS = chapters.declared_chapters().chapters
SCHEMAS = {schema.name: schema for schema in table_schemas()}
by_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)


@pytest.fixture
def declared(monkeypatch, tmp_path):
    """Return a function from the text of a module "made_up" to what the list comes to with it."""

    def read(text):
        if text is not None:
            (tmp_path / "made_up.py").write_text(text)
        monkeypatch.setattr(chapters, "ORDER", ("policies", "made_up", "membership"))
        monkeypatch.setattr(chapters, "__path__", [*chapters.__path__, str(tmp_path)])
        try:
            return chapters.declared_chapters.__wrapped__()
        finally:
            sys.modules.pop(f"{chapters.__name__}.made_up", None)

    return read


def test_a_module_that_declares_its_chapter_stands_in_its_place(declared):
    found = declared(
        "from hscb_report.results.chapter import Chapter\n"
        'CHAPTER = Chapter(name="made_up", title="Made up")\n'
    )
    assert [chapter.name for chapter in found.chapters] == ["policies", "made_up", "membership"]
    assert found.findings == ()
    assert [rule.code for rule in found.rules] == ["R23"]


def test_what_is_wrong_with_a_module_is_told_at_it_and_the_others_are_read(declared):
    chapter = "from hscb_report.results.chapter import Chapter\n"
    module = "hscb_report/chapters/made_up.py"
    for text, rule, file, row, says in (
        (None, "C1", chapters.LIST, None, 'names a chapter "made_up", and there is no such module'),
        ("x = 1\n", "C1", module, None, "the module declares no chapter."),
        (chapter + 'CHAPTER = Chapter("other", "X")\n', "C1", module, None, 'called "other"'),
        ("import no_such_package\n", "C4", module, None, "cannot be imported (ModuleNotFoundError"),
        ("x = (\n", "C4", module, 1, "cannot be imported (SyntaxError"),
        ("x = 1 / 0\n", "C4", module, None, "cannot be imported (ZeroDivisionError"),
    ):
        result = declared(text)
        assert [one.name for one in result.chapters] == ["policies", "membership"]
        (found,) = result.findings
        assert (found.rule, found.severity, found.file) == (rule, "error", file)
        assert row in (None, found.row)
        assert says in found.message
        assert found.hint


# Which chapters there are in a year -------------------------------------------------------------


@drawn(st.booleans(), st.booleans(), st.booleans())
def test_a_chapter_is_there_if_a_table_that_it_is_about_holds_a_row(given, audits, findings, about):
    """What it reads beside does not make it one; one that is about nothing always is."""
    tables = Tables()
    if audits:
        tables = tables.with_rows(Audit, given.tables[Audit][:1])
    if findings:
        tables = tables.with_rows(AuditFinding, given.tables[AuditFinding][:1])
    data = year_of(tables)
    beside = Chapter("x", "X", about=(Audit,) if about else (), reads=(AuditFinding,))
    assert beside.is_present(data) == (audits or not about)
    assert beside.tables == ((Audit,) if about else ()) + (AuditFinding,)
    both = Chapter("x", "X", about=(Audit, AuditFinding), reads=(Audit,))
    assert both.is_present(data) == (audits or findings)
    assert both.tables == (Audit, AuditFinding)


def test_pages_may_depend_on_the_year_and_numbers_are_of_it_or_of_the_plan_s(given):
    pages = CHAPTERS[0].pages_of(given)
    assert Chapter("x", "X", pages=lambda data: iter(pages)).pages_of(given) == pages
    assert str(Chapter("x", "X").period(given)) == "2013-14"
    assert str(Chapter("x", "X", looks_ahead=True).period(given)) == "2014-15"
    ahead = {chapter.name for chapter in CHAPTERS if chapter.looks_ahead}
    assert ahead == {"plan", "actions", "tracker", "golden_thread"}


@by_chapter
def test_no_chapter_is_about_what_holds_for_every_year_or_board(chapter):
    """Such a table has rows whatever the year: the chapter would never be left out."""
    assert {row.info.folder for row in chapter.about} <= {"year"}


# What a chapter makes of whatever there is ------------------------------------------------------


def referred(name):
    """Return the tables that the columns of one refer to."""
    for column in SCHEMAS[name].columns:
        targets = [column.kind.references] if column.kind.references else []
        targets += (column.kind.references_by or ("", {}))[1].values()
        yield from (target.partition(".")[0] for target in targets)


def needed(names):
    """Return tables with all that they refer to, directly or not: less there cannot be."""
    found, waiting = set(), set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= set(referred(name)) - found
    return found


def made(chapter, data):
    """Return everything that a chapter makes of a year, given the tables that it declares."""
    data = replace(data, tables=data.tables.only(chapter.tables))
    kinds = ("facts", "exhibits", "outlines", "callouts", "tags")
    return {kind: list(getattr(chapter, kind)(data)) for kind in kinds}


# Without it the data contradicts itself: four learning processes are three reviews and this one.
NEVER_LACKING = "reviews_carried_over"


def parts_of(chapter, data):
    """Yield the year with some of the tables that a chapter is about, each with what it needs."""
    held = data.tables.rows
    for row in chapter.about:
        if row.info.name == NEVER_LACKING:
            continue
        kept = needed([row.info.name])
        yield replace(data, tables=Tables({n: rows for n, rows in held.items() if n in kept}))
        bare = {n: rows for n, rows in held.items() if row.info.name not in needed([n])}
        yield replace(data, tables=Tables(bare))


@pytest.mark.parametrize("kind", KINDS)
@by_chapter
def test_a_chapter_can_be_made_of_any_part_of_what_it_is_about(given, chapter, kind):
    """A year may have a table alone, or lack one; nothing fails, and no figure is an error."""
    data = with_settings(given, kind=kind)
    for part in parts_of(chapter, data):
        if chapter.is_present(part):
            found = made(chapter, part)
            assert all(fact.id.startswith(f"{chapter.name}.") for fact in found["facts"])
            assert len({fact.id for fact in found["facts"]}) == len(found["facts"])
            assert len({table.label for table in found["exhibits"]}) == len(found["exhibits"])


@by_chapter
def test_rules_of_a_chapter_find_nothing_wrong_in_that_something_is_not_there(given, chapter):
    """They may warn; and what there is nothing of is not checked, or passes."""
    for part in parts_of(chapter, given):
        for result in run_rules(chapter.rules, part):
            assert [f.message for f in result.findings if f.severity == "error"] == []


MEANT = [name for name, vocabulary in CHOSEN.items() if vocabulary.meanings]


@pytest.mark.parametrize("name", MEANT)
def test_words_of_a_board_that_mean_nothing_to_calculations_break_nothing(given, name):
    """But of "whole", which the loader asks for: what no word says is missing, and no error."""
    words = given.vocabularies[name]
    means = {code: said & {"whole"} for code, said in words.means.items()}
    own = {**given.vocabularies, name: replace(words, means=means)}
    data = replace(given, vocabularies=own)
    before = {f.id: f.figure for chapter in CHAPTERS for f in made(chapter, given)["facts"]}
    for chapter in CHAPTERS:
        for fact in made(chapter, data)["facts"]:
            value, was = fact.figure.value, before[fact.id].value
            assert value is None or value >= was or fact.id in ("covering_report.recommendations",)
        for result in run_rules(chapter.rules, data):
            assert [f.message for f in result.findings if f.severity == "error"] == []


# Words about a source ---------------------------------------------------------------------------

OF_A_SOURCE = re.compile(
    r"\bthe source\b|retold|in summary|printed as|as (it is )?printed|board prints|reconstruct"
    r"|published text|had a published|as published in|(is|are) published"
    r"|not recoverable|no tick legible",
    re.I,
)


# What rows themselves say, in words of the year's own.
SAID = {"note": None, "how": "So", "meaning": "So"}


def without_words(data):
    """Return the year without the words of its rows, which may speak of anything."""
    rows = {
        name: tuple(
            row.model_copy(update={n: said for n, said in SAID.items() if hasattr(row, n)})
            for row in rows
        )
        for name, rows in data.tables.rows.items()
    }
    return replace(data, tables=Tables(rows))


def told(found):
    """Yield every text that a chapter makes."""
    for fact in found["facts"]:
        yield fact.label
    for table in found["exhibits"]:
        yield table.caption
        yield from (column.heading for column in table.columns)
        yield from table.notes
        yield from (text for row in table.texts() for text in row)
    for _name, outline in found["outlines"]:
        sections = list(outline)
        while sections:
            section = sections.pop()
            yield section.title
            sections += section.sections
            for block in section.blocks:
                yield from block.paragraphs if isinstance(block, Paragraphs) else ()


@pytest.mark.parametrize("kind", ["publication", "example"])
@by_chapter
def test_only_a_reconstruction_speaks_of_its_source(given, chapter, kind):
    """A board's own report is no copy of another: "in summary" or "not legible" would be untrue."""
    data = without_words(with_settings(given, kind=kind))
    if not any(row.info.of_reconstruction for row in chapter.about):
        assert [text for text in told(made(chapter, data)) if OF_A_SOURCE.search(text)] == []


def test_a_reconstruction_speaks_of_its_source_in_most_of_its_chapters(given):
    """So that the words looked for above are those that are used."""
    data = without_words(given)
    speaking = {
        chapter.name
        for chapter in CHAPTERS
        if any(OF_A_SOURCE.search(text) for text in told(made(chapter, data)))
    }
    assert speaking == {
        *("journey", "performance", "audits", "training", "child_deaths"),
        *("priorities", "attendance", "budget", "plan", "discrepancies"),
    }
