"""What is found wrong on a page as it is seen: by axe-core (all rules but level AAA), and by us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import axe_playwright_python

from tests.browser.chromium import USUAL, Look, Reader

_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
_SEEN = Path(__file__).with_name("seen.js").read_text("utf-8")
# `preload` would fetch style sheets again, which pages from files may not; the rule that needs it
# is of transforms by the way that a telephone is held.
_RUN = """async (rows) => {
  const isOurs = (rule) => !rule.tags.some((tag) => tag.endsWith("aaa") || tag === "deprecated");
  const run = (around, isAsked) => {
    const enabled = (rule) => ({ enabled: isOurs(rule) && isAsked(rule.ruleId) });
    const rules = Object.fromEntries(axe.getRules().map((r) => [r.ruleId, enabled(r)]));
    return axe.run(around, { rules, preload: false, resultTypes: ["violations"] });
  };
  const isContrast = (id) => id === "color-contrast";
  const told = rows
    ? [
        await run(document, (id) => !isContrast(id)),
        await run({ exclude: [`tr:nth-child(n + ${rows + 1})`] }, isContrast),
      ]
    : [await run(document, () => true)];
  const places = (rule) => rule.nodes.map((node) => node.target.join(" "));
  const nodes = (found) => found.map((rule) => [rule.id, places(rule)]);
  return [told.flatMap((t) => nodes(t.violations)), told.flatMap((t) => nodes(t.incomplete))];
}"""
WIDTHS = (360, 440, 560, 700, 900, 1100, 1280)
"""Windows between those that are looked at, in px: how wide a page is there, and no more."""
ROWS = 12
"""Rows of a table whose contrast is measured where not all is: of axe's time that is most."""

FAULTS = (
    "axe",  # what axe-core calls a violation
    "requests",  # anything asked for beyond the folder of the report
    "errors",  # of scripts, or files that are not there
    "sideways",  # wider than the window
    "between",  # wider than the window at some width between those that are looked at
    "cut",  # text in a box that neither grows nor scrolls
    "small",  # text under 11 px
    "unnamed",  # a picture without a text alternative
    "head",  # not one h1, no title, description or icon
)


@dataclass(frozen=True)
class Seen:
    """A page as it was seen once: its faults by kind, and what else is told of it."""

    page: str
    look: Look
    faults: dict[str, tuple[str, ...]]
    unsure: tuple[str, ...]
    """The rules of axe that a person has to decide on."""
    title: str
    description: str
    footer: str
    size: float
    """The size of running text, in px."""

    def told(self, *kinds: str) -> Iterator[str]:
        """Yield the faults of some kinds, each as a line."""
        for kind in kinds:
            for fault in self.faults[kind]:
                yield f"{self.page} ({self.look}), {kind}: {fault}"


def report_pages(folder: Path) -> list[str]:
    """Return every page of a report, working papers too, by its path in the report's folder."""
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*.html"))
        if "_static" not in path.parts
    ]


def visit(
    reader: Reader,
    folder: Path,
    page: str,
    look: Look = USUAL,
    rows: int | None = ROWS,
    widths: Iterable[int] = WIDTHS,
) -> Seen:
    """Open a page of a report and return what is seen on it.

    The contrast of text is measured in the first rows of each table, or in all without a number.
    In the usual window, that is also made narrower, to each of `widths`.
    """
    reader.open(folder / page, look)
    seen = look_at(reader, folder, page, look, rows)
    between = tuple(_too_wide(reader, widths)) if look == USUAL else ()
    return replace(seen, faults={**seen.faults, "between": between})


def _too_wide(reader: Reader, widths: Iterable[int]) -> Iterator[str]:
    """Yield each width of the window that the page is wider than."""
    for width in widths:
        reader.be(Look(width))
        wide = reader.page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            yield f"the page is {wide} px wide in {width}"


def look_at(reader: Reader, folder: Path, page: str, look: Look, rows: int | None = ROWS) -> Seen:
    """Return what is seen on the page that is open."""
    seen: dict[str, Any] = reader.page.evaluate(_SEEN)
    asked, errors = tuple(reader.requests), tuple(reader.errors)
    reader.page.evaluate(_AXE)
    violations, unsure = reader.page.evaluate(_RUN, rows)
    faults = {
        "axe": tuple(_axe_told(violations)),
        "requests": tuple(dict.fromkeys(_outside(asked, folder))),
        "errors": errors,
        **{kind: tuple(seen[kind]) for kind in ("sideways", "cut", "small", "unnamed")},
        "between": (),
        "head": tuple(_head_faults(seen)),
    }
    return Seen(
        page=page,
        look=look,
        faults=faults,
        unsure=tuple(rule for rule, _ in unsure),
        title=seen["title"],
        description=seen["description"],
        footer=seen["footer"],
        size=seen["size"],
    )


def _axe_told(violations: Iterable[tuple[str, list[str]]]) -> Iterator[str]:
    """Yield each rule that was broken, how often, and where first."""
    for rule, places in violations:
        yield f"{rule}: {len(places)}, first {places[0]}"


def _outside(asked: Iterable[str], folder: Path) -> Iterator[str]:
    """Yield what was asked for beyond the folder; what a page holds itself is not asked for."""
    for address in asked:
        is_inside = address.startswith(f"{folder.resolve().as_uri()}/")
        if not (is_inside or address.startswith(("data:", "blob:"))):
            yield address


def _head_faults(seen: dict[str, Any]) -> Iterator[str]:
    if len(seen["headings"]) != 1:
        yield f"{len(seen['headings'])} headings of the first level: {seen['headings']}"
    for part in ("title", "description", "icon"):
        if not seen[part]:
            yield f"no {part}"
