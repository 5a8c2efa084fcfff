"""Charts that follow one another, two beside each other: half the pages, and easier to compare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from docutils import nodes

from hscb_report.display.svg import svg_in_colour

PAIR = "pair"
"""The class of a container whose two charts stand beside each other."""
DRAWN = "drawn-for-half"
"""What an image of a pair names the file of its narrow drawing by."""
_HIGHEST = 340.0
"""What is drawn higher, such as many bars, needs the whole width."""
_SIZE = re.compile(r'<svg\b[^>]*\bheight="([\d.]+)"')


def set_in_pairs(tree: nodes.document) -> None:
    """Put every two charts that follow one another into a container; a last one stays alone."""
    for parent in {id(chart.parent): chart.parent for chart in _charts(tree)}.values():
        for first, second in _pairs(parent):
            pair = nodes.container("", classes=[PAIR])
            parent.insert(parent.index(first), pair)
            for chart in (first, second):
                parent.remove(chart)
                pair += chart
                for image in chart.findall(nodes.image):
                    image[DRAWN] = f"{chart['ids'][0]}-half.svg"


def drawings_for_half(tree: nodes.document, colour: str) -> Mapping[str, str]:
    """Return the narrow drawings of the charts in pairs by the names of their files."""
    images = (image for image in tree.findall(nodes.image) if DRAWN in image)
    return {image[DRAWN]: svg_in_colour(image["narrow"], colour) for image in images}


def write_drawings(drawings: Mapping[str, str], folder: Path) -> None:
    """Write drawings into a folder."""
    for name, svg in drawings.items():
        (folder / name).write_text(svg, encoding="utf-8", newline="\n")


def _charts(tree: nodes.Element) -> list[nodes.figure]:
    return [figure for figure in tree.findall(nodes.figure) if _may_be_narrow(figure)]


def _pairs(parent: nodes.Element) -> Iterator[tuple[nodes.figure, nodes.figure]]:
    waiting: nodes.figure | None = None
    for child in list(parent.children):
        if not isinstance(child, nodes.figure) or not _may_be_narrow(child):
            waiting = None
        elif waiting is None:
            waiting = child
        else:
            yield waiting, child
            waiting = None


def _may_be_narrow(figure: nodes.figure) -> bool:
    image = next(iter(figure.findall(nodes.image)), None)
    if "exhibit-chart" not in figure["classes"] or image is None or not figure["ids"]:
        return False
    height = _SIZE.search(image.get("narrow", ""))
    return height is not None and float(height[1]) <= _HIGHEST
