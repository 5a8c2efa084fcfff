"""A Sphinx builder that turns a book into Typst, and Typst into a tagged PDF."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from hscb_report.outputs.pdf.builder import TypstBuilder


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder "typst" and its one setting, `typst_documents`."""
    app.add_builder(TypstBuilder)
    app.add_config_value("typst_documents", [], "", types=(list,))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
