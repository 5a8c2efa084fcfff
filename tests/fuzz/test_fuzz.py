"""Damaged inputs end in plain findings, and what would not is found by the fuzzer itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import planted, watch
from tests.fuzz.files import ABSENT, FIFO, FOLDER, Sandbox, Special, copied_project
from tests.fuzz.inputs import input_of
from tests.fuzz.run import fuzz, upwards

SEED, INPUTS = 1, 800


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    folder = tmp_path_factory.mktemp("sandbox").resolve()
    copied_project(folder)
    return Sandbox.opened(folder)


def on_disk(sandbox: Sandbox) -> dict[str, bytes]:
    return dict(Sandbox.opened(sandbox.folder).files)


@pytest.mark.slow
def test_no_damaged_input_does_more_than_to_be_told(sandbox: Sandbox) -> None:
    """No traceback, no hang, no row lost in silence, and a report opens where a check passes."""
    outcome = fuzz(SEED, upwards(0, INPUTS), made=sandbox.folder)
    assert not outcome.causes, "\n".join(outcome.lines())
    assert outcome.tried == INPUTS


def test_an_input_follows_from_its_seed_and_number(sandbox: Sandbox) -> None:
    drawn = [input_of(sandbox, 1, number) for number in range(200)]
    assert drawn == [input_of(sandbox, 1, number) for number in range(200)]
    assert drawn != [input_of(sandbox, 2, number) for number in range(200)]
    assert {name.split(":")[0] for given in drawn for name in given.names} >= {
        *("table alone", "table", "settings", "page", "folder", "notebook")
    }


def test_what_an_input_changes_is_as_it_was_afterwards(sandbox: Sandbox) -> None:
    for number in range(400):
        with sandbox.changed(input_of(sandbox, 3, number).change):
            pass
    assert on_disk(sandbox) == dict(sandbox.files)


def test_every_kind_of_change_is_made_and_taken_back(sandbox: Sandbox) -> None:
    root = sandbox.boards[0].root
    link = Special("link", "/nowhere")
    change = {f"{root}/{name}": kind for name, kind in (("a", FIFO), ("b", FOLDER), ("c", link))}
    change |= {f"{root}/board.toml": ABSENT, f"{root}/reference": b"a file"}
    with sandbox.changed(change):
        place = sandbox.folder / root
        assert (place / "a").is_fifo()
        assert (place / "b").is_dir()
        assert (place / "c").is_symlink()
        assert (place / "reference").is_file()
        assert not (place / "board.toml").exists()
    assert on_disk(sandbox) == dict(sandbox.files)
    assert not any((sandbox.folder / root / name).is_symlink() for name in "abc")


def test_nothing_is_written_through_a_link_out_of_the_copy(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = sandbox.boards[0].root
    link = Special("link", str(outside))
    with sandbox.changed({f"{root}/out": link, f"{root}/out/x.csv": b"x"}):
        assert not any(outside.iterdir())
    with sandbox.changed({f"{root}/reference": b"", f"{root}/reference/x.csv": b"x"}):
        assert (sandbox.folder / root / "reference").is_file()
    assert on_disk(sandbox) == dict(sandbox.files)


@pytest.mark.parametrize(
    ("defect", "what", "numbers"),
    [
        ("raise", "traceback", range(12)),
        ("drop", "silent loss", range(60)),
        ("wait", "hang", range(1)),
        ("die", "crash", range(2)),
    ],
)
def test_a_planted_defect_is_found(
    sandbox: Sandbox, defect: str, what: str, numbers: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that raises, drops a row, never ends, or takes the process with it."""
    monkeypatch.setenv(planted.VARIABLE, defect)
    monkeypatch.setenv(watch.VARIABLE, "2")
    outcome = fuzz(
        SEED, numbers, planted="tests.fuzz.planted", made=sandbox.folder, reduce=defect == "raise"
    )
    assert what in {cause.failure.what for cause in outcome.causes.values()}
    assert outcome.tried == len(numbers)
    told = "\n".join(outcome.lines())
    assert f"make fuzz SEED={SEED} ONE=" in told
