"""Every report of several boards, each made by itself: one that fails stops no other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hscb_report.cli import main
from hscb_report.fleet import Made
from hscb_report.report import PROJECT

SMALLSHIRE = PROJECT / "examples/smallshire"


def test_all_years_of_all_boards_are_made_and_what_fails_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = Path(shutil.copytree(SMALLSHIRE, tmp_path / "sound"))
    damaged = Path(shutil.copytree(SMALLSHIRE, tmp_path / "damaged"))
    (damaged / "2016-17/membership.csv").write_text("no,table\n1,2\n")
    out = tmp_path / "out"
    command = ["render", "--all", str(damaged), str(sound), "--out", str(out), "--jobs", "2"]
    assert main(command) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[-1] == "1 report made; 1 not made."
    failed, made = sorted(told[:-1])
    assert failed.startswith("damaged 2016-17: not made: error: [L2] 2016-17/membership.csv")
    assert made.startswith("sound 2016-17: made in ")
    assert (out / "sound/2016-17/manifest.json").exists()
    assert not (out / "damaged/2016-17").exists()


def test_of_one_root_the_reports_lie_where_they_always_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", "--all", "--data", str(SMALLSHIRE), "--out", str(tmp_path)]) == 0
    assert capsys.readouterr().out.endswith("1 report made.\n")
    assert (tmp_path / "2016-17/manifest.json").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["2016-17", "--all"], "--all makes every year"),
        (["--all", "--explain"], "--all makes every year"),
        (["--all", "tests"], "holds no year"),
        (["--all", "data", "examples/../data"], 'Two data roots are called "data"'),
    ],
)
def test_what_cannot_be_made_together_is_refused(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", *arguments]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("error: one\nerror: two\nNo report was made.\n", "not made: error: one (and 1 more)"),
        ("The disk is full.\n", "not made: The disk is full."),
        ("", "not made: it ended without a word"),
    ],
)
def test_a_report_that_was_not_made_is_told_in_a_line(said: str, told: str) -> None:
    made = Made(Path("data"), "2013-14", 1.0, 1, said)
    assert str(made) == f"data 2013-14: {told}"
