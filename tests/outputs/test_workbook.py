"""The workbook: by the Government Analysis Function's rules, exact, and of text that stays text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from hscb_report.figures import Figure, to_come, withheld
from hscb_report.outputs.notices import marking
from hscb_report.outputs.workbook import write_workbook
from hscb_report.outputs.workbook.cells import LONGEST_TEXT, SHORTHAND
from hscb_report.outputs.workbook.sheets import sheet_names
from hscb_report.report import PROJECT, open_report
from hscb_report.results.exhibit import Column, Exhibit, Mark, Quantity, exhibit
from hscb_report.results.published import Published
from hscb_report.units import (
    NOT_STATED,
    PERCENT,
    POUNDS,
    TO_COME,
    WHOLE_PERCENT,
    Unit,
    count_of,
    measured_in,
)
from tests.outputs.spreadsheet import ReadBook, ReadSheet, read_workbook
from tests.strategies import exhibits as drawn_exhibits

ROOTS = {"2013-14": "data", "2024-25": "examples/northshire", "2016-17": "examples/smallshire"}
AT_THE_FRONT = ("Cover", "Contents", "Notes")


def written(report: Published, folder: Path) -> ReadBook:
    path = folder / "tables.xlsx"
    write_workbook(report, path)
    return read_workbook(path.read_bytes())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workbook")


@pytest.fixture(scope="module")
def alone(report: Published, folder: Path):
    """Return a function that writes tables alone; it gives the workbook."""

    def write(*found: Exhibit) -> ReadBook:
        results = replace(report.results, exhibits=found)
        return written(replace(report, results=results, assurance=()), folder)

    return write


@pytest.fixture(scope="module", params=ROOTS, ids=lambda year: ROOTS[year])
def board(request: pytest.FixtureRequest, folder: Path) -> tuple[Published, ReadBook]:
    report = open_report(request.param, "public", PROJECT / ROOTS[request.param])
    return report, written(report, folder)


def tables_of(book: ReadBook) -> list[ReadSheet]:
    return [sheet for name, sheet in book.sheets.items() if name not in AT_THE_FRONT]


# The rules of accessible spreadsheets ------------------------------------------------------------


def test_every_published_table_has_a_sheet_in_the_order_of_the_report(
    board: tuple[Published, ReadBook],
) -> None:
    """All but those on pages that are in no PDF: the dictionary of the data."""
    report, book = board
    assert list(book.sheets)[:2] == ["Cover", "Contents"]
    on_paper = {"index": -1} | {
        page.path: number for number, page in enumerate(report.contents) if page.part.volume
    }
    shown = [e for e in report.exhibits if report.shown_on.get(e.label, "") in (*on_paper, "")]
    wanted = {e.label.replace("-", "_")[:31] for e in shown}
    assert {sheet.name for sheet in tables_of(book)} == wanted
    assert not any(sheet.name.startswith("dictionary") for sheet in tables_of(book))
    places = {
        e.label.replace("-", "_")[:31]: on_paper.get(report.shown_on.get(e.label, ""))
        for e in shown
    }
    order = [places[sheet.name] for sheet in tables_of(book)]
    known = [place for place in order if place is not None]
    assert known == sorted(known)


def test_a_sheet_holds_a_title_and_one_marked_table_and_nothing_else(
    board: tuple[Published, ReadBook],
) -> None:
    """Against the left edge, without a blank row, column or cell, and with nothing below it."""
    _, book = board
    for sheet in (s for s in book.sheets.values() if s.name != "Cover"):
        (table,) = sheet.tables
        assert table.first[1] == 1
        assert set(sheet.cells) == {
            *((row, 1) for row in range(1, table.first[0])),
            *(
                (row, column)
                for row in range(table.first[0], table.last[0] + 1)
                for column in range(1, table.last[1] + 1)
            ),
        }
        assert all(cell != "" for cell in sheet.cells.values())
        assert sheet.rows[0] == list(table.columns)
        assert len({name.lower() for name in table.columns}) == len(table.columns)
    assert book.sheets["Cover"].tables == []


def test_nothing_is_merged_hidden_frozen_filtered_run_or_drawn(
    board: tuple[Published, ReadBook],
) -> None:
    _, book = board
    forbidden = {
        "mergeCell",
        "pane",
        "autoFilter",
        "f",
        "drawing",
        "headerFooter",
        "sheetProtection",
    }
    for sheet in book.sheets.values():
        assert not sheet.tags & forbidden
        assert (sheet.state, sheet.hidden) == ("visible", [])
    assert not [part for part in book.parts if "vba" in part.lower() or "media" in part]


def test_sheets_and_tables_have_names_that_excel_takes(board: tuple[Published, ReadBook]) -> None:
    _, book = board
    names = [sheet.name.lower() for sheet in book.sheets.values()]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 31
    tables = [table.name.lower() for sheet in book.sheets.values() for table in sheet.tables]
    assert len(set(tables)) == len(tables) == len(names) - 1
    assert all(name.isascii() and name.replace("_", "a").isalnum() for name in tables)


def test_titles_are_headings_and_say_what_a_table_shows(board: tuple[Published, ReadBook]) -> None:
    report, book = board
    for sheet in book.sheets.values():
        assert sheet.styles[1, 1] == "Heading 1"
        assert list(sheet.styles.values()).count("Heading 1") == 1
        assert [table.told for table in sheet.tables] == [sheet.title] * len(sheet.tables)
    assert "Heading 2" in book.sheets["Cover"].styles.values()
    said = marking(report)
    for found in report.exhibits:
        sheet = book.sheets.get(found.label.replace("-", "_")[:31])
        if sheet is not None:
            assert sheet.title == f"{said} {found.title or found.caption}".strip()


def test_every_link_leads_to_a_cell_and_the_contents_name_every_table(
    board: tuple[Published, ReadBook],
) -> None:
    _, book = board
    for sheet in book.sheets.values():
        for place, (target, cell) in sheet.links.items():
            assert cell in book.sheets[target].cells, (sheet.name, place)
    contents = book.sheets["Contents"]
    listed = contents.rows[1:]
    assert [row[0] for row in listed] == [sheet.name for sheet in tables_of(book)]
    for number, (name, title, *_) in enumerate(listed, contents.tables[0].first[0] + 1):
        assert contents.links[number, 2] == (name, (1, 1))
        assert str(title).rstrip("…") in book.sheets[str(name)].title
    assert f"{len(listed):,} tables" in " ".join(book.sheets["Cover"].lines)


def test_the_notes_of_each_table_are_on_the_notes_sheet(board: tuple[Published, ReadBook]) -> None:
    """Its first note is where its link leads, and names it."""
    report, book = board
    notes = {str(row[0]): row for row in book.sheets["Notes"].rows[1:]}
    for found in report.exhibits:
        sheet = book.sheets.get(found.label.replace("-", "_")[:31])
        if sheet is None or not found.notes:
            continue
        (told,) = [line for line in sheet.lines if line.startswith("This table has")]
        place = (sheet.lines.index(told) + 1, 1)
        target, cell = sheet.links[place]
        assert book.sheets[target].cells[cell] == told.partition(": ")[2].split(", ")[0]
        texts = {" ".join(str(row[1]).split()): row for row in notes.values()}
        for note in found.notes:
            row = texts[" ".join(note.split())]
            assert sheet.name in str(row[2]).split(", ")
            assert str(row[0]) in told or told.endswith("…")


def test_shorthand_is_explained_on_the_sheet_and_on_the_notes_sheet(
    board: tuple[Published, ReadBook],
) -> None:
    _, book = board
    for sheet in tables_of(book):
        used = {cell for row in sheet.rows for cell in row if cell in SHORTHAND}
        told = [line for line in sheet.lines if line.startswith("In the table, ")]
        assert len(told) == bool(used)
        for mark in used:
            assert mark in told[0]
            row = next(row for row in book.sheets["Notes"].rows if row[0] == mark)
            assert sheet.name in str(row[2]).split(", ")


def test_the_properties_say_title_publisher_status_language_and_no_clock(
    board: tuple[Published, ReadBook],
) -> None:
    report, book = board
    told = book.properties
    assert report.settings.board.name in told["title"]
    assert report.settings.title in told["title"]
    assert told["creator"] == report.settings.board.name
    assert told["contentStatus"] == "Final"
    assert told["language"] == "en-GB"
    assert told["created"] == told["modified"] == f"{report.as_at}T00:00:00Z"
    assert book.fonts == {"Arial"}
    assert book.schemes <= {"none"}


def test_the_cover_says_what_a_reader_must_know(board: tuple[Published, ReadBook]) -> None:
    report, book = board
    said, settings = book.sheets["Cover"].lines, report.settings
    assert said[0].endswith(f"{settings.board.name}: tables of the {settings.title}")
    for told in (settings.board.contact, settings.board.licence, settings.board.website):
        assert told is None or told in said
    assert "Final." in said
    assert "For everybody" in said
    assert any(line.startswith(f"{report.year}: 1 April ") for line in said)


# What marks a report -----------------------------------------------------------------------------


def test_every_sheet_of_an_example_says_that_it_is_invented(folder: Path) -> None:
    report = open_report("2016-17", "public", PROJECT / "examples/smallshire")
    book = written(report, folder)
    assert all(s.title.startswith("Example: all content is inv") for s in book.sheets.values())


def test_every_sheet_of_a_draft_and_of_the_board_edition_says_so(
    report: Published, folder: Path
) -> None:
    settings = report.settings
    year = replace_model(settings.year, status="draft", draft=3)
    drafted = replace(report, settings=replace(settings, year=year), edition="board")
    book = written(drafted, folder)
    said = "Board edition: not for publication. DRAFT 3: not final. "
    assert all(sheet.title.startswith(said) for sheet in book.sheets.values())
    assert "DRAFT 3: not final." in book.sheets["Cover"].lines
    assert "For the Board alone" in book.sheets["Cover"].lines
    assert book.properties["contentStatus"] == "Draft"


def replace_model(model, **changed):
    return model.model_copy(update=changed)


def test_a_workbook_has_the_same_bytes_each_time(report: Published, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_workbook(report, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    write_workbook(replace(report, as_at=date(2030, 1, 2)), tmp_path / "later")
    told = read_workbook((tmp_path / "later").read_bytes()).properties
    assert told["created"] == "2030-01-02T00:00:00Z"


def test_a_year_without_tables_has_a_cover_that_says_so(alone) -> None:
    book = alone()
    assert list(book.sheets) == ["Cover"]
    assert "The report has no table." in book.sheets["Cover"].lines


# Cells -------------------------------------------------------------------------------------------

THIRD = Decimal(1) / 3
APPROXIMATELY = count_of("people").said("approximately ", " (provisional)")
NUMBERS = [
    (Figure(127016), POUNDS, 127016.0, '"£"#,##0'),
    (Figure(Decimal("-12.5")), POUNDS, -12.5, '"£"#,##0.00'),
    (Figure(THIRD), PERCENT, float(THIRD), "#,##0.0%"),
    (Figure(THIRD), WHOLE_PERCENT, float(THIRD), "#,##0%"),
    (Figure(Decimal("41.2")), measured_in("percent", None), 0.412, "#,##0.0%"),
    (Figure(Decimal("2.125")), count_of("days"), 2.125, "#,##0.000"),
    (Figure(1234), count_of("people"), 1234.0, "#,##0"),
    (Figure(0), APPROXIMATELY, 0.0, '"approximately "#,##0" (provisional)"'),
    (Figure(3), Unit("signs", before='a"b\\'), 3.0, '"a"\\""b\\"#,##0'),
]


@pytest.mark.parametrize(("figure", "unit", "value", "shown_as"), NUMBERS)
def test_a_number_is_whole_and_shown_as_the_report_prints_it(
    alone, figure: Figure, unit: Unit, value: float, shown_as: str
) -> None:
    found = exhibit("a", "A", (Column("Of"), Column("How much", unit)), [("x", figure)])
    sheet = alone(found).sheets["a"]
    row, column = sheet.tables[0].last
    assert sheet.cells[row, column] == pytest.approx(value, rel=1e-15)
    assert sheet.formats[row, column] == shown_as


def test_what_is_missing_withheld_or_to_come_is_said_in_shorthand(alone) -> None:
    """And what is withheld leaves nothing else in the whole file."""
    people = count_of("people")
    rows = [
        ("missing", Figure(None), ""),
        ("withheld", withheld(Figure(987654321)), "words"),
        ("to come", to_come(Figure(None)), NOT_STATED),
    ]
    found = exhibit("a", "A", (Column("Of"), Column("Number", people), Column("Words")), rows)
    book = alone(found)
    sheet = book.sheets["a"]
    assert sheet.rows == [
        ["Of", "Number (people)", "Words"],
        ["missing", "[x]", NOT_STATED],
        ["withheld", "[c]", "words"],
        ["to come", TO_COME, NOT_STATED],
    ]
    assert [row[0] for row in book.sheets["Notes"].rows[1:]] == ["[c]", "[x]", TO_COME]


def test_a_mark_is_a_word_and_a_number_too_large_for_a_program_is_text(alone) -> None:
    columns = (Column("Of"), Column("Number", count_of("people")))
    found = exhibit("a", "A", columns, [(Mark("Done", "✓"), Figure(10**20 + 1))])
    of, number = alone(found).sheets["a"].rows[1]
    assert (of, number) == ("Done", f"{10**20 + 1:,}")


def test_columns_that_mix_units_share_a_column_of_them_if_they_agree(alone) -> None:
    pounds, share = Quantity(Figure(5), POUNDS), Quantity(Figure(THIRD), PERCENT)
    columns = (Column("Of"), Column("Now", mixed=True), Column("Then", mixed=True))
    agree = [("a", pounds, "no figure"), ("b", share, share)]
    sheet = alone(exhibit("a", "A", columns, agree)).sheets["a"]
    assert sheet.rows == [
        ["Of", "Unit", "Now", "Then"],
        ["a", "pounds", 5.0, "[x]"],
        ["b", "percent", pytest.approx(float(THIRD)), pytest.approx(float(THIRD))],
    ]
    apart = [("a", pounds, share), ("b", "none", share)]
    sheet = alone(exhibit("a", "A", columns, apart)).sheets["a"]
    assert sheet.rows[0] == ["Of", "Now", "Now: unit", "Then", "Then: unit"]
    assert [row[2] for row in sheet.rows[1:]] == ["pounds", "[x]"]


@pytest.mark.parametrize(
    ("heading", "unit", "told"),
    [
        ("Contribution", POUNDS, "Contribution (£)"),
        ("Share", PERCENT, "Share (%)"),
        ("Children", count_of("referrals"), "Children (referrals)"),
        ("All actions", count_of("actions"), "All actions"),
    ],
)
def test_a_unit_stands_in_the_heading_once(alone, heading: str, unit: Unit, told: str) -> None:
    found = exhibit("a", "A", (Column("Of"), Column(heading, unit)), [("x", Figure(1))])
    assert alone(found).sheets["a"].rows[0][1] == told


TEXTS = [
    *("=1+1", "+1", "-1", "@a", "{=1}", "=cmd|' /C calc'!A0", "1.10", "2014-04-01"),
    *("http://a.org", "mailto:a@b.org", "internal:Cover!A1", "[a](https://b.org)", "$$note$$"),
    *("<b>&amp;\"'", "_x0041_", "👪 ž"),
]


@pytest.mark.parametrize("text", TEXTS)
def test_text_of_data_is_text_and_nothing_else_wherever_it_stands(alone, text: str) -> None:
    found = exhibit("a", text, (Column(text), Column("B")), [(text, Mark(text))], text)
    book = alone(replace(found, title=f"{text} {text}"))
    sheet = book.sheets["a"]
    assert sheet.rows == [[text, "B"], [text, text]]
    assert sheet.title == f"{text} {text}"
    assert text in sheet.lines
    assert {target for target, _ in sheet.links.values()} == {"Contents", "Notes"}
    assert [row[1] for row in book.sheets["Notes"].rows[1:]] == [text]


@pytest.mark.parametrize("text", ["=1+1", "+1", " -1", "@a", "\n=1", "＝1"])
def test_text_that_looks_like_a_formula_stays_text_when_it_is_edited(alone, text: str) -> None:
    found = exhibit("a", "A", (Column("A"), Column("B")), [(text, "b")])
    sheet = alone(found).sheets["a"]
    row = sheet.tables[0].last[0]
    assert (row, 1) in sheet.quoted
    assert (row, 2) not in sheet.quoted


@given(drawn_exhibits())
@example(
    exhibit("a", "\r\n", (Column(" \n"), Column("a\t\x01b")), [("\r", "a\r\nb\x01\x7f\ufffe")])
)
def test_any_text_is_read_back_cell_for_cell(alone, found: Exhibit) -> None:
    """Line breaks become line feeds; what is blank is said to be missing."""
    assume(found.rows)
    sheet = next(iter(tables_of(alone(found))))
    assert len(sheet.rows) == len(found.rows) + 1
    assert sheet.rows[0] == list(sheet.tables[0].columns)
    for row, cells in zip(found.texts(), sheet.rows[1:], strict=True):
        for column, text, cell in zip(found.columns, row, cells, strict=True):
            if column.is_numeric:
                assert isinstance(cell, float) or cell == "[x]"
            else:
                wanted = text.replace("\r\n", "\n").replace("\r", "\n")
                assert cell == wanted


@pytest.mark.parametrize("sign", ["a", "é", "👪"])
def test_a_text_longer_than_a_cell_is_cut_and_says_where_the_rest_is(alone, sign: str) -> None:
    long = sign * (LONGEST_TEXT + 1)
    found = exhibit("a", long, (Column(long), Column(f"{long}b")), [(long, "b")])
    (heading, other), (cell, _) = alone(found).sheets["a"].rows
    assert len(str(cell).encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert str(cell).startswith(sign * 9000)
    assert str(cell).endswith("CSV file)")
    assert heading != other
    assert max(len(str(heading)), len(str(other))) <= 255


def test_headings_that_a_program_takes_for_one_are_told_apart(alone) -> None:
    columns = [Column(heading) for heading in ("A", "a", "A 2", " A ", "", "A\n")]
    found = exhibit("a", "A", columns, [tuple("abcdef")])
    headings = [str(heading).lower() for heading in alone(found).sheets["a"].rows[0]]
    assert len(set(headings)) == len(headings)
    assert all(headings)


@given(st.lists(st.text(max_size=60)))
@example(["history", "cover", "Notes", "a" * 40, "a" * 41, "a-b", "a_b", "", "'[]:*?/\\'"])
def test_every_label_has_a_name_of_its_own(labels: list[str]) -> None:
    names = sheet_names(labels)
    assert len(set(names)) == len(names) == len(labels)
    for name in names:
        assert 1 <= len(name) <= 31
        assert name.replace("_", "a").isalnum()
        assert name.isascii()
        assert name not in ("cover", "contents", "notes", "history")
