"""The ledger: every number of the report under one name, with the rows and function behind it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from hscb_report.errors import UnknownNameError
from hscb_report.figures import Figure
from hscb_report.units import Unit


@dataclass(frozen=True)
class Fact:
    """A number of the report: what it is called, what it is, and where it comes from."""

    id: str
    label: str
    figure: Figure
    unit: Unit
    function: str
    prefix: str = ""

    @property
    def text(self) -> str:
        """The number as the report prints it, with a qualifier of the source such as "over"."""
        text = self.unit.text(self.figure.value)
        return text if self.figure.value is None else f"{self.prefix} {text}".strip()

    def as_json(self, without_rows: Container[str] = ()) -> dict[str, Any]:
        """Return the fact with the field names of `facts.json`.

        The files in `without_rows` are named, but which of their rows were used is not told.
        """
        value = self.unit.shown(self.figure.value)
        by_file = groupby(sorted(self.figure.rows), key=lambda place: place.file)
        return {
            "id": self.id,
            "label": self.label,
            "value": value if value is None or isinstance(value, int) else _json_number(value),
            "unit": self.unit.name,
            "text": self.text,
            "basis": self.figure.basis,
            "sources": [
                {
                    "file": file,
                    "rows": [] if file in without_rows else [place.row for place in places],
                }
                for file, places in by_file
            ],
            "function": self.function,
        }


class Ledger:
    """The facts of one report, by id."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts: dict[str, Fact] = {}
        for fact in facts:
            if fact.id in self._facts:
                raise ValueError(f"two facts are called {fact.id}")
            self._facts[fact.id] = fact

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts.values())

    def __len__(self) -> int:
        return len(self._facts)

    def __contains__(self, id: object) -> bool:  # noqa: A002
        return id in self._facts

    def __getitem__(self, id: str) -> Fact:  # noqa: A002
        """Return a fact; raise UnknownNameError, which suggests the nearest id."""
        try:
            return self._facts[id]
        except KeyError:
            raise UnknownNameError("fact", id, self._facts) from None

    def as_json(self, without_rows: Container[str] = ()) -> list[dict[str, Any]]:
        """Return every fact, in the order of the report."""
        return [fact.as_json(without_rows) for fact in self]


def fact(
    id: str,  # noqa: A002
    label: str,
    unit: Unit,
    function: Callable[..., Figure],
    *arguments: Any,
    prefix: str = "",
) -> Fact:
    """Return the fact that calling a measure gives, with the measure's name."""
    name = f"{function.__module__}.{function.__qualname__}"
    return Fact(id, label, function(*arguments), unit, name, prefix)


def _json_number(value: Any) -> int | float:
    return int(value) if value == int(value) else round(float(value), 6)
