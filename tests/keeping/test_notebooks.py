"""A notebook runs again when its cells, its code or what it was answered has changed, else not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hscb_report.keeping.notebooks import KeptNotebooks
from hscb_report.kept_files import KeptFiles
from hscb_report.notebooks import run_notebooks
from hscb_report.noting import FILE, OUTSIDE, REPORT
from hscb_report.results.exhibit import Exhibit
from hscb_report.results.published import Published

OPENS = (
    "from hscb_report import open_report\nfrom hscb_report.display import show\n"
    'report = open_report("2013-14")'
)
GIVEN = {"year": "2013-14", "edition": "public"}
READ = {
    "the environment": "1",
    "hscb_report/display/shown.py": "1",
    "hscb_report/calculations/budget.py": "1",
    "hscb_report/outputs/archive.py": "1",
}


def a_notebook(path: Path, *cells: str) -> Path:
    parameters = "\n".join(f'{name} = "{value}"' for name, value in GIVEN.items())
    made = [
        {"cell_type": "code", "source": source, "outputs": [], "execution_count": None}
        | {"metadata": {"tags": ["parameters"]} if n == 0 else {}, "id": f"c{n}"}
        for n, source in enumerate((parameters, *cells))
    ]
    spec = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(spec), "utf-8")
    return path


class Runs:
    """Runs one notebook again and again, and says each time whether it had to run."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "budget.ipynb"
        self.files = KeptFiles(folder / "kept")

    def __call__(
        self, report: Published, cells: Sequence[str], read: dict[str, str] = READ
    ) -> tuple[str, str]:
        """Return why it ran, "" if it did not, and what it showed."""
        a_notebook(self.path, *cells)
        keeper = KeptNotebooks(self.files, report, read)
        (ran,) = run_notebooks([self.path], GIVEN, report, keeper)
        return keeper.why["budget.ipynb"], ran.text


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path)


def with_exhibit(report: Published, label: str, **changed: Any) -> Published:
    exhibits: tuple[Exhibit, ...] = tuple(
        replace(found, **changed) if found.label == label else found
        for found in report.results.exhibits
    )
    return replace(report, results=replace(report.results, exhibits=exhibits))


SHOWS = (OPENS, 'show(report.exhibit("budget-income"))')


def test_what_shows_the_same_is_not_run_again_and_what_it_asked_for_counts(
    report: Published, runs: Runs
) -> None:
    first, shown = runs(report, SHOWS)
    assert "has not run" in first
    assert runs(report, SHOWS) == ("", shown)
    other = with_exhibit(report, "budget-expenditure", caption="Other")
    assert runs(other, SHOWS) == ("", shown)  # it never asked for that one
    other = with_exhibit(report, "budget-income", caption="Of income")
    why, anew = runs(other, SHOWS)
    assert why == "what it asks for has changed: exhibit budget-income"
    assert "Of income" in anew
    assert runs(other, SHOWS) == ("", anew)


def test_cells_and_the_code_that_a_notebook_runs_with_count_and_other_code_does_not(
    report: Published, runs: Runs
) -> None:
    runs(report, SHOWS)
    assert runs(report, (*SHOWS, "1"))[0]
    assert runs(report, (*SHOWS, "1"))[0] == ""
    for file, runs_again in (
        ("hscb_report/calculations/budget.py", False),
        ("hscb_report/outputs/archive.py", False),
        ("hscb_report/display/shown.py", True),
        ("the environment", True),
    ):
        assert bool(runs(report, SHOWS, {**READ, file: "2"})[0]) == runs_again, file


@pytest.mark.parametrize(
    "imports",
    [
        "from hscb_report.calculations import budget",
        "import hscb_report.calculations.budget",
        "from hscb_report import calculations",
        'import importlib; importlib.import_module("hscb_report.calculations.budget")',
        '__import__("hscb_report.calculations.budget")',
        "%matplotlib = no Python",
    ],
)
def test_a_notebook_that_reaches_further_into_the_package_runs_with_all_of_it(
    report: Published, runs: Runs, imports: str
) -> None:
    cells = (*SHOWS, f"if False:\n    {imports}" if "%" not in imports else "%time 1")
    runs(report, cells)
    assert runs(report, cells)[0] == ""
    assert runs(report, cells, {**READ, "hscb_report/calculations/budget.py": "2"})[0]


def test_a_file_that_a_notebook_opens_counts_and_a_module_that_it_imports(
    report: Published, runs: Runs, tmp_path: Path
) -> None:
    table, module = tmp_path / "extra.csv", tmp_path / "extra_module.py"
    table.write_text("a\n1\n")
    module.write_text("ONE = 1\n")
    cells = (
        *SHOWS,
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import extra_module",
        f"import pandas; frame = pandas.read_csv({str(table)!r})",
    )
    runs(report, cells)
    assert runs(report, cells)[0] == ""
    table.write_text("a\n2\n")
    assert runs(report, cells)[0].endswith("extra.csv")
    module.write_text("ONE = 22\n")
    assert runs(report, cells)[0].endswith("extra_module.py")
    table.unlink()
    table.write_text("a\n2\n")
    assert runs(report, cells)[0] == ""
    # What a module of an analyst imports of ours is not known, so all of it counts.
    other = {**READ, "hscb_report/calculations/budget.py": "2"}
    assert runs(report, cells, other)[0].endswith("hscb_report")


def test_a_folder_that_a_notebook_lists_counts(
    report: Published, runs: Runs, tmp_path: Path
) -> None:
    folder = tmp_path / "extra"
    folder.mkdir()
    cells = (*SHOWS, f"from pathlib import Path; sorted(Path({str(folder)!r}).glob('*.csv'))")
    runs(report, cells)
    assert runs(report, cells)[0] == ""
    (folder / "a.csv").write_text("a\n")
    assert runs(report, cells)[0].endswith("extra")


@pytest.mark.parametrize(
    "cell",
    [
        "import os; os.listdir(os.open('.', os.O_RDONLY));",
        'show(report.exhibit(label="budget-income").titled("Again"))',
        'show(report.commentary(chapter="budget"))',
        'report.value(fact="budget.spend");',
        'hasattr(report, "nonesuch");',
    ],
)
def test_what_a_cell_may_do_it_may_do_while_notes_are_taken(
    report: Published, runs: Runs, cell: str
) -> None:
    """And it is kept: nothing of it is anything that nobody can compare."""
    cells = (*SHOWS, cell)
    _, shown = runs(report, cells)
    assert runs(report, cells) == ("", shown)


def test_a_folder_for_a_moment_stops_no_notebook(report: Published, runs: Runs) -> None:
    cells = (*SHOWS, "import tempfile\nwith tempfile.TemporaryDirectory() as folder:\n    pass")
    assert runs(report, cells)[1] == runs(report, cells)[1]


def test_what_is_kept_says_what_it_was_given_as_well_and_a_fresh_run_takes_none_of_it(
    report: Published, runs: Runs, tmp_path: Path
) -> None:
    table = tmp_path / "extra.csv"
    table.write_text("a\n")
    cells = (*SHOWS, f"from pathlib import Path; Path({str(table)!r}).read_text();")
    a_notebook(runs.path, *cells)
    noted = []
    for is_fresh in (False, False, True):
        keeper = KeptNotebooks(runs.files, report, READ, is_fresh=is_fresh)
        (ran,) = run_notebooks([runs.path], GIVEN, report, keeper)
        noted.append([note for note in ran.noted if note[1] == str(table)])
        assert (keeper.why["budget.ipynb"] == "as was asked for") == is_fresh
    assert noted[0]
    assert noted[0] == noted[1] == noted[2]


def test_a_file_that_is_changed_while_a_notebook_runs_is_not_taken_for_what_it_read(
    report: Published, runs: Runs, tmp_path: Path
) -> None:
    table = tmp_path / "extra.csv"
    table.write_text("a\n1\n")
    reads = f"from pathlib import Path; file = Path({str(table)!r}); text = file.read_text()"
    cells = (*SHOWS, f"{reads}\nfile.write_text('a\\n2\\n');")
    runs(report, cells)
    assert runs(report, cells)[0].endswith("extra.csv")


@pytest.mark.parametrize(
    "asks",
    [
        'import subprocess; subprocess.run(["true"], check=True);',
        'import sqlite3; sqlite3.connect(":memory:").close()',
        'open_report("2013-14", "board");',
        'vars(report)["texts"];',
    ],
)
def test_what_asks_another_program_is_never_kept(report: Published, runs: Runs, asks: str) -> None:
    cells = (*SHOWS, asks)
    assert runs(report, cells)[0]
    assert runs(report, cells)[0]


def test_of_what_is_private_no_signature_is_noted_and_what_reads_it_is_never_kept(
    report: Published, runs: Runs, tmp_path: Path
) -> None:
    record = tmp_path / "private" / "records" / "2013-14" / "meetings.csv"
    record.parent.mkdir(parents=True)
    record.write_text("meeting\n1\n")
    cells = (*SHOWS, f"from pathlib import Path; text = Path({str(record)!r}).read_text();")
    assert runs(report, cells)[0]
    assert runs(report, cells)[0]


def test_all_are_found_or_none_and_what_is_damaged_is_run(
    report: Published, runs: Runs, tmp_path: Path
) -> None:
    runs(report, SHOWS)
    keeper = KeptNotebooks(runs.files, report, READ)
    found = keeper.all_found([runs.path], GIVEN)
    assert found
    assert [one.name for one in found] == ["budget.ipynb"]
    other = a_notebook(tmp_path / "other.ipynb", *SHOWS)
    assert keeper.all_found([runs.path, other], GIVEN) is None
    (kept,) = runs.files.folder.iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])
    assert runs(report, SHOWS)[0]


def test_what_is_asked_is_noted_once_with_its_word(report: Published, tmp_path: Path) -> None:
    cells = (*SHOWS, "str(report.year)", 'show(report.exhibit("budget-income").titled("Again"))')
    (ran,) = run_notebooks([a_notebook(tmp_path / "a.ipynb", *cells)], GIVEN, report)
    asked = tuple(note for note in ran.noted if note[0] == REPORT)
    assert asked == ((REPORT, "exhibit", "budget-income"), (REPORT, "year", ""))
    assert not {FILE, OUTSIDE} & {of for of, _, _ in ran.noted}
