"""What rows name as their source: the file, its code, who sent it."""

from __future__ import annotations

import shutil
from pathlib import Path

from hscb_report.keeping.shelf import hashes_of
from hscb_report.store import journal
from hscb_report.store.csv_text import read_records
from tests.intake.books import of_template, workbook
from tests.intake.taken import police, rows_of, taken, told


def test_a_row_says_its_file_sheet_and_row_and_the_file_is_listed(
    data: Path, tmp_path: Path
) -> None:
    before = hashes_of(data)
    file = police(tmp_path, locator="page 3 of the accounts")
    made = taken(data, file)
    assert told(made) == []
    (row,) = (row for row in rows_of(made, "contributions") if row["agency"] == "police")
    assert (row["amount"], row["source"], row["basis"]) == ("41999", "police", "invented")
    assert row["locator"] == "sheet contributions, row 7 (page 3 of the accounts)"
    (source,) = rows_of(made, "sources")
    assert source["title"] == "police.xlsx (received 1 May 2025)"
    assert source["publisher"] == "Northshire Police"
    (received,) = rows_of(made, "received")
    assert (received["agency"], received["received"]) == ("police", "2025-M05-01")
    assert made.received == {"police": file}
    assert hashes_of(data) == before  # for nothing is written


def test_files_of_one_name_have_codes_of_their_own(data: Path, tmp_path: Path) -> None:
    made = taken(data, police(tmp_path))
    journal.write(made.files, data)
    again = taken(data, police(tmp_path, amount=7))
    assert again.received.keys() == {"police_2"}


def test_a_file_of_which_one_sheet_says_its_sender_is_of_that_sender(
    data: Path, tmp_path: Path
) -> None:
    row = {"agency": "police", "organisation": "Northshire Police", "amount": 5}
    balance = {"balance": "carried_forward", "amount": 1}
    sheets = {
        "contributions": of_template("contributions", [row]),
        "balances": of_template("fund_balances", [balance], sender="council"),
    }
    made = taken(data, workbook(tmp_path / "p.xlsx", sheets))
    assert told(made) == []
    assert [row["agency"] for row in rows_of(made, "received")] == ["council"]


def test_records_that_are_sent_twice_under_two_names_are_kept(data: Path, tmp_path: Path) -> None:
    offer = read_records((data / "2024-25/training_offers.csv").read_bytes())[1].cells[0]
    row = {"session": "S-1", "offer": offer, "day": "2024-M06-01", "counted_as": "attendees"}
    sheets = {"s": of_template("training_sessions", [{**row, "in_total": "no"}], sender="council")}
    file = workbook(tmp_path / "sessions.xlsx", sheets)
    other = Path(shutil.copy(file, tmp_path / "copy.xlsx"))
    made = taken(data, file, other)
    assert [row["file"] for row in rows_of(made, "received")] == ["sessions.xlsx"]
    assert len(made.received) == 1


def test_a_sender_who_is_none_of_the_agencies_is_told(data: Path, tmp_path: Path) -> None:
    """It may be a department, or an agency that is spelt wrong."""
    file = police(tmp_path)
    assert taken(data, file, sender="Northshire Police").told == ()
    (line,) = taken(data, file, sender="polce").told
    assert line == 'Taken as sent by "polce", none of the agencies.'
