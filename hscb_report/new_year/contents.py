"""What stands in a file, so that it is known again wherever it got to: by its content alone.

What was carried over is told from what is new by comparing rows and sentences with those of the
years before, whatever the years that they name; what somebody has confirmed is known by a hash.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from hscb_report.schema import TableSchema
from hscb_report.schema.line import Line
from hscb_report.schema.slips import NUMBERS
from hscb_report.years import ReportingYear, without_years

Normal = frozenset[tuple[str, str]]
"""A row without what says where it comes from, its texts without years and capitals."""
_DIRECTIVE = re.compile(r"(`{3,}|~{3,}|:{3,}).*?\n\1[^\n]*", re.DOTALL)
_TYPED = str.maketrans("‘’“”–—", "''\"\"--")
"""What word processors put in the place of what was typed, and back."""
_SENTENCE_END = re.compile(r"(?<=[.!?]) ")
_HEAD = re.compile(r"#{1,6} .*|\([\w-]+\)=")


def hash_of_table(lines: Iterable[Line], year: ReportingYear, name: str) -> str:
    """Return the hash of a table of a year: of every cell, whatever the order of its columns."""
    rows = [sorted(line.cells.items()) for line in lines]
    return _hash(json.dumps([str(year), name, rows], ensure_ascii=False))


def hash_of_text(text: str, year: ReportingYear, name: str) -> str:
    """Return the hash of a text of a year: of its lines, whatever the blanks at their ends."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return _hash(json.dumps([str(year), name, lines], ensure_ascii=False))


def hash_of_file(parts: Iterable[str], year: ReportingYear, name: str) -> str:
    """Return the hash of a table or picture of the year's own, of the parts that it has."""
    return _hash(json.dumps([str(year), name, [*parts]], ensure_ascii=False))


def hash_of_nothing(year: ReportingYear, name: str) -> str:
    """Return the hash of a table or text that a year does not have."""
    return _hash(json.dumps([str(year), name, None], ensure_ascii=False))


def _hash(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()


class Normals:
    """The rows of one table in the form in which they are compared."""

    def __init__(self, schema: TableSchema) -> None:
        self._numbers = {c.name for c in schema.columns if c.kind.name in NUMBERS}
        self._passed_over = schema.about_rows

    def of(self, line: Line) -> Normal:
        """Return a row as it is compared with others."""
        return frozenset(
            (name, self._cell(name, cell))
            for name, cell in line.cells.items()
            if name not in self._passed_over
        )

    def _cell(self, name: str, cell: str) -> str:
        return _number(cell) if name in self._numbers else plain(cell)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Return a text as it is compared: without years, capitals, and what programs make of signs."""
    return " ".join(without_years(text).translate(_TYPED).split()).casefold()


def _number(cell: str) -> str:
    """Return a number without what may stand between and behind its digits: £1,200.00 is 1200."""
    bare = cell.replace(",", "").replace("£", "").strip()
    whole, point, part = bare.partition(".")
    return whole if point and not part.strip("0") else bare


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text in the form in which they are compared, headings left out."""
    for block in blocks(text):
        words = "\n".join(line for line in block.split("\n") if not is_head(line))
        if told := plain(words):
            yield told


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text in the form in which they are compared; a directive is one."""
    for block in blocks(text):
        for paragraph in paragraphs(block):
            is_one = bool(_DIRECTIVE.match(block))
            yield from [paragraph] if is_one else _SENTENCE_END.split(paragraph)


def is_head(line: str) -> bool:
    """Whether a line is a heading, or the label of one."""
    return bool(_HEAD.fullmatch(line.strip()))


def blocks(text: str) -> Sequence[str]:
    """Return the parts of a text that blank lines part; a directive is one, whatever it holds."""
    found: list[str] = []
    place = 0
    for directive in _DIRECTIVE.finditer(text):
        found += _parted(text[place : directive.start()])
        found.append(directive[0])
        place = directive.end()
    return [*found, *_parted(text[place:])]


def _parted(text: str) -> list[str]:
    return [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
