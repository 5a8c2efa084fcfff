"""One reading of a year beside the earlier ones of its data root: histories, what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from examples.invent.writing import confirm_years
from hscb_report.errors import ReportError
from hscb_report.report import check_year, open_report
from hscb_report.results.published import Published
from tests.conftest import small_year

AGENCIES = ("agency,name", "council,The Council", "police,The Police")


def contributions(*pounds: int) -> tuple[str, ...]:
    paid = zip(("council,The Council", "police,The Police"), pounds, strict=False)
    return ("agency,organisation,amount", *(f"{agency},{amount}" for agency, amount in paid))


def years(root: Path, **pounds: tuple[int, ...]) -> Path:
    """Write years of contributions: y2013=(100, 50) is what two agencies paid in 2013-14."""
    for name, paid in pounds.items():
        first = int(name[1:])
        year = f"{first}-{(first + 1) % 100:02d}"
        small_year(root, year, contributions=contributions(*paid), reference_agencies=AGENCIES)
    return root


def history(report: Published, fact: str = "budget.contributions") -> list[tuple[str, str]]:
    """Return the history of a number as it would be printed."""
    found = report.facts[fact]
    return [(str(e.period), found.unit.text(e.figure)) for e in found.earlier]


def of_history(data: Path, year: str | None = None) -> list[tuple[str, str, str, int | None]]:
    """Return what is found of histories."""
    found = check_year(year, data).findings
    return [(f.rule, f.severity, f.file, f.row) for f in found if f.rule.startswith("H")]


def outcome(rule: str, data: Path) -> str:
    return {r.rule.code: r.outcome for r in check_year(None, data).results}[rule]


# Several years ----------------------------------------------------------------------------------


def test_a_year_alone_has_no_history(tmp_path):
    report = open_report(data=years(tmp_path, y2013=(100, 50)))
    assert str(report.year) == "2013-14"
    assert history(report) == []
    assert report.names["budget.contributions.trend"] == "no figure for 2012-13"


def test_a_number_has_the_history_that_the_folders_of_earlier_years_give(tmp_path):
    """Without a year the latest is opened; of a later year an earlier one knows nothing."""
    data = years(tmp_path, y2013=(100, 50), y2014=(110, 50), y2015=(120, 50))
    report = open_report(data=data)
    assert str(report.year) == "2015-16"
    assert history(report) == [("2013-14", "£150"), ("2014-15", "£160")]
    assert report.names["budget.contributions.trend"] == "up 6% from £160"
    assert history(open_report("2014-15", data=data)) == [("2013-14", "£150")]
    assert of_history(data) == []
    assert {outcome(rule, data) for rule in ("H1", "H2", "H3")} == {"passed"}


def test_a_year_that_is_missing_is_a_gap(tmp_path):
    report = open_report(data=years(tmp_path, y2012=(90, 50), y2014=(110, 50)))
    assert history(report) == [("2012-13", "£140")]
    assert report.names["budget.contributions.previous"] == "no figure for 2013-14"


def test_a_number_that_is_new_has_the_history_that_there_is_of_it(tmp_path):
    """The police pay for the second time, and did not pay in between."""
    data = years(tmp_path, y2012=(90, 50), y2013=(90,), y2014=(110, 60))
    report = open_report(data=data)
    assert history(report, "budget.contribution_police") == [("2012-13", "£50")]
    assert history(report, "budget.contribution_council") == [
        ("2012-13", "£90"),
        ("2013-14", "£90"),
    ]


def test_an_earlier_year_counts_by_its_own_words_and_knows_no_prose(tmp_path):
    """A text of a past year that names what is no longer there is that year's matter."""
    data = years(tmp_path, y2013=(100, 50), y2014=(110, 50))
    text = data / "2013-14/text/context.md"
    text.parent.mkdir()
    text.write_text("# Context\n\n{{ budget.nothing }} and 42 of them.\n", "utf-8")
    assert of_history(data) == []
    assert history(open_report(data=data)) == [("2013-14", "£150")]


# A year that is not sound -----------------------------------------------------------------------


def damage_cell(folder: Path) -> None:
    (folder / "contributions.csv").write_text("\n".join(contributions("lots")), "utf-8")


def damage_sum(folder: Path) -> None:
    """State another total than the rows add up to."""
    (folder / "budget_totals.csv").write_text("total,amount\nincome,999\n", "utf-8")
    (folder / "fund_balances.csv").write_text("balance,amount\nbrought_forward,5\n", "utf-8")


def damage_settings(folder: Path) -> None:
    (folder / "year.toml").unlink()


def empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


@pytest.mark.parametrize("damage", [damage_cell, damage_sum, damage_settings, empty])
def test_a_past_year_with_errors_is_left_out_of_histories_and_told_as_a_warning(tmp_path, damage):
    """The others have their histories all the same, and the report is made."""
    data = years(tmp_path, y2012=(90, 50), y2013=(100, 50), y2014=(110, 50))
    damage(data / "2013-14")
    assert of_history(data) == [("H2", "warning", "2013-14", None)]
    (found,) = [f for f in check_year(None, data).findings if f.rule == "H2"]
    assert found.message.startswith("2013-14 has 1 error and is left out of every history.")
    assert found.hint == "Check 2013-14 and mend it."
    report = open_report(data=data)
    assert history(report) == [("2012-13", "£140")]
    assert report.names["budget.contributions.previous"] == "no figure for 2013-14"


def test_the_warning_about_a_past_year_tells_no_cell_of_a_protected_table(tmp_path):
    secret = "Jane, aged 4"
    data = years(tmp_path, y2013=(100, 50), y2014=(110, 50))
    lines = f'stream,received\nchildren,"{secret}"\n'
    (data / "2013-14/referrals.csv").write_text(lines, "utf-8")
    found = check_year(None, data)
    assert ("H2", "warning") in {(f.rule, f.severity) for f in found.findings}
    assert secret not in str(found.as_json())


def test_a_year_that_is_damaged_itself_tells_nothing_of_others(tmp_path):
    """Histories are not run, which is not the same as passed."""
    data = years(tmp_path, y2013=(100, 50), y2014=(110, 50))
    damage_cell(data / "2013-14")
    damage_cell(data / "2014-15")
    assert of_history(data) == []
    assert outcome("H1", data) == "not_run"


# Tables beside those of the year before ---------------------------------------------------------


def shown(report: Published, label: str) -> list[tuple[str, ...]]:
    """Return a table as it is printed, its headings first."""
    found = report.exhibit(label)
    return [tuple(column.heading for column in found.columns), *found.texts()]


def rules_broken(data: Path) -> list[tuple[str, str, str | None]]:
    """Return what is found, but that nobody says where what is asked for is met."""
    found = check_year(data=data).findings
    passed_over = ("R26", "Y1", "Y2", "G6")  # nobody has looked at these years, or said a point
    return [(f.rule, f.severity, f.found) for f in found if f.rule not in passed_over]


def test_a_table_stands_beside_that_of_the_year_before_and_of_no_other(tmp_path):
    """Three years on, the middle one has its own beside it, and the last that of the middle."""
    data = years(tmp_path, y2013=(100, 50), y2014=(110, 60), y2015=(120, 70))
    assert shown(open_report(data=data), "budget-income") == [
        ("Agency contributions", "2015/16", "2014/15"),
        ("The Council", "£120", "£110"),
        ("The Police", "£70", "£60"),
    ]
    assert shown(open_report("2014-15", data=data), "budget-income")[1][2] == "£100"
    assert len(shown(open_report("2013-14", data=data), "budget-income")[0]) == 2


@pytest.mark.parametrize("damage", [damage_cell, damage_sum, damage_settings, empty, None])
def test_without_a_sound_year_before_a_table_stands_alone(tmp_path, damage):
    """The year before that one is no year before."""
    data = years(tmp_path, y2012=(90, 50), y2014=(110, 50))
    if damage:
        years(tmp_path, y2013=(100, 50))
        damage(data / "2013-14")
    assert len(shown(open_report(data=data), "budget-income")[0]) == 2
    assert not open_report(data=data).exhibit("contributions-beside").rows


def test_a_column_that_the_board_calls_otherwise_stands_beside_that_of_the_year_before(tmp_path):
    """By its own heading, in which the year is filled in."""
    own = ("exhibit,usual,own", "contribution-shares,Contribution,Paid in {{ year }}")
    data = years(tmp_path, y2013=(100, 50), y2014=(110, 50))
    small_year(tmp_path, "2014-15", reference_headings=own)
    found = shown(open_report(data=data), "contribution-shares")
    assert found[0] == ("Agency", "Paid in 2014-15", "Paid in 2013-14", "Share")
    assert found[1] == ("The Council", "£110", "£100", "68.8%")
    assert rules_broken(data) == []


def test_files_of_the_year_before_that_tables_show_are_inputs(tmp_path):
    """Also where this year's own tables state what the number with a name was."""
    data = years(tmp_path, y2013=(100, 50), y2014=(110, 50))
    lines = "organisation,help,agency,value", "The Council,A room,council,{}"
    for year, value in (("2013-14", 7), ("2014-15", 8)):
        small_year(tmp_path, year, help_in_kind=(lines[0], lines[1].format(value)))
    state(data, "2014-15", "budget.help_in_kind,2013-14,7,")
    report = open_report(data=data)
    assert shown(report, "help-in-kind")[1][2:] == ("£8", "£7")
    assert "2013-14/help_in_kind.csv" in {source.path for source in report.results.inputs}
    for exhibit in report.exhibits:
        assert all(figure.files == () for figure in exhibit.figures()), exhibit.label


def test_a_text_may_name_what_is_worked_out_with_a_year_before_that_is_damaged(tmp_path):
    """That is told as a warning; only where no such year was ever held is the name an error."""
    data = years(tmp_path, y2013=(100, 50), y2014=(110, 60))
    text = data / "2014-15/text/commentary/budget.md"
    text.parent.mkdir(parents=True)
    text.write_text("It was {{ budget.contributors_up.counted }}.\n", "utf-8")
    small_year(data, "2014-15", status="final")
    confirm_years(data)
    assert rules_broken(data) == []
    assert open_report(data=data).commentary("budget").plain == "It was 2 agencies.\n"
    damage_cell(data / "2013-14")
    assert rules_broken(data) == [("H2", "warning", None)]
    assert open_report(data=data).commentary("budget").plain == "It was not stated.\n"
    empty(data / "2013-14")
    (data / "2013-14").rmdir()
    assert rules_broken(data) == [("P1", "error", "budget.contributors_up.counted")]


# What is stated of earlier years ----------------------------------------------------------------


def state(data: Path, year: str, *lines: str) -> None:
    path = data / year / "earlier_figures.csv"
    path.write_text("\n".join(("fact,period,value,revision", *lines)) + "\n", "utf-8")


def test_a_stated_figure_gives_what_no_folder_does(tmp_path):
    data = years(tmp_path, y2014=(110, 50))
    state(data, "2014-15", "budget.contributions,2012-13,140,", "budget.contributions,2013-14,150,")
    report = open_report(data=data)
    assert history(report) == [("2012-13", "£140"), ("2013-14", "£150")]
    assert report.names["budget.contributions.trend"] == "up 7% from £150"


@pytest.mark.parametrize(
    ("value", "revision", "found"),
    [
        ("150", "", []),
        ("145", "", [("H1", "error", "2014-15/earlier_figures.csv", 2)]),
        ("145", "The police paid less than they had said", []),
    ],
)
def test_a_stated_figure_agrees_with_that_year_s_own_or_says_that_it_is_revised(
    tmp_path, value, revision, found
):
    """A revised figure then stands in the history, in later years too."""
    data = years(tmp_path, y2013=(100, 50), y2014=(110, 50), y2015=(120, 50))
    state(data, "2014-15", f"budget.contributions,2013-14,{value},{revision}")
    assert of_history(data, "2014-15") == found
    if not found:
        assert history(open_report("2014-15", data=data)) == [("2013-14", f"£{value}")]
        assert history(open_report("2015-16", data=data))[0] == ("2013-14", f"£{value}")


def test_a_share_may_be_stated_as_it_was_printed(tmp_path):
    data = years(tmp_path, y2013=(100, 50), y2014=(110, 50))
    share = "budget.share_of_contributions_council"
    state(data, "2014-15", f"{share},2013-14,66.7,", f"{share},2012-13,70,")
    assert of_history(data) == []
    report = open_report(data=data)
    assert history(report, share) == [("2012-13", "70.0%"), ("2013-14", "66.7%")]


def test_a_figure_of_no_number_is_told(tmp_path):
    data = years(tmp_path, y2014=(110, 50))
    state(data, "2014-15", "budget.contribution,2012-13,140,", "budget.contributions,2014-15,1,")
    file = "2014-15/earlier_figures.csv"
    assert of_history(data) == [("H3", "error", file, 2), ("H3", "error", file, 3)]


# Which year -------------------------------------------------------------------------------------


def test_without_any_year_the_data_root_is_told_with_what_to_begin_with(tmp_path):
    for root in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ReportError, match=r'There is no year in "') as refused:
            open_report(data=root)
        assert "2014-15" in str(refused.value)
        assert refused.value.exit_code == 1


def test_an_empty_year_is_one_finding(tmp_path):
    """Whatever else could be said of it."""
    data = years(tmp_path, y2013=(100, 50))
    (data / "2014-15/text").mkdir(parents=True)
    found = check_year(None, data).findings
    assert [(f.rule, f.message) for f in found] == [("L8", "this year holds nothing yet.")]


# Small counts -----------------------------------------------------------------------------------

REFERRALS = {"referrals": ("stream,received", "children,3")}


@pytest.mark.parametrize(
    ("kind", "edition", "severity"),
    [
        ("publication", "public", "error"),
        ("publication", "board", "warning"),
        ("example", "public", None),
        ("example", "board", None),
    ],
)
def test_small_counts_of_a_publication_are_for_the_board_alone(tmp_path, kind, edition, severity):
    """As long as nothing decides what may be shown; what is invented may be."""
    data = small_year(tmp_path, "2014-15", kind, **REFERRALS)
    found = [f for f in check_year(None, data, edition).findings if f.rule == "R27"]
    assert [f.severity for f in found] == ([severity] if severity else [])
    assert all((f.file, f.found) == ("2014-15/referrals.csv", None) for f in found)


def test_a_publication_without_counts_of_children_is_for_everybody(tmp_path):
    assert outcome("R27", years(tmp_path, y2014=(110, 50))) == "passed"


DEATHS = ("counted,dimension,category,children", "deaths,total,all,3", "reviews,total,all,2")


def test_of_several_years_together_no_edition_tells_more_than_of_the_year_itself(tmp_path):
    """The file of an earlier year that counts children is an input, without its hash in public."""
    for year in ("2013-14", "2014-15"):
        small_year(tmp_path, year, "example", child_deaths=DEATHS)
    for edition, rows, has_hash in (("public", None, False), ("board", (2,), True)):
        report = open_report(None, edition, tmp_path)
        fact = report.facts["child_deaths.deaths_pooled"]
        assert (fact.text, str(fact.period)) == ("6", "April 2013 to March 2015")
        assert [(s.file, s.rows, bool(s.sha256)) for s in fact.provenance] == [
            (f"{year}/child_deaths.csv", rows, has_hash) for year in ("2013-14", "2014-15")
        ]
        inputs = {source.path: source.sha256 for source in report.results.inputs}
        assert bool(inputs["2013-14/child_deaths.csv"]) == has_hash
