"""The improvement journey."""

from hscb_report.calculations.journey import journey_areas
from hscb_report.schema.journey import InspectionStatement
from tests import in_force


def test_the_journey_has_seven_areas_each_counted_once(tables):
    """Two inspections speak of each; the figure comes from the first statement on it."""
    statements = tables[InspectionStatement]
    found = journey_areas(iter(statements))
    assert found.value == len(in_force.JOURNEY_AREA) == 7
    areas = [row.area for row in statements]
    assert found.rows == tuple(
        row.place for number, row in enumerate(statements) if row.area not in areas[:number]
    )
    assert len(statements) == 14
    assert journey_areas(()).value == 0
