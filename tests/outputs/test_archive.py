"""Archives: the same files give the same bytes, whatever the clock and the disk say."""

import io
import os
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.outputs.archive import archive, write_archive

NAMES = st.text(st.characters(min_codepoint=48, max_codepoint=122), min_size=1, max_size=20)


@given(st.dictionaries(NAMES, st.binary(max_size=200)))
def test_an_archive_gives_back_its_files_in_their_order(files):
    made = archive(files)
    assert made == archive(files)
    with zipfile.ZipFile(io.BytesIO(made)) as zipped:
        assert {name: zipped.read(name) for name in zipped.namelist()} == files
        assert zipped.namelist() == list(files)
        assert {entry.date_time for entry in zipped.infolist()} <= {(1980, 1, 1, 0, 0, 0)}


def test_neither_times_nor_rights_nor_the_order_of_making_change_a_folders_archive(tmp_path):
    made = []
    for number, names in enumerate((("b.csv", "a.csv"), ("a.csv", "b.csv"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name in names:
            (folder / name).write_bytes(name.encode())
            (folder / name).chmod(0o600 + 0o44 * number)
            os.utime(folder / name, (number, 10**9 * number))
        write_archive(folder, tmp_path / f"{number}.zip")
        made.append((tmp_path / f"{number}.zip").read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(tmp_path / "0.zip") as zipped:
        assert zipped.namelist() == ["a.csv", "b.csv"]
