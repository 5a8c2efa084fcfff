"""Working papers: each run notebook as one HTML page, with its code."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape, unescape
from pathlib import Path
from typing import Any

from hscb_report.checks.markdown import as_text
from hscb_report.checks.prose import filled_in
from hscb_report.display.mime import CHART, COMMENTARY
from hscb_report.display.svg import svg_for_page
from hscb_report.look import BOARD_COLOUR
from hscb_report.notebooks import Executed
from hscb_report.outputs.style import colours_css, favicon
from hscb_report.results.chapter import Page

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{title}: the notebook as it was run, with its code.">
<link rel="icon" href="{icon}">
<style>
@font-face {{ font-family: "Source Sans Pro"; font-weight: 400;
  src: url(../html/_static/fonts/SourceSansPro-Regular.woff) format("woff"); }}
@font-face {{ font-family: "Source Sans Pro"; font-weight: 600;
  src: url(../html/_static/fonts/SourceSansPro-Semibold.woff) format("woff"); }}
{colours}
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: var(--ground); color: var(--text); font-size: 1.05rem;
  line-height: 1.5; font-family: "Source Sans Pro", system-ui, sans-serif;
  overflow-wrap: break-word; }}
header {{ border-top: 6px solid var(--band); border-bottom: 1px solid var(--rule); }}
header, main {{ padding: 0.5rem max(1rem, calc(50% - 30rem)); }}
main {{ padding-bottom: 3rem; }}
p, li {{ max-width: 42rem; }}
h1, h2, h3 {{ line-height: 1.2; margin: 2rem 0 0.5rem; font-weight: 600; }}
a {{ color: var(--accent); }}
:focus-visible {{ outline: 3px solid var(--accent); outline-offset: 2px; }}
pre {{ background: var(--panel); padding: 0.6rem 0.8rem; white-space: pre-wrap;
  overflow-wrap: anywhere; font-size: 0.9rem; }}
.result {{ margin: 1rem 0 1.5rem; }}
.scroll {{ overflow-x: auto; }}
table {{ border-collapse: collapse; font-variant-numeric: tabular-nums; line-height: 1.35; }}
caption {{ text-align: left; font-weight: 600; padding-bottom: 0.4rem; }}
th, td {{ border-bottom: 1px solid var(--rule); padding: 0.35rem 0.8rem 0.35rem 0;
  text-align: left; vertical-align: top; }}
thead th {{ border-bottom: 1.5px solid var(--text); vertical-align: bottom; }}
tbody th {{ font-weight: 400; }}
svg {{ width: 100%; height: auto; }}
svg.wide {{ max-width: 43rem; }}
svg.narrow {{ max-width: 26rem; display: none; }}
main {{ container: main / inline-size; }}
@container main (max-width: 30em) {{
  td, th {{ padding-right: 0.5rem; }}
  svg.wide {{ display: none; }}
  svg.narrow {{ display: inline; }}
  :not(.scroll) > table :is(td, th) {{ overflow-wrap: anywhere; }}
}}
</style>
</head>
<body>
<header><p>{marking}Working paper: the notebook as it was run, with its code.
<a href="../html/chapters/{name}.html">Back to the chapter</a></p></header>
<main>
{body}
</main>
</body>
</html>
"""
# From so many columns a table may be wider than a phone.
_MANY_COLUMNS = 4
_TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
_HEADS = re.compile(r'<th[^>]*scope="col"')
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
) -> None:
    """Write each run notebook as a page of its own, which asks the network for nothing.

    `names` are what stands for `{{ name }}` in the text, `papers` the names of the files; `marking`
    is what every page says of the report, `colour` the Board's.
    """
    folder.mkdir()
    values = {name: as_text(text) for name, text in names.items()}
    said = f"<strong>{escape(marking)}</strong> " if marking else ""
    for notebook in notebooks:
        name = Path(notebook.name).stem
        page = _PAGE.format(
            language=escape(language),
            title=escape(f"Working paper {papers[name]}"),
            icon=favicon(colour, name.upper()),
            colours=colours_css(colour),
            name=name,
            body="\n".join(_cells(json.loads(notebook.text), values)),
            marking=said,
        )
        (folder / f"{papers[name]}.html").write_text(page, "utf-8")


def _cells(notebook: dict[str, Any], values: Mapping[str, str]) -> Iterator[str]:
    """Yield each cell as HTML: text as text, code as code, and below it what it shows."""
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield _text(filled_in(source, values))
        elif cell["cell_type"] == "code":
            yield f"<pre><code>{escape(source)}</code></pre>"
            results = [_result(output) for output in cell.get("outputs", ())]
            if any(results):
                yield f'<div class="result">{"".join(results)}</div>'


def _result(output: dict[str, Any]) -> str:
    """Return what a cell shows: the fullest of the forms that it gives."""
    data = {form: _whole(told) for form, told in output.get("data", {}).items()}
    if chart := data.get(CHART):
        drawn = {"wide": chart["svg"], "narrow": chart["narrow"]}
        svg = "".join(svg_for_page(s, chart["alternative"], name) for name, s in drawn.items())
        said = ": ".join(filter(None, (chart["title"], chart["caption"])))
        return f"<figure><figcaption>{escape(said)}</figcaption>{svg}</figure>"
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
    """Return a text without what only the book can fill in: the numbers of its tables."""
    return re.sub(r"\{numref\}`([^`]+)`", r"the table *\1*", source)
