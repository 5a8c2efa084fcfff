"""What rows change: what is the same is not touched, and two that contradict are both told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.findings import Finding
from hscb_report.intake.changes import TableChanges, changes_of, key_of, lines_told
from hscb_report.intake.proposed import Origin, Proposed, Sender
from hscb_report.schema import TableSchema
from hscb_report.schema.finance import Contribution
from hscb_report.schema.line import Line

SCHEMA = TableSchema(Contribution)
POLICE, COUNCIL = Sender("police"), Sender("council")
SENDERS = {"from_police": POLICE, "from_council": COUNCIL, "again": POLICE}


def row(agency: str, amount: str, file: str = "from_police", number: int = 7) -> Proposed:
    cells = {"agency": agency, "amount": amount, "source": file, "locator": f"row {number}"}
    return Proposed("contributions", cells, Origin(f"{file}.xlsx", "S", number, {"amount": 4}))


def line(number: int, **cells: str) -> Line:
    return Line(number, cells)


def changed(
    proposed: list[Proposed], lines: list[Line], sent: dict[str, Sender] | None = None
) -> tuple[TableChanges, list[Finding]]:
    findings: list[Finding] = []
    made = changes_of(SCHEMA, proposed, lines, sent or {}, SENDERS, findings)
    return made, findings


def test_a_new_row_is_added_and_a_cell_that_differs_is_changed() -> None:
    made, findings = changed(
        [row("police", "5"), row("council", "6")], [line(2, agency="police", amount="4")]
    )
    assert [change.number for change in made.changes] == [2, None]
    assert [*made.changes[0].told] == [("amount", "4", "5")]
    assert made.changes[0].cells["source"] == "from_police"
    assert findings == []
    assert [*lines_told(made, "contributions.csv")] == [
        "contributions.csv: 1 new row, 1 row changed",
        '  row 2, amount: "4" becomes "5" (from_police.xlsx, sheet S, D7)',
        '  new: agency "council", amount "6" (from_police.xlsx, sheet S, row 7)',
    ]


def test_what_says_the_same_otherwise_written_changes_nothing_nor_where_it_is_from() -> None:
    made, _ = changed([row("police", "41,870")], [line(2, agency="police", amount="£41870.00")])
    assert made.changes == ()
    assert [*lines_told(made, "c.csv")] == ["c.csv: 1 row as before"]


def test_two_files_that_contradict_each_other_are_both_told_and_neither_is_taken() -> None:
    made, findings = changed([row("police", "5"), row("police", "6", "from_council", 9)], [])
    assert made.changes == ()
    (finding,) = findings
    assert (finding.file, finding.row, finding.found) == ("from_council.xlsx, sheet S", 9, "6")
    assert '"5" in from_police.xlsx, sheet S, row 7' in finding.message


def test_two_files_that_say_the_same_agree() -> None:
    made, findings = changed([row("police", "5"), row("police", "5.00", "from_council")], [])
    assert (len(made.changes), findings) == (1, [])


def test_rows_of_one_sheet_that_contradict_each_other_have_one_cause() -> None:
    _, findings = changed([row("police", str(n), number=n) for n in range(5, 9)], [])
    (finding,) = findings
    assert "So do 2 other rows." in finding.message
    assert "take out the row that is wrong" in finding.hint


def test_what_another_agency_has_sent_is_never_replaced_and_its_own_may_be_corrected() -> None:
    there = line(2, agency="police", amount="4", source="from_police")
    sent = {"from_police": POLICE}
    made, findings = changed([row("police", "5", "from_council")], [there], sent)
    assert made.changes == ()
    assert '"4" in row 2 of contributions, as police sent it' in findings[0].message
    made, findings = changed([row("police", "5", "again")], [there], sent)
    assert ([*made.changes[0].told], findings) == ([("amount", "4", "5")], [])


def test_a_row_that_is_sent_back_as_it_was_says_nothing_beside_one_that_is_filled_in() -> None:
    """Templates of several agencies may show the same row: who fills it in is its source."""
    there = line(2, agency="police", organisation="The Police")
    back = Proposed(
        "contributions",
        {"agency": "police", "organisation": "The Police"},
        Origin("council.xlsx", "S", 3),
    )
    made, findings = changed([back, row("police", "5")], [there])
    assert [(c.origin.file, c.cells["source"]) for c in made.changes] == [
        ("from_police.xlsx", "from_police")
    ]
    assert (made.same, findings) == (1, [])


def test_an_empty_cell_says_nothing() -> None:
    there = line(2, agency="police", amount="4", budget="9", source="from_police", locator="row 7")
    made, _ = changed([row("police", "4")], [there])
    assert made.changes == ()


@given(st.lists(st.sampled_from(["police", "council", "probation"]), max_size=6, unique=True))
def test_what_has_been_written_once_is_not_written_again(agencies: list[str]) -> None:
    proposed = [row(agency, str(n)) for n, agency in enumerate(agencies)]
    made, _ = changed(proposed, [])
    lines = [Line(n, dict(change.cells)) for n, change in enumerate(made.changes, 2)]
    again, findings = changed(proposed, lines)
    assert (again.changes, again.same, findings) == ((), len(agencies), [])


def test_a_key_is_read_before_it_is_compared() -> None:
    assert key_of(SCHEMA, {"agency": "police"}) == ("police",)
    assert key_of(SCHEMA, {}) == ("",)


def test_who_corrects_himself_may_come_with_who_says_the_same_in_any_order() -> None:
    there = line(2, agency="police", amount="4", source="from_police")
    both = [row("police", "5", "from_council"), row("police", "5", "again")]
    for proposed in (both, both[::-1]):
        made, findings = changed(proposed, [there], {"from_police": POLICE})
        assert findings == []
        assert [change.cells["source"] for change in made.changes] == ["again"]


def test_who_fills_an_empty_cell_of_anothers_row_is_named_beside_its_source() -> None:
    """The rest of the row is still what the other has sent, and only that one corrects it."""
    there = line(2, agency="police", amount="4", source="from_police", locator="row 7")
    new = row("police", "4", "from_council", 9)
    new = Proposed(new.table, {**new.cells, "note": "n", "basis": "own_record"}, new.origin)
    made, findings = changed([new], [there], {"from_police": POLICE})
    assert findings == []
    assert made.changes[0].cells == {
        "note": "n",
        "locator": "row 7; note: from_council.xlsx, sheet S, row 9",
    }


def test_what_nobody_is_known_to_have_sent_is_told_with_what_mends_it() -> None:
    there = line(2, agency="police", amount="4", source="unknown")
    _, (finding,) = changed([row("police", "5")], [there], {"unknown": Sender()})
    assert finding.message.endswith('"4" in row 2 of contributions, as unknown has it.')
    assert "empty that cell of contributions" in finding.hint
    there = line(2, agency="police", amount="", source="unknown")
    made, findings = changed([row("police", "5")], [there], {"unknown": Sender()})
    assert ([*made.changes[0].told], findings) == ([("amount", "", "5")], [])


def test_a_cell_that_was_emptied_stays_and_is_told() -> None:
    there = line(2, agency="police", amount="4", budget="9")
    back = row("police", "4")
    back = Proposed(
        back.table, back.cells, Origin("police.xlsx", "S", 7, {"amount": 4, "budget": 5, "note": 6})
    )
    made, _ = changed([back], [there])
    assert [*lines_told(made, "c.csv")] == [
        "c.csv: 1 row as before",
        "  1 cell that the file leaves empty stays as it is: budget of row 2",
    ]
