"""A mapping proposed by likeness, for whoever knows the file to look at and confirm."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hscb_report.errors import ReportError
from hscb_report.intake.mapping import BETWEEN, headings_at, year_above
from hscb_report.schema import TableSchema
from hscb_report.schema.intake import ANY_OTHER, IN_TITLE, LEFT_OUT, TAKEN
from hscb_report.schema.row import SOURCED
from hscb_report.schema.slips import NUMBERS
from hscb_report.schema.tables import ColumnInfo
from hscb_report.spreadsheets.grid import Sheet, column_letters
from hscb_report.wording import slug

Row = dict[str, str]
_YEAR = re.compile(r"\b((?:19|20)\d\d)[-/](?:20)?(\d\d)\b")
_ONE_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:[-/](?:20)?([0-9]{2}))?")
_FOOTNOTE = re.compile(r"(?<=[A-Za-z)])\d{1,2}$")
_NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
_LIKE = 0.62
_HEADINGS_WITHIN = 30
_HIGHEST = 3
_FEW_WORDS, _MANY_WORDS = 6, 40


@dataclass(frozen=True)
class Known:
    """What the data knows by name: for columns that refer to it, the codes by what they are called.

    `measures` are the names and definitions of measures, by their codes.
    """

    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    measures: Mapping[str, str] = field(default_factory=dict)


def proposed_mapping(
    sheet: Sheet, schema: TableSchema, mapping: str, sender: str, known: Known
) -> list[Row]:
    """Return the rows of a mapping for a sheet that is a table of ours, by likeness.

    Raises ReportError if the sheet has no headings above rows that can be found, or two columns
    that would be taken over have one heading.
    """
    found = _headings(sheet)
    if found is None:
        raise ReportError(
            f'In sheet "{sheet.name}", no row of headings above rows of values can be found.'
        )
    first, height = found
    headings = headings_at(sheet, first, height)
    body = first + height
    names = {column.name for column in schema.columns}
    has_year = "period" in names and year_above(sheet, first)
    also = {"period": IN_TITLE} if has_year else {}
    rows = [_row(mapping, "sheet", sheet.name, schema.name, also) | {"sender": sender}]
    columns = {column.name: column for column in schema.columns if column.name not in SOURCED}
    taken: dict[str, int] = {}
    seen: dict[str, int] = {}
    for number, heading in headings.items():
        values = list(dict.fromkeys(_texts(sheet, number, body)))
        if not values:
            continue
        ours, more = _meant(heading, values, sheet, number, body, columns, known)
        is_value = ours == "value" and "measure" in columns
        if ours in taken and not is_value:
            ours, more = LEFT_OUT, {}
        first = seen.setdefault(heading.casefold(), number)
        if first != number and ours == LEFT_OUT:
            continue  # the first one stands for both
        if first != number:
            raise ReportError(
                f'In sheet "{sheet.name}", columns {column_letters(first)} and '
                f'{column_letters(number)} have the heading "{heading}". Give each a heading of '
                "its own, in a copy of the file."
            )
        taken.setdefault(ours, number)
        rows.append(_row(mapping, "column", heading, ours, more))
        rows += _words(mapping, heading, ours, values, columns, known)
    return rows


def _row(mapping: str, part: str, theirs: str, ours: str, also: Mapping[str, str]) -> Row:
    told = "; ".join(f"{name}={value}" for name, value in also.items())
    return {"mapping": mapping, "part": part, "theirs": theirs, "ours": ours, "also": told}


def _headings(sheet: Sheet) -> tuple[int, int] | None:
    """Return the first row of the headings, and in how many rows they stand.

    They stand above the first row that has several values, most of which are numbers, or whose
    cells are all filled below a row of as many texts.
    """
    rows = sheet.rows[: _HEADINGS_WITHIN + _HIGHEST]
    filled = [[cell for cell in row if not cell.is_empty] for row in rows]
    for number, cells in enumerate(filled, 1):
        numbers = sum(cell.kind in ("number", "percent") for cell in cells)
        if len(cells) > 1 and numbers:
            above = [n for n in range(1, number) if filled[n - 1]]
            texts = [n for n in above if len(filled[n - 1]) > 1]
            if not texts:
                continue
            last = texts[-1]
            first = last
            while first - 1 in texts and last - first + 1 < _HIGHEST:
                first -= 1
            return first, last - first + 1
    long = [n for n, cells in enumerate(filled, 1) if len(cells) > 1]
    return (long[0], 1) if len(long) > 1 else None


def _texts(sheet: Sheet, number: int, body: int) -> Iterator[str]:
    for row in range(body, len(sheet.rows) + 1):
        if text := sheet.cell(row, number).text:
            yield text


def _meant(
    heading: str,
    values: Sequence[str],
    sheet: Sheet,
    number: int,
    body: int,
    columns: Mapping[str, ColumnInfo],
    known: Known,
) -> tuple[str, dict[str, str]]:
    """Return the column of ours that one of theirs is most like, and what it says besides.

    Numbers stand in columns of numbers, and words in those of words.
    """
    for name, column in columns.items():
        codes = known.names.get(column.kind.references or "", {})
        if codes and any(_plain(value) in codes for value in values):
            return name, {}
    are_numbers = _are_numbers(sheet, number, body)
    if slug(heading) in columns and _may_hold(columns[slug(heading)], are_numbers):
        return slug(heading), {}
    year = _ONE_YEAR.fullmatch(heading.rpartition(BETWEEN)[2])
    if year and are_numbers and {"value", "period"} <= columns.keys():
        return "value", {"period": f"{year[1]}-{year[2]}" if year[2] else year[1]}
    if are_numbers and "value" in columns and known.measures:
        measure = _nearest_measure(heading, known.measures)
        return ("value", {"measure": measure}) if measure else (LEFT_OUT, {})
    told = {
        name: f"{name} {column.description}"
        for name, column in columns.items()
        if _may_hold(column, are_numbers)
    }
    likeness = {name: _likeness(heading, name, text) for name, text in told.items()}
    best = max(likeness, key=lambda name: likeness[name], default="")
    if best and likeness[best] >= _LIKE:
        return best, {}
    if "period" in columns and all(_YEAR.fullmatch(value) for value in values):
        return "period", {}
    return LEFT_OUT, {}


def _are_numbers(sheet: Sheet, number: int, body: int) -> bool:
    """Whether most of what stands in a column are numbers, as numbers or as text."""
    cells = [sheet.cell(row, number) for row in range(body, len(sheet.rows) + 1)]
    filled = [cell for cell in cells if not cell.is_empty]
    numbers = [c for c in filled if c.kind in ("number", "percent") or _NUMBER.fullmatch(c.text)]
    return 2 * len(numbers) > len(filled)


def _may_hold(column: ColumnInfo, are_numbers: bool) -> bool:
    """Whether a column of ours may be meant by one that holds numbers, or by one that does not."""
    return are_numbers == (column.kind.name in NUMBERS) or column.kind.name in ("text", "period")


def _likeness(heading: str, name: str, told: str) -> float:
    theirs = slug(_FOOTNOTE.sub("", heading)).replace("_", " ")
    ours = name.replace("_", " ")
    whole = difflib.SequenceMatcher(None, theirs, ours).ratio()
    words, own = {*theirs.split()}, {*slug(told).split("_")}
    shared = len(words & own) / len(words) if words else 0.0
    return max(whole, 0.9 * shared)


def _nearest_measure(heading: str, measures: Mapping[str, str]) -> str | None:
    """Return the code of the measure whose name is most like a heading."""
    theirs = {*slug(_FOOTNOTE.sub("", heading)).split("_")} - _EVERYDAY
    scores = {}
    for code, name in measures.items():
        every = ({*slug(told).split("_")} - _EVERYDAY for told in (name, code))
        scores[code] = max(
            2 * len(theirs & own) / (len(theirs) + len(own)) if theirs and own else 0.0
            for own in every
        )
    best = max(scores, key=lambda code: scores[code], default=None)
    return best if best is not None and scores[best] >= _LIKE else None


_EVERYDAY = frozenset(
    ("the", "of", "a", "at", "in", "on", "to", "by", "and", "for", "with", "number", "year")
)


def _words(
    mapping: str,
    heading: str,
    ours: str,
    values: Sequence[str],
    columns: Mapping[str, ColumnInfo],
    known: Known,
) -> Iterator[Row]:
    """Yield what words of a column mean: those that we know by name, and that others are left out.

    A column of few codes has each of its words listed, to be filled in.
    """
    column = columns.get(ours)
    if column is None:
        if 1 < len(values) <= _FEW_WORDS and not any(map(_NUMBER.fullmatch, values)):
            for theirs in values:  # they may tell rows apart of which not all are meant
                yield {**_row(mapping, "word", theirs, TAKEN, {}), "heading": heading}
        return
    codes = known.names.get(column.kind.references or "", {})
    words = {v: codes[_plain(v)] for v in values if _plain(v) in codes}
    vocabulary = column.kind.vocabulary
    if vocabulary:
        labels = {label.casefold(): code for code, label in vocabulary.items()}
        unknown = [v for v in values if v not in vocabulary and v.casefold() not in labels]
        words = dict.fromkeys(unknown[:_MANY_WORDS], LEFT_OUT)
    for theirs, code in words.items():
        yield {**_row(mapping, "word", theirs, code, {}), "heading": heading}
    if codes and len(words) < len(values):
        yield {**_row(mapping, "word", ANY_OTHER, LEFT_OUT, {}), "heading": heading}


def _plain(text: str) -> str:
    return " ".join(_FOOTNOTE.sub("", text).split()).casefold()
