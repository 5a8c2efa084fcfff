"""A year begun from the one before, or a board begun: what is in its files, and what is refused."""

from __future__ import annotations

import csv
import io
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from examples.invent.root import root as invented
from examples.invent.writing import write_root
from hscb_report.errors import DataError, ReportError, UsageError
from hscb_report.new_year.contents import Normals
from hscb_report.report import check_year, table_schemas, year_status
from hscb_report.report.beginning import Created, create, created_lines
from hscb_report.schema import TableSchema
from hscb_report.schema.line import Line
from hscb_report.schema.row import ABOUT_A_ROW, STANDING
from hscb_report.schema.slips import NUMBERS
from hscb_report.store.year import available_years
from tests.small_board import (
    CHOSEN_FOR_YEARS,
    LAST,
    LATER,
    NEXT,
    REVIEW,
    SMALLSHIRE,
    TABLES,
    content_of,
    copied_board,
    records,
    states,
)

SCHEMAS = {schema.name: schema for schema in table_schemas()}
BORSETSHIRE = "Borsetshire Safeguarding Children Board"


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return copied_board(tmp_path / "board")


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


# The next year ------------------------------------------------------------------------------------


def test_the_next_year_has_the_tables_and_texts_of_the_last_and_is_a_draft(board: Path) -> None:
    before = content_of(board)
    created = create(NEXT, board)
    tables = {f"{name}.csv" for name in (*TABLES, *CHOSEN_FOR_YEARS)}
    assert set(created.files) == {*tables, REVIEW, "year.toml"}
    made = content_of(created.folder)
    assert {n: raw.decode() for n, raw in made.items() if not n.endswith("/")} == created.files
    assert tomllib.loads(created.files["year.toml"]) == {
        "year": NEXT,
        "kind": "example",
        "status": "draft",
        "draft": 1,
    }
    after = {n: raw for n, raw in content_of(board).items() if not n.startswith(NEXT)}
    assert after == before


def test_what_carries_over_is_there_and_every_figure_is_empty(board: Path) -> None:
    files = create(NEXT, board).files
    assert cells(files["membership.csv"]) == records("membership")
    assert cells(files["training_offers.csv"]) == records("training_offers")
    then = records("contributions")
    assert cells(files["contributions.csv"]) == [then[0], *([*r[:2], ""] for r in then[1:])]
    balances = dict(records("fund_balances")[1:])
    assert cells(files["fund_balances.csv"])[1:] == [
        ["brought_forward", balances["carried_forward"]],
        ["carried_forward", ""],
    ]
    first = cells(files["training_deliveries.csv"])
    months = [(row[1], row[2]) for row in first[1:]]
    assert months == [("2017-M04", "2018-M03"), ("2017-M05", "2017-M11")]
    assert {row[first[0].index("attended")] for row in first[1:]} == {""}


def test_a_text_is_its_heading_a_prompt_and_the_facts_that_fit(board: Path) -> None:
    text = create(NEXT, board).files[REVIEW]
    assert text.startswith("# The year\n\nTODO: ")
    assert "{{ budget.spend.trend }}" in text
    assert "neglect easier" not in text
    assert "{{ year }}" not in text


def test_a_folder_that_is_there_and_empty_is_used(board: Path) -> None:
    (board / NEXT).mkdir()
    create(NEXT, board)
    assert (board / NEXT / "year.toml").exists()


def test_a_year_remade_from_its_report_is_followed_by_a_publication(data: Path) -> None:
    assert tomllib.loads((data / "2013-14" / "year.toml").read_text("utf-8"))["kind"] == (
        "reconstruction"
    )
    created = create("2014-15", data)
    assert tomllib.loads(created.files["year.toml"])["kind"] == "publication"


def test_with_a_chapter_every_table_that_it_is_about_is_there(board: Path) -> None:
    created = create(NEXT, board, chapters=["plan", "attendance", "plan"])
    added = {"actions.csv", "action_areas.csv", "objectives.csv", "attendance_agencies.csv"}
    assert added <= set(created.files)
    assert len(cells(created.files["actions.csv"])) == 1
    assert cells(created.files["membership.csv"]) == records("membership")


def test_with_a_chapter_of_measures_the_tables_of_measures_are_there(board: Path) -> None:
    assert "measurements.csv" in create(NEXT, board, chapters=["performance"]).files


# What is refused ----------------------------------------------------------------------------------


def refused(root: Path, year: str, **options: object) -> str:
    """Return why a year is not created, and see that nothing has changed."""
    before = content_of(root)
    with pytest.raises(ReportError) as error:
        create(year, root, **options)  # type: ignore[arg-type]
    assert content_of(root) == before
    return str(error.value)


def test_a_year_that_skips_one_is_refused_and_the_one_to_create_first_is_named(
    board: Path,
) -> None:
    told = refused(board, LATER)
    assert f"There is no {NEXT}, from which {LATER} would begin" in told
    assert f"`hscb-report create {NEXT} --data {board}`" in told


@pytest.mark.parametrize("year", ["2015-16", "2000-01"])
def test_a_year_before_the_first_is_refused(year: str, board: Path) -> None:
    assert f"{year} lies before {LAST}, the first year" in refused(board, year)


def test_a_year_between_is_refused(board: Path) -> None:
    shutil.copytree(board / LAST, board / LATER)
    assert "A year is begun from the latest one: 2019-20." in refused(board, NEXT)


def test_a_year_that_is_there_is_refused(board: Path) -> None:
    assert "is there already, and is not touched" in refused(board, LAST)
    (board / NEXT).write_text("a file", "utf-8")
    assert "is there already, and is not touched" in refused(board, NEXT)


def test_without_a_board_there_is_nothing_to_begin_from(tmp_path: Path) -> None:
    told = refused(tmp_path, NEXT)
    assert "There is no board" in told
    assert '--board "…"' in told


def test_every_chapter_that_there_is_not_is_told(board: Path) -> None:
    told = refused(board, NEXT, chapters=["budgt", "plan", "zzzz"]).splitlines()
    assert told[0] == 'Unknown chapter "budgt". Did you mean "budget"?'
    assert told[1].startswith('Unknown chapter "zzzz". Known: ')
    assert len(told) == 2


def test_every_error_of_the_year_before_is_told(board: Path) -> None:
    (board / LAST / "contributions.csv").write_text("agency\n", "utf-8")
    (board / LAST / "expenditure.csv").write_bytes(b"")
    (board / LAST / REVIEW).write_bytes(b"\xff\xfe\x00")
    before = content_of(board)
    with pytest.raises(DataError) as damaged:
        create(NEXT, board)
    files = {finding.file for finding in damaged.value.findings}
    assert files == {f"{LAST}/contributions.csv", f"{LAST}/expenditure.csv", f"{LAST}/{REVIEW}"}
    assert content_of(board) == before


@pytest.mark.parametrize("file", ["board.toml", f"{LAST}/year.toml"])
@pytest.mark.parametrize("raw", [b"no settings", b"\xff", None])
def test_damaged_settings_begin_nothing(file: str, raw: bytes | None, board: Path) -> None:
    (board / file).unlink()
    if raw is not None:
        (board / file).write_bytes(raw)
    assert Path(file).name in refused(board, NEXT)


def test_a_contradiction_in_the_year_before_is_not_carried_on(board: Path) -> None:
    balances = board / LAST / "fund_balances.csv"
    balances.write_text(balances.read_text("utf-8").replace("11050", "11051"), "utf-8")
    assert "balance" in refused(board, NEXT)


# A new board --------------------------------------------------------------------------------------


def test_a_new_board_begins_without_an_error(tmp_path: Path) -> None:
    board = tmp_path / "a" / "board"
    created = create("2025-26", board, BORSETSHIRE)
    assert tomllib.loads(created.files["board.toml"]) == {
        "name": BORSETSHIRE,
        "short_name": "BSCB",
        "area": "Borsetshire",
    }
    assert available_years(board)[0].first == 2025
    findings = check_year("2025-26", board).findings
    assert {f.severity for f in findings} == {"warning"}
    assert set(states(board, "2025-26").values()) == {"empty"}
    assert any("guessed" in line for line in created_lines(created))


def test_the_tables_of_a_new_board_are_those_of_the_smallest_example(tmp_path: Path) -> None:
    files = create("2025-26", tmp_path / "board", BORSETSHIRE).files
    tables = {name: text for name, text in files.items() if name.endswith(".csv")}
    of_chapters = [name for name in TABLES if name != "points"]  # nobody knows its points yet
    named = {f"2025-26/{name}.csv" for name in of_chapters}
    assert set(tables) == {"reference/agencies.csv", *named}
    for name in of_chapters:
        (heading,) = cells(tables[f"2025-26/{name}.csv"])
        about_rows = SCHEMAS[name].about_rows
        assert heading == [c.name for c in SCHEMAS[name].columns if c.name not in about_rows]


def test_a_new_board_has_what_its_chapters_need(tmp_path: Path) -> None:
    created = create("2025-26", tmp_path / "board", BORSETSHIRE, ["performance", "plan"])
    assert {"reference/measures.csv", "2025-26/measurements.csv", "2025-26/actions.csv"} <= set(
        created.files
    )
    assert cells(created.files["reference/areas.csv"])[1] == ["Borsetshire", "own"]
    assert not [f for f in check_year("2025-26", created.root).findings if f.severity == "error"]


NAMES = [
    "O'Hara’s Board",
    "{{ year }}",
    "<b>Board</b>",
    "#set",
    "of the and",
    "The Safeguarding Board of X",
    "The",
    "Ž 3",
    " Children Board ",
    "x" * 200,
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_text_whatever_it_looks_like(name: str, tmp_path: Path) -> None:
    create("2025-26", tmp_path / "board", name, ["performance"])
    with (tmp_path / "board" / "board.toml").open("rb") as file:
        settings = tomllib.load(file)
    assert settings["name"] == name.strip()
    assert all(value.strip() for value in settings.values())
    assert settings["area"].lower() != "the" or name == "The"
    findings = check_year("2025-26", tmp_path / "board").findings
    assert [str(f) for f in findings if f.severity == "error"] == []


NO_NAMES = [
    "",
    "  ",
    "---",
    'the "Board"',
    "back\\slash",
    "two\nlines",
    "a\rb",
    "tab\t",
    "x" * 201,
    "x" * 300,
    "😀 Board",
    "\u202eBoard",
    "a\u2028b",
    "\x85x",
    "\ud800",
    "\x00",
]


@pytest.mark.parametrize("name", NO_NAMES, ids=ascii)
def test_what_is_no_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--board: found"):
        create("2025-26", tmp_path / "board", name)
    assert not list(tmp_path.iterdir())


def test_a_board_that_is_there_is_not_begun_again(board: Path) -> None:
    assert "There is a board in" in refused(board, NEXT, board=BORSETSHIRE)


def test_a_folder_that_holds_something_else_is_no_place_for_a_board(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear", "utf-8")
    assert "is there already" in refused(tmp_path, NEXT, board=BORSETSHIRE)


def test_an_unknown_chapter_begins_no_board(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="Unknown chapter"):
        create(NEXT, tmp_path / "board", BORSETSHIRE, ["nix"])
    assert not list(tmp_path.iterdir())


def test_a_board_without_a_year_begins_its_first(tmp_path: Path) -> None:
    shutil.copy(SMALLSHIRE / "board.toml", tmp_path)
    created = create(NEXT, tmp_path)
    assert created.folder == tmp_path / NEXT
    assert set(states(tmp_path)) == {
        name.removesuffix(".csv") for name in created.files if name != "year.toml"
    }


# Boards that nobody has seen ----------------------------------------------------------------------


@pytest.fixture(scope="module", params=[2, 3, 4, 5])
def invented_board(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Created:
    """Return what was created for the next year of an invented board."""
    folder = tmp_path_factory.mktemp("invented") / "board"
    write_root(invented(request.param, 2), folder)
    return create("2025-26", folder)


def tables_of(created: Created) -> list[tuple[TableSchema, list[Line], list[Line]]]:
    """Return each table that was created: its schema, its rows, and those of the year before."""
    found = []
    for name, text in created.files.items():
        if name.endswith(".csv"):
            then = created.root / str(created.year.previous) / name
            before = lines_of(then.read_text("utf-8")) if then.exists() else []
            found.append((SCHEMAS[name.removesuffix(".csv")], lines_of(text), before))
    return found


def lines_of(text: str) -> list[Line]:
    heading, *rows = cells(text)
    given = [{n: c for n, c in zip(heading, row, strict=True) if c} for row in rows]
    return [Line(number, row) for number, row in enumerate(given, 2)]


def test_every_number_is_empty_or_last_years_because_its_column_says_so(
    invented_board: Created,
) -> None:
    numbers = 0
    for schema, lines, before in tables_of(invented_board):
        if schema.info.next_year == STANDING:
            continue
        for column in schema.columns:
            if column.kind.name not in NUMBERS:
                continue
            source = column.carried.begins_as or column.name
            known = {line.get(source) for line in before}
            for line in lines:
                cell = line.get(column.name)
                is_meant = column.carried.begins_as or column.carried.as_ == "kept"
                if schema.name == "fund_balances" and line.get("balance") == "brought_forward":
                    closing = [b for b in before if b.get("balance") == "carried_forward"]
                    assert cell == closing[0].get("amount")
                else:
                    assert not cell or (is_meant and cell in known), (schema.name, column.name)
                numbers += 1
    assert numbers > 50


def test_no_row_says_where_last_years_came_from(invented_board: Created) -> None:
    about = set(ABOUT_A_ROW) - {"note"}
    for schema, lines, _ in tables_of(invented_board):
        assert not [line for line in lines if about & set(line.cells)], schema.name


def test_every_row_is_one_of_last_years_as_far_as_it_goes(invented_board: Created) -> None:
    """Nothing is made up: whatever a row holds stood in last year's, but for years and numbers."""
    for schema, lines, before in tables_of(invented_board):
        normals = Normals(schema)
        own = {c.name for c in schema.columns if c.carried.begins_as} | {"balance", "continues"}
        then = [dict(normals.of(line)) for line in before]
        for line in lines:
            now = {n: c for n, c in normals.of(line) if n not in own}
            if schema.name != "fund_balances":
                assert any(now.items() <= other.items() for other in then), (schema.name, now)


def test_status_lists_every_file_that_was_created(invented_board: Created) -> None:
    status = year_status("2025-26", invented_board.root)
    listed = {item.file.removeprefix("2025-26/") for item in status.items}
    standing = {f"{s.name}.csv" for s in SCHEMAS.values() if s.info.next_year == STANDING}
    assert set(invented_board.files) - standing - {"year.toml"} == listed


def test_nothing_of_it_is_done_and_nothing_last_years_as_it_was(invented_board: Created) -> None:
    found = {item.name: item.state for item in year_status("2025-26", invented_board.root).items}
    assert set(found.values()) <= {"empty", "to_confirm"}


def test_no_sentence_of_last_years_texts_is_in_it(invented_board: Created) -> None:
    folder = invented_board.root / str(invented_board.year.previous)
    texts = {n: t for n, t in invented_board.files.items() if n.endswith(".md")}
    assert texts
    for name, text in texts.items():
        words = set(re.findall(r"^(?![#(`:~]).{30,}$", (folder / name).read_text("utf-8"), re.M))
        assert not words & set(text.splitlines())
        assert "TODO" in text or not words


def test_it_is_created_once(invented_board: Created) -> None:
    before = content_of(invented_board.root)
    with pytest.raises(ReportError, match="is there already, and is not touched"):
        create("2025-26", invented_board.root)
    assert content_of(invented_board.root) == before


def test_what_was_created_can_be_read(invented_board: Created) -> None:
    """What a row still lacks apart (L3, L4), nothing is wrong with a file."""
    findings = check_year("2025-26", invented_board.root).findings
    wrong = [f for f in findings if f.severity == "error" and f.rule[0] == "L"]
    assert [str(f) for f in wrong if f.rule not in ("L3", "L4")] == []
    assert {f.message for f in wrong if f.rule == "L4"} <= {"the cell is empty."}
