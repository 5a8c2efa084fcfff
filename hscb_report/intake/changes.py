"""What rows of received files would change in the tables: cell by cell, or why they cannot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hscb_report.findings import Finding
from hscb_report.intake.proposed import Origin, Proposed, Sender, in_sheet
from hscb_report.schema import TableSchema
from hscb_report.schema.line import Line
from hscb_report.schema.row import SOURCED
from hscb_report.wording import counted, few_of, listed, one_line, quoted

Key = tuple[str, ...]
_IN_ONE = (
    "Another column may tell these rows apart: map its words, and leave out those that are not "
    "meant; or take out the row that is wrong."
)
_CONFLICT = "Ask which is right, correct the other, and take them over together again."
_EARLIER = "Ask which is right. If it is this one, empty that cell of {table}, and try again."
_EARLIER_KNOWN = (
    "Ask which is right. If it is this one, take it over together with a corrected file of "
    "{sender}, or empty that cell of {table} before."
)


@dataclass(frozen=True)
class Change:
    """A row that is changed or added: its cells as they are to be, and what they were.

    `number` is that of its row in the table's file, None for a new one.
    """

    origin: Origin
    cells: Mapping[str, str]
    before: Mapping[str, str] = field(default_factory=dict)
    number: int | None = None

    @property
    def told(self) -> Iterator[tuple[str, str, str]]:
        """The columns whose cells change, with what stands there and what will: but of the source.

        Where a row comes from is told once a sheet.
        """
        for name, cell in self.cells.items():
            if name not in SOURCED and cell != self.before.get(name, ""):
                yield name, self.before.get(name, ""), cell


@dataclass(frozen=True)
class TableChanges:
    """What is to change in a table, and how many rows were told that are there already.

    `emptied` are cells, by the number of their row and their column, that a file leaves empty and
    that hold something: they stay as they are.
    """

    schema: TableSchema
    changes: tuple[Change, ...]
    same: int = 0
    emptied: tuple[tuple[int, str], ...] = ()

    @property
    def added(self) -> tuple[Change, ...]:
        """The rows that are new."""
        return tuple(change for change in self.changes if change.number is None)

    @property
    def edited(self) -> tuple[Change, ...]:
        """The rows of which some cell changes."""
        return tuple(change for change in self.changes if change.number is not None)


def key_of(schema: TableSchema, cells: Mapping[str, str]) -> Key:
    """Return what tells a row apart, each cell in the form that it is read in."""
    values: dict[str, object] = {}
    kinds = {column.name: column.kind for column in schema.columns}
    key = []
    for name in schema.info.keys:
        text = cells.get(name, "")
        try:
            values[name] = kinds[name].read(text, values) if text else ""
        except ValueError:  # told by the loader, in its own words
            values[name] = text
        key.append(str(values[name]))
    return tuple(key)


def changes_of(
    schema: TableSchema,
    proposed: Iterable[Proposed],
    lines: Sequence[Line],
    sent_before: Mapping[str, Sender],
    senders: Mapping[str, Sender],
    findings: list[Finding],
) -> TableChanges:
    """Return what rows change in a table that holds `lines`; what contradicts is in the findings.

    `sent_before` are, by the source that rows name, the senders of files taken over earlier, and
    `senders` those of the files now: what another one has said is never replaced.
    """
    there = {key_of(schema, line.cells): line for line in lines}
    said, same = [], 0
    emptied: dict[tuple[int, str], None] = {}
    for row in proposed:
        line = there.get(key_of(schema, row.cells))
        if line is not None:
            own = (name for name in row.origin.columns if name not in row.cells)
            emptied |= {(line.number, name): None for name in own if line.get(name)}
        new = _said(schema, row.cells, line) if line else row.cells
        if new:
            said.append(Said(row, new, line))
        same += not new
    # What two say alike is taken from the one that may say it.
    said.sort(key=lambda one: _is_of_another(one, sent_before, senders))
    changes = []
    for one in _agreed(schema, said, findings):
        if wrong := _contradicting(schema, one, sent_before, senders):
            findings += wrong
            continue
        before = {name: one.line.get(name) for name in one.cells} if one.line else {}
        number = one.line.number if one.line else None
        is_beside = one.line and _is_of_another(one, sent_before, senders)
        cells = _beside(one.cells, one.line, one.row.origin) if is_beside else one.cells
        changes.append(Change(one.row.origin, cells, before, number))
    return TableChanges(schema, tuple(changes), same, tuple(emptied))


@dataclass(frozen=True)
class Said:
    """What a proposed row says that is not there yet, and the row of the table that it is of."""

    row: Proposed
    cells: Mapping[str, str]
    line: Line | None = None


def _agreed(schema: TableSchema, said: Iterable[Said], findings: list[Finding]) -> list[Said]:
    """Return what is said of each row, by several files together.

    Where they say otherwise, that is told with both, and neither is taken; of rows of one sheet
    once, for they have one cause.
    """
    rows: dict[Key, Said] = {}
    torn: set[Key] = set()
    in_one: dict[tuple[str, str], list[Finding]] = {}
    for new in said:
        key = key_of(schema, new.row.cells)
        if key not in rows:
            rows[key] = new
            continue
        before = rows[key]
        for name, cell in new.cells.items():
            other = before.cells.get(name, cell)
            if not _is_same(schema, name, other, cell) and name not in SOURCED:
                told = _conflict(schema, name, new.row, cell, before.row.origin, other)
                if before.row.origin.place == new.row.origin.place:
                    in_one.setdefault((new.row.origin.place, name), []).append(told)
                else:
                    findings.append(told)
                torn.add(key)
        rows[key] = replace(before, cells={**new.cells, **before.cells})
    findings += map(_as_one, in_one.values())
    return [row for key, row in rows.items() if key not in torn]


def _as_one(every: Sequence[Finding]) -> Finding:
    """Return the first of the rows of a sheet that contradict each other, and how many do."""
    first = every[0]
    others = f" So do {counted(len(every) - 1, 'other row')}." if every[1:] else ""
    return replace(first, message=first.message + others, hint=_IN_ONE)


def _said(schema: TableSchema, cells: Mapping[str, str], line: Line) -> dict[str, str]:
    """Return the cells that differ from what stands there; an empty one says nothing.

    Where a row comes from is told anew only if it says something else: a template is sent back with
    rows that others have filled in.
    """
    differ = {
        name: cell
        for name, cell in cells.items()
        if not _is_same(schema, name, line.get(name), cell)
    }
    return {} if all(name in SOURCED for name in differ) else differ


def _is_of_another(
    one: Said, sent_before: Mapping[str, Sender], senders: Mapping[str, Sender]
) -> bool:
    """Whether the row that is meant comes from a file that another sender has sent."""
    earlier = sent_before.get(one.line.get("source")) if one.line else None
    new = senders.get(one.row.cells.get("source", ""), Sender())
    return earlier is not None and (not earlier.key or earlier.key != new.key)


def _beside(cells: Mapping[str, str], line: Line | None, origin: Origin) -> dict[str, str]:
    """Return cells that fill empty ones of another's row: its source stays, and they name theirs.

    For who has sent a row corrects it, and nobody else.
    """
    told = {name: cell for name, cell in cells.items() if name not in SOURCED}
    where = f"{listed([*told])}: {one_line(origin.file)}, {origin.locator}"
    there = line.get("locator") if line else ""
    return {**told, "locator": "; ".join(filter(None, (there, where)))}


def _contradicting(
    schema: TableSchema,
    one: Said,
    sent_before: Mapping[str, Sender],
    senders: Mapping[str, Sender],
) -> list[Finding]:
    """Return what another sender has said otherwise, in a file that was taken over earlier."""
    if one.line is None or not _is_of_another(one, sent_before, senders):
        return []
    source = one.line.get("source")
    earlier = sent_before[source]
    by = earlier.agency or earlier.name
    hint = _EARLIER_KNOWN if by else _EARLIER
    found = []
    for name, cell in one.cells.items():
        if (there := one.line.get(name)) and name not in schema.about_rows:
            row = f"row {one.line.number} of {schema.name}"
            who = f"{by} sent it" if by else f"{source} has it"
            where = f"{quoted(there)} in {row}, as {who}"
            told = hint.format(table=schema.name, sender=by)
            found.append(_told_conflict(schema, name, one.row, cell, where, told))
    return found


def _conflict(
    schema: TableSchema, name: str, new: Proposed, cell: str, other: Origin, there: str
) -> Finding:
    where = f"{quoted(there)} in {other.file}, {other.locator}"
    return _told_conflict(schema, name, new, cell, where)


def _told_conflict(
    schema: TableSchema, name: str, new: Proposed, cell: str, where: str, hint: str = _CONFLICT
) -> Finding:
    of = ", ".join(filter(None, (new.cells.get(key, "") for key in schema.info.keys)))
    message = f"of {of}, {name} is also told otherwise: {where}."
    origin = new.origin
    return in_sheet(
        origin.file,
        origin.sheet,
        message,
        hint,
        row=origin.row,
        column=name,
        found=cell,
        rule="I3",
    )


def _is_same(schema: TableSchema, name: str, one: str, other: str) -> bool:
    """Whether two cells say the same, however they are written."""
    if one == other:
        return True
    if not one or not other:
        return False
    kind = next(column.kind for column in schema.columns if column.name == name)
    try:
        return bool(kind.read(one) == kind.read(other))
    except ValueError:
        return False


def lines_told(changes: TableChanges, file: str) -> Iterator[str]:
    """Yield what changes in a table in words, a line each: first how much, then cell by cell."""
    new, edited = len(changes.added), len(changes.edited)
    told = [
        f"{counted(new, 'new row')}" if new else "",
        f"{counted(edited, 'row')} changed" if edited else "",
        f"{counted(changes.same, 'row')} as before" if changes.same else "",
    ]
    yield f"{file}: {', '.join(filter(None, told)) or 'nothing'}"
    if emptied := changes.emptied:
        which = few_of([f"{name} of row {number}" for number, name in emptied])
        stay = "stays as it is" if len(emptied) == 1 else "stay as they are"
        yield f"  {counted(len(emptied), 'cell')} that the file leaves empty {stay}: {which}"
    keys = changes.schema.info.keys
    for change in changes.changes:
        where = change.origin
        cells = {**change.before, **change.cells}
        if change.number is None:
            said = ", ".join(
                f"{name} {quoted(cell)}" for name, cell in cells.items() if name not in SOURCED
            )
            yield f"  new: {said} ({where.file}, {where.locator})"
        for name, before, after in change.told if change.number else ():
            was = f"{quoted(before)} becomes" if before else "was empty, becomes"
            at = f"{where.place}, {where.cell(name)}"
            of = "" if name in keys else f"row {change.number}, "
            yield f"  {of}{name}: {was} {quoted(after)} ({at})"
