"""The improvement journey: seven areas by two inspections, and what belongs to each."""

from dataclasses import replace

from hscb_report.chapters import journey, own
from hscb_report.results.outline import Shown, Tagged
from hscb_report.schema.journey import InspectionStatement
from tests import in_force
from tests.made_up import with_settings, with_tables, with_words, year_of


def test_the_journey_is_seven_areas_by_two_inspections(report):
    table = report.exhibit("inspection-journey")
    assert [column.heading for column in table.columns] == ["Area", "Ofsted 2012", "Ofsted 2014"]
    assert [row[0] for row in table.texts()] == list(in_force.JOURNEY_AREA.values())
    for judgement in ("Has not been sufficiently effective", "Requires Improvement"):
        assert any(judgement in note for note in table.notes)


def test_an_area_s_own_table_and_the_journey_say_the_same(report):
    said = {row[0]: row[1:] for row in report.exhibit("inspection-journey").texts()}
    for area, title in in_force.JOURNEY_AREA.items():
        rows = report.exhibit(f"area-{area.replace('_', '-')}").texts()
        assert [row[0] for row in rows] == ["Ofsted 2012", "Ofsted 2014"]
        assert tuple(row[1] for row in rows) == said[title]


def test_what_is_merged_into_another_statement_or_lost_is_said_to_be(report, given):
    said = {row[0]: row[1:] for row in report.exhibit("inspection-journey").texts()}
    assert said["Performance Monitoring"][0] == "Covered by the statement on another area"
    kept = given.tables[InspectionStatement][1:]
    tables = with_tables(given.tables, inspection_statements=kept)
    data = year_of(tables, settings=given.settings)
    for kind, told in (
        ("reconstruction", "not recoverable"),
        ("publication", "nothing is recorded"),
        ("example", "nothing is recorded"),
    ):
        table = next(journey.exhibits(with_settings(data, kind=kind)))
        assert table.text(0, 1) == told
        assert ("Statements are given in summary." in table.notes) == (kind == "reconstruction")


def test_every_area_has_a_page_with_its_table_its_sections_and_its_part_of_the_plan(given, report):
    named = dict(journey.outlines(given))
    pages = {page.outline for page in journey.CHAPTER.pages_of(given) if page.outline}
    assert set(named) == pages
    labels = {table.label for table in report.exhibits}
    for (area, title), (section,) in zip(
        in_force.JOURNEY_AREA.items(), named.values(), strict=True
    ):
        assert section.title == title
        report_part, plan_part = section.sections
        assert report_part.blocks == (Tagged(area),)
        shown = [b.exhibit for b in (*section.blocks, *plan_part.blocks) if isinstance(b, Shown)]
        assert shown == [f"area-{area.replace('_', '-')}", f"plan-for-{area.replace('_', '-')}"]
        assert set(shown) <= labels


def test_callouts_and_tagged_sections_carry_the_areas_of_their_rows(given):
    """They are the year's own, and need no journey."""
    assert list(own.callouts(given))
    for callout in own.callouts(given):
        assert callout.titles == tuple(in_force.JOURNEY_AREA[area] for area in callout.areas)
    assert [(t.page, t.section) for t in own.tags(given)] == [
        (row.page, row.section) for row in given.tables.named("section_tags")
    ]


def test_a_board_s_own_areas_have_pages_of_their_own_below_the_journey(given):
    """An area of which nothing is said or planned has its tagged sections and no empty table."""
    data = with_words(given, "journey_area", early_help="Early help")
    assert [(page.path, page.under) for page in journey.CHAPTER.pages_of(data)] == [
        ("text/journey", ""),
        ("areas/early_help", "text/journey"),
    ]
    ((name, (page,)),) = journey.outlines(data)
    assert (name, page.title) == ("area-early-help", "Early help")
    assert not [block for block in page.blocks if isinstance(block, Shown)]
    assert [section.blocks for section in page.sections] == [(Tagged("early_help"),)]
    bare = replace(given, tables=given.tables.with_rows(InspectionStatement, ()))
    assert journey.CHAPTER.is_present(given)
    assert not journey.CHAPTER.is_present(bare)
