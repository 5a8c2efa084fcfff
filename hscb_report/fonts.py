"""The bundled font, from its package: the same in charts, on the page and in the PDF."""

from __future__ import annotations

from pathlib import Path

FAMILY = "Source Sans Pro"


def font_folder() -> Path:
    """Return the folder that holds the font's files and its licence."""
    import font_source_sans_pro

    return Path(font_source_sans_pro.__file__).parent / "files"
