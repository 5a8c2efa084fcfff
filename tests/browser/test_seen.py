"""What is looked for on a page is found where it is wrong, and nothing where all is well."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import USUAL, Look, Reader
from tests.browser.seen import FAULTS, ROWS, report_pages, visit

GOOD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Budget</title>
<meta name="viewport" content="width=device-width"><meta name="description" content="Who pays.">
<link rel="icon" href="data:,"><style>p { font-size: 1.125rem }</style></head>
<body><main><h1>Budget</h1><p>Six agencies <a href="a.html">pay</a>.</p>
<svg role="img" aria-label="Six bars" width="50" height="50"><text y="20">6</text></svg>
</main></body></html>"""
NARROW = Look(320)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return where a page is written; beside it is one that it leads to."""
    (tmp_path / "a.html").write_text(GOOD, "utf-8")
    return tmp_path / "page.html"


def faults(window: Reader, page: Path, text: str, look: Look) -> dict[str, tuple[str, ...]]:
    page.write_text(text, "utf-8")
    found = visit(window, page.parent, page.name, look).faults
    return {kind: found[kind] for kind in FAULTS if found[kind]}


def test_nothing_is_found_on_a_good_page(window: Reader, page: Path) -> None:
    assert faults(window, page, GOOD, NARROW) == {}


FAR = "https://fonts.example.org/a.woff2"
FONT = f"@font-face {{ font-family: A; src: url({FAR}) }} p {{ font-family: A }}"
FETCH = "<script>fetch('https://y.example/').catch(() => 0)</script>"
HIDES = '<body style="overflow-x: hidden">'


@pytest.mark.parametrize(
    ("kind", "told", "old", "new"),
    [
        ("axe", "image-alt", "<p>", '<img src="data:,"><p>'),
        ("axe", "color-contrast", "<p>", '<p style="color: #999">'),
        ("axe", "region", "<main>", "<p>Not in the page's parts</p><main>"),
        ("axe", "heading-order", "<p>", "<h4>Too deep</h4><p>"),
        ("axe", "label-content-name-mismatch", "<p>", '<button aria-label="Go">Find</button><p>'),
        ("requests", FAR, "</style>", f"{FONT}</style>"),
        ("requests", "https://x.example", "<p>", '<img alt="A picture" src="https://x.example/a.png"><p>'),
        ("requests", "https://y.example", "<p>", f"{FETCH}<p>"),
        ("requests", "file:///etc/hostname", "<p>", '<script src="file:///etc/hostname"></script><p>'),
        ("errors", "not defined", "<p>", "<script>unknown()</script><p>"),
        ("errors", "none.css", "</style>", '</style><link rel="stylesheet" href="none.css">'),
        ("sideways", "the page is", "<p>", '<pre>' + "wide " * 60 + "</pre><p>"),
        ("sideways", 'p "Wide"', "<body>", f'{HIDES}<p style="width: 500px">Wide</p>'),
        ("cut", "div", "<p>", '<div style="height: 1em; overflow: hidden">One<br>two</div><p>'),
        ("small", "10.0 px", "<p>", '<p style="font-size: 10px">'),
        ("small", "text", '<text y="20">', '<text y="20" font-size="8">'),
        ("unnamed", "svg", ' role="img" aria-label="Six bars"', ""),
        ("unnamed", "img", "<p>", '<img src="data:," alt=""><p>'),
        ("head", "2 headings", "<p>", "<h1>Again</h1><p>"),
        ("head", "0 headings", "<h1>Budget</h1>", ""),
        ("head", "no title", "<title>Budget</title>", ""),
        ("head", "no description", ' content="Who pays."', ""),
        ("head", "no icon", '<link rel="icon" href="data:,">', ""),
    ],
)  # fmt: skip
def test_each_fault_is_found(
    kind: str, told: str, old: str, new: str, window: Reader, page: Path
) -> None:
    assert GOOD.count(old) == 1
    found = faults(window, page, GOOD.replace(old, new), NARROW)
    assert any(told in fault for fault in found.get(kind, ())), found


def test_what_is_too_wide_at_some_width_alone_is_found(window: Reader, page: Path) -> None:
    wide = "@media (min-width: 400px) and (max-width: 500px) { p { width: 700px } }"
    text = GOOD.replace("</style>", f"{wide}</style>")
    assert faults(window, page, text, NARROW) == {}
    found = faults(window, page, text, USUAL)
    assert found == {"between": ("the page is 708 px wide in 440",)}


def test_a_wide_table_that_scrolls_by_itself_is_no_fault(window: Reader, page: Path) -> None:
    """A reader of the keyboard must be able to scroll it, which axe looks at."""
    scrolls = 'role="region" aria-label="Wide" tabindex="0" style="overflow-x: auto"'
    wide = f"<div {scrolls}><pre>{'wide ' * 60}</pre></div>"
    assert faults(window, page, GOOD.replace("<p>", f"{wide}<p>"), NARROW) == {}


def test_text_for_ears_only_is_not_called_cut_off(window: Reader, page: Path) -> None:
    hidden = (
        '<span style="position: absolute; width: 1px; height: 1px; overflow: hidden; '
        'clip-path: inset(50%); white-space: nowrap">Search this report</span>'
    )
    assert faults(window, page, GOOD.replace("<p>", f"<p>{hidden}"), NARROW) == {}


def test_a_page_is_seen_dark_and_with_large_text_where_so_asked_for(
    window: Reader, page: Path
) -> None:
    dark = "@media (prefers-color-scheme: dark) { p { color: #ddd } } p"
    page.write_text(GOOD.replace("p {", f"{dark} {{"), "utf-8")
    light = visit(window, page.parent, page.name, Look(1440, "light", 100))
    other = visit(window, page.parent, page.name, Look(1440, "dark", 200))
    assert (light.size, other.size) == (18, 36)
    assert not light.faults["axe"]
    assert "color-contrast" in other.faults["axe"][0]


def test_the_parts_of_a_theme_are_no_pages(tmp_path: Path) -> None:
    for name in ("html/index.html", "html/_static/part.html", "working-papers/a.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(GOOD, "utf-8")
    assert report_pages(tmp_path) == ["html/index.html", "working-papers/a.html"]


def test_contrast_is_measured_in_the_first_rows_of_a_table_or_in_all(
    window: Reader, page: Path
) -> None:
    """In a run of tests in some, since a table is coloured alike; in an audit in all."""
    rows = "<tr><td>6</td></tr>" * ROWS
    pale = '<tr><td style="color: #ccc">£66,000</td></tr>'
    page.write_text(GOOD.replace("<p>", f"<table>{rows}{pale}</table><p>"), "utf-8")
    assert visit(window, page.parent, page.name).faults["axe"] == ()
    (told,) = visit(window, page.parent, page.name, rows=None).faults["axe"]
    assert told.startswith("color-contrast: 1")
