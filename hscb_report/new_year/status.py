"""How far a year is: every table and text, by chapter and by who owes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hscb_report.new_year.states import STATES, Item, State
from hscb_report.schema.upkeep import Owed
from hscb_report.wording import shortened
from hscb_report.years import ReportingYear

_WIDTH = 100
_TITLE = 30
_LONGEST_NAME = 50
_NAMED_FIRST: tuple[State, ...] = ("empty", "unchanged", "to_confirm", "missing")


@dataclass(frozen=True)
class OfChapter:
    """How far what belongs to one chapter is; `name` and `title` are its own."""

    name: str
    title: str
    items: tuple[Item, ...]

    @property
    def tables(self) -> tuple[Item, ...]:
        """Its tables."""
        return tuple(item for item in self.items if not item.is_text)

    @property
    def texts(self) -> tuple[Item, ...]:
        """Its texts."""
        return tuple(item for item in self.items if item.is_text)

    @property
    def undone(self) -> tuple[Item, ...]:
        """What is not done."""
        return tuple(item for item in self.items if item.state != "done")


@dataclass(frozen=True)
class Status:
    """How far a year is; `owed` says who gives what, `agencies` what these are called."""

    year: ReportingYear
    is_final: bool
    chapters: tuple[OfChapter, ...]
    owed: tuple[Owed, ...] = ()
    agencies: Mapping[str, str] | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """Every table and text, in the order of the chapters."""
        return tuple(item for chapter in self.chapters for item in chapter.items)

    @property
    def undone(self) -> tuple[Item, ...]:
        """What is not done."""
        return tuple(item for item in self.items if item.state != "done")

    def owing(self, item: Item) -> tuple[str, ...]:
        """Return the codes of the agencies that owe a table or text."""
        return tuple(row.agency for row in self.owed if row.content == item.name)

    def owed_by(self, item: Item) -> tuple[str, ...]:
        """Return the names of the agencies that owe a table or text."""
        return tuple((self.agencies or {}).get(code, code) for code in self.owing(item))

    def as_json(self) -> dict[str, Any]:
        """Return the object of `status --format json`."""
        return {"year": str(self.year), "chapters": [self._chapter(c) for c in self.chapters]}

    def _chapter(self, chapter: OfChapter) -> dict[str, Any]:
        tables = [{"table": item.name, **self._item(item)} for item in chapter.tables]
        texts = [self._item(item) for item in chapter.texts]
        return {"chapter": chapter.name, "tables": tables, "texts": texts}

    def _item(self, item: Item) -> dict[str, Any]:
        agency = "; ".join(self.owing(item)) or None
        told = {"told": item.told, "rows": list(item.rows)}
        return {"file": item.file, "state": item.state, "agency": agency, **told}

    def by_agency(self) -> Mapping[str, tuple[Item, ...]]:
        """Return what each agency owes, by its name, in the order of the list."""
        found: dict[str, list[Item]] = {}
        items = {item.name: item for item in self.items}
        for row in self.owed:
            if item := items.get(row.content):
                name = (self.agencies or {}).get(row.agency, row.agency)
                found.setdefault(name, []).append(item)
        return {name: tuple(owed) for name, owed in found.items()}


def summary(items: Sequence[Item]) -> str:
    """Return how many are done and in which states the others are, in words."""
    states = Counter(item.state for item in items)
    others = [f"{states[state]} {said}" for state, said in STATES.items() if state != "done"]
    told = [f"{states['done']} of {len(items)} done"]
    return "; ".join((*told, *(o for o in others if not o.startswith("0 "))))


def status_lines(status: Status, chapters: Sequence[str] = ()) -> Iterator[str]:
    """Yield how far a year is, in one screen: a line a chapter, then one an agency.

    Of the chapters that are asked for every table and text has a line.
    """
    kind = "final" if status.is_final else "draft"
    yield f"{status.year} ({kind}): {summary(status.items)}."
    yield ""
    width = min(max((len(chapter.title) for chapter in status.chapters), default=0), _TITLE)
    for chapter in status.chapters:
        if chapter.name in chapters:
            yield from _each(chapter, status)
        elif not chapters:
            done = len(chapter.items) - len(chapter.undone)
            title = shortened(chapter.title, width)
            head = f"{title:<{width}}  {done:>2}/{len(chapter.items):<2}  "
            yield (head + _named(chapter.undone, _WIDTH - len(head))).rstrip()
    by_agency = {} if chapters else status.by_agency()
    if by_agency:
        yield ""
        yield "Still owed by:"
    for name, items in by_agency.items():
        undone = [item for item in items if item.state != "done"]
        head = f"  {shortened(name, _LONGEST_NAME)}: "
        yield head + (_named(undone, _WIDTH - len(head)) or "nothing")


def _each(chapter: OfChapter, status: Status) -> Iterator[str]:
    yield f"{chapter.title}: {summary(chapter.items)}."
    width = max(len(item.file) for item in chapter.items)
    for item in chapter.items:
        owing = status.owed_by(item)
        by = f" (owed by {' and '.join(owing)})" if owing else ""
        why = f": {item.told}" if item.told else ""
        yield f"  {item.file:<{width}}  {STATES[item.state]}{why}{by}"
    yield ""


def _counts(by_state: Mapping[State, Sequence[str]]) -> str:
    """Return how many are in each state."""
    return "; ".join(f"{len(by_state[s])} {STATES[s]}" for s in _NAMED_FIRST if s in by_state)


def _named(items: Iterable[Item], room: int) -> str:
    """Return the names of what is in each state, as many as there is room for."""
    by_state: dict[State, list[str]] = {}
    for item in items:
        by_state.setdefault(item.state, []).append(item.name.removeprefix("text/"))
    told, left = "", sum(map(len, by_state.values()))
    for state in (state for state in _NAMED_FIRST if state in by_state):
        for number, name in enumerate(by_state[state]):
            more = f", {name}" if number else f"{'; ' if told else ''}{STATES[state]}: {name}"
            left -= 1
            if len(told + more) + (len(f" and {left} more") if left else 0) > room:
                return f"{told} and {left + 1} more" if told else _counts(by_state)
            told += more
    return told
