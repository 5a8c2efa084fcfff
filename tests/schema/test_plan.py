"""The plan's rows: a label that names its area agrees with the area of its row."""

import pytest
from pydantic import ValidationError

from hscb_report.schema import Place
from hscb_report.schema.plan import STATUS_COLUMNS, ActionArea, ActionStatus, PlannedAction
from tests.made_up_plan import action
from tests.strategies import placed

PLACE = Place("2013-14/actions.csv", 2)


def area(**cells):
    row = {"action_area": "3.2", "development_area": 3, "title": "T", "need_from": "audit", **cells}
    return placed("2013-14/action_areas.csv", [row], ActionArea)[0]


@pytest.mark.parametrize(
    ("row", "cells", "column", "expected"),
    [
        (action, {"action": "1.1a", "action_area": "1.2"}, "action_area", "1.1"),
        (action, {"action": "12.10z", "action_area": "12.1"}, "action_area", "12.10"),
        (area, {"action_area": "3.2", "development_area": 2}, "development_area", "3"),
        (area, {"action_area": "13.2", "development_area": 1}, "development_area", "13"),
    ],
)
def test_a_label_that_does_not_fit_its_area_is_refused_at_the_area(row, cells, column, expected):
    with pytest.raises(ValidationError) as refused:
        row(**cells)
    (problem,) = refused.value.errors()
    assert problem["loc"] == (column,)
    assert problem["msg"] == f"expected {expected}, as the row's label says."


def test_a_wrong_label_is_told_alone_and_not_its_area_too():
    """What does not read as a label says nothing of the area."""
    for row, cells in ((action, {"action": "1.1"}), (area, {"action_area": "3.2b"})):
        with pytest.raises(ValidationError) as refused:
            row(**cells)
        assert [problem["loc"] for problem in refused.value.errors()] == [(next(iter(cells)),)]


def test_every_action_of_the_data_fits_its_area_and_every_area_its_development_area(tables):
    areas = {row.action_area for row in tables[ActionArea]}
    assert {row.action[:-1] for row in tables[PlannedAction]} == areas
    assert all(row.action.startswith(row.action_area) for row in tables[PlannedAction])
    for row in tables[ActionArea]:
        assert row.action_area.startswith(f"{row.development_area}.")


def test_the_columns_in_which_something_may_be_said_of_an_action_may_each_be_empty():
    for name in STATUS_COLUMNS:
        assert type(None) in ActionStatus.model_fields[name].annotation.__args__
