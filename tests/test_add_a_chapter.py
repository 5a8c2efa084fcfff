"""A chapter is added by the README alone: a copy of the repository, its steps, nothing else."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from hscb_report.report import PROJECT
from tests.book.readers import read_html

README = (PROJECT / "README.md").read_text("utf-8")
SECTION = README[README.index("### Add a chapter") : README.index("**Add a column.**")]
COPIED = ("hscb_report", "notebooks", "book", "data", "pyproject.toml")
MODULES = {
    match[1]: textwrap.dedent(match[2])
    for match in re.finditer(r"```python\n +# (\S+)\n(.*?)```", SECTION, re.DOTALL)
}
LINE, CELL, SAID = re.findall(r"^   `([^`\n]+)`$", SECTION, re.MULTILINE)
LIST = "hscb_report/chapters/__init__.py"
MODULE = "hscb_report/chapters/early_help.py"
NOTEBOOK = "notebooks/early_help.ipynb"
COMMENTARY = "2013-14/text/commentary/early_help.md"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the copy, with its own package and nothing of ours."""
    return subprocess.run(
        [sys.executable, "-m", "hscb_report", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
    )


def findings(folder: Path, severity: str = "error") -> list[dict[str, str]]:
    """Return the errors, or the warnings, that the copy's `check` finds."""
    done = run(folder, "check", "2013-14", "--format", "json")
    assert "Traceback" not in done.stderr, done.stderr
    return [f for f in json.loads(done.stdout)["findings"] if f["severity"] == severity]


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository to which the README's chapter was added, step by step."""
    folder = tmp_path_factory.mktemp("copy")
    for name in COPIED:
        source = PROJECT / name
        shutil.copytree(source, folder / name) if source.is_dir() else shutil.copy(source, folder)
    for path, text in MODULES.items():
        (folder / path).write_text(text, "utf-8")
    listed = (folder / LIST).read_text("utf-8")
    (folder / LIST).write_text(listed.replace('"policies",', f'"policies",\n    {LINE}'), "utf-8")
    notebook = json.loads((folder / "notebooks" / "child_deaths.ipynb").read_text("utf-8"))
    first = json.dumps(notebook["cells"][:4])
    first = first.replace("Child deaths", "Early help").replace("child_deaths", "early_help")
    shown = {**notebook["cells"][4], "cell_type": "code", "id": "shown", "source": [CELL]}
    notebook["cells"] = [*json.loads(first), shown | {"outputs": [], "execution_count": None}]
    (folder / NOTEBOOK).write_text(json.dumps(notebook), "utf-8")
    (folder / "data" / COMMENTARY).write_text(f"{SAID}\n", "utf-8")
    return folder


def test_the_readme_has_every_piece() -> None:
    folders = {str(Path(path).parent) for path in MODULES}
    assert folders == {f"hscb_report/{name}" for name in ("schema", "calculations", "chapters")}


def test_without_its_table_a_year_has_no_such_chapter_and_stays_valid(added: Path) -> None:
    """What is said of the chapter all the same is told: it is shown nowhere."""
    assert findings(added) == []
    (told,) = (f for f in findings(added, "warning") if f["file"] == COMMENTARY)
    assert "the year has no data for this chapter" in told["message"]


PIECES = [
    (MODULE, LIST, 'a chapter "early_help"'),
    (NOTEBOOK, NOTEBOOK, "this file is missing"),
    ("hscb_report/schema/early_help.py", MODULE, "imported"),
    ("hscb_report/calculations/early_help.py", MODULE, "imported"),
]


@pytest.mark.parametrize(("piece", "file", "told"), PIECES, ids=[p[0] for p in PIECES])
def test_a_piece_that_is_missing_is_told_by_name(
    added: Path, tmp_path: Path, piece: str, file: str, told: str
) -> None:
    """Once, before anything is run, and with what to do about it."""
    with with_table(added), without(added / piece, tmp_path):
        found = [f for f in findings(added) if f["file"] == file]
    assert len(found) == 1
    assert told in found[0]["message"]
    assert found[0]["hint"]


def test_nothing_need_be_said_of_a_chapter(added: Path, tmp_path: Path) -> None:
    with with_table(added), without(added / "data" / COMMENTARY, tmp_path):
        assert findings(added) == []


@contextlib.contextmanager
def without(path: Path, elsewhere: Path) -> Iterator[None]:
    """Have a file elsewhere for a while."""
    kept = shutil.move(path, elsewhere / "kept")
    try:
        yield
    finally:
        shutil.move(kept, path)


@contextlib.contextmanager
def edited(path: Path, *changes: tuple[str, str]) -> Iterator[None]:
    """Have another text in a file for a while."""
    text = changed = path.read_text("utf-8")
    for old, new in changes:
        assert old in changed
        changed = changed.replace(old, new)
    path.write_text(changed, "utf-8")
    try:
        yield
    finally:
        path.write_text(text, "utf-8")


@contextlib.contextmanager
def written(path: Path, text: str) -> Iterator[None]:
    """Have a further file for a while."""
    path.write_text(text, "utf-8")
    try:
        yield
    finally:
        path.unlink()


def test_a_chapter_that_is_not_in_the_list_is_told(added: Path) -> None:
    with edited(added / LIST, (f"    {LINE}\n", "")):
        files = {f["file"] for f in findings(added) if f["rule"] == "C3"}
        told = {f["file"] for f in findings(added, "warning") if f["rule"] == "C3"}
    assert files == {MODULE, COMMENTARY}
    assert told == {NOTEBOOK}


def test_a_slip_in_the_list_is_told_once_with_the_module_that_is_meant(added: Path) -> None:
    """Not once more by its files, its facts in the prose or the pages that it lacks."""
    with edited(added / LIST, (LINE, '"erly_help",')):
        (found,) = findings(added)
    assert (found["rule"], found["file"]) == ("C1", LIST)
    assert found["hint"] == 'Is it "early_help"? Correct its line.'


STRAYS = ("book/pages/x.md", "data/2013-14/text/x.md", f"data/{COMMENTARY}x.md")


@pytest.mark.parametrize("stray", STRAYS)
def test_a_file_that_no_chapter_names_is_told(added: Path, stray: str) -> None:
    with written(added / stray, "x"):
        (found,) = findings(added)
    assert (found["rule"], found["file"]) == ("C3", stray.removeprefix("data/"))


@pytest.mark.parametrize("text", ['{"cells": []}', "no notebook"])
def test_a_notebook_that_no_chapter_names_is_told_and_not_run(added: Path, text: str) -> None:
    """An analyst's own beside the others stops no report, whatever is in it."""
    before = findings(added, "warning")
    stray = "notebooks/Untitled.ipynb"
    with written(added / stray, text):
        assert findings(added) == []
        (found,) = (f for f in findings(added, "warning") if f not in before)
    assert (found["rule"], found["file"]) == ("C3", stray)
    assert found["hint"].startswith("It is not run.")


def test_the_first_page_cannot_be_missing(added: Path) -> None:
    index = added / "book/index.md"
    with edited(index):
        index.unlink()
        (found,) = findings(added)
    assert (found["rule"], found["file"]) == ("C1", "book/index.md")


PAGE = 'notebook_page("early_help", THE_DATA)'
SLIPS: dict[str, tuple[str, str, str, str]] = {
    "a part": ("C1", PAGE, 'Page("text/policies", Part("Appendix"))', "does not have"),
    "a page above": (
        "C1",
        PAGE,
        PAGE + ', Page("areas/x", THE_DATA, under="text/polices")',
        "stands under a page that does not exist",
    ),
    "an outline": (
        "C1",
        PAGE,
        PAGE + ', Page("areas/x", THE_DATA, outline="plna")',
        "made from an outline that nobody yields",
    ),
    "a label of the checks": ("C2", '"early-help",', '"inputs",', 'called "inputs"'),
    "a label": ("C2", '"early-help",', '"membership",', 'called "membership"'),
    "a fact": ("C2", '"early_help.begun"', '"budget.spend"', 'called "budget.spend"'),
    "a rule": ("C2", "    facts=facts", '    rules=(Rule("R28", "x"),),\n    facts=facts', "R28"),
    "a code": (
        "C4",
        "    facts=facts",
        '    rules=(Rule("28", "x"),),\n    facts=facts',
        "no code",
    ),
    "no table": ("C4", "reads=(Agency,)", "reads=()", "add Agency to reads"),
    "a name": ("C1", 'name="early_help"', 'name="early"', 'the chapter is called "early"'),
    "no chapter": ("C1", "CHAPTER = ", "CHAPTERS = ", "declares no chapter"),
}
IMPORTED = (
    "from hscb_report.checks.rule import Rule\n"
    "from hscb_report.results.chapter import Page, Part\n"
    "from hscb_report.units import count_of"
)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_chapter_is_told_with_its_module(added: Path, slip: str) -> None:
    code, old, new, told = SLIPS[slip]
    change = (old, new), ("from hscb_report.units import count_of", IMPORTED)
    with with_table(added), edited(added / MODULE, *change):
        found = findings(added)
    own = [f for f in found if f["rule"] == code and told in f["message"]]
    assert own
    assert any(MODULE in f["file"] + f["message"] for f in own)
    assert all(f["hint"] for f in own)


def test_a_defect_in_a_chapter_is_told_with_its_line(added: Path) -> None:
    """And not once more for each fact that the prose misses."""
    with with_table(added), edited(added / MODULE, ('cell(row, "begun")', "cell(row)")):
        (found,) = findings(added)
    assert found["file"] == MODULE
    assert "TypeError" in found["message"]
    line = (added / MODULE).read_text("utf-8").splitlines()[int(found["row"]) - 1]
    assert 'cell(row, "begun")' in line


def test_of_a_defect_over_a_table_that_counts_children_no_cell_is_told(added: Path) -> None:
    """What the error says may hold one; over other tables it is told."""
    fails = ('cell(row, "begun")', "{}[(row.agency, row.begun)]")
    with with_table(added), edited(added / MODULE, fails):
        (open_table,) = findings(added)
        schema = added / "hscb_report/schema/early_help.py"
        with edited(schema, ("protected=False", "protected=True")):
            (protected,) = findings(added)
    assert "KeyError: ('herefordshire_council', 12)" in open_table["message"]
    assert "(KeyError)" in protected["message"]
    assert "12" not in json.dumps(protected | {"row": None})


@contextlib.contextmanager
def with_table(folder: Path) -> Iterator[None]:
    """Give the year the new chapter's table for a while."""
    path = folder / "data/2013-14/early_help.csv"
    path.write_text(
        "agency,begun,source,locator,basis\n"
        "herefordshire_council,12,ar,L1,derived\nwest_mercia_police,3,ar,L1,derived\n",
        "utf-8",
    )
    try:
        yield
    finally:
        path.unlink()


MADE = """
import json, sys
from dataclasses import replace
from pathlib import Path

from hscb_report.notebooks import NOTEBOOKS, run_notebooks
from hscb_report.outputs.book.jupyter_book import _build, _settings, typst_documents, write_settings
from hscb_report.outputs.book.sources import stage
from hscb_report.outputs.working_papers import paper_names
from hscb_report.report import open_report

out, report = Path(sys.argv[1]), open_report("2013-14")
run = run_notebooks([NOTEBOOKS / "early_help.ipynb"], {"year": "2013-14"}, report)
shown = {"chapters/early_help", "pages/sources", "pages/data-dictionary"}
few = replace(
    report, texts={}, contents=tuple(page for page in report.contents if page.path in shown)
)
stage(few, run, out / "sources")
(out / "sources" / "index.md").write_text("# Report")
_build(write_settings(_settings(few), out / "book"), out / "sources", out, "html")
told = {
    "facts": report.facts.as_json(),
    "tables": [exhibit.label for exhibit in report.exhibits],
    "pages": [page.path for page in report.contents],
    "papers": paper_names(report.contents),
    "volumes": [document["name"] for document in typst_documents(report)],
}
(out / "told.json").write_text(json.dumps(told))
"""


@pytest.mark.slow
def test_the_chapter_is_everywhere(added: Path, tmp_path: Path) -> None:
    """Page, contents, table, number in the prose, where it comes from, dictionary, working paper.

    The new chapter's notebook is run and its page compiled, with the two pages that follow from
    it; the whole book is compiled by the tests of the book.
    """
    made = [sys.executable, "-c", MADE, str(tmp_path)]
    with with_table(added):
        done = subprocess.run(made, cwd=added, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    page = (tmp_path / "html/chapters/early_help.html").read_text("utf-8")
    assert 'href="../pages/sources.html#fact-early-help-begun">15</a>' in page
    html = read_html(tmp_path / "html")
    table = html.table("Early help assessments begun, 2013-14")
    assert table.cell("West Mercia Police", "Begun") == "3"
    assert html.tables["Where the numbers come from: Early help"]
    assert html.tables["Early help assessments: columns of early_help.csv"]
    told = json.loads((tmp_path / "told.json").read_text("utf-8"))
    facts = {fact["id"]: fact for fact in told["facts"]}
    assert facts["early_help.begun"]["text"] == "15"
    listed = told["pages"]
    assert listed.index("chapters/early_help") == listed.index("text/policies") + 1
    assert told["papers"]["early_help"] == "07-early_help"
    assert {"early-help", "sources-early-help", "dictionary-early-help"} <= set(told["tables"])
