"""A walk tells what it never reached, where it went back, and where the focus was not seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import Reader
from tests.browser.walk import Walk, walk

GOOD = """<!doctype html><title>A page</title><style>p { margin: 8px }</style>
<header><a href="#1">Start</a></header>
<p><a href="#2">One</a> <button>Two</button></p>
<details><summary>Contents</summary><a href="#3">Hidden</a></details>
<p><label>Three <input></label></p>"""


def walked(window: Reader, folder: Path, text: str) -> Walk:
    (folder / "page.html").write_text(text, "utf-8")
    return walk(window.open(folder / "page.html"))


def test_a_page_is_walked_through_whole(window: Reader, tmp_path: Path) -> None:
    """What is not shown is not to be reached."""
    found = walked(window, tmp_path, GOOD)
    assert [stop.told for stop in found.stops] == [
        'a "Start"',
        'a "One"',
        'button "Two"',
        'summary "Contents"',
        'input ""',
    ]
    assert (found.missed, found.leaps(), found.unseen()) == ((), [], [])


@pytest.mark.parametrize(
    "thing",
    [
        '<span onclick="go()">Four</span>',
        '<span style="cursor: pointer">Four</span>',
        '<span role="button">Four</span>',
    ],
)
def test_what_can_be_clicked_and_not_reached_is_missed(
    thing: str, window: Reader, tmp_path: Path
) -> None:
    assert walked(window, tmp_path, f"{GOOD}<p>{thing}</p>").missed == ('span "Four"',)


def test_what_leaves_the_walk_is_missed(window: Reader, tmp_path: Path) -> None:
    """A trap lets nobody on: what comes after it has never the focus."""
    trap = '<p><input onkeydown="event.preventDefault()" aria-label="Trap"></p><a href="#4">On</a>'
    assert walked(window, tmp_path, f"{GOOD}{trap}").missed == ('a "On"',)


@pytest.mark.parametrize(
    "style",
    [
        "body { display: flex; flex-direction: column-reverse }",
        "p { display: flex; flex-direction: row-reverse; justify-content: start }",
        "header { position: absolute; top: 600px }",
    ],
)
def test_a_step_against_the_order_of_the_page_is_told(
    style: str, window: Reader, tmp_path: Path
) -> None:
    assert walked(window, tmp_path, f"{GOOD}<style>{style}</style>").leaps()


def test_a_step_to_the_next_column_is_in_order(window: Reader, tmp_path: Path) -> None:
    links = "".join(f'<div><a href="#{n}">Page {n}</a></div>' for n in range(9))
    columns = f'<nav style="columns: 3">{links}</nav>'
    assert walked(window, tmp_path, f"{GOOD}{columns}").leaps() == []


def test_a_step_from_the_margin_back_to_the_text_is_in_order(
    window: Reader, tmp_path: Path
) -> None:
    """The text goes on beside the margin's first line, above its last."""
    links = "".join(f'<div><a href="#{n}">Page {n}</a></div>' for n in range(9))
    text = '<p><a href="#a">Text</a></p>'
    page = f'{GOOD}<nav style="float: right">{links}</nav>{text}'
    assert walked(window, tmp_path, page).leaps() == []
    above = f'<div style="position: absolute; top: 0">{text}</div>'
    assert walked(window, tmp_path, page.replace(text, above)).leaps()


@pytest.mark.parametrize(
    "style",
    [
        ":focus { outline: none }",
        ":focus { outline: 3px solid #eee }",
        ":focus { outline: 3px solid transparent }",
        "* { outline: 3px solid #000 !important }",
        "header { position: fixed; inset: 0; background: #fff }",
    ],
)
def test_a_focus_that_nobody_sees_is_told(style: str, window: Reader, tmp_path: Path) -> None:
    assert 'a "One"' in walked(window, tmp_path, f"{GOOD}<style>{style}</style>").unseen()


@pytest.mark.parametrize(
    "style",
    [
        ":focus { outline: 3px solid #0f5261 }",
        ":focus { outline: none; box-shadow: 0 0 0 3px #0f5261 }",
    ],
)
def test_a_ring_or_a_shadow_is_seen(style: str, window: Reader, tmp_path: Path) -> None:
    assert walked(window, tmp_path, f"{GOOD}<style>{style}</style>").unseen() == []
