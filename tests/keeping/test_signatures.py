"""What a run can read: what matters changes a signature, and what does not leaves it."""

from __future__ import annotations

import ast
import os
import shutil
import site
from collections.abc import Callable
from pathlib import Path

import pytest

from hscb_report.keeping.signatures import (
    Signatures,
    _environment,
    changed,
    key_of,
    makes_results,
)
from hscb_report.report import PROJECT

CODE = '"""Told."""\n\ndef spend(rows):\n    return sum(rows)\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with a data root in it and one beside it."""
    made = tmp_path / "project"
    for name, text in {
        "hscb_report/calculations/budget.py": CODE,
        "hscb_report/common/usual.csv": "a,b\n",
        "notebooks/budget.ipynb": "{}",
        "book/index.md": "# Report\n",
        "tests/test_budget.py": "assert True\n",
        "helpers.py": "ONE = 1\n",
        "README.md": "Read me\n",
        "data/2013-14/budget.csv": "a,b\n1,2\n",
        "data/board.toml": 'name = "Board"\n',
    }.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(text, "utf-8")
    return made


def read(project: Path) -> dict[str, str]:
    signatures = Signatures(project, project.parent / "cache")
    return signatures.of_run(project / "data", project / "_build")


def edited(name: str, text: str) -> Callable[[Path], None]:
    def edit(project: Path) -> None:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text, "utf-8")

    return edit


MATTERS = {
    "a cell": edited("data/2013-14/budget.csv", "a,b\n1,3\n"),
    "another file in the data": edited("data/2013-14/new.csv", "a\n"),
    "a file of the data gone": lambda project: (project / "data/board.toml").unlink(),
    "an empty folder, which may be a year": lambda project: (project / "data/2014-15").mkdir(),
    "a folder that does not belong there": lambda project: (project / "data/tests").mkdir(),
    "a calculation": edited(
        "hscb_report/calculations/budget.py",
        CODE.replace("sum", "max"),
    ),
    "a docstring, which a page may print": edited(
        "hscb_report/calculations/budget.py",
        CODE.replace("Told", "Else"),
    ),
    "a list of the package": edited("hscb_report/common/usual.csv", "a,c\n"),
    "a new module": edited("hscb_report/extra.py", "X = 1\n"),
    "a module of an analyst": edited("helpers.py", "ONE = 2\n"),
    "a module beside the notebooks": edited("notebooks/more.py", "X = 1\n"),
    "a notebook": edited("notebooks/budget.ipynb", '{"cells": []}'),
    "a page": edited("book/index.md", "# Another\n"),
    "the lock of an editor": lambda project: (project / "notebooks/.#a.py").symlink_to("nobody"),
    "code that is none": edited("helpers.py", "ONE = = 2\n"),
}
DOES_NOT = {
    "a comment": edited(
        "hscb_report/calculations/budget.py",
        '"""Told."""\n\n\n# Why.\ndef spend(rows):  # how\n    return (\n    sum(rows))\n',
    ),
    "a test": edited("tests/test_budget.py", "assert 1\n"),
    "the README": edited("README.md", "Read\n"),
    "a report": edited("_build/2013-14/html/index.html", "<p>"),
    "a record": edited("data/private/records/2013-14/meetings.csv", "meeting\n1\n"),
    "a file as it was received": edited("data/private/received/police.xlsx", "x"),
    "a report's code": edited("_build/2013-14/conf.py", "X = 1\n"),
    "compiled code": edited("hscb_report/__pycache__/budget.cpython-311.pyc", "x"),
    "the same content, written again": edited("data/board.toml", 'name = "Board"\n'),
}


@pytest.mark.parametrize("what", MATTERS)
def test_what_matters_is_seen(what: str, project: Path) -> None:
    before = read(project)
    MATTERS[what](project)
    assert len(changed(read(project), before)) == 1
    assert key_of(read(project)) != key_of(before)


@pytest.mark.parametrize("what", DOES_NOT)
def test_what_does_not_matter_is_not(what: str, project: Path) -> None:
    before = read(project)
    DOES_NOT[what](project)
    assert read(project) == before


def test_content_counts_and_not_the_time_that_a_file_was_written(project: Path) -> None:
    before = read(project)
    file = project / "data/2013-14/budget.csv"
    about = file.stat()
    file.write_text("a,b\n1,9\n", "utf-8")  # as long as before
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert changed(read(project), before) == ["the data, 2013-14/budget.csv"]


def test_what_a_link_leads_to_is_read_too_and_a_circle_ends(project: Path) -> None:
    shared = project.parent / "shared"
    shared.mkdir()
    (shared / "agencies.csv").write_text("a\n")
    (project / "data/reference").symlink_to(shared)
    (shared / "again").symlink_to(shared)
    before = read(project)
    (shared / "agencies.csv").write_text("b\n")
    assert changed(read(project), before) == ["the data, reference/agencies.csv"]


def test_what_lies_in_a_hidden_folder_of_the_data_is_not_read(project: Path) -> None:
    edited("data/.git/HEAD", "a")(project)
    before = read(project)
    edited("data/.git/HEAD", "b")(project)
    assert read(project) == before


def test_the_folder_of_reports_may_lie_in_the_data(project: Path) -> None:
    signatures = Signatures(project, project.parent / "cache")
    out = project / "data" / "reports"
    before = signatures.of_run(project / "data", out)
    (out / "2013-14").mkdir(parents=True)
    (out / "2013-14/manifest.json").write_text("{}")
    (out / ".making-2014-15").mkdir()
    assert signatures.of_run(project / "data", out) == before


def test_data_in_the_folder_of_reports_are_read_all_the_same(project: Path) -> None:
    signatures = Signatures(project, project.parent / "cache")
    out = project / "data" / "2013-14"
    (out / "2013-14").mkdir()
    (out / "2013-14/manifest.json").write_text("{}")
    before = signatures.of_run(project / "data", out)
    (out / "2013-14/facts.json").write_text("{}")
    assert signatures.of_run(project / "data", out) == before
    (out / "budget.csv").write_text("a,b\n1,3\n")
    now = signatures.of_run(project / "data", out)
    assert changed(now, before) == ["the data, 2013-14/budget.csv"]


def test_packages_that_lie_elsewhere_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a link, or by a line of a file of paths, as a package has that is worked on."""
    packages, linked, led_to = (tmp_path / name for name in ("site", "linked", "led_to"))
    for folder in (packages, linked, led_to):
        folder.mkdir()
        (folder / "code.py").write_text("1")
    (packages / "linked").symlink_to(linked)
    (packages / "again").symlink_to(packages)
    (packages / "nowhere.py").symlink_to(tmp_path / "gone")
    (packages / "more.pth").write_text(f"import os\n{led_to}\n/no/such/folder\n")
    monkeypatch.setattr(site, "getsitepackages", lambda: [str(packages)])

    def seen() -> str:
        _environment.cache_clear()
        return _environment(PROJECT)

    told = [seen()]
    assert seen() == told[0]
    for folder in (packages, linked, led_to):
        (folder / "code.py").write_text("22")
        told.append(seen())
    _environment.cache_clear()
    assert len(set(told)) == len(told)


def test_what_is_known_of_code_may_be_lost_or_damaged(project: Path) -> None:
    before = read(project)
    (project.parent / "cache" / "code.json").write_text("[")
    assert read(project) == before
    shutil.rmtree(project.parent / "cache")
    assert read(project) == before


def test_code_that_makes_results_is_used_by_nothing_that_comes_after() -> None:
    """So that it counts by what the report holds; of the report they take the way to open one."""
    allowed = {"PROJECT", "NOTEBOOKS", "DEFAULT_DATA", "open_report"}
    for file in sorted((PROJECT / "hscb_report").rglob("*.py")):
        name = file.relative_to(PROJECT).as_posix()
        is_after = name.split("/")[1] in ("display", "notebooks", "outputs", "making.py", "look.py")
        for node in ast.walk(ast.parse(file.read_bytes())) if is_after else ():
            if isinstance(node, ast.ImportFrom) and node.module:
                of = f"{node.module.replace('.', '/')}.py"
                taken = {alias.name for alias in node.names}
                is_made_before = of.startswith("hscb_report/") and makes_results(
                    of.removesuffix(".py") + "/x.py"
                )
                assert not is_made_before or taken <= allowed, f"{name}: {node.module}"


def test_a_key_is_of_what_is_read_and_of_what_is_asked() -> None:
    assert key_of({"a": "1"}) == key_of({"a": "1"})
    keys = {
        key_of({"a": "1"}),
        key_of({"a": "2"}),
        key_of({"b": "1"}),
        key_of({"a": "1"}, "2013-14"),
    }
    assert len(keys) == 4
