"""Received files that tests make: workbooks and OpenDocument tables written part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from hscb_report.spreadsheets import ods, xlsx
from hscb_report.spreadsheets.grid import Book, Cell, Sheet
from hscb_report.spreadsheets.opening import read_book
from hscb_report.spreadsheets.package import Package

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"

Parts = Mapping[str, str | bytes]


def packed(parts: Parts) -> bytes:
    """Return a packed file of parts, in their order."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return raw.getvalue()


def workbook_parts(
    *sheets: str,
    texts: str = "",
    formats: Mapping[int, str] | None = None,
    styles: tuple[int, ...] = (0,),
    properties: str = "",
    states: tuple[str, ...] = (),
) -> dict[str, str]:
    """Return the parts of a workbook of sheets; `styles` are the number formats of its cells."""
    listed = "".join(
        f'<sheet name="Sheet{n}" sheetId="{n}" r:id="rId{n}"'
        + (f' state="{states[n - 1]}"/>' if states[n - 1 : n] else "/>")
        for n in range(1, len(sheets) + 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    codes = "".join(
        f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in (formats or {}).items()
    )
    cells = "".join(f'<xf numFmtId="{n}"/>' for n in styles)
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" '
        f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">{properties}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{links}'
        f'<Relationship Id="s" Type="{_LINKS}/styles" Target="/xl/styles.xml"/>'
        f'<Relationship Id="t" Type="{_LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts>{codes}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{cells}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{texts}</sst>',
    }
    for n, sheet in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{_MAIN}">{sheet}</worksheet>'
    return parts


def rows(cells: str) -> str:
    """Return the data of a sheet with cells in its first row."""
    return f'<sheetData><row r="1">{cells}</row></sheetData>'


def of_workbook(*sheets: str, **about: object) -> tuple[Sheet, ...]:
    """Return what is read of a workbook of sheets."""
    return xlsx.read_sheets(Package(packed(workbook_parts(*sheets, **about))))  # type: ignore[arg-type]


def cells_of(cells: str, **about: object) -> tuple[Cell, ...]:
    """Return what is read of the first row of a workbook."""
    return of_workbook(rows(cells), **about)[0].rows[0]


def table_parts(tables: str, styles: str = "", program: str = "") -> dict[str, str]:
    """Return the parts of an OpenDocument table."""
    spaces = " ".join(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("table", "office", "text"))
    spaces += f' xmlns:style="{_ODF}:style:1.0" xmlns:draw="{_ODF}:drawing:1.0"'
    return {
        "mimetype": MIMETYPE,
        "content.xml": f"<office:document-content {spaces}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>",
        "meta.xml": f'<m:document xmlns:m="{_ODF}:meta:1.0"><m:generator>{program}</m:generator>'
        "<m:title>LibreOffice</m:title></m:document>",
    }


def of_table(tables: str, styles: str = "", program: str = "") -> tuple[Sheet, ...]:
    """Return what is read of an OpenDocument table."""
    return ods.read_sheets(Package(packed(table_parts(tables, styles, program))))


def table_cells(cells: str, program: str = "") -> tuple[Cell, ...]:
    """Return what is read of a row of an OpenDocument table."""
    table = f'<table:table table:name="T"><table:table-row>{cells}</table:table-row></table:table>'
    return of_table(table, program=program)[0].rows[0]


def book_of(folder: Path, name: str, raw: bytes) -> Book:
    """Return what is read of a file with a name."""
    (folder / name).write_bytes(raw)
    return read_book(folder / name)
