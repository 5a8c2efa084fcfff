"""Self-assessments: told by agency and by standard, beside the time before; and whole."""

from dataclasses import replace

import pytest

from hscb_report.chapters import self_assessments
from hscb_report.chapters.self_assessments import CHAPTER
from hscb_report.checks.rule import run_rules
from hscb_report.schema.reference import Agency
from hscb_report.schema.self_assessments import SelfAssessment, Standard
from hscb_report.years import ReportingYear
from tests.made_up import (
    assert_says_what_to_do,
    only_own,
    placed,
    tables_of,
    with_tables,
    with_words,
    year_of,
)

R50, R51 = CHAPTER.rules
FILE = "2013-14/self_assessments.csv"
LETTERS = {"m": "met", "p": "partly", "n": "not_met", "x": "not_applicable"}
NAMES = {"police": "The police", "health": "Health trust", "council": "The council"}


def graded(exercise="section_11", assessed=None, **grades):
    """Return what agencies graded themselves: a letter a standard, in the order of the alphabet."""
    rows = [
        {
            "exercise": exercise,
            "agency": agency,
            "standard": f"s{number}",
            "grade": LETTERS[letter],
            "assessed": assessed,
        }
        for agency, letters in grades.items()
        for number, letter in enumerate(letters, 1)
        if letter != "-"
    ]
    return placed(FILE, rows, SelfAssessment)


def listed(count=3, exercise="section_11", **cells):
    rows = [
        {"exercise": exercise, "standard": f"s{n}", "title": f"Standard {n}", **cells}
        for n in range(1, count + 1)
    ]
    return only_own("reference/standards.csv", rows, Standard)


def agencies(**ended):
    rows = [{"agency": a, "name": n, "valid_to": ended.get(a)} for a, n in NAMES.items()]
    return only_own("reference/agencies.csv", rows, Agency)


def data_of(rows, standards=None, before=(), **ended):
    """Return a year in which agencies graded themselves, after what they graded in 2011-12."""
    known = {
        "agencies": agencies(**ended),
        "standards": listed() if standards is None else standards,
    }
    earlier = [
        year_of(tables_of(self_assessments=then, **known), year=ReportingYear(year))
        for year, then in ((2011, before), (2012, ()))
    ]
    return year_of(tables_of(self_assessments=rows, **known), earlier=tuple(earlier))


def tables(data):
    return {table.label: table for table in self_assessments.exhibits(data)}


def told(data):
    return {
        fact.id.removeprefix("self_assessments."): fact for fact in self_assessments.facts(data)
    }


# The tables -----------------------------------------------------------------------------------


def test_each_agency_is_told_with_what_it_meets_of_what_applies_to_it():
    found = tables(data_of(graded(police="mmn", health="mpx", council="xxx")))
    table = found["self-assessments-section-11"]
    assert [column.heading for column in table.columns] == [
        *("Agency", "Fully met", "Partly met", "Not yet met", "Does not apply"),
        "Standards met, of those that apply",
    ]
    assert table.texts() == (
        ("The police", "2", "0", "1", "0", "2 of 3"),
        ("Health trust", "1", "1", "0", "1", "1 of 2"),
        ("The council", "0", "0", "0", "3", "none applies"),
    )
    assert table.group == "self-assessments"


def test_the_standards_that_the_fewest_meet_come_first():
    found = tables(data_of(graded(police="mnx", health="mmx")))
    table = found["standards-section-11"]
    assert [(row[0], row[-1]) for row in table.texts()] == [
        ("Standard 2", "1 of 2"),
        ("Standard 1", "2 of 2"),
        ("Standard 3", "none applies"),
    ]
    assert table.group == "self-assessment-standards"


def test_what_was_met_in_the_latest_exercise_before_stands_beside_it():
    """Two years before, as none was held in between; who did not answer then has no number."""
    data = data_of(graded(police="mmm", health="mmm"), before=graded(police="mnx"))
    table = tables(data)["self-assessments-section-11"]
    assert table.columns[-1].heading == "Met in 2011-12"
    assert [row[-2:] for row in table.texts()] == [("3 of 3", "1 of 2"), ("3 of 3", "no answer")]
    assert table.notes == ("Agencies grade themselves.",)


def test_of_an_exercise_with_other_standards_it_is_said_that_they_are_others():
    data = data_of(graded(police="mm-"), before=graded(police="mmm"))
    assert (
        "Other standards were graded in 2011-12"
        in tables(data)["self-assessments-section-11"].notes[1]
    )


def test_each_exercise_has_its_tables_and_one_held_for_the_first_time_nothing_beside_it():
    rows = (*graded(police="mmm"), *graded("schools", council="mnn"))
    standards = (*listed(), *listed(exercise="schools"))
    found = tables(data_of(rows, standards, before=graded(police="mmm")))
    assert list(found) == [
        *("self-assessments-section-11", "standards-section-11"),
        *("self-assessments-schools", "standards-schools"),
    ]
    assert found["self-assessments-schools"].columns[-1].name == "Standards met"
    assert found["self-assessments-schools"].caption.startswith("Schools' self-assessment: ")


def test_when_agencies_assessed_themselves_is_told_where_any_says_so():
    rows = (*graded(police="m", assessed="2013-M09"), *graded(health="m"))
    rows += placed(
        FILE,
        [{"exercise": "section_11", "agency": "police", "standard": "s2", "grade": "met",
          "assessed": "2013-M05"}],
        SelfAssessment,
    )  # fmt: skip
    table = tables(data_of(rows))["self-assessments-section-11"]
    assert [row[:2] for row in table.texts()] == [
        ("The police", "May 2013 to September 2013"),
        ("Health trust", "not stated"),
    ]


# The facts ------------------------------------------------------------------------------------


def test_an_exercise_is_told_in_numbers_and_as_a_share_only_of_twenty_or_more():
    rows = graded(police="mmmmmmmmmm", health="mmmmmppppx")
    few = told(data_of(rows, listed(10)))
    assert {name: fact.text for name, fact in few.items()} == {
        "agencies_section_11": "2",
        "standards_met_section_11": "15",
        "assessed_section_11": "19",
        "share_met_section_11": "15 of 19",
    }
    enough = told(data_of(graded(police="mmmmmmmmmm", health="mmmmmppppp"), listed(10)))
    assert enough["share_met_section_11"].text == "75.0%"
    assert enough["share_met_section_11"].unit.name == "percent"


def test_where_no_word_of_the_board_means_that_a_standard_is_met_it_is_not_said():
    data = with_words(data_of(graded(police="mmm")), "self_assessment_grade", met="Good")
    assert told(data)["standards_met_section_11"].text == "not stated"
    assert tables(data)["self-assessments-section-11"].texts() == (
        ("The police", "3", "not stated"),
    )


# The rules ------------------------------------------------------------------------------------


def findings(rule, data):
    found = run_rules([rule], data)[0].findings
    assert_says_what_to_do(found)
    return [(f.severity, f.file, f.row, f.column, f.found, f.message, f.hint) for f in found]


def test_a_whole_exercise_breaks_no_rule():
    data = data_of(graded(police="mpx", health="nnn"), before=graded(health="mmm", police="mmm"))
    for rule in (R50, R51):
        assert findings(rule, data) == []


def test_a_standard_that_is_not_listed_is_an_error_once_with_the_nearest():
    """At its first row, however many agencies grade it."""
    rows = graded(police="mmmm", health="mmmm")
    near = only_own(
        "reference/standards.csv",
        [{"exercise": "section_11", "standard": "s_4", "title": "Standard 4"}],
        Standard,
    )
    (found,) = findings(R50, data_of(rows))
    assert found[:5] == ("error", FILE, 5, "standard", "s4")
    assert "no such standard is listed for 2013-14 (Section 11 self-assessment)" in found[5]
    assert found[6] == "Known: s1, s2, s3."
    (found,) = findings(R50, data_of(rows, listed(3) + near))
    assert found[6] == 'Did you mean "s_4"?'


@pytest.mark.parametrize("standards", [(), listed(last_year="2012-13"), listed(exercise="schools")])
def test_that_no_standard_of_an_exercise_is_listed_is_one_error(standards):
    """Neither those of an earlier year nor those of another exercise are its own."""
    (found,) = findings(R50, data_of(graded(police="mmm", health="mmm"), standards))
    assert found[:5] == ("error", FILE, 2, "standard", "s1")
    assert "no standard at all is listed for 2013-14" in found[5]
    assert "reference/standards.csv" in found[6]


def test_an_agency_that_did_not_grade_every_standard_is_one_warning_that_names_them():
    (found,) = findings(R51, data_of(graded(police="mmm", health="-m-")))
    assert found[:5] == ("warning", FILE, 5, "agency", "health")
    assert "no grade for 2 standards: s1, s3." in found[5]


def test_an_agency_that_answered_the_last_time_and_does_not_now_is_one_warning():
    before = graded(police="mmm", health="mmm", council="mmm")
    data = data_of(graded(police="mmm"), before=before)
    found = findings(R51, data)
    assert [f[:5] for f in found] == [
        ("warning", FILE, None, "agency", "health"),
        ("warning", FILE, None, "agency", "council"),
    ]
    assert "it answered in 2011-12, and has no row in 2013-14" in found[0][5]


def test_an_agency_that_has_ended_and_an_exercise_that_was_not_held_are_not_missed():
    before = (*graded(police="mmm", health="mmm"), *graded("schools", council="mmm"))
    rows = graded(police="mmm")
    assert findings(R51, data_of(rows, before=before, health="2013-M03")) == []
    assert len(findings(R51, data_of(rows, before=before, health="2013-M04"))) == 1


def test_only_the_last_exercise_counts(given):
    """Who left before it is missed no more."""
    data = data_of(graded(police="mmm"), before=graded(police="mmm", health="mmm"))
    oldest, latest = data.earlier
    since = replace(
        latest, tables=with_tables(latest.tables, self_assessments=graded(police="mmm"))
    )
    assert findings(R51, replace(data, earlier=(oldest, since))) == []
