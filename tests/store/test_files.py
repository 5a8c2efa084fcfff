"""The door to a data root's files: what is no plain file within it is refused unread."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from hscb_report.report import check_year
from hscb_report.store.csv_text import MAX_BYTES
from hscb_report.store.files import MAX_TEXT, UnreadableError, read_file
from hscb_report.store.settings import MAX_BYTES as MAX_SETTINGS
from tests.conftest import copied_data

FILE = "2013-14/contributions.csv"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    (folder / "2013-14").mkdir(parents=True)
    return folder


def refused(root: Path, file: str = FILE, limit: int = 99) -> str:
    with pytest.raises(UnreadableError) as stopped:
        read_file(root, file, limit)
    assert stopped.value.hint
    return stopped.value.message


def test_a_file_is_read_up_to_its_limit_and_not_beyond(root: Path) -> None:
    (root / FILE).write_bytes(b"x" * 99)
    assert read_file(root, FILE, 99) == b"x" * 99
    (root / FILE).write_bytes(b"x" * 100)
    assert refused(root) == "the file holds 100 bytes; it may hold 99."


def test_a_file_that_is_too_large_is_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (root / FILE).open("wb") as file:
        file.truncate(10**12)
    monkeypatch.delattr(os, "open")
    assert refused(root) == "the file holds 1,000,000,000,000 bytes; it may hold 99."


def test_a_file_that_says_nothing_of_its_size_is_read_no_further_than_its_limit() -> None:
    """As those of /proc."""
    told = refused(Path("/proc/self"), "status", 9)
    assert told == "the file holds 10 bytes; it may hold 9."


def test_there_may_be_no_file(root: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_file(root, FILE, 99)


def test_a_pipe_a_socket_a_device_and_a_folder_are_named_and_not_opened(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(root / "pipe")
    (root / "folder").mkdir()
    monkeypatch.chdir(root)  # the path of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
    monkeypatch.delattr(os, "open")
    for name in ("pipe", "socket", "folder"):
        assert f"this is a {name}" in refused(root, name)
    assert refused(Path("/dev"), "null") == "this is a device, not a file."


def test_a_link_is_followed_within_the_root_alone(root: Path, tmp_path: Path) -> None:
    """By its last part or by a folder on the way."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file").write_text("secret")
    (root / "inside").write_text("ours")
    (root / FILE).symlink_to("../inside")
    assert read_file(root, FILE, 99) == b"ours"
    (root / "link").symlink_to(tmp_path / "outside" / "file")
    (root / "folder").symlink_to("../outside")
    for file in ("link", "folder/file"):
        assert refused(root, file) == "this is a link that leads out of the data."


def test_the_root_itself_may_be_reached_by_a_link(root: Path, tmp_path: Path) -> None:
    (root / "inside").write_text("ours")
    (root / FILE).symlink_to(root / "inside")
    (tmp_path / "linked").symlink_to(root)
    assert read_file(tmp_path / "linked", FILE, 99) == b"ours"


def test_links_to_nothing_and_in_a_circle_are_refused(root: Path) -> None:
    (root / FILE).symlink_to("nowhere")
    assert refused(root) == "this is a link that leads nowhere."
    (root / "a").symlink_to("b")
    (root / "b").symlink_to("a")
    assert refused(root, "a").startswith("cannot be read (")


# In a whole year ----------------------------------------------------------------------------------


def l_errors(data: Path) -> list[tuple[str, str]]:
    found = check_year("2013-14", data).findings
    return [(f.file, f.message) for f in found if f.rule in ("L1", "L8", "L9")]


@pytest.mark.parametrize(
    "file",
    [
        "board.toml",
        "2013-14/year.toml",
        "reference/agencies.csv",
        "2013-14/contributions.csv",
        "2013-14/text/review-of-the-year.md",
        "2013-14/text/commentary/budget.md",
    ],
)
def test_whatever_is_read_of_a_year_comes_through_the_door(data: Path, file: str) -> None:
    """To open a pipe would wait for ever."""
    (data / file).unlink()
    os.mkfifo(data / file)
    told = l_errors(data)
    assert (file, "this is a pipe to another program, not a file.") in told
    (data / file).unlink()
    limit = {".csv": MAX_BYTES, ".toml": MAX_SETTINGS}.get(Path(file).suffix, MAX_TEXT)
    (data / file).write_bytes(b" " * (limit + 1))
    told = l_errors(data)
    assert (file, f"the file holds {limit + 1:,} bytes; it may hold {limit:,}.") in told


@pytest.mark.parametrize("folder", ["2013-14", "reference"])
def test_a_folder_that_leads_out_of_the_data_is_one_finding(
    data: Path, tmp_path: Path, folder: str
) -> None:
    (data / folder).rename(tmp_path / "elsewhere")
    (data / folder).symlink_to(tmp_path / "elsewhere")
    assert (folder, "this is a link that leads out of the data.") in l_errors(data)
    assert not [file for file, _ in l_errors(data) if file.startswith(f"{folder}/")]


def test_a_link_and_a_pipe_among_the_texts_are_told(tmp_path: Path) -> None:
    data = copied_data(tmp_path / "data")
    text = data / "2013-14/text"
    (text / "more").symlink_to(text / "commentary")
    os.mkfifo(text / "pipe")
    told = dict(l_errors(data))
    assert told["2013-14/text/more"] == "this is a link to a folder, and is not followed."
    assert told["2013-14/text/pipe"].startswith("only texts")
