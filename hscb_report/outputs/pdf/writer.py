"""From the document tree of a book to Typst markup.

Every piece of content passes through `text.inline`, so nothing in it can become markup. A node that
the writer does not know is a warning, and its content still appears.
"""

# Visitors are named by their node and take it whether they need it or not.
# ruff: noqa: ARG002, D102, N802

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from docutils import nodes
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.locale import admonitionlabels
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

from hscb_report.outputs.pdf import blocks, table_layout
from hscb_report.outputs.pdf.anchors import DOCUMENT, PageAnchors, collect_anchors
from hscb_report.outputs.pdf.numbers import Numbers
from hscb_report.outputs.pdf.pairs import DRAWN, PAIR
from hscb_report.outputs.pdf.pdf import bookmark
from hscb_report.outputs.pdf.table_widths import TableWidths, turned_pages
from hscb_report.outputs.pdf.text import breakable, inline, label, printable, string_literal

logger = logging.getLogger(__name__)

_Found = TypeVar("_Found")

_INLINE = {
    "emphasis": "emph",
    "literal_emphasis": "emph",
    "title_reference": "emph",
    "strong": "strong",
    "literal_strong": "strong",
    "superscript": "super",
    "subscript": "sub",
    "abbreviation": "",
    "generated": "",
    "target": "",
}
_BLOCKS = {
    "attribution": "attribution",
    "block_quote": "quoted",
    "centered": "block-title",
    "definition": "",
    "caption": "block-title",
    "legend": "legend",
    "line": "par",
    "line_block": "verse",
    "sidebar": "panel",
    "topic": "panel",
}
_TRANSPARENT = frozenset(
    {"compound", "decoration", "document", "glossary", "hlist", "hlistcol", "only"}
)
_SKIPPED = frozenset(
    {
        *(
            "caption_for_listeners",
            "comment",
            "docinfo",
            "footer",
            "header",
            "highlightlang",
            "index",
            "meta",
            "pending",
        ),
        *("substitution_definition", "system_message", "tabular_col_spec", "toctree"),
    }
)
"""Nodes with nothing for a reader of the PDF."""

_WHOLE = re.compile(r"(?<![\w-])((?:19|20)\d\d[-/]\d\d(?!\d)|[A-Za-z]-[A-Za-z]{2,12}\b)")
"""What no line of prose ends in: a year, and a word after a single letter, such as e-learning."""
_WHOLE_IN_CELL = re.compile(r"(?<![\w-])([A-Za-z]-[A-Za-z]{2,12})(?!\S)")
"""What no line of a cell or caption ends in, of which each piece is read by itself."""
SOURCES = "pages/sources"
"""The page that says where each number comes from, by the names of facts."""
_LINE_BREAK = "<br />"

_ENUMERATIONS = {
    "arabic": "1",
    "loweralpha": "a",
    "upperalpha": "A",
    "lowerroman": "i",
    "upperroman": "I",
}
_SAFE_ADDRESSES = ("https://", "http://", "mailto:")
_LABELLED = (nodes.section, nodes.table, nodes.figure, nodes.footnote, nodes.footnote_reference)
"""Nodes that see to their own label; any other node with an identifier gets an anchor before it."""

_LONGEST_WORD = 80
_LONGEST_WORD_IN_CELL = 26


class TypstTranslator(SphinxTranslator):
    """Visits a tree assembled from a book's documents; `source` then gives the markup.

    `row_headers` lists, for each table in the order of the document, the row headers of each row:
    what the PDF's structure must be told afterwards. `bookmarks` has the short names of headings.
    """

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        super().__init__(document, builder)
        root = document["docname"]
        self.row_headers: list[table_layout.RowHeaders] = []
        self.bookmarks: dict[str, str] = {}
        self._output: list[str] = []
        self._docnames: list[str] = [root]
        self._levels: list[int] = [-1 if document.get("hidden_title") else 0]
        self._in_heading = False
        self._in_cell = False
        self._in_exhibit = False
        self._landscape_pages: list[bool] = []
        self._widths = TableWidths(document, self._of_pages(turned_pages))
        self._is_partial = bool(document.get("is_partial"))
        self._left_out = {root} if document.get("is_start_left_out") else set()
        self._anchors = collect_anchors(document, root)
        self._pages = self._of_pages(PageAnchors)
        self._numbers = Numbers(builder.env)
        self._placed_footnotes: set[str] = set()

    def _of_pages(self, found: Callable[[BuildEnvironment], _Found]) -> _Found:
        """Return what is found out of all pages: once for all volumes of a book."""
        known: dict[Any, Any] = vars(self.builder).setdefault("found_of_pages", {})
        if found not in known:
            known[found] = found(self.builder.env)
        result: _Found = known[found]
        return result

    @property
    def source(self) -> str:
        """The markup of what was visited."""
        return "".join(self._output)

    # How nodes are taken

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Place the anchor of an element that has no label of its own, then visit it."""
        if isinstance(node, nodes.Element) and not isinstance(node, _LABELLED):
            self._add_anchor(node)
        super().dispatch_visit(node)

    def unknown_visit(self, node: nodes.Node) -> None:
        """Open one of the simple nodes; warn of an unknown one, and go on with what is inside."""
        name = type(node).__name__
        if name in _SKIPPED:
            raise nodes.SkipNode
        if function := _INLINE.get(name):
            self._add(f"#{function}[")
        elif function := _BLOCKS.get(name):
            self._add(f"\n\n#{function}[")
        elif name not in _INLINE and name not in _BLOCKS and name not in _TRANSPARENT:
            self._warn(node, 'The PDF has no form for "%s"; only its content is shown.', name)

    def unknown_departure(self, node: nodes.Node) -> None:
        """Close what the visit opened."""
        name = type(node).__name__
        if _INLINE.get(name):
            self._add("]")
        elif _BLOCKS.get(name):
            self._add("]\n\n")

    def _warn(self, node: nodes.Node, message: str, *arguments: object) -> None:
        logger.warning(message, *arguments, location=node, type="typst")

    def _add(self, markup: str) -> None:
        self._output.append(markup)

    def _add_block(self, function: str, content: str) -> None:
        self._add(f"\n\n#{function}[{content}]\n\n")

    def _add_anchor(self, node: nodes.Element) -> None:
        if anchor := self._anchors.of(self._docname, node):
            self._add(f"#anchor({anchor});")

    def _render(self, children: Sequence[nodes.Node]) -> str:
        """Return the markup of some nodes, without adding it to the output."""
        outer, self._output = self._output, []
        for child in children:
            child.walkabout(self)
        inner, self._output = "".join(self._output), outer
        return inner

    # Documents and sections

    @property
    def _docname(self) -> str:
        return self._docnames[-1]

    def visit_start_of_file(self, node: nodes.Element) -> None:
        in_root = len(self._docnames) == 1
        self._docnames.append(node["docname"])
        # The root's own section holds the chapters, yet they are headings of the first level.
        self._levels.append(0 if in_root else self._levels[-1])
        is_landscape = node["docname"] in self._widths.turned and not self._on_landscape
        self._landscape_pages.append(is_landscape)
        if is_landscape:
            self._add("\n\n#landscape[")

    def depart_start_of_file(self, node: nodes.Element) -> None:
        self._docnames.pop()
        self._levels.pop()
        if self._landscape_pages.pop():
            self._add("]\n\n")

    @property
    def _on_landscape(self) -> bool:
        return any(self._landscape_pages)

    def visit_section(self, node: nodes.Element) -> None:
        self._levels[-1] += 1

    def depart_section(self, node: nodes.Element) -> None:
        self._levels[-1] -= 1

    def visit_title(self, node: nodes.Element) -> None:
        if isinstance(node.parent, nodes.section):
            self._add_heading(node, node.parent)
        else:
            self._add_block("block-title", self._render(node.children))
        raise nodes.SkipNode

    def _add_heading(self, title: nodes.Element, section: nodes.Element) -> None:
        level = self._levels[-1]
        if level < 1:  # the book's own title stands on the cover
            if not self._left_out:
                self._add_anchor(section)
            return
        number = self._numbers.section(self._docname, section)
        self._in_heading = True
        content = self._render(title.children)
        self._in_heading = False
        given = f", number: {string_literal(number)}" if number else ""
        if short := blocks.short_name(title):
            given += f", short: [{inline(short.astext())}]"
            self.bookmarks[bookmark(title.astext())] = printable(short.astext())
        self._add(f"\n\n#section(level: {level}{given})[{content}]{self._label(section)}\n\n")

    def _label(self, node: nodes.Element) -> str:
        anchor = self._anchors.of(self._docname, node)
        return f"#{anchor}" if anchor else ""

    # Blocks

    def visit_paragraph(self, node: nodes.Element) -> None:
        if _stands_with_heading(node):
            raise nodes.SkipNode
        self._add(blocks.paragraph_start(node))

    def depart_paragraph(self, node: nodes.Element) -> None:
        self._add("]\n\n" if blocks.paragraph_start(node) else "")

    visit_compact_paragraph, depart_compact_paragraph = visit_paragraph, depart_paragraph

    def visit_rubric(self, node: nodes.Element) -> None:
        role = next((role for role in ("volume", "part") if role in node["classes"]), "block-title")
        self._add(f"\n\n#{role}[")

    def depart_rubric(self, node: nodes.Element) -> None:
        self._add("]\n\n")

    def visit_literal_block(self, node: nodes.Element) -> None:
        text = string_literal(printable(node.astext()))
        self._add(f"\n\n#raw(block: true, {text})\n\n")
        raise nodes.SkipNode

    visit_doctest_block = visit_literal_block

    def visit_transition(self, node: nodes.Element) -> None:
        if "footnotes" not in node["classes"]:  # MyST sets one above the footnotes of a page
            self._add("\n\n#transition\n\n")
        raise nodes.SkipNode

    def visit_Admonition(self, node: nodes.Element) -> None:
        """Open any of the admonitions; all but the general one are titled by their kind."""
        self._add("\n\n#panel[")
        if kind := admonitionlabels.get(type(node).__name__):
            self._add_block("block-title", inline(str(kind)))

    def depart_Admonition(self, node: nodes.Element) -> None:
        self._add("]\n\n")

    def visit_versionmodified(self, node: nodes.Element) -> None:
        self.visit_Admonition(node)

    def depart_versionmodified(self, node: nodes.Element) -> None:
        self.depart_Admonition(node)

    def visit_math(self, node: nodes.Element) -> None:
        self._warn(node, "The PDF has no form for formulas; its source is shown.")
        self._add(f"#raw({string_literal(printable(node.astext()))});")
        raise nodes.SkipNode

    visit_math_block = visit_math

    # Lists

    def visit_bullet_list(self, node: nodes.Element) -> None:
        self._add(f"\n\n#list(tight: {_truth(blocks.is_tight(node))},")

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        if blocks.POINTS in node["classes"]:
            self._add("\n\n#points(")
            return
        kind = _ENUMERATIONS.get(node.get("enumtype", ""), "1")
        pattern = f"{node.get('prefix', '')}{kind}{node.get('suffix', '.')}"
        self._add(
            f"\n\n#enum(tight: {_truth(blocks.is_tight(node))}, start: {node.get('start', 1)}, "
            f"numbering: {string_literal(pattern)},"
        )

    def visit_definition_list(self, node: nodes.Element) -> None:
        self._add(f"\n\n#{blocks.list_function(node)}(")

    def depart_list(self, node: nodes.Element) -> None:
        self._add(")\n\n")

    depart_bullet_list = depart_enumerated_list = depart_definition_list = depart_list
    visit_field_list, depart_field_list = visit_definition_list, depart_list

    def visit_list_item(self, node: nodes.Element) -> None:
        self._add("[")

    def depart_list_item(self, node: nodes.Element) -> None:
        self._add("],\n")

    def visit_definition_list_item(self, node: nodes.Element) -> None:
        """Set an item of a definition list, field list or glossary: names, then the rest."""
        split = next(
            (i for i, child in enumerate(node) if blocks.is_body(child)), len(node.children)
        )
        names = inline(", ").join(self._render([child]) for child in node.children[:split])
        content = self._render(node.children[split:])
        self._add(f"terms.item([{names}], [{content}]),\n")
        raise nodes.SkipNode

    visit_field = visit_definition_list_item

    def visit_term(self, node: nodes.Element) -> None:
        pass

    depart_term = visit_classifier = depart_classifier = visit_term
    visit_field_name = depart_field_name = visit_field_body = depart_field_body = visit_term

    # Text and references

    def visit_inline(self, node: nodes.Element) -> None:
        self._add(self._inline_start(node))

    def depart_inline(self, node: nodes.Element) -> None:
        self._add("]" if self._inline_start(node) else "")

    def _inline_start(self, node: nodes.Element) -> str:
        """Return what opens an inline: a number of the prose leads to its sources, if bound."""
        if "measured" in node["classes"]:
            return "#measured["
        if "fact" not in node or not self._is_partial or isinstance(node.parent, nodes.title):
            return ""
        if SOURCES not in self.builder.env.all_docs or self._anchors.has_page(SOURCES):
            return ""
        place = self._pages.of(SOURCES).labels.get((SOURCES, node["fact"]))
        return f"#elsewhere({place})[" if place else ""

    def visit_Text(self, node: nodes.Text) -> None:
        longest = _LONGEST_WORD_IN_CELL if self._in_cell else _LONGEST_WORD
        is_prose = not (self._in_cell or self._in_exhibit or self._in_heading)
        whole = _WHOLE if is_prose else _WHOLE_IN_CELL
        for place, part in enumerate(whole.split(node.astext())):
            shown = inline(breakable(part, longest))
            self._add(f"#box[{shown}]" if place % 2 else shown if part else "")

    def depart_Text(self, node: nodes.Text) -> None:
        pass

    def visit_raw(self, node: nodes.Element) -> None:
        """Break a line where MyST has the HTML do so; other markup of a format is not for here."""
        if node.get("format") == "html" and node.astext().strip() == _LINE_BREAK:
            self._add("#linebreak();")
        raise nodes.SkipNode

    def visit_literal(self, node: nodes.Element) -> None:
        longest = _LONGEST_WORD_IN_CELL if self._in_cell else _LONGEST_WORD
        text = breakable(printable(node.astext()), longest)
        self._add(f"#raw({string_literal(text)});")
        raise nodes.SkipNode

    def visit_reference(self, node: nodes.Element) -> None:
        content = self._render(node.children)
        if place := self._place_elsewhere(node):
            self._add(f"#elsewhere({place})[{content}]")
        else:
            target = self._target(node)
            self._add(f"#link({target})[{content}]" if target else content)
        raise nodes.SkipNode

    def visit_number_reference(self, node: nodes.Element) -> None:
        """Keep the word and its number on one line: "Table 3"."""
        for text in list(node.findall(nodes.Text)):
            text.parent.replace(text, nodes.Text(text.replace(" ", "\N{NO-BREAK SPACE}")))
        self.visit_reference(node)

    def visit_download_reference(self, node: nodes.Element) -> None:
        pass  # a PDF carries no files; the text stays

    depart_download_reference = visit_download_reference

    def _target(self, node: nodes.Element) -> str | None:
        address = node.get("refuri", "")
        if address.startswith(_SAFE_ADDRESSES):
            return string_literal(address)
        if "refid" not in node and not address.startswith(DOCUMENT):
            self._warn(node, 'The PDF cannot link to "%s"; the text stays without link.', address)
            return None
        target = self._anchors.target(self._docname, node)
        if target is None:
            place = node.get("refid") or address.removeprefix(DOCUMENT)
            self._warn(node, 'The PDF has no place "%s"; the text stays without link.', place)
        return target

    def _place_elsewhere(self, node: nodes.Element) -> str | None:
        """Return the label of a place on a page of the book that this volume leaves out.

        It may be bound with this volume, or not: only the compiler knows.
        """
        address = node.get("refuri", "")
        if not self._is_partial or not address.startswith(DOCUMENT):
            return None
        page = address.removeprefix(DOCUMENT).partition("#")[0]
        is_here = self._anchors.has_page(page) and page not in self._left_out
        if is_here or page not in self.builder.env.all_docs:
            return None
        return self._pages.of(page).target(page, node)

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        footnote = self._anchors.footnotes.get((self._docname, node["refid"]))
        if footnote is None:
            self._warn(node, 'There is no footnote "%s".', node.astext())
        elif self._in_heading:
            self._warn(node, "The PDF cannot set a footnote to a heading; set it to the text.")
        else:
            self._add_footnote(footnote)
        raise nodes.SkipNode

    def _add_footnote(self, footnote: nodes.footnote) -> None:
        """Add a note where it is first referred to, and only its number from then on."""
        numbering = f"numbering: given({string_literal(footnote[0].astext())})"
        anchor = label(self._docname, footnote["ids"][0])
        if anchor in self._placed_footnotes:
            self._add(f"#footnote({numbering}, {anchor});")
        else:
            self._placed_footnotes.add(anchor)
            content = self._render(footnote.children[1:])
            self._add(f"#footnote({numbering})[{content}]#{anchor};")

    def visit_footnote(self, node: nodes.Element) -> None:
        if not node["backrefs"]:
            self._warn(node, "No text refers to this footnote; it is left out.")
        raise nodes.SkipNode

    def visit_citation(self, node: nodes.Element) -> None:
        self._warn(node, "The PDF has no form for citations; it is left out.")
        raise nodes.SkipNode

    # Exhibits: tables, figures and images

    def visit_container(self, node: nodes.Element) -> None:
        if "exhibit" in node["classes"] and not self._in_exhibit:
            self._add_exhibit(node, node.children)
            raise nodes.SkipNode
        if blocks.COLUMNS in node["classes"]:
            self._add_columns([child for child in node if isinstance(child, nodes.Element)])
            raise nodes.SkipNode
        if PAIR in node["classes"]:
            self._add_pair(node)
            raise nodes.SkipNode
        if function := blocks.box(node):
            self._add(f"\n\n#{function}[")

    def depart_container(self, node: nodes.Element) -> None:
        self._add("]\n\n" if blocks.box(node) else "")

    def _add_columns(self, parts: Sequence[nodes.Element]) -> None:
        columns = (
            f"(colours.{blocks.column_colour(part)}, [{self._render([part])}])" for part in parts
        )
        self._add(f"\n\n#beside({', '.join(columns)})\n\n")

    def _add_pair(self, node: nodes.Element) -> None:
        outer, self._in_exhibit = self._in_exhibit, True
        charts = ", ".join(f"[{self._render([chart]).strip()}]" for chart in node)
        self._in_exhibit = outer
        self._add(f"\n\n#pair({charts})\n\n")

    def visit_table(self, node: nodes.table) -> None:
        if self._in_exhibit or self._in_cell:
            self._add_table(node)
        else:
            self._add_exhibit(node, [node])
        raise nodes.SkipNode

    def _add_exhibit(self, node: nodes.Element, content: Sequence[nodes.Node]) -> None:
        """Add what belongs together; if it holds a table too wide for the page, on a turned one."""
        if (table := blocks.long_to_look_up(content)) is not None:
            self._add_place_of(table)
            return
        shown = [child for child in content if not blocks.is_note(child)]
        notes = self._render([child for child in content if blocks.is_note(child)]).strip()
        layout = self._widths.of(node, is_turned=self._on_landscape)
        self._in_exhibit = True
        arguments = [f"width: {layout.width:g}mm", f"height: {layout.height:g}mm"]
        arguments += [f"whole: {_truth(layout.is_short)}", f"led: {_truth(blocks.is_led(node))}"]
        arguments += [f"notes: [{notes}]"] if notes else []
        kept = f"#kept({', '.join(arguments)})[{self._render(shown)}]"
        self._in_exhibit = False
        self._add(f"\n\n#landscape[{kept}]\n\n" if layout.turns else f"\n\n{kept}\n\n")

    def _add_place_of(self, table: nodes.table) -> None:
        """Say of a long table where its rows are; a reference to it leads here."""
        title = next(iter(table.findall(nodes.title)))
        number = self._numbers.caption(self._docname, table)
        told = f"{number}. " if number else ""
        rows = sum(len(body) for body in table.findall(nodes.tbody))
        where = f"The report on screen and the workbook of tables have its {rows} rows."
        self._add(
            f"\n\n#par[#strong[{inline(told)}{self._render(title.children)}]#linebreak();"
            f"{inline(where)}]{self._label(table)}\n\n"
        )

    def _add_table(self, node: nodes.table) -> None:
        table = table_layout.grid(node)
        if not table.header_rows:
            self._warn(node, "The table has no header row, so nothing tells what its columns mean.")
        self.row_headers.append(table.row_headers())
        outer, self._in_cell = self._in_cell, True
        source = table_layout.table_source(table, self._cell, self._widths.of_table(node))
        self._in_cell = outer
        title = next((child for child in node if isinstance(child, nodes.title)), None)
        self._add_figure(node, "table", title, source)

    def _cell(self, entry: nodes.Element) -> str:
        return self._render(entry.children).strip()

    def visit_figure(self, node: nodes.Element) -> None:
        if not self._in_exhibit and not self._in_cell:
            self._add_exhibit(node, [node])
            raise nodes.SkipNode
        caption = next((child for child in node if isinstance(child, nodes.caption)), None)
        legend = [child for child in node if isinstance(child, nodes.legend)]
        rest = [child for child in node if child is not caption and child not in legend]
        self._add_figure(node, "image", caption, f"[{self._render(rest).strip()}]")
        self._add(self._render(legend))
        raise nodes.SkipNode

    def _add_figure(
        self, node: nodes.Element, kind: str, caption: nodes.Element | None, content: str
    ) -> None:
        number = self._numbers.caption(self._docname, node)
        given = f", number: {string_literal(number)}" if number else ""
        text = f", caption: [{self._render(caption.children)}]" if caption is not None else ""
        self._add(f"\n\n#exhibit({kind}{given}{text}, {content}){self._label(node)}\n\n")

    def visit_image(self, node: nodes.Element) -> None:
        name = self.builder.images.get(node["uri"])
        alternative = node.get("alt", "").strip()
        if not alternative:
            self._warn(node, 'The image "%s" has no text alternative.', node["uri"])
        if name is None:
            self._warn(node, 'The image "%s" cannot be shown.', node["uri"])
            self._add(inline(alternative))
            raise nodes.SkipNode
        path = string_literal(f"{self.builder.imagedir}/{node.get(DRAWN, name)}")
        text = string_literal(printable(alternative or "No text alternative was given."))
        width = blocks.image_width(node)
        if DRAWN in node:
            self._add(f"#image({path}, alt: {text}, width: 100%);")
        elif isinstance(node.parent, nodes.figure) and not width:
            self._add(f"#drawing({path}, {text});")
        else:
            self._add(f"#image({path}, alt: {text}{width});")
        raise nodes.SkipNode


def _stands_with_heading(node: nodes.Element) -> bool:
    """Tell whether a paragraph is the short name of a chapter, which is shown above its heading."""
    return node.parent is not None and any(
        isinstance(child, nodes.title) and blocks.short_name(child) is node
        for child in node.parent.children
    )


def _truth(value: bool) -> str:
    return "true" if value else "false"
