"""The tables that count children: a category is one of its dimension."""

import pytest
from pydantic import ValidationError

from hscb_report.schema.cases import ChildDeath
from tests import in_force
from tests.strategies import placed


def death(**cells):
    row = {"counted": "deaths", "children": 1, **cells}
    return placed("2013-14/child_deaths.csv", [row], ChildDeath)[0]


@pytest.mark.parametrize("dimension", in_force.DEATH_DIMENSION)
def test_a_category_of_another_dimension_is_refused_with_those_of_its_own(dimension):
    own = in_force.death_categories()[dimension]
    for category in in_force.DEATH_CATEGORY:
        if category in own:
            assert death(dimension=dimension, category=category).category == category
            continue
        with pytest.raises(ValidationError) as refused:
            death(dimension=dimension, category=category)
        (problem,) = refused.value.errors()
        assert problem["loc"] == ("category",)
        assert problem["msg"] == f"expected, for {dimension}, one of: {', '.join(own)}."


def test_beside_an_unknown_dimension_the_category_is_not_refused_as_well():
    with pytest.raises(ValidationError) as refused:
        death(dimension="height", category="male")
    assert [problem["loc"] for problem in refused.value.errors()] == [("dimension",)]
