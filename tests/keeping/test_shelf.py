"""Where reports are kept: apart by data root and edition, whole, and no more than there is room."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from hscb_report.keeping.shelf import VARIABLE, Shelf, cache_folder, make_room

FILES = {"manifest.json": "{}", "html/index.html": "<p>One</p>"}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A report that was made."""
    for name, text in FILES.items():
        (tmp_path / "made" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "made" / name).write_text(text)
    return tmp_path / "made"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "data", "public", tmp_path / "cache")


def test_a_report_that_is_kept_is_found_by_its_key_with_what_was_told(
    shelf: Shelf, made: Path
) -> None:
    assert shelf.report("k") is None
    shelf.keep("k", made, "2013-14", ("note",))
    kept = shelf.report("k")
    assert kept
    assert (kept.name, kept.told) == ("2013-14", ("note",))
    assert {
        path.relative_to(kept.folder).as_posix(): path.read_text()
        for path in kept.folder.rglob("*")
        if path.is_file()
    } == FILES


@pytest.mark.parametrize("damage", ["other", "gone", "more", "record"])
def test_a_report_that_is_damaged_is_dropped_and_can_be_kept_again(
    shelf: Shelf, made: Path, damage: str
) -> None:
    shelf.keep("k", made, "2013-14", ())
    (entry,) = (shelf.folder / "reports").iterdir()
    page = entry / "files/html/index.html"
    if damage == "other":
        page.write_text("<p>Two</p>")
    elif damage == "gone":
        page.unlink()
    elif damage == "more":
        page.with_name("more.html").write_text("")
    else:
        (entry / "record.json").write_text("{")
    assert shelf.report("k") is None
    shelf.keep("other", made, "2013-14", ())
    assert shelf.report("other")


def test_a_run_is_remembered_with_what_it_read(shelf: Shelf, made: Path) -> None:
    assert shelf.report_of_run("run") is None
    assert shelf.last("2013-14") == {}
    shelf.keep("k", made, "2013-14", ())
    shelf.remember("run", "k", "2013-14", {"a.csv": "1"})
    assert shelf.report_of_run("run") == shelf.report("k")
    assert shelf.last("2013-14") == {"a.csv": "1"}


def test_boards_and_editions_are_apart(tmp_path: Path, made: Path) -> None:
    cache = tmp_path / "cache"
    Shelf(tmp_path / "data", "board", cache).keep("k", made, "2013-14-board", ())
    for other in (Shelf(tmp_path / "data", "public", cache), Shelf(tmp_path / "b", "board", cache)):
        assert other.report("k") is None
    assert not (cache / "public").exists()
    (folder,) = (cache / "board").iterdir()
    assert (folder / "reports").stat().st_mode & 0o077 == 0


def test_what_was_not_used_for_longest_goes_first(shelf: Shelf, made: Path, tmp_path: Path) -> None:
    for number, key in enumerate("abc"):
        shelf.keep(key, made, "2013-14", ())
        os.utime(shelf.folder / "reports" / key, (number, number))
    assert shelf.report("a")  # used now
    size = sum(f.stat().st_size for f in (shelf.folder / "reports/a").rglob("*") if f.is_file())
    make_room(tmp_path / "cache", 2 * size)
    assert [key for key in "abc" if shelf.report(key)] == ["a", "c"]


def test_what_killed_runs_have_left_is_taken_away_and_what_others_write_now_is_not(
    shelf: Shelf, made: Path, tmp_path: Path
) -> None:
    shelf.keep("k", made, "2013-14", ())
    old, new = (shelf.folder / "reports" / f".making-{name}" for name in ("old", "new"))
    for left in (old, new):
        left.mkdir()
    os.utime(old, (time.time() - 7200,) * 2)
    make_room(tmp_path / "cache")
    assert (old.exists(), new.exists()) == (False, True)
    assert shelf.report("k")


def test_a_variable_names_another_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv(VARIABLE)
    assert cache_folder().name == "hscb_report"
