"""Pages that were read and written before, each kept by what it asked for, taken where that is so.

A page is read from its text, from files that it names, and from what it asks the report for; it is
written from that, from more that it asks for, and from what all pages share: titles, numbers and
addresses. What it asks for is noted, and asked again before the page is taken; where anything else
has changed that pages are made with, settings for instance, none is taken.
"""

from __future__ import annotations

import hashlib
import pickle
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import CONFIG_OK, BuildEnvironment
from sphinx.util.build_phase import BuildPhase

from hscb_report.kept_files import KeptFiles, of_file
from hscb_report.outputs.book.sources import PICTURES

NOTED = (
    *("hscb_exhibits", "hscb_groups", "hscb_callouts", "hscb_pictures", "hscb_facts"),
    *("hscb_names", "hscb_outlines", "hscb_points_of_pages"),
)
"""Settings that hold what pages ask for by name; what is in the others holds for every page."""
_OF_THE_PDF = "typst_"
_WHOLE = ""
"""Stands for all of a setting, and for all pages: who asks for what no page has asked alone."""
_PAGES = "written.pickle"
"""The file, beside what was read, of what was written."""
_PAGE_ENDINGS = {".md", ".ipynb"}
_OF_ONE_BUILD = {
    *("app", "config", "config_status", "config_status_extra", "domains", "events", "project"),
    *("doctreedir", "srcdir", "settings", "temp_data", "ref_context", "version"),
    *("versioning_compare", "versioning_condition", "external_site_map", "myst_config"),
    *("mystnb_config", "nb_new_exec_data", "hscb_read"),
}
"""What Sphinx's environment holds of a build, its settings and those of extensions."""
_OF_ONE_PAGE = {"all_docs", "dependencies", "images", "dlfiles", "included", "nb_metadata"}
"""What it holds of pages that no other page is made with."""

Asking = tuple[str, str]
"""A setting, and the name that is asked for in it."""


class NotedSetting(Mapping[str, Any]):
    """A setting that holds things by name, and notes which of them a page asks for."""

    def __init__(self, held: Mapping[str, Any], setting: str, noting: Noting) -> None:
        self._held, self._setting, self._noting = held, setting, noting

    def __getitem__(self, name: str) -> Any:
        self._noting.note(self._setting, name)
        return self._held[name]

    def __contains__(self, name: object) -> bool:
        self._noting.note(self._setting, str(name))
        return name in self._held

    def __iter__(self) -> Iterator[str]:
        self._noting.note(self._setting, _WHOLE)
        return iter(self._held)

    def __len__(self) -> int:
        self._noting.note(self._setting, _WHOLE)
        return len(self._held)

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return dict, ()  # what Sphinx keeps of settings is not looked at

    def answer(self, name: str) -> str:
        """Return the signature of what is answered to a name."""
        return _signature(self._held.get(name) if name else self._held)


@dataclass(frozen=True)
class _Read:
    """What a page was read from: its text and files, and what it asked for, with the answers."""

    files: Mapping[str, str]
    asked: Mapping[Asking, str]


@dataclass(frozen=True)
class _Written:
    """A page as it was written, what the search finds on it, and what it was written from."""

    html: str
    indexed: Any
    images: Mapping[str, str]
    read: str
    shared: str
    asked: Mapping[Asking, str]


class Noting:
    """What the pages of a book ask for while it is read and written."""

    def __init__(self) -> None:
        self.is_on = False
        self._asked: defaultdict[str, dict[Asking, None]] = defaultdict(dict)
        self._settings: dict[str, NotedSetting] = {}
        self._answers: dict[Asking, str] = {}
        self._app: Any = None

    # While a book is made ----------------------------------------------------------------------

    def begin(self, app: Sphinx) -> None:
        """Note from now on; have the pages read anew whose texts, files or answers are others."""
        if not app.config.hscb_notes_pages:
            return
        self.is_on, self._app = True, app
        app.env.config_status = CONFIG_OK  # what is kept of other settings was not taken
        for setting in NOTED:
            self._settings[setting] = NotedSetting(app.config[setting], setting, self)
            setattr(app.config, setting, self._settings[setting])
        env = app.env
        now = time.time_ns() // 1_000
        there = [page for page in env.all_docs if Path(env.doc2path(page)).is_file()]
        for page in there:
            read = _reads(env).get(page)
            if read and read.files == _files(env, page) and self._same(read.asked):
                env.all_docs[page] = now  # later than the sources, which are always written anew
            else:
                del env.all_docs[page]

    def note(self, setting: str, name: str) -> None:
        """Note that the page which is read or written asks for something."""
        env, builder = self._app.env, self._app.builder
        page = env.temp_data.get("docname")
        if page is None and self._app.phase == BuildPhase.WRITING:
            page = getattr(builder, "current_docname", None)
        self._asked[page or _WHOLE][setting, name] = None

    def was_read(self, app: Sphinx, _document: nodes.document) -> None:
        """Note what a page was read from."""
        if self.is_on:
            env, page = app.env, app.env.docname
            _reads(env)[page] = _Read(_files(env, page), self.asked_by(page))

    def forget(self, _app: Sphinx, env: BuildEnvironment, page: str) -> None:
        """Forget what a page was read from: it is gone, or about to be read."""
        if self.is_on:
            self._asked.pop(page, None)
            _reads(env).pop(page, None)

    # What was asked ----------------------------------------------------------------------------

    def asked_by(self, page: str) -> dict[Asking, str]:
        """Return what a page, and whoever asks for none in particular, has asked for so far."""
        asked = self._asked[_WHOLE] | self._asked[page]
        return {asking: self._answer(asking) for asking in asked}

    def kept(self, env: BuildEnvironment, pages: Mapping[str, _Written]) -> dict[str, _Written]:
        """Return the pages that would be written again as they were."""
        shared = shared_by_pages(env)
        return {
            page: written
            for page, written in pages.items()
            if page in env.found_docs
            and written.read == self.read_of(env, page)
            and written.shared == shared
            and self._same(written.asked)
        }

    def read_of(self, env: BuildEnvironment, page: str) -> str:
        """Return the signature of what a page was read from."""
        read = _reads(env).get(page)
        return _signature([*read.files.items(), *read.asked.items()] if read else None)

    def _same(self, asked: Mapping[Asking, str]) -> bool:
        return all(self._answer(asking) == told for asking, told in asked.items())

    def _answer(self, asking: Asking) -> str:
        if asking not in self._answers:
            self._answers[asking] = self._settings[asking[0]].answer(asking[1])
        return self._answers[asking]


class PagesBuilder(StandaloneHTMLBuilder):
    """Writes the HTML; pages that would be what they were are taken as they are kept."""

    def init(self) -> None:
        """Begin with nothing indexed."""
        super().init()
        self.noting = Noting()
        self.indexed: dict[str, Any] = {}
        """What the search is to find on each page."""
        self._images_of: dict[str, dict[str, str]] = {}
        """The pictures of each page that was written."""

    def write(self, build_docnames: Any, updated_docnames: Any, method: Any = "update") -> None:
        """Write the pages that are asked for, but for those that are kept."""
        if not self.noting.is_on:
            super().write(build_docnames, updated_docnames, method)
            self._tell()
            return
        file = Path(self.doctreedir) / _PAGES
        env, pages = self.env, _pages_in(file)
        kept = self.noting.kept(env, pages)
        super().write(env.found_docs - kept.keys(), (), "specific")
        for page in kept.keys() - self._images_of.keys():
            target = Path(self.get_outfilename(page))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(kept[page].html, "utf-8", newline="")
            self.indexed[page] = kept[page].indexed
            self.images.update(kept[page].images)
        shared = shared_by_pages(env)
        made = {page: self._made(page, shared) for page in sorted(self._images_of)}
        file.write_bytes(pickle.dumps({**kept, **made}))
        self._tell()

    def _tell(self) -> None:
        """Write beside the pages which of them were written."""
        told = "".join(f"{page}\n" for page in sorted(self._images_of))
        Path(f"{self.outdir}.made").write_text(told, "utf-8")

    def write_doc_serialized(self, docname: str, doctree: nodes.document) -> None:
        """Prepare a page, and note which pictures are its own."""
        others, self.images = self.images, {}
        super().write_doc_serialized(docname, doctree)
        self._images_of[docname] = self.images
        self.images = {**others, **self.images}

    def _made(self, page: str, shared: str) -> _Written:
        html = Path(self.get_outfilename(page)).read_bytes().decode()
        read, asked = self.noting.read_of(self.env, page), self.noting.asked_by(page)
        images = self._images_of[page]
        return _Written(html, self.indexed.get(page), images, read, shared, asked)


class KeptBook:
    """What was read and written of a book, kept in one piece in a file.

    It is taken by a book that has the same settings and files, but for pages and what they ask for.
    """

    def __init__(self, file: Path, settings: Mapping[str, Any], sources: Path) -> None:
        self._files, self._key = KeptFiles(file.parent), file.name
        self._whole = _signature([*_settings(settings), *_shared_files(sources)])
        self._read: dict[str, bytes] = {}

    def take(self, output: Path) -> None:
        """Put what is kept where a book is made, if there is anything."""
        content = self._files.get(self._key)
        if content is None:
            return
        book = pickle.loads(content)
        if book["whole"] == self._whole:
            for name, held in book["files"].items():
                file = output / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(held)

    def was_read(self, output: Path) -> None:
        """Take what was read, before several builders write into the same folder."""
        files = [file for file in sorted((output / "read").rglob("*")) if file.is_file()]
        env = pickle.loads((output / "read/environment.pickle").read_bytes())
        for name in sorted({name for names in env.dependencies.values() for name in names}):
            file = (Path(env.srcdir) / name).resolve()
            if file.is_relative_to(output.resolve()):  # what notebooks show as pictures
                files.append(output / file.relative_to(output.resolve()))
        self._read = {file.relative_to(output).as_posix(): file.read_bytes() for file in files}

    def keep(self, output: Path) -> None:
        """Keep what was read and written of a book that was made."""
        written = f"read/{_PAGES}"
        files = {**self._read, written: (output / written).read_bytes()}
        self._files.put(self._key, pickle.dumps({"whole": self._whole, "files": files}))


def shared_by_pages(env: BuildEnvironment) -> str:
    """Return the signature of what all pages are written with: titles, numbers, addresses."""
    told = []
    for name, value in sorted(vars(env).items()):
        if name == "metadata":  # how many words a page has is of that page alone
            value = {
                page: {k: v for k, v in said.items() if k != "wordcount"}
                for page, said in value.items()
            }
        if not (name.startswith("_") or name in _OF_ONE_BUILD or name in _OF_ONE_PAGE):
            told.append((name, _plain(value)))
    return _signature([sorted(env.found_docs), told])


def _plain(value: Any) -> Any:
    """Return a value in a form of which the text says all: the same in every process."""
    if isinstance(value, nodes.Node):
        return value.pformat()
    if isinstance(value, Mapping):
        return sorted((repr(key), _plain(held)) for key, held in value.items())
    if isinstance(value, Set):
        return sorted(map(repr, value))
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _signature(value: Any) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()


def _settings(settings: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in settings.items():
        if name not in NOTED and not name.startswith(_OF_THE_PDF):
            yield name, value


def _shared_files(sources: Path) -> Iterator[tuple[str, str]]:
    """Yield the files that hold for every page: pages know their own, and which pictures."""
    pictures = sources / PICTURES
    for file in sorted(sources.rglob("*")):
        is_of_pages = file.suffix in _PAGE_ENDINGS or file.is_relative_to(pictures)
        if file.is_file() and not is_of_pages:
            yield file.relative_to(sources).as_posix(), of_file(file)


def _reads(env: Any) -> dict[str, _Read]:
    if not hasattr(env, "hscb_read"):
        env.hscb_read = {}
    found: dict[str, _Read] = env.hscb_read
    return found


def _files(env: BuildEnvironment, page: str) -> dict[str, str]:
    """Return the signature of a page's text, and of each file that it names."""
    own = env.doc2path(page, base=False)
    names: Iterable[str] = (own, *sorted(env.dependencies.get(page, ())))
    return {name: of_file(Path(env.srcdir) / name) for name in names}


def _pages_in(file: Path) -> dict[str, _Written]:
    with suppress(OSError):
        found: dict[str, _Written] = pickle.loads(file.read_bytes())
        return found
    return {}


def setup(app: Sphinx) -> None:
    """Register the builder of the pages, and have what they ask for noted."""
    noting = Noting()

    def begin(app: Sphinx) -> None:
        if isinstance(app.builder, PagesBuilder):
            app.builder.noting = noting
        noting.begin(app)

    app.add_config_value("hscb_notes_pages", False, "")
    app.add_builder(PagesBuilder, override=True)
    app.connect("builder-inited", begin)
    app.connect("env-purge-doc", noting.forget)
    app.connect("doctree-read", noting.was_read, priority=1000)  # after all that change it
