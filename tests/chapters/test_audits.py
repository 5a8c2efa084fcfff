"""Audits: reviewed after they were made, and how far their loop was closed."""

from dataclasses import replace

from hscb_report.chapters import audits
from hscb_report.chapters.audits import CHAPTER
from hscb_report.schema.learning import Audit, AuditActivity, AuditFinding, AuditGrade
from tests import in_force
from tests.made_up import placed, result_of, with_tables, with_words, year_of

R29, R52 = CHAPTER.rules


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
    assert table.texts() == (
        ("Thematic audit", "8"),
        ("Thematic audit: cases looked at", "40"),
        ("Individual case audit", "4"),
        ("Case learning process", "4"),
        ("Case learning process: of them Serious Case Reviews", "1"),
        ("Child death review", "5"),
    )
    assert table.notes == ('Thematic audit: printed as "Light", and read as the number here.',)


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
        *("Individual case audit", "Case learning process"),
        *("Case learning process: of them Serious Case Reviews", "Child death review"),
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


# Grades ---------------------------------------------------------------------------------------


def graded(given, *rows):
    """Return the tables with these grades: (programme, grade, cases)."""
    cells = [dict(zip(("programme", "grade", "cases"), row, strict=True)) for row in rows]
    return with_tables(
        given.tables, audit_grades=placed("2013-14/audit_grades.csv", cells, AuditGrade)
    )


GRADED = (
    ("conferences", "good", 9),
    ("front_door", "inadequate", 2),
    ("front_door", "outstanding", 0),
    ("front_door", "good", 11),
)


def test_the_grades_of_each_audit_are_told_in_the_order_of_the_board_and_summed(given):
    """A grade that nobody says anything of has no column; a missing number is no nought."""
    data = year_of(graded(given, *GRADED))
    table = next(table for table in audits.exhibits(data) if table.label == "audit-grades")
    titles = {row.programme: row.programme_title for row in given.tables[Audit]}
    assert [column.heading for column in table.columns] == [
        *("Audit", "Outstanding", "Good", "Inadequate", "All cases graded"),
    ]
    assert table.texts() == (
        (titles["front_door"], "0", "11", "2", "13"),
        (titles["conferences"], "not stated", "9", "not stated", "9"),
        ("All audits", "0", "20", "2", "22"),
    )


def test_every_grade_that_is_told_is_a_fact_and_so_are_the_good_ones_together(given):
    found = {fact.id: fact.text for fact in audits.facts(year_of(graded(given, *GRADED)))}
    assert {name: text for name, text in found.items() if "graded" in name or "good" in name} == {
        "audits.cases_graded": "22",
        "audits.cases_graded_outstanding": "0",
        "audits.cases_graded_good": "20",
        "audits.cases_graded_inadequate": "2",
        "audits.cases_good": "20",
    }


def test_a_year_without_grades_tells_none(report):
    assert not [fact.id for fact in report.facts if "graded" in fact.id or "good" in fact.id]
    assert report.exhibit("audit-grades").rows == ()


def test_more_cases_graded_than_were_looked_at_are_an_error_that_tells_no_number(given):
    """40 cases of thematic audits; the rows are named, and which of them is wrong is not known."""
    at_most = graded(given, ("front_door", "good", 30), ("conferences", "good", 10))
    assert result_of(R52, at_most).outcome == "passed"
    too_many = graded(given, ("front_door", "good", 30), ("conferences", "good", 11))
    (found,) = result_of(R52, too_many).findings
    assert (found.rule, found.severity) == ("R52", "error")
    assert (found.file, found.column, found.found) == ("2013-14/audit_programme.csv", "cases", None)
    assert found.row == next(
        row.place.row for row in given.tables[AuditActivity] if row.activity == "thematic"
    )
    assert "(audit_grades.csv rows 2, 3)" in found.message
    assert not {"30", "11", "40", "41"} & set(found.message.split())


def test_grades_are_not_held_to_what_the_programme_does_not_say(given):
    rows = [row.model_copy(update={"cases": None}) for row in given.tables[AuditActivity]]
    tables = with_tables(graded(given, ("front_door", "good", 999)), audit_programme=rows)
    assert result_of(R52, tables).outcome == "not_run"
    untold = with_words(year_of(tables), "audit_kind", thematic="Thematic").vocabularies
    tables = graded(given, ("front_door", "good", 999))
    assert result_of(R52, tables, vocabularies=untold).outcome == "not_run"
