"""Later corrections: of what was final, made after it was, on pages that there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from hscb_report.checks.corrections import PLACED, TIMELY
from hscb_report.findings import Finding
from hscb_report.schema.assurance import Correction
from hscb_report.schema.settings import ApprovalSettings, BoardSettings, Settings, YearSettings
from tests.made_up import YEAR, only_own, result_of, tables_of

FILE = "2013-14/corrections.csv"
BOARD = BoardSettings(name="A board", short_name="B", area="An area")
FINAL = Settings.of(BOARD, YearSettings(year="2013-14", kind="publication", status="final"))
APPROVED_ON = date(2014, 9, 17)


def settings(**said: Any) -> Settings:
    return replace(FINAL, year=FINAL.year.model_copy(update=said))


APPROVED = settings(approval=ApprovalSettings(meeting="M", day=APPROVED_ON))


def found(rule, known, *rows: dict[str, Any], pages=()) -> tuple[Finding, ...]:
    given = [
        {"correction": n, "corrected": date(2015, 1, 1), "what": "W", "reason": "R", **row}
        for n, row in enumerate(rows, 1)
    ]
    tables = tables_of(corrections=only_own(FILE, given, Correction))
    return result_of(rule, tables, settings=known, pages=frozenset(pages)).findings


@given(st.integers(-500, 4_000), st.booleans())
@example(0, True)
@example(0, False)
@example(-1, True)
@example(-1, False)
def test_a_correction_is_made_after_the_approval_or_the_year_s_end(days, is_approved):
    """On the very day too: the meeting may have asked for it."""
    known, first = (APPROVED, APPROVED_ON) if is_approved else (FINAL, YEAR.end)
    day = first + timedelta(days)
    told = found(TIMELY, known, {"corrected": day})
    assert bool(told) == (day < first)
    for finding in told:
        assert (finding.severity, finding.file, finding.row) == ("error", FILE, 2)
        assert (finding.column, finding.found) == ("corrected", str(day))
        assert str(first) in finding.hint
        what = "was approved on 17 September 2014" if is_approved else "ends on 31 March 2014"
        assert what in finding.message
        assert ("year.toml" in finding.hint) == is_approved


def test_a_draft_has_no_corrections_whatever_their_days():
    told = found(TIMELY, settings(status="draft"), {}, {"corrected": date(2013, 4, 1)})
    assert [(f.row, f.column, f.found) for f in told] == [
        (2, "correction", "1"),
        (3, "correction", "2"),
    ]
    assert all("a draft has no corrections" in f.message for f in told)
    assert all('status = "final" in 2013-14/year.toml' in f.hint for f in told)


def test_a_correction_names_a_page_of_the_book_the_first_one_or_none():
    pages = ("chapters/budget", "text/policies")
    sound = ({"page": "chapters/budget"}, {"page": "index"}, {})
    assert found(PLACED, FINAL, *sound, pages=pages) == ()
    (told,) = found(PLACED, FINAL, *sound, {"page": "chapters/buget"}, pages=pages)
    assert (told.severity, told.row, told.column) == ("error", 5, "page")
    assert told.found == "chapters/buget"
    assert told.hint == 'Did you mean "chapters/budget"? Or leave it empty.'


def test_without_a_row_or_with_damaged_settings_nothing_is_judged():
    for rule, known in ((TIMELY, FINAL), (PLACED, FINAL)):
        assert result_of(rule, tables_of(), settings=known).outcome == "not_run"
    rows = only_own(
        FILE, [{"correction": 1, "corrected": YEAR.start, "what": "W", "reason": "R"}], Correction
    )
    assert result_of(TIMELY, tables_of(corrections=rows)).outcome == "not_run"
