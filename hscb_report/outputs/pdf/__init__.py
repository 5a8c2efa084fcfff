"""A Sphinx builder that turns a book into Typst, and Typst into a tagged PDF."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from hscb_report.look import BOARD_COLOUR
from hscb_report.outputs.pdf.builder import TypstBuilder


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder "typst" and its settings: documents, pages left out, what is kept."""
    app.add_builder(TypstBuilder)
    app.add_config_value("typst_documents", [], "", types=(list,))
    app.add_config_value("typst_left_out", [], "", types=(list,))
    app.add_config_value("typst_kept", "", "", types=(str,))
    app.add_config_value("typst_colour", BOARD_COLOUR, "", types=(str,))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
