"""What went into a report: files, versions of tools, and the quality of the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from hscb_report.assurance.sources import NOT_TOLD
from hscb_report.figures import Figure
from hscb_report.results.exhibit import Cell, Column, Exhibit, exhibit
from hscb_report.results.published import Input
from hscb_report.schema import Tables, TableSchema
from hscb_report.schema import vocabularies as words
from hscb_report.units import count_of

# What decides the bytes of a report.
TOOLS = (
    "hscb-report",
    "altair",
    "jupyter-book",
    "markdown-it-py",
    "myst-nb",
    "papermill",
    "pikepdf",
    "pydantic",
    "sphinx",
    "typst",
    "vl-convert-python",
    "xlsxwriter",
)


def inputs_exhibits(
    inputs: Iterable[Input], schemas: Iterable[TableSchema], tables: Tables
) -> Iterator[Exhibit]:
    """Yield the files that were read, the versions of the tools, and the bases of the rows."""
    yield exhibit(
        "inputs",
        "Files that this report was made from",
        (Column("File"), Column("SHA-256 of its content")),
        [(source.path, source.sha256 or NOT_TOLD) for source in inputs],
        "A hash would let a small count be guessed, so those of protected tables are not told.",
    )
    yield exhibit(
        "versions",
        "Versions of the tools that made this report",
        (Column("Tool"), Column("Version")),
        list(versions().items()),
    )
    yield _data_quality(schemas, tables)


def versions() -> dict[str, str]:
    """Return the versions of the tools that decide the bytes of a report."""
    from importlib.metadata import version  # slow to import, and needed by a render alone

    return {name: version(name) for name in TOOLS}


def _data_quality(schemas: Iterable[TableSchema], tables: Tables) -> Exhibit:
    unit = count_of("rows")
    found = {getattr(row, "basis", "") for schema in schemas for row in tables.named(schema.name)}
    used = [basis for basis in words.BASIS if basis in found]
    rows: list[tuple[Cell, ...]] = []
    for schema in schemas:
        listed = tables.named(schema.name)
        bases = Counter(getattr(row, "basis", "") for row in listed)
        if listed:
            counts = (Figure(bases[basis]) for basis in used)
            rows.append((schema.info.title, Figure(len(listed)), *counts))
    return exhibit(
        "data-quality",
        "Rows of the data, by their basis",
        (
            Column("Table"),
            Column("Rows", unit),
            *(Column(basis.replace("_", " ").capitalize(), unit) for basis in used),
        ),
        rows,
        "Tables that hold for every year, and lists of our own, name no basis.",
    )
