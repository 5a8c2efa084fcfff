"""What a template asks for: the tables owed, the year's own rows, what they were a year before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hscb_report.errors import ReportError, UnknownNameError
from hscb_report.intake.asking import holding_of
from hscb_report.intake.layout import column_of, heading, last_years_heading
from hscb_report.intake.template import (
    SPARE_ROWS,
    Form,
    Holding,
    held_tables,
    owed_tables,
    template,
)
from hscb_report.report import PROJECT, table_schemas
from hscb_report.schema.line import Line
from hscb_report.schema.slips import NUMBERS
from hscb_report.years import ReportingYear
from tests.conftest import small_year

NORTHSHIRE = PROJECT / "examples/northshire"
YEAR = ReportingYear(2024)


@pytest.fixture(scope="module")
def northshire() -> Holding:
    return holding_of(YEAR, NORTHSHIRE)


@pytest.fixture
def small(tmp_path: Path) -> Holding:
    """A year that follows another: figures, months, and rows of two agencies."""
    agencies = ["agency,name", "council,The County", "police,The Police", "fire,Fire and Rescue"]
    owed = ["content,agency,role", "contributions,police,", "text/review.md,fire,"]
    small_year(
        tmp_path,
        "2016-17",
        reference_agencies=agencies,
        reference_owed=owed,
        contributions=["agency,organisation,amount", "police,Police,100", "council,Council,"],
        training_offers=["offer,title,theme,level,mode", "basics,Basics,Any,universal,course"],
        training_deliveries=[
            "offer,first_month,last_month,attended,counted_as,in_total",
            "basics,2016-M05,2016-M06,11,attendees,yes",
            "basics,2016-M09,2016-M10,12,attendees,yes",
        ],
    )
    small_year(
        tmp_path,
        "2017-18",
        contributions=["agency,organisation,amount", "council,Council,200", "police,Police,300"],
        groups=["group,name", "4.,=1+1"],
        training_deliveries=[
            "offer,first_month,last_month,attended,counted_as,in_total",
            "basics,2017-M09,2017-M10,21,attendees,yes",
            "basics,2017-M12,2017-M12,22,attendees,yes",
        ],
    )
    return holding_of(ReportingYear(2017), tmp_path)


def form(holding: Holding, name: str, agency: str = "") -> Form:
    schema = next(schema for schema in holding.schemas if schema.name == name)
    (found,) = template(holding, [schema], agency).forms
    return found


def column(found: Form, start: str) -> list[object]:
    place = next(n for n, c in enumerate(found.columns) if c.heading.startswith(start))
    return [row[place] for row in found.rows]


# Which tables ------------------------------------------------------------------------------------


def test_an_agency_is_asked_for_the_tables_that_it_owes_and_not_for_texts(northshire):
    names = {schema.name for schema in owed_tables(northshire, "council")}
    assert names == {
        *("measurements", "protected_measurements", "contributions", "other_income"),
        *("expenditure", "fund_balances", "budget_totals"),
    }


def test_an_agency_that_owes_nothing_or_a_text_alone_is_told_where_it_would_be_said(small):
    for agency in ("council", "fire"):
        with pytest.raises(ReportError, match=r"owes no table: reference/owed\.csv names none"):
            owed_tables(small, agency)


def test_an_unknown_agency_is_told_with_the_nearest(small):
    with pytest.raises(UnknownNameError, match=r'Unknown agency "polis"\. Did you mean "police"'):
        owed_tables(small, "polis")


def test_without_an_agency_every_table_that_is_there_or_owed_is_asked_for(small):
    owed = replace(small, lines={**small.lines, "owed": (Line(2, {"content": "audits"}),)})
    names = [schema.name for schema in held_tables(owed)]
    assert set(names) == {"contributions", "groups", "training_deliveries", "audits"}
    with pytest.raises(ReportError, match="holds no table, and no agency owes one"):
        held_tables(replace(small, lines={}))


# The forms ---------------------------------------------------------------------------------------


def test_a_form_has_the_rows_of_the_file_and_as_many_spare_or_thirty(northshire):
    found = form(northshire, "expenditure")
    assert [row[0] for row in found.rows] == [
        line.get("line") for line in northshire.lines["expenditure"]
    ]
    assert found.spare == SPARE_ROWS
    many = form(northshire, "measurements")
    assert many.spare == len(many.rows) == len(northshire.lines["measurements"]) > SPARE_ROWS
    assert form(northshire, "cdop_lessons").rows


def with_owed(holding: Holding, *rows: dict[str, str]) -> Holding:
    """Return what a year holds, with other rows in the list of who owes what."""
    owed = [Line(n, row) for n, row in enumerate(rows, 2)]
    return replace(holding, lines={**holding.lines, "owed": owed})


def test_who_alone_owes_a_table_is_shown_all_of_it(small):
    assert len(form(small, "contributions").rows) == 2
    own = form(small, "contributions", "police")
    assert [row[0] for row in own.rows] == ["council", "police"]
    assert "gives" not in " ".join(own.told)


def test_of_a_table_that_several_owe_one_is_shown_the_rows_that_name_it(small, northshire):
    both = [{"content": "contributions", "agency": agency} for agency in ("police", "council")]
    own = form(with_owed(small, *both), "contributions", "police")
    assert [row[:2] for row in own.rows] == [("police", "Police")]
    assert "those that The Police gives" in " ".join(own.told)
    assert len(form(small, "training_deliveries", "police").rows) == 2
    # An agency that is named beside the keys owns no row.
    of_all = form(northshire, "recommendations", "police")
    assert len(of_all.rows) == len(northshire.lines["recommendations"])
    assert "police" not in {*column(of_all, "The agency")}
    # By way of the list of agencies whose attendance is rated.
    attended = form(northshire, "attendance_records", "fire")
    assert {*column(attended, "The agency")} == {"fire"}


def test_an_agency_that_owes_some_rows_is_shown_those(northshire):
    """Named by the first column of the table's key."""
    own = form(northshire, "measurements", "police")
    measures = {*column(own, "The measure")}
    assert measures
    assert measures <= {"first_time_entrants", "missing_children", "missing_episodes"} | {
        *("exploitation", "domestic_abuse", "encompass")
    }
    assert "those that Northshire Police gives" in " ".join(own.told)


def test_there_is_room_for_as_many_rows_as_the_year_before_had(northshire):
    empty = replace(northshire, lines={**northshire.lines, "membership": ()})
    assert form(empty, "membership").spare == SPARE_ROWS + len(northshire.before["membership"])


def test_numbers_have_beside_them_what_the_same_row_had_the_year_before(small):
    found = form(small, "contributions")
    assert column(found, "Last year (2016-17): What it paid") == [None, 100]
    assert [c.asked for c in found.columns[-1:]] == [None]
    assert len([c for c in found.columns if c.asked is None]) == 1


def test_months_are_compared_with_the_same_months_a_year_before(small):
    found = form(small, "training_deliveries")
    attended = next(c for c in found.columns if c.heading.startswith("Last year"))
    assert column(found, attended.heading) == [12, None]


def test_last_years_values_are_those_of_the_file_of_last_year(northshire):
    before = {line.get("line"): line.get("amount") for line in northshire.before["expenditure"]}
    found = form(northshire, "expenditure")
    shown = column(found, "Last year (2023-24): What was spent")
    assert [str(value) for value in shown] == [before[str(row[0])] for row in found.rows]


def test_without_a_year_before_there_is_nothing_to_look_at(small):
    found = form(replace(small, before={}), "contributions")
    assert all(c.asked for c in found.columns)


def test_where_rows_come_from_is_said_once_and_as_it_is_usual(small, northshire):
    pairs = {pair.label: pair for pair in form(small, "contributions", "police").pairs}
    assert pairs["Table"].said == "contributions"
    assert pairs["Year"].said == "2017-18"
    assert (pairs["Sent by"].said, pairs["Sent by"].asked) == ("police", None)
    assert pairs["Basis"].said == "the Board's own record"
    assert pairs["Basis"].asked.check.choices.name == "Basis"
    asked_of = {pair.label: pair for pair in form(small, "contributions").pairs}["Sent by"]
    assert [c.entry for c in asked_of.asked.check.choices.choices] == ["council", "police", "fire"]
    invented = {pair.label: pair.said for pair in form(northshire, "groups").pairs}
    assert invented["Basis"] == "invented, as an example"
    codes = [column_of(c.heading) for c in form(small, "contributions").columns]
    assert not {"source", "locator", "basis", "as_printed"} & {*codes}
    assert "note" in codes


def test_a_form_of_counts_of_children_says_so(northshire):
    assert "counts or describes children" in " ".join(form(northshire, "child_deaths").told)
    assert "counts or describes" not in " ".join(form(northshire, "groups").told)


def test_an_example_of_an_agency_is_the_one_that_is_asked(small):
    assert form(small, "contributions", "fire").columns[0].example == "fire"


def test_a_cell_that_no_spreadsheet_can_hold_is_told_and_not_cut(small):
    line = Line(3, {"group": "board", "name": "x" * 32_768})
    holding = replace(small, lines={"groups": (line,)})
    with pytest.raises(ReportError, match=r'2017-18/groups.csv, row 3, column "name": the cell'):
        form(holding, "groups")


# Headings ----------------------------------------------------------------------------------------


def test_every_heading_names_its_column_and_what_is_only_looked_at_names_none():
    for schema in table_schemas():
        for declared in schema.columns:
            assert column_of(heading(declared)) == declared.name
            assert (", required (" in heading(declared)) == declared.required
            looked_at = last_years_heading(declared, YEAR)
            assert column_of(looked_at) is None
            assert looked_at.startswith("Last year (2023-24): ")
            # The longest that a program takes, with room for a number.
            assert len(heading(declared)) <= 240


def test_a_description_that_ends_like_a_code_heads_no_column():
    declared = next(
        c for s in table_schemas() for c in s.columns if c.kind.name in NUMBERS and not c.required
    )
    found = replace(declared, description="Children (all)")
    assert column_of(last_years_heading(found, YEAR)) is None
    assert column_of(heading(found)) == declared.name
