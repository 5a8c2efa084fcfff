"""Contributions beside those of the year before: the table, and who pays otherwise."""

from hscb_report.report import PROJECT, open_report
from tests.conftest import small_year

BODIES = (
    *("agency,name,successor", "council,The Council,", "police,The Police,"),
    *("old,Old Trust,New Trust", "new,New Trust,", "school,A School,"),
)


def contributors(root, year, **amounts):
    """Write what agencies paid in a year, by their codes."""
    rows = [f"{agency},{agency.title()},{amount}" for agency, amount in amounts.items()]
    lines = ("agency,organisation,amount", *rows)
    return small_year(root, year, contributions=lines, reference_agencies=BODIES)


def test_each_agency_s_contribution_stands_beside_that_of_the_year_before(tmp_path):
    contributors(tmp_path, "2013-14", council=100, police=50, old=20)
    report = open_report(data=contributors(tmp_path, "2014-15", council=110, new=15, school=5))
    found = report.exhibit("contributions-beside")
    assert [column.heading for column in found.columns] == [
        *("Agency", "2013-14", "2014-15", "Difference"),
    ]
    assert found.texts() == (
        ("Council", "£100", "£110", "£10"),
        ("New", "£20", "£15", "−£5"),
        ("School", "not listed", "£5", "£5"),
        ("Police", "£50", "not listed", "−£50"),
        ("Total", "£170", "£130", "−£40"),
    )
    assert len(found.notes) == 2
    told = {name: report.names[f"budget.contributors_{name}.counted"] for name in CHANGES}
    assert told == dict.fromkeys(CHANGES, "1 agency")


CHANGES = ("up", "down", "new", "ended")


def test_contributions_beside_add_up_in_every_year_of_northshire():
    """Recounted from the printed cells, and held to the table's own total and to the account."""
    for year in ("2021-22", "2022-23", "2023-24", "2024-25"):
        report = open_report(year, data=PROJECT / "examples" / "northshire")
        *rows, total = report.exhibit("contributions-beside").records()
        for column in ("The year before", "The year", "Difference"):
            paid = [row[column] for row in rows if not isinstance(row[column], str)]
            assert sum(paid) == total[column]
        told = report.facts["budget.contributions"]
        assert total["The year"] == told.figure.value
        assert total["The year before"] == told.before.figure.value


def test_without_contributions_of_the_year_before_there_is_no_table_and_no_number(report):
    assert report.exhibit("contributions-beside").rows == ()
    assert "budget.contributors" in report.facts
    assert not any(f"budget.contributors_{name}" in report.facts for name in CHANGES)
