"""Sheets of our own templates, filled in: known by what stands at their head, read as they are."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from hscb_report.intake.cells import CellError, as_written
from hscb_report.intake.layout import EXAMPLE, LABELS, ROW, column_of, heading, is_looked_at
from hscb_report.intake.proposed import Origin, Proposals, Proposed, Sender
from hscb_report.schema import TableSchema
from hscb_report.schema.tables import ColumnInfo
from hscb_report.spreadsheets.grid import Sheet, column_letters
from hscb_report.wording import quoted, suggestion

_HEAD_WITHIN = 20
"""The first rows, among which the head of a sheet and the headings of its table are looked for."""


@dataclass(frozen=True)
class Head:
    """What stands at the head of a sheet: what is said of all of it, and where its table begins."""

    said: Mapping[str, str] = field(default_factory=dict)
    row: int = 0
    columns: Mapping[int, str] = field(default_factory=dict)
    headings: Mapping[int, str] = field(default_factory=dict)


def head_of(sheet: Sheet) -> Head | None:
    """Return the head of a sheet of a template; None for a sheet that is of none."""
    labels = {label.casefold(): name for name, label in LABELS.items()}
    said = {
        labels[label]: sheet.cell(row, 2).text
        for row in range(1, _HEAD_WITHIN + 1)
        if (label := sheet.cell(row, 1).text.casefold().rstrip(":")) in labels
    }
    if not said.get("table"):
        return None
    for row in range(1, _HEAD_WITHIN + 1):
        cells = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
        headings = {n: cell.text for n, cell in enumerate(cells, 1) if cell.text}
        columns = {n: name for n, text in headings.items() if (name := column_of(text))}
        if len(columns) > 1 or (columns and headings.get(1) == ROW):
            return Head(said, row, columns, headings)
    return Head(said)


def read_ours(
    sheet: Sheet,
    head: Head,
    file: str,
    schemas: Mapping[str, TableSchema],
    year: str,
    shares: Container[str] = (),
) -> Proposals:
    """Return what a sheet of a template says; what is wrong with it is among its findings.

    `shares` are the measures that are in percent.
    """
    name = head.said["table"]
    made = Proposals(name, file, sheet.name, Sender(head.said.get("sender") or None))
    if not _is_sound(made, head, schemas, year):
        return made
    schema = schemas[name]
    known = {column.name: column for column in schema.columns}
    made.about = dict(_about(made, head, known))
    made.where = ", ".join(filter(None, map(head.said.get, ("source", "locator"))))
    columns = {n: known[code] for n, code in head.columns.items()}
    _report_hidden(made, sheet, head)
    _report_merged(made, sheet, head)
    made.told += _unread(sheet, head)
    is_row = next((n for n, text in head.headings.items() if text == ROW), None)
    for row in range(head.row + 1, len(sheet.rows) + 1):
        if is_row and sheet.cell(row, is_row).text.casefold() == EXAMPLE.casefold():
            continue
        filled = {n: column for n, column in columns.items() if not sheet.cell(row, n).is_empty}
        if not filled:
            _report_beside(made, sheet, row, head, is_row)
            continue
        cells, is_whole = _cells(made, sheet, row, filled, shares)
        if is_whole:
            places = {column.name: n for n, column in columns.items()}
            made.rows.append(Proposed(name, cells, Origin(file, sheet.name, row, places)))
    return made


def _is_sound(made: Proposals, head: Head, schemas: Mapping[str, TableSchema], year: str) -> bool:
    """Report what keeps a sheet from being read at all; return whether there is nothing."""
    name, said = head.said["table"], head.said.get("year", "")
    if name not in schemas:
        made.report("there is no table of this name.", suggestion(name, schemas), found=name)
        return False
    if not said:
        hint = f"Put it back behind the label {LABELS['year']}, as its template has it: {year}."
        made.report("the sheet does not say of which year it is.", hint)
        return False
    if said != year:
        what = f"the sheet is of another year than {year}."
        made.report(what, "Take it over with the --year that it is of.", found=said)
        return False
    if not head.columns:
        hint = "Begin again from the template: each heading ends in a code, in brackets."
        made.report("the headings of the table are gone.", hint)
        return False
    known = {column.name: column for column in schemas[name].columns}
    before = len(made.findings)
    seen: dict[str, int] = {}
    _report_keys(made, head, [known[key] for key in schemas[name].info.keys])
    for number, code in head.columns.items():
        if code not in known:
            made.report(
                f"{name} has no column of this code.",
                f"{suggestion(code, known)} Put back the heading of the template.",
                head.row,
                column_letters(number),
                head.headings[number],
            )
        elif code in seen:
            what = f"the column stands twice, also in {column_letters(seen[code])}."
            made.report(what, "Keep one.", head.row, column_letters(number), head.headings[number])
        seen.setdefault(code, number)
    return len(made.findings) == before


def _report_keys(made: Proposals, head: Head, keys: Iterable[ColumnInfo]) -> None:
    """Report columns by which rows are told apart, and that no heading names."""
    for key in keys:
        if key.required and key.name not in head.columns.values():
            hint = f"Rows are told apart by it. Put back its heading: {heading(key)}"
            made.report(f"no heading names {key.name}.", hint, head.row)


def _unread(sheet: Sheet, head: Head) -> Iterator[str]:
    """Yield, in words, the columns that hold something and that are not read: but last year's."""
    width = max((len(row) for row in sheet.rows[head.row :]), default=0)
    for number in range(1, width + 1):
        told = head.headings.get(number, "")
        if number in head.columns or told == ROW or is_looked_at(told):
            continue
        filled = [r for r in range(head.row + 1, len(sheet.rows) + 1) if sheet.cell(r, number).text]
        if any(sheet.cell(r, n).text for r in filled for n in head.columns):
            why = f"its heading, {quoted(told)}, ends in no code" if told else "it has no heading"
            yield f"column {column_letters(number)} is not read: {why}."


def _about(
    made: Proposals, head: Head, known: Mapping[str, ColumnInfo]
) -> Iterator[tuple[str, str]]:
    """Yield what the head of the sheet says of where all of its rows come from."""
    basis = head.said.get("basis", "")
    vocabulary = known["basis"].kind.vocabulary if "basis" in known else None
    if not basis or not vocabulary:
        return
    by_label = {label.casefold(): code for code, label in vocabulary.items()}
    code = basis if basis in vocabulary else by_label.get(basis.casefold())
    if code is None:
        hint = f"Choose one of: {', '.join(vocabulary.values())}."
        made.report("this is no basis.", hint, found=basis)
    else:
        yield "basis", code


def _cells(
    made: Proposals,
    sheet: Sheet,
    row: int,
    columns: Mapping[int, ColumnInfo],
    shares: Container[str],
) -> tuple[dict[str, str], bool]:
    """Return the cells of a row as our file has them, and whether each could be taken."""
    cells: dict[str, str] = {}
    before = len(made.findings)
    for number, column in columns.items():
        cell = sheet.cell(row, number)
        try:
            text = as_written(cell, column, cells, shares)
        except CellError as error:
            made.report(error.message, error.hint, row, column_letters(number), cell.text or None)
            continue
        if text:
            cells[column.name] = text
    return cells, len(made.findings) == before


def _report_hidden(made: Proposals, sheet: Sheet, head: Head) -> None:
    """Report what is hidden and would be taken over unseen."""
    hint = "Show it in its program, look at it, and save the file again; or take it out."
    if sheet.is_hidden:
        made.report("the sheet is hidden.", hint)
    rows = [
        row
        for row in sorted(sheet.hidden_rows)
        if row > head.row and any(sheet.cell(row, n).text for n in head.columns)
    ]
    for row in rows:
        made.report("the row is hidden.", hint, row)
    for number in sorted(sheet.hidden_columns & {*head.columns}):
        if any(sheet.cell(row, number).text for row in range(head.row + 1, len(sheet.rows) + 1)):
            letter = column_letters(number)
            made.report("the column is hidden.", hint, column=letter)


def _report_merged(made: Proposals, sheet: Sheet, head: Head) -> None:
    """Report merged cells of the table: of which of them the value is, nobody can say."""
    for span in sheet.merged:
        if span.last_row > head.row:
            hint = "Take the merge apart, and enter the value in each row that it is meant for."
            made.report(
                "cells are merged here.", hint, span.first_row, column_letters(span.first_column)
            )


def _report_beside(made: Proposals, sheet: Sheet, row: int, head: Head, is_row: int | None) -> None:
    """Report what somebody has written beside the table, where nothing reads it."""
    cells = sheet.rows[row - 1]
    looked_at = {*head.headings} | {is_row}
    for number, cell in enumerate(cells, 1):
        if cell.text and number not in looked_at:
            hint = "Enter it in a column of the table, or take it out."
            what = f"{quoted(cell.text)} stands beside the table, where nothing is read."
            made.report(what, hint, row, column_letters(number))
