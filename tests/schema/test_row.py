"""Rows: what each reads of its cells, and what it must say of where it comes from."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from hscb_report.schema import Place, Row
from hscb_report.schema.board import Membership
from hscb_report.schema.columns import TEXT, column
from hscb_report.schema.finance import Contribution, Expenditure
from hscb_report.schema.row import OF_NO_DOCUMENT, SourcedRow, TableInfo
from hscb_report.schema.vocabularies import BASIS, Vocabulary
from tests.in_force import IN_FORCE

PLACE = Place("2013-14/contributions.csv", 2)
CELLS = {
    "agency": "a",
    "organisation": "A",
    "amount": "1,200",
    "budget": None,
    "next_year": None,
    "source": "ar",
    "locator": "L1",
    "basis": "verbatim",
    "as_printed": None,
    "note": None,
}


def contribution(**cells):
    return Contribution(place=PLACE, **{**CELLS, **cells})


def refused(**cells):
    """Return the columns at which a contribution is refused."""
    with pytest.raises(ValidationError) as told:
        contribution(**cells)
    return {problem["loc"][0] for problem in told.value.errors()}


def test_text_is_read_as_its_column_says_and_a_value_is_taken_as_it_is():
    assert contribution().amount == Decimal(1200)
    assert contribution(amount=Decimal("0.5")).amount == Decimal("0.5")
    assert contribution().place == PLACE


def test_a_row_cannot_be_changed():
    row = contribution()
    with pytest.raises(ValidationError):
        row.amount = 2


def test_a_row_has_every_column_and_no_other():
    assert refused(colour="red") == {"colour"}
    assert refused(agency=None, amount=None) == {"agency", "amount"}
    without_note = {name: cell for name, cell in CELLS.items() if name != "note"}
    with pytest.raises(ValidationError):
        Contribution(place=PLACE, **without_note)


@pytest.mark.parametrize("basis", BASIS)
def test_what_the_source_prints_stands_beside_every_basis_but_verbatim(basis):
    """What is verbatim is printed as the row says it: a second wording would contradict it."""
    if basis == "verbatim":
        assert refused(basis=basis, as_printed="1,300") == {"as_printed"}
    else:
        assert contribution(basis=basis, as_printed="1,300").as_printed == "1,300"
    assert contribution(basis=basis, as_printed=None).as_printed is None


def test_beside_a_basis_that_is_none_what_is_printed_is_not_refused_as_well():
    assert refused(basis="hearsay", as_printed="1,300") == {"basis"}


def test_a_sourced_row_says_on_what_basis_it_stands_and_may_leave_its_document_to_the_table():
    """Whether a document must be named depends on the basis: the reader of the file sees to it."""
    assert refused(basis=None) == {"basis"}
    row = contribution(source=None, locator=None, basis="own_record")
    assert (row.source, row.locator) == (None, None)
    assert set(OF_NO_DOCUMENT) < set(BASIS)


def test_a_board_s_own_vocabulary_is_that_of_the_reading():
    """It is given to the reading of a row, and holds for nothing else."""
    cells = {"line": "Rent", "statutory_heading": "premises", "amount": "-1"} | {
        name: CELLS[name]
        for name in (*SourcedRow.model_fields, "budget", "next_year")
        if name != "place"
    }
    own = {"statutory_heading": Vocabulary("statutory_heading", {"premises": "Premises"})}
    row = Expenditure.model_validate({"place": PLACE, **cells}, context=own)
    assert (row.statutory_heading, row.amount) == ("premises", Decimal(-1))
    with pytest.raises(ValidationError, match="child_death_reviews, case_reviews"):
        Expenditure.model_validate({"place": PLACE, **cells}, context=IN_FORCE)


def test_a_table_that_does_not_say_whether_it_is_protected_cannot_be_declared():
    """Nobody may forget to think of it: what counts children would be published."""
    with pytest.raises(TypeError, match="protected"):

        class Forgotten(Row):
            info = TableInfo("forgotten", "Forgotten", keys=("name",))
            name: str = column(TEXT, "A name")


def test_a_table_is_of_a_year_and_of_every_kind_of_report_unless_it_says_otherwise():
    assert Membership.info.folder == "year"
    assert not Membership.info.of_reconstruction


def test_places_are_in_the_order_of_a_file_s_rows():
    places = [Place("a.csv", 10), Place("b.csv", 2), Place("a.csv", 9)]
    assert sorted(places) == [Place("a.csv", 9), Place("a.csv", 10), Place("b.csv", 2)]
