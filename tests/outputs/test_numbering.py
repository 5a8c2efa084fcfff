"""Tables and figures are numbered in each document of their own, the same in HTML and PDF."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.outputs.projects import Pdf, build, list_table, pdf_of, write_project

ROWS = [["Agency", "Sum"], ["Health", "1"]]
FIGURE = "```{{figure}} chart.svg\n:name: {name}\n:alt: A chart\n\nDrawn {name}\n```\n"


def table(name: str) -> str:
    return list_table(f"Sums of {name}", ROWS, f":name: {name}", ":stub-columns: 1")


INDEX = """# The start

```{toctree}
:caption: Report

one
two
```

```{toctree}
:caption: Plan

plan
```

```{toctree}
:caption: Evidence

proof
```
"""
PLAN = "# Plan\n\nSee {numref}`second` and {numref}`planned`.\n\n"
PAGES = {
    "index.md": INDEX,
    "one.md": f"# One\n\n{table('first')}\n\n{FIGURE.format(name='drawn')}\n\n{table('second')}\n",
    "two.md": "# Two\n\nSee {numref}`second`, {numref}`planned` and {numref}`drawn`.\n\n"
    + table("third"),
    "plan.md": PLAN + table("planned") + "\n\n" + FIGURE.format(name="intended"),
    "proof.md": f"# Proof\n\n{table('proven')}\n",
}
SETTINGS = """
extensions.append("hscb_report.outputs.book.numbering")
hscb_documents = {"plan": "business-plan", "proof": "evidence"}
"""
VOLUMES = ("Report", "Plan", "Evidence")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small book with three documents, made without a warning."""
    folder = tmp_path_factory.mktemp("numbering")
    source = write_project(folder / "source", PAGES, SETTINGS)
    documents = [pdf_of(name, {"title": name, "parts": (name,)}) for name in VOLUMES]
    volumes = [{"title": name, "parts": (name,)} for name in VOLUMES]
    documents.append(pdf_of("pack", *volumes))
    assert build(source, folder / "pdf", documents) == ""
    assert build(source, folder / "html", builder="html") == ""
    return folder


def captions(text: str) -> list[str]:
    return re.findall(r"((?:Table|Figure)\s\d+)[. ]+((?:Sums of|Drawn) \w+)", text)


def html_of(made: Path, *pages: str) -> str:
    texts = [(made / "html" / f"{page}.html").read_text("utf-8") for page in pages]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", " ".join(texts)))


EXPECTED = {
    "Report": {("Table 1", "Sums of first"), ("Figure 1", "Drawn drawn")}
    | {("Table 2", "Sums of second"), ("Table 3", "Sums of third")},
    "Plan": {("Table 1", "Sums of planned"), ("Figure 1", "Drawn intended")},
    "Evidence": {("Table 1", "Sums of proven")},
}


@pytest.mark.parametrize("volume", VOLUMES)
def test_each_document_counts_its_tables_and_its_figures_from_1(made: Path, volume: str) -> None:
    pdf = Pdf(made / "pdf" / f"{volume}.pdf")
    assert set(captions(pdf.text)) == EXPECTED[volume]


def test_the_pack_and_the_html_have_the_numbers_of_the_documents(made: Path) -> None:
    everything = set().union(*EXPECTED.values())
    assert set(captions(Pdf(made / "pdf" / "pack.pdf").text)) == everything
    pages = [
        (made / "html" / f"{page}.html").read_text() for page in ("one", "two", "plan", "proof")
    ]
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", " ".join(pages)))
    assert set(captions(shown)) == everything


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_a_reference_to_a_table_of_another_document_says_which(made: Path, form: str) -> None:
    paper = Pdf(made / "pdf" / "pack.pdf")
    shown = paper.text if form == "pdf" else html_of(made, "two", "plan")
    shown = re.sub(r"\s+", " ", shown)
    assert "See Table 2, Table 1 of the business plan and Figure 1." in shown
    assert "See Table 2 of the annual report and Table 1." in shown
