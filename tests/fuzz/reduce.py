"""A failing input made smaller: as long as it fails from the same cause, less of it is changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.fuzz.files import Change, Content
from tests.fuzz.inputs import Input

SECONDS = 10
"""How long is spent on one input, by the clock."""


def reduced(given: Input, fails: Callable[[Input], bool]) -> Input:
    """Return the input with fewer files changed and fewer lines in them, that still fails."""
    until = time.monotonic() + SECONDS
    smaller = True
    while smaller:
        smaller = False
        for change in _less(given):
            if time.monotonic() > until:
                return given
            if fails(replace(given, change=change)):
                given, smaller = replace(given, change=change), True
                break
    return given


def _less(given: Input) -> Iterator[Change]:
    """Yield changes that change less: without a file, or with some lines of a file left out."""
    if len(given.change) > 1:
        for path in given.change:
            yield {other: content for other, content in given.change.items() if other != path}
    for path, content in given.change.items():
        for less in _fewer_lines(content):
            yield given.change | {path: less}


def _fewer_lines(content: Content) -> Iterator[bytes]:
    if not isinstance(content, bytes):
        return
    lines = content.splitlines(keepends=True)
    size = len(lines) // 2
    while size:
        for start in range(0, len(lines), size):
            yield b"".join(lines[:start] + lines[start + size :])
        size //= 2
