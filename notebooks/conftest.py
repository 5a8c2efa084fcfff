"""When a notebook's stored output differs, say how to renew it."""

from __future__ import annotations

import pytest


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
