"""Written whole or not at all, and taken back: every file as it was, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hscb_report.errors import ReportError
from hscb_report.keeping.shelf import hashes_of
from hscb_report.store import journal
from hscb_report.store.journal import Replaced

MONEY, RECEIVED = "2024-25/contributions.csv", "2024-25/received.csv"
FIRST, SECOND = b"agency\r\n", b"agency\npolice\n"
FILES = {MONEY: Replaced(FIRST, SECOND), RECEIVED: Replaced(None, b"source\nx\n")}
KEPT = {"private/received/2024-25/police.xlsx": b"PK sent"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data root in which one of the two files is there."""
    root = tmp_path / "data"
    (root / MONEY).parent.mkdir(parents=True)
    (root / MONEY).write_bytes(FIRST)
    return root


def tables(data: Path) -> dict[str, bytes]:
    return {f"2024-25/{path.name}": path.read_bytes() for path in (data / "2024-25").iterdir()}


def test_all_files_are_written_and_what_is_kept_beside_them(data: Path) -> None:
    journal.write(FILES, data, ("police.xlsx",), KEPT)
    assert tables(data) == {name: replaced.after for name, replaced in FILES.items()}
    assert {name: (data / name).read_bytes() for name in KEPT} == KEPT


def test_what_was_written_is_taken_back_one_after_the_other(data: Path) -> None:
    before = tables(data)
    journal.write(FILES, data, ("police.xlsx",), KEPT)
    between = tables(data)
    journal.write({MONEY: Replaced(SECOND, b"more")}, data)
    assert journal.undo(data).files == (MONEY,)
    assert tables(data) == between
    undone = journal.undo(data)
    assert (undone.files, undone.of) == (tuple(FILES), ("police.xlsx",))
    assert tables(data) == before
    assert not any((data / name).exists() for name in KEPT)
    with pytest.raises(ReportError, match="nothing to take back"):
        journal.undo(data)


def test_records_that_are_taken_back_are_told(data: Path) -> None:
    records = "private/records/2024-25/audit_cases.csv"
    journal.write({records: Replaced(None, b"audit")}, data, (), KEPT)
    assert journal.undo(data).files == (records,)


def test_where_nothing_was_ever_written_taking_back_leaves_no_trace(data: Path) -> None:
    with pytest.raises(ReportError, match="nothing to take back"):
        journal.undo(data)
    assert [path.name for path in data.iterdir()] == ["2024-25"]


def test_what_was_changed_since_is_not_taken_back(data: Path) -> None:
    journal.write(FILES, data)
    (data / MONEY).write_bytes(b"by hand")
    with pytest.raises(ReportError, match=r"2024-25/contributions\.csv changed since then"):
        journal.undo(data)
    assert (data / RECEIVED).read_bytes() == FILES[RECEIVED].after


@pytest.mark.parametrize("held", [b"by hand", None])
def test_a_file_that_was_changed_meanwhile_stops_all(data: Path, held: bytes | None) -> None:
    (data / MONEY).unlink()
    if held is not None:
        (data / MONEY).write_bytes(held)
    before = tables(data)
    with pytest.raises(ReportError, match="has been changed meanwhile"):
        journal.write(FILES, data)
    assert tables(data) == before


@pytest.mark.parametrize("written", [0, 1, 2])
@pytest.mark.parametrize("ending", [KeyboardInterrupt, OSError])
def test_a_writing_that_is_broken_off_leaves_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch, written: int, ending: type[BaseException]
) -> None:
    """Whatever number of its files had been written; of a killed one the next takes it back."""
    before, replacing, left = tables(data), journal.replace_file, [written]

    def replace(path: Path, content: bytes) -> None:
        if "written" not in path.parts:
            if not left[0]:
                left[0] = 9  # what is put back is put back
                raise ending
            left[0] -= 1
        replacing(path, content)

    monkeypatch.setattr(journal, "replace_file", replace)
    files = {**FILES, "2024-25/third.csv": Replaced(None, b"third")}
    with pytest.raises(ending):
        journal.write(files, data)
    monkeypatch.undo()
    if ending is KeyboardInterrupt:
        with pytest.raises(ReportError, match="nothing to take back"):
            journal.undo(data)
    assert tables(data) == before


class _Killed(BaseException):
    """The end of a process that is told nothing of it."""


def killed_in(
    data: Path, monkeypatch: pytest.MonkeyPatch, after: int, act: Callable[[], object]
) -> None:
    """Do something that ends after so many files; what it would do then is not done either."""
    replacing, left = journal.replace_file, [after]

    def replace(path: Path, content: bytes) -> None:
        if "written" not in path.parts:
            left[0] -= 1
        if left[0] < 0:
            raise _Killed
        replacing(path, content)

    monkeypatch.setattr(journal, "replace_file", replace)
    with pytest.raises(_Killed):
        act()
    monkeypatch.undo()


THREE = {**FILES, "2024-25/third.csv": Replaced(None, b"third")}


@pytest.mark.parametrize("written", [0, 1, 2])
def test_a_killed_writing_is_taken_back_before_anything_is_read(
    data: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    before = tables(data)
    killed_in(data, monkeypatch, written, lambda: journal.write(THREE, data, ("police.xlsx",)))
    undone = journal.recover(data)
    assert undone is not None
    assert (undone.of, tables(data)) == (("police.xlsx",), before)
    assert journal.recover(data) is None


def test_where_nothing_was_broken_off_nothing_is_touched(data: Path) -> None:
    assert journal.recover(data) is None
    assert [path.name for path in data.iterdir()] == ["2024-25"]
    journal.write(FILES, data)
    written = hashes_of(data)
    assert journal.recover(data) is None
    assert hashes_of(data) == written


def test_what_was_edited_after_a_killed_writing_stays_as_it_is(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_in(data, monkeypatch, 2, lambda: journal.write(THREE, data))
    (data / MONEY).write_bytes(b"by hand")
    undone = journal.recover(data)
    assert undone is not None
    assert (undone.files, undone.left) == ((RECEIVED, "2024-25/third.csv"), (MONEY,))
    assert tables(data) == {MONEY: b"by hand"}


def test_a_killed_taking_back_is_ended_by_the_next(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.write({MONEY: Replaced(FIRST, SECOND)}, data)
    more = {MONEY: Replaced(SECOND, b"more"), "2024-25/third.csv": Replaced(None, b"third")}
    (data / RECEIVED).write_bytes(b"first")
    more[RECEIVED] = Replaced(b"first", b"second")
    before = tables(data)
    journal.write(more, data)
    killed_in(data, monkeypatch, 1, lambda: journal.undo(data))
    assert tables(data) != before
    assert journal.recover(data) is not None
    assert tables(data) == before
    assert journal.undo(data).files == (MONEY,)


def test_a_note_that_is_damaged_is_told(data: Path) -> None:
    journal.write(FILES, data)
    (data / journal.WRITTEN / "0001" / "note.json").write_text("{", "utf-8")
    for act in (journal.undo, journal.recover):
        with pytest.raises(ReportError, match=r"0001.*is damaged"):
            act(data)


def test_where_nothing_changes_nothing_is_written(data: Path) -> None:
    before = hashes_of(data)
    journal.write({}, data, ("police.xlsx",), KEPT)
    assert hashes_of(data) == before
