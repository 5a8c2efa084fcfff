"""A data root copied whole, whatever else lies in it."""

from __future__ import annotations

import os
from pathlib import Path

from hscb_report.store.copying import copy_folder, copy_root


def test_a_copy_holds_the_files_and_what_leads_out_leads_out_of_it_too(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "within" / "copy"
    for folder in ("2024-25/text", "private/records"):
        (data / folder).mkdir(parents=True)
    (data / "board.toml").write_bytes(b"name")
    (data / "2024-25/text/a.md").write_bytes(b"# A")
    (data / "private/records/children.csv").write_bytes(b"child")
    (data / ".hidden").write_bytes(b"")
    (tmp_path / "outside.csv").write_bytes(b"outside")
    (data / "2024-25/out.csv").symlink_to(tmp_path / "outside.csv")
    (data / "2024-25/in.csv").symlink_to("../board.toml")
    (data / "2024-25/nowhere").symlink_to("none")
    (data / "2024-25/round").symlink_to("round")
    os.mkfifo(data / "pipe")
    (data / "2024-25").chmod(0o555)
    copy_root(data, copy)
    assert {path.relative_to(copy).as_posix() for path in copy.rglob("*")} == {
        *("board.toml", "2024-25", "2024-25/text", "2024-25/text/a.md"),
        *("2024-25/out.csv", "2024-25/in.csv", "2024-25/nowhere"),
    }
    assert (copy / "2024-25/out.csv").resolve() == tmp_path / "outside.csv"
    assert not (copy / "2024-25/in.csv").is_symlink()
    assert (copy / "2024-25/in.csv").read_bytes() == b"name"
    assert (copy / "2024-25").stat().st_mode & 0o200
    copy_folder(data / "private/records", copy / "private/records")
    assert (copy / "private/records/children.csv").read_bytes() == b"child"
