"""The bundled font, from its package: the same in charts, on the page and in the PDF."""

from __future__ import annotations

from pathlib import Path

FAMILY = "Source Sans Pro"
OTHER_FAMILY = "Libertinus Serif, sans-serif"
"""Where the font lacks a letter: a font that comes with the PDF's compiler, else the reader's."""


def font_folder() -> Path:
    """Return the folder that holds the font's files and its licence."""
    import font_source_sans_pro

    return Path(font_source_sans_pro.__file__).parent / "files"
