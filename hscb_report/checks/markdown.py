"""Markdown: what of a text is prose, by the parser that the book is made with (markdown-it)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin
from mdit_py_plugins.substitution import substitution_plugin

_Rule = Callable[[StateInline, bool], bool]
# The parser's inline rules whose whole match is no prose, and those whose match holds a label,
# which is prose, with the number of signs before it.
_MARKUP = frozenset(
    {"autolink", "backticks", "entity", "footnote_ref", "html_inline", "myst_role"}
    | {"substitution_inline"}
)
_LABELLED = {"image": 2, "link": 1}
_CODE = frozenset({"{code}", "{code-block}", "{code-cell}", "{literalinclude}", "{math}"})
# The options of a directive: a block between dashes, or lines that begin with a colon.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~&$]|^(?:[#+=%:-]|\d+(?=[.)](?:\s|$)))")
_DEEPEST = 8
_OPTIONS = re.compile(r"---.*\n(?:(?!---).*\n)*---.*|(?:[ \t]*:(?!::).*\n)*")


NAME = re.compile(r"\{\{([^{}]*)\}\}")
"""A name in a text in place of which its value is shown: `{{ budget.spend }}`."""


def as_text(text: str) -> str:
    """Return Markdown that shows a text of data as it is: none of it is taken for markup."""
    return _SPECIAL.sub(_escaped, re.sub(r"\s*\n\s*", " ", text))


def _escaped(match: re.Match[str]) -> str:
    return f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}"


class _Part(NamedTuple):
    """A content that holds prose, its first line (from 0), and what is left of it as prose."""

    line: int
    content: str
    prose: str

    def lines(self) -> Iterator[tuple[int, str, str]]:
        """Yield each line's number, its words, and what is left of them."""
        pairs = zip(self.content.split("\n"), self.prose.split("\n"), strict=True)
        for number, (content, prose) in enumerate(pairs, self.line):
            if words := content.strip():
                start = content.index(words)
                yield number, words, prose[start : start + len(words)]


class _Inline(StateInline):
    """The parser's walk through an inline text, with the places of what is no prose in it."""

    def __init__(self, content: str, env: dict[str, Any]) -> None:
        super().__init__(content, book_parser(), env, [])
        self.markup: list[tuple[int, int]] = []
        self.md.inline.tokenize(self)


@lru_cache(maxsize=4096)  # the texts of a large report: a preview reads them again and again
def blanked(text: str) -> str:
    """Return the text with blanks for all that is no prose, so that places stay what they are.

    No prose are code, roles, facts by name, marks of lists and headings, openings and options of
    directives, targets of links, labels, attributes, tags and comments. What a directive holds is
    prose unless it is a directive of code, and so are the words of links and images.
    """
    return _prose(_normal(text), {})


def _prose(text: str, env: dict[str, Any], depth: int = 0) -> str:
    """Return the text's parts at their places, of which the parser tells the line only.

    Directives that stand in one another deeper than any page may have them are prose as they are.
    Taken from the last, a part is the last in what is left of its line, as only marks can follow.
    A line that the parser has rewritten is taken for prose as a whole.
    """
    if depth > _DEEPEST:
        return text
    left = text.split("\n")
    done = [""] * len(left)
    for part in reversed(list(_parts(text, env, depth))):
        for number, words, prose in part.lines():
            left[number], found, after = left[number].rpartition(words)
            done[number] = (prose + _blank(after) if found else after) + done[number]
    return "\n".join(_blank(start) + end for start, end in zip(left, done, strict=True))


def _parts(text: str, env: dict[str, Any], depth: int) -> Iterator[_Part]:
    """Yield what holds prose: inline text, HTML, and directives, whose contents are parsed anew."""
    tokens: list[Token] = []
    parser = book_parser()
    parser.block.parse(text, parser, env, tokens)
    for token in tokens:
        start = token.map[0] if token.map else 0
        if token.type in ("inline", "html_block"):
            yield _Part(start, token.content, _words(token.content, env))
        elif _holds_prose(token):
            yield _Part(start + 1, token.content, _prose(_body(token), env, depth + 1))


def _holds_prose(token: Token) -> bool:
    """Whether a token is a directive, and not one of code, or a block with a class."""
    name = (token.info.split() or [""])[0]
    is_directive = token.type == "fence" and name.startswith("{")
    return (is_directive or token.type == "colon_fence") and name not in _CODE


def _body(token: Token) -> str:
    """Return the content of a block with blanks for the options, which only directives have."""
    options = _OPTIONS.match(token.content) if token.info.lstrip().startswith("{") else None
    end = options.end() if options else 0
    return _blank(token.content[:end]) + token.content[end:]


def _words(content: str, env: dict[str, Any]) -> str:
    """Return an inline text with blanks for its markup."""
    for start, end in _Inline(content, env).markup:
        content = content[:start] + _blank(content[start:end]) + content[end:]
    return content


def _blank(text: str) -> str:
    """Return as many blanks, lines kept."""
    return re.sub(r"[^\n]", " ", text)


def book_tokens(text: str, env: dict[str, Any]) -> list[Token]:
    """Return the tokens of a text, each sign in the token that it was written by."""
    parser, tokens = book_parser(), list[Token]()
    parser.block.parse(_normal(text), parser, env, tokens)
    for token in tokens:
        if token.type == "inline":
            token.children = []
            parser.inline.parse(token.content, parser, env, token.children)
    return tokens


def _normal(text: str) -> str:
    """Return a text as the parser reads line ends and the null character, but sign for sign."""
    return text.replace("\r\n", " \n").replace("\r", "\n").replace("\0", "\ufffd")


@cache
def book_parser() -> MarkdownIt:
    """Return the parser with what `book/_config.yml` has MyST read, where it bears on prose.

    Left out is the metadata at the head of a page, which is prose here: cells have none.
    """
    parser = MarkdownIt("commonmark").enable("table")
    parser.use(myst_block_plugin).use(myst_role_plugin)
    parser.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    parser.use(colon_fence_plugin).use(deflist_plugin).use(substitution_plugin)
    # MyST follows links of any kind, so any is to be seen.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    ruler = parser.inline.ruler
    for name, rule in zip(ruler.get_active_rules(), ruler.getRules(), strict=True):
        if name in _MARKUP or name in _LABELLED:
            ruler.at(name, _noting(rule, _LABELLED.get(name)))
    return parser


def _noting(rule: _Rule, label: int | None) -> _Rule:
    """Return the rule so that it notes the places of its matches, all but their labels.

    It also notes what the parser only looks ahead at: so it finds the end of an image's words.
    """

    def noting(state: StateInline, silent: bool) -> bool:
        start = state.pos
        is_match = rule(state, silent)
        if is_match and isinstance(state, _Inline):
            end = start if label is None else parseLinkLabel(state, start + label - 1)
            state.markup.append((end, state.pos))
        return is_match

    return noting
