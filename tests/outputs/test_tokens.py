"""What the Typst template is given of the look: every colour, size and width, typed once."""

from __future__ import annotations

import re
from pathlib import Path

from hscb_report.look import FONT, LIGHT, PRINT
from hscb_report.outputs.pdf import tokens
from hscb_report.outputs.pdf.tokens import EDGE, FULL, look_source

TEMPLATE = (Path(tokens.__file__).with_name("template.typ")).read_text("utf-8")


def test_the_markup_has_the_board_s_colour_and_every_token() -> None:
    source = look_source("#6a2c5a")
    assert '"board": rgb("#6a2c5a")' in source
    for name, colour in LIGHT.items():
        assert f'"{name}": rgb("{colour}")' in source
    for name, size in PRINT.items():
        assert f'"{name}": {size:g}pt' in source
    assert f'#let font = "{FONT}"' in source


def test_the_template_uses_only_names_that_it_is_given() -> None:
    source = look_source("#6a2c5a")
    for kind in ("colours", "sizes", "widths"):
        line = next(line for line in source.splitlines() if line.startswith(f"#let {kind} "))
        given = set(re.findall(r'"([\w-]+)":', line))
        used = set(re.findall(rf"\b{kind}\.([\w-]+)", TEMPLATE)) - {"at"}
        assert used
        assert used <= given


def test_the_template_has_no_colour_of_its_own() -> None:
    assert not re.search(r"rgb\(|luma\(|cmyk\(|#[0-9a-f]{6}", TEMPLATE)


def test_text_margin_and_edges_are_the_width_of_the_paper() -> None:
    assert FULL + 2 * EDGE == 210
