"""What rows name as their source: the files that were received, each with a code and a sender."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from hscb_report.intake.changes import TableChanges
from hscb_report.intake.proposed import Proposals, Proposed, Sender
from hscb_report.schema import TableSchema
from hscb_report.schema.intake import Received
from hscb_report.schema.reference import Agency, Source
from hscb_report.schema.row import SourcedRow
from hscb_report.spreadsheets.grid import Book
from hscb_report.store.year import Loaded
from hscb_report.wording import one_line, slug
from hscb_report.years import day_text

SOURCES, RECEIVED = TableSchema(Source), TableSchema(Received)
NOT_STATED = "not stated by the file"
"""Who sent a file that does not say so, as the list of sources has it."""
_LONGEST_CODE = 50


class Sources:
    """What rows name as their source: the files, each with a code."""

    def __init__(self, loaded: Loaded, day: date) -> None:
        self.loaded, self.day = loaded, day
        received = loaded.tables[Received]
        self.earlier = {row.sha256: row for row in received}
        self.codes = {row.sha256: row.source for row in received}
        self.printed = {row.source for row in loaded.tables[Source]}
        self.taken = self.printed | {row.source for row in received}
        self.senders: dict[str, Sender] = {}
        self.books: dict[str, Book] = {}
        publishers = {row.source: row.publisher for row in loaded.tables[Source]}
        self.sent_before = {
            row.source: Sender(row.agency, publishers.get(row.source, "").replace(NOT_STATED, ""))
            for row in received
        }

    def cells(self, row: Proposed, proposals: Proposals, book: Book) -> dict[str, str]:
        """Return the cells of a row with those that say where it comes from."""
        schema = {s.name: s for s in self.loaded.schemas}.get(row.table)
        code = self._code(book, proposals.sender)
        if schema is None or not issubclass(schema.row, SourcedRow):
            return dict(row.cells)
        kind = self.loaded.settings.year.kind if self.loaded.settings else "publication"
        basis = proposals.about.get("basis") or ("invented" if kind == "example" else "verbatim")
        where = f" ({proposals.where})" if proposals.where else ""
        told = {"source": code, "locator": f"{row.origin.locator}{where}", "basis": basis}
        return {**told, **row.cells}

    def _code(self, book: Book, sender: Sender) -> str:
        if book.sha256 not in self.codes:
            stem = slug(Path(book.name).stem)[:_LONGEST_CODE].rstrip("_")
            code = stem if stem[:1].isalpha() else f"file_{stem}".rstrip("_")
            number = 2
            while code in self.taken:
                code = f"{code.rstrip('0123456789_')}_{number}"
                number += 1
            self.taken.add(code)
            self.codes[book.sha256] = code
        code = self.codes[book.sha256]
        if not self.senders.setdefault(code, sender).key:
            self.senders[code] = sender  # one sheet may say it, and another not
        self.books.setdefault(code, book)
        return code

    def used(self, changes: Iterable[TableChanges]) -> set[str]:
        """Return the codes of the files of which something is taken over."""
        named = {c.cells.get("source", "") for table in changes for c in table.changes}
        files = {c.origin.file for table in changes for c in table.changes}
        return {code for code, book in self.books.items() if code in named or book.name in files}

    def rows(self, changes: Sequence[TableChanges]) -> Iterator[tuple[TableSchema, dict[str, str]]]:
        """Yield the rows that name the files: what they are, and that they were taken over."""
        agencies = {row.agency: row.name for row in self.loaded.tables[Agency]}
        listed = {row.source for row in self.earlier.values()}
        named = {change.cells.get("source", "") for table in changes for change in table.changes}
        day = self.day
        for code in sorted(self.used(changes)):
            book, sender = self.books[code], self.senders[code]
            # Records name no source, and a file of them alone is in no list that is printed.
            if code in named - self.printed:
                name = agencies.get(sender.agency or "", sender.name) or NOT_STATED
                told = {
                    "source": code,
                    "title": f"{one_line(book.name)} (received {day_text(day)})",
                    "publisher": name,
                    "published": f"{day.year}-M{day.month:02d}",
                    "locator_means": "the sheet and its row",
                }
                yield SOURCES, told
            if code not in listed:
                told = {"source": code, "file": one_line(book.name), "sha256": book.sha256}
                when = f"{day.year}-M{day.month:02d}-{day.day:02d}"
                yield RECEIVED, {**told, "agency": sender.agency or "", "received": when}
