"""Strategic priorities: claims of change hold against their measure; differences are graded."""

from collections import Counter
from decimal import Decimal

from hscb_report.chapters.priorities import CHAPTER
from hscb_report.schema import vocabularies as words
from hscb_report.schema.journey import PriorityStatement
from hscb_report.schema.measurements import Measure, Measurement
from tests.made_up import only_own, placed, result_of, tables_of

(R25,) = CHAPTER.rules
SAID, DID, DIFFERENCE = words.STATEMENT_KIND.values()


MEASURED = {
    "name": "A measure",
    "chapter": "performance",
    "unit": "children",
    "better": "lower",
    "counts": "children",
    "protected": "no",
    "definition": "What is counted",
}


def claimed(claim, measure=None, values=(), areas=None, **said):
    """Return what is said of a claim beside the values of referrals in the years from 2012 on."""
    statement = {"priority": 1, "kind": "difference", "position": 1, "statement": "More of it"}
    rows = [
        {"area": "Here", "period": str(2012 + n), "value": Decimal(value)}
        for n, value in enumerate(values)
    ]
    for row, area in zip(rows, areas or (), strict=False):
        row["area"] = area
    fixed = {"measure": "referrals", "qualifier": "exact"}
    other = {"measure": "population", "area": "Here", "period": "2012", "value": Decimal(1)}
    tables = tables_of(
        priority_statements=placed(
            "2013-14/priority_statements.csv",
            [{**statement, "claim": claim, "measure": measure, **said}],
            PriorityStatement,
        ),
        measures=only_own(
            "reference/measures.csv",
            [{**MEASURED, "measure": name} for name in ("referrals", "visits", "population")],
            Measure,
        ),
        measurements=placed(
            "2013-14/measurements.csv",
            [{**fixed, **other}, *({**fixed, **row} for row in reversed(rows))],
            Measurement,
        ),
    )
    return [
        (f.severity, f.file, f.row, f.column, f.found, f.message)
        for f in result_of(R25, tables).findings
    ]


def warning(measure, says):
    file = "2013-14/priority_statements.csv"
    return [("warning", file, 2, "measure", measure, says)]


def test_what_claims_no_increase_or_reduction_needs_no_measure():
    assert claimed("none") == claimed("improvement") == []


def test_an_improvement_is_what_its_measure_calls_better():
    """Fewer referrals, where fewer are better."""
    assert claimed("improvement", "referrals", (300, 176)) == []
    says = "claims an improvement, but referrals went from 176 (2012) to 300 (2013)."
    assert claimed("improvement", "referrals", (176, 300)) == warning("referrals", says)


def test_the_size_of_a_claim_is_held_to_the_values_of_its_measure():
    """Who says "from 300 to 160" of a measure that went to 176 is told at the cell."""
    values = (300, 176)
    said = {"claimed_from": Decimal(300), "claimed_to": Decimal(176)}
    assert claimed("reduction", "referrals", values, **said) == []
    (found,) = claimed("reduction", "referrals", values, **{**said, "claimed_to": Decimal(160)})
    assert found[3:5] == ("claimed_to", "160")


def test_a_claim_without_two_values_is_a_warning_at_its_measure():
    for claim, measure, values, says in (
        ("increase", None, (1, 2), "claims an increase, but no measure."),
        ("reduction", None, (), "claims a reduction, but no measure."),
        ("increase", "referrals", (1,), "claims an increase, but referrals has 1 value."),
        ("reduction", "referrals", (), "claims a reduction, but referrals has 0 values."),
        ("increase", "visits", (1, 2), "claims an increase, but visits has 0 values."),
    ):
        assert claimed(claim, measure, values) == warning(measure, says)


def test_a_claim_holds_where_the_last_value_lies_on_its_side_of_the_first():
    """Whatever happened between, and in whatever order the rows stand."""
    for values, claim in (
        ((176, 300), "increase"),
        ((176, 100, 177), "increase"),
        ((300, 176), "reduction"),
        ((300, 400, 299), "reduction"),
    ):
        assert claimed(claim, "referrals", values) == []


def test_values_that_went_the_other_way_or_stood_still_are_a_warning():
    """An increase, with 300 and then 176."""
    says = "claims an increase, but referrals went from 300 (2012) to 176 (2013)."
    assert claimed("increase", "referrals", (300, 176)) == warning("referrals", says)
    says = "claims a reduction, but referrals went from 176 (2012) to 300 (2013)."
    assert claimed("reduction", "referrals", (176, 300)) == warning("referrals", says)
    for claim in ("increase", "reduction"):
        assert len(claimed(claim, "referrals", (5, 9, 5))) == 1


def test_values_of_two_areas_show_no_change():
    """The county beside England says nothing of before and after."""
    (found,) = claimed("increase", "referrals", (1, 2), ("Here", "England"))
    assert "referrals has 1 value" in found[-1]
    assert claimed("increase", "referrals", (1, 9, 2), ("Here", "England", "Here")) == []


def test_four_claims_of_the_source_have_no_measure_and_a_fifth_is_found(given, after):
    assert [f.row for f in result_of(R25, given.tables).findings] == [16, 28, 29, 38]
    (found,) = after(R25, (PriorityStatement, 8, "claim", "reduction"))
    assert (found.row, found.column, found.found) == (8, "measure", None)


def test_a_priority_has_what_was_said_done_and_claimed_and_only_claims_are_graded(report):
    expected = {1: (3, 3, 3), 2: (2, 3, 1), 3: (4, 6, 4), 4: (3, 3, 2)}
    for priority, numbers in expected.items():
        rows = report.exhibit(f"priority-{priority}").texts()
        kinds = Counter(row[1] for row in rows)
        assert kinds == dict(zip((SAID, DID, DIFFERENCE), numbers, strict=True))


def test_each_claimed_difference_is_listed_with_what_it_claims_and_rests_on(report):
    table = report.exhibit("claimed-differences")
    said = [
        row[0]
        for n in range(1, 5)
        for row in report.exhibit(f"priority-{n}").texts()
        if row[1] == DIFFERENCE
    ]
    assert [row[0] for row in table.texts()] == said
    assert "not graded" not in {row[2] for row in table.texts()}
    assert table.text(0, 1) == "an improvement"


def test_the_grades_are_those_of_the_key(report):
    """Only the first letter is made a capital: the Board keeps its own."""
    assert report.exhibit("evidence-grades").texts() == (
        ("Two figures to compare", "0"),
        ("One figure, nothing to compare it with", "0"),
        ("The view of an inspection or review", "1"),
        ("The Board's own account", "9"),
    )
