"""Stored outputs are compared for the year that they are of; when one differs, how to renew it."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from functools import cache
from typing import Any

import pytest

from hscb_report.handed_over import handed_over
from hscb_report.notebooks import stored_year
from hscb_report.report import open_report

_opened = cache(open_report)


def pytest_itemcollected(item: Any) -> None:
    """Name a cell as JupyterLab counts those of code, from 1, and as our messages do."""
    if hasattr(item, "cell_num"):
        item.name = f"code cell {item.cell_num + 1}"
        item._nodeid = f"{item.parent.nodeid}::{item.name}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: Any) -> Generator[None, None, None]:
    """Before a notebook's kernel starts, keep the report of its year; it stays until it stops.

    So a further year in the data root, which the notebooks would open, changes no output.
    """
    if item.parent.kernel:
        return (yield)
    keeping = contextlib.ExitStack()
    keeping.enter_context(handed_over(_opened(stored_year(item.path))))
    try:
        return (yield)
    finally:
        item.parent.addfinalizer(keeping.close)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the command, once, after the cells that differ."""
    failed = [
        report.nodeid
        for report in terminalreporter.stats.get("failed", [])
        if ".ipynb::" in report.nodeid
    ]
    if failed:
        terminalreporter.section("stored notebook outputs differ")
        for cell in failed:
            terminalreporter.line(cell)
        terminalreporter.line(
            "If the new output is what it should be, run `make refresh` and commit the notebooks."
        )
