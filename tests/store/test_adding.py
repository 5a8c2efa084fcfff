"""Rows are added to a file as it is: all of them or none, whoever else writes."""

from __future__ import annotations

import csv
import io
import stat
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.errors import DataError, ReportError
from hscb_report.schema import TableSchema
from hscb_report.schema.upkeep import Confirmation
from hscb_report.store import adding
from hscb_report.store.adding import add_rows, header_of, with_row
from hscb_report.store.turns import turn
from hscb_report.years import ReportingYear

TABLE = TableSchema(Confirmation)
YEAR = ReportingYear(2025)
HEADING = b"content,role,confirmed,hash\n"


def row(content: str = "groups", role: str = "Clerk", hash_: str = "abc") -> dict[str, str | None]:
    return {"content": content, "role": role, "confirmed": "2026-M07-01", "hash": hash_}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the place of a table's file, which is not there."""
    (tmp_path / str(YEAR)).mkdir()
    return tmp_path / TABLE.path(YEAR)


def add(file: Path, *rows: Mapping[str, str | None]) -> None:
    add_rows(TABLE, YEAR, file.parents[1], rows)


def cells(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_a_table_that_is_not_there_is_made_with_its_heading(file: Path) -> None:
    add(file, row(), row("membership"))
    assert file.read_bytes() == (
        HEADING + b"groups,Clerk,2026-M07-01,abc\nmembership,Clerk,2026-M07-01,abc\n"
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_without_rows_nothing_is_made(file: Path) -> None:
    add(file)
    assert not file.exists()


@pytest.mark.parametrize(
    "raw",
    [
        HEADING + b"a,Clerk,2026-M07-01,x\n",
        HEADING + b"a,Clerk,2026-M07-01,x",
        (HEADING + b"a,Clerk,2026-M07-01,x\n").replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + HEADING + b'a,"Clerk",2026-M07-01,x\n',
        b'"content","role","confirmed","hash"\n"a","of\ntwo","2026-M07-01","x"\n',
    ],
    ids=["plain", "no end", "crlf", "bom", "quoted"],
)
def test_what_the_file_has_stays_byte_for_byte(raw: bytes, file: Path) -> None:
    file.write_bytes(raw)
    file.chmod(0o640)
    add(file, row())
    ends = b"\r\n" if b"\r\n" in raw else b"\n"
    start = raw if raw.endswith(b"\n") else raw + ends
    assert file.read_bytes() == start + b"groups,Clerk,2026-M07-01,abc" + ends
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_row_follows_the_columns_as_the_file_has_them(file: Path) -> None:
    file.write_bytes(b"hash,confirmed,role,content,\n")
    add(file, row())
    assert cells(file.read_bytes())[1] == ["abc", "2026-M07-01", "Clerk", "groups", ""]


def test_blank_rows_at_the_end_give_way(file: Path) -> None:
    file.write_bytes(HEADING + b'a,Clerk,2026-M07-01,x\n,,,\n"","","",""\n\n')
    add(file, row())
    assert [r[0] for r in cells(file.read_bytes())] == ["content", "a", "groups"]


@pytest.mark.parametrize(
    ("raw", "rows"),
    [
        (HEADING, [row(), row(role="")]),
        (HEADING, [row(), {**row("b"), "confirmed": "soon"}]),
        (HEADING + b"groups,Clerk,2026-M07-02,abc\n", [row("b"), row()]),
        (HEADING + b"a,Clerk\n", [row()]),
        (b"content;role\n", [row()]),
    ],
    ids=["no role", "no day", "the same key", "a damaged row", "no table"],
)
def test_if_the_table_were_not_sound_nothing_is_added(
    raw: bytes, rows: list[dict[str, str | None]], file: Path
) -> None:
    file.write_bytes(raw)
    with pytest.raises((DataError, ReportError)):
        add(file, *rows)
    assert file.read_bytes() == raw
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_row_that_is_there_cell_for_cell_is_not_added_again(file: Path) -> None:
    """Two commands at once may both have found that it was not there."""
    add(file, row())
    add(file, row(), row("membership"))
    add(file, row())
    assert [r[0] for r in cells(file.read_bytes())] == ["content", "groups", "membership"]


def test_what_cannot_be_replaced_stays_as_it_was(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(file, row())
    before = file.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(adding.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        add(file, row("membership"))
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_who_comes_while_another_program_writes_waits_and_then_says_so(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "_TURN_SECONDS", 0.2)
    with turn(file.parent, 1), pytest.raises(ReportError, match="Nothing was recorded; try again"):
        add(file, row())
    assert not file.exists()


def test_of_many_at_once_no_row_is_lost(file: Path) -> None:
    names = [f"table_{number}" for number in range(8)]
    threads = [threading.Thread(target=add, args=(file, row(name))) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(r[0] for r in cells(file.read_bytes())[1:]) == names


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\r\n"))


@given(st.lists(TEXTS, min_size=4, max_size=4))
def test_any_text_comes_back_from_the_file_as_it_went_in(texts: list[str]) -> None:
    said = dict(zip(("content", "role", "confirmed", "hash"), texts, strict=True))
    raw = with_row(header_of(TABLE), said)
    assert cells(raw) == [["content", "role", "confirmed", "hash"], texts]
