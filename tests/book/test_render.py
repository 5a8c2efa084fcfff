"""A render replaces the report whole, or leaves the earlier one as it was."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pypdf
import pytest

from hscb_report import making, publish
from hscb_report.cli import main
from hscb_report.errors import BookError, NotebookError
from hscb_report.outputs.book import jupyter_book
from hscb_report.publish import Rendered
from hscb_report.report import DEFAULT_DATA, PROJECT
from hscb_report.results.published import Published
from hscb_report.store.recording import record_status
from hscb_report.years import ReportingYear
from tests.book.readers import ReadDocument, html_pages, pdf_pages, read_html, unbroken, words
from tests.conftest import copied_data

pytestmark = pytest.mark.slow


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """An output folder with an earlier report in it."""
    folder = tmp_path / "out" / "2013-14"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# What a report holds ---------------------------------------------------------------------------


def test_a_render_holds_what_others_rely_on(rendered: Rendered) -> None:
    names = {path.name for path in rendered.folder.iterdir()}
    assert names == {
        "html",
        "annual-report-2013-14.pdf",
        "business-plan-2013-14.pdf",
        "covering-report-2013-14.pdf",
        "evidence-2013-14.pdf",
        "pack-2013-14.pdf",
        "summary-2013-14.pdf",
        "tables-2013-14.xlsx",
        "working-papers",
        "data",
        "data-2013-14.zip",
        "facts.json",
        "checks.json",
        "manifest.json",
    }
    assert rendered.html.is_file()


def test_facts_json_is_the_ledger_without_rows_of_protected_tables(
    rendered: Rendered, report: Published
) -> None:
    facts = json.loads((rendered.folder / "facts.json").read_text("utf-8"))
    assert facts == report.facts.as_json()
    total = next(fact for fact in facts if fact["id"] == "budget.total_income")
    assert total == {
        "id": "budget.total_income",
        "label": "Total income",
        "value": 247497,
        "unit": "pounds",
        "text": "£247,497",
        "period": "2013-14",
        "earlier": [],
        "basis": "derived",
        "sources": [
            {"file": "2013-14/contributions.csv", "rows": [2, 3, 4, 5, 6, 7]},
            {"file": "2013-14/fund_balances.csv", "rows": [2]},
        ],
        "function": "hscb_report.calculations.budget.total_income",
    }
    told = {source["file"]: source["rows"] for fact in facts for source in fact["sources"]}
    assert told["2013-14/child_deaths.csv"] == []


def test_the_manifest_names_every_input_and_output_by_its_hash(rendered: Rendered) -> None:
    """But for the inputs that are protected: of a small count a hash would tell.

    What is common to all boards comes with the package.
    """
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
            own = PROJECT / "hscb_report" if file["path"].startswith("common/") else root
            digest = hashlib.sha256((own / file["path"]).read_bytes()).hexdigest()
            assert digest == file["sha256"], file["path"]
    inputs = {Path(source["path"]).stem for source in manifest["inputs"]}
    assert "contributions" in inputs
    assert inputs.isdisjoint({"child_deaths", "cdop_lessons", "referrals", "referral_outcomes"})


def test_checks_json_is_what_check_prints(
    rendered: Rendered, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "2013-14", "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((rendered.folder / "checks.json").read_text("utf-8"))


# What goes wrong -------------------------------------------------------------------------------


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
    assert f"2013-14/text/review-of-the-year.md, line {line}" in told
    assert 'Did you mean "budget.total_income"' in told
    assert contents(earlier) == before


class NoBuilder:
    """Stands in for what compiles the book, in a process of its own, where none is to be."""

    def __enter__(self) -> NoBuilder:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def start(self, *_: object) -> Any:
        return self._finished

    def _finished(self) -> None:
        raise BookError("The book did not compile:\ntext/journey.md:3: WARNING")


@pytest.mark.parametrize("step", ["notebooks", "book"])
def test_a_step_that_fails_is_told_plainly_and_leaves_the_earlier_report(
    step: str,
    earlier: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def run(paths: Sequence[Path], *_: object) -> tuple[()]:
        if step == "notebooks":
            raise NotebookError("notebooks/audits.ipynb, code cell 4 (report): Unknown fact")
        return ()

    monkeypatch.setattr(jupyter_book, "Builder", NoBuilder)
    monkeypatch.setattr(making, "run_notebooks", run)
    before = contents(earlier)
    assert main(["render", "2013-14", "--out", str(earlier.parent)]) == 1
    told = capfd.readouterr().err
    assert {"notebooks": "audits.ipynb, code cell 4", "book": "journey.md:3"}[step] in told
    assert "Traceback" not in told
    assert contents(earlier) == before
    assert [path.name for path in earlier.parent.iterdir()] == ["2013-14"]


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
    assert "Not a directory" in capsys.readouterr().err


# A render of another data root, as the board edition, with every option ------------------------

HOSTILE = (
    "<script>alert(1)</script> {{ budget.spend }} [x](javascript:alert(1)) | `a` *b* $c$ =1+1\nnext"
)
HOSTILE_PROGRESS = f"Draft {HOSTILE}".replace("\n", " ")
EXPLOITATION = "Action area 3.2, 2014-15: Sexual Exploitation and Trafficking"


@dataclass(frozen=True)
class Other:
    """Another data root and its report."""

    data: Path
    report: Rendered

    @property
    def html(self) -> ReadDocument:
        return read_html(self.report.html.parent)

    def paper(self, name: str) -> str:
        """Return all that stands in a PDF, without spaces."""
        return "".join(map(unbroken, pdf_pages(self.report.folder / f"{name}-2013-14-board.pdf")))


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Other:
    """Return another data root with markup in its cells and statuses recorded, and its report."""
    root = tmp_path_factory.mktemp("other")
    data = copied_data(root / "data")
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
    return Other(data, publish.render("2013-14", "board", data, root / "out", options=options))


def test_markup_in_cells_is_the_text_that_it_is_in_html_and_pdf(other: Other) -> None:
    """Another data root is rendered too, and nothing in it is taken for markup."""
    progress = f"Progress: {HOSTILE_PROGRESS} (30 November 2014, Steering Group)"
    paper = other.paper("pack")
    for caption, text in (
        ("Members of the Board by agency and role, people at the end of 2013-14", HOSTILE),
        (EXPLOITATION, progress),
    ):
        cells = [cell for row in other.html.table(caption).rows.values() for cell in row]
        assert words(text) in cells
        assert unbroken(text) in paper
    for path in other.report.folder.rglob("*"):
        if path.suffix in (".html", ".json", ".js"):
            told = path.read_text("utf-8", errors="replace")
            assert "<script>alert(1)" not in told or path.suffix != ".html", path.name
            assert str(other.data) not in told, path.name


def test_recorded_statuses_stand_in_the_book_as_at_the_day(other: Other) -> None:
    """With word and shape; beside the later day stands what changed since the plan."""
    read = other.html
    assert "◆ Overdue" in read.table(EXPLOITATION).rows["3.2b"]
    every = read.table("Every action with its ratings as at 31 December 2014")
    assert every.cell("3.2b", "Completion") == "▲ At risk"
    assert every.cell("3.2b", "Process") == "▲ Process planned, not agreed"
    assert every.cell("2.1a", "Completion") == "▶ On target"
    late = read.table("Actions past their date, earliest first, as at 31 December 2014")
    assert late.cell("2.1a", "Status") == "◆ Overdue"
    assert "4.2b" not in late.rows
    changed = read.table("Ratings that changed from 1 October 2014 to 30 November 2014")
    assert changed.cell("4.2b", "Completion is") == "✓ Complete"
    drawn = [text for text in read.alternatives if "30 November 2014: 48 not complete" in text]
    assert len(drawn) == 1
    paper = other.paper("business-plan")
    for text in ("◆Overdue", "✓Complete", changed.caption, late.caption):
        assert unbroken(text) in paper


def test_no_rating_is_told_by_colour_alone(other: Other) -> None:
    """A coloured cell begins with a shape and says its word."""
    page = html_pages(other.report.html.parent)["chapters/tracker.html"]
    coloured = page.select("article td.tone-good, td.tone-watch, td.tone-alarm")
    assert coloured
    for cell in coloured:
        assert re.fullmatch(r"[✓▶▲■◆] \w.+", words(cell.get_text()))


def test_the_board_edition_is_told_by_its_names_and_on_every_page(other: Other) -> None:
    assert other.report.folder.name == "2013-14-board"
    assert {path.name for path in other.report.folder.glob("*.pdf")} == {
        f"{name}-2013-14-board.pdf"
        for name in (
            *("annual-report", "business-plan", "covering-report", "evidence", "pack", "summary"),
        )
    }
    for name, page in html_pages(other.report.html.parent).items():
        assert "Board edition: not for publication." in page.get_text(), name


def test_the_pages_of_the_pack_run_on_from_the_first_page_asked_for(other: Other) -> None:
    """The label that a reader's program shows is the number on the page; the others begin at 1."""
    pack = other.report.folder / "pack-2013-14-board.pdf"
    pages = pdf_pages(pack)
    assert pypdf.PdfReader(pack).page_labels == [str(147 + n) for n in range(len(pages))]
    for number, page in enumerate(pages, 147):
        assert page.endswith(f"Page {number}")
    plan = pypdf.PdfReader(other.report.folder / "business-plan-2013-14-board.pdf")
    assert plan.page_labels[0] == "1"


def test_the_manifest_says_what_was_asked_for(other: Other) -> None:
    manifest = json.loads((other.report.folder / "manifest.json").read_text("utf-8"))
    asked = {name: manifest[name] for name in ("year", "edition", "as_at", "first_page")}
    assert asked == {
        "year": "2013-14",
        "edition": "board",
        "as_at": "2014-12-31",
        "first_page": 147,
    }


# What shows the members, the plan's statuses, rows and hashes of files, or was made from them.
CHANGED = (
    *("html/chapters/tracker.html", "html/pages/appendix-membership.html"),
    *("html/pages/plan-actions.html", "html/pages/sources.html", "html/pages/how-it-was-made.html"),
    "html/pages/every-action.html",
    *("html/_static/search-index.js", "data/membership.csv", "data/*actions*.csv"),
    *("data/tracker-*.csv", "data/sources-*.csv", "data/inputs.csv", "data/data-quality.csv"),
    *(
        "data/README.md",
        "data/datapackage.json",
        "facts.json",
        "manifest.json",
        "working-papers/09-tracker.html",
    ),
    # Numbers of tables after those of the tracker, and the abbreviations that the report uses.
    *("html/chapters/golden_thread.html", "html/pages/glossary.html", "data/abbreviations.csv"),
    *("html/index.html", "*.pdf", "*.xlsx", "*.zip"),
)


def test_what_the_other_data_does_not_change_is_the_same_to_the_byte(
    rendered: Rendered, other: Other
) -> None:
    """No time, folder or order of work is in it; only the parameters and the edition's marking."""
    first, second = dict(told_in(rendered.folder)), dict(told_in(other.report.folder))
    named = (".pdf", ".xlsx", ".zip")  # the edition is in their names
    of_one = {name for name in first.keys() ^ second.keys() if not name.endswith(named)}
    assert {name for name in of_one if not any(fnmatch(name, known) for known in CHANGED)} == set()
    changed = {name for name in first if first[name] != second.get(name)}
    assert {name for name in changed if not any(fnmatch(name, known) for known in CHANGED)} == set()
    assert "html/pages/appendix-membership.html" in changed


def told_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a report; of a page what it says, of a working paper no parameters.

    Nor the marking of its edition, and its foot, which names that too.
    """
    marking = b"<p><strong>Board edition: not for publication.</strong> Working paper"
    given = re.compile(rb"^(?:edition|data|as_at|year) = .*\n", re.MULTILINE)
    pages = html_pages(folder / "html")
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if not path.is_file():
            continue
        if page := pages.get(name.removeprefix("html/")) if name.startswith("html/") else None:
            yield name, "".join(map(str, page("article"))).encode("utf-8")
        else:
            raw = path.read_bytes()
            is_paper = name.startswith("working-papers/")
            plain = (
                given.sub(b"", raw).replace(marking, b"<p>Working paper").partition(b"<footer>")[0]
            )
            yield name, plain if is_paper else raw
