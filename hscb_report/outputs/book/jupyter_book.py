"""The one module that talks to Jupyter Book (1.x): sources in, HTML and PDF out."""

from __future__ import annotations

import contextlib
import gc
import io
import logging
import pickle
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hscb_report.errors import BookError
from hscb_report.kept_files import KeptIn
from hscb_report.notebooks.kernels import WARM
from hscb_report.outputs.book.html_tables import STEPS
from hscb_report.outputs.book.imprint import (
    furniture,
    logo_file,
    pages_of_imprint,
    parts_of_menu,
)
from hscb_report.outputs.book.numbering import ON_SCREEN
from hscb_report.outputs.notices import draft, edition_line, marking, notice, standing
from hscb_report.outputs.working_papers import paper_names
from hscb_report.processes import beside, context, end_with_parent
from hscb_report.results.chapter import ABOUT_THIS, EVIDENCE, Page
from hscb_report.results.history import BEHIND_A_FACT
from hscb_report.results.phrases import VERBS
from hscb_report.results.published import Published
from hscb_report.stopping import leave_to_parent
from hscb_report.wording import first_lower

_EVIDENCE = EVIDENCE.volume
_UNUSED = (".buildinfo", "objects.inv", "_static/mystnb.*.css", "_static/pygments.css")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Compiled:
    """The folder of the HTML, and the PDFs; which pages and PDFs were made, and not taken."""

    html: Path
    pdfs: tuple[Path, ...]
    made: frozenset[str] = frozenset()


class Builder:
    """Compiles staged sources to HTML and PDFs, in a process of its own, from one reading of them.

    The process imports what it needs while the caller still runs notebooks. It reads the sources
    once; the HTML is then written in a copy of it, at the same time as the PDFs, or where the
    system is not known to copy processes soundly, after them.
    """

    def __init__(self) -> None:
        self._process = ProcessPoolExecutor(1, context(WARM), _begin)
        self._process.submit(_begin)

    def __enter__(self) -> Builder:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.shutdown()

    def start(
        self,
        report: Published,
        sources: Path,
        output: Path,
        first_page: int = 1,
        kept: KeptIn | None = None,
    ) -> Callable[[], Compiled]:
        """Begin to compile; return what waits for it to end.

        The pack's pages are numbered from `first_page`. What is `kept` of an earlier one is taken
        where it would be the same. Waiting raises BookError with everything that Jupyter Book warns
        of, or if a PDF is not accessible.
        """
        documents = typst_documents(report, first_page)
        given = {
            "typst_documents": documents,
            "typst_kept": str(kept.volumes if kept else ""),
            "hscb_notes_pages": kept is not None,
        }
        settings = write_settings({**_settings(report), **given}, output)
        compiling = self._process.submit(_compile, settings, sources, output, kept)

        def finished() -> Compiled:
            _wait_for(compiling)
            pdfs = tuple(output / "typst" / f"{document['name']}.pdf" for document in documents)
            return Compiled(output / "html", pdfs, frozenset(_made(output)))

        return finished

    def pages(self, report: Published, sources: Path, output: Path, kept: Path) -> Path:
        """Compile the HTML alone, and return its folder; what is kept in a file is taken.

        Raises BookError with everything that Jupyter Book warns of.
        """
        given = {**_settings(report), "hscb_notes_pages": True}
        settings = write_settings(given, output)
        _wait_for(self._process.submit(_compile_pages, settings, sources, output, kept))
        return output / "html"


def _wait_for(compiling: Future[None]) -> None:
    try:
        compiling.result()
    except BrokenProcessPool:
        raise BookError("The process that compiles the book was stopped.") from None


def write_settings(settings: dict[str, Any], output: Path) -> Path:
    """Write the settings of Sphinx beside the folder of what is compiled; return their file.

    Processes are given the file: through a pipe that cannot hold them, a sender would wait for ever
    for a reader that was killed (https://github.com/python/cpython/issues/94777).
    """
    file = output.with_name(f"{output.name}.settings")
    file.write_bytes(pickle.dumps(settings))
    return file


def _begin() -> None:
    """Import what compiling needs, before there is anything to compile."""
    end_with_parent()
    leave_to_parent()
    gc.set_threshold(1_000_000, 50, 50)
    import jupyter_book.sphinx  # noqa: F401

    from hscb_report.outputs.book import extension  # noqa: F401

    gc.collect()
    gc.freeze()  # what is imported stays: nobody has to look through it again


def _compile(settings: Path, sources: Path, output: Path, kept: KeptIn | None = None) -> None:
    """Read the sources, and write them as HTML and as PDFs; the settings are in a file."""
    from hscb_report.outputs.book.kept_pages import KeptBook

    given = pickle.loads(settings.read_bytes())
    book = KeptBook(kept.pages, given, sources) if kept else None
    if book:
        book.take(output)
    _build(settings, sources, output, "reading")
    if book:
        book.was_read(output)
    gc.collect()  # the trees that were read: both copies would hold them
    with beside(_build, settings, sources, output, "html"):  # which is done long before
        _build(settings, sources, output, "typst")
    if book:
        book.keep(output)
    _take_away(output / "html")


def _compile_pages(settings: Path, sources: Path, output: Path, kept: Path) -> None:
    """Read the sources, and write them as HTML."""
    from hscb_report.outputs.book.kept_pages import KeptBook

    book = KeptBook(kept, pickle.loads(settings.read_bytes()), sources)
    book.take(output)
    _build(settings, sources, output, "html")
    book.was_read(output)
    book.keep(output)
    _take_away(output / "html")


def _made(output: Path) -> Iterator[str]:
    """Yield the pages and the PDFs that were not taken from what was kept."""
    for builder in ("html", "typst"):
        yield from (output / f"{builder}.made").read_text("utf-8").splitlines()


def _take_away(html: Path) -> None:
    """Delete what no page uses: Sphinx's notes to itself and to other books, others' styles."""
    for pattern in _UNUSED:
        for file in html.glob(pattern):
            file.unlink()


def typst_documents(report: Published, first_page: int = 1) -> list[dict[str, Any]]:
    """Return the PDFs to make, as the Typst builder wants them; the pack begins at a page.

    The dictionary of the data stands in the HTML alone: on paper it would be a quarter of the
    report, and nobody looks up a column there.
    """
    settings = report.settings
    board, annual, plan = settings.board.name, settings.title, settings.plan_title
    titles = {"covering-report": "Covering report", "annual-report": annual, "business-plan": plan}
    titles[_EVIDENCE] = f"{annual}: {first_lower(EVIDENCE.title)}"
    volumes: dict[str, dict[str, Any]] = {}
    for name, title in titles.items():
        parts = dict.fromkeys(p.part.title for p in report.contents if p.part.volume == name)
        if parts:
            has_start = name == "annual-report"
            volumes[name] = {"title": title, "parts": tuple(parts), "has_start_page": has_start}
    documents = [
        _document(
            report, name, f"{board} {titles[name]}", titles[name], titles[name], [volumes[name]]
        )
        for name in ("annual-report", "business-plan", _EVIDENCE)
        if name in volumes
    ]
    bound = [titles[name] for name in volumes if name not in ("covering-report", _EVIDENCE)]
    if "covering-report" in volumes:
        title = f"Covering report: {board}, {' and '.join(bound)}"
        documents.append(
            _document(
                report,
                "covering-report",
                title,
                titles["covering-report"],
                "Covering report",
                [volumes["covering-report"]],
            )
        )
    if volumes.keys() - {"annual-report", _EVIDENCE}:
        told = ["covering report"] * ("covering-report" in volumes) + [" and ".join(bound)]
        title, running = f"{board}: {', '.join(told)}", " and ".join(bound)
        bound_in = [*told[:-1], *(["evidence"] if _EVIDENCE in volumes else [])]
        heading = f"{running}{', with ' * bool(bound_in)}{' and '.join(bound_in)}"
        pack = _document(report, "pack", title, heading, running, [*volumes.values()])
        documents.append({**pack, "first_page": first_page})
    return documents


def _document(
    report: Published, name: str, title: str, heading: str, running: str, volumes: list[Any]
) -> dict[str, Any]:
    """Return a PDF; every page of it says what every page of the report says.

    Its `title` names the Board too; the `heading` of its cover stands below the Board's name.
    """
    settings, kind, said = report.settings, notice(report), marking(report)
    return {
        "start": "index",
        "name": f"{name}-{report.stem}",
        "title": title,
        "heading": heading,
        "owner": settings.board.name,
        "subtitle": kind.subtitle,
        "author": settings.board.name,
        "notice": kind.told if draft(report) else f"{said} {kind.told}".strip(),
        "marking": said,
        "standing": [*_standing(report, volumes)],
        "imprint": [*_imprint(report)],
        "logo": logo_file(report),
        "alternative": settings.board.logo_alternative or f"Logo of {settings.board.name}",
        "running": running,
        "language": settings.board.language,
        "volumes": volumes,
    }


def _imprint(report: Published) -> Iterator[str]:
    """Yield what the foot of a cover says, as far as the settings have it."""
    board, year = report.settings.board, report.settings.year
    for name, said in (
        ("Published", year.published),
        ("Contact", board.contact or board.website),
        ("Licence", board.licence),
    ):
        if said:
            yield f"{name}: {said}"


def _standing(report: Published, volumes: list[Any]) -> Iterator[str]:
    """Yield how final a PDF is. It is the annual report that was approved, or corrected."""
    holds_report = any(volume["has_start_page"] for volume in volumes)
    for said in standing(report):
        if draft(report) or (holds_report and not volumes[1:]):
            yield said
        elif holds_report:
            yield f"{report.settings.title}: {said[:1].lower()}{said[1:]}"


def _build(settings: Path, sources: Path, output: Path, builder: str) -> None:
    """Run a builder of Sphinx; what one has read, the next ones take from the folder "read"."""
    from jupyter_book.sphinx import build_sphinx

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), _quiet_logging():
        result = build_sphinx(
            str(sources),
            str(output / builder),
            noconfig=True,
            path_config=str(sources / "_config.yml"),
            confoverrides={
                **pickle.loads(settings.read_bytes()),
                "latex_individualpages": False,
            },
            doctreedir=str(output / "read"),
            builder=builder,
            force_all=builder != "reading",
            warningiserror=True,
            keep_going=True,
            quiet=True,
        )
    if result:
        raise BookError(_told(said.getvalue(), sources))


@contextlib.contextmanager
def _quiet_logging() -> Any:
    """Keep Sphinx's handlers out of the caller's logging once the build is over."""
    logger = logging.getLogger("sphinx")
    handlers, level = logger.handlers[:], logger.level
    try:
        yield
    finally:
        logger.handlers[:], logger.level = handlers, level


def _settings(report: Published) -> dict[str, Any]:
    """Return the Sphinx settings that depend on the year and the board."""
    board = report.settings.board
    title = f"{board.short_name} {report.settings.title}"
    exhibits = {
        exhibit.label: {**exhibit.as_json(), "sources": report.sources_of.get(exhibit.label, "")}
        for exhibit in report.exhibits
    }
    return {
        "html_title": title,
        "html_context": {**furniture(report), "stacking_widths": STEPS},
        "hscb_menu": parts_of_menu(report.contents),
        "hscb_imprint_pages": pages_of_imprint(report.contents),
        "project": title,
        "hscb_colour": board.colour,
        "language": board.language.split("-")[0],
        "hscb_names": dict(report.names),
        "hscb_abbreviations": {short: asdict(told) for short, told in report.abbreviations.items()},
        "hscb_pictures": {
            p.name: {k: v for k, v in asdict(p).items() if k != "content"}
            for p in report.results.pictures
        },
        "hscb_exhibits": exhibits,
        "hscb_groups": _groups(report),
        "hscb_is_draft": report.is_draft,
        # What a draft leads to may still be to come; the check has told it.
        **({"suppress_warnings": ["myst.xref_missing"]} if report.is_draft else {}),
        "hscb_callouts": {callout.name: asdict(callout) for callout in report.results.callouts},
        "hscb_sections": [asdict(section) for section in report.results.tags],
        "hscb_outlines": {
            name: [asdict(section) for section in sections]
            for name, sections in report.results.outlines.items()
        },
        "hscb_facts": _names_of_facts(report),
        "hscb_points": _points(report),
        "hscb_points_of_pages": {
            page: {name: [asdict(point) for point in points] for name, points in lists.items()}
            for page, lists in report.points.of_pages.items()
        },
        "hscb_working_papers": paper_names(report.contents),
        "hscb_documents": {page.path: _document_of(page) for page in report.contents},
        "typst_left_out": [page.path for page in report.contents if not page.on_paper],
        "typst_colour": board.colour,
    }


def _groups(report: Published) -> dict[str, list[str]]:
    """Return the tables of each group, by their labels, in their order."""
    groups: dict[str, list[str]] = {}
    for exhibit in report.exhibits:
        if exhibit.group:
            groups.setdefault(exhibit.group, []).append(exhibit.label)
    return groups


def _document_of(page: Page) -> str:
    """Return the document that a page's tables are counted in."""
    return page.part.volume if page.on_paper else ON_SCREEN


def _points(report: Published) -> dict[str, Any]:
    """Return what the year says first, what the report is, and its parts with their pages."""
    about = (page.path for page in report.contents if page.path.startswith(ABOUT_THIS))
    said, top = report.points, [page for page in report.contents if not page.under]
    return {
        "verdicts": [asdict(verdict) for verdict in said.verdicts],
        "edition": {"told": edition_line(report), "page": next(about, "")},
        "parts": [
            {"title": part.title, "pages": [page.path for page in top if page.part == part]}
            for part in dict.fromkeys(page.part for page in top)
        ],
    }


def _names_of_facts(report: Published) -> dict[str, Any]:
    """Return what stands for each fact and each phrase about it, and where its sources are.

    Verbs, which say no number, lead to none.
    """
    found: dict[str, Any] = {}
    for fact in report.facts:
        found[fact.id] = {"text": fact.in_prose, "anchor": fact.anchor}
        for phrase in (phrase for phrase in BEHIND_A_FACT if phrase not in VERBS):
            name = f"{fact.id}.{phrase}"
            found[name] = {"text": report.names[name], "anchor": fact.anchor}
    return found


def _told(said: str, sources: Path) -> str:
    """Return what the build said was wrong, without colours and paths of the staging folder."""
    plain = _ANSI.sub("", said).replace(f"{sources}/", "")
    lines = [line for line in plain.splitlines() if re.search(r"WARNING|ERROR|CRITICAL", line)]
    return "The book did not compile:\n" + "\n".join(lines or plain.strip().splitlines()[-5:])
