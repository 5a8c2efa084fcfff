"""The one module that talks to Jupyter Book (1.x): sources in, HTML and PDF out."""

from __future__ import annotations

import contextlib
import io
import logging
import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from hscb_report.errors import BookError
from hscb_report.outputs.working_papers import paper_names
from hscb_report.results.chapter import PARTS
from hscb_report.results.published import Published

_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class Builder:
    """Compiles staged sources: the HTML here, the PDF at the same time in a process of its own.

    Both are written from the same document tree: the same sources, read with the same settings.
    The process is a new one, not a copy of this one, and imports what it needs while the caller
    still runs notebooks.
    """

    def __init__(self) -> None:
        self._process = ProcessPoolExecutor(1, get_context("spawn"), _import_all)
        self._process.submit(_import_all)

    def __enter__(self) -> Builder:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.shutdown()

    def start_pdfs(
        self, report: Published, sources: Path, output: Path, first_page: int = 1
    ) -> Callable[[], list[Path]]:
        """Begin with the PDFs; return what waits for them and gives their paths.

        The pack's pages are numbered from `first_page`. Waiting raises BookError at the first
        warning, or if a PDF is not accessible.
        """
        documents = typst_documents(report, first_page)
        settings = {**_settings(report), "typst_documents": documents}
        making = self._process.submit(_build, settings, sources, output, "typst")

        def finished() -> list[Path]:
            try:
                making.result()
            except BrokenProcessPool:
                raise BookError("The process that makes the PDFs was stopped.") from None
            return [output / f"{document['name']}.pdf" for document in documents]

        return finished

    def build_html(self, report: Published, sources: Path, output: Path) -> None:
        """Compile the staged sources to HTML; raise BookError at the first warning."""
        _build(_settings(report), sources, output, "html")
        # Sphinx's note to itself, for builds that go on from this one; it differs by machine.
        (output / ".buildinfo").unlink()


def _import_all() -> None:
    """Import what compiling needs, before there is anything to compile."""
    import sphinx_book_theme  # noqa: F401

    from hscb_report.outputs.book import extension  # noqa: F401


def typst_documents(report: Published, first_page: int = 1) -> list[dict[str, Any]]:
    """Return the PDFs to make, as the Typst builder wants them; the pack begins at a page.

    The dictionary of the data stands in the HTML alone: on paper it would be a quarter of the
    report, and nobody looks up a column there.
    """
    board, year = report.settings.board, report.settings.year
    annual, plan = f"{board.name} {year.title}", f"{board.name} {year.plan.title}"
    covering = f"Covering report: {board.name}, {year.title} and {year.plan.title}"
    volumes: dict[str, dict[str, Any]] = {
        "covering-report": {"title": "Covering report"},
        "annual-report": {"title": year.title, "has_start_page": True},
        "business-plan": {"title": year.plan.title},
    }
    present = {page.part for page in report.contents}
    for name, volume in volumes.items():
        volume["parts"] = tuple(
            part.title for part in PARTS if part.volume == name and part in present
        )
    titles = {"annual-report": annual, "business-plan": plan, "covering-report": covering}
    documents = [_document(report, name, title, [volumes[name]]) for name, title in titles.items()]
    pack = f"{board.name}: covering report, {year.title} and {year.plan.title}"
    return [*documents, _document(report, "pack", pack, [*volumes.values()], first_page=first_page)]


def _document(
    report: Published, name: str, title: str, volumes: list[Any], **options: Any
) -> dict[str, Any]:
    settings = report.settings
    running = {
        "annual-report": settings.year.title,
        "business-plan": settings.year.plan.title,
        "covering-report": "Covering report",
        "pack": f"{settings.year.title} and {settings.year.plan.title}",
    }
    return {
        "start": "index",
        "name": f"{name}-{report.year}{'-board' if report.is_for_board else ''}",
        "title": title,
        "subtitle": "A reconstruction from published facts",
        "author": "hscb_report, from the Board's published documents",
        "notice": _notice(report),
        "running": f"{settings.board.short_name} {running[name]}",
        "language": settings.board.language,
        "volumes": volumes,
        **options,
    }


def _build(settings: dict[str, Any], sources: Path, output: Path, builder: str) -> None:
    from jupyter_book.sphinx import build_sphinx

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), _quiet_logging():
        result = build_sphinx(
            str(sources),
            str(output),
            noconfig=True,
            path_config=str(sources / "_config.yml"),
            confoverrides=settings,
            doctreedir=str(output.with_suffix(".doctrees")),
            builder=builder,
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
    title = f"{board.short_name} {report.settings.year.title}"
    exhibits = {exhibit.label: exhibit.as_json() for exhibit in report.exhibits}
    return {
        "latex_individualpages": False,
        "html_title": title,
        "html_theme_options": {"announcement": _marking(report)},
        "project": title,
        "language": board.language.split("-")[0],
        "myst_substitutions": {
            **report.names,
            **_fact_roles(report),
        },
        "hscb_exhibits": exhibits,
        "hscb_callouts": {callout.name: asdict(callout) for callout in report.results.callouts},
        "hscb_sections": [asdict(section) for section in report.results.tags],
        "hscb_outlines": {
            name: [asdict(section) for section in sections]
            for name, sections in report.results.outlines.items()
        },
        "hscb_facts": {
            fact.id: {"text": fact.text, "anchor": fact.anchor} for fact in report.facts
        },
        "hscb_working_papers": paper_names(report.contents),
    }


def _notice(report: Published) -> str:
    return (
        f"{_marking(report)} This is a reconstruction from published facts, not the Board's own "
        "publication. Every figure can be traced to the document and line it was read from."
    ).strip()


def _marking(report: Published) -> str:
    return "Board edition: not for publication." if report.is_for_board else ""


def _fact_roles(report: Published) -> dict[str, Any]:
    """Return the facts as nested names, so that `{{ budget.spend }}` becomes the role of one."""
    chapters: dict[str, Any] = {}
    for fact in report.facts:
        chapter, name = fact.id.split(".", 1)
        chapters.setdefault(chapter, {})[name] = f"{{fact}}`{fact.id}`"
    return chapters


def _told(said: str, sources: Path) -> str:
    """Return what the build said was wrong, without colours and paths of the staging folder."""
    plain = _ANSI.sub("", said).replace(f"{sources}/", "")
    lines = [line for line in plain.splitlines() if re.search(r"WARNING|ERROR|CRITICAL", line)]
    return "The book did not compile:\n" + "\n".join(lines or plain.strip().splitlines()[-5:])
