"""A render replaces the report whole, or leaves the earlier one as it was."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from datetime import date
from pathlib import Path

import nbformat
import pypdf
import pytest

from hscb_report import notebooks, publish
from hscb_report.cli import main
from hscb_report.errors import NotebookError
from hscb_report.publish import Rendered
from hscb_report.recording import record_status
from hscb_report.report import DEFAULT_DATA, open_report
from hscb_report.years import ReportingYear
from tests.book.readers import pdf_pages, read_html, read_pdf, unbroken

pytestmark = pytest.mark.slow


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the project's data that a test may damage."""
    return Path(shutil.copytree(DEFAULT_DATA, tmp_path / "data"))


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """An output folder with an earlier report in it."""
    folder = tmp_path / "out" / "2013-14"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_render_holds_what_others_rely_on(rendered: Rendered) -> None:
    names = {path.name for path in rendered.folder.iterdir()}
    assert names == {
        "html",
        "annual-report-2013-14.pdf",
        "business-plan-2013-14.pdf",
        "covering-report-2013-14.pdf",
        "pack-2013-14.pdf",
        "working-papers",
        "data",
        "facts.json",
        "checks.json",
        "manifest.json",
    }
    assert rendered.html.is_file()


def test_facts_json_is_the_ledger(rendered: Rendered) -> None:
    facts = json.loads((rendered.folder / "facts.json").read_text("utf-8"))
    report = open_report("2013-14")
    assert facts == report.facts.as_json(report.unshown_files)
    total = next(fact for fact in facts if fact["id"] == "budget.total_income")
    assert total == {
        "id": "budget.total_income",
        "label": "Total income",
        "value": 247497,
        "unit": "pounds",
        "text": "£247,497",
        "basis": "derived",
        "sources": [
            {"file": "2013-14/contributions.csv", "rows": [2, 3, 4, 5, 6, 7]},
            {"file": "2013-14/fund_balances.csv", "rows": [2]},
        ],
        "function": "hscb_report.measures.budget.total_income",
    }


def test_the_public_facts_do_not_tell_rows_of_protected_tables(rendered: Rendered) -> None:
    facts = json.loads((rendered.folder / "facts.json").read_text("utf-8"))
    told = {source["file"]: source["rows"] for fact in facts for source in fact["sources"]}
    assert told["2013-14/child_deaths.csv"] == []
    assert told["2013-14/fund_balances.csv"] != []


def test_the_manifest_names_every_input_and_output_by_its_hash(rendered: Rendered) -> None:
    manifest = json.loads((rendered.folder / "manifest.json").read_text("utf-8"))
    assert (manifest["year"], manifest["edition"]) == ("2013-14", "public")
    written = {
        path.relative_to(rendered.folder).as_posix()
        for path in rendered.folder.rglob("*")
        if path.is_file()
    }
    assert {output["path"] for output in manifest["outputs"]} == written - {"manifest.json"}
    for listed, root in (
        (manifest["inputs"], DEFAULT_DATA),
        (manifest["outputs"], rendered.folder),
    ):
        for file in listed:
            digest = hashlib.sha256((root / file["path"]).read_bytes()).hexdigest()
            assert digest == file["sha256"], file["path"]


def test_the_public_manifest_has_no_hash_of_a_protected_table(rendered: Rendered) -> None:
    manifest = json.loads((rendered.folder / "manifest.json").read_text("utf-8"))
    listed = {Path(source["path"]).stem for source in manifest["inputs"]}
    assert "contributions" in listed
    assert listed.isdisjoint({"child_deaths", "cdop_lessons", "referrals", "referral_outcomes"})


def test_checks_json_is_what_check_prints(
    rendered: Rendered, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "2013-14", "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((rendered.folder / "checks.json").read_text("utf-8"))


def test_damaged_data_is_told_and_leaves_the_earlier_report(
    data: Path, earlier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = data / "2013-14" / "contributions.csv"
    table.write_text(table.read_text("utf-8").replace("45203", "45,203.5O"), "utf-8")
    before = contents(earlier)
    code = main(["render", "2013-14", "--data", str(data), "--out", str(earlier.parent)])
    told = capsys.readouterr()
    assert code == 1
    assert "2013-14/contributions.csv, row 3" in told.err
    assert contents(earlier) == before
    assert [path.name for path in earlier.parent.iterdir()] == ["2013-14"]


def test_an_unknown_fact_in_a_page_stops_the_render_and_suggests_the_nearest(
    data: Path, earlier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = data / "2013-14" / "text" / "review-of-the-year.md"
    page.write_text(page.read_text("utf-8") + "\n{{ budget.total_incme }}\n", "utf-8")
    before = contents(earlier)
    assert main(["render", "2013-14", "--data", str(data), "--out", str(earlier.parent)]) == 1
    told = capsys.readouterr().err
    line = len(page.read_text("utf-8").splitlines())
    assert f"2013-14/text/review-of-the-year.md, row {line}" in told
    assert 'Did you mean "budget.total_income"' in told
    assert contents(earlier) == before


def test_a_failing_notebook_is_named_with_cell_and_last_line_and_leaves_the_earlier_report(
    tmp_path: Path,
    earlier: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "01-audits.ipynb"
    notebook = nbformat.read(notebooks.NOTEBOOKS / path.name, as_version=4)  # type: ignore[no-untyped-call]
    notebook.cells[-1].source = 'report.value("budget.nothing")'
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]
    monkeypatch.setattr(publish, "notebook_paths", lambda: [path])
    before = contents(earlier)
    assert main(["render", "2013-14", "--out", str(earlier.parent)]) == 1
    told = capfd.readouterr().err
    code_cells = sum(cell.cell_type == "code" for cell in notebook.cells)
    assert re.search(rf"01-audits\.ipynb, code cell {code_cells} .*budget\.nothing", told), told
    assert "Unknown fact" in told
    assert "Traceback" not in told
    assert contents(earlier) == before


def test_a_parameter_that_no_notebook_has_is_refused() -> None:
    with pytest.raises(NotebookError, match='no parameter "yaer"\\. Did you mean "year"'):
        notebooks.run_notebooks(notebooks.notebook_paths(), {"yaer": "2013-14"})


def test_a_folder_that_is_no_report_is_never_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    foreign = tmp_path / "2013-14"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("years of work")
    assert main(["render", "2013-14", "--out", str(tmp_path)]) == 2
    assert "is not a report of ours" in capsys.readouterr().err
    assert (foreign / "thesis.txt").read_text() == "years of work"


def test_a_folder_that_cannot_be_written_is_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert main(["render", "2013-14", "--out", str(blocked / "out")]) == 2
    assert "cannot be written" in capsys.readouterr().err


HOSTILE = (
    "<script>alert(1)</script> {{ budget.spend }} [x](javascript:alert(1)) | `a` *b* $c$ =1+1\nnext"
)


# A render of another data root, as the board edition, with every option ------------------------

HOSTILE_PROGRESS = f"Draft {HOSTILE}".replace("\n", " ")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rendered]:
    """Return another data root with markup in its cells and statuses recorded, and its report."""
    root = tmp_path_factory.mktemp("other")
    data = Path(shutil.copytree(DEFAULT_DATA, root / "data"))
    table = data / "2013-14" / "membership.csv"
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    table.write_text(table.read_text("utf-8").replace("HR Manager", quoted), "utf-8")
    for action, said in (
        ("3.2b", {"completion": "at_risk", "process": "planned", "progress": HOSTILE_PROGRESS}),
        ("4.2b", {"completion": "complete"}),
        ("2.1a", {"completion": "on_target"}),
    ):
        row = {"as_at": "2014-11-30", "reported_in": "Steering Group", **said}
        record_status(action, row, ReportingYear(2014), data)
    options = publish.Options(as_at=date(2014, 12, 31), first_page=147)
    return data, publish.render("2013-14", "board", data, root / "out", options=options)


def test_markup_in_cells_is_the_text_that_it_is_in_html_and_pdf(
    other: tuple[Path, Rendered],
) -> None:
    """Another data root is rendered too, and nothing in it is taken for markup."""
    data, rendered = other
    assert rendered.folder.name == "2013-14-board"
    for read in (
        read_html(rendered.html.parent),
        read_pdf(rendered.folder / "pack-2013-14-board.pdf"),
    ):
        for caption, text in (
            ("Membership of the Board at the end of 2013-14", HOSTILE),
            (EXPLOITATION, f"Progress: {HOSTILE_PROGRESS} (30 November 2014, Steering Group)"),
        ):
            cells = [cell for row in read.tables[caption].rows.values() for cell in row]
            # A long word may be broken over lines, which reads as a space.
            assert unbroken(text) in [unbroken(cell) for cell in cells]
    for page in rendered.html.parent.rglob("*.html"):
        assert "<script>alert(1)" not in page.read_text("utf-8")
    assert str(data) not in json.dumps(contents_as_text(rendered.folder))


EXPLOITATION = "Action area 3.2, 2014-15: Sexual Exploitation and Trafficking"


def test_the_pdfs_of_the_board_edition_end_in_board(other: tuple[Path, Rendered]) -> None:
    _, rendered = other
    assert {path.name for path in rendered.folder.glob("*.pdf")} == {
        f"{name}-2013-14-board.pdf"
        for name in ("annual-report", "business-plan", "covering-report", "pack")
    }


def test_recorded_statuses_stand_in_the_book_as_at_the_day(other: tuple[Path, Rendered]) -> None:
    """With word and shape; beside the later day stands what changed since the plan."""
    _, rendered = other
    for read in (
        read_html(rendered.html.parent),
        read_pdf(rendered.folder / "business-plan-2013-14-board.pdf"),
    ):
        row = read.tables[EXPLOITATION].rows["3.2b"]
        assert "▲ At risk" in row
        assert "▲ Process planned, not agreed" in row
        late = read.tables["Actions that are overdue as at 31 December 2014"]
        assert late.cell("2.1a", "By its date") == "◆ Overdue"
        assert late.cell("2.1a", "By its rating") == "▶ On target"
        assert "4.2b" not in late.rows
        changed = read.tables["Ratings that changed from 1 October 2014 to 30 November 2014"]
        assert changed.cell("4.2b", "Completion is") == "✓ Complete"
        drawn = [text for text in read.alternatives if "30 November 2014: 48 open" in text]
        assert len(drawn) == 1


def test_the_pages_of_the_pack_run_on_from_the_first_page_asked_for(
    other: tuple[Path, Rendered],
) -> None:
    """The label that a reader's program shows is the number on the page; the others begin at 1."""
    _, rendered = other
    pack = rendered.folder / "pack-2013-14-board.pdf"
    pages = pdf_pages(pack)
    assert pypdf.PdfReader(pack).page_labels == [str(147 + n) for n in range(len(pages))]
    for number, page in enumerate(pages, 147):
        assert page.endswith(f"Page {number}")
    plan = pypdf.PdfReader(rendered.folder / "business-plan-2013-14-board.pdf")
    assert plan.page_labels[0] == "1"


def test_the_manifest_says_what_was_asked_for(other: tuple[Path, Rendered]) -> None:
    manifest = json.loads((other[1].folder / "manifest.json").read_text("utf-8"))
    asked = {name: manifest[name] for name in ("year", "edition", "as_at", "first_page")}
    assert asked == {
        "year": "2013-14",
        "edition": "board",
        "as_at": "2014-12-31",
        "first_page": 147,
    }


def contents_as_text(folder: Path) -> list[str]:
    return [
        path.read_text("utf-8", errors="replace")
        for path in folder.rglob("*")
        if path.suffix in (".html", ".json", ".js")
    ]
