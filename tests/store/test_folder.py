"""Files of a year and of the reference data that are no table's: none is passed over unsaid."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.report import PROJECT, table_schemas
from hscb_report.store.folder import (
    CHANGED_FILES,
    is_passed_over,
    passed_over,
    strange_files,
    strange_in_root,
    strange_texts,
)
from tests.conftest import YEAR

SCHEMAS = table_schemas()
FOLDERS = ("2013-14", "reference")
NO_GIT_SETTINGS = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
AWAY = "Move it out of the data, or rename it."
# No letter that the file system might take for another's.
stems = st.text("bcdfghjklmnpqrstvwxz", min_size=8, max_size=12)


def told(data):
    """Return what is told, by file."""
    found = list(strange_files(data, YEAR, SCHEMAS))
    assert {(f.rule, f.severity) for f in found} <= {("L1", "error")}
    assert all(f.message.endswith(".") and f.hint.endswith((".", "?")) for f in found)
    return {f.file: (f.message, f.hint) for f in found}


@pytest.fixture
def folders(tmp_path):
    for name in FOLDERS:
        (tmp_path / name).mkdir()
    return tmp_path


def test_the_committed_folders_hold_nothing_unknown(data):
    assert told(data) == {}


def test_every_table_has_its_place_and_is_unknown_in_the_other_folder(folders):
    """A table of the reference data laid into a year's folder would be passed over, and told."""
    for schema in SCHEMAS:
        for name in FOLDERS:
            (folders / name / f"{schema.name}.csv").touch()
    known = {schema.path(YEAR) for schema in SCHEMAS}
    both = {f"{name}/{schema.name}.csv" for schema in SCHEMAS for name in FOLDERS}
    assert set(told(folders)) == both - known


@pytest.mark.parametrize("folder", FOLDERS)
@given(stem=stems, ending=st.sampled_from((".csv", ".CSV", ".xlsx", ".txt", "")))
def test_a_file_that_is_no_table_s_is_told_by_its_name(tmp_path_factory, folder, stem, ending):
    data = tmp_path_factory.mktemp("data")
    (data / folder).mkdir()
    (data / folder / f"{stem}{ending}").touch()
    assert told(data) == {f"{folder}/{stem}{ending}": ("no table has this name.", AWAY)}


def test_a_misspelt_file_is_suggested_unless_that_table_is_there(folders):
    """To rename `referral_total.csv` would lose the table that stands there."""
    for name in ("referral_total.csv", "referral_totals.csv", "referals.csv"):
        (folders / "2013-14" / name).touch()
    found = told(folders)
    assert set(found) == {"2013-14/referral_total.csv", "2013-14/referals.csv"}
    assert found["2013-14/referals.csv"][1] == 'Is it "2013-14/referrals.csv"? Rename it.'
    (folders / "2013-14/referrals.csv").touch()
    found = told(folders)
    assert not {found[f"2013-14/{name}.csv"][1] for name in ("referral_total", "referals")} & {
        f'Is it "2013-14/{name}.csv"? Rename it.' for name in ("referral_totals", "referrals")
    }


def test_only_a_table_of_the_same_folder_is_suggested(folders):
    (folders / "2013-14/agency.csv").touch()
    (folders / "reference/agencys.csv").touch()
    found = told(folders)
    assert "reference/" not in found["2013-14/agency.csv"][1]
    assert found["reference/agencys.csv"][1] == 'Is it "reference/agencies.csv"? Rename it.'


def test_a_workbook_in_the_place_of_a_table_is_to_be_saved_as_csv(folders):
    """Renamed, it would still be no CSV."""
    (folders / "2013-14/referrals.xlsx").touch()
    hint = 'Is it "2013-14/referrals.csv"? Save it as CSV under that name.'
    assert told(folders)["2013-14/referrals.xlsx"][1] == hint


@pytest.mark.parametrize(
    "name",
    [
        *("~$referrals.csv", ".DS_Store", ".~lock.referrals.csv#", "referrals.csv~"),
        *("referrals.csv.bak", "referrals.tmp", "Thumbs.db", "desktop.ini", "THUMBS.DB"),
        *("referrals.csv.orig", "referrals.csv.swp", "#referrals.csv#", "__MACOSX"),
    ],
)
def test_what_editors_and_systems_leave_behind_is_passed_over(folders, name):
    for folder in FOLDERS:
        (folders / folder / name).touch()
        assert is_passed_over(folders / folder / name)
    assert told(folders) == {}


@pytest.mark.parametrize("name", ["text", "pictures", "tables"])
def test_the_folders_of_a_year_are_known_there_alone_and_only_as_folders(folders, name):
    for folder in FOLDERS:
        (folders / folder / name).mkdir()
    (folders / "2013-14" / name / "anything.csv").touch()
    what = "a folder that the report does not know."
    assert told(folders) == {f"reference/{name}": (what, AWAY)}
    (folders / "2013-14" / name / "anything.csv").unlink()
    (folders / "2013-14" / name).rmdir()
    (folders / "2013-14" / name).touch()
    assert f"2013-14/{name}" in told(folders)


def test_a_file_of_an_earlier_version_is_told_with_what_became_of_it(folders):
    """Whether it lay in the reference data or in a year."""
    places = {name if "/" in name else f"2013-14/{name}": name for name in CHANGED_FILES}
    for file in places:
        (folders / file).touch()
    found = {places[file]: hint for file, (_, hint) in told(folders).items()}
    assert found == CHANGED_FILES


@pytest.mark.parametrize("name", ["2020-2021", "2013-14 (copy)", "2015", "1999-00"])
def test_a_folder_that_is_meant_for_a_year_and_is_none_is_told(folders, name):
    """Passed over, the report of the year before would be made as the latest."""
    (folders / name).mkdir()
    (found,) = strange_in_root(folders)
    assert (found.rule, found.severity, found.file) == ("L1", "error", name)
    assert "is no reporting year" in found.message


def test_in_a_root_everything_is_told_that_nothing_reads(folders):
    (folders / "draft").mkdir()
    (folders / "draft" / "year.toml").touch()
    (folders / "settings.toml").touch()
    for name in ("board.toml", "notes.txt", "~$board.toml", "README.md", "LICENSE", ".gitignore"):
        (folders / name).touch()
    for name in ("minutes", "referense", ".git"):
        (folders / name).mkdir()
    found = {found.file: found.hint for found in strange_in_root(folders)}
    assert sorted(found) == ["draft", "minutes", "notes.txt", "referense", "settings.toml"]
    assert found["minutes"] == AWAY
    (folders / "reference").rmdir()
    found = {found.file: found.hint for found in strange_in_root(folders)}
    assert found["referense"].startswith('Is it "reference"?')


def test_the_private_folder_of_a_root_is_known_and_what_lies_in_it_is_not_told(folders):
    for name in ("private/records/2013-14", "private/received", "private/2013-15"):
        (folders / name).mkdir(parents=True)
    (folders / "private/Smith.csv").touch()
    (folders / "private/~$Smith.csv").touch()
    assert [*strange_in_root(folders)] == []
    assert passed_over(folders, YEAR) == ()
    assert told(folders) == {}


def test_a_misspelt_private_folder_is_told_as_such(folders):
    """Or what is private would be taken for an input."""
    (folders / "privat").mkdir()
    (found,) = strange_in_root(folders)
    assert found.hint == 'Is it "private"? Rename it.'


def test_a_file_called_private_is_no_such_folder(folders):
    (folders / "private").touch()
    assert [found.file for found in strange_in_root(folders)] == ["private"]


@pytest.mark.parametrize("root", ["data", "examples/northshire", "examples/smallshire", "my-board"])
def test_git_ignores_what_is_private_and_nothing_else_of_a_root(root, tmp_path):
    """As the project's own list says, of the roots that there are and of one to come."""
    shutil.copy(PROJECT / ".gitignore", tmp_path)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True, env=NO_GIT_SETTINGS)

    def is_ignored(path):
        asked = ["git", "-C", str(tmp_path), "check-ignore", "-q", f"{root}/{path}"]
        return subprocess.run(asked, env=NO_GIT_SETTINGS).returncode == 0

    assert is_ignored("private/records/2013-14/meetings.csv")
    assert is_ignored("private/received/police.xlsx")
    assert not is_ignored("2013-14/attendance_counts.csv")
    assert not is_ignored("board.toml")


def test_the_logo_of_the_board_is_known_in_a_root_and_no_other_picture(folders):
    for name in ("logo.png", "old.png"):
        (folders / name).touch()
    assert [found.file for found in strange_in_root(folders, "logo.png")] == ["old.png"]
    assert [found.file for found in strange_in_root(folders)] == ["logo.png", "old.png"]


@pytest.mark.parametrize(
    "name",
    [
        *("Contributions.CSV", "contributions (1).csv", "contributions - Copy.csv"),
        *("Copy of contributions.csv", "contributions copy 2.csv", "contributions_old.csv"),
        *("contri\u200bbutions.csv", " contributions.csv", "contributions - Copy (2).csv"),
        "child-deaths.csv",
    ],
)
def test_another_spelling_and_a_copy_are_told_as_such(folders, name):
    """If the table is there, what it is to be renamed to would lose one of the two."""
    table = "child_deaths.csv" if "deaths" in name else "contributions.csv"
    (folders / "2013-14" / name).touch()
    ((file, (_, hint)),) = told(folders).items()
    assert hint == f'Is it "2013-14/{table}"? Rename it.'
    assert file.isprintable()
    (folders / "2013-14" / table).touch()
    hint = f'"{table}" is read, which is there: move this one out of the data.'
    assert told(folders)[file][1] == hint


def test_what_the_eye_cannot_see_in_a_name_is_named_and_no_terminal_obeys_it(folders):
    (folders / "2013-14/a\u200b\x1b[2J.csv").touch()
    ((file, (what, _)),) = told(folders).items()
    assert "U+200B (zero width space), U+001B" in what
    assert file == "2013-14/a<U+200B><U+001B>[2J.csv"


def test_what_programs_left_is_known_by_name_wherever_it_lies(folders):
    (folders / "2013-14/text/commentary").mkdir(parents=True)
    left = ("~$a.md", "2013-14/.~lock.a.csv#", "2013-14/text/commentary/b.md.bak")
    for name in (*left, "2013-14/contributions.csv", "2013-14/text/commentary/b.md"):
        (folders / name).touch()
    assert sorted(passed_over(folders, YEAR)) == sorted(left)


def test_a_text_in_other_capitals_is_to_be_renamed(folders):
    (folders / "2013-14/text").mkdir()
    (folders / "2013-14/text/Budget.MD").touch()
    (found,) = strange_texts(folders, YEAR)
    assert found.hint == 'Rename it "Budget.md".'


def test_a_text_that_is_no_markdown_is_told(folders):
    for name in ("review.docx", "commentary/budget.txt", "context.md", "~$review.docx"):
        path = folders / "2013-14" / "text" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = {f.file: f.message for f in strange_texts(folders, YEAR)}
    assert sorted(found) == ["2013-14/text/commentary/budget.txt", "2013-14/text/review.docx"]


def test_the_data_root_itself_and_other_years_are_not_looked_into(folders):
    (folders / "notes.txt").touch()
    (folders / "2012-13").mkdir()
    (folders / "2012-13/anything.csv").touch()
    assert told(folders) == {}
    assert told(folders / "nowhere") == {}
