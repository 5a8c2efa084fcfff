"""What is wrong in the source: each with what finds it and what is done about it."""

from hscb_report.schema import vocabularies as words


def test_every_discrepancy_is_listed_with_what_finds_it(report, tables):
    rows = report.exhibit("discrepancies").texts()
    assert [row[0] for row in rows] == [row.discrepancy for row in tables.named("discrepancies")]
    found_by = {row[0]: row[3] for row in rows}
    assert [found_by[name] for name in ("I-01", "I-02", "I-09", "I-21")] == [
        *("rule R17", "reading", "rule R25", "reading"),
    ]
    assert all(row[4].startswith(tuple(words.DISCREPANCY.values())) for row in rows)
