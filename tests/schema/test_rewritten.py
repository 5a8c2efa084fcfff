"""Texts that a spreadsheet program saves as others are known; what it leaves alone is not told."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hscb_report.report import PROJECT, table_schemas
from hscb_report.schema.rewritten import is_rewritten
from hscb_report.store.csv_text import read_records
from tests.libreoffice import find_office, needs_office

REWRITTEN = (
    *("4.", "007", "1/2", "true", "False", "1e5", "1E2", "=1+1", "+1", "3-4", "31/12", "Jan 2014"),
    *("Sep 14", "1,583", "3.20", "10:30", "12:00:00", "June 2013", "6 June 2013", "(5)", ".5"),
    *("5.0", "$5", "£5", "1/13", "12-13", "jan-14", "00", "0.0", "50 %", "1:2", "-x", "+A1"),
    *("01/02/2013", "2014-06-01", "6-Jun", "6 june", "10:30 am"),
)
LEFT = (
    *(
        "TRUE",
        "1.2.3",
        "2014-M06",
        "2014-M06-01",
        "1st",
        "March",
        "1 2",
        "2013-14",
        "No",
        "0",
        "12",
    ),
    *("-5", "3.2", "12%", "Q1", "3a", "3.2b", "1.2.", "page 4", "L333", "May", "10 Downing Street"),
    *("Marching 14", "12 angry men", '"4."', "0x10", "A+B", "- a point", "5 years"),
)


@pytest.mark.parametrize("text", REWRITTEN)
def test_what_a_program_would_save_as_another_is_known(text: str) -> None:
    assert is_rewritten(text)


@pytest.mark.parametrize("text", LEFT)
def test_what_it_leaves_alone_is_not(text: str) -> None:
    assert not is_rewritten(text)


@given(st.text(max_size=40))
@example("=" * 40)
def test_any_text_can_be_asked_about(text: str) -> None:
    assert is_rewritten(text) in (True, False)


@pytest.mark.slow
@needs_office
def test_libreoffice_leaves_what_is_said_to_be_left(tmp_path: Path) -> None:
    """And every table of the project: what it changes there is the same number."""
    texts = [*LEFT, *REWRITTEN]
    file = tmp_path / "texts.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(
            [["text", "number"], *([text, n] for n, text in enumerate(texts))]
        )
    roots = (PROJECT / "data" / "2013-14", PROJECT / "examples" / "northshire" / "2024-25")
    tables = {f"{n}-{path.name}": path for n, r in enumerate(roots) for path in r.glob("*.csv")}
    for name, path in tables.items():
        (tmp_path / name).write_bytes(path.read_bytes())
    saved = through_libreoffice([file, *(tmp_path / name for name in tables)], tmp_path / "saved")
    after = [record.cells[0] for record in read_records(saved["texts.csv"])[1:]]
    changed = {text for text, cell in zip(texts, after, strict=True) if text != cell}
    assert changed <= set(REWRITTEN)
    assert len(changed) > 20
    kinds = {s.name: {c.name: c.kind for c in s.columns} for s in table_schemas()}
    for name, path in tables.items():
        head, *before = read_records(path.read_bytes())
        _, *now = read_records(saved[name])
        for one, other in zip(before, now, strict=True):
            for column, cell, made in zip(head.cells, one.cells, other.cells, strict=True):
                if cell != made:
                    kind = kinds[path.stem][column]
                    assert kind.read(cell) == kind.read(made), (path.name, one.number, column)


def through_libreoffice(files: list[Path], folder: Path) -> dict[str, bytes]:
    """Return CSV files as LibreOffice saves them that has opened them as it proposes."""
    form = "44,34,76,1"  # commas, quotation marks, UTF-8, from the first row on
    profile = (folder / "profile").resolve().as_uri()
    subprocess.run(
        [
            *(find_office(), f"-env:UserInstallation={profile}", "--headless", "--norestore"),
            f"--infilter=Text - txt - csv (StarCalc):{form}",
            *("--convert-to", f"csv:Text - txt - csv (StarCalc):{form},,0,false,true,false"),
            *("--outdir", str(folder), *map(str, files)),
        ],
        capture_output=True,
        timeout=300,
        check=True,
    )
    return {file.name: (folder / file.name).read_bytes() for file in files}
