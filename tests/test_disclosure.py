"""What an edition shows is decided in one step, before anything is published."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from hscb_report.disclosure import EDITIONS, decide
from hscb_report.figures import Figure, withheld
from hscb_report.results.exhibit import Column, exhibit
from hscb_report.results.fact import Earlier, Fact, Ledger, Provenance
from hscb_report.results.published import Input, Results
from hscb_report.schema import Place
from hscb_report.units import count_of
from hscb_report.years import Period
from tests.strategies import figures

CHILDREN = count_of("children")
PROTECTED, OPEN = "2013-14/child_deaths.csv", "2013-14/contributions.csv"


def fact(figure: Figure, *files: str) -> Fact:
    found = tuple(Provenance(file, (2, 3), "A report L7", "abc") for file in files)
    return Fact("child_deaths.deaths", "Deaths", figure, CHILDREN, "f", provenance=found)


def results(*facts: Fact) -> Results:
    inputs = (Input(PROTECTED, "abc", is_protected=True), Input(OPEN, "def"))
    return Results(facts=Ledger(facts), inputs=inputs)


def test_the_public_edition_tells_the_document_of_a_protected_number_and_not_its_rows() -> None:
    (source,) = decide(results(fact(Figure(11), PROTECTED)), "public").facts.facts[0].provenance
    assert source == Provenance(PROTECTED, None, "A report L7", None)


def test_of_a_number_that_is_not_shown_not_even_the_document_is_told() -> None:
    given_fact = fact(withheld(Figure(3)), PROTECTED)
    (source,) = decide(results(given_fact), "public").facts.facts[0].provenance
    assert source == Provenance(PROTECTED, None, "", None)


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_is_not_protected_is_told_in_every_edition(edition: str) -> None:
    decided = decide(results(fact(Figure(11), OPEN)), edition)
    assert decided.facts.facts[0].provenance[0] == Provenance(OPEN, (2, 3), "A report L7", "abc")
    assert Input(OPEN, "def") in decided.inputs


def test_the_hash_of_a_protected_file_is_told_to_the_board_alone() -> None:
    public = decide(results(), "public").inputs
    assert [source.sha256 for source in public] == [None, "def"]
    assert [source.sha256 for source in decide(results(), "board").inputs] == ["abc", "def"]


@given(figures)
def test_no_figure_keeps_its_rows_in_any_edition(figure: Figure) -> None:
    figure = replace(figure, searched=(PROTECTED,))
    columns = (Column("What"), Column("Children", CHILDREN))
    table = exhibit("a-table", "A table", columns, [("All", figure)])
    given_results = replace(results(fact(figure, PROTECTED)), exhibits=(table,))
    for edition in EDITIONS:
        decided = decide(given_results, edition)
        shown = (decided.facts.facts[0].figure, decided.exhibits[0].rows[0][1])
        for found in shown:
            assert isinstance(found, Figure)
            assert (found.rows, found.searched) == ((), ())
            assert (found.value, found.withheld) == (figure.value, figure.withheld)
        assert decided.exhibits[0].texts() == table.texts()


@given(figures)
def test_no_earlier_value_keeps_its_rows_in_any_edition(figure: Figure) -> None:
    """Nor is it told which of them this year's own tables stated: the history says enough."""
    figure = replace(figure, searched=(PROTECTED,), lacks=("a row",))
    earlier = Earlier(Period.parse("2012-13"), figure, "over", "Recounted")
    given_fact = replace(fact(Figure(11), OPEN), earlier=(earlier,), stated=(earlier,))
    for edition in EDITIONS:
        (decided,) = decide(results(given_fact), edition).facts
        untold = replace(figure, rows=(), searched=(), lacks=())
        assert decided.earlier == (replace(earlier, figure=untold),)
        assert decided.stated == ()


def test_places_are_not_needed_to_tell_a_provenance() -> None:
    """A figure with rows and one without give the same decided fact."""
    with_rows = fact(Figure(11, (Place(PROTECTED, 2),)), PROTECTED)
    without = fact(Figure(11), PROTECTED)
    for edition in EDITIONS:
        assert decide(results(with_rows), edition) == decide(results(without), edition)
