"""What a template asks an agency for: which tables, and what stands on the sheet of each.

It holds what the year has now, and asks for the rest; `drawing` makes a workbook of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hscb_report.errors import ReportError, UnknownNameError
from hscb_report.intake.entries import (
    Asked,
    Choices,
    Entry,
    Lists,
    Shows,
    asked,
    entry,
    example,
    said_once,
)
from hscb_report.intake.layout import LABELS, heading, last_years_heading, meaning_heading
from hscb_report.outputs.notices import notice_of
from hscb_report.outputs.workbook.cells import LONGEST_TEXT
from hscb_report.schema import TableSchema
from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import code
from hscb_report.schema.intake import Received
from hscb_report.schema.line import Line
from hscb_report.schema.reference import Agency
from hscb_report.schema.row import AGENCY, SOURCE, SOURCED, SourcedRow
from hscb_report.schema.settings import Settings
from hscb_report.schema.slips import NUMBERS
from hscb_report.schema.tables import ColumnInfo
from hscb_report.schema.upkeep import Confirmation, Owed
from hscb_report.years import ReportingYear, a_year_later

SPARE_ROWS = 30
"""The rows to be filled at the least; of a table with more rows as many again."""
_AGENCIES, _MEASURES = "agencies.agency", "measures.measure"
_BASIS = code(words.BASIS)
_TO_FILL = "Where it is the same for every row, write it here once."


@dataclass(frozen=True)
class Holding:
    """What a year and the one before hold: the rows of each table as its file has them."""

    year: ReportingYear
    settings: Settings
    schemas: tuple[TableSchema, ...]
    lines: Mapping[str, Sequence[Line]]
    before: Mapping[str, Sequence[Line]] = field(default_factory=dict)
    usual: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The cells of each table that stand where a row leaves them empty."""

    @property
    def agencies(self) -> dict[str, str]:
        """The names of the agencies, by their codes."""
        rows = self.lines.get(Agency.info.name, ())
        return {line.get("agency"): line.get("name") for line in rows if line.get("agency")}


@dataclass(frozen=True)
class Pair:
    """What is said of a whole sheet: its label, and how it is asked for, unless it is given."""

    label: str
    said: str
    asked: Asked | None = None


@dataclass(frozen=True)
class FormColumn:
    """A column of a form: its heading, how it is asked for, what the example has in it.

    One without `asked` is only to be looked at.
    """

    heading: str
    example: Entry = None
    asked: Asked | None = None
    shows_as: Shows = "text"

    @property
    def is_numeric(self) -> bool:
        """Whether it has numbers."""
        return self.shows_as in NUMBERS


@dataclass(frozen=True)
class Form:
    """The sheet of a table: what is said of it, its columns, the rows that it has and the spare."""

    table: str
    title: str
    asks: str
    pairs: tuple[Pair, ...]
    told: tuple[str, ...]
    columns: tuple[FormColumn, ...]
    rows: tuple[tuple[Entry, ...], ...]
    spare: int


@dataclass(frozen=True)
class Template:
    """What is asked of somebody: the forms, the lists that they use, and whom they are for."""

    settings: Settings
    year: ReportingYear
    for_whom: str
    forms: tuple[Form, ...]
    lists: tuple[Choices, ...]

    @property
    def marking(self) -> str:
        """What every sheet says of the data, "" if nothing has to be said."""
        return notice_of(self.settings.year.kind).marking


# Which tables ------------------------------------------------------------------------------------


def owed_tables(holding: Holding, agency: str) -> tuple[TableSchema, ...]:
    """Return the tables of the year that an agency owes, as reference/owed.csv says.

    Raises UnknownNameError if there is no such agency, ReportError if it owes none.
    """
    if agency not in holding.agencies:
        raise UnknownNameError("agency", agency, holding.agencies)
    rows = holding.lines.get(Owed.info.name, ())
    owed = {line.get("content") for line in rows if line.get("agency") == agency}
    found = tuple(schema for schema in _of_the_year(holding.schemas) if schema.name in owed)
    if not found:
        raise ReportError(
            f'The agency "{agency}" owes no table: reference/owed.csv names none for it. Add a '
            "line there (content,agency,role), or ask for the tables of a chapter with --chapter."
        )
    return found


def held_tables(holding: Holding) -> tuple[TableSchema, ...]:
    """Return the tables of the year that its folder holds, or that some agency owes.

    Raises ReportError if there are none.
    """
    owed = {line.get("content") for line in holding.lines.get(Owed.info.name, ())}
    named = owed | {*holding.lines}
    found = tuple(schema for schema in _of_the_year(holding.schemas) if schema.name in named)
    if not found:
        raise ReportError(
            f"{holding.year} holds no table, and no agency owes one. Ask for the tables of a "
            "chapter with --chapter, or say in reference/owed.csv who owes which table."
        )
    return found


def _of_the_year(schemas: Iterable[TableSchema]) -> Iterator[TableSchema]:
    """Yield the tables that somebody can be asked for, which is none that a command keeps."""
    for schema in schemas:
        is_asked = schema.info.folder in ("year", "records")
        if is_asked and schema.row not in (Confirmation, Received):
            yield schema


# The forms ---------------------------------------------------------------------------------------


def template(
    holding: Holding, tables: Iterable[TableSchema], agency: str = "", told: str = ""
) -> Template:
    """Return the template that asks for tables, of an agency if one is named.

    Such an agency is shown its own rows alone of the tables whose keys name agencies. `told` says
    whom it is for where that is no agency.

    Raises ReportError for a cell that no spreadsheet can hold.
    """
    chosen = {schema.name for schema in tables}
    known = {schema.name: schema for schema in holding.schemas}
    making = _Making(holding, agency)
    forms = tuple(making.form(schema) for name, schema in known.items() if name in chosen)
    for_whom = holding.agencies[agency] if agency else told
    return Template(holding.settings, holding.year, for_whom, forms, tuple(making.used.values()))


class _Making:
    """The forms of a template in the making, and the lists that they use so far."""

    def __init__(self, holding: Holding, agency: str) -> None:
        self._holding, self._agency = holding, agency
        self._lists = Lists(holding.year, holding.schemas, holding.lines)
        self._known = {schema.name: schema for schema in holding.schemas}
        self.used: dict[str, Choices] = {}

    def form(self, schema: TableSchema) -> Form:
        """Return the form of a table."""
        lines, columns = self._own_lines(schema), list(_entered(schema))
        lists = {column.name: self._choices(column) for column in columns}
        rows = [self._row(schema, columns, line, lists) for line in lines]
        looked_at = (
            *self._meanings(schema, lines, lists),
            *_last_years(schema, self._holding, lines),
        )
        return Form(
            schema.name,
            schema.info.title,
            " ".join((schema.row.__doc__ or "").split()),
            tuple(self._pairs(schema)),
            tuple(self._told(schema)),
            (
                *(self._column(column, lists[column.name]) for column in columns),
                *(looked.heading_in(self._holding.year) for looked in looked_at),
            ),
            tuple(
                (*row, *(looked.values[n] for looked in looked_at)) for n, row in enumerate(rows)
            ),
            self._spare(schema, len(rows)),
        )

    def _meanings(
        self, schema: TableSchema, lines: Sequence[Line], lists: Mapping[str, Choices | None]
    ) -> Iterator[_Looked]:
        """Yield what the codes of measures are that the rows name, with their units."""
        for column in _entered(schema):
            choices = lists[column.name] if column.kind.references == _MEASURES else None
            if choices and lines:
                said = {choice.code: choice.meaning for choice in choices.choices}
                meanings = tuple(said.get(line.get(column.name)) for line in lines)
                yield _Looked(column, meanings, meaning_heading(column))

    def _spare(self, schema: TableSchema, rows: int) -> int:
        """Return how many rows are left to fill: as many as last year had besides, or more."""
        before = self._own(schema, self._holding.before.get(schema.name, ()))
        return max(SPARE_ROWS, rows, len(before) - rows + SPARE_ROWS)

    def _choices(self, column: ColumnInfo) -> Choices | None:
        found = self._lists.of(column.kind)
        return found and self._use(found)

    def _use(self, found: Choices) -> Choices | None:
        if not found.choices:
            return None
        return self.used.setdefault(found.name, found)

    def _column(self, column: ColumnInfo, choices: Choices | None) -> FormColumn:
        year = self._holding.year
        told = asked(column, year, choices)
        shown = example(column, year, choices)
        if self._agency and column.kind.references == _AGENCIES:
            shown = self._agency
        return FormColumn(heading(column), shown, told, told.shows)

    def _row(
        self,
        schema: TableSchema,
        columns: Sequence[ColumnInfo],
        line: Line,
        lists: Mapping[str, Choices | None],
    ) -> tuple[Entry, ...]:
        for column in columns:
            if len(line.get(column.name).encode("utf-16-le", "surrogatepass")) > 2 * LONGEST_TEXT:
                file = schema.path(self._holding.year)
                what = f"more than {LONGEST_TEXT:,} signs, which no spreadsheet can hold."
                where = f'{file}, row {line.number}, column "{column.name}": the cell has'
                raise ReportError(f"{where} {what} Shorten it.")
        return tuple(entry(c, line.get(c.name), lists[c.name]) for c in columns)

    def _own_lines(self, schema: TableSchema) -> tuple[Line, ...]:
        return self._own(schema, self._holding.lines.get(schema.name, ()))

    def _own(self, schema: TableSchema, lines: Sequence[Line]) -> tuple[Line, ...]:
        """Return the rows that the agency gives: those that it owes, else those that name it."""
        if self._owes_all(schema):
            others = {line.get("agency") for line in self._owed} - {self._agency}
            by_others = {c for other in others for c in self._owed_rows(schema, other)}
            taken = by_others if self._agency else set()
            return tuple(line for line in lines if line.get(schema.info.keys[0]) not in taken)
        first = schema.info.keys[0]
        if codes := self._owed_rows(schema, self._agency):
            return tuple(line for line in lines if line.get(first) in codes)
        naming = self._naming(schema)
        return tuple(line for line in lines if self._agency in map(line.get, naming))

    def _owes_all(self, schema: TableSchema) -> bool:
        """Whether the agency gives a whole table: no other does, or its rows name no agencies."""
        if not self._agency:
            return True
        owed = [line for line in self._owed if line.get("content") == schema.name]
        is_alone = {line.get("agency") for line in owed} == {self._agency}
        of_named = self._owed_rows(schema, self._agency)
        return not of_named and (is_alone or not self._naming(schema))

    def _owed_rows(self, schema: TableSchema, agency: str) -> tuple[str, ...]:
        """Return the codes of the rows that an agency owes of a table, where they are named."""
        told = (
            line.get("rows")
            for line in self._owed
            if line.get("content") == schema.name and line.get("agency") == agency
        )
        return tuple(code.strip() for codes in told for code in codes.split(";") if code.strip())

    @property
    def _owed(self) -> Sequence[Line]:
        return self._holding.lines.get(Owed.info.name, ())

    def _naming(self, schema: TableSchema) -> tuple[str, ...]:
        """Return the keys of a table that name agencies, be it by way of another table."""
        keys = (column for column in schema.columns if column.name in schema.info.keys)
        return tuple(column.name for column in keys if self._is_agency(column.kind.references))

    def _is_agency(self, target: str | None) -> bool:
        if target is None or target == _AGENCIES:
            return target is not None
        table, _, name = target.partition(".")
        columns = {column.name: column for column in self._known[table].columns}
        further = columns[name].kind.references
        return further not in (None, target) and self._is_agency(further)

    def _told(self, schema: TableSchema) -> Iterator[str]:
        """Yield what whoever fills the form must know before they do."""
        yield (
            "Fill in the white cells, and leave empty what you do not know. The row Example and "
            "the grey cells are only to be looked at. If the rows are too few, go on below them."
        )
        if not self._owes_all(schema):
            name = self._holding.agencies[self._agency]
            yield f"Of the rows that there are, this sheet shows those that {name} gives."
        if schema.info.protected:
            yield (
                "What stands here counts or describes children: keep and send this file as you "
                "would such a record."
            )

    def _pairs(self, schema: TableSchema) -> Iterator[Pair]:
        """Yield what is said of the whole sheet."""
        year = str(self._holding.year)
        yield Pair(LABELS["table"], schema.name)
        yield Pair(LABELS["year"], year)
        agencies = self._lists.of(AGENCY)
        listed = agencies and self._use(agencies)
        sender = said_once(LABELS["sender"], "The agency that fills this sheet in.", listed)
        yield Pair(LABELS["sender"], self._agency, None if self._agency else sender)
        if issubclass(schema.row, SourcedRow):
            yield from self._sourced(self._holding.usual.get(schema.name, {}))

    def _sourced(self, usual: Mapping[str, str]) -> Iterator[Pair]:
        told = {
            "source": ("The document that the rows come from, if it is not a record.", SOURCE),
            "locator": ("Where in it the rows stand: a page, a sheet, a line.", None),
            "basis": ("How the values relate to what the document has.", _BASIS),
        }
        for name in SOURCED:
            about, kind = told[name]
            choices = self._lists.of(kind) if kind else None
            listed = choices and self._use(choices)
            said = usual.get(name, "")
            if listed:
                said = next((c.entry for c in listed.choices if c.code == said), said)
            yield Pair(LABELS[name], said, said_once(LABELS[name], f"{about} {_TO_FILL}", listed))


def _entered(schema: TableSchema) -> Iterator[ColumnInfo]:
    """Yield the columns that are entered row by row: the table's own, then the note."""
    for column in schema.columns:
        if column.name not in schema.about_rows or column.name == "note":
            yield column


@dataclass(frozen=True)
class _Looked:
    """A column that is only to be looked at: what each row had in it the year before, or means.

    `heading` is that of what the codes of a column mean.
    """

    column: ColumnInfo
    values: tuple[Entry, ...]
    heading: str = ""

    def heading_in(self, year: ReportingYear) -> FormColumn:
        """Return the column as it stands in the form of a year: only to be looked at."""
        if self.heading:
            return FormColumn(self.heading)
        shows_as = asked(self.column, year, None).shows
        return FormColumn(last_years_heading(self.column, year), shows_as=shows_as)


def _last_years(schema: TableSchema, holding: Holding, lines: Sequence[Line]) -> Iterator[_Looked]:
    """Yield each column of numbers of which a row had a value the year before."""
    before = {_carried_key(schema, line): line for line in holding.before.get(schema.name, ())}
    then = [before.get(_key(schema, line), Line(0)) for line in lines]
    for column in _entered(schema):
        if column.kind.name in NUMBERS and column.name not in schema.info.keys:
            values = tuple(entry(column, line.get(column.name), None) for line in then)
            if any(value is not None for value in values):
                yield _Looked(column, values)


def _key(schema: TableSchema, line: Line) -> tuple[str, ...]:
    return tuple(line.get(name).strip().casefold() for name in schema.info.keys)


def _carried_key(schema: TableSchema, line: Line) -> tuple[str, ...]:
    """Return the key that a row of the year before has in this year: its times a year later."""
    carried = {c.name: c.carried.as_ for c in schema.columns}
    cells = (
        a_year_later(line.get(name)) if carried[name] == "later" else line.get(name)
        for name in schema.info.keys
    )
    return tuple(cell.strip().casefold() for cell in cells)
