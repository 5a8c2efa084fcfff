"""The guide for analysts, followed as it is written, in a copy of the project."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from hscb_report.report import PROJECT
from tests.book.readers import html_pages, pdf_pages, words

GUIDE = (PROJECT / "ANALYSTS.md").read_text("utf-8")
COPIED = ("hscb_report", "notebooks", "book", "data", "pyproject.toml", "requirements.lock")
pytestmark = pytest.mark.slow


class Step(NamedTuple):
    """A block of the guide: what is to be done, where, at what words, and with what text."""

    heading: str
    what: str
    file: str
    place: str
    text: str


def steps() -> Iterator[Step]:
    heading = ""
    block = r"(?m)^## \d\. (.*)$|^```(sh|text|python ([\w-]+) (\S+): (.*))\n((?:.*\n)*?)```$"
    for match in re.finditer(block, GUIDE):
        heading = match[1] or heading
        if match[2]:
            yield Step(heading, match[3] or match[2], match[4] or "", match[5] or "", match[6])


class Analyst:
    """Somebody who does what the guide says, in a copy of the project."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in COPIED:
            source = PROJECT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("*cache*"))
            else:
                shutil.copy(source, folder)
        self.seen = ""

    def does(self, step: Step) -> None:
        """Do a step; of a text, hold what was seen to it."""
        {
            "sh": self._types,
            "text": self._sees,
            "insert-after": self._inserts,
            "replace": self._replaces,
            "replace-words": self._replaces_words,
            "insert-cell": self._inserts_cell,
        }[step.what](step)

    def _types(self, step: Step) -> None:
        self.seen = ""
        for command in step.text.splitlines():
            name, *arguments = command.split()
            assert name == "hscb-report"
            done = subprocess.run(
                [sys.executable, "-m", "hscb_report", *arguments],
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": str(self.folder)},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            self.seen += done.stdout

    def _sees(self, step: Step) -> None:
        seen = [words(line) for line in self.seen.splitlines()]
        for line in step.text.splitlines():
            wanted = ".*".join(re.escape(part) for part in words(line).split("…"))
            assert any(re.fullmatch(wanted, told) for told in seen), (line, self.seen)

    def _inserts(self, step: Step) -> None:
        file = self.folder / step.file
        lines = file.read_text("utf-8").splitlines(keepends=True)
        (place,) = (n for n, line in enumerate(lines) if line.strip().startswith(step.place))
        depth = lines[place][: -len(lines[place].lstrip())]
        text = textwrap.indent(step.text, depth)
        file.write_text("".join([*lines[: place + 1], text, *lines[place + 1 :]]), "utf-8")

    def _cells(self, step: Step) -> tuple[dict[str, list[dict[str, object]]], int]:
        notebook = json.loads((self.folder / step.file).read_text("utf-8"))
        found = [n for n, c in enumerate(notebook["cells"]) if step.place in "".join(c["source"])]
        assert len(found) == 1, step
        return notebook, found[0]

    def _write(self, step: Step, notebook: object) -> None:
        text = json.dumps(notebook, indent=1, ensure_ascii=False)
        (self.folder / step.file).write_text(f"{text}\n", "utf-8")

    def _replaces(self, step: Step) -> None:
        notebook, place = self._cells(step)
        notebook["cells"][place]["source"] = step.text.rstrip("\n")
        self._write(step, notebook)

    def _replaces_words(self, step: Step) -> None:
        notebook, place = self._cells(step)
        cell = notebook["cells"][place]
        source = "".join(cell["source"])  # type: ignore[arg-type]
        cell["source"] = source.replace(step.place, step.text.rstrip("\n"))
        self._write(step, notebook)

    def _inserts_cell(self, step: Step) -> None:
        notebook, place = self._cells(step)
        new = {"cell_type": "code", "id": "my-own", "metadata": {}, "outputs": []}
        new |= {"execution_count": None, "source": step.text.rstrip("\n")}
        notebook["cells"].insert(place + 1, new)
        self._write(step, notebook)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project in which every step of the guide was done."""
    analyst = Analyst(tmp_path_factory.mktemp("analyst"))
    subprocess.run(["git", "init", "-q"], cwd=analyst.folder, check=True)
    for step in steps():
        analyst.does(step)
    return analyst.folder


def test_the_guide_has_steps_for_each_part() -> None:
    told = [step.heading for step in steps()]
    assert list(dict.fromkeys(told)) == [
        "Change a calculation",
        "Change a chart",
        "Add a table of your own",
    ]
    assert len(told) == 10


def test_what_an_analyst_made_stands_in_the_pages_and_the_pdf(changed: Path) -> None:
    page = html_pages(changed / "changed/2013-14/html")["chapters/budget.html"]
    table = next(t for t in page.find_all("table") if "under £10,000" in t.get_text())
    rows = [
        [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])]
        for row in table.find_all("tr")
    ]
    assert rows[1] == ["Meeting expenses", "£778"]
    assert "Source: the table spend-shares" in words(page.get_text())
    pdf = words(" ".join(pdf_pages(changed / "changed/2013-14/annual-report-2013-14.pdf")))
    assert "What under £10,000 was spent on" in pdf


def test_what_the_guide_changes_is_a_small_difference(changed: Path) -> None:
    """Lines that differ in the notebook: the edits, their outputs, and none of any other cell."""
    files = [str(folder / "notebooks/budget.ipynb") for folder in (PROJECT, changed)]
    told = subprocess.run(
        ["git", "diff", "--no-index", "--numstat", *files],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    added, removed, _ = told.split("\t")
    assert int(added) < 160
    assert int(removed) < 60
