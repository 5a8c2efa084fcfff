"""The ledger: every number of the report under one name, with the rows and function behind it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from hscb_report.errors import UnknownNameError
from hscb_report.figures import Figure, to_come
from hscb_report.units import Unit
from hscb_report.years import Period


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
class Earlier:
    """What a number was in an earlier period; `revision` says why it was told otherwise then."""

    period: Period
    figure: Figure
    prefix: str = ""
    revision: str | None = None

    def as_json(self, unit: Unit) -> dict[str, Any]:
        """Return it as it stands in `facts.json`, in the unit of its fact."""
        value = _json_value(unit, self.figure)
        return {"period": str(self.period), "value": value, "revision": self.revision}


@dataclass(frozen=True)
class Fact:
    """A number of the report: what it is called, what it is, and where it comes from.

    `period` is what it is of; a chapter need name it only where it is not that of the report.
    `stated` are its values of earlier periods that this year's own tables give, `earlier` its whole
    history, the oldest first. One with a period that its chapter names `has_own_period`. `revision`
    says why an earlier report had it otherwise. One `counted_anew` says what is counted otherwise
    than before, so that it does not compare. Its `status` is "provisional" or "estimated" while it
    may change. One that counts a part of what another counts names that one as its `whole`.
    """

    id: str
    label: str
    figure: Figure
    unit: Unit
    function: str
    definition: str = ""
    prefix: str = ""
    provenance: tuple[Provenance, ...] = ()
    period: Period | None = None
    stated: tuple[Earlier, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    revision: str | None = None
    counted_anew: str | None = None
    status: str = ""
    is_protected: bool = False
    has_own_period: bool = False
    whole: str = ""

    @property
    def own_period(self) -> Period:
        """What it is of; not dated as long as nobody has said."""
        return self.period or Period.parse("undated")

    @property
    def before(self) -> Earlier | None:
        """What it was a year earlier, if that is known."""
        wanted = self.own_period.before
        return next((earlier for earlier in self.earlier if earlier.period == wanted), None)

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

    @property
    def in_prose(self) -> str:
        """The number as a sentence tells it: rounded, unless a qualifier says that it is."""
        return self.text if self.prefix else self.unit.in_prose.text(self.figure)

    def as_json(self) -> dict[str, Any]:
        """Return the fact with the field names of `facts.json`."""
        return {
            "id": self.id,
            "label": self.label,
            "value": _json_value(self.unit, self.figure),
            "unit": self.unit.name,
            "text": self.text,
            "period": str(self.own_period),
            "earlier": [earlier.as_json(self.unit) for earlier in self.earlier],
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
        return id in self._by_id

    def __getitem__(self, id: str) -> Fact:  # noqa: A002
        """Return a fact; raise UnknownNameError, which suggests the nearest id."""
        if found := self._by_id.get(id):
            return found
        raise UnknownNameError("fact", id, (fact.id for fact in self.facts))

    def get(self, id: str) -> Fact | None:  # noqa: A002
        """Return a fact, None if there is none of that id."""
        return self._by_id.get(id)

    @cached_property
    def _by_id(self) -> dict[str, Fact]:
        return {fact.id: fact for fact in self.facts}

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
    period: Period | None = None,
    stated: Iterable[Earlier] = (),
    revision: str | None = None,
    counted_anew: str | None = None,
    status: str = "",
    whole: str = "",
) -> Fact:
    """Return the fact that calling a calculation gives, with its name and what it is said to be.

    Where it counts a part of what another fact of its chapter counts, `whole` is what stands behind
    the dot of that one's name.
    """
    name = f"{function.__module__}.{function.__qualname__}"
    figure, definition = function(*arguments), _definition(function)
    return Fact(
        id,
        label,
        figure,
        unit,
        name,
        definition,
        prefix,
        period=period,
        stated=tuple(stated),
        revision=revision,
        counted_anew=counted_anew,
        status=status,
        whole=whole and f"{id.split('.', 1)[0]}.{whole}",
    )


def awaited(fact: Fact) -> Fact:
    """Return a fact that only a draft has without a value: there it is to come."""
    return replace(fact, figure=to_come(fact.figure))


def _definition(function: Callable[..., Figure]) -> str:
    """Return what a calculation gives: the first paragraph of its docstring."""
    said = " ".join((inspect.getdoc(function) or "").split("\n\n")[0].split())
    said = said.removeprefix("Return ")
    return said[:1].upper() + said[1:]


def _json_value(unit: Unit, figure: Figure) -> int | float | None:
    """Return a figure in a unit as a number of JSON, None where it has no value."""
    value = unit.shown(figure.value)
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == int(value) else round(float(value), 6)
