"""The steps of the plain way that no tool has: `python -m tests.bench.plain.steps STEP …`."""

from __future__ import annotations

import filecmp
import json
import pickle
import shutil
import sys
import tempfile
from pathlib import Path

import yaml

from hscb_report.notebooks import Executed, notebook_paths
from hscb_report.outputs.book.jupyter_book import _settings, typst_documents
from hscb_report.outputs.book.sources import stage
from hscb_report.outputs.open_tables import write_open_tables
from hscb_report.outputs.summary import write_summary
from hscb_report.outputs.workbook import write_workbook
from hscb_report.report import open_report
from hscb_report.results.published import Published
from tests.bench.plain.given import FILE


def names(report: Published, out: Path) -> None:
    """Write for make which notebooks the year has."""
    listed = " ".join(path.stem for path in notebook_paths(report.contents))
    (out / "names.mk").write_text(f"NAMES := {listed}\n", "utf-8")


def staged(report: Published, out: Path) -> None:
    """Bring the sources of the book up to date: a file that is as it was keeps its time."""
    notebooks = [
        Executed(path.name, (out / "chapters" / path.name).read_text("utf-8"))
        for path in notebook_paths(report.contents)
    ]
    with tempfile.TemporaryDirectory() as made:
        sources = Path(made) / "sources"
        stage(report, notebooks, sources)
        config = yaml.safe_load((sources / "_config.yml").read_text("utf-8"))
        given = {**_settings(report), "typst_documents": typst_documents(report)}
        config["sphinx"]["config"]["extensions"].append("tests.bench.plain.given")
        (sources / FILE).write_bytes(pickle.dumps(given))
        (sources / "_config.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
        _brought_up_to_date(sources, out / "sources")


def _brought_up_to_date(made: Path, kept: Path) -> None:
    files = {path.relative_to(made) for path in made.rglob("*") if path.is_file()}
    for path in [path for path in kept.rglob("*") if path.is_file()]:
        if path.relative_to(kept) not in files:
            path.unlink()
    for name in files:
        new, old = made / name, kept / name
        if not (old.is_file() and filecmp.cmp(new, old, shallow=False)):
            old.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(new, old)


def products(report: Published, out: Path) -> None:
    """Write open tables, workbook, summary and facts."""
    shutil.rmtree(out / "data", ignore_errors=True)
    write_open_tables(report, out / "data")
    write_workbook(report, out / f"tables-{report.stem}.xlsx")
    write_summary(report, out)
    for name, content in (("facts", report.facts.as_json()), ("checks", report.checks)):
        (out / f"{name}.json").write_text(json.dumps(content, indent=2), "utf-8")


if __name__ == "__main__":
    step, year, data, out = sys.argv[1:]
    steps = {"names": names, "stage": staged, "products": products}
    steps[step](open_report(year, "public", Path(data)), Path(out))
