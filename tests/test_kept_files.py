"""Files that are kept: whole or not there, dropped where damaged, and for their user alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.kept_files import KeptFiles, write_whole


@given(st.binary(max_size=200))
def test_what_is_put_is_what_is_got(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    kept = KeptFiles(tmp_path_factory.mktemp("kept"))
    assert kept.get("a") is None
    kept.put("a", content)
    assert kept.get("a") == content
    kept.put("a", b"other")
    assert kept.get("a") == b"other"


@given(st.data())
def test_what_is_damaged_anywhere_is_dropped(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    kept = KeptFiles(tmp_path_factory.mktemp("kept"))
    kept.put("a", b"what was made")
    file = kept.folder / "a"
    raw = file.read_bytes()
    place = data.draw(st.integers(0, len(raw) - 1))
    other = data.draw(st.sampled_from([raw[:place], raw[:place] + b"#" + raw[place + 1 :]]))
    if other != raw:
        file.write_bytes(other)
        assert kept.get("a") is None
        assert not file.exists()


def test_a_folder_that_cannot_be_written_keeps_nothing_and_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kept = KeptFiles(tmp_path / "file")
    kept.put("a", b"content")
    assert kept.get("a") is None


def test_what_is_kept_is_for_its_user_alone_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    write_whole(tmp_path / "in" / "a", b"content")
    assert (tmp_path / "in").stat().st_mode & 0o077 == 0
    assert (tmp_path / "in" / "a").stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["a"]
