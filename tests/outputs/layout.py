"""What a reader sees of a PDF's pages, counted: `python -m tests.outputs.layout report.pdf …`."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf

LEAST_FILLED = 0.25
_TOP, _FOOT = 0.09, 0.92
"""Where the text of a page begins and ends, of its height; beyond stand header and footer."""
_HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
_NEAR = 1.5


@dataclass(eq=False)
class Element:
    """An element of a PDF's structure: its role, what is in it, and the pages that it stands on."""

    role: str
    parent: Element | None = None
    children: list[Element] = field(default_factory=list)
    marked: list[tuple[int, int]] = field(default_factory=list)

    @property
    def all_marked(self) -> list[tuple[int, int]]:
        """Page and number of each piece of content in it, in reading order."""
        own = list(self.marked)
        return own + [piece for child in self.children for piece in child.all_marked]

    @property
    def pages(self) -> list[int]:
        return sorted({page for page, _ in self.all_marked})

    def below(self, *roles: str) -> Iterator[Element]:
        """Yield the elements of the roles in it, in reading order."""
        for child in self.children:
            if child.role in roles:
                yield child
            yield from child.below(*roles)

    def is_in(self, *roles: str) -> bool:
        """Whether it, or what it stands in, has one of the roles."""
        return self.role in roles or (self.parent is not None and self.parent.is_in(*roles))


@dataclass(frozen=True)
class Layout:
    """The pages of a PDF, measured."""

    path: Path

    @cached_property
    def tree(self) -> Element:
        """The structure as a tree, its root without a role."""
        with pikepdf.open(self.path) as pdf:
            number = {page.objgen: place for place, page in enumerate(pdf.pages)}
            root = Element("")
            _collect(pdf.Root.StructTreeRoot, root, None, number)
            return root

    @cached_property
    def pages(self) -> list[Page]:
        with pdfplumber.open(self.path) as pdf:
            return [Page.of(page) for page in pdf.pages]

    @cached_property
    def roles(self) -> dict[tuple[int, int], Element]:
        """The element that each piece of content stands in."""
        found: dict[tuple[int, int], Element] = {}

        def note(element: Element) -> None:
            found.update(dict.fromkeys(element.marked, element))
            for child in element.children:
                note(child)

        note(self.tree)
        return found

    @property
    def contents(self) -> list[int]:
        """The pages of contents."""
        return sorted({page for toc in self.tree.below("TOC") for page in toc.pages})

    @property
    def parted_headings(self) -> list[int]:
        """The pages at whose foot a heading stands without what it heads."""
        pieces = self.tree.all_marked
        after = dict(pairwise(pieces))
        parted = []
        for heading in self.tree.below(*_HEADINGS):
            last = heading.all_marked[-1] if heading.all_marked else None
            if last in after and after[last][0] != last[0]:
                parted.append(last[0])
        return parted

    @property
    def parted_leads(self) -> list[int]:
        """The pages at whose foot a heading stands with a lead alone: its table comes after."""
        parted = []
        for heading in self.tree.below(*_HEADINGS):
            assert heading.parent is not None
            beside = heading.parent.children
            place = beside.index(heading)
            lead, shown = [*beside[place + 1 : place + 3], None, None][:2]
            if (
                lead is None
                or shown is None
                or lead.role != "P"
                or not (lead.pages and shown.pages)
            ):
                continue
            is_shown = shown.role in {"Table", "Figure"} or any(shown.below("Table", "Figure"))
            if is_shown and shown.pages[0] != lead.pages[-1]:
                parted.append(lead.pages[-1])
        return parted

    @property
    def orphan_captions(self) -> list[int]:
        """The pages on which a caption stands without the first row, or the picture, that it names.

        The first row is the first below the heads of the columns.
        """
        orphans = []
        for caption in self.tree.below("Caption"):
            group = caption.parent
            assert group is not None
            rows = [row for body in group.below("TBody") for row in body.below("TR")]
            shown = rows[:1] or [other for other in group.children if other is not caption]
            first = next((one.pages[0] for one in shown if one.pages), None)
            if first is not None and caption.pages and first != caption.pages[-1]:
                orphans.append(caption.pages[-1])
        return orphans

    @property
    def broken_rows(self) -> list[int]:
        """The pages on which a row of a table begins that ends on another."""
        return [row.pages[0] for row in self.tree.below("TR") if len(row.pages) > 1]

    @property
    def broken_short_tables(self) -> list[int]:
        """The pages on which a table of up to 15 rows begins that ends on another."""
        return [
            table.pages[0]
            for table in self.tree.below("Table")
            if len(table.pages) > 1
            and sum(1 for body in table.below("TBody") for _ in body.below("TR")) <= 15
        ]

    @property
    def thin(self) -> list[int]:
        """The pages filled by less than a quarter, but for those that end something.

        The last page, the page before one that is turned, and the title page of a volume end it.
        """
        return [number for number in self._thin if not self._ends_a_chapter(number)]

    @property
    def thin_ends(self) -> list[int]:
        """The pages filled by less than a quarter after which a chapter begins."""
        return [number for number in self._thin if self._ends_a_chapter(number)]

    @property
    def _thin(self) -> list[int]:
        following = [*self.pages[1:], None]
        return [
            number
            for number, (page, after) in enumerate(zip(self.pages, following, strict=True))
            if number > 0
            and number not in self.contents
            and after is not None
            and page.filled < LEAST_FILLED
            and page.is_wide == after.is_wide
            and not page.is_title
            and not after.is_title
        ]

    def _ends_a_chapter(self, number: int) -> bool:
        first = next((piece for piece in self.tree.all_marked if piece[0] == number + 1), None)
        return first is not None and self.roles[first].is_in("H1")

    @cached_property
    def sizes(self) -> dict[str, Counter[float]]:
        """How many letters of each size stand in body, tables, captions, notes, and headings."""
        found: dict[str, Counter[float]] = defaultdict(Counter)
        for number, page in enumerate(self.pages):
            for piece, sizes in page.sizes.items():
                element = self.roles.get((number, piece))
                if element is not None:
                    found[_kind(element)].update(sizes)
        return found

    @property
    def uneven_siblings(self) -> list[int]:
        """The pages of tables whose columns stand elsewhere than in the same table before them."""
        uneven = []
        for before, table in pairwise(self.tree.below("Table")):
            ours, theirs = self._columns(table), self._columns(before)
            if ours and [text for text, _ in ours] == [text for text, _ in theirs]:
                far = (abs(a - b) > _NEAR for (_, a), (_, b) in zip(ours, theirs, strict=True))
                if any(far) and self._is_wide(table) == self._is_wide(before):
                    uneven.append(table.pages[0])
        return uneven

    def _is_wide(self, table: Element) -> bool:
        return self.pages[table.pages[0]].is_wide

    def _columns(self, table: Element) -> list[tuple[str, float]]:
        """Return the heading of each column, and where it begins."""
        heads = [cell for head in table.below("THead") for cell in head.below("TH")]
        found = []
        for head in heads:
            first = [piece for piece in head.all_marked if piece[0] == table.pages[0]]
            placed = [
                self.pages[page].placed[piece]
                for page, piece in first
                if piece in self.pages[page].placed
            ]
            if placed:
                found.append(("".join(text for text, _ in placed), min(x for _, x in placed)))
        return found

    def chapters(self) -> list[tuple[str, int]]:
        """Return the page on which each heading of the first level stands, from 1."""
        return [
            (
                "".join(self.pages[p].placed.get(m, ("", 0))[0] for p, m in h.all_marked),
                h.pages[0] + 1,
            )
            for h in self.tree.below("H1")
            if h.pages
        ]

    def counts(self) -> dict[str, Any]:
        """Return everything counted, by what it is called."""
        sizes = self.sizes
        return {
            "pages": len(self.pages),
            "contents": len(self.contents),
            "turned": sum(page.is_wide for page in self.pages),
            "thin": _from_one(self.thin),
            "thin before a chapter": _from_one(self.thin_ends),
            "headings parted": _from_one(self.parted_headings),
            "leads parted": _from_one(self.parted_leads),
            "orphan captions": _from_one(self.orphan_captions),
            "rows broken": _from_one(self.broken_rows),
            "short tables broken": _from_one(self.broken_short_tables),
            "uneven siblings": _from_one(self.uneven_siblings),
            "body": _most(sizes["body"]),
            "least in tables": min(sizes["table"], default=0),
            "least": min((size for kind in sizes.values() for size in kind), default=0),
            "kB": self.path.stat().st_size // 1000,
        }


@dataclass(frozen=True)
class Page:
    """A page: how far it is filled, and what stands where on it, by the numbers of the pieces."""

    is_wide: bool
    is_title: bool
    filled: float
    sizes: dict[int, Counter[float]]
    placed: dict[int, tuple[str, float]]

    @classmethod
    def of(cls, page: Any) -> Page:
        """Return a page of pdfplumber, measured."""
        sizes: dict[int, Counter[float]] = defaultdict(Counter)
        texts: dict[int, list[str]] = defaultdict(list)
        lefts: dict[int, float] = {}
        for char in page.chars:
            piece = char.get("mcid")
            if piece is not None and char["text"].strip() and char["upright"]:
                sizes[piece][round(char["size"], 1)] += 1
                texts[piece].append(char["text"])
                lefts[piece] = min(lefts.get(piece, char["x0"]), char["x0"])
        top, foot = _TOP * page.height, _FOOT * page.height
        inked = [*page.chars, *page.images, *page.rects, *page.curves]
        lowest = max((o["bottom"] for o in inked if top < o["bottom"] <= foot), default=top)
        largest = max((size for kind in sizes.values() for size in kind), default=0)
        return cls(
            page.width > page.height,
            largest > 24,
            (lowest - top) / (foot - top),
            dict(sizes),
            {piece: ("".join(told), lefts[piece]) for piece, told in texts.items()},
        )


def _collect(node: Any, into: Element, page: Any, number: dict[Any, int]) -> None:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            if page is not None:
                into.marked.append((number[page], int(kid)))
        elif "/S" in kid:
            child = Element(str(kid.S).removeprefix("/"), into)
            into.children.append(child)
            own = kid.Pg.objgen if "/Pg" in kid else page
            _collect(kid, child, own, number)
        elif "/MCID" in kid:
            own = kid.Pg.objgen if "/Pg" in kid else page
            into.marked.append((number[own], int(kid.MCID)))


def _kind(element: Element) -> str:
    if element.is_in("Table", "Caption"):
        return "caption" if element.is_in("Caption") else "table"
    if element.is_in(*_HEADINGS):
        return "heading"
    return "contents" if element.is_in("TOC") else "note" if element.is_in("Note") else "body"


def _most(sizes: Counter[float]) -> float:
    return sizes.most_common(1)[0][0] if sizes else 0


def _from_one(pages: list[int]) -> str:
    return f"{len(pages)} ({', '.join(str(page + 1) for page in pages[:12])})" if pages else "0"


def main(paths: list[str]) -> None:
    """Print what is counted of each PDF."""
    for path in map(Path, paths):
        layout = Layout(path)
        print(path.name)
        for name, count in layout.counts().items():
            print(f"  {name}: {count}")


if __name__ == "__main__":
    main(sys.argv[1:])
