"""Working papers: each run notebook as one HTML page, with its code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from hscb_report.checks.markdown import as_text
from hscb_report.checks.prose import filled_in
from hscb_report.display.mime import CHART, COMMENTARY
from hscb_report.display.svg import svg_for_page
from hscb_report.notebooks import Executed
from hscb_report.results.chapter import Page

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1.05rem/1.5 "Source Sans Pro", "Segoe UI", Arial, sans-serif; color: #1d2a35;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
pre {{ background: #f3f5f7; padding: 0.6rem 0.8rem; overflow-x: auto; }}
table {{ border-collapse: collapse; margin: 0.5rem 0 1rem; }}
caption {{ text-align: left; font-weight: 600; padding-bottom: 0.4rem; }}
th, td {{ border-bottom: 1px solid #c5ced6; padding: 0.3rem 0.8rem 0.3rem 0; text-align: left;
  vertical-align: top; }}
svg {{ width: 100%; height: auto; }}
svg.wide {{ max-width: 43rem; }}
svg.narrow {{ max-width: 26rem; display: none; }}
@media (max-width: 40rem) {{ svg.wide {{ display: none; }} svg.narrow {{ display: inline; }} }}
</style>
</head>
<body>
<p>{marking}Working paper: the notebook as it was run, with its code.
<a href="../html/chapters/{name}.html">Back to the chapter</a>.</p>
<main>
{body}
</main>
</body>
</html>
"""


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
) -> None:
    """Write each run notebook as a page of its own, which asks the network for nothing.

    `names` are what stands for `{{ name }}` in the text, `papers` the names of the files; `marking`
    is what every page says of the report.
    """
    import nbformat
    from nbconvert.exporters import HTMLExporter

    folder.mkdir()
    values = {name: as_text(text) for name, text in names.items()}
    # The template "basic" gives the cells alone; the full ones load scripts from other servers.
    exporter = HTMLExporter(template_name="basic", anchor_link_text="")  # type: ignore[no-untyped-call]
    exporter.exclude_input_prompt = exporter.exclude_output_prompt = True
    for notebook in notebooks:
        read: Any = nbformat.reads(notebook.text, as_version=4)  # type: ignore[no-untyped-call]
        for cell in read.cells:
            if cell.cell_type == "markdown":
                cell.source = _without_references(filled_in(cell.source, values))
            for output in cell.get("outputs", ()):
                _made_plain(output)
        body, _resources = exporter.from_notebook_node(read)
        name = Path(notebook.name).stem
        title = escape(f"Working paper {papers[name]}")
        said = f"<strong>{escape(marking)}</strong> " if marking else ""
        page = _PAGE.format(
            language=escape(language), title=title, name=name, body=body, marking=said
        )
        (folder / f"{papers[name]}.html").write_text(page, "utf-8")


def _made_plain(output: Any) -> None:
    """Have a chart shown with its text alternative, and a commentary without references."""
    data = output.get("data", {})
    if chart := data.get(CHART):
        drawn = {"wide": chart["svg"], "narrow": chart["narrow"]}
        svg = "".join(svg_for_page(s, chart["alternative"], name) for name, s in drawn.items())
        said = ": ".join(filter(None, (chart["title"], chart["caption"])))
        output["data"] = {
            "text/html": f"<figure><figcaption>{escape(said)}</figcaption>{svg}</figure>"
        }
    elif COMMENTARY in data:
        output["data"] = {"text/markdown": _without_references(data["text/markdown"])}


def _without_references(source: str) -> str:
    """Return a text without what only the book can fill in: the numbers of its tables."""
    return re.sub(r"\{numref\}`([^`]+)`", r"the table *\1*", source)
