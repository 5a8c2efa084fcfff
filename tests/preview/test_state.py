"""What a preview shows: pages or what is wrong, numbered, and which pages have changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from hscb_report.preview.state import Fault, Pages, State, changed_pages

FAULT = Fault(("error: a cell",))


def pages(folder: Path, **texts: str) -> Pages:
    """Return pages as they might have been made, each with a text."""
    for name, text in {"index": "first", "budget": "money", **texts}.items():
        file = folder / f"{name}.html" if "/" not in name else folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return Pages(folder, "2013-14", 0.1)


@pytest.fixture
def shown(tmp_path: Path) -> State:
    """Return a state that shows pages, which are the second thing that it shows."""
    state = State()
    state.take(pages(tmp_path / "one"))
    return state


def test_a_page_that_waited_for_the_first_pages_is_shown_anew(shown: State) -> None:
    assert shown.told(1)["isOther"]
    assert not shown.told(shown.number)["isOther"]


def test_a_page_that_has_changed_is_named_to_those_who_saw_it_before(
    shown: State, tmp_path: Path
) -> None:
    before = shown.number
    shown.take(pages(tmp_path / "two", budget="more money"))
    assert shown.told(before)["changed"] == ["budget.html"]
    assert not shown.told(before)["isOther"]
    assert shown.told(shown.number)["changed"] == []


def test_who_missed_a_change_is_told_of_it_later(shown: State, tmp_path: Path) -> None:
    before = shown.number
    shown.take(pages(tmp_path / "two", budget="more money"))
    shown.take(pages(tmp_path / "three", budget="more money", index="other"))
    assert shown.told(before)["changed"] == ["budget.html", "index.html"]


def test_a_fault_takes_the_place_of_every_page_until_it_is_mended(
    shown: State, tmp_path: Path
) -> None:
    before = shown.number
    shown.take(FAULT)
    assert shown.fault == FAULT
    assert shown.told(before)["isFault"]
    assert shown.told(before)["isOther"]
    at_fault = shown.number
    shown.take(Fault(("error: another",)))
    assert shown.told(at_fault)["isOther"]
    at_fault = shown.number
    shown.take(pages(tmp_path / "two"))
    assert shown.fault is None
    assert shown.told(at_fault)["isOther"]


def test_what_changed_while_something_was_wrong_is_told(shown: State, tmp_path: Path) -> None:
    before = shown.number
    shown.take(FAULT)
    shown.take(pages(tmp_path / "two", budget="more money"))
    assert shown.told(before)["changed"] == ["budget.html"]


def test_pages_are_being_made_until_they_are_taken(shown: State, tmp_path: Path) -> None:
    shown.is_making = True
    assert shown.told(1)["isMaking"]
    shown.take(pages(tmp_path / "two"))
    assert not shown.told(1)["isMaking"]


def test_a_page_that_is_new_has_changed(tmp_path: Path) -> None:
    pages(tmp_path / "one")
    pages(tmp_path / "two", more="new")
    assert [*changed_pages(tmp_path / "one", tmp_path / "two")] == ["more.html"]


def test_what_pages_look_like_is_part_of_each(tmp_path: Path) -> None:
    for folder, css, index in (("one", "red", "a"), ("two", "blue", "b"), ("three", "red", "b")):
        pages(tmp_path / folder)
        (tmp_path / folder / "_static").mkdir()
        (tmp_path / folder / "_static/tokens.css").write_text(css)
        (tmp_path / folder / "_static/search-index.js").write_text(index)
    one, two, three = (tmp_path / name for name in ("one", "two", "three"))
    assert [*changed_pages(one, two)] == ["budget.html", "index.html"]
    assert [*changed_pages(one, three)] == []
