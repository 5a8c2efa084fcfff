"""What a text of a page holds, and what in it no page may hold: one pass over the parser's tokens.

A page may hold what stands in `DIRECTIVES`, `NOTES`, `ROLES` and the visitors below, and nothing
else: no code, no file and no markup of another format can then enter the book through a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile
from urllib.parse import unquote, urlsplit

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from hscb_report.checks.markdown import NAME, book_tokens

COMMENTARY = "commentary"
DIRECTIVES = ("exhibit", "exhibits", "callout", "picture", "outline")
"""What shows something of the data: a line with its name, and nothing below it."""
NOTES = ("note", "tip", "important", "warning")
"""What sets a text apart: its words stand in the lines below."""
ROLES = ("numref", "ref", "doc")
WEB = ("https://", "http://", "mailto:")
_DEEPEST = 12
_MOST_IN_ANOTHER = 3
_DIRECTIVE = re.compile(r"\{([^\s}]*)\}\s*(.*)")
_LABEL = re.compile(r"[a-z][a-z0-9-]*")
_TAKEN = frozenset({"genindex", "modindex", "search"})
_PLAIN = frozenset({"", "text"})


@dataclass(frozen=True)
class Problem:
    """What no page may hold: its line (from 1), what it is, and what to do instead."""

    line: int
    found: str
    what: str
    hint: str


@dataclass(frozen=True)
class Named:
    """A name in a text, its line (from 1), and what it is named as.

    Kinds are those of `DIRECTIVES` and `ROLES`, and "label", "note" (a footnote's words), "noted"
    (its mark), "page" (a link to one), "place" (a link to a label).
    """

    line: int
    kind: str
    name: str


@dataclass(frozen=True)
class Heading:
    """A heading, its line (from 1), its level (from 1), and its text."""

    line: int
    level: int
    text: str


@dataclass
class Markup:
    """What a text holds besides its words."""

    problems: list[Problem] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    start: int | None = None
    """The line of the first block that is no label, None in an empty text."""

    def of(self, *kinds: str) -> Iterator[Named]:
        """Yield the names of some kinds."""
        return (named for named in self.named if named.kind in kinds)


@lru_cache(maxsize=512)
def markup_of(text: str) -> Markup:
    """Return what a text holds; nobody may change it."""
    reader = _Reader()
    if re.match(r"---[ \t]*(?:\n|$)", text):
        what = "settings of a page (front matter) are not read."
        reader.refuse(1, "---", what, "Remove the lines down to the next ---.")
        return reader.markup
    reader.read(text, 1, 0)
    reader.compare_names(text)
    return reader.markup


class _Reader:
    """Walks through tokens; lines count from 1, `depth` is that of directives in directives."""

    def __init__(self) -> None:
        self.markup = Markup()
        self._filled_in: list[str] = []
        self._columns = 0
        self._rows = 0

    def refuse(self, line: int, found: str, what: str, hint: str) -> None:
        self.markup.problems.append(Problem(line, found, what, hint))

    def _name(self, line: int, kind: str, name: str) -> None:
        self.markup.named.append(Named(line, kind, name))

    def read(self, text: str, first: int, depth: int) -> None:
        """Read a text whose first line has the number `first`."""
        env: dict[str, dict[str, dict[str, list[int]]]] = {}
        tokens = book_tokens(text, env)
        lines = text.split("\n")
        line = first
        for place, token in enumerate(tokens):
            line = first + token.map[0] if token.map else line
            if token.level > _DEEPEST:
                what = "lists and quotations stand in one another more than five deep."
                self.refuse(line, "", what, "Use fewer levels.")
                break
            if self.markup.start is None and token.type != "myst_target":
                self.markup.start = line
            inside = depth > 0 or token.level > 0
            self._block(token, tokens[place + 1 : place + 2], lines, line, depth, inside)
        for label, definition in env.get("references", {}).items():
            what = "an address that is given apart from its link."
            hint = "Write it in the link: [words](address)."
            self.refuse(first + definition["map"][0], label.lower(), what, hint)

    def _block(
        self,
        token: Token,
        following: list[Token],
        lines: list[str],
        line: int,
        depth: int,
        inside: bool,
    ) -> None:
        if token.type == "inline":
            self._inline(token.children or [], line)
        elif token.type in ("fence", "colon_fence"):
            self._fence(token, line, depth, inside)
        elif token.type == "heading_open":
            self._heading(token, following[0], line, inside)
        elif token.type == "footnote_reference_open":
            self._footnote(token, following[0], line, inside)
        elif token.type == "myst_target":
            self._label(token, following, line, inside)
        elif token.type in _OF_TABLES:
            self._table(token, lines, line)
        elif token.type == "substitution_block":
            self._filled_in.append(token.content)
        elif token.type in _REFUSED_BLOCKS:
            found = lines[token.map[0]] if token.map else token.content
            self.refuse(line, found.strip(), *_REFUSED_BLOCKS[token.type])

    # Blocks

    def _fence(self, token: Token, line: int, depth: int, inside: bool) -> None:
        info = token.info.strip()
        if not _is_closed(token):
            opening = f"{token.markup}{info}"
            what = "this block has no end."
            self.refuse(line, opening, what, f"Close it with a line {token.markup}.")
        elif directive := _DIRECTIVE.fullmatch(info):
            self._directive(token, line, depth, inside, *directive.groups())
        elif token.type == "colon_fence" or info not in _PLAIN:
            hint = "Write ``` alone for text as it is, or ```{note} for a remark."
            self.refuse(line, info, "a block of this kind is not shown.", hint)
        elif "{{" in token.content:
            self._name_in_code(line)

    def _directive(
        self, token: Token, line: int, depth: int, inside: bool, name: str, argument: str
    ) -> None:
        if name in NOTES:
            self._note(token, line, depth, name, argument)
        elif name in DIRECTIVES or name == COMMENTARY:
            is_whole = bool(argument) != (name == COMMENTARY) and len(argument.split()) < 2
            if not is_whole or token.content.strip():
                usual = "" if name == COMMENTARY else " name"
                hint = f"Write ```{{{name}}}{usual} and ``` in two lines."
                self.refuse(line, name, "it takes one name and nothing below it.", hint)
            elif inside:
                hint = "Begin it at the margin, outside lists, quotations and notes."
                self.refuse(line, name, "it stands within something else.", hint)
            else:
                self._name(line, name, argument)
        else:
            self.refuse(line, f"{{{name}}}", "a page may not hold this directive.", _instead(name))

    def _note(self, token: Token, line: int, depth: int, name: str, argument: str) -> None:
        body = token.content
        if argument:
            hint = f"Write them in the line below ```{{{name}}}."
            self.refuse(line, argument, f"words beside {{{name}}}.", hint)
        elif re.match(r"[ \t]*(?::[\w-]+:|---)", body):
            hint = "Remove the option."
            self.refuse(line + 1, body.split("\n")[0].strip(), f"{{{name}}} has no options.", hint)
        elif not body.strip():
            self.refuse(
                line, name, "it has no words.", "Write them in the line below, or remove it."
            )
        elif depth == _MOST_IN_ANOTHER:
            self.refuse(line, name, "notes stand in one another too deep.", "Use fewer levels.")
        else:
            self.read(body, line + 1, depth + 1)

    def _heading(self, token: Token, inline: Token, line: int, inside: bool) -> None:
        level = int(token.tag[1:])
        text = inline.content
        if token.markup in ("=", "-"):
            hint = f"Write {'#' * level} before a heading; leave a line blank above a row of signs."
            self.refuse(line, text, "a heading by a line of signs below it.", hint)
        elif inside:
            hint = "Begin it at the margin, outside lists, quotations and notes."
            self.refuse(line, text, "a heading within something else.", hint)
        elif not text.strip():
            self.refuse(line, "#", "a heading without words.", "Write them, or remove the line.")
        elif any(child.type == "footnote_ref" for child in inline.children or []):
            hint = "Set it to a sentence below the heading."
            self.refuse(line, text, "a footnote in a heading.", hint)
        else:
            self.markup.headings.append(Heading(line, level, text))

    def _footnote(self, token: Token, following: Token, line: int, inside: bool) -> None:
        label = token.meta["label"]
        if inside:
            hint = "Begin it at the margin, outside lists, quotations and notes."
            self.refuse(line, label, "a footnote's words within something else.", hint)
        elif following.type == "footnote_reference_close":
            self.refuse(line, label, "a footnote without words.", "Write them, or remove it.")
        else:
            self._name(line, "note", label)

    def _label(self, token: Token, following: list[Token], line: int, inside: bool) -> None:
        label = token.content
        if not _LABEL.fullmatch(label) or label in _TAKEN:
            hint = "Write it in small letters, digits and hyphens: (visits-made)=."
            self.refuse(line, label, "this cannot be a label.", hint)
        elif inside or not following or following[0].type != "heading_open":
            hint = "Write it in the line before a heading."
            self.refuse(line, label, "a label that is not before a heading.", hint)
        else:
            self._name(line, "label", label)

    def _table(self, token: Token, lines: list[str], line: int) -> None:
        """Count columns and rows; refuse cells that the head has no column for: they are lost."""
        if token.type == "table_open":
            self._columns = self._rows = 0
        elif token.type == "th_open":
            self._columns += 1
        elif token.type == "tr_open" and token.map:
            self._rows += 1
            cells = escapedSplit(lines[token.map[0]].strip().lstrip("> \t").removeprefix("|"))
            cells = cells[:-1] if not cells[-1] else cells
            if self._rows > 1 and len(cells) > self._columns:
                hint = "Give the head as many columns, or write \\| for the sign itself."
                self.refuse(line, cells[-1].strip(), "the row has more cells than the head.", hint)
        elif token.type == "table_close" and self._rows == 1:
            self.refuse(line, "", "a table without rows.", "Add them, or remove its head.")

    # What stands in a line

    def _inline(self, children: list[Token], line: int) -> None:
        for place, token in enumerate(children):
            if token.type == "link_open":
                self._link(token, children[place + 1], line)
            elif token.type == "myst_role":
                self._role(token, line)
            elif token.type == "footnote_ref":
                self._name(line, "noted", token.meta["label"])
            elif token.type == "code_inline" and "{{" in token.content:
                self._name_in_code(line)
            elif token.type == "text" and "{{" in token.content:
                found = token.content[token.content.index("{{") :]
                hint = "Write the name of a fact and }} after it, or \\{\\{ for the signs."
                self.refuse(line, found, "this {{ is not closed by }}.", hint)
            elif token.type == "substitution_inline":
                self._filled_in.append(token.content)
            elif token.type == "text_special" and token.info == "entity":
                hint = f"Write {token.content} itself, or \\{token.markup} for these signs."
                self.refuse(line, token.markup, "a sign written by its code.", hint)
            elif token.type in ("softbreak", "hardbreak"):
                line += 1
            elif token.type in _REFUSED_INLINE:
                source = str(token.attrs.get("src") or token.content)
                self.refuse(line, source, *_REFUSED_INLINE[token.type])
            line += token.content.count("\n") if token.type == "substitution_inline" else 0

    def compare_names(self, text: str) -> None:
        """Refuse a name between {{ and }} where the parser sees none: nothing would fill it in."""
        found = list(NAME.finditer(text))
        names = [" ".join(match[1].split()) for match in found]
        read = [" ".join(name.split()) for name in self._filled_in]
        if names != read and not any("{{" in problem.found for problem in self.markup.problems):
            pairs = zip(names, read, strict=False)
            same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
            place = found[min(same, len(found) - 1)].start() if found else 0
            hint = "Write {{, the name of a fact, and }} in a line of text."
            line = text.count("\n", 0, place) + 1
            self.refuse(line, "{{", "what stands in {{ }} here is not filled in.", hint)

    def _name_in_code(self, line: int) -> None:
        hint = "Take it out of the signs for code."
        self.refuse(line, "{{", "a name in code is not filled in.", hint)

    def _role(self, token: Token, line: int) -> None:
        name, target = token.meta["name"], token.content.strip()
        if name not in ROLES:
            self.refuse(line, f"{{{name}}}", "a page may not hold this role.", _instead(name))
        elif "<" in target:
            hint = "Write a link: [words](page.md) or [words](#label)."
            self.refuse(line, target, f"words in {{{name}}}.", hint)
        else:
            self._name(line, name, target)

    def _link(self, token: Token, following: Token, line: int) -> None:
        address = unquote(str(token.attrs.get("href", "")))
        if token.attrs.get("title"):
            hint = "Write it in the text, where every reader sees it."
            self.refuse(line, str(token.attrs["title"]), "a title of a link.", hint)
        if "{{" in address or "{name}" in address:
            hint = "Write the address itself."
            self.refuse(line, address, "a name in {{ }} in an address is not filled in.", hint)
        elif address.startswith(WEB):
            if not _is_of_the_web(address):
                self.refuse(line, address, "this is no address.", "Write it as a browser shows it.")
            elif following.type == "link_close":
                self.refuse(line, address, "a link without words.", "Write them in its [ ].")
        elif not address or re.match(r"[\w+.-]+:|//", address):
            self.refuse(line, address, "a link that no reader can follow.", _LINKS)
        elif address.startswith("#"):
            self._name(line, "place", address[1:])
        else:
            self._name(line, "page", address)


def _is_closed(token: Token) -> bool:
    """Whether a block between marks has its second one."""
    start, end = token.map or (0, 0)
    return (
        end - start == len(token.content.removesuffix("\n").split("\n")) * bool(token.content) + 2
    )


def _is_of_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.path if parts.scheme == "mailto" else parts.hostname)


_OWN_TABLE = (
    "Put the table in a file of the year's own, list it in own_tables.csv and write "
    "```{exhibit} and its label; a small table is written | between | signs."
)
_OWN_PICTURE = "List it in pictures.csv and write ```{picture} and its name."
_AS_MARKDOWN = "Write it as Markdown."
_LINKS = "Link to a page of the book (page.md), a label (#label), or https://, http://, mailto:."
_INSTEAD = {
    **dict.fromkeys(("csv-table", "list-table", "table"), _OWN_TABLE),
    **dict.fromkeys(("image", "figure"), _OWN_PICTURE),
    **dict.fromkeys(("raw", "eval-rst", "html", "parsed-literal"), _AS_MARKDOWN),
    **dict.fromkeys(("include", "literalinclude", "download"), "Write the text itself."),
    **dict.fromkeys(("code-cell", "code-block", "code"), "Write text as it is between ``` lines."),
    "name": "Write the name between {{ and }}.",
    **dict.fromkeys(("sub", "sup"), "Write the sign itself, such as ² or ₂."),
}


def _instead(name: str) -> str:
    """Return what to write instead of a directive or role that is not listed."""
    shown = ", ".join((*NOTES, *DIRECTIVES))
    return _INSTEAD.get(name, f"Directives: {shown}. Roles: {', '.join(ROLES)}.")


_HTML = ("HTML is not read.", f"{_AS_MARKDOWN[:-1]}, or write \\< for the sign.")
_NO_COMMENTS = ("a comment, which a page may not hold.", "Keep notes outside the page.")
_OF_TABLES = frozenset({"table_open", "th_open", "tr_open", "table_close"})
_REFUSED_BLOCKS = {
    "html_block": _HTML,
    "hr": ("a line across the page is not shown.", "Remove it; a heading parts the text."),
    "code_block": (
        "a text that is moved in by four signs is taken for code.",
        "Begin it at the margin, or write it between ``` lines.",
    ),
    "myst_line_comment": _NO_COMMENTS,
    "myst_block_break": ("a break between blocks is not shown.", "Remove it."),
}
_REFUSED_INLINE = {
    "html_inline": _HTML,
    "image": ("a picture by its address.", _OWN_PICTURE),
}
