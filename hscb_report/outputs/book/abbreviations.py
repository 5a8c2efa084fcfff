"""Abbreviations in the book: in full where a page first uses one, marked up wherever it stands.

A page is one of the HTML, and the same one within a PDF. Cells, captions, headings and words of
links keep the abbreviation as it is; there, too, a screen reader can say what it is short for. What
everybody knows is left alone, and so is the Board's own short name, which stands on every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from hscb_report.wording import first_upper

_AS_THEY_ARE = (
    *(nodes.literal, nodes.literal_block, nodes.raw, nodes.math, nodes.comment),
    *(nodes.image, nodes.abbreviation, addnodes.toctree, addnodes.index),
)
"""What holds no prose."""
_SHORT = (nodes.entry, nodes.title, nodes.caption, nodes.reference, nodes.rubric, nodes.term)
"""Where an abbreviation is marked, and never put in full."""
_BEGINS = re.compile(r"(?:^|[.!?:]\s+)$")
Given = Mapping[str, Mapping[str, Any]]
"""Each abbreviation with its `full` words, and whether it `is_expanded`."""


class Abbreviations(SphinxPostTransform):
    """Puts each abbreviation in full where a page first uses it, and marks it everywhere else."""

    default_priority = 600  # after facts have become links

    def run(self, **_: Any) -> None:
        """Go through the text of the page, or of every page of a PDF."""
        explain(self.document, self.config.hscb_abbreviations)


def explain(document: nodes.document, every: Given) -> None:
    """Put abbreviations in full, or mark them, in the text of a document."""
    given = {short: told["full"] for short, told in every.items() if told["is_expanded"]}
    if not given:
        return
    shorts = "|".join(map(re.escape, sorted(given, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![\w&/.-])({shorts})(s?)(?![\w&])")
    told_on: dict[int, set[str]] = {}
    for text in list(document.findall(nodes.Text)):
        if not pattern.search(text) or _is_within(text, _AS_THEY_ARE) or _is_heading(text):
            continue
        told = told_on.setdefault(_page(text), set())
        parts = list(_marked(text, pattern, given, None if _is_within(text, _SHORT) else told))
        text.parent.replace(text, parts)


def _marked(
    text: nodes.Text, pattern: re.Pattern[str], given: Mapping[str, str], told: set[str] | None
) -> Iterator[nodes.Node]:
    """Yield a text in parts; abbreviations that were not `told` yet are put in full."""
    end, before = 0, _before(text)
    for match in pattern.finditer(text):
        short, several = match[1], match[2]
        full = given[short] + ("" if given[short].endswith("s") else several)
        yield nodes.Text(text[end : match.start()])
        marked = nodes.abbreviation("", match[0], explanation=full)
        so_far = f"{before}{text[: match.start()]}"
        if told is None or short in told:
            yield marked
        elif _is_said(so_far, text[match.end() :], full):
            yield marked
            told.add(short)
        else:
            yield from _in_full(marked, full, so_far)
            told.add(short)
        end = match.end()
    yield nodes.Text(text[end:])


def _in_full(marked: nodes.abbreviation, full: str, before: str) -> Iterator[nodes.Node]:
    """Yield what an abbreviation is short for and the abbreviation: in brackets, if in none."""
    is_within = before.count("(") > before.count(")")
    words = first_upper(full) if _BEGINS.search(before) else full
    yield nodes.Text(f"{words}, " if is_within else f"{words} (")
    yield marked
    yield nodes.Text("" if is_within else ")")


def _is_said(before: str, after: str, full: str) -> bool:
    """Whether a writer has said what it is short for, before the abbreviation or behind it."""
    words = full.lower()
    is_before = before.lower().rstrip("(, ").endswith(words) and before.rstrip(" ").endswith("(")
    return is_before or after.lower().startswith((f" ({words}", f": {words}"))


def _before(text: nodes.Text) -> str:
    """Return what stands before a text in its paragraph."""
    block: Any = text
    while isinstance(block.parent, nodes.Inline):
        block = block.parent
    told = ""
    for other in block.parent.findall(nodes.Text):
        if other is text:
            break
        told += other
    return told


def _page(text: nodes.Text) -> int:
    """Return which page of a PDF a text is on, 0 in the HTML."""
    node: Any = text
    while node is not None:
        if isinstance(node, addnodes.start_of_file):
            return id(node)
        node = node.parent
    return 0


def _is_heading(text: nodes.Text) -> bool:
    """Whether a text is a heading, which menus and the search repeat."""
    title = text.parent if isinstance(text.parent, nodes.title) else text.parent.parent
    return isinstance(title, nodes.title) and isinstance(title.parent, nodes.section)


def _is_within(text: nodes.Text, kinds: tuple[type, ...]) -> bool:
    """Whether a text stands in a node of one of some kinds."""
    node: Any = text.parent
    while node is not None:
        if isinstance(node, kinds):
            return True
        node = node.parent
    return False
