"""The PDF: Typst compiles it, row headers are told to its structure, and the result is checked."""

import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pikepdf
import typst
from pdfua import Confidence, Severity, validate

from hscb_report.errors import BookError
from hscb_report.fonts import font_folder
from hscb_report.outputs.pdf.table_layout import RowHeaders
from hscb_report.outputs.pdf.text import printable

_FONT_STYLES = ("Regular", "It", "Semibold", "SemiboldIt")
_EMPTY_HEADINGS = "UA-14-001"
"""A rule of pdfua that fails on headings with more than one piece; we look for empty ones here."""


_has_compiled = threading.Event()
"""Set in a process that has compiled: Typst keeps threads then, and a copy would lack them."""


class PdfError(BookError):
    """The PDF could not be made, or its structure is not what the document asked for."""


def compile_pdf(
    source: Path,
    target: Path,
    row_headers: Sequence[RowHeaders] = (),
    bookmarks: Mapping[str, str] = MappingProxyType({}),
) -> tuple[str, ...]:
    """Compile Typst markup to a tagged PDF (PDF/UA-1) and return the compiler's warnings.

    `bookmarks` are the short names that headings have in the reader's outline, by what they say.
    The same source gives the same bytes: only the bundled fonts are used, and no date is written.
    Raises `PdfError` if the markup does not compile or its tables are not those of `row_headers`.
    """
    _has_compiled.set()
    with tempfile.TemporaryDirectory() as folder:
        try:
            _, warnings = typst.compile_with_warnings(
                source,
                output=target,
                font_paths=[_bundled_fonts(Path(folder))],
                ignore_system_fonts=True,
                pdf_standards=["ua-1"],
            )
        except typst.TypstError as error:
            raise PdfError(f"{source.name} did not compile:\n{error.diagnostic}") from error
    mark_row_headers(target, row_headers, bookmarks)
    return tuple(warning.message for warning in warnings)


def can_compile_apart() -> bool:
    """Whether a copy of this process can compile."""
    return not _has_compiled.is_set()


def mark_row_headers(
    path: Path,
    row_headers: Sequence[RowHeaders],
    bookmarks: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Make the leading cells of table rows row headers, in the structure of a PDF, in place.

    Bookmarks are shortened as well: who finds the way by them hears the name that contents have.

    Typst tags the cells of header rows only. `row_headers` has, for each table in the order of the
    document, how many leading cells of each row are headers. Raises `PdfError` if the PDF has other
    tables than these: a mark on the wrong table would be worse than none.
    """
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        tables = list(_elements(pdf.Root.StructTreeRoot, "/Table"))
        found = [len(_rows(table)) for table in tables]
        expected = [len(rows) for rows in row_headers]
        if found != expected:
            raise PdfError(
                f"{path.name}: the tables in the PDF have {found} rows; expected {expected}."
            )
        marked: dict[str, pikepdf.Object] = {}
        for number, (table, rows) in enumerate(zip(tables, row_headers, strict=True), 1):
            marked |= _mark_table(table, rows, f"table {number} row ")
        if marked:
            pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree).update(marked)
        _tidy_links(pdf)
        _shorten_bookmarks(pdf, bookmarks)
        # The structure of a tagged PDF is most of it, and packed it is a third.
        packed = pikepdf.ObjectStreamMode.generate
        pdf.save(path, deterministic_id=True, object_stream_mode=packed)


def _shorten_bookmarks(pdf: pikepdf.Pdf, names: Mapping[str, str]) -> None:
    for item in _bookmarks(pdf.Root.get("/Outlines")):
        if (name := names.get(_as_one_line(str(item.Title)))) is not None:
            item.Title = pikepdf.String(name)


def _bookmarks(parent: Any) -> Iterator[pikepdf.Dictionary]:
    """Yield the bookmarks below a place of the outline, in reading order."""
    item = None if parent is None else parent.get("/First")
    while item is not None:
        yield item
        yield from _bookmarks(item)
        item = item.get("/Next")


def bookmark(title: str) -> str:
    """Return a heading as the outline has it before it is shortened."""
    return _as_one_line(printable(title))


def _as_one_line(text: str) -> str:
    return " ".join(text.split())


def _tidy_links(pdf: pikepdf.Pdf) -> None:
    """Have what is said of a link begin with a word: a heading without number leaves a comma."""
    for page in pdf.pages:
        for link in page.get("/Annots", ()):
            if "/Contents" in link:
                said = str(link.Contents)
                link.Contents = pikepdf.String(said.lstrip(", ").replace(" , ", ", "))


def page_count(path: Path) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def check_structure(
    path: Path,
    row_headers: Sequence[RowHeaders] | None = None,
    *,
    are_parts_checked: bool = False,
) -> list[str]:
    """Return what hinders a reader who relies on the structure of a PDF; empty if nothing does.

    Beside the rules of PDF/UA-1 that can be decided from the file: column headers with scope in
    every table, the promised row headers, alternatives of figures, no skipped heading level. Those
    rules take long, and are not asked again of a document whose parts are checked, each alone.
    """
    problems = [] if are_parts_checked else _broken_rules(path)
    with pikepdf.open(path) as pdf:
        problems += _document_problems(pdf)
        if "/StructTreeRoot" in pdf.Root:
            root = pdf.Root.StructTreeRoot
            problems += [*_heading_problems(root), *_figure_problems(root)]
            problems += _caption_problems(root)
            problems += _table_problems(root, row_headers)
    return problems


def _broken_rules(path: Path) -> list[str]:
    """Return the rules of PDF/UA-1 that a file breaks, and those that could not be decided."""
    report = validate(str(path))
    broken = [
        f"{finding.rule_id}: {finding.message}"
        for finding in report.findings
        if finding.severity is Severity.ERROR and finding.confidence is Confidence.CERTAIN
    ]
    skipped = [
        f"{rule.rule_id} was not checked: {rule.skipped_reason}"
        for rule in report.skipped
        if rule.rule_id != _EMPTY_HEADINGS
    ]
    return [*broken, *skipped]


def _bundled_fonts(folder: Path) -> Path:
    """Copy one file of each style: the package has every style twice, and the pick would vary."""
    for style in _FONT_STYLES:
        shutil.copy(font_folder() / f"SourceSansPro-{style}.ttf", folder)
    return folder


def _elements(node: pikepdf.Object, *roles: str) -> Iterator[pikepdf.Dictionary]:
    """Yield the structure elements below a node that have one of the roles, in reading order."""
    for child in _children(node):
        if str(child.S) in roles:
            yield child
        yield from _elements(child, *roles)


def _children(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    kids: Any = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid


def _rows(table: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    """Return the rows of a table, without those of a table inside one of its cells."""
    groups = {"/THead", "/TBody", "/TFoot"}
    return [
        row
        for child in _children(table)
        for row in (_children(child) if str(child.S) in groups else [child])
        if str(row.S) == "/TR"
    ]


def _mark_table(
    table: pikepdf.Dictionary, rows: RowHeaders, prefix: str
) -> dict[str, pikepdf.Object]:
    """Mark the row headers of one table and return them by their new identifiers."""
    marked: dict[str, pikepdf.Object] = {}
    spanning: list[tuple[str, int]] = []  # headers of earlier rows that reach into later ones
    for number, (row, count) in enumerate(zip(_rows(table), rows, strict=True)):
        cells = [cell for cell in _children(row) if str(cell.S) in {"/TD", "/TH"}]
        for position, cell in enumerate(cells[:count]):
            identifier = f"{prefix}{number} cell {position}"
            cell.S = pikepdf.Name.TH
            cell.ID = pikepdf.String(identifier)
            attributes = _table_attributes(cell)
            attributes.Scope = pikepdf.Name.Row
            marked[identifier] = cell
            spanning.append((identifier, number + int(attributes.get("/RowSpan", 1))))
        spanning = [(name, end) for name, end in spanning if end > number]
        for cell in cells[count:] if count or spanning else ():
            attributes = _table_attributes(cell)
            columns: Any = attributes.get("/Headers", [])
            rows_of_cell = [pikepdf.String(name) for name, _ in spanning]
            attributes.Headers = pikepdf.Array([*columns, *rows_of_cell])
    return marked


def _table_attributes(cell: pikepdf.Dictionary) -> Any:
    """Return a cell's table attributes, new and empty ones if it has none."""
    if "/A" not in cell:
        cell.A = pikepdf.Array()
    elif isinstance(cell.A, pikepdf.Dictionary):
        cell.A = pikepdf.Array([cell.A])
    for attributes in cell.A:
        if attributes.get("/O") == pikepdf.Name.Table:
            return attributes
    cell.A.append(pikepdf.Dictionary(O=pikepdf.Name.Table))
    return cell.A[-1]


def _scope(cell: pikepdf.Dictionary) -> str:
    attributes: Any = cell.get("/A", [])
    every = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((str(entry.Scope) for entry in every if "/Scope" in entry), "")


def _document_problems(pdf: pikepdf.Pdf) -> Iterator[str]:
    if not str(pdf.Root.get("/Lang", "")):
        yield "The document has no language."
    if not str(pdf.docinfo.get("/Title", "")):
        yield "The document has no title."
    if not _flag(pdf, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "The window would show the file name, not the title."
    if not _flag(pdf, "/MarkInfo", "/Marked"):
        yield "The document is not marked as tagged."
    if "/StructTreeRoot" not in pdf.Root:
        yield "The document has no structure tree."


def _flag(pdf: pikepdf.Pdf, dictionary: str, name: str) -> bool:
    entries = pdf.Root.get(dictionary, pikepdf.Dictionary())
    return bool(entries.get(name, False))


def _heading_problems(root: pikepdf.Object) -> Iterator[str]:
    before = 0
    for heading in _elements(root, *(f"/H{level}" for level in range(1, 7))):
        level = int(str(heading.S)[2:])
        if level > before + 1:
            name = str(heading.get("/T", ""))
            yield f'The heading "{name}" of level {level} follows one of level {before}.'
        if not heading.get("/K", ()):
            yield f"A heading of level {level} is empty."
        before = level


def _figure_problems(root: pikepdf.Object) -> Iterator[str]:
    for number, figure in enumerate(_elements(root, "/Figure"), 1):
        if not str(figure.get("/Alt", "")).strip():
            yield f"Figure {number} in reading order has no text alternative."


def _caption_problems(node: pikepdf.Object) -> Iterator[str]:
    """Yield captions that have left their table: a listener would hear the table without a name.

    (The caption of a figure stands beside it, in one group.)
    """
    roles = [str(child.S) for child in _children(node)]
    if "/Caption" in roles and "/Table" in roles:
        yield "A caption stands beside its table, not in it."
    for child in _children(node):
        yield from _caption_problems(child)


def _table_problems(
    root: pikepdf.Object, row_headers: Sequence[RowHeaders] | None
) -> Iterator[str]:
    tables = list(_elements(root, "/Table"))
    if row_headers is not None and len(tables) != len(row_headers):
        yield f"The document has {len(tables)} tables; expected {len(row_headers)}."
        return
    promised = row_headers if row_headers is not None else [()] * len(tables)
    for number, (table, rows) in enumerate(zip(tables, promised, strict=True), 1):
        where = f"Table {number} in reading order"
        found = _rows(table)
        if row_headers is not None and len(found) != len(rows):
            yield f"{where} has {len(found)} rows; expected {len(rows)}."
        columns = [cell for head in _elements(table, "/THead") for cell in _elements(head, "/TH")]
        if not columns:
            yield f"{where} has no column headers."
        if any(_scope(cell) not in {"/Column", "/Both"} for cell in columns):
            yield f"{where} has a column header without scope."
        for position, (row, count) in enumerate(zip(found, rows, strict=False), 1):
            leading = list(_children(row))[:count]
            if any(str(cell.S) != "/TH" or _scope(cell) != "/Row" for cell in leading):
                yield f"{where}, row {position}: the row header is not marked."
