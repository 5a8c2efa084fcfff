"""The Sphinx builder "typst": one document tree of a whole book, written as Typst and as PDF."""

import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.errors import ConfigError, SphinxError
from sphinx.util import logging
from sphinx.util.nodes import inline_all_toctrees

from hscb_report.kept_files import KeptFiles
from hscb_report.outputs.pdf.anchors import DOCUMENT
from hscb_report.outputs.pdf.pairs import drawings_for_half, set_in_pairs, write_drawings
from hscb_report.outputs.pdf.pdf import PdfError, can_compile_apart, check_structure, compile_pdf
from hscb_report.outputs.pdf.table_layout import RowHeaders
from hscb_report.outputs.pdf.text import inline, string_literal
from hscb_report.outputs.pdf.tokens import NAME, look_source
from hscb_report.outputs.pdf.writer import TypstTranslator
from hscb_report.processes import apart

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Written:
    """The markup of a volume, the row headers of its tables, and the short names of headings."""

    source: str
    row_headers: tuple[RowHeaders, ...]
    bookmarks: Mapping[str, str]


@dataclass(frozen=True)
class _Source:
    """A document to compile, with what its structure and outline are told.

    One of volumes that are documents of their own is `bound` from them.
    """

    path: Path
    row_headers: Sequence[RowHeaders]
    bookmarks: Mapping[str, str]
    is_bound: bool


_TEMPLATE = Path(__file__).with_name("template.typ")


@dataclass(frozen=True)
class Volume:
    """Some parts of a book, by their captions and in their order; without any, the whole book.

    What the start page itself says is left out of a part of the book unless `has_start_page`.
    """

    title: str = ""
    parts: tuple[str, ...] = ()
    has_start_page: bool = False


@dataclass(frozen=True)
class TypstDocument:
    """One PDF to make: the page it starts from, its file stem, and what its cover says.

    The `marking` stands on every page but the cover, which says in lines how the document is
    `standing`: a draft, or approved; so do its properties. Where the cover says whose it is, the
    `owner`, its `heading` need not. `imprint` are the lines at the cover's foot, beside the `logo`:
    a picture's name in the folder `_static`, whose words are its `alternative`. Of several volumes
    each begins with a page that has its title. Pages are numbered from `first_page`.
    """

    start: str
    name: str
    title: str
    heading: str = ""
    owner: str = ""
    subtitle: str = ""
    author: str = ""
    notice: str = ""
    marking: str = ""
    standing: tuple[str, ...] = ()
    imprint: tuple[str, ...] = ()
    logo: str = ""
    alternative: str = ""
    running: str = ""
    language: str = "en-GB"
    volumes: tuple[Volume, ...] = (Volume(),)
    first_page: int = 1

    @property
    def alone(self) -> tuple[Volume, ...]:
        """The one volume of a document that has no other."""
        return self.volumes if len(self.volumes) == 1 else ()

    def prologue(self) -> str:
        """Return the markup that sets the document up, to stand before its content."""
        language, _, region = self.language.partition("-")
        values = {
            "title": self.title,
            "heading-text": self.heading or self.title,
            "owner": self.owner,
            "subtitle": self.subtitle,
            "author": self.author,
            "notice": self.notice,
            "marking": self.marking,
            "logo": self.logo,
            "alternative": self.alternative,
            "running": self.running or self.title,
            "description": " ".join(f"{line.removesuffix('.')}." for line in self.standing),
            "lang": language,
            "region": region,
        }
        arguments = ", ".join(f"{key}: {string_literal(text)}" for key, text in values.items())
        for name, said in (("standing", self.standing), ("imprint", self.imprint)):
            lines = "".join(f"{string_literal(line)}, " for line in said)
            arguments += f", {name}: ({lines})"
        arguments += f", first-page: {self.first_page}"
        imported = f'#import "{_TEMPLATE.name}": *\n#import "{NAME}": colours\n'
        return f"{imported}#show: report.with({arguments})\n"


class TypstBuilder(Builder):
    """Writes each document of `typst_documents` as `<name>.typ` and `<name>.pdf`."""

    name = "typst"
    format = "typst"
    epilog = "The PDF files are in %(outdir)s."
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]  # noqa: RUF012 (as in Sphinx)
    default_translator_class = TypstTranslator

    def init(self) -> None:
        """Set where images go, beside the markup."""
        self.imagedir = "images"
        self._drawings: dict[str, str] = {}

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
        """Write every document, whichever pages changed.

        A volume that stands in several documents is written once. The compiler runs for several
        documents at the same time.
        """
        outdir = Path(self.outdir)
        shutil.copyfile(_TEMPLATE, outdir / _TEMPLATE.name)
        (outdir / NAME).write_text(look_source(self.config.typst_colour), encoding="utf-8")
        written: dict[tuple[str, bool, Volume], _Written] = {}
        sources = []
        documents = list(_documents(self.config.typst_documents))
        alone = {volume for document in documents for volume in document.alone}
        for document in documents:
            if document.logo:
                shutil.copyfile(
                    Path(self.srcdir) / "_static" / document.logo, outdir / document.logo
                )
            volumes = []
            for volume in document.volumes:
                tree = self._start(document, volume)
                key = (document.start, tree["hidden_title"], volume)
                if key not in written:
                    written[key] = self._write_volume(document.start, tree)
                volumes.append((volume, written[key]))
            is_bound = not document.alone and alone.issuperset(document.volumes)
            sources.append(_write_source(document, volumes, outdir, is_bound=is_bound))
        self._copy_images(outdir)
        kept = KeptFiles(Path(folder)) if (folder := self.config.typst_kept) else None
        made = []
        for source in sources:
            path, problems = _compiled(source, kept)
            made += [] if problems is None else [path.name]
            for problem in problems or ():
                logger.warning("%s: %s", path.name, problem, type="typst")
        Path(f"{self.outdir}.made").write_text("".join(f"{name}\n" for name in made), "utf-8")

    def _write_volume(self, start: str, root: nodes.document) -> _Written:
        tree = inline_all_toctrees(self, set(), start, root, str, [start])
        _leave_out(tree, self.config.typst_left_out)
        self.env.resolve_references(tree, start, self)
        set_in_pairs(tree)
        self._drawings |= drawings_for_half(tree, self.config.typst_colour)
        self.post_process_images(tree)
        translator = self.create_translator(tree, self)
        assert isinstance(translator, TypstTranslator)
        tree.walkabout(translator)
        return _Written(translator.source, tuple(translator.row_headers), translator.bookmarks)

    def _start(self, document: TypstDocument, volume: Volume) -> nodes.document:
        """Return the start page with the lists of chapters that the volume holds."""
        if document.start not in self.env.all_docs:
            raise ConfigError(f'typst_documents: there is no page "{document.start}".')
        root = self.env.get_doctree(document.start)
        if volume.parts:
            _choose_parts(root, volume)
        else:
            _keep_part_captions(root)
        if any("glance" in node["classes"] for node in root.findall(nodes.container)):
            _name_the_glance(root)
        root["docname"] = document.start
        root["hidden_title"] = _title_is_on_cover(root, document.title)
        root["is_partial"] = bool(volume.parts)
        root["is_start_left_out"] = bool(volume.parts) and not volume.has_start_page
        return root

    def _copy_images(self, outdir: Path) -> None:
        folder = outdir / self.imagedir
        folder.mkdir(exist_ok=True)
        for source, name in self.images.items():
            shutil.copyfile(Path(self.srcdir) / source, folder / name)
        write_drawings(self._drawings, folder)


def _documents(settings: list[dict[str, Any]]) -> Iterator[TypstDocument]:
    for setting in settings:
        try:
            volumes = [Volume(**volume) for volume in setting.get("volumes", [{}])]
            lines = {name: tuple(setting.get(name, ())) for name in ("standing", "imprint")}
            yield TypstDocument(**{**setting, "volumes": tuple(volumes), **lines})
        except TypeError as error:
            raise ConfigError(f"typst_documents: {error}") from error


def _write_source(
    document: TypstDocument,
    volumes: Sequence[tuple[Volume, _Written]],
    outdir: Path,
    *,
    is_bound: bool,
) -> _Source:
    """Write the markup of a document; return it with what is told of its structure."""
    parts = [document.prologue()]
    for volume, written in volumes:
        if len(volumes) > 1:
            parts.append(f"\n\n#volume[{inline(volume.title)}]\n\n")
        parts.append(written.source)
    path = outdir / f"{document.name}.typ"
    path.write_text("".join(parts), encoding="utf-8", newline="\n")
    headers = [rows for _, written in volumes for rows in written.row_headers]
    names = {title: name for _, written in volumes for title, name in written.bookmarks.items()}
    return _Source(path, headers, names, is_bound)


def _title_is_on_cover(root: nodes.document, title: str) -> bool:
    """Tell whether the start page needs no heading: it has the book's title, or only a contents."""
    section = next(root.findall(nodes.section), None)
    if section is None:
        return True
    heading, *content = section.children
    return heading.astext() == title or all(_is_of_contents(node) for node in content)


def _name_the_glance(root: nodes.document) -> None:
    """Head the start page by what it is: on paper the title of the report stands on the cover."""
    heading = next(iter(root.findall(nodes.title)))
    heading.children = []
    heading += nodes.Text("The year at a glance")


def _keep_part_captions(root: nodes.document) -> None:
    """Put the caption of each part before its list of chapters, which is about to be replaced."""
    for toctree in list(root.findall(addnodes.toctree)):
        if caption := toctree.get("caption"):
            position = toctree.parent.index(toctree)
            toctree.parent.insert(position, nodes.rubric(caption, caption, classes=["part"]))


def _choose_parts(root: nodes.document, volume: Volume) -> None:
    """Leave on the start page the lists of chapters of the volume's parts only, in their order."""
    found = {toctree.get("caption"): toctree for toctree in root.findall(addnodes.toctree)}
    heading, *content = next(root.findall(nodes.section)).children
    chosen = [node for node in content if volume.has_start_page and not _is_toctree(node)]
    for part in volume.parts:
        if part not in found:
            raise ConfigError(f'typst_documents: the book has no part "{part}".')
        if len(volume.parts) > 1:
            chosen.append(nodes.rubric(part, part, classes=["part"]))
        chosen.append(found[part])
    heading.parent.children = [heading]
    heading.parent += chosen


def _leave_out(tree: nodes.document, pages: Sequence[str]) -> None:
    """Take pages out of a tree that are for the screen alone."""
    for page in [page for page in tree.findall(addnodes.start_of_file) if page["docname"] in pages]:
        page.parent.remove(page)


def _compiled(source: _Source, kept: KeptFiles | None) -> tuple[Path, list[str] | None]:
    """Compile a source and return the PDF with what is wrong with it; None if it was taken.

    A PDF that was made from the same is taken, if it is kept; one without a fault is.
    """
    target, key = source.path.with_suffix(".pdf"), _made_from(source)
    if kept and (content := kept.get(key)):
        target.write_bytes(content)
        return target, None
    # The compiler uses every processor, and what it remembers of a document helps no other.
    made = partial(apart, _made) if can_compile_apart() else _made
    path, problems = made(source, target)
    if kept and not problems:
        kept.put(key, target.read_bytes())
    return path, problems


def _made_from(source: _Source) -> str:
    """Return what stands for what a PDF is made from: its markup, and the files that it names."""
    told, markup = hashlib.sha256(), source.path.read_bytes()
    told.update(f"{source.row_headers!r} {sorted(source.bookmarks.items())!r}".encode())
    told.update(markup)
    folder = source.path.parent
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        is_common = file.name in (_TEMPLATE.name, NAME)
        if file.is_file() and (is_common or string_literal(name)[1:-1].encode() in markup):
            told.update(f"{name} {hashlib.sha256(file.read_bytes()).hexdigest()}".encode())
    return told.hexdigest()


def _made(source: _Source, target: Path) -> tuple[Path, list[str]]:
    try:
        warnings = compile_pdf(source.path, target, source.row_headers, source.bookmarks)
    except PdfError as error:
        raise SphinxError(str(error)) from error
    wrong = check_structure(target, source.row_headers, are_parts_checked=source.is_bound)
    return target, [*warnings, *wrong]


def _is_of_contents(node: nodes.Node) -> bool:
    return _is_toctree(node) or isinstance(node, nodes.rubric)


def _is_toctree(node: nodes.Node) -> bool:
    return isinstance(node, addnodes.toctree) or (
        isinstance(node, nodes.compound) and "toctree-wrapper" in node["classes"]
    )
