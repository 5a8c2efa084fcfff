"""Small Sphinx projects to be built, docutils tables, and reading a PDF as software does."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pypdf
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

MM = 72 / 25.4
FOOT = 18
"""The height of the bottom margin, in millimetres."""
CONF = """
extensions = ["myst_parser", "sphinx_multitoc_numbering", "hscb_report.outputs.pdf"]
myst_enable_extensions = ["attrs_block", "colon_fence", "deflist", "fieldlist"]
numfig = True
numfig_format = {"table": "Table %s", "figure": "Figure %s", "section": "Section %s"}
smartquotes = False
html_theme = "basic"
"""
CHART = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60">
<rect width="90" height="20" fill="#135"/>
<text x="5" y="45" font-family="Source Sans Pro" font-size="14">Agencies drawn</text></svg>"""


def write_project(folder: Path, pages: dict[str, str], more: str = "") -> Path:
    """Write the pages of a project, with a chart and its settings."""
    for name, text in {"conf.py": CONF + more, "chart.svg": CHART, **pages}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def build(source: Path, out: Path, documents: Any = (), builder: str = "typst") -> str:
    """Build a project and return the warnings; what was read once is not read again."""
    warnings = io.StringIO()
    with patch_docutils(str(source)), docutils_namespace():
        Sphinx(
            *(source, source, out, source.with_name(f"{source.name}.doctrees"), builder),
            confoverrides={"typst_documents": list(documents)},
            status=None,
            warning=warnings,
        ).build()
    return re.sub(r"\x1b\[[\d;]*m", "", warnings.getvalue())


def pdf_of(name: str, *volumes: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Return the setting of a document."""
    document = {"start": "index", "name": name, "title": f"The {name}", "running": "Running text"}
    return {**document, **({"volumes": list(volumes)} if volumes else {}), **options}


def list_table(caption: str, rows: list[list[str]], *options: str) -> str:
    """Return a table in MyST, its first row the header."""
    lines = [f"{'* -' if n == 0 else '  -'} {cell}" for row in rows for n, cell in enumerate(row)]
    return "\n".join(
        [f"```{{list-table}} {caption}", ":header-rows: 1", *options, "", *lines, "```"]
    )


# Tables as docutils has them


def docutils_table(
    rows: list[list[nodes.entry]], *, header_rows: int = 1, stubs: int = 0
) -> nodes.table:
    """Return a table of entries."""
    table = nodes.table()
    columns = sum(cell.get("morecols", 0) + 1 for cell in rows[0])
    group = nodes.tgroup(cols=columns)
    for number in range(columns):
        group += nodes.colspec(colwidth=1, **({"stub": 1} if number < stubs else {}))
    for part, some in ((nodes.thead(), rows[:header_rows]), (nodes.tbody(), rows[header_rows:])):
        part.extend(nodes.row("", *row) for row in some)
        group += part
    table += group
    return table


def entry(text: str, **attributes: Any) -> nodes.entry:
    """Return a cell with a paragraph."""
    return nodes.entry("", nodes.paragraph("", text), **attributes)


# PDFs


def elements(node: Any, role: str) -> Iterator[pikepdf.Dictionary]:
    """Yield the structure elements of a role below a node, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if str(kid.S) == role:
                yield kid
            yield from elements(kid, role)


def row_scopes(table: Any) -> list[list[str]]:
    """Return the scopes of the header cells of each row."""
    return [
        [str(a.Scope) for cell in row.K for a in cell.A if "/Scope" in a]
        for row in elements(table, "/TR")
    ]


@dataclass(frozen=True)
class Pdf:
    """A PDF as software reads it."""

    path: Path

    @property
    def markup(self) -> str:
        """The Typst markup that it was made from."""
        return self.path.with_suffix(".typ").read_text(encoding="utf-8")

    @cached_property
    def reader(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(self.path)

    @cached_property
    def pages(self) -> list[str]:
        return [page.extract_text() for page in self.reader.pages]

    @property
    def content(self) -> list[str]:
        """The pages without running header and footer."""
        return [_without_furniture(page) for page in self.pages]

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.pages))

    @property
    def is_wide(self) -> list[bool]:
        return [page.mediabox.width > page.mediabox.height for page in self.reader.pages]

    @property
    def headings(self) -> list[str]:
        return [item.title for item in flat(self.reader.outline)]

    def page_with(self, words: str) -> int:
        """Return the only page, but for the contents, that has the words."""
        found = [
            number
            for number, page in enumerate(self.pages)
            if words in page and number > 0 and "Contents" not in page.splitlines()[:3]
        ]
        assert len(found) == 1, f"{words}: on pages {found}"
        return found[0]

    def links(self, page: int) -> list[int]:
        """Return for each link on a page the page that it leads to."""
        annotations = self.reader.pages[page].get("/Annots", [])
        return [_target_page(self.reader, annotation.get_object()) for annotation in annotations]

    def labels(self) -> list[str]:
        """Return the number of each page, as a reader's program shows it."""
        return self.reader.page_labels

    def footers(self) -> list[str]:
        """Return what stands in the bottom margin of each page."""
        with pdfplumber.open(self.path) as pdf:
            return [
                " ".join(word["text"] for word in page.extract_words() if is_in_foot(word, page))
                for page in pdf.pages
            ]


def is_in_foot(word: dict[str, Any], page: Any) -> bool:
    return bool(word["top"] > page.height - FOOT * MM)


def flat(items: Any) -> Iterator[Any]:
    """Yield the entries of a PDF's outline, those of lists within it too."""
    for item in items:
        if isinstance(item, list):
            yield from flat(item)
        else:
            yield item


def _without_furniture(page: str) -> str:
    return "\n".join(
        line
        for line in page.splitlines()
        if not line.startswith("Running text") and not re.fullmatch(r"Page \d+( of \d+)?", line)
    )


def _target_page(reader: pypdf.PdfReader, annotation: Any) -> int:
    goal = annotation.get("/Dest") or annotation["/A"]["/D"]
    if isinstance(goal, str):
        number = reader.get_destination_page_number(reader.named_destinations[goal])
        assert number is not None
        return number
    return next(
        number
        for number, page in enumerate(reader.pages)
        if page.indirect_reference == goal[0].indirect_reference
        or page.get_object() == goal[0].get_object()
    )
