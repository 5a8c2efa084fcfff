"""Turns: one process has a folder, the others wait, and nothing stays."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import stat
from pathlib import Path

import pytest

from hscb_report.store.turns import BusyError, turn


def test_a_folder_is_made_for_its_user_and_no_file_is_put_into_it(tmp_path: Path) -> None:
    with turn(tmp_path / "own", 0):
        assert stat.S_IMODE((tmp_path / "own").stat().st_mode) == 0o700
        assert list((tmp_path / "own").iterdir()) == []


def test_while_it_is_had_nobody_else_gets_it_and_afterwards_anybody(tmp_path: Path) -> None:
    with turn(tmp_path, 0):
        for seconds in (0, 0.1):
            with pytest.raises(BusyError), turn(tmp_path, seconds):
                pytest.fail("had twice")
    with turn(tmp_path, 0):
        pass


def test_who_had_it_may_remove_it_and_the_next_has_a_folder_that_is_there(tmp_path: Path) -> None:
    """One that was opened before it was removed is no turn."""
    folder = tmp_path / "own"
    with turn(folder, 0):
        shutil.rmtree(folder)
        with turn(folder, 0):
            assert folder.is_dir()


def test_a_process_that_is_killed_gives_its_turn_back(tmp_path: Path) -> None:
    reader, writer = multiprocessing.Pipe()

    def hold() -> None:
        with turn(tmp_path, 0):
            writer.send("held")
            signal.pause()

    process = multiprocessing.get_context("fork").Process(target=hold)
    process.start()
    reader.recv()
    with pytest.raises(BusyError), turn(tmp_path, 0):
        pass
    process.kill()
    process.join()
    with turn(tmp_path, 0):
        pass


def test_neither_a_file_nor_a_link_is_had(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with pytest.raises(OSError, match=os.strerror(20)), turn(tmp_path / name, 0):
            pass
