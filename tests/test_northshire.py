"""Northshire, the example of a whole board, and the generator of invented boards that makes it."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest

from examples.invent.root import root
from examples.invent.world import NORTHSHIRE
from examples.invent.writing import files_of, write_root
from hscb_report.report import PROJECT, check_year, open_report
from hscb_report.schema.vocabularies import CHOSEN

FOLDER = PROJECT / "examples" / "northshire"
YEARS = ("2020-21", "2021-22", "2022-23", "2023-24", "2024-25")
REMAKE = "python -m examples.invent --seed 1 --out examples/northshire"
# The warnings that are meant, by year: each is accepted, with the reason.
MEANT = {"2024-25": ["R25"]}


def files_in(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_folder_is_what_the_generator_makes(tmp_path: Path) -> None:
    """If the generator, or a table that it fills, has changed, the folder is made anew."""
    write_root(root(NORTHSHIRE), tmp_path / "made")
    made, held = files_in(tmp_path / "made"), files_in(FOLDER)
    assert sorted(held) == sorted(made), REMAKE
    assert [path for path in made if held[path] != made[path]] == [], REMAKE


def test_it_is_of_a_size_that_a_repository_can_hold() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 1_500_000


@pytest.mark.parametrize("year", YEARS)
def test_its_years_have_no_error_and_only_the_warnings_that_are_meant(year: str) -> None:
    checks = check_year(year, FOLDER)
    assert [finding.rule for finding in checks.findings] == MEANT.get(year, [])
    accepted = [result.rule.code for result in checks.results if result.outcome == "accepted"]
    assert accepted == MEANT.get(year, [])


def test_the_same_seed_gives_the_same_board_whatever_was_drawn_before() -> None:
    first = files_of(root(7, 2))
    random.seed(0)
    assert files_of(root(7, 2)) == first
    assert files_of(root(8, 2)) != first


def is_sound(folder: Path) -> bool:
    """Whether the latest year has no error, and no earlier one either: one would be left out."""
    findings = check_year(data=folder).findings
    return not [str(f) for f in findings if f.severity == "error" or f.rule == "H2"]


@pytest.mark.parametrize("seed", [2, 3, 10])
def test_other_seeds_give_other_boards_without_an_error(seed: int, tmp_path: Path) -> None:
    made = root(seed)
    write_root(made, tmp_path / "board")
    assert "Northshire" not in str(made)
    assert is_sound(tmp_path / "board")


@pytest.mark.parametrize("years", [1, 8])
def test_a_board_has_as_many_years_as_are_asked_for(years: int, tmp_path: Path) -> None:
    write_root(root(4, years), tmp_path / "board")
    held = sorted(path.name for path in (tmp_path / "board").glob("20*"))
    assert (len(held), held[-1]) == (years, "2024-25")
    assert is_sound(tmp_path / "board")


def test_a_folder_that_holds_something_else_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="holds no board"):
        write_root(root(2, 1), tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_its_own_words_are_of_vocabularies_that_a_board_chooses() -> None:
    from examples.invent.stock import stock

    assert {row["vocabulary"] for row in stock("words")} <= set(CHOSEN)


# Its story: what a normal year holds, and what some years lack ---------------------------------


def test_every_balance_goes_on_in_the_next_year() -> None:
    reports = [open_report(year, data=FOLDER) for year in YEARS]
    for before, after in pairwise(reports):
        left = before.facts["budget.carried_forward"].figure.value
        assert after.facts["budget.brought_forward"].figure.value == left
    results = [report.facts["budget.in_year_balance"].figure.value for report in reports]
    assert any(result > 0 for result in results)
    assert any(result < 0 for result in results)


def test_a_year_without_case_reviews_is_between_years_with_some() -> None:
    assert [(FOLDER / year / "referrals.csv").exists() for year in YEARS] == [
        *[True] * 3,
        *[False, True],
    ]
    said = (FOLDER / "2023-24" / "text" / "review-of-the-year.md").read_text("utf-8")
    assert "No case was referred to the Case Review Group" in said


def test_it_was_a_board_before_it_was_a_partnership() -> None:
    settings = (FOLDER / "board.toml").read_text("utf-8")
    assert "Northshire Safeguarding Children Partnership" in settings
    assert 'until = "2019-20"' in settings
