"""pyproject.toml, requirements.lock and environment.yml agree with each other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))


def locked() -> dict[str, Requirement]:
    found = re.findall(r"^([A-Za-z0-9._-]+==[^\\\n]+?) \\$", LOCK, re.M)
    return {canonicalize_name(r.name): r for r in map(Requirement, found)}


def declared() -> list[Requirement]:
    listed = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    return [Requirement(text) for text in listed]


def version(requirement: Requirement) -> str:
    return str(requirement.specifier).removeprefix("==")


@pytest.mark.parametrize("requirement", declared(), ids=str)
def test_every_dependency_is_locked_to_a_version_that_it_allows(requirement: Requirement) -> None:
    pinned = locked()[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(version(pinned))


def test_every_locked_package_has_hashes() -> None:
    entries = re.split(r"\n(?=[a-zA-Z0-9])", LOCK[LOCK.index("\n") :].strip())
    pins = [entry for entry in entries if "==" in entry.splitlines()[0]]
    assert len(pins) > 100
    assert all("--hash=sha256:" in entry for entry in pins)


def test_the_lock_names_no_server() -> None:
    assert "://" not in LOCK


def test_the_conda_environment_has_the_same_direct_dependencies_at_the_same_versions() -> None:
    pip = next(entry["pip"] for entry in CONDA["dependencies"] if isinstance(entry, dict))
    pinned = {canonicalize_name(r.name): version(r) for r in map(Requirement, pip)}
    expected = {canonicalize_name(r.name) for r in declared()}
    assert pinned == {name: version(locked()[name]) for name in expected}


def test_the_conda_environment_asks_for_a_python_that_the_package_allows() -> None:
    python = next(e for e in CONDA["dependencies"] if str(e).startswith("python"))
    assert str(PROJECT["requires-python"]) in python


def test_the_makefile_uses_the_environment_by_its_name() -> None:
    assert f"($(CONDA_DEFAULT_ENV),{CONDA['name']})" in (ROOT / "Makefile").read_text("utf-8")
