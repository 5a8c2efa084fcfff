"""Working papers: each run notebook as one HTML page, with its code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape, unescape
from pathlib import Path
from typing import Any

from hscb_report.checks.markdown import as_text
from hscb_report.checks.prose import filled_in
from hscb_report.display.mime import CHART, COMMENTARY, chart_of
from hscb_report.display.svg import drawing_for_page
from hscb_report.look import BOARD_COLOUR
from hscb_report.notebooks import Executed
from hscb_report.outputs.style import colours_css, favicon
from hscb_report.results.chapter import Page

_TEMPLATE = Path(__file__).parent / "working-paper"
# From so many columns a table may be wider than a phone.
_MANY_COLUMNS = 4
_TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
_HEADS = re.compile(r'<th[^>]*scope="col"')
_PAGE_LINK = re.compile(r"\]\(/([^)\s#]+?)\.(?:md|ipynb)(#[^)\s]*)?\)")
_CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.DOTALL)


def paper_names(pages: Iterable[Page]) -> dict[str, str]:
    """Return the name of each notebook's working paper: its number in the book, its own name."""
    notebooks = [page.notebook for page in pages if page.notebook]
    return {notebook: f"{number:02d}-{notebook}" for number, notebook in enumerate(notebooks, 1)}


def write_working_papers(
    notebooks: Sequence[Executed],
    folder: Path,
    language: str,
    names: Mapping[str, str],
    papers: Mapping[str, str],
    marking: str = "",
    colour: str = BOARD_COLOUR,
    foot: Mapping[str, Any] | None = None,
) -> None:
    """Write each run notebook as a page of its own, which asks the network for nothing.

    `names` are what stands for `{{ name }}` in the text, `papers` the names of the files; `marking`
    is what every page says of the report, `colour` the Board's. At the `foot` stand, as on pages of
    the book, whom to call (`help`) and who publishes it (`imprint`).
    """
    import nbformat

    folder.mkdir()
    values = {name: as_text(text) for name, text in names.items()}
    exporter = _exporter(lambda source: _text(filled_in(source, values)))
    for notebook in notebooks:
        name = Path(notebook.name).stem
        told = {
            "language": language,
            "title": f"Working paper {papers[name]}",
            "icon": favicon(colour, name.upper()),
            "colours": colours_css(colour),
            "name": name,
            "marking": marking,
            **(foot or {}),
        }
        read = nbformat.reads(notebook.text, as_version=4)  # type: ignore[no-untyped-call]
        page, _ = exporter.from_notebook_node(read, told)
        (folder / f"{papers[name]}.html").write_text(page, "utf-8")


def _exporter(text: Callable[[str], str]) -> Any:
    """Return nbconvert's exporter with the template of ours, given what writes a cell of text."""
    from nbconvert.exporters import TemplateExporter

    return TemplateExporter(  # type: ignore[no-untyped-call]
        file_extension=".html",
        extra_template_basedirs=[str(_TEMPLATE.parent)],
        template_name=_TEMPLATE.name,
        filters={"text": text, "shown": _result},
    )


def _result(output: dict[str, Any]) -> str:
    """Return what a cell shows: the fullest of the forms that it gives."""
    data = {form: _whole(told) for form, told in output.get("data", {}).items()}
    if CHART in data:
        chart = chart_of(data)
        drawing = drawing_for_page(chart["svg"], chart["narrow"], chart["alternative"])
        said = ": ".join(filter(None, (chart["title"], chart["caption"])))
        return f"<figure><figcaption>{escape(said)}</figcaption>{drawing}</figure>"
    if COMMENTARY in data:
        return _text(data["text/markdown"])
    for form, shown in _FORMS.items():
        if form in data:
            return shown(data[form])
    return _plain(_whole(output["text"])) if "text" in output else ""


def _whole(told: Any) -> Any:
    """Return text that a notebook may keep as a list of lines, in one; anything else as it is."""
    is_lines = isinstance(told, list) and all(isinstance(line, str) for line in told)
    return "".join(told) if is_lines else told


def _text(source: str) -> str:
    """Return Markdown as HTML; HTML in it is shown, not obeyed."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    return str(reader.render(_without_references(source)))


def _plain(text: str) -> str:
    return f"<pre>{escape(text)}</pre>"


def _tables(html: str) -> str:
    """Return HTML in which each table that may be wider than a phone can be scrolled by keys."""
    return _TABLE.sub(lambda found: _reachable(found[0]), html)


def _reachable(table: str) -> str:
    if len(_HEADS.findall(table)) < _MANY_COLUMNS:
        return table
    caption = _CAPTION.search(table)
    named = re.sub(r"<[^>]*>", "", caption[1]) if caption else "Table"
    name = escape(unescape(" ".join(named.split())), quote=True)
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">{table}</div>'


_FORMS: Mapping[str, Callable[[str], str]] = {
    "text/html": _tables,
    "image/svg+xml": str,
    "text/markdown": _text,
    "text/plain": _plain,
}


def _without_references(source: str) -> str:
    """Return a text without numbers of tables, which only the book has; its links lead there."""
    led = _PAGE_LINK.sub(lambda link: f"](../html/{link[1]}.html{link[2] or ''})", source)
    return re.sub(r"\{numref\}`([^`]+)`", r"the table *\1*", led)
