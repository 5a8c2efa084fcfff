"""What a block is, from where it stands in the tree: a note, a lead-in, a box of a class."""

from collections.abc import Mapping, Sequence

from docutils import nodes
from sphinx import addnodes

BOXES: Mapping[str, str] = {
    "short": "short",
    "callout": "callout",
    "kicker": "kicker",
    "lead": "lead",
    "missing": "callout",
}
"""The Typst function for a container, or a paragraph, of a class."""
COLUMNS = "trio"
"""The class of a container whose parts stand beside each other."""
_COLUMN_COLOURS: Mapping[str, str] = {"well": "done", "not-well": "late"}
POINTS = "points"
_CALLOUTS: Mapping[str, str] = {"missing": "risk"}
_LONGEST_LEAD_IN = 420
LONGEST_ON_PAPER = 15
"""Rows of a table to look things up in that is still printed whole."""


def box(node: nodes.Element) -> str | None:
    """Return the Typst call that opens the box of a node's class, None if it has none."""
    name = next((BOXES[name] for name in node["classes"] if name in BOXES), None)
    if name != "callout":
        return name
    colour = next((_CALLOUTS[name] for name in node["classes"] if name in _CALLOUTS), "board")
    return f'callout(colour: "{colour}")'


def is_exhibit(node: nodes.Node | None) -> bool:
    """Tell whether a node is a table or figure with what belongs to it, or begins with one."""
    if isinstance(node, nodes.table | nodes.figure):
        return True
    if not isinstance(node, nodes.container):
        return False
    return "exhibit" in node["classes"] or bool(node.children and is_exhibit(node.children[0]))


def long_to_look_up(content: Sequence[nodes.Node]) -> nodes.table | None:
    """Return a table to look up single cells in that is too long for paper, None if there is none.

    The first node has it, and what follows are its notes.
    """
    table = content[0] if content else None
    if not isinstance(table, nodes.table) or "to-look-up" not in table["classes"]:
        return None
    rows = sum(len(body) for body in table.findall(nodes.tbody))
    return table if rows > LONGEST_ON_PAPER else None


def is_note(node: nodes.Node) -> bool:
    """Tell whether a node is a note to the exhibit before it."""
    return isinstance(node, nodes.paragraph) and "exhibit-note" in node["classes"]


def is_about_an_exhibit(node: nodes.Element) -> bool:
    """Tell whether a list of terms belongs to the exhibit that follows it."""
    return "about" in node["classes"] and is_exhibit(_following(node))


def is_lead_in(node: nodes.Element) -> bool:
    """Tell whether a paragraph leads to the exhibit that follows it: it stays on its page."""
    on_the_page = isinstance(node.parent, nodes.section)
    return on_the_page and len(node.astext()) < _LONGEST_LEAD_IN and is_exhibit(_following(node))


def is_led(node: nodes.Element) -> bool:
    """Tell whether terms that belong to an exhibit stand before it, and stay on its page."""
    before = node.parent.children[: node.parent.index(node)]
    return bool(before) and isinstance(before[-1], nodes.definition_list)


def on_the_page_itself(node: nodes.Element) -> bool:
    """Tell whether a node stands outside lists, panels and the like: there a page may turn."""
    parent = node.parent
    while isinstance(parent, nodes.container | nodes.compound | addnodes.only):
        parent = parent.parent
    return isinstance(parent, nodes.section | nodes.document)


def short_name(title: nodes.Element) -> nodes.Element | None:
    """Return what stands above a heading: its short name, which follows it in the tree."""
    following = _following(title)
    if not isinstance(following, nodes.paragraph):
        return None
    return following if "kicker" in following["classes"] else None


def column_colour(node: nodes.Element) -> str:
    """Return the name of the colour that stands above one of several columns."""
    return next((_COLUMN_COLOURS[c] for c in node["classes"] if c in _COLUMN_COLOURS), "board")


def list_function(node: nodes.Element) -> str:
    """Return the Typst function of a list of terms."""
    if is_about_an_exhibit(node):
        return "about"
    return "verdict" if "verdict" in node["classes"] else "terms"


def paragraph_start(node: nodes.Element) -> str:
    """Return what opens a paragraph: nothing in a cell or list item that holds nothing else."""
    if function := box(node):
        return f"\n\n#{function}["
    if is_note(node):
        return "\n\n#note["
    if is_lead_in(node):
        return "\n\n#lead-in["
    holders = (nodes.entry, nodes.list_item, nodes.definition, nodes.field_body, nodes.footnote)
    siblings = [child for child in node.parent.children if not isinstance(child, nodes.label)]
    if isinstance(node.parent, holders) and isinstance(siblings[0], nodes.paragraph):
        # The first one of a footnote stands beside its number, that of a definition by its term.
        alone = all(isinstance(child, nodes.Sequential) for child in siblings[1:])
        beside = isinstance(node.parent, nodes.footnote | nodes.definition)
        if node is siblings[0] and (alone or beside):
            return ""
    return "\n\n#par["


def is_tight(node: nodes.Element) -> bool:
    """Tell whether the items of a list are single paragraphs, nested lists aside."""
    return not any(
        len([child for child in item.children if isinstance(child, nodes.paragraph)]) > 1
        for item in node.findall(nodes.list_item)
        if item.parent is node
    )


def is_body(node: nodes.Node) -> bool:
    """Tell whether a node is what is said of a term."""
    return isinstance(node, nodes.definition | nodes.field_body)


def image_width(node: nodes.Element) -> str:
    """Return the width asked for; a number without unit, and "px", are CSS pixels."""
    asked = node.get("width", "").replace(" ", "")
    if asked.endswith("%"):
        return f", width: {asked}"
    if not asked.removesuffix("px").replace(".", "", 1).isdigit():
        return ""
    return f", width: {float(asked.removesuffix('px')) * 0.75:g}pt"


def _following(node: nodes.Element) -> nodes.Node | None:
    """Return what stands after a node, among what its parent holds."""
    siblings = node.parent.children
    place = siblings.index(node) + 1
    return siblings[place] if place < len(siblings) else None
