"""The Sphinx builder "typst": one document tree of a whole book, written as Typst and as PDF."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.errors import ConfigError, SphinxError
from sphinx.util import logging
from sphinx.util.nodes import inline_all_toctrees

from hscb_report.book.typst.anchors import DOCUMENT
from hscb_report.book.typst.pdf import PdfError, check_structure, compile_pdf
from hscb_report.book.typst.text import string_literal
from hscb_report.book.typst.writer import TypstTranslator

logger = logging.getLogger(__name__)

_TEMPLATE = Path(__file__).with_name("template.typ")


@dataclass(frozen=True)
class TypstDocument:
    """One PDF to make: the page it starts from, its file stem, and what its cover says."""

    start: str
    name: str
    title: str
    subtitle: str = ""
    author: str = ""
    notice: str = ""
    running: str = ""
    language: str = "en-GB"

    def prologue(self) -> str:
        """Return the markup that sets the document up, to stand before its content."""
        language, _, region = self.language.partition("-")
        values = {
            "title": self.title,
            "subtitle": self.subtitle,
            "author": self.author,
            "notice": self.notice,
            "running": self.running or self.title,
            "lang": language,
            "region": region,
        }
        arguments = ", ".join(f"{key}: {string_literal(text)}" for key, text in values.items())
        return f'#import "{_TEMPLATE.name}": *\n#show: report.with({arguments})\n'


class TypstBuilder(Builder):
    """Writes each document of `typst_documents` as `<name>.typ` and `<name>.pdf`."""

    name = "typst"
    format = "typst"
    epilog = "The PDF files are in %(outdir)s."
    supported_image_types = ["image/svg+xml", "image/png"]  # noqa: RUF012 (as in Sphinx)
    default_translator_class = TypstTranslator

    def init(self) -> None:
        """Set where images go, beside the markup."""
        self.imagedir = "images"

    def get_outdated_docs(self) -> str:
        """Return a note: a PDF is always written anew, since it holds every page."""
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002
        """Return the address of a page inside the PDF, for the writer to resolve."""
        return DOCUMENT + docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:  # noqa: ARG002
        """Return the address of a page, the same from everywhere."""
        return self.get_target_uri(to, typ)

    def write(self, *_ignored: Any) -> None:
        """Write every document, whichever pages changed."""
        outdir = Path(self.outdir)
        shutil.copyfile(_TEMPLATE, outdir / _TEMPLATE.name)
        for document in _documents(self.config.typst_documents):
            self._write_document(document, outdir)

    def _write_document(self, document: TypstDocument, outdir: Path) -> None:
        tree = self._assemble(document)
        self.post_process_images(tree)
        self._copy_images(outdir)
        translator = self.create_translator(tree, self)
        assert isinstance(translator, TypstTranslator)
        tree.walkabout(translator)
        source = outdir / f"{document.name}.typ"
        source.write_text(document.prologue() + translator.source, encoding="utf-8", newline="\n")
        target = source.with_suffix(".pdf")
        try:
            warnings = compile_pdf(source, target, translator.row_headers)
        except PdfError as error:
            raise SphinxError(str(error)) from error
        for warning in (*warnings, *check_structure(target, translator.row_headers)):
            logger.warning("%s: %s", target.name, warning, type="typst")

    def _assemble(self, document: TypstDocument) -> nodes.document:
        """Return one tree of all pages from the start page on, with references resolved."""
        if document.start not in self.env.all_docs:
            raise ConfigError(f'typst_documents: there is no page "{document.start}".')
        root = self.env.get_doctree(document.start)
        hidden = _title_is_on_cover(root, document.title)
        _keep_part_captions(root)
        tree = inline_all_toctrees(self, set(), document.start, root, str, [document.start])
        tree["docname"] = document.start
        tree["hidden_title"] = hidden
        self.env.resolve_references(tree, document.start, self)
        return tree

    def _copy_images(self, outdir: Path) -> None:
        folder = outdir / self.imagedir
        folder.mkdir(exist_ok=True)
        for source, name in self.images.items():
            shutil.copyfile(Path(self.srcdir) / source, folder / name)


def _documents(settings: list[dict[str, str]]) -> Iterator[TypstDocument]:
    for setting in settings:
        try:
            yield TypstDocument(**setting)
        except TypeError as error:
            raise ConfigError(f"typst_documents: {error}") from error


def _title_is_on_cover(root: nodes.document, title: str) -> bool:
    """Tell whether the start page needs no heading: it has the book's title, or only a contents."""
    section = next(root.findall(nodes.section), None)
    if section is None:
        return True
    heading, *content = section.children
    return heading.astext() == title or all(_is_toctree(node) for node in content)


def _keep_part_captions(root: nodes.document) -> None:
    """Put the caption of each part before its list of chapters, which is about to be replaced."""
    for toctree in list(root.findall(addnodes.toctree)):
        if caption := toctree.get("caption"):
            position = toctree.parent.index(toctree)
            toctree.parent.insert(position, nodes.rubric(caption, caption, classes=["part"]))


def _is_toctree(node: nodes.Node) -> bool:
    return isinstance(node, addnodes.toctree) or (
        isinstance(node, nodes.compound) and "toctree-wrapper" in node["classes"]
    )
