"""Codes that name a row of another table: which of them name none, and what the one cause is.

A code that many rows name and that is only misspelt where it is listed is told there, once; a
table that is missing is told once, however many codes of it are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hscb_report.findings import Finding, errors
from hscb_report.schema.settings import Settings
from hscb_report.store.table_file import TableFile
from hscb_report.wording import counted, nearest, quoted, suggestion

AGENCIES = "agencies.agency"


@dataclass(frozen=True)
class _Use:
    """A cell that names rows of another table by their codes."""

    file: TableFile
    row: Any
    column: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class _Listed:
    """The column of a table in which codes are listed, what stands in it and who names it."""

    file: TableFile
    column: str
    known: frozenset[str]
    uses: tuple[_Use, ...]

    @property
    def is_damaged(self) -> bool:
        """Whether codes may be listed that cannot be read, or are still to be filled in."""
        return self.file.lacks_rows or bool(errors(self.file.findings))

    @property
    def lacking(self) -> list[tuple[_Use, str]]:
        """The cells that name a code which is not listed, each with the first such code."""
        found = ((use, [c for c in use.codes if c not in self.known]) for use in self.uses)
        return [(use, codes[0]) for use, codes in found if codes]


def broken_references(files: Sequence[TableFile]) -> Iterator[Finding]:
    """Yield a finding for each cell that names a row no other table has, or for its cause."""
    by_name = {file.table.name: file for file in files}
    aliases = {row.name.lower(): row.agency for row in by_name["agencies"].rows}
    aliases |= {row.alias.lower(): row.agency for row in by_name["agency_aliases"].rows}
    for listed in _listed(files, by_name):
        if listed.is_damaged or not (lacking := listed.lacking):
            continue  # mend a damaged table first: half of its codes may be missing
        if not listed.known:
            yield _without_rows(listed, lacking)
            continue
        misspelt = _misspelt_where_listed(listed, lacking)
        for code, near in misspelt.items():
            yield _misspelt(listed, code, near, lacking)
        for use, code in lacking:
            if code not in misspelt:
                alias = aliases.get(code.lower()) if listed.file.table.name == "agencies" else None
                yield _unknown(listed, use, code, alias)


def unknown_agencies(settings: Settings | None, files: Sequence[TableFile]) -> Iterator[Finding]:
    """Yield a finding for each agency of the board's settings that the list of agencies lacks."""
    agencies = next((file for file in files if file.table.name == "agencies"), None)
    if settings is None or agencies is None or errors(agencies.findings):
        return
    known = {row.agency for row in agencies.rows}
    if not known and any(target == AGENCIES for file in files for target, _ in _uses(file)):
        return  # that the table has no row is told once, where it is named
    for setting in ("local_authority", "agency"):
        found = getattr(settings.board, setting)
        if found is not None and found not in known:
            hint = suggestion(found, known)
            what = f"expected a code that stands in {agencies.path}."
            yield Finding("L8", "error", "board.toml", what, hint, None, setting, found)


def _listed(files: Sequence[TableFile], by_name: Mapping[str, TableFile]) -> Iterator[_Listed]:
    """Yield each column whose codes other tables name."""
    uses: dict[str, list[_Use]] = {}
    for file in files:
        for target, use in _uses(file):
            uses.setdefault(target, []).append(use)
    for target, of_target in uses.items():
        table, _, column = target.partition(".")
        known = frozenset(str(getattr(row, column)) for row in by_name[table].rows)
        yield _Listed(by_name[table], column, known, tuple(of_target))


def _uses(file: TableFile) -> Iterator[tuple[str, _Use]]:
    """Yield each filled cell that names a row elsewhere, with the `table.column` where."""
    for column in file.columns.values():
        kind = column.kind
        if not (kind.references or kind.references_by):
            continue
        for row in file.named_rows:
            target = kind.references or ""
            if kind.references_by:
                deciding, targets = kind.references_by
                target = targets.get(getattr(row, deciding), "")
            named = getattr(row, column.name)
            if target and named is not None:
                codes = named if isinstance(named, tuple) else (named,)
                yield target, _Use(file, row, column.name, tuple(map(str, codes)))


def _misspelt_where_listed(listed: _Listed, lacking: Sequence[tuple[_Use, str]]) -> dict[str, str]:
    """Return the codes that several cells name and the list lacks, each with the one it has.

    That is one that no cell names, and like the other. Nothing of protected tables is compared.
    """
    if listed.file.table.info.protected:
        return {}
    unused = listed.known - {code for use in listed.uses for code in use.codes}
    open_ = [code for use, code in lacking if not use.file.table.info.protected]
    near = {code: nearest(code, unused, 1) for code in open_ if open_.count(code) > 1}
    return {code: found[0] for code, found in near.items() if found}


def _misspelt(
    listed: _Listed, code: str, near: str, lacking: Sequence[tuple[_Use, str]]
) -> Finding:
    cells = sum(named == code for _, named in lacking)
    row = next(row for row in listed.file.rows if str(getattr(row, listed.column)) == near)
    return Finding(
        "L6",
        "error",
        listed.file.path,
        f"no row names it, and {counted(cells, 'cell')} of other tables "
        f"{'names' if cells == 1 else 'name'} {quoted(code)}, which is not listed.",
        f"Is it {quoted(code)}? Correct it here.",
        row.place.row,
        listed.column,
        near,
    )


def _without_rows(listed: _Listed, lacking: Sequence[tuple[_Use, str]]) -> Finding:
    """Return the one finding that a table has no row, at the first cell that names one of it."""
    use, code = lacking[0]
    others = len({code for _, code in lacking}) - 1
    hint = "That table has no row yet: add " + (
        "the codes that are named" if use.file.table.info.protected else quoted(code)
    )
    hint += f", and the {counted(others, 'other')} that other cells name." if others else " to it."
    return _finding(listed, use, code, hint)


def _unknown(listed: _Listed, use: _Use, code: str, alias: str | None) -> Finding:
    hint = f'Write its code, "{alias}".' if alias else suggestion(code, listed.known)
    if listed.file.table.info.protected:
        hint = "Look the code up there."  # a code of that table may tell of a child
    return _finding(listed, use, code, hint)


def _finding(listed: _Listed, use: _Use, code: str, hint: str) -> Finding:
    where = f"{listed.file.path}, column {listed.column}"
    what = f"expected a code that stands in {where}."
    return Finding("L6", "error", use.file.path, what, hint, use.row.place.row, use.column, code)
