"""The one module that talks to Jupyter Book (1.x): sources in, HTML and PDF out."""

from __future__ import annotations

import contextlib
import io
import logging
import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from hscb_report.account import account
from hscb_report.errors import BookError
from hscb_report.exhibits.dictionary import dictionary
from hscb_report.report import Report, common_names
from hscb_report.schema.vocabularies import JOURNEY_AREA

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

    def start_pdf(self, report: Report, sources: Path, output: Path) -> Callable[[], Path]:
        """Begin with the PDF; return what waits for it and gives its path.

        That raises BookError at the first warning, or if the PDF is not accessible.
        """
        making = self._process.submit(_build, _settings(report), sources, output, "typst")

        def finished() -> Path:
            try:
                making.result()
            except BrokenProcessPool:
                raise BookError("The process that makes the PDF was stopped.") from None
            return output / f"{annual_report_name(report)}.pdf"

        return finished

    def build_html(self, report: Report, sources: Path, output: Path) -> None:
        """Compile the staged sources to HTML; raise BookError at the first warning."""
        _build(_settings(report), sources, output, "html")
        # Sphinx's note to itself, for builds that go on from this one; it differs by machine.
        (output / ".buildinfo").unlink()


def _import_all() -> None:
    """Import what compiling needs, before there is anything to compile."""
    import sphinx_book_theme  # noqa: F401

    from hscb_report.book import extension  # noqa: F401


def annual_report_name(report: Report) -> str:
    """Return the stem of the annual report's file name."""
    return f"annual-report-{report.year}{'-board' if report.edition == 'board' else ''}"


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


def _settings(report: Report) -> dict[str, Any]:
    """Return the Sphinx settings that depend on the year and the board."""
    board = report.settings.board
    title = f"{board.short_name} {report.settings.year.title}"
    exhibits = {e.label: e.as_json() for e in (*report.exhibits, *account(report), *dictionary())}
    return {
        "latex_individualpages": False,
        "html_title": title,
        "html_theme_options": {"announcement": _marking(report)},
        "project": title,
        "language": board.language.split("-")[0],
        "myst_substitutions": {**common_names(report.checks.loaded), **_fact_roles(report)},
        "hscb_exhibits": exhibits,
        "hscb_callouts": _callouts(report),
        "hscb_sections": [
            {"page": row.page, "section": row.section, "areas": list(row.areas)}
            for row in report.checks.loaded.tables.section_tags
        ],
        "hscb_facts": {fact.id: fact.text for fact in report.facts},
        "typst_documents": [
            {
                "start": "index",
                "name": annual_report_name(report),
                "title": f"{board.name} {report.settings.year.title}",
                "subtitle": "A reconstruction from published facts",
                "author": "hscb_report, from the Board's published report",
                "notice": _notice(report),
                "running": title,
                "language": board.language,
            }
        ],
    }


def _callouts(report: Report) -> dict[str, Any]:
    return {
        row.callout: {
            "areas": list(row.areas),
            "titles": [JOURNEY_AREA[area] for area in row.areas],
            "text": row.text,
        }
        for row in report.checks.loaded.tables.callouts
    }


def _notice(report: Report) -> str:
    return (
        f"{_marking(report)} This is a reconstruction from published facts, not the Board's own "
        "publication. Every figure can be traced to the document and line it was read from."
    ).strip()


def _marking(report: Report) -> str:
    return "Board edition: not for publication." if report.edition == "board" else ""


def _fact_roles(report: Report) -> dict[str, Any]:
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
