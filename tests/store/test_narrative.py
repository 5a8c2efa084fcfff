"""The narrative: what of pages and notebooks is read as prose, and what cannot be read."""

import json
from pathlib import Path

import pytest

from hscb_report.checks.prose import Passage
from hscb_report.report import DEFAULT_DATA, PROJECT
from hscb_report.store.narrative import (
    chapter_modules,
    commentary_file,
    read_narrative,
)
from hscb_report.years import ReportingYear

YEAR = ReportingYear(2013)
CELLS = [
    {"cell_type": "markdown", "source": ["# One\n", "{{ x }}"]},
    {"cell_type": "code", "source": ["{{ not_prose }}"]},
    {"cell_type": "markdown", "source": "as one text"},
]


@pytest.fixture
def roots(tmp_path: Path) -> tuple[Path, Path]:
    """Return a data root and a project with a page each, and one notebook."""
    data, project = tmp_path / "data", tmp_path / "project"
    pages = {
        data / "2013-14/text/commentary/budget.md": "Ä {{ x }}\n",
        data / "2012-13/text/other.md": "another year's",
        project / "book/pages/common.md": "common",
        project / "notebooks/budget.ipynb": json.dumps({"cells": CELLS}),
        project / "hscb_report/chapters/__init__.py": "",
        project / "hscb_report/chapters/budget.py": "",
    }
    for path, text in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return data, project


def test_a_page_is_one_passage_and_a_notebook_one_for_each_markdown_cell(roots):
    """Of the year's own texts, the pages of the book and the notebooks, in that order."""
    narrative = read_narrative(YEAR, *roots)
    assert narrative.findings == ()
    assert narrative.passages == (
        Passage("2013-14/text/commentary/budget.md", "Ä {{ x }}\n"),
        Passage("book/pages/common.md", "common"),
        Passage("notebooks/budget.ipynb", "# One\n{{ x }}", 1),
        Passage("notebooks/budget.ipynb", "as one text", 3),
    )
    assert narrative.files == {passage.file for passage in narrative.passages}


def test_what_the_year_says_of_a_chapter_is_found_by_the_chapter(roots):
    narrative = read_narrative(YEAR, *roots)
    assert commentary_file("budget", YEAR) == "2013-14/text/commentary/budget.md"
    assert narrative.text(commentary_file("budget", YEAR)) == "Ä {{ x }}\n"
    assert narrative.text(commentary_file("training", YEAR)) == ""


NO_NOTEBOOKS = (
    *(b"", b"{}", b"[]", b"1", b'"x"', b"null", b"{", b'{"cells": 1}', b'{"cells": [1]}'),
    *(b'{"cells": [{}]}', b'{"cells": [{"cell_type": "markdown", "source": null}]}'),
    *(b'{"cells": [{"cell_type": "markdown", "source": [1]}]}', b"[" * 100_000, b"9" * 5000),
)


@pytest.mark.parametrize("raw", NO_NOTEBOOKS, ids=lambda raw: raw[:30])
def test_what_is_no_notebook_is_a_finding_and_the_rest_is_read(roots, raw):
    (roots[1] / "notebooks/broken.ipynb").write_bytes(raw)
    narrative = read_narrative(YEAR, *roots)
    (found,) = narrative.findings
    assert (found.rule, found.severity, found.file) == ("L1", "error", "notebooks/broken.ipynb")
    assert (found.message, found.hint) == ("is no notebook.", "Take back the last change to it.")
    assert len(narrative.passages) == 4
    assert "notebooks/broken.ipynb" in narrative.files


@pytest.mark.parametrize("file", ["2013-14/text/page.md", "book/page.md", "notebooks/x.ipynb"])
def test_a_page_that_is_not_utf8_or_is_a_folder_is_a_finding(roots, file):
    path = (roots[0] if file.startswith("2013") else roots[1]) / file
    path.write_bytes("£5".encode("cp1252"))
    (found,) = read_narrative(YEAR, *roots).findings
    assert (found.rule, found.file, found.message) == ("L1", file, "is not in UTF-8.")
    assert found.hint == 'Save it again with the encoding "UTF-8".'
    path.unlink()
    path.mkdir()
    (found,) = read_narrative(YEAR, *roots).findings
    assert (found.rule, found.file) == ("L1", file)
    assert found.message == "this is a folder, not a file."


def test_a_year_without_any_text_has_no_passages_of_its_own(tmp_path):
    narrative = read_narrative(YEAR, tmp_path, tmp_path)
    assert (narrative.passages, narrative.files, narrative.findings) == ((), frozenset(), ())


def test_the_modules_that_declare_chapters_are_those_of_their_folder(roots):
    assert chapter_modules(roots[1]) == {"hscb_report/chapters/budget.py"}


def test_every_page_and_notebook_of_the_project_is_read():
    """No text escapes the check."""
    narrative = read_narrative(YEAR, DEFAULT_DATA, PROJECT)
    assert narrative.findings == ()
    texts = (DEFAULT_DATA / "2013-14/text").rglob("*.md")
    book = (PROJECT / "book").rglob("*.md")
    assert narrative.files == {
        *(path.relative_to(DEFAULT_DATA).as_posix() for path in texts),
        *(path.relative_to(PROJECT).as_posix() for path in book),
        *(f"notebooks/{path.name}" for path in (PROJECT / "notebooks").glob("*.ipynb")),
    }
    assert {passage.file for passage in narrative.passages} == narrative.files


def test_characters_that_cannot_be_printed_are_told_with_file_and_line(roots):
    """Of notebooks with the cell, and its line; code is not looked at, since it is not printed."""
    data, project = roots
    (data / "2013-14/text/context.md").write_text("Ä\n\n\uf0b7 one \u4e2d\n", "utf-8")
    cells = [{"cell_type": kind, "source": ["a\n", "\U0001f600"]} for kind in ("code", "markdown")]
    (project / "notebooks/audits.ipynb").write_text(json.dumps({"cells": cells}), "utf-8")
    found = read_narrative(YEAR, *roots).findings
    assert [(f.rule, f.file, f.row, f.message) for f in found] == [
        ("L10", "2013-14/text/context.md", 3, "these cannot be printed."),
        ("L10", "notebooks/audits.ipynb", 2, "cell 2: this cannot be printed."),
    ]
    assert found[0].found == "U+F0B7, U+4E2D (cjk unified ideograph-4e2d)"


def test_what_programs_left_among_the_texts_is_not_read(roots):
    """Such as the mark of a file that is open in a word processor, or a notebook's earlier text."""
    text = roots[0] / "2013-14/text"
    (text / ".ipynb_checkpoints").mkdir()
    for name in ("~$budget.md", ".#budget.md", ".ipynb_checkpoints/budget-checkpoint.md"):
        (text / name).write_bytes(b"\xff")
    (text / ".#gone.md").symlink_to("nowhere")
    narrative = read_narrative(YEAR, *roots)
    assert narrative.findings == ()
    own = {file for file in narrative.files if file.startswith("2013-14/")}
    assert own == {"2013-14/text/commentary/budget.md"}


def test_a_byte_order_mark_is_no_part_of_a_text(roots):
    """Notepad writes one, and its user cannot see it."""
    path = roots[0] / "2013-14/text/page.md"
    path.write_bytes(b"\xef\xbb\xbf# Page\n")
    narrative = read_narrative(YEAR, *roots)
    assert narrative.text("2013-14/text/page.md") == "# Page\n"
    assert narrative.findings == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{{ year" * 2_000, 1),
        ("a\n\n" + "[^" * 201, 3),
        ("a\n\nb\n" + "*" * 10_000 + "\n", 4),
        ("a\n\n" * 40_000, None),
    ],
)
def test_a_text_that_would_take_long_to_read_is_told_and_not_read(tmp_path, text, line):
    folder = tmp_path / "2013-14" / "text"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text(text, "utf-8")
    read = read_narrative(YEAR, tmp_path, tmp_path)
    assert (read.passages, [f.row for f in read.findings]) == ((), [line])


def test_a_mark_of_the_byte_order_is_no_sign_of_a_text(tmp_path):
    folder = tmp_path / "2013-14" / "text"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text("# A", "utf-8-sig")
    assert read_narrative(YEAR, tmp_path, tmp_path).text("2013-14/text/a.md") == "# A"
