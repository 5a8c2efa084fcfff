"""What would be found in the data is told of the cell that was sent; the data is not touched."""

from __future__ import annotations

import os
from pathlib import Path

from hscb_report.intake.taking import Taken
from hscb_report.store.csv_text import read_records
from tests.intake.books import of_template, workbook
from tests.intake.taken import police, taken, told


def test_what_the_loader_finds_is_told_of_the_cell_that_was_sent(
    data: Path, tmp_path: Path
) -> None:
    rows = [{"agency": "fire_brigade", "organisation": "Fire", "amount": -5, "note": "n/a"}]
    sheets = {"contributions": of_template("contributions", rows, sender="police")}
    made = taken(data, workbook(tmp_path / "p.xlsx", sheets))
    where = {(finding.file, finding.row, finding.column) for finding in made.findings}
    assert where == {("p.xlsx, sheet contributions", 6, column) for column in ("B", "D", "E")}
    rows[0] |= {"amount": 5, "note": None}
    sheets = {"contributions": of_template("contributions", rows, sender="police")}
    (finding,) = taken(data, workbook(tmp_path / "p.xlsx", sheets)).findings
    assert (finding.rule, finding.column, finding.found) == ("L6", "B", "fire_brigade")


def test_what_else_lies_in_the_data_keeps_no_file_from_being_taken(
    data: Path, tmp_path: Path
) -> None:
    (data / "2024-25" / "notes").symlink_to("nowhere")
    os.mkfifo(data / "pipe")
    assert told(taken(data, police(tmp_path))) == []


def test_records_are_taken_over_into_their_folder_and_held_to_their_own_rules(
    data: Path, tmp_path: Path
) -> None:
    """They rest on no document, so no row names the file; it is kept all the same."""
    offer = read_records((data / "2024-25/training_offers.csv").read_bytes())[1].cells[0]
    row = {"session": "S-1", "offer": offer, "day": "2024-M06-01", "counted_as": "attendees"}
    rows = [{**row, "in_total": "yes"}, {**row, "session": "S-2", "in_total": None}]

    def sent() -> Taken:
        sheets = {"training_sessions": of_template("training_sessions", rows, sender="council")}
        return taken(data, workbook(tmp_path / "sessions.xlsx", sheets))

    assert {(f.row, f.column) for f in sent().findings} == {(7, "F")}
    rows[1] |= {"in_total": "no", "offer": "none"}
    assert {(f.row, f.column) for f in sent().findings} == {(7, "C")}
    rows[1]["offer"] = offer
    made = sent()
    assert told(made) == []
    assert "2024-25/sources.csv" not in made.files  # which the report prints
    path = "private/records/2024-25/training_sessions.csv"
    assert b"S-1" in made.files[path].after
    assert made.received.keys() == {"sessions"}
