"""The contents of a year's book: what has something to show, in the order that a board wants."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.chapters import declared_chapters
from hscb_report.findings import errors
from hscb_report.report import check_year, open_report
from hscb_report.report.contents import contents_of, declared_pages, needed_files
from hscb_report.results.chapter import ABOUT, EVIDENCE, PARTS, THE_DATA, THE_YEAR, Part
from hscb_report.schema.finance import Contribution
from hscb_report.schema.journey import Policy
from hscb_report.schema.own import ContentsLine
from hscb_report.schema.settings import BoardSettings, Settings, YearSettings
from tests.conftest import small_year
from tests.made_up import only_own, placed, tables_of, year_of

PAID = {"agency": "council", "organisation": "The Council", "amount": 1}
CONTRIBUTIONS = placed("2013-14/contributions.csv", [PAID], Contribution)
POLICIES = placed("2013-14/policies.csv", [{"policy": "A", "status": "developed"}], Policy)
TABLES = {"policies": ("policy-status",)}
TEXTS = frozenset({"2013-14/text/effectiveness.md", "2013-14/text/commentary/budget.md"})
WHOLE = tables_of(contributions=CONTRIBUTIONS, policies=POLICIES)


def lines(*pages):
    """Return the lines of a contents file, each a part and a page."""
    rows = [{"part": part, "page": page} for part, page in pages]
    return only_own("2013-14/contents.csv", rows, ContentsLine)


def contents(*pages, tables=WHOLE, texts=TEXTS, exhibits=TABLES):
    data = year_of(tables.with_rows(ContentsLine, lines(*pages)))
    return contents_of(data, exhibits, texts)


def paths(found, part=None):
    return [page.path for page in found.pages if part is None or page.part.title == part]


# What there is to show --------------------------------------------------------------------------


def test_the_pages_are_those_of_chapters_with_data_and_of_texts_that_there_are():
    """And those about the report, which every year has."""
    assert paths(contents()) == [
        *("text/effectiveness", "text/policies", "chapters/budget", "pages/appendix-budget"),
        *("pages/about-this-publication", "pages/statutory-coverage"),
        *("pages/glossary", "pages/accessibility"),
        *("pages/assurance", "pages/sources", "pages/how-it-was-made", "pages/data-dictionary"),
    ]


def of_status(status, *pages):
    """Return the contents of a year as a draft, or as final."""
    settings = made_settings(status=status)
    data = year_of(WHOLE.with_rows(ContentsLine, lines(*pages)), settings=settings)
    return contents_of(data, TABLES, TEXTS), data


def test_a_draft_alone_has_pages_for_those_who_write_it_after_assurance():
    """They need no file, and no text of a year stands on them."""
    draft, data = of_status("draft")
    final, _ = of_status("final")
    extra = [page for page in draft.pages if page not in final.pages]
    assert extra
    assert [p for p in paths(draft) if p not in paths(final)] == [page.path for page in extra]
    place = paths(draft).index("pages/assurance") + 1
    assert list(draft.pages[place : place + len(extra)]) == extra
    assert "pages/names-for-texts" in paths(draft)
    for page in extra:
        assert page.heading
        assert page.exhibits
        assert not page.takes_commentary
        assert page.part == EVIDENCE
    assert list(needed_files(extra, data.year)) == list(needed_files((), data.year))
    declared = {page.path for page, _ in declared_pages(data)}
    assert {page.path for page in extra} <= declared


def test_the_line_of_a_draft_s_page_may_stay_when_the_report_is_final():
    line = ("About this report", "pages/names-for-texts")
    draft, _ = of_status("draft", line)
    final, _ = of_status("final", line)
    assert (draft.findings, final.findings) == ((), ())
    assert paths(draft, ABOUT.title)[0] == line[1]
    assert line[1] not in paths(final)


def test_the_committed_contents_have_every_declared_page_once(report):
    """All but of self-assessments, and of the plan before, of which there is no folder."""
    listed = [page.path for page in report.contents]
    assert len(listed) == len(set(listed))
    data = year_of(tables_of(), settings=report.settings)
    declared = {page.path for page, _ in declared_pages(data)}
    assert declared - set(listed) == {"chapters/self_assessments", "chapters/outturn"}
    assert set(listed) <= declared
    assert [page.part for page in report.contents] == sorted(
        (page.part for page in report.contents), key=PARTS.index
    )


def test_a_chapter_without_a_text_shows_its_tables_under_its_title():
    """Unless it has no table either; a text that there is stands in its place."""
    (page,) = [p for p in contents().pages if p.path == "text/policies"]
    (chapter,) = [c for c in declared_chapters().chapters if c.name == "policies"]
    assert (page.heading, page.exhibits) == (chapter.title, ("policy-status",))
    assert not page.is_text_of_year
    texts = TEXTS | {"2013-14/text/policies.md"}
    (page,) = [p for p in contents(texts=texts).pages if p.path == "text/policies"]
    assert (page.heading, page.exhibits, page.is_text_of_year) == ("", (), True)
    assert "text/policies" not in paths(contents(exhibits={}))


def test_what_a_year_says_nothing_of_is_left_out_with_the_tables_that_would_give_it():
    left_out = {part.title: part.tables for part in contents().left_out}
    assert left_out["Child deaths"][:2] == ("child_deaths", "cdop_lessons")
    present = {c.title for c in declared_chapters().chapters if c.name in ("budget", "policies")}
    assert not present & set(left_out)
    assert all(left_out.values())


def test_only_a_reconstruction_lacks_the_discrepancies_of_its_source(committed):
    """Any other report has no source that could be wrong."""
    publication = year_of(WHOLE, settings=committed.settings)
    publication = replace(publication, settings=replace_kind(committed.settings, "publication"))
    reconstruction = year_of(WHOLE, settings=committed.settings)
    told = [
        {title for part in contents_of(data, {}, TEXTS).left_out for title in part.tables}
        for data in (publication, reconstruction)
    ]
    assert ["discrepancies" in tables for tables in told] == [False, True]


def made_settings(**said):
    board = BoardSettings(name="A board", short_name="B", area="An area")
    return Settings.of(board, YearSettings(year="2013-14", kind="publication", **said))


def replace_kind(settings, kind):
    return replace(settings, year=settings.year.model_copy(update={"kind": kind}))


# The board's own order --------------------------------------------------------------------------


@given(st.permutations(paths(contents())[:6]), st.integers(0, 6))
def test_the_pages_of_a_part_stand_as_the_file_has_them_and_the_others_after_them(order, number):
    """Whatever the file names, no page is lost or stands twice."""
    usual = contents()
    part_of = {page.path: page.part.title for page in usual.pages}
    named = [(part_of[path], path) for path in order[:number]]
    found = contents(*named)
    assert found.findings == ()
    assert sorted(paths(found)) == sorted(paths(usual))
    for title in {*part_of.values()}:
        first = [path for part, path in named if part == title]
        rest = [path for path in paths(usual, title) if path not in first]
        assert paths(found, title) == [*first, *rest]


def test_the_parts_stand_as_the_file_has_them():
    data, year = THE_DATA.title, THE_YEAR.title
    found = contents((data, "chapters/budget"), (year, "text/effectiveness"))
    assert found.parts.index(THE_DATA) < found.parts.index(THE_YEAR)
    assert contents().parts.index(THE_YEAR) < contents().parts.index(THE_DATA)


def test_a_page_moves_to_the_part_that_the_file_gives_it():
    found = contents((THE_YEAR.title, "chapters/budget"))
    assert paths(found, THE_YEAR.title) == ["chapters/budget", "text/effectiveness"]
    assert "chapters/budget" not in paths(found, THE_DATA.title)


def test_a_page_that_stands_under_another_moves_with_it(report, committed):
    data = year_of(
        committed.tables.with_rows(ContentsLine, lines((ABOUT.title, "text/journey"))),
        settings=committed.settings,
    )
    texts = frozenset(f"2013-14/{page.path}.md" for page in report.contents)
    found = contents_of(data, {}, texts)
    under = [page for page in found.pages if page.under == "text/journey"]
    assert len(under) > 1
    assert {page.part for page in under} == {ABOUT}


def test_a_new_title_begins_a_part_of_the_board_s_own_beside_the_one_before_it():
    """It is bound into the annual report, and named once."""
    texts = TEXTS | {"2013-14/text/foreword.md", "2013-14/text/thanks.md"}
    found = contents(
        (THE_YEAR.title, "text/effectiveness"),
        *(("Own words", "text/foreword"), ("Own words", "text/thanks")),
        texts=texts,
    )
    assert found.findings == ()
    own = Part("Own words", THE_YEAR.volume)
    assert found.parts[:3] == (THE_YEAR, own, THE_DATA)
    assert paths(found, "Own words") == ["text/foreword", "text/thanks"]
    assert all(page.is_text_of_year for page in found.pages if page.part == own)


@pytest.mark.parametrize(
    ("page", "hint"),
    [
        ("text/forewords", 'Did you mean "text/foreword"?'),  # no such text
        ("chapters/bugdet", 'Did you mean "chapters/budget"?'),
        ("chapters/audits", None),  # a chapter that the year says nothing of
        ("budget", None),
        ("text/commentary/budget", None),  # what is said of a chapter is no page of its own
        ("text/../year", None),
    ],
)
def test_a_line_that_names_what_is_not_there_is_told_and_the_others_hold(page, hint):
    texts = TEXTS | {"2013-14/text/foreword.md"}
    found = contents((THE_YEAR.title, "text/foreword"), (THE_YEAR.title, page), texts=texts)
    (told,) = found.findings
    assert (told.rule, told.severity) == ("C1", "error")
    assert (told.file, told.row) == ("2013-14/contents.csv", 3)
    assert (told.column, told.found) == ("page", page)
    assert told.message == f'this year has no page "{page}".'
    assert told.hint.startswith(hint or ("Did you mean", "Known: "))
    assert "commentary" not in told.hint
    assert paths(found, THE_YEAR.title) == ["text/foreword", "text/effectiveness"]


def test_the_files_that_the_pages_are_made_from_are_needed():
    needed = [item.file for item in needed_files(contents().pages, year_of(WHOLE).year)]
    assert needed[:4] == [
        *("book/index.md", "2013-14/text/effectiveness.md", "notebooks/budget.ipynb"),
        "book/pages/appendix-budget.md",
    ]
    assert "2013-14/text/policies.md" not in needed


# Through the door -------------------------------------------------------------------------------


def test_a_page_of_the_year_s_own_is_read_checked_and_published(tmp_path):
    """A text that neither a chapter nor the contents file knows stops the report."""
    data = small_year(tmp_path, "2014-15")
    text = data / "2014-15/text/foreword.md"
    text.parent.mkdir()
    text.write_text("# Foreword\n\nWelcome to {{ board_short }}.\n", "utf-8")
    (found,) = errors(check_year(None, data).findings)
    assert (found.file, found.hint) == (
        "2014-15/text/foreword.md",
        "List it in 2014-15/contents.csv, or move it elsewhere.",
    )
    small_year(tmp_path, "2014-15", contents=("part,page", f"{THE_YEAR.title},text/foreword"))
    report = open_report(data=data)
    assert report.contents[0].path == "text/foreword"
    assert report.texts["text/foreword"].startswith("# Foreword")
    text.write_text("# Foreword\n\nWelcome, {{ budget.nothing }}.\n", "utf-8")
    assert [f.rule for f in errors(check_year(None, data).findings)] == ["P1"]


def test_the_smallest_report_is_a_board_a_year_and_nothing_else(tmp_path):
    """What it lacks is told on its page about what it was checked against."""
    report = open_report(data=small_year(tmp_path, "2014-15"))
    assert {page.part for page in report.contents} <= {ABOUT, EVIDENCE, PARTS[-1]}
    assert len(report.exhibit("assurance-left-out").rows) > 10
