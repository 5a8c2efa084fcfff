"""Pictures and tables of a year's own: read as they are, or told with what is wrong with them."""

from __future__ import annotations

import csv
import hashlib
import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.schema.damage import damage_in
from hscb_report.schema.own import OwnTable, Picture
from hscb_report.store.own import (
    MAX_LOGO,
    MAX_PICTURE,
    read_logo,
    read_own_tables,
    read_pictures,
)
from tests.conftest import YEAR
from tests.made_up import only_own
from tests.strategies import cell_texts

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff", b"\xff\xd9"


def whole(form, size=20):
    """Return as much of a picture as its reader looks at: how it begins and ends."""
    start, end = form
    return start + bytes(size - len(start) - len(end)) + end


@pytest.fixture
def folders(tmp_path):
    for name in ("pictures", "tables"):
        (tmp_path / "2013-14" / name).mkdir(parents=True)
    return tmp_path


def pictures(data, *files):
    said = dict.fromkeys(("caption", "alternative", "licence"), "So")
    rows = [{"picture": f"picture_{n}", "file": file, **said} for n, file in enumerate(files)]
    return read_pictures(only_own("2013-14/pictures.csv", rows, Picture), YEAR, data)


def tables(data, *labels):
    rows = [{"label": label, "caption": "A table"} for label in labels]
    return read_own_tables(only_own("2013-14/own_tables.csv", rows, OwnTable), YEAR, data)


def problems(findings):
    assert all(f.message.endswith(".") and f.hint.endswith(".") for f in findings)
    return [(f.rule, f.file, f.row, f.message) for f in findings]


# The Board's logo ------------------------------------------------------------------------------


def part(name, content):
    """Return a part of a PNG with its sum."""
    told = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + told


LOGO = (
    *(PNG[0][:8], part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))),
    *(part(b"IDAT", zlib.compress(b"\0\0")), part(b"IEND", b"")),
)


def test_a_logo_is_read_and_known_by_its_hash(tmp_path):
    """Without one there is nothing to read."""
    for name, raw in (("logo.png", b"".join(LOGO)), ("Our logo.JPG", whole(JPEG))):
        (tmp_path / name).write_bytes(raw)
        read, inputs, findings = read_logo(name, tmp_path)
        assert (read, findings) == (raw, [])
        assert [(i.path, i.sha256) for i in inputs] == [(name, hashlib.sha256(raw).hexdigest())]
    assert read_logo(None, tmp_path) == (b"", [], [])


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("logo.png", b""),
        ("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("logo.png", whole(JPEG)),
        ("logo.jpg", b"".join(LOGO)),
        ("logo.png", whole(PNG, 60)),
        ("logo.png", b"".join(LOGO[:-1])),
        ("logo.png", b"".join([*LOGO[:2], LOGO[3]])[:-1]),
        ("logo.png", b"".join(LOGO).replace(b"IDAT", b"IDAX")),
    ],
)
def test_a_logo_that_is_no_whole_picture_of_its_kind_is_refused(tmp_path, name, raw):
    (tmp_path / name).write_bytes(raw)
    read, inputs, findings = read_logo(name, tmp_path)
    assert (read, inputs) == (b"", [])
    assert problems(findings) == [
        ("L9", name, None, "the file is no whole PNG or JPEG picture, as its name says.")
    ]


def test_a_logo_that_is_missing_or_too_large_is_refused(tmp_path):
    """It is loaded with every page."""
    _, _, missing = read_logo("logo.png", tmp_path)
    assert problems(missing) == [
        ("L9", "board.toml", None, 'there is no file "logo.png" beside it.')
    ]
    (tmp_path / "logo.jpg").write_bytes(whole(JPEG, MAX_LOGO + 1))
    read, _, (large,) = read_logo("logo.jpg", tmp_path)
    assert read == b""
    assert (large.rule, large.file) == ("L9", "logo.jpg")
    assert f"{MAX_LOGO:,}" in large.message
    assert "40 kB" in large.hint


# Pictures ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "form"), [("a.png", PNG), ("b.jpg", JPEG), ("c.jpeg", JPEG), ("D.PNG", PNG)]
)
def test_a_picture_is_read_and_known_by_its_hash(folders, name, form):
    raw = whole(form, 99)
    (folders / "2013-14/pictures" / name).write_bytes(raw)
    read, (told,), findings = pictures(folders, name)
    assert (read, findings) == ({"picture_0": raw}, [])
    assert (told.path, told.sha256) == (f"2013-14/pictures/{name}", hashlib.sha256(raw).hexdigest())


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.png", whole(JPEG)),
        ("a.jpg", whole(PNG, 40)),
        ("a.png", b""),
        ("a.png", PNG[0] + bytes(50)),
        ("a.jpg", JPEG[0] + bytes(50)),
        ("a.svg", b"<svg/>"),
        ("a.gif", b"GIF89a"),
        ("a", whole(PNG, 40)),
    ],
)
def test_what_is_no_picture_is_told_at_its_row(folders, name, raw):
    (folders / "2013-14/pictures" / name).write_bytes(raw)
    read, inputs, findings = pictures(folders, name)
    what = "the file is no PNG or JPEG picture of at most 5 MB."
    assert problems(findings) == [("L9", "2013-14/pictures.csv", 2, what)]
    assert (read, inputs) == ({}, [])


def test_a_picture_that_is_too_large_or_a_folder_is_told_at_its_file(folders):
    (folders / "2013-14/pictures/a.png").write_bytes(whole(PNG, MAX_PICTURE + 1))
    (folders / "2013-14/pictures/b.png").mkdir()
    read, _, findings = pictures(folders, "a.png", "b.png")
    assert (read, len(findings)) == ({}, 2)
    large, folder = problems(findings)
    assert large[:3] == ("L9", "2013-14/pictures/a.png", None)
    assert large[3] == "the file holds 5,000,001 bytes; it may hold 5,000,000."
    assert folder == ("L9", "2013-14/pictures/b.png", None, "this is a folder, not a file.")


def test_a_picture_of_exactly_the_largest_size_is_read(folders):
    raw = whole(PNG, MAX_PICTURE)
    (folders / "2013-14/pictures/a.png").write_bytes(raw)
    assert pictures(folders, "a.png")[0] == {"picture_0": raw}


@pytest.mark.parametrize("name", ["Ha\u0308ll.png", "HÄLL.PNG"])
def test_a_picture_of_another_spelling_is_to_be_renamed_as_its_row_writes_it(folders, name):
    """A Mac writes accents as characters of their own, which nobody can see."""
    (folders / "2013-14/pictures" / name).write_bytes(whole(PNG, 40))
    hint = next(f.hint for f in pictures(folders, "Häll.png")[2] if f.rule == "L1")
    assert hint == 'Rename it "Häll.png", as that row writes it.'


@pytest.mark.parametrize(
    "name", ["../year.png", "/etc/a.png", "sub/a.png", "sub\\a.png", ".a.png", ".."]
)
def test_a_picture_lies_in_its_folder_and_nowhere_else(folders, name):
    """No name leads out of the data."""
    (folders / "2013-14/year.png").write_bytes(whole(PNG, 40))
    read, inputs, findings = pictures(folders, name)
    what = "expected the name of a file in the folder pictures."
    assert problems(findings) == [("L9", "2013-14/pictures.csv", 2, what)]
    assert (read, inputs) == ({}, [])


def test_every_missing_picture_is_told_and_the_others_are_read(folders):
    (folders / "2013-14/pictures/b.png").write_bytes(whole(PNG, 40))
    read, _, findings = pictures(folders, "a.png", "b.png", "c.png")
    assert read == {"picture_1": whole(PNG, 40)}
    assert problems(findings) == [
        ("L9", "2013-14/pictures.csv", row, f'there is no picture "2013-14/pictures/{name}".')
        for row, name in ((2, "a.png"), (4, "c.png"))
    ]


# Tables -----------------------------------------------------------------------------------------

headings = st.lists(
    cell_texts.filter(str.strip).map(str.strip), min_size=2, max_size=4, unique=True
)


@st.composite
def sheets(draw):
    """Draw a heading and rows of any printable text."""
    heading = draw(headings)
    sound = cell_texts.map(str.strip).filter(lambda cell: damage_in(cell) is None)
    cells = [sound | st.just("") for _ in heading]
    rows = draw(st.lists(st.tuples(*cells).filter(any), min_size=1, max_size=4))
    return [tuple(heading), *rows]


@given(sheets())
def test_a_table_is_read_cell_by_cell_as_it_is(tmp_path_factory, sheet):
    data = tmp_path_factory.mktemp("data")
    path = data / "2013-14/tables/own.csv"
    path.parent.mkdir(parents=True)
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(sheet)
    path.write_bytes(text.getvalue().encode("utf-8"))
    read, (told,), findings = tables(data, "own")
    assert findings == []
    assert [record.cells for record in read["own"]] == sheet
    assert told.path == "2013-14/tables/own.csv"
    assert told.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("text", "row", "message"),
    [
        ("a,a\n1,2", 1, "the first row must name each column, each with a name of its own."),
        ("a,\n1,2", 1, "the first row must name each column, each with a name of its own."),
        ("a,b\n", 2, "there is a heading but no row."),
        ("a,b\n1,2\n1,2,3", 3, "the row has 3 cells; the heading has 2."),
        ("a,b\n1", 2, "the row has 1 cells; the heading has 2."),
        ("", None, "the file is empty."),
        ("a;b\n1;2", 1, "the columns are separated by semicolons, not commas."),
    ],
)
def test_a_table_that_is_not_whole_is_told_in_its_file_and_not_shown(folders, text, row, message):
    (folders / "2013-14/tables/own.csv").write_text(text, "utf-8")
    read, _, findings = tables(folders, "own")
    assert problems(findings) == [("L9", "2013-14/tables/own.csv", row, message)]
    assert read == {}


def test_a_character_that_no_reader_can_show_is_told_with_its_row(folders):
    (folders / "2013-14/tables/own.csv").write_text("a,b\n1,2\n3,x\x07\n", "utf-8")
    read, _, findings = tables(folders, "own")
    assert [(f.rule, f.file, f.row) for f in findings] == [("L9", "2013-14/tables/own.csv", 3)]
    assert read == {}


def test_every_missing_table_is_told_and_the_others_are_read(folders):
    (folders / "2013-14/tables/b.csv").write_text("a,b\n1,2\n", "utf-8")
    read, inputs, findings = tables(folders, "a", "b", "c")
    assert list(read) == ["b"]
    assert [told.path for told in inputs] == ["2013-14/tables/b.csv"]
    assert problems(findings) == [
        ("L9", "2013-14/own_tables.csv", row, f'there is no table "2013-14/tables/{name}.csv".')
        for row, name in ((2, "a"), (4, "c"))
    ]


# Files that no row names ------------------------------------------------------------------------


def test_a_file_that_no_row_names_is_told_and_what_editors_leave_is_not(folders):
    for folder, name in (("pictures", "a.png"), ("tables", "a.csv")):
        for other in (name, f"~${name}", ".DS_Store"):
            (folders / "2013-14" / folder / other).touch()
    for (_, _, findings), file, table in (
        (pictures(folders), "2013-14/pictures/a.png", "pictures"),
        (tables(folders), "2013-14/tables/a.csv", "own_tables"),
    ):
        assert problems(findings) == [("L1", file, None, f"no row of {table} names this file.")]
        hint = f"Give it a row in 2013-14/{table}.csv, or move it out of the data."
        assert findings[0].hint == hint


def test_without_folders_and_rows_nothing_is_read(tmp_path):
    assert pictures(tmp_path) == ({}, [], [])
    assert tables(tmp_path) == ({}, [], [])
