"""The year's own pages as they are published: at their ends, tables that no text shows."""

from __future__ import annotations

from collections.abc import Container, Iterable

from hscb_report.checks.markup import markup_of
from hscb_report.checks.prose import Passage
from hscb_report.results.chapter import Page


def shown_by_texts(passages: Iterable[Passage]) -> frozenset[str]:
    """Return the labels of the tables that texts show."""
    markups = (markup_of(passage.text) for passage in passages)
    return frozenset(named.name for markup in markups for named in markup.of("exhibit"))


def with_its_tables(page: Page, text: str, there: Container[str], shown: Container[str]) -> str:
    """Return a page's text and, at its end, the tables that it ends with.

    That is those that are `there`, which have a row, and are not `shown` by any text.
    """
    added = [label for label in page.ends_with if label in there and label not in shown]
    told = "".join(f"\n```{{exhibit}} {label}\n```\n" for label in added)
    return f"{text.rstrip()}\n{told}" if added else text
