"""Imports point one way: from the edges of the package to its ground."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import hscb_report

PACKAGE = Path(hscb_report.__file__).parent
NOTEBOOKS = sorted((PACKAGE.parent / "notebooks").glob("*.ipynb"))
FLOORS = (
    {"years", "errors", "findings"},
    {"schema"},
    {"figures", "units"},
    {"measures", "disclosure"},
    {"rules", "facts", "exhibits"},
    {"prose"},
    {"load"},
    {"recording"},
    {"report", ""},
    {"trace", "outlines"},
    {"account"},
    {"fonts", "progress"},
    {"display"},
    {"notebooks", "open_tables"},
    {"book", "working_papers"},
    {"publish"},
    {"cli", "__main__"},
)
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
HEAVY = {
    *("papermill", "sphinx", "docutils", "altair", "pandas", "nbformat", "typst", "pikepdf"),
    *("myst_nb", "myst_parser", "jupyter_book", "vl_convert", "nbconvert", "nbclient"),
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def unit(module: str) -> str:
    """Return the module or subpackage directly below ours; "" for the package itself."""
    return [*module.split("."), ""][1]


def imported(tree: ast.AST, module: str, is_package: bool) -> set[str]:
    """Return the modules that a tree imports, wherever in it and in whatever form."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".")[: None if is_package else -1]
                parts = parts[: len(parts) - node.level + 1]
                base = ".".join([*parts, *([node.module] if node.module else [])])
            found |= {f"{base}.{alias.name}" for alias in node.names} if base else set()
    return found


def ours(name: str) -> bool:
    return name.split(".")[0] == "hscb_report"


def imports_of(path: Path) -> set[str]:
    return imported(ast.parse(path.read_text("utf-8")), dotted(path), path.stem == "__init__")


def target(name: str) -> str:
    """Return the unit that an imported name belongs to; `hscb_report.open_report` is the door."""
    return unit(name) if unit(name) in FLOOR or unit(name) in UNITS else ""


UNITS = {unit(dotted(path)) for path in MODULES}


def test_every_module_stands_on_a_floor():
    """A new module is put on one here, so that its imports are held to it."""
    assert set(FLOOR) >= UNITS


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_an_import_never_goes_up_a_floor(path):
    here = FLOOR.get(unit(dotted(path)), len(FLOORS))
    above = {name for name in imports_of(path) if ours(name) and FLOOR.get(target(name), -1) > here}
    assert not above


# Prose is below the loader, which reads it, but opens files itself: it is an edge.
CORE = [path for path in MODULES if FLOOR.get(unit(dotted(path)), len(FLOORS)) < FLOOR["prose"]]


@pytest.mark.parametrize("path", CORE, ids=dotted)
def test_the_core_imports_none_of_the_heavy_packages(path):
    assert not {name.split(".")[0] for name in imports_of(path)} & HEAVY


EDGES = {"pathlib", "os", "io", "shutil", "tempfile", "subprocess", "socket", "time", "random"}


@pytest.mark.parametrize("path", CORE, ids=dotted)
def test_the_core_has_no_files_no_clock_and_no_environment(path):
    assert not {name.split(".")[0] for name in imports_of(path)} & EDGES
    tree = ast.parse(path.read_text("utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not {call for call in calls if re.search(r"(^open|\.today|\.now|print)$", call)}


@pytest.mark.parametrize("module", ["hscb_report", "hscb_report.report"])
def test_opening_a_report_pulls_in_none_of_the_heavy_packages(module):
    """An analyst's `import` and `check` stay quick."""
    code = f"import sys, json, {module}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    loaded = {name.split(".")[0] for name in json.loads(done.stdout)}
    assert "hscb_report" in loaded
    assert not loaded & HEAVY


def test_importing_prints_nothing():
    done = subprocess.run(
        [sys.executable, "-c", "import hscb_report.report, hscb_report.display"],
        capture_output=True,
        text=True,
        check=True,
        cwd=PACKAGE.parent,
    )
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_no_module_is_called_after_nothing_in_particular(path):
    assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc", "tools"}


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_every_module_says_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_the_package_exports_the_door_and_nothing_else():
    assert hscb_report.__all__ == ["open_report"]


# Notebooks ------------------------------------------------------------------------------------

FORBIDDEN = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda),
    *(ast.For, ast.AsyncFor, ast.While),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
READS = re.compile(r"(^|\.)(open|read_\w+|exec|eval|__import__|import_module)$")


def code_of(path: Path) -> list[str]:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_imports_the_door_and_display_and_nothing_else_of_ours(path):
    for code in code_of(path):
        names = {name for name in imported(ast.parse(code), "notebook", False) if ours(name)}
        others = {name for name in names if not name.startswith("hscb_report.display")}
        assert others <= {"hscb_report.open_report"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_defines_nothing_and_has_no_loops(path):
    for code in code_of(path):
        nodes = [
            type(node).__name__ for node in ast.walk(ast.parse(code)) if isinstance(node, FORBIDDEN)
        ]
        assert not nodes, code


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_reads_no_file(path):
    for code in code_of(path):
        calls = [
            ast.unparse(node.func)
            for node in ast.walk(ast.parse(code))
            if isinstance(node, ast.Call)
        ]
        assert not [call for call in calls if READS.search(call)], code


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_the_stem_of_its_measures(path):
    number, _, chapter = path.stem.partition("-")
    assert re.fullmatch(r"\d\d", number)
    assert (PACKAGE / "measures" / f"{chapter}.py").exists()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_one_cell_of_literal_parameters(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    tagged = [c for c in cells if "parameters" in c["metadata"].get("tags", [])]
    assert len(tagged) == 1
    for statement in ast.parse("".join(tagged[0]["source"])).body:
        assert isinstance(statement, ast.Assign)
        ast.literal_eval(statement.value)
