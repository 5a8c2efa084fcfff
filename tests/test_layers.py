"""Imports point one way; what notebooks may hold. The floors stand in pyproject.toml alone."""

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import hscb_report
from hscb_report.chapters import module_file

PACKAGE = Path(hscb_report.__file__).parent
PROJECT = PACKAGE.parent
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {
    *("papermill", "sphinx", "docutils", "altair", "pandas", "nbformat", "typst", "pikepdf"),
    *("myst_nb", "myst_parser", "jupyter_book", "vl_convert", "nbconvert", "nbclient"),
}


def linted(folder: Path) -> subprocess.CompletedProcess[str]:
    """Return what import-linter says of the package in a folder."""
    command = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports())"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], capture_output=True, text=True, cwd=folder
    )


def test_the_imports_keep_to_the_floors() -> None:
    """The floors of the package and inside its folders, no circle, nothing heavy in the core."""
    done = linted(PROJECT)
    assert done.returncode == 0, done.stdout


def test_the_readme_says_what_each_part_of_the_package_holds() -> None:
    text = (PROJECT / "README.md").read_text("utf-8")
    table = text[text.index("## What the folders hold") : text.index("## What is not here yet")]
    parts = (path for path in PACKAGE.iterdir() if not path.name.startswith("_"))
    names = {f"{path.name}/" if path.is_dir() else path.name for path in parts}
    told = set(re.findall(r"`(?:hscb_report/)?([\w/.]+)`", table))
    assert sorted(names - told) == []


def test_the_picture_of_the_way_of_the_data_is_that_of_the_floors() -> None:
    """What it names is there, and each step stands above the one before it, as imports do."""
    text = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    picture = text[text.index("data/*.csv") : text.index("v  outputs")] + "|  outputs"
    steps = re.findall(r"(?m)^   \|  (\w+)", picture)
    floors = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    (contract,) = (c for c in floors["tool"]["importlinter"]["contracts"] if c["id"] == "floors")
    height = {
        name: -place
        for place, floor in enumerate(contract["layers"])
        for name in floor.split(" | ")
    }
    assert steps == [
        "store",
        "calculations",
        "chapters",
        "report",
        "disclosure",
        "notebooks",
        "outputs",
    ]
    of_results = [step for step in steps if step in ("calculations", "chapters", "disclosure")]
    assert sorted(of_results, key=height.__getitem__) == of_results
    of_readers = [step for step in steps if step in ("store", "report", "notebooks", "outputs")]
    assert sorted(of_readers, key=height.__getitem__) == of_readers


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("figures", "import hscb_report.report", "Imports point one way"),
        ("checks/rule", "import hscb_report.checks.acceptance", "Floors of checks"),
        ("chapters/audits", "import hscb_report.chapters.plan", "A chapter imports no other"),
        ("calculations/budget", "import pathlib", "The core has no files"),
    ],
)
def test_an_import_that_points_up_is_found(
    tmp_path: Path, module: str, line: str, contract: str
) -> None:
    shutil.copytree(PACKAGE, tmp_path / "hscb_report")
    shutil.copyfile(PROJECT / "pyproject.toml", tmp_path / "pyproject.toml")
    path = tmp_path / "hscb_report" / f"{module}.py"
    path.write_text(f"{path.read_text('utf-8')}\n{line}\n", "utf-8")
    done = linted(tmp_path)
    assert done.returncode == 1
    assert re.search(rf"^{contract}.*BROKEN", done.stdout, re.MULTILINE), done.stdout


def test_opening_a_report_pulls_in_none_of_the_heavy_packages_and_prints_nothing() -> None:
    """An analyst's `import` and `check` stay quick."""
    code = (
        "import sys, json, hscb_report.report, hscb_report.display, hscb_report.chapters as c; "
        "c.declared_chapters(); print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT
    )
    loaded = {name.split(".")[0] for name in json.loads(done.stdout)}
    assert "hscb_report" in loaded
    assert not loaded & HEAVY
    assert done.stderr == ""


def test_every_module_says_what_it_is_and_is_called_after_something() -> None:
    nothing = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
    assert not {path.stem for path in MODULES} & nothing
    silent = [path for path in MODULES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert not silent


def test_the_package_exports_the_door_and_nothing_else() -> None:
    assert hscb_report.__all__ == ["open_report"]


# Notebooks ------------------------------------------------------------------------------------

FORBIDDEN = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda),
    *(ast.For, ast.AsyncFor, ast.While),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
READS = re.compile(r"(^|\.)(open|read_\w+|exec|eval|__import__|import_module)$")


def code_of(path: Path) -> list[ast.Module]:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return [ast.parse("".join(c["source"])) for c in cells if c["cell_type"] == "code"]


def imported(tree: ast.AST) -> set[str]:
    """Return the modules and names that a cell imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_and_does_nothing_else(path: Path) -> None:
    """It imports the door and display; it defines nothing, has no loops and reads no file."""
    for tree in code_of(path):
        ours = {name for name in imported(tree) if name.startswith("hscb_report")}
        others = {name for name in ours if not name.startswith("hscb_report.display")}
        assert others <= {"hscb_report.open_report"}
        nodes = list(ast.walk(tree))
        assert not [node for node in nodes if isinstance(node, FORBIDDEN)], ast.unparse(tree)
        calls = [ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)]
        assert not [call for call in calls if READS.search(call)], ast.unparse(tree)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_named_as_its_chapter_and_its_calculations(path: Path) -> None:
    assert (PACKAGE.parent / module_file(path.stem)).exists()
    assert (PACKAGE / "calculations" / f"{path.stem}.py").exists()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_one_cell_of_literal_parameters(path: Path) -> None:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    tagged = [c for c in cells if "parameters" in c["metadata"].get("tags", [])]
    assert len(tagged) == 1
    for statement in ast.parse("".join(tagged[0]["source"])).body:
        assert isinstance(statement, ast.Assign)
        ast.literal_eval(statement.value)
