"""Faults of the system are told in a line with what to do, whichever library met them."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hscb_report import making, publish, workplace
from hscb_report.cli import main
from hscb_report.errors import BookError, NotebookError, ReportError
from hscb_report.faults import fault_of_system
from hscb_report.outputs.book import jupyter_book
from hscb_report.report import PROJECT

SMALLSHIRE = PROJECT / "examples" / "smallshire"
TO_DO = {
    errno.ENOSPC: "The disk is full. Free some space",
    errno.EDQUOT: "Your share of the disk is full",
    errno.EROFS: "It can only be read",
    errno.EACCES: "Ask for the right to",
    errno.EMFILE: "Raise the limit",
    errno.ENAMETOOLONG: "Choose a folder with a shorter path",
}


def system(code: int, file: str | None = None) -> OSError:
    return OSError(code, os.strerror(code), file)


@pytest.mark.parametrize("code", TO_DO)
def test_what_the_system_refuses_is_told_with_what_to_do(code: int) -> None:
    told = fault_of_system(system(code, "/out/file"))
    assert told is not None
    assert told.exit_code == 2
    what = f'Cannot read or write "/out/file": {os.strerror(code)}. '
    assert str(told).startswith(what + TO_DO[code])


def test_a_fault_within_another_error_is_found() -> None:
    wrapped = RuntimeError("failed")
    wrapped.__cause__ = ValueError()
    wrapped.__cause__.__context__ = system(errno.ENOSPC)
    assert "The disk is full" in str(fault_of_system(wrapped))


@pytest.mark.parametrize("kind", [BookError, NotebookError, RuntimeError])
def test_a_full_disk_is_found_in_the_words_of_a_library(kind: type[Exception]) -> None:
    told = fault_of_system(kind("failed to write (No space left on device (os error 28))"))
    assert "The disk is full" in str(told)


def test_other_errors_are_no_fault_of_the_system() -> None:
    """What an error of ours came of is told by itself; a notebook may meet what it likes."""
    assert fault_of_system(ValueError("x")) is None
    assert fault_of_system(NotebookError("PermissionError: Permission denied")) is None
    own = ReportError("There is no such year.")
    own.__context__ = system(errno.ENOENT)
    assert fault_of_system(own) is None


def test_a_path_that_is_too_long_is_told_by_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = tmp_path.joinpath(*(["x" * 200] * 30))
    assert main(["render", "--data", str(SMALLSHIRE), "--out", str(long)]) == 2
    told = capsys.readouterr().err
    assert "Choose a folder with a shorter path" in told
    assert len(told) < 600


class NoBuilder:
    """Stands in for what compiles the book."""

    def __enter__(self) -> NoBuilder:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def start(self, report: object, sources: object, output: Path, *_: object) -> Any:
        (output / "html").mkdir(parents=True)
        (output / "html" / "index.html").write_text("")
        return lambda: jupyter_book.Compiled(output / "html", ())


def raises(error: Exception) -> Callable[..., Any]:
    def fails(*_: object, **__: object) -> None:
        raise error

    return fails


FULL = system(errno.ENOSPC)
STEPS: dict[str, tuple[Any, str, Exception]] = {
    "a workplace": (workplace, "turn", FULL),
    "notebooks": (making, "run_notebooks", NotebookError(f"OSError: {FULL}")),
    "the book": (NoBuilder, "start", BookError(f"Exception occurred: {FULL}")),
    "the PDFs": (NoBuilder, "start", RuntimeError("No space left on device (os error 28)")),
    "open tables": (making, "write_open_tables", FULL),
    "the manifest": (making, "_write_json", FULL),
    "the last step": (publish, "put_in_place", FULL),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_disk_that_is_full_at_any_step_leaves_the_earlier_report_and_one_line(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = tmp_path / "2016-17"
    earlier.mkdir()
    (earlier / "manifest.json").write_text("{}")
    monkeypatch.setattr(jupyter_book, "Builder", NoBuilder)
    monkeypatch.setattr(making, "run_notebooks", lambda *_: ())
    where, name, error = STEPS[step]
    monkeypatch.setattr(where, name, raises(error))
    assert main(["render", "--data", str(SMALLSHIRE), "--out", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert "No space left on device. The disk is full." in told
    assert len(told.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["2016-17"]
    assert [path.name for path in earlier.iterdir()] == ["manifest.json"]
