"""Audits: reviewed after they were made, and how far their loop was closed."""

from dataclasses import replace

from hscb_report.chapters import audits
from hscb_report.chapters.audits import CHAPTER
from hscb_report.schema.learning import Audit, AuditActivity, AuditFinding
from tests import in_force
from tests.made_up import result_of, with_tables, with_words, year_of

(R29,) = CHAPTER.rules


def test_a_review_before_its_audit_is_an_error_at_its_month(after):
    (found,) = after(R29, (Audit, 4, "review_audit", "2013-M06"))
    assert (found.rule, found.severity, found.file) == ("R29", "error", "2013-14/audits.csv")
    assert (found.row, found.column, found.found) == (4, "review_audit", "2013-M06")
    assert "June 2013 is before the first audit of July 2013" in found.message


def test_a_review_in_the_same_month_or_none_yet_passes(given, after):
    assert result_of(R29, given.tables).outcome == "passed"
    for month in ("2013-M07", None):
        assert after(R29, (Audit, 4, "review_audit", month)) == []


def test_the_programme_tells_an_inferred_number_with_what_is_printed(report):
    table = report.exhibit("audit-programme")
    assert [row[1:] for row in table.texts()] == [
        ("8", "40", "not stated"),
        ("4", "not stated", "not stated"),
        ("4", "not stated", "1"),
        ("5", "not stated", "not stated"),
    ]
    assert table.notes == ('Thematic audit: the source prints "Light"; the number is inferred.',)


def test_the_loop_is_told_as_counts_with_what_counts_as_closed(report):
    assert report.exhibit("audit-loop").texts() == (
        ("Reviewed", "7"),
        ("Closed: resolved or improved", "4"),
        ("Of these, resolved", "1"),
        ("Of these, improved", "3"),
    )
    assert [row[3:] for row in report.exhibit("time-to-review").texts()] == [("5", "6"), ("5", "7")]


def test_a_third_programme_has_its_table_and_its_facts(given):
    """No programme is named in the code; its findings are shown, not only counted."""
    audit = given.tables[Audit][0].model_copy(
        update={"audit": "third", "programme": "early_help", "programme_title": "Early help"}
    )
    finding = given.tables[AuditFinding][0].model_copy(
        update={"finding": "third", "programme": "early_help"}
    )
    tables = with_tables(
        given.tables,
        audits=(*given.tables[Audit], audit),
        audit_findings=(*given.tables[AuditFinding], finding),
    )
    data = year_of(tables)
    made = {table.label: table for table in audits.exhibits(data)}
    assert [row[0] for row in made["findings-early-help"].texts()] == [finding.title]
    shown = [row for label, table in made.items() if "findings-" in label for row in table.rows]
    assert len(shown) - len(made["findings-by-status"].rows) == len(tables[AuditFinding])
    facts = {fact.id: fact.text for fact in audits.facts(data)}
    assert facts["audits.fewest_months_to_review_early_help"] == "6"


def test_a_programme_without_a_review_says_so(given):
    rows = [row.model_copy(update={"review_audit": None}) for row in given.tables[Audit]]
    made = audits.exhibits(year_of(with_tables(given.tables, audits=rows)))
    (times,) = [table for table in made if table.label == "time-to-review"]
    assert {row[2:] for row in times.texts()} == {("not stated",) * 3}


def test_a_part_of_the_programme_that_is_gone_is_not_stated_and_not_nought(given):
    kept = [row for row in given.tables[AuditActivity] if row.activity != "thematic"]
    data = year_of(with_tables(given.tables, audit_programme=kept))
    told = {f.id for f in audits.facts(data)}
    assert "audits.number_individual" in told
    assert not told & {"audits.number_thematic", "audits.cases_thematic"}
    programme = next(audits.exhibits(data))
    assert [row[0] for row in programme.texts()] == [
        *("Individual case audit", "Case learning process", "Child death review"),
    ]


def test_every_part_of_the_programme_and_every_status_is_a_fact_by_its_code(given, report):
    found = {fact.id: fact.text for fact in report.facts if fact.chapter == "audits"}
    for row in given.tables[AuditActivity]:
        assert found[f"audits.number_{row.activity}"] == str(row.number)
        assert (f"audits.cases_{row.activity}" in found) == (row.cases is not None)
    statuses = {name.removeprefix("audits.findings_") for name in found if "findings_" in name}
    assert statuses == set(in_force.FINDING_STATUS)


def test_findings_that_nobody_looked_at_again_are_not_told_as_reviewed(given):
    first, *others = given.tables[AuditFinding]
    waiting = first.model_copy(update={"status": "not_reviewed"})
    data = year_of(with_tables(given.tables, audit_findings=(waiting, *others)))
    found = {fact.id: fact.text for fact in audits.facts(data)}
    assert (found["audits.findings"], found["audits.findings_not_reviewed"]) == ("6", "1")
    loop = next(table for table in audits.exhibits(data) if table.label == "audit-loop")
    assert loop.texts()[0] == ("Reviewed", "6")


def test_where_no_word_of_the_board_settles_a_finding_how_many_are_closed_is_not_said(given):
    findings = [row.model_copy(update={"status": "seen"}) for row in given.tables[AuditFinding]]
    data = with_words(year_of(given.tables), "finding_status", seen="Seen")
    data = replace(data, tables=with_tables(given.tables, audit_findings=findings))
    closed = next(fact for fact in audits.facts(data) if fact.id == "audits.closed")
    assert (closed.label, closed.text) == ("Findings closed at review", "not stated")
    loop = next(table for table in audits.exhibits(data) if table.label == "audit-loop")
    assert loop.texts() == (("Reviewed", "7"),)
