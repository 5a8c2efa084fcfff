"""The skeleton of a text: headings and tables of last year's, and a prompt where words stood."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from hscb_report.checks.markdown import NAME
from hscb_report.checks.prose import names_in
from hscb_report.new_year.contents import blocks, is_head
from hscb_report.results.history import PERIOD

MARK = "TODO"
"""What says that something is to be written; no final report may have it."""
_HEADING = re.compile(r"#{1,6} ")
_DIRECTIVE = re.compile(r"`{3,}|~{3,}|:{3,}")
_KEPT = re.compile(r"(?:`{3,}|~{3,}|:{3,})\{(?:exhibit|exhibits|outline)\}")
_SECTION = "say here what this section has to say of the year."


def skeleton(text: str, prompt: str, timed: Container[str] = frozenset()) -> str:
    """Return a text with its headings and the tables that it shows, and prompts for its words.

    Each prompt names the facts that the section named before, which have the new year's values.
    Those that are `timed` are of a time of their own, which stands beside them.
    """
    parts = [
        _section(section, prompt if n == 0 else _SECTION, timed) for n, section in _sections(text)
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def begun_text(title: str, prompt: str) -> str:
    """Return a text that nobody has written before; `title` is "" for one that has none."""
    return "\n\n".join(filter(None, (f"# {title}" if title else "", f"{MARK}: {prompt}"))) + "\n"


def _sections(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the blocks of each section that holds words; a heading stands in its own section."""
    section: list[str] = []
    found: list[list[str]] = [section]
    for block in _lines_apart(text):
        if _HEADING.match(block) and any(not is_head(b) for b in section):
            section = []
            found.append(section)
        section.append(block)
    return iter(enumerate(section for section in found if section))


def _lines_apart(text: str) -> Iterator[str]:
    """Yield the blocks of a text, each heading or label apart from the words beside it."""
    for block in blocks(text):
        if _DIRECTIVE.match(block):
            yield block
            continue
        words: list[str] = []
        for line in block.split("\n"):
            if is_head(line):
                yield from _joined(words)
                words = []
                yield line
            else:
                words.append(line)
        yield from _joined(words)


def _joined(lines: Sequence[str]) -> Iterator[str]:
    if any(lines):
        yield "\n".join(lines)


def _section(section: Sequence[str], prompt: str, timed: Container[str]) -> str:
    heads = [block for block in section if is_head(block)]
    shown = [block for block in section if _KEPT.match(block)]
    words = [block for block in section if block not in heads and block not in shown]
    told = [f"{MARK}: {prompt}"] if words or not shown else []
    if facts := [*_facts(words)]:
        named = ", ".join(_with_time(name, timed) for name in facts)
        told.append(f"{MARK} (facts that fit): {named}.")
    return "\n\n".join((*heads, *told, *shown))


def _with_time(name: str, timed: Container[str]) -> str:
    fact = ".".join(name.split(".")[:2])
    time = f" ({{{{ {fact}.{PERIOD} }}}})" if fact in timed else ""
    return f"{{{{ {name} }}}}{time}"


def _facts(words: Sequence[str]) -> Iterator[str]:
    """Yield the names of facts, and phrases about them, in the order in which they were used."""
    used = dict.fromkeys(" ".join(name.split()) for w in words for name in NAME.findall(w))
    named = (name for name in used if "." in name and not name.endswith(f".{PERIOD}"))
    return (name for name in named if names_in(f"{{{{ {name} }}}}"))


def prompt_for(page: str, title: str, prompts: Mapping[str, str]) -> str:
    """Return what a text is to say: the usual prompt of its page, else one that its title gives."""
    return prompts.get(page) or f"say what the year brought: {title}."
