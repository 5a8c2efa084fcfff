"""A draft shows what is there and what is still to come; the same data marked final is refused.

Whatever number, row or table of a board is not there yet, nothing falls over.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hscb_report.errors import DataError
from hscb_report.figures import Figure
from hscb_report.findings import Finding, errors
from hscb_report.new_year import rules
from hscb_report.publish import render
from hscb_report.report import DEFAULT_DATA, PROJECT, check_year, open_report, table_schemas
from hscb_report.report.checking import checks_of
from hscb_report.report.confirming import confirm
from hscb_report.report.reading import Run
from hscb_report.schema import TableSchema
from hscb_report.store.table_file import TableFile
from hscb_report.store.year import available_years, load_year
from hscb_report.years import ReportingYear
from tests.book.readers import html_pages
from tests.conftest import small_year

BOARDS = {
    "northshire": (PROJECT / "examples" / "northshire", ReportingYear(2024)),
    "hscb": (DEFAULT_DATA, ReportingYear(2013)),
    "smallshire": (PROJECT / "examples" / "smallshire", ReportingYear(2016)),
}
NUMBERS = ("money", "count", "number")
_READ = TableFile.read
Records = list[list[str]]


class Draft:
    """A copy of a board's data, its latest year a draft, of which tables are changed and mended.

    Of the earlier years the last is kept: it is read once.
    """

    def __init__(self, root: Path, year: ReportingYear, folder: Path) -> None:
        self.root, self.year = folder, year
        shutil.copytree(root, folder)
        for other in available_years(folder):
            if other not in (year, year.previous):
                shutil.rmtree(folder / str(other))
        self.mark("draft")
        schemas = (schema for schema in table_schemas() if schema.info.folder == "year")
        self.tables = tuple(s for s in schemas if self.path(s).exists())
        self._original = {self.path(s): self.path(s).read_bytes() for s in self.tables}
        self._read = Run.of(str(year), folder)
        self._files: dict[tuple[str, bytes, str], TableFile] = {}

    def path(self, schema: TableSchema) -> Path:
        return self.root / schema.path(self.year)

    def mark(self, status: str) -> None:
        settings = self.root / str(self.year) / "year.toml"
        text = settings.read_text("utf-8")
        for other in ("draft", "final"):
            text = text.replace(f'status = "{other}"', f'status = "{status}"')
        settings.write_text(text, "utf-8")

    def rewrite(self, schema: TableSchema, change: Callable[[Records], Records]) -> None:
        path = self.path(schema)
        text = self._original[path].decode("utf-8-sig")
        records = change(list(csv.reader(io.StringIO(text, newline=""))))
        written = io.StringIO(newline="")
        csv.writer(written, lineterminator="\n").writerows(records)
        path.write_text(written.getvalue(), "utf-8")

    def empty(self, schema: TableSchema) -> None:
        self.rewrite(schema, lambda records: records[:1])

    def blank(self, schema: TableSchema, columns: Sequence[str], rows: slice) -> None:
        def change(records: Records) -> Records:
            at = [records[0].index(name) for name in columns if name in records[0]]
            for record in records[1:][rows]:
                for number in at:
                    record[number] = ""
            return records

        self.rewrite(schema, change)

    @contextmanager
    def mended(self) -> Iterator[None]:
        """Let tables be changed, and mend them in the end."""
        try:
            yield
        finally:
            for path, raw in self._original.items():
                if path.read_bytes() != raw:
                    path.write_bytes(raw)

    def run(self) -> Run:
        """Return the reading of the year as it stands now; a file that is as before is not read."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(TableFile, "read", self._read_once)
            return replace(self._read, loaded=load_year(self.year, self.root, table_schemas()))

    def _read_once(self, schema: TableSchema, *given: Any, **named: Any) -> TableFile:
        path = self.root / schema.path(self.year)
        raw = path.read_bytes() if path.exists() else b""
        known = (schema.path(self.year), raw, repr(given[2:]))
        if known not in self._files:
            self._files[known] = _READ(schema, *given, **named)
        file = self._files[known]
        return replace(file, findings=[*file.findings], gaps={**file.gaps})


def numbers_of(schema: TableSchema, *, are_needed: bool) -> list[str]:
    """Return the columns of numbers that a final report needs, or those that may be empty."""
    found = (c for c in schema.columns if c.kind.name in NUMBERS)
    return [c.name for c in found if c.required == are_needed and c.name not in schema.info.keys]


def others_of(schema: TableSchema) -> list[str]:
    """Return the other columns that a final report needs, and that head no row."""
    found = (c.name for c in schema.columns if c.required and c.kind.name not in NUMBERS)
    return [name for name in found if name not in (*schema.info.keys, "basis")]


@pytest.fixture(scope="module", params=list(BOARDS))
def draft(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Draft:
    folder = tmp_path_factory.mktemp(request.param) / "data"
    return Draft(*BOARDS[request.param], folder)


def of_data(run: Run) -> list[str]:
    """Return what stops a report: what the data is refused for, whatever the prose says."""
    return list(map(str, run.faults))


def of_all(run: Run) -> list[str]:
    return list(map(str, errors(checks_of(run).findings)))


def test_whatever_numbers_are_still_to_come_nothing_falls_over(draft: Draft) -> None:
    """Each column that a final report needs, the optional ones together; in all rows or in one."""
    wrong = {}
    for schema in draft.tables:
        needed = [[name] for name in numbers_of(schema, are_needed=True)]
        optional = numbers_of(schema, are_needed=False)
        cases = [(columns, slice(None)) for columns in (*needed, *([optional] if optional else []))]
        every = numbers_of(schema, are_needed=True)
        cases += [(every, slice(0, 1))] if every else []
        for columns, rows in cases:
            with draft.mended():
                draft.blank(schema, columns, rows)
                run = draft.run()
                has_gap = any(finding.rule == "L11" for finding in run.loaded.findings)
                lacks = [] if has_gap or columns == optional else ["no gap is told"]
                wrong[schema.name, *columns] = of_data(run) + lacks
    assert {case: found for case, found in wrong.items() if found} == {}


def test_whatever_table_has_no_row_yet_nothing_falls_over(draft: Draft) -> None:
    wrong = {}
    for schema in draft.tables:
        with draft.mended():
            draft.empty(schema)
            wrong[schema.name] = of_data(draft.run())
    assert {case: found for case, found in wrong.items() if found} == {}


def test_whatever_codes_and_texts_are_still_to_come_nothing_falls_over(draft: Draft) -> None:
    """A row without one is left out, and so are the rows that name it."""
    wrong = {}
    for schema in draft.tables:
        for columns in filter(None, [others_of(schema)]):
            with draft.mended():
                draft.blank(schema, columns, slice(0, 1))
                run = draft.run()
                rows = [row.place.row for row in run.loaded.tables.named(schema.name)]
                wrong[schema.name] = of_data(run) + (["row 2 is taken"] if 2 in rows else [])
    assert {case: found for case, found in wrong.items() if found} == {}


def noughts_of_nothing(run: Run) -> list[str]:
    """Return the tables that tell a 0 for which no file at all was looked through."""
    return [
        exhibit.label
        for exhibit in run.gathered.results.exhibits
        for row in exhibit.rows
        for cell in row
        if isinstance(cell, Figure) and cell.value == 0 and not cell.files
    ]


@pytest.mark.parametrize("what", ["numbers", "everything"])
def test_a_year_of_gaps_alone_passes_every_check_and_opens(draft: Draft, what: str) -> None:
    """Its prose too, which names numbers and tables that are not there yet."""
    with draft.mended():
        for schema in draft.tables:
            if what == "everything":
                draft.empty(schema)
            else:
                optional = numbers_of(schema, are_needed=False)
                both = [*numbers_of(schema, are_needed=True), *optional]
                draft.blank(schema, both, slice(None))
        run = draft.run()
        assert of_all(run) == []
        assert run.loaded.damaged == frozenset()
        assert noughts_of_nothing(run) == []
        report = open_report(str(draft.year), "board", draft.root)
        for exhibit in report.exhibits:
            assert exhibit.texts()
        values = {fact.id: fact.as_json()["value"] for fact in report.facts}
        texts = {fact.id: fact.text for fact in report.facts}
        to_come = [name for name, text in texts.items() if text == "to come"]
        assert all(values[name] is None for name in to_come)
        assert to_come or what == "everything"


def test_the_same_year_marked_final_is_refused_cell_by_cell(draft: Draft) -> None:
    schema = next(schema for schema in draft.tables if schema.name == "contributions")
    column = "amount"
    rows = len(list(csv.reader(draft.path(schema).open(encoding="utf-8", newline="")))) - 1
    try:
        with draft.mended():
            draft.blank(schema, [column], slice(None))
            draft.mark("final")
            with pytest.raises(DataError) as refused:
                open_report(str(draft.year), "board", draft.root)
            found = [f for f in refused.value.findings if f.column == column]
            assert {(f.rule, f.message) for f in found} == {("L4", "the cell is empty.")}
            assert len(found) == rows
    finally:
        draft.mark("draft")


def test_a_year_before_that_is_a_draft_leaves_gaps_in_histories_and_nothing_else(
    tmp_path: Path,
) -> None:
    """The later year is final: nothing of it is to come, and its rules have nothing to judge by."""
    root, year = BOARDS["northshire"]
    before = Draft(root, year.previous, tmp_path / "data")
    shutil.copytree(root / str(year), before.root / str(year))
    for schema in before.tables:
        optional = numbers_of(schema, are_needed=False)
        before.blank(schema, [*numbers_of(schema, are_needed=True), *optional], slice(None))
    report = open_report(str(year), "board", before.root)
    cells = {text for e in report.results.exhibits for row in e.texts() for text in row}
    assert "to come" not in {*cells, *report.names.values(), *(f.text for f in report.facts)}
    spend = report.facts["budget.spend"]
    assert (spend.figure.value is None, spend.before) == (False, None)


# One year ---------------------------------------------------------------------------------------

OF_UPKEEP = [rule.code for rule in rules.RULES]
LATER = date(2014, 7, 14)
AGENCIES = ("agency,name", "council,Council", "police,Police")
PAID = ("agency,organisation,amount,basis",)


def year(root: Path, status: str, paid: Sequence[str], text: str = "", **tables: Sequence[str]):
    """Write 2013-14, in which the agencies paid, and a page of text."""
    small_year(
        root, "2013-14", "example", status, reference_agencies=AGENCIES,
        contributions=[*PAID, *paid], **tables,
    )  # fmt: skip
    (root / "2013-14" / "text").mkdir(exist_ok=True)
    page = root / "2013-14" / "text" / "review-of-the-year.md"
    page.write_text(f"# Review\n\n{text}\n", "utf-8")
    return root


def told(root: Path) -> list[Finding]:
    return [f for f in check_year("2013-14", root).findings if f.rule not in ("R26", "R27")]


WAITING = ("council,Council,,", "police,Police,200,")


def test_a_gap_is_told_once_for_a_column_with_its_rows_and_what_to_enter(tmp_path: Path) -> None:
    found = told(year(tmp_path, "draft", ["council,Council,,", "police,Police,,"]))
    (gap,) = (f for f in found if f.rule not in OF_UPKEEP)
    assert str(gap) == (
        '[L11] 2013-14/contributions.csv, column "amount": 2 cells are still to be filled: rows 2 '
        "and 3. Enter pounds, with pence or without: 45203, £45,203, 45203.50; a final report "
        "needs them."
    )
    assert gap.severity == "warning"


def test_what_rests_on_a_gap_is_to_come_and_what_does_not_is_told(tmp_path: Path) -> None:
    report = open_report("2013-14", "public", year(tmp_path, "draft", WAITING))
    texts = {fact.id: fact.text for fact in report.facts}
    assert texts["budget.contributions"] == texts["budget.contributors"] == "to come"
    (shares,) = (e for e in report.exhibits if e.label == "contribution-shares")
    assert {row[:2] for row in shares.texts()} == {
        ("Council", "to come"),
        ("Police", "£200"),
        ("Total", "to come"),
    }
    assert report.names["budget.contributions.trend"] == "to come"


def test_a_text_that_names_a_number_to_come_is_told_by_the_gap_alone(tmp_path: Path) -> None:
    text = "The agencies paid {{ budget.contributions }}."
    found = told(year(tmp_path, "draft", WAITING, text))
    assert [(f.rule, f.severity) for f in found] == [("L11", "warning")]


def test_a_rule_that_reads_a_gap_is_not_run_and_another_is(tmp_path: Path) -> None:
    given = {"expenditure": ["line,statutory_heading,amount,basis", "Post,other,5,"]}
    totals = {"budget_totals": ["total,amount,basis", "income,300,"]}
    balances = {"fund_balances": ["balance,amount,basis", "brought_forward,0,"]}
    root = year(tmp_path, "draft", WAITING, **given, **totals, **balances)
    outcomes = {r.rule.code: r.outcome for r in check_year("2013-14", root).results}
    assert (outcomes["R1"], outcomes["L5"], outcomes["L11"]) == ("not_run", "passed", "failed")
    year(tmp_path, "draft", ["council,Council,50,", WAITING[1]])
    outcomes = {r.rule.code: r.outcome for r in check_year("2013-14", root).results}
    assert (outcomes["R1"], outcomes["L11"]) == ("failed", "passed")


def test_a_final_report_is_not_told_of_the_rule_about_drafts(tmp_path: Path) -> None:
    root = year(tmp_path, "final", ["police,Police,200,"])
    assert "L11" not in {r.rule.code for r in check_year("2013-14", root).results}


def test_a_text_may_name_what_is_to_come_and_nothing_that_never_is(tmp_path: Path) -> None:
    """In a draft with a warning; its phrases too. A name of nothing is an error in any."""
    text = "We had {{ budget.spend }} ({{ budget.spend.trend }}) and {{ budgte.spend }}."
    root = year(tmp_path, "draft", ["police,Police,200,"], text)
    found = {(f.rule, f.severity, f.found) for f in told(root)}
    assert found == {
        ("P1", "warning", "budget.spend"),
        ("P1", "warning", "budget.spend.trend"),
        ("P1", "error", "budgte.spend"),
    }
    year(root, "draft", ["police,Police,200,"], text.replace(" and {{ budgte.spend }}", ""))
    report = open_report("2013-14", "public", root)
    assert report.names["budget.spend"] == report.names["budget.spend.trend"] == "to come"
    year(root, "final", ["police,Police,200,"], text)
    assert {f.severity for f in told(root) if f.rule == "P1"} == {"error"}


def test_a_text_may_name_what_the_year_before_had(tmp_path: Path) -> None:
    """Though nothing is begun of it: a number and a table."""
    small_year(
        tmp_path, "2012-13", "example", reference_agencies=AGENCIES,
        membership=["agency,organisation,role,people,basis", "police,Police,Chief,1,"],
    )  # fmt: skip
    text = "There were {{ membership.seats }} and {numref}`membership`."
    root = year(tmp_path, "draft", ["police,Police,200,"], text)
    found = {(f.rule, f.severity, f.found) for f in told(root) if f.rule not in OF_UPKEEP}
    assert found == {("P1", "warning", "membership.seats"), ("M2", "warning", "membership")}
    year(root, "final", ["police,Police,200,"], text)
    assert {f.severity for f in told(root) if f.rule in ("P1", "M2")} == {"error"}


def test_a_chapter_is_in_a_draft_as_soon_as_one_of_its_files_is(tmp_path: Path) -> None:
    """And in a final report as soon as one of them has a row."""
    root = year(tmp_path, "draft", [], membership=["agency,organisation,role,people,basis"])
    pages = {page.path for page in open_report("2013-14", "public", root).contents}
    assert {"chapters/budget", "pages/appendix-membership"} <= pages
    year(root, "final", [])
    confirm("2013-14", ["contributions", "membership", "review-of-the-year"], "Clerk", LATER, root)
    pages = {page.path for page in open_report("2013-14", "public", root).contents}
    assert pages.isdisjoint({"chapters/budget", "pages/appendix-membership"})


def test_a_row_waits_for_the_row_that_it_names(tmp_path: Path) -> None:
    """And so does what names that row in turn; a misspelt code beside whole tables is an error."""
    offers = ["offer,title,theme,level,mode"]
    given = [
        "offer,first_month,last_month,attended,counted_as,in_total",
        "neglect,2013-M04,2013-M05,12,attendees,no",
    ]
    root = year(tmp_path, "draft", [], training_offers=offers, training_deliveries=given)
    assert [(f.rule, f.severity) for f in told(root) if f.file.endswith("deliveries.csv")] == [
        ("L6", "warning")
    ]
    facts = open_report("2013-14", "public", root).facts
    assert not any(fact.chapter == "training" for fact in facts)
    offers.append("basics,Basics,Basics,targeted,course")
    small_year(root, "2013-14", "example", "draft", training_offers=offers)
    found = [f for f in told(root) if f.rule == "L6"]
    assert [(f.severity, f.found) for f in found] == [("error", "neglect")]


def test_a_gap_of_an_earlier_draft_is_a_missing_value_of_the_history(tmp_path: Path) -> None:
    small_year(
        tmp_path, "2012-13", "example", "draft", reference_agencies=AGENCIES,
        contributions=[*PAID, "council,Council,,", "police,Police,150,"],
    )  # fmt: skip
    root = year(tmp_path, "final", ["police,Police,200,"])
    confirm("2013-14", ["review-of-the-year"], "Clerk", LATER, root)
    report = open_report("2013-14", "public", root)
    assert report.facts["budget.contributions"].earlier == ()
    assert report.names["budget.contributions.trend"] == "no figure for 2012-13"


# The book ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_page_of_a_draft_without_a_row_says_so(tmp_path: Path) -> None:
    """Every table that there may be has a header alone: every chapter has its page, and is run."""
    heads = {s.name: [",".join(c.name for c in s.columns)] for s in table_schemas() if _own(s)}
    root = small_year(
        tmp_path / "data", "2013-14", "example", "draft", reference_agencies=AGENCIES, **heads
    )
    made = render("2013-14", "public", root, tmp_path / "out")
    assert made.told == ()
    pages = {p: page.get_text() for p, page in html_pages(made.folder / "html").items()}
    chapters = [path for path in pages if str(path).startswith("chapters/")]
    assert len(chapters) >= 10
    facts = json.loads((made.folder / "facts.json").read_text("utf-8"))
    assert not [f["id"] for f in facts if f["text"] != "to come" and not f["sources"]]
    for path in chapters:
        assert "Nothing to show yet." in pages[path] or "to come" in pages[path], path


def _own(schema: TableSchema) -> bool:
    return schema.info.folder == "year" and not schema.info.of_reconstruction


def test_a_row_with_a_wrong_cell_is_told_and_not_as_one_that_is_to_come(tmp_path: Path) -> None:
    """Each cause once: what names the row waits for nothing."""
    offers = ["offer,title,theme,level,mode", "neglect,Neglect,Neglect,every,course"]
    given = [
        "offer,first_month,last_month,attended,counted_as,in_total",
        "neglect,2013-M04,2013-M05,12,attendees,no",
    ]
    root = year(tmp_path, "draft", [], training_offers=offers, training_deliveries=given)
    found = [(f.rule, f.file, f.column) for f in told(root) if f.rule not in OF_UPKEEP]
    assert found == [("L4", "2013-14/training_offers.csv", "level")]
