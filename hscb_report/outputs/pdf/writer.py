"""From the document tree of a book to Typst markup.

Every piece of content passes through `text.inline`, so nothing in it can become markup. A node that
the writer does not know is a warning, and its content still appears.
"""

# Visitors are named by their node and take it whether they need it or not.
# ruff: noqa: ARG002, D102, N802

from collections.abc import Sequence

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.locale import admonitionlabels
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

from hscb_report.outputs.pdf import table_layout
from hscb_report.outputs.pdf.anchors import DOCUMENT, PageAnchors, collect_anchors
from hscb_report.outputs.pdf.numbers import Numbers
from hscb_report.outputs.pdf.text import breakable, inline, label, printable, string_literal

logger = logging.getLogger(__name__)

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
        *("comment", "docinfo", "footer", "header", "highlightlang", "index", "meta", "pending"),
        *("substitution_definition", "system_message", "tabular_col_spec", "toctree"),
    }
)
"""Nodes with nothing for a reader of the PDF."""

_LINE_BREAK = "<br />"

_ENUMERATIONS = {
    "arabic": "1",
    "loweralpha": "a",
    "upperalpha": "A",
    "lowerroman": "i",
    "upperroman": "I",
}
_BOXES = ("short", "callout")
"""The classes of boxes: what a chapter says in short, what is missing in it."""
_SAFE_ADDRESSES = ("https://", "http://", "mailto:")
_LABELLED = (nodes.section, nodes.table, nodes.figure, nodes.footnote, nodes.footnote_reference)
"""Nodes that see to their own label; any other node with an identifier gets an anchor before it."""

_LONGEST_WORD = 80
_LONGEST_WORD_IN_CELL = 26


class TypstTranslator(SphinxTranslator):
    """Visits a tree assembled from a book's documents; `source` then gives the markup.

    `row_headers` lists, for each table in the order of the document, the row headers of each row:
    what the PDF's structure must be told afterwards.
    """

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        super().__init__(document, builder)
        root = document["docname"]
        self.row_headers: list[table_layout.RowHeaders] = []
        self._output: list[str] = []
        self._docnames: list[str] = [root]
        self._levels: list[int] = [-1 if document.get("hidden_title") else 0]
        self._in_heading = False
        self._in_cell = False
        self._in_exhibit = False
        self._wide = False
        self._landscape_pages: list[bool] = []
        self._is_partial = bool(document.get("is_partial"))
        self._left_out = {root} if document.get("is_start_left_out") else set()
        self._anchors = collect_anchors(document, root)
        self._pages = PageAnchors(builder.env)
        self._numbers = Numbers(builder.env)
        self._placed_footnotes: set[str] = set()

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
        metadata = self.builder.env.metadata.get(node["docname"], {})
        is_landscape = metadata.get("orientation") == "landscape" and not self._on_landscape
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
        if short := _short_name(title):
            given += f", short: [{inline(short.astext())}]"
        self._add(f"\n\n#section(level: {level}{given})[{content}]{self._label(section)}\n\n")

    def _label(self, node: nodes.Element) -> str:
        anchor = self._anchors.of(self._docname, node)
        return f"#{anchor}" if anchor else ""

    # Blocks

    def visit_paragraph(self, node: nodes.Element) -> None:
        if "kicker" in node["classes"]:  # it stands with its heading
            raise nodes.SkipNode
        self._add(_paragraph_start(node))

    def depart_paragraph(self, node: nodes.Element) -> None:
        self._add("]\n\n" if _paragraph_start(node) else "")

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
        self._add(f"\n\n#list(tight: {_tight(node)},")

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        kind = _ENUMERATIONS.get(node.get("enumtype", ""), "1")
        pattern = f"{node.get('prefix', '')}{kind}{node.get('suffix', '.')}"
        self._add(
            f"\n\n#enum(tight: {_tight(node)}, start: {node.get('start', 1)}, "
            f"numbering: {string_literal(pattern)},"
        )

    def visit_definition_list(self, node: nodes.Element) -> None:
        self._add("\n\n#about(" if _is_about_an_exhibit(node) else "\n\n#terms(")

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
        split = next((i for i, child in enumerate(node) if _is_body(child)), len(node.children))
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
        self._add("#measured[" if "measured" in node["classes"] else "")

    def depart_inline(self, node: nodes.Element) -> None:
        self._add("]" if "measured" in node["classes"] else "")

    def visit_Text(self, node: nodes.Text) -> None:
        longest = _LONGEST_WORD_IN_CELL if self._in_cell else _LONGEST_WORD
        self._add(inline(breakable(node.astext(), longest)))

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

    visit_number_reference = visit_reference

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
        if "trio" in node["classes"]:
            columns = "], [".join(self._render([child]) for child in node.children)
            self._add(f"\n\n#beside([{columns}])\n\n")
            raise nodes.SkipNode
        if "exhibit" in node["classes"] and not self._in_exhibit:
            self._add_exhibit(node, node.children)
            raise nodes.SkipNode
        if box := _box(node):
            self._add(f"\n\n#{box}[")

    def depart_container(self, node: nodes.Element) -> None:
        self._add("]\n\n" if _box(node) else "")

    def visit_table(self, node: nodes.table) -> None:
        if self._in_exhibit or self._in_cell:
            self._add_table(node)
        else:
            self._add_exhibit(node, [node])
        raise nodes.SkipNode

    def _add_exhibit(self, node: nodes.Element, content: Sequence[nodes.Node]) -> None:
        """Add what belongs together; if it holds a wide table, on a page of its own."""
        wide = any("landscape" in table["classes"] for table in node.findall(nodes.table))
        turns = wide and not self._on_landscape and _on_the_page_itself(node)
        self._wide = turns or self._on_landscape
        self._in_exhibit = True
        self._add_block("landscape" if turns else "kept", self._render(content))
        self._in_exhibit = self._wide = False

    def _add_table(self, node: nodes.table) -> None:
        table = table_layout.grid(node)
        if not table.header_rows:
            self._warn(node, "The table has no header row, so nothing tells what its columns mean.")
        self.row_headers.append(table.row_headers())
        outer, self._in_cell = self._in_cell, True
        source = table_layout.table_source(table, self._cell, landscape=self._wide)
        self._in_cell = outer
        title = next((child for child in node if isinstance(child, nodes.title)), None)
        self._add_figure(node, "table", title, source)

    def _cell(self, entry: nodes.Element) -> str:
        return self._render(entry.children).strip()

    def visit_figure(self, node: nodes.Element) -> None:
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
        path = string_literal(f"{self.builder.imagedir}/{name}")
        text = string_literal(printable(alternative or "No text alternative was given."))
        self._add(f"#image({path}, alt: {text}{_image_width(node)});")
        raise nodes.SkipNode


def _paragraph_start(node: nodes.Element) -> str:
    """Return what opens a paragraph: nothing in a cell or list item that holds nothing else."""
    if "exhibit-note" in node["classes"]:
        return "\n\n#note["
    if "lead" in node["classes"]:
        return "\n\n#lead["
    holders = (nodes.entry, nodes.list_item, nodes.definition, nodes.field_body, nodes.footnote)
    siblings = [child for child in node.parent.children if not isinstance(child, nodes.label)]
    if isinstance(node.parent, holders) and isinstance(siblings[0], nodes.paragraph):
        # The first one of a footnote stands beside its number, that of a definition by its term.
        alone = all(isinstance(child, nodes.Sequential) for child in siblings[1:])
        beside = isinstance(node.parent, nodes.footnote | nodes.definition)
        if node is siblings[0] and (alone or beside):
            return ""
    return "\n\n#par["


def _box(node: nodes.Element) -> str:
    """Return the box that a container is set in, "" for none."""
    return next((kind for kind in _BOXES if kind in node["classes"]), "")


def _short_name(title: nodes.Element) -> nodes.Element | None:
    """Return the line after a heading that says what contents call the chapter, if it has one."""
    line = title.next_node(descend=False, siblings=True)
    is_one = isinstance(line, nodes.paragraph) and "kicker" in line["classes"]
    return line if is_one else None  # type: ignore[return-value]


def _is_about_an_exhibit(node: nodes.Element) -> bool:
    """Tell whether a list of terms belongs to the exhibit that follows it."""
    following = node.next_node(descend=False, siblings=True)
    is_exhibit = isinstance(following, nodes.container) and "exhibit" in following["classes"]
    return "about" in node["classes"] and is_exhibit


def _on_the_page_itself(node: nodes.Element) -> bool:
    """Tell whether a node stands outside lists, panels and the like: there a page may turn."""
    parent = node.parent
    while isinstance(parent, nodes.container | nodes.compound | addnodes.only):
        parent = parent.parent
    return isinstance(parent, nodes.section | nodes.document)


def _tight(node: nodes.Element) -> str:
    """Return "true" for a list whose items are single paragraphs, nested lists aside."""
    loose = any(
        len([child for child in item.children if isinstance(child, nodes.paragraph)]) > 1
        for item in node.findall(nodes.list_item)
        if item.parent is node
    )
    return "false" if loose else "true"


def _is_body(node: nodes.Node) -> bool:
    return isinstance(node, nodes.definition | nodes.field_body)


def _image_width(node: nodes.Element) -> str:
    """Return the width asked for; a number without unit, and "px", are CSS pixels."""
    asked = node.get("width", "").replace(" ", "")
    if asked.endswith("%"):
        return f", width: {asked}"
    if not asked.removesuffix("px").replace(".", "", 1).isdigit():
        return ""
    return f", width: {float(asked.removesuffix('px')) * 0.75:g}pt"
