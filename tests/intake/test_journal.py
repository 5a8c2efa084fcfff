"""Taken over whole or not at all, and taken back: every file as it was, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from hscb_report.errors import ReportError
from hscb_report.intake import journal
from hscb_report.keeping.shelf import hashes_of

FILES = {"2024-25/contributions.csv": b"agency\npolice\n", "2024-25/received.csv": b"source\nx\n"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data root in which one of the two files is there."""
    root = tmp_path / "data"
    (root / "2024-25").mkdir(parents=True)
    (root / "2024-25/contributions.csv").write_bytes(b"agency\r\n")
    return root


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """Return a file that was sent."""
    file = tmp_path / "Police return.XLSX"
    file.write_bytes(b"PK sent")
    return file


def tables(data: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (data / "2024-25").iterdir()}


def test_all_files_are_written_and_the_received_one_is_kept(data: Path, sent: Path) -> None:
    folder = journal.write(FILES, {"police": sent}, "2024-25", data)
    assert tables(data) == {Path(name).name: content for name, content in FILES.items()}
    assert folder == data / "private/received/2024-25"
    assert (folder / "police.xlsx").read_bytes() == b"PK sent"


def test_what_was_taken_over_is_taken_back_one_after_the_other(data: Path, sent: Path) -> None:
    before = tables(data)
    journal.write(FILES, {"police": sent}, "2024-25", data)
    between = tables(data)
    journal.write({"2024-25/contributions.csv": b"more"}, {}, "2024-25", data)
    assert journal.undo(data).files == ("2024-25/contributions.csv",)
    assert tables(data) == between
    undone = journal.undo(data)
    assert (undone.files, undone.received) == (tuple(FILES), ("Police return.XLSX",))
    assert tables(data) == before
    assert not (data / "private/received/2024-25/police.xlsx").exists()
    with pytest.raises(ReportError, match="no import to take back"):
        journal.undo(data)


def test_what_was_changed_since_is_not_taken_back(data: Path) -> None:
    journal.write(FILES, {}, "2024-25", data)
    (data / "2024-25/contributions.csv").write_bytes(b"by hand")
    with pytest.raises(ReportError, match=r"2024-25/contributions\.csv changed since the import"):
        journal.undo(data)
    assert (data / "2024-25/received.csv").read_bytes() == FILES["2024-25/received.csv"]


@pytest.mark.parametrize("written", [0, 1, 2])
def test_an_import_that_was_broken_off_is_taken_back_before_the_next(
    data: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    """Whatever number of its files had been written when the process ended."""
    before, replacing, left = tables(data), journal.replace_file, [written]

    def replace(path: Path, content: bytes) -> None:
        if "imports" not in path.parts:
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
        replacing(path, content)

    monkeypatch.setattr(journal, "replace_file", replace)
    files = {**FILES, "2024-25/third.csv": b"third"}
    with pytest.raises(KeyboardInterrupt):
        journal.write(files, {}, "2024-25", data)
    monkeypatch.undo()
    with pytest.raises(ReportError, match="no import to take back"):
        journal.undo(data)
    assert tables(data) == before


def test_where_nothing_changes_nothing_is_written(data: Path, sent: Path) -> None:
    before = hashes_of(data)
    assert journal.write({}, {"police": sent}, "2024-25", data) is None
    assert hashes_of(data) == before
