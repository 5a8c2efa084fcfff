"""The Makefile: what a user gives reaches the commands letter for letter, evaluated by nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = (
    *('2013-14"; touch made; echo "', "'; touch made; '", "`touch made`", "$(touch made)"),
    *("$(shell touch made)", "$$(touch made)", "a\ntouch made", "a b", "* ? ~ # %", "$HOME", "\\"),
)
STUB = """\
#!{python} -IS
import json, os, sys
if sys.argv[1:2] == ["-I"]:
    sys.exit(0)
names = ("PYTHONPATH", "PYTHONSTARTUP", "PYTHONHOME", "VIRTUAL_ENV", "PYTEST_ARGS")
given = {{name: os.environ[name] for name in names if name in os.environ}}
print(json.dumps([sys.argv[1:], given]))
"""


@pytest.fixture
def project(tmp_path):
    """Return a folder with the Makefile, and an environment whose Python tells what it is given."""
    folder = tmp_path / "a b'c $d"
    (folder / ".venv/bin").mkdir(parents=True)
    for name in ("Makefile", "requirements.lock", "pyproject.toml", "set_up.py"):
        shutil.copy(ROOT / name, folder)
    stub = folder / ".venv/bin/python"
    stub.write_text(STUB.format(python=sys.executable), "utf-8")
    stub.chmod(0o755)
    whole = "pwd -P; cksum requirements.lock pyproject.toml set_up.py"
    ready = subprocess.run(["sh", "-c", whole], cwd=folder, capture_output=True, check=True)
    (folder / ".venv/ready").write_bytes(ready.stdout)
    return folder


def make(folder, *arguments, **variables):
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env={**plain, **variables},
        capture_output=True,
        text=True,
    )


def given(folder, *arguments, **variables):
    """Return what the environment's Python was given: its arguments and some variables."""
    done = make(folder, *arguments, **variables)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_of_a_variable_is_evaluated(project, value):
    """Neither by make nor by the shell; each reaches the command as one argument, as it is."""
    names = ("YEAR", "DATA", "EDITION", "AS_AT", "FIRST_PAGE")
    arguments, _ = given(project, "report", *(f"{name}={value}" for name in names))
    assert arguments[:3] == ["-m", "hscb_report", "render"]
    assert [part for part in arguments if part == value] == [value] * 5
    assert given(project, "check", YEAR=value)[0][3] == value
    assert not (project / "made").exists()


def test_what_is_not_given_is_left_out():
    """So that the command takes its usual value."""
    text = (ROOT / "Makefile").read_text("utf-8")
    recipes = [line for line in text.splitlines() if line.startswith("\t")]
    named = ("YEAR", "DATA", "EDITION", "AS_AT", "FIRST_PAGE", "PYTHON", "AGAINST", "PYTEST_ARGS")
    named += ("AGENCY", "CHAPTER", "OUT")
    assert not [line for line in recipes for name in named if f"$({name})" in line]


def test_without_a_year_the_command_takes_the_latest(project):
    arguments, _ = given(project, "check")
    assert arguments == ["-m", "hscb_report", "check", "--data", "data"]


def test_what_is_set_for_another_python_does_not_reach_the_commands(project):
    strange = {"PYTHONPATH": "/stray", "PYTHONSTARTUP": "/stray.py", "PYTHONHOME": "/nowhere"}
    _, variables = given(project, "report", **strange, VIRTUAL_ENV="/other")
    assert variables == {"PYTEST_ARGS": "-q -n auto"}


def test_the_arguments_of_the_tests_are_handed_on(project):
    arguments, variables = given(project, "test", 'PYTEST_ARGS=-q -k "a b"')
    assert arguments == ["-m", "tests"]
    assert variables["PYTEST_ARGS"] == '-q -k "a b"'


def test_the_audit_is_of_every_board_and_page_unless_one_is_given(project):
    assert given(project, "audit")[0] == ["-m", "tests.browser.audit"]
    arguments, _ = given(project, "audit", "BOARD=northshire", "PAGE=a b")
    assert arguments[2:] == ["--board", "northshire", "--page", "a b"]


@pytest.mark.parametrize("value", HOSTILE)
def test_whom_a_template_is_for_and_where_it_goes_reach_the_command_as_they_are(project, value):
    arguments, _ = given(project, "template", f"AGENCY={value}", f"OUT={value}")
    data = ["--data", "data"]
    assert arguments == ["-m", "hscb_report", "template", *data, "--agency", value, "--out", value]
    assert given(project, "template", CHAPTER=value)[0][5:] == ["--chapter", value]
    assert not (project / "made").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("--version -q", "pytest "),
        ('-k "a b', "PYTEST_ARGS: its quotation marks do not close."),
    ],
)
def test_the_arguments_of_the_tests_are_split_as_a_shell_would(text, told):
    done = subprocess.run(
        [sys.executable, "-m", "tests"],
        cwd=ROOT,
        env={**os.environ, "PYTEST_ARGS": text},
        capture_output=True,
        text=True,
    )
    assert told in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_python_that_is_not_there_is_not_called_old(project):
    (project / ".venv/ready").write_text("half-made", "utf-8")
    done = make(project, "check", "PYTHON=no such python")
    assert done.returncode == 2
    assert 'there is no program "no such python"' in done.stderr


def test_a_program_that_is_no_python_or_an_old_one_is_told(project):
    (project / ".venv/ready").unlink()
    done = make(project, "check", "PYTHON=false")
    assert '"false" is no Python of 3.11 or later' in done.stderr


@pytest.mark.parametrize("change", ["moved", "half-made", "another lock"])
def test_an_environment_that_is_not_whole_is_made_anew(project, change):
    """Moved, it would run the code of the old place."""
    (project / "set_up.py").write_text("print('made anew')", "utf-8")
    whole = "{ pwd -P; cksum requirements.lock pyproject.toml set_up.py; } > .venv/ready"
    subprocess.run(["sh", "-c", whole], cwd=project, check=True)
    assert "made anew" not in make(project, "check").stdout
    if change == "moved":
        project = project.rename(project.with_name("elsewhere"))
    elif change == "half-made":
        (project / ".venv/ready").unlink()
    else:
        (project / "requirements.lock").write_text("other", "utf-8")
    assert "made anew" in make(project, "check", f"PYTHON={sys.executable}").stdout
    assert "made anew" not in make(project, "check", f"PYTHON={sys.executable}").stdout
