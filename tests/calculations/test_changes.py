"""What changed since the year before: counts that rest on the lists of both years."""

from hscb_report.calculations.changes import alike, counted
from hscb_report.schema.journey import Policy
from tests.made_up import placed


def policies(year, *names):
    rows = [{"policy": name, "status": "developed"} for name in names]
    return placed(f"{year}/policies.csv", rows, Policy)


NOW, BEFORE = policies("2013-14", "a", "b"), policies("2012-13", "c")


def test_a_count_rests_on_its_rows_and_on_every_file_that_was_held_against_them():
    found = counted([[NOW[1]]], NOW, BEFORE)
    assert (found.value, found.rows) == (1, (NOW[1].place,))
    assert found.searched == ("2012-13/policies.csv",)
    assert found.files == ("2012-13/policies.csv", "2013-14/policies.csv")


def test_a_thing_that_stands_in_rows_of_both_years_is_one():
    found = counted([[NOW[0], BEFORE[0]], [NOW[1]]], NOW, BEFORE)
    assert found.value == 2
    assert found.rows == (BEFORE[0].place, NOW[0].place, NOW[1].place)
    assert found.searched == ()


def test_a_count_of_nothing_names_both_files():
    found = counted([], NOW, BEFORE)
    assert (found.value, found.rows) == (0, ())
    assert found.searched == ("2012-13/policies.csv", "2013-14/policies.csv")


def test_capitals_and_spaces_make_no_difference():
    assert alike(" Head of  Service ") == alike("head of service")
    assert alike("Head of Service") != alike("Head of Services")
