"""What an analyst is given: published tables as data, histories, and texts filled in."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas
import pytest

import hscb_report
from hscb_report.analysis import Report, for_analysts
from hscb_report.errors import UnknownNameError
from hscb_report.figures import Figure
from hscb_report.noting import VARIABLE, noting
from hscb_report.report import PROJECT, open_report
from hscb_report.results.exhibit import Column, exhibit
from hscb_report.results.published import Published
from hscb_report.units import POUNDS

NORTHSHIRE = PROJECT / "examples/northshire"


@pytest.fixture(scope="module")
def analysed(report: Published) -> Report:
    return for_analysts(report)


@pytest.fixture(scope="module")
def northshire() -> Report:
    return for_analysts(open_report("2024-25", data=NORTHSHIRE))


# Tables as data ----------------------------------------------------------------------------------


def test_numbers_are_floats_not_rounded_and_totals_are_left_out(analysed: Report) -> None:
    found = analysed.frame("contribution-shares")
    assert list(found.columns) == ["Agency", "Contribution", "Share"]
    assert [str(kind) for kind in found.dtypes[1:]] == ["float64", "float64"]
    assert "Total" not in set(found["Agency"])
    assert found["Contribution"].sum() == 208191
    assert found["Share"].iloc[0] == pytest.approx(61.009362)
    assert found["Share"].sum() == pytest.approx(100)


def test_totals_are_marked_where_they_are_asked_for(analysed: Report) -> None:
    found = analysed.frame("contribution-shares", totals=True)
    assert list(found.loc[found["is_total"], "Agency"]) == ["Total"]
    assert len(found) == len(analysed.frame("contribution-shares")) + 1


def test_a_long_frame_has_a_row_for_each_number_with_its_unit(analysed: Report) -> None:
    found = analysed.frame("contribution-shares", long=True)
    assert list(found.columns) == ["Agency", "measure", "value", "unit"]
    assert len(found) == 2 * len(analysed.frame("contribution-shares"))
    first = found.iloc[0]
    assert (first["measure"], first["value"], first["unit"]) == ("Contribution", 127016.0, "pounds")
    assert "Total" not in set(found["Agency"])
    marked = analysed.frame("contribution-shares", long=True, totals=True)
    assert marked["is_total"].sum() == 2


def test_days_are_dates_and_gaps_are_missing(northshire: Report) -> None:
    kinds = {
        (label, name): frame[name].dtype
        for label in (table.label for table in northshire.exhibits)
        for frame in [northshire.frame(label)]
        for name in frame.columns
        if frame.columns.is_unique
    }
    dates = {where for where, kind in kinds.items() if str(kind).startswith("datetime64")}
    assert dates
    texts = {where for where, kind in kinds.items() if str(kind) in ("object", "str", "string")}
    for label, name in texts:
        assert not northshire.frame(label)[name].dropna().eq("not stated").any(), (label, name)


def test_words_that_begin_as_a_gap_does_are_kept(analysed: Report) -> None:
    rows = [("A", "not stated"), ("B", "lost property"), ("C", "not known to anybody")]
    table = exhibit("t", "T", [Column("Who"), Column("What")], rows)
    given = replace(analysed.results, exhibits=(table,))
    found = for_analysts(replace(open_report("2013-14"), results=given)).frame("t")
    assert found["What"].isna().tolist() == [True, False, False]
    assert list(found["What"][1:]) == ["lost property", "not known to anybody"]


def test_every_published_table_is_to_be_had_as_data(northshire: Report) -> None:
    for table in northshire.exhibits:
        whole = northshire.frame(table.label, totals=True)
        assert len(whole) == len(table.rows)
        northshire.frame(table.label, long=True)


def test_a_table_that_there_is_not_is_told_with_the_nearest(analysed: Report) -> None:
    with pytest.raises(UnknownNameError, match="spend-shares"):
        analysed.frame("spend-share")


# Totals, by what numbers rest on -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "totals"),
    [
        ([1, 2, 3], {2}),
        ([1, 2, 4], set()),
        ([5, 5], set()),  # one alone is summed up by nobody
        ([0, 3, 3], {2}),  # of two that could be, the last
    ],
)
def test_a_row_that_sums_up_all_others_is_a_total(values: list[int], totals: set[int]) -> None:
    names = [*"abcd"[: len(values) - 1], "Total"]
    rows = [(name, Figure(value)) for name, value in zip(names, values, strict=True)]
    assert exhibit("t", "T", [Column("A"), Column("B", POUNDS)], rows).totals == totals


def test_what_charts_leave_out_as_a_total_is_one(northshire: Report, analysed: Report) -> None:
    """Whatever a board calls it: the notebooks name it, the numbers know it."""
    for report, label in ((analysed, "spend-shares"), (northshire, "other-income")):
        table = report.exhibit(label)
        assert {table.text(row, 0) for row in table.totals} == {"Total"}
    table = northshire.exhibit("outturn-by-area")
    assert {table.text(row, 0) for row in table.totals} == {"All areas"}


# Histories ---------------------------------------------------------------------------------------


def test_a_history_is_a_series_by_period_the_oldest_first(northshire: Report) -> None:
    fact = northshire.facts["budget.spend"]
    series = northshire.history("budget.spend")
    assert list(series.index) == [*(str(e.period) for e in fact.earlier), "2024-25"]
    assert series.name == fact.label
    assert series.dtype == float
    assert series["2024-25"] == float(fact.figure.value or 0)


def test_a_share_is_in_the_unit_that_it_is_told_in(northshire: Report) -> None:
    shares = [
        fact for fact in northshire.facts if fact.unit.name == "percent" and fact.figure.value
    ]
    fact = shares[0]
    told = northshire.history(fact.id).iloc[-1]
    assert told == pytest.approx(float(fact.unit.shown(fact.figure.value) or 0))


# Texts -------------------------------------------------------------------------------------------


def test_a_text_is_read_with_its_numbers_and_the_captions_of_its_tables(analysed: Report) -> None:
    said = analysed.filled(
        "In {{ year }}: {{ budget.spend }}, {numref}`spend-shares`; {{ no.one }}"
    )
    assert said.startswith('In 2013-14: £220,500, the table "Spend by what it went on')
    assert said.endswith("{{ no.one }}")


def test_the_text_of_a_notebook_is_read_filled_in_and_never_printed(analysed: Report) -> None:
    reading = analysed.read("budget")
    shown = reading._repr_mimebundle_()
    assert "Agencies contributed £208,200 in 2013-14" in shown["text/markdown"]
    assert "{{" not in reading.text
    assert analysed.commentary("budget").plain[:60] in reading.text
    with pytest.raises(UnknownNameError, match="budget"):
        analysed.read("budgets")


# In a notebook -----------------------------------------------------------------------------------


def test_what_a_notebook_opens_is_for_analysts() -> None:
    opened = hscb_report.open_report("2013-14")
    assert isinstance(opened, Report)
    assert isinstance(opened.frame("spend-shares"), pandas.DataFrame)


def test_a_data_root_is_found_from_the_folder_of_the_notebooks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(PROJECT / "notebooks")
    assert hscb_report.open_report("2016-17", data="examples/smallshire").stem == "2016-17"


def test_what_it_asks_for_is_noted_and_not_that_it_asked(
    report: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = tmp_path / "notes"
    monkeypatch.setenv(VARIABLE, str(notes))
    given = for_analysts(noting(report))
    given.frame("spend-shares")
    noted = [json.loads(line) for line in notes.read_text().splitlines()]
    assert noted == [["report", "exhibit", "spend-shares"]]
    given.history("budget.spend")
    noted = [json.loads(line) for line in notes.read_text().splitlines()]
    assert noted[1:] == [["report", "facts", ""]]
