"""The rules that look at every table alike: announced counts, and placeholders."""

from dataclasses import replace

from hscb_report.checks.over_all import PLACEHOLDERS, SPANS, stated_counts_rule
from hscb_report.checks.rule import run_rules
from hscb_report.report import check_year, table_schemas
from hscb_report.schema.assurance import StatedCount
from hscb_report.schema.cases import CdopLesson
from hscb_report.schema.cells import Month
from hscb_report.schema.journey import HeadlineMeasure, Policy
from hscb_report.schema.learning import Audit, TrainingDelivery
from hscb_report.schema.plan import PlannedAction
from hscb_report.schema.reference import Agency, Source
from tests.made_up import only_own, placed, result_of, tables_of, year_of

STATED = stated_counts_rule(table_schemas())
COUNTS = "2013-14/stated_counts.csv"

# Announced counts -------------------------------------------------------------------------------


def announced(stated, **of):
    """Return what is said of an announced count, beside three policies and two headlines."""
    row = {"statement": "s", "title": "A list", "stated": stated, **of}
    policies = [
        {"policy": policy, "status": status}
        for policy, status in (("A", "developed"), ("B", "developed"), ("C", "scheduled"))
    ]
    headlines = [{"headline": "One", "measures": 1}, {"headline": "Two in one", "measures": 2}]
    lesson = {"lesson": "one", "theme": "T", "learnt": "L", "action": "A"}
    tables = tables_of(
        stated_counts=placed(COUNTS, [row], StatedCount),
        policies=placed("2013-14/policies.csv", policies, Policy),
        headline_measures=placed("2013-14/headline_measures.csv", headlines, HeadlineMeasure),
        cdop_lessons=placed("2013-14/cdop_lessons.csv", [lesson], CdopLesson),
    )
    found = result_of(STATED, tables).findings
    return [(f.severity, f.file, f.row, f.column, f.found, f.message) for f in found]


def test_an_announced_count_passes_only_where_the_list_holds_as_many():
    for held, of in (
        (3, {"table": "policies"}),
        (2, {"table": "policies", "where": "status=developed"}),
        (0, {"table": "policies", "where": "status=withdrawn"}),
        (2, {"table": "headline_measures"}),
        (3, {"table": "headline_measures", "adds_up": "measures"}),
        (2, {"table": "headline_measures", "adds_up": "measures", "where": "headline=Two in one"}),
        (0, {"table": "callouts"}),
    ):
        assert announced(held, **of) == []
        for wrong in {held + 1, max(held - 1, 0)} - {held}:
            (found,) = announced(wrong, **of)
            assert found[:-1] == ("warning", COUNTS, 2, "stated", str(wrong))
            assert found[-1].endswith(f"(A list); {of['table']} holds {held}.")


def test_of_a_protected_table_it_is_not_told_how_many_it_holds():
    assert announced(1, table="cdop_lessons") == []
    (found,) = announced(2, table="cdop_lessons")
    assert found[-1].endswith("cdop_lessons holds another number.")


def test_what_cannot_be_counted_is_told_at_its_name():
    """A slip in the data is no defect of the rule."""
    for of, column, value, says in (
        ({"table": "polices"}, "table", "polices", "there is no such table."),
        ({"adds_up": "mesures"}, "adds_up", "mesures", "names nothing to count."),
        ({"adds_up": "headline"}, "adds_up", "headline", "names nothing to count."),
        ({"where": "stat=x"}, "where", "stat=x", "names nothing to count."),
    ):
        found = announced(3, **{"table": "headline_measures", **of})
        assert found == [("warning", COUNTS, 2, column, value, says)]


def test_the_announced_headlines_are_counted_through_the_files(table, data):
    table("headline_measures").set(9, "measures", "1")
    found = [f for f in check_year("2013-14", data).findings if f.rule == "R15"]
    assert [(f.file, f.row, f.found) for f in found] == [(COUNTS, 2, "10")]


def test_a_rule_over_any_table_gives_no_answer_of_its_own_to_one_that_is_damaged(committed):
    """Its rows are not all there: neither "passed" nor a finding about their number is true."""
    data = year_of(committed.tables, settings=committed.settings)
    for damaged, outcomes in (({"audits"}, {"not_run"}), ((), {"passed", "failed"})):
        results = run_rules((STATED, PLACEHOLDERS), data, damaged)
        assert {result.outcome for result in results} == outcomes


# Placeholders -----------------------------------------------------------------------------------

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


def places(result):
    return [(f.severity, f.file, f.row, f.column, f.found) for f in result.findings]


def lesson(action, basis="derived", settings=None, **other):
    cells = {"lesson": "one", "theme": "T", "learnt": "L", "action": action, "basis": basis}
    rows = placed("2013-14/cdop_lessons.csv", [{**cells, **other}], CdopLesson)
    return result_of(PLACEHOLDERS, tables_of(sources=SOURCE, cdop_lessons=rows), settings=settings)


def test_a_placeholder_is_an_error_in_a_final_report_and_not_where_the_source_prints_it(committed):
    final = committed.settings
    draft = replace(final, year=final.year.model_copy(update={"status": "draft"}))
    for text, placeholder in (("XXX", "XXX"), ("Due XXXX 2014", "XXXX"), ("To do: (TBC).", "TBC")):
        for settings, basis, severity in (
            (final, "derived", "error"),
            (None, "inferred", "error"),
            (final, "verbatim", "warning"),
            (draft, "derived", "warning"),
            (draft, "verbatim", "warning"),
        ):
            result = lesson(text, basis, settings)
            place = ("2013-14/cdop_lessons.csv", 2, "action", placeholder)
            assert places(result) == [(severity, *place)]
            assert ("source prints it" in result.findings[0].hint) == (basis == "verbatim")


def test_of_a_report_that_remakes_none_a_placeholder_is_printed_and_no_source_is_named():
    assert lesson("XXX", "verbatim").findings[0].hint == "It is printed so; note what is missing."


def test_what_only_looks_like_a_placeholder_passes():
    for text in ("Done", "XX", "TBCs", "XXXL size", "a todo list", "TO DO", "tbc"):
        assert lesson(text).outcome == "passed"


def test_a_column_of_what_is_printed_holds_what_the_source_prints():
    """Beside its correction, or where only the months of a timescale are read."""
    result = lesson("By the end of March", "corrected", as_printed="By XXX")
    assert [(f.severity, f.column) for f in result.findings] == [("warning", "as_printed")]
    cells = {"action": "1.1a", "action_area": "1.1", "success_measure": "TBC", "due_printed": "TBC"}
    rows = placed("2013-14/actions.csv", [cells], PlannedAction)
    result = result_of(PLACEHOLDERS, tables_of(sources=SOURCE, actions=rows))
    assert {(f.severity, f.column) for f in result.findings} == {
        ("error", "success_measure"),
        ("warning", "due_printed"),
    }


def test_every_column_of_every_table_is_looked_at_and_what_has_no_basis_is_ours():
    months = {"first_audit": Month(2013, 4), "review_audit": None}
    cells = {"audit": "a", "programme": "p", "programme_title": "TBC", "subject": "TODO", **months}
    audits = placed("2013-14/audits.csv", [{**cells, "note": "XXX"}], Audit)
    unfinished = SOURCE[0].model_copy(update={"publisher": "TBC"})
    result = result_of(PLACEHOLDERS, tables_of(sources=(unfinished,), audits=audits))
    assert {(f.severity, f.column) for f in result.findings} == {
        ("error", column) for column in ("publisher", "programme_title", "subject", "note")
    }


def test_the_status_of_the_year_decides_through_the_files(table, data):
    """Of a table that describes children the placeholder is told by its place alone."""
    table("cdop_lessons").set(2, "action", "TBC")
    settings = data / "2013-14/year.toml"
    settings.write_text(settings.read_text().replace('"final"', '"draft"'))
    found = [
        (f.severity, f.row, f.column, f.found)
        for f in check_year("2013-14", data).findings
        if f.rule == "R28" and f.file.endswith("cdop_lessons.csv")
    ]
    assert found == [("warning", 2, "action", None)]


# What begins and ends ---------------------------------------------------------------------------


def spans(**of):
    found = result_of(SPANS, tables_of(**of))
    return found.outcome, [(f.severity, f.file, f.row, f.column, f.found) for f in found.findings]


def agency(first, last):
    row = {"agency": "a", "name": "An agency", "valid_from": first, "valid_to": last}
    return only_own("reference/agencies.csv", [row], Agency)


def delivery(first, last):
    cells = {"offer": "a", "attended": 1, "counted_as": "attendees", "in_total": "no"}
    months = {"first_month": first, "last_month": last}
    return placed("2013-14/training_deliveries.csv", [{**cells, **months}], TrainingDelivery)


def test_an_end_before_its_beginning_is_an_error_at_the_end_in_whatever_table():
    assert spans(agencies=agency("2013-M05", "2013-M04")) == (
        "failed",
        [("error", "reference/agencies.csv", 2, "valid_to", "2013-M04")],
    )
    assert spans(training_deliveries=delivery("2014-M01", "2013-M12")) == (
        "failed",
        [("error", "2013-14/training_deliveries.csv", 2, "last_month", "2013-M12")],
    )


def test_what_ends_as_it_begins_is_sound_and_of_what_has_no_end_nothing_is_said():
    assert spans(training_deliveries=delivery("2013-M12", "2013-M12")) == ("passed", [])
    for first, last in (("2013-M05", None), (None, "2013-M04"), (None, None)):
        assert spans(agencies=agency(first, last)) == ("not_run", [])


def test_of_a_protected_table_no_month_is_told(monkeypatch):
    monkeypatch.setattr(TrainingDelivery, "info", replace(TrainingDelivery.info, protected=True))
    (_, (found,)) = spans(training_deliveries=delivery("2014-M01", "2013-M12"))
    assert found[-1] is None
