"""`make audit` tells what is wrong with which page at which width, and fails if anything is."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.audit import LOOKS, main
from tests.browser.test_seen import GOOD

pytestmark = pytest.mark.slow


@pytest.fixture
def made(tmp_path: Path, browser: Browser) -> Path:
    """Return the folder of a report of two pages; it is only looked at where there is a browser."""
    browser.close()
    for name in ("html/index.html", "working-papers/budget.html"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(GOOD, "utf-8")
    return tmp_path


def test_a_report_without_a_fault_passes(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--report", str(made)]) == 0
    told = capsys.readouterr().out
    assert f"report: 2 pages, {2 * len(LOOKS)} views" in told
    assert "Nothing was found." in told


def test_a_fault_is_told_with_its_place_and_fails(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A width at which something is too wide is a place of its own."""
    paper = made / "working-papers/budget.html"
    paper.write_text(GOOD.replace("<p>", '<p style="width: 500px; color: #999">'), "utf-8")
    assert main(["--report", str(made), "--page", "budget"]) == 1
    told = capsys.readouterr().out
    assert f"report: 1 page, {len(LOOKS)} views" in told
    assert f"{len(LOOKS)} color-contrast" in told
    assert "working-papers/budget.html (320 px, light, text 100 %)" in told
    assert "the page is 508 px wide in 320" in told
    assert "in 768" not in told


def test_what_is_not_there_is_told(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--report", str(made), "--page", "bugdet"]) == 2
    assert 'has "bugdet" in its path' in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--report", str(made / "nowhere")])
    assert "is no report: it has no html/index.html" in capsys.readouterr().err
