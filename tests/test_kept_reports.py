"""What is kept never shows: after any sequence of edits a report is what a fresh run makes."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hscb_report import making
from hscb_report.cli import main
from hscb_report.errors import ReportError
from hscb_report.keeping.shelf import hashes_of
from hscb_report.publish import Options, Rendered, render
from hscb_report.report import PROJECT
from hscb_report.results.published import Published

YEAR = "2016-17"
EDITS = int(os.environ.get("EDITS") or 6)
"""So many in a sequence; more are tried with a number, EDITS=40."""

Edit = Callable[[Path, random.Random], None]


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """Return a copy of the small board."""
    return Path(shutil.copytree(PROJECT / "examples/smallshire", tmp_path / "board"))


def made(board: Path, out: str = "out", **asked: object) -> Rendered:
    return render(None, "public", board, board.parent / out, options=Options(**asked))  # type: ignore[arg-type]


def is_kept(rendered: Rendered) -> bool:
    (step, *_) = rendered.steps
    return step.is_kept


def _replaced(name: str, pattern: str, new: Callable[[random.Random], str]) -> Edit:
    def edit(board: Path, chance: random.Random) -> None:
        file = board / YEAR / name
        text = re.sub(pattern, lambda _: new(chance), file.read_text("utf-8"), count=1)
        file.write_text(text, "utf-8")

    return edit


def _line_more(board: Path, chance: random.Random) -> None:
    page = board / YEAR / "text/review-of-the-year.md"
    page.write_text(f"{page.read_text('utf-8')}\nLine {chance.choice('abc')} was added.\n", "utf-8")


def _new_colour(board: Path, chance: random.Random) -> None:
    settings = board / "board.toml"
    text = re.sub(r"(?m)^colour = .*\n", "", settings.read_text("utf-8"))
    colour = chance.choice(["#0f5261", "#5b2a5b", "#123456"])
    settings.write_text(f'colour = "{colour}"\n{text}', "utf-8")


def _page(name: str) -> Edit:
    """Return what puts one of several lines into a text: headings, references, remarks."""

    def edit(board: Path, chance: random.Random) -> None:
        file = board / YEAR / f"text/{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        kept = file.read_text("utf-8") if file.exists() else ""
        lines = [line for line in kept.splitlines() if not line.startswith("## A ")]
        heading = chance.choice(["", "", "## A part", "## A part of another name"])
        said = chance.choice(LINES)
        file.write_text("\n".join([*lines, "", heading, "", said, ""]), "utf-8")

    return edit


LINES = (
    "It met {{ board }} and {{ budget.spend }} was spent.",
    "See {numref}`spend` and [](/chapters/training.md).",
    "Of {{ area }}, the LADO said little.",
    "- One\n- **Two** of *three*\n",
    "> It helped us.",
)


def _first_points(board: Path, chance: random.Random) -> None:
    file = board / YEAR / "points.csv"
    head, *rows = file.read_text("utf-8").splitlines()
    chance.shuffle(rows)
    file.write_text("\n".join([head, *rows]) + "\n", "utf-8")


def _fewer_rows(board: Path, chance: random.Random) -> None:
    file = board / YEAR / chance.choice(["training_deliveries", "membership", "contributions"])
    file = file.with_suffix(".csv")
    head, *rows = file.read_text("utf-8").splitlines()
    rows.pop(chance.randrange(len(rows)))
    file.write_text("\n".join([head, *rows]) + "\n", "utf-8")


def _undone(board: Path, _chance: random.Random) -> None:
    shutil.rmtree(board)
    shutil.copytree(PROJECT / "examples/smallshire", board)


OF_ALL_KINDS: tuple[Edit, ...] = (
    _replaced("membership.csv", r"(?m)^(?!agency)[^,]*,", lambda _: "council,"),
    _replaced(
        "training_deliveries.csv", r"(?<=,)\d+(?=,)", lambda chance: str(chance.randint(5, 9))
    ),
    _replaced("year.toml", r'(?<=status = ")\w+', lambda chance: chance.choice(["draft", "final"])),
    _replaced("expenditure.csv", r"\d+(?=\.|,)", lambda chance: str(chance.randint(900, 50_000))),
    _replaced("child_deaths.csv", r"(?<=,)\d+", lambda chance: str(chance.randint(1, 9))),
    _page("review-of-the-year"),
    _page("commentary/training"),
    _page("commentary/budget"),
    _first_points,
    _fewer_rows,
    _line_more,
    _new_colour,
    _undone,
)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_report_made_from_what_is_kept_is_that_of_a_fresh_run(seed: int, board: Path) -> None:
    """Whatever is edited, in whatever order, and whether the last edit is taken back."""
    chance = random.Random(seed)
    made(board)
    sound = 0
    for _ in range(EDITS):
        edit = chance.choice(OF_ALL_KINDS)
        before = shutil.copytree(board, board.parent / "before", dirs_exist_ok=True)
        edit(board, chance)
        try:
            ours = hashes_of(made(board).folder)
        except ReportError as error:
            with pytest.raises(type(error), match=re.escape(str(error))):
                made(board, "fresh", fresh=True)
            shutil.rmtree(board)  # as its author would, before the next edit
            shutil.copytree(before, board)
        else:
            assert ours == hashes_of(made(board, "fresh", fresh=True).folder), edit
            sound += 1
        shutil.rmtree(before)
    assert sound > EDITS // 3


def test_what_has_not_changed_is_not_made_again_wherever_it_is_put(board: Path) -> None:
    first = made(board)
    assert not is_kept(first)
    assert first.steps[0].why == "for the first time"
    times = {path: path.stat().st_mtime_ns for path in first.folder.rglob("*")}
    again = made(board)
    assert is_kept(again)
    assert {path: path.stat().st_mtime_ns for path in again.folder.rglob("*")} == times
    elsewhere = made(board, "elsewhere")
    assert is_kept(elsewhere)
    assert hashes_of(elsewhere.folder) == hashes_of(first.folder)


def test_a_report_that_somebody_has_changed_is_put_right(board: Path) -> None:
    first = made(board)
    was = hashes_of(first.folder)
    (first.folder / "html/index.html").write_text("gone")
    (first.folder / "more.txt").write_text("more")
    assert is_kept(made(board))
    assert hashes_of(first.folder) == was


def test_what_is_asked_for_counts_too(board: Path) -> None:
    made(board)
    assert not is_kept(made(board, first_page=5))
    assert not is_kept(made(board, fresh=True))
    assert is_kept(made(board, first_page=5))


def test_a_report_of_another_kind_of_data_is_never_taken_for_it(board: Path) -> None:
    other = Path(shutil.copytree(board, board.parent / "other"))
    made(board)
    assert not is_kept(made(other, "other-out"))


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what puts a cell into a copy of the budget's notebook, which is run in its place."""
    copy = tmp_path / "budget.ipynb"
    usual = making.notebooks_of

    def of(report: Published) -> list[Path]:
        return [copy if path.name == copy.name else path for path in usual(report)]

    def with_cell(source: str) -> None:
        content = json.loads((PROJECT / "notebooks/budget.ipynb").read_bytes())
        cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
        opened = [n for n, c in enumerate(content["cells"]) if "commentary(" in str(c["source"])]
        content["cells"].insert(opened[0] + 1, {**cell, "id": "more", "source": source})
        copy.write_text(json.dumps(content), "utf-8")

    monkeypatch.setattr(making, "notebooks_of", of)
    return with_cell


def test_what_a_notebook_takes_from_elsewhere_is_looked_at_before_a_report_is_taken(
    board: Path, notebook: Callable[[str], None]
) -> None:
    extra = board.parent / "extra.csv"
    extra.write_text("It was one.")
    reads = f"from pathlib import Path\nshow(Path({str(extra)!r}).read_text())"
    notebook(reads)
    made(board)
    assert is_kept(made(board))
    extra.write_text("It was two.")
    again = made(board)
    assert not is_kept(again)
    assert "It was two." in (again.folder / "html/chapters/budget.html").read_text("utf-8")


def test_a_report_of_which_a_notebook_asks_another_program_is_always_made(
    board: Path, notebook: Callable[[str], None]
) -> None:
    notebook('import subprocess; subprocess.run(["true"], check=True);')
    for _ in range(2):
        assert not is_kept(made(board))


def test_what_a_fresh_run_makes_takes_the_place_of_what_was_kept(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = board.parent / "cache"
    monkeypatch.setenv("HSCB_REPORT_CACHE", str(cache))
    was = hashes_of(made(board).folder)
    for record in cache.rglob("record.json"):  # as if it had been made wrongly
        page = record.parent / "files/html/index.html"
        page.write_text("wrong")
        told = json.loads(record.read_text())
        told["hashes"]["html/index.html"] = hashlib.sha256(b"wrong").hexdigest()
        record.write_text(json.dumps(told))
    assert hashes_of(made(board).folder) != was
    assert hashes_of(made(board, fresh=True).folder) == was
    assert is_kept(again := made(board))
    assert hashes_of(again.folder) == was


def test_what_is_damaged_among_what_is_kept_is_made_again(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = board.parent / "cache"
    monkeypatch.setenv("HSCB_REPORT_CACHE", str(cache))
    was = hashes_of(made(board).folder)
    for file in sorted(path for path in cache.rglob("*") if path.is_file()):
        file.write_bytes(file.read_bytes()[:-3] + b"###")
    again = made(board)
    assert not is_kept(again)
    assert hashes_of(again.folder) == was
    assert re.fullmatch(r"Damaged among what was kept .*: \d+ parts\.", again.told[-1])
    assert made(board).told == ()


def test_each_step_is_explained(board: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["render", "--data", str(board), "--out", str(board.parent / "out"), "--explain"]
    assert main(command) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "report: made, for the first time"
    assert "notebooks/budget.ipynb: made, it has not run with these cells and this code" in told
    assert main(command) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "report: kept, nothing that it is made from has changed"
    _line_more(board, random.Random(1))
    assert main(command) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "report: made, changed: the data, 2016-17/text/review-of-the-year.md"
    assert "notebooks/budget.ipynb: kept, what it asks for has not changed" in told
