"""The ledger: every number of the report under one name, with the rows and function behind it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from hscb_report.errors import UnknownNameError
from hscb_report.figures import Figure
from hscb_report.units import Unit


@dataclass(frozen=True)
class Provenance:
    """What of one file a fact was worked out from, as far as an edition tells it.

    `rows` are the numbers of its rows, none where nothing was found in it, None where they are not
    told; `documents` names the documents and lines that those rows were read from.
    """

    file: str
    rows: tuple[int, ...] | None = ()
    documents: str = ""
    sha256: str | None = None


@dataclass(frozen=True)
class Fact:
    """A number of the report: what it is called, what it is, and where it comes from."""

    id: str
    label: str
    figure: Figure
    unit: Unit
    function: str
    definition: str = ""
    prefix: str = ""
    provenance: tuple[Provenance, ...] = ()

    @property
    def chapter(self) -> str:
        """The chapter that it belongs to: the first part of its name."""
        return self.id.split(".", 1)[0]

    @property
    def anchor(self) -> str:
        """Its address on the page that says where the numbers come from."""
        return "fact-" + re.sub(r"[^a-z0-9]+", "-", self.id)

    @property
    def text(self) -> str:
        """The number as the report prints it, with a qualifier such as "over" before it."""
        text = self.unit.text(self.figure)
        return text if self.figure.value is None else f"{self.prefix} {text}".strip()

    def as_json(self) -> dict[str, Any]:
        """Return the fact with the field names of `facts.json`."""
        value = self.unit.shown(self.figure.value)
        return {
            "id": self.id,
            "label": self.label,
            "value": value if value is None or isinstance(value, int) else _json_number(value),
            "unit": self.unit.name,
            "text": self.text,
            "basis": self.figure.basis,
            "sources": [
                {"file": source.file, "rows": list(source.rows or ())} for source in self.provenance
            ],
            "function": self.function,
        }


@dataclass(frozen=True)
class Ledger:
    """The facts of one report, by id, in the order of the report; of two alike the first."""

    facts: tuple[Fact, ...] = ()

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Ledger:
        """Return the ledger of facts."""
        by_id: dict[str, Fact] = {}
        for fact in facts:
            by_id.setdefault(fact.id, fact)
        return cls(tuple(by_id.values()))

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)

    def __contains__(self, id: object) -> bool:  # noqa: A002
        return any(fact.id == id for fact in self.facts)

    def __getitem__(self, id: str) -> Fact:  # noqa: A002
        """Return a fact; raise UnknownNameError, which suggests the nearest id."""
        for fact in self.facts:
            if fact.id == id:
                return fact
        raise UnknownNameError("fact", id, (fact.id for fact in self.facts))

    def as_json(self) -> list[dict[str, Any]]:
        """Return every fact, in the order of the report."""
        return [fact.as_json() for fact in self]


def fact(
    id: str,  # noqa: A002
    label: str,
    unit: Unit,
    function: Callable[..., Figure],
    *arguments: Any,
    prefix: str = "",
) -> Fact:
    """Return the fact that calling a calculation gives, with its name and what it is said to be."""
    name = f"{function.__module__}.{function.__qualname__}"
    return Fact(id, label, function(*arguments), unit, name, _definition(function), prefix)


def _definition(function: Callable[..., Figure]) -> str:
    """Return what a calculation gives: the first paragraph of its docstring."""
    said = " ".join((inspect.getdoc(function) or "").split("\n\n")[0].split())
    said = said.removeprefix("Return ")
    return said[:1].upper() + said[1:]


def _json_number(value: Any) -> int | float:
    return int(value) if value == int(value) else round(float(value), 6)
