"""Rules 15, 25, 26 and 28: what the text announces, claims, must contain, and must not."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hscb_report.report import check_year
from hscb_report.rules import Context, all_rules, run_rules
from hscb_report.schema import Tables
from hscb_report.schema.assurance import RequirementCoverage, StatedCount
from hscb_report.schema.cases import CdopLesson
from hscb_report.schema.columns import Month
from hscb_report.schema.journey import HeadlineMeasure, MeasureValue, Policy, PriorityStatement
from hscb_report.schema.learning import Audit
from hscb_report.schema.reference import Source, StatutoryRequirement
from tests.strategies import only_own, placed


def run(code, tables, **context):
    rule = next(rule for rule in all_rules(Context(**context)) if rule.code == code)
    return run_rules([rule], tables)[0]


# Rule 15 --------------------------------------------------------------------------------------

POLICIES = placed(
    "2013-14/policies.csv",
    [
        {"policy": "A", "status": "developed"},
        {"policy": "B", "status": "developed"},
        {"policy": "C", "status": "scheduled"},
    ],
    Policy,
)
HEADLINES = placed(
    "2013-14/headline_measures.csv",
    [{"headline": "One", "measures": 1}, {"headline": "Two in one", "measures": 2}],
    HeadlineMeasure,
)


def announced(stated, table, adds_up=None, where=None):
    row = {"statement": "s", "title": "A list", "stated": stated, "table": table}
    counts = placed(
        "2013-14/stated_counts.csv", [{**row, "adds_up": adds_up, "where": where}], StatedCount
    )
    return Tables(stated_counts=counts, policies=POLICIES, headline_measures=HEADLINES)


@pytest.mark.parametrize(
    ("held", "of"),
    [
        (3, {"table": "policies"}),
        (2, {"table": "policies", "where": "status=developed"}),
        (1, {"table": "policies", "where": "status=scheduled"}),
        (0, {"table": "policies", "where": "status=withdrawn"}),
        (2, {"table": "headline_measures"}),
        (3, {"table": "headline_measures", "adds_up": "measures"}),
        (2, {"table": "headline_measures", "adds_up": "measures", "where": "headline=Two in one"}),
        (0, {"table": "callouts"}),
    ],
)
def test_an_announced_count_passes_only_where_the_list_holds_as_many(held, of):
    assert run("R15", announced(held, **of)).outcome == "passed"
    for wrong in {held + 1, max(held - 1, 0)} - {held}:
        (found,) = run("R15", announced(wrong, **of)).findings
        assert (found.rule, found.severity) == ("R15", "warning")
        assert (found.file, found.row) == ("2013-14/stated_counts.csv", 2)
        assert (found.column, found.found) == ("stated", str(wrong))
        assert f"holds {held}" in found.message


def test_a_table_that_does_not_exist_is_told_at_its_name():
    (found,) = run("R15", announced(3, "polices")).findings
    assert (found.row, found.column, found.found) == (2, "table", "polices")
    assert found.message == "there is no such table."


@pytest.mark.parametrize(
    ("column", "value"), [("adds_up", "mesures"), ("adds_up", "headline"), ("where", "stat=x")]
)
def test_a_column_that_cannot_be_counted_is_told_at_its_name(column, value):
    """A slip in the data is no defect of the rule."""
    (found,) = run("R15", announced(3, "headline_measures", **{column: value})).findings
    assert "defective" not in found.message
    assert (found.row, found.column, found.found) == (2, column, value)


# Rule 25 --------------------------------------------------------------------------------------


def claimed(claim, measure=None, values=0, kind="difference"):
    statement = {
        "priority": 1,
        "kind": kind,
        "position": 1,
        "statement": "More of it",
        "claim": claim,
        "measure": measure,
    }
    rows = [
        {
            "measure": "referrals",
            "area": "Here",
            "period": f"{2012 + n}",
            "qualifier": "exact",
            "value": Decimal(n),
        }
        for n in range(values)
    ]
    other = {"measure": "population", "area": "Here", "period": "2012", "qualifier": "exact"}
    rows.append({**other, "value": Decimal(1)})  # the table holds something else, too
    return Tables(
        priority_statements=placed(
            "2013-14/priority_statements.csv", [statement], PriorityStatement
        ),
        measure_values=placed("2013-14/measure_values.csv", rows, MeasureValue),
    )


@pytest.mark.parametrize("claim", ["none", "improvement"])
def test_what_claims_no_increase_or_reduction_needs_no_measure(claim):
    assert run("R25", claimed(claim)).outcome == "passed"


@pytest.mark.parametrize("values", [2, 3])
@pytest.mark.parametrize("claim", ["increase", "reduction"])
def test_a_claim_with_a_measure_of_two_values_passes(claim, values):
    assert run("R25", claimed(claim, "referrals", values)).outcome == "passed"


@pytest.mark.parametrize(
    ("claim", "measure", "values", "says"),
    [
        ("increase", None, 2, "claims an increase, but no measure."),
        ("reduction", None, 0, "claims a reduction, but no measure."),
        ("increase", "referrals", 1, "claims an increase, but referrals has 1 values."),
        ("reduction", "referrals", 0, "claims a reduction, but referrals has 0 values."),
        ("increase", "visits", 2, "claims an increase, but visits has 0 values."),
    ],
)
def test_a_claim_without_two_values_is_a_warning_at_its_measure(claim, measure, values, says):
    (found,) = run("R25", claimed(claim, measure, values)).findings
    assert (found.rule, found.severity) == ("R25", "warning")
    assert (found.file, found.row) == ("2013-14/priority_statements.csv", 2)
    assert (found.column, found.found) == ("measure", measure)
    assert found.message == says


def test_values_of_two_areas_show_no_change():
    """Herefordshire beside England says nothing of before and after."""
    tables = claimed("increase", "referrals", 2)
    here, there, _other = tables.measure_values
    there = there.model_copy(update={"area": "England", "period": here.period})
    other = replace(tables, measure_values=(here, there))
    assert run("R25", other).outcome == "failed"


# Rule 26 --------------------------------------------------------------------------------------


def covered(*coverage):
    """Return tables with one requirement, and coverage rows (profile, requirement, page)."""
    asked = {"profile": "wt", "requirement": "spend", "asks_for": "Spend", "authority": "Guidance"}
    rows = [
        {"profile": p, "requirement": r, "page": page, "coverage": "evidence", "how": "So"}
        for p, r, page in coverage
    ]
    return Tables(
        requirements=only_own("reference/requirements.csv", [asked], StatutoryRequirement),
        requirement_coverage=placed("2013-14/requirement_coverage.csv", rows, RequirementCoverage),
    )


PAGES = {"pages": frozenset({"index", "chapters/05-budget"})}


def test_a_requirement_met_on_a_page_of_the_book_passes():
    assert run("R26", covered(("wt", "spend", "chapters/05-budget")), **PAGES).outcome == "passed"


def test_a_page_that_the_book_does_not_have_is_an_error_at_its_cell():
    rows = (("wt", "spend", "index"), ("wt", "spend", "chapters/05-budgets"))
    (found,) = run("R26", covered(*rows), **PAGES).findings
    assert (found.rule, found.severity) == ("R26", "error")
    assert (found.file, found.row) == ("2013-14/requirement_coverage.csv", 3)
    assert (found.column, found.found) == ("page", "chapters/05-budgets")


def test_a_requirement_that_no_row_meets_is_an_error_at_the_requirement():
    """Coverage under another profile does not count."""
    (found,) = run("R26", covered(("wt_2018", "spend", "index")), **PAGES).findings
    assert (found.rule, found.severity) == ("R26", "error")
    assert (found.file, found.row) == ("reference/requirements.csv", 2)
    assert (found.column, found.found) == ("requirement", "spend")


def test_a_requirement_without_any_coverage_is_told_on_the_year_s_data(table, data):
    table("requirement_coverage").rewrite(lambda records: records[:-1])
    found = [found for found in check_year("2013-14", data).findings if found.rule == "R26"]
    assert [(f.file, f.row, f.found) for f in found] == [
        ("reference/requirements.csv", 13, "spend_learning")
    ]


# Rule 28 --------------------------------------------------------------------------------------

SOURCE = only_own(
    "2013-14/sources.csv",
    [
        {
            "source": "ar",
            "title": "Annual report",
            "publisher": "The Board",
            "published": Month(2014, 10),
            "locator_means": "lines",
        }
    ],
    Source,
)


def lesson(action, basis="derived", **other):
    row = {"lesson": "one", "theme": "T", "learnt": "L", "action": action, "basis": basis, **other}
    rows = placed("2013-14/cdop_lessons.csv", [row], CdopLesson)
    return Tables(sources=SOURCE, cdop_lessons=rows)


@pytest.mark.parametrize("text", ["XXX", "XXXX", "TBC", "TODO", "Due XXX 2014", "to do: (TBC)."])
@pytest.mark.parametrize(
    ("is_final", "basis", "severity"),
    [
        (True, "derived", "error"),
        (True, "inferred", "error"),
        (True, "corrected", "error"),
        (True, "verbatim", "warning"),
        (False, "derived", "warning"),
        (False, "verbatim", "warning"),
    ],
)
def test_a_placeholder_is_an_error_only_in_a_final_report_and_not_where_the_source_prints_it(
    text, is_final, basis, severity
):
    (found,) = run("R28", lesson(text, basis), is_final=is_final).findings
    assert (found.rule, found.severity) == ("R28", severity)
    assert (found.file, found.row, found.column) == ("2013-14/cdop_lessons.csv", 2, "action")
    assert found.found in text
    assert ("source prints it" in found.hint) == (basis == "verbatim")


@pytest.mark.parametrize("text", ["Done", "XX", "TBCs", "XXXL size", "a todo list", "TO DO", "tbc"])
def test_what_only_looks_like_a_placeholder_passes(text):
    assert run("R28", lesson(text), is_final=True).outcome == "passed"


def test_a_placeholder_kept_as_printed_beside_its_correction_is_what_the_source_prints():
    tables = lesson("By the end of March", "corrected", as_printed="By XXX")
    (found,) = run("R28", tables, is_final=True).findings
    assert (found.column, found.severity) == ("as_printed", "warning")


def test_every_column_of_every_table_is_looked_at():
    months = {"first_audit": Month(2013, 4), "review_audit": None}
    row = {"audit": "a", "programme": "p", "programme_title": "TBC", "subject": "TODO", **months}
    audits = placed("2013-14/audits.csv", [{**row, "note": "XXX"}], Audit)
    result = run("R28", Tables(sources=SOURCE, audits=audits), is_final=True)
    assert {found.column for found in result.findings} == {"programme_title", "subject", "note"}


def test_a_table_that_says_nothing_of_its_basis_is_ours():
    """A placeholder in it is no print of the source."""
    unfinished = SOURCE[0].model_copy(update={"publisher": "TBC"})
    (found,) = run("R28", Tables(sources=(unfinished,)), is_final=True).findings
    assert (found.file, found.column, found.severity) == (
        "2013-14/sources.csv",
        "publisher",
        "error",
    )


@pytest.mark.parametrize(("status", "severity"), [("final", "error"), ("draft", "warning")])
def test_the_status_of_the_year_decides(table, data, status, severity):
    table("cdop_lessons").set(2, "action", "TBC")
    settings = data / "2013-14/year.toml"
    settings.write_text(settings.read_text().replace('"final"', f'"{status}"'))
    found = [
        found
        for found in check_year("2013-14", data).findings
        if found.rule == "R28" and found.file.endswith("cdop_lessons.csv")
    ]
    assert [(f.row, f.column, f.severity) for f in found] == [(2, "action", severity)]
