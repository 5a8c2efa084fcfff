"""The PDF's structure: row headers are marked, and damage is found."""

import shutil
from pathlib import Path

import pikepdf
import pytest

from hscb_report.look import BOARD_COLOUR
from hscb_report.outputs.pdf import pdf, tokens
from hscb_report.outputs.pdf.builder import TypstDocument
from hscb_report.outputs.pdf.pdf import (
    PdfError,
    bookmark,
    check_structure,
    compile_pdf,
)

PICTURE = Path(__file__).parents[2] / "book" / "picture.png"
CHART = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60">
<rect width="90" height="20" fill="#135"/>
<text x="5" y="45" font-family="Source Sans Pro" font-size="14">Agencies</text></svg>"""

SOURCE = """#set document(title: "Report", date: none)
#set text(lang: "en", font: "Source Sans Pro")
= One
#table(columns: 2, table.header[Agency][Share],
  [County Council], [87], table.cell(rowspan: 2)[Health], [9], [4])
== Two
#image("chart.svg", alt: "Bars by agency")
#table(columns: 1, table.header[Only], [data])
"""
ROW_HEADERS = [(0, 1, 1, 0), (0, 0)]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "chart.svg").write_text(CHART)
    path = tmp_path / "report.typ"
    path.write_text(SOURCE)
    return path


@pytest.fixture
def report(source: Path) -> Path:
    target = source.with_suffix(".pdf")
    compile_pdf(source, target, ROW_HEADERS)
    return target


def elements(pdf: pikepdf.Pdf, role: str) -> list[pikepdf.Dictionary]:
    """Return the structure elements of a role, in reading order."""

    def walk(node):
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                if str(kid.S) == role:
                    yield kid
                yield from walk(kid)

    return list(walk(pdf.Root.StructTreeRoot))


def scope(cell: pikepdf.Dictionary) -> str:
    return next((str(entry.Scope) for entry in cell.A if "/Scope" in entry), "")


def table_attributes(cell: pikepdf.Dictionary) -> pikepdf.Dictionary:
    return next(entry for entry in cell.A if entry.O == "/Table")


def damage(path: Path, change) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path)


CAPTIONED = """#set document(title: "Report", date: none)
#set text(lang: "en", font: "Source Sans Pro")
= One
#figure(kind: table, caption: [Who pays],
  table(columns: 1, table.header[Only], [data]))
"""


def test_a_caption_outside_its_table_is_found(tmp_path):
    source = tmp_path / "report.typ"
    source.write_text(CAPTIONED)
    report = source.with_suffix(".pdf")
    compile_pdf(source, report, [(0, 0)])
    assert check_structure(report, [(0, 0)]) == []

    def move(pdf):
        (table,) = elements(pdf, "/Table")
        (caption,) = elements(pdf, "/Caption")
        table.K = pikepdf.Array([kid for kid in table.K if kid.get("/S") != "/Caption"])
        caption.P = table.P
        table.P.K = pikepdf.Array([caption, *table.P.K])

    damage(report, move)
    assert any("caption stands beside" in found for found in check_structure(report, [(0, 0)]))


def test_a_sound_pdf_has_no_problems(report):
    assert check_structure(report, ROW_HEADERS) == []


def test_leading_cells_become_row_headers_and_no_others(report):
    """The cells promised are TH with the scope Row; column headers keep theirs."""
    with pikepdf.open(report) as pdf:
        assert [scope(cell) for cell in elements(pdf, "/TH")] == [
            *("/Column", "/Column", "/Row", "/Row"),
            "/Column",
        ]
        assert len(elements(pdf, "/TD")) == 4


def test_cells_name_their_row_header(report):
    """A data cell lists the column and the row header, even of a row header that spans rows."""
    with pikepdf.open(report) as pdf:
        health = elements(pdf, "/TH")[3]
        for cell in elements(pdf, "/TD")[1:3]:
            named = [str(name) for name in table_attributes(cell).Headers]
            assert len(named) == 2
            assert named[-1] == str(health.ID)
        assert str(health.ID) in pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)


@pytest.mark.parametrize("row_headers", [[], [(0, 1)], [(0, 1, 1, 0)], [(0, 1, 1), (0, 0)]])
def test_marks_for_other_tables_are_refused(source, row_headers):
    """If tables or rows are not those expected, nothing is marked, and the message says so."""
    with pytest.raises(PdfError, match="expected"):
        compile_pdf(source, source.with_suffix(".pdf"), row_headers)


def test_the_same_source_gives_the_same_bytes(source, tmp_path):
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    compile_pdf(source, first, ROW_HEADERS)
    compile_pdf(source, second, ROW_HEADERS)
    assert first.read_bytes() == second.read_bytes()


def test_a_bookmark_has_the_short_name_of_its_heading(tmp_path):
    source = tmp_path / "named.typ"
    source.write_text(
        '#set document(title: "T")\n#set text(lang: "en")\n'
        "= Agencies protect\\ children better\nText.\n== Below\n= Other\n",
        "utf-8",
    )
    target = tmp_path / "named.pdf"
    names = {bookmark("Agencies protect children  better"): "Effectiveness & more"}
    compile_pdf(source, target, (), names)
    with pikepdf.open(target) as pdf, pdf.open_outline() as outline:
        first, second = outline.root
        assert [first.title, second.title] == ["Effectiveness & more", "Other"]
        assert [item.title for item in first.children] == ["Below"]
    assert check_structure(target) == []


def test_a_mistake_in_the_markup_is_told_with_its_place(source):
    source.write_text("#nonsense")
    with pytest.raises(PdfError, match=r"report\.typ did not compile(?s:.*)unknown variable"):
        compile_pdf(source, source.with_suffix(".pdf"))


def test_a_character_that_no_font_has_is_refused_by_name(source):
    """A reader never meets an empty box: the build stops and says which character it was."""
    source.write_text(SOURCE + "漢", encoding="utf-8")
    with pytest.raises(PdfError, match="漢"):
        compile_pdf(source, source.with_suffix(".pdf"), ROW_HEADERS)


def remove_alternative(pdf):
    del elements(pdf, "/Figure")[0]["/Alt"]


def remove_column_scope(pdf):
    del table_attributes(elements(pdf, "/TH")[0])["/Scope"]


def remove_row_scope(pdf):
    del table_attributes(elements(pdf, "/TH")[2])["/Scope"]


def turn_row_header_into_data(pdf):
    elements(pdf, "/TH")[2].S = pikepdf.Name.TD


def turn_column_headers_into_data(pdf):
    for cell in elements(pdf, "/TH"):
        cell.S = pikepdf.Name.TD


def skip_a_heading_level(pdf):
    elements(pdf, "/H2")[0].S = pikepdf.Name.H4


def empty_a_heading(pdf):
    del elements(pdf, "/H2")[0]["/K"]


def remove_language(pdf):
    del pdf.Root["/Lang"]


def remove_title(pdf):
    del pdf.docinfo["/Title"]


def remove_title_display(pdf):
    del pdf.Root.ViewerPreferences["/DisplayDocTitle"]


def remove_mark(pdf):
    del pdf.Root.MarkInfo["/Marked"]


def remove_structure(pdf):
    del pdf.Root["/StructTreeRoot"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (remove_alternative, "Figure 1 in reading order has no text alternative."),
        (remove_column_scope, "Table 1 in reading order has a column header without scope."),
        (remove_row_scope, "Table 1 in reading order, row 2: the row header is not marked."),
        (turn_row_header_into_data, "Table 1 in reading order, row 2: the row header is not"),
        (turn_column_headers_into_data, "Table 2 in reading order has no column headers."),
        (skip_a_heading_level, 'The heading "Two" of level 4 follows one of level 1.'),
        (empty_a_heading, "A heading of level 2 is empty."),
        (remove_language, "The document has no language."),
        (remove_title, "The document has no title."),
        (remove_title_display, "The window would show the file name, not the title."),
        (remove_mark, "The document is not marked as tagged."),
        (remove_structure, "The document has no structure tree."),
    ],
)
def test_damage_is_found(report, change, message):
    """Each thing that a reader relies on is missed when it is gone."""
    damage(report, change)
    assert any(message in problem for problem in check_structure(report, ROW_HEADERS))


def test_missing_and_additional_tables_are_found(report):
    problems = check_structure(report, [*ROW_HEADERS, (0,)])
    assert problems == ["The document has 2 tables; expected 3."]


def test_a_logo_stands_on_the_cover_with_its_words(tmp_path):
    document = TypstDocument("index", "report", "A report", logo="a.png", alternative='A "hand"')
    (tmp_path / "a.png").write_bytes(PICTURE.read_bytes())
    source, made = tmp_path / "report.typ", tmp_path / "report.pdf"
    shutil.copy(Path(pdf.__file__).with_name("template.typ"), tmp_path)
    (tmp_path / tokens.NAME).write_text(tokens.look_source(BOARD_COLOUR), "utf-8")
    source.write_text(document.prologue() + "= Heading\n", "utf-8")
    compile_pdf(source, made)
    with pikepdf.open(made) as found:
        pictures = [part for part in found.objects if isinstance(part, pikepdf.Stream)]
        assert [p.get("/Subtype") for p in pictures].count("/Image") >= 1
        parts = [part for part in found.objects if isinstance(part, pikepdf.Dictionary)]
        figures = [part for part in parts if part.get("/S") == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == ['A "hand"']


@pytest.mark.parametrize("language", ["en", "en-GB"])
def test_a_document_has_its_language_with_or_without_a_country(tmp_path, language):
    document = TypstDocument("index", "report", "A report", language=language)
    source, made = tmp_path / "report.typ", tmp_path / "report.pdf"
    shutil.copy(Path(pdf.__file__).with_name("template.typ"), tmp_path)
    (tmp_path / tokens.NAME).write_text(tokens.look_source(BOARD_COLOUR), "utf-8")
    source.write_text(document.prologue() + "= Heading\n", "utf-8")
    compile_pdf(source, made)
    with pikepdf.open(made) as found:
        assert str(found.Root.Lang) == language
