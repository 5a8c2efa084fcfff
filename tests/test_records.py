"""Records from the command line, and that no output holds anything of what is private."""

from __future__ import annotations

import hashlib
import re
import shlex
import shutil
from pathlib import Path

import pytest

from hscb_report.cli import main
from hscb_report.keeping.shelf import VARIABLE
from hscb_report.publish import Options, render
from tests.made_up_records import CHILDREN, with_records, write_table
from tests.small_board import LAST, content_of, copied_board

MARK = "QZX7-40917-WVK"
"""Stands in every file of the private folder, and nowhere else."""


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return with_records(copied_board(tmp_path / "board"))


def test_what_is_wrong_with_records_is_told_in_the_usual_form(board, capsys):
    write_table(board, "child_death_records", [{**CHILDREN[0], "died": "soon"}])
    assert main(["records", "--data", str(board)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert re.fullmatch(
        rf'error: \[L4\] private/records/{LAST}/child_death_records\.csv, row 2, column "died": '
        r"expected a day written 2016-M10-01\. .*\n",
        told.err,
    )


def test_without_records_the_command_says_where_they_would_lie(tmp_path, capsys):
    bare = copied_board(tmp_path / "bare")
    assert main(["records", LAST, "--data", str(bare)]) == 1
    assert "There are no records of 2016-17" in capsys.readouterr().err


def test_without_write_the_command_says_how_to_write(board, capsys):
    before = content_of(board)
    assert main(["records", "--data", str(board)]) == 0
    told = capsys.readouterr().out
    command = f"hscb-report records {LAST} --data {board} --write"
    assert told.splitlines()[-1] == f"Nothing was written; `{command}` writes it."
    assert content_of(board) == before


@pytest.mark.slow
def test_from_records_to_a_report_and_through_a_damaged_cell(board, tmp_path, capsys):
    """Written, worked out, reconciled; damaged, refused, mended as the hint says, rendered."""
    out = tmp_path / "out"
    asked = ["render", "--data", str(board), "--out", str(out)]
    assert main(["records", "--write", "--data", str(board)]) == 0
    assert "Written: 2016-17/training_deliveries.csv and 2016-17/child_deaths.csv." in (
        capsys.readouterr().out
    )
    assert main(["check", "--data", str(board)]) == 0
    assert main(asked) == 0
    made = content_of(out)
    # A record is added: what was made, and is kept, is not taken without a look at the records.
    more = {**CHILDREN[3], "child": "CD-5", "reviewed": "2017-M03-20", "modifiable": "modifiable"}
    write_table(board, "child_death_records", [*CHILDREN, more])
    capsys.readouterr()
    for command in (["check", "--data", str(board)], asked):
        assert main(command) == 1
        told = capsys.readouterr().err
        assert f'[B1] {LAST}/child_deaths.csv, row 2, column "children": found "3"; ' in told
        assert "the records give 4 for deaths, total, all." in told
    assert content_of(out) == made
    hint = re.search(r"Run `hscb-report (.*?)`", told)
    assert hint
    assert main(shlex.split(hint[1])) == 0
    assert "child_deaths.csv row 2, children: 3 became 4" in capsys.readouterr().out
    assert main(["check", "--data", str(board)]) == 0
    assert main(asked) == 0
    assert content_of(out) != made


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["public", "board"])
def test_no_output_holds_anything_of_what_is_private(edition, board, tmp_path, monkeypatch):
    """Nor its hash, nor does what is kept; without it the outputs are the same, byte for byte."""
    main(["records", "--write", "--data", str(board)])
    private = board / "private"
    shutil.rmtree(private / "written")  # what stood in tables before, which a report may hold
    write_table(
        board,
        "child_death_records",
        [{**child, "child": f"{MARK}-{n}"} for n, child in enumerate(CHILDREN)],
    )
    for path in (private / "records" / LAST).glob("training_*.csv"):
        prefix = re.compile(r"\bN-")
        path.write_text(prefix.sub(f"{MARK}-", path.read_text("utf-8")), "utf-8")
    (private / "received").mkdir()
    (private / "received" / "police.csv").write_text(f"name\n{MARK}\n", "utf-8")
    (private / f"{MARK}.md").write_text(f"# {MARK}\n", "utf-8")
    files = [path for path in private.rglob("*") if path.is_file()]
    assert all(MARK in path.read_text("utf-8") for path in files)
    secrets = [MARK, *(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)]

    cache = tmp_path / "cache"
    monkeypatch.setenv(VARIABLE, str(cache))
    render(None, edition, board, tmp_path / "with")
    made, kept = content_of(tmp_path / "with"), content_of(cache)
    assert made
    assert kept
    for name, content in {**made, **kept}.items():
        found = [secret for secret in secrets if secret.encode() in content or secret in name]
        assert not found, name
    private.rename(tmp_path / "elsewhere")
    render(None, edition, board, tmp_path / "without", options=Options(fresh=True))
    assert content_of(tmp_path / "without") == made
