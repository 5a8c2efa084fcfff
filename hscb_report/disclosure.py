"""What an edition shows: the one step between the results of a year and what is published of them.

The public edition does not tell which rows of a protected table a number was worked out from, nor
the hashes of such tables: a count from 1 to 5 can be guessed from either. The documents that a
number was read from may be told as long as the number itself is shown, for it stands there in
print. No edition lets a figure out with its rows: what may be told of them is its provenance.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from typing import Literal, get_args

from hscb_report.figures import Figure
from hscb_report.results.fact import Fact, Ledger, Provenance
from hscb_report.results.published import Input, Results

Edition = Literal["public", "board"]
EDITIONS: tuple[str, ...] = get_args(Edition)


def decide(results: Results, edition: str) -> Results:
    """Return the results as an edition shows them."""
    is_public = edition == "public"
    untold = {source.path for source in results.inputs if source.is_protected and is_public}
    return replace(
        results,
        facts=Ledger(tuple(_fact(fact, untold) for fact in results.facts)),
        exhibits=tuple(exhibit.with_figures(_without_rows) for exhibit in results.exhibits),
        inputs=tuple(_input(source, untold) for source in results.inputs),
    )


def _fact(fact: Fact, untold: Container[str]) -> Fact:
    return replace(
        fact,
        figure=_without_rows(fact.figure),
        stated=(),
        earlier=()
        if fact.figure.withheld
        else tuple(replace(told, figure=_without_rows(told.figure)) for told in fact.earlier),
        provenance=tuple(
            _source(source, is_shown=not fact.figure.withheld) if source.file in untold else source
            for source in fact.provenance
        ),
    )


def _source(source: Provenance, *, is_shown: bool) -> Provenance:
    documents = source.documents if is_shown else ""
    return replace(source, rows=None, sha256=None, documents=documents)


def _input(source: Input, untold: Container[str]) -> Input:
    return replace(source, sha256=None) if source.path in untold else source


def _without_rows(figure: Figure) -> Figure:
    return replace(figure, rows=(), searched=(), lacks=())
