"""A workbook as a program reads it: from the XML of its parts, by no library that wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from xml.etree import ElementTree
from zipfile import ZipFile

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DOCUMENT = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_BUILT_IN = {0: "General", 1: "0", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
_ESCAPED = re.compile("_x([0-9A-F]{4})_")
Place = tuple[int, int]


@dataclass(frozen=True)
class Marked:
    """A table as it is marked: name, what is told of it, first and last cell, columns' names."""

    name: str
    told: str
    first: Place
    last: Place
    columns: tuple[str, ...]


@dataclass
class ReadSheet:
    """A sheet: its cells by row and column from 1, and all that is not cells."""

    name: str
    state: str
    cells: dict[Place, str | float] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)
    styles: dict[Place, str] = field(default_factory=dict)
    quoted: set[Place] = field(default_factory=set)
    links: dict[Place, tuple[str, Place]] = field(default_factory=dict)
    tables: list[Marked] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    hidden: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(self.cells[1, 1])

    @property
    def lines(self) -> list[str]:
        """What stands above the table."""
        last = self.tables[0].first[0] if self.tables else max(r for r, _ in self.cells) + 1
        return [str(self.cells[row, 1]) for row in range(1, last)]

    @property
    def rows(self) -> list[list[str | float]]:
        """The rows of the table, that of its headings first."""
        (table,) = self.tables
        columns = range(table.first[1], table.last[1] + 1)
        return [
            [self.cells[row, column] for column in columns]
            for row in range(table.first[0], table.last[0] + 1)
        ]


@dataclass(frozen=True)
class ReadBook:
    """A workbook: its sheets in their order, its properties, the names of its parts."""

    sheets: dict[str, ReadSheet]
    properties: dict[str, str]
    parts: tuple[str, ...]
    fonts: frozenset[str]
    schemes: frozenset[str]


def read_workbook(raw: bytes) -> ReadBook:
    """Return what a workbook holds."""
    with ZipFile(BytesIO(raw)) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    xml = {n: ElementTree.fromstring(raw) for n, raw in parts.items() if not n.endswith(".bin")}
    texts = _shared(xml.get("xl/sharedStrings.xml"))
    styles = _Styles(xml["xl/styles.xml"])
    targets = _targets(xml, "xl/workbook.xml")
    sheets = {}
    for entry in xml["xl/workbook.xml"].iter(f"{_MAIN}sheet"):
        name = entry.attrib["name"]
        found = ReadSheet(name, entry.attrib.get("state", "visible"))
        _read_sheet(found, xml, targets[entry.attrib[f"{_DOCUMENT}id"]], texts, styles)
        sheets[name] = found
    properties = {node.tag.rpartition("}")[2]: node.text or "" for node in xml["docProps/core.xml"]}
    fonts = xml["xl/styles.xml"].iter(f"{_MAIN}font")
    named = [(node.find(f"{_MAIN}name"), node.find(f"{_MAIN}scheme")) for node in fonts]
    return ReadBook(
        sheets,
        properties,
        tuple(parts),
        frozenset(name.attrib["val"] for name, _ in named if name is not None),
        frozenset(scheme.attrib["val"] for _, scheme in named if scheme is not None),
    )


class _Styles:
    def __init__(self, root: ElementTree.Element) -> None:
        self._formats = dict(_BUILT_IN)
        for node in root.iter(f"{_MAIN}numFmt"):
            self._formats[int(node.attrib["numFmtId"])] = node.attrib["formatCode"]
        names = {n.attrib["xfId"]: n.attrib["name"] for n in root.iter(f"{_MAIN}cellStyle")}
        bases = root.find(f"{_MAIN}cellStyleXfs")
        assert bases is not None
        assert len(bases) == int(bases.attrib["count"]) == len(names)
        cells = root.find(f"{_MAIN}cellXfs")
        assert cells is not None
        self._cells = [(node.attrib, names[node.attrib["xfId"]]) for node in cells]

    def of(self, number: str) -> tuple[str, str, bool]:
        """Return a cell's number format, the name of its style, and whether it is quoted text."""
        found, style = self._cells[int(number)]
        return self._formats[int(found["numFmtId"])], style, found.get("quotePrefix") == "1"


def _shared(root: ElementTree.Element | None) -> list[str]:
    if root is None:
        return []
    items = root.iter(f"{_MAIN}si")
    return ["".join(_plain(node.text) for node in item.iter(f"{_MAIN}t")) for item in items]


def _plain(text: str | None) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text or "")


def _targets(xml: dict[str, ElementTree.Element], part: str) -> dict[str, str]:
    """Return the parts that a part refers to, by their ids."""
    path = PurePosixPath(part)
    root = xml.get(str(path.parent / "_rels" / f"{path.name}.rels"))
    found = {}
    for node in root if root is not None else ():
        target = PurePosixPath(node.attrib["Target"].lstrip("/"))
        folder = path.parent
        while target.parts[0] == "..":
            target, folder = target.relative_to(".."), folder.parent
        found[node.attrib["Id"]] = str(folder / target)
    return found


def _read_sheet(
    found: ReadSheet,
    xml: dict[str, ElementTree.Element],
    part: str,
    texts: list[str],
    styles: _Styles,
) -> None:
    root, targets = xml[part], _targets(xml, part)
    for node in root.iter():
        found.tags.add(node.tag.removeprefix(_MAIN))
        if node.attrib.get("hidden") == "1":
            found.hidden.append(node.tag)
    for node in root.iter(f"{_MAIN}c"):
        place, value = _place(node.attrib["r"]), node.find(f"{_MAIN}v")
        found.formats[place], found.styles[place], is_quoted = styles.of(node.attrib.get("s", "0"))
        if is_quoted:
            found.quoted.add(place)
        if value is not None:
            is_text = node.attrib.get("t") == "s"
            found.cells[place] = (
                texts[int(value.text or "")] if is_text else float(value.text or "")
            )
    for node in root.iter(f"{_MAIN}hyperlink"):
        sheet, _, cell = node.attrib["location"].rpartition("!")
        found.links[_place(node.attrib["ref"])] = (sheet.strip("'"), _place(cell))
    for node in root.iter(f"{_MAIN}tablePart"):
        table = xml[targets[node.attrib[f"{_DOCUMENT}id"]]]
        found.tags.update(part.tag.removeprefix(_MAIN) for part in table.iter())
        found.tables.append(_marked(table))


def _marked(root: ElementTree.Element) -> Marked:
    first, last = root.attrib["ref"].split(":")
    assert root.attrib["name"] == root.attrib["displayName"]
    columns = [_plain(node.attrib["name"]) for node in root.iter(f"{_MAIN}tableColumn")]
    told = "".join(node.attrib.get("altText", "") for node in root.iter())
    return Marked(root.attrib["name"], told, _place(first), _place(last), tuple(columns))


def _place(cell: str) -> Place:
    match = re.fullmatch(r"([A-Z]+)([0-9]+)", cell)
    assert match, cell
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column
